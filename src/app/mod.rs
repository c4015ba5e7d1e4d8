//! All panes as one value: what has the keys, what they mean, and what follows from what happens.
//!
//! Nothing here does I/O, spawns anything or reads a clock: [`App::update`] takes an [`Event`] and
//! answers with [`Effect`]s, and [`App::draw`] draws into a buffer.

mod acting;
mod asked;
mod drawing;
mod marking;
mod mouse;
mod popups;
mod searches;
mod space;
#[cfg(test)]
mod tests;
mod typing;
mod undo;

use std::collections::HashMap;

use crossterm::event::KeyCode;
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::action::keymap::KeyMap;
use crate::article::ArticleId;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::config::{Density, MarkRead, SavedSearch};
use crate::effect::{Effect, MarksTask};
use crate::event::{Event, Opened, Progress};
use crate::marks::Visit;
use crate::panes::filter_bar::FilterBar;
use crate::panes::hints::Pressable;
use crate::panes::layout::View;
use crate::panes::list::ListPane;
use crate::panes::paint;
use crate::panes::popup::Framed;
use crate::panes::query_line::{self, QueryLine};
use crate::panes::reading::ReadingPane;
use crate::panes::status::Message;
use crate::panes::timeline;
use crate::panes::why::Why;
use crate::query::edit;
use crate::text::Clean;

use asked::{Asked, Line};
use marking::Marking;
use space::Space;
use typing::{Typed, Typing};
use undo::{Change, Undo};

/// How the reader wants it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Keys.
    pub keymap: KeyMap,
    /// The widest column of text, in cells.
    pub reading_width: u16,
    /// Whether the mouse is taken at the start.
    pub mouse: bool,
    /// The query line at the start.
    pub line: String,
    /// What is open, as the reader named it: shown where there is nothing else to show.
    pub place: Clean,
    /// Searches with names, for the digits.
    pub searches: Vec<SavedSearch>,
    /// Whether the sample edition is open, because nothing else was asked for.
    pub sample: bool,
    /// When an article counts as read.
    pub mark_read: MarkRead,
    /// Where the reader was at the end of the last visit, if that is gone on with.
    pub resume: Option<Visit>,
    /// How much of each article the list shows.
    pub density: Density,
    /// The colours for a dark and for a light background, where the terminal may say which it has.
    pub backgrounds: Option<Box<[Theme; 2]>>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::default(),
            keymap: KeyMap::default(),
            reading_width: 72,
            mouse: true,
            line: String::new(),
            place: Clean::default(),
            searches: Vec::new(),
            sample: false,
            mark_read: MarkRead::default(),
            resume: None,
            density: Density::default(),
            backgrounds: None,
        }
    }
}

/// What follows from an event.
#[derive(Debug, Default, PartialEq)]
pub struct Step {
    /// What is asked of the world.
    pub effects: Vec<Effect>,
    /// Whether the screen has changed.
    pub redraw: bool,
}

/// The whole program, apart from the world.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    space: Space,
    filter_bar: FilterBar,
    query_line: QueryLine,
    list: ListPane,
    reading: ReadingPane,
    why: Option<Why>,
    popup: Option<Framed>,
    asked: Asked,
    typing: Typing,
    undo: Undo,
    marking: Marking,
    /// Where articles were left on this screen.
    scrolls: HashMap<ArticleId, usize>,
    progress: Progress,
    message: Option<Message>,
    /// The hints of the bottom line, for the mouse.
    hints: Pressable,
    /// What the mouse holds.
    held: Option<Held>,
    /// Where the cursor stands while nothing is typed.
    caret: Option<Position>,
    /// Whether the reader asked to look for changes, and waits to hear what came of it.
    refreshing: bool,
    mouse: bool,
}

/// Something that is moved while the button of the mouse is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// The rule between list and article.
    Divider,
    /// The bar beside the article.
    Bar,
}

