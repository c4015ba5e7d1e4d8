//! Dates as fields hold them: words, numbers, and numbers that count.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat};
use serde_json::{Number, Value};

use super::names::is_nothing;

/// Members of an object that hold its date.
const INNER: &[&str] =
    &["$date", "$numberLong", "value", "date", "datetime", "text", "content", "name", "#text", "rendered", "published"];

/// The date that a value states: words as they are, numbers as RFC 3339.
pub(super) fn stated(value: Value) -> Option<String> {
    match value {
        Value::Number(number) => date_of_number(&number),
        Value::Array(mut values) => (!values.is_empty()).then(|| values.swap_remove(0)).and_then(stated),
        Value::Object(mut members) => INNER.iter().find_map(|name| stated(members.remove(*name)?)),
        Value::String(text) if is_nothing(&text) => None,
        Value::String(text) => {
            let digits = text.trim();
            if let Some(compact) = compact(digits) {
                return Some(compact);
            }
            // Seconds or more since 1970; shorter numbers are days and years, and stay as they are.
            let counted = digits.len() >= 9 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            match digits.parse::<Number>() {
                Ok(number) if counted => date_of_number(&number),
                _ => Some(text),
            }
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// The date that a number stands for: a day (20210216), a month (202102), a year, or the time since
/// 1970 in seconds, thousandths, millionths or less. `None` for 0, which stands for "not known".
fn date_of_number(number: &Number) -> Option<String> {
    if let Some(compact) = number.as_u64().and_then(|number| compact(&number.to_string())) {
        return Some(compact);
    }
    if let Some(whole) = number.as_i64() {
        let (year, month, day) = (whole / 10_000, whole / 100 % 100, whole % 100);
        match whole {
            0 => return None,
            1000..=2999 => return Some(whole.to_string()),
            100_001..=299_912 if (1..=12).contains(&day) => return Some(format!("{:04}-{day:02}", whole / 100)),
            10_000_101..=29_991_231 if NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32).is_some() => {
                return Some(format!("{year:04}-{month:02}-{day:02}"));
            }
            _ => {}
        }
    }
    let number = number.as_f64()?;
    let unit = match number.abs() {
        0.0..1e11 => 1.0,
        1e11..1e14 => 1e3,
        1e14..1e17 => 1e6,
        _ => 1e9,
    };
    // Floating point is exact to the second for thousands of years around now.
    let time = DateTime::from_timestamp((number / unit).floor() as i64, 0)?;
    Some(time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A date and a time of day without anything between: `20210216093000`, `202102160930`.
fn compact(digits: &str) -> Option<String> {
    let form = match digits.len() {
        14 => "%Y%m%d%H%M%S",
        12 => "%Y%m%d%H%M",
        _ => return None,
    };
    let year: u32 = digits.get(..4)?.parse().ok()?;
    if !(1600..2100).contains(&year) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let time = NaiveDateTime::parse_from_str(digits, form).ok()?;
    Some(time.format("%Y-%m-%dT%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_number_is_survived(whole: i64, real: f64) {
            let _ = date_of_number(&whole.into());
            let _ = Number::from_f64(real).and_then(|number| date_of_number(&number));
        }
    }
}
