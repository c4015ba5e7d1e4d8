//! Text that was set for paper: words broken at the ends of lines, and heads of pages within the text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::text::fold::fold;

/// Words before which a hyphen stands for what is left away: `Ein- und Ausgang`, `pre- and postwar`.
#[rustfmt::skip]
const AND: &[&str] = &[
    "and", "or", "to", "und", "oder", "bis", "sowie", "als", "en", "of", "et", "ou", "e", "o", "y", "u", "och", "eller", "og", "ja", "tai", "sekä", "i", "lub", "a", "nebo", "és", "vagy", "и", "или",
];

/// A line that is a head of pages stands so often in a text.
const HEADS: usize = 3;

/// A head of pages is no longer.
const LONGEST: usize = 80;

/// The text with broken words made whole and heads of pages taken out of its sentences, and how many heads
/// were taken out. Lines stay lines.
pub(super) fn whole(text: &str) -> (Cow<'_, str>, usize) {
    let breaks = has_breaks(text);
    let heads = heads(text);
    if !breaks && heads.is_empty() {
        return (Cow::Borrowed(text), 0);
    }
    let known = if breaks { words(text) } else { HashMap::new() };
    let mut lines: Vec<Cow<'_, str>> = Vec::new();
    let mut taken = 0;
    // So many lines are missing so far: they follow at the end of the paragraph, so that all lines below keep their numbers.
    let mut missing = 0;
    let mut rest = text.lines().peekable();
    while let Some(line) = rest.next() {
        if heads.contains(&key(line)) && interrupts(&lines, rest.clone().take(6), &heads) {
            taken += 1;
            // The blank lines around it go with it, so that the sentence goes on.
            missing += 1;
            while lines.last().is_some_and(|last| last.trim().is_empty()) {
                lines.pop();
                missing += 1;
            }
            while rest.peek().is_some_and(|next| next.trim().is_empty() || heads.contains(&key(next))) {
                rest.next();
                missing += 1;
            }
            continue;
        }
        if missing > 0 && line.trim().is_empty() {
            lines.extend(std::iter::repeat_n(Cow::Borrowed(""), std::mem::take(&mut missing)));
        }
        let joined = lines.last().and_then(|last| joined(last, line, &known));
        match joined {
            Some((whole, more)) => {
                lines.pop();
                lines.push(Cow::Owned(whole));
                // A line of which nothing is left ends its paragraph, if a blank one follows.
                if !more.is_empty() || rest.peek().is_none_or(|next| next.trim().is_empty()) {
                    lines.push(Cow::Owned(more));
                }
            }
            None => lines.push(Cow::Borrowed(line)),
        }
    }
    let mut whole = String::with_capacity(text.len());
    for line in lines {
        whole.push_str(&line);
        whole.push('\n');
    }
    (Cow::Owned(whole), taken)
}

/// The mark at the end of a line that broke a word, and the word before it.
fn broken(line: &str) -> Option<(&str, char)> {
    let line = line.trim_end();
    let mark = line.chars().next_back().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}' | '¬'))?;
    let before = &line[..line.len() - mark.len_utf8()];
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '-').next()?;
    (word.chars().count() >= 2 || mark == '\u{ad}').then_some((word, mark))
}

/// The rest of a word that a line begins with: in small letters, as what goes on.
fn rest_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let end = line.find(|c: char| !c.is_alphabetic()).unwrap_or(line.len());
    let word = &line[..end];
    word.starts_with(char::is_lowercase).then_some(word)
}

/// True where lines end within words.
fn has_breaks(text: &str) -> bool {
    let mut before: Option<&str> = None;
    text.lines().any(|line| {
        let breaks = before.is_some_and(|before| broken(before).is_some() && rest_of(line).is_some());
        before = Some(line);
        breaks
    })
}

/// The words of a text, folded, those with hyphens whole, and how often each stands in it. What is broken
/// at the end of a line is not counted.
fn words(text: &str) -> HashMap<u64, u32> {
    let mut known = HashMap::new();
    for line in text.lines() {
        let line = line.trim_end().trim_end_matches(['-', '\u{2010}', '\u{ad}', '¬']);
        for word in line.split(|c: char| !c.is_alphabetic() && c != '-').filter(|word| word.len() >= 4) {
            *known.entry(hash(word)).or_insert(0) += 1;
            // A text without end has more words than memory.
            if known.len() > 200_000 {
                return known;
            }
        }
    }
    known
}

fn hash(word: &str) -> u64 {
    rapidhash::v3::rapidhash_v3(fold(word).as_bytes())
}

