//! The blocks of a page: its lines, with hard-wrapped ones joined, and how each of them looks.

use super::lines::Line;
use super::marks::{Hint, Place};
use crate::article::Laid;
use crate::text::Clean;
use crate::text::script::measure;

/// A line of text, or several that an editor broke to fit a narrow column.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The number of its first line, from 1.
    pub line: u32,
    /// Its text in one line, without the bullet.
    pub text: Clean,
    /// What it looks like.
    pub shape: Shape,
    /// Whether a blank line, or the end of the page, stands before it and after it.
    pub apart: (bool, bool),
    /// Whether it begins with a bullet.
    pub bullet: bool,
    /// Whether a date header was glued to its front, and cut off.
    pub dated: bool,
    /// How its author laid it out.
    pub laid: Laid,
    /// Where it stands and what it states, as its format tells.
    pub told: Option<(Place, Option<Hint>)>,
}

/// How much text a block holds, and how it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Characters, where one of a script without spaces counts as two: that much text it is.
    pub size: usize,
    /// Words.
    pub words: u32,
    /// How it ends.
    pub end: End,
}

/// How a block ends, quotation marks and brackets aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Without punctuation, as headings and menus do.
    #[default]
    Open,
    /// With a full stop.
    Stop,
    /// With a question or exclamation mark, as sentences and headlines do.
    Call,
    /// With a colon: something follows.
    Colon,
    /// With dots: the rest was cut away.
    Dots,
}

impl Shape {
    /// Looks at `text`.
    pub fn of(text: &str) -> Shape {
        let (size, words) = measure(text);
        Shape { size, words, end: End::of(text) }
    }

    /// True for what looks like running text and not like a headline, a menu or a caption.
    pub fn is_prose(self) -> bool {
        match self.end {
            End::Stop | End::Call => self.words >= 8 && self.size >= 50,
            // What announces something by a colon is text, unless it is a mere label.
            End::Colon => self.words >= 12 && self.size >= 60,
            End::Open | End::Dots => self.words >= 25 && self.size >= 150,
        }
    }
}

impl End {
    /// How `text` ends.
    fn of(text: &str) -> End {
        let text = text.trim_end_matches(['"', '\'', '”', '“', '’', '»', '«', ')', ']', '」', '』', '›', ' ']);
        match text.chars().next_back() {
            Some('.') if text.ends_with("..") => End::Dots,
            Some('.' | '。' | '।' | '۔' | '።' | '։' | '．' | '॥' | '။' | '។') => End::Stop,
            Some('!' | '?' | '！' | '？' | '؟' | ';' | '՞' | '…') => {
                if text.ends_with('…') {
                    End::Dots
                } else {
                    End::Call
                }
            }
            Some(':' | '：') => End::Colon,
            _ => End::Open,
        }
    }
}

/// Marks that stand before the points of a list.
const BULLETS: &[char] = &['•', '·', '▪', '●', '○', '■', '►', '▶', '‣', '◦', '*', '–', '-', '»', '›', '・'];

/// The blocks of `lines`; `leading_date` tells how many bytes of a line are a glued date header.
pub fn blocks(lines: &[Line], leading_date: impl Fn(&str) -> Option<usize>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.iter().filter(|line| !line.text.is_empty()).count());
    let mut start = 0;
    let mut blank = true;
    while start < lines.len() {
        if lines[start].text.is_empty() {
            blank = true;
            if let Some(last) = blocks.last_mut() {
                last.apart.1 = true;
            }
            start += 1;
            continue;
        }
        let length = lines[start..].iter().take_while(|line| !line.text.is_empty()).count();
        let group = &lines[start..start + length];
        start += length;
        for joined in indented(group).flat_map(wrapped) {
            let line = joined[0].number;
            let text = match joined {
                [single] => single.text.clone(),
                several => {
                    let between = if several.iter().all(|line| has_no_spaces(&line.text)) { "" } else { " " };
                    Clean::joined(several.iter().map(|line| &line.text), between)
                }
            };
            // Only the beginning of a page carries such headers.
            let cut = if blocks.len() < 12 { leading_date(&text).filter(|cut| *cut < text.len()) } else { None };
            let text = match cut {
                Some(cut) => text.slice(cut..text.len()).trimmed(),
                None => text,
            };
            let bullet = is_bullet(&text);
            let text = if bullet { Clean::new(text.trim_start_matches(BULLETS).trim_start()) } else { text };
            if text.is_empty() {
                continue;
            }
            let shape = Shape::of(&text);
            blocks.push(Block {
                line,
                text,
                shape,
                apart: (blank, false),
                bullet,
                dated: cut.is_some(),
                ..Block::default()
            });
            blank = false;
        }
    }
    if let Some(last) = blocks.last_mut() {
        last.apart.1 = true;
    }
    blocks
}

