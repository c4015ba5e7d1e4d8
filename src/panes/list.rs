//! The list pane: titles with their facts, one selected.

use std::cell::OnceCell;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::archive::Row;
use crate::article::{ArticleId, When};
use crate::config::Density;
use crate::config::theme::Theme;
use crate::event::{ListRow, Marked};
use crate::marks::Snapshot;
use crate::text::width::cells;
use crate::text::wrap::wrap;

use super::paint::{self, Direction, Piece};

/// How many rows are kept above and below those on the screen, so that scrolling finds them there.
const MARGIN: usize = 60;
/// How tall a row is taken to be before it is read.
const USUAL_HEIGHT: u16 = 5;
/// How tall a row is at least that shows more than its title: title, facts and an empty line.
const LEAST_HEIGHT: u16 = 3;
/// The columns of a date, `16 Feb 2021` or `16 Feb 18:00`, and of the code of a language, of which some have
/// three letters.
const WIDEST_DATE: u16 = 12;
const WIDEST_CODE: u16 = 3;

/// The articles found, of which only those near the screen are in memory.
///
/// `selected` is below the number of all, or both are 0. Those that have all of the words come first, and below a
/// rule those that have some of them.
#[derive(Debug, Default)]
pub struct ListPane {
    matched: usize,
    more: usize,
    selected: usize,
    top: usize,
    first: usize,
    rows: Vec<ListRow>,
    /// The lines of the titles of `rows` at `wrapped_for`, as far as they were asked for.
    titles: Vec<OnceCell<Vec<Range<usize>>>>,
    wrapped_for: u16,
    /// Where selecting several articles began, while it goes on.
    anchor: Option<usize>,
    /// The places drawn last, with the screen rows they took: what a click hits.
    drawn: Vec<(Range<u16>, usize)>,
    /// How much of each article is shown where there is room.
    pub density: Density,
    /// Whether all articles are from a few days, so that their times tell them apart.
    pub shows_times: bool,
    /// The cell of the selected article.
    caret: Option<Position>,
}

/// How the list looks, and what it knows beside its rows.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Whether the keys are for the list.
    pub focused: bool,
    /// The reader's marks; `None` where none are shown.
    pub marks: Option<&'a Snapshot>,
}

/// How the articles look: what was chosen, as far as there is room for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Title in up to two lines, facts, a line of text, an empty line.
    Full,
    /// Title in up to two lines, facts, an empty line.
    Medium,
    /// Title and facts, a line each.
    TwoLines,
    /// Facts and title in columns.
    Columns,
    /// The title in one line.
    Titles,
}

impl Shape {
    /// What is shown on so many rows of the screen, where titles may stand alone.
    fn of(density: Density, height: u16, alone: bool) -> Shape {
        match (density, height) {
            _ if alone => Shape::Titles,
            (Density::OneLine, _) => Shape::Columns,
            (_, 0..=7) => Shape::Titles,
            (Density::TwoLines, _) => Shape::TwoLines,
            (Density::Full, 8..=15) => Shape::Medium,
            (Density::Full, _) => Shape::Full,
        }
    }

    /// How many rows an article takes at least.
    fn least_height(self) -> u16 {
        match self {
            Shape::Full | Shape::Medium => LEAST_HEIGHT,
            Shape::TwoLines => 2,
            Shape::Columns | Shape::Titles => 1,
        }
    }

    /// How many empty rows stand below an article.
    fn gap(self) -> u16 {
        u16::from(matches!(self, Shape::Full | Shape::Medium))
    }
}

impl ListPane {
    /// How many articles match: those above the rule.
    pub fn matched(&self) -> usize {
        self.matched
    }

    /// How many articles have some of the words: those below the rule.
    pub fn more(&self) -> usize {
        self.more
    }

    /// How many articles are listed.
    fn len(&self) -> usize {
        self.matched + self.more
    }

    /// The place of the selected article, from 0.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The row of the selected article, once it is read.
    pub fn selected_row(&self) -> Option<&ListRow> {
        self.row(self.selected)
    }

    /// The places of the articles that are selected, while several are.
    pub fn several(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        Some(anchor.min(self.selected)..anchor.max(self.selected) + 1)
    }

