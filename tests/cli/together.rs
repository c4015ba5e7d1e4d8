//! Several programs at once.

use super::*;
use newsstand::archive::Intake;
use newsstand::index::{Index, Location};

#[test]
fn a_second_program_shows_what_is_there_and_says_so() {
    let home = Home::new();
    home.run("index news").found();
    let index = Index::open(&Location::Disk(home.index())).expect("it can be shared");
    let writer = index.writer(0).expect("it can be written").expect("nobody else writes");
    // Nothing has changed: nobody has to write.
    assert_eq!(home.run("list news").found().lines().count(), 3);
    home.write("news/new.txt", MARKET.replace("market", "circus"));
    for line in ["list news", "search -- -qwxyzzy news", "index news"] {
        let (out, complaint) = home.run(line).ended(2);
        assert!(out.lines().count() == 3 || out.starts_with("3 articles"), "{line}: {out}");
        assert_eq!(
            complaint,
            "newsstand: another newsstand is reading this pile just now; this is what it has so far\n"
        );
    }
    assert!(home.run("frame news").out.contains("3 articles"));
    drop(writer);
    assert_eq!(home.run("list news").found().lines().count(), 4);
}

#[test]
fn programs_that_start_at_the_same_moment_do_not_disturb_each_other() {
    for _ in 0..5 {
        let home = Home::new();
        let start =
            || home.with("list news").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn();
        let children: Vec<_> = (0..4).map(|_| start().expect("it starts")).collect();
        let mut complete = 0;
        for child in children {
            let ran = Ran::from(child.wait_with_output().expect("it ends"));
            let busy = ran.complaints.contains("another newsstand is reading this pile");
            assert!(ran.status == Some(0) && ran.complaints.is_empty() || ran.status == Some(2) && busy, "{ran:?}");
            complete += usize::from(ran.out.lines().count() == 3);
        }
        assert!(complete > 0);
        assert_eq!(home.run("list news").found().lines().count(), 3);
    }
}
