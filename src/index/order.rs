//! The articles found, in order, as compactly as they can be kept.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};

use super::collect::{bases, score_of};
use super::schema::column;
use crate::query::Sort;

/// The articles that a search has found, in order: eight bytes each.
///
/// Belongs to the state of the index that was searched, and stays valid whatever is written later.
#[derive(Clone)]
pub struct Order {
    /// The rank above, the number of the document below.
    keys: Arc<[u64]>,
    bases: Arc<[u32]>,
    searcher: Searcher,
    sort: Sort,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order").field("len", &self.len()).field("sort", &self.sort).finish_non_exhaustive()
    }
}

impl Order {
    /// The order of `keys`, which are sorted; those of equal rank are put in the order of their
    /// titles, then of their ids, so that the same articles always come in the same order.
    pub(crate) fn new(searcher: &Searcher, mut keys: Vec<u64>, sort: Sort) -> tantivy::Result<Order> {
        let bases: Arc<[u32]> = bases(searcher).into();
        let ties = Ties::open(searcher, &bases)?;
        for equal in keys.chunk_by_mut(|one, other| one >> 32 == other >> 32).filter(|equal| equal.len() > 1) {
            ties.settle(equal, sort)?;
        }
        Ok(Order { keys: keys.into(), bases, searcher: searcher.clone(), sort })
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

    /// Where the article at place `at` stands in the index.
    pub(crate) fn address(&self, at: usize) -> DocAddress {
        address(&self.bases, self.keys[at] as u32)
    }

    /// How good a match the article at place `at` is.
    pub(crate) fn score(&self, at: usize) -> Option<f32> {
        (self.sort == Sort::Relevance).then(|| score_of(self.keys[at]))
    }

    /// The place of the document with this number.
    pub(crate) fn place_of(&self, number: u32) -> Option<usize> {
        self.keys.iter().position(|key| *key as u32 == number)
    }
}

/// The segment and document of a number.
fn address(bases: &[u32], number: u32) -> DocAddress {
    let segment = bases.partition_point(|base| *base <= number).saturating_sub(1);
    DocAddress::new(segment as u32, number - bases[segment])
}

/// What settles the order of articles of equal rank.
struct Ties<'a> {
    searcher: &'a Searcher,
    bases: &'a [u32],
    /// Beginning of the title, id, file; by segment.
    columns: Vec<[Column<u64>; 3]>,
}

impl Ties<'_> {
    fn open<'a>(searcher: &'a Searcher, bases: &'a [u32]) -> tantivy::Result<Ties<'a>> {
        let columns = searcher
            .segment_readers()
            .iter()
            .map(|segment| {
                let fast = segment.fast_fields();
                Ok([fast.u64(column::TITLE_START)?, fast.u64(column::ID)?, fast.u64(column::FILE)?])
            })
            .collect::<tantivy::Result<_>>()?;
        Ok(Ties { searcher, bases, columns })
    }

    fn settle(&self, equal: &mut [u64], sort: Sort) -> tantivy::Result<()> {
        let value = |key: u64, which: usize| {
            let address = address(self.bases, key as u32);
            self.columns[address.segment_ord as usize][which].first(address.doc_id).unwrap_or(u64::MAX)
        };
        let mut keyed: Vec<(u64, u64)> = equal.iter().map(|key| (value(*key, 0), *key)).collect();
        keyed.sort_unstable();
        for same in keyed.chunk_by_mut(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
            let mut titled = Vec::with_capacity(same.len());
            for (_, key) in &*same {
                let title = if sort == Sort::Title { self.title(*key)? } else { String::new() };
                titled.push((title, value(*key, 1), value(*key, 2), *key));
            }
            titled.sort_unstable();
            for (slot, (.., key)) in same.iter_mut().zip(titled) {
                slot.1 = key;
            }
        }
        for (slot, (_, key)) in equal.iter_mut().zip(keyed) {
            *slot = key;
        }
        Ok(())
    }

    /// The folded title of the document of a key.
    fn title(&self, key: u64) -> tantivy::Result<String> {
        let address = address(self.bases, key as u32);
        let mut title = String::new();
        if let Some(titles) = self.searcher.segment_reader(address.segment_ord).fast_fields().str(column::TITLE_KEY)?
            && let Some(at) = titles.ords().first(address.doc_id)
        {
            titles.ord_to_str(at, &mut title)?;
        }
        Ok(title)
    }
}
