//! How often something stands where: occurrences beside all words of a cell.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::cells::{Axes, Cell, Facts};
use super::{Readers, Sought};
use crate::archive::{Archive, Asking, Row, told};
use crate::article::{Article, IdSet};
use crate::error::{Error, Result};
use crate::query::{Node, Part, Query, Sort};

/// What is counted in a cell. Parts of articles are counted where dates are divided among cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    /// How many articles match.
    pub articles: f64,
    /// How many places they have.
    pub occurrences: f64,
    /// How many articles there are in the cell, matching or not.
    pub all_articles: f64,
    /// How many words these have together.
    pub all_words: f64,
}

impl Sum {
    /// Occurrences in a million words of the cell; `None` in a cell without words.
    pub fn per_million(&self) -> Option<f64> {
        (self.all_words > 0.0).then(|| self.occurrences / self.all_words * 1e6)
    }

    /// The matching part of the articles of the cell; `None` in a cell without articles.
    pub fn share(&self) -> Option<f64> {
        (self.all_articles > 0.0).then(|| self.articles / self.all_articles)
    }
}

/// The counts of some queries, side by side.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// The cells, in order, each with the sum of every query in the order of the queries.
    pub cells: BTreeMap<Vec<Cell>, Vec<Sum>>,
    /// Of each query, whether it asks for words at all: else it has no occurrences.
    pub with_words: Vec<bool>,
    /// Of each query, how many matching articles are left out as their dates say too little.
    pub omitted: Vec<usize>,
    /// How many articles could not be read.
    pub unread: usize,
}

/// How many articles and words there are in each cell.
type Base = BTreeMap<Vec<Cell>, (f64, f64)>;

/// Counts what these queries find, each beside all that its other conditions leave: `putin lang:de` beside
/// all that is German.
///
/// Texts are read of matching articles alone, each once, and `complain` is told what cannot be read;
/// `progress` is told of each that was. Nothing is forgiven.
///
/// # Errors
///
/// As for [`Archive::search`].
///
/// # Panics
///
/// Where the question is given up: nobody can cancel it.
pub fn count(
    archive: &dyn Archive,
    readers: &mut Readers,
    queries: &[Query],
    axes: &Axes,
    asking: &Asking,
    progress: &mut dyn FnMut(Option<Error>),
) -> Result<Counts> {
    let mut counts = Counts { omitted: vec![0; queries.len()], ..Counts::default() };
    let mut bases: Vec<(Option<Node>, Base)> = Vec::new();
    for (number, query) in queries.iter().enumerate() {
        let root = query.root.as_ref().and_then(without_words);
        let at = match bases.iter().position(|(known, _)| *known == root) {
            Some(at) => at,
            None => {
                let all = base(archive, &Query { root: root.clone(), sort: None, ..query.clone() }, axes, asking)?;
                bases.push((root, all));
                bases.len() - 1
            }
        };
        for (cells, (articles, words)) in &bases[at].1 {
            let sum = &mut sums(&mut counts, cells, queries.len())[number];
            (sum.all_articles, sum.all_words) = (*articles, *words);
        }
    }
    let mut sought = Vec::new();
    for query in queries {
        sought.push(told(Sought::new(archive, query, false, asking)?));
    }
    counts.with_words = sought.iter().map(|sought| !sought.is_empty()).collect();
    // An article that several queries find is read once, when the first of them is counted.
    let mut found: Vec<IdSet> = Vec::new();
    if queries.len() > 1 {
        for query in queries {
            found.push(told(archive.ids(query, asking)?).value);
        }
    }
    for (number, query) in queries.iter().enumerate() {
        let finds = |row: &Row, query: usize| found.get(query).is_none_or(|ids| ids.contains(row.record.id));
        let is_counted = |row: &Row| (0..number).any(|earlier| finds(row, earlier));
        let work = |row: &Row, article: &Article| -> Vec<(usize, usize)> {
            if is_counted(row) {
                return Vec::new();
            }
            let later = (number..queries.len()).filter(|query| finds(row, *query));
            later.map(|query| (query, sought[query].places(article).len())).collect()
        };
        let query = Query { sort: Some(Sort::Newest), ..query.clone() };
        let order = told(archive.search(&query, &Asking { forgiving: false, more: false, ..*asking })?).order;
        let mut take = |row: Row, made: Result<Vec<(usize, usize)>>| {
            if is_counted(&row) {
                progress(None);
                return ControlFlow::Continue(());
            }
            let made = made.unwrap_or_else(|error| {
                counts.unread += 1;
                progress(Some(error));
                (number..queries.len()).filter(|query| finds(&row, *query)).map(|query| (query, 0)).collect()
            });
            progress(None);
            let cells = axes.cells(&Facts::from(&row));
            for (query, places) in made {
                counts.omitted[query] += usize::from(cells.is_empty());
                for (cells, part) in &cells {
                    let sum = &mut sums(&mut counts, cells, queries.len())[query];
                    sum.articles += part;
                    sum.occurrences += part * places as f64;
                }
            }
            ControlFlow::Continue(())
        };
        told(readers.read(&*order, 0..usize::MAX, asking.cancelled, &work, &mut take)?);
    }
    Ok(counts)
}

