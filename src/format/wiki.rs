//! Dumps of MediaWiki: pages in the markup of wikis.

use std::io;
use std::ops::ControlFlow;

use super::xml::{self, Part};
use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, beginning, decode, html};
use crate::extract::{RawArticle, StatedFields};

pub(super) const FORMAT: Format = Format {
    name: "wiki",
    description: "dumps of MediaWiki, one article a page",
    extensions: &[],
    reads: "title, text, last author, date, address, categories of each page; the name of the wiki as its source",
    begins: |head| {
        Likeness::sure_if(head.windows(10).take(2000).any(|window| window[0] == b'<' && window == b"<mediawiki"))
    },
    split,
    preface,
    read,
    grows: false,
    holds: Holds::Narrow,
};

/// What an article is called.
const PAGES: &[&str] = &["page"];

/// Each page is an article; talk, templates and what only leads elsewhere are none.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, limits, .. } = source;
    let mut parts = 0u32;
    xml::split(reader, limits, PAGES, &mut |piece| {
        let head = String::from_utf8_lossy(&piece.bytes[..piece.bytes.len().min(2000)]);
        let is_other = head.split_once("<ns>").is_some_and(|(_, rest)| !rest.trim_start().starts_with("0<"));
        if is_other || head.contains("<redirect") {
            return ControlFlow::Continue(());
        }
        parts = parts.saturating_add(1);
        on(Piece { part: Some(parts), ..piece })
    })?;
    if parts == 0 {
        let _ = on(Piece { bytes: b"<", range: 0..1, part: None, line: 1 });
    }
    Ok(())
}

fn preface(head: &[u8]) -> Preface {
    let (first, _) = xml::first(head, PAGES);
    Preface { encoding: None, bytes: head[..first.unwrap_or(0)].to_vec(), ..Preface::default() }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    if piece.part.is_none() {
        return Err("is a dump of a wiki without articles".to_owned());
    }
    let decoded = decode::decode(piece.bytes, piece.is_whole(), None);
    let outer = xml::parts(&decoded.text);
    let page = outer.first().ok_or("a page without end")?;
    let parts = if page.is_ended { page.parts() } else { outer[1..].to_vec() };
    let named = |parts: &[Part<'_>], name: &str| {
        parts.iter().find(|part| part.is(name)).map(|part| part.content().trim().to_owned())
    };
    let title = named(&parts, "title").filter(|title| !title.is_empty());
    // The last revision stands for the page.
    let revision = parts.iter().rev().find(|part| part.is("revision")).map_or(parts.clone(), Part::parts);
    let markup = named(&revision, "text").unwrap_or_default();
    let Page { text, tags, date, .. } = Page::of(&markup);
    if text.is_empty() && title.is_none() {
        return Err("a page without title and text".to_owned());
    }
    let before = String::from_utf8_lossy(&around.preface.bytes);
    let site = xml::parts(&before);
    let about = site.iter().find(|part| part.is("siteinfo")).map_or(Vec::new(), Part::parts);
    let base = named(&about, "base").and_then(|base| Some(base.rsplit_once('/')?.0.to_owned()));
    let url = base.zip(title.as_ref()).map(|(base, title)| format!("{base}/{}", title.replace(' ', "_")));
    let author =
        revision.iter().find(|part| part.is("contributor")).and_then(|part| Some(part.part("username")?.content()));
    let stated = StatedFields {
        title,
        byline: author,
        source: named(&about, "sitename"),
        url,
        date: date.or_else(|| named(&revision, "timestamp")),
        language: site.first().and_then(|root| root.attribute("lang")),
        tags,
    };
    let findings = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    Ok(Sheet { raw: RawArticle { text, stated, ..RawArticle::default() }, findings })
}

/// The words of templates that tell the day of a report, and of links that tell what it is filed under.
const DATES: &[&str] = &["date", "datum", "fecha", "data", "дата", "date de publication"];
const CATEGORIES: &[&str] = &[
    "category",
    "kategorie",
    "catégorie",
    "categoría",
    "categoria",
    "категория",
    "kategoria",
    "categorie",
    "kategori",
];
const FILES: &[&str] =
    &["file", "image", "datei", "bild", "fichier", "archivo", "файл", "plik", "immagine", "bestand", "fil"];

