//! All keys, from the table of actions, and the query line in short.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::action::{ACTIONS, Context};
use crate::config::theme::Theme;
use crate::query::field::FIELDS;
use crate::text::width::pad;
use crate::text::wrap::wrap;

use super::paint;
use super::popup;

/// The help popup: how far it is scrolled.
#[derive(Debug, Default)]
pub struct Help {
    top: usize,
    page: usize,
}

impl Help {
    /// Scrolls by `count` lines.
    pub fn scroll(&mut self, count: isize) {
        self.top = self.top.saturating_add_signed(count);
    }

    /// How many lines make a page.
    pub fn page(&self) -> usize {
        self.page.max(1)
    }

    /// Draws the help over `area`. `keys` names the keys of a row of [`ACTIONS`] as they are set now.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, keys: &dyn Fn(usize) -> String) {
        let inner = popup::frame(popup::centered(area, 78, area.height.saturating_sub(2)), buf, "Keys", theme);
        let lines = lines(usize::from(inner.width), theme, keys);
        let height = usize::from(inner.height.saturating_sub(1));
        self.page = height.saturating_sub(2);
        self.top = self.top.min(lines.len().saturating_sub(height));
        for (line, row) in lines[self.top..].iter().zip(inner.rows().take(height)) {
            let line: Vec<paint::Piece> = line.iter().map(|(text, style)| (text.as_str(), *style)).collect();
            paint::pieces(buf, row.x, row.y, row.width, &line);
        }
        if inner.height > 0 {
            let more = lines.len() > self.top + height;
            let foot = [("j k", if more { "more below" } else { "scroll" }), ("esc", "leave")];
            let row = Rect { y: inner.bottom() - 1, height: 1, ..inner };
            paint::hints(buf, row, theme, foot.into_iter().chain([(":", "any command by name")]));
        }
    }
}

fn lines(width: usize, theme: &Theme, keys: &dyn Fn(usize) -> String) -> Vec<Vec<(String, Style)>> {
    let mut lines = Vec::new();
    // Beside the keys, or below them where that would leave too little room.
    let beside = width >= 50;
    let (before, room) = if beside { (20, width - 20) } else { (4, width.saturating_sub(4)) };
    let entry = |lines: &mut Vec<Vec<(String, Style)>>, keys: &str, help: &str| {
        let mut first = beside.then(|| (format!("  {}", pad(keys, 18)), theme.key));
        if !beside {
            lines.push(vec![(format!("  {keys}"), theme.key)]);
        }
        for line in wrap(help, room) {
            let indent = first.take().unwrap_or_else(|| (" ".repeat(before), theme.text));
            lines.push(vec![indent, (help[line].to_owned(), theme.text)]);
        }
    };
    for context in [Context::Everywhere, Context::List, Context::Reading] {
        lines.push(vec![(context.name().to_owned(), theme.heading)]);
        for (at, row) in ACTIONS.iter().enumerate().filter(|(_, row)| row.context == context) {
            entry(&mut lines, &keys(at), row.help);
        }
        lines.push(Vec::new());
    }
    lines.push(vec![("Query line".to_owned(), theme.heading)]);
    for (syntax, help) in [
        ("one two", "both words"),
        ("one OR two", "one of them; ( ) group"),
        ("-word", "without it"),
        ("\"exact words\"", "in this order"),
        ("word*  word~", "begins with it; with a typing error"),
    ] {
        entry(&mut lines, syntax, help);
    }
    for field in FIELDS {
        let example = field.examples.first().copied().unwrap_or_default();
        entry(&mut lines, example, field.description);
    }
    lines
}
