//! Opening a pile and its index, for every command that needs them.

use std::io::{IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant, SystemTime};

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::archive::{Archive, Asking, Due, Found, Shelf, Texts, told};
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::format::FieldNames;
use crate::index::{Index, Location, Start};
use crate::ingest::{Outcome, import_anyhow, in_memory_because, repair, texts_of};
use crate::library::Pile;
use crate::marks::{Marks, Milliseconds, Snapshot};
use crate::query::Query;
use crate::remote::RemoteCollection;
use crate::runtime::today;
use crate::text::Clean;

pub use crate::index::is_thread_of_engine;

use super::{Common, output};

/// So long nothing is said of the reading of a pile.
const PATIENCE: Duration = Duration::from_secs(1);

/// A pile and its index.
pub struct Opened {
    /// The files.
    pub pile: Pile,
    /// What is known of them.
    pub shelf: Shelf,
    /// Where its index lies.
    location: Location,
    /// Whether something was missing.
    pub failed: bool,
    /// The day that `date:today` means.
    pub today: NaiveDate,
    /// Whether a bar shows how far the reading has come, where somebody watches.
    pub watched: bool,
}

/// Opens the pile of `paths`; without any, the library of the configuration, or else the sample
/// edition.
///
/// Tells on standard error what is missing, and when the cache cannot be used: the index is then
/// kept in memory.
pub fn open(paths: &[PathBuf], common: &Common, config: &Config) -> Result<Opened> {
    if let Some(at) = &common.at {
        return open_remote(at, paths, common, config);
    }
    let cache = cache_folder(common, config);
    let paths = if paths.is_empty() { &config.default_paths[..] } else { paths };
    let pile = if paths.is_empty() { Pile::sample() } else { pile(paths, &cache, common, config)? };
    if let (true, Some(path)) = (pile.roots.is_empty(), pile.missing.first()) {
        return Err(Error::Missing { path: path.clone() });
    }
    for path in &pile.missing {
        output::complain(&Error::Missing { path: path.clone() }.to_string());
    }
    let location = match pile.is_sample() {
        true => Location::Memory,
        false => Location::Disk(index_folder(&cache, pile.key())),
    };
    let (index, location) = open_index(location)?;
    let failed = !pile.missing.is_empty();
    let today = common.today.unwrap_or_else(today);
    Ok(Opened { pile, shelf: index.shelf(), location, failed, today, watched: true })
}

/// Opens what is on a cluster.
fn open_remote(at: &str, paths: &[PathBuf], common: &Common, config: &Config) -> Result<Opened> {
    if let Some(path) = paths.first() {
        let message =
            format!("{}: with --at the cluster is asked, and no files; leave out one of them", path.display());
        return Err(Error::NotFound(message));
    }
    let (place, access) = super::at::place(at, common, config)?;
    let shelf = RemoteCollection::open(&place, &access)?.shelf();
    let pile = Pile::elsewhere(at, &place.to_string());
    let today = common.today.unwrap_or_else(today);
    Ok(Opened { pile, shelf, location: Location::Memory, failed: false, today, watched: true })
}

/// The pile of `paths`, or the library of the configuration without any.
///
/// # Errors
///
/// When nothing is named, or none of it is there.
pub fn pile_or_library(paths: &[PathBuf], common: &Common, config: &Config) -> Result<Pile> {
    let paths = if paths.is_empty() { &config.default_paths[..] } else { paths };
    if paths.is_empty() {
        return Err(Error::NotFound("no files are named, and the configuration names no library".to_owned()));
    }
    let pile = pile(paths, &cache_folder(common, config), common, config)?;
    match pile.missing.first() {
        Some(path) if pile.roots.is_empty() => Err(Error::Missing { path: path.clone() }),
        _ => {
            pile.missing.iter().for_each(|path| output::complain(&Error::Missing { path: path.clone() }.to_string()));
            Ok(pile)
        }
    }
}

/// The pile of `paths`, read as the configuration says; streams are kept in the folder `cache`.
pub fn pile(paths: &[PathBuf], cache: &Path, common: &Common, config: &Config) -> Result<Pile> {
    let names = config.fields.iter().map(|(stated, name)| (stated.as_str(), name.as_str()));
    let fields = FieldNames::new(names).map_err(|reason| config.wrong_fields(&reason))?;
    let bar = stream_bar(paths);
    let pile = Pile::open_reading(paths, &streams(cache), &mut bar.wrap_read(stdin().lock()))?;
    bar.finish_and_clear();
    forget_indexes(cache, &pile.forgotten);
    let marks = crate::marks::default_path();
    let arrivals = crate::marks::default_folder().map(|folder| folder.join("arrivals"));
    Ok(Pile { fields: fields.into(), follow: common.follow || config.follow, arrivals, marks, ..pile })
}

