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
    assert!(complaints.starts_with("newsstand: without "), "{complaints}");
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
    assert!(complaints.contains("no language is called `klingon`"), "{complaints}");
}

#[test]
fn the_sample_edition_can_be_searched() {
    let out = Home::empty().run("search clubhouse --limit 2").found();
    assert_eq!(out.lines().count(), 2);
}
