//! The bottom line: the keys that matter here, what is going on, and where the reader is.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::config::theme::Theme;
use crate::event::Progress;
use crate::text::Clean;
use crate::text::width::cells;

use super::hints::{Hint, Pressable};
use super::paint;

/// What is said of the key that shows all others.
pub const ALL_KEYS: &str = "keys";

/// Something to tell the reader, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Something was done.
    Done(Clean),
    /// Something went wrong.
    Failed(Clean),
}

/// What the bottom line shows beside the keys.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// In place of the keys.
    pub message: Option<&'a Message>,
    /// What is going on.
    pub doing: &'a str,
    /// Where the reader is.
    pub position: &'a str,
}

/// Draws the bottom line: a message in place of the keys; what is going on and the position at the right.
pub fn draw(
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
    mut keys: Vec<Hint>,
    shown: &Shown<'_>,
    hints: &mut Pressable,
) {
    hints.clear();
    let Shown { message, doing, position } = *shown;
    if area.is_empty() {
        return;
    }
    let row = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(3), ..area };
    let gap = if doing.is_empty() || position.is_empty() { "" } else { "  ·  " };
    let mut right = vec![(doing, theme.accent), (gap, theme.dim), (position, theme.dim)];
    if cells(doing) + cells(position) + 5 > usize::from(row.width) {
        right.truncate(1);
    }
    let used = paint::pieces_right(buf, row, &right);
    let left = Rect { width: row.width.saturating_sub(used + 2), ..row };
    match message {
        Some(Message::Done(text)) => {
            paint::pieces(buf, left.x, left.y, left.width, &[(text, theme.text)]);
        }
        Some(Message::Failed(text)) => {
            paint::pieces(buf, left.x, left.y, left.width, &[("! ", theme.error), (text, theme.error)]);
        }
        None => {
            // What leads to all other keys stays the longest.
            let width = |keys: &[Hint]| keys.iter().map(|hint| hint.width() + 3).sum();
            while usize::from(left.width) + 3 < width(&keys)
                && let Some(least) = keys.iter().rposition(|hint| hint.what != ALL_KEYS)
            {
                keys.remove(least);
            }
            hints.draw(left, buf, theme, &keys);
        }
    }
}

/// How far reading has come, in a few words.
pub fn describe(progress: &Progress) -> String {
    if progress.finished {
        return String::new();
    }
    let (done, total) = (paint::number(progress.done), paint::number(progress.total));
    let mut text = format!("reading {done} of {total}");
    if let Some(seconds) = progress.seconds_left.filter(|seconds| *seconds > 1) {
        text.push_str(&match seconds {
            0..60 => format!(", {seconds} s left"),
            _ => format!(", {} min left", seconds.div_ceil(60)),
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_words() {
        let check = |done, seconds_left, expected: &str| {
            let progress = Progress { done, total: 10_000, seconds_left, ..Progress::default() };
            assert_eq!(describe(&progress), expected);
        };
        check(1200, None, "reading 1,200 of 10,000");
        check(1200, Some(12), "reading 1,200 of 10,000, 12 s left");
        check(1200, Some(90), "reading 1,200 of 10,000, 2 min left");
    }
}
