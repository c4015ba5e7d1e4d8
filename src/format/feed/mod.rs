//! RSS, Atom and CDF: files of feeds, each entry an article.
//!
//! A feed is split by its tags, and each entry is read within the beginning of its feed, which holds
//! what prefixes mean, the title and the language. So an entry that is broken costs no other. What the
//! library refuses, or does not know, is read by its parts ([`liberal`]).

mod liberal;
mod library;

use std::io;

use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, decode, html, xml};
use crate::article::{Finding, FindingKind};

pub(super) const FORMAT: Format = Format {
    name: "feed",
    description: "RSS, Atom and CDF, one article an entry",
    extensions: &["rss", "atom", "rdf", "xml", "cdf"],
    reads: "title, text, author, date, address, tags of each entry; the name of the feed as its source",
    begins,
    split,
    preface,
    read,
    grows: false,
    holds: Holds::Narrow,
};

/// What an article is called in a feed.
const ENTRIES: &[&str] = &["item", "entry"];

/// What feeds begin with.
const ROOTS: &[&str] = &["rss", "feed", "rdf", "channel", "entry"];

/// The name of the first element in `head` that a file may be told by: warnings of a program, and words
/// before the declaration, are passed over.
fn begins(head: &[u8]) -> Likeness {
    if !head.contains(&b'<') {
        return Likeness::No;
    }
    let decoded = decode::decode(decode::even(head), false, None);
    let text = decoded.text.trim_start();
    let start = text.find("<?xml").unwrap_or(0);
    // Nearly all files that are no feed are settled here.
    if start == 0 && !text.starts_with('<') && !text.contains("<rss") {
        return Likeness::No;
    }
    match xml::parts(&text[start..]).first() {
        Some(root) if ROOTS.iter().any(|name| root.is(name)) && (start > 0 || text.starts_with('<')) => Likeness::Sure,
        // Words in front of a feed, which has no declaration.
        _ if text.contains("<rss") || text.contains("<rdf:RDF") || text.contains("http://www.w3.org/2005/Atom") => {
            Likeness::Maybe
        }
        _ => Likeness::No,
    }
}

/// Each entry is an article, numbered from 1.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let first = reader.fill_buf()?.trim_ascii_start().get(..1).unwrap_or_default().to_vec();
    if xml::split(reader, limits, ENTRIES, on)? == 0 {
        let _ = on(Piece { bytes: &first, range: 0..first.len() as u64, part: None, line: 1 });
    }
    Ok(())
}

