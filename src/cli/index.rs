//! `newsstand index`: build or refresh the index of a pile.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::panes::paint::number;

use crate::text::Clean;

use super::filling::{self, To};
use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand index articles/             read what is new or changed, forget what is gone
  newsstand index --rebuild articles/   rebuild the index from scratch
  newsstand index articles/ --to https://search.example.org:9200/news --create --shards 3

Other commands do this by themselves; it is worth a command of its own before the first look at a
large pile, or in a nightly job. The index is only a cache: it can be deleted at any time.")]
pub struct Arguments {
    /// Files and folders; `-` is standard input. Without any: the configured library
    paths: Vec<PathBuf>,
    /// Rebuild the index from scratch
    #[arg(long)]
    rebuild: bool,
    #[command(flatten)]
    to: To,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    if let Some(to) = arguments.to.place() {
        return filling::run(&arguments.paths, to, &arguments.to, common);
    }
    let config = common.config()?;
    let mut opened = opening::open(&arguments.paths, common, &config)?;
    if arguments.rebuild {
        opened.forget()?;
    }
    let outcome = opened.refresh()?;
    let mut out = output::out();
    let plural =
        |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{} {one}s", number(count)) };
    let total = opened.archive()?.len();
    write!(out, "{} in {}", plural(total, "article"), plural(outcome.files, "file"))?;
    if outcome.read == 0 && outcome.gone == 0 {
        write!(out, "; nothing has changed")?;
    } else {
        write!(out, "; {} read, {} gone", number(outcome.read), number(outcome.gone))?;
    }
    match opened.shelf.collection().folder() {
        Some(folder) => writeln!(out, "; index in {}", Clean::new(&folder.to_string_lossy()))?,
        None => writeln!(out, "; the index was not kept")?,
    }
    out.flush()?;
    let outcome = match (opened.failed, total) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    };
    Ok(opened.check(outcome)?)
}
