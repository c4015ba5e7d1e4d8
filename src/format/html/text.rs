//! The text of a page without its markup, and what its tags say.
//!
//! Tags are read one after the other and no tree is built, so any page costs time and memory by its
//! length alone.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, CommentToken, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

use super::flow::{BLOCKS, Flow, LINES};

/// Elements without text for readers.
const SILENT: &[&str] = &["audio", "canvas", "noscript", "object", "select", "svg", "template", "video"];

/// Elements that have no end.
const EMPTY: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that end without an end tag, where another begins.
const LAZY: &[&str] =
    &["body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that go on in the next block, where nobody ends them.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Other elements that texts hold.
const INLINE: &[&str] =
    &["abbr", "cite", "del", "iframe", "ins", "mark", "picture", "q", "script", "span", "style", "sub", "sup", "time"];

/// Parts of names of elements that hold a byline or a date: `class="article__byline"`.
const FACTS: &[&str] = &["author", "byline", "date", "posted", "publish", "timestamp", "writer"];

/// How many bytes of text may stand between the headline and the facts about it: a summary, no more.
const NEAR: usize = 500;

/// How much is kept of each kind of thing that tags say.
const KEPT: usize = 200;

/// What a page says.
#[derive(Debug, Default)]
pub(in crate::format) struct Page {
    /// All its text: blocks with a blank line between them, points of lists after a bullet.
    pub text: String,
    /// The title of its window.
    pub title: String,
    /// Its main headings.
    pub headings: Vec<Placed>,
    /// Its metadata: names in lower case, and values.
    pub meta: Vec<(String, String)>,
    /// Its linked data, as JSON.
    pub json: Vec<String>,
    /// What it declares to be its language.
    pub language: Option<String>,
    /// What it declares to be its address.
    pub canonical: Option<String>,
    /// The address that a browser saved it from.
    pub saved_from: Option<String>,
    /// Times that are marked as such.
    pub times: Vec<Placed>,
    /// Times that are marked as that of publication.
    pub published: Vec<String>,
    /// Short texts in elements that are named after bylines and dates.
    pub facts: Vec<Placed>,
    /// What a tree of the page would cost.
    pub burden: Burden,
}

/// Words of a page and their place.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::format) struct Placed {
    /// The words.
    pub words: String,
    /// Where in the text of the page they stand, in bytes.
    pub at: usize,
}

impl Page {
    /// The bylines and dates that stand at the headline, which is `title` if that is a heading at all;
    /// those of other articles stand elsewhere.
    pub fn facts_at(&self, title: Option<&str>) -> Vec<&str> {
        let Some(headline) = self.headline(title) else { return Vec::new() };
        let within = |from: usize, to: usize| {
            let facts = self.facts.iter().filter(|fact| (from..to).contains(&fact.at));
            facts.map(|fact| fact.words.as_str()).collect::<Vec<_>>()
        };
        let below = within(headline, headline + NEAR);
        if below.is_empty() { within(headline.saturating_sub(200), headline) } else { below }
    }

    /// The first time that stands below the headline; of a page without one, a time at its beginning.
    pub fn time_at(&self, title: Option<&str>) -> Option<&str> {
        let headline = self.headline(title).unwrap_or(0);
        let near = headline..headline + NEAR;
        self.times.iter().find(|time| near.contains(&time.at)).map(|time| time.words.as_str())
    }

    fn headline(&self, title: Option<&str>) -> Option<usize> {
        let heading = self.headings.iter().find(|heading| Some(heading.words.as_str()) == title);
        heading.or(self.headings.first()).map(|heading| heading.at)
    }
}

/// What the tree of a page would cost. Hostile pages make trees that are far larger than they are.
#[derive(Debug, Default)]
pub(in crate::format) struct Burden {
    /// How many tags there are.
    pub tags: usize,
    /// How many characters may be written as entities; each makes a piece of text of its own.
    pub entities: usize,
    /// How deep they lie within each other.
    pub deepest: usize,
    /// About how many elements have to be repeated, because nobody ends them.
    pub repeated: usize,
    depth: usize,
    formatting: usize,
}

/// Reads a page; `xml` where elements end as they do in XML.
pub(in crate::format) fn page(html: &str, xml: bool) -> Page {
    read(html, Reading { xml, ..Reading::default() })
}

fn read(html: &str, reading: Reading) -> Page {
    let html = &html[..sound(html)];
    let sink = Sink(RefCell::new(reading));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts { discard_bom: true, ..TokenizerOpts::default() });
    let input = BufferQueue::default();
    // A tendril holds less than 4 GB; no page that is read is as long.
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut reading = tokenizer.sink.0.into_inner();
    reading.end_note(usize::MAX);
    reading.page.burden.entities = html.bytes().filter(|byte| *byte == b'&').count();
    Page { text: reading.flow.finish(), ..reading.page }
}

