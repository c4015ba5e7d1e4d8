//! The articles that a search has found, in order.

use std::any::Any;
use std::fmt;
use std::ops::Range;

use super::limits::Outcome;
use super::row::Row;
use crate::article::ArticleId;

/// The articles that a search has found, in order. No text and no row is in memory until it is asked for.
///
/// It belongs to the state of the collection that was searched, and stays valid whatever is written later.
/// Articles of equal rank stand in the order of their titles, then of their ids.
///
/// `cancelled` is asked as [`Asking::cancelled`](super::Asking::cancelled) is.
pub trait Order: Any + fmt::Debug + Send + Sync {
    /// How many articles there are.
    fn len(&self) -> usize;

    /// True without any article.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows at these places, in order; places beyond the end are left out.
    ///
    /// Any place can be asked for at once where [`Capabilities::far_places`](super::Capabilities::far_places)
    /// says so; elsewhere a place far behind those that were asked for takes as long as to walk there.
    ///
    /// # Errors
    ///
    /// [`Error::Index`](crate::Error::Index) when a row is damaged: a local index is then made anew when it
    /// is opened next. A remote archive fails when nobody answers.
    fn rows(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<Row>>;

    /// The ids of the articles at these places, in order; places beyond the end are left out. Far quicker
    /// than rows.
    ///
    /// # Errors
    ///
    /// As for [`Order::rows`].
    fn ids(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<ArticleId>>;

    /// The place of an article; `None` in the answer when it is not there. Ids are of the content, so a file
    /// that lies in a pile twice has the same twice; then it is the first place.
    ///
    /// # Errors
    ///
    /// As for [`Order::rows`].
    fn place_of(&self, id: ArticleId, cancelled: &dyn Fn() -> bool) -> Outcome<Option<usize>>;
}
