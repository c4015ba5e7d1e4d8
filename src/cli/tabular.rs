//! Tables of figures: aligned for reading, or as other programs want them.

use std::io::{self, Write};

use clap::ValueEnum;
use serde_json::{Map, Number, Value};

use crate::export::cell;
use crate::text::width::{cells, clip};

/// The widest column of names, in cells, where a table is for reading.
const WIDEST: usize = 40;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// Aligned columns, for reading
    Text,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// One list of objects
    Json,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Name,
    /// A number of things; parts of them where they were divided.
    Count,
    /// A figure, with this many digits where it is for reading.
    Figure(usize),
    /// A part of 1; per cent where it is for reading.
    Share,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
}

/// What stands in a column of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Words.
    Name(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Missing,
}

impl From<&str> for Entry {
    fn from(name: &str) -> Entry {
        Entry::Name(name.to_owned())
    }
}

impl From<f64> for Entry {
    fn from(number: f64) -> Entry {
        Entry::Number(number)
    }
}

impl From<Option<f64>> for Entry {
    fn from(number: Option<f64>) -> Entry {
        number.map_or(Entry::Missing, Entry::Number)
    }
}

/// Writes a table.
///
/// # Errors
///
/// What `out` says.
pub fn write_table(
    out: &mut dyn Write,
    format: TableFormat,
    columns: &[Column],
    rows: &[Vec<Entry>],
) -> io::Result<()> {
    match format {
        TableFormat::Text => text(out, columns, rows),
        TableFormat::Csv => separated(out, b',', columns, rows),
        TableFormat::Tsv => separated(out, b'\t', columns, rows),
        TableFormat::Json => json(out, columns, rows),
    }
}

/// A number in no more digits than it needs, six at most.
fn plain(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn separated(out: &mut dyn Write, delimiter: u8, columns: &[Column], rows: &[Vec<Entry>]) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer.write_record(columns.iter().map(|column| cell(column.name.as_str().into())))?;
    for row in rows {
        writer.write_record(row.iter().map(|entry| match entry {
            Entry::Name(name) => cell(name.as_str().into()),
            Entry::Number(number) => plain(*number).to_string(),
            Entry::Missing => String::new(),
        }))?;
    }
    writer.flush()
}

fn json(out: &mut dyn Write, columns: &[Column], rows: &[Vec<Entry>]) -> io::Result<()> {
    let value = |entry: &Entry| match entry {
        Entry::Name(name) => Value::String(name.clone()),
        Entry::Number(number) if number.fract() == 0.0 => Value::from(*number as i64),
        Entry::Number(number) => Number::from_f64(plain(*number)).map_or(Value::Null, Value::Number),
        Entry::Missing => Value::Null,
    };
    out.write_all(b"[")?;
    for (number, row) in rows.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let object: Map<String, Value> =
            columns.iter().zip(row).map(|(column, entry)| (column.name.clone(), value(entry))).collect();
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n]\n")
}

fn text(out: &mut dyn Write, columns: &[Column], rows: &[Vec<Entry>]) -> io::Result<()> {
    let shown = |entry: &Entry, kind: Kind| match (entry, kind) {
        (Entry::Name(name), _) => clip(name, WIDEST).into_owned(),
        (Entry::Missing, _) => "-".to_owned(),
        (Entry::Number(number), Kind::Share) => format!("{:.1} %", number * 100.0),
        (Entry::Number(number), Kind::Figure(digits)) => format!("{number:.digits$}"),
        (Entry::Number(number), _) if number.fract() == 0.0 => number.to_string(),
        (Entry::Number(number), _) => format!("{number:.1}"),
    };
    let mut lines = vec![columns.iter().map(|column| column.name.replace('_', " ")).collect::<Vec<String>>()];
    lines.extend(
        rows.iter().map(|row| row.iter().zip(columns).map(|(entry, column)| shown(entry, column.kind)).collect()),
    );
    let widest = |at: usize| lines.iter().map(|line| cells(&line[at])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(widest).collect();
    for line in &lines {
        let mut written = String::new();
        for ((text, width), column) in line.iter().zip(&widths).zip(columns) {
            let space = " ".repeat(width - cells(text));
            match column.kind {
                Kind::Name => written += &format!("{text}{space}  "),
                _ => written += &format!("{space}{text}  "),
            }
        }
        writeln!(out, "{}", written.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: TableFormat) -> String {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        let columns = [
            column("cell", Kind::Name),
            column("articles", Kind::Count),
            column("per_million_words", Kind::Figure(1)),
            column("share", Kind::Share),
        ];
        let rows = [
            vec!["東京".into(), 12.0.into(), 3.25.into(), 0.5.into()],
            vec!["=Zeit".into(), 0.5.into(), Entry::Missing, Some(1.0).into()],
        ];
        let mut out = Vec::new();
        write_table(&mut out, format, &columns, &rows).expect("written");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_table_is_aligned_for_reading_and_plain_for_programs() {
        insta::assert_snapshot!(written(TableFormat::Text), @r"
        cell   articles  per million words    share
        東京         12                3.2   50.0 %
        =Zeit       0.5                  -  100.0 %
        ");
        insta::assert_snapshot!(written(TableFormat::Csv), @r"
        cell,articles,per_million_words,share
        東京,12,3.25,0.5
        '=Zeit,0.5,,1
        ");
        let json: Value = serde_json::from_str(&written(TableFormat::Json)).expect("a list");
        assert_eq!(
            json[1],
            serde_json::json!({"cell": "=Zeit", "articles": 0.5, "per_million_words": null, "share": 1})
        );
    }
}
