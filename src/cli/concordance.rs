//! `newsstand concordance`: every place where a query finds something, with the words around it.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::archive::{Asking, told};
use crate::article::Record;
use crate::counting::concordance::{Line, LineSort, Reading, Total, key};
use crate::counting::{Readers, Sought};
use crate::error::Error;
use crate::export::cell;
use crate::query::{self, Sort};
use crate::text::width::{cells, pad};

use super::opening::Opened;
use super::output::{is_terminal, shown_path};
use super::queries::line;
use super::search::{KINDS, tell};
use super::writing::Writing;
use super::{Common, Outcome, opening, output};

/// Of more places than these, only these are put in order by their words: they are all in memory.
const MOST_SORTED: usize = 1_000_000;
/// So many forms are named at the end.
const FORMS: usize = 8;
/// So many cells of a line are for the source.
const SOURCE: usize = 16;
/// So many articles that cannot be read are told one by one.
const COMPLAINTS: usize = 20;
/// So many cells of context there are where the terminal does not say how many fit.
const USUAL_WIDTH: usize = 60;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand concordance clubhouse articles/                 one line a place, aligned at the match
  newsstand concordance '\"elon musk\"' articles/ --sort right   what follows the name
  newsstand concordance 'invit* lang:en' articles/ --width 30
  newsstand concordance 'putin date:2021' articles/ --format csv -o putin.csv
  newsstand concordance '=Bank' articles/ --sort left --limit 100

Columns of tsv and csv: left, match, right, form, where, date, language, source, title, id, path, part.
A form is exact, folded (but for accents), stem, beginning, pattern, part (of a compound), script (the same name
in another one), error or two_errors. Places in page furniture and bylines are left out. How many places there
are in all is told on standard error, whatever the limit.")]
pub struct Arguments {
    /// Query, in the syntax of the query line
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Cells of context on each side of the match [default: what fits the terminal, else 60]
    #[arg(long, value_name = "CELLS", value_parser = clap::value_parser!(u16).range(0..=1000))]
    width: Option<u16>,
    /// Sort order of the lines [default: the articles in the order of the query]
    #[arg(long, value_enum)]
    sort: Option<SortOption>,
    /// Print so many lines at most
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Print them in this format
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Do not forgive typing errors or missing words when nothing is found
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    pub writing: Writing,
}

