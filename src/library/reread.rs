//! Reading one article again, when somebody wants to see it.

use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::pieces::{Bytes, Manuscript, Reader, manuscript};
use super::pile::Pile;
use super::read::{OpenFile, around, read_manuscripts};
use super::sample;
use super::walk::FileEntry;
use super::within::within_archive;
use crate::article::{Article, ArticleId, Finding, FindingKind, Origin};
use crate::error::{Error, Result};
use crate::format::packed;
use crate::format::{Around, Format, Limits, Piece, Preface, Told};
use crate::text::Clean;

/// How many files stay open.
const OPEN: usize = 8;

/// Reads one article again, from the place in its file where it was found.
///
/// When the file has changed since, the article is looked for by its id in the whole file. What lies
/// in its place instead is the last resort, and comes with a [`FindingKind::Changed`].
///
/// # Errors
///
/// When the file is gone or may not be read, or no article is left in that place.
pub fn read_article(origin: &Origin, expected: ArticleId, pile: &Pile) -> Result<Article> {
    read_manuscript(origin, expected, pile).map(Manuscript::article)
}

/// Like [`read_article`], without understanding the article.
///
/// # Errors
///
/// As for [`read_article`].
pub fn read_manuscript(origin: &Origin, expected: ArticleId, pile: &Pile) -> Result<Manuscript> {
    Rereader::new(pile.clone()).manuscript(origin, expected)
}

/// How much of a packed file is unpacked without anybody noticing, in bytes.
const SOON: u64 = 4 << 20;

/// True for an article to which the way is long: it stands far behind in a packed file, or in an archive that is read
/// from its beginning.
pub fn is_far(origin: &Origin) -> bool {
    let name = origin.path.file_name().unwrap_or_default().to_string_lossy();
    let deep = origin.bytes.start > SOON;
    match within_archive(&origin.path) {
        Some((archive, _)) => {
            deep || archive.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("zip"))
        }
        None => deep && packed::without_extension(&name) != name,
    }
}

/// Reads articles again, one after the other.
///
/// To open a file and to find out what it is takes longer than to read an article of it, so the last
/// files of many articles stay open.
pub struct Rereader {
    pile: Pile,
    /// The files that are open, the one that was used last at the end.
    open: Vec<Kept>,
}

/// A file that is read from.
struct Opened<'a> {
    reader: Reader,
    format: &'static Format,
    told: Told,
    around: Around<'a>,
    size: u64,
}

/// A file that stays open.
struct Kept {
    entry: FileEntry,
    bytes: Box<dyn Bytes>,
    format: &'static Format,
    told: Told,
    preface: Preface,
    size: u64,
}

impl Rereader {
    /// A reader of articles of this pile.
    pub fn new(pile: Pile) -> Rereader {
        Rereader { pile, open: Vec::new() }
    }

    /// The pile.
    pub fn pile(&self) -> &Pile {
        &self.pile
    }

    /// See [`read_article`].
    ///
    /// # Errors
    ///
    /// As for [`read_article`].
    pub fn article(&mut self, origin: &Origin, expected: ArticleId) -> Result<Article> {
        self.manuscript(origin, expected).map(Manuscript::article)
    }

    /// See [`read_manuscript`].
    ///
    /// # Errors
    ///
    /// As for [`read_article`].
    pub fn manuscript(&mut self, origin: &Origin, expected: ArticleId) -> Result<Manuscript> {
        if let Some((archive, member)) = within_archive(&origin.path) {
            return self.in_archive(&archive, member, origin, expected);
        }
        let entry = entry_of(&origin.path, &self.pile)?;
        if origin.part.is_some()
            && let Some(manuscript) = self.in_place(&entry, origin, expected)?
        {
            return Ok(manuscript);
        }
        let mut instead = None;
        let mut found = None;
        read_manuscripts(&entry, Limits::default(), &mut |manuscript| {
            if let Ok(manuscript) = manuscript {
                if manuscript.id == expected {
                    found = Some(manuscript);
                    return ControlFlow::Break(());
                }
                if manuscript.origin.part == origin.part {
                    instead = Some(manuscript);
                }
            }
            ControlFlow::Continue(())
        })?;
        found.or_else(|| instead.map(changed)).ok_or_else(|| {
            let path = Clean::new(&entry.shown.to_string_lossy());
            let part = origin.part.map_or(String::new(), |part| format!(":{part}"));
            Error::NotFound(format!("{path}{part}: the article is not there any more: the file has changed"))
        })
    }

    /// An article of a member of an archive: the member is read from its beginning, and no other is unpacked.
    fn in_archive(
        &mut self,
        archive: &Path,
        member: String,
        origin: &Origin,
        expected: ArticleId,
    ) -> Result<Manuscript> {
        let entry = entry_of(archive, &self.pile)?;
        let (mut found, mut instead) = (None, None);
        OpenFile::new(&entry)?.read_member(member, &mut |manuscript| {
            let Ok(manuscript) = manuscript else { return ControlFlow::Continue(()) };
            if manuscript.id == expected {
                found = Some(manuscript);
                return ControlFlow::Break(());
            }
            if manuscript.origin.part == origin.part && manuscript.origin.path == origin.path {
                instead = Some(manuscript);
            }
            ControlFlow::Continue(())
        })?;
        found.or_else(|| instead.map(changed)).ok_or_else(|| {
            let path = Clean::new(&self.pile.shown(&origin.path).to_string_lossy());
            Error::NotFound(format!("{path}: the article is not there any more: the archive has changed"))
        })
    }

