//! The cells of a table of counts: by what articles are told apart, and to which cells each belongs.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::archive::{Cell as Tallied, CellKind, Row};
use crate::article::LanguageTag;
use crate::text::Clean;
use crate::text::cut::beginning;

/// No more bytes of a source tell it from others: as many as an index keeps apart.
const LONGEST_SOURCE: usize = 120;

/// By what articles are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// By the year of their date.
    Year,
    /// By its month.
    Month,
    /// By its day.
    Day,
    /// By language.
    Language,
    /// By source.
    Source,
    /// By what article or feed files them under; an article with several tags is in the cell of each.
    Tag,
}

impl By {
    /// True for times.
    pub fn is_time(self) -> bool {
        matches!(self, By::Year | By::Month | By::Day)
    }

    /// The name of the time that a day lies in, among times of this kind.
    pub fn named(self, day: NaiveDate) -> String {
        match self {
            By::Month => format!("{:04}-{:02}", day.year(), day.month()),
            By::Day => day.format("%Y-%m-%d").to_string(),
            _ => format!("{:04}", day.year()),
        }
    }
}

/// What becomes of an article whose date says less than a cell: `2021` among months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Partial {
    /// It has a cell of its own, named by what is known.
    #[default]
    Own,
    /// It is divided among the cells that it may belong to, by their days.
    Spread,
    /// It is left out.
    Omit,
}

/// A cell of one kind; those that are named come first, in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Articles of this time, language, source or tag.
    Named(String),
    /// Articles of which nothing is known: `undated`, `unsure`, `no source`, `no tag`.
    Rest(&'static str),
}

impl Cell {
    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Cell::Named(name) => name,
            Cell::Rest(name) => name,
        }
    }
}

/// What articles are told apart by, one kind or several at once.
#[derive(Clone, Debug)]
pub struct Axes {
    /// The kinds.
    pub by: Vec<By>,
    /// What becomes of dates that say too little.
    pub partial: Partial,
}

/// What decides about the cells of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    days: Option<(NaiveDate, NaiveDate)>,
    language: Option<LanguageTag>,
    source: Option<Clean>,
    tags: Vec<Clean>,
}

impl From<&Row> for Facts {
    fn from(row: &Row) -> Facts {
        let record = &row.record;
        let when = record.when();
        let source = record.source.as_ref().map(|source| Clean::new(beginning(source.trim(), LONGEST_SOURCE)));
        Facts {
            days: when.and_then(|when| when.first().zip(when.last())),
            language: record.language.code.filter(|_| record.language.sure),
            source,
            tags: record.tags.clone(),
        }
    }
}

impl Facts {
    /// Those of a cell that an archive has counted.
    pub(super) fn counted(cells: &[Tallied]) -> Facts {
        let mut facts = Facts::default();
        for cell in cells {
            match cell {
                Tallied::Days(days) => facts.days = *days,
                Tallied::Language(language) => facts.language = *language,
                Tallied::Source(source) => facts.source = source.clone(),
            }
        }
        facts
    }
}

