//! How strongly a text speaks for each of the languages.

/// No more languages than these are told apart: their numbers are bytes.
pub const NUMBERS: usize = 1 << 8;

/// How strongly a text speaks for each language, by its number.
pub type Scores = [f32; NUMBERS];
