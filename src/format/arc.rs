//! ARC, the web archives before WARC: records one after the other, each below a line that says what it is.

use std::io::{self, BufRead, Read};
use std::ops::{ControlFlow, Range};

use super::http::{self, HEADERS, PAGES, parted};
use super::{Around, Format, Holds, Likeness, Limits, Piece, Preface, Sheet, Source, Take};
use crate::article::{Finding, FindingKind};

pub(super) const FORMAT: Format = Format {
    name: "arc",
    description: "older web archives, ARC, one article a page",
    extensions: &["arc"],
    reads: "as for HTML, with the address of the page",
    begins: |head| Likeness::sure_if(head.starts_with(VERSION)),
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Bytes,
};

/// How an archive begins.
const VERSION: &[u8] = b"filedesc://";

/// What the line above a record says: `http://… 192.0.2.1 20060216100000 text/html 4711`. An address may
/// hold spaces, so the line is read from its end.
#[derive(Debug, PartialEq, Eq)]
struct Line<'a> {
    url: &'a str,
    kind: &'a str,
    length: u64,
}

impl<'a> Line<'a> {
    fn of(line: &'a [u8]) -> Option<Line<'a>> {
        let line = std::str::from_utf8(line).ok()?.trim_end();
        let mut words = line.rsplitn(5, ' ');
        let length = words.next()?.parse().ok()?;
        let (kind, date, place) = (words.next()?, words.next()?, words.next()?);
        let url = words.next()?;
        let is_date = date.len() >= 8 && date.bytes().all(|byte| byte.is_ascii_digit());
        (is_date && url.contains(':') && place.contains(['.', ':'])).then_some(Line { url, kind, length })
    }
}

/// Each record with a page is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let mut records = Records { reader, at: 0, last: 0, breaks: 0, limits };
    let (mut parts, mut bytes) = (0u32, Vec::new());
    let mut found = false;
    while let Some((range, line)) = records.next(&mut bytes)? {
        found = true;
        let is_short = lines(&bytes).is_some_and(|(told, _)| records.last < told.length);
        let start = range.start;
        let told = |parts: u32, on: Take<'_>| match is_short {
            true => on(Piece::fault("a record is shorter than it says", start, line, parts)),
            false => ControlFlow::Continue(()),
        };
        if !is_page(&bytes) {
            if told(parts, on).is_break() {
                return Ok(());
            }
            continue;
        }
        parts = parts.saturating_add(1);
        let too_long = range.end - range.start > limits.whole;
        let kept = if too_long { usize::try_from(limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        if on(Piece { bytes: &bytes[..kept.min(bytes.len())], range, part: Some(parts), line }).is_break()
            || told(parts, on).is_break()
        {
            return Ok(());
        }
    }
    if parts == 0 {
        let first = if found { VERSION } else { b"" };
        let _ = on(Piece { bytes: first, range: 0..first.len() as u64, part: None, line: 1 });
    }
    Ok(())
}

/// The records of an archive, one after the other.
struct Records<'a> {
    reader: &'a mut dyn BufRead,
    /// How many bytes, and line breaks among them, were taken.
    at: u64,
    breaks: u64,
    /// How many bytes the last record has.
    last: u64,
    limits: Limits,
}

impl Records<'_> {
    /// The place and the line of the next record; its bytes, with the line above it, are put into `bytes`.
    /// What is no such line is passed over.
    fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<(Range<u64>, u64)>> {
        loop {
            bytes.clear();
            let (start, number) = (self.at, self.breaks + 1);
            let read = Read::take(&mut *self.reader, HEADERS as u64).read_until(b'\n', bytes)?;
            if read == 0 {
                return Ok(None);
            }
            self.at += read as u64;
            self.breaks += u64::from(bytes.ends_with(b"\n"));
            let Some(length) = Line::of(bytes).map(|line| line.length) else { continue };
            let mut left = length;
            while left > 0 {
                let buffer = self.reader.fill_buf()?;
                if buffer.is_empty() {
                    break;
                }
                let take = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
                let room = usize::try_from(self.limits.whole).unwrap_or(usize::MAX).saturating_sub(bytes.len());
                bytes.extend_from_slice(&buffer[..take.min(room)]);
                self.breaks += buffer[..take].iter().filter(|byte| **byte == b'\n').count() as u64;
                self.reader.consume(take);
                self.at += take as u64;
                left -= take as u64;
            }
            self.last = length - left;
            return Ok(Some((start..self.at, number)));
        }
    }
}

