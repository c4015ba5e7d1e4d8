//! Searching what the last commit made visible.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Range};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::query::{AllQuery, ConstScoreQuery, Query as EngineQuery, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{Opstamp, TantivyDocument, Term};

use super::collect::{self, Pass};
use super::columns::Columns;
use super::facets::Facets;
use super::found::{EmptyHelp, Found, Row, SearchContext};
use super::nearness;
use super::order::Order;
use super::relax::{self, Attempt};
use super::titles::TitleRanks;
use crate::Result;
use crate::article::ArticleId;
use crate::index::analysis::scripts::SCRIPTS;
use crate::index::analysis::stems::LanguageStemmer;
use crate::index::asking::compounds::Compounds;
use crate::index::asking::lower::Lowering;
use crate::index::asking::vocabulary::Vocabulary;
use crate::index::store::engine::{IndexFolder, caught};
use crate::index::store::families::Families;
use crate::index::store::manifest::mark_damaged;
use crate::index::store::schema::{Fields, FileKey, StoredRow, column, path_hash};
use crate::query::{Condition, Node, Query, Sort};
use crate::text::Clean;

/// What is told of a row that is not as it was written.
const DAMAGED_ROW: &str = "the record of an article is damaged; the index is made anew at the next start";
/// How many articles a prefix of an id may name; whoever types less is shown the first ones.
const MOST_BY_ID: usize = 100;

/// The index as the last commit left it. Copying it is cheap, and it may be used from any thread.
#[derive(Clone)]
pub struct Searcher {
    searcher: tantivy::Searcher,
    columns: Arc<Columns>,
    fields: Fields,
    place: IndexFolder,
    /// The stemmers of the languages that the index holds.
    stemmers: Arc<[LanguageStemmer]>,
    /// The families of words of each segment.
    families: Arc<[Families]>,
    /// Of each of [`SCRIPTS`], whether some title or text has a word in it.
    scripts: [bool; SCRIPTS.len()],
    titles: Arc<OnceLock<TitleRanks>>,
    /// What the empty query has found, by order: it is asked again and again.
    everything: Arc<Mutex<Vec<Found>>>,
}

impl Searcher {
    pub(crate) fn open(searcher: tantivy::Searcher, fields: Fields, place: IndexFolder) -> tantivy::Result<Searcher> {
        let mut stemmers = Vec::new();
        for stemmer in LanguageStemmer::all() {
            if searcher.doc_freq(&Term::from_field_text(fields.stemmed, stemmer.tag.code()))? > 0 {
                stemmers.push(stemmer);
            }
        }
        let (titles, everything) = (Arc::default(), Arc::default());
        let columns = Columns::of(&searcher)?;
        let families: Arc<[Families]> =
            searcher.segment_readers().iter().map(Families::of).collect::<tantivy::Result<_>>()?;
        let vocabulary = Vocabulary { searcher: &searcher, fields, families: &families };
        let scripts = std::array::from_fn(|script: usize| {
            let (first, last) = SCRIPTS[script];
            [fields.title, fields.body].iter().any(|field| vocabulary.holds_between(*field, first, last))
        });
        let stemmers = stemmers.into();
        Ok(Searcher { searcher, columns, fields, place, stemmers, families, scripts, titles, everything })
    }

