//! Asking a collection.

use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::asking::Asking;
use super::explained::Explained;
use super::found::Found;
use super::limits::{Answer, Outcome};
use super::marking::{Compounds, Marker};
use super::row::Row;
use super::tally::{CellKind, Tally};
use super::texts::Texts;
use super::writing::Intake;
use crate::article::IdSet;
use crate::error::Result;
use crate::query::Query;

/// How many rows [`Archive::walk`] asks for at once.
const PAGE: usize = 500;

/// A collection of articles that was opened: a local index, or a cluster.
pub trait Collection: Send + Sync {
    /// The collection as it is now: as the last commit of any process left it. Asking again is cheap as
    /// long as nothing has changed, and then gives the same archive.
    ///
    /// # Errors
    ///
    /// When what was committed last cannot be read, or nobody answers.
    fn archive(&self) -> Result<Arc<dyn Archive>>;

    /// What writes into it; `None` where it can only be read.
    fn intake(&self) -> Option<&dyn Intake>;

    /// The folder that belongs to this collection alone, where what goes with it can be kept; `None` for
    /// one in memory or on another machine.
    fn folder(&self) -> Option<&Path>;

    /// The texts of its articles, where it keeps them itself; `None` where they are in the files of the pile.
    fn texts(&self) -> Option<Box<dyn Texts>> {
        None
    }

    /// What marks in texts what a query finds, as [`Archive::marker`] does, whatever the state of the
    /// collection is.
    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker>;

    /// Reads everything that it keeps, and tells the names of what is damaged.
    ///
    /// # Errors
    ///
    /// When it cannot be read at all.
    fn check(&self) -> Result<Vec<PathBuf>>;
}

/// What an archive can do beside what every archive does. Where it cannot do something, it says so here,
/// and whoever shows it offers it not at all, or says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Typing errors are forgiven, and `word~` is found.
    pub typing_errors: bool,
    /// It says why an article is where it is ([`Archive::explain`]).
    pub explains: bool,
    /// Every place of an order is reached at once, however far down it is.
    pub far_places: bool,
    /// So many ids of marked articles may be in a question; `None` for any number.
    pub most_marked: Option<usize>,
    /// It waits for others: an answer may take long, or be partial.
    pub waits: bool,
}

/// A collection of articles as it was at a moment, of which everything is asked; see the
/// [contract](super). It may be asked from several threads at once.
pub trait Archive: Send + Sync {
    /// What it can do.
    fn capabilities(&self) -> Capabilities;

    /// How many articles there are.
    fn len(&self) -> usize;

    /// True without any article.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Everything that matches `query`, in its order, with all counts.
    ///
    /// The default order is by relevance where words are asked for, else the newest first. An archive
    /// answers the empty query from memory when it is asked again.
    ///
    /// # Errors
    ///
    /// When the archive is damaged or cannot be reached.
    fn search(&self, query: &Query, asking: &Asking) -> Result<Option<Found>>;

    /// How many articles match `query` as it is, without forgiveness, and far quicker than a search.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn count(&self, query: &Query, asking: &Asking) -> Outcome<usize>;

    /// How many articles match `query` in each cell of a table, without forgiveness; cells without any are
    /// left out.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn tally(&self, query: &Query, by: &[CellKind], asking: &Asking) -> Outcome<Tally>;

    /// The ids of everything that matches `query`, however many: eight bytes each. With
    /// [`Asking::forgiving`] they are those of a search.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn ids(&self, query: &Query, asking: &Asking) -> Outcome<IdSet>;

    /// Hands the rows of everything that matches `query` on, some at a time, in its order, however many
    /// there are and in constant memory, until `take` breaks off. The answer is how many were handed on.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`]; then some rows may have been handed on already.
    fn walk(
        &self,
        query: &Query,
        asking: &Asking,
        take: &mut dyn FnMut(Vec<Row>) -> ControlFlow<()>,
    ) -> Outcome<usize> {
        let Some(found) = self.search(query, asking)? else {
            return Ok(None);
        };
        let mut limits = found.limits;
        let mut taken = 0;
        for first in (0..found.matched).step_by(PAGE) {
            let Some(rows) = found.order.rows(first..first + PAGE, asking.cancelled)? else {
                return Ok(None);
            };
            limits = limits.and(&rows.limits);
            taken += rows.value.len();
            if take(rows.value).is_break() {
                break;
            }
        }
        Ok(Some(Answer { value: taken, limits }))
    }

    /// The articles whose id begins with `prefix`, a hundred at most.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn by_id(&self, prefix: &str, asking: &Asking) -> Outcome<Vec<Row>>;

    /// The articles of a file, by their number in it.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn by_path(&self, path: &Path, asking: &Asking) -> Outcome<Vec<Row>>;

    /// Explains the articles at these places of what `query` has found; places beyond the end are left
    /// out. `found` must come from this archive, else nothing is explained.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn explain(&self, query: &Query, found: &Found, places: Range<usize>, asking: &Asking) -> Outcome<Vec<Explained>>;

    /// The compounds by which `query` finds articles, for [`Archive::marker`].
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    fn compounds(&self, query: &Query, asking: &Asking) -> Outcome<Compounds>;

    /// What marks in texts what `query` finds in titles and texts; what it excludes is not looked for.
    /// `forgiven` and `query` are as the search has answered: see [`Found::asked`].
    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker>;
}
