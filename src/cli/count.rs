//! `newsstand count`: how often something stands where.

use std::path::PathBuf;

use chrono::{Months, NaiveDate};
use clap::{Args, ValueEnum};

use crate::archive::Asking;
use crate::counting::Readers;
use crate::counting::cells::{Axes, By, Cell, Partial};
use crate::counting::chart::{Chart, Series};
use crate::counting::counts::{Counts, Sum, count};
use crate::error::Error;

use super::queries::{queries_of, understood};
use super::tabular::{Column, Entry, Kind, TableFormat, write_table};
use super::writing::Writing;
use super::{Common, Outcome, opening, output};

/// So many articles that cannot be read are told one by one.
const COMPLAINTS: usize = 20;
/// So many times stand along a chart at most.
const MOST_PLACES: usize = 20_000;
/// So many lines a chart has at most.
const MOST_SERIES: usize = 8;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand count clubhouse articles/                       by year: articles, occurrences, per million words
  newsstand count 'putin lang:en' articles/ --by month      beside all English words of each month
  newsstand count putin articles/ --by month,language --format csv -o putin.csv
  newsstand count --queries names.txt articles/ --by source   one query a line, side by side
  newsstand count putin articles/ --by month --svg putin.svg  a chart beside the table
  newsstand count 'lang:de' articles/ --by tag              without words: articles alone

