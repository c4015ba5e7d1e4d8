//! Reads files one after the other and hands out their articles.

use std::ops::ControlFlow;
use std::time::Instant;

use crate::archive::{FileKey, Tray};
use crate::error::{Error, Result};
use crate::library::{FileEntry, FileReport, Manuscript, OpenFile};

use super::audience::Audience;
use super::crew::{Crew, Handed};
use super::ledger::{Ledger, Stretch};
use super::outcome::Outcome;
use super::plan::{Plan, Task};
use super::problems::{INCOMPLETE, Problems};

/// So many articles go to a worker together, or so many bytes of them: to wake it up for each costs as
/// much as some of them take to understand.
const TOGETHER: usize = 16;
const BYTES_TOGETHER: usize = 128 << 10;
/// So many articles are committed together at most: when it writes them, the engine has the columns of all of them in
/// memory, however short they are.
const COMMITTED_TOGETHER: usize = 250_000;
/// How many bytes the articles may have together that were read and are not understood yet. One that
/// is longer goes alone.
const WAITING: usize = 32 << 20;

/// Reads files one after the other and hands out their articles.
pub(super) struct Reader<'a, 'b> {
    crew: &'a Crew<'a>,
    audience: &'a mut Audience<'b>,
    ledger: &'a mut Ledger,
    problems: &'a mut Problems,
    tray: Tray,
    /// What the next batch for a worker is to be, and its bytes.
    gathered: Vec<Handed>,
    gathered_bytes: usize,
    begun: Instant,
    /// How many articles were written when it was committed last.
    committed: usize,
    /// How many bytes there are to read, and how many of them lie in files that are read.
    bytes: u64,
    bytes_done: u64,
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
    /// Where reading began, and how far it has come.
    from: u64,
    within: u64,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(super) fn new(
        crew: &'a Crew<'a>,
        audience: &'a mut Audience<'b>,
        ledger: &'a mut Ledger,
        problems: &'a mut Problems,
    ) -> Reader<'a, 'b> {
        let (gathered, begun) = (Vec::new(), Instant::now());
        let tray = Tray::new(WAITING);
        let (gathered_bytes, committed, bytes, bytes_done) = (0, 0, 0, 0);
        Reader { crew, audience, ledger, problems, tray, gathered, gathered_bytes, begun, committed, bytes, bytes_done }
    }

    /// Reads what is planned, until it is done, nobody wants it, or the index cannot be written.
    ///
    /// # Errors
    ///
    /// When what was read cannot be committed.
    pub(super) fn read(mut self, plan: &Plan, outcome: &mut Outcome) -> Result<()> {
        self.bytes = plan.bytes();
        for task in &plan.tasks {
            self.read_file(task, outcome)?;
            if self.crew.has_failed() || outcome.stopped {
                break;
            }
        }
        self.send();
        Ok(())
    }

    fn read_file(&mut self, task: &Task, outcome: &mut Outcome) -> Result<()> {
        let Task { entry, stretch } = task;
        let mut reading = Reading::new(task);
        let (told, count) = self.problems.before(entry, stretch.problems);
        let mut told = told.to_vec();
        outcome.problems_again(&told, count);
        let mut committed = Ok(());
        let report = OpenFile::new(entry).and_then(|file| {
            reading.grows = file.grows();
            file.read(Default::default(), stretch.from, &mut |manuscript| {
                self.take(&mut reading, manuscript);
                if self.is_due() {
                    committed = self.look_up(Some(&mut reading));
                }
                match self.audience.is_gone() || committed.is_err() || self.crew.has_failed() {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })
        });
        committed?;
        if self.crew.has_failed() {
            return Ok(());
        }
        if self.audience.is_gone() {
            self.end_stretch(&mut reading, false);
            outcome.stopped = true;
            return Ok(());
        }
        self.end(&mut reading, &report);
        outcome.read += 1;
        let barren = reading.within == 0;
        reading.problems.extend(report.err());
        told.extend_from_slice(outcome.problems_of_file(&reading.problems));
        self.problems.remember(entry, barren, &told, count + reading.problems.len());
        self.bytes_done += task.unread();
        self.audience.progress.done += 1;
        if self.is_due() {
            self.look_up(None)?;
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
        self.gathered.push(Handed { turn: self.crew.turn(), file, stamp, manuscript, share });
        self.gathered_bytes += bytes;
        if self.gathered.len() >= TOGETHER || self.gathered_bytes >= BYTES_TOGETHER {
            self.send();
        }
    }

    /// Sends the workers what was gathered for them.
    fn send(&mut self) {
        self.gathered_bytes = 0;
        self.crew.send(std::mem::take(&mut self.gathered));
    }

    /// True when it is time to tell, or to commit.
    fn is_due(&self) -> bool {
        self.audience.wants_to_hear() || self.commit_is_due()
    }

    /// True when what was read shall become visible, or would take too much memory else.
    fn commit_is_due(&self) -> bool {
        self.audience.commit_is_due() || self.crew.written() >= self.committed + COMMITTED_TOGETHER
    }

    /// Tells how far it has come, and commits when it is time: also what was read of a file so far.
    fn look_up(&mut self, reading: Option<&mut Reading<'_>>) -> Result<()> {
        let within = reading.as_ref().map_or(0, |reading| reading.within - reading.from);
        let elapsed = self.begun.elapsed().as_secs_f64();
        let (done, all) = ((self.bytes_done + within).max(1) as f64, self.bytes.max(1) as f64);
        self.audience.progress.articles = self.crew.written();
        self.audience.progress.seconds_left = (elapsed > 1.0).then(|| (elapsed * (all - done).max(0.0) / done) as u64);
        if self.commit_is_due() {
            if let Some(reading) = reading {
                self.end_stretch(reading, false);
            }
            self.send();
            self.crew.commit(&self.ledger.to_note())?;
            self.committed = self.crew.written();
            self.audience.note_commit();
        }
        self.audience.tell();
        Ok(())
    }
}

impl Reading<'_> {
    fn new(task: &Task) -> Reading<'_> {
        let Task { entry, stretch } = task;
        Reading {
            entry,
            stretch: *stretch,
            grows: false,
            held: None,
            problems: Vec::new(),
            settled: 0,
            problems_before: stretch.problems,
            from: stretch.from.byte,
            within: stretch.from.byte,
        }
    }
}
