//! What can be asked of the index as a commit left it.

use std::any::Any;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::{Bound, Range};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::query::{AllQuery, ConstScoreQuery, Query as EngineQuery, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Opstamp, Searcher, Term};

use super::collect::{self, Pass};
use super::columns::Columns;
use super::examples::examples;
use super::explain::explain;
use super::lacking::{Lacked, lacking};
use super::nearness;
use super::order::IndexOrder;
use super::relax::{self, Attempt};
use super::state::State;
use super::stated::{any, asks_for_words};
use super::tally::tally;
use super::titles::TitleRanks;
use crate::Result;
use crate::archive::{
    Answer, Archive, Asking, Capabilities, CellKind, Compounds, EmptyHelp, Explained, Facets, FileKey, Found, Marker,
    Order, Outcome, Row, Tally,
};
use crate::article::ArticleId;
use crate::article::IdSet;
use crate::index::analysis::scripts::SCRIPTS;
use crate::index::analysis::stems::LanguageStemmer;
use crate::index::asking::kin;
use crate::index::asking::lower::Lowering;
use crate::index::asking::telling::most_telling;
use crate::index::asking::vocabulary::Vocabulary;
use crate::index::asking::ways::Lowered;
use crate::index::asking::work::Work;
use crate::index::marking::matcher::marker;
use crate::index::store::engine::IndexFolder;
use crate::index::store::families::Families;
use crate::index::store::schema::{Fields, column, path_hash};
use crate::query::{Node, Query, Sort};
use crate::text::Clean;

/// How many articles a prefix of an id may name; whoever types less is shown the first ones.
const MOST_BY_ID: usize = 100;

/// The index as the last commit left it. Copying it is cheap, and it may be used from any thread.
#[derive(Clone)]
pub(crate) struct IndexArchive {
    state: State,
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

impl IndexArchive {
    /// Opens what has to be open to ask anything of this state.
    pub(crate) fn open(searcher: Searcher, fields: Fields, folder: IndexFolder) -> tantivy::Result<IndexArchive> {
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
        let state = State { searcher, columns, fields, folder };
        Ok(IndexArchive { state, stemmers, families, scripts, titles, everything })
    }

    /// True when it shows exactly these segments, each in the state of this deletion.
    pub(crate) fn shows(&self, segments: impl Iterator<Item = (SegmentId, Option<Opstamp>)>) -> bool {
        let segments: BTreeMap<SegmentId, Option<Opstamp>> = segments.collect();
        *self.state.searcher.generation().segments() == segments
    }

