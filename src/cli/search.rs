//! `newsstand search`: what matches a query.

use std::path::PathBuf;

use clap::Args;

use crate::index::{Found, SearchContext, Searcher};
use crate::query::{self, Query, Sort};
use crate::runtime::today;

use super::{Common, Outcome, SortOption, list, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand search clubhouse articles/
  newsstand search 'putin -lang:en' articles/              not in English
  newsstand search 'date:2021-02 \"kanye west\"' articles/   may be from that month, with these words
  newsstand search 'title:putin lang:en,de' articles/ --json
  newsstand search 'lang:? OR date:none' articles/         language unsure, or undated

Words are joined by AND; OR binds weaker; - excludes; word* begins so, word~ forgives typing errors.
When nothing is found as typed, typing errors are forgiven; --strict does not. Quote the query, so
that the shell leaves it alone. A query that begins with - follows --.")]
pub struct Arguments {
    /// What to look for, in the language of the query line
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Print the record of each article as a line of JSON
    #[arg(long)]
    json: bool,
    /// Print so many at most
    #[arg(long, value_name = "NUMBER")]
    limit: Option<usize>,
    /// Print them in this order [default: best match with words, else newest first]
    #[arg(long, value_enum, allow_hyphen_values = true)]
    sort: Option<SortOption>,
    /// Do not forgive typing errors when nothing is found
    #[arg(long)]
    strict: bool,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let mut query = query::parse_finished(&arguments.query);
    for note in &query.notes {
        output::complain(&note.text);
    }
    if let Some(sort) = arguments.sort {
        query.sort = Some(Sort::from(sort));
    }
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let (outcome, found) = list::print(&opened, &query, arguments.json, arguments.limit, !arguments.strict)?;
    explain(&arguments.query, &found);
    Ok(outcome)
}

/// Everything that matches.
pub fn found(searcher: &Searcher, query: &Query, forgiving: bool) -> crate::Result<Found> {
    let context = SearchContext { forgiving, ..SearchContext::new(today()) };
    let found = searcher.search(query, &context)?;
    Ok(found.expect("a search that nobody cancels has an answer"))
}

/// Says on standard error what a reader would want to know of the answer.
fn explain(line: &str, found: &Found) {
    if found.forgiven {
        output::complain(&format!("nothing matches {line} as typed; {} with typing errors forgiven", found.matched));
    }
    let Some(empty) = found.empty.as_ref().filter(|_| found.matched == 0) else {
        return;
    };
    for word in &empty.unknown {
        output::complain(&format!("{word} occurs nowhere in these {} articles", found.total));
    }
    if let Some((span, count)) = &empty.without {
        let clause = line.get(span.clone()).unwrap_or_default();
        output::complain(&format!("without {clause} there are {count}"));
    }
}
