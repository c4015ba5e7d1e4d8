//! A query as a line that is read as the same query again.

use std::fmt::{self, Write};

use super::{Condition, Fact, Form, Names, Node, Query, field, lex, word};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        if let Some(root) = &self.root {
            write_node(root, Place::Top, &mut line)?;
        }
        let last = self.root.as_ref().and_then(last_leaf);
        let typing = matches!(last, Some(Condition::Word { form: Form::Typing, .. }));
        if typing {
            // The line must end with the word that is being typed.
            line.truncate(line.trim_end_matches(')').len());
        }
        match self.sort.map(field::order_name) {
            Some(order) if typing => write!(f, "sort:{order} {line}"),
            Some(order) if line.is_empty() => write!(f, "sort:{order}"),
            Some(order) if matches!(self.root, Some(Node::Or(_))) => write!(f, "({line}) sort:{order}"),
            Some(order) => write!(f, "{line} sort:{order}"),
            // And it must not end with one that is finished.
            None if !typing && may_go_on(last) && !line.ends_with(')') => write!(f, "{line} "),
            None => f.write_str(&line),
        }
    }
}

/// Where a node is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    InAnd,
    InOr,
    InNot,
}

fn write_node(node: &Node, place: Place, line: &mut String) -> fmt::Result {
    let (nodes, between, within, brackets) = match node {
        Node::And(nodes) => (nodes, " ", Place::InAnd, place == Place::InNot),
        Node::Or(nodes) => (nodes, " OR ", Place::InOr, matches!(place, Place::InAnd | Place::InNot)),
        Node::Not(inner) => {
            line.push('-');
            return write_node(inner, Place::InNot, line);
        }
        Node::Leaf(condition) => return write_condition(condition, line),
    };
    if brackets {
        line.push('(');
    }
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            line.push_str(between);
        }
        write_node(node, within, line)?;
    }
    if brackets {
        line.push(')');
    }
    Ok(())
}

/// A condition with its field, as a clause of a line.
pub(super) fn clause(condition: &Condition) -> String {
    let mut clause = String::new();
    write_condition(condition, &mut clause).expect("writing to a text cannot fail");
    clause
}

/// Writes a condition with its field.
fn write_condition(condition: &Condition, line: &mut String) -> fmt::Result {
    match condition {
        Condition::Word { text, form, .. } => {
            write_field(condition, line);
            let (before, behind) = match form {
                Form::Word | Form::Typing | Form::Wildcard => ("", ""),
                Form::Prefix => ("", "*"),
                Form::Fuzzy => ("", "~"),
                Form::Exact => ("=", ""),
                Form::Expression => ("/", "/"),
            };
            // Without quotes it would stand for nearness.
            let before = if *form == Form::Typing && word::near_operator(text).is_some() { "\"" } else { before };
            write!(line, "{before}{text}{behind}")?;
        }
        Condition::Near { text, within, .. } => {
            write_field(condition, line);
            write!(line, "\"{text}\"~{within}")?;
        }
        Condition::Phrase { text, .. } => {
            write_field(condition, line);
            write!(line, "\"{text}\"")?;
        }
        Condition::Fact { field, fact } => {
            let (field, values) = of_fact(field, fact);
            let values: Vec<String> = values.iter().map(|value| quoted(value, is_whole(fact))).collect();
            write!(line, "{field}:{}", values.join(","))?;
        }
    }
    Ok(())
}

fn write_field(condition: &Condition, line: &mut String) {
    if let Some(field) = condition.field() {
        line.push_str(field.name);
        line.push(':');
    }
}

/// The field and the values that ask for a fact, without quotes.
fn of_fact(field: &'static str, fact: &Fact) -> (&'static str, Vec<String>) {
    match (fact, field::find(field)) {
        (Fact::Unknown(value), _) => (field, vec![value.clone()]),
        (fact, Some((field, _))) => (field.print)(fact),
        (_, None) => (field, Vec::new()),
    }
}

/// The values of a condition in their usual spelling, without field and quotes; none where nothing is
/// called so.
pub(super) fn values(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Word { text, .. } | Condition::Phrase { text, .. } | Condition::Near { text, .. } => {
            vec![text.clone()]
        }
        Condition::Fact { fact: Fact::Unknown(_), .. } => Vec::new(),
        Condition::Fact { field, fact } => of_fact(field, fact).1,
    }
}

fn is_whole(fact: &Fact) -> bool {
    matches!(fact, Fact::Named(Names::Whole(_), _))
}

/// `value` as it can stand behind the colon of a field; where one that is exactly this can be asked for, a `=`
/// stands before the quotes.
pub(super) fn quoted(value: &str, whole: bool) -> String {
    match value.strip_prefix('=').filter(|_| whole) {
        Some(name) => exactly(name),
        None => quote(value),
    }
}

/// `value` as it can stand behind the colon of a field that is to be exactly this.
///
/// ```
/// use newsstand::query::edit::exactly;
///
/// assert_eq!(exactly("Hindustan Times"), "=\"Hindustan Times\"");
/// ```
pub fn exactly(value: &str) -> String {
    format!("={}", quote(value))
}

/// `value` as it can stand behind a colon: in quotes, if it needs them.
///
/// ```
/// use newsstand::query::edit::quote;
///
/// assert_eq!(quote("liputan6"), "liputan6");
/// assert_eq!(quote("Hindustan Times"), "\"Hindustan Times\"");
/// ```
pub fn quote(value: &str) -> String {
    let plain = !value.is_empty()
        && !value.chars().any(|c| lex::ends_word(c) || lex::separates_values(c))
        && !value.contains('*')
        && !value.ends_with('~')
        && !value.starts_with(['=', '/']);
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', " ")) }
}

/// The condition that is printed last.
fn last_leaf(node: &Node) -> Option<&Condition> {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.last().and_then(last_leaf),
        Node::Not(inner) => last_leaf(inner),
        Node::Leaf(condition) => Some(condition),
    }
}

/// True when a line that ends with this would be taken as unfinished.
fn may_go_on(last: Option<&Condition>) -> bool {
    matches!(last, Some(Condition::Word { form: Form::Word, .. } | Condition::Fact { fact: Fact::Unknown(_), .. }))
}
