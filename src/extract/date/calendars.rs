//! The Persian calendar: `۲۸ بهمن ۱۳۹۹`, `۱۳۹۹/۱۱/۲۸`. The Buddhist one differs by its years alone and
//! is read wherever a year is.

use chrono::{Datelike, NaiveDate};

use super::reading::{Form, Reading};
use super::token::Tokens;
use crate::article::LanguageTag;
use crate::text::fold::fold;

/// The months, as Iran and Afghanistan write them.
const MONTHS: &[(u32, &[&str])] = &[
    (1, &["فروردین", "حمل"]),
    (2, &["اردیبهشت", "ثور"]),
    (3, &["خرداد", "جوزا"]),
    (4, &["تیر", "سرطان"]),
    (5, &["مرداد", "اسد"]),
    (6, &["شهریور", "سنبله"]),
    (7, &["مهر", "میزان"]),
    (8, &["آبان", "عقرب"]),
    (9, &["آذر", "قوس"]),
    (10, &["دی", "جدی"]),
    (11, &["بهمن", "دلو"]),
    (12, &["اسفند", "حوت"]),
];

/// Years of the Persian calendar that newspapers may state. Later ones are of the Islamic calendar,
/// whose days depend on the place.
const YEARS: std::ops::RangeInclusive<i32> = 1300..=1420;

/// Reads a date of the Persian calendar and turns it into a Gregorian one.
pub(super) fn find(tokens: &Tokens, at: usize, _: Option<LanguageTag>) -> Option<Reading> {
    let first = tokens.number(at)?;
    if first.digits == 4 {
        // `۱۳۹۹/۱۱/۲۸`
        let separator = ['/', '-', '.'].into_iter().find(|sign| tokens.is_sign(at + 1, *sign))?;
        let (month, day) =
            (tokens.number(at + 2)?, tokens.number(at + 4).filter(|_| tokens.is_sign(at + 3, separator))?);
        return reading((at, at + 5), first.value, month.value, day.value);
    }
    // `۲۸/۱۱/۱۳۹۹` and `۲۸ بهمن ۱۳۹۹`
    if let Some(separator) = ['/', '-', '.'].into_iter().find(|sign| tokens.is_sign(at + 1, *sign)) {
        let month = tokens.number(at + 2)?;
        let year = tokens.number(at + 4).filter(|year| year.digits == 4 && tokens.is_sign(at + 3, separator))?;
        return reading((at, at + 5), year.value, month.value, first.value);
    }
    let month = month(tokens.word(tokens.skip_word(at + 1, &["ام", "م"]))?)?;
    let next = tokens.skip_word(at + 1, &["ام", "م"]) + 1;
    let next = tokens.skip_word(tokens.skip_sign(next, &[',', '-']), &["ماه", "سال"]);
    let year = tokens.number(next).filter(|year| year.digits == 4)?;
    reading((at, next + 1), year.value, month, first.value)
}

fn month(name: &str) -> Option<u32> {
    if !name.starts_with(|c: char| ('\u{600}'..'\u{700}').contains(&c)) {
        return None;
    }
    let folded = fold(name);
    MONTHS.iter().find(|(_, names)| names.iter().any(|name| fold(name) == folded)).map(|(month, _)| *month)
}

fn reading(tokens: (usize, usize), year: u32, month: u32, day: u32) -> Option<Reading> {
    let date = gregorian(i32::try_from(year).ok().filter(|year| YEARS.contains(year))?, month, day)?;
    Reading::day(Form::OtherCalendar, tokens, date.year(), date.month(), date.day())
}

/// The Gregorian day of a Persian one. Leap years follow the 33-year cycle, which agrees with the
/// observed calendar for all years in [`YEARS`].
fn gregorian(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let longest = if month <= 6 { 31 } else { 30 };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&day) {
        return None;
    }
    let before = |month: u32| if month <= 7 { 31 * (month - 1) } else { 186 + 30 * (month - 7) };
    // 1 Farvardin 1399 was 20 March 2020.
    let new_year = NaiveDate::from_ymd_opt(2020, 3, 20)?;
    let leap_days = |year: i32| {
        (year.div_euclid(33)) * 8
            + [1, 5, 9, 13, 17, 22, 26, 30].iter().filter(|leap| **leap < year.rem_euclid(33)).count() as i32
    };
    let days = (year - 1399) * 365 + leap_days(year) - leap_days(1399);
    let days = i64::from(days) + i64::from(before(month) + day - 1);
    new_year.checked_add_signed(chrono::TimeDelta::days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let found = (0..tokens.len()).find_map(|at| find(&tokens, at, None)).and_then(|reading| reading.when());
        assert_eq!(found.map_or("-".into(), |when| when.value()), expected, "{line}");
    }

    #[test]
    fn persian_days_become_gregorian_ones() {
        check("۲۸ بهمن ۱۳۹۹", "2021-02-16");
        check("۱۳۹۹/۱۱/۲۸", "2021-02-16");
        check("۲۸/۱۱/۱۳۹۹", "2021-02-16");
        check("۱ فروردین ۱۴۰۰", "2021-03-21");
        check("۳۰ اسفند ۱۳۹۹", "2021-03-20");
        check("1 فروردین 1403", "2024-03-20");
        check("۱ فروردین ۱۴۰۴", "2025-03-21");
    }

    #[test]
    fn other_numbers_are_no_persian_days() {
        check("۲۸ ۱۳۹۹", "-");
        check("۱۳۹۹/۱۳/۲۸", "-");
        check("2021/11/28", "-");
        check("1442/07/04", "-");
    }
}
