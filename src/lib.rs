//! newsstand: a terminal news reader for a pile of articles.

pub mod article;
pub mod config;
pub mod error;
pub mod extract;
pub mod format;
pub mod library;
pub mod query;
pub mod text;

pub use error::{Error, Result};
