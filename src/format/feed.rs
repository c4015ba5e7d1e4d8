//! RSS and Atom: files of feeds, each entry an article.
//!
//! A feed is split by its tags, and each entry is read within the beginning of its feed, which holds
//! what prefixes mean, the title and the language. So an entry that is broken costs no other.

use std::borrow::Cow;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;

use super::{Around, Format, Piece, Preface, Sheet, Source, Take, amount, caught, decode, html};
use crate::extract::{RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "feed",
    description: "RSS and Atom, one article an entry",
    extensions: &["rss", "atom", "rdf", "xml"],
    begins: |head| matches!(Root::of(head), Some(Root::Feed)),
    split,
    preface,
    read,
    grows: false,
};

/// Stands for a file without entries: its first byte tells `read` what it is.
const WIDE: &[u8] = b"\xff";

/// What an XML file is.
#[derive(PartialEq, Eq)]
enum Root {
    Feed,
    Page,
    Other,
}

impl Root {
    /// What the first tag of a file says it is; `None` for what is no XML.
    fn of(head: &[u8]) -> Option<Root> {
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        if !start.starts_with(b"<") {
            return None;
        }
        let mut scanner = Scanner::default();
        let tag = start.iter().find_map(|byte| scanner.take(*byte))?;
        Some(match tag.name.to_ascii_lowercase().as_slice() {
            b"rss" | b"feed" | b"rdf" | b"entry" => Root::Feed,
            b"html" => Root::Page,
            _ => Root::Other,
        })
    }
}

/// Each entry is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let head = reader.fill_buf()?;
    if decode::utf16(head).is_some() {
        let _ = on(Piece { bytes: WIDE, range: 0..1, part: None, line: 1 });
        return Ok(());
    }
    if Root::of(head) != Some(Root::Feed) {
        let first = head.trim_ascii_start().get(..1).unwrap_or_default().to_vec();
        let _ = on(Piece { bytes: &first, range: 0..first.len() as u64, part: None, line: 1 });
        return Ok(());
    }
    let mut entries = Entries { whole: limits.whole, ..Entries::default() };
    let mut parts = 0u32;
    let mut hand_out = |entry: &Open| {
        parts = parts.saturating_add(1);
        on(Piece { bytes: &entry.bytes, range: entry.start..entry.end, part: Some(parts), line: entry.line })
    };
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let length = buffer.len();
        for byte in buffer {
            if let Some(entry) = entries.take(*byte)
                && hand_out(&entry).is_break()
            {
                return Ok(());
            }
        }
        reader.consume(length);
    }
    if let Some(entry) = entries.open.take() {
        let _ = hand_out(&Open { end: entries.scanner.at, ..entry });
    } else if parts == 0 {
        let _ = on(Piece { bytes: b"<", range: 0..1, part: None, line: 1 });
    }
    Ok(())
}

/// What stands before the first entry.
fn preface(head: &[u8]) -> Preface {
    let mut entries = Entries::default();
    let mut root = None;
    let first = head.iter().enumerate().find_map(|(at, byte)| {
        let ended = entries.scanner.take(*byte);
        root = root.or_else(|| ended.as_ref().map(|_| at + 1));
        ended.filter(Tag::begins_entry).map(|tag| tag.start as usize)
    });
    // A preface without end is left away but for its root, which tells what prefixes mean.
    let end = first.or(root).unwrap_or(0);
    Preface { encoding: decode::guess_from(head), bytes: head[..end].to_vec() }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    match (piece.part, piece.bytes) {
        (None, WIDE) => return Err("is XML in UTF-16, which is not read (save it as UTF-8)".to_owned()),
        (None, b"<") => return Err("is XML, but no feed with entries".to_owned()),
        (None, b"") => return Err("holds nothing but white space".to_owned()),
        (None, _) => return Err("is not XML".to_owned()),
        (Some(_), _) => {}
    }
    if !piece.is_whole() {
        return Err(format!("the article is too long ({})", amount(piece.range.end - piece.range.start)));
    }
    let Preface { encoding, bytes } = &around.preface;
    let decoded = match html::declaration(bytes) {
        Some(declared) => decode::decode_as(piece.bytes, true, Some(declared)),
        None => decode::decode(piece.bytes, true, *encoding),
    };
    let before = decode::decode_as(bytes, true, html::declaration(bytes).or(*encoding)).text;
    let (open, whole) = opening(&before);
    let close: String = open.iter().rev().map(|(name, _)| format!("</{name}>")).collect();
    let bare: String = open.iter().map(|(_, tag)| tag.as_str()).collect();
    if !html::is_sound(&decoded.text) || !html::is_sound(&before) {
        return Err("a tag with thousands of attributes".to_owned());
    }
    let text = markup_as_data(&decoded.text);
    // Faults outside the entry, or characters that XML has no place for, must not cost the entry.
    let raw =
        parsed(&format!("{whole}{text}{close}")).or_else(|_| parsed(&format!("{bare}{}{close}", mended(&text))))?;
    Ok(Sheet { raw, findings: decoded.finding.into_iter().collect() })
}