impl App {
    /// The program on a screen of this size, and what it asks first.
    pub fn new(settings: Settings, columns: u16, rows: u16) -> (App, Vec<Effect>) {
        let mut query_line = QueryLine::default();
        query_line.set(&settings.line);
        let mouse = settings.mouse;
        let mut list = ListPane::default();
        list.density = settings.density;
        let mut app = App {
            settings,
            space: Space::new(columns, rows),
            filter_bar: FilterBar::default(),
            query_line,
            list,
            reading: ReadingPane::default(),
            why: None,
            popup: None,
            asked: Asked::new(),
            typing: Typing::default(),
            undo: Undo::default(),
            marking: Marking::default(),
            scrolls: HashMap::new(),
            progress: Progress::default(),
            message: None,
            hints: Pressable::default(),
            held: None,
            caret: None,
            refreshing: false,
            mouse,
        };
        if let Some(visit) = app.settings.resume.take() {
            app.resume(&visit);
        }
        let mut effects = vec![Effect::Refresh];
        app.search(true, &mut effects);
        (app, effects)
    }

    /// Takes an event, and says what follows from it.
    pub fn update(&mut self, event: Event) -> Step {
        let mut effects = Vec::new();
        self.asked.untouched &= !matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_));
        self.popup_hears(&event, &mut effects);
        let by_reader = matches!(event, Event::Key(_) | Event::Mouse(_));
        let redraw = match event {
            Event::Key(key) => self.key(key, &mut effects),
            Event::Paste(text) => self.paste(&text, &mut effects),
            Event::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Event::Resize(columns, rows) => {
                self.space.size = Rect::new(0, 0, columns, rows);
                true
            }
            Event::Found(generation, answer) => {
                let current = generation == self.asked.generation;
                if current {
                    self.asked.answer(*answer, &mut self.list);
                    if self.list.matched() == 0 {
                        self.reading.clear();
                        self.asked.open_nothing();
                    }
                }
                current
            }
            Event::Rows(generation, first, rows) => {
                let current = generation == self.asked.generation;
                if current {
                    self.list.take_rows(first, rows);
                    self.asked.rows_came();
                }
                current
            }
            Event::Passages(generation, passages) => {
                let current = generation == self.asked.generation;
                if current {
                    self.asked.passages_came();
                    self.list.take_passages(passages);
                }
                current
            }
            Event::Opened(generation, opened) => {
                let current = generation == self.asked.opening;
                if current {
                    self.opened(*opened, &mut effects);
                }
                current
            }
            Event::OpenFailed(generation, message) => {
                let current = generation == self.asked.opening;
                if current {
                    self.reading.fail(message);
                }
                current
            }
            Event::Searching(generation) => {
                self.asked.slow = generation == self.asked.generation && !self.asked.is_answered();
                self.asked.slow
            }
            // The popup that asked has heard it.
            Event::Counted(counts) => self.greet(&counts) || self.popup.is_some(),
            Event::Edited(_) | Event::Studied(..) | Event::Exists(_) => self.popup.is_some(),
            Event::Searches(searches, told) => {
                self.searches_are(searches, told);
                true
            }
            Event::Marks(news) => {
                self.take_marks(news, &mut effects);
                true
            }
            Event::Unread(generation, place) => {
                let current = generation == self.asked.generation;
                if current {
                    self.go_to_unread(place);
                }
                current
            }
            Event::Progress(progress) => self.take_progress(progress, &mut effects),
            Event::Failed(message) => {
                self.asked.slow = false;
                self.message = Some(Message::Failed(message));
                true
            }
            Event::Told(message) => {
                self.message = Some(Message::Done(message));
                true
            }
            Event::Background { light } => self.background_is(light),
            Event::Resumed => true,
            Event::Suspend => {
                effects.push(Effect::Suspend);
                true
            }
            Event::Quit => {
                effects.push(Effect::Quit);
                false
            }
        };
        if by_reader {
            self.notice_reading(&mut effects);
        }
        self.end_visit(&mut effects);
        if redraw {
            self.renew_popup();
            self.ask_for_what_is_visible(&mut effects);
        }
        Step { effects, redraw }
    }

    /// Whether passages of what is on the screen are looked for: worth waiting a moment before drawing.
    pub fn awaits_passages(&self) -> bool {
        self.asked.awaits_passages()
    }

    /// Where the cursor stands while nothing is typed: on the selected article or line, where magnifiers and
    /// screen readers look for it.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }

    /// What the window is called: the pile, and how many articles there are or match.
    pub fn window_title(&self) -> String {
        let total = self.asked.answered.as_ref().map_or(0, |answered| answered.total);
        let count = match self.asked.query.root.is_some() {
            true => format!("{} of {}", paint::number(self.list.matched()), paint::number(total)),
            false => paint::counted(total, "article", "articles"),
        };
        format!("{} ({count}) – newsstand", self.settings.place)
    }

    /// Takes the colours for this background, if they were not chosen.
    fn background_is(&mut self, light: bool) -> bool {
        let Some(themes) = &self.settings.backgrounds else {
            return false;
        };
        let theme = &themes[usize::from(light)];
        let changes = *theme != self.settings.theme;
        self.settings.theme = theme.clone();
        self.why.iter_mut().for_each(Why::renew);
        changes
    }

    /// Searches for what the query line says. `keep` keeps the selected article selected.
    fn search(&mut self, keep: bool, effects: &mut Vec<Effect>) {
        let line = Line {
            text: self.query_line.value(),
            editing: self.query_line.is_editing(),
            keep,
            rows: self.list.most_on(self.space.list_height()),
        };
        effects.push(self.asked.search(&line, &self.list));
    }

    /// Searches again, so that this article is the selected one.
    fn search_for(&mut self, id: ArticleId, effects: &mut Vec<Effect>) {
        let before = effects.len();
        self.search(true, effects);
        for effect in &mut effects[before..] {
            if let Effect::Search(question) = effect {
                question.keep = Some(id);
            }
        }
    }

    /// Puts another line into the filter bar and searches for it.
    fn set_line(&mut self, line: &str, effects: &mut Vec<Effect>) {
        self.set_line_keeping(true, line, effects);
    }

    /// Puts another line into the filter bar and searches for it. `keep` keeps the selected article selected.
    fn set_line_keeping(&mut self, keep: bool, line: &str, effects: &mut Vec<Effect>) {
        if line != self.query_line.value() {
            // What a popup or the reader at the line does is undone by leaving it, or as a whole.
            if self.popup.is_none() && !self.query_line.is_editing() {
                self.undo.push(Change::Line(self.query_line.value().trim_end().to_owned()));
            }
            self.query_line.set(line);
            self.search(keep, effects);
        }
    }

    fn opened(&mut self, opened: Opened, effects: &mut Vec<Effect>) {
        let id = opened.article.id;
        let other = self.reading.id() != Some(id);
        if other {
            self.why.iter_mut().for_each(Why::to_top);
            self.keep_scroll(effects);
        }
        self.why.iter_mut().for_each(Why::renew);
        self.reading.open(opened);
        if other {
            self.resume_scroll(id);
        }
    }

    fn take_progress(&mut self, progress: Progress, effects: &mut Vec<Effect>) -> bool {
        if progress.finished && progress.articles > 0 && self.progress.finished {
            let articles = progress.articles;
            let what = paint::counted(articles, "new article", "new articles");
            self.message = Some(Message::Done(Clean::new(&what)));
        }
        if progress.finished && std::mem::take(&mut self.refreshing) && progress.articles == 0 && !progress.changed {
            self.message = Some(Message::Done(Clean::new("no new or changed files")));
        }
        let problems = progress.problems.len();
        if progress.finished && problems > self.progress.problems.len() && self.message.is_none() {
            let keys = self.settings.keymap.first(Action::Problems);
            let what = match problems {
                1 => format!("{} (press {keys} for details)", progress.problems[0]),
                _ => format!("{} files could not be read (press {keys} for the list)", paint::number(problems)),
            };
            self.message = Some(Message::Done(Clean::new(&what)));
        }
        if progress.finished && progress.changed {
            effects.push(Effect::Marks(MarksTask::Look));
        }
        if progress.changed {
            self.search(!self.asked.untouched, effects);
        }
        self.asked.untouched &= !progress.finished;
        self.progress = progress;
        self.count_new(effects);
        true
    }

    /// Asks for the rows, passages and the article that the screen needs and does not have.
    fn ask_for_what_is_visible(&mut self, effects: &mut Vec<Effect>) {
        if !self.asked.is_answered() {
            return;
        }
        let layout = self.space.layout();
        effects.extend(self.asked.missing_rows(&self.list, self.space.list_height()));
        effects.extend(self.asked.missing_passages(&self.list, self.space.list_height()));
        let visible = !layout.reading.is_empty() || self.why.is_some();
        if let Some(row) = self.list.selected_row().filter(|_| visible) {
            effects.extend(self.asked.open(row));
        }
    }

    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) -> bool {
        if self.typing.paste_find(text, &mut self.reading) {
            return true;
        }
        self.message = None;
        if self.popup.is_some() {
            self.with_popup(effects, |popup, scene| popup.paste(text, scene));
            return true;
        }
        self.typing.clear();
        self.space.view = View::List;
        self.query_line.edit();
        self.query_line.paste(text);
        self.search(false, effects);
        true
    }

    /// Takes a key: what lies on top has it first.
    fn key(&mut self, key: Key, effects: &mut Vec<Effect>) -> bool {
        self.message = None;
        if key == Key::ctrl('c') {
            effects.push(Effect::Quit);
            return false;
        }
        if key == Key::ctrl('z') {
            effects.push(Effect::Suspend);
            return true;
        }
        if self.popup.is_some() {
            self.with_popup(effects, |popup, scene| popup.press(key, scene));
        } else if self.query_line.is_editing() {
            self.query_key(key, effects);
        } else if self.filter_bar.timeline.is_focused() {
            self.timeline_key(key, effects);
        } else if self.typing.find.is_some() {
            self.typing.press_find(key, &mut self.reading);
        } else {
            self.command_key(key, effects);
        }
        true
    }

    fn query_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let completing = self.query_line.is_completing();
        if key.code == KeyCode::Tab && !completing && self.correct(effects) {
            return;
        }
        let counts = self.asked.answered.as_ref().map(|answered| &answered.choices);
        let searches = &self.settings.searches;
        let complete = |line: &str, cursor: usize| query_line::completions(line, cursor, searches, counts);
        match self.query_line.press(key, &complete) {
            query_line::Reaction::None if key.code == KeyCode::Tab => {
                self.take_culprit_away(effects);
            }
            query_line::Reaction::None => {}
            query_line::Reaction::Keep => self.keep_line(effects),
            query_line::Reaction::Changed | query_line::Reaction::Leave => self.search(true, effects),
        }
    }

    /// Gives a key to the timeline; one that is not of it means what it always means.
    fn timeline_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        match self.filter_bar.timeline.press(key) {
            timeline::Reaction::None | timeline::Reaction::Leave => {}
            timeline::Reaction::Narrow(value) => self.set_dates(Some(&value), effects),
            timeline::Reaction::Pass => self.command_key(key, effects),
        }
    }

    fn set_dates(&mut self, value: Option<&str>, effects: &mut Vec<Effect>) {
        let line = edit::with_field(self.query_line.value(), "date", value);
        self.set_line(&line, effects);
    }

    /// Takes a key that is not typed into a line: a count, part of a sequence, or an action.
    fn command_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        match self.typing.press(key, &self.settings.keymap, self.space.context()) {
            Typed::Begun => return,
            Typed::Action(action) => self.act(action, effects),
            Typed::SavedSearch(digit) => self.saved_search(digit, effects),
            Typed::Nothing(keys) => {
                let help = self.settings.keymap.first(Action::Help);
                self.tell(&format!("{keys} has no meaning here; {help} shows all keys"));
            }
        }
        self.typing.count = None;
    }

    fn tell(&mut self, what: &str) {
        self.message = Some(Message::Done(Clean::new(what)));
    }
}
