//! How the panes lie on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::archive::Facets;
use crate::effect::Generation;
use crate::panes::filter_bar;
use crate::panes::hints::Hint;
use crate::panes::layout::{Layout, Room, TINY_COLUMNS, View};
use crate::panes::list::Look;
use crate::panes::paint;
use crate::panes::{popup, status};
use crate::query::Sort;
use crate::text::width::cells;
use crate::text::wrap::wrap;

use super::App;

/// How many cells of the bottom line are for the place in the list.
const POSITION: usize = 20;

impl App {
    /// Draws everything on `area`, and returns the cell of the cursor, where there is one.
    pub fn draw(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.space.size = area;
        self.caret = None;
        if area.is_empty() {
            return None;
        }
        let layout = self.space.layout();
        let mut cursor = self.draw_filter_bar(&layout, buf);
        let theme = &self.settings.theme;
        paint::fill(buf, layout.upper_rule, "─", theme.rule);
        paint::fill(buf, layout.lower_rule, "─", theme.rule);
        // The pane that has the keys is told by the bar of the list, and by the rule beside the article.
        let beside = if self.space.view == View::Reading { theme.accent } else { theme.rule };
        paint::fill(buf, layout.divider, "│", beside);
        for rule in [layout.upper_rule, layout.lower_rule].into_iter().filter(|rule| !rule.is_empty()) {
            let x = layout.divider.x;
            if !layout.divider.is_empty() {
                let symbol = if rule == layout.upper_rule { "┬" } else { "┴" };
                buf.set_string(x, rule.y, symbol, theme.rule);
            }
        }
        self.draw_list(&layout, buf);
        self.draw_reading(&layout, buf);
        if let Some(found) = self.draw_status(&layout, buf) {
            cursor = Some(found);
        }
        self.query_line.draw_completions(layout.filter_bar, buf, &self.settings.theme);
        self.draw_continuations(&layout, buf);
        let over = self.draw_popup(area, buf);
        if self.popup.is_some() {
            return over;
        }
        let caret = if self.space.in_list() { self.list.caret() } else { self.reading.caret() };
        self.caret = caret.filter(|caret| area.contains(*caret));
        cursor
    }

    fn draw_filter_bar(&mut self, layout: &Layout, buf: &mut Buffer) -> Option<Position> {
        let none = Facets::default();
        let done = self.asked.done_about_nothing(&self.correcting_key());
        let answered = self.asked.answered.as_ref();
        let shown = filter_bar::Shown {
            query: &self.asked.query,
            total: answered.map_or(0, |answered| answered.total),
            matched: self.list.matched(),
            sort: answered.map_or(Sort::Newest, |answered| answered.sort),
            generation: answered.map_or_else(Generation::default, |answered| answered.generation),
            facets: answered.map_or(&none, |answered| &answered.facets),
            choices: answered.map_or(&none, |answered| &answered.choices),
            note: self.asked.query.notes.first().map(|note| note.text.as_str()),
            done: &done,
            usual: self.asked.usual.as_deref(),
        };
        let area = match layout.room {
            // The line is edited in the first row when there is no bar for it.
            Room::Tiny if self.query_line.is_editing() => Rect { height: 1, ..layout.list },
            _ => layout.filter_bar,
        };
        self.filter_bar.draw(area, buf, &self.settings.theme, &self.query_line, shown)
    }

    /// The clause that emptied the result, and how many articles there are without.
    fn culprit(&self) -> Option<(&str, usize)> {
        let (span, count) = self.asked.culprit(self.list.matched())?;
        Some((self.query_line.value().get(span)?.trim(), count))
    }

    /// The key that takes what was meant, or takes away what nothing matches.
    fn correcting_key(&self) -> String {
        match self.query_line.is_editing() {
            true => "⇥".to_owned(),
            false => self.settings.keymap.first(Action::Correct),
        }
    }

