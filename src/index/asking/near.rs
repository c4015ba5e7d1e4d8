//! Words that stand near each other, in any order.

use std::collections::BTreeSet;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// More places of a word in one article are not looked at.
const MOST_PLACES: usize = 10_000;

/// Matches articles in which all of some terms stand in a run of so many places.
///
/// The engine's phrases may be loose as well, but then they count steps from the order that is asked for,
/// and of more than two words some orders cost more than others.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    field: Field,
    terms: Vec<String>,
    /// The last place of the run may be so far behind the first.
    reach: u32,
}

impl Near {
    /// Terms between which so many others may stand in all, and one more.
    pub(crate) fn new(field: Field, terms: &BTreeSet<String>, within: u32) -> Near {
        let terms: Vec<String> = terms.iter().cloned().collect();
        let reach = reach(terms.len(), within);
        Near { field, terms, reach }
    }
}

/// How far the last of some different words may stand behind the first.
pub(crate) fn reach(words: usize, within: u32) -> u32 {
    within.saturating_add((words as u32).saturating_sub(2))
}

impl Query for Near {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut telling = 1.0;
        if let (true, Some(searcher)) = (scoring.is_scoring_enabled(), scoring.searcher()) {
            let all = searcher.num_docs() as Score;
            for text in &self.terms {
                // The rarer its words are, the more it tells, as for a phrase.
                let having = searcher.doc_freq(&Term::from_field_text(self.field, text))? as Score;
                telling += (1.0 + (all - having + 0.5).max(0.0) / (having + 0.5)).ln();
            }
        }
        Ok(Box::new(NearWeight { near: self.clone(), telling }))
    }
}

struct NearWeight {
    near: Near,
    telling: Score,
}

impl Weight for NearWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Near { field, terms, reach } = &self.near;
        let index = segment.inverted_index(*field)?;
        let mut postings = Vec::new();
        for text in terms {
            let term = Term::from_field_text(*field, text);
            postings.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        // Where one is missing, nothing has all of them.
        if postings.len() < terms.len() {
            postings.clear();
        }
        postings.sort_by_key(DocSet::size_hint);
        let (score, places, positions) = (boost * self.telling, Vec::new(), Vec::new());
        let mut scorer = NearScorer { postings, reach: *reach, score, doc: 0, places, positions };
        let first = scorer.postings.first().map_or(TERMINATED, DocSet::doc);
        scorer.doc = scorer.from(first);
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!(
                "article {doc} does not have the words near each other"
            )));
        }
        Ok(Explanation::new("words near each other", scorer.score()))
    }
}

struct NearScorer {
    /// Those of each term, the rarest first.
    postings: Vec<SegmentPostings>,
    reach: u32,
    score: Score,
    doc: DocId,
    /// The places of all terms in the article that is looked at, each with the number of its term.
    places: Vec<(u32, usize)>,
    positions: Vec<u32>,
}

impl NearScorer {
    /// The first article from `doc` on that has the words near each other. The first term stands there
    /// already.
    fn from(&mut self, mut doc: DocId) -> DocId {
        while doc != TERMINATED {
            let furthest = self.postings.iter_mut().map(|postings| match postings.doc() {
                current if current < doc => postings.seek(doc),
                current => current,
            });
            let furthest = furthest.max().unwrap_or(TERMINATED);
            doc = match furthest == doc {
                true if self.are_near() => return doc,
                true => self.postings[0].advance(),
                false if furthest == TERMINATED => TERMINATED,
                false => self.postings[0].seek(furthest),
            };
        }
        TERMINATED
    }

    fn are_near(&mut self) -> bool {
        self.places.clear();
        for (term, postings) in self.postings.iter_mut().enumerate() {
            postings.positions(&mut self.positions);
            self.places.extend(self.positions.iter().take(MOST_PLACES).map(|position| (*position, term)));
        }
        self.places.sort_unstable();
        !runs(&self.places, self.postings.len(), self.reach).is_empty()
    }
}

/// The runs of places, each from the first to the one behind the last, in which every one of so many words
/// stands within `reach`; places are in order, each with the number of its word. No run is within another.
pub(crate) fn runs(places: &[(u32, usize)], words: usize, reach: u32) -> Vec<std::ops::Range<usize>> {
    let mut counts = vec![0usize; words];
    let (mut different, mut first) = (0, 0);
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (last, (place, word)) in places.iter().enumerate() {
        different += usize::from(counts[*word] == 0);
        counts[*word] += 1;
        while place - places[first].0 > reach {
            let word = places[first].1;
            counts[word] -= 1;
            different -= usize::from(counts[word] == 0);
            first += 1;
        }
        if different == words {
            match runs.last_mut() {
                Some(run) if run.start == first => run.end = last + 1,
                _ => runs.push(first..last + 1),
            }
        }
    }
    runs
}

impl Scorer for NearScorer {
    fn score(&mut self) -> Score {
        self.score
    }
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            let next = self.postings[0].advance();
            self.doc = self.from(next);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            let next = self.postings[0].seek(target);
            self.doc = self.from(next);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.postings.first().map_or(0, DocSet::size_hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(places: &[(u32, usize)], words: usize, within: u32, expected: &[std::ops::Range<usize>]) {
        assert_eq!(runs(places, words, reach(words, within)), expected, "{places:?}");
    }

    #[test]
    fn words_are_near_in_any_order() {
        check(&[(3, 0), (4, 1)], 2, 1, &[0..2]);
        check(&[(3, 1), (4, 0)], 2, 1, &[0..2]);
        check(&[(3, 0), (5, 1)], 2, 1, &[]);
        check(&[(3, 0), (8, 1)], 2, 5, &[0..2]);
        check(&[(1, 0), (2, 0), (3, 1), (90, 1)], 2, 2, &[0..3]);
        check(&[(1, 2), (2, 0), (3, 1)], 3, 1, &[0..3]);
        check(&[(1, 2), (2, 0), (4, 1)], 3, 1, &[]);
        check(&[(1, 0), (3, 1), (5, 0)], 2, 2, &[0..2, 1..3]);
        check(&[], 2, 5, &[]);
    }
}
