//! Calls into the engine: its errors and its panics become the program's own.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;

use super::directory::MERGING_THREADS;
use crate::error::{Error, Result};

/// The folder of an index, for messages.
pub(crate) type IndexFolder = Arc<Path>;

/// How the names of the engine's threads begin. It catches their panics itself.
const ENGINE_THREADS: &[&str] = &["thrd-tantivy", MERGING_THREADS, "docstore-compressor"];

thread_local! {
    /// How many calls into the engine this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// True when a panic of the current thread would be caught, because a damaged index may cause one.
///
/// A panic hook that gives the terminal back must not do so then.
pub fn panics_are_caught() -> bool {
    let is_engine = |name: &str| ENGINE_THREADS.iter().any(|engine| name.starts_with(engine));
    DEPTH.get() > 0 || std::thread::current().name().is_some_and(is_engine)
}

/// Runs something in the engine, whose errors and panics become [`Error::Index`].
pub(crate) fn caught<T>(place: &Path, run: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
    DEPTH.set(DEPTH.get() + 1);
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    DEPTH.set(DEPTH.get() - 1);
    let reason = match outcome {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error.to_string(),
        Err(panic) => {
            let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
            let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            format!("the engine gave up ({words})")
        }
    };
    Err(Error::Index { path: place.to_owned(), reason })
}
