//! XML as people write it: tags found byte by byte, and the parts of an element, whatever is wrong with it.
//!
//! Nothing here can fail. What looks like a tag is one; an element that nobody ended ends where the
//! next tag begins. So a fault costs the part that it is in, and no other.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufRead};

use super::{Limits, Piece, Take};

/// What is in an element beside its attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// Its name without the prefix, as it is written.
    pub name: &'a str,
    /// The prefix of its name; empty without one.
    pub prefix: &'a str,
    /// The whole start tag.
    pub tag: &'a str,
    /// What stands between its tags.
    pub inner: &'a str,
    /// Whether it was ended.
    pub is_ended: bool,
}

/// An element has no more parts that are read; a feed has twenty for each entry.
const MOST_TAGS: usize = 100_000;

impl<'a> Part<'a> {
    /// True where the name is this, in any case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// What an attribute says, by its name with or without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        attribute(self.tag, name)
    }

    /// The elements in it, in their order.
    pub fn parts(&self) -> Vec<Part<'a>> {
        parts(self.inner)
    }

    /// The first element in it that is called so.
    pub fn part(&self, name: &str) -> Option<Part<'a>> {
        self.parts().into_iter().find(|part| part.is(name))
    }

    /// What is written in it: as markup where elements stand in it as they are, else with its
    /// characters as they are meant.
    pub fn content(&self) -> String {
        content(self.inner)
    }
}

/// The outermost elements of `xml`, in their order; those in one that nobody ended stand beside it.
pub(super) fn parts(xml: &str) -> Vec<Part<'_>> {
    let mut scanner = Scanner::default();
    let mut tags: Vec<(Tag, usize)> = Vec::new();
    // For each tag, the one that ends it. Elements of a name end as they were begun, the last one first.
    let mut ends: Vec<Option<usize>> = Vec::new();
    let mut open: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    for byte in xml.bytes() {
        let Some(tag) = scanner.take(byte) else { continue };
        let at = tags.len();
        ends.push(None);
        match tag.kind {
            Kind::Start => open.entry(tag.whole_name.to_ascii_lowercase()).or_default().push(at),
            Kind::End => {
                let begun = open.get_mut(&tag.whole_name.to_ascii_lowercase()).and_then(Vec::pop);
                begun.into_iter().for_each(|begun| ends[begun] = Some(at));
            }
            Kind::Empty => {}
        }
        tags.push((tag, scanner.at as usize));
        if tags.len() >= MOST_TAGS {
            break;
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    // A tag that was cut off is no text.
    let end = if scanner.within == Within::Tag { scanner.start as usize } else { xml.len() };
    while let Some((tag, after)) = tags.get(at) {
        let next = tags.get(at + 1).map_or(end, |(next, _)| next.start as usize);
        let (inner, go_on, is_ended) = match (tag.kind, ends[at]) {
            (Kind::End, _) => {
                at += 1;
                continue;
            }
            (Kind::Empty, _) => (*after..*after, at + 1, true),
            (Kind::Start, Some(end)) => (*after..tags[end].0.start as usize, end + 1, true),
            (Kind::Start, None) => (*after..next.max(*after), at + 1, false),
        };
        at = go_on;
        let text = xml.get(tag.start as usize..*after).unwrap_or_default();
        let whole = text.trim_start_matches('<').split(|c: char| c == '>' || c == '/' || c.is_whitespace()).next();
        let (prefix, name) = whole.unwrap_or_default().rsplit_once(':').unwrap_or(("", whole.unwrap_or_default()));
        found.push(Part { name, prefix, tag: text, inner: xml.get(inner).unwrap_or_default(), is_ended });
    }
    found
}

/// What an attribute of a tag says, by its name with or without a prefix.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = &tag[tag.find(char::is_whitespace)?..];
    // A tag has few attributes; one with thousands is an attack.
    for _ in 0..200 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c == '=' || c.is_whitespace() || c == '>').unwrap_or(rest.len());
        let (named, after) = rest.split_at(length);
        if named.is_empty() {
            return None;
        }
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote)?,
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
        };
        let short = named.rsplit(':').next().unwrap_or(named);
        if named.eq_ignore_ascii_case(name) || short.eq_ignore_ascii_case(name) {
            return Some(characters(value).trim().to_owned()).filter(|value| !value.is_empty());
        }
        rest = after;
    }
    None
}

/// Where text is data, whatever it looks like.
const DATA: (&str, &str) = ("<![CDATA[", "]]>");

/// What is written between two tags.
fn content(inner: &str) -> String {
    let is_marked = has_tag(inner);
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find("<!") {
        let (before, after) = rest.split_at(at);
        text.push_str(&if is_marked { Cow::Borrowed(before) } else { characters(before) });
        rest = if let Some(data) = after.strip_prefix(DATA.0) {
            let (data, after) = data.split_once(DATA.1).unwrap_or((data, ""));
            text.push_str(data);
            after
        } else if let Some(comment) = after.strip_prefix("<!--") {
            comment.split_once("-->").map_or("", |(_, after)| after)
        } else {
            text.push_str("<!");
            &after[2..]
        };
    }
    text.push_str(&if is_marked { Cow::Borrowed(rest) } else { characters(rest) });
    text
}

/// True where an element stands in the text as it is.
fn has_tag(inner: &str) -> bool {
    let mut scanner = Scanner::default();
    inner.bytes().any(|byte| scanner.take(byte).is_some())
}

/// Text with the characters that XML writes as entities: its own five, and numbered ones.
pub(super) fn characters(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = rest.bytes().take(12).position(|byte| byte == b';');
        let meant = length.and_then(|length| entity(&rest[1..length]).map(|c| (c, length + 1)));
        let (c, length) = meant.unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    })
}

