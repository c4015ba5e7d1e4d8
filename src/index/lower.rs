//! What a query asks, in the engine's terms.

use std::collections::HashMap;
use std::ops::Bound;

use chrono::NaiveDate;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, ExistsQuery, FuzzyTermQuery,
    InvertedIndexRangeQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::analysis::asked::{Asked, AskedUnit, allowed_errors, asked};
use super::analysis::forms::Forms;
use super::analysis::stems::LanguageStemmer;
use super::schema::{Fields, column, day_number};
use super::tier::Tier;
use crate::query::{Condition, DateCondition, Form, LanguageChoice, Mark, Node, Part};

/// What a kind of match is worth: the floor, and the factor of the engine's score above it.
type Worth = (f32, f32);

/// Exact above folded above stemmed above part; the title above the text.
const EXACT_TITLE: Worth = (4.0, 3.0);
const EXACT_BODY: Worth = (2.0, 1.0);
const FOLDED_TITLE: Worth = (3.6, 2.8);
const FOLDED_BODY: Worth = (1.8, 0.95);
const STEM_TITLE: Worth = (2.4, 1.5);
const STEM_BODY: Worth = (0.9, 0.4);
const PART_TITLE: f32 = 1.2;
const PART_BODY: f32 = 0.3;
const FUZZY_TITLE: f32 = 0.8;
const FUZZY_BODY: f32 = 0.15;

/// What the second best way in which a word matches adds to the best one.
const TIE_BREAKER: f32 = 0.1;

/// Turns queries into the engine's.
pub(crate) struct Lowering<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    /// The stemmers of the languages that the index holds.
    pub stemmers: &'a [LanguageStemmer],
    pub today: NaiveDate,
    /// Whether every word forgives typing errors.
    pub forgiving: bool,
}

type Lowered = Box<dyn EngineQuery>;

