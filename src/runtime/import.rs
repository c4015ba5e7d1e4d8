//! Bringing the index up to date with the files: only what is new, changed or gone is touched.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Barrier, Condvar, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::event::Progress;
use crate::index::{FileKey, Index, Location, Writer};
use crate::library::{self, FileEntry, Files, Manuscript, Pile};
use crate::text::Clean;

use super::problems::Problems;

/// Memory for the engine's own work, in bytes.
const MEMORY: usize = 120_000_000;
/// How many articles may wait for a worker.
const QUEUE: usize = 64;
/// How many bytes the articles may have together that were read and are not understood yet. One that
/// is longer goes alone.
const WAITING: usize = 32 << 20;
/// The first articles can be found this soon; later commits come further apart, as each costs.
const FIRST_COMMIT: Duration = Duration::from_millis(400);
/// Commits are at most this far apart.
const LAST_COMMIT: Duration = Duration::from_secs(20);
/// How often progress is told.
const TELL: Duration = Duration::from_millis(100);
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
    let known = index.searcher()?.files()?;
    let mut problems = Problems::load(index.folder());
    let mut outcome = Outcome::default();
    let mut seen: HashSet<FileKey> = HashSet::with_capacity(known.len());
    let mut changed: Vec<FileEntry> = Vec::new();
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
                if known.get(&key) == Some(&entry.stamp) || problems.is_barren(&entry) {
                    progress.done += 1;
                    if let Some((told, count)) = problems.of(&entry) {
                        outcome.problems_again(told, count);
                    }
                } else {
                    changed.push(entry);
                }
                if told.elapsed() > TELL {
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
    }
    drop(seen);
    progress.total = outcome.files;
    if !changed.is_empty() || !gone.is_empty() {
        let Some(writer) = index.writer(MEMORY)? else {
            outcome.busy = true;
            progress.finished = true;
            tell(&progress);
            return Ok(outcome);
        };
        outcome.gone = gone.len();
        for key in gone {
            writer.remove_file(key);
        }
        for entry in &changed {
            if known.contains_key(&FileKey(entry.key)) {
                writer.remove_file(FileKey(entry.key));
            }
        }
        drop(known);
        read_all(changed, writer, &mut problems, stop, &mut outcome, &mut progress, tell)?;
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

/// What goes to a worker.
enum Job<'a> {
    /// An article to understand and to write, with its file and stamp.
    Article(FileKey, u64, Box<Manuscript>, Share<'a>),
    /// Wait until the others have come here, and again until the commit is done.
    Rest,
}

/// The memory that waiting articles may take.
#[derive(Default)]
struct Tray {
    taken: Mutex<usize>,
    freed: Condvar,
}

/// The part of it that an article takes, until it is dropped.
struct Share<'a> {
    tray: &'a Tray,
    bytes: usize,
}

impl Tray {
    /// Waits until there is room for so many bytes, or for anything at all.
    fn share(&self, bytes: usize) -> Share<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken > 0 && *taken + bytes > WAITING;
        let mut taken = self.freed.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        *taken += bytes;
        Share { tray: self, bytes }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.tray.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.tray.freed.notify_one();
    }
}

/// Reads `changed` here, understands and writes the articles in workers, and commits now and then.
fn read_all(
    changed: Vec<FileEntry>,
    writer: Writer,
    problems: &mut Problems,
    stop: &AtomicBool,
    outcome: &mut Outcome,
    progress: &mut Progress,
    tell: &mut dyn FnMut(&Progress),
) -> Result<()> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let writer = RwLock::new(writer);
    let tray = Tray::default();
    let (sender, receiver) = sync_channel(QUEUE);
    let receiver = Arc::new(Mutex::new(receiver));
    let crew = Crew {
        writer: &writer,
        barrier: Barrier::new(workers + 1),
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
            tray: &tray,
            sender,
            workers,
            begun: Instant::now(),
            told: Instant::now(),
            committed: Instant::now(),
            pause: FIRST_COMMIT,
        };
        reader.read(&changed, problems, stop, outcome, progress, tell)
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
    writer.into_inner().unwrap_or_else(PoisonError::into_inner).finish()
}

/// What the workers share.
struct Crew<'a> {
    writer: &'a RwLock<Writer>,
    barrier: Barrier,
    written: AtomicUsize,
    failed: Mutex<Option<Error>>,
    /// What the program should have understood and did not.
    not_understood: Mutex<Vec<Error>>,
}

