//! A set of articles by their ids: how marks reach a search.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ArticleId;

/// A set of articles that is cheap to copy and cheap to change a little, however large it is.
///
/// Most of it is one sorted list that copies share; what was added and removed since stands beside
/// it. A star on one article of a million costs no copy of the million, and a search that holds an
/// older copy goes on with that.
///
/// ```
/// use newsstand::article::{ArticleId, IdSet};
///
/// let read: IdSet = [ArticleId(1), ArticleId(2)].into_iter().collect();
/// let mut later = read.clone();
/// later.insert(ArticleId(3));
/// assert!(later.contains(ArticleId(3)) && !read.contains(ArticleId(3)));
/// assert_eq!(later.len(), 3);
/// ```
#[derive(Clone, Debug, Default)]
pub struct IdSet {
    /// Sorted, each once.
    base: Arc<Vec<u64>>,
    /// Ids whose membership differs from `base`: true where they are in the set.
    changed: Arc<BTreeMap<u64, bool>>,
    /// How many ids are in the set.
    len: usize,
}

/// Changes beside the list are merged into it when they are more than this, or more than a
/// sixteenth of it: merging a million then costs a mark less than a microsecond on the whole.
const FEW: usize = 1_024;

impl IdSet {
    /// A set without articles.
    pub fn new() -> IdSet {
        IdSet::default()
    }

    /// True when the article is in the set.
    pub fn contains(&self, id: ArticleId) -> bool {
        match self.changed.get(&id.0) {
            Some(is_in) => *is_in,
            None => self.base.binary_search(&id.0).is_ok(),
        }
    }

    /// How many articles are in the set.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when no article is in the set.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Puts an article into the set; true when it was not there.
    pub fn insert(&mut self, id: ArticleId) -> bool {
        self.put(id, true)
    }

    /// Takes an article out of the set; true when it was there.
    pub fn remove(&mut self, id: ArticleId) -> bool {
        self.put(id, false)
    }

    fn put(&mut self, id: ArticleId, is_in: bool) -> bool {
        if self.contains(id) == is_in {
            return false;
        }
        self.len = if is_in { self.len + 1 } else { self.len - 1 };
        let changed = Arc::make_mut(&mut self.changed);
        // What is as in the list again is no change.
        if changed.remove(&id.0).is_none() {
            changed.insert(id.0, is_in);
        }
        if self.changed.len() > FEW.max(self.base.len() / 16) {
            self.base = Arc::new(self.iter().map(|id| id.0).collect());
            self.changed = Arc::default();
        }
        true
    }

    /// The articles, by rising id.
    pub fn iter(&self) -> impl Iterator<Item = ArticleId> + '_ {
        let mut base = self.base.iter().copied().peekable();
        let mut changed = self.changed.iter().map(|(id, is_in)| (*id, *is_in)).peekable();
        std::iter::from_fn(move || {
            loop {
                match (base.peek().copied(), changed.peek().copied()) {
                    (Some(id), Some((other, _))) if id < other => return base.next().map(ArticleId),
                    (Some(id), Some((other, is_in))) => {
                        changed.next();
                        if id == other {
                            base.next();
                        }
                        if is_in {
                            return Some(ArticleId(other));
                        }
                    }
                    (Some(_), None) => return base.next().map(ArticleId),
                    (None, Some((other, is_in))) => {
                        changed.next();
                        if is_in {
                            return Some(ArticleId(other));
                        }
                    }
                    (None, None) => return None,
                }
            }
        })
    }

    /// True when both are the same copy, so that what was worked out from one holds for the other.
    /// False says nothing: they may hold the same articles all the same.
    pub fn is_same_copy(&self, other: &IdSet) -> bool {
        Arc::ptr_eq(&self.base, &other.base) && Arc::ptr_eq(&self.changed, &other.changed)
    }

    /// What to do to `older` to get this set: the articles to put in and to take out. `None` when
    /// they do not share their list, so that finding out would cost as much as beginning anew.
    pub fn since<'a>(&'a self, older: &'a IdSet) -> Option<impl Iterator<Item = (ArticleId, bool)> + 'a> {
        if !Arc::ptr_eq(&self.base, &older.base) {
            return None;
        }
        let ids = self.changed.keys().chain(older.changed.keys().filter(|id| !self.changed.contains_key(id)));
        Some(ids.map(|id| ArticleId(*id)).filter_map(|id| {
            let is_in = self.contains(id);
            (is_in != older.contains(id)).then_some((id, is_in))
        }))
    }
}

impl FromIterator<ArticleId> for IdSet {
    fn from_iter<I: IntoIterator<Item = ArticleId>>(ids: I) -> IdSet {
        let mut base: Vec<u64> = ids.into_iter().map(|id| id.0).collect();
        base.sort_unstable();
        base.dedup();
        IdSet { len: base.len(), base: Arc::new(base), changed: Arc::default() }
    }
}

impl PartialEq for IdSet {
    fn eq(&self, other: &IdSet) -> bool {
        self.len == other.len && (self.is_same_copy(other) || self.iter().eq(other.iter()))
    }
}

impl Eq for IdSet {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_set(
            first in prop::collection::vec(0u64..50, 0..40),
            steps in prop::collection::vec((0u64..50, any::<bool>()), 0..60),
        ) {
            let mut set: IdSet = first.iter().map(|id| ArticleId(*id)).collect();
            let before = set.clone();
            let mut plain: BTreeSet<u64> = first.into_iter().collect();
            for (id, is_in) in steps {
                let changes = if is_in { plain.insert(id) } else { plain.remove(&id) };
                let changed = if is_in { set.insert(ArticleId(id)) } else { set.remove(ArticleId(id)) };
                prop_assert_eq!(changed, changes);
                prop_assert_eq!(set.contains(ArticleId(id)), is_in);
            }
            prop_assert_eq!(set.len(), plain.len());
            prop_assert!(set.iter().map(|id| id.0).eq(plain));
            let mut again = before.clone();
            for (id, is_in) in set.since(&before).expect("few changes leave the list shared") {
                if is_in { again.insert(id); } else { again.remove(id); }
            }
            prop_assert_eq!(again, set);
        }
    }

    #[test]
    fn many_changes_become_a_list_again() {
        let mut set = IdSet::new();
        for id in 0..5_000 {
            assert!(set.insert(ArticleId(id * 7)));
        }
        assert_eq!(set.len(), 5_000);
        assert!(set.changed.len() <= FEW);
        assert!(set.iter().is_sorted());
    }
}
