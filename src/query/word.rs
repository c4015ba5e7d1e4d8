//! Words and phrases as they are typed.

use super::condition::{Condition, Form, Part};

/// The condition that `text` asks for in `part`, or `None` when there is nothing to look for in it.
///
/// A word is passed on as typed (`U.S.`, `l'homme`, `3.6`): cutting it into words as the language
/// does is the index's business.
pub(super) fn condition(part: Part, text: &str, quoted: bool, form: Form) -> Option<Condition> {
    if quoted {
        // A query is printed with straight quotes, so a phrase in other ones may hold none.
        let text = text.replace('"', " ").trim().to_owned();
        return has_letters(&text).then_some(Condition::Phrase { part, text });
    }
    let (text, form) = split_form(text, form);
    has_letters(text).then(|| Condition::Word { part, text: text.to_owned(), form })
}

/// Takes the signs for a prefix (`*`) and for typing errors (`~`, also `~1`, `~2`) off a word.
fn split_form(text: &str, plain: Form) -> (&str, Form) {
    let undigited = text.strip_suffix(|c: char| c.is_ascii_digit()).filter(|rest| rest.ends_with('~')).unwrap_or(text);
    let word = undigited.trim_end_matches(['*', '~']);
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