impl Crew<'_> {
    fn work(&self, jobs: &Mutex<Receiver<Job<'_>>>) {
        loop {
            let job = match jobs.lock() {
                Ok(jobs) => jobs.recv(),
                Err(_) => return,
            };
            match job {
                Ok(Job::Article(file, stamp, manuscript, _share)) => {
                    // The others wait for each other at every commit: one that is gone would keep them
                    // waiting for ever.
                    let path = manuscript.origin.path.clone();
                    let Ok(article) = panic::catch_unwind(AssertUnwindSafe(|| manuscript.article())) else {
                        let reason = "newsstand fails to understand it; please report that".to_owned();
                        if let Ok(mut failures) = self.not_understood.lock() {
                            failures.push(Error::NotAnArticle { path, reason });
                        }
                        continue;
                    };
                    let added = match self.writer.read() {
                        Ok(writer) => writer.add(file, stamp, &article),
                        Err(_) => return,
                    };
                    match added {
                        Ok(()) => _ = self.written.fetch_add(1, Ordering::Relaxed),
                        Err(error) => {
                            if let Ok(mut failed) = self.failed.lock() {
                                failed.get_or_insert(error);
                            }
                        }
                    }
                }
                Ok(Job::Rest) => {
                    self.barrier.wait();
                    self.barrier.wait();
                }
                Err(_) => return,
            }
        }
    }

    fn has_failed(&self) -> bool {
        self.failed.lock().map_or(true, |failed| failed.is_some())
    }
}

/// Reads files one after the other and hands out their articles.
struct Reader<'a> {
    crew: &'a Crew<'a>,
    tray: &'a Tray,
    sender: SyncSender<Job<'a>>,
    workers: usize,
    begun: Instant,
    told: Instant,
    committed: Instant,
    pause: Duration,
}

impl Reader<'_> {
    fn read(
        &mut self,
        changed: &[FileEntry],
        known: &mut Problems,
        stop: &AtomicBool,
        outcome: &mut Outcome,
        progress: &mut Progress,
        tell: &mut dyn FnMut(&Progress),
    ) -> Result<()> {
        let all_bytes: u64 = changed.iter().map(|entry| entry.size.max(1)).sum();
        let mut bytes = 0;
        for entry in changed {
            let mut within = 0;
            // The last article of a file is held back until it is known to be the last: it alone
            // says that the file is complete.
            let mut held: Option<Manuscript> = None;
            let file = FileKey(entry.key);
            let mut failed = Ok(());
            let mut problems = Vec::new();
            let report = library::read_manuscripts(entry, Default::default(), &mut |manuscript| {
                match manuscript {
                    Ok(manuscript) => {
                        within = manuscript.origin.bytes.end;
                        if let Some(before) = held.replace(manuscript) {
                            self.hand_out(file, INCOMPLETE, before);
                        }
                    }
                    Err(error) => problems.push(error),
                }
                if self.told.elapsed() > TELL || self.committed.elapsed() > self.pause {
                    failed = self.look_up((bytes + within, all_bytes), progress, tell);
                }
                if stop.load(Ordering::Relaxed) || failed.is_err() || self.crew.has_failed() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            });
            failed?;
            if self.crew.has_failed() {
                return Ok(());
            }
            if stop.load(Ordering::Relaxed) {
                outcome.stopped = true;
                return Ok(());
            }
            let barren = held.is_none();
            if let Some(last) = held {
                self.hand_out(file, entry.stamp, last);
            }
            outcome.read += 1;
            problems.extend(report.err());
            let told = outcome.problems_of_file(&problems);
            known.remember(entry, barren, told, problems.len());
            bytes += entry.size.max(1);
            progress.done += 1;
            if self.told.elapsed() > TELL || self.committed.elapsed() > self.pause {
                self.look_up((bytes, all_bytes), progress, tell)?;
            }
        }
        Ok(())
    }

    fn hand_out(&self, file: FileKey, stamp: u64, manuscript: Manuscript) {
        // The workers outlive the sender, so a failed send can only mean that they panicked, and the
        // scope passes their panic on.
        let share = self.tray.share(manuscript.raw.text.len());
        let _ = self.sender.send(Job::Article(file, stamp, Box::new(manuscript), share));
    }

    /// Tells how far it has come, and commits when it is time.
    fn look_up(&mut self, bytes: (u64, u64), progress: &mut Progress, tell: &mut dyn FnMut(&Progress)) -> Result<()> {
        progress.articles = self.crew.written.load(Ordering::Relaxed);
        let elapsed = self.begun.elapsed().as_secs_f64();
        let (done, all) = (bytes.0.max(1) as f64, bytes.1.max(1) as f64);
        progress.seconds_left = (elapsed > 1.0).then(|| (elapsed * (all - done).max(0.0) / done) as u64);
        if self.committed.elapsed() > self.pause {
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
        for _ in 0..self.workers {
            let _ = self.sender.send(Job::Rest);
        }
        self.crew.barrier.wait();
        let result = match self.crew.writer.write() {
            Ok(mut writer) => writer.commit(),
            Err(_) => Ok(()),
        };
        self.crew.barrier.wait();
        self.committed = Instant::now();
        self.pause = (self.pause * 3).min(LAST_COMMIT);
        result
    }
}
