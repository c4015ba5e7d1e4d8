//! The Persian calendar: `۲۸ بهمن ۱۳۹۹`, `۱۳۹۹/۱۱/۲۸`; the Nepali one: `२ फागुन २०७७`. The Buddhist one differs
//! by its years alone and is read wherever a year is.
//!
//! The Islamic calendar goes by the moon, and its days depend on the place. So a day of it is known where
//! it stands, beside the Gregorian one, but is never turned into one.

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
    if let Some(reading) = nepali(tokens, at) {
        return Some(reading);
    }
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

/// The months of Nepal, as newspapers write them.
const NEPALI_MONTHS: &[&[&str]] = &[
    &["वैशाख", "बैशाख", "बैसाख"],
    &["जेठ", "ज्येष्ठ", "जेष्ठ"],
    &["असार", "आषाढ"],
    &["साउन", "श्रावण"],
    &["भदौ", "भाद्र"],
    &["असोज", "आश्विन"],
    &["कात्तिक", "कार्तिक", "कार्त्तिक"],
    &["मंसिर", "मङ्सिर"],
    &["पुस", "पुष", "पौष"],
    &["माघ"],
    &["फागुन", "फाल्गुन"],
    &["चैत", "चैत्र"],
];

/// The first Nepali year of [`NEPALI_DAYS`].
const NEPALI_YEAR: u32 = 2060;

/// How many days each month has: no rule tells, a council decides. Later years are not agreed upon by those
/// who list them.
#[rustfmt::skip]
const NEPALI_DAYS: &[[u8; 12]] = &[
    [31, 31, 32, 32, 31, 30, 30, 29, 30, 29, 30, 30], [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 31],
    [30, 32, 31, 32, 31, 31, 29, 30, 29, 30, 29, 31], [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30],
    [31, 31, 32, 32, 31, 30, 30, 29, 30, 29, 30, 30], [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 31],
    [31, 31, 31, 32, 31, 31, 29, 30, 30, 29, 29, 31], [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30],
    [31, 31, 32, 32, 31, 30, 30, 29, 30, 29, 30, 30], [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 31],
    [31, 31, 31, 32, 31, 31, 29, 30, 30, 29, 30, 30], [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30],
    [31, 32, 31, 32, 31, 30, 30, 29, 30, 29, 30, 30], [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 31],
    [31, 31, 31, 32, 31, 31, 30, 29, 30, 29, 30, 30], [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30],
    [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 30], [31, 32, 31, 32, 31, 30, 30, 30, 29, 30, 29, 31],
    [31, 31, 31, 32, 31, 31, 30, 29, 30, 29, 30, 30], [31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30],
    [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 30],
];

/// `२ फागुन २०७७`, `फागुन २, २०७७`, `२०७७ फागुन २ गते`.
fn nepali(tokens: &Tokens, at: usize) -> Option<Reading> {
    let month = |at: usize| {
        let name = tokens.word(at).filter(|name| name.starts_with(|c: char| ('\u{900}'..'\u{980}').contains(&c)))?;
        NEPALI_MONTHS.iter().position(|names| names.contains(&name))
    };
    let day = |at: usize| tokens.number(at).filter(|day| day.digits <= 2);
    let year = |at: usize| tokens.number(at).filter(|year| year.digits == 4);
    let after_day = |at: usize| tokens.skip_sign(tokens.skip_word(at, &["गते"]), &[',']);
    let (year, month, day, end) = if let Some(name) = month(at) {
        let last = after_day(at + 2);
        (year(last)?, name, day(at + 1)?, last + 1)
    } else if let Some(first) = year(at) {
        let name = tokens.skip_word(tokens.skip_sign(at + 1, &[',']), &["साल"]);
        (first, month(name)?, day(name + 1)?, tokens.skip_word(name + 2, &["गते"]))
    } else {
        let name = after_day(at + 1);
        let last = tokens.skip_sign(name + 1, &[',']);
        (year(last)?, month(name)?, day(at)?, last + 1)
    };
    let years = NEPALI_DAYS.get(..usize::try_from(year.value.checked_sub(NEPALI_YEAR)?).ok()?)?;
    let months = NEPALI_DAYS.get(years.len())?;
    if day.value == 0 || day.value > u32::from(months[month]) {
        return None;
    }
    let before = years.iter().flatten().chain(&months[..month]).map(|days| i64::from(*days)).sum::<i64>();
    // 1 Baisakh 2060 was 14 April 2003.
    let new_year = NaiveDate::from_ymd_opt(2003, 4, 14)?;
    let date = new_year.checked_add_signed(chrono::TimeDelta::days(before + i64::from(day.value) - 1))?;
    Reading::day(Form::OtherCalendar, (at, end), date.year(), date.month(), date.day())
}

