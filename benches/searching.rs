//! From a query line to the articles in order, their facets, and the rows of one screen.
//!
//! Beside some of them stands what the engine alone needs. `..._by_the_engine_alone` asks it the same:
//! all ways of each word, counted, and the best fifty, but no facets, no order and no rows;
//! `..._by_the_engine_alone_with_rows` reads what is kept of these fifty as well.
//! `..._one_term_by_the_engine_alone` asks for nothing but the letters of the word in the text, the count
//! of which stands in the dictionary of the index.

use std::sync::Arc;

use chrono::NaiveDate;
use divan::Bencher;
use newsstand::archive::{Archive, Asking, Collection, told};
use newsstand::index::EngineAlone;
use newsstand::query::{Query, parse, parse_finished};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{ReloadPolicy, Term};

use crate::common::{self, Size};

/// The piles to search in.
fn piles() -> Vec<Size> {
    let large = std::env::var_os("NEWSSTAND_BENCH_LARGE").map(|_| Size(100_000));
    [Size(10_000)].into_iter().chain(large).collect()
}

/// Searches, and reads as many rows as a screen shows.
fn found(archive: &dyn Archive, query: &Query, today: NaiveDate) -> usize {
    let found = told(archive.search(query, &Asking::new(today)).expect("the index is whole"));
    let rows = found.order.rows(0..found.matched.min(50), &|| false).expect("the index is whole");
    found.matched + told(rows).value.len()
}

fn bench(bencher: Bencher, size: Size, query: &Query) {
    let measured = common::measured(size);
    let archive = measured.index.archive().expect("the index is whole");
    let today = NaiveDate::from_ymd_opt(2021, 2, 16).expect("a day");
    assert!(found(&*archive, query, today) > 0, "{query:?} finds nothing to measure");
    bencher.bench(|| found(&*archive, divan::black_box(query), today));
}

macro_rules! searches {
    ($($name:ident: $query:expr;)*) => {$(
        #[divan::bench(args = piles())]
        fn $name(bencher: Bencher, size: Size) {
            bench(bencher, size, &$query);
        }
    )*};
}

searches! {
    word_in_most_articles: parse_finished("clubhouse");
    word_in_few_articles: parse_finished("grihau");
    two_words: parse_finished("musk twitter");
    two_words_or: parse_finished("musk OR grihau");
    prefix_as_typed: parse("club");
    one_letter_as_typed: parse("c");
    phrase: parse_finished("\"elon musk\"");
    forgiving_word: parse_finished("clubhuose~");
    language_and_date: parse_finished("lang:de date:2021");
    word_language_and_date: parse_finished("clubhouse lang:de,en date:2019..2021");
    word_by_date: parse_finished("clubhouse sort:date");
    everything_by_title: parse_finished("sort:title");
    everything_again: parse_finished("");
}

/// The empty query as it is first asked when the program has started.
#[divan::bench(args = piles(), sample_count = 20, sample_size = 1)]
fn everything_for_the_first_time(bencher: Bencher, size: Size) {
    let measured = common::measured(size);
    let today = NaiveDate::from_ymd_opt(2021, 2, 16).expect("a day");
    let query = parse_finished("");
    let archive = || measured.opened_anew().archive().expect("the index is whole");
    bencher.with_inputs(archive).bench_values(|archive| found(&*archive, &query, today));
}

/// Words as they come in texts, one after the other: common ones, names, and some that are rare.
const WORDS: &[&str] = &[
    "clubhouse",
    "musk",
    "putin",
    "twitter",
    "kremlin",
    "einladung",
    "gespräch",
    "app",
    "presiden",
    "rusia",
    "grihau",
    "barden",
    "nes",
    "lommar",
    "world",
    "people",
    "could",
    "nach",
    "einem",
    "untuk",
    "dengan",
    "elon",
    "kanye",
    "tesla",
];

/// Pairs of them: two common words, a common and a rare one, names.
const PAIRS: &[&str] = &[
    "clubhouse musk",
    "putin kremlin",
    "twitter app",
    "einladung gespräch",
    "presiden rusia",
    "musk grihau",
    "barden people",
    "elon kanye",
    "nach einem",
    "untuk dengan",
    "tesla world",
    "could clubhouse",
];

/// Words as they are while they are typed, from one letter on.
const TYPED: &[&str] =
    &["c", "cl", "clu", "club", "m", "mus", "p", "put", "t", "twit", "kre", "einl", "ges", "pre", "gri", "bard"];

/// Who is asked.
struct Asked {
    archive: Arc<dyn Archive>,
    engine: EngineAlone,
}

