//! Whether a line may hold a date, told at a glance: most lines of a text hold none, and cutting them
//! into tokens to find that out is most of the work of looking for dates.
//!
//! What is told here may be wrong in one direction only. A line that "may hold a date" often holds
//! none; a line that "holds none" never holds one that a finder would read.

use std::sync::{LazyLock, OnceLock};

use rapidhash::RapidHashSet;

use super::announced::ANNOUNCING;
use super::token::{ZEROS, digit, is_ideograph, is_invisible, is_letter, plain};
use super::words::{AGES, BESIDE, WEEKDAY_LINKS};
use super::{named, names, time};
use crate::text::fold::fold;

/// No word that belongs to a date is longer, in bytes.
const LONGEST_WORD: usize = 64;

/// Words of up to so many characters may stand between a number and the name of its month.
const SHORT_WORD: usize = 4;

/// So many words may stand between a number and the name of its month.
const WORDS_BETWEEN: usize = 4;

/// True when one of the finders may read a date from `text`.
pub(super) fn may_hold_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without a way out in its midst this loop takes many bytes at a time, and most lines are settled by it.
    let (mut has_digit, mut has_sign) = (false, false);
    for byte in bytes {
        has_digit |= byte.is_ascii_digit();
        has_sign |= *byte >= FIRST_OF_SIGN;
    }
    if has_sign && is_always_dated(text) {
        return true;
    }
    if !has_digit {
        return false;
    }
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + skipped;
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = start + length;
        if may_be_part_of_date(text, start, end) {
            return true;
        }
        at = end;
    }
    false
}

/// With this byte, or a greater one, begin the digits of all other scripts.
const FIRST_OF_SIGN: u8 = 0xd9;

/// True where a character makes a line worth cutting up wherever it stands: a month of East Asia, which may
/// be counted in Han numerals, or a digit of another script.
fn is_always_dated(text: &str) -> bool {
    signs_of_date(text).next().is_some()
}

/// The characters of a text that are digits of other scripts, or say "month" in East Asia.
pub(super) fn signs_of_date(text: &str) -> impl Iterator<Item = char> {
    /// For the first byte of a character, which last bytes of it, of 64, may make it a sign.
    static BYTES: LazyLock<[u64; 256]> = LazyLock::new(|| {
        let mut bytes = [0; 256];
        let digits = ZEROS.iter().flat_map(|zero| (0..10).filter_map(|digit| char::from_u32(*zero as u32 + digit)));
        for c in digits.chain(['月', '월']) {
            let mut encoded = [0; 4];
            let encoded = c.encode_utf8(&mut encoded).as_bytes();
            bytes[usize::from(encoded[0])] |= 1 << (encoded[encoded.len() - 1] & 63);
        }
        bytes
    });
    let (known, bytes) = (&*BYTES, text.as_bytes());
    let firsts = bytes.iter().enumerate().filter(|(_, byte)| known[usize::from(**byte)] != 0);
    let ends = firsts.filter(move |(at, byte)| {
        let length = if **byte < 0xe0 {
            2
        } else if **byte < 0xf0 {
            3
        } else {
            4
        };
        bytes.get(at + length - 1).is_some_and(|last| known[usize::from(**byte)] >> (last & 63) & 1 == 1)
    });
    ends.filter_map(move |(at, _)| text.get(at..)?.chars().next()).filter(|c| is_sign_of_date(*c))
}

fn is_sign_of_date(c: char) -> bool {
    matches!(c, '月' | '월') || !c.is_ascii() && digit(c).is_some()
}

/// True when the number at `start..end`, with what stands around it, may be a part of a date.
fn may_be_part_of_date(text: &str, start: usize, end: usize) -> bool {
    match end - start {
        1 | 2 | 4 => {
            is_followed_by_number(text, start, end) || names_follow(&text[end..]) || names_precede(&text[..start])
        }
        // `20210216`.
        8 => true,
        // `20232:26`: a year and a time that lost the gap between them.
        5 | 6 => text[end..].starts_with(':'),
        _ => false,
    }
}

