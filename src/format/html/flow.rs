//! The text of a page as it grows, and the space between its parts.

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
pub(super) const LINES: &[&str] = &["br", "caption", "li", "option", "td", "th", "tr"];

/// Text that grows, with as much space between its parts as the markup asks for.
#[derive(Default)]
pub(in crate::format) struct Flow {
    text: String,
    gap: Gap,
    /// Whether a bullet stands before what comes next.
    bullet: bool,
    /// How many points of lists are open.
    points: usize,
    /// How many elements are open that keep their line breaks.
    kept: usize,
}

/// What stands between two parts of a text.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
        self.text.is_empty()
    }

    /// All there is so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// All there is.
    pub fn finish(self) -> String {
        self.text
    }

    /// Goes on with text whose line breaks mean something.
    pub fn push_lines(&mut self, text: &str) {
        self.kept += 1;
        self.push(text);
        self.kept -= 1;
    }

    /// Goes on with text; all white space in it is but space.
    pub fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if self.kept > 0 => self.gap = if self.gap >= Gap::Line { Gap::Blank } else { Gap::Line },
                c if c.is_ascii_whitespace() || c == '\u{a0}' => self.gap = self.gap.max(Gap::Space),
                c => {
                    self.close_gap();
                    self.text.push(c);
                }
            }
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.text.is_empty() {
            self.text.push_str(["", " ", "\n", "\n\n"][gap as usize]);
        }
        if std::mem::take(&mut self.bullet) {
            self.text.push_str("• ");
        }
    }

    /// An element begins.
    pub fn start(&mut self, name: &str) {
        self.part(name);
        match name {
            "li" => {
                self.points += 1;
                self.bullet = true;
            }
            "pre" => self.kept += 1,
            _ => {}
        }
    }

    /// An element ends.
    pub fn end(&mut self, name: &str) {
        self.part(name);
        match name {
            "li" => {
                self.points = self.points.saturating_sub(1);
                self.bullet = false;
            }
            // Lists whose points nobody ended.
            "ul" | "ol" => {
                self.points = 0;
                self.bullet = false;
            }
            "pre" => self.kept = self.kept.saturating_sub(1),
            _ => {}
        }
    }

    /// An element begins or ends: its text stands apart from what is around it.
    fn part(&mut self, name: &str) {
        let gap = if LINES.contains(&name) {
            // Two breaks in a row are how old pages part their paragraphs.
            if name == "br" && self.gap == Gap::Line { Gap::Blank } else { Gap::Line }
        } else if BLOCKS.contains(&name) {
            if self.points > 0 && !matches!(name, "ul" | "ol") { Gap::Line } else { Gap::Blank }
        } else {
            return;
        };
        self.gap = self.gap.max(gap);
    }
}
