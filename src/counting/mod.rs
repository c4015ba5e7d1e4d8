//! What is made of the texts that a query finds: words in context, counts, the words of a result.
//!
//! Everything is asked through [`Archive`](crate::archive::Archive) and
//! [`Texts`](crate::archive::Texts), so it is the same for whatever keeps the articles; a figure never rests
//! on anything but the cleaned text that a reader can open. What counts is the title and the text: lines of
//! facts and what belongs to the page do not, as they do not for the words of an article.
//!
//! | file | what is there |
//! |---|---|
//! | `places` | where in an article a query finds something |
//! | `reading` | the articles of a result, read by several threads and handed on in order |
//! | `concordance` | each such place with the words around it, and their orders |
//! | `cells`, `counts` | by what articles are told apart; how often something stands in which cell |
//! | `chart` | counts as a picture |
//! | `alike` | the telling words of an article as a question |
//! | `words`, `terms` | the words of a text; those that are more frequent in a result than elsewhere, or stand near its places |

pub mod alike;
pub mod cells;
pub mod chart;
pub mod concordance;
pub mod counts;
mod places;
mod reading;
pub mod terms;
mod words;

pub use places::{Place, Sought};
pub use reading::Readers;
pub use words::STOP_WORDS;

#[cfg(test)]
mod tests;
