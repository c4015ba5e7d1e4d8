//! JSON: an object that is an article, or a list of such objects, perhaps within others.

use std::io;

use encoding_rs::Encoding;

use serde_json::Value;

use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, decode, frame, jsonl};
use crate::extract::StatedFields;

pub(super) const FORMAT: Format = Format {
    name: "json",
    description: "JSON, an object with a title or text, or a list of such objects; JSON Feed",
    extensions: &["json"],
    reads: "as for JSON Lines; the name of a JSON Feed as the source",
    begins,
    split,
    preface,
    read,
    grows: false,
    holds: Holds::Narrow,
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
    b"rows",
    b"value",
    b"news_results",
    b"organic_results",
    b"messages",
    b"edges",
    b"nodes",
    b"children",
    b"publications",
    b"newsitems",
    b"matches",
];

/// How deep such a list may lie.
const DEEPEST: usize = 3;

/// How many braces and brackets are told apart; deeper ones are only counted.
const KEPT: usize = 1000;

/// What every JSON Feed names as its version.
const FEED: &[u8] = b"//jsonfeed.org/version/";

/// Where its articles begin.
const ITEMS: &[u8] = b"\"items\"";

/// True for a list of objects, or an object that goes on in the next line.
fn begins(head: &[u8]) -> Likeness {
    if !decode::may_open_with(head, b"{[") {
        return Likeness::No;
    }
    let decoded = decode::decode(&head[..head.len().min(4096) & !1], false, None);
    let text = decoded.text.trim_start();
    let inner = |open| text.strip_prefix(open).map(str::trim_start).unwrap_or_default();
    let is_list = inner('[').strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    match inner('{').starts_with('"') {
        _ if is_list => Likeness::Sure,
        true if text.split_once('\n').is_some_and(|(first, _)| !first.trim_end().ends_with('}')) => Likeness::Sure,
        is_object => Likeness::maybe_if(is_object || inner('[').starts_with('{')),
    }
}

/// Each object of a list is an article, numbered from 1; so is each of several objects that stand one
/// after the other. A single object is the article that the file is.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let head = reader.fill_buf()?;
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
    let list_is_open = scanner.list.is_some();
    let Scanner { mut object, at, line, stray, .. } = scanner;
    let was_reading = object.reading;
    if was_reading {
        object.end = at;
    }
    if !object.bytes.is_empty() {
        let rows = if was_reading || object.in_list { Vec::new() } else { frame::rows(&object.bytes) };
        for row in &rows {
            // A row lies in many places; its bytes name it, and it is found again by them.
            let range = object.start..object.start + row.len() as u64;
            if hand_out(&Object { bytes: row.clone(), ..Object::at(range, object.line) }, false).is_break() {
                return Ok(());
            }
        }
        let single = !object.in_list;
        if rows.is_empty() && hand_out(&object, single).is_break() {
            return Ok(());
        }
    } else if parts == 0 {
        // No object at all: `read` says what it is instead.
        let _ = on(Piece { bytes: &scanner.first, range: 0..scanner.first.len() as u64, part: None, line: 1 });
        return Ok(());
    }
    if let Some((at, line)) = stray {
        let _ = on(Piece::fault("something that is no article stands behind the end", at, line, parts));
    }
    if list_is_open && !was_reading {
        let _ = on(Piece::fault("the list ends too early: nothing closes it", at, line, parts));
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
    /// The last byte outside of strings that is no white space.
    last: u8,
    /// The beginning of another article that a string seems to hold.
    lure: Lure,
    /// Whether an article was found.
    found: bool,
    /// Where something begins behind the end of the list, and in which line.
    stray: Option<(u64, u64)>,
}

/// What looks like the end of an article and the beginning of the next within a string: `}, {"name`. No
/// text says that, so a quotation mark was forgotten.
#[derive(Default)]
struct Lure {
    /// How many of the four characters were met.
    stage: u8,
    /// Where the brace lies, and what has followed it.
    start: u64,
    line: u64,
    bytes: Vec<u8>,
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

impl Object {
    /// An object at a place, of which nothing is known yet.
    fn at(range: std::ops::Range<u64>, line: u64) -> Object {
        Object { start: range.start, end: range.end, line, ..Object::default() }
    }
}

impl Scanner {
    /// Takes the next byte, and returns an object when it is certain to be an article's.
    fn take(&mut self, byte: u8) -> Option<Object> {
        let object = self.take_byte(byte);
        self.found |= object.is_some();
        object
    }

