//! Choosing years, months or days, with bars for the articles of each.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::article::When;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::index::DateFacet;
use crate::text::width::{cells, pad};

use super::dates::{Bucket, Zoom, buckets};
use super::paint;
use super::popup;
use super::text_field::TextField;

/// What a key asked of the picker's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the picker may look different.
    None,
    /// Ask for these dates (the value of `date:`), or for any.
    Set(Option<String>),
    /// Close, with what is chosen.
    Keep,
    /// Close, and put back what was before.
    Leave,
}

/// An entry of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// Any date, or none.
    Any,
    /// A year, month or day.
    Bucket(Bucket),
    /// No date with a year.
    Undated(usize),
}

/// An open date picker.
#[derive(Debug)]
pub struct DatePicker {
    /// The query line as it was before.
    pub before: String,
    facet: DateFacet,
    zoom: Zoom,
    entries: Vec<Entry>,
    selected: usize,
    top: usize,
    /// Where a span begins that is being marked.
    anchor: Option<When>,
    typed: TextField,
    /// Where the picker and its list were drawn last.
    place: Rect,
    drawn: Rect,
}

impl DatePicker {
    /// Opens over the query line `before`, at the date chosen there, if there is one.
    pub fn new(before: &str, chosen: Option<&str>, facet: DateFacet) -> DatePicker {
        let mut picker = DatePicker {
            before: before.to_owned(),
            facet,
            zoom: Zoom::Months,
            entries: Vec::new(),
            selected: 0,
            top: 0,
            anchor: None,
            typed: TextField::default(),
            place: Rect::default(),
            drawn: Rect::default(),
        };
        let when = chosen.and_then(When::from_value);
        picker.zoom = match when {
            Some(When::Year(_)) => Zoom::Years,
            Some(When::Day(_)) => Zoom::Days,
            _ => picker.usual_zoom(),
        };
        picker.list();
        picker.selected = match (chosen, when) {
            (Some("none"), _) => picker.entries.len() - 1,
            (_, Some(when)) => picker.place_of(when).unwrap_or(0),
            _ => 0,
        };
        picker
    }

    /// Months, unless there are so many that years say more.
    fn usual_zoom(&self) -> Zoom {
        if buckets(&self.facet.spans, Zoom::Months).len() > 36 { Zoom::Years } else { Zoom::Months }
    }

    /// Shows other counts.
    pub fn update(&mut self, facet: DateFacet) {
        let selected = self.entries.get(self.selected).copied();
        self.facet = facet;
        self.list();
        self.selected = match selected {
            Some(Entry::Bucket(bucket)) => self.place_of(bucket.when).unwrap_or(self.selected),
            Some(Entry::Undated(_)) => self.entries.len() - 1,
            _ => 0,
        };
    }

    fn list(&mut self) {
        // The newest first, as in the list.
        let dated = buckets(&self.facet.spans, self.zoom).into_iter().rev().map(Entry::Bucket);
        self.entries = std::iter::once(Entry::Any).chain(dated).chain([Entry::Undated(self.facet.undated)]).collect();
    }

    /// The entry in which `when` begins.
    fn place_of(&self, when: When) -> Option<usize> {
        let wanted = when.first().and_then(|day| self.zoom.bucket(day));
        self.entries.iter().position(|entry| matches!(entry, Entry::Bucket(bucket) if Some(bucket.when) == wanted))
    }

    fn zoom_to(&mut self, zoom: Zoom) {
        let kept = match self.entries.get(self.selected) {
            Some(Entry::Bucket(bucket)) => Some(bucket.when),
            _ => None,
        };
        self.zoom = zoom;
        self.list();
        let last = self.entries.len() - 1;
        self.selected = match kept {
            // The newest of a year's months, the year of a month.
            Some(when) => self
                .entries
                .iter()
                .position(|entry| matches!(entry, Entry::Bucket(bucket) if bucket.when.first() <= when.last() && bucket.when.last() >= when.first()))
                .unwrap_or(0),
            None => self.selected.min(last),
        };
    }

