//! What to try when nothing is found as it was typed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect;
use crate::archive::{Correction, EmptyHelp, Relaxed};
use crate::index::analysis::asked::{AskedUnit, allowed_errors, asked};
use crate::index::analysis::spelling::errors_between;
use crate::index::asking::lower::{Lowering, is_word};
use crate::query::{Condition, Form, Node, Part, Query};
use crate::text::Clean;

/// A run of more pairs of characters is a sentence that somebody has pasted, and stays whole.
const MOST_PAIRS: usize = 32;

/// A search that forgives more than the one before it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attempt {
    /// The words of which typing errors are forgiven.
    pub forgiven: BTreeSet<String>,
    /// The words of which the most telling are enough, where not all.
    pub relaxed: Option<Relaxed>,
}

/// What to try, in this order: words that occur nowhere with typing errors, then of two words both, and of more
/// the most telling of them: who asks for many words that all occur has hardly misspelt one. Of two words none is
/// left out: that is what [`EmptyHelp::without`] offers.
pub(crate) fn attempts(query: &Query, help: &EmptyHelp) -> Vec<Attempt> {
    let all: BTreeSet<String> = query.words().into_iter().filter_map(forgivable).collect();
    let unknown: BTreeSet<String> =
        all.iter().filter(|word| help.unknown.iter().any(|unknown| *unknown == Clean::new(word))).cloned().collect();
    let apart = Arc::new(taken_apart(query));
    let in_pieces = apart.root != query.root;
    let asked = match &apart.root {
        Some(Node::And(nodes)) => nodes.iter().filter(|node| is_word(node)).count(),
        _ => 0,
    };
    let several: &[_] = if asked > 2 { &[&unknown] } else { &[&unknown, &all] };
    let mut attempts = Vec::new();
    for forgiven in several {
        let attempt = Attempt { forgiven: (*forgiven).clone(), relaxed: None };
        if !forgiven.is_empty() && !attempts.contains(&attempt) {
            attempts.push(attempt);
        }
    }
    if asked > 2 {
        let relaxed = Some(Relaxed { asked, in_pieces, query: apart });
        // As it was typed first: an article with the words themselves is the better one.
        attempts.push(Attempt { forgiven: BTreeSet::new(), relaxed: relaxed.clone() });
        if !unknown.is_empty() {
            attempts.push(Attempt { forgiven: unknown, relaxed });
        }
    }
    attempts
}

/// Whether an article could have some of the words that are asked for and not others.
pub(crate) fn has_several_words(root: &Node) -> bool {
    words(root) > 1
}

/// How many words an article may have or lack.
pub(crate) fn words(root: &Node) -> usize {
    match root {
        Node::And(nodes) => nodes.iter().filter(|node| is_word(node)).count(),
        _ => 0,
    }
}

/// The same query with words that are written without spaces between them (`情报数据库`) as the pairs of
/// characters by which they are found, so that an article can have some of these.
fn taken_apart(query: &Query) -> Query {
    let apart = |node: &Node| match node {
        Node::Leaf(condition) => pieces(condition).unwrap_or_else(|| vec![node.clone()]),
        node => vec![node.clone()],
    };
    let root = query.root.as_ref().map(|root| match root {
        Node::And(nodes) => Node::And(nodes.iter().flat_map(apart).collect()),
        Node::Leaf(condition) => pieces(condition).map_or_else(|| root.clone(), Node::And),
        root => root.clone(),
    });
    Query { root, ..query.clone() }
}

/// The words and pairs of characters of a word that holds several pairs. Katakana stays together, as it
/// mostly writes one word from elsewhere (`データベース`).
fn pieces(condition: &Condition) -> Option<Vec<Node>> {
    let Condition::Word { part, text, form: Form::Word | Form::Typing } = condition else {
        return None;
    };
    let asked = asked(text);
    let pairs = asked.iter().filter(|asked| matches!(asked.unit, AskedUnit::Char(_, Some(_)))).count();
    if !(2..=MOST_PAIRS).contains(&pairs) {
        return None;
    }
    let is_katakana = |c: &char| ('\u{30a0}'..='\u{30ff}').contains(c);
    let mut pieces: Vec<String> = Vec::new();
    for run in asked.chunk_by(|asked, _| matches!(asked.unit, AskedUnit::Char(_, Some(_)))) {
        let chars = run.iter().filter_map(|asked| match &asked.unit {
            AskedUnit::Char(c, _) => Some(*c),
            AskedUnit::Word(forms) => {
                pieces.push(forms.written().to_owned());
                None
            }
        });
        let chars: Vec<char> = chars.collect();
        for chars in chars.chunk_by(|one, next| is_katakana(one) == is_katakana(next)) {
            match chars {
                [first, ..] if is_katakana(first) => pieces.push(chars.iter().collect()),
                [single] => pieces.push(single.to_string()),
                chars => pieces.extend(chars.windows(2).map(|pair| pair.iter().collect())),
            }
        }
    }
    let leaf = |text| Node::Leaf(Condition::Word { part: *part, text, form: Form::Word });
    Some(pieces.into_iter().map(leaf).collect())
}

