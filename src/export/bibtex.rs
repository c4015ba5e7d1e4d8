//! BibTeX, with the fields of BibLaTeX for what is only partly known.

use std::io::{self, Write};

use super::bibliography::{Author, authors, date_parts};
use super::{ExportFormat, Exporter, Item};

/// BibTeX.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "bibtex",
    description: "BibTeX, for LaTeX and reference managers",
    extension: "bib",
    exporter: |_| Ok(Box::new(Bibtex)),
};

struct Bibtex;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Text in braces, in which nothing is taken for a command.
fn braced(text: &str) -> String {
    let mut braced = String::from("{");
    for letter in text.chars() {
        match letter {
            '\\' => braced.push_str("\\textbackslash{}"),
            '{' | '}' | '#' | '$' | '%' | '&' | '_' => braced.extend(['\\', letter]),
            '~' => braced.push_str("\\textasciitilde{}"),
            '^' => braced.push_str("\\textasciicircum{}"),
            _ => braced.push(letter),
        }
    }
    braced.push('}');
    braced
}

impl Exporter for Bibtex {
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        let record = item.record;
        writeln!(out, "@article{{newsstand-{},", record.id)?;
        // A second pair of braces keeps capitals as they are.
        writeln!(out, "  title = {{{}}},", braced(&record.title))?;
        let names: Vec<String> = record
            .byline
            .iter()
            .flat_map(|byline| authors(byline))
            .map(|author| match author {
                Author::Person { family, given } => format!("{}, {}", bare(&family), bare(&given)),
                Author::Name(name) => braced(&name),
            })
            .collect();
        if !names.is_empty() {
            writeln!(out, "  author = {{{}}},", names.join(" and "))?;
        }
        if let Some(source) = &record.source {
            writeln!(out, "  journal = {},", braced(source))?;
        }
        if let Some((year, month, day)) = date_parts(record) {
            let date = match (month, day) {
                (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
                (Some(month), None) => format!("{year:04}-{month:02}"),
                (None, _) => format!("{year:04}"),
            };
            writeln!(out, "  date = {{{date}}},\n  year = {{{year}}},")?;
            if let Some(name) = month.and_then(|month| MONTHS.get(month as usize - 1)) {
                writeln!(out, "  month = {name},")?;
            }
        }
        if let Some(url) = &record.url {
            writeln!(out, "  url = {{{}}},", url.replace('{', "%7B").replace('}', "%7D"))?;
        }
        if let Some(tag) = record.language.code {
            writeln!(out, "  langid = {{{}}},", tag.name().to_lowercase())?;
        }
        if let Some(note) = &item.marks.note {
            writeln!(out, "  annote = {},", braced(note))?;
        }
        if !item.marks.tags.is_empty() {
            writeln!(out, "  keywords = {},", braced(&item.marks.tags.join(", ")))?;
        }
        writeln!(out, "}}\n")
    }
}

/// Like [`braced`], without the braces.
fn bare(text: &str) -> String {
    let braced = braced(text);
    braced[1..braced.len() - 1].to_owned()
}
