//! Writing into a collection.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::time::SystemTime;

use crate::article::Article;
use crate::error::Result;

/// Names a file of the pile within a collection.
///
/// Whoever walks the files chooses it, so that the same file has the same key next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileKey(pub u64);

/// An article that cannot be written: the program fails at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostArticle {
    /// The file that it is of, and what it was to be stamped with.
    pub file: FileKey,
    /// The state of the file that came with it.
    pub stamp: u64,
    /// The path of the file.
    pub path: PathBuf,
}

/// Which parts of a collection are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Those whose files look otherwise than when they were checked. To see that takes no time.
    Changed,
    /// Also those that were never checked, or not for a day.
    Daily,
}

/// Parts of a collection that are not as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What the collection calls them.
    pub parts: Vec<String>,
    /// The files of the pile with articles in them; `None` when that cannot be told any more.
    pub files: Option<BTreeSet<FileKey>>,
}

/// The writing side of a collection.
pub trait Intake: Send + Sync {
    /// The files that are in it, and what they looked like when they were read: of several stamps of a
    /// file's articles the largest.
    ///
    /// # Errors
    ///
    /// When the collection is damaged or cannot be reached.
    fn files(&self) -> Result<HashMap<FileKey, u64>>;

    /// What the last commit was noted with; `None` when there was none.
    ///
    /// # Errors
    ///
    /// As for [`Intake::files`].
    fn note(&self) -> Result<Option<String>>;

    /// The right to change it, with about so many bytes of memory for the work; `None` while somebody else
    /// has it, here or in another process.
    ///
    /// # Errors
    ///
    /// As for [`Intake::files`], and when it cannot be written.
    fn writer(&self, memory: usize) -> Result<Option<Box<dyn Writer>>>;

    /// Checks against its checksums what is due `now`, as long as `goes_on` says so. `None` when nothing is
    /// damaged, or whoever keeps the collection looks after that.
    ///
    /// # Errors
    ///
    /// When not even the list of its parts can be read.
    fn damage(&self, _due: Due, _now: SystemTime, _goes_on: &dyn Fn() -> bool) -> Result<Option<Damage>> {
        Ok(None)
    }

    /// Takes damaged parts out; it answers from the others then. False while somebody is writing.
    ///
    /// # Errors
    ///
    /// As for [`Intake::writer`].
    fn take_out(&self, _damage: &Damage) -> Result<bool> {
        Ok(true)
    }

    /// Removes what a writer has begun and left: a disk that is full is no fuller for it.
    fn tidy(&self) {}

    /// Whether the articles of files that are gone stay in it: others may read what nobody else keeps.
    fn keeps_gone(&self) -> bool {
        false
    }
}

/// The one that may change a collection. There is one at a time over all processes.
///
/// Nothing that is added or removed is seen by searches before [`Writer::commit`], and all of it is lost when
/// the writer is dropped without one.
pub trait Writer: Send + Sync {
    /// Adds an article of a file whose state is `stamp`. May be called from several threads, which share
    /// the work of finding the words.
    ///
    /// Waits while the articles before it are still being worked on, so that a reader who is quicker does
    /// not fill the memory.
    ///
    /// # Errors
    ///
    /// When it cannot be written; what was committed before stays.
    fn add(&self, file: FileKey, stamp: u64, article: Article) -> Result<()>;

    /// The articles that were added and cannot be written, each told once.
    fn take_lost(&self) -> Vec<LostArticle>;

    /// Removes all articles of a file that were added before.
    fn remove_file(&self, file: FileKey);

    /// Works on all articles that wait. May be called from several threads before a commit, which then has
    /// less to do by itself.
    ///
    /// # Errors
    ///
    /// As for [`Writer::add`].
    fn hand_on_all(&self) -> Result<()>;

    /// Makes everything added and removed so far visible to searches, and safe against a crash. `note` is
    /// kept with it, in the place of the one before: whoever reads [`Intake::note`] finds the note of what
    /// is there.
    ///
    /// # Errors
    ///
    /// As for [`Writer::add`].
    fn commit(&mut self, note: &str) -> Result<()>;

    /// Commits and waits until everything is in good order.
    ///
    /// # Errors
    ///
    /// As for [`Writer::add`].
    fn finish(self: Box<Self>, note: &str) -> Result<()>;
}
