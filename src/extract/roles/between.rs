//! Short lines within the running text: headings belong to it, teasers and lines that repeat do not.

use std::cell::OnceCell;
use std::ops::Range;

use rapidhash::{RapidHashMap, RapidHashSet};

use super::super::blocks::{Block, End};
use super::super::kinds::Kind;
use super::super::title::Topic;

/// So many headlines in a row, with no text between them, are teasers: a heading has text below it.
const TEASERS: usize = 3;
/// More lines in a row than these are a table or a list.
const MOST_TEASERS: usize = 14;
/// What stands on a page so often is no list.
const OFTEN: u32 = 4;
/// The lines of a list have fewer words.
const HEADLINE_WORDS: usize = 7;
/// A line of which the text takes up so much speaks of the same.
const SHARED: f32 = 0.5;
/// A heading has no more words, where teasers stand right above it.
const HEADING_WORDS: u32 = 8;

/// The blocks of `text` that are no part of it: headlines of other articles in a row, and short lines that stand on the
/// page again and again.
pub(super) fn aside(blocks: &[Block], kinds: &[Kind], text: Range<usize>, title: Option<usize>) -> RapidHashSet<usize> {
    let mut aside = RapidHashSet::default();
    let known: OnceCell<Topic> = OnceCell::new();
    let topic = || known.get_or_init(|| Topic::of(&blocks[text.clone()], &kinds[text.clone()]));
    let shares = |at: usize| topic().share(&blocks[at].text, false) >= SHARED;
    repeated(blocks, kinds, text.clone(), title, shares, &mut aside);
    rows(blocks, kinds, text.clone(), shares, &mut aside);
    aside
}

/// True for what may be the headline of another article: several words without a full stop.
fn is_headline(block: &Block, kind: &Kind) -> bool {
    *kind == Kind::Short
        && !block.bullet
        && block.shape.words >= 4
        && block.shape.size >= 18
        && matches!(block.shape.end, End::Open | End::Call | End::Dots)
        && !block.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '[' | '–' | '—' | '-' | '…'))
}

/// Headlines in a row.
fn rows(
    blocks: &[Block],
    kinds: &[Kind],
    text: Range<usize>,
    shares: impl Fn(usize) -> bool,
    aside: &mut RapidHashSet<usize>,
) {
    let mut at = text.start;
    while at < text.end {
        if !is_headline(&blocks[at], &kinds[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < text.end && is_headline(&blocks[at], &kinds[at]) {
            at += 1;
        }
        let row = start..at;
        // What a colon announces is a list of the text.
        let announced = start > 0 && kinds[start - 1] != Kind::Furniture && blocks[start - 1].shape.end == End::Colon;
        // `We like: …`, `We do not like: …`, `Best of all, 9/10`: what a table says of one thing after the other.
        let labelled = row.clone().filter(|at| is_labelled(&blocks[*at].text)).count();
        let words: u32 = row.clone().map(|at| blocks[at].shape.words).sum();
        let long = words as usize >= 5 * row.len();
        // Short lines that speak of the same as the text are a list of it. Headlines of other articles are longer.
        let is_list = || {
            (words as usize) < HEADLINE_WORDS * row.len()
                && row.clone().filter(|at| shares(*at)).count() * 2 >= row.len()
        };
        if row.len() < TEASERS
            || row.len() > MOST_TEASERS
            || announced
            || !long
            || labelled * 2 >= row.len()
            || is_list()
        {
            continue;
        }
        let last = row.end - 1;
        let heads = kinds.get(row.end) == Some(&Kind::Prose)
            && blocks[last].apart == (true, true)
            && blocks[last].shape.words <= HEADING_WORDS;
        aside.extend(row.start..if heads { last } else { row.end });
    }
}

/// True for a line that says something of what its first words name, or counts something.
fn is_labelled(text: &str) -> bool {
    let label = text.split_once([':', '：']).is_some_and(|(label, rest)| {
        label.split_whitespace().count() <= 3 && rest.trim_start().starts_with(char::is_lowercase)
    });
    label || text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '€' | '$' | '£'))
}

