//! Families of words: which words of a segment share a stem.
//!
//! To write the stems of every article beside its words would take a third as much again. What is kept
//! instead is small: each segment has one table from stems to the words that have them, and whoever asks for a
//! stem asks for those words. The engine writes, merges and removes the table together with the segment.
//!
//! A table is a row of records, sorted by their keys: a key, and the words under it. A key and a word
//! are written as how much of the one before they begin with and what follows; every sixteenth key
//! is written whole, and where those stand is written at the end, so that a key is found by halves.

use std::any::Any;
use std::collections::{BTreeSet, HashSet};
use std::hash::BuildHasher;
use std::io::Write;
use std::sync::Arc;

use rapidhash::fast::RandomState;
use tantivy::directory::{OwnedBytes, TerminatingWrite};
use tantivy::error::DataCorruption;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::DocIdMapping;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, SegmentReader, TantivyError};

use super::writer::Entry;
use crate::index::analysis::stems::BACKWARDS;
use crate::index::analysis::terms::kindred;

/// The ending of the name of a table's file.
const EXTENSION: &str = "families";
/// Every so many keys one is written whole.
const BLOCK: usize = 16;
/// Longer keys and words are left out: their length would not fit, and nobody looks for them.
const LONGEST: usize = 255;
/// In the place of half a byte: the length is too long for it and follows.
const FOLLOWS: u8 = 15;

/// The table of a segment.
#[derive(Clone)]
pub(crate) struct Families {
    bytes: OwnedBytes,
    /// Where the records end, and the places of those that are written whole begin.
    end: usize,
}

impl Families {
    /// The table of a segment.
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<Families> {
        let bytes = segment.open_read(SegmentComponent::Custom(EXTENSION.to_owned()))?.read_bytes()?;
        Families::read(bytes).ok_or_else(damaged)
    }

    /// `None` for what is too short for its own end.
    fn read(bytes: OwnedBytes) -> Option<Families> {
        let blocks = bytes.last_chunk().map_or(0, |count| u32::from_le_bytes(*count) as usize);
        let places = blocks.checked_add(1).and_then(|places| places.checked_mul(4));
        let end = places.and_then(|places| bytes.len().checked_sub(places))?;
        Some(Families { bytes, end })
    }

    /// Goes through the records from the first whose key is `from` or stands behind it.
    pub(crate) fn from(&self, from: &str) -> Walk<'_> {
        let blocks = (self.bytes.len() - self.end).saturating_sub(4) / 4;
        let (mut low, mut high) = (0, blocks);
        while low < high {
            let middle = low + (high - low) / 2;
            let mut key = Vec::new();
            let is_before = take_text(&mut self.walk(self.place(middle)).rest, &mut key).is_some();
            match is_before && key.as_slice() < from.as_bytes() {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let mut walk = self.walk(self.place(low.saturating_sub(1)));
        walk.seek(from);
        walk
    }

    fn place(&self, block: usize) -> usize {
        let place = self.bytes.get(self.end + 4 * block..).and_then(|bytes| bytes.first_chunk());
        place.map_or(self.end, |place| u32::from_le_bytes(*place) as usize)
    }

    fn walk(&self, at: usize) -> Walk<'_> {
        let rest = self.bytes.get(at..self.end).unwrap_or_default();
        Walk { rest, key: Vec::new(), words: Vec::new(), count: 0, waits: false, damaged: false }
    }
}

/// A walk through the records of a table.
pub(crate) struct Walk<'a> {
    rest: &'a [u8],
    key: Vec<u8>,
    /// The words of the record, and behind them memory of those before.
    words: Vec<Vec<u8>>,
    count: usize,
    /// True when the next record has been read already.
    waits: bool,
    /// True when it ended where a record should have been.
    damaged: bool,
}

