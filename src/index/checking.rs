//! Checking the index against its checksums, and taking out what is damaged.
//!
//! The engine writes a checksum behind each of its files and never looks at it again; a flipped bit gives
//! wrong answers in silence. So each segment is checked once after it was written, and then once a day. What
//! looks otherwise than when it was checked (its files are never written twice) is checked at once.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use tantivy::TantivyError;
use tantivy::columnar::ColumnarReader;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK};
use tantivy::index::{IndexMeta, SegmentComponent, SegmentMeta};

use super::opening::Index;
use super::store::engine::caught;
use super::store::schema::column;
use crate::archive::{Collection, Damage, Due, FileKey};
use crate::disk;
use crate::error::Result;

/// The file that says what was checked, beside the index.
const NAME: &str = "checks.json";
/// A segment is checked again after so long.
const AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// When a segment was checked, and how its files looked then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Checked {
    /// Seconds since 1970.
    at: u64,
    /// A hash of the names, sizes and times of its files.
    looks: u64,
}

/// What was checked, by the name of the segment.
type Checks = BTreeMap<String, Checked>;

impl Index {
    /// Checks what is due `now`, as long as `goes_on` says so. `None` when nothing is damaged.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Index`] when not even the list of segments can be read.
    pub(super) fn find_damage(&self, due: Due, now: SystemTime, goes_on: &dyn Fn() -> bool) -> Result<Option<Damage>> {
        let Some(folder) = self.folder() else { return Ok(None) };
        let metas = caught(folder, || self.engine().load_metas())?;
        let known: Checks =
            fs::read(folder.join(NAME)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let now = now.duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        let managed = self.engine().directory().list_managed_files();
        let mut checks = Checks::new();
        let mut damage = Damage { parts: Vec::new(), files: Some(BTreeSet::new()) };
        for segment in &metas.segments {
            let name = name(segment);
            let files = files(folder, &metas, segment, &managed);
            let looks = looks(folder, &files);
            let before = known.get(&name).copied();
            let is_due = match before {
                Some(before) if before.looks != looks => true,
                // A clock that was set back does not put it off.
                Some(before) => due == Due::Daily && now.abs_diff(before.at) >= AGAIN.as_secs(),
                None => due == Due::Daily,
            };
            if !is_due || !goes_on() {
                checks.extend(before.map(|before| (name, before)));
            } else if files.iter().all(|file| self.is_whole(file)) {
                checks.insert(name, Checked { at: now, looks });
            } else {
                tracing::warn!("the segment {name} is damaged");
                damage.parts.push(segment.id().uuid_string());
                match (self.files_in(segment, &files), &mut damage.files) {
                    (Some(files), Some(all)) => all.extend(files),
                    _ => damage.files = None,
                }
            }
        }
        if checks != known
            && let Err(error) = serde_json::to_vec(&checks)
                .map_err(std::io::Error::from)
                .and_then(|bytes| disk::write(&folder.join(NAME), &bytes))
        {
            tracing::warn!("what was checked cannot be remembered: {error}");
        }
        Ok((!damage.parts.is_empty()).then_some(damage))
    }

    /// Takes damaged segments out of the index, which answers from the others then. False when somebody is
    /// writing it.
    ///
    /// # Errors
    ///
    /// [`crate::Error::Index`] when the index cannot be read or written.
    pub(super) fn take_segments_out(&self, damage: &Damage) -> Result<bool> {
        let Some(folder) = self.folder() else { return Ok(true) };
        caught(folder, || {
            let directory = self.engine().directory();
            let _alone = match directory.acquire_lock(&INDEX_WRITER_LOCK) {
                Err(LockError::LockBusy) => return Ok(false),
                locked => locked.map_err(|error| TantivyError::LockFailure(error, None))?,
            };
            let mut metas = self.engine().load_metas()?;
            metas.segments.retain(|segment| !damage.parts.contains(&segment.id().uuid_string()));
            directory.atomic_write(Path::new("meta.json"), &serde_json::to_vec_pretty(&metas)?)?;
            directory.sync_directory()?;
            Ok(true)
        })
    }

    /// Removes what a writer has begun and left: a disk that is full is no fuller for it.
    pub(super) fn remove_unfinished(&self) {
        let Some(folder) = self.folder() else { return };
        let tidied = caught(folder, || match self.engine().writer::<tantivy::TantivyDocument>(15_000_000) {
            // Whoever writes tidies up at the end.
            Err(TantivyError::LockFailure(..)) => Ok(()),
            writer => writer?.garbage_collect_files().wait().map(drop),
        });
        if let Err(error) = tidied {
            tracing::warn!("what was begun cannot be removed: {error}");
        }
    }

    /// True for a file that has the bytes it was written with.
    fn is_whole(&self, file: &Path) -> bool {
        let Some(folder) = self.folder() else { return true };
        caught(folder, || Ok(self.engine().directory().validate_checksum(file)?)).unwrap_or(false)
    }

    /// The files of the pile with articles in a damaged segment, which its columns tell, if they are whole.
    fn files_in(&self, segment: &SegmentMeta, files: &[PathBuf]) -> Option<BTreeSet<FileKey>> {
        let folder = self.folder()?;
        let columns = files.iter().find(|file| file.extension().is_some_and(|kind| kind == "fast"))?;
        if !self.is_whole(columns) {
            return None;
        }
        caught(folder, || {
            // Only the columns are opened: each of the other files may be the damaged one.
            let columns = self.engine().segment(segment.clone()).open_read(SegmentComponent::FastFields)?;
            let columns = ColumnarReader::open(columns)?;
            let mut files = BTreeSet::new();
            for column in columns.read_columns(column::FILE)? {
                if let Some(column) = column.open_u64_lenient()? {
                    files.extend((0..segment.max_doc()).filter_map(|doc| column.first(doc)).map(FileKey));
                }
            }
            Ok(files)
        })
        .ok()
    }
}

/// Names a segment in its present state.
fn name(segment: &SegmentMeta) -> String {
    let deleted = segment.delete_opstamp().map_or(String::new(), |stamp| format!(".{stamp}"));
    format!("{}{deleted}", segment.id().uuid_string())
}

/// The files of a segment: those that are there, and those that the engine says were.
fn files(folder: &Path, metas: &IndexMeta, segment: &SegmentMeta, managed: &HashSet<PathBuf>) -> Vec<PathBuf> {
    let alone = IndexMeta { segments: vec![segment.clone()], ..metas.clone() };
    let may_be = alone.list_segment_files().into_iter();
    let mut files: Vec<PathBuf> = may_be.filter(|file| managed.contains(file) || folder.join(file).exists()).collect();
    files.sort_unstable();
    files
}

/// A hash of the names, sizes and times of files.
fn looks(folder: &Path, files: &[PathBuf]) -> u64 {
    let mut facts = Vec::new();
    for file in files {
        facts.extend_from_slice(file.as_os_str().as_encoded_bytes());
        let known = fs::metadata(folder.join(file)).ok();
        let written = known.as_ref().and_then(|known| known.modified().ok());
        let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |time| time.as_nanos());
        facts.extend_from_slice(&known.map_or(u64::MAX, |known| known.len()).to_le_bytes());
        facts.extend_from_slice(&written.to_le_bytes());
    }
    rapidhash::v3::rapidhash_v3(&facts)
}
