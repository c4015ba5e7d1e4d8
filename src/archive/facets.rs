//! Counts of what matches: by language, by source, by time.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::article::LanguageTag;
use crate::text::Clean;

/// How many of the articles found there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By language, most first; `None` stands for articles whose language is not certain.
    pub languages: Vec<(Option<LanguageTag>, usize)>,
    /// By source, most first, [`Facets::SOURCES`] at most.
    pub sources: Vec<(Clean, usize)>,
    /// By time.
    pub dates: DateFacet,
}

impl Facets {
    /// How many sources are listed at most.
    pub const SOURCES: usize = 200;
}

/// How many articles there are of each span of days, as exactly as they are dated.
///
/// An article of which only the month is known counts for that month and for no day of it: the
/// counts of the days of a month may add up to less than the month, those of the months to less than
/// the year.
///
/// ```
/// use newsstand::archive::DateFacet;
/// # use chrono::NaiveDate;
/// # let day = |day| NaiveDate::from_ymd_opt(2021, 2, day).expect("a day of February");
///
/// let dates = DateFacet { spans: vec![(day(1), day(28), 1), (day(16), day(16), 2)], undated: 1 };
/// assert_eq!(dates.years()[&2021], 3);
/// assert_eq!(dates.months(2021)[1], 3);
/// assert_eq!(dates.days(2021, 2)[&16], 2);
/// assert_eq!(dates.possible(day(15), day(15)), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFacet {
    /// First day, last day, number of articles; in the order of the first days, the shortest spans
    /// first.
    pub spans: Vec<(NaiveDate, NaiveDate, usize)>,
    /// Articles without a date, or without a year.
    pub undated: usize,
}

impl DateFacet {
    /// How many articles each year has, for sure.
    pub fn years(&self) -> BTreeMap<i32, usize> {
        self.summed(|first, last| (first.year() == last.year()).then_some(first.year()))
    }

    /// How many articles each month of `year` has for sure, January first.
    pub fn months(&self, year: i32) -> [usize; 12] {
        let months = self.summed(|first, last| {
            ((first.year(), first.month()) == (last.year(), last.month()) && first.year() == year)
                .then_some(first.month0())
        });
        std::array::from_fn(|month| months.get(&(month as u32)).copied().unwrap_or(0))
    }

    /// How many articles each day of a month (from 1) has for sure; days without articles are left out.
    pub fn days(&self, year: i32, month: u32) -> BTreeMap<u32, usize> {
        self.summed(|first, last| {
            (first == last && (first.year(), first.month()) == (year, month)).then_some(first.day())
        })
    }

    /// How many articles may be from these days, both included: what `date:` finds.
    pub fn possible(&self, first: NaiveDate, last: NaiveDate) -> usize {
        let overlaps = |span: &&(NaiveDate, NaiveDate, usize)| span.0 <= last && span.1 >= first;
        self.spans.iter().filter(overlaps).map(|span| span.2).sum()
    }

    fn summed<K: Ord>(&self, key: impl Fn(NaiveDate, NaiveDate) -> Option<K>) -> BTreeMap<K, usize> {
        let mut sums = BTreeMap::new();
        for (first, last, count) in &self.spans {
            if let Some(key) = key(*first, *last) {
                *sums.entry(key).or_default() += count;
            }
        }
        sums
    }
}
