//! How the date picker looks.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::dates::{Bucket, Row, Zoom, ends};
use super::super::{paint, popup};
use super::{DatePicker, Entry, Hit, count};
use crate::article::When;
use crate::config::theme::Theme;
use crate::text::width::{cells, pad};

impl DatePicker {
    /// Draws the picker, and returns the cell of the cursor while something is typed.
    pub(super) fn draw_calendar(&mut self, inner: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let dated = self.entries.len() - 2;
        self.hits.clear();
        if inner.height < 3 {
            return None;
        }
        // In little room the list holds everything, and less is said below it.
        let roomy = inner.height >= 12;
        let (above, below) = if roomy { (2, 7) } else { (u16::from(inner.height > 5), 1) };
        let list = Rect { y: inner.y + above, height: inner.height - above - below.min(inner.height - above), ..inner };
        let listed = if roomy { dated } else { self.entries.len() };
        let height = usize::from(list.height).max(1);
        self.top = self.top.min(listed.saturating_sub(height));
        if self.follows {
            self.top = popup::scroll(self.top, self.selected.min(listed.saturating_sub(1)), height);
        }
        let header = Rect { height: above.min(1), ..inner };
        let within = self.within(self.top).map_or(String::new(), |within| within.short());
        let above = if self.top > 0 { format!("↑ {} more", paint::number(self.top)) } else { String::new() };
        let within = [within, above].into_iter().filter(|text| !text.is_empty() && !header.is_empty());
        let within = within.collect::<Vec<_>>().join("   ");
        let taken = if within.is_empty() { 0 } else { cells(&within) as u16 + 2 };
        self.draw_zooms(Rect { width: header.width.saturating_sub(taken), ..header }, buf, theme);
        if !within.is_empty() {
            paint::pieces_right(buf, header, &[(&within, theme.dim)]);
        }
        let most = self.most();
        for (row, at) in list.rows().zip(self.top..listed) {
            self.draw_entry(at, row, most, buf, theme);
        }
        if roomy {
            for (row, at) in (Rect { y: list.bottom() + 1, height: 2, ..inner }).rows().zip(dated..) {
                self.draw_entry(at, row, most, buf, theme);
            }
            let note = self.note().unwrap_or_default();
            let rows = Rect { y: list.bottom() + 4, height: 2, ..inner }.rows();
            for (line, row) in crate::text::wrap::wrap(&note, usize::from(inner.width)).into_iter().zip(rows) {
                paint::pieces(buf, row.x, row.y, row.width, &[(&note[line], theme.dim)]);
            }
        }
        self.draw_value(Rect { y: inner.bottom() - 1, height: 1, ..inner }, buf, theme)
    }

    fn draw_zooms(&mut self, row: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut x = row.x;
        for (zoom, name) in [(Zoom::Years, "years"), (Zoom::Months, "months"), (Zoom::Days, "days")] {
            let width = cells(name) as u16;
            if row.is_empty() || x + width > row.right() {
                return;
            }
            let style = if zoom == self.zoom { theme.key } else { theme.dim };
            paint::pieces(buf, x, row.y, width, &[(name, style)]);
            self.hits.push((Rect { x, width, ..row }, Hit::Zoom(zoom)));
            x += width + 2;
        }
    }

    /// The year or month to which an entry belongs whose heading stands above it.
    pub(super) fn within(&self, at: usize) -> Option<When> {
        match self.entries.get(at)? {
            Entry::Row(Row::Period { bucket, depth: Zoom::Months, .. }) => Zoom::Years.bucket(bucket.when.first()?),
            Entry::Row(Row::Period { bucket, depth: Zoom::Days, .. }) => Zoom::Months.bucket(bucket.when.first()?),
            _ => None,
        }
    }

    /// The most articles of a time that a bar is drawn for. There may be more without a date: their bar is
    /// cut, as all others would be too small to be seen beside it.
    fn most(&self) -> usize {
        let counts = self.entries.iter().map(|entry| match entry {
            Entry::Row(Row::Period { bucket, heading: false, .. }) => count(bucket),
            _ => 0,
        });
        counts.max().unwrap_or(0).max(1)
    }

    fn draw_entry(&mut self, at: usize, row: Rect, most: usize, buf: &mut Buffer, theme: &Theme) {
        self.hits.push((row, Hit::Entry(at)));
        let entry = self.entries[at];
        let is_selected = at == self.selected && self.chosen_is_shown();
        let in_span = self.anchor.is_some()
            && self
                .marked()
                .zip(self.ends_of(at))
                .is_some_and(|((from, to), (first, last))| from.first() <= first.first() && to.last() >= last.last());
        match (is_selected, in_span) {
            (true, _) => buf.set_string(row.x, row.y, "▌", theme.accent),
            (false, true) => buf.set_string(row.x, row.y, "│", theme.accent),
            (false, false) => {}
        }
        let style = match (is_selected || in_span, self.is_empty(at)) {
            (true, _) => theme.title,
            (false, true) => theme.faint,
            (false, false) => theme.text,
        };
        // Where there is no room for bars, the counts say most.
        let (label_width, room) = match usize::from(row.width) {
            ..34 => (11, 0),
            width => (14, width - 26),
        };
        let gap = if room > 0 { "  " } else { "" };
        let bars = Bars { most, room };
        let mut line: Vec<(String, Style)> = vec![(pad(&label(entry), label_width), style)];
        match entry {
            Entry::Any => {}
            Entry::Undated(count) => {
                let sign = if count > most && room > 0 { "…" } else { "" };
                line.push((bars.certain(count.min(most)) + sign, theme.undated));
                line.push((format!("{gap}{}", paint::number(count)), style));
            }
            Entry::Row(Row::Gap(..)) => line.push(("·".to_owned(), style)),
            Entry::Row(Row::Period { bucket, heading: true, .. }) => {
                line.push((counted(&bucket), if is_selected { style } else { theme.dim }));
            }
            Entry::Row(Row::Period { bucket, .. }) if count(&bucket) == 0 => line.push(("·".to_owned(), style)),
            Entry::Row(Row::Period { bucket, .. }) => {
                line.push((bars.certain(bucket.certain), theme.accent));
                line.push((bars.possible(&bucket), theme.accent));
                line.push((format!("{gap}{}", counted(&bucket)), style));
            }
        }
        let line: Vec<paint::Piece> = line.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        paint::pieces(buf, row.x + 2, row.y, row.width.saturating_sub(2), &line);
    }

