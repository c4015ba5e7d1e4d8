//! An article as it is kept on the cluster, and back.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::mapping::field;
use crate::archive::{FileKey, Row};
use crate::article::{
    Article, ArticleDate, ArticleId, DateCandidate, DateRecord, Language, LanguageTag, Origin, Paragraph, Passage,
    Record, SpanKind, Stated, Title, TitleKind,
};
use crate::index::same::{
    Analyser, Forms, LONGEST_SOURCE, LanguageStemmer, OPENING, Place, Umlauts, UnitKind, Units, cut, path_hash, places,
    title_key, title_start, trait_code, whole_hash,
};
use crate::query::{Part, Trait};
use crate::text::Clean;

/// Longer keywords are not kept to be listed: the server takes no more than about 32,000 bytes.
const LONGEST_KEYWORD: usize = 1000;
/// So many stems of words that were met are remembered.
const MOST_STEMS: usize = 200_000;

/// Why it is believed who wrote an article: that was found out when it was written here.
const KEPT: &str = "the cluster keeps it";

/// Where an article comes from, for whoever writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Provenance<'a> {
    /// The ledger of the machine and pile that it is written from.
    pub ledger: &'a str,
    pub file: FileKey,
    pub stamp: u64,
    /// When it came into the collection, where the article does not know: milliseconds since 1970.
    pub added: i64,
}

/// Makes documents of articles, and remembers the words it met.
#[derive(Default)]
pub(crate) struct Documents {
    analyser: Analyser,
    stems: std::collections::HashMap<(LanguageTag, String), String>,
}

/// What a list shows, as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct StoredRow {
    record: Record,
    /// The path as bytes, where it is no Unicode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<Vec<u8>>,
    bytes: (u64, u64),
    opening: Clean,
    #[serde(default)]
    added: Option<i64>,
}

/// The text, as it is kept: what the record does not tell.
#[derive(Debug, Serialize, Deserialize)]
struct StoredText {
    title: (TitleKind, Option<u32>),
    byline_line: Option<u32>,
    source_line: Option<u32>,
    /// Every date that was considered, with its rank and the reason for it.
    dates: Vec<(DateRecord, i32, String)>,
    passages: Vec<Passage>,
    body: Vec<Paragraph>,
    links: Vec<Clean>,
}

