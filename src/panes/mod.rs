//! One file per part of the screen: its state, how it reacts, how it draws, and its tests.
//!
//! A pane draws on any area, 0×0 included, and formats only what is visible. It does no I/O and
//! reads no clock; what it needs from outside is an effect that the app returns.
//!
//! # To add a popup
//!
//! What lies over the screen for a while is a [`Popup`]: a file here, with a function that opens it, and its
//! line in [`POPUPS`], which says by what [`Action`] (a row of [`crate::action::ACTIONS`]: its name, its keys).
//! Frame, title, hints, clicks on hints and beside it, and putting back the query line are done for it.
//! It sees the rest of the program as a [`popup::Scene`] and asks for [`popup::Wish`]es. This is a whole one,
//! which counts the articles and can look for those of today:
//!
//! ```
//! use newsstand::config::key::Key;
//! use newsstand::panes::hints::Hint;
//! use newsstand::panes::paint;
//! use newsstand::panes::popup::{Popup, Scene, Wish};
//! use ratatui::buffer::Buffer;
//! use ratatui::layout::{Position, Rect};
//!
//! #[derive(Debug)]
//! struct Count;
//!
//! /// Opens it, or says in words why there is nothing to open.
//! pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
//!     if scene.matched == 0 { Err("nothing to count".to_owned()) } else { Ok(Box::new(Count)) }
//! }
//!
//! impl Popup for Count {
//!     fn title(&self) -> &str {
//!         "Count"
//!     }
//!
//!     fn size(&self, _room: Rect, _scene: &Scene<'_>) -> (u16, u16) {
//!         (30, 6)
//!     }
//!
//!     fn hints(&self, _scene: &Scene<'_>) -> Vec<Hint> {
//!         vec![Hint::key("t", "today"), Hint::key("esc", "close")]
//!     }
//!
//!     fn press(&mut self, key: Key, _scene: &Scene<'_>) -> Vec<Wish> {
//!         match key == Key::char('t') {
//!             true => vec![Wish::Line("date:today".to_owned()), Wish::Close],
//!             false => vec![Wish::Close],
//!         }
//!     }
//!
//!     fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
//!         let count = paint::number(scene.matched);
//!         paint::pieces(buf, area.x, area.y, area.width, &[(&count, scene.theme.count)]);
//!         None
//!     }
//! }
//! ```
//!
//! One that asks the world for something answers [`popup::Wish::Ask`], or names it in [`Popup::begin`], and
//! takes the answer in [`Popup::hear`]: see [`saved_searches`]. One that narrows a list by typing holds a
//! [`narrowing::Narrowing`]: see [`palette`]. One that edits the query line while it is open, as the pickers
//! do, wishes for [`popup::Wish::Line`] again and again, and is renewed with each answer.

pub mod concordance;
pub mod date_picker;
pub mod dates;
pub mod filter_bar;
pub mod help;
pub mod hints;
pub mod layout;
pub mod links;
pub mod list;
pub mod narrowing;
pub mod note;
pub mod paint;
pub mod palette;
pub mod picker;
pub mod popup;
pub mod problems;
pub mod query_line;
pub mod reading;
pub mod save_search;
pub mod saved_searches;
pub mod status;
pub mod stress;
pub mod tags;
pub mod terms;
pub mod text_field;
pub mod timeline;
pub mod why;
pub mod write;

use crate::action::Action;
use popup::{Popup, Scene};

/// Opens a popup, or says in words why there is nothing to open.
pub type Open = fn(&Scene<'_>) -> Result<Box<dyn Popup>, String>;

/// Every popup, by the action that opens it.
pub const POPUPS: &[(Action, Open)] = &[
    (Action::Help, help::open),
    (Action::Palette, palette::open),
    (Action::FilterLanguage, picker::languages),
    (Action::FilterSource, picker::sources),
    (Action::FilterDate, date_picker::open),
    (Action::Problems, problems::open),
    (Action::SavedSearches, saved_searches::open),
    (Action::SaveSearch, save_search::open),
    (Action::Tags, tags::open),
    (Action::FilterTag, tags::filter),
    (Action::Note, note::open),
    (Action::Links, links::open),
    (Action::Concordance, concordance::open),
    (Action::Terms, terms::open),
    (Action::Write, write::open),
];
