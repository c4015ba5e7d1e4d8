//! What the markup of a page states about its article: linked data, metadata, marked times.

use super::address::{is_address, is_name};
use super::facts::Facts;
use super::fragment::line;
use super::linked::Linked;
use super::page::Page;
use crate::extract::StatedFields;

/// Metadata that names the headline, the best first. Names are in lower case.
const TITLES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline", "title"];

/// Metadata that names the author.
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "citation_author",
    "creator",
    "twitter:data1",
];

/// Metadata that tells the time of publication.
const DATES: &[&str] = &[
    "datepublished",
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "publicationdate",
    "date_published",
    "published",
    "published-date",
    "published_at",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.published",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article.published",
    "article_date_original",
    "citation_publication_date",
    "displaydate",
    "datecreated",
    "rnews:datepublished",
    "ptime",
    "time",
    "timestamp",
    "dc.date.created",
];

/// Metadata that names the publisher.
const SOURCES: &[&str] = &[
    "og:site_name",
    "publisher",
    "article:publisher_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "application-name",
    "source",
];

/// Metadata that tells the language.
const LANGUAGES: &[&str] =
    &["content-language", "og:locale", "dc.language", "dcterms.language", "inlanguage", "language"];

/// What stands between a headline and the name of the site in the title of a window.
const SEPARATORS: &[&str] = &[" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · ", " • ", " ｜ ", "｜", "_"];

/// What the markup of `page` states.
pub(super) fn stated(page: &Page, facts: &Facts, data: &Linked) -> StatedFields {
    let all = |names: &[&str]| {
        let known = names.iter().find(|name| page.meta.iter().any(|(named, _)| named == *name));
        let values = page.meta.iter().filter(move |(named, _)| Some(&named.as_str()) == known);
        values.map(|(_, value)| line(value)).filter(|value| !value.is_empty()).collect::<Vec<String>>()
    };
    let meta = |names: &[&str]| {
        let found = names.iter().find_map(|name| page.meta.iter().find(|(named, _)| named == name));
        found.map(|(_, value)| line(value)).filter(|value| !value.is_empty())
    };
    let source = data.publisher.clone().or_else(|| meta(SOURCES));
    let title = title(page, facts, data, source.as_deref(), meta(TITLES));
    let named = || {
        let mut names: Vec<String> = all(AUTHORS).into_iter().filter(|name| is_name(name)).take(20).collect();
        names.dedup();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    };
    let byline = data.author.clone().or_else(named);
    let byline = byline.map(without_by).filter(|byline| is_person(byline, source.as_deref()));
    let byline = person(byline, facts.bylines_at(title.as_deref()), source.as_deref());
    // A day without its year, as some heads have it, is told better elsewhere.
    let is_full = |date: &String| date.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let stated = data.date.clone().filter(is_full).or_else(|| meta(DATES).filter(is_full));
    let date = stated
        .or_else(|| facts.time_at(title.as_deref()).map(str::to_owned))
        .or_else(|| data.date.clone())
        .or_else(|| meta(DATES));
    let language = page.language.clone().or_else(|| data.language.clone());
    let url = page.canonical.clone().filter(|url| is_address(url));
    let url = url.or_else(|| meta(&["og:url"]).filter(|url| is_address(url)));
    let url = url.or_else(|| data.url.clone()).or_else(|| page.saved_from.clone());
    StatedFields {
        title,
        byline,
        source,
        url,
        date,
        language: language.or_else(|| meta(LANGUAGES)),
        ..StatedFields::default()
    }
}

/// The byline: what the head states; but where that names nobody, or somebody by half, what stands
/// beside the headline and says more.
fn person<'a>(stated: Option<String>, beside: impl Iterator<Item = &'a str>, source: Option<&str>) -> Option<String> {
    let mut beside = beside
        .map(|byline| without_by(byline.to_owned()))
        .filter(|byline| is_person(byline, source) && is_short_name(byline));
    match stated {
        None => beside.next(),
        Some(stated) if !stated.contains(' ') && stated.is_ascii() => {
            let fuller = beside.find(|byline| byline.split(|c: char| !c.is_alphanumeric()).any(|word| word == stated));
            Some(fuller.unwrap_or(stated))
        }
        stated => stated,
    }
}

/// True for a name or a few, and nothing else: no dates, no sentences.
fn is_short_name(text: &str) -> bool {
    let is_named = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase());
    is_named
        && !text.contains(|c: char| c.is_numeric() || matches!(c, '|' | ':' | '?' | '!' | '•' | '·'))
        && text.split_whitespace().count() <= 8
}

