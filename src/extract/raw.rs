//! What the formats hand over: a text, and what is stated beside it.

use super::marks::Marks;

/// The text of an article as its file holds it, and what is from metadata.
///
/// Made by the formats; nothing in it is clean yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawArticle {
    /// The text, decoded, with its line breaks.
    pub text: String,
    /// How it is laid out, where its format tells.
    pub marks: Option<Marks>,
    /// What markup, a feed or fields beside the text state.
    pub stated: StatedFields,
    /// Whether the month stands before the day in a stated date of numbers, as other dates of the same file show.
    pub month_first: Option<bool>,
    /// The name of the file, which may hold a date. A hint of the weakest kind.
    pub file_name: Option<String>,
}

/// What is stated about an article beside its text, as it was written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedFields {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Its language: a code or a name.
    pub language: Option<String>,
    /// What it is filed under: keywords, categories, sections, in the order in which they are stated.
    pub tags: Vec<String>,
}
