//! Breaking text into lines, after the rules of its script.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// The lines of `text` in at most `width` cells each, as byte ranges of `text`.
///
/// Lines break after Unicode Standard Annex 14, with dictionaries for Thai and its neighbours; a
/// word longer than a line is broken where it must be. White space at a break belongs to no line.
/// An empty text is one empty line. At a width of 0 there are no lines.
///
/// ```
/// use newsstand::text::wrap::wrap;
///
/// let text = "Musk invites Putin";
/// let lines: Vec<&str> = wrap(text, 12).into_iter().map(|line| &text[line]).collect();
/// assert_eq!(lines, ["Musk invites", "Putin"]);
/// ```
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    if width == 0 {
        return Vec::new();
    }
    if width::cells(text) <= width {
        return vec![0..text.trim_end().len()];
    }
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return wrap_ascii(text, width);
    }
    let (loosened, tied) = loosen(text);
    let lines = textwrap::wrap(&loosened, options(&loosened, width));
    // A place in the loosened text is this many bytes further on in the text itself.
    let shifted = |at: usize| at + tied.partition_point(|tie| *tie < at) * (TIE.len_utf8() - 1);
    let mut at = 0;
    let lines = lines.iter().map(|line| {
        // Without hyphenation a line is a piece of the text.
        let start = match line {
            Cow::Borrowed(piece) if !piece.is_empty() => piece.as_ptr() as usize - loosened.as_ptr() as usize,
            piece => loosened[at..].find(piece.as_ref()).map_or(at, |skipped| at + skipped),
        };
        at = (start + line.len()).min(loosened.len());
        shifted(start)..shifted(at)
    });
    // Letters that change their width beside others may still leave a line too wide.
    lines.flat_map(|line| break_where_it_must_be(text, line, width)).collect()
}

/// How lines are broken.
fn options(text: &str, width: usize) -> Options<'static> {
    let separator = if text.is_ascii() { WordSeparator::AsciiSpace } else { WordSeparator::UnicodeBreakProperties };
    Options::new(width)
        .word_separator(separator)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

/// The same for letters and spaces of ASCII, which is most of what is read and needs no rules.
fn wrap_ascii(text: &str, width: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let run = |from: usize, spaces: bool| bytes[from..].iter().take_while(|byte| (**byte == b' ') == spaces).count();
    let mut lines = Vec::new();
    // The line so far, and where the next word begins.
    let (mut line, mut at) = (0..0, 0);
    while at < bytes.len() {
        let mut end = at + run(at, false);
        if end - line.start > width && at > 0 {
            lines.push(std::mem::replace(&mut line, at..at));
        }
        // What is longer than a line is broken where it must be.
        while end - at > width {
            lines.push(at..at + width);
            at += width;
            line = at..at;
        }
        line.end = end;
        end += run(end, true);
        at = end;
    }
    lines.push(line);
    lines
}

/// A line in pieces of at most `width` cells, or of one grapheme where that is wider.
fn break_where_it_must_be(text: &str, line: Range<usize>, width: usize) -> Vec<Range<usize>> {
    if line.len() <= width || width::cells(&text[line.clone()]) <= width {
        return vec![line];
    }
    let mut pieces = Vec::new();
    let (mut start, mut used) = (line.start, 0);
    for (at, grapheme) in text[line.clone()].grapheme_indices(true) {
        let wide = width::cells(grapheme);
        let at = line.start + at;
        if used + wide > width && at > start {
            pieces.push(start..at);
            (start, used) = (at, 0);
        }
        used += wide;
    }
    pieces.push(start..line.end);
    pieces
}

/// The space that ties words together.
const TIE: char = '\u{a0}';

/// The text with an ordinary space for each [`TIE`] between two words of some length, and where those
/// spaces stand in it. The web is full of ties that nobody meant; those that are meant stand beside
/// numbers, initials and marks.
fn loosen(text: &str) -> (Cow<'_, str>, Vec<usize>) {
    if !text.contains(TIE) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let long = |letters: &mut dyn Iterator<Item = char>| letters.take(3).filter(|c| c.is_alphabetic()).count() == 3;
    let mut loosened = String::with_capacity(text.len());
    let mut tied = Vec::new();
    for (at, c) in text.char_indices() {
        if c == TIE && long(&mut text[..at].chars().rev()) && long(&mut text[at + TIE.len_utf8()..].chars()) {
            tied.push(loosened.len());
            loosened.push(' ');
        } else {
            loosened.push(c);
        }
    }
    (Cow::Owned(loosened), tied)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, width: usize, lines: &[&str]) {
        let got: Vec<&str> = wrap(text, width).into_iter().map(|line| &text[line]).collect();
        assert_eq!(got, lines, "{text} in {width}");
    }

    #[test]
    fn breaks_between_words() {
        check("", 5, &[""]);
        check("one two", 7, &["one two"]);
        check("one two", 6, &["one", "two"]);
        check("incomprehensible", 6, &["incomp", "rehens", "ible"]);
        check("a a a a", 1, &["a", "a", "a", "a"]);
    }

    #[test]
    fn breaks_at_ties_that_nobody_meant() {
        check("one\u{a0}two three\u{a0}four", 10, &["one\u{a0}two", "three\u{a0}four"]);
        check("Clubhouse session\u{a0}with\u{a0}Russia", 17, &["Clubhouse session", "with\u{a0}Russia"]);
        check("Clubhouse 3\u{a0}600", 12, &["Clubhouse", "3\u{a0}600"]);
    }

    #[test]
    fn breaks_chinese_anywhere_but_before_a_full_stop() {
        check("馬斯克邀請普京。", 14, &["馬斯克邀請普", "京。"]);
    }

    proptest! {
        #[test]
        fn plain_letters_break_like_others(text in "[a-e ]{0,60}|( {0,3}[a-e]{1,30}){0,6}", width in 1usize..12) {
            let expected: Vec<String> = match text.len() <= width {
                true => vec![text.trim_end().to_owned()],
                false => textwrap::wrap(&text, options(&text, width)).into_iter().map(Cow::into_owned).collect(),
            };
            let lines: Vec<&str> = wrap(&text, width).into_iter().map(|line| &text[line]).collect();
            prop_assert_eq!(lines, expected);
        }

        #[test]
        fn every_line_fits_and_no_word_is_lost(text in "[a-zé馬لا \u{300}\u{a0}]{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            let kept: String = lines.iter().map(|line| text[line.clone()].replace([' ', TIE], "")).collect();
            prop_assert_eq!(kept, text.replace([' ', TIE], ""));
            for line in lines {
                prop_assert!(width::cells(&text[line]) <= width);
            }
        }
    }
}
