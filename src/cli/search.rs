//! `newsstand search`: what matches a query.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::archive::{
    Archive, Asking, Correction, Explained, ExplainedWord, Found, Marker, MatchKind, MatchPlace, Quotation, Relaxed,
    Row, passage, told,
};
use crate::article::Record;
use crate::counting::alike;
use crate::error::Error;
use crate::export::ReaderMarks;
use crate::library::Pile;
use crate::marks::Snapshot;
use crate::query::{self, Node, Query, Sort};
use crate::text::Clean;

use super::exporting::Exporting;
use super::names::Names;
use super::opening::Opened;
use super::output::{shown_path, write_line};
use super::queries::line;
use super::writing::Writing;
use super::{Common, Outcome, SortOption, list, opening, output};

/// How many rows are read from the index at once.
const PAGE: usize = 500;
/// How many articles with some of the words are printed below those with all, unless a limit is given.
const MORE: usize = 100;
/// How many characters of a passage are printed.
const PASSAGE: usize = 160;

#[derive(Debug, Default, Args)]
#[command(after_help = "\
Examples:
  newsstand search clubhouse articles/
  newsstand search 'putin -lang:en' articles/              not in English
  newsstand search 'date:2021-02 \"kanye west\"' articles/   may be from that month, with these words
  newsstand search 'title:putin lang:en,de' articles/ --json
  newsstand search 'lang:? OR date:none' articles/         language unsure, or undated
  newsstand search @fruit articles/                        the search saved as fruit in searches.toml
  newsstand search --queries names.txt articles/ --format csv -o names.csv   hits of each name of a list
  newsstand search putin articles/ --format ris > putin.ris   also csv, tsv, json, markdown, html, bibtex …

Words are joined by AND; AND binds tighter than OR; -word excludes; word* matches a beginning,
word~ forgives typos.
When nothing is found as typed, typos are forgiven. Below what has all of the words follow, under a rule,
articles with the most telling ones; --strict does neither. Quote the query, so that the shell leaves it alone. A query that begins with -
follows --. Saved searches are lines of NAME = 'QUERY' in searches.toml beside the configuration file.")]
pub struct Arguments {
    /// Query, in the syntax of the query line; with --queries, the first of the paths
    #[arg(allow_hyphen_values = true, required_unless_present = "queries")]
    query: Option<String>,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Print the record of each article, and what was found in it, as a line of JSON
    #[arg(long)]
    json: bool,
    /// Print how the query was understood, and why each article is where it is
    #[arg(long, conflicts_with = "json")]
    explain: bool,
    /// Print at most this many
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Sort order [default: best match with words, else newest first]
    #[arg(long, value_enum, allow_hyphen_values = true)]
    sort: Option<SortOption>,
    /// Do not forgive typos or missing words when nothing is found
    #[arg(long)]
    strict: bool,
    /// Search for every query of this file, one a line, # begins a comment; all names beside it are paths
    #[arg(long, value_name = "FILE", conflicts_with_all = ["explain", "strict", "sort"])]
    queries: Option<PathBuf>,
    /// With --queries: forgive typos where a query finds nothing
    #[arg(long, requires = "queries")]
    forgiving: bool,
    /// With --queries and --output: go on where an earlier run was interrupted
    #[arg(long, requires_all = ["queries", "output"])]
    resume: bool,
    #[command(flatten)]
    exporting: Exporting,
}

impl Arguments {
    /// Where the result is written.
    pub fn writing(&mut self) -> &mut Writing {
        &mut self.exporting.writing
    }
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if let Some(file) = &arguments.queries {
        let first = arguments.query.iter().map(PathBuf::from);
        let paths: Vec<PathBuf> = first.chain(arguments.paths.iter().cloned()).collect();
        let asked = Names {
            file,
            paths: &paths,
            exporting: &arguments.exporting,
            json: arguments.json,
            limit: arguments.limit,
            forgiving: arguments.forgiving,
            resume: arguments.resume,
        };
        return asked.run(common);
    }
    let config = common.config()?;
    let line = line(arguments.query.as_deref().unwrap_or_default())?;
    let mut query = query::parse_finished(&line);
    for note in &query.notes {
        output::complain(&note.text);
    }
    if let Some(sort) = arguments.sort {
        query.sort = Some(Sort::from(sort));
    }
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    answer(arguments, &query, &line, &mut opened)
}

