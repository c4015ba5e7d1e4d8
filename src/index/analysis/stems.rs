//! Stems, by the rules of the language that a word is in.

use std::collections::HashMap;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use crate::article::LanguageTag;
use crate::text::fold::fold;

/// The stemmer of each language that has one.
///
/// Malay, Bosnian and Croatian go by the rules of their nearest relatives.
const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("bs", Algorithm::Serbian),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hr", Algorithm::Serbian),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("ms", Algorithm::Indonesian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("yi", Algorithm::Yiddish),
];

/// The languages that write compounds as one word, and what may stand between their parts.
const COMPOUNDING: &[(&str, &[&str])] = &[
    ("da", &["s", "e"]),
    ("de", &["s", "es", "n", "en", "e", "er"]),
    ("fi", &["n"]),
    ("nb", &["s", "e"]),
    ("nl", &["s", "en", "e"]),
    ("sv", &["s"]),
];

/// The languages whose rules take away endings alone, so that a stem begins like its word.
const ENDINGS_ALONE: &[&str] =
    &["ca", "cs", "da", "de", "en", "es", "et", "fi", "fr", "hu", "it", "nb", "pt", "ro", "ru", "sv", "tr"];

/// The fewest letters of a part of a compound: shorter ones are found in words by chance.
pub(crate) const SHORTEST_PART: usize = 4;

/// What begins the key of a compound that is spelled backwards; no language does.
pub(crate) const BACKWARDS: char = '<';

/// The stemmer of a language.
#[derive(Clone, Copy)]
pub(crate) struct LanguageStemmer {
    /// The language.
    pub tag: LanguageTag,
    stemmer: Stemmer,
    /// What may stand between the parts of a compound, where words are compounded.
    pub links: Option<&'static [&'static str]>,
    /// Whether every stem begins with the letter that its word begins with.
    pub keeps_initials: bool,
}

impl LanguageStemmer {
    /// The stemmer of `tag`, where there is one.
    pub(crate) fn of(tag: LanguageTag) -> Option<LanguageStemmer> {
        static BY_TAG: LazyLock<HashMap<LanguageTag, Stemmer>> = LazyLock::new(|| {
            let known =
                |(code, algorithm): &(&str, Algorithm)| Some((LanguageTag::find(code)?, Stemmer::new(*algorithm)));
            ALGORITHMS.iter().filter_map(known).collect()
        });
        let stemmer = *BY_TAG.get(&tag)?;
        let links = COMPOUNDING.iter().find(|(code, _)| *code == tag.code()).map(|(_, links)| *links);
        let keeps_initials = ENDINGS_ALONE.contains(&tag.code());
        Some(LanguageStemmer { tag, stemmer, links, keeps_initials })
    }

    /// All stemmers.
    pub(crate) fn all() -> impl Iterator<Item = LanguageStemmer> {
        LanguageTag::all().filter_map(LanguageStemmer::of)
    }

    /// The stem of a word in lower case, folded.
    ///
    /// It is folded last: the rules of many languages tell endings apart by their accents.
    pub(crate) fn stem(&self, lower: &str) -> String {
        let stem = self.stemmer.stem(lower);
        if stem.is_ascii() { stem.into_owned() } else { fold(&stem) }
    }

    /// True for words in the script that the language is written in: Cyrillic or Greek letters, or
    /// neither.
    pub(crate) fn writes(&self, word: &str) -> bool {
        let expected = match self.tag.code() {
            "ru" => '\u{400}'..='\u{4ff}',
            "el" => '\u{370}'..='\u{3ff}',
            _ => 'a'..='z',
        };
        word.chars().next().is_some_and(|c| expected.contains(&c))
            || self.tag.code() == "sr" && word.chars().all(|c| ('\u{400}'..='\u{4ff}').contains(&c))
    }

    /// The key of the family with this stem.
    pub(crate) fn key(&self, stem: &str) -> String {
        let mut key = String::new();
        self.put_key(stem, &mut key);
        key
    }

    /// Puts the key of the family with this stem at the end of a text.
    pub(crate) fn put_key(&self, stem: &str, text: &mut String) {
        text.push_str(self.tag.code());
        text.push(':');
        text.push_str(stem);
    }

    /// The key by which a compound with this stem is found by its last part; `None` for words that
    /// are too short for two parts, and in languages that do not write compounds as one word.
    pub(crate) fn compound(&self, stem: &str) -> Option<String> {
        (self.links.is_some() && stem.chars().count() >= 2 * SHORTEST_PART).then(|| backwards(stem))
    }
}

/// A stem from its end to its beginning, as the key of a compound: what ends alike stands together
/// in the tables of the index.
pub(crate) fn backwards(stem: &str) -> String {
    std::iter::once(BACKWARDS).chain(stem.chars().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rules_for_endings_leave_the_beginning_alone(word in "[a-zäöüßéàçñăłøåışığ]{1,10}|[а-яёіїў]{1,10}") {
            for stemmer in LanguageStemmer::all().filter(|stemmer| stemmer.keeps_initials) {
                let stem = stemmer.stem(&word);
                if !stem.is_empty() {
                    prop_assert_eq!(stem.chars().next(), fold(&word).chars().next(), "{} {}", stemmer.tag.code(), stem);
                }
            }
        }
    }

    #[test]
    fn every_row_of_the_table_is_a_known_language() {
        assert_eq!(LanguageStemmer::all().count(), ALGORITHMS.len());
        let compounding = LanguageStemmer::all().filter(|stemmer| stemmer.links.is_some());
        assert_eq!(compounding.count(), COMPOUNDING.len());
    }

    #[test]
    fn stems_go_by_their_language() {
        for (code, word, stem) in [
            ("de", "einladungen", "einlad"),
            ("de", "gespräche", "gesprach"),
            ("en", "invited", "invit"),
            ("id", "percakapan", "cakap"),
        ] {
            let stemmer = LanguageTag::find(code).and_then(LanguageStemmer::of).expect("a row of the table");
            assert_eq!(stemmer.stem(word), stem, "{word}");
        }
        assert!(LanguageTag::find("ja").and_then(LanguageStemmer::of).is_none());
    }
}
