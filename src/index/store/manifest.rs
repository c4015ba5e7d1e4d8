//! What made an index, and whether it can be read by this version.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::IndexSettings;
use tantivy::schema::Schema;

use crate::disk;
use crate::index::analysis::ANALYSER_VERSION;

/// The name of the manifest in the folder of the index.
const FILE_NAME: &str = "manifest.json";
/// What every manifest says first, so that no other file is taken for one.
const FORMAT: &str = "newsstand index";

/// Says what made the index beside it.
///
/// The engine checks its own file format, but neither how texts were analysed nor what the fields
/// mean; and an index made by other rules would quietly find too little.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: String,
    /// The hash of the schema.
    schema: String,
    analyser: String,
    engine: String,
    /// The version of the program: another one may find other titles, dates and languages in the same
    /// texts.
    #[serde(default)]
    program: String,
}

/// What lies in the folder of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ManifestState {
    /// Nothing: the folder is missing or empty.
    Nothing,
    /// An index of this version.
    Current,
    /// An index of another version.
    Other,
    /// Remains of an index that cannot be read.
    Damaged,
    /// Files that are not ours, which must be left alone.
    Foreign,
}

impl Manifest {
    /// The manifest of what this version writes.
    pub(crate) fn current(schema: &Schema, settings: &IndexSettings) -> Manifest {
        let schema = serde_json::to_vec(&(schema, settings)).unwrap_or_default();
        Manifest {
            format: FORMAT.to_owned(),
            schema: format!("{:016x}", rapidhash::v3::rapidhash_v3(&schema)),
            analyser: ANALYSER_VERSION.to_owned(),
            engine: tantivy::version_string().to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Writes it into `folder`, whole or not at all.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        disk::write(&folder.join(FILE_NAME), &serde_json::to_vec_pretty(self)?)
    }

    /// Looks at what lies in `folder`.
    pub(crate) fn look(&self, folder: &Path) -> io::Result<ManifestState> {
        let text = match fs::read(folder.join(FILE_NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return unmarked(folder),
            Err(_) if folder.join(FILE_NAME).is_dir() => return unmarked(folder),
            Err(error) => return Err(error),
        };
        let has_index = folder.join("meta.json").exists();
        let manifest = serde_json::from_slice::<Manifest>(&text).ok().filter(|manifest| manifest.format == FORMAT);
        Ok(match manifest {
            Some(manifest) if has_index && manifest == *self => ManifestState::Current,
            Some(_) if has_index => ManifestState::Other,
            None if has_index => ManifestState::Damaged,
            // The manifest is written first: a start that was interrupted leaves it alone.
            Some(_) if holds_only(folder, &[FILE_NAME])? => ManifestState::Nothing,
            Some(_) => ManifestState::Damaged,
            None => ManifestState::Foreign,
        })
    }
}

/// Notes that the index in `folder` is damaged, so that it is not used again.
///
/// The engine has no way to tell; a manifest that cannot be read means the same.
pub(crate) fn mark_damaged(folder: &Path) -> io::Result<()> {
    let manifest = folder.join(FILE_NAME);
    if manifest.exists() {
        disk::write(&manifest, b"damaged\n")?;
    }
    Ok(())
}

/// What a folder without a manifest is.
fn unmarked(folder: &Path) -> io::Result<ManifestState> {
    match holds_only(folder, &[]) {
        Ok(true) => Ok(ManifestState::Nothing),
        Ok(false) if holds_index(folder)? => Ok(ManifestState::Damaged),
        Ok(false) => Ok(ManifestState::Foreign),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(ManifestState::Nothing),
        Err(error) => Err(error),
    }
}

/// True when the folder holds an index, though without its manifest, and nothing else.
fn holds_index(folder: &Path) -> io::Result<bool> {
    let is_of_segment = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default();
        stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let ours = ["meta.json", FILE_NAME, "problems.json", "repeats", "checks.json", "suspects.json"];
        if !ours.contains(&&*name) && !name.starts_with('.') && !is_of_segment(&name) {
            return Ok(false);
        }
    }
    Ok(folder.join("meta.json").is_file())
}

/// True when the folder holds no file but these and those that were never finished.
fn holds_only(folder: &Path, names: &[&str]) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let file_name = entry?.file_name();
        if !names.iter().any(|name| file_name == *name) && !disk::is_unfinished(&file_name) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Moves the folder out of the way, in the place of what was moved there before.
///
/// It is not taken away at once, because another process may still be reading it.
pub(crate) fn set_aside(folder: &Path) -> io::Result<()> {
    let aside = aside(folder);
    match fs::remove_dir_all(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(folder, &aside)
}

/// Takes away what was set aside when its successor is in use. What cannot be taken away now, because
/// another process reads it, is the next time.
pub(crate) fn forget_aside(folder: &Path) {
    let aside = aside(folder);
    if aside.exists()
        && let Err(error) = fs::remove_dir_all(&aside)
    {
        tracing::warn!("{} cannot be removed: {error}", aside.display());
    }
}

/// Where the folder is moved out of the way.
fn aside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".aside");
    folder.with_file_name(name)
}
