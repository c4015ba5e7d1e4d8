//! Whoever waits for an import, and how often it looks up to them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::progress::Progress;

/// How often an import looks up from its work.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// How often progress is told.
    pub(super) tell: Duration,
    /// The first articles can be found this soon; later commits come further apart, as each costs.
    pub(super) first_commit: Duration,
    /// Commits are at most this far apart.
    pub(super) last_commit: Duration,
}

/// Each of the first commits waits so many times as long as the one before.
const PAUSES_GROW: u32 = 16;

/// The usual pace: progress as often as it can be followed, the first articles before anybody waits
/// for them, and later commits so rarely that they cost little.
pub(super) const PACE: Pace = Pace {
    tell: Duration::from_millis(100),
    first_commit: Duration::from_millis(120),
    last_commit: Duration::from_secs(20),
};

/// Hears how far an import has come, and may end it.
pub(super) struct Audience<'a> {
    /// What is told next.
    pub(super) progress: Progress,
    stop: &'a AtomicBool,
    tell: &'a mut dyn FnMut(&Progress),
    pace: Pace,
    told: Instant,
    committed: Instant,
    /// How long the next commit waits.
    pause: Duration,
}

impl<'a> Audience<'a> {
    pub(super) fn new(pace: Pace, stop: &'a AtomicBool, tell: &'a mut dyn FnMut(&Progress)) -> Audience<'a> {
        let (progress, now) = (Progress::default(), Instant::now());
        Audience { progress, stop, tell, pace, told: now, committed: now, pause: pace.first_commit }
    }

    /// True when nobody wants more of it.
    pub(super) fn is_gone(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// True when it is time to tell.
    pub(super) fn wants_to_hear(&self) -> bool {
        self.told.elapsed() > self.pace.tell
    }

    /// True when what was read shall become visible.
    pub(super) fn commit_is_due(&self) -> bool {
        self.committed.elapsed() > self.pause
    }

    /// Begins to read: the first commit is counted from here.
    pub(super) fn begin_reading(&mut self) {
        self.told = Instant::now();
        self.committed = self.told;
    }

    /// What was read is visible from now on.
    pub(super) fn note_commit(&mut self) {
        self.progress.changed = true;
        self.committed = Instant::now();
        self.pause = (self.pause * PAUSES_GROW).min(self.pace.last_commit);
    }

    /// Tells how far it has come.
    pub(super) fn tell(&mut self) {
        (self.tell)(&self.progress);
        self.progress.changed = false;
        self.told = Instant::now();
    }
}
