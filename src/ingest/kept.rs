//! What is remembered from one import to the next, in the index or beside it.

use std::path::Path;

use crate::archive::FileKey;

use super::ledger::Ledger;
use super::problems::Problems;
use super::repair::Suspects;
use super::repeats::Learning;

/// What is remembered from one import to the next.
pub(super) struct Kept {
    /// How far the files that grow were read; kept with each commit.
    pub(super) ledger: Ledger,
    /// What could not be read.
    pub(super) problems: Problems,
    /// The lines that repeat.
    pub(super) learning: Learning,
    /// What must be read again.
    pub(super) suspects: Suspects,
}

impl Kept {
    /// What is known to the index in `folder`, whose last commit was noted with `note`.
    pub(super) fn load(folder: Option<&Path>, note: Option<&str>) -> Kept {
        let (ledger, problems, learning) = (Ledger::from_note(note), Problems::load(folder), Learning::load(folder));
        Kept { ledger, problems, learning, suspects: Suspects::load(folder) }
    }

    /// Forgets the files of which `is_there` says that they are gone.
    pub(super) fn retain(&mut self, is_there: impl Fn(FileKey) -> bool) {
        self.problems.retain(&is_there);
        self.ledger.retain(&is_there);
    }

    /// Keeps beside the index in `folder` what has changed, when all or only part of the pile `was_read`. Without it nothing is lost but time, so a
    /// failure is no error.
    pub(super) fn save(mut self, folder: Option<&Path>, was_read: bool) {
        if was_read {
            self.suspects.forget();
        }
        if let Err(error) = self.learning.save(folder) {
            tracing::warn!("what repeats cannot be remembered: {error}");
        }
        if let Err(error) = self.problems.save() {
            tracing::warn!("what could not be read cannot be remembered: {error}");
        }
    }
}
