use super::faults::{Fault, at_every_step, failing};
use super::*;
use tempfile::TempDir;

/// The names of what lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A folder with a file in it that says `old`.
fn with_old() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("file.json");
    fs::write(&path, "old").expect("written");
    (folder, path)
}

#[test]
fn a_file_is_old_or_new_whichever_step_fails() {
    for writes in [write, rewrite] {
        let run = |(_, path): &(TempDir, PathBuf)| writes(path, b"new");
        at_every_step(with_old, run, |(folder, path), outcome, fault, steps| {
            let renamed = steps[..steps.len() - 1].contains(&Step::Rename);
            let found = fs::read_to_string(path).expect("there is a file at any time");
            assert_eq!(found, if renamed { "new" } else { "old" }, "{steps:?}");
            assert!(outcome.is_err(), "{steps:?}: what is not durable is not acknowledged");
            let left = names(folder.path());
            match fault {
                Fault::Full => assert_eq!(left, ["file.json"], "{steps:?}: what was begun is removed"),
                Fault::Killed => assert!(left.len() <= 2, "{steps:?}: {left:?}"),
            }
            // The next one has no trouble with what was left.
            writes(path, b"newer").expect("written");
            assert_eq!(fs::read_to_string(path).expect("readable"), "newer");
        });
    }
}

#[test]
fn a_new_file_is_there_whole_or_not_whichever_step_fails() {
    let prepare = || tempfile::tempdir().expect("a folder");
    let path = |folder: &TempDir| folder.path().join("one").join("two").join("file");
    at_every_step(
        prepare,
        |folder| write(&path(folder), b"new"),
        |folder, _, _, steps| {
            let found = fs::read_to_string(path(folder));
            assert!(found.as_ref().map_or(true, |found| found == "new"), "{steps:?}: {found:?}");
            write(&path(folder), b"new").expect("written");
        },
    );
}

#[test]
fn every_step_is_taken_in_its_order() {
    let (_folder, path) = with_old();
    let (written, steps) = failing(usize::MAX, Fault::Full, || write(&path, b"new"));
    written.expect("nothing fails");
    let expected = [Step::Create, Step::Write, Step::Sync, Step::Rename];
    assert_eq!(steps[..4], expected);
    assert_eq!(steps.len(), if cfg!(unix) { 5 } else { 4 }, "{steps:?}");
}

#[test]
fn what_was_left_long_ago_is_swept_away() {
    let (folder, path) = with_old();
    let left = |name: &str, age: Duration| {
        let file = File::create(folder.path().join(name)).expect("written");
        let now = file.metadata().and_then(|file| file.modified()).expect("a time");
        file.set_modified(now - age).expect("set");
    };
    left(".file.json.7-0.unfinished", LEFT * 2);
    left(".file.json.8-0.unfinished", LEFT / 2);
    left(".other.json.7-0.unfinished", LEFT * 2);
    left("file.json.unfinished", LEFT * 2);
    write(&path, b"new").expect("written");
    let expected = [".file.json.8-0.unfinished", ".other.json.7-0.unfinished", "file.json", "file.json.unfinished"];
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn what_is_dropped_is_removed() {
    let (folder, path) = with_old();
    let mut unfinished = Unfinished::beside(&path).expect("made");
    unfinished.write_all(b"half").expect("written");
    assert!(is_unfinished(unfinished.path().file_name().expect("a name")));
    drop(unfinished);
    assert_eq!(names(folder.path()), ["file.json"]);
}

#[cfg(unix)]
mod modes {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    }

    #[test]
    fn what_is_made_is_private_and_what_was_there_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        set_mode(folder.path(), 0o755);
        let path = folder.path().join("one").join("two").join("file");
        write(&path, b"new").expect("written");
        let modes = [mode(&path), mode(&folder.path().join("one/two")), mode(&folder.path().join("one"))];
        assert_eq!(modes, [0o600, 0o700, 0o700]);
        assert_eq!(mode(folder.path()), 0o755);
    }

    #[test]
    fn who_may_read_a_file_is_kept_only_where_a_person_may_have_said_so() {
        let (_folder, path) = with_old();
        set_mode(&path, 0o644);
        rewrite(&path, b"new").expect("written");
        assert_eq!(mode(&path), 0o644);
        write(&path, b"new").expect("written");
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn what_an_earlier_version_left_open_is_made_private() {
        let (folder, path) = with_old();
        for (before, after) in [(0o644, 0o600), (0o600, 0o600), (0o755, 0o700), (0o444, 0o400)] {
            set_mode(&path, before);
            make_private(&path).expect("set");
            assert_eq!(mode(&path), after);
        }
        set_mode(folder.path(), 0o755);
        make_private(folder.path()).expect("set");
        assert_eq!(mode(folder.path()), 0o700);
    }
}
