//! Lists that end a text: the days of a tour, results, what a recipe takes.

use super::super::blocks::{Block, End};
use super::super::kinds::Kind;
use super::super::title::Topic;

/// A list has so many lines.
const LEAST: usize = 3;
/// A line that heads a list has no more words.
const MOST_WORDS_OF_HEAD: u32 = 14;
/// The text takes up so much of what the head of its list says.
const SHARED: f32 = 0.5;
/// What parts the lines of a list: day and place, name and number.
const MARKS: &[&str] = &[" – ", " — ", " -- ", " - ", ": ", "：", " @ ", "\t", " … "];

/// Where the list ends that follows the last paragraph at once; the block behind that paragraph where none does. Below a
/// text stand menus and other headlines, too: so the list is announced by a colon, or its lines are alike and its head
/// speaks of the same as headline and text.
pub(super) fn end(blocks: &[Block], kinds: &[Kind], last: usize, end: usize, title: Option<usize>) -> usize {
    let none = (last + 1).min(blocks.len());
    let is_line = |at: usize| at < end && matches!(kinds[at], Kind::Short | Kind::Date);
    if last >= end || !is_line(none) {
        return none;
    }
    let is_head = |at: usize| blocks[at].shape.words <= MOST_WORDS_OF_HEAD && !is_alike(&blocks[at]);
    let headed = blocks[last].shape.end != End::Colon;
    if headed && !(is_head(none) && is_line(none + 1)) {
        return none;
    }
    let announced = !headed || blocks[none].shape.end == End::Colon;
    let from = none + usize::from(headed);
    // Lines that stand together, or all apart.
    let apart = blocks[from].apart.1;
    let mut to = from;
    while is_line(to) && (to == from || apart || !blocks[to].apart.0) {
        to += 1;
    }
    let lines = &blocks[from..to];
    let alike = lines.iter().filter(|block| block.bullet || is_alike(block)).count();
    let is_list = lines.len() >= LEAST && (alike * 3 >= lines.len() * 2 || announced && !apart);
    let is_told = is_list && (announced || is_of_the_topic(blocks, kinds, none, last, title));
    if is_told { to } else { none }
}

/// True for a line that begins with a number, or has two parts.
fn is_alike(block: &Block) -> bool {
    let text = &*block.text;
    text.starts_with(|c: char| c.is_numeric()) || MARKS.iter().any(|mark| text.contains(mark))
}

/// True where headline or text take up what a line says.
fn is_of_the_topic(blocks: &[Block], kinds: &[Kind], at: usize, last: usize, title: Option<usize>) -> bool {
    let from = title.unwrap_or(0);
    let topic = Topic::of(&blocks[from..=last], &kinds[from..=last]);
    blocks[at].shape.words >= 2 && topic.share(&blocks[at].text, false) >= SHARED
}

#[cfg(test)]
mod tests {
    use super::super::super::{blocks, date, kinds, lines};
    use super::*;

    const TEXT: &str = "The band of the outer islands goes on tour again, and the tour begins in the harbour in June, as its singer said.\n\n\
        Tickets for the band are sold at the fish market from Friday on, and nobody may buy more than four of them.\n\n";

    fn check(below: &str, expected: usize) {
        let (lines, _) = lines::lines(&format!("{TEXT}{below}"));
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        assert_eq!(end(&blocks, &kinds, 1, blocks.len(), None) - 2, expected, "{below}");
    }

    #[test]
    fn lists_of_the_text_belong_to_it() {
        check(
            "The dates of the tour\n\nJune 9 – Harbour, Fish Hall\nJune 10 – Islands, Big Tent\nJune 14 – Hill, Old Barn\n",
            4,
        );
        check("You need:\n2 fishes\nsalt of the sea\na large pan\n", 4);
        check("Tour of the band\n1. Harbour\n2. Islands\n3. Hill\n", 4);
        check("The tour:\n\n9 giugno – Porto\n10 giugno – Isole\n14 giugno – Collina", 4);
        check("The band on tour\nHarbour: 9 June\nIslands: 10 June\nHill: 14 June", 4);
    }

    #[test]
    fn menus_and_other_headlines_do_not() {
        check("Politics\nSports\nWeather\nContact", 0);
        check("New bridge will be made of glass\nBakers go on holiday together\nSchool plants a large garden", 0);
        check("Latest\n10:20 - Bridge of glass\n10:10 - Bakers on holiday\n9:50 - School garden", 0);
        check("", 0);
    }
}
