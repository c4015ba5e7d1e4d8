//! The note beside an article: a few lines, written in place.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::effect::Effect;
use crate::event::Event;
use crate::marks::Setting;

use super::hints::Hint;
use super::paint;
use super::popup::{self, Popup, Scene, Wish};
use super::text_field::TextField;

/// A note that is being written.
///
/// `at` is a line of `lines`, of which there is always one.
#[derive(Debug)]
struct Note {
    lines: Vec<TextField>,
    at: usize,
    top: usize,
}

/// How many lines a note has at most.
const MOST_LINES: usize = 200;

/// Opens the note of the selected article.
///
/// # Errors
///
/// That no article is selected, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    let Some(row) = scene.selected else { return Err("no article is selected".to_owned()) };
    let mut note = Note { lines: Vec::new(), at: 0, top: 0 };
    note.set(scene.marks.note(row.row.record.id).unwrap_or_default());
    Ok(Box::new(note))
}

fn field(text: &str) -> TextField {
    let mut field = TextField::default();
    field.set(text);
    field
}

impl Note {
    /// Shows this text, with the cursor at its end.
    fn set(&mut self, text: &str) {
        self.lines = text.lines().take(MOST_LINES).map(field).collect();
        if self.lines.is_empty() {
            self.lines.push(TextField::default());
        }
        self.at = self.lines.len() - 1;
    }

    fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.value().trim_end()).collect();
        lines.join("\n").trim().to_owned()
    }

    fn save(&self) -> Vec<Wish> {
        let text = self.text();
        vec![Wish::Close, Wish::Mark(vec![Setting::Note((!text.is_empty()).then_some(text))])]
    }

    /// Breaks the line at the cursor.
    fn break_line(&mut self) {
        if self.lines.len() >= MOST_LINES {
            return;
        }
        let cursor = self.lines[self.at].cursor();
        let (before, after) = self.lines[self.at].value().split_at(cursor);
        let (before, mut next) = (field(before), TextField::default());
        next.set_with_cursor(after, 0);
        self.lines[self.at] = before;
        self.lines.insert(self.at + 1, next);
        self.at += 1;
    }

    /// Puts the line of the cursor behind the one above; true when the cursor stands at its beginning.
    fn join_above(&mut self) -> bool {
        let join = self.at > 0 && self.lines[self.at].cursor() == 0;
        if join {
            let below = self.lines.remove(self.at);
            self.at -= 1;
            let above = self.lines[self.at].value().to_owned();
            self.lines[self.at].set_with_cursor(&format!("{above}{}", below.value()), above.len());
        }
        join
    }
}

impl Popup for Note {
    fn title(&self) -> &str {
        "Note"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (68, self.lines.len().clamp(5, 16) as u16 + 5)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![
            Hint::key("ctrl-s", "save"),
            Hint::key("enter", "new line"),
            Hint::key("ctrl-e", "$EDITOR"),
            Hint::key("esc", "cancel"),
        ]
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) => return vec![Wish::Close],
            (KeyCode::Char('s'), KeyModifiers::CONTROL) => return self.save(),
            (KeyCode::Char('e'), KeyModifiers::CONTROL) => return vec![Wish::Ask(Effect::EditText(self.text()))],
            (KeyCode::Enter, _) => self.break_line(),
            (KeyCode::Backspace, KeyModifiers::NONE) if self.join_above() => {}
            (KeyCode::Up, _) => self.at = self.at.saturating_sub(1),
            (KeyCode::Down, _) => self.at = (self.at + 1).min(self.lines.len() - 1),
            _ => _ = self.lines[self.at].press(key),
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                self.break_line();
            }
            self.lines[self.at].paste(line);
        }
        Vec::new()
    }

    /// What was typed is not lost by a click.
    fn click_beside(&mut self) -> Vec<Wish> {
        Vec::new()
    }

    fn hear(&mut self, event: &Event, _: &Scene<'_>) -> Vec<Wish> {
        if let Event::Edited(text) = event {
            self.set(text);
        }
        Vec::new()
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        if area.is_empty() {
            return None;
        }
        if self.text().is_empty() {
            paint::pieces(buf, area.x, area.y, area.width, &[("type a note", theme.faint)]);
        }
        self.top = popup::scroll(self.top, self.at, usize::from(area.height));
        let mut cursor = None;
        for (room, at) in area.rows().zip(self.top..self.lines.len()) {
            if at == self.at {
                cursor = self.lines[at].draw(room, buf, theme.text);
            } else {
                paint::pieces(buf, room.x, room.y, room.width, &[(self.lines[at].value(), theme.text)]);
            }
        }
        cursor
    }
}
