//! The program in a real terminal: what only a terminal can show.
//!
//! Nothing here sleeps. A test waits for what it wants to see, and looks at how the terminal was left
//! only after the program has ended and all it wrote has been read.
//!
//! That a panic gives the terminal back is not tested here, because nothing a reader can do makes the
//! program panic.
#![cfg(unix)]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser, Screen};

/// Far longer than anything takes, even on a machine with other work.
const DEADLINE: Duration = Duration::from_secs(20);

/// The program in a terminal of 100 columns and 24 rows, with a home of its own.
struct Session {
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    stop_reading: Arc<AtomicBool>,
    child: Box<dyn Child + Send + Sync>,
    parser: Parser,
    /// How the terminal was before the program came, in words.
    untouched: String,
    _home: TempDir,
}

impl Session {
    /// Starts the program with these arguments.
    fn start(arguments: &[&str]) -> Session {
        let command: Vec<&str> = [&[PROGRAM], arguments].concat();
        Session::run(&command, &[])
    }

    /// Starts a command of a shell in which `$NEWSSTAND` is the program.
    fn shell(script: &str) -> Session {
        Session::run(&["/bin/sh", "-c", script], &[])
    }

    fn run(command: &[&str], environment: &[(&str, &Path)]) -> Session {
        let home = tempfile::tempdir().expect("a folder");
        let size = PtySize { rows: 24, cols: 100, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut builder = CommandBuilder::from_argv(command.iter().map(Into::into).collect());
        builder.env_clear();
        builder.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        builder.env("TERM", "xterm-256color");
        builder.env("HOME", home.path());
        builder.env("NEWSSTAND", PROGRAM);
        for (name, value) in environment {
            builder.env(name, value);
        }
        builder.cwd(home.path());
        let untouched = settings(&*pair.master);
        let child = pair.slave.spawn_command(builder).expect("the program starts");
        // As long as this end is open, nobody notices that the program has closed its own.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("the terminal can be read");
        let keyboard = pair.master.take_writer().expect("the terminal can be written");
        let (sender, output) = channel();
        let stop_reading = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&stop_reading);
        thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() || stop.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        let parser = Parser::new(24.try_into().expect("rows"), 100.try_into().expect("columns"), 0);
        Session { master: pair.master, keyboard, output, stop_reading, child, parser, untouched, _home: home }
    }

    /// Types these keys.
    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).expect("keys can be typed");
    }

    /// Waits until the screen is as wanted.
    fn wait(&mut self, what: &str, wanted: impl Fn(&Screen) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !wanted(self.parser.screen()) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(reason) => panic!("{what}: not seen ({reason}) on\n{}", self.parser.screen().contents()),
            }
        }
    }

    /// Waits until the screen holds this text.
    fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// The process that was started.
    fn pid(&self) -> Pid {
        let number = self.child.process_id().and_then(|number| i32::try_from(number).ok());
        number.and_then(Pid::from_raw).expect("it runs")
    }

    fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it runs");
    }

    /// Waits until the process is stopped, as by Ctrl-Z.
    fn wait_until_stopped(&mut self) {
        let pid = self.pid();
        let status = within_deadline(move || waitpid(Some(pid), WaitOptions::UNTRACED));
        let (_, status) = status.expect("it is our child").expect("waitpid waits");
        assert!(status.stopped(), "it has ended instead: {status:?}");
        while let Ok(bytes) = self.output.try_recv() {
            self.parser.process(&bytes);
        }
    }

    /// Waits for the end of the program and of all that it has written.
    fn end(mut self) -> Ended {
        let deadline = Instant::now() + DEADLINE;
        loop {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.parser.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let _ = self.child.kill();
                    panic!("it does not end; on the screen:\n{}", self.parser.screen().contents());
                }
            }
        }
        let settings = settings(&*self.master);
        let mut child = self.child;
        let status = within_deadline(move || child.wait()).expect("it is our child");
        Ended { status, parser: self.parser, given_back: settings == self.untouched }
    }

    /// Closes the terminal, as a person closes a window, and returns the process.
    fn hang_up(mut self) -> Box<dyn Child + Send + Sync> {
        self.stop_reading.store(true, Ordering::Relaxed);
        // The thread that reads the screen lets go of the terminal after the next thing it reads.
        self.press("?");
        while self.output.recv_timeout(DEADLINE).is_ok() {}
        self.child
    }
}

/// The program after its end.
struct Ended {
    status: ExitStatus,
    parser: Parser,
    given_back: bool,
}

impl Ended {
    /// The terminal is as it was before.
    fn check(&self) -> &Screen {
        let screen = self.parser.screen();
        check_given_back(screen);
        assert!(self.given_back, "the settings of the terminal are not what they were");
        screen
    }
}

fn check_given_back(screen: &Screen) {
    assert!(!screen.alternate_screen(), "the other screen was left on:\n{}", screen.contents());
    assert!(!screen.hide_cursor(), "the cursor was left hidden");
    assert!(!screen.bracketed_paste(), "bracketed paste was left on");
    assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None, "the mouse was kept");
}

