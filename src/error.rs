//! Errors, one variant for each step that can fail, each naming the place and the way out.

mod caught;

use std::io;
use std::path::PathBuf;

pub use caught::{caught, panics_are_caught};

/// A result whose error is one of this crate's.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, at which place, and what can be done about it.
///
/// Extraction and query parsing are not among the steps: they never fail (see the crate
/// documentation). Anything here concerns files, the index, the configuration or the terminal.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was asked for does not exist.
    #[error("{}: no such file or folder (is the path spelled right?)", path.display())]
    Missing {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A file could not be read.
    #[error("{}: cannot be read: {}; skipped", path.display(), plain(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is there but holds nothing that can be read as an article.
    #[error("{}: {reason}; skipped", path.display())]
    NotAnArticle {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        reason: String,
    },
    /// One article in a file of many cannot be read; the others are.
    #[error("{}:{line}: {reason}; skipped", path.display())]
    BadPart {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder for the index cannot be made or written.
    #[error("{}: the cache folder cannot be used: {} (choose another with --cache-dir)", path.display(), unnumbered(reason))]
    Cache {
        /// The folder.
        path: PathBuf,
        /// What the system or the engine said.
        reason: String,
    },
    /// The index is damaged or was made by another version.
    #[error("{}: the index cannot be used: {} (it is only a cache: `newsstand index --rebuild` rebuilds it)", path.display(), unnumbered(reason))]
    Index {
        /// The folder of the index, or the name of an index in memory.
        path: PathBuf,
        /// What the engine said.
        reason: String,
    },
    /// The reader's marks cannot be read or written.
    #[error("{}: the marks cannot be used: {} (nothing in it was changed)", path.display(), unnumbered(reason))]
    Marks {
        /// The file that holds them.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A setting in the configuration file is not understood.
    #[error("{}: {reason}", path.display())]
    Config {
        /// The configuration file.
        path: PathBuf,
        /// Line, column and what is wrong there.
        reason: String,
    },
    /// A server was asked in vain.
    #[error("{address}: {reason}")]
    Server {
        /// Where it is.
        address: String,
        /// What went wrong, and what can be done.
        reason: String,
    },
    /// The terminal cannot be used.
    #[error("the terminal cannot be used: {}", plain(source))]
    Terminal {
        /// What the system said.
        source: io::Error,
    },
    /// The program was asked for something that is not there.
    #[error("{0}")]
    NotFound(String),
    /// Output could not be written.
    #[error("output cannot be written: {}", plain(source))]
    Write {
        /// What the system said.
        source: io::Error,
    },
}

/// The system's message without its number, which says nothing to a reader.
fn plain(error: &io::Error) -> String {
    unnumbered(&error.to_string()).to_lowercase()
}

/// A message without the numbers of the system.
fn unnumbered(message: &str) -> String {
    let mut pieces = message.split(" (os error ");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text += piece.split_once(')').map_or("", |(_, rest)| rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_place_and_the_way_out() {
        let error = Error::Missing { path: "articles".into() };
        assert_eq!(error.to_string(), "articles: no such file or folder (is the path spelled right?)");
        let source = io::Error::from_raw_os_error(13);
        let error = Error::Read { path: "a.txt".into(), source };
        assert!(error.to_string().starts_with("a.txt: cannot be read: "), "{error}");
        assert!(!error.to_string().contains("os error"), "{error}");
        let reason = "cannot be made: 'File too large (os error 27) at path \"x\"'".to_owned();
        let error = Error::Cache { path: "c".into(), reason };
        assert!(error.to_string().contains("cannot be made: 'File too large at path \"x\"' (choose"), "{error}");
    }
}