    /// The state that it answers for.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// The files that are indexed, and what they looked like when they were read: of several stamps
    /// of a file's articles the largest.
    pub(crate) fn files(&self) -> Result<HashMap<FileKey, u64>> {
        self.state.caught(|| {
            let mut files = HashMap::new();
            for segment in self.state.searcher.segment_readers() {
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

    fn search_plainly(&self, query: &Query, asking: &Asking) -> tantivy::Result<Option<Found>> {
        let work = Arc::new(Work::default());
        let query = &*self.most_telling(query, &work);
        let root = query.root.as_ref();
        let asks_for_words = root.is_some_and(asks_for_words);
        let default = if asks_for_words { Sort::Relevance } else { Sort::Newest };
        let sort = match query.sort {
            // Without words everything is equally relevant.
            Some(Sort::Relevance) | None => default,
            Some(sort) => sort,
        };
        if root.is_none() {
            return self.everything(sort, asking);
        }
        let lowering = || Lowering { work: work.clone(), ..self.lowering(asking) };
        let plain = lowering();
        let pass = |lowering: &Lowering, root: Option<&Node>| -> tantivy::Result<Option<Pass>> {
            let query = lowering.query(root);
            let mut pass = collect::pass(
                &self.state.searcher,
                &self.state.columns,
                &*query,
                sort,
                self.titles(sort)?,
                asking.cancelled,
            )?;
            // Where articles lack words, what stands near what says little.
            if let Some(pass) = pass.as_mut().filter(|_| sort == Sort::Relevance && !lowering.most) {
                nearness::rank(&self.state.searcher, self.state.fields, root, &mut pass.keys)?;
            }
            Ok(pass)
        };
        // The same with what has the most telling words, in order also by what the best of it has in common.
        let pass_of_question = |lowering: &mut Lowering, root: Option<&Node>| -> tantivy::Result<Option<Pass>> {
            let Some(found) = pass(lowering, root)? else { return Ok(None) };
            let is_question = root.is_some_and(|root| relax::words(root) >= kin::FEWEST);
            let Some(texts) = asking.texts.filter(|_| is_question && sort == Sort::Relevance) else {
                return Ok(Some(found));
            };
            let Some(examples) = examples(&self.state, &found.keys, texts, asking) else { return Ok(None) };
            lowering.kin = kin::kin(lowering, &examples);
            if lowering.kin.is_empty() { Ok(Some(found)) } else { pass(lowering, root) }
        };
        // What has some of the words and is not among these, where it is asked for.
        let below = |above: &[u64], lowering: Lowering| -> tantivy::Result<Option<Option<Arc<dyn Order>>>> {
            if !asking.more || !root.is_some_and(relax::has_several_words) {
                return Ok(Some(None));
            }
            let mut lowering = Lowering { most: true, ..lowering };
            let Some(mut most) = pass_of_question(&mut lowering, root)? else { return Ok(None) };
            // The lower half of a key is the article's number.
            let above: HashSet<u32> = above.iter().map(|key| *key as u32).collect();
            most.keys.retain(|key| !above.contains(&(*key as u32)));
            let order: Arc<dyn Order> = Arc::new(IndexOrder::new(self.state.clone(), most.keys, sort));
            Ok(Some(Some(order).filter(|order| !order.is_empty())))
        };
        let Some(Pass { keys, facets }) = pass(&plain, root)? else {
            return Ok(None);
        };
        if !keys.is_empty() {
            let Some(more) = below(&keys, lowering())? else { return Ok(None) };
            let found = self.found(keys, facets, sort);
            return Ok(Some(Found { more, limits: work.limits(), ..found }));
        }
        let Some(help) = self.empty_help(query, &plain, asking)? else {
            return Ok(None);
        };
        let attempts = if asking.forgiving { relax::attempts(query, &help) } else { Vec::new() };
        for Attempt { forgiven, relaxed } in attempts {
            let root = relaxed.as_ref().map_or(root, |relaxed| relaxed.query.root.as_ref());
            let mut lowering = Lowering { forgiven, most: relaxed.is_some(), ..lowering() };
            let found = match lowering.most {
                true => pass_of_question(&mut lowering, root)?,
                false => pass(&lowering, root)?,
            };
            let Some(Pass { keys, facets }) = found else {
                return Ok(None);
            };
            if keys.is_empty() {
                continue;
            }
            let Some(corrections) = relax::corrections(&lowering, asking.cancelled)? else {
                return Ok(None);
            };
            let forgiven = !lowering.forgiven.is_empty();
            let more = match lowering.most {
                true => None,
                false => {
                    let Some(more) = below(&keys, lowering)? else { return Ok(None) };
                    more
                }
            };
            let found = self.found(keys, facets, sort);
            let limits = work.limits();
            return Ok(Some(Found { empty: Some(help), forgiven, corrections, relaxed, more, limits, ..found }));
        }
        let found = self.found(Vec::new(), Facets::default(), sort);
        Ok(Some(Found { empty: Some(help), limits: work.limits(), ..found }))
    }

    /// What turns queries into the engine's, with every word at its letters.
    pub(crate) fn lowering<'a>(&'a self, asking: &Asking<'a>) -> Lowering<'a> {
        Lowering {
            searcher: &self.state.searcher,
            fields: self.state.fields,
            stemmers: &self.stemmers,
            families: &self.families,
            scripts: &self.scripts,
            today: asking.today,
            marks: asking.marks,
            forgiven: BTreeSet::new(),
            most: false,
            kin: Vec::new(),
            work: Arc::default(),
        }
    }

    fn found(&self, keys: Vec<u64>, facets: Facets, sort: Sort) -> Found {
        let order = IndexOrder::new(self.state.clone(), keys, sort);
        let matched = order.count();
        Found::as_asked(self.len(), Arc::new(order), matched, sort, facets)
    }

    /// All articles.
    fn everything(&self, sort: Sort, asking: &Asking) -> tantivy::Result<Option<Found>> {
        let mut everything = self.everything.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = everything.iter().find(|found| found.sort == sort) {
            return Ok(Some(found.clone()));
        }
        let titles = self.titles(sort)?;
        // Every article is looked up for it, and whoever asks for all goes on to ask for some of them.
        self.state.columns.all_kinds(&self.state.searcher)?;
        let Some(pass) =
            collect::pass(&self.state.searcher, &self.state.columns, &AllQuery, sort, titles, asking.cancelled)?
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
        let ranks = TitleRanks::of(&self.state.searcher)?;
        Ok(Some(self.titles.get_or_init(|| ranks)))
    }

    /// Why nothing matches; `None` when nobody waits for it.
    fn empty_help(&self, query: &Query, lowering: &Lowering, asking: &Asking) -> tantivy::Result<Option<EmptyHelp>> {
        let mut help = EmptyHelp::default();
        let nodes = match &query.root {
            Some(Node::And(nodes)) => &nodes[..],
            root => root.as_slice(),
        };
        let (nodes, lowered): (Vec<&Node>, Vec<_>) =
            nodes.iter().filter_map(|node| Some((node, lowering.node(node)?))).unzip();
        let Some(lacked) = lacking(&self.state.searcher, &lowered, asking.cancelled)? else {
            return Ok(None);
        };
        // Each is looked for by its hash: there may be many.
        let mut standing: HashMap<Node, Lacked> = HashMap::new();
        for (node, lacked) in nodes.into_iter().zip(lacked) {
            standing.entry(node.clone()).or_insert(lacked);
        }
        for clause in &query.clauses {
            let Some(node) = any(&clause.conditions) else {
                continue;
            };
            let word = match &clause.conditions[..] {
                [condition] if !clause.negated => condition.text(),
                _ => None,
            };
            let signed = if clause.negated { Node::Not(Box::new(node.clone())) } else { node.clone() };
            let lacked = standing.get(&signed).filter(|_| clause.top_level);
            if let Some(text) = word {
                let having = match lacked {
                    Some(lacked) => Some(lacked.having),
                    None => {
                        let alone = lowering.query(Some(&node));
                        collect::count(&self.state.searcher, &*alone, asking.cancelled)?
                    }
                };
                match having {
                    None => return Ok(None),
                    Some(0) => help.unknown.push(Clean::new(text)),
                    Some(_) => {}
                }
            }
            if let Some(lacked) =
                lacked.filter(|lacked| lacked.alone > help.without.as_ref().map_or(0, |(_, most)| *most))
            {
                help.without = Some((clause.span.clone(), lacked.alone));
            }
        }
        Ok(Some(help))
    }

    /// The query with no more words than are looked for.
    fn most_telling<'q>(&self, query: &'q Query, work: &Work) -> Cow<'q, Query> {
        most_telling(query, self.vocabulary(), work)
    }

    /// The engine's query for a query, made when it is called for, and what is left out of it then.
    fn lowered<'a>(&'a self, query: &'a Query, asking: &'a Asking) -> (impl Fn() -> Lowered + 'a, Arc<Work>) {
        let work = Arc::new(Work::default());
        let at_work = work.clone();
        let lowered = move || {
            let lowering = Lowering { work: at_work.clone(), ..self.lowering(asking) };
            lowering.query(self.most_telling(query, &at_work).root.as_ref())
        };
        (lowered, work)
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { searcher: &self.state.searcher, fields: self.state.fields, families: &self.families }
    }

    fn some(&self, query: Box<dyn EngineQuery>, asking: &Asking) -> Outcome<Vec<Row>> {
        let keys = self.state.caught(|| {
            let query = ConstScoreQuery::new(query, 0.0);
            let State { searcher, columns, .. } = &self.state;
            Ok(collect::pass(searcher, columns, &query, Sort::Newest, None, asking.cancelled)?.map(|pass| pass.keys))
        })?;
        let Some(keys) = keys else {
            return Ok(None);
        };
        IndexOrder::new(self.state.clone(), keys, Sort::Newest).rows(0..MOST_BY_ID, asking.cancelled)
    }
}

impl Archive for IndexArchive {
    fn capabilities(&self) -> Capabilities {
        Capabilities { typing_errors: true, explains: true, far_places: true, most_marked: None, waits: false }
    }

