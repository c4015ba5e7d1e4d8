//! Help, completions, the manual, and where output goes.

use super::*;

const COMMANDS: &[&str] = &[
    "list",
    "show",
    "search",
    "concordance",
    "count",
    "terms",
    "repeat",
    "index",
    "inspect",
    "frame",
    "completions",
    "man",
    "config",
    "doctor",
];

#[test]
fn the_help_of_every_command_has_an_example() {
    let home = Home::empty();
    let help = home.run("--help").found();
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command} in {help}");
        let own = home.run(&format!("{command} --help")).found();
        assert!(own.contains("Examples:\n  newsstand "), "{own}");
        assert!(own.contains(&format!("newsstand {command}")), "{own}");
    }
    assert!(help.contains("Exit status: 0 something was found"), "{help}");
}

#[test]
fn completions_and_manual_know_every_command() {
    let home = Home::empty();
    let mut texts: Vec<String> = ["bash", "zsh", "fish", "powershell", "elvish"]
        .map(|shell| home.run(&format!("completions {shell}")).found())
        .into();
    texts.push(home.run("man").found());
    for text in texts {
        for command in COMMANDS {
            assert!(text.contains(command), "{command} in {text}");
        }
        assert!(text.contains("cache"), "{text}");
    }
    home.run("completions nosuchshell").ended(2);
}

#[test]
fn the_doctor_tells_what_a_bug_report_needs() {
    let home = Home::new();
    home.run("index news").found();
    let out = home.run("doctor --check news").found();
    for text in ["newsstand 0.", "configuration", "cache", "TERM", "articles       3", "every checksum is right"] {
        assert!(out.contains(text), "{text} in {out}");
    }
    home.write("bad.toml", "mous = true\n");
    let out = home.run("doctor --config bad.toml").found();
    assert!(out.contains("bad.toml: line 1, column 1: "), "a broken configuration is what it is for: {out}");
}

#[test]
fn the_log_records_what_happens() {
    let home = Home::new();
    home.write("news/empty.txt", "");
    home.run("list --log log.txt news").ended(2);
    let log = fs::read_to_string(home.path("log.txt")).expect("a log");
    assert!(log.contains("empty.txt: is empty"), "{log}");
    let (_, complaint) = home.run("list --log no/log.txt news").ended(2);
    assert!(complaint.contains("no/log.txt: the log cannot be written"), "{complaint}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_heard_enough_is_no_failure() {
    let home = Home::empty();
    let lines: String = (0..3000).map(|n| format!("{{\"title\":\"Bridge {n}\",\"text\":\"It is open.\"}}\n")).collect();
    home.write("dump.jsonl", lines);
    for command in ["list dump.jsonl", "list --json dump.jsonl", "search bridge dump.jsonl", "show dump.jsonl", "man"] {
        // The second shell reads one line; the status of the first one is kept.
        let ran = home.shell(&format!("{{ \"$NEWSSTAND\" {command}; echo $? > status; }} | head -n 1"));
        assert_eq!((ran.out.lines().count(), ran.complaints.as_str()), (1, ""), "{command}");
        assert_eq!(fs::read_to_string(home.path("status")).expect("a status"), "0\n", "{command}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let home = Home::new();
    for command in ["list news", "list --json news", "show news/harbour.txt", "man", "config", "completions zsh"] {
        let ran = home.shell(&format!("\"$NEWSSTAND\" {command} > /dev/full"));
        let (_, complaint) = ran.ended(2);
        assert_eq!(complaint, "newsstand: output cannot be written: no space left on device\n", "{command}");
    }
}

/// Nothing that a file says or is called reaches the terminal as an order to it.
#[cfg(unix)]
#[test]
fn escapes_and_bidi_overrides_are_never_printed() {
    let home = Home::empty();
    let evil = "\u{1b}[31mred\u{1b}]0;owned\u{7}\u{202e}back\u{9b}2J";
    let body = format!("Title {evil}\n\nBy {evil} Writer\n\nThe text {evil} goes on, says the mayor of the town.\n");
    let name = format!("news/{evil}\nname.txt");
    home.write(&name, body);
    home.write(
        "news/more.jsonl",
        "{\"title\":\"a\\u001b[2Jb\\u202ec\",\"text\":\"d\\u001b]0;x\\u0007e\"}\n{\"\\u001b[2J\n",
    );
    home.write(&format!("news/empty{evil}.txt"), "");
    for line in [
        "list news",
        "list --json news",
        "search title news",
        "index news",
        "inspect news",
        "frame news",
        "frame --keys 'jj<enter>' --size 100x40 news",
        "frame --keys i --size 100x40 news",
        "frame --keys '!' --size 100x40 news",
        "doctor news",
    ] {
        let ran = home.run(line);
        for text in [&ran.out, &ran.complaints] {
            let harmful = |c: &char| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c);
            assert_eq!(text.chars().find(harmful), None, "{line}: {text:?}");
            assert!(!text.contains("owned"), "{line}: {text:?}");
        }
    }
    for arguments in [vec![name.as_str()], vec!["show", name.as_str()], vec!["list", evil], vec!["show", evil]] {
        let ran = Ran::from(home.command().args(&arguments).output().expect("the program runs"));
        let all = format!("{}{}", ran.out, ran.complaints);
        assert!(!all.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{arguments:?}: {all:?}");
    }
}