/// The sums of a cell.
fn sums<'a>(counts: &'a mut Counts, cells: &[Cell], queries: usize) -> &'a mut Vec<Sum> {
    if !counts.cells.contains_key(cells) {
        counts.cells.insert(cells.to_vec(), vec![Sum::default(); queries]);
    }
    counts.cells.get_mut(cells).expect("it was just put there")
}

/// How many articles and words there are in each cell of what a query finds.
fn base(archive: &dyn Archive, query: &Query, axes: &Axes, asking: &Asking) -> Result<Base> {
    let mut all = Base::new();
    let mut add = |facts: &Facts, articles: f64, words: f64| {
        for (cells, part) in axes.cells(facts) {
            let sum = all.entry(cells).or_default();
            *sum = (sum.0 + part * articles, sum.1 + part * words);
        }
    };
    match axes.kinds() {
        Some(kinds) => {
            for cell in told(archive.tally(query, &kinds, asking)?).value {
                add(&Facts::counted(&cell.cells), cell.articles as f64, cell.words as f64);
            }
        }
        // Tags stand in the rows alone.
        None => {
            let mut take = |rows: Vec<Row>| {
                rows.iter().for_each(|row| add(&Facts::from(row), 1.0, f64::from(row.record.words)));
                ControlFlow::Continue(())
            };
            told(archive.walk(query, asking, &mut take)?);
        }
    }
    Ok(all)
}

/// What is left of a query without everything that asks for words of titles and texts; `None` where nothing
/// is.
fn without_words(node: &Node) -> Option<Node> {
    match node {
        Node::And(nodes) => {
            let mut left: Vec<Node> = nodes.iter().filter_map(without_words).collect();
            if left.len() > 1 { Some(Node::And(left)) } else { left.pop() }
        }
        node => (!asks_for_words(node)).then(|| node.clone()),
    }
}

