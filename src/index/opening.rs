//! Opening an index, and making one anew where none can be used.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tantivy::directory::error::{LockError, OpenReadError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, RamDirectory};
use tantivy::index::{IndexSettings, IndexSortByField, Order as Direction};
use tantivy::indexer::IndexWriterOptions;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use super::analysis::terms::{TERMS, TermTokenizer};
use super::answering::archive::IndexArchive;
use super::marking::matcher::marker;
use super::store::directory::IndexDirectory;
use super::store::engine::{IndexFolder, caught};
use super::store::families::FamiliesPlugin;
use super::store::manifest::{Manifest, ManifestState, forget_aside, set_aside};
use super::store::schema::{Fields, column, schema};
use super::store::writer::IndexWriter;
use crate::archive::{Archive, Collection, Compounds, Damage, Due, FileKey, Intake, Marker, Shelf, Writer};
use crate::disk;
use crate::error::{Error, Result};
use crate::query::Query;

/// The least memory the engine works with, in bytes, for each of its threads.
const LEAST_MEMORY: usize = 15_000_000;
/// So many segments of about the same size become one. Fewer would be quicker to search, but an
/// import would write everything twice.
const MERGED: usize = 12;
/// More threads only make more segments.
const MOST_THREADS: usize = 4;

/// Each merge holds the words of its segments in memory.
const MERGES_AT_ONCE: usize = 2;

/// So many times a state of the index may vanish while it is being opened.
const MOST_ATTEMPTS: usize = 5;

/// What stands for the folder of an index in memory, in messages.
const IN_MEMORY: &str = "the index in memory";

/// Where an index lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a folder that belongs to this index alone.
    Disk(PathBuf),
    /// Nowhere: it is gone with the program.
    Memory,
}

/// What was found where an index was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A usable index.
    Found,
    /// Nothing; an empty index was made.
    New,
    /// An index of another version, which was moved aside; an empty one was made.
    OtherVersion,
    /// A damaged index, which was moved aside; an empty one was made.
    Damaged,
}

/// An index of articles. Copying it is cheap.
#[derive(Clone)]
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    place: IndexFolder,
    start: Start,
    /// The state seen last, which need not be opened again while nothing changes.
    last: Arc<Mutex<Option<Arc<IndexArchive>>>>,
}

impl Index {
    /// Opens the index at `location`, or makes an empty one there.
    ///
    /// An index that is damaged or of another version is moved aside.
    ///
    /// # Errors
    ///
    /// [`Error::Cache`] when the folder cannot be made or written, or holds other files, and
    /// [`Error::Index`] when another version of the program is just writing there.
    pub fn open(location: &Location) -> Result<Index> {
        match location {
            Location::Disk(folder) => open_on_disk(folder, false),
            Location::Memory => {
                let place: IndexFolder = Path::new(IN_MEMORY).into();
                open(&place, RamDirectory::create(), Start::New)
            }
        }
    }

    /// Moves aside whatever index lies at `location`, and makes an empty one.
    ///
    /// # Errors
    ///
    /// As for [`Index::open`].
    pub fn recreate(location: &Location) -> Result<Index> {
        match location {
            Location::Disk(folder) => open_on_disk(folder, true),
            Location::Memory => Index::open(location),
        }
    }

    /// A shelf with this index on it, which one in memory may replace.
    pub fn shelf(self) -> Shelf {
        Shelf::new(Arc::new(self), || Ok(Arc::new(Index::open(&Location::Memory)?)))
    }

    /// The engine's own index.
    pub(super) fn engine(&self) -> &tantivy::Index {
        &self.index
    }

    /// What was found when it was opened.
    pub fn start(&self) -> Start {
        self.start
    }

    /// The same index, whose archives know nothing yet of what was asked before.
    #[cfg(test)]
    pub(crate) fn forgetful(&self) -> Index {
        Index { last: Arc::default(), ..self.clone() }
    }

