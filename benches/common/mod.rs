//! Piles to measure on.

mod generator;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use newsstand::article::Article;
use newsstand::index::{Index, Location};
use newsstand::ingest::import;
use newsstand::library::{self, Pile};
use tempfile::TempDir;

pub use generator::Generator;

/// How many articles a pile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub usize);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            thousands @ 1000.. => write!(f, "{},{:03} articles", thousands / 1000, thousands % 1000),
            few => write!(f, "{few} articles"),
        }
    }
}

/// A pile in a folder of its own, and its index.
pub struct Measured {
    pub pile: Pile,
    pub index: Index,
    location: Location,
}

impl Measured {
    /// The index as a program that has just started finds it, with nothing remembered.
    pub fn opened_anew(&self) -> Index {
        Index::open(&self.location).expect("the index is whole")
    }
}

/// All folders, to be removed at the end, and the piles that were made so far.
static FOLDERS: Mutex<Vec<TempDir>> = Mutex::new(Vec::new());
static PILES: Mutex<BTreeMap<Size, Arc<Measured>>> = Mutex::new(BTreeMap::new());

/// The pile of this size with its index, made when it is first asked for.
pub fn measured(size: Size) -> Arc<Measured> {
    let mut piles = PILES.lock().unwrap_or_else(PoisonError::into_inner);
    let made = piles.entry(size).or_insert_with(|| {
        let folder = folder();
        let pile = pile(&dump(&folder, size));
        let location = Location::Disk(folder.join("index"));
        let index = Index::open(&location).expect("a new folder can be written");
        bring_up_to_date(&pile, &index);
        Arc::new(Measured { pile, index, location })
    });
    Arc::clone(made)
}

/// Reads what is new in a pile.
pub fn bring_up_to_date(pile: &Pile, index: &Index) {
    let outcome = import(pile, index, &AtomicBool::new(false), &mut |_| {}).expect("the index can be written");
    assert_eq!(outcome.problem_count, 0, "{:?}", outcome.problems);
}

/// A new folder, which lasts until the end.
pub fn folder() -> PathBuf {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().to_owned();
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
    path
}

/// Removes what was made.
pub fn clean_up() {
    PILES.lock().unwrap_or_else(PoisonError::into_inner).clear();
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// Writes so many articles into one file, a line each.
pub fn dump(folder: &Path, size: Size) -> PathBuf {
    let mut lines = String::new();
    for text in Generator::new().take(size.0) {
        lines += &serde_json::json!({ "text": text }).to_string();
        lines.push('\n');
    }
    let path = folder.join("dump.jsonl");
    fs::write(&path, lines).expect("there is room for the articles");
    path
}

/// Writes so many articles into a file each.
pub fn files(folder: &Path, size: Size) -> PathBuf {
    let path = folder.join("articles");
    fs::create_dir_all(&path).expect("there is room for a folder");
    for (number, text) in Generator::new().take(size.0).enumerate() {
        fs::write(path.join(format!("{number:06}.txt")), text).expect("there is room for the articles");
    }
    path
}

/// The pile that lies at `path`.
pub fn pile(path: &Path) -> Pile {
    Pile::open(&[path.to_owned()], Path::new("unused")).expect("no stream is asked for")
}

/// The articles of a pile, understood.
pub fn articles(pile: &Pile) -> Vec<Article> {
    let mut articles = Vec::new();
    library::walk(pile, |entry| {
        let entry = entry.expect("the files were just written");
        library::read_file(&entry, &mut |article| articles.push(article.expect("each is an article")))
            .expect("the files can be read");
    });
    articles
}
