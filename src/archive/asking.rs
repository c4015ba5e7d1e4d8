//! What a question depends on beside the query.

use std::sync::Arc;

use chrono::NaiveDate;

use super::texts::Texts;
use crate::article::{ArticleId, IdSet};
use crate::marks::Snapshot;
use crate::query::Set;
use crate::text::fold::fold;

/// What a question depends on beside the query.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// The day that `date:today` means.
    pub today: NaiveDate,
    /// Asked now and then; once it says true, the question is given up, without an answer.
    pub cancelled: &'a dyn Fn() -> bool,
    /// Whether typing errors are forgiven when nothing is found, and then, whether as many of the words
    /// as can be are enough.
    pub forgiving: bool,
    /// Whether what has the most telling of several words is wanted as well, below what has all of them:
    /// [`Found::more`](super::Found::more).
    pub more: bool,
    /// Where the texts are. With them, what has the most telling of many words is put in order also by what
    /// the best of it has in common.
    pub texts: Option<&'a dyn Texts>,
    /// The reader's own marks; without them no article is marked.
    pub marks: Option<&'a dyn Marks>,
}

impl Asking<'_> {
    /// A question of this day that is never given up, takes every word at its letters, and knows of no marks.
    pub fn new(today: NaiveDate) -> Asking<'static> {
        Asking { today, cancelled: &|| false, forgiving: false, more: false, texts: None, marks: None }
    }
}

/// The reader's own marks, as sets of ids.
pub trait Marks {
    /// The articles of a set; `None` where nothing is known of it: then every article is unread, and none is
    /// marked otherwise.
    fn ids(&self, set: &Set) -> Option<MarkedIds>;

    /// When the last visit to the collection ended, in milliseconds since 1970: what came since is new. `None`
    /// before the first one ended.
    fn visited(&self) -> Option<i64>;
}

/// Which articles are marked in some way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedIds {
    /// The articles.
    pub ids: Arc<IdSet>,
    /// True where it is all articles but these.
    pub all_but: bool,
}

impl Marks for Snapshot {
    fn ids(&self, set: &Set) -> Option<MarkedIds> {
        let (ids, all_but) = match set {
            Set::Unread => (self.read.clone(), true),
            Set::Read => (self.read.clone(), false),
            Set::Starred => (self.starred.clone(), false),
            Set::Tagged(name) => (self.tagged(name).cloned().unwrap_or_default(), false),
            Set::Untagged => (self.with_tags(), true),
            Set::WithNote => (self.noted(), false),
            Set::Noted(text) => {
                let wanted = fold(text);
                let holds = |id: &ArticleId| self.note(*id).is_some_and(|note| fold(note).contains(&wanted));
                (self.noted().iter().filter(holds).collect(), false)
            }
            Set::New | Set::Added(_) | Set::Story(_) | Set::First | Set::Copy | Set::Like(_) => return None,
        };
        Some(MarkedIds { ids: Arc::new(ids), all_but })
    }

    fn visited(&self) -> Option<i64> {
        self.visited
    }
}
