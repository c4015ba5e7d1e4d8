//! Every folder in `tests/cases` holds an article written for it and what should be found there.
//!
//! `expected.json` names only what the case is about; what it leaves out is not compared. An article
//! that goes wrong becomes a new folder, and nothing else needs to change.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use newsstand::article::{Article, Record, TitleKind};
use newsstand::extract::{RawArticle, StatedFields, extract};
use serde::Deserialize;
use serde_json::Value;

/// What should be found in a case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Why the case is here, in a sentence.
    about: String,
    /// What is stated beside the text: title, byline, source, url, date, language.
    #[serde(default)]
    stated: BTreeMap<String, String>,
    title: String,
    /// `headline` or `opening`.
    kind: String,
    /// Value, precision and evidence, or `null` for none.
    date: Option<(String, String, String)>,
    /// The code, or `null` when it is not to be told.
    language: Option<String>,
    #[serde(default = "yes")]
    sure: bool,
    byline: Option<String>,
    source: Option<String>,
    #[serde(default)]
    passages: Vec<String>,
    /// The role of the paragraph in that line.
    #[serde(default)]
    roles: BTreeMap<u32, String>,
    /// The kinds of all findings.
    #[serde(default)]
    findings: Vec<String>,
}

fn yes() -> bool {
    true
}

/// A word as the record writes it.
fn name(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value).expect("plain data") {
        Value::String(name) => name,
        other => other.to_string(),
    }
}

/// Extracts a case and lists what is other than expected, a line for each.
fn differences(folder: &Path) -> Vec<String> {
    let read =
        |file| fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{folder:?}/{file}: {error}"));
    let expected: Expected =
        serde_json::from_str(&read("expected.json")).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    assert!(!expected.about.is_empty(), "{folder:?} says why it is here");
    let field = |name: &str| expected.stated.get(name).cloned();
    let stated = StatedFields {
        title: field("title"),
        byline: field("byline"),
        source: field("source"),
        url: field("url"),
        date: field("date"),
        language: field("language"),
        ..StatedFields::default()
    };
    let article = extract(&RawArticle {
        text: read("article.txt"),
        stated,
        file_name: Some("article.txt".into()),
        ..RawArticle::default()
    });
    compare(&article, &expected)
}

fn compare(article: &Article, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, got: String, wanted: String| {
        if got != wanted {
            wrong.push(format!("{what}: got {got}, want {wanted}"));
        }
    };
    let quoted = |text: Option<&str>| text.map_or("none".to_owned(), |text| format!("“{text}”"));
    let record = Record::from(article);
    check("title", quoted(Some(&record.title)), quoted(Some(&expected.title)));
    let kind = if article.title.kind == TitleKind::Headline { "headline" } else { "opening" };
    check("kind of title", kind.to_owned(), expected.kind.clone());
    let date =
        record.date.as_ref().map(|date| format!("{} {} {}", date.value, name(date.precision), name(date.evidence)));
    let wanted = expected.date.as_ref().map(|(value, precision, evidence)| format!("{value} {precision} {evidence}"));
    check("date", quoted(date.as_deref()), quoted(wanted.as_deref()));
    let language = record.language.code.map(|tag| tag.code());
    if expected.sure || expected.language.is_some() {
        check("language", quoted(language), quoted(expected.language.as_deref()));
    }
    check("certainty", record.language.sure.to_string(), expected.sure.to_string());
    check("byline", quoted(record.byline.as_deref()), quoted(expected.byline.as_deref()));
    check("source", quoted(record.source.as_deref()), quoted(expected.source.as_deref()));
    let passages: Vec<&str> = record.passages.iter().map(|passage| passage.code.code()).collect();
    check("passages", passages.join(" "), expected.passages.join(" "));
    for (line, role) in &expected.roles {
        let got = article.body.iter().find(|paragraph| paragraph.line == *line);
        check(&format!("role of line {line}"), got.map_or("none".into(), |got| name(got.role)), role.clone());
    }
    let mut got: Vec<String> = record.findings.iter().map(|finding| name(finding.kind)).collect();
    let mut wanted = expected.findings.clone();
    got.sort();
    wanted.sort();
    check("findings", got.join(" "), wanted.join(" "));
    wrong
}

#[test]
fn every_case_is_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("the cases are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert!(folders.len() >= 12, "{} cases", folders.len());
    let mut report = String::new();
    for folder in folders {
        for line in differences(&folder) {
            report += &format!("{}: {line}\n", folder.file_name().unwrap_or_default().to_string_lossy());
        }
    }
    assert!(report.is_empty(), "\n{report}");
}