impl Walk<'_> {
    /// The next record: its key and its words.
    pub(crate) fn next(&mut self) -> Option<(&str, impl Iterator<Item = &str>)> {
        if !std::mem::take(&mut self.waits) && !self.advance() {
            return None;
        }
        Some((std::str::from_utf8(&self.key).ok()?, self.words()))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().take(self.count).filter_map(|word| std::str::from_utf8(word).ok())
    }

    /// Stands before the first record whose key is not before `from`.
    fn seek(&mut self, from: &str) {
        while !self.waits && self.advance() {
            self.waits = self.key.as_slice() >= from.as_bytes();
        }
    }

    /// Reads a record; false at the end, and where what is there is none.
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        self.damaged = self.read().is_none();
        !self.damaged
    }

    fn read(&mut self) -> Option<()> {
        take_text(&mut self.rest, &mut self.key)?;
        self.count = take_byte(&mut self.rest)?.into();
        let mut word = stem_of(&self.key);
        self.words.resize_with(self.count.max(self.words.len()), Vec::new);
        for kept in self.words.iter_mut().take(self.count) {
            take_text(&mut self.rest, &mut word)?;
            kept.clone_from(&word);
        }
        Some(())
    }
}

/// What the words under a key most often begin with: the stem that is in it.
fn stem_of(key: &[u8]) -> Vec<u8> {
    let key = std::str::from_utf8(key).unwrap_or_default();
    match key.strip_prefix(BACKWARDS) {
        Some(ending) => ending.chars().rev().collect::<String>().into_bytes(),
        None => key.split_once(':').map_or(key, |(_, stem)| stem).as_bytes().to_vec(),
    }
}

/// Reads what [`put_text`] wrote, after what was read before; `None` where it is damaged.
fn take_text(rest: &mut &[u8], text: &mut Vec<u8>) -> Option<()> {
    let lengths = take_byte(rest)?;
    let mut length = |half: u8| if half == FOLLOWS { take_byte(rest) } else { Some(half) };
    let (same, other) = (length(lengths >> 4)?, length(lengths & FOLLOWS)?);
    let (new, after) = rest.split_at_checked(other.into())?;
    *rest = after;
    if usize::from(same) > text.len() || usize::from(same) + new.len() > LONGEST {
        return None;
    }
    text.truncate(same.into());
    text.extend_from_slice(new);
    Some(())
}

fn take_byte(rest: &mut &[u8]) -> Option<u8> {
    let (&byte, after) = rest.split_first()?;
    *rest = after;
    Some(byte)
}

/// Writes a text after the one before: how many bytes are the same, how many others follow, and those.
fn put_text(out: &mut Vec<u8>, before: &[u8], text: &[u8]) {
    let same = before.iter().zip(text).take_while(|(one, other)| one == other).count();
    // Both are of texts that are not too long.
    let lengths = [same, text.len() - same].map(|length| length.min(LONGEST) as u8);
    let [first, second] = lengths.map(|length| length.min(FOLLOWS));
    out.push(first << 4 | second);
    out.extend(lengths.into_iter().filter(|length| *length >= FOLLOWS));
    out.extend_from_slice(&text[same..]);
}

/// A table in the making. Records come in the order of their keys.
#[derive(Default)]
struct Table {
    bytes: Vec<u8>,
    /// Where keys are written whole.
    places: Vec<u32>,
    records: usize,
    key: Vec<u8>,
}

impl Table {
    /// Adds the words under a key, in their order.
    fn add<'w>(&mut self, key: &str, words: impl Iterator<Item = &'w str>) {
        let words: Vec<&str> = words.collect();
        for words in words.chunks(LONGEST) {
            if self.records.is_multiple_of(BLOCK) {
                self.places.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
                self.key.clear();
            }
            self.records += 1;
            put_text(&mut self.bytes, &self.key, key.as_bytes());
            self.key = key.as_bytes().to_vec();
            self.bytes.push(words.len() as u8);
            let mut before = stem_of(&self.key);
            for word in words {
                put_text(&mut self.bytes, &before, word.as_bytes());
                before.clear();
                before.extend_from_slice(word.as_bytes());
            }
        }
    }

    fn into_bytes(mut self) -> Vec<u8> {
        let count = self.places.len() as u32;
        for place in self.places.iter().chain([&count]) {
            self.bytes.extend_from_slice(&place.to_le_bytes());
        }
        self.bytes
    }

    fn write(self, segment: &Segment) -> tantivy::Result<()> {
        let mut file = segment.open_write(SegmentComponent::Custom(EXTENSION.to_owned()))?;
        file.write_all(&self.into_bytes())?;
        Ok(file.terminate()?)
    }
}

