//! Finding the files of a pile.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder};

use super::pile::{Pile, Root, RootKind};
use super::sample;
use super::waiting::Unhurried;
use crate::error::{Error, Result};
use crate::format::archive::Archive;
use crate::format::{self, FieldNames, binary, packed};
use crate::text::Clean;

/// A file of a pile, as it was when it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEntry {
    /// Where it lies: the root without links and dots, and the way from there. For the sample
    /// edition, the name alone.
    pub path: PathBuf,
    /// The path as the reader would write it.
    pub shown: PathBuf,
    /// Names the path: its 64-bit hash.
    pub key: u64,
    /// Changes when the file does, or is read in another way: a hash of its size and of the time it was
    /// last written.
    pub stamp: u64,
    /// Its size in bytes.
    pub size: u64,
    /// What the fields of JSON are called, as the pile has it.
    pub(super) fields: Arc<FieldNames>,
    /// Its content, if it is one of the sample edition.
    pub(super) sample: Option<&'static [u8]>,
}

/// What a walk came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Files that may hold articles.
    pub files: u64,
    /// Files that were passed over: of no known format, or no text.
    pub skipped: u64,
}

/// Finds all files of `pile`, in the order of its roots and then of their names.
///
/// In folders, hidden files and files of other kinds are passed over, links are followed as the pile says,
/// and no file is found twice because links lead there by several ways. A file that was named is found
/// whatever its name and kind. What is missing or may not be looked at is reported on the way.
pub fn walk(pile: &Pile, mut on: impl FnMut(Result<FileEntry>)) -> Walked {
    let mut files = Files::new(pile);
    files.by_ref().for_each(&mut on);
    files.walked
}

/// The files of a pile, one after the other: [`walk`] for those who may want to stop on the way.
pub struct Files {
    missing: VecDeque<PathBuf>,
    roots: VecDeque<Root>,
    folder: Option<(Root, ignore::Walk)>,
    samples: std::slice::Iter<'static, sample::Sample>,
    named: HashSet<PathBuf>,
    paths: Arc<Paths>,
    fields: Arc<FieldNames>,
    pile: Pile,
    /// What was found so far.
    pub walked: Walked,
}

impl Files {
    /// The files of `pile`.
    pub fn new(pile: &Pile) -> Files {
        let of_kind = |kind| pile.roots.iter().filter(move |root| root.kind == kind).map(|root| root.path.clone());
        Files {
            missing: pile.missing.iter().cloned().collect(),
            roots: pile.roots.iter().cloned().collect(),
            folder: None,
            samples: [].iter(),
            named: of_kind(RootKind::File).collect(),
            paths: Arc::new(Paths {
                folders: of_kind(RootKind::Folder).collect(),
                follow: pile.follow,
                linked: Mutex::default(),
                outside: Mutex::default(),
            }),
            fields: Arc::clone(&pile.fields),
            pile: pile.clone(),
            walked: Walked::default(),
        }
    }

    /// What is to be told of links that led out of the pile and were not followed so far.
    pub fn told_of_links(&self) -> Option<Clean> {
        let outside = self.paths.outside.lock().unwrap_or_else(PoisonError::into_inner);
        let (first, count) = outside.as_ref()?;
        let more = match count {
            1 => String::new(),
            more => format!(", as {} more do", more - 1),
        };
        let first = self.pile.shown(first);
        Some(Clean::new(&format!(
            "{}: a link that leads out of what you named{more}; not followed (--follow follows them)",
            first.display()
        )))
    }

