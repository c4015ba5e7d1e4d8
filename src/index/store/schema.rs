//! What the index keeps of an article.

use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};
use rapidhash::v3::{RapidSecrets, rapidhash_v3, rapidhash_v3_seeded};
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};

use crate::archive::FileKey;
use crate::article::{
    Article, ArticleId, DateRecord, Evidence, Finding, FindingKind, LanguageRecord, LanguageTag, Origin, PassageRecord,
    Precision, Record, When,
};
use crate::index::analysis::terms::{Analyser, TERMS};
use crate::query::{Part, Trait};
use crate::text::Clean;
use crate::text::fold::fold;

/// About how many bytes the document of an article takes for all but its text and its row.
const OTHER_FIELDS: usize = 1000;
/// How many characters of the text a row of a list can show.
pub(crate) const OPENING: usize = 160;
/// How many bytes of a folded title decide its place under `sort:title`.
const TITLE_KEY: usize = 32;
/// How many bytes the hash before a row has.
const HASH: usize = 4;
/// Longer names of papers and sites are cut, as no list could show them.
pub(crate) const LONGEST_SOURCE: usize = 120;

/// The names of the columns that searches read.
pub(crate) mod column {
    pub(crate) const FILE: &str = "file";
    pub(crate) const STAMP: &str = "stamp";
    pub(crate) const ID: &str = "id";
    pub(crate) const LANGUAGE: &str = "lang";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const FIRST: &str = "first";
    pub(crate) const LAST: &str = "last";
    pub(crate) const MOMENT: &str = "moment";
    pub(crate) const TEXTLESS: &str = "textless";
    pub(crate) const WORDS: &str = "words";
    pub(crate) const ADDED: &str = "when_added";
    pub(crate) const TITLE_KEY: &str = "title_key";
    pub(crate) const TITLE_START: &str = "title_start";
}

/// The fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// The key of the file, by which its articles are removed.
    pub file: Field,
    /// What the file looked like when it was read.
    pub stamp: Field,
    /// The article's id.
    pub id: Field,
    /// The words of the title.
    pub title: Field,
    /// The words of the text, furniture too.
    pub body: Field,
    /// The marks of the languages by whose rules its words have stems.
    pub stemmed: Field,
    /// The words of the byline.
    pub by: Field,
    /// The words of the source.
    pub source_words: Field,
    /// The words of the path.
    pub path: Field,
    /// The words of the address on the web.
    pub url: Field,
    /// The words of the tags.
    pub tag_words: Field,
    /// What finds parts that are exactly something, see [`whole_hash`].
    pub wholes: Field,
    /// The hash of the path, which finds exactly it.
    pub path_hash: Field,
    /// The code of the language, `?` where it is not certain.
    pub language: Field,
    /// What it has, each as the code that [`trait_code`] gives it.
    pub has: Field,
    /// The source, as a facet.
    pub source: Field,
    /// The first day the article may be from, in days of the common era.
    pub first: Field,
    /// The last day the article may be from.
    pub last: Field,
    /// Its place in time, see [`When::sort_key`].
    pub moment: Field,
    /// 1 for an article without any text of its own, else 0.
    pub textless: Field,
    /// How many words its text has.
    pub words: Field,
    /// When it came into the pile, in milliseconds since 1970.
    pub added: Field,
    /// The folded title, by which titles are sorted.
    pub title_key: Field,
    /// The first eight bytes of it as a number, which settles most ties without looking at the rest.
    pub title_start: Field,
    /// What a list shows of the article.
    pub record: Field,
}

/// The schema and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = || {
        let indexing = TextFieldIndexing::default().set_tokenizer(TERMS);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions))
    };
    // What is found or not, and tells nothing by how long it is.
    let number = || NumericOptions::default().set_indexed();
    let code = || {
        let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::Basic))
    };
    let fields = Fields {
        file: builder.add_u64_field(column::FILE, number().set_fast()),
        stamp: builder.add_u64_field(column::STAMP, FAST),
        id: builder.add_u64_field(column::ID, FAST),
        title: builder.add_text_field("title", words()),
        body: builder.add_text_field("body", words()),
        stemmed: builder.add_text_field("stemmed", code()),
        by: builder.add_text_field("by", words()),
        source_words: builder.add_text_field("source_words", words()),
        path: builder.add_text_field("path", words()),
        url: builder.add_text_field("url", words()),
        tag_words: builder.add_text_field("tag_words", words()),
        wholes: builder.add_u64_field("wholes", number()),
        path_hash: builder.add_u64_field("path_hash", number()),
        language: builder.add_text_field(column::LANGUAGE, code().set_fast("raw")),
        has: builder.add_text_field("has", code()),
        source: builder.add_text_field(column::SOURCE, TextOptions::default().set_fast("raw")),
        first: builder.add_i64_field(column::FIRST, FAST),
        last: builder.add_i64_field(column::LAST, FAST),
        moment: builder.add_i64_field(column::MOMENT, FAST),
        textless: builder.add_u64_field(column::TEXTLESS, FAST),
        words: builder.add_u64_field(column::WORDS, FAST),
        added: builder.add_i64_field(column::ADDED, FAST),
        title_key: builder.add_text_field(column::TITLE_KEY, TextOptions::default().set_fast("raw")),
        title_start: builder.add_u64_field(column::TITLE_START, FAST),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}

