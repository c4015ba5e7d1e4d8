//! How near the words of a query stand to each other in the best of the articles found.
//!
//! As in the local engine, only the articles that are the best already are looked at: the server is asked how near the
//! words stand in these alone, however many others there are, and that settles which of them are first. It tells how
//! far apart two words are in steps, so each word is looked at with the next one of the line.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answers::Hit;
use super::mapping::field;
use super::ways::constant;
use crate::article::ArticleId;
use crate::index::same::{IN_TEXT, IN_TITLE, LOOKED_AT, OUT_OF_ORDER};

/// Two words between which so many others stand at most are worth so much more than those farther apart: together
/// one part in so many as they are places apart, which is what the local engine counts.
const STEPS: &[(u32, f32)] = &[(0, 0.5), (1, 0.17), (2, 0.13), (4, 0.1), (9, 0.1)];
/// More pairs are not asked about: a question of the server's has a thousand parts at most.
const MOST_PAIRS: usize = 12;

/// So many of the best hits are looked at with these words.
pub(crate) fn looked_at(words: &[String]) -> usize {
    if words.len() < 2 { 0 } else { LOOKED_AT }
}

/// The question how near some words stand in some articles, of which the score is told.
pub(crate) fn asked(hits: &[Hit], words: &[String]) -> Value {
    let ids: Vec<String> = hits.iter().map(|hit| hit.id.to_string()).collect();
    let mut steps = Vec::new();
    let pairs = words.len().saturating_sub(1);
    for pair in words.windows(2).take(MOST_PAIRS) {
        for (place, most) in [(field::TITLE, IN_TITLE), (field::BODY, IN_TEXT)] {
            for (ordered, share) in [(false, OUT_OF_ORDER), (true, 1.0 - OUT_OF_ORDER)] {
                for (between, worth) in STEPS {
                    steps.push(constant(within(place, pair, *between, ordered), most * share * worth / pairs as f32));
                }
            }
        }
    }
    json!({
        "query": { "bool": { "filter": [{ "terms": { field::ID: ids } }], "should": steps } },
        "size": hits.len(), "track_total_hits": true, "_source": false,
    })
}

/// Two words between which so many others stand at most.
fn within(place: &str, pair: &[String], between: u32, ordered: bool) -> Value {
    let words: Vec<Value> = pair.iter().map(|word| json!({ "match": { "query": word } })).collect();
    json!({ "intervals": { place: { "all_of": { "ordered": ordered, "max_gaps": between, "intervals": words } } } })
}

/// Ranks hits higher in which words stand near each other, by what was told of them.
pub(crate) fn rank(hits: &mut [Hit], told: &[Hit]) {
    let near: BTreeMap<ArticleId, f32> = told.iter().filter_map(|hit| Some((hit.id, hit.score?))).collect();
    for hit in &mut *hits {
        let nearness = near.get(&hit.id).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        hit.score = hit.score.map(|score| score * (1.0 + nearness));
    }
    // Those that are as good stay in the order of their dates.
    hits.sort_by(|one, other| other.score.unwrap_or(0.0).total_cmp(&one.score.unwrap_or(0.0)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(id: u64, score: f32) -> Hit {
        Hit { id: ArticleId(id), score: Some(score), sort: Vec::new(), source: Value::Null }
    }

    #[test]
    fn what_stands_near_is_ranked_higher() {
        let mut hits = [hit(1, 10.0), hit(2, 9.5), hit(3, 9.5), hit(4, 2.0)];
        rank(&mut hits, &[hit(1, 0.0), hit(2, 0.0), hit(3, 0.15), hit(4, 0.25)]);
        assert_eq!(hits.each_ref().map(|hit| hit.id.0), [3, 1, 2, 4]);
        // Whatever a server says, it does not turn everything round.
        rank(&mut hits, &[hit(4, f32::MAX)]);
        assert_eq!(hits[3].id.0, 4);
    }

    #[test]
    fn words_side_by_side_are_worth_the_most() {
        assert!((STEPS.iter().map(|step| step.1).sum::<f32>() - 1.0).abs() < 0.001);
        let words = ["garden".to_owned(), "pears".to_owned(), "frost".to_owned()];
        let asked = asked(&[hit(1, 1.0)], &words);
        let steps = asked["query"]["bool"]["should"].as_array().expect("steps");
        assert_eq!(steps.len(), 2 * 2 * 2 * STEPS.len());
        let worth = steps.iter().filter_map(|step| step["constant_score"]["boost"].as_f64()).sum::<f64>();
        assert!((worth - f64::from(IN_TITLE + IN_TEXT)).abs() < 0.001, "{worth}");
        assert_eq!((looked_at(&words), looked_at(&words[..1])), (LOOKED_AT, 0));
    }
}