impl Axes {
    /// What an archive is asked to count by; `None` where it cannot.
    pub(super) fn kinds(&self) -> Option<Vec<CellKind>> {
        let mut kinds = Vec::new();
        for by in &self.by {
            let kind = match by {
                By::Year | By::Month | By::Day => CellKind::Days,
                By::Language => CellKind::Language,
                By::Source => CellKind::Source,
                By::Tag => return None,
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Some(kinds)
    }

    /// The cells of an article, each with the part of it that belongs there: mostly one, wholly.
    pub(super) fn cells(&self, facts: &Facts) -> Vec<(Vec<Cell>, f64)> {
        let mut all = vec![(Vec::new(), 1.0)];
        for by in &self.by {
            let own = self.of_kind(*by, facts);
            let extended = |(cells, part): (Vec<Cell>, f64)| {
                own.iter()
                    .map(move |(cell, own)| ([&cells[..], std::slice::from_ref(cell)].concat(), part * own))
                    .collect::<Vec<_>>()
            };
            all = all.into_iter().flat_map(extended).collect();
        }
        all
    }

    fn of_kind(&self, by: By, facts: &Facts) -> Vec<(Cell, f64)> {
        let whole = |name: Option<String>, rest| vec![(name.map_or(Cell::Rest(rest), Cell::Named), 1.0)];
        match by {
            By::Year | By::Month | By::Day => match facts.days {
                None => whole(None, "undated"),
                Some(days) => self.times(by, days),
            },
            By::Language => whole(facts.language.map(|tag| tag.code().to_owned()), "unsure"),
            By::Source => {
                whole(facts.source.as_ref().filter(|source| !source.is_empty()).map(ToString::to_string), "no source")
            }
            By::Tag if facts.tags.is_empty() => whole(None, "no tag"),
            By::Tag => {
                let names: std::collections::BTreeSet<&Clean> = facts.tags.iter().collect();
                names.into_iter().map(|tag| (Cell::Named(tag.to_string()), 1.0)).collect()
            }
        }
    }

    fn times(&self, by: By, (first, last): (NaiveDate, NaiveDate)) -> Vec<(Cell, f64)> {
        let name = |day: NaiveDate| by.named(day);
        if name(first) == name(last) {
            return vec![(Cell::Named(name(first)), 1.0)];
        }
        match self.partial {
            Partial::Omit => Vec::new(),
            // Two days of a month are told apart by day alone.
            Partial::Own if By::Month.named(first) == By::Month.named(last) => {
                vec![(Cell::Named(By::Month.named(first)), 1.0)]
            }
            Partial::Own => vec![(Cell::Named(By::Year.named(first)), 1.0)],
            Partial::Spread => {
                let all = (last - first).num_days() + 1;
                let mut parts: BTreeMap<String, f64> = BTreeMap::new();
                for day in 0..all {
                    if let Some(day) = first.checked_add_days(Days::new(day as u64)) {
                        *parts.entry(name(day)).or_default() += 1.0 / all as f64;
                    }
                }
                parts.into_iter().map(|(name, part)| (Cell::Named(name), part)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(by: By, partial: Partial, first: &str, last: &str, expected: &str) {
        let days = first.parse().ok().zip(last.parse().ok());
        let cells = Axes { by: vec![by], partial }.cells(&Facts { days, ..Facts::default() });
        let shown: Vec<String> = cells.iter().map(|(cells, part)| format!("{} {part:.3}", cells[0].name())).collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn dates_that_say_less_than_a_cell_are_kept_apart_divided_or_left_out() {
        check(By::Month, Partial::Own, "2021-02-16", "2021-02-16", "2021-02 1.000");
        check(By::Day, Partial::Own, "2021-02-01", "2021-02-28", "2021-02 1.000");
        check(By::Month, Partial::Own, "2021-01-01", "2021-12-31", "2021 1.000");
        check(By::Year, Partial::Omit, "2021-01-01", "2021-12-31", "2021 1.000");
        check(By::Month, Partial::Omit, "2021-01-01", "2021-12-31", "");
        check(By::Month, Partial::Spread, "2021-02-27", "2021-03-02", "2021-02 0.500, 2021-03 0.500");
        check(By::Day, Partial::Omit, "", "", "undated 1.000");
    }

    #[test]
    fn an_article_is_in_the_cell_of_each_tag_and_of_two_kinds_at_once() {
        let tags = ["b", "a", "b"].map(Clean::new).to_vec();
        let facts = Facts { tags, language: LanguageTag::find("de"), ..Facts::default() };
        let cells = Axes { by: vec![By::Tag, By::Language], partial: Partial::Own }.cells(&facts);
        let names: Vec<String> =
            cells.iter().map(|(cells, _)| format!("{} {}", cells[0].name(), cells[1].name())).collect();
        assert_eq!(names, ["a de", "b de"]);
    }
}