    fn len(&self) -> usize {
        self.state.searcher.num_docs() as usize
    }

    fn search(&self, query: &Query, asking: &Asking) -> Result<Option<Found>> {
        self.state.caught(|| self.search_plainly(query, asking))
    }

    fn count(&self, query: &Query, asking: &Asking) -> Outcome<usize> {
        let (lowered, work) = self.lowered(query, asking);
        let count = self.state.caught(|| collect::count(&self.state.searcher, &*lowered(), asking.cancelled));
        Ok(count?.map(|value| Answer { value, limits: work.limits() }))
    }

    fn tally(&self, query: &Query, by: &[CellKind], asking: &Asking) -> Outcome<Tally> {
        let (lowered, work) = self.lowered(query, asking);
        let tallied = self.state.caught(|| tally(&self.state, &*lowered(), by, asking.cancelled));
        Ok(tallied?.map(|value| Answer { value, limits: work.limits() }))
    }

    fn ids(&self, query: &Query, asking: &Asking) -> Outcome<IdSet> {
        let Some(found) = self.search(query, asking)? else {
            return Ok(None);
        };
        let ids = found.order.ids(0..found.matched, asking.cancelled)?;
        Ok(ids.map(|ids| ids.map(IdSet::from_iter)))
    }

    fn by_id(&self, prefix: &str, asking: &Asking) -> Outcome<Vec<Row>> {
        let Some(range) = ArticleId::starting_with(prefix) else {
            return Ok(Some(Answer::default()));
        };
        let bound = |id: &u64| Bound::Included(Term::from_field_u64(self.state.fields.id, *id));
        self.some(Box::new(RangeQuery::new(bound(range.start()), bound(range.end()))), asking)
    }

