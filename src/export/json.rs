//! JSON: an object a line, or one list of objects.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{Column, ExportFormat, Exporter, Item, Options, ReaderMarks};
use crate::article::Record;

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

/// The object of an article: its record, or the chosen columns alone, in their order.
struct Object<'a> {
    item: &'a Item<'a>,
    columns: &'a [&'static Column],
    text: bool,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.columns.is_empty() {
            return serializer.collect_map(self.columns.iter().map(|column| (column.name, (column.value)(self.item))));
        }
        let text = self.item.article.filter(|_| self.text).map(super::text::body);
        Whole { record: self.item.record, marks: self.item.marks, text }.serialize(serializer)
    }
}

/// Everything that is known of an article.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    record: &'a Record,
    marks: &'a ReaderMarks,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
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
        let object = Object { item, columns: &self.options.columns, text: self.options.text };
        serde_json::to_writer(&mut *out, &object)?;
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
