//! Web archives: WARC with the pages themselves, WET with their text.
//!
//! Only pages are articles. Requests, pictures, notes of the crawler and answers that are errors are
//! passed over without a word: an archive is full of them.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{Around, Format, Limits, Piece, Preface, Sheet, Source, Take, amount, decode, html};
use crate::extract::RawArticle;

pub(super) const FORMAT: Format = Format {
    name: "warc",
    description: "web archives, WARC and WET, one article a page",
    extensions: &["warc", "wet"],
    begins: |head| head.starts_with(VERSION),
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
};

/// How a record begins.
const VERSION: &[u8] = b"WARC/";

/// The headers of a record, or of an answer, may be this long.
const HEADERS: usize = 64 << 10;

/// A page that came packed may be this long.
const UNPACKED: u64 = 32 << 20;

/// Each record with a page or a text is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let mut records = Records { reader, at: 0, breaks: 0, limits };
    let (mut parts, mut bytes) = (0u32, Vec::new());
    let mut found = false;
    while let Some(record) = records.next(&mut bytes)? {
        let Record { start, line, length, .. } = record;
        let end = records.at;
        found = true;
        if !record.is_broken && !is_page(&bytes) {
            continue;
        }
        parts = parts.saturating_add(1);
        let kept = if length > limits.whole { usize::try_from(limits.cut).unwrap_or(usize::MAX) } else { bytes.len() };
        let piece = Piece { bytes: &bytes[..kept.min(bytes.len())], range: start..end, part: Some(parts), line };
        if on(piece).is_break() {
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
    limits: Limits,
}

/// A record and its place.
struct Record {
    start: u64,
    line: u64,
    length: u64,
    /// Whether it does not tell how long it is, or is not as long: the next one is looked for.
    is_broken: bool,
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
            let mut record = Record { start, line: number, length: 0, is_broken: false };
            while bytes.len() < HEADERS && !line.trim_ascii().is_empty() {
                line.clear();
                if self.take_line(&mut line)? == 0 {
                    break;
                }
                bytes.extend_from_slice(&line);
            }
            let length = header(bytes, "Content-Length").and_then(|length| length.parse::<u64>().ok());
            record.is_broken = length.is_none();
            self.take_block(length.unwrap_or(0), bytes)?;
            record.length = self.at - record.start;
            return Ok(Some(record));
        }
    }

    /// Takes a line, or the beginning of a long one.
    fn take_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let mut reader = Read::take(&mut *self.reader, HEADERS as u64);
        let read = reader.read_until(b'\n', line)?;
        self.at += read as u64;
        self.breaks += u64::from(line.ends_with(b"\n"));
        Ok(read)
    }

    /// Takes what follows the headers; what is beyond the limits is passed over.
    fn take_block(&mut self, length: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut left = length;
        while left > 0 {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let take = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
            let room = usize::try_from(self.limits.whole.saturating_sub(bytes.len() as u64)).unwrap_or(usize::MAX);
            bytes.extend_from_slice(&buffer[..take.min(room)]);
            self.breaks += buffer[..take].iter().filter(|byte| **byte == b'\n').count() as u64;
            self.reader.consume(take);
            self.at += take as u64;
            left -= take as u64;
        }
        Ok(())
    }
}

