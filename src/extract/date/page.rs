//! Where the headline and the text of a page stand, and how near to them a line is.

use std::cell::OnceCell;

use super::DateContext;
use super::announcement::is_label_of_something_else;
use super::line::is_date_line;
use super::token::{is_ideograph, is_mark};
use crate::extract::ends::{COMMENTS, OTHER_ARTICLES};
use crate::extract::lines::Line;
use crate::text::fold::fold;

/// A line of this many letters and signs is a paragraph of text rather than a caption or a menu.
const PROSE: usize = 140;

/// How much text `text` is: an ideograph is as much as three letters, a vowel sign above or below one nothing.
fn amount(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Enough to know that it is long.
    let weight = |c: char| if is_ideograph(c) { 3 } else { usize::from(!is_mark(c)) };
    let mut sum = 0;
    for c in text.chars() {
        sum += weight(c);
        if sum >= 2 * PROSE {
            break;
        }
    }
    sum
}

/// The layout of a page, as far as dates need it.
#[derive(Debug)]
pub(super) struct Page<'a> {
    /// For each line, how many lines that are not blank stand before it.
    order: Vec<usize>,
    /// For each line, how many paragraphs of text stand before it.
    prose: Vec<usize>,
    /// The index of the headline.
    title: Option<usize>,
    /// The index of the first paragraph where the page is most densely written.
    densest: Option<usize>,
    /// The index of the first paragraph of the text.
    opening: Option<usize>,
    /// The index of the last paragraph that still opens the text: a lead or a caption may be taken for
    /// the first one, and the date often stands in the second.
    opening_end: Option<usize>,
    /// The lines themselves.
    lines: &'a [Line],
    /// The indices of the first lines below the opening that begin the comments and a list of other
    /// articles. Only pages with dates below their text are searched for them.
    ends: OnceCell<[usize; 2]>,
}

