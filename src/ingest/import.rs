//! Bringing the index up to date with the files: only what is new, changed or gone is touched.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Barrier, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::index::{FileKey, Index, Location, Tray, Writer};
use crate::library::{FileEntry, FileReport, Files, Manuscript, OpenFile, Pile};
use crate::text::Clean;

use super::crew::{Crew, Handed, Job};
use super::ledger::{Ledger, Standing, Stretch};
use super::problems::Problems;
use super::progress::Progress;
use super::repeats::Learning;

/// The most memory for the engine's own work, in bytes.
const MEMORY: usize = 160_000_000;
/// So many bytes of it are enough for each byte that is read: a table that is far larger than what
/// comes into it takes more time to make than to fill.
const MEMORY_FOR_BYTE: u64 = 8;
/// So many articles go to a worker together, or so many bytes of them: to wake it up for each costs as
/// much as some of them take to understand.
const TOGETHER: usize = 16;
const BYTES_TOGETHER: usize = 128 << 10;
/// How many such batches may wait for a worker.
const QUEUE: usize = 8;
/// How many bytes the articles may have together that were read and are not understood yet. One that
/// is longer goes alone.
const WAITING: usize = 32 << 20;

/// How often an import looks up from its work.
#[derive(Clone, Copy)]
struct Pace {
    /// How often progress is told.
    tell: Duration,
    /// The first articles can be found this soon; later commits come further apart, as each costs.
    first_commit: Duration,
    /// Commits are at most this far apart.
    last_commit: Duration,
}

/// Each of the first commits waits so many times as long as the one before.
const PAUSES_GROW: u32 = 16;

/// The usual pace.
const PACE: Pace = Pace {
    tell: Duration::from_millis(100),
    first_commit: Duration::from_millis(120),
    last_commit: Duration::from_secs(20),
};
/// How many problems are kept word by word.
const MOST_PROBLEMS: usize = 1000;

/// The index in use. Another one may take its place while the program runs.
#[derive(Clone)]
pub struct Shelf(Arc<Mutex<Index>>);

impl Shelf {
    /// This index, until another one takes its place.
    pub fn new(index: Index) -> Shelf {
        Shelf(Arc::new(Mutex::new(index)))
    }

    /// The index that is in use now.
    pub fn index(&self) -> Index {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another index in its place.
    pub fn replace(&self, index: Index) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = index;
    }
}

/// What a file is stamped with until all its articles are in the index. A file with this stamp is
/// read again, so that an import that was killed loses nothing.
const INCOMPLETE: u64 = 0;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that are there.
    pub files: usize,
    /// Articles read anew.
    pub articles: usize,
    /// Files that were read anew.
    pub read: usize,
    /// Files that are gone.
    pub gone: usize,
    /// What could not be read, as it is told to the reader.
    pub problems: Vec<Clean>,
    /// How many problems there were, those not kept word by word among them.
    pub problem_count: usize,
    /// True when another process was writing, so that nothing was read.
    pub busy: bool,
    /// True when it was stopped before the end.
    pub stopped: bool,
}

/// Brings `index` up to date with `pile`.
///
/// `stop` ends the import early; what was read until then stays. `tell` hears of the progress about
/// ten times a second, and whenever more can be found than before.
///
/// # Errors
///
/// [`crate::Error::Index`] and [`crate::Error::Cache`] when the index cannot be written. A file that
/// cannot be read is no error: it is a problem of the outcome.
pub fn import(pile: &Pile, index: &Index, stop: &AtomicBool, tell: &mut dyn FnMut(&Progress)) -> Result<Outcome> {
    import_at(PACE, pile, index, stop, tell)
}

