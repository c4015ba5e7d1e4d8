//! What was asked for: files, folders, a stream, or the sample edition.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(unix)]
use super::waiting::{LOOKS, Pipe};
use super::within::within_archive;
use super::{sample, spool};
use crate::error::{Error, Result};
use crate::format::FieldNames;
use crate::format::archive::WITHIN;

/// The files and folders that make up what is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pile {
    /// What is there, in the order it was asked for, each once.
    pub roots: Vec<Root>,
    /// What was asked for and is not there. [`walk`](super::walk) reports it.
    pub missing: Vec<PathBuf>,
    /// What the fields of JSON are called in it, where they have no usual names.
    pub fields: Arc<FieldNames>,
    /// Whether links in its folders are followed that lead out of all of them.
    pub follow: bool,
    /// The file that remembers when articles were first seen; `None` where that is not kept.
    pub arrivals: Option<PathBuf>,
    /// The file of the reader's marks; `None` where articles do not take over marks.
    pub marks: Option<PathBuf>,
    /// Streams that were kept until now, and made room for one of this pile.
    pub forgotten: Vec<PathBuf>,
}

/// One thing that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The path as it was given.
    pub given: PathBuf,
    /// The same without links and dots, so that it names one place.
    pub path: PathBuf,
    /// What lies there.
    pub kind: RootKind,
}

/// What a [`Root`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// A folder, read with all folders in it.
    Folder,
    /// A file, read whatever its name.
    File,
    /// Standard input or another stream; `path` is the file it was kept in.
    Stream,
    /// The sample edition.
    Sample,
    /// Nothing that is read: a server keeps the articles, and `path` is its address.
    Elsewhere,
}

impl Pile {
    /// Looks at what was asked for. `-` is standard input; it and other streams, such as those of a
    /// shell's `<(…)`, are read to their end and kept in a file in the folder `spool`.
    ///
    /// A path that is not there does not keep the others from being read: it is noted in
    /// [`Pile::missing`].
    ///
    /// # Errors
    ///
    /// When a stream cannot be read, or not be kept.
    pub fn open(paths: &[PathBuf], spool: &Path) -> Result<Pile> {
        Pile::open_reading(paths, spool, &mut io::stdin().lock())
    }

    /// The sample edition.
    pub fn sample() -> Pile {
        let root = Root { given: PathBuf::new(), path: PathBuf::new(), kind: RootKind::Sample };
        Pile { roots: vec![root], ..Pile::default() }
    }

    /// What a server keeps at an address, which the reader calls `name`: there is no file to read.
    pub fn elsewhere(name: &str, address: &str) -> Pile {
        let root = Root { given: name.into(), path: address.into(), kind: RootKind::Elsewhere };
        Pile { roots: vec![root], ..Pile::default() }
    }

    /// Like [`Pile::open`], with another standard input.
    ///
    /// # Errors
    ///
    /// As for [`Pile::open`].
    pub fn open_reading(paths: &[PathBuf], spool: &Path, stdin: &mut dyn Read) -> Result<Pile> {
        let mut pile = Pile::default();
        for given in paths {
            let (path, kind) = if given.as_os_str() == "-" {
                (spool::keep(stdin, given, spool, &mut pile.forgotten)?, RootKind::Stream)
            } else {
                match look(given, spool, &mut pile.forgotten)? {
                    Some(found) => found,
                    None => {
                        pile.missing.push(given.clone());
                        continue;
                    }
                }
            };
            if !pile.roots.iter().any(|root| root.path == path) {
                pile.roots.push(Root { given: given.clone(), path, kind });
            }
        }
        Ok(pile)
    }

    /// Names the pile: the same for the same places in any order, however they were given.
    pub fn key(&self) -> u64 {
        if self.is_sample() {
            return sample::KEY;
        }
        Pile::key_of(self.roots.iter().map(|root| root.path.as_path()))
    }

    /// The name of the pile of these places.
    pub fn key_of<'a>(paths: impl IntoIterator<Item = &'a Path>) -> u64 {
        let mut paths: Vec<&[u8]> = paths.into_iter().map(|path| path.as_os_str().as_encoded_bytes()).collect();
        paths.sort_unstable();
        // No path holds a zero byte, so different lists of paths stay different.
        rapidhash::v3::rapidhash_v3(&paths.join(&0))
    }

    /// True for the sample edition.
    pub fn is_sample(&self) -> bool {
        self.roots.iter().any(|root| root.kind == RootKind::Sample)
    }

    /// A path of an article as the reader would write it: beginning with the root as it was given.
    pub fn shown(&self, path: &Path) -> PathBuf {
        if let Some((archive, member)) = within_archive(path) {
            let mut shown = self.shown(&archive).into_os_string();
            shown.push(WITHIN);
            shown.push(member);
            return shown.into();
        }
        let holding = self.roots.iter().filter_map(|root| Some((root, path.strip_prefix(&root.path).ok()?)));
        match holding.min_by_key(|(_, rest)| rest.components().count()) {
            None => path.to_owned(),
            Some((root, rest)) => root.shown(rest),
        }
    }
}

impl Root {
    /// The path of something in it, beginning as the root was given.
    pub(super) fn shown(&self, rest: &Path) -> PathBuf {
        if rest.as_os_str().is_empty() {
            self.given.clone()
        } else if self.given.as_os_str() == "." {
            rest.to_owned()
        } else {
            self.given.join(rest)
        }
    }
}