    /// The next file of the folder that is being walked.
    fn next_in_folder(&mut self) -> Option<Result<FileEntry>> {
        let (root, walk) = self.folder.as_mut()?;
        for entry in walk {
            let found = match entry {
                Err(error) if is_loop(&error) => continue,
                Err(error) => Err(failed(root, error)),
                Ok(entry) => {
                    if !entry.file_type().is_some_and(|kind| kind.is_file()) || self.named.contains(entry.path()) {
                        continue;
                    }
                    match is_wanted(entry.path()) {
                        Ok(true) => entry
                            .metadata()
                            .map(|metadata| {
                                FileEntry::new(entry.path(), shown(root, entry.path()), &metadata, &self.fields)
                            })
                            .map_err(|error| failed(root, error)),
                        Ok(false) => {
                            self.walked.skipped += 1;
                            continue;
                        }
                        Err(source) => Err(Error::Read { path: shown(root, entry.path()), source }),
                    }
                }
            };
            return Some(found);
        }
        self.folder = None;
        None
    }

    /// Begins with a root: a file is found at once, the files of a folder later.
    fn enter(&mut self, root: Root) -> Option<Result<FileEntry>> {
        match root.kind {
            RootKind::File | RootKind::Stream => Some(match fs::metadata(&root.path) {
                Ok(metadata) => Ok(FileEntry::new(&root.path, root.given, &metadata, &self.fields)),
                Err(source) => Err(Error::Read { path: root.given, source }),
            }),
            RootKind::Folder => {
                let paths = Arc::clone(&self.paths);
                let own = root.path.clone();
                let walk = WalkBuilder::new(&root.path)
                    .standard_filters(false)
                    .hidden(true)
                    .follow_links(true)
                    .sort_by_file_name(|one, other| one.cmp(other))
                    .filter_entry(move |entry| paths.leads_on(entry, &own))
                    .build();
                self.folder = Some((root, walk));
                None
            }
            RootKind::Sample => {
                self.samples = sample::FILES.iter();
                None
            }
            RootKind::Elsewhere => None,
        }
    }
}

impl Iterator for Files {
    type Item = Result<FileEntry>;

    fn next(&mut self) -> Option<Result<FileEntry>> {
        if let Some(path) = self.missing.pop_front() {
            return Some(Err(Error::Missing { path }));
        }
        loop {
            let sample = self.samples.next().map(|sample| Ok(FileEntry::of_sample(sample)));
            if let Some(found) = sample.or_else(|| self.next_in_folder()) {
                self.walked.files += u64::from(found.is_ok());
                return Some(found);
            }
            let root = self.roots.pop_front()?;
            if let Some(found) = self.enter(root) {
                self.walked.files += u64::from(found.is_ok());
                return Some(found);
            }
        }
    }
}

impl FileEntry {
    /// The file at `path`, which was found with this metadata.
    pub(super) fn new(path: &Path, shown: PathBuf, metadata: &Metadata, fields: &Arc<FieldNames>) -> FileEntry {
        let size = metadata.len();
        let written = metadata.modified().ok().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        });
        let mut facts = [0; 24];
        facts[..8].copy_from_slice(&size.to_le_bytes());
        facts[8..].copy_from_slice(&written.to_le_bytes());
        // With other names, other articles are found in the same file.
        let stamp = hash(&facts) ^ fields.key();
        FileEntry {
            path: path.to_owned(),
            shown,
            key: key(path),
            stamp,
            size,
            fields: Arc::clone(fields),
            sample: None,
        }
    }

    /// A file of the sample edition.
    pub(super) fn of_sample((name, bytes): &sample::Sample) -> FileEntry {
        let path = PathBuf::from(name);
        let size = bytes.len() as u64;
        FileEntry {
            shown: path.clone(),
            key: key(&path),
            path,
            stamp: hash(bytes),
            size,
            fields: Arc::default(),
            sample: Some(bytes),
        }
    }
}

/// The hash that names a path.
fn key(path: &Path) -> u64 {
    hash(path.as_os_str().as_encoded_bytes())
}

fn hash(bytes: &[u8]) -> u64 {
    rapidhash::v3::rapidhash_v3(bytes)
}

/// Which ways not to take through folders that link to each other.
struct Paths {
    /// All folders that are walked for their own sake.
    folders: Vec<PathBuf>,
    /// Whether links are followed that lead out of them.
    follow: bool,
    /// Where links that were followed led.
    linked: Mutex<HashSet<PathBuf>>,
    /// The first link that led out of them and was not followed, and how many did.
    outside: Mutex<Option<(PathBuf, usize)>>,
}