/// What the engine has to know of tables.
pub(crate) struct FamiliesPlugin;

impl SegmentPlugin for FamiliesPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(FamiliesWriter::default()))
    }

    /// The families of some segments together. Words that only articles have that are gone stay: they
    /// are found nowhere.
    fn merge(&self, merged: PluginMergeContext) -> tantivy::Result<()> {
        let tables = merged.readers.iter().map(Families::of).collect::<tantivy::Result<Vec<Families>>>()?;
        let mut walks: Vec<Walk> = tables.iter().map(|table| table.walk(0)).collect();
        // What is damaged is found out while it is there: in the merged table nothing would tell.
        let mut is_damaged = false;
        let mut goes_on = |walk: &mut Walk| {
            let goes_on = walk.advance();
            is_damaged |= walk.damaged;
            goes_on
        };
        walks.retain_mut(&mut goes_on);
        let mut table = Table::default();
        let mut words: BTreeSet<String> = BTreeSet::new();
        while let Some(key) = walks.iter().map(|walk| &walk.key).min().cloned() {
            walks.retain_mut(|walk| {
                while walk.key == key {
                    words.extend(walk.words().map(str::to_owned));
                    if !goes_on(walk) {
                        return false;
                    }
                }
                true
            });
            table.add(std::str::from_utf8(&key).unwrap_or_default(), words.iter().map(String::as_str));
            words.clear();
        }
        if is_damaged {
            return Err(damaged());
        }
        table.write(merged.target_segment)
    }
}

fn damaged() -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only("a table of families is damaged"))
}

/// Gathers the families of a segment that is being written.
#[derive(Default)]
struct FamiliesWriter {
    /// Keys, each with one word after it.
    texts: String,
    /// Where a key begins, where its word does, and where that ends.
    pairs: Vec<(u32, u32, u32)>,
    /// The hashes of these pairs, so that none is gathered twice.
    known: HashSet<u64, RandomState>,
    /// The families of the articles that came last.
    last: Option<Arc<str>>,
}

impl FamiliesWriter {
    fn gather(&mut self, key: &str, word: &str) {
        if key.len().max(word.len()) > LONGEST || !self.known.insert(self.known.hasher().hash_one((key, word))) {
            return;
        }
        let start = self.texts.len();
        self.texts.push_str(key);
        let middle = self.texts.len();
        self.texts.push_str(word);
        // A segment is far smaller than that.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.pairs.push((place(start), place(middle), place(self.texts.len())));
    }

    fn table(mut self) -> Table {
        let text = |from: u32, to: u32| self.texts.get(from as usize..to as usize).unwrap_or_default();
        let both = |&(start, middle, end): &(u32, u32, u32)| (text(start, middle), text(middle, end));
        self.pairs.sort_unstable_by(|one, other| both(one).cmp(&both(other)));
        let mut table = Table::default();
        for family in self.pairs.chunk_by(|one, other| both(one).0 == both(other).0) {
            table.add(both(&family[0]).0, family.iter().map(|pair| both(pair).1));
        }
        table
    }
}

impl PluginWriter for FamiliesWriter {
    fn add_document(&mut self, _: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let Some(families) = document.as_any().downcast_ref().map(|entry: &Entry| &entry.families) else {
            return Ok(());
        };
        // Articles that were handed on together have theirs in common.
        if self.last.as_ref().is_none_or(|last| !Arc::ptr_eq(last, families)) {
            for (key, word) in kindred(families) {
                self.gather(key, word);
            }
            self.last = Some(families.clone());
        }
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, _: Option<&DocIdMapping>) -> tantivy::Result<()> {
        self.table().write(segment)
    }