/// A page without its markup.
#[derive(Debug, Default)]
struct Page {
    text: String,
    tags: Vec<String>,
    date: Option<String>,
    /// How often something was opened that nobody closed.
    failures: usize,
}

/// What is opened is looked for so far, in bytes.
const CLOSE: usize = 4000;

/// After so many things that nobody closed, nothing more is taken for markup that must be.
const MOST_FAILURES: usize = 200;

impl Page {
    fn of(markup: &str) -> Page {
        let mut page = Page::default();
        let plain = page.without_brackets(markup);
        let mut lines = String::with_capacity(plain.len());
        for line in plain.lines() {
            let bare = line.trim();
            let heading = bare
                .strip_prefix("==")
                .and_then(|rest| rest.strip_suffix("=="))
                .map(|rest| rest.trim_matches(['=', ' ']));
            let (mark, words) = match heading {
                Some(heading) => ("\n", heading),
                None => match bare.trim_start_matches(['*', '#', ':', ';']) {
                    words if words.len() < bare.len() && bare.starts_with(['*', '#']) => ("• ", words.trim_start()),
                    words => ("", words.trim_start()),
                },
            };
            lines.push_str(mark);
            lines.push_str(words);
            lines.push_str(if heading.is_some() { "\n\n" } else { "\n" });
        }
        let lines = lines.replace("'''''", "").replace("'''", "").replace("''", "");
        // What is left of markup is HTML.
        let text = html::text_of_field(&lines);
        page.text = text.trim().to_owned();
        page
    }

    /// The text without templates and tables, and links as the words that stand for them.
    fn without_brackets(&mut self, markup: &str) -> String {
        let mut text = String::with_capacity(markup.len());
        let mut rest = markup;
        // How deep in templates and tables, and where the outermost of them begins.
        let (mut depth, mut begin) = (0usize, "");
        while let Some(at) = rest.find(['{', '}', '[', ']', '<']) {
            let (before, after) = rest.split_at(at);
            if depth == 0 {
                text.push_str(before);
            }
            let opens = after.starts_with("{{") || after.starts_with("{|");
            let closes = after.starts_with("}}") || at > 0 && after.starts_with('}') && before.ends_with('|');
            let mut length = 1;
            if opens {
                if depth == 0 {
                    begin = after;
                }
                (depth, length) = (depth + 1, 2);
            } else if closes && depth > 0 {
                length = if after.starts_with("}}") { 2 } else { 1 };
                depth -= 1;
                if depth == 0 {
                    self.note_template(&begin[..begin.len() - after.len()]);
                }
            } else if depth == 0 {
                let near = beginning(after, CLOSE);
                if self.failures > MOST_FAILURES {
                    text.push_str(&after[..1]);
                } else if let Some(link) = after.strip_prefix("[[") {
                    length = self.link(link, &mut text) + 2;
                } else if let Some(link) = near.strip_prefix('[').filter(|link| link.starts_with("http")) {
                    let end = link.find([']', '\n']).unwrap_or(link.len());
                    text.push_str(link[..end].split_once(' ').map_or("", |(_, words)| words));
                    length = end + 1 + usize::from(link[end..].starts_with(']'));
                } else if after.starts_with("<ref") || after.starts_with("<!--") {
                    let close = if after.starts_with("<!--") { "-->" } else { "</ref>" };
                    let own = near.find('>').filter(|end| near[..*end].ends_with('/') && close == "</ref>");
                    let end = own.map(|end| end + 1).or_else(|| Some(near.find(close)? + close.len()));
                    self.failures += usize::from(end.is_none());
                    length = end.unwrap_or(1);
                } else {
                    text.push_str(&after[..1]);
                }
            }
            rest = &after[length.min(after.len())..];
        }
        if depth == 0 {
            text.push_str(rest);
        }
        text
    }

