//! Markdown, with the facts that many programs write in front of it (`---`, `title: …`, `---`).

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front::{Front, front};
use super::html::{self, Flow};
use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, caught, decode};
use crate::article::SpanKind;
use crate::extract::{Marks, RawArticle};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    description: "Markdown, with or without title, date and author in front",
    extensions: &["md", "markdown", "mdown", "mkd"],
    reads: "text; title, author, source, date, address, language and tags, where they stand in front",
    begins,
    split: super::text::split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Text,
};

/// True for a file that begins with facts.
fn begins(head: &[u8]) -> Likeness {
    let text = decode::decode(decode::even(head), false, None).text;
    match front(&text) {
        Some((facts, _)) if facts.is_fenced && !facts.is_empty() => Likeness::Sure,
        facts => Likeness::maybe_if(facts.is_some_and(|(facts, _)| !facts.is_empty())),
    }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let decoded = decode::decode(piece.bytes, piece.is_whole(), None);
    if decoded.text.trim().is_empty() {
        return Err(if piece.bytes.is_empty() { "is empty" } else { "holds nothing but white space" }.to_owned());
    }
    let (facts, body) = front(&decoded.text).unwrap_or((Front::default(), &decoded.text));
    let mut stated = facts.stated();
    // What the reader of Markdown cannot read is read as it stands.
    let laid = caught(|| text(body)).map(|(heading, text, marks)| (heading, text, Some(marks)));
    let (heading, text, marks) = laid.unwrap_or_else(|| (None, body.to_owned(), None));
    stated.title = stated.title.or(heading);
    if text.is_empty() && stated.title.is_none() {
        return Err("is Markdown without text".to_owned());
    }
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    Ok(Sheet {
        raw: RawArticle { text, marks, stated, file_name: around.file_name.map(str::to_owned), month_first: None },
        findings,
    })
}

/// The text without markup, how it is laid out, and the main heading that it begins with.
fn text(markdown: &str) -> (Option<String>, String, Marks) {
    let mut reading = Reading::default();
    pieces(markdown).for_each(|piece| reading.read(piece));
    let (text, marks) = reading.flow.finish_marked();
    (reading.heading, text, marks)
}

/// What is parsed at once: a tree of it takes up to fifty times as much memory.
const PIECE: usize = 1 << 20;

/// Markdown in pieces that can be parsed one after the other: most is one piece. A piece ends before a paragraph
/// outside of code, or, where there is none for as long again, with a line or even within one.
fn pieces(markdown: &str) -> impl Iterator<Item = &str> {
    let mut rest = markdown;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(piece(rest));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// How long the first piece is.
fn piece(rest: &str) -> usize {
    if rest.len() <= 2 * PIECE {
        return rest.len();
    }
    let (mut at, mut in_code, mut blank, mut line_end) = (0, false, false, 0);
    for line in rest.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if at + line.len() > 2 * PIECE {
            break;
        }
        if at >= PIECE && blank && !in_code && line.starts_with(|c: char| c.is_alphabetic() || c == '#') {
            return at;
        }
        in_code ^= trimmed.starts_with("```") || trimmed.starts_with("~~~");
        blank = trimmed.is_empty();
        at += line.len();
        line_end = at;
    }
    if line_end > 0 {
        return line_end;
    }
    (2 * PIECE..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len())
}

/// Markdown that is being read.
#[derive(Default)]
struct Reading {
    flow: Flow,
    heading: Option<String>,
    in_heading: bool,
    is_head: bool,
}

