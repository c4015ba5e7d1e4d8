//! What a query can ask beside words: one file per field, and the table that everything reads.

mod after;
mod before;
mod body;
mod by;
mod date;
pub(super) mod is;
mod lang;
mod path;
pub(super) mod sort;
mod source;
mod title;

use super::{Condition, Form, Part, Sort, word};

/// Something that a query can ask for by name.
#[derive(Debug)]
pub struct Field {
    /// Its usual name, without the colon.
    pub name: &'static str,
    /// Other names it is known by, mostly from other tools.
    pub synonyms: &'static [&'static str],
    /// What it finds, in one line.
    pub description: &'static str,
    /// Clauses that use it, the plainest first.
    pub examples: &'static [&'static str],
    /// Whether commas separate several values, of which any will do.
    pub list: bool,
    /// Values that are always possible and what they mean, for completion.
    pub values: &'static [(&'static str, &'static str)],
    /// Gives a value its meaning.
    pub read: fn(&Value<'_>) -> Reading,
}

/// A value to be read.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The name of the field that the line uses, as the table spells it.
    pub name: &'static str,
    /// The value without quotes; never empty.
    pub text: &'a str,
    /// Whether it was quoted.
    pub quoted: bool,
    /// The form that a plain word takes here.
    pub form: Form,
}

/// What a value means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A condition.
    Condition(Condition),
    /// An order.
    Sort(Sort),
}

/// How a value was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It means this.
    Understood(Meaning),
    /// It means this most likely; the text says what was guessed.
    Guessed(Meaning, String),
    /// There is nothing in it to look for; the text says so.
    Empty(String),
    /// There is no such value; the text says so.
    Unknown(String),
}

impl From<Condition> for Reading {
    fn from(condition: Condition) -> Reading {
        Reading::Understood(Meaning::Condition(condition))
    }
}

/// All fields, in the order of the help.
pub static FIELDS: &[Field] = &[
    lang::FIELD,
    date::FIELD,
    after::FIELD,
    before::FIELD,
    title::FIELD,
    body::FIELD,
    by::FIELD,
    source::FIELD,
    path::FIELD,
    is::FIELD,
    sort::FIELD,
];

/// The field with this name or synonym, in any case, and the name as the table spells it.
pub fn find(name: &str) -> Option<(&'static Field, &'static str)> {
    FIELDS.iter().find_map(|field| {
        let mut names = std::iter::once(&field.name).chain(field.synonyms);
        names.find(|other| other.eq_ignore_ascii_case(name)).map(|name| (field, *name))
    })
}

/// Reads words to be found in `part`.
fn words(part: Part, value: &Value<'_>) -> Reading {
    match word::condition(part, value.text, value.quoted, value.form) {
        Some(condition) => condition.into(),
        None => Reading::Empty(format!("`{}` is no word", value.text.trim())),
    }
}

/// True when some of `names` begins with `text`: it may be on its way to one.
fn begins_any<'a>(text: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse_finished;

    #[test]
    fn every_name_is_there_once() {
        let mut names: Vec<&str> =
            FIELDS.iter().flat_map(|field| field.synonyms.iter().chain([&field.name])).copied().collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn every_example_is_understood_and_uses_its_field() {
        for field in FIELDS {
            assert!(!field.examples.is_empty() && !field.description.is_empty(), "{}", field.name);
            for example in field.examples {
                let query = parse_finished(example);
                assert_eq!(query.clauses[0].field, Some(field.name), "{example}");
                assert!(query.notes.is_empty(), "{example}: {:?}", query.notes);
            }
            for (value, _) in field.values {
                let line = format!("{}:{value}", field.name);
                assert!(parse_finished(&line).notes.is_empty(), "{line}");
            }
        }
    }
}
