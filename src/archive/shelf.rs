//! The collection in use.

use std::sync::{Arc, Mutex, PoisonError};

use super::reading::{Archive, Collection};
use crate::error::Result;

/// Opens an empty collection in memory.
type Spare = fn() -> Result<Arc<dyn Collection>>;

/// The collection in use. Another one may take its place while the program runs. Copying it is cheap.
#[derive(Clone)]
pub struct Shelf {
    collection: Arc<Mutex<Arc<dyn Collection>>>,
    spare: Spare,
}

impl Shelf {
    /// This collection, until another one takes its place; `spare` opens an empty one in memory for that.
    pub fn new(collection: Arc<dyn Collection>, spare: Spare) -> Shelf {
        Shelf { collection: Arc::new(Mutex::new(collection)), spare }
    }

    /// The collection that is in use now.
    pub fn collection(&self) -> Arc<dyn Collection> {
        self.collection.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// It, as it is now.
    ///
    /// # Errors
    ///
    /// As for [`Collection::archive`].
    pub fn archive(&self) -> Result<Arc<dyn Archive>> {
        self.collection().archive()
    }

    /// Puts an empty collection in memory in its place.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn replace_by_memory(&self) -> Result<()> {
        let spare = (self.spare)()?;
        *self.collection.lock().unwrap_or_else(PoisonError::into_inner) = spare;
        Ok(())
    }
}
