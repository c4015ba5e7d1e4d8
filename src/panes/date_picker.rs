//! Choosing years, months or days from a calendar, with bars for the articles of each.

mod drawing;

use crossterm::event::KeyCode;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::archive::DateFacet;
use crate::article::When;
use crate::config::key::Key;
use crate::event::{Mouse, MouseKind};
use crate::query::edit;

use super::dates::{Bucket, Ends, Row, Zoom, calendar, ends};
use super::hints::Hint;
use super::popup::{Popup, Scene, Wish};
use super::text_field::TextField;

/// What a key comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reaction {
    /// Nothing; the picker may look different.
    None,
    /// Ask for these dates (the value of `date:`), or for any.
    Set(Option<String>),
    /// Close, with what is chosen.
    Keep,
    /// Close, and put back what was before.
    Leave,
}

impl Reaction {
    fn wishes(self, scene: &Scene<'_>) -> Vec<Wish> {
        match self {
            Reaction::None => Vec::new(),
            Reaction::Set(value) => vec![Wish::Line(edit::with_field(scene.line, "date", value.as_deref()))],
            Reaction::Keep => vec![Wish::Close],
            Reaction::Leave => vec![Wish::Cancel],
        }
    }
}

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    /// A year, month or day, or years without articles.
    Row(Row),
    /// No date with a year.
    Undated(usize),
    /// Any date, or none.
    Any,
}

/// What lies under the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hit {
    Entry(usize),
    Zoom(Zoom),
}

/// An open date picker.
///
/// `selected` is a place of `entries`, which end with the undated and with any date.
#[derive(Debug)]
struct DatePicker {
    /// What the line asked for, until the reader chooses something else.
    chosen: Option<String>,
    facet: DateFacet,
    zoom: Zoom,
    entries: Vec<Entry>,
    selected: usize,
    top: usize,
    /// Whether the selected entry is to be on the screen; not while the wheel is turned.
    follows: bool,
    /// Where a span begins that is being marked.
    anchor: Option<Ends>,
    typed: TextField,
    /// Where the reader was before a `j`, which may be the first letter of a month.
    before_j: Option<usize>,
    /// Where the mouse was pressed.
    pressed: Option<usize>,
    /// What stood where when it was drawn last.
    hits: Vec<(Rect, Hit)>,
}

/// Opens the picker at the date that the line asks for, if there is one.
///
/// # Errors
///
/// None: where there are no dates, it says so.
pub fn open(scene: &Scene<'_>) -> Result<Box<dyn Popup>, String> {
    let chosen = edit::values(scene.line, "date");
    let facet = scene.choices.map(|counts| counts.dates.clone()).unwrap_or_default();
    Ok(Box::new(DatePicker::new(chosen.first().map(String::as_str), facet)))
}

impl DatePicker {
    fn new(chosen: Option<&str>, facet: DateFacet) -> DatePicker {
        let mut picker = DatePicker {
            chosen: chosen.map(str::to_owned),
            facet,
            zoom: Zoom::Months,
            entries: Vec::new(),
            selected: 0,
            top: 0,
            follows: true,
            anchor: None,
            typed: TextField::default(),
            before_j: None,
            pressed: None,
            hits: Vec::new(),
        };
        picker.zoom = match chosen.and_then(ends) {
            Some((first, last)) => finest(first).max(finest(last)),
            None => picker.usual_zoom(),
        };
        picker.list();
        picker.selected = picker.entries.len() - if chosen == Some("none") { 2 } else { 1 };
        chosen.into_iter().for_each(|value| picker.show(value));
        picker
    }

    /// What shows all there is at once: months, or years where the months are more than fit.
    fn usual_zoom(&self) -> Zoom {
        match calendar(&self.facet.spans, Zoom::Months).len() {
            0..=OVERVIEW => Zoom::Months,
            _ => Zoom::Years,
        }
    }

    fn list(&mut self) {
        let rows = calendar(&self.facet.spans, self.zoom).into_iter().map(Entry::Row);
        self.entries = rows.chain([Entry::Undated(self.facet.undated), Entry::Any]).collect();
    }

    /// Lists the calendar anew, and stays at the same time.
    fn list_anew(&mut self) {
        let from_end = self.entries.len() - self.selected;
        let kept = self.ends_of(self.selected);
        self.list();
        self.selected = match kept {
            Some((first, _)) => self.place_of(first).unwrap_or(self.entries.len() - 1),
            None => self.entries.len() - from_end,
        };
        self.follows = true;
    }

