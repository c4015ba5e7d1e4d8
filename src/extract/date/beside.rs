//! Dates beside the text: what metadata states, the address, the name of the file.

use chrono::{Datelike, NaiveDate};

use super::DateContext;
use super::finding::readings;
use super::order::{self, Custom};
use super::reading::{LATEST_YEAR, PLAUSIBLE_YEARS, Reading};
use super::stamp;
use super::token::Tokens;
use crate::article::{ArticleDate, DateCandidate, Evidence, When};
use crate::text::Clean;

/// The dates that are from metadata.
pub(super) fn candidates(context: &DateContext) -> Vec<DateCandidate> {
    let stated = context.stated.and_then(|text| Some((stated(text, context)?, Clean::new(text.trim()))));
    let url = context.url.and_then(address);
    let file = context.file_name.and_then(file_name);
    let made = |(when, text), evidence, rank, reason: &str| DateCandidate {
        date: ArticleDate { text, ..ArticleDate::new(when, evidence) },
        rank,
        reason: reason.to_owned(),
    };
    [
        stated.map(|found| match refused(found.0) {
            Some(reason) => made(found, Evidence::Metadata, -400, reason),
            None => made(found, Evidence::Metadata, 1000, "from metadata"),
        }),
        url.map(|found| made(found, Evidence::Url, 430, "in the address")),
        file.map(|found| made(found, Evidence::Filename, 400, "in the name of the file")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the address and the name of the file state.
pub(super) fn told(context: &DateContext) -> Vec<When> {
    let told = [context.url.and_then(address), context.file_name.and_then(file_name)];
    told.into_iter().flatten().map(|(when, _)| when).collect()
}

/// What a field of metadata states: a stamp of a machine, a year, or any date that a newspaper writes.
pub(super) fn stated(text: &str, context: &DateContext) -> Option<When> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return When::from_value(text)
            .filter(|when| when.first().is_some_and(|first| PLAUSIBLE_YEARS.contains(&first.year())));
    }
    stamp::read(text).or_else(|| read(text, context))
}

/// Why a date beside the text cannot be the article's, if so.
fn refused(when: When) -> Option<&'static str> {
    let first = when.first()?;
    match first.year() {
        ..1600 => Some("from metadata, in a year that is far away"),
        // Programs count from here, and say so where they know nothing.
        1970 if when.sort_key() == Some(0) => Some("from metadata, but stands for no date"),
        1600..=LATEST_YEAR => None,
        _ => Some("from metadata, in a year that is far away"),
    }
}

fn read(text: &str, context: &DateContext) -> Option<When> {
    let mut found: Vec<Reading> = readings(&Tokens::new(text), context.language);
    let beside = told(context);
    let custom = Custom {
        language: context.language,
        url: context.url,
        lines: context.lines,
        beside: &beside,
        file: context.month_first,
    };
    order::settle(&mut found, custom);
    found.first()?.when()
}

/// The date in an address: `/2021/02/16/`, `/2021-02-16-`, `/20210216/`, `/2021/02/`.
fn address(url: &str) -> Option<(When, Clean)> {
    let path = url.split("://").last()?.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let number = |part: &str, longest: usize| {
        let fits = !part.is_empty() && part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok()).flatten()
    };
    for window in parts.windows(2) {
        let Some(year) = number(window[0], 4).filter(|year| (1900..2100).contains(year)) else { continue };
        let at = parts.iter().position(|part| std::ptr::eq(*part, window[0]))?;
        let month = number(window[1], 2).or_else(|| super::names::month(window[1], None).map(|(month, _)| month));
        let Some(month) = month else { continue };
        let day = parts.get(at + 2).and_then(|part| number(part.split('-').next().unwrap_or(part), 2));
        if let Some(when) = day.and_then(|day| When::day(year as i32, month, day)) {
            return Some((when, Clean::new(&parts[at..at + 3].join("/"))));
        }
        if let Some(when) = When::month(year as i32, month) {
            return Some((when, Clean::new(&parts[at..at + 2].join("/"))));
        }
    }
    parts.iter().find_map(|part| dated_name(part))
}