/// An order of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SortOption {
    /// By the words before, the nearest first
    Left,
    /// By the match and the words behind
    Right,
    /// The newest first
    Date,
    /// By source
    Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned lines, for reading
    Text,
    /// Tab-separated values
    Tsv,
    /// Comma-separated values
    Csv,
    /// One object: the places, and how many there are
    Json,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let typed = line(&arguments.query)?;
    let mut query = query::parse_finished(&typed);
    for note in &query.notes {
        output::complain(&note.text);
    }
    let sort = arguments.sort.map(|sort| match sort {
        SortOption::Left => LineSort::Left,
        SortOption::Right => LineSort::Right,
        SortOption::Date => LineSort::Date,
        SortOption::Source => LineSort::Source,
    });
    if sort.is_some() {
        // Lines that are alike in what they are sorted by stand by their dates.
        query.sort = Some(Sort::Newest);
    }
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let archive = opened.archive()?;
    let marks = opening::snapshot(&opened.pile);
    let asking = Asking { forgiving: !arguments.strict, marks: Some(&*marks), ..Asking::new(opened.today) };
    let found = told(archive.search(&query, &asking)?);
    let sought = told(Sought::of(&*archive, &query, &found, &asking)?);
    if sought.is_empty() {
        let message = format!(
            "{typed}: asks for no words, and so there are no places to show (`newsstand search` lists the articles)"
        );
        return Err(Error::NotFound(message).into());
    }
    tell(&typed, &found);

    let width = arguments.width.map_or_else(usual_width, usize::from);
    let reading = Reading { order: &*found.order, sought: &sought, width, cancelled: &|| false };
    let mut sink = arguments.writing.sink()?;
    let to_terminal = arguments.writing.output.is_none() && is_terminal();
    let mut printer = Printer { opened: &opened, format: arguments.format, to_terminal, width, printed: 0 };
    let streams = matches!(sort, None | Some(LineSort::Date));
    let bar = opening::reading_bar(found.matched, !(streams && to_terminal));
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let mut waiting: Vec<(String, Line)> = Vec::new();
    let (mut complaints, mut not_sorted) = (0, 0);
    printer.begin(sink.out())?;
    let mut written = Ok(());
    let mut take = |lines: Result<Vec<Line>, Error>| {
        bar.inc(1);
        let lines = lines.unwrap_or_else(|error| {
            complaints += 1;
            if complaints <= COMPLAINTS {
                output::complain(&error.to_string());
            }
            Vec::new()
        });
        let before = printer.printed;
        for line in lines {
            match sort.filter(|_| !streams) {
                None if printer.printed < limit && written.is_ok() => written = printer.line(sink.out(), &line),
                None => {}
                Some(_) if waiting.len() >= MOST_SORTED => not_sorted += 1,
                Some(sort) => waiting.push((key(&line, sort), line)),
            }
        }
        // Who reads along wants the first ones at once.
        if to_terminal && printer.printed > before && written.is_ok() {
            written = sink.out().flush();
        }
        // Only the first ones are wanted, so no more than these need to be kept.
        if waiting.len() / 2 > limit.saturating_add(1000) {
            waiting.sort_by(|a, b| a.0.cmp(&b.0));
            waiting.truncate(limit);
        }
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let total = told(reading.lines(&mut Readers::for_all_cores(&*opened.texts()), &mut take)?);
    bar.finish_and_clear();
    written?;
    waiting.sort_by(|a, b| a.0.cmp(&b.0));
    for (_, line) in waiting.iter().take(limit) {
        printer.line(sink.out(), line)?;
    }
    printer.end(sink.out(), &total)?;
    let written = sink.finish()?;
    arguments.writing.note(written, &*archive, std::slice::from_ref(&query), opened.today)?;
    if not_sorted > 0 {
        output::complain(&format!(
            "{not_sorted} places more were left out: no more than {MOST_SORTED} are put in order"
        ));
    }
    output::complain(&in_words(&total));
    let outcome = match (opened.failed || total.unread > 0 || !found.limits.is_whole(), total.places) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    };
    Ok(opened.check(outcome)?)
}

/// Half of what the terminal has room for beside the columns, or the usual width elsewhere.
fn usual_width() -> usize {
    match is_terminal() {
        true => output::width().saturating_sub(usize::from(columns(output::width()).1) + 14).max(16) / 2,
        false => USUAL_WIDTH,
    }
}

/// Whether lines of this width have room for the source, and how wide the columns before the context are.
fn columns(width: usize) -> (bool, u16) {
    if width < 100 { (false, 26) } else { (true, 26 + SOURCE as u16 + 2) }
}

/// What was found in all, in words.
fn in_words(total: &Total) -> String {
    let Total { places, articles, elsewhere, unread, .. } = total;
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut words = format!("{} in {}", counted(*places, "place", "places"), counted(*articles, "article", "articles"));
    let forms = total.by_frequency();
    let named: Vec<String> = forms
        .iter()
        .take(FORMS)
        .map(|(form, kind, count)| {
            let kind = KINDS.iter().find(|row| row.0 == *kind).map_or("", |row| row.1);
            format!("{form} {count} ({kind})")
        })
        .collect();
    if !named.is_empty() {
        words += &format!(": {}", named.join(", "));
    }
    if forms.len() > FORMS {
        words += &format!(" and {} forms more", forms.len() - FORMS);
    }
    if *elsewhere > 0 {
        words += &format!("; {elsewhere} more only in page furniture, bylines or fields beside the text");
    }
    if *unread > 0 {
        words += &format!("; {unread} could not be read");
    }
    words
}

/// Writes lines in a format.
struct Printer<'a> {
    opened: &'a Opened,
    format: Format,
    to_terminal: bool,
    width: usize,
    printed: usize,
}

/// A place as JSON.
#[derive(Serialize)]
struct Place<'a> {
    left: &'a str,
    #[serde(rename = "match")]
    found: &'a str,
    right: &'a str,
    form: &'static str,
    #[serde(rename = "where")]
    part_of_article: &'static str,
    article: &'a Record,
}

