//! JSON: an object that is an article, or a list of such objects, perhaps within others.

use std::io;

use encoding_rs::Encoding;

use serde_json::Value;

use super::{Around, Format, Piece, Preface, Sheet, Source, Take, decode, jsonl};
use crate::extract::StatedFields;

pub(super) const FORMAT: Format = Format {
    name: "json",
    description: "JSON, an object with a title or text, or a list of such objects; JSON Feed",
    extensions: &["json"],
    begins,
    split,
    preface,
    read,
    grows: false,
};

/// Names of members that hold the articles of an answer from a service: `{"status": "ok", "articles": […]}`.
const LISTS: &[&[u8]] = &[
    b"articles",
    b"items",
    b"results",
    b"docs",
    b"documents",
    b"data",
    b"news",
    b"posts",
    b"entries",
    b"records",
    b"stories",
    b"hits",
];

/// How deep such a list may lie.
const DEEPEST: usize = 3;

/// How many braces and brackets are told apart; deeper ones are only counted.
const KEPT: usize = 1000;

/// What every JSON Feed names as its version.
const FEED: &[u8] = b"//jsonfeed.org/version/";

/// Where its articles begin.
const ITEMS: &[u8] = b"\"items\"";

/// Stands for a file in units of two bytes, where braces cannot be counted byte by byte.
const WIDE: &[u8] = b"\xff";

/// True for a list of objects, or an object that goes on in the next line.
fn begins(head: &[u8]) -> bool {
    let decoded = decode::decode(&head[..head.len().min(4096) & !1], false, None);
    let text = decoded.text.trim_start();
    let inner = |open| text.strip_prefix(open).map(str::trim_start).unwrap_or_default();
    inner('[').starts_with('{') || inner('{').starts_with('"')
}

/// Each object of a list is an article, numbered from 1; so is each of several objects that stand one
/// after the other. A single object is the article that the file is.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let head = reader.fill_buf()?;
    if decode::utf16(head).is_some() {
        let _ = on(Piece { bytes: WIDE, range: 0..1, part: None, line: 1 });
        return Ok(());
    }
    let mark = Encoding::for_bom(head).map_or(0, |(_, length)| length);
    reader.consume(mark);
    let mut scanner = Scanner { at: mark as u64, line: 1, room: limits.whole, ..Scanner::default() };
    let mut parts = 0u32;
    let mut hand_out = |object: &Object, single: bool| {
        let whole = object.end - object.start <= limits.whole;
        let kept = if whole { object.bytes.len() } else { usize::try_from(limits.cut).unwrap_or(0) };
        parts = parts.saturating_add(1);
        let bytes = &object.bytes[..kept.min(object.bytes.len())];
        let part = (!single || parts > 1).then_some(parts);
        on(Piece { bytes, range: object.start..object.end, part, line: object.line })
    };
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let length = buffer.len();
        for byte in buffer {
            if let Some(object) = scanner.take(*byte)
                && hand_out(&object, false).is_break()
            {
                return Ok(());
            }
        }
        reader.consume(length);
    }
    let Scanner { mut object, at, .. } = scanner;
    if object.reading {
        object.end = at;
    }
    if !object.bytes.is_empty() {
        let single = !object.in_list;
        let _ = hand_out(&object, single);
    } else if parts == 0 {
        // No object at all: `read` says what it is instead.
        let _ = on(Piece { bytes: &scanner.first, range: 0..scanner.first.len() as u64, part: None, line: 1 });
    }
    Ok(())
}

/// A JSON Feed tells its title and language before its items.
fn preface(head: &[u8]) -> Preface {
    let is_feed = head.windows(FEED.len()).any(|window| window == FEED);
    let items = is_feed.then(|| head.windows(ITEMS.len()).position(|window| window == ITEMS)).flatten();
    let before = items.map(|items| head[..items].trim_ascii_end());
    let bytes = before.map(|before| [before.strip_suffix(b",").unwrap_or(before), b"}"].concat());
    Preface { bytes: bytes.unwrap_or_default(), ..jsonl::preface(head) }
}

/// States what a feed does about an article that does not do so itself.
fn state_feed(stated: &mut StatedFields, preface: &[u8]) {
    let Ok(Value::Object(feed)) = serde_json::from_slice(preface.strip_prefix(b"\xef\xbb\xbf").unwrap_or(preface))
    else {
        return;
    };
    let word = |name: &str| feed.get(name).and_then(Value::as_str).map(str::to_owned);
    stated.source = stated.source.take().or_else(|| word("title"));
    stated.language = stated.language.take().or_else(|| word("language"));
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    match piece.bytes.first() {
        Some(b'{') => {
            let mut sheet = (jsonl::FORMAT.read)(piece, around)?;
            state_feed(&mut sheet.raw.stated, &around.preface.bytes);
            sheet.raw.file_name = around.file_name.filter(|_| piece.part.is_none()).map(str::to_owned);
            Ok(sheet)
        }
        Some(b'[') => Err("holds no object in its JSON list".to_owned()),
        _ if piece.bytes == WIDE => Err("is JSON in UTF-16, which is not read (save it as UTF-8)".to_owned()),
        Some(_) => Err("is not JSON".to_owned()),
        None => Err("holds nothing but white space".to_owned()),
    }
}

