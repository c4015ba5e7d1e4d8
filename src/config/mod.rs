//! Settings: the configuration file, colours, key names, and the folders of the program.

mod file;
pub mod key;
pub mod keyboard;
pub mod keys;
mod searches;
mod style;
pub mod theme;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::error::{Error, Result};
pub use searches::{SavedSearch, expand_search, parse_searches, searches, searches_path, with_search, without_search};
use theme::Theme;

/// How the reader wants it, as the configuration file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What is opened when nothing is named. A relative path starts at the folder of the file.
    pub default_paths: Vec<PathBuf>,
    /// The widest column of text, in cells, from 20 to 200.
    pub reading_width: u16,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// The order at the start, as a value of `sort:`; `None` for the best one.
    pub sort: Option<String>,
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// Whether the terminal has a light background; `None` where it is to be asked.
    pub light: Option<bool>,
    /// How much of each article the list shows.
    pub density: Density,
    /// Whether text that runs from right to left is put in order here, and not by the terminal.
    pub bidi: bool,
    /// The folder of the index; `None` for the usual one.
    pub cache_dir: Option<PathBuf>,
    /// Whether symbolic links are followed that lead out of what is named.
    pub follow: bool,
    /// What the fields of JSON are called, by what they state: `title = "kop"`.
    pub fields: BTreeMap<String, String>,
    /// Collections on clusters, by the names that the reader has given them.
    pub archives: BTreeMap<String, Archive>,
    /// Colours.
    pub theme: Theme,
    /// Keys by the names of actions: each string is a key or a sequence of keys (`g g`) that can be
    /// read. Whether there are such actions is for [`Config::check_actions`] to say.
    pub keys: BTreeMap<String, Vec<String>>,
    /// Where each action stands in the file.
    places: BTreeMap<String, Place>,
    /// The file that all this is from.
    path: PathBuf,
}

/// A collection on a cluster, as the file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// Its address, or several of one cluster with commas between them: `https://host:9200/INDEX`.
    pub url: String,
    /// Who we are there.
    pub user: Option<String>,
    /// What prints the password.
    pub password_command: Option<String>,
    /// What prints a token instead.
    pub token_command: Option<String>,
    /// The file with the certificate of the authority that is trusted there.
    pub ca: Option<PathBuf>,
    /// Whether another machine may be spoken to without encryption.
    #[serde(default)]
    pub plain_http: bool,
}

/// When an article counts as read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkRead {
    /// As soon as it is read in the reading pane.
    AtOnce,
    /// When its end was on the screen, or it was left for the next one.
    #[default]
    AtEnd,
    /// Only when the reader says so.
    ByHand,
}

/// A line and a column of a file, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            default_paths: Vec::new(),
            reading_width: READING_WIDTH,
            mouse: true,
            sort: None,
            mark_read: MarkRead::default(),
            light: None,
            density: Density::Full,
            bidi: false,
            cache_dir: None,
            follow: false,
            fields: BTreeMap::new(),
            archives: BTreeMap::new(),
            theme: Theme::default(),
            keys: BTreeMap::new(),
            places: BTreeMap::new(),
            path: PathBuf::new(),
        }
    }
}

/// How much of each article the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Density {
    /// Title in up to two lines, facts, and a line of text.
    #[default]
    Full,
    /// Title and facts, a line each.
    TwoLines,
    /// Date, language, source and title in columns.
    OneLine,
}

impl Density {
    /// All of them, by the names of the setting.
    pub const ALL: [(&'static str, Density); 3] =
        [("full", Density::Full), ("two-lines", Density::TwoLines), ("one-line", Density::OneLine)];

    /// The one that shows more articles; after the last comes the first.
    pub fn next(self) -> Density {
        match self {
            Density::Full => Density::TwoLines,
            Density::TwoLines => Density::OneLine,
            Density::OneLine => Density::Full,
        }
    }

    /// Its name in the configuration file.
    pub fn name(self) -> &'static str {
        Density::ALL.iter().find(|(_, density)| *density == self).map_or("full", |(name, _)| name)
    }
}

/// The width at which long lines are still easy to follow.
const READING_WIDTH: u16 = 72;

/// Something that can be set in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub description: &'static str,
    /// A value as it would stand in the file: the default, where there is one to write.
    pub example: &'static str,
}

