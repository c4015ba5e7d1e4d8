//! What the workers do, without threads: answers to questions, one at a time.
//!
//! The threads of [`super::workers`] call it, and so does [`super::frame`], which needs none.

use std::borrow::Cow;
use std::fs;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::archive::{Asking, Marker, Order, Quotable, Quotation, Row, Shelf, TextReader, passage, told};
use crate::article::{Article, ArticleId, Origin};
use crate::counting::alike;
use crate::effect::{Generation, Question, Quoted, Wanted};
use crate::error::Result;
use crate::event::{Answer, Event, ListRow, Marked, Opened};
use crate::ingest::texts_of;
use crate::library::Pile;
use crate::query::{FIELDS, Facet, parse_finished};
use crate::text::Clean;

use super::marking::Board;

/// How many characters of a passage the list can show.
const PASSAGE: usize = 160;
/// How many rows are read around those that are visible. Each takes a while, and with every letter that is
/// typed there are others.
const MARGIN: usize = 6;

/// How many articles are looked at together for one that is unread.
const STRIDE: usize = 1_000;

/// Answers questions to the index. Remembers the last order, from which rows are read.
pub struct SearchDesk {
    pile: Pile,
    shelf: Shelf,
    /// The reader's marks.
    board: Board,
    last: Option<Last>,
}

struct Last {
    generation: Generation,
    marker: Arc<dyn Marker>,
    order: Arc<dyn Order>,
}

impl SearchDesk {
    /// A desk beside this shelf, at which the marks of this board are known.
    pub fn new(pile: Pile, shelf: Shelf, board: Board) -> SearchDesk {
        SearchDesk { pile, shelf, board, last: None }
    }

    /// Searches; `None` when `cancelled` said that nobody waits for the answer.
    pub fn search(&mut self, question: &Question, today: NaiveDate, cancelled: &dyn Fn() -> bool) -> Option<Event> {
        match self.try_search(question, today, cancelled) {
            Ok(answer) => answer.map(|answer| Event::Found(question.generation, Box::new(answer))),
            Err(error) => Some(Event::Failed(Clean::new(&error.to_string()))),
        }
    }