    /// The article at its place, or `None` when another one is there.
    fn in_place(&mut self, entry: &FileEntry, origin: &Origin, expected: ArticleId) -> Result<Option<Manuscript>> {
        let length = origin.bytes.end.saturating_sub(origin.bytes.start);
        if length > Limits::default().whole {
            return Ok(None);
        }
        let known = self.open.iter().position(|kept| kept.entry.path == entry.path).map(|at| self.open.remove(at));
        let mut opened = match known.filter(|kept| kept.entry == *entry) {
            Some(Kept { bytes, format, told, preface, size, .. }) => {
                Opened { reader: Reader::Plain(bytes), format, told, around: around(entry, preface), size }
            }
            None => {
                let OpenFile { reader, format, told, around, size, .. } = OpenFile::new(entry)?;
                Opened { reader, format, told, around, size }
            }
        };
        let found = read_in_place(&mut opened, entry, origin, expected);
        // A packed file can only be read from its beginning.
        if let Opened { reader: Reader::Plain(bytes), format, told, around, size } = opened {
            if self.open.len() >= OPEN {
                self.open.remove(0);
            }
            self.open.push(Kept { entry: entry.clone(), bytes, format, told, preface: around.preface, size });
        }
        found
    }
}

/// The article at its place in a file, or `None` when another one is there.
fn read_in_place(
    opened: &mut Opened<'_>,
    entry: &FileEntry,
    origin: &Origin,
    expected: ArticleId,
) -> Result<Option<Manuscript>> {
    let Opened { reader, format, told, around, size } = opened;
    if reader.is_plain() && origin.bytes.end > *size {
        return Ok(None);
    }
    let length = origin.bytes.end.saturating_sub(origin.bytes.start);
    let mut bytes = Vec::new();
    let read = reader.pass_to(origin.bytes.start).and_then(|()| reader.as_bytes().take(length).read_to_end(&mut bytes));
    match read {
        Ok(read) if read as u64 == length => {}
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData) => {
            return Ok(None);
        }
        Err(source) => return Err(Error::Read { path: entry.shown.clone(), source }),
    }
    if ArticleId::of(&bytes) != expected {
        return Ok(None);
    }
    let piece = Piece { bytes: &bytes, range: origin.bytes.clone(), part: origin.part, line: 1 };
    Ok(manuscript(&entry.path, (format, *told), &piece, around, false).ok())
}

/// Another article than the one that was looked for, and told so.
fn changed(mut manuscript: Manuscript) -> Manuscript {
    manuscript.findings.push(Finding::new(FindingKind::Changed, "the file has changed since the index was made"));
    manuscript
}

/// The file at `path`, as it is now.
fn entry_of(path: &Path, pile: &Pile) -> Result<FileEntry> {
    if pile.is_sample() {
        let sample = sample::FILES.iter().find(|(name, _)| Path::new(name) == path);
        return sample.map(FileEntry::of_sample).ok_or_else(|| Error::Missing { path: path.to_owned() });
    }
    let shown = pile.shown(path);
    match fs::metadata(path) {
        Ok(metadata) => Ok(FileEntry::new(path, shown, &metadata, &pile.fields)),
        Err(source) => Err(Error::Read { path: shown, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::walk::walk;
    use super::*;

    #[test]
    fn what_stands_far_behind_in_a_packed_file_is_far() {
        let check = |path: &str, start: u64, expected: bool| {
            let origin = Origin { path: path.into(), part: Some(1), bytes: start..start + 1 };
            assert_eq!(is_far(&origin), expected, "{path} {start}");
        };
        check("news.jsonl", 1 << 40, false);
        check("news.jsonl.gz", 0, false);
        check("news.jsonl.gz", 1 << 30, true);
        check("news.xml.zst", 1 << 30, true);
        check("news.gz.txt", 1 << 30, false);
    }

    #[test]
    fn a_file_that_stays_open_is_looked_at_again_when_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        let write = |lines: &str| fs::write(&path, lines).expect("written");
        write("{\"text\": \"one\"}\n{\"text\": \"two\"}\n");
        let pile = Pile::open(std::slice::from_ref(&path), Path::new("unused")).expect("no stream is asked for");
        let mut manuscripts = Vec::new();
        walk(&pile, |entry| {
            let entry = entry.expect("readable");
            read_manuscripts(&entry, Limits::default(), &mut |manuscript| {
                manuscripts.push(manuscript.expect("an article"));
                ControlFlow::Continue(())
            })
            .expect("a file of articles");
        });
        let mut rereader = Rereader::new(pile);
        let mut text = |at: usize| {
            let Manuscript { id, origin, .. } = &manuscripts[at];
            rereader.manuscript(origin, *id).expect("read back").raw.text
        };
        assert_eq!([text(1), text(0), text(1)], ["two", "one", "two"]);
        write("{\"text\": \"something longer\"}\n{\"text\": \"two\"}\n");
        assert_eq!(text(1), "two");
    }
}