/// A tag that was met.
pub(super) struct Tag {
    /// Its name with the prefix.
    pub whole_name: Vec<u8>,
    /// What it does.
    pub kind: Kind,
    /// Where it begins.
    pub start: u64,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It begins an element.
    Start,
    /// It ends one.
    End,
    /// It is one.
    Empty,
}

impl Tag {
    /// Its name without the prefix.
    pub fn name(&self) -> &[u8] {
        self.whole_name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name().eq_ignore_ascii_case(name.as_bytes()))
    }
}

/// Finds tags byte by byte. Cannot fail: what looks like a tag is one.
#[derive(Default)]
pub(super) struct Scanner {
    /// How many bytes were taken.
    pub at: u64,
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
    pub fn take(&mut self, byte: u8) -> Option<Tag> {
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
        let whole_name = &word[..length];
        let name = whole_name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
        let kind = match (is_end, is_empty) {
            (true, _) => Kind::End,
            (_, true) => Kind::Empty,
            _ => Kind::Start,
        };
        let is_tag = name.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80 || *byte == b'_');
        is_tag.then(|| Tag { whole_name: whole_name.to_vec(), kind, start: self.start })
    }
}

/// Hands out each element of these names as an article, numbered from 1. Returns how many there were.
///
/// # Errors
///
/// When the bytes cannot be read.
pub(super) fn split(
    reader: &mut dyn BufRead,
    limits: Limits,
    names: &'static [&'static str],
    on: Take<'_>,
) -> io::Result<u32> {
    let mut entries = Entries {
        scanner: Scanner::default(),
        names,
        breaks: 0,
        whole: limits.whole,
        open: None,
        tag: Vec::new(),
        line: 0,
    };
    let mut parts = 0u32;
    let mut hand_out = |entry: &Open| {
        parts = parts.saturating_add(1);
        let most = if entry.end - entry.start > limits.whole { limits.cut } else { limits.whole };
        let kept = usize::try_from(most).unwrap_or(usize::MAX).min(entry.bytes.len());
        let range = entry.start..entry.end;
        on(Piece { bytes: &entry.bytes[..kept], range, part: Some(parts), line: entry.line })
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
                return Ok(parts);
            }
        }
        reader.consume(length);
    }
    if let Some(entry) = entries.open.take() {
        let _ = hand_out(&Open { end: entries.scanner.at, ..entry });
    }
    Ok(parts)
}

/// Where the first element of these names begins, and where the first tag of all ends.
pub(super) fn first(head: &[u8], names: &[&str]) -> (Option<usize>, Option<usize>) {
    let mut scanner = Scanner::default();
    let mut root = None;
    let first = head.iter().enumerate().find_map(|(at, byte)| {
        let ended = scanner.take(*byte)?;
        root = root.or(Some(at + 1));
        (ended.kind == Kind::Start && ended.is_one_of(names)).then_some(ended.start as usize)
    });
    (first, root)
}

/// Finds the elements that are articles, byte by byte.
struct Entries {
    scanner: Scanner,
    names: &'static [&'static str],
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
        let tag = tag.filter(|tag| tag.is_one_of(self.names))?;
        match tag.kind {
            // An entry within an entry: nobody ended the first.
            Kind::Start => {
                let before = self.open.replace(Open {
                    name: tag.name().to_vec(),
                    bytes: std::mem::take(&mut self.tag),
                    start: tag.start,
                    end: self.scanner.at,
                    line: self.line,
                });
                before.map(|open| cut_at(open, tag.start))
            }
            Kind::End => self.open.take_if(|open| open.name == tag.name()),
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
    use proptest::prelude::*;

    /// The parts of an element: name and content.
    fn check(xml: &str, expected: &[(&str, &str)]) {
        let parts = parts(xml);
        let got: Vec<(&str, String)> = parts.iter().map(|part| (part.name, part.content())).collect();
        assert_eq!(got, expected.iter().map(|(name, text)| (*name, (*text).to_owned())).collect::<Vec<_>>(), "{xml}");
    }

    #[test]
    fn the_parts_of_an_element_are_found() {
        check("<a>one</a><x:b c='d'>two &amp; &#x41;</x:b><e/>", &[("a", "one"), ("b", "two & A"), ("e", "")]);
        check("<a><![CDATA[<p>&amp;</p>]]></a>", &[("a", "<p>&amp;</p>")]);
        check("<a>x <i>y</i> &amp;</a>", &[("a", "x <i>y</i> &amp;")]);
        check("<a>one<b>two</b></c>three", &[("a", "one"), ("b", "two")]);
        check("<a>one</a", &[("a", "one")]);
        check("<a>1<a>2</a>3</a>", &[("a", "1<a>2</a>3")]);
        check("text <!-- <a>no</a> --> more", &[]);
    }

    #[test]
    fn attributes_are_found() {
        let tag = "<link rel=alternate href=\"https://example.org/?a=1&amp;b=2\" xml:lang='de' empty=\"\">";
        for (name, value) in [("href", "https://example.org/?a=1&b=2"), ("rel", "alternate"), ("lang", "de")] {
            assert_eq!(attribute(tag, name).as_deref(), Some(value), "{name}");
        }
        assert_eq!(attribute(tag, "empty"), None);
        assert_eq!(attribute("<a>", "b"), None);
        assert_eq!(attribute("<a b=\"c>", "b"), None);
    }

    proptest! {
        #[test]
        fn anything_is_survived(xml in "(</?[ab:]{1,3}( c=['\"]?x)?/?>|<!\\[CDATA\\[|\\]\\]>|<!--|-->|[&;<>\"' ä]|text)*") {
            for part in parts(&xml) {
                let _ = (part.content(), part.attribute("c"), part.parts());
            }
        }
    }
}
