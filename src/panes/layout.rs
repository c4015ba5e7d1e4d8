//! Where the parts of the screen stand.

use ratatui::layout::Rect;

/// Under this many columns there is one pane at a time.
pub const NARROW: u16 = 90;
/// Under this many columns or [`TINY_ROWS`] rows, the titles or the article stand alone.
pub const TINY_COLUMNS: u16 = 40;
/// See [`TINY_COLUMNS`].
pub const TINY_ROWS: u16 = 10;

/// The least width of the list and of the article beside it.
const LEAST_PANE: u16 = 24;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// List and article side by side.
    Wide,
    /// One of them at a time, with the bars.
    Narrow,
    /// One of them alone.
    Tiny,
}

/// What fills the screen below the filter bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The list, and the article beside it where there is room.
    List,
    /// The article, and the list beside it where there is room.
    Reading,
    /// The article alone.
    Zen,
}

/// The places of the parts; a part that is not shown has an empty place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How much room there is.
    pub room: Room,
    /// Query line and facets.
    pub filter_bar: Rect,
    /// The rule under the filter bar.
    pub upper_rule: Rect,
    /// The list.
    pub list: Rect,
    /// The rule between list and article.
    pub divider: Rect,
    /// The article.
    pub reading: Rect,
    /// The rule over the bottom line.
    pub lower_rule: Rect,
    /// Keys and position.
    pub status: Rect,
}

impl Layout {
    /// Divides `area`. The list is as wide as the reader has made it, or takes two fifths.
    pub fn of(area: Rect, view: View, list_width: Option<u16>) -> Layout {
        let room = match area {
            Rect { width, height, .. } if width < TINY_COLUMNS || height < TINY_ROWS => Room::Tiny,
            Rect { width, .. } if width < NARROW => Room::Narrow,
            _ => Room::Wide,
        };
        let none = Rect { width: 0, height: 0, ..area };
        let mut layout = Layout {
            room,
            filter_bar: none,
            upper_rule: none,
            list: none,
            divider: none,
            reading: none,
            lower_rule: none,
            status: none,
        };
        if room == Room::Tiny {
            match view {
                View::List => layout.list = area,
                View::Reading | View::Zen => layout.reading = area,
            }
            return layout;
        }
        let row = |y: u16, height: u16| Rect { y: area.y + y, height, ..area };
        layout.status = row(area.height - 1, 1);
        if view == View::Zen {
            layout.reading = row(0, area.height - 1);
            return layout;
        }
        layout.filter_bar = row(0, 2);
        layout.upper_rule = row(2, 1);
        layout.lower_rule = row(area.height - 2, 1);
        let middle = row(3, area.height - 5);
        match (room, view) {
            (Room::Wide, _) => {
                let usual = (area.width * 2 / 5).clamp(36, 64);
                let list = list_width.unwrap_or(usual).clamp(LEAST_PANE, area.width - LEAST_PANE);
                layout.list = Rect { width: list, ..middle };
                layout.divider = Rect { x: area.x + list, width: 1, ..middle };
                layout.reading = Rect { x: area.x + list + 1, width: area.width - list - 1, ..middle };
            }
            (_, View::List) => layout.list = middle,
            (_, View::Reading | View::Zen) => layout.reading = middle,
        }
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_lies_on_the_screen_at_any_size() {
        for width in 0..140 {
            for height in 0..50 {
                let area = Rect::new(0, 0, width, height);
                for view in [View::List, View::Reading, View::Zen] {
                    for list_width in [None, Some(0), Some(60), Some(u16::MAX)] {
                        let layout = Layout::of(area, view, list_width);
                        for part in [
                            layout.filter_bar,
                            layout.upper_rule,
                            layout.list,
                            layout.divider,
                            layout.reading,
                            layout.lower_rule,
                            layout.status,
                        ] {
                            assert_eq!(part.intersection(area), part, "{part:?} of {area:?}");
                        }
                    }
                }
            }
        }
    }
}
