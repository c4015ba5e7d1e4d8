//! `before:` finds articles that may be from strictly before a date.

use super::super::date::{self, Direction};
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "before",
    synonyms: &["older", "older_than"],
    description: "articles from strictly before a day, month or year",
    examples: &["before:2021-02-15", "before:2021"],
    list: false,
    values: &[],
    read: |value| date::read(value.text, Direction::Before),
};
