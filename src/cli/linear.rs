//! `newsstand --linear`: the reader as plain lines, for those who cannot see a screen.
//!
//! Nothing here moves the cursor, clears, colours or draws: what is printed once stays where it is, so that a
//! screen reader or a line of braille reads it in order.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use crate::archive::{Archive, Asking, Found, Row, told};
use crate::article::{Article, ArticleId, Role, TitleKind};
use crate::marks::{Change, Marks, Scope, Setting, Snapshot, Tag};
use crate::query::{self, Query};
use crate::runtime::today;
use crate::text::Clean;

use super::opening::{self, Opened};

/// How many articles are listed at once.
const PAGE: usize = 10;

/// What can be typed, and what it does.
const COMMANDS: &[(&str, &str)] = &[
    ("list", "list the first 10 articles; list 21 begins with the 21st"),
    ("more", "list the next 10"),
    ("read 3", "read the 3rd article; 3 alone does so too"),
    ("next, previous", "read the article after or before"),
    ("filter WORDS", "list what matches a query, as in filter putin lang:de; filter alone removes it"),
    ("mark WHAT 3", "mark the 3rd article, as read, unread, starred or unstarred; without a number, the one read last"),
    ("tag WORDS, untag WORDS", "put a tag on the article read last, or take it off"),
    ("note WORDS", "write a note beside the article read last; note alone removes it"),
    ("undo", "undo the last change of marks"),
    ("help", "list these commands"),
    ("quit", "quit newsstand"),
];

/// Reads commands from `input` and answers to `out`, until one of them is to quit or there are no more.
///
/// # Errors
///
/// What reading, writing or the index fails with. An article that cannot be read is told of instead.
pub fn run(
    opened: &Opened,
    reading: Reading,
    line: &str,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let Reading { mut marks, mark_read } = reading;
    let archive = opened.archive()?;
    marks.begin_visit(&opening::visits_to(&opened.pile))?;
    let snapshot = marks.snapshot()?;
    let found = found(&*archive, &snapshot, &query::parse_finished(line))?;
    let mut reader = Reader { opened, found, archive, place: None, listed: 0, marks, snapshot, mark_read };
    writeln!(out, "newsstand. {}. Type help for the commands.", opening::name(&opened.pile))?;
    reader.tell_count(line, out)?;
    reader.list(0, out)?;
    let mut typed = String::new();
    loop {
        write!(out, "newsstand> ")?;
        out.flush()?;
        typed.clear();
        if input.read_line(&mut typed)? == 0 {
            writeln!(out)?;
            return Ok(());
        }
        if !reader.obey(typed.trim(), out)? {
            return Ok(());
        }
    }
}

/// The reader's marks, and how they are set by reading.
pub struct Reading {
    /// The marks.
    pub marks: Marks,
    /// Whether an article that was read to its end is marked as read.
    pub mark_read: bool,
}

/// Everything that matches.
fn found(archive: &dyn Archive, marks: &Snapshot, query: &Query) -> crate::Result<Found> {
    let asking = Asking { forgiving: true, marks: Some(marks), ..Asking::new(today()) };
    Ok(told(archive.search(query, &asking)?))
}

/// What is listed, and where the reader is in it.
struct Reader<'a> {
    opened: &'a Opened,
    archive: Arc<dyn Archive>,
    found: Found,
    /// The article that was read last, from 0.
    place: Option<usize>,
    /// Up to here articles were listed.
    listed: usize,
    marks: Marks,
    snapshot: Arc<Snapshot>,
    mark_read: bool,
}