impl Fields {
    /// The document of an article, and about how many bytes of memory it takes.
    pub(crate) fn document(
        &self,
        file: FileKey,
        stamp: u64,
        article: &Article,
        analyser: &mut Analyser,
    ) -> (TantivyDocument, usize) {
        let language = article.language.tag;
        let title = analyser.terms(std::iter::once((language, &*article.title.text)));
        let paragraphs = article.body.iter();
        let body = analyser.terms(paragraphs.map(|paragraph| (paragraph.language.or(language), &*paragraph.text)));
        let row = StoredRow::of(article).to_bytes(article.id);

        let bytes = body.words.len() + 2 * row.len() + OTHER_FIELDS;
        let mut document = TantivyDocument::with_capacity(bytes);
        document.add_u64(self.file, file.0);
        document.add_u64(self.stamp, stamp);
        document.add_u64(self.id, article.id.0);
        document.add_u64(self.textless, u64::from(article.words == 0));
        document.add_text(self.title, &title.words);
        document.add_text(self.body, &body.words);
        for language in title.stemmed.union(&body.stemmed) {
            document.add_text(self.stemmed, language.code());
        }
        if let Some(byline) = &article.byline {
            document.add_text(self.by, analyser.words(language, &byline.text));
        }
        if let Some(source) = &article.source {
            document.add_text(self.source_words, analyser.words(language, &source.text));
            document.add_text(self.source, cut(source.text.trim(), LONGEST_SOURCE));
        }
        let path = &article.origin.path;
        document.add_text(self.path, analyser.words(None, &path.to_string_lossy()));
        document.add_u64(self.path_hash, path_hash(path));
        if let Some(url) = &article.url {
            document.add_text(self.url, analyser.words(None, url));
        }
        for (part, text) in [
            (Part::Title, Some(&article.title.text)),
            (Part::Byline, article.byline.as_ref().map(|byline| &byline.text)),
            (Part::Source, article.source.as_ref().map(|source| &source.text)),
        ] {
            if let Some(text) = text {
                document.add_u64(self.wholes, whole_hash(part, text));
            }
        }
        if let Some(source) = article.source.as_ref().filter(|source| source.text.trim().len() > LONGEST_SOURCE) {
            // A name that is cut where sources are counted is found as it is shown there as well.
            document.add_u64(self.wholes, whole_hash(Part::Source, cut(source.text.trim(), LONGEST_SOURCE)));
        }
        for tag in &article.tags {
            document.add_u64(self.wholes, whole_hash(Part::Tag, tag));
            // The engine keeps values apart: no phrase goes from one to the next.
            document.add_text(self.tag_words, analyser.words(language, tag));
        }
        if let Some(added) = article.added {
            document.add_i64(self.added, added);
        }
        document.add_u64(self.words, article.words.into());
        document.add_text(self.language, article.language.shown());
        for (asked, has) in [
            (Trait::Passage, article.passages.iter().any(|passage| Some(passage.tag) != language)),
            (Trait::Url, article.url.is_some()),
            (Trait::Byline, article.byline.is_some()),
            (Trait::Finding, !article.findings.is_empty()),
        ] {
            if has {
                document.add_text(self.has, trait_code(asked));
            }
        }
        if let Some(when) = article.date.as_ref().map(|date| date.when) {
            self.add_date(&mut document, when);
        }
        let key = title_key(&article.title.text);
        document.add_text(self.title_key, &key);
        document.add_u64(self.title_start, title_start(&key));
        document.add_bytes(self.record, &row);
        (document, bytes)
    }

    fn add_date(&self, document: &mut TantivyDocument, when: When) {
        if let (Some(first), Some(last), Some(moment)) = (when.first(), when.last(), when.sort_key()) {
            document.add_i64(self.first, day_number(first));
            document.add_i64(self.last, day_number(last));
            document.add_i64(self.moment, moment);
        }
    }
}

