//! Words and phrases as they are typed.

use super::condition::{Condition, Form, Part};
use super::expression;
use super::meaning::{Meaning, Reading, Style};

/// What `text` asks for in `part`.
///
/// A word is passed on as typed (`U.S.`, `l'homme`, `3.6`): cutting it into words as the language
/// does is the index's business.
pub(super) fn read(part: Part, text: &str, style: Style, form: Form) -> Reading {
    let nothing = || Reading::Empty(format!("`{}` is not a word", text.trim()));
    // A query is printed with straight quotes, so a phrase in other ones may hold none.
    let unquoted = || text.replace('"', " ").trim().to_owned();
    let (text, form) = match style {
        Style::Bare => split_form(text, form),
        Style::Quoted => {
            let text = unquoted();
            return if has_letters(&text) { Condition::Phrase { part, text }.into() } else { nothing() };
        }
        Style::Near(within) => {
            let text = unquoted();
            let words = text.split_whitespace().filter(|word| has_letters(word)).count();
            return match words {
                0 => nothing(),
                1 => Condition::Phrase { part, text }.into(),
                _ => Condition::Near { part, text, within: within.clamp(1, FURTHEST) }.into(),
            };
        }
        Style::Expression => match expression::problem(text) {
            None => return Condition::Word { part, text: text.to_owned(), form: Form::Expression }.into(),
            Some(problem) => {
                let text = format!("/{text}/");
                let meaning = Meaning::Condition(Condition::Phrase { part, text: text.replace('"', " ") });
                let guess = format!("`{text}` is not a regular expression ({problem}); searched as text");
                return if has_letters(&text) { Reading::Guessed(meaning, guess) } else { nothing() };
            }
        },
    };
    match form {
        _ if !has_letters(text) => nothing(),
        // In a part, `=` asks for all of it.
        Form::Exact if part != Part::Anywhere => Condition::Phrase { part, text: text.to_owned() }.into(),
        form => Condition::Word { part, text: text.to_owned(), form }.into(),
    }
}

/// The condition that a word or phrase asks for in `part`; `None` when there is nothing to look for in it.
pub(super) fn condition(part: Part, text: &str, style: Style, form: Form) -> Option<Condition> {
    match read(part, text, style, form) {
        Reading::Understood(Meaning::Condition(condition)) => Some(condition),
        _ => None,
    }
}

/// Words that are further apart than this are not near.
const FURTHEST: u32 = 1000;

/// Takes the signs for a prefix (`*`), for typing errors (`~`, also `~1`, `~2`) and for exactly this form
/// (`=`) off a word. One with a `*` inside is taken as it is.
fn split_form<'a>(text: &'a str, plain: Form) -> (&'a str, Form) {
    if let Some(word) = text.strip_prefix('=') {
        return (word.trim_end_matches(['*', '~']), Form::Exact);
    }
    let undigited = |text: &'a str| {
        text.strip_suffix(|c: char| c.is_ascii_digit()).filter(|rest| rest.ends_with('~')).unwrap_or(text)
    };
    let word = undigited(text).trim_end_matches(['*', '~']);
    if word.contains('*') {
        // However many signs for errors stand behind a pattern, it has none.
        let mut pattern = text;
        loop {
            let rest = undigited(pattern).trim_end_matches('~');
            if rest.len() == pattern.len() {
                return (pattern, Form::Wildcard);
            }
            pattern = rest;
        }
    }
    let form = match text[word.len()..].chars().next() {
        Some('*') => Form::Prefix,
        Some('~') => Form::Fuzzy,
        _ => plain,
    };
    (word, form)
}

/// False for mere punctuation, which no article is looked for by.
pub(super) fn has_letters(text: &str) -> bool {
    text.chars().any(|c| {
        let punctuation = c.is_ascii_punctuation()
            || matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '«' | '»' | '·');
        !(punctuation || c.is_whitespace() || c.is_control())
    })
}

/// The distance of an operator between words that stand near each other, as other tools have it.
pub(super) fn near_operator(text: &str) -> Option<u32> {
    const USUAL: u32 = 10;
    if text == "NEAR" {
        return Some(USUAL);
    }
    let digits = text.strip_prefix("NEAR/").or_else(|| text.strip_prefix("w/")).or_else(|| text.strip_prefix("W/"))?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}
