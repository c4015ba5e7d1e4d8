//! `path:` finds words in the path of the file.

use super::super::Part;
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "path",
    synonyms: &["file", "filename"],
    description: "words in the path of the file",
    examples: &["path:2021", "path:articles/004"],
    list: false,
    values: &[],
    read: |value| super::words(Part::Path, value),
};
