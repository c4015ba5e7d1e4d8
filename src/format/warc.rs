//! Web archives: WARC with the pages themselves, WET with their text.
//!
//! Only pages are articles. Requests, pictures, notes of the crawler and answers that are errors are
//! passed over without a word: an archive is full of them.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::http::{self, HEADERS, PAGES, header, is_kind, parted};
use super::{Around, Format, Holds, Likeness, Limits, Piece, Preface, Sheet, Source, Take};
use crate::article::{Finding, FindingKind};

pub(super) const FORMAT: Format = Format {
    name: "warc",
    description: "web archives, WARC and WET, one article a page",
    extensions: &["warc", "wet"],
    reads: "as for HTML, with the address of the page",
    begins: |head| Likeness::sure_if(head.starts_with(VERSION)),
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Bytes,
};

/// How a record begins.
const VERSION: &[u8] = b"WARC/";

/// Each record with a page or a text is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let mut records = Records { reader, ahead: Vec::new(), at: 0, breaks: 0, limits };
    let (mut parts, mut bytes) = (0u32, Vec::new());
    let mut found = false;
    while let Some(record) = records.next(&mut bytes)? {
        let Record { start, line, length, .. } = record;
        let end = records.at;
        found = true;
        let told = |parts: u32, on: Take<'_>| match record.is_short {
            true => on(Piece::fault("a record is shorter than it says", start, line, parts)),
            false => ControlFlow::Continue(()),
        };
        if !record.is_broken && !is_page(&bytes) {
            if told(parts, on).is_break() {
                return Ok(());
            }
            continue;
        }
        parts = parts.saturating_add(1);
        let kept = if length > limits.whole { usize::try_from(limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        let piece = Piece { bytes: &bytes[..kept.min(bytes.len())], range: start..end, part: Some(parts), line };
        if on(piece).is_break() || told(parts, on).is_break() {
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
    /// The beginning of a record that was met within the one before.
    ahead: Vec<u8>,
    /// How many bytes, and line breaks among them, were taken.
    at: u64,
    breaks: u64,
    limits: Limits,
}

/// A record and its place.
struct Record {
    start: u64,
    line: u64,
    length: u64,
    /// Whether it does not tell how long it is: the next one is looked for.
    is_broken: bool,
    /// Whether it is not as long as it tells.
    is_short: bool,
}

impl Records<'_> {
    /// The next record; its bytes, as far as the limits allow, are put into `bytes`.
    fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Record>> {
        bytes.clear();
        // Two line breaks stand between records; anything else is passed over until one begins.
        let mut line = Vec::new();
        loop {
            line.clear();
            let (start, number) = (self.at, self.breaks + 1);
            if self.take_line(&mut line)? == 0 {
                return Ok(None);
            }
            if !line.starts_with(VERSION) {
                continue;
            }
            bytes.extend_from_slice(&line);
            let mut record = Record { start, line: number, length: 0, is_broken: false, is_short: false };
            while bytes.len() < HEADERS && !line.trim_ascii().is_empty() {
                line.clear();
                if self.take_line(&mut line)? == 0 {
                    break;
                }
                bytes.extend_from_slice(&line);
            }
            let length = header(bytes, "Content-Length").and_then(|length| length.parse::<u64>().ok());
            record.is_broken = length.is_none();
            let block = self.at;
            self.take_block(length.unwrap_or(0), bytes)?;
            record.is_short = length.is_some_and(|length| self.at - block < length);
            record.length = self.at - record.start;
            return Ok(Some(record));
        }
    }

    /// Takes a line, or the beginning of a long one.
    fn take_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let ahead = self.ahead.len();
        line.append(&mut self.ahead);
        let mut reader = Read::take(&mut *self.reader, HEADERS as u64);
        let read = reader.read_until(b'\n', line)? + ahead;
        self.at += read as u64;
        self.breaks += u64::from(line.ends_with(b"\n"));
        Ok(read)
    }

    /// Takes what follows the headers; what is beyond the limits is passed over. Where another record
    /// begins in it, this one is shorter than it says, and ends there.
    fn take_block(&mut self, length: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut left = length;
        // The last bytes that were taken: the beginning of a record may lie in two buffers.
        let mut tail: Vec<u8> = Vec::new();
        while left > 0 {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut take = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let met = next_record(&tail, &buffer[..take]);
            if let Some(met) = met {
                take = met;
            }
            let room = usize::try_from(self.limits.whole.saturating_sub(bytes.len() as u64)).unwrap_or(usize::MAX);
            bytes.extend_from_slice(&buffer[..take.min(room)]);
            self.breaks += buffer[..take].iter().filter(|byte| **byte == b'\n').count() as u64;
            tail.extend_from_slice(&buffer[take.saturating_sub(NEXT)..take]);
            tail.drain(..tail.len().saturating_sub(NEXT));
            self.reader.consume(take);
            self.at += take as u64;
            left -= take as u64;
            if met.is_some() {
                // What was taken of the next one's first line is given back.
                let begun = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| tail.len() - at - 1);
                let begun = if tail.ends_with(b"\n") { 0 } else { begun };
                self.ahead = tail[tail.len() - begun..].to_vec();
                bytes.truncate(bytes.len().saturating_sub(begun));
                self.at -= begun as u64;
                return Ok(());
            }
        }
        Ok(())
    }
}

