//! What popups see of the program, and what follows from what they ask.

use crate::action::Action;
use crate::effect::Effect;
use crate::event::Event;
use crate::panes::POPUPS;
use crate::panes::layout::View;
use crate::panes::popup::{Framed, Popup, Scene, Wish};

use super::App;
use super::undo::Change;

impl App {
    /// What a popup can see.
    pub(super) fn scene(&self) -> Scene<'_> {
        Scene {
            theme: &self.settings.theme,
            keymap: &self.settings.keymap,
            line: self.query_line.value(),
            query: &self.asked.query,
            choices: self.asked.answered.as_ref().map(|answered| &answered.choices),
            matched: self.list.matched(),
            searches: &self.settings.searches,
            marks: &self.marking.marks,
            chosen: self.list.several().map_or(1, |places| places.len()),
            several: self.list.several().map(|places| (places.start, places.end)),
            problems: &self.progress.problems,
            selected: self.list.selected_row(),
            opened: self.reading.opened(),
        }
    }

    /// Opens the popup of an action, or tells why it cannot be; false when the action opens none.
    pub(super) fn open_popup(&mut self, action: Action, effects: &mut Vec<Effect>) -> bool {
        let Some((_, open)) = POPUPS.iter().find(|(opens, _)| *opens == action) else {
            return false;
        };
        match open(&self.scene()) {
            Ok(popup) => {
                // What a popup does to the line must be seen.
                if popup.changes_line() && self.space.is_zen() {
                    self.space.view = View::List;
                }
                effects.extend(popup.begin());
                self.popup = Some(Framed::new(popup, self.query_line.value()));
            }
            Err(reason) => self.tell(&reason),
        }
        true
    }

    /// Lets the popup that is open react, and does what it asks.
    pub(super) fn with_popup(
        &mut self,
        effects: &mut Vec<Effect>,
        react: impl FnOnce(&mut dyn Popup, &Scene<'_>) -> Vec<Wish>,
    ) {
        let Some(mut framed) = self.popup.take() else {
            return;
        };
        let wishes = react(framed.popup(), &self.scene());
        self.popup = Some(framed);
        for wish in wishes {
            self.grant(wish, effects);
        }
    }

    /// Lets the popup hear of an event, unless the event is meant for what has the keys.
    pub(super) fn popup_hears(&mut self, event: &Event, effects: &mut Vec<Effect>) {
        if !matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)) {
            self.with_popup(effects, |popup, scene| popup.hear(event, scene));
        }
    }

    /// Lets the popup look again at what it shows.
    pub(super) fn renew_popup(&mut self) {
        if let Some(mut framed) = self.popup.take() {
            framed.popup().renew(&self.scene());
            self.popup = Some(framed);
        }
    }

    fn grant(&mut self, wish: Wish, effects: &mut Vec<Effect>) {
        match wish {
            Wish::Close => self.close_popup(),
            Wish::Cancel => {
                let before = self.popup.as_ref().map(|framed| framed.before().to_owned());
                before.into_iter().for_each(|before| self.set_line(&before, effects));
                self.popup = None;
            }
            Wish::Line(line) => self.set_line(&line, effects),
            Wish::Do(action) => self.act(action, effects),
            Wish::Ask(effect) => effects.push(effect),
            Wish::Searches(task) => {
                self.undo.push(Change::Searches);
                effects.push(Effect::Searches(task));
            }
            // A change of the line is not undone behind the popup.
            Wish::UndoSearches if self.undo.last() == Some(&Change::Searches) => self.undo(effects),
            Wish::UndoSearches => {}
            Wish::Mark(settings) => self.mark(settings, effects),
            Wish::ShowList => self.space.view = View::List,
            Wish::OpenAt(id, place) => self.open_at(id, place, effects),
            Wish::Tell(what) => self.tell(&what),
        }
    }

    /// Closes the popup with what it has changed of the line, which can be undone as a whole.
    fn close_popup(&mut self) {
        if let Some(framed) = self.popup.take()
            && framed.before() != self.query_line.value()
        {
            self.undo.push(Change::Line(framed.before().to_owned()));
        }
    }
}
