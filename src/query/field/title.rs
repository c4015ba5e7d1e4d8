//! `title:` finds words in the title.

use super::super::Part;
use super::Field;

pub(super) const FIELD: Field = Field {
    name: "title",
    synonyms: &["subject", "headline", "intitle"],
    description: "words in the title",
    examples: &["title:putin", r#"title:"elon musk""#],
    list: false,
    values: &[],
    read: |value| super::words(Part::Title, value),
};