/// The date in the name of a file: `2021-02-16-title.txt`, `20210216_title.txt`.
fn file_name(name: &str) -> Option<(When, Clean)> {
    dated_name(name)
}

/// A whole day in a name of letters, digits and signs.
fn dated_name(name: &str) -> Option<(When, Clean)> {
    let digits = |at: usize, length: usize| {
        let part = name.get(at..at + length)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
    };
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(*at - 1))).take(8).find_map(|at| {
        let year = digits(at, 4).filter(|year| (1900..2100).contains(year))?;
        let separator = bytes.get(at + 4).filter(|byte| matches!(byte, b'-' | b'_' | b'.'));
        let (month, day, end) = match separator {
            Some(separator) => {
                let same = bytes.get(at + 7) == Some(separator);
                same.then_some(())?;
                (digits(at + 5, 2)?, digits(at + 8, 2)?, at + 10)
            }
            None => (digits(at + 4, 2)?, digits(at + 6, 2)?, at + 8),
        };
        let day: NaiveDate = NaiveDate::from_ymd_opt(year as i32, month, day).filter(|_| !is_digit(end))?;
        Some((When::Day(day), Clean::new(&name[at..end])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(found: Option<(When, Clean)>) -> String {
        found.map_or("-".into(), |(when, text)| format!("{} {}", when.value(), &*text))
    }

    #[test]
    fn addresses_hold_dates() {
        for (url, expected) in [
            ("https://example.org/2021/02/16/harbour", "2021-02-16 2021/02/16"),
            ("https://example.org/news/2021/feb/16/harbour", "2021-02-16 2021/feb/16"),
            ("https://example.org/2021/02/harbour", "2021-02 2021/02"),
            ("https://example.org/news/20210216/harbour", "2021-02-16 20210216"),
            ("https://example.org/2021-02-16-harbour", "2021-02-16 2021-02-16"),
            ("https://example.org/a/1234567890", "-"),
            ("https://example.org/2021/harbour", "-"),
            ("nothing", "-"),
        ] {
            assert_eq!(value(address(url)), expected, "{url}");
        }
    }

    #[test]
    fn file_names_hold_dates() {
        for (name, expected) in [
            ("2021-02-16-harbour.txt", "2021-02-16 2021-02-16"),
            ("harbour_20210216.txt", "2021-02-16 20210216"),
            ("000_0623336e58a2cf17.txt", "-"),
            ("2021-02-31.txt", "-"),
            ("größe-2021.txt", "-"),
        ] {
            assert_eq!(value(file_name(name)), expected, "{name}");
        }
    }

    #[test]
    fn fields_are_read_in_any_form() {
        let check = |text: &str, expected: &str| {
            let when = stated(text, &DateContext::default());
            assert_eq!(when.map_or("-".into(), When::value), expected, "{text}");
        };
        check("2021-02-16T18:00:59.5+07:00", "2021-02-16T18:00+07:00");
        check("Tue, 16 Feb 2021 18:00:00 GMT", "2021-02-16T18:00+00:00");
        check("2021-02-16 18:00", "2021-02-16T18:00");
        check("2021-02-16", "2021-02-16");
        check("2021", "2021");
        check("1613498400", "2021-02-16T18:00+00:00");
        check("Wed Mar 06 12:00:00 +0000 2019", "2019-03-06T12:00+00:00");
        check("Wed Mar  6 12:00:00 2019", "2019-03-06T12:00");
        check("Wed Mar 06 12:00:00 EST 2019", "2019-03-06T12:00-05:00");
        check("Wed Mar 06 12:00:00 HADT 2019", "2019-03-06T12:00");
        check("Thu Apr 16 09:53:04 +0000 2015", "2015-04-16T09:53+00:00");
        check("Wed, 06 Mar 2019 12:00:00", "2019-03-06T12:00");
        check("6 Mar 2019 12:00:00 +0100 (CET)", "2019-03-06T12:00+01:00");
        check("20190306T120000Z", "2019-03-06T12:00+00:00");
        check("2608-07-15T02:50:00Z", "2608-07-15T02:50+00:00");
        check("16. Februar 2021", "2021-02-16");
        check("soon", "-");
    }
}