const PROGRAM: &str = env!("CARGO_BIN_EXE_newsstand");

/// How lines, echo and signals are set: what raw mode changes.
fn settings(master: &dyn MasterPty) -> String {
    let termios = master.get_termios().expect("a terminal has settings");
    let flags = (termios.input_flags, termios.output_flags, termios.local_flags);
    format!("{flags:?} {:?}", termios.control_chars)
}

/// What `work` returns; it has to be done in time.
fn within_deadline<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, result) = channel();
    thread::spawn(move || sender.send(work()));
    result.recv_timeout(DEADLINE).expect("done before the deadline")
}

/// A folder with one article of ours in it.
fn pile() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("harbour.txt");
    let text = "Harbour opens to sailing boats again\n\nPublished on 3 March 2022\n\nThe harbour of the old town \
                is open again, and the first boats have come back after a long winter of repairs.\n";
    fs::write(&path, text).expect("written");
    (folder, path)
}

/// An editor that does what the script says.
fn editor(folder: &TempDir, script: &str) -> PathBuf {
    let path = folder.path().join("editor");
    fs::write(&path, format!("#!/bin/sh\n{script}")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("changed");
    path
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the path of a temporary folder is UTF-8")
}

/// Something only the list shows.
const FIRST_ROW: &str = "Elon Musk invites Vladimir Putin to";

#[test]
fn the_sample_edition_comes_up_and_quitting_gives_the_terminal_back() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    session.wait("the whole screen", |screen| {
        screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste()
    });
    assert_ne!(session.parser.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    assert_ne!(settings(&*session.master), session.untouched, "keys come one by one");
    session.press("q");
    let ended = session.end();
    assert_eq!(ended.status.exit_code(), 0);
    assert_eq!(ended.check().contents().trim(), "", "nothing is left on the screen");
}

#[test]
fn the_mouse_can_be_left_to_the_terminal_and_a_query_given() {
    let mut session = Session::start(&["--no-mouse", "--query", "-lang:de,id"]);
    session.wait_for("3 of 5");
    assert_eq!(session.parser.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    session.press("\x03");
    assert_eq!(session.end().status.exit_code(), 0);
}

#[test]
fn pasted_text_is_searched_for_as_it_stands() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    session.press("/\x1b[200~gespräch q\x1b[201~\x7f\x7f\r");
    session.wait_for("1 of 5");
    session.press("q");
    session.end().check();
}

#[test]
fn another_size_is_drawn_at_once() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    let size = PtySize { rows: 40, cols: 130, ..PtySize::default() };
    session.parser.screen_mut().set_size(40.try_into().expect("rows"), 130.try_into().expect("columns"));
    session.master.resize(size).expect("resized");
    // The keys stand in the last row.
    let last_row = |screen: &Screen| screen.rows(0, 130).nth(39).is_some_and(|row| row.contains("? keys"));
    session.wait("the keys in the last row", last_row);
    session.press("q");
    session.end().check();
}

#[test]
fn ctrl_z_gives_the_terminal_back_until_the_program_is_continued() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    for suspend in [&(|session: &mut Session| session.press("\x1a")) as &dyn Fn(&mut Session), &|session| {
        session.signal(Signal::TSTP)
    }] {
        suspend(&mut session);
        session.wait_until_stopped();
        session.wait("the screen given back", |screen| !screen.alternate_screen() && !screen.hide_cursor());
        check_given_back(session.parser.screen());
        assert_eq!(settings(&*session.master), session.untouched);
        // What a shell leaves on the screen meanwhile.
        session.parser.process(b"\x1b[2J$ ls");
        session.signal(Signal::CONT);
        session.wait_for(FIRST_ROW);
        assert!(session.parser.screen().alternate_screen());
        assert_ne!(session.parser.screen().mouse_protocol_mode(), MouseProtocolMode::None);
    }
    session.press("q");
    assert_eq!(session.end().check().contents().trim(), "$ ls", "what the shell had drawn is there again");
}

#[test]
fn signals_that_end_it_give_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT, Signal::USR1, Signal::USR2, Signal::ALARM] {
        let mut session = Session::start(&[]);
        session.wait_for(FIRST_ROW);
        session.signal(signal);
        session.end().check();
    }
}

#[test]
fn it_ends_when_the_terminal_goes_away() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    let mut child = session.hang_up();
    within_deadline(move || child.wait()).expect("it is our child");
}

#[test]
fn it_ends_when_the_terminal_goes_away_without_a_signal() {
    // The shell takes the hangup, and ignores it; the program only sees that no more keys come.
    let mut session = Session::shell("trap '' HUP; \"$NEWSSTAND\"; exit 7");
    session.wait_for(FIRST_ROW);
    let mut child = session.hang_up();
    let status = within_deadline(move || child.wait()).expect("it is our child");
    assert_eq!(status.exit_code(), 7);
}

