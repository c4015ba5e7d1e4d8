//! What a question depends on beside the query.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::article::ArticleId;
use crate::query::Set;

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
    /// The reader's own marks; without them no article is marked.
    pub marks: Option<&'a dyn Marks>,
}

impl Asking<'_> {
    /// A question of this day that is never given up, takes every word at its letters, and knows of no marks.
    pub fn new(today: NaiveDate) -> Asking<'static> {
        Asking { today, cancelled: &|| false, forgiving: false, marks: None }
    }
}

/// The reader's own marks, as sets of ids.
pub trait Marks {
    /// The articles of a set; `None` where nothing is known of it: then every article is unread, and none is
    /// marked otherwise.
    fn ids(&self, set: &Set) -> Option<MarkedIds>;
}

/// Which articles are marked in some way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedIds {
    /// The articles.
    pub ids: Arc<IdSet>,
    /// True where it is all articles but these.
    pub all_but: bool,
}

/// A set of articles by their ids: sorted, eight bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdSet(Box<[u64]>);

impl IdSet {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True without any.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this article is one of them.
    pub fn contains(&self, id: ArticleId) -> bool {
        self.0.binary_search(&id.0).is_ok()
    }

    /// All of them, the smallest number first.
    pub fn iter(&self) -> impl Iterator<Item = ArticleId> {
        self.0.iter().map(|id| ArticleId(*id))
    }
}

impl FromIterator<ArticleId> for IdSet {
    fn from_iter<I: IntoIterator<Item = ArticleId>>(ids: I) -> IdSet {
        let mut ids: Vec<u64> = ids.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        IdSet(ids.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_each_id_once_and_in_order() {
        let set: IdSet = [7, 3, 7, 1].into_iter().map(ArticleId).collect();
        assert_eq!(set.iter().map(|id| id.0).collect::<Vec<_>>(), [1, 3, 7]);
        assert_eq!(set.len(), 3);
        assert!(set.contains(ArticleId(3)) && !set.contains(ArticleId(2)));
        assert!(IdSet::default().is_empty());
    }
}
