//! The files of a pile: found, read, and read again when somebody wants to see an article.
//!
//! Nothing here holds more than one article in memory, and no file that is broken, huge, vanished
//! or no text at all keeps the others from being read.

mod fingerprint;
mod members;
mod pieces;
mod pile;
mod read;
mod reread;
mod sample;
mod spool;
mod waiting;
mod walk;
mod within;

pub use fingerprint::fingerprint;
pub use pieces::{FileReport, Manuscript};
pub use pile::{Pile, Root, RootKind};
pub use read::{OpenFile, read_file, read_manuscripts};
pub use reread::{Rereader, is_far, read_article, read_manuscript};
pub use spool::{KeptStream, forget_streams, kept_streams};
pub use walk::{FileEntry, Files, Walked, walk};
pub use within::within_archive;
