//! What an import has to do: the files of the pile, compared with what is known of them.

use std::collections::{HashMap, HashSet};

use crate::archive::FileKey;
use crate::library::{FileEntry, Files, Pile};

use super::audience::Audience;
use super::kept::Kept;
use super::ledger::{Standing, Stretch};
use super::outcome::Outcome;

/// What there is to do.
#[derive(Default)]
pub(super) struct Plan {
    /// The files to read, in the order of the pile.
    pub(super) tasks: Vec<Task>,
    /// The files whose articles are to be forgotten.
    pub(super) gone: Vec<FileKey>,
}

/// A file to read, or what of it was not read yet.
pub(super) struct Task {
    pub(super) entry: FileEntry,
    pub(super) stretch: Stretch,
}

impl Task {
    /// About how many bytes there are to read.
    pub(super) fn unread(&self) -> u64 {
        self.entry.size.saturating_sub(self.stretch.from.byte).max(1)
    }
}

impl Plan {
    /// Walks through the pile; `known` is what the index holds of each file. `None` when nobody wants to
    /// hear the end of it.
    pub(super) fn make(
        pile: &Pile,
        known: &HashMap<FileKey, u64>,
        kept: &mut Kept,
        outcome: &mut Outcome,
        audience: &mut Audience<'_>,
    ) -> Option<Plan> {
        let mut seen: HashSet<FileKey> = HashSet::with_capacity(known.len());
        let mut tasks = Vec::new();
        let mut files = Files::new(pile);
        for entry in files.by_ref() {
            // Whoever quits does not wait for the end of a walk through millions of files.
            if audience.is_gone() {
                return None;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    outcome.problem(&error);
                    continue;
                }
            };
            outcome.files += 1;
            seen.insert(FileKey(entry.key));
            seen.extend(kept.ledger.keys(&entry));
            match to_read(&entry, known, kept) {
                Some(stretch) => tasks.push(Task { entry, stretch }),
                None => {
                    audience.progress.done += 1;
                    if let Some((told, count)) = kept.problems.of(&entry) {
                        outcome.problems_again(told, count);
                    }
                }
            }
            if audience.wants_to_hear() {
                audience.progress.total = outcome.files;
                audience.tell();
            }
        }
        audience.progress.total = outcome.files;
        outcome.notes.extend(files.told_of_links());
        // A root that is missing may be a disk that is not mounted: its articles are not forgotten.
        if !pile.missing.is_empty() {
            return Some(Plan { tasks, gone: Vec::new() });
        }
        kept.retain(|key| seen.contains(&key));
        let gone = known.keys().filter(|key| !seen.contains(key)).copied().collect();
        Some(Plan { tasks, gone })
    }

    /// True when there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.gone.is_empty()
    }

    /// About how many bytes there are to read.
    pub(super) fn bytes(&self) -> u64 {
        self.tasks.iter().map(Task::unread).sum()
    }
}

/// What of a file is to be read; `None` when all of it is known.
fn to_read(entry: &FileEntry, known: &HashMap<FileKey, u64>, kept: &Kept) -> Option<Stretch> {
    if kept.suspects.hold(&kept.ledger.keys(entry)) {
        return Some(Stretch::first(entry));
    }
    match kept.ledger.standing(entry, known) {
        Standing::GoesOn(stretch) => Some(stretch),
        Standing::Read => None,
        Standing::Unknown if known.get(&FileKey(entry.key)) == Some(&entry.stamp) => None,
        Standing::Unknown | Standing::Changed if kept.problems.is_barren(entry) => None,
        Standing::Unknown | Standing::Changed => Some(Stretch::first(entry)),
    }
}
