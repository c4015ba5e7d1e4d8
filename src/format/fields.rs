//! A JSON object as an article: which field holds what, under the names that are in use.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Number, Value};

use super::html;
use crate::extract::{RawArticle, StatedFields};

/// What a field states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Title,
    Text,
    Date,
    Url,
    Language,
    Source,
    Byline,
}

/// How many slots there are.
const SLOTS: usize = 7;

/// The names of fields, the best of each slot first, in lower case and without anything between the
/// words (`publishedat` is `published_at`, `publishedAt` and `Published At`).
#[rustfmt::skip]
const NAMES: &[(Slot, &[&str])] = &[
    (Slot::Title, &["title", "headline", "head", "heading", "webtitle", "name"]),
    (Slot::Text, &[
        "text", "contenthtml", "content", "body", "article", "maintext", "articlebody", "articletext", "articlecontent", "bodytext",
        "fulltext", "contenttext", "plaintext", "html", "articlehtml", "bodyhtml", "story", "paragraphs",
        // What some services wrap the text in.
        "fields", "post", "doc",
        // Better a summary than nothing.
        "leadparagraph", "description", "summary", "shortdescription", "abstract", "snippet",
    ]),
    (Slot::Date, &[
        "date", "published", "publishedat", "pubdate", "datepublished", "datepublish", "publishdate", "publisheddate",
        "publicationdate", "publishedon", "firstpublished", "webpublicationdate", "datetime", "timestamp", "time", "createdat", "created",
        "datecreated", "createdutc", "postedat", "dateposted", "datepublishedutc",
    ]),
    (Slot::Url, &["url", "link", "articleurl", "weburl", "canonicalurl", "uri", "sourceurl"]),
    (Slot::Language, &["language", "lang", "inlanguage", "languagecode", "langcode", "locale"]),
    (Slot::Source, &[
        "source", "publisher", "site", "sitename", "sourcename", "publication", "outlet", "newspaper", "sourcedomain",
        "domain", "website",
    ]),
    (Slot::Byline, &["byline", "author", "authors", "creator", "writer", "journalist", "reporter"]),
];

/// Members of an object that hold what the object is called or says: `{"id": 7, "name": "…"}`.
const INNER: &[&str] = &[
    "name",
    "main",
    "original",
    "title",
    "value",
    "text",
    "content",
    "$date",
    "$numberLong",
    "#text",
    "code",
    "url",
    "href",
];

/// What the fields of JSON are called where they have no usual names: they come before all others.
///
/// ```
/// use newsstand::format::FieldNames;
///
/// let names = FieldNames::new([("title", "kop"), ("text", "inhoud")]).expect("both can be stated");
/// assert_ne!(names.key(), FieldNames::default().key());
/// assert!(FieldNames::new([("colour", "kleur")]).is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldNames(Vec<(Slot, Vec<u8>)>);

impl FieldNames {
    /// None but the usual ones.
    pub const USUAL: FieldNames = FieldNames(Vec::new());

    /// Names for what an article states (`title`, `text`, `date`, `url`, `language`, `source`,
    /// `byline`), the best of each first. Case and what stands between words makes no difference.
    ///
    /// # Errors
    ///
    /// When an article states nothing of that kind; the error names what there is.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<FieldNames, String> {
        let named = names.into_iter().map(|(stated, name)| {
            let slot = STATED.iter().find(|(known, _)| *known == stated);
            let slot = slot.ok_or_else(|| {
                let all: Vec<&str> = STATED.iter().map(|(known, _)| *known).collect();
                format!("an article has no `{stated}`; there are {}", all.join(", "))
            })?;
            Ok((slot.1, letters(name).collect()))
        });
        named.collect::<Result<_, String>>().map(FieldNames)
    }

    /// Changes when the names do; 0 where there are none.
    pub fn key(&self) -> u64 {
        let all = self.0.iter().flat_map(|(slot, name)| [&[*slot as u8], name.as_slice(), b"\n"].concat());
        if self.0.is_empty() { 0 } else { rapidhash::v3::rapidhash_v3(&all.collect::<Vec<u8>>()) }
    }

    /// What a field of this name states, and how good a name it is for that.
    fn slot(&self, name: &str) -> Option<(Slot, usize)> {
        let own = self.0.iter().position(|(_, known)| is_called(name, known));
        own.map(|rank| (self.0[rank].0, rank)).or_else(|| slot(name).map(|(slot, rank)| (slot, self.0.len() + rank)))
    }
}