    /// True when it shows exactly these segments, each in the state of this deletion.
    pub(crate) fn shows(&self, segments: impl Iterator<Item = (SegmentId, Option<Opstamp>)>) -> bool {
        let segments: BTreeMap<SegmentId, Option<Opstamp>> = segments.collect();
        *self.searcher.generation().segments() == segments
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    /// True without any article.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files that are indexed, and what they looked like when they were read: of several stamps
    /// of a file's articles the largest.
    pub fn files(&self) -> Result<HashMap<FileKey, u64>> {
        caught(&self.place, || {
            let mut files = HashMap::new();
            for segment in self.searcher.segment_readers() {
                let fast = segment.fast_fields();
                let (file, stamp) = (fast.u64(column::FILE)?, fast.u64(column::STAMP)?);
                let mut last = None;
                for doc in segment.doc_ids_alive() {
                    // Within a language, the articles of a file mostly stand one after the other.
                    let entry = file.first(doc).zip(stamp.first(doc));
                    if entry != last {
                        last = entry;
                        let Some((file, stamp)) = entry else { continue };
                        files
                            .entry(FileKey(file))
                            .and_modify(|most: &mut u64| *most = stamp.max(*most))
                            .or_insert(stamp);
                    }
                }
            }
            Ok(files)
        })
    }

    /// Runs something in the engine.
    pub(crate) fn caught<T>(&self, run: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        caught(&self.place, run)
    }

    /// Everything that matches `query`; `None` when the context says that nobody waits for it.
    ///
    /// The default order is by relevance where words are asked for, else the newest first.
    pub fn search(&self, query: &Query, context: &SearchContext) -> Result<Option<Found>> {
        caught(&self.place, || self.search_plainly(query, context))
    }

    /// How many articles match `query` as it is, without forgiveness; `None` when the context says that
    /// nobody waits for it.
    pub fn count(&self, query: &Query, context: &SearchContext) -> Result<Option<usize>> {
        caught(&self.place, || {
            collect::count(&self.searcher, &*self.lowering(context).query(query.root.as_ref()), context.cancelled)
        })
    }

    /// The compounds by which `query` finds articles, for a [`Matcher`](crate::index::Matcher).
    pub fn compounds(&self, query: &Query, context: &SearchContext) -> Result<Compounds> {
        caught(&self.place, || Ok(self.lowering(context).compounding().of_query(query)))
    }

    fn search_plainly(&self, query: &Query, context: &SearchContext) -> tantivy::Result<Option<Found>> {
        let root = query.root.as_ref();
        let asks_for_words = root.is_some_and(asks_for_words);
        let default = if asks_for_words { Sort::Relevance } else { Sort::Newest };
        let sort = match query.sort {
            // Without words everything is equally relevant.
            Some(Sort::Relevance) | None => default,
            Some(sort) => sort,
        };
        if root.is_none() {
            return self.everything(sort, context);
        }
        let lowering = self.lowering(context);
        let pass = |lowering: &Lowering, root: Option<&Node>| -> tantivy::Result<Option<Pass>> {
            let query = lowering.query(root);
            let mut pass =
                collect::pass(&self.searcher, &self.columns, &*query, sort, self.titles(sort)?, context.cancelled)?;
            if let Some(pass) = pass.as_mut().filter(|_| sort == Sort::Relevance) {
                nearness::rank(&self.searcher, self.fields, root, &mut pass.keys)?;
            }
            Ok(pass)
        };
        let Some(Pass { keys, facets }) = pass(&lowering, root)? else {
            return Ok(None);
        };
        if !keys.is_empty() {
            return Ok(Some(self.found(keys, facets, sort)));
        }
        let Some(help) = self.empty_help(query, &lowering, context)? else {
            return Ok(None);
        };
        let attempts = if context.forgiving { relax::attempts(query, &help) } else { Vec::new() };
        for Attempt { forgiven, relaxed } in attempts {
            let enough = relaxed.as_ref().map(|relaxed| relaxed.enough);
            let root = relaxed.as_ref().map_or(root, |relaxed| relaxed.query.root.as_ref());
            let lowering = Lowering { forgiven, enough, ..self.lowering(context) };
            let Some(Pass { keys, facets }) = pass(&lowering, root)? else {
                return Ok(None);
            };
            if keys.is_empty() {
                continue;
            }
            let Some(corrections) = relax::corrections(&lowering, context.cancelled)? else {
                return Ok(None);
            };
            let forgiven = !lowering.forgiven.is_empty();
            let found = self.found(keys, facets, sort);
            return Ok(Some(Found { empty: Some(help), forgiven, corrections, relaxed, ..found }));
        }
        let found = self.found(Vec::new(), Facets::default(), sort);
        Ok(Some(Found { empty: Some(help), ..found }))
    }

    /// What turns queries into the engine's, with every word at its letters.
    pub(crate) fn lowering(&self, context: &SearchContext) -> Lowering<'_> {
        Lowering {
            searcher: &self.searcher,
            fields: self.fields,
            stemmers: &self.stemmers,
            families: &self.families,
            scripts: &self.scripts,
            today: context.today,
            forgiven: BTreeSet::new(),
            enough: None,
        }
    }

