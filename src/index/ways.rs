//! The ways in which a word may be in an article.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::beginning::Beginning;
use super::lower::Lowered;
use super::tier::{MatchKind, MatchPlace};
use super::vocabulary::Known;

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
    Terms { terms: Vec<Known>, languages: Vec<Known> },
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
        Sought::Terms { terms, languages: Vec::new() }
    }

    /// A query of the engine.
    pub(crate) fn other(query: impl EngineQuery) -> Sought {
        Sought::Other(Arc::new(query))
    }

    /// The engine's query for it, which finds the same and scores it alike.
    pub(crate) fn query(&self) -> Lowered {
        match self {
            Sought::Terms { terms, languages } => {
                let words: Lowered = match &terms[..] {
                    [term] => Box::new(TermQuery::new(term.term.clone(), IndexRecordOption::WithFreqs)),
                    terms => Box::new(TermSetQuery::new(terms.iter().map(|known| known.term.clone()))),
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
