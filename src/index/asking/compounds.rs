//! The compounds that a query finds by a part of them, told to those who mark what was found.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::Field;

use super::target::targets;
use super::vocabulary::Vocabulary;
use crate::archive::Compounds;
use crate::index::analysis::asked::{Asked, AskedUnit, asked};
use crate::index::analysis::forms::Forms;
use crate::index::analysis::stems::LanguageStemmer;
use crate::query::{Condition, Form, Part, Query};

/// What finds compounds among the words of the index.
pub(crate) struct Compounding<'a> {
    pub vocabulary: Vocabulary<'a>,
    /// The stemmers of the languages that the index holds.
    pub stemmers: &'a [LanguageStemmer],
}

impl<'a> Compounding<'a> {
    /// The compounds by which `query` finds articles.
    pub(crate) fn of_query(&self, query: &Query) -> Compounds {
        let mut compounds = Compounds::default();
        if self.linking().next().is_none() {
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
            compounds.ending.extend(self.ending_with(forms).into_keys());
            for target in targets(self.vocabulary.fields, *part) {
                compounds.beginning.extend(self.beginning_with(target.words, forms));
            }
        }
        compounds
    }

    /// The compounds that end with a word, by their stems.
    pub(crate) fn ending_with(&self, forms: &Forms) -> BTreeMap<String, BTreeSet<String>> {
        let mut ending: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut seen: Vec<String> = Vec::new();
        for (stemmer, links) in self.linking() {
            let stem = stemmer.stem(forms.written());
            if seen.contains(&stem) {
                continue;
            }
            for (whole, words) in self.vocabulary.compounds_ending(&stem, links) {
                ending.entry(whole).or_default().extend(words);
            }
            seen.push(stem);
        }
        ending
    }

    /// The compounds in a field that begin with a word.
    pub(crate) fn beginning_with(&self, field: Field, forms: &Forms) -> BTreeSet<String> {
        // What links parts in any of the languages, so that words are gone through once.
        let links: BTreeSet<&str> = self.linking().flat_map(|(_, links)| links.iter().copied()).collect();
        if self.linking().next().is_none() {
            return BTreeSet::new();
        }
        let links: Vec<&str> = links.into_iter().collect();
        self.vocabulary.compounds_beginning(field, &forms.folded, &links).into_iter().collect()
    }

    /// The stemmers of languages that write compounds as one word, each with what links their parts.
    pub(crate) fn linking(&self) -> impl Iterator<Item = (&'a LanguageStemmer, &'static [&'static str])> + use<'a> {
        self.stemmers.iter().filter_map(|stemmer| Some((stemmer, stemmer.links?)))
    }
}
