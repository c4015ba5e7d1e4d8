//! The ways in which a word may be in an article, as questions to the server, and what each is worth.
//!
//! Weights are those of the local engine ([`Worth`]): a floor for the kind of match, and above it what the server's
//! score (BM25) says of how telling the word is. No script is sent for that: a score is the sum of what is asked
//! together, so the floor is a question that every article fulfils.

use serde_json::{Value, json};

use super::mapping::field;
use crate::archive::{MatchKind, MatchPlace};
use crate::index::same::{OTHER_PLACE, Worth};
use crate::query::Part;

/// How much smaller the server's BM25 is than the local engine's: it leaves a factor out that is the same for
/// all articles (`k1 + 1`).
const SMALLER: f32 = 2.2;
/// More words that go on in some way are not looked for after a phrase.
const MOST_CONTINUATIONS: usize = 10_000;

/// A field that words are looked for in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub place: MatchPlace,
    pub words: &'static str,
    /// Where the stems of its words are.
    pub stems: Option<&'static str>,
}

/// The fields of a part.
pub(crate) fn targets(part: Part) -> Vec<Target> {
    let title = Target { place: MatchPlace::Title, words: field::TITLE, stems: Some(field::TITLE_STEMS) };
    let text = Target { place: MatchPlace::Text, words: field::BODY, stems: Some(field::BODY_STEMS) };
    let plain = |place, words| vec![Target { place, words, stems: None }];
    match part {
        Part::Anywhere => vec![title, text],
        Part::Title => vec![title],
        Part::Body => vec![text],
        Part::Byline => plain(MatchPlace::Byline, field::BYLINE_WORDS),
        Part::Source => plain(MatchPlace::Source, field::SOURCE_WORDS),
        Part::Path => plain(MatchPlace::Path, field::PATH_WORDS),
        Part::Url => plain(MatchPlace::Url, field::URL_WORDS),
        Part::Tag => plain(MatchPlace::Tag, field::TAG_WORDS),
    }
}

/// A way in which a word of the query may be in an article.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub kind: MatchKind,
    pub place: MatchPlace,
    pub sought: Value,
    /// Whether the server says how telling it is.
    pub graded: bool,
}

impl Way {
    pub(crate) fn new(kind: MatchKind, target: &Target, sought: Value) -> Way {
        Way { kind, place: target.place, sought, graded: true }
    }

    /// One of which the server says nothing but that it is there.
    pub(crate) fn alike(kind: MatchKind, target: &Target, sought: Value) -> Way {
        Way { graded: false, ..Way::new(kind, target, sought) }
    }

    /// It with what it is worth.
    fn worth(&self) -> Value {
        let Worth(floor, factor, most) = Worth::of(self.kind, self.place);
        if factor <= 0.0 {
            return constant(self.sought.clone(), floor);
        }
        // Of what is scored alike, nearly everything is rare enough to be worth the most.
        if !self.graded {
            return constant(self.sought.clone(), floor + if most.is_finite() { most } else { factor });
        }
        json!({ "bool": { "must": [boosted(self.sought.clone(), factor * SMALLER), { "match_all": { "boost": floor } }] } })
    }
}

/// Any of some ways: the best one counts, and a part of what the best in the other place is worth.
pub(crate) fn best(ways: &[Way]) -> Value {
    let mut places: Vec<(MatchPlace, Vec<Value>)> = Vec::new();
    for way in ways {
        let worth = way.worth();
        match places.iter_mut().find(|(place, _)| *place == way.place) {
            Some((_, ways)) => ways.push(worth),
            None => places.push((way.place, vec![worth])),
        }
    }
    let mut places: Vec<Value> = places.into_iter().map(|(_, ways)| best_of(ways, 0.0)).collect();
    match places.len() {
        0 => nothing(),
        1 => places.remove(0),
        _ => best_of(places, OTHER_PLACE),
    }
}

fn best_of(mut queries: Vec<Value>, others: f32) -> Value {
    match queries.len() {
        1 => queries.remove(0),
        _ => json!({ "dis_max": { "queries": queries, "tie_breaker": others } }),
    }
}

/// What nothing fulfils.
pub(crate) fn nothing() -> Value {
    json!({ "match_none": {} })
}

/// What everything fulfils, and says nothing about how good a match is.
pub(crate) fn everything() -> Value {
    json!({ "match_all": { "boost": 0.0 } })
}

/// A question whose answers are all worth the same.
pub(crate) fn constant(query: Value, worth: f32) -> Value {
    json!({ "constant_score": { "filter": query, "boost": worth } })
}

