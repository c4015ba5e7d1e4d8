//! One pass over what matches: the order and all counts.

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::arrivals::Arrivals;
use super::columns::Columns;
use super::counting::{Counting, Packed, Sums};
use super::kinds::Kinds;
use super::rank::{SORTED, UNDATED, bases, relevance};
use super::segment::SegmentColumns;
use super::titles::TitleRanks;
use crate::archive::Facets;
use crate::index::asking::tier::TEXTLESS;
use crate::index::asking::word::WordScorer;
use crate::index::store::schema::column;
use crate::query::Sort;

/// A block of matches, which is how many the engine gives at once.
const BLOCK: usize = COLLECT_BLOCK_BUFFER_LEN;
/// How many blocks are worked on between two questions whether anybody still wants the answer.
const BLOCKS_UNCHECKED: usize = 64;

/// What a pass has found.
pub(crate) struct Pass {
    /// One number a match: its rank above, its number in the index below. The first [`SORTED`] are the
    /// smallest, in ascending order.
    pub keys: Vec<u64>,
    pub facets: Facets,
}

/// Goes through everything that matches; `None` when `cancelled` said so.
pub(crate) fn pass(
    searcher: &Searcher,
    columns: &Columns,
    query: &dyn Query,
    sort: Sort,
    titles: Option<&TitleRanks>,
    cancelled: &dyn Fn() -> bool,
) -> tantivy::Result<Option<Pass>> {
    let scoring = match sort {
        Sort::Relevance => EnableScoring::enabled_from_searcher(searcher),
        _ => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring)?;
    let kinds = columns.kinds(searcher)?;
    let mut counts = kinds.map(Kinds::counts);
    let mut keys = Vec::new();
    let mut sums = Sums::default();
    let arrivals = (sort == Sort::Added).then(|| columns.arrivals(searcher));
    let segments = searcher.segment_readers().iter().zip(&columns.segments).zip(bases(searcher));
    for (at, ((segment, columns), base)) in segments.enumerate() {
        if cancelled() {
            return Ok(None);
        }
        let scorer = weight.scorer(segment, 1.0)?;
        let counting = match (kinds, &mut counts) {
            (Some(kinds), Some(counts)) => Counting::Spelled { kinds: kinds.of_segment(at), counts },
            _ => Counting::Packed(Packed::new(columns)),
        };
        let mut collector = SegmentPass::new(segment, columns, base, sort, counting, &mut keys)?;
        collector.arrivals = arrivals.map(|arrivals| (arrivals, columns.added.as_ref()));
        collector.title_ranks = titles.map_or(&[], |titles| titles.of_segment(at));
        if !collector.run(scorer, cancelled) {
            return Ok(None);
        }
        collector.counting.add_to(&mut sums)?;
    }
    columns.note_counted(keys.len());
    let sorted = keys.len().min(SORTED);
    if sorted < keys.len() {
        keys.select_nth_unstable(sorted);
    }
    keys[..sorted].sort_unstable();
    let facets = match kinds.zip(counts) {
        Some((kinds, counts)) => counts.facets(kinds),
        None => sums.facets(),
    };
    Ok(Some(Pass { keys, facets }))
}

/// How many articles match; `None` when `cancelled` said so.
pub(crate) fn count(
    searcher: &Searcher,
    query: &dyn Query,
    cancelled: &dyn Fn() -> bool,
) -> tantivy::Result<Option<usize>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut total = 0;
    for segment in searcher.segment_readers() {
        if cancelled() {
            return Ok(None);
        }
        total += weight.count(segment)? as usize;
    }
    Ok(Some(total))
}

/// The pass over one segment.
struct SegmentPass<'a> {
    segment: &'a SegmentReader,
    base: u32,
    sort: Sort,
    keys: &'a mut Vec<u64>,
    counting: Counting<'a>,
    textless: Option<&'a Column<u64>>,
    /// When articles came in, under that order.
    arrivals: Option<(&'a Arrivals, Option<&'a Column<i64>>)>,
    title: Option<StrColumn>,
    /// The places of the segment's titles among all, by their number in it.
    title_ranks: &'a [u32],
}

