//! What fields are called: one table for JSON, tables, front matter and the labels of exports.

/// What a field states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Title,
    Text,
    Date,
    Url,
    Language,
    Source,
    Byline,
    Tags,
    /// Holds the fields of the article within another object.
    Wrapper,
}

/// The names of fields, the best of each slot first, in lower case and without anything between the
/// words (`publishedat` is `published_at`, `publishedAt` and `Published At`).
///
/// Gathered from what public data sets of news, press services, readers and publishing programs write:
/// the WordPress, Guardian and New York Times interfaces, Google Reader, wallabag, Miniflux,
/// EventRegistry, news-please, C4, JSON Feed, Pelican, Hugo and Jekyll among them.
#[rustfmt::skip]
const NAMES: &[(Slot, &[&str])] = &[
    (Slot::Title, &[
        "title", "headline", "head", "heading", "webtitle", "articletitle", "newstitle", "hl", "hd", "titel", "titre", "titulo", "titolo",
        "kop", "rubrik", "zaglavie", "zagolovok", "judul", "subject", "name",
    ]),
    (Slot::Text, &[
        "text", "contenthtml", "htmlcontent", "content", "body", "article", "maintext", "articlebody", "articletext", "articlecontent",
        "bodytext", "fulltext", "rawtext", "cleantext", "contenttext", "plaintext", "html", "articlehtml", "bodyhtml", "newstext", "document",
        "contents", "story", "storytext", "paragraphs", "inhalt", "texte", "texto", "testo", "tekst", "isi",
    ]),
    (Slot::Date, &[
        "datetime", "date", "published", "publishedat", "pubdate", "datepublished", "datepublish", "publishdate", "publisheddate",
        "publicationdate", "publishedon", "publishtime", "publishedtime", "firstpublished", "webpublicationdate", "releasedate", "postdate",
        "articledate", "newsdate", "loaddate", "timestamp", "time", "createdat", "created", "datecreated", "createdutc", "postedat",
        "dateposted", "datepublishedutc", "pd", "datum", "fecha", "tanggal", "dategmt",
    ]),
    (Slot::Url, &[
        "url", "link", "articleurl", "weburl", "canonicalurl", "canonical", "permalink", "alternate", "pageurl", "originalurl", "resolvedurl",
        "givenurl", "externalurl", "href", "uri", "sourceurl", "guid",
    ]),
    (Slot::Language, &["language", "lang", "inlanguage", "languagecode", "langcode", "locale", "la", "sprache", "langue", "idioma"]),
    (Slot::Source, &[
        "sitename", "publisher", "publication", "newspaper", "outlet", "sourcename", "journal", "source", "site", "feedtitle", "origin",
        "feed", "domainname", "sourcedomain", "domain", "website", "sourceid", "sn", "provider", "quelle", "fuente", "sumber",
    ]),
    (Slot::Byline, &[
        "byline", "author", "authors", "creator", "creators", "writer", "journalist", "reporter", "publishedby", "authorname", "by",
        "autor", "autorin", "auteur", "autore", "forfatter", "penulis",
    ]),
    (Slot::Tags, &["tags", "keywords", "categories", "category", "topics", "section", "subjects", "newskeywords", "labels", "schlagworte"]),
    // What some services wrap an article, or its text, in.
    (Slot::Wrapper, &["source_", "fields", "post", "doc", "webarticle", "node", "attributes", "embedded", "newsitem"]),
];

/// Better a summary than nothing; a text that has no known name is better than that.
const SUMMARIES: &[&str] = &[
    "leadparagraph",
    "lead",
    "description",
    "summary",
    "shortdescription",
    "abstract",
    "snippet",
    "excerpt",
    "standfirst",
    "teaser",
    "trailtext",
    "dek",
];

/// The ranks of summaries begin here.
pub(super) const SUMMARY: usize = 1000;

/// What a field of this name states, and how good a name it is for that; lower is better.
pub(super) fn slot(name: &str) -> Option<(Slot, usize)> {
    // The search server of that name has the article in `_source`, and there is no other name like it.
    if name == "_source" {
        return Some((Slot::Wrapper, 0));
    }
    let first = letters(name).next()?;
    let rank_in = |names: &[&str]| {
        names.iter().position(|known| known.as_bytes()[0] == first && is_called(name, known.as_bytes()))
    };
    let found = NAMES.iter().find_map(|(slot, names)| Some((*slot, rank_in(names)?)));
    found.or_else(|| Some((Slot::Text, SUMMARY + rank_in(SUMMARIES)?)))
}

/// True when `name` is `known` but for its case and what stands between the words.
pub(super) fn is_called(name: &str, known: &[u8]) -> bool {
    letters(name).eq(known.iter().copied())
}

/// A name in lower case and without anything between its words.
pub(super) fn letters(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b':' | b'.' | b'@' | b'/'));
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// Words that programs write where there is nothing.
const NOTHING: &[&str] = &[
    "nan",
    "null",
    "none",
    "nil",
    "n/a",
    "#n/a",
    "<na>",
    "nat",
    "undefined",
    "(null)",
    "(none)",
    "[]",
    "{}",
    "-",
    "--",
    "–",
    "—",
    "?",
    "\\n",
];

/// True for what says nothing: no letters at all, or a word that stands for nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text == "NA" || text.len() <= 10 && NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, known) in [
            ("title", Some((Slot::Title, 0))),
            ("Published At", Some((Slot::Date, 3))),
            ("publishedAt", Some((Slot::Date, 3))),
            ("html_content", Some((Slot::Text, 2))),
            ("summary", Some((Slot::Text, SUMMARY + 3))),
            ("_source", Some((Slot::Wrapper, 0))),
            ("source", Some((Slot::Source, 7))),
            ("Site-Name", Some((Slot::Source, 0))),
            ("colour", None),
            ("", None),
            ("_", None),
        ] {
            assert_eq!(slot(name), known, "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_things() {
        let mut all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| *names).chain(SUMMARIES).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|name| *name == "source_" || letters(name).eq(name.bytes())));
    }

    #[test]
    fn words_that_stand_for_nothing_are_nothing() {
        for text in ["", " ", "nan", "NaN", "null", "None", "N/A", "<NA>", "NaT", "undefined", "-", "—", "NA"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["Nan", "Nina", "Na", "no", "Null Island", "0"] {
            assert_eq!(is_nothing(text), text.eq_ignore_ascii_case("nan"), "{text}");
        }
    }
}
