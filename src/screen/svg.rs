//! A drawn screen as a picture that browsers show: for README and bug reports.

use std::fmt::{self, Write as _};

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::NAMED;
use crate::text::width::cells;

/// The width of a cell in pixels. Letters of most monospaced fonts are 0.6 as wide as their size.
const WIDTH: u32 = 9;
/// The height of a cell in pixels.
const HEIGHT: u32 = 19;
/// The size of letters in pixels.
const LETTER: u32 = 15;
/// How far below the top of its cell a letter stands, in pixels.
const BASELINE: u32 = 14;
/// The empty border around the screen, in pixels.
const BORDER: u32 = 12;

/// The ground of the picture, where nothing says otherwise.
const GROUND: Rgb = Rgb(0x16, 0x18, 0x1a);
/// The colour of letters, where nothing says otherwise.
const INK: Rgb = Rgb(0xd6, 0xd8, 0xd6);

/// What stands for the 16 colours of a terminal.
const PALETTE: [Rgb; 16] = [
    Rgb(0x1d, 0x1f, 0x21),
    Rgb(0xcc, 0x66, 0x66),
    Rgb(0xa3, 0xbe, 0x6c),
    Rgb(0xf0, 0xc6, 0x74),
    Rgb(0x81, 0xa2, 0xbe),
    Rgb(0xb2, 0x94, 0xbb),
    Rgb(0x8a, 0xbe, 0xb7),
    Rgb(0xc5, 0xc8, 0xc6),
    Rgb(0x7c, 0x7f, 0x82),
    Rgb(0xe8, 0x83, 0x88),
    Rgb(0xbf, 0xd9, 0x8a),
    Rgb(0xf9, 0xdc, 0x9c),
    Rgb(0xa2, 0xc3, 0xe0),
    Rgb(0xcf, 0xb0, 0xd8),
    Rgb(0xa8, 0xdb, 0xd4),
    Rgb(0xff, 0xff, 0xff),
];

/// The screen as an SVG, on a dark ground.
///
/// Each run of letters is given the length of its cells, and wide characters a place of their own, so
/// that columns line up whatever font the reader has. Lines and blocks are drawn, not written: in
/// many fonts they leave gaps.
pub fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (u32::from(buffer.area.width), u32::from(buffer.area.height));
    let (width, height) = (columns * WIDTH + 2 * BORDER, rows * HEIGHT + 2 * BORDER);
    let mut drawing = Drawing::default();
    for y in 0..buffer.area.height {
        drawing.row(buffer, y);
    }
    let ground: String = drawing.rectangles.iter().map(ToString::to_string).collect();
    let letters = drawing.letters;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC',monospace\" \
         font-size=\"{LETTER}\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{GROUND}\"/>\n\
         <g transform=\"translate({BORDER} {BORDER})\">\n\
         <g shape-rendering=\"crispEdges\">\n{ground}</g>\n\
         <g fill=\"{INK}\" xml:space=\"preserve\" style=\"white-space:pre\">\n{letters}</g>\n</g>\n</svg>\n"
    )
}

/// Lines and blocks: rectangles within a cell (left, top, width and height in pixels), and how much of
/// the ink covers the ground, in quarters.
#[rustfmt::skip]
const SHAPES: &[(&str, u16, &[[u32; 4]])] = &[
    ("─", 4, &[[0, 9, 9, 1]]),
    ("│", 4, &[[4, 0, 1, 19]]),
    ("┃", 4, &[[3, 0, 3, 19]]),
    ("┬", 4, &[[0, 9, 9, 1], [4, 10, 1, 9]]),
    ("┴", 4, &[[0, 9, 9, 1], [4, 0, 1, 9]]),
    ("├", 4, &[[4, 0, 1, 19], [5, 9, 4, 1]]),
    ("┤", 4, &[[4, 0, 1, 19], [0, 9, 4, 1]]),
    ("┼", 4, &[[0, 9, 9, 1], [4, 0, 1, 9], [4, 10, 1, 9]]),
    ("╭", 4, &[[5, 9, 4, 1], [4, 10, 1, 9]]),
    ("╮", 4, &[[0, 9, 4, 1], [4, 10, 1, 9]]),
    ("╰", 4, &[[5, 9, 4, 1], [4, 0, 1, 9]]),
    ("╯", 4, &[[0, 9, 4, 1], [4, 0, 1, 9]]),
    ("█", 4, &[[0, 0, 9, 19]]),
    ("░", 1, &[[0, 0, 9, 19]]),
    ("▒", 2, &[[0, 0, 9, 19]]),
    ("▓", 3, &[[0, 0, 9, 19]]),
    ("▌", 4, &[[0, 0, 4, 19]]),
    ("▐", 4, &[[5, 0, 4, 19]]),
    ("▏", 4, &[[0, 0, 1, 19]]),
    ("▪", 4, &[[3, 7, 4, 5]]),
    ("▁", 4, &[[0, 17, 9, 2]]),
    ("▂", 4, &[[0, 14, 9, 5]]),
    ("▃", 4, &[[0, 12, 9, 7]]),
    ("▄", 4, &[[0, 9, 9, 10]]),
    ("▅", 4, &[[0, 7, 9, 12]]),
    ("▆", 4, &[[0, 5, 9, 14]]),
    ("▇", 4, &[[0, 2, 9, 17]]),
];

