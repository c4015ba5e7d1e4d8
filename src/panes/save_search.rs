//! Giving the search on the screen a name.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::wrap::wrap;

use super::paint;
use super::popup;
use super::text_field::TextField;

/// What a key asked of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the popup may look different.
    None,
    /// Save the search.
    Save(SavedSearch),
    /// Close.
    Leave,
}

/// A search that is about to be saved.
#[derive(Debug)]
pub struct SaveSearch {
    query: String,
    name: TextField,
    /// Whether the reader was asked if the search that is called so may go.
    asked: bool,
}

impl SaveSearch {
    /// Asks for the name of `query`; one of `saved` that is the same has its own to begin with.
    pub fn new(query: &str, saved: &[SavedSearch]) -> SaveSearch {
        let mut name = TextField::default();
        let same = saved.iter().find(|search| search.query == query);
        same.into_iter().for_each(|search| name.set(&search.name));
        SaveSearch { query: query.to_owned(), name, asked: false }
    }

    /// The name as it is typed. Behind an `@` a name may stand in quotes, so it holds none.
    fn name(&self) -> String {
        self.name.value().replace('"', "").trim().trim_start_matches('@').to_owned()
    }

    /// The search that would be replaced.
    fn replaced<'a>(&self, saved: &'a [SavedSearch]) -> Option<&'a SavedSearch> {
        saved.iter().find(|search| search.name == self.name() && search.query != self.query)
    }

    /// Takes a key. A name that is taken by another of `saved` must be confirmed.
    pub fn press(&mut self, key: Key, saved: &[SavedSearch]) -> Reaction {
        match key.code {
            KeyCode::Esc => return Reaction::Leave,
            KeyCode::Enter if self.name().is_empty() => {}
            KeyCode::Enter if self.replaced(saved).is_some() && !self.asked => self.asked = true,
            KeyCode::Enter => return Reaction::Save(SavedSearch { name: self.name(), query: self.query.clone() }),
            _ => {
                self.name.press(key);
                self.asked = false;
            }
        }
        Reaction::None
    }

    /// Adds pasted text to the name.
    pub fn paste(&mut self, text: &str) {
        self.name.paste(text);
        self.asked = false;
    }

    /// Draws the popup over `area`, and returns the cell of the cursor.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, saved: &[SavedSearch]) -> Option<Position> {
        let inner = popup::frame(popup::centered(area, 64, 10), buf, "Save this search", theme);
        if inner.is_empty() {
            return None;
        }
        let mut y = inner.y;
        for line in wrap(&self.query, usize::from(inner.width)).into_iter().take(2) {
            if y + 2 < inner.bottom() {
                paint::pieces(buf, inner.x, y, inner.width, &[(&self.query[line], theme.dim)]);
                y += 1;
            }
        }
        y += u16::from(inner.height > 5);
        let field = Rect { x: inner.x, y: y.min(inner.bottom() - 1), width: inner.width, height: 1 };
        let label = paint::pieces(buf, field.x, field.y, field.width, &[("name  ", theme.accent)]);
        let field = Rect { x: field.x + label, width: field.width - label, ..field };
        let cursor = self.name.draw(field, buf, theme.text);
        if let Some(replaced) = self.replaced(saved)
            && y + 2 < inner.bottom()
        {
            let query = &replaced.query;
            let (before, after) = match self.asked {
                true => ("↵ again replaces ", ""),
                false => ("it stands for ", " now"),
            };
            let line = [("! ", theme.undated), (before, theme.text), (query, theme.dim), (after, theme.text)];
            paint::pieces(buf, inner.x, y + 1, inner.width, &line);
        }
        popup::foot(inner, buf, theme, &[("↵", "save"), ("esc", "leave")], 0, 0);
        cursor
    }
}
