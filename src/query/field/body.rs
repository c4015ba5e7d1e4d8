//! `body:` finds words in the text below the title.

use super::super::Part;
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "body",
    synonyms: &["text", "content"],
    description: "words in the text",
    examples: &["body:tweet"],
    list: false,
    values: &[],
    read: |value| super::words(Part::Body, value),
};
