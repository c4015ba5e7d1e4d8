//! A JSON object, or a row of a table, as an article: which field holds what, under the names that are in use.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::headline::{self, Written};
use super::names::{self, SUMMARY, Slot, is_called, is_nobody, is_nothing, letters};
use super::value::{Glimpse, Kept, TEXT};
use super::{date, html};
use crate::article::{Finding, FindingKind};
use crate::extract::{RawArticle, StatedFields};

/// Members of an object that hold what the object is called or says: `{"id": 7, "name": "…"}`.
const INNER: &[&str] = &[
    "name",
    "node",
    "main",
    "original",
    "rendered",
    "title",
    "value",
    "text",
    "content",
    "html",
    "raw",
    "plain",
    "$date",
    "$numberLong",
    "#text",
    "_text",
    "en",
    "code",
    "url",
    "href",
    "label",
    "term",
    "slug",
    "uri",
];

/// Parts of a text in a list that are no text: what stands around it is stated elsewhere.
const ASIDE: &[&str] =
    &["kicker", "title", "byline", "date", "image", "video", "author_info", "gallery", "tweet", "ad", "embed"];

/// Kinds of words within a line, in messages that are kept as lists of them.
const INLINE: &[&str] = &[
    "plain",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "code",
    "link",
    "text_link",
    "mention",
    "mention_name",
    "hashtag",
    "cashtag",
    "email",
    "phone",
    "spoiler",
    "custom_emoji",
    "bot_command",
    "blockquote",
];

/// A record has no more values than that, lists and what is in them counted: more is no article.
const MOST_VALUES: usize = 200_000;

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
    /// `byline`, `tags`), the best of each first. Case and what stands between words makes no difference.
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
            Ok((slot.1, letters(&names::plain(name)).collect()))
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
        own.map(|rank| (self.0[rank].0, rank))
            .or_else(|| names::slot(name).map(|(slot, rank)| (slot, self.0.len() + rank)))
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
    ("tags", Slot::Tags),
];

/// What fields say, and what was odd about them.
#[derive(Debug)]
pub(super) struct Described {
    pub raw: RawArticle,
    pub findings: Vec<Finding>,
}

/// The article that a JSON object describes; the error says why it describes none.
pub(super) fn article(object: &str, names: &FieldNames) -> Result<Result<Described, String>, serde_json::Error> {
    let fields = read(object, names)?;
    // A text whose field has no known name is better than a summary.
    let unread = fields.unread.clone().filter(|(_, length)| *length > 2 * fields.text_length());
    match unread {
        Some((name, _)) if !fields.has_text() => {
            let mut more = names.clone();
            more.0.push((Slot::Text, letters(&names::plain(&name)).collect()));
            Ok(read(object, &more)?.into_article(&more))
        }
        Some((name, length)) => Ok(fields.into_article(names).map(|mut described| {
            let note = format!("the field “{name}” holds a longer text of {length} bytes, which was not read");
            described.findings.push(Finding::new(FindingKind::NotRead, note));
            described
        })),
        None => Ok(fields.into_article(names)),
    }
}

fn read(object: &str, names: &FieldNames) -> Result<Fields, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(object);
    let left = Cell::new(MOST_VALUES);
    let fields = deserializer.deserialize_map(FieldsVisitor { names, left: &left })?;
    deserializer.end()?;
    Ok(fields)
}

/// The article in a row of a table: what stands under names that are known.
pub(super) fn of_row<'a>(
    cells: impl Iterator<Item = (&'a str, &'a str)>,
    names: &FieldNames,
) -> Result<Described, String> {
    let mut fields = Fields::default();
    let mut longest = "";
    for (name, cell) in cells {
        match names.slot(name) {
            Some((slot, rank)) => fields.put(slot, rank, Value::String(cell.to_owned())),
            None => {
                fields.other(name, cell.len(), cell);
                longest = if cell.len() > longest.len() { cell } else { longest };
            }
        }
    }
    // A text whose column has no known name is better than a summary.
    if fields.unread.is_some() && !fields.has_text() {
        fields.put(Slot::Text, SUMMARY - 1, Value::String(longest.to_owned()));
    }
    fields.into_article(names)
}

/// The known fields of an object, each with the rank of its name; lower is better.
#[derive(Default)]
struct Fields {
    known: Vec<(Slot, usize, Value)>,
    /// Names of fields that are not known, for a complaint.
    others: Vec<String>,
    /// The longest text whose field has no known name, and its length.
    unread: Option<(String, usize)>,
}

