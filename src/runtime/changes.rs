//! What must be written to a terminal so that it shows the next screen instead of the last one.
//!
//! Over a slow line, what is written is what a reader waits for. So nothing is written twice: only
//! cells that look different, only what changes of their style, and the shortest way to get there.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

use crate::screen::NAMED;

/// What can be seen of a cell that holds a space.
const SEEN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);
/// So few cells are written again rather than passed over: that takes no more bytes.
const WORTH_REPEATING: usize = 3;
/// So many blanks are erased rather than written.
const WORTH_ERASING: usize = 10;

/// The modifiers with the numbers that begin and end them. Bold and dim end together.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Writes what makes a terminal that shows `before` show `after`, which has the same size. It begins and
/// ends with the plain style, and leaves the cursor anywhere.
///
/// # Errors
///
/// Those of `out`.
pub fn write_changes(before: &Buffer, after: &Buffer, out: &mut impl Write) -> io::Result<()> {
    let width = usize::from(after.area.width);
    if width == 0 || before.area != after.area {
        return Ok(());
    }
    let mut pen = Pen { out, row: None, column: None, style: PLAIN };
    let rows = before.content.chunks_exact(width).zip(after.content.chunks_exact(width));
    for (y, (before, after)) in rows.enumerate() {
        write_row(y, before, after, &mut pen)?;
    }
    pen.take(PLAIN)
}

/// Writes what has changed in a row.
fn write_row(y: usize, before: &[Cell], after: &[Cell], pen: &mut Pen<'_, impl Write>) -> io::Result<()> {
    // Up to here, what stood there before was damaged by what has been written.
    let mut damaged = 0;
    let mut x = 0;
    while x < after.len() {
        let (old, new) = (&before[x], &after[x]);
        let wide = width(new).min(after.len() - x);
        if x >= damaged && looks_same(old, new) {
            x += wide;
            continue;
        }
        // Half of a wide sign cannot be kept.
        damaged = (x..x + wide).map(|x| x + width(&before[x])).fold(damaged, usize::max);
        let (blanks, changed) = blanks_from(x, before, after, damaged);
        let to_the_end = x + blanks == after.len();
        if changed > WORTH_ERASING || to_the_end && changed > WORTH_REPEATING {
            pen.go(x, y, after)?;
            pen.take(PLAIN)?;
            if to_the_end {
                return pen.out.write_all(b"\x1b[K");
            }
            write!(pen.out, "\x1b[{changed}X")?;
            damaged = (x..x + changed).map(|x| x + width(&before[x])).fold(damaged, usize::max);
            x += changed;
            continue;
        }
        pen.go(x, y, after)?;
        let hidden = (x + 1..x + wide).any(|covered| !is_blank(&before[covered]));
        pen.put(new, wide, after.len(), hidden)?;
        x += wide;
    }
    Ok(())
}

/// How many blank cells without any style begin at `x`, and how many of them there are up to the last one
/// that has changed.
fn blanks_from(x: usize, before: &[Cell], after: &[Cell], damaged: usize) -> (usize, usize) {
    let plain = |cell: &&Cell| is_blank(cell) && cell.bg == Color::Reset && !cell.modifier.intersects(SEEN_ON_BLANK);
    let blanks = after[x..].iter().take_while(plain).count();
    let changed = |at: &usize| *at < damaged || !looks_same(&before[*at], &after[*at]);
    (blanks, (x..x + blanks).rev().find(changed).map_or(0, |last| last + 1 - x))
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " "
}

/// Whether nobody can tell two cells apart.
fn looks_same(one: &Cell, other: &Cell) -> bool {
    let seen = |cell: &Cell| cell.modifier.intersects(SEEN_ON_BLANK);
    if is_blank(one) && is_blank(other) && !seen(one) && !seen(other) {
        return one.bg == other.bg;
    }
    one == other
}

/// How many cells a cell's symbol covers.
fn width(cell: &Cell) -> usize {
    let symbol = cell.symbol();
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        // Before Hangul nothing is wide, and lines and blocks are not either.
        (Some('\0'..'\u{1100}' | '\u{2500}'..'\u{25a0}'), None) => 1,
        _ => usize::from(cell.cell_width()).max(1),
    }
}

