//! The loop, the terminal, the workers, the clock: the only place that waits.

pub mod changes;
mod desk;
mod desktop;
pub mod frame;
mod input;
mod interpreter;
pub mod marking;
pub mod outside;
mod searches;
mod study;
mod terminal;
mod watch;
mod workers;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::app::{App, Settings};
use crate::archive::Shelf;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::library::Pile;

use desktop::Desktop;
use input::Input;
use interpreter::Interpreter;
use marking::MarksDesk;
pub use outside::today;
use searches::SearchShelf;
use terminal::Screen;
use workers::Workers;

/// The time between frames, on the whole: faster than this, nobody sees a difference.
const FRAME: Duration = Duration::from_millis(16);
/// So many frames may follow one another without a pause: a key, the answer to it, and what was read for it.
const AT_ONCE: u32 = 3;
/// How long an answer waits for the passages that stand in it: a screen that is filled twice flickers.
const COMPANY: Duration = Duration::from_millis(10);

/// Shows the pile until the reader quits, from where the last visit to it ended if `resume` says so.
///
/// # Errors
///
/// [`Error::Terminal`] when there is no terminal, or it went away in a way that could be noticed.
pub fn run(mut settings: Settings, shelf: Shelf, pile: Pile, resume: bool) -> Result<()> {
    let (events, inbox) = channel();
    let screen = Screen::take(settings.mouse, settings.backgrounds.is_some())?;
    let (columns, rows) = screen.size();
    let key = format!("{:016x}", pile.key());
    let mut marks = MarksDesk::open(crate::marks::default_path(), key)?;
    // What cannot be read is told with the marks.
    let last = marks.begin_visit().ok().flatten();
    settings.resume = last.filter(|_| resume);
    let (mut app, effects) = App::new(settings, columns, rows);
    let input = Input::start(&events).map_err(|source| Error::Terminal { source })?;
    let desks = Workers::start(shelf, pile, marks, &events, today);
    let searches = SearchShelf::of_file(crate::config::searches_path());
    let mut world = Interpreter { desks, outside: Desktop { input, screen }, searches, events };
    let mut quit = world.perform(effects)?;
    let mut redraw = true;
    let mut pace = Pace::default();
    // The rows are usually there before the first frame is worth drawing.
    let mut wait_until = Some(Instant::now() + FRAME);
    while !quit {
        let due = pace.earliest().max(wait_until).filter(|_| redraw);
        let event = match due.map(|at| at.saturating_duration_since(Instant::now())) {
            Some(Duration::ZERO) => inbox.try_recv().ok(),
            Some(rest) => match inbox.recv_timeout(rest) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            },
            None if redraw => inbox.try_recv().ok(),
            None => match inbox.recv() {
                Ok(event) => Some(event),
                Err(_) => break,
            },
        };
        let Some(event) = event else {
            world.outside.screen.draw(&mut app)?;
            pace.draw(Instant::now());
            (wait_until, redraw) = (None, false);
            continue;
        };
        tracing::debug!(?event);
        let is_answer = matches!(event, Event::Found(..));
        let step = app.update(event);
        redraw |= step.redraw;
        wait_until = match (is_answer, app.awaits_passages()) {
            (true, true) => Some(Instant::now() + COMPANY),
            (false, true) => wait_until,
            (_, false) => None,
        };
        quit = world.perform(step.effects)?;
    }
    let Interpreter { desks, outside, .. } = world;
    drop(outside);
    desks.stop();
    Ok(())
}

/// When frames may be drawn: some at once, and on the whole one each [`FRAME`].
#[derive(Default)]
struct Pace {
    /// When as much time will have passed as the frames that were drawn take.
    paid: Option<Instant>,
}

impl Pace {
    /// When the next frame may be drawn at the earliest; `None` at any time.
    fn earliest(&self) -> Option<Instant> {
        self.paid.and_then(|paid| paid.checked_sub(FRAME * (AT_ONCE - 1)))
    }

    /// Takes note of a frame.
    fn draw(&mut self, at: Instant) {
        self.paid = Some(self.paid.map_or(at, |paid| paid.max(at)) + FRAME);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_frames_follow_at_once_and_the_rest_in_time() {
        let start = Instant::now();
        let mut pace = Pace::default();
        let mut drawn = Vec::new();
        let mut now = start;
        for _ in 0..7 {
            now = pace.earliest().map_or(now, |at| at.max(now));
            pace.draw(now);
            drawn.push((now - start).as_millis());
        }
        assert_eq!(drawn, [0, 0, 0, 16, 32, 48, 64]);
    }
}
