//! What the server answers to a search.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::document::row;
use super::mapping::field;
use crate::archive::{DateFacet, Facets, Limits, Row};
use crate::article::{ArticleId, LanguageTag};
use crate::net::{Failure, Reply};
use crate::text::Clean;

/// So many languages are told: there are not so many.
const MOST_LANGUAGES: usize = 400;
/// So many spans of days: a hundred and fifty years of them, and the server gives no more than 65,535.
const MOST_SPANS: usize = 60_000;

/// What a search has found.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub hits: Vec<Hit>,
    pub matched: usize,
    pub limits: Limits,
    /// What was counted beside.
    pub counted: Value,
    /// The snapshot that was searched, as it is called now.
    pub snapshot: Option<String>,
}

/// An article that was found.
#[derive(Debug)]
pub(crate) struct Hit {
    pub id: ArticleId,
    pub score: Option<f32>,
    /// The values that it was ordered by.
    pub sort: Vec<Value>,
    pub source: Value,
}

impl Hit {
    /// Its row; `None` where the server does not tell one.
    pub(crate) fn row(&self, relevance: bool) -> Option<Row> {
        row(self.source.get(field::ROW)?, self.score.filter(|_| relevance))
    }
}

impl Page {
    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// When it is none to a search.
    pub(crate) fn read(reply: &Reply) -> Result<Page, Failure> {
        let mut said: Value = reply.json()?;
        let odd = |what: &str| Failure::Odd(format!("it tells no {what}"));
        let matched = said["hits"]["total"]["value"].as_u64().ok_or_else(|| odd("number of articles"))? as usize;
        let hits = match said["hits"]["hits"].take() {
            Value::Array(hits) => hits,
            _ => return Err(odd("articles")),
        };
        let hits = hits.into_iter().map(|mut hit| {
            let id = hit["_id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(|| odd("id"))?;
            let score = hit["_score"].as_f64().or_else(|| hit["sort"][0].as_f64()).map(|score| score as f32);
            let sort = match hit["sort"].take() {
                Value::Array(sort) => sort,
                _ => Vec::new(),
            };
            Ok(Hit { id, score: score.filter(|score| score.is_finite()), sort, source: hit["_source"].take() })
        });
        let hits = hits.collect::<Result<Vec<Hit>, Failure>>()?;
        let limits = Limits { partial: partial(&said), not_tried: Vec::new() };
        let snapshot = said["pit_id"].as_str().map(str::to_owned);
        Ok(Page { hits, matched, limits, counted: said["aggregations"].take(), snapshot })
    }
}

/// How much of the index was asked, where it was not all.
fn partial(said: &Value) -> Option<Clean> {
    let (total, successful) = (said["_shards"]["total"].as_u64()?, said["_shards"]["successful"].as_u64()?);
    let cut_short = said["timed_out"].as_bool() == Some(true);
    if successful < total {
        return Some(Clean::new(&format!("{successful} of {total} shards")));
    }
    cut_short.then(|| Clean::new("the server's time was up"))
}

/// What is counted beside a search for its facets.
pub(crate) fn facets_asked() -> Value {
    json!({
        "languages": { "terms": { "field": field::LANGUAGE, "size": MOST_LANGUAGES } },
        "sources": { "terms": {
            "field": field::SOURCE, "size": Facets::SOURCES, "shard_size": 20 * Facets::SOURCES,
            "order": [{ "_count": "desc" }, { "_key": "asc" }],
        } },
        "spans": { "terms": { "field": field::SPAN, "size": MOST_SPANS, "order": { "_key": "asc" } } },
    })
}

/// What was counted, of so many articles.
pub(crate) fn facets(counted: &Value, matched: usize) -> Facets {
    let buckets = |name: &str| {
        let buckets = counted[name]["buckets"].as_array().into_iter().flatten();
        buckets.filter_map(|bucket| Some((bucket["key"].as_str()?, bucket["doc_count"].as_u64()? as usize)))
    };
    let mut languages: Vec<_> = buckets("languages").map(|(code, count)| (LanguageTag::find(code), count)).collect();
    languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), tag.map(LanguageTag::code)));
    let mut sources: Vec<(Clean, usize)> = buckets("sources").map(|(name, count)| (Clean::new(name), count)).collect();
    sources.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    sources.truncate(Facets::SOURCES);
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let span = |(span, count): (&str, usize)| {
        let (first, last) = span.split_once('/')?;
        Some((day(first)?, day(last)?, count))
    };
    let mut spans: Vec<(NaiveDate, NaiveDate, usize)> = buckets("spans").filter_map(span).collect();
    spans.sort_unstable();
    let dated: usize = spans.iter().map(|span| span.2).sum();
    Facets { languages, sources, dates: DateFacet { spans, undated: matched.saturating_sub(dated) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(said: Value) -> Result<Page, Failure> {
        Page::read(&Reply { status: 200, body: said.to_string().into_bytes() })
    }

    #[test]
    fn what_is_no_answer_to_a_search_is_told() {
        for odd in [
            json!([]),
            json!({}),
            json!({ "hits": 3 }),
            json!({ "hits": { "total": { "value": 1 }, "hits": [{ "_id": "zz" }] } }),
        ] {
            assert!(matches!(read(odd), Err(Failure::Odd(_))));
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(Page::read(&Reply { status: 200, body: deep.into_bytes() }).is_err());
    }

    #[test]
    fn what_was_not_asked_is_told() {
        let said = |successful: u64| json!({ "_shards": { "total": 3, "successful": successful }, "hits": { "total": { "value": 0 }, "hits": [] } });
        assert!(read(said(3)).expect("an answer").limits.is_whole());
        let partial = read(said(2)).expect("an answer").limits.partial;
        assert_eq!(partial, Some(Clean::new("2 of 3 shards")));
    }
}