/// True unless this names an outlet, a site or a mailbox.
fn is_person(text: &str, source: Option<&str>) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let is_source = source.is_some_and(|source| letters(source) == letters(text));
    let is_host = !text.contains(' ')
        && text.rsplit_once('.').is_some_and(|(name, end)| {
            !name.is_empty() && (2..=4).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_lowercase())
        });
    is_name(text) && !is_source && !is_host && !text.contains('@')
}

/// The headline: as linked data, metadata or a heading have it, without the name of the site.
fn title(page: &Page, facts: &Facts, data: &Linked, source: Option<&str>, named: Option<String>) -> Option<String> {
    let window = line(&page.title);
    let headings = || {
        facts
            .titles
            .iter()
            .chain(&facts.headings)
            .map(|heading| &heading.words)
            .filter(|heading| heading.chars().count() > 3)
    };
    // A heading of the page that its head repeats is the headline, as its readers see it.
    let others = [data.headline.as_deref(), named.as_deref()];
    let told = |heading: &&String| others.iter().flatten().any(|other| begins_alike(other, heading));
    if let Some(heading) = headings().find(told) {
        return Some(heading.clone());
    }
    // The title of the window begins or ends with it; with the name of the site as well, which is shorter.
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let in_window = headings().filter(|heading| {
        let (part, whole) = (count(heading), count(&window));
        begins_alike(&window, heading) && part * 3 >= whole || ends_alike(&window, heading) && part * 2 >= whole
    });
    let longest = in_window.max_by_key(|heading| heading.chars().count());
    if let Some(heading) = longest.filter(|_| others.iter().all(Option::is_none)) {
        let is_site = source.is_some_and(|source| begins_alike(source, heading));
        if !is_site {
            return Some(heading.clone());
        }
    }
    let title =
        data.headline.clone().or(named).unwrap_or_else(|| match (facts.titles.as_slice(), facts.headings.as_slice()) {
            ([first, ..], _) if window.is_empty() => first.words.clone(),
            ([], [only]) if window.is_empty() => only.words.clone(),
            _ => window,
        });
    Some(without_site(&title, source).to_owned()).filter(|title| !title.is_empty())
}

/// True when `heading` is what `title` ends with, but for case and white space.
fn ends_alike(title: &str, heading: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let heading = letters(heading);
    !heading.is_empty() && letters(title).ends_with(&heading)
}

/// True when `heading` is what `title` begins with, but for case and white space.
fn begins_alike(title: &str, heading: &str) -> bool {
    let mut rest = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut letters = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).peekable();
    letters.peek().is_some() && letters.all(|letter| rest.next() == Some(letter))
}

/// A title without the name of the site behind it.
fn without_site<'a>(title: &'a str, source: Option<&str>) -> &'a str {
    let last = SEPARATORS.iter().filter_map(|separator| Some((title.rfind(separator)?, separator.len()))).max();
    let Some((at, length)) = last else { return title };
    let (head, tail) = (title[..at].trim_end(), title[at + length..].trim());
    let words = |text: &str| text.split_whitespace().count();
    let is_site = source.is_some_and(|source| source.eq_ignore_ascii_case(tail));
    // What is longer than any name of a site belongs to the headline.
    let short =
        words(tail) <= 4 && tail.chars().count() < 40 && words(head) > words(tail) && head.chars().count() >= 10;
    if is_site || short { without_site_once_more(head, source) } else { title }
}

/// `Headline | Politics | Site`: a second name is taken away only where it is the site's.
fn without_site_once_more<'a>(title: &'a str, source: Option<&str>) -> &'a str {
    match title.rsplit_once(" | ") {
        Some((head, tail)) if head.len() > 2 * tail.len() || source == Some(tail) => head.trim_end(),
        _ => title,
    }
}

/// What stands before a name.
const BY: &[&str] = &[
    "by ",
    "posted by ",
    "written by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "autor:",
    "author:",
    "автор:",
    "作者：",
    "作者:",
    "文／",
    "記者",
];

