//! An article set in lines for one width: what `newsstand show` prints and the reading pane draws.

use std::borrow::Cow;
use std::ops::Range;

use super::{Article, Form, Paragraph, Role, SpanKind};
use crate::text::class::is_spaceless;
use crate::text::width::cells;
use crate::text::wrap::wrap;

/// How an article is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// How many cells a line has at most.
    pub width: usize,
    /// Whether the number of each link stands behind it.
    pub numbers: bool,
    /// Whether words stand for pictures.
    pub pictures: bool,
    /// Whether a line ends only where words do, however long it is: scripts without spaces have none.
    pub whole_words: bool,
}

/// A paragraph as it is shown: its text with the numbers of its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// What was put in: where in the text of the paragraph, and how many bytes.
    added: Vec<(usize, usize)>,
}

/// A line of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetLine {
    /// Nothing.
    Blank,
    /// A line drawn between two parts of the text.
    Rule,
    /// A part of a paragraph.
    Text {
        /// The paragraph.
        paragraph: usize,
        /// The bytes of what is shown of it.
        bytes: Range<usize>,
        /// Whether the paragraph begins here.
        first: bool,
        /// How many cells it is moved in.
        indent: usize,
        /// What stands in the margin that this makes: a bullet, a number, the bar of a quotation.
        mark: String,
    },
    /// Cells of a table, side by side: where each begins, and its bytes.
    Row {
        /// The paragraph.
        paragraph: usize,
        /// The cells: by how many cells of the screen they are moved in, and their bytes.
        cells: Vec<(usize, Range<usize>)>,
    },
    /// A cell of a table that is too wide, in a line of its own behind the heading of its column.
    Record {
        /// The paragraph.
        paragraph: usize,
        /// The paragraph that holds the heading, and its bytes there.
        label: Option<(usize, Range<usize>)>,
        /// Its bytes.
        bytes: Range<usize>,
        /// Whether this is the first line of the cell.
        first: bool,
        /// By how much it is moved in.
        indent: usize,
    },
}

impl Shown<'_> {
    /// Where a byte of the paragraph stands in what is shown of it.
    pub fn at(&self, byte: usize) -> usize {
        byte + self.added.iter().take_while(|(at, _)| *at < byte).map(|(_, length)| length).sum::<usize>()
    }

    /// The bytes of what is shown that a part of the paragraph takes, numbers after it aside.
    pub fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = range.start
            + self.added.iter().take_while(|(at, _)| *at <= range.start).map(|(_, length)| length).sum::<usize>();
        start..self.at(range.end).max(start)
    }
}

/// What is shown of a paragraph: with the numbers of its links, where they are wanted.
pub fn shown(paragraph: &Paragraph, numbers: bool) -> Shown<'_> {
    let plain = || Shown { text: Cow::Borrowed(&paragraph.text), added: Vec::new() };
    if !numbers {
        return plain();
    }
    let links = paragraph.laid.spans.iter().filter_map(|span| match span.kind {
        SpanKind::Link(number) => Some((span.range.end, number)),
        _ => None,
    });
    let mut links: Vec<(usize, u32)> = links.collect();
    links.sort_unstable();
    if links.is_empty() {
        return plain();
    }
    let (mut text, mut added, mut from) = (String::new(), Vec::new(), 0);
    for (at, number) in links {
        text.push_str(&paragraph.text[from..at]);
        let number = format!("[{}]", number + 1);
        text.push_str(&number);
        added.push((at, number.len()));
        from = at;
    }
    text.push_str(&paragraph.text[from..]);
    Shown { text: Cow::Owned(text), added }
}

/// True for what `newsstand show` and the reading pane show as the text of an article.
pub fn is_body(paragraph: &Paragraph, setting: Setting) -> bool {
    !matches!(paragraph.role, Role::Title | Role::Facts | Role::Furniture)
        && (setting.pictures || !is_picture(paragraph))
}

/// True for words that stand for a picture, and nothing else.
fn is_picture(paragraph: &Paragraph) -> bool {
    matches!(&paragraph.laid.spans[..], [span] if span.kind == SpanKind::Picture && span.range == (0..paragraph.text.len()))
}

