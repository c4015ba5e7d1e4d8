//! The dates of what matches as a row of bars: to look at, to move over, and to narrow by.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::archive::DateFacet;
use crate::article::When;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::effect::Generation;
use crate::text::width::cells;

use super::dates::{Spans, bar, ends, parent, spread};
use super::paint::{self, Piece};

/// So many days are shown one by one at most.
const MANY_DAYS: i64 = 62;
/// How many cells the words beside the bars may take while they are moved over.
const LABEL: u16 = 38;

/// A bar: the articles of some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    first: When,
    last: When,
    certain: usize,
    possible: usize,
    /// Whether some of them match the whole query, with its dates.
    matches: bool,
}

impl Bar {
    fn count(&self) -> usize {
        self.certain + self.possible
    }
}

/// What a key asked of the timeline's owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Nothing; the timeline may look different.
    None,
    /// Ask for these dates, a value of `date:`.
    Narrow(String),
    /// The keys go elsewhere again.
    Leave,
    /// The same, and this key is not one of the timeline.
    Pass,
}

/// The row of bars.
///
/// A cursor is a place of `bars`, or their number, which stands for the undated.
#[derive(Debug, Default)]
pub struct Timeline {
    bars: Vec<Bar>,
    dated: usize,
    undated: usize,
    /// What the bars were made for: answer, room, and whether they are moved over.
    made_for: Option<(Generation, usize, bool)>,
    /// Where the keys are, while they go here.
    cursor: Option<usize>,
    /// Where a span begins that is being marked.
    anchor: Option<usize>,
    /// The days that are shown, where those are not all.
    view: Option<(NaiveDate, NaiveDate)>,
    /// Where the mouse was pressed, and where it is now.
    pressed: Option<(usize, usize)>,
    /// Where the bars and the undated were drawn last.
    drawn: Rect,
    drawn_undated: Rect,
}

impl Timeline {
    /// Takes the keys from now on, if there is anything to move over; the newest bar is first.
    pub fn focus(&mut self) -> bool {
        if self.bars.is_empty() {
            return false;
        }
        self.cursor = Some(usize::MAX);
        (self.anchor, self.view, self.made_for) = (None, None, None);
        true
    }

    /// Whether keys go here.
    pub fn is_focused(&self) -> bool {
        self.cursor.is_some()
    }

