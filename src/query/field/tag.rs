//! `tag:` finds articles by what they or their feeds say about themselves, and by the reader's own tags.

use super::{Field, print_whole};
use crate::query::Part;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::{Reading, Style, Value};

const NAME: &str = "tag";

pub(super) const FIELD: Field = Field {
    synonyms: &["tags", "category", "label"],
    description: "words in the tags; none = without a tag of your own",
    examples: &["tag:politics", r#"tag:="South Asia""#, "tag:none"],
    list: true,
    whole: true,
    values: &[("none", "without a tag of your own")],
    print: |fact| match fact {
        Fact::Among(Set::Untagged) => (NAME, vec!["none".to_owned()]),
        fact => print_whole(fact),
    },
    ..Field::of_words(NAME, Part::Tag, read)
};

fn read(value: &Value<'_>) -> Reading {
    let plain = value.style == Style::Bare && !value.exactly;
    match value.text.trim().to_ascii_lowercase().as_str() {
        "none" if plain => Reading::fact(NAME, Fact::Among(Set::Untagged)),
        _ => super::words(Part::Tag, value),
    }
}