/// As many bytes as it takes to see that a record begins: a blank line, and the first of it.
const NEXT: usize = 9;

/// Where in `buffer` the bytes end that show that a record begins there, or has begun in `tail`.
fn next_record(tail: &[u8], buffer: &[u8]) -> Option<usize> {
    let begins = |bytes: &[u8]| {
        let blank = bytes.strip_prefix(b"\n\r\n").or_else(|| bytes.strip_prefix(b"\n\n"));
        blank.is_some_and(|rest| rest.starts_with(VERSION))
    };
    // In the bytes before and the first of these.
    let seam = [tail, &buffer[..buffer.len().min(NEXT)]].concat();
    for at in 0..tail.len() {
        if begins(&seam[at..]) {
            let start = at + if seam[at + 1] == b'\r' { 3 } else { 2 };
            // All of it that lies in the buffer is still to be taken.
            return Some(start.saturating_sub(tail.len()));
        }
    }
    let mut from = 0;
    while let Some(at) = buffer[from..].iter().position(|byte| *byte == b'\n').map(|at| at + from) {
        if begins(&buffer[at..]) {
            return Some(at + if buffer[at + 1] == b'\r' { 3 } else { 2 });
        }
        from = at + 1;
    }
    None
}

/// True for a record that holds a page that was found, or the text of one.
fn is_page(record: &[u8]) -> bool {
    let (headers, block) = parted(record);
    if !http::is_readable(header(headers, "WARC-Target-URI").unwrap_or_default()) {
        return false;
    }
    match header(headers, "WARC-Type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "conversion" => is_kind(headers, &["text/plain", "text/html"]) && !block.trim_ascii().is_empty(),
        "resource" => is_kind(headers, PAGES) && !block.trim_ascii().is_empty(),
        "response" => http::is_page(block),
        _ => false,
    }
}

