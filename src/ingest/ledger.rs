//! How far the files that grow have been read, so that reading goes on where it stopped.
//!
//! A dump of a million articles that was appended to, or whose import was killed, need not be read
//! again from its beginning. Such a file is read in *stretches*: one ends at each commit and at the
//! end of the file, and the articles of each have a key of their own in the index. The ledger goes
//! into the index with the commit itself, so the two never tell different things.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::archive::FileKey;
use crate::format::{Bookmark, HEAD};
use crate::library::{FileEntry, fingerprint};

/// The files that can be gone on with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ledger {
    files: BTreeMap<u64, Reading>,
}

/// How far a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reading {
    /// What the file was stamped with when it was read.
    stamp: u64,
    /// How large it was then.
    size: u64,
    /// Whether it was read to its end.
    complete: bool,
    /// The [`fingerprint`] of what was read.
    fingerprint: u64,
    /// How many problems were told of what was read.
    problems: usize,
    /// Where each stretch begins.
    starts: Vec<u64>,
    /// Where the last one ends.
    end: Bookmark,
}

/// A file in the course of being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The key of the articles in it.
    pub key: FileKey,
    /// Where it begins.
    pub from: Bookmark,
    /// How many problems were told of what comes before it.
    pub problems: usize,
}

/// What the ledger says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is not in the ledger.
    Unknown,
    /// All of it was read, and it has not changed since.
    Read,
    /// It can be read on from here.
    GoesOn(Stretch),
    /// It has changed, or its articles are not where they should be: it must be read anew.
    Changed,
}

impl Stretch {
    /// The first stretch of a file.
    pub fn first(entry: &FileEntry) -> Stretch {
        Stretch { key: FileKey(entry.key), from: Bookmark::default(), problems: 0 }
    }
}

/// The key of the stretch of a file that begins at this byte. The first has the file's own.
fn key(file: u64, start: u64) -> FileKey {
    match start {
        0 => FileKey(file),
        _ => FileKey(rapidhash::v3::rapidhash_v3(&[file.to_le_bytes(), start.to_le_bytes()].concat())),
    }
}

impl Ledger {
    /// Reads what [`Ledger::to_note`] wrote; a ledger that cannot be read is empty, and the files in it
    /// are read anew.
    pub fn from_note(note: Option<&str>) -> Ledger {
        note.and_then(|note| serde_json::from_str(note).ok()).unwrap_or_default()
    }

    /// The ledger as text.
    pub fn to_note(&self) -> String {
        serde_json::to_string(self).expect("numbers and lists of them can always be written")
    }

    /// The keys of a file's stretches.
    pub fn keys(&self, entry: &FileEntry) -> Vec<FileKey> {
        match self.files.get(&entry.key) {
            None => vec![FileKey(entry.key)],
            Some(reading) => reading.starts.iter().map(|start| key(entry.key, *start)).collect(),
        }
    }

    /// How a file stands, when the index holds what is `known`.
    pub fn standing(&self, entry: &FileEntry, known: &HashMap<FileKey, u64>) -> Standing {
        let Some(reading) = self.files.get(&entry.key) else {
            return Standing::Unknown;
        };
        if !self.keys(entry).iter().all(|key| known.contains_key(key)) {
            return Standing::Changed;
        }
        if reading.complete && reading.stamp == entry.stamp {
            return Standing::Read;
        }
        // What was written over has most often kept its size or lost some of it.
        let may_go_on = entry.size >= reading.end.byte && (!reading.complete || entry.size > reading.size);
        match fingerprint(&entry.path, reading.end.byte) {
            Ok(found) if may_go_on && found == reading.fingerprint => Standing::GoesOn(Stretch {
                key: key(entry.key, reading.end.byte),
                from: reading.end,
                problems: reading.problems,
            }),
            _ => Standing::Changed,
        }
    }

