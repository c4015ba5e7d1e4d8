//! The threads that do what the program asks: one searches, one reads, one keeps the index up to date.
//!
//! Each has a mailbox in which a newer question replaces an older one of its kind, so that nobody
//! works on what nobody waits for any more.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::archive::{Collection, Due, Shelf};
use crate::article::{ArticleId, Origin};
use crate::effect::{Effect, Generation, MarksTask, Question, Quoted, Study, Wanted};
use crate::error::{Result, caught};
use crate::event::{Event, Progress};
use crate::ingest::{import_anyhow, in_memory_because, repair};
use crate::library::Pile;
use crate::marks::{Change, Setting};
use crate::text::Clean;

use super::desk::{ReadingDesk, SearchDesk};
use super::interpreter::Desks;
use super::marking::MarksDesk;
use super::outside::Clock;
use super::study::StudyDesk;
use super::watch::watch;

/// A search that takes longer than this says so.
const PATIENCE: Duration = Duration::from_millis(150);
/// Articles asked for within this time are asked for by a held key.
const HELD: Duration = Duration::from_millis(60);

/// How often at most what another process writes is looked at.
const FOLLOW: Duration = Duration::from_secs(1);

/// Whoever quits waits no longer for an import or a search. What was committed stays, and the rest is read the next
/// time, as after any other end of the program.
const FAREWELL: Duration = Duration::from_millis(600);

/// A thread that was started.
struct Started {
    handle: thread::JoinHandle<()>,
    /// Nothing ever comes here, but its other end goes with the thread.
    ended: Receiver<std::convert::Infallible>,
}

impl Started {
    /// Waits until it has ended, but no longer than that; false when it goes on.
    fn ends_within(&self, patience: Duration) -> bool {
        self.ended.recv_timeout(patience) != Err(RecvTimeoutError::Timeout)
    }
}

/// The threads, and where to put what they should do.
pub struct Workers {
    search: Arc<Mailbox<SearchBox>>,
    reading: Arc<Mailbox<ReadingBox>>,
    import: Arc<Mailbox<bool>>,
    study: Arc<Mailbox<Option<Study>>>,
    /// What is to be done with marks, one after the other; none is left out.
    marks: Option<Sender<MarksTask>>,
    marker: Option<Started>,
    /// Holds on to the thread of marks.
    searcher: Option<Started>,
    newest: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    importer: Option<Started>,
}

#[derive(Default)]
struct SearchBox {
    /// Places that are marked, before another question changes what stands there.
    marks: Vec<(Generation, std::ops::Range<usize>, Vec<Setting>)>,
    unread: Option<(Generation, usize, bool)>,
    question: Option<Question>,
    rows: Option<(Generation, std::ops::Range<usize>)>,
    counts: Option<Vec<String>>,
}

#[derive(Default)]
struct ReadingBox {
    open: Option<(Generation, ArticleId, Origin, Wanted)>,
    passages: Option<Passages>,
}

/// Articles whose passages are looked for.
struct Passages {
    generation: Generation,
    wanted: Wanted,
    articles: Vec<Quoted>,
}

impl Passages {
    /// What is asked in all: for the same question both, else only what is asked of the newer one.
    fn together(older: Option<Passages>, newer: Option<Passages>) -> Option<Passages> {
        match (older, newer) {
            (Some(mut older), Some(mut newer)) if older.generation == newer.generation => {
                older.articles.append(&mut newer.articles);
                Some(older)
            }
            (older, newer) => newer.or(older),
        }
    }
}

impl Workers {
    /// Starts the threads. They answer through `events`.
    pub fn start(shelf: Shelf, pile: Pile, marks: MarksDesk, events: &Sender<Event>, clock: Clock) -> Workers {
        let board = marks.board();
        let (tasks, waiting) = channel();
        let answers = events.clone();
        let marker = spawn("marks", events, move || marks_thread(marks, &waiting, &answers));
        let workers = Workers {
            search: Arc::default(),
            reading: Arc::default(),
            import: Arc::default(),
            study: Arc::default(),
            marks: Some(tasks.clone()),
            marker,
            searcher: None,
            newest: Arc::default(),
            stop: Arc::default(),
            importer: None,
        };
        let mut workers = workers;
        let (mailbox, newest, answers) = (workers.search.clone(), workers.newest.clone(), events.clone());
        let desk = SearchDesk::new(pile.clone(), shelf.clone(), board.clone());
        workers.searcher =
            spawn("search", events, move || search_thread(desk, &mailbox, &newest, &tasks, &answers, clock));
        let (mailbox, newest, answers) = (workers.reading.clone(), workers.newest.clone(), events.clone());
        let desk = ReadingDesk::new(pile.clone(), shelf.clone());
        spawn("reading", events, move || reading_thread(desk, &mailbox, &newest, &answers));
        let (mailbox, answers) = (workers.study.clone(), events.clone());
        let desk = StudyDesk::new(pile.clone(), shelf.clone(), board);
        spawn("study", events, move || study_thread(&desk, &mailbox, &answers, clock));
        let mailbox = workers.import.clone();
        watch(&pile, move || mailbox.put(|import| *import = true));
        let (mailbox, stop, answers) = (workers.import.clone(), workers.stop.clone(), events.clone());
        let importer = spawn("import", events, move || import_thread(&pile, &shelf, &mailbox, &stop, &answers));
        Workers { importer, ..workers }
    }

