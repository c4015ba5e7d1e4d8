//! Bytes to raw articles: one file per input format, and the table of them.
//!
//! A format does two things. It *splits* a file into the bytes of its articles, one at a time and
//! without holding the file in memory; and it *reads* such bytes. As the two are apart, one article
//! is read back from the middle of a large file with the same code that read it first. What the
//! beginning of a file says about all of its articles, such as the name of a feed, is its
//! [`Preface`]. Files may be [`packed`].

mod arc;
pub mod archive;
pub mod binary;
mod columns;
mod csv;
mod date;
pub mod decode;
mod export;
mod feed;
mod fields;
mod frame;
mod front;
mod headline;
mod html;
mod http;
mod json;
mod jsonl;
mod lines;
mod mail;
mod markdown;
mod names;
mod newsml;
mod order;
pub mod packed;
mod repair;
mod text;
mod value;
mod warc;
mod wiki;
mod xml;

use std::io::{self, BufRead};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

use crate::article::{Finding, FindingKind};
use crate::extract::RawArticle;
pub use fields::FieldNames;

/// A kind of file that newsstand reads.
pub struct Format {
    /// The word for it.
    pub name: &'static str,
    /// What it is, for help texts.
    pub description: &'static str,
    /// The extensions of its files, in lower case and without a dot.
    pub extensions: &'static [&'static str],
    /// What is read from it, for README.
    pub reads: &'static str,
    /// Whether a file that begins like this is of this format.
    pub begins: fn(&[u8]) -> Likeness,
    /// Hands out the bytes of each article, in the order of the file.
    pub split: fn(Source<'_>, Take<'_>) -> io::Result<()>,
    /// What the beginning of a file says about all of its articles: asked with its first bytes, at
    /// most [`HEAD`] of them.
    pub preface: fn(&[u8]) -> Preface,
    /// Reads the bytes of one article; the error says why they hold none. See [`Format::read_piece`].
    pub read: fn(&Piece<'_>, &Around<'_>) -> Result<Sheet, String>,
    /// Whether files of it grow at their end, and what is added leaves the articles before it as they
    /// were: then `split` heeds [`Source::from`].
    pub grows: bool,
    /// What its files may be made of.
    pub holds: Holds,
}

/// What the files of a format may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text in any encoding.
    Text,
    /// Text in units of one byte; what is in units of two is turned into it before.
    Narrow,
    /// Anything, pictures too: a file is not judged by whether its beginning is text.
    Bytes,
}

/// How much the beginning of a file is like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It may be anything.
    No,
    /// It may be of the format, if its name does not say otherwise.
    Maybe,
    /// It is of the format, whatever it is called.
    Sure,
}

impl Likeness {
    /// Sure where something holds.
    fn sure_if(holds: bool) -> Likeness {
        if holds { Likeness::Sure } else { Likeness::No }
    }

    /// Perhaps where something holds.
    fn maybe_if(holds: bool) -> Likeness {
        if holds { Likeness::Maybe } else { Likeness::No }
    }
}

/// What told the format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// How it begins.
    Beginning,
    /// Its extension.
    Extension,
    /// Nothing: text is what everything else is.
    Nothing,
}

/// Every format there is. What a file holds tells its format; where that is not plain its extension
/// does, and where there is none that is known, the first format that it may be.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    markdown::FORMAT,
    json::FORMAT,
    html::FORMAT,
    newsml::FORMAT,
    wiki::FORMAT,
    feed::FORMAT,
    mail::FORMAT,
    warc::FORMAT,
    arc::FORMAT,
    csv::FORMAT,
    export::FORMAT,
    text::FORMAT,
];

/// How many bytes at the beginning of a file are looked at to tell what it is, and for its [`Preface`].
pub const HEAD: usize = 64 << 10;