    /// Notes that a stretch was read up to `end`, and whether the file ends there. Returns the next one.
    ///
    /// A file that is too short to be worth it is not noted, nor is one that cannot be read any more;
    /// then there is no next stretch.
    pub fn note(
        &mut self,
        entry: &FileEntry,
        stretch: Stretch,
        end: Bookmark,
        problems: usize,
        complete: bool,
    ) -> Option<Stretch> {
        // The beginning of a file says how all of it is read, so that has to stand.
        if end.byte < HEAD as u64 {
            return None;
        }
        let fingerprint = fingerprint(&entry.path, end.byte).ok()?;
        let mut starts = self.files.remove(&entry.key).map(|reading| reading.starts).unwrap_or_default();
        starts.retain(|start| *start < stretch.from.byte);
        if end.byte > stretch.from.byte {
            starts.push(stretch.from.byte);
        }
        let reading = Reading { stamp: entry.stamp, size: entry.size, complete, fingerprint, problems, starts, end };
        self.files.insert(entry.key, reading);
        Some(Stretch { key: key(entry.key, end.byte), from: end, problems })
    }

    /// Forgets a file, which is read anew.
    pub fn forget(&mut self, entry: &FileEntry) {
        self.files.remove(&entry.key);
    }

    /// Forgets the files of which `is_there` says that they are gone.
    pub fn retain(&mut self, is_there: impl Fn(FileKey) -> bool) {
        self.files.retain(|key, _| is_there(FileKey(*key)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Pile, walk};
    use std::fs;
    use std::path::Path;

    fn entry(path: &Path) -> FileEntry {
        let mut found = Vec::new();
        walk(&Pile::open(&[path.to_owned()], path).unwrap(), |entry| found.extend(entry));
        found.remove(0)
    }

    #[test]
    fn a_file_goes_on_where_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.jsonl");
        let line = format!("{{\"text\":\"{}\"}}\n", "word ".repeat(20));
        fs::write(&path, line.repeat(2000)).unwrap();
        let before = entry(&path);
        let size = before.size;
        let mut ledger = Ledger::default();
        let known = |starts: &[u64]| starts.iter().map(|start| (key(before.key, *start), before.stamp)).collect();
        assert_eq!(ledger.standing(&before, &known(&[0])), Standing::Unknown);

        let half = Bookmark { byte: size / 2, line: 1000 };
        let second = ledger.note(&before, Stretch::first(&before), half, 3, false).unwrap();
        assert_eq!((second.from, second.problems), (half, 3));
        assert_eq!(ledger.standing(&before, &known(&[0])), Standing::GoesOn(second));
        assert_eq!(ledger.standing(&before, &known(&[])), Standing::Changed, "its articles are gone");

        let end = Bookmark { byte: size - 1, line: 2000 };
        let third = ledger.note(&before, second, end, 3, true).unwrap();
        assert_eq!(ledger, Ledger::from_note(Some(&ledger.to_note())));
        assert_eq!(ledger.standing(&before, &known(&[0, half.byte])), Standing::Read);
        assert_eq!(ledger.keys(&before), [key(before.key, 0), key(before.key, half.byte)]);

        fs::write(&path, line.repeat(2001)).unwrap();
        assert_eq!(ledger.standing(&entry(&path), &known(&[0, half.byte])), Standing::GoesOn(third));
        fs::write(&path, line.repeat(2001).replacen("word", "ward", 1)).unwrap();
        assert_eq!(ledger.standing(&entry(&path), &known(&[0, half.byte])), Standing::Changed);
        fs::write(&path, line.repeat(1900)).unwrap();
        assert_eq!(ledger.standing(&entry(&path), &known(&[0, half.byte])), Standing::Changed);
    }

    #[test]
    fn a_short_file_is_not_worth_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.jsonl");
        fs::write(&path, "{\"text\":\"a\"}\n").unwrap();
        let entry = entry(&path);
        let mut ledger = Ledger::default();
        assert_eq!(ledger.note(&entry, Stretch::first(&entry), Bookmark { byte: 12, line: 1 }, 0, true), None);
        assert_eq!(ledger, Ledger::default());
        assert_eq!(ledger.keys(&entry), [FileKey(entry.key)]);
    }

    #[test]
    fn a_ledger_that_cannot_be_read_is_empty() {
        for note in [None, Some(""), Some("{\"7\":{}}"), Some("[]")] {
            assert_eq!(Ledger::from_note(note), Ledger::default());
        }
    }
}
