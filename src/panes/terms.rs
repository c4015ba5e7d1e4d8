//! The words of the result: those that are more frequent in it than in all other articles.

use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::counting::terms::Term;
use crate::effect::{Effect, Study, StudyKind};
use crate::event::{Event, Mouse, Studied};
use crate::query::Query;
use crate::text::width::{cells, pad};

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{self, Popup, Scene, Wish};

/// The open list.
#[derive(Debug)]
pub struct Terms {
    query: Arc<Query>,
    /// Nothing while they are counted.
    terms: Option<Vec<Term>>,
    /// Whether there are no other articles.
    alone: bool,
    narrowing: Narrowing,
}

/// Opens the list, where something is narrowed down at all.
///
/// # Errors
///
/// That there is nothing to compare, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    if scene.query.root.is_none() {
        return Err("nothing to compare: search for something first".to_owned());
    }
    Ok(Box::new(Terms { query: scene.query.clone(), terms: None, alone: false, narrowing: Narrowing::default() }))
}

impl Terms {
    fn shown(&self) -> Vec<&Term> {
        let terms = self.terms.as_deref().unwrap_or_default();
        popup::filtered(terms, self.narrowing.typed(), |term| &term.text, |_| "")
    }

    /// Searches for the selected term as well.
    fn take(&self, scene: &Scene<'_>) -> Vec<Wish> {
        let shown = self.shown();
        let Some(term) = shown.get(self.narrowing.selected(shown.len())) else { return Vec::new() };
        let plain = term.text.chars().all(char::is_alphanumeric);
        let word = if plain { term.text.clone() } else { format!("\"{}\"", term.text.replace('"', "")) };
        let line = format!("{} {word}", scene.line.trim_end());
        vec![Wish::ShowList, Wish::Line(line), Wish::Close]
    }
}

impl Popup for Terms {
    fn title(&self) -> &str {
        "Words of the result"
    }

    fn size(&self, room: Rect, _: &Scene<'_>) -> (u16, u16) {
        (72, room.height.min(30))
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "search for it too"), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn begin(&self) -> Vec<Effect> {
        vec![Effect::Study(Study { query: self.query.clone(), kind: StudyKind::Terms })]
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        match key.code {
            KeyCode::Esc => vec![Wish::Close],
            KeyCode::Enter => self.take(scene),
            _ => {
                let count = self.shown().len();
                self.narrowing.press(key, count);
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.narrowing.paste(text);
        Vec::new()
    }

    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        let count = self.shown().len();
        match self.narrowing.mouse(mouse, count) {
            Some(_) => self.take(scene),
            None => Vec::new(),
        }
    }

    fn hear(&mut self, event: &Event, _: &Scene<'_>) -> Vec<Wish> {
        if let Event::Studied(query, Studied::Terms(terms)) = event
            && **query == *self.query
        {
            self.alone = terms.is_none();
            self.terms = Some(terms.clone().unwrap_or_default());
        }
        Vec::new()
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let nothing = match &self.terms {
            None => "reading …",
            Some(_) if self.alone => "the result has every article: nothing to compare it with",
            Some(_) => "no word is much more frequent here than elsewhere",
        };
        let look = Look { sign: "/", hint: "narrow the words", nothing };
        // The list is drawn while it is narrowed.
        let mut narrowing = std::mem::take(&mut self.narrowing);
        let terms = self.terms.as_deref().unwrap_or_default();
        let shown = popup::filtered(terms, narrowing.typed(), |term| &term.text, |_| "");
        let cursor = narrowing.draw(area, &look, shown.len(), buf, theme, &mut |buf, row, at, selected| {
            let term = shown[at];
            let figures = format!(
                "{} in {} {:>6}×",
                paint::number(term.occurrences as usize),
                paint::counted(term.articles as usize, "article", "articles"),
                paint::number(term.log_ratio.exp2().round() as usize)
            );
            let name = usize::from(row.width).saturating_sub(cells(&figures) + 1);
            let name = pad(&term.text, name);
            let text = if selected { theme.accent } else { theme.text };
            paint::pieces(buf, row.x, row.y, row.width, &[(&name, text), (" ", text), (&figures, theme.dim)]);
        });
        self.narrowing = narrowing;
        cursor
    }
}
