//! The filter bar: the query line, how many match, and what can be filtered by.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::archive::Facets;
use crate::article::LanguageTag;
use crate::config::theme::Theme;
use crate::effect::Generation;
use crate::query::{Fact, Names, Query, Sort};
use crate::text::width::cells;

use super::paint::{self, Piece};
use super::query_line::QueryLine;
use super::timeline::Timeline;

/// Under so many columns there is no timeline in the bar.
pub const TIMELINE_WIDTH: u16 = 53;

/// What the filter bar shows beside the query line.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The line as it is understood.
    pub query: &'a Query,
    /// How many articles there are.
    pub total: usize,
    /// How many match.
    pub matched: usize,
    /// The order of the list.
    pub sort: Sort,
    /// The answer that the counts are of.
    pub generation: Generation,
    /// Counts of what matches now.
    pub facets: &'a Facets,
    /// Counts to choose from: languages as if no language were asked for.
    pub choices: &'a Facets,
    /// What was guessed of the line, in place of the counts.
    pub note: Option<&'a str>,
    /// What was done because nothing matches the line: the longest of these that there is room for stands
    /// beside the line, or else the last one below it.
    pub done: &'a [String],
    /// The line in the usual spelling, where it is typed in another one.
    pub usual: Option<&'a str>,
}

/// What a click in the bar means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Click {
    /// Edit the query line.
    Edit,
    /// Choose this language, or choose it no longer.
    Language(String),
    /// Open the language picker.
    Languages,
    /// Open the date picker.
    Dates,
    /// Another order.
    Sort,
    /// Take this part of the line away.
    Remove(Range<usize>),
}

/// The filter bar: remembers what was drawn where, for the mouse.
#[derive(Debug, Default)]
pub struct FilterBar {
    /// The dates of what matches.
    pub timeline: Timeline,
    hits: Vec<(Rect, Click)>,
}

/// The name of an order, as the bar shows it.
pub fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "best match",
        Sort::Newest => "newest first",
        Sort::Oldest => "oldest first",
        Sort::Title => "by title",
        Sort::Added => "recently added",
    }
}

impl FilterBar {
    /// What a click at this cell means.
    pub fn click(&self, position: Position) -> Option<Click> {
        self.hits.iter().find(|(area, _)| area.contains(position)).map(|(_, click)| click.clone())
    }

    /// Draws the bar, and returns the cell of the cursor while the line is edited.
    pub fn draw(
        &mut self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        line: &QueryLine,
        shown: Shown<'_>,
    ) -> Option<Position> {
        self.hits.clear();
        if area.is_empty() {
            return None;
        }
        let row = Rect { x: area.x + 2, width: area.width.saturating_sub(3), height: 1, ..area };
        let right = self.draw_counts(row, buf, theme, &shown);
        let room = Rect { width: row.width.saturating_sub(right + 2), ..row };
        let cursor = self.draw_line(room, buf, theme, line, &shown);
        if area.height > 1 {
            let second = Rect { y: area.y + 1, ..row };
            let beside = draw_beside(room, buf, theme, line, shown.done);
            if let (false, Some(usual)) = (beside, shown.usual) {
                draw_usual(room, buf, theme, line, usual);
            }
            let done = shown.done.last().map(String::as_str).filter(|_| !beside);
            match shown.note.or(done) {
                Some(note) => {
                    paint::pieces(buf, second.x, second.y, second.width, &[(note, theme.text)]);
                }
                None => self.draw_facets(second, buf, theme, &shown),
            }
        }
        cursor
    }

