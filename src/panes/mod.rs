//! One file per part of the screen: its state, how it reacts, how it draws, and its tests.
//!
//! A pane draws on any area, 0×0 included, and formats only what is visible. It does no I/O and
//! reads no clock; what it needs from outside is an effect that the app returns.

pub mod date_picker;
pub mod dates;
pub mod filter_bar;
pub mod help;
pub mod layout;
pub mod list;
pub mod narrowing;
pub mod paint;
pub mod palette;
pub mod picker;
pub mod popup;
pub mod query_line;
pub mod reading;
pub mod save_search;
pub mod saved_searches;
pub mod status;
pub mod text_field;
pub mod timeline;
pub mod why;