    /// Selects several articles from here on, or the one at the cursor again.
    pub fn select_several(&mut self, several: bool) {
        self.anchor = (several && self.matched > 0).then_some(self.selected);
    }

    /// The row at `place`, if it is in memory.
    pub fn row(&self, place: usize) -> Option<&ListRow> {
        place.checked_sub(self.first).and_then(|at| self.rows.get(at))
    }

    /// Shows other articles, `more` of them below the rule, with `selected` selected.
    pub fn replace(&mut self, matched: usize, more: usize, selected: usize, first: usize, rows: Vec<ListRow>) {
        // The selected row stays where it is on the screen.
        let above = self.selected.saturating_sub(self.top);
        (self.matched, self.more) = (matched, more);
        self.selected = selected.min(self.len().saturating_sub(1));
        self.anchor = None;
        self.top = self.selected.saturating_sub(above);
        self.set_rows(first, rows);
    }

    fn set_rows(&mut self, first: usize, rows: Vec<ListRow>) {
        self.titles = vec![OnceCell::new(); rows.len()];
        (self.first, self.rows) = (first, rows);
    }

    /// Takes rows that were read, the first of them at place `first`.
    pub fn take_rows(&mut self, first: usize, mut rows: Vec<ListRow>) {
        // Passages that were found already need not be looked for again.
        for (at, row) in rows.iter_mut().enumerate() {
            if let Some(known) = self.row(first + at).filter(|known| known.row.record.id == row.row.record.id) {
                row.passage = known.passage.clone();
            }
        }
        self.set_rows(first, rows);
    }

    /// Takes passages for rows at the given places.
    pub fn take_passages(&mut self, passages: Vec<(usize, Marked)>) {
        for (place, passage) in passages {
            if let Some(row) = place.checked_sub(self.first).and_then(|at| self.rows.get_mut(at)) {
                row.passage = Some(passage);
            }
        }
    }

    /// The places that should be read, if some on the screen are not in memory yet. The list has so many
    /// rows of the screen, and may show titles `alone`.
    pub fn missing(&self, (height, alone): (u16, bool)) -> Option<Range<usize>> {
        let visible = self.visible(self.most_on((height, alone)));
        let loaded = self.first..self.first + self.rows.len();
        let covered = visible.is_empty() || (loaded.start <= visible.start && visible.end <= loaded.end);
        (!covered).then(|| visible.start.saturating_sub(MARGIN)..(visible.end + MARGIN).min(self.len()))
    }

    /// The articles on a screen of `height` rows whose passages have not been looked for; none where passages
    /// are not shown.
    pub fn without_passage(&self, (height, alone): (u16, bool)) -> Vec<(usize, &ListRow)> {
        if Shape::of(self.density, height, alone) != Shape::Full {
            return Vec::new();
        }
        // Where there is room for passages, articles take four rows and more.
        let most = usize::from(height / 4) + 1;
        let rows = self.visible(most).filter_map(|place| Some((place, self.row(place)?)));
        rows.filter(|(_, row)| row.passage.is_none()).collect()
    }

    /// How many articles stand at most on so many rows of the screen, where titles may stand alone.
    pub fn most_on(&self, (height, alone): (u16, bool)) -> usize {
        usize::from(height.div_ceil(Shape::of(self.density, height, alone).least_height())) + 1
    }

    /// The article that is selected.
    pub fn selected_id(&self) -> Option<ArticleId> {
        self.selected_row().map(|row| row.row.record.id)
    }

    /// Moves the selection by `count` articles, and tells whether it moved.
    pub fn step(&mut self, count: isize) -> bool {
        self.select(self.selected.saturating_add_signed(count))
    }

    /// Selects the article at `place`, or the last one, and tells whether that is another.
    pub fn select(&mut self, place: usize) -> bool {
        let before = self.selected;
        self.selected = place.min(self.len().saturating_sub(1));
        before != self.selected
    }

    /// How many articles make a page in `height` rows.
    pub fn page(&self, height: u16) -> usize {
        let shown = self.drawn.len().saturating_sub(1);
        if shown == 0 { usize::from((height / USUAL_HEIGHT).max(1)) } else { shown }
    }

