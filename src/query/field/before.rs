//! `before:` finds articles that may be from strictly before a date.

use super::{Field, date};
use crate::query::date::{self as dates, Direction};

pub(super) const FIELD: Field = Field {
    synonyms: &["older", "older_than"],
    description: "dated before that day, month or year",
    examples: &["before:2021-02-15", "before:2021"],
    print: date::print,
    complete: |_, typed, occurring| date::offers(typed, occurring, false),
    spaced: Some(dates::spaced),
    ..Field::plain("before", |value| dates::read(value.text, Direction::Before))
};
