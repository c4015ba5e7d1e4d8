//! A drawn screen as text or as a picture, for tests, for `newsstand frame` and for bug reports.

mod svg;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::text::width::cells;

pub use svg::svg;

/// The terminal's colours that have names, in the order of their numbers.
pub const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// The characters of a screen, a line a row, without the spaces at the ends of lines.
///
/// A wide character takes two cells but stands once, so that columns line up in a terminal.
pub fn text(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += cells(symbol).max(1) as u16;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The styles of a screen, where they carry meaning: a line for each run that is not plain, with its
/// row, its first and last column, its text and its style.
pub fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut runs: Vec<(u16, u16, String, Style)> = Vec::new();
        for x in buffer.area.left()..buffer.area.right() {
            let cell = &buffer[(x, y)];
            match runs.last_mut() {
                Some((_, last, text, style)) if *style == cell.style() => {
                    *last = x;
                    text.push_str(cell.symbol());
                }
                _ => runs.push((x, x, cell.symbol().to_owned(), cell.style())),
            }
        }
        for (first, last, text, style) in runs {
            let name = name(style);
            if !name.is_empty() && !text.trim().is_empty() {
                out.push_str(&format!("{y:>2} {first:>3}-{last:<3} {name:<20} {}\n", text.trim()));
            }
        }
    }
    out
}

/// A style in words: `cyan bold`, `black on cyan`.
fn name(style: Style) -> String {
    let mut words = Vec::new();
    if let Some(colour) = style.fg.filter(|colour| *colour != Color::Reset) {
        words.push(colour.to_string().to_lowercase());
    }
    if let Some(colour) = style.bg.filter(|colour| *colour != Color::Reset) {
        words.push(format!("on {}", colour.to_string().to_lowercase()));
    }
    for (modifier, word) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ] {
        if style.add_modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    #[test]
    fn wide_characters_stand_once() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "馬斯克 a", Style::new());
        assert_eq!(text(&buffer), "馬斯克 a\n\n");
    }

    #[test]
    fn styles_are_told_in_words() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 1));
        buffer.set_string(2, 0, "found", Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD));
        assert_eq!(styles(&buffer).split_whitespace().collect::<Vec<_>>(), ["0", "2-6", "yellow", "bold", "found"]);
    }
}
