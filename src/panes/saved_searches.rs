//! Choosing a saved search, with how many articles each finds.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::{cells, pad};

use super::paint;
use super::popup;
use super::text_field::TextField;

/// What a key asked of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the list may look different.
    None,
    /// Search for this.
    Take(SavedSearch),
    /// Remove the search of this name.
    Remove(String),
    /// Take the last change back.
    Undo,
    /// Close.
    Leave,
}

/// The open list.
#[derive(Debug, Default)]
pub struct SavedSearches {
    searches: Vec<SavedSearch>,
    counts: HashMap<String, usize>,
    typed: TextField,
    selected: usize,
    top: usize,
    /// Where the popup and its list were drawn last.
    place: Rect,
    drawn: Rect,
}

impl SavedSearches {
    /// A list of these searches.
    pub fn new(searches: &[SavedSearch]) -> SavedSearches {
        SavedSearches { searches: searches.to_vec(), ..SavedSearches::default() }
    }

    /// Shows other searches.
    pub fn update(&mut self, searches: &[SavedSearch]) {
        self.searches = searches.to_vec();
    }

    /// Shows how many articles query lines find.
    pub fn count(&mut self, counts: Vec<(String, usize)>) {
        self.counts.extend(counts);
    }

    fn shown(&self) -> Vec<&SavedSearch> {
        popup::filtered(&self.searches, self.typed.value(), |search| &search.name, |search| &search.query)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let search = self.shown().get(self.selected).map(|search| (*search).clone());
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) => return Reaction::Leave,
            (KeyCode::Enter, _) => return search.map_or(Reaction::None, Reaction::Take),
            (KeyCode::Delete, _) | (KeyCode::Char('d'), KeyModifiers::CONTROL) => {
                return search.map_or(Reaction::None, |search| Reaction::Remove(search.name));
            }
            // Names are narrowed by small letters as well.
            (KeyCode::Char('U'), _) if self.typed.value().is_empty() => return Reaction::Undo,
            (KeyCode::Down | KeyCode::Tab, _) => self.step(1),
            (KeyCode::Up | KeyCode::BackTab, _) => self.step(-1),
            (KeyCode::PageDown, _) => self.step(10),
            (KeyCode::PageUp, _) => self.step(-10),
            _ => {
                if self.typed.press(key) == Some(true) {
                    self.selected = 0;
                }
            }
        }
        Reaction::None
    }

    /// Narrows the list by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.selected = 0;
    }

    /// Moves by `count` searches.
    pub fn step(&mut self, count: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(count).min(last);
    }

    /// Takes a click; one beside the list closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        if !self.place.contains(position) {
            return Reaction::Leave;
        }
        if !self.drawn.contains(position) {
            return Reaction::None;
        }
        let place = self.top + usize::from(position.y - self.drawn.y);
        self.shown().get(place).map_or(Reaction::None, |search| Reaction::Take((*search).clone()))
    }

    /// Draws the list over `area`, and returns the cell of the cursor.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let height = self.searches.len().clamp(2, 16) as u16 + 7;
        self.place = popup::centered(area, 72, height);
        let inner = popup::frame(self.place, buf, "Saved searches", theme);
        if inner.height < 3 {
            return None;
        }
        buf.set_string(inner.x, inner.y, "/", theme.accent);
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, y: inner.y };
        if self.typed.value().is_empty() {
            paint::pieces(buf, field.x, field.y, field.width, &[("type to narrow", theme.faint)]);
        }
        let cursor = self.typed.draw(field, buf, theme.text);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
        let shown: Vec<SavedSearch> = self.shown().into_iter().cloned().collect();
        self.selected = self.selected.min(shown.len().saturating_sub(1));
        self.top = popup::scroll(self.top, self.selected, usize::from(list.height).max(1));
        self.drawn = list;
        let widest = shown.iter().map(|search| cells(&search.name)).max().unwrap_or(0).clamp(8, 24);
        for (row, (at, search)) in list.rows().zip(shown.iter().enumerate().skip(self.top)) {
            let selected = at == self.selected;
            let style = if selected { theme.title } else { theme.text };
            if selected {
                buf.set_string(row.x, row.y, "▌", theme.accent);
            }
            // The digit that brings it up is its place in the file, however the list is narrowed.
            let place = self.searches.iter().position(|other| other.name == search.name).filter(|place| *place < 9);
            let digit = place.map_or(" ".to_owned(), |place| (place + 1).to_string());
            let count = self.counts.get(&search.query).map(|count| paint::number(*count)).unwrap_or_default();
            let line = Rect { x: row.x + 2, width: row.width.saturating_sub(2), ..row };
            let used = paint::pieces_right(buf, line, &[(&count, theme.count)]);
            let room = line.width.saturating_sub(used + 2);
            let name = pad(&search.name, widest);
            let pieces =
                [(&*digit, theme.key), ("  ", style), (&name, style), ("  ", style), (&search.query, theme.dim)];
            paint::pieces(buf, line.x, line.y, room, &pieces);
        }
        if shown.is_empty() {
            let said = match self.searches.is_empty() {
                true => "none yet: search for something, and save it",
                false => "none fits what you typed",
            };
            paint::pieces(buf, list.x + 2, list.y, list.width, &[(said, theme.dim)]);
        }
        let keys = [("↵", "search"), ("del", "remove"), ("esc", "leave")];
        popup::foot(inner, buf, theme, &keys, usize::from(list.height), shown.len());
        cursor
    }
}
