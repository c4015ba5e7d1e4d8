//! Articles as other programs want them: one file a format, and the table that everything reads.
//!
//! A format writes a beginning, each article as it comes, and an end; no more than one article is in memory.
//! What it writes depends on the articles alone, so that the same articles give the same bytes.

mod bibliography;
mod bibtex;
mod citation;
mod columns;
mod csl;
mod fields;
mod html;
mod json;
mod markdown;
mod ris;
mod table;
mod template;
mod text;

use std::io::{self, Write};

use crate::article::{Article, Record};

pub use citation::citation;
pub use columns::{COLUMNS, Column, column};
pub use fields::ReaderMarks;
pub use table::cell;
pub use template::TEMPLATE_HELP;

/// An article that is exported.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What is known of it, with the path as the reader gave it.
    pub record: &'a Record,
    /// The reader's marks on it.
    pub marks: &'a ReaderMarks,
    /// The article itself, where its text is exported.
    pub article: Option<&'a Article>,
}

/// What is exported of each article.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The columns, by name, in this order; without any, those that the format has by itself.
    pub columns: Vec<&'static Column>,
    /// Whether the cleaned text of each article belongs to it.
    pub text: bool,
    /// The template of the format `template`.
    pub template: Option<String>,
}

/// Writes articles in one format.
pub trait Exporter {
    /// Writes what stands before the first article.
    ///
    /// # Errors
    ///
    /// What `out` says.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Writes an article.
    ///
    /// # Errors
    ///
    /// What `out` says, and for a template what is wrong with it.
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()>;

    /// Writes what stands behind the last article.
    ///
    /// # Errors
    ///
    /// What `out` says.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }
}

/// A format that articles are exported in.
pub struct ExportFormat {
    /// Its name, behind `--format`.
    pub name: &'static str,
    /// What it is, in a few words.
    pub description: &'static str,
    /// How the names of its files end.
    pub extension: &'static str,
    /// What writes it, or what is wrong with the options.
    pub exporter: fn(&Options) -> Result<Box<dyn Exporter>, String>,
}

/// Every format.
pub static EXPORTS: &[ExportFormat] = &[
    json::LINES,
    json::LIST,
    table::CSV,
    table::TSV,
    markdown::FORMAT,
    html::FORMAT,
    bibtex::FORMAT,
    ris::FORMAT,
    csl::FORMAT,
    text::FORMAT,
    template::FORMAT,
];

/// The format of this name.
pub fn format(name: &str) -> Option<&'static ExportFormat> {
    EXPORTS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests;
