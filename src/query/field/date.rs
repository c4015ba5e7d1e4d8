//! `date:` finds articles whose date may lie in a span.

use super::{Facet, Field, offer::Offer};
use crate::article::When;
use crate::query::condition::{DateCondition, Fact};
use crate::query::date::{self, Direction};
use crate::query::meaning::{Reading, Value};

const NAME: &str = "date";

pub(super) const FIELD: Field = Field {
    synonyms: &["since", "newer", "newer_than", "until", "published"],
    description: "articles whose date may lie in the span; none = undated",
    examples: &[
        "date:2021",
        "date:2021-02",
        "date:2021-02-10..2021-02-16",
        "date:..2020",
        "date:none",
        "date:today",
        "date:7d",
        "date:feb-2021",
    ],
    list: true,
    values: VALUES,
    facet: Some(Facet::Dates),
    print,
    complete: |_, typed, occurring| offers(typed, occurring, true),
    spaced: Some(date::spaced),
    ..Field::plain(NAME, read)
};

const VALUES: &[(&str, &str)] = &[
    ("none", "undated"),
    ("today", "today"),
    ("yesterday", "yesterday"),
    ("7d", "the last seven days"),
    ("this-month", "this month"),
    ("last-month", "last month"),
    ("this-year", "this year"),
];

fn read(value: &Value<'_>) -> Reading {
    let direction = match value.name {
        // `@2-weeks-ago--1-week-ago` tells its end as well.
        "newer" if value.text.contains("--") => Direction::In,
        "since" | "newer" | "newer_than" => Direction::From,
        "until" => Direction::Until,
        _ => Direction::In,
    };
    date::read(value.text, direction)
}

/// The field and value that ask for these days, whichever of the three fields was typed.
pub(super) fn print(fact: &Fact) -> (&'static str, Vec<String>) {
    match fact {
        Fact::Days(DateCondition::Span(span)) => {
            let (field, value) = date::clause(*span);
            (field, vec![value])
        }
        _ => (NAME, vec!["none".to_owned()]),
    }
}

/// More months than this are offered by year first.
const MANY_MONTHS: usize = 12;

/// Years, then the months of the year that is typed, then words.
pub(super) fn offers(typed: &str, mut occurring: Vec<(String, u64)>, undated: bool) -> Vec<Offer> {
    let is_year = |value: &str| value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
    // In a span, the end that is typed is completed.
    let (from, side) = typed.rfind("..").map_or(("", typed), |at| typed.split_at(at + 2));
    if side.len() < 4 {
        if !occurring.iter().any(|(value, _)| is_year(value)) && occurring.len() > MANY_MONTHS {
            occurring = by_year(occurring);
        }
        if occurring.iter().any(|(value, _)| is_year(value)) {
            occurring.retain(|(value, _)| is_year(value) || !value.contains('-'));
        }
    }
    let undated = undated && from.is_empty();
    let mut found: Vec<Offer> = Vec::new();
    for (value, count) in occurring {
        if value.starts_with(side) && (undated || value != "none") {
            let known = VALUES.iter().find(|(fixed, _)| *fixed == value).map(|(_, label)| (*label).to_owned());
            let label = known.or_else(|| When::from_value(&value).map(When::long)).unwrap_or_else(|| value.clone());
            found.push(Offer { value: format!("{from}{value}"), label, count: Some(count) });
        }
    }
    for (value, label) in VALUES {
        let there = found.iter().any(|offer| offer.value.strip_prefix(from) == Some(value));
        if !there && value.starts_with(side) && (undated || *value != "none") {
            found.push(Offer { value: format!("{from}{value}"), label: (*label).to_owned(), count: None });
        }
    }
    found
}

/// The years of months, in the same order; what is no month stays as it is.
fn by_year(months: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let mut years: Vec<(String, u64)> = Vec::new();
    for (value, count) in months {
        let year = value.split('-').next().unwrap_or(&value);
        match years.iter_mut().find(|(other, _)| other == year) {
            Some((_, sum)) => *sum += count,
            None => years.push((year.to_owned(), count)),
        }
    }
    years
}