impl Documents {
    /// The document of an article.
    pub(crate) fn document(&mut self, article: &Article, from: Provenance) -> Value {
        let language = article.language.tag;
        let mut document = Map::new();
        let mut put = |name: &str, value: Value| drop(document.insert(name.to_owned(), value));
        let title = [(language, &*article.title.text)];
        let body: Vec<(Option<LanguageTag>, &str)> =
            article.body.iter().map(|paragraph| (paragraph.language.or(language), &*paragraph.text)).collect();
        put(field::TITLE, self.words(&title).into());
        put(field::BODY, self.words(&body).into());
        put(field::TITLE_STEMS, self.stems(&title).into());
        put(field::BODY_STEMS, self.stems(&body).into());

        let mut whole = vec![whole(Part::Title, &article.title.text)];
        if let Some(byline) = &article.byline {
            put(field::BYLINE_WORDS, self.words(&[(language, &byline.text)]).into());
            put(field::BYLINE, keyword(&byline.text).into());
            whole.push(self::whole(Part::Byline, &byline.text));
        }
        if let Some(source) = &article.source {
            put(field::SOURCE_WORDS, self.words(&[(language, &source.text)]).into());
            put(field::SOURCE, cut(source.text.trim(), LONGEST_SOURCE).into());
            whole.push(self::whole(Part::Source, &source.text));
        }
        let path = &article.origin.path;
        put(field::PATH_WORDS, self.words(&[(None, &path.to_string_lossy())]).into());
        put(field::PATH, hex(path_hash(path)).into());
        if let Some(url) = &article.url {
            put(field::URL_WORDS, self.words(&[(None, url)]).into());
            put(field::URL, keyword(url).into());
        }
        if !article.tags.is_empty() {
            let tags: Vec<(Option<LanguageTag>, &str)> = article.tags.iter().map(|tag| (language, &**tag)).collect();
            put(field::TAG_WORDS, self.words(&tags).into());
            put(field::TAGS, article.tags.iter().map(|tag| keyword(tag)).collect::<Vec<_>>().into());
            whole.extend(article.tags.iter().map(|tag| self::whole(Part::Tag, tag)));
        }
        put(field::WHOLE, whole.into());

        put(field::ID, article.id.to_string().into());
        put(field::LANGUAGE, article.language.shown().into());
        let has = [
            (Trait::Passage, article.passages.iter().any(|passage| Some(passage.tag) != language)),
            (Trait::Url, article.url.is_some()),
            (Trait::Byline, article.byline.is_some()),
            (Trait::Finding, !article.findings.is_empty()),
        ];
        let has: Vec<&str> = has.iter().filter(|(_, has)| *has).map(|(asked, _)| trait_code(*asked)).collect();
        put(field::HAS, has.into());
        if let Some(date) = &article.date {
            put(field::PRECISION, date.when.precision().name().into());
            put(field::EVIDENCE, date.evidence.name().into());
            if let (Some(first), Some(last), Some(moment)) = (date.when.first(), date.when.last(), date.when.sort_key())
            {
                put(field::DATE, json!({ "gte": first.to_string(), "lte": last.to_string() }));
                put(field::SPAN, span(first, last).into());
                put(field::MOMENT, moment.into());
            }
        }
        put(field::WORDS, article.words.into());
        put(field::TEXTLESS, (article.words == 0).into());
        let key = title_key(&article.title.text);
        put(field::TITLE_START, ordered(title_start(&key)).into());
        put(field::TITLE_KEY, key.into());
        let added = article.added.unwrap_or(from.added).max(0);
        put(field::ADDED, format!("{}.{:03}", added / 1000, added % 1000).into());
        put(field::LEDGER, from.ledger.into());
        put(field::FILE, hex(from.file.0).into());
        put(field::STAMP, hex(from.stamp).into());
        put(field::ROW, json!(StoredRow::of(article, added)));
        put(field::TEXT, json!(StoredText::of(article)));
        Value::Object(document)
    }

    /// The words of some texts, each in its place with all of its forms.
    fn words(&mut self, texts: &[(Option<LanguageTag>, &str)]) -> String {
        let terms = self.analyser.terms(texts.iter().copied());
        // Its families are of the local engine.
        drop(self.analyser.take_families());
        let mut words = String::with_capacity(terms.words.len() + 16);
        let mut free = 0;
        for place in places(&terms.words) {
            match place {
                Place::Free => free += 1,
                Place::Term(term) => {
                    // Places that are free at the end say nothing.
                    (0..std::mem::take(&mut free)).for_each(|_| words.push_str(" *"));
                    words.push(' ');
                    words.push_str(term);
                }
                Place::Beside(form) => {
                    words.push('|');
                    words.push_str(form);
                }
            }
        }
        words
    }

