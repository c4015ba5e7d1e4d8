//! Tags: putting them on what is selected, and choosing those that are listed.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::event::Mouse;
use crate::marks::{Setting, Tag};
use crate::query::edit;

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{self, Popup, Scene, Wish};

/// What tags are chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// What is selected: it is tagged so.
    Selected,
    /// The query line: only what is tagged so is listed.
    Line,
}

/// The open list of tags.
#[derive(Debug)]
struct Tags {
    what: For,
    narrowing: Narrowing,
}

/// A tag in the list.
struct Entry {
    tag: Tag,
    /// How many articles have it; 0 for one that is typed and new.
    count: usize,
    chosen: bool,
}

/// Opens the list for tagging what is selected.
///
/// # Errors
///
/// That no article is selected, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    match scene.selected {
        Some(_) => Ok(Box::new(Tags { what: For::Selected, narrowing: Narrowing::default() })),
        None => Err("no article is selected".to_owned()),
    }
}

/// Opens the list for choosing which articles are listed.
///
/// # Errors
///
/// That there are no tags, in words.
pub fn filter(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    match scene.marks.tags().next() {
        Some(_) => Ok(Box::new(Tags { what: For::Line, narrowing: Narrowing::default() })),
        None => Err(format!("no tags yet: {} adds one", scene.keymap.first(crate::action::Action::Tags))),
    }
}

impl Tags {
    /// The tags that fit what was typed, and at the end what was typed itself, where it is a new one.
    fn entries(&self, scene: &Scene<'_>) -> Vec<Entry> {
        let id = scene.selected.map(|row| row.row.record.id);
        let asked = edit::values(scene.line, "tag");
        let is_chosen = |tag: &Tag| match self.what {
            For::Selected => id.is_some_and(|id| scene.marks.tagged(tag.as_str()).is_some_and(|ids| ids.contains(id))),
            For::Line => asked.iter().any(|asked| asked.strip_prefix('=').unwrap_or(asked) == tag.as_str()),
        };
        let all: Vec<Entry> = scene
            .marks
            .tags()
            .map(|(tag, ids)| Entry { tag: tag.clone(), count: ids.len(), chosen: is_chosen(tag) })
            .collect();
        let shown = popup::filtered(&all, self.narrowing.typed(), |entry| entry.tag.as_str(), |_| "");
        let mut shown: Vec<Entry> = shown
            .into_iter()
            .map(|entry| Entry { tag: entry.tag.clone(), count: entry.count, chosen: entry.chosen })
            .collect();
        let typed = Tag::new(self.narrowing.typed()).filter(|_| self.what == For::Selected);
        if let Some(tag) = typed.filter(|tag| !all.iter().any(|entry| entry.tag.folded() == tag.folded())) {
            shown.push(Entry { tag, count: 0, chosen: false });
        }
        shown
    }

    fn take(&mut self, at: usize, scene: &Scene<'_>) -> Vec<Wish> {
        let Some(entry) = self.entries(scene).into_iter().nth(at) else { return Vec::new() };
        match self.what {
            For::Selected => {
                self.narrowing = Narrowing::default();
                vec![Wish::Mark(vec![Setting::Tag(entry.tag, !entry.chosen)])]
            }
            For::Line => {
                // Exactly this tag, unless words were typed that are taken away again.
                let as_words = edit::values(scene.line, "tag").iter().any(|asked| asked == entry.tag.as_str());
                let value = format!("{}{}", if as_words { "" } else { "=" }, entry.tag);
                vec![Wish::Line(edit::toggle_value(scene.line, "tag", &value))]
            }
        }
    }
}

impl Popup for Tags {
    fn title(&self) -> &str {
        match self.what {
            For::Selected => "Tags",
            For::Line => "Filter by tag",
        }
    }

    fn size(&self, _: Rect, scene: &Scene<'_>) -> (u16, u16) {
        (48, scene.marks.tags().count().clamp(3, 14) as u16 + 7)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "toggle"), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn changes_line(&self) -> bool {
        self.what == For::Line
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        let count = self.entries(scene).len();
        match key.code {
            KeyCode::Esc => vec![Wish::Close],
            KeyCode::Enter => self.take(self.narrowing.selected(count), scene),
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

    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        let clicked = self.narrowing.mouse(mouse, self.entries(scene).len());
        clicked.map_or_else(Vec::new, |at| self.take(at, scene))
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let hint = match (self.what, scene.chosen) {
            (For::Line, _) => "type to narrow".to_owned(),
            (For::Selected, 0 | 1) => "type a tag".to_owned(),
            (For::Selected, several) => format!("type a tag for {several} articles"),
        };
        let look = Look { sign: "#", hint: &hint, nothing: "no tags yet" };
        let entries = self.entries(scene);
        self.narrowing.draw(area, &look, entries.len(), buf, theme, &mut |buf, row, at, selected| {
            let entry = &entries[at];
            let style = if selected { theme.title } else { theme.text };
            let count = if entry.count == 0 { "new".to_owned() } else { paint::number(entry.count) };
            let used = paint::pieces_right(buf, row, &[(&count, theme.count)]);
            let width = row.width.saturating_sub(used + 1);
            let tick = if entry.chosen { "✓ " } else { "  " };
            paint::pieces(buf, row.x, row.y, width, &[(tick, theme.accent), (entry.tag.as_str(), style)]);
        })
    }
}
