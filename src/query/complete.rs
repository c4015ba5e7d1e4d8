//! What could be typed at the cursor.

use std::ops::Range;

use super::edit::quote;
use super::field::{FIELDS, Field};
use super::lex::{self, Item, Kind, Quotes, Token};
use crate::article::{LanguageTag, When};
use crate::text::fold::fold;

/// Something that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the line that it replaces.
    pub replaces: Range<usize>,
    /// What to put there.
    pub text: String,
    /// What that means, in words for a reader.
    pub label: String,
    /// How many articles have it, where that is known.
    pub count: Option<u64>,
}

/// What could stand at byte `cursor` of `line`: fields where a word begins, values behind a field.
///
/// `values` gives the values of a field that occur and how often, the best first: codes for `lang`,
/// years and months (`2021-02`) for `date`.
///
/// ```
/// use newsstand::query::complete;
///
/// let languages = |_: &str| vec![("en".to_owned(), 3), ("de".to_owned(), 1)];
/// let found = complete("putin lang:g", 12, &languages);
/// assert_eq!((found[0].text.as_str(), found[0].label.as_str(), found[0].count), ("de", "German", Some(1)));
/// ```
pub fn complete(line: &str, cursor: usize, values: &dyn Fn(&str) -> Vec<(String, u64)>) -> Vec<Completion> {
    let mut cursor = cursor.min(line.len());
    while !line.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let typed = &line[..cursor];
    match lex::tokens(typed).pop() {
        Some(Token { span, kind }) if span.end == cursor => match kind {
            Kind::Open | Kind::Or | Kind::Dash | Kind::Not if !typed.ends_with(char::is_alphabetic) => {
                names(line, cursor..cursor)
            }
            Kind::Item(Item { field: Some((field, _)), pieces, .. }) => {
                let last = pieces.last().filter(|piece| piece.span.end == cursor);
                let (start, text) = match last {
                    Some(piece) if piece.quotes == Quotes::Closed => return Vec::new(),
                    Some(piece) => (piece.span.start, &line[piece.text.clone()]),
                    None => (cursor, ""),
                };
                let end = end_of_value(line, cursor, field, last.is_some_and(|piece| piece.quotes == Quotes::Open));
                let before =
                    pieces.iter().filter(|piece| piece.span.end < cursor).map(|piece| &line[piece.text.clone()]);
                let before: Vec<&str> = before.collect();
                let mut found = field_values(field, text, values);
                found.retain(|(value, ..)| !before.contains(&value.as_str()));
                let completion = |(text, label, count)| Completion { replaces: start..end, text, label, count };
                found.into_iter().map(completion).collect()
            }
            Kind::Item(Item { field: None, pieces, .. }) => match pieces.last() {
                Some(piece) if piece.quotes == Quotes::None => names(line, piece.span.start..cursor),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        },
        _ => names(line, cursor..cursor),
    }
}

/// The fields whose names begin with what is typed.
fn names(line: &str, typed: Range<usize>) -> Vec<Completion> {
    let prefix = &line[typed.clone()];
    let rest = &line[typed.end..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let end = match rest[letters..].chars().next() {
        Some(':') => typed.end + letters + 1,
        // The cursor stands in a word that is no field's name.
        _ if letters > 0 => return Vec::new(),
        _ => typed.end,
    };
    let begins = |name: &&str| name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    // Synonyms only for those who are clearly looking for one.
    let synonyms = |field: &'static Field| if prefix.len() > 2 { field.synonyms } else { &[] };
    let fields = FIELDS.iter().filter(|field| std::iter::once(&field.name).chain(synonyms(field)).any(begins));
    let completion = |field: &Field| Completion {
        replaces: typed.start..end,
        text: format!("{}:", field.name),
        label: field.description.to_owned(),
        count: None,
    };
    fields.map(completion).collect()
}

/// Where the value ends that the cursor stands in.
fn end_of_value(line: &str, cursor: usize, field: &Field, quoted: bool) -> usize {
    let rest = &line[cursor..];
    let end = if quoted {
        rest.find('"').map_or(0, |at| at + 1)
    } else {
        rest.find(|c| lex::ends_word(c) || (field.list && lex::separates_values(c))).unwrap_or(rest.len())
    };
    cursor + end
}

/// Values of `field` that begin with `typed`: text, label, count.
fn field_values(
    field: &Field,
    typed: &str,
    values: &dyn Fn(&str) -> Vec<(String, u64)>,
) -> Vec<(String, String, Option<u64>)> {
    let occurring = values(field.name);
    match field.name {
        "date" | "after" | "before" => return dates(field, typed, occurring),
        _ => {}
    }
    let wanted = fold(typed);
    let mut found = Vec::new();
    for (value, count) in &occurring {
        let (label, names) = described(field, value);
        let fits = names.iter().any(|name| {
            fold(name).split_whitespace().any(|word| word.starts_with(&wanted)) || fold(name).starts_with(&wanted)
        });
        if fits || wanted.is_empty() {
            found.push((quote(value), label, Some(*count)));
        }
    }
    for (value, label) in field.values {
        let known = occurring.iter().any(|(other, _)| other == value);
        if !known && (value.starts_with(&wanted) || label.starts_with(&wanted)) {
            found.push(((*value).to_owned(), (*label).to_owned(), None));
        }
    }
    found
}

/// What a value means, and the names it is found by.
fn described(field: &Field, value: &str) -> (String, Vec<String>) {
    let fixed = field.values.iter().find(|(fixed, _)| *fixed == value).map(|(_, label)| (*label).to_owned());
    match LanguageTag::find(value).filter(|_| field.name == "lang" && value != "?") {
        Some(tag) => {
            let names = [tag.code(), tag.code3(), tag.name(), tag.own_name()];
            (tag.name().to_owned(), names.iter().map(ToString::to_string).collect())
        }
        None => {
            let label = fixed.unwrap_or_else(|| value.to_owned());
            (label.clone(), vec![value.to_owned(), label])
        }
    }
}

/// More months than this are offered by year first.
const MANY_MONTHS: usize = 12;

/// Years, then the months of the year that is typed, then words.
fn dates(field: &Field, typed: &str, mut occurring: Vec<(String, u64)>) -> Vec<(String, String, Option<u64>)> {
    let fixed = super::field::find("date").map_or(&[][..], |(date, _)| date.values);
    let is_year = |value: &str| value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
    // In a span, the end that is typed is completed.
    let (from, side) = typed.rfind("..").map_or(("", typed), |at| typed.split_at(at + 2));
    if side.len() < 4 {
        if !occurring.iter().any(|(value, _)| is_year(value)) && occurring.len() > MANY_MONTHS {
            occurring = by_year(occurring);
        }
        if occurring.iter().any(|(value, _)| is_year(value)) {
            occurring.retain(|(value, _)| is_year(value) || !value.contains('-'));
        }
    }
    let undated = field.name == "date" && from.is_empty();
    let mut found = Vec::new();
    for (value, count) in occurring {
        if value.starts_with(side) && (undated || value != "none") {
            let known = fixed.iter().find(|(fixed, _)| *fixed == value).map(|(_, label)| (*label).to_owned());
            let label = known.or_else(|| When::from_value(&value).map(When::long)).unwrap_or_else(|| value.clone());
            found.push((format!("{from}{value}"), label, Some(count)));
        }
    }
    for (value, label) in fixed {
        let there = found.iter().any(|(text, ..)| text.strip_prefix(from) == Some(value));
        if !there && value.starts_with(side) && (undated || *value != "none") {
            found.push((format!("{from}{value}"), (*label).to_owned(), None));
        }
    }
    found
}

/// The years of months, in the same order; what is no month stays as it is.
fn by_year(months: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let mut years: Vec<(String, u64)> = Vec::new();
    for (value, count) in months {
        let year = value.split('-').next().unwrap_or(&value);
        match years.iter_mut().find(|(other, _)| other == year) {
            Some((_, sum)) => *sum += count,
            None => years.push((year.to_owned(), count)),
        }
    }
    years
}

#[cfg(test)]
mod tests;
