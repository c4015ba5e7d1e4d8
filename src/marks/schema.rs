//! The tables of the database, and how it is opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// Raised with each change of the tables.
const VERSION: i64 = 1;

/// How long another instance that writes is waited for: a million marks are written in less.
const PATIENCE: Duration = Duration::from_secs(10);

/// All tables.
///
/// `mark` holds what is set now, one row an article and attribute: attribute 1 is read, 2 starred,
/// 3 the note, 16 and above the tags of `tag`. A row that was taken away stays with the value 0 or
/// NULL, so that taking away travels as setting does. `change` and `part` are the history: a part is
/// what one change did to one attribute of articles that had the same value before, their ids eight
/// bytes each, little-endian, rising.
const TABLES: &str = "
CREATE TABLE mark (
    article INTEGER NOT NULL,
    attribute INTEGER NOT NULL,
    value,
    time INTEGER NOT NULL,
    change INTEGER NOT NULL,
    PRIMARY KEY (attribute, article)
) WITHOUT ROWID;
CREATE TABLE tag (attribute INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE);
CREATE TABLE change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    instance INTEGER NOT NULL,
    time INTEGER NOT NULL,
    said TEXT NOT NULL,
    state INTEGER NOT NULL
);
CREATE TABLE part (
    change INTEGER NOT NULL,
    attribute INTEGER NOT NULL,
    value,
    before,
    change_before INTEGER NOT NULL,
    articles BLOB NOT NULL
);
CREATE INDEX part_of_change ON part (change);
CREATE TABLE sketch (article INTEGER PRIMARY KEY, sketch BLOB NOT NULL);
CREATE TABLE scroll (article INTEGER PRIMARY KEY, line INTEGER NOT NULL, time INTEGER NOT NULL);
CREATE TABLE visit (pile TEXT PRIMARY KEY, ended INTEGER NOT NULL, place TEXT NOT NULL);
CREATE TABLE query_line (line TEXT PRIMARY KEY, time INTEGER NOT NULL) WITHOUT ROWID;
";

/// Opens the database at `path`, and makes it when there is none: private, and with a log, so that
/// several instances read while one writes.
pub(super) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(PATIENCE)?;
    // FULL: what is told as marked is on the disk, also when the power fails.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    prepare(&connection)?;
    Ok(connection)
}

/// A database that is gone with the program, for where nothing can be kept.
pub(super) fn open_in_memory() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    let version =
        |connection: &Connection| connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    if version(connection)? == VERSION {
        return Ok(());
    }
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let prepared = match version(connection) {
        // Another instance was quicker.
        Ok(VERSION) => Ok(()),
        Ok(0) => {
            connection.execute_batch(TABLES).and_then(|()| connection.pragma_update(None, "user_version", VERSION))
        }
        Ok(other) => Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_MISMATCH),
            Some(format!("it was made by another version of newsstand (tables {other}, this one knows {VERSION})")),
        )),
        Err(error) => Err(error),
    };
    connection.execute_batch(if prepared.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
    prepared
}
