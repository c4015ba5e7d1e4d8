//! Holds README to the tables that the program itself reads.
//!
//! What stands between `<!-- begin NAME -->` and `<!-- end NAME -->` is made from these tables, and the
//! picture from the real screen. `UPDATE_README=1 cargo test --test readme` writes both anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use newsstand::action::{ACTIONS, Context};
use newsstand::app::Settings;
use newsstand::article::{Evidence, Precision};
use newsstand::config::keys::parse_typed;
use newsstand::config::theme::STYLES;
use newsstand::config::{self, SETTINGS};
use newsstand::format::FORMATS;
use newsstand::index::{Index, Location};
use newsstand::library::{self, Pile};
use newsstand::query::{FIELDS, parse_finished};
use newsstand::runtime::frame::Stage;
use newsstand::{cli, screen};

/// A part of README: its name, and what makes it.
type Section = (&'static str, fn() -> String);

/// The parts of README that are made from tables.
const SECTIONS: &[Section] = &[
    ("formats", formats),
    ("keys", keys),
    ("fields", fields),
    ("commands", commands),
    ("options", options),
    ("findings", findings),
    ("configuration", configuration),
];

#[test]
fn readme_says_what_the_tables_say() {
    let mut text = readme();
    let mut complaints = String::new();
    for (name, make) in SECTIONS {
        let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
        let inner = text.split_once(&begin).and_then(|(before, rest)| {
            let (inner, _) = rest.split_once(&end)?;
            Some((before.len() + begin.len(), inner.to_owned()))
        });
        let Some((at, inner)) = inner else {
            panic!("README.md has no place for the table of {name}: {begin}{end}");
        };
        let expected = make();
        if inner == expected {
            continue;
        }
        text.replace_range(at..at + inner.len(), &expected);
        for line in expected.lines().filter(|line| !inner.lines().any(|other| other == *line)) {
            let _ = writeln!(complaints, "  {name} lacks  {line}");
        }
        for line in inner.lines().filter(|line| !expected.lines().any(|other| other == *line)) {
            let _ = writeln!(complaints, "  {name} has    {line}");
        }
        let _ = writeln!(complaints, "  {name} differs");
    }
    settle("README.md", &text, &complaints);
}

#[test]
fn the_tables_leave_nothing_out() {
    let text = readme();
    let mut missing = Vec::new();
    let mut ask = |kind: &str, what: &str| {
        if !text.contains(what) {
            missing.push(format!("{kind} {what}"));
        }
    };
    for row in ACTIONS {
        ask("the action", &format!("`{}`", row.name));
        row.keys.iter().for_each(|key| ask("the key", &format!("`{key}`")));
    }
    for field in FIELDS {
        ask("the field", &format!("`{}:`", field.name));
        field.examples.iter().for_each(|example| ask("the example", &format!("`{example}`")));
    }
    for format in FORMATS {
        ask("the format", format.description);
        format.extensions.iter().for_each(|extension| ask("the extension", &format!("`.{extension}`")));
    }
    SETTINGS.iter().for_each(|setting| ask("the setting", &format!("# {} = ", setting.name)));
    STYLES.iter().for_each(|style| ask("the style", &format!("# {} = ", style.name)));
    let definition = cli::definition();
    definition.get_subcommands().for_each(|command| ask("the command", &format!("newsstand {}", command.get_name())));
    let all = definition.get_subcommands().chain([&definition]).flat_map(clap::Command::get_arguments);
    all.filter_map(clap::Arg::get_long).for_each(|long| ask("the option", &format!("`--{long}")));
    assert!(missing.is_empty(), "README.md does not hold\n  {}", missing.join("\n  "));
}

#[test]
fn every_field_of_the_record_is_described() {
    let text = readme();
    let mut names = Vec::new();
    library::walk(&Pile::sample(), |entry| {
        let entry = entry.expect("the sample edition is there");
        library::read_file(&entry, &mut |article| {
            let record = newsstand::article::Record::from(&article.expect("it can be read"));
            names_in(&serde_json::to_value(record).expect("a record is JSON"), "", &mut names);
        })
        .expect("the sample edition can be read");
    });
    names.sort();
    names.dedup();
    assert!(names.iter().any(|name| name == "date.precision"), "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !text.contains(&format!("\n| `{name}` |"))).collect();
    assert!(missing.is_empty(), "README.md does not describe {missing:?}");
    for (enumeration, name) in [("Evidence", Evidence::Header.name()), ("Precision", Precision::Minute.name())] {
        let words: Vec<String> =
            variants("src/article/date.rs", enumeration).into_iter().map(|(word, _)| word).collect();
        assert!(words.iter().any(|word| word == name), "{words:?}");
        let missing: Vec<_> = words.iter().filter(|word| !text.contains(&format!("`{word}`"))).collect();
        assert!(missing.is_empty(), "README.md does not name {missing:?}");
    }
}

#[test]
fn the_picture_shows_the_real_screen() {
    // The package on crates.io comes without this folder.
    if !path(".github").is_dir() {
        return;
    }
    let settings = Settings { sample: true, place: "the sample edition".into(), ..Settings::default() };
    let index = Index::open(&Location::Memory).expect("an index in memory");
    let mut stage =
        Stage::new(settings, index.shelf(), Pile::sample(), 120, 34).expect("the sample edition can be read");
    for key in parse_typed("/clubhouse<enter>j").expect("keys") {
        stage.press(key).expect("nothing fails");
    }
    let picture = screen::svg(&stage.draw());
    assert!(readme().contains("(.github/screen.svg)"), "README.md shows no picture");
    let file = ".github/screen.svg";
    let is_current = fs::read_to_string(path(file)).is_ok_and(|shown| shown.replace("\r\n", "\n") == picture);
    settle(file, &picture, if is_current { "" } else { "  the screen looks different now\n" });
}

#[test]
fn there_are_two_commands_to_begin_with() {
    let text = readme();
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next()).collect();
    assert_eq!(blocks[..2], ["cargo run --release", "cargo test"]);
    let ci = path(".ci/run");
    if ci.exists() {
        let steps = fs::read_to_string(ci).expect("readable");
        assert!(steps.lines().any(|line| line == "cargo test"), ".ci/run runs another test command than README says");
    }
}

#[test]
fn examples_on_the_command_line_are_understood() {
    let text = readme();
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let mut tried = 0;
    for line in blocks.flat_map(str::lines) {
        for words in commands_of(line).into_iter().filter(|words| words[0] == "newsstand") {
            tried += 1;
            if let Err(error) = cli::definition().try_get_matches_from(&words) {
                panic!("README.md: {line}\n{error}");
            }
            if words.get(1).is_some_and(|word| word == "search") {
                assert_eq!(parse_finished(&words[2]).notes, [], "{line}");
            }
        }
    }
    assert!(tried >= 8, "only {tried} examples were found");
}

#[test]
fn examples_of_queries_are_understood() {
    let text = readme();
    let (_, rest) = text.split_once("| you type |").expect("a table of the grammar");
    let rows = rest.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells: Vec<&str> = rows.filter_map(|row| row.trim_start_matches('|').split(" | ").next()).collect();
    let queries: Vec<&str> = cells.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(queries.len() >= 7, "{queries:?}");
    for query in queries {
        assert_eq!(parse_finished(&query.replace("\\|", "|")).notes, [], "{query}");
    }
}

#[test]
fn links_lead_somewhere() {
    let text = readme();
    let slug = |heading: &str| heading.to_lowercase().replace(' ', "-");
    let headings: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("## ")).map(slug).collect();
    for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        match link.strip_prefix('#') {
            Some(anchor) => assert!(headings.iter().any(|heading| heading == anchor), "README.md: no heading {link}"),
            None if link.starts_with("https://") => {}
            None if link.starts_with(".github/") && !path(".github").is_dir() => {}
            None => assert!(path(link).exists(), "README.md: no file {link}"),
        }
    }
}

