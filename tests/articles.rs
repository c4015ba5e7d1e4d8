//! The five articles that the project was asked for: what must be found in them.
//!
//! They belong to their publishers and are not part of the project. Where the environment variable
//! `NEWSSTAND_ARTICLES` names their folder, with what is expected of them in `../expected` beside it,
//! these tests run; elsewhere they are reported as ignored.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() {
    let arguments = Arguments::from_args();
    let folder = std::env::var_os("NEWSSTAND_ARTICLES").map(PathBuf::from);
    let ignored = folder.is_none();
    let folder = folder.unwrap_or_default();
    let mut trials = Vec::new();
    let mut trial = |name: &str, run: fn(&Path) -> Result<(), Failed>| {
        let folder = folder.clone();
        trials.push(Trial::test(name, move || run(&folder)).with_ignored_flag(ignored));
    };
    trial("every_record_is_as_expected", records);
    trial("every_query_finds_what_it_should", queries);
    trial("a_screen_shows_all_five", screen);
    libtest_mimic::run(&arguments, trials).exit();
}

/// Runs newsstand with a cache of its own and returns its exit status and output.
fn newsstand(arguments: &[&str], folder: &Path) -> (i32, String) {
    let cache = tempfile::tempdir().expect("a folder for the cache");
    let output = Command::new(env!("CARGO_BIN_EXE_newsstand"))
        .args(arguments)
        .arg(folder)
        .env("NEWSSTAND_CACHE_DIR", cache.path())
        .env("XDG_CONFIG_HOME", cache.path())
        .output()
        .expect("newsstand runs");
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stdout).into_owned())
}

fn found(arguments: &[&str], folder: &Path) -> Vec<Value> {
    let (_, output) = newsstand(arguments, folder);
    output.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn file_name(record: &Value) -> String {
    let path = record["path"].as_str().unwrap_or_default();
    Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn expected(folder: &Path, name: &str) -> Result<String, Failed> {
    let path = folder.join("../expected").join(name);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn records(folder: &Path) -> Result<(), Failed> {
    let found: BTreeMap<String, Value> =
        found(&["list", "--json"], folder).into_iter().map(|record| (file_name(&record), record)).collect();
    let mut wrong = Vec::new();
    for line in expected(folder, "records.jsonl")?.lines() {
        let want: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let file = want["file"].as_str().unwrap_or_default();
        let got = found.get(file).cloned().unwrap_or_default();
        let mut check = |what: &str, got: &Value, want: &Value| {
            if got != want {
                wrong.push(format!("{file}: {what} is {got}, should be {want}"));
            }
        };
        match want["title_starts"].as_str() {
            Some(start) => {
                let starts = got["title"].as_str().is_some_and(|title| title.starts_with(start));
                check("title", &Value::from(starts), &Value::from(true));
                let noticed = got["findings"].to_string().contains("no_headline");
                check("the missing headline", &Value::from(noticed), &Value::from(true));
            }
            None => check("title", &got["title"], &want["title"]),
        }
        for field in ["source", "byline"] {
            check(field, &got[field], &want[field]);
        }
        check("language", &got["language"]["code"], &want["language"]);
        check("certainty", &got["language"]["sure"], &Value::from(true));
        if want["date"].is_null() {
            check("date", &got["date"], &Value::Null);
        } else {
            for field in ["value", "precision", "evidence", "line"] {
                check(field, &got["date"][field], &want["date"][field]);
            }
        }
        let passages: Vec<&Value> =
            got["passages"].as_array().into_iter().flatten().map(|passage| &passage["code"]).collect();
        check("passages", &serde_json::to_value(passages).unwrap_or_default(), &want["passages"]);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn queries(folder: &Path) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for line in expected(folder, "queries.tsv")?.lines() {
        let (query, files) = line.split_once('\t').ok_or("a query and its files, with a tab between them")?;
        let want: BTreeSet<String> = files.split_whitespace().map(str::to_owned).collect();
        let records = found(&["search", "--json", "--strict", query], folder);
        let got: BTreeSet<String> = records.iter().map(|record| file_name(record)[..3].to_owned()).collect();
        if got != want {
            wrong.push(format!("`{query}` finds {got:?}, should find {want:?}"));
        }
        let (status, _) = newsstand(&["search", "--strict", query], folder);
        let right = if want.is_empty() { 1 } else { 0 };
        if status != right {
            wrong.push(format!("`{query}` ends with {status}, should end with {right}"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn screen(folder: &Path) -> Result<(), Failed> {
    let (status, screen) = newsstand(&["frame", "--size", "120x36"], folder);
    if status != 0 || !screen.contains("5 articles") || !screen.contains("Hindustan Times") {
        return Err(format!("status {status}, screen:\n{screen}").into());
    }
    Ok(())
}
