//! The columns of one segment.

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use crate::index::store::schema::column;

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
    /// When each article came into the pile.
    pub added: Option<Column<i64>>,
    /// Only where some article has no text: in most piles every one has, and nothing needs to be looked up.
    pub textless: Option<Column<u64>>,
}

impl SegmentColumns {
    /// Those of a segment.
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<SegmentColumns> {
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
            added: fast.column_opt(column::ADDED)?,
            textless: fast.column_opt(column::TEXTLESS)?.filter(|textless| textless.max_value() > 0),
        })
    }
}
