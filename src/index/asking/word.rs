//! All ways in which a word may be in an article, walked as one.
//!
//! The engine can put queries together to any depth, and pays for it at each article with a call for every
//! query on the way down. Nearly every search is for words, and a word has about ten ways: here the lists of
//! articles of all of them are read block by block into a window of the best scores.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{
    BitSet, COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError,
};

use super::tier::{OTHER_PLACE, Worth};
use super::vocabulary::Known;
use super::ways::{Sought, Way};
use crate::archive::MatchPlace;

/// How many articles are looked at together at most: what is known of them fits into the fastest memory.
const WINDOW: usize = 4096;
/// How many after a leap: whoever leaps may leap again.
const WINDOW_AFTER_LEAP: u32 = 128;
/// A bit for each article of the window.
const BUCKETS: usize = WINDOW / 64;
/// So many terms of one way are walked one beside the other; more are gathered first.
const MOST_BESIDE: usize = 8;

/// Matches articles that have a word in any of some ways.
///
/// The best way counts; what the best in the other place (title or text) is worth adds a part of it.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub ways: Vec<Way>,
}

impl Query for Word {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let searcher = scoring.searcher().ok_or_else(|| {
            TantivyError::InvalidArgument("the ways of a word are known for a state of the index".to_owned())
        })?;
        let weigh = |way: &Way| Weighed::new(way, searcher, scoring);
        let ways = self.ways.iter().map(weigh).collect::<tantivy::Result<_>>()?;
        let segments = searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        Ok(Box::new(WordWeight { ways, segments, scored: scoring.is_scoring_enabled() }))
    }
}

/// A way, and what is the same for all segments of it.
struct Weighed {
    way: Way,
    /// What the engine says of a term, where that counts.
    telling: Option<Bm25Weight>,
    /// The weight of what only the engine can look for.
    other: Option<Box<dyn Weight>>,
}

impl Weighed {
    fn new(way: &Way, searcher: &Searcher, scoring: EnableScoring<'_>) -> tantivy::Result<Weighed> {
        let Worth(_, factor, _) = Worth::of(way.kind, way.place);
        let mut weighed = Weighed { way: way.clone(), telling: None, other: None };
        match &way.sought {
            Sought::Terms { terms, .. } if scoring.is_scoring_enabled() && factor > 0.0 && terms.len() == 1 => {
                weighed.telling = Some(telling(searcher, &terms[0])?);
            }
            Sought::Terms { .. } | Sought::Beginning(_) => {}
            Sought::Other(query) => weighed.other = Some(query.weight(scoring)?),
        }
        Ok(weighed)
    }
}

/// How telling a term is: as the engine's own query for it says.
fn telling(searcher: &Searcher, known: &Known) -> tantivy::Result<Bm25Weight> {
    let articles = searcher.total_num_docs()?;
    let length = searcher.total_num_tokens(known.term.field())? as Score / articles as Score;
    Ok(Bm25Weight::for_one_term_without_explain(known.articles()?, articles, length))
}

struct WordWeight {
    ways: Vec<Weighed>,
    segments: Vec<SegmentId>,
    scored: bool,
}

impl Weight for WordWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let id = segment.segment_id();
        let at = self.segments.iter().position(|other| *other == id);
        let at = at.ok_or_else(|| TantivyError::InvalidArgument("a segment of another state".to_owned()))?;
        let mut walks = Vec::new();
        for weighed in &self.ways {
            self.add_walks(weighed, segment, at, boost, &mut walks)?;
        }
        walks.retain(|walk| walk.next() != TERMINATED);
        Ok(Box::new(WordScorer::new(walks, segment.max_doc())))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("article {doc} does not have the word")));
        }
        Ok(Explanation::new("the best way of a word", scorer.score()))
    }
}

