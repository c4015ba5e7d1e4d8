//! newsstand: a terminal news reader for a pile of articles.

pub mod action;
pub mod app;
pub mod article;
pub mod cli;
pub mod config;
pub mod effect;
pub mod error;
pub mod event;
pub mod extract;
pub mod format;
pub mod index;
pub mod library;
pub mod panes;
pub mod query;
pub mod runtime;
pub mod screen;
pub mod text;

pub use error::{Error, Result};