    fn zoom_to(&mut self, zoom: Zoom) {
        if zoom != self.zoom {
            self.zoom = zoom;
            self.list_anew();
            // What stands below a heading is what one zooms in for.
            self.top = self.selected.saturating_sub(1);
        }
    }

    /// The periods that an entry stands for.
    fn ends_of(&self, at: usize) -> Option<Ends> {
        match self.entries.get(at)? {
            Entry::Row(Row::Period { bucket, .. }) => Some((bucket.when, bucket.when)),
            Entry::Row(Row::Gap(first, last)) => Some((When::Year(*first), When::Year(*last))),
            Entry::Undated(_) | Entry::Any => None,
        }
    }

    /// The entry of `when`, or else the smallest one in which it lies, or that lies in it.
    fn place_of(&self, when: When) -> Option<usize> {
        let all = (0..self.entries.len()).filter_map(|at| Some((at, self.ends_of(at)?)));
        let holds = |(_, (first, last)): &(usize, Ends)| first.first() <= when.first() && last.last() >= when.last();
        let same = |(_, (first, last)): &(usize, Ends)| *first == when && *last == when;
        all.clone().find(same).or_else(|| all.rev().find(holds)).map(|(at, _)| at)
    }

    /// Selects what `date:` is asked for, as far as it is in the calendar, finer than it is if need be.
    fn show(&mut self, value: &str) {
        let Some((first, last)) = ends(value) else {
            return;
        };
        self.zoom_to(self.zoom.max(finest(first)).max(finest(last)));
        if let Some(at) = self.place_of(last) {
            self.selected = at;
            self.anchor = (first != last).then_some((first, first));
            self.follows = true;
        }
    }

    /// What `date:` asks for now.
    fn value(&self) -> Option<String> {
        if let Some(chosen) = &self.chosen {
            return Some(chosen.clone());
        }
        let typed = self.typed.value().trim();
        if !typed.is_empty() {
            return understood(typed);
        }
        match (self.entries.get(self.selected)?, self.marked()) {
            (Entry::Undated(_), _) => Some("none".to_owned()),
            (_, Some((first, last))) if first == last => Some(first.value()),
            (_, Some((first, last))) => Some(format!("{}..{}", first.value(), last.value())),
            (_, None) => None,
        }
    }

    /// The span from where marking began to the selected entry; `None` where that is no time.
    fn marked(&self) -> Option<Ends> {
        let (first, last) = self.ends_of(self.selected)?;
        let (from, to) = self.anchor.unwrap_or((first, last));
        let earlier = if from.first() < first.first() { from } else { first };
        let later = if to.last() > last.last() { to } else { last };
        Some((earlier, later))
    }

    /// Asks for what is chosen now. What is typed and no date yet changes nothing.
    fn set(&mut self) -> Reaction {
        self.chosen = None;
        match (self.value(), self.typed.value().is_empty()) {
            (Some(value), false) => {
                self.show(&value);
                Reaction::Set(Some(value))
            }
            (None, false) => Reaction::None,
            (value, true) => Reaction::Set(value),
        }
    }

    fn react(&mut self, key: Key) -> Reaction {
        let typing = !self.typed.value().is_empty();
        // No date begins with these letters after a movement but January, June and July.
        if let (KeyCode::Char(c @ ('a' | 'u')), Some(before)) = (key.code, self.before_j.take()) {
            self.selected = before;
            self.typed.set(&format!("j{c}"));
            return self.set();
        }
        match key.code {
            KeyCode::Esc if typing => {
                self.typed.set("");
                self.anchor = None;
            }
            KeyCode::Esc => return Reaction::Leave,
            KeyCode::Enter => return Reaction::Keep,
            KeyCode::Down | KeyCode::Right => return self.step(1),
            KeyCode::Up | KeyCode::Left => return self.step(-1),
            // Within a date that is being typed they are letters, as in `16 july`.
            KeyCode::Char(c @ ('j' | 'l')) if !typing => {
                let before = self.selected;
                let reaction = self.step(1);
                self.before_j = Some(before).filter(|_| c == 'j');
                return reaction;
            }
            KeyCode::Char('k' | 'h') if !typing => return self.step(-1),
            KeyCode::PageDown => return self.step(10),
            KeyCode::PageUp => return self.step(-10),
            KeyCode::Home => return self.step(isize::MIN / 2),
            KeyCode::End => return self.step(isize::MAX / 2),
            KeyCode::Char('+' | '=') | KeyCode::Tab => {
                self.zoom_to(self.zoom.finer());
                return Reaction::None;
            }
            KeyCode::BackTab => {
                self.zoom_to(self.zoom.coarser());
                return Reaction::None;
            }
            KeyCode::Char('-') if !typing => {
                self.zoom_to(self.zoom.coarser());
                return Reaction::None;
            }
            KeyCode::Char(' ') if !typing => {
                self.anchor = match self.anchor {
                    None => self.ends_of(self.selected),
                    Some(_) => None,
                };
            }
            _ => {
                if self.typed.press(key) != Some(true) {
                    return Reaction::None;
                }
                self.anchor = None;
            }
        }
        self.set()
    }

