//! What each action does.

use std::ops::Range;

use crossterm::event::{KeyCode, KeyModifiers};

use crate::action::{Action, Context};
use crate::config::key::Key;
use crate::effect::Effect;
use crate::index::Facets;
use crate::panes::date_picker::DatePicker;
use crate::panes::filter_bar::Click;
use crate::panes::help::Help;
use crate::panes::layout::View;
use crate::panes::palette::Palette;
use crate::panes::picker::{Choice, Kind, Picker};
use crate::panes::reading::COLUMN_WIDTHS;
use crate::panes::status::Message;
use crate::panes::text_field::TextField;
use crate::panes::why::Why;
use crate::query::{Sort, edit};
use crate::text::Clean;

use super::keymap::Meaning;
use super::{App, Popup};

/// How many cells `<` and `>` change the column by.
const COLUMN_STEP: u16 = 4;
/// The largest count that can be typed before a key.
const LARGEST_COUNT: usize = 99_999_999;

impl App {
    /// Takes a key that is not typed into a line: a count, part of a sequence, or an action.
    pub(super) fn command_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        if let (KeyCode::Char(digit @ '0'..='9'), KeyModifiers::NONE, []) = (key.code, key.modifiers, &self.pending[..])
            && (digit != '0' || self.count.is_some())
        {
            let digit = digit as usize - '0' as usize;
            self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(LARGEST_COUNT));
            return;
        }
        self.pending.push(key);
        let context = if self.in_list() { Context::List } else { Context::Reading };
        match self.settings.keymap.meaning(context, &self.pending) {
            Meaning::Begun => {}
            Meaning::Action(action) => {
                let digit = match key.code {
                    KeyCode::Char(digit) if action == Action::SavedSearch => digit.to_digit(10),
                    _ => None,
                };
                self.pending.clear();
                match digit {
                    Some(digit) => self.saved_search(digit as usize, effects),
                    None => self.act(action, effects),
                }
                self.count = None;
            }
            Meaning::None => {
                self.pending.clear();
                self.count = None;
            }
        }
    }

    /// Does what the reader asked for.
    pub(super) fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let count = self.count.unwrap_or(1).min(isize::MAX as usize) as isize;
        let half = |page: usize| (page / 2).max(1) as isize;
        match action {
            Action::Down => self.move_by(count),
            Action::Up => self.move_by(-count),
            Action::HalfPageDown => self.move_by(half(self.page()).saturating_mul(count)),
            Action::HalfPageUp => self.move_by(-half(self.page()).saturating_mul(count)),
            Action::PageDown => self.move_by((self.page() as isize).saturating_mul(count)),
            Action::PageUp => self.move_by(-(self.page() as isize).saturating_mul(count)),
            Action::Top => self.go_to_end(false),
            Action::Bottom => self.go_to_end(true),
            Action::Read => match self.counted_search() {
                Some(place) => self.saved_search(place, effects),
                None => self.read(),
            },
            Action::List => self.go_to_list(),
            Action::NextPane => self.view = if self.in_list() { View::Reading } else { View::List },
            Action::PageOn => self.page_on(),
            Action::ScrollDown => self.scroll_article(count),
            Action::ScrollUp => self.scroll_article(-count),
            Action::NextArticle => self.step_article(count),
            Action::PreviousArticle => self.step_article(-count),
            Action::NextMatch => self.go_to_match(true),
            Action::PreviousMatch => self.go_to_match(false),
            Action::Search => self.edit_line(effects),
            Action::Find => self.find_in_article(),
            Action::FilterLanguage => self.open_picker(Kind::Language),
            Action::FilterSource => self.open_picker(Kind::Source),
            Action::FilterDate => self.open_dates(),
            Action::Timeline => self.focus_timeline(),
            Action::SavedSearch | Action::SavedSearches => self.open_searches(effects),
            Action::SaveSearch => self.open_save_search(),
            Action::Undo => self.undo(effects),
            Action::RemoveFilter => self.remove_filter(effects),
            Action::ClearFilters => self.set_line(&edit::without_filters(&self.line()), effects),
            Action::Correct => _ = self.take_culprit_away(effects) || self.correct(effects),
            Action::Sort => self.next_sort(effects),
            Action::Why => self.toggle_why(),
            Action::Zen => self.toggle_zen(),
            Action::Wider => self.set_width(self.settings.reading_width.saturating_add(COLUMN_STEP)),
            Action::Narrower => self.set_width(self.settings.reading_width.saturating_sub(COLUMN_STEP)),
            Action::Copy => self.copy(effects),
            Action::Open => self.launch(effects),
            Action::Edit => self.edit_file(effects),
            Action::Refresh => {
                effects.push(Effect::Refresh);
                self.refreshing = true;
                self.tell("looking for new and changed files");
            }
            Action::Problems if self.progress.problems.is_empty() => self.tell("every file could be read"),
            Action::Problems => self.popup = Some(Popup::Problems(0)),
            Action::Mouse => {
                self.mouse = !self.mouse;
                effects.push(Effect::Mouse(self.mouse));
                self.tell(if self.mouse { "mouse on" } else { "mouse off: select text as usual" });
            }
            Action::Help => self.popup = Some(Popup::Help(Help::default())),
            Action::Palette => self.popup = Some(Popup::Palette(Palette::default())),
            Action::Escape => self.escape(effects),
            Action::Back => self.back(effects),
            Action::Suspend => effects.push(Effect::Suspend),
            Action::Quit => effects.push(Effect::Quit),
        }
    }

    /// Does what a click in the filter bar means.
    pub(super) fn filter_bar_click(&mut self, click: Click, effects: &mut Vec<Effect>) {
        match click {
            Click::Edit => self.edit_line(effects),
            Click::Language(code) => self.set_line(&edit::toggle_value(&self.line(), "lang", &code), effects),
            Click::Languages => self.open_picker(Kind::Language),
            Click::Dates => self.open_dates(),
            Click::Sort => self.next_sort(effects),
            Click::Remove(span) => self.set_line(&edit::without(&self.line(), span), effects),
        }
    }

    fn line(&self) -> String {
        self.query_line.value().to_owned()
    }

    pub(super) fn tell(&mut self, what: &str) {
        self.message = Some(Message::Done(Clean::new(what)));
    }

    fn page(&self) -> usize {
        match (&self.why, self.in_list()) {
            (_, true) => self.list.page(self.layout().list.height),
            (Some(why), false) => why.page(),
            (None, false) => self.reading.page(),
        }
    }

    fn move_by(&mut self, count: isize) {
        if self.in_list() {
            self.list.step(count);
        } else {
            self.scroll_article(count);
        }
    }

    fn scroll_article(&mut self, count: isize) {
        match &mut self.why {
            Some(why) => why.scroll(count),
            None => _ = self.reading.scroll(count),
        }
    }

    fn go_to_end(&mut self, bottom: bool) {
        match (self.in_list(), bottom, self.count) {
            // `5gg` and `5G` go to the fifth article, as fingers know it.
            (true, _, Some(count)) => _ = self.list.select(count - 1),
            (true, true, None) => _ = self.list.select(usize::MAX),
            (true, false, None) => _ = self.list.select(0),
            (false, true, _) => self.reading.to_bottom(),
            (false, false, _) => self.reading.to_top(),
        }
    }

    fn read(&mut self) {
        if self.list.matched() > 0 {
            self.view = View::Reading;
        }
    }

    fn go_to_list(&mut self) {
        self.view = View::List;
        if self.is_narrow() {
            self.why = None;
        }
    }

    fn step_article(&mut self, count: isize) {
        if !self.list.step(count) {
            self.tell(if count > 0 { "this is the last article" } else { "this is the first article" });
        }
    }

    fn page_on(&mut self) {
        let reading = !self.layout().reading.is_empty() && self.why.is_none();
        if !reading {
            self.read();
        } else if self.reading.at_end() {
            self.step_article(1);
        } else {
            self.reading.scroll(self.reading.page() as isize);
        }
    }

    fn go_to_match(&mut self, forward: bool) {
        self.why = None;
        if self.in_list() && self.is_narrow() {
            self.read();
        }
        if !self.reading.go_to_match(forward) {
            self.tell("no match in this article");
        }
    }

    fn edit_line(&mut self, effects: &mut Vec<Effect>) {
        // The line must be visible while it is edited.
        self.view = View::List;
        self.query_line.edit();
        self.search(true, effects);
    }

    fn find_in_article(&mut self) {
        self.why = None;
        let mut field = TextField::default();
        field.set(self.reading.find_text());
        self.find = Some(field);
    }

    fn open_picker(&mut self, kind: Kind) {
        let line = self.line();
        let choices =
            self.answered.as_ref().map(|answered| choices(kind, &line, &answered.choices)).unwrap_or_default();
        if choices.is_empty() {
            self.tell(if kind == Kind::Source {
                "no article names its source"
            } else {
                "there is nothing to choose from yet"
            });
            return;
        }
        if self.view == View::Zen {
            self.view = View::List;
        }
        self.popup = Some(Popup::Picker(Picker::new(kind, &line, choices)));
    }

    fn open_dates(&mut self) {
        let line = self.line();
        let chosen = edit::values(&line, "date");
        let facet = self.answered.as_ref().map(|answered| answered.choices.dates.clone()).unwrap_or_default();
        if self.view == View::Zen {
            self.view = View::List;
        }
        self.popup = Some(Popup::Dates(DatePicker::new(&line, chosen.first().map(String::as_str), facet)));
    }

    fn focus_timeline(&mut self) {
        self.view = View::List;
        if self.layout().filter_bar.is_empty() || !self.filter_bar.timeline.focus() {
            self.tell("there are no dates to move over here");
        }
    }

    fn remove_filter(&mut self, effects: &mut Vec<Effect>) {
        if let Some(clause) = self.query.clauses.iter().rev().find(|clause| clause.top_level) {
            let line = edit::without(&self.line(), clause.span.clone());
            self.set_line(&line, effects);
        }
    }

    /// Puts the words that were most likely meant into the line, and tells whether there were any.
    pub(super) fn correct(&mut self, effects: &mut Vec<Effect>) -> bool {
        let corrections = self.answered.as_ref().map(|answered| answered.corrections.clone()).unwrap_or_default();
        let mut line = self.line();
        // From the end, so that the places of the clauses before stay what they are.
        for clause in self.query.clauses.iter().rev() {
            let Some(typed) = line.get(clause.value.clone()) else {
                continue;
            };
            if let Some(correction) = corrections.iter().find(|correction| correction.typed == *typed) {
                line.replace_range(clause.value.clone(), &correction.meant);
            }
        }
        let corrected = line != self.line();
        if corrected {
            self.set_line(&line, effects);
        } else if !self.query_line.is_editing() {
            self.tell("there is nothing to correct");
        }
        corrected
    }

    /// The bytes of the clause that emptied the result, and how many articles there are without it. A line
    /// that asks for one thing alone has none: it is changed or cleared.
    pub(super) fn culprit_span(&self) -> Option<(Range<usize>, usize)> {
        let empty = self.list.matched() == 0 && self.is_answered() && self.query.clauses.len() > 1;
        self.answered.as_ref().filter(|_| empty)?.empty.as_ref()?.without.clone()
    }

    /// Takes away the clause that emptied the result, and tells whether there was one.
    pub(super) fn take_culprit_away(&mut self, effects: &mut Vec<Effect>) -> bool {
        let Some((span, _)) = self.culprit_span() else {
            return false;
        };
        self.set_line(&edit::without(&self.line(), span), effects);
        true
    }

    fn next_sort(&mut self, effects: &mut Vec<Effect>) {
        let words = !self.query.words().is_empty();
        let usual = if words { Sort::Relevance } else { Sort::Newest };
        let now = self.answered.as_ref().map_or(usual, |answered| answered.sort);
        let next = match now {
            Sort::Relevance => Sort::Newest,
            Sort::Newest => Sort::Oldest,
            Sort::Oldest => Sort::Title,
            Sort::Title => usual,
        };
        let value = match next {
            _ if next == usual => None,
            Sort::Relevance => Some("relevance"),
            Sort::Newest => Some("date"),
            Sort::Oldest => Some("-date"),
            Sort::Title => Some("title"),
        };
        self.set_line(&edit::with_field(&self.line(), "sort", value), effects);
    }

    fn toggle_why(&mut self) {
        self.why = match self.why {
            Some(_) => None,
            None if self.list.matched() == 0 => return,
            None => Some(Why::default()),
        };
        if self.why.is_some() && (self.is_narrow() || self.view == View::Zen) {
            self.view = View::Reading;
        }
    }

    fn toggle_zen(&mut self) {
        if self.view == View::Zen {
            self.view = self.before_zen;
        } else if self.list.matched() > 0 {
            self.why = None;
            self.before_zen = self.view;
            self.view = View::Zen;
        }
    }

    fn set_width(&mut self, width: u16) {
        self.settings.reading_width = width.clamp(*COLUMN_WIDTHS.start(), *COLUMN_WIDTHS.end());
        let width = self.settings.reading_width;
        self.tell(&format!("column of {width}"));
    }

    /// The web address of the selected article, or else its path.
    fn address(&self) -> Option<String> {
        let record = &self.list.selected_row()?.row.record;
        Some(record.url.as_ref().unwrap_or(&record.path).to_string())
    }

    fn copy(&mut self, effects: &mut Vec<Effect>) {
        if let Some(address) = self.address() {
            self.tell(&format!("copied {address}"));
            effects.push(Effect::Copy(address));
        }
    }

    fn launch(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else {
            return;
        };
        match (&row.row.record.url, self.settings.sample) {
            // An address comes from the article, so it may be anything: only the web is opened.
            (Some(url), _) if url.starts_with("https://") || url.starts_with("http://") => {
                effects.push(Effect::Launch(url.to_string()));
            }
            (Some(url), _) => self.tell(&format!("{url} is no address on the web")),
            (None, true) => self.tell("the sample edition has no file to open"),
            (None, false) => effects.push(Effect::Launch(row.row.origin.path.to_string_lossy().into_owned())),
        }
    }

    fn edit_file(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else {
            return;
        };
        if self.settings.sample {
            self.tell("the sample edition has no file to edit");
            return;
        }
        let origin = &row.row.origin;
        effects.push(Effect::Edit { path: origin.path.clone(), line: origin.part.unwrap_or(1) });
    }

    /// Leaves what is open, the innermost first; then clears the query. Never quits.
    fn escape(&mut self, effects: &mut Vec<Effect>) {
        if !self.pending.is_empty() || self.count.is_some() {
            self.pending.clear();
        } else if self.why.is_some() {
            self.why = None;
        } else if !self.in_list() && !self.reading.find_text().is_empty() {
            self.reading.find("");
        } else if self.view == View::Zen {
            self.toggle_zen();
        } else if !self.in_list() {
            self.go_to_list();
        } else if !self.query_line.value().is_empty() {
            self.query_line.keep();
            self.set_line("", effects);
            let undo = self.settings.keymap.first(Action::Undo);
            self.tell(&format!("cleared; {undo} brings it back"));
        }
    }

    /// Back by one, and out at the end.
    fn back(&mut self, effects: &mut Vec<Effect>) {
        if self.why.is_some() {
            self.why = None;
        } else if self.view == View::Zen {
            self.toggle_zen();
        } else if !self.in_list() {
            self.go_to_list();
        } else {
            effects.push(Effect::Quit);
        }
    }
}

