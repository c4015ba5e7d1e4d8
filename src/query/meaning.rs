//! What the value of a field means.

use super::condition::{Condition, Fact, Form, Sort};

/// A value to be read.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// The name of the field that the line uses, as the table spells it.
    pub name: &'static str,
    /// The value without quotes; never empty.
    pub text: &'a str,
    /// What stood around it.
    pub style: Style,
    /// Whether a `=` before it asks for a field that is exactly this.
    pub exactly: bool,
    /// The form that a plain word takes here.
    pub form: Form,
}

/// What stands around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Nothing.
    Bare,
    /// Quotes.
    Quoted,
    /// Quotes with a distance behind them (`"musk putin"~5`).
    Near(u32),
    /// Slashes (`/colou?r/`).
    Expression,
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

impl Reading {
    /// It means this fact, asked by the field of this name.
    pub(super) fn fact(field: &'static str, fact: Fact) -> Reading {
        Condition::Fact { field, fact }.into()
    }
}

impl Reading {
    /// The same, with the note that what it asks for is kept by nobody yet.
    pub(super) fn not_yet(self, what: &str) -> Reading {
        match self {
            Reading::Understood(meaning) | Reading::Guessed(meaning, _) => {
                Reading::Guessed(meaning, format!("{what} {NOT_YET}"))
            }
            other => other,
        }
    }
}

/// What is said of that which cannot be answered.
pub(super) const NOT_YET: &str = "cannot be asked for yet";

impl From<Condition> for Reading {
    fn from(condition: Condition) -> Reading {
        Reading::Understood(Meaning::Condition(condition))
    }
}

/// True when some of `names` begins with `text`: it may be on its way to one.
pub(super) fn begins_any<'a>(text: &str, mut names: impl Iterator<Item = &'a str>) -> bool {
    names.any(|name| name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text)))
}
