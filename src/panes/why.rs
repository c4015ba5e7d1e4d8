//! Why does it say so: the evidence for date, language and title of the selected article.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::article::{Article, FindingKind, Role};
use crate::config::theme::Theme;
use crate::event::Opened;
use crate::text::width::{cells, pad};
use crate::text::wrap::wrap;

use super::paint::{self, Piece};

/// How many cells the names at the left take.
const NAMES: usize = 11;
/// How many dates are shown; `newsstand inspect` shows all.
const MOST_DATES: usize = 8;

type Line = Vec<(String, Style)>;

/// The why-panel: how far it is scrolled.
#[derive(Debug, Default)]
pub struct Why {
    top: usize,
    height: usize,
    /// All lines and the width they were made for, until something else is open.
    lines: Option<(usize, Vec<Line>)>,
}

impl Why {
    /// Scrolls by `count` lines.
    pub fn scroll(&mut self, count: isize) {
        self.top = self.top.saturating_add_signed(count);
    }

    /// How many lines make a page.
    pub fn page(&self) -> usize {
        self.height.saturating_sub(2).max(1)
    }

    /// Back to the first line, for another article.
    pub fn to_top(&mut self) {
        self.top = 0;
    }

    /// Takes note that something else is open, or that other words are marked in it.
    pub fn renew(&mut self) {
        self.lines = None;
    }

    /// Draws the evidence for the article that is open.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, opened: Option<&Opened>) {
        let area = Rect {
            x: area.x + 2.min(area.width),
            width: area.width.saturating_sub(3),
            y: area.y + 1.min(area.height),
            height: area.height.saturating_sub(1),
        };
        self.height = usize::from(area.height);
        let Some(opened) = opened.filter(|_| !area.is_empty()) else {
            return;
        };
        let width = usize::from(area.width);
        let made = self.lines.take().filter(|(made_for, _)| *made_for == width);
        let (_, lines) = self.lines.insert(made.unwrap_or_else(|| (width, lines(opened, width, theme))));
        self.top = self.top.min(lines.len().saturating_sub(self.height));
        for (line, row) in lines[self.top..].iter().zip(area.rows()) {
            let pieces: Vec<Piece> = line.iter().map(|(text, style)| (text.as_str(), *style)).collect();
            paint::pieces(buf, row.x, row.y, row.width, &pieces);
        }
    }
}

fn lines(opened: &Opened, width: usize, theme: &Theme) -> Vec<Line> {
    let article = &opened.article;
    let mut page = Page { lines: Vec::new(), width, theme };
    page.lines.push(vec![("Where this comes from".to_owned(), theme.title)]);
    page.gap();
    dates(&mut page, article);
    page.gap();
    language(&mut page, article);
    page.gap();
    let line = |line: Option<u32>| line.map_or("from metadata".to_owned(), |line| format!("line {line}"));
    let no_headline = article.findings.iter().any(|finding| finding.kind == FindingKind::NoHeadline);
    let title =
        if no_headline { "no headline; the opening of the text instead".to_owned() } else { line(article.title.line) };
    page.entry("Title", vec![(title, theme.dim)]);
    for (name, stated) in [("Source", &article.source), ("Byline", &article.byline)] {
        if let Some(stated) = stated {
            page.entry(
                name,
                vec![(stated.text.to_string(), theme.text), (format!("  {}", line(stated.line)), theme.dim)],
            );
        }
    }
    if let Some(url) = &article.url {
        page.entry("Address", vec![(url.to_string(), theme.text)]);
    }
    page.gap();
    set_aside(&mut page, article);
    for finding in &article.findings {
        let place = finding.line.map(|line| format!("line {line}  ")).unwrap_or_default();
        page.wrapped("Noticed", &format!("{place}{}", finding.note), theme.dim);
    }
    matches(&mut page, opened);
    page.gap();
    let size = bytes(opened.file_size);
    let part = article.origin.part.map(|part| format!(", article {part}")).unwrap_or_default();
    page.entry("File", vec![(opened.shown_path.to_string(), theme.text), (format!("  {size}{part}"), theme.dim)]);
    page.entry("Id", vec![(article.id.to_string(), theme.dim)]);
    page.lines
}

fn dates(page: &mut Page<'_>, article: &Article) {
    let theme = page.theme;
    match &article.date {
        Some(date) => {
            let precision = format!("  to the {}", date.when.precision().name());
            let precision = if date.when.first().is_some() { precision } else { String::new() };
            page.entry("Date", vec![(date.when.long(), theme.date), (precision, theme.dim)]);
        }
        None => {
            page.entry("Date", vec![("undated".to_owned(), theme.undated), ("  no date found".to_owned(), theme.dim)])
        }
    }
    for (at, candidate) in article.dates.iter().take(MOST_DATES).enumerate() {
        let date = &candidate.date;
        let chosen = at == 0 && article.date.is_some();
        let place = date.line.map_or(date.evidence.name().to_owned(), |line| format!("line {line}"));
        page.entry(
            "",
            vec![
                (pad(&place, 10), theme.dim),
                (date.text.to_string(), if chosen { theme.date } else { theme.text }),
                (format!("  {}", candidate.reason), theme.dim),
            ],
        );
    }
    if article.dates.len() > MOST_DATES {
        page.entry("", vec![(format!("and {} more", article.dates.len() - MOST_DATES), theme.dim)]);
    }
}

