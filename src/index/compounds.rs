//! The compounds that a query finds by a part of them, told to those who mark what was found.

use std::collections::BTreeSet;

use super::analysis::asked::{Asked, AskedUnit, asked};
use super::analysis::forms::Forms;
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
            for target in self.targets(*part) {
                let (ending, beginning) = self.compounds_with(&target, forms);
                // The terms are spelled backwards, behind a sign.
                compounds.ending.extend(
                    ending
                        .iter()
                        .map(|term| term.chars().skip(1).collect::<Vec<_>>())
                        .map(|letters| letters.into_iter().rev().collect::<String>()),
                );
                compounds.beginning.extend(beginning);
            }
        }
        compounds
    }

    /// The terms of compounds that end with a word (among the stems), and those that begin with it.
    pub(super) fn compounds_with(&self, target: &Target, forms: &Forms) -> (BTreeSet<String>, BTreeSet<String>) {
        let (mut ending, mut beginning) = (BTreeSet::new(), BTreeSet::new());
        let Some(stems) = target.stems else {
            return (ending, beginning);
        };
        let mut seen: Vec<String> = Vec::new();
        for stemmer in self.stemmers {
            let Some(links) = stemmer.links else {
                continue;
            };
            let stem = stemmer.stem(forms.written());
            if !seen.contains(&stem) {
                ending.extend(self.vocabulary().compounds_ending(stems, &stem, links));
                seen.push(stem);
            }
            beginning.extend(self.vocabulary().compounds_beginning(target.words, &forms.folded, links));
        }
        (ending, beginning)
    }
}
