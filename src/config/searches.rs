//! Saved searches: a file of names and query lines that a person can edit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use toml::Spanned;

use super::{Place, listed, wrong};
use crate::error::{Error, Result};

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// What it is called: `@name` stands for it.
    pub name: String,
    /// The query line.
    pub query: String,
}

/// `$XDG_CONFIG_HOME/newsstand/searches.toml`; `None` for a user without a home.
pub fn searches_path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("newsstand").join("searches.toml"))
}

/// The saved searches, in the order of the file; none without a file.
///
/// # Errors
///
/// [`Error::Config`] when the file cannot be read or understood, with line, column, and what is
/// wrong there.
pub fn searches() -> Result<Vec<SavedSearch>> {
    let Some(path) = searches_path() else { return Ok(Vec::new()) };
    match std::fs::read_to_string(&path) {
        Ok(text) => parse_searches(&text, &path),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::Config { path, reason: format!("cannot be read: {error}") }),
    }
}

/// Reads the text of a file of saved searches, a line each; `path` is for messages.
///
/// ```
/// use newsstand::config::parse_searches;
///
/// let text = "fruit = 'pears OR apples'\n\"this week\" = 'date:7d'";
/// let searches = parse_searches(text, "searches.toml".as_ref()).expect("a valid file");
/// assert_eq!(searches[0].query, "pears OR apples");
/// assert_eq!(searches[1].name, "this week");
/// ```
///
/// # Errors
///
/// [`Error::Config`], see [`searches`].
pub fn parse_searches(text: &str, path: &Path) -> Result<Vec<SavedSearch>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: BTreeMap<String, Spanned<String>> = toml::from_str(text).map_err(|error| {
        let place = Place::of(text, error.span().map_or(0, |span| span.start));
        wrong(path, place, error.message().lines().next().unwrap_or("not understood"))
    })?;
    let mut lines: Vec<(String, Spanned<String>)> = lines.into_iter().collect();
    lines.sort_by_key(|(_, query)| query.span().start);
    Ok(lines.into_iter().map(|(name, query)| SavedSearch { name, query: query.into_inner() }).collect())
}

/// `line` with the saved search in the place of the `@name` that it begins with; a line that begins
/// otherwise as it is.
///
/// A name with spaces is typed in quotes: `@"this week" lang:de`.
///
/// ```
/// use newsstand::config::{SavedSearch, expand_search};
///
/// let saved = [SavedSearch { name: "fruit".into(), query: "pears OR apples".into() }];
/// assert_eq!(expand_search("@fruit", &saved).as_deref(), Ok("pears OR apples"));
/// assert_eq!(expand_search("@fruit lang:de", &saved).as_deref(), Ok("(pears OR apples) lang:de"));
/// assert_eq!(expand_search("plums", &saved).as_deref(), Ok("plums"));
/// assert!(expand_search("@plums", &saved).is_err());
/// ```
///
/// # Errors
///
/// A message that names the saved searches there are, when none is called so.
pub fn expand_search(line: &str, saved: &[SavedSearch]) -> std::result::Result<String, String> {
    let Some(rest) = line.trim().strip_prefix('@') else {
        return Ok(line.to_owned());
    };
    let (name, rest) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
        Some(quoted) => quoted,
        None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
    };
    let Some(SavedSearch { query, .. }) = saved.iter().find(|search| search.name == name) else {
        let names: Vec<&str> = saved.iter().map(|search| search.name.as_str()).collect();
        return Err(format!("no saved search is called `{name}`; there are {}", listed(&names)));
    };
    Ok(match rest.trim() {
        "" => query.clone(),
        rest => format!("({query}) {rest}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: std::result::Result<&str, &str>) {
        let read = parse_searches(text, Path::new("searches.toml"));
        let shown = read.map(|read| {
            let line = |SavedSearch { name, query }: &SavedSearch| format!("{name}={query}");
            read.iter().map(line).collect::<Vec<_>>().join(" | ")
        });
        match (shown, expected) {
            (Ok(shown), Ok(expected)) => assert_eq!(shown, expected),
            (Err(error), Err(expected)) => assert_eq!(error.to_string(), format!("searches.toml: {expected}")),
            (shown, _) => panic!("{text}: {shown:?}"),
        }
    }

    #[test]
    fn searches_keep_the_order_of_the_file() {
        check("", Ok(""));
        check("pears = 'pears'\n# mine\napples = \"\\\"red apples\\\"\"", Ok("pears=pears | apples=\"red apples\""));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        check("pears = 3", Err("line 1, column 9: invalid type: integer `3`, expected a string"));
        check("\npears = 'a'\npears = 'b'", Err("line 3, column 1: duplicate key"));
    }

    #[test]
    fn names_may_have_spaces() {
        let saved = [SavedSearch { name: "this week".into(), query: "date:7d".into() }];
        assert_eq!(expand_search(" @\"this week\" pears", &saved).as_deref(), Ok("(date:7d) pears"));
        assert_eq!(
            expand_search("@week", &saved),
            Err("no saved search is called `week`; there are `this week`".to_owned())
        );
        assert_eq!(expand_search("@", &[]), Err("no saved search is called ``; there are none".to_owned()));
    }
}
