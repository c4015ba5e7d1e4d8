//! `has:` finds articles that have something.

use super::Field;
use crate::query::condition::{Fact, Set, Trait};
use crate::query::meaning::{Reading, Value, begins_any};

const NAME: &str = "has";

pub(super) const FIELD: Field = Field {
    description: "articles that have one: passage (in another language), url, byline, finding, note",
    examples: &["has:passage", "has:url", "has:byline", "has:finding", "has:note"],
    list: true,
    values: &[
        ("passage", "a passage in another language"),
        ("url", "an address on the web"),
        ("byline", "a byline"),
        ("finding", "something odd that was noticed"),
        ("note", "a note of your own"),
    ],
    print: |fact| {
        let name = TRAITS.iter().find(|(_, of_row)| matches!(fact, Fact::Has(asked) if asked == of_row));
        let name = name.map(|(name, _)| *name).or((*fact == Fact::Among(Set::WithNote)).then_some("note"));
        (NAME, name.map(str::to_owned).into_iter().collect())
    },
    ..Field::plain(NAME, read)
};

const TRAITS: &[(&str, Trait)] = &[
    ("passage", Trait::Passage),
    ("url", Trait::Url),
    ("byline", Trait::Byline),
    ("finding", Trait::Finding),
    ("passages", Trait::Passage),
    ("link", Trait::Url),
    ("author", Trait::Byline),
    ("findings", Trait::Finding),
];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match TRAITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        Some((_, asked)) => Reading::fact(NAME, Fact::Has(*asked)),
        None if matches!(text.to_ascii_lowercase().as_str(), "note" | "notes") => {
            Reading::fact(NAME, Fact::Among(Set::WithNote))
        }
        None if begins_any(text, TRAITS.iter().map(|(name, _)| *name).chain(["notes"])) => {
            Reading::Unknown(format!("`{text}` is the beginning of something that articles have"))
        }
        None => {
            Reading::Unknown(format!("`has:{text}` is not known (there are passage, url, byline, finding and note)"))
        }
    }
}
