//! The articles that a search has found on a cluster, page by page.
//!
//! The first rows come with the answer of the search. Whoever goes on reads from a *snapshot* (the server's point in
//! time), so that nothing moves while it is read. The server reaches the first 10,000 places of an order at once and
//! no others; so
//!
//! - the last 10,000 are the first of the order turned round;
//! - in an order by keys, a place in between is found by counting: the key is divided into ranges, the range that
//!   holds the place into smaller ones, until few enough articles are left to reach it within them;
//! - in the order of relevance, it is walked to from the nearest place that was read before.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::{Value, json};

use super::answers::{Hit, Page};
use super::cluster::Cluster;
use super::mapping::field;
use super::question::{Hedge, Question};
use super::refusal::refusal;
use super::sorting::{Key, asked, before, keys, search_type};
use crate::archive::{Answer, Limits, Order, Outcome, Row};
use crate::article::ArticleId;
use crate::error::Result;
use crate::net::{Failure, Method};
use crate::query::Sort;
use crate::text::Clean;

/// So many places the server reaches at once.
pub(crate) const REACHED: usize = 10_000;
/// So many rows are read together.
const TOGETHER: usize = 100;
/// So many pages of rows are remembered.
const MOST_PAGES: usize = 200;
/// Into so many ranges a key is divided to find a place.
const RANGES: i128 = 24;
/// So long a snapshot is kept while nobody reads from it.
const KEPT: &str = "10m";
/// So often a snapshot that was lost is made anew for one question.
const MOST_SNAPSHOTS: usize = 3;

/// The articles that a search has found.
#[derive(Clone)]
pub(crate) struct RemoteOrder(Arc<Shared>);

struct Shared {
    cluster: Cluster,
    query: Value,
    sort: Sort,
    len: usize,
    limits: Limits,
    snapshot: Mutex<Option<Snapshot>>,
    kept: Mutex<Kept>,
}

/// A point in time of the server's.
#[derive(Clone)]
struct Snapshot {
    id: String,
    /// The nodes that were asked alone for it.
    only: Option<String>,
}

#[derive(Default)]
struct Kept {
    /// So many pages from the first on are never forgotten: they came with the answer, in an order of their own.
    head: usize,
    /// Rows by the number of their page.
    pages: BTreeMap<usize, Vec<Row>>,
    /// The values of the keys at some places: of the article before each.
    anchors: BTreeMap<usize, Vec<Value>>,
}

impl fmt::Debug for RemoteOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteOrder").field("len", &self.0.len).field("sort", &self.0.sort).finish_non_exhaustive()
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let snapshot = self.snapshot.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(snapshot) = snapshot {
            let cluster = self.cluster.clone();
            // Nobody waits for it, and without it the server lets go by itself.
            thread::spawn(move || forget(&cluster, &snapshot.id));
        }
    }
}

fn forget(cluster: &Cluster, snapshot: &str) {
    let body = serde_json::to_vec(&json!({ "pit_id": [snapshot] })).unwrap_or_default();
    let plain = Question::plain(Method::Post, "/_search/point_in_time".to_owned());
    let question = Question { method: Method::Delete, body: Some(body.into()), ..plain };
    let _ = cluster.try_ask(&question, &|| false);
}

/// Which part of an order is read.
#[derive(Default)]
struct Stretch {
    /// What articles must fulfil beside the query.
    within: Vec<Value>,
    reversed: bool,
    first: usize,
    count: usize,
    after: Option<Vec<Value>>,
    rows: bool,
}

