//! The weekday and the time that stand beside a date and belong to it.

use super::reading::{Form, PLAUSIBLE_YEARS, Reading, stated_year};
use super::token::{Tokens, is_ideograph};
use super::words::WEEKDAY_LINKS;
use super::{names, time};
use crate::article::LanguageTag;

/// The reading with the weekday that stands beside it.
pub(super) fn with_weekday(
    tokens: &Tokens,
    mut reading: Reading,
    from: usize,
    language: Option<LanguageTag>,
) -> Reading {
    let mut at = reading.first;
    for _ in 0..4 {
        if at <= from {
            break;
        }
        let before = at - 1;
        let name = tokens.word(before);
        // Vietnamese and Portuguese weekdays are two words: `Thứ ba`.
        let two = name.and_then(|_| {
            let first = tokens.get(before.checked_sub(1).filter(|first| *first >= from)?)?;
            let both = tokens.text.get(first.start..tokens.get(before)?.end)?;
            (!both.is_ascii()).then(|| names::weekday(both, language)).flatten()
        });
        if let Some(weekday) = two.or_else(|| name.and_then(|name| names::weekday(name, language))) {
            reading.weekday = Some(weekday);
            reading.first = before - usize::from(two.is_some());
            let open = tokens.is_sign(before + 1, '(');
            reading.end = if open { tokens.skip_sign(reading.end, &[')']) } else { reading.end };
            break;
        }
        if !tokens.is_any_sign(before, &[',', '.', '(', '-', '|', '\'', '’'])
            && !tokens.is_any_word(before, WEEKDAY_LINKS)
        {
            break;
        }
        at = before;
    }
    if let Some((weekday, end)) = weekday_after(tokens, reading.end, language).filter(|_| reading.day.is_some()) {
        let told = Reading { weekday: Some(weekday), end, ..reading };
        // `2021-02-15 Die Stadt` tells no weekday: without a sign between them it must be the right one.
        if tokens.is_any_sign(reading.end, &['(', ',']) || told.weekday_fits() != Some(false) {
            return told;
        }
    }
    reading
}

/// The weekday after a date: `(火)`, `화요일`, `星期二`, `(Tue)`.
fn weekday_after(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<(u32, usize)> {
    const PARTS: &[(&str, &str)] = &[
        ("月", "一월"),
        ("火", "二화"),
        ("水", "三수"),
        ("木", "四목"),
        ("金", "五금"),
        ("土", "六토"),
        ("日", "天일"),
    ];
    let open = tokens.skip_sign(at, &['(', ',']);
    let close = |end: usize| if open > at { tokens.skip_sign(end, &[')']) } else { end };
    let name = tokens.word(open)?;
    if name.starts_with(is_ideograph) {
        let prefix = match name {
            "星" if tokens.is_any_word(open + 1, &["期"]) => 2,
            "周" | "週" => 1,
            _ => 0,
        };
        let name = tokens.word(open + prefix)?;
        let weekday = PARTS.iter().position(|(first, others)| *first == name || others.contains(name))? as u32;
        let mut end = open + prefix + 1;
        let named = prefix > 0 || tokens.is_any_word(end, &["曜", "요"]);
        if tokens.is_any_word(end, &["曜", "요"]) {
            end = tokens.skip_word(end + 1, &["日", "일"]);
        }
        return (named || tokens.is_sign(end, ')')).then(|| (weekday, close(end)));
    }
    let weekday = names::weekday(name, language)?;
    Some((weekday, close(tokens.skip_sign(open + 1, &['.']))))
}

/// `Wed Mar 06 12:00:00 +0000 2019`: the year stands behind the time and its zone.
fn with_late_year(tokens: &Tokens, reading: Reading) -> Reading {
    let zone = |at: usize| {
        // A zone that is in no table, or that is named by its place: `HADT`, `Europe/Berlin`.
        let word = tokens.word(at).filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic()));
        match word {
            Some(word) if word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase()) => at + 1,
            Some(_) if tokens.is_sign(at + 1, '/') && tokens.word(at + 2).is_some() => at + 3,
            _ => at,
        }
    };
    if reading.year.is_some() || reading.form != Form::Named {
        return reading;
    }
    let at = tokens.skip_sign(zone(reading.end), &[',']);
    let year = tokens.number(at).filter(|year| year.digits == 4 && !tokens.is_any_sign(at + 1, &[':', '.']));
    let year = year.and_then(|year| stated_year(year.value, 4)).and_then(|year| reading.in_year(year));
    year.map_or(reading, |dated| Reading { end: at + 1, ..dated })
}

/// The reading of a day and month, with the year behind it that no article may have: `16 February 2608`.
pub(super) fn with_far_year(tokens: &Tokens, reading: Reading) -> Reading {
    if reading.year.is_some() || reading.day.is_none() || reading.form != Form::Named {
        return reading;
    }
    let at = tokens.skip_sign(reading.end, &[',']);
    let is_year =
        tokens.number(at).is_some_and(|year| year.digits == 4 && !PLAUSIBLE_YEARS.contains(&(year.value as i32)));
    // `16 February 1500 people` is no year.
    let ends = tokens.word(at + 1).is_none() && !tokens.is_any_sign(at + 1, &[':', '%', '.']);
    if is_year && ends { Reading { far: true, end: at + 1, ..reading } } else { reading }
}

/// The reading with the time of day that stands beside it.
pub(super) fn with_time(tokens: &Tokens, reading: Reading, from: usize, language: Option<LanguageTag>) -> Reading {
    if reading.day.is_none() {
        return reading;
    }
    let told = |time: time::Time| {
        let late = time.hour > 12 && !time.halved;
        Reading { time: Some((time.hour, time.minute)), late, offset: time.offset, ..reading }
    };
    if let Some(time) = time::after(tokens, reading.end, language) {
        return with_late_year(tokens, Reading { end: time.end, ..told(time) });
    }
    match time::before(tokens, reading.first, language).filter(|time| time.first >= from) {
        Some(time) => Reading { first: time.first, ..told(time) },
        None => reading,
    }
}
