//! `by:` finds words in the byline.

use super::super::Part;
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "by",
    synonyms: &["author", "from", "byline"],
    description: "words in the byline",
    examples: &["by:melati"],
    list: true,
    values: &[],
    read: |value| super::words(Part::Byline, value),
};
