//! NewsML and NITF: what news agencies send.

use std::io;

use super::xml::{self, Part};
use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, decode, html};
use crate::extract::{RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "newsml",
    description: "NewsML, NewsML-G2 and NITF, one article a news item",
    extensions: &["nitf", "newsml"],
    reads: "headline, text, author, agency, date, language, keywords and subjects",
    begins: |head| Likeness::sure_if(root(head).is_some()),
    split,
    preface,
    read,
    grows: false,
    holds: Holds::Narrow,
};

/// What an article is called in a message of many, and where it is the whole file.
const ITEMS: &[&str] = &["newsitem"];
const NITF: &[&str] = &["nitf"];

/// Elements that may lie in one another before the one that is looked for.
const DEEPEST: usize = 8;

/// What the articles are called in a file that begins so.
fn root(head: &[u8]) -> Option<&'static [&'static str]> {
    if !decode::may_open_with(head, b"<") {
        return None;
    }
    let decoded = decode::decode(decode::even(head), false, None);
    let text = decoded.text.trim_start();
    if !text.starts_with('<') {
        return None;
    }
    match xml::parts(text).first() {
        Some(root) if root.is("nitf") => Some(NITF),
        Some(root) if ["newsMessage", "newsItem", "NewsML", "packageItem"].iter().any(|name| root.is(name)) => {
            Some(ITEMS)
        }
        _ => None,
    }
}

fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let names = root(reader.fill_buf()?).unwrap_or(ITEMS);
    if xml::split(reader, limits, names, on)? == 0 {
        let _ = on(Piece { bytes: b"<", range: 0..1, part: None, line: 1 });
    }
    Ok(())
}

fn preface(head: &[u8]) -> Preface {
    let (first, _) = xml::first(head, root(head).unwrap_or(ITEMS));
    Preface { encoding: decode::guess_from(head), bytes: head[..first.unwrap_or(0)].to_vec(), ..Preface::default() }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    if piece.part.is_none() {
        return Err("is a message of an agency without news items".to_owned());
    }
    let declared = html::declaration(&around.preface.bytes).or(around.preface.encoding);
    let decoded = decode::decode_as(piece.bytes, piece.is_whole(), declared);
    let parts = xml::parts(&decoded.text);
    let item = parts.first().ok_or("a news item without end")?;
    let raw = article(item);
    if raw.text.is_empty() && raw.stated.title.is_none() {
        return Err("a news item without headline and text".to_owned());
    }
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    Ok(Sheet { raw, findings })
}

/// All elements in a part, the outer ones first. Each level is gone through once, however much is looked for.
fn elements<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    let mut found = Vec::new();
    let mut level = part.parts();
    for _ in 0..DEEPEST {
        let mut inner = Vec::new();
        for part in level.iter().filter(|part| part.inner.contains('<')) {
            inner.extend(part.parts());
            if inner.len() > MOST_ELEMENTS {
                break;
            }
        }
        found.append(&mut std::mem::replace(&mut level, inner));
        if level.is_empty() || found.len() > MOST_ELEMENTS {
            break;
        }
    }
    found
}

/// An item has no more elements that are looked at.
const MOST_ELEMENTS: usize = 100_000;