impl Fields {
    fn put(&mut self, slot: Slot, rank: usize, value: Value) {
        let empty = match &value {
            Value::Null | Value::Bool(_) => true,
            Value::String(text) => is_nothing(text),
            Value::Array(values) => values.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Number(_) => false,
        };
        if !empty {
            self.known.push((slot, rank, value));
        }
    }

    /// Notes a field whose name is not known.
    fn other(&mut self, name: &str, length: usize, beginning: &str) {
        if self.others.len() < 5 {
            self.others.push(name.chars().take(20).collect());
        }
        let is_longest = self.unread.as_ref().is_none_or(|(_, longest)| length > *longest);
        if length >= TEXT && is_longest && is_running_text(beginning) {
            self.unread = Some((name.chars().take(40).collect(), length));
        }
    }

    /// How long the text is that was found.
    fn text_length(&self) -> usize {
        let texts = self.known.iter().filter(|(slot, ..)| *slot == Slot::Text || *slot == Slot::Wrapper);
        texts.map(|(_, _, value)| weight(value)).max().unwrap_or(0)
    }

    /// Whether there is more than a summary.
    fn has_text(&self) -> bool {
        self.known.iter().any(|(slot, rank, value)| match slot {
            Slot::Text => *rank < SUMMARY && weight(value) > 0,
            Slot::Wrapper => weight(value) > TEXT,
            _ => false,
        })
    }

    /// What the best field of a slot says that says anything.
    fn take(&mut self, slot: Slot, separator: &str) -> Option<String> {
        self.take_by(slot, |value| spoken(value, separator).filter(|text| !is_nothing(text)))
    }

    fn take_by<T>(&mut self, slot: Slot, read: impl Fn(Value) -> Option<T>) -> Option<T> {
        let mut found: Vec<(usize, Value)> = Vec::new();
        self.known.retain_mut(|(own, rank, value)| {
            let is_own = *own == slot;
            if is_own {
                found.push((*rank, value.take()));
            }
            !is_own
        });
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().find_map(|(_, value)| read(value))
    }

    fn into_article(mut self, names: &FieldNames) -> Result<Described, String> {
        self.unwrap_objects(names);
        let mut marks = None;
        let text = self.take(Slot::Text, "\n\n").map(|text| match html::field(&text) {
            (Cow::Owned(plain), laid) => {
                marks = laid;
                plain
            }
            (Cow::Borrowed(_), _) => text,
        });
        // Numbers name a person or a paper only within the system that has them.
        let named = |text: &String| text.chars().any(char::is_alphabetic) && !is_nobody(text);
        // Some programs call the address of an article its source.
        let address = RefCell::new(None);
        let no_address = |text: &String| {
            let is_address = is_address(text);
            if is_address {
                address.borrow_mut().get_or_insert_with(|| text.trim().to_owned());
            }
            !is_address
        };
        let word = |text: String| html::line(&text);
        let stated = StatedFields {
            title: self.take(Slot::Title, " ").and_then(|title| headline::line(&title, Written::Unsaid)),
            byline: self.take_by(Slot::Byline, |value| spoken(value, ", ").filter(named)).map(word),
            source: self.take_by(Slot::Source, |value| spoken(value, ", ").filter(named).filter(no_address)).map(word),
            url: self.take_by(Slot::Url, |value| {
                let urls = spoken(value, " ")?;
                urls.split_whitespace().find(|url| url.contains(['.', '/'])).map(str::to_owned)
            }),
            date: self.take_by(Slot::Date, date::stated),
            language: self.take(Slot::Language, " "),
            tags: self.take_by(Slot::Tags, tags).unwrap_or_default(),
        };
        let stated = StatedFields { url: stated.url.or(address.into_inner()), ..stated };
        if text.is_none() && stated.title.is_none() {
            return Err(match self.others.as_slice() {
                [] => "no field with a title or text".to_owned(),
                others => format!("no field with a title or text (there are: {})", others.join(", ")),
            });
        }
        let raw = RawArticle { text: text.unwrap_or_default(), marks, stated, ..RawArticle::default() };
        Ok(Described { raw, findings: Vec::new() })
    }