/// A picture in the making. Rectangles lie below letters.
#[derive(Default)]
struct Drawing {
    rectangles: Vec<Rectangle>,
    letters: String,
}

/// Neighbouring cells of one row.
struct Run {
    x: u32,
    y: u32,
    cells: u32,
    text: String,
    look: Look,
}

impl Drawing {
    fn row(&mut self, buffer: &Buffer, row: u16) {
        let y = u32::from(row) * HEIGHT;
        let mut run: Option<Run> = None;
        let mut column = 0;
        while column < buffer.area.width {
            let cell = &buffer[(buffer.area.left() + column, buffer.area.top() + row)];
            let (symbol, look) = (cell.symbol(), Look::of(cell));
            let wide = (cells(symbol).max(1) as u16).min(buffer.area.width - column);
            let x = u32::from(column) * WIDTH;
            column += wide;
            if look.ground != GROUND {
                self.fill(Rectangle { x, y, width: u32::from(wide) * WIDTH, height: HEIGHT, color: look.ground });
            }
            let next = Run { x, y, cells: u32::from(wide), text: symbol.to_owned(), look };
            match &mut run {
                _ if self.shape(symbol, x, y, &next.look) => self.write(run.take()),
                // No two fonts agree on the width of wide characters, so each has a place of its own.
                _ if wide > 1 => {
                    self.write(run.take());
                    self.write(Some(next));
                }
                Some(run) if run.look == next.look && !run.text.ends_with("  ") => {
                    run.cells += next.cells;
                    run.text += symbol;
                }
                _ => {
                    let seen = symbol != " " || next.look.has_line();
                    self.write(std::mem::replace(&mut run, seen.then_some(next)));
                }
            }
        }
        self.write(run);
    }

    /// Fills a rectangle, which may go on where the last one ends.
    fn fill(&mut self, rectangle: Rectangle) {
        match self.rectangles.last_mut() {
            Some(last) if last.goes_on_in(&rectangle) => last.width += rectangle.width,
            _ => self.rectangles.push(rectangle),
        }
    }

    /// Draws a line or block; false when `symbol` is none.
    fn shape(&mut self, symbol: &str, x: u32, y: u32, look: &Look) -> bool {
        let Some((_, strength, parts)) = SHAPES.iter().find(|(name, ..)| *name == symbol) else { return false };
        let color = look.ink.over(look.ground, *strength);
        for &[left, top, width, height] in *parts {
            self.fill(Rectangle { x: x + left, y: y + top, width, height, color });
        }
        true
    }

    fn write(&mut self, run: Option<Run>) {
        let Some(Run { x, y, mut cells, mut text, look }) = run else { return };
        if !look.has_line() {
            let kept = text.trim_end_matches(' ').len();
            cells = cells.saturating_sub((text.len() - kept) as u32);
            text.truncate(kept);
        }
        let single = text.chars().nth(1).is_none();
        let (x, place) = match single {
            // A letter from another font may be narrower than its cells, and then stands in their middle.
            true => (2 * x + cells * WIDTH, " text-anchor=\"middle\"".to_owned()),
            false => (2 * x, format!(" textLength=\"{}\"", cells * WIDTH)),
        };
        let half = if x % 2 == 1 { ".5" } else { "" };
        let (base, text) = (y + BASELINE, escaped(&text));
        let _ = writeln!(self.letters, "<text x=\"{}{half}\" y=\"{base}\"{place}{look}>{text}</text>", x / 2);
    }
}

/// A rectangle of one colour, in pixels.
struct Rectangle {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
    color: Rgb,
}

impl Rectangle {
    fn goes_on_in(&self, next: &Rectangle) -> bool {
        self.x + self.width == next.x && (self.y, self.height, self.color) == (next.y, next.height, next.color)
    }
}

impl fmt::Display for Rectangle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rectangle { x, y, width, height, color } = self;
        writeln!(f, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{color}\"/>")
    }
}

/// How a cell looks once its style is resolved.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Rgb,
    ground: Rgb,
    modifiers: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let (mut ink, mut ground) = (Rgb::of(cell.fg).unwrap_or(INK), Rgb::of(cell.bg).unwrap_or(GROUND));
        if cell.modifier.contains(Modifier::REVERSED) {
            (ink, ground) = (ground, ink);
        }
        if cell.modifier.contains(Modifier::DIM) {
            ink = ink.over(ground, 3);
        }
        let kept = ATTRIBUTES.iter().fold(Modifier::empty(), |all, (modifier, _)| all | *modifier);
        Look { ink, ground, modifiers: cell.modifier & kept }
    }

    /// True where even a space is seen.
    fn has_line(&self) -> bool {
        self.modifiers.intersects(Modifier::UNDERLINED | Modifier::CROSSED_OUT)
    }
}

