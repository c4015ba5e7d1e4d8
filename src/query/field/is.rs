//! `is:` finds articles by the marks that a reader has set.

use super::super::{Condition, Mark};
use super::{Field, Reading, Value};

pub(super) const FIELD: Field = Field {
    name: "is",
    synonyms: &[],
    description: "marks: unread, read, starred",
    examples: &["is:unread", "is:read", "is:starred"],
    list: true,
    values: &[("unread", "not read yet"), ("read", "read"), ("starred", "starred")],
    read,
};

const MARKS: &[(&str, Mark)] = &[
    ("unread", Mark::Unread),
    ("read", Mark::Read),
    ("starred", Mark::Starred),
    ("new", Mark::Unread),
    ("seen", Mark::Read),
    ("star", Mark::Starred),
    ("flagged", Mark::Starred),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match MARKS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, mark)) => Condition::Is(*mark).into(),
        None if super::begins_any(text, MARKS.iter().map(|(name, _)| *name)) => {
            Reading::Unknown(format!("`{text}` is the beginning of a mark"))
        }
        None => Reading::Unknown(format!("no mark is called `{text}` (there are unread, read and starred)")),
    }
}

/// The value that asks for `mark`.
pub(in crate::query) fn name(mark: Mark) -> &'static str {
    MARKS.iter().find(|(_, other)| *other == mark).map_or("", |(name, _)| name)
}
