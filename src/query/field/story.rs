//! `story:` finds the articles of a story.

use super::Field;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::Reading;

const NAME: &str = "story";

pub(super) const FIELD: Field = Field {
    description: "articles of the same story as this one, by its id",
    examples: &["story:4b09517658c0c9e2"],
    print: |fact| match fact {
        Fact::Among(Set::Story(id)) => (NAME, vec![id.clone()]),
        _ => (NAME, Vec::new()),
    },
    ..Field::plain(NAME, |value| {
        Reading::fact(NAME, Fact::Among(Set::Story(value.text.trim().to_lowercase()))).not_yet("stories")
    })
};
