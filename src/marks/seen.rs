//! When each article was first seen, and in which place.
//!
//! Kept in the data folder, so that it survives deleting the index: "new since last time" must not
//! mean "the index was made anew". It is a file of runs that is only ever added to. Each run is what
//! one import brought:
//!
//! ```text
//! magic 8 bytes · time 8 · count 8 · count × (id 8, place 8) · check 8     all little-endian
//! ```
//!
//! Sixteen bytes an article. A run that a killed program has left half is cut off by the next one.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Milliseconds;
use crate::article::ArticleId;
use crate::disk;
use crate::error::{Error, Result};

/// Begins each run; the digit is the version of the format.
const MAGIC: &[u8; 8] = b"nsseen1\n";
/// Bytes of a run beside its articles.
const AROUND: usize = 8 + 8 + 8 + 8;
/// Bytes of an article.
const EACH: usize = 16;

/// Where an article stands, as a number: its address for pages and entries, else file and part.
///
/// Two articles one after the other in the same place are versions of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub u64);

impl Place {
    /// The place of the article with this address.
    pub fn of_address(address: &str) -> Place {
        Place(rapidhash::v3::rapidhash_v3(address.as_bytes()))
    }

    /// The place of the article with this number, from 1, in this file; whole files have none.
    pub fn of_file(path: &Path, part: Option<u32>) -> Place {
        let mut bytes = path.to_string_lossy().into_owned().into_bytes();
        bytes.push(0);
        bytes.extend(part.unwrap_or(0).to_le_bytes());
        Place(rapidhash::v3::rapidhash_v3(&bytes))
    }
}

/// When each article was first seen, and in which place.
#[derive(Debug)]
pub struct Seen {
    path: PathBuf,
    /// How much of the file was read.
    length: u64,
    /// When each article was first seen, by rising id.
    first: Vec<(ArticleId, Milliseconds)>,
    /// Which article was seen last in each place, by rising place.
    places: Vec<(Place, ArticleId)>,
}

impl Seen {
    /// Reads the file, which is made by the first [`Seen::add`].
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it is there and cannot be read.
    pub fn open(path: &Path) -> Result<Seen> {
        let mut seen = Seen { path: path.to_owned(), length: 0, first: Vec::new(), places: Vec::new() };
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(seen),
            Err(error) => return Err(seen.wrong(&error)),
        };
        seen.take_in(&mut file).map_err(|error| seen.wrong(&error))?;
        Ok(seen)
    }

    fn wrong(&self, error: &io::Error) -> Error {
        Error::Marks { path: self.path.clone(), reason: error.to_string() }
    }

    /// How many articles were ever seen.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// True when none was seen yet.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// When an article was first seen.
    pub fn first(&self, id: ArticleId) -> Option<Milliseconds> {
        let at = self.first.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.first[at].1)
    }

    /// The article that was seen last in a place.
    pub fn at(&self, place: Place) -> Option<ArticleId> {
        let at = self.places.binary_search_by_key(&place, |(place, _)| *place).ok()?;
        Some(self.places[at].1)
    }

    /// Remembers that these articles are there now, each in its place; what was seen before keeps its
    /// time. It is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// [`Error::Marks`] when it cannot be written: nothing is remembered then.
    pub fn add(&mut self, articles: &[(ArticleId, Place)], now: Milliseconds) -> Result<()> {
        self.added(articles, now).map_err(|error| self.wrong(&error))
    }

    fn added(&mut self, articles: &[(ArticleId, Place)], now: Milliseconds) -> io::Result<()> {
        if articles.is_empty() {
            return Ok(());
        }
        if let Some(folder) = self.path.parent() {
            disk::make_folder(folder)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        // One writer at a time; the lock goes with the file.
        file.lock()?;
        self.take_in(&mut file)?;
        let fresh: Vec<(ArticleId, Place)> = articles
            .iter()
            .copied()
            .filter(|(id, place)| self.first(*id).is_none() || self.at(*place) != Some(*id))
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut run = Vec::with_capacity(AROUND + EACH * fresh.len());
        run.extend(MAGIC);
        run.extend(now.to_le_bytes());
        run.extend((fresh.len() as u64).to_le_bytes());
        for (id, place) in &fresh {
            run.extend(id.0.to_le_bytes());
            run.extend(place.0.to_le_bytes());
        }
        run.extend(rapidhash::v3::rapidhash_v3(&run).to_le_bytes());
        file.seek(SeekFrom::Start(self.length))?;
        let written = file
            .write_all(&run)
            .and_then(|()| file.set_len(self.length + run.len() as u64))
            .and_then(|()| file.sync_all());
        if let Err(error) = written {
            // What was begun is taken away; the next writer would do it as well.
            return file.set_len(self.length).and(Err(error));
        }
        self.take_in(&mut file)
    }

    /// Reads the runs behind what was read already. A run that is not whole ends it.
    fn take_in(&mut self, file: &mut File) -> io::Result<()> {
        file.seek(SeekFrom::Start(self.length))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let mut rest = bytes.as_slice();
        let before = self.length;
        while let Some((time, articles, length)) = run(rest) {
            for pair in articles.chunks_exact(EACH) {
                let id = ArticleId(number(&pair[..8]));
                self.first.push((id, time));
                self.places.push((Place(number(&pair[8..])), id));
            }
            rest = &rest[length..];
            self.length += length as u64;
        }
        if self.length > before {
            // Sorting is stable: of an article the first time stays, of a place the last article.
            self.first.sort_by_key(|(id, time)| (*id, *time));
            self.first.dedup_by_key(|(id, _)| *id);
            self.places.reverse();
            self.places.sort_by_key(|(place, _)| *place);
            self.places.dedup_by_key(|(place, _)| *place);
        }
        Ok(())
    }
}

