//! Articles about the same as another one: the telling words of its text, asked as a question.
//!
//! A word tells the more of a text, the more often it stands there and the fewer other articles have it (tf-idf);
//! names and rare words lead to the same story in other languages, too. What has most of them comes first, as for
//! any question; the article itself is left out.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use crate::archive::{Archive, Asking, Texts};
use crate::article::{Article, ArticleId, LanguageTag};
use crate::error::Result;
use crate::query::{Condition, Fact, Form, Node, Part, Query, Set};

use super::words::{is_stop_word, pair, words};

/// So many words of a text are asked for.
const ASKED: usize = 25;
/// Of so many words it is found out how many articles have them: those that stand most often in the text.
const CANDIDATES: usize = 80;
/// A word of the title counts as often as if it stood so many times in the text.
const TITLE: usize = 3;
/// No more bytes of a text are looked at: what it is about stands there.
const LONGEST: usize = 20_000;

/// The query with the telling words of an article in the place of `like:` and its id; `None` in the answer when
/// nobody waits for it. A query without `like:`, or with the id of no article, stays as it is.
///
/// # Errors
///
/// When the archive is damaged or cannot be reached, or the text of the article cannot be read.
pub fn resolved<'q>(
    archive: &dyn Archive,
    query: &'q Query,
    texts: &dyn Texts,
    asking: &Asking,
) -> Result<Option<Cow<'q, Query>>> {
    let nodes = match &query.root {
        Some(Node::And(nodes)) => &nodes[..],
        root => root.as_slice(),
    };
    let Some(at) = nodes.iter().position(|node| beginning_of(node).is_some()) else {
        return Ok(Some(Cow::Borrowed(query)));
    };
    let beginning = beginning_of(&nodes[at]).unwrap_or_default();
    let Some(rows) = archive.by_id(beginning, asking)? else { return Ok(None) };
    let Some(row) = rows.value.first().filter(|_| !beginning.is_empty()) else {
        return Ok(Some(Cow::Borrowed(query)));
    };
    let article = texts.reader().article(row.record.id, &row.origin)?;
    let Some(question) = question(archive, &article, asking)? else { return Ok(None) };
    let rest = nodes.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, node)| node.clone());
    let root = Some(Node::And(question.into_iter().chain(rest).collect()));
    Ok(Some(Cow::Owned(Query { root, ..query.clone() })))
}

/// The question that an article is: its telling words, and that it is another article; `None` in the answer when
/// nobody waits for it.
///
/// # Errors
///
/// When the archive is damaged or cannot be reached.
pub fn question(archive: &dyn Archive, article: &Article, asking: &Asking) -> Result<Option<Vec<Node>>> {
    let all = archive.len() as f64;
    let mut telling: Vec<(f64, String)> = Vec::new();
    for (word, times) in candidates(&article.title.text, &article.opening(LONGEST), article.language.tag) {
        let query = Query { root: Some(node(&word)), ..Query::default() };
        let Some(having) = archive.count(&query, asking)? else { return Ok(None) };
        // What no other article has leads nowhere.
        if having.value > 1 {
            let times = times as f64;
            let rarity = ((all + 1.0) / (having.value as f64 + 0.5)).ln().max(0.0);
            telling.push((times / (times + 1.5) * rarity, word));
        }
    }
    telling.sort_by(|one, other| other.0.total_cmp(&one.0));
    let words = telling.iter().take(ASKED).map(|(_, word)| node(word));
    Ok(Some(words.chain([other_than(article.id)]).collect()))
}

/// The words of a text that are no stop words, those that stand there most often first, each with how often.
fn candidates(title: &str, text: &str, language: Option<LanguageTag>) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (text, times) in [(title, TITLE), (text, 1)] {
        let words = words(text);
        for (at, word) in words.iter().enumerate() {
            let term = match words.get(at + 1).filter(|_| word.is_character) {
                Some(next) => pair(word, next),
                None => Some(word.text.clone()).filter(|_| !word.is_character),
            };
            if let Some(term) = term.filter(|term| !is_stop_word(term, language)) {
                *counts.entry(term).or_default() += times;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
    counts.truncate(CANDIDATES);
    counts
}

fn node(word: &str) -> Node {
    Node::Leaf(Condition::Word { part: Part::Anywhere, text: word.to_owned(), form: Form::Word })
}

fn other_than(id: ArticleId) -> Node {
    let fact = Fact::Id(id.to_string());
    Node::Not(Box::new(Node::Leaf(Condition::Fact { field: "id", fact })))
}

/// The beginning of the id that a condition `like:` says.
fn beginning_of(node: &Node) -> Option<&str> {
    match node {
        Node::Leaf(Condition::Fact { fact: Fact::Among(Set::Like(beginning)), .. }) => Some(beginning),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_text_are_those_that_tell() {
        let check = |title: &str, text: &str, language: &str, expected: &str| {
            let found = candidates(title, text, LanguageTag::find(language));
            let found: Vec<String> = found.into_iter().take(4).map(|(word, times)| format!("{word} {times}")).collect();
            assert_eq!(found.join(", "), expected);
        };
        check("The ferry", "A ferry is in the harbour, and the harbour is full.", "en", "ferry 4, harbour 2");
        check("Die Fähre", "Die Fähre liegt im Hafen.", "de", "fähre 4, hafen 1, liegt 1");
        check("渡船", "港口", "zh", "渡船 3, 港口 1");
        check("", "", "en", "");
    }
}
