//! `title:` finds words in the title.

use super::Field;
use crate::query::Part;

pub(super) const FIELD: Field = Field {
    synonyms: &["subject", "headline", "intitle"],
    description: "words in the title",
    examples: &["title:putin", r#"title:"elon musk""#],
    list: false,
    whole: true,
    ..Field::of_words("title", Part::Title, |value| super::words(Part::Title, value))
};
