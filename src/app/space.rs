//! The room that there is, and what of the program it shows.

use ratatui::layout::Rect;

use crate::action::Context;
use crate::panes::layout::{Layout, Room, View};

/// The screen as it is divided now.
#[derive(Debug)]
pub(super) struct Space {
    /// The screen.
    pub size: Rect,
    /// What fills it.
    pub view: View,
    /// What the article alone on the screen goes back to.
    before_zen: View,
    /// How wide the list is, where the reader has moved the divider.
    pub list_width: Option<u16>,
}

impl Space {
    pub fn new(columns: u16, rows: u16) -> Space {
        Space { size: Rect::new(0, 0, columns, rows), view: View::List, before_zen: View::List, list_width: None }
    }

    pub fn layout(&self) -> Layout {
        Layout::of(self.size, self.view, self.list_width)
    }

    /// The rows of the screen that the list has, and whether it shows nothing but titles there.
    pub fn list_height(&self) -> (u16, bool) {
        let layout = self.layout();
        (layout.list.height, layout.room == Room::Tiny)
    }

    /// Whether keys mean what they mean in the list.
    pub fn in_list(&self) -> bool {
        self.view == View::List
    }

    /// Where keys mean something.
    pub fn context(&self) -> Context {
        if self.in_list() { Context::List } else { Context::Reading }
    }

    /// Whether there is one pane at a time.
    pub fn is_narrow(&self) -> bool {
        self.layout().room != Room::Wide
    }

    /// Whether the article stands alone.
    pub fn is_zen(&self) -> bool {
        self.view == View::Zen
    }

    /// Shows the article alone.
    pub fn enter_zen(&mut self) {
        (self.before_zen, self.view) = (self.view, View::Zen);
    }

    /// Shows what was there before the article stood alone.
    pub fn leave_zen(&mut self) {
        self.view = self.before_zen;
    }
}
