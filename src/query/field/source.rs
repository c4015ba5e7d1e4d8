//! `source:` finds words in the name of the paper, agency or site.

use super::super::Part;
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "source",
    synonyms: &["site", "publisher", "feed"],
    description: "words in the name of the paper, agency or site",
    examples: &["source:liputan6", r#"source:"hindustan times""#],
    list: true,
    values: &[],
    read: |value| super::words(Part::Source, value),
};
