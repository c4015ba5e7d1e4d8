//! Marks: what the reader sets, what is set by reading, and where a visit ends.

use std::ops::Range;
use std::sync::Arc;

use crate::action::Action;
use crate::article::ArticleId;
use crate::config::MarkRead;
use crate::effect::{Effect, MarksTask};
use crate::event::MarksNews;
use crate::marks::{Change, Setting, Sketch, Snapshot, Visit};
use crate::panes::layout::View;
use crate::panes::paint;
use crate::panes::status::Message;
use crate::query::edit;

use super::App;
use super::undo;

/// The query for what came since the last visit.
const NEW: &str = "is:new";

/// What is known of the reader's marks.
#[derive(Debug, Default)]
pub(super) struct Marking {
    /// All marks that are on the disk.
    pub marks: Arc<Snapshot>,
    /// Whether they were read yet.
    pub known: bool,
    /// The selected article, when its mark of reading was set by hand: reading on does not set it again.
    by_hand: Option<ArticleId>,
    /// The article that was marked as read last, so that it is asked for once.
    asked: Option<ArticleId>,
    /// Whether it was counted what is new since the last visit.
    counted: bool,
}

impl App {
    /// Takes the marks as they are now, and tells what was done.
    pub(super) fn take_marks(&mut self, news: MarksNews, effects: &mut Vec<Effect>) {
        let first = !std::mem::replace(&mut self.marking.known, true);
        let other = self.marking.marks != news.marks;
        self.marking.marks = news.marks;
        if news.changed {
            self.undo.push(undo::Change::Marks);
        }
        if let Some(failed) = news.failed {
            self.message = Some(Message::Failed(failed));
        } else if let Some(told) = news.told {
            self.message = Some(Message::Done(told));
        }
        self.count_new(effects);
        // What was asked before the marks were there knew of none.
        if first && other && self.asked.query.asks_for_marks() {
            self.search(true, effects);
        }
    }

    /// Counts what is new since the last visit, as soon as all files were looked at.
    pub(super) fn count_new(&mut self, effects: &mut Vec<Effect>) {
        let ready = self.progress.finished && self.marking.known && !self.marking.counted;
        if ready && self.marking.marks.visited.is_some() {
            self.marking.counted = true;
            effects.push(Effect::Count(vec![NEW.to_owned()]));
        }
    }

    /// Says how much is new since the last visit; true if anything is.
    pub(super) fn greet(&mut self, counts: &[(String, usize)]) -> bool {
        let new = counts.iter().find(|(line, _)| line == NEW).map_or(0, |(_, count)| *count);
        if new > 0 && self.message.is_none() {
            let key = self.settings.keymap.first(Action::FilterNew);
            self.tell(&format!("{} new since your last visit (press {key} to list them)", paint::number(new)));
        }
        new > 0
    }

    /// The id of the selected article.
    pub(super) fn chosen(&self) -> Option<ArticleId> {
        self.list.selected_id()
    }

    /// Whether the selected article was read.
    fn is_read(&self) -> bool {
        self.chosen().is_some_and(|id| self.marking.marks.read.contains(id))
    }

    /// Turns the read mark of what is selected around.
    pub(super) fn toggle_read(&mut self, effects: &mut Vec<Effect>) {
        let read = !self.is_read();
        self.marking.by_hand = self.chosen();
        self.mark(vec![Setting::Read(read)], effects);
    }

    /// Turns the star of what is selected around.
    pub(super) fn toggle_star(&mut self, effects: &mut Vec<Effect>) {
        let starred = self.chosen().is_some_and(|id| self.marking.marks.starred.contains(id));
        self.mark(vec![Setting::Starred(!starred)], effects);
    }

    /// Sets marks on what is selected: one article, or several.
    pub(super) fn mark(&mut self, settings: Vec<Setting>, effects: &mut Vec<Effect>) {
        match self.list.several() {
            Some(places) => {
                self.list.select_several(false);
                self.mark_places(places, settings, effects);
            }
            None => match self.chosen() {
                Some(id) => effects.push(self.set_on(id, settings)),
                None => self.tell("no article is selected"),
            },
        }
    }

    /// Marks everything that is listed as read.
    pub(super) fn mark_all_read(&mut self, effects: &mut Vec<Effect>) {
        match self.list.matched() {
            0 => self.tell("no articles are listed"),
            matched => self.mark_places(0..matched, vec![Setting::Read(true)], effects),
        }
    }

    fn mark_places(&mut self, places: Range<usize>, settings: Vec<Setting>, effects: &mut Vec<Effect>) {
        if !self.asked.is_answered() {
            return self.tell("still searching: try again in a moment");
        }
        effects.push(Effect::MarkPlaces { generation: self.asked.generation, places, settings });
    }

    /// Sets marks on one article. What its text is like is remembered when it is marked as read.
    fn set_on(&self, id: ArticleId, settings: Vec<Setting>) -> Effect {
        let opened = self.reading.opened().filter(|opened| opened.article.id == id);
        let sketch = opened
            .filter(|_| settings.contains(&Setting::Read(true)))
            .map(|opened| (id, Sketch::of_article(&opened.article)));
        Effect::Marks(MarksTask::Set(Change { articles: vec![id], settings }, sketch))
    }

