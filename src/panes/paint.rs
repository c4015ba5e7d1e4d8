//! Drawing lines of differently styled pieces, clipped in cells.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::config::theme::Theme;
use crate::text::bidi::in_order;
use crate::text::script::{is_right_to_left, reads_right_to_left};
use crate::text::width::{cells, clip, plain_width};

/// A piece of a line and its style.
pub type Piece<'a> = (&'a str, Style);

/// Draws `pieces` one after the other from (`x`, `y`) in at most `width` cells, with `…` where they
/// do not fit, and returns how many cells they took.
pub fn pieces(buf: &mut Buffer, x: u16, y: u16, width: u16, pieces: &[Piece<'_>]) -> u16 {
    if !buf.area.contains((x, y).into()) {
        return 0;
    }
    let width = usize::from(width.min(buf.area.right() - x));
    let whole: usize = pieces.iter().map(|(text, _)| cells(text)).sum();
    // Where something must be cut, the last cell is for the sign.
    let room = if whole <= width { width } else { width.saturating_sub(1) };
    let mut used = 0;
    let mut last = Style::new();
    for (text, style) in pieces {
        if used >= room {
            break;
        }
        last = *style;
        let drawn = letters(buf, x + used as u16, y, text, room - used, *style);
        used += drawn;
        // A wide character that does not fit leaves a cell free, which nothing after it may fill.
        if drawn < cells(text) {
            break;
        }
    }
    if whole > width && width > 0 {
        buf.set_string(x + used as u16, y, "…", last);
        used += 1;
    }
    used as u16
}

/// Draws as much of `text` as fits into `width` cells of the row, and returns how many it took.
fn letters(buf: &mut Buffer, x: u16, y: u16, text: &str, width: usize, style: Style) -> usize {
    if !text.chars().all(|c| plain_width(c).is_some()) {
        let (end, _) = buf.set_stringn(x, y, text, width, style);
        return usize::from(end - x);
    }
    // Most text needs not be asked which of its characters belong together.
    let mut used = 0;
    for c in text.chars() {
        let wide = plain_width(c).unwrap_or(1);
        if used + wide > width {
            break;
        }
        let at = x + used as u16;
        buf[(at, y)].set_char(c).set_style(style);
        (1..wide as u16).for_each(|covered| buf[(at + covered, y)].reset());
        used += wide;
    }
    used
}

/// Splits the part `range` of `text` at `marks`: what is marked has the style `mark`, the rest `base`.
pub fn marked<'a>(
    text: &'a str,
    range: Range<usize>,
    marks: &[Range<usize>],
    base: Style,
    mark: Style,
) -> Vec<Piece<'a>> {
    let mut split = Vec::new();
    let mut at = range.start;
    let first = marks.partition_point(|found| found.end <= range.start);
    for found in &marks[first..] {
        if found.start >= range.end {
            break;
        }
        let (start, end) = (found.start.max(at), found.end.min(range.end));
        if !(text.is_char_boundary(start) && text.is_char_boundary(end)) || start >= end {
            continue;
        }
        if at < start {
            split.push((&text[at..start], base));
        }
        split.push((&text[start..end], mark));
        at = end;
    }
    if at < range.end {
        split.push((&text[at..range.end], base));
    }
    split
}

/// Draws `pieces` so that they end at the right edge of `area`, as far as they fit.
pub fn pieces_right(buf: &mut Buffer, area: Rect, line: &[Piece<'_>]) -> u16 {
    let width: usize = line.iter().map(|(text, _)| cells(text)).sum();
    let width = width.min(usize::from(area.width)) as u16;
    pieces(buf, area.right() - width, area.y, width, line)
}

/// Which way a line of text runs, and who puts it in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Direction {
    /// Whether it begins at the right edge.
    pub right_to_left: bool,
    /// Whether its letters are put in order here: else the terminal does it, or nobody.
    pub ordered_here: bool,
}

impl Direction {
    /// The direction of a text.
    pub fn of(text: &str, theme: &Theme) -> Direction {
        Direction { right_to_left: reads_right_to_left(text), ordered_here: theme.bidi }
    }
}

