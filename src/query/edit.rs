//! Changing a line as a picker, a chip or a key does: text in, text out, the rest as it was typed.

use std::collections::HashSet;
use std::ops::Range;

use super::field::{self, Field};
use super::lex::{self, Kind, Quotes};
use super::parse::{Unfinished, parse_unfinished};
use super::print;
use super::{Clause, Node, Part, Query, parse, parse_finished};
use crate::text::fold::fold;

pub use super::print::{exactly, quote};

/// The line with `field:value` in the place of all that it asked of this field, or without any of
/// it. Clauses that are excluded, or stand in brackets or beside `OR`, are left alone.
///
/// ```
/// use newsstand::query::edit::with_field;
///
/// assert_eq!(with_field("lang:en putin", "lang", Some("de")), "lang:de putin");
/// assert_eq!(with_field("putin OR musk", "date", Some("2021-02")), "(putin OR musk) date:2021-02");
/// assert_eq!(with_field("lang:en putin", "lang", None), "putin");
/// ```
pub fn with_field(line: &str, field: &str, value: Option<&str>) -> String {
    let Some((field, _)) = field::find(field) else { return line.to_owned() };
    let (query, unfinished) = parse_unfinished(line);
    let spans: Vec<Range<usize>> = own_clauses(&query, field).map(|clause| clause.span.clone()).collect();
    let kept = spans.first().filter(|_| value.is_some());
    let mut edited = line.to_owned();
    // From the end, so that the places before it stay where they are.
    for span in spans.iter().skip(usize::from(kept.is_some())).rev() {
        edited = without(&edited, span.clone());
    }
    let Some(value) = value else { return edited };
    let clause = clause(field, value);
    match kept {
        Some(span) => {
            let (before, after) = (&edited[..span.start], &edited[span.end..]);
            let space = if after.chars().next().is_none_or(lex::ends_word) { "" } else { " " };
            format!("{before}{clause}{space}{after}")
        }
        None => appended(line, unfinished, &clause).unwrap_or_else(|| {
            let usual = parse_finished(line).to_string();
            if usual == line { format!("{line} {clause}") } else { with_field(&usual, field.name, Some(value)) }
        }),
    }
}

/// The line with `value` added to the values of `field`, or taken away if it is there.
///
/// ```
/// use newsstand::query::edit::toggle_value;
///
/// assert_eq!(toggle_value("putin lang:de", "lang", "en"), "putin lang:de,en");
/// assert_eq!(toggle_value("putin lang:de,en", "lang", "German"), "putin lang:en");
/// assert_eq!(toggle_value("putin lang:en", "lang", "en"), "putin");
/// ```
pub fn toggle_value(line: &str, field: &str, value: &str) -> String {
    let Some((field, _)) = field::find(field) else { return line.to_owned() };
    let asked = values(line, field.name);
    let wanted = values(&clause(field, &print::quoted(value, field.whole)), field.name)
        .pop()
        .unwrap_or_else(|| value.to_owned());
    let mut kept: Vec<String> = asked.iter().filter(|other| fold(other) != fold(&wanted)).cloned().collect();
    if kept.len() == asked.len() {
        if !field.list {
            kept.clear();
        }
        kept.push(wanted);
    }
    let list: Vec<String> = kept.iter().map(|value| print::quoted(value, field.whole)).collect();
    with_field(line, field.name, (!list.is_empty()).then(|| list.join(",")).as_deref())
}

/// The values that the line asks of `field`, in their usual spelling, without those it excludes.
///
/// ```
/// use newsstand::query::edit::values;
///
/// assert_eq!(values("lang:German,fra putin", "lang"), ["de", "fr"]);
/// ```
pub fn values(line: &str, field: &str) -> Vec<String> {
    let Some((field, _)) = field::find(field) else { return Vec::new() };
    let query = parse(line);
    let mut values: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut add = |value: String| {
        if seen.insert(value.clone()) {
            values.push(value);
        }
    };
    for clause in own_clauses(&query, field) {
        for condition in &clause.conditions {
            print::values(condition).into_iter().for_each(&mut add);
        }
        if let ("sort", Some(sort)) = (field.name, query.sort) {
            add(field::order_name(sort).to_owned());
        }
    }
    values
}

/// The line without the bytes of a clause, and without the spaces, operators and brackets that are
/// of no use any more.
pub fn without(line: &str, span: Range<usize>) -> String {
    let (Some(mut left), Some(mut right)) = (line.get(..span.start), line.get(span.end..)) else {
        return line.to_owned();
    };
    loop {
        let (before, after) = (left.trim_end(), right.trim_start());
        let opens =
            before.is_empty() || before.ends_with(['(', '（']) || last_word(before, "OR") || before.ends_with('|');
        let closes =
            after.is_empty() || after.starts_with([')', '）']) || first_word(after, "OR") || after.starts_with('|');
        if last_word(before, "AND") {
            left = &before[..before.len() - 3];
        } else if opens && first_word(after, "AND") {
            right = &after[3..];
        } else if closes && last_word(before, "OR") {
            left = &before[..before.len() - 2];
        } else if closes && before.ends_with('|') {
            left = &before[..before.len() - 1];
        } else if opens && first_word(after, "OR") {
            right = &after[2..];
        } else if opens && after.starts_with('|') {
            right = &after[1..];
        } else if before.ends_with('(') && after.starts_with(')') {
            left = without_negation(&before[..before.len() - 1]);
            right = &after[1..];
        } else {
            return joined(left, right);
        }
    }
}