/// The folder of streams that are kept.
pub fn streams(cache: &Path) -> PathBuf {
    cache.join("streams")
}

/// The folder of the index of the pile of this key.
fn index_folder(cache: &Path, key: u64) -> PathBuf {
    cache.join("indexes").join(format!("{key:016x}"))
}

/// Removes the indexes of streams that are gone: they hold words of theirs. What cannot be removed stays.
pub fn forget_indexes(cache: &Path, streams: &[PathBuf]) {
    for stream in streams {
        // The name of a pile has no links in it.
        let folder = stream.parent().and_then(|folder| folder.canonicalize().ok());
        if let (Some(folder), Some(name)) = (folder, stream.file_name()) {
            let key = Pile::key_of([folder.join(name).as_path()]);
            let _ = std::fs::remove_dir_all(index_folder(cache, key));
        }
    }
}

/// Tells on standard error how much has come from standard input, which may be slow or somebody's
/// keyboard; invisible when nothing is asked of it, or nobody watches.
fn stream_bar(paths: &[PathBuf]) -> ProgressBar {
    if !stderr().is_terminal() || !paths.iter().any(|path| path.as_os_str() == "-") {
        return ProgressBar::hidden();
    }
    let template = match stdin().is_terminal() {
        true => "reading what you type or paste; Ctrl-D on a line of its own ends it",
        false => "  reading standard input  {bytes}  {elapsed}",
    };
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner()));
    match stdin().is_terminal() {
        // What is typed would be written over.
        true => bar.tick(),
        false => bar.enable_steady_tick(Duration::from_millis(200)),
    }
    bar
}

/// Opens the index, in memory where the cache cannot be used.
fn open_index(location: Location) -> Result<(Index, Location)> {
    match Index::open(&location) {
        Ok(index) => {
            if index.start() == Start::Damaged {
                output::complain("the index was damaged; everything is read again");
            }
            Ok((index, location))
        }
        Err(error @ Error::Cache { .. }) => {
            output::complain(&in_memory_because(&error));
            Ok((Index::open(&Location::Memory)?, Location::Memory))
        }
        Err(error) => Err(error),
    }
}

/// The folder that holds indexes.
pub fn cache_folder(common: &Common, config: &Config) -> PathBuf {
    let chosen = common.cache_dir.clone().or_else(|| config.cache_dir.clone()).or_else(config::cache_dir);
    // A user without a home has at least a folder for what may vanish.
    chosen.unwrap_or_else(|| std::env::temp_dir().join("newsstand"))
}

impl Opened {
    /// Checks what is due of the index, after the answer was printed: nothing most of the time. Tells when
    /// something was damaged, so that the answer may be wrong, and reads it again; the command has failed then.
    pub fn check(&mut self, outcome: super::Outcome) -> Result<super::Outcome> {
        match self.repair(Due::Daily) {
            Some(told) => {
                output::complain(&format!("{told}; what was printed may be wrong"));
                self.refresh()?;
                Ok(super::Outcome::Failed)
            }
            None => Ok(outcome),
        }
    }

    /// Takes out of the index what is damaged, and says what is to be told.
    fn repair(&self, due: Due) -> Option<Clean> {
        repair(&*self.shelf.collection(), due, SystemTime::now(), &|| true).unwrap_or_else(|error| {
            tracing::warn!("the index cannot be checked: {error}");
            None
        })
    }

    /// Brings the index up to date, with a progress bar when it takes long and somebody watches.
    pub fn refresh(&mut self) -> Result<Outcome> {
        if let Some(told) = self.repair(Due::Changed) {
            output::complain(&told);
        }
        let (outcome, in_memory) = refresh(&self.pile, &self.shelf, self.watched)?;
        if let Some(error) = in_memory {
            output::complain(&in_memory_because(&error));
            self.location = Location::Memory;
        }
        if outcome.busy {
            // What is found now may not be all there is to find.
            self.failed = true;
            output::complain("another newsstand is reading this pile just now; this is what it has so far");
        }
        // What is missing was told when the pile was opened.
        let missing: Vec<String> =
            self.pile.missing.iter().map(|path| Error::Missing { path: path.clone() }.to_string()).collect();
        outcome.notes.iter().for_each(|note| output::complain(note));
        let problems: Vec<_> = outcome
            .problems
            .iter()
            .filter(|problem| !missing.iter().any(|told| told == problem.as_str()))
            .cloned()
            .collect();
        output::complain_of_all(&problems, outcome.problem_count - (outcome.problems.len() - problems.len()));
        self.failed |= outcome.problem_count > 0;
        Ok(outcome)
    }

