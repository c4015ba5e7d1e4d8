//! The query line: one grammar for the filter bar, the command line and everything that selects articles.
//!
//! Parsing cannot fail: whatever is unfinished or unknown is guessed, and each guess is a [`Note`].

pub mod complete;
pub mod date;
pub mod edit;
pub mod field;
mod lex;
mod parse;
mod print;
mod word;

use std::ops::Range;

use chrono::NaiveDate;

use crate::article::LanguageTag;

pub use complete::{Completion, complete};
pub use date::{Edge, Moment, Unit};
pub use field::{FIELDS, Field};
pub use parse::{parse, parse_finished};

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
    /// No article fulfils it, since nothing is called so (`lang:klingon`).
    Nothing {
        /// The name of the field, as it stands in the table.
        field: &'static str,
        /// The value that is unknown.
        value: String,
    },
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

/// A span of days that may depend on today. An open end is `None`; both ends are never open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSpan {
    /// From the first to the last day, both included.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// From the first to the last day, both included, at least one of them counted from today.
    Relative(Option<Moment>, Option<Moment>),
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

/// One item of the line, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the line, with `-` or `NOT` and field name.
    pub span: Range<usize>,
    /// The bytes of its value, without field name; quotes are included.
    pub value: Range<usize>,
    /// The name of the field in its usual spelling (`lang`), or `None` for words.
    pub field: Option<&'static str>,
    /// What it asks for: any of these. Empty for `sort:`, and for a value that is left out because
    /// it is not finished.
    pub conditions: Vec<Condition>,
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

impl Query {
    /// The query without the conditions that `left_out` names, wherever they stand outside of brackets
    /// and `OR`s: what there would be to choose from if nothing of that kind were chosen.
    ///
    /// Clauses and notes stay as they are: they speak of the line.
    pub fn without(&self, left_out: impl Fn(&Condition) -> bool) -> Query {
        fn is_left_out(node: &Node, left_out: &impl Fn(&Condition) -> bool) -> bool {
            match node {
                Node::Leaf(condition) => left_out(condition),
                Node::Not(inner) => is_left_out(inner, left_out),
                // The values of one clause.
                Node::Or(nodes) => {
                    nodes.iter().all(|node| matches!(node, Node::Leaf(condition) if left_out(condition)))
                }
                Node::And(_) => false,
            }
        }
        let is_left_out = |node: &Node| is_left_out(node, &left_out);
        let kept: Vec<Node> = match &self.root {
            None => Vec::new(),
            Some(Node::And(nodes)) => nodes.iter().filter(|node| !is_left_out(node)).cloned().collect(),
            Some(node) => Some(node).filter(|node| !is_left_out(node)).cloned().into_iter().collect(),
        };
        Query { root: Node::all(kept), ..self.clone() }
    }

    /// The line in the usual spelling, where a field of `line` is spelled in another one: as other tools
    /// have it (`subject:putin`), or by the name of a language or a month.
    ///
    /// ```
    /// use newsstand::query::parse_finished;
    ///
    /// let usual = |line: &str| parse_finished(line).usual_spelling(line);
    /// assert_eq!(usual("subject:putin @2-weeks-ago").as_deref(), Some("title:putin date:14-days-ago.."));
    /// assert_eq!(usual("title:putin date:2021"), None);
    /// ```
    pub fn usual_spelling(&self, line: &str) -> Option<String> {
        let usual = self.to_string();
        let is_usual = |clause: &Clause| {
            let typed = line.get(clause.span.clone()).unwrap_or_default();
            clause.field == Some("sort") || clause.conditions.is_empty() || usual.contains(typed)
        };
        let differs = self.clauses.iter().any(|clause| clause.field.is_some() && !is_usual(clause));
        differs.then(|| usual.trim_end().to_owned())
    }

    /// The words and phrases that articles are to have, for marking them where they are found.
    /// What is excluded is not among them.
    pub fn words(&self) -> Vec<&Condition> {
        let mut words = Vec::new();
        if let Some(root) = &self.root {
            root.collect_words(true, &mut words);
        }
        words
    }
}

impl Node {
    /// All of `nodes`, or `None` when there are none.
    fn all(nodes: Vec<Node>) -> Option<Node> {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Node::And(flat)) } else { flat.pop() }
    }

    /// Any of `nodes`, or `None` when there are none.
    fn any(nodes: Vec<Node>) -> Option<Node> {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() > 1 { Some(Node::Or(flat)) } else { flat.pop() }
    }

    /// Not `node`; what is excluded twice is asked for.
    fn not(node: Node) -> Node {
        match node {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    fn collect_words<'a>(&'a self, wanted: bool, words: &mut Vec<&'a Condition>) {
        match self {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| node.collect_words(wanted, words)),
            Node::Not(node) => node.collect_words(!wanted, words),
            Node::Leaf(condition @ (Condition::Word { .. } | Condition::Phrase { .. })) if wanted => {
                words.push(condition)
            }
            Node::Leaf(_) => {}
        }
    }
}
