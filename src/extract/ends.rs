//! Where an article ends although its page goes on with text: comments, and beginnings of other articles.

mod trailing;
mod words;

use std::ops::Range;

use rapidhash::RapidHashSet;

use super::blocks::{Block, End};
use super::kinds::Kind;
use crate::text::fold::fold;
pub(super) use words::{COMMENTS, OTHER_ARTICLES};

/// An article has at least so many paragraphs, and so much text, before it ends.
const LEAST_PARAGRAPHS: usize = 2;
const LEAST_SIZE: usize = 200;
/// A line that announces comments or other articles has no more bytes.
const LONGEST_LABEL: usize = 48;
/// Within so many lines, the first comment is signed and dated.
const NEAR: usize = 8;

/// The first block of what follows the article, if that is comments or other articles. `text` is where the
/// running text begins.
///
/// A label alone tells nothing: many pages have one in the midst of their text. So comments must be dated,
/// and other articles must be several, each with no more than its first paragraph and a line between them.
pub fn end(blocks: &[Block], kinds: &[Kind], text: usize) -> Option<usize> {
    let marked = marked(blocks, kinds, text);
    let to = marked.unwrap_or(blocks.len());
    let trailing = trailing::end(blocks, kinds, text..to);
    if trailing < to { Some(trailing) } else { marked }
}

/// The first label that announces comments or other articles, and is followed by them.
fn marked(blocks: &[Block], kinds: &[Kind], text: usize) -> Option<usize> {
    let mut paragraphs = 0;
    let mut size = 0;
    for at in text..blocks.len() {
        if kinds[at] == Kind::Prose {
            paragraphs += 1;
            size += blocks[at].shape.size;
            continue;
        }
        let is_label = matches!(kinds[at], Kind::Short | Kind::Furniture) && blocks[at].text.len() <= LONGEST_LABEL;
        if !is_label || paragraphs < LEAST_PARAGRAPHS || size < LEAST_SIZE {
            continue;
        }
        let after = &kinds[at + 1..];
        // A label that stands there again parts the entries of a live report.
        let again = || blocks[at + 1..].iter().any(|other| *other.text == *blocks[at].text);
        let comments = || {
            begins_with(COMMENTS, &blocks[at].text)
                && are_comments(after)
                && !is_report(&blocks[at + 1..], after, size)
                && !again()
        };
        let others = || {
            begins_with(OTHER_ARTICLES, &blocks[at].text) && are_teasers(after) && !goes_on(&blocks[at + 1..], after)
        };
        if comments() || others() {
            return Some(at);
        }
    }
    None
}

/// The blocks within a text that are a box of links: a label that announces other articles, and several
/// headlines below it with nothing between them.
pub fn links(blocks: &[Block], kinds: &[Kind], text: Range<usize>) -> RapidHashSet<usize> {
    /// A box has so many links at least.
    const LEAST_LINKS: usize = 3;
    let is_link = |at: &usize| {
        let shape = blocks[*at].shape;
        kinds[*at] == Kind::Short && shape.words >= 4 && !matches!(shape.end, End::Stop | End::Colon)
    };
    let mut links = RapidHashSet::default();
    for at in text.clone() {
        let is_label = matches!(kinds[at], Kind::Short | Kind::Furniture)
            && blocks[at].text.len() <= LONGEST_LABEL
            && blocks[at].shape.words <= 4
            && begins_with(OTHER_ARTICLES, &blocks[at].text);
        if !is_label {
            continue;
        }
        let below = (at + 1..text.end).take_while(is_link).count();
        if below >= LEAST_LINKS {
            links.extend(at..=at + below);
        }
    }
    links
}

/// No words that begin a line to be told have more characters.
const LONGEST_WORD: usize = 64;

/// True where a line begins with one of `words`, numbers aside.
fn begins_with(words: &[&str], line: &str) -> bool {
    let label = line.trim_start_matches(|c: char| !c.is_alphabetic());
    if label.len() < 4 {
        return false;
    }
    // No word of these is longer, and lines are.
    let end = label.char_indices().nth(LONGEST_WORD).map_or(label.len(), |(end, _)| end);
    let folded = fold(&label[..end]);
    let first = folded.as_bytes().first();
    words.iter().any(|word| word.as_bytes().first() == first && folded.starts_with(word))
}

/// True where what follows a label is too much text to be what readers comment: long paragraphs below headlines, and more
/// of them than the article had before.
fn is_report(blocks: &[Block], kinds: &[Kind], before: usize) -> bool {
    /// A comment is rarely longer.
    const LONG: usize = 240;
    let prose =
        || blocks.iter().zip(kinds).filter(|(_, kind)| **kind == Kind::Prose).map(|(block, _)| block.shape.size);
    let long: usize = prose().filter(|size| *size >= LONG).sum();
    let headed = kinds
        .windows(2)
        .zip(blocks)
        .filter(|(pair, block)| pair[0] == Kind::Short && pair[1] == Kind::Prose && block.shape.words >= 5)
        .count();
    long > before || (long * 2 > before && headed >= 3)
}

