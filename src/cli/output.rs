//! Writing to the terminal or a pipe.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context;
use serde::Serialize;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::archive::{Limits, Row};
use crate::article::{Article, LanguageRecord, Record};
use crate::error::Error;
use crate::export::ReaderMarks;
use crate::format;
use crate::library::{self, Files, Manuscript, Pile};
use crate::marks::Snapshot;
use crate::text::Clean;
use crate::text::width::{clip, pad};

use super::Outcome;

/// Standard output, written in large pieces.
pub fn out() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Tells of something that went wrong, on standard error.
pub fn complain(message: &str) {
    // Whatever a file name holds must not reach the terminal as such. Nothing can be done about a
    // standard error that is closed.
    let _ = writeln!(io::stderr(), "newsstand: {}", Clean::new(message));
}

/// Tells of problems, a few of them word by word.
pub fn complain_of_all(problems: &[Clean], count: usize) {
    const SHOWN: usize = 20;
    for problem in problems.iter().take(SHOWN) {
        complain(problem);
    }
    if count > SHOWN {
        complain(&format!("and {} problems more (--log FILE records all)", count - SHOWN));
    }
}

/// Tells what an answer lacks.
pub fn complain_of_limits(limits: &Limits) {
    if let Some(partial) = &limits.partial {
        complain(&format!("partial: {partial} answered, so there may be more"));
    }
    for what in &limits.not_tried {
        complain(&format!("not looked for: {what}"));
    }
}

/// Records events, effects and problems in a file.
pub fn log_to(path: &Path) -> anyhow::Result<()> {
    let file = File::options()
        .create(true)
        .append(true)
        .open(path)
        .with_context(|| format!("{}: the log cannot be written", path.display()))?;
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::sync::Mutex::new(file));
    // What the engine says of its own files would bury the rest.
    let ours = Targets::new().with_target("newsstand", tracing::Level::DEBUG).with_default(tracing::Level::WARN);
    tracing_subscriber::registry().with(lines.with_filter(ours)).init();
    Ok(())
}

/// True where a person reads along.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The width of the terminal, or no limit when output goes elsewhere.
pub fn width() -> usize {
    match io::stdout().is_terminal() {
        true => crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns)),
        false => usize::MAX,
    }
}

/// Writes an article as a line of a list: id, language, date, title, path.
pub fn write_line(out: &mut impl Write, row: &Row, pile: &Pile, width: usize) -> io::Result<()> {
    let record = &row.record;
    let id = record.id.to_string();
    let date = record.when().map_or("undated".to_owned(), |when| {
        let value = when.value();
        value.split('T').next().unwrap_or_default().to_owned()
    });
    let path = shown_path(row, pile);
    let line =
        format!("{}  {}  {}  {}  {path}", &id[..8], pad(language(&record.language), 2), pad(&date, 10), record.title);
    writeln!(out, "{}", clip(&line, width))
}

/// The record of an article with the reader's marks.
#[derive(Serialize)]
pub struct MarkedRecord<'a> {
    /// What is known of the article.
    #[serde(flatten)]
    pub record: &'a Record,
    /// What the reader has put on it.
    pub marks: ReaderMarks,
}

/// Writes the record of an article as a line of JSON.
pub fn write_json(out: &mut impl Write, row: &Row, pile: &Pile, marks: &Snapshot) -> io::Result<()> {
    let record = Record { path: shown_path(row, pile), ..row.record.clone() };
    let marks = ReaderMarks::of(record.id, marks, row.added);
    serde_json::to_writer(&mut *out, &MarkedRecord { record: &record, marks })?;
    writeln!(out)
}

/// Reads all articles of a pile without an index, and gives each to `show` with its number from 0.
/// What cannot be read is complained of, and the rest is read.
///
/// # Errors
///
/// What `show` fails with; it is then called no more.
pub fn each_article(pile: &Pile, mut show: impl FnMut(&Article, usize) -> io::Result<()>) -> io::Result<Outcome> {
    each_manuscript(pile, |manuscript, number| show(&manuscript.article(), number))
}

/// Like [`each_article`], before they are understood.
///
/// # Errors
///
/// When `show` fails.
pub fn each_manuscript(pile: &Pile, mut show: impl FnMut(Manuscript, usize) -> io::Result<()>) -> io::Result<Outcome> {
    let (mut shown, mut failed) = (0, false);
    let mut written = Ok(());
    let mut files = Files::new(pile);
    for entry in files.by_ref() {
        let mut problem = |error: Error| {
            failed = true;
            complain(&error.to_string());
        };
        let read = entry.and_then(|entry| {
            library::read_manuscripts(&entry, format::Limits::default(), &mut |manuscript| {
                match manuscript {
                    Ok(manuscript) if written.is_ok() => {
                        written = show(manuscript, shown);
                        shown += 1;
                    }
                    Ok(_) => {}
                    Err(error) => problem(error),
                }
                ControlFlow::Continue(())
            })
        });
        if let Err(error) = read {
            problem(error);
        }
    }
    if let Some(told) = files.told_of_links() {
        complain(&told);
    }
    written?;
    Ok(match (failed, shown) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    })
}

/// The path of an article as the reader gave its root.
pub fn shown_path(row: &Row, pile: &Pile) -> Clean {
    Clean::new(&pile.shown(&row.origin.path).to_string_lossy())
}

/// The record of an article that was read from a file just now.
pub fn record_of(article: &Article, pile: &Pile) -> Record {
    let path = Clean::new(&pile.shown(&article.origin.path).to_string_lossy());
    Record { path, ..Record::from(article) }
}

fn language(language: &LanguageRecord) -> &'static str {
    language.code.filter(|_| language.sure).map_or("?", |tag| tag.code())
}
