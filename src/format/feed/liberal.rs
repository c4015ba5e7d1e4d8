//! An entry by its parts, whatever they are called and however they are written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;

use super::super::headline::{self, Written};
use super::super::{decode, html, xml};
use crate::extract::{Marks, RawArticle, StatedFields};
use xml::Part;

/// What an entry says.
#[derive(Debug, Default)]
pub(super) struct Entry {
    text: String,
    marks: Option<Marks>,
    stated: StatedFields,
    /// Whether its end was found.
    pub is_ended: bool,
}

/// Names of parts without their prefix, the best first, in lower case.
const DATES: &[&str] = &["pubdate", "published", "issued", "date", "created", "updated", "modified", "lastmod"];
const TEXTS: &[&str] = &["encoded", "content", "body", "div", "description", "summary", "abstract", "subtitle"];
const AUTHORS: &[&str] = &["author", "creator", "managingeditor", "dc_creator"];
const TAGS: &[&str] = &["category", "subject", "keywords"];

impl Entry {
    /// Reads an entry from its start tag on.
    pub fn of(text: &str) -> Entry {
        let outer = xml::parts(text);
        let Some((own, rest)) = outer.split_first() else { return Entry::default() };
        let mut parts = if own.is_ended { own.parts() } else { rest.to_vec() };
        // Media have words of their own, one level further in.
        let media = parts.iter().filter(|part| part.prefix.eq_ignore_ascii_case("media"));
        let within: Vec<Part<'_>> = media.filter(|part| part.inner.contains('<')).flat_map(Part::parts).collect();
        parts.extend(within);
        let mut stated = facts(&parts);
        // CDF and RSS 1.0 have the address in the tag itself.
        stated.url = stated.url.or_else(|| {
            let address = own.attribute("href").or_else(|| own.attribute("about"));
            address.filter(|address| is_address(address))
        });
        stated.date = stated.date.or_else(|| own.attribute("lastmod"));
        stated.language = stated.language.or_else(|| own.attribute("lang"));
        // Some feeds have the text in one part, and its first words or nothing in the other.
        let texts = parts.iter().filter(|part| TEXTS.iter().any(|name| part.is(name)));
        let text = texts.filter_map(text_of).max_by_key(String::len).unwrap_or_default();
        let (text, marks) = html::field(&text);
        let text = text.into_owned();
        Entry { text, marks, stated, is_ended: own.is_ended }
    }

    /// What the feed says of all its entries, where the entry does not say it itself.
    pub fn take_from_feed(&mut self, before: &str) {
        // What is open at the first entry was not ended, so its parts stand side by side.
        let mut parts = xml::parts(before);
        // In RSS 1.0 and before, the channel ends before its entries.
        let channel: Vec<Part<'_>> = parts.iter().filter(|part| part.is("channel")).flat_map(Part::parts).collect();
        parts.extend(channel);
        let feed = facts(&parts);
        let root = parts.first().and_then(|root| root.attribute("lang"));
        let stated = &mut self.stated;
        stated.source = stated.source.take().or(feed.title);
        stated.language = stated.language.take().or(feed.language).or(root);
        // Names of editors in RSS are addresses of a desk; Atom means the author of all entries.
        let author = parts.iter().find(|part| part.is("author"));
        stated.byline = stated.byline.take().or_else(|| author.and_then(person));
    }

    /// The article, with what the library read of it.
    pub fn with(self, library: Option<RawArticle>) -> RawArticle {
        let Some(RawArticle { text, marks, stated, .. }) = library else {
            return RawArticle {
                text: self.text,
                marks: self.marks,
                stated: self.stated,
                file_name: None,
                month_first: None,
            };
        };
        // The library knows no prefixes that were not declared, and nothing of base64.
        let is_more = self.text.len() > text.len() + text.len() / 2;
        let (text, marks) = if is_more { (self.text, self.marks) } else { (text, marks) };
        let own = self.stated;
        let stated = StatedFields {
            title: own.title.or(stated.title),
            byline: stated.byline.or(own.byline),
            source: stated.source.or(own.source),
            url: stated.url.or(own.url),
            date: stated.date.or(own.date),
            language: stated.language.or(own.language),
            tags: if own.tags.is_empty() { stated.tags } else { own.tags },
        };
        RawArticle { text, marks, stated, ..RawArticle::default() }
    }
}