/// The first run of `bytes`: its time, its articles and its length, if it is whole.
fn run(bytes: &[u8]) -> Option<(Milliseconds, &[u8], usize)> {
    let after = bytes.strip_prefix(MAGIC)?;
    let time = number(after.get(..8)?) as i64;
    let count = usize::try_from(number(after.get(8..16)?)).ok()?;
    let length = count.checked_mul(EACH)?.checked_add(AROUND)?;
    let whole = bytes.get(..length)?;
    let (content, check) = whole.split_at(length - 8);
    (rapidhash::v3::rapidhash_v3(content) == number(check)).then_some((time, &content[AROUND - 8..], length))
}

fn number(eight: &[u8]) -> u64 {
    u64::from_le_bytes(eight.try_into().expect("eight bytes are handed in"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(numbers: &[(u64, u64)]) -> Vec<(ArticleId, Place)> {
        numbers.iter().map(|(id, place)| (ArticleId(*id), Place(*place))).collect()
    }

    #[test]
    fn the_first_time_stays_and_the_last_place_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data").join("seen");
        let mut seen = Seen::open(&path).expect("no file is no error");
        assert!(seen.is_empty());
        seen.add(&articles(&[(1, 10), (2, 20)]), 100).expect("written");
        seen.add(&articles(&[(2, 20), (3, 20)]), 200).expect("written");
        let again = Seen::open(&path).expect("read");
        for seen in [&seen, &again] {
            assert_eq!((seen.len(), seen.first(ArticleId(2)), seen.first(ArticleId(3))), (3, Some(100), Some(200)));
            assert_eq!((seen.at(Place(10)), seen.at(Place(20))), (Some(ArticleId(1)), Some(ArticleId(3))));
            assert_eq!(seen.first(ArticleId(4)), None);
        }
    }

    #[test]
    fn two_programs_add_to_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("seen");
        let (mut one, mut other) = (Seen::open(&path).expect("opens"), Seen::open(&path).expect("opens"));
        one.add(&articles(&[(1, 1)]), 1).expect("written");
        other.add(&articles(&[(1, 1), (2, 2)]), 2).expect("written");
        assert_eq!((other.first(ArticleId(1)), other.first(ArticleId(2))), (Some(1), Some(2)));
    }

    #[test]
    fn half_a_run_is_cut_off_wherever_it_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("seen");
        let mut seen = Seen::open(&path).expect("opens");
        seen.add(&articles(&[(1, 1)]), 1).expect("written");
        let first = std::fs::read(&path).expect("read");
        seen.add(&articles(&[(2, 2)]), 2).expect("written");
        let both = std::fs::read(&path).expect("read");
        for end in first.len()..both.len() {
            std::fs::write(&path, &both[..end]).expect("written");
            let mut seen = Seen::open(&path).expect("opens");
            assert_eq!(seen.len(), 1, "cut at {end}");
            seen.add(&articles(&[(3, 3)]), 3).expect("written");
            let again = Seen::open(&path).expect("opens");
            assert_eq!((again.len(), again.first(ArticleId(3))), (2, Some(3)), "cut at {end}");
        }
    }
}