impl WordWeight {
    /// Adds what one way walks through in a segment.
    fn add_walks(
        &self,
        weighed: &Weighed,
        segment: &SegmentReader,
        at: usize,
        boost: Score,
        walks: &mut Vec<Walk>,
    ) -> tantivy::Result<()> {
        let Way { kind, place, sought } = &weighed.way;
        let Worth(floor, factor, most) = Worth::of(*kind, *place);
        let worth = Worth(boost * floor, boost * factor, boost * most);
        let alike = if let Sought::Terms { score, .. } = sought { *score } else { 1.0 };
        let score = if self.scored { worth.of_score(worth.1 * alike) } else { 0.0 };
        let place = usize::from(*place != MatchPlace::Title);
        let mut languages = Vec::new();
        let course = match sought {
            Sought::Terms { terms, languages: marks, .. } => {
                for mark in marks {
                    languages.extend(mark.postings(segment, at, IndexRecordOption::Basic)?);
                }
                if !marks.is_empty() && languages.is_empty() {
                    return Ok(());
                }
                match &terms[..] {
                    [term] => match term_course(term, weighed, segment, at, worth, score)? {
                        Some(course) => course,
                        None => return Ok(()),
                    },
                    terms if terms.len() <= MOST_BESIDE && marks.is_empty() => {
                        for term in terms {
                            let course = term_course(term, weighed, segment, at, worth, score)?;
                            walks.extend(course.map(|course| Walk { course, place, languages: Vec::new() }));
                        }
                        return Ok(());
                    }
                    terms => Course::gathered(gather(terms, segment, at)?, score),
                }
            }
            Sought::Beginning(beginning) => Course::gathered(beginning.articles(segment)?, score),
            Sought::Other(_) => match &weighed.other {
                Some(weight) => {
                    Course::Other { scorer: weight.scorer(segment, worth.1)?, worth: self.scored.then_some(worth) }
                }
                None => return Ok(()),
            },
        };
        walks.push(Walk { course, place, languages });
        Ok(())
    }
}

/// The course through the articles with a term; `None` where the segment has none.
fn term_course(
    term: &Known,
    weighed: &Weighed,
    segment: &SegmentReader,
    at: usize,
    worth: Worth,
    score: Score,
) -> tantivy::Result<Option<Course>> {
    let Some(telling) = &weighed.telling else {
        let postings = term.postings(segment, at, IndexRecordOption::Basic)?;
        return Ok(postings.map(|postings| Course::Term {
            postings: Box::new(postings),
            at: 0,
            gain: Gain::Same(score),
        }));
    };
    let telling = telling.boost_by(worth.1);
    let Some(postings) = term.postings(segment, at, IndexRecordOption::WithFreqs)? else {
        return Ok(None);
    };
    let gain = match segment.fieldnorms_readers().get_field(term.term.field())? {
        Some(lengths) if !postings.freqs().is_empty() => Gain::Graded(Box::new(Graded { telling, lengths, worth })),
        // Whatever is looked for by a single term has lengths, unless they cannot be read.
        _ => Gain::Same(worth.of_score(telling.score(FieldNormReader::fieldnorm_to_id(1), 1))),
    };
    Ok(Some(Course::Term { postings: Box::new(postings), at: 0, gain }))
}

/// All articles of a segment with any of some terms.
fn gather(terms: &[Known], segment: &SegmentReader, at: usize) -> tantivy::Result<BitSet> {
    let mut found = BitSet::with_max_value(segment.max_doc());
    for term in terms {
        let Some(mut postings) = term.postings(segment, at, IndexRecordOption::Basic)? else { continue };
        while !postings.docs().is_empty() {
            for doc in postings.docs() {
                found.insert(*doc);
            }
            postings.advance();
        }
    }
    Ok(found)
}

/// Articles in their order, from the first on that has not been taken.
enum Course {
    /// Those with a term: a block of them, and the place in it.
    Term { postings: Box<BlockSegmentPostings>, at: usize, gain: Gain },
    /// Those of a set, which are worth all the same.
    Set { articles: BitSet, next: DocId, score: Score },
    /// Those the engine finds, with what they are worth where that counts.
    Other { scorer: Box<dyn Scorer>, worth: Option<Worth> },
}

/// What the articles with a term are worth.
enum Gain {
    /// All the same.
    Same(Score),
    /// More, the more often the term is in them.
    Graded(Box<Graded>),
}

struct Graded {
    telling: Bm25Weight,
    lengths: FieldNormReader,
    worth: Worth,
}

impl Course {
    fn gathered(articles: BitSet, score: Score) -> Course {
        let next = following(&articles, 0);
        Course::Set { articles, next, score }
    }