/// Draws a line of text where its script begins: `pieces` at the left edge of `area`, or at the right.
pub fn pieces_from(buf: &mut Buffer, area: Rect, direction: Direction, line: &[Piece<'_>]) {
    let turned = |text: &str| text.chars().any(is_right_to_left);
    if direction.ordered_here && (direction.right_to_left || line.iter().any(|(text, _)| turned(text))) {
        pieces_in_order(buf, area, direction.right_to_left, line);
    } else if direction.right_to_left {
        pieces_right(buf, area, line);
    } else {
        pieces(buf, area.x, area.y, area.width, line);
    }
}

/// Draws `line` sign by sign in the order of the screen. What does not fit is cut off where the line ends
/// for its reader.
fn pieces_in_order(buf: &mut Buffer, area: Rect, right_to_left: bool, line: &[Piece<'_>]) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let whole: String = line.iter().map(|(text, _)| *text).collect();
    let shown = clip(&whole, usize::from(area.width));
    let style_at = |byte: usize| {
        let mut end = 0;
        let style = line.iter().find_map(|(text, style)| {
            end += text.len();
            (byte < end).then_some(*style)
        });
        style.or(line.last().map(|(_, style)| *style)).unwrap_or_default()
    };
    let used = cells(&shown).min(usize::from(area.width)) as u16;
    let mut x = if right_to_left { area.right() - used } else { area.x };
    for sign in in_order(&shown, right_to_left) {
        let text = sign.mirrored.unwrap_or(&shown[sign.bytes.clone()]);
        let room = usize::from(area.right().saturating_sub(x));
        (x, _) = buf.set_stringn(x, area.y, text, room, style_at(sign.bytes.start));
    }
}

/// Fills `area` with `symbol`.
pub fn fill(buf: &mut Buffer, area: Rect, symbol: &str, style: Style) {
    for position in area.intersection(buf.area).positions() {
        // What stood here before leaves nothing of its style behind.
        buf[position].reset();
        buf[position].set_symbol(symbol).set_style(style);
    }
}

/// A number as people write it: `1,234,567`.
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number with what it counts: `1 article`, `2,000 articles`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen;
    use ratatui::style::Modifier;

    fn drawn(width: u16, line: &[&str]) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        let line: Vec<Piece> = line.iter().map(|text| (*text, Style::new())).collect();
        pieces(&mut buffer, 0, 0, width, &line);
        screen::text(&buffer).trim_end().to_owned()
    }

    #[test]
    fn lines_are_cut_with_one_sign() {
        assert_eq!(drawn(12, &["en", " · ", "2021"]), "en · 2021");
        assert_eq!(drawn(8, &["en", " · ", "2021"]), "en · 20…");
        assert_eq!(drawn(5, &["en", " · ", "2021"]), "en ·…");
        assert_eq!(drawn(1, &["en"]), "…");
        assert_eq!(drawn(0, &["en"]), "");
        assert_eq!(drawn(40, &["馬斯克", "邀請普京談話"]), "馬斯克邀請…");
    }

    #[test]
    fn letters_are_drawn_as_the_library_draws_them() {
        let style = Style::new().add_modifier(Modifier::BOLD);
        for text in ["Musk…", "Гово馬рит", "馬斯克邀請普京談話吧", "e\u{301}a 🍊b", "नमस्ते", "a\u{ad}b"]
        {
            for width in 0..=12 {
                let [mut ours, mut theirs] = [(); 2].map(|()| Buffer::filled(Rect::new(0, 0, 12, 1), 'x'.into()));
                let used = letters(&mut ours, 0, 0, text, width, style);
                let (end, _) = theirs.set_stringn(0, 0, text, width, style);
                assert_eq!((ours, used), (theirs, usize::from(end)), "{text} in {width}");
            }
        }
    }

    #[test]
    fn marks_split_a_line() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let text = "Musk invites Putin";
        let split = marked(text, 5..18, &[0..4, 5..12, 13..18], Style::new(), bold);
        assert_eq!(split, [("invites", bold), (" ", Style::new()), ("Putin", bold)]);
    }

    #[test]
    fn a_line_is_put_in_order_as_a_whole_and_cut_at_its_end() {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let check = |width, expected: &str| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            let area = Rect::new(0, 0, width, 1);
            let direction = Direction { right_to_left: true, ordered_here: true };
            pieces_from(&mut buffer, area, direction, &[("אבג ", Style::new()), ("דה", bold), (" x", Style::new())]);
            assert_eq!(screen::text(&buffer).trim_end(), expected);
        };
        check(12, "    x הד גבא");
        check(6, "…ד גבא");
        check(0, "");
    }

    #[test]
    fn numbers_are_grouped() {
        for (value, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(number(value), text);
        }
    }
}
