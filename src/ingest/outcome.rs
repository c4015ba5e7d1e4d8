//! What came of an import.

use crate::error::Error;
use crate::text::Clean;

/// How many problems are kept word by word.
const MOST_PROBLEMS: usize = 1000;

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
    /// What is to be told and is no problem.
    pub notes: Vec<Clean>,
    /// True when another process was writing, so that nothing was read.
    pub busy: bool,
    /// True when it was stopped before the end.
    pub stopped: bool,
}

impl Outcome {
    /// Takes what was wrong with a file, and returns that of it which is kept word by word.
    pub(super) fn problems_of_file(&mut self, problems: &[Error]) -> &[Clean] {
        let before = self.problems.len();
        problems.iter().for_each(|problem| self.problem(problem));
        &self.problems[before..]
    }

    /// Takes what was wrong with a file that has not changed since.
    pub(super) fn problems_again(&mut self, told: &[Clean], count: usize) {
        self.problem_count += count;
        let room = MOST_PROBLEMS.saturating_sub(self.problems.len());
        self.problems.extend(told.iter().take(room).cloned());
    }

    /// Takes what was wrong.
    pub(super) fn problem(&mut self, error: &Error) {
        tracing::warn!("{error}");
        self.problem_count += 1;
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Clean::new(&error.to_string()));
        }
    }
}
