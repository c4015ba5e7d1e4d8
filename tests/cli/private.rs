//! What others may see of what is read, and what a stranger's files may make the program do.

use super::*;

/// Files and folders below `folder` that anybody but their owner may use.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Vec<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let mut open = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        let known = fs::symlink_metadata(&path).expect("there");
        if known.permissions().mode() & 0o077 != 0 {
            open.push(path.clone());
        }
        if known.is_dir() {
            open.extend(open_to_others(&path));
        }
    }
    open
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone_also_under_an_open_umask() {
    let home = Home::new();
    let script = "umask 000; mkdir -m 755 cache; for cache in cache new; do \
        printf 'Secret words\\n\\nThey are secret.' | \"$NEWSSTAND\" list --cache-dir $cache - && \
        \"$NEWSSTAND\" list --cache-dir $cache news || exit 9; done";
    let ran = home.shell(script);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    for cache in ["cache", "new"] {
        let open = open_to_others(&home.path(cache));
        assert!(open.is_empty(), "{cache}: {open:?}");
    }
    use std::os::unix::fs::PermissionsExt;
    let mode = |name: &str| fs::metadata(home.path(name)).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode("cache"), mode("new")), (0o755, 0o700), "a folder that was there stays as it is");
}

#[test]
fn doctor_says_what_is_kept_of_streams_and_removes_it() {
    let home = Home::new();
    home.run_with_input("list -", HARBOUR.as_bytes()).ended(0);
    let out = home.run("doctor").ended(0).0;
    let streams = |out: &str| out.lines().find(|line| line.starts_with("streams")).expect("a line").to_owned();
    assert!(streams(&out).contains("(1 kept, ") && streams(&out).contains("--forget-streams"), "{out}");
    let indexes = || fs::read_dir(home.path(".cache/newsstand/indexes")).expect("a folder").count();
    assert_eq!(indexes(), 1);
    let out = home.run("doctor --forget-streams").ended(0).0;
    assert!(streams(&out).contains("(0 kept, 0 bytes; 1 removed)"), "{out}");
    assert_eq!(fs::read_dir(home.path(".cache/newsstand/streams")).expect("a folder").count(), 0);
    assert_eq!(indexes(), 0, "the index of the stream is gone with it");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_followed_only_where_that_is_wanted() {
    let home = Home::new();
    home.write("elsewhere/secret.txt", MARKET);
    std::os::unix::fs::symlink(home.path("elsewhere"), home.path("news/more")).expect("a link");
    let (out, complaint) = home.run("list news").ended(0);
    assert_eq!(out.lines().count(), 3);
    assert_eq!(
        complaint,
        "newsstand: news/more: a link that leads out of what you named; not followed (--follow follows them)\n"
    );
    let (out, complaint) = home.run("list --follow news").ended(0);
    assert_eq!((out.lines().count(), complaint.as_str()), (4, ""));
    home.write("c.toml", "follow = true\n");
    assert_eq!(home.run("list --config c.toml news").ended(0).0.lines().count(), 4);
    assert_eq!(home.run("list news/more").ended(0).0.lines().count(), 1, "what is named is followed");
    assert_eq!(home.run("list news").ended(0).0.lines().count(), 3);
}

#[test]
fn what_is_wrong_with_an_argument_is_told_without_what_a_terminal_obeys() {
    let home = Home::new();
    for limit in ["a\u{9b}31mb", "\u{1b}]0;title\u{7}", "a\u{202e}b", "5\u{9b}"] {
        let output = home.command().args(["list", "--limit", limit, "news"]).output().expect("it runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(!told.contains(['\u{9b}', '\u{1b}', '\u{7}', '\u{202e}']), "{told:?}");
        assert!(told.contains("limit"), "{told}");
    }
}

/// What would keep the program waiting without end is told instead.
#[cfg(unix)]
#[test]
fn nobody_waits_for_what_never_comes() {
    let home = Home::new();
    let script = "mkfifo pipe news/pipe.txt && timeout 60 \"$NEWSSTAND\" list pipe";
    let ran = home.shell(script);
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert!(ran.complaints.contains("pipe: cannot be read: nobody writes into this pipe"), "{ran:?}");
    // In a folder it is left out.
    assert_eq!(home.run("list news").found().lines().count(), 3);
    // A writer may come late.
    let ran = home.shell("(printf 'Late news\\n\\nThey came.' > pipe) & timeout 60 \"$NEWSSTAND\" list pipe");
    assert!(ran.status == Some(0) && ran.out.contains("Late news"), "{ran:?}");
    // The messages of the kernel are a file that waits for more of them.
    if Path::new("/proc/kmsg").exists() {
        let ran = home.shell("timeout 60 \"$NEWSSTAND\" list /proc/kmsg");
        assert_ne!(ran.status, Some(124), "{ran:?}");
    }
}
