//! Values that can complete what is typed behind a field.

use super::Field;
use crate::text::fold::fold;

/// A value that occurs, and in how many articles.
pub type Occurring = (String, u64);

/// A value that can stand behind a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The value, without quotes.
    pub value: String,
    /// What it means, in words for a reader.
    pub label: String,
    /// How many articles have it, where that is known.
    pub count: Option<u64>,
}

/// Values of a field by what they are called: those that occur, then those that are always possible.
pub(super) fn by_name(field: &Field, typed: &str, occurring: Vec<Occurring>) -> Vec<Offer> {
    by_names(field, typed, occurring, |value| (value.to_owned(), vec![value.to_owned()]))
}

/// The same where `described` tells what a value means and by which names it is found.
pub(super) fn by_names(
    field: &Field,
    typed: &str,
    occurring: Vec<Occurring>,
    described: impl Fn(&str) -> (String, Vec<String>),
) -> Vec<Offer> {
    let wanted = fold(typed);
    let fits = |name: &String| {
        let name = fold(name);
        name.split_whitespace().any(|word| word.starts_with(&wanted)) || name.starts_with(&wanted)
    };
    let fixed = field.values.iter();
    let always = fixed.filter(|(value, label)| {
        let known = occurring.iter().any(|(other, _)| other == value);
        !known && (value.starts_with(&wanted) || label.starts_with(&wanted))
    });
    let always = always.map(|(value, label)| Offer { value: (*value).into(), label: (*label).into(), count: None });
    let always: Vec<Offer> = always.collect();
    let occurring = occurring.into_iter().filter_map(|(value, count)| {
        let (mut label, mut names) = described(&value);
        if let Some((_, fixed)) = field.values.iter().find(|(fixed, _)| *fixed == value) {
            label = (*fixed).to_owned();
            names.push(label.clone());
        }
        let fitting = wanted.is_empty() || names.iter().any(fits);
        fitting.then_some(Offer { value, label, count: Some(count) })
    });
    occurring.chain(always).collect()
}
