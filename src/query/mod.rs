//! The query line: one grammar for the filter bar, the command line and everything that selects articles.
//!
//! Parsing cannot fail: whatever is unfinished or unknown is guessed, and each guess is a [`Note`].

use std::ops::Range;

use chrono::NaiveDate;

use crate::article::LanguageTag;

/// What is looked for, as understood from a query line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What an article must fulfil; `None` matches every article.
    pub root: Option<Node>,
    /// The order that was asked for, the last one if there are several.
    pub sort: Option<Sort>,
    /// The conditions in the order of the line, for chips and for editing it.
    pub clauses: Vec<Clause>,
    /// What was guessed.
    pub notes: Vec<Note>,
}

/// How conditions are combined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of them; never empty.
    And(Vec<Node>),
    /// At least one of them; never empty.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One condition.
    Leaf(Condition),
}

/// One thing that an article is asked to fulfil.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A word stands in a part of the article.
    Word {
        /// Where it must stand.
        part: Part,
        /// The word as it was typed.
        text: String,
        /// How exactly it must stand there.
        form: Form,
    },
    /// Words stand in a part of the article, one after the other, unstemmed.
    Phrase {
        /// Where they must stand.
        part: Part,
        /// The words as they were typed.
        text: String,
    },
    /// The article is in one of these languages.
    Language(Vec<LanguageChoice>),
    /// The article may be from this span.
    Date(DateCondition),
    /// The article is marked so.
    Is(Mark),
}

/// A part of an article that words are looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title or text.
    #[default]
    Anywhere,
    /// The title.
    Title,
    /// The text.
    Body,
    /// The byline.
    Byline,
    /// The paper, agency or site.
    Source,
    /// The path of the file.
    Path,
}

/// How exactly a word must stand in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// The word itself, without accents, or another word with the same stem.
    #[default]
    Word,
    /// Like [`Form::Word`], or a word that begins with it: the reader may still be typing.
    Typing,
    /// Words that begin with it (`word*`).
    Prefix,
    /// Words that differ by a typing error (`word~`).
    Fuzzy,
}

/// A language that `lang:` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LanguageChoice {
    /// This language.
    Tag(LanguageTag),
    /// No language that is certain (`lang:?`).
    Unsure,
}

/// What `date:`, `after:` and `before:` ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateCondition {
    /// The article has no date, or none with a year.
    Undated,
    /// The article's span overlaps this one. Resolved against today by [`DateCondition::days`].
    Span(DateSpan),
}

/// A span of days that may depend on today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSpan {
    /// From the first to the last day, both included; an open end is `None`.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// From so many days before today to so many days before today, both included: `today` is
    /// `Ago(0, 0)`, `7d` is `Ago(6, 0)`.
    Ago(u32, u32),
}

/// Marks that a reader sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
}

/// The order of the articles found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best match first (`sort:relevance`).
    Relevance,
    /// The newest first, the undated last (`sort:date`).
    Newest,
    /// The oldest first, the undated last (`sort:-date`).
    Oldest,
    /// By title, in the order of the folded letters (`sort:title`).
    Title,
}

/// One condition of the line, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the line, with `-` or `NOT` and field name.
    pub span: Range<usize>,
    /// The name of the field in its usual spelling (`lang`), or `None` for words.
    pub field: Option<&'static str>,
    /// What it asks for.
    pub condition: Condition,
    /// Whether articles that fulfil it are left out.
    pub negated: bool,
    /// Whether it stands outside all brackets and `OR`s, so that it can be taken away alone.
    pub top_level: bool,
}

/// Something that was guessed while reading the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The bytes of the line it is about.
    pub span: Range<usize>,
    /// What was guessed, in words for a reader.
    pub text: String,
}
