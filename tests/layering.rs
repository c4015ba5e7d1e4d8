//! Holds the code to its layers: a module uses only modules of layers below its own.
//!
//! Whoever adds a module adds it to `LAYERS`. Tests (`#[cfg(test)]`, `tests.rs`) may use what they
//! like, as may `lib.rs`, which names all modules, and `main.rs`.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of each layer, the lowest first.
const LAYERS: &[&[&str]] = &[
    &["error", "text", "disk"],
    &["article", "screen"],
    &["extract", "query", "config"],
    &["format"],
    &["library", "marks"],
    &["archive"],
    &["index"],
    &["ingest"],
    &["action", "effect"],
    &["event"],
    &["panes"],
    &["app"],
    &["runtime"],
    &["cli"],
];

/// Words that only some modules may write, and why.
const RESERVED: &[(&[&str], &[&str], &str)] = &[
    (&["tantivy"], &["index"], "the engine is behind `index`"),
    (
        &["thread::spawn", "thread::scope", "thread::Builder", "thread::sleep", "thread::park"],
        &["ingest", "runtime", "cli"],
        "only reading a pile and the screen wait and spawn",
    ),
    (
        &["Instant::now", "SystemTime::now", "Utc::now", "Local::now"],
        &["ingest", "runtime", "cli"],
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
