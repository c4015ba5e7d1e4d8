//! Any command by its name.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::{ACTIONS, Action, ActionRow};
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::pad;

use super::paint;
use super::popup;
use super::text_field::TextField;

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
    typed: TextField,
    selected: usize,
    top: usize,
    /// Where the palette and its list were drawn last.
    place: Rect,
    drawn: Rect,
}

impl Palette {
    fn shown(&self) -> Vec<&'static ActionRow> {
        popup::filtered(ACTIONS, self.typed.value(), |row| row.name, |row| row.help)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let last = self.shown().len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Reaction::Leave,
            KeyCode::Enter => {
                return self.shown().get(self.selected).map_or(Reaction::Leave, |row| Reaction::Do(row.action));
            }
            KeyCode::Down | KeyCode::Tab => self.selected = (self.selected + 1).min(last),
            KeyCode::Up | KeyCode::BackTab => self.selected = self.selected.saturating_sub(1),
            _ => {
                if self.typed.press(key) == Some(true) {
                    self.selected = 0;
                }
            }
        }
        Reaction::None
    }

    /// Narrows the commands by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.selected = 0;
    }

    /// Moves by `count` commands.
    pub fn step(&mut self, count: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(count).min(last);
    }

    /// Takes a click; one beside the palette closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        if !self.place.contains(position) {
            return Reaction::Leave;
        }
        if !self.drawn.contains(position) {
            return Reaction::None;
        }
        let place = self.top + usize::from(position.y - self.drawn.y);
        self.shown().get(place).map_or(Reaction::None, |row| Reaction::Do(row.action))
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
        self.place = popup::centered(area, 72, 19);
        let inner = popup::frame(self.place, buf, "Commands", theme);
        if inner.height < 3 {
            return None;
        }
        buf.set_string(inner.x, inner.y, ":", theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, y: inner.y };
        let cursor = self.typed.draw(field, buf, theme.text);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4).max(1), ..inner };
        self.drawn = list;
        let shown = self.shown();
        self.selected = self.selected.min(shown.len().saturating_sub(1));
        self.top = popup::scroll(self.top, self.selected, usize::from(list.height).max(1));
        for (place, (at, row)) in list.rows().zip(shown.iter().enumerate().skip(self.top)) {
            let selected = at == self.selected;
            if selected {
                buf.set_string(place.x, place.y, "▌", theme.accent);
            }
            let index = ACTIONS.iter().position(|other| other.name == row.name).unwrap_or_default();
            paint::pieces(
                buf,
                place.x + 2,
                place.y,
                place.width.saturating_sub(2),
                &[
                    (&pad(row.name, 18), if selected { theme.title } else { theme.text }),
                    (&pad(&keys(index), 14), theme.key),
                    (row.help, theme.dim),
                ],
            );
        }
        if shown.is_empty() {
            paint::pieces(buf, list.x + 2, list.y, list.width, &[("no command fits what you typed", theme.dim)]);
        }
        if inner.height > 4 {
            popup::foot(inner, buf, theme, &[("↵", "do it"), ("esc", "leave")], usize::from(list.height), shown.len());
        }
        cursor
    }
}
