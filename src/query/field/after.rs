//! `after:` finds articles that may be from strictly after a date.

use super::super::date::{self, Direction};
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "after",
    synonyms: &[],
    description: "articles from strictly after a day, month or year",
    examples: &["after:2021-02-15", "after:2020"],
    list: false,
    values: &[],
    read: |value| date::read(value.text, Direction::After),
};
