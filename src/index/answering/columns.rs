//! The columns that every search reads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tantivy::Searcher;

use super::arrivals::Arrivals;
use super::kinds::Kinds;
use super::segment::SegmentColumns;

/// The columns of all segments, in their order.
pub(crate) struct Columns {
    pub segments: Vec<SegmentColumns>,
    /// How many articles were counted by kind so far.
    counted: AtomicUsize,
    kinds: OnceLock<Kinds>,
    arrivals: OnceLock<Arrivals>,
}

impl Columns {
    /// Those of all segments.
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<Arc<Columns>> {
        let segments = searcher.segment_readers().iter().map(SegmentColumns::open).collect::<tantivy::Result<_>>()?;
        Ok(Arc::new(Columns {
            segments,
            counted: AtomicUsize::new(0),
            kinds: OnceLock::new(),
            arrivals: OnceLock::new(),
        }))
    }

    /// The kinds of all articles, as soon as so many were looked up one by one that it takes no longer to
    /// look up all: a program that searches once never waits for it, and one that goes on soon has them.
    pub(crate) fn kinds(&self, searcher: &Searcher) -> tantivy::Result<Option<&Kinds>> {
        if self.kinds.get().is_none() && self.counted.load(Ordering::Relaxed) < searcher.num_docs() as usize {
            return Ok(None);
        }
        self.all_kinds(searcher).map(Some)
    }

    /// The kinds of all articles.
    pub(crate) fn all_kinds(&self, searcher: &Searcher) -> tantivy::Result<&Kinds> {
        if let Some(kinds) = self.kinds.get() {
            return Ok(kinds);
        }
        let kinds = Kinds::of(searcher, &self.segments)?;
        Ok(self.kinds.get_or_init(|| kinds))
    }

    /// When articles came into the pile: looked up once, when somebody asks for that order.
    pub(crate) fn arrivals(&self, searcher: &Searcher) -> &Arrivals {
        self.arrivals.get_or_init(|| Arrivals::of(searcher, &self.segments))
    }

    /// Notes that so many articles were looked up.
    pub(crate) fn note_counted(&self, articles: usize) {
        self.counted.fetch_add(articles, Ordering::Relaxed);
    }
}
