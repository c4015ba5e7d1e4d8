//! HTML: saved pages, each with one article and much around it.
//!
//! A page is read once into a small tree ([`tree`], [`page`]). What its markup states about the article
//! is the strongest evidence there is ([`stated`], [`linked`], [`facts`]). Which part of it is the
//! article is told by how much running text an element holds and by what pages call their elements
//! ([`body`], [`around`]); it is written with its layout ([`flow`]), and what stands within it and is no
//! part of it is set aside ([`teasers`]).

mod address;
mod around;
mod body;
mod data;
mod facts;
mod flow;
mod fragment;
mod linked;
mod page;
mod stated;
mod teasers;
mod tree;

use encoding_rs::Encoding;

use super::decode::{self, Decoded};
use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet};
use crate::article::{Finding, FindingKind};
use crate::extract::{Marks, RawArticle, StatedFields};
use body::Survey;
use facts::Facts;
use page::Page;

pub(super) use flow::Flow;
pub(super) use fragment::{field, line, text, text_of_field, written_into};
pub(super) use page::is_sound;

pub(super) const FORMAT: Format = Format {
    name: "html",
    description: "HTML, saved pages: the article without what is around it",
    extensions: &["html", "htm", "xhtml", "shtml"],
    reads: "title, text, author, source, date, address and language, as the page states and shows them",
    begins,
    split: super::text::split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Text,
};

/// How many bytes are looked at for a declared encoding.
const DECLARED: usize = 4096;

/// Of longer pages, so many bytes are read; pictures within the page count.
const LONGEST: usize = 32 << 20;

/// True for a page that says at once what it is, or begins with what only a page has.
fn begins(head: &[u8]) -> Likeness {
    let decoded = decode::decode(&head[..head.len().min(1024) & !1], false, None);
    let mut text = decoded.text.trim_start();
    let mut is_xml = false;
    // Declarations and comments may stand before the page.
    loop {
        let end = match text {
            _ if starts(text, "<!--") => "-->",
            _ if starts(text, "<?xml") => "?>",
            _ => break,
        };
        is_xml |= starts(text, "<?xml");
        let Some((_, rest)) = text.split_once(end) else { return Likeness::maybe_if(!is_xml) };
        text = rest.trim_start();
    }
    match text {
        _ if starts(text, "<!doctype html") || starts(text, "<html") => Likeness::Sure,
        _ => Likeness::maybe_if(["<head", "<body", "<title", "<meta"].iter().any(|start| starts(text, start))),
    }
}

fn starts(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let bytes = &piece.bytes[..piece.bytes.len().min(LONGEST)];
    let decoded = declared(bytes, piece.is_whole() && bytes.len() == piece.bytes.len(), None);
    let (mut raw, cut) = article(&decoded.text)?;
    raw.file_name = around.file_name.map(str::to_owned);
    let mut findings: Vec<Finding> = decoded.finding.into_iter().chain(piece.cut_short()).chain(cut).collect();
    if bytes.len() < piece.bytes.len() {
        let note = format!("the first {} were read", super::amount(bytes.len() as u64));
        findings.push(Finding::new(FindingKind::CutShort, note));
    }
    Ok(Sheet { raw, findings })
}

/// Decodes a page as it declares, or as `named` does, what came with it.
pub(super) fn declared<'a>(bytes: &'a [u8], whole: bool, named: Option<&'static Encoding>) -> Decoded<'a> {
    decode::decode_as(bytes, whole, named.or_else(|| declaration(bytes)))
}

/// The encoding that a page declares: `<meta charset="…">`, `<?xml encoding="…"?>`.
pub(super) fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED)].to_ascii_lowercase();
    let mut rest = &head[..];
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        let tag = &rest[..rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len())];
        let key: &[u8] = match tag {
            _ if tag.starts_with(b"meta") => b"charset",
            _ if tag.starts_with(b"?xml") => b"encoding",
            _ => continue,
        };
        let Some(at) = tag.windows(key.len()).position(|window| window == key) else { continue };
        let value = tag[at + key.len()..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let length = value.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b' ' | b'/' | b'?'));
        if let Some(encoding) = Encoding::for_label(&value[..length.unwrap_or(value.len())]) {
            return Some(encoding);
        }
    }
    None
}

