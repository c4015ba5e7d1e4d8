use serde_json::{Value, json};

use super::*;
use crate::article::Record;

/// A record as `--json` prints it, with these fields.
fn record(fields: &Value) -> Record {
    let mut record = json!({
        "id": "00000000000000ff", "path": "a.txt", "part": null, "title": "Harbour to be dredged again",
        "byline": null, "source": null, "url": null, "date": null,
        "language": {"code": "en", "name": "English", "confidence": 1.0, "sure": true},
        "passages": [], "tags": [], "words": 12, "findings": [],
    });
    for (name, value) in fields.as_object().expect("an object") {
        record[name] = value.clone();
    }
    serde_json::from_value(record).expect("a record")
}

fn date(value: &str, precision: &str) -> Value {
    json!({"value": value, "precision": precision, "evidence": "byline", "line": 2, "text": value})
}

fn exported(name: &str, options: &Options, records: &[Record], marks: &ReaderMarks) -> String {
    let mut exporter = (format(name).expect("a format").exporter)(options).expect("good options");
    let mut out = Vec::new();
    exporter.begin(&mut out).expect("written");
    for record in records {
        exporter.item(&mut out, &Item { record, marks, article: None }).expect("written");
    }
    exporter.end(&mut out).expect("written");
    String::from_utf8(out).expect("text")
}

fn full() -> Record {
    record(&json!({
        "byline": "Maria Weber and AFP", "source": "Coast & Courier", "url": "https://coast.example/a_b",
        "date": date("2019-05", "month"), "title": "50% of {harbours}",
    }))
}

#[test]
fn every_format_writes_nothing_one_and_many() {
    for format in EXPORTS {
        let options = Options { template: Some("{{ title }}".to_owned()), ..Options::default() };
        for records in [vec![], vec![full()], vec![full(), record(&json!({}))]] {
            let text = exported(format.name, &options, &records, &ReaderMarks::default());
            assert!(text.is_empty() || text.ends_with('\n'), "{}: {text:?}", format.name);
            if format.name.ends_with("json") {
                let list: Vec<Value> = serde_json::from_str(&text).expect("a list");
                assert_eq!(list.len(), records.len());
            }
        }
    }
}

#[test]
fn references_carry_what_is_known_of_a_date_and_no_more() {
    let marks = ReaderMarks { tags: vec!["port".into()], ..ReaderMarks::default() };
    let one = |name: &str, record: Record| exported(name, &Options::default(), &[record], &marks);
    insta::assert_snapshot!(one("bibtex", full()), @r"
    @article{newsstand-00000000000000ff,
      title = {{50\% of \{harbours\}}},
      author = {Weber, Maria and {AFP}},
      journal = {Coast \& Courier},
      date = {2019-05},
      year = {2019},
      month = may,
      url = {https://coast.example/a_b},
      langid = {english},
      keywords = {port},
    }
    ");
    insta::assert_snapshot!(one("ris", full()).replace("\r\n", "\n"), @"
    TY  - NEWS
    TI  - 50% of {harbours}
    AU  - Weber, Maria
    AU  - AFP
    T2  - Coast & Courier
    PY  - 2019
    DA  - 2019/05//
    UR  - https://coast.example/a_b
    LA  - en
    KW  - port
    ID  - 00000000000000ff
    ER  - 
    ");
    let issued = |value: &str, precision: &str| {
        let text = one("csl-json", record(&json!({"date": date(value, precision)})));
        let list: Vec<Value> = serde_json::from_str(&text).expect("a list");
        list[0].get("issued").map(|issued| issued["date-parts"][0].clone())
    };
    assert_eq!(issued("2019", "year"), Some(json!([2019])));
    assert_eq!(issued("2019-05", "month"), Some(json!([2019, 5])));
    assert_eq!(issued("2019-05-03", "day"), Some(json!([2019, 5, 3])));
    assert_eq!(issued("--05-03", "yearless"), None);
}

/// The schema of CSL-JSON allows no other fields than it names: of those that are written, all are there.
#[test]
fn csl_json_has_only_fields_of_its_schema() {
    let marks = ReaderMarks { note: Some("ask".into()), tags: vec!["port".into()], ..ReaderMarks::default() };
    let text = exported("csl-json", &Options::default(), &[full()], &marks);
    let list: Vec<Value> = serde_json::from_str(&text).expect("a list");
    let known = ["id", "type", "title", "author", "container-title", "issued", "URL", "language", "note", "keyword"];
    for (name, value) in list[0].as_object().expect("an object") {
        assert!(known.contains(&name.as_str()), "{name}");
        assert!(name == "author" || name == "issued" || value.is_string(), "{name}: {value}");
    }
}

#[test]
fn fields_are_chosen_by_name() {
    let columns = ["title", "date"].map(|name| columns::column(name).expect("a column")).to_vec();
    let options = Options { columns, ..Options::default() };
    let marks = ReaderMarks::default();
    assert_eq!(exported("csv", &options, &[full()], &marks), "title,date\n50% of {harbours},2019-05\n");
    assert_eq!(
        exported("jsonl", &options, &[full()], &marks),
        "{\"title\":\"50% of {harbours}\",\"date\":\"2019-05\"}\n"
    );
    assert!(columns::column("tilte").expect_err("no column").contains("title"));
}

#[test]
fn a_template_says_where_it_is_wrong() {
    let options = |template: &str| Options { template: Some(template.to_owned()), ..Options::default() };
    let marks = ReaderMarks::default();
    let text = exported("template", &options("{{ date or 'undated' }}: {{ title | upper }}"), &[full()], &marks);
    assert_eq!(text, "2019-05: 50% OF {HARBOURS}\n");
    let unknown = exported("template", &options("{{ date }}|{{ source }}|{{ words }}"), &[record(&json!({}))], &marks);
    assert_eq!(unknown, "||12\n", "what is not known is nothing");
    let Err(wrong) = (template::FORMAT.exporter)(&options("one\n{{ title")) else { panic!("it was taken") };
    assert!(wrong.starts_with("template, line 2"), "{wrong}");
    assert!((template::FORMAT.exporter)(&Options::default()).is_err());
}

#[test]
fn a_citation_fits_a_footnote() {
    let check = |record: Record, expected: &str| assert_eq!(citation(&record), expected);
    check(full(), "Maria Weber and AFP: “50% of {harbours}”. Coast & Courier, May 2019. https://coast.example/a_b");
    check(record(&json!({})), "“Harbour to be dredged again”. Undated.");
}
