//! Spans of days, gathered into years, months and days for the timeline and the date picker.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::article::When;

/// How finely dates are gathered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zoom {
    /// Years.
    Years,
    /// Months.
    #[default]
    Months,
    /// Days.
    Days,
}

impl Zoom {
    /// The next finer one.
    pub fn finer(self) -> Zoom {
        match self {
            Zoom::Years => Zoom::Months,
            _ => Zoom::Days,
        }
    }

    /// The next coarser one.
    pub fn coarser(self) -> Zoom {
        match self {
            Zoom::Days => Zoom::Months,
            _ => Zoom::Years,
        }
    }

    /// The year, month or day in which `day` lies.
    pub fn bucket(self, day: NaiveDate) -> Option<When> {
        match self {
            Zoom::Years => Some(When::Year(day.year())),
            Zoom::Months => When::month(day.year(), day.month()),
            Zoom::Days => Some(When::Day(day)),
        }
    }
}

/// A year, month or day, and the articles of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The time.
    pub when: When,
    /// Articles that are from it.
    pub certain: usize,
    /// Articles that may be from it: they are known less exactly.
    pub possible: usize,
}

/// The years, months or days in which articles lie, the oldest first. `spans` are first day, last
/// day and number of articles.
pub fn buckets(spans: &[(NaiveDate, NaiveDate, usize)], zoom: Zoom) -> Vec<Bucket> {
    let mut buckets: Vec<Bucket> = Vec::new();
    let mut inexact = Vec::new();
    let mut sorted: Vec<_> = spans.to_vec();
    sorted.sort_unstable();
    for (first, last, count) in sorted {
        let (Some(when), Some(until)) = (zoom.bucket(first), zoom.bucket(last)) else {
            continue;
        };
        if when != until {
            inexact.push((first, last, count));
            continue;
        }
        match buckets.iter_mut().rev().take(400).find(|bucket| bucket.when == when) {
            Some(bucket) => bucket.certain += count,
            None => buckets.push(Bucket { when, certain: count, possible: 0 }),
        }
    }
    // What is known less exactly counts where something certain stands; where nothing does, its
    // first day stands for it.
    for (first, last, count) in inexact {
        let mut found = false;
        for bucket in &mut buckets {
            if bucket.when.first() <= Some(last) && bucket.when.last() >= Some(first) {
                bucket.possible += count;
                found = true;
            }
        }
        if let (false, Some(when)) = (found, zoom.bucket(first)) {
            buckets.push(Bucket { when, certain: 0, possible: count });
        }
    }
    buckets.sort_by_key(|bucket| bucket.when.first());
    buckets
}

/// First day, last day, number of articles.
pub type Spans<'a> = &'a [(NaiveDate, NaiveDate, usize)];

/// Counts `spans` in periods that lie in order, none touching another. What is known less exactly than a
/// period counts as possible in each that it may be from.
pub fn spread(spans: Spans<'_>, periods: impl IntoIterator<Item = When>) -> Vec<Bucket> {
    let known = periods.into_iter().filter_map(|when| Some((when.first()?, when.last()?, when)));
    let known: Vec<(NaiveDate, NaiveDate, When)> = known.collect();
    let mut counted: Vec<Bucket> =
        known.iter().map(|(_, _, when)| Bucket { when: *when, certain: 0, possible: 0 }).collect();
    for (first, last, count) in spans {
        let from = known.partition_point(|(_, end, _)| end < first);
        let until = known.partition_point(|(begin, _, _)| begin <= last);
        for at in from..until {
            let (begin, end, _) = known[at];
            if begin <= *first && *last <= end {
                counted[at].certain += count;
            } else {
                counted[at].possible += count;
            }
        }
    }
    counted
}

/// A row of a calendar that is shown as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A year, month or day.
    Period {
        /// It, and its articles.
        bucket: Bucket,
        /// How deep it stands.
        depth: Zoom,
        /// Whether what it is made of stands below it.
        heading: bool,
    },
    /// Years without any article, from the first to the last.
    Gap(i32, i32),
}

/// So many years without articles stand one by one; more of them are one row.
const SHORT_GAP: i32 = 3;