    /// The place of the article drawn in this row of the screen.
    pub fn at(&self, row: u16) -> Option<usize> {
        self.drawn.iter().find(|(rows, _)| rows.contains(&row)).map(|(_, place)| *place)
    }

    /// The cell of the selected article, where it is on the screen: where a magnifier should look.
    pub fn caret(&self) -> Option<Position> {
        self.caret
    }

    /// The places that may be on the screen, of which there are `most` there.
    fn visible(&self, most: usize) -> Range<usize> {
        let first = self.top.min(self.selected).max(self.selected.saturating_sub(most));
        first..(first.max(self.selected) + most).min(self.len())
    }

    /// Draws the articles that fit, with what `marks` says of them. `alone` leaves out everything but titles.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer, look: &Look<'_>, alone: bool) {
        self.drawn.clear();
        self.caret = None;
        if area.is_empty() {
            return;
        }
        let shape = Shape::of(self.density, area.height, alone);
        self.wrap(area.width);
        let inner = match shape {
            Shape::Full => Rect { y: area.y + 1, height: area.height - 1, ..area },
            _ => area,
        };
        self.scroll(inner, shape);
        let mut y = inner.y;
        for place in self.top..self.len() {
            if y >= inner.bottom() {
                break;
            }
            if self.is_below_rule(place) {
                let rule = Rect { y, height: 1, ..inner };
                self.draw_rule(rule, buf, look.theme);
                y += self.rule_height(place, shape);
                if y >= inner.bottom() {
                    break;
                }
            }
            let room = Rect { y, height: inner.bottom() - y, ..inner };
            let height = self.draw_row(place, room, buf, look, shape);
            if place == self.selected {
                self.caret = Some(Position::new(area.x + 1.min(area.width - 1), y));
            }
            self.drawn.push((y..(y + height).min(inner.bottom()), place));
            y = y.saturating_add(height);
        }
    }

    /// Moves `top` so that the selected article is on the screen as a whole.
    fn scroll(&mut self, area: Rect, shape: Shape) {
        self.top = self.top.min(self.selected);
        let mut room = area.height.saturating_sub(self.height(self.selected, shape));
        let mut highest = self.selected;
        while highest > self.top {
            let height = self.height(highest - 1, shape);
            if height > room {
                break;
            }
            room -= height;
            highest -= 1;
        }
        self.top = self.top.max(highest);
        // At the end of the list the screen is filled rather than left half empty.
        let mut used = 0;
        for place in self.top..self.len() {
            used += self.height(place, shape);
            if used >= area.height {
                return;
            }
        }
        while self.top > 0 {
            used += self.height(self.top - 1, shape);
            if used > area.height {
                return;
            }
            self.top -= 1;
        }
    }

    /// Whether the rule stands right above an article.
    fn is_below_rule(&self, place: usize) -> bool {
        place == self.matched && self.more > 0 && self.matched > 0
    }

    /// How many screen rows the rule above an article takes; none where there is no rule.
    fn rule_height(&self, place: usize, shape: Shape) -> u16 {
        if self.is_below_rule(place) { 1 + shape.gap() } else { 0 }
    }

    /// Says how many articles follow that have some of the words.
    fn draw_rule(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let more = paint::number(self.more);
        let rest = usize::from(area.width);
        let rule = |cells: usize| "─".repeat(cells);
        let text = format!("{} {more} more with most of the words ", rule(2.min(rest)));
        let line = format!("{text}{}", rule(rest.saturating_sub(cells(&text) + 1)));
        paint::pieces(buf, area.x + 1.min(area.width), area.y, area.width.saturating_sub(1), &[(&line, theme.dim)]);
    }

    /// How many screen rows an article takes, with the rule above it.
    fn height(&self, place: usize, shape: Shape) -> u16 {
        self.rule_height(place, shape) + self.height_alone(place, shape)
    }

    fn height_alone(&self, place: usize, shape: Shape) -> u16 {
        if !matches!(shape, Shape::Full | Shape::Medium) {
            return shape.least_height();
        }
        let Some(row) = self.row(place) else {
            return USUAL_HEIGHT;
        };
        let title = self.title_lines(place).len() as u16;
        title + 2 + u16::from(shape == Shape::Full && !excerpt(row).0.is_empty())
    }

    /// The lines of a title at the current width: two at most, and none of a row that is not in memory.
    fn title_lines(&self, place: usize) -> &[Range<usize>] {
        let known = place.checked_sub(self.first).and_then(|at| self.rows.get(at).zip(self.titles.get(at)));
        known.map_or(&[], |(row, lines)| {
            lines.get_or_init(|| {
                let width = usize::from(self.wrapped_for.saturating_sub(4)).max(1);
                let mut lines = wrap(&row.row.record.title, width);
                lines.truncate(2);
                lines
            })
        })
    }

    /// Wraps titles for a list of `width` cells from now on.
    fn wrap(&mut self, width: u16) {
        if self.wrapped_for != width {
            self.wrapped_for = width;
            self.titles.fill(OnceCell::new());
        }
    }

    fn draw_row(&self, place: usize, area: Rect, buf: &mut Buffer, look: &Look<'_>, shape: Shape) -> u16 {
        let Look { theme, focused, marks } = *look;
        let selected = place == self.selected || self.several().is_some_and(|places| places.contains(&place));
        let height = self.height_alone(place, shape);
        let bar = if selected { if focused { "▌" } else { "▏" } } else { " " };
        for y in area.y..(area.y + height - shape.gap()).min(area.bottom()) {
            buf.set_string(area.x + 1.min(area.width - 1), y, bar, theme.accent);
        }
        let (x, width) = (area.x + 3, area.width.saturating_sub(4));
        let Some(list_row @ ListRow { row, title_marks, .. }) = self.row(place) else {
            paint::pieces(buf, x, area.y, width, &[("…", theme.faint)]);
            return height;
        };
        let record = &row.record;
        let read = marks.is_some_and(|marks| marks.read.contains(record.id));
        if marks.is_some() && !read {
            buf.set_string(area.x, area.y, "●", theme.accent);
        }
        let base = match selected {
            true => theme.title,
            false if read => theme.dim,
            false => theme.heading,
        };
        let base = if record.has_headline() { base } else { base.patch(theme.stand_in) };
        let title = &record.title;
        let line_at = |y: u16| Rect { x, y, width, height: 1 };
        if shape == Shape::Columns {
            let starred = marks.is_some_and(|marks| marks.starred.contains(record.id));
            let taken = self.draw_columns(row, starred, line_at(area.y), buf, theme);
            let rest = Rect { x: x + taken, width: width.saturating_sub(taken), ..line_at(area.y) };
            let line = paint::marked(title, 0..title.len(), title_marks, base, theme.mark);
            paint::pieces_from(buf, rest, Direction::of(title, theme), &line);
            return height;
        }
        let mut y = area.y;
        let whole = [0..title.len()];
        let lines = if shape.gap() == 0 { &whole } else { self.title_lines(place) };
        let last = lines.len().saturating_sub(1);
        // A row stands at one side as a whole.
        let direction = Direction::of(title, theme);
        for (at, line) in lines.iter().enumerate() {
            if y >= area.bottom() {
                return height;
            }
            // The second line takes all that is left of a longer title, so that the cut shows.
            let line = if at == last { line.start..title.len() } else { line.clone() };
            let line = paint::marked(title, line, title_marks, base, theme.mark);
            paint::pieces_from(buf, line_at(y), direction, &line);
            y += 1;
        }
        if shape == Shape::Titles || y >= area.bottom() {
            return height;
        }
        let mut facts = facts(row, self.shows_times, theme);
        if let Some(marks) = marks {
            if marks.starred.contains(record.id) {
                facts.insert(0, ("★ ".to_owned(), theme.undated));
            }
            facts.extend(marks.tags_of(record.id).into_iter().map(|tag| (format!(" #{tag}"), theme.accent)));
        }
        let facts: Vec<Piece> = facts.iter().map(|(text, style)| (text.as_str(), *style)).collect();
        if direction.right_to_left {
            paint::pieces_right(buf, line_at(y), &facts);
        } else {
            paint::pieces(buf, x, y, width, &facts);
        }
        y += 1;
        if shape == Shape::Full && y < area.bottom() {
            let (text, marks) = excerpt(list_row);
            let start = marks.first().map_or(0, |mark| start_of_excerpt(text, mark.start, usize::from(width)));
            let mut line = paint::marked(text, start..text.len(), marks, theme.dim, theme.mark);
            if start > 0 {
                line.insert(0, ("…", theme.dim));
            }
            paint::pieces_from(buf, line_at(y), Direction::of(text, theme), &line);
        }
        height
    }

    /// Draws date or time, star, language and source, as far as the title keeps half of the row, and returns how
    /// many cells they take.
    fn draw_columns(&self, row: &Row, starred: bool, area: Rect, buf: &mut Buffer, theme: &Theme) -> u16 {
        let (date, dated) = date(row, self.shows_times, theme);
        let source = row.record.source.as_ref().or(row.record.byline.as_ref()).map_or("", |source| source);
        let wide = (area.width / 5).clamp(8, 24);
        let columns = [
            (date.as_str(), dated, WIDEST_DATE),
            (if starred { "★" } else { "" }, theme.undated, 1),
            (language(row), theme.language, WIDEST_CODE),
            (source, theme.dim, wide),
        ];
        let mut taken = 0;
        for (text, style, wide) in columns {
            if taken + wide + 2 > area.width / 2 {
                break;
            }
            paint::pieces(buf, area.x + taken, area.y, wide, &[(text, style)]);
            taken += wide + 2;
        }
        taken
    }
}