fn article(item: &Part<'_>) -> RawArticle {
    let word = |part: &Part<'_>| {
        let named = part.part("name").or_else(|| part.part("hl1")).or_else(|| part.part("FormalName"));
        let text = html::line(&named.as_ref().unwrap_or(part).content());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let elements = elements(item);
    let all = |names: &[&str]| -> Vec<&Part<'_>> {
        elements.iter().filter(|part| names.iter().any(|name| part.is(name))).collect()
    };
    let first = |names: &[&str]| names.iter().find_map(|name| all(&[*name]).into_iter().find_map(word));
    let said = |element: &str, attribute: &str| all(&[element]).into_iter().find_map(|part| part.attribute(attribute));
    // NITF lies in what other messages have for content.
    let body = all(&["body.content"]).into_iter().next();
    let body = body.or_else(|| all(&["inlineXML", "inlineData", "DataContent", "body"]).into_iter().next());
    let text = body.map(|body| html::text_of_field(&body.content()).trim().to_owned()).unwrap_or_default();
    let mut tags = Vec::new();
    for part in all(&["keyword", "subject", "category"]) {
        let tag = part.attribute("key").or_else(|| word(part)).filter(|tag| !tag.contains(':'));
        tags.extend(tag);
    }
    let language = said("DataContent", "lang").or_else(|| item.attribute("lang"));
    let language = language.or_else(|| said("language", "tag")).or_else(|| said("Language", "FormalName"));
    let stated = StatedFields {
        title: first(&["headline", "hl1", "HeadLine", "title"]),
        byline: first(&["byline", "by", "creator", "contributor"]),
        source: said("pubdata", "name")
            .or_else(|| first(&["provider", "infoSource", "Provider", "distributor", "credit"])),
        url: said("pubdata", "ex-ref").or_else(|| first(&["link"])).filter(|url| url.starts_with("http")),
        date: said("date.issue", "norm")
            .or_else(|| said("pubdata", "date.publication"))
            .or_else(|| said("story.date", "norm"))
            .or_else(|| {
                first(&["firstCreated", "contentCreated", "FirstCreated", "versionCreated", "ThisRevisionCreated"])
            }),
        language,
        tags,
    };
    RawArticle { text, stated, ..RawArticle::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    fn articles(file: &[u8]) -> Vec<String> {
        let around = Around { preface: preface(file), ..Around::default() };
        let mut found = Vec::new();
        let mut reader = file;
        let on = &mut |piece: Piece<'_>| {
            found.push(match read(&piece, &around) {
                Ok(Sheet { raw, .. }) => {
                    let StatedFields { title, byline, source, url, date, language, tags } = raw.stated;
                    let fields = [title, byline, source, url, date, language].map(|field| field.unwrap_or("-".into()));
                    format!("{}|{}|{}", fields.join("|"), tags.join(","), raw.text)
                }
                Err(reason) => format!("! {reason}"),
            });
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, None, Limits::default()), on).expect("memory can be read");
        found
    }

    #[test]
    fn items_of_agencies_are_articles() {
        let g2 = "<?xml version=\"1.0\"?><newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>\
                  <newsItem xml:lang=\"en\"><itemMeta><provider><name>Agency</name></provider><versionCreated>2021-02-17T09:00:00Z</versionCreated></itemMeta>\
                  <contentMeta><contentCreated>2021-02-16T10:00:00+07:00</contentCreated><headline>Harbour &amp; ferry</headline><by>Nora Webb</by>\
                  <subject qcode=\"medtop:1\"><name>Shipping</name></subject><keyword>sea</keyword></contentMeta>\
                  <contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Closed.</p><p>For now.</p></body></html></inlineXML></contentSet></newsItem>\
                  <newsItem><contentMeta><headline>Two</headline></contentMeta></newsItem></itemSet></newsMessage>";
        assert_eq!(
            articles(g2.as_bytes()),
            [
                "Harbour & ferry|Nora Webb|Agency|-|2021-02-16T10:00:00+07:00|en|Shipping,sea|Closed.\n\nFor now.",
                "Two|-|-|-|-|-||"
            ]
        );
        let nitf = "<!DOCTYPE nitf><nitf><head><title>Old</title><docdata><date.issue norm=\"20210216T100000Z\"/><key-list><keyword key=\"sea\"/></key-list></docdata>\
                    <pubdata name=\"Gazette\" date.publication=\"20210217\"/></head><body><body.head><hedline><hl1>Harbour closed</hl1></hedline>\
                    <byline>By Nora Webb</byline></body.head><body.content><p>Closed.</p><p>For now.</p></body.content></body></nitf>";
        assert_eq!(
            articles(nitf.as_bytes()),
            ["Harbour closed|By Nora Webb|Gazette|-|20210216T100000Z|-|sea|Closed.\n\nFor now."]
        );
        assert_eq!(root(b"<?xml version='1.0'?><rss>"), None);
    }

    proptest! {
        #[test]
        fn anything_is_survived(xml in "(</?(newsItem|nitf|headline|body|p|name)( norm='x')?/?>|[&;<>\"' ä]|text)*") {
            let _ = articles(xml.as_bytes());
            let _ = articles(format!("<nitf>{xml}").as_bytes());
        }
    }
}
