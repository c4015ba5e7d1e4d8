//! The columns that every search reads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{Searcher, SegmentReader};

use super::kinds::Kinds;
use super::schema::column;

/// The columns of all segments, in their order.
pub(crate) struct Columns {
    pub segments: Vec<SegmentColumns>,
    /// How many articles were counted by kind so far.
    counted: AtomicUsize,
    kinds: OnceLock<Kinds>,
}

/// The columns of a segment that every search reads. To find them by their names and to open them
/// takes longer than to look at a few hundred articles, so it is done once.
pub(crate) struct SegmentColumns {
    pub id: Option<Column<u64>>,
    pub moment: Option<Column<i64>>,
    pub first: Option<Column<i64>>,
    pub last: Option<Column<i64>>,
    pub languages: Option<StrColumn>,
    pub sources: Option<StrColumn>,
    /// By what articles of equal rank are put in order: the beginning of the title, the id, the file.
    pub title_start: Option<Column<u64>>,
    pub file: Option<Column<u64>>,
    /// Only where some article has no text: in most piles every one has, and nothing needs to be looked up.
    pub textless: Option<Column<u64>>,
}

impl Columns {
    /// Those of all segments.
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<Arc<Columns>> {
        let segments = searcher.segment_readers().iter().map(SegmentColumns::open).collect::<tantivy::Result<_>>()?;
        Ok(Arc::new(Columns { segments, counted: AtomicUsize::new(0), kinds: OnceLock::new() }))
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

    /// Notes that so many articles were looked up.
    pub(crate) fn note_counted(&self, articles: usize) {
        self.counted.fetch_add(articles, Ordering::Relaxed);
    }
}

impl SegmentColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<SegmentColumns> {
        let fast = segment.fast_fields();
        Ok(SegmentColumns {
            id: fast.column_opt(column::ID)?,
            moment: fast.column_opt(column::MOMENT)?,
            first: fast.column_opt(column::FIRST)?,
            last: fast.column_opt(column::LAST)?,
            languages: fast.str(column::LANGUAGE)?,
            sources: fast.str(column::SOURCE)?,
            title_start: fast.column_opt(column::TITLE_START)?,
            file: fast.column_opt(column::FILE)?,
            textless: fast.column_opt(column::TEXTLESS)?.filter(|textless| textless.max_value() > 0),
        })
    }
}
