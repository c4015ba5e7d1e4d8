//! `newsstand show`, `inspect` and `frame`.

use super::*;

#[test]
fn an_article_is_shown_by_its_file_or_by_its_id() {
    let home = Home::new();
    let by_file = home.run("show news/harbour.txt").found();
    assert!(by_file.starts_with("Harbour opens to sailing boats again\nEnglish · 3 March 2022\n"), "{by_file}");
    assert!(by_file.contains("said the mayor"), "{by_file}");
    assert!(by_file.lines().all(|line| line.chars().count() <= 80), "{by_file}");
    let list = home.run("list news").found();
    let id = &list[..8];
    assert_eq!(home.run(&format!("show {id} news")).found(), by_file);
    assert_eq!(home.run_with_input("show -", HARBOUR.as_bytes()).found(), by_file);
}

#[test]
fn a_shown_record_is_the_listed_one() {
    let home = Home::new();
    let listed = home.run("list --json news/harbour.txt").found();
    assert_eq!(home.run("show --json news/harbour.txt").found(), listed);
}

#[test]
fn what_cannot_be_shown_says_why() {
    let home = Home::new();
    let (_, complaint) = home.run("show zzzz news").ended(1);
    assert!(complaint.contains("zzzz: no such file, and no article in news has an id that begins so"), "{complaint}");
    assert!(complaint.contains("newsstand list"), "{complaint}");
    let (_, complaint) = home.run("show news").ended(2);
    assert_eq!(complaint, "newsstand: news: a folder (`newsstand list` prints what is in it)\n");
    home.write("empty.txt", "");
    let (_, complaint) = home.run("show empty.txt").ended(2);
    assert_eq!(complaint, "newsstand: empty.txt: is empty; skipped\n");
}

#[test]
fn an_article_that_vanished_is_told() {
    let home = Home::new();
    let list = home.run("list news").found();
    let id = list[..8].to_owned();
    fs::remove_file(home.path("news/harbour.txt")).expect("removed");
    home.run(&format!("show {id} news")).ended(1);
}

#[test]
fn inspecting_tells_what_was_found_on_which_line() {
    let out = Home::new().run("inspect news/harbour.txt").found();
    for text in
        ["text  (told by its name)", "title", "(line 1)", "2022-03-03", "line 3", "3 March 2022", "English, sure"]
    {
        assert!(out.contains(text), "{text} in {out}");
    }
    let (_, complaint) = Home::new().run("inspect nowhere.txt").ended(2);
    assert_eq!(complaint, "newsstand: nowhere.txt: no such file or folder (is the path spelled right?)\n");
}

#[test]
fn a_frame_has_the_size_that_was_asked_for() {
    let home = Home::new();
    let out = home.run("frame --size 100x20 news").found();
    assert_eq!(out.lines().count(), 20);
    assert!(out.contains("3 articles"), "{out}");
    let out = home.run("frame --size 100x20 --keys '/lang:de<enter>' news").found();
    assert!(out.contains("1 of 3"), "{out}");
    assert!(home.run("frame --size 100x20 --styles news").found().contains("bold"));
    for size in ["0x0", "1x1", "1000x1"] {
        home.run(&format!("frame --size {size} news")).found();
    }
    let (_, complaint) = home.run("frame --size 80 news").ended(2);
    assert!(complaint.contains("not columns and rows, as in 80x24"), "{complaint}");
    let (_, complaint) = home.run("frame --keys '<nokey>' news").ended(2);
    assert!(complaint.contains("nokey"), "{complaint}");
}

#[test]
fn colours_can_be_turned_off() {
    let home = Home::new();
    let colours = |value: &str| {
        let mut command = assert_cmd::Command::from_std(home.with("frame --styles --keys /harbour news"));
        let output = command.env("NO_COLOR", value).output().expect("the program runs");
        let out = Ran::from(output).found();
        out.contains(" yellow") || out.contains(" cyan") || out.contains(" blue")
    };
    assert!(colours(""), "an empty NO_COLOR means nothing");
    assert!(!colours("1"));
}
