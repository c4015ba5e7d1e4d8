//! Changing marks: applied whole or not at all, kept with its history, and taken back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Milliseconds, Setting, Sketch, Snapshot, Tag, schema};
use crate::article::ArticleId;
use crate::disk;
use crate::error::{Error, Result};

/// The attribute of `mark` that says whether an article was read.
pub(super) const READ: i64 = 1;
/// The attribute that says whether it is starred.
pub(super) const STARRED: i64 = 2;
/// The attribute that holds its note.
pub(super) const NOTE: i64 = 3;
/// The attribute of the first tag.
pub(super) const FIRST_TAG: i64 = 16;

/// A change that can be taken back.
pub(super) const DONE: i64 = 0;
/// A change that was taken back.
const TAKEN_BACK: i64 = 1;
/// A change that nobody takes back: taking back itself, and what follows an article to its new text.
const FINAL: i64 = 2;

/// How many changes can be taken back; older ones are forgotten when the database is opened.
const HISTORY: i64 = 1_000;

/// What is set on which articles, in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The articles; in any order, each once is enough.
    pub articles: Vec<ArticleId>,
    /// What is set on each of them.
    pub settings: Vec<Setting>,
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many articles it changed. Those that were so already are not counted, and are not changed when it
    /// is taken back.
    pub articles: usize,
    /// The same for a reader: "12 articles marked as read".
    pub said: String,
}

/// Whose newest change is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// That of this program, since it was started.
    Own,
    /// That of any, before a restart as well.
    Any,
}

/// A change that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What the change had said: "12 articles marked as read".
    pub said: String,
    /// How many marks are as they were before; fewer than were changed when another instance has
    /// changed some of them since, which stay.
    pub marks: usize,
    /// When the change was made.
    pub time: Milliseconds,
}

/// The marks of a reader, in their database.
///
/// One value a thread; several may be open on one file, also in several programs.
pub struct Marks {
    pub(super) connection: Connection,
    /// For messages.
    path: PathBuf,
    /// Tells the changes of this program from those of others.
    pub(super) instance: i64,
    snapshot: Arc<Snapshot>,
    /// The newest change that is in `snapshot`; `None` until it is asked for, as reading a million marks
    /// takes longer than the first frame may.
    followed: Option<i64>,
    /// When the last visit to the pile ended that is read now.
    pub(super) visited: Option<Milliseconds>,
}

impl Marks {
    /// Opens the marks at `path`, and makes the file, private, when there is none.
    ///
    /// `instance` tells this run of the program from others that are open: the time of its start and
    /// its process number do.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when the folder cannot be made, or the file cannot be written, is damaged, or
    /// was made by a newer version.
    pub fn open(path: &Path, instance: u64) -> Result<Marks> {
        let wrong = |reason: String| Error::Marks { path: path.to_owned(), reason };
        make_private(path).map_err(|error| wrong(error.to_string()))?;
        let connection = schema::open(path).map_err(|error| wrong(told(&error)))?;
        Ok(Marks::on(connection, path.to_owned(), instance))
    }

    /// Marks that are gone with the program, for where none can be kept.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when SQLite cannot be started at all.
    pub fn open_in_memory(instance: u64) -> Result<Marks> {
        let path = PathBuf::from("memory");
        let connection =
            schema::open_in_memory().map_err(|error| Error::Marks { path: path.clone(), reason: told(&error) })?;
        Ok(Marks::on(connection, path, instance))
    }

    fn on(connection: Connection, path: PathBuf, instance: u64) -> Marks {
        Marks { connection, path, instance: instance as i64, snapshot: Arc::default(), followed: None, visited: None }
    }

