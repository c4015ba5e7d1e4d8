//! What is done when the index in use cannot be written.

use std::sync::atomic::AtomicBool;

use crate::archive::Shelf;
use crate::error::{Error, Result};
use crate::library::Pile;
use crate::text::Clean;

use super::import::import;
use super::outcome::Outcome;
use super::progress::Progress;

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
    match import(pile, &*shelf.collection(), stop, tell) {
        Err(error @ (Error::Cache { .. } | Error::Index { .. })) => {
            if let Some(intake) = shelf.collection().intake() {
                intake.tidy();
            }
            shelf.replace_by_memory()?;
            Ok((import(pile, &*shelf.collection(), stop, tell)?, Some(error)))
        }
        outcome => Ok((outcome?, None)),
    }
}

/// How the reader is told of what [`import_anyhow`] has done.
pub fn in_memory_because(error: &Error) -> Clean {
    Clean::new(&format!("{error}; this time the index is kept in memory"))
}
