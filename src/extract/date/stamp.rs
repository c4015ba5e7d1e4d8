//! Stamps that machines write: `20150218233000`, `20190306T120000Z`, seconds since 1970, `/Date(1551873600000)/`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Timelike};

use crate::article::When;

/// What a stamp means, or `None` where `text` is no stamp. A stamp that stands for "not known" (0, the year 1)
/// means nothing either.
pub(super) fn read(text: &str) -> Option<When> {
    let text = text.trim();
    // The ways of JSON and of PDF.
    let bare = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/"));
    let text = bare.or_else(|| text.strip_prefix("D:")).unwrap_or(text);
    if let Ok(exact) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)) {
        return Some(When::Minute(minute(exact.naive_local()), Some(*exact.offset())));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let by_calendar = calendar(number, rest);
    if by_calendar.is_some() {
        return by_calendar;
    }
    // A fraction of a second, or the zone behind the milliseconds of JSON.
    let fraction = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_count = rest.is_empty()
        || rest.strip_prefix('.').is_some_and(fraction)
        || bare.is_some() && rest.strip_prefix(['+', '-']).is_some_and(fraction);
    let whole: i64 = number.parse().ok().filter(|_| is_count)?;
    let seconds = match digits {
        9 | 10 => whole,
        11..=13 => whole / 1_000,
        14..=16 => whole / 1_000_000,
        17..=19 => whole / 1_000_000_000,
        _ => return None,
    };
    let time = DateTime::from_timestamp(seconds, 0)?.naive_utc();
    // Fractions of seconds have been counted since there are databases: an earlier one is some other number.
    if digits > 10 && time.year() < 1980 {
        return None;
    }
    Some(When::Minute(minute(time), FixedOffset::east_opt(0)))
}

/// `20150218`, `20150218233000`, `20150218233000123`, `20190306T1200+0100`: years to seconds without signs.
fn calendar(number: &str, rest: &str) -> Option<When> {
    let part = |from: usize, length: usize| number.get(from..from + length)?.parse::<u32>().ok();
    let year = i32::try_from(part(0, 4)?).ok().filter(|year| (1900..=2100).contains(year))?;
    let (time, zone) = match number.len() {
        8 => match rest.strip_prefix(['T', 't', ' ', '_', '-']) {
            Some(rest) => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                (rest.get(..digits).filter(|time| matches!(time.len(), 4 | 6))?, &rest[digits..])
            }
            None if rest.is_empty() => return When::day(year, part(4, 2)?, part(6, 2)?),
            None => return None,
        },
        // `20150218T233000` without its letter, with milliseconds at most.
        12 | 14 | 17 => (&number[8..], rest),
        _ => return None,
    };
    let day = NaiveDate::from_ymd_opt(year, part(4, 2)?, part(6, 2)?)?;
    let time = day.and_hms_opt(time.get(..2)?.parse().ok()?, time.get(2..4)?.parse().ok()?, 0)?;
    Some(When::Minute(time, offset(zone)?))
}

/// The zone behind a time: nothing, `Z`, `+0100`, `+01:00`, `+01'00'`. `None` for anything else.
fn offset(zone: &str) -> Option<Option<FixedOffset>> {
    // Fractions of a second are more than a reader wants to know.
    let zone = zone.trim_start();
    let zone = zone.strip_prefix('.').map_or(zone, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    match zone {
        "" => return Some(None),
        "Z" | "z" | "UTC" | " UTC" => return Some(FixedOffset::east_opt(0)),
        _ => {}
    }
    let (sign, digits) =
        zone.strip_prefix('+').map(|rest| (1, rest)).or(zone.strip_prefix('-').map(|rest| (-1, rest)))?;
    let digits: String = digits.chars().filter(|c| !matches!(c, ':' | '\'')).collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    Some(Some(FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60)?))
}

fn minute(time: NaiveDateTime) -> NaiveDateTime {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(read(text).map_or("-".into(), When::value), expected, "{text}");
    }

    #[test]
    fn compact_stamps_are_read_by_the_calendar() {
        check("20150218233000", "2015-02-18T23:30");
        check("201502182330", "2015-02-18T23:30");
        check("20150218233000123", "2015-02-18T23:30");
        check("20150218", "2015-02-18");
        check("20190306T120000Z", "2019-03-06T12:00+00:00");
        check("20190306T1200", "2019-03-06T12:00");
        check("20190306T120000+0100", "2019-03-06T12:00+01:00");
        check("20190306T120000.000-05:30", "2019-03-06T12:00-05:30");
        check("20190306 120000", "2019-03-06T12:00");
        check("20190306_1200", "2019-03-06T12:00");
        check("D:20190306120000+01'00'", "2019-03-06T12:00+01:00");
        check("D:20190306120000Z", "2019-03-06T12:00+00:00");
    }

    #[test]
    fn counted_time_is_read() {
        check("1613498400", "2021-02-16T18:00+00:00");
        check("1613498400.25", "2021-02-16T18:00+00:00");
        check("1613498400000", "2021-02-16T18:00+00:00");
        check("1613498400000000", "2021-02-16T18:00+00:00");
        check("1613498400000000000", "2021-02-16T18:00+00:00");
        check("/Date(1613498400000)/", "2021-02-16T18:00+00:00");
        check("/Date(1613498400000+0100)/", "2021-02-16T18:00+00:00");
        check("2021-02-16T18:00:59.5+07:00", "2021-02-16T18:00+07:00");
        check("Tue, 16 Feb 2021 18:00:00 GMT", "2021-02-16T18:00+00:00");
    }

    #[test]
    fn other_numbers_are_no_stamps() {
        for text in [
            "",
            "2021",
            "20151318",
            "20150218256000",
            "12345",
            "20190306T12",
            "20190306T120000+1",
            "soon",
            "16.02.2021",
            "99999999999999999999",
        ] {
            check(text, "-");
        }
    }

    proptest! {
        #[test]
        fn any_stamp_will_do(text in "(D:|/Date\\()?[0-9]{0,20}[T ._-]?[0-9]{0,7}(Z|[+-][0-9:']{0,6})?\\PC{0,3}") {
            let _ = read(&text);
        }
    }
}
