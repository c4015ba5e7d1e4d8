//! The facts that many programs write in front of a text: YAML, TOML, JSON, or lines like those of a letter.

use serde_json::Value;

use super::beginning;
use super::fields;
use super::names::{self, SUMMARY, Slot, is_nothing};
use crate::extract::StatedFields;

/// The facts in front may be this long.
const FRONT: usize = 64 << 10;

/// A fact, how good its name is, and what it says.
type Fact = (Slot, usize, String);

/// The facts in front of a text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Front {
    facts: Vec<Fact>,
    tags: Vec<String>,
    /// Whether they stand between fences, so that they are nothing else.
    pub is_fenced: bool,
}

/// The facts in front of a text, and the text; `None` without such facts.
pub(super) fn front(text: &str) -> Option<(Front, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let first = text.lines().next()?.trim_end();
    match first {
        "---" => fenced(text, &["---", "..."]).map(|(inner, rest)| (yaml(inner), rest)),
        "+++" => fenced(text, &["+++"]).map(|(inner, rest)| (toml(inner), rest)),
        ";;;" => fenced(text, &[";;;"]).map(|(inner, rest)| (json(inner).unwrap_or_default(), rest)),
        _ if text.starts_with('{') => object(text),
        _ if first.starts_with("% ") => pandoc(text),
        _ => header_lines(text),
    }
    .filter(|(front, _)| front.is_fenced || !front.is_empty())
}

/// What stands between two fences, where that is no text between two rules.
fn fenced<'a>(text: &'a str, ends: &[&str]) -> Option<(&'a str, &'a str)> {
    let start = text.find('\n')? + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            let inner = &text[start..at];
            // Text between two rules is no list of facts.
            let is_list = inner.lines().all(|line| {
                let bare = line.trim();
                bare.is_empty()
                    || line.starts_with([' ', '\t', '-', '#', '[', ']', '"', '}', '{', '\''])
                    || bare.contains([':', '='])
            });
            return is_list.then_some((inner, &text[at + line.len()..]));
        }
        at += line.len();
        if at > FRONT {
            return None;
        }
    }
    None
}

impl Front {
    /// True where nothing is told.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.tags.is_empty()
    }

    /// What the facts state.
    pub fn stated(self) -> StatedFields {
        let is_address = |value: &str| value.starts_with("http://") || value.starts_with("https://");
        let all = |wanted: Slot| {
            let mut found: Vec<(usize, &String)> = Vec::new();
            for (slot, rank, value) in &self.facts {
                // A source is a name, or an address.
                let slot = if *slot == Slot::Source && is_address(value) { Slot::Url } else { *slot };
                if slot == wanted && (slot != Slot::Url || is_address(value)) {
                    found.push((*rank, value));
                }
            }
            found.sort_by_key(|(rank, _)| *rank);
            found.into_iter().map(|(_, value)| value.clone())
        };
        let first = |slot| all(slot).next();
        let best = self.facts.iter().filter(|(slot, ..)| *slot == Slot::Byline).map(|(_, rank, _)| *rank).min();
        let named = self.facts.iter().filter(|(slot, rank, _)| *slot == Slot::Byline && Some(*rank) == best);
        let authors = named.map(|(.., name)| name.as_str()).collect::<Vec<_>>().join(", ");
        StatedFields {
            title: first(Slot::Title),
            byline: Some(authors).filter(|authors| !authors.is_empty()),
            source: first(Slot::Source),
            url: first(Slot::Url),
            date: first(Slot::Date),
            language: first(Slot::Language),
            tags: self.tags,
        }
    }

    /// Notes what a fact says, one value of perhaps several.
    fn put(&mut self, name: &str, value: &str) {
        let value = linked(value.trim());
        let Some((slot, rank)) = names::slot(name) else { return };
        let is_text = slot == Slot::Text || slot == Slot::Wrapper || rank >= SUMMARY;
        if is_text || is_nothing(&value) || self.facts.len() + self.tags.len() >= 200 {
            return;
        }
        match slot {
            Slot::Tags => self.tags.push(value),
            _ => self.facts.push((slot, rank, value.split_whitespace().collect::<Vec<_>>().join(" "))),
        }
    }
}

/// The name of what a link leads to: `[[Nora Webb]]`, `[[people/webb|Nora Webb]]`, `[Nora Webb](…)`.
fn linked(value: &str) -> String {
    let inner = value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    if let Some(inner) = inner.filter(|inner| !inner.contains("[[")) {
        return inner.rsplit('|').next().unwrap_or(inner).trim().to_owned();
    }
    let named = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    named.map_or_else(|| value.to_owned(), |(name, _)| name.to_owned())
}

