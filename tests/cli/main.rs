//! The command line: commands as a reader types them, each with a home of its own.

mod broken;
mod damage;
mod listing;
mod marking;
mod printing;
mod private;
mod searching;
mod settings;
mod showing;
mod studying;
mod together;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A home with articles, in which commands are run.
struct Home {
    folder: TempDir,
}

/// What a command did.
#[derive(Debug)]
struct Ran {
    /// Its exit status; `None` when a signal ended it.
    status: Option<i32>,
    /// What it printed.
    out: String,
    /// What it complained of.
    complaints: String,
}

impl Home {
    /// A home without articles.
    fn empty() -> Home {
        Home { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A home with three articles in the folder `news`.
    fn new() -> Home {
        let home = Home::empty();
        home.write("news/harbour.txt", HARBOUR);
        home.write("news/bridge.txt", BRIDGE);
        home.write("news/market.txt", MARKET);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders it lies in.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("it lies in the home")).expect("a folder");
        fs::write(&path, content).expect("written");
        path
    }

    /// The program, in a home where nothing of the machine's own settings is seen.
    fn command(&self) -> Command {
        self.prepared(Command::new(assert_cmd::cargo::cargo_bin!("newsstand")))
    }

    /// A script of a shell, in which `$NEWSSTAND` is the program.
    #[cfg(unix)]
    fn shell(&self, script: &str) -> Ran {
        let mut command = self.prepared(Command::new("/bin/sh"));
        command.env("NEWSSTAND", assert_cmd::cargo::cargo_bin!("newsstand")).args(["-c", script]);
        Ran::from(command.output().expect("a shell"))
    }

    fn prepared(&self, mut command: Command) -> Command {
        command.env_clear().current_dir(self.folder.path()).env("HOME", self.folder.path());
        for name in ["PATH", "SYSTEMROOT", "TEMP", "TMPDIR"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        // Where the home of a user is not told by HOME.
        command.env("USERPROFILE", self.folder.path());
        command
    }

    /// Runs the program with the words of this line. Words with spaces stand in single quotes.
    fn run(&self, line: &str) -> Ran {
        let output = assert_cmd::Command::from_std(self.with(line)).timeout(LIMIT).output();
        Ran::from(output.expect("the program runs"))
    }

    /// The program with the words of this line, not started yet.
    fn with(&self, line: &str) -> Command {
        let mut command = self.command();
        let quoted = line.split('\'').enumerate();
        for (number, words) in quoted {
            match number % 2 {
                1 => _ = command.arg(words),
                _ => _ = command.args(words.split_whitespace()),
            }
        }
        command
    }

    /// Runs the program with this on its standard input.
    fn run_with_input(&self, line: &str, input: &[u8]) -> Ran {
        let mut command = assert_cmd::Command::from_std(self.with(line));
        Ran::from(command.write_stdin(input).timeout(LIMIT).output().expect("the program runs"))
    }

    /// The titles of what a command with `--json` prints.
    fn titles(&self, line: &str) -> Vec<String> {
        self.run(line).records().iter().map(|record| record["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// The folder of the only index.
    fn index(&self) -> PathBuf {
        let folder = self.path(".cache/newsstand/indexes");
        let entries = fs::read_dir(folder).expect("there is an index").map(|entry| entry.expect("readable").path());
        let indexes: Vec<PathBuf> = entries.filter(|path| path.extension().is_none()).collect();
        assert_eq!(indexes.len(), 1, "{indexes:?}");
        indexes[0].clone()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is printed is UTF-8");
        Ran { status: output.status.code(), out: text(output.stdout), complaints: text(output.stderr) }
    }
}

impl Ran {
    /// Something was found, and nothing is to complain of; returns what was printed.
    #[track_caller]
    fn found(self) -> String {
        assert_eq!((self.status, self.complaints.as_str()), (Some(0), ""), "{self:?}");
        self.out
    }

    /// It ended so; returns what was printed and what was complained of.
    #[track_caller]
    fn ended(self, status: i32) -> (String, String) {
        assert_eq!(self.status, Some(status), "{self:?}");
        assert!(!self.complaints.contains("panicked"), "{self:?}");
        (self.out, self.complaints)
    }

    /// The lines of JSON that were printed.
    #[track_caller]
    fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }
}

/// Far longer than anything takes, even on a machine with other work.
const LIMIT: std::time::Duration = std::time::Duration::from_secs(60);

/// The name of a folder as it is typed.
fn typed(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

const HARBOUR: &str = "\
Harbour opens to sailing boats again

Published on 3 March 2022

The harbour of the old town is open again, and the first boats have come back after a long winter.
\"We have waited for this day,\" said the mayor, who had walked there with her whole family.
";

const BRIDGE: &str = "\
Brücke bleibt im Winter geschlossen

Veröffentlicht am 14. Februar 2021

Die alte Brücke über den Fluss bleibt bis zum Frühling geschlossen, sagte der Bürgermeister gestern.
Die Fähre fährt in dieser Zeit häufiger als sonst, und die Fahrt kostet die Hälfte des üblichen Preises.
";

const MARKET: &str = "\
The market moves to another square

Nobody knows yet when the market will move, but the traders have been told to be ready for it soon.
They will find more room for their stalls there, and trees that give shade in the summer months.
";
