//! The files of an index on the disk.
//!
//! They are mapped into memory, as the engine does by itself, but not for merging. A merge reads a dozen
//! segments from their first byte to their last, and all that it has read would stay mapped until it is
//! done: at a million articles that was more than a gigabyte of an import that otherwise needs a quarter
//! of it. So the threads that merge read through a window that moves along.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, TantivyError};

use crate::disk;

/// How the names of the threads begin in which the engine merges.
pub(crate) const MERGING_THREADS: &str = "merge_thread";

/// So many bytes are read at once. The files of all segments that are merged have a window each.
const WINDOW: usize = 64 * 1024;

/// The folder of an index.
#[derive(Clone, Debug)]
pub(crate) struct IndexDirectory {
    mapped: MmapDirectory,
    folder: PathBuf,
}

impl IndexDirectory {
    /// Fails when there is no such folder.
    pub(crate) fn open(folder: &Path) -> Result<IndexDirectory, OpenDirectoryError> {
        Ok(IndexDirectory { mapped: MmapDirectory::open(folder)?, folder: folder.to_owned() })
    }

    /// The engine makes its files as open as the system lets it; they say what the reader reads.
    fn make_private(&self, path: &Path) {
        if let Err(error) = disk::make_private(&self.folder.join(path)) {
            tracing::warn!("{}: others may be able to read it: {error}", path.display());
        }
    }

    fn through_window(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let cannot = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let file = File::open(self.folder.join(path)).map_err(cannot)?;
        let length = file.metadata().map_err(cannot)?.len();
        let length = usize::try_from(length).map_err(|error| cannot(io::Error::other(error)))?;
        let view = Mutex::new(View { file, start: 0, bytes: OwnedBytes::empty() });
        Ok(Arc::new(Windowed { view, length, mapped: self.mapped.clone(), path: path.to_owned() }))
    }
}

/// Everything but opening a file to read it is as the engine does it.
impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let merges = std::thread::current().name().is_some_and(|name| name.starts_with(MERGING_THREADS));
        if merges { self.through_window(path) } else { self.mapped.get_file_handle(path) }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let writer = self.mapped.open_write(path)?;
        self.make_private(path);
        Ok(writer)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.mapped.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.mapped.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let held = self.mapped.acquire_lock(lock)?;
        self.make_private(&lock.filepath);
        Ok(held)
    }

    fn watch(&self, callback: WatchCallback) -> Result<WatchHandle, TantivyError> {
        self.mapped.watch(callback)
    }
}

/// A file that is read from its beginning to its end.
#[derive(Debug)]
struct Windowed {
    view: Mutex<View>,
    length: usize,
    mapped: MmapDirectory,
    path: PathBuf,
}

/// The part of a file that was read last.
#[derive(Debug)]
struct View {
    file: File,
    /// Where in the file the bytes begin.
    start: usize,
    bytes: OwnedBytes,
}

impl HasLen for Windowed {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Windowed {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        if range.len() > WINDOW / 2 {
            // It is mapped only as long as it is used.
            let handle = self.mapped.get_file_handle(&self.path).map_err(io::Error::other)?;
            return handle.read_bytes(range);
        }
        // Whoever panicked has left a view that is whole.
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if range.start < view.start || range.end > view.start + view.bytes.len() {
            if range.end > self.length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let mut bytes = vec![0; WINDOW.min(self.length - range.start)];
            view.file.seek(SeekFrom::Start(range.start as u64))?;
            view.file.read_exact(&mut bytes)?;
            (view.start, view.bytes) = (range.start, OwnedBytes::new(bytes));
        }
        let start = range.start - view.start;
        Ok(view.bytes.slice(start..start + range.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A directory with one file of `length` bytes.
    fn with_file(length: usize) -> (tempfile::TempDir, IndexDirectory, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        std::fs::write(folder.path().join("file"), &bytes).unwrap();
        let directory = IndexDirectory::open(folder.path()).unwrap();
        (folder, directory, bytes)
    }

    proptest! {
        #[test]
        fn a_window_shows_what_is_in_the_file(
            length in 0..3 * WINDOW,
            ranges in proptest::collection::vec((0..3 * WINDOW, 0..WINDOW), 1..12),
        ) {
            let (_folder, directory, bytes) = with_file(length);
            let handle = directory.through_window(Path::new("file")).unwrap();
            prop_assert_eq!(handle.len(), length);
            for (start, count) in ranges {
                let start = start.min(length);
                let range = start..(start + count).min(length);
                prop_assert_eq!(&*handle.read_bytes(range.clone()).unwrap(), &bytes[range]);
            }
        }
    }

    #[test]
    fn only_merges_read_through_a_window() {
        let (_folder, directory, _bytes) = with_file(10);
        let handle = |name: &str| {
            let directory = directory.clone();
            let open = move || format!("{:?}", directory.get_file_handle(Path::new("file")).unwrap());
            std::thread::Builder::new().name(name.to_owned()).spawn(open).unwrap().join().unwrap()
        };
        assert!(handle("merge_thread_0").starts_with("Windowed"));
        assert!(!handle("reader").starts_with("Windowed"));
    }

    #[test]
    fn what_is_not_there_is_said() {
        let (_folder, directory, _bytes) = with_file(10);
        let missing = directory.through_window(Path::new("none"));
        assert!(matches!(missing, Err(OpenReadError::FileDoesNotExist(_))));
        let handle = directory.through_window(Path::new("file")).unwrap();
        assert_eq!(handle.read_bytes(5..11).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
