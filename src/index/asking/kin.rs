//! Words that go together with those of a question.
//!
//! Whoever asks a question rarely uses the words of all articles that answer it; but the best articles for the
//! question, as it was asked, have many of these words in common. Articles that have them, too, come first
//! (pseudo-relevance feedback, after Rocchio, *Relevance feedback in information retrieval*, 1971). Such words decide
//! about nothing but the order: no article is found by them alone.
//!
//! The numbers were chosen on the questions of Cranfield and looked at on those of Medline: eight to fifteen
//! examples, fifteen to forty words and half to twice their weight give the same within two points.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::Score;

use super::lower::Lowering;
use super::target::targets;
use super::ways::{Kin, Way, having, telling};
use crate::archive::MatchKind;
use crate::article::LanguageTag;
use crate::index::analysis::forms::{Forms, Umlauts};
use crate::index::analysis::stems::LanguageStemmer;
use crate::index::analysis::units::{UnitKind, Units};
use crate::query::Part;

/// Fewer words are a choice of words and no question.
pub(crate) const FEWEST: usize = 3;
/// So many of the best articles are looked at.
pub(crate) const EXAMPLES: usize = 12;
/// A word that goes together with a question stands in so many of them at least.
const SHARED: usize = 2;
/// Of so many words it is found out how telling they are.
const CANDIDATES: usize = 250;
/// So many words are used.
const KIN: usize = 25;
/// A word that stands in more than this share of all articles goes together with everything.
const COMMON: Score = 0.2;
/// How soon another time of the same word in an example adds little.
const SATURATION: Score = 1.5;
/// No more bytes of an example are looked at: what it is about stands there.
pub(crate) const LONGEST: usize = 20_000;

/// An article that answers the question well.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// How well.
    pub score: Score,
    /// Its language.
    pub language: Option<LanguageTag>,
    /// Its title and text.
    pub text: String,
}

/// A word of examples.
struct Shared {
    /// The first of its forms that was met.
    forms: Forms,
    stemmer: Option<LanguageStemmer>,
    examples: usize,
    /// How much of the examples it is.
    worth: Score,
}

/// The words that some examples have in common, the most telling first.
pub(crate) fn kin(lowering: &Lowering<'_>, examples: &[Example]) -> Vec<Kin> {
    let mut shared = shared(examples);
    shared.truncate(CANDIDATES);
    let all = lowering.searcher.num_docs() as Score;
    let mut kin: Vec<Kin> = Vec::new();
    for word in shared {
        let ways = lowering.ways_of_kin(&word.forms, word.stemmer.as_ref());
        let having = having(&ways, all);
        if having >= SHARED as Score && having <= COMMON * all {
            kin.push(Kin { ways, weight: word.worth * telling(having, all) });
        }
    }
    kin.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    kin.truncate(KIN);
    let sum: Score = kin.iter().map(|kin| kin.weight).sum();
    kin.iter_mut().for_each(|kin| kin.weight /= sum);
    kin
}

/// The words that stand in several of some texts, those first that make up most of them.
fn shared(examples: &[Example]) -> Vec<Shared> {
    let scores: Score = examples.iter().map(|example| example.score).sum();
    let mut words: HashMap<String, Shared> = HashMap::new();
    let counted: Vec<_> = examples.iter().map(counts).collect();
    let length = counted.iter().map(|(_, length)| *length as Score).sum::<Score>() / examples.len().max(1) as Score;
    for (example, (counts, long)) in examples.iter().zip(counted) {
        for (key, (forms, stemmer, times)) in counts {
            let norm = SATURATION * long as Score / length.max(1.0);
            let worth = example.score / scores * times as Score / (times as Score + norm);
            let word = words.entry(key).or_insert(Shared { forms, stemmer, examples: 0, worth: 0.0 });
            word.examples += 1;
            word.worth += worth;
        }
    }
    let mut shared: Vec<Shared> = words.into_values().filter(|word| word.examples >= SHARED).collect();
    shared.sort_by(|one, other| {
        let by_worth = other.worth.total_cmp(&one.worth);
        by_worth.then_with(|| Reverse(&one.forms.folded).cmp(&Reverse(&other.forms.folded)))
    });
    shared
}

/// The words of a text by their stems: the first of its forms, its stemmer, and how often it stands there.
type Counts = HashMap<String, (Forms, Option<LanguageStemmer>, usize)>;

/// The words of a text, and how many there are.
fn counts(example: &Example) -> (Counts, usize) {
    let stemmer = example.language.and_then(LanguageStemmer::of);
    let umlauts = Umlauts::of(example.language);
    let mut counts = Counts::new();
    let mut length = 0;
    for unit in Units::new(&example.text) {
        length += 1;
        let (forms, stemmer) = match unit.kind {
            UnitKind::Word => (Forms::of(&example.text[unit.range], umlauts), stemmer),
            UnitKind::Char(first, Some(second)) => {
                (Forms { folded: [first, second].iter().collect(), ..Forms::default() }, None)
            }
            // Alone it tells nothing.
            UnitKind::Char(_, None) => continue,
        };
        let key = match &stemmer {
            Some(stemmer) if stemmer.writes(&forms.folded) => stemmer.stem(forms.written()),
            _ => forms.folded.clone(),
        };
        if !key.is_empty() {
            counts.entry(key).or_insert((forms, stemmer, 0)).2 += 1;
        }
    }
    (counts, length)
}

impl Lowering<'_> {
    /// The ways in which a word of another article may be in one: as it stands there, and by its stem.
    fn ways_of_kin(&self, forms: &Forms, stemmer: Option<&LanguageStemmer>) -> Vec<Way> {
        let families = self.families(stemmer.into_iter().map(|stemmer| (stemmer, forms.written())), &forms.folded);
        let mut ways = Vec::new();
        for target in targets(self.fields, Part::Anywhere) {
            self.whole_word(&target, forms, &mut ways);
            self.push_families(&target, &families, MatchKind::Stem, &mut ways);
        }
        ways
    }
}
