//! Standard input and other streams, kept in a file so that they can be read again.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::disk::Unfinished;
use crate::error::{Error, Result};

/// How many streams are kept, the latest ones. Older ones would only fill the disk.
const KEPT: usize = 8;
/// How many bytes they may have together; the latest is kept whatever it has.
const BUDGET: u64 = 1 << 30;

/// What the names of the files begin with.
const PREFIX: &str = "stream-";

/// Keeps all of `stream`, which came by the name of `given`, in a file in `folder`, and returns the
/// path of the file.
///
/// The file is named by its content, so the same stream has the same place, and with it the same
/// index. It takes that name only when it is complete.
pub(super) fn keep(
    stream: &mut dyn Read,
    given: &Path,
    folder: &Path,
    forgotten: &mut Vec<PathBuf>,
) -> Result<PathBuf> {
    let unwritable = |error: io::Error| Error::Cache { path: folder.to_owned(), reason: error.to_string() };
    let mut unfinished = Unfinished::beside(&folder.join(PREFIX)).map_err(unwritable)?;
    copy(stream, given, &mut unfinished, &unwritable)?;
    let hash = File::open(unfinished.path()).and_then(rapidhash::v3::rapidhash_v3_file).map_err(unwritable)?;
    let path = folder.join(format!("{PREFIX}{hash:016x}"));
    let kept = unfinished.finish(&path).and_then(|()| path.canonicalize()).map_err(unwritable)?;
    forgotten.extend(forget_old(folder, &kept, KEPT, BUDGET));
    Ok(kept)
}

/// Copies `stream`, and tells a stream that breaks from a disk that is full.
fn copy(
    stream: &mut dyn Read,
    given: &Path,
    file: &mut Unfinished,
    unwritable: &dyn Fn(io::Error) -> Error,
) -> Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => file.write_all(&buffer[..length]).map_err(unwritable)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => return Err(Error::Read { path: given.to_owned(), source }),
        }
    }
}

/// A stream that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptStream {
    /// Its file.
    pub path: PathBuf,
    /// Its bytes.
    pub size: u64,
    /// When it was read.
    read: SystemTime,
}

/// The streams that are kept in `folder`, the latest first.
pub fn kept_streams(folder: &Path) -> Vec<KeptStream> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut streams: Vec<KeptStream> = entries
        .flatten()
        .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes()))
        .filter_map(|entry| {
            let known = entry.metadata().ok().filter(|known| known.is_file())?;
            Some(KeptStream { path: entry.path(), size: known.len(), read: known.modified().ok()? })
        })
        .collect();
    streams.sort_unstable_by(|one, other| (other.read, &other.path).cmp(&(one.read, &one.path)));
    streams
}

/// Removes the streams that are kept in `folder`, and returns those that are gone. What cannot be removed
/// stays.
pub fn forget_streams(folder: &Path) -> Vec<PathBuf> {
    let paths = kept_streams(folder).into_iter().map(|stream| stream.path);
    paths.filter(|path| fs::remove_file(path).is_ok()).collect()
}

/// Removes all but the latest streams: so many with `newest`, and so many bytes.
fn forget_old(folder: &Path, newest: &Path, most: usize, budget: u64) -> Vec<PathBuf> {
    let streams = kept_streams(folder);
    let is_newest = |stream: &KeptStream| stream.path.file_name() == newest.file_name();
    let (mut count, mut bytes) = (1, streams.iter().find(|stream| is_newest(stream)).map_or(0, |stream| stream.size));
    let older = streams.into_iter().filter(|stream| !is_newest(stream));
    let old = older.filter(|stream| {
        // What is older than one that has no room has none either.
        (count, bytes) = (count + 1, bytes.saturating_add(stream.size));
        count > most || bytes > budget
    });
    old.map(|stream| stream.path).filter(|path| fs::remove_file(path).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_kept_under_a_name_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = folder.path().join("new").join("spool");
        let keep = |text: &str| keep(&mut text.as_bytes(), Path::new("-"), &spool, &mut Vec::new()).expect("kept");
        let (one, two, again) = (keep("one"), keep("two"), keep("one"));
        assert_eq!(one, again);
        assert_ne!(one, two);
        assert_eq!(fs::read_to_string(&one).expect("readable"), "one");
        assert_eq!(fs::read_dir(&spool).expect("a folder").count(), 2, "nothing unfinished is left");
    }

    #[test]
    fn only_the_latest_streams_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("notes"), "not ours").expect("written");
        let mut forgotten = Vec::new();
        let kept: Vec<PathBuf> = (0..20)
            .map(|number| {
                let text = format!("{number}");
                keep(&mut text.as_bytes(), Path::new("-"), folder.path(), &mut forgotten).expect("kept")
            })
            .collect();
        assert_eq!(forgotten.len(), 12);
        assert_eq!(kept.iter().filter(|path| path.exists()).count(), KEPT);
        assert!(kept[19].exists());
        assert!(folder.path().join("notes").exists());
    }

    #[test]
    fn large_streams_make_room_for_the_latest() {
        let folder = tempfile::tempdir().expect("a folder");
        let paths: Vec<PathBuf> = (0..5).map(|number| folder.path().join(format!("{PREFIX}{number}"))).collect();
        for (number, path) in (0..).zip(&paths) {
            let file = File::create(path).expect("written");
            file.set_len(100).expect("written");
            file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(number)).expect("set");
        }
        let left = |newest: usize, most, budget| {
            let gone = forget_old(folder.path(), &paths[newest], most, budget);
            gone.iter().for_each(|path| assert!(!path.exists()));
            paths.iter().filter(|path| path.exists()).count()
        };
        assert_eq!(left(4, 5, 500), 5);
        assert_eq!(left(4, 5, 499), 4);
        assert!(!paths[0].exists(), "the oldest went");
        // One that was kept before and came again is the latest.
        assert_eq!(left(1, 2, 499), 2);
        assert!(paths[1].exists() && paths[4].exists());
        assert_eq!(left(4, 8, 1), 1);
        assert!(paths[4].exists(), "the latest is kept whatever it has");
        assert_eq!(forget_streams(folder.path()), [paths[4].clone()]);
    }

    #[cfg(unix)]
    #[test]
    fn streams_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let spool = folder.path().join("spool");
        let path = keep(&mut &b"secret"[..], Path::new("-"), &spool, &mut Vec::new()).expect("kept");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&spool)), (0o600, 0o700));
    }

    #[test]
    fn a_stream_that_breaks_is_told_from_a_folder_that_cannot_be_written() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        let error = keep(&mut Broken, Path::new("-"), folder.path(), &mut Vec::new()).expect_err("broken");
        assert!(matches!(error, Error::Read { .. }), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
        let file = folder.path().join("file");
        fs::write(&file, "").expect("written");
        let error = keep(&mut &b"x"[..], Path::new("-"), &file, &mut Vec::new()).expect_err("no folder");
        assert!(matches!(error, Error::Cache { .. }), "{error}");
    }
}
