//! `sort:` says in which order articles are listed.

use super::Field;
use crate::query::condition::Sort;
use crate::query::meaning::{Meaning, Reading, Value, begins_any};

pub(super) const FIELD: Field = Field {
    synonyms: &["order"],
    description: "order: newest, oldest, relevance, title, added",
    examples: &["sort:newest", "sort:oldest", "sort:relevance", "sort:title", "sort:added"],
    values: &[
        ("newest", "the newest first"),
        ("oldest", "the oldest first"),
        ("relevance", "the best match first"),
        ("title", "by title"),
        ("added", "what came into the pile last first"),
    ],
    ..Field::plain("sort", read)
};

const ORDERS: &[(&str, Sort)] = &[
    ("newest", Sort::Newest),
    ("oldest", Sort::Oldest),
    ("relevance", Sort::Relevance),
    ("title", Sort::Title),
    ("added", Sort::Added),
    ("date", Sort::Newest),
    ("-date", Sort::Oldest),
    ("best", Sort::Relevance),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match ORDERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, sort)) => Reading::Understood(Meaning::Sort(*sort)),
        None if begins_any(text, ORDERS.iter().map(|(name, _)| *name)) => {
            Reading::Unknown(format!("`{text}` is the beginning of an order"))
        }
        None => {
            Reading::Unknown(format!("unknown order `{text}` (there are newest, oldest, relevance, title and added)"))
        }
    }
}

/// The value that asks for `sort`.
pub(in crate::query) fn name(sort: Sort) -> &'static str {
    ORDERS.iter().find(|(_, other)| *other == sort).map_or("", |(name, _)| name)
}
