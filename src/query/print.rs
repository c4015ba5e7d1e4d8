//! A query as a line that is read as the same query again.

use std::fmt::{self, Write};

use super::field::{is, sort};
use super::{Condition, DateCondition, Form, LanguageChoice, Node, Part, Query, date, edit};

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
        match self.sort.map(sort::name) {
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

/// Writes a condition with its field.
fn write_condition(condition: &Condition, line: &mut String) -> fmt::Result {
    let field = match condition {
        Condition::Word { part, .. } | Condition::Phrase { part, .. } => part_field(*part),
        Condition::Language(_) => Some("lang"),
        Condition::Date(_) => None, // The value decides.
        Condition::Is(_) => Some("is"),
        Condition::Nothing { field, .. } => Some(*field),
    };
    if let Some(field) = field {
        write!(line, "{field}:")?;
    }
    match condition {
        Condition::Word { text, form, .. } => {
            line.push_str(text);
            line.push_str(match form {
                Form::Word | Form::Typing => "",
                Form::Prefix => "*",
                Form::Fuzzy => "~",
            });
        }
        Condition::Phrase { text, .. } => write!(line, "\"{text}\"")?,
        Condition::Language(choices) => line.push_str(&languages(choices)),
        Condition::Date(DateCondition::Undated) => line.push_str("date:none"),
        Condition::Date(DateCondition::Span(span)) => {
            let (field, value) = date::clause(*span);
            write!(line, "{field}:{value}")?;
        }
        Condition::Is(mark) => line.push_str(is::name(*mark)),
        Condition::Nothing { value, .. } => line.push_str(&edit::quote(value)),
    }
    Ok(())
}

/// The value of a condition in its usual spelling, without field and quotes.
pub(super) fn value(condition: &Condition) -> String {
    match condition {
        Condition::Word { text, .. } | Condition::Phrase { text, .. } => text.clone(),
        Condition::Language(choices) => languages(choices),
        Condition::Date(DateCondition::Undated) => "none".to_owned(),
        Condition::Date(DateCondition::Span(span)) => date::clause(*span).1,
        Condition::Is(mark) => is::name(*mark).to_owned(),
        Condition::Nothing { value, .. } => value.clone(),
    }
}

/// The codes that `lang:` takes, with commas.
fn languages(choices: &[LanguageChoice]) -> String {
    choices.iter().map(|choice| code(*choice)).collect::<Vec<_>>().join(",")
}

/// The code that `lang:` takes for a language.
pub(super) fn code(choice: LanguageChoice) -> &'static str {
    match choice {
        LanguageChoice::Tag(tag) => tag.code(),
        LanguageChoice::Unsure => "?",
    }
}

/// The field that looks into a part.
fn part_field(part: Part) -> Option<&'static str> {
    match part {
        Part::Anywhere => None,
        Part::Title => Some("title"),
        Part::Body => Some("body"),
        Part::Byline => Some("by"),
        Part::Source => Some("source"),
        Part::Path => Some("path"),
    }
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
    matches!(last, Some(Condition::Word { form: Form::Word, .. } | Condition::Nothing { .. }))
}
