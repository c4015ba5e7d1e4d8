use super::*;
use crate::article::ArticleId;
use crate::error::Error;

fn ids(numbers: &[u64]) -> Vec<ArticleId> {
    numbers.iter().map(|number| ArticleId(*number)).collect()
}

fn change(numbers: &[u64], settings: &[Setting]) -> Change {
    Change { articles: ids(numbers), settings: settings.to_vec() }
}

fn tag(name: &str) -> Tag {
    Tag::new(name).expect("a name")
}

/// What is marked, in a line: `read 1 2 · starred 3 · tax 1 · note 1 "why"`.
fn told(marks: &mut Marks) -> String {
    let snapshot = marks.snapshot().expect("read");
    let list = |ids: &crate::article::IdSet| ids.iter().map(|id| format!(" {}", id.0)).collect::<String>();
    let mut told = Vec::new();
    for (name, ids) in [("read", &snapshot.read), ("starred", &snapshot.starred)] {
        if !ids.is_empty() {
            told.push(format!("{name}{}", list(ids)));
        }
    }
    told.extend(snapshot.tags().map(|(tag, ids)| format!("{tag}{}", list(ids))));
    told.extend(snapshot.notes().map(|(id, note)| format!("note {} {note:?}", id.0)));
    told.join(" · ")
}

#[test]
fn marks_are_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("newsstand").join("marks.db");
    let mut marks = Marks::open(&path, 1).expect("opens");
    let large = u64::MAX - 3;
    let settings = [Setting::Read(true), Setting::Tag(tag("Tax"), true), Setting::Note(Some("why?".into()))];
    assert_eq!(marks.apply(&change(&[1, large, 1], &settings), 1_000).expect("applied").articles, 2);
    marks.apply(&change(&[1], &[Setting::Tag(tag("tax"), true)]), 1_001).expect("applied");
    let expected = format!("read 1 {large} · Tax 1 {large} · note 1 \"why?\" · note {large} \"why?\"");
    assert_eq!(told(&mut marks), expected);
    drop(marks);
    let mut marks = Marks::open(&path, 2).expect("opens");
    assert_eq!(told(&mut marks), expected);
    #[cfg(unix)]
    for (path, mode) in [(path.parent().expect("a folder"), 0o700), (&path, 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(path).expect("there").permissions().mode() & 0o777, mode);
    }
}

#[test]
fn every_change_is_taken_back_the_newest_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.db");
    let mut marks = Marks::open(&path, 1).expect("opens");
    let steps: [(&[u64], &[Setting]); 5] = [
        (&[1, 2], &[Setting::Read(true)]),
        (&[2, 3], &[Setting::Read(true), Setting::Starred(true)]),
        (&[2], &[Setting::Read(false)]),
        (&[1], &[Setting::Note(Some("one".into()))]),
        (&[1], &[Setting::Note(Some("two".into()))]),
    ];
    let mut states = vec![told(&mut marks)];
    for (at, (numbers, settings)) in steps.iter().enumerate() {
        marks.apply(&change(numbers, settings), at as i64).expect("applied");
        states.push(told(&mut marks));
    }
    assert_eq!(states[3], "read 1 3 · starred 2 3");
    // What changes nothing is nothing to take back.
    assert_eq!(marks.apply(&change(&[3], &[Setting::Starred(true)]), 9).expect("applied").articles, 0);
    drop(marks);
    let mut marks = Marks::open(&path, 2).expect("opens");
    assert_eq!(marks.undo(Scope::Own, 10).expect("undone"), None);
    for state in states.iter().rev().skip(1) {
        assert!(marks.undo(Scope::Any, 10).expect("undone").is_some());
        assert_eq!(told(&mut marks), *state);
    }
    assert_eq!(marks.undo(Scope::Any, 10).expect("undone"), None);
}

