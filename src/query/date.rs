//! Dates as a reader types them: `2021-02`, `16.02.2021`, `feb-2021`, `7d`, `last-month`, `..2020`.
//!
//! Nothing here reads the clock: what depends on today is kept as counted from today, and resolved
//! by [`DateCondition::days`].

mod span;
mod written;

use chrono::NaiveDate;

use super::condition::{Condition, DateCondition, Fact};
use super::meaning::{Meaning, Reading};
use super::moment::{Edge, Moment, Unit};

pub(super) use span::clause;

/// Which articles a field wants, seen from the date that is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From within it.
    In,
    /// From its first day on.
    From,
    /// From after its last day.
    After,
    /// From before its first day.
    Before,
    /// From up to its last day.
    Until,
}

/// A span as it is written, before a direction is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: Option<Moment>,
    last: Option<Moment>,
    /// Whether it is a length of time that ends today (`7d`), so that "after" it means within it.
    recent: bool,
}

impl Span {
    fn absolute(first: NaiveDate, last: NaiveDate) -> Span {
        Span { first: Some(Moment::Day(first)), last: Some(Moment::Day(last)), recent: false }
    }

    fn relative(first: Moment, last: Moment) -> Span {
        Span { first: Some(first), last: Some(last), recent: false }
    }
}

/// A span, and what was guessed to read it.
type Guess = (Span, Option<String>);

/// The field that conditions on dates belong to, whichever of the three was typed.
const FIELD: &str = "date";

/// Reads the value of `date:`, `after:` or `before:`.
pub(super) fn read(text: &str, direction: Direction) -> Reading {
    let text = text.trim();
    let lower = text.to_lowercase();
    if direction == Direction::In && UNDATED.contains(&lower.as_str()) {
        return Reading::fact(FIELD, Fact::Days(DateCondition::Undated));
    }
    let (lower, direction) = comparison(&lower, direction);
    let Some((span, guess)) = range(lower) else {
        let words = WORDS.iter().map(|(word, _)| *word).chain(UNDATED.iter().copied());
        return Reading::Unknown(if is_no_day(lower) {
            format!("there is no such date as `{text}`")
        } else if is_beginning(lower, words) {
            format!("`{text}` is the beginning of a date")
        } else {
            format!("`{text}` is not a date (try 2021-02-16, 2021-02, 7d or none)")
        });
    };
    let Some(span) = span::directed(span, direction) else {
        return Reading::Unknown(format!("no day fits `{text}`"));
    };
    let fact = Fact::Days(DateCondition::Span(span));
    let meaning = Meaning::Condition(Condition::Fact { field: FIELD, fact });
    match guess {
        Some(guess) => Reading::Guessed(meaning, guess),
        None => Reading::Understood(meaning),
    }
}

/// True when some end of `text` is written as a date is, all of it in numbers, and is none.
fn is_no_day(text: &str) -> bool {
    let ends = text.split("..").map(|end| end.trim_start_matches(['@', '<', '>', '=']).trim());
    ends.into_iter().any(|end| written::is_whole(end) && single(end).is_none())
}

/// How long the value is that `text` begins with, where it holds a space: `last week`.
pub(super) fn spaced(text: &str) -> Option<usize> {
    const BEGINNING: usize = "last ".len();
    let start = text.get(..BEGINNING)?;
    if !["last ", "this ", "past "].iter().any(|word| start.eq_ignore_ascii_case(word)) {
        return None;
    }
    let rest = &text[BEGINNING..];
    let unit = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_unit = UNITS.iter().any(|(word, _)| word.len() > 2 && word.eq_ignore_ascii_case(&rest[..unit]));
    // Behind it may stand the other end of a span.
    let tail = match rest[unit..].starts_with("..") {
        true => rest[unit..].find(|c: char| c.is_whitespace() || matches!(c, ')' | ',' | '|')),
        false => Some(0),
    };
    let length = BEGINNING + unit + tail.unwrap_or(rest.len() - unit);
    let ends = text[length..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | ',' | '|'));
    (is_unit && ends).then_some(length)
}

/// True for a date, and for the beginning of one in digits: what may stand behind an `@`, as other tools
/// have it (`@2-weeks-ago`).
pub(super) fn may_be(text: &str) -> bool {
    let text = text.to_lowercase();
    let begun = text.starts_with(|c: char| c.is_ascii_digit()) && is_beginning(&text, std::iter::empty());
    begun || range(&text).is_some()
}

/// True when `text` may be on its way to a count of units: `2-wee`, `6-months-a`.
fn begins_unit(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let word = text[digits..].strip_prefix('-').filter(|_| (1..=4).contains(&digits));
    let begins =
        |word: &str| UNITS.iter().any(|(unit, _)| unit.starts_with(word) || format!("{unit}-ago").starts_with(word));
    word.is_some_and(begins)
}

/// Words for "no date".
const UNDATED: &[&str] = &["none", "undated", "unknown", "?"];

/// Spans that have a name: how many units back, and of which unit the whole is meant.
const WORDS: &[(&str, (i32, Unit))] = &[
    ("today", (0, Unit::Day)),
    ("yesterday", (1, Unit::Day)),
    ("this-week", (0, Unit::Week)),
    ("last-week", (1, Unit::Week)),
    ("this-month", (0, Unit::Month)),
    ("last-month", (1, Unit::Month)),
    ("this-year", (0, Unit::Year)),
    ("last-year", (1, Unit::Year)),
];