/// The elements that are open at the end of `before`, each with its start tag; and `before` itself,
/// so that it can be read: without declaration, and as the version of RSS that holds all others.
fn opening(before: &str) -> (Vec<(String, String)>, String) {
    let mut scanner = Scanner::default();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut whole = String::with_capacity(before.len() + 32);
    let mut done = 0;
    for byte in before.bytes() {
        let Some(tag) = scanner.take(byte) else { continue };
        let (start, end) = (tag.start as usize, scanner.at as usize);
        let text = before.get(start..end).unwrap_or_default();
        let name = text.trim_start_matches(['<', '/']).split(['>', '/']).next().unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default().to_owned();
        if open.is_empty() {
            // What stands before the root is declarations.
            done = start;
        }
        let text = if tag.name.eq_ignore_ascii_case(b"rss") { as_rss_2(text) } else { text.to_owned() };
        whole.push_str(before.get(done..start).unwrap_or_default());
        whole.push_str(&text);
        done = end;
        match tag.kind {
            Kind::Start => open.push((name, text)),
            Kind::End => {
                if let Some(at) = open.iter().rposition(|(open, _)| *open == name) {
                    open.truncate(at);
                }
            }
            Kind::Empty => {}
        }
    }
    whole.push_str(before.get(done..).unwrap_or_default());
    (open, whole)
}

/// The start tag of RSS, of whatever version, as that of version 2.0.
fn as_rss_2(tag: &str) -> String {
    let tag = tag.trim_end_matches('>');
    let bare = tag.find("version").and_then(|at| {
        let rest = tag[at..].strip_prefix("version")?.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(format!("{}{}", &tag[..at], rest[1..].split_once(quote)?.1))
    });
    format!("{} version=\"2.0\">", bare.as_deref().unwrap_or(tag))
}

/// The article in a feed of one entry; the error says why there is none.
fn parsed(document: &str) -> Result<RawArticle, String> {
    // Dates are read later, with all that is known of the article. So each is taken as it is written,
    // and its number stands in for it.
    let dates = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&dates);
    let keep = move |date: &str| {
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.push(date.trim().to_owned());
        DateTime::from_timestamp(taken.len() as i64 - 1, 0)
    };
    let parser = Builder::new().timestamp_parser(keep).build();
    let feed = caught(|| parser.parse(document.as_bytes())).ok_or("cannot be read as a feed")?;
    let mut feed = feed.map_err(|error| {
        let words = error.to_string();
        format!("the entry is no XML ({})", words.rsplit(": ").next().unwrap_or_default())
    })?;
    if feed.entries.is_empty() {
        return Err("not an entry of a feed".to_owned());
    }
    let entry = feed.entries.swap_remove(0);
    let dates = dates.lock().unwrap_or_else(PoisonError::into_inner);
    let date = |number: DateTime<_>| dates.get(usize::try_from(number.timestamp()).ok()?).cloned();
    let date = entry.published.or(entry.updated).and_then(date);
    article(entry, &feed, date)
}