/// A line with the word that was broken at its end made whole, and what is left of the next line.
fn joined(last: &str, line: &str, known: &HashMap<u64, u32>) -> Option<(String, String)> {
    // Lines that are broken again and again are no text.
    if last.len() > 2000 {
        return None;
    }
    let (start, mark) = broken(last)?;
    let rest = rest_of(line)?;
    let line = line.trim_start();
    let after = &line[rest.len()..];
    // What is broken again at the end of this line is joined with the next.
    let tail = after.find(char::is_whitespace).unwrap_or(after.len());
    let (close, more) = after.split_at(tail);
    if mark != '\u{ad}' && AND.contains(&rest) {
        return None;
    }
    let count = |word: &str| known.get(&hash(word)).copied().unwrap_or(0);
    let keeps = mark != '\u{ad}' && count(&format!("{start}-{rest}")) > count(&format!("{start}{rest}"));
    let last = last.trim_end();
    let bare = &last[..last.len() - mark.len_utf8()];
    let hyphen = if keeps { "-" } else { "" };
    Some((format!("{bare}{hyphen}{rest}{close}"), more.trim_start().to_owned()))
}

/// What is the same in all heads of a text: its words, whatever the page.
fn key(line: &str) -> u64 {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return 0;
    }
    let (mut hash, mut after_digit) = (0xcbf2_9ce4_8422_2325_u64, false);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        let is_digit = c.is_ascii_digit();
        if !(is_digit && after_digit) {
            let c = if is_digit { '0' } else { c };
            hash = (hash ^ u64::from(c)).wrapping_mul(0x100_0000_01b3);
        }
        after_digit = is_digit;
    }
    hash.max(1)
}

/// The keys of lines that stand between the pages of a text: the same again and again, each time apart, with a
/// number that counts, or behind a form feed.
fn heads(text: &str) -> HashSet<u64> {
    let mut found: HashMap<u64, usize> = HashMap::new();
    let (mut blank, mut fed) = (true, false);
    for line in text.lines().take(200_000) {
        let trimmed = line.trim();
        let may_be_head = !trimmed.is_empty() && trimmed.len() <= LONGEST;
        let feeds = line.as_bytes().contains(&0xc);
        if may_be_head {
            // A line without a number is no head, unless a page ends above it.
            let counts = fed || feeds || blank && line.bytes().any(|byte| byte.is_ascii_digit());
            if counts {
                *found.entry(key(line)).or_default() += 1;
            }
            fed = false;
        }
        fed |= feeds;
        blank = trimmed.is_empty();
    }
    found.retain(|_, count| *count >= HEADS);
    found.into_keys().collect()
}

/// True where a head stands in the middle of a sentence.
fn interrupts<'a>(before: &[Cow<'_, str>], after: impl Iterator<Item = &'a str>, heads: &HashSet<u64>) -> bool {
    let last = before.iter().rev().find(|line| !line.trim().is_empty());
    let ends = |text: &str| text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»', '。']);
    let next = after.filter(|line| !line.trim().is_empty()).find(|line| !heads.contains(&key(line)));
    last.is_some_and(|last| !ends(last)) && next.is_some_and(|next| next.trim_start().starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(whole(text).0, expected, "{text}");
    }

    #[test]
    fn words_broken_at_the_ends_of_lines_are_whole() {
        check("noise and mo-\nney. Residents had\nmore.", "noise and money.\nResidents had\nmore.\n");
        check("Die Hafen-\nbehörde prüft.\n", "Die Hafenbehörde\nprüft.\n");
        check("под-\nписали. Затем", "подписали.\nЗатем\n");
        check("called it under-\nstandable.\n\nNext.", "called it understandable.\n\n\nNext.\n");
        check("the en-\ngi-\nneers said", "the engineers\nsaid\n");
        check("a soft\u{ad}\nware house", "a software\nhouse\n");
    }

    #[test]
    fn hyphens_that_belong_to_a_word_stay() {
        check("A well-known man.\nHe is well-\nknown here.", "A well-known man.\nHe is well-known\nhere.\n");
        check("Die Ein-\nund Ausgabe.", "Die Ein-\nund Ausgabe.\n");
        check("Nord-\nSüd-Achse", "Nord-\nSüd-Achse");
        check("- one\n- two -\nthree", "- one\n- two -\nthree");
        check("1990-\n1995", "1990-\n1995");
        check("one\ntwo", "one\ntwo");
    }

    #[test]
    fn heads_of_pages_do_not_part_a_sentence() {
        let page = |number: u32, end: &str| {
            format!("The council voted on {end}\n\nThe Gazette   Page {number}\n\nafter a long debate.\n\n")
        };
        let text = [page(1, "the plan"), page(2, "the roof"), page(3, "it.")].concat();
        let (whole, taken) = whole(&text);
        assert_eq!(taken, 2, "{whole}");
        assert!(whole.starts_with("The council voted on the plan\nafter a long debate.\n"), "{whole}");
        assert!(whole.contains("on it.\n\nThe Gazette   Page 3\n"), "{whole}");
        let number = |text: &str| text.lines().position(|line| line.ends_with("Page 3"));
        assert_eq!(number(&whole), number(&text));
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "([a-zA-Zäß]{1,5}|[-. \n]|\u{ad}\n|-\n|\n\n)*") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let (whole, taken) = whole(&text);
            prop_assert!(taken > 0 || letters(&whole) == letters(&text));
        }

        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            let _ = whole(&text);
        }
    }
}
