//! The forms under which a word is found: folded, as it is written, with umlauts spelled out.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::units::is_joiner;
use crate::article::LanguageTag;
use crate::text::fold::{fold, fold_umlauts};

/// Words are cut after so many bytes (at a character): what is longer was never a word.
const LONGEST_WORD: usize = 120;

/// The forms of one word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Forms {
    /// In lower case, without accents.
    pub folded: String,
    /// In lower case as it is written; empty where that is the folded form.
    pub exact: String,
    /// With umlauts spelled as `ae`, `oe`, `ue`; empty without umlauts.
    pub spelled: String,
}

impl Clone for Forms {
    fn clone(&self) -> Forms {
        Forms { folded: self.folded.clone(), exact: self.exact.clone(), spelled: self.spelled.clone() }
    }

    // What is derived would let go of the memory.
    fn clone_from(&mut self, other: &Forms) {
        self.folded.clone_from(&other.folded);
        self.exact.clone_from(&other.exact);
        self.spelled.clone_from(&other.spelled);
    }
}

impl Forms {
    /// The forms of `word`.
    pub(crate) fn of(word: &str, umlauts: Umlauts) -> Forms {
        let mut forms = Forms::default();
        forms.set(word, umlauts);
        forms
    }

    /// Becomes the forms of `word`, keeping the memory.
    pub(crate) fn set(&mut self, word: &str, umlauts: Umlauts) {
        self.folded.clear();
        self.exact.clear();
        self.spelled.clear();
        let word = shortened(word);
        if word.is_ascii() {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
            return;
        }
        let lower = lower_case(word);
        self.folded.push_str(&fold(&lower));
        if umlauts == Umlauts::Spelled
            && let Some(spelled) = fold_umlauts(&lower)
        {
            self.spelled.push_str(&spelled);
        }
        if lower != self.folded {
            self.exact = lower;
        }
    }

    /// The word in lower case with its accents.
    pub(crate) fn written(&self) -> &str {
        if self.exact.is_empty() { &self.folded } else { &self.exact }
    }
}

/// Whether umlauts are also found spelled out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Umlauts {
    /// `Gespräch` is also `gespraech`.
    Spelled,
    /// In this language `ä` is a letter of its own that nobody spells `ae`.
    Kept,
}

impl Umlauts {
    /// What is usual in `language`.
    pub(crate) fn of(language: Option<LanguageTag>) -> Umlauts {
        match language.map(LanguageTag::code) {
            Some("fi" | "et" | "hu" | "tr" | "az" | "tk" | "sk" | "is" | "sv") => Umlauts::Kept,
            _ => Umlauts::Spelled,
        }
    }
}

/// The word in lower case, composed, without characters that nobody types.
fn lower_case(word: &str) -> String {
    let lower = match word.contains(is_joiner) {
        true => word.replace(is_joiner, "").to_lowercase(),
        false => word.to_lowercase(),
    };
    match is_nfc_quick(lower.chars()) {
        IsNormalized::Yes => lower,
        _ => lower.nfc().collect(),
    }
}

/// The beginning of the word, which is all of it where it is one.
fn shortened(word: &str) -> &str {
    if word.len() <= LONGEST_WORD {
        return word;
    }
    let cut = (0..=LONGEST_WORD).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    &word[..cut]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_is_found_under_every_spelling() {
        for (word, folded, exact, spelled) in [
            ("Musk", "musk", "", ""),
            ("Gespräch", "gesprach", "gespräch", "gespraech"),
            ("Straße", "strasse", "straße", ""),
            ("E\u{301}tat", "etat", "état", ""),
            ("می\u{200c}خواهم", "ميخواهم", "میخواهم", ""),
            ("ＴＥＳＬＡ", "tesla", "ｔｅｓｌａ", ""),
        ] {
            let forms = Forms::of(word, Umlauts::Spelled);
            assert_eq!((&*forms.folded, &*forms.exact, &*forms.spelled), (folded, exact, spelled), "{word}");
        }
        assert_eq!(Forms::of("Häkkinen", Umlauts::Kept).spelled, "");
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(Forms::of(&"x".repeat(100_000), Umlauts::Kept).folded.len(), LONGEST_WORD);
    }

    proptest! {
        #[test]
        fn forms_of_a_folded_word_are_that_word(word in "\\PC{0,80}") {
            let folded = Forms::of(&word, Umlauts::Spelled).folded;
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