/// An entry as an article.
fn article(entry: Entry, feed: &Feed, date: Option<String>) -> Result<RawArticle, String> {
    let authors = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let mut names: Vec<&str> = authors.iter().filter_map(|author| author.name.as_deref()).collect();
    names.retain(|name| !name.trim().is_empty());
    names.dedup();
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = link.or(entry.links.first()).map(|link| link.href.clone());
    let url = url.or_else(|| Some(entry.id).filter(|id| id.starts_with("http")));
    let content = entry.content.and_then(|content| {
        let is_text = content.content_type.ty() == "text" || content.content_type.subty().as_str().contains("ml");
        content.body.filter(|_| is_text)
    });
    let summary = entry.summary.map(|summary| summary.content);
    // Some feeds have the text in one, and its first words or nothing in the other.
    let longest = content.into_iter().chain(summary).max_by_key(String::len).unwrap_or_default();
    let (text, marks) = html::field(&longest);
    let text = text.into_owned();
    let inline = |text: Option<&str>| text.map(html::line).filter(|text| !text.is_empty());
    let stated = StatedFields {
        title: inline(entry.title.as_ref().map(|title| title.content.as_str())),
        byline: inline(Some(&names.join(", "))),
        source: inline(feed.title.as_ref().map(|title| title.content.as_str())),
        url: url.map(|url| url.trim().to_owned()),
        date,
        language: entry.language.or_else(|| feed.language.clone()),
    };
    if text.is_empty() && stated.title.is_none() {
        return Err("an entry without title and text".to_owned());
    }
    Ok(RawArticle { text, marks, stated, file_name: None })
}

/// The entry with the markup in its text as data: RSS wants it escaped, and some feeds forget that.
fn markup_as_data(xml: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(xml);
    for name in ["description", "content:encoded"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let within = mended.find(&open).map(|at| at + open.len()).zip(mended.rfind(&close));
        let Some((start, end)) = within.filter(|(start, end)| start < end) else { continue };
        let text = &mended[start..end];
        if text.contains('<') && !text.contains("<![CDATA[") {
            mended = Cow::Owned(format!("{}<![CDATA[{text}]]>{}", &mended[..start], &mended[end..]));
        }
    }
    mended
}

/// `xml` without the faults that careless programs leave: ampersands that begin no entity, and
/// control characters.
fn mended(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len() + 16);
    let mut rest = xml;
    let mut in_data = false;
    while let Some(at) = rest.find(|c: char| c == '&' || c == '<' || c == ']' || c.is_control() && !c.is_whitespace()) {
        let (before, after) = rest.split_at(at);
        mended.push_str(before);
        let c = after.chars().next().unwrap_or_default();
        let is_entity = || {
            let name = after[1..].split(';').next().unwrap_or_default();
            name.len() + 1 < after.len()
                && name.len() < 10
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
                && !name.is_empty()
        };
        match c {
            '<' => in_data |= after.starts_with("<![CDATA["),
            ']' => in_data &= !after.starts_with("]]>"),
            _ => {}
        }
        match c {
            '&' if !in_data && !is_entity() => mended.push_str("&amp;"),
            '&' | '<' | ']' => mended.push(c),
            _ => {}
        }
        rest = &after[c.len_utf8()..];
    }
    mended.push_str(rest);
    mended
}

/// A tag that was met.
struct Tag {
    /// Its name without the prefix.
    name: Vec<u8>,
    kind: Kind,
    /// Where it begins.
    start: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    End,
    Empty,
}

impl Tag {
    fn is_entry(&self) -> bool {
        self.name.eq_ignore_ascii_case(b"item") || self.name.eq_ignore_ascii_case(b"entry")
    }

    fn begins_entry(&self) -> bool {
        self.kind == Kind::Start && self.is_entry()
    }
}

