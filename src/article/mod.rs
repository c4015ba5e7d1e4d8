//! What an article is: plain data, and no way to get it wrong.

mod date;
mod form;
mod id;
mod id_set;
mod language;
mod record;
pub mod typeset;

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::text::Clean;

pub use date::{ArticleDate, DateCandidate, Evidence, Precision, When};
pub use form::{Form, Laid, Span, SpanKind};
pub use id::ArticleId;
pub use id_set::IdSet;
pub use language::{Language, LanguageTag};
pub use record::{DateRecord, LanguageRecord, PassageRecord, Record};

/// One article, understood as far as its text allows.
///
/// Everything that was claimed about it carries the line it was read from, so that a reader who
/// doubts a date or a title can be shown the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Names the article wherever its file lies: it is made from the article's own bytes.
    pub id: ArticleId,
    /// Where its text lies.
    pub origin: Origin,
    /// Its headline, or the opening sentence in place of one.
    pub title: Title,
    /// Who wrote it.
    pub byline: Option<Stated>,
    /// Which paper, agency or site published it.
    pub source: Option<Stated>,
    /// Where it can be read on the web.
    pub url: Option<Clean>,
    /// When it was published, as exactly as it says; `None` when it does not say.
    pub date: Option<ArticleDate>,
    /// Every date that was considered, the best first, each with the reason for its rank.
    pub dates: Vec<DateCandidate>,
    /// The language of its text.
    pub language: Language,
    /// Runs of text in this and other languages, the longest first.
    pub passages: Vec<Passage>,
    /// What it is filed under, as the article or its feed states it: keywords, categories, sections.
    pub tags: Vec<Clean>,
    /// Its text, in the order of the file; furniture too, marked as such.
    pub body: Vec<Paragraph>,
    /// Where its links lead, as [`SpanKind::Link`] counts them: what is no address is empty.
    pub links: Vec<Clean>,
    /// How many words of its own it has; furniture does not count.
    pub words: u32,
    /// Whatever was odd.
    pub findings: Vec<Finding>,
    /// When it came into the pile, in milliseconds since 1970, UTC; `None` where that is not kept. Its text says
    /// nothing of it.
    pub added: Option<i64>,
}

impl Article {
    /// The first words of the text proper: what a list shows under the title.
    ///
    /// At most `limit` characters, and never the words that already stand in for the title.
    pub fn opening(&self, limit: usize) -> Clean {
        let taken = if self.title.kind == TitleKind::Opening { &*self.title.text } else { "" };
        let mut opening = String::new();
        for paragraph in self.body.iter().filter(|paragraph| paragraph.role.is_prose()) {
            let text = paragraph.text.trim();
            let text = text.strip_prefix(taken.trim_end_matches('…')).unwrap_or(text).trim_start();
            if text.is_empty() || text == self.title.text.as_str() {
                continue;
            }
            if !opening.is_empty() {
                opening.push(' ');
            }
            opening.extend(text.chars().take(limit));
            if opening.chars().count() >= limit {
                break;
            }
        }
        match opening.char_indices().nth(limit) {
            Some((cut, _)) => Clean::new(&opening[..cut]),
            None => Clean::new(&opening),
        }
    }
}

/// Where the text of an article lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The file; for the sample edition, its name alone.
    pub path: PathBuf,
    /// The number of the article within a file of many, from 1.
    pub part: Option<u32>,
    /// Where the article's bytes begin and end in the file.
    pub bytes: Range<u64>,
}

/// What a line of the article states, and the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The words.
    pub text: Clean,
    /// The line they stand in, from 1; `None` when they come from markup or a field beside the text.
    pub line: Option<u32>,
    /// Why it is believed, in words for a reader: what announces it, or where it stands.
    pub why: &'static str,
}

/// The headline of an article, or what stands in for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The words.
    pub text: Clean,
    /// Whether it is a headline at all.
    pub kind: TitleKind,
    /// The line it stands in, from 1; `None` when it comes from a field beside the text.
    pub line: Option<u32>,
}

/// Whether a title is a headline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleKind {
    /// The article has a headline, and this is it.
    Headline,
    /// There is none; the opening of the text stands in.
    #[default]
    Opening,
}

/// A run of text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its language.
    pub tag: LanguageTag,
    /// How many words it has in all.
    pub words: u32,
    /// The lines where it stands, from 1.
    pub lines: Vec<u32>,
}

/// A paragraph of an article: a line of its text, or several hard-wrapped ones joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is for.
    pub role: Role,
    /// Its text, in one line.
    pub text: Clean,
    /// Its first line in the article, from 1.
    pub line: u32,
    /// Its language, where that is another than the article's.
    pub language: Option<LanguageTag>,
    /// How its author laid it out.
    pub laid: Laid,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The headline.
    Title,
    /// The short summary under a headline.
    Deck,
    /// A line of facts: byline, date, place.
    Facts,
    /// A heading within the text.
    Heading,
    /// The text itself.
    Text,
    /// A point of a list.
    Item,
    /// What is written under a picture.
    Caption,
    /// Menus, share bars, phone lists, notices: what belongs to the page and not to the article.
    Furniture,
}

impl Role {
    /// True for what a reader came to read.
    pub fn is_prose(self) -> bool {
        matches!(self, Role::Text | Role::Item | Role::Deck)
    }
}

/// Something odd about an article that its reader may want to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of oddity it is.
    pub kind: FindingKind,
    /// The line it was found in, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// What was found, in words for a reader.
    pub note: Clean,
}

impl Finding {
    /// A finding about the article as a whole.
    pub fn new(kind: FindingKind, note: impl AsRef<str>) -> Finding {
        Finding { kind, line: None, note: Clean::new(note.as_ref()) }
    }

    /// A finding about one line of it.
    pub fn at(kind: FindingKind, line: u32, note: impl AsRef<str>) -> Finding {
        Finding { kind, line: Some(line), note: Clean::new(note.as_ref()) }
    }
}

/// The kinds of oddities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// No headline was found; the opening of the text stands in.
    NoHeadline,
    /// The date stood in the same line as the text.
    DateInText,
    /// The article dates itself by day and month, but tells no year.
    DateWithoutYear,
    /// Two dates of equal weight disagree.
    DatesDisagree,
    /// There is too little text to be sure of the language.
    LanguageUnsure,
    /// Part of the text is in another language.
    OtherLanguage,
    /// Words are written without spaces where their language has them.
    RunTogether,
    /// Lines that belong to the page were set aside.
    Furniture,
    /// A second article stands below the first.
    EmbeddedArticle,
    /// Text that stands in the article twice.
    Repeated,
    /// Control characters, escape sequences or bidi overrides were removed.
    Removed,
    /// The encoding was guessed, or some bytes did not fit it.
    Encoding,
    /// The file holds more than was read, or ends within the article.
    CutShort,
    /// The article is damaged in its file; what could be read was read.
    Damaged,
    /// A text of the record was not read.
    NotRead,
    /// The file changed since the index was made.
    Changed,
}
