//! An article as a list shows it.

use crate::article::{Origin, Record};
use crate::text::Clean;

/// An article as a list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is known of it.
    pub record: Record,
    /// Where its text lies.
    pub origin: Origin,
    /// The first words of its text.
    pub opening: Clean,
    /// When it came into the pile, in milliseconds since 1970, where that is known.
    pub added: Option<i64>,
    /// How good a match it is, rounded, under [`Sort::Relevance`](crate::query::Sort::Relevance); only good for comparing.
    pub score: Option<f32>,
}
