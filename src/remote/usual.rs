//! How long an answer usually takes.

use std::collections::VecDeque;
use std::time::Duration;

/// So many answers are remembered.
const REMEMBERED: usize = 64;
/// So many times as long as nearly all answers take is unusual.
const UNUSUAL: u32 = 4;
/// Before this nothing is unusual, and after that everything is.
const BOUNDS: (Duration, Duration) = (Duration::from_millis(250), Duration::from_millis(800));
/// What is unusual when nothing is known yet: a server that was just started has everything to read.
const UNKNOWN: Duration = Duration::from_millis(800);

/// How long the last answers took.
#[derive(Debug, Default)]
pub(crate) struct Usual {
    last: VecDeque<Duration>,
}

impl Usual {
    /// An answer took so long.
    pub(crate) fn note(&mut self, took: Duration) {
        if self.last.len() >= REMEMBERED {
            self.last.pop_front();
        }
        self.last.push_back(took);
    }

    /// What takes longer than this takes unusually long.
    pub(crate) fn bound(&self) -> Duration {
        if self.last.len() < 8 {
            return UNKNOWN;
        }
        let mut sorted: Vec<Duration> = self.last.iter().copied().collect();
        sorted.sort_unstable();
        (sorted[sorted.len() * 95 / 100] * UNUSUAL).clamp(BOUNDS.0, BOUNDS.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unusual_depends_on_what_is_usual() {
        let mut usual = Usual::default();
        assert_eq!(usual.bound(), UNKNOWN);
        (0..100).for_each(|_| usual.note(Duration::from_millis(10)));
        assert_eq!(usual.bound(), BOUNDS.0);
        (0..100).for_each(|_| usual.note(Duration::from_millis(150)));
        assert_eq!(usual.bound(), Duration::from_millis(600));
        (0..100).for_each(|_| usual.note(Duration::from_secs(9)));
        assert_eq!(usual.bound(), BOUNDS.1);
    }
}
