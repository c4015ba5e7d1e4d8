//! Bringing the index up to date with the files: plan, read, finish.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use crate::archive::{Asking, Collection, FileKey, Intake, Writer, told};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::library::Pile;
use crate::text::Clean;

use super::arrivals::Arrivals;
use super::audience::{Audience, PACE};
use super::crew;
use super::kept::Kept;
use super::outcome::Outcome;
use super::plan::{Plan, Task};
use super::progress::Progress;
use super::reader::Reader;

/// The most memory for the engine's own work, in bytes.
const MEMORY: usize = 160_000_000;
/// So many bytes of it are enough for each byte that is read: a table that is far larger than what
/// comes into it takes more time to make than to fill.
const MEMORY_FOR_BYTE: u64 = 8;

/// Brings `index` up to date with `pile`.
///
/// `stop` ends the import early; what was read until then stays. `tell` hears of the progress about
/// ten times a second, and whenever more can be found than before.
///
/// # Errors
///
/// [`crate::Error::Index`] and [`crate::Error::Cache`] when the index cannot be written. A file that
/// cannot be read is no error: it is a problem of the outcome.
pub fn import(
    pile: &Pile,
    index: &dyn Collection,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&Progress),
) -> Result<Outcome> {
    if index.intake().is_none() {
        // What others write is there already; whoever asks for it sees what has come since.
        tell(&Progress { finished: true, changed: true, ..Progress::default() });
        return Ok(Outcome::default());
    }
    Import::new(pile, index, Audience::new(PACE, stop, tell))?.run()
}

/// An import in the making.
struct Import<'a> {
    pile: &'a Pile,
    index: &'a dyn Collection,
    intake: &'a dyn Intake,
    audience: Audience<'a>,
    /// The state of each file when the index last read it.
    known: HashMap<FileKey, u64>,
    kept: Kept,
    outcome: Outcome,
}

impl<'a> Import<'a> {
    fn new(pile: &'a Pile, index: &'a dyn Collection, audience: Audience<'a>) -> Result<Import<'a>> {
        let intake = index.intake().ok_or_else(|| Error::NotFound("this collection can only be read".to_owned()))?;
        let known = intake.files()?;
        let kept = Kept::load(index.folder(), intake.note()?.as_deref());
        Ok(Import { pile, index, intake, audience, known, kept, outcome: Outcome::default() })
    }

    fn run(mut self) -> Result<Outcome> {
        let Import { pile, known, kept, outcome, audience, .. } = &mut self;
        let Some(mut plan) = Plan::make(pile, known, kept, outcome, audience) else {
            self.outcome.stopped = true;
            return Ok(self.outcome);
        };
        if self.intake.keeps_gone() {
            plan.gone.clear();
        }
        if !plan.is_empty() {
            let memory = usize::try_from(plan.bytes().saturating_mul(MEMORY_FOR_BYTE)).unwrap_or(MEMORY).min(MEMORY);
            match self.intake.writer(memory)? {
                Some(writer) => self.read(plan, writer)?,
                None => {
                    self.outcome.busy = true;
                    self.audience.progress.finished = true;
                    self.audience.tell();
                    return Ok(self.outcome);
                }
            }
        }
        Ok(self.finish())
    }

    /// Forgets what is gone, reads what has changed, and writes all of it.
    fn read(&mut self, plan: Plan, writer: Box<dyn Writer>) -> Result<()> {
        self.outcome.gone = plan.gone.len();
        plan.gone.iter().for_each(|key| writer.remove_file(*key));
        for Task { entry, stretch } in &plan.tasks {
            let anew = stretch.from.byte == 0;
            let keys = if anew { self.kept.ledger.keys(entry) } else { vec![stretch.key] };
            keys.into_iter().filter(|key| self.known.contains_key(key)).for_each(|key| writer.remove_file(key));
            if anew {
                self.kept.ledger.forget(entry);
            }
        }
        self.known = HashMap::new();
        let Import { audience, kept, outcome, .. } = self;
        let Kept { ledger, problems, learning, .. } = kept;
        audience.begin_reading();
        let arrivals = Arrivals::open(self.pile).unwrap_or_else(|error| {
            outcome.notes.push(Clean::new(&format!("{error}; when articles came in is not known")));
            Arrivals::unkept()
        });
        let read = crew::with(writer, learning, &arrivals, |crew| {
            Reader::new(crew, audience, ledger, problems).read(&plan, outcome)
        });
        let (writer, work) = read?;
        outcome.articles = work.written;
        for lost in work.lost {
            problems.add(lost.file, lost.stamp, outcome.problems_of_file(&[lost.error]));
        }
        if let Err(error) = arrivals.keep() {
            outcome.notes.push(Clean::new(&format!("{error}; when articles came in is not remembered")));
        }
        writer.finish(&ledger.to_note())?;
        audience.progress.changed = outcome.articles > 0 || outcome.gone > 0;
        if arrivals.has_replaced() {
            let archive = self.index.archive()?;
            let asking = Asking::new(chrono::NaiveDate::MIN);
            let is_there = |id: ArticleId| Ok(!told(archive.by_id(&id.to_string(), &asking)?).value.is_empty());
            if let Err(error) = arrivals.hand_over(is_there) {
                outcome.notes.push(Clean::new(&format!("{error}; marks stay with articles that were replaced")));
            }
        }
        Ok(())
    }

    /// Keeps what the next import needs to know, and tells the end.
    fn finish(self) -> Outcome {
        let Import { index, mut audience, kept, outcome, .. } = self;
        kept.save(index.folder(), !outcome.stopped);
        let progress = &mut audience.progress;
        progress.finished = true;
        progress.articles = outcome.articles;
        progress.problems = [&outcome.notes[..], &outcome.problems].concat();
        progress.seconds_left = None;
        audience.tell();
        outcome
    }
}

#[cfg(test)]
mod tests;