/// Takes the articles of a file as they come, and may have enough of them.
pub type Take<'a> = &'a mut dyn FnMut(Piece<'_>) -> ControlFlow<()>;

/// The bytes of a file, and how much of them to take.
pub struct Source<'a> {
    /// The bytes, from the beginning or from the bookmark.
    pub reader: &'a mut dyn BufRead,
    /// Where in the file the bytes begin.
    pub from: Bookmark,
    /// How many bytes there should be; `None` for a packed file, which does not tell.
    pub size: Option<u64>,
    /// Where to stop.
    pub limits: Limits,
}

impl<'a> Source<'a> {
    /// A file that is read from its beginning.
    pub fn new(reader: &'a mut dyn BufRead, size: Option<u64>, limits: Limits) -> Source<'a> {
        Source { reader, from: Bookmark::default(), size, limits }
    }
}

/// How far a file has been read: behind one of its articles, or at its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bookmark {
    /// The byte at which reading goes on.
    pub byte: u64,
    /// The line in which that article ends, from 1; 0 at the beginning of the file.
    pub line: u64,
}

/// How much of one article is read.
///
/// Nobody writes an article of 16 MB; a file that large is a log, a dump or a mistake, and must not
/// take the memory of the machine with it.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Articles of at most so many bytes are read whole.
    pub whole: u64,
    /// Of larger ones, so many bytes are read.
    pub cut: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { whole: 32 << 20, cut: 16 << 20 }
    }
}

/// The bytes of one article, as they lie in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The bytes themselves, fewer than `range` says if the article is too long.
    pub bytes: &'a [u8],
    /// Where the article begins and ends in the file.
    pub range: Range<u64>,
    /// The number of the article within a file of many, from 1.
    pub part: Option<u32>,
    /// The line of the file in which it begins, from 1.
    pub line: u64,
}

/// What the beginning of a file says about all of its articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preface {
    /// What the file is written in, where that has to be guessed: more text makes a better guess. See
    /// [`decode::guess_from`].
    pub encoding: Option<&'static Encoding>,
    /// The bytes before the first article that are needed to read it, if there are any: the title of
    /// a feed, the meaning of its prefixes.
    pub bytes: Vec<u8>,
    /// Whether its dates of numbers have the month before the day, where other dates of it show that.
    pub month_first: Option<bool>,
}

/// What is known of the file around an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around<'a> {
    /// The name of the file.
    pub file_name: Option<&'a str>,
    /// What the file says about all of its articles.
    pub preface: Preface,
    /// Names of fields, where they are not the usual ones.
    pub fields: Option<&'a FieldNames>,
}

impl Around<'_> {
    /// The names of fields.
    fn fields(&self) -> &FieldNames {
        static USUAL: FieldNames = FieldNames::USUAL;
        self.fields.unwrap_or(&USUAL)
    }
}

impl<'a> Piece<'a> {
    /// No article, but damage in the file behind the article `after`: `read` says what is wrong there.
    fn fault(reason: &'a str, at: u64, line: u64, after: u32) -> Piece<'a> {
        Piece { bytes: reason.as_bytes(), range: at..at, part: Some(after.saturating_add(1)), line }
    }

    /// What is damaged there, if it is no article at all.
    fn as_fault(&self) -> Option<&'a str> {
        let is_fault = self.range.is_empty() && !self.bytes.is_empty();
        is_fault.then(|| std::str::from_utf8(self.bytes).ok()).flatten()
    }
}

impl Format {
    /// Reads the bytes of one article.
    ///
    /// # Errors
    ///
    /// Says why they hold none, or what is damaged there.
    pub fn read_piece(&self, piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
        let sheet = piece.as_fault().map_or_else(|| (self.read)(piece, around), |fault| Err(fault.to_owned()));
        sheet.map(Sheet::bounded).map(|mut sheet| {
            sheet.raw.month_first = around.preface.month_first;
            sheet
        })
    }

