//! The TOML of the configuration file.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use toml::Spanned;

use super::theme::Theme;
use super::{Archive, Config, Density, MarkRead, Place, keys, listed, wrong};
use crate::error::Result;

/// The file as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    #[serde(rename = "library")]
    default_paths: Texts,
    #[serde(deserialize_with = "reading_width")]
    reading_width: u16,
    mouse: bool,
    #[serde(deserialize_with = "sort")]
    sort: Option<String>,
    mark_read: MarkRead,
    #[serde(deserialize_with = "background")]
    background: Option<bool>,
    #[serde(deserialize_with = "density")]
    density: Density,
    #[serde(deserialize_with = "bidi")]
    bidi: bool,
    cache_dir: Option<String>,
    follow: bool,
    fields: BTreeMap<String, String>,
    archives: BTreeMap<String, Named>,
    theme: Theme,
    keys: BTreeMap<String, Spanned<KeyNames>>,
}

impl Default for File {
    fn default() -> File {
        let Config { reading_width, mouse, theme, .. } = Config::default();
        let (default_paths, keys) = (Texts::default(), BTreeMap::new());
        File {
            default_paths,
            reading_width,
            mouse,
            sort: None,
            mark_read: MarkRead::default(),
            background: None,
            density: Density::default(),
            bidi: false,
            cache_dir: None,
            follow: false,
            fields: BTreeMap::new(),
            archives: BTreeMap::new(),
            theme,
            keys,
        }
    }
}

/// Reads the text of a file.
pub(super) fn parse(text: &str, path: &Path) -> Result<Config> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = toml::from_str(text).map_err(|error| {
        let place = Place::of(text, error.span().map_or(0, |span| span.start));
        wrong(path, place, error.message().lines().collect::<Vec<_>>().join(", ").trim_end_matches(", "))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let places = file.keys.iter().map(|(name, keys)| (name.clone(), Place::of(text, keys.span().start))).collect();
    Ok(Config {
        default_paths: file.default_paths.0.iter().map(|text| resolved(text, folder)).collect(),
        reading_width: file.reading_width,
        mouse: file.mouse,
        sort: file.sort,
        mark_read: file.mark_read,
        light: file.background,
        density: file.density,
        bidi: file.bidi,
        cache_dir: file.cache_dir.map(|text| resolved(&text, folder)),
        follow: file.follow,
        fields: file.fields,
        archives: file.archives.into_iter().map(|(name, named)| (name, named.archive(folder))).collect(),
        theme: file.theme,
        keys: file.keys.into_iter().map(|(name, keys)| (name, keys.into_inner().0)).collect(),
        places,
        path: path.to_owned(),
    })
}

/// A path of the file: `~` is the reader's home, and relative ones start at `folder`.
fn resolved(text: &str, folder: &Path) -> PathBuf {
    match text.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(['/', '\\'])) {
        Some(rest) => match etcetera::home_dir() {
            Ok(home) => home.join(rest.trim_start_matches(['/', '\\'])),
            Err(_) => folder.join(text),
        },
        None => folder.join(text),
    }
}

/// A collection on a cluster: its address, or all that is to be told of it.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Named {
    Url(String),
    Told(Archive),
}

impl Named {
    fn archive(self, folder: &Path) -> Archive {
        match self {
            Named::Url(url) => Archive { url, ..Archive::default() },
            Named::Told(archive) => {
                let ca = archive.ca.as_ref().map(|ca| resolved(&ca.to_string_lossy(), folder));
                Archive { ca, ..archive }
            }
        }
    }
}

/// One string, or several.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Texts, D::Error> {
        deserializer.deserialize_any(TextsVisitor).map(Texts)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a list of strings")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<String>, E> {
        Ok(vec![text.to_owned()])
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<String>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = list.next_element()? {
            texts.push(text);
        }
        Ok(texts)
    }
}

/// Strings that each name a key or a sequence of keys.
struct KeyNames(Vec<String>);

impl<'de> Deserialize<'de> for KeyNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<KeyNames, D::Error> {
        let names = deserializer.deserialize_any(TextsVisitor)?;
        match names.iter().find_map(|name| keys::parse(name).err()) {
            Some(reason) => Err(D::Error::custom(reason)),
            None => Ok(KeyNames(names)),
        }
    }
}

/// Widths at which text can be read.
fn reading_width<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let width = i64::deserialize(deserializer)?;
    match u16::try_from(width) {
        Ok(width @ 20..=200) => Ok(width),
        _ => Err(D::Error::custom(format!("`reading_width` is from 20 to 200, not {width}"))),
    }
}

/// Whether the background is light; `None` where the terminal is asked.
fn background<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "light" => Ok(Some(true)),
        "dark" => Ok(Some(false)),
        "auto" => Ok(None),
        other => Err(D::Error::custom(format!("`background` is auto, light or dark, not `{other}`"))),
    }
}

fn density<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Density, D::Error> {
    let written = String::deserialize(deserializer)?;
    let names = Density::ALL.map(|(name, _)| name);
    let known = Density::ALL.iter().find(|(name, _)| *name == written);
    known
        .map(|(_, density)| *density)
        .ok_or_else(|| D::Error::custom(format!("no density is called `{written}`; there are {}", listed(&names))))
}

/// Whether newsstand puts right-to-left text in order.
fn bidi<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "newsstand" => Ok(true),
        "terminal" => Ok(false),
        other => Err(D::Error::custom(format!("`bidi` is terminal or newsstand, not `{other}`"))),
    }
}

/// The values of `sort:`.
const SORTS: &[&str] = &["newest", "oldest", "relevance", "title", "added"];

/// What the same orders were called before.
const OLDER_SORTS: &[&str] = &["date", "-date"];

fn sort<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let sort = String::deserialize(deserializer)?;
    if SORTS.iter().chain(OLDER_SORTS).any(|known| *known == sort) {
        Ok(Some(sort))
    } else {
        Err(D::Error::custom(format!("no order is called `{sort}`; there are {}", listed(SORTS))))
    }
}