/// Asks these lines in turn, each as it is while somebody types it.
fn in_turn(bencher: Bencher, size: Size, queries: &[Query], ask: impl Fn(&Asked, &Query, NaiveDate) -> usize) {
    let measured = common::measured(size);
    let archive = measured.index.archive().expect("the index is whole");
    let asked = Asked { archive, engine: measured.index.engine_alone().expect("the index is whole") };
    let today = NaiveDate::from_ymd_opt(2021, 2, 16).expect("a day");
    let mut turn = queries.iter().cycle();
    let next = move || turn.next().expect("there is always another");
    bencher.with_inputs(next).bench_local_values(|query| ask(&asked, query, today));
}

/// What [`found`] is, of those who are asked in turn.
fn found_by_asking(asked: &Asked, query: &Query, today: NaiveDate) -> usize {
    found(&*asked.archive, query, today)
}

/// Counts what matches and finds the best fifty, as any program does that uses the same engine.
fn by_the_engine_alone(asked: &Asked, query: &Query, today: NaiveDate) -> usize {
    let found = asked.engine.search(query, &Asking::new(today), 50, false);
    found.expect("the index is whole").0
}

/// The same with what is kept of the best fifty, which whoever shows them reads.
fn by_the_engine_alone_with_rows(asked: &Asked, query: &Query, today: NaiveDate) -> usize {
    let found = asked.engine.search(query, &Asking::new(today), 50, true);
    found.expect("the index is whole").0
}

fn finished(lines: &[&str]) -> Vec<Query> {
    lines.iter().map(|line| parse_finished(line)).collect()
}

fn unfinished(lines: &[&str]) -> Vec<Query> {
    lines.iter().map(|line| parse(line)).collect()
}

/// Searches for words in turn, with counts, facets and the rows of a screen.
#[divan::bench(args = piles())]
fn words_in_turn(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(WORDS), found_by_asking);
}

/// The same words in the same ways, asked of the engine alone.
#[divan::bench(args = piles())]
fn words_in_turn_by_the_engine_alone(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(WORDS), by_the_engine_alone);
}

/// The same words in the same ways, asked of the engine alone, with the rows of a screen.
#[divan::bench(args = piles())]
fn words_in_turn_by_the_engine_alone_with_rows(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(WORDS), by_the_engine_alone_with_rows);
}

/// Two words each, with counts, facets and the rows of a screen.
#[divan::bench(args = piles())]
fn pairs_in_turn(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(PAIRS), found_by_asking);
}

/// The same pairs in the same ways, asked of the engine alone.
#[divan::bench(args = piles())]
fn pairs_in_turn_by_the_engine_alone(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(PAIRS), by_the_engine_alone);
}

/// The same pairs in the same ways, asked of the engine alone, with the rows of a screen.
#[divan::bench(args = piles())]
fn pairs_in_turn_by_the_engine_alone_with_rows(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &finished(PAIRS), by_the_engine_alone_with_rows);
}

/// Words of which the end is not typed yet, with counts, facets and the rows of a screen.
#[divan::bench(args = piles())]
fn typed_in_turn(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &unfinished(TYPED), found_by_asking);
}

/// The same beginnings in the same ways, asked of the engine alone.
#[divan::bench(args = piles())]
fn typed_in_turn_by_the_engine_alone(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &unfinished(TYPED), by_the_engine_alone);
}

/// The same beginnings in the same ways, asked of the engine alone, with the rows of a screen.
#[divan::bench(args = piles())]
fn typed_in_turn_by_the_engine_alone_with_rows(bencher: Bencher, size: Size) {
    in_turn(bencher, size, &unfinished(TYPED), by_the_engine_alone_with_rows);
}

/// The letters of the words alone, in texts alone: how many have them, and the best fifty, without rows.
#[divan::bench(args = piles())]
fn words_in_turn_one_term_by_the_engine_alone(bencher: Bencher, size: Size) {
    let measured = common::measured(size);
    let folder = measured.index.folder().expect("it lies on the disk");
    let index = tantivy::Index::open_in_dir(folder).expect("the index is whole");
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let searcher: tantivy::Searcher =
        reader.map(|reader: tantivy::IndexReader| reader.searcher()).expect("the index is whole");
    let text = index.schema().get_field("body").expect("texts are searched");
    let mut turn = WORDS.iter().cycle();
    let next = move || turn.next().expect("there is always another");
    bencher.with_inputs(next).bench_local_values(|word| {
        let query = TermQuery::new(Term::from_field_text(text, word), IndexRecordOption::WithFreqs);
        searcher.search(&query, &(Count, TopDocs::with_limit(50).order_by_score())).expect("the index is whole")
    });
}

/// The query line alone, which is read at every letter.
#[divan::bench(args = ["putin", "title:\"elon musk\" -lang:en (date:2021-02..2021-03 OR sort:title"])]
fn read_the_line(line: &str) -> Query {
    parse(divan::black_box(line))
}