/// How far a key scrolls a text that is merely shown; `None` for keys that close it.
pub(super) fn scrolling(key: Key, page: isize) -> Option<isize> {
    Some(match (key.code, key.modifiers) {
        (KeyCode::Char('j') | KeyCode::Down, _) => 1,
        (KeyCode::Char('k') | KeyCode::Up, _) => -1,
        (KeyCode::Char(' ') | KeyCode::PageDown, _) => page,
        (KeyCode::Char('d' | 'f'), KeyModifiers::CONTROL) => page / 2,
        (KeyCode::PageUp, _) => -page,
        (KeyCode::Char('u' | 'b'), KeyModifiers::CONTROL) => -page / 2,
        (KeyCode::Char('g') | KeyCode::Home, _) => isize::MIN / 2,
        (KeyCode::Char('G') | KeyCode::End, _) => isize::MAX / 2,
        _ => return None,
    })
}

/// What a picker offers, given the counts, with what the line asks for ticked.
pub(super) fn choices(kind: Kind, line: &str, counts: &Facets) -> Vec<Choice> {
    let chosen = edit::values(line, kind.field());
    match kind {
        Kind::Language => counts
            .languages
            .iter()
            .map(|(tag, count)| {
                let value = tag.map_or("?", |tag| tag.code()).to_owned();
                let label = tag.map_or("unsure".to_owned(), |tag| match tag.name() == tag.own_name() {
                    true => tag.name().to_owned(),
                    false => format!("{} · {}", tag.name(), tag.own_name()),
                });
                Choice { chosen: chosen.contains(&value), value, label, count: *count }
            })
            .collect(),
        Kind::Source => counts
            .sources
            .iter()
            .map(|(source, count)| {
                let value = source.to_string();
                Choice { chosen: chosen.contains(&value), label: value.clone(), value, count: *count }
            })
            .collect(),
    }
}

