//! The words of the index that differ from a word by typing errors.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, ConstScorer, DfaWrapper, EnableScoring, Explanation, FuzzyTermQuery, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, Searcher, SegmentReader, TantivyError, Term};
use tantivy_fst::Automaton;

/// The words in a field that differ from a word by so many typing errors at most, and where each segment keeps
/// the lists of their articles, so that they are looked for once in a search.
#[derive(Debug)]
pub(crate) struct Spellings {
    field: Field,
    segments: Vec<(SegmentId, Vec<TermInfo>)>,
    /// How many articles have each.
    pub counts: BTreeMap<String, u64>,
}

/// Compares words with one, letter by letter, and counts the letters; words that have the same beginning are
/// compared in it but once.
struct Counting {
    automaton: DfaWrapper,
    letters: Cell<u64>,
    /// So many letters are compared, and no more.
    most: u64,
}

impl Automaton for Counting {
    type State = u32;

    fn start(&self) -> u32 {
        self.automaton.start()
    }

    fn is_match(&self, state: &u32) -> bool {
        self.automaton.is_match(state)
    }

    fn can_match(&self, state: &u32) -> bool {
        self.letters.get() <= self.most && self.automaton.can_match(state)
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.letters.set(self.letters.get() + 1);
        self.automaton.accept(state, byte)
    }
}

impl Spellings {
    /// Looks for them, and tells how many letters were compared; `None` where there are more than `most` to
    /// compare. `errors` is 1 or 2.
    pub(crate) fn find(
        searcher: &Searcher,
        field: Field,
        word: &str,
        errors: u8,
        most: u64,
    ) -> tantivy::Result<(Option<Spellings>, u64)> {
        let automaton = FuzzyTermQuery::new(Term::from_field_text(field, word), errors, true).automaton()?;
        let automaton = Counting { automaton, letters: Cell::new(0), most };
        let (mut segments, mut counts) = (Vec::new(), BTreeMap::new());
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().search(&automaton).into_stream()?;
            let mut lists = Vec::new();
            while terms.advance() {
                lists.push(terms.value().clone());
                if let Ok(term) = std::str::from_utf8(terms.key()) {
                    *counts.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
            segments.push((segment.segment_id(), lists));
        }
        let letters = automaton.letters.get();
        Ok(((letters <= most).then_some(Spellings { field, segments, counts }), letters))
    }

    /// How many entries their lists of articles have.
    pub(crate) fn entries(&self) -> u64 {
        self.counts.values().sum()
    }

    /// All articles of a segment with one of them.
    fn articles(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let id = segment.segment_id();
        let lists = self.segments.iter().find(|(of, _)| *of == id);
        let (_, lists) = lists.ok_or_else(|| TantivyError::InvalidArgument("a segment of another state".to_owned()))?;
        let index = segment.inverted_index(self.field)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        for list in lists {
            let mut postings = index.read_block_postings_from_terminfo(list, IndexRecordOption::Basic)?;
            while !postings.docs().is_empty() {
                for doc in postings.docs() {
                    found.insert(*doc);
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}

/// Matches articles with a word that differs by typing errors; all are worth the same.
#[derive(Clone, Debug)]
pub(crate) struct Misspelt(pub Arc<Spellings>);

impl Query for Misspelt {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Misspelt {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.0.articles(segment)?), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("article {doc} has no such word")));
        }
        Ok(Explanation::new("a word but for typing errors", scorer.score()))
    }
}
