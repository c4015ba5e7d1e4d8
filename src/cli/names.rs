//! `newsstand search --queries`: a list of queries, each with what it finds.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::archive::{Archive, Asking, Found, Row, told};
use crate::article::Record;
use crate::disk;
use crate::error::Error;
use crate::export::{Column, Item, ReaderMarks, cell, column};
use crate::marks::Snapshot;

use super::exporting::Exporting;
use super::manifest::{OutputRecord, PileRecord, hexadecimal};
use super::opening::{self, Opened};
use super::output::{complain, out, shown_path};
use super::queries::{queries_of, understood};
use super::{Common, Outcome};

/// How many rows are read from the index at once.
const PAGE: usize = 500;
/// An interrupted run loses no more work than this.
const SAVED_EVERY: Duration = Duration::from_secs(2);
/// The columns of an article unless others are asked for.
const USUAL: [&str; 8] = ["id", "date", "language", "source", "title", "url", "path", "part"];

/// A list of queries, and how what they find is written.
pub struct Names<'a> {
    /// The file of the queries.
    pub file: &'a Path,
    /// The pile.
    pub paths: &'a [PathBuf],
    /// How articles are written.
    pub exporting: &'a Exporting,
    /// Whether `--json` is asked for.
    pub json: bool,
    /// How many articles of each query are written at most.
    pub limit: Option<usize>,
    /// Whether typing errors are forgiven.
    pub forgiving: bool,
    /// Whether an earlier run is gone on with.
    pub resume: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A row for each article, with the query before it.
    Table(u8),
    /// An object for each query, one a line, or one list of them.
    Objects { list: bool },
}

/// How far an interrupted run came.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    /// A digest of what was asked, and of which pile.
    of: String,
    /// So many queries were done.
    done: usize,
    /// So many bytes hold what they found.
    bytes: u64,
    /// Whether any of them found something.
    found: bool,
}

impl Names<'_> {
    /// Searches for each of them.
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let config = common.config()?;
        let lines = queries_of(self.file)?;
        let queries = understood(&lines)?;
        let form = self.form()?;
        let columns = self.columns().map_err(anyhow::Error::msg)?;
        let writing = &self.exporting.writing;
        writing.check()?;
        if writing.manifest.is_some() && writing.output.is_none() {
            return Err(Error::NotFound("--manifest with --queries needs --output".to_owned()).into());
        }
        let mut opened = opening::open(self.paths, common, &config)?;
        opened.refresh()?;
        let archive = opened.archive()?;
        let marks = opening::snapshot(&opened.pile);
        let asking = Asking { forgiving: self.forgiving, marks: Some(&*marks), ..Asking::new(opened.today) };
        let digest = self.digest(&lines, &columns, &*archive, opened.today)?;
        let mut to = match &writing.output {
            None => To::Standard(out()),
            Some(path) => To::File(Part::begin(path, &digest, self.resume)?),
        };
        let (first, mut found_any) = to.done();
        if first == 0 {
            begin(to.out(), form, &columns)?;
        } else {
            complain(&format!("going on behind {first} of {} queries", lines.len()));
        }
        let bar = opening::writing_bar(lines.len(), writing.output.is_some());
        let printing = Printing { opened: &opened, marks: &marks, form, columns: &columns, limit: self.limit };
        let mut partial = false;
        for (number, (line, query)) in lines.iter().zip(&queries).enumerate().skip(first) {
            let found = told(archive.search(query, &asking)?);
            // As many of the words as can be are another question: what is listed is what was asked for.
            let found = if found.relaxed.is_some() { None } else { Some(found) };
            found_any |= found.as_ref().is_some_and(|found| found.matched > 0);
            partial |= found.as_ref().is_some_and(|found| !found.limits.is_whole());
            printing.query(to.out(), number, line, found.as_ref())?;
            to.done_so_far(number + 1, found_any)?;
            bar.set_position(number as u64 + 1);
        }
        if form == (Form::Objects { list: true }) {
            to.out().write_all(b"\n]\n")?;
        }
        bar.finish_and_clear();
        let written = to.finish(writing.manifest.is_some())?;
        writing.note(written, &*archive, &queries, opened.today)?;
        let outcome = match (opened.failed || partial, found_any) {
            (true, _) => Outcome::Failed,
            (false, false) => Outcome::Nothing,
            (false, true) => Outcome::Found,
        };
        Ok(opened.check(outcome)?)
    }

    fn form(&self) -> anyhow::Result<Form> {
        let of_file = || self.exporting.writing.output.as_ref()?.extension()?.to_str();
        match self.exporting.format.as_deref().or_else(|| if self.json { Some("jsonl") } else { of_file() }) {
            Some("csv") => Ok(Form::Table(b',')),
            Some("tsv") => Ok(Form::Table(b'\t')),
            Some("json") => Ok(Form::Objects { list: true }),
            Some("jsonl") => Ok(Form::Objects { list: false }),
            Some(other) if self.exporting.format.is_some() => {
                let message = format!("--queries writes csv, tsv, json or jsonl, and not {other}");
                Err(Error::NotFound(message).into())
            }
            _ => Ok(Form::Table(b',')),
        }
    }

    fn columns(&self) -> Result<Vec<&'static Column>, String> {
        let names: Vec<&str> = match self.exporting.fields.is_empty() {
            true => USUAL.to_vec(),
            false => self.exporting.fields.iter().map(|name| name.trim()).collect(),
        };
        if self.exporting.text || self.exporting.template.is_some() || names.contains(&"text") {
            return Err("--queries writes no texts (search for a query alone to export them)".to_owned());
        }
        names.into_iter().map(column).collect()
    }

    /// A digest of everything that decides about the output.
    fn digest(
        &self,
        lines: &[String],
        columns: &[&Column],
        archive: &dyn Archive,
        today: chrono::NaiveDate,
    ) -> crate::Result<String> {
        let mut digest = Sha256::new();
        let pile = PileRecord::of(archive, today)?.digest;
        let names = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
        let format = format!("{:?} {:?} {} {today}", self.exporting.format, self.limit, self.forgiving);
        for part in [&pile, &names, &format].into_iter().chain(lines) {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        Ok(hexadecimal(&digest.finalize()))
    }
}

