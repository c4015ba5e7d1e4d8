//! JSON: an object a line, or one list of objects.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::{Column, ExportFormat, Exporter, Item, Options};

/// One object a line.
pub(super) const LINES: ExportFormat = ExportFormat {
    name: "jsonl",
    description: "JSON Lines: the record of each article as a line",
    extension: "jsonl",
    exporter: |options| Ok(Box::new(Json { options: options.clone(), list: false, any: false })),
};

/// One list.
pub(super) const LIST: ExportFormat = ExportFormat {
    name: "json",
    description: "JSON: one list of records",
    extension: "json",
    exporter: |options| Ok(Box::new(Json { options: options.clone(), list: true, any: false })),
};

struct Json {
    options: Options,
    list: bool,
    any: bool,
}

/// The object of an article: its record, or the chosen columns alone.
pub(super) fn object(item: &Item<'_>, columns: &[&Column], text: bool) -> Value {
    if !columns.is_empty() {
        let fields = columns.iter().map(|column| (column.name.to_owned(), (column.value)(item)));
        return Value::Object(fields.collect::<Map<String, Value>>());
    }
    let mut object = serde_json::to_value(item.record).unwrap_or_default();
    object["marks"] = serde_json::to_value(item.marks).unwrap_or_default();
    if let Some(article) = item.article.filter(|_| text) {
        object["text"] = super::text::body(article).into();
    }
    object
}

impl Exporter for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.list { out.write_all(b"[") } else { Ok(()) }
    }

    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        if self.list {
            out.write_all(if self.any { b",\n" } else { b"\n" })?;
        }
        self.any = true;
        serde_json::to_writer(&mut *out, &object(item, &self.options.columns, self.options.text))?;
        if self.list { Ok(()) } else { out.write_all(b"\n") }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match (self.list, self.any) {
            (true, true) => out.write_all(b"\n]\n"),
            (true, false) => out.write_all(b"]\n"),
            (false, _) => Ok(()),
        }
    }
}