    /// What `date:` asks for now.
    pub fn value(&self) -> Option<String> {
        if !self.typed.value().trim().is_empty() {
            return Some(self.typed.value().trim().to_owned());
        }
        match self.entries.get(self.selected)? {
            Entry::Any => None,
            Entry::Undated(_) => Some("none".to_owned()),
            Entry::Bucket(Bucket { when, .. }) => Some(match self.anchor {
                Some(anchor) if anchor.first() < when.first() => format!("{}..{}", anchor.value(), when.value()),
                Some(anchor) if anchor != *when => format!("{}..{}", when.value(), anchor.value()),
                _ => when.value(),
            }),
        }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let typing = !self.typed.value().is_empty();
        match key.code {
            KeyCode::Esc if typing => self.typed.set(""),
            KeyCode::Esc => return Reaction::Leave,
            KeyCode::Enter => return Reaction::Keep,
            KeyCode::Down | KeyCode::Right => return self.step(1),
            KeyCode::Up | KeyCode::Left => return self.step(-1),
            // Within a date that is being typed they are letters, as in `july`.
            KeyCode::Char('j' | 'l') if !typing => return self.step(1),
            KeyCode::Char('k' | 'h') if !typing => return self.step(-1),
            KeyCode::PageDown => return self.step(10),
            KeyCode::PageUp => return self.step(-10),
            KeyCode::Home => return self.step(isize::MIN / 2),
            KeyCode::End => return self.step(isize::MAX / 2),
            KeyCode::Char('+' | '=') | KeyCode::Tab => self.zoom_to(self.zoom.finer()),
            KeyCode::Char('-') if !typing => self.zoom_to(self.zoom.coarser()),
            KeyCode::BackTab => self.zoom_to(self.zoom.coarser()),
            KeyCode::Char(' ') if !typing => {
                self.anchor = match (self.anchor, self.entries.get(self.selected)) {
                    (None, Some(Entry::Bucket(bucket))) => Some(bucket.when),
                    _ => None,
                };
            }
            _ => {
                if self.typed.press(key) != Some(true) {
                    return Reaction::None;
                }
            }
        }
        Reaction::Set(self.value())
    }

    /// Takes pasted text as if it were typed.
    pub fn paste(&mut self, text: &str) -> Reaction {
        self.typed.paste(text);
        Reaction::Set(self.value())
    }

    /// Moves by `count` entries.
    pub fn step(&mut self, count: isize) -> Reaction {
        self.typed.set("");
        self.selected = self.selected.saturating_add_signed(count).min(self.entries.len() - 1);
        Reaction::Set(self.value())
    }

    /// Takes a click; one beside the picker closes it.
    pub fn click(&mut self, position: Position) -> Reaction {
        if !self.place.contains(position) {
            return Reaction::Keep;
        }
        if !self.drawn.contains(position) {
            return Reaction::None;
        }
        let place = self.top + usize::from(position.y - self.drawn.y);
        if place >= self.entries.len() {
            return Reaction::None;
        }
        self.selected = place;
        Reaction::Set(self.value())
    }

