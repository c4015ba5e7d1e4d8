//! What of a pile has been written into an index of a cluster, kept on the reader's machine.
//!
//! A file of lines, of which each commit adds one: it is on the disk before the commit counts. A last line that was
//! cut off by a crash is none. When most lines are of the past, the file is written anew. The articles of a ledger
//! carry its name on the cluster, so that a machine never removes what another one has written.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::FileKey;
use crate::disk;

/// The name of the file in the folder of the ledger.
const FILE_NAME: &str = "ledger.jsonl";
/// So many more lines than files there may be before it is written anew.
const SPARE: usize = 10_000;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// What the articles of this ledger carry.
    ledger: String,
    /// What the server calls the index, which is another when it was made anew.
    index: String,
}

/// What a commit has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// Files and what they looked like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    added: Vec<(u64, u64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    removed: Vec<u64>,
    note: String,
}

/// What has been written.
#[derive(Debug)]
pub(crate) struct Ledger {
    path: PathBuf,
    head: Head,
    files: HashMap<FileKey, u64>,
    note: Option<String>,
    /// How many entries the lines of the file have together.
    entries: usize,
    /// Open for this process alone, once something is written.
    file: Option<File>,
}

impl Ledger {
    /// The ledger in a folder, of the index that the server calls `index`; an empty one where there is none, or it is
    /// of another index.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(crate) fn open(folder: &Path, index: &str) -> io::Result<Ledger> {
        let path = folder.join(FILE_NAME);
        let mut ledger = Ledger {
            path,
            head: Head { ledger: name(), index: index.to_owned() },
            files: HashMap::new(),
            note: None,
            entries: 0,
            file: None,
        };
        ledger.read()?;
        Ok(ledger)
    }

    fn read(&mut self) -> io::Result<()> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut lines = BufReader::new(file).split(b'\n');
        let head = lines.next().transpose()?.and_then(|line| serde_json::from_slice::<Head>(&line).ok());
        let Some(head) = head.filter(|head| head.index == self.head.index) else { return Ok(()) };
        self.head = head;
        for line in lines {
            let Ok(line) = serde_json::from_slice::<Line>(&line?) else { break };
            self.entries += line.added.len() + line.removed.len() + 1;
            self.take(line);
        }
        Ok(())
    }

    fn take(&mut self, line: Line) {
        for key in &line.removed {
            self.files.remove(&FileKey(*key));
        }
        self.files.extend(line.added.into_iter().map(|(key, stamp)| (FileKey(key), stamp)));
        self.note = Some(line.note);
    }

    /// What the articles of this ledger carry.
    pub(crate) fn name(&self) -> &str {
        &self.head.ledger
    }

    /// The files that were written, and what they looked like.
    pub(crate) fn files(&self) -> &HashMap<FileKey, u64> {
        &self.files
    }

    /// What the last commit was noted with.
    pub(crate) fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The right to write it; `false` while another process has it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(crate) fn lock(&mut self) -> io::Result<bool> {
        if self.file.is_some() {
            return Ok(false);
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        disk::make_folder(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        if lock.try_lock().is_err() {
            return Ok(false);
        }
        self.file = Some(lock);
        // Another process may have written meanwhile.
        (self.files, self.note, self.entries) = Default::default();
        self.read()?;
        self.rewrite()?;
        Ok(true)
    }

    /// Lets others write.
    pub(crate) fn unlock(&mut self) {
        self.file = None;
    }

    /// Notes what a commit has changed. It is on the disk then.
    ///
    /// # Errors
    ///
    /// What the system says. The commit then does not count.
    pub(crate) fn commit(&mut self, added: &HashMap<FileKey, u64>, removed: &[FileKey], note: &str) -> io::Result<()> {
        let line = Line {
            added: added.iter().map(|(key, stamp)| (key.0, *stamp)).collect(),
            removed: removed.iter().map(|key| key.0).collect(),
            note: note.to_owned(),
        };
        let mut text = serde_json::to_vec(&line)?;
        text.push(b'\n');
        let mut file = File::options().append(true).open(&self.path)?;
        file.write_all(&text)?;
        file.sync_data()?;
        self.entries += line.added.len() + line.removed.len() + 1;
        self.take(line);
        if self.entries > 2 * self.files.len() + SPARE {
            self.rewrite()?;
        }
        Ok(())
    }

    /// Writes what holds now, and nothing of the past.
    fn rewrite(&mut self) -> io::Result<()> {
        let mut text = serde_json::to_vec(&self.head)?;
        text.push(b'\n');
        if let Some(note) = &self.note {
            let added = self.files.iter().map(|(key, stamp)| (key.0, *stamp)).collect();
            text.extend(serde_json::to_vec(&Line { added, removed: Vec::new(), note: note.clone() })?);
            text.push(b'\n');
        }
        disk::write(&self.path, &text)?;
        self.entries = self.files.len() + 1;
        Ok(())
    }
}

/// A name that no other ledger has.
fn name() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}", random() ^ random().rotate_left(17))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn added(files: &[(u64, u64)]) -> HashMap<FileKey, u64> {
        files.iter().map(|(key, stamp)| (FileKey(*key), *stamp)).collect()
    }

    #[test]
    fn a_ledger_is_found_as_the_last_commit_left_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), "one").unwrap();
        assert!(ledger.files().is_empty() && ledger.note().is_none());
        assert!(ledger.lock().unwrap());
        ledger.commit(&added(&[(1, 10), (2, 20)]), &[], "first").unwrap();
        ledger.commit(&added(&[(3, 30)]), &[FileKey(1)], "second").unwrap();
        assert!(!Ledger::open(folder.path(), "one").unwrap().lock().unwrap(), "somebody else writes");
        let name = ledger.name().to_owned();
        drop(ledger);

        // What a crash has cut off is no commit.
        let path = folder.path().join(FILE_NAME);
        let mut text = fs::read(&path).unwrap();
        text.extend(b"{\"added\":[[9,9]");
        fs::write(&path, text).unwrap();
        let mut ledger = Ledger::open(folder.path(), "one").unwrap();
        assert_eq!(
            (ledger.files(), ledger.note(), ledger.name()),
            (&added(&[(2, 20), (3, 30)]), Some("second"), &*name)
        );
        assert!(ledger.lock().unwrap());
        ledger.commit(&added(&[(4, 40)]), &[], "third").unwrap();
        drop(ledger);
        let ledger = Ledger::open(folder.path(), "one").unwrap();
        assert_eq!(ledger.files(), &added(&[(2, 20), (3, 30), (4, 40)]));
    }

    #[test]
    fn an_index_that_was_made_anew_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), "one").unwrap();
        assert!(ledger.lock().unwrap());
        ledger.commit(&added(&[(1, 10)]), &[], "").unwrap();
        ledger.unlock();
        let other = Ledger::open(folder.path(), "two").unwrap();
        assert!(other.files().is_empty() && other.name() != ledger.name());
    }

    #[test]
    fn a_ledger_does_not_grow_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), "one").unwrap();
        assert!(ledger.lock().unwrap());
        let many: Vec<(u64, u64)> = (0..3000).map(|key| (key, key)).collect();
        for _ in 0..8 {
            ledger.commit(&added(&many), &[], "again").unwrap();
        }
        let size = fs::metadata(folder.path().join(FILE_NAME)).unwrap().len();
        assert!(size < 8 * 3000 * 12, "{size}");
        assert_eq!(Ledger::open(folder.path(), "one").unwrap().files().len(), 3000);
    }
}