/// Finds the objects that are articles by counting braces, byte by byte: a fault within one object
/// does not hide the others.
#[derive(Default)]
struct Scanner {
    /// How many bytes were taken, and at which line that is.
    at: u64,
    line: u64,
    /// How many bytes of an object are kept.
    room: u64,
    /// The braces and brackets that are open, and how many are within these.
    open: Vec<u8>,
    deeper: u64,
    quoted: bool,
    escaped: bool,
    /// The beginning of the last string, and whether a colon followed.
    word: Vec<u8>,
    named: bool,
    /// How many are open where articles are listed.
    list: Option<usize>,
    /// The object that may be an article: complete, or being read.
    object: Object,
    /// The first byte that is no white space.
    first: Vec<u8>,
}

/// An object and its place.
#[derive(Default)]
struct Object {
    bytes: Vec<u8>,
    start: u64,
    end: u64,
    line: u64,
    reading: bool,
    in_list: bool,
}

impl Scanner {
    /// Takes the next byte, and returns an object when it is certain to be an article's.
    fn take(&mut self, byte: u8) -> Option<Object> {
        self.at += 1;
        self.line += u64::from(byte == b'\n');
        if self.object.reading && (self.object.bytes.len() as u64) < self.room {
            self.object.bytes.push(byte);
        }
        if self.quoted {
            self.take_quoted(byte);
            return None;
        }
        if self.first.is_empty() && !byte.is_ascii_whitespace() {
            self.first.push(byte);
        }
        match byte {
            b'"' => {
                self.quoted = true;
                self.named = false;
                self.word.clear();
            }
            b':' => self.named = true,
            b'[' => self.enter_list(),
            b'{' => return self.enter_object(),
            b']' | b'}' => return self.leave(),
            _ => {}
        }
        None
    }