    /// Ends the import, if one is going on, and waits until what was marked is written. What takes longer than
    /// a moment is left to the end of the program.
    pub fn stop(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // No question is the newest any more, so that a search is given up.
        self.newest.store(u64::MAX, Ordering::Release);
        self.import.close();
        self.search.close();
        self.reading.close();
        self.study.close();
        self.marks = None;
        let begin = Instant::now();
        let left = || FAREWELL.saturating_sub(begin.elapsed());
        let searched = self.searcher.take().is_none_or(|searcher| searcher.ends_within(left()));
        // The thread of marks ends with the last that can send to it.
        if let (true, Some(marker)) = (searched, self.marker.take()) {
            let _ = marker.handle.join();
        }
        if let Some(importer) = self.importer.take() {
            importer.ends_within(left());
        }
    }
}

impl Desks for Workers {
    /// Hands an effect to the thread that does it.
    fn take(&mut self, effect: Effect) -> Result<Option<Effect>> {
        match effect {
            Effect::Search(question) => {
                self.newest.store(question.generation.0, Ordering::Release);
                self.search.put(|search| search.question = Some(question));
            }
            Effect::Rows { generation, range } => self.search.put(|search| search.rows = Some((generation, range))),
            Effect::MarkPlaces { generation, places, settings } => {
                self.search.put(|search| search.marks.push((generation, places, settings)));
            }
            Effect::FindUnread { generation, from, forward } => {
                self.search.put(|search| search.unread = Some((generation, from, forward)));
            }
            Effect::Marks(task) => {
                // Nobody takes it any more when the thread has failed, which was told.
                let _ = self.marks.as_ref().map(|marks| marks.send(task));
            }
            Effect::Count(lines) => self.search.put(|search| search.counts = Some(lines)),
            Effect::Open { generation, id, origin, wanted } => {
                self.reading.put(|reading| reading.open = Some((generation, id, origin, wanted)));
            }
            Effect::Passages { generation, wanted, articles } => self.reading.put(|reading| {
                let newer = Passages { generation, wanted, articles };
                reading.passages = Passages::together(reading.passages.take(), Some(newer));
            }),
            Effect::Study(study) => self.study.put(|next| *next = Some(study)),
            Effect::Refresh => self.import.put(|import| *import = true),
            other => return Ok(Some(other)),
        }
        Ok(None)
    }
}

/// Starts a thread that tells of its own death.
fn spawn(name: &str, events: &Sender<Event>, work: impl FnOnce() + Send + 'static) -> Option<Started> {
    let deaths = events.clone();
    let said = name.to_owned();
    let (alive, ended) = channel();
    let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
        let _alive = alive;
        if caught(work).is_err() {
            let message = format!("the {said} thread failed; please report it, and restart newsstand");
            let _ = deaths.send(Event::Failed(Clean::new(&message)));
        }
    });
    match thread {
        Ok(handle) => Some(Started { handle, ended }),
        Err(error) => {
            let _ = events.send(Event::Failed(Clean::new(&format!("the {name} thread cannot be started: {error}"))));
            None
        }
    }
}

fn search_thread(
    mut desk: SearchDesk,
    mailbox: &Mailbox<SearchBox>,
    newest: &AtomicU64,
    tasks: &Sender<MarksTask>,
    events: &Sender<Event>,
    clock: Clock,
) {
    while let Some(SearchBox { marks, unread, question, rows, counts }) = mailbox.take() {
        for (generation, places, settings) in marks {
            let sent = match desk.ids(generation, places) {
                Ok(articles) => tasks.send(MarksTask::Set(Change { articles, settings }, None)).is_ok(),
                Err(event) => events.send(event).is_ok(),
            };
            if !sent {
                return;
            }
        }
        if let Some((generation, from, forward)) = unread
            && let Some(event) = desk.unread(generation, from, forward)
            && events.send(event).is_err()
        {
            return;
        }
        if let Some(question) = question {
            let began = Instant::now();
            let told = Cell::new(false);
            let cancelled = || {
                // A search asks now and then whether it should go on, so it can also say that it does.
                if !told.get() && began.elapsed() > PATIENCE {
                    told.set(true);
                    let _ = events.send(Event::Searching(question.generation));
                }
                newest.load(Ordering::Acquire) != question.generation.0
            };
            if let Some(event) = desk.search(&question, clock(), &cancelled)
                && events.send(event).is_err()
            {
                return;
            }
        }
        if let Some((generation, range)) = rows
            && let Some(event) = desk.rows(generation, range)
            && events.send(event).is_err()
        {
            return;
        }
        if let Some(lines) = counts {
            let before = newest.load(Ordering::Acquire);
            let cancelled = || newest.load(Ordering::Acquire) != before;
            if events.send(desk.counts(lines, clock(), &cancelled)).is_err() {
                return;
            }
        }
    }
}

