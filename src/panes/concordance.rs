//! Every place where the query finds something, with the words around it.

use std::sync::Arc;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_segmentation::UnicodeSegmentation;

use crate::config::key::Key;
use crate::counting::concordance::{Line, LineSort, Total, key};
use crate::effect::{Effect, Study, StudyKind};
use crate::event::{Event, Mouse, Studied};
use crate::query::Query;
use crate::text::fold::fold;
use crate::text::width::{cells, clip, pad};

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{Popup, Scene, Wish};
use super::reading::place_of;

/// Wider than this, there is room for the source.
const WIDE: u16 = 110;
/// Narrower than this, there is room for the words alone.
const NARROW: u16 = 50;
/// How many cells the date has: those of `16 Feb 2021`.
const DATE: usize = 11;
/// How many cells the language has.
const LANGUAGE: usize = 2;
/// How many cells the source has.
const SOURCE: usize = 14;

/// The orders of the lines, in turn.
const SORTS: [(Option<LineSort>, &str); 5] = [
    (None, "order: as found"),
    (Some(LineSort::Left), "order: words before"),
    (Some(LineSort::Right), "order: words after"),
    (Some(LineSort::Date), "order: date"),
    (Some(LineSort::Source), "order: source"),
];

/// The open list.
#[derive(Debug)]
pub struct Concordance {
    query: Arc<Query>,
    title: String,
    entries: Vec<Entry>,
    /// Which of them are shown, in their order.
    shown: Vec<usize>,
    /// How much there is in all, once everything is read.
    total: Option<Total>,
    /// Whether everything was read.
    whole: bool,
    sort: usize,
    narrowing: Narrowing,
}

/// A line, and what it is narrowed by.
#[derive(Debug)]
struct Entry {
    line: Line,
    folded: String,
}

/// Opens the list, where the query asks for words.
///
/// # Errors
///
/// That it asks for none, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    if scene.query.words().is_empty() {
        return Err("no words to show in context: search for some first".to_owned());
    }
    Ok(Box::new(Concordance {
        query: scene.query.clone(),
        title: "Concordance · reading …".to_owned(),
        entries: Vec::new(),
        shown: Vec::new(),
        total: None,
        whole: false,
        sort: 0,
        narrowing: Narrowing::default(),
    }))
}

impl Concordance {
    /// Finds anew which lines are shown, and in which order.
    fn arrange(&mut self) {
        let typed = fold(self.narrowing.typed().trim());
        let fits = |entry: &Entry| typed.is_empty() || entry.folded.contains(&typed);
        self.shown = (0..self.entries.len()).filter(|at| fits(&self.entries[*at])).collect();
        let of = |at: &usize| &self.entries[*at].line;
        match SORTS[self.sort].0 {
            None => {}
            Some(LineSort::Date) => {
                let date = |at: &usize| of(at).row.record.when().and_then(|when| when.sort_key());
                self.shown.sort_by_key(|at| std::cmp::Reverse(date(at)));
            }
            Some(sort) => self.shown.sort_by_cached_key(|at| key(of(at), sort)),
        }
    }

    fn retitle(&mut self) {
        let read = self.entries.len();
        self.title = match &self.total {
            None => format!("Concordance · {} · reading …", paint::counted(read, "place", "places")),
            Some(_) if !self.whole => format!("Concordance · the first {} places", paint::number(read)),
            Some(total) => format!(
                "Concordance · {} in {}",
                paint::counted(total.places, "place", "places"),
                paint::counted(total.articles, "article", "articles")
            ),
        };
    }

    fn take(&self) -> Vec<Wish> {
        let at = self.narrowing.selected(self.shown.len());
        let Some(Entry { line, .. }) = self.shown.get(at).map(|at| &self.entries[*at]) else {
            return Vec::new();
        };
        let place = line.place.paragraph.map_or(0, |paragraph| place_of(paragraph, line.place.range.start));
        vec![Wish::Close, Wish::OpenAt(line.row.record.id, place)]
    }
}

impl Popup for Concordance {
    fn title(&self) -> &str {
        &self.title
    }