/// A question whose answers are worth so many times more.
pub(crate) fn boosted(query: Value, factor: f32) -> Value {
    json!({ "bool": { "must": [query], "boost": factor } })
}

/// Any of some questions, however many.
pub(crate) fn any(mut queries: Vec<Value>) -> Value {
    match queries.len() {
        0 => nothing(),
        1 => queries.remove(0),
        _ => json!({ "bool": { "should": queries, "minimum_should_match": 1 } }),
    }
}

/// A word in a field.
pub(crate) fn term(field: &str, text: &str) -> Value {
    json!({ "term": { field: { "value": text } } })
}

/// Any of some words in a field.
pub(crate) fn terms<'t>(field: &str, texts: impl IntoIterator<Item = &'t str>) -> Value {
    let texts: Vec<&str> = texts.into_iter().collect();
    match texts[..] {
        [text] => term(field, text),
        _ => json!({ "terms": { field: texts } }),
    }
}

/// All words of a field that begin so.
pub(crate) fn beginning(field: &str, text: &str) -> Value {
    json!({ "prefix": { field: { "value": text } } })
}

/// Words one directly after the other, or as far apart as their places; the last goes on where that is open.
pub(crate) fn sequence(field: &str, terms: &[(usize, &str)], open_end: bool) -> Value {
    let mut text = String::new();
    let mut next = terms.first().map_or(0, |(place, _)| *place);
    for (place, term) in terms {
        while next < *place {
            text.push_str("* ");
            next += 1;
        }
        text.push_str(term);
        text.push(' ');
        next = place + 1;
    }
    let text = text.trim_end();
    match open_end {
        true => json!({ "match_phrase_prefix": { field: { "query": text, "max_expansions": MOST_CONTINUATIONS } } }),
        false => json!({ "match_phrase": { field: { "query": text } } }),
    }
}

/// Words in any order, between which so many others may stand in all, and one more.
pub(crate) fn near<'t>(field: &str, words: impl IntoIterator<Item = &'t str>, within: u32) -> Value {
    let words: Vec<&str> = words.into_iter().collect();
    if let [single] = words[..] {
        return term(field, single);
    }
    let places: Vec<Value> = words.iter().map(|word| json!({ "match": { "query": word } })).collect();
    let near = json!({ "intervals": { field: { "all_of": {
        "ordered": false, "max_gaps": within.saturating_sub(1), "intervals": places,
    } } } });
    // How near they are says little; how rare they are says how telling that is.
    let telling: Vec<Value> = words.iter().map(|word| term(field, word)).collect();
    json!({ "bool": { "must": telling, "filter": [near] } })
}

/// Words that differ by so many typing errors at most.
pub(crate) fn misspelt(field: &str, text: &str, errors: u8) -> Value {
    json!({ "fuzzy": { field: {
        "value": text, "fuzziness": errors.to_string(), "transpositions": true, "rewrite": "constant_score",
    } } })
}

/// Words in which each `*` is any letters or none.
pub(crate) fn wildcard(field: &str, folded: &str) -> Value {
    let mut pattern = String::new();
    for c in folded.chars() {
        if matches!(c, '?' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    json!({ "wildcard": { field: { "value": pattern } } })
}

/// Words that fit an expression of the server's kind.
pub(crate) fn expression(field: &str, expression: &str) -> Value {
    json!({ "regexp": { field: { "value": expression, "flags": "NONE" } } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_without_a_word_are_left_free() {
        let asked = |terms: &[(usize, &str)], open| sequence("body", terms, open);
        let phrase = |text: &str| json!({ "match_phrase": { "body": { "query": text } } });
        assert_eq!(asked(&[(0, "a"), (1, "b")], false), phrase("a b"));
        assert_eq!(asked(&[(3, "a"), (6, "b")], false), phrase("a * * b"));
        assert_eq!(asked(&[(0, "a"), (1, "b")], true)["match_phrase_prefix"]["body"]["query"], "a b");
    }

    #[test]
    fn the_best_way_in_each_place_counts() {
        let [title, text] = targets(Part::Anywhere)[..] else { panic!("two places") };
        let way = |kind, target: &Target| Way::new(kind, target, term(target.words, "a"));
        let best =
            best(&[way(MatchKind::Exact, &title), way(MatchKind::Exact, &text), way(MatchKind::Beginning, &text)]);
        let places = best["dis_max"]["queries"].as_array().expect("two places");
        assert_eq!(places.len(), 2);
        assert_eq!(places[1]["dis_max"]["queries"].as_array().map(Vec::len), Some(2));
        assert_eq!(super::best(&[]), nothing());
    }
}