/// Units by the words for them.
const UNITS: &[(&str, Unit)] = &[
    ("d", Unit::Day),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("w", Unit::Week),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("m", Unit::Month),
    ("mo", Unit::Month),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("y", Unit::Year),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

/// Takes `>`, `>=`, `<` or `<=` off the text: other tools have them.
fn comparison(text: &str, direction: Direction) -> (&str, Direction) {
    const SIGNS: &[(&str, Direction)] = &[(">=", Direction::From), (">", Direction::After), ("<", Direction::Before)];
    if direction != Direction::In || text.starts_with("<=") {
        return (text, direction);
    }
    let sign = SIGNS.iter().find_map(|(sign, direction)| Some((text.strip_prefix(sign)?.trim_start(), *direction)));
    sign.unwrap_or((text, direction))
}

/// `a..b`, open at either end, or a single date.
fn range(text: &str) -> Option<Guess> {
    let text = text.strip_prefix("<=").map_or_else(|| text.to_owned(), |rest| format!("..{}", rest.trim_start()));
    let Some((from, to)) = text.split_once("..").or_else(|| text.split_once('…')).or_else(|| text.split_once("--"))
    else {
        return single(&text);
    };
    let (from, to) = (from.trim(), to.trim_start_matches('.').trim());
    let side = |text: &str| if text.is_empty() { Some(None) } else { single(text).map(Some) };
    let (from, to) = (side(from)?, side(to)?);
    let guess = [&from, &to].into_iter().flatten().find_map(|(_, guess)| guess.clone());
    let span = match (from, to) {
        (None, None) => return None,
        (Some((from, _)), None) => Span { last: None, ..from },
        (None, Some((to, _))) => Span { first: None, ..to },
        (Some((from, _)), Some((to, _))) => match (from.first, to.last) {
            (Some(Moment::Day(first)), Some(Moment::Day(last))) if first > last => {
                let turned = Span { first: to.first, last: from.last, recent: false };
                return Some((turned, Some("the span is read from its earlier to its later end".to_owned())));
            }
            (first, last) => Span { first, last, recent: false },
        },
    };
    Some((Span { recent: false, ..span }, guess))
}

/// A single date, month, year, or span with a name.
fn single(text: &str) -> Option<Guess> {
    let text = text.trim_start_matches('@').trim();
    let joined = text.split([' ', '_']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if let Some((_, (back, unit))) = WORDS.iter().find(|(word, _)| *word == joined) {
        return Some((whole(*back, *unit), None));
    }
    if let Some(span) = ago(&joined).or_else(|| recent(&joined)) {
        return Some((span, None));
    }
    written::read(text)
}

/// All of the unit that is so many units back.
fn whole(back: i32, unit: Unit) -> Span {
    Span::relative(Moment::counted(unit, back, Edge::First, 0), Moment::counted(unit, back, Edge::Last, 0))
}

/// `2-weeks-ago`: the very day.
fn ago(text: &str) -> Option<Span> {
    let (count, unit) = count_and_unit(text.strip_suffix("-ago")?)?;
    let day = Moment::counted(unit, count, Edge::Same, 0);
    Some(Span::relative(day, day))
}

/// `7d`: so many days that end with today.
fn recent(text: &str) -> Option<Span> {
    let text = text.strip_prefix("past-").unwrap_or(text);
    let (count, unit) = match UNITS.iter().find(|(name, _)| name.len() > 2 && *name == text) {
        // The last seven days are what `week` means.
        Some((_, unit)) => (1, *unit),
        None => hours(text).or_else(|| count_and_unit(text))?,
    };
    if count == 0 {
        return None;
    }
    let first = Moment::counted(unit, count, Edge::Same, 1);
    Some(Span { recent: true, ..Span::relative(first, Moment::counted(Unit::Day, 0, Edge::Same, 0)) })
}

/// `24h`: so many hours lie within these days, today among them.
fn hours(text: &str) -> Option<(i32, Unit)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let word = text[digits..].trim_start_matches('-');
    if !(1..=4).contains(&digits) || !["h", "hour", "hours"].contains(&word) {
        return None;
    }
    let hours: i32 = text[..digits].parse().ok()?;
    (hours > 0).then_some(((hours + 23) / 24 + 1, Unit::Day))
}

/// `7d`, `2-weeks`. Four digits at most, so that every count stays within the calendar.
fn count_and_unit(text: &str) -> Option<(i32, Unit)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, word) = text.split_at(digits);
    if !(1..=4).contains(&digits) {
        return None;
    }
    let word = word.strip_prefix('-').unwrap_or(word);
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == word)?;
    Some((count.parse().ok()?, *unit))
}

/// True when `text` may be on its way to a date.
fn is_beginning<'a>(text: &str, mut words: impl Iterator<Item = &'a str>) -> bool {
    let side = text.rsplit("..").next().unwrap_or(text).trim_start_matches(['@', '<', '>', '=']);
    side.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/'))
        || words.any(|word| word.starts_with(side))
        || written::begins(side)
        || begins_unit(side)
}

#[cfg(test)]
mod tests;