/// Sets the paragraphs of an article for which `wanted` holds.
pub fn typeset(article: &Article, setting: Setting, wanted: impl Fn(&Paragraph) -> bool) -> Vec<SetLine> {
    let width = setting.width;
    let body = &article.body;
    let mut lines: Vec<SetLine> = Vec::new();
    let mut at = 0;
    let mut before: Option<&Paragraph> = None;
    while at < body.len() {
        let paragraph = &body[at];
        if !wanted(paragraph) {
            at += 1;
            continue;
        }
        if !lines.is_empty() && !follows(before, paragraph) {
            lines.push(SetLine::Blank);
        }
        let is_row = |paragraph: &Paragraph| matches!(paragraph.laid.form, Form::Row { .. });
        if is_row(paragraph) {
            let more = body[at + 1..].iter().take_while(|next| is_row(next) && next.laid.tight).count();
            table(body, at..at + 1 + more, setting, &mut lines);
            at += more;
        } else {
            set(paragraph, at, setting, width, &mut lines);
        }
        before = Some(&body[at]);
        at += 1;
    }
    lines
}

/// True where no blank line stands between two paragraphs.
fn follows(before: Option<&Paragraph>, paragraph: &Paragraph) -> bool {
    let Some(before) = before else { return true };
    let is_listed = before.role == Role::Item && paragraph.role == Role::Item && paragraph.laid.form == Form::Plain;
    is_listed || paragraph.laid.tight && before.role != Role::Deck && paragraph.line == before.line + 1
}

fn set(paragraph: &Paragraph, at: usize, setting: Setting, width: usize, lines: &mut Vec<SetLine>) {
    let form = paragraph.laid.form;
    if form == Form::Rule {
        return lines.push(SetLine::Rule);
    }
    let (indent, mark) = match form {
        Form::Item { depth, number: Some(number) } => (2 * usize::from(depth), format!("{number}. ")),
        Form::Item { depth, number: None } => (2 * usize::from(depth), "• ".to_owned()),
        Form::Quotation => (0, "│ ".to_owned()),
        Form::Code => (2, String::new()),
        _ if paragraph.role == Role::Item => (0, "• ".to_owned()),
        _ => (0, String::new()),
    };
    // What is moved in has half of the column left, at least.
    let indent = if indent + cells(&mark) > width / 2 { 0 } else { indent };
    let inner = indent + cells(&mark);
    let shown = shown(paragraph, setting.numbers);
    let is_endless = setting.whole_words && shown.text.chars().take(80).filter(|c| is_spaceless(*c)).count() > 8;
    let width = if is_endless { usize::MAX } else { width };
    let pieces = if form == Form::Code {
        cut(&shown.text, width.saturating_sub(inner))
    } else {
        wrap(&shown.text, width.saturating_sub(inner))
    };
    for (number, bytes) in pieces.into_iter().enumerate() {
        let first = number == 0;
        let mark = if first || form == Form::Quotation { mark.clone() } else { String::new() };
        lines.push(SetLine::Text { paragraph: at, bytes, first, indent: inner, mark });
    }
}

/// Lines of code: cut where they must be, and never between words.
fn cut(text: &str, width: usize) -> Vec<Range<usize>> {
    if width == 0 {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, c) in text.char_indices() {
        let wide = cells(c.encode_utf8(&mut [0; 4]));
        if used + wide > width && at > start {
            pieces.push(start..at);
            (start, used) = (at, 0);
        }
        used += wide;
    }
    pieces.push(start..text.len());
    pieces
}

/// Space between two columns.
const BETWEEN: usize = 2;

