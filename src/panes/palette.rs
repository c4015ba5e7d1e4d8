//! Any command by its name.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::{ACTIONS, ActionRow};
use crate::config::key::Key;
use crate::event::Mouse;
use crate::text::width::pad;

use super::hints::Hint;
use super::narrowing::{Look, Narrowing};
use super::paint;
use super::popup::{self, Popup, Scene, Wish};

/// The open palette.
#[derive(Debug, Default)]
pub struct Palette {
    narrowing: Narrowing,
}

impl Palette {
    fn shown(&self) -> Vec<&'static ActionRow> {
        popup::filtered(ACTIONS, self.narrowing.typed(), |row| row.name, |row| row.help)
    }

    fn take(&self, at: usize) -> Vec<Wish> {
        let action = self.shown().get(at).map(|row| Wish::Do(row.action));
        [Wish::Close].into_iter().chain(action).collect()
    }
}

/// Opens the palette.
///
/// # Errors
///
/// None: there are always commands.
pub fn open(_: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    Ok(Box::new(Palette::default()))
}

impl Popup for Palette {
    fn title(&self) -> &str {
        "Commands"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (72, 19)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::key("enter", "run"), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        self.narrowing.counted()
    }

    fn press(&mut self, key: Key, _: &Scene<'_>) -> Vec<Wish> {
        let count = self.shown().len();
        match key.code {
            KeyCode::Esc => vec![Wish::Close],
            KeyCode::Enter => self.take(self.narrowing.selected(count)),
            _ => {
                self.narrowing.press(key, count);
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str, _: &Scene<'_>) -> Vec<Wish> {
        self.narrowing.paste(text);
        Vec::new()
    }

    fn mouse(&mut self, mouse: Mouse, _: &Scene<'_>) -> Vec<Wish> {
        let clicked = self.narrowing.mouse(mouse, self.shown().len());
        clicked.map_or_else(Vec::new, |at| self.take(at))
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let theme = scene.theme;
        let look = Look { sign: ":", hint: "", nothing: "no matching command" };
        let shown = self.shown();
        self.narrowing.draw(area, &look, shown.len(), buf, theme, &mut |buf, room, at, selected| {
            let row = shown[at];
            let index = ACTIONS.iter().position(|other| other.name == row.name).unwrap_or_default();
            let name = if selected { theme.title } else { theme.text };
            let keys = scene.keymap.shown(index);
            let pieces = [(&*pad(row.name, 18), name), (&*pad(&keys, 14), theme.key), (row.help, theme.dim)];
            paint::pieces(buf, room.x, room.y, room.width, &pieces);
        })
    }
}