    /// What the beginning of a file says about all of its articles. See [`Format::preface`].
    pub fn preface_of(&self, head: &[u8]) -> Preface {
        let head = &head[..head.len().min(HEAD)];
        Preface { month_first: order::month_first(head), ..(self.preface)(head) }
    }
}

impl Piece<'_> {
    /// True when all bytes of the article are there.
    pub fn is_whole(&self) -> bool {
        self.bytes.len() as u64 >= self.range.end - self.range.start
    }

    /// What to tell a reader about an article that is not whole.
    fn cut_short(&self) -> Option<Finding> {
        let length = self.range.end - self.range.start;
        (!self.is_whole()).then(|| {
            let note = format!("the first {} of {} were read", amount(self.bytes.len() as u64), amount(length));
            Finding::new(FindingKind::CutShort, note)
        })
    }
}

/// An article as its file states it, and what was odd about reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The article.
    pub raw: RawArticle,
    /// Whatever was odd about its bytes.
    pub findings: Vec<Finding>,
}

/// So many lines of an article are lines by themselves: each is looked at and kept with what was found out about it,
/// which takes about 0.3 kB. Of more, those behind are joined, and nothing is lost. No text that anybody wrote has as
/// many within what is read of it.
const MOST_LINES: usize = 250_000;

/// So many bytes of them are joined into one line.
const JOINED: usize = 1_000;

/// An article has no more lines whose layout its format tells: of each, more is kept.
const MOST_LAID_LINES: usize = 250_000;

impl Sheet {
    /// The article with as many lines as are read, and what is said where there are more.
    fn bounded(mut self) -> Sheet {
        let is_laid = self.raw.marks.is_some();
        let most = if is_laid { MOST_LAID_LINES } else { MOST_LINES };
        // Nearly all articles are too short to be asked.
        if self.raw.text.len() > most
            && let Some((end, _)) = self.raw.text.match_indices('\n').nth(most - 1)
            && !self.raw.text[end..].trim_ascii().is_empty()
        {
            if !is_laid {
                let more = self.raw.text.split_off(end);
                self.raw.text.shrink_to_fit();
                join(&mut self.raw.text, &more);
                let note = format!("from line {} on, lines are joined: there are very many", most + 1);
                self.findings.push(Finding::new(FindingKind::CutShort, note));
                return self;
            }
            self.raw.text.truncate(end);
            self.raw.text.shrink_to_fit();
            if let Some(marks) = &mut self.raw.marks {
                marks.lines.retain(|marks| marks.line as usize <= most);
                marks.lines.shrink_to_fit();
            }
            let note = format!("the first {most} lines were read");
            self.findings.push(Finding::new(FindingKind::CutShort, note));
        }
        self
    }
}

/// Adds lines to a text, many as one.
fn join(text: &mut String, lines: &str) {
    text.reserve_exact(lines.len() + 1);
    let mut length = JOINED;
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let between = if length >= JOINED { '\n' } else { ' ' };
        length = if length >= JOINED { 0 } else { length + 1 };
        text.push(between);
        text.push_str(line);
        length += line.len();
    }
}

/// The format with this extension, in any case.
pub fn by_extension(extension: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The format of a file with this name that begins with these bytes, and what told it.
///
/// Text is the last resort, so there always is one; whether the bytes are text at all is asked of
/// [`binary::kind`] before.
pub fn of(path: &Path, head: &[u8]) -> (&'static Format, Told) {
    let mut perhaps = None;
    for format in FORMATS {
        match (format.begins)(head) {
            Likeness::Sure => return (format, Told::Beginning),
            Likeness::Maybe => perhaps = perhaps.or(Some(format)),
            Likeness::No => {}
        }
    }
    let named = extension(path).and_then(by_extension).map(|format| (format, Told::Extension));
    let perhaps = perhaps.map(|format| (format, Told::Beginning));
    named.or(perhaps).unwrap_or((&text::FORMAT, Told::Nothing))
}

/// The extension of a file, unless the dot is but a dot in a headline (`U.S. senate votes`). That of
/// a packed file is what it has without the packing: `jsonl` for `dump.jsonl.gz`, and none for `dump.gz`.
pub fn extension(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?;
    let extension = Path::new(packed::without_extension(name)).extension()?.to_str()?;
    let short = extension.len() <= 8 && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (short && extension.bytes().any(|byte| byte.is_ascii_alphabetic())).then_some(extension)
}

/// The first bytes of a text, at most `most`, whole characters.
fn beginning(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A number of bytes as people say it: `16 MB`.
pub fn amount(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} kB", bytes >> 10),
        _ => format!("{} MB", bytes >> 20),
    }
}

