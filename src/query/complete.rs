//! What could be typed at the cursor.

use std::ops::Range;

use super::field::offer::Offer;
use super::field::{FIELDS, Field};
use super::lex::{self, Item, Kind, Quotes, Token};
use super::print::quote;
use crate::text::cut;

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
    let typed = cut::beginning(line, cursor);
    let cursor = typed.len();
    match lex::tokens(typed).pop() {
        Some(Token { span, kind }) if span.end == cursor => match kind {
            Kind::Open | Kind::Or | Kind::Dash | Kind::Not if !typed.ends_with(char::is_alphabetic) => {
                names(line, cursor..cursor)
            }
            Kind::Item(Item { field: Some((field, _)), pieces, .. }) => {
                let last = pieces.last().filter(|piece| piece.span.end == cursor);
                let (start, text) = match last {
                    Some(piece) if matches!(piece.quotes, Quotes::Closed | Quotes::Slashes) => return Vec::new(),
                    Some(piece) => (piece.span.start + usize::from(piece.exactly), &line[piece.text.clone()]),
                    None => (cursor, ""),
                };
                let end = end_of_value(line, cursor, field, last.is_some_and(|piece| piece.quotes == Quotes::Open));
                let before =
                    pieces.iter().filter(|piece| piece.span.end < cursor).map(|piece| &line[piece.text.clone()]);
                let before: Vec<&str> = before.collect();
                let mut found = (field.complete)(field, text, values(field.name));
                found.retain(|offer| !before.contains(&offer.value.as_str()));
                let completion = |offer: Offer| Completion {
                    replaces: start..end,
                    text: quote(&offer.value),
                    label: offer.label,
                    count: offer.count,
                };
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

#[cfg(test)]
mod tests;
