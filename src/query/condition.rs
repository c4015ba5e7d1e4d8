//! What a query asks for, as plain data: an engine lowers it without knowing the fields.

use chrono::NaiveDate;

use super::moment::Moment;

/// One thing that an article is asked to fulfil.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// A word stands in a part of the article.
    Word {
        /// Where it must stand.
        part: Part,
        /// The word as it was typed.
        text: String,
        /// How exactly it must stand there.
        form: Form,
    },
    /// Words stand in a part of the article, one after the other, unstemmed.
    Phrase {
        /// Where they must stand.
        part: Part,
        /// The words as they were typed. A `*` that stands alone is a place for any word.
        text: String,
    },
    /// Words stand near each other in a part of the article, in any order.
    Near {
        /// Where they must stand.
        part: Part,
        /// The words as they were typed, with spaces between.
        text: String,
        /// How many words may stand between them in all, and one more: neighbours are 1 apart.
        within: u32,
    },
    /// What a field asks for beside words. It says nothing about how good a match is.
    Fact {
        /// The name of the field, as it stands in the table.
        field: &'static str,
        /// What must be so.
        fact: Fact,
    },
}

/// A part of an article that words are looked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// Title or text.
    #[default]
    Anywhere,
    /// The title.
    Title,
    /// The text.
    Body,
    /// The byline.
    Byline,
    /// The paper, agency or site.
    Source,
    /// The path of the file.
    Path,
    /// The address on the web.
    Url,
    /// The tags: what the article or its feed says about itself.
    Tag,
}

/// How exactly a word must stand in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// The word itself, without accents, or another word with the same stem.
    #[default]
    Word,
    /// Like [`Form::Word`], or a word that begins with it: the reader may still be typing.
    Typing,
    /// Words that begin with it (`word*`).
    Prefix,
    /// Words that differ by a typing error (`word~`).
    Fuzzy,
    /// The word itself and no other form of it (`=word`).
    Exact,
    /// Words that fit, where each `*` is any letters or none (`einlad*ng`).
    Wildcard,
    /// Words that fit a regular expression as a whole (`/colou?r/`), which stands there without its slashes.
    Expression,
}

/// Something that is so of an article or is not. What is not kept of articles is known by none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The article has one of these names in a column of names.
    Named(Names, Vec<String>),
    /// It may be from these days, or has no date.
    Days(DateCondition),
    /// A number of it is no less than the first and no more than the last, where they are given.
    Count(Number, Option<u64>, Option<u64>),
    /// Its id begins so.
    Id(String),
    /// It has something.
    Has(Trait),
    /// It belongs to a set of articles that is kept beside the archive and handed to it as ids.
    Among(Set),
    /// No article fulfils it, since nothing is called so (`lang:klingon`): the value as it was typed.
    Unknown(String),
}

/// A column that holds a name of each article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Names {
    /// The code of its language; `?` when it is not certain.
    Language,
    /// All of a part, in any case and with or without accents.
    Whole(Part),
}

/// A column that holds a number of each article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// How many words of its own it has.
    Words,
}

/// What some articles have and others do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trait {
    /// A passage in another language than the article's.
    Passage,
    /// An address on the web.
    Url,
    /// A byline.
    Byline,
    /// A finding: something odd that was noticed while it was read.
    Finding,
}

/// A set of articles that is kept beside the archive: by the reader's marks, or as stories.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Set {
    /// Not read yet: all that are not among those that were read.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// Came since the last visit ended.
    New,
    /// Has this tag of the reader's own.
    Tagged(String),
    /// Has no tag of the reader's own: all that are not among those that have one.
    Untagged,
    /// Has a note with this in it.
    Noted(String),
    /// Has a note.
    WithNote,
    /// Came into the pile in these days.
    Added(DateCondition),
    /// Belongs to this story.
    Story(String),
    /// The first of the copies of an article.
    First,
    /// A later copy of another article.
    Copy,
    /// Is about the same as the article with this id.
    Like(String),
}

/// What `date:`, `after:` and `before:` ask for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateCondition {
    /// The article has no date, or none with a year.
    Undated,
    /// The article's span overlaps this one. Resolved against today by [`DateCondition::days`].
    Span(DateSpan),
}

/// A span of days that may depend on today. An open end is `None`; both ends are never open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateSpan {
    /// From the first to the last day, both included.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// From the first to the last day, both included, at least one of them counted from today.
    Relative(Option<Moment>, Option<Moment>),
}

/// The order of the articles found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best match first (`sort:relevance`).
    Relevance,
    /// The newest first, the undated last (`sort:newest`).
    Newest,
    /// The oldest first, the undated last (`sort:oldest`).
    Oldest,
    /// By title, in the order of the folded letters (`sort:title`).
    Title,
    /// What came into the pile last first (`sort:added`).
    Added,
}

impl Condition {
    /// The fact that it asks for, if it asks for no words.
    pub fn fact(&self) -> Option<&Fact> {
        match self {
            Condition::Fact { fact, .. } => Some(fact),
            Condition::Word { .. } | Condition::Phrase { .. } | Condition::Near { .. } => None,
        }
    }

    /// The part that it looks for words in, if it asks for words.
    pub fn part(&self) -> Option<Part> {
        match self {
            Condition::Word { part, .. } | Condition::Phrase { part, .. } | Condition::Near { part, .. } => Some(*part),
            Condition::Fact { .. } => None,
        }
    }

    /// The words that it asks for, as they were typed.
    pub fn text(&self) -> Option<&str> {
        match self {
            Condition::Word { text, .. } | Condition::Phrase { text, .. } | Condition::Near { text, .. } => Some(text),
            Condition::Fact { .. } => None,
        }
    }
}

impl DateCondition {
    /// The first and the last day that it asks for, both included, `None` for an open end; or `None`
    /// when it asks for articles without a date.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use newsstand::query::{Fact, parse_finished};
    ///
    /// let today = NaiveDate::from_ymd_opt(2021, 2, 16).expect("a valid day");
    /// let query = parse_finished("date:7d");
    /// let Some(Fact::Days(date)) = query.clauses[0].conditions[0].fact() else { panic!() };
    /// assert_eq!(date.days(today), Some((NaiveDate::from_ymd_opt(2021, 2, 10), Some(today))));
    /// ```
    pub fn days(&self, today: NaiveDate) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        match self {
            DateCondition::Undated => None,
            DateCondition::Span(DateSpan::Days(first, last)) => Some((*first, *last)),
            DateCondition::Span(DateSpan::Relative(first, last)) => {
                Some((first.map(|first| first.day(today)), last.map(|last| last.day(today))))
            }
        }
    }
}
