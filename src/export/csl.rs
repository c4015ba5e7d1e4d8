//! CSL-JSON, which citation processors and reference managers read.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::bibliography::{Author, authors, date_parts};
use super::{ExportFormat, Exporter, Item};

/// CSL-JSON.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "csl-json",
    description: "CSL-JSON, for citation processors",
    extension: "json",
    exporter: |_| Ok(Box::new(Csl { any: false })),
};

struct Csl {
    any: bool,
}

/// The object of an article. Only fields of the schema of CSL stand in it.
pub(super) fn object(item: &Item<'_>) -> Value {
    let record = item.record;
    let mut object = json!({
        "id": record.id.to_string(),
        "type": "article-newspaper",
        "title": record.title,
    });
    let names: Vec<Value> = record
        .byline
        .iter()
        .flat_map(|byline| authors(byline))
        .map(|author| match author {
            Author::Person { family, given } => json!({"family": family, "given": given}),
            Author::Name(name) => json!({"literal": name}),
        })
        .collect();
    if !names.is_empty() {
        object["author"] = names.into();
    }
    if let Some(source) = &record.source {
        object["container-title"] = source.as_str().into();
    }
    if let Some((year, month, day)) = date_parts(record) {
        let parts: Vec<i64> =
            [Some(i64::from(year)), month.map(i64::from), day.map(i64::from)].into_iter().flatten().collect();
        object["issued"] = json!({"date-parts": [parts]});
    }
    if let Some(url) = &record.url {
        object["URL"] = url.as_str().into();
    }
    if let Some(tag) = record.language.code {
        object["language"] = tag.code().into();
    }
    if let Some(note) = &item.marks.note {
        object["note"] = note.as_str().into();
    }
    if !item.marks.tags.is_empty() {
        object["keyword"] = item.marks.tags.join(", ").into();
    }
    object
}

impl Exporter for Csl {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.any, true) { b",\n" } else { b"\n" })?;
        serde_json::to_writer(out, &object(item))?;
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.any { b"\n]\n" } else { b"]\n" })
    }
}