    /// Marks the article on the screen as read, unless that is left to the reader or was done already.
    pub(super) fn mark_as_read(&mut self, effects: &mut Vec<Effect>) {
        let open = self.reading.id();
        let Some(id) = self.chosen().filter(|id| open == Some(*id)) else { return };
        let settled = self.is_read() || self.marking.by_hand == Some(id) || self.marking.asked == Some(id);
        if !settled && self.settings.mark_read != MarkRead::ByHand {
            self.marking.asked = Some(id);
            effects.push(self.set_on(id, vec![Setting::Read(true)]));
        }
    }

    /// Marks the article on the screen as read when enough of it was read for that.
    pub(super) fn notice_reading(&mut self, effects: &mut Vec<Effect>) {
        let chosen = self.chosen();
        if self.marking.by_hand.is_some() && self.marking.by_hand != chosen {
            self.marking.by_hand = None;
        }
        if self.marking.asked.is_some() && self.marking.asked != chosen {
            self.marking.asked = None;
        }
        let visible = self.why.is_none() && !self.space.layout().reading.is_empty();
        let enough = match self.settings.mark_read {
            MarkRead::AtOnce => visible && !self.space.in_list(),
            MarkRead::AtEnd => visible && !self.space.in_list() && self.reading.at_end(),
            MarkRead::ByHand => false,
        };
        if enough {
            self.mark_as_read(effects);
        }
    }

    /// To the next unread article, or the previous one.
    pub(super) fn step_unread(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        if forward && !self.space.in_list() {
            self.mark_as_read(effects);
        }
        if !self.asked.is_answered() || self.list.matched() == 0 {
            return self.tell("no articles are listed");
        }
        let from = self.list.selected();
        effects.push(Effect::FindUnread { generation: self.asked.generation, from, forward });
    }

    /// Goes to the unread article that was found.
    pub(super) fn go_to_unread(&mut self, place: Option<usize>) {
        match place {
            Some(place) => _ = self.list.select(place),
            None => self.tell("no other unread article in this direction"),
        }
    }

    /// Begins to select several articles, or ends it.
    pub(super) fn toggle_several(&mut self) {
        let begin = self.list.several().is_none();
        self.list.select_several(begin);
        if begin {
            self.space.view = View::List;
            self.tell("selecting: move, then mark; esc ends it");
        }
    }

    /// Asks for articles with a mark, or no longer.
    pub(super) fn filter_marked(&mut self, mark: &str, effects: &mut Vec<Effect>) {
        let line = edit::toggle_value(self.query_line.value(), "is", mark);
        self.set_line(&line, effects);
    }

    /// Takes back the newest change of marks.
    pub(super) fn undo_marks(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Marks(MarksTask::Undo));
    }

    /// Remembers how far an article was read that is about to leave the screen.
    pub(super) fn keep_scroll(&mut self, effects: &mut Vec<Effect>) {
        if let Some(id) = self.reading.id() {
            let line = self.reading.place();
            if self.scrolls.insert(id, line).unwrap_or_else(|| self.marking.marks.scroll(id)) != line {
                effects.push(Effect::Marks(MarksTask::Scroll(id, line)));
            }
        }
    }

    /// Goes to where an article was left.
    pub(super) fn resume_scroll(&mut self, id: ArticleId) {
        let line = self.scrolls.get(&id).copied().unwrap_or_else(|| self.marking.marks.scroll(id));
        self.reading.go_to_place(line);
    }

    /// Where the reader is, to be resumed at the next visit.
    pub(super) fn visit(&self) -> Visit {
        Visit {
            query: self.query_line.value().trim_end().to_owned(),
            selected: self.chosen(),
            reading_width: Some(self.settings.reading_width),
            pane: if self.space.in_list() { "list" } else { "reading" }.to_owned(),
            zen: self.space.is_zen(),
            ..Visit::default()
        }
    }

    /// Remembers where the reader is, if the program is about to end.
    pub(super) fn end_visit(&mut self, effects: &mut Vec<Effect>) {
        if let Some(at) = effects.iter().position(|effect| *effect == Effect::Quit) {
            let mut last = Vec::new();
            self.keep_scroll(&mut last);
            last.push(Effect::Marks(MarksTask::EndVisit(self.visit())));
            effects.splice(at..at, last);
        }
    }

    /// Goes to where the reader was at the end of the last visit.
    pub(super) fn resume(&mut self, visit: &Visit) {
        self.query_line.set(&visit.query);
        if let Some(width) = visit.reading_width {
            self.settings.reading_width = width;
        }
        if let Some(id) = visit.selected {
            self.asked.resume_at(id);
        }
        if visit.zen {
            self.space.enter_zen();
        } else if visit.pane == "reading" {
            self.space.view = View::Reading;
        }
    }

    /// Remembers a line that was typed.
    pub(super) fn keep_typed(&self, effects: &mut Vec<Effect>) {
        let line = self.query_line.value().trim();
        if !line.is_empty() {
            effects.push(Effect::Marks(MarksTask::Line(line.to_owned())));
        }
    }
}
