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
    /// An article to understand and to write, with its turn, its file and stamp.
    Article(u64, FileKey, u64, Box<Manuscript>, Share),
    /// Work on what was gathered, wait until the others have come here, and again until the commit is done.
    Rest,
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
                Ok(Job::Article(turn, file, stamp, manuscript, _share)) => {
                    // The others wait for each other at every commit: one that is gone would keep them
                    // waiting for ever.
                    let path = manuscript.origin.path.clone();
                    let Ok(article) = panic::catch_unwind(AssertUnwindSafe(|| manuscript.article())) else {
                        let reason = "newsstand fails to understand it; please report that".to_owned();
                        if let Ok(mut failures) = self.not_understood.lock() {
                            failures.push(Error::NotAnArticle { path, reason });
                        }
                        self.learning.learn(turn, Sketch::default());
                        continue;
                    };
                    self.learning.learn(turn, Sketch::of(&article));
                    let added = match self.writer.read() {
                        Ok(writer) => writer.add(file, stamp, article),
                        Err(_) => return,
                    };
                    match added {
                        Ok(()) => _ = self.written.fetch_add(1, Ordering::Relaxed),
                        Err(error) => self.fail(error),
                    }
                }
                Ok(Job::Rest) => {
                    self.hand_on();
                    self.barrier.wait();
                    self.barrier.wait();
                }
                Err(_) => return self.hand_on(),
            }
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
