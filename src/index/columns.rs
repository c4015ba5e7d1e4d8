//! The columns that every search reads.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{Searcher, SegmentReader};

use super::schema::column;

/// The columns of a segment that every search reads. To find them by their names and to open them
/// takes longer than to look at a few hundred articles, so it is done once.
pub(crate) struct Columns {
    pub id: Option<Column<u64>>,
    pub moment: Option<Column<i64>>,
    pub first: Option<Column<i64>>,
    pub last: Option<Column<i64>>,
    pub languages: Option<StrColumn>,
    pub sources: Option<StrColumn>,
}

impl Columns {
    /// Those of all segments, in their order.
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<Arc<[Columns]>> {
        searcher.segment_readers().iter().map(Columns::open).collect()
    }

    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let fast = segment.fast_fields();
        Ok(Columns {
            id: fast.column_opt(column::ID)?,
            moment: fast.column_opt(column::MOMENT)?,
            first: fast.column_opt(column::FIRST)?,
            last: fast.column_opt(column::LAST)?,
            languages: fast.str(column::LANGUAGE)?,
            sources: fast.str(column::SOURCE)?,
        })
    }
}
