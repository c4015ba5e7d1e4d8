//! Which of two numbers is the day and which the month.

use chrono::NaiveDate;

use super::reading::{Form, Reading};
use crate::article::LanguageTag;

/// Puts day and month of every open date in the order that the article uses.
///
/// The same day stated in another way decides first, then its weekday, then dates of this article
/// that can be read in one order alone, then its address, then the custom of its language.
pub(super) fn settle(readings: &mut [Reading], language: Option<LanguageTag>, url: Option<&str>) {
    let sure: Vec<NaiveDate> =
        readings.iter().filter(|reading| !reading.open_order).filter_map(Reading::date).collect();
    let month_first = month_first(readings, language, url);
    for reading in readings.iter_mut().filter(|reading| reading.open_order) {
        let swapped = reading.swapped();
        let stated = |reading: &Reading| reading.date().is_some_and(|date| sure.contains(&date));
        let fits = |reading: &Reading| reading.weekday_fits() == Some(true);
        let votes = [(stated(reading), stated(&swapped)), (fits(reading), fits(&swapped)), (!month_first, month_first)];
        let swap =
            votes.into_iter().find(|(day_first, month_first)| day_first != month_first).is_some_and(|vote| vote.1);
        *reading = Reading { open_order: false, ..if swap { swapped } else { *reading } };
    }
}

/// True when the month stands first in the numeric dates of the article.
fn month_first(readings: &[Reading], language: Option<LanguageTag>, url: Option<&str>) -> bool {
    let (mut day_first, mut month_first) = (0, 0);
    // Of a settled numeric date, the tokens tell no order any more; its parts were compared when read.
    for reading in readings.iter().filter(|reading| reading.form == Form::Numeric && !reading.open_order) {
        match reading.month_was_first {
            Some(true) => month_first += 1,
            Some(false) => day_first += 1,
            None => {}
        }
    }
    if day_first != month_first {
        return month_first > day_first;
    }
    let code = language.map_or("", LanguageTag::code);
    if let Some(domain) = url.and_then(domain)
        && DAY_FIRST_DOMAINS.iter().any(|ending| domain.ends_with(ending))
    {
        return false;
    }
    if code == "tl" {
        return true;
    }
    // English is written in both orders. Dates with names show which: `16 February` or `February 16`.
    let named = |first: bool| {
        readings.iter().filter(|reading| reading.form == Form::Named && reading.month_was_first == Some(first)).count()
    };
    code == "en" && named(true) >= named(false)
}

/// Where English is written and the day stands first.
const DAY_FIRST_DOMAINS: &[&str] = &[
    ".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".gh", ".my", ".sg", ".pk", ".bd", ".lk", ".eu", ".de",
    ".fr", ".hk", ".ae", ".mt", ".ug", ".tz", ".zw", ".zm", ".jm", ".il",
];

fn domain(url: &str) -> Option<&str> {
    url.split("://").nth(1)?.split(['/', ':', '?']).next()
}