    fn found(&self, keys: Vec<u64>, facets: Facets, sort: Sort) -> Found {
        let order = Order::new(&self.searcher, self.columns.clone(), keys, sort);
        Found {
            total: self.len(),
            matched: order.len(),
            order,
            sort,
            facets,
            empty: None,
            forgiven: false,
            corrections: Vec::new(),
            relaxed: None,
        }
    }

    /// All articles.
    fn everything(&self, sort: Sort, context: &SearchContext) -> tantivy::Result<Option<Found>> {
        let mut everything = self.everything.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = everything.iter().find(|found| found.sort == sort) {
            return Ok(Some(found.clone()));
        }
        let titles = self.titles(sort)?;
        // Every article is looked up for it, and whoever asks for all goes on to ask for some of them.
        self.columns.all_kinds(&self.searcher)?;
        let Some(pass) = collect::pass(&self.searcher, &self.columns, &AllQuery, sort, titles, context.cancelled)?
        else {
            return Ok(None);
        };
        let found = self.found(pass.keys, pass.facets, sort);
        everything.push(found.clone());
        Ok(Some(found))
    }

    /// The places of all titles in their order, where that is asked for.
    fn titles(&self, sort: Sort) -> tantivy::Result<Option<&TitleRanks>> {
        if sort != Sort::Title {
            return Ok(None);
        }
        if let Some(ranks) = self.titles.get() {
            return Ok(Some(ranks));
        }
        let ranks = TitleRanks::of(&self.searcher)?;
        Ok(Some(self.titles.get_or_init(|| ranks)))
    }

    /// Why nothing matches; `None` when nobody waits for it.
    fn empty_help(
        &self,
        query: &Query,
        lowering: &Lowering,
        context: &SearchContext,
    ) -> tantivy::Result<Option<EmptyHelp>> {
        let mut help = EmptyHelp::default();
        for clause in &query.clauses {
            let Some(node) = any(&clause.conditions) else {
                continue;
            };
            if let [condition] = &clause.conditions[..]
                && let Some(text) = condition.text().filter(|_| !clause.negated)
            {
                let alone = lowering.query(Some(&node));
                match collect::count(&self.searcher, &*alone, context.cancelled)? {
                    None => return Ok(None),
                    Some(0) => help.unknown.push(Clean::new(text)),
                    Some(_) => {}
                }
            }
            let node = if clause.negated { Node::Not(Box::new(node)) } else { node };
            let rest = query.root.as_ref().filter(|_| clause.top_level).and_then(|root| without(root, &node));
            let Some(rest) = rest else {
                continue;
            };
            let rest = lowering.query(rest.as_ref());
            let Some(count) = collect::count(&self.searcher, &*rest, context.cancelled)? else {
                return Ok(None);
            };
            if count > help.without.as_ref().map_or(0, |(_, most)| *most) {
                help.without = Some((clause.span.clone(), count));
            }
        }
        Ok(Some(help))
    }

    /// The rows at these places of an order; places beyond its end are left out.
    ///
    /// Fails with [`crate::Error::Index`] when one of them is damaged; then the index is made anew
    /// when it is opened next.
    pub fn rows(&self, order: &Order, range: Range<usize>) -> Result<Vec<Row>> {
        let rows = caught(&self.place, || {
            let end = range.end.min(order.len());
            let row = |at| row(order, self.fields, at);
            (range.start.min(end)..end).map(row).collect()
        });
        if rows.is_err()
            && let Err(error) = mark_damaged(&self.place)
        {
            tracing::warn!("that the index is damaged cannot be noted: {error}");
        }
        rows
    }

