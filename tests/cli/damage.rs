//! A cache that cannot be used, is full, damaged or of another version, and a program that was killed.

use super::*;

const IN_MEMORY: &str = "this time the index is kept in memory";

#[test]
fn a_cache_that_cannot_be_made_is_told_and_done_without() {
    let home = Home::new();
    home.write("file", "no folder");
    let (out, complaint) = home.run("list --cache-dir file/cache news").ended(0);
    assert_eq!(out.lines().count(), 3);
    assert!(complaint.contains("file/cache") && complaint.contains("--cache-dir"), "{complaint}");
    assert!(complaint.trim_end().ends_with(IN_MEMORY) && complaint.lines().count() == 1, "{complaint}");
    assert!(home.run("frame --cache-dir file/cache news").out.contains("3 articles"));
    // What comes through a pipe has to be kept somewhere.
    let (_, complaint) = home.run_with_input("list --cache-dir file/cache -", HARBOUR.as_bytes()).ended(2);
    assert!(complaint.contains("--cache-dir"), "{complaint}");
}

/// A limit on the size of files stands in for a full disk.
#[cfg(unix)]
#[test]
fn on_a_full_disk_the_index_is_kept_in_memory() {
    let home = Home::new();
    home.run("list news").found();
    // Many different words make large files.
    let words: String = (0..5000).map(|number| format!("stall{} ", number * 7919)).collect();
    home.write("news/new.txt", format!("{MARKET}\n{words}\n"));
    for (cache, blocks) in [("fresh0", 0), ("fresh1", 1), ("fresh16", 16), (".cache/newsstand", 1)] {
        let script = |command: &str| {
            format!("trap '' XFSZ; ulimit -f {blocks}; \"$NEWSSTAND\" {command} --cache-dir {cache} news | cat")
        };
        let ran = home.shell(&script("list"));
        assert_eq!(ran.out.lines().count(), 4, "{cache}: {ran:?}");
        assert!(ran.complaints.contains(IN_MEMORY), "{cache}: {ran:?}");
    }
    // Without the trap the system would end a program that does not expect it.
    let ran = home.shell("ulimit -f 16; \"$NEWSSTAND\" list --cache-dir untrapped news | cat");
    assert!(ran.out.lines().count() == 4 && ran.complaints.contains(IN_MEMORY), "{ran:?}");
    let ran = home.shell("trap '' XFSZ; ulimit -f 16; \"$NEWSSTAND\" frame --cache-dir again16 news | cat");
    assert!(ran.out.contains("4 articles"), "{ran:?}");
    // When there is room again, nothing is lost.
    assert_eq!(home.run("list news").found().lines().count(), 4);
}

/// A bit that changes after the index was written is noticed, whichever file it is in: before an answer
/// where the file looks otherwise, and else within a day.
#[test]
fn a_damaged_part_of_the_index_is_told_and_read_again() {
    let home = Home::new();
    let right = home.run("search --json boats news").found();
    for (kind, keeps_its_time) in [("idx", false), ("pos", false), ("fast", false), ("idx", true)] {
        let index = home.index();
        // Files of parts that were replaced may still be there.
        let parts = fs::read_to_string(index.join("meta.json")).expect("there").replace('-', "");
        let is_of_a_part = |path: &Path| {
            path.file_stem().is_some_and(|part| parts.contains(&*part.to_string_lossy()))
                && path.extension().is_some_and(|found| found == kind)
        };
        let path = fs::read_dir(&index)
            .expect("a folder")
            .map(|entry| entry.expect("readable").path())
            .find(|path| is_of_a_part(path))
            .expect("there is one");
        let written = fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
        let mut bytes = fs::read(&path).expect("readable");
        bytes[20] ^= 0x40;
        fs::write(&path, bytes).expect("written");
        if keeps_its_time {
            let file = fs::File::options().write(true).open(&path).expect("there");
            file.set_modified(written).expect("set");
            // As if it had been checked the day before.
            let checks = index.join("checks.json");
            let text = fs::read_to_string(&checks).expect("there");
            let mut json: Value = serde_json::from_str(&text).expect("JSON");
            json.as_object_mut().expect("an object").values_mut().for_each(|checked| checked["at"] = 1.into());
            fs::write(&checks, json.to_string()).expect("written");
        }
        let ran = home.run("search --json boats news");
        assert!(ran.complaints.contains("the index was damaged"), "{kind}: {ran:?}");
        match keeps_its_time {
            false => assert_eq!((ran.status, &ran.out), (Some(0), &right), "{kind}"),
            true => assert!(ran.status == Some(2) && ran.complaints.contains("may be wrong"), "{ran:?}"),
        }
        assert_eq!(home.run("search --json boats news").found(), right, "{kind}");
    }
}