    /// The stems of the words of some texts, each after the code of its language, and backwards where it may be
    /// of a compound; each once.
    fn stems(&mut self, texts: &[(Option<LanguageTag>, &str)]) -> String {
        let mut met = std::collections::BTreeSet::new();
        for (language, text) in texts {
            let Some(stemmer) = language.and_then(LanguageStemmer::of) else { continue };
            for unit in Units::new(text).filter(|unit| unit.kind == UnitKind::Word) {
                let word = &text[unit.range];
                if self.stems.len() >= MOST_STEMS {
                    self.stems.clear();
                }
                let of = (stemmer.tag, word.to_owned());
                let stems = self.stems.entry(of).or_insert_with(|| stems_of(&stemmer, word));
                if !met.contains(stems) {
                    met.insert(stems.clone());
                }
            }
        }
        met.into_iter().filter(|stems| !stems.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The keys by which a word is found by its stem.
fn stems_of(stemmer: &LanguageStemmer, word: &str) -> String {
    let forms = Forms::of(word, Umlauts::Kept);
    let stem = stemmer.stem(forms.written());
    if stem.is_empty() || stem.contains(char::is_whitespace) {
        return String::new();
    }
    match stemmer.compound(&stem) {
        Some(backwards) => format!("{} {backwards}", stemmer.key(&stem)),
        None => stemmer.key(&stem),
    }
}

/// What finds articles of which a part is exactly that.
pub(crate) fn whole(part: Part, text: &str) -> String {
    hex(whole_hash(part, text))
}

/// A number as the server keeps it: it knows of no numbers so large.
pub(crate) fn hex(number: u64) -> String {
    format!("{number:016x}")
}

/// A number without a sign as one with a sign, in the same order.
pub(crate) fn ordered(number: u64) -> i64 {
    (number ^ (1 << 63)) as i64
}

/// A span of days.
fn span(first: chrono::NaiveDate, last: chrono::NaiveDate) -> String {
    format!("{first}/{last}")
}

fn keyword(text: &str) -> &str {
    cut(text.trim(), LONGEST_KEYWORD)
}

impl StoredRow {
    fn of(article: &Article, added: i64) -> StoredRow {
        let path = article.origin.path.as_path();
        StoredRow {
            record: Record::from(article),
            path: path.to_str().is_none().then(|| path.as_os_str().as_encoded_bytes().to_vec()),
            bytes: (article.origin.bytes.start, article.origin.bytes.end),
            opening: article.opening(OPENING),
            added: Some(added),
        }
    }
}

/// The row of what the server keeps; `None` for anything else.
pub(crate) fn row(kept: &Value, score: Option<f32>) -> Option<Row> {
    let StoredRow { mut record, path, bytes, opening, added } = StoredRow::deserialize(kept).ok()?;
    // What the server says is put straight, as any text of a stranger's.
    record.language.name = record.language.code.map(|tag| Clean::new(tag.name()));
    if let Some(date) = &record.date
        && date.when().is_none()
    {
        record.date = None;
    }
    if !record.language.confidence.is_finite() {
        record.language.confidence = 0.0;
    }
    let path = path.map_or_else(
        || PathBuf::from(record.path.as_str()),
        |bytes| PathBuf::from(String::from_utf8_lossy(&bytes).into_owned()),
    );
    let origin = Origin { path, part: record.part, bytes: bytes.0..bytes.1.max(bytes.0) };
    Some(Row { record, origin, opening, added, score })
}

impl StoredText {
    fn of(article: &Article) -> StoredText {
        let date =
            |candidate: &DateCandidate| (DateRecord::from(&candidate.date), candidate.rank, candidate.reason.clone());
        StoredText {
            title: (article.title.kind, article.title.line),
            byline_line: article.byline.as_ref().and_then(|stated| stated.line),
            source_line: article.source.as_ref().and_then(|stated| stated.line),
            dates: article.dates.iter().map(date).collect(),
            passages: article.passages.clone(),
            body: article.body.clone(),
            links: article.links.clone(),
        }
    }
}

/// The article of what the server keeps of it; `None` for anything else.
pub(crate) fn article(id: ArticleId, kept: &Value) -> Option<Article> {
    let Row { record, origin, added, .. } = row(kept.get(field::ROW)?, None)?;
    let text = StoredText::deserialize(kept.get(field::TEXT)?).ok()?;
    let (kind, line) = text.title;
    let read = |date: &DateRecord| {
        let DateRecord { evidence, line, text, .. } = date.clone();
        Some(ArticleDate { when: date.when()?, evidence, line, text })
    };
    let candidate = |(date, rank, reason): &(DateRecord, i32, String)| {
        Some(DateCandidate { date: read(date)?, rank: *rank, reason: Clean::new(reason).into_string() })
    };
    let stated = |text: Option<Clean>, line| text.map(|text| Stated { text, line, why: KEPT });
    let mut body = text.body;
    let links = text.links.len() as u32;
    for Paragraph { text, laid, .. } in &mut body {
        // Nobody draws what is not there, whatever the server says.
        laid.spans.retain(|span| {
            let there = text.get(span.range.clone()).is_some();
            there && !matches!(span.kind, SpanKind::Link(link) if link >= links)
        });
        laid.spans.sort_by_key(|span| span.range.start);
    }
    Some(Article {
        id,
        origin,
        title: Title { text: record.title.clone(), kind, line },
        byline: stated(record.byline.clone(), text.byline_line),
        source: stated(record.source.clone(), text.source_line),
        url: record.url.clone(),
        date: record.date.as_ref().and_then(read),
        dates: text.dates.iter().filter_map(candidate).collect(),
        language: Language {
            tag: record.language.code,
            confidence: record.language.confidence,
            sure: record.language.sure,
        },
        passages: text.passages,
        tags: record.tags,
        body,
        links: text.links,
        words: record.words,
        findings: record.findings,
        added,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::extract::RawArticle;
    use crate::library::Manuscript;

    fn written(text: &str) -> Article {
        let origin = Origin { path: "fruit/pears.txt".into(), part: Some(2), bytes: 3..9 };
        let raw = RawArticle { text: text.to_owned(), ..RawArticle::default() };
        let read_as = ("text", crate::format::Told::Nothing);
        Manuscript { id: ArticleId(7), origin, raw, findings: Vec::new(), read_as }.article()
    }

    fn document(article: &Article) -> Value {
        let from = Provenance { ledger: "here", file: FileKey(1), stamp: 2, added: 3 };
        Documents::default().document(article, from)
    }

    const TEXT: &str = "Gespräche über Birnen\n\nVon Ada Müller, 16. Februar 2021\n\nDie Einladungen für das Gespräch \
        kamen spät, und niemand wusste, ob der Klimagipfel nicht doch abgesagt würde.\n\nDer Müller aß, und die \
        anderen sahen ihm dabei zu, bis auch sie etwas bekamen.\n";

    #[test]
    fn an_article_comes_back_as_it_was() {
        let article = written(TEXT);
        let document = super::tests::document(&article);
        let back = self::article(article.id, &document).expect("it is whole");
        // Numbers are told to two digits.
        let confidence = back.language.confidence;
        let expected = Article { language: Language { confidence, ..article.language }, added: Some(3), ..article };
        let kept = |stated: Option<Stated>| stated.map(|stated| Stated { why: KEPT, ..stated });
        let expected =
            Article { byline: kept(expected.byline.clone()), source: kept(expected.source.clone()), ..expected };
        assert_eq!(back, expected);
        assert_eq!(document["added"], "0.003");
        let known = super::tests::document(&Article { added: Some(1_700_000_000_450), ..expected.clone() });
        assert_eq!(known["added"], "1700000000.450");
        let row = row(&document["row"], Some(1.5)).expect("it is whole");
        assert_eq!(row.record.title, expected.title.text);
        assert_eq!((row.origin, row.score), (expected.origin.clone(), Some(1.5)));
    }

    #[test]
    fn words_stand_in_their_places_with_their_forms() {
        let article = written(TEXT);
        let document = document(&article);
        let body = document["body"].as_str().expect("a text");
        assert!(body.contains(" fur|für|fuer das gesprach|gespräch|gespraech kamen"), "{body}");
        assert!(body.contains(" *") && !body.ends_with('*'), "{body}");
        let stems = document["body_stems"].as_str().expect("a text");
        assert!(stems.contains("de:einlad") && stems.contains("<lefpigamilk"), "{stems}");
        assert_eq!(document["date"], json!({ "gte": "2021-02-16", "lte": "2021-02-16" }));
    }

    #[test]
    fn what_a_server_makes_up_is_put_straight() {
        let article = written(TEXT);
        let mut document = document(&article);
        document["text"]["body"][0]["laid"]["spans"] = json!([{ "range": { "start": 1, "end": 90_000 }, "kind": "Strong" }, { "range": { "start": 9, "end": 2 }, "kind": "Code" }]);
        document["text"]["body"][0]["text"] = json!("a\u{1b}[31mred\u{202e}");
        let back = self::article(article.id, &document).expect("it is whole");
        assert!(back.body[0].laid.spans.is_empty());
        assert_eq!(back.body[0].text, "ared");
        for odd in
            [json!(null), json!({ "row": 7 }), json!([]), json!({ "row": document["row"], "text": { "body": 3 } })]
        {
            assert_eq!(self::article(article.id, &odd), None);
        }
    }

    #[test]
    fn numbers_keep_their_order() {
        let numbers = [0, 1, 1 << 62, 1 << 63, u64::MAX];
        assert!(numbers.map(ordered).is_sorted());
    }
}