impl RemoteOrder {
    /// What a search found: the first hits of `page`, in an order.
    pub(crate) fn new(cluster: Cluster, query: Value, sort: Sort, page: Page) -> RemoteOrder {
        let Page { hits, matched, limits, .. } = page;
        let mut kept = Kept::default();
        let relevance = sort == Sort::Relevance;
        let rows: Vec<Row> = hits.iter().filter_map(|hit| hit.row(relevance)).collect();
        for (number, rows) in rows.chunks(TOGETHER).enumerate() {
            if rows.len() == TOGETHER.min(matched - (number * TOGETHER).min(matched)) {
                kept.pages.insert(number, rows.to_vec());
                kept.head = number + 1;
            }
        }
        let (snapshot, kept) = (Mutex::default(), Mutex::new(kept));
        RemoteOrder(Arc::new(Shared { cluster, query, sort, len: matched, limits, snapshot, kept }))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks something of the snapshot, which is made when there is none, and anew when it was lost.
    fn of_snapshot(&self, mut body: Value, cancelled: &dyn Fn() -> bool) -> Result<Option<Page>> {
        let cluster = &self.0.cluster;
        for attempt in 1.. {
            let known = self.0.snapshot.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let snapshot = match known {
                Some(snapshot) => snapshot,
                None => match self.snapshot(cancelled)? {
                    Some(snapshot) => snapshot,
                    None => return Ok(None),
                },
            };
            body["pit"] = json!({ "id": snapshot.id, "keep_alive": KEPT });
            let path = format!("/_search{}", search_type(self.0.sort));
            let question = Question::of_snapshot(path, &body, snapshot.only.clone());
            let answered = cluster.try_ask(&question, cancelled);
            let lost = match answered {
                Ok(None) => return Ok(None),
                Ok(Some(reply)) if reply.status == 200 => {
                    let page = Page::read(&reply).map_err(|failure| cluster.failed(&failure))?;
                    // A part that is gone from the snapshot may be there in a new one.
                    if page.limits.partial.is_none() || attempt >= MOST_SNAPSHOTS {
                        if let Some(id) = page.snapshot.clone() {
                            let renamed = Snapshot { id, only: snapshot.only };
                            *self.0.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Some(renamed);
                        }
                        return Ok(Some(page));
                    }
                    if let Some(only) = &snapshot.only {
                        // It is looked whether the others are awake again.
                        cluster.are_all(only);
                    }
                    cluster.error("the cluster has lost a part of the index")
                }
                // A snapshot that has expired is not found, and one whose node is gone fails.
                Ok(Some(reply)) if matches!(reply.status, 404 | 500..) => {
                    cluster.error(refusal(&reply, cluster.index()))
                }
                Ok(Some(reply)) => return Err(cluster.error(refusal(&reply, cluster.index()))),
                Err(failure @ (Failure::Late | Failure::Closed)) => cluster.failed(&failure),
                Err(failure) => return Err(cluster.failed(&failure)),
            };
            *self.0.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = None;
            if attempt >= MOST_SNAPSHOTS {
                return Err(lost);
            }
        }
        Ok(None)
    }

    /// Makes a snapshot.
    fn snapshot(&self, cancelled: &dyn Fn() -> bool) -> Result<Option<Snapshot>> {
        let cluster = &self.0.cluster;
        let path = format!("/{}/_search/point_in_time?keep_alive={KEPT}", cluster.index());
        let question = Question { hedge: Hedge::Again, ..Question::plain(Method::Post, path) };
        let Some(heard) = cluster.hear(&question, cancelled)? else { return Ok(None) };
        let said: Value = heard.reply.json().map_err(|failure| cluster.failed(&failure))?;
        let id = said["pit_id"].as_str().ok_or_else(|| cluster.error("the server gives no snapshot"))?.to_owned();
        let snapshot = Snapshot { id, only: heard.only };
        *self.0.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Some(snapshot.clone());
        Ok(Some(snapshot))
    }

    /// The query, and what else articles must fulfil.
    fn narrowed(&self, within: &[Value]) -> Value {
        match within {
            [] => self.0.query.clone(),
            within => json!({ "bool": { "must": [self.0.query], "filter": within } }),
        }
    }

    /// Reads a stretch, in the order as it is.
    fn read(&self, stretch: &Stretch, cancelled: &dyn Fn() -> bool) -> Result<Option<Vec<Hit>>> {
        let mut body = json!({
            "query": self.narrowed(&stretch.within),
            "sort": asked(self.0.sort, stretch.reversed),
            "from": stretch.first,
            "size": stretch.count,
            "track_total_hits": false,
            "_source": if stretch.rows { json!([field::ROW]) } else { json!(false) },
        });
        // Without a total the answer tells none.
        body["track_total_hits"] = json!(1);
        if let Some(after) = &stretch.after {
            body["search_after"] = json!(after);
        }
        let Some(page) = self.of_snapshot(body, cancelled)? else { return Ok(None) };
        let mut hits = page.hits;
        if stretch.reversed {
            hits.reverse();
        }
        Ok(Some(hits))
    }

    /// The hits at some places; fewer than that where the order ends.
    fn hits(&self, places: Range<usize>, rows: bool, cancelled: &dyn Fn() -> bool) -> Result<Option<Vec<Hit>>> {
        let mut hits = Vec::new();
        let mut first = places.start;
        while first < places.end {
            let Some(more) = self.some_hits(first, (places.end - first).min(REACHED), rows, cancelled)? else {
                return Ok(None);
            };
            if more.is_empty() {
                break;
            }
            first += more.len();
            hits.extend(more);
        }
        Ok(Some(hits))
    }

    /// Some of the hits from a place on.
    fn some_hits(
        &self,
        first: usize,
        count: usize,
        rows: bool,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Hit>>> {
        let len = self.0.len;
        if first + count <= REACHED {
            return self.read(&Stretch { first, count, rows, ..Stretch::default() }, cancelled);
        }
        if len - first <= REACHED && self.0.sort != Sort::Relevance {
            let count = count.min(len - first);
            let stretch = Stretch { reversed: true, first: len - first - count, count, rows, ..Stretch::default() };
            return self.read(&stretch, cancelled);
        }
        match self.0.sort {
            Sort::Relevance => self.walk(&[], 0, first, count, rows, cancelled),
            sort => self.narrow(keys(sort), Vec::new(), 0, first, count, rows, cancelled),
        }
    }

    /// Walks to a place from the nearest that is known. `passed` is how many stand before what is within.
    fn walk(
        &self,
        within: &[Value],
        passed: usize,
        first: usize,
        count: usize,
        rows: bool,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Hit>>> {
        let anchor = self.kept().anchors.range(passed..=first).next_back().map(|(at, values)| (*at, values.clone()));
        let (mut at, mut after) = anchor.map_or((passed, None), |(at, values)| (at, Some(values)));
        while at < first {
            let step = (first - at).min(REACHED);
            let stretch = Stretch { within: within.to_vec(), count: step, after, ..Stretch::default() };
            let Some(hits) = self.read(&stretch, cancelled)? else { return Ok(None) };
            let Some(last) = hits.last() else { return Ok(Some(Vec::new())) };
            at += hits.len();
            after = Some(last.sort.clone());
            self.kept().anchors.insert(at, last.sort.clone());
        }
        let stretch = Stretch { within: within.to_vec(), count, after, rows, ..Stretch::default() };
        let hits = self.read(&stretch, cancelled)?;
        if let Some(last) = hits.as_ref().and_then(|hits| hits.last()) {
            self.kept().anchors.insert(first + hits.as_ref().map_or(0, Vec::len), last.sort.clone());
        }
        Ok(hits)
    }

    /// Finds a place by counting how many have which values of the first of some keys. `passed` is how many stand
    /// before what is within.
    #[allow(clippy::too_many_arguments)]
    fn narrow(
        &self,
        keys: &[Key],
        mut within: Vec<Value>,
        mut passed: usize,
        first: usize,
        count: usize,
        rows: bool,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Hit>>> {
        let Some((key, others)) = keys.split_first().filter(|(key, _)| key.number) else {
            return self.walk(&within, passed, first, count, rows, cancelled);
        };
        let there = json!({ "exists": { "field": key.field } });
        let ends = json!({
            "least": { "min": { "field": key.field } }, "most": { "max": { "field": key.field } },
            "there": { "filter": there },
        });
        let Some(counted) = self.count(&within, ends, cancelled)? else { return Ok(None) };
        let having = counted["there"]["doc_count"].as_u64().unwrap_or(0) as usize;
        if first >= passed + having {
            // What lacks the key stands last.
            within.push(json!({ "bool": { "must_not": [there] } }));
            return self.narrow(others, within, passed + having, first, count, rows, cancelled);
        }
        // The server tells them as numbers that are not exact.
        let end = |name: &str| counted[name]["value"].as_f64().unwrap_or(0.0) as i64;
        let (mut least, mut most) = (end("least").saturating_sub(2048), end("most").saturating_add(2048));
        loop {
            let ranges = divided(least, most);
            let filters: Vec<Value> = ranges.iter().map(|range| within_range(key, *range)).collect();
            let asked = json!({ "ranges": { "filters": { "filters": filters } } });
            let Some(counted) = self.count(&within, asked, cancelled)? else { return Ok(None) };
            let counts = counted["ranges"]["buckets"].as_array().into_iter().flatten();
            let counts: Vec<usize> = counts.map(|bucket| bucket["doc_count"].as_u64().unwrap_or(0) as usize).collect();
            let mut counted: Vec<((i64, i64), usize)> = ranges.into_iter().zip(counts).collect();
            if key.descending {
                counted.reverse();
            }
            let mut begin = passed;
            let held = counted.into_iter().find(|(_, count)| {
                let holds = (begin..begin + count).contains(&first);
                begin += if holds { 0 } else { *count };
                holds
            });
            let Some((range, held)) = held else { return Ok(Some(Vec::new())) };
            passed = begin;
            if held <= REACHED {
                within.push(within_range(key, range));
                let count = count.min(passed + held - first);
                let stretch = Stretch { within, first: first - passed, count, rows, ..Stretch::default() };
                return self.read(&stretch, cancelled);
            }
            if range.0 == range.1 {
                within.push(within_range(key, range));
                return self.narrow(others, within, passed, first, count, rows, cancelled);
            }
            (least, most) = range;
        }
    }

    /// Counts something of what is within.
    fn count(&self, within: &[Value], asked: Value, cancelled: &dyn Fn() -> bool) -> Result<Option<Value>> {
        let body = json!({ "query": self.narrowed(within), "size": 0, "track_total_hits": 1, "aggs": asked });
        Ok(self.of_snapshot(body, cancelled)?.map(|page| page.counted))
    }

    fn within(&self, places: &Range<usize>) -> Range<usize> {
        let end = places.end.min(self.0.len);
        places.start.min(end)..end
    }

    /// Reads the pages that hold these places and are not at hand.
    fn fetch(&self, places: &Range<usize>, cancelled: &dyn Fn() -> bool) -> Result<Option<()>> {
        let pages = places.start / TOGETHER..places.end.div_ceil(TOGETHER);
        let missing: Vec<usize> = {
            let kept = self.kept();
            pages.filter(|page| !kept.pages.contains_key(page)).collect()
        };
        let runs = missing.chunk_by(|one, next| one + 1 == *next);
        for run in runs {
            let first = run[0] * TOGETHER;
            let end = ((run[run.len() - 1] + 1) * TOGETHER).min(self.0.len);
            let Some(hits) = self.hits(first..end, true, cancelled)? else { return Ok(None) };
            let damaged = || self.0.cluster.error("the record of an article is damaged there");
            let relevance = self.0.sort == Sort::Relevance;
            let rows = hits.iter().map(|hit| hit.row(relevance).ok_or_else(damaged)).collect::<Result<Vec<Row>>>()?;
            let mut kept = self.kept();
            for (number, rows) in (run[0]..).zip(rows.chunks(TOGETHER)) {
                kept.pages.insert(number, rows.to_vec());
            }
            while kept.pages.len() > MOST_PAGES {
                // What is furthest from what is looked at goes.
                let at = places.start / TOGETHER;
                let head = kept.head;
                let far = kept.pages.keys().copied().filter(|page| *page >= head).max_by_key(|page| page.abs_diff(at));
                far.map(|page| kept.pages.remove(&page));
            }
        }
        Ok(Some(()))
    }
}

/// A range of numbers in smaller ones, each from its first to its last.
fn divided(least: i64, most: i64) -> Vec<(i64, i64)> {
    let (first, last) = (i128::from(least), i128::from(most.max(least)));
    let width = ((last - first + 1) / RANGES).max(1);
    let mut ranges = Vec::new();
    let mut at = first;
    while at <= last {
        let end = if ranges.len() as i128 == RANGES { last } else { (at + width - 1).min(last) };
        ranges.push((at as i64, end as i64));
        at = end + 1;
    }
    ranges
}

fn within_range(key: &Key, (first, last): (i64, i64)) -> Value {
    key.range(&[("gte", &json!(first)), ("lte", &json!(last))])
}

impl Order for RemoteOrder {
    fn len(&self) -> usize {
        self.0.len
    }

    fn rows(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<Row>> {
        let places = self.within(&places);
        // Whoever asks for very many has them read in turn.
        let mut rows = Vec::with_capacity(places.len());
        for first in places.clone().step_by(MOST_PAGES / 2 * TOGETHER) {
            let some = first..places.end.min(first + MOST_PAGES / 2 * TOGETHER);
            if self.fetch(&some, cancelled)?.is_none() {
                return Ok(None);
            }
            let kept = self.kept();
            rows.extend(some.filter_map(|at| kept.pages.get(&(at / TOGETHER))?.get(at % TOGETHER).cloned()));
        }
        Ok(Some(Answer { value: rows, limits: self.0.limits.clone() }))
    }

    fn ids(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<ArticleId>> {
        let places = self.within(&places);
        let at_hand: Option<Vec<ArticleId>> = {
            let kept = self.kept();
            let id = |at: usize| Some(kept.pages.get(&(at / TOGETHER))?.get(at % TOGETHER)?.record.id);
            places.clone().map(id).collect()
        };
        let ids = match at_hand {
            Some(ids) => ids,
            None => {
                // The first came in an order of their own.
                let mut ids: Vec<ArticleId> = {
                    let kept = self.kept();
                    let first = kept.pages.values().take(kept.head).flatten().map(|row| row.record.id);
                    first.take(places.end).skip(places.start).collect()
                };
                match self.all_ids(places.start + ids.len()..places.end, cancelled)? {
                    Some(others) => ids.extend(others),
                    None => return Ok(None),
                }
                ids
            }
        };
        Ok(Some(Answer { value: ids, limits: self.0.limits.clone() }))
    }

    fn place_of(&self, id: ArticleId, cancelled: &dyn Fn() -> bool) -> Outcome<Option<usize>> {
        let mut limits = self.0.limits.clone();
        let at_hand = self.at_hand(id);
        if at_hand.is_some() {
            return Ok(Some(Answer { value: at_hand, limits }));
        }
        let this = vec![json!({ "term": { field::ID: { "value": id.to_string() } } })];
        let stretch = Stretch { within: this, count: 1, ..Stretch::default() };
        let Some(hits) = self.read(&stretch, cancelled)? else { return Ok(None) };
        let Some(hit) = hits.first() else { return Ok(Some(Answer { value: None, limits })) };
        if self.0.sort == Sort::Relevance {
            let Some(value) = self.place_by_score(id, hit.score.unwrap_or_default(), cancelled)? else {
                return Ok(None);
            };
            if value.is_none() {
                limits.not_tried.push(Clean::new("the place of an article behind the first 10,000"));
            }
            return Ok(Some(Answer { value, limits }));
        }
        let asked = json!({ "before": { "filter": before(self.0.sort, &hit.sort) } });
        let Some(counted) = self.count(&[], asked, cancelled)? else { return Ok(None) };
        let value = counted["before"]["doc_count"].as_u64().map(|place| place as usize);
        Ok(Some(Answer { value, limits }))
    }
}

impl RemoteOrder {
    /// The place of an article among the rows that were read.
    fn at_hand(&self, id: ArticleId) -> Option<usize> {
        let kept = self.kept();
        kept.pages.iter().find_map(|(page, rows)| {
            let at = rows.iter().position(|row| row.record.id == id)?;
            Some(page * TOGETHER + at)
        })
    }

    /// The place of an article with this score: behind all that are better, among those as good.
    fn place_by_score(&self, id: ArticleId, score: f32, cancelled: &dyn Fn() -> bool) -> Result<Option<Option<usize>>> {
        let better = json!({
            "query": self.0.query, "size": 0, "track_total_hits": true, "min_score": score.next_up(),
        });
        let Some(page) = self.of_snapshot(better, cancelled)? else { return Ok(None) };
        let mut at = page.matched;
        while at < REACHED {
            let count = (10 * TOGETHER).min(REACHED - at);
            let Some(hits) = self.read(&Stretch { first: at, count, ..Stretch::default() }, cancelled)? else {
                return Ok(None);
            };
            if let Some(place) = hits.iter().position(|hit| hit.id == id) {
                return Ok(Some(Some(at + place)));
            }
            if hits.len() < count || hits.last().is_some_and(|hit| hit.score.unwrap_or_default() < score) {
                break;
            }
            at += count;
        }
        Ok(Some(None))
    }

    /// The ids at some places, read in large steps.
    fn all_ids(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Result<Option<Vec<ArticleId>>> {
        if places.start >= REACHED || places.len() <= REACHED && places.end <= REACHED {
            let hits = self.hits(places, false, cancelled)?;
            return Ok(hits.map(|hits| hits.into_iter().map(|hit| hit.id).collect()));
        }
        let (mut ids, mut at, mut after) = (Vec::new(), 0, None);
        while at < places.end {
            let count = (places.end - at).min(REACHED);
            let Some(hits) = self.read(&Stretch { count, after, ..Stretch::default() }, cancelled)? else {
                return Ok(None);
            };
            let Some(last) = hits.last() else { break };
            after = Some(last.sort.clone());
            let skipped = places.start.saturating_sub(at).min(hits.len());
            at += hits.len();
            ids.extend(hits.iter().skip(skipped).map(|hit| hit.id));
        }
        Ok(Some(ids))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ranges_cover_everything_once(one: i64, other: i64) {
            let (least, most) = (one.min(other), one.max(other));
            let ranges = divided(least, most);
            prop_assert!(ranges.len() as i128 <= RANGES + 1);
            prop_assert_eq!((ranges[0].0, ranges[ranges.len() - 1].1), (least, most));
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1.checked_add(1) == Some(pair[1].0)));
            prop_assert!(ranges.iter().all(|range| range.0 <= range.1));
        }
    }
}
