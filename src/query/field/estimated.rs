//! `date~:` is `date:` that also goes by estimated dates.

use super::{Field, date};
use crate::query::meaning::{Reading, Value};

pub(super) const FIELD: Field = Field {
    description: "like date:, also by estimated dates",
    examples: &["date~:2021-02"],
    list: true,
    print: date::print,
    complete: |_, typed, occurring| date::offers(typed, occurring, true),
    spaced: Some(crate::query::date::spaced),
    ..Field::plain("date~", read)
};

fn read(value: &Value<'_>) -> Reading {
    crate::query::date::read(value.text, crate::query::date::Direction::In).not_yet("estimated dates")
}
