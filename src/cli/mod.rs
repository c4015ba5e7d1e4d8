//! The command line: one file per subcommand.

mod at;
mod browse;
mod completions;
mod concordance;
mod count;
mod doctor;
mod exporting;
mod filling;
mod frame;
mod index;
mod inspect;
mod linear;
mod list;
mod manifest;
mod mark;
mod marks;
mod names;
mod opening;
mod output;
mod queries;
mod repeat;
mod search;
mod show;
mod similar;
mod tabular;
mod terms;
mod writing;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::panic;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::action::ACTIONS;
use crate::config;
use crate::error::{Error, panics_are_caught};
use crate::query::Sort;
use crate::text::Clean;

/// How a command ended; the exit status of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Something was found.
    Found = 0,
    /// Nothing was found.
    Nothing = 1,
    /// Something failed, though the rest was done.
    Failed = 2,
}

/// Read a pile of news articles in the terminal: browse, search, filter by language and date
#[derive(Debug, Parser)]
#[command(name = "newsstand", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Examples:
  newsstand                          the sample edition, to look around
  newsstand articles/                every article in a folder and the folders in it
  newsstand a.txt dump.jsonl         some files
  zcat dump.gz | newsstand -         articles from standard input
  newsstand list articles/           the list alone, for scripts: also --json
  newsstand search 'putin lang:de' articles/

A folder that has the name of a command is opened as ./NAME.
Exit status: 0 something was found, 1 nothing was, 2 something failed though the rest was done.")]
struct Program {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    browse: browse::Arguments,
    #[command(flatten)]
    common: Common,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
struct Common {
    /// Keep indexes in this folder instead of the usual cache folder
    #[arg(long, value_name = "FOLDER", global = true, env = "NEWSSTAND_CACHE_DIR")]
    cache_dir: Option<PathBuf>,
    /// Read this configuration file instead of the usual one
    #[arg(long, value_name = "FILE", global = true, env = "NEWSSTAND_CONFIG")]
    config: Option<PathBuf>,
    /// Follow symbolic links that lead out of the named folders
    #[arg(long, global = true)]
    follow: bool,
    /// Ask this index on an OpenSearch cluster instead of files (https://HOST:9200/INDEX, or a name of [archives])
    #[arg(long, value_name = "URL|NAME", global = true)]
    at: Option<String>,
    /// Trust the authority in this file (PEM) for --at and --to, and no other
    #[arg(long, value_name = "FILE", global = true)]
    ca: Option<PathBuf>,
    /// Let --at and --to speak to another machine without encryption
    #[arg(long, global = true)]
    plain_http: bool,
    /// Take this day for today, as 2021-02-16: `date:7d` counts from it
    #[arg(long, value_name = "DAY", global = true)]
    today: Option<NaiveDate>,
    /// Record events and effects in this file, for bug reports
    #[arg(long, value_name = "FILE", global = true)]
    log: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the articles of a pile
    List(list::Arguments),
    /// Show an article by its id, or those of a file
    Show(show::Arguments),
    /// Search a pile
    Search(search::Arguments),
    /// Find articles about the same as another one
    Similar(similar::Arguments),
    /// Show every place where a query finds something, with the words around it
    Concordance(concordance::Arguments),
    /// Count where a query occurs: by time, language, source or tag, beside all words there
    Count(count::Arguments),
    /// Show the words of a result that are rarer elsewhere, or that stand near what was found
    Terms(terms::Arguments),
    /// Run a command again from its manifest, and say whether its output is the same
    Repeat(repeat::Arguments),
    /// Mark everything that a query finds: read, starred, tags, a note
    Mark(mark::Arguments),
    /// Export, merge or undo marks
    Marks(marks::Arguments),
    /// Build or refresh the index of a pile
    Index(index::Arguments),
    /// Show what was found in a file and why, line by line
    Inspect(inspect::Arguments),
    /// Print one screen as text or as a picture
    Frame(frame::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
    /// Print the manual page
    #[command(after_help = "Examples:\n  newsstand man > ~/.local/share/man/man1/newsstand.1")]
    Man,
    /// Print a configuration file with every setting as a comment
    #[command(after_help = "Examples:\n  newsstand config > ~/.config/newsstand/config.toml")]
    Config,
    /// Print details for a bug report
    Doctor(doctor::Arguments),
}

/// An order of articles, as an option of the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SortOption {
    /// The best match first
    Relevance,
    /// The newest first
    #[value(alias = "date")]
    Newest,
    /// The oldest first
    #[value(alias = "-date")]
    Oldest,
    /// By title
    Title,
    /// What came into the pile last first
    Added,
}

impl From<SortOption> for Sort {
    fn from(option: SortOption) -> Sort {
        match option {
            SortOption::Relevance => Sort::Relevance,
            SortOption::Newest => Sort::Newest,
            SortOption::Oldest => Sort::Oldest,
            SortOption::Title => Sort::Title,
            SortOption::Added => Sort::Added,
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // A damaged index may make the engine panic, and an odd file the library that reads it; that
        // becomes a message of its own.
        if panics_are_caught() || opening::is_thread_of_engine() {
            tracing::error!("{info}");
        } else {
            hook(info);
        }
    }));
    // A file that becomes larger than it may is an error like any other, and no end of the program.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    let words = command_first(std::env::args_os().collect());
    let program = Program::try_parse_from(&words).unwrap_or_else(|error| refuse(&error, &words));
    match run(program) {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&told(error));
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}