/// The text of a piece of markup.
pub(in crate::format) fn text(html: &str) -> String {
    page(html, false).text
}

/// A tag has at most so many attributes. Each is compared with all before it, so that a tag with a
/// million would never be read; people write ten.
const ATTRIBUTES: usize = 2000;

/// True for a page that can be read to its end.
pub(in crate::format) fn is_sound(html: &str) -> bool {
    sound(html) == html.len()
}

/// How much of a page can be read: up to the first tag with more attributes than that.
fn sound(html: &str) -> usize {
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
    let (mut state, mut start, mut count) = (State::Text, 0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        let space = byte.is_ascii_whitespace() || *byte == b'/';
        state = match (state, byte) {
            (State::Text, b'<')
                if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') =>
            {
                (start, count) = (at, 0);
                State::Name
            }
            (State::Text, _) => State::Text,
            (State::Quoted(quote), byte) if *byte == quote => State::Between,
            (State::Quoted(_), _) => state,
            (_, b'>') => State::Text,
            (State::Name | State::Between | State::Bare, _) if space => State::Between,
            (State::Name | State::Bare, _) => state,
            (State::Between, b'=') => State::Value,
            (State::Between, _) => {
                count += 1;
                if count > ATTRIBUTES {
                    return start;
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
    html.len()
}

/// The text of a field that may hold markup, or characters written as markup has them (`&amp;`).
///
/// Line breaks are kept where no markup parts the paragraphs.
///
/// Text with `<` in it is left alone unless the name of an element follows.
pub(in crate::format) fn text_of_field(field: &str) -> Cow<'_, str> {
    let elements = || field.match_indices('<').filter_map(|(at, _)| element(&field[at + 1..]));
    if elements().any(|name| BLOCKS.contains(&&*name) || LINES.contains(&&*name)) {
        return Cow::Owned(text(field));
    }
    let is_marked = elements().next().is_some() || field.contains("<!--");
    if !is_marked && !has_entity(field) {
        return Cow::Borrowed(field);
    }
    let flow = Flow::keeping_lines();
    let markup = if is_marked { Cow::Borrowed(field) } else { Cow::Owned(field.replace('<', "&lt;")) };
    Cow::Owned(read(&markup, Reading { flow, ..Reading::default() }).text)
}

/// The name of the element whose tag `text` goes on with, if there is such an element.
fn element(text: &str) -> Option<String> {
    let text = text.strip_prefix('/').unwrap_or(text);
    let length = text.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
    let ends = text[length..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace());
    let name = text[..length].to_ascii_lowercase();
    let known = [BLOCKS, LINES, SILENT, EMPTY, FORMATTING, INLINE].iter().any(|names| names.contains(&&*name));
    (ends && known).then_some(name)
}

/// True where a character is written as an entity: `&amp;`, `&#8217;`.
fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = &text[at + 1..];
        let length = name.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        length >= 2 && name[length..].starts_with(';')
    })
}

/// The text of a piece of markup, in one line.
pub(in crate::format) fn line(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    text(html).split_whitespace().collect::<Vec<_>>().join(" ")
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
    flow: Flow,
    /// The element whose text is no text of the page, and how often it is open.
    silent: Option<(String, usize)>,
    /// Where characters go that are no text of the page.
    raw: Raw,
    /// The heading or the fact that is being read: the name of its element, how often it is open, and
    /// where its text begins.
    note: Option<Note>,
}

/// Where characters go.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Raw {
    #[default]
    Text,
    Nowhere,
    Title,
    Json,
}

struct Note {
    element: String,
    open: usize,
    start: usize,
    is_heading: bool,
}

