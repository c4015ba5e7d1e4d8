//! Giving the search on the screen a name.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::effect::SearchTask;
use crate::text::wrap::wrap;

use super::hints::Hint;
use super::paint;
use super::popup::{Popup, Scene, Wish};
use super::text_field::TextField;

/// A search that is about to be saved.
#[derive(Debug)]
pub struct SaveSearch {
    query: String,
    name: TextField,
    /// Whether the reader was asked if the search that is called so may go.
    asked: bool,
}

/// Asks for the name of the search on the screen; one that is saved already has its own to begin with.
///
/// # Errors
///
/// That there is no search, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    let query = scene.line.trim();
    if query.is_empty() {
        return Err("no search to save: type one first".to_owned());
    }
    let mut name = TextField::default();
    let same = scene.searches.iter().find(|search| search.query == query);
    same.into_iter().for_each(|search| name.set(&search.name));
    Ok(Box::new(SaveSearch { query: query.to_owned(), name, asked: false }))
}

impl SaveSearch {
    /// The name as it is typed. Behind an `@` a name may stand in quotes, so it holds none.
    fn name(&self) -> String {
        self.name.value().replace('"', "").trim().trim_start_matches('@').to_owned()
    }

    /// The search that would be replaced.
    fn replaced<'a>(&self, saved: &'a [SavedSearch]) -> Option<&'a SavedSearch> {
        saved.iter().find(|search| search.name == self.name() && search.query != self.query)
    }
}

impl Popup for SaveSearch {
    fn title(&self) -> &str {
        "Save this search"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (64, 10)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "save"), Hint::key("esc", "cancel")]
    }

    fn changes_line(&self) -> bool {
        // It is of the line.
        true
    }

    /// A name that is taken by another search must be confirmed.
    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        match key.code {
            KeyCode::Esc => return vec![Wish::Close],
            KeyCode::Enter if self.name().is_empty() => {}
            KeyCode::Enter if self.replaced(scene.searches).is_some() && !self.asked => self.asked = true,
            KeyCode::Enter => {
                let search = SavedSearch { name: self.name(), query: self.query.clone() };
                return vec![Wish::Close, Wish::Searches(SearchTask::Save(search))];
            }
            _ => {
                self.name.press(key);
                self.asked = false;
            }
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.name.paste(text);
        self.asked = false;
        Vec::new()
    }

    /// What was typed is not lost by a click.
    fn click_beside(&mut self) -> Vec<Wish> {
        Vec::new()
    }

    fn draw(&mut self, inner: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        if inner.is_empty() {
            return None;
        }
        let mut y = inner.y;
        for line in wrap(&self.query, usize::from(inner.width)).into_iter().take(2) {
            if y + 1 < inner.bottom() {
                paint::pieces(buf, inner.x, y, inner.width, &[(&self.query[line], theme.dim)]);
                y += 1;
            }
        }
        y += u16::from(inner.height > 4);
        let field = Rect { x: inner.x, y: y.min(inner.bottom() - 1), width: inner.width, height: 1 };
        let label = paint::pieces(buf, field.x, field.y, field.width, &[("name  ", theme.accent)]);
        let field = Rect { x: field.x + label, width: field.width - label, ..field };
        let cursor = self.name.draw(field, buf, theme.text);
        if let Some(replaced) = self.replaced(scene.searches)
            && y + 1 < inner.bottom()
        {
            let query = &replaced.query;
            let (before, after) = match self.asked {
                true => ("↵ again to replace ", ""),
                false => ("already used for ", ""),
            };
            let line = [("! ", theme.undated), (before, theme.text), (query, theme.dim), (after, theme.text)];
            paint::pieces(buf, inner.x, y + 1, inner.width, &line);
        }
        cursor
    }
}