    /// The index as the last commit of any process left it.
    pub(crate) fn now(&self) -> Result<Arc<IndexArchive>> {
        self.try_now().or_else(|error| {
            let folder = self.folder().ok_or(error)?;
            // Another process may just be making the index anew; then one waits until it is made.
            let _alone = opening_alone(folder);
            self.try_now()
        })
    }

    fn try_now(&self) -> Result<Arc<IndexArchive>> {
        // Whoever panicked with the lock held has left an archive or none, and both will do.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let archive = caught(&self.place, || {
            let metas = self.index.load_metas()?;
            let segments = || metas.segments.iter().map(|segment| (segment.id(), segment.delete_opstamp()));
            if let Some(archive) = last.as_ref().filter(|last| last.shows(segments())) {
                return Ok(archive.clone());
            }
            self.open_archive().map(Arc::new)
        })?;
        *last = Some(archive.clone());
        Ok(archive)
    }

    /// Opens the state of the last commit.
    ///
    /// The tables of families are opened after the engine has opened its own files, and another process
    /// may end a merge in between and take them away; then there is a newer state to open.
    fn open_archive(&self) -> tantivy::Result<IndexArchive> {
        let mut attempts = 0;
        loop {
            self.reader.reload()?;
            match IndexArchive::open(self.reader.searcher(), self.fields, self.place.clone()) {
                Err(TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_))) if attempts < MOST_ATTEMPTS => {
                    attempts += 1;
                }
                opened => return opened,
            }
        }
    }
}

impl Collection for Index {
    fn archive(&self) -> Result<Arc<dyn Archive>> {
        Ok(self.now()?)
    }

    fn intake(&self) -> Option<&dyn Intake> {
        Some(self)
    }

    fn folder(&self) -> Option<&Path> {
        Some(&*self.place).filter(|place| *place != Path::new(IN_MEMORY))
    }

    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
        marker(query, forgiven, compounds)
    }

    fn check(&self) -> Result<Vec<PathBuf>> {
        caught(&self.place, || Ok(self.index.validate_checksum()?.into_iter().collect()))
    }
}

impl Intake for Index {
    fn damage(&self, due: Due, now: SystemTime, goes_on: &dyn Fn() -> bool) -> Result<Option<Damage>> {
        self.find_damage(due, now, goes_on)
    }

    fn take_out(&self, damage: &Damage) -> Result<bool> {
        self.take_segments_out(damage)
    }

    fn tidy(&self) {
        self.remove_unfinished();
    }

    fn files(&self) -> Result<HashMap<FileKey, u64>> {
        self.now()?.files()
    }

    fn note(&self) -> Result<Option<String>> {
        caught(&self.place, || Ok(self.index.load_metas()?.payload))
    }

    fn writer(&self, memory: usize) -> Result<Option<Box<dyn Writer>>> {
        // Whoever hands in the articles has as much to do as the engine, so it gets half of the cores.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = (cores / 2).clamp(1, MOST_THREADS);
        let threads = (memory / LEAST_MEMORY).clamp(1, threads);
        let memory = memory.max(LEAST_MEMORY * threads).min(threads * 1_000_000_000);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory / threads)
            .num_merge_threads(MERGES_AT_ONCE)
            .build();
        let opened = caught(&self.place, || match self.index.writer_with_options(options) {
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Ok(None),
            other => other.map(|writer| {
                let mut merging = LogMergePolicy::default();
                merging.set_min_num_segments(MERGED);
                writer.set_merge_policy(Box::new(merging));
                Some(writer)
            }),
        })?;
        let writer = |writer| IndexWriter::new(writer, self.fields, self.place.clone());
        Ok(opened.map(|opened| Box::new(writer(opened)) as Box<dyn Writer>))
    }
}

