//! When articles came into the pile, and which took the place of another: both outlive the index.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::article::{Article, ArticleId};
use crate::error::Result;
use crate::library::Pile;
use crate::marks::{Marks, Milliseconds, Place, Seen, Sketch, Snapshot};

/// A text that differs by more than this from the one that was read is unread again.
const OTHER_TEXT: f64 = 0.05;

/// What an import notes of the articles that it meets: when each was first seen, and in which place.
pub(super) struct Arrivals<'a> {
    now: Milliseconds,
    /// `None` where it is not kept.
    book: Option<Mutex<Book>>,
    /// The file of the reader's marks, where there is one.
    marks: Option<&'a Path>,
    /// The marks as they were when the first article took the place of another.
    marked: OnceLock<Arc<Snapshot>>,
}

struct Book {
    seen: Seen,
    /// Articles that are new, or stand in another place than before; not kept yet.
    fresh: Vec<(ArticleId, Place)>,
    /// Marked articles of which another has taken the place.
    replaced: Vec<Replaced>,
}

/// A marked article, and the one that was found in its place.
struct Replaced {
    old: ArticleId,
    new: ArticleId,
    /// What the new text is like.
    text: Sketch,
}

impl<'a> Arrivals<'a> {
    /// What the files of this pile know. Without a file nothing is kept.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Marks`] when the file of arrivals is there and cannot be read.
    pub(super) fn open(pile: &'a Pile) -> Result<Arrivals<'a>> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = Milliseconds::try_from(since.as_millis()).unwrap_or(Milliseconds::MAX);
        let seen = pile.arrivals.as_deref().map(Seen::open).transpose()?;
        let book = seen.map(|seen| Mutex::new(Book { seen, fresh: Vec::new(), replaced: Vec::new() }));
        let marks = pile.marks.as_deref().filter(|path| path.exists());
        Ok(Arrivals { now, book, marks, marked: OnceLock::new() })
    }

    /// Nothing is kept, and no article is known to have come at any time.
    pub(super) fn unkept() -> Arrivals<'a> {
        Arrivals { now: 0, book: None, marks: None, marked: OnceLock::new() }
    }

    /// Tells an article when it came in.
    pub(super) fn note(&self, article: &mut Article) {
        let Some(book) = &self.book else { return };
        let place = place(article);
        let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
        let (first, before) = (book.seen.first(article.id), book.seen.at(place));
        if first.is_none() || before != Some(article.id) {
            book.fresh.push((article.id, place));
        }
        if let Some(old) = before.filter(|_| first.is_none())
            && self.is_marked(old)
        {
            book.replaced.push(Replaced { old, new: article.id, text: Sketch::of_article(article) });
        }
        article.added = Some(first.unwrap_or(self.now));
    }

    /// Keeps what was noted so far: before the index is committed, so that no article is in it whose arrival is
    /// forgotten.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Marks`] when it cannot be written.
    pub(super) fn keep(&self) -> Result<()> {
        let Some(book) = &self.book else { return Ok(()) };
        let mut book = book.lock().unwrap_or_else(PoisonError::into_inner);
        let Book { seen, fresh, .. } = &mut *book;
        seen.add(fresh, self.now)?;
        fresh.clear();
        Ok(())
    }

    /// Whether there are marked articles of which another has taken the place.
    pub(super) fn has_replaced(&self) -> bool {
        self.book.as_ref().is_some_and(|book| !book.lock().unwrap_or_else(PoisonError::into_inner).replaced.is_empty())
    }

    /// Gives the marks of articles that are gone to those in their place. `is_there` tells which articles are in
    /// the pile now: what only moved keeps its marks for itself.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Marks`] when they cannot be read or written.
    pub(super) fn hand_over(&self, is_there: impl Fn(ArticleId) -> Result<bool>) -> Result<()> {
        let (Some(book), Some(path)) = (&self.book, self.marks) else { return Ok(()) };
        let replaced = std::mem::take(&mut book.lock().unwrap_or_else(PoisonError::into_inner).replaced);
        let mut marks = Marks::open(path, self.now as u64)?;
        let mut pairs = Vec::new();
        for Replaced { old, new, text } in replaced {
            if is_there(old)? {
                continue;
            }
            let read = marks.sketch(old)?;
            // Of what was marked without being opened, nobody knows the text.
            let is_other = read.as_ref().is_some_and(|read| read.changed_to(&text) > OTHER_TEXT);
            pairs.push((old, new, is_other));
            if let Some(read) = read.filter(|_| !is_other) {
                // Small changes add up: the next text is compared with the one that was read.
                marks.keep_sketch(new, &read)?;
            }
        }
        marks.take_over(&pairs, self.now)?;
        Ok(())
    }

    fn is_marked(&self, id: ArticleId) -> bool {
        let Some(path) = self.marks else { return false };
        let marked = self.marked.get_or_init(|| {
            Marks::open(path, self.now as u64).and_then(|mut marks| marks.snapshot()).unwrap_or_else(|error| {
                tracing::warn!("{error}");
                Arc::default()
            })
        });
        marked.is_marked(id)
    }
}

