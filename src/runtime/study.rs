//! The desk of whole results: reads the texts of everything that a query finds, for concordances, words and
//! files.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::ops::{ControlFlow, Range};
use std::path::Path;

use chrono::NaiveDate;

use crate::archive::{Archive, Asking, Found, Shelf, told};
use crate::article::{IdSet, Record};
use crate::counting::alike;
use crate::counting::concordance::{self, Line};
use crate::counting::terms::{self, Vocabulary};
use crate::counting::{Readers, Sought};
use crate::disk::Unfinished;
use crate::effect::{Study, StudyKind};
use crate::error::{Error, Result};
use crate::event::{Event, Studied};
use crate::export::{self, Item, Options, ReaderMarks};
use crate::ingest::texts_of;
use crate::library::Pile;
use crate::query::Query;
use crate::text::Clean;

use super::marking::Board;

/// So many places are shown; of more, the first ones.
const MOST_LINES: usize = 20_000;
/// So many cells of context each side of a line has: more than a wide screen shows.
const CONTEXT: usize = 100;
/// Lines are shown whenever there are so many new ones.
const SHARE: usize = 400;
/// So many articles of the result, and of the others, are read for the words of the result.
const SAMPLE: usize = 2_000;
/// So many words of a result are listed.
const TERMS: usize = 300;
/// How many rows are read from the index at once.
const PAGE: usize = 500;

/// Reads whole results.
pub struct StudyDesk {
    pile: Pile,
    shelf: Shelf,
    board: Board,
}

impl StudyDesk {
    /// A desk beside this shelf, at which the marks of this board are known.
    pub fn new(pile: Pile, shelf: Shelf, board: Board) -> StudyDesk {
        StudyDesk { pile, shelf, board }
    }

    /// Does what is asked, and tells whatever comes of it, until `cancelled` says that nobody waits for it.
    pub fn perform(&self, study: &Study, today: NaiveDate, cancelled: &dyn Fn() -> bool, tell: &mut dyn FnMut(Event)) {
        let done = match &study.kind {
            StudyKind::Concordance => self.concordance(study, today, cancelled, tell),
            StudyKind::Terms => self.terms(study, today, cancelled, tell),
            StudyKind::Write { path, .. } if path.as_os_str().is_empty() => Ok(()),
            StudyKind::Write { path, replace: false, .. } if path.exists() => {
                tell(Event::Exists(path.clone()));
                Ok(())
            }
            StudyKind::Write { path, format, places, .. } => {
                self.write(study, path, format, places.clone(), today, tell)
            }
        };
        if let Err(error) = done {
            tell(Event::Failed(Clean::new(&error.to_string())));
        }
    }

    /// What is looked for, with the words of an article in the place of its id.
    fn asked(&self, archive: &dyn Archive, study: &Study, asking: &Asking) -> Result<Option<Query>> {
        let texts = texts_of(&self.pile, &self.shelf);
        Ok(alike::resolved(archive, &study.query, &*texts, asking)?.map(Cow::into_owned))
    }

    /// What is found, and what of a text that is.
    fn found(&self, archive: &dyn Archive, study: &Study, asking: &Asking) -> Result<Option<(Found, Sought)>> {
        let Some(query) = self.asked(archive, study, asking)? else { return Ok(None) };
        let Some(found) = archive.search(&query, asking)? else { return Ok(None) };
        let sought = Sought::of(archive, &query, &found, asking)?;
        Ok(sought.map(|sought| (found, sought)))
    }