/// All settings beside the tables `[fields]`, `[archives]`, `[theme]` and `[keys]`.
pub const SETTINGS: &[Setting] = &[
    Setting { name: "library", description: "what is opened when nothing is named", example: "[\"~/news\"]" },
    Setting { name: "reading_width", description: "the widest column of text, from 20 to 200", example: "72" },
    Setting { name: "mouse", description: "whether the mouse is taken", example: "true" },
    Setting {
        name: "sort",
        description: "the order at the start: newest, oldest, relevance, title, added",
        example: "\"newest\"",
    },
    Setting {
        name: "mark_read",
        description: "when an article counts as read: at-once, at-end, by-hand",
        example: "\"at-end\"",
    },
    Setting {
        name: "background",
        description: "the terminal background: light, dark, or auto (the terminal is asked)",
        example: "\"auto\"",
    },
    Setting {
        name: "density",
        description: "how much of each article the list shows: full, two-lines, one-line",
        example: "\"full\"",
    },
    Setting {
        name: "bidi",
        description: "who puts right-to-left text in order: terminal or newsstand",
        example: "\"terminal\"",
    },
    Setting { name: "cache_dir", description: "the folder of the index", example: "\"~/.cache/newsstand\"" },
    Setting { name: "follow", description: "whether links that lead out of a folder are followed", example: "false" },
];

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] without such a file; [`Error::Config`] when it cannot be read or
    /// understood, with line, column, what is wrong there, and what could stand there instead.
    pub fn load(path: &Path) -> Result<Config> {
        let bytes = std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
            _ => Error::Config { path: path.to_owned(), reason: format!("cannot be read: {error}") },
        })?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Config::parse(text, path),
            Err(error) => {
                let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                Err(wrong(path, Place::of(&text, text.len()), "not UTF-8"))
            }
        }
    }

    /// Reads the usual configuration file, if there is one.
    ///
    /// # Errors
    ///
    /// [`Error::Config`], see [`Config::load`].
    pub fn load_default() -> Result<Config> {
        match default_path().as_deref().map(Config::load) {
            None | Some(Err(Error::Missing { .. })) => Ok(Config::default()),
            Some(loaded) => loaded,
        }
    }

    /// The error that the names of fields are; `reason` says why.
    pub fn wrong_fields(&self, reason: &str) -> Error {
        Error::Config { path: self.path.clone(), reason: format!("[fields]: {reason}") }
    }

    /// Reads the text of a configuration file; `path` is for messages and relative paths.
    ///
    /// ```
    /// use newsstand::config::Config;
    ///
    /// let config = Config::parse("reading_width = 60", "config.toml".as_ref()).expect("a valid file");
    /// assert_eq!(config.reading_width, 60);
    /// let error = Config::parse("\nwidth = 60", "config.toml".as_ref()).expect_err("no such setting");
    /// assert!(error.to_string().starts_with("config.toml: line 2, column 1: "));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Config`], see [`Config::load`].
    pub fn parse(text: &str, path: &Path) -> Result<Config> {
        file::parse(text, path)
    }

    /// Checks that `[keys]` names no other actions than these.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with the place of the first unknown one, and what it may have been meant
    /// to be.
    pub fn check_actions(&self, names: &[&str]) -> Result<()> {
        let Some(unknown) = self.keys.keys().find(|name| !names.contains(&name.as_str())) else { return Ok(()) };
        let place = self.places.get(unknown).copied().unwrap_or(Place { line: 1, column: 1 });
        Err(wrong(&self.path, place, &format!("no action is called `{unknown}`; there are {}", listed(names))))
    }
}

/// A configuration file in which everything stands as a comment, with its default.
///
/// ```
/// use newsstand::config::{Config, sample};
///
/// let all_commented = Config::parse(&sample(), "config.toml".as_ref()).expect("comments are valid");
/// assert_eq!(all_commented.theme, Config::default().theme);
/// ```
pub fn sample() -> String {
    let mut text = "# newsstand: take the # away from what you want to change.\n\n".to_owned();
    for Setting { name, description, example } in SETTINGS {
        text += &format!("# {description}\n# {name} = {example}\n\n");
    }
    text +=
        "# Fields of JSON that have no usual names: title, text, date, url, language, source, byline.\n# [fields]\n";
    text += "# title = \"headline\"\n\n";
    text += "# Collections on OpenSearch clusters, for --at NAME and --to NAME.\n# [archives]\n";
    text += "# news = { url = \"https://search.example.org:9200/news\", user = \"ada\", password_command = \"pass show news\" }\n\n";
    text += "# Colours: a colour, `on` a background, and bold, dim, italic, underlined, reversed or crossed.\n";
    text +=
        "# A colour is one of the terminal's (red, bright-red ...), a number from 0 to 255, or #rrggbb.\n# [theme]\n";
    let mut theme = Theme::default();
    for row in theme::STYLES {
        text += &format!("# {} = \"{}\"  # {}\n", row.name, style::written((row.style)(&mut theme)), row.description);
    }
    text += "\n# Keys: the name of an action, and its keys; `g g` is one after the other, [] is none.\n# [keys]\n";
    text += "# down = [\"j\", \"down\"]\n";
    text
}

/// `$XDG_CONFIG_HOME/newsstand/config.toml`; `None` for a user without a home.
pub fn default_path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("newsstand").join("config.toml"))
}

/// The folder for what can be made anew: `$XDG_CACHE_HOME/newsstand`.
pub fn cache_dir() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("newsstand"))
}

/// The folder for history and logs: `$XDG_STATE_HOME/newsstand`, where there is such a thing.
pub fn state_dir() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("newsstand"))
}

impl Place {
    /// The place of byte `at` of `text`.
    fn of(text: &str, at: usize) -> Place {
        let before = text.get(..at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }
}

/// The error of a setting that is not understood.
fn wrong(path: &Path, place: Place, reason: &str) -> Error {
    let Place { line, column } = place;
    Error::Config { path: path.to_owned(), reason: format!("line {line}, column {column}: {reason}") }
}

/// Names for a message: `a`, `b` and `c`.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match &quoted[..] {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