/// The calendar of `spans`, as finely as `zoom` says, the oldest first: years, the months of those that
/// have articles, and the days that have some. Months without articles stand between those that have.
pub fn calendar(spans: Spans<'_>, zoom: Zoom) -> Vec<Row> {
    let years: BTreeSet<i32> = spans.iter().flat_map(|(first, last, _)| [first.year(), last.year()]).collect();
    let beginning = spans.iter().map(|(first, ..)| *first).min();
    let end = spans.iter().map(|(_, last, _)| *last).max();
    let (Some(beginning), Some(end)) = (beginning, end) else {
        return Vec::new();
    };
    let all_years = spread(spans, years.iter().map(|year| When::Year(*year)));
    // A month more at each end shows that nothing lies there.
    let month = chrono::Months::new(1);
    let from = beginning.checked_sub_months(month).unwrap_or(beginning);
    let until = end.checked_add_months(month).unwrap_or(end);
    let lies_within = |when: &When| when.last() >= Some(from) && when.first() <= Some(until);
    let months = years.iter().flat_map(|year| (1..=12).filter_map(|month| When::month(*year, month)));
    let months = if zoom >= Zoom::Months { spread(spans, months.filter(lies_within)) } else { Vec::new() };
    let days: BTreeSet<NaiveDate> = spans.iter().filter(|(first, last, _)| first == last).map(|span| span.0).collect();
    let days = if zoom == Zoom::Days { spread(spans, days.into_iter().map(When::Day)) } else { Vec::new() };
    let mut rows = Vec::with_capacity(all_years.len() + months.len() + days.len());
    let mut before: Option<i32> = None;
    let (mut months, mut days) = (months.into_iter().peekable(), days.into_iter().peekable());
    for (year, bucket) in years.into_iter().zip(all_years) {
        rows.extend(before.into_iter().flat_map(|before| years_between(before, year)));
        before = Some(year);
        rows.push(Row::Period { bucket, depth: Zoom::Years, heading: zoom > Zoom::Years });
        while let Some(month) = months.next_if(|month| month.when.last() <= bucket.when.last()) {
            let ends_later = |day: &Bucket| day.when.last() > month.when.last();
            let heading = days.peek().is_some_and(|day| !ends_later(day));
            rows.push(Row::Period { bucket: month, depth: Zoom::Months, heading });
            while let Some(day) = days.next_if(|day| !ends_later(day)) {
                rows.push(Row::Period { bucket: day, depth: Zoom::Days, heading: false });
            }
        }
    }
    rows
}

/// The years between two that have articles.
fn years_between(before: i32, after: i32) -> Vec<Row> {
    let empty = |year| Bucket { when: When::Year(year), certain: 0, possible: 0 };
    match after - before - 1 {
        ..=0 => Vec::new(),
        1..=SHORT_GAP => (before + 1..after)
            .map(|year| Row::Period { bucket: empty(year), depth: Zoom::Years, heading: false })
            .collect(),
        _ => vec![Row::Gap(before + 1, after - 1)],
    }
}

/// The first and the last period of a span.
pub type Ends = (When, When);

/// The periods at the ends of a value of `date:`; `None` when it names none, or has an open end.
pub fn ends(value: &str) -> Option<Ends> {
    let (first, last) = value.split_once("..").unwrap_or((value, value));
    let when = |text: &str| When::from_value(text).filter(|when| when.first().is_some());
    Some((when(first)?, when(last)?))
}

/// The month or the year in which all of a span lies, if it is longer than the span itself.
pub fn parent(first: When, last: When) -> Option<When> {
    let (from, to) = (first.first()?, last.last()?);
    let holds = |zoom: &Zoom| zoom.bucket(from) == zoom.bucket(to) && zoom.bucket(from) != Some(first);
    [Zoom::Months, Zoom::Years].iter().find(|zoom| holds(zoom)).and_then(|zoom| zoom.bucket(from))
}

