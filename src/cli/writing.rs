//! Where a command writes: standard output, or a file that appears when all of it is written.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::archive::Archive;
use crate::disk::Unfinished;
use crate::error::Error;
use crate::query::Query;

use super::manifest::{Manifest, OutputRecord, PileRecord, hexadecimal};
use super::output;

/// Options of every command whose output is kept.
#[derive(Clone, Debug, Default, Args)]
pub struct Writing {
    /// Write to this file instead, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// Note in this file what the output rests on, for `newsstand repeat`
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
}

impl Writing {
    /// Whether the output is kept.
    pub fn is_asked(&self) -> bool {
        self.output.is_some() || self.manifest.is_some()
    }

    /// Where it is written.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when a file is there and may not be replaced, [`Error::Write`] when it cannot be
    /// written.
    pub fn sink(&self) -> anyhow::Result<Sink> {
        self.check()?;
        let digest = self.manifest.is_some().then(Sha256::new);
        let to = match &self.output {
            None => To::Standard(output::out()),
            Some(path) => {
                let unfinished = Unfinished::beside(path).map_err(|source| Error::Write { source })?;
                To::File(BufWriter::new(unfinished), path.clone())
            }
        };
        Ok(Sink { to, digest, bytes: 0 })
    }

    /// Makes sure that no file is replaced which may not be.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when it would be.
    pub fn check(&self) -> Result<(), Error> {
        let files = [&self.output, &self.manifest].into_iter().flatten();
        match files.filter(|path| path.exists()).find(|_| !self.force) {
            Some(path) => Err(Error::NotFound(format!("{}: exists already (--force replaces it)", path.display()))),
            None => Ok(()),
        }
    }

    /// Notes what an output rests on, where that is asked for.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`], and [`Error::Write`].
    pub fn note(
        &self,
        written: Option<OutputRecord>,
        archive: &dyn Archive,
        queries: &[Query],
        today: NaiveDate,
    ) -> Result<(), Error> {
        let (Some(path), Some(output)) = (&self.manifest, written) else { return Ok(()) };
        let manifest = Manifest {
            newsstand: env!("CARGO_PKG_VERSION").to_owned(),
            command: std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect(),
            today,
            queries: queries.iter().map(|query| query.to_string().trim_end().to_owned()).collect(),
            pile: PileRecord::of(archive, today)?,
            output,
        };
        manifest.write(path)
    }
}

/// Where something is written.
pub struct Sink {
    to: To,
    /// Of what was written so far, where that is to be noted.
    digest: Option<Sha256>,
    bytes: u64,
}

enum To {
    /// Standard output.
    Standard(BufWriter<std::io::StdoutLock<'static>>),
    /// A file that appears when all of it is written.
    File(BufWriter<Unfinished>, PathBuf),
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match &mut self.to {
            To::Standard(out) => out.write(bytes)?,
            To::File(out, _) => out.write(bytes)?,
        };
        self.bytes += written as u64;
        if let Some(digest) = &mut self.digest {
            digest.update(&bytes[..written]);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Standard(out) => out.flush(),
            To::File(out, _) => out.flush(),
        }
    }
}

impl Sink {
    /// What is written to.
    pub fn out(&mut self) -> &mut dyn Write {
        self
    }

    /// Writes what is left; the file appears. The answer is what was written, where that is to be noted.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when it cannot be written: then there is no file.
    pub fn finish(self) -> anyhow::Result<Option<OutputRecord>> {
        match self.to {
            To::Standard(mut out) => out.flush()?,
            To::File(out, path) => {
                let unfinished = out.into_inner().map_err(|error| Error::Write { source: error.into_error() })?;
                unfinished.finish(&path).map_err(|source| Error::Write { source })?;
            }
        }
        let bytes = self.bytes;
        Ok(self.digest.map(|digest| OutputRecord { bytes, sha256: hexadecimal(&digest.finalize()) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::faults::{Fault, at_every_step, failing};
    use std::fs;
    use tempfile::TempDir;

    /// So much that it is written in several steps.
    fn export(writing: &Writing) -> anyhow::Result<()> {
        let mut sink = writing.sink()?;
        for number in 0..3_000 {
            writeln!(sink.out(), "article {number}")?;
        }
        sink.finish().map(drop)
    }

    fn writing(folder: &TempDir) -> Writing {
        Writing { output: Some(folder.path().join("out.csv")), force: true, manifest: None }
    }

    #[test]
    fn an_export_is_whole_or_what_was_there_before_whichever_step_fails() {
        let folder = || tempfile::tempdir().expect("a folder");
        let at_first = folder();
        let (written, steps) = failing(usize::MAX, Fault::Full, || export(&writing(&at_first)));
        written.expect("nothing fails");
        assert!(steps.len() > 5, "{steps:?}");
        let whole = fs::read(at_first.path().join("out.csv")).expect("written");
        for before in [None, Some("old")] {
            let prepare = || {
                let folder = folder();
                before.iter().for_each(|old| fs::write(folder.path().join("out.csv"), old).expect("written"));
                folder
            };
            at_every_step(
                prepare,
                |folder| export(&writing(folder)),
                |folder, outcome, fault, steps| {
                    let found = fs::read(folder.path().join("out.csv")).ok();
                    let is_old = found.as_deref() == before.map(str::as_bytes);
                    assert!(is_old || found.as_ref() == Some(&whole), "{steps:?}");
                    assert!(outcome.is_err(), "{steps:?}: what is not durable is not acknowledged");
                    let left = fs::read_dir(folder.path()).expect("a folder").count();
                    assert!(fault == Fault::Killed || left <= 1, "{steps:?}: what was begun is removed");
                    export(&writing(folder)).expect("the next one has no trouble with what was left");
                },
            );
        }
    }
}