/// The article on a page: its text, how it is laid out, and what the page states about it; and whether
/// there was more than is read.
pub(super) fn article(html: &str) -> Result<(RawArticle, Option<Finding>), String> {
    let page = page::page(html, starts(html.trim_start(), "<?xml"));
    let facts = Facts::of(&page);
    let linked = linked::of(&page);
    let stated = stated::stated(&page, &facts, &linked);
    let base = stated.url.as_deref();
    let (text, marks) = found(&page, &stated, base);
    let (text, marks) = match data::body(&page, &linked, &text) {
        Some(body) => body,
        None => (text, marks),
    };
    if text.trim().is_empty() {
        return Err("is a page without text".to_owned());
    }
    let cut = page.tree.is_cut.then(|| {
        let note = format!("the first {} elements were read", page.tree.nodes.len());
        Finding::new(FindingKind::CutShort, note)
    });
    Ok((RawArticle { text, marks: Some(marks), stated, ..RawArticle::default() }, cut))
}

/// What is taken for the article, unless that is next to nothing: then the page as it stands.
fn found(page: &Page, stated: &StatedFields, base: Option<&str>) -> (String, Marks) {
    let survey = Survey::new(&page.tree);
    let window = line(&page.title);
    let titles: Vec<&str> = stated.title.as_deref().into_iter().chain([window.as_str()]).collect();
    let headline = survey.headline(&titles);
    let roots = survey.roots(headline);
    let mut flow = Flow::default();
    survey.write_above(headline, &roots, &mut flow);
    survey.write(&roots, &mut flow);
    let (mut text, mut marks) = flow.finish_marked();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    // A few words, of a page with many, are a caption or a notice; the whole page tells more.
    let found = letters(&text);
    if found < 200 && found * 3 < survey.all_letters() {
        let mut flow = Flow::default();
        Survey::of_fragment(&page.tree).write(&[0], &mut flow);
        (text, marks) = flow.finish_marked();
    }
    let site = base.and_then(|base| base.split("//").nth(1)).and_then(|rest| rest.split(['/', '?', '#']).next());
    teasers::set_aside(&text, &mut marks, site);
    for link in &mut marks.links {
        if let Some(whole) = base.and_then(|base| address::resolved(base, link)) {
            *link = whole;
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod reading {
    use super::*;
    use crate::article::FindingKind;
    use proptest::prelude::*;

    /// Running text of a page: `count` sentences.
    fn sentences(count: usize) -> String {
        (1..=count).map(|n| format!("<p>The harbour stayed closed for day {n}, and the ferry, which nobody had repaired, lay at its pier.</p>")).collect()
    }

    fn sheet(bytes: &[u8]) -> Result<Sheet, String> {
        let piece = Piece { bytes, range: 0..bytes.len() as u64, part: None, line: 1 };
        read(&piece, &Around { file_name: Some("a.html"), ..Around::default() })
    }

    #[test]
    fn the_article_is_found_among_what_is_around_it() {
        let html = format!(
            "<!DOCTYPE html><html lang=en><head><title>Harbour closed | Gazette</title></head><body>\
             <nav><ul><li><a href=/>Home</a><li><a href=/s>Sport</a></ul></nav>\
             <article><h1>Harbour closed</h1><div class=byline>By Nora Webb, 16 February 2021</div>{}\
             <h2>What comes next</h2>{}<ul><li>The pier</li><li>The ferry</li></ul></article>\
             <aside><h3>Most read</h3><ul><li><a href=/x>Ten recipes</a></ul></aside>\
             <footer>© 2021 Gazette</footer><script>track()</script></body></html>",
            sentences(6),
            sentences(3)
        );
        let raw = sheet(html.as_bytes()).expect("an article").raw;
        assert_eq!(raw.stated.title.as_deref(), Some("Harbour closed"));
        assert_eq!(raw.stated.language.as_deref(), Some("en"));
        assert!(
            raw.text.starts_with("Harbour closed\n\nBy Nora Webb, 16 February 2021\n\nThe harbour stayed"),
            "{}",
            raw.text
        );
        assert!(raw.text.contains("\n\nWhat comes next\n\nThe harbour"), "{}", raw.text);
        assert!(raw.text.ends_with("The pier\nThe ferry"), "{}", raw.text);
        assert!(!raw.text.contains("recipes") && !raw.text.contains("Sport") && !raw.text.contains("track"));
        let article = crate::extract::extract(&raw);
        assert_eq!(article.date.expect("it is stated").when.value(), "2021-02-16");
        assert_eq!(article.byline.expect("it is stated").text, "Nora Webb");
    }

    #[test]
    fn the_date_is_that_of_the_article() {
        let html = format!(
            "<header class=site-header><div class=today-date>Friday, 20 November 2026</div></header><main><article>\
             <h1>Harbour closed</h1><p>After the storm, for a while.</p>\
             <div class=meta><time class=published>February 16, 2021</time></div>{}</article></main><aside class=related>Ferry breaks down \
             <time datetime=2021-02-10>Feb 10</time></aside>",
            sentences(6)
        );
        let article = crate::extract::extract(&sheet(html.as_bytes()).expect("an article").raw);
        assert_eq!(article.date.expect("it is stated").when.value(), "2021-02-16");
    }

    #[test]
    fn a_page_without_an_article_is_read_as_it_stands() {
        let raw = sheet(b"<title>Note</title><p>Closed.</p><ul><li>Pier</ul>").expect("text").raw;
        assert_eq!((raw.text.as_str(), raw.stated.title.as_deref()), ("Closed.\n\nPier", Some("Note")));
        assert_eq!(sheet(b"<html><script>x</script></html>"), Err("is a page without text".into()));
        assert_eq!(sheet(b""), Err("is a page without text".into()));
        assert_eq!(sheet(b"no markup at all").expect("text").raw.text, "no markup at all");
    }

    #[test]
    fn declared_encodings_are_used() {
        let check = |head: &str, encoding: &'static Encoding, text: &str, findings: &[FindingKind]| {
            let page = format!("{head}<p>{text}</p>");
            let (bytes, _, _) = encoding.encode(&page);
            let sheet = sheet(&bytes).expect("text");
            assert_eq!(sheet.raw.text, text, "{head}");
            let kinds: Vec<FindingKind> = sheet.findings.iter().map(|finding| finding.kind).collect();
            assert_eq!(kinds, findings, "{head}");
        };
        use encoding_rs::*;
        check("<meta charset=iso-8859-2>", ISO_8859_2, "Žluťoučký kůň", &[]);
        check("<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", KOI8_R, "Гавань", &[]);
        check("<?xml version='1.0' encoding='Shift_JIS'?><html>", SHIFT_JIS, "港は閉鎖", &[]);
        check("<meta charset='gb2312'>", GBK, "港口关闭", &[]);
        check("<meta charset=windows-1252>", UTF_8, "Häfen – geschlossen", &[]);
        check("<meta charset=utf-8>", WINDOWS_1252, "Die Häfen sind für heute geschlossen", &[FindingKind::Encoding]);
        check(
            "<meta charset=nonsense>",
            WINDOWS_1252,
            "Die Häfen sind für heute geschlossen",
            &[FindingKind::Encoding],
        );
    }

    #[test]
    fn pages_are_known_by_their_beginning() {
        for (head, is_page) in [
            ("<!DOCTYPE HTML>", true),
            ("\u{feff}\n<html lang=en>", true),
            ("<!-- saved from url=(0014)about:internet -->\n<html>", true),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", true),
            ("<?xml version=\"1.0\"?><rss>", false),
            ("<rss version=\"2.0\">", false),
            ("<Moscow> The speaker", false),
            ("Musk invites Putin <b>", false),
            ("", false),
        ] {
            assert_eq!(begins(head.as_bytes()) > Likeness::No, is_page, "{head}");
        }
    }

    #[test]
    fn hostile_pages_are_read_without_a_tree() {
        for html in ["<div>".repeat(100_000), format!("{}{}", "<b>".repeat(20_000), "<p>x".repeat(20_000))] {
            let raw = sheet(format!("{html}Harbour closed").as_bytes()).expect("text").raw;
            assert!(raw.text.ends_with("Harbour closed"));
        }
        let large = "<p>The harbour is closed.</p>".repeat(150_000);
        assert!(sheet(large.as_bytes()).expect("text").raw.text.len() > 1_000_000);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = sheet(&bytes);
        }

        #[test]
        fn anything_like_a_page_is_read(tags in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<div class=byline>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<a href=x>",
            "</a>", "<h1>", "</h1>", "<ul>", "<li>", "</ul>", "<br>", "<img src=x>", "<noscript>", "</noscript>", "<title>", "</title>",
            "<svg>", "</svg>", "<math>", "<template>", "<select>", "<form>", "<body>", "</html>", "<frameset>", "<meta name=date content=x>",
            "The harbour is closed, and nobody knows for how long, said the master of the harbour. ", "&amp;", "<!--", "-->",
            "<script type=application/ld+json>", "{\"@type\":\"Article\",\"headline\":[{}]}", "</script>", "<article>", "</article>",
        ]), 0..60)) {
            let _ = sheet(tags.concat().as_bytes());
        }
    }
}