/// Prints what is wrong with the command line, or the help that it asks for, and ends.
///
/// The message repeats words of the command line, which may come from a stranger's file name; the terminal
/// gets them without what it would obey.
fn refuse(error: &clap::Error, words: &[OsString]) -> ! {
    let clean = words.iter().map(|word| match word.to_str() {
        Some(text) if *text == *Clean::new(text) => word.clone(),
        _ => OsString::from(Clean::new(&word.to_string_lossy()).into_string()),
    });
    match Program::try_parse_from(clean) {
        Err(error) => error.exit(),
        // What was wrong was taken away with it.
        Ok(_) => {
            error.render().to_string().lines().for_each(output::complain);
            std::process::exit(error.exit_code())
        }
    }
}

/// The words of the command line, with the options of every command moved behind the command.
///
/// The parser takes whatever follows an option for a path, so that a folder of any name can be opened
/// (`newsstand *`); but a command that follows `--cache-dir FOLDER` is meant as one.
fn command_first(mut words: Vec<OsString>) -> Vec<OsString> {
    let definition = definition();
    let common: Vec<String> = Common::augment_args(clap::Command::new(""))
        .get_arguments()
        .filter_map(|arg| arg.get_long())
        .map(|long| format!("--{long}"))
        .collect();
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|word| word.to_str()) {
        if common.iter().any(|option| option == word) {
            at += 2;
        } else if common
            .iter()
            .any(|option| word.strip_prefix(option.as_str()).is_some_and(|rest| rest.starts_with('=')))
        {
            at += 1;
        } else {
            if definition.find_subcommand(word).is_some() {
                words[1..=at].rotate_right(1);
            }
            break;
        }
    }
    words
}

/// The definition of the command line, from which completions and the manual page are made.
pub fn definition() -> clap::Command {
    Program::command()
}

fn run(program: Program) -> anyhow::Result<Outcome> {
    let Program { command, browse, common } = program;
    if let Some(path) = &common.log {
        output::log_to(path)?;
    }
    // These look at files, or at nothing; whoever names a cluster shall not take their answer for its.
    let of_files = matches!(
        command,
        Some(
            Command::Index(_)
                | Command::Inspect(_)
                | Command::Marks(_)
                | Command::Completions(_)
                | Command::Man
                | Command::Config
                | Command::Doctor(_)
        )
    );
    if of_files && common.at.is_some() {
        anyhow::bail!("--at is for commands that ask a collection; `index` writes into one with --to");
    }
    match command {
        Some(Command::List(arguments)) => list::run(&arguments, &common),
        Some(Command::Show(arguments)) => show::run(&arguments, &common),
        Some(Command::Search(arguments)) => search::run(&arguments, &common),
        Some(Command::Similar(arguments)) => similar::run(&arguments, &common),
        Some(Command::Concordance(arguments)) => concordance::run(&arguments, &common),
        Some(Command::Count(arguments)) => count::run(&arguments, &common),
        Some(Command::Terms(arguments)) => terms::run(&arguments, &common),
        Some(Command::Repeat(arguments)) => repeat::run(&arguments, &common),
        Some(Command::Mark(arguments)) => mark::run(&arguments, &common),
        Some(Command::Marks(arguments)) => marks::run(&arguments, &common),
        Some(Command::Index(arguments)) => index::run(&arguments, &common),
        Some(Command::Inspect(arguments)) => inspect::run(&arguments, &common),
        Some(Command::Frame(arguments)) => frame::run(&arguments, &common),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
        Some(Command::Man) => completions::man(),
        Some(Command::Config) => completions::config(),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, &common),
        None if browse.linear || io::stdout().is_terminal() => browse::run(&browse, &common),
        // Not on a terminal there is nobody to press a key.
        None => list::run(&list::Arguments::of(browse.paths), &common),
    }
}

impl Common {
    /// The configuration that holds.
    fn config(&self) -> Result<config::Config, Error> {
        let config = match &self.config {
            Some(path) => config::Config::load(path)?,
            None => config::Config::load_default()?,
        };
        let names: Vec<&str> = ACTIONS.iter().map(|row| row.name).collect();
        config.check_actions(&names)?;
        Ok(config)
    }
}

/// An error as the reader is told of it.
fn told(error: anyhow::Error) -> String {
    match error.downcast::<Error>() {
        // These tell of their causes themselves.
        Ok(error) => error.to_string(),
        Err(error) if error.chain().len() > 1 => format!("{error:#}"),
        // Files and the index have errors of their own: what has none is what was printed.
        Err(error) => match error.downcast::<io::Error>() {
            Ok(source) => Error::Write { source }.to_string(),
            Err(error) => error.to_string(),
        },
    }
}

/// Whether whoever read our output has heard enough, which is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_follow_the_options_of_every_command() {
        for (given, ordered) in [
            ("newsstand list a", "newsstand list a"),
            ("newsstand --cache-dir c list a", "newsstand list --cache-dir c a"),
            ("newsstand --config=c --log l search x", "newsstand search --config=c --log l x"),
            ("newsstand --no-mouse list", "newsstand --no-mouse list"),
            ("newsstand a list", "newsstand a list"),
            ("newsstand --cache-dir list a", "newsstand --cache-dir list a"),
            ("newsstand --cache-dir", "newsstand --cache-dir"),
            ("newsstand", "newsstand"),
        ] {
            let words = given.split(' ').map(OsString::from).collect();
            assert_eq!(command_first(words).join(std::ffi::OsStr::new(" ")), ordered);
        }
    }

    #[test]
    fn the_command_line_is_well_defined() {
        definition().debug_assert();
    }
}