impl<'a> Page<'a> {
    /// Finds headline and text of an article.
    pub(super) fn new(context: &DateContext<'a>) -> Page<'a> {
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
        let is_prose: Vec<bool> = lines.iter().map(|line| is_prose(&line.text)).collect();
        let mut count = 0;
        let prose = is_prose
            .iter()
            .map(|is_prose| {
                let before = count;
                count += usize::from(*is_prose);
                before
            })
            .collect();
        // A line that states a date is no headline, whatever was taken for one.
        let title = context.title_line.and_then(|number| lines.iter().position(|line| line.number == number));
        let title = title.filter(|title| !is_date_line(&lines[*title].text));
        let densest = densest(lines, &is_prose);
        let is_prose = |index: &usize| is_prose[*index];
        let opening = match title {
            Some(title) if is_prose(&title) => Some(title),
            Some(title) => densest.filter(|densest| *densest > title).or_else(|| (title..lines.len()).find(is_prose)),
            None => densest,
        };
        let opening_end = opening.and_then(|opening| (opening..lines.len()).filter(is_prose).take(4).last());
        Page { order, prose, title, densest, opening, opening_end, lines, ends: OnceCell::new() }
    }

    /// True for the first paragraphs of the text.
    pub(super) fn is_opening(&self, index: usize) -> bool {
        self.opening.is_some_and(|opening| opening <= index) && self.opening_end.is_some_and(|end| index <= end)
    }

    /// True for the lines around the beginning of the text.
    pub(super) fn is_near_opening(&self, index: usize) -> bool {
        self.opening.is_none_or(|opening| self.gap(opening, index).abs() <= 3)
    }

    /// What the place of a line adds to the rank of a date in it. A date that is `announced` may stand
    /// below the text; another there is more likely of a comment or of the next article.
    pub(super) fn place(&self, index: usize, announced: bool) -> i32 {
        let opening = self.opening.filter(|opening| *opening < index);
        if let Some(opening) = opening {
            let [comments, others] = self.ends(opening);
            if index > comments || index > others && !announced {
                return -1200;
            }
        }
        let prose = |index: usize| self.prose.get(index).copied().unwrap_or(0);
        let by_opening = self.opening.map(|opening| match self.gap(opening, index) {
            // After a lead, a caption and a paragraph comes no line that belongs to the headline.
            1.. if !announced && prose(index) >= prose(opening) + 3 => -1200,
            after @ 1.. => -(if announced { 45 } else { 100 }) * after.min(12),
            // The lines of a headline's head are equal, so that the first of them stands.
            before if self.title.is_none() => 150 + 12 * (before + 6).clamp(-20, 0),
            before => 150 + 6 * before.max(-25),
        });
        // Text between a date and a headline below it: that headline is of another article.
        let title = self.title.filter(|title| prose(*title) < prose(index) + 2);
        let by_opening = if title.is_some() == self.title.is_some() { by_opening } else { self.by_next_text(index) };
        // The day of today stands above the menus of many pages.
        let is_first = !announced && self.order.get(index).is_some_and(|order| *order <= 2);
        let head = title.or(self.opening.filter(|_| self.title.is_none()));
        if is_first && head.is_some_and(|head| self.gap(head, index) <= -8) {
            return -1200;
        }
        let by_title = title.map(|title| match self.gap(title, index) {
            below @ 0..=8 => 200 - 8 * below,
            below @ 9.. if announced => 200 - 8 * below.min(40),
            below @ 9..=20 => 136 - 25 * (below - 8),
            above @ -3..0 => 200 + 22 * above,
            above @ -8..-3 => 134 + 50 * (above + 3),
            above if announced => 134 + 20 * above.max(-20),
            // Nothing but menus and other articles stands so far from the headline.
            _ => -1200,
        });
        // Unless the headline was found in a menu or a list: the text itself shows where its head is, and a
        // page that is nothing but its article begins with it.
        let is_head = self.densest.is_some_and(|densest| (-12..=3).contains(&self.gap(densest, index)))
            || self.order.get(index).is_some_and(|order| (1..=4).contains(order));
        let by_title = by_title.map(|place| if is_head { place.max(0) } else { place });
        match (by_title, by_opening) {
            (Some(title), Some(opening)) => (title + opening) * 2 / 3,
            (Some(place), None) | (None, Some(place)) => place,
            (None, None) => 0,
        }
    }

    /// The indices of the first lines below the opening that begin comments and other articles.
    fn ends(&self, opening: usize) -> [usize; 2] {
        let prose = |index: usize| self.prose.get(index).copied().unwrap_or_default();
        let all = self.prose.last().copied().unwrap_or_default();
        // With most of the text below it, what looks like the head of the comments is a button.
        let is_button = |at: usize| prose(at) < prose(opening) + 2 && all >= prose(at) + 2;
        *self.ends.get_or_init(|| {
            let first = |words| {
                let at = first_of(words, self.lines, opening + 1);
                if is_button(at) { first_of(words, self.lines, at + 1) } else { at }
            };
            [first(COMMENTS), first(OTHER_ARTICLES)]
        })
    }

    /// True for lines below the last paragraph of the page.
    pub(super) fn is_below_text(&self, index: usize) -> bool {
        self.opening.is_some_and(|opening| opening < index)
            && self.prose.get(index).is_some_and(|before| Some(before) == self.prose.last())
            && !is_prose(&self.lines[index].text)
    }

    /// True for the lines right below the last paragraph of the text, before comments and other articles.
    pub(super) fn is_tail(&self, index: usize) -> bool {
        let Some(opening) = self.opening.filter(|opening| *opening < index) else { return false };
        let last = (opening..index).rev().take(12).find(|at| is_prose(&self.lines[*at].text));
        self.is_below_text(index)
            && last.is_some_and(|last| self.gap(last, index) <= 3)
            && self.ends(opening).iter().all(|end| index < *end)
    }

    /// True for the lines between the headline and the text, and for those right above the headline: what they
    /// state is stated of the article.
    pub(super) fn is_head(&self, index: usize) -> bool {
        let prose = |index: usize| self.prose.get(index).copied().unwrap_or(0);
        let near = |from: Option<usize>, gaps: std::ops::RangeInclusive<i32>| {
            from.is_some_and(|from| {
                gaps.contains(&self.gap(from, index)) && prose(from.max(index)) <= prose(from.min(index)) + 1
            })
        };
        self.title != Some(index) && near(self.title, -4..=8)
            || near(self.opening, -6..=-1)
            || near(self.densest, -6..=-1)
    }

    /// True for a line below one that says what its date is of: a birth, an event.
    pub(super) fn is_below_label(&self, index: usize) -> bool {
        /// A label, and the lines between it and the date, have no more bytes.
        const LONGEST: usize = 48;
        let above = (0..index).rev().filter(|at| !self.lines[*at].text.is_empty()).take(2);
        above
            .take_while(|at| self.title != Some(*at) && self.lines[*at].text.len() <= LONGEST)
            .any(|at| is_label_of_something_else(&self.lines[at].text))
    }

    /// True for a line below the opening that follows the name of an account: what stands there is a
    /// quoted post.
    pub(super) fn is_below_handle(&self, index: usize) -> bool {
        let is_handle = |line: &Line| line.text.starts_with('@') && !line.text.contains(' ');
        let above = self.lines.get(index.saturating_sub(5)..index).unwrap_or_default();
        self.opening.is_some_and(|opening| opening < index) && above.iter().any(is_handle)
    }

    /// What a place above some text is worth, where it is not known which text is the article's.
    fn by_next_text(&self, index: usize) -> Option<i32> {
        let before = self.prose.get(index)?;
        let next = self.prose.partition_point(|count| count <= before);
        // The paragraph itself stands one line before the count of those above it grows.
        Some(if self.gap(index, next.saturating_sub(1)) <= 8 { 60 } else { -1200 })
    }

    /// How many lines of text stand from one line to another; below 0 upwards.
    fn gap(&self, from: usize, to: usize) -> i32 {
        let order = |index: usize| self.order.get(index).map_or(0, |order| *order as i32);
        order(to) - order(from)
    }
}

/// The index of the first of `lines` from `from` on that begins with one of `words`, and says little
/// else; the number of lines if there is none.
fn first_of(words: &[&str], lines: &[Line], from: usize) -> usize {
    const LONGEST: usize = 48;
    let begins = |line: &Line| {
        let text = line.text.trim_start_matches(|c: char| !c.is_alphabetic());
        text.len() <= LONGEST && text.len() >= 4 && {
            let folded = fold(text);
            words.iter().any(|word| folded.starts_with(word))
        }
    };
    (from..lines.len()).find(|index| begins(&lines[*index])).unwrap_or(lines.len())
}

/// True for a paragraph of text. A line of many times of day is a ticker of other articles, and
/// headlines of Chinese and Japanese articles are long in bytes, but end no sentence.
fn is_prose(text: &str) -> bool {
    if text.len() < PROSE {
        return false;
    }
    let amount = amount(text);
    if amount < PROSE {
        return false;
    }
    if amount < 2 * PROSE && text.chars().take(3).all(is_ideograph) && !text.contains(['。', '！', '？', '.']) {
        return false;
    }
    let bytes = text.as_bytes();
    if !bytes.contains(&b':') {
        return true;
    }
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let colons = bytes.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(at, _)| at);
    let clocks = colons.filter(|at| *at > 0 && is_digit(at - 1) && is_digit(at + 1) && is_digit(at + 2));
    clocks.take(4).count() < 4
}

/// The first paragraph of the part of a page that is most densely written.
fn densest(lines: &[Line], is_prose: &[bool]) -> Option<usize> {
    /// So many lines that are not blank are weighed together.
    const WINDOW: usize = 12;
    let written: Vec<(usize, usize)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.text.is_empty())
        .map(|(index, line)| (index, if is_prose[index] { line.text.len() } else { 0 }))
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
