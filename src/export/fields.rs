//! The reader's marks on an article, as they leave the program.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;

use crate::article::ArticleId;
use crate::marks::Snapshot;

/// The reader's own marks on an article: the field `marks` of its record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReaderMarks {
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// The reader's tags, by name.
    pub tags: Vec<String>,
    /// The note beside it.
    pub note: Option<String>,
    /// When it came into the pile, where that is known: RFC 3339, UTC.
    pub added: Option<String>,
}

impl ReaderMarks {
    /// The marks on an article, which was first seen at `added`, in milliseconds since 1970.
    pub fn of(id: ArticleId, marks: &Snapshot, added: Option<i64>) -> ReaderMarks {
        ReaderMarks {
            read: marks.read.contains(id),
            starred: marks.starred.contains(id),
            tags: marks.tags_of(id).into_iter().map(ToString::to_string).collect(),
            note: marks.note(id).map(str::to_owned),
            added: added
                .and_then(DateTime::from_timestamp_millis)
                .map(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true)),
        }
    }
}
