//! What can be undone, the newest change first.

/// How many changes can be undone.
const CHANGES: usize = 100;

/// Something that can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The query line, as it was before.
    Line(String),
    /// The saved searches.
    Searches,
    /// The marks.
    Marks,
}

/// The changes of this screen, the last one last.
#[derive(Debug, Default)]
pub(super) struct Undo {
    changes: Vec<Change>,
}

impl Undo {
    /// Remembers a change, so that it can be undone.
    pub fn push(&mut self, change: Change) {
        if self.changes.last() != Some(&change) || !matches!(change, Change::Line(_)) {
            self.changes.push(change);
        }
        if self.changes.len() > CHANGES {
            self.changes.remove(0);
        }
    }

    /// The newest change.
    pub fn last(&self) -> Option<&Change> {
        self.changes.last()
    }

    /// Takes the newest change, to undo it.
    pub fn pop(&mut self) -> Option<Change> {
        self.changes.pop()
    }
}