/// Does what is asked of marks until nobody can ask any more.
fn marks_thread(mut desk: MarksDesk, tasks: &Receiver<MarksTask>, events: &Sender<Event>) {
    let _ = events.send(desk.begin());
    while let Ok(task) = tasks.recv() {
        if let Some(event) = desk.perform(task) {
            // What is still waiting is done although nobody hears of it.
            let _ = events.send(event);
        }
    }
}

fn reading_thread(mut desk: ReadingDesk, mailbox: &Mailbox<ReadingBox>, newest: &AtomicU64, events: &Sender<Event>) {
    let mut opened = None::<Instant>;
    while let Some(mut next) = mailbox.take() {
        // While a key is held, articles come by faster than anybody reads: the first is opened at
        // once, and then the one at which the reader rests.
        while next.open.is_some() && opened.is_some_and(|at| at.elapsed() < HELD) {
            // The list is looked at meanwhile, and typing is as fast.
            if !quote(&mut desk, next.passages.take(), newest, events) {
                return;
            }
            match mailbox.take_within(HELD) {
                Some(newer) => next = ReadingBox { open: newer.open.or(next.open), ..newer },
                None => break,
            }
            opened = Some(Instant::now());
        }
        let ReadingBox { open, passages } = next;
        if let Some((generation, id, origin, wanted)) = open {
            opened = Some(Instant::now());
            if events.send(desk.open(generation, id, &origin, &wanted)).is_err() {
                return;
            }
        }
        if !quote(&mut desk, passages, newest, events) {
            return;
        }
    }
}

/// Reads whole results, until something else is asked for.
fn study_thread(desk: &StudyDesk, mailbox: &Mailbox<Option<Study>>, events: &Sender<Event>, clock: Clock) {
    while let Some(study) = mailbox.take() {
        let cancelled = || !mailbox.is_empty();
        // Nobody hears it when the program is about to end.
        let mut tell = |event: Event| _ = events.send(event);
        if let Some(study) = study {
            desk.perform(&study, clock(), &cancelled, &mut tell);
        }
    }
}

/// Looks for passages, as long as they are those of the newest question; false when nobody listens.
fn quote(desk: &mut ReadingDesk, passages: Option<Passages>, newest: &AtomicU64, events: &Sender<Event>) -> bool {
    let Some(Passages { generation, wanted, articles }) = passages else {
        return true;
    };
    let marker = desk.marker(&wanted);
    let mut found = Vec::new();
    for article in articles {
        if newest.load(Ordering::Acquire) != generation.0 {
            break;
        }
        found.push((article.place, desk.passage(&article, &*marker)));
    }
    found.is_empty() || events.send(Event::Passages(generation, found)).is_ok()
}