    /// The texts of its articles.
    pub fn texts(&self) -> Box<dyn Texts> {
        texts_of(&self.pile, &self.shelf)
    }

    /// A pile whose index is kept in memory.
    #[cfg(test)]
    pub fn in_memory(pile: Pile) -> Opened {
        let (index, location) = open_index(Location::Memory).expect("memory is there");
        Opened { pile, shelf: index.shelf(), location, failed: false, today: NaiveDate::default(), watched: false }
    }

    /// What is known of the pile now.
    pub fn archive(&self) -> Result<Arc<dyn Archive>> {
        self.shelf.archive()
    }

    /// Moves the index aside, and makes an empty one in its place.
    pub fn forget(&mut self) -> Result<()> {
        self.shelf = Index::recreate(&self.location)?.shelf();
        Ok(())
    }
}

fn refresh(pile: &Pile, shelf: &Shelf, watched: bool) -> Result<(Outcome, Option<Error>)> {
    let bar = bar();
    let begun = Instant::now();
    let outcome = import_anyhow(pile, shelf, &AtomicBool::new(false), &mut |progress| {
        // What is done at once needs no bar.
        if watched && bar.is_hidden() && begun.elapsed() > PATIENCE && stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        bar.set_message(match progress.seconds_left {
            Some(seconds) => format!("{} articles, {seconds} s left", progress.articles),
            None => format!("{} articles", progress.articles),
        });
    });
    bar.finish_and_clear();
    outcome
}

/// A progress bar for writing so many articles to a file; invisible when nobody watches, or the articles
/// themselves are on the screen.
pub fn writing_bar(articles: usize, to_file: bool) -> ProgressBar {
    let bar = bar();
    if to_file && stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar.set_length(articles as u64);
    let style = ProgressStyle::with_template("  writing {wide_bar} {human_pos} of {human_len} articles");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// A progress bar for reading so many articles; invisible when nobody watches, or something else moves on
/// the screen.
pub fn reading_bar(articles: usize, alone: bool) -> ProgressBar {
    let bar = writing_bar(articles, alone);
    let style = ProgressStyle::with_template("  reading {wide_bar} {human_pos} of {human_len} articles");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// A progress bar for reading files; invisible when nobody watches.
pub fn reading_files_bar() -> ProgressBar {
    let bar = bar();
    if stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar
}

/// A progress bar as wide as the terminal, which nobody sees yet.
fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
    let style = ProgressStyle::with_template("  reading {wide_bar} {human_pos} of {human_len} files  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Everything that matches.
pub fn found(archive: &dyn Archive, query: &Query, forgiving: bool, today: NaiveDate) -> crate::Result<Found> {
    let asking = Asking { forgiving, ..Asking::new(today) };
    Ok(told(archive.search(query, &asking)?))
}

/// The reader's marks.
///
/// # Errors
///
/// [`Error::Marks`] where they cannot be opened, and [`Error::NotFound`] for a user without a home.
pub fn marks() -> Result<Marks> {
    let path = crate::marks::default_path().ok_or_else(|| {
        Error::NotFound("there is no home folder to keep marks in (set HOME or XDG_DATA_HOME)".to_owned())
    })?;
    Marks::open(&path, crate::runtime::marking::instance())
}

/// The reader's marks as they are now, with when `pile` was visited last; none where they cannot be read, which is told.
pub fn snapshot(pile: &Pile) -> Arc<Snapshot> {
    // Where there were never any, none are made for looking.
    if !crate::marks::default_path().is_some_and(|path| path.exists()) {
        return Arc::default();
    }
    let read = |mut marks: Marks| {
        marks.begin_visit(&visits_to(pile))?;
        marks.snapshot()
    };
    marks().and_then(read).unwrap_or_else(|error| {
        output::complain(&error.to_string());
        Arc::default()
    })
}

/// What visits to a pile are kept under.
pub fn visits_to(pile: &Pile) -> String {
    format!("{:016x}", pile.key())
}

/// Milliseconds since 1970, by the clock of this machine.
pub fn now() -> Milliseconds {
    crate::runtime::marking::now()
}

/// What a reader calls the pile.
pub fn name(pile: &Pile) -> String {
    if pile.is_sample() {
        return "the sample edition".to_owned();
    }
    let names: Vec<String> = pile.roots.iter().map(|root| named(&root.given)).collect();
    names.join(", ")
}

fn named(given: &Path) -> String {
    if given.as_os_str() == "-" { "standard input".to_owned() } else { given.display().to_string() }
}