/// True where a sign and another number follow in a way that dates of numbers have: `2021-02`,
/// `16.2.`, `02/2021`, `2/16(`; not `3.6 million` or `2:0`.
fn is_followed_by_number(text: &str, start: usize, end: usize) -> bool {
    let is_sign = |c: char| matches!(plain(c), '/' | '.' | '-');
    let Some(rest) = after_gap(&text[end..]).strip_prefix(is_sign) else { return false };
    let rest = after_gap(rest);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return false;
    }
    let third = after_gap(&rest[length..]);
    length >= 4 || end - start == 4 || third.starts_with(|c: char| is_sign(c) || plain(c) == '(')
}

/// `text` from its first visible character on.
fn after_gap(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// True when the name of a month may stand in the next few words of `text`.
fn names_follow(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=WORDS_BETWEEN {
        rest = rest.trim_start_matches(stands_between);
        let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
        match may_name_month(&rest[..end]) {
            Name::May => return true,
            Name::Link => rest = &rest[end..],
            Name::No => return false,
        }
    }
    false
}

/// True when the name of a month may stand in the last few words of `text`.
fn names_precede(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=WORDS_BETWEEN {
        rest = rest.trim_end_matches(stands_between);
        let before = rest.trim_end_matches(is_of_word);
        match may_name_month(&rest[before.len()..]) {
            Name::May => return true,
            Name::Link => rest = before,
            Name::No => return false,
        }
    }
    false
}

/// True for gaps, and for signs between the parts of a date.
fn stands_between(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' ' | '.' | ',' | '/' | '\'' | '-' | '\t');
    }
    c.is_whitespace() || is_invisible(c) || matches!(c, '’' | '‘' | '°') || matches!(plain(c), '.' | ',' | '/' | '-')
}

fn is_of_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { (is_letter(c) || is_invisible(c)) && !is_ideograph(c) }
}

/// What a word near a number may be.
enum Name {
    /// The name of a month, or a part of one.
    May,
    /// Another word that a date may hold.
    Link,
    No,
}

fn may_name_month(word: &str) -> Name {
    if word.is_empty() || word.len() > LONGEST_WORD {
        return Name::No;
    }
    let is_link = || word.chars().nth(SHORT_WORD).is_none() || named::LONG_LINKS.contains(&word);
    let name = if word.is_ascii() {
        // `readApril`: the word may be two.
        has_joint(word) || named::roman(word).is_some() || is_part_of_name(word.to_ascii_lowercase().as_str())
    } else {
        // Words of India and its neighbours are cut by rules of their own.
        word.chars().any(|c| ('\u{700}'..'\u{1e00}').contains(&c))
            || has_joint(word)
            || is_part_of_name(&fold(word))
            // Hebrew says "in February" in one word.
            || word.strip_prefix('ב').is_some_and(|rest| is_part_of_name(&fold(rest)))
    };
    match name {
        true => Name::May,
        false if is_link() => Name::Link,
        false => Name::No,
    }
}

/// True when a capital follows a small letter, or a small letter several capitals: there the word is
/// cut in two.
fn has_joint(word: &str) -> bool {
    let (mut small, mut capitals) = (false, 0);
    for c in word.chars() {
        if c.is_uppercase() {
            if small {
                return true;
            }
            capitals += 1;
        } else {
            if capitals >= 4 {
                return true;
            }
            small |= c.is_lowercase();
            capitals = 0;
        }
    }
    false
}

/// True for the folded words of which the names of months consist.
fn is_part_of_name(folded: &str) -> bool {
    static PARTS: OnceLock<RapidHashSet<&'static str>> = OnceLock::new();
    let parts = PARTS.get_or_init(|| names::months().flat_map(str::split_whitespace).chain(["thang", "thg"]).collect());
    parts.contains(folded)
}

/// True when `line` certainly tells something else than a date: when it holds a word of plain letters
/// that stands in no table of the words of dates.
pub(super) fn tells_something_else(line: &str) -> bool {
    // The words of an address are not read.
    plain_words(line).any(|word| !is_of_dates(word)) && !line.contains("://") && !line.contains("www.")
}

