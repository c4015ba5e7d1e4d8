//! Reading the files of a pile.

use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;

use super::members::Members;
use super::pieces::{Bytes, FileReport, Manuscript, Pieces, Reader};
use super::waiting::Unhurried;
use super::walk::FileEntry;
use crate::article::Article;
use crate::error::{Error, Result};
use crate::format::archive::Archive;
use crate::format::packed::{self, Packing};
use crate::format::{self, Around, Bookmark, Format, HEAD, Holds, Limits, Preface, Source, Told, binary, decode};

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
    OpenFile::new(entry)?.read(limits, Bookmark::default(), on)
}

/// A file of text whose beginning was looked at, to be read from there or from further on.
pub struct OpenFile<'a> {
    entry: &'a FileEntry,
    pub(super) reader: Reader,
    pub(super) format: &'static Format,
    /// What told the format.
    pub(super) told: Told,
    pub(super) around: Around<'a>,
    /// The size of the file as it lies on the disk.
    pub(super) size: u64,
    grows: bool,
    /// What archive of files it is, if it is one.
    archive: Option<Archive>,
}

impl OpenFile<'_> {
    /// True when reading may go on behind any of its articles, now and when more was added.
    pub fn grows(&self) -> bool {
        self.grows
    }

    /// Reads the articles of one member of an archive.
    ///
    /// # Errors
    ///
    /// As for [`read_file`].
    pub(super) fn read_member(
        mut self,
        member: String,
        on: &mut dyn FnMut(Result<Manuscript>) -> ControlFlow<()>,
    ) -> Result<FileReport> {
        let entry = self.entry;
        let Some(kind) = self.archive else {
            let reason = "is no archive any more".to_owned();
            return Err(Error::NotAnArticle { path: entry.shown.clone(), reason });
        };
        let place = (entry.path.clone(), entry.shown.clone());
        let mut members = Members::new(kind, place, self.size, &entry.fields, Limits::default());
        members.only = Some(member);
        members.read(kind, &mut self.reader, on)
    }

    /// Reads the articles behind `from`, which is the beginning unless the file [grows](Self::grows).
    ///
    /// # Errors
    ///
    /// As for [`read_file`]; but it is no error that nothing stands behind a bookmark.
    pub fn read(
        self,
        limits: Limits,
        from: Bookmark,
        on: &mut dyn FnMut(Result<Manuscript>) -> ControlFlow<()>,
    ) -> Result<FileReport> {
        let OpenFile { entry, mut reader, format, told, around, size, archive, .. } = self;
        let changed = size != entry.size;
        if let Some(kind) = archive {
            let place = (entry.path.clone(), entry.shown.clone());
            return Members::new(kind, place, size, &entry.fields, limits).read(kind, &mut reader, on);
        }
        if from.byte > 0 {
            reader.pass_to(from.byte).map_err(|source| Error::Read { path: entry.shown.clone(), source })?;
        }
        // How long a packed file is inside is known at its end.
        let inside = reader.is_plain().then_some(size);
        let pieces = Pieces {
            path: &entry.path,
            shown: &entry.shown,
            format,
            told,
            around: &around,
            size: entry.size,
            changed,
            inside,
        };
        pieces.read(Source { reader: reader.as_bytes(), from, size: inside, limits }, on)
    }
}

/// What is known of a file around its articles.
pub(super) fn around(entry: &FileEntry, preface: Preface) -> Around<'_> {
    let file_name = entry.shown.file_name().and_then(|name| name.to_str());
    Around { file_name, preface, fields: Some(&entry.fields) }
}

