//! A list over the screen that typing narrows: what the pickers, the palette and the saved searches have
//! in common.
//!
//! It knows how many entries there are and which of them is selected, not what they are.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::event::{Mouse, MouseKind};

use super::paint;
use super::popup;
use super::text_field::TextField;

/// How far the keys for pages go.
const PAGE: isize = 10;

/// What was typed, and where in the list the reader is.
#[derive(Debug, Default)]
pub struct Narrowing {
    typed: TextField,
    selected: usize,
    top: usize,
    /// Where the list was drawn last, and how many entries it had.
    drawn: Rect,
    count: usize,
}

/// How such a list looks.
pub struct Look<'a> {
    /// What stands before the field for typing.
    pub sign: &'a str,
    /// What stands in the field before anything is typed.
    pub hint: &'a str,
    /// What stands in place of a list without entries.
    pub nothing: &'a str,
}

impl Narrowing {
    /// What was typed.
    pub fn typed(&self) -> &str {
        self.typed.value()
    }

    /// The selected one of `count` entries.
    pub fn selected(&self, count: usize) -> usize {
        self.selected.min(count.saturating_sub(1))
    }

    /// Takes a key that moves through `count` entries, or is typed.
    pub fn press(&mut self, key: Key, count: usize) {
        match key.code {
            KeyCode::Down | KeyCode::Tab => self.step(1, count),
            KeyCode::Up | KeyCode::BackTab => self.step(-1, count),
            KeyCode::PageDown => self.step(PAGE, count),
            KeyCode::PageUp => self.step(-PAGE, count),
            _ => {
                if self.typed.press(key) == Some(true) {
                    self.selected = 0;
                }
            }
        }
    }

    /// Narrows the list by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.selected = 0;
    }

    /// Moves by so many of `count` entries.
    pub fn step(&mut self, by: isize, count: usize) {
        self.selected = self.selected(count).saturating_add_signed(by);
        self.selected = self.selected(count);
    }

    /// Takes the mouse where `count` entries are listed: the wheel moves, and a click selects an entry and
    /// returns it.
    pub fn mouse(&mut self, mouse: Mouse, count: usize) -> Option<usize> {
        if mouse.wheel() != 0 {
            self.step(mouse.wheel(), count);
        }
        let at = self.top + usize::from(mouse.row.saturating_sub(self.drawn.y));
        if mouse.kind != MouseKind::Click || !self.drawn.contains(mouse.position()) || at >= count {
            return None;
        }
        self.selected = at;
        Some(at)
    }

    /// How many entries are on the screen, and how many there are.
    pub fn counted(&self) -> (usize, usize) {
        (usize::from(self.drawn.height), self.count)
    }

    /// Draws the field and the list of `count` entries, and returns the cell of the cursor. `row` draws an
    /// entry, by its number, behind the mark of the selected one; it hears whether it is that.
    pub fn draw(
        &mut self,
        inner: Rect,
        look: &Look<'_>,
        count: usize,
        buf: &mut Buffer,
        theme: &Theme,
        row: &mut dyn FnMut(&mut Buffer, Rect, usize, bool),
    ) -> Option<Position> {
        self.count = count;
        if inner.height < 3 {
            self.drawn = Rect::default();
            return None;
        }
        buf.set_string(inner.x, inner.y, look.sign, theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, y: inner.y };
        if self.typed.value().is_empty() {
            paint::pieces(buf, field.x, field.y, field.width, &[(look.hint, theme.faint)]);
        }
        let cursor = self.typed.draw(field, buf, theme.text);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(3).max(1), ..inner };
        self.drawn = list;
        self.selected = self.selected(count);
        self.top = popup::scroll(self.top, self.selected, usize::from(list.height));
        for (place, at) in list.rows().zip(self.top..count) {
            if at == self.selected {
                buf.set_string(place.x, place.y, "▌", theme.accent);
            }
            let room = Rect { x: place.x + 2, width: place.width.saturating_sub(2), ..place };
            row(buf, room, at, at == self.selected);
        }
        if count == 0 {
            paint::pieces(buf, list.x + 2, list.y, list.width, &[(look.nothing, theme.dim)]);
        }
        cursor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_stays_within_the_list() {
        let mut narrowing = Narrowing::default();
        for (by, count, selected) in [(1, 3, 1), (9, 3, 2), (-1, 3, 1), (0, 1, 0), (-5, 3, 0), (5, 0, 0)] {
            narrowing.step(by, count);
            assert_eq!(narrowing.selected(count), selected, "{by} of {count}");
        }
    }

    #[test]
    fn a_click_is_on_the_entry_that_was_drawn_there() {
        let mut narrowing = Narrowing::default();
        let area = Rect::new(0, 0, 30, 12);
        let look = Look { sign: "/", hint: "", nothing: "none" };
        let mut drawn = Vec::new();
        let mut buf = Buffer::empty(area);
        let click = |column, row| Mouse { kind: MouseKind::Click, column, row };
        narrowing.draw(Rect::new(2, 1, 20, 10), &look, 2, &mut buf, &Theme::default(), &mut |_, room, at, _| {
            drawn.push((room.y, at))
        });
        assert_eq!(drawn.len(), 2);
        for (y, at) in drawn {
            assert_eq!(narrowing.mouse(click(5, y), 2), Some(at));
        }
        assert_eq!(narrowing.mouse(click(5, 2), 2), None);
        assert_eq!(narrowing.mouse(click(0, 0), 2), None);
    }
}