    fn by_path(&self, path: &Path, asking: &Asking) -> Outcome<Vec<Row>> {
        let term = Term::from_field_u64(self.state.fields.path_hash, path_hash(path));
        let Some(mut rows) = self.some(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), asking)? else {
            return Ok(None);
        };
        rows.value.retain(|row| row.origin.path == path);
        rows.value.sort_by_key(|row| row.origin.part);
        Ok(Some(rows))
    }

    fn explain(&self, query: &Query, found: &Found, places: Range<usize>, asking: &Asking) -> Outcome<Vec<Explained>> {
        let order: &dyn Any = &*found.order;
        let Some(order) = order.downcast_ref::<IndexOrder>() else {
            return Ok(Some(Answer::default()));
        };
        // Words that were taken apart were found by their pieces.
        let (query, forgiven) = found.asked(query);
        let lowering = self.lowering(asking);
        let query = self.most_telling(query, &lowering.work);
        Ok(Some(Answer::whole(self.state.caught(|| explain(lowering, &query, forgiven, order, places))?)))
    }

    fn compounds(&self, query: &Query, asking: &Asking) -> Outcome<Compounds> {
        let compounds = self.state.caught(|| {
            let query = self.most_telling(query, &Work::default());
            Ok(self.lowering(asking).compounding().of_query(&query))
        });
        Ok(Some(Answer::whole(compounds?)))
    }

    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
        marker(query, forgiven, compounds)
    }
}
