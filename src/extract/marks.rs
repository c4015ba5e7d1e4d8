//! What the format of a file tells of the layout of its text.

use crate::article::{Form, Span};

/// How a text is laid out: what its format tells of its lines, and where its links lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Its lines that are not blank, in order.
    pub lines: Vec<LineMarks>,
    /// Where its links lead; not clean.
    pub links: Vec<String>,
}

/// What is known of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineMarks {
    /// Its number in the text, from 1.
    pub line: u32,
    /// What it is in the layout.
    pub form: Form,
    /// Where it stands.
    pub place: Place,
    /// What it is said to state.
    pub hint: Option<Hint>,
    /// Parts of it that stand out, by their bytes in the line.
    pub spans: Vec<Span>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the text of the article.
    #[default]
    Text,
    /// Within the text, but no part of it: teasers of other articles, what was said before.
    Aside,
    /// Between the headline and the text, or right above the headline: facts, a summary, and what pages
    /// have there besides.
    Above,
}

/// What an element says that its text states, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Who wrote the article.
    Byline,
    /// When it was published.
    Date,
    /// The headline.
    Headline,
}