/// The number that finds articles of which a part is exactly `text`, in any case, with or without accents, and
/// whatever the quotation marks and spaces in it, which a query cannot hold as they are.
pub(crate) fn whole_hash(part: Part, text: &str) -> u64 {
    // Each part has numbers of its own.
    let seed = match part {
        Part::Anywhere => 0,
        Part::Title => 1,
        Part::Body => 2,
        Part::Byline => 3,
        Part::Source => 4,
        Part::Path => 5,
        Part::Url => 6,
        Part::Tag => 7,
    };
    let plain = fold(&text.replace('"', " "));
    let words: Vec<&str> = plain.split_whitespace().collect();
    rapidhash_v3_seeded(words.join(" ").as_bytes(), &RapidSecrets::seed(seed))
}

/// What stands in the index for something that an article has.
pub(crate) fn trait_code(asked: Trait) -> &'static str {
    match asked {
        Trait::Passage => "passage",
        Trait::Url => "url",
        Trait::Byline => "byline",
        Trait::Finding => "finding",
    }
}

/// The number of a day in the index.
pub(crate) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// The day of a number in the index; `None` for numbers that are no day.
pub(crate) fn numbered_day(number: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number.try_into().ok()?)
}

/// The number that finds the articles of exactly this path.
pub(crate) fn path_hash(path: &Path) -> u64 {
    rapidhash_v3(path.as_os_str().as_encoded_bytes())
}

/// What a title is sorted by: its folded letters, without the quotes and dots before them.
pub(crate) fn title_key(title: &str) -> String {
    let folded = fold(title);
    cut(folded.trim_start_matches(|c: char| !c.is_alphanumeric()), TITLE_KEY).to_owned()
}

/// The first eight bytes, so that numbers are ordered as their texts are.
pub(crate) fn title_start(key: &str) -> u64 {
    key.bytes().chain(std::iter::repeat(0)).take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// At most `limit` bytes of `text`, ending at a character.
pub(crate) fn cut(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// What the index stores of an article for lists to show: its [`Record`] and where it lies.
///
/// There is one for each article and none is compressed well by itself, so names are a letter, and what
/// follows from something else or stands in a column is left out.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StoredRow {
    #[serde(rename = "p")]
    path: StoredPath,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    part: Option<u32>,
    /// Where the article's bytes begin and end.
    #[serde(rename = "r")]
    bytes: (u64, u64),
    #[serde(rename = "t")]
    title: Clean,
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    byline: Option<Clean>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    source: Option<Clean>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    url: Option<Clean>,
    /// Value, precision, evidence, line and words.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    date: Option<(String, Precision, Evidence, Option<u32>, Clean)>,
    /// Language, confidence, and whether it is sure.
    #[serde(rename = "l")]
    language: (Option<LanguageTag>, f32, bool),
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    passages: Vec<(LanguageTag, u32)>,
    #[serde(rename = "k", default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Clean>,
    #[serde(rename = "w")]
    words: u32,
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<(FindingKind, Option<u32>, Clean)>,
    #[serde(rename = "o")]
    opening: Clean,
}

/// A path, also one that is no Unicode.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum StoredPath {
    Text(String),
    Bytes(Vec<u8>),
}

impl StoredRow {
    fn of(article: &Article) -> StoredRow {
        let path = article.origin.path.as_path();
        let path = match path.to_str() {
            Some(text) => StoredPath::Text(text.to_owned()),
            None => StoredPath::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
        };
        let record = Record::from(article);
        StoredRow {
            path,
            part: record.part,
            bytes: (article.origin.bytes.start, article.origin.bytes.end),
            title: record.title,
            byline: record.byline,
            source: record.source,
            url: record.url,
            date: record.date.map(|date| (date.value, date.precision, date.evidence, date.line, date.text)),
            language: (record.language.code, record.language.confidence, record.language.sure),
            passages: record.passages.into_iter().map(|passage| (passage.code, passage.words)).collect(),
            tags: record.tags,
            words: record.words,
            findings: record.findings.into_iter().map(|found| (found.kind, found.line, found.note)).collect(),
            opening: article.opening(OPENING),
        }
    }

    /// The row after a hash of it and of its article: the engine does not notice when a byte has changed
    /// on the disk.
    fn to_bytes(&self, id: ArticleId) -> Vec<u8> {
        let mut bytes = vec![0; HASH];
        serde_json::to_writer(&mut bytes, self).expect("a record has text for keys, and no number in it is not finite");
        let hash = hash(&bytes[HASH..], id);
        bytes[..HASH].copy_from_slice(&hash);
        bytes
    }

