//! From a file to an article that is understood.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use newsstand::extract::{RawArticle, extract};
use newsstand::library::{self, FileEntry};

use crate::common::{self, Size};

/// An article of each language of the sample edition.
const ARTICLES: &[(&str, &str)] = &[
    ("German", include_str!("../data/000_musk_west_clubhouse.txt")),
    ("English", include_str!("../data/001_musk_invites_putin.txt")),
    ("Indonesian", include_str!("../data/004_ajakan_ke_putin.txt")),
];

/// Title, byline, date, language and furniture of one article.
#[divan::bench(args = ["German", "English", "Indonesian"])]
fn extract_one_article(bencher: Bencher, language: &str) {
    let (_, text) = ARTICLES.iter().find(|(name, _)| *name == language).expect("it is in the table");
    let raw = RawArticle { text: (*text).to_owned(), ..RawArticle::default() };
    bencher.counter(BytesCount::of_str(text)).bench(|| extract(divan::black_box(&raw)));
}

/// One article of a megabyte, which is no article but happens.
#[divan::bench(sample_count = 10)]
fn extract_1_megabyte(bencher: Bencher) {
    let mut text = String::with_capacity(1 << 20);
    for article in common::Generator::new() {
        if text.len() + article.len() > 1 << 20 {
            break;
        }
        text += &article;
    }
    let raw = RawArticle { text, ..RawArticle::default() };
    bencher.counter(BytesCount::of_str(&raw.text)).bench(|| extract(divan::black_box(&raw)));
}

/// A file of many articles: split, decoded and understood by one thread.
#[divan::bench(args = [Size(1_000)], sample_count = 10)]
fn read_jsonl(bencher: Bencher, size: Size) {
    let entry = only_file(&common::dump(&common::folder(), size));
    bencher.counter(ItemsCount::new(size.0)).bench(|| {
        let mut words = 0;
        library::read_file(&entry, &mut |article| words += article.map_or(0, |article| article.words)).map(|_| words)
    });
}

/// The same articles in a file each, found by walking their folder.
#[divan::bench(args = [Size(1_000)], sample_count = 10)]
fn walk_and_read_text_files(bencher: Bencher, size: Size) {
    let pile = common::pile(&common::files(&common::folder(), size));
    bencher.counter(ItemsCount::new(size.0)).bench(|| common::articles(&pile).len());
}

/// The one file at `path`.
fn only_file(path: &std::path::Path) -> FileEntry {
    let mut found = None;
    library::walk(&common::pile(path), |entry| found = entry.ok());
    found.expect("the file was just written")
}
