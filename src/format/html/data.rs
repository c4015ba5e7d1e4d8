//! The text of an article that stands in its page as data alone: a script would draw it.

use serde_json::Value;

use super::fragment::{field, laid_out};
use super::linked::Linked;
use super::page::Page;
use crate::extract::Marks;

/// Text of so many letters is an article, and needs no other.
const ENOUGH: usize = 600;

/// The state of a page lies no deeper in itself than this.
const DEEPEST: usize = 40;

/// The text that the data of a page holds, where that is far more than `shown`, what it shows.
pub(super) fn body(page: &Page, linked: &Linked, shown: &str) -> Option<(String, Marks)> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let shown = letters(shown);
    let stated = linked.body.clone().filter(|body| letters(body) > 300 && letters(body) * 10 > shown * 15);
    let body = stated.or_else(|| {
        if shown >= ENOUGH {
            return None;
        }
        let texts = page.states.iter().filter_map(|state| {
            let value = serde_json::from_str(state).ok()?;
            let mut best = String::new();
            longest(&value, &mut best, 0);
            Some(best)
        });
        texts.max_by_key(String::len).filter(|text| letters(text) >= ENOUGH && letters(text) > 2 * shown)
    })?;
    Some(match field(&body) {
        (text, Some(marks)) => (text.into_owned(), marks),
        (text, None) => laid_out(&paragraphs(&text)),
    })
}

/// Plain text as markup, a paragraph a line.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>", line.replace('&', "&amp;").replace('<', "&lt;"))).collect()
}

/// Members of the state of a page that hold the text of an article.
const BODIES: &[&str] = &[
    "articleBody",
    "body",
    "content",
    "text",
    "bodyHtml",
    "contentHtml",
    "html",
    "article_body",
    "fullText",
    "paragraphs",
    "blocks",
    "children",
    "elements",
    "components",
];

/// The longest text of an article in a value: one string, or the paragraphs of a list.
fn longest(value: &Value, best: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if BODIES.contains(&name.as_str()) {
                    let text = match value {
                        Value::String(text) => text.clone(),
                        Value::Array(parts) => parts.iter().filter_map(part).collect::<Vec<_>>().join("\n"),
                        _ => String::new(),
                    };
                    if text.len() > best.len() && text.contains(['.', '。', '।', '؟', '!', '?']) {
                        *best = text;
                    }
                }
                longest(value, best, depth + 1);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| longest(value, best, depth + 1)),
        _ => {}
    }
}

/// A paragraph in a list of them.
fn part(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => {
            let named = ["content", "text", "html", "body", "value"].iter().find_map(|name| members.get(*name));
            named.and_then(Value::as_str).map(str::to_owned)
        }
        _ => None,
    }
}
