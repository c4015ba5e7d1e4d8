//! The reading pane: an article in a column, with what was found in it marked.

mod lines;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect};
use ratatui::style::{Modifier, Style};

use crate::article::typeset::{self, SetLine};
use crate::article::{Article, ArticleId, Form, Paragraph, Role};
use crate::config::theme::Theme;
use crate::event::Opened;
use crate::marks::Tag;
use crate::text::Clean;
use crate::text::fold::find_folded;
use crate::text::width::cells;
use crate::text::wrap::wrap;

use super::paint::{self, Direction, Piece};
use super::stress::standing_out;
use lines::{BETWEEN_FACTS, Line, facts, lines};

/// How many bits of a place tell the byte within a paragraph; the others tell the paragraph.
const PLACE_BITS: u32 = 24;
const PLACE_BYTE: usize = (1 << PLACE_BITS) - 1;
/// The least and most columns of text.
pub const COLUMN_WIDTHS: std::ops::RangeInclusive<u16> = 20..=200;

/// One article, wrapped for one width.
///
/// `top` is a line of `lines`, or 0 when there are none.
#[derive(Debug, Default)]
pub struct ReadingPane {
    opened: Option<Opened>,
    /// Why there is nothing to read, if opening failed.
    failed: Option<Clean>,
    /// What the reader has put on the article: its tags, and the lines of its note.
    own: Vec<Clean>,
    lines: Vec<Line>,
    wrapped_for: u16,
    top: usize,
    height: u16,
    /// Where the text and its bar at the right were drawn last.
    text_area: Rect,
    edge: Rect,
    find: Option<Find>,
    /// What was found, in the order of the lines.
    matches: Vec<Match>,
    /// The match that `n` went to last.
    at_match: Option<usize>,
    /// The place that is gone to when it is known how wide the lines are.
    awaited: Option<usize>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Match {
    /// The line in which it begins.
    line: usize,
    /// The paragraph that holds it; `None` is the title.
    paragraph: Option<usize>,
    /// Its bytes there.
    range: Range<usize>,
}

/// The number of a place in the text of an article, as [`ReadingPane::go_to_place`] takes it.
pub fn place_of(paragraph: usize, byte: usize) -> usize {
    (paragraph + 1) << PLACE_BITS | byte & PLACE_BYTE
}

/// What is searched within the article.
#[derive(Debug)]
struct Find {
    text: String,
    /// For the title, then for each paragraph.
    marks: Vec<Vec<Range<usize>>>,
}

/// How far a reader has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// How much of the article has been on the screen, in percent.
    pub percent: u8,
    /// The number of the match that was gone to, from 1.
    pub at_match: Option<usize>,
    /// How many matches there are.
    pub matches: usize,
}

impl ReadingPane {
    /// The article that is open.
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// The article that is open, by its id.
    pub fn id(&self) -> Option<ArticleId> {
        self.opened.as_ref().map(|opened| opened.article.id)
    }

    /// Shows an article from its beginning; the same article with other marks stays where it was.
    pub fn open(&mut self, opened: Opened) {
        if self.id() != Some(opened.article.id) {
            self.top = 0;
            self.find = None;
            self.lines.clear();
        }
        self.at_match = None;
        self.failed = None;
        self.opened = Some(opened);
        // Keys may come before the next frame, so the lines are made at once.
        let width = std::mem::take(&mut self.wrapped_for);
        self.wrap(width);
        if let Some(find) = self.find.take() {
            self.find(&find.text);
        }
    }

    /// Shows why there is nothing to read.
    pub fn fail(&mut self, message: Clean) {
        *self = ReadingPane { failed: Some(message), ..ReadingPane::default() };
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        *self = ReadingPane::default();
    }

    /// Scrolls by `count` lines, and tells whether the article moved.
    pub fn scroll(&mut self, count: isize) -> bool {
        let before = self.top;
        self.top = self.top.saturating_add_signed(count).min(self.last_top());
        before != self.top
    }

    /// Whether a cell is on the bar at the right.
    pub fn is_on_bar(&self, position: Cell) -> bool {
        self.edge.contains(position) && self.lines.len() > usize::from(self.edge.height)
    }

