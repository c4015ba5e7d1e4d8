//! The key of a match: its rank above, its number in the index below.
//!
//! A key is eight bytes, the smaller comes first, and to sort keys is all it takes to put what was found in
//! order.

use std::sync::LazyLock;

use tantivy::{Searcher, SegmentReader};

/// Minutes from the year 0 to 1970, about; older articles stand together.
const MINUTES_BEFORE_1970: i64 = 1_036_000_000;
/// How many steps of a score tell articles apart: what is within a step counts as equally good.
const SCORE_STEPS: u32 = 4095;
/// How many steps lie between a score and twice the score, about.
const STEPS_A_DOUBLING: f64 = 50.0;

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
pub(crate) fn relevance(score: f32, minutes: u32) -> u32 {
    (SCORE_STEPS - score_step(score)) << 20 | days_back(minutes)
}

/// How far back a number of [`minutes`] lies, in days within 20 bits; the undated lie furthest.
#[inline]
pub(crate) fn days_back(minutes: u32) -> u32 {
    const FURTHEST: u32 = (1 << 20) - 1;
    if minutes == UNDATED { FURTHEST } else { FURTHEST - 1 - (minutes / 1440).min(FURTHEST - 1) }
}

/// What stands for the place in time of the undated.
pub(crate) const UNDATED: u32 = u32::MAX;

/// A moment as an unsigned number of minutes that leaves room for the undated.
pub(crate) fn minutes(moment: i64) -> u32 {
    moment.saturating_add(MINUTES_BEFORE_1970).clamp(0, i64::from(u32::MAX) - 2) as u32
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
