//! Dates that say no more than their articles do.

use chrono::{Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::text::Clean;

/// The publication date of an article, as exactly as its source states it.
///
/// Articles from the web often carry no more than a month, and sometimes only a hint. Rounding
/// `2021-02` to the first of February would sort well and lie to the reader, so a date is kept as
/// the *span of days* it may mean, with the words it was read from.
///
/// ```
/// use newsstand::article::{ArticleDate, Evidence, When};
///
/// let date = ArticleDate::new(When::month(2021, 2).expect("February exists"), Evidence::Header);
/// assert_eq!(date.when.value(), "2021-02");
/// assert_eq!(date.when.last().map(|day| day.to_string()).as_deref(), Some("2021-02-28"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDate {
    /// The span of time.
    pub when: When,
    /// What the date rests on.
    pub evidence: Evidence,
    /// The line it was read from, from 1; `None` when it comes from beside the text.
    pub line: Option<u32>,
    /// The words it was read from.
    pub text: Clean,
}

impl ArticleDate {
    /// A date that rests on `evidence`, with no line or words to show for it yet.
    pub fn new(when: When, evidence: Evidence) -> ArticleDate {
        ArticleDate { when, evidence, line: None, text: Clean::default() }
    }
}

/// A date that was considered, and why it ranks where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateCandidate {
    /// The date, with line and words.
    pub date: ArticleDate,
    /// How strong it is; higher is better, and below 0 it is not the article's date at all.
    pub rank: i32,
    /// Why, in words for a reader.
    pub reason: String,
}

/// What a date rests on, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Markup, a feed or a JSON field states it.
    Metadata,
    /// A line that only states it.
    Header,
    /// A line that says who published or updated it, and when.
    Byline,
    /// The place and day that open an agency's text.
    Dateline,
    /// The address of the article.
    Url,
    /// The name of the file.
    Filename,
    /// A mention in the text that dates the article.
    Body,
}

impl Evidence {
    /// The word for it, as in the record.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Metadata => "metadata",
            Evidence::Header => "header",
            Evidence::Byline => "byline",
            Evidence::Dateline => "dateline",
            Evidence::Url => "url",
            Evidence::Filename => "filename",
            Evidence::Body => "body",
        }
    }
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// A day and month of no stated year.
    Yearless,
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A minute.
    Minute,
}

impl Precision {
    /// The word for it, as in the record.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Yearless => "yearless",
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
            Precision::Minute => "minute",
        }
    }
}

/// A span of time between a minute and a year, or a day of an unknown year.
///
/// Months and days are valid in every value: the constructors see to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// A year.
    Year(i32),
    /// The month that begins on this day.
    Month(NaiveDate),
    /// A day.
    Day(NaiveDate),
    /// A minute on the clock of the place, and how far that clock is from UTC, where it is told.
    Minute(NaiveDateTime, Option<FixedOffset>),
    /// A day and month of no stated year, kept in a leap year so that 29 February is one.
    Yearless(NaiveDate),
}

/// A leap year that stands for "no year".
const NO_YEAR: i32 = 2000;

impl When {
    /// A month, or `None` when there is no such month.
    pub fn month(year: i32, month: u32) -> Option<When> {
        NaiveDate::from_ymd_opt(year, month, 1).map(When::Month)
    }

    /// A day, or `None` when there is no such day.
    pub fn day(year: i32, month: u32, day: u32) -> Option<When> {
        NaiveDate::from_ymd_opt(year, month, day).map(When::Day)
    }

    /// A day of an unknown year, or `None` when no year has it.
    pub fn yearless(month: u32, day: u32) -> Option<When> {
        NaiveDate::from_ymd_opt(NO_YEAR, month, day).map(When::Yearless)
    }

    /// The same day with a time of day, where this is a day.
    pub fn with_time(self, hour: u32, minute: u32, offset: Option<FixedOffset>) -> When {
        match self {
            When::Day(day) => day.and_hms_opt(hour, minute, 0).map_or(self, |time| When::Minute(time, offset)),
            other => other,
        }
    }

    /// How exact it is.
    pub fn precision(self) -> Precision {
        match self {
            When::Year(_) => Precision::Year,
            When::Month(_) => Precision::Month,
            When::Day(_) => Precision::Day,
            When::Minute(..) => Precision::Minute,
            When::Yearless(_) => Precision::Yearless,
        }
    }

