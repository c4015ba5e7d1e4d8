//! All marks at one moment, in memory, as searches and lists ask for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::types::Value;

use super::store::{NOTE, READ, STARRED};
use super::{Milliseconds, Tag};
use crate::article::{ArticleId, IdSet};
use crate::text::fold::fold;

/// All marks at one moment. Cheap to copy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// What was read.
    pub read: IdSet,
    /// What is starred.
    pub starred: IdSet,
    /// What each tag is put on, by the folded name of the tag.
    tags: BTreeMap<String, (Tag, IdSet)>,
    notes: Arc<BTreeMap<ArticleId, String>>,
    /// When the last visit to the pile ended that is read now; `None` where it is the first.
    pub visited: Option<Milliseconds>,
    /// Where articles were left, when this program was started.
    scrolls: Arc<BTreeMap<ArticleId, usize>>,
}

impl Snapshot {
    /// Whether an article has any mark.
    pub fn is_marked(&self, id: ArticleId) -> bool {
        self.read.contains(id)
            || self.starred.contains(id)
            || self.notes.contains_key(&id)
            || self.tags.values().any(|(_, ids)| ids.contains(id))
    }

    /// The tags in use and what each is put on, in the order of their names.
    pub fn tags(&self) -> impl Iterator<Item = (&Tag, &IdSet)> {
        self.tags.values().filter(|(_, ids)| !ids.is_empty()).map(|(tag, ids)| (tag, ids))
    }

    /// What is tagged so, whatever the case of the name.
    pub fn tagged(&self, name: &str) -> Option<&IdSet> {
        self.tags.get(&fold(name)).map(|(_, ids)| ids)
    }

    /// The tags of an article, in the order of their names.
    pub fn tags_of(&self, id: ArticleId) -> Vec<&Tag> {
        self.tags.values().filter(|(_, ids)| ids.contains(id)).map(|(tag, _)| tag).collect()
    }

    /// The note beside an article.
    pub fn note(&self, id: ArticleId) -> Option<&str> {
        self.notes.get(&id).map(String::as_str)
    }

    /// Where an article was left before this program was started; 0 for its beginning.
    pub fn scroll(&self, id: ArticleId) -> usize {
        self.scrolls.get(&id).copied().unwrap_or(0)
    }

    pub(super) fn set_scrolls(&mut self, scrolls: BTreeMap<ArticleId, usize>) {
        self.scrolls = Arc::new(scrolls);
    }

    /// All notes, by rising id.
    pub fn notes(&self) -> impl Iterator<Item = (ArticleId, &str)> {
        self.notes.iter().map(|(id, note)| (*id, note.as_str()))
    }

    /// What has a note.
    pub fn noted(&self) -> IdSet {
        self.notes.keys().copied().collect()
    }

    /// What has a tag.
    pub fn with_tags(&self) -> IdSet {
        self.tags.values().flat_map(|(_, ids)| ids.iter()).collect()
    }

    pub(super) fn put(&mut self, attribute: i64, tag: Option<Tag>, ids: Vec<ArticleId>) {
        let ids: IdSet = ids.into_iter().collect();
        match (attribute, tag) {
            (READ, _) => self.read = ids,
            (STARRED, _) => self.starred = ids,
            (_, Some(tag)) => {
                self.tags.insert(tag.folded(), (tag, ids));
            }
            // A tag of a later version: not shown, and not lost.
            (_, None) => {}
        }
    }

    pub(super) fn set_note(&mut self, id: ArticleId, note: Option<String>) {
        let notes = Arc::make_mut(&mut self.notes);
        match note {
            Some(note) => notes.insert(id, note),
            None => notes.remove(&id),
        };
    }

    /// Takes in what a change did.
    pub(super) fn follow(
        &mut self,
        attribute: i64,
        tag: Option<Tag>,
        value: &Value,
        articles: impl Iterator<Item = i64>,
    ) {
        let articles = articles.map(|article| ArticleId(article as u64));
        let ids = match (attribute, tag) {
            (NOTE, _) => {
                for article in articles {
                    self.set_note(article, if let Value::Text(note) = value { Some(note.clone()) } else { None });
                }
                return;
            }
            (READ, _) => &mut self.read,
            (STARRED, _) => &mut self.starred,
            (_, Some(tag)) => &mut self.tags.entry(tag.folded()).or_insert_with(|| (tag, IdSet::new())).1,
            (_, None) => return,
        };
        let set = *value == Value::Integer(1);
        for article in articles {
            if set {
                ids.insert(article);
            } else {
                ids.remove(article);
            }
        }
    }
}
