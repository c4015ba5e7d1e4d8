//! What the mouse means, by what lies under it.

use ratatui::layout::Position;

use crate::action::Action;
use crate::effect::Effect;
use crate::event::{Mouse, MouseKind};
use crate::panes::date_picker;
use crate::panes::layout::View;

use crate::query::edit;

use super::{App, Popup};

impl App {
    /// Takes a click or a turn of the wheel, and tells whether the screen has changed.
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) -> bool {
        let position = Position::new(mouse.column, mouse.row);
        let wheel: isize = match mouse.kind {
            MouseKind::WheelDown => 3,
            MouseKind::WheelUp => -3,
            MouseKind::Click | MouseKind::Drag | MouseKind::Release => 0,
        };
        if matches!(mouse.kind, MouseKind::Drag | MouseKind::Release) {
            return self.drag(mouse.kind, position, effects);
        }
        match &mut self.popup {
            Some(Popup::Picker(picker)) => {
                if wheel != 0 {
                    picker.step(wheel.signum());
                } else {
                    let reaction = picker.click(position);
                    self.react_to_picker(reaction, effects);
                }
                return true;
            }
            Some(Popup::Searches(list)) => {
                if wheel != 0 {
                    list.step(wheel.signum());
                } else {
                    let reaction = list.click(position);
                    self.react_to_searches(reaction, effects);
                }
                return true;
            }
            Some(Popup::SaveSearch(_)) => return false,
            Some(Popup::Dates(picker)) => {
                if wheel != 0 {
                    picker.scroll(wheel);
                } else {
                    let reaction = picker.click(position);
                    self.react_to_dates(reaction, effects);
                }
                return true;
            }
            Some(Popup::Help(_) | Popup::Problems(_)) if wheel == 0 => {
                self.popup = None;
                return true;
            }
            Some(Popup::Help(help)) => {
                help.scroll(wheel);
                return true;
            }
            Some(Popup::Palette(palette)) => {
                if wheel != 0 {
                    palette.step(wheel.signum());
                } else {
                    let reaction = palette.click(position);
                    self.react_to_palette(reaction, effects);
                }
                return true;
            }
            Some(Popup::Problems(top)) => {
                *top = top.saturating_add_signed(wheel.signum()).min(self.progress.problems.len().saturating_sub(1));
                return true;
            }
            None => {}
        }
        let completed =
            if wheel == 0 { self.query_line.click(position) } else { self.query_line.wheel(position, wheel.signum()) };
        if completed.is_some() {
            self.search(true, effects);
            return true;
        }
        let layout = self.layout();
        let beside_line = layout.list.contains(position) || layout.reading.contains(position);
        if beside_line && wheel == 0 && self.query_line.is_editing() {
            // Who goes on with the mouse has typed all there is to type.
            self.keep_line(effects);
        }
        if layout.list.contains(position) {
            if wheel != 0 {
                return self.list.step(wheel.signum());
            }
            if let Some(place) = self.list.at(mouse.row) {
                // A click on the selected article reads it, as Enter does.
                if !self.list.select(place) {
                    self.act(Action::Read, effects);
                } else if self.view == View::Reading {
                    self.view = View::List;
                }
                return true;
            }
        } else if layout.reading.contains(position) {
            if wheel != 0 {
                return match &mut self.why {
                    Some(why) => {
                        why.scroll(wheel);
                        true
                    }
                    None => self.reading.scroll(wheel),
                };
            }
            if self.view == View::List {
                self.view = View::Reading;
            }
            return true;
        } else if layout.filter_bar.contains(position) && wheel != 0 {
            return self.wheel_over_timeline(position, wheel < 0, effects);
        } else if self.filter_bar.timeline.mouse_down(position) {
            return true;
        } else if layout.filter_bar.contains(position)
            && let Some(click) = self.filter_bar.click(position)
        {
            self.filter_bar_click(click, effects);
            return true;
        }
        false
    }

    /// Takes a movement of the mouse while its button is held, or the end of that.
    fn drag(&mut self, kind: MouseKind, position: Position, effects: &mut Vec<Effect>) -> bool {
        match &mut self.popup {
            Some(Popup::Dates(picker)) if kind == MouseKind::Drag => {
                let reaction = picker.drag(position);
                let changed = reaction != date_picker::Reaction::None;
                self.react_to_dates(reaction, effects);
                changed
            }
            Some(_) => false,
            None if kind == MouseKind::Drag => self.filter_bar.timeline.mouse_moves(position),
            None => match self.filter_bar.timeline.mouse_up() {
                Some(value) => {
                    self.filter_bar.timeline.leave();
                    // What is asked for already is asked for no longer.
                    let asked = edit::values(self.query_line.value(), "date").contains(&value);
                    self.set_dates(Some(value.as_str()).filter(|_| !asked), effects);
                    true
                }
                None => false,
            },
        }
    }

    /// Narrows to the time under the mouse, or widens again.
    fn wheel_over_timeline(&mut self, position: Position, narrows: bool, effects: &mut Vec<Effect>) -> bool {
        let asked = edit::values(self.query_line.value(), "date").pop();
        let value = self.filter_bar.timeline.wheel(position, narrows, asked.as_deref());
        value.map(|value| self.set_dates(value.as_deref(), effects)).is_some()
    }
}
