//! What each block of a page is at first sight, before its place is considered.

use super::blocks::{Block, End};
use super::byline::{self, Fact};
use super::furniture::{Look, is_consent_notice, look};

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
    let mut boxed = Vec::with_capacity(blocks.len());
    let mut kinds: Vec<Kind> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let (kind, look) = kind(block, &is_date_line);
        kinds.push(kind);
        boxed.push(look.boxed);
    }
    boxes(blocks, &mut kinds, &boxed);
    pictures(blocks, &mut kinds);
    // A notice stands first, whoever reads the page.
    let prose = blocks.iter().zip(&mut kinds).filter(|(_, kind)| **kind == Kind::Prose).take(NOTICES);
    for (_, kind) in prose.filter(|(block, _)| is_consent_notice(&block.text)) {
        *kind = Kind::Furniture;
    }
    kinds
}

/// Of so many first paragraphs, any may be a notice.
const NOTICES: usize = 2;

fn kind(block: &Block, is_date_line: impl Fn(&str) -> bool) -> (Kind, Look) {
    let text = &*block.text;
    if is_date_line(text) {
        return (Kind::Date, Look::default());
    }
    let is_prose = block.shape.is_prose();
    let look = look(text);
    let kind = if look.is_furniture(is_prose) || !text.chars().any(char::is_alphabetic) {
        Kind::Furniture
    } else {
        match byline::look(text, block.shape.size <= LONGEST_PICTURED) {
            Some(Fact::Credit) => Kind::Caption,
            Some(fact) => Kind::Fact(fact),
            None if is_prose => Kind::Prose,
            None => Kind::Short,
        }
    };
    (kind, look)
}

/// What is written under a picture is no longer than this.
const LONGEST_PICTURED: usize = 400;
/// A sentence of a box is no longer than this.
const LONGEST_BOXED: usize = 240;
/// So many blocks around it, others of the box stand.
const NEAR_BOXED: usize = 3;
/// What is shorter than this, and stands within a box, belongs to it.
const WITHIN_BOX: usize = 110;

/// Makes furniture of the sentences of boxes that ask readers to subscribe, sign in or comment. Each holds several of
/// the words of such boxes, and others of its kind or buttons are near.
fn boxes(blocks: &[Block], kinds: &mut [Kind], boxed: &[u8]) {
    let holds_words = |kinds: &[Kind], at: usize| {
        boxed[at] >= 2 && matches!(kinds[at], Kind::Prose | Kind::Short) && blocks[at].shape.size <= LONGEST_BOXED
    };
    let spared = spared(blocks, kinds, boxed, |at| holds_words(kinds, at));
    let is_candidate = |kinds: &[Kind], at: usize| holds_words(kinds, at) && !spared[at];
    let mut found: Vec<usize> = Vec::new();
    for at in 0..blocks.len() {
        if !is_candidate(kinds, at) {
            continue;
        }
        let around = at.saturating_sub(NEAR_BOXED)..(at + NEAR_BOXED + 1).min(blocks.len());
        let near = around.filter(|near| *near != at).any(|near| {
            kinds[near] == Kind::Furniture && boxed[near] >= 1
                || is_candidate(kinds, near)
                || boxed[at] >= 3 && kinds[near] == Kind::Furniture
        });
        if near || boxed[at] >= SURELY_BOXED {
            found.push(at);
        }
    }
    for at in &found {
        kinds[*at] = Kind::Furniture;
    }
    // What stands between two sentences of a box belongs to it.
    for pair in found.windows(2) {
        let within = pair[0] + 1..pair[1];
        let short = |at: usize| {
            blocks[at].shape.size <= WITHIN_BOX && matches!(kinds[at], Kind::Prose | Kind::Short | Kind::Furniture)
        };
        if within.len() <= NEAR_BOXED && within.clone().all(short) {
            within.for_each(|at| kinds[at] = Kind::Furniture);
        }
    }
}

/// So many words of boxes make a sentence one of them, whatever stands around it.
const SURELY_BOXED: u8 = 4;