impl<'a> SegmentPass<'a> {
    fn new(
        segment: &'a SegmentReader,
        columns: &'a SegmentColumns,
        base: u32,
        sort: Sort,
        counting: Counting<'a>,
        keys: &'a mut Vec<u64>,
    ) -> tantivy::Result<Self> {
        Ok(SegmentPass {
            segment,
            base,
            sort,
            keys,
            counting,
            textless: columns.textless.as_ref(),
            arrivals: None,
            title: if sort == Sort::Title { segment.fast_fields().str(column::TITLE_KEY)? } else { None },
            title_ranks: &[],
        })
    }

    /// Collects all matches; false when it was cancelled.
    fn run(&mut self, mut scorer: Box<dyn Scorer>, cancelled: &dyn Fn() -> bool) -> bool {
        let mut docs: [DocId; BLOCK] = [0; BLOCK];
        let mut scores = [0.0; BLOCK];
        for blocks in 1.. {
            let found = match self.sort {
                Sort::Relevance => match scorer.downcast_mut::<WordScorer>() {
                    Some(word) => word.fill(&mut docs, &mut scores),
                    None => fill_scored(&mut *scorer, &mut docs, &mut scores),
                },
                _ => scorer.fill_buffer(&mut docs),
            };
            self.take(&docs[..found], &scores);
            if found < BLOCK {
                break;
            }
            if blocks % BLOCKS_UNCHECKED == 0 && cancelled() {
                return false;
            }
        }
        true
    }

    fn take(&mut self, docs: &[DocId], scores: &[f32; BLOCK]) {
        // Nearly every search is this, of articles that all have a text and are all there.
        if let (Sort::Relevance, None, None, Counting::Spelled { kinds, counts }) =
            (self.sort, self.textless, self.segment.alive_bitset(), &mut self.counting)
        {
            self.keys.extend(docs.iter().zip(scores).map(|(doc, score)| {
                let kind = kinds[*doc as usize];
                counts.count(kind);
                let rank = relevance(*score, kind.minutes);
                u64::from(rank) << 32 | u64::from(self.base + doc)
            }));
            return;
        }
        let alive = self.segment.alive_bitset();
        for (doc, score) in docs.iter().zip(scores) {
            if alive.is_some_and(|alive| !alive.is_alive(*doc)) {
                continue;
            }
            let minutes = self.counting.count(*doc);
            let rank = self.rank(*doc, *score, minutes);
            self.keys.push(u64::from(rank) << 32 | u64::from(self.base + doc));
        }
    }

    /// The place of an article; smaller comes first.
    #[inline]
    fn rank(&self, doc: DocId, score: f32, minutes: u32) -> u32 {
        match self.sort {
            Sort::Relevance => {
                // What has no text comes behind what has.
                let textless = self.textless.is_some_and(|textless| textless.first(doc) == Some(1));
                let score = if textless { score * TEXTLESS } else { score };
                relevance(score, minutes)
            }
            Sort::Newest if minutes == UNDATED => UNDATED,
            Sort::Newest => UNDATED - 1 - minutes,
            Sort::Oldest => minutes,
            Sort::Added => self
                .arrivals
                .map_or(u32::MAX, |(arrivals, added)| arrivals.rank(added.and_then(|added| added.first(doc)), minutes)),
            Sort::Title => {
                let title = self.title.as_ref().and_then(|title| title.ords().first(doc));
                title.and_then(|title| self.title_ranks.get(title as usize)).copied().unwrap_or(u32::MAX)
            }
        }
    }
}

/// The next matches with their scores.
fn fill_scored(scorer: &mut dyn Scorer, docs: &mut [DocId; BLOCK], scores: &mut [f32; BLOCK]) -> usize {
    let mut doc = scorer.doc();
    for at in 0..BLOCK {
        if doc == TERMINATED {
            return at;
        }
        docs[at] = doc;
        scores[at] = scorer.score();
        doc = scorer.advance();
    }
    BLOCK
}
