//! What a search finds, and how that is kept.
//!
//! [`archive`] answers. [`collect`] makes one pass over what matches, in which each match gets a key
//! with its [`rank`], and is counted ([`counting`]) by what its [`columns`] say of it, or by its [`kinds`] as
//! soon as those are spelled out. [`order`] keeps the keys, with ties settled when somebody looks;
//! [`titles`] ranks by title, [`arrivals`] by when articles came in, [`nearness`] settles which of the best are
//! first. All of it belongs to a [`state`] of the index. [`relax`] says what to try when there are none, [`lacking`]
//! which condition it is that no article fulfils, and [`explain`] why an article is where it is. [`examples`] are the
//! best articles for a question, from which words that go together with it are taken.

pub(crate) mod archive;
pub(crate) mod arrivals;
pub(crate) mod collect;
pub(crate) mod columns;
pub(crate) mod counting;
pub(crate) mod examples;
pub(crate) mod explain;
pub(crate) mod kinds;
pub(crate) mod lacking;
pub(crate) mod nearness;
pub(crate) mod order;
pub(crate) mod rank;
pub(crate) mod relax;
pub(crate) mod segment;
pub(crate) mod state;
pub(crate) mod stated;
pub(crate) mod tally;
pub(crate) mod titles;