    /// Moves by `count` entries that have articles; while a span is marked, by any. A single step leads
    /// from the last to the first.
    fn step(&mut self, count: isize) -> Reaction {
        self.typed.set("");
        self.follows = true;
        let last = self.entries.len() - 1;
        for _ in 0..count.unsigned_abs().min(last + 1) {
            let around = |at: usize| if at == 0 { last } else { 0 };
            let next = |at: usize| at.checked_add_signed(count.signum()).filter(|at| *at <= last);
            let wraps = count.unsigned_abs() == 1 && self.anchor.is_none();
            let mut at = next(self.selected).or(Some(around(self.selected)).filter(|_| wraps));
            while let Some(place) = at.filter(|place| self.anchor.is_none() && self.is_empty(*place)) {
                at = next(place);
            }
            let Some(at) = at else { break };
            self.selected = at;
        }
        self.set()
    }

    fn is_empty(&self, at: usize) -> bool {
        match self.entries.get(at) {
            Some(Entry::Row(Row::Period { bucket, .. })) => count(bucket) == 0,
            Some(Entry::Row(Row::Gap(..))) => true,
            _ => false,
        }
    }

    /// Takes a click.
    fn click(&mut self, position: Position) -> Reaction {
        self.pressed = None;
        match self.hit(position) {
            Some(Hit::Entry(at)) => {
                self.pressed = Some(at);
                self.anchor = None;
                self.go_to(at)
            }
            Some(Hit::Zoom(zoom)) => {
                self.zoom_to(zoom);
                Reaction::None
            }
            None => Reaction::None,
        }
    }

    /// Takes the mouse to another row while the button is held: that marks a span.
    fn drag(&mut self, position: Position) -> Reaction {
        let (Some(pressed), Some(Hit::Entry(at))) = (self.pressed, self.hit(position)) else {
            return Reaction::None;
        };
        if at == self.selected || self.ends_of(at).is_none() {
            return Reaction::None;
        }
        self.anchor = self.ends_of(pressed).filter(|_| at != pressed);
        self.go_to(at)
    }

    fn go_to(&mut self, at: usize) -> Reaction {
        self.typed.set("");
        self.selected = at;
        self.set()
    }

    fn hit(&self, position: Position) -> Option<Hit> {
        self.hits.iter().find(|(area, _)| area.contains(position)).map(|(_, hit)| *hit)
    }
}

impl Popup for DatePicker {
    fn title(&self) -> &str {
        "Date"
    }

    fn size(&self, _: Rect, _: &Scene<'_>) -> (u16, u16) {
        (64, (self.entries.len() - 2).clamp(3, OVERVIEW) as u16 + 13)
    }

    fn hints(&self, _: &Scene<'_>) -> Vec<Hint> {
        vec![
            Hint::key("enter", "apply"),
            Hint::key("esc", "cancel"),
            Hint::keys("+ −", "zoom"),
            Hint::key("space", "select a span"),
            Hint::keys("↑↓", "move"),
        ]
    }

    fn changes_line(&self) -> bool {
        true
    }

    fn press(&mut self, key: Key, scene: &Scene<'_>) -> Vec<Wish> {
        self.react(key).wishes(scene)
    }

    /// Takes it as if it were typed.
    fn paste(&mut self, text: &str, scene: &Scene<'_>) -> Vec<Wish> {
        self.typed.paste(text);
        self.anchor = None;
        self.set().wishes(scene)
    }

    /// The wheel turns the calendar.
    fn mouse(&mut self, mouse: Mouse, scene: &Scene<'_>) -> Vec<Wish> {
        let reaction = match mouse.kind {
            MouseKind::Click => self.click(mouse.position()),
            MouseKind::Drag => self.drag(mouse.position()),
            MouseKind::Release => Reaction::None,
            MouseKind::WheelDown | MouseKind::WheelUp => {
                self.top = self.top.saturating_add_signed(3 * mouse.wheel());
                self.follows = false;
                Reaction::None
            }
        };
        reaction.wishes(scene)
    }

    fn renew(&mut self, scene: &Scene<'_>) {
        if let Some(counts) = scene.choices.filter(|counts| counts.dates != self.facet) {
            self.facet = counts.dates.clone();
            self.list_anew();
        }
    }

