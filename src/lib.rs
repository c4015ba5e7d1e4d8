//! newsstand: a terminal news reader for a pile of articles.
//!
//! This is the map of the code. README says what the program does; `.github/CONTRIBUTING.md` says how
//! to change it.
//!
//! # The screen
//!
//! ```text
//! ┌───────────────────────────────────────────────────────────────────────────┐
//! │  / kremlin putin                                       3 of 5 · best match│── panes::query_line
//! │  Language  en 2   id 1             Date  2021 ▁█▁▁▁▁▁▁▁▁▁▁ 2   undated 1  │── panes::filter_bar
//! │────────────────────────────────────┬──────────────────────────────────────│
//! │                                    │                                      │
//! │ ▌ Kremlin gave answer after Musk   │   Kremlin gave answer after Musk   ▪ │
//! │ ▌ asked Putin to come chat in Clu… │   asked Putin to come chat in      ┃ │
//! │ ▌ en · 16 Feb ???? · NetEase Tech… │   Clubhouse                        ┃ │── panes::reading, here:
//! │ ▌ …forward the wish to chat with … │                                    ┃ │   its head, its text, and a bar
//! │                                    │   English · 16 February, no year   ┃ │   that shows where words stand;
//! │   Diajak Elon Musk Ngobrol di      │   told · NetEase Technology Report ▪ │── panes::why takes its place
//! │   Clubhouse, Vladimir Putin Belum… │                                    │ │
//! │   id · 15 Feb 2021 · Liputan6.com  │   On February 16, it became known  │ │
//! │   …akun milik kantor kepresidenan… │   that the Russian government …    │ │
//! │ panes::list                        │                                      │
//! │────────────────────────────────────┴──────────────────────────────────────│
//! │  ↵ read   / search   f filter   i why   ? keys             1 of 3 · 48 %  │── panes::status
//! └───────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! Over it lie, one at a time: `panes::picker` (languages, sources), `panes::date_picker`,
//! `panes::saved_searches`, `panes::save_search`, `panes::problems`, `panes::help`, `panes::palette`: each is a
//! [`panes::popup::Popup`], and [`panes`] says how to add one. [`panes::layout`] says where everything stands, and what is left
//! of it when there is little room. `newsstand frame --size 100x30 --keys '/putin<enter>'` prints
//! any screen.
//!
//! # What flows where
//!
//! ```text
//!    files ──> library ──> format ──> extract ──> Article ──> index
//!                                                               │
//!    keys ───> Event ───> App::update ───> Effect ───> workers ─┤
//!                ▲             │                                │
//!                │             └──> redraw? ──> App::draw       │
//!                └───────────────────── answers ────────────────┘
//! ```
//!
//! [`library`] finds the files of a pile. A [`format`](mod@format) cuts each into articles and decodes
//! their bytes. [`extract`](mod@extract) makes out headline, date, language and the rest, and
//! [`index`] makes the result searchable. [`ingest`] does all this with several threads, and
//! does it again only for files that have changed, or for what was added at their end: a ledger, kept
//! with each commit, says how far they were read.
//!
//! A key becomes an [`action`], by the tables of [`action::ACTIONS`] and the reader's configuration.
//! [`app::App::update`] takes it like any other [`event`], changes what the panes hold, and answers
//! with [`effect`]s: search this, read that article, copy this text. [`runtime`] does them, away
//! from the screen, and their answers are events again. [`runtime::frame::Stage`] is the same program
//! without a terminal and without threads; tests and `newsstand frame` use it.
//!
//! # Layers
//!
//! A module uses only what lies below it; `tests/layering.rs` names file and line where one does not.
//!
//! | layer | modules | what they are about |
//! |---|---|---|
//! | 12 | [`cli`] | the command line, a file for each subcommand |
//! | 11 | [`runtime`] | the loop, the terminal, the workers of the screen: the only place where the screen waits |
//! | 10 | [`app`] | all panes as one value: what has the focus, what a key means, `update` and `draw` |
//! | 9 | [`panes`] | the parts of the screen, a file each: state, reaction, drawing, tests |
//! | 8 | [`event`] | what has happened |
//! | 7 | [`action`], [`effect`] | what a reader can ask for, and what the program asks of the world |
//! | 6 | [`ingest`], [`counting`], [`export`] | reading a pile into an index, with several threads: what is new, changed or gone; words in context, counts, words of a result; articles as other programs want them |
//! | 5 | [`index`], [`remote`] | building, searching, counting: the only module that names the engine; the same on an OpenSearch cluster |
//! | 4 | [`library`], [`marks`] | the files of a pile: found, read, read again; what the reader has marked, which must never be lost |
//! | 3 | [`format`](mod@format) | from bytes to raw articles, a file for each format |
//! | 2 | [`extract`](mod@extract), [`query`], [`config`], [`net`] | what an article states; what a query line asks; how the reader wants it; HTTP, TLS and passwords |
//! | 1 | [`article`], [`screen`] | what is known of an article, as plain data; a drawn screen as text or picture |
//! | 0 | [`error`], [`text`], [`disk`] | what can fail; strings that are clean, folded, measured in cells, wrapped; a file written whole, durable, private |
//!
//! # What always holds
//!
//! - Understanding an article and reading a query line cannot fail. Odd input gives a result and a
//!   [`Finding`](article::Finding) or a [`Note`](query::Note) about it: no error, and no panic.
//! - Text of others reaches a screen only as [`text::Clean`], which cannot hold a control character,
//!   an escape sequence or anything that turns the direction of letters around.
//! - [`app`] and everything below it waits for nothing, starts nothing and reads no clock. Given the
//!   same events, it draws the same screens.
//! - The query line is the only record of what is looked for. Chips and pickers edit it, and draw what
//!   it says.
//! - A date says no more than its article does: see [`article::ArticleDate`].
//! - Questions to workers are numbered ([`effect::Generation`]), and an answer to any but the latest
//!   is dropped.
//! - While nothing happens, nothing runs. Whatever happens at once is drawn in one frame.
//! - Texts stay in their files until somebody reads them; the list reads the rows that can be seen.
//! - The index is a cache. One that is damaged or of another version is made anew from the files, and
//!   a panic of the engine is caught.
//! - What people read (keys, fields, formats, settings, commands) stands once, in a table. Help, README,
//!   manual page and completions are made from the tables, or tested against them.
//! - Width is measured in cells, and everything draws at any size, even 0×0.
//!
//! # Where something new goes
//!
//! | to add | write | and add a line to |
//! |---|---|---|
//! | a kind of input file | `src/format/<name>.rs` | [`format::FORMATS`] |
//! | a way that dates are written | a finder in `src/extract/date/`, or a row in one of its tables | the list of finders |
//! | a language's words | a row in each table of words | – |
//! | something a query can ask | `src/query/field/<name>.rs` | [`query::FIELDS`]; the schema, if it has to be stored |
//! | a popup | `src/panes/<name>.rs` | [`panes::POPUPS`] |
//! | a part of the screen | `src/panes/<name>.rs` | a field of [`app::App`], and where it draws |
//! | something a key can do | a row in [`action::ACTIONS`] | – (and an arm in [`app`] that does it) |
//! | a setting | a row in [`config::SETTINGS`] | the file's structure in `src/config/file.rs` |
//! | a subcommand | `src/cli/<name>.rs` | its enumeration in `src/cli/mod.rs` |

pub mod action;
pub mod app;
pub mod archive;
pub mod article;
pub mod cli;
pub mod config;
pub mod counting;
pub mod disk;
pub mod effect;
pub mod error;
pub mod event;
pub mod export;
pub mod extract;
pub mod format;
pub mod index;
pub mod ingest;
pub mod library;
pub mod marks;
pub mod net;
pub mod panes;
pub mod query;
pub mod remote;
pub mod runtime;
pub mod screen;
pub mod text;

pub use error::{Error, Result};
