//! Indexes that lie on the disk: found again, shared, damaged.

use std::fs;

use super::*;
use crate::error::Error;

fn folder() -> (tempfile::TempDir, Location, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("pile");
    (parent, Location::Disk(folder.clone()), folder)
}

fn filled(location: &Location) -> Index {
    let index = Index::open(location).unwrap();
    fill(&index, PILE.iter().map(article));
    index
}

#[test]
fn an_index_is_found_again() {
    let (_parent, location, _) = folder();
    assert_eq!(filled(&location).start(), Start::New);
    let index = Index::open(&location).unwrap();
    assert_eq!(index.start(), Start::Found);
    assert_eq!(names(&search(&index, &query(word("einladung")))), ["birnen"]);
    assert!(index.check().unwrap().is_empty());
}

#[test]
fn one_writes_at_a_time() {
    let (_parent, location, _) = folder();
    let (one, other) = (Index::open(&location).unwrap(), Index::open(&location).unwrap());
    let writer = one.writer(0).unwrap();
    assert!(writer.is_some());
    assert!(other.writer(0).unwrap().is_none());
    assert!(other.archive().unwrap().is_empty());
    drop(writer);
    assert!(other.writer(0).unwrap().is_some());
}

#[test]
fn an_index_of_another_version_is_moved_aside() {
    let (parent, location, folder) = folder();
    drop(filled(&location));
    let manifest = folder.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("frostem-1.", "frostem-0.")).unwrap();
    let index = Index::open(&location).unwrap();
    assert_eq!(index.start(), Start::OtherVersion);
    assert!(index.archive().unwrap().is_empty());
    assert!(parent.path().join("pile.aside").exists());
    drop(index);
    assert_eq!(Index::open(&location).unwrap().start(), Start::Found);
    assert!(!parent.path().join("pile.aside").exists());
}

#[test]
fn what_others_commit_is_seen() {
    let (_parent, location, _) = folder();
    let (one, other) = (Index::open(&location).unwrap(), Index::open(&location).unwrap());
    assert!(other.archive().unwrap().is_empty());
    fill(&one, PILE.iter().map(article));
    assert_eq!(other.archive().unwrap().len(), 6);
    assert_eq!(search(&other, &Query::default()).matched, 6);
    one.writer(0).unwrap().unwrap().remove_file(key(Path::new("fruit/li.txt")));
    assert_eq!(other.archive().unwrap().len(), 6, "nothing was committed");
    let mut writer = one.writer(0).unwrap().unwrap();
    writer.remove_file(key(Path::new("fruit/li.txt")));
    writer.commit("").unwrap();
    assert_eq!(search(&other, &Query::default()).matched, 5);
}

#[test]
fn an_index_that_is_being_written_is_not_moved() {
    let (_parent, location, folder) = folder();
    let index = filled(&location);
    let _writer = index.writer(0).unwrap();
    fs::write(
        folder.join("manifest.json"),
        r#"{"format": "newsstand index", "schema": "", "analyser": "", "engine": ""}"#,
    )
    .unwrap();
    assert!(matches!(Index::open(&location), Err(Error::Index { .. })));
}

#[test]
fn damage_never_panics() {
    let (_parent, location, folder) = folder();
    drop(filled(&location));
    let list = || fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let whole: Vec<(PathBuf, Vec<u8>)> = list().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
    for damage in [truncate, flip, remove] {
        for (file, _) in &whole {
            list().for_each(|file| fs::remove_file(file).unwrap());
            whole.iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
            damage(file);
            // Either it is noticed at once, or searches fail or go on; what comes is no panic.
            let Ok(index) = Index::open(&location) else { continue };
            let Ok(archive) = index.archive() else { continue };
            for root in [word("pears"), days("2021-01-01", ""), phrase("eat pears")] {
                if let Ok(Some(found)) = archive.search(&query(root), &context()) {
                    let _ = found.order.rows(0..10, &|| false);
                }
            }
            let _ = index.files();
        }
    }
}

fn truncate(file: &Path) {
    let bytes = fs::read(file).unwrap();
    fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
}

fn flip(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    bytes.iter_mut().for_each(|byte| *byte = !*byte);
    fs::write(file, bytes).unwrap();
}

fn remove(file: &Path) {
    fs::remove_file(file).unwrap();
}

