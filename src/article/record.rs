//! The record of an article: what `--json` prints, and a public interface.

use serde::{Deserialize, Serialize};

use super::{Article, ArticleDate, ArticleId, Evidence, Finding, FindingKind, LanguageTag, Precision, When};
use crate::text::Clean;

/// What is known of an article without its text, in the form that `newsstand list --json` prints.
///
/// Field names are stable. README describes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// See [`ArticleId`].
    pub id: ArticleId,
    /// The file.
    pub path: Clean,
    /// The number of the article within a file of many, from 1.
    pub part: Option<u32>,
    /// The headline, or the opening sentence in place of one.
    pub title: Clean,
    /// Who wrote it.
    pub byline: Option<Clean>,
    /// Who published it.
    pub source: Option<Clean>,
    /// Where it can be read on the web.
    pub url: Option<Clean>,
    /// When it was published.
    pub date: Option<DateRecord>,
    /// Its language.
    pub language: LanguageRecord,
    /// Runs of text by language, the longest first.
    pub passages: Vec<PassageRecord>,
    /// What it is filed under, as the article or its feed states it.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// How many words of its own it has.
    pub words: u32,
    /// Whatever was odd.
    pub findings: Vec<Finding>,
}

impl Record {
    /// False when the opening of the text stands in for a headline.
    pub fn has_headline(&self) -> bool {
        !self.findings.iter().any(|finding| finding.kind == FindingKind::NoHeadline)
    }

    /// The date, where one is told.
    pub fn when(&self) -> Option<When> {
        self.date.as_ref().and_then(DateRecord::when)
    }
}

/// The date of a [`Record`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRecord {
    /// ISO 8601, cut to the precision; `--02-16` without a year.
    pub value: String,
    /// How exact it is.
    pub precision: Precision,
    /// What it rests on.
    pub evidence: Evidence,
    /// The line it was read from, from 1.
    pub line: Option<u32>,
    /// The words it was read from.
    pub text: Clean,
}

impl DateRecord {
    /// The span of time that the value names.
    pub fn when(&self) -> Option<When> {
        When::from_value(&self.value)
    }
}

impl From<&ArticleDate> for DateRecord {
    fn from(date: &ArticleDate) -> DateRecord {
        DateRecord {
            value: date.when.value(),
            precision: date.when.precision(),
            evidence: date.evidence,
            line: date.line,
            text: date.text.clone(),
        }
    }
}

/// The language of a [`Record`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageRecord {
    /// ISO 639-1 where there is one, else 639-3; `null` with too little text to tell.
    pub code: Option<LanguageTag>,
    /// The English name.
    pub name: Option<Clean>,
    /// From 0 to 1, to two digits.
    pub confidence: f32,
    /// True when a reader may rely on it.
    pub sure: bool,
}

/// A passage of a [`Record`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageRecord {
    /// Its language.
    pub code: LanguageTag,
    /// How many words it has.
    pub words: u32,
}

impl From<&Article> for Record {
    fn from(article: &Article) -> Record {
        let language = &article.language;
        Record {
            id: article.id,
            path: Clean::new(&article.origin.path.to_string_lossy()),
            part: article.origin.part,
            title: article.title.text.clone(),
            byline: article.byline.as_ref().map(|stated| stated.text.clone()),
            source: article.source.as_ref().map(|stated| stated.text.clone()),
            url: article.url.clone(),
            date: article.date.as_ref().map(DateRecord::from),
            language: LanguageRecord {
                code: language.tag,
                name: language.tag.map(|tag| Clean::new(tag.name())),
                confidence: (language.confidence * 100.0).round() / 100.0,
                sure: language.sure,
            },
            passages: article
                .passages
                .iter()
                .map(|passage| PassageRecord { code: passage.tag, words: passage.words })
                .collect(),
            tags: article.tags.clone(),
            words: article.words,
            findings: article.findings.clone(),
        }
    }
}
