//! `newsstand repeat`: makes an output again from its manifest, and says whether it is the same.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser};

use crate::disk;
use crate::error::Error;

use super::manifest::Manifest;
use super::writing::Writing;
use super::{Command, Common, Outcome, Program, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand count putin articles/ --by month -o putin.csv --format csv --manifest putin.json
  newsstand repeat putin.json                      prints the same table, or says what differs
  newsstand repeat putin.json -o again.csv

Run it in the folder in which the command was run. `today` is the day that it was then. Told are other articles,
another version and another understanding of the query; the status is 2 when the output is not the same.")]
pub struct Arguments {
    /// The file that --manifest has written
    manifest: PathBuf,
    /// Write to this file instead, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file of --output where it exists
    #[arg(long, requires = "output")]
    force: bool,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let before = Manifest::read(&arguments.manifest)?;
    let words = ["newsstand"].into_iter().chain(before.command.iter().map(String::as_str)).map(OsString::from);
    let wrong = |what: String| Error::Config {
        path: arguments.manifest.clone(),
        reason: format!("its command cannot be run: {what}"),
    };
    let mut program = Program::try_parse_from(super::command_first(words.collect()))
        .map_err(|error| wrong(error.render().to_string().lines().next().unwrap_or_default().to_owned()))?;
    let folder = std::env::temp_dir().join(format!("newsstand-repeat-{}", std::process::id()));
    disk::make_folder(&folder).map_err(|source| Error::Write { source })?;
    let again = folder.join("manifest.json");
    let Some(writing) = program.command.as_mut().and_then(writing_of) else {
        return Err(wrong("it writes nothing that can be compared".to_owned()).into());
    };
    *writing = Writing { output: arguments.output.clone(), force: arguments.force, manifest: Some(again.clone()) };
    // Where things are kept is not the command's.
    let Common { cache_dir, config, log, .. } = common.clone();
    program.common.cache_dir = cache_dir.or(program.common.cache_dir);
    program.common.config = config.or(program.common.config);
    program.common.log = log;
    program.common.today = Some(before.today);
    let run = super::run(program);
    let now = Manifest::read(&again);
    let _ = std::fs::remove_dir_all(&folder);
    let outcome = run?;
    let differences = now?.differences(&before);
    for difference in &differences {
        output::complain(difference);
    }
    if differences.is_empty() {
        output::complain("the output is the same, byte by byte");
    }
    let same = !differences.iter().any(|difference| difference.starts_with("the output"));
    Ok(if same { outcome } else { Outcome::Failed })
}

/// What decides where a command writes.
fn writing_of(command: &mut Command) -> Option<&mut Writing> {
    match command {
        Command::List(arguments) => Some(arguments.writing()),
        Command::Search(arguments) => Some(arguments.writing()),
        Command::Concordance(arguments) => Some(&mut arguments.writing),
        Command::Count(arguments) => Some(&mut arguments.writing),
        Command::Terms(arguments) => Some(&mut arguments.writing),
        _ => None,
    }
}
