//! `newsstand doctor`: what a bug report needs.

use std::io::{IsTerminal, Write, stdin, stdout};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::config;
use crate::format::amount;
use crate::library::{forget_streams, kept_streams};
use crate::text::Clean;

use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand doctor                    versions, folders, terminal
  newsstand doctor --check articles/  also read every byte of the index, and say what is damaged
  newsstand doctor --forget-streams   remove what was kept of standard input, and the indexes of it")]
pub struct Arguments {
    /// The pile whose index is meant. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Read every byte of the index and compare checksums
    #[arg(long)]
    check: bool,
    /// Remove what is kept of standard input and other streams
    #[arg(long)]
    forget_streams: bool,
}

pub fn run(arguments: &Arguments, common: &Common) -> anyhow::Result<Outcome> {
    let mut out = output::out();
    let config_path = common.config.clone().or_else(config::default_path).unwrap_or_default();
    let config = common.config();
    writeln!(out, "newsstand {} on {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH)?;
    let read = match &config {
        Ok(_) if config_path.exists() => "read".to_owned(),
        Ok(_) => "not there, which is fine".to_owned(),
        Err(error) => Clean::new(&error.to_string()).into_string(),
    };
    writeln!(out, "configuration  {}  ({read})", Clean::new(&config_path.to_string_lossy()))?;
    let config = config.unwrap_or_default();
    let cache = opening::cache_folder(common, &config);
    writeln!(out, "cache          {}", Clean::new(&cache.to_string_lossy()))?;
    tell_streams(&mut out, &cache, arguments.forget_streams)?;
    for name in ["TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "EDITOR", "VISUAL"] {
        let value = std::env::var_os(name).map_or("(not set)".into(), |value| Clean::new(&value.to_string_lossy()));
        writeln!(out, "{name:<14} {value}")?;
    }
    let size = crossterm::terminal::size().map_or("unknown".to_owned(), |(columns, rows)| format!("{columns}x{rows}"));
    writeln!(out, "terminal       keys {}, screen {}, {size}", stdin().is_terminal(), stdout().is_terminal())?;
    let opened = opening::open(&arguments.paths, common, &config)?;
    writeln!(out, "pile           {}", Clean::new(&opening::name(&opened.pile)))?;
    writeln!(out, "articles       {}", opened.archive()?.len())?;
    let mut outcome = Outcome::Found;
    let collection = opened.shelf.collection();
    match collection.folder() {
        None => writeln!(out, "index          in memory")?,
        Some(folder) => {
            writeln!(out, "index          {}", Clean::new(&folder.to_string_lossy()))?;
            if arguments.check {
                let damaged = collection.check()?;
                for path in &damaged {
                    writeln!(out, "  damaged      {}", Clean::new(&path.to_string_lossy()))?;
                    outcome = Outcome::Failed;
                }
                if damaged.is_empty() {
                    writeln!(out, "  every checksum is right")?;
                }
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// Says what is kept of standard input and other streams, after removing it where that is wanted.
fn tell_streams(out: &mut impl Write, cache: &Path, forget: bool) -> std::io::Result<()> {
    let folder = opening::streams(cache);
    let forgotten = if forget { forget_streams(&folder) } else { Vec::new() };
    opening::forget_indexes(cache, &forgotten);
    let kept = kept_streams(&folder);
    let bytes = kept.iter().map(|stream| stream.size).sum();
    write!(out, "streams        {}  ({} kept, {}", Clean::new(&folder.to_string_lossy()), kept.len(), amount(bytes))?;
    match forgotten.len() {
        0 if kept.is_empty() => writeln!(out, ")"),
        0 => writeln!(out, "; --forget-streams removes them)"),
        gone => writeln!(out, "; {gone} removed)"),
    }
}