/// What the parts of an entry, or of the beginning of a feed, state.
fn facts(parts: &[Part<'_>]) -> StatedFields {
    let best = |names: &[&str]| {
        let mut found: Vec<(usize, &Part<'_>)> = Vec::new();
        for part in parts {
            found.extend(names.iter().position(|name| part.is(name)).map(|rank| (rank, part)));
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, part)| part)
    };
    let word = |part: &Part<'_>| {
        let text = html::line(&part.content());
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    };
    // The title proper has no prefix, or one that stands for the format itself (`atom:title`).
    let titles = || parts.iter().filter(|part| part.is("title"));
    let title = titles()
        .filter(|part| matches!(part.prefix, "" | "atom" | "rss" | "a"))
        .find_map(title)
        .or_else(|| titles().find_map(title))
        .or_else(|| parts.iter().filter(|part| part.is("headline")).find_map(title));
    let authors: Vec<String> = best(AUTHORS).filter_map(person).collect();
    let mut names: Vec<String> = Vec::new();
    for name in authors {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    StatedFields {
        title,
        byline: (!names.is_empty()).then(|| names.join(", ")),
        source: parts.iter().find(|part| part.is("source")).and_then(|part| {
            let title = part.part("title");
            title.as_ref().and_then(word)
        }),
        url: address(parts),
        date: best(DATES).find_map(word),
        language: parts.iter().find(|part| part.is("language")).and_then(word),
        tags: tags(parts),
    }
}

fn title(part: &Part<'_>) -> Option<String> {
    let kind = part.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = part.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    let written = match kind.as_str() {
        "text" | "text/plain" => Written::Plain,
        "html" | "xhtml" | "text/html" | "application/xhtml+xml" => Written::Markup,
        _ => Written::Unsaid,
    };
    let text = if mode == "base64" { unpacked(part.inner)? } else { part.content() };
    headline::line(&text, written)
}

/// The name of a person: what the part says, or what a part of it does.
fn person(part: &Part<'_>) -> Option<String> {
    let inner = part.parts();
    let named = inner.iter().find(|inner| inner.is("name")).or_else(|| inner.iter().find(|inner| inner.is("email")));
    let text = named.map_or_else(|| part.content(), Part::content);
    // CDF has the name in the tag itself.
    let text = if text.trim().is_empty() { part.attribute("value").unwrap_or_default() } else { html::line(&text) };
    let text = text.trim();
    // RSS writes `desk@paper.example (Nora Webb)`.
    let name = text.split_once('(').and_then(|(before, name)| {
        let name = name.strip_suffix(')')?.trim();
        (before.contains('@') && !name.is_empty()).then_some(name)
    });
    Some(name.unwrap_or(text).to_owned()).filter(|name| !name.is_empty())
}

/// Where the article can be read.
fn address(parts: &[Part<'_>]) -> Option<String> {
    let links = || parts.iter().filter(|part| part.is("link") || part.is("a"));
    let href = |part: &Part<'_>| {
        let written = part.content().trim().to_owned();
        part.attribute("href").or(Some(written)).filter(|address| is_address(address))
    };
    let is_own = |part: &&Part<'_>| part.attribute("rel").is_none_or(|rel| rel == "alternate");
    let named = |name: &'static str| parts.iter().filter(move |part| part.is(name));
    let found = named("origlink").find_map(href).or_else(|| links().filter(is_own).find_map(href));
    let found = found.or_else(|| links().find_map(href));
    found.or_else(|| named("guid").chain(named("id")).chain(named("about")).find_map(href))
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

fn tags(parts: &[Part<'_>]) -> Vec<String> {
    let mut tags = Vec::new();
    for part in parts.iter().filter(|part| TAGS.iter().any(|name| part.is(name))) {
        let written = html::line(&part.content());
        let text = part.attribute("label").or_else(|| part.attribute("term")).unwrap_or(written);
        // Keywords of media are a list.
        let separator = if part.is("keywords") { ',' } else { '\n' };
        tags.extend(text.split(separator).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
    }
    tags
}

/// The text of a part, in whatever form it was sent.
fn text_of(part: &Part<'_>) -> Option<String> {
    if part.prefix.eq_ignore_ascii_case("media") && part.is("content") {
        return None;
    }
    let kind = part.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = part.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    let is_text =
        ["", "text", "html", "xhtml"].contains(&kind.as_str()) || kind.starts_with("text/") || kind.ends_with("xml");
    if mode == "base64" || !is_text && !part.inner.contains('<') {
        return unpacked(part.inner);
    }
    Some(part.content())
}

/// What was sent in base64, where that is text.
fn unpacked(inner: &str) -> Option<String> {
    let letters: String = inner.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let bytes = BASE64.decode(letters).ok()?;
    let decoded = decode::decode(&bytes, true, None);
    (!decoded.text.contains('\0')).then(|| decoded.text.into_owned())
}
