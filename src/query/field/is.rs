//! `is:` finds articles by the marks that a reader has set.

use super::Field;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::{Reading, Value, begins_any};

const NAME: &str = "is";

pub(super) const FIELD: Field = Field {
    description: "marks: unread, read, starred, new (since the last visit); first or copy of several copies",
    examples: &["is:unread", "is:read", "is:starred", "is:new", "is:first", "is:copy"],
    list: true,
    values: &[
        ("unread", "not read yet"),
        ("read", "read"),
        ("starred", "starred"),
        ("new", "came since the last visit"),
        ("first", "the first of its copies"),
        ("copy", "a later copy of another article"),
    ],
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
    ("new", Set::New),
    ("first", Set::First),
    ("copy", Set::Copy),
    ("seen", Set::Read),
    ("star", Set::Starred),
    ("flagged", Set::Starred),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match SETS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, set)) => {
            let reading = Reading::fact(NAME, Fact::Among(set.clone()));
            match set {
                Set::First | Set::Copy => reading.not_yet("copies"),
                _ => reading,
            }
        }
        None if begins_any(text, SETS.iter().map(|(name, _)| *name)) => {
            Reading::Unknown(format!("`{text}` is the beginning of a mark"))
        }
        None => {
            Reading::Unknown(format!("unknown mark `{text}` (there are unread, read, starred, new, first and copy)"))
        }
    }
}
