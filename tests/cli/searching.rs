//! `newsstand search`.

use super::*;

/// The files that a query finds, without their folder.
fn files(home: &Home, query: &str) -> String {
    let ran = home.run(&format!("search --strict --json --sort title '{query}' news"));
    let records = ran.records();
    let paths = records.iter().map(|record| record["path"].as_str().expect("a path").to_owned());
    paths.map(|path| path.replace("news/", "").replace(".txt", "")).collect::<Vec<_>>().join(" ")
}

#[test]
fn queries_find_what_they_say() {
    let home = Home::new();
    for (query, found) in [
        ("boats", "harbour"),
        ("boat", "harbour"),
        ("mayor bridge", ""),
        ("mayor OR market", "harbour market"),
        ("lang:de", "bridge"),
        ("-lang:en", "bridge"),
        ("date:2022", "harbour"),
        ("date:none", "market"),
        ("title:market", "market"),
        ("\"first boats\"", "harbour"),
        ("\"boats first\"", ""),
        ("", "bridge harbour market"),
    ] {
        assert_eq!(files(&home, query), found, "{query}");
    }
}

#[test]
fn a_query_may_begin_with_a_hyphen() {
    let home = Home::new();
    for line in [
        "search -lang:en news",
        "search -- -lang:en news",
        "search --json -lang:en news",
        "search -lang:en --json news",
    ] {
        let out = home.run(line).found();
        assert!(out.contains("bridge.txt") && out.lines().count() == 1, "{line}: {out}");
    }
}

#[test]
fn finding_nothing_says_why_and_ends_with_1() {
    let home = Home::new();
    let (out, complaints) = home.run("search --strict 'market qwxyzzy' news").ended(1);
    assert_eq!(out, "");
    assert!(complaints.contains("qwxyzzy occurs nowhere in these 3 articles"), "{complaints}");
    let (_, complaints) = home.run("search --strict 'market lang:de' news").ended(1);
    assert!(complaints.contains(" without "), "{complaints}");
}

#[test]
fn typing_errors_are_forgiven_and_that_is_said() {
    let home = Home::new();
    let (out, complaints) = home.run("search harbuor news").ended(0);
    assert!(out.contains("harbour.txt"), "{out}");
    assert_eq!(complaints, "newsstand: nothing for harbuor; 1 for harbour\n");
    home.run("search --strict harbuor news").ended(1);
}

#[test]
fn what_was_guessed_of_a_query_is_told() {
    let (_, complaints) = Home::new().run("search lang:klingon news").ended(1);
    assert!(complaints.contains("unknown language `klingon`"), "{complaints}");
}

#[test]
fn the_sample_edition_can_be_searched() {
    let out = Home::empty().run("search clubhouse --limit 2").found();
    assert_eq!(out.lines().count(), 2);
}

#[test]
fn json_says_where_the_words_stand() {
    let home = Home::new();
    let records = home.run("search --json boat news").records();
    let passage = records[0]["passage"].as_str().expect("a passage");
    let marks = records[0]["passage_marks"].as_array().expect("marks");
    assert!(!marks.is_empty(), "{records:?}");
    for mark in marks {
        let [from, to] = [0, 1].map(|end| mark[end].as_u64().expect("a byte") as usize);
        assert!(passage[from..to].to_lowercase().starts_with("boat"), "{passage} {mark}");
    }
    let records = home.run("search --json title:market news").records();
    assert_eq!(records[0]["title_marks"].as_array().map(Vec::len), Some(1), "{records:?}");
    // Nothing is marked where no word was asked for.
    let records = home.run("search --json lang:de news").records();
    assert!(records[0]["passage"].is_null(), "{records:?}");
}

#[test]
fn a_place_in_the_list_is_explained() {
    let out = Home::new().run("search --explain 'boats date:2022' news").found();
    for line in ["understood as  boats date:2022", "in the order   best match first", "found          1 of 3"] {
        assert!(out.contains(line), "{out}");
    }
    assert!(out.contains("as typed") && out.contains("    score "), "{out}");
}

#[test]
fn searches_have_names() {
    let home = Home::new();
    home.write(".config/newsstand/searches.toml", "water = 'boats OR harbour'\n");
    home.write("AppData/Roaming/newsstand/config/searches.toml", "water = 'boats OR harbour'\n");
    let out = home.run("search @water news").found();
    assert!(out.contains("harbour.txt") && out.lines().count() == 1, "{out}");
    home.run("search '@water lang:de' news").ended(1);
    let (_, complaints) = home.run("search @fire news").ended(2);
    assert_eq!(complaints, "newsstand: no saved search is called `fire`; there are `water`\n");
}

#[test]
fn most_of_the_words_are_enough_and_that_is_said() {
    let home = Home::new();
    let (out, complaints) = home.run("search 'first boats qwxyzzy' news").ended(0);
    assert!(out.contains("harbour.txt"), "{out}");
    assert_eq!(complaints, "newsstand: no article has all 3 words; 1 with some, the most telling first\n");
    home.run("search --strict 'first boats qwxyzzy' news").ended(1);
}
