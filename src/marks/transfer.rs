//! Marks as JSON Lines: how they travel between machines and are merged.
//!
//! One mark a line, with the time when it was set; what was taken away is a line as well. Of two
//! lines about the same article and attribute the later one holds, and of two of the same moment the
//! greater value, so that the files of two machines give the same whichever comes first.

use std::io::{BufRead, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::store::{DONE, FIRST_TAG, NOTE, READ, STARRED, begin, keep_part, stored};
use super::{Marks, Milliseconds, Setting, Tag};
use crate::article::ArticleId;
use crate::error::{Error, Result};

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    id: ArticleId,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starred: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
    /// Whether the tag is on; left out, it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<bool>,
    /// An empty note is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// RFC 3339, to the millisecond.
    time: DateTime<Utc>,
}

impl Line {
    /// What the line sets; `None` when it says nothing that is known.
    fn setting(&self) -> Option<Setting> {
        if let Some(read) = self.read {
            return Some(Setting::Read(read));
        }
        if let Some(starred) = self.starred {
            return Some(Setting::Starred(starred));
        }
        if let Some(tag) = &self.tag {
            return Some(Setting::Tag(Tag::new(tag)?, self.on.unwrap_or(true)));
        }
        let note = self.note.as_deref()?;
        Some(Setting::Note((!note.is_empty()).then(|| note.to_owned())))
    }
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Marks that are set or taken away now and were not before.
    pub changed: usize,
    /// Lines that are older than what is known, or say the same.
    pub known: usize,
    /// Lines that are no marks: their numbers, from 1, and what is wrong with each; the first hundred.
    pub wrong: Vec<(u64, String)>,
    /// How many lines are no marks in all.
    pub wrong_in_all: usize,
}

/// How many wrong lines are told one by one.
const TOLD: usize = 100;

impl Marks {
    /// Writes all marks, one a line, in the order of the articles' ids. Returns how many.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when the database cannot be read, [`Error::Write`] when `out` takes no more.
    pub fn export(&self, out: &mut dyn Write) -> Result<usize> {
        let mut failed = None;
        let mut written = 0;
        let mut write = || -> rusqlite::Result<()> {
            let mut select = self.connection.prepare(
                "SELECT article, mark.attribute, value, time, name FROM mark LEFT JOIN tag USING (attribute)
                 ORDER BY article, mark.attribute",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let attribute: i64 = row.get(1)?;
                let value: Value = row.get(2)?;
                let is_set = value == Value::Integer(1);
                let Some(time) = DateTime::from_timestamp_millis(row.get(3)?) else { continue };
                let id = ArticleId(row.get::<_, i64>(0)? as u64);
                let mut line = Line { id, read: None, starred: None, tag: None, on: None, note: None, time };
                match attribute {
                    READ => line.read = Some(is_set),
                    STARRED => line.starred = Some(is_set),
                    NOTE => line.note = Some(if let Value::Text(note) = value { note } else { String::new() }),
                    FIRST_TAG.. => {
                        let Some(name) = row.get::<_, Option<String>>(4)? else { continue };
                        line.tag = Some(name);
                        line.on = Some(is_set);
                    }
                    _ => continue,
                }
                let time = line.time.to_rfc3339_opts(SecondsFormat::Millis, true);
                let mut object = serde_json::to_value(&line).expect("strings and numbers become JSON");
                object["time"] = time.into();
                if let Err(error) = writeln!(out, "{object}") {
                    failed = Some(error);
                    return Ok(());
                }
                written += 1;
            }
            Ok(())
        };
        write().map_err(|error| self.wrong(&error))?;
        match failed {
            Some(source) => Err(Error::Write { source }),
            None => Ok(written),
        }
    }

    /// Merges marks that were exported, here or elsewhere: of each mark the newest holds.
    ///
    /// All of it is one change, which [`Marks::undo`] takes back. Lines that are no marks are left out
    /// and told.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when the marks cannot be written, and [`Error::Read`] when `input` cannot be
    /// read: nothing is changed then.
    pub fn import(&mut self, input: &mut dyn BufRead, now: Milliseconds) -> Result<Imported> {
        let path = self.path().to_owned();
        let wrong = |error: rusqlite::Error| Error::Marks { path: path.clone(), reason: error.to_string() };
        let instance = self.instance;
        let mut imported = Imported::default();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(wrong)?;
        let number = begin(&transaction, instance, now, DONE).map_err(wrong)?;
        let mut text = Vec::new();
        for at in 1u64.. {
            text.clear();
            let length =
                input.read_until(b'\n', &mut text).map_err(|source| Error::Read { path: "marks".into(), source })?;
            if length == 0 {
                break;
            }
            if text.trim_ascii().is_empty() {
                continue;
            }
            let line = serde_json::from_slice::<Line>(text.trim_ascii());
            let line = line.map_err(|error| format!("not a mark ({error})"));
            match line.and_then(|line| Ok((line.setting().ok_or("a mark of no known kind")?, line))) {
                Err(reason) => {
                    imported.wrong_in_all += 1;
                    if imported.wrong.len() < TOLD {
                        imported.wrong.push((at, reason));
                    }
                }
                Ok((setting, line)) => {
                    let time = line.time.timestamp_millis();
                    match merge(&transaction, number, &setting, line.id.0 as i64, time).map_err(wrong)? {
                        true => imported.changed += 1,
                        false => imported.known += 1,
                    }
                }
            }
        }
        let said = match imported.changed {
            1 => "1 mark imported".to_owned(),
            changed => format!("{changed} marks imported"),
        };
        transaction.execute("UPDATE change SET said = ?1 WHERE number = ?2", params![said, number]).map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        self.catch_up().map_err(|error| self.wrong(&error))?;
        Ok(imported)
    }
}

/// Sets one mark if it is newer than what is there. True when something is different now.
fn merge(
    transaction: &rusqlite::Transaction<'_>,
    number: i64,
    setting: &Setting,
    article: i64,
    time: Milliseconds,
) -> rusqlite::Result<bool> {
    let (attribute, value) = stored(transaction, setting)?;
    let found: Option<(Value, i64, i64)> = transaction
        .prepare_cached("SELECT value, time, change FROM mark WHERE attribute = ?1 AND article = ?2")?
        .query_row([attribute, article], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (before, time_before, change_before) =
        found.unwrap_or((if attribute == NOTE { Value::Null } else { Value::Integer(0) }, Milliseconds::MIN, 0));
    if (time, rank(&value)) <= (time_before, rank(&before)) {
        return Ok(false);
    }
    let differs = value != before;
    transaction.prepare_cached("INSERT OR REPLACE INTO mark VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        article,
        attribute,
        value,
        time,
        if differs { number } else { change_before }
    ])?;
    if differs {
        keep_part(transaction, number, attribute, &value, &before, change_before, &[article])?;
    }
    Ok(differs)
}

/// An order of values that is the same on every machine.
fn rank(value: &Value) -> (i64, &str) {
    match value {
        Value::Integer(number) => (*number, ""),
        Value::Text(text) => (1, text),
        _ => (0, ""),
    }
}
