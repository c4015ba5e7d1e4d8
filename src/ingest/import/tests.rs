use super::super::audience::Pace;
use super::*;
use crate::archive::{Asking, told};
use crate::index::{Index, Location};
use crate::query::Query;
use chrono::NaiveDate;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// Commits whenever it can.
const HASTY: Pace = Pace { tell: Duration::ZERO, first_commit: Duration::ZERO, last_commit: Duration::ZERO };

/// A dump that grows, and its index.
struct Dump {
    _folder: TempDir,
    path: PathBuf,
    index: Index,
}

impl Dump {
    /// A dump of so many articles.
    fn of(count: usize) -> Dump {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dump.jsonl");
        fs::write(&path, (1..=count).map(line).collect::<String>()).unwrap();
        let index = Index::open(&Location::Disk(folder.path().join("index"))).unwrap();
        Dump { _folder: folder, path, index }
    }

    fn append(&self, text: &str) {
        OpenOptions::new().append(true).open(&self.path).unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn import(&self, pace: Pace, tell: &mut dyn FnMut(&Progress)) -> Outcome {
        let pile = Pile::open(std::slice::from_ref(&self.path), &self.path).unwrap();
        let stop = AtomicBool::new(false);
        Import::new(&pile, &self.index, Audience::new(pace, &stop, tell)).unwrap().run().unwrap()
    }

    /// Imports; how many articles were read, and which lines of the dump can be found then.
    fn imported(&self) -> (usize, Vec<u32>) {
        (self.import(PACE, &mut |_| ()).articles, self.lines())
    }

    fn lines(&self) -> Vec<u32> {
        let asking = Asking::new(NaiveDate::default());
        let found = told(self.index.archive().unwrap().search(&Query::default(), &asking).unwrap());
        let rows = told(found.order.rows(0..found.matched, &|| false).unwrap()).value;
        let mut lines: Vec<u32> = rows.iter().filter_map(|row| row.record.part).collect();
        lines.sort_unstable();
        lines
    }
}

/// An article of two kilobytes.
fn line(at: usize) -> String {
    format!("{{\"title\":\"Number {at}\",\"text\":\"{}\"}}\n", "A word and another. ".repeat(100))
}

#[test]
fn of_a_dump_that_grew_only_the_new_articles_are_read() {
    let dump = Dump::of(50);
    assert_eq!(dump.imported(), (50, (1..=50).collect()));
    assert_eq!(dump.imported(), (0, (1..=50).collect()));
    dump.append(&line(51));
    assert_eq!(dump.imported(), (1, (1..=51).collect()));
    // A line that is just being written is no article yet, and no trouble later.
    let next = line(52);
    let (begun, rest) = next.split_at(30);
    dump.append(begun);
    let outcome = dump.import(PACE, &mut |_| ());
    assert_eq!((outcome.articles, outcome.problem_count), (0, 1));
    assert_eq!(dump.import(PACE, &mut |_| ()).problem_count, 1, "told again");
    dump.append(rest);
    let outcome = dump.import(PACE, &mut |_| ());
    assert_eq!((outcome.articles, outcome.problem_count), (1, 0));
    assert_eq!(dump.imported(), (0, (1..=52).collect()));
}

#[test]
fn a_dump_that_was_changed_is_read_anew() {
    let dump = Dump::of(50);
    dump.append(&line(51));
    assert_eq!(dump.imported().0, 51);
    dump.append(&line(52));
    assert_eq!(dump.imported().0, 1);
    fs::write(&dump.path, (2..=60).map(line).collect::<String>()).unwrap();
    assert_eq!(dump.imported(), (59, (1..=59).collect()));
    fs::write(&dump.path, line(1)).unwrap();
    assert_eq!(dump.imported(), (1, vec![1]));
    fs::remove_file(&dump.path).unwrap();
    let folder = dump.path.parent().unwrap().join("index");
    let pile = Pile::open(&[folder], &dump.path).unwrap();
    import(&pile, &dump.index, &AtomicBool::new(false), &mut |_| ()).unwrap();
    assert_eq!(dump.lines(), [0; 0]);
}

#[test]
fn an_import_that_was_killed_goes_on_where_it_stopped() {
    let dump = Dump::of(60);
    let killed = panic::catch_unwind(AssertUnwindSafe(|| {
        dump.import(HASTY, &mut |progress| assert!(progress.articles < 50, "killed"));
    }));
    assert!(killed.is_err());
    let (read, lines) = dump.imported();
    assert_eq!(lines, (1..=60).collect::<Vec<u32>>());
    assert!((1..=15).contains(&read), "{read} were read again");
    dump.append(&line(61));
    assert_eq!(dump.imported(), (1, (1..=61).collect()));
}
