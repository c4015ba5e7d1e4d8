//! The workers of an import: they understand articles and write them into the index.

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Barrier, Mutex, RwLock};

use crate::error::Error;
use crate::extract::furniture::repeated::Sketch;
use crate::index::{FileKey, Share, Writer};
use crate::library::Manuscript;

use super::repeats::Learning;

/// What goes to a worker.
pub(super) enum Job {
    /// Articles to understand and to write.
    Articles(Vec<Handed>),
    /// Work on what was gathered, wait until the others have come here, and again until the commit is done.
    Rest,
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

/// What the workers share.
pub(super) struct Crew<'a> {
    /// What they write into; it is taken from them for a commit.
    pub(super) writer: &'a RwLock<Writer>,
    /// Where they and the reader of the files meet around a commit.
    pub(super) barrier: Barrier,
    /// How many articles were handed out, which is the turn of the next.
    pub(super) turns: AtomicU64,
    /// What is learnt from all of them.
    pub(super) learning: &'a Learning,
    /// How many articles were written.
    pub(super) written: AtomicUsize,
    /// Why the index could not be written.
    pub(super) failed: Mutex<Option<Error>>,
    /// What the program should have understood and did not.
    pub(super) not_understood: Mutex<Vec<Error>>,
}

impl Crew<'_> {
    /// Does what comes in, until nothing can come any more.
    pub(super) fn work(&self, jobs: &Mutex<Receiver<Job>>) {
        loop {
            let job = match jobs.lock() {
                Ok(jobs) => jobs.recv(),
                Err(_) => return,
            };
            match job {
                Ok(Job::Articles(articles)) => articles.into_iter().for_each(|handed| self.write(handed)),
                Ok(Job::Rest) => {
                    self.hand_on();
                    self.barrier.wait();
                    self.barrier.wait();
                }
                Err(_) => return self.hand_on(),
            }
        }
    }

    /// Understands an article and gives it to the writer.
    fn write(&self, handed: Handed) {
        let Handed { turn, file, stamp, manuscript, share: _share } = handed;
        // The others wait for each other at every commit: one that is gone would keep them
        // waiting for ever.
        let path = manuscript.origin.path.clone();
        let Ok(article) = panic::catch_unwind(AssertUnwindSafe(|| manuscript.article())) else {
            let reason = "newsstand fails to understand it; please report that".to_owned();
            if let Ok(mut failures) = self.not_understood.lock() {
                failures.push(Error::NotAnArticle { path, reason });
            }
            self.learning.learn(turn, Sketch::default());
            return;
        };
        self.learning.learn(turn, Sketch::of(&article));
        // Only another worker's panic with the writer in hand spoils it, and that is passed on.
        let Ok(writer) = self.writer.read() else {
            return;
        };
        match writer.add(file, stamp, article) {
            Ok(()) => _ = self.written.fetch_add(1, Ordering::Relaxed),
            Err(error) => self.fail(error),
        }
    }

    /// Works on what the writer has gathered, before it is committed.
    fn hand_on(&self) {
        if let Ok(writer) = self.writer.read()
            && let Err(error) = writer.hand_on_all()
        {
            self.fail(error);
        }
    }

    fn fail(&self, error: Error) {
        if let Ok(mut failed) = self.failed.lock() {
            failed.get_or_insert(error);
        }
    }

    /// True when the index could not be written.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.lock().map_or(true, |failed| failed.is_some())
    }
}
