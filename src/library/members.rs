//! Reading the files in an archive, as if each lay beside it.
//!
//! All members are read in one pass, in the order of the archive, and draw from one budget. The path of
//! an article is that of the archive and the name of the member (`pile.zip!/2021/a.html`); nothing on the
//! disk is ever opened by a member's name.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::pieces::{FileReport, Manuscript, Pieces, Reader};
use crate::error::{Error, Result};
use crate::format::archive::{self, Archive, BLOCK, Header, WITHIN, member_name};
use crate::format::packed::{self, Packing};
use crate::format::{self, Around, Bookmark, FieldNames, HEAD, Holds, Limits, Source, Told, binary, decode};
use crate::text::Clean;

/// All members of an archive may unpack to this many bytes, whatever its size …
const ROOM: u64 = 1 << 30;

/// … and to this many more for each of its own. Text packs to a tenth of its length; only what was made to
/// fill a disk packs better than this.
const MOST: u64 = 200;

/// An archive in an archive is held in memory where it must be read from its end.
const INNER: u64 = 64 << 20;

/// What is done with each manuscript, or problem, that is found.
pub(super) type On<'a> = &'a mut dyn FnMut(Result<Manuscript>) -> ControlFlow<()>;

/// An archive that is read.
pub(super) struct Members<'a> {
    /// The path of the archive, and the same as the reader would write it.
    pub path: PathBuf,
    pub shown: PathBuf,
    pub fields: &'a FieldNames,
    pub limits: Limits,
    /// The one member that is wanted, by its name; all without one.
    pub only: Option<String>,
    /// How many bytes may still be unpacked.
    left: Rc<Cell<u64>>,
    report: FileReport,
    /// Whether somebody has had enough.
    stopped: bool,
    /// How deep archives lie in one another.
    depth: usize,
}