impl Reading {
    fn read(&mut self, markdown: &str) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let Reading { flow, heading, in_heading, is_head } = self;
        // The words that stand for the picture that is open.
        let mut picture: Option<String> = None;
        let mut html: Option<String> = None;
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
                Event::End(TagEnd::HtmlBlock) => html::written_into(&html.take().unwrap_or_default(), flow),
                Event::Start(tag) => {
                    *in_heading |= matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. }) && flow.is_empty();
                    start(&tag, is_head, flow);
                }
                Event::End(tag) => {
                    if *in_heading && matches!(tag, TagEnd::Heading(_)) {
                        *heading = Some(flow.line().to_owned()).filter(|heading| !heading.is_empty());
                        *in_heading = false;
                    }
                    end(tag, is_head, flow);
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
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::StatedFields;
    use proptest::prelude::*;

    fn sheet(bytes: &[u8]) -> Result<Sheet, String> {
        let piece = Piece { bytes, range: 0..bytes.len() as u64, part: None, line: 1 };
        read(&piece, &Around { file_name: Some("a.md"), ..Around::default() })
    }

    /// Title, byline, source, url, date, language and text.
    fn check(markdown: &str, expected: &str) {
        let RawArticle { text, stated, .. } = sheet(markdown.as_bytes()).expect("an article").raw;
        let StatedFields { title, byline, source, url, date, language, .. } = stated;
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
    fn facts_are_read_however_they_are_written() {
        // Folded, kept and quoted words; links; lists on several lines.
        check(
            "---\ntitle: >-\n  Harbour\n  closed\n\nauthor: '[[Nora Webb]]'\n---\nText.",
            "Harbour closed|Nora Webb|-|-|-|-|Text.",
        );
        check("---\ntitle: |\n  Harbour closed\ndate: !!x 2021\n---\nText.", "Harbour closed|-|-|-|!!x 2021|-|Text.");
        check(
            "---\ntitle: \"The \\\"roof\\\" \\u2013 again\"\nauthor: 'O''Hara'\n---\nText.",
            "The \"roof\" – again|O'Hara|-|-|-|-|Text.",
        );
        check(
            "---\ntitle: Harbour\n  closed again\nauthors: [\n  \"Webb, Nora\",\n  Ole Lund\n]\n---\nText.",
            "Harbour closed again|Webb, Nora, Ole Lund|-|-|-|-|Text.",
        );
        check(
            "---\ntitle: Harbour\nauthor:\n  name: Nora Webb\n  email: nora@example.org\n---\nText.",
            "Harbour|Nora Webb|-|-|-|-|Text.",
        );
        check(
            "---\ntitle: Harbour\nauthor: \"[[people/webb|Nora Webb]]\"\nsource: '[Gazette](https://example.org)'\n---\nText.",
            "Harbour|Nora Webb|Gazette|-|-|-|Text.",
        );
        // JSON, and lines like those of a letter.
        check(
            "{\n  \"title\": \"Harbour\",\n  \"date\": \"2021-02-16\",\n  \"authors\": [\"Nora\", \"Ole\"]\n}\n\nText.",
            "Harbour|Nora, Ole|-|-|2021-02-16|-|Text.",
        );
        check(
            "Title: Harbour\nDate: 2010-12-03 10:20\nAuthors: Nora Webb, Ole Lund\nSummary: Short\n\nText.",
            "Harbour|Nora Webb, Ole Lund|-|-|2010-12-03 10:20|-|Text.",
        );
        check(
            ".. title: Harbour\n.. slug: harbour\n.. date: 2021-02-16\n.. author: Nora\n\nText.",
            "Harbour|Nora|-|-|2021-02-16|-|Text.",
        );
        check(
            "% Harbour\n% Nora Webb; Ole Lund\n% 2021-02-16\n\nText.",
            "Harbour|Nora Webb, Ole Lund|-|-|2021-02-16|-|Text.",
        );
        // What only looks like it.
        check("Note: the harbour is closed.\n\nText.", "-|-|-|-|-|-|Note: the harbour is closed.\n\nText.");
        check("---\ntitle: nan\nauthor: null\n---\nText.", "-|-|-|-|-|-|Text.");
    }

    #[test]
    fn what_a_text_is_filed_under_is_told() {
        for front in [
            "---\ntitle: T\ntags: [Sea, 'ships']\n---\n",
            "---\ntitle: T\ntags:\n  - Sea\n  - ships\n---\n",
            "---\ntitle: T\ntags:\n- Sea\n- \"ships\"\n---\n",
            "+++\ntitle = 'T'\n[taxonomies]\ntags = ['Sea', 'ships']\n+++\n",
            "Title: T\nTags: Sea, ships\n\n",
            "{\n\"title\": \"T\", \"tags\": [\"Sea\", \"ships\"]\n}\n",
        ] {
            let raw = sheet(format!("{front}Text.").as_bytes()).expect("an article").raw;
            assert_eq!((raw.stated.tags.join("|").as_str(), raw.text.as_str()), ("Sea|ships", "Text."), "{front}");
        }
    }

    #[test]
    fn what_is_long_is_read_in_pieces() {
        let paragraph = "The *harbour* is closed.\n\n";
        let code = format!("```\n{}```\n\n", "code\n\nmore\n".repeat(200_000));
        for markdown in [
            paragraph.repeat(150_000),
            format!("{}{code}{paragraph}", paragraph.repeat(30_000)),
            "é".repeat(3 * PIECE),
            "- a\n".repeat(PIECE),
            "x\n".repeat(2 * PIECE),
        ] {
            let pieces: Vec<&str> = pieces(&markdown).collect();
            assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 2 * PIECE + 4), "{}", pieces.len());
            assert_eq!(pieces.concat(), markdown);
        }
        let long = paragraph.repeat(100_000);
        let (_, text, marks) = text(&long);
        assert_eq!((text.len(), marks.lines.len()), (24 * 100_000 - 2, 100_000));
        assert!(marks.lines.iter().all(|line| line.spans.len() == 1));
        assert_eq!(pieces("# A\n\nb").count(), 1);
    }

    #[test]
    fn a_rule_is_no_front() {
        check("---\n\nThe harbour is closed.\n\n---\n\nMore.", "-|-|-|-|-|-|The harbour is closed.\n\n* * *\n\nMore.");
        check("---\ntitle: never ended", "-|-|-|-|-|-|title: never ended");
        assert_eq!(begins(b"---\ntitle: Harbour\n---\nText"), Likeness::Sure);
        assert_eq!(begins(b"---\nThe harbour\n---\nText"), Likeness::No);
        assert_eq!(begins(b"# Harbour"), Likeness::No);
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
        fn anything_like_markdown_is_read(text in "(---\n|%|\\{|\\}|\"title\":|>-\n|\\[\\[|'|\"|tags: |\\+\\+\\+\n|title: |author:\n|  - |[#*_`<>\\[\\]()!|:~-]|\n|    |[a-z]|<p>|</p>|\\[\\^1\\]|&amp;)*") {
            let _ = sheet(text.as_bytes());
        }
    }
}
