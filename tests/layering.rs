//! Holds the code to its layers: a module uses only modules of layers below its own.
//!
//! Inside a module, files import each other without a circle (what a file and the modules above it import of
//! each other does not count), the rooms of `index` use only those before them, and no file is longer than
//! [`LONGEST`] lines before its tests.
//!
//! Whoever adds a module adds it to `LAYERS`. Tests (`#[cfg(test)]`, `tests.rs`) may use what they
//! like, as may `lib.rs`, which names all modules, and `main.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each layer, the lowest first.
const LAYERS: &[&[&str]] = &[
    &["error", "text", "disk"],
    &["article", "screen"],
    &["extract", "query", "config", "net"],
    &["format"],
    &["library", "marks"],
    &["feeds"],
    &["archive"],
    &["index"],
    // It finds and marks by the same words as `index`.
    &["remote"],
    &["ingest", "stories", "counting", "export"],
    &["action", "effect"],
    &["event"],
    &["panes"],
    &["app"],
    &["runtime"],
    &["cli"],
];

/// The rooms of `index`, the lowest first: a room uses those before it.
const ROOMS: &[&str] = &["analysis", "store", "asking", "marking", "answering"];

/// So many lines a file may have before its tests.
const LONGEST: usize = 600;

/// Files that are nothing but a table, which may be longer.
const TABLES: &[&str] = &["src/extract/date/words.rs"];

/// Words that only some modules may write, and why.
const RESERVED: &[(&[&str], &[&str], &str)] = &[
    (&["tantivy"], &["index"], "the engine is behind `index`"),
    (
        &["thread::spawn", "thread::scope", "thread::Builder", "thread::sleep", "thread::park"],
        &["ingest", "index", "feeds", "remote", "counting", "runtime", "cli"],
        "only who reads, answers or shows waits and spawns",
    ),
    (
        &["Instant::now", "SystemTime::now", "Utc::now", "Local::now"],
        &["ingest", "index", "feeds", "remote", "runtime", "cli"],
        "the time is handed in, so that tests can say what it is",
    ),
    (
        &["println!", "eprintln!", "print!", "eprint!"],
        &["cli", "main"],
        "output is the business of `cli`; anything else draws, or returns an error",
    ),
    (&["dbg!"], &[], "it was for debugging"),
];

#[test]
fn modules_use_only_layers_below_their_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    assert!(files.len() > 10, "the sources are where they should be");
    let mut complaints = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&file).expect("sources are readable text");
        complaints.extend(complaints_about(&name, &source));
    }
    assert!(complaints.is_empty(), "\n\n{}\n", complaints.join("\n"));
}

#[test]
fn files_stand_in_no_circle_rooms_in_order_and_none_is_too_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    let mut sources = BTreeMap::new();
    for file in files {
        let name = file.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        sources.insert(name, fs::read_to_string(&file).expect("sources are readable text"));
    }
    let mut complaints = circles(&sources);
    complaints.extend(rooms_out_of_order(&sources));
    complaints.extend(too_long(&sources));
    assert!(complaints.is_empty(), "\n\n{}\n", complaints.join("\n"));
}