/// Facts as YAML has them, as far as front matter goes: words, quoted and folded ones, lists, names
/// within an object. What is written otherwise says nothing.
fn yaml(inner: &str) -> Front {
    let mut front = Front { is_fenced: true, ..Front::default() };
    let lines: Vec<&str> = inner.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        let is_inner = line.starts_with([' ', '\t', '-', '#']);
        let Some((name, value)) = line.split_once(':').filter(|_| !is_inner) else { continue };
        let start = at;
        let is_list = |line: &str| line.starts_with("- ") || line.trim_end() == "-";
        // Lines that are set in, or are a list, belong to the name above them; what is said at once may
        // go on set in.
        while at < lines.len()
            && (lines[at].starts_with([' ', '\t'])
                || lines[at].trim().is_empty()
                || value.trim().is_empty() && is_list(lines[at])
                || value.trim_start().starts_with('[') && lines[at].trim() == "]")
        {
            at += 1;
        }
        let name = name.trim().trim_matches(['"', '\'']);
        values(value.trim(), &lines[start..at]).iter().for_each(|value| front.put(name, value));
    }
    front
}

/// What stands behind the name of a fact, and in the lines that belong to it.
fn values(value: &str, more: &[&str]) -> Vec<String> {
    let is_block = |mark: char| {
        let rest = value.strip_prefix(mark).map(|rest| rest.split(" #").next().unwrap_or_default().trim());
        rest.is_some_and(|rest| rest.chars().all(|c| matches!(c, '-' | '+' | '0'..='9')))
    };
    let lines = || more.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    if is_block('>') || is_block('|') {
        return vec![lines().collect::<Vec<_>>().join(" ")];
    }
    if !value.is_empty() && !value.starts_with('#') {
        let whole = std::iter::once(value).chain(lines().filter(|line| !line.starts_with('#'))).collect::<Vec<_>>();
        return scalars(&whole.join(" "));
    }
    // A list, or an object whose name is what is meant.
    let mut found = Vec::new();
    for line in lines().filter(|line| !line.starts_with('#')) {
        let item = line.strip_prefix('-').map(str::trim_start);
        let inner = item.unwrap_or(line);
        match inner.split_once(": ") {
            Some((name, value)) if !inner.starts_with(['"', '\'', '[']) => {
                let is_meant = ["name", "title", "label", "text", "value"].contains(&name.trim());
                found.extend(scalars(value.trim()).into_iter().filter(|_| is_meant));
            }
            _ if item.is_some() => found.extend(scalars(inner)),
            _ => {}
        }
    }
    found
}

/// A word without its quotation marks, or the words of a list.
fn scalars(value: &str) -> Vec<String> {
    let value = value.trim();
    let list = value.strip_prefix('[').filter(|_| !value.starts_with("[["));
    if let Some(list) = list.map(|list| list.split(" #").next().unwrap_or_default().trim()) {
        let list = list.strip_suffix(']').unwrap_or(list);
        return parts_of_list(list).into_iter().map(scalar).filter(|value| !value.is_empty()).collect();
    }
    if let Some(object) = value.strip_prefix('{') {
        let members = object.trim_end_matches('}').split(',').filter_map(|member| member.split_once(':'));
        let mut named = members.filter(|(name, _)| name.trim().trim_matches('"') == "name");
        return named.next().map(|(_, value)| scalar(value)).into_iter().collect();
    }
    Some(scalar(value)).filter(|value| !value.is_empty()).into_iter().collect()
}

/// The parts of a list, at the commas that are in no quotation.
fn parts_of_list(list: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quote, mut before) = (Vec::new(), 0, None, ' ');
    for (at, c) in list.char_indices() {
        match quote {
            Some(mark) if c == mark && before != '\\' => quote = None,
            None if matches!(c, '"' | '\'') && !before.is_alphanumeric() => quote = Some(c),
            None if c == ',' => {
                parts.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&list[start..]);
    parts
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(rest) = value.strip_prefix('\'') {
        // A mark within is written twice.
        let mut text = String::new();
        let mut marks = rest.split('\'').peekable();
        while let Some(part) = marks.next() {
            text.push_str(part);
            if marks.peek() != Some(&"") {
                break;
            }
            marks.next();
            if marks.peek().is_some() {
                text.push('\'');
            }
        }
        return text.trim().to_owned();
    }
    if let Some(rest) = value.strip_prefix('"') {
        return escaped(rest).trim().to_owned();
    }
    // A remark may follow.
    value.split(" #").next().unwrap_or_default().trim().to_owned()
}

/// The text up to the quotation mark that ends it.
fn escaped(rest: &str) -> String {
    let mut text = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n' | 't' | 'r') => text.push(' '),
                Some(mark @ ('u' | 'x' | 'U')) => {
                    let digits: String = chars
                        .by_ref()
                        .take(if mark == 'u' {
                            4
                        } else if mark == 'x' {
                            2
                        } else {
                            8
                        })
                        .collect();
                    text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some(c) => text.push(c),
                None => break,
            },
            c => text.push(c),
        }
    }
    text
}

