//! How many articles lack but one of several conditions, for all of them in one go.

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, DocSet, Searcher, TERMINATED};

/// How a condition stands among others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lacked {
    /// How many articles fulfil it.
    pub having: usize,
    /// How many fulfil all others.
    pub alone: usize,
}

/// How each of `conditions` stands, of which no article fulfils all; `None` when `cancelled` said that nobody
/// waits. The work is that of looking for each once: for each article it is noted how many it fulfils, and the
/// sum of their numbers, from which the one that it lacks can be told.
pub(crate) fn lacking(
    searcher: &Searcher,
    conditions: &[Box<dyn Query>],
    cancelled: &dyn Fn() -> bool,
) -> tantivy::Result<Option<Vec<Lacked>>> {
    let scoring = || EnableScoring::disabled_from_searcher(searcher);
    let weights =
        conditions.iter().map(|condition| condition.weight(scoring())).collect::<tantivy::Result<Vec<_>>>()?;
    let mut lacked = vec![Lacked::default(); conditions.len()];
    let all: u64 = (0..conditions.len() as u64).sum();
    for segment in searcher.segment_readers() {
        let mut fulfilled: Vec<(u32, u64)> = vec![(0, 0); segment.max_doc() as usize];
        let alive = segment.alive_bitset();
        for (number, weight) in weights.iter().enumerate() {
            if cancelled() {
                return Ok(None);
            }
            let mut scorer = weight.scorer(segment, 1.0)?;
            let mut doc: DocId = scorer.doc();
            while doc != TERMINATED {
                if alive.is_none_or(|alive| alive.is_alive(doc)) {
                    lacked[number].having += 1;
                    let (count, sum) = &mut fulfilled[doc as usize];
                    (*count, *sum) = (*count + 1, *sum + number as u64);
                }
                doc = scorer.advance();
            }
        }
        for (doc, (count, sum)) in fulfilled.into_iter().enumerate() {
            let lacks_one = count as usize + 1 == conditions.len();
            if lacks_one && alive.is_none_or(|alive| alive.is_alive(doc as DocId)) {
                lacked[(all - sum) as usize].alone += 1;
            }
        }
    }
    Ok(Some(lacked))
}
