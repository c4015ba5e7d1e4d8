//! Any command by its name.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::{ACTIONS, Action, ActionRow};
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::pad;

use super::narrowing::{Clicked, Look, Narrowing};
use super::paint;
use super::popup;

/// What a key asked of the palette's owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the palette may look different.
    None,
    /// Do this.
    Do(Action),
    /// Close.
    Leave,
}

/// The open palette.
#[derive(Debug, Default)]
pub struct Palette {
    narrowing: Narrowing,
}

impl Palette {
    fn shown(&self) -> Vec<&'static ActionRow> {
        popup::filtered(ACTIONS, self.narrowing.typed(), |row| row.name, |row| row.help)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let shown = self.shown();
        match key.code {
            KeyCode::Esc => Reaction::Leave,
            KeyCode::Enter => {
                let row = shown.get(self.narrowing.selected(shown.len()));
                row.map_or(Reaction::Leave, |row| Reaction::Do(row.action))
            }
            _ => {
                self.narrowing.press(key, shown.len());
                Reaction::None
            }
        }
    }

    /// Narrows the commands by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.narrowing.paste(text);
    }

    /// Moves by `count` commands.
    pub fn step(&mut self, count: isize) {
        self.narrowing.step(count, self.shown().len());
    }

    /// Takes a click; one beside the palette closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        let shown = self.shown();
        match self.narrowing.click(position, shown.len()) {
            Clicked::Beside => Reaction::Leave,
            Clicked::Nothing => Reaction::None,
            Clicked::Entry(at) => Reaction::Do(shown[at].action),
        }
    }

    /// Draws the palette over `area`, and returns the cell of the cursor. `keys` names the keys of a
    /// row of [`ACTIONS`].
    pub fn draw(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        keys: &dyn Fn(usize) -> String,
    ) -> Option<Position> {
        let look = Look {
            place: popup::centered(area, 72, 19),
            title: "Commands",
            sign: ":",
            hint: "",
            nothing: "no command fits what you typed",
            keys: &[("↵", "do it"), ("esc", "leave")],
        };
        let shown = self.shown();
        self.narrowing.draw(&look, shown.len(), buf, theme, &mut |buf, room, at, selected| {
            let row = shown[at];
            let index = ACTIONS.iter().position(|other| other.name == row.name).unwrap_or_default();
            let name = if selected { theme.title } else { theme.text };
            let pieces = [(&*pad(row.name, 18), name), (&*pad(&keys(index), 14), theme.key), (row.help, theme.dim)];
            paint::pieces(buf, room.x, room.y, room.width, &pieces);
        })
    }
}