    /// False while the line asks for dates that are no entry, as `date:7d` does.
    fn chosen_is_shown(&self) -> bool {
        self.chosen.as_deref().is_none_or(|chosen| chosen == "none" || ends(chosen).is_some())
    }

    /// What is asked for, or typed, and the cell of the cursor while something is typed.
    fn draw_value(&self, row: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let typed = self.typed.value();
        if typed.is_empty() {
            let chip = self.value().map_or("any date".to_owned(), |value| format!("date:{value}"));
            let used = paint::pieces(buf, row.x, row.y, row.width, &[(&chip, theme.chip)]);
            let typing = "   or type one: feb 2021, 2019..2020";
            if usize::from(row.width - used) >= cells(typing) {
                paint::pieces(buf, row.x + used, row.y, row.width - used, &[(typing, theme.faint)]);
            }
            return None;
        }
        let label = "date ";
        let used = paint::pieces(buf, row.x, row.y, row.width, &[(label, theme.accent)]);
        let said = match self.value() {
            Some(value) => format!("= {value}"),
            None => "not a date yet".to_owned(),
        };
        let field = Rect { x: row.x + used, width: row.width.saturating_sub(used), ..row };
        let cursor = self.typed.draw(field, buf, theme.text);
        let after = cells(typed) as u16 + 3;
        let rest = Rect { x: field.x + after.min(field.width), width: field.width.saturating_sub(after), ..field };
        if usize::from(rest.width) >= cells(&said) {
            paint::pieces(buf, rest.x, rest.y, rest.width, &[(&said, theme.dim)]);
        }
        cursor
    }

    /// What there is to say about the selected entry.
    fn note(&self) -> Option<String> {
        if self.entries.len() <= 2 {
            return Some("No date found in any article.".to_owned());
        }
        let bucket = match self.entries.get(self.selected)? {
            Entry::Undated(0) => return Some("All articles are dated.".to_owned()),
            Entry::Undated(count) => {
                return Some(format!(
                    "{} without a date, or without a year.",
                    paint::counted(*count, "article", "articles")
                ));
            }
            Entry::Row(Row::Period { bucket, .. }) if self.anchor.is_none() => bucket,
            _ => return None,
        };
        let verb = |count| if count == 1 { "is" } else { "are" };
        if bucket.possible > 0 {
            let number = paint::number(bucket.possible);
            let also = if bucket.certain > 0 { " more" } else { "" };
            let verb = verb(bucket.possible);
            return Some(format!("{number}{also} {verb} dated less exactly and may be from then."));
        }
        let within = |(first, last, _): &&(NaiveDate, NaiveDate, usize)| {
            bucket.when.first() <= Some(*first) && Some(*last) <= bucket.when.last() && first != last
        };
        let inexact: usize = self.facet.spans.iter().filter(within).map(|(.., count)| count).sum();
        let (of, number) = (paint::number(bucket.certain), paint::number(inexact));
        let verb = verb(inexact);
        match bucket.when {
            _ if inexact == 0 => None,
            When::Month(_) => {
                Some(format!("{number} of the {of} {verb} dated to the month only, and may be from any day of it."))
            }
            _ => Some(format!("{number} of the {of} {verb} dated to the month or year only.")),
        }
    }
}

/// How long bars are.
#[derive(Clone, Copy)]
struct Bars {
    most: usize,
    room: usize,
}

impl Bars {
    fn length(self, count: usize) -> usize {
        (count * self.room).div_ceil(self.most)
    }

    fn certain(self, count: usize) -> String {
        "█".repeat(self.length(count))
    }

    /// What a bar is longer by for those that may be from the time.
    fn possible(self, bucket: &Bucket) -> String {
        "░".repeat(self.length(count(bucket)) - self.length(bucket.certain))
    }
}

/// The counts of a period: `3`, `3 +1` with one that may be from it.
fn counted(bucket: &Bucket) -> String {
    let possible = format!("+{}", paint::number(bucket.possible));
    match (bucket.certain, bucket.possible) {
        (certain, 0) => paint::number(certain),
        (0, _) => possible,
        (certain, _) => format!("{} {possible}", paint::number(certain)),
    }
}

fn label(entry: Entry) -> String {
    match entry {
        Entry::Any => "any date".to_owned(),
        Entry::Undated(_) => "undated".to_owned(),
        Entry::Row(Row::Gap(first, last)) => format!("{first} – {last}"),
        Entry::Row(Row::Period { bucket, .. }) => match bucket.when {
            When::Month(first) => first.format("  %b").to_string(),
            When::Day(day) => day.format("    %a %-d").to_string(),
            other => other.short(),
        },
    }
}