fn import_at(
    pace: Pace,
    pile: &Pile,
    index: &Index,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    let known = index.searcher()?.files()?;
    let mut problems = Problems::load(index.folder());
    let mut ledger = Ledger::from_note(index.note()?.as_deref());
    let mut outcome = Outcome::default();
    let mut seen: HashSet<FileKey> = HashSet::with_capacity(known.len());
    let mut changed: Vec<Task> = Vec::new();
    let mut progress = Progress::default();
    let mut told = Instant::now();
    for entry in Files::new(pile) {
        // Whoever quits does not wait for the end of a walk through millions of files.
        if stop.load(Ordering::Relaxed) {
            outcome.stopped = true;
            return Ok(outcome);
        }
        match entry {
            Ok(entry) => {
                outcome.files += 1;
                let key = FileKey(entry.key);
                seen.insert(key);
                seen.extend(ledger.keys(&entry));
                let standing = match ledger.standing(&entry, &known) {
                    Standing::Unknown if known.get(&key) == Some(&entry.stamp) => Standing::Read,
                    standing => standing,
                };
                match standing {
                    Standing::GoesOn(stretch) => changed.push(Task { entry, stretch }),
                    Standing::Unknown | Standing::Changed if !problems.is_barren(&entry) => {
                        changed.push(Task { stretch: Stretch::first(&entry), entry });
                    }
                    _ => {
                        progress.done += 1;
                        if let Some((told, count)) = problems.of(&entry) {
                            outcome.problems_again(told, count);
                        }
                    }
                }
                if told.elapsed() > pace.tell {
                    told = Instant::now();
                    progress.total = outcome.files;
                    tell(&progress);
                }
            }
            Err(error) => outcome.problem(&error),
        }
    }
    // A root that is missing may be a disk that is not mounted: its articles are not forgotten.
    let gone: Vec<FileKey> = match pile.missing.is_empty() {
        true => known.keys().filter(|key| !seen.contains(key)).copied().collect(),
        false => Vec::new(),
    };
    if pile.missing.is_empty() {
        problems.retain(|key| seen.contains(&key));
        ledger.retain(|key| seen.contains(&key));
    }
    drop(seen);
    progress.total = outcome.files;
    if !changed.is_empty() || !gone.is_empty() {
        let bytes: u64 = changed.iter().map(Task::unread).sum();
        let enough = usize::try_from(bytes.saturating_mul(MEMORY_FOR_BYTE)).unwrap_or(MEMORY);
        let Some(writer) = index.writer(enough.min(MEMORY))? else {
            outcome.busy = true;
            progress.finished = true;
            tell(&progress);
            return Ok(outcome);
        };
        outcome.gone = gone.len();
        for key in gone {
            writer.remove_file(key);
        }
        for Task { entry, stretch } in &changed {
            let anew = stretch.from.byte == 0;
            let keys = if anew { ledger.keys(entry) } else { vec![stretch.key] };
            keys.into_iter().filter(|key| known.contains_key(key)).for_each(|key| writer.remove_file(key));
            if anew {
                ledger.forget(entry);
            }
        }
        drop(known);
        let learning = Learning::load(index.folder());
        let known = (&mut problems, &mut ledger, &learning);
        read_all(pace, changed, writer, known, stop, &mut outcome, &mut progress, tell)?;
        if let Err(error) = learning.save(index.folder()) {
            tracing::warn!("what repeats cannot be remembered: {error}");
        }
        progress.changed = outcome.articles > 0 || outcome.gone > 0;
    }
    if let Err(error) = problems.save() {
        tracing::warn!("what could not be read cannot be remembered: {error}");
    }
    progress.finished = true;
    progress.articles = outcome.articles;
    progress.problems = outcome.problems.clone();
    progress.seconds_left = None;
    tell(&progress);
    Ok(outcome)
}

/// Like [`import`], but puts an index in memory on the shelf when the one there cannot be written or
/// read: on a full disk, or when it is damaged. Returns what made that necessary.
///
/// # Errors
///
/// What [`import`] fails with in memory.
pub fn import_anyhow(
    pile: &Pile,
    shelf: &Shelf,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress),
) -> Result<(Outcome, Option<Error>)> {
    match import(pile, &shelf.index(), stop, tell) {
        Err(error @ (Error::Cache { .. } | Error::Index { .. })) => {
            shelf.replace(Index::open(&Location::Memory)?);
            Ok((import(pile, &shelf.index(), stop, tell)?, Some(error)))
        }
        outcome => Ok((outcome?, None)),
    }
}