/// `By Nora Webb` without the `By`.
fn without_by(byline: String) -> String {
    let lower = byline.to_lowercase();
    // Where lower case has other bytes, nothing is cut.
    match BY.iter().find(|by| lower.starts_with(**by) && lower.len() == byline.len()) {
        Some(by) => byline[by.len()..].trim_start().to_owned(),
        None => byline,
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::page;
    use super::*;

    fn stated_of(html: &str) -> StatedFields {
        let page = page(html, false);
        stated(&page, &Facts::of(&page), &super::super::linked::of(&page))
    }

    /// What is stated, as title, byline, source, url, date and language.
    fn check(html: &str, expected: &str) {
        let StatedFields { title, byline, source, url, date, language, .. } = stated_of(html);
        let shown = [title, byline, source, url, date, language].map(|field| field.unwrap_or("-".into())).join("|");
        assert_eq!(shown, expected, "{html}");
    }

    #[test]
    fn linked_data_comes_first() {
        check(
            r#"<html lang="en"><meta name="date" content="2020-01-01"><meta property="og:title" content="Harbour | Gazette">
            <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
            "headline": "Harbour &amp; ferry closed", "datePublished": "2021-02-16T10:00:00+07:00", "url": "https://example.org/a",
            "author": [{"@type": "Person", "name": "Nora Webb"}, {"name": "Ole Lund"}], "publisher": {"name": "Gazette"}}</script>"#,
            "Harbour & ferry closed|Nora Webb, Ole Lund|Gazette|https://example.org/a|2021-02-16T10:00:00+07:00|en",
        );
        check(
            r#"<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Gazette"},
            {"@type": ["Article", "Thing"], "headline": "Harbour closed", "author": {"name": "https://example.org/nora"},
            "inLanguage": "en-GB", "mainEntityOfPage": {"@id": "https://example.org/b"}}]}</script>"#,
            "Harbour closed|-|-|https://example.org/b|-|en-GB",
        );
        check(
            "<script type='application/ld+json'>[{\"@type\": \"Person\"}, {\"@type\": \"https://schema.org/BlogPosting\", \
             \"headline\": \"Harbour\tclosed\", \"datePublished\": \"2021-02\"}]</script>",
            "Harbour closed|-|-|-|2021-02|-",
        );
        check(
            "<script type='application/ld+json'>{\"@type\": \"NewsArticle\"</script><title>Harbour</title>",
            "Harbour|-|-|-|-|-",
        );
    }

    #[test]
    fn metadata_is_known_by_its_usual_names() {
        check(
            r#"<meta property="og:title" content="Harbour closed"><meta property="article:published_time" content="2021-02-16">
            <meta name="Author" content="By Nora Webb"><meta property="og:site_name" content="Gazette">
            <meta property="og:url" content="https://example.org/c"><meta property="og:locale" content="en_GB">"#,
            "Harbour closed|Nora Webb|Gazette|https://example.org/c|2021-02-16|en_GB",
        );
        check(
            r#"<meta itemprop="datePublished" content="2021-02-15"><meta name="DC.date" content="2020">
            <meta property="article:author" content="https://example.org/nora"><link rel="canonical" href="/relative">"#,
            "-|-|-|-|2021-02-15|-",
        );
    }

    #[test]
    fn times_are_taken_where_they_belong_to_the_headline() {
        let text = "The harbour is closed. ".repeat(60);
        let time = |day: &str| format!("<time datetime='2021-02-{day}'>x</time>");
        let headline = "<h1>Harbour</h1>";
        for (page, date) in [
            (format!("{}{headline}{}{}{text}", time("15"), time("16"), time("17")), "2021-02-16"),
            (format!("{}{headline}{text}{}", time("15"), time("17")), "-"),
            (format!("{headline}{}<time pubdate datetime='2021-02-18'>x</time>", time("16")), "2021-02-18"),
            (format!("<p>x{}", time("16")), "2021-02-16"),
            (format!("<p>{text}{}", time("16")), "-"),
        ] {
            assert_eq!(stated_of(&page).date.unwrap_or("-".into()), date, "{page}");
        }
    }

    #[test]
    fn the_headline_stands_without_its_site() {
        for (head, title) in [
            ("<title>The harbour is closed | Gazette</title>", "The harbour is closed"),
            (
                "<title>The harbour is closed for the winter - Local - The Gazette</title>",
                "The harbour is closed for the winter - Local",
            ),
            ("<title>The harbour is closed | Local | Gazette</title>", "The harbour is closed"),
            (
                "<title>Harbour – and what became of it in the long winter</title>",
                "Harbour – and what became of it in the long winter",
            ),
            ("<title>Home</title><h1>Harbour closed</h1>", "Home"),
            ("<h1>Harbour closed</h1>", "Harbour closed"),
            (
                "<title>Harbour closed - Gazette</title><h1>Gazette of the North</h1><h1>Harbour  Closed</h1>",
                "Harbour Closed",
            ),
        ] {
            check(head, &format!("{title}|-|-|-|-|-"));
        }
    }
}