fn begin(out: &mut dyn Write, form: Form, columns: &[&Column]) -> io::Result<()> {
    match form {
        Form::Table(delimiter) => {
            let names = columns.iter().map(|column| column.name.to_owned());
            row(out, delimiter, ["query", "articles", "forgiven"].map(str::to_owned).into_iter().chain(names))
        }
        Form::Objects { list } => out.write_all(if list { b"[" } else { b"" }),
    }
}

fn row(out: &mut dyn Write, delimiter: u8, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
    writer.write_record(cells.collect::<Vec<String>>())?;
    writer.flush()
}

struct Printing<'a> {
    opened: &'a Opened,
    marks: &'a Snapshot,
    form: Form,
    columns: &'a [&'static Column],
    limit: Option<usize>,
}

impl Printing<'_> {
    /// Writes what a query has found.
    fn query(&self, out: &mut dyn Write, number: usize, line: &str, found: Option<&Found>) -> anyhow::Result<()> {
        let matched = found.map_or(0, |found| found.matched);
        let forgiven = found.is_some_and(|found| found.forgiven);
        let last = self.limit.unwrap_or(usize::MAX).min(matched);
        match self.form {
            Form::Table(delimiter) => {
                let head = [cell(line.into()), matched.to_string(), forgiven.to_string()];
                if last == 0 {
                    let empty = self.columns.iter().map(|_| String::new());
                    row(out, delimiter, head.iter().cloned().chain(empty))?;
                }
                self.rows(found, last, |values| {
                    row(out, delimiter, head.iter().cloned().chain(values.into_iter().map(|(_, value)| cell(value))))
                })
            }
            Form::Objects { list } => {
                if list {
                    out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
                }
                let query = serde_json::to_string(line)?;
                write!(out, "{{\"query\":{query},\"articles\":{matched},\"forgiven\":{forgiven},\"found\":[")?;
                let mut first = true;
                self.rows(found, last, |values| {
                    if !std::mem::take(&mut first) {
                        out.write_all(b",")?;
                    }
                    let object: Map<String, Value> =
                        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                    Ok(serde_json::to_writer(&mut *out, &object)?)
                })?;
                Ok(out.write_all(if list { b"]}" } else { b"]}\n" })?)
            }
        }
    }

    fn rows(
        &self,
        found: Option<&Found>,
        last: usize,
        mut write: impl FnMut(Vec<(&'static str, Value)>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let Some(found) = found else { return Ok(()) };
        for first in (0..last).step_by(PAGE) {
            for row in told(found.order.rows(first..(first + PAGE).min(last), &|| false)?).value {
                write(self.values(&row))?;
            }
        }
        Ok(())
    }

    fn values(&self, row: &Row) -> Vec<(&'static str, Value)> {
        let record = Record { path: shown_path(row, &self.opened.pile), ..row.record.clone() };
        let marks = ReaderMarks::of(record.id, self.marks, None);
        let item = Item { record: &record, marks: &marks, article: None };
        self.columns.iter().map(|column| (column.name, (column.value)(&item))).collect()
    }
}

/// Where it is written.
enum To {
    Standard(BufWriter<io::StdoutLock<'static>>),
    File(Part),
}

/// A file that is not whole yet, and how far it is: what an interrupted run leaves.
struct Part {
    file: BufWriter<File>,
    /// The name that it gets in the end.
    path: PathBuf,
    progress: Progress,
    saved: Instant,
}

impl To {
    fn out(&mut self) -> &mut dyn Write {
        match self {
            To::Standard(out) => out,
            To::File(part) => &mut part.file,
        }
    }

    /// How many queries were done by an earlier run, and whether they found anything.
    fn done(&self) -> (usize, bool) {
        match self {
            To::Standard(_) => (0, false),
            To::File(part) => (part.progress.done, part.progress.found),
        }
    }

    fn done_so_far(&mut self, done: usize, found: bool) -> anyhow::Result<()> {
        match self {
            To::File(part) if part.saved.elapsed() >= SAVED_EVERY => Ok(part.save(done, found)?),
            _ => Ok(()),
        }
    }

    fn finish(self, digest: bool) -> anyhow::Result<Option<OutputRecord>> {
        match self {
            To::Standard(mut out) => {
                out.flush()?;
                Ok(None)
            }
            To::File(part) => Ok(part.finish(digest)?),
        }
    }
}

/// The name of the unfinished file, and of what says how far it is.
fn names(path: &Path) -> (PathBuf, PathBuf) {
    let with = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    (with(".part"), with(".part.json"))
}

fn written<T>(result: io::Result<T>) -> Result<T, Error> {
    result.map_err(|source| Error::Write { source })
}

impl Part {
    /// Begins the file, or goes on with one of an earlier run that asked the same.
    fn begin(path: &Path, digest: &str, resume: bool) -> Result<Part, Error> {
        let (part, state) = names(path);
        let mut progress = Progress { of: digest.to_owned(), done: 0, bytes: 0, found: false };
        if resume {
            let before = std::fs::read(&state).ok().and_then(|text| serde_json::from_slice::<Progress>(&text).ok());
            match before {
                Some(before) if before.of == digest => progress = before,
                Some(_) => {
                    let message = format!(
                        "{}: was begun with other queries, options or articles (leave --resume away to begin anew)",
                        part.display()
                    );
                    return Err(Error::NotFound(message));
                }
                // It was interrupted before anything was noted.
                None => {}
            }
        }
        let mut options = OpenOptions::new();
        options.create(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = written(options.open(&part))?;
        // What was written behind it belongs to a query that was not done.
        written(file.set_len(progress.bytes))?;
        written(io::Seek::seek(&mut file, io::SeekFrom::End(0)))?;
        let part = Part { file: BufWriter::new(file), path: path.to_owned(), progress, saved: Instant::now() };
        Ok(part)
    }

    /// Notes how far it is.
    fn save(&mut self, done: usize, found: bool) -> Result<(), Error> {
        written(self.file.flush())?;
        let bytes = written(io::Seek::stream_position(self.file.get_mut()))?;
        self.progress = Progress { of: std::mem::take(&mut self.progress.of), done, bytes, found };
        let text = serde_json::to_vec(&self.progress).expect("it is made of strings and numbers");
        self.saved = Instant::now();
        written(disk::rewrite(&names(&self.path).1, &text))
    }

    /// Gives the file its name.
    fn finish(mut self, digest: bool) -> Result<Option<OutputRecord>, Error> {
        written(self.file.flush())?;
        written(self.file.get_ref().sync_all())?;
        let (part, state) = names(&self.path);
        let record = match digest {
            true => {
                let mut digest = Sha256::new();
                let bytes = written(File::open(&part).and_then(|mut file| io::copy(&mut file, &mut digest)))?;
                Some(OutputRecord { bytes, sha256: hexadecimal(&digest.finalize()) })
            }
            false => None,
        };
        written(std::fs::rename(&part, &self.path))?;
        let _ = std::fs::remove_file(state);
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_run_goes_on_behind_the_last_query_that_was_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names.csv");
        let mut part = Part::begin(&path, "digest", false).expect("begun");
        part.file.write_all(b"one\n").expect("written");
        part.save(1, true).expect("saved");
        part.file.write_all(b"half a query").expect("written");
        part.file.flush().expect("written");
        // The program is killed here.
        drop(part);
        assert!(Part::begin(&path, "another", true).is_err(), "other queries are not mixed with these");
        let mut part = Part::begin(&path, "digest", true).expect("gone on with");
        assert_eq!((part.progress.done, part.progress.found), (1, true));
        part.file.write_all(b"two\n").expect("written");
        part.finish(false).expect("finished");
        assert_eq!(std::fs::read_to_string(&path).expect("whole"), "one\ntwo\n");
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}
