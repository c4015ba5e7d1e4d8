//! What is kept of articles, and how it comes to the disk.
//!
//! [`writer`] takes articles, lets [`schema`] make documents of them, and hands these to the engine.
//! Beside the engine's own files stand a [`manifest`], which says what made
//! the index, and the tables of [`families`], one for each segment. [`directory`] is how the engine
//! reads its files, and every call into it goes through [`engine`].

pub(crate) mod directory;
pub(crate) mod engine;
pub(crate) mod families;
pub(crate) mod manifest;
pub(crate) mod schema;
pub(crate) mod writer;