/// The months of the Islamic calendar that are one word, and the first words of the others, folded.
const ISLAMIC_MONTHS: &[&str] = &[
    "محرم",
    "صفر",
    "ربيع",
    "جمادي",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو",
    "ذي",
    "ذوالقعده",
    "ذوالحجه",
    "ذيالحجه",
    "muharram",
    "safar",
    "rabiul",
    "rabi",
    "jumadil",
    "jumada",
    "rajab",
    "sya'ban",
    "syaban",
    "shaban",
    "ramadan",
    "ramadhan",
    "syawal",
    "shawwal",
    "zulkaidah",
    "zulhijah",
    "dzulhijjah",
    "dzulqa'dah",
];

/// The token after a day of the Islamic calendar that begins at `at`, with its year: `2 رجب 1442 هـ`.
pub(super) fn islamic_end(tokens: &Tokens, at: usize) -> Option<usize> {
    tokens.number(at).filter(|day| day.digits <= 2)?;
    let name = tokens.word(tokens.skip_sign(at + 1, &['-', '/']))?;
    if !ISLAMIC_MONTHS.contains(&fold(name).as_str()) {
        return None;
    }
    // `ربيع الآخر`, `ذو القعدة`: the names of some months are two words.
    let year = (at + 2..at + 6).find(|at| tokens.number(*at).is_some())?;
    let between = (at + 2..year).filter(|at| tokens.word(*at).is_some()).count();
    tokens.number(year).filter(|number| (1300..1500).contains(&number.value) && between <= 2)?;
    Some(tokens.skip_word(year + 1, &["هـ", "ه", "هجري", "هجرية", "h", "ah"]))
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
    fn nepali_days_become_gregorian_ones() {
        check("२ फागुन २०७७", "2021-02-14");
        check("फागुन २, २०७७", "2021-02-14");
        check("२०७७ फागुन २ गते", "2021-02-14");
        check("१ बैशाख २०७८", "2021-04-14");
        check("१ वैशाख २०६०", "2003-04-14");
        check("१ बैशाख २०८०", "2023-04-14");
        check("३२ जेठ २०७९", "-");
        check("२ फागुन २०९५", "-");
        check("० फागुन २०७७", "-");
    }

    #[test]
    fn islamic_days_are_known_and_not_read() {
        let end = |line: &str| islamic_end(&Tokens::new(line), 0);
        assert_eq!(end("2 رجب 1442 هـ"), Some(4));
        assert_eq!(end("٢٧ ربيع الآخر ١٤٤٢ هـ"), Some(5));
        assert_eq!(end("2 Rajab 1442 H"), Some(4));
        assert_eq!(end("2 رجب 2021"), None);
        assert_eq!(end("2 فبراير 1442"), None);
        check("2 رجب 1442 هـ", "-");
    }

    #[test]
    fn other_numbers_are_no_persian_days() {
        check("۲۸ ۱۳۹۹", "-");
        check("۱۳۹۹/۱۳/۲۸", "-");
        check("2021/11/28", "-");
        check("1442/07/04", "-");
    }
}
