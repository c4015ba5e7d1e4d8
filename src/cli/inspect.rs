//! `newsstand inspect`: what was found in a file and why, line by line.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use crate::article::{Article, Paragraph, Role};
use crate::extract::language;
use crate::format::Told;
use crate::library::Pile;
use crate::text::width::{clip, pad};

use super::{Common, Outcome, opening, output};

/// How much of a paragraph is shown when output goes elsewhere than to a terminal.
const COLUMN: usize = 100;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand inspect articles/some.txt     start here when a date, title or language looks wrong")]
pub struct Arguments {
    /// The files to look at
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let mut out = output::out();
    let config = common.config()?;
    let pile = opening::pile(&arguments.files, &opening::cache_folder(common, &config), common, &config)?;
    let outcome = output::each_manuscript(&pile, |manuscript, _| {
        let read_as = manuscript.read_as;
        write(&mut out, &manuscript.article(), read_as, &pile)
    })?;
    out.flush()?;
    Ok(outcome)
}

/// What told the format of a file, in words.
fn told(told: Told) -> &'static str {
    match told {
        Told::Beginning => "told by how it begins",
        Told::Extension => "told by its name",
        Told::Nothing => "nothing says that it is anything else",
    }
}

fn write(out: &mut impl Write, article: &Article, read_as: (&'static str, Told), pile: &Pile) -> io::Result<()> {
    let width = output::width().min(COLUMN);
    let path = output::record_of(article, pile).path;
    let part = article.origin.part.map(|part| format!(", article {part}")).unwrap_or_default();
    writeln!(out, "{path}{part}  (id {})", article.id)?;
    let place = |line: Option<u32>| line.map_or("from metadata".to_owned(), |line| format!("line {line}"));
    let mut fact = |name: &str, text: &str| writeln!(out, "  {} {}", pad(name, 10), clip(text, width));
    let (format, why) = read_as;
    fact("read as", &format!("{format}  ({})", told(why)))?;
    let kind = match article.title.kind {
        crate::article::TitleKind::Headline => place(article.title.line),
        crate::article::TitleKind::Opening => "no headline: the opening stands in".to_owned(),
    };
    fact("title", &format!("{}  ({kind})", article.title.text))?;
    for (name, stated) in [("byline", &article.byline), ("source", &article.source)] {
        if let Some(stated) = stated {
            let why = if stated.why.is_empty() { String::new() } else { format!(": {}", stated.why) };
            fact(name, &format!("{}  ({}{why})", stated.text, place(stated.line)))?;
        }
    }
    let language = article.language.tag.map_or("unknown".to_owned(), |tag| tag.name().to_owned());
    let sure = if article.language.sure { "sure" } else { "not sure" };
    let why =
        article.language.tag.map_or(String::new(), |tag| format!(": {}", language::reason(&own_text(article), tag)));
    fact("language", &format!("{language}, {sure} ({:.2}){why}", article.language.confidence))?;
    for passage in &article.passages {
        let lines: Vec<String> = passage.lines.iter().map(u32::to_string).collect();
        fact("passage", &format!("{}, {} words, lines {}", passage.tag.name(), passage.words, lines.join(" ")))?;
    }
    match &article.date {
        Some(date) => fact(
            "date",
            &format!("{}, {} ({})", date.when.value(), date.when.precision().name(), date.evidence.name()),
        )?,
        None => fact("date", "none is told")?,
    }
    for candidate in &article.dates {
        let date = &candidate.date;
        let line = format!(
            "{:>4}  {}  {}  \"{}\"  {}",
            candidate.rank,
            place(date.line),
            date.when.value(),
            date.text,
            candidate.reason
        );
        fact("  seen", &line)?;
    }
    for finding in &article.findings {
        let place = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        fact("noticed", &format!("{place}{}", finding.note))?;
    }
    writeln!(out)?;
    let mut body: Vec<&Paragraph> = article.body.iter().collect();
    body.sort_by_key(|paragraph| paragraph.line);
    for paragraph in body {
        let language = paragraph.language.map_or("", |tag| tag.code());
        let line = format!(
            "{:>5}  {}  {}  {}",
            paragraph.line,
            pad(role(paragraph.role), 9),
            pad(language, 2),
            paragraph.text
        );
        writeln!(out, "{}", clip(&line, width))?;
    }
    writeln!(out)
}

/// The beginning of the running text, else the headline: what the language was told by.
fn own_text(article: &Article) -> String {
    const ENOUGH: usize = 4_000;
    let mut text = String::new();
    for paragraph in article.body.iter().filter(|paragraph| paragraph.role.is_prose()) {
        text.push_str(&paragraph.text);
        text.push('\n');
        if text.len() > ENOUGH {
            break;
        }
    }
    if text.is_empty() { article.title.text.to_string() } else { text }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Deck => "deck",
        Role::Facts => "facts",
        Role::Heading => "heading",
        Role::Text => "text",
        Role::Item => "item",
        Role::Caption => "caption",
        Role::Furniture => "furniture",
    }
}