/// Files that import each other in a circle, each circle told once.
fn circles(sources: &BTreeMap<String, String>) -> Vec<String> {
    let uses = uses(sources);
    // Who can be reached from each file.
    let reached = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            for used in uses.get(file).into_iter().flatten() {
                if seen.insert(used.as_str()) {
                    next.push(used);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|file| (file.as_str(), reached(file))).collect();
    let mut told = BTreeSet::new();
    for (file, all) in &reached {
        if all.contains(file) {
            let circle: Vec<&str> = all.iter().copied().filter(|other| reached[other].contains(file)).collect();
            told.insert(format!("a circle of imports: {}", circle.join(", ")));
        }
    }
    told.into_iter().collect()
}

/// Files of `index` that use a room behind their own.
fn rooms_out_of_order(sources: &BTreeMap<String, String>) -> Vec<String> {
    let room = |file: &str| {
        let name = file.strip_prefix("src/index/")?.split_once('/')?.0;
        ROOMS.iter().position(|room| *room == name)
    };
    let mut complaints = Vec::new();
    for (file, used) in uses(sources) {
        for used in used {
            if room(&file).zip(room(&used)).is_some_and(|(own, other)| other > own) {
                complaints.push(format!("{file} uses {used}, which is in a room behind its own"));
            }
        }
    }
    complaints
}

/// Files with too many lines before their tests.
fn too_long(sources: &BTreeMap<String, String>) -> Vec<String> {
    let lines = |source: &str| source.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).count();
    let long = sources
        .iter()
        .filter(|(file, source)| !is_tests(file) && !TABLES.contains(&file.as_str()) && lines(source) > LONGEST);
    long.map(|(file, source)| format!("{file}: {} lines before its tests are too many", lines(source))).collect()
}

fn is_tests(file: &str) -> bool {
    file.trim_end_matches(".rs").split('/').any(|part| part == "tests")
}

/// The module of a file: `src/query/field/mod.rs` is `query`, `field`.
fn module_of(file: &str) -> Vec<String> {
    let way = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    way.split('/').map(str::to_owned).collect()
}

/// The files of the same module that each file imports from, without those above and below it.
fn uses(sources: &BTreeMap<String, String>) -> BTreeMap<String, BTreeSet<String>> {
    let files: BTreeMap<Vec<String>, &String> = sources.keys().map(|file| (module_of(file), file)).collect();
    let mut uses = BTreeMap::new();
    for (file, source) in sources.iter().filter(|(file, _)| !is_tests(file)) {
        let module = module_of(file);
        let mut used = BTreeSet::new();
        for path in paths_used(&without_tests(&without_text(source)), &module) {
            let known = (1..=path.len()).rev().find_map(|length| files.get(&path[..length]).map(|file| (length, file)));
            let Some((length, other)) = known else { continue };
            let is_above = module.starts_with(&path[..length]) || path[..length].starts_with(&module);
            if path[0] == module[0] && !is_above && !is_tests(other) {
                used.insert((*other).clone());
            }
        }
        uses.insert(file.clone(), used);
    }
    uses
}

/// All paths that the code of a module names by `crate`, `super` or `self`, from the root of the crate.
fn paths_used(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut at = 0;
    while let Some((start, word)) = next_word(code, at) {
        at = start + word.len();
        let base = match word {
            "crate" => Vec::new(),
            "super" => module[..module.len() - 1].to_vec(),
            "self" => module.to_vec(),
            _ => continue,
        };
        if let Some(rest) = code[at..].trim_start().strip_prefix("::") {
            at = follow(code, code.len() - rest.len(), base, &mut paths);
        }
    }
    paths
}

/// Adds the paths that go on from `base` with what stands at a place behind `::`; where they end.
fn follow(code: &str, from: usize, mut base: Vec<String>, paths: &mut Vec<Vec<String>>) -> usize {
    let mut at = from + (code[from..].len() - code[from..].trim_start().len());
    if let Some(inner) = code[at..].strip_prefix('{') {
        at = code.len() - inner.len();
        loop {
            at += code[at..].len() - code[at..].trim_start_matches([' ', '\n', ',']).len();
            match next_word(code, at) {
                Some((start, _)) if start == at => at = follow(code, at, base.clone(), paths),
                _ => return (at + 1).min(code.len()),
            }
            // What a name is given instead does not matter.
            at += code[at..].find([',', '}', '{']).unwrap_or(code.len() - at);
        }
    }
    let Some((start, word)) = next_word(code, at).filter(|(start, _)| *start == at) else {
        paths.push(base);
        return at;
    };
    at = start + word.len();
    match word {
        "super" => drop(base.pop()),
        "self" => {}
        word => base.push(word.to_owned()),
    }
    match code[at..].trim_start().strip_prefix("::") {
        Some(rest) => follow(code, code.len() - rest.len(), base, paths),
        None => {
            paths.push(base);
            at
        }
    }
}