impl Reader<'_> {
    /// Does what was typed, and tells whether to go on.
    fn obey(&mut self, typed: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
        let (command, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let rest = rest.trim();
        let number = |text: &str| text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match (command, number(rest)) {
            ("", _) => {}
            ("quit" | "q" | "exit", _) => return Ok(false),
            ("help" | "h" | "?", _) => {
                for (command, what) in COMMANDS {
                    writeln!(out, "{command}: {what}.")?;
                }
            }
            ("list" | "l", at) => self.list(at.unwrap_or(0), out)?,
            ("more" | "m", _) => self.list(self.listed, out)?,
            ("read" | "r", Some(at)) => self.read(at, out)?,
            ("read" | "r", None) => self.read(self.place.unwrap_or(0), out)?,
            ("next" | "n", _) => self.read(self.place.map_or(0, |at| at + 1), out)?,
            ("previous" | "p", _) => match self.place.and_then(|at| at.checked_sub(1)) {
                Some(at) => self.read(at, out)?,
                None => writeln!(out, "This is the first article.")?,
            },
            ("filter" | "f" | "search" | "/", _) => {
                let query = query::parse_finished(rest);
                for note in &query.notes {
                    writeln!(out, "Note: {}.", note.text)?;
                }
                (self.found, self.place) = (found(&*self.archive, &self.snapshot, &query)?, None);
                self.tell_count(rest, out)?;
                self.list(0, out)?;
            }
            ("mark", _) => self.mark(rest, out)?,
            ("tag" | "untag", _) => match Tag::new(rest) {
                Some(tag) => self.set(self.place, Setting::Tag(tag, command == "tag"), out)?,
                None => writeln!(out, "Which tag? Type {command} and a word.")?,
            },
            ("note", _) => self.set(self.place, Setting::Note((!rest.is_empty()).then(|| rest.to_owned())), out)?,
            ("undo" | "u", _) => self.undo(out)?,
            _ => match number(command) {
                Some(at) if rest.is_empty() => self.read(at, out)?,
                _ => writeln!(out, "Unknown command: {}. Type help for the commands.", Clean::new(command))?,
            },
        }
        Ok(true)
    }

    fn tell_count(&self, line: &str, out: &mut dyn Write) -> io::Result<()> {
        let Found { matched, total, .. } = self.found;
        let articles = if total == 1 { "article" } else { "articles" };
        match line.trim() {
            "" => writeln!(out, "{total} {articles}."),
            line => writeln!(out, "{matched} of {total} {articles} for {}.", Clean::new(line)),
        }?;
        if let Some(relaxed) = &self.found.relaxed {
            let (asked, counted) = (relaxed.asked, relaxed.counted());
            writeln!(out, "No article has all {asked} {counted}; these have the most telling ones.")?;
        } else if self.found.forgiven {
            writeln!(out, "No exact matches; these differ by a typo.")?;
        }
        for what in &self.found.limits.not_tried {
            writeln!(out, "Not looked for: {what}.")?;
        }
        Ok(())
    }

    /// Lists the articles from this one on.
    fn list(&mut self, first: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let matched = self.found.matched;
        if first >= matched {
            writeln!(out, "{}", if matched == 0 { "No articles." } else { "No more articles." })?;
            return Ok(());
        }
        let last = (first + PAGE).min(matched);
        for (row, number) in told(self.found.order.rows(first..last, &|| false)?).value.iter().zip(first + 1..) {
            let title = &row.record.title;
            let end = if title.ends_with(['.', '?', '!', '…', '。', '？', '！']) { "" } else { "." };
            writeln!(out, "{number}. {title}{end} {}{}.", facts(row), self.marked(row.record.id))?;
        }
        self.listed = last;
        if last < matched {
            writeln!(out, "{} more; type more.", matched - last)?;
        }
        Ok(())
    }

    /// Reads out an article, a line for each paragraph.
    fn read(&mut self, at: usize, out: &mut dyn Write) -> anyhow::Result<()> {
        let matched = self.found.matched;
        if at >= matched {
            match matched {
                0 => writeln!(out, "No articles.")?,
                _ => writeln!(out, "The last article is number {matched}.")?,
            }
            return Ok(());
        }
        for row in told(self.found.order.rows(at..at + 1, &|| false)?).value {
            match self.opened.texts().reader().article(row.record.id, &row.origin) {
                Ok(article) => {
                    self.write(at, &row, &article, out)?;
                    if self.mark_read && !self.snapshot.read.contains(row.record.id) {
                        self.apply(row.record.id, Setting::Read(true))?;
                    }
                }
                Err(error) => writeln!(out, "{}.", Clean::new(&error.to_string()))?,
            }
        }
        self.place = Some(at);
        Ok(())
    }

    /// Sets the mark that was typed, on the article whose number stands behind it or on the one read last.
    fn mark(&mut self, typed: &str, out: &mut dyn Write) -> anyhow::Result<()> {
        let (what, number) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let setting = match what {
            "read" => Setting::Read(true),
            "unread" => Setting::Read(false),
            "starred" | "star" => Setting::Starred(true),
            "unstarred" | "unstar" => Setting::Starred(false),
            _ => {
                writeln!(out, "Mark as what? Type mark read, mark unread, mark starred or mark unstarred.")?;
                return Ok(());
            }
        };
        let at = match number.trim() {
            "" => self.place,
            number => match number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
                Some(at) => Some(at),
                None => {
                    writeln!(out, "{} is not the number of an article.", Clean::new(number))?;
                    return Ok(());
                }
            },
        };
        self.set(at, setting, out)
    }

    /// Sets a mark on the article at this place, and says so.
    fn set(&mut self, at: Option<usize>, setting: Setting, out: &mut dyn Write) -> anyhow::Result<()> {
        let Some(at) = at else {
            writeln!(out, "Which article? Read one first.")?;
            return Ok(());
        };
        match told(self.found.order.ids(at..at + 1, &|| false)?).value.first() {
            Some(id) => {
                let said = self.apply(*id, setting)?;
                writeln!(out, "{said}.")?;
            }
            None => writeln!(out, "The last article is number {}.", self.found.matched)?,
        }
        Ok(())
    }

    fn apply(&mut self, id: ArticleId, setting: Setting) -> crate::Result<String> {
        let change = Change { articles: vec![id], settings: vec![setting] };
        let applied = self.marks.apply(&change, opening::now())?;
        self.snapshot = self.marks.snapshot()?;
        Ok(applied.said)
    }

    fn undo(&mut self, out: &mut dyn Write) -> anyhow::Result<()> {
        let undone = match self.marks.undo(Scope::Own, opening::now())? {
            Some(undone) => Some(undone),
            None => self.marks.undo(Scope::Any, opening::now())?,
        };
        self.snapshot = self.marks.snapshot()?;
        match undone {
            Some(undone) => writeln!(out, "Undone: {}.", undone.said)?,
            None => writeln!(out, "Nothing to undo.")?,
        }
        Ok(())
    }

    /// The marks of an article, as they are spoken behind its facts.
    fn marked(&self, id: ArticleId) -> String {
        let marks = &self.snapshot;
        let mut said = String::new();
        for (set, word) in [
            (marks.read.contains(id), ", read"),
            (marks.starred.contains(id), ", starred"),
            (marks.note(id).is_some(), ", with a note"),
        ] {
            said += if set { word } else { "" };
        }
        for (tag, at) in marks.tags_of(id).into_iter().zip(0..) {
            said += if at == 0 { ", tagged " } else { " and " };
            said += tag.as_str();
        }
        said
    }

    fn write(&self, at: usize, row: &Row, article: &Article, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "Article {} of {}.", at + 1, self.found.matched)?;
        if article.title.kind == TitleKind::Headline {
            writeln!(out, "{}", article.title.text)?;
        }
        writeln!(out, "{}. {} words{}.", facts(row), article.words, self.marked(article.id))?;
        if let Some(note) = self.snapshot.note(article.id) {
            writeln!(out, "Note: {}", Clean::new(note))?;
        }
        let aside = |role: Role| matches!(role, Role::Title | Role::Facts | Role::Furniture);
        for paragraph in article.body.iter().filter(|paragraph| !aside(paragraph.role)) {
            writeln!(out)?;
            writeln!(out, "{}", paragraph.text)?;
        }
        writeln!(out)?;
        writeln!(out, "End of article {}.", at + 1)
    }
}

