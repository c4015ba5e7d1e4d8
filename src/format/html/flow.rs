//! The text of a page as it grows, and how its parts are laid out.

use crate::article::{Form, Span, SpanKind};
use crate::extract::{Hint, LineMarks, Marks, Place};
use crate::format::MOST_LAID_LINES;

/// Elements that stand apart from the text around them.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that stand in a line of their own.
pub(super) const LINES: &[&str] = &["br", "caption", "li", "option", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// No article has more links that lead anywhere.
const MOST_LINKS: usize = 2000;

/// No line has more parts that stand out.
const MOST_SPANS: usize = 500;

/// True for elements that part the text within them from what is around it.
pub(super) fn parts(name: &str) -> bool {
    BLOCKS.contains(&name) || LINES.contains(&name)
}

/// Text that grows, with as much space between its parts as the markup asks for.
#[derive(Default)]
pub(in crate::format) struct Flow {
    done: Vec<Line>,
    line: Line,
    gap: Gap,
    /// The lists that are open, with the number of the last point of ordered ones.
    lists: Vec<Option<u32>>,
    /// The point that is open and has no text yet.
    point: bool,
    /// How many elements are open that keep their line breaks.
    kept: usize,
    /// How many elements are open whose text is code.
    code: usize,
    quotations: usize,
    heading: Option<u8>,
    captions: usize,
    /// The row of a table that is open, and whether all its cells are headings.
    row: Option<bool>,
    spans: Vec<(SpanKind, usize)>,
    links: Vec<String>,
    /// What is known of the lines that come.
    pub place: Place,
    /// What an element that is open says its text is.
    pub hint: Option<Hint>,
}

/// A line of text and its layout.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    gap: Gap,
    form: Form,
    place: Place,
    hint: Option<Hint>,
    spans: Vec<Span>,
}

/// What stands between two parts of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
    Blank,
}

impl Flow {
    /// A text whose line breaks mean something.
    pub fn keeping_lines() -> Flow {
        Flow { kept: 1, ..Flow::default() }
    }

