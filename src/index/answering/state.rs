//! A state of the index, and what whoever answers has to know of it.

use std::sync::Arc;

use tantivy::Searcher;

use super::columns::Columns;
use crate::Result;
use crate::index::store::engine::{IndexFolder, caught};
use crate::index::store::schema::Fields;

/// The index as a commit left it. Copying it is cheap.
#[derive(Clone)]
pub(crate) struct State {
    pub searcher: Searcher,
    pub columns: Arc<Columns>,
    pub fields: Fields,
    pub folder: IndexFolder,
}

impl State {
    /// Runs something in the engine.
    pub(crate) fn caught<T>(&self, run: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        caught(&self.folder, run)
    }
}
