//! What the articles of an index are counted by, spelled out.

use std::collections::HashMap;

use chrono::NaiveDate;
use rapidhash::fast::RandomState;
use tantivy::Searcher;
use tantivy::columnar::StrColumn;

use super::rank::minutes;
use super::segment::SegmentColumns;
use crate::archive::{DateFacet, Facets};
use crate::article::LanguageTag;
use crate::index::store::schema::numbered_day;
use crate::text::Clean;

/// The kinds of all articles of all segments.
///
/// A column is packed, and each value that is looked up in it has to be unpacked; to search for a common
/// word is to look up five of every article. Here they stand side by side, sixteen bytes an article, and
/// equal ones have equal numbers in all segments.
pub(crate) struct Kinds {
    /// Of each segment those of its articles, in their order.
    segments: Vec<Vec<ArticleKind>>,
    /// The languages by their number.
    languages: Vec<Option<LanguageTag>>,
    /// The sources by their number, in their order.
    sources: Vec<Clean>,
    /// The spans of days by their number, in their order; `None` for numbers that are no days.
    spans: Vec<Option<(NaiveDate, NaiveDate)>>,
}

/// What an article is counted by. One without a language, source or date has the number behind the last.
#[derive(Clone, Copy)]
pub(crate) struct ArticleKind {
    /// Its place in time, see [`minutes`]; the largest number for the undated.
    pub minutes: u32,
    language: u32,
    source: u32,
    span: u32,
}

/// How many articles there are of each number.
pub(crate) struct Counts {
    languages: Vec<u32>,
    sources: Vec<u32>,
    spans: Vec<u32>,
}

impl Kinds {
    /// Those of these columns.
    pub(crate) fn of(searcher: &Searcher, columns: &[SegmentColumns]) -> tantivy::Result<Kinds> {
        let languages = Names::of(columns.iter().map(|columns| columns.languages.as_ref()), |code| {
            (code.to_owned(), LanguageTag::find(code))
        })?;
        let sources = Names::of(columns.iter().map(|columns| columns.sources.as_ref()), |name| {
            let name = Clean::new(name);
            (name.as_str().to_owned(), name)
        })?;
        let mut spans: HashMap<(i64, i64), u32, RandomState> = HashMap::default();
        let mut segments = Vec::new();
        for ((at, segment), columns) in searcher.segment_readers().iter().enumerate().zip(columns) {
            let (mut last, mut last_number) = ((0, 0), None);
            let kind = |doc| {
                let span = || Some((columns.first.as_ref()?.first(doc)?, columns.last.as_ref()?.first(doc)?));
                let moment = columns.moment.as_ref().and_then(|moment| moment.first(doc));
                let span = span().map_or(u32::MAX, |span| match last_number.filter(|_| span == last) {
                    Some(number) => number,
                    None => {
                        let next = spans.len() as u32;
                        let number = *spans.entry(span).or_insert(next);
                        (last, last_number) = (span, Some(number));
                        number
                    }
                });
                ArticleKind {
                    minutes: moment.map_or(u32::MAX, minutes),
                    language: languages.number(at, columns.languages.as_ref(), doc),
                    source: sources.number(at, columns.sources.as_ref(), doc),
                    span,
                }
            };
            segments.push((0..segment.max_doc()).map(kind).collect::<Vec<ArticleKind>>());
        }
        // Numbered as they came, they are put in order.
        let mut ordered: Vec<((i64, i64), u32)> = spans.into_iter().collect();
        ordered.sort_unstable();
        let mut places = vec![0; ordered.len()];
        for ((_, number), place) in ordered.iter().zip(0u32..) {
            places[*number as usize] = place;
        }
        let undated = places.len() as u32;
        for kind in segments.iter_mut().flatten() {
            kind.span = places.get(kind.span as usize).copied().unwrap_or(undated);
        }
        let days = |((first, last), _): ((i64, i64), u32)| numbered_day(first).zip(numbered_day(last));
        let spans = ordered.into_iter().map(days).collect();
        Ok(Kinds { segments, languages: languages.values, sources: sources.values, spans })
    }

    /// Those of the articles of a segment, by their number in it.
    pub(crate) fn of_segment(&self, at: usize) -> &[ArticleKind] {
        self.segments.get(at).map_or(&[], Vec::as_slice)
    }