    /// Scrolls to the part of the article that stands for this row of the bar.
    pub fn scroll_to_bar(&mut self, row: u16) {
        let height = usize::from(self.edge.height).max(1);
        let at = usize::from(row.clamp(self.edge.y, self.edge.bottom()) - self.edge.y);
        // The middle of what is shown comes there.
        self.top = (at * self.lines.len() / height).saturating_sub(height / 2).min(self.last_top());
    }

    /// The cell of the match that was gone to, or else of the first line: where a magnifier should look.
    pub fn caret(&self) -> Option<Cell> {
        let line = self.at_match.and_then(|at| self.matches.get(at)).map_or(self.top, |found| found.line);
        let row = line.checked_sub(self.top).filter(|row| *row < usize::from(self.text_area.height)).unwrap_or(0);
        (!self.text_area.is_empty()).then(|| Cell::new(self.text_area.x, self.text_area.y + row as u16))
    }

    /// To the first line.
    pub fn to_top(&mut self) {
        self.top = 0;
    }

    /// To the last page.
    pub fn to_bottom(&mut self) {
        self.top = self.last_top();
    }

    /// How many lines make a page: two stay on the screen, so that the eye finds its place.
    pub fn page(&self) -> usize {
        usize::from(self.height).saturating_sub(2).max(1)
    }

    /// Where the reader is in the article, whatever the width: 0 at the top, else a paragraph and a byte of it.
    pub fn place(&self) -> usize {
        match self.lines.get(self.top).and_then(Line::text) {
            Some((paragraph, bytes)) if self.top > 0 => (paragraph + 1) << PLACE_BITS | bytes.start & PLACE_BYTE,
            _ => 0,
        }
    }

    /// Goes to a place that [`ReadingPane::place`] or [`place_of`] has told: at once, or when it is known how wide
    /// the lines are.
    pub fn go_to_place(&mut self, place: usize) {
        self.awaited = self.lines.is_empty().then_some(place);
        let (paragraph, byte) = (place >> PLACE_BITS, place & PLACE_BYTE);
        let there = |line: &Line| line.text().is_some_and(|(at, range)| at + 1 == paragraph && range.end > byte);
        self.top = if place == 0 { 0 } else { self.lines.iter().position(there).unwrap_or(0) };
    }

    /// True when the end is on the screen.
    pub fn at_end(&self) -> bool {
        self.top >= self.last_top()
    }

    /// Marks every place where `text` stands in the article, whatever case and accents it has there.
    pub fn find(&mut self, text: &str) {
        self.at_match = None;
        self.find = self.opened.as_ref().filter(|_| !text.trim().is_empty()).map(|opened| {
            let mut marks = vec![find_folded(&opened.article.title.text, text)];
            marks.extend(opened.article.body.iter().map(|paragraph| find_folded(&paragraph.text, text)));
            Find { text: text.to_owned(), marks }
        });
        self.matches = self.matches_by_line();
    }

    /// What is searched within the article.
    pub fn find_text(&self) -> &str {
        self.find.as_ref().map_or("", |find| &find.text)
    }

    /// Goes to the next match, or the previous one, from the one gone to while that is on the screen,
    /// else from the top of the screen; after the last comes the first. Tells whether there is one.
    pub fn go_to_match(&mut self, forward: bool) -> bool {
        let height = usize::from(self.height);
        let visible = |line: usize| height == 0 || (self.top..self.top + height).contains(&line);
        let from = self.at_match.filter(|at| self.matches.get(*at).is_some_and(|found| visible(found.line)));
        let below_top = self.matches.partition_point(|found| found.line < self.top);
        let last = self.matches.len().saturating_sub(1);
        let next = match (forward, from) {
            (true, from) => from.map_or(below_top, |at| at + 1),
            (false, from) => from.unwrap_or(below_top).checked_sub(1).unwrap_or(last),
        };
        let next = if next > last { 0 } else { next };
        let Some(line) = self.matches.get(next).map(|found| found.line) else {
            return false;
        };
        self.at_match = Some(next);
        if !visible(line) {
            self.top = line.saturating_sub(height / 3).min(self.last_top());
        }
        true
    }

    /// How far the reader has come.
    pub fn position(&self) -> Position {
        let shown = (self.top + usize::from(self.height)).min(self.lines.len());
        let percent = (100 * shown).checked_div(self.lines.len()).unwrap_or(100);
        Position { percent: percent as u8, at_match: self.at_match.map(|at| at + 1), matches: self.matches.len() }
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(usize::from(self.height))
    }

