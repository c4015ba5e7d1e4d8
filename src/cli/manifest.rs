//! What an output rests on, so that it can be made again.

use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::archive::{Archive, Asking, told};
use crate::article::ArticleId;
use crate::disk;
use crate::error::{Error, Result};
use crate::query::Query;

/// What an output rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program.
    pub newsstand: String,
    /// The words of the command line, without the name of the program.
    pub command: Vec<String>,
    /// The day that `today` meant.
    pub today: NaiveDate,
    /// The queries as they were understood.
    pub queries: Vec<String>,
    /// What they were asked of.
    pub pile: PileRecord,
    /// What came of it.
    pub output: OutputRecord,
}

/// A pile, as far as it can be told whether it is still the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PileRecord {
    /// How many articles it holds.
    pub articles: usize,
    /// A digest of the ids of its articles, and so of their content, in whatever files they lie.
    pub digest: String,
}

/// An output, as far as it can be told whether it is still the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputRecord {
    /// How many bytes it has.
    pub bytes: u64,
    /// Their digest, as `sha256sum` prints it.
    pub sha256: String,
}

impl PileRecord {
    /// That of an archive.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    pub fn of(archive: &dyn Archive, today: NaiveDate) -> Result<PileRecord> {
        let ids = told(archive.ids(&Query::default(), &Asking::new(today))?).value;
        let mut ids: Vec<ArticleId> = ids.iter().collect();
        ids.sort_unstable();
        let mut digest = Sha256::new();
        ids.iter().for_each(|id| digest.update(id.0.to_be_bytes()));
        Ok(PileRecord { articles: archive.len(), digest: hexadecimal(&digest.finalize()) })
    }
}

impl Manifest {
    /// What the file says.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] when it cannot be read, [`Error::Config`] when it is no manifest.
    pub fn read(path: &Path) -> Result<Manifest> {
        let text = std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.into(), source })?;
        serde_json::from_str(&text).map_err(|error| Error::Config {
            path: path.into(),
            reason: format!("line {}: not a manifest: {error}", error.line()),
        })
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    ///
    /// [`Error::Write`].
    pub fn write(&self, path: &Path) -> Result<()> {
        let mut text = serde_json::to_string_pretty(self).expect("it is made of strings and numbers");
        text.push('\n');
        disk::write(path, text.as_bytes()).map_err(|source| Error::Write { source })
    }

    /// In what this differs from what it was `before`, in words; nothing where the same came of it.
    pub fn differences(&self, before: &Manifest) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, now: &str, before: &str| {
            if now != before {
                differences.push(format!("{what} differs: {now}, not {before}"));
            }
        };
        compare("the version", &self.newsstand, &before.newsstand);
        compare("the query as understood", &self.queries.join(" · "), &before.queries.join(" · "));
        let articles = |pile: &PileRecord| format!("{} articles", pile.articles);
        match self.pile.articles == before.pile.articles && self.pile.digest != before.pile.digest {
            true => differences.push(format!("the pile differs: {}, but not the same ones", articles(&self.pile))),
            false => compare("the pile", &articles(&self.pile), &articles(&before.pile)),
        }
        if self.output != before.output {
            let bytes = |output: &OutputRecord| output.bytes.to_string();
            let (now, before) = (bytes(&self.output), bytes(&before.output));
            differences.push(format!("the output differs: {now} bytes, and {before} before"));
        }
        differences
    }
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
