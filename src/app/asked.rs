//! What was asked, and what is known of the answer: the query, its rows, passages and the open article.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::archive::{Compounds, Correction, EmptyHelp, Facets, Limits, Relaxed};
use crate::article::ArticleId;
use crate::effect::{Effect, Generation, Question, Quoted, Wanted};
use crate::event::{Answer, ListRow};
use crate::panes::list::ListPane;
use crate::panes::paint;
use crate::query::{self, Query, Sort, edit};

/// Articles from fewer days than this are told apart by their times.
const FEW_DAYS: i64 = 4;

/// The newest question, and the newest answer.
#[derive(Debug)]
pub(super) struct Asked {
    /// What the query line says.
    pub query: Arc<Query>,
    /// The line in its usual spelling, where it is typed in another one.
    pub usual: Option<String>,
    /// Numbers the newest question.
    pub generation: Generation,
    /// The newest answer.
    pub answered: Option<Answered>,
    /// The last word of the line, while it may go on.
    pub unfinished: Option<String>,
    /// Whether the search that was asked for takes so long that the reader should be told.
    pub slow: bool,
    /// Numbers the article that was asked for last.
    pub opening: Generation,
    /// Whether the reader has done nothing yet: then what comes in shows from its beginning.
    pub untouched: bool,
    opening_for: Option<(ArticleId, Wanted)>,
    /// The article at which the reader was last time, until it was found.
    resumed: Option<ArticleId>,
    /// Where the newest question asked to stay.
    place: Place,
    rows: Range<usize>,
    passages: HashSet<usize>,
    /// Whether the passages that were asked for last have not come yet.
    passages_awaited: bool,
}

/// Where the list stands after a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the first article.
    Beginning,
    /// At the selected article, if it is still there and its id is known.
    Selected(Option<ArticleId>),
}

/// What is known of the newest answer, apart from its rows.
#[derive(Debug)]
pub(super) struct Answered {
    pub generation: Generation,
    pub total: usize,
    pub sort: Sort,
    pub facets: Facets,
    pub choices: Facets,
    pub empty: Option<EmptyHelp>,
    compounds: Arc<Compounds>,
    /// Whether nothing matched as it was typed, and this is what matches with typing errors.
    forgiven: bool,
    /// The words that were most likely meant then.
    corrections: Vec<Correction>,
    /// How many of the words are enough, when no article has all of them.
    relaxed: Option<Relaxed>,
    /// What the answer lacks.
    limits: Limits,
}

/// A query line that is searched for.
pub(super) struct Line<'a> {
    /// It.
    pub text: &'a str,
    /// Whether it is still being typed.
    pub editing: bool,
    /// Whether the selected article stays selected. Not if the list is about to go to its beginning for a
    /// question that is still open.
    pub keep: bool,
    /// How many rows of the answer the screen has room for.
    pub rows: usize,
}

impl Asked {
    pub fn new() -> Asked {
        Asked {
            query: Arc::default(),
            usual: None,
            unfinished: None,
            generation: Generation::default(),
            answered: None,
            slow: false,
            opening: Generation::default(),
            untouched: true,
            opening_for: None,
            resumed: None,
            place: Place::Beginning,
            rows: 0..0,
            passages: HashSet::new(),
            passages_awaited: false,
        }
    }

    /// Begins with this article selected.
    pub fn resume_at(&mut self, id: ArticleId) {
        self.resumed = Some(id);
        self.place = Place::Selected(Some(id));
        self.untouched = false;
    }

