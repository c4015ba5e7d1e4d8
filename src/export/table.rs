//! Tables: comma-separated and tab-separated values, with a head.

use std::io::{self, Write};

use serde_json::Value;

use super::{COLUMNS, Column, ExportFormat, Exporter, Item, Options};

/// Comma-separated values.
pub(super) const CSV: ExportFormat = ExportFormat {
    name: "csv",
    description: "comma-separated values, for spreadsheets",
    extension: "csv",
    exporter: |options| Ok(Box::new(Table::new(options, b','))),
};

/// Tab-separated values.
pub(super) const TSV: ExportFormat = ExportFormat {
    name: "tsv",
    description: "tab-separated values, for other programs",
    extension: "tsv",
    exporter: |options| Ok(Box::new(Table::new(options, b'\t'))),
};

/// The columns of a table unless others are asked for.
const USUAL: [&str; 11] =
    ["id", "date", "precision", "language", "source", "byline", "title", "url", "words", "path", "part"];

struct Table {
    columns: Vec<&'static Column>,
    delimiter: u8,
}

impl Table {
    fn new(options: &Options, delimiter: u8) -> Table {
        let mut columns = options.columns.clone();
        if columns.is_empty() {
            let text = options.text.then_some("text");
            let usual = USUAL.into_iter().chain(text);
            columns.extend(usual.filter_map(|name| COLUMNS.iter().find(|column| column.name == name)));
        }
        Table { columns, delimiter }
    }

    fn row<'a>(&self, out: &mut dyn Write, cells: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> io::Result<()> {
        let mut writer = csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(Vec::new());
        writer.write_record(cells.map(|cell| cell.into_owned())).map_err(io::Error::from)?;
        let row = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
        out.write_all(&row)
    }
}

/// A value as it stands in a cell. One that a spreadsheet would take for a formula is told to be text.
pub fn cell(value: Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(values) => {
            let values = values.into_iter().map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
            values.collect::<Vec<String>>().join("; ")
        }
        other => other.to_string(),
    };
    // A title that begins so is from the web, and may have been written to be run.
    if text.starts_with(['=', '+', '@']) || text.starts_with('-') && text.parse::<f64>().is_err() && !is_date(&text) {
        format!("'{text}")
    } else {
        text
    }
}

/// A day without a year: `--02-16`.
fn is_date(text: &str) -> bool {
    text.strip_prefix("--").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}

impl Exporter for Table {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.row(out, self.columns.iter().map(|column| column.name.into()))
    }

    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        self.row(out, self.columns.iter().map(|column| cell((column.value)(item)).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_run_by_a_spreadsheet() {
        for (value, expected) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("+1 for the mayor", "'+1 for the mayor"),
            ("@cmd", "'@cmd"),
            ("- a dash", "'- a dash"),
            ("-12.5", "-12.5"),
            ("--02-16", "--02-16"),
            ("1 = 1", "1 = 1"),
        ] {
            assert_eq!(cell(value.into()), expected);
        }
        assert_eq!(cell(serde_json::json!(["a", "b"])), "a; b");
        assert_eq!(cell(Value::Null), "");
    }
}
