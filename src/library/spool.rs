//! Standard input and other streams, kept in a file so that they can be read again.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::disk::Unfinished;
use crate::error::{Error, Result};

/// How many streams are kept, the latest ones. Older ones would only fill the disk.
const KEPT: usize = 8;

/// What the names of the files begin with.
const PREFIX: &str = "stream-";

/// Keeps all of `stream`, which came by the name of `given`, in a file in `folder`, and returns the
/// path of the file.
///
/// The file is named by its content, so the same stream has the same place, and with it the same
/// index. It takes that name only when it is complete.
pub(super) fn keep(stream: &mut dyn Read, given: &Path, folder: &Path) -> Result<PathBuf> {
    let unwritable = |error: io::Error| Error::Cache { path: folder.to_owned(), reason: error.to_string() };
    let mut unfinished = Unfinished::beside(&folder.join(PREFIX)).map_err(unwritable)?;
    copy(stream, given, &mut unfinished, &unwritable)?;
    let hash = File::open(unfinished.path()).and_then(rapidhash::v3::rapidhash_v3_file).map_err(unwritable)?;
    let path = folder.join(format!("{PREFIX}{hash:016x}"));
    let kept = unfinished.finish(&path).and_then(|()| path.canonicalize()).map_err(unwritable)?;
    forget_old(folder, &kept);
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

/// Removes all but the latest streams, those among them that were never finished. What cannot be
/// removed stays.
fn forget_old(folder: &Path, newest: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut streams: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .filter(|entry| Some(entry.file_name().as_os_str()) != newest.file_name())
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    streams.sort_unstable();
    streams.truncate(streams.len().saturating_sub(KEPT - 1));
    for (_, path) in streams {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_kept_under_a_name_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = folder.path().join("new").join("spool");
        let keep = |text: &str| keep(&mut text.as_bytes(), Path::new("-"), &spool).expect("kept");
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
        let kept: Vec<PathBuf> = (0..20)
            .map(|number| keep(&mut format!("{number}").as_bytes(), Path::new("-"), folder.path()).expect("kept"))
            .collect();
        assert_eq!(kept.iter().filter(|path| path.exists()).count(), KEPT);
        assert!(kept[19].exists());
        assert!(folder.path().join("notes").exists());
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
        let error = keep(&mut Broken, Path::new("-"), folder.path()).expect_err("broken");
        assert!(matches!(error, Error::Read { .. }), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
        let file = folder.path().join("file");
        fs::write(&file, "").expect("written");
        let error = keep(&mut &b"x"[..], Path::new("-"), &file).expect_err("no folder");
        assert!(matches!(error, Error::Cache { .. }), "{error}");
    }
}