    /// Puts the fields of the objects that an article, or its text, is wrapped in beside the others:
    /// `{"_id": 7, "article": {"title": …, "text": …}}`.
    fn unwrap_objects(&mut self, names: &FieldNames) {
        for depth in 1..=2 {
            let mut inner = Vec::new();
            self.known.retain_mut(|(slot, rank, value)| {
                let Value::Object(members) = value else { return true };
                // Some call the article `data`, as others do its date.
                let is_wrapper = matches!(slot, Slot::Wrapper | Slot::Text | Slot::Date);
                let is_known =
                    |name: &String| matches!(names.slot(name), Some((Slot::Title | Slot::Text | Slot::Wrapper, _)));
                if !is_wrapper || *slot != Slot::Wrapper && !members.keys().any(is_known) {
                    return true;
                }
                for (name, value) in std::mem::take(members) {
                    if let Some((slot, own)) = names.slot(&name) {
                        // What stands outside comes first, but for a summary.
                        let below = if *rank >= SUMMARY { 2 * SUMMARY } else { depth * 100 };
                        inner.push((slot, own + below, value));
                    }
                }
                false
            });
            for (slot, rank, value) in inner {
                self.put(slot, rank, value);
            }
        }
    }
}

/// True for the address of a page, and not the name of a site.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.contains(char::is_whitespace))
}

/// How much text a value holds.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(weight).sum(),
        Value::Object(members) => members.values().map(weight).sum(),
        _ => 0,
    }
}

/// True for words with spaces between them, or writing that has none: no code, no address, no list of numbers.
fn is_running_text(beginning: &str) -> bool {
    let (mut letters, mut spaces, mut wide, mut all) = (0usize, 0usize, 0usize, 0usize);
    for c in beginning.chars().take(500) {
        all += 1;
        letters += usize::from(c.is_alphabetic());
        spaces += usize::from(c == ' ');
        wide += usize::from(c >= '\u{0e00}');
    }
    letters * 10 >= all * 6
        && (spaces * 25 >= all || wide * 2 >= all)
        && !beginning.trim_start().starts_with(['{', '['])
}

/// What an article is filed under: a list, or words with commas between them.
fn tags(value: Value) -> Option<Vec<String>> {
    let mut tags = Vec::new();
    let mut add = |text: String, parts: bool| {
        let separator = |c: char| parts && matches!(c, ',' | ';' | '|' | '\n');
        let found = text.split(separator).map(|tag| html::line(tag.trim()));
        tags.extend(found.filter(|tag| !is_nothing(tag) && tag.chars().any(char::is_alphabetic)));
    };
    match value {
        Value::Array(values) => {
            values.into_iter().filter_map(|value| spoken(value, ", ")).for_each(|tag| add(tag, false))
        }
        value => spoken(value, ", ").into_iter().for_each(|text| {
            // A list in a cell of a table: `['sea', 'ships']`.
            let text = text.trim().trim_start_matches('[').trim_end_matches(']').replace(['\'', '"'], "");
            add(text, true);
        }),
    }
    (!tags.is_empty()).then_some(tags)
}

struct FieldsVisitor<'a> {
    names: &'a FieldNames,
    /// How many values may still be kept.
    left: &'a Cell<usize>,
}

