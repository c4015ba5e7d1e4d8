//! A table written as JSON: by columns, by rows with the names apart, or by the names of its rows.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::names::{self, Slot};

/// A table is held as a whole, so larger ones are not taken apart; programs write those line by line.
const LARGEST: usize = 16 << 20;

/// The rows of a table as objects; none for what is no table.
pub(super) fn rows(object: &[u8]) -> Vec<Vec<u8>> {
    // A table has lists or objects in it.
    let has_more = object.iter().skip(1).any(|byte| matches!(byte, b'{' | b'['));
    if object.len() > LARGEST || !has_more {
        return Vec::new();
    }
    let Ok(Value::Object(members)) = serde_json::from_slice(object) else { return Vec::new() };
    let rows = by_names_apart(&members).or_else(|| by_columns(&members)).or_else(|| by_rows(&members));
    rows.unwrap_or_default().iter().filter_map(|row| serde_json::to_vec(row).ok()).collect()
}

fn is_told(name: &str) -> bool {
    matches!(names::slot(name), Some((Slot::Title | Slot::Text, _)))
}

/// `{"columns": ["title", …], "data": [["One", …], …]}`
fn by_names_apart(members: &Map<String, Value>) -> Option<Vec<Value>> {
    let columns: Vec<&str> = members.get("columns")?.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    if !columns.iter().any(|name| is_told(name)) {
        return None;
    }
    let row = |row: &Value| {
        let cells = columns.iter().zip(row.as_array()?);
        Some(Value::Object(cells.map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect()))
    };
    Some(members.get("data")?.as_array()?.iter().filter_map(row).collect())
}

/// `{"title": {"0": "One", "1": "Two"}, …}`, `{"title": ["One", "Two"], …}`
fn by_columns(members: &Map<String, Value>) -> Option<Vec<Value>> {
    let told: Vec<&Value> = members.iter().filter(|(name, _)| is_told(name)).map(|(_, column)| column).collect();
    let keys: Vec<String> = match told.first()? {
        Value::Object(column) => column.keys().cloned().collect(),
        Value::Array(column) if column.len() >= 2 && members.len() >= 2 => {
            (0..column.len()).map(|at| at.to_string()).collect()
        }
        _ => return None,
    };
    let is_object = told.first()?.is_object();
    // The members of an object that is a text have names.
    if is_object && !keys.iter().all(|key| key.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let length = keys.len();
    let same = |column: &Value| match column {
        Value::Object(column) => is_object && column.len() == length,
        Value::Array(column) => !is_object && column.len() == length,
        _ => false,
    };
    if length == 0
        || !told.iter().all(|column| same(column))
        || !is_object && members.values().filter(|column| same(column)).count() < 2
    {
        return None;
    }
    let mut keys = keys;
    keys.sort_by_key(|key| (key.len(), key.clone()));
    let row = |key: &String| {
        let cell = |column: &Value| match column {
            Value::Object(column) => column.get(key).cloned(),
            Value::Array(column) => column.get(key.parse::<usize>().ok()?).cloned(),
            _ => None,
        };
        let cells = members.iter().filter_map(|(name, column)| Some((name.clone(), cell(column)?)));
        Value::Object(cells.collect())
    };
    Some(keys.iter().map(row).collect())
}

/// `{"17": {"title": "One", …}, …}`
fn by_rows(members: &Map<String, Value>) -> Option<Vec<Value>> {
    let names: BTreeSet<&String> = members.keys().collect();
    if names.iter().any(|name| names::slot(name).is_some()) {
        return None;
    }
    let is_row = |row: &Value| row.as_object().is_some_and(|row| row.keys().any(|name| is_told(name)));
    members.values().all(is_row).then(|| members.values().cloned().collect())
}