impl Paths {
    /// True unless what lies behind `entry` is found in another way, when walking from `root`.
    fn leads_on(&self, entry: &DirEntry, root: &Path) -> bool {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if !entry.path_is_symlink() {
            return !(is_folder && entry.path() != root && self.folders.iter().any(|folder| folder == entry.path()));
        }
        // A link that leads nowhere is reported when it is read.
        let Ok(target) = entry.path().canonicalize() else { return true };
        if self.folders.iter().any(|folder| is_found_in(folder, &target, is_folder)) {
            return false;
        }
        if !self.follow && !self.folders.iter().any(|folder| target.starts_with(folder)) {
            let mut outside = self.outside.lock().unwrap_or_else(PoisonError::into_inner);
            outside.get_or_insert_with(|| (entry.path().to_owned(), 0)).1 += 1;
            return false;
        }
        if !is_folder {
            return true;
        }
        // Above a folder that is walked is that folder again.
        let is_above = self.folders.iter().any(|folder| folder.starts_with(&target));
        !is_above && self.linked.lock().unwrap_or_else(PoisonError::into_inner).insert(target)
    }
}

/// True when walking `folder` comes by `target` without any link.
fn is_found_in(folder: &Path, target: &Path, is_folder: bool) -> bool {
    let Ok(way) = target.strip_prefix(folder) else { return false };
    let hidden = way.components().any(|name| name.as_os_str().as_encoded_bytes().starts_with(b"."));
    !hidden
        && (is_folder || format::extension(target).is_none_or(|extension| format::by_extension(extension).is_some()))
}

/// True for a file in a folder that may hold articles: its extension says so, or it has none and is text.
fn is_wanted(path: &Path) -> io::Result<bool> {
    if let Some(extension) = format::extension(path) {
        return Ok(format::by_extension(extension).is_some() || Archive::has_extension(extension));
    }
    let head = match packed::head(Unhurried::open(path)?, 4096) {
        // What is damaged is reported when it is read.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::TimedOut
            ) =>
        {
            return Ok(true);
        }
        head => head?,
    };
    Ok(!head.is_empty() && binary::kind(&head).is_none())
}

/// The path of something in `root` as the reader would write it.
fn shown(root: &Root, path: &Path) -> PathBuf {
    path.strip_prefix(&root.path).map_or_else(|_| path.to_owned(), |rest| root.shown(rest))
}

/// True when links lead in a circle. That is no fault: all there is has been seen.
fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

/// The file that could not be looked at, and why.
fn failed(root: &Root, error: ignore::Error) -> Error {
    fn place(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } => place(err),
            _ => None,
        }
    }
    let path = shown(root, place(&error).unwrap_or(&root.path));
    let message = error.to_string();
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other(message));
    Error::Read { path, source: innermost(source) }
}

