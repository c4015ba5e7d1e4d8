//! Why an article is where it is among those that were found.

use std::collections::BTreeSet;
use std::ops::Range;

use tantivy::query::{EnableScoring, Query as EngineQuery, Weight};
use tantivy::{DocAddress, DocSet, Score};

use super::nearness;
use super::order::IndexOrder;
use crate::archive::{Explained, ExplainedWord, MatchKind, MatchPlace};
use crate::index::asking::lower::Lowering;
use crate::index::asking::tier::{TEXTLESS, Tier, Worth};
use crate::index::asking::ways::Way;
use crate::index::store::schema::column;
use crate::query::{Condition, Query, Sort};
use crate::text::Clean;

/// The ways of a word, ready to be looked for.
struct Ready {
    typed: Clean,
    ways: Vec<(MatchKind, MatchPlace, Box<dyn Weight>)>,
}

/// Explains the articles at these places of an order of what `query` has found; places beyond the end are
/// left out.
pub(crate) fn explain(
    mut lowering: Lowering,
    query: &Query,
    forgiven: bool,
    order: &IndexOrder,
    places: Range<usize>,
) -> tantivy::Result<Vec<Explained>> {
    let searcher = order.searcher();
    if forgiven {
        lowering.forgiven = query.words().into_iter().filter_map(|word| word.text().map(str::to_owned)).collect();
    }
    let mut words = Vec::new();
    for condition in query.words() {
        words.push(ready(&lowering, condition)?);
    }
    let end = places.end.min(order.count());
    let explained = |at: usize| {
        let address = order.address(at);
        let segment = searcher.segment_reader(address.segment_ord);
        let textless = segment.fast_fields().u64(column::TEXTLESS)?.first(address.doc_id) == Some(1);
        let relevance = order.sort() == Sort::Relevance;
        Ok(Explained {
            score: order.score(at),
            words: words.iter().map(|word| word.explain(&lowering, address)).collect::<tantivy::Result<_>>()?,
            nearness: match relevance && at < nearness::LOOKED_AT {
                true => nearness::of(searcher, lowering.fields, query.root.as_ref(), address)?,
                false => 0.0,
            },
            textless: (relevance && textless).then_some(TEXTLESS),
        })
    };
    (places.start.min(end)..end).map(explained).collect()
}

impl Ready {
    fn explain(&self, lowering: &Lowering, address: DocAddress) -> tantivy::Result<ExplainedWord> {
        let segment = lowering.searcher.segment_reader(address.segment_ord);
        let mut ways: Vec<(MatchKind, MatchPlace, Score)> = Vec::new();
        for (kind, place, weight) in &self.ways {
            let mut scorer = weight.scorer(segment, 1.0)?;
            if scorer.doc() < address.doc_id {
                scorer.seek(address.doc_id);
            }
            if scorer.doc() == address.doc_id {
                ways.push((*kind, *place, scorer.score()));
            }
        }
        ways.sort_by(|one, other| other.2.total_cmp(&one.2));
        let mut seen = BTreeSet::new();
        ways.retain(|(kind, place, _)| seen.insert((*kind, *place)));
        Ok(ExplainedWord { typed: self.typed.clone(), ways })
    }
}

fn ready(lowering: &Lowering, condition: &Condition) -> tantivy::Result<Ready> {
    let ways = lowering.ways_of(condition);
    let scoring = EnableScoring::enabled_from_searcher(lowering.searcher);
    let weighed = |Way { kind, place, sought }: Way| {
        let weight = Tier { query: sought.query(), worth: Worth::of(kind, place) }.weight(scoring)?;
        Ok((kind, place, weight))
    };
    let ways = ways.unwrap_or_default().into_iter().map(weighed).collect::<tantivy::Result<_>>()?;
    Ok(Ready { typed: Clean::new(condition.text().unwrap_or_default()), ways })
}