/// The line above a record, and the record.
fn lines(record: &[u8]) -> Option<(Line<'_>, &[u8])> {
    let end = record.iter().position(|byte| *byte == b'\n')? + 1;
    Some((Line::of(&record[..end])?, &record[end..]))
}

fn is_page(record: &[u8]) -> bool {
    let Some((line, answer)) = lines(record) else { return false };
    let kind = line.kind.to_ascii_lowercase();
    let is_kind = PAGES.iter().any(|page| kind.starts_with(page)) || kind == "no-type" || kind == "unknown";
    is_kind && http::is_readable(line.url) && http::is_page(answer)
}

fn read(piece: &Piece<'_>, _: &Around<'_>) -> Result<Sheet, String> {
    match (piece.part, piece.bytes) {
        (None, b"") => return Err("is no web archive".to_owned()),
        (None, _) => return Err("is a web archive without pages".to_owned()),
        (Some(_), _) => {}
    }
    let (line, answer) = lines(piece.bytes).ok_or("a record without the line that says what it is")?;
    let (headers, body) = parted(answer);
    let mut sheet = http::article(headers, body, Some(line.url.to_owned()), true, piece)?;
    if piece.is_whole() && (answer.len() as u64) < line.length {
        let note = format!("the record says that it has {} bytes, and has {}", line.length, answer.len());
        sheet.findings.push(Finding::new(FindingKind::CutShort, note));
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is in a file: part, line, address and text or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || piece.part.is_none() || place == piece.bytes || place.is_empty());
            let shown = match FORMAT.read_piece(&piece, &Around::default()) {
                Ok(Sheet { raw, findings }) => {
                    format!("{}|{}|{}", raw.stated.url.unwrap_or_default(), raw.text, findings.len())
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, None, Limits { whole: 2000, cut: 400 }), on).expect("memory can be read");
        found
    }

    fn record(url: &str, kind: &str, answer: &str) -> String {
        format!("{url} 192.0.2.1 20060216100000 {kind} {}\n{answer}\n", answer.len())
    }

    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The harbour is closed.";

    #[test]
    fn each_page_is_an_article() {
        let file = [
            record(
                "filedesc://a.arc",
                "text/plain",
                "1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n",
            ),
            record("dns:example.org", "text/dns", "example.org 192.0.2.1"),
            record("http://example.org/a b", "text/html", PAGE),
            record("http://example.org/x.png", "image/png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\0\0"),
            record(
                "http://example.org/robots.txt",
                "text/plain",
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *",
            ),
            record(
                "http://example.org/gone",
                "text/html",
                "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone",
            ),
            record("http://example.org/c", "text/html", PAGE),
        ]
        .concat();
        let found: Vec<(u32, u64, String)> = articles(file.as_bytes());
        let expected = [
            (1, 7, "http://example.org/a%20b|The harbour is closed.|0".to_owned()),
            (2, 27, "http://example.org/c|The harbour is closed.|0".to_owned()),
        ];
        assert_eq!(found, expected);
        let cut = file.len() - 9;
        assert_eq!(articles(&file.as_bytes()[..cut])[1].2, "http://example.org/c|The harbour is|1");
        assert_eq!(articles(b"Harbour"), [(0, 1, "! is no web archive".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = articles(&bytes);
            let _ = articles(&[b"http://a.b 1.2.3.4 20060216100000 text/html 99\n".as_slice(), &bytes].concat());
        }
    }
}
