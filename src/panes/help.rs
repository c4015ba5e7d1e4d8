//! All keys, from the table of actions, and the query line in short.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::action::{ACTIONS, Action, Context};
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::event::{Mouse, MouseKind};
use crate::query::field::FIELDS;
use crate::text::width::pad;
use crate::text::wrap::wrap;

use super::hints::Hint;
use super::paint;
use super::popup::{Popup, Scene, Wish, scrolling};

/// The help popup: how far it is scrolled.
#[derive(Debug, Default)]
pub struct Help {
    top: usize,
    page: usize,
    more_below: bool,
}

/// Opens the help.
///
/// # Errors
///
/// None: there is always help.
pub fn open(_: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    Ok(Box::new(Help::default()))
}

impl Popup for Help {
    fn title(&self) -> &str {
        "Keys"
    }

    fn size(&self, room: Rect, _: &Scene<'_>) -> (u16, u16) {
        (78, room.height.saturating_sub(2))
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        let scroll = Hint::keys("j k", if self.more_below { "more below" } else { "scroll" });
        vec![scroll, Hint::key("esc", "close"), Hint::key(":", "any command by name")]
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        match scrolling(key, self.page.max(1) as isize) {
            Some(count) => {
                self.top = self.top.saturating_add_signed(count);
                Vec::new()
            }
            None if key == Key::char(':') => vec![Wish::Close, Wish::Do(Action::Palette)],
            None => vec![Wish::Close],
        }
    }

    fn mouse(&mut self, mouse: Mouse, _: &Scene<'_>) -> Vec<Wish> {
        if mouse.kind == MouseKind::Click {
            return vec![Wish::Close];
        }
        self.top = self.top.saturating_add_signed(3 * mouse.wheel());
        Vec::new()
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let keys = |row| scene.keymap.shown(row);
        let lines = lines(usize::from(area.width), scene.theme, &keys);
        let height = usize::from(area.height);
        self.page = height.saturating_sub(2);
        self.top = self.top.min(lines.len().saturating_sub(height));
        self.more_below = lines.len() > self.top + height;
        for (line, row) in lines[self.top..].iter().zip(area.rows()) {
            let line: Vec<paint::Piece> = line.iter().map(|(text, style)| (text.as_str(), *style)).collect();
            paint::pieces(buf, row.x, row.y, row.width, &line);
        }
        None
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
        ("one OR two", "either; ( ) group"),
        ("-word", "not this word"),
        ("\"exact words\"", "these words, in this order"),
        ("word*  word~", "a beginning; a typo"),
    ] {
        entry(&mut lines, syntax, help);
    }
    for field in FIELDS {
        let example = field.examples.first().copied().unwrap_or_default();
        entry(&mut lines, example, field.description);
    }
    lines
}
