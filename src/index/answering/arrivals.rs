//! The order in which articles came into the pile.

use std::collections::BTreeSet;

use tantivy::Searcher;

use super::rank::days_back;
use super::segment::SegmentColumns;

/// How many arrivals are told apart: what is left of the number of a rank beside the day.
const MOST: usize = 1 << 12;

/// The moments at which articles came in. What one import brought came at one moment, so there are few.
pub(crate) struct Arrivals {
    /// Milliseconds since 1970, rising, each once.
    moments: Vec<i64>,
}

impl Arrivals {
    /// Those of all articles.
    pub(crate) fn of(searcher: &Searcher, columns: &[SegmentColumns]) -> Arrivals {
        let mut moments = BTreeSet::new();
        for (segment, columns) in searcher.segment_readers().iter().zip(columns) {
            let Some(added) = &columns.added else { continue };
            let mut last = None;
            for doc in segment.doc_ids_alive() {
                // Articles that stand beside one another mostly came together.
                let moment = added.first(doc);
                if moment != last {
                    last = moment;
                    moments.extend(moment);
                }
            }
        }
        Arrivals { moments: moments.into_iter().collect() }
    }

    /// The place of an article: what came last is first, of one import the newest by date, and at the end that of
    /// which nothing is known.
    pub(crate) fn rank(&self, added: Option<i64>, minutes: u32) -> u32 {
        let Some(added) = added else { return u32::MAX };
        let after = self.moments.len() - self.moments.partition_point(|moment| *moment <= added);
        // Of more arrivals than can be told apart, the oldest stand together.
        (after.min(MOST - 2) as u32) << 20 | days_back(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::answering::rank::{UNDATED, minutes};

    #[test]
    fn what_came_last_is_first() {
        let arrivals = Arrivals { moments: (0..10_000).collect() };
        let day = |day: i64| minutes(day * 1440);
        let ranks = [
            arrivals.rank(Some(9_999), day(9)),
            arrivals.rank(Some(9_999), day(3)),
            arrivals.rank(Some(9_999), UNDATED),
            arrivals.rank(Some(9_998), day(9)),
            arrivals.rank(Some(0), day(9)),
            arrivals.rank(None, day(9)),
        ];
        assert!(ranks.is_sorted_by(|one, other| one < other), "{ranks:?}");
        assert_eq!(arrivals.rank(Some(1), day(9)), arrivals.rank(Some(0), day(9)), "long ago");
    }
}
