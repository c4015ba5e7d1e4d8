//! What the words of the index say of a word that is asked for: the compounds it is part of, and
//! the parts it is made of.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, TantivyError, Term};

use crate::index::analysis::splits::splits;
use crate::index::analysis::stems::{SHORTEST_PART, backwards};
use crate::index::store::families::Families;
use crate::index::store::schema::Fields;

/// The last character of Unicode, which is none and stands behind all words that go on.
const END: char = '\u{10ffff}';

/// The words of the index.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    /// The families of each segment.
    pub families: &'a [Families],
}

/// A term that stands in some article, and where each segment keeps the list of its articles, so that it
/// is looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub term: Term,
    /// In the order of the segments; an unreadable index is found out by who reads the lists.
    lists: tantivy::Result<Vec<Option<TermInfo>>>,
}

impl Known {
    /// How many articles of all segments have it.
    pub(crate) fn articles(&self) -> tantivy::Result<u64> {
        let lists = self.lists.as_ref().map_err(TantivyError::clone)?;
        Ok(lists.iter().flatten().map(|list| u64::from(list.doc_freq)).sum())
    }

    /// The articles of a segment that have it; `None` where it has none. `at` is the segment's place.
    pub(crate) fn postings(
        &self,
        segment: &SegmentReader,
        at: usize,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<BlockSegmentPostings>> {
        let lists = self.lists.as_ref().map_err(TantivyError::clone)?;
        let Some(list) = lists.get(at).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let index = segment.inverted_index(self.term.field())?;
        Ok(Some(index.read_block_postings_from_terminfo(list, option)?))
    }
}

impl Vocabulary<'_> {
    /// A term with the lists of its articles; `None` when it stands in none.
    pub(crate) fn known(&self, field: Field, text: &str) -> Option<Known> {
        let term = Term::from_field_text(field, text);
        let list = |segment: &SegmentReader| Ok(segment.inverted_index(field)?.get_term_info(&term)?);
        let lists: tantivy::Result<Vec<_>> = self.searcher.segment_readers().iter().map(list).collect();
        let known = lists.as_ref().map_or(true, |lists| lists.iter().flatten().any(|list| list.doc_freq > 0));
        known.then_some(Known { term, lists })
    }

    /// True when a term stands in some article. An unreadable index is found out by the search.
    pub(crate) fn holds(&self, field: Field, text: &str) -> bool {
        let term = Term::from_field_text(field, text);
        let holds = |segment: &SegmentReader| {
            segment.inverted_index(field).is_ok_and(|index| index.doc_freq(&term).map_or(true, |count| count > 0))
        };
        self.searcher.segment_readers().iter().any(holds)
    }

    /// True when a term of `field` begins with a letter between two. An unreadable index is found out by
    /// the search.
    pub(crate) fn holds_between(&self, field: Field, first: char, last: char) -> bool {
        let (first, last) = (first.to_string(), format!("{last}{END}"));
        let holds = |segment: &SegmentReader| {
            let Ok(index) = segment.inverted_index(field) else { return true };
            let terms = index.terms().range().ge(&first).le(&last).into_stream();
            terms.map_or(true, |mut terms| terms.advance())
        };
        self.searcher.segment_readers().iter().any(holds)
    }

    /// True for words that stand in the text or the title of some article.
    fn is_word(&self, text: &str) -> bool {
        text.chars().count() >= SHORTEST_PART
            && (self.holds(self.fields.body, text) || self.holds(self.fields.title, text))
    }

    /// The words that have a stem, by the rules of a language, and are not that stem themselves.
    pub(crate) fn family(&self, key: &str) -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for families in self.families {
            let mut walk = families.from(key);
            while let Some((found, family)) = walk.next()
                && found == key
            {
                words.extend(family.map(str::to_owned));
            }
        }
        words
    }

    /// The compounds whose stems end with `stem`, by these stems: the beginning of each is a word of its
    /// own, with or without one of `links`.
    pub(crate) fn compounds_ending(&self, stem: &str, links: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if stem.chars().count() < SHORTEST_PART {
            return found;
        }
        let ending = backwards(stem);
        for families in self.families {
            let mut walk = families.from(&ending);
            while let Some((key, family)) = walk.next()
                && let Some(first) = key.strip_prefix(&*ending)
            {
                if !first.is_empty() {
                    let whole = first.chars().rev().chain(stem.chars()).collect();
                    found.entry(whole).or_default().extend(family.map(str::to_owned));
                }
            }
        }
        found.retain(|whole, _| {
            let first = &whole[..whole.len() - stem.len()];
            let unlinked = links.iter().filter_map(|link| first.strip_suffix(link));
            std::iter::once(first).chain(unlinked).any(|first| self.is_word(first))
        });
        found
    }

    /// The words in `field` that begin with `word` and go on with another word, after one of `links`
    /// or at once.
    pub(crate) fn compounds_beginning(&self, field: Field, word: &str, links: &[&str]) -> Vec<String> {
        if word.chars().count() < SHORTEST_PART {
            return Vec::new();
        }
        let mut found = self.beginning(field, word);
        found.retain(|whole| {
            let last = &whole[word.len()..];
            let unlinked = links.iter().filter_map(|link| last.strip_prefix(link));
            std::iter::once(last).chain(unlinked).any(|last| self.is_word(last))
        });
        found
    }

    /// The pairs of words in `field` that `word` is when they are written as one.
    pub(crate) fn split<'w>(&self, field: Field, word: &'w str) -> Vec<(&'w str, &'w str)> {
        splits(word).filter(|(first, last)| self.holds(field, first) && self.holds(field, last)).collect()
    }

    /// All terms of all segments that begin with `text` and go on.
    fn beginning(&self, field: Field, text: &str) -> Vec<String> {
        let end = format!("{text}{END}");
        let mut found = Vec::new();
        let mut collect = |segment: &SegmentReader| -> std::io::Result<()> {
            let words = segment.inverted_index(field).map_err(std::io::Error::other)?;
            let mut words = words.terms().range().gt(text).lt(end.as_bytes()).into_stream()?;
            while words.advance() {
                found.extend(std::str::from_utf8(words.key()).map(str::to_owned));
            }
            Ok(())
        };
        for segment in self.searcher.segment_readers() {
            // An unreadable index is found out by the search.
            let _ = collect(segment);
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}
