//! The ways in which a word may be in an article.

use std::sync::Arc;

use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Score, Term};

use super::beginning::Beginning;
use super::vocabulary::Known;
use crate::archive::{MatchKind, MatchPlace};

/// A query of the engine.
pub(crate) type Lowered = Box<dyn EngineQuery>;

/// What the engine's usual score makes of how rare a word is, where neither counts how often it stands in
/// an article nor how long that is.
const OF_RARITY: Score = 1.7;

/// A way in which a word of the query may be in an article.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub kind: MatchKind,
    pub place: MatchPlace,
    pub sought: Sought,
}

/// What is in an article in which a word is in some way.
#[derive(Clone, Debug)]
pub(crate) enum Sought {
    /// Any of some terms; only of articles that have one of the marks of languages, where there are any.
    /// Where it is more than one term, they are all scored alike.
    Terms { terms: Vec<Known>, languages: Vec<Known>, score: Score },
    /// Any of the words that begin so.
    Beginning(Beginning),
    /// Whatever the engine knows to look for.
    Other(Arc<dyn EngineQuery>),
}

impl Sought {
    /// One term.
    pub(crate) fn term(term: Known) -> Sought {
        Sought::terms(vec![term])
    }

    /// Any of some terms.
    pub(crate) fn terms(terms: Vec<Known>) -> Sought {
        Sought::Terms { terms, languages: Vec::new(), score: 1.0 }
    }

    /// Any of the words of a family, in languages in which it is one. `all` is how many articles there are
    /// at all: the fewer have any of the words, the more they tell.
    pub(crate) fn family(terms: Vec<Known>, languages: Vec<Known>, all: u64) -> Sought {
        // An unreadable index is found out by the search. An article with two of the words counts as two, so
        // that there may seem to be more than there are.
        let having = terms.iter().filter_map(|term| term.articles().ok()).sum::<u64>().min(all);
        let (having, all) = (having as Score, all as Score);
        let score = OF_RARITY * (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
        Sought::Terms { terms, languages, score }
    }

    /// A query of the engine.
    pub(crate) fn other(query: impl EngineQuery) -> Sought {
        Sought::Other(Arc::new(query))
    }

    /// How many entries the lists of articles have that are gone through for it, where that is known beforehand.
    pub(crate) fn entries(&self) -> u64 {
        match self {
            Sought::Terms { terms, .. } => terms.iter().filter_map(|term| term.articles().ok()).sum(),
            Sought::Beginning(_) | Sought::Other(_) => 0,
        }
    }

    /// The engine's query for it, which finds the same and scores it alike.
    pub(crate) fn query(&self) -> Lowered {
        match self {
            Sought::Terms { terms, languages, score } => {
                let words: Lowered = match &terms[..] {
                    [term] => Box::new(TermQuery::new(term.term.clone(), IndexRecordOption::WithFreqs)),
                    terms => {
                        let any = TermSetQuery::new(terms.iter().map(|known| known.term.clone()));
                        Box::new(ConstScoreQuery::new(Box::new(any), *score))
                    }
                };
                if languages.is_empty() {
                    return words;
                }
                let mark = |mark: &Known| -> (Occur, Lowered) { (Occur::Should, mark_query(&mark.term)) };
                let marks = BooleanQuery::new(languages.iter().map(mark).collect());
                let marks = ConstScoreQuery::new(Box::new(marks), 0.0);
                Box::new(BooleanQuery::new(vec![(Occur::Must, words), (Occur::Must, Box::new(marks))]))
            }
            Sought::Beginning(beginning) => Box::new(beginning.clone()),
            Sought::Other(query) => query.box_clone(),
        }
    }
}

fn mark_query(term: &Term) -> Lowered {
    Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic))
}

/// A word that goes together with a question.
#[derive(Clone, Debug)]
pub(crate) struct Kin {
    /// The ways in which it may be in an article.
    pub ways: Vec<Way>,
    /// How much it counts; those of all words are 1 in all.
    pub weight: Score,
}

/// About how many of `all` articles have a word in one of these ways.
pub(super) fn having(ways: &[Way], all: Score) -> Score {
    let mut places = [0u64; 2];
    for way in ways {
        places[usize::from(way.place != MatchPlace::Title)] += way.sought.entries();
    }
    (places[0].max(places[1]) as Score).min(all)
}

/// How telling a word is that so many of `all` articles have.
pub(super) fn telling(having: Score, all: Score) -> Score {
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}