/// Prints at most `limit` articles about the same as the one with an id, or as the first of a file.
///
/// # Errors
///
/// When there is no such article, or the pile cannot be opened.
pub fn similar(article: &str, paths: &[PathBuf], json: bool, limit: usize, common: &Common) -> anyhow::Result<Outcome> {
    let arguments = Arguments { json, limit: Some(limit), ..Arguments::default() };
    let mut opened = opening::open(paths, common, &common.config()?)?;
    opened.refresh()?;
    let (line, query) = if Path::new(article).exists() {
        let file = Pile::open_reading(&[PathBuf::from(article)], Path::new(""), &mut io::empty())?;
        let mut first = None;
        output::each_article(&file, |article, at| {
            first = first.take().or_else(|| (at == 0).then(|| article.clone()));
            Ok(())
        })?;
        let first = first.ok_or_else(|| Error::NotFound(format!("{article} holds no article")))?;
        let archive = opened.archive()?;
        let nodes = told(alike::question(&*archive, &first, &Asking::new(opened.today))?);
        (article.to_owned(), Query { root: Some(Node::And(nodes)), ..Query::default() })
    } else {
        let known = told(opened.archive()?.by_id(article, &Asking::new(opened.today))?);
        if article.is_empty() || known.value.is_empty() {
            return Err(Error::NotFound(format!("no article has the id {article}, and no file this name")).into());
        }
        let line = format!("like:{article}");
        let query = query::parse_finished(&line);
        (line, query)
    };
    answer(&arguments, &query, &line, &mut opened)
}

/// Prints what a query finds in a pile, as it was asked for.
fn answer(arguments: &Arguments, query: &Query, line: &str, opened: &mut Opened) -> anyhow::Result<Outcome> {
    let archive = opened.archive()?;
    let marks = opening::snapshot(&opened.pile);
    let texts = opened.texts();
    let asking = Asking {
        forgiving: !arguments.strict,
        more: !arguments.strict,
        texts: Some(&*texts),
        marks: Some(&*marks),
        ..Asking::new(opened.today)
    };
    let query = &*told(alike::resolved(&*archive, query, &*texts, &asking)?);
    let found = told(archive.search(query, &asking)?);
    if arguments.exporting.is_asked() {
        let outcome = list::export(opened, query, &found, &arguments.exporting, arguments.json, arguments.limit)?;
        tell(line, &found);
        return Ok(opened.check(outcome)?);
    }
    let mut out = output::out();
    let limit = arguments.limit.unwrap_or(usize::MAX).min(found.matched);
    let all = found.relaxed.is_none();
    let printing = Printing { opened, archive: &*archive, marks: &marks, query, found: &found, all };
    printing.print(arguments, limit, &mut out)?;
    if let Some(order) = &found.more {
        // Below what has all of the words: what has the most telling of them.
        let more = Found { matched: order.len(), order: order.clone(), more: None, ..found.clone() };
        let room = arguments.limit.map_or(MORE, |limit| limit.saturating_sub(found.matched));
        let limit = room.min(more.matched);
        if limit > 0 {
            if !arguments.json {
                writeln!(out, "{}", "─".repeat(output::width().min(72)))?;
            }
            Printing { found: &more, all: false, ..printing }.print(arguments, limit, &mut out)?;
        }
    }
    if let Some(partial) = found.limits.partial.as_ref().filter(|_| arguments.json) {
        writeln!(out, "{}", serde_json::json!({ "partial": partial }))?;
    }
    out.flush()?;
    tell(line, &found);
    let outcome = match (opened.failed || found.limits.partial.is_some(), found.matched) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    };
    Ok(opened.check(outcome)?)
}

/// What is printed, and what is needed for it.
#[derive(Clone, Copy)]
struct Printing<'a> {
    /// Whether the articles have all of the words.
    all: bool,
    opened: &'a Opened,
    archive: &'a dyn Archive,
    marks: &'a Snapshot,
    query: &'a Query,
    found: &'a Found,
}

/// The record of an article that was found, and where: byte ranges, from the first byte to the one
/// after the last.
#[derive(Serialize)]
struct FoundRecord<'a> {
    #[serde(flatten)]
    record: &'a Record,
    marks: ReaderMarks,
    title_marks: Vec<(usize, usize)>,
    /// Where in the text the words stand together; `null` where the text has none of them.
    passage: Option<Clean>,
    passage_marks: Vec<(usize, usize)>,
    /// `all`, or `most` where the article lacks some of the words.
    matched: &'static str,
    /// The words that it lacks, as they were typed.
    lacks: Vec<Clean>,
}

