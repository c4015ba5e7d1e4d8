//! `after:` finds articles that may be from strictly after a date.

use super::{Field, date};
use crate::query::date::{self as dates, Direction};

pub(super) const FIELD: Field = Field {
    description: "dated after that day, month or year",
    examples: &["after:2021-02-15", "after:2020"],
    print: date::print,
    complete: |_, typed, occurring| date::offers(typed, occurring, false),
    spaced: Some(dates::spaced),
    ..Field::plain("after", |value| dates::read(value.text, Direction::After))
};
