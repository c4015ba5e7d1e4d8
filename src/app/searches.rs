//! Saved searches, and taking back what was done to them and to the query line.

use crate::config::{SavedSearch, expand_search};
use crate::effect::{Effect, SearchTask};
use crate::panes::layout::View;
use crate::panes::save_search::{self, SaveSearch};
use crate::panes::saved_searches::{self, SavedSearches};
use crate::panes::status::Message;
use crate::query::Completion;
use crate::text::Clean;
use crate::text::fold::fold;

use super::{App, Popup};

/// How many changes can be taken back.
const CHANGES: usize = 100;

/// Something that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The query line, as it was before.
    Line(String),
    /// The saved searches.
    Searches,
}

impl App {
    /// Opens the list of saved searches.
    pub(super) fn open_searches(&mut self, effects: &mut Vec<Effect>) {
        if self.view == View::Zen {
            self.view = View::List;
        }
        self.popup = Some(Popup::Searches(SavedSearches::new(&self.settings.searches)));
        effects.push(Effect::Searches(SearchTask::Read));
    }

    /// Asks for a name for the search on the screen.
    pub(super) fn open_save_search(&mut self) {
        let line = self.query_line.value().trim();
        if line.is_empty() {
            self.tell("there is no search to save: type one first");
        } else {
            self.popup = Some(Popup::SaveSearch(SaveSearch::new(line, &self.settings.searches)));
        }
    }

    pub(super) fn react_to_searches(&mut self, reaction: saved_searches::Reaction, effects: &mut Vec<Effect>) {
        match reaction {
            saved_searches::Reaction::None => {}
            saved_searches::Reaction::Undo => {
                // A change of the line is not taken back behind the list.
                if self.changes.last() == Some(&Change::Searches) {
                    self.undo(effects);
                }
            }
            saved_searches::Reaction::Leave => self.popup = None,
            saved_searches::Reaction::Take(search) => {
                self.popup = None;
                self.take_search(&search, effects);
            }
            saved_searches::Reaction::Remove(name) => self.change_searches(SearchTask::Remove(name), effects),
        }
    }

    pub(super) fn react_to_save_search(&mut self, reaction: save_search::Reaction, effects: &mut Vec<Effect>) {
        match reaction {
            save_search::Reaction::None => {}
            save_search::Reaction::Leave => self.popup = None,
            save_search::Reaction::Save(search) => {
                self.popup = None;
                self.change_searches(SearchTask::Save(search), effects);
            }
        }
    }

    fn change_searches(&mut self, task: SearchTask, effects: &mut Vec<Effect>) {
        self.changed(Change::Searches);
        effects.push(Effect::Searches(task));
    }

    /// Puts a saved search into the line.
    fn take_search(&mut self, search: &SavedSearch, effects: &mut Vec<Effect>) {
        self.view = View::List;
        self.set_line(&search.query, effects);
        self.tell(&search.name);
    }

    /// Puts the saved search of this place, from 1, into the line.
    /// The saved search whose number was typed before a key in the list, where there is one.
    pub(super) fn counted_search(&self) -> Option<usize> {
        self.count.filter(|count| self.in_list() && (1..=self.settings.searches.len()).contains(count))
    }

    pub(super) fn saved_search(&mut self, place: usize, effects: &mut Vec<Effect>) {
        match place.checked_sub(1).and_then(|at| self.settings.searches.get(at)).cloned() {
            Some(search) => self.take_search(&search, effects),
            None => {
                let save = self.settings.keymap.first(crate::action::Action::SaveSearch);
                self.tell(&format!("there is no saved search {place}: {save} saves the one on the screen"));
            }
        }
    }

    /// Keeps the line that was edited.
    pub(super) fn keep_line(&mut self, effects: &mut Vec<Effect>) {
        self.query_line.keep();
        self.expand_name();
        let before = self.query_line.before().trim_end().to_owned();
        if before != self.query_line.value() {
            self.changed(Change::Line(before));
        }
        self.search(true, effects);
    }

    /// Puts the saved search into the line that its `@name` stands for.
    fn expand_name(&mut self) {
        if let Ok(line) = expand_search(self.query_line.value(), &self.settings.searches) {
            self.query_line.set(&line);
        }
    }

    /// The saved searches whose names begin with what is typed behind an `@`, for completion.
    pub(super) fn named(searches: &[SavedSearch], line: &str, cursor: usize) -> Vec<Completion> {
        let Some(typed) = line.get(..cursor).and_then(|typed| typed.strip_prefix('@')) else {
            return Vec::new();
        };
        let typed = fold(typed.trim_start_matches('"'));
        let named = searches.iter().filter(|search| fold(&search.name).starts_with(&typed));
        let completion = |search: &SavedSearch| Completion {
            replaces: 0..cursor,
            text: search.query.clone(),
            label: search.name.clone(),
            count: None,
        };
        named.map(completion).collect()
    }

    /// Takes the saved searches as they are now.
    pub(super) fn searches_are(&mut self, searches: Vec<SavedSearch>, told: Option<Clean>, effects: &mut Vec<Effect>) {
        self.settings.searches = searches;
        if let Some(Popup::Searches(list)) = &mut self.popup {
            list.update(&self.settings.searches);
            effects.push(Effect::Count(self.settings.searches.iter().map(|search| search.query.clone()).collect()));
        }
        if let Some(told) = told {
            let undo = self.settings.keymap.first(crate::action::Action::Undo);
            let undoes = self.changes.last() == Some(&Change::Searches);
            let told = if undoes { format!("{told}; {undo} takes it back") } else { told.to_string() };
            self.message = Some(Message::Done(Clean::new(&told)));
        }
    }

    /// Remembers a change, so that it can be taken back.
    pub(super) fn changed(&mut self, change: Change) {
        if self.changes.last() != Some(&change) || change == Change::Searches {
            self.changes.push(change);
        }
        if self.changes.len() > CHANGES {
            self.changes.remove(0);
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        match self.changes.pop() {
            Some(Change::Line(line)) => {
                self.query_line.set(&line);
                self.search(true, effects);
            }
            Some(Change::Searches) => effects.push(Effect::Searches(SearchTask::Undo)),
            None => self.tell("there is nothing to take back"),
        }
    }
}
