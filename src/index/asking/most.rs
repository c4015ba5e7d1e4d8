//! Articles with the most telling of many words: what a question in sentences asks for.
//!
//! Where words are joined by AND, an article is worth what its kinds of matches are worth (see
//! [`tier`](super::tier)). That does not hold for a question of ten words, of which every article lacks
//! some: there it matters how telling the words are that it has. So each word counts by how rare it is, by how
//! often it stands in the text, and by how long that is: BM25 (Robertson and Zaragoza, *The Probabilistic
//! Relevance Framework*, 2009), with all forms of a word counted together; and by whether it stands in the title. Among the articles found so, those come first that also have words which go
//! together with those that were asked ([`kin`](super::kin)).

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED, TantivyError};

use super::ways::{Kin, Sought, Way, having, telling};
use crate::archive::{MatchKind, MatchPlace};

/// How soon another time of the same word adds little. This and the next were chosen on Cranfield's questions: from
/// 1 to 2 and from 0.6 to 0.9 all give the same within a point.
const SATURATION: Score = 1.8;
/// How much the length of an article counts, from 0 to 1.
const LENGTH: Score = 0.65;
/// How much more a word counts that stands in the title; 1 is what it counts that stands once in a text of usual
/// length.
const TITLE: Score = 0.75;
/// A word that stands in more than this share of all articles tells nothing, unless all words do.
const COMMON: Score = 0.5;
/// How much words that go together with the question count beside a word that was asked, on the average.
const KIN: Score = 0.67;

/// How many times a form of a word counts. A stem counts nearly as much as the word itself: in a question
/// people write a form by its grammar, not by what they look for.
fn times(kind: MatchKind) -> Score {
    match kind {
        MatchKind::Exact => 1.0,
        MatchKind::Folded => 0.95,
        MatchKind::Pattern => 1.0,
        MatchKind::Stem => 0.8,
        MatchKind::Beginning | MatchKind::Part => 0.3,
        MatchKind::Script | MatchKind::Error => 0.3,
        MatchKind::TwoErrors => 0.15,
    }
}

/// Matches articles that have any of some words which tell something, the most telling first.
#[derive(Clone, Debug)]
pub(crate) struct Most {
    /// The ways of each word.
    pub words: Vec<Vec<Way>>,
    /// Words that go together with them: they are looked at in articles that have some of the words.
    pub kin: Vec<Kin>,
    /// The field of texts, whose lengths count.
    pub body: Field,
}

impl Query for Most {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let searcher = scoring.searcher().ok_or_else(|| {
            TantivyError::InvalidArgument("the ways of a word are known for a state of the index".to_owned())
        })?;
        let mut words: Vec<Weighed> =
            self.words.iter().map(|ways| Weighed::new(ways, searcher, scoring)).collect::<tantivy::Result<_>>()?;
        let all = searcher.num_docs() as Score;
        if words.iter().any(|word| word.having > 0.0 && word.having <= COMMON * all) {
            words.retain(|word| word.having <= COMMON * all);
        }
        let weight = KIN * words.len() as Score;
        let kin = self.kin.iter().map(|kin| {
            let weighed = Weighed::new(&kin.ways, searcher, scoring)?;
            Ok(Weighed { telling: weighed.telling * kin.weight * weight, ..weighed })
        });
        let kin = kin.collect::<tantivy::Result<_>>()?;
        let length = match searcher.num_docs() {
            0 => 1.0,
            articles => {
                searcher.segment_readers().iter().try_fold(0.0, |sum, segment| {
                    Ok::<Score, TantivyError>(sum + segment.inverted_index(self.body)?.total_num_tokens() as Score)
                })? / articles as Score
            }
        };
        let segments = searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
        Ok(Box::new(MostWeight { words, kin, length: length.max(1.0), body: self.body, segments }))
    }
}

/// A word with what it tells.
struct Weighed {
    ways: Vec<(Way, Option<Box<dyn Weight>>)>,
    /// About how many articles have it.
    having: Score,
    /// How telling it is.
    telling: Score,
}

impl Weighed {
    fn new(ways: &[Way], searcher: &Searcher, scoring: EnableScoring<'_>) -> tantivy::Result<Weighed> {
        let all = searcher.num_docs() as Score;
        let mut weighed = Vec::new();
        for way in ways {
            let weight = match &way.sought {
                Sought::Other(query) => Some(query.weight(scoring)?),
                Sought::Terms { .. } | Sought::Beginning(_) => None,
            };
            weighed.push((way.clone(), weight));
        }
        let having = having(ways, all);
        let telling = telling(having, all);
        Ok(Weighed { ways: weighed, having, telling })
    }
}

struct MostWeight {
    words: Vec<Weighed>,
    kin: Vec<Weighed>,
    /// How many words a text has on the average.
    length: Score,
    body: Field,
    segments: Vec<SegmentId>,
}

