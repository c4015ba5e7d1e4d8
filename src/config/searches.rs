//! Saved searches: a file of names and query lines that a person can edit.

use std::collections::BTreeMap;
use std::ops::Range;
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
    let lines = lines(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text), path)?;
    Ok(lines.into_iter().map(|(name, query)| SavedSearch { name, query: query.into_inner() }).collect())
}

/// Names and query lines in the order of the file.
fn lines(text: &str, path: &Path) -> Result<Vec<(String, Spanned<String>)>> {
    let lines: BTreeMap<String, Spanned<String>> = toml::from_str(text).map_err(|error| {
        let place = Place::of(text, error.span().map_or(0, |span| span.start));
        wrong(path, place, error.message().lines().next().unwrap_or("not understood"))
    })?;
    let mut lines: Vec<(String, Spanned<String>)> = lines.into_iter().collect();
    lines.sort_by_key(|(_, query)| query.span().start);
    Ok(lines)
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

/// The text of a file of saved searches with `search` in it: in the place of the one that is called so,
/// or at the end. Everything else stays as a person has written it.
///
/// ```
/// use newsstand::config::{SavedSearch, with_search};
///
/// let text = "# Mine\nfruit = 'pears'  # for breakfast\n";
/// let search = |name: &str, query: &str| SavedSearch { name: name.into(), query: query.into() };
/// let with = |search| with_search(text, &search, "searches.toml".as_ref()).expect("a valid file");
/// assert_eq!(with(search("fruit", "plums")), "# Mine\nfruit = 'plums'  # for breakfast\n");
/// assert_eq!(with(search("nuts", "nuts")), format!("{text}nuts = 'nuts'\n"));
/// ```
///
/// # Errors
///
/// [`Error::Config`] when the text cannot be understood: it is for a person to mend.
pub fn with_search(text: &str, search: &SavedSearch, path: &Path) -> Result<String> {
    let spans = spans(text, path)?;
    let value = quoted(&search.query);
    if let Some((_, span)) = spans.iter().find(|(name, _)| *name == search.name) {
        return Ok([&text[..span.start], &value, &text[span.end..]].concat());
    }
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name = match search.name.chars().all(is_bare) && !search.name.is_empty() {
        true => search.name.clone(),
        false => quoted(&search.name),
    };
    Ok(format!("{text}{gap}{name} = {value}{newline}"))
}

/// The text of a file of saved searches without the line of the one that is called `name`; as it is when
/// none is.
///
/// # Errors
///
/// [`Error::Config`], see [`with_search`].
pub fn without_search(text: &str, name: &str, path: &Path) -> Result<String> {
    let spans = spans(text, path)?;
    let Some((_, span)) = spans.iter().find(|(other, _)| other == name) else {
        return Ok(text.to_owned());
    };
    // A name and the beginning of its value stand in one line.
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let start = if start == 0 && text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { start };
    let end = text[span.end..].find('\n').map_or(text.len(), |newline| span.end + newline + 1);
    Ok([&text[..start], &text[end..]].concat())
}

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The names, and the bytes of their values with the quotes.
fn spans(text: &str, path: &Path) -> Result<Vec<(String, Range<usize>)>> {
    let begin = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let lines = lines(&text[begin..], path)?;
    Ok(lines.into_iter().map(|(name, query)| (name, query.span().start + begin..query.span().end + begin)).collect())
}

/// A string of TOML: as it is where that is possible.
fn quoted(text: &str) -> String {
    if !text.contains(|c: char| c == '\'' || c.is_control()) {
        return format!("'{text}'");
    }
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    /// Saves a search called `name` as `query`, and removes it again.
    fn check_saved(text: &str, name: &str, query: &str, saved: &str, removed: &str) {
        let path = Path::new("searches.toml");
        let with = with_search(text, &SavedSearch { name: name.to_owned(), query: query.to_owned() }, path);
        assert_eq!(with.as_deref().ok(), Some(saved), "{name}");
        let without = without_search(saved, name, path);
        assert_eq!(without.as_deref().ok(), Some(removed), "{name}");
    }

    #[test]
    fn what_a_person_wrote_stays_as_it_is() {
        let text = "# Fruit\n\npears   = \"pears\" # green\r\n\"red ones\" = 'apples'";
        let more = "# Fruit\n\npears   = \"pears\" # green\r\n\"red ones\" = 'apples'\r\n";
        check_saved(text, "plums", "plums lang:de", &format!("{more}plums = 'plums lang:de'\r\n"), more);
        check_saved(
            text,
            "pears",
            "pears OR plums",
            "# Fruit\n\npears   = 'pears OR plums' # green\r\n\"red ones\" = 'apples'",
            "# Fruit\n\n\"red ones\" = 'apples'",
        );
        check_saved("", "this week's", "l'ete \"a b\"", "\"this week's\" = \"l'ete \\\"a b\\\"\"\n", "");
        check_saved("\u{feff}a = '''\nx'''\n", "a", "y", "\u{feff}a = 'y'\n", "\u{feff}");
        assert!(
            with_search("pears = 3", &SavedSearch { name: "a".into(), query: "b".into() }, Path::new("f")).is_err()
        );
    }

    proptest! {
        #[test]
        fn what_is_saved_is_read_again(
            name in "\\PC{1,12}|[a-z \\t\\n'\"\\\\.=#]{1,8}",
            query in "\\PC*|[a-z \\t\\r\\n'\"\\\\.=#]{0,8}",
            text in "(# note\r?\n|a = 'b'\n)?(\"c d\" = \"\"\"\nx\"\"\"  # e\n)?",
        ) {
            let path = Path::new("searches.toml");
            let before = parse_searches(&text, path).unwrap();
            let saved = with_search(&text, &SavedSearch { name: name.clone(), query: query.clone() }, path).unwrap();
            let read = parse_searches(&saved, path).unwrap();
            prop_assert_eq!(read.iter().find(|search| search.name == name).map(|search| &search.query), Some(&query));
            let removed = parse_searches(&without_search(&saved, &name, path).unwrap(), path).unwrap();
            let others = |searches: &[SavedSearch]| -> Vec<SavedSearch> {
                searches.iter().filter(|search| search.name != name).cloned().collect()
            };
            prop_assert_eq!(&removed, &others(&before));
            prop_assert_eq!(others(&read), others(&before));
        }
    }
}