/// True where the first of what follows has a date of its own, and then a text. No comment is longer than an
/// article.
fn are_comments(after: &[Kind]) -> bool {
    if after.windows(3).any(|kinds| kinds.iter().all(|kind| *kind == Kind::Prose)) {
        return false;
    }
    let dated = after.iter().take(NEAR).position(|kind| *kind == Kind::Date);
    dated.is_some_and(|dated| after[dated..].iter().take(NEAR).any(|kind| matches!(kind, Kind::Prose | Kind::Short)))
}

/// True where a long paragraph follows soon: no teaser, but the text, which goes on below a box of links.
fn goes_on(blocks: &[Block], kinds: &[Kind]) -> bool {
    /// A teaser is shorter.
    const PARAGRAPH: usize = 400;
    let near = blocks.iter().zip(kinds).take(NEAR);
    let mut long = near.filter(|(block, kind)| **kind == Kind::Prose && block.shape.size >= PARAGRAPH);
    long.any(|(block, _)| block.shape.end == End::Stop)
}

/// True where what follows are headlines with a paragraph at most, parted by buttons and dates.
fn are_teasers(after: &[Kind]) -> bool {
    let mut parted = 0;
    let mut told = 0;
    let mut before = None;
    for kind in after {
        match kind {
            // Two paragraphs together belong to an article: to this one, which goes on below a box.
            Kind::Prose if before == Some(&Kind::Prose) => return false,
            Kind::Prose => told += 1,
            Kind::Furniture | Kind::Date if matches!(before, Some(Kind::Prose | Kind::Short)) => parted += 1,
            _ => {}
        }
        before = Some(kind);
    }
    told >= 2 && parted >= 2
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, date, kinds, lines};
    use super::*;

    const TEXT: &str = "Ferry stays in harbour\n\nThe ferry to the outer islands stays in the harbour until the storm is \
        over, and nobody knows when that will be.\n\nThe islands have bread for a week, the mayor said, and more fish \
        than anybody there wants to eat.\n\n";

    fn check(below: &str, expected: Option<&str>) {
        let (lines, _) = lines::lines(&format!("{TEXT}{below}"));
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let found = end(&blocks, &kinds, 0).map(|at| &*blocks[at].text);
        assert_eq!(found, expected, "{below}");
    }

    #[test]
    fn comments_follow_an_article() {
        let comment = "seagull77\n15 February 2021 at 07:12\nThis is the third storm this month, and still there is no breakwater!\n";
        check(&format!("3 Comments\n{comment}"), Some("3 Comments"));
        check(&format!("Kommentare\n{comment}"), Some("Kommentare"));
        check(comment, None);
        let paragraph =
            "The storm has taken the roof of the fish market with it, and nobody has found it since.\n\n".repeat(3);
        check(&format!("Comments\n3 May 2021\n{paragraph}"), None);
        check("Comments\n\nThe storm has taken the roof of the fish market with it, which was not found.", None);
    }

    #[test]
    fn other_articles_follow_an_article() {
        let teasers = "New bridge will be made of glass\nThe council has decided that the new bridge will be made of glass, \
            whatever it costs.\nRead more\nBakers go on holiday together\nFor the first time in a hundred years, all bakers \
            are on holiday in the same week.\nRead more\n";
        check(&format!("More from the harbour\n{teasers}"), Some("More from the harbour"));
        check(teasers, None);
        // A long paragraph is the article's, which goes on below the box.
        let paragraph =
            "The storm has taken the roof of the fish market with it, and nobody has found it since. ".repeat(6);
        check(&format!("Read also\nNew bridge will be made of glass\n\n{paragraph}\n\n{teasers}"), None);
    }

    #[test]
    fn a_box_of_links_has_several() {
        let check = |below: &str, expected: usize| {
            let (lines, _) = lines::lines(&format!("{TEXT}{below}"));
            let blocks = blocks::blocks(&lines, date::leading_date);
            let kinds = kinds::kinds(&blocks, date::is_date_line);
            assert_eq!(links(&blocks, &kinds, 0..blocks.len()).len(), expected, "{below}");
        };
        let list =
            "New bridge made of glass\nBakers go on holiday together\nSchool plants a large garden\n\nThe end of it.";
        check(&format!("Sponsored articles\n{list}"), 4);
        check(list, 0);
        check("Sponsored articles\nNew bridge made of glass\nBakers go on holiday together", 0);
    }

    #[test]
    fn a_box_in_the_midst_of_a_text_does_not_end_it() {
        let rest = "The storm came from the north on Thursday and took the roof of the fish market with it.\n\nIt has not \
            been found since, although the whole town has been looking for it.";
        check(&format!("Related\nNew bridge will be made of glass\n3 May 2021\n\n{rest}"), None);
        check("Comments\n3 May 2021\n", None);
    }
}
