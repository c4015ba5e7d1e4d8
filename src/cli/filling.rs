//! `newsstand index PATHS --to URL`: write a pile into an index on a cluster.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;

use crate::archive::Collection;
use crate::error::Error;
use crate::ingest::import;
use crate::panes::paint::number;
use crate::remote::{Filling, RemoteCollection, RemoteIntake, Shape};

use super::{Common, Outcome, at, opening, output};

/// How a pile is written into an index on a cluster.
#[derive(Debug, Args)]
pub struct To {
    /// Write the articles into this index on an OpenSearch cluster (https://HOST:9200/INDEX, or a name of [archives])
    #[arg(long, value_name = "URL|NAME", conflicts_with = "rebuild")]
    to: Option<String>,
    /// Make the index first
    #[arg(long, requires = "to")]
    create: bool,
    /// Divide a new index into so many parts
    #[arg(long, value_name = "NUMBER", requires = "create", default_value_t = 1)]
    shards: u32,
    /// Keep so many further copies of each part of a new index
    #[arg(long, value_name = "NUMBER", requires = "create", default_value_t = 1)]
    replicas: u32,
    /// Read everything, and write nothing
    #[arg(long, requires = "to")]
    dry_run: bool,
    /// Remove the articles of files that are gone
    #[arg(long, requires = "to")]
    delete_gone: bool,
}

impl To {
    /// Where the articles are to be written, if that is asked for.
    pub fn place(&self) -> Option<&str> {
        self.to.as_deref()
    }
}

pub fn run(paths: &[PathBuf], to: &str, how: &To, common: &Common) -> anyhow::Result<Outcome> {
    let config = common.config()?;
    let pile = opening::pile_or_library(paths, common, &config)?;
    let (place, access) = at::place(to, common, &config)?;
    let mut collection = RemoteCollection::reach(&place, &access)?;
    let there = collection.exists()?;
    if !there && how.create && !how.dry_run {
        collection.create(Shape { shards: how.shards, replicas: how.replicas })?;
    }
    if there || !how.dry_run {
        collection = RemoteCollection::open(&place, &access)?;
    }
    let ledgers = crate::marks::default_folder().map(|folder| folder.join("ledgers")).ok_or_else(|| {
        Error::NotFound("there is no home folder to note in what was written (set HOME or XDG_DATA_HOME)".to_owned())
    })?;
    let filling =
        Filling { ledgers, pile: pile.key(), delete_gone: how.delete_gone, dry_run: how.dry_run, patience: None };
    let intake = RemoteIntake::new(collection, filling)?;
    let told = intake.told();
    let begun = Instant::now();
    let bar = opening::reading_files_bar();
    let outcome = import(&pile, &intake, &AtomicBool::new(false), &mut |progress| {
        let written = told.written.load(Ordering::Relaxed);
        let pace = written as f64 / begun.elapsed().as_secs_f64().max(0.001);
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        bar.set_message(format!("{} articles written, {pace:.0} a second", number(written as usize)));
    });
    bar.finish_and_clear();
    let outcome = outcome?;
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed) as usize;
    let (written, refused, again) = (count(&told.written), count(&told.refused), count(&told.again));
    outcome.notes.iter().for_each(|note| output::complain(note));
    output::complain_of_all(&outcome.problems, outcome.problem_count);
    let reasons = told.reasons.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    output::complain_of_all(&reasons, refused);
    if outcome.busy {
        output::complain("another newsstand is writing this pile there just now");
    }
    if again > 0 {
        output::complain(&format!("{} articles had to be sent again, and were written then", number(again)));
    }
    let mut out = output::out();
    let articles =
        |count: usize| if count == 1 { "1 article".to_owned() } else { format!("{} articles", number(count)) };
    let seconds = begun.elapsed().as_secs_f64().max(0.001);
    match (how.dry_run, written) {
        (true, 0) => write!(out, "nothing would be written")?,
        (true, _) => {
            let bytes = count(&told.bytes);
            let each = number(bytes / written);
            write!(out, "{} would be written, of {each} bytes each", articles(written))?;
        }
        (false, 0) => write!(out, "nothing has changed")?,
        (false, _) => write!(out, "{} written, {:.0} a second", articles(written), written as f64 / seconds)?,
    }
    if count(&told.removed) > 0 {
        write!(out, "; {} removed", articles(count(&told.removed)))?;
    }
    let total = if there || !how.dry_run { intake.archive()?.len() } else { 0 };
    writeln!(out, "; {} in {place}", articles(total))?;
    out.flush()?;
    let failed = outcome.problem_count > 0 || refused > 0 || outcome.busy || !pile.missing.is_empty();
    Ok(match (failed, total.max(written)) {
        (true, _) => Outcome::Failed,
        (false, 0) => Outcome::Nothing,
        (false, _) => Outcome::Found,
    })
}