    /// Takes no keys any more.
    pub fn leave(&mut self) {
        (self.cursor, self.anchor, self.view, self.made_for) = (None, None, None, None);
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Reaction {
        let Some(cursor) = self.cursor else {
            return Reaction::Pass;
        };
        match key.code {
            KeyCode::Left | KeyCode::Char('h') => self.step(-1),
            KeyCode::Right | KeyCode::Char('l') => self.step(1),
            KeyCode::Home => self.cursor = Some(0),
            KeyCode::End => self.cursor = Some(self.bars.len().saturating_sub(1)),
            KeyCode::Char(' ') => self.anchor = if self.anchor.is_some() { None } else { Some(cursor) },
            KeyCode::Char('+' | '=') => {
                if let Some((first, last)) = self.marked().and_then(|marked| self.days(marked)) {
                    (self.view, self.made_for, self.anchor) = (Some((first, last)), None, None);
                    self.cursor = Some(usize::MAX);
                }
            }
            KeyCode::Char('-') => {
                (self.view, self.made_for, self.anchor) = (None, None, None);
                self.cursor = Some(usize::MAX);
            }
            KeyCode::Enter => {
                let value = self.marked().and_then(|marked| self.value(marked));
                self.leave();
                return value.map_or(Reaction::Leave, Reaction::Narrow);
            }
            KeyCode::Esc if self.anchor.is_some() => self.anchor = None,
            KeyCode::Esc => {
                self.leave();
                return Reaction::Leave;
            }
            _ => {
                self.leave();
                return Reaction::Pass;
            }
        }
        Reaction::None
    }

    /// To the next bar with articles, or to any while a span is marked; after the last come the undated.
    fn step(&mut self, step: isize) {
        let last = if self.undated > 0 && self.anchor.is_none() { self.bars.len() } else { self.bars.len() - 1 };
        let mut at = self.cursor.unwrap_or_default().min(last);
        while let Some(next) = at.checked_add_signed(step).filter(|next| *next <= last) {
            at = next;
            if self.anchor.is_some() || self.bars.get(at).is_none_or(|bar| bar.count() > 0) {
                self.cursor = Some(at);
                return;
            }
        }
    }

    /// The bars that are marked: by keys, or by the mouse.
    fn marked(&self) -> Option<RangeInclusive<usize>> {
        let (from, to) = self.pressed.or_else(|| {
            let cursor = self.cursor?;
            Some((self.anchor.unwrap_or(cursor), cursor))
        })?;
        Some(from.min(to)..=from.max(to))
    }

    /// What `date:` is asked for these bars.
    fn value(&self, marked: RangeInclusive<usize>) -> Option<String> {
        if *marked.start() >= self.bars.len() {
            return (self.undated > 0).then(|| "none".to_owned());
        }
        let (first, last) = (self.bars.get(*marked.start())?.first, self.last_of(&marked)?.last);
        Some(if first == last { first.value() } else { format!("{}..{}", first.value(), last.value()) })
    }

    /// The first and the last day of these bars.
    fn days(&self, marked: RangeInclusive<usize>) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.bars.get(*marked.start())?.first.first()?, self.last_of(&marked)?.last.last()?))
    }

    fn last_of(&self, marked: &RangeInclusive<usize>) -> Option<&Bar> {
        self.bars.get(*marked.end()).or(self.bars.last())
    }

    /// The mouse is pressed here; tells whether that is on the timeline.
    pub fn mouse_down(&mut self, position: Position) -> bool {
        self.pressed = self.at(position).map(|at| (at, at));
        self.pressed.is_some()
    }

    /// The mouse is moved while it is pressed; tells whether that changes anything.
    pub fn mouse_moves(&mut self, position: Position) -> bool {
        let Some((pressed, before)) = self.pressed else {
            return false;
        };
        // Beside the bars it means the bar that is nearest.
        let column = position.x.clamp(self.drawn.x, self.drawn.right().saturating_sub(1));
        let at = usize::from(column - self.drawn.x);
        let changes = pressed < self.bars.len() && at != before;
        if changes {
            self.pressed = Some((pressed, at));
        }
        changes
    }

    /// The mouse is let go: what to narrow by, if it was pressed here.
    pub fn mouse_up(&mut self) -> Option<String> {
        let marked = self.marked().filter(|_| self.pressed.is_some());
        self.pressed = None;
        self.value(marked?)
    }

    /// What the wheel narrows or widens to above this cell: the time of the bar, or that around what `asked`
    /// names now. The inner `None` is any date.
    pub fn wheel(&self, position: Position, towards: bool, asked: Option<&str>) -> Option<Option<String>> {
        let at = self.at(position)?;
        if towards {
            return self.value(at..=at).map(Some);
        }
        asked.map(|value| ends(value).and_then(|(first, last)| parent(first, last)).map(When::value))
    }

    fn at(&self, position: Position) -> Option<usize> {
        if self.drawn_undated.contains(position) {
            return Some(self.bars.len());
        }
        self.drawn.contains(position).then(|| usize::from(position.x - self.drawn.x))
    }

    /// Makes the bars anew where they are for another answer, or another room.
    fn make(&mut self, generation: Generation, all: &DateFacet, matching: &DateFacet, room: usize) {
        let focused = self.is_focused();
        if self.made_for == Some((generation, room, focused)) {
            return;
        }
        self.made_for = Some((generation, room, focused));
        self.dated = matching.spans.iter().map(|(.., count)| count).sum();
        self.undated = if focused { all.undated } else { matching.undated };
        // Only who moves over the times wants to see those that are not asked for.
        let shown = if focused { all } else { matching };
        self.bars = bars(&shown.spans, &matching.spans, self.view, room);
        if let Some(cursor) = &mut self.cursor {
            let newest = self.bars.iter().rposition(|bar| bar.count() > 0).unwrap_or_default();
            *cursor = if *cursor > self.bars.len() { newest } else { *cursor };
        }
    }

    /// Draws the timeline into `row`: at its right end, or over all of it while it is moved over. Returns
    /// how many cells it took.
    pub fn draw(
        &mut self,
        row: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        generation: Generation,
        all: &DateFacet,
        matching: &DateFacet,
    ) -> u16 {
        (self.drawn, self.drawn_undated) = (Rect::default(), Rect::default());
        let room = match (self.is_focused(), row.width) {
            (true, width) => width.saturating_sub(LABEL).max(8),
            // Where there is little room, the counts say most.
            (false, ..70) => 0,
            (false, width) => (width / 4).clamp(24, 48),
        };
        // The bars that are too small to be seen can still be counted by year.
        self.make(generation, all, matching, usize::from(if room == 0 { 24 } else { room }));
        let bars = self.bar_pieces(theme);
        let (from, to) = self.labels();
        let dated = paint::number(self.dated);
        let undated = paint::number(self.undated);
        let pressed = self.label().filter(|_| !self.is_focused());
        let label = self.label().filter(|_| self.is_focused());
        let mut line: Vec<Piece> = Vec::new();
        let mut before_bars = 0;
        if !self.bars.is_empty() {
            line.push(("Date  ", theme.dim));
            line.push((&from, theme.dim));
            if room > 0 {
                line.push((" ", theme.dim));
                before_bars = line.iter().map(|(text, _)| cells(text)).sum();
                line.extend(bars.iter().map(|(text, style)| (text.as_str(), *style)));
            }
            if from != to {
                line.extend([(if room > 0 { " " } else { "–" }, theme.dim), (&to, theme.dim)]);
            }
            match &label {
                Some(label) => line.extend([("  ", theme.dim), (label.as_str(), theme.title)]),
                None => line.extend([(" ", theme.dim), (&dated, theme.count)]),
            }
        }
        let mut undated_cells = 0;
        if self.undated > 0 && label.is_none() {
            line.push((if line.is_empty() { "" } else { "   " }, theme.dim));
            let marked = self.marked().is_some_and(|marked| *marked.end() == self.bars.len());
            line.push(("undated ", if marked { theme.chip } else { theme.dim }));
            line.push((&undated, theme.count));
            undated_cells = (8 + cells(&undated)) as u16;
        }
        let width: usize = line.iter().map(|(text, _)| cells(text)).sum();
        let used = if self.is_focused() {
            paint::pieces(buf, row.x, row.y, row.width, &line)
        } else {
            paint::pieces_right(buf, row, &line)
        };
        let x = if self.is_focused() { row.x } else { row.right() - used };
        if usize::from(used) == width {
            self.drawn_undated = Rect { x: x + used - undated_cells, width: undated_cells, ..row };
            if room > 0 {
                self.drawn = Rect { x: x + before_bars as u16, width: self.bars.len() as u16, ..row };
            }
        }
        match pressed {
            // The bars stay where they are under the mouse, so what it marks is told before them.
            Some(label) if !self.drawn.is_empty() => {
                let width = (cells(&label) as u16 + 2).min(self.drawn.x.saturating_sub(row.x));
                let place = Rect { x: self.drawn.x - width, width, ..row };
                paint::fill(buf, place, " ", theme.text);
                paint::pieces(buf, place.x, row.y, width, &[(&label, theme.title)]);
                used.max(row.right() - place.x)
            }
            _ => used,
        }
    }

    /// The bars, those of a kind together.
    fn bar_pieces(&self, theme: &Theme) -> Vec<(String, Style)> {
        let most = self.bars.iter().map(Bar::count).max().unwrap_or(1);
        let marked = self.marked();
        let mut pieces: Vec<(String, Style)> = Vec::new();
        for (at, shown) in self.bars.iter().enumerate() {
            let style = match shown {
                _ if marked.as_ref().is_some_and(|marked| marked.contains(&at)) => theme.chip,
                Bar { certain: 0, possible: 0, .. } => theme.rule,
                // What may be from then, or is not asked for, stands back.
                Bar { certain: 0, .. } | Bar { matches: false, .. } => theme.faint,
                _ => theme.accent,
            };
            let height = if shown.count() == 0 { '▁' } else { bar(shown.count(), most).max('▂') };
            match pieces.last_mut() {
                Some((text, same)) if *same == style => text.push(height),
                _ => pieces.push((height.to_string(), style)),
            }
        }
        pieces
    }

    /// What stands before and behind the bars.
    fn labels(&self) -> (String, String) {
        let (Some(first), Some(last)) = (self.bars.first(), self.bars.last()) else {
            return Default::default();
        };
        let year = |when: When| when.first().map_or(String::new(), |day| day.year().to_string());
        match (first.first, last.last) {
            (When::Day(_), _) => (first.first.short(), last.last.short()),
            (first, last) => (year(first), year(last)),
        }
    }

    /// The time under the cursor or the mouse, and its articles.
    fn label(&self) -> Option<String> {
        let marked = self.marked()?;
        let Some(first) = self.bars.get(*marked.start()) else {
            return self.is_focused().then(|| format!("undated  {}", paint::number(self.undated)));
        };
        let last = self.last_of(&marked)?;
        let mut label = first.first.short();
        if first.first != last.last {
            label = format!("{label} – {}", last.last.short());
        }
        if marked.start() == marked.end() {
            label = format!("{label}  {}", paint::number(first.certain));
            if first.possible > 0 {
                label = format!("{label} +{}", paint::number(first.possible));
            }
        }
        Some(label)
    }
}

