//! All panes as one value: what has the keys, what they mean, and what follows from what happens.
//!
//! Nothing here does I/O, spawns anything or reads a clock: [`App::update`] takes an [`Event`] and
//! answers with [`Effect`]s, and [`App::draw`] draws into a buffer.

mod acting;
mod drawing;
pub mod keymap;
mod mouse;
mod popups;
mod searches;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::action::Action;
use crate::article::ArticleId;
use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::effect::{Effect, Generation, Question, Quoted, Wanted};
use crate::event::{Answer, Event, Progress};
use crate::index::{Compounds, Correction, EmptyHelp, Facets, Relaxed};
use crate::panes::date_picker::DatePicker;
use crate::panes::filter_bar::FilterBar;
use crate::panes::help::Help;
use crate::panes::layout::{Layout, Room, View};
use crate::panes::list::ListPane;
use crate::panes::palette::Palette;
use crate::panes::picker::Picker;
use crate::panes::query_line::{self, QueryLine};
use crate::panes::reading::ReadingPane;
use crate::panes::save_search::SaveSearch;
use crate::panes::saved_searches::SavedSearches;
use crate::panes::status::Message;
use crate::panes::text_field::TextField;
use crate::panes::why::Why;
use crate::query::{self, Query, Sort};
use crate::text::Clean;

use keymap::KeyMap;
use searches::Change;

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

/// What lies over the screen.
#[derive(Debug)]
enum Popup {
    Help(Help),
    Palette(Palette),
    Picker(Picker),
    Dates(DatePicker),
    Problems(usize),
    Searches(SavedSearches),
    SaveSearch(SaveSearch),
}

/// The whole program, apart from the world.
#[derive(Debug)]
pub struct App {
    settings: Settings,
    size: Rect,
    view: View,
    /// The view that `z` goes back to.
    before_zen: View,
    filter_bar: FilterBar,
    query_line: QueryLine,
    query: Arc<Query>,
    /// The line in its usual spelling, where it is typed in another one.
    usual: Option<String>,
    list: ListPane,
    reading: ReadingPane,
    why: Option<Why>,
    popup: Option<Popup>,
    /// The line that is searched within the article, while it is edited.
    find: Option<TextField>,
    /// The newest question, and the newest answer.
    asked: Generation,
    answered: Option<Answered>,
    /// Where the newest question asked to stay.
    place: Place,
    /// Whether the reader has done nothing yet: then what comes in shows from its beginning.
    untouched: bool,
    rows_asked: Range<usize>,
    passages_asked: HashSet<usize>,
    /// Whether the passages that were asked for last have not come yet.
    passages_awaited: bool,
    opening: Generation,
    opening_for: Option<(ArticleId, Wanted)>,
    count: Option<usize>,
    pending: Vec<Key>,
    message: Option<Message>,
    /// What can be taken back, the last one last.
    changes: Vec<Change>,
    /// Whether the search that was asked for takes so long that the reader should be told.
    searching: bool,
    /// Whether the reader asked to look for changes, and waits to hear what came of it.
    refreshing: bool,
    progress: Progress,
    mouse: bool,
}

/// Where the list stands after a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the first article.
    Beginning,
    /// At the selected article, if it is still there and its id is known.
    Selected(Option<ArticleId>),
}

/// What is known of the newest answer, apart from its rows.
#[derive(Debug)]
struct Answered {
    generation: Generation,
    total: usize,
    sort: Sort,
    facets: Facets,
    choices: Facets,
    compounds: Arc<Compounds>,
    empty: Option<EmptyHelp>,
    /// Whether nothing matched as it was typed, and this is what matches with typing errors.
    forgiven: bool,
    /// The words that were most likely meant then.
    corrections: Vec<Correction>,
    /// How many of the words are enough, when no article has all of them.
    relaxed: Option<Relaxed>,
}

