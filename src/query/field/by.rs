//! `by:` finds words in the byline.

use super::Field;
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["author", "from", "byline"],
    description: "words in the byline",
    examples: &["by:melati"],
    list: true,
    whole: true,
    ..Field::of_words("by", Part::Byline, |value| super::words(Part::Byline, value))
};