/// Runs something in a library that reads what strangers wrote; `None` where it panics.
fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    crate::error::caught(run).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_lines_are_joined_and_none_is_lost() {
        let sheet = |text: String| {
            let raw = RawArticle { text, ..RawArticle::default() };
            Sheet { raw, findings: Vec::new() }.bounded()
        };
        let text = "a\n".repeat(MOST_LINES);
        assert_eq!(sheet(text.clone()).findings, []);
        let sheet = sheet(text + &"b\n\n".repeat(5_000));
        let lines: Vec<&str> = sheet.raw.text.lines().collect();
        assert_eq!(lines.len(), MOST_LINES + 10);
        assert_eq!(sheet.raw.text.matches('b').count(), 5_000);
        assert!(lines[MOST_LINES..].iter().all(|line| line.starts_with("b b") && line.len() < JOINED + 10));
        assert_eq!(sheet.findings[0].note, "from line 250001 on, lines are joined: there are very many");
    }

    #[test]
    fn formats_are_known_by_extension() {
        for (name, format) in [
            ("a.txt", "text"),
            ("a.TXT", "text"),
            ("a.text", "text"),
            ("dump.jsonl", "jsonl"),
            ("dump.ndjson", "jsonl"),
            ("answer.json", "json"),
            ("dump.jsonl.gz", "jsonl"),
            ("page.HTML.zst", "html"),
            ("dump.gz", "-"),
            ("dump.tar.gz", "-"),
            ("a.png", "-"),
            ("article_17", "-"),
            ("U.S. senate votes", "-"),
            ("report 16.02.2021", "-"),
            (".txt", "-"),
        ] {
            let found = extension(Path::new(name)).and_then(by_extension);
            assert_eq!(found.map_or("-", |format| format.name), format, "{name}");
        }
    }

    #[test]
    fn formats_without_an_extension_are_known_by_their_beginning() {
        for (name, head, format) in [
            ("stdin", "{\"title\": \"Musk\"}\n", "jsonl"),
            ("stdin", " \n{\"title\": \"Mu", "jsonl"),
            ("stdin", "{\n  \"title\": \"Musk\"\n}\n", "json"),
            ("stdin", "[{\"title\": \"Musk\"}]\n", "json"),
            ("stdin", "[Moscow] The speaker of the Kremlin", "text"),
            ("stdin", "{curly} opening of a story", "text"),
            ("stdin", "<!DOCTYPE html><title>", "html"),
            ("stdin", "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">", "feed"),
            ("stdin", "Musk invites Putin", "text"),
            ("stdin", "", "text"),
            ("a.txt", "{\"title\": \"Musk\"}\n", "jsonl"),
            ("a.txt", "{\"ti", "text"),
            ("a.jsonl", "Musk invites Putin", "jsonl"),
            ("a.html", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>", "feed"),
            ("a.xml", "<!DOCTYPE html><html>", "html"),
        ] {
            assert_eq!(of(Path::new(name), head.as_bytes()).0.name, format, "{name} {head:?}");
        }
    }

    #[test]
    fn no_extension_belongs_to_two_formats() {
        let mut all: Vec<&str> = FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|extension| *extension == extension.to_lowercase()));
    }
}