/// True for a record that holds a page that was found, or the text of one.
fn is_page(record: &[u8]) -> bool {
    let (headers, block) = parted(record);
    let is_type = |headers: &[u8], kinds: &[&str]| {
        let kind = header(headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
        kinds.iter().any(|known| kind.starts_with(known))
    };
    match header(headers, "WARC-Type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "conversion" => is_type(headers, &["text/plain", "text/html"]) && !block.trim_ascii().is_empty(),
        "resource" => is_type(headers, PAGES) && !block.trim_ascii().is_empty(),
        "response" => {
            let (headers, page) = parted(block);
            let status = headers.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
            status.starts_with(b"2") && is_type(headers, PAGES) && !page.trim_ascii().is_empty()
        }
        _ => false,
    }
}

/// What a page is called on the web.
const PAGES: &[&str] = &["text/html", "application/xhtml", "text/plain"];

fn read(piece: &Piece<'_>, _: &Around<'_>) -> Result<Sheet, String> {
    match (piece.part, piece.bytes) {
        (None, b"") => return Err("is no web archive".to_owned()),
        (None, _) => return Err("is a web archive without pages".to_owned()),
        (Some(_), _) => {}
    }
    let (headers, block) = parted(piece.bytes);
    if header(headers, "Content-Length").is_none_or(|length| length.parse::<u64>().is_err()) {
        return Err("a record that does not tell its length".to_owned());
    }
    let url = header(headers, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let is_answer = header(headers, "WARC-Type").is_some_and(|kind| kind.eq_ignore_ascii_case("response"));
    let (about, body) = if is_answer { parted(block) } else { (headers, block) };
    let body = if is_answer { transferred(about, body)? } else { body.to_vec() };
    let kind = header(about, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let named = kind.split_once("charset=").and_then(|(_, name)| {
        Encoding::for_label(name.split([';', ' ']).next().unwrap_or_default().trim_matches(['"', '\'']).as_bytes())
    });
    let is_text = kind.starts_with("text/plain");
    let decoded = if is_text {
        decode::decode_as(&body, piece.is_whole(), named)
    } else {
        html::declared(&body, piece.is_whole(), named)
    };
    // The date of a record is that of the crawl, which says nothing of the article's.
    let (mut raw, cut) = if is_text {
        (RawArticle { text: decoded.text.into_owned(), ..RawArticle::default() }, None)
    } else {
        html::article(&decoded.text)?
    };
    if raw.text.trim().is_empty() {
        return Err("a page without text".to_owned());
    }
    let stated = &mut raw.stated;
    stated.url = stated.url.take().or(url);
    let languages = header(headers, "WARC-Identified-Content-Language");
    stated.language = stated.language.take().or_else(|| languages?.split(',').next().map(str::to_owned));
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).chain(cut).collect();
    Ok(Sheet { raw, findings })
}

/// Headers, and what follows the blank line after them.
fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() || at > HEADERS {
            return bytes.split_at(at);
        }
    }
    (bytes, &[])
}

/// The value of a header.
fn header<'a>(headers: &'a [u8], name: &str) -> Option<&'a str> {
    let lines = headers.split(|byte| *byte == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let mut values = lines.filter_map(|line| {
        let (named, value) = line.split_at_checked(name.len())?;
        value.strip_prefix(b":").filter(|_| named.eq_ignore_ascii_case(name.as_bytes()))
    });
    std::str::from_utf8(values.next()?).ok().map(str::trim)
}

/// The body of an answer without the form in which it was sent: in chunks, packed.
fn transferred(headers: &[u8], body: &[u8]) -> Result<Vec<u8>, String> {
    let is =
        |name: &str, value: &str| header(headers, name).is_some_and(|found| found.to_ascii_lowercase().contains(value));
    // Many archives keep the headers and yet undo what they say.
    let chunks = if is("Transfer-Encoding", "chunked") { unchunked(body) } else { None };
    let body = chunks.as_deref().unwrap_or(body);
    let mut page = Vec::new();
    let unpacked = if body.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(body).take(UNPACKED).read_to_end(&mut page)
    } else if is("Content-Encoding", "deflate") && body.first() == Some(&0x78) {
        ZlibDecoder::new(body).take(UNPACKED).read_to_end(&mut page)
    } else if is("Content-Encoding", "br")
        && std::str::from_utf8(&body[..body.len().min(64)]).is_err_and(|error| error.error_len().is_some())
    {
        return Err("a page that was packed with Brotli, which is not read".to_owned());
    } else {
        page.extend_from_slice(body);
        Ok(page.len())
    };
    match unpacked {
        // What was unpacked before the damage is worth reading.
        Err(_) if page.is_empty() => Err(format!("a packed page that is damaged ({})", amount(body.len() as u64))),
        _ => Ok(page),
    }
}

/// A body that was sent in chunks, each after its length; `None` where it is not in chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(100).position(|byte| *byte == b'\n')?;
        let length = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let length = usize::from_str_radix(length, 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(whole);
        }
        if length >= rest.len() {
            // The rest was cut off.
            whole.extend_from_slice(rest);
            return Some(whole);
        }
        whole.extend_from_slice(&rest[..length]);
        rest = rest[length..].strip_prefix(b"\r\n").or_else(|| rest[length..].strip_prefix(b"\n"))?;
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;
    use std::ops::ControlFlow;

    /// What is in a file: part, line, and title, address, date and text or the complaint; each is read
    /// back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(7, file);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || piece.part.is_none() || place == piece.bytes);
            let shown = match read(&piece, &Around::default()) {
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
        check(cut, &[(1, 1, "-|http://example.org/a|-|On")]);
        let long = record("conversion", "Content-Type: text/plain\r\n", &b"word ".repeat(900));
        let articles = articles(&[long.as_slice(), &good].concat());
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[1].2, found);
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
