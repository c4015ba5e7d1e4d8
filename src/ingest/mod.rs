//! Reading a pile into an index: only what is new, changed or gone is touched.
//!
//! ```text
//!   files of the pile ──> import: plan ──> import: read ──> crew ──> index
//!                            ▲                              │
//!                            └── ledger, problems, repeats <┘   kept with the index or beside it
//! ```
//!
//! - [`import`](mod@import) compares the files with what is known of them, reads those that changed, and commits now and then
//! - `crew`: the threads that understand articles and write them
//! - `ledger`: how far the files that grow have been read
//! - `problems`: what could not be read, so that it is not read again to hear the same
//! - [`repeats`]: the lines that repeat in a pile
//! - [`Progress`]: how far it has come

mod crew;
pub mod import;
mod ledger;
mod problems;
mod progress;
pub mod repeats;

pub use progress::Progress;
