//! How much a match is worth: a floor for its kind, and the engine's score above it.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, Term};

/// Scores every match of a query with `floor + factor * score`.
///
/// The engine's score of a word that stands in nearly every article is nearly nothing. Without a
/// floor, a word that merely begins with it could stand above the word itself.
#[derive(Debug)]
pub(crate) struct Tier {
    pub query: Box<dyn Query>,
    pub factor: Score,
    pub floor: Score,
}

impl Clone for Tier {
    fn clone(&self) -> Tier {
        Tier { query: self.query.box_clone(), ..*self }
    }
}

impl Query for Tier {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let enabled = scoring.is_scoring_enabled();
        let weight = self.query.weight(scoring)?;
        Ok(if enabled { Box::new(TierWeight { weight, factor: self.factor, floor: self.floor }) } else { weight })
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct TierWeight {
    weight: Box<dyn Weight>,
    factor: Score,
    floor: Score,
}

impl Weight for TierWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorer = self.weight.scorer(reader, boost * self.factor)?;
        Ok(Box::new(TierScorer { scorer, floor: boost * self.floor }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let inner = self.weight.explain(reader, doc)?;
        let mut explanation = Explanation::new("Tier", self.floor + self.factor * inner.value());
        explanation.add_const("floor", self.floor);
        explanation.add_detail(inner);
        Ok(explanation)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.weight.count(reader)
    }
}

struct TierScorer {
    scorer: Box<dyn Scorer>,
    floor: Score,
}

impl Scorer for TierScorer {
    fn score(&mut self) -> Score {
        self.floor + self.scorer.score()
    }
}

impl DocSet for TierScorer {
    fn advance(&mut self) -> DocId {
        self.scorer.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.scorer.seek(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        self.scorer.seek_danger(target)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }

    fn cost(&self) -> u64 {
        self.scorer.cost()
    }
}