/// True for a line that begins and ends in writing without spaces between words, as Chinese and Japanese.
fn has_no_spaces(text: &str) -> bool {
    let is_wide = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}'));
    is_wide(text.chars().next()) && is_wide(text.chars().next_back())
}

/// True where a bullet opens `text`.
fn is_bullet(text: &str) -> bool {
    let rest = text.trim_start_matches(BULLETS);
    rest.len() < text.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace) || text.starts_with('•'))
}

/// A longer group of lines is no paragraph, whatever it looks like.
const LONGEST_PARAGRAPH: usize = 120;
/// So many lines may stand right above a wrapped paragraph: headline, byline, date.
const HEADERS: usize = 3;

/// The lines of a group without blank lines, parted where a few of them are indented, as paragraphs are in books.
fn indented(group: &[Line]) -> impl Iterator<Item = &[Line]> {
    let first = group.iter().map(|line| line.indent).min().unwrap_or(0);
    let deeper = group.iter().filter(|line| line.indent > first).count();
    // Each paragraph has more lines that are not indented.
    let has_paragraphs = deeper > 0 && group.len() > 3 && deeper * 2 <= group.len();
    let parts = move |_: &Line, next: &Line| !(has_paragraphs && (2..=8).contains(&(next.indent - first)));
    group.chunk_by(parts)
}

/// The lines of a group without blank lines, hard-wrapped ones together.
fn wrapped(group: &[Line]) -> Vec<&[Line]> {
    let headers = (0..=HEADERS).find(|headers| group.get(*headers..).is_some_and(is_wrapped));
    let (headers, paragraph) = group.split_at(headers.unwrap_or(group.len()));
    headers.chunks(1).chain((!paragraph.is_empty()).then_some(paragraph)).collect()
}

/// True for a paragraph that was broken to fit a narrow column: all its lines but the last are
/// about equally long, no longer than a terminal is wide, and most break off within a sentence.
fn is_wrapped(group: &[Line]) -> bool {
    if !(2..=LONGEST_PARAGRAPH).contains(&group.len()) {
        return false;
    }
    let lengths: Vec<usize> = group.iter().map(|line| line.text.chars().count()).collect();
    let (last, full) = lengths.split_last().expect("a group has two lines or more");
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let shortest = full.iter().copied().min().unwrap_or(0);
    let open = group[..full.len()].iter().filter(|line| End::of(&line.text) == End::Open).count();
    let flows = group[1..].iter().filter(|line| line.text.starts_with(|c: char| !c.is_uppercase())).count();
    // In a narrow column words leave larger gaps, and menus have lines as short: so more of its lines must
    // go on as sentences do.
    let is_narrow = longest < 45;
    let goes_on = |line: &&Line| line.text.starts_with(char::is_lowercase);
    let is_told = || group.len() >= 3 && group[1..].iter().filter(goes_on).count() * 5 >= (group.len() - 1) * 3;
    let (least, flowing) = if is_narrow { (6, is_told()) } else { (7, true) };
    let flowing = flowing && flows * 2 >= group.len() - 1 || is_filled(group, longest);
    (22..=110).contains(&longest)
        && shortest * 10 >= longest * least
        && flowing
        && *last <= longest
        && open * 3 >= full.len() * 2
        && !group.iter().any(|line| is_bullet(&line.text))
}

