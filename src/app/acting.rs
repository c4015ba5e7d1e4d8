//! What each action does.

use crate::action::Action;
use crate::article::ArticleId;
use crate::article::typeset::{self, Setting};
use crate::effect::Effect;
use crate::export::citation;
use crate::format::archive::WITHIN;
use crate::panes::filter_bar::{self, Click};
use crate::panes::layout::View;
use crate::panes::reading::COLUMN_WIDTHS;
use crate::panes::why::Why;
use crate::query::edit;
use crate::text::address::{encoded, pasted};

use super::App;

/// How many cells `<` and `>` change the column by.
const COLUMN_STEP: u16 = 4;

impl App {
    /// Does what the reader asked for.
    pub(super) fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.open_popup(action, effects) {
            return;
        }
        let count = self.typing.count.unwrap_or(1).min(isize::MAX as usize) as isize;
        let half = |page: usize| (page / 2).max(1) as isize;
        match action {
            Action::Down => self.move_by(count),
            Action::Up => self.move_by(-count),
            Action::HalfPageDown => self.move_by(half(self.page()).saturating_mul(count)),
            Action::HalfPageUp => self.move_by(-half(self.page()).saturating_mul(count)),
            Action::PageDown => self.move_by((self.page() as isize).saturating_mul(count)),
            Action::PageUp => self.move_by(-(self.page() as isize).saturating_mul(count)),
            Action::Top => self.go_to_end(false),
            Action::Bottom => self.go_to_end(true),
            Action::Read => match self.counted_search() {
                Some(place) => self.saved_search(place, effects),
                None => self.read(),
            },
            Action::List => self.go_to_list(),
            Action::NextPane => self.space.view = if self.space.in_list() { View::Reading } else { View::List },
            Action::PageOn => self.page_on(effects),
            Action::ScrollDown => self.scroll_article(count),
            Action::ScrollUp => self.scroll_article(-count),
            Action::NextArticle => {
                self.mark_as_read(effects);
                self.step_article(count);
            }
            Action::PreviousArticle => self.step_article(-count),
            Action::NextUnread => self.step_unread(true, effects),
            Action::PreviousUnread => self.step_unread(false, effects),
            Action::MarkRead => self.toggle_read(effects),
            Action::Star => self.toggle_star(effects),
            Action::MarkAllRead => self.mark_all_read(effects),
            Action::SelectSeveral => self.toggle_several(),
            Action::FilterUnread => self.filter_marked("unread", effects),
            Action::FilterNew => self.filter_marked("new", effects),
            Action::FilterStarred => self.filter_marked("starred", effects),
            Action::NextMatch => self.go_to_match(true),
            Action::PreviousMatch => self.go_to_match(false),
            Action::Search => self.edit_line(effects),
            Action::Find => {
                self.why = None;
                self.typing.begin_find(&self.reading);
            }
            Action::Timeline => self.focus_timeline(),
            Action::SavedSearch => _ = self.open_popup(Action::SavedSearches, effects),
            Action::Undo => self.undo(effects),
            Action::RemoveFilter => {
                let line = self.asked.without_last(self.query_line.value());
                line.into_iter().for_each(|line| self.set_line(&line, effects));
            }
            Action::ClearFilters => self.set_line(&edit::without_filters(&self.line()), effects),
            Action::Correct => _ = self.take_culprit_away(effects) || self.correct(effects),
            Action::Sort => self.set_line(&self.asked.with_next_sort(self.query_line.value()), effects),
            Action::Density => {
                self.list.density = self.list.density.next();
                self.tell(&format!("list: {}", self.list.density.name().replace('-', " ")));
            }
            Action::Why => self.toggle_why(),
            Action::Zen => self.toggle_zen(),
            Action::Wider => self.set_width(self.settings.reading_width.saturating_add(COLUMN_STEP)),
            Action::Narrower => self.set_width(self.settings.reading_width.saturating_sub(COLUMN_STEP)),
            Action::Copy => self.copy(effects),
            Action::CopyText => self.copy_text(effects),
            Action::CopyPath => self.copy_path(effects),
            Action::CopyTitled => self.copy_titled(effects),
            Action::CopyCitation => self.copy_citation(effects),
            Action::Open => self.launch(effects),
            Action::Edit => self.edit_file(effects),
            Action::Refresh => {
                effects.push(Effect::Refresh);
                self.refreshing = true;
                self.tell("looking for new and changed files …");
            }
            Action::Mouse => {
                self.mouse = !self.mouse;
                effects.push(Effect::Mouse(self.mouse));
                self.tell(if self.mouse { "mouse on" } else { "mouse off: select text as usual" });
            }
            Action::Similar => self.look_for_similar(effects),
            Action::Escape => self.escape(effects),
            Action::Back => self.back(effects),
            Action::Suspend => effects.push(Effect::Suspend),
            Action::Quit => effects.push(Effect::Quit),
            // Those that open a popup have done so above; a test acts them all.
            _ => debug_assert!(false, "{action:?} does nothing"),
        }
    }

    /// Does what a click in the filter bar means.
    pub(super) fn filter_bar_click(&mut self, click: Click, effects: &mut Vec<Effect>) {
        match click {
            Click::Edit => self.edit_line(effects),
            Click::Language(code) => self.set_line(&edit::toggle_value(&self.line(), "lang", &code), effects),
            Click::Languages => self.act(Action::FilterLanguage, effects),
            Click::Dates => self.act(Action::FilterDate, effects),
            Click::Sort => self.act(Action::Sort, effects),
            Click::Remove(span) => self.set_line(&edit::without(&self.line(), span), effects),
        }
    }

    fn line(&self) -> String {
        self.query_line.value().to_owned()
    }

    fn page(&self) -> usize {
        match (&self.why, self.space.in_list()) {
            (_, true) => self.list.page(self.space.layout().list.height),
            (Some(why), false) => why.page(),
            (None, false) => self.reading.page(),
        }
    }

    fn move_by(&mut self, count: isize) {
        if self.space.in_list() {
            self.list.step(count);
        } else {
            self.scroll_article(count);
        }
    }

    fn scroll_article(&mut self, count: isize) {
        match &mut self.why {
            Some(why) => why.scroll(count),
            None => _ = self.reading.scroll(count),
        }
    }

    fn go_to_end(&mut self, bottom: bool) {
        match (self.space.in_list(), bottom, self.typing.count) {
            // `5gg` and `5G` go to the fifth article, as fingers know it.
            (true, _, Some(count)) => _ = self.list.select(count - 1),
            (true, true, None) => _ = self.list.select(usize::MAX),
            (true, false, None) => _ = self.list.select(0),
            (false, true, _) => self.reading.to_bottom(),
            (false, false, _) => self.reading.to_top(),
        }
    }

    fn read(&mut self) {
        if self.list.matched() > 0 {
            self.space.view = View::Reading;
        }
    }

    fn go_to_list(&mut self) {
        self.space.view = View::List;
        if self.space.is_narrow() {
            self.why = None;
        }
    }

    fn step_article(&mut self, count: isize) {
        if !self.list.step(count) {
            self.tell(if count > 0 { "last article" } else { "first article" });
        }
    }

    fn page_on(&mut self, effects: &mut Vec<Effect>) {
        let reading = !self.space.layout().reading.is_empty() && self.why.is_none();
        if !reading {
            self.read();
        } else if self.reading.at_end() {
            self.mark_as_read(effects);
            self.step_article(1);
        } else {
            self.reading.scroll(self.reading.page() as isize);
        }
    }

    fn go_to_match(&mut self, forward: bool) {
        self.why = None;
        if self.space.in_list() && self.space.is_narrow() {
            self.read();
        }
        if !self.reading.go_to_match(forward) {
            self.tell("no match in this article");
        }
    }

    fn edit_line(&mut self, effects: &mut Vec<Effect>) {
        // The line must be visible while it is edited.
        self.space.view = View::List;
        self.query_line.edit();
        self.search(true, effects);
    }

    fn focus_timeline(&mut self) {
        self.space.view = View::List;
        let bar = self.space.layout().filter_bar;
        if bar.height < 2 || bar.width < filter_bar::TIMELINE_WIDTH {
            self.tell("no room for the timeline here");
        } else if !self.filter_bar.timeline.focus() {
            self.tell("no dated articles");
        }
    }

    /// Puts the words that were most likely meant into the line, and tells whether there were any.
    pub(super) fn correct(&mut self, effects: &mut Vec<Effect>) -> bool {
        // Other words have another best match, and that is what is looked for.
        let line = self.asked.corrected(self.query_line.value());
        let corrected = line.is_some();
        line.into_iter().for_each(|line| self.set_line_keeping(false, &line, effects));
        if !corrected && !self.query_line.is_editing() {
            self.tell("nothing to correct");
        }
        corrected
    }

    /// Takes away the clause that emptied the result, and tells whether there was one.
    pub(super) fn take_culprit_away(&mut self, effects: &mut Vec<Effect>) -> bool {
        let culprit = self.asked.culprit(self.list.matched());
        let line = culprit.map(|(span, _)| edit::without(self.query_line.value(), span));
        let any = line.is_some();
        // Nothing was selected in an empty list.
        line.into_iter().for_each(|line| self.set_line_keeping(false, &line, effects));
        any
    }

    /// Looks for articles about the same as the chosen one.
    fn look_for_similar(&mut self, effects: &mut Vec<Effect>) {
        match self.chosen() {
            Some(id) => {
                self.go_to_list();
                self.set_line_keeping(false, &format!("like:{id}"), effects);
            }
            None => self.tell("no article is selected"),
        }
    }

    fn toggle_why(&mut self) {
        self.why = match self.why {
            Some(_) => None,
            None if self.list.matched() == 0 => return,
            None => Some(Why::default()),
        };
        if self.why.is_some() && (self.space.is_narrow() || self.space.is_zen()) {
            self.space.view = View::Reading;
        }
    }

    fn toggle_zen(&mut self) {
        if self.space.is_zen() {
            self.space.leave_zen();
        } else if self.list.matched() > 0 {
            self.why = None;
            self.space.enter_zen();
        }
    }

    fn set_width(&mut self, width: u16) {
        self.settings.reading_width = width.clamp(*COLUMN_WIDTHS.start(), *COLUMN_WIDTHS.end());
        let width = self.settings.reading_width;
        self.tell(&format!("column width {width}"));
    }

    /// The web address of the selected article, or else its path.
    fn copy(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else {
            return;
        };
        let record = &row.row.record;
        let (copied, told) = match (&record.url, pasted(&row.row.origin.path)) {
            (Some(url), _) => (encoded(url), ""),
            (None, (_, false)) => (record.path.to_string(), ""),
            (None, (path, true)) => (path, " (escaped for bash and zsh: the path is not plain text)"),
        };
        self.tell(&format!("copied {copied}{told}"));
        effects.push(Effect::Copy(copied));
    }

    /// The text of the open article, without its lines broken.
    fn copy_text(&mut self, effects: &mut Vec<Effect>) {
        let Some(opened) = self.reading.opened() else {
            self.tell("no article is open");
            return;
        };
        let setting = Setting { width: usize::MAX, numbers: false, pictures: false, whole_words: true };
        let lines = typeset::typeset(&opened.article, setting, |paragraph| typeset::is_body(paragraph, setting));
        let lines: Vec<String> = lines.iter().map(|line| typeset::plain(&opened.article, line, setting)).collect();
        let told = format!("copied the text: {} words", opened.article.words);
        effects.push(Effect::Copy(lines.join("\n")));
        self.tell(&told);
    }

    fn copy_path(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else { return };
        let (path, is_escaped) = pasted(&row.row.origin.path);
        let copied = if is_escaped { path } else { row.row.record.path.to_string() };
        self.tell(&format!("copied {copied}"));
        effects.push(Effect::Copy(copied));
    }

    fn copy_titled(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else { return };
        let record = &row.row.record;
        let place = record.url.as_ref().map_or_else(|| record.path.to_string(), |url| encoded(url));
        let copied = format!("{}\n{place}", record.title);
        self.tell("copied the title and address");
        effects.push(Effect::Copy(copied));
    }

    fn copy_citation(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else { return };
        let copied = citation(&row.row.record);
        self.tell(&format!("copied {copied}"));
        effects.push(Effect::Copy(copied));
    }

    /// Opens an article of the list at a place, and reads it.
    pub(super) fn open_at(&mut self, id: ArticleId, place: usize, effects: &mut Vec<Effect>) {
        self.space.view = View::Reading;
        if self.reading.id() == Some(id) {
            self.reading.go_to_place(place);
            return;
        }
        // It is gone to when the article is there.
        self.scrolls.insert(id, place);
        self.search_for(id, effects);
    }

    /// Opens a link of the open article, by its number from 1.
    fn launch_link(&mut self, number: usize, effects: &mut Vec<Effect>) {
        let links = self.reading.opened().map_or(&[][..], |opened| &opened.article.links);
        match number.checked_sub(1).and_then(|at| links.get(at)) {
            Some(link) => effects.push(Effect::Launch(encoded(link))),
            None if links.is_empty() => self.tell("the article has no links"),
            None => {
                let told = format!("there is no link {number}; the last one is {}", links.len());
                self.tell(&told);
            }
        }
    }

    fn launch(&mut self, effects: &mut Vec<Effect>) {
        if let Some(number) = self.typing.count {
            return self.launch_link(number, effects);
        }
        let Some(row) = self.list.selected_row() else {
            return;
        };
        match (&row.row.record.url, self.settings.sample) {
            // An address comes from the article, so it may be anything: only the web is opened.
            (Some(url), _) if url.starts_with("https://") || url.starts_with("http://") => {
                effects.push(Effect::Launch(encoded(url)));
            }
            (Some(url), _) => self.tell(&format!("{url} is not a web address")),
            (None, true) => self.tell("the sample edition has no files to open"),
            (None, false) => match row.row.origin.path.to_str() {
                Some(path) => effects.push(Effect::Launch(path.to_owned())),
                None => self.tell("the path is not text, so it cannot be opened; y copies it escaped"),
            },
        }
    }

    fn edit_file(&mut self, effects: &mut Vec<Effect>) {
        let Some(row) = self.list.selected_row() else {
            return;
        };
        if self.settings.sample {
            self.tell("the sample edition has no files to edit");
            return;
        }
        let origin = &row.row.origin;
        if origin.path.to_string_lossy().contains(WITHIN) {
            self.tell("this article lies in an archive: unpack it to edit it");
            return;
        }
        effects.push(Effect::Edit { path: origin.path.clone(), line: origin.part.unwrap_or(1) });
    }

    /// Leaves what is open, the innermost first; then clears the query. Never quits.
    fn escape(&mut self, effects: &mut Vec<Effect>) {
        if self.typing.clear() {
            // That was all.
        } else if self.list.several().is_some() {
            self.list.select_several(false);
        } else if self.why.is_some() {
            self.why = None;
        } else if !self.space.in_list() && !self.reading.find_text().is_empty() {
            self.reading.find("");
        } else if self.space.is_zen() {
            self.toggle_zen();
        } else if !self.space.in_list() {
            self.go_to_list();
        } else if !self.query_line.value().is_empty() {
            self.query_line.keep();
            self.set_line("", effects);
            let undo = self.settings.keymap.first(Action::Undo);
            self.tell(&format!("query cleared ({undo}: undo)"));
        }
    }

    /// Back by one, and out at the end.
    fn back(&mut self, effects: &mut Vec<Effect>) {
        if self.why.is_some() {
            self.why = None;
        } else if self.space.is_zen() {
            self.toggle_zen();
        } else if !self.space.in_list() {
            self.go_to_list();
        } else {
            effects.push(Effect::Quit);
        }
    }
}
