//! Input that is missing, broken, hostile or huge. The rest of the pile is read all the same.

use super::*;

/// What is complained of when this file lies beside a good one, which must be listed.
fn beside_a_good_one(name: &str, content: &[u8]) -> Ran {
    let home = Home::empty();
    home.write("news/good.txt", HARBOUR);
    home.write(&format!("news/{name}"), content);
    let ran = home.run("list --json news");
    assert!(ran.out.contains("\"path\":\"news/good.txt\""), "{ran:?}");
    ran
}

#[test]
fn what_is_no_article_is_told_and_skipped() {
    for (name, content, complaint) in [
        ("empty.txt", &b""[..], "news/empty.txt: is empty; skipped"),
        ("blank.txt", b" \n\t\n", "news/blank.txt: holds nothing but white space; skipped"),
        (
            "picture.txt",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "news/picture.txt: is not text (it begins like a PNG image); skipped",
        ),
        ("zeros.txt", &[0; 5000], "news/zeros.txt: is not text (it holds zero bytes); skipped"),
    ] {
        let (out, complaints) = beside_a_good_one(name, content).ended(2);
        assert_eq!(complaints, format!("newsstand: {complaint}\n"));
        assert_eq!(out.lines().count(), 1);
    }
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let lines = b"{\"title\":\"Two bridges\",\"text\":\"Both are open.\"}\nnot json\n{\"title\":\"Three\",\"text\":\"All are open.\"}\n";
    let (out, complaints) = beside_a_good_one("dump.jsonl", lines).ended(2);
    assert!(complaints.starts_with("newsstand: news/dump.jsonl:2: not JSON (") && complaints.ends_with("; skipped\n"));
    assert_eq!((complaints.lines().count(), out.lines().count()), (1, 3));
}

#[test]
fn what_is_wrong_is_told_again_without_being_read_again() {
    let home = Home::empty();
    home.write("news/good.txt", HARBOUR);
    home.write("news/empty.txt", "");
    home.write("news/dump.jsonl", "{\"title\":\"Two bridges\",\"text\":\"Both are open.\"}\nnot json\n");
    let (_, first) = home.run("list news").ended(2);
    assert_eq!(first.lines().count(), 2, "{first}");
    let (_, again) = home.run("list news").ended(2);
    assert_eq!(again, first);
    let (out, _) = home.run("index news").ended(2);
    assert!(out.contains("nothing has changed"), "{out}");
    home.write("news/empty.txt", HARBOUR);
    home.write("news/dump.jsonl", "{\"title\":\"Two bridges\",\"text\":\"Both are open again.\"}\n");
    let (_, mended) = home.run("list news").ended(0);
    assert_eq!(mended, "");
}

#[test]
fn every_encoding_is_read() {
    let wide: Vec<u8> = format!("\u{feff}{BRIDGE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let western: Vec<u8> = BRIDGE.chars().map(|c| u8::try_from(u32::from(c)).expect("a Western letter")).collect();
    let mut broken = BRIDGE.as_bytes().to_vec();
    broken.extend(b"Und \xff\xc3 so weiter.\n");
    for (name, bytes) in [("wide.txt", wide), ("western.txt", western), ("broken.txt", broken)] {
        let ran = beside_a_good_one(name, &bytes);
        assert_eq!((ran.status, ran.complaints.as_str()), (Some(0), ""), "{name}");
        let records = ran.records();
        let record = records.iter().find(|record| record["path"] == format!("news/{name}")).expect("listed");
        assert_eq!(record["title"], "Brücke bleibt im Winter geschlossen", "{name}");
        assert_eq!(record["date"]["value"], "2021-02-14", "{name}");
    }
}

#[test]
fn what_is_missing_is_told_and_the_rest_read() {
    let home = Home::new();
    let (out, complaint) = home.run("list nowhere news").ended(2);
    assert_eq!(out.lines().count(), 3);
    assert_eq!(complaint, "newsstand: nowhere: no such file or folder (is the path spelled right?)\n");
    let (out, complaint) = home.run("list nowhere").ended(2);
    assert_eq!((out.as_str(), complaint.lines().count()), ("", 1));
}

#[test]
fn an_empty_folder_holds_nothing_which_is_no_failure() {
    let home = Home::empty();
    fs::create_dir(home.path("news")).expect("a folder");
    assert_eq!(home.run("list news").ended(1), (String::new(), String::new()));
    assert!(home.run("frame news").found().contains("0 articles"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let path = home.path("news/bridge.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("changed");
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let (out, complaint) = home.run("list news").ended(2);
    assert_eq!(out.lines().count(), 2);
    assert_eq!(complaint, "newsstand: news/bridge.txt: cannot be read: permission denied; skipped\n");
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_or_nowhere_do_no_harm() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    symlink(".", home.path("news/loop")).expect("a link");
    symlink("..", home.path("news/up")).expect("a link");
    symlink("self", home.path("news/self")).expect("a link");
    symlink("nowhere", home.path("news/dangling.txt")).expect("a link");
    let (out, complaints) = home.run("list news").ended(2);
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(
        complaints.contains("news/dangling.txt: cannot be read: no such file or directory; skipped"),
        "{complaints}"
    );
}

/// A line of 200 MB. As a file of its own it would be an article, cut short, which takes a few seconds
/// to understand in a debug build.
#[test]
fn a_huge_line_does_not_fill_the_memory() {
    let home = Home::new();
    let line = format!("{{\"title\":\"Huge\",\"text\":\"{}\"}}\n", "bridge ".repeat(29_000_000));
    home.write("news/huge.jsonl", line);
    let mut command = home.with("list news");
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
    let mut child = child.expect("it starts");
    let mut peak = 0;
    while child.try_wait().expect("our child").is_none() {
        peak = peak.max(megabytes(child.id()));
        std::thread::yield_now();
    }
    assert!(peak < 300, "{peak} MB of memory were needed");
    let (out, complaint) = Ran::from(child.wait_with_output().expect("it has ended")).ended(2);
    assert_eq!(out.lines().count(), 3);
    assert_eq!(complaint, "newsstand: news/huge.jsonl:1: the article is too long (193 MB); skipped\n");
}

/// Files that are nothing but lines, tags, points, quotations or values: memory follows their bytes, however many of
/// these they have.
#[test]
fn files_of_very_many_small_things_do_not_fill_the_memory() {
    let home = Home::new();
    for (name, begin, repeated, end) in [
        ("lines.txt", "", "a\n", ""),
        ("brackets.html", "", "<", ""),
        ("points.md", "", "- a\n", ""),
        ("quoted.eml", "From: a@b.example\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n\n", "> a\n", ""),
        ("strings.json", "{\"title\":\"a\",\"text\":[\"a\"", ",\"a\"", "]}"),
    ] {
        let text = [begin, &repeated.repeat((600 << 10) / repeated.len()), end].concat();
        home.write(&format!("small/{name}"), text);
    }
    let mut command = home.with("list small");
    let child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
    let mut child = child.expect("it starts");
    let mut peak = 0;
    while child.try_wait().expect("our child").is_none() {
        peak = peak.max(megabytes(child.id()));
        std::thread::yield_now();
    }
    assert!(peak < 250, "{peak} MB of memory were needed");
    let ran = Ran::from(child.wait_with_output().expect("it has ended"));
    assert!(ran.out.lines().count() >= 3, "{ran:?}");
}

/// The most memory that a process ever had at once; 0 when it has ended or nobody tells.
fn megabytes(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) >> 10
}
