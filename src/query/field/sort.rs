//! `sort:` says in which order articles are listed.

use super::super::Sort;
use super::{Field, Meaning, Reading, Value};

pub(super) const FIELD: Field = Field {
    name: "sort",
    synonyms: &["order"],
    description: "order: date, -date, relevance, title",
    examples: &["sort:date", "sort:-date", "sort:relevance", "sort:title"],
    list: false,
    values: &[
        ("date", "the newest first"),
        ("-date", "the oldest first"),
        ("relevance", "the best match first"),
        ("title", "by title"),
    ],
    read,
};

const ORDERS: &[(&str, Sort)] = &[
    ("date", Sort::Newest),
    ("-date", Sort::Oldest),
    ("relevance", Sort::Relevance),
    ("title", Sort::Title),
    ("newest", Sort::Newest),
    ("oldest", Sort::Oldest),
    ("best", Sort::Relevance),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match ORDERS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, sort)) => Reading::Understood(Meaning::Sort(*sort)),
        None if super::begins_any(text, ORDERS.iter().map(|(name, _)| *name)) => {
            Reading::Unknown(format!("`{text}` is the beginning of an order"))
        }
        None => Reading::Unknown(format!("no order is called `{text}` (there are date, -date, relevance and title)")),
    }
}

/// The value that asks for `sort`.
pub(in crate::query) fn name(sort: Sort) -> &'static str {
    ORDERS.iter().find(|(_, other)| *other == sort).map_or("", |(name, _)| name)
}
