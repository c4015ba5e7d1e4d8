//! The articles found, in order, as compactly as they can be kept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use super::collect::{bases, score_of};
use super::columns::Columns;
use super::schema::column;
use crate::query::Sort;

/// More articles of equal rank than this stay in the order of the index: nobody looks for the place
/// of one among so many, and settling them would take longer than finding them.
const MOST_EQUAL: usize = 50_000;

/// The articles that a search has found, in order: eight bytes each.
///
/// Articles of equal rank stand in the order of their titles, then of their ids, so that the same
/// articles come in the same order every time. That is settled when somebody looks there.
///
/// Belongs to the state of the index that was searched, and stays valid whatever is written later.
#[derive(Clone)]
pub struct Order {
    /// The rank above, the number of the document below; in ascending order.
    keys: Arc<[u64]>,
    bases: Arc<[u32]>,
    searcher: Searcher,
    columns: Arc<[Columns]>,
    sort: Sort,
    /// Runs of equal rank in their settled order, by the place where they begin.
    settled: Arc<Mutex<BTreeMap<usize, Arc<[u64]>>>>,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order").field("len", &self.len()).field("sort", &self.sort).finish_non_exhaustive()
    }
}

impl Order {
    /// The order of `keys`, which are sorted.
    pub(crate) fn new(searcher: &Searcher, columns: Arc<[Columns]>, keys: Vec<u64>, sort: Sort) -> Order {
        let bases = bases(searcher).into();
        Order { keys: keys.into(), bases, searcher: searcher.clone(), columns, sort, settled: Arc::default() }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// True without any article.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The columns of the segments of its searcher.
    pub(crate) fn columns(&self) -> &[Columns] {
        &self.columns
    }

    /// Where the article at place `at` stands in the index.
    pub(crate) fn address(&self, at: usize) -> tantivy::Result<DocAddress> {
        let run = self.run(self.keys[at]);
        let key = match self.settled(&run)? {
            Some(settled) => settled[at - run.start],
            None => self.keys[at],
        };
        Ok(address(&self.bases, key as u32))
    }

    /// How good a match the article at place `at` is.
    pub(crate) fn score(&self, at: usize) -> Option<f32> {
        (self.sort == Sort::Relevance).then(|| score_of(self.keys[at]))
    }

    /// The place of the document with this number.
    pub(crate) fn place_of(&self, number: u32) -> tantivy::Result<Option<usize>> {
        let Some(at) = self.keys.iter().position(|key| *key as u32 == number) else {
            return Ok(None);
        };
        let run = self.run(self.keys[at]);
        Ok(Some(match self.settled(&run)? {
            Some(settled) => run.start + settled.iter().position(|key| *key as u32 == number).unwrap_or(0),
            None => at,
        }))
    }

    /// The places of equal rank with `key`.
    fn run(&self, key: u64) -> Range<usize> {
        let rank = key >> 32;
        let start = self.keys.partition_point(|key| key >> 32 < rank);
        start..start + self.keys[start..].partition_point(|key| key >> 32 == rank)
    }

    /// The settled order of a run; `None` for runs that are in order as they are.
    fn settled(&self, run: &Range<usize>) -> tantivy::Result<Option<Arc<[u64]>>> {
        if !(2..=MOST_EQUAL).contains(&run.len()) {
            return Ok(None);
        }
        let mut known = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settled) = known.get(&run.start) {
            return Ok(Some(settled.clone()));
        }
        let settled: Arc<[u64]> = settle(&self.searcher, &self.bases, &self.keys[run.clone()])?.into();
        known.insert(run.start, settled.clone());
        Ok(Some(settled))
    }
}

/// The segment and document of a number.
fn address(bases: &[u32], number: u32) -> DocAddress {
    let segment = bases.partition_point(|base| *base <= number).saturating_sub(1);
    DocAddress::new(segment as u32, number - bases[segment])
}

/// `equal` in the order of their titles' beginnings, then of their ids, then of their files.
fn settle(searcher: &Searcher, bases: &[u32], equal: &[u64]) -> tantivy::Result<Vec<u64>> {
    let mut columns: Vec<[Column<u64>; 3]> = Vec::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        columns.push([fast.u64(column::TITLE_START)?, fast.u64(column::ID)?, fast.u64(column::FILE)?]);
    }
    let keyed = equal.iter().map(|key| {
        let address = address(bases, *key as u32);
        let columns = &columns[address.segment_ord as usize];
        let values = [0, 1, 2].map(|which: usize| columns[which].first(address.doc_id).unwrap_or(u64::MAX));
        (values, *key)
    });
    let mut keyed: Vec<([u64; 3], u64)> = keyed.collect();
    keyed.sort_unstable();
    Ok(keyed.into_iter().map(|(_, key)| key).collect())
}

/// The place of each title among the titles of all segments.
pub(crate) struct TitleRanks(Vec<Vec<u32>>);

impl TitleRanks {
    /// Merges the titles of the segments, each of which holds its own in order.
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<TitleRanks> {
        let mut titles = Vec::new();
        for segment in searcher.segment_readers() {
            titles.push(segment.fast_fields().str(column::TITLE_KEY)?);
        }
        let mut ranks = vec![Vec::new(); titles.len()];
        let mut streams = Vec::new();
        let mut next = BinaryHeap::new();
        for (at, titles) in titles.iter().enumerate() {
            let Some(titles) = titles else { continue };
            let mut stream = titles.dictionary().stream()?;
            ranks[at].reserve(titles.num_terms());
            if stream.advance() {
                next.push(Reverse((stream.key().to_vec(), at, streams.len())));
            }
            streams.push(stream);
        }
        let mut rank = 0;
        let mut last: Vec<u8> = Vec::new();
        while let Some(Reverse((title, at, stream))) = next.pop() {
            if title != last {
                rank += 1;
                last.clone_from(&title);
            }
            // Articles without any letter in the title come last.
            ranks[at].push(if title.is_empty() { u32::MAX } else { rank });
            if streams[stream].advance() {
                next.push(Reverse((streams[stream].key().to_vec(), at, stream)));
            }
        }
        Ok(TitleRanks(ranks))
    }

    /// The places of a segment's titles, by their number in it.
    pub(crate) fn of_segment(&self, at: usize) -> &[u32] {
        self.0.get(at).map_or(&[], Vec::as_slice)
    }
}
