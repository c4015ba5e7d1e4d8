//! What a query asks, in the engine's terms.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use chrono::{Local, NaiveDate, NaiveTime, TimeZone};
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, PhrasePrefixQuery, PhraseQuery,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::beginning::{Beginning, Pattern};
use super::compounds::Compounding;
use super::excluded::Excluded;
use super::marked::Marked;
use super::most::Most;
use super::near::Near;
use super::spellings::Misspelt;
use super::target::{Target, targets};
use super::vocabulary::{Known, Vocabulary};
use super::ways::{Kin, Lowered, Sought, Way};
use super::word::Word;
use super::work::{LISTED, Work};
use crate::archive::{MarkedIds, Marks, MatchKind};
use crate::article::{ArticleId, LanguageTag};
use crate::index::analysis::asked::{Asked, AskedUnit, allowed_errors, asked, asked_phrase, joined, near_terms, pair};
use crate::index::analysis::forms::Forms;
use crate::index::analysis::scripts::{SCRIPTS, other_scripts};
use crate::index::analysis::stems::LanguageStemmer;
use crate::index::store::families::Families;
use crate::index::store::schema::{Fields, column, day_number, trait_code, whole_hash};
use crate::query::expression::{of_wildcards, ready};
use crate::query::{Condition, DateCondition, Fact, Form, Names, Node, Number, Part, Set};
use crate::text::fold::fold;

/// Turns queries into the engine's.
pub(crate) struct Lowering<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    /// The stemmers of the languages that the index holds.
    pub stemmers: &'a [LanguageStemmer],
    /// The families of words of each segment.
    pub families: &'a [Families],
    /// Of each of [`SCRIPTS`], whether some title or text has a word in it.
    pub scripts: &'a [bool],
    pub today: NaiveDate,
    /// The reader's own marks.
    pub marks: Option<&'a dyn Marks>,
    /// The words, as they were typed, of which typing errors are forgiven.
    pub forgiven: BTreeSet<String>,
    /// Whether an article needs not have all of the words outside of brackets, but some that are telling.
    pub most: bool,
    /// Words that go together with these.
    pub kin: Vec<Kin>,
    /// What this search has looked up, and what it left out.
    pub work: Arc<Work>,
}

/// When a day begins where the reader is, in milliseconds since 1970.
pub(crate) fn midnight(day: NaiveDate) -> i64 {
    let midnight = day.and_time(NaiveTime::MIN);
    // Where the clocks jump over midnight, the day begins with the hour that there is.
    let local = Local.from_local_datetime(&midnight).earliest();
    local.map_or(midnight.and_utc().timestamp_millis(), |moment| moment.timestamp_millis())
}

/// Leaves away the words that the most articles have, until the lists of the others have no more than `most`
/// entries; tells how many were left away. One always stays.
fn keep_most_telling(words: &mut Vec<Vec<Way>>, most: u64) -> usize {
    let entries: Vec<u64> = words.iter().map(|ways| ways.iter().map(|way| way.sought.entries()).sum()).collect();
    if entries.iter().sum::<u64>() <= most {
        return 0;
    }
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|at| entries[*at]);
    let mut sum = 0u64;
    let fitting = order.iter().take_while(|at| {
        sum += entries[**at];
        sum <= most
    });
    let kept: BTreeSet<usize> = fitting.chain(order.first()).copied().collect();
    let before = words.len();
    let mut at = 0..;
    words.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
    before - words.len()
}

/// Words of one stem, and the languages by whose rules they are.
pub(super) type Kindred = BTreeMap<BTreeSet<String>, Vec<LanguageTag>>;

