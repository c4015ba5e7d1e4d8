//! Fuzzing: seeds are changed at random, and whatever comes of them must be read without a panic, without
//! a byte that a terminal would obey, and without losing what is whole.
//!
//! `cargo test` runs each target for a moment; `NEWSSTAND_FUZZ_SECONDS=3600 cargo test --release --test fuzz`
//! for an hour each, as the scheduled workflow does. What fails is made as small as it can be and printed;
//! it becomes a seed in `tests/fuzz/seeds`, or a case in `tests/cases`.
//!
//! These harnesses stand on proptest, which the tests need anyway: it works with the stable compiler on all
//! systems, and shrinks what it finds. They do not measure which branches an input takes.

mod mutation;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use newsstand::archive::Collection as _;
use newsstand::format::FORMATS;
use newsstand::index::{Index, Location};
use newsstand::ingest::import;
use newsstand::library::{self, Pile};
use newsstand::query::{parse, parse_finished};
use newsstand::text::Clean;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How many inputs a target is tried with in the suite.
const FEW: u32 = 150;

/// The seeds of a target: the files of its folder.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("readable")).collect()
}

/// Tries a target with changed seeds, `few` in the suite, or as long as the environment says.
fn fuzz(seeds: Vec<Vec<u8>>, few: u32, target: impl Fn(&[u8])) {
    seeds.iter().for_each(|seed| target(seed));
    let seconds = std::env::var("NEWSSTAND_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(0));
    let strategy = mutation::mutated(seeds).prop_map(mutation::Shown);
    loop {
        let config = Config { cases: few, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
        let mut runner = TestRunner::new(config);
        let run = runner.run(&strategy, |input| {
            // A panic is caught by the runner, and what led to it is made small.
            target(&input.0);
            Ok::<(), TestCaseError>(())
        });
        if let Err(error) = run {
            panic!("{error}");
        }
        if Instant::now() >= end {
            return;
        }
    }
}

/// Nothing that a terminal would obey or that turns letters around.
fn assert_clean(text: &str) {
    let bad = text.chars().find(|c| {
        c.is_control() && *c != '\n' && *c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert!(bad.is_none(), "{bad:?} in {text:?}");
}

/// Reads a file with these bytes as a pile.
fn read(folder: &Path, extension: &str, bytes: &[u8]) {
    let path = folder.join(format!("input.{extension}"));
    fs::write(&path, bytes).expect("written");
    let pile = Pile::open(&[path], folder).expect("no stream is asked for");
    library::walk(&pile, |entry| {
        let entry = entry.expect("it was just written");
        let report = library::read_file(&entry, &mut |article| match article {
            Ok(article) => {
                assert_clean(&article.title.text);
                article.body.iter().for_each(|paragraph| assert_clean(&paragraph.text));
                article.findings.iter().for_each(|finding| assert_clean(&finding.note));
                assert!(article.origin.bytes.start <= article.origin.bytes.end);
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        });
        if let Err(error) = report {
            assert!(error.to_string().contains("skipped"), "{error}");
        }
    });
}

#[test]
fn formats() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in FORMATS {
        // Those without an extension are known by their beginning.
        let extensions = if format.extensions.is_empty() { &["unknown"] } else { format.extensions };
        let few = FEW.div_ceil(extensions.len() as u32);
        for extension in extensions {
            fuzz(seeds(format.name), few, |bytes| read(folder.path(), extension, bytes));
        }
    }
    // What a file is may also be seen from its beginning, and what is packed in it.
    let all: Vec<Vec<u8>> = FORMATS.iter().flat_map(|format| seeds(format.name)).collect();
    fuzz(all, FEW, |bytes| read(folder.path(), "unknown", bytes));
    fuzz(seeds("packed"), FEW, |bytes| read(folder.path(), "jsonl.gz", bytes));
}

#[test]
fn query_lines() {
    fuzz(seeds("query"), FEW * 10, |bytes| {
        let line = String::from_utf8_lossy(bytes);
        for query in [parse(&line), parse_finished(&line)] {
            // What is printed of a query says the same.
            let printed = query.to_string();
            let again = parse(&printed);
            assert_eq!(again.to_string(), printed, "{line:?}");
        }
    });
}

#[test]
fn cleaner() {
    fuzz(seeds("text"), FEW * 20, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let clean = Clean::new(&text);
        assert_clean(&clean);
        assert_eq!(*Clean::new(&clean), *clean, "what is clean stays as it is");
    });
}

/// Whatever stands in the files beside an index: it is used, repaired or made anew, and then complete.
#[test]
fn ledger_and_manifest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dump.jsonl");
    let line = |number: usize| format!("{{\"title\":\"Number {number}\",\"text\":\"{}\"}}\n", "A word. ".repeat(100));
    fs::write(&path, (0..20).map(line).collect::<String>()).expect("written");
    let pile = Pile::open(std::slice::from_ref(&path), folder.path()).expect("no stream is asked for");
    let place = folder.path().join("index");
    let up_to_date = || {
        let index = Index::open(&Location::Disk(place.clone())).expect("it is opened or made anew");
        import(&pile, &index, &AtomicBool::new(false), &mut |_| ()).expect("it can be read and written");
        index.archive().expect("readable").len()
    };
    assert_eq!(up_to_date(), 20);
    for name in ["manifest.json", "meta.json", ".managed.json"] {
        let seed = fs::read(place.join(name)).expect("it is there");
        fuzz(vec![seed], 4, |bytes| {
            fs::write(place.join(name), bytes).expect("written");
            assert_eq!(up_to_date(), 20, "{name}");
        });
    }
    for name in ["problems.json", "checks.json", "suspects.json", "repeats"] {
        fuzz(seeds("beside"), 3, |bytes| {
            fs::write(place.join(name), bytes).expect("written");
            assert_eq!(up_to_date(), 20, "{name}");
        });
    }
    // The ledger stands in the list of segments.
    let whole = fs::read_to_string(place.join("meta.json")).expect("it is there");
    fuzz(seeds("ledger"), 8, |bytes| {
        let mut meta: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
        let now = fs::read_to_string(place.join("meta.json")).expect("it is there");
        if let Ok(now) = serde_json::from_str(&now) {
            meta = now;
        }
        meta["payload"] = String::from_utf8_lossy(bytes).into();
        fs::write(place.join("meta.json"), meta.to_string()).expect("written");
        assert_eq!(up_to_date(), 20);
    });
}
