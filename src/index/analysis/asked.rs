//! The words of a query, analysed as those of an article are.

use std::collections::BTreeSet;

use super::forms::{Forms, Umlauts};
use super::units::{UnitKind, Units};

/// A word or character that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Its place among the others that were typed without a space between.
    pub position: usize,
    pub unit: AskedUnit,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AskedUnit {
    Word(Forms),
    /// A character of a run without spaces, and the next one of the run.
    Char(char, Option<char>),
}

/// What the text of a condition asks for; nothing when it holds no letter and no digit.
pub(crate) fn asked(text: &str) -> Vec<Asked> {
    Units::new(text)
        .map(|unit| Asked {
            position: unit.position,
            unit: match unit.kind {
                UnitKind::Word => AskedUnit::Word(Forms::of(&text[unit.range], Umlauts::Spelled)),
                UnitKind::Char(c, next) => AskedUnit::Char(c, next),
            },
        })
        .collect()
}

/// The same for a phrase, in which a `*` that stands alone leaves a place for any word. Places at its ends
/// say nothing.
pub(crate) fn asked_phrase(text: &str) -> Vec<Asked> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut phrase: Vec<Asked> = Vec::new();
    let mut gaps = 0;
    for run in words.split_inclusive(|word| *word == "*") {
        let gap = run.last() == Some(&"*");
        let found = asked(&run[..run.len() - usize::from(gap)].join(" "));
        if let Some(first) = found.first().map(|first| first.position) {
            let next = phrase.last().map_or(0, |last| last.position + 1 + gaps);
            phrase.extend(found.into_iter().map(|asked| Asked { position: next + asked.position - first, ..asked }));
            gaps = 0;
        }
        gaps += usize::from(gap);
    }
    phrase
}

/// The one word that words with hyphens between them would be (`twitter-profil`); `None` for anything
/// else.
pub(crate) fn joined(text: &str) -> Option<Forms> {
    let hyphens = ['-', '\u{2010}', '\u{2011}'];
    let words = text.split(hyphens).all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    (words && text.contains(hyphens)).then(|| Forms::of(&text.replace(hyphens, ""), Umlauts::Spelled))
}

/// How many letters of a word may be wrong, so that it is still the word that was meant.
pub(crate) fn allowed_errors(folded: &str) -> u8 {
    match folded.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// What the words and characters of `text` are kept as, to be looked for near each other.
pub(crate) fn near_terms(text: &str) -> BTreeSet<String> {
    let mut terms: BTreeSet<String> = BTreeSet::new();
    let mut within_run = false;
    for Asked { unit, .. } in &asked(text) {
        match unit {
            AskedUnit::Word(forms) => drop(terms.insert(forms.folded.clone())),
            // The last character of a run stands in the pair before it.
            AskedUnit::Char(_, None) if within_run => {}
            unit => drop(terms.insert(pair(unit))),
        }
        within_run = matches!(unit, AskedUnit::Char(_, Some(_)));
    }
    terms
}

/// A character and the next one of its run, as they are kept; nothing for a word.
pub(crate) fn pair(unit: &AskedUnit) -> String {
    match unit {
        AskedUnit::Word(_) => String::new(),
        AskedUnit::Char(c, next) => std::iter::once(*c).chain(*next).collect(),
    }
}
