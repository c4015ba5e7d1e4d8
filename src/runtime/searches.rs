//! The file of saved searches: read and written as the reader asks.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::config::{SavedSearch, parse_searches, with_search, without_search};
use crate::disk;
use crate::effect::SearchTask;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::text::Clean;

/// Where saved searches are kept, and what can be taken back.
pub struct SearchShelf {
    place: Place,
    /// The texts before and after each change, the last one last.
    changes: Vec<(String, String)>,
}

enum Place {
    /// The file; `None` for a user without a home.
    File(Option<PathBuf>),
    /// A text that nobody else sees.
    Memory(String),
}

impl SearchShelf {
    /// The searches of this file, which need not exist.
    pub fn of_file(path: Option<PathBuf>) -> SearchShelf {
        SearchShelf { place: Place::File(path), changes: Vec::new() }
    }

    /// These searches, without a file.
    pub fn in_memory(searches: &[SavedSearch]) -> SearchShelf {
        let add = |text: String, search| with_search(&text, search, Path::new("")).unwrap_or(text);
        SearchShelf { place: Place::Memory(searches.iter().fold(String::new(), add)), changes: Vec::new() }
    }

    /// Does what was asked, and says what there is now.
    pub fn perform(&mut self, task: &SearchTask) -> Event {
        match self.try_perform(task) {
            Ok((searches, told)) => Event::Searches(searches, told.map(|told| Clean::new(&told))),
            Err(error) => Event::Failed(Clean::new(&error.to_string())),
        }
    }

    fn try_perform(&mut self, task: &SearchTask) -> Result<(Vec<SavedSearch>, Option<String>)> {
        let path = self.path()?;
        let before = self.read(&path)?;
        let (after, told) = match task {
            SearchTask::Read => (before.clone(), None),
            SearchTask::Save(search) => {
                (with_search(&before, search, &path)?, Some(format!("saved as {}", search.name)))
            }
            SearchTask::Remove(name) => (without_search(&before, name, &path)?, Some(format!("removed {name}"))),
            SearchTask::Undo => match self.changes.pop() {
                Some((old, new)) if new == before => (old, Some("undone".to_owned())),
                Some(_) => {
                    self.changes.clear();
                    let reason = "has changed since, so the last change cannot be undone".to_owned();
                    return Err(Error::Config { path, reason });
                }
                None => (before.clone(), None),
            },
        };
        let searches = parse_searches(&after, &path)?;
        if after != before {
            self.write(&path, &after)?;
            if *task != SearchTask::Undo {
                self.changes.push((before, after));
            }
        }
        Ok((searches, told))
    }

    fn path(&self) -> Result<PathBuf> {
        match &self.place {
            Place::Memory(_) => Ok(PathBuf::from("searches.toml")),
            // Who keeps the file elsewhere and links to it wants that one to be written.
            Place::File(Some(path)) => Ok(fs::canonicalize(path).unwrap_or_else(|_| path.clone())),
            Place::File(None) => {
                let reason = "no home folder to keep searches in".to_owned();
                Err(Error::Config { path: PathBuf::from("searches.toml"), reason })
            }
        }
    }

    fn read(&self, path: &Path) -> Result<String> {
        match &self.place {
            Place::Memory(text) => Ok(text.clone()),
            Place::File(_) => match fs::read_to_string(path) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
                read => read.map_err(|error| failed(path, "read", &error)),
            },
        }
    }

    /// Writes the whole text or nothing: a half-written file would lose what a person has collected.
    fn write(&mut self, path: &Path, text: &str) -> Result<()> {
        if let Place::Memory(kept) = &mut self.place {
            text.clone_into(kept);
            return Ok(());
        }
        disk::rewrite(path, text.as_bytes()).map_err(|error| failed(path, "written", &error))
    }
}

fn failed(path: &Path, what: &str, error: &std::io::Error) -> Error {
    Error::Config { path: path.to_owned(), reason: format!("cannot be {what}: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(name: &str, query: &str) -> SearchTask {
        SearchTask::Save(SavedSearch { name: name.to_owned(), query: query.to_owned() })
    }

    /// What is told of a task, and the names there are then.
    fn after(shelf: &mut SearchShelf, task: &SearchTask) -> String {
        match shelf.perform(task) {
            Event::Searches(searches, told) => {
                let names: Vec<String> = searches.into_iter().map(|search| search.name).collect();
                format!("{}: {}", told.unwrap_or_default(), names.join(" "))
            }
            Event::Failed(told) => format!("! {told}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn searches_are_saved_removed_and_brought_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new").join("searches.toml");
        let mut shelf = SearchShelf::of_file(Some(path.clone()));
        let shelf = &mut shelf;
        assert_eq!(after(shelf, &SearchTask::Read), ": ");
        assert_eq!(after(shelf, &save("pears", "pears")), "saved as pears: pears");
        let text = fs::read_to_string(&path).expect("it is written") + "# mine\nplums = 'plums'\n";
        fs::write(&path, &text).expect("a person may write as well");
        assert_eq!(after(shelf, &SearchTask::Read), ": pears plums");
        assert_eq!(after(shelf, &SearchTask::Remove("pears".to_owned())), "removed pears: plums");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "# mine\nplums = 'plums'\n");
        assert_eq!(after(shelf, &SearchTask::Undo), "undone: pears plums");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
        assert!(after(shelf, &SearchTask::Undo).contains("has changed since"), "a person has written since");
        let left: Vec<_> = fs::read_dir(path.parent().expect("a folder")).expect("it can be read").collect();
        assert_eq!(left.len(), 1, "nothing else is left there");
    }

    #[test]
    fn a_file_that_is_not_understood_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("searches.toml");
        fs::write(&path, "pears = ").expect("it can be written");
        let mut shelf = SearchShelf::of_file(Some(path.clone()));
        assert!(after(&mut shelf, &save("plums", "plums")).contains("line 1"));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "pears = ");
    }
}
