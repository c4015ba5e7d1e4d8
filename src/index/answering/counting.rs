//! What matches, counted by what the columns say of it, or by kinds that were spelled out.

use std::collections::HashMap;

use rapidhash::fast::RandomState;
use tantivy::DocId;
use tantivy::columnar::{Column, StrColumn};

use super::kinds::{ArticleKind, Counts};
use super::rank::{UNDATED, minutes};
use super::segment::SegmentColumns;
use crate::archive::{DateFacet, Facets};
use crate::article::LanguageTag;
use crate::index::store::schema::numbered_day;
use crate::text::Clean;

/// Spans of days are counted in a flat array when the index spans no more days than this.
const FLAT_DAYS: i64 = 400_000;
/// How the matches of a segment are counted by kind.
pub(crate) enum Counting<'a> {
    /// In the columns.
    Packed(Packed<'a>),
    /// By the kinds of all articles of the segment.
    Spelled { kinds: &'a [ArticleKind], counts: &'a mut Counts },
}

/// Counts by what the columns say of each match.
pub(crate) struct Packed<'a> {
    moment: Option<&'a Column<i64>>,
    languages: Option<TextCounts<'a>>,
    sources: Option<TextCounts<'a>>,
    days: Days<'a>,
}

impl<'a> Packed<'a> {
    /// Nothing counted yet.
    pub(crate) fn new(columns: &'a SegmentColumns) -> Packed<'a> {
        Packed {
            moment: columns.moment.as_ref(),
            languages: columns.languages.as_ref().map(TextCounts::new),
            sources: columns.sources.as_ref().map(TextCounts::new),
            days: Days::new(columns.first.as_ref(), columns.last.as_ref()),
        }
    }
}

impl Counting<'_> {
    /// Counts a match and tells its place in time, see [`minutes`].
    #[inline]
    pub(crate) fn count(&mut self, doc: DocId) -> u32 {
        match self {
            Counting::Spelled { kinds, counts } => {
                let kind = kinds[doc as usize];
                counts.count(kind);
                kind.minutes
            }
            Counting::Packed(Packed { moment, languages, sources, days }) => {
                for counted in [languages, sources].into_iter().flatten() {
                    counted.count(doc);
                }
                days.count(doc);
                moment.and_then(|moment| moment.first(doc)).map_or(UNDATED, minutes)
            }
        }
    }

    /// Adds what was counted in the columns; what was counted by kinds is in its counts already.
    pub(crate) fn add_to(self, sums: &mut Sums) -> tantivy::Result<()> {
        let Counting::Packed(Packed { languages, sources, days, .. }) = self else {
            return Ok(());
        };
        for (counted, sums) in [(languages, &mut sums.languages), (sources, &mut sums.sources)] {
            if let Some(counted) = counted {
                counted.add_to(sums)?;
            }
        }
        days.add_to(sums);
        Ok(())
    }
}

/// Counts by the number of a text within its segment.
struct TextCounts<'a> {
    texts: &'a StrColumn,
    counts: Vec<usize>,
}

impl TextCounts<'_> {
    fn new(texts: &StrColumn) -> TextCounts<'_> {
        let counts = vec![0; texts.num_terms()];
        TextCounts { texts, counts }
    }

    fn count(&mut self, doc: DocId) {
        if let Some(count) = self.texts.ords().first(doc).and_then(|at| self.counts.get_mut(at as usize)) {
            *count += 1;
        }
    }

    fn add_to(self, sums: &mut HashMap<String, usize>) -> tantivy::Result<()> {
        let mut text = String::new();
        for (at, count) in self.counts.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            text.clear();
            if self.texts.ord_to_str(at as u64, &mut text)? {
                match sums.get_mut(&text) {
                    Some(sum) => *sum += count,
                    None => drop(sums.insert(text.clone(), count)),
                }
            }
        }
        Ok(())
    }
}

/// Counts by span of days.
struct Days<'a> {
    columns: Option<(&'a Column<i64>, &'a Column<i64>)>,
    /// The day that the first number of `single` counts.
    start: i64,
    /// Articles of exactly one day.
    single: Vec<usize>,
    /// Articles of several days, and those of a day outside `single`.
    spans: HashMap<(i64, i64), usize, RandomState>,
    undated: usize,
}

impl<'a> Days<'a> {
    fn new(first: Option<&'a Column<i64>>, last: Option<&'a Column<i64>>) -> Days<'a> {
        let columns = first.zip(last);
        let (start, end) = columns.as_ref().map_or((0, -1), |(first, last)| (first.min_value(), last.max_value()));
        let days = end.checked_sub(start).filter(|days| (0..FLAT_DAYS).contains(days)).map_or(0, |days| days + 1);
        Days { columns, start, single: vec![0; days as usize], spans: HashMap::default(), undated: 0 }
    }

    fn count(&mut self, doc: DocId) {
        let span = self.columns.as_ref().and_then(|(first, last)| Some((first.first(doc)?, last.first(doc)?)));
        let Some((first, last)) = span else {
            self.undated += 1;
            return;
        };
        let single = usize::try_from(first.wrapping_sub(self.start)).ok().filter(|_| first == last);
        match single.and_then(|at| self.single.get_mut(at)) {
            Some(count) => *count += 1,
            None => *self.spans.entry((first, last)).or_default() += 1,
        }
    }

    fn add_to(self, sums: &mut Sums) {
        sums.undated += self.undated;
        let single = self.single.into_iter().zip(self.start..).filter(|(count, _)| *count > 0);
        for ((first, last), count) in single.map(|(count, day)| ((day, day), count)).chain(self.spans) {
            *sums.spans.entry((first, last)).or_default() += count;
        }
    }
}

/// The counts of all segments.
#[derive(Default)]
pub(crate) struct Sums {
    languages: HashMap<String, usize>,
    sources: HashMap<String, usize>,
    spans: HashMap<(i64, i64), usize, RandomState>,
    undated: usize,
}

impl Sums {
    /// In the orders that lists have.
    pub(crate) fn facets(self) -> Facets {
        let tag = |(code, count): (String, usize)| (LanguageTag::find(&code), count);
        let mut languages: Vec<_> = self.languages.into_iter().map(tag).collect();
        languages.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), tag.map(LanguageTag::code)));
        let mut sources: Vec<(Clean, usize)> =
            self.sources.into_iter().map(|(name, count)| (Clean::new(&name), count)).collect();
        sources.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        sources.truncate(Facets::SOURCES);
        let span = |((first, last), count)| Some((numbered_day(first)?, numbered_day(last)?, count));
        let mut spans: Vec<_> = self.spans.into_iter().filter_map(span).collect();
        spans.sort_unstable();
        Facets { languages, sources, dates: DateFacet { spans, undated: self.undated } }
    }
}
