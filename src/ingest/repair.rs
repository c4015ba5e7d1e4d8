//! What is damaged in an index is taken out, and its files are read again.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::archive::{Collection, Due, FileKey};
use crate::disk;
use crate::error::{Error, Result};
use crate::text::Clean;

/// The file that keeps them, beside the index.
const NAME: &str = "suspects.json";

/// Checks what is due of an index, as long as `goes_on` says so, and takes out what is damaged; the next
/// import reads it from the files again, and everything else answers meanwhile. Returns what is to be told.
///
/// # Errors
///
/// [`Error::Index`] and [`Error::Cache`] when the index cannot be read or written at all.
pub fn repair(
    collection: &dyn Collection,
    due: Due,
    now: SystemTime,
    goes_on: &dyn Fn() -> bool,
) -> Result<Option<Clean>> {
    let (Some(folder), Some(intake)) = (collection.folder(), collection.intake()) else {
        return Ok(None);
    };
    let Some(damage) = intake.damage(due, now, goes_on)? else {
        return Ok(None);
    };
    // First it is noted what is to be read again: whatever happens then, nothing is missed.
    let mut suspects = Suspects::load(Some(folder));
    match &damage.files {
        Some(files) => suspects.files.extend(files.iter().map(|key| key.0)),
        None => suspects.all = true,
    }
    suspects.save().map_err(|error| Error::Cache { path: folder.to_owned(), reason: error.to_string() })?;
    Ok(Some(Clean::new(match intake.take_out(&damage)? {
        true => "part of the index was damaged; the articles in it are being read again",
        false => "part of the index is damaged; another newsstand is writing it, so it is read again later",
    })))
}

/// The files of the pile whose articles are missing from the index, whatever it says of them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Suspects {
    #[serde(skip)]
    path: Option<PathBuf>,
    /// Whether any of them may be one.
    all: bool,
    files: BTreeSet<u64>,
}

impl Suspects {
    /// Those of the index in `folder`.
    pub(super) fn load(folder: Option<&Path>) -> Suspects {
        let Some(path) = folder.map(|folder| folder.join(NAME)) else { return Suspects::default() };
        let known: Suspects = match fs::read(&path) {
            // A file that cannot be read was one of them once.
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or(Suspects { all: true, ..Suspects::default() }),
            Err(_) => Suspects::default(),
        };
        Suspects { path: Some(path), ..known }
    }

    fn save(&self) -> io::Result<()> {
        match &self.path {
            Some(path) => disk::write(path, &serde_json::to_vec(self)?),
            None => Ok(()),
        }
    }

    /// True for a file with one of these keys that must be read again.
    pub(super) fn hold(&self, keys: &[FileKey]) -> bool {
        self.all || keys.iter().any(|key| self.files.contains(&key.0))
    }