    /// True before the first word.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.line.text.is_empty()
    }

    /// The line that grows.
    pub fn line(&self) -> &str {
        &self.line.text
    }

    /// All there is, as plain text: points of lists after a bullet or their number.
    pub fn finish(self) -> String {
        let mut text = String::new();
        for line in self.lines() {
            if line.form == Form::Rule {
                continue;
            }
            line.gap_before(&mut text);
            match line.form {
                Form::Item { number: Some(number), .. } => text.push_str(&format!("{number}. ")),
                Form::Item { .. } => text.push_str("• "),
                _ => {}
            }
            text.push_str(&line.text);
        }
        text
    }

    /// All there is, and how it is laid out.
    pub fn finish_marked(mut self) -> (String, Marks) {
        let links = std::mem::take(&mut self.links);
        let mut text = String::new();
        let mut lines = Vec::new();
        let mut number = 1;
        for line in self.lines() {
            number += line.gap_before(&mut text);
            text.push_str(&line.text);
            let Line { form, place, hint, spans, .. } = line;
            lines.push(LineMarks { line: number, form, place, hint, spans });
        }
        (text, Marks { lines, links })
    }

    fn lines(mut self) -> Vec<Line> {
        self.end_line();
        self.done
    }

    /// Goes on with text; all white space in it is but space.
    pub fn push(&mut self, text: &str) {
        if self.is_full() {
            return;
        }
        for c in text.chars() {
            match c {
                '\n' if self.kept > 0 => self.gap = if self.gap >= Gap::Line { Gap::Blank } else { Gap::Line },
                '\r' if self.kept > 0 => {}
                // Code is indented by what stands before it.
                ' ' | '\t' if self.code > 0 => {
                    self.open_line();
                    self.line.text.push_str(if c == '\t' { "    " } else { " " });
                }
                c if c.is_ascii_whitespace() || matches!(c, '\u{a0}' | '\u{85}' | '\u{2028}' | '\u{2029}') => {
                    self.gap = self.gap.max(Gap::Space)
                }
                c => {
                    self.open_line();
                    self.line.text.push(c);
                }
            }
        }
    }

    /// Makes room for the next letter: in this line, or in a new one.
    fn open_line(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if gap >= Gap::Line {
            self.end_line();
        }
        if self.line.text.is_empty() {
            self.line.gap = self.line.gap.max(gap);
            self.line.form = self.form();
            self.line.place = self.place;
            self.line.hint = self.hint;
            self.point = false;
            for (_, start) in &mut self.spans {
                *start = 0;
            }
        } else if gap == Gap::Space {
            self.line.text.push(' ');
        }
        if self.line.hint.is_none() {
            self.line.hint = self.hint;
        }
    }

    /// What the next line is.
    fn form(&self) -> Form {
        match (self.heading, self.lists.last()) {
            (Some(level), _) => Form::Heading(level),
            _ if self.row.is_some() => Form::Row { head: false },
            _ if self.code > 0 => Form::Code,
            _ if self.captions > 0 => Form::Caption,
            (_, Some(number)) if self.point => {
                Form::Item { depth: (self.lists.len() - 1).min(8) as u8, number: *number }
            }
            _ if self.quotations > 0 => Form::Quotation,
            _ => Form::Plain,
        }
    }

    /// True when there are more lines than are read of an article, which is told of it.
    fn is_full(&self) -> bool {
        self.done.len() > MOST_LAID_LINES
    }

    /// Ends the line that grows.
    fn end_line(&mut self) {
        if self.is_full() {
            self.line = Line::default();
            return;
        }
        if self.line.text.trim().is_empty() && self.line.form != Form::Rule {
            let gap = self.line.gap;
            self.line = Line { gap, ..Line::default() };
            return;
        }
        let end = self.line.text.trim_end().len();
        self.line.text.truncate(end);
        for (kind, start) in &self.spans {
            if *start < end && self.line.spans.len() < MOST_SPANS {
                self.line.spans.push(Span { range: *start..end, kind: *kind });
            }
        }
        self.line.spans.retain(|span| span.range.start < span.range.end.min(end));
        for span in &mut self.line.spans {
            span.range.end = span.range.end.min(end);
        }
        self.line.spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
        self.done.push(std::mem::take(&mut self.line));
    }

    /// A part of the text begins that stands out.
    pub fn start_span(&mut self, kind: SpanKind) {
        if self.gap >= Gap::Line {
            self.end_line();
        }
        let start = self.line.text.len() + usize::from(self.gap == Gap::Space && !self.line.text.is_empty());
        self.spans.push((kind, start));
    }

    /// The innermost part that stands out like this ends.
    pub fn end_span(&mut self, is_it: impl Fn(SpanKind) -> bool) {
        let Some(at) = self.spans.iter().rposition(|(kind, _)| is_it(*kind)) else { return };
        let (kind, start) = self.spans.remove(at);
        if start < self.line.text.len() && self.line.spans.len() < MOST_SPANS {
            self.line.spans.push(Span { range: start..self.line.text.len(), kind });
        }
    }

    /// A link begins; its number, unless there are too many.
    pub fn start_link(&mut self, address: &str) -> bool {
        let number = match self.links.iter().rposition(|known| known == address) {
            Some(at) => at,
            None if self.links.len() < MOST_LINKS => {
                self.links.push(address.to_owned());
                self.links.len() - 1
            }
            None => return false,
        };
        self.start_span(SpanKind::Link(number as u32));
        true
    }

    /// What states a fact begins: it stands in a line of its own, unless the line states nothing yet.
    pub fn start_fact(&mut self, hint: Option<Hint>) {
        if self.line.hint.is_some() && self.line.hint != hint {
            self.gap = self.gap.max(Gap::Line);
        }
    }

    /// Above the text, parts of a line with nothing between them are parted by how they look.
    pub fn part_above(&mut self) {
        if self.gap == Gap::Nothing && !self.line.text.is_empty() && !self.line.text.ends_with(['(', ':', '：']) {
            self.gap = Gap::Line;
        }
    }

    /// A picture stands here.
    pub fn picture(&mut self, words: &str) {
        self.start_span(SpanKind::Picture);
        self.push("[picture: ");
        self.push(words.trim());
        self.push("]");
        self.end_span(|kind| kind == SpanKind::Picture);
        self.gap = self.gap.max(Gap::Space);
    }

    /// A line is drawn between two parts of the text.
    pub fn rule(&mut self) {
        self.part("hr");
        self.gap = Gap::Nothing;
        self.end_line();
        if self.is_empty() || self.done.last().is_some_and(|line| line.form == Form::Rule) {
            return;
        }
        let place = self.place;
        self.line = Line { text: "* * *".to_owned(), gap: Gap::Blank, form: Form::Rule, place, ..Line::default() };
        self.end_line();
        self.gap = Gap::Blank;
    }

    /// A row of a table begins: its cells stand in one line.
    pub fn start_row(&mut self) {
        self.gap = self.gap.max(Gap::Line);
        self.row = Some(true);
    }

    /// A cell of the row begins.
    pub fn start_cell(&mut self, is_heading: bool) {
        if let Some(head) = &mut self.row {
            *head &= is_heading;
        }
        if self.line.text.is_empty() || self.gap >= Gap::Line {
            // An empty first cell keeps its place.
        } else {
            self.line.text.push_str(" | ");
            self.gap = Gap::Nothing;
        }
        self.start_span(SpanKind::Cell);
    }

    /// A cell ends.
    pub fn end_cell(&mut self) {
        if self.gap < Gap::Line {
            self.gap = Gap::Nothing;
        }
        if self.line.text.is_empty() || self.gap >= Gap::Line {
            self.push("–");
        }
        let Some(at) = self.spans.iter().rposition(|(kind, _)| *kind == SpanKind::Cell) else { return };
        if self.spans[at].1 >= self.line.text.len() {
            self.line.text.push('–');
        }
        self.end_span(|kind| kind == SpanKind::Cell);
    }

    /// A row ends.
    pub fn end_row(&mut self) {
        if let Some(head) = self.row.take()
            && let Form::Row { head: is_head } = &mut self.line.form
        {
            *is_head = head;
        }
        self.gap = self.gap.max(Gap::Line);
    }

    /// An element begins.
    pub fn start(&mut self, name: &str) {
        if name == "hr" {
            return self.rule();
        }
        self.part(name);
        match name {
            "ul" | "menu" => self.lists.push(None),
            "ol" => self.start_list(1),
            "li" => {
                if let Some(Some(number)) = self.lists.last_mut() {
                    *number += 1;
                }
                if self.lists.is_empty() {
                    self.lists.push(None);
                }
                self.point = true;
            }
            "pre" => {
                self.kept += 1;
                self.code += 1;
            }
            "blockquote" => self.quotations += 1,
            "figcaption" | "caption" => self.captions += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = Some(name.as_bytes()[1] - b'0'),
            _ => {}
        }
    }

    /// An ordered list begins, with this number.
    pub fn start_list(&mut self, first: u32) {
        self.part("ol");
        self.lists.push(Some(first.saturating_sub(1)));
    }

    /// An element ends.
    pub fn end(&mut self, name: &str) {
        if name == "hr" {
            return;
        }
        self.part(name);
        match name {
            "li" => self.point = false,
            "ul" | "ol" | "menu" => {
                self.lists.pop();
                self.point = false;
            }
            "pre" => {
                self.kept = self.kept.saturating_sub(1);
                self.code = self.code.saturating_sub(1);
            }
            "blockquote" => self.quotations = self.quotations.saturating_sub(1),
            "figcaption" | "caption" => self.captions = self.captions.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            _ => {}
        }
    }

    /// An element begins or ends: its text stands apart from what is around it.
    fn part(&mut self, name: &str) {
        if self.row.is_some() {
            // What lies in a cell stays in its row.
            self.gap = self.gap.max(Gap::Space);
            return;
        }
        let gap = if LINES.contains(&name) {
            // Two breaks in a row are how old pages part their paragraphs.
            if name == "br" && self.gap == Gap::Line { Gap::Blank } else { Gap::Line }
        } else if BLOCKS.contains(&name) {
            match self.lists.len() {
                0 => Gap::Blank,
                1 if matches!(name, "ul" | "ol" | "menu") => Gap::Blank,
                _ => Gap::Line,
            }
        } else {
            return;
        };
        self.gap = self.gap.max(gap);
    }
}

impl Line {
    /// Writes the space before the line, and tells how many lines it is.
    fn gap_before(&self, text: &mut String) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let lines = if self.gap == Gap::Blank { 2 } else { 1 };
        text.push_str(&"\n\n"[..lines]);
        lines as u32
    }
}
