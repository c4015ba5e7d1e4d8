//! What could not be read, remembered: a file that has not changed is not read again to hear the same.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::FileKey;
use crate::disk;
use crate::library::FileEntry;
use crate::text::Clean;

/// What a file is stamped with until all its articles are in the index. A file with this stamp is
/// read again, so that an import that was killed loses nothing.
pub const INCOMPLETE: u64 = 0;

/// The file that keeps them, beside the index.
const NAME: &str = "problems.json";

/// The problems of the files of a pile.
///
/// They are kept beside the index, and like it can be lost without harm: the files are then read
/// once more.
#[derive(Debug, Default)]
pub struct Problems {
    path: Option<PathBuf>,
    files: BTreeMap<u64, FileProblems>,
    changed: bool,
}

/// The problems of a file that looked so when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct FileProblems {
    stamp: u64,
    /// Whether the index does not know it: it holds no article at all, or its last one was lost.
    barren: bool,
    told: Vec<Clean>,
    /// How many there were, those not kept word by word among them.
    count: usize,
}

impl Problems {
    /// Those that were kept for the index in `folder`; none where they cannot be read, or where the
    /// index lies in memory.
    pub fn load(folder: Option<&Path>) -> Problems {
        let Some(folder) = folder else {
            return Problems::default();
        };
        let path = folder.join(NAME);
        let files = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Problems { path: Some(path), files, changed: false }
    }

    /// The problems of a file, if it looks as it did when they were found: word by word, and how many
    /// in all.
    pub fn of(&self, entry: &FileEntry) -> Option<(&[Clean], usize)> {
        let known = self.files.get(&entry.key).filter(|known| known.stamp == entry.stamp)?;
        Some((&known.told, known.count))
    }

    /// The first `count` problems of a file, as they were when it was last read.
    pub fn before(&self, entry: &FileEntry, count: usize) -> (&[Clean], usize) {
        self.files.get(&entry.key).map_or((&[], 0), |known| (&known.told[..count.min(known.told.len())], count))
    }

    /// True for a file that held no article when it looked as it does now.
    pub fn is_barren(&self, entry: &FileEntry) -> bool {
        self.files.get(&entry.key).is_some_and(|known| known.stamp == entry.stamp && known.barren)
    }

    /// Remembers what was wrong with a file that was read now, or that nothing was.
    pub fn remember(&mut self, entry: &FileEntry, barren: bool, told: &[Clean], count: usize) {
        if told.is_empty() && count == 0 {
            self.changed |= self.files.remove(&entry.key).is_some();
            return;
        }
        let problems = FileProblems { stamp: entry.stamp, barren, told: told.to_vec(), count };
        self.changed = true;
        self.files.insert(entry.key, problems);
    }

    /// Remembers an article that was lost when its file was read now: the last of the file when it has the
    /// file's stamp, which then is in no article of the index.
    pub fn add(&mut self, file: FileKey, stamp: u64, told: &[Clean]) {
        let known = self.files.entry(file.0).or_default();
        known.count += 1;
        known.told.extend_from_slice(told);
        if stamp != INCOMPLETE {
            known.stamp = stamp;
            known.barren = true;
        }
        self.changed = true;
    }

    /// Forgets the files of which `is_there` says that they are gone.
    pub fn retain(&mut self, is_there: impl Fn(FileKey) -> bool) {
        let before = self.files.len();
        self.files.retain(|key, _| is_there(FileKey(*key)));
        self.changed |= before != self.files.len();
    }

    /// Keeps them beside the index, if something has changed.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost but time.
    pub fn save(&mut self) -> io::Result<()> {
        let Some(path) = self.path.as_deref().filter(|_| self.changed) else {
            return Ok(());
        };
        disk::write(path, &serde_json::to_vec(&self.files)?)?;
        self.changed = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Pile, walk};

    /// A file as a walk finds it, with another stamp.
    fn entry(folder: &Path, name: &str, stamp: u64) -> FileEntry {
        let path = folder.join(name);
        fs::write(&path, "text").unwrap();
        let mut found = Vec::new();
        walk(&Pile::open(&[path], folder).unwrap(), |entry| found.extend(entry));
        let mut entry: FileEntry = found.remove(0);
        entry.stamp = stamp;
        entry
    }

    #[test]
    fn they_are_kept_until_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let (one, two) = (entry(folder, "one.txt", 7), entry(folder, "two.txt", 7));
        let mut problems = Problems::load(Some(folder));
        let told = [Clean::new("one.txt: is empty; skipped")];
        problems.remember(&one, true, &told, 1);
        problems.remember(&two, false, &told, 9);
        problems.save().unwrap();

        let mut problems = Problems::load(Some(folder));
        assert_eq!(problems.of(&one), Some((&told[..], 1)));
        assert!(problems.is_barren(&one) && !problems.is_barren(&two));
        let changed = entry(folder, "one.txt", 8);
        assert_eq!(problems.of(&changed), None);
        problems.remember(&changed, false, &[], 0);
        problems.retain(|key| key.0 != two.key);
        problems.save().unwrap();
        assert_eq!(Problems::load(Some(folder)).files, BTreeMap::new());
    }

    #[test]
    fn a_damaged_file_is_no_problem() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "{\"1\":").unwrap();
        assert_eq!(Problems::load(Some(folder.path())).files, BTreeMap::new());
    }
}