/// What modifiers of letters are called in a picture.
const ATTRIBUTES: &[(Modifier, &str)] = &[
    (Modifier::BOLD, " font-weight=\"bold\""),
    (Modifier::ITALIC, " font-style=\"italic\""),
    (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
];

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ink != INK {
            write!(f, " fill=\"{}\"", self.ink)?;
        }
        let attributes = ATTRIBUTES.iter().filter(|(modifier, _)| self.modifiers.contains(*modifier));
        attributes.map(|(_, attribute)| attribute).try_for_each(|attribute| f.write_str(attribute))
    }
}

/// A colour: its red, green and blue.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

impl Rgb {
    /// The colour as most terminals show it; `None` for the terminal's own ink or ground.
    fn of(color: Color) -> Option<Rgb> {
        match color {
            Color::Reset => None,
            Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
            Color::Indexed(number) => Some(Rgb::numbered(number)),
            named => NAMED.iter().position(|other| *other == named).map(|at| PALETTE[at]),
        }
    }

    /// One of the terminal's 256: the 16, a cube of colours, and grays.
    fn numbered(number: u8) -> Rgb {
        match number {
            0..16 => PALETTE[usize::from(number)],
            16..232 => {
                let level = |step: u8| [0, 95, 135, 175, 215, 255][usize::from(step % 6)];
                let number = number - 16;
                Rgb(level(number / 36), level(number / 6), level(number))
            }
            232.. => {
                let gray = 8 + 10 * (number - 232);
                Rgb(gray, gray, gray)
            }
        }
    }

    /// The colour in this strength, in quarters, over another one.
    fn over(self, below: Rgb, strength: u16) -> Rgb {
        let mixed = |own: u8, below: u8| ((u16::from(own) * strength + u16::from(below) * (4 - strength)) / 4) as u8;
        Rgb(mixed(self.0, below.0), mixed(self.1, below.1), mixed(self.2, below.2))
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Text as it may stand in XML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    /// The elements of a row with this text and style.
    fn check(text: &str, style: Style, expected: &[&str]) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, text, style);
        let picture = svg(&buffer);
        let elements: Vec<&str> =
            picture.lines().filter(|line| line.starts_with("<text") || line.starts_with("<rect x")).collect();
        assert_eq!(elements, expected, "{text}");
    }

    #[test]
    fn letters_that_look_alike_are_one_run() {
        let plain = Style::new();
        check(
            "Musk  a & b",
            plain,
            &[
                r#"<text x="0" y="14" textLength="36">Musk</text>"#,
                r#"<text x="54" y="14" textLength="45">a &amp; b</text>"#,
            ],
        );
        check(
            "<enter>",
            plain.fg(Color::Cyan).bold(),
            &[r##"<text x="0" y="14" textLength="63" fill="#8abeb7" font-weight="bold">&lt;enter&gt;</text>"##],
        );
    }

    #[test]
    fn wide_characters_stand_in_the_middle_of_their_cells() {
        check(
            "馬a",
            Style::new(),
            &[
                r#"<text x="9" y="14" text-anchor="middle">馬</text>"#,
                r#"<text x="22.5" y="14" text-anchor="middle">a</text>"#,
            ],
        );
    }

    #[test]
    fn lines_are_drawn_and_joined() {
        check(
            "──│",
            Style::new().fg(Color::DarkGray),
            &[
                r##"<rect x="0" y="9" width="18" height="1" fill="#7c7f82"/>"##,
                r##"<rect x="22" y="0" width="1" height="19" fill="#7c7f82"/>"##,
            ],
        );
    }

    #[test]
    fn reversed_letters_lie_on_their_colour() {
        check(
            "ab",
            Style::new().fg(Color::Indexed(196)).reversed(),
            &[
                r##"<rect x="0" y="0" width="18" height="19" fill="#ff0000"/>"##,
                r##"<text x="0" y="14" textLength="18" fill="#16181a">ab</text>"##,
            ],
        );
    }

    #[test]
    fn an_empty_screen_has_a_ground() {
        let picture = svg(&Buffer::empty(Rect::default()));
        assert!(picture.contains(r##"<rect width="24" height="24" rx="8" fill="#16181a"/>"##), "{picture}");
    }

    proptest! {
        #[test]
        fn anything_can_be_drawn(text in "\\PC*|[─│░馬é<&  ]{0,20}", columns in 0u16..20, x in 0u16..3) {
            let area = Rect::new(x, 1, columns, 2);
            let mut buffer = Buffer::empty(area);
            if columns > 0 {
                buffer.set_string(x, 1, &text, Style::new().underlined());
            }
            prop_assert!(svg(&buffer).ends_with("</svg>\n"));
        }
    }
}
