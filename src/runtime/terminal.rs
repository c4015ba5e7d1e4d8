//! The terminal: taken at the start, and given back whatever happens.

use std::io::{self, IsTerminal, Stdout, Write, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::style::{Print, ResetColor};
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::terminal::{Clear, ClearType};
use crossterm::{cursor, execute, queue, terminal};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;
use crate::error::{Error, Result};

use super::changes::write_changes;

/// Whether the terminal is ours at the moment: giving it back twice would spoil another's screen.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while it is ours. Dropping it gives it back.
pub struct Screen {
    out: Stdout,
    /// What the terminal shows; `None` when that is not known.
    shown: Option<Buffer>,
    /// The next frame, while it is drawn.
    next: Buffer,
    /// Where the cursor is shown.
    cursor: Option<Position>,
    /// Where the cursor stands unseen, for magnifiers and screen readers.
    caret: Option<Position>,
    /// What is written for a frame.
    bytes: Vec<u8>,
    /// What the window is called.
    title: String,
    mouse: bool,
}

/// Asks the terminal for its background (OSC 11). Whoever reads the keys hears the answer, if there is one.
const ASK_BACKGROUND: &str = "\x1b]11;?\x07";
/// Keeps the title of the window, and brings it back (XTWINOPS).
const KEEP_TITLE: &str = "\x1b[22;2t";
const BRING_TITLE_BACK: &str = "\x1b[23;2t";

impl Screen {
    /// Takes the terminal, and sees to it that a panic gives it back before its message is printed. It is asked
    /// for its background, where `ask` says so and it may be one that answers.
    ///
    /// # Errors
    ///
    /// [`Error::Terminal`] when there is none or it does not answer.
    pub fn take(mouse: bool, ask: bool) -> Result<Screen> {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A worker's panic is caught and told on the screen; only the loop's own ends it.
            if std::thread::current().name() == Some("main") {
                give_back();
                hook(info);
            } else {
                tracing::error!("{info}");
            }
        }));
        let next = Buffer::empty(Rect::default());
        match enter(mouse) {
            Ok(()) => {
                let (title, bytes) = (String::new(), Vec::new());
                let mut screen =
                    Screen { out: stdout(), shown: None, next, cursor: None, caret: None, bytes, title, mouse };
                if ask && answers() {
                    // One that does not hear it is none that matters.
                    let _ = screen.out.write_all(ASK_BACKGROUND.as_bytes());
                }
                Ok(screen)
            }
            Err(error) => {
                give_back();
                Err(terminal_error(error))
            }
        }
    }

    /// Its columns and rows.
    pub fn size(&self) -> (u16, u16) {
        terminal::size().unwrap_or((80, 24))
    }

    /// Draws a frame, between the marks that let a terminal show it at once.
    ///
    /// # Errors
    ///
    /// [`Error::Terminal`] when the terminal is gone.
    pub fn draw(&mut self, app: &mut App) -> Result<()> {
        self.try_draw(app).map_err(terminal_error)
    }

    fn try_draw(&mut self, app: &mut App) -> io::Result<()> {
        let (columns, rows) = terminal::size()?;
        let area = Rect::new(0, 0, columns, rows);
        self.next.resize(area);
        self.next.reset();
        let cursor = app.draw(area, &mut self.next);
        self.bytes.clear();
        queue!(self.bytes, BeginSynchronizedUpdate)?;
        let begun = self.bytes.len();
        if self.shown.as_ref().is_none_or(|shown| shown.area != area) {
            queue!(self.bytes, ResetColor, Clear(ClearType::All), cursor::Hide)?;
            (self.shown, self.cursor) = (Some(Buffer::empty(area)), None);
        }
        let shown = self.shown.get_or_insert_default();
        let before = self.bytes.len();
        write_changes(shown, &self.next, &mut self.bytes)?;
        let moved = self.bytes.len() > before;
        match (self.cursor, cursor) {
            (Some(_), None) => queue!(self.bytes, cursor::Hide)?,
            (_, Some(Position { x, y })) if moved || self.cursor != cursor => {
                queue!(self.bytes, cursor::MoveTo(x, y))?;
                if self.cursor.is_none() {
                    queue!(self.bytes, cursor::Show)?;
                }
            }
            _ => {}
        }
        let caret = app.caret().filter(|_| cursor.is_none());
        if let Some(Position { x, y }) = caret.filter(|_| moved || self.caret != caret) {
            queue!(self.bytes, cursor::MoveTo(x, y))?;
        }
        self.caret = caret;
        let title = app.window_title();
        if title != self.title {
            // Text of others is clean, so nothing in it ends the title early.
            write!(self.bytes, "\x1b]2;{title}\x07")?;
            self.title = title;
        }
        std::mem::swap(shown, &mut self.next);
        self.cursor = cursor;
        if self.bytes.len() == begun {
            return Ok(());
        }
        queue!(self.bytes, EndSynchronizedUpdate)?;
        self.out.write_all(&self.bytes)?;
        self.out.flush()
    }

    /// Takes or leaves the mouse.
    ///
    /// # Errors
    ///
    /// [`Error::Terminal`] when the terminal is gone.
    pub fn set_mouse(&mut self, mouse: bool) -> Result<()> {
        self.mouse = mouse;
        let result =
            if mouse { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) };
        result.map_err(terminal_error)
    }

    /// Puts text on the clipboard, through the terminal (OSC 52): it works over ssh as well.
    ///
    /// # Errors
    ///
    /// [`Error::Terminal`] when the terminal is gone.
    pub fn copy(&mut self, text: &str) -> Result<()> {
        let mut out = stdout();
        write!(out, "\x1b]52;c;{}\x07", STANDARD.encode(text)).and_then(|()| out.flush()).map_err(terminal_error)
    }

    /// Gives the terminal back while `meanwhile` runs, and takes it again.
    ///
    /// # Errors
    ///
    /// [`Error::Terminal`] when it cannot be taken again.
    pub fn without<T>(&mut self, meanwhile: impl FnOnce() -> T) -> Result<T> {
        give_back();
        let result = meanwhile();
        enter(self.mouse).map_err(terminal_error)?;
        // What stands on the screen now is another's: the next frame draws every cell.
        self.shown = None;
        self.title.clear();
        Ok(result)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn terminal_error(source: io::Error) -> Error {
    Error::Terminal { source }
}

/// Whether the terminal knows questions: the console of Linux would print them.
fn answers() -> bool {
    let name = std::env::var("TERM").unwrap_or_default();
    cfg!(unix) && !name.is_empty() && !["linux", "dumb"].contains(&name.as_str())
}

fn enter(mouse: bool) -> io::Result<()> {
    if !stdout().is_terminal() {
        return Err(io::Error::other("standard output is none"));
    }
    terminal::enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(stdout(), Print(KEEP_TITLE), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives the terminal back. Safe to call at any time, also when the terminal is gone.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Print(BRING_TITLE_BACK),
            cursor::Show
        );
        let _ = terminal::disable_raw_mode();
    }
}