    /// Where the marks are kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn wrong(&self, error: &rusqlite::Error) -> Error {
        Error::Marks { path: self.path.clone(), reason: told(error) }
    }

    /// All marks as they are now, those of other instances included.
    ///
    /// What has not changed is not read again: following the change of one article costs
    /// microseconds.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when the database cannot be read.
    pub fn snapshot(&mut self) -> Result<Arc<Snapshot>> {
        let read = if self.followed.is_none() { self.read_all() } else { self.follow() };
        read.map_err(|error| self.wrong(&error))?;
        Ok(self.snapshot.clone())
    }

    /// Does `change`, whole or not at all; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it cannot be written: nothing is changed then.
    pub fn apply(&mut self, change: &Change, now: Milliseconds) -> Result<Applied> {
        self.applied(change, now).map_err(|error| self.wrong(&error))
    }

    fn applied(&mut self, change: &Change, now: Milliseconds) -> rusqlite::Result<Applied> {
        let mut articles: Vec<i64> = change.articles.iter().map(|id| id.0 as i64).collect();
        articles.sort_unstable();
        articles.dedup();
        let instance = self.instance;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut most = 0;
        let mut said = Vec::new();
        let number = begin(&transaction, instance, now, DONE)?;
        for setting in &change.settings {
            let (attribute, value) = stored(&transaction, setting)?;
            let changed = set(&transaction, number, attribute, &value, &articles, now)?;
            said.push(setting.done(changed));
            most = most.max(changed);
        }
        let applied = Applied { articles: most, said: said.join(", ") };
        if most == 0 {
            // Nothing has changed, so there is nothing to take back.
            return transaction.rollback().map(|()| applied);
        }
        transaction.execute("UPDATE change SET said = ?1 WHERE number = ?2", params![applied.said, number])?;
        transaction.commit()?;
        self.follow()?;
        Ok(applied)
    }

    /// Takes the newest change back that was not taken back yet. `None` when there is none.
    ///
    /// Marks that another change has changed since stay as they are.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it cannot be written: nothing is changed then.
    pub fn undo(&mut self, scope: Scope, now: Milliseconds) -> Result<Option<Undone>> {
        self.undone(scope, now).map_err(|error| self.wrong(&error))
    }

    fn undone(&mut self, scope: Scope, now: Milliseconds) -> rusqlite::Result<Option<Undone>> {
        let instance = self.instance;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest = transaction
            .query_row(
                "SELECT number, time, said FROM change WHERE state = ?1 AND (?2 OR instance = ?3)
                 ORDER BY number DESC LIMIT 1",
                params![DONE, scope == Scope::Any, instance],
                |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()?;
        let Some((number, time, said)) = newest else { return Ok(None) };
        let mut marks = 0;
        let undoing = begin(&transaction, instance, now, FINAL)?;
        for part in parts(&transaction, number)? {
            let mut back = Vec::new();
            {
                let mut update = transaction.prepare_cached(
                    "UPDATE mark SET value = ?1, time = max(time + 1, ?2), change = ?3
                     WHERE attribute = ?4 AND article = ?5 AND change = ?6",
                )?;
                for article in part.articles {
                    let changed = update.execute(params![
                        part.before,
                        now,
                        part.change_before,
                        part.attribute,
                        article,
                        number
                    ])?;
                    if changed > 0 {
                        back.push(article);
                    }
                }
            }
            marks += back.len();
            keep_part(&transaction, undoing, part.attribute, &part.before, &part.value, number, &back)?;
        }
        transaction.execute("UPDATE change SET state = ?1 WHERE number = ?2", params![TAKEN_BACK, number])?;
        transaction.commit()?;
        self.follow()?;
        Ok(Some(Undone { said, marks, time }))
    }

    /// Gives the marks of `old` to `new`, which has taken its place: the same page saved again, say.
    ///
    /// What is set on `new` already stays. With `unread`, as the text is another one, it is not read.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it cannot be written: nothing is changed then.
    pub fn take_over(&mut self, replaced: &[(ArticleId, ArticleId, bool)], now: Milliseconds) -> Result<usize> {
        self.taken_over(replaced, now).map_err(|error| self.wrong(&error))
    }

    fn taken_over(&mut self, replaced: &[(ArticleId, ArticleId, bool)], now: Milliseconds) -> rusqlite::Result<usize> {
        let instance = self.instance;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let number = begin(&transaction, instance, now, FINAL)?;
        let mut taken = 0;
        for (old, new, unread) in replaced {
            let mut values: Vec<(i64, Value)> = Vec::new();
            {
                let mut select = transaction.prepare_cached(
                    "SELECT attribute, value FROM mark AS old WHERE article = ?1 AND attribute IN
                     (SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT attribute FROM tag)
                     AND NOT EXISTS (SELECT 1 FROM mark WHERE article = ?2 AND attribute = old.attribute)",
                )?;
                let rows =
                    select.query_map(params![old.0 as i64, new.0 as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
                for row in rows {
                    values.push(row?);
                }
            }
            for (attribute, value) in values {
                if attribute == READ && *unread {
                    continue;
                }
                taken += set(&transaction, number, attribute, &value, &[new.0 as i64], now)?;
            }
            transaction.execute(
                "INSERT OR IGNORE INTO scroll SELECT ?2, line, time FROM scroll WHERE article = ?1",
                params![old.0 as i64, new.0 as i64],
            )?;
        }
        if taken == 0 {
            return transaction.rollback().map(|()| 0);
        }
        transaction.commit()?;
        self.follow()?;
        Ok(taken)
    }

    /// Remembers what the text of an article was like when it was read, to tell later how much of it
    /// has changed.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it cannot be written.
    pub fn keep_sketch(&mut self, id: ArticleId, sketch: &Sketch) -> Result<()> {
        self.connection
            .execute("INSERT OR REPLACE INTO sketch VALUES (?1, ?2)", params![id.0 as i64, sketch.to_bytes()])
            .map(|_| ())
            .map_err(|error| self.wrong(&error))
    }

    /// What the text of an article was like when it was read, if that was kept.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when the database cannot be read.
    pub fn sketch(&self, id: ArticleId) -> Result<Option<Sketch>> {
        self.connection
            .query_row("SELECT sketch FROM sketch WHERE article = ?1", [id.0 as i64], |row| row.get::<_, Vec<u8>>(0))
            .optional()
            .map(|bytes| bytes.map(|bytes| Sketch::from_bytes(&bytes)))
            .map_err(|error| self.wrong(&error))
    }

    /// Reads all marks into memory, and forgets the oldest changes.
    fn read_all(&mut self) -> rusqlite::Result<()> {
        let transaction = self.connection.transaction()?;
        let newest: i64 = transaction.query_row("SELECT coalesce(max(number), 0) FROM change", [], |row| row.get(0))?;
        let mut snapshot = Snapshot::default();
        snapshot.visited = self.visited;
        {
            let mut names = BTreeMap::new();
            let mut select = transaction.prepare("SELECT attribute, name FROM tag")?;
            let rows = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            for row in rows {
                let (attribute, name) = row?;
                names.insert(attribute, name);
            }
            let mut ids: BTreeMap<i64, Vec<ArticleId>> = BTreeMap::new();
            let mut select = transaction.prepare("SELECT attribute, article, value FROM mark")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let (attribute, article) = (row.get::<_, i64>(0)?, ArticleId(row.get::<_, i64>(1)? as u64));
                match row.get::<_, Value>(2)? {
                    Value::Text(note) if attribute == NOTE => snapshot.set_note(article, Some(note)),
                    Value::Integer(1) => ids.entry(attribute).or_default().push(article),
                    _ => {}
                }
            }
            let mut select = transaction.prepare("SELECT article, line FROM scroll")?;
            let rows =
                select.query_map([], |row| Ok((ArticleId(row.get::<_, i64>(0)? as u64), row.get::<_, i64>(1)?)))?;
            let scrolls = rows.map(|row| row.map(|(id, place)| (id, usize::try_from(place).unwrap_or(0))));
            snapshot.set_scrolls(scrolls.collect::<rusqlite::Result<_>>()?);
            for (attribute, ids) in ids {
                let tag = names.get(&attribute).and_then(|name| Tag::new(name));
                snapshot.put(attribute, tag, ids);
            }
        }
        transaction.commit()?;
        if newest > HISTORY {
            // The history is short of what is needed for nothing but taking back: no harm when another
            // instance writes just now.
            let oldest = newest - HISTORY;
            let forgotten = self
                .connection
                .execute("DELETE FROM part WHERE change <= ?1", [oldest])
                .and_then(|_| self.connection.execute("DELETE FROM change WHERE number <= ?1", [oldest]));
            drop(forgotten);
        }
        self.snapshot = Arc::new(snapshot);
        self.followed = Some(newest);
        Ok(())
    }

    /// Brings the snapshot, once there is one, up to the newest change.
    fn follow(&mut self) -> rusqlite::Result<()> {
        let Some(followed) = self.followed else { return Ok(()) };
        let (newest, oldest): (i64, i64) = self.connection.query_row(
            "SELECT coalesce(max(number), 0), coalesce(min(number), 0) FROM change",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if newest == followed {
            return Ok(());
        }
        if oldest > followed + 1 {
            // Changes that were not seen yet are forgotten already.
            return self.read_all();
        }
        let transaction = self.connection.transaction()?;
        let snapshot = Arc::make_mut(&mut self.snapshot);
        for number in followed + 1..=newest {
            for part in parts(&transaction, number)? {
                let tag = match part.attribute {
                    FIRST_TAG.. => {
                        let name: Option<String> = transaction
                            .query_row("SELECT name FROM tag WHERE attribute = ?1", [part.attribute], |row| row.get(0))
                            .optional()?;
                        name.and_then(|name| Tag::new(&name))
                    }
                    _ => None,
                };
                snapshot.follow(part.attribute, tag, &part.value, part.articles);
            }
        }
        transaction.commit()?;
        self.followed = Some(newest);
        Ok(())
    }
}

/// What one change did to one attribute of articles that had the same value before.
struct Part<A> {
    attribute: i64,
    value: Value,
    before: Value,
    change_before: i64,
    articles: A,
}

fn parts(transaction: &Transaction<'_>, number: i64) -> rusqlite::Result<Vec<Part<impl Iterator<Item = i64> + use<>>>> {
    let mut select = transaction.prepare_cached(
        "SELECT attribute, value, before, change_before, articles FROM part WHERE change = ?1 ORDER BY rowid",
    )?;
    let rows = select.query_map([number], |row| {
        let bytes: Vec<u8> = row.get(4)?;
        Ok(Part {
            attribute: row.get(0)?,
            value: row.get(1)?,
            before: row.get(2)?,
            change_before: row.get(3)?,
            articles: (0..bytes.len() / 8).map(move |at| {
                let eight = bytes[8 * at..8 * at + 8].try_into().expect("eight bytes were cut");
                i64::from_le_bytes(eight)
            }),
        })
    })?;
    rows.collect()
}

/// Begins a change, and returns its number.
pub(super) fn begin(
    transaction: &Transaction<'_>,
    instance: i64,
    now: Milliseconds,
    state: i64,
) -> rusqlite::Result<i64> {
    transaction.execute(
        "INSERT INTO change (instance, time, said, state) VALUES (?1, ?2, '', ?3)",
        params![instance, now, state],
    )?;
    Ok(transaction.last_insert_rowid())
}

impl Marks {
    /// Has the snapshot know when the last visit ended.
    pub(super) fn note_visited(&mut self) {
        Arc::make_mut(&mut self.snapshot).visited = self.visited;
    }

    /// Takes in what was written beside [`Marks::apply`].
    pub(super) fn catch_up(&mut self) -> rusqlite::Result<()> {
        self.follow()
    }
}

/// The attribute and value by which `setting` is kept. A tag that is new gets its number.
pub(super) fn stored(transaction: &Transaction<'_>, setting: &Setting) -> rusqlite::Result<(i64, Value)> {
    Ok(match setting {
        Setting::Read(read) => (READ, Value::Integer(i64::from(*read))),
        Setting::Starred(starred) => (STARRED, Value::Integer(i64::from(*starred))),
        Setting::Tag(tag, on) => (attribute_of(transaction, tag)?, Value::Integer(i64::from(*on))),
        Setting::Note(Some(note)) => (NOTE, Value::Text(note.clone())),
        Setting::Note(None) => (NOTE, Value::Null),
    })
}

fn attribute_of(transaction: &Transaction<'_>, tag: &Tag) -> rusqlite::Result<i64> {
    let folded = tag.folded();
    let known =
        transaction.query_row("SELECT attribute FROM tag WHERE folded = ?1", [&folded], |row| row.get(0)).optional()?;
    if let Some(attribute) = known {
        return Ok(attribute);
    }
    transaction.query_row(
        "INSERT INTO tag SELECT coalesce(max(attribute) + 1, ?1), ?2, ?3 FROM tag RETURNING attribute",
        params![FIRST_TAG, tag.as_str(), folded],
        |row| row.get(0),
    )
}

/// Sets an attribute of `articles`, which rise, and keeps what it was before.
///
/// Returns how many were changed. A mark is never older than the one in its place, whatever the
/// clock says, so that the newest wins when marks are merged.
fn set(
    transaction: &Transaction<'_>,
    number: i64,
    attribute: i64,
    value: &Value,
    articles: &[i64],
    now: Milliseconds,
) -> rusqlite::Result<usize> {
    let nothing = is_nothing(value);
    let mut befores: Vec<(Value, i64, Vec<i64>)> = Vec::new();
    {
        let mut select =
            transaction.prepare_cached("SELECT value, change FROM mark WHERE attribute = ?1 AND article = ?2")?;
        let mut write = transaction.prepare_cached(
            "INSERT INTO mark VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE
             SET value = excluded.value, time = max(time + 1, excluded.time), change = excluded.change",
        )?;
        for article in articles {
            let found: Option<(Value, i64)> =
                select.query_row([attribute, *article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (before, change_before) = match found {
                Some((before, _)) if before == *value => continue,
                None if nothing => continue,
                Some(found) => found,
                None if attribute == NOTE => (Value::Null, 0),
                None => (Value::Integer(0), 0),
            };
            write.execute(params![article, attribute, value, now, number])?;
            match befores.last_mut().filter(|(last, change, _)| *last == before && *change == change_before) {
                Some((_, _, articles)) => articles.push(*article),
                None => {
                    match befores.iter_mut().find(|(last, change, _)| *last == before && *change == change_before) {
                        Some((_, _, articles)) => articles.push(*article),
                        None => befores.push((before, change_before, vec![*article])),
                    }
                }
            }
        }
    }
    let mut changed = 0;
    for (before, change_before, articles) in befores {
        changed += articles.len();
        keep_part(transaction, number, attribute, value, &before, change_before, &articles)?;
    }
    Ok(changed)
}

/// True for the value of an attribute that was never set.
pub(super) fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Integer(0))
}

pub(super) fn keep_part(
    transaction: &Transaction<'_>,
    number: i64,
    attribute: i64,
    value: &Value,
    before: &Value,
    change_before: i64,
    articles: &[i64],
) -> rusqlite::Result<()> {
    if articles.is_empty() {
        return Ok(());
    }
    let bytes: Vec<u8> = articles.iter().flat_map(|article| article.to_le_bytes()).collect();
    transaction.prepare_cached("INSERT INTO part VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        number,
        attribute,
        value,
        before,
        change_before,
        bytes
    ])?;
    Ok(())
}

/// What SQLite says, as a reader understands it.
fn told(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode;
    let known = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full",
        Some(ErrorCode::ReadOnly) => "it cannot be written to",
        Some(ErrorCode::CannotOpen) => "it cannot be opened or made",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another program is writing to it",
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => "it is damaged",
        _ => return error.to_string(),
    };
    known.to_owned()
}

/// Makes the file, and the folder that it lies in, so that only the reader can read them.
fn make_private(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        disk::make_folder(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
