//! `lang:` finds articles in a language.

use super::super::{Condition, LanguageChoice};
use super::{Field, Reading, Value};
use crate::article::LanguageTag;
use crate::text::fold::fold;

pub(super) const FIELD: Field = Field {
    name: "lang",
    synonyms: &["language"],
    description: "articles in a language, by code or name; ? = unsure",
    examples: &["lang:de", "lang:de,en", "-lang:english", "lang:?"],
    list: true,
    values: &[("?", "unsure")],
    read,
};

/// Words for "no language that is certain".
const UNSURE: &[&str] = &["?", "unsure", "unknown", "none"];

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    if UNSURE.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Condition::Language(vec![LanguageChoice::Unsure]).into();
    }
    if let Some(tag) = LanguageTag::find(text) {
        return Condition::Language(vec![LanguageChoice::Tag(tag)]).into();
    }
    let wanted = fold(text);
    let unfinished = LanguageTag::all().any(|tag| {
        [tag.code(), tag.code3(), tag.name(), tag.own_name()].iter().any(|name| fold(name).starts_with(&wanted))
    });
    Reading::Unknown(if unfinished || super::begins_any(text, UNSURE.iter().copied()) {
        format!("`{text}` is the beginning of a language")
    } else {
        format!("no language is called `{text}`")
    })
}
