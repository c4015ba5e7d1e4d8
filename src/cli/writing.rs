//! Where a command writes: standard output, or a file that appears when all of it is written.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use crate::disk::Unfinished;
use crate::error::Error;

use super::output;

/// Options of every command whose output is kept.
#[derive(Clone, Debug, Default, Args)]
pub struct Writing {
    /// Write to this file instead, whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file of --output where it exists
    #[arg(long, requires = "output")]
    pub force: bool,
}

impl Writing {
    /// Whether the output is kept.
    pub fn is_asked(&self) -> bool {
        self.output.is_some()
    }

    /// Where it is written.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when the file is there and may not be replaced, [`Error::Write`] when it cannot be
    /// written.
    pub fn sink(&self) -> anyhow::Result<Sink> {
        let Some(path) = &self.output else { return Ok(Sink::Standard(output::out())) };
        if path.exists() && !self.force {
            let message = format!("{}: exists already (--force replaces it)", path.display());
            return Err(Error::NotFound(message).into());
        }
        let unfinished = Unfinished::beside(path).map_err(|source| Error::Write { source })?;
        Ok(Sink::File(BufWriter::new(unfinished), path.clone()))
    }
}

/// Where something is written.
pub enum Sink {
    /// Standard output.
    Standard(BufWriter<std::io::StdoutLock<'static>>),
    /// A file that appears when all of it is written.
    File(BufWriter<Unfinished>, PathBuf),
}

impl Sink {
    /// What is written to.
    pub fn out(&mut self) -> &mut dyn Write {
        match self {
            Sink::Standard(out) => out,
            Sink::File(out, _) => out,
        }
    }

    /// Writes what is left; the file appears.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] when it cannot be written: then there is no file.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Sink::Standard(mut out) => Ok(out.flush()?),
            Sink::File(out, path) => {
                let unfinished = out.into_inner().map_err(|error| Error::Write { source: error.into_error() })?;
                Ok(unfinished.finish(&path).map_err(|source| Error::Write { source })?)
            }
        }
    }
}