/// What the system said, without the story of who asked it.
fn innermost(error: io::Error) -> io::Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(inner) = cause {
        if let Some(code) = inner.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error) {
            return io::Error::from_raw_os_error(code);
        }
        cause = inner.source();
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    /// A folder with these files; names that end in `/` are folders.
    fn folder(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for name in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            if name.ends_with('/') {
                fs::create_dir_all(path).expect("a folder");
            } else {
                fs::write(path, format!("Text of {name}")).expect("written");
            }
        }
        folder
    }

    fn pile(paths: &[&Path]) -> Pile {
        let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
        Pile::open_reading(&paths, Path::new("unused"), &mut io::empty()).expect("no stream is asked for")
    }

    /// What is found in `pile`, as paths below `folder` and complaints, and how many files were passed over.
    fn found(pile: &Pile, folder: &Path) -> (Vec<String>, u64) {
        let mut found = Vec::new();
        let walked = walk(pile, |entry| {
            found.push(match entry {
                Ok(entry) => entry.shown.strip_prefix(folder).unwrap_or(&entry.shown).display().to_string(),
                Err(error) => format!("! {}", error.to_string().replace(&folder.display().to_string(), "")),
            });
        });
        assert_eq!(walked.files, found.iter().filter(|found| !found.starts_with('!')).count() as u64);
        (found, walked.skipped)
    }

    fn check(folder: &TempDir, expected: &[&str], skipped: u64) {
        let pile = Pile { follow: true, ..pile(&[folder.path()]) };
        assert_eq!(
            found(&pile, folder.path()),
            (expected.iter().map(|name| name.replace('/', std::path::MAIN_SEPARATOR_STR)).collect(), skipped)
        );
    }

    #[test]
    fn folders_are_searched_to_the_bottom_in_the_order_of_names() {
        check(
            &folder(&["b/2.txt", "b/1.txt", "a.jsonl", "c/d/e/f.TXT", "empty/"]),
            &["a.jsonl", "b/1.txt", "b/2.txt", "c/d/e/f.TXT"],
            0,
        );
        check(&folder(&[]), &[], 0);
    }

    #[test]
    fn hidden_files_and_other_formats_are_passed_over() {
        let folder =
            folder(&["a.txt", ".hidden.txt", ".git/config", "a.png", "notes.ods", "U.S. senate votes", "story"]);
        fs::write(folder.path().join("image"), b"\x89PNG\r\n\x1a\n\0\0").expect("written");
        fs::write(folder.path().join("empty"), b"").expect("written");
        check(&folder, &["U.S. senate votes", "a.txt", "story"], 4);
    }

    #[test]
    fn a_named_file_is_taken_whatever_it_is() {
        let folder = folder(&["a.png", ".hidden.txt", "b.txt"]);
        let at = |name| folder.path().join(name);
        let pile = pile(&[&at("a.png"), folder.path(), &at(".hidden.txt"), &at("b.txt"), &at("nowhere")]);
        let (found, skipped) = found(&pile, folder.path());
        let missing =
            format!("! {}nowhere: no such file or folder (is the path spelled right?)", std::path::MAIN_SEPARATOR);
        assert_eq!((found, skipped), (vec![missing, "a.png".into(), ".hidden.txt".into(), "b.txt".into()], 0));
    }

    #[test]
    fn a_hidden_folder_is_searched_when_it_is_named() {
        let folder = folder(&[".archive/a.txt", "b.txt"]);
        let (found, _) = found(&pile(&[&folder.path().join(".archive")]), &folder.path().join(".archive"));
        assert_eq!(found, ["a.txt"]);
    }

    #[test]
    fn folders_within_folders_are_searched_once() {
        let folder = folder(&["a/1.txt", "a/b/2.txt", "a/b/c/3.txt"]);
        let at = |name| folder.path().join(name);
        let (found, _) = found(&pile(&[&at("a"), &at("a/b")]), folder.path());
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn a_stamp_changes_with_the_file_and_a_key_does_not() {
        let folder = folder(&["a.txt"]);
        let only = || {
            let mut all = Vec::new();
            walk(&pile(&[folder.path()]), |entry| all.push(entry.expect("readable")));
            all.remove(0)
        };
        let before = only();
        assert_eq!(only(), before);
        fs::write(folder.path().join("a.txt"), "Another text, and longer").expect("written");
        let after = only();
        assert_eq!(before.key, after.key);
        assert_ne!(before.stamp, after.stamp);
        assert_eq!(after.size, 24);
    }

    #[test]
    fn the_sample_edition_needs_no_files() {
        let (found, _) = found(&Pile::sample(), Path::new(""));
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], "000_musk_west_clubhouse.txt");
    }

    #[cfg(unix)]
    mod links {
        use super::*;
        use std::os::unix::fs::symlink;

        #[test]
        fn links_are_followed() {
            let elsewhere = folder(&["x/1.txt", "2.txt"]);
            let folder = folder(&["a.txt"]);
            symlink(elsewhere.path().join("x"), folder.path().join("linked")).expect("a link");
            symlink(elsewhere.path().join("2.txt"), folder.path().join("two.txt")).expect("a link");
            check(&folder, &["a.txt", "linked/1.txt", "two.txt"], 0);
        }

        #[test]
        fn links_that_lead_out_are_followed_only_where_that_is_wanted() {
            let elsewhere = folder(&["x/1.txt", "2.txt", "named/3.txt"]);
            let folder = folder(&["a.txt", ".kept/4.txt"]);
            let link = |to: &Path, name: &str| symlink(to, folder.path().join(name)).expect("a link");
            link(&elsewhere.path().join("x"), "linked");
            link(&elsewhere.path().join("2.txt"), "two.txt");
            link(&elsewhere.path().join("named/3.txt"), "three.txt");
            link(&folder.path().join(".kept/4.txt"), "four.txt");
            let told = |pile: &Pile| {
                let mut files = Files::new(pile);
                let found: Vec<PathBuf> = files.by_ref().map(|entry| entry.expect("readable").shown).collect();
                let told = files.told_of_links().map(|told| told.replace(&folder.path().display().to_string(), "news"));
                (found.len(), told)
            };
            let pile = pile(&[folder.path()]);
            let expected = "news/linked: a link that leads out of what you named, as 2 more do; not followed (--follow follows them)";
            assert_eq!(told(&pile), (2, Some(expected.to_owned())));
            assert_eq!(told(&Pile { follow: true, ..pile }), (5, None));
            // What is named is followed, and so is what leads from one thing that is named into another.
            let linked = folder.path().join("linked");
            assert_eq!(told(&super::pile(&[&linked])), (1, None));
            let both = super::pile(&[folder.path(), &elsewhere.path().join("named")]);
            assert_eq!(told(&both).0, 3);
        }

        #[test]
        fn circles_end() {
            let folder = folder(&["a/1.txt", "b/2.txt"]);
            symlink(folder.path(), folder.path().join("a/up")).expect("a link");
            symlink(folder.path().join("a"), folder.path().join("b/across")).expect("a link");
            symlink(folder.path().join("b"), folder.path().join("a/back")).expect("a link");
            symlink("itself", folder.path().join("itself")).expect("a link");
            let (found, _) = found(&pile(&[folder.path()]), folder.path());
            let files: Vec<&String> = found.iter().filter(|found| !found.starts_with('!')).collect();
            assert_eq!(files, ["a/1.txt", "b/2.txt"]);
        }

        #[test]
        fn circles_outside_end_too() {
            let elsewhere = folder(&["x/1.txt", "y/2.txt"]);
            symlink(elsewhere.path().join("y"), elsewhere.path().join("x/y")).expect("a link");
            symlink(elsewhere.path().join("x"), elsewhere.path().join("y/x")).expect("a link");
            let folder = folder(&["a.txt"]);
            symlink(elsewhere.path().join("x"), folder.path().join("x")).expect("a link");
            symlink(elsewhere.path().join("y"), folder.path().join("y")).expect("a link");
            symlink(folder.path().parent().expect("not the root"), folder.path().join("z")).expect("a link");
            check(&folder, &["a.txt", "x/1.txt", "x/y/2.txt"], 0);
        }

        #[test]
        fn a_link_to_nowhere_is_reported() {
            let folder = folder(&["a.txt"]);
            symlink("nowhere", folder.path().join("b.txt")).expect("a link");
            let (found, _) = found(&pile(&[folder.path()]), folder.path());
            assert_eq!(found, ["a.txt", "! /b.txt: cannot be read: no such file or directory; skipped"]);
        }

        #[test]
        fn a_pipe_in_a_folder_does_not_block() {
            let folder = folder(&["a.txt"]);
            let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status();
            if made.is_ok_and(|status| status.success()) {
                check(&folder, &["a.txt"], 0);
            }
        }
    }
}
