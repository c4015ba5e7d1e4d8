//! By what articles are ordered, and where in an order an article stands.

use serde_json::{Map, Value, json};

use super::mapping::field;
use crate::query::Sort;

/// A key of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub field: &'static str,
    pub descending: bool,
    /// Whether it is a number, of which ranges can be counted.
    pub number: bool,
}

impl Key {
    /// What has a value of this key within bounds (`gte` and the like).
    pub(crate) fn range(&self, bounds: &[(&str, &Value)]) -> Value {
        let bounds = bounds.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone()));
        let mut range: Map<String, Value> = bounds.collect();
        if self.field == field::ADDED {
            // It is written in seconds, and told in milliseconds.
            range.insert("format".to_owned(), json!("epoch_millis"));
        }
        json!({ "range": { self.field: range } })
    }
}

const fn key(field: &'static str, descending: bool, number: bool) -> Key {
    Key { field, descending, number }
}

const NEWEST: &[Key] =
    &[key(field::MOMENT, true, true), key(field::TITLE_START, false, true), key(field::ID, false, false)];
const OLDEST: &[Key] =
    &[key(field::MOMENT, false, true), key(field::TITLE_START, false, true), key(field::ID, false, false)];
const ADDED: &[Key] = &[
    key(field::ADDED, true, true),
    key(field::MOMENT, true, true),
    key(field::TITLE_START, false, true),
    key(field::ID, false, false),
];
const TITLE: &[Key] =
    &[key(field::TITLE_START, false, true), key(field::TITLE_KEY, false, false), key(field::ID, false, false)];

/// The keys of an order, the first counts most; under relevance, those among equals.
pub(crate) fn keys(sort: Sort) -> &'static [Key] {
    match sort {
        Sort::Relevance | Sort::Newest => NEWEST,
        Sort::Added => ADDED,
        Sort::Oldest => OLDEST,
        Sort::Title => TITLE,
    }
}

/// The order as the server is told it; what lacks a key comes last. The other way round where it is `reversed`.
pub(crate) fn asked(sort: Sort, reversed: bool) -> Value {
    let mut asked = Vec::new();
    if sort == Sort::Relevance {
        asked.push(json!({ "_score": { "order": direction(!reversed) } }));
    }
    asked.extend(keys(sort).iter().map(|key| {
        let missing = if reversed { "_first" } else { "_last" };
        json!({ key.field: { "order": direction(key.descending != reversed), "missing": missing } })
    }));
    Value::Array(asked)
}

/// How a search in an order is asked: how rare a word is depends on all of the index, so that its parts do not change
/// the order.
pub(crate) fn search_type(sort: Sort) -> &'static str {
    if sort == Sort::Relevance { "?search_type=dfs_query_then_fetch" } else { "" }
}

fn direction(descending: bool) -> &'static str {
    if descending { "desc" } else { "asc" }
}

/// What stands before the article with these values of the keys, in an order by keys.
pub(crate) fn before(sort: Sort, values: &[Value]) -> Value {
    let mut any = Vec::new();
    let mut equal: Vec<Value> = Vec::new();
    for (key, value) in keys(sort).iter().zip(values) {
        let there = json!({ "exists": { "field": key.field } });
        // What lacks the key is told as the largest number there is.
        let lacks = value.is_null()
            || matches!(value.as_i64(), Some(i64::MAX | i64::MIN)) && matches!(key.field, field::MOMENT | field::ADDED);
        let mut clauses = equal.clone();
        if lacks {
            clauses.push(there.clone());
            equal.push(json!({ "bool": { "must_not": [there] } }));
        } else {
            let bound = if key.descending { "gt" } else { "lt" };
            clauses.push(key.range(&[(bound, value)]));
            equal.push(match key.number {
                true => key.range(&[("gte", value), ("lte", value)]),
                false => json!({ "term": { key.field: { "value": value } } }),
            });
        }
        any.push(json!({ "bool": { "filter": clauses } }));
    }
    json!({ "bool": { "should": any, "minimum_should_match": 1 } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_turned_round_begins_with_what_was_last() {
        let newest = asked(Sort::Newest, false);
        assert_eq!(newest[0], json!({ "moment": { "order": "desc", "missing": "_last" } }));
        let reversed = asked(Sort::Newest, true);
        assert_eq!(reversed[0], json!({ "moment": { "order": "asc", "missing": "_first" } }));
        assert_eq!(reversed[2], json!({ "id": { "order": "desc", "missing": "_first" } }));
        assert_eq!(asked(Sort::Relevance, false)[0], json!({ "_score": { "order": "desc" } }));
    }

    #[test]
    fn what_stands_before_an_article_is_told_key_by_key() {
        let before = before(Sort::Newest, &[json!(5), json!(7), json!("ab")]);
        let any = before["bool"]["should"].as_array().expect("three");
        assert_eq!(any[0], json!({ "bool": { "filter": [{ "range": { "moment": { "gt": 5 } } }] } }));
        assert_eq!(any[2]["bool"]["filter"].as_array().map(Vec::len), Some(3));
    }
}
