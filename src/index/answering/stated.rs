//! What a query states, whichever engine answers it.

use crate::query::{Condition, Node};

/// True when a node asks for words, so that some articles match better than others.
pub(crate) fn asks_for_words(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_words),
        Node::Not(_) => false,
        // What is chosen from a list is no better a match in one article than in another.
        Node::Leaf(condition) => condition.part().is_some() && condition.facet().is_none(),
    }
}

/// Any of the conditions of a clause, as the root of the query holds it.
pub(crate) fn any(conditions: &[Condition]) -> Option<Node> {
    match conditions {
        [] => None,
        [condition] => Some(Node::Leaf(condition.clone())),
        several => Some(Node::Or(several.iter().cloned().map(Node::Leaf).collect())),
    }
}

/// `root` without one of its conditions: `None` when it has no such condition, `Some(None)` when it
/// was the only one.
pub(crate) fn without(root: &Node, condition: &Node) -> Option<Option<Node>> {
    if root == condition {
        return Some(None);
    }
    let Node::And(nodes) = root else {
        return None;
    };
    let at = nodes.iter().position(|node| node == condition)?;
    let mut rest = nodes.clone();
    rest.remove(at);
    Some(if rest.len() > 1 { Some(Node::And(rest)) } else { rest.pop() })
}
