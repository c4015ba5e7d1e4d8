//! Writing files: whole or not at all, durable, and private.
//!
//! ```text
//!   write, rewrite ──> Unfinished: create beside, write, sync ──> rename ──> sync the folder
//!                           │ dropped before its end: removed
//!                           └ killed before its end: swept away by a later one
//! ```
//!
//! Whoever reads the file meets the old one or the new one, never a mixture, also when the disk is full,
//! the program is killed or the power goes. What was acknowledged is on the disk.
//!
//! Files are for their owner alone (0600), and so are the folders that are made for them (0700), also
//! where others could read what a program makes by itself. A folder that is there already belongs to
//! whoever made it and stays as it is. On Windows what is made inherits who may read it from the folder
//! it lies in, which for the usual folders is the user alone.
//!
//! Each step goes through [`seam`], where tests make any of them fail.

mod seam;

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use seam::Step;

#[cfg(test)]
pub use seam::faults;

/// What the names of files end in that are being written.
const UNFINISHED: &str = ".unfinished";
/// What is this much older than a file that is being written was left by a program that was killed:
/// nothing takes so long to write, but for a stream, which grows and so stays young.
const LEFT: Duration = Duration::from_secs(24 * 60 * 60);
/// So many names are tried, as another program may take the first ones.
const ATTEMPTS: usize = 100;

/// Writes a file whole or not at all, for its owner alone; missing folders are made, for the owner alone.
///
/// # Errors
///
/// What the system says. The file is then as it was before, or it is whole and only not known to be
/// durable, and nothing else is left.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = Unfinished::beside(path)?;
    unfinished.write_all(bytes)?;
    unfinished.finish(path)
}

/// Like [`write()`], for a file that a person may have made as well: who may read it stays as it is.
///
/// # Errors
///
/// As for [`write()`].
pub fn rewrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = Unfinished::beside(path)?;
    unfinished.write_all(bytes)?;
    if let Ok(known) = fs::metadata(path) {
        seam::before(Step::Permit)?;
        fs::set_permissions(&unfinished.path, known.permissions())?;
    }
    unfinished.finish(path)
}

/// Makes a folder and the folders above it, each for its owner alone. What is there stays as it is.
///
/// # Errors
///
/// What the system says, also when something else is there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let above = path.parent().unwrap_or(Path::new(""));
    make_folder(above)?;
    seam::before(Step::MakeFolder)?;
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        // Another process may have made it just now.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made.and_then(|()| sync_folder(above)),
    }
}

/// Makes a file or a folder that the program has made private, if an earlier version of it or a library
/// has left it open.
///
/// # Errors
///
/// What the system says.
#[cfg(unix)]
pub fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let known = fs::symlink_metadata(path)?;
    let mode = known.permissions().mode();
    if known.is_symlink() || mode & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))
}

/// What is made inherits who may read it from its folder, so there is nothing to do.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn make_private(_: &Path) -> io::Result<()> {
    Ok(())
}

/// True for the name of a file that is being written, or that was when the program was killed.
pub fn is_unfinished(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") && name.as_encoded_bytes().ends_with(UNFINISHED.as_bytes())
}

/// A file that is being written. It has a name of its own until [`Unfinished::finish`] gives it the one
/// that it is for; dropped before that, it is removed.
#[derive(Debug)]
pub struct Unfinished {
    file: File,
    path: PathBuf,
    /// What the names begin with of those that were begun for the same place.
    beginning: OsString,
    finished: bool,
}

impl Unfinished {
    /// Begins a file that will lie at `path`, or beside it.
    ///
    /// # Errors
    ///
    /// When it cannot be made, or its folder cannot.
    pub fn beside(path: &Path) -> io::Result<Unfinished> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let folder = path.parent().unwrap_or(Path::new(""));
        make_folder(folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let beginning = beginning(path);
        for _ in 0..ATTEMPTS {
            let mut name = beginning.clone();
            name.push(format!("{}-{}{UNFINISHED}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed)));
            let path = folder.join(name);
            seam::before(Step::Create)?;
            match options.open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => return opened.map(|file| Unfinished { file, path, beginning, finished: false }),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it lies until it is finished.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, in the place of what had it before. It is on the disk then.
    ///
    /// # Errors
    ///
    /// What the system says. It is removed then, unless only the name could not be made durable.
    pub fn finish(mut self, path: &Path) -> io::Result<()> {
        seam::before(Step::Sync)?;
        self.file.sync_all()?;
        seam::before(Step::Rename)?;
        fs::rename(&self.path, path)?;
        self.finished = true;
        let folder = path.parent().unwrap_or(Path::new(""));
        sweep(folder, &self.beginning, &self.file);
        sync_folder(folder)
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = seam::before(Step::Write) {
            // A disk that becomes full takes some of it.
            let _ = self.file.write_all(&bytes[..bytes.len() / 2]);
            return Err(error);
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // The error that matters is the one that led here.
        if !self.finished && seam::before(Step::Remove).is_ok() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What the names of the unfinished files begin with that will lie at `path`.
fn beginning(path: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name
}

/// Removes what was left unfinished by a program that was killed, long before `newest` was written. What
/// cannot be removed stays.
fn sweep(folder: &Path, beginning: &OsStr, newest: &File) {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (Ok(entries), Ok(now)) = (fs::read_dir(folder), newest.metadata().and_then(|newest| newest.modified())) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = is_unfinished(&name) && name.as_encoded_bytes().starts_with(beginning.as_encoded_bytes());
        let written = || entry.metadata().and_then(|left| left.modified()).ok();
        if ours && written().and_then(|written| now.duration_since(written).ok()).is_some_and(|age| age > LEFT) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes the names in a folder durable.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    seam::before(Step::SyncFolder)?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems cannot do this, and a folder may be for writing alone.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

/// Folders cannot be opened there; their names are durable when the file system says so.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
