//! The configuration file, as commands read it.

use super::*;

/// What is complained of when the configuration file holds this.
fn complaint(text: &str) -> String {
    let home = Home::new();
    home.write("c.toml", text);
    let (out, complaint) = home.run("frame --config c.toml news").ended(2);
    assert_eq!(out, "");
    complaint
}

#[test]
fn faults_are_told_with_line_and_column() {
    for (text, place, word) in [
        ("\n  mous = true\n", "c.toml: line 2, column 3: ", "mouse"),
        ("reading_width = 3\n", "c.toml: line 1, column 17: ", "from 20 to 200"),
        ("[keys]\nfly = [\"x\"]\n", "c.toml: line 2, column 7: ", "no action is called `fly`"),
        ("[keys]\ndown = [\"nokey\"]\n", "c.toml: line 2, column 8: ", "no key is called `nokey`"),
        ("[theme]\nnosuch = \"red\"\n", "c.toml: line 2, column 1: ", "nosuch"),
        ("sort = \"best\"\n", "c.toml: line 1, column 8: ", "`title`"),
        ("mouse = \n", "c.toml: line 1, column ", ""),
    ] {
        let complaint = complaint(text);
        assert!(
            complaint.starts_with(&format!("newsstand: {place}")) && complaint.contains(word),
            "{text}: {complaint}"
        );
    }
}

#[test]
fn a_file_that_is_named_must_be_there() {
    let (_, complaint) = Home::new().run("list --config no.toml news").ended(2);
    assert_eq!(complaint, "newsstand: no.toml: no such file or folder (is the path spelled right?)\n");
}

#[test]
fn the_printed_configuration_is_a_valid_one() {
    let home = Home::new();
    let text = home.run("config").found();
    home.write(".config/newsstand/config.toml", &text);
    home.run("list news").found();
    let uncommented: String = text.lines().filter_map(|line| line.strip_prefix("# mouse = ")).collect();
    assert_eq!(uncommented, "true");
}

#[test]
fn settings_hold() {
    let home = Home::new();
    home.write(".config/newsstand/config.toml", "library = [\"~/news\"]\nsort = \"title\"\n[keys]\ndown = [\"x\"]\n");
    let out = home.run("list").found();
    assert_eq!(out.lines().count(), 3, "the library is listed: {out}");
    let first = |keys: &str| {
        let out = home.run(&format!("frame --size 60x20 --keys '{keys}'")).found();
        out.lines().find(|line| line.contains('▌')).expect("a selected row").to_owned()
    };
    assert!(first("").contains("Brücke"), "sorted by title: {}", first(""));
    assert!(first("x").contains("Harbour"), "{}", first("x"));
    assert!(first("j").contains("Brücke"), "j means nothing any more");
}

#[test]
fn fields_of_json_may_be_named() {
    let home = Home::empty();
    home.write("news/a.jsonl", "{\"kop\": \"Haven gesloten\", \"inhoud\": \"De haven is gesloten.\"}\n");
    home.write("c.toml", "[fields]\ntitle = \"kop\"\ntext = \"inhoud\"\n");
    assert_eq!(home.titles("list --json --config c.toml news"), ["Haven gesloten"]);
    let shown = home.run("show --config c.toml news/a.jsonl").found();
    assert!(shown.contains("De haven is gesloten."), "{shown}");
    home.write("c.toml", "[fields]\ncolour = \"kleur\"\n");
    let (_, complaint) = home.run("list --config c.toml news").ended(2);
    assert_eq!(
        complaint,
        "newsstand: c.toml: [fields]: an article has no `colour`; there are title, text, date, url, language, source, byline, tags\n"
    );
}
