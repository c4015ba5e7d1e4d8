//! The most telling of very many words.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::vocabulary::Vocabulary;
use super::work::Work;
use crate::index::analysis::asked::{AskedUnit, asked};
use crate::query::{Condition, Node, Part, Query};

/// So many words of a query are looked for.
pub(crate) const MOST_WORDS: usize = 100;

/// The query with no more than [`MOST_WORDS`] words. Of more, those stay that the fewest articles have, and those
/// that none has come last. What asks for a field, an id or a date is no word and always stays.
pub(crate) fn most_telling<'q>(query: &'q Query, vocabulary: Vocabulary<'_>, work: &Work) -> Cow<'q, Query> {
    let mut words = Vec::new();
    query.root.iter().for_each(|root| collect(root, &mut words));
    if words.len() <= MOST_WORDS {
        return Cow::Borrowed(query);
    }
    let mut seen = HashSet::new();
    words.retain(|word| seen.insert(*word));
    let count = words.len();
    let mut known: HashMap<String, u64> = HashMap::new();
    let mut words: Vec<(u64, &Condition)> =
        words.into_iter().map(|word| (articles(word, vocabulary, &mut known), word)).collect();
    // What has no article wraps around to the end; of the same count, the first of the line stay.
    words.sort_by_key(|(articles, _)| articles.wrapping_sub(1));
    words.truncate(MOST_WORDS);
    if count > MOST_WORDS {
        work.note(&format!("{} of the {count} words, the least telling", count - MOST_WORDS));
    }
    let kept: HashSet<&Condition> = words.into_iter().map(|(_, word)| word).collect();
    let stays = |condition: &Condition| !is_word(condition) || kept.contains(condition);
    let mut left = Query {
        root: query.root.as_ref().and_then(|root| reduced(root, &stays)),
        clauses: query.clauses.clone(),
        ..query.clone()
    };
    left.clauses.retain(|clause| clause.conditions.iter().all(stays));
    Cow::Owned(left)
}

/// True for what is left out where there are very many.
fn is_word(condition: &Condition) -> bool {
    !matches!(condition, Condition::Fact { .. }) && condition.part() == Some(Part::Anywhere)
}

fn collect<'n>(node: &'n Node, words: &mut Vec<&'n Condition>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| collect(node, words)),
        Node::Not(inner) => collect(inner, words),
        Node::Leaf(condition) if is_word(condition) => words.push(condition),
        Node::Leaf(_) => {}
    }
}

/// A node with each word once and without those that do not stay; `None` where nothing is left.
fn reduced(node: &Node, stays: &impl Fn(&Condition) -> bool) -> Option<Node> {
    let several = |nodes: &[Node]| {
        let (mut seen, mut left): (HashSet<&Condition>, Vec<Node>) = (HashSet::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Leaf(condition) if !seen.insert(condition) => {}
                node => left.extend(reduced(node, stays)),
            }
        }
        left
    };
    let one_or = |mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node| match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(join(nodes)),
    };
    match node {
        Node::And(nodes) => one_or(several(nodes), Node::And),
        Node::Or(nodes) => one_or(several(nodes), Node::Or),
        Node::Not(inner) => reduced(inner, stays).map(|inner| Node::Not(Box::new(inner))),
        Node::Leaf(condition) => stays(condition).then(|| node.clone()),
    }
}

/// About how many articles have a word as it was typed; of several words in one condition, the rarest counts.
fn articles(condition: &Condition, vocabulary: Vocabulary<'_>, known: &mut HashMap<String, u64>) -> u64 {
    let terms =
        asked(condition.text().unwrap_or_default()).into_iter().take(MOST_WORDS).map(|asked| match asked.unit {
            AskedUnit::Word(forms) => forms.folded,
            AskedUnit::Char(c, next) => std::iter::once(c).chain(next).collect(),
        });
    let mut count = |term: String| {
        *known.entry(term).or_insert_with_key(|term| {
            let fields = [vocabulary.fields.title, vocabulary.fields.body];
            let counts = fields
                .map(|field| vocabulary.known(field, term).map_or(0, |known| known.articles().unwrap_or_default()));
            counts.into_iter().max().unwrap_or_default()
        })
    };
    terms.map(&mut count).min().unwrap_or_default()
}
