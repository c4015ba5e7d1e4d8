//! `newsstand terms`: the words of a result that are rarer elsewhere, and those that stand near its words.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::archive::{Archive, Asking, Found, told};
use crate::article::{IdSet, LanguageTag};
use crate::counting::terms::{Collocate, Reading, Term, TermKind, Vocabulary, collocates};
use crate::counting::{Readers, STOP_WORDS, Sought};
use crate::error::Error;
use crate::query::{Query, Sort, parse_finished};

use super::queries::understood;
use super::search::tell;
use super::tabular::{Column, Entry, Kind, TableFormat, write_table};
use super::writing::Writing;
use super::{Common, Outcome, opening, output};

/// So many articles that cannot be read are told one by one.
const COMPLAINTS: usize = 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand terms clubhouse articles/                     what these articles speak of, beside all others
  newsstand terms 'putin date:2021' articles/ --against 'putin date:2020'
  newsstand terms 'lang:de source:zeit' articles/ --kind pairs --limit 20
  newsstand terms harbour articles/ --collocates          words within five words of harbour, left and right
  newsstand terms harbour articles/ --collocates --window 2 --format csv -o near.csv

Words are compared within their language. log_likelihood says how little chance explains the difference (6.63 is
one in a hundred), log_ratio how large it is: 1 is twice as frequent, 2 four times. log_dice is 14 where two words
always stand together. Told is what stands in two articles and three times at least, in lower case, without what
was looked for, numbers and stop words (Stopwords ISO; --stop-words keeps them).")]
pub struct Arguments {
    /// Query, in the syntax of the query line
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Compare with what this query finds, or with all other articles
    #[arg(long, value_name = "QUERY", default_value = "all", allow_hyphen_values = true)]
    against: String,
    /// Print these terms
    #[arg(long, value_enum, default_value = "both")]
    kind: KindOption,
    /// Print the words that stand near what was looked for
    #[arg(long, conflicts_with_all = ["against", "kind"])]
    collocates: bool,
    /// Words on each side that count as near
    #[arg(long, value_name = "WORDS", default_value = "5", value_parser = clap::value_parser!(u8).range(1..=50))]
    window: u8,
    /// Keep stop words
    #[arg(long)]
    stop_words: bool,
    /// Read so many articles of each side at most, evenly spread by date; 0 for all
    #[arg(long, value_name = "NUMBER", default_value = "20000")]
    sample: usize,
    /// Print at most this many
    #[arg(long, value_name = "NUMBER", default_value = "50")]
    limit: usize,
    /// Print the table in this format
    #[arg(long, value_enum, default_value = "text")]
    format: TableFormat,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KindOption {
    /// Single words
    Words,
    /// Two words in a row
    Pairs,
    /// Both
    Both,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let lines = [arguments.query.clone(), arguments.against.clone()];
    let queries = match arguments.against.as_str() {
        "all" => vec![understood(&lines[..1])?.remove(0), parse_finished("")],
        _ => understood(&lines)?,
    };
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    opened.refresh()?;
    let archive = opened.archive()?;
    let marks = opening::snapshot(&opened.pile);
    let asking = Asking { marks: Some(&*marks), ..Asking::new(opened.today) };
    let found = found(&*archive, &queries[0], &asking)?;
    let sought = told(Sought::of(&*archive, &queries[0], &found, &asking)?);
    if arguments.collocates && sought.is_empty() {
        let message = format!("{}: asks for no words, and so nothing stands near them", arguments.query);
        return Err(Error::NotFound(message).into());
    }
    tell(&arguments.query, &found);
    let mut sink = arguments.writing.sink()?;
    let mut readers = Readers::for_all_cores(&*opened.texts());
    let (mut failed, mut complaints) = (false, 0);
    let bar = opening::reading_bar(0, true);
    let mut progress = |error: Option<Error>| match error {
        None => bar.inc(1),
        Some(error) => {
            (failed, complaints) = (true, complaints + 1);
            if complaints <= COMPLAINTS {
                output::complain(&error.to_string());
            }
        }
    };
    let most = (arguments.sample > 0).then_some(arguments.sample);
    let reading =
        Reading { order: &*found.order, sought: Some(&sought), but: None, most, stop_words: arguments.stop_words };
    let (columns, mut rows, sampled);
    if arguments.collocates {
        let window = usize::from(arguments.window);
        let near = told(collocates(&reading, &sought, window, &mut readers, &|| false, &mut progress)?);
        (columns, rows) = collocate_table(&near);
        sampled = vec![("the result", found.matched)];
    } else {
        let ids = told(archive.ids(&queries[0], &asking)?).value;
        let other = self::found(&*archive, &queries[1], &asking)?;
        // What both find is on neither side's account alone; beside all others it is left out of these.
        let but: Option<&IdSet> = (arguments.against == "all").then_some(&ids);
        let beside = Reading { order: &*other.order, but, sought: None, ..reading };
        let mut read =
            |reading: &Reading<'_>| Vocabulary::of(reading, &mut readers, &|| false, &mut progress).map(told);
        let here = read(&reading)?;
        let there = read(&beside)?;
        let wanted = |term: &Term| match arguments.kind {
            KindOption::Words => term.kind == TermKind::Word,
            KindOption::Pairs => term.kind == TermKind::Pair,
            KindOption::Both => true,
        };
        let terms: Vec<Term> = here.beside(&there).into_iter().filter(wanted).collect();
        (columns, rows) = term_table(&terms);
        sampled = vec![("the result", found.matched), ("what it is compared with", other.matched)];
        if there.articles == 0 {
            output::complain("there are no other articles to compare with (--against takes a query)");
        }
        if here.cut || there.cut {
            output::complain("some rare terms were given up, as there are very many");
        }
    }
    bar.finish_and_clear();
    rows.truncate(arguments.limit);
    let nothing = rows.is_empty();
    write_table(sink.out(), arguments.format, &columns, &rows)?;
    let written = sink.finish()?;
    arguments.writing.note(written, &*archive, &queries, opened.today)?;
    for (what, count) in sampled {
        if let Some(most) = most.filter(|most| *most < count) {
            output::complain(&format!("of {count} articles of {what}, about {most} were read (--sample 0 reads all)"));
        }
    }
    if !arguments.stop_words {
        tracing::debug!("stop words: {STOP_WORDS}");
    }
    let outcome = match (opened.failed || failed, nothing) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Nothing,
        (false, false) => Outcome::Found,
    };
    Ok(opened.check(outcome)?)
}

