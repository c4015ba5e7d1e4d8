//! Keys that matter now and what they do: named in the bottom line and in popups, pressed by the mouse.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::action::keymap::KeyMap;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::text::width::cells;

use super::paint;

/// A key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key as it is shown.
    pub keys: Cow<'static, str>,
    /// What it does, in a word or two.
    pub what: Cow<'static, str>,
    /// What a click presses: nothing where several keys are named at once.
    pub press: Vec<Key>,
}

impl Hint {
    /// A key by its name, as in `Hint::key("enter", "apply")`.
    pub fn key(name: &str, what: &'static str) -> Hint {
        let press: Vec<Key> = name.parse().into_iter().collect();
        let shown = press.first().map_or_else(|| name.to_owned(), Key::sign);
        Hint { keys: shown.into(), what: what.into(), press }
    }

    /// Several keys of a kind, which a click cannot tell apart: `Hint::keys("j k", "scroll")`.
    pub fn keys(shown: &'static str, what: &'static str) -> Hint {
        Hint { keys: shown.into(), what: what.into(), press: Vec::new() }
    }

    /// The keys of an action, as they are set now.
    pub fn action(keymap: &KeyMap, action: Action, what: impl Into<Cow<'static, str>>) -> Hint {
        Hint { keys: keymap.first(action).into(), what: what.into(), press: keymap.first_keys(action).to_vec() }
    }

    /// How many cells it takes.
    pub fn width(&self) -> usize {
        cells(&self.keys) + 1 + cells(&self.what)
    }
}

/// Where hints were drawn, and what a click on each presses.
#[derive(Debug, Default)]
pub struct Pressable {
    drawn: Vec<(Rect, Vec<Key>)>,
}

impl Pressable {
    /// Forgets what was drawn.
    pub fn clear(&mut self) {
        self.drawn.clear();
    }

    /// The keys that a click at this cell presses; none where no hint stands.
    pub fn at(&self, position: Position) -> &[Key] {
        self.drawn.iter().find(|(area, _)| area.contains(position)).map_or(&[], |(_, keys)| keys)
    }

    /// Draws hints into the first row of `area`, as many as there is room for; each is shown as a whole or
    /// not at all.
    pub fn draw<'a>(&mut self, area: Rect, buf: &mut Buffer, theme: &Theme, hints: impl IntoIterator<Item = &'a Hint>) {
        let mut x = area.x;
        for hint in hints {
            let width = hint.width() as u16;
            if area.is_empty() || x.saturating_add(width) > area.right() {
                return;
            }
            paint::pieces(buf, x, area.y, width, &[(&hint.keys, theme.key), (" ", theme.dim), (&hint.what, theme.dim)]);
            self.drawn.push((Rect { x, width, height: 1, ..area }, hint.press.clone()));
            x += width + 3;
        }
    }
}
