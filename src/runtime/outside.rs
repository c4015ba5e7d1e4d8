//! What lies outside of the program beside the articles: terminal, clipboard, other programs, the clock.

use std::path::Path;

use chrono::{Local, NaiveDate};

use crate::error::Result;
use crate::event::Event;

/// Tells what day it is, where the reader is.
pub type Clock = fn() -> NaiveDate;

/// Today, by the clock of this machine.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// The world around the program, as [`super::interpreter::Interpreter`] asks it. What there is to tell of it
/// comes back as an event.
pub trait Outside {
    /// Puts text on the clipboard.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Terminal`] when the terminal is gone.
    fn copy(&mut self, text: &str) -> Result<()>;

    /// Takes or leaves the mouse.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Terminal`] when the terminal is gone.
    fn set_mouse(&mut self, mouse: bool) -> Result<()>;

    /// Gives the terminal to whoever started the program, until that lets it go on.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Terminal`] when the terminal cannot be taken again.
    fn suspend(&mut self) -> Result<Event>;

    /// Opens an address or a file with the system's program for it.
    fn launch(&mut self, place: &str) -> Event;

    /// Lets the reader change a file, from this line on (from 1), and waits for the end of that.
    ///
    /// # Errors
    ///
    /// [`crate::error::Error::Terminal`] when the terminal cannot be taken again.
    fn edit(&mut self, path: &Path, line: u32) -> Result<Event>;

    /// Lets the reader change a text, and waits for the end of that.
    ///
    /// # Errors
    ///
    /// As for [`Outside::edit`].
    fn edit_text(&mut self, text: &str) -> Result<Event>;
}

/// A world in which nothing happens but is remembered: for tests and for `newsstand frame`.
#[derive(Debug, Default)]
pub struct Memo {
    /// What was asked, in the words of the log: `copy https://…`, `launch a.html`, `edit a.txt:3`, `mouse off`,
    /// `suspend`.
    pub asked: Vec<String>,
}

impl Outside for Memo {
    fn copy(&mut self, text: &str) -> Result<()> {
        self.asked.push(format!("copy {text}"));
        Ok(())
    }

    fn set_mouse(&mut self, mouse: bool) -> Result<()> {
        self.asked.push(format!("mouse {}", if mouse { "on" } else { "off" }));
        Ok(())
    }

    fn suspend(&mut self) -> Result<Event> {
        self.asked.push("suspend".to_owned());
        Ok(Event::Resumed)
    }

    fn launch(&mut self, place: &str) -> Event {
        self.asked.push(format!("launch {place}"));
        Event::Resumed
    }

    fn edit(&mut self, path: &Path, line: u32) -> Result<Event> {
        self.asked.push(format!("edit {}:{line}", path.display()));
        Ok(Event::Resumed)
    }

    fn edit_text(&mut self, text: &str) -> Result<Event> {
        self.asked.push(format!("edit {text:?}"));
        Ok(Event::Edited(text.to_owned()))
    }
}