impl Lowering<'_> {
    /// The engine's query for `root`, which matches everything when it asks for nothing.
    pub(crate) fn query(&self, root: Option<&Node>) -> Lowered {
        root.and_then(|node| self.node(node)).unwrap_or_else(everything)
    }

    /// The engine's query for a node; `None` when it asks for nothing that could be looked for, as
    /// a word of punctuation does.
    fn node(&self, node: &Node) -> Option<Lowered> {
        match node {
            Node::And(nodes) => {
                let mut clauses: Vec<(Occur, Lowered)> = Vec::new();
                for node in nodes {
                    match node {
                        Node::Not(inner) => clauses.extend(self.node(inner).map(|query| (Occur::MustNot, query))),
                        node => clauses.extend(self.node(node).map(|query| (Occur::Must, query))),
                    }
                }
                combined(clauses)
            }
            Node::Or(nodes) => {
                combined(nodes.iter().filter_map(|node| self.node(node)).map(|query| (Occur::Should, query)).collect())
            }
            Node::Not(inner) => combined(vec![(Occur::MustNot, self.node(inner)?)]),
            Node::Leaf(condition) => self.condition(condition),
        }
    }

    fn condition(&self, condition: &Condition) -> Option<Lowered> {
        match condition {
            Condition::Word { part, text, form } => self.word(*part, text, *form),
            Condition::Phrase { part, text } => self.sequence(*part, &asked(text), Form::Word, true),
            Condition::Language(choices) => {
                let codes = choices.iter().map(|choice| match choice {
                    LanguageChoice::Tag(tag) => tag.code(),
                    LanguageChoice::Unsure => "?",
                });
                Some(silent(any(codes.map(|code| self.term(self.fields.language, code)).collect())))
            }
            Condition::Date(condition) => Some(silent(self.date(condition))),
            Condition::Nothing { .. } => Some(Box::new(EmptyQuery)),
            // Nothing is marked yet: every article is unread.
            Condition::Is(Mark::Unread) => Some(everything()),
            Condition::Is(Mark::Read | Mark::Starred) => Some(Box::new(EmptyQuery)),
        }
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

    fn word(&self, part: Part, text: &str, form: Form) -> Option<Lowered> {
        let form = match form {
            Form::Word | Form::Typing if self.forgiving => Form::Fuzzy,
            form => form,
        };
        let asked = asked(text);
        let [Asked { unit: AskedUnit::Word(forms), .. }] = &asked[..] else {
            return self.sequence(part, &asked, form, false);
        };
        let mut ways = Vec::new();
        for target in self.targets(part) {
            self.whole_word(&target, forms, &mut ways);
            if matches!(form, Form::Word | Form::Typing) {
                self.stems(&target, forms, &mut ways);
            }
            if matches!(form, Form::Typing | Form::Prefix) {
                ways.push(Box::new(ConstScoreQuery::new(self.prefix(target.words, &forms.folded), target.part)));
            }
            if form == Form::Fuzzy && allowed_errors(&forms.folded) > 0 {
                let term = Term::from_field_text(target.words, &forms.folded);
                let query = FuzzyTermQuery::new(term, allowed_errors(&forms.folded), true);
                ways.push(Box::new(ConstScoreQuery::new(Box::new(query), target.fuzzy)));
            }
        }
        Some(best_of(ways))
    }

    /// The word as it is typed, without accents, and with its umlauts spelled out.
    fn whole_word(&self, target: &Target, forms: &Forms, ways: &mut Vec<Lowered>) {
        // A word typed without accents asks for nothing more exact than its letters.
        let plain = if forms.exact.is_empty() { target.exact } else { target.folded };
        for (text, worth) in [(&forms.folded, plain), (&forms.exact, target.exact), (&forms.spelled, target.folded)] {
            if !text.is_empty() && self.stands_somewhere(target.words, text) {
                ways.push(tier(self.term(target.words, text), worth));
            }
        }
    }

    /// Other words with the same stem, in each language by its rules.
    fn stems(&self, target: &Target, forms: &Forms, ways: &mut Vec<Lowered>) {
        let Some(stems) = target.stems else {
            return;
        };
        // Words that are their own stem stand among the plain words alone.
        let mut plain: HashMap<String, Vec<Lowered>> = HashMap::new();
        for stemmer in self.stemmers {
            let stem = stemmer.stem(forms.written());
            let term = stemmer.term(&stem);
            if self.stands_somewhere(stems, &term) {
                ways.push(tier(self.term(stems, &term), target.stem));
            }
            if stem != forms.folded && !stem.is_empty() {
                plain.entry(stem).or_default().push(self.term(self.fields.stem, &stemmer.marker()));
            }
        }
        for (stem, languages) in plain {
            if self.stands_somewhere(target.words, &stem) {
                let word = tier(self.term(target.words, &stem), target.stem);
                let clauses = vec![(Occur::Must, word), (Occur::Must, silent(any(languages)))];
                ways.push(Box::new(BooleanQuery::new(clauses)));
            }
        }
    }

    /// Words and characters one directly after the other.
    fn sequence(&self, part: Part, asked: &[Asked], form: Form, exactly: bool) -> Option<Lowered> {
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
        let ways = self.targets(part).into_iter().map(|target| {
            let field = target.words;
            let query: Lowered = match &terms[..] {
                [] => Box::new(EmptyQuery),
                [(_, text)] if open_end => self.prefix(field, text),
                [(_, text)] => self.term(field, text),
                terms @ [.., (_, last)] => {
                    let term = |(position, text): &(usize, &str)| (*position, Term::from_field_text(field, text));
                    let terms = terms.iter().map(term).collect();
                    if open_end {
                        let mut query = PhrasePrefixQuery::new_with_offset(terms);
                        query.set_max_expansions(self.continuations(field, last));
                        Box::new(query)
                    } else {
                        Box::new(PhraseQuery::new_with_offset(terms))
                    }
                }
            };
            tier(query, target.exact)
        });
        Some(best_of(ways.collect()))
    }

    /// The fields of a part, and what a match there is worth.
    fn targets(&self, part: Part) -> Vec<Target> {
        let title = |words, stems| Target {
            words,
            stems,
            exact: EXACT_TITLE,
            folded: FOLDED_TITLE,
            stem: STEM_TITLE,
            part: PART_TITLE,
            fuzzy: FUZZY_TITLE,
        };
        let body = |words, stems| Target {
            words,
            stems,
            exact: EXACT_BODY,
            folded: FOLDED_BODY,
            stem: STEM_BODY,
            part: PART_BODY,
            fuzzy: FUZZY_BODY,
        };
        let fields = self.fields;
        match part {
            Part::Anywhere => {
                vec![title(fields.title, Some(fields.title_stem)), body(fields.body, Some(fields.stem))]
            }
            Part::Title => vec![title(fields.title, Some(fields.title_stem))],
            Part::Body => vec![body(fields.body, Some(fields.stem))],
            Part::Byline => vec![body(fields.by, None)],
            Part::Source => vec![body(fields.source_words, None)],
            Part::Path => vec![body(fields.path, None)],
        }
    }

    fn term(&self, field: Field, text: &str) -> Lowered {
        Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
    }

    /// All words that begin with `text`, however many there are.
    fn prefix(&self, field: Field, text: &str) -> Lowered {
        let first = Bound::Included(Term::from_field_text(field, text));
        // No word holds the last character of Unicode, which is none.
        let last = Bound::Included(Term::from_field_text(field, &format!("{text}\u{10ffff}")));
        Box::new(InvertedIndexRangeQuery::new(first, last))
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

    /// True when a term stands in some article. An unreadable index is found out by the search.
    fn stands_somewhere(&self, field: Field, text: &str) -> bool {
        self.searcher.doc_freq(&Term::from_field_text(field, text)).map_or(true, |articles| articles > 0)
    }
}

/// A field that words are looked for in, and what each kind of match is worth there.
struct Target {
    words: Field,
    stems: Option<Field>,
    exact: Worth,
    folded: Worth,
    stem: Worth,
    part: f32,
    fuzzy: f32,
}

/// A character and the next one of its run, as the index holds them.
fn pair(unit: &AskedUnit) -> String {
    match unit {
        AskedUnit::Word(_) => String::new(),
        AskedUnit::Char(c, next) => std::iter::once(*c).chain(*next).collect(),
    }
}

fn everything() -> Lowered {
    silent(Box::new(AllQuery))
}

/// A condition that says nothing about how good a match is.
fn silent(query: Lowered) -> Lowered {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn tier(query: Lowered, (floor, factor): Worth) -> Lowered {
    Box::new(Tier { query, factor, floor })
}

/// Any of the queries, without regard to how many.
fn any(queries: Vec<Lowered>) -> Lowered {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
}

/// The best of several ways to match the same word.
fn best_of(mut ways: Vec<Lowered>) -> Lowered {
    match ways.len() {
        0 => Box::new(EmptyQuery),
        1 => ways.remove(0),
        _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, TIE_BREAKER)),
    }
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
