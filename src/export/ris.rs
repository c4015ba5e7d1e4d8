//! RIS, which reference managers read.

use std::io::{self, Write};

use super::bibliography::{Author, authors, date_parts};
use super::{ExportFormat, Exporter, Item};

/// RIS.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "ris",
    description: "RIS, for reference managers",
    extension: "ris",
    exporter: |_| Ok(Box::new(Ris)),
};

struct Ris;

/// A line of a record. A value is one line.
fn line(out: &mut dyn Write, tag: &str, value: &str) -> io::Result<()> {
    let value: Vec<&str> = value.split_whitespace().collect();
    write!(out, "{tag}  - {}\r\n", value.join(" "))
}

impl Exporter for Ris {
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        let record = item.record;
        line(out, "TY", "NEWS")?;
        line(out, "TI", &record.title)?;
        for author in record.byline.iter().flat_map(|byline| authors(byline)) {
            match author {
                Author::Person { family, given } => line(out, "AU", &format!("{family}, {given}"))?,
                Author::Name(name) => line(out, "AU", &name)?,
            }
        }
        if let Some(source) = &record.source {
            line(out, "T2", source)?;
        }
        if let Some((year, month, day)) = date_parts(record) {
            line(out, "PY", &format!("{year:04}"))?;
            // Year, month, day and a season, a slash between each; what is not known is empty.
            let part = |part: Option<u32>| part.map(|part| format!("{part:02}")).unwrap_or_default();
            line(out, "DA", &format!("{year:04}/{}/{}/", part(month), part(day)))?;
        }
        if let Some(url) = &record.url {
            line(out, "UR", url)?;
        }
        if let Some(tag) = record.language.code {
            line(out, "LA", tag.code())?;
        }
        for tag in &item.marks.tags {
            line(out, "KW", tag)?;
        }
        if let Some(note) = &item.marks.note {
            line(out, "N1", note)?;
        }
        line(out, "ID", &record.id.to_string())?;
        write!(out, "ER  - \r\n\r\n")
    }
}
