//! What a search answers with.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::facets::Facets;
use super::order::Order;
use crate::article::{Origin, Record};
use crate::query::{Query, Sort};
use crate::text::Clean;

/// What a search depends on beside the query.
pub struct SearchContext<'a> {
    /// The day that `date:today` means.
    pub today: NaiveDate,
    /// Asked every few thousand articles; once it says true, the search ends without an answer.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Whether typing errors are forgiven when nothing is found, and then, whether as many of the words
    /// as can be are enough.
    pub forgiving: bool,
}

impl SearchContext<'_> {
    /// A search of this day that is never cancelled and takes every word at its letters.
    pub fn new(today: NaiveDate) -> SearchContext<'static> {
        SearchContext { today, cancelled: &|| false, forgiving: false }
    }
}

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many articles the index holds.
    pub total: usize,
    /// How many of them match.
    pub matched: usize,
    /// They, in order.
    pub order: Order,
    /// The order that was used.
    pub sort: Sort,
    /// How many of the matches there are of each kind.
    pub facets: Facets,
    /// What to change, when nothing matches.
    pub empty: Option<EmptyHelp>,
    /// True when nothing matched as it was typed, and this is what matches with typing errors.
    pub forgiven: bool,
    /// The words that were most likely meant, where typing errors were forgiven.
    pub corrections: Vec<Correction>,
    /// How many of the words are enough, when no article has all of them and this is what matches
    /// with most.
    pub relaxed: Option<Relaxed>,
}

/// What a word was most likely meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as it was typed.
    pub typed: Clean,
    /// A word of the index, folded.
    pub meant: Clean,
    /// How many articles have it, in one form or another.
    pub count: usize,
}

/// Some of the words of a query instead of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// How many words and phrases an article was asked to have.
    pub asked: usize,
    /// How many of them the articles found have at least.
    pub enough: usize,
    /// Whether they are not only words and phrases, but also the pieces of a word that is written
    /// without spaces between the words in it.
    pub in_pieces: bool,
    /// What was asked instead, with such words taken apart. Marks are made by this one.
    pub query: Arc<Query>,
}

impl Relaxed {
    /// What is counted, for people.
    pub fn counted(&self) -> &'static str {
        if self.in_pieces { "parts" } else { "words" }
    }
}

/// Why nothing was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmptyHelp {
    /// Words and phrases of the query that occur nowhere at all, as they were typed.
    pub unknown: Vec<Clean>,
    /// The clause (its bytes in the line) without which there are the most articles, and how many;
    /// `None` when taking a single one away does not help.
    pub without: Option<(Range<usize>, usize)>,
}

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is known of it.
    pub record: Record,
    /// Where its text lies.
    pub origin: Origin,
    /// The first words of its text.
    pub opening: Clean,
    /// How good a match it is, rounded, under [`Sort::Relevance`]; only good for comparing.
    pub score: Option<f32>,
}