    /// Nothing counted yet.
    pub(crate) fn counts(&self) -> Counts {
        let none = |kinds: usize| vec![0; kinds + 1];
        Counts {
            languages: none(self.languages.len()),
            sources: none(self.sources.len()),
            spans: none(self.spans.len()),
        }
    }
}

impl Counts {
    /// Counts an article.
    #[inline]
    pub(crate) fn count(&mut self, kind: ArticleKind) {
        for (counts, number) in
            [(&mut self.languages, kind.language), (&mut self.sources, kind.source), (&mut self.spans, kind.span)]
        {
            if let Some(count) = counts.get_mut(number as usize) {
                *count += 1;
            }
        }
    }

    /// What was counted of these kinds, in the orders that lists have.
    pub(crate) fn facets(self, kinds: &Kinds) -> Facets {
        let Counts { languages, sources, spans } = self;
        let undated = spans.last().map_or(0, |count| *count as usize);
        let languages = kinds.languages.iter().zip(languages).filter(|(_, count)| *count > 0);
        let mut languages: Vec<_> = languages.map(|(tag, count)| (*tag, count as usize)).collect();
        languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), tag.map(LanguageTag::code)));
        let most_first = |(number, count): &(usize, u32)| (std::cmp::Reverse(*count), *number);
        let sources = sources.into_iter().enumerate().take(kinds.sources.len());
        let mut sources: Vec<(usize, u32)> = sources.filter(|(_, count)| *count > 0).collect();
        if sources.len() > Facets::SOURCES {
            sources.select_nth_unstable_by_key(Facets::SOURCES, most_first);
            sources.truncate(Facets::SOURCES);
        }
        sources.sort_unstable_by_key(most_first);
        let sources = sources.into_iter().map(|(number, count)| (kinds.sources[number].clone(), count as usize));
        let spans = kinds.spans.iter().zip(spans).filter(|(_, count)| *count > 0);
        let spans = spans.filter_map(|(days, count)| days.map(|(first, last)| (first, last, count as usize)));
        Facets { languages, sources: sources.collect(), dates: DateFacet { spans: spans.collect(), undated } }
    }
}

/// Names that have numbers of their own in every segment, numbered as one.
struct Names<T> {
    values: Vec<T>,
    /// The number among all of each number within a segment.
    segments: Vec<Vec<u32>>,
}

impl<T> Names<T> {
    /// The names in these columns in the order of what `value` says, with what it makes of them.
    fn of<'a, K: Ord>(
        columns: impl Iterator<Item = Option<&'a StrColumn>>,
        value: impl Fn(&str) -> (K, T),
    ) -> tantivy::Result<Names<T>> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut segments = Vec::new();
        for column in columns {
            let mut segment = Vec::new();
            let Some(column) = column else {
                segments.push(segment);
                continue;
            };
            let mut name = String::new();
            for within in 0..column.num_terms() as u64 {
                name.clear();
                column.ord_to_str(within, &mut name)?;
                let next = numbers.len() as u32;
                segment.push(match numbers.get(&name) {
                    Some(number) => *number,
                    None => *numbers.entry(name.clone()).or_insert(next),
                });
            }
            segments.push(segment);
        }
        let valued = |(name, number): (String, u32)| {
            let (key, value) = value(&name);
            ((key, name), number, value)
        };
        let mut ordered: Vec<_> = numbers.into_iter().map(valued).collect();
        ordered.sort_by(|one, other| one.0.cmp(&other.0));
        let mut places = vec![0; ordered.len()];
        for ((_, number, _), place) in ordered.iter().zip(0u32..) {
            places[*number as usize] = place;
        }
        for number in segments.iter_mut().flatten() {
            *number = places[*number as usize];
        }
        Ok(Names { values: ordered.into_iter().map(|(_, _, value)| value).collect(), segments })
    }

    /// The number of an article's name; the one behind the last for an article without.
    fn number(&self, segment: usize, column: Option<&StrColumn>, doc: u32) -> u32 {
        let within = column.and_then(|column| column.ords().first(doc));
        let number = within.and_then(|within| self.segments[segment].get(within as usize));
        number.copied().unwrap_or(self.values.len() as u32)
    }
}
