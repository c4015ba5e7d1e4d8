//! A page, read in one pass: its tree, and what its head says.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, CommentToken, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use super::tree::Tree;

/// Elements without text for readers.
pub(super) const SILENT: &[&str] =
    &["audio", "canvas", "noscript", "object", "select", "svg", "template", "video", "math"];

/// How much is kept of each kind of thing that tags say.
const KEPT: usize = 200;

/// How many bytes of scripts with data are kept.
const LONGEST_DATA: usize = 4 << 20;

/// What a page says.
#[derive(Debug, Default)]
pub(in crate::format) struct Page {
    /// Its elements and their text.
    pub tree: Tree,
    /// The title of its window.
    pub title: String,
    /// Its metadata: names in lower case, and values.
    pub meta: Vec<(String, String)>,
    /// Its linked data, as JSON.
    pub json: Vec<String>,
    /// The data that its scripts draw it from, as JSON.
    pub states: Vec<String>,
    /// What it declares to be its language.
    pub language: Option<String>,
    /// What it declares to be its address.
    pub canonical: Option<String>,
    /// The address that a browser saved it from.
    pub saved_from: Option<String>,
}

/// Reads a page; `xml` where elements end as they do in XML.
pub(in crate::format) fn page(html: &str, xml: bool) -> Page {
    let html = sound(html);
    let sink = Sink(RefCell::new(Reading { xml, ..Reading::default() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts { discard_bom: true, ..TokenizerOpts::default() });
    let input = BufferQueue::default();
    // A tendril holds less than 4 GB; no page that is read is as long.
    input.push_back(StrTendril::from_slice(&html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().page
}

/// A tag has at most so many attributes. Each is compared with all before it, so that a tag with a
/// million would never be read; people write ten. More are left out, and the page is read on behind them.
const ATTRIBUTES: usize = 2000;

/// True for a page of which nothing has to be left out, so that it can be read.
pub(in crate::format) fn is_sound(html: &str) -> bool {
    matches!(sound(html), Cow::Borrowed(_))
}

/// The page with no more attributes in a tag than that.
fn sound(html: &str) -> Cow<'_, str> {
    #[derive(Clone, Copy)]
    enum State {
        Text,
        Name,
        Between,
        Attribute,
        Value,
        Quoted(u8),
        Bare,
    }
    let bytes = html.as_bytes();
    let (mut state, mut count) = (State::Text, 0);
    // Where attributes begin that are left out, and what is kept before them.
    let (mut left_out, mut kept, mut from) = (None, String::new(), 0);
    for (at, byte) in bytes.iter().enumerate() {
        let space = byte.is_ascii_whitespace() || *byte == b'/';
        state = match (state, byte) {
            (State::Text, b'<')
                if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') =>
            {
                count = 0;
                State::Name
            }
            (State::Text, _) => State::Text,
            (State::Quoted(quote), byte) if *byte == quote => State::Between,
            (State::Quoted(_), _) => state,
            (_, b'>') => {
                if let Some(begin) = left_out.take() {
                    kept.push_str(&html[from..begin]);
                    from = at;
                }
                State::Text
            }
            (State::Name | State::Between | State::Bare, _) if space => State::Between,
            (State::Name | State::Bare, _) => state,
            (State::Between, b'=') => State::Value,
            (State::Between, _) => {
                count += 1;
                if count > ATTRIBUTES {
                    left_out.get_or_insert(at);
                }
                State::Attribute
            }
            (State::Attribute, b'=') => State::Value,
            (State::Attribute, _) => {
                if space {
                    State::Between
                } else {
                    state
                }
            }
            (State::Value, b'"' | b'\'') => State::Quoted(*byte),
            (State::Value, _) => {
                if byte.is_ascii_whitespace() {
                    state
                } else {
                    State::Bare
                }
            }
        };
    }
    if from == 0 && left_out.is_none() {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[from..left_out.unwrap_or(html.len())]);
    Cow::Owned(kept)
}

struct Sink(RefCell<Reading>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut reading = self.0.borrow_mut();
        match token {
            CharacterTokens(text) => reading.characters(&text),
            TagToken(tag) if tag.kind == StartTag => return reading.start(&tag),
            TagToken(tag) => reading.end(&tag),
            CommentToken(comment) => reading.comment(&comment),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A page that is being read.
#[derive(Default)]
struct Reading {
    xml: bool,
    page: Page,
    /// The element whose text is no text of the page, and how often it is open.
    silent: Option<(String, usize)>,
    /// Where characters go that are no text of the page.
    raw: Raw,
    /// How many bytes of data were kept.
    data: usize,
}

/// Where characters go.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Raw {
    #[default]
    Text,
    Nowhere,
    Title,
    Json,
    State,
}

impl Reading {
    fn characters(&mut self, text: &str) {
        match self.raw {
            Raw::Text if self.silent.is_none() => self.page.tree.characters(text),
            Raw::Title if self.page.title.len() < 2000 => self.page.title.push_str(text),
            Raw::Json | Raw::State => {
                let kept = if self.raw == Raw::Json { &mut self.page.json } else { &mut self.page.states };
                if let Some(json) = kept.last_mut().filter(|_| self.data < LONGEST_DATA) {
                    self.data += text.len();
                    json.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let is_closed = self.xml && tag.self_closing;
        let raw = match name {
            _ if is_closed => None,
            "script" => Some((self.script(tag), RawKind::ScriptData)),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some((Raw::Nowhere, RawKind::Rawtext)),
            "textarea" => Some((Raw::Nowhere, RawKind::Rcdata)),
            "title" if self.silent.is_none() && self.page.title.is_empty() => Some((Raw::Title, RawKind::Rcdata)),
            "title" => Some((Raw::Nowhere, RawKind::Rcdata)),
            _ => None,
        };
        if let Some((raw, kind)) = raw {
            self.raw = raw;
            return TokenSinkResult::RawData(kind);
        }
        self.raw = Raw::Text;
        self.state(name, tag);
        if let Some((silent, open)) = &mut self.silent {
            *open += usize::from(silent == name);
            return TokenSinkResult::Continue;
        }
        if SILENT.contains(&name) && !tag.self_closing {
            self.silent = Some((name.to_owned(), 1));
            return TokenSinkResult::Continue;
        }
        if !matches!(name, "title" | "script" | "style" | "link" | "base") {
            self.page.tree.start(tag, is_closed);
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, tag: &Tag) {
        let name = &*tag.name;
        self.raw = Raw::Text;
        if let Some((silent, open)) = &mut self.silent {
            *open -= usize::from(silent == name);
            if *open == 0 {
                self.silent = None;
            }
            return;
        }
        self.page.tree.end(name);
    }

    /// What the tag says by its attributes.
    fn state(&mut self, name: &str, tag: &Tag) {
        let value = |wanted: &str| attribute(tag, wanted).map(str::trim).filter(|value| !value.is_empty());
        let page = &mut self.page;
        match name {
            "html" if page.language.is_none() => {
                page.language = value("lang").or_else(|| value("xml:lang")).map(str::to_owned);
            }
            "meta" if page.meta.len() < KEPT => {
                let named = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(value);
                if let (Some(named), Some(content)) = (named, value("content")) {
                    page.meta.push((named.to_lowercase(), content.to_owned()));
                }
            }
            "link"
                if page.canonical.is_none()
                    && value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                page.canonical = value("href").map(str::to_owned);
            }
            _ => {}
        }
    }

    /// Where the text of a script goes.
    fn script(&mut self, tag: &Tag) -> Raw {
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        if kind.contains("ld+json") && self.page.json.len() < KEPT {
            self.page.json.push(String::new());
            return Raw::Json;
        }
        if kind.contains("application/json") && self.page.states.len() < KEPT {
            self.page.states.push(String::new());
            return Raw::State;
        }
        Raw::Nowhere
    }

    /// Browsers note in a comment where they saved a page from.
    fn comment(&mut self, comment: &str) {
        let saved = comment
            .trim_start()
            .get(..10)
            .is_some_and(|start| start.eq_ignore_ascii_case("saved from") || start.eq_ignore_ascii_case("page saved"));
        if saved && self.page.saved_from.is_none() {
            let address = comment.find("http").map(|at| &comment[at..]);
            self.page.saved_from = address.and_then(|address| address.split_whitespace().next()).map(str::to_owned);
        }
    }
}

/// The value of an attribute.
fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}
