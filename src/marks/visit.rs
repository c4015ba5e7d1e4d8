//! Where the reader was when a pile was left, and what was typed before.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Marks, Milliseconds};
use crate::article::ArticleId;
use crate::error::Result;

/// Where the reader was in a pile: what is resumed when it is opened again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// The query line.
    pub query: String,
    /// The selected article.
    pub selected: Option<ArticleId>,
    /// The name of the order of the list, as `sort:` knows it.
    pub order: Option<String>,
    /// The width of the column of text, in cells.
    pub reading_width: Option<u16>,
    /// The pane that had the focus: `list` or `reading`.
    pub pane: String,
    /// The density of the list, as the setting spells it.
    pub density: Option<String>,
    /// Whether the article stood alone on the screen.
    pub zen: bool,
}

/// How many lines that were typed are remembered.
const LINES: i64 = 1_000;
/// How many articles have their scroll position remembered.
const SCROLLS: i64 = 100_000;

impl Marks {
    /// When the last visit to `pile` ended, and where the reader was. `None` for the first visit.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`](crate::Error::Marks) when the database cannot be read.
    pub fn visit(&self, pile: &str) -> Result<Option<(Milliseconds, Visit)>> {
        let found = self
            .connection
            .query_row("SELECT ended, place FROM visit WHERE pile = ?1", [pile], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?))
            })
            .optional()
            .map_err(|error| self.wrong(&error))?;
        // What a later version has written may not be understood: then the visit begins at the top.
        Ok(found.map(|(ended, place)| (ended, serde_json::from_str(&place).unwrap_or_default())))
    }

    /// Begins a visit to `pile`: what came since the last one ended is new in all snapshots from now on. Returns
    /// where the reader was then.
    ///
    /// # Errors
    ///
    /// As for [`Marks::visit`].
    pub fn begin_visit(&mut self, pile: &str) -> Result<Option<Visit>> {
        let last = self.visit(pile)?;
        self.visited = last.as_ref().map(|(ended, _)| *ended);
        self.note_visited();
        Ok(last.map(|(_, visit)| visit))
    }

    /// Remembers where the reader was, at the end of a visit to `pile`.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`](crate::Error::Marks) when it cannot be written.
    pub fn end_visit(&mut self, pile: &str, visit: &Visit, now: Milliseconds) -> Result<()> {
        let place = serde_json::to_string(visit).expect("strings and numbers become JSON");
        self.connection
            .execute("INSERT OR REPLACE INTO visit VALUES (?1, ?2, ?3)", params![pile, now, place])
            .map(|_| ())
            .map_err(|error| self.wrong(&error))
    }

    /// Remembers where an article was left, as a number that the reading pane understands; 0 is its beginning.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`](crate::Error::Marks) when it cannot be written.
    pub fn keep_scroll(&mut self, id: ArticleId, place: usize, now: Milliseconds) -> Result<()> {
        let keep = || {
            if place == 0 {
                return self.connection.execute("DELETE FROM scroll WHERE article = ?1", [id.0 as i64]);
            }
            let place = i64::try_from(place).unwrap_or(i64::MAX);
            self.connection
                .execute("INSERT OR REPLACE INTO scroll VALUES (?1, ?2, ?3)", params![id.0 as i64, place, now])?;
            self.connection.execute(
                "DELETE FROM scroll WHERE (SELECT count(*) FROM scroll) > ?1
                 AND article = (SELECT article FROM scroll ORDER BY time LIMIT 1)",
                [SCROLLS],
            )
        };
        keep().map(|_| ()).map_err(|error| self.wrong(&error))
    }

    /// The lines that were typed, the newest first.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`](crate::Error::Marks) when the database cannot be read.
    pub fn query_lines(&self) -> Result<Vec<String>> {
        let read = || {
            let mut select =
                self.connection.prepare_cached("SELECT line FROM query_line ORDER BY time DESC, line LIMIT ?1")?;
            select.query_map([LINES], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|error| self.wrong(&error))
    }

    /// Remembers a line that was typed; one that was typed before moves to the front.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`](crate::Error::Marks) when it cannot be written.
    pub fn keep_query_line(&mut self, line: &str, now: Milliseconds) -> Result<()> {
        let keep = || {
            self.connection.execute("INSERT OR REPLACE INTO query_line VALUES (?1, ?2)", params![line, now])?;
            self.connection.execute(
                "DELETE FROM query_line WHERE line NOT IN (SELECT line FROM query_line ORDER BY time DESC, line LIMIT ?1)",
                [LINES],
            )
        };
        keep().map(|_| ()).map_err(|error| self.wrong(&error))
    }
}
