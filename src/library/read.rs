//! Reading the files of a pile, and one article again.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use super::pile::Pile;
use super::sample;
use super::walk::FileEntry;
use crate::article::{Article, ArticleId, Finding, FindingKind, Origin};
use crate::error::{Error, Result};
use crate::extract::{self, RawArticle};
use crate::format::{self, Format, Limits, Piece, Source, binary};
use crate::text::Clean;

/// How many bytes are read at once, and looked at to tell what a file is.
const BUFFER: usize = 64 << 10;

/// An article as it was found, not understood yet.
///
/// Finding articles is quick and follows the order of the file; understanding them takes longer and
/// needs nothing but the manuscript, so others may do that at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manuscript {
    /// Names the article.
    pub id: ArticleId,
    /// Where it lies.
    pub origin: Origin,
    /// What it says.
    pub raw: RawArticle,
    /// What was odd about reading it.
    pub findings: Vec<Finding>,
}

impl Manuscript {
    /// The article, understood.
    pub fn article(self) -> Article {
        let mut article = extract::extract(&self.raw);
        article.id = self.id;
        article.origin = self.origin;
        article.findings.extend(self.findings);
        article
    }
}

/// What came of reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// The name of its format.
    pub format: &'static str,
    /// How many articles it holds.
    pub articles: u64,
    /// How many of its parts are no articles.
    pub problems: u64,
    /// True when the file is not as it was found: its stamp is out of date.
    pub changed: bool,
}

/// Reads all articles of a file. A part that is none is reported and the rest is read.
///
/// # Errors
///
/// When the file is gone, may not be read, is empty or is no text.
pub fn read_file(entry: &FileEntry, on: &mut dyn FnMut(Result<Article>)) -> Result<FileReport> {
    read_manuscripts(entry, Limits::default(), &mut |manuscript| {
        on(manuscript.map(Manuscript::article));
        ControlFlow::Continue(())
    })
}

/// Like [`read_file`], for those who understand the articles elsewhere, or may want to stop on the way.
///
/// # Errors
///
/// As for [`read_file`].
pub fn read_manuscripts(
    entry: &FileEntry,
    limits: Limits,
    on: &mut dyn FnMut(Result<Manuscript>) -> ControlFlow<()>,
) -> Result<FileReport> {
    let (mut opened, size) = Opened::new(entry)?;
    let format = opened.format;
    let mut report = FileReport { format: format.name, articles: 0, problems: 0, changed: size != entry.size };
    let mut complaint = None;
    let mut end = 0;
    let source = Source { reader: &mut opened.reader, size, limits };
    let split = (format.split)(source, &mut |piece| {
        end = end.max(piece.range.end);
        match manuscript(entry, format, &piece) {
            Ok(manuscript) => {
                report.articles += 1;
                on(Ok(manuscript))
            }
            Err(reason) => match piece.part {
                // A file that is one article and holds none is no article itself.
                None => {
                    complaint = Some(reason);
                    ControlFlow::Break(())
                }
                Some(part) => {
                    report.problems += 1;
                    let reason = Clean::new(&reason).into_string();
                    on(Err(Error::BadPart { path: entry.shown.clone(), line: u64::from(part), reason }))
                }
            },
        }
    });
    split.map_err(|source| Error::Read { path: entry.shown.clone(), source })?;
    report.changed |= end > entry.size;
    if report.articles + report.problems == 0 {
        let reason = complaint.unwrap_or_else(|| "holds nothing but white space".to_owned());
        return Err(Error::NotAnArticle { path: entry.shown.clone(), reason });
    }
    Ok(report)
}

