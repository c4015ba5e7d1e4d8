//! `body:` finds words in the text below the title.

use super::Field;
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["text", "content"],
    description: "words in the text",
    examples: &["body:tweet"],
    list: false,
    ..Field::of_words("body", Part::Body, |value| super::words(Part::Body, value))
};
