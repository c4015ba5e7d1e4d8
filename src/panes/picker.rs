//! Choosing languages or sources from those that are there, with counts.

use std::collections::HashMap;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::archive::Facets;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::event::Mouse;
use crate::query::edit;
use crate::text::width::{cells, pad};

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{self, Popup, Scene, Wish};

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Languages.
    Language,
    /// Papers, agencies and sites.
    Source,
}

impl Kind {
    /// The field of the query line that a choice is written into.
    fn field(self) -> &'static str {
        match self {
            Kind::Language => "lang",
            Kind::Source => "source",
        }
    }

    /// A choice as it stands behind the colon: exactly what was chosen, not words that stand in it.
    fn written(self, value: &str) -> String {
        match self {
            Kind::Language => edit::quote(value),
            Kind::Source => edit::exactly(value),
        }
    }
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    /// What is written into the query line.
    value: String,
    /// What a reader sees.
    label: String,
    /// How many articles match with it.
    count: usize,
    /// Whether it is chosen now.
    chosen: bool,
}

/// An open picker.
#[derive(Debug)]
struct Picker {
    kind: Kind,
    choices: Vec<Choice>,
    narrowing: Narrowing,
    /// Whether something was chosen already: then Enter chooses nothing more.
    toggled: bool,
}

/// Opens the picker of languages.
///
/// # Errors
///
/// That there is nothing to choose from, in words.
pub fn languages(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    open(Kind::Language, "nothing to choose from yet", scene)
}

/// Opens the picker of sources.
///
/// # Errors
///
/// That there is nothing to choose from, in words.
pub fn sources(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    open(Kind::Source, "no article names its source", scene)
}

fn open(kind: Kind, nothing: &str, scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    let choices = scene.choices.map(|counts| choices(kind, scene.line, counts)).unwrap_or_default();
    match choices.is_empty() {
        true => Err(nothing.to_owned()),
        false => Ok(Box::new(Picker { kind, choices, narrowing: Narrowing::default(), toggled: false })),
    }
}

impl Picker {
    fn shown(&self) -> Vec<&Choice> {
        popup::filtered(&self.choices, self.narrowing.typed(), |choice| &choice.value, |choice| &choice.label)
    }

    fn toggle(&mut self, at: usize, scene: &Scene<'_>) -> Vec<Wish> {
        self.toggled = true;
        let value = self.shown().get(at).map(|choice| choice.value.clone());
        value.map(|value| Wish::Line(toggled(self.kind, scene.line, &value))).into_iter().collect()
    }
}

impl Popup for Picker {
    fn title(&self) -> &str {
        match self.kind {
            Kind::Language => "Language",
            Kind::Source => "Source",
        }
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (56, self.choices.len().clamp(3, 16) as u16 + 7)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("space", "toggle"), Hint::key("enter", "apply"), Hint::key("esc", "cancel")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn changes_line(&self) -> bool {
        true
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        let count = self.shown().len();
        let at = self.narrowing.selected(count);
        match key.code {
            KeyCode::Esc => vec![Wish::Cancel],
            KeyCode::Enter if self.toggled || count == 0 => vec![Wish::Close],
            KeyCode::Enter => {
                let value = self.kind.written(&self.shown()[at].value);
                vec![Wish::Line(edit::with_field(scene.line, self.kind.field(), Some(&value))), Wish::Close]
            }
            KeyCode::Char(' ') => self.toggle(at, scene),
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
        let clicked = self.narrowing.mouse(mouse, self.shown().len());
        clicked.map_or_else(Vec::new, |at| self.toggle(at, scene))
    }

    /// Shows other counts, in the order that the reader has before their eyes.
    fn renew(&mut self, scene: &Scene<'_>) {
        let Some(counts) = scene.choices else {
            return;
        };
        let mut choices = choices(self.kind, scene.line, counts);
        let places: HashMap<&str, usize> =
            self.choices.iter().enumerate().map(|(place, choice)| (choice.value.as_str(), place)).collect();
        choices.sort_by_key(|choice| places.get(choice.value.as_str()).copied().unwrap_or(usize::MAX));
        self.choices = choices;
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let look = Look { sign: "/", hint: "type to filter", nothing: "no match" };
        let Picker { kind, choices, narrowing, .. } = self;
        let shown = popup::filtered(choices, narrowing.typed(), |choice| &choice.value, |choice| &choice.label);
        let most = shown.iter().map(|choice| choice.count).max().unwrap_or(1).max(1);
        narrowing.draw(area, &look, shown.len(), buf, theme, &mut |buf, row, at, selected| {
            draw_choice(shown[at], *kind, most, row, if selected { theme.title } else { theme.text }, buf, theme);
        })
    }
}

/// What a picker offers, given the counts, with what the line asks for ticked.
fn choices(kind: Kind, line: &str, counts: &Facets) -> Vec<Choice> {
    let chosen = edit::values(line, kind.field());
    match kind {
        Kind::Language => counts
            .languages
            .iter()
            .map(|(tag, count)| {
                let value = tag.map_or("?", |tag| tag.code()).to_owned();
                let label = tag.map_or("language unsure".to_owned(), |tag| match tag.name() == tag.own_name() {
                    true => tag.name().to_owned(),
                    false => format!("{} · {}", tag.name(), tag.own_name()),
                });
                Choice { chosen: chosen.contains(&value), value, label, count: *count }
            })
            .collect(),
        Kind::Source => counts
            .sources
            .iter()
            .map(|(source, count)| {
                let value = source.to_string();
                let is_chosen = chosen.iter().any(|chosen| chosen.strip_prefix('=').unwrap_or(chosen) == value);
                Choice { chosen: is_chosen, label: value.clone(), value, count: *count }
            })
            .collect(),
    }
}

/// The line with a choice made, or made no longer.
fn toggled(kind: Kind, line: &str, value: &str) -> String {
    match kind {
        Kind::Language => edit::toggle_value(line, "lang", value),
        // What was typed as words, and is this source, is taken away as such.
        Kind::Source if edit::values(line, "source").iter().any(|chosen| chosen == value) => {
            edit::toggle_value(line, "source", value)
        }
        Kind::Source => edit::toggle_value(line, "source", &format!("={value}")),
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