impl Printing<'_> {
    /// The rows of the first `limit` articles, page by page.
    fn rows(&self, limit: usize, mut print: impl FnMut(usize, Row) -> anyhow::Result<()>) -> anyhow::Result<()> {
        for first in (0..limit).step_by(PAGE) {
            let rows = told(self.found.order.rows(first..(first + PAGE).min(limit), &|| false)?).value;
            for (row, at) in rows.into_iter().zip(first..) {
                print(at, row)?;
            }
        }
        Ok(())
    }

    /// Prints the first `limit` articles in the form that was asked for.
    fn print(&self, arguments: &Arguments, limit: usize, out: &mut impl Write) -> anyhow::Result<()> {
        match (arguments.json, arguments.explain) {
            (true, _) => self.json(limit, out),
            (false, true) => self.explained(limit, out),
            (false, false) => self.lines(limit, out),
        }
    }

    /// The words that each of these articles lacks.
    fn lacking(&self, places: Range<usize>) -> anyhow::Result<Vec<Vec<Clean>>> {
        if self.all {
            return Ok(vec![Vec::new(); places.len()]);
        }
        let reasons =
            told(self.archive.explain(self.query, self.found, places, &Asking::new(self.opened.today))?).value;
        let lacking = |reason: Explained| {
            let lacks = reason.words.into_iter().filter(|word| word.ways.is_empty());
            lacks.map(|word| word.typed).collect()
        };
        Ok(reasons.into_iter().map(lacking).collect())
    }

    fn lines(&self, limit: usize, out: &mut impl Write) -> anyhow::Result<()> {
        let width = output::width();
        self.rows(limit, |_, row| Ok(write_line(out, &row, &self.opened.pile, width)?))
    }

    fn json(&self, limit: usize, out: &mut impl Write) -> anyhow::Result<()> {
        let (query, forgiven) = self.found.asked(self.query);
        let compounds = told(self.archive.compounds(query, &Asking::new(self.opened.today))?).value;
        let marker = self.archive.marker(query, forgiven, compounds.into());
        let pairs = |ranges: Vec<Range<usize>>| ranges.into_iter().map(|range| (range.start, range.end)).collect();
        for first in (0..limit).step_by(PAGE) {
            let rows = told(self.found.order.rows(first..(first + PAGE).min(limit), &|| false)?).value;
            let passages = self.passages(&rows, &*marker);
            let mut lacking = self.lacking(first..first + rows.len())?.into_iter();
            for (row, quoted) in rows.into_iter().zip(passages) {
                let path = shown_path(&row, &self.opened.pile);
                let marks = ReaderMarks::of(row.record.id, self.marks, row.added);
                let record = &Record { path, ..row.record };
                let title_marks = pairs(marker.find(&record.title, record.language.code));
                let (passage, places) = quoted.map_or((None, Vec::new()), |quoted| (Some(quoted.text), quoted.marks));
                let passage_marks = pairs(places);
                serde_json::to_writer(
                    &mut *out,
                    &FoundRecord {
                        record,
                        marks,
                        title_marks,
                        passage,
                        passage_marks,
                        matched: if self.all { "all" } else { "most" },
                        lacks: lacking.next().unwrap_or_default(),
                    },
                )?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// The passages of some rows. The articles are read again for it, on every core.
    fn passages(&self, rows: &[Row], marker: &dyn Marker) -> Vec<Option<Quotation>> {
        if marker.is_empty() {
            return vec![None; rows.len()];
        }
        let texts = self.opened.texts();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut passages: Vec<Option<Quotation>> = vec![None; rows.len()];
        let share = rows.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            for (rows, passages) in rows.chunks(share).zip(passages.chunks_mut(share)) {
                scope.spawn(|| {
                    // An article that has vanished since has no passage; its record still stands.
                    let mut reader = texts.reader();
                    let quoted = |row: &Row| passage(&mut *reader, row.into(), marker, PASSAGE);
                    passages.iter_mut().zip(rows.iter().map(quoted)).for_each(|(passage, quoted)| *passage = quoted);
                });
            }
        });
        passages
    }

    /// The lines, with what the place of each article rests on.
    fn explained(&self, limit: usize, out: &mut impl Write) -> anyhow::Result<()> {
        let Found { matched, total, sort, .. } = self.found;
        let understood = self.query.to_string();
        let understood =
            if understood.is_empty() { "everything".to_owned() } else { Clean::new(&understood).into_string() };
        writeln!(out, "understood as  {}", understood.trim_end())?;
        writeln!(out, "in the order   {}", SORTS.iter().find(|row| row.0 == *sort).map_or("", |row| row.1))?;
        writeln!(out, "found          {matched} of {total}")?;
        let (width, asking) = (output::width(), Asking::new(self.opened.today));
        let mut reasons = Vec::new();
        self.rows(limit, |at, row| {
            if at % PAGE == 0 {
                let places = at..(at + PAGE).min(limit);
                reasons = told(self.archive.explain(self.query, self.found, places, &asking)?).value;
            }
            writeln!(out)?;
            write_line(out, &row, &self.opened.pile, width)?;
            if let Some(reason) = reasons.get(at % PAGE) {
                write_reason(out, reason)?;
            }
            Ok(())
        })
    }
}

