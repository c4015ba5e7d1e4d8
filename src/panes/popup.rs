//! What lies over the screen for a while: what a popup is, what it sees and asks, and what popups share.

use std::fmt::Debug;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::action::Action;
use crate::action::keymap::KeyMap;
use crate::archive::Facets;
use crate::article::ArticleId;
use crate::config::SavedSearch;
use crate::config::key::Key;
use crate::config::theme::Theme;
use crate::effect::Effect;
use crate::event::{Event, ListRow, Mouse, Opened};
use crate::marks::{Setting, Snapshot};
use crate::query::Query;
use crate::text::Clean;
use crate::text::fold::fold;

use super::hints::{Hint, Pressable};
use super::paint;

/// A part of the screen that lies over the rest for a while, and has the keys.
///
/// It stands in a frame that is drawn for it, with its title above and its hints below. What has happened
/// comes to it as it comes to every part of the program; what it wants, it asks for as [`Wish`]es.
pub trait Popup: Debug {
    /// What stands in its frame.
    fn title(&self) -> &str;

    /// How many columns and rows it wants, with its frame, where there is room for as many as `room` has.
    fn size(&self, room: Rect, scene: &Scene<'_>) -> (u16, u16);

    /// The keys that matter in it, the most important first. That for leaving it is named by the bottom line
    /// as well.
    fn hints(&self, scene: &Scene<'_>) -> Vec<Hint>;

    /// How many entries are on the screen, and how many there are: told where they differ.
    fn counted(&self) -> (usize, usize) {
        (0, 0)
    }

    /// Whether it changes what stands in the filter bar, so that it should not lie over it.
    fn changes_line(&self) -> bool {
        false
    }

    /// What is asked of the world when it opens.
    fn begin(&self) -> Vec<Effect> {
        Vec::new()
    }

    /// Takes a key.
    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish>;

    /// Takes pasted text.
    fn paste(&mut self, text: &str, scene: &Scene<'_>) -> Vec<Wish> {
        let _ = (text, scene);
        Vec::new()
    }

    /// Takes a click, a drag or a turn of the wheel over it, in cells of the screen. Clicks on its hints
    /// press their keys instead.
    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        let _ = (mouse, scene);
        Vec::new()
    }

    /// Takes a click beside it: that closes most.
    fn click_beside(&mut self) -> Vec<Wish> {
        vec![Wish::Close]
    }

    /// Hears of something that has happened, before the rest of the program does: an answer to what it has
    /// asked, for instance.
    fn hear(&mut self, event: &Event, scene: &Scene<'_>) -> Vec<Wish> {
        let _ = (event, scene);
        Vec::new()
    }

    /// Looks again at what it shows: something has changed.
    fn renew(&mut self, scene: &Scene<'_>) {
        let _ = scene;
    }

    /// Draws what stands within its frame, at any size, and returns the cell of the cursor, where it has one.
    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position>;
}

/// What a popup asks of the program. No wish at all: it stays open, and may look different.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Close it. What it has changed of the query line is one change then, which can be undone as a whole.
    Close,
    /// Close it, and put back the query line that was there before.
    Cancel,
    /// Put this into the query line and search.
    Line(String),
    /// Do what a key does.
    Do(Action),
    /// Ask this of the world.
    Ask(Effect),
    /// Change the saved searches so, which can be undone.
    Searches(crate::effect::SearchTask),
    /// Undo the last change, if it was one of saved searches.
    UndoSearches,
    /// Show the list.
    ShowList,
    /// Set these marks on the selected article, or on the several that are.
    Mark(Vec<Setting>),
    /// Open this article at a place, as the reading pane numbers places.
    OpenAt(ArticleId, usize),
    /// Tell the reader this in the bottom line.
    Tell(String),
}

/// What a popup can see of the program around it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Keys, as they are set.
    pub keymap: &'a KeyMap,
    /// The query line.
    pub line: &'a str,
    /// What it is understood as.
    pub query: &'a Arc<Query>,
    /// Counts to choose from, each without what the line asks of the same; `None` before the first answer.
    pub choices: Option<&'a Facets>,
    /// How many articles match.
    pub matched: usize,
    /// The saved searches.
    pub searches: &'a [SavedSearch],
    /// The reader's marks.
    pub marks: &'a Snapshot,
    /// How many articles are selected.
    pub chosen: usize,
    /// Their places in the list, where they are several.
    pub several: Option<(usize, usize)>,
    /// What could not be read.
    pub problems: &'a [Clean],
    /// The selected row, once it is read.
    pub selected: Option<&'a ListRow>,
    /// The article that is open.
    pub opened: Option<&'a Opened>,
}

/// A popup in its frame.
#[derive(Debug)]
pub struct Framed {
    popup: Box<dyn Popup>,
    /// The query line when it was opened.
    before: String,
    /// Where it and its hints were drawn last.
    place: Rect,
    hints: Pressable,
}

impl Framed {
    /// A popup that opens over the query line `before`.
    pub fn new(popup: Box<dyn Popup>, before: &str) -> Framed {
        Framed { popup, before: before.to_owned(), place: Rect::default(), hints: Pressable::default() }
    }

    /// The popup.
    pub fn popup(&mut self) -> &mut dyn Popup {
        &mut *self.popup
    }

    /// The query line when it was opened.
    pub fn before(&self) -> &str {
        &self.before
    }

