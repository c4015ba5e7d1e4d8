//! One screen without a terminal and without threads: for `newsstand frame`, tests and bug reports.

use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{App, Settings};
use crate::config::key::Key;
use crate::effect::Effect;
use crate::error::Result;
use crate::event::{Event, Progress};
use crate::index::Index;
use crate::ingest::import::{Shelf, import_anyhow, in_memory_because};
use crate::library::Pile;

use super::desk::{ReadingDesk, SearchDesk, matcher};
use super::searches::SearchShelf;
use super::today;

/// A program whose effects are done at once, one after the other.
pub struct Stage {
    app: App,
    search: SearchDesk,
    reading: ReadingDesk,
    searches: SearchShelf,
    shelf: Shelf,
    pile: Pile,
    size: Rect,
    ended: bool,
}

impl Stage {
    /// Starts the program on a screen of this size, and reads the pile.
    ///
    /// # Errors
    ///
    /// What [`import_anyhow`] fails with.
    pub fn new(settings: Settings, index: Index, pile: Pile, columns: u16, rows: u16) -> Result<Stage> {
        // Looking at a screen changes nobody's files.
        let searches = SearchShelf::in_memory(&settings.searches);
        let (app, effects) = App::new(settings, columns, rows);
        let shelf = Shelf::new(index);
        let mut stage = Stage {
            app,
            search: SearchDesk::new(shelf.clone()),
            reading: ReadingDesk::new(pile.clone(), shelf.clone()),
            searches,
            shelf,
            pile,
            size: Rect::new(0, 0, columns, rows),
            ended: false,
        };
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

    fn perform(&mut self, effects: Vec<Effect>) -> Result<()> {
        let mut waiting: VecDeque<Effect> = effects.into();
        while let Some(effect) = waiting.pop_front() {
            for event in self.events_of(effect)? {
                waiting.extend(self.app.update(event).effects);
            }
        }
        Ok(())
    }

    fn events_of(&mut self, effect: Effect) -> Result<Vec<Event>> {
        Ok(match effect {
            Effect::Search(question) => self.search.search(&question, today(), &|| false).into_iter().collect(),
            Effect::Rows { generation, range } => self.search.rows(generation, range).into_iter().collect(),
            Effect::Open { generation, id, origin, wanted } => {
                vec![self.reading.open(generation, id, &origin, &wanted)]
            }
            Effect::Passages { generation, wanted, articles } => {
                let matcher = matcher(&wanted);
                let found =
                    articles.into_iter().map(|article| (article.place, self.reading.passage(&article, &matcher)));
                vec![Event::Passages(generation, found.collect())]
            }
            Effect::Refresh => {
                let mut last = Progress::default();
                let mut changed = false;
                let tell = &mut |progress: &Progress| {
                    changed |= progress.changed;
                    last = progress.clone();
                };
                let (_, in_memory) = import_anyhow(&self.pile, &self.shelf, &AtomicBool::new(false), tell)?;
                let mut events = vec![Event::Progress(Progress { changed, ..last })];
                if let Some(error) = in_memory {
                    events.push(Event::Failed(in_memory_because(&error)));
                }
                events
            }
            Effect::Count(lines) => vec![self.search.counts(lines, today(), &|| false)],
            Effect::Searches(task) => vec![self.searches.perform(&task)],
            Effect::Quit => {
                self.ended = true;
                Vec::new()
            }
            // There is no terminal to change, and nothing to open in.
            Effect::Copy(_) | Effect::Launch(_) | Effect::Edit { .. } | Effect::Mouse(_) | Effect::Suspend => {
                Vec::new()
            }
        })
    }
}
