//! Sentences of the page below an article: far from its text, few, and among buttons.

use std::ops::Range;

use super::super::blocks::Block;
use super::super::kinds::Kind;

/// So many blocks without text lie between an article and what its page says below it.
const LEAST_GAP: usize = 5;
/// So many of them are furniture.
const LEAST_BUTTONS: usize = 2;
/// What follows is smaller than one part in so many of the article.
const SHARE: usize = 6;
/// Paragraphs of this size, so many of them together, go on with the article.
const PARAGRAPH: usize = 160;
const MOST_PARAGRAPHS: usize = 2;

/// Where the article ends whose text stands in `text`: below it, paragraphs are few, and parted from it by many lines of
/// the page. What stands between two long runs of text is not the end.
pub(super) fn end(blocks: &[Block], kinds: &[Kind], text: Range<usize>) -> usize {
    let is_prose = |at: usize| kinds[at] == Kind::Prose;
    let mass =
        |range: Range<usize>| -> usize { range.filter(|at| is_prose(*at)).map(|at| blocks[at].shape.size).sum() };
    let mut end = text.end;
    let mut below = 0;
    let mut paragraphs = 0;
    // From the last paragraph upwards, what lies below each wide gap.
    let mut gap = 0;
    let mut buttons = 0;
    let mut lower: Option<usize> = None;
    let all = mass(text.clone());
    for at in text.clone().rev() {
        if !is_prose(at) {
            gap += 1;
            buttons += usize::from(kinds[at] == Kind::Furniture);
            continue;
        }
        if let Some(first) = lower
            && gap >= LEAST_GAP
            && buttons >= LEAST_BUTTONS
            && below * SHARE <= all - below
            && paragraphs <= MOST_PARAGRAPHS
        {
            end = first - gap;
            // What lies further up may end in the same way.
            paragraphs = 0;
        }
        below += blocks[at].shape.size;
        paragraphs += usize::from(blocks[at].shape.size >= PARAGRAPH);
        lower = Some(at);
        gap = 0;
        buttons = 0;
        if below * SHARE > all {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::super::{blocks, date, kinds, lines};
    use super::*;

    const PROSE: &str = "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said today, and nobody \
        knows when that will be or who will bring the bread.\n\n";

    fn check(text: &str, expected: Option<&str>) {
        let (lines, _) = lines::lines(text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let end = end(&blocks, &kinds, 0..blocks.len());
        assert_eq!(blocks.get(end).map(|block| &*block.text), expected, "{text}");
    }

    #[test]
    fn notices_far_below_are_not_the_articles() {
        let page = "Share\n\nHarbour\n\nPrint\n\nIslands\n\nFerries\n\nFacebook\n\n";
        let notice = "You have reached the limit of twenty articles that may be saved in one month.\n\n";
        check(&format!("{}{page}{notice}Contact", PROSE.repeat(6)), Some("Share"));
        check(&format!("{}{page}{notice}{page}{notice}", PROSE.repeat(8)), Some("Share"));
    }

    #[test]
    fn text_between_buttons_is_text() {
        let page = "Share\n\nHarbour\n\nPrint\n\nIslands\n\nFerries\n\nFacebook\n\n";
        check(&format!("{}{page}{}", PROSE.repeat(3), PROSE.repeat(3)), None);
        check(
            &format!(
                "{}Share\n\nPrint\n\nThe mayor has not answered the questions of this paper since then.",
                PROSE.repeat(4)
            ),
            None,
        );
    }
}