    fn mem_usage(&self) -> usize {
        self.texts.len() + self.pairs.len() * size_of::<(u32, u32, u32)>() + self.known.capacity() * size_of::<u64>()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The table of these pairs of keys and words.
    fn table(pairs: &[(&str, &str)]) -> Families {
        let mut writer = FamiliesWriter::default();
        pairs.iter().for_each(|(key, word)| writer.gather(key, word));
        Families::read(OwnedBytes::new(writer.table().into_bytes())).expect("it is whole")
    }

    /// The records from a key on.
    fn records(families: &Families, from: &str) -> Vec<(String, Vec<String>)> {
        let mut walk = families.from(from);
        let mut records = Vec::new();
        while let Some((key, words)) = walk.next() {
            records.push((key.to_owned(), words.map(str::to_owned).collect()));
        }
        records
    }

    fn check(families: &Families, from: &str, expected: &str) {
        let records = records(families, from);
        let records: Vec<String> = records.iter().map(|(key, words)| format!("{key}={}", words.join("+"))).collect();
        assert_eq!(records.join(" "), expected, "from {from}");
    }

    #[test]
    fn words_stand_under_their_stem() {
        let families = table(&[
            ("en:invit", "invites"),
            ("de:einlad", "einladung"),
            ("<lefpig", "gipfels"),
            ("de:einlad", "einladungen"),
            ("en:invit", "invites"),
            ("de:haus", "hauser"),
        ]);
        check(&families, "", "<lefpig=gipfels de:einlad=einladung+einladungen de:haus=hauser en:invit=invites");
        check(&families, "de:einlad", "de:einlad=einladung+einladungen de:haus=hauser en:invit=invites");
        check(&families, "de:f", "de:haus=hauser en:invit=invites");
        check(&families, "en:j", "");
        check(&table(&[]), "", "");
    }

    #[test]
    fn a_table_that_breaks_off_is_known_to_be_damaged() {
        let families = table(&[("de:einlad", "einladung"), ("de:haus", "hauser")]);
        let is_damaged = |end: usize| {
            let families = Families { end, ..families.clone() };
            let mut walk = families.walk(0);
            while walk.advance() {}
            walk.damaged
        };
        assert!(!is_damaged(families.end));
        assert!(is_damaged(families.end - 1));
        assert!(Families::read(OwnedBytes::new(vec![255; 4])).is_none());
    }

    #[test]
    fn a_stem_may_have_more_words_than_a_record() {
        let words: Vec<String> = (0..600).map(|number| format!("word{number:03}")).collect();
        let pairs: Vec<(&str, &str)> = words.iter().map(|word| ("en:word", word.as_str())).collect();
        let families = table(&pairs);
        let found: Vec<String> = records(&families, "en:word").into_iter().flat_map(|(_, words)| words).collect();
        assert_eq!(found, words);
    }

    #[test]
    fn what_is_too_long_is_left_out() {
        let long = "x".repeat(LONGEST + 1);
        check(&table(&[("en:x", &long), (&long, "x"), ("en:y", "y")]), "", "en:y=y");
        let most = "x".repeat(LONGEST);
        assert_eq!(records(&table(&[(&most, "y"), ("en:x", &most)]), "").len(), 2);
    }

    proptest! {
        #[test]
        fn what_was_gathered_is_found(pairs in proptest::collection::vec(("(de|en):[a-cä]{0,20}|<[ab]{8}", "[a-cäß]{1,20}"), 0..200)) {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(key, word)| (key.as_str(), word.as_str())).collect();
            let families = table(&pairs);
            let all: BTreeSet<(&str, &str)> = pairs.iter().copied().collect();
            for from in pairs.iter().map(|(key, _)| *key).chain(["", "de:b", "z"]) {
                let records = records(&families, from);
                let found = records.iter().flat_map(|(key, words)| words.iter().map(|word| (key.as_str(), word.as_str())));
                let expected = all.iter().copied().filter(|(key, _)| *key >= from);
                prop_assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
            }
        }

        #[test]
        fn damage_is_no_trouble(bytes in proptest::collection::vec(any::<u8>(), 0..200), from in "[a-z:<]{0,4}") {
            if let Some(families) = Families::read(OwnedBytes::new(bytes)) {
                records(&families, &from);
            }
        }
    }
}
