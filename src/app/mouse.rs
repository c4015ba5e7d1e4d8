//! What the mouse means, by what lies under it.

use ratatui::layout::Position;

use crate::action::Action;
use crate::effect::Effect;
use crate::event::{Mouse, MouseKind};
use crate::panes::layout::View;

use crate::query::edit;

use super::{App, Held};

impl App {
    /// Takes a click or a turn of the wheel, and tells whether the screen has changed.
    pub(super) fn mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) -> bool {
        let position = mouse.position();
        if self.popup.is_some() {
            self.mouse_over_popup(mouse, effects);
            return true;
        }
        if matches!(mouse.kind, MouseKind::Drag | MouseKind::Release) {
            return self.drag(mouse.kind, position, effects);
        }
        let wheel = 3 * mouse.wheel();
        let pressed = self.hints.at(position).to_vec();
        if wheel == 0 && !pressed.is_empty() {
            pressed.into_iter().for_each(|key| _ = self.key(key, effects));
            return true;
        }
        if wheel == 0 && self.take_hold(position) {
            return true;
        }
        let completed =
            if wheel == 0 { self.query_line.click(position) } else { self.query_line.wheel(position, wheel.signum()) };
        if completed.is_some() {
            self.search(true, effects);
            return true;
        }
        let layout = self.space.layout();
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
                } else if self.space.view == View::Reading {
                    self.space.view = View::List;
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
            if self.space.view == View::List {
                self.space.view = View::Reading;
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
        if let Some(held) = self.held {
            self.move_held(held, position);
            if kind == MouseKind::Release {
                self.held = None;
            }
            return true;
        }
        match kind {
            MouseKind::Drag => self.filter_bar.timeline.mouse_moves(position),
            _ => match self.filter_bar.timeline.mouse_up() {
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

    /// Gives the mouse to the popup that is open: to its hints, to it, or to what lies beside it.
    fn mouse_over_popup(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        let Some(framed) = &self.popup else {
            return;
        };
        let position = mouse.position();
        let clicked = mouse.kind == MouseKind::Click;
        let pressed = framed.pressed_at(position).to_vec();
        if clicked && !pressed.is_empty() {
            pressed.into_iter().for_each(|key| _ = self.key(key, effects));
        } else if clicked && !framed.contains(position) {
            self.with_popup(effects, |popup, _| popup.click_beside());
        } else {
            self.with_popup(effects, |popup, scene| popup.mouse(mouse, scene));
        }
    }

    /// Takes hold of what can be moved at this cell, and tells whether there is something.
    fn take_hold(&mut self, position: Position) -> bool {
        self.held = match self.space.layout().divider.contains(position) {
            true => Some(Held::Divider),
            false if self.why.is_none() && self.reading.is_on_bar(position) => Some(Held::Bar),
            false => None,
        };
        if self.held == Some(Held::Bar) {
            self.move_held(Held::Bar, position);
        }
        self.held.is_some()
    }

    /// Moves what the mouse holds.
    fn move_held(&mut self, held: Held, position: Position) {
        match held {
            Held::Divider => self.space.list_width = Some(position.x.saturating_sub(self.space.size.x)),
            Held::Bar => self.reading.scroll_to_bar(position.y),
        }
    }

    /// Narrows to the time under the mouse, or widens again.
    fn wheel_over_timeline(&mut self, position: Position, narrows: bool, effects: &mut Vec<Effect>) -> bool {
        let asked = edit::values(self.query_line.value(), "date").pop();
        let value = self.filter_bar.timeline.wheel(position, narrows, asked.as_deref());
        value.map(|value| self.set_dates(value.as_deref(), effects)).is_some()
    }
}