fn import_thread(pile: &Pile, shelf: &Shelf, mailbox: &Mailbox<bool>, stop: &AtomicBool, events: &Sender<Event>) {
    let mut following = false;
    let mut pause = None;
    loop {
        // While another process writes the index, what it has written so far is shown now and then.
        let asked = match pause.take() {
            Some(pause) => mailbox.take_within(pause),
            None => mailbox.take(),
        };
        if stop.load(Ordering::Relaxed) || asked.is_none() && !following {
            return;
        }
        let begun = Instant::now();
        let mut last = Progress::default();
        let mut tell = |progress: &Progress| {
            last = progress.clone();
            let _ = events.send(Event::Progress(progress.clone()));
        };
        let event = match import_anyhow(pile, shelf, stop, &mut tell) {
            Ok((_, Some(error))) => Event::Failed(in_memory_because(&error)),
            Ok((outcome, None)) if outcome.busy => {
                pause = Some(FOLLOW.max(begun.elapsed() * 5));
                match std::mem::replace(&mut following, true) {
                    false => Event::Told(Clean::new("another newsstand is reading this pile; this one follows it")),
                    true => Event::Progress(Progress { finished: true, changed: true, ..last }),
                }
            }
            Ok(_) => {
                if std::mem::take(&mut following) {
                    let _ = events.send(Event::Progress(Progress { finished: true, changed: true, ..last }));
                }
                let goes_on = || !stop.load(Ordering::Relaxed) && mailbox.is_empty();
                match check(&*shelf.collection(), &goes_on) {
                    Some(told) => {
                        mailbox.put(|import| *import = true);
                        Event::Told(told)
                    }
                    None => continue,
                }
            }
            Err(error) => {
                following = false;
                let _ = events.send(Event::Progress(Progress { finished: true, ..Progress::default() }));
                Event::Failed(Clean::new(&error.to_string()))
            }
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

/// Checks what is due of the index when nothing else is to be done, and takes out what is damaged. Returns
/// what is to be told.
fn check(collection: &dyn Collection, goes_on: &(dyn Fn() -> bool + Sync)) -> Option<Clean> {
    // In a thread of its own, which whoever reads and types does not notice.
    let checked = thread::scope(|scope| {
        let work = || {
            #[cfg(target_os = "linux")]
            let _ = rustix::process::nice(19);
            repair(collection, Due::Daily, SystemTime::now(), goes_on)
        };
        let thread = thread::Builder::new().name("check".into()).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok())
    });
    match checked? {
        Ok(told) => told,
        Err(error) => {
            tracing::warn!("the index cannot be checked: {error}");
            None
        }
    }
}

/// Holds what a thread should do next. Whatever is put in before it is taken replaces what was there.
struct Mailbox<T> {
    state: Mutex<MailboxState<T>>,
    filled: Condvar,
}

struct MailboxState<T> {
    content: Option<T>,
    closed: bool,
}

impl<T> Default for Mailbox<T> {
    fn default() -> Mailbox<T> {
        Mailbox { state: Mutex::new(MailboxState { content: None, closed: false }), filled: Condvar::new() }
    }
}

impl<T: Default> Mailbox<T> {
    /// Changes what the thread should do next, and wakes it.
    fn put(&self, change: impl FnOnce(&mut T)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(state.content.get_or_insert_default());
        self.filled.notify_one();
    }

    /// Waits until there is something to do, and takes it; `None` when the mailbox was closed.
    fn take(&self) -> Option<T> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = |state: &mut MailboxState<T>| state.content.is_none() && !state.closed;
        let mut state = self.filled.wait_while(state, waiting).unwrap_or_else(PoisonError::into_inner);
        if state.closed { None } else { state.content.take() }
    }

    /// Like [`Mailbox::take`], but waits no longer than `time`; `None` also when nothing came.
    fn take_within(&self, time: Duration) -> Option<T> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = |state: &mut MailboxState<T>| state.content.is_none() && !state.closed;
        let (mut state, _) =
            self.filled.wait_timeout_while(state, time, waiting).unwrap_or_else(PoisonError::into_inner);
        if state.closed { None } else { state.content.take() }
    }

    /// True when there is nothing to do.
    fn is_empty(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.content.is_none() && !state.closed
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.filled.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_quits_does_not_wait_for_what_goes_on() {
        let ((events, _told), (release, held)) = (channel(), channel::<()>());
        let slow = spawn("slow", &events, move || held.recv().unwrap_or_default()).expect("a thread");
        assert!(!slow.ends_within(Duration::from_millis(1)));
        drop(release);
        assert!(slow.ends_within(Duration::from_secs(60)));
        let failed = spawn("failed", &events, || panic!("for a test")).expect("a thread");
        assert!(failed.ends_within(Duration::from_secs(60)));
    }

    #[test]
    fn passages_of_one_question_are_looked_for_together() {
        let quoted = |place| Quoted {
            place,
            id: ArticleId(0),
            origin: Origin::default(),
            title: Clean::default(),
            opening: Clean::default(),
            language: None,
        };
        let asked = |generation, count: usize| Passages {
            generation: Generation(generation),
            wanted: Wanted::default(),
            articles: (0..count).map(quoted).collect(),
        };
        let together = |older, newer| Passages::together(older, newer).map(|both| both.articles.len());
        assert_eq!(together(Some(asked(1, 2)), Some(asked(1, 3))), Some(5));
        assert_eq!(together(Some(asked(1, 2)), Some(asked(2, 3))), Some(3));
        assert_eq!(together(Some(asked(1, 2)), None), Some(2));
    }

    #[test]
    fn a_newer_question_replaces_an_older_one() {
        let mailbox: Mailbox<Vec<u32>> = Mailbox::default();
        mailbox.put(|content| *content = vec![1]);
        mailbox.put(|content| *content = vec![2]);
        assert_eq!(mailbox.take(), Some(vec![2]));
        mailbox.close();
        assert_eq!(mailbox.take(), None);
    }
}
