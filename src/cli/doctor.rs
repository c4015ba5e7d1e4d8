//! `newsstand doctor`: what a bug report needs.

use std::io::{IsTerminal, Write, stdin, stdout};
use std::path::PathBuf;

use clap::Args;

use crate::config;
use crate::index::{Index, Location};
use crate::text::Clean;

use super::{Common, Outcome, opening, output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  newsstand doctor                    versions, folders, terminal
  newsstand doctor --check articles/  also read every byte of the index, and say what is damaged")]
pub struct Arguments {
    /// The pile whose index is meant. Without any: the configured library, or the sample edition
    paths: Vec<PathBuf>,
    /// Read every byte of the index and compare checksums
    #[arg(long)]
    check: bool,
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
    writeln!(out, "configuration  {}  ({read})", config_path.display())?;
    let config = config.unwrap_or_default();
    writeln!(out, "cache          {}", opening::cache_folder(common, &config).display())?;
    for name in ["TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "LANG", "LC_ALL", "EDITOR", "VISUAL"] {
        let value = std::env::var_os(name).map_or("(not set)".into(), |value| Clean::new(&value.to_string_lossy()));
        writeln!(out, "{name:<14} {value}")?;
    }
    let size = crossterm::terminal::size().map_or("unknown".to_owned(), |(columns, rows)| format!("{columns}x{rows}"));
    writeln!(out, "terminal       keys {}, screen {}, {size}", stdin().is_terminal(), stdout().is_terminal())?;
    let opened = opening::open(&arguments.paths, common, &config)?;
    writeln!(out, "pile           {}", Clean::new(&opening::name(&opened.pile)))?;
    writeln!(out, "articles       {}", opened.searcher()?.len())?;
    let mut outcome = Outcome::Found;
    match &opened.location {
        Location::Memory => writeln!(out, "index          in memory")?,
        Location::Disk(folder) => {
            writeln!(out, "index          {}", folder.display())?;
            if arguments.check {
                let damaged = Index::check(&opened.index)?;
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