#[test]
fn instances_follow_each_other_and_keep_what_the_other_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.db");
    let (mut one, mut other) = (Marks::open(&path, 1).expect("opens"), Marks::open(&path, 2).expect("opens"));
    one.apply(&change(&[1, 2, 3], &[Setting::Starred(true)]), 1).expect("applied");
    assert_eq!(told(&mut other), "starred 1 2 3");
    other.apply(&change(&[2], &[Setting::Starred(false)]), 2).expect("applied");
    other.apply(&change(&[2], &[Setting::Tag(tag("kept"), true)]), 3).expect("applied");
    assert_eq!(told(&mut one), "starred 1 3 · kept 2");
    let undone = one.undo(Scope::Own, 4).expect("undone").expect("there was a change");
    assert_eq!((undone.said.as_str(), undone.marks), ("3 articles starred", 2));
    assert_eq!(told(&mut other), "kept 2");
    other.undo(Scope::Own, 5).expect("undone");
    other.undo(Scope::Own, 6).expect("undone");
    assert_eq!((told(&mut one), told(&mut other)), ("starred 2".into(), "starred 2".into()));
}

#[test]
fn an_article_that_takes_the_place_of_another_takes_its_marks() {
    let mut marks = Marks::open_in_memory(1).expect("opens");
    let settings = [Setting::Read(true), Setting::Starred(true), Setting::Tag(tag("tax"), true)];
    marks.apply(&change(&[1, 2], &settings), 1).expect("applied");
    marks.apply(&change(&[12], &[Setting::Starred(true)]), 2).expect("applied");
    marks.apply(&change(&[12], &[Setting::Starred(false)]), 3).expect("applied");
    let replaced = [(ArticleId(1), ArticleId(11), false), (ArticleId(2), ArticleId(12), true)];
    marks.take_over(&replaced, 4).expect("taken over");
    assert_eq!(told(&mut marks), "read 1 2 11 · starred 1 2 11 · tax 1 2 11 12");
    // It is nothing that the reader has done, so it is not taken back.
    marks.undo(Scope::Any, 5).expect("undone");
    assert_eq!(told(&mut marks), "read 1 2 11 · starred 1 2 11 12 · tax 1 2 11 12");
}

#[test]
fn files_of_two_machines_give_the_same_whichever_comes_first() {
    let here = || {
        let mut marks = Marks::open_in_memory(1).expect("opens");
        marks.apply(&change(&[1, 2, 3], &[Setting::Starred(true), Setting::Read(true)]), 10).expect("applied");
        marks.apply(&change(&[2], &[Setting::Starred(false)]), 30).expect("applied");
        marks.apply(&change(&[1], &[Setting::Note(Some("here".into()))]), 50).expect("applied");
        marks
    };
    let there = || {
        let mut marks = Marks::open_in_memory(2).expect("opens");
        marks.apply(&change(&[2, 4], &[Setting::Starred(true), Setting::Tag(tag("tax"), true)]), 20).expect("applied");
        marks.apply(&change(&[1], &[Setting::Note(Some("there".into()))]), 50).expect("applied");
        marks.apply(&change(&[3], &[Setting::Read(true)]), 60).expect("applied");
        marks.apply(&change(&[3], &[Setting::Read(false)]), 70).expect("applied");
        marks
    };
    let exported = |marks: &Marks| {
        let mut lines = Vec::new();
        marks.export(&mut lines).expect("written");
        lines
    };
    let (mut one, mut other) = (here(), there());
    let (from_here, from_there) = (exported(&one), exported(&other));
    one.import(&mut from_there.as_slice(), 100).expect("read");
    other.import(&mut from_here.as_slice(), 200).expect("read");
    assert_eq!(exported(&one), exported(&other));
    assert_eq!(told(&mut one), "read 1 2 · starred 1 3 4 · tax 2 4 · note 1 \"there\"");
    // Twice is once.
    let again = one.import(&mut from_there.as_slice(), 300).expect("read");
    assert_eq!(again.changed, 0);
    // And an import is taken back like any change.
    let mut fresh = Marks::open_in_memory(3).expect("opens");
    fresh.import(&mut from_here.as_slice(), 1).expect("read");
    assert_ne!(told(&mut fresh), "");
    fresh.undo(Scope::Own, 2).expect("undone");
    assert_eq!(told(&mut fresh), "");
}

