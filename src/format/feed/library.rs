//! An entry as the library for feeds reads it.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;

use super::super::{caught, html, xml};
use crate::extract::{RawArticle, StatedFields};

/// The article in an entry that stands in a feed that begins with `before`; `None` where the library
/// refuses it.
pub(super) fn read(entry: &str, before: &str) -> Option<RawArticle> {
    let (open, whole) = opening(before);
    let close: String = open.iter().rev().map(|(name, _)| format!("</{name}>")).collect();
    let bare: String = open.iter().map(|(_, tag)| tag.as_str()).collect();
    let text = markup_as_data(entry);
    // Faults outside the entry, or characters that XML has no place for, must not cost the entry.
    let read = parsed(&format!("{whole}{text}{close}"));
    read.or_else(|| parsed(&format!("{bare}{}{close}", mended(&text))))
}

/// The elements that are open at the end of `before`, each with its start tag; and `before` itself,
/// so that it can be read: without declaration, and as the version of RSS that holds all others.
fn opening(before: &str) -> (Vec<(String, String)>, String) {
    let mut scanner = xml::Scanner::default();
    let mut open: Vec<(String, String)> = Vec::new();
    let mut whole = String::with_capacity(before.len() + 32);
    let mut done = 0;
    for byte in before.bytes() {
        let Some(tag) = scanner.take(byte) else { continue };
        let (start, end) = (tag.start as usize, scanner.at as usize);
        let text = before.get(start..end).unwrap_or_default();
        let name = text.trim_start_matches(['<', '/']).split(['>', '/']).next().unwrap_or_default();
        let name = name.split_whitespace().next().unwrap_or_default().to_owned();
        if open.is_empty() {
            // What stands before the root is declarations.
            done = start;
        }
        let text = if tag.name().eq_ignore_ascii_case(b"rss") { as_rss_2(text) } else { text.to_owned() };
        whole.push_str(before.get(done..start).unwrap_or_default());
        whole.push_str(&text);
        done = end;
        match tag.kind {
            xml::Kind::Start => open.push((name, text)),
            xml::Kind::End => {
                if let Some(at) = open.iter().rposition(|(open, _)| *open == name) {
                    open.truncate(at);
                }
            }
            xml::Kind::Empty => {}
        }
    }
    whole.push_str(before.get(done..).unwrap_or_default());
    (open, whole)
}

/// The start tag of RSS, of whatever version, as that of version 2.0.
fn as_rss_2(tag: &str) -> String {
    let tag = tag.trim_end_matches('>');
    let bare = tag.find("version").and_then(|at| {
        let rest = tag[at..].strip_prefix("version")?.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(format!("{}{}", &tag[..at], rest[1..].split_once(quote)?.1))
    });
    format!("{} version=\"2.0\">", bare.as_deref().unwrap_or(tag))
}

/// The article in a feed of one entry.
fn parsed(document: &str) -> Option<RawArticle> {
    // Dates are read later, with all that is known of the article. So each is taken as it is written,
    // and its number stands in for it.
    let dates = Arc::new(Mutex::new(Vec::new()));
    let taken = Arc::clone(&dates);
    let keep = move |date: &str| {
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.push(date.trim().to_owned());
        DateTime::from_timestamp(taken.len() as i64 - 1, 0)
    };
    let parser = Builder::new().timestamp_parser(keep).build();
    let mut feed = caught(|| parser.parse(document.as_bytes()))?.ok()?;
    if feed.entries.is_empty() {
        return None;
    }
    let entry = feed.entries.swap_remove(0);
    let dates = dates.lock().unwrap_or_else(PoisonError::into_inner);
    let date = |number: DateTime<_>| dates.get(usize::try_from(number.timestamp()).ok()?).cloned();
    let date = entry.published.or(entry.updated).and_then(date);
    Some(article(entry, &feed, date))
}

/// An entry as an article.
fn article(entry: Entry, feed: &Feed, date: Option<String>) -> RawArticle {
    let authors = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let mut names: Vec<&str> = authors.iter().filter_map(|author| author.name.as_deref()).collect();
    names.retain(|name| !name.trim().is_empty());
    names.dedup();
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = link.or(entry.links.first()).map(|link| link.href.clone());
    let url = url.or_else(|| Some(entry.id).filter(|id| id.starts_with("http")));
    let content = entry.content.and_then(|content| {
        let is_text = content.content_type.ty() == "text" || content.content_type.subty().as_str().contains("ml");
        content.body.filter(|_| is_text)
    });
    let summary = entry.summary.map(|summary| summary.content);
    // Some feeds have the text in one, and its first words or nothing in the other.
    let longest = content.into_iter().chain(summary).max_by_key(String::len).unwrap_or_default();
    let (text, marks) = html::field(&longest);
    let text = text.into_owned();
    let inline = |text: Option<&str>| text.map(html::line).filter(|text| !text.is_empty());
    let stated = StatedFields {
        title: inline(entry.title.as_ref().map(|title| title.content.as_str())),
        byline: inline(Some(&names.join(", "))),
        source: inline(feed.title.as_ref().map(|title| title.content.as_str())),
        url: url.map(|url| url.trim().to_owned()),
        date,
        language: entry.language.or_else(|| feed.language.clone()),
        tags: entry.categories.into_iter().map(|category| category.label.unwrap_or(category.term)).collect(),
    };
    RawArticle { text, marks, stated, ..RawArticle::default() }
}

/// The entry with the markup in its text as data: RSS wants it escaped, and some feeds forget that.
fn markup_as_data(xml: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(xml);
    for name in ["description", "content:encoded"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let within = mended.find(&open).map(|at| at + open.len()).zip(mended.rfind(&close));
        let Some((start, end)) = within.filter(|(start, end)| start < end) else { continue };
        let text = &mended[start..end];
        if text.contains('<') && !text.contains("<![CDATA[") {
            mended = Cow::Owned(format!("{}<![CDATA[{text}]]>{}", &mended[..start], &mended[end..]));
        }
    }
    mended
}

/// `xml` without the faults that careless programs leave: ampersands that begin no entity, and
/// control characters.
fn mended(xml: &str) -> String {
    let mut mended = String::with_capacity(xml.len() + 16);
    let mut rest = xml;
    let mut in_data = false;
    while let Some(at) = rest.find(|c: char| c == '&' || c == '<' || c == ']' || c.is_control() && !c.is_whitespace()) {
        let (before, after) = rest.split_at(at);
        mended.push_str(before);
        let c = after.chars().next().unwrap_or_default();
        let is_entity = || {
            let name = after[1..].split(';').next().unwrap_or_default();
            name.len() + 1 < after.len()
                && name.len() < 10
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
                && !name.is_empty()
        };
        match c {
            '<' => in_data |= after.starts_with("<![CDATA["),
            ']' => in_data &= !after.starts_with("]]>"),
            _ => {}
        }
        match c {
            '&' if !in_data && !is_entity() => mended.push_str("&amp;"),
            '&' | '<' | ']' => mended.push(c),
            _ => {}
        }
        rest = &after[c.len_utf8()..];
    }
    mended.push_str(rest);
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_that_was_not_escaped_is_data() {
        assert_eq!(
            markup_as_data("<description>One <b>word</b></description>"),
            "<description><![CDATA[One <b>word</b>]]></description>"
        );
        assert_eq!(markup_as_data("<description>a &lt;b</description>"), "<description>a &lt;b</description>");
        assert_eq!(markup_as_data("</description><p><description>"), "</description><p><description>");
    }
}