fn language(page: &mut Page<'_>, article: &Article) {
    let theme = page.theme;
    let language = &article.language;
    let name = language.tag.map_or("too little text to tell", |tag| tag.name());
    let sure = if language.sure { "sure" } else { "not sure" };
    page.entry(
        "Language",
        vec![(name.to_owned(), theme.language), (format!("  {sure} ({:.2})", language.confidence), theme.dim)],
    );
    let passages: Vec<String> =
        article.passages.iter().map(|passage| format!("{} {} words", passage.tag.name(), passage.words)).collect();
    let others = if passages.is_empty() { String::new() } else { format!(" · {}", passages.join(" · ")) };
    page.wrapped("", &format!("{}{others}", own_words(article)), theme.dim);
}

/// How many words an article has that are not quoted from another language.
fn own_words(article: &Article) -> String {
    let words = paint::counted(article.words as usize, "word", "words");
    if article.passages.is_empty() { words } else { format!("{words}, without passages in other languages") }
}

fn set_aside(page: &mut Page<'_>, article: &Article) {
    let theme = page.theme;
    let lines: Vec<u32> = article
        .body
        .iter()
        .filter(|paragraph| paragraph.role == Role::Furniture)
        .map(|paragraph| paragraph.line)
        .collect();
    if lines.is_empty() {
        page.entry("Set aside", vec![("nothing".to_owned(), theme.dim)]);
        return;
    }
    let number = paint::number(lines.len());
    let of = if lines.len() == 1 { "line of page furniture" } else { "lines of page furniture" };
    page.wrapped("Set aside", &format!("{number} {of} ({})", runs(&lines)), theme.dim);
}

fn matches(page: &mut Page<'_>, opened: &Opened) {
    let theme = page.theme;
    let in_title = opened.title_marks.len();
    let in_text: usize = opened.marks.iter().map(Vec::len).sum();
    if in_title + in_text > 0 {
        page.gap();
        let places = if in_title > 0 { format!(", {in_title} of them in the title") } else { String::new() };
        page.entry("Matches", vec![(in_text.max(in_title).to_string(), theme.mark), (places, theme.dim)]);
    }
}

/// The lines being made.
struct Page<'a> {
    lines: Vec<Line>,
    width: usize,
    theme: &'a Theme,
}

impl Page<'_> {
    fn gap(&mut self) {
        self.lines.push(Vec::new());
    }

    fn entry(&mut self, name: &str, what: Line) {
        let room = self.width.saturating_sub(NAMES).max(1);
        // What goes on in another line stands below what it says, not below the place of it.
        let place = what.first().filter(|_| what.len() > 2).map_or(0, |(place, _)| cells(place));
        let hanging = if room >= 2 * place { place } else { 0 };
        let mut line = vec![(pad(name, NAMES), self.theme.dim)];
        let mut used = 0;
        for (text, style) in what {
            let wide = cells(&text);
            if used + wide <= room {
                used += wide;
                line.push((text, style));
                continue;
            }
            // What does not fit beside the rest stands below it.
            for bytes in wrap(text.trim_start(), room - hanging) {
                if used > hanging {
                    let indent = pad("", NAMES + hanging);
                    self.lines.push(std::mem::replace(&mut line, vec![(indent, self.theme.dim)]));
                }
                let part = &text.trim_start()[bytes];
                used = hanging + cells(part);
                line.push((part.to_owned(), style));
            }
        }
        self.lines.push(line);
    }

    /// An entry of several lines where it is long; the same name is not repeated below itself.
    fn wrapped(&mut self, name: &str, text: &str, style: Style) {
        let named = pad(name, NAMES);
        let again = !name.is_empty()
            && self
                .lines
                .iter()
                .rev()
                .find_map(|line| line.first().filter(|(text, _)| !text.trim().is_empty()))
                .is_some_and(|(text, _)| *text == named);
        for (number, line) in wrap(text, self.width.saturating_sub(NAMES)).into_iter().enumerate() {
            let name = if number == 0 && !again { name } else { "" };
            self.entry(name, vec![(text[line].to_owned(), style)]);
        }
    }
}

/// Line numbers with runs drawn together: `1–3, 7`.
fn runs(lines: &[u32]) -> String {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some(run) if run.end >= *line => run.end = run.end.max(line + 1),
            _ => runs.push(*line..line + 1),
        }
    }
    let shown: Vec<String> = runs
        .iter()
        .take(6)
        .map(|run| if run.len() > 1 { format!("{}–{}", run.start, run.end - 1) } else { run.start.to_string() })
        .collect();
    shown.join(", ") + if runs.len() > 6 { " …" } else { "" }
}

/// A size as people say it: `812 bytes`, `3.2 KB`.
fn bytes(size: u64) -> String {
    match size {
        0..1000 => format!("{size} bytes"),
        1000..1_000_000 => format!("{:.1} KB", size as f64 / 1e3),
        _ => format!("{:.1} MB", size as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_drawn_together() {
        for (lines, text) in [(vec![1, 2, 3, 7], "1–3, 7"), (vec![4], "4"), (vec![], ""), (vec![2, 2, 3], "2–3")] {
            assert_eq!(runs(&lines), text);
        }
    }

    #[test]
    fn sizes_are_told_in_words() {
        assert_eq!([12, 3210, 2_500_000].map(bytes), ["12 bytes", "3.2 KB", "2.5 MB"]);
    }
}