/// What stands under the facts: the passage with the words, else the opening.
fn excerpt(row: &ListRow) -> (&str, &[Range<usize>]) {
    match &row.passage {
        Some(passage) if !passage.text.is_empty() => (&passage.text, &passage.marks),
        _ => (&row.row.opening, &[]),
    }
}

/// Where an excerpt begins, so that what was found at byte `found` is on the screen: at the first word
/// that leaves it in the first half of the line.
fn start_of_excerpt(text: &str, found: usize, width: usize) -> usize {
    let before = &text[..found];
    if cells(before) <= width / 2 {
        return 0;
    }
    let words = before
        .char_indices()
        .filter(|(at, c)| *at > 0 && !c.is_whitespace() && before[..*at].ends_with(char::is_whitespace));
    words.map(|(at, _)| at).find(|at| cells(&before[*at..]) <= width / 2).unwrap_or(found)
}

/// The language of an article, as its code.
fn language(row: &Row) -> &'static str {
    let language = &row.record.language;
    language.code.filter(|_| language.sure).map_or("?", |tag| tag.code())
}

/// The date of an article, or its time on a day where all are from a few days.
fn date(row: &Row, with_time: bool, theme: &Theme) -> (String, Style) {
    match row.record.when() {
        Some(When::Minute(time, _)) if with_time => (time.format("%-d %b %H:%M").to_string(), theme.date),
        Some(when) => (when.short(), if when.first().is_some() { theme.date } else { theme.undated }),
        None => ("undated".to_owned(), theme.undated),
    }
}

/// Language, date and source, each in its style.
fn facts(row: &Row, with_time: bool, theme: &Theme) -> Vec<(String, Style)> {
    let record = &row.record;
    let mut facts =
        vec![(language(row).to_owned(), theme.language), (" · ".to_owned(), theme.dim), date(row, with_time, theme)];
    if let Some(source) = record.source.as_ref().or(record.byline.as_ref()) {
        facts.push((format!(" · {source}"), theme.dim));
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_begins_where_the_found_word_can_be_seen() {
        let text = "one two three four five six";
        let check = |found: &str, width, begins: &str| {
            let start = start_of_excerpt(text, text.find(found).unwrap(), width);
            assert!(text[start..].starts_with(begins), "{found} in {width}: {}", &text[start..]);
        };
        check("two", 20, "one");
        check("six", 20, "four");
        check("six", 40, "two");
        check("six", 4, "six");
    }
}