    /// All of them have been read.
    pub(super) fn forget(&mut self) {
        if (self.all || !self.files.is_empty())
            && let Some(path) = &self.path
            && let Err(error) = fs::remove_file(path)
        {
            tracing::warn!("what was damaged will be read once more: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Asking, Intake, told};
    use crate::index::{Index, Location};
    use crate::ingest::import;
    use crate::library::Pile;
    use crate::query::parse_finished;
    use chrono::NaiveDate;
    use std::sync::atomic::AtomicBool;
    use std::time::Duration;

    /// A pile of files in two segments, and their index.
    struct Piled {
        folder: tempfile::TempDir,
        pile: Pile,
    }

    impl Piled {
        fn new() -> Piled {
            let folder = tempfile::tempdir().unwrap();
            let news = folder.path().join("news");
            fs::create_dir(&news).unwrap();
            let pile = Pile::open(std::slice::from_ref(&news), &news).unwrap();
            let piled = Piled { folder, pile };
            for round in 0..2 {
                for number in 0..20 {
                    let text =
                        format!("Harbour {round}-{number}\n\nThe harbour in the north is closed for {number} days.");
                    fs::write(news.join(format!("{round}-{number}.txt")), text).unwrap();
                }
                piled.import(&piled.open());
            }
            piled
        }

        fn index_folder(&self) -> PathBuf {
            self.folder.path().join("index")
        }

        fn open(&self) -> Index {
            Index::open(&Location::Disk(self.index_folder())).unwrap()
        }

        fn import(&self, index: &Index) -> usize {
            import(&self.pile, index, &AtomicBool::new(false), &mut |_| ()).unwrap().articles
        }

        /// The largest file of a kind, with every seventh byte changed.
        fn flip(&self, kind: &str) {
            let entries = fs::read_dir(self.index_folder()).unwrap().map(|entry| entry.unwrap().path());
            let files = entries.filter(|path| path.extension().is_some_and(|found| found == kind));
            let path = files.max_by_key(|path| fs::metadata(path).unwrap().len()).expect("there is one");
            let mut bytes = fs::read(&path).unwrap();
            let body = bytes.len() - bytes.len().min(60);
            bytes[..body.max(1)].iter_mut().step_by(7).for_each(|byte| *byte ^= 0x11);
            fs::write(&path, bytes).unwrap();
        }
    }

    fn found(index: &Index, line: &str) -> usize {
        let asking = Asking::new(NaiveDate::default());
        told(index.archive().unwrap().search(&parse_finished(line), &asking).unwrap()).matched
    }

    fn day(number: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(24 * 60 * 60 * number)
    }

    #[test]
    fn what_is_damaged_is_found_and_read_again() {
        for kind in ["idx", "pos", "fieldnorm", "fast", "term", "store", "families"] {
            let piled = Piled::new();
            let index = piled.open();
            assert!(repair(&index, Due::Daily, day(100), &|| true).unwrap().is_none(), "{kind}");
            piled.flip(kind);
            // To look at the files is enough, as they are never written twice.
            let told = repair(&index, Due::Changed, day(100), &|| true).unwrap().expect("it is told");
            assert!(told.contains("are being read again"), "{told}");
            let left = found(&index, "");
            assert!(left < 40, "{kind}: the rest answers, {left}");
            let again = piled.import(&index);
            assert_eq!(again, if kind == "fast" { 40 } else { 40 - left }, "{kind}");
            assert_eq!((found(&index, ""), found(&index, "\"closed for 7 days\"")), (40, 2), "{kind}");
            assert_eq!(piled.import(&piled.open()), 0, "{kind}");
            assert!(repair(&index, Due::Daily, day(102), &|| true).unwrap().is_none(), "{kind}");
        }
    }

    #[test]
    fn nothing_is_checked_that_is_not_due() {
        let piled = Piled::new();
        let index = piled.open();
        let asked = |due, day| {
            let asked = std::cell::Cell::new(0);
            let goes_on = || {
                asked.set(asked.get() + 1);
                true
            };
            repair(&index, due, day, &goes_on).unwrap();
            asked.get()
        };
        assert_eq!(asked(Due::Changed, day(100)), 0, "what was never checked is no suspect");
        let all = asked(Due::Daily, day(100));
        assert!(all > 0);
        assert_eq!(asked(Due::Daily, day(100)), 0);
        assert_eq!(asked(Due::Daily, day(101)), all);
        assert_eq!(asked(Due::Daily, day(99)), all, "the clock was set back");
    }

    #[test]
    fn what_is_not_wanted_any_more_is_checked_later() {
        let piled = Piled::new();
        let index = piled.open();
        piled.flip("idx");
        assert!(repair(&index, Due::Daily, day(100), &|| false).unwrap().is_none());
        assert!(repair(&index, Due::Daily, day(100), &|| true).unwrap().is_some());
    }

    #[test]
    fn an_index_that_is_being_written_is_repaired_by_the_next_import() {
        let piled = Piled::new();
        let index = piled.open();
        piled.flip("idx");
        let writer = index.writer(0).unwrap().expect("nobody else writes");
        let told = repair(&index, Due::Daily, day(100), &|| true).unwrap().expect("it is told");
        assert!(told.contains("another newsstand is writing"), "{told}");
        drop(writer);
        assert!(repair(&index, Due::Daily, day(101), &|| true).unwrap().is_some());
        piled.import(&index);
        assert_eq!(found(&index, ""), 40);
    }
}