/// What a query finds, the newest first: parts of it are spread over time.
fn found(archive: &dyn Archive, query: &Query, asking: &Asking) -> crate::Result<Found> {
    Ok(told(archive.search(&Query { sort: Some(Sort::Newest), ..query.clone() }, asking)?))
}

fn code(language: Option<LanguageTag>) -> Entry {
    language.map_or(Entry::Missing, |tag| tag.code().into())
}

fn columns(of: &[(&str, Kind)]) -> Vec<Column> {
    of.iter().map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind }).collect()
}

fn term_table(terms: &[Term]) -> (Vec<Column>, Vec<Vec<Entry>>) {
    let columns = columns(&[
        ("term", Kind::Name),
        ("language", Kind::Name),
        ("occurrences", Kind::Count),
        ("articles", Kind::Count),
        ("per_million_words", Kind::Figure(1)),
        ("elsewhere", Kind::Figure(1)),
        ("log_likelihood", Kind::Figure(1)),
        ("log_ratio", Kind::Figure(2)),
    ]);
    let row = |term: &Term| {
        vec![
            term.text.as_str().into(),
            code(term.language),
            f64::from(term.occurrences).into(),
            f64::from(term.articles).into(),
            term.per_million.into(),
            term.elsewhere_per_million.into(),
            term.log_likelihood.into(),
            term.log_ratio.into(),
        ]
    };
    (columns, terms.iter().map(row).collect())
}

fn collocate_table(near: &[Collocate]) -> (Vec<Column>, Vec<Vec<Entry>>) {
    let columns = columns(&[
        ("word", Kind::Name),
        ("language", Kind::Name),
        ("left", Kind::Count),
        ("right", Kind::Count),
        ("occurrences", Kind::Count),
        ("log_dice", Kind::Figure(2)),
    ]);
    let row = |word: &Collocate| {
        vec![
            word.text.as_str().into(),
            code(word.language),
            f64::from(word.left).into(),
            f64::from(word.right).into(),
            f64::from(word.occurrences).into(),
            word.log_dice.into(),
        ]
    };
    (columns, near.iter().map(row).collect())
}