/// How the reader is told of what [`import_anyhow`] has done.
pub fn in_memory_because(error: &Error) -> Clean {
    Clean::new(&format!("{error}; this time the index is kept in memory"))
}

impl Outcome {
    /// Takes what was wrong with a file, and returns that of it which is kept word by word.
    fn problems_of_file(&mut self, problems: &[Error]) -> &[Clean] {
        let before = self.problems.len();
        problems.iter().for_each(|problem| self.problem(problem));
        &self.problems[before..]
    }

    /// Takes what was wrong with a file that has not changed since.
    fn problems_again(&mut self, told: &[Clean], count: usize) {
        self.problem_count += count;
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(told.iter().take(room).cloned());
    }

    fn problem(&mut self, error: &Error) {
        tracing::warn!("{error}");
        self.problem_count += 1;
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Clean::new(&error.to_string()));
        }
    }
}

/// A file to read, or what of it was not read yet.
struct Task {
    entry: FileEntry,
    stretch: Stretch,
}

impl Task {
    /// About how many bytes there are to read.
    fn unread(&self) -> u64 {
        self.entry.size.saturating_sub(self.stretch.from.byte).max(1)
    }
}

/// Reads `changed` here, understands and writes the articles in workers, and commits now and then.
#[expect(clippy::too_many_arguments, reason = "they are what an import consists of")]
fn read_all(
    pace: Pace,
    changed: Vec<Task>,
    writer: Writer,
    (problems, ledger, learning): (&mut Problems, &mut Ledger, &Learning),
    stop: &AtomicBool,
    outcome: &mut Outcome,
    progress: &mut Progress,
    tell: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let writer = RwLock::new(writer);
    let tray = Tray::new(WAITING);
    let (sender, receiver) = sync_channel(QUEUE);
    let receiver = Arc::new(Mutex::new(receiver));
    let crew = Crew {
        writer: &writer,
        barrier: Barrier::new(workers + 1),
        turns: AtomicU64::new(0),
        learning,
        written: AtomicUsize::new(0),
        failed: Mutex::new(None),
        not_understood: Mutex::default(),
    };
    let result = thread::scope(|scope| {
        for _ in 0..workers {
            let receiver = Arc::clone(&receiver);
            let crew = &crew;
            scope.spawn(move || crew.work(&receiver));
        }
        drop(receiver);
        let mut reader = Reader {
            crew: &crew,
            tray,
            sender,
            gathered: Vec::new(),
            gathered_bytes: 0,
            workers,
            begun: Instant::now(),
            told: Instant::now(),
            committed: Instant::now(),
            pace,
            pause: pace.first_commit,
            problems,
            ledger,
        };
        let result = reader.read(&changed, stop, outcome, progress, tell);
        reader.send();
        result
        // The sender is dropped here, and the workers end.
    });
    let Crew { written, failed, not_understood, .. } = crew;
    outcome.articles = written.into_inner();
    for error in not_understood.into_inner().unwrap_or_default() {
        outcome.problem(&error);
    }
    result?;
    if let Ok(Some(error)) = failed.into_inner() {
        return Err(error);
    }
    writer.into_inner().unwrap_or_else(PoisonError::into_inner).finish(&ledger.to_note())
}

/// Reads files one after the other and hands out their articles.
struct Reader<'a> {
    crew: &'a Crew<'a>,
    tray: Tray,
    sender: SyncSender<Job>,
    /// What the next batch for a worker is to be, and its bytes.
    gathered: Vec<Handed>,
    gathered_bytes: usize,
    workers: usize,
    begun: Instant,
    told: Instant,
    committed: Instant,
    pace: Pace,
    pause: Duration,
    problems: &'a mut Problems,
    ledger: &'a mut Ledger,
}