impl<'a> Members<'a> {
    pub fn new(
        kind: Archive,
        (path, shown): (PathBuf, PathBuf),
        size: u64,
        fields: &'a FieldNames,
        limits: Limits,
    ) -> Members<'a> {
        let left = Rc::new(Cell::new(ROOM.saturating_add(size.saturating_mul(MOST))));
        let report = FileReport { format: kind.name(), articles: 0, problems: 0, changed: false };
        Members { path, shown, fields, limits, only: None, left, report, stopped: false, depth: 0 }
    }

    /// Reads all members.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read at all, or holds no article.
    pub fn read(mut self, kind: Archive, reader: &mut Reader, on: On<'_>) -> Result<FileReport> {
        let read = match (kind, reader) {
            (Archive::Zip, Reader::Plain(bytes)) => self.zip(&mut **bytes, on),
            (Archive::Zip, packed) => self.packed_zip(packed.as_bytes(), on),
            (Archive::Tar, reader) => self.tar(reader.as_bytes(), on),
        };
        if let Err(source) = read {
            let problem = Error::Read { path: self.shown.clone(), source };
            if self.report.articles == 0 {
                return Err(problem);
            }
            self.report.problems += 1;
            let _ = on(Err(problem));
        }
        if self.report.articles + self.report.problems == 0 && !self.stopped {
            let reason = "is an archive without articles".to_owned();
            return Err(Error::NotAnArticle { path: self.shown, reason });
        }
        Ok(self.report)
    }

    fn zip<R: BufRead + Seek + ?Sized>(&mut self, bytes: &mut R, on: On<'_>) -> io::Result<()> {
        let contents = archive::contents(bytes)?;
        for member in &contents.members {
            if self.stopped {
                return Ok(());
            }
            let name = member_name(&member.name);
            if member.name.ends_with('/') || !self.is_wanted(&name) {
                continue;
            }
            match archive::open(bytes, member) {
                Ok(mut inside) => self.member(&name, &mut inside, on)?,
                Err(error) => self.problem(&name, error.to_string(), on),
            }
        }
        if contents.is_damaged {
            self.told("the archive is damaged: its list of contents is missing or ends too early", on);
        }
        Ok(())
    }

    /// A ZIP archive that lies in something packed: it is read from its end, so it must fit in memory.
    fn packed_zip(&mut self, bytes: &mut dyn BufRead, on: On<'_>) -> io::Result<()> {
        let mut held = Vec::new();
        bytes.take(INNER + 1).read_to_end(&mut held)?;
        if held.len() as u64 > INNER {
            let reason = "an archive within something packed that is larger than 64 MB is not read (unpack it once)";
            return Err(io::Error::new(io::ErrorKind::Unsupported, reason));
        }
        self.zip(&mut Cursor::new(held), on)
    }

    fn tar(&mut self, bytes: &mut dyn BufRead, on: On<'_>) -> io::Result<()> {
        let (mut long_name, mut facts) = (None, (None, None));
        let mut damaged = false;
        loop {
            let mut block = Vec::with_capacity(BLOCK);
            Read::take(&mut *bytes, BLOCK as u64).read_to_end(&mut block)?;
            if block.is_empty() || self.stopped {
                break;
            }
            if block.len() < BLOCK && block.iter().any(|byte| *byte != 0) {
                self.told("the archive ends too early", on);
                break;
            }
            let Some(header) = Header::of(&block) else {
                // Empty blocks end an archive; another may follow, where archives were joined.
                if block.len() < BLOCK {
                    break;
                }
                continue;
            };
            if !header.is_sound {
                // Until a block is one that stands before a member.
                if !damaged {
                    self.told("the archive is damaged: members may be missing", on);
                }
                damaged = true;
                continue;
            }
            let size = facts.1.take().unwrap_or(header.size);
            let padding = size.next_multiple_of(BLOCK as u64) - size;
            let mut data = (&mut *bytes).take(size);
            match header.kind {
                b'0' | b'7' => {
                    let name = facts.0.take().or(long_name.take()).unwrap_or(header.name);
                    let name = member_name(&name);
                    if self.is_wanted(&name) {
                        self.member(&name, &mut data, on)?;
                    }
                }
                b'L' => {
                    let mut name = Vec::new();
                    (&mut data).take(64 << 10).read_to_end(&mut name)?;
                    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
                    long_name = Some(String::from_utf8_lossy(&name[..end]).into_owned());
                }
                b'x' => {
                    let mut records = Vec::new();
                    (&mut data).take(64 << 10).read_to_end(&mut records)?;
                    facts = archive::facts(&records);
                }
                _ => {}
            }
            let left = data.limit();
            let passed = io::copy(&mut Read::take(&mut *bytes, left + padding), &mut io::sink())?;
            if passed < left && !self.stopped {
                self.told("the archive ends too early: its last member is not whole", on);
                return Ok(());
            }
        }
        Ok(())
    }

    /// True for a member that may hold articles: hidden ones, and those of other kinds, are passed over.
    fn is_wanted(&self, name: &str) -> bool {
        if let Some(only) = &self.only {
            let rest = only.strip_prefix(name);
            return rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(WITHIN));
        }
        let is_hidden = name.split('/').any(|step| step.starts_with('.') || step == "__MACOSX");
        let extension = format::extension(Path::new(name));
        let is_known = extension.is_none_or(|extension| {
            format::by_extension(extension).is_some() || Archive::has_extension(extension) && self.depth == 0
        });
        !is_hidden && !name.is_empty() && is_known
    }

    /// Reads a member.
    fn member(&mut self, name: &str, bytes: &mut dyn BufRead, on: On<'_>) -> io::Result<()> {
        let metered = Metered { inner: bytes, left: Rc::clone(&self.left) };
        let mut metered = BufReader::with_capacity(64 << 10, metered);
        let packing = match metered.fill_buf() {
            Ok(head) => Packing::of(head),
            Err(error) => {
                self.problem(name, error.to_string(), on);
                return self.exhausted(error);
            }
        };
        let inside: io::Result<Box<dyn BufRead + '_>> = match packing {
            Some(packing) => packing.unpack(metered),
            None => Ok(Box::new(metered)),
        };
        let (head, mut reader) = match inside.and_then(|inside| packed::with_head(inside, HEAD)) {
            Ok(opened) => opened,
            Err(error) => {
                self.problem(name, error.to_string(), on);
                return Ok(());
            }
        };
        let beginning = &head[..head.len().min(8 << 10)];
        let is_unnamed = self.only.is_none() && format::extension(Path::new(name)).is_none();
        if let Some(kind) = Archive::of(&head) {
            return self.inner_archive(name, kind, &mut reader, on);
        }
        let wide = decode::utf16(beginning);
        // What is in units of two bytes is looked at as text.
        let text = wide.map(|_| decode::decode(decode::even(&head), false, None).text.into_owned());
        let narrow = text.as_deref().map_or(&head[..], str::as_bytes);
        let (format, told) = format::of(Path::new(name), &narrow[..narrow.len().min(HEAD)]);
        let refused =
            if told == Told::Beginning && format.holds == Holds::Bytes { None } else { binary::kind(beginning) };
        if head.is_empty() || refused.is_some() {
            // As in a folder, what has no extension and is no text is passed over.
            if !is_unnamed {
                self.problem(name, refused.unwrap_or_else(|| "is empty".to_owned()), on);
            }
            return Ok(());
        }
        let (path, shown) = (self.joined(&self.path, name), self.joined(&self.shown, name));
        let file_name = name.rsplit('/').next();
        let turned = wide.filter(|_| format.holds == Holds::Narrow);
        let preface = format.preface_of(if turned.is_some() { narrow } else { &head });
        if let Some(encoding) = turned {
            reader = decode::narrowed(reader, encoding);
        }
        let around = Around { file_name, preface, fields: Some(self.fields) };
        let pieces = Pieces {
            path: &path,
            shown: &shown,
            format,
            told,
            around: &around,
            size: u64::MAX,
            changed: false,
            inside: None,
        };
        let source = Source { reader: &mut *reader, from: Bookmark::default(), size: None, limits: self.limits };
        let mut stopped = false;
        let read = pieces.read(source, &mut |found| {
            let flow = on(found);
            stopped |= flow.is_break();
            flow
        });
        self.stopped |= stopped;
        match read {
            Ok(report) => {
                self.report.articles += report.articles;
                self.report.problems += report.problems;
            }
            Err(error) => {
                self.report.problems += 1;
                self.stopped |= on(Err(error)).is_break();
            }
        }
        Ok(())
    }

    /// An archive in this one; in such a one, none is read.
    fn inner_archive(&mut self, name: &str, kind: Archive, bytes: &mut dyn BufRead, on: On<'_>) -> io::Result<()> {
        if self.depth > 0 {
            self.problem(name, "is an archive in an archive in an archive, which is not read".to_owned(), on);
            return Ok(());
        }
        let only = self.only.as_ref().map(|only| only[name.len()..].trim_start_matches(WITHIN).to_owned());
        let mut inner = Members {
            path: self.joined(&self.path, name),
            shown: self.joined(&self.shown, name),
            fields: self.fields,
            limits: self.limits,
            only: only.filter(|only| !only.is_empty()),
            left: Rc::clone(&self.left),
            report: FileReport { format: kind.name(), articles: 0, problems: 0, changed: false },
            stopped: false,
            depth: 1,
        };
        let read = match kind {
            Archive::Zip => inner.packed_zip(bytes, on),
            Archive::Tar => inner.tar(bytes, on),
        };
        self.stopped |= inner.stopped;
        self.report.articles += inner.report.articles;
        self.report.problems += inner.report.problems;
        if let Err(error) = read {
            self.problem(name, error.to_string(), on);
        }
        Ok(())
    }

    fn joined(&self, archive: &Path, name: &str) -> PathBuf {
        let mut path = archive.as_os_str().to_owned();
        path.push(WITHIN);
        path.push(name);
        PathBuf::from(path)
    }

    /// What is wrong with a member.
    fn problem(&mut self, name: &str, reason: String, on: On<'_>) {
        let path = self.joined(&self.shown, name);
        self.report.problems += 1;
        let reason = Clean::new(&reason).into_string();
        self.stopped |= on(Err(Error::NotAnArticle { path, reason })).is_break();
    }

    /// What is wrong with the archive.
    fn told(&mut self, reason: &str, on: On<'_>) {
        self.report.problems += 1;
        let problem = Error::NotAnArticle { path: self.shown.clone(), reason: reason.to_owned() };
        self.stopped |= on(Err(problem)).is_break();
    }

    /// Goes on with the next member, unless nothing may be unpacked any more.
    fn exhausted(&mut self, error: io::Error) -> io::Result<()> {
        if self.left.get() == 0 { Err(error) } else { Ok(()) }
    }
}