/// A form as JSON.
#[derive(Serialize)]
struct FormRecord<'a> {
    text: &'a str,
    form: &'static str,
    places: usize,
}

const HEAD: [&str; 12] =
    ["left", "match", "right", "form", "where", "date", "language", "source", "title", "id", "path", "part"];

impl Printer<'_> {
    fn begin(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            Format::Text => Ok(()),
            Format::Json => out.write_all(b"{\"places\":["),
            Format::Csv | Format::Tsv => self.row(out, HEAD.map(str::to_owned)),
        }
    }

    fn row(&self, out: &mut dyn Write, cells: [String; 12]) -> io::Result<()> {
        let delimiter = if self.format == Format::Tsv { b'\t' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(cells)?;
        writer.flush()
    }

    fn line(&mut self, out: &mut dyn Write, line: &Line) -> io::Result<()> {
        let first = self.printed == 0;
        self.printed += 1;
        let record = &line.row.record;
        let part_of_article = if line.place.paragraph.is_none() { "title" } else { "text" };
        match self.format {
            Format::Text => self.text(out, line),
            Format::Json => {
                out.write_all(if first { b"\n" } else { b",\n" })?;
                let record = Record { path: shown_path(&line.row, &self.opened.pile), ..record.clone() };
                let place = Place {
                    left: &line.left,
                    found: &line.found,
                    right: &line.right,
                    form: line.place.kind.name(),
                    part_of_article,
                    article: &record,
                };
                Ok(serde_json::to_writer(out, &place)?)
            }
            Format::Csv | Format::Tsv => {
                let text = |text: &str| cell(text.into());
                let cells = [
                    text(&line.left),
                    text(&line.found),
                    text(&line.right),
                    line.place.kind.name().to_owned(),
                    part_of_article.to_owned(),
                    record.date.as_ref().map_or(String::new(), |date| date.value.clone()),
                    record.language.code.map_or(String::new(), |tag| tag.code().to_owned()),
                    record.source.as_ref().map_or(String::new(), |source| text(source)),
                    text(&record.title),
                    record.id.to_string(),
                    text(&shown_path(&line.row, &self.opened.pile)),
                    record.part.map_or(String::new(), |part| part.to_string()),
                ];
                self.row(out, cells)
            }
        }
    }

    /// A line for reading: id, language, date, source, and the match between what stands around it.
    fn text(&self, out: &mut dyn Write, line: &Line) -> io::Result<()> {
        let record = &line.row.record;
        let id = record.id.to_string();
        let language = record.language.code.filter(|_| record.language.sure).map_or("?", |tag| tag.code());
        let date = record.when().map_or("undated".to_owned(), |when| when.value());
        let date = date.split('T').next().unwrap_or_default();
        write!(out, "{}  {}  {}  ", &id[..8], pad(language, 2), pad(date, 10))?;
        if columns(if self.to_terminal { output::width() } else { usize::MAX }).0 {
            write!(out, "{}  ", pad(record.source.as_ref().map_or("", |source| source), SOURCE))?;
        }
        let missing = self.width.saturating_sub(cells(&line.left));
        let (on, off) = match self.to_terminal && std::env::var_os("NO_COLOR").is_none() {
            true => ("\u{1b}[1m", "\u{1b}[0m"),
            false => ("", ""),
        };
        let right = match (line.right.is_empty(), line.runs_on) {
            (true, _) => String::new(),
            (false, true) => line.right.to_string(),
            (false, false) => format!("  {}", line.right),
        };
        writeln!(out, "{}{}  {on}{}{off}{right}", " ".repeat(missing), line.left, line.found)
    }

    fn end(&self, out: &mut dyn Write, total: &Total) -> io::Result<()> {
        if self.format != Format::Json {
            return Ok(());
        }
        let forms = total.by_frequency().into_iter();
        let forms: Vec<FormRecord> =
            forms.map(|(text, kind, places)| FormRecord { text, form: kind.name(), places }).collect();
        write!(
            out,
            "\n],\"total\":{},\"articles\":{},\"elsewhere\":{},\"forms\":",
            total.places, total.articles, total.elsewhere
        )?;
        serde_json::to_writer(&mut *out, &forms)?;
        out.write_all(b"}\n")
    }
}
