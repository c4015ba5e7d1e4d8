//! Width in cells: what a terminal needs to show a string. Never bytes, never `char`s.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells `text` takes on a terminal: 2 for a Chinese character, 0 for a combining mark.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// `text` cut to `width` cells, with `…` where something was cut away.
///
/// A wide character that would stand half inside is left out, so the result may be one cell
/// narrower than `width`.
///
/// ```
/// use newsstand::text::width::clip;
///
/// assert_eq!(clip("Musk invites", 6), "Musk …");
/// assert_eq!(clip("馬斯克邀請", 6), "馬斯…");
/// assert_eq!(clip("Musk", 6), "Musk");
/// ```
pub fn clip(text: &str, width: usize) -> Cow<'_, str> {
    if cells(text) <= width {
        return Cow::Borrowed(text);
    }
    if width == 0 {
        return Cow::Borrowed("");
    }
    let mut kept = String::with_capacity(width + 3);
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = cells(grapheme);
        if used + wide > width - 1 {
            break;
        }
        used += wide;
        kept.push_str(grapheme);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// `text` clipped to `width` cells and filled up with spaces on the right.
pub fn pad(text: &str, width: usize) -> String {
    let mut text = clip(text, width).into_owned();
    let missing = width.saturating_sub(cells(&text));
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_the_terminal_shows() {
        for (text, width) in [("", 0), ("abc", 3), ("馬斯克", 6), ("é", 1), ("e\u{301}", 1), ("🍊", 2)] {
            assert_eq!(cells(text), width, "{text}");
        }
    }

    #[test]
    fn cuts_with_a_sign() {
        for (text, width, clipped) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("abcd", 1, "…"),
            ("abcd", 0, ""),
            ("馬斯克", 5, "馬斯…"),
            ("馬斯克", 4, "馬…"),
        ] {
            assert_eq!(clip(text, width), clipped, "{text} in {width}");
        }
    }

    #[test]
    fn fills_up_in_cells() {
        assert_eq!(pad("馬", 4), "馬  ");
        assert_eq!(pad("abcde", 4), "abc…");
    }
}