/// Finds tags byte by byte. Cannot fail: what looks like a tag is one.
#[derive(Default)]
struct Scanner {
    /// How many bytes were taken.
    at: u64,
    within: Within,
    /// Where the tag begins that is being read, and the beginning of what is in it.
    start: u64,
    word: Vec<u8>,
    quote: Option<u8>,
    quoted: usize,
    /// The two bytes before the last.
    last: [u8; 2],
}

/// What a byte belongs to.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    Tag,
    Comment,
    Data,
    Instruction,
}

/// How much of a tag is kept: enough for any name.
const WORD: usize = 80;

/// A value longer than this is one whose quotation mark was forgotten.
const QUOTED: usize = 8 << 10;

impl Scanner {
    /// Takes the next byte, and returns the tag that it ends.
    fn take(&mut self, byte: u8) -> Option<Tag> {
        let last = self.last;
        self.last = [last[1], byte];
        self.at += 1;
        match self.within {
            Within::Text => {
                if byte == b'<' {
                    self.begin();
                }
                None
            }
            Within::Tag => self.take_tag(byte, last[1]),
            Within::Comment => self.end_if(byte == b'>' && last == *b"--"),
            Within::Data => self.end_if(byte == b'>' && last == *b"]]"),
            Within::Instruction => self.end_if(byte == b'>' && last[1] == b'?'),
        }
    }

    fn begin(&mut self) {
        self.within = Within::Tag;
        self.start = self.at - 1;
        self.word.clear();
        self.quote = None;
    }

    fn end_if(&mut self, ends: bool) -> Option<Tag> {
        if ends {
            self.within = Within::Text;
        }
        None
    }

    fn take_tag(&mut self, byte: u8, before: u8) -> Option<Tag> {
        if let Some(quote) = self.quote {
            self.quoted += 1;
            if byte == quote || self.quoted > QUOTED {
                self.quote = None;
            }
            return None;
        }
        match byte {
            b'>' => {
                self.within = Within::Text;
                return self.tag(before == b'/');
            }
            b'<' => self.begin(),
            b'"' | b'\'' if !self.word.starts_with(b"!") => (self.quote, self.quoted) = (Some(byte), 0),
            _ if self.word.len() < WORD => {
                self.word.push(byte);
                self.within = match self.word.as_slice() {
                    b"!--" => Within::Comment,
                    b"![CDATA[" => Within::Data,
                    b"?" => Within::Instruction,
                    _ => Within::Tag,
                };
            }
            _ => {}
        }
        None
    }

    fn tag(&self, is_empty: bool) -> Option<Tag> {
        let (word, is_end) = self.word.strip_prefix(b"/").map_or((self.word.as_slice(), false), |word| (word, true));
        let length = word.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(word.len());
        let name = word[..length].rsplit(|byte| *byte == b':').next().unwrap_or_default();
        let kind = match (is_end, is_empty) {
            (true, _) => Kind::End,
            (_, true) => Kind::Empty,
            _ => Kind::Start,
        };
        let is_tag = name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'_');
        is_tag.then(|| Tag { name: name.to_vec(), kind, start: self.start })
    }
}

/// Finds the entries of a feed, byte by byte.
#[derive(Default)]
struct Entries {
    scanner: Scanner,
    /// How many line breaks were taken.
    breaks: u64,
    /// How long an entry may be.
    whole: u64,
    open: Option<Open>,
    /// The beginning of a tag, which may be that of an entry.
    tag: Vec<u8>,
    /// The line of that tag.
    line: u64,
}

/// An entry that is being read, or was.
struct Open {
    name: Vec<u8>,
    bytes: Vec<u8>,
    start: u64,
    end: u64,
    line: u64,
}

