//! From a query to the engine's.
//!
//! [`lower`] goes through a query and asks of each word for its [`ways`]: as it was typed, by its
//! stem, as a part of a compound, in each [`target`] field. What the words of the index say of a word
//! is in [`vocabulary`] and [`compounds`]. [`word`] walks all ways of a word as one, and [`tier`] says what
//! each is worth; [`beginning`] (which also finds words by a pattern), [`near`], [`excluded`] and [`marked`] are
//! what the engine does not do well by itself. [`spellings`] are words but for typing errors; [`work`] keeps what
//! one search has looked up and its budget, and [`telling`] chooses among very many words. [`most`] finds what has
//! some of the words of a question, and [`kin`] are words that go together with them.

pub(crate) mod beginning;
pub(crate) mod compounds;
pub(crate) mod excluded;
pub(crate) mod kin;
pub(crate) mod lower;
pub(crate) mod marked;
pub(crate) mod most;
pub(crate) mod near;
pub(crate) mod spellings;
pub(crate) mod target;
pub(crate) mod telling;
pub(crate) mod tier;
pub(crate) mod vocabulary;
pub(crate) mod ways;
pub(crate) mod word;
pub(crate) mod work;