#[test]
fn a_damaged_index_is_made_anew() {
    let (parent, location, folder) = folder();
    drop(filled(&location));
    fs::remove_file(folder.join("meta.json")).unwrap();
    let index = Index::open(&location).unwrap();
    assert_eq!(index.start(), Start::Damaged);
    assert!(parent.path().join("pile.aside").exists());
    fill(&index, PILE.iter().map(article));
    assert_eq!(index.archive().unwrap().len(), 6);
    assert_eq!(Index::recreate(&location).unwrap().archive().unwrap().len(), 0);
}

#[test]
fn an_index_without_a_manifest_is_made_anew() {
    for with_folder in [false, true] {
        let (_parent, location, folder) = folder();
        drop(filled(&location));
        fs::remove_file(folder.join("manifest.json")).unwrap();
        if with_folder {
            fs::create_dir(folder.join("manifest.json")).unwrap();
        }
        assert_eq!(Index::open(&location).unwrap().start(), Start::Damaged);
        assert_eq!(Index::open(&location).unwrap().start(), Start::Found);
        // With something of another's beside it, it is left alone.
        fs::remove_file(folder.join("manifest.json")).unwrap();
        fs::write(folder.join("letter.txt"), "Dear Ada").unwrap();
        assert!(matches!(Index::open(&location), Err(Error::Cache { .. })));
    }
}

#[test]
fn no_search_fails_while_the_index_is_made_anew() {
    let (_parent, location, _) = folder();
    let index = filled(&location);
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let searching: Vec<_> = (0..2)
            .map(|_| {
                let (index, location, over) = (index.forgetful(), &location, &over);
                scope.spawn(move || {
                    let mut searches = 0;
                    while !over.load(std::sync::atomic::Ordering::Relaxed) || searches == 0 {
                        for index in [index.clone(), Index::open(location).expect("it can be opened")] {
                            let archive = index.archive().expect("it can be searched");
                            let found = archive.search(&query(word("pears")), &context()).expect("no search fails");
                            assert!(found.is_some());
                        }
                        searches += 1;
                    }
                })
            })
            .collect();
        for _ in 0..10 {
            let anew = Index::recreate(&location).expect("nobody writes");
            fill(&anew, PILE.iter().map(article));
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        searching.into_iter().for_each(|thread| thread.join().expect("no search fails"));
    });
}

#[test]
fn no_row_is_shown_with_a_byte_changed() {
    let (_parent, location, folder) = folder();
    drop(filled(&location));
    let rows = || {
        let archive = Index::open(&location)?.archive()?;
        let found = archive.search(&query(word("pears")), &context())?.unwrap();
        found.order.rows(0..10, &|| false).map(|rows| told(rows).value)
    };
    let right = rows().unwrap();
    let list: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let store = list.iter().find(|file| file.extension().is_some_and(|kind| kind == "store")).unwrap();
    let whole: Vec<(PathBuf, Vec<u8>)> = list.iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect();
    let length = fs::read(store).unwrap().len();
    let mut noticed = 0;
    for at in (0..length).step_by(11) {
        fs::remove_dir_all(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        whole.iter().for_each(|(file, bytes)| fs::write(file, bytes).unwrap());
        let mut bytes = fs::read(store).unwrap();
        bytes[at] ^= 0x10;
        fs::write(store, bytes).unwrap();
        match rows() {
            // A byte between the rows, or what notices it at once and makes the index anew.
            Ok(rows) => assert!(rows == right || rows.is_empty(), "byte {at}"),
            Err(_) => {
                noticed += 1;
                assert_eq!(Index::open(&location).unwrap().start(), Start::Damaged, "byte {at}");
            }
        }
    }
    assert!(noticed > 10, "{noticed}");
}

#[test]
fn the_files_of_others_are_left_alone() {
    let (_parent, location, folder) = folder();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("letter.txt"), "Dear Ada").unwrap();
    assert!(matches!(Index::open(&location), Err(Error::Cache { .. })));
    assert!(matches!(Index::recreate(&location), Err(Error::Cache { .. })));
    assert!(folder.join("letter.txt").exists());
    let location = Location::Disk(folder.join("letter.txt"));
    assert!(matches!(Index::open(&location), Err(Error::Cache { .. })));
}

#[cfg(unix)]
#[test]
fn paths_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let index = Index::open(&Location::Memory).unwrap();
    let mut article = article(&PILE[0]);
    article.origin.path = Path::new(std::ffi::OsStr::from_bytes(b"fruit/\xff.txt")).to_owned();
    fill(&index, [article.clone()]);
    let rows = told(index.archive().unwrap().by_path(&article.origin.path, &context()).unwrap()).value;
    assert_eq!(rows[0].origin, article.origin);
}