impl Entries {
    /// Takes the next byte, and returns the entry that it ends.
    fn take(&mut self, byte: u8) -> Option<Open> {
        let before = self.scanner.within;
        let start = self.scanner.start;
        let tag = self.scanner.take(byte);
        self.breaks += u64::from(byte == b'\n');
        if self.scanner.within == Within::Tag && (before != Within::Tag || self.scanner.start != start) {
            self.tag.clear();
            self.line = self.breaks + 1;
        }
        let in_tag = before == Within::Tag || self.scanner.within == Within::Tag;
        if in_tag && self.tag.len() < QUOTED {
            self.tag.push(byte);
        }
        if let Some(open) = &mut self.open {
            if (open.bytes.len() as u64) < self.whole {
                open.bytes.push(byte);
            }
            open.end = self.scanner.at;
        }
        let tag = tag.filter(Tag::is_entry)?;
        match tag.kind {
            // An entry within an entry: nobody ended the first.
            Kind::Start => {
                let before = self.open.replace(Open {
                    name: tag.name,
                    bytes: std::mem::take(&mut self.tag),
                    start: tag.start,
                    end: self.scanner.at,
                    line: self.line,
                });
                before.map(|open| cut_at(open, tag.start))
            }
            Kind::End => self.open.take_if(|open| open.name == tag.name),
            Kind::Empty => None,
        }
    }
}