fn read(piece: &Piece<'_>, _: &Around<'_>) -> Result<Sheet, String> {
    match (piece.part, piece.bytes) {
        (None, b"") => return Err("is no web archive".to_owned()),
        (None, _) => return Err("is a web archive without pages".to_owned()),
        (Some(_), _) => {}
    }
    let (headers, block) = parted(piece.bytes);
    let Some(length) = header(headers, "Content-Length").and_then(|length| length.parse::<u64>().ok()) else {
        return Err("a record that does not tell its length".to_owned());
    };
    let url = header(headers, "WARC-Target-URI").map(str::to_owned);
    let is_answer = header(headers, "WARC-Type").is_some_and(|kind| kind.eq_ignore_ascii_case("response"));
    let (about, body) = if is_answer { parted(block) } else { (headers, block) };
    let mut sheet = http::article(about, body, url, is_answer, piece)?;
    let languages = header(headers, "WARC-Identified-Content-Language");
    let stated = &mut sheet.raw.stated;
    stated.language = stated.language.take().or_else(|| languages?.split(',').next().map(str::to_owned));
    if piece.is_whole() && (block.len() as u64) < length {
        let note = format!("the record says that it has {length} bytes, and has {}", block.len());
        sheet.findings.push(Finding::new(FindingKind::CutShort, note));
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RawArticle;
    use proptest::prelude::*;
    use std::io::Write;

    /// What is in a file: part, line, and title, address, date and text or the complaint; each is read
    /// back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || piece.part.is_none() || place == piece.bytes || place.is_empty());
            let shown = match FORMAT.read_piece(&piece, &Around::default()) {
                Ok(Sheet { raw: RawArticle { text, stated, .. }, .. }) => {
                    let stated = [stated.title, stated.url, stated.date].map(|field| field.unwrap_or("-".into()));
                    format!("{}|{text}", stated.join("|"))
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        let source = Source::new(&mut reader, None, Limits { whole: 2000, cut: 400 });
        split(source, on).expect("memory can be read");
        found
    }

    fn check(file: &[u8], expected: &[(u32, u64, &str)]) {
        let articles = articles(file);
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{}", String::from_utf8_lossy(file));
    }

    fn record(kind: &str, headers: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/a\r\nWARC-Date: 2023-01-01T00:00:00Z\r\n{headers}\
             Content-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: text/html; charset=UTF-8\r\n{headers}\r\n");
        record("response", "Content-Type: application/http; msgtype=response\r\n", &[head.as_bytes(), body].concat())
    }

    const PAGE: &[u8] = b"<title>Harbour</title><p>The harbour\nis closed.";

    #[test]
    fn each_page_is_an_article() {
        let file = [
            record("warcinfo", "Content-Type: application/warc-fields\r\n", b"software: x\r\n"),
            record("request", "", b"GET / HTTP/1.1\r\n\r\n"),
            answer("200 OK", "", PAGE),
            answer("404 Not Found", "", PAGE),
            answer("200 OK", "", b""),
            record("conversion", "Content-Type: text/plain\r\n", b"Harbour\nClosed."),
        ];
        let found = "Harbour|http://example.org/a|-|The harbour is closed.";
        check(&file.concat(), &[(1, 21, found), (2, 59, "-|http://example.org/a|-|Harbour\nClosed.")]);
    }

    #[test]
    fn pages_are_read_in_whatever_form_they_were_sent() {
        let found = "Harbour|http://example.org/a|-|The harbour is closed.";
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(PAGE).expect("packed");
        let packed = encoder.finish().expect("packed");
        let chunks = |body: &[u8]| {
            let (one, two) = body.split_at(9);
            [
                format!("{:x};x\r\n", one.len()).as_bytes(),
                one,
                format!("\r\n{:X}\r\n", two.len()).as_bytes(),
                two,
                b"\r\n0\r\n\r\n",
            ]
            .concat()
        };
        for (headers, body) in [
            ("Content-Encoding: gzip\r\n", packed.clone()),
            ("Content-Encoding: gzip\r\n", PAGE.to_vec()),
            ("Transfer-Encoding: chunked\r\n", chunks(PAGE)),
            ("Transfer-Encoding: chunked\r\n", PAGE.to_vec()),
            ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunks(&packed)),
        ] {
            check(&answer("200 OK", headers, &body), &[(1, 1, found)]);
        }
        check(
            &answer("200 OK", "Content-Encoding: gzip\r\n", &packed[..8]),
            &[(1, 1, "! a packed page that is damaged (8 bytes)")],
        );
    }

    #[test]
    fn a_broken_record_costs_no_other() {
        let good = record("conversion", "Content-Type: text/plain\r\n", b"One.");
        let file =
            [b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\nlost\r\n\r\n".as_slice(), &good, b"stray\r\n", &good].concat();
        let found = "-|http://example.org/a|-|One.";
        check(&file, &[(1, 1, "! a record that does not tell its length"), (2, 6, found), (3, 16, found)]);
        let cut = &good[..good.len() - 6];
        let short = "! a record is shorter than it says";
        check(cut, &[(1, 1, "-|http://example.org/a|-|On"), (2, 1, short)]);
        let long = record("conversion", "Content-Type: text/plain\r\n", &b"word ".repeat(900));
        let articles = articles(&[long.as_slice(), &good].concat());
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[1].2, found);
    }

    #[test]
    fn a_record_that_is_shorter_than_it_says_ends_where_the_next_begins() {
        let good = record("conversion", "Content-Type: text/plain\r\n", b"One.");
        let long = String::from_utf8_lossy(&good).replace("Content-Length: 4", "Content-Length: 400");
        let found = "-|http://example.org/a|-|One.";
        let short = "! a record is shorter than it says";
        check(
            &[long.as_bytes(), &good, long.as_bytes()].concat(),
            &[(1, 1, found), (2, 1, short), (2, 10, found), (3, 19, found), (4, 19, short)],
        );
        let piece = Piece { bytes: long.as_bytes(), range: 0..long.len() as u64, part: Some(1), line: 1 };
        let findings = read(&piece, &Around::default()).expect("a text").findings;
        assert_eq!(findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [FindingKind::CutShort]);
    }

    #[test]
    fn what_a_crawler_needs_is_no_article() {
        let of = |kind: &str, url: &str| {
            let record = record(kind, "Content-Type: text/plain\r\n", b"One.");
            String::from_utf8_lossy(&record).replace("http://example.org/a", url).into_bytes()
        };
        for url in [
            "metadata://gnu.org/software/wget/warc/wget.log",
            "http://a.example/robots.txt",
            "http://a.example/x.css?v=1",
            "http://a.example/a.JS",
        ] {
            check(&of("resource", url), &[(0, 1, "! is a web archive without pages")]);
        }
        check(&of("resource", "<http://a.example/b c>"), &[(1, 1, "-|http://a.example/b%20c|-|One.")]);
    }

    #[test]
    fn what_holds_no_page_says_so() {
        check(b"Harbour", &[(0, 1, "! is no web archive")]);
        check(&record("request", "", b"GET"), &[(0, 1, "! is a web archive without pages")]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = articles(&bytes);
            let _ = articles(&record("conversion", "Content-Type: text/plain\r\n", &bytes));
            let _ = articles(&answer("200 OK", "Transfer-Encoding: chunked\r\n", &bytes));
            let _ = articles(&answer("200 OK", "", &[b"\x1f\x8b\x08".as_slice(), &bytes].concat()));
        }

        #[test]
        fn anything_like_an_archive_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
            "WARC/1.0\r\n", "WARC-Type: response\r\n", "WARC-Type: conversion\r\n", "Content-Length: 18446744073709551615\r\n", "Content-Length: 9\r\n",
            "Content-Type: text/html\r\n", "Content-Type: text/plain\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "<p>x</p>", "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n", "5\r\n", "0\r\n", "text",
        ]), 0..30)) {
            let _ = articles(parts.concat().as_bytes());
        }
    }
}
