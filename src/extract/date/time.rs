//! Times of day beside a date, and their zones.

use chrono::FixedOffset;

use super::token::{Kind, Token, Tokens};
use super::zones;
use crate::article::LanguageTag;

/// A time that was read, and the token after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// The hour, from 0 to 23.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
    /// The zone that is stated with it.
    pub offset: Option<FixedOffset>,
    /// The first token of it.
    pub first: usize,
    /// The token after the last of it.
    pub end: usize,
    /// True where a word says which half of the day it is: `6 p.m.`
    pub halved: bool,
    /// True for `18.00` without any word for a clock, which may be a number.
    pub bare: bool,
}

/// Words that may stand between a date and its time.
const BETWEEN: &[&str] = &[
    "at",
    "d",
    "um",
    "à",
    "a",
    "las",
    "le",
    "los",
    "les",
    "alle",
    "ore",
    "às",
    "as",
    "kl",
    "klo",
    "kello",
    "kell",
    "om",
    "o",
    "ob",
    "u",
    "в",
    "о",
    "у",
    "пък",
    "saat",
    "pukul",
    "jam",
    "lúc",
    "t",
    "الساعة",
    "ساعت",
    "في",
    "ساعة",
    "time",
    "klokken",
    "ora",
    "godz",
    "godzina",
    "w",
    "г",
    "года",
    "р",
    "de",
    "h",
    "os",
    "στις",
    "ώρα",
    "г",
    "год",
    "час",
    "बजे",
    "시",
    "בשעה",
    "ב",
    "من",
    "เวลา",
    "เมื่อ",
];

/// Words that may stand between a time and the date it belongs to.
const BEFORE: &[&str] = &["on", "am", "del", "el", "le"];

/// Signs that may stand between a date and its time.
const SIGNS_BETWEEN: &[char] =
    &[',', '-', '|', '·', '.', '/', '(', ';', '@', '~', '\u{2009}', '›', '»', ':', '〜', '_'];

/// Words after a number that make it an hour.
const HOURS: &[&str] = &["uhr", "h", "hs", "hrs", "時", "时", "點", "点", "시"];

/// Words after a number that make it a minute.
const MINUTES: &[&str] = &["分", "분", "min", "m"];

/// Words before or after a time that put it before or after noon: the word, and whether it is after.
const HALVES: &[(&str, bool)] = &[
    ("am", false),
    ("pm", true),
    ("上午", false),
    ("下午", true),
    ("午前", false),
    ("午後", true),
    ("오전", false),
    ("오후", true),
    ("ص", false),
    ("م", true),
    ("صباحا", false),
    ("صباحاً", false),
    ("مساء", true),
    ("مساءً", true),
    ("πμ", false),
    ("μμ", true),
];

/// All words that a time may hold.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    let halves = HALVES.iter().map(|(word, _)| *word);
    [BETWEEN, BEFORE, HOURS, MINUTES].into_iter().flatten().copied().chain(halves).chain(zones::names())
}