    /// The marks in the title (`None`) or in a paragraph: of the search within the article while there
    /// is one, else of the query.
    fn marks(&self, paragraph: Option<usize>) -> Cow<'_, [Range<usize>]> {
        let marks = match (&self.find, &self.opened, paragraph) {
            (Some(find), _, None) => find.marks.first(),
            (Some(find), _, Some(at)) => find.marks.get(at + 1),
            (None, Some(opened), None) => Some(&opened.title_marks),
            (None, Some(opened), Some(at)) => opened.marks.get(at),
            (None, None, _) => None,
        };
        let marks = marks.map_or(&[][..], Vec::as_slice);
        let numbered = paragraph.and_then(|at| self.opened.as_ref()?.article.body.get(at));
        match numbered.filter(|paragraph| !marks.is_empty() && !paragraph.laid.spans.is_empty()) {
            // What is shown is longer by the numbers of links.
            Some(paragraph) => {
                let shown = typeset::shown(paragraph, true);
                marks.iter().map(|mark| shown.range(mark)).collect()
            }
            None => Cow::Borrowed(marks),
        }
    }

    /// The matches in the order of the lines, found anew.
    fn matches_by_line(&self) -> Vec<Match> {
        let mut matches = Vec::new();
        let (mut before, mut next) = (None, 0);
        for (at, line) in self.lines.iter().enumerate() {
            let (paragraph, bytes) = match line {
                Line::Title(bytes) => (None, bytes.clone()),
                line => match line.text() {
                    Some((paragraph, bytes)) => (Some(paragraph), bytes),
                    None => continue,
                },
            };
            if before != Some(paragraph) {
                (before, next) = (Some(paragraph), 0);
            }
            // What goes on in the next line is still one match.
            let marks = self.marks(paragraph);
            let here = marks[next.min(marks.len())..].iter().take_while(|mark| mark.start < bytes.end);
            let before = matches.len();
            matches.extend(here.map(|mark| Match { line: at, paragraph, range: mark.clone() }));
            next += matches.len() - before;
        }
        matches
    }

    /// Wraps the article for a column of `width` cells, keeping the paragraph at the top where it is.
    fn wrap(&mut self, width: u16) {
        let Some(opened) = self.opened.as_ref().filter(|_| width > 0) else {
            self.lines.clear();
            self.matches.clear();
            self.wrapped_for = 0;
            return;
        };
        if self.wrapped_for == width {
            return;
        }
        let anchor = self.lines.get(self.top).cloned();
        self.lines = lines(&opened.article, &self.own, usize::from(width));
        self.wrapped_for = width;
        self.matches = self.matches_by_line();
        if let Some((paragraph, bytes)) = anchor.as_ref().and_then(Line::text) {
            let same = |line: &Line| line.text().is_some_and(|(at, range)| at == paragraph && range.end > bytes.start);
            self.top = self.lines.iter().position(same).unwrap_or(0);
        }
    }

    /// Shows the reader's tags and note in the head of the article.
    pub fn show_own(&mut self, tags: &[&Tag], note: Option<&str>) {
        let mut own = Vec::new();
        if !tags.is_empty() {
            let names: Vec<&str> = tags.iter().map(|tag| tag.as_str()).collect();
            own.push(Clean::new(&format!("# {}", names.join(", "))));
        }
        for (at, line) in note.into_iter().flat_map(str::lines).filter(|line| !line.trim().is_empty()).enumerate() {
            own.push(Clean::new(&format!("{}{}", if at == 0 { "✎ " } else { "  " }, line.trim())));
        }
        if own != self.own {
            self.own = own;
            self.wrapped_for = 0;
        }
    }

    /// Draws the article in a column of at most `column` cells; in the middle when it stands alone.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, column: u16, alone: bool) {
        (self.text_area, self.edge) = (Rect::default(), Rect::default());
        if area.is_empty() {
            return;
        }
        // Room for the language of a foreign passage, where there is room at all.
        let margin = match area.width {
            0..40 => 1,
            40..60 => 3,
            _ => 6,
        };
        let width = area.width.saturating_sub(2 * margin).min(column);
        let left = if alone { area.x + area.width.saturating_sub(width) / 2 } else { area.x + margin };
        let above = u16::from(area.height > 5);
        let text = Rect { x: left, y: area.y + above, width, height: area.height - above };
        self.height = text.height;
        self.text_area = text;
        self.wrap(width);
        if let Some(place) = self.awaited.take_if(|_| !self.lines.is_empty()) {
            self.go_to_place(place);
        }
        self.top = self.top.min(self.last_top());
        if let Some(message) = &self.failed {
            for (line, y) in wrap(message, usize::from(width)).into_iter().zip(text.y..text.bottom()) {
                buf.set_string(left, y, &message[line], theme.error);
            }
            return;
        }
        let Some(opened) = &self.opened else {
            return;
        };
        for (at, y) in (self.top..self.lines.len()).zip(text.y..text.bottom()) {
            self.draw_line(opened, at, Rect { y, height: 1, ..text }, left - area.x, buf, theme);
        }
        self.edge = Rect { x: area.right() - 1, width: 1, y: text.y, height: text.height };
        self.draw_edge(self.edge, buf, theme);
    }

    fn draw_line(&self, opened: &Opened, at: usize, row: Rect, margin: u16, buf: &mut Buffer, theme: &Theme) {
        let article = &opened.article;
        match &self.lines[at] {
            Line::Blank => {}
            Line::Rule => {
                paint::fill(buf, Rect { width: row.width.min(12), ..row }, "─", theme.faint);
            }
            Line::Title(bytes) => {
                let title = &article.title.text;
                let line = self.marked(title, None, bytes, theme.title, theme);
                paint::pieces_from(buf, row, Direction::of(title, theme), &line);
            }
            Line::Facts(range) => {
                let facts = facts(article, theme);
                let mut line: Vec<Piece> = Vec::new();
                for (text, style) in &facts[range.clone()] {
                    if !line.is_empty() {
                        line.push((BETWEEN_FACTS, theme.dim));
                    }
                    line.push((text, *style));
                }
                paint::pieces(buf, row.x, row.y, row.width, &line);
            }
            Line::Address(bytes) => {
                let address = article.url.as_ref().map_or("", |url| url.as_str());
                let shown = address.get(bytes.clone()).unwrap_or_default();
                paint::pieces(buf, row.x, row.y, row.width, &[(shown, theme.faint)]);
            }
            Line::Own(at, bytes) => {
                let shown = self.own.get(*at).and_then(|text| text.get(bytes.clone())).unwrap_or_default();
                paint::pieces_from(buf, row, Direction::of(shown, theme), &[(shown, theme.accent)]);
            }
            Line::Set(line) => self.draw_set(article, line, row, margin, buf, theme),
        }
    }

    /// Draws a line of the text.
    fn draw_set(&self, article: &Article, line: &SetLine, row: Rect, margin: u16, buf: &mut Buffer, theme: &Theme) {
        let moved = |by: usize| {
            let by = (by.min(usize::from(row.width))) as u16;
            Rect { x: row.x + by, width: row.width - by, ..row }
        };
        match line {
            SetLine::Blank => {}
            SetLine::Rule => paint::fill(buf, Rect { width: row.width.min(12), ..row }, "─", theme.dim),
            SetLine::Text { paragraph: at, bytes, first, indent, mark } => {
                let paragraph = &article.body[*at];
                let shown = typeset::shown(paragraph, true);
                let direction = Direction::of(&paragraph.text, theme);
                let right_to_left = direction.right_to_left;
                if !mark.is_empty() {
                    let before = if right_to_left { row } else { moved(indent.saturating_sub(cells(mark))) };
                    let mark = if right_to_left { mark.trim() } else { mark };
                    paint::pieces_from(buf, before, direction, &[(mark, theme.dim)]);
                }
                let room = moved(*indent);
                let room = if right_to_left { Rect { x: row.x, ..room } } else { room };
                let line = self.marked(&shown.text, Some(*at), bytes, style(paragraph, theme), theme);
                let line = standing_out(line, bytes.start, paragraph, &shown);
                paint::pieces_from(buf, room, direction, &line);
                if let Some(code) = foreign(article, *at, &shown.text[bytes.clone()]) {
                    let width = cells(code) as u16;
                    if margin >= 2 {
                        buf.set_string(row.x - 2, row.y, "│", theme.language);
                    }
                    if margin > width + 2 && (*first || paragraph.language.is_none()) {
                        buf.set_string(row.x - 3 - width, row.y, code, theme.language);
                    }
                }
            }
            SetLine::Row { paragraph: at, cells } => {
                let paragraph = &article.body[*at];
                let shown = typeset::shown(paragraph, true);
                for (x, bytes) in cells {
                    let line = self.marked(&shown.text, Some(*at), bytes, style(paragraph, theme), theme);
                    let line = standing_out(line, bytes.start, paragraph, &shown);
                    paint::pieces_from(buf, moved(*x), Direction::default(), &line);
                }
            }
            SetLine::Record { paragraph: at, label, bytes, indent, .. } => {
                let paragraph = &article.body[*at];
                if let Some((head, bytes)) = label {
                    let head = typeset::shown(&article.body[*head], true);
                    paint::pieces(
                        buf,
                        row.x,
                        row.y,
                        row.width,
                        &[(&head.text[bytes.clone()], theme.dim), (":", theme.dim)],
                    );
                }
                let shown = typeset::shown(paragraph, true);
                let line = self.marked(&shown.text, Some(*at), bytes, style(paragraph, theme), theme);
                let line = standing_out(line, bytes.start, paragraph, &shown);
                paint::pieces_from(buf, moved(*indent), Direction::default(), &line);
            }
        }
    }

    /// A line with what was found in it. Of all that was found, the match that `n` went to stands out.
    fn marked<'a>(
        &self,
        text: &'a str,
        paragraph: Option<usize>,
        bytes: &Range<usize>,
        base: Style,
        theme: &Theme,
    ) -> Vec<Piece<'a>> {
        let mut line = paint::marked(text, bytes.clone(), &self.marks(paragraph), base, theme.mark);
        let gone_to = self.at_match.and_then(|at| self.matches.get(at)).filter(|found| found.paragraph == paragraph);
        if let Some(gone_to) = gone_to {
            let mut at = bytes.start;
            for (piece, style) in &mut line {
                if gone_to.range.start < at + piece.len() && at < gone_to.range.end {
                    *style = style.add_modifier(Modifier::REVERSED);
                }
                at += piece.len();
            }
        }
        line
    }

    /// The right edge: how much of the article is on the screen, and where the matches are.
    fn draw_edge(&self, edge: Rect, buf: &mut Buffer, theme: &Theme) {
        let (height, total) = (usize::from(edge.height), self.lines.len());
        if height == 0 || total == 0 {
            return;
        }
        if total > height {
            paint::fill(buf, edge, "│", theme.faint);
            let first = self.top * height / total;
            let length = (height * height).div_ceil(total).max(1);
            let last = if self.at_end() { height } else { (first + length).min(height) };
            for y in last.saturating_sub(length)..last {
                buf.set_string(edge.x, edge.y + y as u16, "┃", theme.accent);
            }
        }
        let mut marked = None;
        for &Match { line, .. } in &self.matches {
            let y = if total > height { line * height / total } else { line }.min(height - 1);
            // A long text has many matches for each row of the edge.
            if marked.replace(y) != Some(y) {
                buf.set_string(edge.x, edge.y + y as u16, "▪", theme.mark);
            }
        }
    }
}