/// The sentences that hold words of boxes and are text nonetheless: they quote somebody, or stand with others like them
/// between two paragraphs, and no button is near. News speak of accounts and subscribers, too.
fn spared(blocks: &[Block], kinds: &[Kind], boxed: &[u8], holds_words: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut spared = vec![false; blocks.len()];
    let is_paragraph =
        |at: usize| kinds.get(at) == Some(&Kind::Prose) && !holds_words(at) && blocks[at].shape.size >= LEAST_PARAGRAPH;
    let mut at = 0;
    while at < blocks.len() {
        if !(holds_words(at) && kinds[at] == Kind::Prose) {
            at += 1;
            continue;
        }
        let start = at;
        while at < blocks.len() && kinds[at] == Kind::Prose && holds_words(at) {
            at += 1;
        }
        let within = start > 0 && is_paragraph(start - 1) && is_paragraph(at);
        for own in start..at {
            let quotes = blocks[own].text.contains(['“', '”', '„', '«', '»', '「', '"']);
            spared[own] = boxed[own] < SURELY_BOXED && (within || quotes);
        }
    }
    spared
}

/// A paragraph beside which a sentence is text has so many characters.
const LEAST_PARAGRAPH: usize = 60;

/// A caption without a credit of its own is no longer than this.
const LONGEST_CAPTION: usize = 170;
/// A line that is nothing but a credit has no more words.
const MOST_CREDIT_WORDS: u32 = 9;

/// Makes captions of short sentences right above a line that says whose a picture is.
fn pictures(blocks: &[Block], kinds: &mut [Kind]) {
    let mut read = false;
    for at in 1..blocks.len() {
        read |= at >= 2 && matches!(kinds[at - 2], Kind::Prose | Kind::Date | Kind::Fact(_));
        let credit = kinds[at] == Kind::Caption && blocks[at].shape.words <= MOST_CREDIT_WORDS;
        let above = &blocks[at - 1];
        let text = &*above.text;
        // A headline that asks something looks like a sentence, but has no text before it.
        let sentence = read
            && kinds[at - 1] == Kind::Prose
            && above.shape.end == End::Stop
            && above.shape.size <= LONGEST_CAPTION
            && !text.starts_with(['"', '“', '„', '«', '»', '‘', '「', '—', '–']);
        // Two sentences are a paragraph.
        if credit
            && sentence
            && !above.bullet
            && has_one_sentence(text)
            && (!above.apart.1 || above.shape.size <= LONGEST_CAPTION * 2 / 3)
        {
            kinds[at - 1] = Kind::Caption;
        }
    }
}

/// True where no full stop stands within `text` before a capital.
fn has_one_sentence(text: &str) -> bool {
    !text.match_indices(['.', '!', '?', '。', '।', '۔']).any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let word = text[..at].chars().rev().take_while(|c| c.is_lowercase() || !c.is_ascii()).count();
        word >= 4
            && rest.trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
            && rest.trim().chars().count() > 12
    })
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
    fn news_about_accounts_are_no_boxes() {
        let paragraph =
            "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said today.";
        let check = |lines: &[&str], expected: Kind| {
            let text = format!("{paragraph}\n\n{}\n\n{paragraph} Again.", lines.join("\n\n"));
            let (read, _) = lines::lines(&text);
            let blocks = blocks::blocks(&read, date::leading_date);
            let kinds = kinds(&blocks, date::is_date_line);
            assert!(kinds[1..=lines.len()].iter().all(|kind| *kind == expected), "{lines:?}: {kinds:?}");
        };
        for news in [
            [
                "The party said that its Twitter account was linked to the harbour.",
                "“Our account was open to comments,” the captain said on Twitter today.",
            ],
            [
                "Der Verein sagt, das Konto bei Facebook sei nur ihm zugänglich gewesen.",
                "„Unser Konto war für Kommentare offen“, sagte der Kapitän auf Facebook.",
            ],
            [
                "Le port dit que son compte Facebook a été ouvert sans abonnement payant.",
                "« Notre compte Facebook est gratuit », a dit le capitaine aux abonnés.",
            ],
        ] {
            check(&news, Kind::Prose);
        }
        check(
            &[
                "Subscribe to our newsletter and get unlimited access to all articles in your inbox.",
                "Sign up",
                "You already have an account? Log in here to read comments and newsletters.",
            ],
            Kind::Furniture,
        );
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
