//! Writing the index.

use tantivy::{IndexWriter, TantivyDocument, Term};

use super::schema::Fields;
use super::{Place, caught};
use crate::Result;
use crate::article::Article;

/// Names a file of the pile within the index.
///
/// Whoever walks the files chooses it, so that the same file has the same key next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileKey(pub u64);

/// The one that may change the index. There is one at a time over all processes.
///
/// Nothing that is added or removed is seen by searches before [`Writer::commit`], and all of it is
/// lost when the writer is dropped without one.
pub struct Writer {
    pub(super) writer: IndexWriter<TantivyDocument>,
    pub(super) fields: Fields,
    pub(super) place: Place,
}

impl Writer {
    /// Adds an article of a file whose state is `stamp`. May be called from several threads.
    ///
    /// Waits while the articles before it are still being worked on, so that a reader who is
    /// quicker than the index does not fill the memory.
    pub fn add(&self, file: FileKey, stamp: u64, article: &Article) -> Result<()> {
        let document = self.fields.document(file, stamp, article);
        caught(&self.place, || self.writer.add_document(document).map(drop))
    }

    /// Removes all articles of a file that were added before.
    pub fn remove_file(&self, file: FileKey) {
        self.writer.delete_term(Term::from_field_u64(self.fields.file, file.0));
    }

    /// Makes everything added and removed so far visible to searches, and safe against a crash.
    ///
    /// `note` is kept with it, in the place of the one before: whoever reads [`Index::note`](super::Index::note)
    /// finds the note of what is there.
    pub fn commit(&mut self, note: &str) -> Result<()> {
        caught(&self.place, || {
            let mut commit = self.writer.prepare_commit()?;
            commit.set_payload(note);
            commit.commit().map(drop)
        })
    }

    /// Commits and waits until the index is in good order.
    pub fn finish(mut self, note: &str) -> Result<()> {
        self.commit(note)?;
        let Writer { writer, place, .. } = self;
        caught(&place, || writer.wait_merging_threads())
    }
}
