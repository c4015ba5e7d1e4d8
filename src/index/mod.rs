//! The index: what makes a pile of articles searchable. The only module that names the engine.
//!
//! An index is a disposable cache. It lies in a folder of its own with a manifest that says what
//! made it; when that does not fit or the index is damaged, it is moved aside and made anew from the
//! files.
//!
//! [`Index`] opens it, and is a [`Collection`](crate::archive::Collection): whatever is asked of it or written
//! into it goes by the traits of [`archive`](crate::archive).
//!
//! Its rooms, the lowest first; a room uses only those above it in this list:
//!
//! | room | what is done there |
//! |---|---|
//! | `analysis` | the words of a text, and of what is asked for |
//! | `store` | what is kept on the disk: schema, manifest, tables of families; writing it |
//! | `asking` | from a query to the engine's: the ways of each word, and what the vocabulary says of it |
//! | `marking` | what was found in a text that is shown, and the passage to show |
//! | `answering` | one pass over what matches: order, counts, rows, and help where nothing does |

mod analysis;
mod answering;
mod asking;
mod checking;
mod comparison;
mod marking;
mod opening;
pub(crate) mod same;
mod store;
#[cfg(test)]
mod tests;

#[doc(hidden)]
pub use comparison::EngineAlone;
pub use opening::{Index, Location, Start};
pub use store::engine::is_thread_of_engine;
