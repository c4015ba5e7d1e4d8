//! The index in use, and what takes its place when it cannot be written.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::index::{Index, Location};
use crate::library::Pile;
use crate::text::Clean;

use super::import::import;
use super::outcome::Outcome;
use super::progress::Progress;

/// The index in use. Another one may take its place while the program runs.
#[derive(Clone)]
pub struct Shelf(Arc<Mutex<Index>>);

impl Shelf {
    /// This index, until another one takes its place.
    pub fn new(index: Index) -> Shelf {
        Shelf(Arc::new(Mutex::new(index)))
    }

    /// The index that is in use now.
    pub fn index(&self) -> Index {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another index in its place.
    pub fn replace(&self, index: Index) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = index;
    }
}

/// Like [`import`], but puts an index in memory on the shelf when the one there cannot be written or
/// read: on a full disk, or when it is damaged. Returns what made that necessary.
///
/// # Errors
///
/// What [`import`] fails with in memory.
pub fn import_anyhow(
    pile: &Pile,
    shelf: &Shelf,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress),
) -> Result<(Outcome, Option<Error>)> {
    match import(pile, &shelf.index(), stop, tell) {
        Err(error @ (Error::Cache { .. } | Error::Index { .. })) => {
            shelf.replace(Index::open(&Location::Memory)?);
            Ok((import(pile, &shelf.index(), stop, tell)?, Some(error)))
        }
        outcome => Ok((outcome?, None)),
    }
}

/// How the reader is told of what [`import_anyhow`] has done.
pub fn in_memory_because(error: &Error) -> Clean {
    Clean::new(&format!("{error}; this time the index is kept in memory"))
}
