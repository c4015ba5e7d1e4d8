//! The lines of an article, cleaned and numbered.

use crate::text::Clean;

/// A line longer than this many bytes is split, so that no later step meets a line of many
/// megabytes. Real paragraphs are far shorter.
const LONGEST: usize = 16 * 1024;

/// One line of the text, cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the article, from 1.
    pub number: u32,
    /// Its text, without white space at either end.
    pub text: Clean,
    /// How many characters of white space it began with.
    pub indent: u16,
}

/// All lines of `text`, blank ones too, and how many harmful characters were taken from them.
///
/// Lines end as any editor ends them: LF, CRLF, CR, U+2028 or U+2029. A line of more than
/// about 16 KB becomes several with the same number, split at white space where there is some.
///
/// ```
/// use newsstand::extract::lines::lines;
///
/// let (lines, removed) = lines("  Title\r\n\r\nText");
/// let numbered: Vec<_> = lines.iter().map(|line| (line.number, &*line.text, line.indent)).collect();
/// assert_eq!(numbered, [(1, "Title", 2), (2, "", 0), (3, "Text", 0)]);
/// assert_eq!(removed, 0);
/// ```
pub fn lines(text: &str) -> (Vec<Line>, usize) {
    let mut found = Vec::with_capacity(text.len() / 60 + 1);
    let mut removed = 0;
    let mut number = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let (raw, after) = first_line(rest);
        rest = after;
        number += 1;
        let mut add = |piece: &str| {
            let indent = piece.chars().take_while(|c| c.is_whitespace()).count();
            let (clean, taken) = Clean::counted(piece.trim_matches([' ', '\t']));
            removed += taken;
            let text = if clean.trim().len() == clean.len() { clean } else { clean.trimmed() };
            found.push(Line { number, text, indent: u16::try_from(indent).unwrap_or(u16::MAX) });
        };
        if raw.len() <= LONGEST { add(raw) } else { pieces(raw).into_iter().for_each(add) }
    }
    (found, removed)
}

/// The first line of `text`, which is not empty, and what follows its break.
fn first_line(text: &str) -> (&str, &str) {
    let end = text.find('\n').unwrap_or(text.len());
    // The other breaks are rare, and looked for within the line that the usual one ends.
    let line = &text.as_bytes()[..end];
    let end = if line.contains(&b'\r') || line.contains(&0xe2) {
        text[..end].find(['\r', '\u{2028}', '\u{2029}']).unwrap_or(end)
    } else {
        end
    };
    if end == text.len() {
        return (text, "");
    }
    let (line, rest) = text.split_at(end);
    let rest = match rest.strip_prefix("\r\n") {
        Some(rest) => rest,
        None => &rest[rest.chars().next().map_or(0, char::len_utf8)..],
    };
    (line, rest)
}

/// `line` in pieces of at most [`LONGEST`] bytes.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while rest.len() > LONGEST {
        let mut end = LONGEST;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        // A space is only looked for near the end: text without any is split where it stands.
        let mut near = end - 256;
        while !rest.is_char_boundary(near) {
            near -= 1;
        }
        let end = rest[near..end].rfind(char::is_whitespace).map_or(end, |space| near + space);
        let (piece, after) = rest.split_at(end.max(1));
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(u32, &str, u16)]) {
        let (lines, _) = lines(text);
        let got: Vec<_> = lines.iter().map(|line| (line.number, &*line.text, line.indent)).collect();
        assert_eq!(got, expected, "{text:?}");
    }

    #[test]
    fn every_break_ends_a_line() {
        check("", &[]);
        check("a\nb\r\nc\rd\u{2028}e", &[(1, "a", 0), (2, "b", 0), (3, "c", 0), (4, "d", 0), (5, "e", 0)]);
        check("a\n\nb\n", &[(1, "a", 0), (2, "", 0), (3, "b", 0)]);
        check(" \t• menu  \n", &[(1, "• menu", 2)]);
    }

    #[test]
    fn what_is_harmful_is_counted() {
        let (lines, removed) = lines("a\x1b[31mred\nb\u{202e}c");
        assert_eq!(lines[0].text, "ared");
        assert_eq!(lines[1].text, "bc");
        assert_eq!(removed, 6);
    }

    #[test]
    fn endless_lines_are_split_and_lose_nothing() {
        for word in ["word ", "字", "aé"] {
            let text = word.repeat(20_000);
            let (lines, _) = lines(&text);
            assert!(lines.len() > 3 && lines.iter().all(|line| line.number == 1 && line.text.len() <= LONGEST));
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            assert_eq!(lines.iter().map(|line| letters(&line.text)).sum::<usize>(), letters(&text));
        }
    }

    proptest! {
        #[test]
        fn lines_are_numbered_and_trimmed(text in "[ a-z\n\r\u{2028}\u{1b}é字]*") {
            let (lines, _) = lines(&text);
            for line in &lines {
                prop_assert_eq!(line.text.trim(), &*line.text);
            }
            prop_assert!(lines.iter().zip(1..).all(|(line, number)| line.number == number));
        }
    }
}
