//! Where the headline and the text of a page stand, and how near to them a line is.

use super::DateContext;

/// A line of this many bytes is a paragraph of text rather than a caption or a menu.
const PROSE: usize = 140;

/// The layout of a page, as far as dates need it.
#[derive(Debug)]
pub(super) struct Page {
    /// For each line, how many lines that are not blank stand before it.
    order: Vec<usize>,
    /// The index of the headline.
    title: Option<usize>,
    /// The index of the first paragraph of the text.
    opening: Option<usize>,
    /// The index of the last paragraph that still opens the text: a lead or a caption may be taken for
    /// the first one, and the date often stands in the second.
    opening_end: Option<usize>,
}

impl Page {
    /// Finds headline and text of an article.
    pub(super) fn new(context: &DateContext) -> Page {
        let lines = context.lines;
        let mut count = 0;
        let order = lines
            .iter()
            .map(|line| {
                let before = count;
                count += usize::from(!line.text.is_empty());
                before
            })
            .collect();
        let title = context.title_line.and_then(|number| lines.iter().position(|line| line.number == number));
        let is_prose = |index: &usize| lines[*index].text.len() >= PROSE;
        let opening = match title {
            Some(title) if is_prose(&title) => Some(title),
            Some(title) => (title..lines.len()).find(is_prose),
            None => densest(context),
        };
        let opening_end = opening.and_then(|opening| (opening..lines.len()).filter(is_prose).take(4).last());
        Page { order, title, opening, opening_end }
    }

    /// True for the first paragraphs of the text.
    pub(super) fn is_opening(&self, index: usize) -> bool {
        self.opening.is_some_and(|opening| opening <= index) && self.opening_end.is_some_and(|end| index <= end)
    }

    /// True for the lines around the beginning of the text.
    pub(super) fn is_near_opening(&self, index: usize) -> bool {
        self.opening.is_none_or(|opening| self.gap(opening, index).abs() <= 3)
    }

    /// What the place of a line adds to the rank of a date in it.
    pub(super) fn place(&self, index: usize) -> i32 {
        let to_opening = self.opening.map(|opening| self.gap(opening, index));
        let Some(title) = self.title else {
            return match to_opening {
                Some(after @ 1..) => -60 * after.min(12),
                Some(before) => 150 + 12 * before.max(-25),
                None => 0,
            };
        };
        match self.gap(title, index) {
            below @ 0.. => {
                let inside = to_opening.unwrap_or(0).max(0);
                200 - 8 * below.min(25) - 40 * inside.min(12)
            }
            above => 150 + 22 * above.max(-20),
        }
    }

    /// How many lines of text stand from one line to another; below 0 upwards.
    fn gap(&self, from: usize, to: usize) -> i32 {
        let order = |index: usize| self.order.get(index).map_or(0, |order| *order as i32);
        order(to) - order(from)
    }
}

/// The first paragraph of the part of a page that is most densely written.
fn densest(context: &DateContext) -> Option<usize> {
    /// So many lines that are not blank are weighed together.
    const WINDOW: usize = 12;
    let written: Vec<(usize, usize)> = context
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.text.is_empty())
        .map(|(index, line)| (index, if line.text.len() >= PROSE { line.text.len() } else { 0 }))
        .collect();
    let mut weight: usize = written.iter().take(WINDOW).map(|(_, bytes)| bytes).sum();
    let mut weights = Vec::with_capacity(written.len());
    for at in 0..written.len() {
        weights.push(weight);
        weight = weight - written[at].1 + written.get(at + WINDOW).map_or(0, |(_, bytes)| *bytes);
    }
    let most = weights.iter().copied().max()?;
    let dense = weights.iter().zip(&written).find(|(weight, (_, bytes))| **weight * 5 >= most * 3 && *bytes > 0)?;
    Some(dense.1.0)
}
