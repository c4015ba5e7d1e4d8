//! Markdown, with the facts that many programs write in front of it (`---`, `title: …`, `---`).

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::html::{self, Flow};
use super::{Around, Format, Piece, Preface, Sheet, caught, decode};
use crate::article::SpanKind;
use crate::extract::{Marks, RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    description: "Markdown, with or without title, date and author in front",
    extensions: &["md", "markdown", "mdown", "mkd"],
    begins,
    split: super::text::split,
    preface: |_| Preface::default(),
    read,
    grows: false,
};

/// What stands around the facts, and between the name of each and what it says: YAML, TOML.
const FENCES: &[(&str, char)] = &[("---", ':'), ("+++", '=')];

/// The facts in front may be this long.
const FRONT: usize = 64 << 10;

/// What a fact in front states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    Title,
    Date,
    Byline,
    Language,
    Source,
    Url,
}

/// The names of facts in lower case, the best first.
const NAMES: &[(&str, Slot)] = &[
    ("title", Slot::Title),
    ("headline", Slot::Title),
    ("date", Slot::Date),
    ("published", Slot::Date),
    ("publishdate", Slot::Date),
    ("pubdate", Slot::Date),
    ("date_published", Slot::Date),
    ("created", Slot::Date),
    ("author", Slot::Byline),
    ("authors", Slot::Byline),
    ("byline", Slot::Byline),
    ("lang", Slot::Language),
    ("language", Slot::Language),
    ("locale", Slot::Language),
    ("publisher", Slot::Source),
    ("site", Slot::Source),
    ("source", Slot::Source),
    ("url", Slot::Url),
    ("canonical_url", Slot::Url),
    ("canonical", Slot::Url),
    ("link", Slot::Url),
    ("source_url", Slot::Url),
    ("source", Slot::Url),
];

/// True for a file that begins with facts.
fn begins(head: &[u8]) -> bool {
    let text = decode::decode(&head[..head.len().min(8192) & !1], false, None).text;
    front(&text).is_some_and(|(facts, _)| !facts.is_empty())
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let decoded = decode::decode(piece.bytes, piece.is_whole(), None);
    if decoded.text.trim().is_empty() {
        return Err(if piece.bytes.is_empty() { "is empty" } else { "holds nothing but white space" }.to_owned());
    }
    let (facts, body) = front(&decoded.text).unwrap_or((Vec::new(), &decoded.text));
    let mut stated = stated(facts);
    // What the reader of Markdown cannot read is read as it stands.
    let laid = caught(|| text(body)).map(|(heading, text, marks)| (heading, text, Some(marks)));
    let (heading, text, marks) = laid.unwrap_or_else(|| (None, body.to_owned(), None));
    stated.title = stated.title.or(heading);
    if text.is_empty() && stated.title.is_none() {
        return Err("is Markdown without text".to_owned());
    }
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    Ok(Sheet { raw: RawArticle { text, marks, stated, file_name: around.file_name.map(str::to_owned) }, findings })
}

/// The text without markup, how it is laid out, and the main heading that it begins with.
fn text(markdown: &str) -> (Option<String>, String, Marks) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut flow = Flow::default();
    let mut heading = None;
    let mut in_heading = false;
    // The words that stand for the picture that is open.
    let mut picture: Option<String> = None;
    let mut html: Option<String> = None;
    let mut is_head = false;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Start(Tag::Image { .. }) => picture = Some(String::new()),
            Event::End(TagEnd::Image) => {
                let words = picture.take().unwrap_or_default();
                if !words.trim().is_empty() {
                    flow.picture(&words);
                }
            }
            Event::Start(Tag::HtmlBlock) => html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => html::written_into(&html.take().unwrap_or_default(), &mut flow),
            Event::Start(tag) => {
                in_heading |= matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. }) && flow.is_empty();
                start(&tag, &mut is_head, &mut flow);
            }
            Event::End(tag) => {
                if in_heading && matches!(tag, TagEnd::Heading(_)) {
                    heading = Some(flow.line().to_owned()).filter(|heading| !heading.is_empty());
                    in_heading = false;
                }
                end(tag, &mut is_head, &mut flow);
            }
            Event::Code(text) if picture.is_none() => {
                flow.start_span(SpanKind::Code);
                flow.push(&text);
                flow.end_span(|kind| kind == SpanKind::Code);
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                match &mut picture {
                    Some(words) => words.push_str(&text),
                    None => flow.push(&text),
                }
            }
            Event::Html(text) => html.get_or_insert_default().push_str(&text),
            Event::SoftBreak => flow.push(" "),
            Event::HardBreak => flow.start("br"),
            Event::Rule => flow.rule(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => flow.start("br"),
            Event::TaskListMarker(done) => flow.push(if done { "[x] " } else { "[ ] " }),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
        }
    }
    let (text, marks) = flow.finish_marked();
    (heading, text, marks)
}