    /// Whether what is on the screen answers the newest question.
    pub fn is_answered(&self) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.generation == self.generation)
    }

    /// Whether passages of what is on the screen are looked for.
    pub fn awaits_passages(&self) -> bool {
        self.passages_awaited
    }

    /// Asks for what a line says.
    pub fn search(&mut self, line: &Line<'_>, list: &ListPane) -> Effect {
        let parsed = if line.editing { query::parse(line.text) } else { query::parse_finished(line.text) };
        // What is only guessed of an unfinished line need not be asked again.
        let parsed = if parsed == *self.query { self.query.clone() } else { Arc::new(parsed) };
        // Other words have another best match, and that is what is looked for.
        let other_words = line.editing && parsed.words() != self.query.words();
        let pending = self.place == Place::Beginning && !self.is_answered();
        self.place = match line.keep && !other_words && !pending {
            true => Place::Selected(list.selected_id().or(self.resumed)),
            false => Place::Beginning,
        };
        self.usual = parsed.usual_spelling(line.text);
        let last = parsed.clauses.last().and_then(|clause| line.text.get(clause.value.clone()));
        let goes_on = line.editing && !line.text.ends_with(|c: char| c.is_whitespace() || c == '"');
        self.unfinished = last.filter(|_| goes_on).map(str::to_owned);
        self.query = parsed;
        self.generation = self.generation.next();
        self.rows = 0..0;
        self.passages.clear();
        self.passages_awaited = false;
        Effect::Search(Question {
            generation: self.generation,
            query: self.query.clone(),
            keep: match self.place {
                Place::Selected(id) => id,
                Place::Beginning => None,
            },
            more: !line.editing,
            rows: line.rows,
        })
    }

    /// Takes the answer to the newest question, and shows its rows in the list.
    pub fn answer(&mut self, answer: Answer, list: &mut ListPane) {
        self.slow = false;
        let Answer { found, choices, compounds, kept, first, rows } = answer;
        // A list that merely lost the selected article stays where it was, unless something else is
        // the best match now.
        let stays = self.place != Place::Beginning && found.sort != Sort::Relevance;
        let selected = kept.unwrap_or(if stays { list.selected() } else { 0 });
        let more = found.more.as_ref().map_or(0, |more| more.len());
        list.replace(found.matched, more, selected, first, rows);
        let spans = &found.facets.dates.spans;
        let (from, to) = (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max());
        list.shows_times = from.zip(to).is_some_and(|(from, to)| (to - from).num_days() < FEW_DAYS);
        self.answered = Some(Answered {
            generation: self.generation,
            total: found.total,
            sort: found.sort,
            facets: found.facets,
            choices,
            compounds,
            empty: found.empty,
            forgiven: found.forgiven,
            corrections: found.corrections,
            relaxed: found.relaxed,
            limits: found.limits,
        });
    }

    /// Takes note that rows came anew: those that come back to the screen have lost their passages.
    pub fn rows_came(&mut self) {
        self.passages.clear();
    }

    /// Takes note that passages came.
    pub fn passages_came(&mut self) {
        self.passages_awaited = false;
    }

    /// Takes note that no article is to be open any more.
    pub fn open_nothing(&mut self) {
        self.opening = self.opening.next();
        self.opening_for = None;
    }

    /// Asks for the rows that the screen needs and does not have. The list has so many rows of the screen, and
    /// may show titles alone.
    pub fn missing_rows(&mut self, list: &ListPane, height: (u16, bool)) -> Option<Effect> {
        let range = list.missing(height).filter(|range| *range != self.rows)?;
        self.rows = range.clone();
        Some(Effect::Rows { generation: self.generation, range })
    }

    /// Asks for the passages of the rows on the screen, as far as they are shown there.
    pub fn missing_passages(&mut self, list: &ListPane, height: (u16, bool)) -> Option<Effect> {
        if self.query.words().is_empty() {
            return None;
        }
        let visible = list.without_passage(height).into_iter();
        let articles: Vec<Quoted> = visible
            .filter(|(place, _)| !self.passages.contains(place))
            .map(|(place, row)| Quoted {
                place,
                id: row.row.record.id,
                origin: row.row.origin.clone(),
                title: row.row.record.title.clone(),
                opening: row.row.opening.clone(),
                language: row.row.record.language.code,
            })
            .collect();
        if articles.is_empty() {
            return None;
        }
        self.passages.extend(articles.iter().map(|quoted| quoted.place));
        self.passages_awaited = true;
        Some(Effect::Passages { generation: self.generation, wanted: self.wanted(), articles })
    }

    /// Asks for an article, where it is not the one that was asked for last.
    pub fn open(&mut self, row: &ListRow) -> Option<Effect> {
        let id = row.row.record.id;
        let wanted = self.wanted();
        if self.opening_for.as_ref().is_some_and(|(asked, same)| *asked == id && *same == wanted) {
            return None;
        }
        let origin = row.row.origin.clone();
        self.opening = self.opening.next();
        self.opening_for = Some((id, wanted.clone()));
        Some(Effect::Open { generation: self.opening, id, origin, wanted })
    }

    /// What is marked in articles.
    fn wanted(&self) -> Wanted {
        let answered = self.answered.as_ref();
        let relaxed = answered.and_then(|answered| answered.relaxed.as_ref());
        Wanted {
            query: relaxed.map_or(&self.query, |relaxed| &relaxed.query).clone(),
            forgiving: answered.is_some_and(|answered| answered.forgiven),
            compounds: answered.map(|answered| answered.compounds.clone()).unwrap_or_default(),
        }
    }

    /// The line with the words that were most likely meant; `None` where there is nothing to correct.
    pub fn corrected(&self, line: &str) -> Option<String> {
        let corrections = &self.answered.as_ref()?.corrections;
        let mut corrected = line.to_owned();
        // From the end, so that the places of the clauses before stay what they are.
        for clause in self.query.clauses.iter().rev() {
            let typed = corrected.get(clause.value.clone());
            if let Some(correction) = corrections.iter().find(|correction| typed == Some(&correction.typed)) {
                corrected.replace_range(clause.value.clone(), &correction.meant);
            }
        }
        (corrected != line).then_some(corrected)
    }

    /// The bytes of the clause that emptied the result, and how many articles there are without it. A line
    /// that asks for one thing alone has none: it is changed or cleared.
    pub fn culprit(&self, matched: usize) -> Option<(Range<usize>, usize)> {
        let empty = matched == 0 && self.is_answered() && self.query.clauses.len() > 1;
        self.answered.as_ref().filter(|_| empty)?.empty.as_ref()?.without.clone()
    }

    /// The line without its last condition, where it has one.
    pub fn without_last(&self, line: &str) -> Option<String> {
        let clause = self.query.clauses.iter().rev().find(|clause| clause.top_level)?;
        Some(edit::without(line, clause.span.clone()))
    }

    /// The line with the next order of the list.
    pub fn with_next_sort(&self, line: &str) -> String {
        let words = self.query.words().iter().any(|condition| condition.facet().is_none());
        let usual = if words { Sort::Relevance } else { Sort::Newest };
        let now = self.answered.as_ref().map_or(usual, |answered| answered.sort);
        let next = match now {
            Sort::Relevance => Sort::Newest,
            Sort::Newest => Sort::Oldest,
            Sort::Oldest => Sort::Title,
            Sort::Title => Sort::Added,
            Sort::Added => usual,
        };
        let value = match next {
            _ if next == usual => None,
            Sort::Relevance => Some("relevance"),
            Sort::Newest => Some("newest"),
            Sort::Oldest => Some("oldest"),
            Sort::Title => Some("title"),
            Sort::Added => Some("added"),
        };
        edit::with_field(line, "sort", value)
    }

    /// A word as it was typed; one that may go on says so.
    pub fn shown(&self, word: &str) -> String {
        match self.unfinished.as_deref() == Some(word) {
            true => format!("{word}…"),
            false => word.to_owned(),
        }
    }

    /// What was done because nothing matches the line as it is typed, and what was not tried, in many words and in
    /// few. `key` takes what was meant.
    pub fn done_about_nothing(&self, key: &str) -> Vec<String> {
        let Some(answered) = &self.answered else {
            return Vec::new();
        };
        if let Some(partial) = &answered.limits.partial {
            return vec![format!("partial: {partial} answered, so there may be more"), format!("partial: {partial}")];
        }
        let done = self.forgiven_or_relaxed(answered, key);
        let Some(what) = answered.limits.not_tried.first() else {
            return done;
        };
        match done.first() {
            Some(first) => [format!("{first}; not looked for: {what}")].into_iter().chain(done).collect(),
            None => vec![format!("not looked for: {what}"), "not all was looked for".to_owned()],
        }
    }

    fn forgiven_or_relaxed(&self, answered: &Answered, key: &str) -> Vec<String> {
        if let Some(relaxed @ Relaxed { asked, .. }) = &answered.relaxed {
            let counted = relaxed.counted();
            let all = if *asked == 2 { "both".to_owned() } else { format!("all {asked}") };
            return vec![
                format!("no article has {all} {counted}; showing those with the most telling ones"),
                format!("some of {asked} {counted}"),
            ];
        }
        if !answered.forgiven {
            return Vec::new();
        }
        let corrections: Vec<String> = answered
            .corrections
            .iter()
            .map(|correction| format!("{} for {}", paint::number(correction.count), correction.meant))
            .collect();
        if corrections.is_empty() {
            return vec![
                "no exact matches; showing words that differ by a typo".to_owned(),
                "showing words that differ by a typo".to_owned(),
            ];
        }
        let typed: Vec<String> = answered.corrections.iter().map(|correction| self.shown(&correction.typed)).collect();
        let takes = format!("{}   {key}: use it", corrections.join(", "));
        vec![format!("nothing for {}; {takes}", typed.join(" ")), takes]
    }
}