impl App {
    /// The program on a screen of this size, and what it asks first.
    pub fn new(settings: Settings, columns: u16, rows: u16) -> (App, Vec<Effect>) {
        let mut query_line = QueryLine::default();
        query_line.set(&settings.line);
        let mouse = settings.mouse;
        let mut app = App {
            settings,
            size: Rect::new(0, 0, columns, rows),
            view: View::List,
            before_zen: View::List,
            filter_bar: FilterBar::default(),
            query_line,
            query: Arc::default(),
            usual: None,
            list: ListPane::default(),
            reading: ReadingPane::default(),
            why: None,
            popup: None,
            find: None,
            asked: Generation::default(),
            answered: None,
            place: Place::Beginning,
            untouched: true,
            rows_asked: 0..0,
            passages_asked: HashSet::new(),
            passages_awaited: false,
            opening: Generation::default(),
            opening_for: None,
            count: None,
            pending: Vec::new(),
            message: None,
            changes: Vec::new(),
            searching: false,
            refreshing: false,
            progress: Progress::default(),
            mouse,
        };
        let mut effects = vec![Effect::Refresh];
        app.search(true, &mut effects);
        (app, effects)
    }

    /// Takes an event, and says what follows from it.
    pub fn update(&mut self, event: Event) -> Step {
        let mut effects = Vec::new();
        self.untouched &= !matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_));
        let redraw = match event {
            Event::Key(key) => self.key(key, &mut effects),
            Event::Paste(text) => self.paste(&text, &mut effects),
            Event::Mouse(mouse) => self.mouse(mouse, &mut effects),
            Event::Resize(columns, rows) => {
                self.size = Rect::new(0, 0, columns, rows);
                true
            }
            Event::Found(generation, answer) => self.found(generation, *answer),
            Event::Rows(generation, first, rows) => {
                let current = generation == self.asked;
                if current {
                    self.list.take_rows(first, rows);
                    // Rows that come back to the screen have lost their passages.
                    self.passages_asked.clear();
                }
                current
            }
            Event::Passages(generation, passages) => {
                let current = generation == self.asked;
                if current {
                    self.passages_awaited = false;
                    self.list.take_passages(passages);
                }
                current
            }
            Event::Opened(generation, opened) => {
                let current = generation == self.opening;
                if current {
                    if self.reading.id() != Some(opened.article.id) {
                        self.why.iter_mut().for_each(Why::to_top);
                    }
                    self.why.iter_mut().for_each(Why::renew);
                    self.reading.open(*opened);
                }
                current
            }
            Event::OpenFailed(generation, message) => {
                let current = generation == self.opening;
                if current {
                    self.reading.fail(message);
                }
                current
            }
            Event::Searching(generation) => {
                self.searching = generation == self.asked && !self.is_answered();
                self.searching
            }
            Event::Counted(counts) => {
                if let Some(Popup::Searches(list)) = &mut self.popup {
                    list.count(counts);
                }
                true
            }
            Event::Searches(searches, told) => {
                self.searches_are(searches, told, &mut effects);
                true
            }
            Event::Progress(progress) => self.take_progress(progress, &mut effects),
            Event::Failed(message) => {
                self.searching = false;
                self.message = Some(Message::Failed(message));
                true
            }
            Event::Told(message) => {
                self.message = Some(Message::Done(message));
                true
            }
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
        if redraw {
            self.ask_for_what_is_visible(&mut effects);
        }
        Step { effects, redraw }
    }

    /// Whether passages of what is on the screen are looked for: worth waiting a moment before drawing.
    pub fn awaits_passages(&self) -> bool {
        self.passages_awaited
    }

    fn layout(&self) -> Layout {
        Layout::of(self.size, self.view)
    }

    /// The rows of the screen that the list has, and whether it shows nothing but titles there.
    fn list_height(&self) -> (u16, bool) {
        let layout = self.layout();
        (layout.list.height, layout.room == Room::Tiny)
    }

    /// Searches for what the query line says. `keep` keeps the selected article selected, unless the list
    /// is about to go to its beginning for a question that is still open.
    fn search(&mut self, keep: bool, effects: &mut Vec<Effect>) {
        let line = self.query_line.value();
        let parsed = if self.query_line.is_editing() { query::parse(line) } else { query::parse_finished(line) };
        // What is only guessed of an unfinished line need not be asked again.
        let parsed = if parsed == *self.query { self.query.clone() } else { Arc::new(parsed) };
        // Other words have another best match, and that is what is looked for.
        let other_words = self.query_line.is_editing() && parsed.words() != self.query.words();
        let pending = self.place == Place::Beginning && !self.is_answered();
        self.place = match keep && !other_words && !pending {
            true => Place::Selected(self.list.selected_id()),
            false => Place::Beginning,
        };
        self.usual = parsed.usual_spelling(line);
        self.query = parsed;
        self.asked = self.asked.next();
        self.rows_asked = 0..0;
        self.passages_asked.clear();
        self.passages_awaited = false;
        effects.push(Effect::Search(Question {
            generation: self.asked,
            query: self.query.clone(),
            keep: match self.place {
                Place::Selected(id) => id,
                Place::Beginning => None,
            },
            rows: self.list.most_on(self.list_height()),
        }));
    }

    /// Puts another line into the filter bar and searches for it.
    fn set_line(&mut self, line: &str, effects: &mut Vec<Effect>) {
        if line != self.query_line.value() {
            // What a picker or the reader at the line does is taken back by leaving it, or as a whole.
            if self.popup.is_none() && !self.query_line.is_editing() {
                self.changed(Change::Line(self.query_line.value().trim_end().to_owned()));
            }
            self.query_line.set(line);
            self.search(true, effects);
        }
    }

    fn found(&mut self, generation: Generation, answer: Answer) -> bool {
        if generation != self.asked {
            return false;
        }
        self.searching = false;
        let Answer { found, choices, compounds, kept, first, rows } = answer;
        // A list that merely lost the selected article stays where it was, unless something else is
        // the best match now.
        let stays = self.place != Place::Beginning && found.sort != Sort::Relevance;
        let selected = kept.unwrap_or(if stays { self.list.selected() } else { 0 });
        let selected = selected.min(found.matched.saturating_sub(1));
        self.list.replace(found.matched, selected, first, rows);
        if found.matched == 0 {
            self.reading.clear();
            self.opening = self.opening.next();
            self.opening_for = None;
        }
        match &mut self.popup {
            Some(Popup::Dates(picker)) => picker.update(choices.dates.clone()),
            Some(Popup::Picker(picker)) => {
                let line = self.query_line.value();
                picker.update(acting::choices(picker.kind, line, &choices));
            }
            _ => {}
        }
        self.answered = Some(Answered {
            generation,
            total: found.total,
            sort: found.sort,
            facets: found.facets,
            choices,
            compounds,
            empty: found.empty,
            forgiven: found.forgiven,
            corrections: found.corrections,
            relaxed: found.relaxed,
        });
        true
    }

    fn take_progress(&mut self, progress: Progress, effects: &mut Vec<Effect>) -> bool {
        if progress.finished && progress.articles > 0 && self.progress.finished {
            let articles = progress.articles;
            let what =
                if articles == 1 { "1 article is new".to_owned() } else { format!("{articles} articles are new") };
            self.message = Some(Message::Done(Clean::new(&what)));
        }
        if progress.finished && std::mem::take(&mut self.refreshing) && progress.articles == 0 && !progress.changed {
            self.message = Some(Message::Done(Clean::new("nothing has changed")));
        }
        let problems = progress.problems.len();
        if progress.finished && problems > self.progress.problems.len() && self.message.is_none() {
            let keys = self.settings.keymap.first(Action::Problems);
            let what = match problems {
                1 => format!("{} ({keys} tells more)", progress.problems[0]),
                _ => format!("{problems} files could not be read ({keys} tells which)"),
            };
            self.message = Some(Message::Failed(Clean::new(&what)));
        }
        if progress.changed {
            self.search(!self.untouched, effects);
        }
        self.untouched &= !progress.finished;
        self.progress = progress;
        true
    }

    /// Asks for the rows, passages and the article that the screen needs and does not have.
    fn ask_for_what_is_visible(&mut self, effects: &mut Vec<Effect>) {
        let layout = self.layout();
        if !self.is_answered() {
            return;
        }
        if let Some(range) = self.list.missing(self.list_height()).filter(|range| *range != self.rows_asked) {
            self.rows_asked = range.clone();
            effects.push(Effect::Rows { generation: self.asked, range });
        }
        if !self.query.words().is_empty() && layout.list.height > 15 {
            let asked = &self.passages_asked;
            let visible = self.list.without_passage(layout.list.height);
            let articles: Vec<_> = visible
                .into_iter()
                .filter(|(place, _)| !asked.contains(place))
                .map(|(place, row)| Quoted {
                    place,
                    id: row.row.record.id,
                    origin: row.row.origin.clone(),
                    title: row.row.record.title.clone(),
                    opening: row.row.opening.clone(),
                    language: row.row.record.language.code,
                })
                .collect();
            if !articles.is_empty() {
                self.passages_asked.extend(articles.iter().map(|quoted| quoted.place));
                self.passages_awaited = true;
                effects.push(Effect::Passages { generation: self.asked, wanted: self.wanted(), articles });
            }
        }
        self.open_selected(layout, effects);
    }

    /// Whether what is on the screen answers the newest question.
    fn is_answered(&self) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.generation == self.asked)
    }

    /// What is marked in articles.
    fn wanted(&self) -> Wanted {
        let forgiving = self.answered.as_ref().is_some_and(|answered| answered.forgiven);
        let compounds = self.answered.as_ref().map(|answered| answered.compounds.clone()).unwrap_or_default();
        let relaxed = self.answered.as_ref().and_then(|answered| answered.relaxed.as_ref());
        let query = relaxed.map_or(&self.query, |relaxed| &relaxed.query).clone();
        Wanted { query, forgiving, compounds }
    }

    /// Opens the selected article, where it is on the screen and not open yet.
    fn open_selected(&mut self, layout: Layout, effects: &mut Vec<Effect>) {
        let visible = !layout.reading.is_empty() || self.why.is_some();
        let Some(row) = self.list.selected_row().filter(|_| visible) else {
            return;
        };
        let id = row.row.record.id;
        let wanted = self.wanted();
        if self.opening_for.as_ref().is_some_and(|(asked, same)| *asked == id && *same == wanted) {
            return;
        }
        let origin = row.row.origin.clone();
        self.opening = self.opening.next();
        self.opening_for = Some((id, wanted.clone()));
        effects.push(Effect::Open { generation: self.opening, id, origin, wanted });
    }

    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) -> bool {
        if let Some(find) = &mut self.find {
            find.paste(text);
            let text = find.value().to_owned();
            self.reading.find(&text);
            self.reading.go_to_match(true);
            return true;
        }
        self.message = None;
        if self.popup.is_some() {
            self.popup_paste(text, effects);
            return true;
        }
        self.pending.clear();
        self.count = None;
        self.view = View::List;
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
            self.popup_key(key, effects);
        } else if self.query_line.is_editing() {
            self.query_key(key, effects);
        } else if self.filter_bar.timeline.is_focused() {
            self.timeline_key(key, effects);
        } else if self.find.is_some() {
            self.find_key(key);
        } else {
            self.command_key(key, effects);
        }
        true
    }

    fn query_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let completing = self.query_line.is_completing();
        if key.code == crossterm::event::KeyCode::Tab && !completing && self.correct(effects) {
            return;
        }
        let choices = self.answered.as_ref().map(|answered| &answered.choices);
        let searches = &self.settings.searches;
        let complete = |line: &str, cursor: usize| {
            let mut found = App::named(searches, line, cursor);
            found.extend(query::complete(line, cursor, &|field| acting::values(field, choices)));
            found
        };
        match self.query_line.press(key, &complete) {
            query_line::Reaction::None if key.code == crossterm::event::KeyCode::Tab => {
                self.take_culprit_away(effects);
            }
            query_line::Reaction::None => {}
            query_line::Reaction::Keep => self.keep_line(effects),
            query_line::Reaction::Changed | query_line::Reaction::Leave => self.search(true, effects),
        }
    }

    fn find_key(&mut self, key: Key) {
        use crossterm::event::KeyCode;
        let Some(find) = &mut self.find else {
            return;
        };
        match key.code {
            KeyCode::Esc => {
                self.find = None;
                self.reading.find("");
            }
            KeyCode::Enter => self.find = None,
            KeyCode::Down => _ = self.reading.go_to_match(true),
            KeyCode::Up => _ = self.reading.go_to_match(false),
            _ => {
                if find.press(key) == Some(true) {
                    let text = find.value().to_owned();
                    self.reading.find(&text);
                    self.reading.go_to_match(true);
                }
            }
        }
    }

    /// Whether keys mean what they mean in the list.
    fn in_list(&self) -> bool {
        self.view == View::List
    }

    /// Whether there is one pane at a time.
    fn is_narrow(&self) -> bool {
        self.layout().room != Room::Wide
    }
}
