//! From a query to its places, counts and words: what reads the texts of a result.
//!
//! Beside them stands a plain walk over the same file that counts the lines with the word, as `grep -c` does.

use std::ops::ControlFlow;

use chrono::NaiveDate;
use divan::Bencher;
use newsstand::archive::{Asking, Collection, told};
use newsstand::counting::cells::{Axes, By, Partial};
use newsstand::counting::concordance::Reading;
use newsstand::counting::counts::count;
use newsstand::counting::terms::{self, Vocabulary};
use newsstand::counting::{Readers, Sought};
use newsstand::ingest::FileTexts;
use newsstand::query::{Query, Sort, parse_finished};

use crate::common::{self, Measured, Size};

/// Of these words one stands in nearly every article, and one in few.
const WORDS: [&str; 2] = ["clubhouse", "grihau"];

/// The piles and words to count in and by.
fn piles() -> Vec<(Size, &'static str)> {
    let large = std::env::var_os("NEWSSTAND_BENCH_LARGE").map(|_| Size(100_000));
    let sizes: Vec<Size> = [Size(10_000)].into_iter().chain(large).collect();
    sizes.into_iter().flat_map(|size| WORDS.map(|word| (size, word))).collect()
}

fn asking() -> Asking<'static> {
    Asking::new(NaiveDate::from_ymd_opt(2021, 2, 16).expect("a day"))
}

fn readers(measured: &Measured) -> Readers {
    Readers::for_all_cores(&FileTexts::new(measured.pile.clone(), measured.index.clone().shelf()))
}

/// Reads places until there are so many; returns how many there were.
fn places(measured: &Measured, word: &str, most: usize) -> usize {
    let archive = measured.index.archive().expect("the index is whole");
    let query = Query { sort: Some(Sort::Newest), ..parse_finished(word) };
    let found = told(archive.search(&query, &asking()).expect("the index is whole"));
    let sought = told(Sought::of(&*archive, &query, &found, &asking()).expect("the index is whole"));
    let reading = Reading { order: &*found.order, sought: &sought, width: 60, cancelled: &|| false };
    let mut seen = 0;
    let mut take = |lines: newsstand::Result<Vec<_>>| {
        seen += lines.expect("the file is there").len();
        if seen >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    told(reading.lines(&mut readers(measured), &mut take).expect("the index is whole"));
    seen
}

#[divan::bench(args = piles(), sample_count = 5, sample_size = 1)]
fn first_forty_places(bencher: Bencher, (size, word): (Size, &str)) {
    let measured = common::measured(size);
    bencher.bench_local(|| places(&measured, word, 40));
}

#[divan::bench(args = piles(), sample_count = 3, sample_size = 1)]
fn ten_thousand_places(bencher: Bencher, (size, word): (Size, &str)) {
    let measured = common::measured(size);
    bencher.bench_local(|| places(&measured, word, 10_000));
}

#[divan::bench(args = piles(), sample_count = 3, sample_size = 1)]
fn counts_by_month(bencher: Bencher, (size, word): (Size, &str)) {
    let measured = common::measured(size);
    let archive = measured.index.archive().expect("the index is whole");
    let axes = Axes { by: vec![By::Month], partial: Partial::Own };
    let queries = [parse_finished(word)];
    bencher.bench_local(|| {
        let mut readers = readers(&measured);
        count(&*archive, &mut readers, &queries, &axes, &asking(), &mut |_| {}).expect("the index is whole")
    });
}

#[divan::bench(args = piles(), sample_count = 3, sample_size = 1)]
fn words_of_two_thousand_articles(bencher: Bencher, (size, word): (Size, &str)) {
    let measured = common::measured(size);
    let archive = measured.index.archive().expect("the index is whole");
    let found = told(archive.search(&parse_finished(word), &asking()).expect("the index is whole"));
    let reading =
        terms::Reading { order: &*found.order, sought: None, but: None, most: Some(2_000), stop_words: false };
    bencher.bench_local(|| {
        let vocabulary = Vocabulary::of(&reading, &mut readers(&measured), &|| false, &mut |_| {});
        told(vocabulary.expect("the index is whole"))
    });
}

#[divan::bench(args = piles(), sample_count = 5, sample_size = 1)]
fn lines_with_a_word_by_a_plain_walk(bencher: Bencher, (size, word): (Size, &str)) {
    let measured = common::measured(size);
    let path = measured.pile.roots[0].given.clone();
    bencher.bench_local(|| {
        let text = std::fs::read_to_string(&path).expect("the file is there");
        let has =
            |line: &&str| line.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
        text.lines().filter(has).count()
    });
}
