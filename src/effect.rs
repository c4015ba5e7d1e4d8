//! What the program asks of the world. Only [`crate::runtime`] does it.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::archive::Compounds;
use crate::article::{ArticleId, LanguageTag, Origin};
use crate::config::SavedSearch;
use crate::marks::{self, Setting, Sketch, Visit};
use crate::query::Query;
use crate::text::Clean;

/// Numbers the questions to a worker, so that late answers to older questions can be dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

impl Generation {
    /// The generation after this one.
    pub fn next(self) -> Generation {
        Generation(self.0 + 1)
    }
}

/// An article that is quoted from.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// Its place in the order.
    pub place: usize,
    /// Names it.
    pub id: ArticleId,
    /// Where it lies.
    pub origin: Origin,
    /// Its title, which is not quoted.
    pub title: Clean,
    /// The first words of its text: often they are all that is needed.
    pub opening: Clean,
    /// Its language.
    pub language: Option<LanguageTag>,
}

/// Something to be done outside of [`crate::app`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Searches the pile; answered by `Event::Found`. Only the newest question counts.
    Search(Question),
    /// Reads rows of the order that was found for this generation; answered by `Event::Rows`.
    Rows {
        /// The question whose order is meant.
        generation: Generation,
        /// The places in the order.
        range: Range<usize>,
    },
    /// Looks for the passage of each article in which the words stand; answered by `Event::Passages`.
    Passages {
        /// The question whose order is meant.
        generation: Generation,
        /// The words that are looked for.
        wanted: Wanted,
        /// The articles.
        articles: Vec<Quoted>,
    },
    /// Reads an article from its file; answered by `Event::Opened`. Only the newest question counts.
    Open {
        /// Numbers the request.
        generation: Generation,
        /// The article.
        id: ArticleId,
        /// Where it lies.
        origin: Origin,
        /// What to mark in it.
        wanted: Wanted,
    },
    /// Looks for new, changed and vanished files; answered by `Event::Progress`.
    Refresh,
    /// Puts text on the clipboard, through the terminal.
    Copy(String),
    /// Opens an address or a file with the system's program.
    Launch(String),
    /// Opens a file in the editor, at a line.
    Edit {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u32,
    },
    /// Lets the reader change a text in the editor; answered by `Event::Edited`.
    EditText(String),
    /// Counts what each of these query lines finds; answered by `Event::Counted`.
    Count(Vec<String>),
    /// Reads or changes the saved searches; answered by `Event::Searches`.
    Searches(SearchTask),
    /// Reads or changes the reader's marks; answered by `Event::Marks`.
    Marks(MarksTask),
    /// Sets marks on the articles at these places of the order that was found for this generation;
    /// answered by `Event::Marks`.
    MarkPlaces {
        /// The question whose order is meant.
        generation: Generation,
        /// The places in the order.
        places: Range<usize>,
        /// What is set.
        settings: Vec<Setting>,
    },
    /// Looks for the next unread article behind a place, or before it; answered by `Event::Unread`.
    FindUnread {
        /// The question whose order is meant.
        generation: Generation,
        /// The place.
        from: usize,
        /// Behind it, not before it.
        forward: bool,
    },
    /// Reads everything that a query finds; answered by `Event::Studied`, `Event::Exists` or `Event::Told`. Only
    /// the newest question counts.
    Study(Study),
    /// Takes or leaves the mouse.
    Mouse(bool),
    /// Suspends the program.
    Suspend,
    /// Ends the program.
    Quit,
}

/// Something that is made of everything that a query finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// What is looked for.
    pub query: Arc<Query>,
    /// What is made of it.
    pub kind: StudyKind,
}

/// What is made of a result.
#[derive(Clone, Debug, PartialEq)]
pub enum StudyKind {
    /// Every place where something was found.
    Concordance,
    /// The words that are more frequent in it than elsewhere.
    Terms,
    /// A file.
    Write {
        /// The file.
        path: PathBuf,
        /// The name of its format.
        format: &'static str,
        /// Whether a file that is there may be replaced.
        replace: bool,
        /// The places in the order; `None` for all.
        places: Option<Range<usize>>,
    },
}

/// What is done with the file of saved searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTask {
    /// It is read again: a person may have changed it.
    Read,
    /// This search is saved, in the place of the one that is called so.
    Save(SavedSearch),
    /// The search of this name is removed.
    Remove(String),
    /// The last change is taken back.
    Undo,
}

/// What is done with the reader's marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarksTask {
    /// Sets marks. With the sketch of a text, what it is like when it was read is remembered.
    Set(marks::Change, Option<(ArticleId, Sketch)>),
    /// Reads them again: an import may have given some to other articles.
    Look,
    /// Takes back the newest change of this screen, or before it changed any, the newest one.
    Undo,
    /// Remembers where an article was left, as the reading pane numbers places; 0 is its beginning.
    Scroll(ArticleId, usize),
    /// Remembers a line that was typed.
    Line(String),
    /// Remembers where the reader was: the program is about to end.
    EndVisit(Visit),
}

/// What to mark in an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// What is looked for.
    pub query: Arc<Query>,
    /// Whether typing errors were forgiven, as nothing matched otherwise.
    pub forgiving: bool,
    /// The compounds that the search has found by a part of them.
    pub compounds: Arc<Compounds>,
}

/// A question to the index.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its number.
    pub generation: Generation,
    /// What is looked for.
    pub query: Arc<Query>,
    /// An article that should stay selected, if it is among those found.
    pub keep: Option<ArticleId>,
    /// Whether what has some of the words is listed below what has all of them: not while a line is typed.
    pub more: bool,
    /// How many rows to read at once, around the one that stays selected or from the first.
    pub rows: usize,
}
