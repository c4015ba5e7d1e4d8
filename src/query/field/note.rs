//! `note:` finds articles by what the reader has noted of them.

use super::Field;
use crate::query::condition::{Fact, Set};
use crate::query::meaning::Reading;

const NAME: &str = "note";

pub(super) const FIELD: Field = Field {
    synonyms: &["notes"],
    description: "words in your notes",
    examples: &["note:ask"],
    print: |fact| match fact {
        Fact::Among(Set::Noted(text)) => (NAME, vec![text.clone()]),
        _ => (NAME, Vec::new()),
    },
    ..Field::plain(NAME, |value| Reading::fact(NAME, Fact::Among(Set::Noted(value.text.trim().to_owned()))))
};
