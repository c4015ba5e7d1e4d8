//! `is:` finds articles by the marks that a reader has set.

use super::Field;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::{Reading, Value, begins_any};

const NAME: &str = "is";

pub(super) const FIELD: Field = Field {
    description: "marks: unread, read, starred",
    examples: &["is:unread", "is:read", "is:starred"],
    list: true,
    values: &[("unread", "not read yet"), ("read", "read"), ("starred", "starred")],
    print: |fact| {
        let name = SETS.iter().find(|(_, set)| matches!(fact, Fact::Among(other) if other == set));
        (NAME, name.map(|(name, _)| (*name).to_owned()).into_iter().collect())
    },
    ..Field::plain(NAME, read)
};

const SETS: &[(&str, Set)] = &[
    ("unread", Set::Unread),
    ("read", Set::Read),
    ("starred", Set::Starred),
    ("new", Set::Unread),
    ("seen", Set::Read),
    ("star", Set::Starred),
    ("flagged", Set::Starred),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match SETS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, set)) => Reading::fact(NAME, Fact::Among(set.clone())),
        None if begins_any(text, SETS.iter().map(|(name, _)| *name)) => {
            Reading::Unknown(format!("`{text}` is the beginning of a mark"))
        }
        None => Reading::Unknown(format!("no mark is called `{text}` (there are unread, read and starred)")),
    }
}