    fn take_byte(&mut self, byte: u8) -> Option<Object> {
        self.at += 1;
        self.line += u64::from(byte == b'\n');
        if self.object.reading && (self.object.bytes.len() as u64) < self.room {
            self.object.bytes.push(byte);
        }
        if self.lure.stage == 4 && !self.quoted {
            self.lure.stage = 0;
            if byte.is_ascii_alphabetic() || byte == b'_' {
                return self.begin_at_lure(byte);
            }
        }
        if self.quoted {
            self.take_quoted(byte);
            self.follow_lure(byte);
            return None;
        }
        let last = self.last;
        if !byte.is_ascii_whitespace() {
            self.last = byte;
        }
        if self.open.is_empty() && (self.found || !self.object.bytes.is_empty()) {
            // Separators of lists and of sequences, and what stands around a list that is sent as a program.
            let belongs = byte.is_ascii_whitespace() || byte.is_ascii_control() || b"{[,);]}".contains(&byte);
            if !belongs && self.stray.is_none() {
                self.stray = Some((self.at - 1, self.line));
            }
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
            // Within an object, only a name may stand there: the one before was not ended.
            b'{' if self.object.reading && matches!(last, b',' | b'}') && self.open.last() == Some(&b'{') => {
                return self.begin_anew(self.at - 1, self.line, vec![b'{']);
            }
            b'{' => return self.enter_object(),
            b']' | b'}' => return self.leave(byte),
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

    /// Notices the end of an article and the beginning of another in what should be a string.
    fn follow_lure(&mut self, byte: u8) {
        let lure = &mut self.lure;
        lure.stage = match (lure.stage, byte) {
            _ if !self.object.reading || self.escaped => 0,
            (_, b'}') => 1,
            (1..=3, b' ' | b'\t' | b'\r' | b'\n') => lure.stage,
            (1, b',') => 2,
            (1 | 2, b'{') => {
                (lure.start, lure.line) = (self.at - 1, self.line);
                lure.bytes.clear();
                3
            }
            (3, b'"') => 4,
            _ => 0,
        };
        if lure.stage >= 3 && lure.bytes.len() < 100 {
            lure.bytes.push(byte);
        }
    }

    /// An article begins within a string that nobody ended; `byte` is the first of a name in it.
    fn begin_at_lure(&mut self, byte: u8) -> Option<Object> {
        let mut bytes = std::mem::take(&mut self.lure.bytes);
        bytes.push(byte);
        let before = self.begin_anew(self.lure.start, self.lure.line, bytes);
        self.quoted = true;
        self.word = vec![byte];
        before
    }

    /// An article begins at `start`, whatever was open there; what was read before is broken.
    fn begin_anew(&mut self, start: u64, line: u64, bytes: Vec<u8>) -> Option<Object> {
        let in_list = self.object.in_list;
        let begun = Object { bytes, reading: true, in_list, ..Object::at(start..start, line) };
        let mut before = std::mem::replace(&mut self.object, begun);
        before.bytes.truncate(usize::try_from(start - before.start).unwrap_or(usize::MAX));
        before.end = start;
        self.open.truncate(self.list.unwrap_or(0));
        self.push(b'{');
        (self.deeper, self.named) = (0, false);
        Some(before)
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
    fn leave(&mut self, byte: u8) -> Option<Object> {
        self.named = false;
        if self.deeper > 0 {
            self.deeper -= 1;
            return None;
        }
        // Brackets that nobody closed end with what they are in; one that closes nothing is passed over.
        let opened = if byte == b']' { b'[' } else { b'{' };
        let least = if byte == b'}' { self.list.unwrap_or(0) } else { 0 };
        match self.open.iter().rposition(|open| *open == opened).filter(|at| *at >= least) {
            Some(at) => self.open.truncate(at),
            None => return None,
        }
        if self.list.is_some_and(|list| self.open.len() < list) {
            self.list = None;
        }
        let ends = match self.object.in_list {
            // The list may end before its last article does.
            true => self.list.is_none_or(|list| self.open.len() <= list),
            false => self.open.is_empty(),
        };
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
            let is_row = place.first() != Some(&b'{') || !frame::rows(file).is_empty();
            assert!(!piece.is_whole() || place == piece.bytes || is_row || !piece.bytes.starts_with(b"{"));
            let shown = match FORMAT.read_piece(&piece, &Around::default()) {
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
    fn damage_costs_one_article_and_is_told() {
        let early = "! the list ends too early: nothing closes it";
        check("[{\"text\":\"a\"},\n{\"text\":\"b\"},", &[(1, 1, "-: a"), (2, 2, "-: b"), (3, 2, early)]);
        check("{\"articles\":[{\"text\":\"a\"}", &[(1, 1, "-: a"), (2, 1, early)]);
        let behind = "! something that is no article stands behind the end";
        check("[{\"text\":\"a\"}]\n garbage here", &[(1, 1, "-: a"), (2, 2, behind)]);
        check("{\"text\":\"a\"} garbage", &[(0, 1, "-: a"), (2, 1, behind)]);
        check("[{\"text\":\"a\"}]\n[{\"text\":\"b\"}]\n", &[(1, 1, "-: a"), (2, 2, "-: b")]);
        check("call([{\"text\":\"a\"}]);", &[(1, 1, "-: a")]);
        // A quotation mark that is missing.
        check(
            "[{\"text\":\"a\"},{\"title\":\"T\",\"text\":\"b}, {\"text\":\"c\"},\n{\"text\":\"d\"}]",
            &[(1, 1, "-: a"), (2, 1, "! not JSON (it ends at column 24)"), (3, 1, "-: c"), (4, 2, "-: d")],
        );
        // A brace that is missing, and one too many.
        let not_ended = "! not JSON (it ends at column 12)";
        check("[{\"text\":\"a\", {\"text\":\"b\"}]", &[(1, 1, not_ended), (2, 1, "-: b")]);
        check("[{\"text\":\"a\"}},{\"text\":\"b\"}]", &[(1, 1, "-: a"), (2, 1, "-: b")]);
        check(
            "[{\"tags\":[\"x\",\"text\":\"a\"},{\"text\":\"b\"}]",
            &[(1, 1, "! not JSON (expected `,` or `]` at column 20)"), (2, 1, "-: b")],
        );
        // Text that only looks like it.
        check(
            "[{\"text\":\"a }, {\\\"b\\\": 1} \"},{\"text\":\"}, { \"}]",
            &[(1, 1, "-: a }, {\"b\": 1} "), (2, 1, "-: }, { ")],
        );
    }

    #[test]
    fn the_columns_of_a_table_are_articles() {
        let found = [(1, 1, "One: a"), (2, 1, "Two: b")];
        check(
            "{\"title\":{\"0\":\"One\",\"1\":\"Two\"},\"text\":{\"0\":\"a\",\"1\":\"b\"},\"n\":{\"0\":1,\"1\":2}}",
            &found,
        );
        check("{\"title\":[\"One\",\"Two\"],\"text\":[\"a\",\"b\"]}", &found);
        check("{\"columns\":[\"title\",\"text\"],\"index\":[0,1],\"data\":[[\"One\",\"a\"],[\"Two\",\"b\"]]}", &found);
        check("{\"17\":{\"title\":\"One\",\"text\":\"a\"},\"18\":{\"title\":\"Two\",\"text\":\"b\"}}", &found);
        check("{\"title\":{\"rendered\":\"One\"},\"content\":{\"rendered\":\"a\"}}", &[(0, 1, "One: a")]);
    }

    #[test]
    fn what_is_no_article_says_what_it_is() {
        check("[]", &[(0, 1, "! holds no object in its JSON list")]);
        check("[1, [2]]", &[(0, 1, "! holds no object in its JSON list")]);
        check("Musk", &[(0, 1, "! is not JSON")]);
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
