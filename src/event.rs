//! What has happened: keys, and answers from the workers.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Position;

use crate::archive::{Compounds, Facets, Found, Row};
use crate::article::Article;
use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::counting::concordance::{Line, Total};
use crate::counting::terms::Term;
use crate::effect::Generation;
use crate::marks::Snapshot;
use crate::query::Query;
use crate::text::Clean;

pub use crate::ingest::Progress;

/// Something that has happened outside of [`crate::app`].
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size: columns and rows.
    Resize(u16, u16),
    /// This search takes so long that the reader should be told.
    Searching(Generation),
    /// A search is done.
    Found(Generation, Box<Answer>),
    /// Rows were read, the first of them at this place.
    Rows(Generation, usize, Vec<ListRow>),
    /// Passages were found, each for the row at a place.
    Passages(Generation, Vec<(usize, Marked)>),
    /// An article was read from its file.
    Opened(Generation, Box<Opened>),
    /// An article could not be read.
    OpenFailed(Generation, Clean),
    /// So many articles match each of these query lines.
    Counted(Vec<(String, usize)>),
    /// The saved searches were read or changed, and what there is to tell of it.
    Searches(Vec<SavedSearch>, Option<Clean>),
    /// The reader's marks were read or changed.
    Marks(MarksNews),
    /// The next unread article is at this place of the order; `None` when there is none.
    Unread(Generation, Option<usize>),
    /// Files were read, or all have been.
    Progress(Progress),
    /// A worker failed at something; the program goes on.
    Failed(Clean),
    /// The reader has changed a text in the editor: this is it now.
    Edited(String),
    /// What was asked to be made of everything that a query finds, or a part of it.
    Studied(Arc<Query>, Studied),
    /// This file was not written, as it is there already.
    Exists(PathBuf),
    /// Something worth telling was done.
    Told(Clean),
    /// The terminal was given back and taken again: everything must be drawn anew.
    Resumed,
    /// The terminal says that its background is light, or that it is dark.
    Background {
        /// Whether it is light.
        light: bool,
    },
    /// The system asks the program to stop for now.
    Suspend,
    /// The system asks the program to end.
    Quit,
}

/// What was made of everything that a query finds.
#[derive(Clone, Debug)]
pub enum Studied {
    /// Places where something was found, beside those before.
    Lines {
        /// The places.
        lines: Vec<Line>,
        /// How much was read in all, with the last of them.
        total: Option<Total>,
        /// Whether that is everything.
        whole: bool,
    },
    /// Words that are more frequent than elsewhere, the most telling first.
    Terms(Option<Vec<Term>>),
}

/// The reader's marks, and what has happened to them.
#[derive(Clone, Debug, Default)]
pub struct MarksNews {
    /// They, as they are now.
    pub marks: Arc<Snapshot>,
    /// What was done, for the reader.
    pub told: Option<Clean>,
    /// Why it could not be done, or cannot be kept.
    pub failed: Option<Clean>,
    /// Whether there is a change that can be taken back.
    pub changed: bool,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Counts, order and facets of what matches.
    pub found: Found,
    /// What a picker can choose from: languages counted without the languages chosen now, dates
    /// without the dates, sources without the sources.
    pub choices: Facets,
    /// The compounds by which articles were found.
    pub compounds: Arc<Compounds>,
    /// The place of the article that should stay selected.
    pub kept: Option<usize>,
    /// The place of the first of `rows`.
    pub first: usize,
    /// Rows around the selected one.
    pub rows: Vec<ListRow>,
}

/// A text with the ranges of bytes in which something was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: Clean,
    /// Where it was found; sorted, not overlapping.
    pub marks: Vec<Range<usize>>,
}

/// A row of the list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// What the index keeps of the article.
    pub row: Row,
    /// Where the title has words that were asked for.
    pub title_marks: Vec<Range<usize>>,
    /// The passage where the words stand together, once it was looked for.
    pub passage: Option<Marked>,
}

/// An article that was read from its file.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The article.
    pub article: Article,
    /// What was found in the title.
    pub title_marks: Vec<Range<usize>>,
    /// What was found in each paragraph.
    pub marks: Vec<Vec<Range<usize>>>,
    /// The size of its file in bytes.
    pub file_size: u64,
    /// The file's path as the reader gave it.
    pub shown_path: Clean,
}

/// What the mouse did, and in which cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

impl Mouse {
    /// The cell.
    pub fn position(self) -> Position {
        Position::new(self.column, self.row)
    }

    /// How far the wheel was turned: 1 or -1; 0 for anything else.
    pub fn wheel(self) -> isize {
        match self.kind {
            MouseKind::WheelDown => 1,
            MouseKind::WheelUp => -1,
            MouseKind::Click | MouseKind::Drag | MouseKind::Release => 0,
        }
    }
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button was pressed.
    Click,
    /// The mouse was moved while the left button is held.
    Drag,
    /// The left button was let go.
    Release,
    /// The wheel was turned towards the reader.
    WheelDown,
    /// The wheel was turned away.
    WheelUp,
}
