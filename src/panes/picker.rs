//! Choosing languages or sources from those that are there, with counts.

use std::collections::HashMap;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::{cells, pad};

use super::paint;
use super::popup;
use super::text_field::TextField;

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Languages.
    Language,
    /// Papers, agencies and sites.
    Source,
}

impl Kind {
    /// The field of the query line that a choice is written into.
    pub fn field(self) -> &'static str {
        match self {
            Kind::Language => "lang",
            Kind::Source => "source",
        }
    }
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is written into the query line.
    pub value: String,
    /// What a reader sees.
    pub label: String,
    /// How many articles match with it.
    pub count: usize,
    /// Whether it is chosen now.
    pub chosen: bool,
}

/// What a key asked of the picker's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the picker may look different.
    None,
    /// Choose this value, or choose it no longer.
    Toggle(String),
    /// Close, with what is chosen.
    Keep,
    /// Choose this value and close.
    Take(String),
    /// Close, and put back what was before.
    Leave,
}

/// An open picker.
#[derive(Debug)]
pub struct Picker {
    /// What is chosen from.
    pub kind: Kind,
    /// The query line as it was before.
    pub before: String,
    choices: Vec<Choice>,
    typed: TextField,
    selected: usize,
    top: usize,
    toggled: bool,
    /// Where the picker and its list were drawn last.
    place: Rect,
    drawn: Rect,
}

impl Picker {
    /// Opens over the query line `before`.
    pub fn new(kind: Kind, before: &str, choices: Vec<Choice>) -> Picker {
        Picker {
            kind,
            before: before.to_owned(),
            choices,
            typed: TextField::default(),
            selected: 0,
            top: 0,
            toggled: false,
            place: Rect::default(),
            drawn: Rect::default(),
        }
    }

    /// Shows other counts, in the order that the reader has before their eyes.
    pub fn update(&mut self, choices: Vec<Choice>) {
        let places: HashMap<&str, usize> =
            self.choices.iter().enumerate().map(|(place, choice)| (choice.value.as_str(), place)).collect();
        let mut choices = choices;
        choices.sort_by_key(|choice| places.get(choice.value.as_str()).copied().unwrap_or(usize::MAX));
        self.choices = choices;
    }

    fn shown(&self) -> Vec<&Choice> {
        popup::filtered(&self.choices, self.typed.value(), |choice| &choice.value, |choice| &choice.label)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let value = self.shown().get(self.selected).map(|choice| choice.value.clone());
        match key.code {
            KeyCode::Esc => return Reaction::Leave,
            KeyCode::Enter => {
                return match value {
                    Some(value) if !self.toggled => Reaction::Take(value),
                    _ => Reaction::Keep,
                };
            }
            KeyCode::Char(' ') => {
                self.toggled = true;
                return value.map_or(Reaction::None, Reaction::Toggle);
            }
            KeyCode::Down | KeyCode::Tab => self.selected = (self.selected + 1).min(last),
            KeyCode::Up | KeyCode::BackTab => self.selected = self.selected.saturating_sub(1),
            KeyCode::PageDown => self.selected = (self.selected + 10).min(last),
            KeyCode::PageUp => self.selected = self.selected.saturating_sub(10),
            _ => {
                if self.typed.press(key) == Some(true) {
                    self.selected = 0;
                }
            }
        }
        Reaction::None
    }

    /// Narrows the choices by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.typed.paste(text);
        self.selected = 0;
    }

    /// Takes a click; one beside the picker closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        if !self.place.contains(position) {
            return Reaction::Keep;
        }
        if !self.drawn.contains(position) {
            return Reaction::None;
        }
        self.selected = self.top + usize::from(position.y - self.drawn.y);
        self.toggled = true;
        self.shown().get(self.selected).map_or(Reaction::None, |choice| Reaction::Toggle(choice.value.clone()))
    }

    /// Moves by `count` choices.
    pub fn step(&mut self, count: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(count).min(last);
    }

    /// Draws the picker over `area`, and returns the cell of the cursor.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let title = match self.kind {
            Kind::Language => "Language",
            Kind::Source => "Source",
        };
        let height = self.choices.len().clamp(3, 16) as u16 + 6;
        self.place = popup::centered(area, 56, height + 1);
        let inner = popup::frame(self.place, buf, title, theme);
        if inner.height < 3 {
            return None;
        }
        let field = Rect { x: inner.x + 2, width: inner.width.saturating_sub(2), height: 1, y: inner.y };
        buf.set_string(inner.x, inner.y, "/", theme.accent);
        if self.typed.value().is_empty() {
            paint::pieces(buf, field.x, field.y, field.width, &[("type to narrow", theme.faint)]);
        }
        let cursor = self.typed.draw(field, buf, theme.text);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
        let shown: Vec<Choice> = self.shown().into_iter().cloned().collect();
        self.selected = self.selected.min(shown.len().saturating_sub(1));
        self.top = popup::scroll(self.top, self.selected, usize::from(list.height).max(1));
        self.drawn = list;
        let most = shown.iter().map(|choice| choice.count).max().unwrap_or(1).max(1);
        for (row, (at, choice)) in list.rows().zip(shown.iter().enumerate().skip(self.top)) {
            let selected = at == self.selected;
            let style = if selected { theme.title } else { theme.text };
            if selected {
                buf.set_string(row.x, row.y, "▌", theme.accent);
            }
            let tick = if choice.chosen { "✓" } else { " " };
            let count = paint::number(choice.count);
            let room = usize::from(row.width).saturating_sub(16);
            let label = if self.kind == Kind::Language {
                format!("{} {}", pad(&choice.label, room.saturating_sub(5)), pad(&choice.value, 4))
            } else {
                pad(&choice.label, room)
            };
            let bar = "█".repeat((6 * choice.count).div_ceil(most).min(6));
            let used = paint::pieces(
                buf,
                row.x + 2,
                row.y,
                row.width.saturating_sub(2),
                &[(tick, theme.accent), (" ", style), (&label, style)],
            );
            let rest = Rect { x: row.x + 2 + used, width: row.width.saturating_sub(2 + used), ..row };
            let line = format!("{bar:<6} {count:>5}");
            if usize::from(rest.width) >= cells(&line) {
                paint::pieces(
                    buf,
                    rest.x,
                    row.y,
                    rest.width,
                    &[(&line[..bar.len()], theme.accent), (&line[bar.len()..], style)],
                );
            } else {
                paint::pieces_right(buf, rest, &[(&count, style)]);
            }
        }
        if shown.is_empty() {
            paint::pieces(buf, list.x + 2, list.y, list.width, &[("none fits what you typed", theme.dim)]);
        }
        let keys = [("␣", "toggle"), ("↵", "keep"), ("esc", "put back")];
        popup::foot(inner, buf, theme, &keys, usize::from(list.height), shown.len());
        cursor
    }
}