    fn take_quoted(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.quoted = false,
            _ if self.word.len() < 16 => self.word.push(byte),
            _ => {}
        }
    }

    fn push(&mut self, bracket: u8) {
        if self.open.len() < KEPT {
            self.open.push(bracket);
        } else {
            self.deeper += 1;
        }
    }

    fn enter_list(&mut self) {
        let lists = match self.open.as_slice() {
            [] => true,
            outer => outer.len() <= DEEPEST && self.named && !outer.contains(&b'[') && LISTS.contains(&&*self.word),
        };
        self.push(b'[');
        if lists && self.list.is_none() {
            self.list = Some(self.open.len());
        }
    }

    /// An object begins. At the top of the file, the object before it is complete, and an article:
    /// what holds a list of articles has given its place to them.
    fn enter_object(&mut self) -> Option<Object> {
        let in_list = self.list == Some(self.open.len());
        let on_top = self.open.is_empty();
        self.push(b'{');
        self.named = false;
        if !in_list && !on_top {
            return None;
        }
        let begun = Object {
            bytes: vec![b'{'],
            start: self.at - 1,
            line: self.line,
            reading: true,
            in_list,
            ..Object::default()
        };
        let before = std::mem::replace(&mut self.object, begun);
        (on_top && !before.bytes.is_empty()).then_some(before)
    }

    /// An object or a list ends. An object of a list is an article.
    fn leave(&mut self) -> Option<Object> {
        self.named = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        self.open.pop();
        if self.list.is_some_and(|list| self.open.len() < list) {
            self.list = None;
        }
        let ends = if self.object.in_list { self.list == Some(self.open.len()) } else { self.open.is_empty() };
        if !self.object.reading || !ends {
            return None;
        }
        self.object.reading = false;
        self.object.end = self.at;
        self.object.in_list.then(|| std::mem::take(&mut self.object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// What is in a file: part or 0, line, and title with text or the complaint; each is read back from its place.
    fn articles(file: &[u8]) -> Vec<(u32, u64, String)> {
        let mut found = Vec::new();
        let limits = Limits { whole: 1000, cut: 10 };
        let mut reader = io::BufReader::with_capacity(7, file);
        let source = Source::new(&mut reader, Some(file.len() as u64), limits);
        let on = &mut |piece: Piece<'_>| {
            let place = &file[piece.range.start as usize..piece.range.end as usize];
            assert!(!piece.is_whole() || place == piece.bytes || !piece.bytes.starts_with(b"{"));
            let shown = match read(&piece, &Around::default()) {
                Ok(sheet) => format!("{}: {}", sheet.raw.stated.title.unwrap_or("-".into()), sheet.raw.text),
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), piece.line, shown));
            ControlFlow::Continue(())
        };
        split(source, on).expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, u64, &str)]) {
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, line, shown)| (*part, *line, shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn an_object_is_an_article() {
        check("{\n  \"title\": \"T\",\n  \"text\": \"a {[\\\" b\"\n}\n", &[(0, 1, "T: a {[\" b")]);
        check("\u{feff}{\"text\":\"ä\",\"x\":{\"y\":[{\"text\":\"inner\"}]}}", &[(0, 1, "-: ä")]);
    }

    #[test]
    fn each_object_of_a_list_is_an_article() {
        check("[{\"text\":\"a\"},\n {\"text\":\"b\",\"x\":[{}]}\n]", &[(1, 1, "-: a"), (2, 2, "-: b")]);
        check("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", &[(1, 1, "-: a"), (2, 2, "-: b")]);
    }

    #[test]
    fn lists_of_services_are_known() {
        check(
            "{\"status\":\"ok\",\"articles\":[{\"title\":\"T\",\"content\":\"a\"},{\"content\":\"b\"}],\"n\":2}",
            &[(1, 1, "T: a"), (2, 1, "-: b")],
        );
        check("{\"response\":{\"docs\":[{\"text\":\"a\"}]}}", &[(1, 1, "-: a")]);
        check("{\"title\":\"T\",\"text\":\"a\",\"images\":[{\"title\":\"no\"}]}", &[(0, 1, "T: a")]);
    }

    #[test]
    fn a_json_feed_names_its_articles() {
        let feed = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Gazette\", \"language\": \"en\", \"items\": [\
                    {\"id\": \"1\", \"url\": \"https://example.org/a\", \"title\": \"T\", \"content_html\": \"<p>a</p><p>b</p>\", \
                    \"date_published\": \"2021-02-16\", \"authors\": [{\"name\": \"Nora Webb\"}]}]}";
        let around = Around { preface: preface(feed.as_bytes()), ..Around::default() };
        let mut found = Vec::new();
        let mut reader = feed.as_bytes();
        let source = Source::new(&mut reader, None, Limits::default());
        let on = &mut |piece: Piece<'_>| {
            found.push(read(&piece, &around).expect("an article").raw);
            ControlFlow::Continue(())
        };
        split(source, on).expect("memory can be read");
        let stated = &found[0].stated;
        let fields = [&stated.title, &stated.byline, &stated.source, &stated.url, &stated.date, &stated.language];
        let shown = fields.map(|field| field.as_deref().unwrap_or("-")).join("|");
        assert_eq!(shown, "T|Nora Webb|Gazette|https://example.org/a|2021-02-16|en");
        assert_eq!((found.len(), found[0].text.as_str()), (1, "a\n\nb"));
    }

    #[test]
    fn a_broken_object_does_not_hide_the_others() {
        check(
            "[{\"text\":\"a\"},{\"text\" \"b\"},{},7,{\"text\":\"c\"},{\"text\":\"d",
            &[
                (1, 1, "-: a"),
                (2, 1, "! not JSON (expected `:` at column 9)"),
                (3, 1, "! no field with a title or text"),
                (4, 1, "-: c"),
                (5, 1, "! not JSON (it ends at column 10)"),
            ],
        );
    }

    #[test]
    fn what_is_no_article_says_what_it_is() {
        check("[]", &[(0, 1, "! holds no object in its JSON list")]);
        check("[1, [2]]", &[(0, 1, "! holds no object in its JSON list")]);
        check("Musk", &[(0, 1, "! is not JSON")]);
        let wide: Vec<u8> = "\u{feff}[{\"text\":\"a\"}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(articles(&wide)[0].2, "! is JSON in UTF-16, which is not read (save it as UTF-8)");
        let deep = format!("[{}{},{{\"text\":\"a\"}}]", "[".repeat(5000), "]".repeat(5000));
        check(&deep, &[(1, 1, "-: a")]);
        check(" \n", &[(0, 1, "! holds nothing but white space")]);
        let long = format!("[{{\"text\":\"{}\"}},{{\"text\":\"b\"}}]", "a".repeat(2000));
        check(&long, &[(1, 1, "! the article is too long (1 kB)"), (2, 1, "-: b")]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = preface(&bytes);
            let _ = articles(&bytes);
        }

        #[test]
        fn every_object_of_a_list_is_found(texts in prop::collection::vec("x[\\[\\]{}\"\\\\:,ä\n]{0,9}", 1..9), pretty: bool) {
            let objects: Vec<_> = texts.iter().map(|text| serde_json::json!({"id": [{}], "text": text})).collect();
            let file = if pretty { serde_json::to_vec_pretty(&objects) } else { serde_json::to_vec(&objects) };
            let found: Vec<String> = articles(&file.expect("JSON")).into_iter().map(|(_, _, shown)| shown).collect();
            prop_assert_eq!(found, texts.iter().map(|text| format!("-: {text}")).collect::<Vec<_>>());
        }

        #[test]
        fn anything_like_json_is_read_or_refused(file in "([{}\\[\\]:,\"\\\\ ]|\"text\":|\"items\":|[0-9]|\n)*") {
            let _ = articles(file.as_bytes());
        }
    }
}