/// Whether every terminal is known to move its cursor by just the width of a symbol.
fn moves_surely(symbol: &str, wide: usize) -> bool {
    let mut characters = symbol.chars();
    match (characters.next(), characters.next()) {
        // Of signs made of several parts, and of pictures, terminals have opinions of their own: what one takes
        // for one cell is two for another.
        (Some(c), None) if wide == 1 => !is_picture(c),
        (Some(c), Some(mark)) if wide == 1 => !is_picture(c) && is_accent(mark) && characters.all(is_accent),
        // Chinese characters, Kana and Hangul.
        (Some('\u{3000}'..'\u{303e}' | '\u{3041}'..'\u{a4d0}' | '\u{ac00}'..'\u{d7a4}'), None) => true,
        (Some('\u{f900}'..'\u{fb00}' | '\u{ff01}'..'\u{ff61}' | '\u{20000}'..'\u{40000}'), None) => true,
        _ => false,
    }
}

/// Signs that many fonts draw as pictures, in two cells where the terminal lets them.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}')
        || matches!(c, '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}')
        || matches!(c, '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}')
}

/// Marks that every terminal lays over the letter before: those of Latin, Greek, Cyrillic, Hebrew and Arabic.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// How letters look.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, underline: Color::Reset, modifier: Modifier::empty() };

/// Where the terminal writes next, and how it looks.
struct Pen<'a, W> {
    out: &'a mut W,
    /// The row of the cursor, where that is known.
    row: Option<usize>,
    /// The column of the cursor, where that is known.
    column: Option<usize>,
    style: Look,
}

impl<W: Write> Pen<'_, W> {
    /// Goes to a cell of the row whose cells are `row`.
    fn go(&mut self, x: usize, y: usize, row: &[Cell]) -> io::Result<()> {
        let line = self.row.replace(y);
        match self.column.replace(x) {
            _ if line != Some(y) => write!(self.out, "\x1b[{};{}H", y + 1, x + 1),
            Some(column) if column <= x => {
                let passed = &row[column..x];
                let repeats = |cell: &Cell| cell.symbol().len() == 1 && self.style_for(cell) == self.style;
                if passed.len() <= WORTH_REPEATING && passed.iter().all(repeats) {
                    return passed.iter().try_for_each(|cell| self.out.write_all(cell.symbol().as_bytes()));
                }
                write!(self.out, "\x1b[{}C", passed.len())
            }
            _ => write!(self.out, "\x1b[{}G", x + 1),
        }
    }

    /// Writes a cell that covers `wide` cells of a row of `columns`, where something may stand that it hides.
    fn put(&mut self, cell: &Cell, wide: usize, columns: usize, hides: bool) -> io::Result<()> {
        self.take(self.style_for(cell))?;
        let symbol = cell.symbol();
        let surely = moves_surely(symbol, wide);
        // What a terminal takes for narrower than it is must not leave anything beside it.
        if !surely && hides {
            write!(self.out, "\x1b[{wide}X")?;
        }
        self.out.write_all(symbol.as_bytes())?;
        // Behind the last column terminals wait in different places.
        self.column = self.column.map(|x| x + wide).filter(|x| surely && *x < columns);
        Ok(())
    }

    /// The style that a cell must be written in: that of a blank is mostly of no matter.
    fn style_for(&self, cell: &Cell) -> Look {
        let look = Look { fg: cell.fg, bg: cell.bg, underline: cell.underline_color, modifier: cell.modifier };
        let seen = (look.modifier | self.style.modifier).intersects(SEEN_ON_BLANK);
        if is_blank(cell) && !seen { Look { bg: look.bg, ..self.style } } else { look }
    }

    /// Takes on a style, by as few numbers as possible.
    fn take(&mut self, next: Look) -> io::Result<()> {
        let last = std::mem::replace(&mut self.style, next);
        if last == next {
            return Ok(());
        }
        if next == PLAIN {
            return self.out.write_all(b"\x1b[m");
        }
        let mut numbers = Numbers::default();
        let gone = last.modifier - next.modifier;
        for (modifier, _, end) in MODIFIERS {
            if gone.contains(modifier) && !(modifier == Modifier::DIM && gone.contains(Modifier::BOLD)) {
                numbers.push(format_args!("{end}"));
            }
        }
        // Where bold or dim ends, the other one ends with it.
        let weight = Modifier::BOLD | Modifier::DIM;
        let lost = if gone.intersects(weight) { weight } else { Modifier::empty() };
        for (modifier, begin, _) in MODIFIERS {
            if next.modifier.contains(modifier) && (!last.modifier.contains(modifier) || lost.contains(modifier)) {
                numbers.push(format_args!("{begin}"));
            }
        }
        let is_bold = |look: Look| look.modifier.contains(Modifier::BOLD);
        if last.fg != next.fg || is_bold(last) != is_bold(next) && next.fg != Color::Reset {
            numbers.letters(next.fg, is_bold(next));
        }
        for (kind, last, next) in [(48, last.bg, next.bg), (58, last.underline, next.underline)] {
            if last != next {
                numbers.colour(kind, next);
            }
        }
        write!(self.out, "\x1b[{}m", numbers.0)
    }
}