/// Where an article stands: at its address, else in its file.
fn place(article: &Article) -> Place {
    match &article.url {
        Some(url) => Place::of_address(url),
        None => Place::of_file(&article.origin.path, article.origin.part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Origin;
    use crate::extract::{RawArticle, extract};
    use crate::marks::{Change, Setting};

    fn article(text: &str) -> Article {
        let raw = RawArticle { text: text.to_owned(), ..RawArticle::default() };
        Article { id: ArticleId::of(text.as_bytes()), ..extract(&raw) }
    }

    #[test]
    fn the_first_time_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let pile = Pile { arrivals: Some(folder.path().join("data").join("arrivals")), ..Pile::default() };
        let first = Arrivals { now: 100, ..Arrivals::open(&pile).unwrap() };
        let mut pears = article("Pears are ripe");
        first.note(&mut pears);
        assert_eq!(pears.added, Some(100));
        first.keep().unwrap();
        let later = Arrivals { now: 200, ..Arrivals::open(&pile).unwrap() };
        let mut plums = article("Plums are ripe");
        later.note(&mut plums);
        later.note(&mut pears);
        assert_eq!((pears.added, plums.added), (Some(100), Some(200)));
        later.keep().unwrap();
        let mut again = article("Plums are ripe");
        Arrivals::open(&pile).unwrap().note(&mut again);
        assert_eq!(again.added, Some(200));
        Arrivals::unkept().note(&mut again);
        assert_eq!(again.added, Some(200));
    }

    /// An article of the file `harbour.txt`.
    fn saved(text: &str) -> Article {
        let origin = Origin { path: "/news/harbour.txt".into(), part: None, bytes: 0..1 };
        Article { origin, ..article(text) }
    }

    #[test]
    fn what_takes_the_place_of_another_takes_its_marks() {
        let words: Vec<String> = (0..200).map(|at| format!("word{at}")).collect();
        let text = |changed: usize| {
            let words = words.iter().enumerate();
            let words = words.map(|(at, word)| if at < changed { format!("other{at}") } else { word.clone() });
            format!("The harbour\n\n{}.", words.collect::<Vec<_>>().join(" "))
        };
        // Words that changed, whether the old article is still there, and what is marked then.
        let check = |changed: usize, stays: bool, expected: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = |name: &str| Some(folder.path().join(name));
            let pile = Pile { arrivals: path("arrivals"), marks: path("marks.db"), ..Pile::default() };
            let mut marks = Marks::open(pile.marks.as_deref().unwrap(), 1).unwrap();
            let (mut old, mut new) = (saved(&text(0)), saved(&text(changed)));
            let first = Arrivals::open(&pile).unwrap();
            first.note(&mut old);
            first.keep().unwrap();
            let settings = vec![Setting::Read(true), Setting::Starred(true)];
            marks.apply(&Change { articles: vec![old.id], settings }, 1).unwrap();
            marks.keep_sketch(old.id, &Sketch::of_article(&old)).unwrap();
            let next = Arrivals::open(&pile).unwrap();
            next.note(&mut new);
            assert!(next.has_replaced());
            next.keep().unwrap();
            next.hand_over(|_| Ok(stays)).unwrap();
            let marks = marks.snapshot().unwrap();
            let marked = [(marks.read.contains(new.id), "read"), (marks.starred.contains(new.id), "starred")];
            let marked: Vec<&str> = marked.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
            assert_eq!(marked.join(" "), expected, "{changed} words changed");
        };
        check(2, false, "read starred");
        check(60, false, "starred");
        check(2, true, "");
    }
}
