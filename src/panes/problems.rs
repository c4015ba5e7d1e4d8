//! What could not be read, and why.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::event::{Mouse, MouseKind};
use crate::text::wrap::wrap;

use super::hints::Hint;
use super::paint;
use super::popup::{Popup, Scene, Wish, scrolling};

/// How many problems a key for a page goes on by.
const PAGE: isize = 10;

/// The list of problems: how far it is scrolled.
#[derive(Debug, Default)]
pub struct Problems {
    top: usize,
    shown: usize,
    all: usize,
}

/// Opens the list, where there is a problem.
///
/// # Errors
///
/// That there is none, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    match scene.problems.is_empty() {
        true => Err("all files could be read".to_owned()),
        false => Ok(Box::new(Problems::default())),
    }
}

impl Problems {
    fn scroll(&mut self, count: isize, scene: &Scene<'_>) -> Vec<Wish> {
        self.top = self.top.saturating_add_signed(count).min(scene.problems.len().saturating_sub(1));
        Vec::new()
    }
}

impl Popup for Problems {
    fn title(&self) -> &str {
        "Files that could not be read"
    }

    fn size(&self, _: Rect, scene: &Scene<'_>) -> (u16, u16) {
        (90, (scene.problems.len() * 2).clamp(3, 20) as u16 + 4)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![Hint::keys("j k", "scroll"), Hint::key("esc", "close")]
    }

    fn counted(&self) -> (usize, usize) {
        (self.shown, self.all)
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        match scrolling(key, PAGE) {
            Some(count) => self.scroll(count, scene),
            None => vec![Wish::Close],
        }
    }

    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        match mouse.kind {
            MouseKind::Click => vec![Wish::Close],
            _ => self.scroll(mouse.wheel(), scene),
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let mut list = Rect { height: area.height.saturating_sub(1), ..area };
        (self.shown, self.all) = (0, scene.problems.len());
        for text in scene.problems.iter().skip(self.top) {
            let lines = wrap(text, usize::from(area.width));
            for (line, row) in lines.iter().zip(list.rows()) {
                paint::pieces(buf, row.x, row.y, row.width, &[(&text[line.clone()], scene.theme.text)]);
            }
            let Some(rest) = usize::from(list.height).checked_sub(lines.len()) else {
                break;
            };
            list = Rect { y: list.bottom() - rest as u16, height: rest as u16, ..list };
            self.shown += 1;
        }
        None
    }
}