/// The line without what its fields ask for; the words stay, and so does the order.
///
/// ```
/// use newsstand::query::edit::without_filters;
///
/// assert_eq!(without_filters("putin lang:de -is:read \"kanye west\""), "putin \"kanye west\"");
/// ```
pub fn without_filters(line: &str) -> String {
    let query = parse(line);
    let is_filter = |clause: &&Clause| clause.field.is_some_and(|field| field != "sort");
    if query.clauses.iter().filter(is_filter).all(|clause| clause.top_level) {
        let filters = query.clauses.iter().filter(is_filter).rev();
        return filters.fold(line.to_owned(), |line, clause| without(&line, clause.span.clone()));
    }
    let root = query.root.and_then(plain_words);
    Query { root, ..query }.to_string()
}

/// The clauses of `field` that can be changed alone.
fn own_clauses<'a>(query: &'a Query, field: &'static Field) -> impl Iterator<Item = &'a Clause> {
    query.clauses.iter().filter(|clause| clause.field == Some(field.name) && clause.top_level && !clause.negated)
}

/// `field:value`, quoted unless the value is already fit to stand there.
fn clause(field: &Field, value: &str) -> String {
    let clause = format!("{}:{value}", field.name);
    let fits = match &lex::tokens(&clause)[..] {
        [token] => matches!(&token.kind, Kind::Item(item)
            if !item.pieces.is_empty()
                && token.span == (0..clause.len())
                && item.pieces.iter().all(|piece| piece.quotes != Quotes::Open)),
        _ => false,
    };
    if fits { clause } else { format!("{}:{}", field.name, quote(value)) }
}

/// The line with one more condition, whatever is open at its end; `None` where the line is such a
/// puzzle that no place in it will do.
fn appended(line: &str, unfinished: Unfinished, clause: &str) -> Option<String> {
    if line.trim().is_empty() {
        return Some(clause.to_owned());
    }
    let mut base = line.trim_end().to_owned();
    base.extend(lex::missing_quote(line));
    base.extend(std::iter::repeat_n(')', unfinished.brackets));
    if unfinished.alternatives {
        base = format!("({base})");
    }
    let (old, new) = (parse_finished(line), parse_finished(clause));
    let both = |first: &Option<Node>, last: &Option<Node>| Node::all(first.iter().chain(last).cloned().collect());
    let fits = |edited: &str, wanted: Option<Node>, own: fn(&[Clause]) -> Option<&Clause>| {
        let query = parse_finished(edited);
        query.root == wanted && own(&query.clauses).is_some_and(|clause| clause.top_level && !clause.negated)
    };
    let (behind, before) = (format!("{base} {clause}"), format!("{clause} {base}"));
    if fits(&behind, both(&old.root, &new.root), <[Clause]>::last) {
        return Some(behind);
    }
    // Behind a `NOT` or `OR` that waits for something, the condition would be taken for that.
    if fits(&before, both(&new.root, &old.root), <[Clause]>::first) {
        return Some(before);
    }
    None
}

/// Both sides of something taken away, with the one space that they need.
fn joined(left: &str, right: &str) -> String {
    let (before, after) = (left.trim_end(), right.trim_start());
    if after.is_empty() {
        // A space at the end says that the last word is finished.
        return format!("{before}{}", if before.is_empty() { "" } else { right });
    }
    let apart = !(before.is_empty() || before.ends_with(['(', '（']) || after.starts_with([')', '）']));
    format!("{before}{}{after}", if apart { " " } else { "" })
}

fn last_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(lex::ends_word))
}

fn first_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(lex::ends_word))
}

/// `text` without the `-` or `NOT` at its end.
fn without_negation(text: &str) -> &str {
    let before = text.trim_end();
    if last_word(before, "NOT") { &before[..before.len() - 3] } else { text.trim_end_matches('-') }
}

/// What remains of a node without conditions of fields.
fn plain_words(node: Node) -> Option<Node> {
    match node {
        Node::And(nodes) => Node::all(nodes.into_iter().filter_map(plain_words).collect()),
        Node::Or(nodes) => Node::any(nodes.into_iter().filter_map(plain_words).collect()),
        Node::Not(inner) => plain_words(*inner).map(Node::not),
        Node::Leaf(condition) => (condition.part() == Some(Part::Anywhere)).then_some(Node::Leaf(condition)),
    }
}

#[cfg(test)]
mod tests;
