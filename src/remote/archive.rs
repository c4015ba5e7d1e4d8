//! What can be asked of a collection on a cluster.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::answers::{Page, facets, facets_asked};
use super::cluster::Cluster;
use super::document::hex;
use super::lower::{Lowering, MOST_MARKED};
use super::mapping::field;
use super::nearness;
use super::order::RemoteOrder;
use super::question::Question;
use super::sorting::{asked, search_type};
use super::vocabulary::{Learnt, Vocabulary, meant};
use super::ways::term;
use crate::archive::{
    Answer, Archive, Asking, Capabilities, Cell, CellKind, Compounds, Correction, EmptyHelp, Explained, ExplainedWord,
    Found, Limits, Marker, Order, Outcome, Row, Tallied, Tally,
};
use crate::article::{ArticleId, IdSet, LanguageTag};
use crate::error::Result;
use crate::index::same::{
    AskedUnit, Attempt, TEXTLESS, any, asked as asked_words, asks_for_words, attempts, has_several_words, is_word,
    marker, path_hash, without, words_beside,
};
use crate::query::{Condition, Form, Node, Part, Query, Sort};
use crate::text::Clean;

/// So many rows come with the answer of a search: no screen shows more.
const FIRST: usize = 100;
/// How many articles a prefix of an id may name; whoever types less is shown the first ones.
const MOST_BY_ID: usize = 100;
/// So many cells of a table are counted in one answer.
const MOST_CELLS: usize = 10_000;
/// A word that stands in more than this share of all articles tells nothing, unless all words do.
const COMMON: f64 = 0.5;

/// A collection on a cluster as it was at a moment. Copying it is cheap.
#[derive(Clone)]
pub(crate) struct RemoteArchive {
    cluster: Cluster,
    len: usize,
    learnt: Arc<Learnt>,
    /// What the empty query has found, by order: it is asked again and again.
    everything: Arc<Mutex<Vec<Found>>>,
}

/// An answer, or nothing where nobody waits for it.
macro_rules! wanted {
    ($outcome:expr) => {
        match $outcome? {
            Some(value) => value,
            None => return Ok(None),
        }
    };
}

impl RemoteArchive {
    pub(crate) fn new(cluster: Cluster, len: usize) -> RemoteArchive {
        RemoteArchive { cluster, len, learnt: Arc::default(), everything: Arc::default() }
    }

    fn lowering<'a>(&self, vocabulary: &'a Vocabulary, asking: &Asking<'a>) -> Lowering<'a> {
        Lowering {
            today: asking.today,
            marks: asking.marks,
            vocabulary,
            forgiven: BTreeSet::new(),
            most: None,
            not_tried: Default::default(),
        }
    }

    /// Asks a search of the index.
    fn page(&self, how: &str, body: &Value, asking: &Asking) -> Result<Option<Page>> {
        let path = format!("/{}/_search{how}", self.cluster.index());
        let question = Question::reading(path, body);
        let mut heard = wanted!(self.cluster.hear(&question, asking.cancelled));
        let mut page = Page::read(&heard.reply).map_err(|failure| self.cluster.failed(&failure))?;
        // Where some nodes were asked alone, the others may be awake again, or have only been slow.
        if page.limits.partial.is_some() && heard.only.is_some_and(|only| !self.cluster.are_all(&only)) {
            heard = wanted!(self.cluster.hear(&question, asking.cancelled));
            page = Page::read(&heard.reply).map_err(|failure| self.cluster.failed(&failure))?;
        }
        if let Some(partial) = &page.limits.partial {
            tracing::warn!("{}: {partial}", self.cluster.address());
        }
        Ok(Some(page))
    }

    /// Everything that fulfils a query of the server's, in an order, with all counts.
    fn found(&self, query: Value, root: Option<&Node>, sort: Sort, asking: &Asking) -> Result<Option<Found>> {
        let query = match sort {
            // What has no text comes behind what has.
            Sort::Relevance => json!({ "boosting": {
                "positive": query, "negative": term(field::TEXTLESS, "true"), "negative_boost": TEXTLESS,
            } }),
            _ => query,
        };
        let words = root.filter(|_| sort == Sort::Relevance).map(words_beside).unwrap_or_default();
        let body = json!({
            "query": query, "sort": asked(sort, false), "size": FIRST.max(nearness::looked_at(&words)), "track_total_hits": true,
            "_source": [field::ROW], "aggs": facets_asked(),
        });
        let mut page = wanted!(self.page(search_type(sort), &body, asking));
        if nearness::looked_at(&words) > 0 && page.hits.len() > 1 {
            let near = wanted!(self.page("", &nearness::asked(&page.hits, &words), asking));
            nearness::rank(&mut page.hits, &near.hits);
        }
        let (matched, limits) = (page.matched, page.limits.clone());
        let facets = facets(&page.counted, matched);
        let order = Arc::new(RemoteOrder::new(self.cluster.clone(), query, sort, page));
        let found = Found::as_asked(self.len.max(matched), order, matched, sort, facets);
        Ok(Some(Found { limits, ..found }))
    }