fn formats() -> String {
    let mut table = "| format | extensions | what is read |\n|---|---|---|\n".to_owned();
    for format in FORMATS {
        let extensions: Vec<String> = format.extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        row(&mut table, &[format.description, &extensions.join(" "), format.reads]);
    }
    table
}

fn keys() -> String {
    let mut text = String::new();
    for context in [Context::Everywhere, Context::List, Context::Reading] {
        let _ = write!(text, "\n**{}**\n\n| keys | what they do | name |\n|---|---|---|\n", context.name());
        for action in ACTIONS.iter().filter(|row| row.context == context) {
            row(&mut text, &[&code(action.keys), action.help, &code(&[action.name])]);
        }
    }
    text + "\n"
}

fn fields() -> String {
    let mut table = "| field | what it finds | examples | also called |\n|---|---|---|---|\n".to_owned();
    for field in FIELDS {
        let name = format!("`{}:`", field.name);
        row(&mut table, &[&name, field.description, &code(field.examples), &code(field.synonyms)]);
    }
    table
}

fn commands() -> String {
    let mut table = "| command | what it does | options |\n|---|---|---|\n".to_owned();
    for command in cli::definition().get_subcommands() {
        let mut usage = format!("newsstand {}", command.get_name());
        for argument in command.get_positionals() {
            let name = value_name(argument);
            let _ = if argument.is_required_set() { write!(usage, " {name}") } else { write!(usage, " [{name}]") };
        }
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let options: Vec<String> = command.get_arguments().filter_map(option).collect();
        row(&mut table, &[&format!("`{usage}`"), &about, &options.join(" ")]);
    }
    table
}