/// An entry that ends where another begins.
fn cut_at(mut open: Open, end: u64) -> Open {
    let length = usize::try_from(end - open.start).unwrap_or(usize::MAX);
    open.bytes.truncate(length);
    open.end = end;
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// What is in a file: part, line, and what is stated or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let around = Around { preface: preface(&file[..file.len().min(2000)]), ..Around::default() };
        let mut found = Vec::new();
        let mut reader = io::BufReader::with_capacity(4096, file);
        let limits = Limits { whole: 2000, cut: 10 };
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || piece.part.is_none() || place == piece.bytes);
            let shown = match read(&piece, &around) {
                Ok(Sheet { raw: RawArticle { text, stated, .. }, .. }) => {
                    let StatedFields { title, byline, source, url, date, language } = stated;
                    let stated = [title, byline, source, url, date, language].map(|field| field.unwrap_or("-".into()));
                    format!("{}|{text}", stated.join("|"))
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, Some(file.len() as u64), limits), on).expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, u64, &str)]) {
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn markup_that_was_not_escaped_is_no_loss() {
        check(
            "<rss version=\"2.0\"><channel><item><title>T</title><description><p>One <b>word</b>.</p><p>Two.</p></description>\
             </item></channel></rss>",
            &[(1, 1, "T|-|-|-|-|-|One word.\n\nTwo.")],
        );
        assert_eq!(markup_as_data("<description>a &lt;b</description>"), "<description>a &lt;b</description>");
        assert_eq!(markup_as_data("</description><p><description>"), "</description><p><description>");
    }

    #[test]
    fn each_item_of_rss_is_an_article() {
        check(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel><title>Gazette</title><language>en-GB</language>\n\
             <item><title>Harbour &amp;amp; ferry</title><link>https://example.org/a</link>\
             <pubDate>Tue, 16 Feb 2021 01:00:00 +0700</pubDate><dc:creator>Nora Webb</dc:creator>\
             <description>Short.</description><content:encoded><![CDATA[<p>The harbour</p><p>is <b>closed</b>.</p>]]></content:encoded></item>\n\
             <item><description>&lt;p&gt;No title &amp;amp; no date&lt;/p&gt;</description></item></channel></rss>",
            &[
                (
                    1,
                    4,
                    "Harbour & ferry|Nora Webb|Gazette|https://example.org/a|Tue, 16 Feb 2021 01:00:00 +0700|en-gb|The harbour\n\nis closed.",
                ),
                (2, 5, "-|-|Gazette|-|-|en-gb|No title & no date"),
            ],
        );
    }

    #[test]
    fn each_entry_of_atom_is_an_article() {
        check(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><title>Blatt</title><author><name>Nora</name></author>\n\
             <entry><title type=\"html\">Hafen &lt;b&gt;zu&lt;/b&gt;</title><link rel=\"alternate\" href=\"https://example.org/b\"/>\
             <published>2021-02-16</published><updated>2021-02-17T10:00:00Z</updated>\
             <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Der Hafen</p><ul><li>bleibt</li></ul></div></content></entry></feed>",
            &[(1, 2, "Hafen zu|Nora|Blatt|https://example.org/b|2021-02-16|de|Der Hafen\n\nbleibt")],
        );
    }

    #[test]
    fn old_feeds_are_read_too() {
        check(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"x\"><title>Gazette</title><link>https://example.org</link>\
             <description>d</description><items><rdf:Seq/></items></channel><item rdf:about=\"y\"><title>Harbour</title>\
             <link>https://example.org/c</link><description>Closed.</description><dc:date>2021-02</dc:date></item></rdf:RDF>",
            &[(1, 1, "Harbour|-|Gazette|https://example.org/c|2021-02|-|Closed.")],
        );
        for version in ["", " version=\"0.91\"", " version='2.01'"] {
            check(
                &format!("<rss{version}><channel><title>G</title><item><title>Harbour</title></item></channel></rss>"),
                &[(1, 1, "Harbour|-|G|-|-|-|")],
            );
        }
    }

    #[test]
    fn a_broken_entry_costs_no_other() {
        check(
            "<rss version=\"2.0\"><channel><title>G</title>\n<item><title>One</title></item>\n<item><title>Two</wrong></item>\n\
             <item/><!-- <item> -->\n<item><title>Salt & pepper\u{1}</title></item><item><title>Never ended\n\
             <item><title><![CDATA[Five </item> <item>]]></title></item><item><title>Six</ti",
            &[
                (1, 2, "One|-|G|-|-|-|"),
                (2, 3, "! the entry is no XML (expected `</title>`, but `</wrong>` was found)"),
                (3, 5, "Salt & pepper|-|-|-|-|-|"),
                (4, 5, "! the entry is no XML (expected `</title>`, but `</channel>` was found)"),
                (5, 6, "Five|-|G|-|-|-|"),
                (6, 6, "! the entry is no XML (expected `</title>`, but `</ti</channel>` was found)"),
            ],
        );
    }

    #[test]
    fn declared_encodings_are_used() {
        let feed = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss version=\"2.0\"><channel><title>Газета</title>\
                    <item><title>Гавань</title></item></channel></rss>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(feed);
        assert_eq!(articles(&bytes), [(1, 1, "Гавань|-|Газета|-|-|-|".to_owned())]);
        assert_eq!(articles(feed.as_bytes()), [(1, 1, "Гавань|-|Газета|-|-|-|".to_owned())]);
    }

    #[test]
    fn what_is_no_feed_says_what_it_is() {
        check("<opml><body/></opml>", &[(0, 1, "! is XML, but no feed with entries")]);
        check("<rss version=\"2.0\"><channel></channel></rss>", &[(0, 1, "! is XML, but no feed with entries")]);
        check("Harbour", &[(0, 1, "! is not XML")]);
        check(" ", &[(0, 1, "! holds nothing but white space")]);
        let long = format!("<rss><channel><item>{}</item><item><title>b</title></item>", "a".repeat(3000));
        check(&long, &[(1, 1, "! the article is too long (2 kB)"), (2, 1, "b|-|-|-|-|-|")]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = articles(&bytes);
            let _ = articles(&[b"<rss><channel><item>".as_slice(), &bytes].concat());
        }

        #[test]
        fn anything_like_a_feed_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">", "<channel>", "</channel>", "<item>", "</item>", "<entry>", "</entry>",
            "<title>", "</title>", "<content:encoded>", "</content:encoded>", "<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&", "<", ">",
            "<pubDate>", "</pubDate>", "2021-02-16", "<feed xmlns='http://www.w3.org/2005/Atom'>", "</feed>", "<content type='xhtml'>", "</content>",
            "<link href='", "'/>", "<?xml", "?>", "\"", "text", "\u{0}",
        ]), 0..40)) {
            let _ = articles(parts.concat().as_bytes());
        }
    }
}
