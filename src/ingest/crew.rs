//! The workers of an import: they understand articles and write them into the index.
//!
//! Whatever an article makes them do, the others go on: the whole of a job is caught, an article that
//! cannot be worked on is lost and told, and nobody waits for somebody who is gone.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread;

use crate::archive::{FileKey, LostArticle, Share, Writer};
use crate::article::Article;
use crate::error::{Error, Result, caught};
use crate::extract::furniture::repeated::Sketch;
use crate::library::Manuscript;

use super::arrivals::Arrivals;
use super::repeats::Learning;

/// How many batches may wait for a worker.
const QUEUE: usize = 8;

/// What goes to a worker.
enum Job {
    /// Articles to understand and to write.
    Articles(Vec<Handed>),
    /// What the writer has gathered is to be worked on.
    HandOn,
}

/// An article that is handed to a worker.
pub(super) struct Handed {
    /// Which of all articles it is, from 0.
    pub(super) turn: u64,
    pub(super) file: FileKey,
    pub(super) stamp: u64,
    pub(super) manuscript: Manuscript,
    /// Given back when it is understood.
    pub(super) share: Share,
}

/// An article that could not be worked on.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) file: FileKey,
    /// What it was to be stamped with.
    pub(super) stamp: u64,
    pub(super) error: Error,
}

impl Lost {
    fn of(LostArticle { file, stamp, path }: LostArticle) -> Lost {
        let reason = "newsstand fails to understand it; please report that".to_owned();
        Lost { file, stamp, error: Error::NotAnArticle { path, reason } }
    }
}

/// What the workers have done.
#[derive(Debug)]
pub(super) struct Work {
    /// How many articles were written.
    pub(super) written: usize,
    /// What the program should have understood and did not.
    pub(super) lost: Vec<Lost>,
}

/// What becomes of a manuscript before it is written.
pub(super) struct Craft {
    /// It is understood.
    pub(super) understand: fn(Manuscript) -> Article,
    /// What of it may repeat is remembered.
    pub(super) sketch: fn(&Article) -> Sketch,
}

/// What is done outside of tests.
const CRAFT: Craft = Craft { understand: Manuscript::article, sketch: Sketch::of };

/// Workers, and whoever gives them work.
pub(super) struct Crew<'a> {
    sender: SyncSender<Job>,
    shared: &'a Shared<'a>,
}

/// What the workers share.
struct Shared<'a> {
    craft: Craft,
    /// What they write into; it is taken from them for a commit.
    writer: RwLock<Box<dyn Writer>>,
    /// How many articles were handed out, which is the turn of the next.
    turns: AtomicU64,
    /// What is learnt from all of them.
    learning: &'a Learning,
    /// When they came in.
    arrivals: &'a Arrivals<'a>,
    written: AtomicUsize,
    lost: Mutex<Vec<Lost>>,
    /// Why the index could not be written.
    failed: Mutex<Option<Error>>,
    /// How many jobs are not done yet.
    open: Mutex<usize>,
    done: Condvar,
    workers: AtomicUsize,
}

