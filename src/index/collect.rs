//! One pass over what matches: the order and all counts.

use std::collections::HashMap;

use rapidhash::fast::RandomState;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::columns::Columns;
use super::facets::{DateFacet, Facets};
use super::order::TitleRanks;
use super::schema::{column, numbered_day};
use crate::article::LanguageTag;
use crate::query::Sort;
use crate::text::Clean;

/// A block of matches, which is how many the engine gives at once.
const BLOCK: usize = COLLECT_BLOCK_BUFFER_LEN;
/// How many blocks are worked on between two questions whether anybody still wants the answer.
const BLOCKS_UNCHECKED: usize = 64;
/// Spans of days are counted in a flat array when the index spans no more days than this.
const FLAT_DAYS: i64 = 400_000;
/// Minutes from the year 0 to 1970, about; older articles stand together.
const MINUTES_BEFORE_1970: i64 = 1_036_000_000;
/// How many steps of a score tell articles apart: what is within a step counts as equally good.
const SCORE_STEPS: u32 = 4095;

/// What a pass has found.
pub(crate) struct Pass {
    /// One number a match, in ascending order: its rank above, its number in the index below.
    pub keys: Vec<u64>,
    pub facets: Facets,
}

/// Where the numbers of each segment's documents begin.
pub(crate) fn bases(searcher: &Searcher) -> Vec<u32> {
    let mut base = 0;
    let next = |segment: &SegmentReader| {
        base += segment.max_doc();
        base - segment.max_doc()
    };
    searcher.segment_readers().iter().map(next).collect()
}

/// Goes through everything that matches; `None` when `cancelled` said so.
pub(crate) fn pass(
    searcher: &Searcher,
    columns: &[Columns],
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
    let mut keys = Vec::new();
    let mut sums = Sums::default();
    let segments = searcher.segment_readers().iter().zip(columns).zip(bases(searcher));
    for (at, ((segment, columns), base)) in segments.enumerate() {
        if cancelled() {
            return Ok(None);
        }
        let scorer = weight.scorer(segment, 1.0)?;
        let mut collector = SegmentPass::new(segment, columns, base, sort, &mut keys)?;
        collector.title_ranks = titles.map_or(&[], |titles| titles.of_segment(at));
        if !collector.run(scorer, cancelled) {
            return Ok(None);
        }
        collector.add_to(&mut sums)?;
    }
    keys.sort_unstable();
    Ok(Some(Pass { keys, facets: sums.facets() }))
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
    moment: Option<&'a Column<i64>>,
    title: Option<StrColumn>,
    /// The places of the segment's titles among all, by their number in it.
    title_ranks: &'a [u32],
    languages: Option<Counted<'a>>,
    sources: Option<Counted<'a>>,
    days: Days<'a>,
}

impl<'a> SegmentPass<'a> {
    fn new(
        segment: &'a SegmentReader,
        columns: &'a Columns,
        base: u32,
        sort: Sort,
        keys: &'a mut Vec<u64>,
    ) -> tantivy::Result<Self> {
        Ok(SegmentPass {
            segment,
            base,
            sort,
            keys,
            moment: columns.moment.as_ref(),
            title: if sort == Sort::Title { segment.fast_fields().str(column::TITLE_KEY)? } else { None },
            title_ranks: &[],
            languages: columns.languages.as_ref().map(Counted::new),
            sources: columns.sources.as_ref().map(Counted::new),
            days: Days::new(columns.first.as_ref(), columns.last.as_ref()),
        })
    }

