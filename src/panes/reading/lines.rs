//! An article as lines of a column: title, facts, text, and what was set aside.

use std::ops::Range;

use ratatui::style::Style;

use crate::article::typeset::{self, SetLine, Setting};
use crate::article::{Article, Role, TitleKind};
use crate::config::theme::Theme;
use crate::panes::paint;
use crate::text::Clean;
use crate::text::width::cells;
use crate::text::wrap::wrap;

/// Words that a reader takes in a minute: the middle of what studies of silent reading give.
const WORDS_A_MINUTE: u32 = 230;
/// What stands between two facts in a line.
pub(super) const BETWEEN_FACTS: &str = " · ";

/// A line of the column: bytes of the title or of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Blank,
    Title(Range<usize>),
    /// Facts from one to another.
    Facts(Range<usize>),
    /// The address of the article, in bytes.
    Address(Range<usize>),
    /// A line of what the reader has put on the article: which of it, and the bytes.
    Own(usize, Range<usize>),
    /// A line of the text.
    Set(SetLine),
    /// The rule over what was set aside.
    Rule,
}

impl Line {
    /// The paragraph that is shown in it, and the bytes of what is shown.
    pub(super) fn text(&self) -> Option<(usize, Range<usize>)> {
        match self {
            Line::Set(SetLine::Text { paragraph, bytes, .. } | SetLine::Record { paragraph, bytes, .. }) => {
                Some((*paragraph, bytes.clone()))
            }
            Line::Set(SetLine::Row { paragraph, cells }) => {
                let end = cells.last().map_or(0, |(_, bytes)| bytes.end);
                Some((*paragraph, 0..end))
            }
            _ => None,
        }
    }
}

/// The lines of an article: title, facts, what the reader has put on it, its text, and at the end what was set aside.
pub(super) fn lines(article: &Article, own: &[Clean], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if article.title.kind == TitleKind::Headline {
        lines.extend(wrap(&article.title.text, width).into_iter().map(Line::Title));
        lines.push(Line::Blank);
    }
    lines.extend(facts_lines(article, width));
    if let Some(url) = &article.url {
        // One line of it: whoever wants all of it copies it.
        lines.extend(wrap(url, width).into_iter().take(1).map(Line::Address));
    }
    for (at, text) in own.iter().enumerate() {
        lines.extend(wrap(text, width).into_iter().map(|bytes| Line::Own(at, bytes)));
    }
    let setting = Setting { width, numbers: true, pictures: true, whole_words: false };
    let text = typeset::typeset(article, setting, |paragraph| typeset::is_body(paragraph, setting));
    if !text.is_empty() {
        lines.push(Line::Blank);
    }
    lines.extend(text.into_iter().map(Line::Set));
    let aside = typeset::typeset(article, setting, |paragraph| matches!(paragraph.role, Role::Furniture | Role::Facts));
    if !aside.is_empty() {
        lines.extend([Line::Blank, Line::Rule]);
    }
    lines.extend(aside.into_iter().filter(|line| *line != SetLine::Blank).map(Line::Set));
    lines
}

/// Language, date, source, byline, length.
pub(super) fn facts(article: &Article, theme: &Theme) -> Vec<(String, Style)> {
    let language = match article.language.tag {
        Some(tag) if article.language.sure => tag.name().to_owned(),
        Some(tag) => format!("{}?", tag.name()),
        None => "language unsure".to_owned(),
    };
    let date = match &article.date {
        Some(date) => (date.when.long(), if date.when.first().is_some() { theme.date } else { theme.undated }),
        None => ("undated".to_owned(), theme.undated),
    };
    let mut facts = vec![(language, theme.language), date];
    for stated in [&article.source, &article.byline].into_iter().flatten() {
        facts.push((stated.text.to_string(), theme.dim));
    }
    if article.title.kind == TitleKind::Opening {
        facts.push(("no headline".to_owned(), theme.undated));
    }
    if article.words > 0 {
        let minutes = article.words.div_ceil(WORDS_A_MINUTE);
        let words = paint::counted(article.words as usize, "word", "words");
        facts.push((format!("{words}, {minutes} min"), theme.dim));
    }
    facts
}

/// The facts in lines of at most `width` cells, each fact as a whole where it fits.
fn facts_lines(article: &Article, width: usize) -> Vec<Line> {
    let facts = facts(article, &Theme::plain());
    let mut lines = Vec::new();
    let (mut first, mut used) = (0, 0);
    for (at, (text, _)) in facts.iter().enumerate() {
        let needed = cells(text) + if at > first { cells(BETWEEN_FACTS) } else { 0 };
        if at > first && used + needed > width {
            lines.push(Line::Facts(first..at));
            (first, used) = (at, cells(text));
        } else {
            used += needed;
        }
    }
    lines.push(Line::Facts(first..facts.len()));
    lines
}