/// A bar for each day, month, year or run of years, whichever there is room for.
fn bars(all: Spans<'_>, matching: Spans<'_>, view: Option<(NaiveDate, NaiveDate)>, room: usize) -> Vec<Bar> {
    let extent = || Some((all.iter().map(|span| span.0).min()?, all.iter().map(|span| span.1).max()?));
    let Some((first, last)) = view.or_else(extent) else {
        return Vec::new();
    };
    let (years, months) = (first.year()..=last.year(), (last.year() - first.year() + 1) as usize * 12);
    let year_count = months / 12;
    let periods: Vec<When> = if view.is_some() && (last - first).num_days() < MANY_DAYS.min(room as i64) {
        first.iter_days().take_while(|day| *day <= last).map(When::Day).collect()
    } else if months <= room {
        let all = years.flat_map(|year| (1..=12).filter_map(move |month| When::month(year, month)));
        all.filter(|month| view.is_none() || month.first() >= Some(first) && month.last() <= Some(last)).collect()
    } else {
        years.map(When::Year).collect()
    };
    let counted = spread(all, periods.iter().copied());
    let matching = spread(matching, periods.iter().copied());
    let together = if periods.len() > room { year_count.div_ceil(room.max(1)) } else { 1 };
    let counted: Vec<_> = counted.into_iter().zip(matching).collect();
    let bar = |run: &[(super::dates::Bucket, super::dates::Bucket)]| {
        let ((first, _), (last, _)) = (run.first()?, run.last()?);
        Some(Bar {
            first: first.when,
            last: last.when,
            certain: run.iter().map(|(all, _)| all.certain).sum(),
            possible: run.iter().map(|(all, _)| all.possible).sum(),
            matches: run.iter().any(|(_, matching)| matching.certain + matching.possible > 0),
        })
    };
    counted.chunks(together).filter_map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::parse_typed;

    fn facet(spans: &[(&str, usize)], undated: usize) -> DateFacet {
        let span = |(value, count): &(&str, usize)| {
            let when = When::from_value(value).expect("a date");
            (when.first().expect("a day"), when.last().expect("a day"), *count)
        };
        DateFacet { spans: spans.iter().map(span).collect(), undated }
    }

    /// The timeline of a row this wide, after these keys, and what they asked for.
    fn after(facet: &DateFacet, width: u16, keys: &str) -> (String, Reaction) {
        let mut timeline = Timeline::default();
        let draw = |timeline: &mut Timeline| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
            timeline.draw(buffer.area, &mut buffer, &Theme::default(), Generation(1), facet, facet);
            crate::screen::text(&buffer).trim().to_owned()
        };
        let mut drawn = draw(&mut timeline);
        let mut reaction = Reaction::None;
        if !keys.is_empty() {
            assert!(timeline.focus());
            drawn = draw(&mut timeline);
            for key in parse_typed(keys).expect("keys") {
                reaction = timeline.press(key);
                drawn = draw(&mut timeline);
            }
        }
        (drawn, reaction)
    }

    fn some() -> DateFacet {
        facet(&[("2020-01-05", 1), ("2020-03", 2), ("2021-02-16", 4)], 3)
    }

    #[test]
    fn bars_are_as_fine_as_there_is_room_for() {
        let check = |facet: &DateFacet, width, expected: &str| assert_eq!(after(facet, width, "").0, expected);
        check(&some(), 100, "Date  2020 ▂▁▄▁▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁ 2021 7   undated 3");
        check(&some(), 60, "Date  2020–2021 7   undated 3");
        check(&facet(&[("1990", 1), ("2021-02", 2)], 0), 100, "Date  1990 ▄▁▁▁▁▁▁▁▁▁▁▁▁▁▁█ 2021 3");
        check(&facet(&[("2020", 12), ("2020-05-01", 4)], 0), 100, "Date  2020 ▆▆▆▆█▆▆▆▆▆▆▆ 16");
        check(&facet(&[], 2), 100, "undated 2");
        check(&facet(&[], 0), 100, "");
    }

    #[test]
    fn keys_move_over_the_bars_and_narrow() {
        let check = |keys: &str, expected: &str| {
            assert_eq!(after(&some(), 120, keys).1, Reaction::Narrow(expected.to_owned()), "{keys}");
        };
        check("<enter>", "2021-02");
        check("<left><enter>", "2020-03");
        check("<left><left><left><left><enter>", "2020-01");
        check("<right><enter>", "none");
        check("<left><space><left><left><enter>", "2020-01..2020-03");
        check("<home><space><end><enter>", "2020-01..2021-12");
        check("+<home><right><enter>", "2021-02-16");
        check("+-<enter>", "2021-02");
        assert_eq!(after(&some(), 120, "<esc>").1, Reaction::Leave);
        assert_eq!(after(&some(), 120, "j").1, Reaction::Pass);
    }

    #[test]
    fn what_is_under_the_cursor_is_told() {
        let told = |keys: &str| after(&some(), 120, keys).0.rsplit("  ").take(2).collect::<Vec<_>>().join(" ");
        assert_eq!(told("<left>"), "2 Mar 2020");
        assert_eq!(told("<right>"), "3 undated");
        assert!(after(&some(), 120, "<left><space><left>").0.ends_with("  Feb 2020 – Mar 2020"));
    }
}