/// A bar for a count: one of eight heights, or a space for none.
pub fn bar(count: usize, most: usize) -> char {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    match (count * HEIGHTS.len()).div_ceil(most.max(1)) {
        0 => ' ',
        height => HEIGHTS[height.min(HEIGHTS.len()) - 1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spans: &[(&str, usize)], zoom: Zoom, expected: &str) {
        let spans: Vec<(NaiveDate, NaiveDate, usize)> = spans
            .iter()
            .map(|(value, count)| {
                let when = When::from_value(value).expect("a date");
                (when.first().expect("a day"), when.last().expect("a day"), *count)
            })
            .collect();
        let got: Vec<String> = buckets(&spans, zoom)
            .iter()
            .map(|bucket| format!("{} {}+{}", bucket.when.value(), bucket.certain, bucket.possible))
            .collect();
        assert_eq!(got.join(", "), expected);
    }

    #[test]
    fn partial_dates_count_where_they_may_lie() {
        let spans = [("2021-02-16", 1), ("2021-02", 2), ("2020", 4), ("2021-03-01", 1)];
        check(&spans, Zoom::Years, "2020 4+0, 2021 4+0");
        check(&spans, Zoom::Months, "2020-01 0+4, 2021-02 3+0, 2021-03 1+0");
        check(&spans, Zoom::Days, "2020-01-01 0+4, 2021-02-16 1+2, 2021-03-01 1+0");
    }

    fn spans(spans: &[(&str, usize)]) -> Vec<(NaiveDate, NaiveDate, usize)> {
        let span = |(value, count): &(&str, usize)| {
            let when = When::from_value(value).expect("a date");
            (when.first().expect("a day"), when.last().expect("a day"), *count)
        };
        spans.iter().map(span).collect()
    }

    fn check_calendar(written: &[(&str, usize)], zoom: Zoom, expected: &str) {
        let row = |row: &Row| match row {
            Row::Period { bucket: Bucket { when, certain, possible }, heading, .. } => {
                format!("{} {certain}+{possible}{}", when.value(), if *heading { ":" } else { "" })
            }
            Row::Gap(first, last) => format!("{first}…{last}"),
        };
        let rows: Vec<String> = calendar(&spans(written), zoom).iter().map(row).collect();
        assert_eq!(rows.join(", "), expected);
    }

    #[test]
    fn a_calendar_shows_empty_months_and_where_partial_dates_may_lie() {
        let written = [("2020-12-30", 1), ("2021-02", 2), ("2021-02-16", 1), ("2021-04-01", 3)];
        check_calendar(&written, Zoom::Years, "2020 1+0, 2021 6+0");
        check_calendar(
            &written,
            Zoom::Months,
            "2020 1+0:, 2020-11 0+0, 2020-12 1+0, 2021 6+0:, 2021-01 0+0, 2021-02 3+0, 2021-03 0+0, 2021-04 3+0, \
             2021-05 0+0",
        );
        check_calendar(
            &written,
            Zoom::Days,
            "2020 1+0:, 2020-11 0+0, 2020-12 1+0:, 2020-12-30 1+0, 2021 6+0:, 2021-01 0+0, 2021-02 3+0:, 2021-02-16 1+2, \
             2021-03 0+0, 2021-04 3+0:, 2021-04-01 3+0, 2021-05 0+0",
        );
        check_calendar(&[], Zoom::Months, "");
    }

    #[test]
    fn a_year_may_be_any_of_its_months() {
        let expected: Vec<String> = (1..=12).map(|month| format!("2020-{month:02} 0+4")).collect();
        check_calendar(&[("2020", 4)], Zoom::Months, &format!("2020 4+0:, {}", expected.join(", ")));
    }

    #[test]
    fn many_empty_years_are_one_row() {
        check_calendar(
            &[("1901", 1), ("1904", 1), ("2021", 1)],
            Zoom::Years,
            "1901 1+0, 1902 0+0, 1903 0+0, 1904 1+0, 1905…2020, 2021 1+0",
        );
    }

    #[test]
    fn bars_show_the_least_count() {
        assert_eq!([0, 1, 50, 100].map(|count| bar(count, 100)), [' ', '▁', '▄', '█']);
        assert_eq!(bar(0, 0), ' ');
    }
}
