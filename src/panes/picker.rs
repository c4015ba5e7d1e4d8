//! Choosing languages or sources from those that are there, with counts.

use std::collections::HashMap;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::{cells, pad};

use super::narrowing::{Clicked, Look, Narrowing};
use super::paint;
use super::popup;

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
    narrowing: Narrowing,
    toggled: bool,
}

impl Picker {
    /// Opens over the query line `before`.
    pub fn new(kind: Kind, before: &str, choices: Vec<Choice>) -> Picker {
        Picker { kind, before: before.to_owned(), choices, narrowing: Narrowing::default(), toggled: false }
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
        popup::filtered(&self.choices, self.narrowing.typed(), |choice| &choice.value, |choice| &choice.label)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let shown = self.shown();
        let count = shown.len();
        let value = shown.get(self.narrowing.selected(count)).map(|choice| choice.value.clone());
        match key.code {
            KeyCode::Esc => Reaction::Leave,
            KeyCode::Enter => match value {
                Some(value) if !self.toggled => Reaction::Take(value),
                _ => Reaction::Keep,
            },
            KeyCode::Char(' ') => {
                self.toggled = true;
                value.map_or(Reaction::None, Reaction::Toggle)
            }
            _ => {
                self.narrowing.press(key, count);
                Reaction::None
            }
        }
    }

    /// Narrows the choices by pasted text.
    pub fn paste(&mut self, text: &str) {
        self.narrowing.paste(text);
    }

    /// Takes a click; one beside the picker closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        let count = self.shown().len();
        match self.narrowing.click(position, count) {
            Clicked::Beside => Reaction::Keep,
            Clicked::Nothing => Reaction::None,
            Clicked::Entry(at) => {
                self.toggled = true;
                Reaction::Toggle(self.shown()[at].value.clone())
            }
        }
    }

    /// Moves by `count` choices.
    pub fn step(&mut self, count: isize) {
        let shown = self.shown().len();
        self.narrowing.step(count, shown);
    }

    /// Draws the picker over `area`, and returns the cell of the cursor.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let look = Look {
            place: popup::centered(area, 56, self.choices.len().clamp(3, 16) as u16 + 7),
            title: match self.kind {
                Kind::Language => "Language",
                Kind::Source => "Source",
            },
            sign: "/",
            hint: "type to narrow",
            nothing: "none fits what you typed",
            keys: &[("␣", "toggle"), ("↵", "keep"), ("esc", "put back")],
        };
        let Picker { kind, choices, narrowing, .. } = self;
        let shown = popup::filtered(choices, narrowing.typed(), |choice| &choice.value, |choice| &choice.label);
        let most = shown.iter().map(|choice| choice.count).max().unwrap_or(1).max(1);
        narrowing.draw(&look, shown.len(), buf, theme, &mut |buf, row, at, selected| {
            draw_choice(shown[at], *kind, most, row, if selected { theme.title } else { theme.text }, buf, theme);
        })
    }
}

/// Draws a choice with a bar for its share of the `most` articles that a choice has.
fn draw_choice(choice: &Choice, kind: Kind, most: usize, row: Rect, style: Style, buf: &mut Buffer, theme: &Theme) {
    let tick = if choice.chosen { "✓" } else { " " };
    let count = paint::number(choice.count);
    let room = usize::from(row.width).saturating_sub(14);
    let label = match kind {
        Kind::Language => format!("{} {}", pad(&choice.label, room.saturating_sub(5)), pad(&choice.value, 4)),
        Kind::Source => pad(&choice.label, room),
    };
    let bar = "█".repeat((6 * choice.count).div_ceil(most).min(6));
    let used = paint::pieces(buf, row.x, row.y, row.width, &[(tick, theme.accent), (" ", style), (&label, style)]);
    let rest = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
    let line = format!("{bar:<6} {count:>5}");
    if usize::from(rest.width) >= cells(&line) {
        let pieces = [(&line[..bar.len()], theme.accent), (&line[bar.len()..], style)];
        paint::pieces(buf, rest.x, row.y, rest.width, &pieces);
    } else {
        paint::pieces_right(buf, rest, &[(&count, style)]);
    }
}
