//! Paths that lead into an archive.

use std::fs;
use std::path::{Path, PathBuf};

use crate::format::archive::WITHIN;

/// An archive, and the member in it, where a path leads into one.
///
/// Only the part before the mark is ever looked for on the disk.
pub fn within_archive(path: &Path) -> Option<(PathBuf, String)> {
    let text = path.to_str()?;
    let (at, _) =
        text.match_indices(WITHIN).find(|(at, _)| fs::metadata(&text[..*at]).is_ok_and(|found| found.is_file()))?;
    Some((PathBuf::from(&text[..at]), text[at + WITHIN.len()..].to_owned()))
}
