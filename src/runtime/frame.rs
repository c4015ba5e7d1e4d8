//! One screen without a terminal and without threads: for `newsstand frame`, tests and bug reports.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, Sender, channel};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{App, Settings};
use crate::archive::Shelf;
use crate::config::key::Key;
use crate::effect::{Effect, MarksTask, Quoted, Study, StudyKind};
use crate::error::Result;
use crate::event::{Event, Progress};
use crate::ingest::{import_anyhow, in_memory_because};
use crate::library::Pile;
use crate::marks::Change;
use crate::text::Clean;

use super::desk::{ReadingDesk, SearchDesk};
use super::interpreter::{Desks, Interpreter};
use super::marking::MarksDesk;
use super::outside::{Clock, Memo, today};
use super::searches::SearchShelf;
use super::study::StudyDesk;

/// A program whose effects are done at once, one after the other.
pub struct Stage {
    app: App,
    world: Interpreter<AtOnce, Memo>,
    inbox: Receiver<Event>,
    size: Rect,
    ended: bool,
}

impl Stage {
    /// Starts the program on a screen of this size, and reads the pile.
    ///
    /// # Errors
    ///
    /// What [`import_anyhow`] fails with.
    pub fn new(settings: Settings, shelf: Shelf, pile: Pile, columns: u16, rows: u16) -> Result<Stage> {
        let (events, inbox) = channel();
        // Looking at a screen changes nobody's files.
        let searches = SearchShelf::in_memory(&settings.searches);
        let (app, effects) = App::new(settings, columns, rows);
        let mut marks = MarksDesk::in_memory()?;
        let desks = AtOnce {
            search: SearchDesk::new(pile.clone(), shelf.clone(), marks.board()),
            reading: ReadingDesk::new(pile.clone(), shelf.clone()),
            study: StudyDesk::new(pile.clone(), shelf.clone(), marks.board()),
            shelf,
            pile,
            begun: Some(marks.begin()),
            marks,
            events: events.clone(),
            clock: today,
        };
        let world = Interpreter { desks, outside: Memo::default(), searches, events };
        let mut stage = Stage { app, world, inbox, size: Rect::new(0, 0, columns, rows), ended: false };
        if let Some(begun) = stage.world.desks.begun.take() {
            let step = stage.app.update(begun);
            stage.perform(step.effects)?;
        }
        stage.perform(effects)?;
        Ok(stage)
    }

    /// Presses a key and waits until everything that follows is done.
    ///
    /// # Errors
    ///
    /// What [`import_anyhow`] fails with, when the key makes the pile be read again.
    pub fn press(&mut self, key: Key) -> Result<()> {
        self.happen(Event::Key(key))
    }

    /// Lets something happen and waits until everything that follows is done.
    ///
    /// # Errors
    ///
    /// See [`Stage::press`].
    pub fn happen(&mut self, event: Event) -> Result<()> {
        // Scrolling goes by what was drawn, as it does in a terminal.
        self.draw();
        let step = self.app.update(event);
        self.perform(step.effects)
    }

    /// Gives the screen another size.
    ///
    /// # Errors
    ///
    /// See [`Stage::press`].
    pub fn resize(&mut self, columns: u16, rows: u16) -> Result<()> {
        self.size = Rect::new(0, 0, columns, rows);
        self.happen(Event::Resize(columns, rows))
    }

    /// True when the reader has quit.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Draws the screen.
    pub fn draw(&mut self) -> Buffer {
        let mut buffer = Buffer::empty(self.size);
        self.app.draw(self.size, &mut buffer);
        buffer
    }

    /// What was asked of the world outside so far.
    pub fn asked_outside(&self) -> &[String] {
        &self.world.outside.asked
    }

    fn perform(&mut self, effects: Vec<Effect>) -> Result<()> {
        self.ended |= self.world.perform(effects)?;
        while let Ok(event) = self.inbox.try_recv() {
            let step = self.app.update(event);
            self.ended |= self.world.perform(step.effects)?;
        }
        Ok(())
    }
}

/// Who does everything at once.
struct AtOnce {
    search: SearchDesk,
    reading: ReadingDesk,
    study: StudyDesk,
    shelf: Shelf,
    pile: Pile,
    marks: MarksDesk,
    /// The marks at the beginning, until they were told.
    begun: Option<Event>,
    events: Sender<Event>,
    clock: Clock,
}

impl AtOnce {
    fn refresh(&self) -> Result<Vec<Event>> {
        let mut last = Progress::default();
        let mut changed = false;
        let tell = &mut |progress: &Progress| {
            changed |= progress.changed;
            last = progress.clone();
        };
        let (_, in_memory) = import_anyhow(&self.pile, &self.shelf, &AtomicBool::new(false), tell)?;
        let mut events = vec![Event::Progress(Progress { changed, ..last })];
        events.extend(in_memory.map(|error| Event::Failed(in_memory_because(&error))));
        Ok(events)
    }
}

impl Desks for AtOnce {
    fn take(&mut self, effect: Effect) -> Result<Option<Effect>> {
        let today = (self.clock)();
        let events: Vec<Event> = match effect {
            Effect::Search(question) => self.search.search(&question, today, &|| false).into_iter().collect(),
            Effect::Rows { generation, range } => self.search.rows(generation, range).into_iter().collect(),
            Effect::MarkPlaces { generation, places, settings } => match self.search.ids(generation, places) {
                Ok(articles) => {
                    self.marks.perform(MarksTask::Set(Change { articles, settings }, None)).into_iter().collect()
                }
                Err(event) => vec![event],
            },
            Effect::FindUnread { generation, from, forward } => {
                self.search.unread(generation, from, forward).into_iter().collect()
            }
            Effect::Marks(task) => self.marks.perform(task).into_iter().collect(),
            Effect::Count(lines) => vec![self.search.counts(lines, today, &|| false)],
            Effect::Open { generation, id, origin, wanted } => {
                vec![self.reading.open(generation, id, &origin, &wanted)]
            }
            Effect::Passages { generation, wanted, articles } => {
                let marker = self.reading.marker(&wanted);
                let passage = |article: Quoted| (article.place, self.reading.passage(&article, &*marker));
                vec![Event::Passages(generation, articles.into_iter().map(passage).collect())]
            }
            // Looking at a screen changes nobody's files.
            Effect::Study(Study { kind: StudyKind::Write { .. }, .. }) => {
                vec![Event::Told(Clean::new("nothing is written here"))]
            }
            Effect::Study(study) => {
                let mut events = Vec::new();
                self.study.perform(&study, today, &|| false, &mut |event| events.push(event));
                events
            }
            Effect::Refresh => self.refresh()?,
            other => return Ok(Some(other)),
        };
        for event in events {
            // Nobody hears it when the program is about to end.
            let _ = self.events.send(event);
        }
        Ok(None)
    }
}