/// The time that stands after a date, or `None` when what follows is something else.
pub(super) fn after(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Time> {
    let mut from = at;
    // More than this stands between no date and its time.
    for _ in 0..5 {
        if let Some(time) = read(tokens, from, language) {
            // Nothing but a gap or a point between: `16.2.2021 1` is no time; `... 2021, 18.00` is.
            return Some(time);
        }
        if tokens.is_any_sign(from, SIGNS_BETWEEN) || tokens.is_any_word(from, BETWEEN) {
            from += 1;
        } else {
            return None;
        }
    }
    None
}

/// The time that stands before a date (`18:00, 16 February`), which begins at `at`.
pub(super) fn before(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Time> {
    for length in 3..=11 {
        let from = at.checked_sub(length)?;
        if from > 0
            && tokens.number(from).is_some()
            && tokens.is_any_sign(from - 1, &[':', '.', '/'])
            && tokens.touches(from)
        {
            continue;
        }
        let Some(time) = read(tokens, from, language) else { continue };
        let gap = (time.end..at).all(|at| {
            tokens.is_any_sign(at, SIGNS_BETWEEN) || tokens.is_any_word(at, BETWEEN) || tokens.is_any_word(at, BEFORE)
        });
        if gap && time.end <= at && !time.bare {
            return Some(time);
        }
    }
    None
}

/// Reads a time that begins at `at`.
pub(super) fn read(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Time> {
    let (half, mut next) = half(tokens, at).map_or((None, at), |(half, next)| (Some(half), next));
    let hour = tokens.number(next).filter(|hour| hour.digits <= 2 && hour.value <= 24)?;
    next += 1;
    let mut bare = false;
    let minute = if tokens.is_sign(next, ':') || (tokens.is_sign(next, '.') && tokens.touches(next)) {
        bare = tokens.is_sign(next, '.');
        next += 1;
        let minute = two_digits(tokens, next)?;
        next += 1;
        if bare
            && (tokens.is_sign(next, '.') || tokens.is_sign(next, ','))
            && tokens.touches(next)
            && tokens.number(next + 1).is_some()
        {
            return None;
        }
        // Seconds, and fractions of them, are more than a reader wants to know.
        if tokens.is_any_sign(next, &[':', '.']) && tokens.touches(next) && two_digits(tokens, next + 1).is_some() {
            next += 2;
            if tokens.is_any_sign(next, &['.', ',']) && tokens.touches(next) && tokens.number(next + 1).is_some() {
                next += 2;
            }
        }
        minute.value
    } else if tokens.is_any_word(next, HOURS) {
        next += 1;
        match two_digits(tokens, next) {
            Some(minute) if minute.value < 60 => {
                next = tokens.skip_word(next + 1, MINUTES);
                minute.value
            }
            _ => 0,
        }
    } else {
        // A number alone is a time only where a word says so: `6 p.m.`
        half.is_none().then(|| self::half(tokens, next)).flatten()?;
        0
    };
    if minute >= 60 {
        return None;
    }
    let after = self::half(tokens, next);
    if let Some((_, end)) = after {
        next = end;
    }
    if tokens.is_sign(next, ':') && tokens.is_any_word(next + 1, HOURS) {
        next += 2;
    }
    if tokens.is_any_word(next, HOURS) {
        next += 1;
        bare = false;
        next = if tokens.is_word(next - 1, "h") { tokens.skip_sign(next, &['.']) } else { next };
    }
    let hour = match half.or(after.map(|(half, _)| half)) {
        Some(afternoon) if hour.value <= 12 => {
            bare = false;
            hour.value % 12 + if afternoon { 12 } else { 0 }
        }
        _ => hour.value % 24,
    };
    let halved = half.is_some() || after.is_some();
    let mut time = Time { hour, minute, offset: None, first: at, end: next, halved, bare };
    if let Some((offset, end)) = zone(tokens, next, language) {
        time.offset = Some(offset);
        time.end = end;
        time.bare = false;
    }
    Some(time)
}

/// True where hours and minutes stand at `at`, with a colon between them.
pub(super) fn is_clock(tokens: &Tokens, at: usize) -> bool {
    let two = |at: usize| tokens.number(at).is_some_and(|number| number.digits <= 2 && tokens.touches(at));
    two(at) && tokens.is_sign(at + 1, ':') && tokens.touches(at + 1) && two(at + 2)
}

fn two_digits(tokens: &Tokens, at: usize) -> Option<Token> {
    tokens.number(at).filter(|number| number.digits == 2 && number.value < 60)
}

/// A word for the half of the day at `at`: whether it is the second, and the token after it.
fn half(tokens: &Tokens, at: usize) -> Option<(bool, usize)> {
    // `p.m.`, `a. m.`, `μ.μ.`
    let first = tokens.word(at)?;
    // Nearly all words are longer than those of plain letters here.
    if first.len() > 2 && first.is_ascii() {
        return None;
    }
    if first.chars().count() == 1 && tokens.is_sign(at + 1, '.') {
        let second = tokens.word(at + 2)?;
        let word = format!("{first}{second}").to_lowercase();
        let (_, half) = HALVES.iter().find(|(half, _)| *half == word)?;
        return Some((*half, tokens.skip_sign(at + 3, &['.'])));
    }
    HALVES.iter().find_map(|(word, half)| {
        if tokens.is_word(at, word) {
            return Some((*half, at + 1));
        }
        // Ideographs are a token each.
        let end = tokens.get(at + 1)?.end;
        let two = tokens.text.get(tokens.get(at)?.start..end)?;
        (two == *word).then_some((*half, at + 2))
    })
}

/// The zone at `at`: a name, `GMT+10`, `+07:00`, `(IST)`.
fn zone(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<(FixedOffset, usize)> {
    let open = tokens.skip_sign(at, &['(', ',', '-', '[']);
    // `10:00 - 16.2.2021`: a sign before a number belongs to the number.
    let named = tokens.word(open).and_then(|name| zones::offset(name, language));
    let close = |end: usize| if open > at { tokens.skip_sign(end, &[')', ']']) } else { end };
    match named {
        Some(named) => match shift(tokens, open + 1) {
            Some((minutes, end)) => {
                Some((FixedOffset::east_opt(named.local_minus_utc() + minutes * 60).unwrap_or(named), close(end)))
            }
            None => Some((named, close(open + 1))),
        },
        None => {
            let touching = tokens.touches(at) || tokens.get(at + 1).is_some_and(|number| number.digits == 4);
            let (minutes, end) = touching.then(|| shift(tokens, at)).flatten()?;
            Some((FixedOffset::east_opt(minutes * 60)?, end))
        }
    }
}

/// `+10`, `+0530`, `-03:00` in minutes.
fn shift(tokens: &Tokens, at: usize) -> Option<(i32, usize)> {
    let sign = match tokens.get(at)?.kind {
        Kind::Sign('+') => 1,
        Kind::Sign('-') => -1,
        _ => return None,
    };
    let number = tokens.number(at + 1).filter(|_| tokens.touches(at + 1))?;
    let value = i32::try_from(number.value).ok()?;
    let (minutes, end) = match number.digits {
        4 => (value / 100 * 60 + value % 100, at + 2),
        1 | 2 if tokens.is_sign(at + 2, ':') => {
            (value * 60 + i32::try_from(two_digits(tokens, at + 3)?.value).ok()?, at + 4)
        }
        1 | 2 => (value * 60, at + 2),
        _ => return None,
    };
    (minutes <= 14 * 60).then_some((sign * minutes, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let shown = after(&tokens, 0, None).map_or("-".into(), |time| {
            format!(
                "{:02}:{:02}{}",
                time.hour,
                time.minute,
                time.offset.map_or(String::new(), |offset| offset.to_string())
            )
        });
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn times_are_read_as_newspapers_write_them() {
        check(", 18:00 WIB", "18:00+07:00");
        check("18.00 Uhr", "18:00");
        check("- 2:00 a. m.", "02:00");
        check("at 5:52 pm", "17:52");
        check("à 18h30", "18:30");
        check("| 13:43 h", "13:43");
        check("um 18 Uhr", "18:00");
        check("T11:36:01Z", "11:36+00:00");
        check("18:00:00.000+07:00", "18:00+07:00");
        check("22:11 GMT+10", "22:11+10:00");
        check("18:00:01 +0200", "18:00+02:00");
        check("오후 8:06", "20:06");
        check("下午3:05", "15:05");
        check("09時39分", "09:39");
        check("12:09 م", "12:09");
        check("12.09am", "00:09");
        check("3:53pm CDT", "15:53-05:00");
        check("at 6 p.m. EST", "18:00-05:00");
        check("20H06", "20:06");
        check("kl. 20:00", "20:00");
        check("5:09: Uhr", "05:09");
    }

    #[test]
    fn other_numbers_are_no_times() {
        check(", 40 people", "-");
        check("18", "-");
        check("25:00", "-");
        check("10:75", "-");
        check("", "-");
    }
}
