//! What one search has looked up already, and how much more of it may be looked up.
//!
//! A search goes through its query several times: as it was typed, for help when nothing is found, with
//! typing errors forgiven, with the most telling words alone. What a word is looked for by is made out once.
//! Exact answers always come whole; what forgives draws from one budget. It is counted and not timed, so that
//! the same index gives the same answer on every machine.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Searcher;
use tantivy::schema::Field;

use super::spellings::Spellings;
use super::ways::Way;
use crate::archive::Limits;
use crate::query::{Form, Part};
use crate::text::Clean;

/// So many letters of the words of the index may be compared with words whose errors are forgiven: about 0.3 s.
/// Of a million articles, a word with two errors takes up to two million.
const LETTERS: u64 = 12_000_000;
/// An entry in a list of articles costs so much less than a letter that is compared.
const ENTRIES: u64 = 4;
/// So many entries in lists of articles are gone through for articles that have but some of the words.
pub(crate) const LISTED: u64 = 40_000_000;

/// What a word is looked for by: part, text, form, and whether typing errors in it are forgiven.
type Asked = (Part, String, Form, bool);

/// A word in a field, and how many typing errors in it are forgiven.
type Misspelling = (Field, String, u8);

/// What one search has looked up, and what it left out.
#[derive(Debug)]
pub(crate) struct Work {
    /// How many letters may be compared.
    room: u64,
    ways: Mutex<HashMap<Asked, Option<Vec<Way>>>>,
    spellings: Mutex<HashMap<Misspelling, Option<Arc<Spellings>>>>,
    compared: AtomicU64,
    /// Set when more words fit a pattern than are looked for.
    pub fitting_left_out: Arc<AtomicBool>,
    spellings_left_out: AtomicBool,
    /// What else was left out, in words.
    notes: Mutex<Vec<Clean>>,
}

impl Default for Work {
    fn default() -> Work {
        Work::with_room(LETTERS)
    }
}

impl Work {
    /// A search in which so many letters may be compared.
    pub(crate) fn with_room(room: u64) -> Work {
        Work {
            room,
            ways: Mutex::default(),
            spellings: Mutex::default(),
            compared: AtomicU64::new(0),
            fitting_left_out: Arc::default(),
            spellings_left_out: AtomicBool::new(false),
            notes: Mutex::default(),
        }
    }

    /// The ways of a word, which `find` finds where they are not known.
    pub(crate) fn ways(&self, asked: Asked, find: impl FnOnce() -> Option<Vec<Way>>) -> Option<Vec<Way>> {
        if let Some(known) = lock(&self.ways).get(&asked) {
            return known.clone();
        }
        let ways = find();
        lock(&self.ways).insert(asked, ways.clone());
        ways
    }

    /// The words in a field that differ from one by so many errors at most; `None` where the budget is spent,
    /// or they cannot be read, which the search finds out.
    pub(crate) fn spellings(
        &self,
        searcher: &Searcher,
        field: Field,
        word: &str,
        errors: u8,
    ) -> Option<Arc<Spellings>> {
        let mut spellings = lock(&self.spellings);
        let asked = (field, word.to_owned(), errors);
        if let Some(known) = spellings.get(&asked) {
            return known.clone();
        }
        let compared = self.compared.load(Ordering::Relaxed);
        // One is always looked for, however many words there are.
        let most = if compared == 0 { u64::MAX } else { self.room.saturating_sub(compared) };
        let (found, letters) = match most {
            0 => (None, 0),
            most => Spellings::find(searcher, field, word, errors, most).unwrap_or((None, 0)),
        };
        if found.is_none() {
            self.spellings_left_out.store(true, Ordering::Relaxed);
        }
        let found = found.map(Arc::new);
        let entries = found.as_ref().map_or(0, |found| found.entries() / ENTRIES);
        self.compared.store(compared + letters + entries, Ordering::Relaxed);
        spellings.insert(asked, found.clone());
        found
    }

    /// Remembers what was left out.
    pub(crate) fn note(&self, left_out: &str) {
        let note = Clean::new(left_out);
        let mut notes = lock(&self.notes);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// What of the question was not looked for, up to now.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits { not_tried: lock(&self.notes).clone(), ..Limits::default() };
        let flags = [
            (&*self.fitting_left_out, "some of the words that fit the pattern"),
            (&self.spellings_left_out, "some of the spellings"),
        ];
        let set = flags.iter().filter(|(flag, _)| flag.load(Ordering::Relaxed));
        limits.not_tried.extend(set.map(|(_, note)| Clean::new(note)));
        limits
    }
}

/// What was put in before a panic is whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
