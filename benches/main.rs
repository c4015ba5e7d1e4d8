//! How fast it is: `cargo bench`, or `cargo bench searching` for some of it.
//!
//! Piles are made of words of the sample edition, always the same ones; their size stands beside each
//! name. With `NEWSSTAND_BENCH_LARGE=1` searches are timed on 100,000 articles as well, for which an
//! index has to be made first. `cargo bench worst` tells the memory that the worst files take.

mod common;
mod drawing;
mod indexing;
mod loading;
mod searching;
mod studying;
mod terminal;
mod worst;

fn main() {
    if worst::read_alone() {
        return;
    }
    worst::tell_all();
    divan::main();
    common::clean_up();
}
