//! Counts by any cells of a table.

use chrono::NaiveDate;

use crate::article::LanguageTag;
use crate::text::Clean;

/// By what articles are told apart in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// By the span of days that the article may be from, as exactly as it is dated. Whoever shows years or
    /// months adds them up, and decides what becomes of an article whose span is longer.
    Days,
    /// By language.
    Language,
    /// By source.
    Source,
}

/// What the articles of a cell have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// The first and the last day they may be from; `None` for those without a date or a year.
    Days(Option<(NaiveDate, NaiveDate)>),
    /// Their language; `None` where it is not certain.
    Language(Option<LanguageTag>),
    /// Their source; `None` where none is stated.
    Source(Option<Clean>),
}

/// A cell and what was counted in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallied {
    /// One for each kind that was asked for, in that order.
    pub cells: Vec<Cell>,
    /// How many articles there are.
    pub articles: usize,
    /// How many words their texts have together.
    pub words: u64,
}

/// What matches a query, counted in the cells of a table, in the order of the cells: earlier days first,
/// sources by their names, languages in an order that is always the same, and `None` before all.
pub type Tally = Vec<Tallied>;
