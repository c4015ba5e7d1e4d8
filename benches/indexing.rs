//! From articles to an index.

use divan::Bencher;
use divan::counter::ItemsCount;
use newsstand::archive::{FileKey, Intake};
use newsstand::index::{Index, Location};

use crate::common::{self, Size};

const SIZES: [Size; 2] = [Size(1_000), Size(10_000)];

/// Everything from the first look at the files to the last commit, with all threads.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn import_jsonl(bencher: Bencher, size: Size) {
    let pile = common::pile(&common::dump(&common::folder(), size));
    bencher.counter(ItemsCount::new(size.0)).with_inputs(new_index).bench_values(|index| {
        common::bring_up_to_date(&pile, &index);
        index
    });
}

/// The same from a folder of text files.
#[divan::bench(args = [Size(1_000)], sample_count = 3, sample_size = 1)]
fn import_text_files(bencher: Bencher, size: Size) {
    let pile = common::pile(&common::files(&common::folder(), size));
    bencher.counter(ItemsCount::new(size.0)).with_inputs(new_index).bench_values(|index| {
        common::bring_up_to_date(&pile, &index);
        index
    });
}

/// What every start costs when nothing has changed: looking at all files.
#[divan::bench(args = [Size(1_000)], sample_count = 10)]
fn refresh_unchanged_text_files(bencher: Bencher, size: Size) {
    let pile = common::pile(&common::files(&common::folder(), size));
    let index = new_index();
    common::bring_up_to_date(&pile, &index);
    bencher.counter(ItemsCount::new(size.0)).bench(|| common::bring_up_to_date(&pile, &index));
}

/// The index alone: articles that are understood already, added one after the other.
#[divan::bench(args = [Size(1_000)], sample_count = 3, sample_size = 1)]
fn add_and_commit(bencher: Bencher, size: Size) {
    let articles = common::articles(&common::pile(&common::dump(&common::folder(), size)));
    bencher.counter(ItemsCount::new(size.0)).with_inputs(|| (new_index(), articles.clone())).bench_values(
        |(index, articles)| {
            let mut writer = index.writer(100_000_000).expect("a new index").expect("nobody else writes");
            for article in articles {
                writer.add(FileKey(1), 1, article).expect("there is room");
            }
            writer.commit("").expect("there is room");
            index
        },
    );
}

fn new_index() -> Index {
    Index::open(&Location::Disk(common::folder().join("index"))).expect("a new folder can be written")
}
