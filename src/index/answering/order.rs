//! The articles found, in order, as compactly as they can be kept.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::columnar::Column;
use tantivy::query::RangeQuery;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError, Term};

use super::collect;
use super::columns::Columns;
use super::rank::{SORTED, bases, score_of};
use super::state::State;
use crate::archive::{Answer, Order, Outcome, Row};
use crate::article::ArticleId;
use crate::index::store::manifest::mark_damaged;
use crate::index::store::schema::StoredRow;
use crate::query::Sort;

/// What is told of a row that is not as it was written.
const DAMAGED_ROW: &str = "the record of an article is damaged; the index is rebuilt at the next start";
/// So many ids are told between two questions whether anybody still wants them.
const IDS_UNCHECKED: usize = 4096;
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
pub(crate) struct IndexOrder {
    keys: Arc<Keys>,
    bases: Arc<[u32]>,
    state: State,
    sort: Sort,
    /// Runs of equal rank in their settled order, by the place where they begin.
    settled: Arc<Mutex<BTreeMap<usize, Arc<[u64]>>>>,
}

impl std::fmt::Debug for IndexOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexOrder").field("len", &self.keys.len).field("sort", &self.sort).finish_non_exhaustive()
    }
}

impl IndexOrder {
    /// The order of `keys`, as a [`Pass`](super::collect::Pass) has them.
    pub(crate) fn new(state: State, keys: Vec<u64>, sort: Sort) -> IndexOrder {
        let bases = bases(&state.searcher).into();
        IndexOrder { keys: Arc::new(Keys::new(keys)), bases, state, sort, settled: Arc::default() }
    }

    /// How many articles there are.
    pub(crate) fn count(&self) -> usize {
        self.keys.len
    }

    /// By what it is ordered.
    pub(crate) fn sort(&self) -> Sort {
        self.sort
    }

    /// The engine's state that it belongs to.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.state.searcher
    }

    /// Where the article at place `at` stands in the index.
    pub(crate) fn address(&self, at: usize) -> DocAddress {
        let run = self.keys.run(at);
        let key = match self.settled(run.start, self.keys.of(&run)) {
            Some(settled) => settled[at - run.start],
            None => self.keys.at(at),
        };
        address(&self.bases, key as u32)
    }

    /// How good a match the article at place `at` is.
    pub(crate) fn score(&self, at: usize) -> Option<f32> {
        (self.sort == Sort::Relevance).then(|| score_of(self.keys.at(at)))
    }

    /// The place of the document with this number.
    fn place_of_number(&self, number: u32) -> Option<usize> {
        let (start, equal) = self.keys.beside(number)?;
        let settled = self.settled(start, &equal);
        let run = settled.as_deref().unwrap_or(&equal);
        run.iter().position(|key| *key as u32 == number).map(|at| start + at)
    }

    /// Those of some places that there are.
    fn within(&self, places: Range<usize>) -> Range<usize> {
        let end = places.end.min(self.count());
        places.start.min(end)..end
    }

    /// The id of an article, which a whole index has of each.
    fn id(&self, address: DocAddress) -> Option<ArticleId> {
        let columns = self.state.columns.segments.get(address.segment_ord as usize)?;
        columns.id.as_ref()?.first(address.doc_id).map(ArticleId)
    }

    /// Reads the row at a place.
    fn row(&self, at: usize) -> tantivy::Result<Row> {
        let address = self.address(at);
        let document: TantivyDocument = self.state.searcher.doc(address)?;
        let stored = document.get_first(self.state.fields.record);
        let stored = stored.as_ref().and_then(|value| value.as_bytes()).zip(self.id(address));
        let row = stored.and_then(|(bytes, id)| StoredRow::from_bytes(bytes, id));
        let added = self.state.columns.segments.get(address.segment_ord as usize);
        let added = added.and_then(|columns| columns.added.as_ref()?.first(address.doc_id));
        let (record, origin, opening) = row.ok_or_else(|| TantivyError::InternalError(DAMAGED_ROW.to_owned()))?;
        Ok(Row { record, origin, opening, added, score: self.score(at) })
    }

    /// The settled order of the run `equal`, which begins at a place; `None` for runs that are in order as
    /// they are.
    fn settled(&self, start: usize, equal: &[u64]) -> Option<Arc<[u64]>> {
        if !(2..=MOST_EQUAL).contains(&equal.len()) {
            return None;
        }
        let mut known = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settled) = known.get(&start) {
            return Some(settled.clone());
        }
        let settled: Arc<[u64]> = settle(&self.state.columns, &self.bases, equal).into();
        known.insert(start, settled.clone());
        Some(settled)
    }
}

impl Order for IndexOrder {
    fn len(&self) -> usize {
        self.count()
    }

    fn rows(&self, places: Range<usize>, _: &dyn Fn() -> bool) -> Outcome<Vec<Row>> {
        let rows = self.state.caught(|| self.within(places).map(|at| self.row(at)).collect());
        if rows.is_err()
            && let Err(error) = mark_damaged(&self.state.folder)
        {
            tracing::warn!("that the index is damaged cannot be noted: {error}");
        }
        rows.map(|rows| Some(Answer::whole(rows)))
    }