    fn concordance(
        &self,
        study: &Study,
        today: NaiveDate,
        cancelled: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Event),
    ) -> Result<()> {
        let archive = self.shelf.archive()?;
        let marks = self.board.marks();
        let asking = Asking { cancelled, forgiving: true, marks: Some(&*marks), ..Asking::new(today) };
        let Some((found, sought)) = self.found(&*archive, study, &asking)? else { return Ok(()) };
        let reading = concordance::Reading { order: &*found.order, sought: &sought, width: CONTEXT, cancelled };
        let (mut waiting, mut told): (Vec<Line>, usize) = (Vec::new(), 0);
        let mut take = |lines: Result<Vec<Line>>| {
            waiting.extend(lines.unwrap_or_default());
            if waiting.len() >= SHARE || told == 0 && waiting.len() >= SHARE / 10 {
                told += waiting.len();
                let lines = Studied::Lines { lines: std::mem::take(&mut waiting), total: None, whole: false };
                tell(Event::Studied(study.query.clone(), lines));
            }
            if told >= MOST_LINES { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut readers = Readers::for_all_cores(&*texts_of(&self.pile, &self.shelf));
        if let Some(total) = reading.lines(&mut readers, &mut take)? {
            let lines = Studied::Lines { lines: waiting, total: Some(total), whole: told < MOST_LINES };
            tell(Event::Studied(study.query.clone(), lines));
        }
        Ok(())
    }

    fn terms(
        &self,
        study: &Study,
        today: NaiveDate,
        cancelled: &dyn Fn() -> bool,
        tell: &mut dyn FnMut(Event),
    ) -> Result<()> {
        let archive = self.shelf.archive()?;
        let marks = self.board.marks();
        let asking = Asking { cancelled, forgiving: true, marks: Some(&*marks), ..Asking::new(today) };
        let Some((found, sought)) = self.found(&*archive, study, &asking)? else { return Ok(()) };
        let Some(all) = archive.search(&Query::default(), &asking)? else { return Ok(()) };
        if found.matched == all.matched {
            tell(Event::Studied(study.query.clone(), Studied::Terms(None)));
            return Ok(());
        }
        let Some(ids) = found.order.ids(0..found.matched, cancelled)? else { return Ok(()) };
        let ids: IdSet = ids.value.into_iter().collect();
        let mut readers = Readers::for_all_cores(&*texts_of(&self.pile, &self.shelf));
        let reading = terms::Reading {
            order: &*found.order,
            sought: Some(&sought),
            but: None,
            most: Some(SAMPLE),
            stop_words: false,
        };
        let beside = terms::Reading { order: &*all.order, sought: None, but: Some(&ids), ..reading };
        let Some(here) = Vocabulary::of(&reading, &mut readers, cancelled, &mut |_| {})? else { return Ok(()) };
        let Some(there) = Vocabulary::of(&beside, &mut readers, cancelled, &mut |_| {})? else { return Ok(()) };
        let mut terms = here.beside(&there);
        terms.truncate(TERMS);
        tell(Event::Studied(study.query.clone(), Studied::Terms(Some(terms))));
        Ok(())
    }

    /// Writes what is listed, or the articles at these places of it.
    fn write(
        &self,
        study: &Study,
        path: &Path,
        format: &str,
        places: Option<Range<usize>>,
        today: NaiveDate,
        tell: &mut dyn FnMut(Event),
    ) -> Result<()> {
        let archive = self.shelf.archive()?;
        let marks = self.board.marks();
        // What was begun to be written is written.
        let asking = Asking { forgiving: true, marks: Some(&*marks), ..Asking::new(today) };
        // Those that are selected may stand below what has all of the words.
        let texts = texts_of(&self.pile, &self.shelf);
        let asking = Asking { more: places.is_some(), texts: Some(&*texts), ..asking };
        let Some(query) = self.asked(&*archive, study, &asking)? else { return Ok(()) };
        let found = told(archive.search(&query, &asking)?);
        let listed = found.listed();
        let places = places.unwrap_or(0..found.matched);
        let last = places.end.min(listed.len());
        let unwritable = |source: io::Error| Error::Write { source };
        let format = export::format(format).ok_or_else(|| Error::NotFound(format!("no format is called {format}")))?;
        let options = Options { text: matches!(format.name, "text" | "markdown" | "html"), ..Options::default() };
        let mut exporter = (format.exporter)(&options).map_err(Error::NotFound)?;
        let mut out = BufWriter::new(Unfinished::beside(path).map_err(unwritable)?);
        let mut reader = texts.reader();
        exporter.begin(&mut out).map_err(unwritable)?;
        for first in (places.start..last).step_by(PAGE) {
            for row in told(listed.rows(first..(first + PAGE).min(last), &|| false)?).value {
                let article = match options.text {
                    true => Some(reader.article(row.record.id, &row.origin)?),
                    false => None,
                };
                let path = Clean::new(&self.pile.shown(&row.origin.path).to_string_lossy());
                let record = Record { path, ..row.record };
                let marks = ReaderMarks::of(record.id, &marks, None);
                let item = Item { record: &record, marks: &marks, article: article.as_deref() };
                exporter.item(&mut out, &item).map_err(unwritable)?;
            }
        }
        exporter.end(&mut out).map_err(unwritable)?;
        out.flush().map_err(unwritable)?;
        let unfinished = out.into_inner().map_err(|error| unwritable(error.into_error()))?;
        unfinished.finish(path).map_err(unwritable)?;
        let count = last.saturating_sub(places.start);
        let articles = if count == 1 { "article" } else { "articles" };
        tell(Event::Told(Clean::new(&format!("wrote {count} {articles} to {}", path.display()))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::index::{Index, Location};
    use crate::ingest::import_anyhow;
    use crate::query::parse_finished;
    use crate::runtime::marking::MarksDesk;

    #[test]
    fn what_is_about_the_same_is_written_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let (pile, shelf) = (Pile::sample(), Index::open(&Location::Memory).expect("memory").shelf());
        import_anyhow(&pile, &shelf, &AtomicBool::new(false), &mut |_| {}).expect("the sample can be read");
        let today = NaiveDate::from_ymd_opt(2021, 2, 17).expect("a day");
        let archive = shelf.archive().expect("it is whole");
        let all = told(archive.search(&Query::default(), &Asking::new(today)).expect("it is whole"));
        let id = told(all.order.ids(0..1, &|| false).expect("it is whole")).value[0];
        let board = MarksDesk::in_memory().expect("memory").board();
        let desk = StudyDesk::new(pile, shelf.clone(), board);
        let path = folder.path().join("same.csv");
        let kind = StudyKind::Write { path: path.clone(), format: "csv", replace: false, places: None };
        let study = Study { query: Arc::new(parse_finished(&format!("like:{id}"))), kind };
        let mut events = Vec::new();
        desk.perform(&study, today, &|| false, &mut |event| events.push(event));
        let written = std::fs::read_to_string(&path).expect("a file");
        assert!(written.lines().count() > 1, "{written} {events:?}");
        assert!(!written.contains(&id.to_string()), "the article itself is left out");
    }
}