#[test]
fn an_index_of_another_version_is_made_anew() {
    let home = Home::new();
    let listed = home.run("list news").found();
    let manifest = home.index().join("manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    json["engine"] = "another engine".into();
    fs::write(&manifest, json.to_string()).expect("written");
    assert_eq!(home.run("list news").found(), listed);
    assert_eq!(fs::read_to_string(&manifest).expect("a manifest"), text);
}

#[test]
fn files_of_others_are_left_alone() {
    let home = Home::new();
    home.run("list news").found();
    let index = home.index();
    fs::remove_dir_all(&index).expect("removed");
    fs::create_dir(&index).expect("a folder");
    fs::write(index.join("diary.txt"), "Dear diary").expect("written");
    let (out, complaint) = home.run("list news").ended(0);
    assert_eq!(out.lines().count(), 3);
    assert!(complaint.contains("there are other files in it") && complaint.contains(IN_MEMORY), "{complaint}");
    assert_eq!(fs::read_to_string(index.join("diary.txt")).expect("still there"), "Dear diary");
}

/// Whatever happens to a file of the index: the answer is right, or the way out is named.
#[test]
fn a_damaged_index_gives_right_answers_or_names_the_way_out() {
    let home = Home::new();
    let right = [home.run("list --json news").found(), home.run("search boats news").found()];
    let index = home.index();
    let whole: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&index)
        .expect("a folder")
        .map(|entry| entry.expect("readable").path())
        .map(|path| (path.clone(), fs::read(path).expect("readable")))
        .collect();
    let mut kinds = std::collections::HashSet::new();
    for (path, bytes) in whole.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        // One file of each kind is enough.
        if !kinds.insert(path.extension().unwrap_or(path.file_name().expect("a name")).to_owned()) {
            continue;
        }
        let flipped = bytes.iter().enumerate().map(|(at, byte)| byte ^ if at % 7 == 0 { 0x5a } else { 0 }).collect();
        let damages: [Option<Vec<u8>>; 5] = [
            None,
            Some(Vec::new()),
            Some(bytes[..bytes.len() / 2].to_vec()),
            Some(flipped),
            Some(vec![0; bytes.len()]),
        ];
        for (number, damage) in damages.into_iter().enumerate() {
            let _ = fs::remove_dir_all(&index);
            fs::create_dir(&index).expect("a folder");
            for (path, bytes) in &whole {
                fs::write(path, bytes).expect("written");
            }
            match damage {
                Some(bytes) => fs::write(path, bytes).expect("written"),
                None => fs::remove_file(path).expect("removed"),
            }
            for (line, right) in ["list --json news", "search boats news"].into_iter().zip(&right) {
                let ran = home.run(line);
                let place = format!("{line} with damage {number} to {}: {ran:?}", path.display());
                assert!(!ran.complaints.contains("panicked"), "{place}");
                match ran.status {
                    Some(0) => assert_eq!(ran.out, *right, "{place}"),
                    Some(2) => assert!(ran.complaints.contains("newsstand index --rebuild"), "{place}"),
                    _ => panic!("{place}"),
                }
            }
        }
        home.run("index --rebuild news").found();
        assert_eq!(home.run("list --json news").found(), right[0]);
    }
    assert!(kinds.len() >= 7, "the engine has other files now: {kinds:?}");
}

#[cfg(unix)]
#[test]
fn what_was_read_before_a_kill_is_kept_and_the_rest_read_later() {
    let home = Home::empty();
    let count = 2000;
    for number in 0..count {
        home.write(&format!("news/{number:04}.txt"), HARBOUR.replace("Harbour", &format!("Harbour {number}")));
    }
    // Killed at different times: in the middle of reading, of writing, of nothing.
    for round in 1..=3 {
        let mut child = home.with("list news").stdout(std::process::Stdio::null()).spawn().expect("it starts");
        let index = home.path(".cache/newsstand/indexes");
        // Killed when so many files of the engine are there.
        let enough = round * 8;
        let files = || {
            fs::read_dir(&index)
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|folder| fs::read_dir(folder.path()).ok())
                .flatten()
                .count()
        };
        while files() < enough && child.try_wait().expect("our child").is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().expect("our child");
    }
    let titles: std::collections::HashSet<String> = home.titles("list --json news").into_iter().collect();
    assert_eq!(titles.len(), count);
    let out = home.run("index news").found();
    assert!(out.starts_with("2,000 articles in 2,000 files; nothing has changed"), "{out}");
}
