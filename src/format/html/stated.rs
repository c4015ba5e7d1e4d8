//! What the markup of a page states about its article: linked data, metadata, marked times.

use serde_json::Value;

use super::text::{Page, line};
use crate::extract::StatedFields;
use crate::format::repair::repair;

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
pub(super) fn stated(page: &Page) -> StatedFields {
    let data = article_data(page);
    let data = data.as_ref();
    let meta = |names: &[&str]| {
        let found = names.iter().find_map(|name| page.meta.iter().find(|(named, _)| named == name));
        found.map(|(_, value)| line(value)).filter(|value| !value.is_empty())
    };
    let source = data.and_then(|data| name(data.get("publisher")?)).or_else(|| meta(SOURCES));
    let byline = data.and_then(|data| name(data.get("author").or_else(|| data.get("creator"))?));
    let byline = byline.or_else(|| meta(AUTHORS)).filter(|byline| is_name(byline) && Some(byline) != source.as_ref());
    let date = data.and_then(|data| word(data.get("datePublished").or_else(|| data.get("dateCreated"))?));
    let title = title(page, data, source.as_deref(), meta(TITLES));
    let marked = || page.published.first().map(String::as_str).or_else(|| page.time_at(title.as_deref()));
    let date = date.or_else(|| meta(DATES)).or_else(|| marked().map(str::to_owned));
    let language = page.language.clone().or_else(|| data.and_then(|data| word(data.get("inLanguage")?)));
    let url = page.canonical.clone().filter(|url| is_address(url));
    let url = url.or_else(|| meta(&["og:url"]).filter(|url| is_address(url)));
    let url = url.or_else(|| data.and_then(address)).or_else(|| page.saved_from.clone());
    StatedFields {
        title,
        byline: byline.map(without_by),
        source,
        url,
        date,
        language: language.or_else(|| meta(LANGUAGES)),
    }
}

/// The linked data that describes an article, if the page has any.
fn article_data(page: &Page) -> Option<Value> {
    page.json.iter().find_map(|json| {
        let json =
            json.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
        let json =
            json.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
        let value = serde_json::from_str(json).ok().or_else(|| serde_json::from_str(&repair(json)?).ok())?;
        find_article(value)
    })
}

/// The first article in linked data: by itself, in a list, in a graph, or as what a page is about.
fn find_article(value: Value) -> Option<Value> {
    match value {
        Value::Array(values) => values.into_iter().find_map(find_article),
        Value::Object(mut members) => {
            if members.get("@type").is_some_and(is_article) {
                return Some(Value::Object(members));
            }
            ["@graph", "mainEntity", "mainEntityOfPage"]
                .into_iter()
                .find_map(|name| find_article(members.remove(name)?))
        }
        _ => None,
    }
}

/// True for the names of kinds of articles.
fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind == "Report"
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// A word or a number of linked data.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(word),
        Value::Object(members) => word(members.get("@value").or_else(|| members.get("name"))?),
        _ => None,
    }
}

/// The name of somebody, or the names of several.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let mut names: Vec<String> = values.iter().take(20).filter_map(name).collect();
            names.dedup();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => word(value).filter(|name| is_name(name)),
    }
}

/// True unless this is the address of somebody's page, as some sites have it.
fn is_name(text: &str) -> bool {
    !is_address(text) && !text.starts_with('@') && text.chars().any(char::is_alphabetic) && text.chars().count() < 300
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The address that linked data gives to the article.
fn address(data: &Value) -> Option<String> {
    let of = |value: &Value| match value {
        Value::Object(members) => members.get("@id").or_else(|| members.get("url")).and_then(word),
        value => word(value),
    };
    ["url", "mainEntityOfPage", "@id"].into_iter().filter_map(|name| of(data.get(name)?)).find(|url| is_address(url))
}

/// The headline: as linked data, metadata or a heading have it, without the name of the site.
fn title(page: &Page, data: Option<&Value>, source: Option<&str>, named: Option<String>) -> Option<String> {
    let headline = data.and_then(|data| word(data.get("headline").or_else(|| data.get("name"))?));
    let window = line(&page.title);
    // A heading of the page that other places repeat is the headline, as its readers see it.
    let others = [headline.as_deref(), named.as_deref(), Some(&*window)];
    let told = |heading: &&String| others.iter().flatten().any(|other| begins_alike(other, heading));
    if let Some(heading) =
        page.headings.iter().map(|heading| &heading.words).filter(|heading| heading.chars().count() > 3).find(told)
    {
        return Some(heading.clone());
    }
    let title = headline.or(named).unwrap_or_else(|| match page.headings.as_slice() {
        [only] if window.is_empty() => only.words.clone(),
        _ => window,
    });
    Some(without_site(&title, source).to_owned()).filter(|title| !title.is_empty())
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

/// `By Nora Webb` without the `By`.
fn without_by(byline: String) -> String {
    match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => byline[3..].trim_start().to_owned(),
        _ => byline,
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::page;
    use super::*;

    /// What is stated, as title, byline, source, url, date and language.
    fn check(html: &str, expected: &str) {
        let StatedFields { title, byline, source, url, date, language } = stated(&page(html, false));
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
            assert_eq!(stated(&self::page(&page, false)).date.unwrap_or("-".into()), date, "{page}");
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