    fn draw_counts(&mut self, row: Rect, buf: &mut Buffer, theme: &Theme, shown: &Shown<'_>) -> u16 {
        let (matched, total) = (paint::number(shown.matched), paint::number(shown.total));
        let sort = sort_name(shown.sort);
        let all = shown.query.root.is_none();
        let articles = if shown.total == 1 { " article" } else { " articles" };
        let mut line: Vec<Piece> = Vec::new();
        if all {
            line.extend([(total.as_str(), theme.count), (articles, theme.dim)]);
        } else {
            line.extend([(matched.as_str(), theme.count), (" of ", theme.dim), (total.as_str(), theme.dim)]);
        }
        if row.width >= 56 {
            line.extend([(" · ", theme.dim), (sort, theme.dim)]);
        }
        let used = paint::pieces_right(buf, row, &line);
        if row.width >= 56 {
            let width = cells(sort) as u16;
            self.hits.push((Rect { x: row.right() - width.min(row.width), width, ..row }, Click::Sort));
        }
        used
    }

    fn draw_line(
        &mut self,
        row: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        line: &QueryLine,
        shown: &Shown<'_>,
    ) -> Option<Position> {
        if row.width < 3 {
            return None;
        }
        buf.set_string(row.x, row.y, "/", theme.accent);
        let field = Rect { x: row.x + 2, width: row.width - 2, ..row };
        self.hits.push((row, Click::Edit));
        if line.value().is_empty() && !line.is_editing() {
            paint::pieces(buf, field.x, field.y, field.width, &[("search, or lang:de, date:2021-02 …", theme.dim)]);
            return None;
        }
        if line.is_editing() {
            let cursor = line.field().draw(field, buf, theme.text);
            self.tint(field, buf, theme, line, shown);
            return cursor;
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = 0;
        let value = line.value();
        for clause in shown.query.clauses.iter().filter(|clause| clause.field.is_some()) {
            let Some(text) = value.get(clause.span.clone()).filter(|_| clause.span.start >= at) else {
                continue;
            };
            pieces.push((&value[at..clause.span.start], theme.text));
            pieces.push((text, theme.chip));
            at = clause.span.end;
        }
        pieces.push((&value[at..], theme.text));
        let mut x = field.x;
        for (text, style) in &pieces {
            if x >= field.right() {
                break;
            }
            if *style == theme.chip {
                let width = cells(text) as u16;
                let start = text.as_ptr() as usize - value.as_ptr() as usize;
                let hit = Rect { x, width, ..field }.intersection(field);
                self.hits.insert(0, (hit, Click::Remove(start..start + text.len())));
            }
            x = x.saturating_add(cells(text) as u16);
        }
        paint::pieces(buf, field.x, field.y, field.width, &pieces);
        None
    }

    /// Gives the clauses of the edited line their style, as far as they are on the screen unscrolled.
    fn tint(&self, field: Rect, buf: &mut Buffer, theme: &Theme, line: &QueryLine, shown: &Shown<'_>) {
        let value = line.value();
        if cells(value) >= usize::from(field.width) {
            return;
        }
        for clause in shown.query.clauses.iter().filter(|clause| clause.field.is_some()) {
            let (Some(before), Some(text)) = (value.get(..clause.span.start), value.get(clause.span.clone())) else {
                continue;
            };
            let x = field.x + cells(before) as u16;
            buf.set_string(x, field.y, text, theme.chip);
        }
    }

    fn draw_facets(&mut self, row: Rect, buf: &mut Buffer, theme: &Theme, shown: &Shown<'_>) {
        let (all, matching) = (&shown.choices.dates, &shown.facets.dates);
        let focused = self.timeline.is_focused();
        let right = match row.width {
            _ if focused => self.timeline.draw(row, buf, theme, shown.generation, all, matching),
            50.. => self.timeline.draw(row, buf, theme, shown.generation, all, matching),
            _ => 0,
        };
        if focused {
            return;
        }
        self.hits.push((Rect { x: row.right() - right, width: right, ..row }, Click::Dates));
        self.draw_languages(Rect { width: row.width.saturating_sub(right + 2), ..row }, buf, theme, shown);
    }

    fn draw_languages(&mut self, row: Rect, buf: &mut Buffer, theme: &Theme, shown: &Shown<'_>) {
        let chosen = chosen_languages(shown.query);
        let mut languages: Vec<(Option<LanguageTag>, usize)> = shown.choices.languages.clone();
        // What is asked for can be taken away here, even where nothing is in that language.
        let missing = chosen.iter().filter(|tag| !languages.iter().any(|(other, _)| other == *tag));
        languages.extend(missing.map(|tag| (*tag, 0)).collect::<Vec<_>>());
        if languages.is_empty() {
            return;
        }
        let mut x = row.x;
        if row.width >= 40 {
            x += paint::pieces(buf, x, row.y, row.width, &[("Language  ", theme.dim)]);
            self.hits.push((Rect { width: x - row.x, ..row }, Click::Languages));
        }
        let labels = languages.iter().map(|(tag, count)| {
            let (code, count) = (tag.map_or("?", LanguageTag::code), paint::number(*count));
            let is_chosen = chosen.contains(tag);
            let label = if is_chosen { format!(" {code} × ") } else { code.to_owned() };
            let width = (cells(&label) + 1 + cells(&count) + 3) as u16;
            (code, label, count, is_chosen, width)
        });
        let mut labels: Vec<_> = labels.collect();
        let needed = |labels: &[(&str, String, String, bool, u16)]| -> u16 {
            let last = labels.iter().rposition(|label| label.3).map_or(0, |at| at + 1);
            labels[..last].iter().fold(0, |sum, label| label.4.saturating_add(sum))
        };
        // Languages keep their order while the chosen ones can be seen.
        if x.saturating_add(needed(&labels)) > row.right() {
            labels.sort_by_key(|label| !label.3);
        }
        for (code, label, count, is_chosen, width) in labels {
            if x + width > row.right() {
                let rest = Rect { x, width: row.right().saturating_sub(x), ..row };
                paint::pieces(buf, x, row.y, rest.width, &[("…", theme.dim)]);
                self.hits.push((rest, Click::Languages));
                break;
            }
            let style = if is_chosen { theme.chip } else { theme.language };
            paint::pieces(buf, x, row.y, width, &[(&label, style), (" ", theme.dim), (&count, theme.count)]);
            self.hits.push((Rect { x, width: width - 2, ..row }, Click::Language(code.to_owned())));
            x += width;
        }
    }
}

/// Says something after the query line, in as many words as there is room for, and tells whether there
/// was room for any.
fn draw_beside(room: Rect, buf: &mut Buffer, theme: &Theme, line: &QueryLine, said: &[String]) -> bool {
    // The sign before the line, the line, and some air with the cursor in it.
    let used = (2 + cells(line.value()) + 3) as u16;
    let rest = Rect { x: room.x + used.min(room.width), width: room.width.saturating_sub(used), ..room };
    let said = said.iter().find(|said| cells(said) + 2 <= usize::from(rest.width));
    said.is_some_and(|said| paint::pieces(buf, rest.x, rest.y, rest.width, &[(said.as_str(), theme.text)]) > 0)
}

/// Says after the query line how it is usually spelled, where there is room for it.
fn draw_usual(room: Rect, buf: &mut Buffer, theme: &Theme, line: &QueryLine, usual: &str) {
    let used = (2 + cells(line.value()) + 3) as u16;
    let rest = Rect { x: room.x + used.min(room.width), width: room.width.saturating_sub(used), ..room };
    if cells(usual) + 2 <= usize::from(rest.width) {
        paint::pieces(buf, rest.x, rest.y, rest.width, &[("= ", theme.dim), (usual, theme.dim)]);
    }
}

/// The languages that the query asks for.
fn chosen_languages(query: &Query) -> Vec<Option<LanguageTag>> {
    let asked = query.clauses.iter().filter(|clause| clause.top_level && !clause.negated);
    asked
        .flat_map(|clause| &clause.conditions)
        .filter_map(|condition| match condition.fact() {
            Some(Fact::Named(Names::Language, codes)) => Some(codes),
            _ => None,
        })
        .flatten()
        .map(|code| LanguageTag::find(code))
        .collect()
}
