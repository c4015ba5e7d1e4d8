//! What a query can ask beside words: one file per field, and the table that everything reads.
//!
//! The file of a field says all of its meaning: how a value is read and printed, what can complete it,
//! whether it is counted, and, in what it reads, which column or which words it asks for. An engine
//! lowers these [`Condition`](super::Condition)s and knows no field.

mod added;
mod after;
mod before;
mod body;
mod by;
mod date;
mod estimated;
mod has;
mod id;
mod is;
mod lang;
mod length;
mod like;
mod note;
pub mod offer;
mod path;
mod sort;
mod source;
mod story;
mod tag;
mod title;
mod url;

use super::condition::{Fact, Names, Part};
use super::meaning::{Reading, Value};
use super::word;
use offer::{Occurring, Offer};

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
    /// Whether a `=` before a value asks for articles where all of it is exactly this.
    pub whole: bool,
    /// Whether a value between slashes is a regular expression.
    pub expressions: bool,
    /// How long a value is that holds spaces and is not quoted, where there are such.
    pub spaced: Option<fn(&str) -> Option<usize>>,
    /// Values that are always possible and what they mean, for completion.
    pub values: &'static [(&'static str, &'static str)],
    /// The part that it looks for words in, if it does nothing else.
    pub part: Option<Part>,
    /// By what the matches are counted for it, so that there is something to choose from.
    pub facet: Option<Facet>,
    /// Gives a value its meaning.
    pub read: fn(&Value<'_>) -> Reading,
    /// The values that ask for a fact of this field, in their usual spelling, and the field that takes
    /// them, which may be another one.
    pub print: fn(&Fact) -> (&'static str, Vec<String>),
    /// What can stand where this was typed, given the values that occur and how often, the best first.
    pub complete: fn(&Field, &str, Vec<Occurring>) -> Vec<Offer>,
}

/// By what the matches of a query are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Their languages.
    Languages,
    /// Their dates.
    Dates,
    /// Their sources.
    Sources,
}

impl Field {
    /// A field that looks for words in a part.
    const fn of_words(name: &'static str, part: Part, read: fn(&Value<'_>) -> Reading) -> Field {
        Field { part: Some(part), expressions: true, print: print_whole, ..Field::plain(name, read) }
    }

    /// A field of which nothing is said but its name and how it is read.
    const fn plain(name: &'static str, read: fn(&Value<'_>) -> Reading) -> Field {
        Field {
            name,
            synonyms: &[],
            description: "",
            examples: &[],
            list: false,
            whole: false,
            expressions: false,
            spaced: None,
            values: &[],
            part: None,
            facet: None,
            read,
            print: |_| ("", Vec::new()),
            complete: offer::by_name,
        }
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
    url::FIELD,
    path::FIELD,
    tag::FIELD,
    note::FIELD,
    is::FIELD,
    has::FIELD,
    length::FIELD,
    added::FIELD,
    id::FIELD,
    story::FIELD,
    like::FIELD,
    estimated::FIELD,
    sort::FIELD,
];

pub(super) use sort::name as order_name;

/// The field with this name or synonym, in any case, and the name as the table spells it.
pub fn find(name: &str) -> Option<(&'static Field, &'static str)> {
    FIELDS.iter().find_map(|field| {
        let mut names = std::iter::once(&field.name).chain(field.synonyms);
        names.find(|other| other.eq_ignore_ascii_case(name)).map(|name| (field, *name))
    })
}

/// The field that looks for words in a part; `None` for those that no field asks for.
pub(super) fn of_part(part: Part) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.part == Some(part))
}

/// Reads words to be found in `part`, or all of what it is to be.
fn words(part: Part, value: &Value<'_>) -> Reading {
    match (value.exactly, of_part(part)) {
        (true, Some(field)) => {
            let name = value.text.trim().to_owned();
            Reading::fact(field.name, Fact::Named(Names::Whole(part), vec![name]))
        }
        _ => word::read(part, value.text, value.style, value.form),
    }
}

/// The values that ask for all of a part.
fn print_whole(fact: &Fact) -> (&'static str, Vec<String>) {
    match fact {
        Fact::Named(Names::Whole(part), names) => {
            (of_part(*part).map_or("", |field| field.name), names.iter().map(|name| format!("={name}")).collect())
        }
        _ => ("", Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::meaning::NOT_YET;
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
                assert!(query.notes.iter().all(|note| note.text.contains(NOT_YET)), "{example}: {:?}", query.notes);
                // What is printed is the same again, in the field that it says.
                let printed = query.to_string();
                assert_eq!(parse_finished(&printed).root, query.root, "{example}: {printed}");
            }
            for (value, _) in field.values {
                let line = format!("{}:{value}", field.name);
                let notes = parse_finished(&line).notes;
                assert!(notes.iter().all(|note| note.text.contains(NOT_YET)), "{line}");
            }
        }
    }
}
