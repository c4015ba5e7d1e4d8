//! Saved searches, and undoing what was done to them and to the query line.

use crate::action::Action;
use crate::config::{SavedSearch, expand_search};
use crate::effect::{Effect, SearchTask};
use crate::panes::layout::View;
use crate::panes::status::Message;
use crate::text::Clean;

use super::App;
use super::undo::Change;

impl App {
    /// Puts a saved search into the line.
    fn take_search(&mut self, search: &SavedSearch, effects: &mut Vec<Effect>) {
        self.space.view = View::List;
        self.set_line(&search.query, effects);
        self.tell(&search.name);
    }

    /// The saved search whose number was typed before a key in the list, where there is one.
    pub(super) fn counted_search(&self) -> Option<usize> {
        self.typing.count.filter(|count| self.space.in_list() && (1..=self.settings.searches.len()).contains(count))
    }

    /// Puts the saved search of this place, from 1, into the line.
    pub(super) fn saved_search(&mut self, place: usize, effects: &mut Vec<Effect>) {
        match place.checked_sub(1).and_then(|at| self.settings.searches.get(at)).cloned() {
            Some(search) => self.take_search(&search, effects),
            None => {
                let save = self.settings.keymap.first(Action::SaveSearch);
                self.tell(&format!("no saved search {place} ({save}: save this search)"));
            }
        }
    }

    /// Keeps the line that was edited.
    pub(super) fn keep_line(&mut self, effects: &mut Vec<Effect>) {
        self.query_line.keep();
        self.expand_name();
        self.keep_typed(effects);
        let before = self.query_line.before().trim_end().to_owned();
        if before != self.query_line.value() {
            self.undo.push(Change::Line(before));
        }
        self.search(true, effects);
    }

    /// Puts the saved search into the line that its `@name` stands for.
    fn expand_name(&mut self) {
        if let Ok(line) = expand_search(self.query_line.value(), &self.settings.searches) {
            self.query_line.set(&line);
        }
    }

    /// Takes the saved searches as they are now.
    pub(super) fn searches_are(&mut self, searches: Vec<SavedSearch>, told: Option<Clean>) {
        self.settings.searches = searches;
        if let Some(told) = told {
            let undo = self.settings.keymap.first(Action::Undo);
            let undoes = self.undo.last() == Some(&Change::Searches);
            let told = if undoes { format!("{told} ({undo}: undo)") } else { told.to_string() };
            self.message = Some(Message::Done(Clean::new(&told)));
        }
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self, effects: &mut Vec<Effect>) {
        match self.undo.pop() {
            Some(Change::Line(line)) => {
                self.query_line.set(&line);
                self.search(true, effects);
            }
            Some(Change::Searches) => effects.push(Effect::Searches(SearchTask::Undo)),
            // What was marked before this screen was opened is taken back as well.
            Some(Change::Marks) | None => self.undo_marks(effects),
        }
    }
}
