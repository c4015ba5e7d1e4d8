//! Reading a pile into an index: only what is new, changed or gone is touched.
//!
//! ```text
//!   files of the pile ──> plan ──> reader ──> crew ──> index
//!                          ▲                   │
//!                          └────── kept <──────┘   in the index, or beside it
//! ```
//!
//! - `import` does one after the other: plan, read, finish
//! - `plan` compares the files with what is known of them
//! - `reader` reads those that changed, and commits now and then
//! - `crew` are the threads that understand articles and write them
//! - `kept` is what is remembered: the `ledger` says how far the files that grow have been read, `problems`
//!   what could not be read, and [`repeats`] which lines repeat in a pile
//! - `repair` takes out of the index what is damaged, so that it is read again
//! - `arrivals` notes when each article came in, in the data folder
//! - `audience` is whoever waits for it, and hears its [`Progress`]
//! - `shelf` has another index take the place of one that cannot be written
//! - `texts` reads articles again from their files, with every line in the role it was given

mod arrivals;
mod audience;
mod crew;
mod import;
mod kept;
mod ledger;
mod outcome;
mod plan;
mod problems;
mod progress;
mod reader;
mod repair;
pub mod repeats;
mod shelf;
mod texts;

pub use import::import;
pub use outcome::Outcome;
pub use progress::Progress;
pub use repair::repair;
pub use shelf::{import_anyhow, in_memory_because};
pub use texts::{FileTexts, texts_of};