    /// The hint of the key that leaves it.
    pub fn way_out(&self, scene: &Scene<'_>) -> Option<Hint> {
        let esc = Key::new(KeyCode::Esc, KeyModifiers::NONE);
        self.popup.hints(scene).into_iter().find(|hint| hint.press == [esc])
    }

    /// The keys that a click on one of its hints presses.
    pub fn pressed_at(&self, position: Position) -> &[Key] {
        self.hints.at(position)
    }

    /// Whether a cell is within its frame.
    pub fn contains(&self, position: Position) -> bool {
        self.place.contains(position)
    }

    /// Draws it over `area`, or over `below` where it should not lie over the filter bar, and returns the cell
    /// of the cursor.
    pub fn draw(&mut self, area: Rect, below: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        let room = if self.popup.changes_line() { below } else { area };
        let (width, height) = self.popup.size(room, scene);
        self.place = centered(room, width, height);
        let inner = frame(self.place, buf, self.popup.title(), scene.theme);
        // Where there is hardly room, an entry is worth more than the keys.
        let foot = u16::from(inner.height > 4);
        let cursor = self.popup.draw(Rect { height: inner.height - foot, ..inner }, buf, scene);
        self.hints.clear();
        if foot > 0 {
            let row = Rect { y: inner.bottom() - 1, height: 1, ..inner };
            let (shown, all) = self.popup.counted();
            let mut room = row;
            if shown < all {
                let all = format!("{} in total", paint::number(all));
                let used = paint::pieces_right(buf, row, &[(&all, scene.theme.dim)]);
                room.width = row.width.saturating_sub(used + 2);
            }
            self.hints.draw(room, buf, scene.theme, &self.popup.hints(scene));
        }
        cursor
    }
}

/// How far a key scrolls a text that is merely shown; `None` for keys that close it.
pub fn scrolling(key: Key, page: isize) -> Option<isize> {
    let key = key.latin().unwrap_or(key);
    Some(match (key.code, key.modifiers) {
        (KeyCode::Char('j') | KeyCode::Down, _) => 1,
        (KeyCode::Char('k') | KeyCode::Up, _) => -1,
        (KeyCode::Char(' ') | KeyCode::PageDown, _) => page,
        (KeyCode::Char('d' | 'f'), KeyModifiers::CONTROL) => page / 2,
        (KeyCode::PageUp, _) => -page,
        (KeyCode::Char('u' | 'b'), KeyModifiers::CONTROL) => -page / 2,
        (KeyCode::Char('g') | KeyCode::Home, _) => isize::MIN / 2,
        (KeyCode::Char('G') | KeyCode::End, _) => isize::MAX / 2,
        _ => return None,
    })
}

/// A place for a popup of this size in the middle of `area`, or as much of it as there is room for.
pub fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height }
}

/// Draws the frame of a popup and returns the room within it.
pub fn frame(area: Rect, buf: &mut Buffer, title: &str, theme: &Theme) -> Rect {
    // A wide character under the left edge would be cut in half and shift its row.
    let cleared = Rect { x: area.x.saturating_sub(1), width: area.width + area.x.min(1), ..area };
    for y in cleared.top()..cleared.bottom() {
        if cleared.x < area.x && crate::text::width::cells(buf[(cleared.x, y)].symbol()) > 1 {
            buf[(cleared.x, y)].set_symbol(" ");
        }
    }
    Clear.render(area, buf);
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.accent)
        .title(format!(" {title} "))
        .title_style(theme.accent);
    let inner = block.inner(area);
    block.render(area, buf);
    // A row of air under the title, where there is room for it.
    let air = u16::from(inner.height > 8);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), y: inner.y + air, height: inner.height - air }
}

/// The entries that fit what was typed, the best first: those whose name begins with it, then those
/// with a word that begins with it, in the name or in what else is said of them, then those whose
/// name holds its letters in order.
pub fn filtered<'a, T>(
    entries: &'a [T],
    typed: &str,
    name: impl Fn(&T) -> &str,
    more: impl Fn(&T) -> &str,
) -> Vec<&'a T> {
    let typed = fold(typed.trim());
    let mut ranked: Vec<(u8, &T)> = entries
        .iter()
        .filter_map(|entry| Some((rank(&fold(name(entry)), &fold(more(entry)), &typed)?, entry)))
        .collect();
    // The sort is stable: within a rank the order is that of the entries.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

fn rank(name: &str, more: &str, typed: &str) -> Option<u8> {
    if name.starts_with(typed) {
        return Some(0);
    }
    let mut words = [name, more].into_iter().flat_map(|text| text.split([' ', '-', ',', '·']));
    if words.any(|word| word.starts_with(typed)) {
        return Some(1);
    }
    let mut letters = name.chars();
    typed.chars().all(|wanted| letters.any(|c| c == wanted)).then_some(2)
}

/// The first entry to draw, so that `selected` is among the `height` drawn.
pub fn scroll(top: usize, selected: usize, height: usize) -> usize {
    top.clamp((selected + 1).saturating_sub(height), selected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_letters_comes_first() {
        let entries = ["filter-language", "next-article", "list", "filter-date"];
        let found = |typed| filtered(&entries, typed, |entry| entry, |_| "some help");
        assert_eq!(found("l"), [&"list", &"filter-language", &"next-article", &"filter-date"]);
        assert_eq!(found("fdt"), [&"filter-date"]);
        assert_eq!(found(""), [&"filter-language", &"next-article", &"list", &"filter-date"]);
        assert_eq!(found("help").len(), 4);
        assert!(found("elp").is_empty(), "letters in order count in the name alone");
        assert!(found("zz").is_empty());
    }
}
