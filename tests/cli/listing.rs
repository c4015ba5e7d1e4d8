//! `newsstand list` and `newsstand index`.

use super::*;

#[test]
fn a_line_has_id_language_date_title_and_path() {
    let out = Home::new().run("list news").found();
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split("  ").collect()).collect();
    assert_eq!(lines[0][1..], ["en", "2022-03-03", "Harbour opens to sailing boats again", "news/harbour.txt"]);
    assert_eq!(lines[1][1..], ["de", "2021-02-14", "Brücke bleibt im Winter geschlossen", "news/bridge.txt"]);
    assert_eq!(lines[2][1], "en");
    assert!(lines[2][2..].concat().starts_with("undated"), "{out}");
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line[0].len() == 8), "{out}");
}

#[test]
fn a_record_has_every_field() {
    let ran = Home::new().run("list --json news/harbour.txt");
    let records = ran.records();
    let record = &records[0];
    let keys = |value: &Value| {
        let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(
        keys(record),
        "byline date findings id language marks part passages path source tags title url words",
        "the fields are a public interface"
    );
    assert_eq!(keys(&record["date"]), "evidence line precision text value");
    assert_eq!(keys(&record["language"]), "code confidence name sure");
    assert_eq!(record["id"].as_str().map(str::len), Some(16));
    assert_eq!(record["path"], "news/harbour.txt");
    assert_eq!(record["part"], Value::Null);
    assert_eq!(record["title"], "Harbour opens to sailing boats again");
    assert_eq!(record["byline"], Value::Null);
    assert_eq!(record["url"], Value::Null);
    assert_eq!(record["date"]["value"], "2022-03-03");
    assert_eq!(record["date"]["precision"], "day");
    assert_eq!(record["date"]["line"], 3);
    assert_eq!(record["date"]["text"], "3 March 2022");
    assert_eq!(record["language"]["code"], "en");
    assert_eq!(record["language"]["name"], "English");
    assert_eq!(record["language"]["sure"], true);
    assert_eq!(keys(&record["marks"]), "added note read starred tags");
    assert_eq!((&record["marks"]["read"], &record["marks"]["note"]), (&Value::Bool(false), &Value::Null));
    assert!(record["passages"].is_array() && record["findings"].is_array());
    assert!(record["words"].as_u64().is_some_and(|words| (30..50).contains(&words)), "{record}");
}

#[test]
fn articles_of_a_file_of_many_have_numbers() {
    let home = Home::empty();
    home.write(
        "dump.jsonl",
        "{\"title\":\"First\",\"text\":\"One thing.\"}\n\n{\"title\":\"Second\",\"text\":\"Another.\"}\n",
    );
    let ran = home.run("list --json --sort title dump.jsonl");
    let records = ran.records();
    let numbered: Vec<_> = records.iter().map(|record| (record["title"].as_str(), record["part"].as_u64())).collect();
    assert_eq!(numbered, [(Some("First"), Some(1)), (Some("Second"), Some(3))]);
}

#[test]
fn orders_and_limits() {
    let home = Home::new();
    let order = |options: &str| {
        let titles = home.titles(&format!("list --json {options} news"));
        titles.iter().map(|title| title.split(' ').next().expect("a word").to_lowercase()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(""), "harbour brücke the");
    assert_eq!(order("--sort date"), "harbour brücke the");
    assert_eq!(order("--sort -date"), "brücke harbour the", "the undated ones stay last");
    assert_eq!(order("--sort title"), "brücke harbour the");
    assert_eq!(order("--sort newest --limit 1"), "harbour");
    assert_eq!(order("--limit 0"), "");
    assert_eq!(order("--limit 99"), "harbour brücke the");
    let (_, complaint) = home.run("list --sort best news").ended(2);
    assert!(complaint.contains("possible values: relevance, newest, oldest, title, added"), "{complaint}");
}

#[test]
fn without_a_terminal_a_path_alone_prints_the_list() {
    let home = Home::new();
    assert_eq!(home.run("news").found(), home.run("list news").found());
    assert_eq!(home.run("").found().lines().count(), 5, "the sample edition");
}

#[test]
fn articles_come_from_standard_input() {
    let home = Home::empty();
    let out = home.run_with_input("list -", HARBOUR.as_bytes()).found();
    assert!(out.trim_end().ends_with("Harbour opens to sailing boats again  -"), "{out}");
    let (_, complaint) = home.run_with_input("list -", b"").ended(2);
    assert_eq!(complaint, "newsstand: -: is empty; skipped\n");
}

#[test]
fn the_index_follows_the_files() {
    let home = Home::new();
    let out = home.run("index news").found();
    assert!(out.starts_with("3 articles in 3 files; 3 read, 0 gone; index in "), "{out}");
    let out = home.run("index news").found();
    assert!(out.starts_with("3 articles in 3 files; nothing has changed; index in "), "{out}");

    home.write("news/bridge.txt", BRIDGE.replace("Winter", "Sommer"));
    fs::rename(home.path("news/harbour.txt"), home.path("news/port.txt")).expect("renamed");
    fs::remove_file(home.path("news/market.txt")).expect("removed");
    home.write("news/deep/er/new.txt", MARKET.replace("market", "circus"));
    let out = home.run("index news").found();
    assert!(out.starts_with("3 articles in 3 files; 3 read, 2 gone; index in "), "{out}");
    let out = home.run("list news").found();
    for text in ["im Sommer geschlossen", "boats again  news/port.txt", "The circus moves"] {
        assert!(out.contains(text), "{text} in {out}");
    }
    assert!(home.run("search winter news").ended(0).0.contains("port.txt"), "the winter of the boats");
    home.run("search --strict market news").ended(1);
    home.run("search --strict circus news").ended(0);

    let out = home.run("index --rebuild news").found();
    assert!(out.starts_with("3 articles in 3 files; 3 read, 0 gone; index in "), "{out}");
}

#[test]
fn the_same_folder_has_one_index_however_it_is_named() {
    let home = Home::new();
    home.run("index news").found();
    let absolute = home.path("news");
    for name in ["./news", "news/", "news/../news", typed(&absolute)] {
        let out = home.run(&format!("index {name}")).found();
        assert!(out.contains("nothing has changed"), "{name}: {out}");
    }
    home.index();
}

#[test]
fn the_cache_lies_where_it_should() {
    let home = Home::new();
    home.run("list --cache-dir here news").found();
    assert!(home.path("here/indexes").is_dir());
    let mut command = assert_cmd::Command::from_std(home.with("list news"));
    command.env("NEWSSTAND_CACHE_DIR", "there").assert().success();
    assert!(home.path("there/indexes").is_dir());
    let mut command = assert_cmd::Command::from_std(home.with("list news"));
    command.env("XDG_CACHE_HOME", home.path("xdg")).assert().success();
    assert!(home.path("xdg/newsstand/indexes").is_dir());
    assert!(!home.path(".cache").exists());
    assert_eq!(home.run("--cache-dir here list news").found(), home.run("list news").found());
}

#[test]
fn what_came_in_when_outlives_the_index() {
    let home = Home::new();
    let came = |home: &Home| -> Vec<String> {
        let records = home.run("list --json --sort title news").records();
        records.iter().map(|record| record["marks"]["added"].as_str().expect("a moment").to_owned()).collect()
    };
    let first = came(&home);
    std::fs::remove_dir_all(home.path(".cache")).expect("the cache can be deleted");
    assert_eq!(came(&home), first);
    assert_eq!(home.titles("search --json added:today news").len(), first.len());
    assert_eq!(home.titles("search --json added:..2000 news").len(), 0);
}
