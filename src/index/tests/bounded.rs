//! Searches that ask for very much.

use super::*;
use crate::archive::Limits;
use crate::index::asking::work::Work;

fn found(line: &str) -> Found {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, PILE.iter().map(article));
    let asking = Asking { forgiving: true, ..context() };
    told(index.archive().unwrap().search(&parse_finished(line), &asking).unwrap())
}

fn lacking(line: &str) -> String {
    told_of(&found(line).limits)
}

fn told_of(limits: &Limits) -> String {
    limits.not_tried.iter().map(|what| what.as_str()).collect::<Vec<&str>>().join("; ")
}

/// So many words that occur nowhere.
fn unknown(count: usize) -> String {
    (0..count).map(|number| format!("qzx{number}")).collect::<Vec<String>>().join(" ")
}

#[test]
fn of_very_many_words_the_most_telling_are_used() {
    // The words that articles have are among them, wherever they stand.
    let line = format!("{} apples lang:en", unknown(300));
    let answer = found(&line);
    assert_eq!(told_of(&answer.limits), "201 of the 301 words, the least telling");
    let asked = answer.relaxed.expect("no article has them all");
    assert_eq!(asked.asked, 100);
    assert!(asked.query.words().iter().any(|word| word.text() == Some("apples")));
    assert!(asked.query.to_string().contains("lang:en"), "{}", asked.query);
    // One of them in brackets, behind OR or without a space is counted as any other.
    for line in
        [unknown(101).replace(' ', " OR "), format!("({}) OR apples", unknown(100)), "-a ".repeat(101) + &unknown(100)]
    {
        assert!(lacking(&line).starts_with("1 of the 101 words"), "{}", lacking(&line));
    }
}

#[test]
fn what_is_asked_twice_is_no_further_word() {
    assert_eq!(lacking(&"apples ".repeat(500)), "");
    assert_eq!(found(&"apples ".repeat(500)).matched, found("apples").matched);
    assert_eq!(lacking(&unknown(100)), "");
}

#[test]
fn fields_and_ids_are_never_left_out() {
    let ids: Vec<String> = (0..300).map(|number| format!("id:{number:08x}")).collect();
    assert_eq!(lacking(&ids.join(" OR ")), "");
    let titles: Vec<String> = (0..150).map(|number| format!("title:w{number}")).collect();
    assert_eq!(lacking(&titles.join(" OR ")), "");
}

#[test]
fn spellings_are_tried_up_to_a_budget_and_each_but_once() {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, PILE.iter().map(article));
    let archive = index.now().unwrap();
    let (searcher, body) = (&archive.state().searcher, archive.state().fields.body);
    let work = Work::with_room(1);
    // One word is always tried.
    let first = work.spellings(searcher, body, "aples", 2).expect("it is tried");
    assert!(first.counts.contains_key("apples"), "{:?}", first.counts);
    assert!(work.limits().is_whole());
    assert!(work.spellings(searcher, body, "aples", 2).is_some(), "what was found is remembered");
    assert!(work.spellings(searcher, body, "perls", 2).is_none());
    assert_eq!(told_of(&work.limits()), "some of the spellings");
    // A budget that ends within the words of the index ends the search in them.
    let work = Work::with_room(30);
    assert!(work.spellings(searcher, body, "a", 1).is_some(), "the first is always tried");
    let work = Work::with_room(1_000_000);
    for word in ["aples", "perls", "gadren"] {
        assert!(work.spellings(searcher, body, word, 2).is_some());
    }
    assert!(work.limits().is_whole());
}
