//! What fields are called: one table for JSON, tables, front matter and the labels of exports.

use std::borrow::Cow;

use crate::text::fold::fold;

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

/// The names of fields, the best of each slot first, in lower case, without accents and without anything between the
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
        "titular", "posttitle", "storytitle", "documenttitle", "naslov", "tytul", "nazev", "otsikko", "overskrift", "baslik", "titlu",
        "tieude", "заголовок", "название", "наслов", "标题", "標題", "题目", "タイトル", "題名", "見出し", "제목", "العنوان", "عنوان", "τιτλοσ",
    ]),
    (Slot::Text, &[
        "text", "contenthtml", "htmlcontent", "content", "body", "article", "maintext", "articlebody", "articletext", "articlecontent",
        "bodytext", "fulltext", "rawtext", "cleantext", "contenttext", "plaintext", "html", "articlehtml", "bodyhtml", "newstext", "document",
        "contents", "story", "storytext", "paragraphs", "inhalt", "texte", "texto", "testo", "tekst", "isi",
        "postcontent", "storybody", "bodycontent", "articlebodytext", "textcontent", "contentraw", "selftext", "messagetext", "volltext",
        "texteintegral", "textointegral", "contenu", "corps", "cuerpo", "contenido", "conteudo", "corpo", "contenuto", "inhoud", "obsah",
        "tresc", "sisalto", "innehall", "brodtext", "icerik", "metin", "noidung", "текст", "содержание", "содержимое", "正文", "内容", "全文",
        "本文", "본문", "내용", "النص", "المحتوي", "κειμενο", "message",
    ]),
    (Slot::Date, &[
        "datetime", "date", "published", "publishedat", "pubdate", "datepublished", "datepublish", "publishdate", "publisheddate",
        "publicationdate", "publishedon", "publishtime", "publishedtime", "firstpublished", "webpublicationdate", "releasedate", "postdate",
        "articledate", "newsdate", "loaddate", "timestamp", "time", "createdat", "created", "datecreated", "createdutc", "postedat",
        "dateposted", "datepublishedutc", "pd", "datum", "fecha", "tanggal", "dategmt",
        "posttime", "pubtime", "publicationdatetime", "datepub", "datedepublication", "datepublication", "datedeparution",
        "fechapublicacion", "fechadepublicacion", "datapublicacao", "datadepublicacao", "datapubblicazione", "datadipubblicazione",
        "datapublikacji", "veroffentlicht", "veroffentlichungsdatum", "veroffentlichtam", "erscheinungsdatum", "publiceringsdatum",
        "publicatiedatum", "datumvydani", "tarih", "paivamaara", "publicado", "publicadoel", "pubblicato", "publiele", "ngay", "дата",
        "датапубликации", "дататекста", "датум", "日期", "时间", "发布时间", "发表时间", "發布時間", "日付", "公開日", "날짜", "작성일", "التاريخ", "تاريخ",
        "ημερομηνια", "data",
    ]),
    (Slot::Url, &[
        "url", "link", "articleurl", "weburl", "canonicalurl", "canonical", "permalink", "alternate", "pageurl", "originalurl", "resolvedurl",
        "givenurl", "externalurl", "href", "uri", "sourceurl", "guid",
        "webaddress", "articlelink", "enlace", "lien", "webadresse", "ссылка", "адрес", "网址", "链接", "連結",
    ]),
    (Slot::Language, &["language", "lang", "inlanguage", "languagecode", "langcode", "locale", "la", "sprache", "langue", "idioma"]),
    (Slot::Source, &[
        "sitename", "publisher", "publication", "newspaper", "outlet", "sourcename", "journal", "source", "site", "feedtitle", "origin",
        "feed", "domainname", "sourcedomain", "domain", "website", "sourceid", "sn", "provider", "quelle", "fuente", "sumber",
        "publicationname", "pubtitle", "pubname", "publicationtitle", "sourcetitle", "sourcehostname", "newssource", "medio", "medium", "mediaoutlet",
        "medianame", "periodico", "diario", "zeitung", "giornale", "jornal", "gazete", "kaynak", "fonte", "fonti", "krant", "bron",
        "zrodlo", "zdroj", "kilde", "kalla", "lahde", "nguon", "hostname", "источник", "газета", "издание", "сми", "来源", "來源", "媒体", "媒體",
        "出典", "신문사", "언론사", "المصدر", "subreddit",
    ]),
    (Slot::Byline, &[
        "byline", "author", "authors", "creator", "creators", "writer", "journalist", "reporter", "publishedby", "authorname", "by",
        "autor", "autorin", "auteur", "autore", "forfatter", "penulis",
        "postauthor", "bylines", "writers", "reporters", "journalists", "authornames", "autora", "autores", "autori", "auteurs", "autoren",
        "autorka", "verfasser", "redakteur", "redacteur", "redactor", "periodista", "journaliste", "giornalista", "schrijver",
        "kirjoittaja", "yazar", "tacgia", "автор", "авторы", "作者", "记者", "記者", "著者", "筆者", "기자", "الكاتب",
    ]),
    (Slot::Tags, &["tags", "keywords", "categories", "category", "topics", "section", "subjects", "newskeywords", "labels", "schlagworte",
        "posttags", "tagnames", "ressort", "rubrique", "seccion", "secao", "sezione", "etiquetas", "palabrasclave", "motscles",
        "schlagwort", "schluesselworter", "рубрика", "теги", "标签", "分类", "タグ",
    ]),
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
    let name = &*plain(name);
    let first = letters(name).next()?;
    let rank_in = |names: &[&str]| {
        names.iter().position(|known| known.as_bytes()[0] == first && is_called(name, known.as_bytes()))
    };
    let found = NAMES.iter().find_map(|(slot, names)| Some((*slot, rank_in(names)?)));
    found.or_else(|| Some((Slot::Text, SUMMARY + rank_in(SUMMARIES)?)))
}

/// True when `name` is `known` but for its case, its accents and what stands between the words.
pub(super) fn is_called(name: &str, known: &[u8]) -> bool {
    match name.is_ascii() {
        true => letters(name).eq(known.iter().copied()),
        false => letters(&plain(name)).eq(known.iter().copied()),
    }
}

/// A name without accents: `Título` is `titulo`. Nearly all names have none.
pub(super) fn plain(name: &str) -> Cow<'_, str> {
    if name.is_ascii() || name.len() > 60 { Cow::Borrowed(name) } else { Cow::Owned(fold(name)) }
}

/// A name in lower case and without anything between its words; see [`plain`] for accents.
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

/// Words that programs write where they do not know a name.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "unknown", "unknown author", "unknown source", "not available", "not found", "no author", "no byline", "unspecified", "unbekannt",
    "inconnu", "desconocido", "sconosciuto", "onbekend", "неизвестно", "未知", "不明",
];

/// True for a name that names nobody.
pub(super) fn is_nobody(name: &str) -> bool {
    let name = name.trim().trim_matches(['(', ')', '[', ']', '<', '>']);
    name.len() <= 24 && NOBODY.contains(&&*name.to_lowercase())
}

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
            ("Título", Some((Slot::Title, 11))),
            ("ДАТА ПУБЛИКАЦИИ", slot("датапубликации")),
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
        let folded = |name: &&&str| letters(&plain(name)).eq(name.bytes());
        let others: Vec<&&str> = all.iter().filter(|name| **name != "source_" && !folded(name)).collect();
        assert!(others.is_empty(), "{others:?}");
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