/// A file that is being read.
struct Reading<'a> {
    entry: &'a FileEntry,
    /// What its articles go to.
    stretch: Stretch,
    grows: bool,
    /// The last article is held back until it is known to be the last: it alone says that the file
    /// is complete.
    held: Option<Manuscript>,
    problems: Vec<Error>,
    /// How many of them lie before the article that is held back.
    settled: usize,
    /// How many problems were told of what was read before.
    problems_before: usize,
    /// How far it was read.
    within: u64,
}

impl Reader<'_> {
    fn read(
        &mut self,
        changed: &[Task],
        stop: &AtomicBool,
        outcome: &mut Outcome,
        progress: &mut Progress,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<()> {
        let all_bytes: u64 = changed.iter().map(Task::unread).sum();
        let mut bytes = 0;
        for task @ Task { entry, stretch } in changed {
            let mut reading = Reading {
                entry,
                stretch: *stretch,
                grows: false,
                held: None,
                problems: Vec::new(),
                settled: 0,
                problems_before: stretch.problems,
                within: stretch.from.byte,
            };
            let (told, count) = self.problems.before(entry, stretch.problems);
            let mut told = told.to_vec();
            outcome.problems_again(&told, count);
            let mut failed = Ok(());
            let report = OpenFile::new(entry).and_then(|file| {
                reading.grows = file.grows();
                file.read(Default::default(), stretch.from, &mut |manuscript| {
                    self.take(&mut reading, manuscript);
                    if self.is_due() {
                        let place = (bytes + reading.within - stretch.from.byte, all_bytes);
                        failed = self.look_up(Some(&mut reading), place, progress, tell);
                    }
                    if stop.load(Ordering::Relaxed) || failed.is_err() || self.crew.has_failed() {
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                })
            });
            failed?;
            if self.crew.has_failed() {
                return Ok(());
            }
            if stop.load(Ordering::Relaxed) {
                self.end_stretch(&mut reading, false);
                outcome.stopped = true;
                return Ok(());
            }
            self.end(&mut reading, &report);
            outcome.read += 1;
            let barren = reading.within == 0;
            reading.problems.extend(report.err());
            let found = outcome.problems_of_file(&reading.problems);
            told.extend_from_slice(found);
            let count = count + reading.problems.len();
            self.problems.remember(entry, barren, &told, count);
            bytes += task.unread();
            progress.done += 1;
            if self.is_due() {
                self.look_up(None, (bytes, all_bytes), progress, tell)?;
            }
        }
        Ok(())
    }

    /// Takes what a file holds next.
    fn take(&mut self, reading: &mut Reading<'_>, manuscript: Result<Manuscript>) {
        match manuscript {
            Ok(manuscript) => {
                reading.within = manuscript.origin.bytes.end;
                reading.settled = reading.problems.len();
                if let Some(before) = reading.held.replace(manuscript) {
                    self.hand_out(reading.stretch.key, INCOMPLETE, before);
                }
            }
            Err(error) => reading.problems.push(error),
        }
    }

    /// Hands out the last article of a file, which says that the file is complete.
    fn end(&mut self, reading: &mut Reading<'_>, report: &Result<FileReport>) {
        // A file that changes while it is read is read again.
        if report.as_ref().is_ok_and(|report| !report.changed) && self.end_stretch(reading, true) {
            return;
        }
        if let Some(last) = reading.held.take() {
            self.hand_out(reading.stretch.key, reading.entry.stamp, last);
        }
    }

    /// Ends a stretch of a file that grows with what was read last. False where the file must be read
    /// in one.
    fn end_stretch(&mut self, reading: &mut Reading<'_>, complete: bool) -> bool {
        if !reading.grows {
            return false;
        }
        let end = reading.held.as_ref().map_or(reading.stretch.from, Manuscript::bookmark);
        let problems = reading.problems_before + reading.settled;
        let Some(next) = self.ledger.note(reading.entry, reading.stretch, end, problems, complete) else {
            return false;
        };
        if let Some(last) = reading.held.take() {
            let is_whole_file = complete && reading.stretch.from.byte == 0;
            self.hand_out(reading.stretch.key, if is_whole_file { reading.entry.stamp } else { INCOMPLETE }, last);
        }
        reading.stretch = next;
        true
    }

    fn hand_out(&mut self, file: FileKey, stamp: u64, manuscript: Manuscript) {
        let bytes = manuscript.raw.text.len();
        let share = self.tray.try_share(bytes).unwrap_or_else(|| {
            // What is gathered here takes room as well.
            self.send();
            self.tray.share(bytes)
        });
        let turn = self.crew.turns.fetch_add(1, Ordering::Relaxed);
        self.gathered.push(Handed { turn, file, stamp, manuscript, share });
        self.gathered_bytes += bytes;
        if self.gathered.len() >= TOGETHER || self.gathered_bytes >= BYTES_TOGETHER {
            self.send();
        }
    }

    /// Sends the workers what was gathered for them.
    fn send(&mut self) {
        self.gathered_bytes = 0;
        let gathered = std::mem::take(&mut self.gathered);
        if !gathered.is_empty() {
            // The workers outlive the sender, so a failed send can only mean that they panicked, and the
            // scope passes their panic on.
            let _ = self.sender.send(Job::Articles(gathered));
        }
    }

    /// Whether it is time to tell, or to commit.
    fn is_due(&self) -> bool {
        self.told.elapsed() > self.pace.tell || self.committed.elapsed() > self.pause
    }

    /// Tells how far it has come, and commits when it is time: also what was read of a file so far.
    fn look_up(
        &mut self,
        reading: Option<&mut Reading<'_>>,
        bytes: (u64, u64),
        progress: &mut Progress,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<()> {
        progress.articles = self.crew.written.load(Ordering::Relaxed);
        let elapsed = self.begun.elapsed().as_secs_f64();
        let (done, all) = (bytes.0.max(1) as f64, bytes.1.max(1) as f64);
        progress.seconds_left = (elapsed > 1.0).then(|| (elapsed * (all - done).max(0.0) / done) as u64);
        if self.committed.elapsed() > self.pause {
            if let Some(reading) = reading {
                self.end_stretch(reading, false);
            }
            self.commit()?;
            progress.changed = true;
        }
        tell(progress);
        progress.changed = false;
        self.told = Instant::now();
        Ok(())
    }

    /// Makes what was handed out so far visible: all of it, so that no file is taken for complete
    /// before its articles are there.
    fn commit(&mut self) -> Result<()> {
        self.send();
        for _ in 0..self.workers {
            let _ = self.sender.send(Job::Rest);
        }
        self.crew.barrier.wait();
        let result = match self.crew.writer.write() {
            Ok(mut writer) => writer.commit(&self.ledger.to_note()),
            Err(_) => Ok(()),
        };
        self.crew.barrier.wait();
        self.committed = Instant::now();
        self.pause = (self.pause * PAUSES_GROW).min(self.pace.last_commit);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::SearchContext;
    use crate::query::Query;
    use chrono::NaiveDate;
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::panic::{self, AssertUnwindSafe};
    use std::path::PathBuf;
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
            import_at(pace, &pile, &self.index, &AtomicBool::new(false), tell).unwrap()
        }

        /// Imports; how many articles were read, and which lines of the dump can be found then.
        fn imported(&self) -> (usize, Vec<u32>) {
            (self.import(PACE, &mut |_| ()).articles, self.lines())
        }

        fn lines(&self) -> Vec<u32> {
            let searcher = self.index.searcher().unwrap();
            let context = SearchContext::new(NaiveDate::default());
            let found = searcher.search(&Query::default(), &context).unwrap().expect("not cancelled");
            let rows = searcher.rows(&found.order, 0..found.matched).unwrap();
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
}