fn options() -> String {
    let mut table = "| option | what it does | instead |\n|---|---|---|\n".to_owned();
    for argument in cli::definition().get_arguments() {
        let Some(option) = option(argument) else { continue };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let variable = argument.get_env().map(|name| format!("`${}`", name.to_string_lossy())).unwrap_or_default();
        row(&mut table, &[&option, &help, &variable]);
    }
    table
}

fn findings() -> String {
    let mut table = "| kind | what it means |\n|---|---|\n".to_owned();
    for (word, meaning) in variants("src/article/mod.rs", "FindingKind") {
        row(&mut table, &[&format!("`{word}`"), meaning.trim_end_matches('.')]);
    }
    table
}

fn configuration() -> String {
    format!("```toml\n{}```\n", config::sample())
}

/// Adds a row to a table.
fn row(table: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(table, "| {} |", cells.join(" | "));
}

fn code(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")
}

/// An option with its value, as it is typed; `None` for what has no name.
fn option(argument: &clap::Arg) -> Option<String> {
    let long = argument.get_long()?;
    let value = if argument.get_action().takes_values() { format!(" {}", value_name(argument)) } else { String::new() };
    Some(format!("`--{long}{value}`"))
}

fn value_name(argument: &clap::Arg) -> String {
    argument.get_value_names().and_then(<[_]>::first).map_or(String::new(), ToString::to_string)
}

/// The variants of an enumeration as they stand in records, with what their comments say of them.
fn variants(file: &str, enumeration: &str) -> Vec<(String, String)> {
    let source = fs::read_to_string(path(file)).expect("sources are readable");
    let (_, rest) = source.split_once(&format!("pub enum {enumeration} {{\n")).expect("the enumeration is there");
    let (inner, _) = rest.split_once("\n}").expect("it ends");
    let mut comment = Vec::new();
    let mut variants = Vec::new();
    for line in inner.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            comment.push(words.trim().to_owned());
        } else if let Some(name) = line.strip_suffix(',') {
            let mut word = String::new();
            for c in name.chars() {
                if c.is_uppercase() && !word.is_empty() {
                    word.push('_');
                }
                word.extend(c.to_lowercase());
            }
            variants.push((word, std::mem::take(&mut comment).join(" ")));
        }
    }
    variants
}

/// The names of all fields in a record, `date.value` for those within others; those of lists are not
/// told one by one.
fn names_in(value: &serde_json::Value, within: &str, names: &mut Vec<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let name = format!("{within}{name}");
        names_in(value, &format!("{name}."), names);
        if name != "language" {
            names.push(name);
        }
    }
}

/// The words of each command in a line of shell.
fn commands_of(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![vec![String::new()]];
    let mut quoted = false;
    for c in line.chars() {
        let words = commands.last_mut().expect("there is one");
        match c {
            '\'' => quoted = !quoted,
            '#' if !quoted => break,
            '|' | '>' | '&' if !quoted => commands.push(vec![String::new()]),
            ' ' if !quoted && words.last().is_some_and(|word| !word.is_empty()) => words.push(String::new()),
            ' ' if !quoted => {}
            c => words.last_mut().expect("there is one").push(c),
        }
    }
    for words in &mut commands {
        words.retain(|word| !word.is_empty());
    }
    commands.retain(|words| !words.is_empty());
    commands
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn readme() -> String {
    fs::read_to_string(path("README.md")).expect("README.md is there").replace("\r\n", "\n")
}

/// Fails with `complaints`, if there are any, or writes the file as it should be when asked to.
fn settle(file: &str, text: &str, complaints: &str) {
    if complaints.is_empty() {
        return;
    }
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path(file), text).expect("the file can be written");
        return;
    }
    panic!(
        "{file} is not what the program says:\n{complaints}`UPDATE_README=1 cargo test --test readme` writes it anew."
    );
}