/// The numbers of a style, with `;` between.
#[derive(Default)]
struct Numbers(String);

impl Numbers {
    fn push(&mut self, number: std::fmt::Arguments<'_>) {
        let between = if self.0.is_empty() { "" } else { ";" };
        self.0.push_str(&format!("{between}{number}"));
    }

    /// A colour of the letters. The short way to name one is not for bold letters: some terminals make
    /// them brighter then.
    fn letters(&mut self, colour: Color, bold: bool) {
        match NAMED.iter().position(|named| *named == colour).filter(|_| !bold) {
            Some(dark @ 0..8) => self.push(format_args!("{}", 30 + dark)),
            Some(bright) => self.push(format_args!("{}", 90 + bright - 8)),
            None => self.colour(38, colour),
        }
    }

    /// A colour of the letters (38), behind them (48) or under them (58).
    fn colour(&mut self, kind: u8, colour: Color) {
        match colour {
            Color::Reset => self.push(format_args!("{}", kind + 1)),
            Color::Rgb(red, green, blue) => self.push(format_args!("{kind};2;{red};{green};{blue}")),
            Color::Indexed(number) => self.push(format_args!("{kind};5;{number}")),
            named => self.push(format_args!("{kind};5;{}", number_of(named))),
        }
    }
}

/// The number of a colour with a name.
fn number_of(colour: Color) -> u8 {
    NAMED.iter().position(|named| *named == colour).unwrap_or(7) as u8
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const AREA: Rect = Rect { x: 0, y: 0, width: 24, height: 3 };

    fn changes(before: &Buffer, after: &Buffer) -> Vec<u8> {
        let mut out = Vec::new();
        write_changes(before, after, &mut out).expect("memory takes everything");
        out
    }

    fn screen(lines: &[(&str, Style)]) -> Buffer {
        let mut buffer = Buffer::empty(AREA);
        for (y, (line, style)) in (0..).zip(lines) {
            buffer.set_stringn(0, y, line, 24, *style);
        }
        buffer
    }

    fn check(before: &[(&str, Style)], after: &[(&str, Style)], expected: &str) {
        let written = changes(&screen(before), &screen(after));
        assert_eq!(String::from_utf8_lossy(&written).replace('\x1b', "␛"), expected);
    }

    #[test]
    fn what_looks_the_same_is_not_written() {
        let (plain, dim) = (Style::new(), Style::new().add_modifier(Modifier::DIM));
        check(&[("Musk invites", plain)], &[("Musk invites", plain)], "");
        check(&[("Musk", plain), ("  ", plain)], &[("Musk", plain), ("  ", dim)], "");
        check(&[("Musk invites", plain)], &[("Musk invited", plain)], "␛[1;12Hd");
        check(&[("one two", plain)], &[("own tan", plain)], "␛[1;2Hwn tan");
        check(&[("one 123456 two", plain)], &[("own 123456 tan", plain)], "␛[1;2Hwn␛[9Can");
        check(&[("Musk invites", plain)], &[("Musk", plain)], "␛[1;6H␛[K");
        check(&[("Musk", plain)], &[("Musk", dim)], "␛[1;1H␛[2mMusk␛[m");
    }

    #[test]
    fn chinese_is_written_in_one_go() {
        let plain = Style::new();
        check(&[], &[("馬斯克邀請", plain)], "␛[1;1H馬斯克邀請");
        check(&[("馬斯克", plain)], &[("ab", plain)], "␛[1;1Hab    ");
        check(&[("ab", plain)], &[("🍊b", plain)], "␛[1;1H␛[2X🍊␛[3Gb");
        check(&[], &[("🍊a", plain)], "␛[1;1H🍊␛[3Ga");
        // Taken for one cell here and for two by many a terminal, or the other way round.
        check(&[], &[("❤a", plain)], "␛[1;1H❤␛[2Ga");
        check(&[], &[("e\u{301}a", plain)], "␛[1;1He\u{301}a");
    }

    #[test]
    fn only_what_changes_of_a_style_is_written() {
        let (bold, dim) =
            (Style::new().fg(Color::Green).add_modifier(Modifier::BOLD), Style::new().add_modifier(Modifier::DIM));
        check(
            &[],
            &[("a", bold), ("b", dim), ("c", dim.fg(Color::Green))],
            "␛[1;1H␛[1;38;5;2ma␛[2;1H␛[22;2;39mb␛[3;1H␛[32mc␛[m",
        );
    }

    /// Screens of signs that a terminal is known to show as wide as they are.
    fn screens() -> impl Strategy<Value = Buffer> {
        let style = (0usize..5).prop_map(|number| {
            [
                Style::new(),
                Style::new().fg(Color::Green),
                Style::new().bg(Color::Indexed(17)),
                Style::new().add_modifier(Modifier::BOLD),
                Style::new().add_modifier(Modifier::REVERSED).fg(Color::Rgb(1, 2, 3)),
            ][number]
        });
        let piece = (0u16..24, 0u16..3, "[a-z馬克 é─]{1,12}", style);
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| {
            let mut buffer = Buffer::empty(AREA);
            for (x, y, text, style) in pieces {
                buffer.set_stringn(x, y, text, 24, style);
            }
            buffer
        })
    }

    /// What a terminal shows: of each cell that is not the second half of another, the text and what can
    /// be seen of its style.
    fn shown(parser: &vt100::Parser) -> Vec<(String, String)> {
        let cells = (0..AREA.height).flat_map(|y| (0..AREA.width).map(move |x| (x, y)));
        let cells = cells.filter_map(|(x, y)| parser.screen().cell(y, x));
        let look = |cell: &vt100::Cell| {
            let text = Some(cell.contents()).filter(|text| !text.trim().is_empty()).unwrap_or(" ").to_owned();
            let style = match (&*text, cell.inverse()) {
                (" ", false) => format!("{:?}", cell.bgcolor()),
                _ => format!("{:?} {:?} {} {}", cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.inverse()),
            };
            (text, style)
        };
        cells.filter(|cell| !cell.is_wide_continuation()).map(look).collect()
    }

    fn terminal() -> vt100::Parser {
        let [rows, columns] = [AREA.height, AREA.width].map(|size| NonZero::new(size).expect("more than none"));
        vt100::Parser::new(rows, columns, 0)
    }

    proptest! {
        #[test]
        fn a_terminal_shows_the_next_screen(first in screens(), second in screens()) {
            let empty = Buffer::empty(AREA);
            let mut changed = terminal();
            changed.process(&changes(&empty, &first));
            changed.process(&changes(&first, &second));
            let mut fresh = terminal();
            for (y, row) in (1..).zip(second.content.chunks(usize::from(AREA.width))) {
                let mut x = 0;
                while x < row.len() {
                    // The plainest way to show a cell: alone, with nothing left out.
                    let mut cell = Buffer::empty(Rect::new(0, 0, AREA.width, 1));
                    cell.content[0] = row[x].clone();
                    let alone = changes(&Buffer::empty(cell.area), &cell);
                    let alone = String::from_utf8(alone).expect("text").replace("\x1b[1;1H", "");
                    fresh.process(format!("\x1b[{y};{}H{alone}", x + 1).as_bytes());
                    x += width(&row[x]);
                }
            }
            prop_assert_eq!(shown(&changed), shown(&fresh));
        }
    }
}