    /// All articles.
    fn everything(&self, sort: Sort, asking: &Asking) -> Result<Option<Found>> {
        let known = |all: &Vec<Found>| all.iter().find(|found| found.sort == sort).cloned();
        if let Some(found) = known(&self.everything.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(found));
        }
        let found = wanted!(self.found(super::ways::everything(), None, sort, asking));
        if found.limits.is_whole() {
            self.everything.lock().unwrap_or_else(PoisonError::into_inner).push(found.clone());
        }
        Ok(Some(found))
    }

    /// How many articles fulfil each of some queries of the server's.
    fn counts(&self, queries: &[Value], asking: &Asking) -> Outcome<Vec<usize>> {
        let mut counts = Vec::new();
        let mut limits = Limits::default();
        for some in queries.chunks(50) {
            let asked = json!({ "each": { "filters": { "filters": some } } });
            let page = wanted!(self.page("", &json!({ "size": 0, "track_total_hits": 1, "aggs": asked }), asking));
            let buckets = page.counted["each"]["buckets"].as_array().into_iter().flatten();
            counts.extend(buckets.map(|bucket| bucket["doc_count"].as_u64().unwrap_or(0) as usize));
            limits = limits.and(&page.limits);
        }
        counts.resize(queries.len(), 0);
        Ok(Some(Answer { value: counts, limits }))
    }

    /// Why nothing matches.
    fn empty_help(&self, query: &Query, lowering: &Lowering, asking: &Asking) -> Result<Option<EmptyHelp>> {
        let (mut alone, mut rests) = (Vec::new(), Vec::new());
        let mut queries = Vec::new();
        for clause in &query.clauses {
            let Some(node) = any(&clause.conditions) else { continue };
            if let [condition] = &clause.conditions[..]
                && let Some(text) = condition.text().filter(|_| !clause.negated)
            {
                alone.push((queries.len(), Clean::new(text)));
                queries.push(lowering.query(Some(&node)));
            }
            let node = if clause.negated { Node::Not(Box::new(node)) } else { node };
            let rest = query.root.as_ref().filter(|_| clause.top_level).and_then(|root| without(root, &node));
            if let Some(rest) = rest {
                rests.push((queries.len(), clause.span.clone()));
                queries.push(lowering.query(rest.as_ref()));
            }
        }
        let counts = wanted!(self.counts(&queries, asking)).value;
        let unknown = alone.into_iter().filter(|(at, _)| counts[*at] == 0).map(|(_, text)| text).collect();
        let mut without: Option<(Range<usize>, usize)> = None;
        for (at, span) in rests {
            if counts[at] > without.as_ref().map_or(0, |(_, most)| *most) {
                without = Some((span, counts[at]));
            }
        }
        Ok(Some(EmptyHelp { unknown, without }))
    }

    /// Those words of a query that tell something, where not all need to be there.
    fn telling(&self, root: Option<&Node>, lowering: &Lowering, asking: &Asking) -> Result<Option<BTreeSet<String>>> {
        let Some(Node::And(nodes)) = root else { return Ok(Some(BTreeSet::new())) };
        let words: Vec<(&str, &Node)> = nodes
            .iter()
            .filter(|node| is_word(node))
            .filter_map(|node| match node {
                Node::Leaf(condition) => Some((condition.text()?, node)),
                _ => None,
            })
            .collect();
        let queries: Vec<Value> = words.iter().map(|(_, node)| lowering.query(Some(node))).collect();
        let counts = wanted!(self.counts(&queries, asking)).value;
        let tells = |count: usize| count > 0 && count as f64 <= COMMON * self.len as f64;
        let some_tell = counts.iter().any(|count| tells(*count));
        let kept =
            words.iter().zip(counts).filter(|(_, count)| !some_tell || *count as f64 <= COMMON * self.len as f64);
        Ok(Some(kept.map(|((word, _), _)| (*word).to_owned()).collect()))
    }

    /// What the words of which typing errors were forgiven were most likely meant to be.
    fn corrections(&self, forgiven: &BTreeSet<String>, asking: &Asking) -> Result<Option<Vec<Correction>>> {
        let nothing = Vocabulary::default();
        let plain = self.lowering(&nothing, asking);
        let leaf =
            |text: &str| Node::Leaf(Condition::Word { part: Part::Anywhere, text: text.to_owned(), form: Form::Word });
        let mut corrections = Vec::new();
        for typed in forgiven {
            let folded = match asked_words(typed).into_iter().next().map(|asked| asked.unit) {
                Some(AskedUnit::Word(forms)) => forms.folded,
                _ => continue,
            };
            let candidates = wanted!(meant(&self.cluster, &folded, asking.cancelled));
            let mut queries = vec![plain.query(Some(&leaf(typed)))];
            queries.extend(candidates.iter().map(|word| plain.query(Some(&leaf(word)))));
            let counts = wanted!(self.counts(&queries, asking)).value;
            // A word that is known may well be the one that was meant.
            if counts[0] > 0 {
                continue;
            }
            if let Some((word, count)) = candidates.iter().zip(&counts[1..]).max_by_key(|(_, count)| **count) {
                corrections.push(Correction { typed: Clean::new(typed), meant: Clean::new(word), count: *count });
            }
        }
        Ok(Some(corrections))
    }

    /// The rows of what fulfils a query of the server's, a hundred at most.
    fn some(&self, query: Value, asking: &Asking) -> Outcome<Vec<Row>> {
        let body = json!({
            "query": query, "sort": asked(Sort::Newest, false), "size": MOST_BY_ID, "_source": [field::ROW],
        });
        let page = wanted!(self.page("", &body, asking));
        let value = page.hits.iter().filter_map(|hit| hit.row(false)).collect();
        Ok(Some(Answer { value, limits: page.limits }))
    }

    fn lowered(&self, query: &Query, asking: &Asking) -> Result<Option<(Value, Limits)>> {
        let vocabulary = wanted!(self.learnt.of(&self.cluster, query, asking.cancelled));
        let lowering = self.lowering(&vocabulary, asking);
        let lowered = lowering.query(query.root.as_ref());
        Ok(Some((lowered, lowering.limits())))
    }
}