/// What an article states, as a configuration names it.
const STATED: &[(&str, Slot)] = &[
    ("title", Slot::Title),
    ("text", Slot::Text),
    ("date", Slot::Date),
    ("url", Slot::Url),
    ("language", Slot::Language),
    ("source", Slot::Source),
    ("byline", Slot::Byline),
];

/// The article that a JSON object describes; the error says why it describes none.
pub(super) fn article(object: &str, names: &FieldNames) -> Result<Result<RawArticle, String>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(object);
    let fields = deserializer.deserialize_map(FieldsVisitor(names))?;
    deserializer.end()?;
    Ok(fields.into_article(names))
}

/// The known fields of an object, each with the rank of its name; lower is better.
#[derive(Default)]
struct Fields {
    slots: [Option<(usize, Value)>; SLOTS],
    /// Names of fields that are not known, for a complaint.
    others: Vec<String>,
}

impl Fields {
    fn put(&mut self, slot: Slot, rank: usize, value: Value) {
        let empty = match &value {
            Value::Null | Value::Bool(_) => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Number(_) => false,
        };
        let place = &mut self.slots[slot as usize];
        if !empty && place.as_ref().is_none_or(|(taken, _)| rank < *taken) {
            *place = Some((rank, value));
        }
    }

    fn take(&mut self, slot: Slot, separator: &str) -> Option<String> {
        let (_, value) = self.slots[slot as usize].take()?;
        spoken(value, separator).filter(|text| !text.trim().is_empty())
    }

    fn into_article(mut self, names: &FieldNames) -> Result<RawArticle, String> {
        // Some dumps wrap the article: `{"_id": 7, "article": {"title": …, "text": …}}`.
        if let Some((_, Value::Object(members))) =
            self.slots[Slot::Text as usize].take_if(|(_, value)| value.is_object())
        {
            for (name, value) in members {
                if let Some((slot, rank)) = names.slot(&name) {
                    self.put(slot, rank, value);
                }
            }
        }
        let mut marks = None;
        let text = self.take(Slot::Text, "\n\n").map(|text| match html::field(&text) {
            (Cow::Owned(plain), laid) => {
                marks = laid;
                plain
            }
            (Cow::Borrowed(_), _) => text,
        });
        let date = self.slots[Slot::Date as usize].take().and_then(|(_, value)| date(value));
        let stated = StatedFields {
            title: self.take(Slot::Title, " ").map(|title| html::text_of_field(&title).into_owned()),
            byline: self.take(Slot::Byline, ", "),
            source: self.take(Slot::Source, ", "),
            url: self.take(Slot::Url, " ").and_then(|urls| urls.split_whitespace().next().map(str::to_owned)),
            date,
            language: self.take(Slot::Language, " "),
        };
        if text.is_none() && stated.title.is_none() {
            return Err(match self.others.as_slice() {
                [] => "no field with a title or text".to_owned(),
                others => format!("no field with a title or text (there are: {})", others.join(", ")),
            });
        }
        Ok(RawArticle { text: text.unwrap_or_default(), marks, stated, file_name: None })
    }
}

struct FieldsVisitor<'a>(&'a FieldNames);

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key_seed(NameSeed(self.0))? {
            match name {
                Ok((slot, rank)) => fields.put(slot, rank, map.next_value()?),
                Err(other) => {
                    let _: IgnoredAny = map.next_value()?;
                    if fields.others.len() < 5 {
                        fields.others.push(other);
                    }
                }
            }
        }
        Ok(fields)
    }
}

/// Reads a name without keeping it, if it is known.
struct NameSeed<'a>(&'a FieldNames);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = Result<(Slot, usize), String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = Result<(Slot, usize), String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.slot(name).ok_or_else(|| name.chars().take(20).collect()))
    }
}

/// What a field of this name states, and how good a name it is for that.
fn slot(name: &str) -> Option<(Slot, usize)> {
    let first = letters(name).next()?;
    NAMES.iter().find_map(|(slot, names)| {
        let rank = names.iter().position(|known| known.as_bytes()[0] == first && is_called(name, known.as_bytes()))?;
        Some((*slot, rank))
    })
}