    /// Reads what [`StoredRow::to_bytes`] wrote for the article `id`; `None` for anything else.
    pub(crate) fn from_bytes(bytes: &[u8], id: ArticleId) -> Option<(Record, Origin, Clean)> {
        let (expected, row) = bytes.split_at_checked(HASH)?;
        if hash(row, id) != expected {
            return None;
        }
        let stored: StoredRow = serde_json::from_slice(row).ok()?;
        let path = match stored.path {
            StoredPath::Text(text) => PathBuf::from(text),
            StoredPath::Bytes(bytes) => path_of(bytes),
        };
        let (code, confidence, sure) = stored.language;
        let date = |(value, precision, evidence, line, text)| DateRecord { value, precision, evidence, line, text };
        let record = Record {
            id,
            path: Clean::new(&path.to_string_lossy()),
            part: stored.part,
            title: stored.title,
            byline: stored.byline,
            source: stored.source,
            url: stored.url,
            date: stored.date.map(date),
            language: LanguageRecord { code, name: code.map(|tag| Clean::new(tag.name())), confidence, sure },
            passages: stored.passages.into_iter().map(|(code, words)| PassageRecord { code, words }).collect(),
            tags: stored.tags,
            words: stored.words,
            findings: stored.findings.into_iter().map(|(kind, line, note)| Finding { kind, line, note }).collect(),
        };
        let origin = Origin { path, part: record.part, bytes: stored.bytes.0..stored.bytes.1 };
        Some((record, origin, stored.opening))
    }
}

/// The hash of the row of an article; half of it is enough to tell damage.
fn hash(row: &[u8], id: ArticleId) -> [u8; HASH] {
    (rapidhash_v3_seeded(row, &RapidSecrets::seed(id.0)) as u32).to_le_bytes()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_sorted_by_their_letters() {
        assert_eq!(title_key("„Übermorgen“ – ein Plan"), "ubermorgen“ – ein plan");
        assert!(title_start("abba") < title_start("abbb"));
        assert!(title_start("ab") < title_start("aba"));
        assert!(title_start("") < title_start("a"));
    }

    #[test]
    fn days_are_numbers_and_back() {
        let day = NaiveDate::from_ymd_opt(1650, 3, 1).expect("a valid day");
        assert_eq!(numbered_day(day_number(day)), Some(day));
        assert_eq!(numbered_day(i64::MAX), None);
    }

    #[test]
    fn a_row_with_a_changed_byte_is_no_row() {
        let row = StoredRow {
            path: StoredPath::Text("news.txt".to_owned()),
            part: Some(3),
            bytes: (10, 20),
            title: Clean::new("Pears"),
            byline: None,
            source: None,
            url: None,
            date: None,
            language: (LanguageTag::find("en"), 0.5, true),
            passages: Vec::new(),
            tags: Vec::new(),
            words: 7,
            findings: Vec::new(),
            opening: Clean::new("Pears and other fruit"),
        };
        let bytes = row.to_bytes(ArticleId(1));
        let (record, origin, opening) = StoredRow::from_bytes(&bytes, ArticleId(1)).expect("it is whole");
        assert_eq!(
            (record.id, &*record.title, origin.part, &*opening),
            (ArticleId(1), "Pears", Some(3), &*row.opening)
        );
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(StoredRow::from_bytes(&damaged, ArticleId(1)).is_none(), "byte {at}");
            assert!(StoredRow::from_bytes(&bytes[..at], ArticleId(1)).is_none(), "{at} bytes");
        }
        assert!(StoredRow::from_bytes(&bytes, ArticleId(2)).is_none(), "the row of another article");
    }

    #[test]
    fn a_whole_is_the_same_in_any_spelling() {
        let check = |one: &str, other: &str| assert_eq!(whole_hash(Part::Source, one), whole_hash(Part::Source, other));
        check("Le Monde", " le  monde ");
        check("Süddeutsche", "suddeutsche");
        check("The \"Star\" of Kuwait", "the  Star  of kuwait");
        assert_ne!(whole_hash(Part::Source, "Le Monde"), whole_hash(Part::Title, "Le Monde"));
        assert_ne!(whole_hash(Part::Source, "Le Monde"), whole_hash(Part::Source, "LeMonde"));
    }

    #[test]
    fn cuts_at_characters() {
        assert_eq!(cut("äöü", 3), "ä");
        assert_eq!(cut("ab", 32), "ab");
    }
}