    fn draw_list(&mut self, layout: &Layout, buf: &mut Buffer) {
        let mut area = layout.list;
        let tiny = layout.room == Room::Tiny;
        if tiny && self.query_line.is_editing() && area.height > 0 {
            area = Rect { y: area.y + 1, height: area.height - 1, ..area };
        }
        if self.list.matched() == 0 {
            return self.draw_empty(area, buf);
        }
        let focused = self.space.in_list();
        let marks = self.marking.known.then_some(&*self.marking.marks);
        let look = Look { theme: &self.settings.theme, focused, marks };
        self.list.draw(area, buf, &look, tiny);
    }

    /// What stands in place of a list without articles: why, and how to go on.
    fn draw_empty(&self, area: Rect, buf: &mut Buffer) {
        let theme = &self.settings.theme;
        let key = |action| self.settings.keymap.first(action);
        let mut lines: Vec<(String, ratatui::style::Style)> = Vec::new();
        let total = self.asked.answered.as_ref().map_or(0, |answered| answered.total);
        match &self.asked.answered {
            // What was read may be on its way to the screen.
            _ if total == 0 && !(self.progress.finished && self.asked.is_answered()) => {
                lines.push(("Looking for articles …".to_owned(), theme.heading));
                lines.push((format!("in {}", self.settings.place), theme.dim));
            }
            Some(answered) if total > 0 => {
                let line = self.query_line.value().trim();
                let line = match &self.asked.unfinished {
                    Some(_) => format!("{line}…"),
                    None => line.to_owned(),
                };
                lines.push((format!("No results for {line}"), theme.heading));
                if let Some(empty) = &answered.empty {
                    for word in &empty.unknown {
                        let (word, total) = (self.asked.shown(word), paint::counted(total, "article", "articles"));
                        lines.push((format!("{word} is in none of the {total}."), theme.text));
                    }
                }
                let culprit = self.culprit();
                if let Some((clause, count)) = culprit {
                    let count = paint::counted(count, "article", "articles");
                    lines.push((format!("{count} without {clause}."), theme.text));
                }
                lines.push((String::new(), theme.dim));
                let editing = self.query_line.is_editing();
                let mut ways_on: Vec<String> = Vec::new();
                match culprit {
                    Some((clause, _)) => ways_on.push(format!("{}: remove {clause}", self.correcting_key())),
                    None if editing => {}
                    None => ways_on.push(format!("{}: remove the last condition", key(Action::RemoveFilter))),
                }
                if editing {
                    ways_on.push(format!("{}: cancel", key(Action::Escape)));
                } else {
                    ways_on.push(format!("{}: edit the query", key(Action::Search)));
                    ways_on.push(format!("{}: clear it", key(Action::Escape)));
                }
                lines.push((ways_on.join("   "), theme.dim));
            }
            _ => {
                lines.push(("No articles here".to_owned(), theme.heading));
                lines.push((format!("No file in {} can be read as an article.", self.settings.place), theme.text));
                lines.push((String::new(), theme.dim));
                lines.push((
                    "newsstand FOLDER opens a folder of articles: text, HTML, feeds, JSON Lines and more.".to_owned(),
                    theme.dim,
                ));
                lines.push((
                    format!("{}: files that could not be read   {}: quit", key(Action::Problems), key(Action::Back)),
                    theme.dim,
                ));
            }
        }
        let area = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(3), ..area };
        let mut y = area.y + u16::from(area.height > 3);
        for (text, style) in lines {
            for line in wrap(&text, usize::from(area.width)) {
                if y >= area.bottom() {
                    return;
                }
                paint::pieces(buf, area.x, y, area.width, &[(&text[line], style)]);
                y += 1;
            }
        }
    }

    fn draw_reading(&mut self, layout: &Layout, buf: &mut Buffer) {
        let theme = &self.settings.theme;
        match &mut self.why {
            Some(why) => why.draw(layout.reading, buf, theme, self.reading.opened()),
            None => {
                let alone = self.space.is_zen();
                let id = self.reading.id();
                let tags = id.map(|id| self.marking.marks.tags_of(id)).unwrap_or_default();
                self.reading.show_own(&tags, id.and_then(|id| self.marking.marks.note(id)));
                self.reading.draw(layout.reading, buf, theme, self.settings.reading_width, alone);
            }
        }
    }

    fn draw_status(&mut self, layout: &Layout, buf: &mut Buffer) -> Option<Position> {
        let theme = &self.settings.theme;
        let mut area = layout.status;
        if area.is_empty() {
            // On a tiny screen only what cannot wait is told, in the last row of what it is about.
            if self.typing.find.is_none() && self.message.is_none() || self.popup.is_some() {
                return None;
            }
            area = Rect { y: self.space.size.bottom() - 1, height: 1, ..self.space.size };
            paint::fill(buf, area, " ", theme.text);
        }
        if let (Some(find), false) = (&self.typing.find, area.is_empty()) {
            let label = "  find ";
            buf.set_string(area.x, area.y, label, theme.accent);
            let width = cells(label) as u16;
            // Beside the field it says how many there are, where there is room for both.
            let count = if area.width >= TINY_COLUMNS { 20 } else { 0 };
            let field =
                Rect { x: area.x + width.min(area.width), width: area.width.saturating_sub(width + count), ..area };
            let cursor = find.draw(field, buf, theme.text);
            let position = self.reading.position();
            let right = match (position.at_match, self.reading.find_text().is_empty()) {
                (_, true) => "esc cancel".to_owned(),
                (Some(at), false) => format!("match {at} of {}", position.matches),
                (None, false) => "no match".to_owned(),
            };
            if count > 0 {
                let row = Rect { width: area.width.saturating_sub(1), ..area };
                paint::pieces_right(buf, row, &[(&right, theme.dim)]);
            }
            return cursor;
        }
        let keys = self.bottom_hints();
        let position = self.position(layout.room);
        let reading = Some(&self.progress).filter(|progress| !progress.finished && progress.total > 0);
        let doing = match reading {
            _ if self.asked.slow => "searching …".to_owned(),
            Some(progress) => status::describe(progress),
            None => String::new(),
        };
        let shown = status::Shown { message: self.message.as_ref(), doing: &doing, position: &position };
        status::draw(area, buf, theme, keys, &shown, &mut self.hints);
        None
    }

    /// The keys that matter now.
    fn bottom_hints(&self) -> Vec<Hint> {
        let key = |action, what: &'static str| Hint::action(&self.settings.keymap, action, what);
        if !self.typing.pending.is_empty() {
            let following = self.settings.keymap.continuations(self.space.context(), &self.typing.pending);
            let hint =
                |(keys, press, what): (String, _, &'static str)| Hint { keys: keys.into(), what: what.into(), press };
            return following.into_iter().map(hint).collect();
        }
        if let Some(framed) = &self.popup {
            return framed.way_out(&self.scene()).into_iter().collect();
        }
        if self.query_line.is_editing() {
            return vec![
                Hint::key("enter", "apply"),
                Hint::key("tab", "complete"),
                Hint::key("up", "history"),
                Hint::key("esc", "cancel"),
            ];
        }
        if self.filter_bar.timeline.is_focused() {
            return vec![
                Hint::keys("← →", "move"),
                Hint::key("space", "select a span"),
                Hint::keys("+ −", "zoom in, zoom out"),
                Hint::key("enter", "narrow"),
                Hint::key("esc", "close"),
            ];
        }
        if self.why.is_some() {
            return vec![
                Hint::keys("j k", "scroll"),
                key(Action::Edit, "open file"),
                Hint::key("esc", "close"),
                key(Action::Help, status::ALL_KEYS),
            ];
        }
        if self.counted_search().is_some() {
            return vec![
                key(Action::Read, "this saved search"),
                Hint::keys("j k", "move that far"),
                Hint::key("esc", "close"),
            ];
        }
        if self.space.in_list() {
            let mut keys = vec![
                key(Action::Read, "read"),
                key(Action::Search, "search"),
                Hint::key("f", "filter"),
                key(Action::Sort, "sort"),
                key(Action::Why, "details"),
                key(Action::Help, status::ALL_KEYS),
            ];
            if self.settings.sample {
                keys.push(Hint::keys("newsstand FOLDER", "to open your own"));
            }
            return keys;
        }
        let mut keys = vec![
            key(Action::PageOn, "page down"),
            Hint::keys("J K", "next, previous"),
            Hint::keys("< >", "width"),
            key(Action::Find, "find"),
            key(Action::Zen, if self.space.is_zen() { "back" } else { "zen" }),
        ];
        if self.reading.position().matches > 0 {
            keys.insert(1, key(Action::NextMatch, "next match"));
        }
        if !self.space.is_zen() {
            keys.push(key(Action::List, "list"));
        }
        keys
    }

    /// The keys that can follow those pressed, a line each, where the bottom line has no room for them.
    fn draw_continuations(&self, layout: &Layout, buf: &mut Buffer) {
        if self.typing.pending.is_empty() || layout.status.is_empty() {
            return;
        }
        let theme = &self.settings.theme;
        let keys = self.bottom_hints();
        let (widest, words) =
            keys.iter().fold((0, 0), |(key, what), hint| (key.max(cells(&hint.keys)), what.max(cells(&hint.what))));
        let in_a_row: usize = keys.iter().map(|hint| hint.width() + 3).sum();
        let (width, height) = ((widest + words + 7) as u16, keys.len() as u16 + if keys.len() > 8 { 3 } else { 2 });
        let above = layout.status.y.saturating_sub(1);
        if in_a_row + POSITION <= usize::from(layout.status.width) || above < height + 3 || layout.status.width < width
        {
            return;
        }
        let place = Rect { x: layout.status.x + 1, y: above - height, width, height };
        let pressed: Vec<String> = self.typing.pending.iter().map(|key| key.sign()).collect();
        let inner = popup::frame(place, buf, &pressed.join(" "), theme);
        for (hint, row) in keys.iter().zip(inner.rows()) {
            let key = format!("{}{}  ", hint.keys, " ".repeat(widest - cells(&hint.keys)));
            paint::pieces(buf, row.x, row.y, row.width, &[(&key, theme.key), (&hint.what, theme.text)]);
        }
    }

    /// Where the reader is: which article of how many, and how far in it.
    fn position(&self, room: Room) -> String {
        if self.list.matched() == 0 {
            return String::new();
        }
        let (selected, matched) = (self.list.selected() + 1, self.list.matched());
        let place = match selected.checked_sub(matched).filter(|below| *below > 0) {
            None => format!("{} of {}", paint::number(selected), paint::number(matched)),
            Some(below) => format!("{} of {} more", paint::number(below), paint::number(self.list.more())),
        };
        // A count that is being typed stands before the place, as it will be added to it.
        let place = self.typing.count.map_or(place.clone(), |count| format!("{count} × · {place}"));
        let reading = !self.space.layout().reading.is_empty() && self.why.is_none() && self.reading.opened().is_some();
        if room == Room::Tiny || !reading {
            return place;
        }
        let position = self.reading.position();
        match (position.at_match, position.matches) {
            (Some(at), of) => format!("match {at} of {of} · {place}"),
            (None, 0) => format!("{place} · {} %", position.percent),
            (None, 1) => format!("1 match · {place}"),
            (None, of) => format!("{of} matches · {place}"),
        }
    }

    fn draw_popup(&mut self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        let mut framed = self.popup.take()?;
        // What a popup changes of the line stays in sight, where there is room for both.
        let layout = self.space.layout();
        let below = match area.height {
            24.. => {
                Rect { y: layout.upper_rule.bottom(), height: layout.list.height.max(layout.reading.height), ..area }
            }
            _ => area,
        };
        let cursor = framed.draw(area, below, buf, &self.scene());
        self.popup = Some(framed);
        cursor
    }
}
