//! `path:` finds words in the path of the file.

use super::Field;
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["file", "filename"],
    description: "words in the path of the file",
    examples: &["path:2021", "path:articles/004"],
    list: false,
    expressions: false,
    ..Field::of_words("path", Part::Path, |value| super::words(Part::Path, value))
};