/// Opens or makes the index in `folder`.
fn open_on_disk(folder: &Path, anew: bool) -> Result<Index> {
    let cache = |reason: String| Error::Cache { path: folder.to_owned(), reason };
    let cannot = |error: std::io::Error| cache(error.to_string());
    let _alone = opening_alone(folder).map_err(cannot)?;
    let manifest = Manifest::current(&schema().0, &settings());
    let (found, start) = match manifest.look(folder).map_err(cannot)? {
        ManifestState::Foreign => {
            return Err(cache("there are other files in it".to_owned()));
        }
        ManifestState::Nothing => (false, Start::New),
        ManifestState::Current => (true, Start::Found),
        ManifestState::Other => (true, Start::OtherVersion),
        ManifestState::Damaged => (true, Start::Damaged),
    };
    let place: IndexFolder = folder.into();
    if found && start == Start::Found && !anew {
        let opened = on_disk(&place).and_then(|directory| open(&place, directory, Start::Found));
        // An index that can be opened may still not be readable, which its first archive finds out.
        if let Ok(index) = opened
            && index.try_now().is_ok()
        {
            forget_aside(folder);
            return Ok(index);
        }
    }
    let start = if start == Start::Found && !anew { Start::Damaged } else { start };
    if found {
        unless_written(&place)?;
        set_aside(folder).map_err(cannot)?;
    }
    disk::make_folder(folder).map_err(cannot)?;
    manifest.write(folder).map_err(cannot)?;
    let made = on_disk(&place).and_then(|directory| open(&place, directory, start));
    made.map_err(|error| match error {
        Error::Index { reason, .. } => cache(reason),
        other => other,
    })
}

/// Waits until no other process is opening an index beside this one; nobody does as long as the file
/// is kept. An index that is half made would be taken for a damaged one.
fn opening_alone(folder: &Path) -> std::io::Result<Option<fs::File>> {
    let parent = folder.parent().unwrap_or(Path::new(""));
    disk::make_folder(parent)?;
    // Where folders cannot be opened or locked, two starts at the same moment are rare enough to go on.
    let parent = fs::File::open(parent).ok();
    Ok(parent.filter(|parent| parent.lock().is_ok()))
}

/// Fails while somebody writes the index: whoever does would write into its successor.
fn unless_written(place: &IndexFolder) -> Result<()> {
    let directory = on_disk(place)?;
    match directory.acquire_lock(&INDEX_WRITER_LOCK) {
        Err(LockError::LockBusy) => Err(Error::Index {
            path: place.to_path_buf(),
            reason: "another newsstand, of another version, is just writing it".to_owned(),
        }),
        // A lock that cannot be taken for other reasons is part of the damage.
        _ => Ok(()),
    }
}

fn on_disk(place: &IndexFolder) -> Result<IndexDirectory> {
    caught(place, || Ok(IndexDirectory::open(place)?))
}

/// Opens the index in a directory of the engine.
fn open(place: &IndexFolder, directory: impl Into<Box<dyn Directory>>, start: Start) -> Result<Index> {
    let (schema, fields) = schema();
    caught(place, || {
        let index = tantivy::Index::builder().schema(schema).settings(settings());
        let index = index.register_plugin(Arc::new(FamiliesPlugin)).open_or_create(directory)?;
        // The engine does not keep its tokenizers with the index.
        index.tokenizers().register(TERMS, TextAnalyzer::from(TermTokenizer::default()));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Index { index, reader, fields, place: place.clone(), start, last: Arc::default() })
    })
}

/// About how many bytes of rows are packed together: eighty of them.
const ROWS_TOGETHER: usize = 32 << 10;

/// How the engine orders and keeps articles.
///
/// Those of one language stand together: the numbers of articles with the same word are near each other
/// then, which takes less room.
///
/// A screen of rows is much of the work of a search, as nearly every row lies in a block of its own that has
/// to be unpacked. What the engine does by itself unpacks quicker, by half a millisecond for a screen, and
/// takes half as much room again.
fn settings() -> IndexSettings {
    let compression = Compressor::Zstd(ZstdCompressor { compression_level: Some(3) });
    IndexSettings {
        sort_by_field: Some(IndexSortByField { field: column::LANGUAGE.to_owned(), order: Direction::Asc }),
        docstore_compression: compression,
        docstore_blocksize: ROWS_TOGETHER,
        ..IndexSettings::default()
    }
}