    fn size(&self, room: Rect, _: &Scene<'_>) -> (u16, u16) {
        (room.width, room.height)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "read there"), Hint::key("tab", SORTS[self.sort].1), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn begin(&self) -> Vec<Effect> {
        vec![Effect::Study(Study { query: self.query.clone(), kind: StudyKind::Concordance })]
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        match key.code {
            KeyCode::Esc => return vec![Wish::Close],
            KeyCode::Enter => return self.take(),
            KeyCode::Tab => self.sort = (self.sort + 1) % SORTS.len(),
            KeyCode::BackTab => self.sort = (self.sort + SORTS.len() - 1) % SORTS.len(),
            _ => {
                let before = self.narrowing.typed().to_owned();
                self.narrowing.press(key, self.shown.len());
                if self.narrowing.typed() == before {
                    return Vec::new();
                }
            }
        }
        self.arrange();
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.narrowing.paste(text);
        self.arrange();
        Vec::new()
    }

    fn mouse(&mut self, mouse: Mouse, _: &Scene<'_>) -> Vec<Wish> {
        match self.narrowing.mouse(mouse, self.shown.len()) {
            Some(_) => self.take(),
            None => Vec::new(),
        }
    }

    fn hear(&mut self, event: &Event, _: &Scene<'_>) -> Vec<Wish> {
        let Event::Studied(query, Studied::Lines { lines, total, whole }) = event else {
            return Vec::new();
        };
        if **query == *self.query && self.total.is_none() {
            self.entries.extend(lines.iter().map(|line| Entry {
                folded: fold(&format!("{} {} {}", line.left, line.found, line.right)),
                line: line.clone(),
            }));
            self.total = total.clone();
            self.whole = *whole;
            self.retitle();
            self.arrange();
        }
        Vec::new()
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let (wide, narrow) = (area.width >= WIDE, area.width < NARROW);
        let (entries, shown) = (&self.entries, &self.shown);
        let nothing = if self.total.is_some() { "no places" } else { "reading …" };
        let look = Look { sign: "/", hint: "narrow the lines", nothing };
        self.narrowing.draw(area, &look, shown.len(), buf, theme, &mut |buf, row, at, selected| {
            let line = &entries[shown[at]].line;
            let record = &line.row.record;
            let date = pad(&record.when().map_or("undated".to_owned(), |when| when.short()), DATE);
            let language = record.language.code.filter(|_| record.language.sure).map_or("?", |tag| tag.code());
            let language = pad(language, LANGUAGE);
            let source =
                if wide { pad(record.source.as_ref().map_or("", |source| source), SOURCE) } else { String::new() };
            let facts = if narrow { 0 } else { DATE + 2 + LANGUAGE + 2 };
            let columns = facts + 1 + if wide { SOURCE + 2 } else { 0 };
            let room = usize::from(row.width).saturating_sub(columns);
            let found = clip(&line.found, room / 2);
            let side = room.saturating_sub(cells(&found) + 2) / 2;
            let left = last(&line.left, side);
            let space = " ".repeat(side.saturating_sub(cells(&left)));
            let text = if selected { theme.accent } else { theme.text };
            let mut pieces = Vec::new();
            if !narrow {
                pieces.extend([
                    (date.as_str(), theme.date),
                    ("  ", text),
                    (language.as_str(), theme.language),
                    ("  ", text),
                ]);
            }
            if wide {
                pieces.extend([(source.as_str(), theme.dim), ("  ", text)]);
            }
            let right = clip(&line.right, side);
            let gap = if line.runs_on { "" } else { " " };
            pieces.extend([
                (space.as_str(), text),
                (left.as_str(), text),
                (" ", text),
                (&*found, theme.mark),
                (gap, text),
                (&*right, text),
            ]);
            paint::pieces(buf, row.x, row.y, row.width, &pieces);
        })
    }
}

/// The end of `text` in at most `width` cells, with `…` where something was cut away.
fn last(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let (mut start, mut used) = (text.len(), 1);
    for grapheme in text.graphemes(true).rev() {
        used += cells(grapheme);
        if used > width {
            break;
        }
        start -= grapheme.len();
    }
    if width == 0 { String::new() } else { format!("…{}", &text[start..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_text_fits() {
        for (text, width, expected) in [
            ("the old harbour", 8, "…harbour"),
            ("馬斯克邀請", 6, "…邀請"),
            ("boat", 4, "boat"),
            ("boat", 1, "…"),
            ("boat", 0, ""),
        ] {
            assert_eq!(last(text, width), expected);
        }
    }
}