/// True when `name` is `known` but for its case and what stands between the words.
fn is_called(name: &str, known: &[u8]) -> bool {
    letters(name).eq(known.iter().copied())
}

/// A name in lower case and without anything between its words.
fn letters(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b':' | b'.' | b'@'));
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// What a value says: several values with `separator` between them, an object by its name.
fn spoken(value: Value, separator: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let spoken: Vec<String> = values.into_iter().filter_map(|value| spoken(value, separator)).collect();
            (!spoken.is_empty()).then(|| spoken.join(separator))
        }
        Value::Object(mut members) => {
            INNER.iter().find_map(|name| spoken(members.remove(*name)?, separator).filter(|text| !text.is_empty()))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// The date that a value states: words as they are, numbers as RFC 3339.
fn date(value: Value) -> Option<String> {
    match value {
        Value::Number(number) => date_of_number(&number),
        Value::Array(mut values) => (!values.is_empty()).then(|| values.swap_remove(0)).and_then(date),
        Value::Object(mut members) => INNER.iter().find_map(|name| date(members.remove(*name)?)),
        Value::String(text) => {
            let digits = text.trim();
            // Seconds or more since 1970; shorter numbers are days and years, and stay as they are.
            let counted = digits.len() >= 9 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            match digits.parse::<Number>() {
                Ok(number) if counted => date_of_number(&number),
                _ => Some(text),
            }
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// The date that a number stands for: a day (20210216), a month (202102), a year, or the time since
/// 1970 in seconds, thousandths, millionths or less. `None` for 0, which stands for "not known".
fn date_of_number(number: &Number) -> Option<String> {
    if let Some(whole) = number.as_i64() {
        let (year, month, day) = (whole / 10_000, whole / 100 % 100, whole % 100);
        match whole {
            0 => return None,
            1000..=2999 => return Some(whole.to_string()),
            100_001..=299_912 if (1..=12).contains(&day) => return Some(format!("{:04}-{day:02}", whole / 100)),
            10_000_101..=29_991_231 if NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32).is_some() => {
                return Some(format!("{year:04}-{month:02}-{day:02}"));
            }
            _ => {}
        }
    }
    let number = number.as_f64()?;
    let unit = match number.abs() {
        0.0..1e11 => 1.0,
        1e11..1e14 => 1e3,
        1e14..1e17 => 1e6,
        _ => 1e9,
    };
    // Floating point is exact to the second for thousands of years around now.
    let time = DateTime::from_timestamp((number / unit).floor() as i64, 0)?;
    Some(time.to_rfc3339_opts(SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(object: &str) -> RawArticle {
        article(object, &FieldNames::default()).expect("JSON").expect("an article")
    }

    #[test]
    fn fields_are_known_by_their_usual_names() {
        for (object, state) in [
            (r#"{"title": "T", "text": "x"}"#, "T|-|-|-|-|-|x"),
            (r#"{"headline": "T", "content": "x", "author": "A", "source": "S"}"#, "T|A|S|-|-|-|x"),
            (r#"{"Headline": "T", "Body": "x", "By-Line": "A", "pubDate": "2021"}"#, "T|A|-|-|2021|-|x"),
            (
                r#"{"published_at": "2021-02", "lang": "de", "link": "http://a", "body": "x"}"#,
                "-|-|-|http://a|2021-02|de|x",
            ),
            (r#"{"authors": ["A", "B"], "publisher": {"id": null, "name": "S"}, "article": "x"}"#, "-|A, B|S|-|-|-|x"),
            (
                r#"{"title": "Salt &amp; pepper", "text": "<p>one &lt;</p><p>two</p>"}"#,
                "Salt & pepper|-|-|-|-|-|one <\n\ntwo",
            ),
            (r#"{"text": "a < b\n& c"}"#, "-|-|-|-|-|-|a < b\n& c"),
            (r#"{"text": ["one", "two"], "language": "en"}"#, "-|-|-|-|-|en|one\n\ntwo"),
            (r#"{"title": "only a title", "text": null}"#, "only a title|-|-|-|-|-|"),
            (r#"{"id": 7, "article": {"title": "T", "body": "x"}}"#, "T|-|-|-|-|-|x"),
            (
                r#"{"headline": {"main": "T", "kicker": "K"}, "byline": {"original": "By A"}, "lead_paragraph": "x", "pub_date": "2021"}"#,
                "T|By A|-|-|2021|-|x",
            ),
            (r#"{"webTitle": "T", "webUrl": "http://a", "fields": {"bodyText": "x"}}"#, "T|-|-|http://a|-|-|x"),
            (r#"{"description": "short", "text": "long", "name": "n", "title": "T"}"#, "T|-|-|-|-|-|long"),
            (r#"{"description": "short", "text": "", "title": "T"}"#, "T|-|-|-|-|-|short"),
        ] {
            let RawArticle { text, stated, file_name, .. } = read(object);
            let [title, byline, source, url, date, language] =
                [stated.title, stated.byline, stated.source, stated.url, stated.date, stated.language]
                    .map(|field| field.unwrap_or("-".into()));
            assert_eq!(format!("{title}|{byline}|{source}|{url}|{date}|{language}|{text}"), state, "{object}");
            assert_eq!(file_name, None);
        }
    }

    #[test]
    fn fields_may_have_names_of_their_own() {
        let names = [("title", "Kop"), ("text", "in_houd"), ("date", "dag"), ("title", "kopje")];
        let names = FieldNames::new(names).expect("all can be stated");
        let read = |object| article(object, &names).expect("JSON").expect("an article");
        let raw = read(r#"{"title": "T", "kopje": "Small", "Inhoud": "x", "text": "no", "dag": 2021, "author": "A"}"#);
        let stated = &raw.stated;
        assert_eq!((stated.title.as_deref(), stated.byline.as_deref()), (Some("Small"), Some("A")));
        assert_eq!((raw.text.as_str(), stated.date.as_deref()), ("x", Some("2021")));
        assert_eq!(read(r#"{"kopje": "Small", "kop": "Large"}"#).stated.title.as_deref(), Some("Large"));
        assert_eq!(read(r#"{"title": "T"}"#).stated.title.as_deref(), Some("T"));
        let wrong = FieldNames::new([("colour", "kleur")]).expect_err("no such thing");
        assert_eq!(wrong, "an article has no `colour`; there are title, text, date, url, language, source, byline");
    }

    #[test]
    fn dates_may_be_numbers() {
        for (value, date) in [
            ("1613433600", "2021-02-16T00:00:00Z"),
            ("1613433600.75", "2021-02-16T00:00:00Z"),
            ("1613433600000", "2021-02-16T00:00:00Z"),
            ("1613433600000000", "2021-02-16T00:00:00Z"),
            ("1613433600000000000", "2021-02-16T00:00:00Z"),
            ("\"1613433600\"", "2021-02-16T00:00:00Z"),
            ("\"20210216\"", "20210216"),
            ("20210216", "2021-02-16"),
            ("20211316", "1970-08-22T22:15:16Z"),
            ("202102", "2021-02"),
            ("2021", "2021"),
            ("-1613433600", "1918-11-16T00:00:00Z"),
            ("0", "-"),
            ("null", "-"),
            ("1e300", "-"),
            ("{\"$date\": {\"$numberLong\": \"1613433600000\"}}", "2021-02-16T00:00:00Z"),
            ("{\"$date\": \"2021-02-16T00:00:00Z\"}", "2021-02-16T00:00:00Z"),
            ("[2021]", "2021"),
        ] {
            let stated = read(&format!("{{\"text\": \"x\", \"date\": {value}}}")).stated;
            assert_eq!(stated.date.as_deref().unwrap_or("-"), date, "{value}");
        }
    }

    #[test]
    fn an_object_without_text_is_no_article() {
        let complaint = |object| article(object, &FieldNames::default()).expect("JSON").expect_err("no article");
        assert_eq!(complaint("{}"), "no field with a title or text");
        assert_eq!(complaint(r#"{"id": 7, "x": 1}"#), "no field with a title or text (there are: id, x)");
        assert!(article("[1]", &FieldNames::default()).is_err());
        assert!(article("\"text\"", &FieldNames::default()).is_err());
    }

    proptest! {
        #[test]
        fn any_number_is_survived(whole: i64, real: f64) {
            let _ = date_of_number(&whole.into());
            let _ = Number::from_f64(real).and_then(|number| date_of_number(&number));
        }
    }
}