    /// Collects all matches; false when it was cancelled.
    fn run(&mut self, mut scorer: Box<dyn Scorer>, cancelled: &dyn Fn() -> bool) -> bool {
        let mut docs: [DocId; BLOCK] = [0; BLOCK];
        let mut scores = [0.0; BLOCK];
        for blocks in 1.. {
            let found = match self.sort {
                Sort::Relevance => fill_scored(&mut *scorer, &mut docs, &mut scores),
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
        let alive = self.segment.alive_bitset();
        for (doc, score) in docs.iter().zip(scores) {
            if alive.is_some_and(|alive| !alive.is_alive(*doc)) {
                continue;
            }
            let rank = self.rank(*doc, *score);
            self.keys.push(u64::from(rank) << 32 | u64::from(self.base + doc));
            if let Some(languages) = &mut self.languages {
                languages.count(*doc);
            }
            if let Some(sources) = &mut self.sources {
                sources.count(*doc);
            }
            self.days.count(*doc);
        }
    }

    /// The place of an article; smaller comes first.
    fn rank(&self, doc: DocId, score: f32) -> u32 {
        let moment = || self.moment.and_then(|moment| moment.first(doc));
        match self.sort {
            Sort::Relevance => (SCORE_STEPS - score_step(score)) << 20 | days_back(moment()),
            Sort::Newest => moment().map_or(u32::MAX, |moment| u32::MAX - 1 - minutes(moment)),
            Sort::Oldest => moment().map_or(u32::MAX, minutes),
            Sort::Title => {
                let title = self.title.as_ref().and_then(|title| title.ords().first(doc));
                title.and_then(|title| self.title_ranks.get(title as usize)).copied().unwrap_or(u32::MAX)
            }
        }
    }

    fn add_to(self, sums: &mut Sums) -> tantivy::Result<()> {
        for (counted, sums) in [(self.languages, &mut sums.languages), (self.sources, &mut sums.sources)] {
            if let Some(counted) = counted {
                counted.add_to(sums)?;
            }
        }
        self.days.add_to(sums);
        Ok(())
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

/// The step of a score, from 0 to [`SCORE_STEPS`]; a step is about two per cent.
fn score_step(score: f32) -> u32 {
    // The logarithm to base 2 of one more than the score, in fiftieths.
    ((1.0 + score.max(0.0)).log2() * 50.0).round().min(SCORE_STEPS as f32) as u32
}

/// The middle of the scores that the key of a match stands for.
pub(crate) fn score_of(key: u64) -> f32 {
    let step = SCORE_STEPS - ((key >> 52) as u32).min(SCORE_STEPS);
    (step as f32 / 50.0).exp2() - 1.0
}

/// The key of a match with another score.
pub(crate) fn with_score(key: u64, score: f32) -> u64 {
    u64::from(SCORE_STEPS - score_step(score)) << 52 | key & ((1 << 52) - 1)
}

/// How far back a moment lies, in days within 20 bits; the undated lie furthest.
fn days_back(moment: Option<i64>) -> u32 {
    const FURTHEST: u32 = (1 << 20) - 1;
    moment.map_or(FURTHEST, |moment| FURTHEST - 1 - (minutes(moment) / 1440).min(FURTHEST - 1))
}

/// A moment as an unsigned number of minutes that leaves room for the undated.
fn minutes(moment: i64) -> u32 {
    moment.saturating_add(MINUTES_BEFORE_1970).clamp(0, i64::from(u32::MAX) - 2) as u32
}

/// Counts by the number of a text within its segment.
struct Counted<'a> {
    texts: &'a StrColumn,
    counts: Vec<usize>,
}

impl Counted<'_> {
    fn new(texts: &StrColumn) -> Counted<'_> {
        let counts = vec![0; texts.num_terms()];
        Counted { texts, counts }
    }

    fn count(&mut self, doc: DocId) {
        if let Some(count) = self.texts.ords().first(doc).and_then(|at| self.counts.get_mut(at as usize)) {
            *count += 1;
        }
    }

    fn add_to(self, sums: &mut HashMap<String, usize>) -> tantivy::Result<()> {
        let mut text = String::new();
        for (at, count) in self.counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            text.clear();
            if self.texts.ord_to_str(at as u64, &mut text)? {
                match sums.get_mut(&text) {
                    Some(sum) => *sum += count,
                    None => drop(sums.insert(text.clone(), count)),
                }
            }
        }
        Ok(())
    }
}