/// True for lines of sentences that end where the next word would not have fitted: what breaks so was filled by a
/// program, whatever its lines begin with. In German, every other one begins with a capital.
fn is_filled(group: &[Line], longest: usize) -> bool {
    let ends_within = |line: &Line| {
        let mut words = line.text.split(' ').peekable();
        std::iter::from_fn(|| words.next().map(|word| (word, words.peek().copied())))
            .any(|(word, next)| word.ends_with(['.', '!', '?', ',', ';']) && word.chars().count() > 3 && next.is_some())
    };
    let fits = |line: &Line, next: &Line| {
        let first = next.text.split(' ').next().unwrap_or_default();
        line.text.chars().count() + 1 + first.chars().count() <= longest
    };
    let small = group[1..].iter().filter(|line| line.text.starts_with(char::is_lowercase)).count();
    group.len() >= 3
        && group.windows(2).filter(|pair| fits(&pair[0], &pair[1])).count() * 10 < group.len()
        && group.last().is_some_and(|last| End::of(&last.text) != End::Open)
        && (group.iter().any(ends_within) || small >= 2)
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (lines, _) = lines(text);
        let got: Vec<String> = blocks(&lines, |_| None).iter().map(|block| block.text.to_string()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn lines_are_blocks() {
        check("Title\nby Somebody\n\nText.", &["Title", "by Somebody", "Text."]);
        check("• Home\n  • Shop", &["Home", "Shop"]);
    }

    #[test]
    fn hard_wrapped_lines_are_one_block() {
        check(
            "The ferry to the outer islands will run again from the first of\nmay, the harbour office said, but only twice a week and never on\nthe days when the market is open.",
            &[
                "The ferry to the outer islands will run again from the first of may, the harbour office said, but only twice a week and never on the days when the market is open.",
            ],
        );
    }

    #[test]
    fn narrow_columns_are_one_block() {
        check(
            "The library in the customs\nhouse will open on Sundays\nfrom autumn, after readers\ncollected signatures.",
            &["The library in the customs house will open on Sundays from autumn, after readers collected signatures."],
        );
        check(
            "Der Kreistag verlangt mehr\neinen Bericht im Jahr. Aus\nMinisterien kam niemand zu\nBesuch, doch las jemand den\nBrief vor.",
            &[
                "Der Kreistag verlangt mehr einen Bericht im Jahr. Aus Ministerien kam niemand zu Besuch, doch las jemand den Brief vor.",
            ],
        );
        // Menus and verses are not.
        check(
            "News from the harbour\nSport from the region\nWeather for the coast",
            &["News from the harbour", "Sport from the region", "Weather for the coast"],
        );
    }

    #[test]
    fn paragraphs_may_begin_with_indented_lines() {
        check(
            "   The ferry to the outer islands will run again from the first of\nmay, the harbour office said.\n   Nobody knows for how long it will, since the engine is as old as\nthe oldest of the captains.",
            &[
                "The ferry to the outer islands will run again from the first of may, the harbour office said.",
                "Nobody knows for how long it will, since the engine is as old as the oldest of the captains.",
            ],
        );
        check("Shop\n  One\n  Two\nNews", &["Shop", "One", "Two", "News"]);
    }

    #[test]
    fn headers_stand_above_a_wrapped_paragraph() {
        check(
            "Ferry runs again\nby Nora Webb\nThe ferry to the outer islands will run again from the first of\nmay, the harbour office said, but only twice a week.",
            &[
                "Ferry runs again",
                "by Nora Webb",
                "The ferry to the outer islands will run again from the first of may, the harbour office said, but only twice a week.",
            ],
        );
    }

    #[test]
    fn ends_are_told_apart() {
        for (text, end) in [
            ("Clubhouse rivals", End::Open),
            ("He said: “Come in.”", End::Stop),
            ("Beste Freunde?", End::Call),
            ("终于结束了。", End::Stop),
            ("Read more…", End::Dots),
            ("And so on...", End::Dots),
            ("Reporter:", End::Colon),
        ] {
            assert_eq!(End::of(text), end, "{text}");
        }
    }
}
