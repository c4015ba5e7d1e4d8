//! What the engine alone makes of a query, to measure against.

use std::sync::Arc;

use tantivy::TantivyDocument;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur};

use super::answering::archive::IndexArchive;
use super::asking::lower::Lowering;
use super::asking::tier::Worth;
use super::asking::ways::{Lowered, Way};
use super::opening::Index;
use crate::Result;
use crate::archive::Asking;
use crate::query::{Condition, Node, Query};

/// The engine on an index, without anything of what stands here above it: for benches.
#[doc(hidden)]
pub struct EngineAlone(Arc<IndexArchive>);

impl Index {
    /// The engine that answers on this index, for benches.
    ///
    /// # Errors
    ///
    /// When the index is damaged.
    #[doc(hidden)]
    pub fn engine_alone(&self) -> Result<EngineAlone> {
        self.now().map(EngineAlone)
    }
}

impl EngineAlone {
    /// How many articles match `query`, and how many the best are of which no more than `limit` are
    /// wanted, as any program finds them out that uses the same engine on the same index: all ways of
    /// each word in queries of the engine, their worth as boosts, and its own collectors.
    ///
    /// It finds the same articles and ranks them about alike. Nothing is counted by kind, and what is kept
    /// of the best is read only for `rows`.
    ///
    /// # Errors
    ///
    /// When the index is damaged.
    pub fn search(&self, query: &Query, asking: &Asking, limit: usize, rows: bool) -> Result<(usize, usize)> {
        self.0.state().caught(|| {
            let lowering = self.0.lowering(asking);
            let query = query.root.as_ref().map_or_else(|| lowering.query(None), |root| plain(&lowering, root));
            let (count, best) =
                lowering.searcher.search(&*query, &(Count, TopDocs::with_limit(limit).order_by_score()))?;
            for (_, place) in best.iter().filter(|_| rows) {
                std::hint::black_box(lowering.searcher.doc::<TantivyDocument>(*place)?);
            }
            Ok((count, best.len()))
        })
    }
}

/// The query for a node, of nothing but the engine's own.
fn plain(lowering: &Lowering, node: &Node) -> Lowered {
    let clause = |node: &Node, occur| match node {
        Node::Not(inner) => (Occur::MustNot, plain(lowering, inner)),
        node => (occur, plain(lowering, node)),
    };
    let all = |nodes: &[Node], occur| -> Lowered {
        Box::new(BooleanQuery::new(nodes.iter().map(|node| clause(node, occur)).collect()))
    };
    match node {
        Node::And(nodes) => all(nodes, Occur::Must),
        Node::Or(nodes) => all(nodes, Occur::Should),
        Node::Leaf(condition @ Condition::Word { .. }) => {
            let ways = lowering.ways_of(condition).unwrap_or_default();
            match ways.is_empty() {
                true => Box::new(EmptyQuery),
                false => Box::new(DisjunctionMaxQuery::new(ways.into_iter().map(boosted).collect())),
            }
        }
        node => lowering.query(Some(node)),
    }
}

/// A way of a word with its worth as a boost.
fn boosted(way: Way) -> Lowered {
    let Worth(floor, factor, _) = Worth::of(way.kind, way.place);
    match factor > 0.0 {
        true => Box::new(BoostQuery::new(way.sought.query(), factor)),
        false => Box::new(ConstScoreQuery::new(way.sought.query(), floor)),
    }
}
