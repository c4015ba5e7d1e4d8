//! Why an article is where it is among those that were found.

use crate::text::Clean;

/// In which way a word of the query is a word of an article, the best one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchKind {
    /// As it was typed.
    Exact,
    /// Without its accents, or with its umlauts spelled out.
    Folded,
    /// Another word with the same stem.
    Stem,
    /// A word that begins with it.
    Beginning,
    /// A word that fits the pattern.
    Pattern,
    /// A compound of which it is a part, or the parts of which it is the compound.
    Part,
    /// The same name in another script.
    Script,
    /// A word that differs by one typing error.
    Error,
    /// A word that differs by two typing errors.
    TwoErrors,
}

impl MatchKind {
    /// Its name in what is exported.
    pub fn name(self) -> &'static str {
        match self {
            MatchKind::Exact => "exact",
            MatchKind::Folded => "folded",
            MatchKind::Stem => "stem",
            MatchKind::Beginning => "beginning",
            MatchKind::Pattern => "pattern",
            MatchKind::Part => "part",
            MatchKind::Script => "script",
            MatchKind::Error => "error",
            MatchKind::TwoErrors => "two_errors",
        }
    }
}

/// Where in an article a word matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchPlace {
    /// In the title.
    Title,
    /// In the text.
    Text,
    /// In the byline.
    Byline,
    /// In the name of the paper or site.
    Source,
    /// In the path.
    Path,
    /// In the address on the web.
    Url,
    /// In the tags.
    Tag,
}

/// What the place of an article among the matches rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// How good a match it is; `None` where another order was asked for.
    pub score: Option<f32>,
    /// The words and phrases of the query, in the order of the line.
    pub words: Vec<ExplainedWord>,
    /// What the nearness of the words adds, as a part of the score from 0 to 1.
    pub nearness: f32,
    /// What the score is multiplied with because the article has no text of its own.
    pub textless: Option<f32>,
}

/// How a word of the query is in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedWord {
    /// The word as it was typed.
    pub typed: Clean,
    /// In which way it is where, and the score of that; the best way first. Nothing when the article
    /// does not have it.
    pub ways: Vec<(MatchKind, MatchPlace, f32)>,
}
