//! The words of a text, and those that every text of a language has.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use crate::article::LanguageTag;
use crate::text::class::is_spaceless;
use crate::text::lower::lower;

/// Where the stop words come from, for whoever is shown words without them.
pub const STOP_WORDS: &str = "Stopwords ISO, by way of the crate stop-words";

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// It in lower case.
    pub text: String,
    /// True for a character of a script that writes no spaces: it is a word only together with its neighbour.
    pub is_character: bool,
    /// True where nothing but spaces stands between it and the word before.
    pub follows: bool,
}

/// The words of a text, in order, in lower case. Numbers are none.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut end = None;
    for (start, word) in text.unicode_word_indices() {
        let range = start..start + word.len();
        if !word.chars().any(char::is_alphabetic) {
            continue;
        }
        let between = |end: usize| text[end..start].chars().all(char::is_whitespace);
        let follows = end.is_some_and(between);
        let is_character = word.chars().all(is_spaceless);
        end = Some(range.end);
        words.push(Word { range, text: lower(word), is_character, follows });
    }
    words
}

/// Two neighbours as one term; `None` where something stands between them.
pub(super) fn pair(first: &Word, second: &Word) -> Option<String> {
    if !second.follows {
        return None;
    }
    match (first.is_character, second.is_character) {
        (true, true) => (first.range.end == second.range.start).then(|| format!("{}{}", first.text, second.text)),
        (false, false) => Some(format!("{} {}", first.text, second.text)),
        _ => None,
    }
}

/// What stands before an apostrophe in the place of a whole word is no longer: `dell'`, `qu'`, `d'`.
const ELIDED: usize = 4;

/// Whether every text of a language has this word; it is in lower case.
///
/// A word without its end before an apostrophe is one where the word behind it is: `qu'il`, `dell'altro`.
pub(super) fn is_stop_word(word: &str, language: Option<LanguageTag>) -> bool {
    static STOP: OnceLock<HashMap<&'static str, HashSet<&'static str>>> = OnceLock::new();
    let stop = STOP.get_or_init(|| {
        let codes = stop_words::available_languages().iter();
        codes.map(|code| (*code, stop_words::lookup(code).unwrap_or_default().iter().copied().collect())).collect()
    });
    language.and_then(|tag| stop.get(tag.code())).is_some_and(|words| {
        let parts = word.split_once(['\'', '’']).filter(|(before, _)| before.chars().count() <= ELIDED);
        words.contains(word) || parts.is_some_and(|(_, behind)| words.contains(behind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_between_spaces_and_pairs_where_there_are_none() {
        let terms = |text: &str| {
            let words = words(text);
            let alone = words.iter().filter(|word| !word.is_character).map(|word| word.text.clone());
            let pairs = words.windows(2).filter_map(|two| pair(&two[0], &two[1]));
            alone.chain(pairs).collect::<Vec<_>>().join("|")
        };
        assert_eq!(terms("The Old harbour, again 2021"), "the|old|harbour|again|the old|old harbour");
        assert_eq!(terms("通过电话 Musk"), "musk|通过|过电|电话");
        assert_eq!(terms("Don't"), "don't");
    }

    #[test]
    fn stop_words_are_those_of_a_language() {
        let is = |word, code| is_stop_word(word, LanguageTag::find(code));
        assert!(is("the", "en") && is("nicht", "de") && is("yang", "id"));
        assert!(is("qu'il", "fr") && is("dell’altro", "it") && !is("l'ambassade", "fr"));
        assert!(!is("harbour", "en") && !is("the", "de") && !is_stop_word("the", None));
    }
}