    /// The place of an article in an order. Ids are of the content, so a file that lies in the pile
    /// twice has the same twice; then it is the first place.
    pub fn place_of(&self, order: &Order, id: ArticleId) -> Result<Option<usize>> {
        caught(&self.place, || {
            let id = Term::from_field_u64(self.fields.id, id.0);
            let query = RangeQuery::new(Bound::Included(id.clone()), Bound::Included(id));
            let Some(pass) = collect::pass(order.searcher(), order.columns(), &query, Sort::Newest, None, &|| false)?
            else {
                return Ok(None);
            };
            let mut places = Vec::new();
            for key in pass.keys {
                places.extend(order.place_of(key as u32));
            }
            Ok(places.into_iter().min())
        })
    }

    /// The articles whose id begins with `prefix`, a hundred at most.
    pub fn by_id(&self, prefix: &str) -> Result<Vec<Row>> {
        let Some(range) = ArticleId::starting_with(prefix) else {
            return Ok(Vec::new());
        };
        let bound = |id: &u64| Bound::Included(Term::from_field_u64(self.fields.id, *id));
        self.some(Box::new(RangeQuery::new(bound(range.start()), bound(range.end()))))
    }

    /// The articles of a file, by their number in it.
    pub fn by_path(&self, path: &Path) -> Result<Vec<Row>> {
        let term = Term::from_field_u64(self.fields.path_hash, path_hash(path));
        let mut rows = self.some(Box::new(TermQuery::new(term, IndexRecordOption::Basic)))?;
        rows.retain(|row| row.origin.path == path);
        rows.sort_by_key(|row| row.origin.part);
        Ok(rows)
    }

    fn some(&self, query: Box<dyn EngineQuery>) -> Result<Vec<Row>> {
        let order = caught(&self.place, || {
            let query = ConstScoreQuery::new(query, 0.0);
            let pass = collect::pass(&self.searcher, &self.columns, &query, Sort::Newest, None, &|| false)?;
            let keys = pass.map(|pass| pass.keys).unwrap_or_default();
            Ok(Order::new(&self.searcher, self.columns.clone(), keys, Sort::Newest))
        })?;
        self.rows(&order, 0..MOST_BY_ID)
    }
}

/// Reads the row at a place of an order.
fn row(order: &Order, fields: Fields, at: usize) -> tantivy::Result<Row> {
    let address = order.address(at);
    let document: TantivyDocument = order.searcher().doc(address)?;
    let columns = order.columns().segments.get(address.segment_ord as usize);
    let id = columns.and_then(|columns| columns.id.as_ref()?.first(address.doc_id));
    let stored = document.get_first(fields.record);
    let stored = stored.as_ref().and_then(|value| value.as_bytes()).zip(id);
    let row = stored.and_then(|(bytes, id)| StoredRow::from_bytes(bytes, ArticleId(id)));
    let (record, origin, opening) = row.ok_or_else(|| tantivy::TantivyError::InternalError(DAMAGED_ROW.to_owned()))?;
    Ok(Row { record, origin, opening, score: order.score(at) })
}

/// True when a node asks for words, so that some articles match better than others.
fn asks_for_words(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_words),
        Node::Not(_) => false,
        Node::Leaf(condition) => condition.part().is_some(),
    }
}

/// Any of the conditions of a clause, as the root of the query holds it.
fn any(conditions: &[Condition]) -> Option<Node> {
    match conditions {
        [] => None,
        [condition] => Some(Node::Leaf(condition.clone())),
        several => Some(Node::Or(several.iter().cloned().map(Node::Leaf).collect())),
    }
}

/// `root` without one of its conditions: `None` when it has no such condition, `Some(None)` when it
/// was the only one.
fn without(root: &Node, condition: &Node) -> Option<Option<Node>> {
    if root == condition {
        return Some(None);
    }
    let Node::And(nodes) = root else {
        return None;
    };
    let at = nodes.iter().position(|node| node == condition)?;
    let mut rest = nodes.clone();
    rest.remove(at);
    Some(if rest.len() > 1 { Some(Node::And(rest)) } else { rest.pop() })
}
