//! How near the words of a query stand to each other in the best of the articles found.
//!
//! Places of words are many to read, so only the articles that are the best already are looked at:
//! nearness settles which of them are first, and never whether something is found.

use std::collections::BTreeMap;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::rank::{bases, score_of, with_score};
use crate::index::analysis::asked::{AskedUnit, asked};
use crate::index::store::schema::Fields;
use crate::query::{Condition, Form, Node, Part};

/// How many of the best articles are looked at.
pub(crate) const LOOKED_AT: usize = 200;
/// More places of a word in one article are not looked at.
const MOST_PLACES: usize = 2_000;
/// What words that stand side by side in their order add to the score, in the title and in the text.
pub(crate) const IN_TITLE: f32 = 0.25;
pub(crate) const IN_TEXT: f32 = 0.15;
/// The same words in another order are worth so much of that.
pub(crate) const OUT_OF_ORDER: f32 = 0.7;

/// Ranks those among the best `keys`, which are sorted, higher in which the words of the query stand
/// near each other.
pub(crate) fn rank(searcher: &Searcher, fields: Fields, root: Option<&Node>, keys: &mut [u64]) -> tantivy::Result<()> {
    let words = root.map(words).unwrap_or_default();
    if words.len() < 2 || keys.len() < 2 {
        return Ok(());
    }
    let best = keys.len().min(LOOKED_AT);
    let best = &mut keys[..best];
    let bases = bases(searcher);
    // The places of an article's key by its number within each segment.
    let mut segments: BTreeMap<usize, BTreeMap<DocId, usize>> = BTreeMap::new();
    for (at, key) in best.iter().enumerate() {
        let number = *key as u32;
        let segment = bases.partition_point(|base| *base <= number).saturating_sub(1);
        segments.entry(segment).or_default().insert(number - bases[segment], at);
    }
    for (segment, docs) in segments {
        let reader = searcher.segment_reader(segment as u32);
        let mut nearness = vec![0.0; best.len()];
        add_all_nearness(reader, fields, &words, &docs, &mut nearness)?;
        for at in docs.into_values() {
            best[at] = with_score(best[at], score_of(best[at]) * (1.0 + nearness[at]));
        }
    }
    best.sort_unstable();
    Ok(())
}

/// What the nearness of the words adds to the score of one article, as a part of it.
pub(crate) fn of(
    searcher: &Searcher,
    fields: Fields,
    root: Option<&Node>,
    address: DocAddress,
) -> tantivy::Result<f32> {
    let words = root.map(words).unwrap_or_default();
    let (docs, mut nearness) = (BTreeMap::from([(address.doc_id, 0)]), [0.0]);
    if words.len() >= 2 {
        add_all_nearness(searcher.segment_reader(address.segment_ord), fields, &words, &docs, &mut nearness)?;
    }
    Ok(nearness[0])
}

/// The words that every match has, folded, in the order of the line.
pub(crate) fn words(root: &Node) -> Vec<String> {
    let nodes = match root {
        Node::And(nodes) => &nodes[..],
        node => std::slice::from_ref(node),
    };
    let mut words = Vec::new();
    for node in nodes {
        let Node::Leaf(Condition::Word { part: Part::Anywhere, text, form: Form::Word | Form::Typing }) = node else {
            continue;
        };
        for asked in asked(text) {
            if let AskedUnit::Word(forms) = asked.unit
                && !words.contains(&forms.folded)
            {
                words.push(forms.folded);
            }
        }
    }
    words
}

/// Adds the nearness of the words in the title and in the text.
fn add_all_nearness(
    reader: &SegmentReader,
    fields: Fields,
    words: &[String],
    docs: &BTreeMap<DocId, usize>,
    nearness: &mut [f32],
) -> tantivy::Result<()> {
    for (field, most) in [(fields.title, IN_TITLE), (fields.body, IN_TEXT)] {
        add_nearness(reader, field, words, most, docs, nearness)?;
    }
    Ok(())
}

/// Adds up to `most` for each of `docs` in a field.
fn add_nearness(
    reader: &SegmentReader,
    field: Field,
    words: &[String],
    most: f32,
    docs: &BTreeMap<DocId, usize>,
    nearness: &mut [f32],
) -> tantivy::Result<()> {
    let index = reader.inverted_index(field)?;
    let mut postings = Vec::new();
    for word in words {
        let term = Term::from_field_text(field, word);
        postings.push(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
    }
    if postings.iter().flatten().count() < 2 {
        return Ok(());
    }
    let mut places: Vec<(u32, usize)> = Vec::new();
    let mut positions = Vec::new();
    for (doc, at) in docs {
        places.clear();
        for (word, postings) in postings.iter_mut().enumerate() {
            let Some(postings) = postings else { continue };
            let found = match postings.doc() {
                TERMINATED => continue,
                current if current < *doc => postings.seek(*doc),
                current => current,
            };
            if found == *doc {
                postings.positions(&mut positions);
                places.extend(positions.iter().take(MOST_PLACES).map(|position| (*position, word)));
            }
        }
        places.sort_unstable();
        nearness[*at] += most * closeness(&places, words.len());
    }
    Ok(())
}

/// How close together words stand, from 0 to 1: the places of all words in order, each with the
/// number of its word.
fn closeness(places: &[(u32, usize)], words: usize) -> f32 {
    let mut counts = vec![0usize; words];
    places.iter().for_each(|(_, word)| counts[*word] += 1);
    let present = counts.iter().filter(|count| **count > 0).count();
    if present < 2 {
        return 0.0;
    }
    counts.fill(0);
    let (mut different, mut first) = (0, 0);
    let mut best: f32 = 0.0;
    for (last, (end, word)) in places.iter().enumerate() {
        different += usize::from(counts[*word] == 0);
        counts[*word] += 1;
        // The shortest run up to here that still has every word.
        while counts[places[first].1] > 1 {
            counts[places[first].1] -= 1;
            first += 1;
        }
        if different == present {
            let width = (end - places[first].0).max(1) as f32;
            let in_order = places[first..=last].is_sorted_by_key(|(_, word)| *word);
            let near = ((present - 1) as f32 / width).min(1.0);
            best = best.max(near * if in_order { 1.0 } else { OUT_OF_ORDER });
        }
    }
    // Words that are missing here stand far away.
    best * (present - 1) as f32 / (words - 1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(places: &[(u32, usize)], words: usize, expected: f32) {
        let found = closeness(places, words);
        assert!((found - expected).abs() < 0.001, "{places:?}: {found}");
    }

    #[test]
    fn words_side_by_side_are_nearest() {
        check(&[(3, 0), (4, 1)], 2, 1.0);
        check(&[(3, 1), (4, 0)], 2, OUT_OF_ORDER);
        check(&[(3, 0), (8, 1)], 2, 0.2);
        check(&[(1, 0), (3, 0), (4, 1), (90, 0)], 2, 1.0);
        check(&[(1, 0), (2, 1)], 3, 0.5);
        check(&[(1, 0), (2, 1), (3, 2)], 3, 1.0);
        check(&[(1, 0)], 2, 0.0);
        check(&[], 2, 0.0);
        // Two spellings of a word may stand in the same place.
        check(&[(1, 0), (1, 1)], 2, 1.0);
    }
}