impl Lowering<'_> {
    /// The engine's query for `root`, which matches everything when it asks for nothing.
    pub(crate) fn query(&self, root: Option<&Node>) -> Lowered {
        root.and_then(|node| self.node(node)).unwrap_or_else(everything)
    }

    /// The engine's query for a node; `None` when it asks for nothing that could be looked for, as
    /// a word of punctuation does.
    pub(crate) fn node(&self, node: &Node) -> Option<Lowered> {
        match node {
            Node::And(nodes) => {
                let mut clauses: Vec<(Occur, Lowered)> = Vec::new();
                if self.most {
                    clauses.push((Occur::Must, Box::new(self.most(nodes))));
                }
                for node in nodes.iter().filter(|node| !self.most || !is_word(node)) {
                    match node {
                        Node::Not(inner) => clauses.extend(self.node(inner).map(excluded)),
                        node => clauses.extend(self.node(node).map(|query| (Occur::Must, query))),
                    }
                }
                combined(clauses)
            }
            Node::Or(nodes) => {
                combined(nodes.iter().filter_map(|node| self.node(node)).map(|query| (Occur::Should, query)).collect())
            }
            Node::Not(inner) => combined(vec![excluded(self.node(inner)?)]),
            Node::Leaf(condition) => self.condition(condition),
        }
    }

    /// Articles with the most telling of the words among some nodes.
    fn most(&self, nodes: &[Node]) -> Most {
        let words = nodes.iter().filter_map(|node| match node {
            Node::Leaf(Condition::Word { part, text, form }) => self.ways(*part, text, *form),
            _ => None,
        });
        let mut words: Vec<Vec<Way>> = words.collect();
        let left_out = keep_most_telling(&mut words, LISTED);
        if left_out > 0 {
            self.work.note(&format!("{left_out} of the words, which very many articles have"));
        }
        Most { words, kin: self.kin.clone(), body: self.fields.body }
    }

    fn condition(&self, condition: &Condition) -> Option<Lowered> {
        match condition {
            Condition::Fact { fact, .. } => Some(self.fact(fact)),
            words => {
                let found: Lowered = Box::new(Word { ways: self.ways_of(words)? });
                // Tags are the article's own and the reader's.
                match words.text().filter(|_| words.part() == Some(Part::Tag)) {
                    Some(tag) => Some(any(vec![found, self.among(&Set::Tagged(tag.to_owned()))])),
                    None => Some(found),
                }
            }
        }
    }

    /// All ways in which the words of a condition may be in an article; `None` when it asks for none.
    pub(crate) fn ways_of(&self, condition: &Condition) -> Option<Vec<Way>> {
        match condition {
            Condition::Word { part, text, form: form @ (Form::Wildcard | Form::Expression) } => {
                self.pattern_ways(*part, text, *form)
            }
            Condition::Word { part, text, form: Form::Exact } | Condition::Phrase { part, text } => {
                self.sequence_ways(*part, &asked_phrase(text), Form::Word, true)
            }
            Condition::Word { part, text, form } => self.ways(*part, text, *form),
            Condition::Near { part, text, within } => self.near_ways(*part, text, *within),
            Condition::Fact { .. } => None,
        }
    }

    /// Words that fit a pattern.
    fn pattern_ways(&self, part: Part, text: &str, form: Form) -> Option<Vec<Way>> {
        let (expression, beginning) = match form {
            // The words of the index stand there without accents as well.
            Form::Wildcard => {
                let folded = fold(text);
                let beginning = folded.split('*').next().unwrap_or_default().to_owned();
                (of_wildcards(&folded)?, beginning)
            }
            _ => (ready(text).ok()?, String::new()),
        };
        let ways = targets(self.fields, part).into_iter().map(|target| {
            let pattern = Some(Pattern { expression: expression.clone(), limited: self.work.fitting_left_out.clone() });
            let sought = Sought::Beginning(Beginning { field: target.words, text: beginning.clone(), pattern });
            Way { kind: MatchKind::Pattern, place: target.place, sought }
        });
        Some(ways.collect())
    }

    /// Words near each other.
    fn near_ways(&self, part: Part, text: &str, within: u32) -> Option<Vec<Way>> {
        let terms = near_terms(text);
        if terms.is_empty() {
            return None;
        }
        let ways = targets(self.fields, part).into_iter().map(|target| {
            let sought = Sought::other(Near::new(target.words, &terms, within));
            Way { kind: MatchKind::Exact, place: target.place, sought }
        });
        Some(ways.collect())
    }

    /// What is so of an article, whichever field asks for it. It says nothing about how good a match is.
    fn fact(&self, fact: &Fact) -> Lowered {
        match fact {
            Fact::Named(column, names) => {
                let mut one_of: Vec<Lowered> = Vec::new();
                for name in names {
                    one_of.push(match column {
                        Names::Language => self.term(self.fields.language, name),
                        Names::Whole(part) => number(self.fields.wholes, whole_hash(*part, name)),
                    });
                    if *column == Names::Whole(Part::Tag) {
                        one_of.push(self.among(&Set::Tagged(name.clone())));
                    }
                }
                silent(any(one_of))
            }
            Fact::Count(column, least, most) => {
                let field = match column {
                    Number::Words => self.fields.words,
                };
                let bound = |number: &Option<u64>| {
                    number.map_or(Bound::Unbounded, |number| Bound::Included(Term::from_field_u64(field, number)))
                };
                silent(Box::new(RangeQuery::new(bound(least), bound(most))))
            }
            Fact::Id(beginning) => match ArticleId::starting_with(beginning) {
                Some(ids) => {
                    let bound = |id: &u64| Bound::Included(Term::from_field_u64(self.fields.id, *id));
                    silent(Box::new(RangeQuery::new(bound(ids.start()), bound(ids.end()))))
                }
                None => Box::new(EmptyQuery),
            },
            Fact::Days(days) => silent(self.date(days)),
            Fact::Has(asked) => silent(self.term(self.fields.has, trait_code(*asked))),
            Fact::Among(set) => self.among(set),
            Fact::Unknown(_) => Box::new(EmptyQuery),
        }
    }

    /// The articles of a set of the reader's own.
    fn among(&self, set: &Set) -> Lowered {
        match set {
            Set::Added(days) => return silent(self.added(days)),
            // Whoever has the texts at hand asks for the words of the article instead.
            Set::Like(_) => self.work.note("what is about the same (newsstand similar finds it)"),
            Set::New => {
                // Before the first visit has ended nothing was seen, and so all is new.
                let visited = self.marks.and_then(|marks| marks.visited());
                return silent(visited.map_or_else(everything, |visited| self.added_within(Some(visited + 1), None)));
            }
            _ => {}
        }
        match self.marks.and_then(|marks| marks.ids(set)) {
            Some(MarkedIds { ids, all_but: false }) => silent(Box::new(Marked { ids })),
            Some(MarkedIds { ids, all_but: true }) => {
                let all_but = vec![(Occur::Must, everything()), excluded(Box::new(Marked { ids }))];
                Box::new(BooleanQuery::new(all_but))
            }
            // Nobody has told of marks: every article is unread and without a tag.
            None if matches!(set, Set::Unread | Set::Untagged) => everything(),
            None => Box::new(EmptyQuery),
        }
    }

    /// What came into the pile in these days.
    fn added(&self, condition: &DateCondition) -> Lowered {
        let Some((from, to)) = condition.days(self.today) else {
            let known: Lowered = Box::new(ExistsQuery::new(column::ADDED.to_owned(), false));
            return Box::new(BooleanQuery::new(vec![(Occur::Must, everything()), (Occur::MustNot, known)]));
        };
        self.added_within(from.map(midnight), to.and_then(|day| day.succ_opt()).map(|day| midnight(day) - 1))
    }

    /// What came into the pile from one moment to another, both included.
    fn added_within(&self, from: Option<i64>, to: Option<i64>) -> Lowered {
        let bound = |moment: Option<i64>| {
            moment.map_or(Bound::Unbounded, |moment| Bound::Included(Term::from_field_i64(self.fields.added, moment)))
        };
        Box::new(RangeQuery::new(bound(from), bound(to)))
    }

    fn date(&self, condition: &DateCondition) -> Lowered {
        let dated = || -> Lowered { Box::new(ExistsQuery::new(column::FIRST.to_owned(), false)) };
        let Some((from, to)) = condition.days(self.today) else {
            return Box::new(BooleanQuery::new(vec![(Occur::Must, everything()), (Occur::MustNot, dated())]));
        };
        let day = |field, day: NaiveDate| Term::from_field_i64(field, day_number(day));
        let mut clauses: Vec<(Occur, Lowered)> = Vec::new();
        if let Some(to) = to {
            let bound = Bound::Included(day(self.fields.first, to));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(Bound::Unbounded, bound))));
        }
        if let Some(from) = from {
            let bound = Bound::Included(day(self.fields.last, from));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(bound, Bound::Unbounded))));
        }
        if clauses.is_empty() {
            clauses.push((Occur::Must, dated()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// All ways in which a word may be in an article; `None` when nothing could be looked for.
    pub(crate) fn ways(&self, part: Part, text: &str, form: Form) -> Option<Vec<Way>> {
        let asked = (part, text.to_owned(), form, self.forgiven.contains(text));
        self.work.ways(asked, || self.find_ways(part, text, form))
    }

    fn find_ways(&self, part: Part, text: &str, form: Form) -> Option<Vec<Way>> {
        let asked = asked(text);
        let [Asked { unit: AskedUnit::Word(forms), .. }] = &asked[..] else {
            let mut ways = self.sequence_ways(part, &asked, form, false)?;
            if let Some(joined) = joined(text) {
                for target in targets(self.fields, part) {
                    self.push_if_known(&target, MatchKind::Part, std::slice::from_ref(&joined.folded), &mut ways);
                }
            }
            return Some(ways);
        };
        let errors = match form {
            Form::Fuzzy => allowed_errors(&forms.folded),
            _ if self.forgiven.contains(text) => allowed_errors(&forms.folded),
            _ => 0,
        };
        let mut ways = Vec::new();
        let is_word = matches!(form, Form::Word | Form::Typing);
        let by_stem = is_word && targets(self.fields, part).iter().any(|target| target.has_families);
        let (mut families, mut ending) = Default::default();
        if by_stem {
            families = self.families(self.stemmers.iter().map(|stemmer| (stemmer, forms.written())), &forms.folded);
            ending = self.compounding().ending_with(forms);
        }
        let spellings = if is_word { self.spellings(&forms.folded) } else { Vec::new() };
        for target in targets(self.fields, part) {
            self.whole_word(&target, forms, &mut ways);
            if target.has_families && by_stem {
                self.push_families(&target, &families, MatchKind::Stem, &mut ways);
                self.compounds(&target, forms, &ending, &mut ways);
            }
            self.scripts(&target, forms, &spellings, &mut ways);
            if matches!(form, Form::Typing | Form::Prefix) {
                target.push(MatchKind::Beginning, beginning(target.words, &forms.folded), &mut ways);
            }
            for (errors, kind) in [(1, MatchKind::Error), (2, MatchKind::TwoErrors)].into_iter().take(errors.into()) {
                if let Some(spellings) = self.work.spellings(self.searcher, target.words, &forms.folded, errors) {
                    target.push(kind, Sought::other(Misspelt(spellings)), &mut ways);
                }
            }
        }
        Some(ways)
    }

    /// The word as it is typed, without accents, and with its umlauts spelled out.
    pub(super) fn whole_word(&self, target: &Target, forms: &Forms, ways: &mut Vec<Way>) {
        // A word typed without accents asks for nothing more exact than its letters.
        let plain = if forms.exact.is_empty() { MatchKind::Exact } else { MatchKind::Folded };
        let spellings = [(&forms.folded, plain), (&forms.exact, MatchKind::Exact), (&forms.spelled, MatchKind::Folded)];
        for (text, kind) in spellings {
            if !text.is_empty()
                && let Some(known) = self.known(target.words, text)
            {
                target.push(kind, Sought::term(known), ways);
            }
        }
    }

    /// Adds the words of some families, in articles of the languages by whose rules they are families.
    pub(super) fn push_families(&self, target: &Target, families: &Kindred, kind: MatchKind, ways: &mut Vec<Way>) {
        for (words, languages) in families {
            let terms = self.all_known(target.words, words);
            if !terms.is_empty() {
                let languages = languages.iter().filter_map(|tag| self.known(self.fields.stemmed, tag.code()));
                let sought = Sought::family(terms, languages.collect(), self.searcher.num_docs());
                target.push(kind, sought, ways);
            }
        }
    }

    /// The words that share a stem with one of `spellings`, with the languages by whose rules they do.
    pub(super) fn families<'w>(
        &self,
        spellings: impl Iterator<Item = (&'w LanguageStemmer, &'w str)>,
        folded: &str,
    ) -> Kindred {
        let mut words: BTreeMap<LanguageTag, BTreeSet<String>> = BTreeMap::new();
        for (stemmer, spelled) in spellings {
            let stem = stemmer.stem(spelled);
            // Nothing but an ending has no family.
            if !stem.is_empty() {
                let words = words.entry(stemmer.tag).or_default();
                words.extend(self.vocabulary().family(&stemmer.key(&stem)));
                // A word that is its own stem is told of nowhere.
                words.insert(stem);
            }
        }
        let mut families = Kindred::new();
        for (language, mut words) in words {
            words.remove(folded);
            families.entry(words).or_default().push(language);
        }
        families
    }

    /// Compounds of which the word is the last or the first part, in languages that have them; and
    /// the parts of which it is a compound, where they are written as two words.
    fn compounds(
        &self,
        target: &Target,
        forms: &Forms,
        ending: &BTreeMap<String, BTreeSet<String>>,
        ways: &mut Vec<Way>,
    ) {
        let mut phrases = self.vocabulary().split(target.words, &forms.folded);
        // Most words that are no compound can be split by chance in more than one way.
        phrases.truncate(3);
        for (first, last) in phrases {
            let terms = [first, last].map(|part| Term::from_field_text(target.words, part));
            target.push(MatchKind::Part, Sought::other(PhraseQuery::new(terms.to_vec())), ways);
        }
        let mut words = self.compounding().beginning_with(target.words, forms);
        words.extend(ending.values().flatten().cloned());
        let languages = self.compounding().linking().map(|(stemmer, _)| stemmer.tag).collect();
        self.push_families(target, &Kindred::from([(words, languages)]), MatchKind::Part, ways);
    }

    /// How a name is spelled in other scripts. Most piles are of few scripts, and what one of the others would
    /// be need not be looked for.
    fn spellings(&self, folded: &str) -> Vec<String> {
        let held = |word: &str| {
            let first = word.chars().next();
            let script = first.and_then(|c| SCRIPTS.iter().position(|(first, last)| (*first..=*last).contains(&c)));
            script.map(|script| (script, self.scripts.get(script) == Some(&true)))
        };
        let own = held(folded).map(|(script, _)| script);
        if (0..SCRIPTS.len()).all(|script| Some(script) == own || self.scripts.get(script) == Some(&false)) {
            return Vec::new();
        }
        let mut spellings = other_scripts(folded);
        spellings.retain(|spelled| held(spelled).is_none_or(|(_, held)| held));
        spellings
    }

    /// The same name in another script.
    fn scripts(&self, target: &Target, forms: &Forms, spellings: &[String], ways: &mut Vec<Way>) {
        if spellings.is_empty() {
            return;
        }
        self.push_if_known(target, MatchKind::Script, spellings, ways);
        if !target.has_families {
            return;
        }
        let written = self.stemmers.iter().flat_map(|stemmer| {
            let spellings = spellings.iter().filter(|spelled| stemmer.writes(spelled));
            spellings.map(move |spelled| (stemmer, spelled.as_str()))
        });
        self.push_families(target, &self.families(written, &forms.folded), MatchKind::Script, ways);
    }

    /// Adds those of some words that stand in an article.
    fn push_if_known(&self, target: &Target, kind: MatchKind, words: &[String], ways: &mut Vec<Way>) {
        let known = self.all_known(target.words, &words.iter().cloned().collect());
        if !known.is_empty() {
            target.push(kind, Sought::terms(known), ways);
        }
    }

    fn known(&self, field: Field, text: &str) -> Option<Known> {
        self.vocabulary().known(field, text)
    }

    /// Those of some terms that stand in an article.
    fn all_known(&self, field: Field, terms: &BTreeSet<String>) -> Vec<Known> {
        terms.iter().filter_map(|term| self.known(field, term)).collect()
    }

    /// What the words of the index say of a word.
    pub(crate) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary { searcher: self.searcher, fields: self.fields, families: self.families }
    }

    /// What finds compounds among these words.
    pub(crate) fn compounding(&self) -> Compounding<'_> {
        Compounding { vocabulary: self.vocabulary(), stemmers: self.stemmers }
    }

    /// Words and characters one directly after the other, or as far apart as their places.
    pub(crate) fn sequence_ways(&self, part: Part, asked: &[Asked], form: Form, exactly: bool) -> Option<Vec<Way>> {
        let mut terms: Vec<(usize, &str)> = Vec::new();
        let pairs: Vec<String> = asked.iter().map(|asked| pair(&asked.unit)).collect();
        let mut within_run = false;
        let mut open_end = false;
        for (at, Asked { position, unit }) in asked.iter().enumerate() {
            let last = at + 1 == asked.len();
            match unit {
                AskedUnit::Word(forms) => {
                    let text = if exactly { forms.written() } else { &forms.folded };
                    terms.push((*position, text));
                    open_end |= last && matches!(form, Form::Typing | Form::Prefix);
                }
                // The last character of a run stands in the pair before it.
                AskedUnit::Char(_, None) if within_run => {}
                AskedUnit::Char(_, next) => {
                    terms.push((*position, &pairs[at]));
                    open_end |= last && next.is_none();
                }
            }
            within_run = matches!(unit, AskedUnit::Char(_, Some(_)));
        }
        if terms.is_empty() {
            return None;
        }
        let ways = targets(self.fields, part).into_iter().map(|target| {
            let field = target.words;
            let sought = match &terms[..] {
                [] => Sought::terms(Vec::new()),
                [(_, text)] if open_end => beginning(field, text),
                [(_, text)] => Sought::terms(self.known(field, text).into_iter().collect()),
                terms @ [.., (_, last)] => {
                    let term = |(position, text): &(usize, &str)| (*position, Term::from_field_text(field, text));
                    let terms = terms.iter().map(term).collect();
                    if open_end {
                        let mut query = PhrasePrefixQuery::new_with_offset(terms);
                        query.set_max_expansions(self.continuations(field, last));
                        Sought::other(query)
                    } else {
                        Sought::other(PhraseQuery::new_with_offset(terms))
                    }
                }
            };
            Way { kind: MatchKind::Exact, place: target.place, sought }
        });
        Some(ways.collect())
    }

    fn term(&self, field: Field, text: &str) -> Lowered {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
    }

    /// How many words begin with `text` in a segment at most: the engine wants to know beforehand.
    fn continuations(&self, field: Field, text: &str) -> u32 {
        let end = format!("{text}\u{10ffff}");
        let count = |segment: &SegmentReader| -> std::io::Result<u32> {
            let words = segment.inverted_index(field).map_err(std::io::Error::other)?;
            let mut words = words.terms().range().ge(text).le(end.as_bytes()).into_stream()?;
            let mut count = 0;
            while words.advance() {
                count += 1;
            }
            Ok(count)
        };
        // An unreadable index is found out by the search.
        let counts = self.searcher.segment_readers().iter().map(|segment| count(segment).unwrap_or(0));
        counts.max().unwrap_or(0)
    }
}

