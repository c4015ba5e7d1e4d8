//! Keys, paste, mouse and signals, as events.

use std::sync::mpsc::Sender;
use std::thread;

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};

use crate::config::key::Key;
use crate::event::{Event, Mouse, MouseKind};

/// Lets whoever uses the terminal for a while, such as an editor, have the keys.
pub struct Input {
    #[cfg(unix)]
    pause: unix::Pause,
}

impl Input {
    /// Starts to read the terminal. Everything goes to `events`.
    pub fn start(events: &Sender<Event>) -> std::io::Result<Input> {
        #[cfg(unix)]
        {
            Ok(Input { pause: unix::start(events.clone())? })
        }
        #[cfg(not(unix))]
        {
            let events = events.clone();
            thread::Builder::new().name("input".into()).spawn(move || {
                let mut answers = Answers::default();
                while let Ok(event) = event::read() {
                    let happened = translate(event).map(|event| answers.take(event)).unwrap_or_default();
                    if happened.into_iter().any(|event| events.send(event).is_err()) {
                        return;
                    }
                }
                let _ = events.send(Event::Quit);
            })?;
            Ok(Input {})
        }
    }

    /// Runs `meanwhile` without reading the terminal.
    pub fn without<T>(&self, meanwhile: impl FnOnce() -> T) -> T {
        #[cfg(unix)]
        let _resumed = self.pause.begin();
        meanwhile()
    }
}

/// Takes what the terminal answers out of the keys, as which it comes: `Alt-]`, then letters, then `Ctrl-G` or
/// `Alt-\\`. An answer may come at any time, or never.
#[derive(Debug, Default)]
struct Answers {
    /// The keys of what may become an answer.
    held: Vec<Key>,
    /// The letters of them.
    text: String,
}

/// How the answer to the question for the background begins, with and without its opacity.
const BACKGROUND: [&str; 2] = ["11;rgb:", "11;rgba:"];
/// An answer has no more letters: four hexadecimal digits for each of four parts.
const LONGEST_ANSWER: usize = 32;

impl Answers {
    /// Takes an event, and returns what it means: nothing yet, itself, or all that was held back.
    fn take(&mut self, event: Event) -> Vec<Event> {
        let Event::Key(key) = event else {
            return vec![event];
        };
        let alt = |c| Key::new(KeyCode::Char(c), KeyModifiers::ALT);
        if self.held.is_empty() {
            if key == alt(']') {
                self.held.push(key);
                return Vec::new();
            }
            return vec![event];
        }
        self.held.push(key);
        if key == Key::ctrl('g') || key == alt('\\') {
            if let Some(light) = is_light(&self.text) {
                self.forget();
                return vec![Event::Background { light }];
            }
        } else if let (KeyCode::Char(c), KeyModifiers::NONE) = (key.code, key.modifiers) {
            self.text.push(c);
            let begins = |start: &str| self.text.starts_with(start) || start.starts_with(&self.text);
            if self.text.len() <= LONGEST_ANSWER && BACKGROUND.into_iter().any(begins) {
                return Vec::new();
            }
        }
        // Somebody has pressed these keys.
        let typed = self.held.drain(..).map(Event::Key).collect();
        self.forget();
        typed
    }

    fn forget(&mut self) {
        self.held.clear();
        self.text.clear();
    }
}

/// Whether the colour of an answer is a light one; `None` where it names none.
fn is_light(answer: &str) -> Option<bool> {
    let colour = BACKGROUND.iter().find_map(|start| answer.strip_prefix(start))?;
    let parts: Vec<f64> = colour
        .split('/')
        .map(|part| {
            // Of one to four digits, the highest number is white.
            let most = 16u32.checked_pow(part.len() as u32)?.checked_sub(1).filter(|most| *most > 0)?;
            Some(f64::from(u32::from_str_radix(part, 16).ok()?) / f64::from(most))
        })
        .collect::<Option<_>>()?;
    match parts[..] {
        // The brightness of television (Rec. 601).
        [red, green, blue, ..] => Some(0.299 * red + 0.587 * green + 0.114 * blue > 0.5),
        _ => None,
    }
}