    /// The first article that has not been taken.
    fn next(&self) -> DocId {
        match self {
            Course::Term { postings, at, .. } => postings.docs().get(*at).copied().unwrap_or(TERMINATED),
            Course::Set { next, .. } => *next,
            Course::Other { scorer, .. } => scorer.doc(),
        }
    }

    /// Leaves out all before `target`.
    fn seek(&mut self, target: DocId) {
        if self.next() >= target {
            return;
        }
        match self {
            Course::Term { postings, at, .. } => *at = postings.seek(target),
            Course::Set { articles, next, .. } => *next = following(articles, target),
            Course::Other { scorer, .. } => {
                scorer.seek(target);
            }
        }
    }

    /// Takes all before `end`.
    fn take(&mut self, end: DocId, mut put: impl FnMut(DocId, Score)) {
        match self {
            Course::Term { postings, at, gain } => loop {
                let docs = postings.docs();
                let taken = *at + docs[*at..].partition_point(|doc| *doc < end);
                match gain {
                    Gain::Same(score) => docs[*at..taken].iter().for_each(|doc| put(*doc, *score)),
                    Gain::Graded(graded) => {
                        let Graded { telling, lengths, worth } = &**graded;
                        for (doc, times) in docs[*at..taken].iter().zip(&postings.freqs()[*at..taken]) {
                            put(*doc, worth.of_score(telling.score(lengths.fieldnorm_id(*doc), *times)));
                        }
                    }
                }
                if taken < docs.len() || docs.is_empty() {
                    *at = taken;
                    break;
                }
                *at = 0;
                postings.advance();
            },
            Course::Set { articles, next, score } => {
                while *next < end {
                    let bucket = *next / 64;
                    let mut several = articles.tinyset(bucket);
                    let mut last = *next;
                    while let Some(bit) = several.pop_lowest() {
                        let doc = bucket * 64 + bit;
                        if doc >= *next && doc < end {
                            put(doc, *score);
                            last = doc;
                        }
                    }
                    *next = following(articles, last + 1);
                }
            }
            Course::Other { scorer, worth } => {
                let mut doc = scorer.doc();
                while doc < end {
                    put(doc, worth.map_or(0.0, |worth| worth.of_score(scorer.score())));
                    doc = scorer.advance();
                }
            }
        }
    }
}

/// The first article of a set from `from` on.
fn following(articles: &BitSet, from: DocId) -> DocId {
    if from >= articles.max_value() {
        return TERMINATED;
    }
    let bucket = from / 64;
    let mut several = articles.tinyset(bucket);
    while let Some(bit) = several.pop_lowest() {
        if bucket * 64 + bit >= from {
            return bucket * 64 + bit;
        }
    }
    let first_of = |bucket| articles.tinyset(bucket).pop_lowest().map(|bit| bucket * 64 + bit);
    articles.first_non_empty_bucket(bucket + 1).and_then(first_of).unwrap_or(TERMINATED)
}

/// A course, and to where it leads.
struct Walk {
    course: Course,
    /// Which of the places it is in.
    place: usize,
    /// The articles of the languages that count, where not all do.
    languages: Vec<BlockSegmentPostings>,
}

impl Walk {
    fn next(&self) -> DocId {
        self.course.next()
    }

    fn take(&mut self, start: DocId, end: DocId, place: &mut PlaceScores) {
        let Walk { course, languages, .. } = self;
        if languages.is_empty() {
            return course.take(end, |doc, score| place.put(doc - start, score));
        }
        let mut has = |doc: DocId| {
            let mut is_of = |language: &mut BlockSegmentPostings| {
                let at = language.seek(doc);
                language.docs().get(at) == Some(&doc)
            };
            languages.iter_mut().any(&mut is_of)
        };
        course.take(end, |doc, score| {
            if has(doc) {
                place.put(doc - start, score);
            }
        });
    }
}

/// The articles of a window in which a word is in one place.
struct PlaceScores {
    found: [u64; BUCKETS],
    /// The best score of each that was found.
    best: Box<[Score; WINDOW]>,
}

impl PlaceScores {
    fn new() -> PlaceScores {
        PlaceScores { found: [0; BUCKETS], best: Box::new([0.0; WINDOW]) }
    }

    #[inline]
    fn put(&mut self, at: u32, score: Score) {
        let at = at as usize % WINDOW;
        let (bucket, bit) = (&mut self.found[at / 64], 1u64 << (at % 64));
        let best = &mut self.best[at];
        *best = if *bucket & bit == 0 { score } else { score.max(*best) };
        *bucket |= bit;
    }

