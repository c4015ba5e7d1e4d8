//! All words that begin in the same way, or fit a pattern.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use regex::Regex;

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TantivyError};

/// Matches articles with any word of a field that begins with a text, however many such words there are.
///
/// A single letter begins thousands of words, and it is what everybody types first. The engine's own
/// query for a range of words makes a reader for each of them; here one goes from word to word.
#[derive(Clone, Debug)]
pub(crate) struct Beginning {
    pub field: Field,
    pub text: String,
    /// What the words must fit as well, beginning included.
    pub pattern: Option<Pattern>,
}

/// A pattern that words fit or do not.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub expression: Regex,
    /// Set when more words fit than are looked for.
    pub limited: Arc<AtomicBool>,
}

/// So many words of a segment that fit a pattern are looked for: more than any that somebody means. `/.*/`
/// is all words, and the lists of their articles are the whole index.
const MOST_WORDS: usize = 50_000;

impl Query for Beginning {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Beginning {
    /// All articles of a segment with such a word.
    pub(crate) fn articles(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let mut found = BitSet::with_max_value(segment.max_doc());
        let index = segment.inverted_index(self.field)?;
        // No word holds the last character of Unicode, which is none.
        let end = format!("{}\u{10ffff}", self.text);
        let range = || index.terms().range().ge(&self.text).le(&end);
        let mut reader: Option<BlockSegmentPostings> = None;
        let mut add = |word: &TermInfo| -> tantivy::Result<bool> {
            let postings = match &mut reader {
                Some(postings) => {
                    index.reset_block_postings_from_terminfo(word, postings)?;
                    postings
                }
                None => reader.insert(index.read_block_postings_from_terminfo(word, IndexRecordOption::Basic)?),
            };
            while !postings.docs().is_empty() {
                for doc in postings.docs() {
                    found.insert(*doc);
                }
                postings.advance();
            }
            Ok(found.len() < segment.max_doc() as usize)
        };
        let Some(Pattern { expression, limited }) = &self.pattern else {
            let mut words = range().without_keys().into_stream()?;
            while words.advance() && add(words.value())? {}
            return Ok(found);
        };
        let mut words = range().into_stream()?;
        let mut fitting = 0;
        while words.advance() {
            if std::str::from_utf8(words.key()).is_ok_and(|word| expression.is_match(word)) {
                fitting += 1;
                if fitting > MOST_WORDS {
                    limited.store(true, Ordering::Relaxed);
                    break;
                }
                if !add(words.value())? {
                    break;
                }
            }
        }
        Ok(found)
    }
}

impl Weight for Beginning {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.articles(segment)?), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("article {doc} has no such word")));
        }
        Ok(Explanation::new("the beginning of a word", scorer.score()))
    }
}