    /// Reads a link, of which what follows the brackets is given; how long it is.
    fn link(&mut self, link: &str, text: &mut String) -> usize {
        let (mut depth, mut end) = (1usize, None);
        let bytes = link.as_bytes();
        let mut at = 0;
        while at < bytes.len().min(CLOSE) {
            let step = match bytes[at..] {
                [b'[', b'[', ..] => {
                    depth += 1;
                    2
                }
                [b']', b']', ..] => {
                    depth -= 1;
                    2
                }
                _ => 1,
            };
            if depth == 0 {
                end = Some(at);
                break;
            }
            at += step;
        }
        let Some(end) = end else {
            self.failures += 1;
            return 0;
        };
        let inner = &link[..end];
        let kind = inner.split_once(':').map(|(kind, _)| kind.trim().to_lowercase());
        let is = |names: &[&str]| kind.as_deref().is_some_and(|kind| names.contains(&kind));
        if is(CATEGORIES) {
            let name = inner.split_once(':').map_or("", |(_, name)| name);
            self.tags.push(name.split('|').next().unwrap_or_default().trim().to_owned());
        } else if !is(FILES) {
            text.push_str(inner.rsplit('|').next().unwrap_or(inner).trim_start_matches(':'));
        }
        end + 2
    }

    /// A template may tell the day: `{{date|16 February 2021}}`.
    fn note_template(&mut self, template: &str) {
        let mut words = template.trim_start_matches('{').split('|').map(str::trim);
        let is_date = words.next().is_some_and(|name| DATES.contains(&name.to_lowercase().as_str()));
        if is_date && self.date.is_none() {
            self.date = words.next().map(|day| day.trim_end_matches('}').to_owned()).filter(|day| !day.is_empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;

    fn articles(file: &str) -> Vec<(u32, String)> {
        let around = Around { preface: preface(file.as_bytes()), ..Around::default() };
        let mut found = Vec::new();
        let mut reader = file.as_bytes();
        let on = &mut |piece: Piece<'_>| {
            let shown = match read(&piece, &around) {
                Ok(Sheet { raw, .. }) => {
                    let StatedFields { title, byline, source, url, date, language, tags } = raw.stated;
                    let fields = [title, byline, source, url, date, language].map(|field| field.unwrap_or("-".into()));
                    format!("{}|{}|{}", fields.join("|"), tags.join(","), raw.text)
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.unwrap_or(0), shown));
            ControlFlow::Continue(())
        };
        split(Source::new(&mut reader, None, Limits::default()), on).expect("memory can be read");
        found
    }

    #[test]
    fn pages_are_articles() {
        let page = |title: &str, ns: u32, text: &str| {
            format!(
                "<page><title>{title}</title><ns>{ns}</ns><id>1</id><revision><id>2</id><timestamp>2021-02-17T10:00:00Z</timestamp>\
                 <contributor><username>Nora</username><id>3</id></contributor><text xml:space=\"preserve\">{text}</text></revision></page>\n"
            )
        };
        let dump = [
            "<mediawiki xml:lang=\"en\"><siteinfo><sitename>Harbour wiki</sitename><base>https://wiki.example/wiki/Main_Page</base></siteinfo>\n",
            &page("Harbour closed", 0, "{{date|16 February 2021}}\n'''The [[harbour|old harbour]]''' is {{nowrap|x {{y}}}} ''closed''.&lt;ref&gt;Paper&lt;/ref&gt;\n\n== Next ==\n* [https://a.example The pier]\n\n{| class=x\n|-\n| cell\n|}\n[[File:a.png|thumb|A [[pier]]]]\n[[Category:Sea]]\n"),
            &page("Talk:Harbour", 1, "chat"),
            &page("Ferry", 0, "Sold."),
            "</mediawiki>",
        ]
        .concat();
        assert_eq!(
            articles(&dump),
            [
                (1, "Harbour closed|Nora|Harbour wiki|https://wiki.example/wiki/Harbour_closed|16 February 2021|en|Sea|The old harbour is  closed.\n\n\nNext\n\n• The pier".to_owned()),
                (2, "Ferry|Nora|Harbour wiki|https://wiki.example/wiki/Ferry|2021-02-17T10:00:00Z|en||Sold.".to_owned()),
            ]
        );
        assert_eq!(articles("<mediawiki></mediawiki>"), [(0, "! is a dump of a wiki without articles".to_owned())]);
    }

    proptest! {
        #[test]
        fn anything_is_survived(text in "(\\{\\{|\\}\\}|\\{\\||\\|\\}|\\[\\[|\\]\\]|\\[http|[|:=*#<>' ä\n]|ref|File|Category|date)*") {
            let _ = Page::of(&text);
        }
    }
}