/// A part of Markdown begins.
fn start(tag: &Tag<'_>, is_head: &mut bool, flow: &mut Flow) {
    match tag {
        Tag::Heading { level, .. } => flow.start(["h1", "h2", "h3", "h4", "h5", "h6"][(*level as usize - 1).min(5)]),
        Tag::List(Some(first)) => flow.start_list(u32::try_from(*first).unwrap_or(1)),
        Tag::TableHead => {
            *is_head = true;
            flow.start_row();
        }
        Tag::TableRow => flow.start_row(),
        Tag::TableCell => flow.start_cell(*is_head),
        Tag::Emphasis => flow.start_span(SpanKind::Emphasis),
        Tag::Strong => flow.start_span(SpanKind::Strong),
        Tag::Link { dest_url, .. } => {
            flow.start_link(dest_url);
        }
        tag => flow.start(element(&tag.to_end())),
    }
}

/// A part of Markdown ends.
fn end(tag: TagEnd, is_head: &mut bool, flow: &mut Flow) {
    match tag {
        TagEnd::Heading(level) => flow.end(["h1", "h2", "h3", "h4", "h5", "h6"][(level as usize - 1).min(5)]),
        TagEnd::TableHead => {
            *is_head = false;
            flow.end_row();
        }
        TagEnd::TableRow => flow.end_row(),
        TagEnd::TableCell => flow.end_cell(),
        TagEnd::Emphasis => flow.end_span(|kind| kind == SpanKind::Emphasis),
        TagEnd::Strong => flow.end_span(|kind| kind == SpanKind::Strong),
        TagEnd::Link => flow.end_span(|kind| matches!(kind, SpanKind::Link(_))),
        tag => flow.end(element(&tag)),
    }
}

/// The element of HTML that a part of Markdown stands for.
fn element(tag: &TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "p",
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(_) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::FootnoteDefinition => "div",
        _ => "span",
    }
}

/// The facts in front of a text, as names and what they say, and the text; `None` without such facts.
fn front(text: &str) -> Option<(Vec<(Slot, String)>, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (fence, separator) = FENCES.iter().find(|(fence, _)| text.lines().next().map(str::trim_end) == Some(*fence))?;
    let mut facts: Vec<(Slot, String)> = Vec::new();
    // The fact that the next lines may go on with.
    let mut open: Option<Slot> = None;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        at += line.len();
        let bare = line.trim();
        if number == 0 {
            continue;
        }
        if bare == *fence || bare == "..." && *fence == "---" {
            return Some((facts, &text[at..]));
        }
        if at > FRONT {
            return None;
        }
        let is_inner = line.starts_with([' ', '\t', '-']);
        if let (Some(slot), true) = (open, is_inner) {
            // `- Nora Webb`, `  name: Nora Webb`
            let value = bare.trim_start_matches("- ").trim_start_matches("name:");
            if !value.contains(": ") {
                push(&mut facts, slot, scalar(value));
            }
            continue;
        }
        open = None;
        let Some((name, value)) = bare.split_once(*separator) else {
            // Text between two rules is no list of facts.
            if bare.is_empty() || bare.starts_with(['#', '[', ']', '"']) || is_inner {
                continue;
            } else {
                return None;
            };
        };
        let name = name.trim().trim_matches('"').to_lowercase().replace('-', "_");
        let value = scalar(value);
        for (_, slot) in NAMES.iter().filter(|(known, _)| *known == name) {
            open = value.is_empty().then_some(*slot);
            push(&mut facts, *slot, value.clone());
        }
    }
    None
}

fn push(facts: &mut Vec<(Slot, String)>, slot: Slot, value: String) {
    if !value.is_empty() && facts.len() < 100 {
        facts.push((slot, value));
    }
}

/// What stands behind the name of a fact: a word without its quotation marks, a list with commas.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return list.split(',').map(scalar).filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", ");
    }
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return quoted.0.trim().to_owned();
        }
    }
    // A remark may follow.
    value.split(" #").next().unwrap_or_default().trim_end_matches(['>', '|']).trim().to_owned()
}