#[test]
fn lines_that_are_no_marks_are_told() {
    let mut marks = Marks::open_in_memory(1).expect("opens");
    let lines = "{\"id\":\"0000000000000001\",\"read\":true,\"time\":\"2026-11-28T08:00:00Z\"}\n\nnonsense\n{\"id\":\"1\",\"time\":\"2026-11-28T08:00:00Z\"}\n";
    let imported = marks.import(&mut lines.as_bytes(), 1).expect("read");
    assert_eq!((imported.changed, imported.wrong_in_all), (1, 2));
    assert_eq!(imported.wrong.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn a_database_that_is_none_is_told_with_its_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.db");
    std::fs::write(&path, "these are no marks, and much too long to be an empty file ".repeat(50)).expect("written");
    let Err(Error::Marks { reason, .. }) = Marks::open(&path, 1) else { panic!("it was opened") };
    assert_eq!(reason, "it is damaged");
    assert!(std::fs::read_to_string(&path).expect("there").starts_with("these"), "it is left as it was");
}

#[test]
fn a_visit_is_resumed() {
    let mut marks = Marks::open_in_memory(1).expect("opens");
    assert_eq!(marks.visit("pile").expect("read"), None);
    let visit = Visit { query: "lang:de".into(), selected: Some(ArticleId(7)), ..Visit::default() };
    marks.end_visit("pile", &visit, 5).expect("written");
    assert_eq!(marks.visit("pile").expect("read"), Some((5, visit)));
    marks.keep_scroll(ArticleId(7), 12, 6).expect("written");
    assert_eq!(marks.snapshot().expect("read").scroll(ArticleId(7)), 12);
    for (time, line) in ["musk", "putin", "musk"].into_iter().enumerate() {
        marks.keep_query_line(line, time as i64).expect("written");
    }
    assert_eq!(marks.query_lines().expect("read"), ["musk", "putin"]);
}

#[test]
fn a_change_is_there_whole_or_not_at_all_wherever_its_writing_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("marks.db");
    let log = folder.path().join("marks.db-wal");
    let read = |path: &std::path::Path| std::fs::read(path).unwrap_or_default();
    let mut marks = Marks::open(&path, 1).expect("opens");
    marks.apply(&change(&[1, 2], &[Setting::Read(true), Setting::Tag(tag("tax"), true)]), 1).expect("applied");
    let (old, begun) = (told(&mut marks), read(&log).len());
    let many: Vec<u64> = (1..400).collect();
    marks.apply(&change(&many, &[Setting::Starred(true), Setting::Note(Some("why?".into()))]), 2).expect("applied");
    let (new, base, written) = (told(&mut marks), read(&path), read(&log));
    assert!(written.len() > begun + 8_000 && begun > 0, "{begun} {}", written.len());
    // The program is killed, or the power gone, after so many bytes: what follows is missing, or was never written.
    let step = (written.len() - begun) / 23 + 1;
    for end in (begun..written.len()).step_by(step).chain([written.len() - 1, written.len()]) {
        for rest in [0, written.len() - end] {
            let left = tempfile::tempdir().expect("a folder");
            let path = left.path().join("marks.db");
            std::fs::write(&path, &base).expect("written");
            let log = [&written[..end], &vec![0; rest]].concat();
            std::fs::write(left.path().join("marks.db-wal"), log).expect("written");
            let mut marks = Marks::open(&path, 2).expect("opens");
            let found = told(&mut marks);
            assert!(found == new || found == old && end < written.len(), "{end} of {}", written.len());
            marks.apply(&change(&[7], &[Setting::Read(true)]), 3).expect("goes on");
        }
    }
}

#[test]
fn a_place_for_marks_that_cannot_be_made_is_told_and_does_no_harm() {
    use crate::disk::faults::at_every_step;
    let path = |folder: &tempfile::TempDir| folder.path().join("one").join("marks.db");
    at_every_step(
        || tempfile::tempdir().expect("a folder"),
        |folder| Marks::open(&path(folder), 1).map(drop),
        |folder, outcome, _, steps| {
            assert!(outcome.is_err(), "{steps:?}");
            let mut marks = Marks::open(&path(folder), 2).expect("opens");
            marks.apply(&change(&[1], &[Setting::Read(true)]), 1).expect("applied");
            assert_eq!(told(&mut marks), "read 1");
        },
    );
}
