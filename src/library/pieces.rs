//! The articles of a file, one after the other, and what is told where there are none.

use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;

use crate::article::{Article, ArticleId, Finding, FindingKind, Origin};
use crate::error::{Error, Result};
use crate::extract::{self, RawArticle};
use crate::format::{Around, Bookmark, Format, Piece, Source, Told};
use crate::text::Clean;

/// How many problems are kept until there is an article.
const HELD: usize = 100;

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
    /// The name of the format that it was read as, and what told that.
    pub read_as: (&'static str, Told),
}

impl Manuscript {
    /// Where reading goes on behind it, in a file that grows: the parts of such files are their lines.
    pub fn bookmark(&self) -> Bookmark {
        Bookmark { byte: self.origin.bytes.end, line: self.origin.part.map_or(0, u64::from) }
    }

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

/// A file, or a member of an archive, whose articles are read one after the other.
pub(super) struct Pieces<'a> {
    /// Its path, and the same as the reader would write it.
    pub path: &'a Path,
    pub shown: &'a Path,
    pub format: &'static Format,
    /// What told the format.
    pub told: Told,
    pub around: &'a Around<'a>,
    /// The size of the file when it was found.
    pub size: u64,
    /// Whether it has another one now.
    pub changed: bool,
    /// How many bytes there should be, where that is known.
    pub inside: Option<u64>,
}

impl Pieces<'_> {
    /// Reads all of them from the place where the source is.
    ///
    /// # Errors
    ///
    /// When there is no article in it, or it cannot be read.
    pub fn read(
        self,
        source: Source<'_>,
        on: &mut dyn FnMut(Result<Manuscript>) -> ControlFlow<()>,
    ) -> Result<FileReport> {
        let Pieces { path, shown, format, told, around, size, changed, inside } = self;
        let goes_on = source.from.byte > 0;
        let mut report = FileReport { format: format.name, articles: 0, problems: 0, changed };
        // The problems of a file without any article so far, which may be none of its kind at all.
        let mut held = Vec::new();
        let mut complaint = None;
        let mut end = 0;
        let split = (format.split)(source, &mut |piece| {
            end = end.max(piece.range.end);
            let grown = inside.is_some() && piece.range.end > size;
            match manuscript(path, (format, told), &piece, around, changed || grown) {
                Ok(manuscript) => {
                    report.articles += 1;
                    for problem in held.drain(..) {
                        let _ = on(Err(problem));
                    }
                    on(Ok(manuscript))
                }
                Err(reason) => {
                    let reason = Clean::new(&reason).into_string();
                    // A file that is one article and holds none is no article itself.
                    if piece.part.is_none() {
                        complaint = Some(reason);
                        return ControlFlow::Break(());
                    }
                    report.problems += 1;
                    let problem = Error::BadPart { path: shown.to_owned(), line: piece.line, reason };
                    if report.articles > 0 {
                        return on(Err(problem));
                    }
                    if held.len() < HELD {
                        held.push(problem);
                    }
                    ControlFlow::Continue(())
                }
            }
        });
        if let Err(source) = split {
            let damaged = matches!(source.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData);
            let problem = Error::Read { path: shown.to_owned(), source };
            // What was found before the damage is worth reading.
            if !damaged || report.articles == 0 {
                return Err(problem);
            }
            report.problems += 1;
            let _ = on(Err(problem));
        }
        report.changed |= inside.is_some() && end > size;
        if report.articles == 0 {
            let reason = match (complaint, held.first()) {
                (Some(reason), _) => reason,
                (None, Some(Error::BadPart { line, reason, .. })) if report.problems > 1 && !goes_on => {
                    format!("none of its {} parts is an article (line {line}: {reason})", report.problems)
                }
                (None, None) if goes_on => return Ok(report),
                (None, Some(_)) => {
                    for problem in held {
                        let _ = on(Err(problem));
                    }
                    return Ok(report);
                }
                (None, None) => "holds nothing but white space".to_owned(),
            };
            return Err(Error::NotAnArticle { path: shown.to_owned(), reason });
        }
        Ok(report)
    }
}

/// One piece of a file as a manuscript; the error says why it is none.
pub(super) fn manuscript(
    path: &Path,
    (format, told): (&Format, Told),
    piece: &Piece<'_>,
    around: &Around<'_>,
    changed: bool,
) -> Result<Manuscript, String> {
    let sheet = format.read_piece(piece, around)?;
    let mut findings = sheet.findings;
    // In a file of many, one that was added says nothing about the others.
    if changed && piece.part.is_none() {
        findings.push(Finding::new(FindingKind::Changed, "the file was being written while it was read"));
    }
    let origin = Origin { path: path.to_owned(), part: piece.part, bytes: piece.range.clone() };
    let read_as = (format.name, told);
    Ok(Manuscript { id: ArticleId::of(piece.bytes), origin, raw: sheet.raw, findings, read_as })
}

/// The bytes of a file, unpacked.
pub(super) enum Reader {
    /// A file as it is, which can be read from anywhere.
    Plain(Box<dyn Bytes>),
    /// What is in a packed file, which is read from its beginning.
    Packed(Box<dyn BufRead>),
}

/// Bytes that can be read from anywhere.
pub(super) trait Bytes: BufRead + Seek + Send {}
impl<T: BufRead + Seek + Send> Bytes for T {}

impl Reader {
    pub fn is_plain(&self) -> bool {
        matches!(self, Reader::Plain(_))
    }

    pub fn as_bytes(&mut self) -> &mut dyn BufRead {
        match self {
            Reader::Plain(reader) => reader,
            Reader::Packed(reader) => reader,
        }
    }

    /// Goes to the byte at `place`; of a packed file nothing has been taken yet.
    pub fn pass_to(&mut self, place: u64) -> io::Result<()> {
        match self {
            Reader::Plain(reader) => reader.seek(SeekFrom::Start(place)).map(drop),
            Reader::Packed(reader) => io::copy(&mut reader.take(place), &mut io::sink()).map(drop),
        }
    }
}