/// Date, language and source, as they are spoken.
fn facts(row: &Row) -> String {
    let record = &row.record;
    let date = record.when().map_or("undated".to_owned(), |when| when.long());
    let language = record.language.name.as_ref().filter(|_| record.language.sure);
    let language = language.map_or("language unsure", |name| name.as_str());
    let source = record.source.as_ref().or(record.byline.as_ref()).map(|source| format!(", {source}"));
    format!("{date}, {language}{}", source.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Pile;

    /// All that is printed when these lines are typed, which are shown where a terminal shows them.
    fn transcript(typed: &str) -> String {
        let reading = Reading { marks: Marks::open_in_memory(1).unwrap(), mark_read: true };
        let mut opened = Opened::in_memory(Pile::sample());
        opened.refresh().unwrap();
        let mut out = Vec::new();
        run(&opened, reading, "", &mut typed.as_bytes(), &mut out).unwrap();
        let mut lines = typed.lines();
        let said = String::from_utf8(out).unwrap();
        let mut shown = said.split("newsstand> ");
        let first = shown.next().unwrap_or_default().to_owned();
        shown.fold(first, |before, said| format!("{before}newsstand> {}\n{said}", lines.next().unwrap_or("^D")))
    }

    #[test]
    fn a_morning_without_a_screen() {
        let transcript = transcript("help\nfilter musk\n2\nnext\nfilter qwxyzzy\nread 9\nserch\nquit\n");
        assert!(!transcript.chars().any(|c| c.is_control() && c != '\n'), "{transcript:?}");
        insta::assert_snapshot!(transcript);
    }

    #[test]
    fn marks_are_said_and_set_and_undone() {
        let marked = "filter lang:en\nmark starred\nmark starred 2\nmark starred 9\nmark x\nmark read x\n3\n\
                      tag to read\ntag\nnote ask Ann\nlist\nundo\nundo\nfilter is:starred\nfilter is:read\n";
        let transcript = transcript(marked);
        let said = |text: &str| transcript.split("newsstand> ").any(|said| said.contains(text));
        for expected in [
            "mark starred\nWhich article? Read one first.\n",
            "mark starred 2\n1 article starred.\n",
            "mark starred 9\nThe last article is number 3.\n",
            "mark x\nMark as what? Type mark read",
            "mark read x\nx is not the number of an article.\n",
            "tag to read\n1 article tagged to read.\n",
            "tag\nWhich tag? Type tag and a word.\n",
            "Technology Report, starred.\n",
            ", read, with a note, tagged to read.\n",
            "undo\nUndone: 1 article given a note.\n",
            "undo\nUndone: 1 article tagged to read.\n",
            "filter is:starred\n1 of 5 articles for is:starred.\n1. ",
            "filter is:read\n1 of 5 articles for is:read.\n1. ",
        ] {
            assert!(said(expected), "{expected:?} in {transcript}");
        }
    }

    #[test]
    fn it_ends_with_its_input() {
        assert!(transcript("list 3\n").ends_with("newsstand> ^D\n\n"), "{}", transcript("list 3\n"));
    }
}