/// Starts workers that write into `writer`, has `lead` give them work, and waits until it is done.
///
/// # Errors
///
/// What `lead` fails with, and what the index cannot be written for.
pub(super) fn with(
    writer: Box<dyn Writer>,
    learning: &Learning,
    arrivals: &Arrivals<'_>,
    lead: impl FnOnce(&Crew<'_>) -> Result<()>,
) -> Result<(Box<dyn Writer>, Work)> {
    with_craft(CRAFT, writer, learning, arrivals, lead)
}

fn with_craft(
    craft: Craft,
    writer: Box<dyn Writer>,
    learning: &Learning,
    arrivals: &Arrivals<'_>,
    lead: impl FnOnce(&Crew<'_>) -> Result<()>,
) -> Result<(Box<dyn Writer>, Work)> {
    let shared = Shared {
        craft,
        writer: RwLock::new(writer),
        turns: AtomicU64::new(0),
        learning,
        arrivals,
        written: AtomicUsize::new(0),
        lost: Mutex::default(),
        failed: Mutex::default(),
        open: Mutex::new(0),
        done: Condvar::new(),
        workers: AtomicUsize::new(0),
    };
    let (sender, receiver) = sync_channel(QUEUE);
    let receiver = Arc::new(Mutex::new(receiver));
    thread::scope(|scope| {
        let shared = &shared;
        let wanted = thread::available_parallelism().map_or(1, usize::from);
        let started = (0..wanted).map_while(|_| {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new().spawn_scoped(scope, move || shared.work(&receiver)).ok()
        });
        // Fewer threads than there are cores are slower, and no more than that.
        let workers = started.count();
        shared.workers.store(workers, Ordering::Relaxed);
        drop(receiver);
        if workers == 0 {
            return Err(Error::NotFound("no thread can be started to read with; end other programs".to_owned()));
        }
        lead(&Crew { sender, shared })
        // The sender is dropped here, and the workers end.
    })?;
    let Shared { writer, written, lost, failed, .. } = shared;
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut lost = lost.into_inner().unwrap_or_else(PoisonError::into_inner);
    let writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
    // What is to be written is worked on once more there, with others of its language.
    let not_written = writer.take_lost();
    let written = written.into_inner() - not_written.len();
    lost.extend(not_written.into_iter().map(Lost::of));
    Ok((writer, Work { written, lost }))
}

impl Crew<'_> {
    /// The turn of the next article.
    pub(super) fn turn(&self) -> u64 {
        self.shared.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// How many articles were written so far.
    pub(super) fn written(&self) -> usize {
        self.shared.written.load(Ordering::Relaxed)
    }

    /// True when the index could not be written.
    pub(super) fn has_failed(&self) -> bool {
        locked(&self.shared.failed).is_some()
    }

    /// Has somebody work on these articles.
    pub(super) fn send(&self, articles: Vec<Handed>) {
        if !articles.is_empty() {
            self.give(Job::Articles(articles));
        }
    }

    fn give(&self, job: Job) {
        *locked(&self.shared.open) += 1;
        // The workers outlive the sender.
        if self.sender.send(job).is_err() {
            self.shared.end_job();
        }
    }

    /// Makes what was sent so far visible: all of it, so that no file is taken for complete before its
    /// articles are there. `note` is kept with it.
    ///
    /// # Errors
    ///
    /// When the index cannot be written.
    pub(super) fn commit(&self, note: &str) -> Result<()> {
        for _ in 0..self.shared.workers.load(Ordering::Relaxed) {
            self.give(Job::HandOn);
        }
        let open = locked(&self.shared.open);
        drop(self.shared.done.wait_while(open, |open| *open > 0).unwrap_or_else(PoisonError::into_inner));
        if let Err(error) = self.shared.arrivals.keep() {
            // It is told at the end, when it fails there as well.
            tracing::warn!("{error}");
        }
        self.shared.writer.write().unwrap_or_else(PoisonError::into_inner).commit(note)
    }
}

impl Shared<'_> {
    /// Does what comes in, until nothing can come any more.
    fn work(&self, jobs: &Mutex<Receiver<Job>>) {
        loop {
            let job = locked(jobs).recv();
            match job {
                Ok(Job::Articles(articles)) => articles.into_iter().for_each(|handed| self.take(handed)),
                Ok(Job::HandOn) => self.hand_on(),
                Err(_) => return self.hand_on(),
            }
            self.end_job();
        }
    }

    /// Works on an article, whatever comes of it.
    fn take(&self, handed: Handed) {
        let Handed { turn, file, stamp, manuscript, share } = handed;
        let path = manuscript.origin.path.clone();
        let Craft { understand, sketch } = self.craft;
        let understood = caught(|| {
            let article = understand(manuscript);
            let sketch = sketch(&article);
            (article, sketch)
        });
        drop(share);
        let worked_on = understood.and_then(|(article, sketch)| {
            caught(|| {
                self.learning.learn(turn, sketch);
                self.write(file, stamp, article);
            })
        });
        if let Err(words) = worked_on {
            tracing::error!("{}: {words}", path.display());
            // The others are learnt in their turns, which come after this one.
            let _ = caught(|| self.learning.learn(turn, Sketch::default()));
            locked(&self.lost).push(Lost::of(LostArticle { file, stamp, path }));
        }
    }

    fn write(&self, file: FileKey, stamp: u64, mut article: Article) {
        self.arrivals.note(&mut article);
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        match writer.add(file, stamp, article) {
            Ok(()) => _ = self.written.fetch_add(1, Ordering::Relaxed),
            Err(error) => self.fail(error),
        }
    }

    /// Works on what the writer has gathered, before it is committed.
    fn hand_on(&self) {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        match caught(|| writer.hand_on_all()) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.fail(error),
            Err(words) => tracing::error!("{words}"),
        }
    }

    fn fail(&self, error: Error) {
        locked(&self.failed).get_or_insert(error);
    }

    fn end_job(&self) {
        *locked(&self.open) -= 1;
        self.done.notify_all();
    }
}