/// The line with a choice made, or made no longer. Of sources there is one at a time.
pub(super) fn toggled(kind: Kind, line: &str, value: &str) -> String {
    match kind {
        Kind::Language => edit::toggle_value(line, "lang", value),
        Kind::Source => {
            let chosen = edit::values(line, "source").iter().any(|chosen| chosen == value);
            edit::with_field(line, "source", (!chosen).then(|| edit::quote(value)).as_deref())
        }
    }
}

/// What can stand after a field, with counts.
pub(super) fn values(field: &str, counts: Option<&Facets>) -> Vec<(String, u64)> {
    let Some(counts) = counts else {
        return Vec::new();
    };
    match field {
        "lang" => counts
            .languages
            .iter()
            .map(|(tag, count)| (tag.map_or("?", |tag| tag.code()).to_owned(), *count as u64))
            .collect(),
        "source" => counts.sources.iter().map(|(source, count)| (source.to_string(), *count as u64)).collect(),
        "date" => {
            let months = crate::panes::dates::buckets(&counts.dates.spans, crate::panes::dates::Zoom::Months);
            let mut values: Vec<(String, u64)> = months
                .iter()
                .rev()
                .map(|bucket| (bucket.when.value(), (bucket.certain + bucket.possible) as u64))
                .collect();
            values.push(("none".to_owned(), counts.dates.undated as u64));
            values
        }
        _ => Vec::new(),
    }
}
