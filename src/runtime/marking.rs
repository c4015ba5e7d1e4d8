//! The desk of marks: does what is asked of them, and shows them to searches.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::effect::MarksTask;
use crate::error::{Error, Result};
use crate::event::{Event, MarksNews};
use crate::marks::{Marks, Milliseconds, Scope, Snapshot, Visit};
use crate::text::Clean;

/// The marks as searches see them: the newest that are on the disk.
#[derive(Clone, Debug, Default)]
pub struct Board(Arc<Mutex<Arc<Snapshot>>>);

impl Board {
    /// The marks now.
    pub fn marks(&self) -> Arc<Snapshot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn put(&self, marks: Arc<Snapshot>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = marks;
    }
}

/// Does what is asked of the reader's marks.
pub struct MarksDesk {
    marks: Marks,
    board: Board,
    /// The pile, as visits to it are told apart.
    pile: String,
    /// Why marks are not kept, where they are not.
    unkept: Option<Error>,
}

/// Milliseconds since 1970, by the clock of this machine.
pub fn now() -> Milliseconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Milliseconds::try_from(since.as_millis()).unwrap_or(Milliseconds::MAX)
}

/// Tells this run of the program from others.
pub fn instance() -> u64 {
    (now() as u64) << 20 | u64::from(std::process::id()) & 0xf_ffff
}

impl MarksDesk {
    /// The desk of the marks at `path`; in memory, and saying so, where they cannot be kept. `pile` names
    /// what is read.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when there is no memory for them either.
    pub fn open(path: Option<PathBuf>, pile: String) -> Result<MarksDesk> {
        let opened = match path {
            Some(path) => Marks::open(&path, instance()),
            None => Err(Error::NotFound("there is no home folder to keep marks in".to_owned())),
        };
        let (marks, unkept) = match opened {
            Ok(marks) => (marks, None),
            Err(error) => (Marks::open_in_memory(instance())?, Some(error)),
        };
        Ok(MarksDesk { marks, board: Board::default(), pile, unkept })
    }

    /// The desk of marks that nobody keeps.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when there is no memory for them.
    pub fn in_memory() -> Result<MarksDesk> {
        Ok(MarksDesk {
            marks: Marks::open_in_memory(instance())?,
            board: Board::default(),
            pile: String::new(),
            unkept: None,
        })
    }

    /// What shows the marks to searches.
    pub fn board(&self) -> Board {
        self.board.clone()
    }

    /// Begins a visit, and says where the last one ended.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when that cannot be read.
    pub fn begin_visit(&mut self) -> Result<Option<Visit>> {
        self.marks.begin_visit(&self.pile)
    }

    /// Reads the marks, and says where they cannot be kept: before the reader relies on it.
    pub fn begin(&mut self) -> Event {
        let failed =
            self.unkept.take().map(|error| Clean::new(&format!("{error}; what you mark now is gone when you quit")));
        self.news(None, failed, false)
    }

    /// Does what is asked, and tells what came of it where there is something to tell.
    pub fn perform(&mut self, task: MarksTask) -> Option<Event> {
        let now = now();
        let done = match task {
            MarksTask::Set(change, sketch) => {
                let kept = sketch.map(|(id, sketch)| self.marks.keep_sketch(id, &sketch));
                self.marks.apply(&change, now).and_then(|applied| {
                    kept.transpose()?;
                    Ok((Some(applied.said), applied.articles > 0))
                })
            }
            MarksTask::Look => return Some(self.news(None, None, false)),
            MarksTask::Undo => self.undo(now),
            MarksTask::Scroll(id, line) => self.marks.keep_scroll(id, line, now).map(|()| (None, false)),
            MarksTask::Line(line) => self.marks.keep_query_line(&line, now).map(|()| (None, false)),
            MarksTask::EndVisit(visit) => self.marks.end_visit(&self.pile, &visit, now).map(|()| (None, false)),
        };
        match done {
            Ok((None, _)) => None,
            Ok((told, changed)) => Some(self.news(told, None, changed)),
            Err(error) => Some(self.news(None, Some(Clean::new(&error.to_string())), false)),
        }
    }

    fn undo(&mut self, now: Milliseconds) -> Result<(Option<String>, bool)> {
        let undone = match self.marks.undo(Scope::Own, now)? {
            Some(undone) => Some(undone),
            None => self.marks.undo(Scope::Any, now)?,
        };
        let told = match undone {
            Some(undone) => format!("undone: {}", undone.said),
            None => "nothing to undo".to_owned(),
        };
        Ok((Some(told), false))
    }

    fn news(&mut self, told: Option<String>, failed: Option<Clean>, changed: bool) -> Event {
        let read = self.marks.snapshot();
        let failed = failed.or_else(|| read.as_ref().err().map(|error| Clean::new(&error.to_string())));
        if let Ok(marks) = read {
            self.board.put(marks);
        }
        let told = told.map(|told| Clean::new(&told));
        Event::Marks(MarksNews { marks: self.board.marks(), told, failed, changed })
    }
}
