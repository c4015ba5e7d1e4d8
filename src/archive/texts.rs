//! The texts of articles, wherever they are kept.

use std::sync::Arc;

use super::marking::{Marker, Quotation};
use super::row::Row;
use crate::article::{Article, ArticleId, LanguageTag, Origin};
use crate::error::Result;

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
    /// An article with its text.
    ///
    /// # Errors
    ///
    /// When its file is gone or may not be read, or no article is left in that place.
    fn article(&mut self, id: ArticleId, origin: &Origin) -> Result<Arc<Article>>;

    /// Whether the way to the text of an article is long, as to the end of a packed file: what merely helps does
    /// without it.
    fn is_far(&self, _: &Origin) -> bool {
        false
    }

    /// Whether the openings that rows tell are known to be the articles' own. They are as they were when the
    /// article was read; lines that turned out to be furniture since may stand in them.
    fn trusts_openings(&mut self) -> bool;
}

/// An article that is quoted from, as its row tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Quotable<'a> {
    /// Names it.
    pub id: ArticleId,
    /// Where it lies.
    pub origin: &'a Origin,
    /// The first words of its text: often they are all that is needed.
    pub opening: &'a str,
    /// Its language.
    pub language: Option<LanguageTag>,
}

impl<'a> From<&'a Row> for Quotable<'a> {
    fn from(row: &'a Row) -> Quotable<'a> {
        let Row { record, origin, opening, .. } = row;
        Quotable { id: record.id, origin, opening, language: record.language.code }
    }
}

/// The one way from an article to its passage, for lists and commands alike: where most of what is looked
/// for stands together, in at most so many cells. `None` when the text holds none of it, or cannot be read.
pub fn passage(reader: &mut dyn TextReader, from: Quotable, marker: &dyn Marker, cells: usize) -> Option<Quotation> {
    let of_opening = match reader.trusts_openings() {
        true => marker.passage_of_opening(from.opening, from.language, cells),
        false => None,
    };
    of_opening.or_else(|| {
        let article = reader.article(from.id, from.origin).ok()?;
        marker.passage(&article.body, from.language, cells)
    })
}
