//! `id:` finds an article by its id.

use super::Field;
use crate::article::ArticleId;
use crate::query::condition::Fact;
use crate::query::meaning::{Reading, Value};

const NAME: &str = "id";

pub(super) const FIELD: Field = Field {
    description: "the article with this id, or ids that begin so",
    examples: &["id:4b09517658c0c9e2", "id:4b09,9c1f"],
    list: true,
    print: |fact| match fact {
        Fact::Id(id) => (NAME, vec![id.clone()]),
        _ => (NAME, Vec::new()),
    },
    ..Field::plain(NAME, read)
};

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim().to_ascii_lowercase();
    match ArticleId::starting_with(&text) {
        Some(_) => Reading::fact(NAME, Fact::Id(text)),
        None => Reading::Unknown(format!("`{text}` is not an id (up to 16 digits 0-9, a-f)")),
    }
}
