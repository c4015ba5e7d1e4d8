//! Queries as they are typed on the command line, or stand in a file, one a line.

use std::path::Path;

use crate::config::{self, expand_search};
use crate::error::Error;
use crate::query::{self, Query};

use super::output;

/// The line with a saved search in the place of its name. What is no name may be a date: `@2-weeks-ago`.
pub fn line(typed: &str) -> anyhow::Result<String> {
    if !typed.trim_start().starts_with('@') {
        return Ok(typed.to_owned());
    }
    let is_date = || query::parse_finished(typed).clauses.first().is_some_and(|clause| clause.field == Some("date"));
    match expand_search(typed, &config::searches()?) {
        Err(_) if is_date() => Ok(typed.to_owned()),
        expanded => expanded.map_err(anyhow::Error::msg),
    }
}

/// The lines of a file of queries, without comments and empty ones.
///
/// # Errors
///
/// [`Error::Read`] when it cannot be read, [`Error::NotFound`] when there are none in it.
pub fn queries_of(path: &Path) -> Result<Vec<String>, Error> {
    let bytes = match path.as_os_str() == "-" {
        true => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
        }
        false => std::fs::read(path),
    };
    let bytes = bytes.map_err(|source| Error::Read { path: path.into(), source })?;
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let lines: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    if lines.is_empty() {
        return Err(Error::NotFound(format!("{}: holds no queries (write one a line)", path.display())));
    }
    Ok(lines)
}

/// What these lines ask for; what was guessed is told.
pub fn understood(lines: &[String]) -> anyhow::Result<Vec<Query>> {
    let mut queries = Vec::new();
    for typed in lines {
        let query = query::parse_finished(&line(typed)?);
        for note in &query.notes {
            let of = if lines.len() > 1 { format!("{typed}: ") } else { String::new() };
            output::complain(&format!("{of}{}", note.text));
        }
        queries.push(query);
    }
    Ok(queries)
}
