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

/// So many words of the index may be compared with words whose errors are forgiven. A word is compared with all
/// words of a field, most of which are left out by their first letters, about 10 million in 0.1 s.
const COMPARED: u64 = 30_000_000;
/// Of words that differ by one error at most, fewer beginnings need to be gone through than of those with two.
const ONE_ERROR: u64 = 8;
/// An entry in a list of articles costs so much less than a word that is compared.
const ENTRIES: u64 = 8;

/// What a word is looked for by: part, text, form, and whether typing errors in it are forgiven.
type Asked = (Part, String, Form, bool);

/// A word in a field, and how many typing errors in it are forgiven.
type Misspelling = (Field, String, u8);

/// What one search has looked up, and what it left out.
#[derive(Debug)]
pub(crate) struct Work {
    /// How many words may be compared.
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
        Work::with_room(COMPARED)
    }
}

impl Work {
    /// A search in which so many words may be compared.
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
        let words = |index: Arc<tantivy::InvertedIndexReader>| index.terms().num_terms() as u64;
        let segments = searcher.segment_readers().iter();
        let all: u64 = segments.map(|segment| segment.inverted_index(field).map_or(0, words)).sum();
        let cost = if errors < 2 { all / ONE_ERROR } else { all };
        let compared = self.compared.load(Ordering::Relaxed);
        // One is always looked for, however many words there are.
        let found = if compared > 0 && compared + cost > self.room {
            self.spellings_left_out.store(true, Ordering::Relaxed);
            None
        } else {
            Spellings::find(searcher, field, word, errors).ok().map(Arc::new)
        };
        let entries = found.as_ref().map_or(0, |found| found.entries() / ENTRIES);
        self.compared.store(compared + if found.is_some() { cost + entries } else { 0 }, Ordering::Relaxed);
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
