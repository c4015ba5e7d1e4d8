//! Choosing a saved search, with how many articles each finds.

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::effect::{Effect, SearchTask};
use crate::event::{Event, Mouse};
use crate::text::width::{cells, pad};

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{self, Popup, Scene, Wish};

/// The open list.
#[derive(Debug, Default)]
pub struct SavedSearches {
    searches: Vec<SavedSearch>,
    counts: HashMap<String, usize>,
    narrowing: Narrowing,
}

/// Opens the list, which may be empty.
///
/// # Errors
///
/// None: an empty list says how to fill it.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    Ok(Box::new(SavedSearches { searches: scene.searches.to_vec(), ..SavedSearches::default() }))
}

impl SavedSearches {
    fn shown(&self) -> Vec<&SavedSearch> {
        popup::filtered(&self.searches, self.narrowing.typed(), |search| &search.name, |search| &search.query)
    }

    fn take(search: &SavedSearch) -> Vec<Wish> {
        vec![Wish::ShowList, Wish::Line(search.query.clone()), Wish::Close, Wish::Tell(search.name.clone())]
    }
}

impl Popup for SavedSearches {
    fn title(&self) -> &str {
        "Saved searches"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (72, self.searches.len().clamp(2, 16) as u16 + 7)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "search"), Hint::key("del", "remove"), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn changes_line(&self) -> bool {
        true
    }

    /// A person may have changed the file.
    fn begin(&self) -> Vec<Effect> {
        vec![Effect::Searches(SearchTask::Read)]
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        let shown = self.shown();
        let count = shown.len();
        let search = shown.get(self.narrowing.selected(count)).copied();
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) => vec![Wish::Close],
            (KeyCode::Enter, _) => search.map_or_else(Vec::new, SavedSearches::take),
            (KeyCode::Delete, _) | (KeyCode::Char('d'), KeyModifiers::CONTROL) => {
                search.map(|search| Wish::Searches(SearchTask::Remove(search.name.clone()))).into_iter().collect()
            }
            // Names are narrowed by small letters as well.
            (KeyCode::Char('U'), _) if self.narrowing.typed().is_empty() => vec![Wish::UndoSearches],
            _ => {
                self.narrowing.press(key, count);
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.narrowing.paste(text);
        Vec::new()
    }

    fn mouse(&mut self, mouse: Mouse, _: &Scene<'_>) -> Vec<Wish> {
        let clicked = self.narrowing.mouse(mouse, self.shown().len());
        clicked.map_or_else(Vec::new, |at| SavedSearches::take(self.shown()[at]))
    }

    fn hear(&mut self, event: &Event, _: &Scene<'_>) -> Vec<Wish> {
        match event {
            Event::Counted(counts) => self.counts.extend(counts.iter().cloned()),
            Event::Searches(searches, _) => {
                self.searches.clone_from(searches);
                return vec![Wish::Ask(Effect::Count(searches.iter().map(|search| search.query.clone()).collect()))];
            }
            _ => {}
        }
        Vec::new()
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let look = Look {
            sign: "/",
            hint: "type to filter",
            nothing: match self.searches.is_empty() {
                true => "none yet: search for something, then save it",
                false => "no match",
            },
        };
        let SavedSearches { searches, counts, narrowing } = self;
        let shown = popup::filtered(searches, narrowing.typed(), |search| &search.name, |search| &search.query);
        let widest = shown.iter().map(|search| cells(&search.name)).max().unwrap_or(0).clamp(8, 24);
        narrowing.draw(area, &look, shown.len(), buf, theme, &mut |buf, room, at, selected| {
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
