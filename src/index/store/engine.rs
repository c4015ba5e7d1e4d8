//! Calls into the engine: its errors and its panics become the program's own.

use std::path::Path;
use std::sync::Arc;

use super::directory::MERGING_THREADS;
use crate::error::{Error, Result};

/// The folder of an index, for messages.
pub(crate) type IndexFolder = Arc<Path>;

/// How the names of the engine's threads begin. It catches their panics itself.
const ENGINE_THREADS: &[&str] = &["thrd-tantivy", MERGING_THREADS, "docstore-compressor"];

/// True in a thread of the engine, which catches its own panics: a damaged index may cause one.
///
/// A panic hook that gives the terminal back must not do so then.
pub fn is_thread_of_engine() -> bool {
    let is_engine = |name: &str| ENGINE_THREADS.iter().any(|engine| name.starts_with(engine));
    std::thread::current().name().is_some_and(is_engine)
}

/// Runs something in the engine, whose errors and panics become [`Error::Index`].
pub(crate) fn caught<T>(place: &Path, run: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
    let reason = match crate::error::caught(run) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(words) => format!("the engine gave up ({words})"),
    };
    Err(Error::Index { path: place.to_owned(), reason })
}