    fn draw(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene<'_>) -> Option<Position> {
        self.draw_calendar(area, buf, scene.theme)
    }
}

/// So many rows of the calendar are on the screen where there is room.
const OVERVIEW: usize = 18;

/// How many articles may be from a period.
fn count(bucket: &Bucket) -> usize {
    bucket.certain + bucket.possible
}

/// The zoom at which a period is shown.
fn finest(when: When) -> Zoom {
    match when {
        When::Year(_) => Zoom::Years,
        When::Month(_) => Zoom::Months,
        _ => Zoom::Days,
    }
}

/// What is typed, as a value of `date:` in its usual spelling; `None` while it is no date.
fn understood(typed: &str) -> Option<String> {
    let line = format!("date:{}", edit::quote(typed));
    edit::values(&line, "date").pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys::parse_typed;

    /// A picker of two Decembers, a February known to the day and to the month, and a year.
    fn picker(chosen: Option<&str>) -> DatePicker {
        let spans = [("2018-12-30", 1), ("2020-12-30", 2), ("2021-02", 4), ("2021-02-16", 8), ("2021-04-01", 16)];
        let span = |(value, count): (&str, usize)| {
            let when = When::from_value(value).expect("a date");
            (when.first().expect("a day"), when.last().expect("a day"), count)
        };
        let facet = DateFacet { spans: spans.map(span).to_vec(), undated: 5 };
        DatePicker::new(chosen, facet)
    }

    /// What the last of these keys asks for.
    fn check(chosen: Option<&str>, keys: &str, expected: Reaction) {
        let mut picker = picker(chosen);
        let reaction = parse_typed(keys).expect("keys").into_iter().map(|key| picker.react(key)).last();
        assert_eq!(reaction, Some(expected), "{chosen:?} {keys}");
    }

    fn set(value: &str) -> Reaction {
        Reaction::Set(Some(value.to_owned()))
    }

    #[test]
    fn arrows_go_from_one_time_with_articles_to_the_next() {
        check(None, "<up>", set("none"));
        check(None, "<up><up>", set("2021"));
        check(None, "+<up><up>", set("2021-04"));
        check(None, "+<up><up><up>", set("2021-02"));
        check(None, "+<up><up><up><up>", set("2021"));
        check(None, "+kkkkk", set("2020-12"));
        check(None, "<up><down>", Reaction::Set(None));
        check(None, "<down>", set("2018"));
        check(None, "<down><up>", Reaction::Set(None));
        check(None, "<home>", set("2018"));
        check(Some("2021-02"), "<down>", set("2021-04"));
        check(Some("2021-02-16"), "<up>", set("2021-02"));
    }

    #[test]
    fn a_span_is_marked_from_either_end() {
        check(Some("2021-02"), "<space><down>", set("2021-02..2021-03"));
        check(Some("2021-02"), "<space><up><up><up>", set("2020-12..2021-02"));
        check(Some("2020-12..2021-02"), "<down>", set("2020-12..2021-03"));
        check(Some("2020-12..2021-02"), "<space>", set("2021-02"));
        check(Some("2020"), "<space><down>", set("2020..2021"));
    }

    #[test]
    fn dates_can_be_typed() {
        check(None, "feb 2021", set("2021-02"));
        check(None, "16 july 2021", set("2021-07-16"));
        check(None, "2019..2020", set("2019..2020"));
        check(None, "june 2021", set("2021-06"));
        check(None, "jan 2021", set("2021-01"));
        check(None, "+jj", set("2018-12"));
        check(None, "kj", Reaction::Set(None));
        check(None, "feb", Reaction::None);
        check(None, "7d", set("7d"));
        check(Some("2021"), "feb<esc>", set("2021"));
    }

    #[test]
    fn what_is_typed_is_shown_in_the_calendar() {
        let mut picker = picker(None);
        for key in parse_typed("16 feb 2021").expect("keys") {
            picker.react(key);
        }
        assert_eq!(picker.zoom, Zoom::Days);
        assert_eq!(picker.marked().map(|(first, _)| first.value()).as_deref(), Some("2021-02-16"));
    }

    #[test]
    fn what_was_chosen_stays_until_a_key_says_otherwise() {
        assert_eq!(picker(Some("7d")).value().as_deref(), Some("7d"));
        assert_eq!(picker(Some("2020-12..2021-02")).value().as_deref(), Some("2020-12..2021-02"));
        check(Some("7d"), "+", Reaction::None);
        check(Some("7d"), "<up>", set("none"));
    }
}
