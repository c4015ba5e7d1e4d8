//! What a finder read: the parts of a date, before it is known which article they date.

use chrono::{Datelike, FixedOffset, NaiveDate};

use crate::article::When;

/// How a date is written. It decides how much a finding is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `2021-02-16`, `2021/2/16`, `20210216`.
    Iso,
    /// `16.2.2021`, `2/16/21`.
    Numeric,
    /// `16 February 2021`, `Feb 16`.
    Named,
    /// `2021年2月16日`, `2021년 2월 16일`.
    Ideographic,
    /// A calendar other than the Gregorian.
    OtherCalendar,
}

/// The parts of a date as a line states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// How it is written.
    pub form: Form,
    /// The first token of it.
    pub first: usize,
    /// The token after the last of it.
    pub end: usize,
    /// The year, where it is stated.
    pub year: Option<i32>,
    /// The month, from 1; 0 where a year stands alone.
    pub month: u32,
    /// The day, from 1, where it is stated.
    pub day: Option<u32>,
    /// True while day and month could be the other way round.
    pub open_order: bool,
    /// Whether the month stood before the day; `None` where the order tells nothing.
    pub month_was_first: Option<bool>,
    /// The sign between the numbers of a numeric date.
    pub sign: Option<char>,
    /// True when the year has two digits.
    pub short_year: bool,
    /// True when it is part of a span of days (`15-18 February`), as events are announced.
    pub span: bool,
    /// True when the year stated with it is none in which an article may have appeared.
    pub far: bool,
    /// The weekday stated with it, from 0 for Monday.
    pub weekday: Option<u32>,
    /// The time stated with it: hour and minute.
    pub time: Option<(u32, u32)>,
    /// True where that is told by a clock of 24 hours, after noon.
    pub late: bool,
    /// The zone stated with the time.
    pub offset: Option<FixedOffset>,
}

impl Reading {
    /// A day of a year, or `None` when there is no such day.
    pub(super) fn day(form: Form, tokens: (usize, usize), year: i32, month: u32, day: u32) -> Option<Reading> {
        if !PLAUSIBLE_YEARS.contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Reading { year: Some(year), day: Some(day), ..Reading::bare(form, tokens, month) })
    }

    /// A month of a year, or `None` when there is no such month.
    pub(super) fn month(form: Form, tokens: (usize, usize), year: i32, month: u32) -> Option<Reading> {
        let valid = PLAUSIBLE_YEARS.contains(&year) && (1..=12).contains(&month);
        valid.then(|| Reading { year: Some(year), ..Reading::bare(form, tokens, month) })
    }

    /// A year alone.
    pub(super) fn year(tokens: (usize, usize), year: i32) -> Option<Reading> {
        let reading = Reading { year: Some(year), ..Reading::bare(Form::Numeric, tokens, 0) };
        PLAUSIBLE_YEARS.contains(&year).then_some(reading)
    }

    /// A day of no stated year, or `None` when no year has it.
    pub(super) fn yearless(form: Form, tokens: (usize, usize), month: u32, day: u32) -> Option<Reading> {
        When::yearless(month, day)?;
        Some(Reading { day: Some(day), ..Reading::bare(form, tokens, month) })
    }

    fn bare(form: Form, (first, end): (usize, usize), month: u32) -> Reading {
        Reading {
            form,
            first,
            end,
            year: None,
            month,
            day: None,
            open_order: false,
            month_was_first: None,
            sign: None,
            short_year: false,
            span: false,
            far: false,
            weekday: None,
            time: None,
            late: false,
            offset: None,
        }
    }

    /// The same day and month in a year, or `None` when that has no such day.
    pub(super) fn in_year(self, year: i32) -> Option<Reading> {
        NaiveDate::from_ymd_opt(year, self.month, self.day?)?;
        Some(Reading { year: Some(year), ..self })
    }

    /// The date with day and month the other way round.
    pub(super) fn swapped(self) -> Reading {
        match self.day {
            Some(day) if self.open_order => Reading { month: day, day: Some(self.month), ..self },
            _ => self,
        }
    }

    /// The day, where day, month and year are stated.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day?)
    }

    /// Whether the weekday stated with it is the right one; `None` when there is nothing to compare.
    pub(super) fn weekday_fits(&self) -> Option<bool> {
        Some(self.date()?.weekday().num_days_from_monday() == self.weekday?)
    }

    /// The span of time it means.
    pub(super) fn when(&self) -> Option<When> {
        let when = match (self.year, self.day) {
            (Some(year), Some(day)) => When::day(year, self.month, day)?,
            (Some(year), None) if self.month == 0 => When::Year(year),
            (Some(year), None) => When::month(year, self.month)?,
            (None, Some(day)) => When::yearless(self.month, day)?,
            (None, None) => return None,
        };
        Some(match self.time {
            Some((hour, minute)) => when.with_time(hour, minute, self.offset),
            None => when,
        })
    }
}

/// Years in which an article may have appeared: newspapers begin early in the 17th century. Later
/// years than these are of other calendars: Nepal's is 57 years ahead.
pub(super) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i32> = 1600..=2060;

/// An article of a later year has not been written yet: two digits mean no later one either.
pub(super) const LATEST_YEAR: i32 = 2049;

/// The year that two digits mean: up to 49 in this century, from 50 in the last.
pub(super) fn century(two_digits: u32) -> i32 {
    let year = two_digits as i32;
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// The year that a number of four digits states, counted from the birth of Christ or, where that is
/// the custom, of Buddha.
pub(super) fn stated_year(value: u32, digits: u8) -> Option<i32> {
    let year = i32::try_from(value).ok()?;
    match digits {
        4 if (2440..=2642).contains(&year) => Some(year - 543),
        4 => PLAUSIBLE_YEARS.contains(&year).then_some(year),
        _ => None,
    }
}
