//! The files that take the most memory for their bytes: `cargo bench worst`.
//!
//! Each is written, listed by a process of its own, and told with its peak of memory and its CPU time, which only
//! Linux tells of a process.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use newsstand::index::{Index, Location};
use newsstand::ingest::import;
use newsstand::library::Pile;

/// The variable that names the file which a process is to read.
const FILE: &str = "NEWSSTAND_BENCH_WORST";
/// How long a file is, in bytes: as much as may be one article.
const LENGTH: usize = 32 << 20;

/// A name, how the file begins, what is repeated in it, and how it ends.
const FILES: &[(&str, &str, &str, &str)] = &[
    ("lines.txt", "", "a\n", ""),
    ("paragraphs.txt", "", "a\n\n", ""),
    ("dates.txt", "", "1 May 2020\n", ""),
    ("authors.txt", "", "By A B\n\n", ""),
    ("words.txt", "", "a ", ""),
    ("brackets.html", "", "<", ""),
    ("paragraphs.html", "<html><body>", "<p>a", ""),
    ("breaks.html", "<html><body>", "a<br>", ""),
    ("nested.html", "<html><body>", "<div>", ""),
    ("attributes.html", "<html><body><p ", "a=b ", ">text</p>"),
    ("links.html", "<html><body><p>", "<a href=x>a</a> ", ""),
    ("cells.html", "<html><body><table><tr>", "<td>a", ""),
    ("code.html", "<html><body><pre>", "a\n", ""),
    ("points.md", "", "- a\n", ""),
    ("headings.md", "", "# a\n\n", ""),
    ("table.md", "|x|y|\n|-|-|\n", "|a|b|\n", ""),
    ("emphasis.md", "", "*a* ", ""),
    ("quotations.md", "", "> ", ""),
    ("headers.eml", "From: a@b\n", "X: y\n", "\n\ntext"),
    ("parts.eml", "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n", "--x\n\na\n", ""),
    ("quoted.mbox", "From a@b Thu Jan  1 00:00:00 2020\nSubject: x\n\n", "> a\n", ""),
    ("strings.json", "[\"a\"", ",\"a\"", "]"),
    ("tags.json", "{\"title\":\"x\",\"text\":\"y\",\"tags\":[\"z\"", ",\"a\"", "]}"),
];

/// Reads the file that a process is to read, and tells what it took; false where there is none.
pub fn read_alone() -> bool {
    let Some(path) = std::env::var_os(FILE) else { return false };
    let path = Path::new(&path);
    let folder = path.parent().expect("a file lies in a folder");
    let pile = Pile::open(&[path.to_owned()], folder).expect("no stream is asked for");
    let index = Index::open(&Location::Memory).expect("memory can be used");
    import(&pile, &index, &AtomicBool::new(false), &mut |_| ()).expect("it can be read");
    let told = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let status = told("/proc/self/status");
    let peak: Option<u64> =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    // Behind the name, which may hold anything: user and system time are the twelfth and thirteenth, in 0.01 s.
    let stat = told("/proc/self/stat");
    let times = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    let time: f64 = times.filter_map(|time| time.parse::<f64>().ok()).sum();
    println!(
        "{:<18} {:>6} MB {:>8.2} s",
        path.file_name().expect("a file").display(),
        peak.unwrap_or(0) / 1000,
        time / 100.0
    );
    true
}

/// Tells what each file takes, where these are asked for.
pub fn tell_all() {
    if !std::env::args().skip(1).any(|argument| argument == "worst") || !cfg!(target_os = "linux") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    println!("worst files of {} MB: peak of memory, CPU", LENGTH >> 20);
    for (name, begin, repeated, end) in FILES {
        let path = folder.path().join(name);
        let text = [begin, &*repeated.repeat(LENGTH / repeated.len()), end].concat();
        fs::write(&path, text).expect("there is room");
        let program = std::env::current_exe().expect("it has a path");
        Command::new(program).env(FILE, &path).status().expect("it can be started");
        fs::remove_file(&path).expect("it was just written");
    }
}
