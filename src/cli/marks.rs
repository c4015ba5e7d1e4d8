//! `newsstand marks`: the reader's marks as a file, and taking them back.

use std::fs::File;
use std::io::{BufReader, Write, stdin};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::disk;
use crate::error::Error;
use crate::marks::{Marks, Scope};

use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand marks export > marks.jsonl      a backup: read, starred, tags and notes, one mark a line
  newsstand marks import marks.jsonl        merge the marks of another machine: the newest of each wins
  newsstand marks undo                      undo the newest change of marks, on the screen or by a command

Marks are kept in the data folder, not in the cache: `newsstand doctor` says where.")]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print all marks as JSON Lines
    Export {
        /// Write them to this file instead
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Merge marks from a file; of each mark the newest wins
    Import {
        /// The file; `-` is standard input
        #[arg(value_name = "FILE")]
        path: PathBuf,
    },
    /// Undo the newest change of marks
    Undo,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    // A mistake in the configuration is told here as anywhere.
    common.config()?;
    let mut marks = opening::marks()?;
    let now = opening::now();
    match &arguments.command {
        Command::Export { output: None } => {
            let mut out = output::out();
            let written = marks.export(&mut out)?;
            out.flush()?;
            Ok(if written > 0 { Outcome::Found } else { Outcome::Nothing })
        }
        Command::Export { output: Some(path) } => {
            let mut lines = Vec::new();
            let written = marks.export(&mut lines)?;
            disk::write(path, &lines).map_err(|source| Error::Write { source })?;
            writeln!(output::out(), "{}", counted(written, "written"))?;
            Ok(Outcome::Found)
        }
        Command::Import { path } => import(&mut marks, path, now),
        Command::Undo => {
            let mut out = output::out();
            let undone = marks.undo(Scope::Any, now)?;
            match &undone {
                Some(undone) => writeln!(out, "undone: {}", undone.said)?,
                None => writeln!(out, "nothing to undo")?,
            }
            Ok(if undone.is_some() { Outcome::Found } else { Outcome::Nothing })
        }
    }
}

fn import(marks: &mut Marks, path: &Path, now: i64) -> anyhow::Result<Outcome> {
    let imported = if path.as_os_str() == "-" {
        marks.import(&mut stdin().lock(), now)?
    } else {
        let file = File::open(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
            _ => Error::Read { path: path.to_owned(), source },
        })?;
        marks.import(&mut BufReader::new(file), now)?
    };
    for (line, reason) in &imported.wrong {
        output::complain(&format!("{}:{line}: {reason}; skipped", path.display()));
    }
    if imported.wrong_in_all > imported.wrong.len() {
        output::complain(&format!("{} more lines are no marks", imported.wrong_in_all - imported.wrong.len()));
    }
    let known = imported.known;
    writeln!(output::out(), "{}, {known} known already", counted(imported.changed, "imported"))?;
    Ok(match (imported.wrong_in_all, imported.changed) {
        (1.., _) => Outcome::Failed,
        (0, 0) => Outcome::Nothing,
        _ => Outcome::Found,
    })
}

fn counted(marks: usize, done: &str) -> String {
    if marks == 1 { format!("1 mark {done}") } else { format!("{marks} marks {done}") }
}