    fn try_search(
        &mut self,
        question: &Question,
        today: NaiveDate,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Answer>> {
        let archive = self.shelf.archive()?;
        let marks = self.board.marks();
        let texts = texts_of(&self.pile, &self.shelf);
        let marked = Asking { cancelled, forgiving: true, marks: Some(&*marks), ..Asking::new(today) };
        let asking = Asking { more: question.more, texts: question.more.then_some(&*texts), ..marked };
        let Some(query) = alike::resolved(&*archive, &question.query, &*texts, &marked)? else {
            return Ok(None);
        };
        let query = &match query {
            Cow::Borrowed(_) => question.query.clone(),
            Cow::Owned(query) => Arc::new(query),
        };
        let Some(mut found) = archive.search(query, &asking)? else {
            return Ok(None);
        };
        let mut choices = found.facets.clone();
        // What could be chosen instead is counted as if nothing of its kind were chosen.
        // The list shows what the relaxed query finds, and so do the counts.
        let asked = found.relaxed.as_ref().map_or(query, |relaxed| &relaxed.query);
        for facet in FIELDS.iter().filter_map(|field| field.facet).filter(|facet| query.chooses(*facet)) {
            let open = asked.without(|condition| condition.facet() == Some(facet));
            let Some(other) = archive.search(&open, &marked)? else {
                return Ok(None);
            };
            found.limits = found.limits.and(&other.limits);
            match facet {
                Facet::Languages => choices.languages = other.facets.languages,
                Facet::Dates => choices.dates = other.facets.dates,
                Facet::Sources => choices.sources = other.facets.sources,
            }
        }
        let listed = found.listed();
        let kept = match question.keep {
            Some(id) => match listed.place_of(id, cancelled)? {
                Some(place) => place.value,
                None => return Ok(None),
            },
            None => None,
        };
        // The one that stays selected may stay at the end of the screen.
        let first = kept.unwrap_or(0).saturating_sub(question.rows + MARGIN);
        let last = (kept.unwrap_or(0) + question.rows + MARGIN).min(listed.len());
        let query = found.relaxed.as_ref().map_or(query, |relaxed| &relaxed.query).clone();
        let Some(compounds) = archive.compounds(&query, &asking)? else {
            return Ok(None);
        };
        let compounds = Arc::new(compounds.value);
        let wanted = Wanted { query, forgiving: found.forgiven, compounds: compounds.clone() };
        let marker = marker(&self.shelf, &wanted);
        let Some(rows) = listed.rows(first..last, cancelled)? else {
            return Ok(None);
        };
        found.limits = found.limits.and(&rows.limits);
        let rows = list_rows(rows.value, &*marker);
        self.last = Some(Last { generation: question.generation, marker, order: listed });
        Ok(Some(Answer { found, choices, compounds, kept, first, rows }))
    }

    /// Counts what query lines find, as far as nothing more urgent is asked meanwhile.
    pub fn counts(&self, lines: Vec<String>, today: NaiveDate, cancelled: &dyn Fn() -> bool) -> Event {
        let archive = match self.shelf.archive() {
            Ok(archive) => archive,
            Err(error) => return Event::Failed(Clean::new(&error.to_string())),
        };
        let marks = self.board.marks();
        let asking = Asking { cancelled, marks: Some(&*marks), ..Asking::new(today) };
        let counted = lines.into_iter().map_while(|line| {
            let count = archive.count(&parse_finished(&line), &asking).ok()??;
            Some((line, count.value))
        });
        Event::Counted(counted.collect())
    }

    /// The articles at these places of the order found for `generation`, or what went wrong; nothing when that
    /// is not the last one.
    pub fn ids(&self, generation: Generation, places: std::ops::Range<usize>) -> Result<Vec<ArticleId>, Event> {
        let Some(last) = self.last.as_ref().filter(|last| last.generation == generation) else {
            return Ok(Vec::new());
        };
        match last.order.ids(places, &|| false).map(told) {
            Ok(ids) => Ok(ids.value),
            Err(error) => Err(Event::Failed(Clean::new(&error.to_string()))),
        }
    }

    /// Looks for the next unread article behind `from`, or before it, in the order found for `generation`;
    /// `None` when that is not the last one.
    pub fn unread(&self, generation: Generation, from: usize, forward: bool) -> Option<Event> {
        let last = self.last.as_ref().filter(|last| last.generation == generation)?;
        let marks = self.board.marks();
        let (mut at, end) = if forward { (from + 1, last.order.len()) } else { (from, 0) };
        while at != end {
            let places = if forward { at..(at + STRIDE).min(end) } else { at.saturating_sub(STRIDE)..at };
            let ids = match self.ids(generation, places.clone()) {
                Ok(ids) if !ids.is_empty() => ids,
                Ok(_) => break,
                Err(event) => return Some(event),
            };
            let is_unread = |id: &ArticleId| !marks.read.contains(*id);
            let found = if forward { ids.iter().position(is_unread) } else { ids.iter().rposition(is_unread) };
            if let Some(found) = found {
                return Some(Event::Unread(generation, Some(places.start + found)));
            }
            at = if forward { places.end } else { places.start };
        }
        Some(Event::Unread(generation, None))
    }

    /// Reads rows of the order found for `generation`; `None` when that is not the last one.
    pub fn rows(&self, generation: Generation, range: std::ops::Range<usize>) -> Option<Event> {
        let last = self.last.as_ref().filter(|last| last.generation == generation)?;
        Some(match last.order.rows(range.clone(), &|| false).map(told) {
            Ok(rows) => Event::Rows(generation, range.start, list_rows(rows.value, &*last.marker)),
            Err(error) => Event::Failed(Clean::new(&error.to_string())),
        })
    }
}

/// What marks in a text what is wanted.
fn marker(shelf: &Shelf, wanted: &Wanted) -> Arc<dyn Marker> {
    shelf.collection().marker(&wanted.query, wanted.forgiving, wanted.compounds.clone())
}

/// Rows with the words marked in their titles.
fn list_rows(rows: Vec<Row>, marker: &dyn Marker) -> Vec<ListRow> {
    rows.into_iter()
        .map(|row| {
            let title_marks = marker.find(&row.record.title, row.record.language.code);
            ListRow { row, title_marks, passage: None }
        })
        .collect()
}

/// Reads articles from their files.
pub struct ReadingDesk {
    pile: Pile,
    reader: Box<dyn TextReader>,
    shelf: Shelf,
    last: Option<(Origin, Arc<Article>)>,
}

impl ReadingDesk {
    /// A desk for this pile, beside the shelf with its index.
    pub fn new(pile: Pile, shelf: Shelf) -> ReadingDesk {
        let reader = texts_of(&pile, &shelf).reader();
        ReadingDesk { pile, reader, shelf, last: None }
    }

    /// Reads an article and marks in it what is wanted.
    pub fn open(&mut self, generation: Generation, id: ArticleId, origin: &Origin, wanted: &Wanted) -> Event {
        let article = match &self.last {
            Some((last, article)) if last == origin && article.id == id => article.clone(),
            _ => match self.reader.article(id, origin) {
                Ok(article) => article,
                Err(error) => return Event::OpenFailed(generation, Clean::new(&error.to_string())),
            },
        };
        self.last = Some((origin.clone(), article.clone()));
        let marker = marker(&self.shelf, wanted);
        let language = article.language.tag;
        let title_marks = marker.find(&article.title.text, language);
        let marks = article
            .body
            .iter()
            .map(|paragraph| marker.find(&paragraph.text, paragraph.language.or(language)))
            .collect();
        let shown_path = Clean::new(&self.pile.shown(&origin.path).to_string_lossy());
        let file_size = match self.pile.is_sample() {
            true => origin.bytes.end,
            false => fs::metadata(&origin.path).map_or(origin.bytes.end, |file| file.len()),
        };
        let article = Article::clone(&article);
        Event::Opened(generation, Box::new(Opened { article, title_marks, marks, file_size, shown_path }))
    }

    /// What marks in a text what is wanted.
    pub fn marker(&self, wanted: &Wanted) -> Arc<dyn Marker> {
        marker(&self.shelf, wanted)
    }

    /// Looks for the passage of an article in which the words stand together. An article that
    /// cannot be read has none.
    pub fn passage(&mut self, asked: &Quoted, marker: &dyn Marker) -> Marked {
        let Quoted { id, origin, opening, language, .. } = asked;
        let from = Quotable { id: *id, origin, opening, language: *language };
        let found = passage(&mut *self.reader, from, marker, PASSAGE);
        found.map(|Quotation { text, marks }| Marked { text, marks }).unwrap_or_default()
    }
}
