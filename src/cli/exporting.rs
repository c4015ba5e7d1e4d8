//! Options of every command that prints articles: format, fields, text, template, file.

use std::io::Write;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::archive::{Row, TextReader};
use crate::article::Record;
use crate::error::Error;
use crate::export::{self, EXPORTS, Exporter, Item, Options, ReaderMarks};
use crate::marks::Snapshot;

use super::opening::{self, Opened};
use super::output;
use super::writing::Writing;

/// Options of every command that prints articles.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Export")]
pub struct Exporting {
    /// Print articles in this format; `csl-json`, `ris` and `bibtex` are for reference managers
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(EXPORTS.iter().map(|format| format.name)), conflicts_with = "json")]
    pub format: Option<String>,
    /// Print only these fields, separated by commas: id, title, date, source, url, text …
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// Print the cleaned text of each article as well
    #[arg(long)]
    pub text: bool,
    /// Print each article by this template: '{{ date }} {{ title }}'; @FILE reads it from a file
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
    #[command(flatten)]
    pub writing: Writing,
}

impl Exporting {
    /// Whether articles are exported at all, not only listed.
    pub fn is_asked(&self) -> bool {
        self.format.is_some()
            || !self.fields.is_empty()
            || self.text
            || self.template.is_some()
            || self.writing.is_asked()
    }

    /// What is exported, and by whom.
    ///
    /// # Errors
    ///
    /// What is wrong with the options, in words.
    pub fn exporter(&self, json: bool) -> anyhow::Result<(Box<dyn Exporter>, Options)> {
        let name = match (&self.format, &self.template) {
            (Some(name), _) => name.as_str(),
            (None, Some(_)) => "template",
            (None, None) if json => "jsonl",
            // A name that says what the file is to be.
            (None, None) => self.named().unwrap_or(if self.text && self.fields.is_empty() { "text" } else { "jsonl" }),
        };
        let format = export::format(name).ok_or_else(|| anyhow::anyhow!("no format is called {name}"))?;
        let columns: Result<Vec<_>, String> = self.fields.iter().map(|name| export::column(name.trim())).collect();
        let columns = columns.map_err(anyhow::Error::msg)?;
        let template = match self.template.as_deref().map(|template| (template.strip_prefix('@'), template)) {
            Some((Some(path), _)) => {
                Some(std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })?)
            }
            Some((None, template)) => Some(template.to_owned()),
            None => None,
        };
        let text = self.text
            || columns.iter().any(|column| column.name == "text")
            || template.as_ref().is_some_and(|template| template.contains("text"));
        let options = Options { columns, text, template };
        Ok(((format.exporter)(&options).map_err(anyhow::Error::msg)?, options))
    }

    /// The format that the name of the file says.
    fn named(&self) -> Option<&'static str> {
        let extension = self.writing.output.as_ref()?.extension()?.to_str()?;
        EXPORTS.iter().find(|format| format.extension == extension).map(|format| format.name)
    }
}

/// Hands articles to an exporter one by one, with their texts where they belong to it.
pub struct Exports<'a> {
    opened: &'a Opened,
    exporter: Box<dyn Exporter>,
    options: Options,
    marks: std::sync::Arc<Snapshot>,
    reader: Box<dyn TextReader>,
    failed: bool,
}

impl<'a> Exports<'a> {
    /// What exports the articles of a pile as `exporting` says.
    ///
    /// # Errors
    ///
    /// What is wrong with the options.
    pub fn new(exporting: &Exporting, json: bool, opened: &'a Opened) -> anyhow::Result<Exports<'a>> {
        let (exporter, options) = exporting.exporter(json)?;
        Ok(Exports {
            opened,
            exporter,
            options,
            marks: opening::snapshot(&opened.pile),
            reader: opened.texts().reader(),
            failed: false,
        })
    }

    /// Writes what stands before the first article.
    pub fn begin(&mut self, out: &mut dyn Write) -> anyhow::Result<()> {
        Ok(self.exporter.begin(out)?)
    }

    /// Writes an article.
    pub fn row(&mut self, out: &mut dyn Write, row: &Row) -> anyhow::Result<()> {
        let path = output::shown_path(row, &self.opened.pile);
        let record = Record { path, ..row.record.clone() };
        let article = match self.options.text.then(|| self.reader.article(row.record.id, &row.origin)) {
            None => None,
            Some(Ok(article)) => Some(article),
            Some(Err(error)) => {
                // Its record still stands.
                self.failed = true;
                output::complain(&error.to_string());
                None
            }
        };
        let marks = ReaderMarks::of(record.id, &self.marks, row.added);
        Ok(self.exporter.item(out, &Item { record: &record, marks: &marks, article: article.as_deref() })?)
    }

    /// Writes what stands behind the last article; true when a text could not be read.
    pub fn end(&mut self, out: &mut dyn Write) -> anyhow::Result<bool> {
        self.exporter.end(out)?;
        Ok(self.failed)
    }
}
