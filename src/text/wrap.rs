//! Breaking text into lines, after the rules of its script.

use std::ops::Range;

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

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
    let separator = if text.is_ascii() { WordSeparator::AsciiSpace } else { WordSeparator::UnicodeBreakProperties };
    let options = Options::new(width)
        .word_separator(separator)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let mut at = 0;
    textwrap::wrap(text, options)
        .iter()
        .map(|line| {
            // Without hyphenation a line is a piece of the text, so it is found where the last one ended.
            let start = text[at..].find(line.as_ref()).map_or(at, |skipped| at + skipped);
            at = (start + line.len()).min(text.len());
            start..at
        })
        .collect()
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
    fn breaks_chinese_anywhere_but_before_a_full_stop() {
        check("馬斯克邀請普京。", 14, &["馬斯克邀請普", "京。"]);
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_word_is_lost(text in "[a-zé馬 \u{300}]{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            let kept: String = lines.iter().map(|line| text[line.clone()].replace(' ', "")).collect();
            prop_assert_eq!(kept, text.replace(' ', ""));
            for line in lines {
                prop_assert!(width::cells(&text[line]) <= width);
            }
        }
    }
}
