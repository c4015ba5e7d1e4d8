//! How far reading a pile has come, as it is told to whoever waits for it.

use crate::text::Clean;

/// How far reading the pile has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Files read or found unchanged.
    pub done: usize,
    /// Files found so far, or in all.
    pub total: usize,
    /// Articles read anew.
    pub articles: usize,
    /// True when the pile is read.
    pub finished: bool,
    /// True when more can be found than before: a search brings it to the screen.
    pub changed: bool,
    /// What could not be read, as it is told to the reader.
    pub problems: Vec<Clean>,
    /// Seconds until it is finished, about.
    pub seconds_left: Option<u64>,
}
