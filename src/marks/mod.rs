//! What a reader has marked: read, starred, tags and notes. The only thing that must never be lost.
//!
//! Marks are no cache. They stand in a SQLite database in the data folder ([`default_path`]), by the
//! id of the article, and every change of them is in one history that can be taken back. A mark is
//! on the disk before anybody is told that it was set.
//!
//! | file | what it is about |
//! |---|---|
//! | `setting` | what can be marked, and with what |
//! | `schema` | the tables of the database, and how it is opened |
//! | `store` | changing marks: applied whole or not at all, with its history, and taken back |
//! | `snapshot` | all marks at one moment, in memory, as searches and lists ask for them |
//! | `transfer` | marks as JSON Lines: how they travel between machines and are merged |
//! | `seen` | when each article was first seen, and in which place |
//! | `visit` | where the reader was when a pile was left |
//! | `sketch` | how much of a text changed since it was read, without keeping the text |
//!
//! Nothing here reads a clock: times are handed in, in milliseconds since 1970.

mod schema;
mod seen;
mod setting;
mod sketch;
mod snapshot;
mod store;
mod transfer;
mod visit;

use std::path::PathBuf;

use etcetera::BaseStrategy;

pub use seen::{Place, Seen};
pub use setting::{Setting, Tag};
pub use sketch::Sketch;
pub use snapshot::Snapshot;
pub use store::{Applied, Change, Marks, Scope, Undone};
pub use transfer::Imported;
pub use visit::Visit;

/// A moment, in milliseconds since the first of January 1970, UTC.
pub type Milliseconds = i64;

/// `$XDG_DATA_HOME/newsstand`, the folder of what must not be lost; `None` for a user without a home.
pub fn default_folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("newsstand"))
}

/// The database of marks: `marks.db` in the [`default_folder`].
pub fn default_path() -> Option<PathBuf> {
    Some(default_folder()?.join("marks.db"))
}

#[cfg(test)]
mod tests;
