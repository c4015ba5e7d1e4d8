//! `url:` finds words in the address on the web.

use super::Field;
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["inurl", "address"],
    description: "words in the address on the web",
    examples: &["url:liputan6.com", "url:technology"],
    expressions: false,
    ..Field::of_words("url", Part::Url, |value| super::words(Part::Url, value))
};