    /// The first day it may mean; `None` without a year.
    pub fn first(self) -> Option<NaiveDate> {
        match self {
            When::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1),
            When::Month(first) => Some(first),
            When::Day(day) => Some(day),
            When::Minute(time, _) => Some(time.date()),
            When::Yearless(_) => None,
        }
    }

    /// The last day it may mean; `None` without a year.
    pub fn last(self) -> Option<NaiveDate> {
        match self {
            When::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31),
            When::Month(first) => first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()),
            other => other.first(),
        }
    }

    /// The value of the record: ISO 8601, cut to what is known (`2021-02`), `--02-16` without a year.
    pub fn value(self) -> String {
        match self {
            When::Year(year) => format!("{year:04}"),
            When::Month(first) => first.format("%Y-%m").to_string(),
            When::Day(day) => day.format("%Y-%m-%d").to_string(),
            When::Minute(time, None) => time.format("%Y-%m-%dT%H:%M").to_string(),
            When::Minute(time, Some(offset)) => format!("{}{offset}", time.format("%Y-%m-%dT%H:%M")),
            When::Yearless(day) => day.format("--%m-%d").to_string(),
        }
    }

    /// Reads a value as [`When::value`] writes it; `None` for anything else.
    pub fn from_value(value: &str) -> Option<When> {
        if let Some(rest) = value.strip_prefix("--") {
            let (month, day) = rest.split_once('-')?;
            return When::yearless(month.parse().ok()?, day.parse().ok()?);
        }
        if let Some((day, time)) = value.split_once('T') {
            let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
            let (hour, rest) = (time.get(..2)?.parse().ok()?, time.get(3..)?);
            let minute = rest.get(..2)?.parse().ok()?;
            let offset = match rest.get(2..)? {
                "" => None,
                offset => Some(offset.parse().ok()?),
            };
            return day.and_hms_opt(hour, minute, 0).map(|time| When::Minute(time, offset));
        }
        match value.len() {
            0..=4 => value.parse().ok().map(When::Year),
            5..=7 => {
                let (year, month) = value.split_once('-')?;
                When::month(year.parse().ok()?, month.parse().ok()?)
            }
            _ => NaiveDate::parse_from_str(value, "%Y-%m-%d").ok().map(When::Day),
        }
    }

    /// How a list shows it: `16 Feb 2021`, `Feb 2021`, `2021`, `16 Feb ????`.
    pub fn short(self) -> String {
        match self {
            When::Year(year) => year.to_string(),
            When::Month(first) => first.format("%b %Y").to_string(),
            When::Day(day) => day.format("%-d %b %Y").to_string(),
            When::Minute(time, _) => time.format("%-d %b %Y").to_string(),
            When::Yearless(day) => day.format("%-d %b ????").to_string(),
        }
    }

    /// How a page shows it: `16 February 2021, 18:00 (+07:00)`.
    pub fn long(self) -> String {
        match self {
            When::Year(year) => year.to_string(),
            When::Month(first) => first.format("%B %Y").to_string(),
            When::Day(day) => day.format("%-d %B %Y").to_string(),
            When::Minute(time, None) => time.format("%-d %B %Y, %H:%M").to_string(),
            When::Minute(time, Some(offset)) => format!("{} ({offset})", time.format("%-d %B %Y, %H:%M")),
            When::Yearless(day) => day.format("%-d %B, no year told").to_string(),
        }
    }

    /// Minutes since 1970 of the *last* minute it may mean, which orders articles in time: the
    /// month's last day stands above its days. `None` without a year.
    pub fn sort_key(self) -> Option<i64> {
        let day = self.last()?;
        let midnight = i64::from(day.num_days_from_ce() - 719_163) * 1440;
        Some(match self {
            When::Minute(time, offset) => {
                let clock = time.signed_duration_since(day.and_hms_opt(0, 0, 0)?).num_minutes();
                midnight + clock - i64::from(offset.map_or(0, |offset| offset.local_minus_utc() / 60))
            }
            // A day without a time stands at its beginning, so that the times of that day are newer.
            _ => midnight,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(when: Option<When>) -> String {
        let when = when.expect("a valid date");
        let day = |day: Option<NaiveDate>| day.map_or("-".into(), |day| day.to_string());
        format!("{} {} {} {}", when.value(), when.precision().name(), day(when.first()), day(when.last()))
    }

    #[test]
    fn a_date_is_the_span_it_may_mean() {
        assert_eq!(span(When::day(2021, 2, 16)), "2021-02-16 day 2021-02-16 2021-02-16");
        assert_eq!(span(When::month(2021, 2)), "2021-02 month 2021-02-01 2021-02-28");
        assert_eq!(span(When::month(2020, 12)), "2020-12 month 2020-12-01 2020-12-31");
        assert_eq!(span(Some(When::Year(2021))), "2021 year 2021-01-01 2021-12-31");
        assert_eq!(span(When::yearless(2, 29)), "--02-29 yearless - -");
    }

    #[test]
    fn impossible_days_do_not_exist() {
        assert_eq!(When::day(2021, 2, 29), None);
        assert_eq!(When::yearless(2, 30), None);
        assert_eq!(When::month(2021, 13), None);
    }

    #[test]
    fn values_are_read_as_they_are_written() {
        for value in ["2021", "2021-02", "2021-02-16", "2021-02-15T18:00+07:00", "2021-02-15T18:00", "--02-16"] {
            assert_eq!(When::from_value(value).map(When::value).as_deref(), Some(value));
        }
        for wrong in ["", "soon", "2021-13", "--02-31", "2021-02-15T25:00", "2021-02-15T1"] {
            assert_eq!(When::from_value(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_ordered_across_zones() {
        let at = |value| When::from_value(value).and_then(When::sort_key);
        assert!(at("2021-02-15T18:00+07:00") < at("2021-02-15T12:00+00:00"));
        assert!(at("2021-02-15") < at("2021-02-15T12:00+00:00"));
        assert!(at("2021-02-15T23:59") < at("2021-02-16"));
        assert_eq!(at("1970-01-02"), Some(1440));
    }
}
