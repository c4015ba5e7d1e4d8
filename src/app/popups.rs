//! Keys that go to what lies over the screen.

use crate::config::key::Key;
use crate::effect::Effect;
use crate::panes::{date_picker, palette, picker, timeline};
use crate::query::edit;

use super::searches::Change;
use super::{App, Popup, acting};

impl App {
    /// Gives a key to the popup that is open.
    pub(super) fn popup_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let page = match &self.popup {
            Some(Popup::Help(help)) => help.page() as isize,
            _ => 10,
        };
        match &mut self.popup {
            Some(Popup::Help(help)) => match acting::scrolling(key, page) {
                Some(count) => help.scroll(count),
                None => self.popup = None,
            },
            Some(Popup::Problems(top)) => match acting::scrolling(key, page) {
                Some(count) => {
                    *top = top.saturating_add_signed(count).min(self.progress.problems.len().saturating_sub(1))
                }
                None => self.popup = None,
            },
            Some(Popup::Palette(palette)) => {
                let reaction = palette.press(key);
                self.react_to_palette(reaction, effects);
            }
            Some(Popup::Searches(list)) => {
                let reaction = list.press(key);
                self.react_to_searches(reaction, effects);
            }
            Some(Popup::SaveSearch(save)) => {
                let reaction = save.press(key, &self.settings.searches);
                self.react_to_save_search(reaction, effects);
            }
            Some(Popup::Picker(picker)) => {
                let reaction = picker.press(key);
                self.react_to_picker(reaction, effects);
            }
            Some(Popup::Dates(picker)) => {
                let reaction = picker.press(key);
                self.react_to_dates(reaction, effects);
            }
            None => {}
        }
    }

    /// Gives pasted text to the popup that is open; one without a field for it stays as it is.
    pub(super) fn popup_paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        match &mut self.popup {
            Some(Popup::Palette(palette)) => palette.paste(text),
            Some(Popup::Picker(picker)) => picker.paste(text),
            Some(Popup::Searches(list)) => list.paste(text),
            Some(Popup::SaveSearch(save)) => save.paste(text),
            Some(Popup::Dates(picker)) => {
                let reaction = picker.paste(text);
                self.react_to_dates(reaction, effects);
            }
            Some(Popup::Help(_) | Popup::Problems(_)) | None => {}
        }
    }

    pub(super) fn react_to_palette(&mut self, reaction: palette::Reaction, effects: &mut Vec<Effect>) {
        match reaction {
            palette::Reaction::None => {}
            palette::Reaction::Leave => self.popup = None,
            palette::Reaction::Do(action) => {
                self.popup = None;
                self.act(action, effects);
            }
        }
    }

    pub(super) fn react_to_picker(&mut self, reaction: picker::Reaction, effects: &mut Vec<Effect>) {
        let Some(Popup::Picker(picker)) = &self.popup else {
            return;
        };
        let kind = picker.kind;
        match reaction {
            picker::Reaction::None => {}
            picker::Reaction::Keep => self.close_picker(),
            picker::Reaction::Leave => {
                let before = picker.before.clone();
                self.set_line(&before, effects);
                self.popup = None;
            }
            picker::Reaction::Toggle(value) => {
                let line = acting::toggled(kind, self.query_line.value(), &value);
                self.set_line(&line, effects);
                let line = self.query_line.value().to_owned();
                if let (Some(Popup::Picker(picker)), Some(answered)) = (&mut self.popup, &self.answered) {
                    picker.update(acting::choices(kind, &line, &answered.choices));
                }
            }
            picker::Reaction::Take(value) => {
                let line = edit::with_field(self.query_line.value(), kind.field(), Some(&edit::quote(&value)));
                self.set_line(&line, effects);
                self.close_picker();
            }
        }
    }

    pub(super) fn react_to_dates(&mut self, reaction: date_picker::Reaction, effects: &mut Vec<Effect>) {
        match reaction {
            date_picker::Reaction::None => {}
            date_picker::Reaction::Keep => self.close_picker(),
            date_picker::Reaction::Leave => {
                if let Some(Popup::Dates(picker)) = &self.popup {
                    let before = picker.before.clone();
                    self.set_line(&before, effects);
                    self.popup = None;
                }
            }
            date_picker::Reaction::Set(value) => {
                self.set_dates(value.as_deref(), effects);
            }
        }
    }

    /// Closes a picker with what it has changed, which can be taken back as a whole.
    fn close_picker(&mut self) {
        let before = match self.popup.take() {
            Some(Popup::Dates(picker)) => picker.before,
            Some(Popup::Picker(picker)) => picker.before,
            _ => return,
        };
        if before != self.query_line.value() {
            self.changed(Change::Line(before));
        }
    }

    /// Gives a key to the timeline; one that is not of it means what it always means.
    pub(super) fn timeline_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        match self.filter_bar.timeline.press(key) {
            timeline::Reaction::None | timeline::Reaction::Leave => {}
            timeline::Reaction::Narrow(value) => self.set_dates(Some(&value), effects),
            timeline::Reaction::Pass => self.command_key(key, effects),
        }
    }

    pub(super) fn set_dates(&mut self, value: Option<&str>, effects: &mut Vec<Effect>) {
        let line = edit::with_field(self.query_line.value(), "date", value);
        self.set_line(&line, effects);
    }
}
