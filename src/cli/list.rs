//! `newsstand list`: the articles of a pile.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::archive::{Found, told};
use crate::query::{Query, Sort};

use super::exporting::{Exporting, Exports};
use super::opening::found;
use super::output::{self, write_json, write_line};
use super::writing::Writing;
use super::{Common, Outcome, SortOption, opening};

/// How many rows are read from the index at once.
const PAGE: usize = 500;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand list articles/                  id, language, date, title and path of each article
  newsstand list --json articles/ | jq .date.value
  newsstand list --sort title --limit 20 articles/
  newsstand list articles/ --format csv --fields date,source,title -o articles.csv
  newsstand list articles/ --format bibtex > articles.bib
  newsstand list articles/ --template '{{ date }}  {{ title | upper }}'")]
pub struct Arguments {
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Print the record of each article as a line of JSON
    #[arg(long)]
    json: bool,
    /// Print at most this many
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Sort order
    #[arg(long, value_enum, default_value = "newest", allow_hyphen_values = true)]
    sort: SortOption,
    #[command(flatten)]
    exporting: Exporting,
}

impl Arguments {
    /// Where the list is written.
    pub fn writing(&mut self) -> &mut Writing {
        &mut self.exporting.writing
    }

    /// A list of `paths`, in the usual order.
    pub fn of(paths: Vec<PathBuf>) -> Arguments {
        Arguments { paths, json: false, limit: None, sort: SortOption::Newest, exporting: Exporting::default() }
    }
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let query = Query { sort: Some(Sort::from(arguments.sort)), ..Query::default() };
    if arguments.exporting.is_asked() {
        let archive = opened.archive()?;
        let found = found(&*archive, &query, false, opened.today)?;
        let outcome = export(&opened, &query, &found, &arguments.exporting, arguments.json, arguments.limit)?;
        return Ok(opened.check(outcome)?);
    }
    let (outcome, _) = print(&opened, &query, arguments.json, arguments.limit, false)?;
    Ok(opened.check(outcome)?)
}

/// Exports what was found, in its order, a page in memory at a time.
pub fn export(
    opened: &opening::Opened,
    query: &Query,
    found: &Found,
    exporting: &Exporting,
    json: bool,
    limit: Option<usize>,
) -> anyhow::Result<Outcome> {
    let mut exports = Exports::new(exporting, json, opened)?;
    let mut sink = exporting.writing.sink()?;
    exports.begin(sink.out())?;
    let last = limit.unwrap_or(usize::MAX).min(found.matched);
    let bar = opening::writing_bar(last, exporting.writing.output.is_some());
    for first in (0..last).step_by(PAGE) {
        for row in &told(found.order.rows(first..(first + PAGE).min(last), &|| false)?).value {
            exports.row(sink.out(), row)?;
            bar.inc(1);
        }
    }
    let failed = exports.end(sink.out())?;
    let written = sink.finish()?;
    bar.finish_and_clear();
    exporting.writing.note(written, &*opened.archive()?, std::slice::from_ref(query), opened.today)?;
    Ok(match (opened.failed || failed || !found.limits.is_whole(), found.matched) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    })
}

/// Prints what matches `query`, and returns how the command ends and whether typing errors were
/// forgiven.
pub fn print(
    opened: &opening::Opened,
    query: &Query,
    json: bool,
    limit: Option<usize>,
    forgiving: bool,
) -> anyhow::Result<(Outcome, Found)> {
    let archive = opened.archive()?;
    let found = found(&*archive, query, forgiving, opened.today)?;
    let marks = if json { opening::snapshot(&opened.pile) } else { Arc::default() };
    let mut out = output::out();
    let width = output::width();
    let last = limit.unwrap_or(usize::MAX).min(found.matched);
    for first in (0..last).step_by(PAGE) {
        for row in told(found.order.rows(first..(first + PAGE).min(last), &|| false)?).value {
            if json {
                write_json(&mut out, &row, &opened.pile, &marks)?;
            } else {
                write_line(&mut out, &row, &opened.pile, width)?;
            }
        }
    }
    if let Some(partial) = found.limits.partial.as_ref().filter(|_| json) {
        writeln!(out, "{}", serde_json::json!({ "partial": partial }))?;
    }
    out.flush()?;
    output::complain_of_limits(&found.limits);
    let outcome = match (opened.failed || found.limits.partial.is_some(), found.matched) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    };
    Ok((outcome, found))
}
