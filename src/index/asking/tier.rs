//! How much a match is worth: a floor for its kind, and the engine's score above it.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, Term};

use crate::archive::{MatchKind, MatchPlace};

/// What a kind of match is worth: the floor, the factor of the engine's score above it, and how much
/// that may add at most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Worth(pub Score, pub Score, pub Score);

const ANY: Score = Score::INFINITY;

/// Exact above folded above stem above part, whatever the engine says of how telling each term is;
/// the title above the text.
const WORTHS: &[(MatchKind, Worth, Worth)] = &[
    // kind                  in the title           elsewhere
    (MatchKind::Exact, Worth(4.0, 3.0, ANY), Worth(2.0, 1.0, ANY)),
    (MatchKind::Folded, Worth(3.6, 2.8, ANY), Worth(1.8, 0.95, ANY)),
    (MatchKind::Stem, Worth(2.4, 1.5, 1.2), Worth(0.9, 0.4, 0.9)),
    (MatchKind::Beginning, Worth(1.2, 0.0, 0.0), Worth(0.3, 0.0, 0.0)),
    (MatchKind::Pattern, Worth(1.2, 0.0, 0.0), Worth(0.3, 0.0, 0.0)),
    (MatchKind::Part, Worth(1.0, 0.0, 0.0), Worth(0.25, 0.0, 0.0)),
    (MatchKind::Script, Worth(0.9, 0.0, 0.0), Worth(0.2, 0.0, 0.0)),
    (MatchKind::Error, Worth(0.8, 0.0, 0.0), Worth(0.15, 0.0, 0.0)),
    (MatchKind::TwoErrors, Worth(0.5, 0.0, 0.0), Worth(0.1, 0.0, 0.0)),
];

impl Worth {
    /// What a match of this kind is worth there.
    pub(crate) fn of(kind: MatchKind, place: MatchPlace) -> Worth {
        let (_, title, elsewhere) = WORTHS.iter().find(|row| row.0 == kind).expect("the table has every kind");
        if place == MatchPlace::Title { *title } else { *elsewhere }
    }

    /// What a match is worth with this score of the engine, which has the factor in it.
    #[inline]
    pub(crate) fn of_score(self, score: Score) -> Score {
        self.0 + score.min(self.2)
    }
}

/// What a match in another place adds to the best one, as a part of its score.
pub(crate) const OTHER_PLACE: f32 = 0.1;

/// Scores every match of a query with its worth.
///
/// The engine's score of a word that stands in nearly every article is nearly nothing. Without a
/// floor, a word that merely begins with it could stand above the word itself.
#[derive(Debug)]
pub(crate) struct Tier {
    pub query: Box<dyn Query>,
    pub worth: Worth,
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
        Ok(if enabled { Box::new(TierWeight { weight, worth: self.worth }) } else { weight })
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct TierWeight {
    weight: Box<dyn Weight>,
    worth: Worth,
}

impl Weight for TierWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Worth(floor, factor, most) = self.worth;
        let worth = Worth(boost * floor, boost * factor, boost * most);
        let scorer = self.weight.scorer(reader, worth.1)?;
        Ok(Box::new(TierScorer { scorer, worth }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn count(&self, reader: &SegmentReader) -> tantivy::Result<u32> {
        self.weight.count(reader)
    }
}

/// The matches of another scorer, in its order, with what they are worth.
struct TierScorer {
    scorer: Box<dyn Scorer>,
    worth: Worth,
}

impl Scorer for TierScorer {
    fn score(&mut self) -> Score {
        self.worth.of_score(self.scorer.score())
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

/// What the score of an article without a text of its own is multiplied with.
///
/// A line of a list that only names an article is what a reader wants least: it stands below every
/// equal match that can be read, and a word in its title counts less than the same one in a text.
pub(crate) const TEXTLESS: Score = 0.15;
