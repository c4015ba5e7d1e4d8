//! The loop, the terminal, the workers, the clock: the only place that waits.

mod changes;
mod desk;
pub mod frame;
mod input;
mod searches;
mod terminal;
mod watch;
mod workers;

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use chrono::{Local, NaiveDate};

use crate::app::{App, Settings};
use crate::effect::Effect;
use crate::error::{Error, Result};
use crate::event::Event;
use crate::index::Index;
use crate::library::Pile;
use crate::text::Clean;

use input::Input;
use searches::SearchShelf;
use terminal::Screen;
use workers::Workers;

/// The time between frames, on the whole: faster than this, nobody sees a difference.
const FRAME: Duration = Duration::from_millis(16);
/// So many frames may follow one another without a pause: a key, the answer to it, and what was read for it.
const AT_ONCE: u32 = 3;
/// How long an answer waits for the passages that stand in it: a screen that is filled twice flickers.
const COMPANY: Duration = Duration::from_millis(10);

/// Today, where the reader is.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// Shows the pile until the reader quits.
///
/// # Errors
///
/// [`Error::Terminal`] when there is no terminal, or it went away in a way that could be noticed.
pub fn run(settings: Settings, index: Index, pile: Pile) -> Result<()> {
    let (events, inbox) = channel();
    let mut screen = Screen::take(settings.mouse)?;
    let (columns, rows) = screen.size();
    let (mut app, effects) = App::new(settings, columns, rows);
    let input = Input::start(&events).map_err(|source| Error::Terminal { source })?;
    let workers = Workers::start(index, pile, &events);
    let searches = SearchShelf::of_file(crate::config::searches_path());
    let mut world = World { workers, input, events, searches, screen: &mut screen };
    let mut quit = world.perform_all(effects)?;
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
            world.screen.draw(&mut app)?;
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
        quit = world.perform_all(step.effects)?;
    }
    let World { workers, .. } = world;
    drop(screen);
    workers.stop();
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

/// Everything outside the program.
struct World<'a> {
    workers: Workers,
    input: Input,
    events: Sender<Event>,
    searches: SearchShelf,
    screen: &'a mut Screen,
}

impl World<'_> {
    /// Does what is asked, and tells whether that is to end.
    fn perform_all(&mut self, effects: Vec<Effect>) -> Result<bool> {
        for effect in effects {
            tracing::debug!(?effect);
            if self.perform(effect)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn perform(&mut self, effect: Effect) -> Result<bool> {
        let Some(effect) = self.workers.take(effect) else {
            return Ok(false);
        };
        match effect {
            Effect::Quit => return Ok(true),
            Effect::Copy(text) => self.screen.copy(&text)?,
            Effect::Mouse(mouse) => self.screen.set_mouse(mouse)?,
            Effect::Suspend => self.suspend()?,
            Effect::Launch(place) => {
                let told = match open::that_detached(&place) {
                    Ok(()) => Event::Told(Clean::new(&format!("opened {place}"))),
                    Err(error) => Event::Failed(Clean::new(&format!("{place} cannot be opened: {error}"))),
                };
                let _ = self.events.send(told);
            }
            Effect::Edit { path, line } => self.edit(&path, line)?,
            Effect::Searches(task) => {
                let _ = self.events.send(self.searches.perform(&task));
            }
            // The workers have taken these.
            Effect::Search(_)
            | Effect::Rows { .. }
            | Effect::Passages { .. }
            | Effect::Open { .. }
            | Effect::Count(_)
            | Effect::Refresh => {}
        }
        Ok(false)
    }

    fn edit(&mut self, path: &Path, line: u32) -> Result<()> {
        let editor = std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR")).unwrap_or_default();
        let mut words = editor.split_whitespace();
        let Some(program) = words.next() else {
            let message = "no editor: set EDITOR to the one you like, as in EDITOR=nano";
            let _ = self.events.send(Event::Failed(Clean::new(message)));
            return Ok(());
        };
        let mut command = Command::new(program);
        command.args(words);
        // The custom of vi, nano, emacs and those who follow them.
        if ["vi", "vim", "nvim", "nano", "emacs", "hx", "kak", "micro"].iter().any(|known| program.ends_with(known))
            && line > 1
        {
            command.arg(format!("+{line}"));
        }
        command.arg(path);
        let (input, screen) = (&self.input, &mut *self.screen);
        let status = input.without(|| screen.without(|| command.status()))?;
        let told = match status {
            Ok(status) if status.success() => Event::Resumed,
            Ok(status) => Event::Failed(Clean::new(&format!("{program} ended with {status}"))),
            Err(error) => Event::Failed(Clean::new(&format!("{program} cannot be started: {error}"))),
        };
        let _ = self.events.send(told);
        self.workers.take(Effect::Refresh);
        Ok(())
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> Result<()> {
        let (input, screen) = (&self.input, &mut *self.screen);
        input
            .without(|| {
                screen.without(|| signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP))
            })?
            .ok();
        let (columns, rows) = self.screen.size();
        let _ = self.events.send(Event::Resize(columns, rows));
        Ok(())
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> Result<()> {
        let _ = self.events.send(Event::Told(Clean::new("this system cannot suspend a program")));
        Ok(())
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
