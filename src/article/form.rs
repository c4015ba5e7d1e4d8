//! How the author of an article laid out its text, where the format of its file tells.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a paragraph is in the layout of its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// A paragraph; or plain text, which does not tell.
    #[default]
    Plain,
    /// A heading of a level, from 1.
    Heading(u8),
    /// A point of a list: how deep, from 0, and its number where it has one.
    Item {
        /// How many lists lie around its list.
        depth: u8,
        /// Its number, in an ordered list.
        number: Option<u32>,
    },
    /// What somebody else said or wrote.
    Quotation,
    /// A line of a program, or of text that stands as it was typed.
    Code,
    /// A row of a table; its cells are [`SpanKind::Cell`]s.
    Row {
        /// Whether its cells are headings.
        head: bool,
    },
    /// What is written under a picture or a table.
    Caption,
    /// A line between two parts of the text.
    Rule,
}

/// How a paragraph is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Laid {
    /// What it is.
    pub form: Form,
    /// Whether it follows what is before it without a blank line.
    pub tight: bool,
    /// Parts of it that stand out, in order.
    pub spans: Vec<Span>,
}

/// A part of a paragraph that stands out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Its bytes in the text of the paragraph.
    pub range: Range<usize>,
    /// How it stands out.
    pub kind: SpanKind,
}

/// How a part of a paragraph stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpanKind {
    /// It is stressed, in most papers by italics.
    Emphasis,
    /// It is important, in most papers bold.
    Strong,
    /// It stands as it is typed.
    Code,
    /// It leads elsewhere: the number of the link in the article, from 0.
    Link(u32),
    /// It stands for a picture.
    Picture,
    /// It is a cell of a table.
    Cell,
}