impl<'a> OpenFile<'a> {
    /// Opens a file and looks what it is.
    ///
    /// # Errors
    ///
    /// When the file is gone, may not be read, is empty or is no text.
    pub fn new(entry: &'a FileEntry) -> Result<OpenFile<'a>> {
        let unreadable = |source| Error::Read { path: entry.shown.clone(), source };
        let refused = |reason| Error::NotAnArticle { path: entry.shown.clone(), reason };
        let (mut reader, size): (Box<dyn Bytes>, u64) = match entry.sample {
            Some(bytes) => (Box::new(io::Cursor::new(bytes)), bytes.len() as u64),
            None => {
                let file = Unhurried::open(&entry.path).map_err(unreadable)?;
                let metadata = file.metadata().map_err(unreadable)?;
                if !metadata.is_file() {
                    return Err(refused("is no file (it is a device or a folder)".to_owned()));
                }
                let size = metadata.len();
                // A buffer no larger than the file: most files are small, and there are millions.
                let buffer = usize::try_from(size + 1).unwrap_or(HEAD).min(HEAD);
                (Box::new(BufReader::with_capacity(buffer, file)), size)
            }
        };
        let packing = Packing::of(reader.fill_buf().map_err(unreadable)?);
        let mut unpacked = Vec::new();
        let mut reader = match packing {
            None => Reader::Plain(reader),
            Some(packing) => {
                let inside = packing.unpack(reader).and_then(|inside| packed::with_head(inside, HEAD));
                let (head, inside) = inside.map_err(unreadable)?;
                unpacked = head;
                Reader::Packed(inside)
            }
        };
        let head = match &mut reader {
            Reader::Plain(reader) => reader.fill_buf().map_err(unreadable)?,
            Reader::Packed(_) => &unpacked,
        };
        let beginning = &head[..head.len().min(8 << 10)];
        if head.is_empty() {
            return Err(refused("is empty".to_owned()));
        }
        let archive = Archive::of(head);
        let wide = decode::utf16(beginning).filter(|_| archive.is_none());
        // What is in units of two bytes is looked at as text.
        let text = wide.map(|_| decode::decode(decode::even(head), false, None).text.into_owned());
        let narrow = text.as_deref().map_or(head, str::as_bytes);
        let (format, told) = format::of(&entry.shown, &narrow[..narrow.len().min(HEAD)]);
        let is_told = archive.is_some() || told == Told::Beginning && format.holds == Holds::Bytes;
        if let Some(reason) = binary::kind(beginning).filter(|_| !is_told) {
            return Err(refused(reason));
        }
        let is_turned = wide.is_some() && format.holds == Holds::Narrow;
        let head = if is_turned { narrow } else { head };
        let around = around(entry, format.preface_of(head));
        let grows = format.grows && packing.is_none() && wide.is_none() && archive.is_none();
        if let Some(encoding) = wide.filter(|_| is_turned) {
            let bytes: Box<dyn BufRead> = match reader {
                Reader::Plain(reader) => Box::new(reader),
                Reader::Packed(reader) => reader,
            };
            reader = Reader::Packed(decode::narrowed(bytes, encoding));
        }
        Ok(OpenFile { entry, reader, format, told, around, size, grows, archive })
    }
}

#[cfg(test)]
mod tests {
    use super::super::pile::Pile;
    use super::super::reread::{read_article, read_manuscript};
    use super::super::walk::walk;
    use super::*;
    use crate::article::{ArticleId, FindingKind};
    use std::fs;
    use std::path::{Path, PathBuf};
    use tempfile::TempDir;

    const LIMITS: Limits = Limits { whole: 4000, cut: 100 };

    /// A folder with one file, and the pile that is that file.
    fn file(name: &str, bytes: impl AsRef<[u8]>) -> (TempDir, PathBuf, Pile) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        let pile = Pile::open(std::slice::from_ref(&path), Path::new("unused")).expect("no stream is asked for");
        (folder, path, pile)
    }

    fn entries(pile: &Pile) -> Vec<FileEntry> {
        let mut entries = Vec::new();
        walk(pile, |entry| entries.push(entry.expect("readable")));
        entries
    }

    /// What a file holds: manuscripts, complaints without the folder, and the report.
    fn read(entry: &FileEntry) -> (Vec<Manuscript>, Vec<String>, Result<FileReport, String>) {
        let (mut manuscripts, mut complaints) = (Vec::new(), Vec::new());
        let folder = entry.shown.parent().map_or(String::new(), |folder| folder.join("").display().to_string());
        let bare = |error: Error| error.to_string().replace(&folder, "");
        let report = read_manuscripts(entry, LIMITS, &mut |found| {
            match found {
                Ok(manuscript) => manuscripts.push(manuscript),
                Err(error) => complaints.push(bare(error)),
            }
            ControlFlow::Continue(())
        });
        (manuscripts, complaints, report.map_err(bare))
    }

    /// The only article in a file with these bytes.
    fn article(name: &str, bytes: impl AsRef<[u8]>) -> Manuscript {
        let (_folder, _, pile) = file(name, bytes);
        let (mut manuscripts, complaints, report) = read(&entries(&pile)[0]);
        assert_eq!((manuscripts.len(), complaints), (1, vec![]), "{report:?}");
        manuscripts.remove(0)
    }

