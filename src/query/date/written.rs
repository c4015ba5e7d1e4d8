//! Dates in numbers and words.

use chrono::NaiveDate;

use super::{Guess, Span};
use crate::text::fold::fold;

/// Names of the months, folded, in the languages whose readers we know best; any beginning of three
/// letters or more is enough.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janner", "janvier", "enero", "januari"],
    &["february", "februar", "feber", "fevrier", "febrero", "februari"],
    &["march", "marz", "maerz", "mrz", "mars", "marzo", "maret"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo", "mei"],
    &["june", "juni", "juin", "junio"],
    &["july", "juli", "juillet", "julio"],
    &["august", "aout", "agosto", "agustus", "ags", "agt"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "oktober", "octobre", "octubre"],
    &["november", "novembre", "noviembre", "nopember"],
    &["december", "dezember", "decembre", "diciembre", "desember"],
];

/// Words between the parts of a date, and endings of its numbers, that say nothing.
const FILLERS: &[&str] = &["de", "del", "of", "the", "st", "nd", "rd", "th", "er", "le", "el", "den", "der", "tanggal"];

/// Reads a day, a month or a year.
pub(super) fn read(text: &str) -> Option<Guess> {
    if text.chars().any(char::is_alphabetic) { in_words(text) } else { in_numbers(text) }
}

/// True when `text` may be on its way to a date in words.
pub(super) fn begins(text: &str) -> bool {
    let mut parts = parts(text).into_iter().filter(|part| !part.bytes().all(|b| b.is_ascii_digit())).peekable();
    parts.peek().is_some()
        && parts.all(|part| MONTHS.iter().flat_map(|names| names.iter()).any(|name| name.starts_with(&part)))
}

/// Runs of digits and of letters, folded.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut joined = false;
    for c in fold(text).chars() {
        let digit = c.is_ascii_digit();
        match parts.last_mut() {
            Some(last) if joined && last.ends_with(|c: char| c.is_ascii_digit()) == digit && c.is_alphanumeric() => {
                last.push(c)
            }
            _ if c.is_alphanumeric() => parts.push(c.to_string()),
            _ => {}
        }
        joined = c.is_alphanumeric();
    }
    parts.retain(|part| !FILLERS.contains(&part.as_str()));
    parts
}

/// `16 Feb 2021`, `feb-2021`, `February 16, 2021`.
fn in_words(text: &str) -> Option<Guess> {
    let mut year = None;
    let mut month = None;
    let mut day = None;
    for part in parts(text) {
        let place = match part.bytes().all(|b| b.is_ascii_digit()) {
            true if part.len() == 4 => (&mut year, part.parse().ok()?),
            true if part.len() <= 2 => (&mut day, part.parse().ok()?),
            true => return None,
            false => (&mut month, month_number(&part)?),
        };
        if place.0.replace(place.1).is_some() {
            return None;
        }
    }
    span(i32::try_from(year?).ok()?, Some(month?), day).map(|span| (span, None))
}

/// The month that `name` begins, if it begins only one.
fn month_number(name: &str) -> Option<u32> {
    if name.chars().count() < 3 {
        return None;
    }
    let mut months = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|month| month.starts_with(name)));
    let (number, _) = months.next()?;
    months.next().is_none().then_some(number)
}

/// True for what has the digits of a whole date or month, so that nothing can follow that makes it one.
pub(super) fn is_whole(text: &str) -> bool {
    let lengths: Vec<usize> = text.split(['-', '.', '/']).map(str::len).collect();
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/'))
        && matches!(lengths[..], [8] | [4, 2] | [1 | 2, 4] | [4, 1 | 2, 2] | [1 | 2, 1 | 2, 4])
}

/// `2021`, `2021-02`, `2021-02-16`, `20210216`, `02/2021`, `16.02.2021`, `16.2.21`.
fn in_numbers(text: &str) -> Option<Guess> {
    let separator = text.chars().find(|c| !c.is_ascii_digit());
    let Some(separator) = separator else {
        return compact(text).map(|span| (span, None));
    };
    if !matches!(separator, '-' | '.' | '/') {
        return None;
    }
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| (1..=2).contains(&part.len()));
    let year =
        |part: &str| part.parse::<i32>().ok().filter(|_| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit()));
    if !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    match parts[..] {
        [first, month] if first.len() == 4 => span(year(first)?, Some(number(month)?), None).map(|span| (span, None)),
        [month, last] if last.len() == 4 => span(year(last)?, Some(number(month)?), None).map(|span| (span, None)),
        [first, month, day] if first.len() == 4 => {
            span(year(first)?, Some(number(month)?), Some(number(day)?)).map(|span| (span, None))
        }
        [day, month, last] if separator != '-' || last.len() == 4 => {
            let (year, short) = match last.len() {
                2 => (number(last).and_then(|year| i32::try_from(year).ok()).map(century)?, true),
                _ => (year(last)?, false),
            };
            day_and_month(year, number(day)?, number(month)?, short)
        }
        _ => None,
    }
}

/// The day comes first, unless that is impossible; where it could be otherwise, it is said.
fn day_and_month(year: i32, first: u32, second: u32, short_year: bool) -> Option<Guess> {
    let day_first = span(year, Some(second), Some(first));
    let month_first = span(year, Some(first), Some(second));
    let ambiguous = first != second && day_first.is_some() && month_first.is_some();
    let guessed = short_year || ambiguous || day_first.is_none();
    let (span, day, month, order) = match (day_first, month_first) {
        (Some(span), _) => (span, first, second, "day first"),
        (None, Some(span)) => (span, second, first, "month first, as there is no other way"),
        (None, None) => return None,
    };
    Some((span, guessed.then(|| format!("read as {year:04}-{month:02}-{day:02}, {order}"))))
}

/// The year that two digits stand for.
fn century(year: i32) -> i32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// `2021` or `20210216`.
fn compact(digits: &str) -> Option<Span> {
    let number = |text: Option<&str>| text?.parse::<u32>().ok();
    let year = digits.get(..4)?.parse().ok()?;
    match digits.len() {
        4 => span(year, None, None),
        8 => span(year, Some(number(digits.get(4..6))?), Some(number(digits.get(6..))?)),
        _ => None,
    }
}

/// The span of a year, a month or a day; `None` where there is no such one.
fn span(year: i32, month: Option<u32>, day: Option<u32>) -> Option<Span> {
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (None, _) => NaiveDate::from_ymd_opt(year, 12, 31)?,
        (Some(_), None) => super::super::moment::month_end(first)?,
        (Some(_), Some(_)) => first,
    };
    Some(Span::absolute(first, last))
}
