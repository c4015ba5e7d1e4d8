//! The best articles for a question, with their texts: what words go together with it is found there.

use super::order::IndexOrder;
use super::rank::score_of;
use super::state::State;
use crate::archive::{Asking, Order, Texts};
use crate::index::asking::kin::{EXAMPLES, Example, LONGEST};
use crate::query::Sort;

/// The best of what was found, by keys in their order; `None` when nobody waits for it. An article whose text
/// cannot be read, or not soon, is known by what the list shows of it.
pub(crate) fn examples(state: &State, keys: &[u64], texts: &dyn Texts, asking: &Asking) -> Option<Vec<Example>> {
    let keys = keys[..keys.len().min(EXAMPLES)].to_vec();
    let scores: Vec<f32> = keys.iter().map(|key| score_of(*key)).collect();
    let count = keys.len();
    let order = IndexOrder::new(state.clone(), keys, Sort::Relevance);
    // What cannot be read here cannot be shown either, and is told of there.
    let rows = order.rows(0..count, asking.cancelled).unwrap_or_default()?.value;
    let mut reader = texts.reader();
    let mut examples = Vec::new();
    for (row, score) in rows.iter().zip(scores) {
        if (asking.cancelled)() {
            return None;
        }
        let article = match reader.is_far(&row.origin) {
            true => None,
            false => reader.article(row.record.id, &row.origin).ok(),
        };
        let text = article.map_or_else(|| row.opening.clone(), |article| article.opening(LONGEST));
        let text = format!("{}\n{text}", row.record.title);
        examples.push(Example { score, language: row.record.language.code, text });
    }
    Some(examples)
}
