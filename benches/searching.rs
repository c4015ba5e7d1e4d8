//! From a query line to the articles in order, their facets, and the rows of one screen.

use chrono::NaiveDate;
use divan::Bencher;
use newsstand::index::{SearchContext, Searcher};
use newsstand::query::{Query, parse, parse_finished};

use crate::common::{self, Size};

/// The piles to search in.
fn piles() -> Vec<Size> {
    let large = std::env::var_os("NEWSSTAND_BENCH_LARGE").map(|_| Size(100_000));
    [Size(10_000)].into_iter().chain(large).collect()
}

/// Searches, and reads as many rows as a screen shows.
fn found(searcher: &Searcher, query: &Query, today: NaiveDate) -> usize {
    let found = searcher.search(query, &SearchContext::new(today)).expect("the index is whole");
    let found = found.expect("nobody cancels it");
    let rows = searcher.rows(&found.order, 0..found.matched.min(50)).expect("the index is whole");
    found.matched + rows.len()
}

fn bench(bencher: Bencher, size: Size, query: &Query) {
    let measured = common::measured(size);
    let searcher = measured.index.searcher().expect("the index is whole");
    let today = NaiveDate::from_ymd_opt(2021, 2, 16).expect("a day");
    assert!(found(&searcher, query, today) > 0, "{query:?} finds nothing to measure");
    bencher.bench(|| found(&searcher, divan::black_box(query), today));
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
    let searcher = || measured.opened_anew().searcher().expect("the index is whole");
    bencher.with_inputs(searcher).bench_values(|searcher| found(&searcher, &query, today));
}

/// The query line alone, which is read at every letter.
#[divan::bench(args = ["putin", "title:\"elon musk\" -lang:en (date:2021-02..2021-03 OR sort:title"])]
fn read_the_line(line: &str) -> Query {
    parse(divan::black_box(line))
}