/// A table: its columns side by side, or, where they do not fit, a record for each row.
fn table(body: &[Paragraph], rows: Range<usize>, setting: Setting, lines: &mut Vec<SetLine>) {
    let shown: Vec<Shown<'_>> = body[rows.clone()].iter().map(|row| self::shown(row, setting.numbers)).collect();
    let cells_of = |row: usize| -> Vec<Range<usize>> {
        let spans = body[rows.start + row].laid.spans.iter().filter(|span| span.kind == SpanKind::Cell);
        let cells: Vec<Range<usize>> = spans.map(|span| shown[row].range(&span.range)).collect();
        if cells.is_empty() { vec![0..shown[row].text.len()] } else { cells }
    };
    let all: Vec<Vec<Range<usize>>> = (0..rows.len()).map(cells_of).collect();
    let mut widths: Vec<usize> = Vec::new();
    for (row, cells_here) in all.iter().enumerate() {
        for (column, cell) in cells_here.iter().enumerate() {
            let wide = cells(&shown[row].text[cell.clone()]);
            match widths.get_mut(column) {
                Some(width) => *width = (*width).max(wide),
                None => widths.push(wide),
            }
        }
    }
    let whole = widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1);
    if whole <= setting.width {
        for (row, cells_here) in all.into_iter().enumerate() {
            let mut x = 0;
            let placed = cells_here.into_iter().zip(&widths).map(|(cell, width)| {
                let at = x;
                x += width + BETWEEN;
                (at, cell)
            });
            lines.push(SetLine::Row { paragraph: rows.start + row, cells: placed.collect() });
        }
        return;
    }
    let head = matches!(body[rows.start].laid.form, Form::Row { head: true }) && rows.len() > 1;
    for row in usize::from(head)..rows.len() {
        if row > usize::from(head) {
            lines.push(SetLine::Blank);
        }
        for (column, cell) in all[row].iter().enumerate() {
            let label = all[0].get(column).filter(|_| head).cloned();
            let wide = label.as_ref().map_or(0, |label| cells(&shown[0].text[label.clone()]) + 2);
            // A heading that takes half of the column stands in a line of its own.
            let indent = if wide * 2 > setting.width { 2 } else { wide };
            let text = &shown[row].text[cell.clone()];
            let pieces = wrap(text, setting.width.saturating_sub(indent));
            let is_own = label.is_some() && indent != wide;
            if let Some(label) = label.clone().filter(|_| is_own) {
                lines.push(SetLine::Record {
                    paragraph: rows.start + row,
                    label: Some((rows.start, label)),
                    bytes: cell.start..cell.start,
                    first: true,
                    indent: 0,
                });
            }
            for (number, piece) in pieces.into_iter().enumerate() {
                let first = number == 0;
                let label = label.clone().filter(|_| first && !is_own).map(|label| (rows.start, label));
                lines.push(SetLine::Record {
                    paragraph: rows.start + row,
                    label,
                    bytes: cell.start + piece.start..cell.start + piece.end,
                    first,
                    indent,
                });
            }
        }
    }
}

/// A line as plain text.
pub fn plain(article: &Article, line: &SetLine, setting: Setting) -> String {
    let shown = |paragraph: usize| shown(&article.body[paragraph], setting.numbers);
    match line {
        SetLine::Blank => String::new(),
        SetLine::Rule => "─".repeat(setting.width.min(12)),
        SetLine::Text { paragraph, bytes, indent, mark, .. } => {
            let blank = indent.saturating_sub(cells(mark));
            format!("{}{mark}{}", " ".repeat(blank), &shown(*paragraph).text[bytes.clone()])
        }
        SetLine::Row { paragraph, cells: placed } => {
            let shown = shown(*paragraph);
            let mut line = String::new();
            let mut used = 0;
            for (x, bytes) in placed {
                line.push_str(&" ".repeat(x.saturating_sub(used)));
                let text = &shown.text[bytes.clone()];
                line.push_str(text);
                used = (*x).max(used) + cells(text);
            }
            line.trim_end().to_owned()
        }
        SetLine::Record { paragraph, label, bytes, indent, .. } => {
            let text = &shown(*paragraph).text[bytes.clone()];
            match label {
                Some((head, label)) => {
                    let head = self::shown(&article.body[*head], setting.numbers);
                    let label = format!("{}: ", &head.text[label.clone()]);
                    format!("{label}{text}").trim_end().to_owned()
                }
                None => format!("{}{text}", " ".repeat(*indent)),
            }
        }
    }
}