fn stated(facts: Vec<(Slot, String)>) -> StatedFields {
    let is_address = |value: &str| value.starts_with("http://") || value.starts_with("https://");
    let fits = |slot: Slot, value: &str| match slot {
        Slot::Url => is_address(value),
        Slot::Source => !is_address(value),
        _ => true,
    };
    let all = |wanted: Slot| {
        let facts = facts.iter().filter(move |(slot, value)| *slot == wanted && fits(wanted, value));
        facts.map(|(_, value)| value.clone())
    };
    let first = |slot| all(slot).next();
    let authors = all(Slot::Byline).collect::<Vec<_>>().join(", ");
    StatedFields {
        title: first(Slot::Title),
        byline: Some(authors).filter(|authors| !authors.is_empty()),
        source: first(Slot::Source),
        url: first(Slot::Url),
        date: first(Slot::Date),
        language: first(Slot::Language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(bytes: &[u8]) -> Result<Sheet, String> {
        let piece = Piece { bytes, range: 0..bytes.len() as u64, part: None, line: 1 };
        read(&piece, &Around { file_name: Some("a.md"), ..Around::default() })
    }

    /// Title, byline, source, url, date, language and text.
    fn check(markdown: &str, expected: &str) {
        let RawArticle { text, stated, .. } = sheet(markdown.as_bytes()).expect("an article").raw;
        let StatedFields { title, byline, source, url, date, language } = stated;
        let shown = [title, byline, source, url, date, language].map(|field| field.unwrap_or("-".into())).join("|");
        assert_eq!(format!("{shown}|{text}"), expected, "{markdown}");
    }

    #[test]
    fn text_stands_without_markup() {
        check(
            "# Harbour *closed*\n\nThe [harbour](http://example.org) is **closed**,\nsays `Nora`.  \nSince today.\n\n## Next\n\n\
             - The pier\n- The ![no](x.png)ferry\n\n1. one\n2. two\n\n> Quoted.\n\n<div>\n<p>Raw</p>\n<script>no</script>\n</div>\n\n---\nEnd&amp; a < b",
            "Harbour closed|-|-|-|-|-|Harbour closed\n\nThe harbour is closed, says Nora.\nSince today.\n\nNext\n\n\
             The pier\nThe [picture: no] ferry\n\none\ntwo\n\nQuoted.\n\nRaw\n\n* * *\n\nEnd& a < b",
        );
        check(
            "| a | b |\n|---|---|\n| c | d |\n\nText[^1].\n\n[^1]: Note.",
            "-|-|-|-|-|-|a | b\nc | d\n\nText.\n\nNote.",
        );
        check("Setext\n===\n\n    code\n", "Setext|-|-|-|-|-|Setext\n\ncode");
    }

    #[test]
    fn facts_in_front_are_stated() {
        check(
            "---\ntitle: \"Harbour: closed\"\ndate: 2021-02-16 # today\nauthor: Nora Webb\nlang: en\ntags: [a, b]\nsource: Gazette\n\
             url: https://example.org/a\n---\n# Another heading\n\nText.\n",
            "Harbour: closed|Nora Webb|Gazette|https://example.org/a|2021-02-16|en|Another heading\n\nText.",
        );
        check(
            "+++\ntitle = 'Harbour'\ndate = 2021-02-16T10:00:00+07:00\nauthors = [\"Nora Webb\", \"Ole Lund\"]\n[extra]\nx = 1\n+++\nText.",
            "Harbour|Nora Webb, Ole Lund|-|-|2021-02-16T10:00:00+07:00|-|Text.",
        );
        check(
            "---\r\nTitle: Hafen\r\nauthors:\r\n  - Nora Webb\r\n  - name: Ole Lund\r\nsource: https://example.org/b\r\n...\r\nText.",
            "Hafen|Nora Webb, Ole Lund|-|https://example.org/b|-|-|Text.",
        );
    }

    #[test]
    fn a_rule_is_no_front() {
        check("---\n\nThe harbour is closed.\n\n---\n\nMore.", "-|-|-|-|-|-|The harbour is closed.\n\n* * *\n\nMore.");
        check("---\ntitle: never ended", "-|-|-|-|-|-|title: never ended");
        assert!(begins(b"---\ntitle: Harbour\n---\nText"));
        assert!(!begins(b"---\nThe harbour\n---\nText"));
        assert!(!begins(b"# Harbour"));
    }

    #[test]
    fn nothing_is_no_article() {
        assert_eq!(sheet(b""), Err("is empty".into()));
        assert_eq!(sheet(b"\n \n"), Err("holds nothing but white space".into()));
        assert_eq!(sheet(b"![](x.png)"), Err("is Markdown without text".into()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = sheet(&bytes);
        }

        #[test]
        fn anything_like_markdown_is_read(text in "(---\n|\\+\\+\\+\n|title: |author:\n|  - |[#*_`<>\\[\\]()!|:~-]|\n|    |[a-z]|<p>|</p>|\\[\\^1\\]|&amp;)*") {
            let _ = sheet(text.as_bytes());
        }
    }
}
