//! The query line: a text field with history and completion.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::archive::Facets;
use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::query::{self, Completion};
use crate::text::fold::fold;
use crate::text::width::{cells, pad};

use super::dates::{Zoom, buckets};
use super::text_field::TextField;
use super::{paint, popup};

/// How many lines of history are kept.
const HISTORY: usize = 100;
/// How many completions are shown below the line.
const COMPLETIONS: u16 = 8;

/// What a key asked of the query line's owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the line may look different.
    None,
    /// The line has changed: search.
    Changed,
    /// The line is kept, and the list has the keys again.
    Keep,
    /// The line of before is back.
    Leave,
}

/// The query line, edited or not.
#[derive(Debug, Default)]
pub struct QueryLine {
    field: TextField,
    editing: bool,
    /// The line as it was before editing.
    before: String,
    history: Vec<String>,
    /// The place in the history while going through it.
    recalled: Option<usize>,
    /// What can complete the word at the cursor, while that is being chosen, with the line without it.
    completions: Vec<Completion>,
    chosen: usize,
    uncompleted: String,
    /// Where the completions were drawn last, and which of them in the first row.
    drawn: Rect,
    top: usize,
}

impl QueryLine {
    /// The line.
    pub fn value(&self) -> &str {
        self.field.value()
    }

    /// The line as it was before it was edited.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// The text field, for drawing.
    pub fn field(&self) -> &TextField {
        &self.field
    }

    /// Whether keys go into the line.
    pub fn is_editing(&self) -> bool {
        self.editing
    }

    /// Whether a completion is being chosen.
    pub fn is_completing(&self) -> bool {
        !self.completions.is_empty()
    }

    /// Replaces the line.
    pub fn set(&mut self, line: &str) {
        self.field.set(line);
        self.completions.clear();
    }

    /// Takes keys from now on.
    pub fn edit(&mut self) {
        if !self.editing {
            self.before = self.value().to_owned();
        }
        self.editing = true;
        self.recalled = None;
        // A word is not being typed any more when one comes back to it.
        let value = self.value().to_owned();
        if !value.is_empty() && !value.ends_with(' ') {
            self.field.set(&format!("{value} "));
        }
    }

    /// Takes no keys any more.
    pub fn keep(&mut self) {
        self.editing = false;
        self.completions.clear();
        let line = self.value().trim_end().to_owned();
        self.field.set(&line);
        self.remember(&line);
    }

    fn leave(&mut self) {
        self.editing = false;
        self.set(&self.before.clone());
    }

    fn remember(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        self.history.retain(|old| old != line);
        self.history.push(line.to_owned());
        if self.history.len() > HISTORY {
            self.history.remove(0);
        }
    }

    /// Takes a key. `complete` answers what can stand at a byte of a line.
    pub fn press(&mut self, key: Key, complete: &dyn Fn(&str, usize) -> Vec<Completion>) -> Reaction {
        match (key.code, key.modifiers) {
            (KeyCode::Esc, _) if !self.completions.is_empty() => {
                self.set(&self.uncompleted.clone());
                Reaction::Changed
            }
            (KeyCode::Esc, _) => {
                self.leave();
                Reaction::Leave
            }
            (KeyCode::Enter, _) => {
                self.keep();
                Reaction::Keep
            }
            (KeyCode::Tab, _) => self.complete(1, complete),
            (KeyCode::BackTab, _) => self.complete(-1, complete),
            (KeyCode::Up, _) => self.recall(1),
            (KeyCode::Char('p'), KeyModifiers::CONTROL) => self.recall(1),
            (KeyCode::Down, _) => self.recall(-1),
            (KeyCode::Char('n'), KeyModifiers::CONTROL) => self.recall(-1),
            _ => {
                self.completions.clear();
                match self.field.press(key) {
                    Some(true) => Reaction::Changed,
                    _ => Reaction::None,
                }
            }
        }
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, text: &str) {
        self.completions.clear();
        self.field.paste(text);
    }

    fn complete(&mut self, step: isize, complete: &dyn Fn(&str, usize) -> Vec<Completion>) -> Reaction {
        if self.completions.is_empty() {
            self.uncompleted = self.value().to_owned();
            self.completions = complete(&self.uncompleted, self.field.cursor());
            self.chosen = if step > 0 { 0 } else { self.completions.len().saturating_sub(1) };
        } else {
            self.chosen = (self.chosen as isize + step).rem_euclid(self.completions.len() as isize) as usize;
        }
        let reaction = self.put_in();
        if self.completions.len() == 1 {
            self.completions.clear();
        }
        reaction
    }

    /// Puts the chosen completion into the line.
    fn put_in(&mut self) -> Reaction {
        let Some(completion) = self.completions.get(self.chosen) else {
            return Reaction::None;
        };
        let mut line = self.uncompleted.clone();
        line.replace_range(completion.replaces.clone(), &completion.text);
        self.field.set_with_cursor(&line, completion.replaces.start + completion.text.len());
        Reaction::Changed
    }

    /// Takes the completion that was clicked on; `None` when there is none at this cell.
    pub fn click(&mut self, position: Position) -> Option<Reaction> {
        self.covers(position).then(|| {
            self.chosen = self.top + usize::from(position.y - self.drawn.y);
            let reaction = self.put_in();
            self.completions.clear();
            reaction
        })
    }

    /// Goes on by `step` completions, as the wheel does over them; `None` when it is not over them.
    pub fn wheel(&mut self, position: Position, step: isize) -> Option<Reaction> {
        self.covers(position).then(|| self.complete(step, &|_, _| Vec::new()))
    }

