//! The world around the running program: its terminal, and the programs of the system.

use std::path::Path;
use std::process::Command;

use crate::error::Result;
use crate::event::Event;
use crate::text::Clean;

use super::input::Input;
use super::outside::Outside;
use super::terminal::Screen;

/// Editors that go to a line when they are told so by the custom of vi: `+12`.
const GO_TO_LINE: [&str; 8] = ["vi", "vim", "nvim", "nano", "emacs", "hx", "kak", "micro"];

/// The terminal, its keyboard, and what can be started from it.
pub struct Desktop {
    /// What reads the keys.
    pub input: Input,
    /// What is drawn on.
    pub screen: Screen,
}

impl Outside for Desktop {
    fn copy(&mut self, text: &str) -> Result<()> {
        self.screen.copy(text)
    }

    fn set_mouse(&mut self, mouse: bool) -> Result<()> {
        self.screen.set_mouse(mouse)
    }

    #[cfg(unix)]
    fn suspend(&mut self) -> Result<Event> {
        use signal_hook::consts::SIGTSTP;
        use signal_hook::low_level::emulate_default_handler;

        let Desktop { input, screen } = self;
        input.without(|| screen.without(|| emulate_default_handler(SIGTSTP)))?.ok();
        let (columns, rows) = self.screen.size();
        Ok(Event::Resize(columns, rows))
    }

    #[cfg(not(unix))]
    fn suspend(&mut self) -> Result<Event> {
        Ok(Event::Told(Clean::new("this system cannot suspend a program")))
    }

    fn launch(&mut self, place: &str) -> Event {
        match open::that_detached(place) {
            Ok(()) => Event::Told(Clean::new(&format!("opened {place}"))),
            Err(error) => {
                let message = format!("no program opens {place} ({error}); y copies it");
                Event::Failed(Clean::new(&message))
            }
        }
    }

    fn edit(&mut self, path: &Path, line: u32) -> Result<Event> {
        let editor = std::env::var("VISUAL").or_else(|_| std::env::var("EDITOR")).unwrap_or_default();
        let mut words = editor.split_whitespace();
        let Some(program) = words.next() else {
            let message = "no editor is set: start newsstand with EDITOR=nano or EDITOR=vi before it";
            return Ok(Event::Failed(Clean::new(message)));
        };
        let mut command = Command::new(program);
        command.args(words);
        if line > 1 && GO_TO_LINE.iter().any(|known| program.ends_with(known)) {
            command.arg(format!("+{line}"));
        }
        command.arg(path);
        let Desktop { input, screen } = self;
        let status = input.without(|| screen.without(|| command.status()))?;
        Ok(match status {
            Ok(status) if status.success() => Event::Resumed,
            Ok(status) => Event::Failed(Clean::new(&format!("{program} ended with {status}"))),
            Err(error) => {
                let message = format!("{program} cannot be started ({error}); set EDITOR to another, as nano or vi");
                Event::Failed(Clean::new(&message))
            }
        })
    }
}