/// All Rust sources below `folder`, in the order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// What is wrong with a file, as `src/app.rs:17: …`.
fn complaints_about(file: &str, source: &str) -> Vec<String> {
    let way: Vec<&str> = file.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    if way.contains(&"tests") {
        return Vec::new();
    }
    let code = without_tests(&without_text(source));
    let own = way[0];
    let mut complaints = Vec::new();
    let mut complain = |at: usize, complaint: String| {
        let line = code[..at].matches('\n').count() + 1;
        complaints.push((at, format!("{file}:{line}: {complaint}")));
    };
    if own != "lib" && own != "main" {
        match layer(own) {
            None => complain(0, format!("`{own}` has no layer yet: add it to LAYERS in tests/layering.rs")),
            Some(own_layer) => {
                let depth = if way.last() == Some(&"mod") { way.len() - 1 } else { way.len() };
                for (at, used) in modules_used(&code, depth) {
                    match layer(&used) {
                        _ if used == own => {}
                        Some(layer) if layer < own_layer => {}
                        Some(layer) => complain(
                            at,
                            format!("`{own}` (layer {own_layer}) uses `{used}` (layer {layer}), which is not below it"),
                        ),
                        // Types that `lib.rs` hands on, such as `crate::Error`.
                        None if used.starts_with(char::is_uppercase) => {}
                        None => {
                            complain(at, format!("`{used}` has no layer yet: add it to LAYERS in tests/layering.rs"))
                        }
                    }
                }
            }
        }
    }
    for (words, allowed, why) in RESERVED.iter().filter(|(_, allowed, _)| !allowed.contains(&own)) {
        for word in *words {
            for (at, _) in code.match_indices(word) {
                let within = |c: char| c.is_alphanumeric() || c == '_';
                let begins = !code[..at].ends_with(within);
                let ends = word.ends_with('!') || !code[at + word.len()..].starts_with(within);
                if begins && ends {
                    let may = if allowed.is_empty() { "nobody".to_owned() } else { allowed.join(" and ") };
                    complain(at, format!("`{word}` is for {may}: {why}"));
                }
            }
        }
    }
    complaints.sort();
    complaints.into_iter().map(|(_, complaint)| complaint).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

/// The modules at the root of the crate that `code`, `depth` modules below the root, names: by
/// `crate::name`, `crate::{name, …}`, or enough `super::`s.
fn modules_used(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut used = Vec::new();
    let mut at = 0;
    while let Some((start, word)) = next_word(code, at) {
        at = start + word.len();
        let mut rest = at;
        let mut left = match word {
            "crate" => 0,
            "super" => depth - 1,
            _ => continue,
        };
        while let Some(after) = code[rest..].trim_start().strip_prefix("::") {
            rest = code.len() - after.trim_start().len();
            match next_word(code, rest) {
                Some((next, "super")) if next == rest && word == "super" => {
                    left = left.wrapping_sub(1);
                    rest += "super".len();
                    at = rest;
                }
                _ => break,
            }
        }
        if left != 0 || rest == at {
            continue;
        }
        if !code[rest..].starts_with('{') {
            used.extend(
                next_word(code, rest).filter(|(next, _)| *next == rest).map(|(at, name)| (at, name.to_owned())),
            );
            continue;
        }
        let mut open = 0;
        let mut first = false;
        let mut place = rest;
        for (offset, c) in code[rest..].char_indices() {
            let word_start = first && (c.is_alphabetic() || c == '_');
            if word_start {
                used.extend(next_word(code, rest + offset).map(|(at, name)| (at, name.to_owned())));
                first = false;
            }
            match c {
                '{' => {
                    open += 1;
                    first = open == 1;
                }
                '}' => open -= 1,
                ',' => first = open == 1,
                _ => {}
            }
            place = rest + offset;
            if open == 0 {
                break;
            }
        }
        at = place;
    }
    used.retain(|(_, name)| name != "self");
    used
}

/// The next identifier of `code` from `at`, and where it begins.
fn next_word(code: &str, at: usize) -> Option<(usize, &str)> {
    let within = |c: char| c.is_alphanumeric() || c == '_';
    let start = at + code.get(at..)?.find(within)?;
    let length = code[start..].find(|c| !within(c)).unwrap_or(code.len() - start);
    Some((start, &code[start..start + length]))
}

/// `source` with spaces for comments and for what stands in quotes; everything keeps its place.
fn without_text(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let before = code.chars().next_back().unwrap_or(' ');
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = raw_string(rest).filter(|_| !(before.is_alphanumeric() || before == '_')) {
            length
        } else if c == '"' {
            quoted(rest, '"')
        } else if c == '\'' && is_character(rest) {
            quoted(rest, '\'')
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        // A space for each byte, so that places stay the same, and the line breaks as they are.
        code.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    code
}

/// The length of the comment that `text` begins with, which may hold others.
fn block_comment(text: &str) -> usize {
    let (mut open, mut at) = (0, 0);
    while at < text.len() {
        match text.as_bytes()[at..] {
            [b'/', b'*', ..] => (open, at) = (open + 1, at + 2),
            [b'*', b'/', ..] => (open, at) = (open - 1, at + 2),
            _ => at += 1,
        }
        if open == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of the raw string that `text` begins with.
fn raw_string(text: &str) -> Option<usize> {
    let start = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let marks = start.find(|c| c != '#')?;
    start[marks..].starts_with('"').then_some(())?;
    let end = format!("\"{}", "#".repeat(marks));
    let body = &start[marks + 1..];
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(text.len() - body.len() + length)
}

/// The length of what `text` begins with, to the closing `quote`.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// True for `'a'` and `'\n'`, false for a lifetime.
fn is_character(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    match characters.next() {
        Some('\\') => true,
        Some(_) => characters.next() == Some('\''),
        None => false,
    }
}

/// `code` without what stands behind `#[cfg(test)]`, each to the end of its braces.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(MARK) {
        kept.push_str(&rest[..start]);
        let mut open = 0;
        let mut end = rest.len();
        for (at, c) in rest[start..].char_indices() {
            match c {
                '{' => open += 1,
                '}' => open -= 1,
                _ => {}
            }
            if (c == '}' || c == ';') && open == 0 {
                end = start + at + 1;
                break;
            }
        }
        kept.extend(rest[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

fn check(file: &str, source: &str, expected: &[&str]) {
    let complaints = complaints_about(file, source);
    let short: Vec<&str> = complaints.iter().map(|complaint| complaint.split(':').nth(1).unwrap_or("")).collect();
    assert_eq!(short, expected, "{source}\n{complaints:#?}");
}

#[test]
fn layers_above_and_beside_are_out_of_bounds() {
    check("src/article/mod.rs", "use crate::text::Clean;\nuse crate::error::Error;", &[]);
    check("src/article/mod.rs", "use std::fmt;\nuse crate::extract::extract;", &["2"]);
    check(
        "src/query/mod.rs",
        "use crate::{\n    text::{Clean, wrap},\n    extract,\n    article::Article,\n};",
        &["3"],
    );
    check("src/extract/mod.rs", "fn f() { crate::query::parse(\"\") }", &["1"]);
    check("src/extract/mod.rs", "use crate::extract::date;\nuse self::date::x;", &[]);
    check("src/text/mod.rs", "use crate::{Error, Result};", &[]);
    check("src/gadget.rs", "", &["1"]);
    check("src/app.rs", "use crate::gadget::Gadget;", &["1"]);
}

#[test]
fn ways_up_lead_to_modules_too() {
    check("src/text/clean.rs", "use super::width;", &[]);
    check("src/text/clean.rs", "use super::super::article::Article;", &["1"]);
    check("src/text/mod.rs", "use super::article::Article;", &["1"]);
    check("src/extract/date/month.rs", "use super::super::query;\nuse super::super::super::query;", &["2"]);
}

#[test]
fn words_and_tests_do_not_count() {
    check(
        "src/text/mod.rs",
        "//! See crate::app.\n/* crate::app /* */ println!() */ const A: &str = \"crate::app\";",
        &[],
    );
    check(
        "src/text/mod.rs",
        "const A: &str = r#\"\"crate::app\"#; const B: char = '\"'; fn f<'a>() {}\nuse crate::app;",
        &["2"],
    );
    check(
        "src/text/mod.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::app;\n    fn f() { if a {} }\n}\nuse crate::app;",
        &["6"],
    );
    check("src/text/mod.rs", "#[cfg(test)]\nmod tests;\nuse crate::app;", &["3"]);
    check("src/text/tests.rs", "use crate::app;", &[]);
    check("src/lib.rs", "pub mod app; pub use crate::app::App;", &[]);
}

#[test]
fn some_words_are_reserved() {
    check("src/library/mod.rs", "use tantivy::Index;", &["1"]);
    check("src/index/mod.rs", "use tantivy::Index;", &[]);
    check("src/app.rs", "std::thread::spawn(f);\nlet t = Instant::now();\nlet instant_now = 1;", &["1", "2"]);
    check("src/runtime/mod.rs", "thread::sleep(time);\nlet t = Instant::now();", &[]);
    check("src/app.rs", "println!(\"x\");\neprint!(\"x\");\nwriteln!(f, \"x\");", &["1", "2"]);
    check("src/main.rs", "println!(\"x\");\ndbg!(x);", &["2"]);
    check("src/text/mod.rs", "// Über\nconst A: &str = \"日本語\";\nprintln!(\"x\");", &["3"]);
}

fn sources(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(file, source)| ((*file).to_owned(), (*source).to_owned())).collect()
}

#[test]
fn circles_are_found() {
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        assert_eq!(circles(&sources(files)), expected, "{files:?}");
    };
    let one = "src/a/one.rs";
    check(&[(one, "use super::two::Two;"), ("src/a/two.rs", "use crate::text::Clean;")], &[]);
    check(
        &[(one, "use super::{three, two::{Two, Other}};"), ("src/a/two.rs", "fn f() { crate::a::one::g() }")],
        &["a circle of imports: src/a/one.rs, src/a/two.rs"],
    );
    check(
        &[
            (one, "use super::b::two::Two as Three;"),
            ("src/a/b/two.rs", "use super::three;"),
            ("src/a/b/three.rs", "use super::super::one::{self};"),
            ("src/a/b/mod.rs", "mod two; use two::Two;"),
        ],
        &["a circle of imports: src/a/b/three.rs, src/a/b/two.rs, src/a/one.rs"],
    );
    // A file and the modules above it, tests, and words.
    check(&[("src/a/mod.rs", "use self::one::One;"), (one, "use super::Two;")], &[]);
    check(&[(one, "#[cfg(test)]\nmod tests { use super::super::two; }"), ("src/a/two.rs", "use super::one;")], &[]);
    check(&[(one, "// super::two\n"), ("src/a/two.rs", "use super::one;")], &[]);
}

#[test]
fn rooms_and_lengths_are_watched() {
    let store = ("src/index/store/writer.rs", "use crate::index::analysis::terms::Terms;");
    let files = [store, ("src/index/analysis/terms.rs", ""), ("src/index/asking/lower.rs", "")];
    assert_eq!(rooms_out_of_order(&sources(&files)), [""; 0]);
    let files = [("src/index/store/writer.rs", "use super::super::asking::lower;"), files[1], files[2]];
    assert_eq!(rooms_out_of_order(&sources(&files)).len(), 1);
    let long = "fn f() {}\n".repeat(LONGEST + 1);
    assert_eq!(too_long(&sources(&[("src/a.rs", &long), ("src/a/tests.rs", &long)])).len(), 1);
    assert_eq!(too_long(&sources(&[("src/a.rs", &format!("#[cfg(test)]\nmod tests {{\n{long}}}\n"))])).len(), 0);
}
