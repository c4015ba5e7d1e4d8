//! Writing what is listed or selected to a file.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::effect::{Effect, Study, StudyKind};
use crate::event::Event;
use crate::export::EXPORTS;
use crate::query::Query;

use super::hints::Hint;
use super::paint;
use super::popup::{Popup, Scene, Wish};
use super::text_field::TextField;

/// The field for the name of the file.
#[derive(Debug)]
pub struct Write {
    query: Arc<Query>,
    /// The places that are written; all where none are selected.
    places: Option<std::ops::Range<usize>>,
    count: usize,
    name: TextField,
    /// The file that is there already, and whether the reader was told.
    exists: Option<PathBuf>,
}

/// Asks for the name of the file.
///
/// # Errors
///
/// That nothing is listed, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    let places = scene.several.map(|(first, last)| first..last);
    let count = places.as_ref().map_or(scene.matched, ExactSizeIterator::len);
    if count == 0 {
        return Err("nothing to write".to_owned());
    }
    let mut name = TextField::default();
    name.set("articles.csv");
    Ok(Box::new(Write { query: scene.query.clone(), places, count, name, exists: None }))
}

impl Write {
    fn path(&self) -> PathBuf {
        PathBuf::from(self.name.value().trim())
    }

    /// The name of the format that the name of the file says.
    fn format(&self) -> Option<&'static str> {
        let path = self.path();
        let extension = path.extension()?.to_str()?;
        EXPORTS.iter().find(|format| format.extension == extension).map(|format| format.name)
    }
}

impl Popup for Write {
    fn title(&self) -> &str {
        "Write to a file"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (72, 10)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        let enter = if self.exists.is_some() { "replace it" } else { "write" };
        vec![Hint::key("enter", enter), Hint::key("esc", "cancel")]
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        match key.code {
            KeyCode::Esc => vec![Wish::Close],
            KeyCode::Enter => match self.format() {
                None => Vec::new(),
                Some(format) => {
                    let replace = self.exists.as_ref() == Some(&self.path());
                    let kind = StudyKind::Write { path: self.path(), format, replace, places: self.places.clone() };
                    vec![Wish::Ask(Effect::Study(Study { query: self.query.clone(), kind }))]
                }
            },
            _ => {
                self.name.press(key);
                self.exists = None;
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.name.paste(text);
        self.exists = None;
        Vec::new()
    }

    /// What was typed is not lost by a click.
    fn click_beside(&mut self) -> Vec<Wish> {
        Vec::new()
    }

    fn hear(&mut self, event: &Event, _: &Scene<'_>) -> Vec<Wish> {
        match event {
            Event::Exists(path) => {
                self.exists = Some(path.clone());
                Vec::new()
            }
            Event::Told(_) => vec![Wish::Close],
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, inner: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        if inner.height < 3 {
            return None;
        }
        let what = match self.places {
            Some(_) => format!("{} that are selected", paint::counted(self.count, "article", "articles")),
            None => format!("all {} that are listed", paint::counted(self.count, "article", "articles")),
        };
        paint::pieces(buf, inner.x, inner.y, inner.width, &[(&what, theme.dim)]);
        let field = Rect { y: inner.y + 2, height: 1, ..inner };
        let cursor = self.name.draw(field, buf, theme.text);
        let told = match (&self.exists, self.format()) {
            (Some(_), _) => ("this file exists; enter replaces it".to_owned(), theme.error),
            (None, Some(format)) => {
                let format = crate::export::format(format).map_or("", |format| format.description);
                (format.to_owned(), theme.dim)
            }
            (None, None) => {
                let endings: Vec<String> = EXPORTS
                    .iter()
                    .filter(|format| format.name != "template")
                    .map(|format| format!(".{}", format.extension))
                    .collect();
                (format!("the ending says the format: {}", endings.join(" ")), theme.error)
            }
        };
        if inner.height > 4 {
            paint::pieces(buf, inner.x, inner.y + 4, inner.width, &[(&told.0, told.1)]);
        }
        cursor
    }
}