impl Archive for RemoteArchive {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            typing_errors: true,
            explains: false,
            far_places: true,
            most_marked: Some(MOST_MARKED),
            waits: true,
        }
    }

    fn len(&self) -> usize {
        self.len
    }

    fn search(&self, query: &Query, asking: &Asking) -> Result<Option<Found>> {
        let root = query.root.as_ref();
        let default = if root.is_some_and(asks_for_words) { Sort::Relevance } else { Sort::Newest };
        let sort = match query.sort {
            // Without words everything is equally relevant.
            Some(Sort::Relevance) | None => default,
            Some(sort) => sort,
        };
        if root.is_none() {
            return self.everything(sort, asking);
        }
        let vocabulary = wanted!(self.learnt.of(&self.cluster, query, asking.cancelled));
        let lowering = self.lowering(&vocabulary, asking);
        let found = wanted!(self.found(lowering.query(root), root, sort, asking));
        let limits = found.limits.clone().and(&lowering.limits());
        // What has some of the words and is not found by all of them, where it is asked for.
        let below = |lowering: &Lowering| -> Result<Option<Option<Arc<dyn Order>>>> {
            let Some(root) = root.filter(|root| asking.more && has_several_words(root)) else {
                return Ok(Some(None));
            };
            let most = Some(wanted!(self.telling(Some(root), lowering, asking)));
            let forgiven = lowering.forgiven.clone();
            let telling = Lowering { most, forgiven, ..self.lowering(&vocabulary, asking) };
            let rest =
                json!({ "bool": { "must": [telling.query(Some(root))], "must_not": [lowering.query(Some(root))] } });
            let rest = wanted!(self.found(rest, Some(root), sort, asking));
            Ok(Some(Some(rest.order).filter(|order| !order.is_empty())))
        };
        if found.matched > 0 || limits.partial.is_some() {
            let more = wanted!(below(&lowering));
            return Ok(Some(Found { more, limits, ..found }));
        }
        let help = wanted!(self.empty_help(query, &lowering, asking));
        let attempts = if asking.forgiving { attempts(query, &help) } else { Vec::new() };
        for Attempt { forgiven, relaxed } in attempts {
            let asked = relaxed.as_ref().map_or(query, |relaxed| &relaxed.query);
            let root = asked.root.as_ref();
            let vocabulary = wanted!(self.learnt.of(&self.cluster, asked, asking.cancelled));
            let mut lowering = Lowering { forgiven, ..self.lowering(&vocabulary, asking) };
            if relaxed.is_some() {
                lowering.most = Some(wanted!(self.telling(root, &lowering, asking)));
            }
            let found = wanted!(self.found(lowering.query(root), root, sort, asking));
            if found.matched == 0 {
                continue;
            }
            let corrections = wanted!(self.corrections(&lowering.forgiven, asking));
            let forgiven = !lowering.forgiven.is_empty();
            let more = if relaxed.is_some() { None } else { wanted!(below(&lowering)) };
            let limits = found.limits.clone().and(&lowering.limits());
            return Ok(Some(Found { empty: Some(help), forgiven, corrections, relaxed, more, limits, ..found }));
        }
        Ok(Some(Found { empty: Some(help), limits, ..found }))
    }

    fn count(&self, query: &Query, asking: &Asking) -> Outcome<usize> {
        let (lowered, limits) = wanted!(self.lowered(query, asking));
        let page = wanted!(self.page("", &json!({ "query": lowered, "size": 0, "track_total_hits": true }), asking));
        Ok(Some(Answer { value: page.matched, limits: page.limits.and(&limits) }))
    }

    fn tally(&self, query: &Query, by: &[CellKind], asking: &Asking) -> Outcome<Tally> {
        let (lowered, mut limits) = wanted!(self.lowered(query, asking));
        let mut all: BTreeMap<Vec<Cell>, (usize, u64)> = BTreeMap::new();
        let words = json!({ "words": { "sum": { "field": field::WORDS } } });
        if by.is_empty() {
            let body = json!({ "query": lowered, "size": 0, "track_total_hits": true, "aggs": words });
            let page = wanted!(self.page("", &body, asking));
            if page.matched > 0 {
                all.insert(Vec::new(), (page.matched, number(&page.counted["words"])));
            }
            limits = limits.and(&page.limits);
        }
        let source = |(at, kind): (usize, &CellKind)| {
            let field = match kind {
                CellKind::Days => field::SPAN,
                CellKind::Language => field::LANGUAGE,
                CellKind::Source => field::SOURCE,
            };
            json!({ at.to_string(): { "terms": { "field": field, "missing_bucket": true } } })
        };
        let sources: Vec<Value> = by.iter().enumerate().map(source).collect();
        let mut after = Value::Null;
        while !by.is_empty() {
            let mut cells = json!({ "composite": { "size": MOST_CELLS, "sources": sources }, "aggs": words });
            if !after.is_null() {
                cells["composite"]["after"] = after;
            }
            let body = json!({ "query": lowered, "size": 0, "track_total_hits": 1, "aggs": { "cells": cells } });
            let page = wanted!(self.page("", &body, asking));
            limits = limits.and(&page.limits);
            let buckets = page.counted["cells"]["buckets"].as_array().cloned().unwrap_or_default();
            for bucket in &buckets {
                let cells =
                    by.iter().enumerate().map(|(at, kind)| cell(*kind, &bucket["key"][at.to_string()])).collect();
                let sum = all.entry(cells).or_default();
                sum.0 += bucket["doc_count"].as_u64().unwrap_or(0) as usize;
                sum.1 += number(&bucket["words"]);
            }
            after = page.counted["cells"]["after_key"].clone();
            if buckets.len() < MOST_CELLS || after.is_null() {
                break;
            }
        }
        let tallied = |(cells, (articles, words))| Tallied { cells, articles, words };
        Ok(Some(Answer { value: all.into_iter().map(tallied).collect(), limits }))
    }

    fn ids(&self, query: &Query, asking: &Asking) -> Outcome<IdSet> {
        let found = wanted!(self.search(query, asking));
        let ids = wanted!(found.order.ids(0..found.matched, asking.cancelled));
        let limits = found.limits.and(&ids.limits);
        Ok(Some(Answer { value: ids.value.into_iter().collect(), limits }))
    }

    fn by_id(&self, prefix: &str, asking: &Asking) -> Outcome<Vec<Row>> {
        if ArticleId::starting_with(prefix).is_none() {
            return Ok(Some(Answer::default()));
        }
        self.some(super::ways::beginning(field::ID, &prefix.to_ascii_lowercase()), asking)
    }

    fn by_path(&self, path: &Path, asking: &Asking) -> Outcome<Vec<Row>> {
        let mut rows = wanted!(self.some(term(field::PATH, &hex(path_hash(path))), asking));
        rows.value.retain(|row| row.origin.path == path);
        rows.value.sort_by_key(|row| row.origin.part);
        Ok(Some(rows))
    }

    fn explain(&self, query: &Query, found: &Found, places: Range<usize>, asking: &Asking) -> Outcome<Vec<Explained>> {
        let order: &dyn Any = &*found.order;
        if order.downcast_ref::<RemoteOrder>().is_none() {
            return Ok(Some(Answer::default()));
        }
        let (query, forgiven) = found.asked(query);
        let rows = wanted!(found.order.rows(places.clone(), asking.cancelled)).value;
        let ids: Vec<String> = rows.iter().map(|row| row.record.id.to_string()).collect();
        let vocabulary = wanted!(self.learnt.of(&self.cluster, query, asking.cancelled));
        let mut lowering = self.lowering(&vocabulary, asking);
        if forgiven {
            lowering.forgiven = query.words().into_iter().filter_map(|word| word.text().map(str::to_owned)).collect();
        }
        // Which of these articles have each word, and in which way.
        let words = query.words();
        let mut asked = Vec::new();
        let mut named = Vec::new();
        for (word, condition) in words.iter().enumerate() {
            for way in lowering.ways_of(condition).unwrap_or_default() {
                let name = format!("{word}.{}", asked.len());
                asked.push(json!({ "bool": { "filter": [way.sought], "_name": name } }));
                named.push((word, way.kind, way.place));
            }
        }
        let body = json!({
            "query": { "bool": { "filter": [{ "terms": { field::ID: ids } }], "should": asked } },
            "size": rows.len().clamp(1, 10_000), "_source": false,
        });
        let path = format!("/{}/_search", self.cluster.index());
        let reply = wanted!(self.cluster.ask(&Question::reading(path, &body), asking.cancelled));
        let said: Value = reply.json().map_err(|failure| self.cluster.failed(&failure))?;
        let hits = said["hits"]["hits"].as_array().into_iter().flatten();
        let matched = hits.filter_map(|hit| Some((hit["_id"].as_str()?, &hit["matched_queries"])));
        let matched: BTreeMap<&str, &Value> = matched.collect();
        let explained = rows.iter().zip(&ids).map(|(row, id)| {
            let names = matched.get(id.as_str()).and_then(|names| names.as_array()).into_iter().flatten();
            let at = names.filter_map(|name| name.as_str()?.split_once('.')?.1.parse::<usize>().ok());
            let mut ways: Vec<_> = at.filter_map(|at| named.get(at)).collect();
            ways.sort_by_key(|(word, kind, place)| (*word, *kind, *place));
            ways.dedup();
            let word = |(number, condition): (usize, &&Condition)| ExplainedWord {
                typed: Clean::new(condition.text().unwrap_or_default()),
                ways: ways
                    .iter()
                    .filter(|(word, ..)| *word == number)
                    .map(|(_, kind, place)| (*kind, *place, crate::index::same::Worth::of(*kind, *place).0))
                    .collect(),
            };
            Explained {
                score: row.score,
                words: words.iter().enumerate().map(word).collect(),
                nearness: 0.0,
                textless: (found.sort == Sort::Relevance && row.record.words == 0).then_some(TEXTLESS),
            }
        });
        Ok(Some(Answer::whole(explained.collect())))
    }

    fn compounds(&self, query: &Query, asking: &Asking) -> Outcome<Compounds> {
        let vocabulary = wanted!(self.learnt.of(&self.cluster, query, asking.cancelled));
        Ok(Some(Answer::whole(vocabulary.compounds())))
    }

    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
        marker(query, forgiven, compounds)
    }
}

fn number(counted: &Value) -> u64 {
    counted["value"].as_f64().unwrap_or(0.0) as u64
}

/// The cell of a table that a bucket's key names.
fn cell(kind: CellKind, key: &Value) -> Cell {
    match kind {
        CellKind::Days => Cell::Days(key.as_str().and_then(|span| {
            let (first, last) = span.split_once('/')?;
            Some((first.parse().ok()?, last.parse().ok()?))
        })),
        CellKind::Language => Cell::Language(key.as_str().and_then(LanguageTag::find)),
        CellKind::Source => Cell::Source(key.as_str().map(Clean::new)),
    }
}
