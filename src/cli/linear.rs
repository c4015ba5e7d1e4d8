//! `newsstand --linear`: the reader as plain lines, for those who cannot see a screen.
//!
//! Nothing here moves the cursor, clears, colours or draws: what is printed once stays where it is, so that a
//! screen reader or a line of braille reads it in order.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use crate::archive::{Archive, Found, Row, told};
use crate::article::{Article, Role, TitleKind};
use crate::ingest::repeats::Known;
use crate::library::read_article;
use crate::query;
use crate::text::Clean;

use super::opening::found;
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
    ("help", "say this"),
    ("quit", "leave newsstand"),
];

/// Reads commands from `input` and answers to `out`, until one of them is to quit or there are no more.
///
/// # Errors
///
/// What reading, writing or the index fails with. An article that cannot be read is told of instead.
pub fn run(opened: &Opened, line: &str, input: &mut dyn BufRead, out: &mut dyn Write) -> anyhow::Result<()> {
    let archive = opened.archive()?;
    let mut reader = Reader {
        opened,
        found: found(&*archive, &query::parse_finished(line), true)?,
        archive,
        place: None,
        listed: 0,
    };
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

/// What is listed, and where the reader is in it.
struct Reader<'a> {
    opened: &'a Opened,
    archive: Arc<dyn Archive>,
    found: Found,
    /// The article that was read last, from 0.
    place: Option<usize>,
    /// Up to here articles were listed.
    listed: usize,
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
                (self.found, self.place) = (found(&*self.archive, &query, true)?, None);
                self.tell_count(rest, out)?;
                self.list(0, out)?;
            }
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
            writeln!(out, "{number}. {title}{end} {}.", facts(row))?;
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
            match read_article(&row.origin, row.record.id, &self.opened.pile) {
                Ok(mut article) => {
                    Known::default().now(self.opened.shelf.collection().folder()).mark(&mut article);
                    self.write(at, &row, &article, out)?;
                }
                Err(error) => writeln!(out, "{}.", Clean::new(&error.to_string()))?,
            }
        }
        self.place = Some(at);
        Ok(())
    }

    fn write(&self, at: usize, row: &Row, article: &Article, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "Article {} of {}.", at + 1, self.found.matched)?;
        if article.title.kind == TitleKind::Headline {
            writeln!(out, "{}", article.title.text)?;
        }
        writeln!(out, "{}. {} words.", facts(row), article.words)?;
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
        let mut opened = Opened::in_memory(Pile::sample());
        opened.refresh().unwrap();
        let mut out = Vec::new();
        run(&opened, "", &mut typed.as_bytes(), &mut out).unwrap();
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
    fn it_ends_with_its_input() {
        assert!(transcript("list 3\n").ends_with("newsstand> ^D\n\n"), "{}", transcript("list 3\n"));
    }
}
