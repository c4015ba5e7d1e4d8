//! A line that is typed into: the usual keys of line editing, and paste.

use crossterm::event::{Event, KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::Input;
use tui_input::backend::crossterm::to_input_request;

use crate::config::key::Key;
use crate::query::LONGEST_LINE;
use crate::text::width::cells;
use crate::text::{Clean, cut};

/// How many bytes a line has at most: a letter more than is read of a query, so that it is seen to be too
/// long.
const LONGEST: usize = LONGEST_LINE + 4;

/// A line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub struct TextField {
    input: Input,
}

impl TextField {
    /// The text.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Replaces the text and puts the cursor at its end.
    pub fn set(&mut self, value: &str) {
        self.input = Input::new(Clean::new(value).into_string());
    }

    /// Replaces the text and puts the cursor at this byte of it.
    pub fn set_with_cursor(&mut self, value: &str, byte: usize) {
        let value = Clean::new(value).into_string();
        let characters = value.get(..byte).unwrap_or(&value).chars().count();
        self.input = Input::new(value).with_cursor(characters);
    }

    /// The byte that the cursor stands before.
    pub fn cursor(&self) -> usize {
        let value = self.input.value();
        value.char_indices().nth(self.input.cursor()).map_or(value.len(), |(byte, _)| byte)
    }

    /// True when the cursor stands at the end.
    pub fn at_end(&self) -> bool {
        self.cursor() == self.value().len()
    }

    /// Takes a key, and tells whether the text has changed; `None` when the key is none for a text field.
    pub fn press(&mut self, key: Key) -> Option<bool> {
        if matches!(key.code, KeyCode::Char(_)) && key.modifiers.is_empty() && self.value().len() >= LONGEST {
            return Some(false);
        }
        let event = Event::Key(KeyEvent::new(key.code, key.modifiers));
        let request = to_input_request(&event)?;
        let change = self.input.handle(request);
        Some(change.is_some_and(|change| change.value))
    }

    /// Inserts pasted text, in one line; of what is longer than anybody types, the beginning.
    pub fn paste(&mut self, text: &str) {
        let (cursor, value) = (self.cursor(), self.value());
        let text = text.trim_end_matches(['\r', '\n']);
        // What is not printed takes no room, but a text of nothing else is not looked through to its end.
        let pasted = Clean::new(cut::beginning(text, 4 * LONGEST)).into_string();
        let pasted = cut::beginning(&pasted, LONGEST.saturating_sub(value.len()));
        let line = [&value[..cursor], pasted, &value[cursor..]].concat();
        self.set_with_cursor(&line, cursor + pasted.len());
    }

    /// Draws the text in the first row of `area`, scrolled so that the cursor is visible, and returns
    /// the cell of the cursor.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: Style) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let width = usize::from(area.width);
        let scroll = self.input.visual_scroll(width.saturating_sub(1));
        let mut column = 0;
        let mut shown = String::new();
        let mut skipped = 0;
        for c in self.value().chars() {
            let wide = cells(c.encode_utf8(&mut [0; 4]));
            if column >= scroll && column + wide <= scroll + width {
                shown.push(c);
            } else if column < scroll {
                skipped = (column + wide).saturating_sub(scroll);
            }
            column += wide;
        }
        buf.set_string(area.x + skipped as u16, area.y, &shown, style);
        let cursor = self.input.visual_cursor().saturating_sub(scroll).min(width - 1);
        Some(Position::new(area.x + cursor as u16, area.y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyModifiers;

    fn typed(text: &str) -> TextField {
        let mut field = TextField::default();
        for c in text.chars() {
            field.press(Key { code: KeyCode::Char(c), modifiers: KeyModifiers::NONE });
        }
        field
    }

    #[test]
    fn the_cursor_is_a_byte() {
        let mut field = typed("größe");
        assert_eq!(field.cursor(), "größe".len());
        field.press(Key { code: KeyCode::Left, modifiers: KeyModifiers::NONE });
        assert_eq!(field.cursor(), "größ".len());
        field.set_with_cursor("für alle", "für".len());
        assert_eq!(field.cursor(), "für".len());
    }

    #[test]
    fn pasted_text_is_clean_and_in_one_line() {
        let mut field = typed("a ");
        field.paste("b\x1b[31mc\nd\n");
        assert_eq!(field.value(), "a bc d");
    }

    #[test]
    fn of_a_long_text_the_beginning_is_pasted() {
        let mut field = typed("ab");
        field.press(Key { code: KeyCode::Left, modifiers: KeyModifiers::NONE });
        field.paste(&"öa".repeat(1_000_000));
        assert_eq!((field.value().len(), field.cursor()), (LONGEST, LONGEST - 1));
        let before = field.value().to_owned();
        field.paste("x");
        field.press(Key { code: KeyCode::Char('x'), modifiers: KeyModifiers::NONE });
        assert_eq!(field.value(), before);
    }

    #[test]
    fn a_long_line_is_scrolled() {
        let field = typed("0123456789");
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let cursor = field.draw(Rect::new(0, 0, 5, 1), &mut buffer, Style::new());
        assert_eq!(crate::screen::text(&buffer), "6789\n");
        assert_eq!(cursor, Some(Position::new(4, 0)));
    }
}