/// What stands before the first entry.
fn preface(head: &[u8]) -> Preface {
    // A preface without end is left away but for its root, which tells what prefixes mean.
    let (first, root) = xml::first(head, ENTRIES);
    let end = first.or(root).unwrap_or(0);
    Preface { encoding: decode::guess_from(head), bytes: head[..end].to_vec(), ..Preface::default() }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    match (piece.part, piece.bytes) {
        (None, b"<") => return Err("is XML, but no feed with entries".to_owned()),
        (None, b"") => return Err("holds nothing but white space".to_owned()),
        (None, _) => return Err("is not XML".to_owned()),
        (Some(_), _) => {}
    }
    let Preface { encoding, bytes, .. } = &around.preface;
    let decoded = match html::declaration(bytes) {
        Some(declared) => decode::decode_as(piece.bytes, piece.is_whole(), Some(declared)),
        None => decode::decode(piece.bytes, piece.is_whole(), *encoding),
    };
    let before = decode::decode_as(bytes, true, html::declaration(bytes).or(*encoding)).text;
    // Tags with thousands of attributes would never be read to their end.
    let is_sound = html::is_sound(&decoded.text) && html::is_sound(&before);
    let by_library = if piece.is_whole() && is_sound { library::read(&decoded.text, &before) } else { None };
    let mut entry = liberal::Entry::of(&decoded.text);
    entry.take_from_feed(&before);
    let is_damaged = by_library.is_none() && !entry.is_ended;
    let raw = entry.with(by_library);
    if raw.text.is_empty() && raw.stated.title.is_none() {
        return Err(match raw.stated.url {
            Some(url) => format!("an entry of which only the address is known ({url})"),
            None => "an entry without title and text".to_owned(),
        });
    }
    let mut findings: Vec<Finding> = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    if is_damaged && piece.is_whole() {
        let note = "the entry has no end; what stands there was read";
        findings.push(Finding::new(FindingKind::CutShort, note));
    }
    Ok(Sheet { raw, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{RawArticle, StatedFields};
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
                    let StatedFields { title, byline, source, url, date, language, .. } = stated;
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
                (2, 3, "Two|-|G|-|-|-|"),
                (3, 5, "Salt & pepper|-|G|-|-|-|"),
                (4, 5, "Never ended|-|G|-|-|-|"),
                (5, 6, "Five </item> <item>|-|G|-|-|-|"),
                (6, 6, "Six|-|G|-|-|-|"),
            ],
        );
    }

    #[test]
    fn older_and_looser_feeds_are_read_by_their_parts() {
        // Atom before it was a standard; the text in base64.
        check(
            "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\" xml:lang=\"en\"><title>Notes</title><author><name>Nora</name></author>\
             <entry><title mode=\"escaped\">Harbour &amp;amp; ferry</title><link rel=\"alternate\" href=\"https://example.org/d\"/>\
             <issued>2004-05-06</issued><modified>2004-05-07</modified><content type=\"text/html\" mode=\"base64\">PHA+Q2xv\nc2VkLjwvcD4=</content></entry></feed>",
            &[(1, 1, "Harbour & ferry|Nora|Notes|https://example.org/d|2004-05-06|en|Closed.")],
        );
        // RSS 0.90, and RSS 1.0 whose channel has no title.
        check(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://my.netscape.com/rdf/simple/0.9/\">\
             <channel><title>Old</title></channel><item><title>Harbour</title><link>http://example.org/e</link></item></rdf:RDF>",
            &[(1, 1, "Harbour|-|Old|http://example.org/e|-|-|")],
        );
        check(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel/>\
             <item rdf:about=\"http://example.org/f\"><title>Harbour</title><description>Closed.</description></item></rdf:RDF>",
            &[(1, 1, "Harbour|-|-|http://example.org/f|-|-|Closed.")],
        );
        // RSS 2.0 in a namespace; prefixes that nobody declared; a title with another prefix alone.
        check(
            "<rss version=\"2.0\" xmlns=\"http://backend.userland.com/rss2\"><channel><title>G</title><item><title>One</title>\
             <dc:date>2019-03-06T12:00:00Z</dc:date><dc:creator>Jo Pier</dc:creator><content:encoded><![CDATA[<p>Text.</p>]]></content:encoded>\
             </item><item><media:title>Two</media:title><dc:subject>sea</dc:subject></item></channel></rss>",
            &[(1, 1, "One|Jo Pier|G|-|2019-03-06T12:00:00Z|-|Text."), (2, 1, "Two|-|G|-|-|-|")],
        );
        check(
            "<?xml version=\"1.0\"?><CHANNEL HREF=\"http://example.org/\"><TITLE>Pier</TITLE><ITEM HREF=\"http://example.org/g\" LASTMOD=\"1998-11-05\">\
             <TITLE>Harbour</TITLE><ABSTRACT>Closed.</ABSTRACT><AUTHOR VALUE=\"Nora\"/></ITEM></CHANNEL>",
            &[(1, 1, "Harbour|Nora|Pier|http://example.org/g|1998-11-05|-|Closed.")],
        );
        check(
            "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>TV</title><item><media:content url=\"http://a.example/a.mp4\">\
             <media:title type=\"plain\">Harbour</media:title><media:description>Closed.</media:description></media:content></item></channel></rss>",
            &[(1, 1, "Harbour|-|TV|-|-|-|Closed.")],
        );
        check(
            "Warning: no cache in feed.php\n<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>G</title>\n<item><title>One</title></item></channel></rss>",
            &[(1, 4, "One|-|G|-|-|-|")],
        );
        check(
            "<rss version=\"2.0\"><channel><title>G</title><item><link>https://example.org/h</link></item></channel></rss>",
            &[(1, 1, "! an entry of which only the address is known (https://example.org/h)")],
        );
    }

    #[test]
    fn what_an_entry_is_filed_under_is_told() {
        let entry = b"<item><title>T</title><category domain=\"x\">Sea</category><category>Harbours &amp; piers</category></item>";
        let piece = Piece { bytes: entry, range: 0..entry.len() as u64, part: Some(1), line: 1 };
        let before = b"<rss version=\"2.0\"><channel>".to_vec();
        let around =
            Around { preface: Preface { encoding: None, bytes: before, ..Preface::default() }, ..Around::default() };
        assert_eq!(read(&piece, &around).expect("an entry").raw.stated.tags, ["Sea", "Harbours & piers"]);
    }

    #[test]
    fn an_entry_whose_end_is_missing_says_so() {
        let entry = b"<item><title>Six</title><description>Clos";
        let piece = Piece { bytes: entry, range: 0..entry.len() as u64, part: Some(1), line: 1 };
        let Sheet { raw, findings } = read(&piece, &Around::default()).expect("an entry");
        assert_eq!(raw.text, "Clos");
        assert_eq!(findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [FindingKind::CutShort]);
    }

    #[test]
    fn feeds_are_known_by_their_beginning() {
        for (head, likeness) in [
            ("<rss version=\"2.0\">", Likeness::Sure),
            (
                "\u{feff}<?xml version='1.0'?><?xml-stylesheet href='a.xsl'?><!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>",
                Likeness::Sure,
            ),
            ("\n\n  <rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Likeness::Sure),
            ("junk\n<?xml version='1.0'?><rss>", Likeness::Sure),
            ("<html><body>How to write <rss>", Likeness::Maybe),
            ("<?xml version='1.0'?><opml>", Likeness::No),
            ("Musk", Likeness::No),
        ] {
            assert_eq!(begins(head.as_bytes()), likeness, "{head}");
        }
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
        check(&long, &[(1, 1, "! an entry without title and text"), (2, 1, "b|-|-|-|-|-|")]);
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
