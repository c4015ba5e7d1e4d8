//! What lies over the screen for a while: a frame, and choosing from a list by typing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::config::theme::Theme;
use crate::text::fold::fold;

use super::paint;

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

/// Draws the last row of a popup: keys and what they do, and at the right how many entries there are
/// if they are not all on the screen.
pub fn foot(inner: Rect, buf: &mut Buffer, theme: &Theme, hints: &[(&str, &str)], shown: usize, all: usize) {
    if inner.is_empty() {
        return;
    }
    let row = Rect { y: inner.bottom() - 1, height: 1, ..inner };
    let mut room = row;
    if shown < all {
        let all = format!("{} in all", paint::number(all));
        let used = paint::pieces_right(buf, row, &[(&all, theme.dim)]);
        room.width = row.width.saturating_sub(used + 2);
    }
    paint::hints(buf, room, theme, hints.iter().copied());
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