/// Reads one article again, from the place in its file where it was found.
///
/// When the file has changed since, the article is looked for by its id in the whole file. What lies
/// in its place instead is the last resort, and comes with a [`FindingKind::Changed`].
///
/// # Errors
///
/// When the file is gone or may not be read, or no article is left in that place.
pub fn read_article(origin: &Origin, expected: ArticleId, pile: &Pile) -> Result<Article> {
    let entry = entry_of(&origin.path, pile)?;
    if origin.part.is_some()
        && let Some(manuscript) = read_in_place(&entry, origin, expected)?
    {
        return Ok(manuscript.article());
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
    match found.or_else(|| instead.map(changed)) {
        Some(manuscript) => Ok(manuscript.article()),
        None => Err(Error::NotFound(format!(
            "{}:{}: the article is not there any more: the file has changed",
            Clean::new(&entry.shown.to_string_lossy()),
            origin.part.unwrap_or(1)
        ))),
    }
}

/// The article at its place, or `None` when another one is there.
fn read_in_place(entry: &FileEntry, origin: &Origin, expected: ArticleId) -> Result<Option<Manuscript>> {
    let length = origin.bytes.end.saturating_sub(origin.bytes.start);
    if length > Limits::default().whole {
        return Ok(None);
    }
    let (mut opened, size) = Opened::new(entry)?;
    if origin.bytes.end > size {
        return Ok(None);
    }
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    let read =
        opened.reader.seek(SeekFrom::Start(origin.bytes.start)).and_then(|_| opened.reader.read_exact(&mut bytes));
    match read {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(source) => return Err(Error::Read { path: entry.shown.clone(), source }),
    }
    if ArticleId::of(&bytes) != expected {
        return Ok(None);
    }
    let piece = Piece { bytes: &bytes, range: origin.bytes.clone(), part: origin.part };
    Ok(manuscript(entry, opened.format, &piece).ok())
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
        Ok(metadata) => Ok(FileEntry::new(path, shown, &metadata)),
        Err(source) => Err(Error::Read { path: shown, source }),
    }
}

/// One piece of a file as a manuscript; the error says why it is none.
fn manuscript(entry: &FileEntry, format: &Format, piece: &Piece<'_>) -> Result<Manuscript, String> {
    let name = entry.shown.file_name().map(|name| name.to_string_lossy());
    let sheet = (format.read)(piece, name.as_deref())?;
    let mut findings = sheet.findings;
    if piece.part.is_none() && piece.range.end != entry.size {
        findings.push(Finding::new(FindingKind::Changed, "the file was being written while it was read"));
    }
    let origin = Origin { path: entry.path.clone(), part: piece.part, bytes: piece.range.clone() };
    Ok(Manuscript { id: ArticleId::of(piece.bytes), origin, raw: sheet.raw, findings })
}

/// A file that holds text, at its beginning.
struct Opened {
    reader: Box<dyn Bytes>,
    format: &'static Format,
}

/// Bytes that can be read from anywhere.
trait Bytes: BufRead + Seek {}
impl<T: BufRead + Seek> Bytes for T {}

impl Opened {
    /// Opens a file and looks what it is; also tells its size.
    fn new(entry: &FileEntry) -> Result<(Opened, u64)> {
        let unreadable = |source| Error::Read { path: entry.shown.clone(), source };
        let (mut reader, size): (Box<dyn Bytes>, u64) = match entry.sample {
            Some(bytes) => (Box::new(io::Cursor::new(bytes)), bytes.len() as u64),
            None => {
                let file = File::open(&entry.path).map_err(unreadable)?;
                let size = file.metadata().map_err(unreadable)?.len();
                // A buffer no larger than the file: most files are small, and there are millions.
                let buffer = usize::try_from(size + 1).unwrap_or(BUFFER).min(BUFFER);
                (Box::new(BufReader::with_capacity(buffer, file)), size)
            }
        };
        let head = reader.fill_buf().map_err(unreadable)?;
        let head = &head[..head.len().min(8 << 10)];
        let reason = if head.is_empty() { Some("is empty".to_owned()) } else { binary::kind(head) };
        match reason {
            Some(reason) => Err(Error::NotAnArticle { path: entry.shown.clone(), reason }),
            None => {
                let format = format::of(&entry.shown, head);
                Ok((Opened { reader, format }, size))
            }
        }
    }
}