#[test]
fn articles_come_from_standard_input_and_keys_from_the_terminal() {
    let (_folder, article) = pile();
    let mut session = Session::shell(&format!("cat '{}' | \"$NEWSSTAND\" -", path(&article)));
    session.wait_for("Harbour opens to sailing boats");
    session.press("?");
    session.wait_for("next article or line");
    session.press("qq");
    let ended = session.end();
    assert_eq!(ended.status.exit_code(), 0);
    ended.check();
}

#[test]
fn the_editor_has_the_terminal_to_itself() {
    let (folder, article) = pile();
    let script =
        "printf 'editing %s' \"$1\"\nread -r line\nprintf '%s\\n\\nThe mayor is glad.\\n' \"$line\" > \"$1\"\n";
    let editor = editor(&folder, script);
    let mut session = Session::run(&[PROGRAM, path(&article)], &[("EDITOR", &editor)]);
    session.wait_for("Harbour opens to sailing boats");
    session.press("e");
    session.wait("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing "));
    check_given_back(session.parser.screen());
    assert_eq!(settings(&*session.master), session.untouched);
    session.press("Mayor qqq opens the harbour\n");
    session.wait_for("Mayor qqq opens the harbour");
    // The bottom line may tell of the change instead of the keys, so the list is what to wait for.
    session.wait("the program again", |screen| screen.alternate_screen() && screen.contents().contains("1 article"));
    session.press("q");
    session.end().check();
    assert!(fs::read_to_string(&article).expect("readable").starts_with("Mayor qqq opens the harbour\n"));
}

#[test]
fn interrupting_the_editor_does_not_end_the_program() {
    let (folder, article) = pile();
    let editor = editor(&folder, "printf 'editing'\nread -r line\n");
    let mut session = Session::run(&[PROGRAM, path(&article)], &[("EDITOR", &editor)]);
    session.wait_for("Harbour opens to sailing boats");
    session.press("e");
    session.wait("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing"));
    session.press("\x03");
    session.wait_for("editor ended with");
    session.press("?");
    session.wait_for("next article or line");
    session.press("qq");
    assert_eq!(session.end().status.exit_code(), 0);
}

#[test]
fn suspending_the_editor_suspends_the_program() {
    let (folder, article) = pile();
    let editor = editor(&folder, "printf 'editing'\nread -r line\nprintf 'edited %s' \"$line\"\n");
    // Only a shell with job control goes on when what it waits for is stopped.
    let script = format!("set -m; \"$NEWSSTAND\" '{}'; printf 'stopped '; fg", path(&article));
    let mut session = Session::run(&["/bin/sh", "-c", &script], &[("EDITOR", &editor)]);
    session.wait_for("Harbour opens to sailing boats");
    session.press("e");
    session.wait("the editor", |screen| !screen.alternate_screen() && screen.contents().contains("editing"));
    session.press("\x1a");
    session.wait_for("stopped");
    session.press("twice\n");
    session.wait("the program again", Screen::alternate_screen);
    session.wait_for("? keys");
    session.press("q");
    assert!(session.end().check().contents().contains("edited twice"));
}

#[test]
fn on_a_full_disk_the_articles_are_there_all_the_same() {
    let (_folder, article) = pile();
    // A limit on the size of files stands in for a full disk.
    for blocks in [0, 8] {
        let words: String = (0..5000).map(|number| format!("boat{} ", number * 7919)).collect();
        fs::write(&article, format!("Harbour opens to sailing boats again\n\nThe boats are back.\n{words}\n"))
            .expect("written");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; \"$NEWSSTAND\" '{}'", path(&article));
        let mut session = Session::shell(&script);
        session.wait_for("1 article");
        session.wait_for("Harbour opens to sailing boats");
        session.press("q");
        session.end().check();
    }
}

/// Nothing runs while nothing happens.
#[cfg(target_os = "linux")]
#[test]
fn waiting_costs_nothing() {
    let mut session = Session::start(&[]);
    session.wait_for(FIRST_ROW);
    session.wait_for("? keys");
    // What comes after the first frame is over when nothing has been drawn for a while.
    let pause = Duration::from_millis(300);
    while let Ok(bytes) = session.output.recv_timeout(pause) {
        session.parser.process(&bytes);
    }
    let before = switches(session.pid());
    let drawn = session.output.recv_timeout(Duration::from_secs(1));
    assert_eq!(drawn, Err(RecvTimeoutError::Timeout), "something is drawn though nothing happens");
    assert_eq!(switches(session.pid()), before, "a thread woke up though nothing happened");
    session.press("q");
    session.end();
}

/// How often each thread of a process went to sleep, which it must have woken up for.
#[cfg(target_os = "linux")]
fn switches(pid: Pid) -> Vec<(String, String)> {
    let tasks = fs::read_dir(format!("/proc/{}/task", pid.as_raw_nonzero())).expect("it runs");
    let mut switches: Vec<(String, String)> = tasks
        .map(|task| {
            let status = fs::read_to_string(task.expect("a thread").path().join("status")).expect("readable");
            let line = |name: &str| status.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
            (line("Name"), line("voluntary_ctxt_switches"))
        })
        .collect();
    switches.sort();
    switches
}
