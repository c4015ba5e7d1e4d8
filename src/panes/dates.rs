//! Spans of days, gathered into years, months and days for the filter bar and the date picker.

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

    #[test]
    fn bars_show_the_least_count() {
        assert_eq!([0, 1, 50, 100].map(|count| bar(count, 100)), [' ', '▁', '▄', '█']);
        assert_eq!(bar(0, 0), ' ');
    }
}
