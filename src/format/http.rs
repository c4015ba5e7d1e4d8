//! Pages as servers send them: headers, and a body that may come in chunks and packed.

use std::io::Read;

use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};

use super::{Piece, Sheet, amount, decode, html};
use crate::extract::RawArticle;

/// Headers may be this long.
pub(super) const HEADERS: usize = 64 << 10;

/// A page that came packed may be this long.
const UNPACKED: u64 = 32 << 20;

/// What a page is called on the web.
pub(super) const PAGES: &[&str] = &["text/html", "application/xhtml", "text/plain"];

/// Ends of addresses of what a site needs, and nobody reads, also where it is called text.
const PARTS: &[&str] = &[
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".map",
    "/robots.txt",
    "/ads.txt",
    "/app-ads.txt",
    "/security.txt",
    "/humans.txt",
    ".svg",
    ".csv",
];

/// True where the headers say that the content is of one of these kinds.
pub(super) fn is_kind(headers: &[u8], kinds: &[&str]) -> bool {
    let kind = header(headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    kinds.iter().any(|known| kind.starts_with(known))
}

/// True for an answer with a page that was found.
pub(super) fn is_page(answer: &[u8]) -> bool {
    let (headers, page) = parted(answer);
    let status = headers.split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    status.starts_with(b"2") && is_kind(headers, PAGES) && !page.trim_ascii().is_empty()
}

/// True for an address at which somebody reads something: no part of a site, and nothing of the crawler's own.
pub(super) fn is_readable(url: &str) -> bool {
    let url = url.trim_matches(['<', '>', ' ']);
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_own = ["metadata:", "dns:", "whois:", "warcinfo:", "filedesc:", "screenshot:", "urn:pageinfo"]
        .iter()
        .any(|own| path.starts_with(own));
    !is_own && !PARTS.iter().any(|part| path.ends_with(part))
}

/// The article in a body that came with these headers.
///
/// # Errors
///
/// Says why there is none.
pub(super) fn article(
    headers: &[u8],
    body: &[u8],
    url: Option<String>,
    is_answer: bool,
    piece: &Piece<'_>,
) -> Result<Sheet, String> {
    let unpacked = if is_answer { Some(transferred(headers, body)?) } else { None };
    let body = unpacked.as_deref().unwrap_or(body);
    let kind = header(headers, "Content-Type").unwrap_or_default().to_ascii_lowercase();
    let named = kind.split_once("charset=").and_then(|(_, name)| {
        Encoding::for_label(name.split([';', ' ']).next().unwrap_or_default().trim_matches(['"', '\'']).as_bytes())
    });
    let is_text = kind.starts_with("text/plain");
    let decoded = if is_text {
        decode::decode_as(body, piece.is_whole(), named)
    } else {
        html::declared(body, piece.is_whole(), named)
    };
    // The date of a record is that of the crawl, which says nothing of the article's.
    let (mut raw, cut) = if is_text {
        (RawArticle { text: decoded.text.trim_end_matches(['\r', '\n']).to_owned(), ..RawArticle::default() }, None)
    } else {
        html::article(&decoded.text)?
    };
    if raw.text.trim().is_empty() {
        return Err("a page without text".to_owned());
    }
    // A space in an address is written otherwise on the web.
    let url = url.map(|url| url.trim_matches(['<', '>', ' ']).replace(' ', "%20"));
    raw.stated.url = raw.stated.url.take().or(url);
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).chain(cut).collect();
    Ok(Sheet { raw, findings })
}

/// Headers, and what follows the blank line after them.
pub(super) fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
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
pub(super) fn header<'a>(headers: &'a [u8], name: &str) -> Option<&'a str> {
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