/// The word of a condition of which typing errors can be forgiven.
fn forgivable(condition: &Condition) -> Option<String> {
    let Condition::Word { text, form: Form::Word | Form::Typing, .. } = condition else {
        return None;
    };
    match &asked(text)[..] {
        [single] => match &single.unit {
            AskedUnit::Word(forms) => (allowed_errors(&forms.folded) > 0).then(|| text.clone()),
            AskedUnit::Char(..) => None,
        },
        _ => None,
    }
}

/// What the words of which typing errors were forgiven were most likely meant to be; `None` when
/// `cancelled` said that nobody waits for it.
pub(crate) fn corrections(
    lowering: &Lowering,
    cancelled: &dyn Fn() -> bool,
) -> tantivy::Result<Option<Vec<Correction>>> {
    let mut corrections = Vec::new();
    for typed in &lowering.forgiven {
        let folded = match asked(typed).into_iter().next().map(|asked| asked.unit) {
            Some(AskedUnit::Word(forms)) => forms.folded,
            _ => continue,
        };
        let leaf =
            |text: &str| Node::Leaf(Condition::Word { part: Part::Anywhere, text: text.to_owned(), form: Form::Word });
        let plain = Lowering {
            forgiven: BTreeSet::new(),
            most: false,
            kin: Vec::new(),
            work: lowering.work.clone(),
            ..*lowering
        };
        let count = |text: &str| collect::count(plain.searcher, &*plain.query(Some(&leaf(text))), cancelled);
        // A word that is known may well be the one that was meant.
        match count(typed)? {
            None => return Ok(None),
            Some(0) => {}
            Some(_) => continue,
        }
        let Some(meant) = correction(&folded, lowering) else {
            continue;
        };
        let Some(count) = count(&meant)? else {
            return Ok(None);
        };
        corrections.push(Correction { typed: Clean::new(typed), meant: Clean::new(&meant), count });
    }
    Ok(Some(corrections))
}

/// The word that was most likely meant by one that differs by typing errors: with the fewest errors, and of
/// those the one that most articles have. `None` as well where not all spellings are tried.
fn correction(word: &str, lowering: &Lowering) -> Option<String> {
    let allowed = allowed_errors(word);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for field in [lowering.fields.title, lowering.fields.body] {
        let spellings = lowering.work.spellings(lowering.searcher, field, word, allowed)?;
        for (term, count) in &spellings.counts {
            *counts.entry(term.clone()).or_default() += count;
        }
    }
    counts.remove(word);
    let likely =
        |(term, count): &(String, u64)| (Reverse(errors_between(word, term, allowed).unwrap_or(u8::MAX)), *count);
    counts.into_iter().max_by_key(likely).map(|(term, _)| term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse_finished;

    /// `forgiven words;of asked` of each attempt.
    fn check(line: &str, unknown: &str, expected: &str) {
        let unknown = unknown.split_whitespace().map(Clean::new).collect();
        let help = EmptyHelp { unknown, ..EmptyHelp::default() };
        let attempts = attempts(&parse_finished(line), &help);
        let shown: Vec<String> = attempts
            .iter()
            .map(|Attempt { forgiven, relaxed }| {
                let forgiven: Vec<&str> = forgiven.iter().map(String::as_str).collect();
                let relaxed = relaxed.as_ref().map(|relaxed| format!("of {}", relaxed.asked));
                [forgiven.join(" "), relaxed.unwrap_or_default()].join(";")
            })
            .collect();
        assert_eq!(shown.join(", "), expected, "{line}");
    }

    #[test]
    fn as_little_as_possible_is_forgiven() {
        check("apples", "apples", "apples;");
        check("apples perls", "perls", "perls;, apples perls;");
        check("apples pears plums", "", ";of 3");
        check("apples pears plums", "plums", "plums;, ;of 3, plums;of 3");
        check("a b c d e f g h i", "", ";of 9");
        check("a b c d e", "", ";of 5");
        check("\"apples pears\" lang:en -plums", "", "");
        check("apples OR pears", "", "apples pears;");
        check("电话 话", "电话", "");
    }

    #[test]
    fn words_without_spaces_are_taken_apart() {
        check("电话", "", "");
        check("打电话", "", "");
        check("情报数据库", "", ";of 4");
        check("手机 数据库", "", ";of 3");
        check("新闻报道数据库管理系统", "", ";of 10");
        check(&"数据".repeat(40), "", "");
        // Whoever asks for a phrase means the phrase.
        check("\"情报数据库\"", "", "");
    }

    #[test]
    fn pieces_are_what_the_index_holds() {
        fn check(word: &str, expected: &str) {
            let query = taken_apart(&parse_finished(word));
            let Some(Node::And(nodes)) = query.root else {
                panic!("{word} stays whole");
            };
            let texts: Vec<String> = nodes
                .iter()
                .map(|node| match node {
                    Node::Leaf(Condition::Word { text, .. }) => text.clone(),
                    node => panic!("{node:?}"),
                })
                .collect();
            assert_eq!(texts.join(" "), expected);
        }
        check("情报数据库", "情报 报数 数据 据库");
        check("mng6200数据库", "mng6200 数据 据库");
        check("情報データベース", "情報 データベース");
        check("新しいアプリの話", "新し しい アプリ の話");
    }
}
