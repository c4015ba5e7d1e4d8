//! What each block of a page is at first sight, before its place is considered.

use super::blocks::Block;
use super::byline::{self, Fact};
use super::furniture::{is_consent_notice, is_furniture};

/// What a block looks like by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Prose,
    /// A line that states a date.
    Date,
    /// A line that states an author or a publisher.
    Fact(Fact),
    /// What is written under a picture.
    Caption,
    /// A line of the page.
    Furniture,
    /// A short line: a headline, a heading, a name, a menu.
    Short,
}

/// The kind of every block.
pub fn kinds(blocks: &[Block], is_date_line: impl Fn(&str) -> bool) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = blocks.iter().map(|block| kind(block, &is_date_line)).collect();
    // A notice stands first, whoever reads the page.
    let prose = blocks.iter().zip(&mut kinds).filter(|(_, kind)| **kind == Kind::Prose).take(NOTICES);
    for (_, kind) in prose.filter(|(block, _)| is_consent_notice(&block.text)) {
        *kind = Kind::Furniture;
    }
    kinds
}

/// Of so many first paragraphs, any may be a notice.
const NOTICES: usize = 2;

fn kind(block: &Block, is_date_line: impl Fn(&str) -> bool) -> Kind {
    let text = &*block.text;
    if is_date_line(text) {
        return Kind::Date;
    }
    if is_furniture(text) {
        return Kind::Furniture;
    }
    if !text.chars().any(char::is_alphabetic) {
        return Kind::Furniture;
    }
    match byline::read(text) {
        Some(Fact::Credit) => return Kind::Caption,
        Some(fact) => return Kind::Fact(fact),
        None => {}
    }
    if block.shape.size <= 400 && byline::is_caption(text) {
        return Kind::Caption;
    }
    if block.shape.is_prose() { Kind::Prose } else { Kind::Short }
}

/// Where the running text of the page begins: the first block of prose with enough prose near it.
///
/// A notice at the top of a page is prose too, but stands alone; the text of the article is where
/// most of the prose is.
pub fn body_start(blocks: &[Block], kinds: &[Kind]) -> Option<usize> {
    let near = 14;
    let mut sum = 0;
    let mut sums = vec![0; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let size = |at: usize| if kinds[at] == Kind::Prose { blocks[at].shape.size.min(600) } else { 0 };
        sum += size(at);
        if at + near < blocks.len() {
            sum -= size(at + near);
        }
        sums[at] = sum;
    }
    let most = (0..blocks.len()).filter(|at| kinds[*at] == Kind::Prose).map(|at| sums[at]).max()?;
    // Where no part of the page holds much text, the first that holds any will do.
    let share = if most >= 1_500 { 4 } else { 2 };
    (0..blocks.len()).find(|at| kinds[*at] == Kind::Prose && sums[*at] * 10 >= most * share)
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, date, lines};
    use super::*;

    fn check(line: &str, expected: Kind) {
        let (lines, _) = lines::lines(line);
        let blocks = blocks::blocks(&lines, date::leading_date);
        assert_eq!(kinds(&blocks, date::is_date_line), [expected], "{line}");
    }

    #[test]
    fn lines_are_told_by_their_looks() {
        check("February 16, 2021", Kind::Date);
        check("By Nora Webb", Kind::Fact(Fact::Author("Nora Webb".into())));
        check("The harbour at dawn (Nora Webb / AFP)", Kind::Caption);
        check("Foto: Jens Holm", Kind::Caption);
        check("Share on Facebook", Kind::Furniture);
        check("0049 30 1234567", Kind::Furniture);
        check("Ferry stays in harbour", Kind::Short);
        check("The ferry to the outer islands stays in the harbour until the storm is over.", Kind::Prose);
    }

    #[test]
    fn the_text_begins_where_most_of_it_stands() {
        let prose =
            "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said today. "
                .repeat(4);
        let text = format!(
            "A word from our captain, who likes to talk about the weather.\n\n{}{prose}\n\n{prose}\n\n{prose}\n\n{prose}",
            "Menu of the day\n\n".repeat(20)
        );
        let (lines, _) = lines::lines(&text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds(&blocks, date::is_date_line);
        assert_eq!(body_start(&blocks, &kinds), Some(21));
        assert_eq!(body_start(&[], &[]), None);
    }
}