impl Reading {
    fn characters(&mut self, text: &str) {
        match self.raw {
            Raw::Text if self.silent.is_none() => self.flow.push(text),
            Raw::Title if self.page.title.len() < 2000 => self.page.title.push_str(text),
            Raw::Json => {
                if let Some(json) = self.page.json.last_mut() {
                    json.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        self.page.burden.start(name);
        let raw = match name {
            _ if self.xml && tag.self_closing => None,
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
        self.flow.start(name);
        match &mut self.note {
            Some(note) => note.open += usize::from(note.element == name),
            None if !EMPTY.contains(&name) => {
                let is_heading = name == "h1";
                if is_heading || !LAZY[..].contains(&name) && is_fact(tag) || name == "p" && is_fact(tag) {
                    let start = self.flow.as_str().len();
                    self.note = Some(Note { element: name.to_owned(), open: 1, start, is_heading });
                }
            }
            None => {}
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, tag: &Tag) {
        let name = &*tag.name;
        self.raw = Raw::Text;
        self.page.burden.end(name);
        if let Some((silent, open)) = &mut self.silent {
            *open -= usize::from(silent == name);
            if *open == 0 {
                self.silent = None;
            }
            return;
        }
        if let Some(note) = &mut self.note
            && note.element == name
        {
            note.open -= 1;
            if note.open == 0 {
                self.end_note(120);
            }
        }
        self.flow.end(name);
    }

    /// Keeps the heading or the fact that was read, unless it is too long to be one.
    fn end_note(&mut self, longest: usize) {
        let Some(note) = self.note.take() else { return };
        let text = self.flow.as_str()[note.start..].split_whitespace().collect::<Vec<_>>().join(" ");
        let longest = if note.is_heading { 400 } else { longest.min(120) };
        if text.is_empty() || text.chars().count() > longest {
            return;
        }
        let kept = if note.is_heading { &mut self.page.headings } else { &mut self.page.facts };
        if kept.len() < KEPT {
            let words = text.trim_start_matches('•').trim_start().to_owned();
            kept.push(Placed { words, at: note.start });
        }
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
            _ if page.times.len() + page.published.len() < KEPT
                && (name == "time" || attribute(tag, "itemprop").is_some()) =>
            {
                let marked = value("itemprop").is_some_and(|property| property.eq_ignore_ascii_case("datepublished"))
                    || attribute(tag, "pubdate").is_some();
                let time = value("datetime").or_else(|| value("content").filter(|_| marked));
                if let Some(time) = time.filter(|_| marked || name == "time") {
                    if marked {
                        page.published.push(time.to_owned());
                    } else {
                        page.times.push(Placed { words: time.to_owned(), at: self.flow.as_str().len() });
                    }
                }
            }
            _ => {}
        }
    }

    /// Where the text of a script goes.
    fn script(&mut self, tag: &Tag) -> Raw {
        let kind = attribute(tag, "type").unwrap_or_default();
        if !kind.to_ascii_lowercase().contains("ld+json") || self.page.json.len() >= KEPT {
            return Raw::Nowhere;
        }
        self.page.json.push(String::new());
        Raw::Json
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

/// True for an element that is named after a byline or a date.
fn is_fact(tag: &Tag) -> bool {
    ["class", "id", "itemprop", "rel"].into_iter().filter_map(|name| attribute(tag, name)).any(|value| {
        // Templates put dozens of names on the element that holds everything.
        value.len() < 100 && {
            let value = value.to_ascii_lowercase();
            FACTS.iter().any(|fact| value.contains(fact)) && !value.contains("update-") && !value.contains("validate")
        }
    }) || &*tag.name == "time"
}

impl Burden {
    /// True unless the tree would be far larger than the page, or so deep that walking it overflows.
    pub fn is_bearable(&self) -> bool {
        self.tags <= 100_000 && self.entities <= 50_000 && self.deepest <= 400 && self.repeated <= 400_000
    }

    fn start(&mut self, name: &str) {
        self.tags += 1;
        self.repeated = self.repeated.saturating_add(self.formatting);
        if FORMATTING.contains(&name) {
            self.formatting += 1;
        } else if !EMPTY.contains(&name) && !LAZY.contains(&name) {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth + self.formatting);
        }
    }

    fn end(&mut self, name: &str) {
        self.tags += 1;
        if FORMATTING.contains(&name) {
            self.formatting = self.formatting.saturating_sub(1);
        } else if !EMPTY.contains(&name) && !LAZY.contains(&name) {
            self.depth = self.depth.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(text(html), expected, "{html}");
    }

    #[test]
    fn blocks_stand_apart_and_lines_flow() {
        check("<p>One <b>bold</b>\n  word.</p><p>Two.</p>", "One bold word.\n\nTwo.");
        check("<div><div><h2>Heading</h2></div></div>Text<hr>more", "Heading\n\nText\n\nmore");
        check("One<br>two<br/>three<br><br>four", "One\ntwo\nthree\n\nfour");
        check("<ul><li>One</li><li><p>Two</p>\n<li>Three</ul>Text", "• One\n• Two\n• Three\n\nText");
        check("<table><tr><td>Name<td>Age</tr></table>", "Name\nAge");
        check("<pre>one\n  two\n\nthree</pre>", "one\ntwo\n\nthree");
        check("plain text", "plain text");
    }

    #[test]
    fn entities_are_characters() {
        check(
            "R&eacute;sum&#233; &amp; caf&#xe9;&nbsp;&lt;b&gt; &hellip; &bogus; AT&T",
            "Résumé & café <b> … &bogus; AT&T",
        );
    }

    #[test]
    fn scripts_and_styles_are_no_text() {
        check(
            "<style>p { color: red }</style>a<script>if (a < b) document.write('<p>no</p>')</script> b<!-- no -->\
             <noscript><p>Switch it on</p></noscript><svg><title>no</title><text>no</text></svg><iframe>no</iframe> c\
             <textarea>no</textarea><select><option>no</select>",
            "a b c",
        );
    }

    #[test]
    fn fields_hold_markup_or_text() {
        for (field, expected) in [
            ("One.\n\nTwo < three & four.", "One.\n\nTwo < three & four."),
            ("<p>One.\nMore.</p><p>Two.</p>", "One. More.\n\nTwo."),
            ("One <a href='x'>link</a>.\n\nTwo.\nThree.", "One link.\n\nTwo.\nThree."),
            ("Salt &amp; pepper,\nif a < b, &#8222;so&#8220;", "Salt & pepper,\nif a < b, „so“"),
            ("AT&T; a <Moscow> b <em", "AT&T; a <Moscow> b <em"),
            ("Cut<br/>here", "Cut\nhere"),
        ] {
            assert_eq!(text_of_field(field), expected, "{field}");
        }
    }

    #[test]
    fn a_page_says_more_than_its_text() {
        let page = page(
            "<!-- saved from url=(0022)http://example.org/a -->\n<html lang='de'><head><title>Titel | Blatt</title>\
             <meta property='og:Title' content=' Titel '><meta name=date content=2021-02-16><meta name=empty content=''>\
             <link rel=canonical href='http://example.org/b'>\
             <script type='application/ld+json'>{\"a\": 1}</script></head><body><h1>Der <i>Titel</i></h1>\
             <div class='article-byline'>Von <a>Nora</a></div><time datetime='2021-02-16T10:00'>heute</time>\
             <span itemprop=datePublished content=2021-02-17></span>\
             <div class='author-box'><p>Nora schreibt über alles, was am Hafen, in der Stadt und im Land vor sich geht, \
             und das seit zwanzig Jahren: jeden Tag, bei jedem Wetter.</p></div>",
            false,
        );
        assert_eq!(page.saved_from.as_deref(), Some("http://example.org/a"));
        assert_eq!(page.language.as_deref(), Some("de"));
        assert_eq!(page.title, "Titel | Blatt");
        assert_eq!(page.canonical.as_deref(), Some("http://example.org/b"));
        assert_eq!(page.meta, [("og:title".into(), "Titel".into()), ("date".into(), "2021-02-16".into())]);
        assert_eq!(page.json, ["{\"a\": 1}"]);
        assert_eq!(page.headings, [Placed { words: "Der Titel".into(), at: 0 }]);
        assert_eq!(page.facts_at(Some("Der Titel")), ["Von Nora", "heute"]);
        assert_eq!(page.time_at(None), Some("2021-02-16T10:00"));
        assert_eq!(page.published, ["2021-02-17"]);
    }

    #[test]
    fn elements_of_xml_may_end_at_once() {
        assert_eq!(page("<title/><script src='a'/><p>Text</p>", true).text, "Text");
        assert_eq!(page("<script src='a'/><p>Text</p>", false).text, "");
    }

    #[test]
    fn a_page_ends_before_a_tag_that_never_does() {
        let tag = |count: usize| format!("<p title='a > b' {}>Two", "a=1 b='2' c ".repeat(count / 3));
        let page = |count: usize| text(&format!("<p>One if a < b{}", tag(count)));
        assert_eq!(page(1500), "One if a < b\n\nTwo");
        assert_eq!(page(3000), "One if a < b");
        assert_eq!(page(2_000_000), "One if a < b");
    }

    #[test]
    fn what_hostile_pages_cost_is_known_before() {
        let deep = page(&"<div>".repeat(5000), false);
        assert_eq!(deep.burden.deepest, 5000);
        let repeated = page(&format!("{}{}", "<b>".repeat(2000), "<p>".repeat(2000)), false);
        assert!(repeated.burden.repeated > 4_000_000);
        let sound = page(&"<div><p>One <b>two</b><li>three</div>".repeat(1000), false);
        assert!(sound.burden.deepest < 10 && sound.burden.repeated < 2000, "{:?}", sound.burden);
    }

    proptest! {
        #[test]
        fn any_markup_is_read(html in "(<|>|/|&|\"|=| |[a-z]|p|li|ul|br|script|title|svg|meta|!--|h1|time|class=|date|;|#|\\PC)*") {
            let text = text(&html);
            prop_assert!(!text.contains("\n\n\n") && !text.starts_with(['\n', ' ']), "{text:?}");
        }
    }
}