impl<'de> Visitor<'de> for FieldsVisitor<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key_seed(NameSeed(self.names))? {
            match name {
                Ok((slot, rank)) => {
                    let value = map.next_value_seed(Kept(self.left))?;
                    fields.put(slot, rank, value);
                }
                Err(other) => {
                    if let Some((length, beginning)) = map.next_value_seed(Glimpse)? {
                        fields.other(&other, length, &beginning);
                    } else {
                        fields.other(&other, 0, "");
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
        Ok(self.0.slot(name).ok_or_else(|| name.chars().take(40).collect()))
    }
}

/// True for a list of the parts of one line.
fn runs_on(values: &[Value]) -> bool {
    let is_inline = |value: &Value| match value {
        Value::String(_) => true,
        Value::Object(members) => {
            let kind = members.get("type").and_then(Value::as_str).unwrap_or_default();
            INLINE.contains(&kind) && members.get("text").is_some_and(Value::is_string)
        }
        _ => false,
    };
    values.iter().any(Value::is_object) && values.iter().all(is_inline)
}

/// What a value says: several values with `separator` between them, an object by its name.
pub(super) fn spoken(value: Value, separator: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text).filter(|text| !is_nothing(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let is_text = separator.contains('\n');
            // Words and what is set off among them are one running text: `["plain ", {"type": "bold", "text": "words"}]`.
            let separator = if is_text && runs_on(&values) { "" } else { separator };
            let aside = |value: &Value| {
                is_text && value.get("type").and_then(Value::as_str).is_some_and(|kind| ASIDE.contains(&kind))
            };
            let values = values.into_iter().filter(|value| !aside(value));
            let spoken: Vec<String> = values.filter_map(|value| spoken(value, separator)).collect();
            (!spoken.is_empty()).then(|| spoken.join(separator))
        }
        Value::Object(mut members) => {
            let named =
                INNER.iter().find_map(|name| spoken(members.remove(*name)?, separator).filter(|text| !text.is_empty()));
            // The same in several languages: `{"es": "…", "ca": "…"}`.
            let is_language = |name: &String| name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase());
            let first = || members.into_iter().find(|(name, value)| is_language(name) && value.is_string());
            named.or_else(|| spoken(first()?.1, separator))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(object: &str) -> RawArticle {
        article(object, &FieldNames::default()).expect("JSON").expect("an article").raw
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
            // WordPress: what is rendered, and numbers that stand for names.
            (
                r#"{"date": "2024-03-05T09:00:00", "link": "http://a.example/1", "title": {"rendered": "The &#8220;roof&#8221;"}, "author": 5,
                    "content": {"rendered": "<p>x</p>", "protected": false}, "_embedded": {"author": [{"name": "A"}]}}"#,
                "The “roof”|A|-|http://a.example/1|2024-03-05T09:00:00|-|x",
            ),
            // Telegram; words that are nobody's name; an address under the name of the source.
            (
                r#"{"date": "2021", "text": [{"type": "bold", "text": "One"}, " two ", {"type": "link", "text": "three"}, "."]}"#,
                "-|-|-|-|2021|-|One two three.",
            ),
            (
                r#"{"title": "T", "author": "Unknown", "source": "http://a.example/1", "hostname": "S", "text": "x"}"#,
                "T|-|S|http://a.example/1|-|-|x",
            ),
            // A service that answers with nodes, and names in other languages.
            (r#"{"node": {"title": "T", "content": "x", "author": {"node": {"name": "A"}}}}"#, "T|A|-|-|-|-|x"),
            (r#"{"kind": "t3", "data": {"title": "T", "selftext": "x"}}"#, "T|-|-|-|-|-|x"),
            (r#"{"Título": "T", "Autor": "A", "Medio": "S", "Fecha": "2021", "Cuerpo": "x"}"#, "T|A|S|-|2021|-|x"),
            (r#"{"Заголовок": "T", "Автор": "A", "Источник": "S", "Дата": "2021", "Текст": "x"}"#, "T|A|S|-|2021|-|x"),
            (r#"{"标题": "T", "作者": "A", "来源": "S", "日期": "2021", "正文": "x"}"#, "T|A|S|-|2021|-|x"),
            // The same in several languages.
            (r#"{"title": {"es": "T"}, "body": {"es": "x"}, "author": {"id": 7}}"#, "T|-|-|-|-|-|x"),
            // Elasticsearch.
            (
                r#"{"_index": "news", "_id": "7", "_source": {"title": "T", "body": "x", "author": "A"}}"#,
                "T|A|-|-|-|-|x",
            ),
            // Google Reader.
            (
                r#"{"title": "T", "origin": {"streamId": "feed/1", "title": "S"}, "alternate": [{"href": "http://a.example/1"}],
                    "summary": {"direction": "ltr", "content": "x"}, "published": 1613433600}"#,
                "T|-|S|http://a.example/1|2021-02-16T00:00:00Z|-|x",
            ),
            // wallabag, Miniflux, EventRegistry.
            (
                r#"{"title": "T", "content": "x", "domain_name": "s.example", "published_by": ["A"], "published_at": "2021-02-16"}"#,
                "T|A|s.example|-|2021-02-16|-|x",
            ),
            (
                r#"{"title": "T", "content": "x", "feed": {"id": 8, "title": "S", "site_url": "http://s.example"}}"#,
                "T|-|S|-|-|-|x",
            ),
            (
                r#"{"uri": "6789", "lang": "eng", "date": "2021-02-16", "dateTime": "2021-02-16T10:00:00Z", "url": "http://a.example/1",
                    "title": "T", "body": "x", "source": {"uri": "s.example", "title": "S"}, "authors": [{"uri": "a", "name": "A"}]}"#,
                "T|A|S|http://a.example/1|2021-02-16T10:00:00Z|eng|x",
            ),
            // Parts of a text in a list, some of which are no text.
            (
                r#"{"title": "T", "contents": [{"type": "kicker", "content": "News"}, {"type": "title", "content": "T"},
                    {"type": "sanitized_html", "content": "One."}, {"type": "image", "fullcaption": "c"}, {"content": "Two."}]}"#,
                "T|-|-|-|-|-|One.\n\nTwo.",
            ),
            // Words that stand for nothing, also in lists.
            (
                r#"{"title": "nan", "text": "x", "author": ["nan", "A"], "source": "null", "date": "N/A"}"#,
                "-|A|-|-|-|-|x",
            ),
            (r#"{"headline": "None", "title": "T", "text": "x", "author": "None", "byline": "A"}"#, "T|A|-|-|-|-|x"),
            // The site comes before the program that kept the article.
            (r#"{"title": "T", "text": "x", "site_name": "S", "source": "Reader RSS"}"#, "T|-|S|-|-|-|x"),
            (r#"{"title": "<main> explained", "text": "x"}"#, "<main> explained|-|-|-|-|-|x"),
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
        let read = |object| article(object, &names).expect("JSON").expect("an article").raw;
        let raw = read(r#"{"title": "T", "kopje": "Small", "Inhoud": "x", "text": "no", "dag": 2021, "author": "A"}"#);
        let stated = &raw.stated;
        assert_eq!((stated.title.as_deref(), stated.byline.as_deref()), (Some("Small"), Some("A")));
        assert_eq!((raw.text.as_str(), stated.date.as_deref()), ("x", Some("2021")));
        assert_eq!(read(r#"{"kopje": "Small", "kop": "Large"}"#).stated.title.as_deref(), Some("Large"));
        assert_eq!(read(r#"{"title": "T"}"#).stated.title.as_deref(), Some("T"));
        let wrong = FieldNames::new([("colour", "kleur")]).expect_err("no such thing");
        assert_eq!(
            wrong,
            "an article has no `colour`; there are title, text, date, url, language, source, byline, tags"
        );
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
            ("20150218233000", "2015-02-18T23:30:00"),
            ("\"201502182330\"", "2015-02-18T23:30:00"),
            ("\"nan\"", "-"),
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

    #[test]
    fn what_an_article_is_filed_under_is_told() {
        for (object, tags) in [
            (r#"{"text": "x", "tags": ["Sea", "ships"]}"#, "Sea|ships"),
            (r#"{"text": "x", "keywords": "sea, ships; nan"}"#, "sea|ships"),
            (r#"{"text": "x", "tags": [{"label": "Sea", "slug": "sea"}], "categories": [5, 7]}"#, "Sea"),
            (r#"{"text": "x", "tags": "['sea', 'ships']"}"#, "sea|ships"),
            (r#"{"text": "x", "categories": [5, 7], "section": "News"}"#, "News"),
            (r#"{"text": "x", "tags": null}"#, ""),
        ] {
            assert_eq!(read(object).stated.tags.join("|"), tags, "{object}");
        }
    }

    #[test]
    fn a_text_of_no_known_name_is_read_or_told() {
        let long = "The harbour is closed, and nobody knows for how long. ".repeat(9);
        let described = |object: &str| article(object, &FieldNames::default()).expect("JSON").expect("an article");
        // Better than a summary, and than nothing.
        assert_eq!(described(&format!(r#"{{"title": "T", "leader": "{long}"}}"#)).raw.text, long);
        assert_eq!(described(&format!(r#"{{"summary": "Closed.", "leader": "{long}"}}"#)).raw.text, long);
        let both = described(&format!(r#"{{"text": "Closed.", "leader": "{long}"}}"#));
        assert_eq!((both.raw.text.as_str(), both.findings.len()), ("Closed.", 1));
        assert_eq!(both.findings[0].note, "the field “leader” holds a longer text of 486 bytes, which was not read");
        // Neither code nor numbers are a text.
        for other in ["0123456789abcdef".repeat(40), "1.5 2.5 ".repeat(80)] {
            let described = described(&format!(r#"{{"text": "Closed.", "leader": "{other}"}}"#));
            assert_eq!(described.findings, []);
        }
    }

    #[test]
    fn a_record_of_millions_of_values_is_bounded() {
        let object = format!(r#"{{"title": "T", "text": [{}"x"]}}"#, "1,".repeat(400_000));
        assert_eq!(read(&object).stated.title.as_deref(), Some("T"));
    }
}