/// Bytes of a member, counted beside the budget of the whole archive.
struct Metered<'a> {
    inner: &'a mut dyn BufRead,
    left: Rc<Cell<u64>>,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the archive ends too early"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged there")
            }
            _ => error,
        })?;
        let left = self.left.get();
        if (read as u64) > left {
            self.left.set(0);
            let reason = "the archive holds far more than any text packs to";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        self.left.set(left - read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Pile, read_article, read_manuscripts, walk};
    use super::*;
    use std::fs;
    use std::io::Write;

    /// A tar archive of these files.
    fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = Vec::new();
        for (name, bytes) in files {
            let mut head = [0u8; BLOCK];
            head[..name.len()].copy_from_slice(name.as_bytes());
            head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
            head[148..156].copy_from_slice(b"        ");
            head[156] = b'0';
            head[257..263].copy_from_slice(b"ustar\0");
            let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
            head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
            archive.extend_from_slice(&head);
            archive.extend_from_slice(bytes);
            archive.resize(archive.len().next_multiple_of(BLOCK), 0);
        }
        archive.resize(archive.len() + 2 * BLOCK, 0);
        archive
    }

    /// A ZIP archive of these files, as they are.
    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (name, content) in files {
            let at = (bytes.len() as u32).to_le_bytes();
            let size = (content.len() as u32).to_le_bytes();
            let length = (name.len() as u16).to_le_bytes();
            bytes.extend(
                [
                    b"PK\x03\x04\x0a\0\0\x08\0\0\0\0\0\0\0\0\0\0".as_slice(),
                    &size,
                    &size,
                    &length,
                    &[0; 2],
                    name.as_bytes(),
                    content,
                ]
                .concat(),
            );
            list.extend(
                [
                    b"PK\x01\x02\x0a\0\x0a\0\0\x08\0\0\0\0\0\0\0\0\0\0".as_slice(),
                    &size,
                    &size,
                    &length,
                    &[0; 12],
                    &at,
                    name.as_bytes(),
                ]
                .concat(),
            );
        }
        let end = [(list.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        [&bytes[..], &list, b"PK\x05\x06\0\0\0\0\x01\0\x01\0", &end, &[0; 2]].concat()
    }

    /// The articles in an archive (path in it, part and text), the complaints, and whether each article is
    /// found again.
    fn check(name: &str, archive: &[u8], expected: &[(&str, Option<u32>, &str)], complaints: &[&str]) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, archive).expect("written");
        let pile = Pile::open(std::slice::from_ref(&path), Path::new("unused")).expect("no stream is asked for");
        let (mut found, mut told) = (Vec::new(), Vec::new());
        let bare = |text: String| text.replace(&folder.path().join("").display().to_string(), "");
        walk(&pile, |entry| {
            let read = read_manuscripts(&entry.expect("readable"), Limits::default(), &mut |manuscript| {
                match manuscript {
                    Ok(manuscript) => found.push(manuscript),
                    Err(error) => told.push(bare(error.to_string())),
                }
                ControlFlow::Continue(())
            });
            told.extend(read.err().map(|error| bare(error.to_string())));
        });
        let shown = found.iter().map(|manuscript| {
            (
                bare(pile.shown(&manuscript.origin.path).display().to_string()),
                manuscript.origin.part,
                manuscript.raw.text.clone(),
            )
        });
        let expected: Vec<_> =
            expected.iter().map(|(path, part, text)| ((*path).to_owned(), *part, (*text).to_owned())).collect();
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(told, complaints);
        for manuscript in found {
            let again = read_article(&manuscript.origin, manuscript.id, &pile).expect("it is still there");
            assert_eq!((again.id, &again.origin), (manuscript.id, &manuscript.origin));
        }
    }

    const LINES: &[u8] = b"{\"text\":\"one\"}\n{\"text\":\"two\"}\n";

    #[test]
    fn the_files_of_an_archive_are_read_as_those_of_a_folder() {
        let files: &[(&str, &[u8])] = &[
            ("2021/a.txt", b"Harbour"),
            ("../b.jsonl", LINES),
            (".hidden.txt", b"no"),
            ("x.png", b"\x89PNG\r\n\x1a\n"),
            ("empty.txt", b""),
        ];
        for (name, archive) in [("pile.zip", zipped(files)), ("pile.tar", tarred(files)), ("unnamed", tarred(files))] {
            let path = |member: &str| format!("{name}!/{member}");
            let (one, two) = (path("2021/a.txt"), path("b.jsonl"));
            check(
                name,
                &archive,
                &[(&one, None, "Harbour"), (&two, Some(1), "one"), (&two, Some(2), "two")],
                &[&format!("{}: is empty; skipped", path("empty.txt"))],
            );
        }
    }

    #[test]
    fn members_in_units_of_two_bytes_are_read_as_text() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let table = wide("\u{feff}title\ttext\nOne\tclosed\n");
        let feed = wide(
            "\u{feff}<rss version=\"2.0\"><channel><item><title>T</title><description>sold</description></item></channel></rss>",
        );
        let files: &[(&str, &[u8])] = &[("a.tsv", &table), ("b.xml", &feed), ("c.txt", &wide("\u{feff}Harbour"))];
        let expected: &[(&str, Option<u32>, &str)] = &[
            ("pile.zip!/a.tsv", Some(1), "closed"),
            ("pile.zip!/b.xml", Some(1), "sold"),
            ("pile.zip!/c.txt", None, "Harbour"),
        ];
        check("pile.zip", &zipped(files), expected, &[]);
    }

    #[test]
    fn packed_archives_and_archives_in_archives_are_read() {
        let pack = |bytes: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written")
        };
        let inner = tarred(&[("c.txt", b"Inner")]);
        let files: &[(&str, &[u8])] = &[
            ("a.jsonl.gz", &pack(LINES)),
            ("in.tar", &inner),
            ("in.zip", &zipped(&[("d.txt", b"Zipped"), ("e.tar", &inner)])),
        ];
        check(
            "pile.tar.gz",
            &pack(&tarred(files)),
            &[
                ("pile.tar.gz!/a.jsonl.gz", Some(1), "one"),
                ("pile.tar.gz!/a.jsonl.gz", Some(2), "two"),
                ("pile.tar.gz!/in.tar!/c.txt", None, "Inner"),
                ("pile.tar.gz!/in.zip!/d.txt", None, "Zipped"),
            ],
            &[],
        );
    }

    #[test]
    fn a_damaged_archive_gives_what_is_whole() {
        let files: &[(&str, &[u8])] = &[("a.txt", b"Harbour"), ("b.txt", b"Ferry")];
        let archive = zipped(files);
        check(
            "pile.zip",
            &archive[..archive.len() - 30],
            &[("pile.zip!/a.txt", None, "Harbour"), ("pile.zip!/b.txt", None, "Ferry")],
            &["pile.zip: the archive is damaged: its list of contents is missing or ends too early; skipped"],
        );
        let mut archive = tarred(&[("a.txt", b"Harbour"), ("b.txt", b"Ferry"), ("c.txt", b"Bridge")]);
        archive[2 * BLOCK] ^= 0x55;
        check(
            "pile.tar",
            &archive,
            &[("pile.tar!/a.txt", None, "Harbour"), ("pile.tar!/c.txt", None, "Bridge")],
            &["pile.tar: the archive is damaged: members may be missing; skipped"],
        );
        check("pile.zip", &zipped(&[("x.png", b"x")]), &[], &["pile.zip: is an archive without articles; skipped"]);
    }
}
