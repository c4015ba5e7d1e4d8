//! Noticing that files change while the pile is open.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::library::{Pile, RootKind};

/// Files are looked at when nothing has changed for so long: editors and downloads write in steps.
const QUIET: Duration = Duration::from_millis(300);
/// Where something changes all the time, they are looked at this often all the same.
const LONGEST: Duration = Duration::from_secs(5);

/// Calls `changed` a moment after something in the pile has changed, as long as the program runs.
///
/// Systems watch only so many folders. Where that is not enough, or nothing can be watched, the log
/// says so, and the reader still has a key that looks for changes.
pub fn watch(pile: &Pile, changed: impl Fn() + Send + 'static) {
    let roots: Vec<_> = pile
        .roots
        .iter()
        .filter(|root| matches!(root.kind, RootKind::Folder | RootKind::File))
        .map(|root| (root.path.clone(), root.kind))
        .collect();
    if roots.is_empty() {
        return;
    }
    let spawned = thread::Builder::new().name("watch".into()).spawn(move || {
        let (sender, notices) = channel();
        let files: Vec<_> =
            roots.iter().filter(|(_, kind)| *kind == RootKind::File).map(|(path, _)| path.clone()).collect();
        let folders: Vec<_> =
            roots.iter().filter(|(_, kind)| *kind == RootKind::Folder).map(|(path, _)| path.clone()).collect();
        let concerns = move |path: &Path| {
            files.iter().any(|file| file == path) || folders.iter().any(|folder| path.starts_with(folder))
        };
        let notice = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_change(&event.kind) && event.paths.iter().any(|path| concerns(path))) {
                let _ = sender.send(());
            }
        };
        let mut watcher: RecommendedWatcher = match notify::recommended_watcher(notice) {
            Ok(watcher) => watcher,
            Err(error) => return tracing::warn!("changes of files cannot be noticed: {error}"),
        };
        for (path, kind) in &roots {
            // A file that is replaced is another file of the same name, so its folder is watched.
            let (watched, mode) = match (kind, path.parent()) {
                (RootKind::File, Some(folder)) => (folder, RecursiveMode::NonRecursive),
                _ => (path.as_path(), RecursiveMode::Recursive),
            };
            if let Err(error) = watcher.watch(watched, mode) {
                tracing::warn!("{}: changes cannot be noticed: {error}", watched.display());
            }
        }
        while wait(&notices) {
            changed();
        }
    });
    if let Err(error) = spawned {
        tracing::warn!("changes of files cannot be noticed: {error}");
    }
}

/// True for what makes an article new, different or gone.
fn is_change(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Any)
}

/// Waits for a change and for the quiet after it; false when there will be none any more.
fn wait(notices: &Receiver<()>) -> bool {
    if notices.recv().is_err() {
        return false;
    }
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        match notices.recv_timeout(QUIET) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Pile;

    #[test]
    fn a_new_file_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let pile = Pile::open(&[folder.path().to_owned()], folder.path()).unwrap();
        let (sender, noticed) = channel();
        watch(&pile, move || {
            let _ = sender.send(());
        });
        // The watch begins at some time after the call, so files are made until one is noticed.
        for number in 0..100 {
            std::fs::write(folder.path().join(format!("{number}.txt")), "Something happened today.").unwrap();
            if noticed.recv_timeout(Duration::from_millis(500)).is_ok() {
                return;
            }
        }
        panic!("no file was noticed");
    }
}
