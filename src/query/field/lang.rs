//! `lang:` finds articles in a language.

use super::{Facet, Field, offer};
use crate::article::LanguageTag;
use crate::query::condition::{Fact, Names};
use crate::query::meaning::{Reading, Value, begins_any};

const NAME: &str = "lang";

pub(super) const FIELD: Field = Field {
    synonyms: &["language"],
    description: "articles in a language, by code or name; ? = unsure",
    examples: &["lang:de", "lang:de,en", "-lang:english", "lang:?"],
    list: true,
    values: &[("?", "unsure")],
    facet: Some(Facet::Languages),
    print: |fact| match fact {
        Fact::Named(Names::Language, codes) => (NAME, codes.clone()),
        _ => (NAME, Vec::new()),
    },
    complete: |field, typed, occurring| {
        offer::by_names(field, typed, occurring, |value| match LanguageTag::find(value) {
            Some(tag) => {
                let names = [tag.code(), tag.code3(), tag.name(), tag.own_name()];
                (tag.name().to_owned(), names.map(str::to_owned).to_vec())
            }
            None => (value.to_owned(), vec![value.to_owned()]),
        })
    },
    ..Field::plain(NAME, read)
};

/// Words for "no language that is certain".
const UNSURE: &[&str] = &["?", "unsure", "unknown", "none"];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    let is = |code: &str| Reading::fact(NAME, Fact::Named(Names::Language, vec![code.to_owned()]));
    if UNSURE.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return is("?");
    }
    if let Some(tag) = LanguageTag::find(text) {
        return is(tag.code());
    }
    Reading::Unknown(if LanguageTag::begins_any(text) || begins_any(text, UNSURE.iter().copied()) {
        format!("`{text}` is the beginning of a language")
    } else {
        format!("unknown language `{text}`")
    })
}