    #[inline]
    fn has(&self, at: usize) -> bool {
        self.found[at / 64] & 1 << (at % 64) != 0
    }
}

/// The articles of a segment that have a word.
pub(crate) struct WordScorer {
    walks: Vec<Walk>,
    /// The title, and every other place.
    places: [PlaceScores; 2],
    /// The first article of the window and the one behind its last, and how many the next window has.
    start: DocId,
    end: DocId,
    width: u32,
    /// The bucket that is looked at, and what is left of it.
    bucket: usize,
    left: u64,
    doc: DocId,
    size: u32,
}

impl WordScorer {
    fn new(walks: Vec<Walk>, max_doc: DocId) -> WordScorer {
        let size = |walk: &Walk| match &walk.course {
            Course::Term { postings, .. } => postings.doc_freq(),
            Course::Set { articles, .. } => articles.len() as u32,
            Course::Other { scorer, .. } => scorer.size_hint(),
        };
        let size = walks.iter().map(size).fold(0, u32::saturating_add).min(max_doc);
        let places = [PlaceScores::new(), PlaceScores::new()];
        let (start, end, width) = (0, 0, WINDOW as u32);
        let mut scorer = WordScorer { walks, places, start, end, width, bucket: BUCKETS, left: 0, doc: 0, size };
        scorer.advance();
        scorer
    }

    /// Goes on to the next window with anything in it; false at the end.
    #[inline(never)]
    fn refill(&mut self) -> bool {
        let next = self.walks.iter().map(Walk::next).min().unwrap_or(TERMINATED);
        if next == TERMINATED {
            return false;
        }
        self.start = next / 64 * 64;
        self.end = self.start + self.width;
        self.width = (self.width * 2).min(WINDOW as u32);
        self.places.iter_mut().for_each(|place| place.found.fill(0));
        for walk in &mut self.walks {
            if walk.next() < self.end {
                walk.take(self.start, self.end, &mut self.places[walk.place]);
            }
        }
        self.look_at(0);
        true
    }

    fn look_at(&mut self, bucket: usize) {
        self.bucket = bucket;
        self.left = self.places[0].found[bucket] | self.places[1].found[bucket];
    }

    /// The next matches with their scores; fewer than there is room for only at the end.
    pub(crate) fn fill(
        &mut self,
        docs: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN],
        scores: &mut [Score; COLLECT_BLOCK_BUFFER_LEN],
    ) -> usize {
        for (at, (doc, score)) in docs.iter_mut().zip(scores).enumerate() {
            if self.doc == TERMINATED {
                return at;
            }
            (*doc, *score) = (self.doc, self.score());
            self.advance();
        }
        COLLECT_BLOCK_BUFFER_LEN
    }
}

impl Scorer for WordScorer {
    #[inline]
    fn score(&mut self) -> Score {
        let at = (self.doc - self.start) as usize % WINDOW;
        let [title, other] = &self.places;
        match (title.has(at), other.has(at)) {
            (true, false) => title.best[at],
            (false, _) => other.best[at],
            (true, true) => {
                let (one, two) = (title.best[at], other.best[at]);
                let best = one.max(two);
                best + (one + two - best) * OTHER_PLACE
            }
        }
    }
}

impl DocSet for WordScorer {
    #[inline]
    fn advance(&mut self) -> DocId {
        loop {
            if self.left != 0 {
                self.doc = self.start + self.bucket as u32 * 64 + self.left.trailing_zeros();
                self.left &= self.left - 1;
                return self.doc;
            }
            if self.bucket + 1 < BUCKETS {
                self.look_at(self.bucket + 1);
            } else if !self.refill() {
                self.doc = TERMINATED;
                return TERMINATED;
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target < self.end {
            let at = (target - self.start) as usize;
            if at / 64 > self.bucket {
                self.look_at(at / 64);
            }
            self.left &= u64::MAX << (at % 64);
        } else {
            self.walks.iter_mut().for_each(|walk| walk.course.seek(target));
            (self.bucket, self.left, self.width) = (BUCKETS, 0, WINDOW_AFTER_LEAP);
        }
        self.advance()
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.size
    }
}