    /// Draws the picker over `area`, and returns the cell of the cursor while something is typed.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let height = self.entries.len().clamp(4, 18) as u16 + 8;
        self.place = popup::centered(area, 64, height + 1);
        let inner = popup::frame(self.place, buf, "Date", theme);
        if inner.height < 3 {
            return None;
        }
        let mut heading = Vec::new();
        for (zoom, name) in [(Zoom::Years, "years"), (Zoom::Months, "months"), (Zoom::Days, "days")] {
            heading.push((name, if zoom == self.zoom { theme.accent } else { theme.dim }));
            heading.push(("  ", theme.dim));
        }
        paint::pieces(buf, inner.x, inner.y, inner.width, &heading);
        let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(6), ..inner };
        self.top = popup::scroll(self.top, self.selected, usize::from(list.height).max(1));
        self.drawn = list;
        let most = self.entries.iter().map(count).max().unwrap_or(1).max(1);
        for (row, at) in list.rows().zip(self.top..self.entries.len()) {
            self.draw_entry(at, row, most, buf, theme);
        }
        let foot = inner.bottom().saturating_sub(4).max(list.bottom());
        if let Some(note) = self.note() {
            for (line, y) in crate::text::wrap::wrap(&note, usize::from(inner.width)).into_iter().zip(foot..foot + 2) {
                paint::pieces(buf, inner.x, y, inner.width, &[(&note[line], theme.dim)]);
            }
        }
        let chip = self.value().map_or("any date".to_owned(), |value| format!("date:{value}"));
        let y = inner.bottom() - 2;
        let used = paint::pieces(buf, inner.x, y, inner.width, &[(&chip, theme.chip)]);
        let typing = "   or type one, as in 16 feb 2021";
        if self.typed.value().is_empty() && usize::from(inner.width - used) >= cells(typing) {
            paint::pieces(buf, inner.x + used, y, inner.width - used, &[(typing, theme.faint)]);
        }
        let cursor = (!self.typed.value().is_empty()).then(|| {
            let x = inner.x + cells(&chip) as u16;
            Position::new(x.min(inner.right().saturating_sub(1)), y)
        });
        let keys = [("↵", "keep"), ("esc", "put back"), ("+ −", "zoom"), ("␣", "mark a span"), ("↑↓", "move")];
        popup::foot(inner, buf, theme, &keys, usize::from(list.height), self.entries.len());
        cursor
    }

    fn draw_entry(&self, at: usize, row: Rect, most: usize, buf: &mut Buffer, theme: &Theme) {
        let entry = self.entries[at];
        let selected = at == self.selected;
        let style = if selected { theme.title } else { theme.text };
        if selected {
            buf.set_string(row.x, row.y, "▌", theme.accent);
        }
        let (label, bar) = match entry {
            Entry::Any => ("any date".to_owned(), theme.accent),
            Entry::Undated(_) => ("undated".to_owned(), theme.undated),
            Entry::Bucket(bucket) => (bucket.when.short(), theme.accent),
        };
        let anchored = matches!(entry, Entry::Bucket(bucket) if self.anchor == Some(bucket.when));
        let mut line = vec![(pad(&label, 12), style), (if anchored { "◂ " } else { "  " }.to_owned(), theme.accent)];
        if entry != Entry::Any {
            let room = usize::from(row.width).saturating_sub(26).max(1);
            let (certain, possible) = match entry {
                Entry::Bucket(bucket) => (bucket.certain, bucket.possible),
                _ => (count(&entry), 0),
            };
            let length = |count: usize| (count * room).div_ceil(most);
            line.push(("█".repeat(length(certain)), bar));
            line.push(("░".repeat(length(certain + possible).saturating_sub(length(certain))), bar));
            let number = paint::number(certain);
            line.push((
                if possible > 0 { format!("  {number}+{}", paint::number(possible)) } else { format!("  {number}") },
                style,
            ));
        }
        let line: Vec<paint::Piece> = line.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        paint::pieces(buf, row.x + 2, row.y, row.width.saturating_sub(2), &line);
    }

    /// What there is to say about the selected entry.
    fn note(&self) -> Option<String> {
        if self.entries.len() <= 2 {
            return Some("No article here tells its date.".to_owned());
        }
        match self.entries.get(self.selected)? {
            Entry::Undated(0) => Some("Every article tells its date.".to_owned()),
            Entry::Undated(count) => Some(format!("{} tell no date, or no year.", paint::number(*count))),
            Entry::Bucket(bucket) if bucket.possible > 0 => {
                let (number, verb) = (paint::number(bucket.possible), if bucket.possible == 1 { "is" } else { "are" });
                Some(format!("{number} more {verb} known less exactly, and may be from then."))
            }
            _ => None,
        }
    }
}

fn count(entry: &Entry) -> usize {
    match entry {
        Entry::Any => 0,
        Entry::Bucket(bucket) => bucket.certain + bucket.possible,
        Entry::Undated(count) => *count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyModifiers;

    #[test]
    fn names_of_months_can_be_typed() {
        let mut picker = DatePicker::new("", None, DateFacet::default());
        let mut typed = |text: &str| {
            let press = |c| picker.press(Key { code: KeyCode::Char(c), modifiers: KeyModifiers::NONE });
            text.chars().map(press).last()
        };
        assert_eq!(typed("16 july 2021"), Some(Reaction::Set(Some("16 july 2021".to_owned()))));
    }
}