/// What lies at `given`, or `None` when nothing does.
fn look(given: &Path, spool: &Path, forgotten: &mut Vec<PathBuf>) -> Result<Option<(PathBuf, RootKind)>> {
    let metadata = match fs::metadata(given) {
        Ok(metadata) => metadata,
        Err(error) => return Ok(unseen(given, &error)),
    };
    let kind = match (metadata.is_dir(), metadata.is_file()) {
        (true, _) => RootKind::Folder,
        (_, true) => RootKind::File,
        // A device may never end; reading it will say that it is no file.
        _ if !is_stream(&metadata) => RootKind::File,
        _ => {
            let unreadable = |source| Error::Read { path: given.to_owned(), source };
            #[cfg(unix)]
            let mut stream = Pipe::open(given, LOOKS).map_err(unreadable)?;
            #[cfg(not(unix))]
            let mut stream = fs::File::open(given).map_err(unreadable)?;
            return Ok(Some((spool::keep(&mut stream, given, spool, forgotten)?, RootKind::Stream)));
        }
    };
    Ok(given.canonicalize().map_or_else(|error| unseen(given, &error), |path| Some((path, kind))))
}

/// True for a pipe, such as a shell's `<(…)`.
#[cfg(unix)]
fn is_stream(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

/// True for what is no file and no folder: there are no devices among the files.
#[cfg(not(unix))]
fn is_stream(_: &fs::Metadata) -> bool {
    true
}

/// What to make of a path that cannot be looked at: when it is there all the same, reading it will
/// tell what is wrong.
fn unseen(given: &Path, error: &io::Error) -> Option<(PathBuf, RootKind)> {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => None,
        _ => Some((std::path::absolute(given).unwrap_or_else(|_| given.to_owned()), RootKind::File)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(paths: &[&Path]) -> Pile {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        Pile::open_reading(&paths, Path::new("unused"), &mut io::empty()).expect("no stream is asked for")
    }

    #[test]
    fn missing_paths_are_noted_and_the_others_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.txt");
        fs::write(&file, "text").expect("written");
        let nowhere = [folder.path().join("nowhere"), file.join("below a file")];
        let pile = open(&[&nowhere[0], &file, &nowhere[1], folder.path()]);
        assert_eq!(pile.missing, nowhere);
        let kinds: Vec<RootKind> = pile.roots.iter().map(|root| root.kind).collect();
        assert_eq!(kinds, [RootKind::File, RootKind::Folder]);
    }

    #[test]
    fn the_same_places_make_the_same_pile() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        fs::create_dir_all(&one).expect("a folder");
        fs::create_dir_all(&two).expect("a folder");
        let roundabout = two.join("..").join("one").join(".");
        assert_eq!(open(&[&one, &two]).key(), open(&[&two, &roundabout, &one]).key());
        assert_ne!(open(&[&one]).key(), open(&[&two]).key());
        assert_ne!(open(&[&one]).key(), open(&[&one, &two]).key());
        assert_ne!(open(&[]).key(), Pile::sample().key());
    }

    #[test]
    fn paths_are_shown_as_they_were_given() {
        let root = |given: &str, path: &str| Root { given: given.into(), path: path.into(), kind: RootKind::Folder };
        let pile = Pile {
            roots: vec![root("old", "/home/me/news"), root(".", "/home/me"), root("a.txt", "/data/0017.txt")],
            ..Pile::default()
        };
        for (path, shown) in [
            ("/home/me/news/2021/a.txt", "old/2021/a.txt"),
            ("/home/me/b.txt", "b.txt"),
            ("/data/0017.txt", "a.txt"),
            ("/elsewhere/c.txt", "/elsewhere/c.txt"),
        ] {
            assert_eq!(pile.shown(Path::new(path)), Path::new(shown), "{path}");
        }
        assert_eq!(Pile::sample().shown(Path::new("a.txt")), Path::new("a.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_no_stream() {
        let pile = open(&[Path::new("/dev/zero")]);
        assert_eq!(pile.roots[0].kind, RootKind::File);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let pile = std::thread::scope(|scope| {
            scope.spawn(|| fs::write(&pipe, "Musk invites Putin").expect("somebody reads"));
            Pile::open_reading(std::slice::from_ref(&pipe), folder.path(), &mut io::empty()).expect("kept")
        });
        assert_eq!(pile.roots[0].kind, RootKind::Stream);
        assert_eq!(fs::read_to_string(&pile.roots[0].path).expect("readable"), "Musk invites Putin");
        assert_eq!(pile.shown(&pile.roots[0].path), pipe);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_into_which_nobody_writes_is_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
        let read = |pipe: &mut Pipe| {
            let mut text = String::new();
            pipe.read_to_string(&mut text).map(|_| text).map_err(|error| error.kind())
        };
        assert_eq!(read(&mut Pipe::open(&path, 1).expect("it is there")), Err(io::ErrorKind::TimedOut));
        // A writer may come later, and be slow.
        let mut pipe = Pipe::open(&path, u32::MAX).expect("it is there");
        std::thread::scope(|scope| {
            let reading = scope.spawn(move || read(&mut pipe));
            fs::write(&path, "late news").expect("somebody reads");
            assert_eq!(reading.join().expect("it ends"), Ok("late news".to_owned()));
        });
    }

    #[test]
    fn standard_input_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |text: &str| {
            Pile::open_reading(&["-".into(), "-".into()], folder.path(), &mut text.as_bytes()).expect("kept")
        };
        let pile = open("Musk invites Putin");
        assert_eq!(pile.roots[0].kind, RootKind::Stream);
        assert_eq!(fs::read_to_string(&pile.roots[0].path).expect("readable"), "Musk invites Putin");
        assert_eq!(pile.shown(&pile.roots[0].path), Path::new("-"));
        assert_eq!(pile.key(), open("Musk invites Putin").key());
        assert_ne!(pile.key(), open("Putin answers").key());
    }
}
