//! Choosing a saved search, with how many articles each finds.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::{cells, pad};

use super::narrowing::{Clicked, Look, Narrowing};
use super::paint;
use super::popup;

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
    narrowing: Narrowing,
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
        popup::filtered(&self.searches, self.narrowing.typed(), |search| &search.name, |search| &search.query)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let shown = self.shown();
        let count = shown.len();
        let search = shown.get(self.narrowing.selected(count)).map(|search| (*search).clone());
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) => Reaction::Leave,
            (KeyCode::Enter, _) => search.map_or(Reaction::None, Reaction::Take),
            (KeyCode::Delete, _) | (KeyCode::Char('d'), KeyModifiers::CONTROL) => {
                search.map_or(Reaction::None, |search| Reaction::Remove(search.name))
            }
            // Names are narrowed by small letters as well.
            (KeyCode::Char('U'), _) if self.narrowing.typed().is_empty() => Reaction::Undo,
            _ => {
                self.narrowing.press(key, count);
                Reaction::None
            }
        }
    }

    /// Narrows the list by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.narrowing.paste(text);
    }

    /// Moves by `count` searches.
    pub fn step(&mut self, count: isize) {
        let shown = self.shown().len();
        self.narrowing.step(count, shown);
    }

    /// Takes a click; one beside the list closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        let count = self.shown().len();
        match self.narrowing.click(position, count) {
            Clicked::Beside => Reaction::Leave,
            Clicked::Nothing => Reaction::None,
            Clicked::Entry(at) => Reaction::Take(self.shown()[at].clone()),
        }
    }

    /// Draws the list over `area`, and returns the cell of the cursor.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let look = Look {
            place: popup::centered(area, 72, self.searches.len().clamp(2, 16) as u16 + 7),
            title: "Saved searches",
            sign: "/",
            hint: "type to narrow",
            nothing: match self.searches.is_empty() {
                true => "none yet: search for something, and save it",
                false => "none fits what you typed",
            },
            keys: &[("↵", "search"), ("del", "remove"), ("esc", "leave")],
        };
        let SavedSearches { searches, counts, narrowing } = self;
        let shown = popup::filtered(searches, narrowing.typed(), |search| &search.name, |search| &search.query);
        let widest = shown.iter().map(|search| cells(&search.name)).max().unwrap_or(0).clamp(8, 24);
        narrowing.draw(&look, shown.len(), buf, theme, &mut |buf, room, at, selected| {
            let search = shown[at];
            let style = if selected { theme.title } else { theme.text };
            // The digit that brings it up is its place in the file, however the list is narrowed.
            let place = searches.iter().position(|other| other.name == search.name).filter(|place| *place < 9);
            let digit = place.map_or(" ".to_owned(), |place| (place + 1).to_string());
            let count = counts.get(&search.query).map(|count| paint::number(*count)).unwrap_or_default();
            let used = paint::pieces_right(buf, room, &[(&count, theme.count)]);
            let name = pad(&search.name, widest);
            let pieces =
                [(&*digit, theme.key), ("  ", style), (&name, style), ("  ", style), (&search.query, theme.dim)];
            paint::pieces(buf, room.x, room.y, room.width.saturating_sub(used + 2), &pieces);
        })
    }
}
