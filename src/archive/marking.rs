//! What was found in a text.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use super::explained::MatchKind;
use crate::article::{LanguageTag, Paragraph};
use crate::text::Clean;

/// Words of an archive that have a word of a query as their first or last part, and another word as the
/// rest.
///
/// A text alone does not tell whether the rest of a word is one: that takes all words of the archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compounds {
    /// The stems of compounds that end with what is asked for.
    pub ending: BTreeSet<String>,
    /// Compounds that begin with what is asked for, folded.
    pub beginning: BTreeSet<String>,
}

/// A place in a text where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The bytes of it; they begin and end at characters, and a phrase is one hit.
    pub range: Range<usize>,
    /// Which word or phrase of the query it is a form of, from 0, in the order of the line.
    pub word: usize,
    /// In which way it is that word.
    pub kind: MatchKind,
}

/// A passage that is quoted, with the ranges of bytes in it in which something was found: sorted, none
/// touching another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotation {
    /// The passage, with `…` where it was cut.
    pub text: Clean,
    /// What was found in it.
    pub marks: Vec<Range<usize>>,
}

/// Finds in texts what a query finds there, by the rules of the archive that gave it: what it marks is
/// what the search has matched.
///
/// It asks nobody, never fails, and is linear in the length of the text.
pub trait Marker: fmt::Debug + Send + Sync {
    /// How many words and phrases are looked for.
    fn len(&self) -> usize;

    /// True when there is nothing to look for.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place in `text`, which is in `language`, where something is found, in the order of their
    /// beginnings. Two may overlap.
    fn hits(&self, text: &str, language: Option<LanguageTag>) -> Vec<Hit>;

    /// The same as what is marked on a screen: put together where they touch or overlap.
    fn find(&self, text: &str, language: Option<LanguageTag>) -> Vec<Range<usize>>;

    /// The passage of an article where most of what is looked for stands together, in at most `cells` cells
    /// of a screen (more only where a single hit is wider). `None` when the text holds none of it.
    ///
    /// Titles are never quoted, as they are shown beside it; what stands around the article only when
    /// nothing is found in the article itself.
    fn passage(&self, paragraphs: &[Paragraph], language: Option<LanguageTag>, cells: usize) -> Option<Quotation>;

    /// The passage of the opening of an article (the first words of its text), where everything stands
    /// together that is looked for: then the article itself needs not be read. `None` when something of it
    /// is missing there.
    fn passage_of_opening(&self, opening: &str, language: Option<LanguageTag>, cells: usize) -> Option<Quotation>;
}
