//! Articles by sets of ids: how the marks of a reader are asked for.

use std::sync::Arc;

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TantivyError};

use crate::article::ArticleId;
use crate::article::IdSet;
use crate::index::store::schema::column;

/// Matches the articles of a set of ids.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub ids: Arc<IdSet>,
}

impl Query for Marked {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Marked {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = BitSet::with_max_value(segment.max_doc());
        if !self.ids.is_empty() {
            let ids = segment.fast_fields().u64(column::ID)?;
            for doc in 0..segment.max_doc() {
                if ids.first(doc).is_some_and(|id| self.ids.contains(ArticleId(id))) {
                    found.insert(doc);
                }
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("article {doc} is not marked")));
        }
        Ok(Explanation::new("marked", scorer.score()))
    }
}
