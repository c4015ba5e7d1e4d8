//! One pass over what matches: the order and all counts.

use std::collections::HashMap;
use std::sync::LazyLock;

use rapidhash::fast::RandomState;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::columns::{Columns, SegmentColumns};
use super::facets::{DateFacet, Facets};
use super::kinds::{Counts, Kind, Kinds};
use super::order::TitleRanks;
use super::schema::{column, numbered_day};
use super::tier::TEXTLESS;
use super::word::WordScorer;
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
/// How many steps lie between a score and twice the score, about.
const STEPS_A_DOUBLING: f64 = 50.0;

/// What a pass has found.
pub(crate) struct Pass {
    /// One number a match: its rank above, its number in the index below. The first [`SORTED`] are the
    /// smallest, in ascending order.
    pub keys: Vec<u64>,
    pub facets: Facets,
}

/// So many of the best matches are put in order at once; nobody looks further at most searches.
pub(crate) const SORTED: usize = 1000;

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
        collector.title_ranks = titles.map_or(&[], |titles| titles.of_segment(at));
        if !collector.run(scorer, cancelled) {
            return Ok(None);
        }
        collector.add_to(&mut sums)?;
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
    title: Option<StrColumn>,
    /// The places of the segment's titles among all, by their number in it.
    title_ranks: &'a [u32],
}

/// How the matches of a segment are counted by kind.
enum Counting<'a> {
    /// In the columns.
    Packed(Packed<'a>),
    /// By the kinds of all articles of the segment.
    Spelled { kinds: &'a [Kind], counts: &'a mut Counts },
}

/// Counts by what the columns say of each match.
struct Packed<'a> {
    moment: Option<&'a Column<i64>>,
    languages: Option<Counted<'a>>,
    sources: Option<Counted<'a>>,
    days: Days<'a>,
}

impl<'a> Packed<'a> {
    fn new(columns: &'a SegmentColumns) -> Packed<'a> {
        Packed {
            moment: columns.moment.as_ref(),
            languages: columns.languages.as_ref().map(Counted::new),
            sources: columns.sources.as_ref().map(Counted::new),
            days: Days::new(columns.first.as_ref(), columns.last.as_ref()),
        }
    }
}

impl Counting<'_> {
    /// Counts a match and tells its place in time, see [`minutes`].
    #[inline]
    fn count(&mut self, doc: DocId) -> u32 {
        match self {
            Counting::Spelled { kinds, counts } => {
                let kind = kinds[doc as usize];
                counts.count(kind);
                kind.minutes
            }
            Counting::Packed(Packed { moment, languages, sources, days }) => {
                for counted in [languages, sources].into_iter().flatten() {
                    counted.count(doc);
                }
                days.count(doc);
                moment.and_then(|moment| moment.first(doc)).map_or(UNDATED, minutes)
            }
        }
    }
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
            Sort::Title => {
                let title = self.title.as_ref().and_then(|title| title.ords().first(doc));
                title.and_then(|title| self.title_ranks.get(title as usize)).copied().unwrap_or(u32::MAX)
            }
        }
    }

    fn add_to(self, sums: &mut Sums) -> tantivy::Result<()> {
        let Counting::Packed(Packed { languages, sources, days, .. }) = self.counting else {
            return Ok(());
        };
        for (counted, sums) in [(languages, &mut sums.languages), (sources, &mut sums.sources)] {
            if let Some(counted) = counted {
                counted.add_to(sums)?;
            }
        }
        days.add_to(sums);
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
fn exact_score_step(score: f32) -> u32 {
    // The logarithm to base 2 of one more than the score, in fiftieths.
    ((1.0 + score.max(0.0)).log2() * STEPS_A_DOUBLING as f32).round().min(SCORE_STEPS as f32) as u32
}

/// The same, looked up: to take a logarithm of every match is what would take longest of all.
#[inline]
fn score_step(score: f32) -> u32 {
    let beyond = 1.0 + score.max(0.0);
    let slot = (beyond.to_bits() >> SLOT_BITS).wrapping_sub(FIRST_SLOT) as usize;
    match STEPS.get(slot) {
        // A slot is narrower than a step, so that no more than one begins in it.
        Some((step, next)) => u32::from(*step) + u32::from(beyond >= *next),
        None => exact_score_step(score),
    }
}

/// How many bits of a number tell places within its slot of [`STEPS`].
const SLOT_BITS: u32 = 16;
/// The slot of 1.
const FIRST_SLOT: u32 = 1.0f32.to_bits() >> SLOT_BITS;
/// Scores from 0 to 1023 are looked up, and hardly any is larger.
const SLOTS: u32 = (1024.0f32.to_bits() >> SLOT_BITS) - FIRST_SLOT;

/// Of each slot of numbers that are one more than a score: the step at its beginning, and the number at
/// which the next step begins.
static STEPS: LazyLock<Vec<(u16, f32)>> = LazyLock::new(|| {
    let step = |bits: u32| exact_score_step(f32::from_bits(bits) - 1.0);
    let slot = |slot: u32| {
        let first = step((FIRST_SLOT + slot) << SLOT_BITS);
        // Where the next step begins by the rules, and by the rounding of numbers some places beside.
        let mut next = (((f64::from(first) + 0.5) / STEPS_A_DOUBLING).exp2() as f32).to_bits();
        while step(next) > first {
            next -= 1;
        }
        while step(next) <= first {
            next += 1;
        }
        (first as u16, f32::from_bits(next))
    };
    (0..SLOTS).map(slot).collect()
});

/// The middle of the scores that the key of a match stands for.
pub(crate) fn score_of(key: u64) -> f32 {
    let step = SCORE_STEPS - ((key >> 52) as u32).min(SCORE_STEPS);
    (step as f32 / STEPS_A_DOUBLING as f32).exp2() - 1.0
}

/// The key of a match with another score.
pub(crate) fn with_score(key: u64, score: f32) -> u64 {
    u64::from(SCORE_STEPS - score_step(score)) << 52 | key & ((1 << 52) - 1)
}

/// The place of a match by its score, and among equals by its date.
#[inline]
fn relevance(score: f32, minutes: u32) -> u32 {
    (SCORE_STEPS - score_step(score)) << 20 | days_back(minutes)
}

/// How far back a number of [`minutes`] lies, in days within 20 bits; the undated lie furthest.
#[inline]
fn days_back(minutes: u32) -> u32 {
    const FURTHEST: u32 = (1 << 20) - 1;
    if minutes == UNDATED { FURTHEST } else { FURTHEST - 1 - (minutes / 1440).min(FURTHEST - 1) }
}

/// What stands for the place in time of the undated.
pub(crate) const UNDATED: u32 = u32::MAX;

/// A moment as an unsigned number of minutes that leaves room for the undated.
pub(crate) fn minutes(moment: i64) -> u32 {
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
        assert!(moments.is_sorted_by(|one, other| days_back(minutes(*one)) >= days_back(minutes(*other))));
        assert!(days_back(minutes(i64::MIN)) < days_back(UNDATED));
    }

    #[test]
    fn near_equal_scores_are_equal() {
        for score in (0..2_000_000).map(|step| step as f32 / 1_000.0) {
            assert_eq!(score_step(score), exact_score_step(score), "{score}");
        }
        assert_eq!(score_step(5.0), score_step(5.01));
        assert!(score_step(5.0) < score_step(5.5));
        for score in [0.0, 0.3, 7.0, 250.0] {
            let key = u64::from(SCORE_STEPS - score_step(score)) << 52;
            assert!((score_of(key) - score).abs() <= 0.02 * (1.0 + score), "{score}");
        }
    }
}
