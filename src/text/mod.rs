//! Strings: cleaned, folded, measured in cells, wrapped. Knows nothing of articles.

pub mod address;
pub mod bidi;
pub mod class;
pub mod clean;
pub mod cut;
pub mod fold;
pub mod lower;
pub mod script;
pub mod width;
pub mod wrap;

pub use clean::Clean;
