//! What a query asks, in the server's terms.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::document::whole;
use super::mapping::field;
use super::vocabulary::{Parts, Vocabulary};
use super::ways::{
    Target, Way, any, beginning, best, boosted, constant, everything, expression, misspelt, near, nothing, sequence,
    targets, term, terms, wildcard,
};
use crate::archive::{Limits, MarkedIds, Marks, MatchKind};
use crate::article::ArticleId;
use crate::index::same::{
    Asked, AskedUnit, Forms, LanguageStemmer, allowed_errors, asked, asked_phrase, is_word, joined, midnight,
    near_terms, other_scripts, pair, trait_code,
};
use crate::query::expression::of_wildcards;
use crate::query::{Condition, DateCondition, Fact, Form, Names, Node, Number, Part, Set};
use crate::text::Clean;
use crate::text::fold::fold;

/// So many ids of marked articles may be in a question: a server takes 65,536.
pub(crate) const MOST_MARKED: usize = 60_000;

/// How many times a word of the title counts, where the most telling of several words are enough.
const TITLE: f32 = 2.0;
/// How many times a form of a word counts there.
const STEM: f32 = 0.8;

/// Turns queries into the server's.
pub(crate) struct Lowering<'a> {
    pub today: NaiveDate,
    /// The reader's own marks.
    pub marks: Option<&'a dyn Marks>,
    /// What the words of the cluster say of those of the query.
    pub vocabulary: &'a Vocabulary,
    /// The words, as they were typed, of which typing errors are forgiven.
    pub forgiven: BTreeSet<String>,
    /// The words of which an article needs not have all, but some; `None` where all are needed. Those that tell
    /// nothing are not among them.
    pub most: Option<BTreeSet<String>>,
    /// What was not looked for.
    pub not_tried: RefCell<BTreeSet<&'static str>>,
}

