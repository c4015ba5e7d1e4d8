//! `date:` finds articles whose date may lie in a span.

use super::super::date::{self, Direction};
use super::{Field, Reading, Value};

pub(super) const FIELD: Field = Field {
    name: "date",
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
    values: &[
        ("none", "undated"),
        ("today", "today"),
        ("yesterday", "yesterday"),
        ("7d", "the last seven days"),
        ("this-month", "this month"),
        ("last-month", "last month"),
        ("this-year", "this year"),
    ],
    read,
};

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