    fn kinds(manuscript: &Manuscript) -> Vec<FindingKind> {
        manuscript.findings.iter().map(|finding| finding.kind).collect()
    }

    /// Why a file with these bytes is no article.
    fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
        let (_folder, _, pile) = file(name, bytes);
        let (manuscripts, complaints, report) = read(&entries(&pile)[0]);
        assert_eq!((manuscripts, complaints), (vec![], vec![]));
        report.expect_err("no article")
    }

    #[test]
    fn a_text_is_an_article_with_a_name_and_a_place() {
        let manuscript = article("20210216 Musk.txt", "Musk invites Putin\n");
        assert_eq!(manuscript.raw.text, "Musk invites Putin\n");
        assert_eq!(manuscript.raw.file_name.as_deref(), Some("20210216 Musk.txt"));
        assert_eq!(manuscript.id, ArticleId::of(b"Musk invites Putin\n"));
        assert_eq!((manuscript.origin.part, manuscript.origin.bytes.clone()), (None, 0..19));
        assert_eq!(manuscript.findings, []);
    }

    #[test]
    fn what_is_no_article_says_what_it_is() {
        for (bytes, reason) in [
            (&b""[..], "a.txt: is empty; skipped"),
            (b"\n \n", "a.txt: holds nothing but white space; skipped"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.txt: is not text (it begins like a PNG image); skipped"),
            (&[0; 5000], "a.txt: is not text (it holds zero bytes); skipped"),
        ] {
            assert_eq!(refused("a.txt", bytes), reason);
        }
        assert_eq!(refused("a.jsonl", "\n\n"), "a.jsonl: holds nothing but white space; skipped");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_not_read() {
        let pile = Pile::open(&["/dev/zero".into()], Path::new("unused")).expect("no stream is asked for");
        let (_, _, report) = read(&entries(&pile)[0]);
        assert_eq!(report.expect_err("no file"), "zero: is no file (it is a device or a folder); skipped");
    }

    #[test]
    fn encodings_are_found_out() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let russian = "Глава компании пригласил президента на разговор.";
        let german = "Das Gespräch führten zwei Künstler.";
        for (bytes, text, findings) in [
            (german.as_bytes().to_vec(), german, vec![]),
            (wide(&format!("\u{feff}{german}")), german, vec![]),
            (wide(russian), russian, vec![FindingKind::Encoding]),
            (encoding_rs::WINDOWS_1252.encode(german).0.into_owned(), german, vec![FindingKind::Encoding]),
            (encoding_rs::WINDOWS_1251.encode(russian).0.into_owned(), russian, vec![FindingKind::Encoding]),
        ] {
            let manuscript = article("a.txt", bytes);
            assert_eq!((manuscript.raw.text.as_str(), kinds(&manuscript)), (text, findings));
        }
        let broken = [german.as_bytes(), b" \xc3"].concat();
        let manuscript = article("a.txt", broken);
        assert_eq!(manuscript.raw.text, format!("{german} \u{fffd}"));
        assert_eq!(kinds(&manuscript), [FindingKind::Encoding]);
    }

    #[test]
    fn a_file_without_end_is_cut() {
        let manuscript = article("a.txt", "word ".repeat(1000));
        assert_eq!(manuscript.raw.text.len(), 99);
        assert_eq!(kinds(&manuscript), [FindingKind::CutShort]);
        assert_eq!(manuscript.findings[0].note, "the first 99 bytes of 4 kB were read");
        let manuscript = article("a.txt", "a".repeat(200_000));
        assert_eq!(manuscript.raw.text.len(), 100);
    }

    #[cfg(unix)]
    #[test]
    fn a_huge_file_is_not_read_to_its_end() {
        let (_folder, path, pile) = file("a.txt", "one line ".repeat(1000));
        // A sparse file of a terabyte: reading it would take minutes, and all memory.
        fs::File::options().write(true).open(path).and_then(|file| file.set_len(1 << 40)).expect("a sparse file");
        let (manuscripts, _, _) = read(&entries(&pile)[0]);
        assert_eq!(manuscripts[0].raw.text.len(), 98);
        assert_eq!(manuscripts[0].findings[0].note, "the first 98 bytes of 1048576 MB were read");
    }

    #[test]
    fn a_file_that_vanishes_is_reported() {
        let (_folder, path, pile) = file("a.txt", "text");
        let entry = &entries(&pile)[0];
        fs::remove_file(path).expect("removed");
        let (manuscripts, _, report) = read(entry);
        assert_eq!(manuscripts, []);
        assert!(report.expect_err("gone").starts_with("a.txt: cannot be read: "));
    }

    #[test]
    fn a_file_that_grows_is_read_to_its_new_end_and_says_so() {
        let (_folder, path, pile) = file("a.txt", "text");
        let entry = &entries(&pile)[0];
        fs::write(path, "text and more").expect("written");
        let (manuscripts, _, report) = read(entry);
        assert_eq!(manuscripts[0].raw.text, "text and more");
        assert_eq!(kinds(&manuscripts[0]), [FindingKind::Changed]);
        assert!(report.expect("read").changed);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_may_not_be_read_is_reported() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path, pile) = file("a.txt", "text");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("set");
        // Root may read anything.
        if fs::File::open(&path).is_err() {
            let (_, _, report) = read(&entries(&pile)[0]);
            assert_eq!(report.expect_err("not allowed"), "a.txt: cannot be read: permission denied; skipped");
        }
    }

    #[test]
    fn a_broken_line_is_reported_with_its_number() {
        let (_folder, _, pile) =
            file("a.jsonl", "{\"text\":\"a\"}\n{broken\n{\"text\":\"\\u001b[31mred\"}\n{\"\\u001b[2J\":1}\n");
        let (manuscripts, complaints, report) = read(&entries(&pile)[0]);
        let texts: Vec<&str> = manuscripts.iter().map(|manuscript| manuscript.raw.text.as_str()).collect();
        assert_eq!(texts, ["a", "\x1b[31mred"]);
        assert_eq!(
            complaints,
            [
                "a.jsonl:2: not JSON (key must be a string at column 2); skipped",
                "a.jsonl:4: no field with a title or text (there are: ); skipped",
            ]
        );
        assert_eq!(report, Ok(FileReport { format: "jsonl", articles: 2, problems: 2, changed: false }));
    }

    #[test]
    fn a_file_of_another_kind_is_one_complaint() {
        let (_folder, _, pile) = file("a.jsonl", "[\n  7,\n  8,\n  9\n]\n".repeat(100));
        let (manuscripts, complaints, report) = read(&entries(&pile)[0]);
        assert_eq!((manuscripts, complaints), (vec![], vec![]));
        assert_eq!(
            report.expect_err("no article"),
            "a.jsonl: none of its 500 parts is an article (line 1: not an object (it begins like a JSON array)); skipped"
        );
        let (_folder, _, pile) = file("a.jsonl", "x\ny\n{\"text\": \"a\"}\nz\n");
        let (manuscripts, complaints, _) = read(&entries(&pile)[0]);
        assert_eq!((manuscripts.len(), complaints.len()), (1, 3));
    }

    #[test]
    fn short_lines_are_decoded_like_their_file() {
        let lines =
            format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Дума\"}}\n", "Глава компании пригласил президента на разговор.");
        let (_folder, _, pile) = file("a.jsonl", encoding_rs::WINDOWS_1251.encode(&lines).0);
        let (manuscripts, _, _) = read(&entries(&pile)[0]);
        assert_eq!(manuscripts[1].raw.text, "Дума");
        let again = read_manuscript(&manuscripts[1].origin, manuscripts[1].id, &pile).expect("read back");
        assert_eq!(again, manuscripts[1]);
    }

    #[test]
    fn a_file_may_be_an_object_or_a_list_of_them() {
        let manuscript = article("a.json", "{\n \"text\": \"a\"\n}\n");
        assert_eq!((manuscript.origin.part, manuscript.origin.bytes.clone()), (None, 0..16));
        assert_eq!(manuscript.findings, []);
        let (_folder, _, pile) = file("a.json", "[{\"text\":\"a\"},\n{\"text\":\"b\"},\n{}]\n");
        let (manuscripts, complaints, _) = read(&entries(&pile)[0]);
        assert_eq!(complaints, ["a.json:3: no field with a title or text; skipped"]);
        for manuscript in &manuscripts {
            let again = read_manuscript(&manuscript.origin, manuscript.id, &pile).expect("read back");
            assert_eq!(again, *manuscript);
        }
        assert_eq!(manuscripts.len(), 2);
    }

    #[test]
    fn every_article_is_read_back_from_its_place() {
        let lines = "\u{feff}{\"title\":\"Erstes Gespräch\",\"text\":\"a\"}\r\n\r\n {\"text\":\"马斯克\"} \nnonsense\n{\"text\":\"c\"}";
        let wide: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, bytes) in [
            ("a.jsonl", lines.as_bytes()),
            ("a.jsonl", &wide),
            ("a.jsonl", &wide[2..]),
            ("stdin", lines.trim_start_matches('\u{feff}').as_bytes()),
            ("a.txt", b"Text."),
        ] {
            let (_folder, _, pile) = file(name, bytes);
            let (manuscripts, _, _) = read(&entries(&pile)[0]);
            assert_eq!(manuscripts.len(), if name == "a.txt" { 1 } else { 3 });
            for manuscript in manuscripts {
                let again = read_manuscript(&manuscript.origin, manuscript.id, &pile).expect("read back");
                assert_eq!(again, manuscript);
            }
        }
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, bytes).and_then(|()| encoder.finish()).expect("packed")
    }

    #[test]
    fn packed_files_are_read_and_read_back_as_what_is_in_them() {
        let lines = "{\"title\":\"Erstes Gespräch\",\"text\":\"a\"}\nnonsense\n{\"text\":\"c\"}\n".repeat(2000);
        let zstandard = zstd::encode_all(lines.as_bytes(), 1).expect("packed");
        for (name, bytes) in [
            ("a.jsonl.gz", gzip(lines.as_bytes())),
            ("a.jsonl.zst", zstandard.clone()),
            ("dump.gz", gzip(lines.as_bytes())),
            ("stdin", zstandard),
        ] {
            let (_folder, _, pile) = file(name, bytes);
            let (manuscripts, complaints, report) = read(&entries(&pile)[0]);
            let report = report.expect("articles");
            assert_eq!((report.format, report.changed, complaints.len()), ("jsonl", false, 2000), "{name}");
            assert_eq!(manuscripts.len(), 4000);
            for manuscript in [&manuscripts[0], &manuscripts[3999]] {
                let again = read_manuscript(&manuscript.origin, manuscript.id, &pile).expect("read back");
                assert_eq!(&again, manuscript);
            }
        }
        let manuscript = article("a.txt.gz", gzip(b"Musk invites Putin\n"));
        assert_eq!(manuscript.id, ArticleId::of(b"Musk invites Putin\n"));
        let manuscript = article("a.txt.gz", gzip(&b"word ".repeat(1000)));
        assert_eq!(kinds(&manuscript), [FindingKind::CutShort]);
    }

    #[test]
    fn packed_files_that_hold_no_text_say_so() {
        assert_eq!(refused("a.txt.gz", gzip(b"")), "a.txt.gz: is empty; skipped");
        assert_eq!(refused("a.gz", gzip(&[0; 5000])), "a.gz: is not text (it holds zero bytes); skipped");
        assert_eq!(refused("a.gz", gzip(&gzip(b"text"))), "a.gz: is not text (it begins like a gzip archive); skipped");
        assert_eq!(
            refused("a.gz", b"\x1f\x8b\x08\xff damaged"),
            "a.gz: cannot be read: the packed file is damaged; skipped"
        );
    }

    #[test]
    fn what_stands_before_the_damage_is_read() {
        let lines: String = (0..9000).map(|n| format!("{{\"text\":\"Harbour {}\"}}\n", n * 7919 % 10_007)).collect();
        let packed = gzip(lines.as_bytes());
        let (_folder, _, pile) = file("a.jsonl.gz", &packed[..packed.len() * 9 / 10]);
        let (manuscripts, complaints, report) = read(&entries(&pile)[0]);
        assert!(manuscripts.len() > 1000, "{}", manuscripts.len());
        assert_eq!(
            complaints.last().map(String::as_str),
            Some("a.jsonl.gz: cannot be read: the packed file ends too early; skipped")
        );
        assert!(report.is_ok());
    }

    #[test]
    fn an_article_that_moved_within_its_file_is_found() {
        let (_folder, path, pile) = file("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
        let (manuscripts, _, _) = read(&entries(&pile)[0]);
        fs::write(path, "{\"text\":\"new\"}\n{\"text\":\"b\"}\n{\"text\":\"a\"}").expect("written");
        let again = read_manuscript(&manuscripts[0].origin, manuscripts[0].id, &pile).expect("found");
        assert_eq!((again.raw.text.as_str(), again.origin.part, kinds(&again)), ("a", Some(3), vec![]));
    }

    #[test]
    fn an_article_that_changed_is_shown_as_it_is_now() {
        for (name, before, after, text) in [
            ("a.txt", "old text", "new text", "new text"),
            ("a.jsonl", "{\"text\":\"old\"}", "{\"text\":\"new\"}", "new"),
        ] {
            let (_folder, path, pile) = file(name, before);
            let (manuscripts, _, _) = read(&entries(&pile)[0]);
            fs::write(&path, after).expect("written");
            let again = read_manuscript(&manuscripts[0].origin, manuscripts[0].id, &pile).expect("something");
            assert_eq!((again.raw.text.as_str(), kinds(&again)), (text, vec![FindingKind::Changed]));
        }
    }

    #[test]
    fn an_article_that_is_gone_is_reported() {
        let (_folder, path, pile) = file("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
        let (manuscripts, _, _) = read(&entries(&pile)[0]);
        let gone = || read_manuscript(&manuscripts[1].origin, manuscripts[1].id, &pile).expect_err("gone").to_string();
        fs::write(&path, "{\"text\":\"a\"}\n").expect("written");
        assert!(gone().ends_with("a.jsonl:2: the article is not there any more: the file has changed"), "{}", gone());
        fs::remove_file(&path).expect("removed");
        assert!(gone().contains("a.jsonl: cannot be read: "), "{}", gone());
    }

    #[test]
    fn the_sample_edition_is_read_without_files() {
        let pile = Pile::sample();
        for entry in entries(&pile) {
            let (manuscripts, _, _) = read(&entry);
            assert_eq!(manuscripts.len(), 1);
            assert_eq!(manuscripts[0].origin.path, entry.shown);
            assert_eq!(manuscripts[0].raw.file_name.as_deref(), entry.shown.to_str());
            let again = read_manuscript(&manuscripts[0].origin, manuscripts[0].id, &pile);
            assert_eq!(again.map_err(|error| error.to_string()).as_ref(), Ok(&manuscripts[0]));
        }
    }

    #[test]
    fn reading_stops_when_there_is_enough() {
        let (_folder, _, pile) = file("a.jsonl", "{\"text\":\"a\"}\n".repeat(10));
        let mut count = 0;
        let report = read_manuscripts(&entries(&pile)[0], LIMITS, &mut |_| {
            count += 1;
            if count == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((count, report.map_err(|_| ()).map(|report| report.articles)), (3, Ok(3)));
    }

    /// The articles of a file, understood.
    fn articles(entry: &FileEntry) -> Vec<Article> {
        let mut articles = Vec::new();
        read_file(entry, &mut |article| articles.push(article.expect("an article"))).expect("articles");
        articles
    }

    #[test]
    fn the_sample_edition_is_understood() {
        let pile = Pile::sample();
        let languages: Vec<&str> = entries(&pile)
            .iter()
            .flat_map(articles)
            .map(|article| {
                let again = read_article(&article.origin, article.id, &pile).expect("read back");
                assert_eq!(again, article);
                article.language.shown()
            })
            .collect();
        assert_eq!(languages, ["de", "en", "en", "en", "id"]);
    }

    #[test]
    fn fields_and_findings_reach_the_article() {
        let line = "{\"title\":\"Harbour \\u001b[31mclosed\",\"text\":\"The harbour of the town stays closed.\",\"timestamp\":1613433600,\"author\":[\"Nora Webb\"]}";
        let (_folder, _, pile) = file("a.jsonl", format!("\n{line}"));
        let article = articles(&entries(&pile)[0]).remove(0);
        assert_eq!(article.title.text, "Harbour closed");
        assert_eq!(article.byline.expect("it is stated").text, "Nora Webb");
        assert_eq!(
            article.date.expect("it is stated").when.first().map(|day| day.to_string()).as_deref(),
            Some("2021-02-16")
        );
        assert_eq!((article.id, article.origin.part), (ArticleId::of(line.as_bytes()), Some(2)));
        let (_folder, _, pile) =
            file("a.txt", b"Gespr\xe4che \xfcber den Hafen\n\nDer Hafen bleibt f\xfcr gro\xdfe Schiffe geschlossen.\n");
        let article = articles(&entries(&pile)[0]).remove(0);
        assert_eq!(article.title.text, "Gespräche über den Hafen");
        assert!(article.findings.iter().any(|finding| finding.kind == FindingKind::Encoding));
    }
}
