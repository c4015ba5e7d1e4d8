//! Width in cells: what a terminal needs to show a string. Never bytes, never `char`s.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells `text` takes on a terminal: 2 for a Chinese character, 0 for a combining mark.
///
/// Graphemes are measured one by one, as they are drawn one by one: a screen has a cell for each of
/// the Arabic letters lam and alef, although they are written as one sign where they meet.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Up to Cyrillic, no letter changes its width beside another.
    text.chars()
        .try_fold(0, |sum, c| Some(sum + plain_width(c)?))
        .or_else(|| text.chars().all(|c| c < '\u{530}').then(|| text.width()))
        .unwrap_or_else(|| text.graphemes(true).map(|grapheme| usize::from(grapheme.cell_width())).sum())
}

/// How many cells a character takes that is drawn alone, whatever stands beside it: letters of Europe,
/// Chinese characters and Kana, punctuation. `None` for all others.
pub fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' => Some(1),
        '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3ff}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' => Some(1),
        // Dashes, quotation marks, dots; lines and blocks.
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203b}' | '\u{2500}'..='\u{25a9}' => Some(1),
        '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' => Some(2),
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(2),
        '\u{ff01}'..='\u{ff60}' => Some(2),
        _ => None,
    }
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
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn counts_what_the_terminal_shows() {
        for (text, width) in [("", 0), ("abc", 3), ("馬斯克", 6), ("é", 1), ("e\u{301}", 1), ("🍊", 2), ("سلام", 4)]
        {
            assert_eq!(cells(text), width, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_takes_as_many_cells_as_are_drawn(text in "[a-zé馬ا-يཀ-ཬक-हािम्ﾊ-ﾟ🍊\u{200d}\u{300} ]{0,40}") {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 1));
            let (drawn, _) = buffer.set_stringn(0, 0, &text, 100, Style::new());
            prop_assert_eq!(cells(&text), usize::from(drawn));
        }
    }

    #[test]
    fn plain_characters_stand_alone() {
        let plain: Vec<char> = (' '..='\u{ffff}').filter(|c| plain_width(*c).is_some()).collect();
        for c in &plain {
            assert_eq!(plain_width(*c), Some(usize::from(c.to_string().cell_width())), "{c:?}");
        }
        // Beside one another, in both orders.
        for step in [1, 3, 1000] {
            let text: String =
                plain.iter().zip(plain.iter().cycle().skip(step)).flat_map(|(a, b)| [*a, *b, *a]).collect();
            assert_eq!(text.graphemes(true).count(), text.chars().count());
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