impl Lowering<'_> {
    /// The server's query for `root`, which matches everything when it asks for nothing.
    pub(crate) fn query(&self, root: Option<&Node>) -> Value {
        root.and_then(|node| self.node(node)).unwrap_or_else(everything)
    }

    /// What of the query was not looked for, once it was lowered.
    pub(crate) fn limits(&self) -> Limits {
        let not_tried = self.not_tried.borrow().iter().map(|what| Clean::new(what)).collect();
        Limits { partial: None, not_tried }
    }

    fn skip(&self, what: &'static str) {
        self.not_tried.borrow_mut().insert(what);
    }

    /// The server's query for a node; `None` when it asks for nothing that could be looked for.
    fn node(&self, node: &Node) -> Option<Value> {
        match node {
            Node::And(nodes) => {
                let (mut must, mut filter, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
                if let Some(wanted) = &self.most {
                    must.push(self.most(nodes, wanted));
                }
                for node in nodes.iter().filter(|node| self.most.is_none() || !is_word(node)) {
                    match node {
                        Node::Not(inner) => must_not.extend(self.node(inner)),
                        Node::Leaf(Condition::Fact { fact, .. }) => filter.push(self.fact(fact)),
                        node => must.extend(self.node(node)),
                    }
                }
                combined(must, filter, must_not)
            }
            Node::Or(nodes) => {
                let nodes: Vec<Value> = nodes.iter().filter_map(|node| self.node(node)).collect();
                (!nodes.is_empty()).then(|| any(nodes))
            }
            Node::Not(inner) => combined(Vec::new(), Vec::new(), vec![self.node(inner)?]),
            Node::Leaf(condition) => self.condition(condition),
        }
    }

    fn condition(&self, condition: &Condition) -> Option<Value> {
        match condition {
            // It says nothing about how good a match is.
            Condition::Fact { fact, .. } => Some(constant(self.fact(fact), 0.0)),
            words => {
                let found = best(&self.ways_of(words)?);
                // Tags are the article's own and the reader's.
                match words.text().filter(|_| words.part() == Some(Part::Tag)) {
                    Some(tag) => Some(any(vec![found, constant(self.among(&Set::Tagged(tag.to_owned())), 0.0)])),
                    None => Some(found),
                }
            }
        }
    }

    /// Articles with some words among some nodes, the most telling first: see the local engine's `most`.
    fn most(&self, nodes: &[Node], wanted: &BTreeSet<String>) -> Value {
        let words = nodes.iter().filter_map(|node| match node {
            Node::Leaf(Condition::Word { part, text, form }) if wanted.contains(text) => {
                let ways = self.ways(*part, text, *form)?;
                let counted = |way: &Way| {
                    let title = if way.place == crate::archive::MatchPlace::Title { TITLE } else { 1.0 };
                    let times = match way.kind {
                        MatchKind::Exact | MatchKind::Folded | MatchKind::Pattern => 1.0,
                        MatchKind::Stem => STEM,
                        MatchKind::TwoErrors => 0.15,
                        _ => 0.3,
                    };
                    boosted(way.sought.clone(), title * times)
                };
                let ways: Vec<Value> = ways.iter().map(counted).collect();
                Some(json!({ "dis_max": { "queries": ways, "tie_breaker": 0.3 } }))
            }
            _ => None,
        });
        any(words.collect())
    }

    /// All ways in which the words of a condition may be in an article; `None` when it asks for none.
    pub(crate) fn ways_of(&self, condition: &Condition) -> Option<Vec<Way>> {
        match condition {
            Condition::Word { part, text, form: Form::Wildcard } => {
                of_wildcards(&fold(text))?;
                let folded = fold(text);
                let way = |target: Target| Way::alike(MatchKind::Pattern, &target, wildcard(target.words, &folded));
                Some(targets(*part).into_iter().map(way).collect())
            }
            Condition::Word { part, text, form: Form::Expression } => match super::vocabulary::expression(text) {
                Some(asked) => {
                    let way =
                        |target: Target| Way::alike(MatchKind::Pattern, &target, expression(target.words, &asked));
                    Some(targets(*part).into_iter().map(way).collect())
                }
                None => {
                    self.skip("an expression that the server does not know");
                    None
                }
            },
            Condition::Word { part, text, form: Form::Exact } | Condition::Phrase { part, text } => {
                self.sequence_ways(*part, &asked_phrase(text), Form::Word, true)
            }
            Condition::Word { part, text, form } => self.ways(*part, text, *form),
            Condition::Near { part, text, within } => near_ways(*part, text, *within),
            Condition::Fact { .. } => None,
        }
    }

    /// All ways in which a word may be in an article; `None` when nothing could be looked for.
    fn ways(&self, part: Part, text: &str, form: Form) -> Option<Vec<Way>> {
        let asked = asked(text);
        let [Asked { unit: AskedUnit::Word(forms), .. }] = &asked[..] else {
            let mut ways = self.sequence_ways(part, &asked, form, false)?;
            if let Some(joined) = joined(text) {
                for target in targets(part) {
                    ways.push(Way::alike(MatchKind::Part, &target, term(target.words, &joined.folded)));
                }
            }
            return Some(ways);
        };
        let errors = match form {
            Form::Fuzzy => allowed_errors(&forms.folded),
            _ if self.forgiven.contains(text) => allowed_errors(&forms.folded),
            _ => 0,
        };
        let is_word = matches!(form, Form::Word | Form::Typing);
        let spellings = if is_word { other_scripts(&forms.folded) } else { Vec::new() };
        let mut ways = Vec::new();
        for target in targets(part) {
            whole_word(&target, forms, &mut ways);
            if let Some(stems) = target.stems.filter(|_| is_word) {
                let keys: BTreeSet<String> = LanguageStemmer::all()
                    .filter_map(|stemmer| {
                        let stem = stemmer.stem(forms.written());
                        (!stem.is_empty()).then(|| stemmer.key(&stem))
                    })
                    .collect();
                ways.push(Way::alike(MatchKind::Stem, &target, terms(stems, keys.iter().map(String::as_str))));
                self.compounds(&target, stems, forms, &mut ways);
            }
            scripts(&target, &spellings, &mut ways);
            if matches!(form, Form::Typing | Form::Prefix) {
                ways.push(Way::alike(MatchKind::Beginning, &target, beginning(target.words, &forms.folded)));
            }
            for (errors, kind) in [(1, MatchKind::Error), (2, MatchKind::TwoErrors)].into_iter().take(errors.into()) {
                ways.push(Way::alike(kind, &target, misspelt(target.words, &forms.folded, errors)));
            }
        }
        Some(ways)
    }

    /// Compounds of which the word is a part, and the parts of which it is a compound.
    fn compounds(&self, target: &Target, stems: &str, forms: &Forms, ways: &mut Vec<Way>) {
        let Some(Parts { ending, beginning, splits }) = self.vocabulary.of(forms) else { return };
        if !ending.is_empty() {
            ways.push(Way::alike(MatchKind::Part, target, terms(stems, ending.iter().map(String::as_str))));
        }
        if !beginning.is_empty() {
            ways.push(Way::alike(MatchKind::Part, target, terms(target.words, beginning.iter().map(String::as_str))));
        }
        for (first, last) in splits {
            ways.push(Way::alike(MatchKind::Part, target, sequence(target.words, &[(0, first), (1, last)], false)));
        }
    }

    /// Words and characters one directly after the other, or as far apart as their places.
    fn sequence_ways(&self, part: Part, asked: &[Asked], form: Form, exactly: bool) -> Option<Vec<Way>> {
        let pairs: Vec<String> = asked.iter().map(|asked| pair(&asked.unit)).collect();
        let mut terms: Vec<(usize, &str)> = Vec::new();
        let (mut within_run, mut open_end) = (false, false);
        for (at, Asked { position, unit }) in asked.iter().enumerate() {
            let last = at + 1 == asked.len();
            match unit {
                AskedUnit::Word(forms) => {
                    terms.push((*position, if exactly { forms.written() } else { &forms.folded }));
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
        let way = |target: Target| match &terms[..] {
            [(_, text)] if open_end => Way::alike(MatchKind::Exact, &target, beginning(target.words, text)),
            [(_, text)] => Way::new(MatchKind::Exact, &target, term(target.words, text)),
            terms => Way::new(MatchKind::Exact, &target, sequence(target.words, terms, open_end)),
        };
        Some(targets(part).into_iter().map(way).collect())
    }

    /// What is so of an article, whichever field asks for it.
    fn fact(&self, fact: &Fact) -> Value {
        match fact {
            Fact::Named(Names::Language, names) => terms(field::LANGUAGE, names.iter().map(String::as_str)),
            Fact::Named(Names::Whole(part), names) => {
                let hashes: Vec<String> = names.iter().map(|name| whole(*part, name)).collect();
                let mut one_of = vec![terms(field::WHOLE, hashes.iter().map(String::as_str))];
                if *part == Part::Tag {
                    one_of.extend(names.iter().map(|name| self.among(&Set::Tagged(name.clone()))));
                }
                any(one_of)
            }
            Fact::Count(Number::Words, least, most) => {
                let mut range = serde_json::Map::new();
                // The server's numbers have a sign and 32 bits.
                let bound = |number: &u64| json!((*number).min(i32::MAX as u64));
                range.extend(least.as_ref().map(|least| ("gte".to_owned(), bound(least))));
                range.extend(most.as_ref().map(|most| ("lte".to_owned(), bound(most))));
                json!({ "range": { field::WORDS: range } })
            }
            Fact::Id(beginning) => match ArticleId::starting_with(beginning) {
                Some(_) => self::beginning(field::ID, &beginning.to_ascii_lowercase()),
                None => nothing(),
            },
            Fact::Days(days) => self.date(days),
            Fact::Has(asked) => term(field::HAS, trait_code(*asked)),
            Fact::Among(set) => self.among(set),
            Fact::Unknown(_) => nothing(),
        }
    }

    /// The articles of a set of the reader's own.
    fn among(&self, set: &Set) -> Value {
        match set {
            Set::Added(days) => return self.added(days),
            Set::New => {
                // Before the first visit has ended nothing was seen, and so all is new.
                let visited = self.marks.and_then(|marks| marks.visited());
                return visited.map_or_else(everything, |visited| added_within(Some(visited + 1), None));
            }
            _ => {}
        }
        match self.marks.and_then(|marks| marks.ids(set)) {
            Some(MarkedIds { ids, .. }) if ids.len() > MOST_MARKED => {
                self.skip(
                    "marks: more than 60,000 articles are marked so, which is more than a cluster can be asked for",
                );
                everything()
            }
            Some(MarkedIds { ids, all_but }) => {
                let ids: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
                let marked = if ids.is_empty() { nothing() } else { json!({ "terms": { field::ID: ids } }) };
                if all_but { json!({ "bool": { "must_not": [marked] } }) } else { marked }
            }
            // Nobody has told of marks: every article is unread and without a tag.
            None if matches!(set, Set::Unread | Set::Untagged) => everything(),
            None => {
                if matches!(set, Set::Story(_) | Set::First | Set::Copy | Set::Like(_)) {
                    self.skip("stories and copies, which are not known on a cluster");
                }
                nothing()
            }
        }
    }

    /// What came into the collection in these days.
    fn added(&self, condition: &DateCondition) -> Value {
        let Some((from, to)) = condition.days(self.today) else {
            return json!({ "bool": { "must_not": [{ "exists": { "field": field::ADDED } }] } });
        };
        added_within(from.map(midnight), to.and_then(|day| day.succ_opt()).map(|day| midnight(day) - 1))
    }

    fn date(&self, condition: &DateCondition) -> Value {
        let dated = json!({ "exists": { "field": field::MOMENT } });
        let Some((from, to)) = condition.days(self.today) else {
            return json!({ "bool": { "must_not": [dated] } });
        };
        if from.is_none() && to.is_none() {
            return dated;
        }
        let mut range = serde_json::Map::from_iter([("relation".to_owned(), json!("intersects"))]);
        range.extend(from.map(|from| ("gte".to_owned(), json!(from.to_string()))));
        range.extend(to.map(|to| ("lte".to_owned(), json!(to.to_string()))));
        json!({ "range": { field::DATE: range } })
    }
}

/// What came into the collection from one moment to another, both included, in milliseconds since 1970.
fn added_within(from: Option<i64>, to: Option<i64>) -> Value {
    json!({ "range": { field::ADDED: { "gte": from, "lte": to, "format": "epoch_millis" } } })
}

/// The word as it is typed, without accents, and with its umlauts spelled out.
fn whole_word(target: &Target, forms: &Forms, ways: &mut Vec<Way>) {
    // A word typed without accents asks for nothing more exact than its letters.
    let plain = if forms.exact.is_empty() { MatchKind::Exact } else { MatchKind::Folded };
    let spellings = [(&forms.folded, plain), (&forms.exact, MatchKind::Exact), (&forms.spelled, MatchKind::Folded)];
    let known = spellings.into_iter().filter(|(text, _)| !text.is_empty());
    ways.extend(known.map(|(text, kind)| Way::new(kind, target, term(target.words, text))));
}

/// The same name in another script.
fn scripts(target: &Target, spellings: &[String], ways: &mut Vec<Way>) {
    if spellings.is_empty() {
        return;
    }
    let spelled = terms(target.words, spellings.iter().map(String::as_str));
    ways.push(Way::alike(MatchKind::Script, target, spelled));
    if let Some(stems) = target.stems {
        let mut keys = BTreeMap::new();
        for stemmer in LanguageStemmer::all() {
            for spelled in spellings.iter().filter(|spelled| stemmer.writes(spelled)) {
                let stem = stemmer.stem(spelled);
                if !stem.is_empty() {
                    keys.insert(stemmer.key(&stem), ());
                }
            }
        }
        if !keys.is_empty() {
            ways.push(Way::alike(MatchKind::Script, target, terms(stems, keys.keys().map(String::as_str))));
        }
    }
}

/// Words near each other.
fn near_ways(part: Part, text: &str, within: u32) -> Option<Vec<Way>> {
    let terms = near_terms(text);
    if terms.is_empty() {
        return None;
    }
    let way = |target: Target| {
        let sought = near(target.words, terms.iter().map(String::as_str), within);
        Way::new(MatchKind::Exact, &target, sought)
    };
    Some(targets(part).into_iter().map(way).collect())
}

/// All clauses together; `None` without any.
fn combined(mut must: Vec<Value>, filter: Vec<Value>, must_not: Vec<Value>) -> Option<Value> {
    if must.is_empty() && filter.is_empty() && must_not.is_empty() {
        return None;
    }
    if must.is_empty() && must_not.is_empty() && filter.len() == 1 {
        return filter.into_iter().next().map(|filter| constant(filter, 0.0));
    }
    if must.len() == 1 && filter.is_empty() && must_not.is_empty() {
        return must.pop();
    }
    let clauses = [("must", must), ("filter", filter), ("must_not", must_not)];
    let clauses = clauses.into_iter().filter(|(_, queries)| !queries.is_empty());
    let clauses: serde_json::Map<String, Value> =
        clauses.map(|(name, queries)| (name.to_owned(), Value::Array(queries))).collect();
    Some(json!({ "bool": clauses }))
}