/// Short lines that stand on the page more than once, and have no text right below them.
fn repeated(
    blocks: &[Block],
    kinds: &[Kind],
    text: Range<usize>,
    title: Option<usize>,
    shares: impl Fn(usize) -> bool,
    aside: &mut RapidHashSet<usize>,
) {
    let may = |at: usize| {
        kinds[at] == Kind::Short
            && !blocks[at].bullet
            && blocks[at].shape.words >= 3
            && blocks[at].shape.size >= 14
            && !matches!(blocks[at].shape.end, End::Stop | End::Colon)
    };
    let mut counts: RapidHashMap<&str, u32> = RapidHashMap::default();
    for at in (0..blocks.len()).filter(|at| may(*at)) {
        *counts.entry(&*blocks[at].text).or_default() += 1;
    }
    if let Some(title) = title {
        // The headline said again is one of the page's lines, however it is read.
        *counts.entry(&*blocks[title].text).or_default() += 1;
    }
    for at in text.filter(|at| may(*at)) {
        let count = counts.get(&*blocks[at].text).copied().unwrap_or(0);
        let heads = kinds.get(at + 1) == Some(&Kind::Prose);
        // Lists and recipes say the same again as well: with no button beside it, not often, or about the same as the text.
        let beside = || [at.wrapping_sub(1), at + 1].iter().any(|near| kinds.get(*near) == Some(&Kind::Furniture));
        let is_title = title.is_some_and(|title| *blocks[title].text == *blocks[at].text);
        if count >= 2 && (is_title || !heads && (beside() || count >= OFTEN && !shares(at))) {
            aside.insert(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{blocks, date, kinds, lines};
    use super::*;

    const PROSE: &str =
        "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said today.";

    fn check(text: &str, expected: &[&str]) {
        let (lines, _) = lines::lines(text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let mut found: Vec<usize> = aside(&blocks, &kinds, 0..blocks.len(), None).into_iter().collect();
        found.sort_unstable();
        let found: Vec<&str> = found.into_iter().map(|at| &*blocks[at].text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn headlines_in_a_row_are_teasers() {
        let row = [
            "New bridge will be made of glass",
            "Bakers go on holiday together again",
            "School plants a very large garden",
        ];
        check(&format!("{PROSE}\n\n{}\n\n{PROSE}", row.join("\n")), &row);
        let row = [
            "Neue Brücke soll ganz aus Glas sein",
            "Bäcker fahren gemeinsam in den Urlaub",
            "Schule legt einen großen Garten an",
        ];
        check(&format!("{PROSE}\n\n{}\n\n{PROSE}", row.join("\n\n")), &row[..2]);
        let row = [
            "Новый мост построят из стекла к лету",
            "Пекари вместе уехали в отпуск на море",
            "Школа посадила большой сад у реки",
        ];
        check(&format!("{PROSE}\n\n{}\n\n{PROSE}", row.join("\n")), &row);
        let row = [
            "Un pont de verre pour la ville basse",
            "Les boulangers partent en vacances ensemble",
            "L'école plante un très grand jardin",
        ];
        check(&format!("{PROSE}\n\n{}\n\n{PROSE}", row.join("\n")), &row);
        let row = [
            "Jembatan baru akan dibuat dari kaca",
            "Tukang roti berlibur bersama-sama tahun ini",
            "Sekolah menanam kebun yang sangat besar",
        ];
        check(&format!("{PROSE}\n\n{}\n\n{PROSE}", row.join("\n")), &row);
    }

    #[test]
    fn headings_and_lists_are_not() {
        check(&format!("{PROSE}\n\nBread for a week and more\n\n{PROSE}"), &[]);
        check(&format!("{PROSE}\n\nThe second part of the story\n\nBread for a week and more\n\n{PROSE}"), &[]);
        check(
            &format!(
                "{PROSE}\n\nThe islands need these things now:\n\nfresh bread for a whole week\nfish and a lot of salt\nmore boats than there are\n\n{PROSE}"
            ),
            &[],
        );
        check(
            &format!(
                "{PROSE}\n\n200 g of the best flour\n3 eggs from the outer islands\n1 litre of milk from cows\n\n{PROSE}"
            ),
            &[],
        );
    }

    #[test]
    fn lines_that_repeat_are_furniture() {
        let line = "What is the safest seat?";
        check(
            &format!("{PROSE}\n\n{line}\n\nShare\n\n{PROSE} Again.\n\n{line}\n\nShare\n\n{PROSE} Once more."),
            &[line, line],
        );
        // Recipes and tables say the same again.
        let line = "Drink it before the ferry leaves";
        check(&format!("{PROSE}\n\n{line}\n\n200 g of flour\n\n{PROSE} Again.\n\n{line}\n\n3 eggs"), &[]);
        let line = "What is the safest seat?";
        // Of two, one is a table of contents.
        check(&format!("{line}\n\nShare\n\n{PROSE}\n\n{line}\n\n{PROSE} Again."), &[line]);
    }
}
