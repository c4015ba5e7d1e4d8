//! Marks: set by commands, kept whatever happens to the program, and told with each article.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};

use crate::Home;

/// How many articles there are to mark.
const ARTICLES: usize = 60;

/// How often the program is killed. `NEWSSTAND_KILLS=200` takes half a minute.
fn kills() -> usize {
    std::env::var("NEWSSTAND_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8)
}

fn pile() -> Home {
    let home = Home::empty();
    let line = |at| format!("{{\"title\":\"Headline {at:03}\",\"text\":\"This is the text of number {at}.\"}}\n");
    home.write("dump.jsonl", (1..=ARTICLES).map(line).collect::<String>());
    home
}

#[test]
fn what_was_said_to_be_marked_outlives_a_kill() {
    let home = pile();
    home.run("index dump.jsonl");
    // Any numbers will do, as long as they are not always the same place.
    let mut random: u32 = 2_463_534_242;
    for kill in 0..kills() {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        let (what, marks) = if kill % 2 == 0 { ("starred", "starred") } else { ("unstarred", "no longer starred") };
        let mut command = home.with("--linear --query sort:title dump.jsonl");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let acknowledged = mark_until(&mut child, what, marks, 1 + random as usize % (ARTICLES / 2));
        let starred = home.run("search --json is:starred dump.jsonl").records().len();
        let marked = if kill % 2 == 0 { starred } else { ARTICLES - starred };
        assert!(marked >= acknowledged, "{marked} are {what}, and {acknowledged} were said to be");
        // The rest, so that the next round begins with all of them.
        let rest = if kill % 2 == 0 { "--star" } else { "--unstar" };
        home.run(&format!("mark '' {rest} dump.jsonl"));
    }
}

/// Marks one article after the other, and kills the program in the middle of it once so many are said to be
/// marked. Returns how many were.
fn mark_until(child: &mut Child, what: &str, said: &str, enough: usize) -> usize {
    let mut input: ChildStdin = child.stdin.take().expect("it is piped");
    for at in 1..=ARTICLES {
        writeln!(input, "mark {what} {at}").expect("it reads");
    }
    let mut answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let is_told = |line: &String| line.contains("article") && line.ends_with(&format!("{said}."));
    let mut acknowledged = answers.by_ref().map_while(Result::ok).filter(is_told).take(enough).count();
    child.kill().expect("it runs");
    acknowledged += answers.map_while(Result::ok).filter(is_told).count();
    child.wait().expect("it has ended");
    assert!(acknowledged >= enough, "{acknowledged}");
    acknowledged
}

#[test]
fn marks_are_told_with_each_article() {
    let home = pile();
    home.run("mark 'title:\"headline 007\"' --star --read --tag spies --note 'ask Ann' dump.jsonl");
    let records = home.run("search --json 'tag:spies' dump.jsonl").records();
    assert_eq!(records.len(), 1);
    let marks = &records[0]["marks"];
    assert_eq!((&marks["read"], &marks["starred"]), (&true.into(), &true.into()));
    assert_eq!((marks["tags"][0].as_str(), marks["note"].as_str()), (Some("spies"), Some("ask Ann")));
    let id = records[0]["id"].as_str().expect("an id").to_owned();
    for line in [format!("show --json {id} dump.jsonl"), "list --json --sort title dump.jsonl".to_owned()] {
        let records = home.run(&line).records();
        let of_it = records.iter().find(|record| record["id"] == *id).expect("it is there");
        assert_eq!((&of_it["marks"]["note"], &of_it["marks"]["starred"]), (&"ask Ann".into(), &true.into()), "{line}");
    }
    assert_eq!(home.titles("search --json 'tag:none sort:title' dump.jsonl").len(), ARTICLES - 1);
}

#[test]
fn an_article_saved_again_keeps_its_marks() {
    let home = Home::empty();
    let text = |end: &str| {
        let words: Vec<String> = (0..80).map(|at| format!("Sentence number {at} says what it says.")).collect();
        format!("The harbour opens again\n\n{} {end}\n", words.join(" "))
    };
    home.write("news/harbour.txt", text("That is all."));
    home.run("mark harbour --read --star news");
    home.write("news/harbour.txt", text("That was all."));
    let marks = home.run("list --json news").records()[0]["marks"].clone();
    assert_eq!((&marks["read"], &marks["starred"]), (&true.into(), &true.into()), "{marks}");
    // What only moved is the same article; another one in its place is a new one.
    std::fs::rename(home.path("news/harbour.txt"), home.path("news/moved.txt")).expect("it can be moved");
    home.write("news/harbour.txt", "Something else\n\nA wholly different text about the weather in the north.\n");
    let titles = home.titles("search --json is:starred news");
    assert_eq!(titles, ["The harbour opens again"]);
}