    fn covers(&self, position: Position) -> bool {
        !self.completions.is_empty() && self.drawn.contains(position)
    }

    /// Draws the completions below the word that they complete; `bar` is the place of the filter bar.
    pub fn draw_completions(&mut self, bar: Rect, buf: &mut Buffer, theme: &Theme) {
        self.drawn = Rect::default();
        if self.completions.is_empty() || bar.is_empty() {
            return;
        }
        let labels: Vec<(&str, String)> = self
            .completions
            .iter()
            .map(|completion| {
                let count = completion.count.map(|count| paint::number(count as usize));
                (completion.label.as_str(), count.unwrap_or_default())
            })
            .collect();
        let width = labels.iter().map(|(label, count)| cells(label) + cells(count) + 4).max().unwrap_or(0);
        let start = self.completions[self.chosen].replaces.start;
        let before = self.uncompleted.get(..start).map_or(0, cells);
        let height = COMPLETIONS.min(labels.len().try_into().unwrap_or(COMPLETIONS));
        let x = (bar.x + 4).saturating_add(before as u16).min(bar.right().saturating_sub(width as u16));
        self.drawn = Rect { x, y: bar.y + 1, width: width as u16, height }.intersection(buf.area);
        paint::fill(buf, self.drawn, " ", theme.selection);
        self.top = popup::scroll(self.top, self.chosen, usize::from(height.max(1)));
        for (row, (at, (label, count))) in self.drawn.rows().zip(labels.iter().enumerate().skip(self.top)) {
            let style = if at == self.chosen { theme.chip } else { theme.selection };
            let line = format!(" {} {count} ", pad(label, width - 3 - cells(count)));
            paint::pieces(buf, row.x, row.y, row.width, &[(&line, style)]);
        }
    }

    fn recall(&mut self, step: isize) -> Reaction {
        if self.history.is_empty() {
            return Reaction::None;
        }
        let last = self.history.len() - 1;
        let place = match (self.recalled, step > 0) {
            (None, true) => Some(0),
            (None, false) => None,
            (Some(place), true) => Some((place + 1).min(last)),
            (Some(0), false) => None,
            (Some(place), false) => Some(place - 1),
        };
        self.recalled = place;
        let line = place.map_or(self.before.clone(), |place| self.history[last - place].clone());
        self.set(&line);
        Reaction::Changed
    }
}

/// What can stand at byte `cursor` of `line`, with counts where those are known: saved searches behind an `@`,
/// else fields and their values.
pub fn completions(line: &str, cursor: usize, searches: &[SavedSearch], counts: Option<&Facets>) -> Vec<Completion> {
    let mut found = named(searches, line, cursor);
    found.extend(query::complete(line, cursor, &|field| values(field, counts)));
    found
}

/// The saved searches whose names begin with what is typed behind an `@`.
fn named(searches: &[SavedSearch], line: &str, cursor: usize) -> Vec<Completion> {
    let Some(typed) = line.get(..cursor).and_then(|typed| typed.strip_prefix('@')) else {
        return Vec::new();
    };
    let typed = fold(typed.trim_start_matches('"'));
    let named = searches.iter().filter(|search| fold(&search.name).starts_with(&typed));
    let completion = |search: &SavedSearch| Completion {
        replaces: 0..cursor,
        text: search.query.clone(),
        label: search.name.clone(),
        count: None,
    };
    named.map(completion).collect()
}

/// What can stand after a field, with counts.
fn values(field: &str, counts: Option<&Facets>) -> Vec<(String, u64)> {
    let Some(counts) = counts else {
        return Vec::new();
    };
    match field {
        "lang" => counts
            .languages
            .iter()
            .map(|(tag, count)| (tag.map_or("?", |tag| tag.code()).to_owned(), *count as u64))
            .collect(),
        "source" => counts.sources.iter().map(|(source, count)| (source.to_string(), *count as u64)).collect(),
        "date" => {
            let months = buckets(&counts.dates.spans, Zoom::Months);
            let mut values: Vec<(String, u64)> = months
                .iter()
                .rev()
                .map(|bucket| (bucket.when.value(), (bucket.certain + bucket.possible) as u64))
                .collect();
            values.push(("none".to_owned(), counts.dates.undated as u64));
            values
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str, _: usize) -> Vec<Completion> {
        Vec::new()
    }

    fn press(line: &mut QueryLine, code: KeyCode) -> Reaction {
        line.press(Key { code, modifiers: KeyModifiers::NONE }, &none)
    }

    fn type_in(line: &mut QueryLine, text: &str) {
        for c in text.chars() {
            press(line, KeyCode::Char(c));
        }
    }

    #[test]
    fn escape_puts_back_what_was_before() {
        let mut line = QueryLine::default();
        line.set("putin");
        line.edit();
        type_in(&mut line, "x");
        assert_eq!(line.value(), "putin x");
        assert_eq!(press(&mut line, KeyCode::Esc), Reaction::Leave);
        assert_eq!(line.value(), "putin");
    }

    #[test]
    fn history_goes_back_and_forth() {
        let mut line = QueryLine::default();
        for old in ["one", "two"] {
            line.set("");
            line.edit();
            type_in(&mut line, old);
            press(&mut line, KeyCode::Enter);
        }
        line.set("");
        line.edit();
        let recalled: Vec<String> = [KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Down, KeyCode::Down]
            .map(|code| {
                press(&mut line, code);
                line.value().to_owned()
            })
            .to_vec();
        assert_eq!(recalled, ["two", "one", "one", "two", ""]);
    }
}