fn toml(inner: &str) -> Front {
    let mut front = Front { is_fenced: true, ..Front::default() };
    let Ok(table) = inner.parse::<::toml::Table>() else {
        // What is no TOML is read line by line.
        for (name, value) in inner.lines().filter_map(|line| line.split_once('=')) {
            scalars(value.trim()).iter().for_each(|value| front.put(name.trim(), value));
        }
        return front;
    };
    fn put(front: &mut Front, name: &str, value: &::toml::Value) {
        match value {
            ::toml::Value::String(text) => front.put(name, text),
            ::toml::Value::Array(values) => values.iter().for_each(|value| put(front, name, value)),
            ::toml::Value::Table(members) => {
                if let Some(named) = members.get("name").and_then(::toml::Value::as_str) {
                    front.put(name, named);
                }
            }
            ::toml::Value::Boolean(_) => {}
            other => front.put(name, &other.to_string()),
        }
    }
    for (name, value) in &table {
        put(&mut front, name, value);
        // Taxonomies and what a program adds of its own.
        if let ("taxonomies" | "extra" | "params", ::toml::Value::Table(members)) = (name.as_str(), value) {
            members.iter().for_each(|(name, value)| put(&mut front, name, value));
        }
    }
    front
}

/// The facts in a JSON object.
fn json(object: &str) -> Option<Front> {
    let members: serde_json::Map<String, Value> = serde_json::from_str(object).ok()?;
    let mut front = Front { is_fenced: true, ..Front::default() };
    for (name, value) in members {
        match value {
            Value::Array(values) => {
                values
                    .into_iter()
                    .filter_map(|value| fields::spoken(value, ", "))
                    .for_each(|value| front.put(&name, &value));
            }
            value => {
                if let Some(value) = fields::spoken(value, ", ") {
                    front.put(&name, &value);
                }
            }
        }
    }
    Some(front)
}

/// A JSON object, and the text that follows it.
fn object(text: &str) -> Option<(Front, &str)> {
    let head = beginning(text, FRONT);
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<serde_json::Map<String, Value>>();
    let members = values.next()?.ok()?;
    let (object, rest) = text.split_at(values.byte_offset());
    // An article in JSON has its text within, and nothing follows it but another one.
    let has_text = members.keys().any(|name| matches!(names::slot(name), Some((Slot::Text, rank)) if rank < SUMMARY));
    let follows = rest.trim_start().chars().next();
    // A line of JSON is followed by another, unless a blank one sets it apart.
    let is_apart =
        object.contains('\n') || rest.trim_start_matches([' ', '\r']).strip_prefix('\n').is_some_and(is_blank);
    if has_text || !is_apart || follows.is_none_or(|c| matches!(c, '{' | '[' | ',' | ']' | '}')) {
        return None;
    }
    Some((json(object)?, rest))
}

/// True for a text whose first line is blank.
pub(super) fn is_blank(text: &str) -> bool {
    text.split('\n').next().is_none_or(|line| line.trim().is_empty())
}

/// `% Title`, `% Authors`, `% Date`.
fn pandoc(text: &str) -> Option<(Front, &str)> {
    let mut front = Front { is_fenced: true, ..Front::default() };
    let mut rest = text;
    for name in ["title", "author", "date"] {
        let Some((line, after)) = rest.strip_prefix('%').map(|line| line.split_once('\n').unwrap_or((line, ""))) else {
            break;
        };
        line.split(';').for_each(|value| front.put(name, value.trim()));
        rest = after;
    }
    Some((front, rest))
}

/// `Title: …`, `Date: …` and so on, up to the first blank line.
fn header_lines(text: &str) -> Option<(Front, &str)> {
    let mut front = Front::default();
    let (mut known, mut at) = (Vec::new(), 0);
    let mut open: Option<&str> = None;
    // Some programs hide the facts from their readers in a comment.
    let text = text.strip_prefix("<!--").map_or(text, str::trim_start);
    for line in text.split_inclusive('\n').take(60) {
        at += line.len();
        let bare = line.trim();
        if bare.is_empty() || bare == "-->" {
            break;
        }
        if let (Some(name), true) = (open, line.starts_with([' ', '\t'])) {
            front.put(name, bare);
            continue;
        }
        let bare = bare.strip_prefix(".. ").unwrap_or(bare);
        let (name, value) = bare.split_once(':')?;
        let is_name = (1..=24).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_- ".contains(&byte));
        if !is_name || name.split(' ').count() > 2 || at > FRONT || value.starts_with("//") {
            return None;
        }
        known.extend(names::slot(name).map(|(slot, _)| slot).filter(|slot| *slot != Slot::Text));
        match names::slot(name) {
            Some((Slot::Tags, _)) => value.split(',').for_each(|value| front.put(name, value)),
            _ => front.put(name, value.trim()),
        }
        open = Some(name);
    }
    let is_told = known.contains(&Slot::Title) && known.len() >= 2;
    is_told.then_some((front, &text[at..]))
}