fn style(paragraph: &Paragraph, theme: &Theme) -> Style {
    match (paragraph.role, paragraph.laid.form) {
        (Role::Title | Role::Heading, _) => theme.heading,
        (Role::Deck, _) => theme.deck,
        (Role::Text | Role::Item, Form::Row { head: true }) => theme.text.add_modifier(Modifier::BOLD),
        (Role::Text | Role::Item, _) => theme.text,
        (Role::Caption, _) => theme.dim,
        (Role::Facts | Role::Furniture, _) => theme.faint,
    }
}

/// The code of the language in which a line of a paragraph is written, where that is not the
/// article's own.
fn foreign(article: &Article, paragraph: usize, line: &str) -> Option<&'static str> {
    let paragraph = &article.body[paragraph];
    if let Some(tag) = paragraph.language {
        return Some(tag.code());
    }
    // A quotation within a paragraph: the lines that hold letters of another script. Latin,
    // with its accents and phonetic letters, ends before U+0370.
    let passage = article.passages.iter().find(|passage| passage.lines.contains(&paragraph.line))?;
    let foreign = |c: char| c.is_alphabetic() && c >= '\u{370}';
    (line.chars().any(foreign) && !paragraph.text.chars().take(20).all(|c| foreign(c) || !c.is_alphabetic()))
        .then(|| passage.tag.code())
}
