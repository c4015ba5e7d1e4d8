//! `like:` finds articles about the same as another one.

use super::Field;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::Reading;

const NAME: &str = "like";

pub(super) const FIELD: Field = Field {
    synonyms: &["related", "similar"],
    description: "articles about the same as this one, by its id",
    examples: &["like:4b09517658c0c9e2"],
    print: |fact| match fact {
        Fact::Among(Set::Like(id)) => (NAME, vec![id.clone()]),
        _ => (NAME, Vec::new()),
    },
    ..Field::plain(NAME, |value| Reading::fact(NAME, Fact::Among(Set::Like(value.text.trim().to_lowercase()))))
};
