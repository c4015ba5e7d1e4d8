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

/// The stemmer of a language.
#[derive(Clone, Copy)]
pub(crate) struct LanguageStemmer {
    /// The language.
    pub tag: LanguageTag,
    stemmer: Stemmer,
}

impl LanguageStemmer {
    /// The stemmer of `tag`, where there is one.
    pub(crate) fn of(tag: LanguageTag) -> Option<LanguageStemmer> {
        static BY_TAG: LazyLock<HashMap<LanguageTag, Stemmer>> = LazyLock::new(|| {
            let known =
                |(code, algorithm): &(&str, Algorithm)| Some((LanguageTag::find(code)?, Stemmer::new(*algorithm)));
            ALGORITHMS.iter().filter_map(known).collect()
        });
        BY_TAG.get(&tag).map(|stemmer| LanguageStemmer { tag, stemmer: *stemmer })
    }

    /// True where a stem begins as its words do: the rules only take endings away.
    pub(crate) fn keeps_initials(&self) -> bool {
        const ENDINGS_ALONE: &[&str] = &[
            "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hu", "it", "nb", "pt", "ro", "ru", "sv", "tr",
        ];
        ENDINGS_ALONE.contains(&self.tag.code())
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

    /// The term that marks an article as analysed by this language's rules.
    pub(crate) fn marker(&self) -> String {
        format!("{}:", self.tag.code())
    }

    /// The term of `stem`.
    pub(crate) fn term(&self, stem: &str) -> String {
        format!("{}:{stem}", self.tag.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_known_language() {
        assert_eq!(LanguageStemmer::all().count(), ALGORITHMS.len());
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
