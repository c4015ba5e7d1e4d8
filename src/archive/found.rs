//! What a search finds.

use std::ops::Range;
use std::sync::Arc;

use super::facets::Facets;
use super::joined::Joined;
use super::limits::Limits;
use super::order::Order;
use crate::query::{Query, Sort};
use crate::text::Clean;

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How many articles the archive holds.
    pub total: usize,
    /// How many of them match.
    pub matched: usize,
    /// They, in order.
    pub order: Arc<dyn Order>,
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
    /// When no article has all of the words, and this is what has the most telling of them.
    pub relaxed: Option<Relaxed>,
    /// Below them, where [`Asking::more`](super::Asking::more) asks for it: what has some of the words, the
    /// most telling first. Whatever acts on a result takes what has all words alone.
    pub more: Option<Arc<dyn Order>>,
    /// What this answer lacks.
    pub limits: Limits,
}

impl Found {
    /// What matches as it was asked, of an archive of `total` articles: nothing was forgiven, relaxed or left out.
    pub fn as_asked(total: usize, order: Arc<dyn Order>, matched: usize, sort: Sort, facets: Facets) -> Found {
        Found {
            total,
            matched,
            order,
            sort,
            facets,
            empty: None,
            forgiven: false,
            corrections: Vec::new(),
            relaxed: None,
            more: None,
            limits: Limits::default(),
        }
    }

    /// What has all of the words, and below it what has some of them, where that was asked for.
    pub fn listed(&self) -> Arc<dyn Order> {
        match &self.more {
            Some(more) => Arc::new(Joined::new(self.order.clone(), more.clone())),
            None => self.order.clone(),
        }
    }

    /// What was asked in the end, and whether typing errors were forgiven in it: marks are made by it.
    pub fn asked<'a>(&'a self, query: &'a Query) -> (&'a Query, bool) {
        (self.relaxed.as_ref().map_or(query, |relaxed| &relaxed.query), self.forgiven)
    }
}

/// What a word was most likely meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The word as it was typed.
    pub typed: Clean,
    /// A word of the archive, folded.
    pub meant: Clean,
    /// How many articles have it, in one form or another.
    pub count: usize,
}

/// The most telling of the words of a query instead of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxed {
    /// How many words an article was asked to have.
    pub asked: usize,
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
