//! The compounds that a query finds by a part of them, told to those who mark what was found.

use std::collections::{BTreeMap, BTreeSet};

use super::analysis::asked::{Asked, AskedUnit, asked};
use super::analysis::forms::Forms;
use super::analysis::stems::LanguageStemmer;
use super::lower::{Lowering, Target};
use crate::query::{Condition, Form, Part, Query};

/// Words of the index that have a word of a query as their first or last part, and another word as the
/// rest.
///
/// A text alone does not tell whether the rest of a word is one: that takes all words of the index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compounds {
    /// The stems of compounds that end with what is asked for.
    pub(super) ending: BTreeSet<String>,
    /// Compounds that begin with what is asked for, folded.
    pub(super) beginning: BTreeSet<String>,
}

impl Lowering<'_> {
    /// The compounds by which `query` finds articles.
    pub(super) fn compounds_of_query(&self, query: &Query) -> Compounds {
        let mut compounds = Compounds::default();
        if self.stemmers.iter().all(|stemmer| stemmer.links.is_none()) {
            return compounds;
        }
        for condition in query.words() {
            let Condition::Word { part: part @ (Part::Anywhere | Part::Title | Part::Body), text, form } = condition
            else {
                continue;
            };
            let asked = asked(text);
            let ([Asked { unit: AskedUnit::Word(forms), .. }], Form::Word | Form::Typing) = (&asked[..], form) else {
                continue;
            };
            compounds.ending.extend(self.compounds_ending_with(forms).into_keys());
            for target in self.targets(*part) {
                compounds.beginning.extend(self.compounds_beginning_with(&target, forms));
            }
        }
        compounds
    }

    /// The compounds that end with a word, by their stems.
    pub(super) fn compounds_ending_with(&self, forms: &Forms) -> BTreeMap<String, BTreeSet<String>> {
        let mut ending: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut seen: Vec<String> = Vec::new();
        for (stemmer, links) in self.compounding() {
            let stem = stemmer.stem(forms.written());
            if seen.contains(&stem) {
                continue;
            }
            for (whole, words) in self.vocabulary().compounds_ending(&stem, links) {
                ending.entry(whole).or_default().extend(words);
            }
            seen.push(stem);
        }
        ending
    }

    /// The compounds in a field that begin with a word.
    pub(super) fn compounds_beginning_with(&self, target: &Target, forms: &Forms) -> BTreeSet<String> {
        // What links parts in any of the languages, so that words are gone through once.
        let links: BTreeSet<&str> = self.compounding().flat_map(|(_, links)| links.iter().copied()).collect();
        if self.compounding().next().is_none() {
            return BTreeSet::new();
        }
        let links: Vec<&str> = links.into_iter().collect();
        self.vocabulary().compounds_beginning(target.words, &forms.folded, &links).into_iter().collect()
    }

    /// The stemmers of languages that write compounds as one word, each with what links their parts.
    pub(super) fn compounding(&self) -> impl Iterator<Item = (&LanguageStemmer, &'static [&'static str])> {
        self.stemmers.iter().filter_map(|stemmer| Some((stemmer, stemmer.links?)))
    }
}