/// What a lock keeps; whoever panicked with it held has left it whole.
fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Collection, Intake, Tray};
    use crate::article::{ArticleId, Origin};
    use crate::extract::RawArticle;
    use crate::format::Told;
    use crate::index::{Index, Location};

    fn titles(index: &Index) -> usize {
        index.archive().expect("readable").len()
    }

    /// Has a crew work on ten articles, commit, and work on ten more; how many can be found then, and which
    /// are lost.
    fn work(craft: Craft) -> (usize, Vec<u64>) {
        let index = Index::open(&Location::Memory).expect("made");
        let writer = index.writer(0).expect("made").expect("nobody else writes");
        let learning = Learning::default();
        let tray = Tray::new(1 << 20);
        let hand = |crew: &Crew<'_>, number: u64| {
            let text = format!("Headline {number}\n\nA text with a number: {number}.");
            let origin = Origin { path: format!("/pile/{number}.txt").into(), part: None, bytes: 0..1 };
            let raw = RawArticle { text, ..RawArticle::default() };
            let read_as = ("text", Told::Nothing);
            let manuscript = Manuscript { id: ArticleId(number), origin, raw, findings: Vec::new(), read_as };
            let handed =
                Handed { turn: crew.turn(), file: FileKey(number), stamp: 7, manuscript, share: tray.share(1) };
            crew.send(vec![handed]);
        };
        let (writer, work) = with_craft(craft, writer, &learning, &Arrivals::unkept(), |crew| {
            (0..10).for_each(|number| hand(crew, number));
            crew.commit("")?;
            (10..20).for_each(|number| hand(crew, number));
            Ok(())
        })
        .expect("the index can be written");
        writer.finish("").expect("written");
        let mut lost: Vec<u64> = work.lost.iter().map(|lost| lost.file.0).collect();
        lost.sort_unstable();
        assert_eq!(work.written + lost.len(), 20);
        (titles(&index), lost)
    }

    fn fails(path: &std::path::Path) -> bool {
        ["/pile/3.txt", "/pile/4.txt", "/pile/5.txt", "/pile/19.txt"]
            .iter()
            .any(|bad| path == std::path::Path::new(bad))
    }

    #[test]
    fn an_article_at_which_a_worker_panics_is_lost_and_the_rest_is_written() {
        assert_eq!(work(CRAFT), (20, vec![]));
        let lost = (16, vec![3, 4, 5, 19]);
        let understand = |manuscript: Manuscript| {
            assert!(!fails(&manuscript.origin.path));
            manuscript.article()
        };
        assert_eq!(work(Craft { understand, ..CRAFT }), lost);
        let sketch = |article: &Article| {
            assert!(!fails(&article.origin.path));
            Sketch::of(article)
        };
        assert_eq!(work(Craft { sketch, ..CRAFT }), lost);
    }

    #[test]
    fn a_crew_of_which_everything_fails_ends() {
        let understand = |_: Manuscript| -> Article { panic!("never") };
        assert_eq!(work(Craft { understand, ..CRAFT }), (0, (0..20).collect()));
    }
}
