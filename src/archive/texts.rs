//! The texts of articles, wherever they are kept.

use std::sync::Arc;

use crate::article::{Article, ArticleId, Origin, Paragraph};
use crate::error::Result;
use crate::text::Clean;

/// Where the texts of a collection are: the files of its pile, or the cluster that keeps them.
pub trait Texts: Send + Sync {
    /// Somebody who reads them, for one thread.
    fn reader(&self) -> Box<dyn TextReader>;
}

/// Reads the texts of articles, one after the other. What was read last is at hand for a while.
///
/// This is the one way from an article to its text: every paragraph has the role it was given, also the
/// lines that only the pile shows to be furniture.
pub trait TextReader: Send {
    /// A whole article.
    ///
    /// # Errors
    ///
    /// When its file is gone or may not be read, or no article is left in that place.
    fn article(&mut self, id: ArticleId, origin: &Origin) -> Result<Article>;

    /// Its paragraphs alone, which takes less. `title` is that of its row.
    ///
    /// # Errors
    ///
    /// As for [`TextReader::article`].
    fn paragraphs(&mut self, id: ArticleId, origin: &Origin, title: &Clean) -> Result<Arc<[Paragraph]>>;
}