/// All words that begin with `text`, however many there are.
fn beginning(field: Field, text: &str) -> Sought {
    Sought::Beginning(Beginning { field, text: text.to_owned(), pattern: None })
}

/// A number that stands in a field.
fn number(field: Field, number: u64) -> Lowered {
    Box::new(TermQuery::new(Term::from_field_u64(field, number), IndexRecordOption::Basic))
}

/// True for what an article may lack where not all words need to be there. Phrases are always required.
pub(crate) fn is_word(node: &Node) -> bool {
    matches!(node, Node::Leaf(Condition::Word { .. }))
}

fn everything() -> Lowered {
    silent(Box::new(AllQuery))
}

/// A condition that says nothing about how good a match is.
fn silent(query: Lowered) -> Lowered {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// What articles must not match.
fn excluded(query: Lowered) -> (Occur, Lowered) {
    (Occur::MustNot, Box::new(Excluded(query)))
}

/// Any of the queries, without regard to how many.
fn any(queries: Vec<Lowered>) -> Lowered {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
}

/// All clauses together; `None` without any.
fn combined(mut clauses: Vec<(Occur, Lowered)>) -> Option<Lowered> {
    if clauses.is_empty() {
        return None;
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, everything()));
    }
    Some(Box::new(BooleanQuery::new(clauses)))
}