Columns: cell, articles, occurrences, per_million_words (occurrences in a million words of all articles of the
cell), share_of_articles (the matching part of the articles of the cell). The other conditions of a query bound
the cell: `putin lang:de` is counted beside all that is German. Occurrences are places in titles and texts;
page furniture and bylines do not count. Nothing is forgiven: a word that is typed wrong occurs nowhere.")]
pub struct Arguments {
    /// Query to count, in the syntax of the query line; with --queries, the first of the paths
    #[arg(allow_hyphen_values = true, required_unless_present = "queries")]
    query: Option<String>,
    /// Files and folders; `-` is standard input. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Count every query of this file, one a line, # begins a comment; all names beside it are paths
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// Tell articles apart by these, one or two
    #[arg(long, value_enum, value_delimiter = ',', default_value = "year")]
    by: Vec<ByOption>,
    /// What becomes of dates that say less than a cell
    #[arg(long, value_enum, default_value = "own")]
    partial_dates: PartialOption,
    /// Print the table in this format
    #[arg(long, value_enum, default_value = "text")]
    format: TableFormat,
    /// Draw a chart into this file as well
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    pub writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByOption {
    Year,
    Month,
    Day,
    Language,
    Source,
    Tag,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartialOption {
    /// They have a cell of their own: 2021 among months
    Own,
    /// They are divided among the cells that they may belong to
    Spread,
    /// They are left out
    Omit,
}

impl From<ByOption> for By {
    fn from(option: ByOption) -> By {
        match option {
            ByOption::Year => By::Year,
            ByOption::Month => By::Month,
            ByOption::Day => By::Day,
            ByOption::Language => By::Language,
            ByOption::Source => By::Source,
            ByOption::Tag => By::Tag,
        }
    }
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let mut paths = arguments.paths.clone();
    let lines = match (&arguments.queries, &arguments.query) {
        (Some(file), first) => {
            paths.splice(0..0, first.iter().map(PathBuf::from));
            queries_of(file)?
        }
        (None, query) => vec![query.clone().unwrap_or_default()],
    };
    let by: Vec<By> = arguments.by.iter().map(|by| By::from(*by)).collect();
    if by.len() > 2 {
        return Err(
            Error::NotFound("--by takes one or two of: year, month, day, language, source, tag".to_owned()).into()
        );
    }
    let partial = match arguments.partial_dates {
        PartialOption::Own => Partial::Own,
        PartialOption::Spread => Partial::Spread,
        PartialOption::Omit => Partial::Omit,
    };
    let queries = understood(&lines)?;
    let mut opened = opening::open(&paths, common, &config)?;
    opened.refresh()?;
    let archive = opened.archive()?;
    let marks = opening::snapshot(&opened.pile);
    let asking = Asking { marks: Some(&*marks), ..Asking::new(opened.today) };
    let mut sink = arguments.writing.sink()?;
    let bar = opening::reading_bar(0, true);
    let mut complaints = 0;
    let mut progress = |error: Option<Error>| match error {
        None => bar.inc(1),
        Some(error) => {
            complaints += 1;
            if complaints <= COMPLAINTS {
                output::complain(&error.to_string());
            }
        }
    };
    let axes = Axes { by, partial };
    let mut readers = Readers::for_all_cores(&*opened.texts());
    let mut counts = count(&*archive, &mut readers, &queries, &axes, &asking, &mut progress)?;
    bar.finish_and_clear();
    if let [by] = axes.by[..]
        && by.is_time()
    {
        // Those without a date are always named, however few.
        counts.cells.entry(vec![Cell::Rest("undated")]).or_insert_with(|| vec![Sum::default(); queries.len()]);
    }
    let (columns, rows) = table(&counts, &lines);
    write_table(sink.out(), arguments.format, &columns, &rows)?;
    if let Some(path) = &arguments.svg {
        let picture = chart(&counts, &axes, &lines).draw();
        let mut file = Writing { output: Some(path.clone()), force: arguments.writing.force, manifest: None }.sink()?;
        file.out().write_all(picture.as_bytes())?;
        file.finish()?;
    }
    let written = sink.finish()?;
    arguments.writing.note(written, &*archive, &queries, opened.today)?;
    for (line, omitted) in lines.iter().zip(&counts.omitted).filter(|(_, omitted)| **omitted > 0) {
        output::complain(&format!("{line}: {omitted} articles are left out, as their dates say too little"));
    }
    let matched: f64 = counts.cells.values().flatten().map(|sum| sum.articles).sum();
    let nothing = matched == 0.0 && counts.omitted.iter().all(|omitted| *omitted == 0);
    let outcome = match (opened.failed || counts.unread > 0, nothing) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Nothing,
        (false, false) => Outcome::Found,
    };
    Ok(opened.check(outcome)?)
}

/// The figures of a query: their names and kinds, and what they are of a sum.
type Figure = (&'static str, Kind, fn(&Sum) -> Entry);
const FIGURES: [Figure; 4] = [
    ("articles", Kind::Count, |sum| sum.articles.into()),
    ("occurrences", Kind::Count, |sum| sum.occurrences.into()),
    ("per_million_words", Kind::Figure(1), |sum| sum.per_million().into()),
    ("share_of_articles", Kind::Share, |sum| sum.share().into()),
];

/// The table: a row for each cell, the figures of each query side by side.
fn table(counts: &Counts, lines: &[String]) -> (Vec<Column>, Vec<Vec<Entry>>) {
    let mut columns = vec![Column { name: "cell".to_owned(), kind: Kind::Name }];
    for line in lines {
        columns.extend(FIGURES.iter().map(|(name, kind, _)| {
            let name = if lines.len() > 1 { format!("{line}: {name}") } else { (*name).to_owned() };
            Column { name, kind: *kind }
        }));
    }
    let row = |(cells, sums): (&Vec<Cell>, &Vec<Sum>)| {
        let name = cells.iter().map(Cell::name).collect::<Vec<_>>().join(" / ");
        let mut row = vec![Entry::Name(name)];
        for (sum, with_words) in sums.iter().zip(&counts.with_words) {
            row.extend(FIGURES.iter().map(|(name, _, of)| match *name {
                // Without words there is nothing that could occur.
                "occurrences" | "per_million_words" if !with_words => Entry::Missing,
                _ => of(sum),
            }));
        }
        row
    };
    (columns, counts.cells.iter().map(row).collect())
}

/// The chart: along the first kind of cells, a line for each query and each cell of the second kind.
fn chart(counts: &Counts, axes: &Axes, lines: &[String]) -> Chart {
    let places = places(counts, axes.by[0]);
    let relative = counts.with_words.iter().all(|with_words| *with_words);
    let value = |sum: &Sum| if relative { sum.per_million() } else { sum.share().map(|share| share * 100.0) };
    let mut series: Vec<(f64, Series)> = Vec::new();
    let mut seconds: Vec<Option<&Cell>> = counts.cells.keys().map(|cells| cells.get(1)).collect();
    seconds.sort();
    seconds.dedup();
    for (number, line) in lines.iter().enumerate() {
        for second in &seconds {
            let of = |place: &Cell| {
                let cells: Vec<Cell> = [Some(place), *second].into_iter().flatten().cloned().collect();
                counts.cells.get(&cells).and_then(|sums| value(&sums[number]))
            };
            let weight = counts.cells.iter().filter(|(cells, _)| cells.get(1) == *second);
            let weight = weight.map(|(_, sums)| sums[number].articles).sum();
            let name = match second {
                Some(cell) if lines.len() > 1 => format!("{line}, {}", cell.name()),
                Some(cell) => cell.name().to_owned(),
                None => line.clone(),
            };
            series.push((weight, Series { name, values: places.iter().map(of).collect() }));
        }
    }
    // The largest ones; what is left out is told by the chart itself.
    series.sort_by(|a, b| b.0.total_cmp(&a.0));
    let left_out = series.len().saturating_sub(MOST_SERIES);
    Chart {
        title: lines.join(" · "),
        unit: if relative { "per million words" } else { "% of the articles" },
        places: places.iter().map(|cell| cell.name().to_owned()).collect(),
        over_time: axes.by[0].is_time(),
        series: series.into_iter().take(MOST_SERIES).map(|(_, series)| series).collect(),
        left_out,
    }
}

/// The places along the chart. Times follow each other evenly, and those without any article are among them;
/// what is not dated so exactly is not.
fn places(counts: &Counts, by: By) -> Vec<Cell> {
    let mut places: Vec<Cell> = counts.cells.keys().filter_map(|cells| cells.first()).cloned().collect();
    places.dedup();
    if !by.is_time() {
        return places;
    }
    let day = |cell: &Cell| NaiveDate::parse_from_str(&full(by, cell.name())?, "%Y-%m-%d").ok();
    let days: Vec<NaiveDate> = places.iter().filter_map(day).collect();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
    let mut all = Vec::new();
    let mut next = Some(*first);
    while let Some(day) = next.filter(|day| day <= last && all.len() < MOST_PLACES) {
        all.push(Cell::Named(by.named(day)));
        next = match by {
            By::Day => day.succ_opt(),
            By::Month => day.checked_add_months(Months::new(1)),
            _ => day.checked_add_months(Months::new(12)),
        };
    }
    all
}

/// The first day of a time that is named so; `None` for less exact ones.
fn full(by: By, name: &str) -> Option<String> {
    let (length, rest) = match by {
        By::Day => (10, ""),
        By::Month => (7, "-01"),
        _ => (4, "-01-01"),
    };
    (name.len() == length).then(|| format!("{name}{rest}"))
}