/// True when `line` begins with a word that belongs to no date.
pub(super) fn begins_with_something_else(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain_words(line).next().is_some_and(|word| line.starts_with(word) && !is_of_dates(word))
        && !line.starts_with("http")
        && !line.starts_with("www.")
}

/// The words of `line` that are certainly words by themselves: plain letters, not beside others.
fn plain_words(line: &str) -> impl Iterator<Item = &str> {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let (start, end) = (at, at + length);
            at = end.max(at + 1);
            let alone = |place: Option<usize>| place.and_then(|place| bytes.get(place)).is_none_or(u8::is_ascii);
            // Of letters with points between them others are made: `p.m.`
            if (2..=LONGEST_WORD).contains(&length)
                && alone(start.checked_sub(1))
                && alone(Some(end))
                && !has_joint(&line[start..end])
            {
                return Some(&line[start..end]);
            }
        }
        None
    })
}

/// True for the words of all tables of dates, in any case.
fn is_of_dates(word: &str) -> bool {
    static WORDS: OnceLock<RapidHashSet<String>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let announcing = ANNOUNCING.iter().map(|(phrase, _)| *phrase);
        let all = announcing.chain(BESIDE.iter().chain(AGES).copied()).chain(names::all());
        let all = all.chain(named::words()).chain(time::words()).chain(WEEKDAY_LINKS.iter().copied());
        let pieces = all.flat_map(|phrase| phrase.split(|c: char| !c.is_alphanumeric()));
        pieces.map(str::to_lowercase).collect()
    });
    words.contains(word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::finding::readings;
    use super::super::line::only_states_date;
    use super::super::token::Tokens;
    use super::*;
    use crate::article::LanguageTag;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_other_things_are_passed_over() {
        for line in [
            "The harbour employs 5,000 people and 12 cranes",
            "3.6 million tons in 2021, 12 % more than in 2020",
            "They won 2:0 after 93 minutes.",
            "Since 1998 the ferry leaves at 18:00",
            "the 21st century",
            "call 0156 123456",
        ] {
            assert!(!may_hold_date(line), "{line}");
        }
    }

    #[test]
    fn lines_of_other_words_are_no_date_lines() {
        assert!(tells_something_else("On 16 February 2021 the harbour was closed"));
        assert!(!tells_something_else("Published: Tuesday, February 16, 2021 at 6:05 pm"));
    }

    proptest! {
        #[test]
        fn no_date_is_missed(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "16", "2", "2021", "1399", "20210216", "20232", "3", "February", "Feb", "février", "may", "febrero", "lutego",
                    "16. februāris", "gada", "th", "st", "er", "º", "de", "of", "ng", "den", "the", "harbour", "Thang", "tháng", "năm",
                    "كانون", "الثاني", "فبراير", "בפברואר", "II", "XII", "hai", "mười", "फागुन", "२०७७", "رجب", "ก.พ.", "กุมภาพันธ์", "फ़रवरी", "年", "月", "日", "월", "읽", "Şubat", "urteko",
                    "AGENCY", "read", "The", "\u{200b}", "(", ")", "火", "بهمن", "۱۶", "m.", "г.", "'", "’", "°", "&", "to",
                ]),
                1..7,
            ),
            gaps in prop::collection::vec(prop::sample::select(vec![" ", " ", "", ".", "-", "/", ", ", ": ", "–"]), 7),
            code in prop::sample::select(vec!["en", "fr", "vi", "ar", "he", "th", "lv", "eu", "tr"]),
        ) {
            let line: String = pieces.iter().zip(&gaps).flat_map(|(piece, gap)| [*piece, *gap]).collect();
            for language in [None, LanguageTag::find(code)] {
                if !readings(&Tokens::new(&line), language).is_empty() {
                    prop_assert!(may_hold_date(&line), "{line}");
                }
            }
            if only_states_date(&line) {
                prop_assert!(!tells_something_else(&line), "{line}");
            }
        }
    }
}
