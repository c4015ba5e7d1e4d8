//! The links of the open article, a letter each: the letter opens it, `y` and the letter copies it.

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::config::key::Key;
use crate::effect::Effect;
use crate::event::{Mouse, MouseKind};

use super::hints::Hint;
use super::paint;
use super::popup::{Popup, Scene, Wish, scroll};

/// The letters of the links, without `y`, which copies, and those that move.
const LETTERS: &str = "abcdefghilmnopqrstuvwxz";

/// The list of links: the selected one, and whether a letter copies.
#[derive(Debug, Default)]
pub struct Links {
    selected: usize,
    top: usize,
    copies: bool,
    area: Rect,
    all: usize,
}

/// Opens the list, where the open article has links.
///
/// # Errors
///
/// That it has none, in words.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    match scene.opened {
        None => Err("no article is open".to_owned()),
        Some(opened) if opened.article.links.is_empty() => Err("the article has no links".to_owned()),
        Some(opened) => Ok(Box::new(Links { all: opened.article.links.len(), ..Links::default() })),
    }
}

impl Links {
    fn step(&mut self, count: isize) -> Vec<Wish> {
        self.selected = self.selected.saturating_add_signed(count).min(self.all.saturating_sub(1));
        Vec::new()
    }

    /// Opens or copies a link.
    fn take(&self, at: usize, scene: &Scene<'_>) -> Vec<Wish> {
        let Some(link) = scene.opened.and_then(|opened| opened.article.links.get(at)) else {
            return Vec::new();
        };
        match self.copies {
            true => {
                vec![Wish::Ask(Effect::Copy(link.to_string())), Wish::Tell(format!("copied {link}")), Wish::Close]
            }
            false => vec![Wish::Ask(Effect::Launch(link.to_string())), Wish::Close],
        }
    }
}

impl Popup for Links {
    fn title(&self) -> &str {
        if self.copies { "Copy a link" } else { "Open a link" }
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (80, self.all.clamp(1, 24) as u16 + 5)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        let copy = if self.copies { "open instead" } else { "copy instead" };
        vec![
            Hint::key("enter", if self.copies { "copy" } else { "open" }),
            Hint::key("y", copy),
            Hint::key("esc", "close"),
        ]
    }

    fn counted(&self) -> (usize, usize) {
        (self.all.min(usize::from(self.area.height)), self.all)
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        match key.code {
            KeyCode::Char('y') => {
                self.copies = !self.copies;
                Vec::new()
            }
            KeyCode::Char('j') | KeyCode::Down => self.step(1),
            KeyCode::Char('k') | KeyCode::Up => self.step(-1),
            KeyCode::PageDown => self.step(isize::from(self.area.height as i16)),
            KeyCode::PageUp => self.step(-isize::from(self.area.height as i16)),
            KeyCode::Enter => self.take(self.selected, scene),
            KeyCode::Char(letter) => match LETTERS.chars().position(|known| known == letter) {
                Some(at) => self.take(self.top + at, scene),
                None => Vec::new(),
            },
            _ => vec![Wish::Close],
        }
    }

    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        match mouse.kind {
            MouseKind::Click if self.area.contains(mouse.position()) => {
                self.take(self.top + usize::from(mouse.position().y - self.area.y), scene)
            }
            MouseKind::Click => Vec::new(),
            _ => self.step(mouse.wheel()),
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let links = scene.opened.map_or(&[][..], |opened| &opened.article.links);
        self.all = links.len();
        // Every link that is seen has a letter.
        let height = area.height.min(LETTERS.len() as u16);
        self.area = Rect { height, ..area };
        self.selected = self.selected.min(self.all.saturating_sub(1));
        self.top = scroll(self.top, self.selected, usize::from(height).max(1));
        let theme = scene.theme;
        let shown = links.iter().enumerate().skip(self.top).zip(LETTERS.chars());
        for (((at, link), letter), row) in shown.zip(self.area.rows()) {
            let (letter, number) = (letter.to_string(), format!(" [{}] ", at + 1));
            let style = if at == self.selected { theme.accent } else { theme.text };
            paint::pieces(
                buf,
                row.x,
                row.y,
                row.width,
                &[(&letter, theme.accent), (&number, theme.dim), (link, style)],
            );
        }
        None
    }
}