    fn ids(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<ArticleId>> {
        let mut ids = Vec::new();
        for (at, place) in self.within(places).enumerate() {
            if at % IDS_UNCHECKED == 0 && cancelled() {
                return Ok(None);
            }
            ids.extend(self.id(self.address(place)));
        }
        Ok(Some(Answer::whole(ids)))
    }

    fn place_of(&self, id: ArticleId, cancelled: &dyn Fn() -> bool) -> Outcome<Option<usize>> {
        let State { searcher, columns, fields, .. } = &self.state;
        self.state.caught(|| {
            let id = Term::from_field_u64(fields.id, id.0);
            let query = RangeQuery::new(Bound::Included(id.clone()), Bound::Included(id));
            let Some(pass) = collect::pass(searcher, columns, &query, Sort::Newest, None, cancelled)? else {
                return Ok(None);
            };
            let places = pass.keys.into_iter().filter_map(|key| self.place_of_number(key as u32));
            Ok(Some(Answer::whole(places.min())))
        })
    }
}

/// The keys of an order, each the rank above and the number of the document below: the smaller come first.
///
/// Most orders are of many articles, of which a screen shows the first. To put the rest in order takes
/// longer than to find them, so that is done when somebody looks there.
struct Keys {
    len: usize,
    /// The first ones in order.
    first: Box<[u64]>,
    /// All of them, the first ones in order; nothing as soon as there is `all`.
    unordered: Mutex<Vec<u64>>,
    all: OnceLock<Box<[u64]>>,
}

impl Keys {
    fn new(keys: Vec<u64>) -> Keys {
        let (len, first) = (keys.len(), keys[..keys.len().min(SORTED)].into());
        Keys { len, first, unordered: Mutex::new(keys), all: OnceLock::new() }
    }

    fn all(&self) -> &[u64] {
        self.all.get_or_init(|| {
            let mut keys = std::mem::take(&mut *self.unordered.lock().unwrap_or_else(PoisonError::into_inner));
            keys.sort_unstable();
            keys.into()
        })
    }

    fn at(&self, at: usize) -> u64 {
        self.first.get(at).copied().unwrap_or_else(|| self.all()[at])
    }

    fn of(&self, places: &Range<usize>) -> &[u64] {
        self.first.get(places.clone()).unwrap_or_else(|| &self.all()[places.clone()])
    }

    /// The places of equal rank with the one at `at`.
    fn run(&self, at: usize) -> Range<usize> {
        let run = |keys: &[u64]| {
            let rank = keys[at] >> 32;
            let start = keys.partition_point(|key| key >> 32 < rank);
            start..start + keys[start..].partition_point(|key| key >> 32 == rank)
        };
        let run_of_first = (at < self.first.len()).then(|| run(&self.first));
        // A run that goes to the end of the first ones may go on behind.
        match run_of_first.filter(|run| run.end < self.first.len() || self.len == self.first.len()) {
            Some(run) => run,
            None => run(self.all()),
        }
    }

    /// All keys of equal rank with that of a document, in order, and the place where they begin.
    fn beside(&self, number: u32) -> Option<(usize, Vec<u64>)> {
        let unordered = self.unordered.lock().unwrap_or_else(PoisonError::into_inner);
        if !unordered.is_empty() {
            return beside(&unordered, number);
        }
        // Whoever puts all in order takes them from there.
        drop(unordered);
        beside(self.all(), number)
    }
}

/// Those of `keys` of equal rank with that of a document, in order, and how many are smaller.
fn beside(keys: &[u64], number: u32) -> Option<(usize, Vec<u64>)> {
    let rank = keys.iter().find(|key| **key as u32 == number)? >> 32;
    let start = keys.iter().filter(|key| **key >> 32 < rank).count();
    let mut equal: Vec<u64> = keys.iter().copied().filter(|key| key >> 32 == rank).collect();
    equal.sort_unstable();
    Some((start, equal))
}

/// The segment and document of a number.
fn address(bases: &[u32], number: u32) -> DocAddress {
    let segment = bases.partition_point(|base| *base <= number).saturating_sub(1);
    DocAddress::new(segment as u32, number - bases[segment])
}

/// `equal` in the order of their titles' beginnings, then of their ids, then of their files.
fn settle(columns: &Columns, bases: &[u32], equal: &[u64]) -> Vec<u64> {
    let keyed = equal.iter().map(|key| {
        let address = address(bases, *key as u32);
        let columns = columns.segments.get(address.segment_ord as usize);
        let values = columns.map(|columns| [&columns.title_start, &columns.id, &columns.file]);
        let value = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(address.doc_id));
        (values.map(|values| values.map(|column| value(column).unwrap_or(u64::MAX))), *key)
    });
    let mut keyed: Vec<(Option<[u64; 3]>, u64)> = keyed.collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, key)| key).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_stands_nowhere() {
        let keys = Keys::new(Vec::new());
        assert_eq!(keys.beside(7), None);
        assert!(keys.all().is_empty());
        assert_eq!(keys.beside(7), None);
    }

    proptest! {
        #[test]
        fn keys_are_where_they_would_be_in_order(
            ranks in prop::collection::vec(0u64..40, 1..3 * SORTED),
            places in prop::collection::vec(0usize..3 * SORTED, 1..20),
        ) {
            let mut keys: Vec<u64> = ranks.iter().zip(0u64..).map(|(rank, number)| rank << 32 | number).collect();
            let mut expected = keys.clone();
            expected.sort_unstable();
            let sorted = keys.len().min(SORTED);
            if sorted < keys.len() {
                keys.select_nth_unstable(sorted);
            }
            keys[..sorted].sort_unstable();
            let keys = Keys::new(keys);
            for at in places.into_iter().map(|at| at % expected.len()) {
                let key = expected[at];
                let start = expected.partition_point(|other| other >> 32 < key >> 32);
                let end = expected.partition_point(|other| other >> 32 <= key >> 32);
                let beside = keys.beside(key as u32);
                prop_assert_eq!(beside, Some((start, expected[start..end].to_vec())));
                prop_assert_eq!(keys.run(at), start..end);
                prop_assert_eq!(keys.of(&(start..end)), &expected[start..end]);
                prop_assert_eq!(keys.at(at), key);
            }
            prop_assert_eq!(keys.beside(u32::MAX), None);
        }
    }
}