/// Counts by span of days.
struct Days<'a> {
    columns: Option<(&'a Column<i64>, &'a Column<i64>)>,
    /// The day that the first number of `single` counts.
    start: i64,
    /// Articles of exactly one day.
    single: Vec<usize>,
    /// Articles of several days, and those of a day outside `single`.
    spans: HashMap<(i64, i64), usize, RandomState>,
    undated: usize,
}

impl<'a> Days<'a> {
    fn new(first: Option<&'a Column<i64>>, last: Option<&'a Column<i64>>) -> Days<'a> {
        let columns = first.zip(last);
        let (start, end) = columns.as_ref().map_or((0, -1), |(first, last)| (first.min_value(), last.max_value()));
        let days = end.checked_sub(start).filter(|days| (0..FLAT_DAYS).contains(days)).map_or(0, |days| days + 1);
        Days { columns, start, single: vec![0; days as usize], spans: HashMap::default(), undated: 0 }
    }

    fn count(&mut self, doc: DocId) {
        let span = self.columns.as_ref().and_then(|(first, last)| Some((first.first(doc)?, last.first(doc)?)));
        let Some((first, last)) = span else {
            self.undated += 1;
            return;
        };
        let single = usize::try_from(first.wrapping_sub(self.start)).ok().filter(|_| first == last);
        match single.and_then(|at| self.single.get_mut(at)) {
            Some(count) => *count += 1,
            None => *self.spans.entry((first, last)).or_default() += 1,
        }
    }

    fn add_to(self, sums: &mut Sums) {
        sums.undated += self.undated;
        let single = self.single.into_iter().zip(self.start..).filter(|(count, _)| *count > 0);
        for ((first, last), count) in single.map(|(count, day)| ((day, day), count)).chain(self.spans) {
            *sums.spans.entry((first, last)).or_default() += count;
        }
    }
}

/// The counts of all segments.
#[derive(Default)]
struct Sums {
    languages: HashMap<String, usize>,
    sources: HashMap<String, usize>,
    spans: HashMap<(i64, i64), usize, RandomState>,
    undated: usize,
}

impl Sums {
    fn facets(self) -> Facets {
        let tag = |(code, count): (String, usize)| (LanguageTag::find(&code), count);
        let mut languages: Vec<_> = self.languages.into_iter().map(tag).collect();
        languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), tag.map(LanguageTag::code)));
        let mut sources: Vec<(Clean, usize)> =
            self.sources.into_iter().map(|(name, count)| (Clean::new(&name), count)).collect();
        sources.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        sources.truncate(Facets::SOURCES);
        let span = |((first, last), count)| Some((numbered_day(first)?, numbered_day(last)?, count));
        let mut spans: Vec<_> = self.spans.into_iter().filter_map(span).collect();
        spans.sort_unstable();
        Facets { languages, sources, dates: DateFacet { spans, undated: self.undated } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_keep_their_order() {
        let moments = [i64::MIN, -900_000_000, -1, 0, 1, 26_000_000, 2_000_000_000, i64::MAX];
        assert!(moments.is_sorted_by_key(|moment| minutes(*moment)));
        assert!(moments.is_sorted_by(|one, other| days_back(Some(*one)) >= days_back(Some(*other))));
        assert!(days_back(Some(i64::MIN)) < days_back(None));
    }

    #[test]
    fn near_equal_scores_are_equal() {
        assert_eq!(score_step(5.0), score_step(5.01));
        assert!(score_step(5.0) < score_step(5.5));
        for score in [0.0, 0.3, 7.0, 250.0] {
            let key = u64::from(SCORE_STEPS - score_step(score)) << 52;
            assert!((score_of(key) - score).abs() <= 0.02 * (1.0 + score), "{score}");
        }
    }
}