/// Writes what the place of an article rests on.
fn write_reason(out: &mut impl Write, reason: &Explained) -> io::Result<()> {
    for ExplainedWord { typed, ways } in &reason.words {
        let ways: Vec<String> = ways
            .iter()
            .map(|(kind, place, score)| {
                let kind = KINDS.iter().find(|row| row.0 == *kind).map_or("", |row| row.1);
                let place = PLACES.iter().find(|row| row.0 == *place).map_or("", |row| row.1);
                format!("{place} {kind} {score:.1}")
            })
            .collect();
        writeln!(out, "    {typed}: {}", if ways.is_empty() { "not there".to_owned() } else { ways.join(", ") })?;
    }
    if reason.nearness >= 0.005 {
        writeln!(out, "    the words stand near each other: {:.0} % more", reason.nearness * 100.0)?;
    }
    if let Some(factor) = reason.textless {
        writeln!(out, "    no text of its own: times {factor}")?;
    }
    if let Some(score) = reason.score {
        writeln!(out, "    score {score:.1}; of equal scores the newer comes first")?;
    }
    Ok(())
}

/// Says on standard error what a reader would want to know of the answer.
pub fn tell(line: &str, found: &Found) {
    output::complain_of_limits(&found.limits);
    for Correction { typed, meant, count } in &found.corrections {
        output::complain(&format!("nothing for {typed}; {count} for {meant}"));
    }
    if found.forgiven && found.corrections.is_empty() {
        output::complain(&format!("nothing matches {line} as typed; {} with typing errors forgiven", found.matched));
    }
    if let Some(relaxed @ Relaxed { asked, .. }) = &found.relaxed {
        let (counted, matched) = (relaxed.counted(), found.matched);
        output::complain(&format!("no article has all {asked} {counted}; {matched} with some, the most telling first"));
    }
    let Some(empty) = found.empty.as_ref().filter(|_| found.matched == 0) else {
        return;
    };
    for word in &empty.unknown {
        output::complain(&format!("{word} occurs nowhere in these {} articles", found.total));
    }
    if let Some((span, count)) = &empty.without {
        let clause = line.get(span.clone()).unwrap_or_default();
        output::complain(&match count {
            1 => format!("1 article matches without {clause}"),
            count => format!("{count} articles match without {clause}"),
        });
    }
}

/// Orders in words.
const SORTS: &[(Sort, &str)] = &[
    (Sort::Relevance, "best match first"),
    (Sort::Newest, "newest first"),
    (Sort::Oldest, "oldest first"),
    (Sort::Title, "by title"),
    (Sort::Added, "recently added first"),
];

/// Ways in which a word is in an article, in words.
pub const KINDS: &[(MatchKind, &str)] = &[
    (MatchKind::Exact, "as typed"),
    (MatchKind::Folded, "but for accents"),
    (MatchKind::Stem, "by its stem"),
    (MatchKind::Beginning, "as the beginning of a word"),
    (MatchKind::Pattern, "by the pattern"),
    (MatchKind::Part, "as part of a compound"),
    (MatchKind::Script, "in another script"),
    (MatchKind::Error, "but for a typing error"),
    (MatchKind::TwoErrors, "but for two typing errors"),
];

/// Parts of an article in words.
const PLACES: &[(MatchPlace, &str)] = &[
    (MatchPlace::Title, "in the title"),
    (MatchPlace::Text, "in the text"),
    (MatchPlace::Byline, "in the byline"),
    (MatchPlace::Source, "in the source"),
    (MatchPlace::Path, "in the path"),
    (MatchPlace::Url, "in the address"),
    (MatchPlace::Tag, "in the tags"),
];