impl Weight for MostWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let id = segment.segment_id();
        let at = self.segments.iter().position(|other| *other == id);
        let at = at.ok_or_else(|| TantivyError::InvalidArgument("a segment of another state".to_owned()))?;
        let lengths = segment.fieldnorms_readers().get_field(self.body)?;
        let mut sums = Sums::new(segment.max_doc());
        let mut counts = Sums::new(segment.max_doc());
        let mut titles = Sums::new(segment.max_doc());
        let words = self.words.iter().map(|word| (word, false)).chain(self.kin.iter().map(|kin| (kin, true)));
        for (word, is_kin) in words {
            for (way, weight) in &word.ways {
                let counts = if way.place == MatchPlace::Title { &mut titles } else { &mut counts };
                count(way, weight.as_deref(), segment, at, counts)?;
            }
            let counted = |sums: &Sums, doc| !is_kin || sums.found.contains(doc);
            titles.take(|doc, times| {
                if counted(&sums, doc) {
                    sums.add(doc, boost * word.telling * TITLE * times.min(1.0));
                }
            });
            counts.take(|doc, times| {
                if !counted(&sums, doc) {
                    return;
                }
                let length = lengths.as_ref().map_or(self.length, |lengths| length_of(lengths, doc));
                let norm = SATURATION * (1.0 - LENGTH + LENGTH * length / self.length);
                sums.add(doc, boost * word.telling * times * (SATURATION + 1.0) / (times + norm));
            });
        }
        Ok(Box::new(MostScorer::new(sums)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("article {doc} has none of the words")));
        }
        Ok(Explanation::new("the words that it has, by how telling they are", scorer.score()))
    }
}

fn length_of(lengths: &FieldNormReader, doc: DocId) -> Score {
    lengths.fieldnorm(doc) as Score
}

/// Adds how many times each article of a segment has a word in one way.
fn count(
    way: &Way,
    weight: Option<&dyn Weight>,
    segment: &SegmentReader,
    at: usize,
    counts: &mut Sums,
) -> tantivy::Result<()> {
    let times = times(way.kind);
    match &way.sought {
        Sought::Terms { terms, languages, .. } => {
            let mut marks: Vec<BlockSegmentPostings> = Vec::new();
            for language in languages {
                marks.extend(language.postings(segment, at, IndexRecordOption::Basic)?);
            }
            if !languages.is_empty() && marks.is_empty() {
                return Ok(());
            }
            for term in terms {
                let Some(mut postings) = term.postings(segment, at, IndexRecordOption::WithFreqs)? else { continue };
                // Each list rises, and so must each look into those of languages.
                let mut marks = marks.clone();
                while !postings.docs().is_empty() {
                    let freqs = postings.freqs();
                    for (at, doc) in postings.docs().iter().enumerate() {
                        let is_of = |mark: &mut BlockSegmentPostings| {
                            let at = mark.seek(*doc);
                            mark.docs().get(at) == Some(doc)
                        };
                        if marks.is_empty() || marks.iter_mut().any(is_of) {
                            counts.add(*doc, times * freqs.get(at).map_or(1.0, |freq| *freq as Score));
                        }
                    }
                    postings.advance();
                }
            }
        }
        Sought::Beginning(beginning) => each(&beginning.articles(segment)?, |doc| counts.add(doc, times)),
        Sought::Other(_) => {
            if let Some(weight) = weight {
                let mut scorer = weight.scorer(segment, 1.0)?;
                let mut doc = scorer.doc();
                while doc != TERMINATED {
                    counts.add(doc, times);
                    doc = scorer.advance();
                }
            }
        }
    }
    Ok(())
}

/// Gives the articles of a set, in their order.
fn each(articles: &BitSet, mut give: impl FnMut(DocId)) {
    let mut bucket = articles.first_non_empty_bucket(0);
    while let Some(at) = bucket {
        let mut several = articles.tinyset(at);
        while let Some(bit) = several.pop_lowest() {
            give(at * 64 + bit);
        }
        bucket = articles.first_non_empty_bucket(at + 1);
    }
}

/// A number for each article of a segment, most of which are none.
struct Sums {
    sums: Vec<Score>,
    found: BitSet,
}

impl Sums {
    fn new(max_doc: DocId) -> Sums {
        Sums { sums: vec![0.0; max_doc as usize], found: BitSet::with_max_value(max_doc) }
    }

    #[inline]
    fn add(&mut self, doc: DocId, more: Score) {
        self.sums[doc as usize] += more;
        self.found.insert(doc);
    }

    /// Gives all numbers, in the order of the articles, and forgets them.
    fn take(&mut self, mut give: impl FnMut(DocId, Score)) {
        let Sums { sums, found } = self;
        each(found, |doc| give(doc, std::mem::take(&mut sums[doc as usize])));
        found.clear();
    }
}

struct MostScorer {
    sums: Sums,
    docs: Vec<DocId>,
    at: usize,
}

impl MostScorer {
    fn new(sums: Sums) -> MostScorer {
        let mut docs = Vec::new();
        each(&sums.found, |doc| docs.push(doc));
        MostScorer { sums, docs, at: 0 }
    }
}

impl DocSet for MostScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for MostScorer {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |doc| self.sums.sums[*doc as usize])
    }
}