/// What an event of the terminal means here; `None` when it means nothing.
fn translate(event: event::Event) -> Option<Event> {
    match event {
        // Windows tells of released keys as well.
        event::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(Key::from(key))),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
        event::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
                MouseEventKind::ScrollDown => MouseKind::WheelDown,
                MouseEventKind::ScrollUp => MouseKind::WheelUp,
                _ => return None,
            };
            Some(Event::Mouse(Mouse { kind, column: mouse.column, row: mouse.row }))
        }
        _ => None,
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::fs::File;
    use std::io::{self, IsTerminal, Read, Write, stdin};
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::os::unix::net::UnixStream;
    use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, poll};
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU,
    };
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// How long to look for another key among the bytes that were read already. It must not be zero:
    /// the reader of the terminal then does not even look. It should be short: the reader does not sleep
    /// for less than a millisecond, but looks again and again.
    const LOOK: Duration = Duration::from_micros(50);
    /// How long to wait for a key where the system does not tell whether there is one.
    const UNTOLD: Duration = Duration::from_millis(5);

    /// An interrupt that comes so soon after the terminal was given back was meant for who had it.
    const MEANT_FOR_EDITOR: Duration = Duration::from_secs(1);

    /// The signals that end a program which does not listen to them, and leave its terminal as it is. It is
    /// given back first.
    const ENDING: &[i32] = &[SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU];

    /// Whose turn it is to read the terminal.
    #[derive(Default)]
    struct Turn {
        state: Mutex<TurnState>,
        changed: Condvar,
    }

    #[derive(Default)]
    struct TurnState {
        /// Somebody else has the terminal, or wants it.
        lent: bool,
        /// No key is read here.
        resting: bool,
        /// When the terminal came back.
        returned: Option<Instant>,
    }

    impl Turn {
        fn state(&self) -> MutexGuard<'_, TurnState> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// Rests as long as somebody else has the terminal.
        fn rest(&self) {
            let mut state = self.state();
            state.resting = true;
            self.changed.notify_all();
            while state.lent {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.resting = false;
        }
    }

    /// Makes the thread that reads keys rest.
    pub struct Pause {
        wake: UnixStream,
        turn: Arc<Turn>,
    }

    impl Pause {
        /// Waits until no key is read any more; dropping the result reads them again.
        pub fn begin(&self) -> Rest<'_> {
            let mut state = self.turn.state();
            state.lent = true;
            if (&self.wake).write_all(b".").is_ok() {
                // In the middle of an escape sequence the thread waits for its end, which may never come.
                let reading = |state: &mut TurnState| !state.resting;
                drop(self.turn.changed.wait_timeout_while(state, Duration::from_secs(1), reading));
            }
            Rest { turn: &self.turn }
        }
    }

    /// See [`Pause::begin`].
    pub struct Rest<'a> {
        turn: &'a Turn,
    }

    impl Drop for Rest<'_> {
        fn drop(&mut self) {
            let mut state = self.turn.state();
            state.lent = false;
            state.returned = Some(Instant::now());
            drop(state);
            self.turn.changed.notify_all();
        }
    }

    /// The terminal that keys come from: standard input, or the terminal of the session when
    /// articles come through standard input.
    fn keyboard() -> io::Result<OwnedFd> {
        if stdin().is_terminal() {
            stdin().as_fd().try_clone_to_owned()
        } else {
            File::open("/dev/tty").map(OwnedFd::from)
        }
    }

    pub fn start(events: Sender<Event>) -> io::Result<Pause> {
        let keyboard = keyboard()?;
        let (wake, woken) = UnixStream::pair()?;
        let turn = Arc::new(Turn::default());
        let signals = Signals::new(ENDING.iter().chain(&[SIGTSTP, SIGWINCH]))?;
        let for_signals = events.clone();
        let (for_keys, lent) = (Arc::clone(&turn), Arc::clone(&turn));
        thread::Builder::new().name("signals".into()).spawn(move || signal_thread(signals, &lent, &for_signals))?;
        thread::Builder::new().name("input".into()).spawn(move || {
            let mut woken = woken;
            let mut answers = Answers::default();
            loop {
                match wait(keyboard.as_fd(), woken.as_fd()) {
                    Ready::Keys => {
                        if !read_keys(&events, &mut answers, keyboard.as_fd()) {
                            return;
                        }
                    }
                    Ready::Pause => {
                        let _ = woken.read(&mut [0; 16]);
                        for_keys.rest();
                    }
                    // The terminal is gone: whoever goes on reading it would spin.
                    Ready::Gone => {
                        let _ = events.send(Event::Quit);
                        return;
                    }
                }
            }
        })?;
        Ok(Pause { wake, turn })
    }

    enum Ready {
        Keys,
        Pause,
        Gone,
    }

    /// Waits for a key, for a pause, or for the end of the terminal.
    fn wait(keyboard: BorrowedFd<'_>, woken: BorrowedFd<'_>) -> Ready {
        loop {
            let mut fds =
                [PollFd::from_borrowed_fd(keyboard, PollFlags::IN), PollFd::from_borrowed_fd(woken, PollFlags::IN)];
            match poll(&mut fds, None) {
                Err(rustix::io::Errno::INTR) => continue,
                Err(_) => return Ready::Gone,
                Ok(_) => {}
            }
            let gone = PollFlags::HUP | PollFlags::ERR;
            if fds[0].revents().intersects(gone) || fds[1].revents().intersects(gone) {
                return Ready::Gone;
            }
            // Some systems cannot wait for a terminal this way; there, reading itself waits.
            if fds[0].revents().intersects(PollFlags::IN | PollFlags::NVAL) {
                return Ready::Keys;
            }
            if fds[1].revents().contains(PollFlags::IN) {
                return Ready::Pause;
            }
        }
    }

    /// Sends on what has been typed; false when nobody listens or the terminal is gone.
    fn read_keys(events: &Sender<Event>, answers: &mut Answers, keyboard: BorrowedFd<'_>) -> bool {
        let bytes = rustix::io::ioctl_fionread(keyboard).unwrap_or(0);
        let patience = if bytes == 0 { UNTOLD } else { LOOK };
        // The start of an escape sequence is kept by the reader until the rest of it comes.
        let mut last_look = bytes == 0;
        loop {
            match event::poll(patience) {
                Ok(true) => {}
                Ok(false) if last_look => return true,
                // Whoever was kept from working all that time has not looked.
                Ok(false) => {
                    last_look = true;
                    continue;
                }
                Err(error) => {
                    tracing::error!("keys cannot be read: {error}");
                    break;
                }
            }
            match event::read() {
                Ok(event) => {
                    let happened = translate(event).map(|event| answers.take(event)).unwrap_or_default();
                    if happened.into_iter().any(|event| events.send(event).is_err()) {
                        return false;
                    }
                }
                Err(error) => {
                    tracing::error!("keys cannot be read: {error}");
                    break;
                }
            }
            // Beside a single byte hardly ever another was read.
            last_look = bytes == 1;
        }
        let _ = events.send(Event::Quit);
        false
    }

    fn signal_thread(mut signals: Signals, turn: &Turn, events: &Sender<Event>) {
        for signal in signals.forever() {
            let state = turn.state();
            let lent = state.lent;
            let just_returned = state.returned.is_some_and(|at| at.elapsed() < MEANT_FOR_EDITOR);
            drop(state);
            let event = match signal {
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Event::Resize(columns, rows),
                    Err(_) => continue,
                },
                // Keys pressed in an editor reach us as well. Interrupting it is no wish to end the
                // program; suspending it is only possible together with the program.
                // The signal may be heard of here when the editor that it has ended is gone already.
                SIGINT | SIGQUIT if lent || just_returned => continue,
                SIGTSTP if lent => {
                    let _ = emulate_default_handler(SIGTSTP);
                    continue;
                }
                SIGTSTP => Event::Suspend,
                _ => Event::Quit,
            };
            if events.send(event).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of keys, with `⎋` for Alt and `⌃` for Ctrl before the next one.
    fn after(keys: &str) -> String {
        let mut answers = Answers::default();
        let (mut held, mut told) = (KeyModifiers::NONE, String::new());
        for c in keys.chars() {
            match c {
                '⎋' => held = KeyModifiers::ALT,
                '⌃' => held = KeyModifiers::CONTROL,
                _ => {
                    let key = Key::new(KeyCode::Char(c), std::mem::replace(&mut held, KeyModifiers::NONE));
                    for event in answers.take(Event::Key(key)) {
                        told += &match event {
                            Event::Key(key) => format!("{key} "),
                            Event::Background { light } => format!("<{}> ", if light { "light" } else { "dark" }),
                            other => format!("{other:?}"),
                        };
                    }
                }
            }
        }
        told
    }

    #[test]
    fn an_answer_of_the_terminal_is_never_taken_for_keys() {
        assert_eq!(after("⎋]11;rgb:ffff/ffff/ffff⌃gj"), "<light> j ");
        assert_eq!(after("j⎋]11;rgb:1e1e/1e1e/2E2E⎋\\k"), "j <dark> k ");
        assert_eq!(after("⎋]11;rgba:fd/f6/e3/ff⌃g"), "<light> ");
        assert_eq!(after("⎋]11;rgb:000/000/000⌃g⎋]11;rgb:f/f/f⌃g"), "<dark> <light> ");
    }

    #[test]
    fn keys_that_only_look_like_an_answer_are_keys() {
        assert_eq!(after("⎋]j"), "alt-] j ");
        assert_eq!(after("⎋]11j"), "alt-] 1 1 j ");
        assert_eq!(after("⎋]11;rgb:zz⌃g"), "alt-] 1 1 ; r g b : z z ctrl-g ");
        assert_eq!(after("]11"), "] 1 1 ");
    }
}
