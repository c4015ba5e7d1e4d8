//! Counts by any cells of a table.

use std::collections::{BTreeMap, HashMap};

use rapidhash::fast::RandomState;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::segment::SegmentColumns;
use super::state::State;
use crate::archive::{Cell, CellKind, Tallied, Tally};
use crate::article::LanguageTag;
use crate::index::store::schema::{column, numbered_day};
use crate::text::Clean;

/// How many articles are counted between two questions whether anybody still wants the answer.
const UNCHECKED: usize = 4096;

/// What an article is counted by within a segment: the number of its language or source, or its days.
type Key = Vec<Option<(i64, i64)>>;

/// How many articles and words there are.
type Sums = HashMap<Key, (usize, u64), RandomState>;

/// Counts everything that matches; `None` when `cancelled` said so.
pub(crate) fn tally(
    state: &State,
    query: &dyn Query,
    by: &[CellKind],
    cancelled: &dyn Fn() -> bool,
) -> tantivy::Result<Option<Tally>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(&state.searcher))?;
    let mut all: BTreeMap<Vec<Cell>, (usize, u64)> = BTreeMap::new();
    for (segment, columns) in state.searcher.segment_readers().iter().zip(&state.columns.segments) {
        let mut sums = Sums::default();
        let words: Column<u64> = segment.fast_fields().u64(column::WORDS)?;
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut seen = 0usize;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            if seen.is_multiple_of(UNCHECKED) && cancelled() {
                return Ok(None);
            }
            seen += 1;
            if is_alive(segment, doc) {
                let key: Key = by.iter().map(|kind| value(*kind, columns, doc)).collect();
                let (articles, sum) = sums.entry(key).or_default();
                *articles += 1;
                *sum += words.first(doc).unwrap_or(0);
            }
            doc = scorer.advance();
        }
        for (key, (articles, words)) in sums {
            let mut cells = Vec::new();
            for (kind, value) in by.iter().zip(key) {
                cells.push(cell(*kind, columns, value)?);
            }
            let sum = all.entry(cells).or_default();
            *sum = (sum.0 + articles, sum.1 + words);
        }
    }
    let tallied = |(cells, (articles, words))| Tallied { cells, articles, words };
    Ok(Some(all.into_iter().map(tallied).collect()))
}

fn is_alive(segment: &SegmentReader, doc: DocId) -> bool {
    segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
}

/// What an article has of a kind, as a number within its segment or as days.
fn value(kind: CellKind, columns: &SegmentColumns, doc: DocId) -> Option<(i64, i64)> {
    let number = |texts: &Option<StrColumn>| Some((texts.as_ref()?.ords().first(doc)? as i64, 0));
    match kind {
        CellKind::Days => Some((columns.first.as_ref()?.first(doc)?, columns.last.as_ref()?.first(doc)?)),
        CellKind::Language => number(&columns.languages),
        CellKind::Source => number(&columns.sources),
    }
}

/// The cell of such a value.
fn cell(kind: CellKind, columns: &SegmentColumns, value: Option<(i64, i64)>) -> tantivy::Result<Cell> {
    let text = |texts: &Option<StrColumn>| -> tantivy::Result<Option<String>> {
        let (Some(texts), Some((number, _))) = (texts, value) else { return Ok(None) };
        let mut text = String::new();
        Ok(texts.ord_to_str(number as u64, &mut text)?.then_some(text))
    };
    Ok(match kind {
        CellKind::Days => Cell::Days(value.and_then(|(first, last)| numbered_day(first).zip(numbered_day(last)))),
        CellKind::Language => Cell::Language(text(&columns.languages)?.and_then(|code| LanguageTag::find(&code))),
        CellKind::Source => Cell::Source(text(&columns.sources)?.map(|name| Clean::new(&name))),
    })
}