fn asks_for_words(node: &Node) -> bool {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(asks_for_words),
        Node::Not(node) => asks_for_words(node),
        Node::Leaf(condition) => matches!(condition.part(), Some(Part::Anywhere | Part::Title | Part::Body)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::cells::{By, Partial};
    use super::super::tests::{Pile, QUESTIONS, Written, asking, piles, slow_count, written};
    use super::*;
    use crate::query::parse_finished;

    fn counted(pile: &Pile, lines: &[&str], by: &[By], partial: Partial) -> Counts {
        let queries: Vec<Query> = lines.iter().map(|line| parse_finished(line)).collect();
        let axes = Axes { by: by.to_vec(), partial };
        count(&*pile.archive(), &mut pile.readers(), &queries, &axes, &asking(), &mut |_| {}).expect("counted")
    }

    fn shown(counts: &Counts) -> Vec<String> {
        let name = |cells: &[Cell]| cells.iter().map(Cell::name).collect::<Vec<_>>().join("/");
        let sum = |sum: &Sum| format!("{} {} {} {}", sum.articles, sum.occurrences, sum.all_articles, sum.all_words);
        let row = |(cells, sums): (&Vec<Cell>, &Vec<Sum>)| {
            format!("{}: {}", name(cells), sums.iter().map(sum).collect::<Vec<_>>().join(" | "))
        };
        counts.cells.iter().map(row).collect()
    }

    fn pile() -> Pile {
        let article = |language, date, source, text: &str| Written { language, date, source, ..written("Title", text) };
        Pile::of(&[
            article("en", "2021-02-16", "Post", "the boat and the boat"),
            article("en", "2021-02", "", "no such thing"),
            article("de", "2021", "Post", "das boat"),
            article("", "", "", "boat"),
        ])
    }

    #[test]
    fn words_are_counted_beside_all_words_of_a_cell() {
        let counts = counted(&pile(), &["boat"], &[By::Month], Partial::Own);
        assert_eq!(shown(&counts), ["2021: 1 1 1 3", "2021-02: 1 2 2 10", "undated: 1 1 1 2"]);
        let counts = counted(&pile(), &["boat"], &[By::Month], Partial::Omit);
        assert_eq!((shown(&counts).len(), counts.omitted), (2, vec![1]));
        let counts = counted(&pile(), &["boat"], &[By::Source, By::Language], Partial::Own);
        assert_eq!(
            shown(&counts),
            ["Post/de: 1 1 1 3", "Post/en: 1 2 1 6", "no source/en: 0 0 1 4", "no source/unsure: 1 1 1 2"]
        );
    }

    #[test]
    fn other_conditions_bound_what_a_word_is_counted_beside() {
        let counts = counted(&pile(), &["boat lang:en", "boat", "lang:de"], &[By::Year], Partial::Own);
        assert_eq!(shown(&counts), ["2021: 1 2 2 10 | 2 3 3 13 | 1 0 1 3", "undated: 0 0 0 0 | 1 1 1 2 | 0 0 0 0"]);
        assert_eq!(counts.with_words, [true, true, false]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn counts_are_those_of_a_slow_count(all in piles()) {
            let pile = Pile::of(&all);
            let lines: Vec<&str> = QUESTIONS.iter().map(|(line, _)| *line).collect();
            for partial in [Partial::Own, Partial::Spread] {
                let counts = counted(&pile, &lines, &[By::Month], partial);
                for (number, (line, is_place)) in QUESTIONS.iter().enumerate() {
                    let of_all: f64 = counts.cells.values().map(|sums| sums[number].occurrences).sum();
                    let slow: usize = all.iter().map(|article| slow_count(article, *is_place)).sum();
                    prop_assert!((of_all - slow as f64).abs() < 1e-6, "{}: {} and {}", line, of_all, slow);
                    let alone = counted(&pile, &[line], &[By::Month], partial);
                    let side_by_side = counts.cells.values().map(|sums| sums[number]).filter(|sum| sum.all_articles > 0.0);
                    prop_assert!(side_by_side.eq(alone.cells.values().map(|sums| sums[0])));
                    prop_assert_eq!(counts.cells.values().map(|sums| sums[number].all_articles).sum::<f64>().round(), all.len() as f64);
                }
                let exact = |written: &&Written| written.date.starts_with("2021-02");
                let slow: usize = all.iter().filter(exact).map(|article| slow_count(article, QUESTIONS[1].1)).sum();
                let cell = counts.cells.get(&vec![Cell::Named("2021-02".to_owned())]).map_or(0.0, |sums| sums[1].occurrences);
                if partial == Partial::Own {
                    prop_assert_eq!(cell, slow as f64);
                }
            }
        }
    }
}
