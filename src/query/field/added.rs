//! `added:` finds articles by when they came into the pile.

use super::Field;
use crate::query::condition::{Condition, DateCondition, Fact, Set};
use crate::query::date::{self, Direction};
use crate::query::meaning::{Meaning, Reading, Value};

const NAME: &str = "added";

pub(super) const FIELD: Field = Field {
    description: "articles that came into the pile in these days",
    examples: &["added:7d", "added:today", "added:2021-02"],
    list: true,
    values: &[("today", "today"), ("yesterday", "yesterday"), ("7d", "the last seven days")],
    print: |fact| match fact {
        Fact::Among(Set::Added(DateCondition::Span(span))) => {
            let (field, value) = date::clause(*span);
            let sign = match field {
                "after" => ">",
                "before" => "<",
                _ => "",
            };
            (NAME, vec![format!("{sign}{value}")])
        }
        _ => (NAME, vec!["none".to_owned()]),
    },
    spaced: Some(date::spaced),
    ..Field::plain(NAME, read)
};

fn read(value: &Value<'_>) -> Reading {
    let added = |meaning: Meaning| match meaning {
        Meaning::Condition(Condition::Fact { fact: Fact::Days(days), .. }) => {
            Meaning::Condition(Condition::Fact { field: NAME, fact: Fact::Among(Set::Added(days)) })
        }
        other => other,
    };
    match date::read(value.text, Direction::In) {
        Reading::Understood(meaning) => Reading::Understood(added(meaning)),
        Reading::Guessed(meaning, guess) => Reading::Guessed(added(meaning), guess),
        other => other,
    }
}
