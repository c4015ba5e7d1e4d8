//! What is walked as one, counted in arrays or put in order later: the same as the straightforward way.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use tantivy::query::{DisjunctionMaxQuery, EmptyQuery, EnableScoring, Query as EngineQuery};
use tantivy::{DocId, DocSet as _, Score, SegmentReader, TERMINATED};

use super::*;
use crate::archive::MatchPlace;
use crate::index::answering::order::IndexOrder;
use crate::index::asking::tier::{OTHER_PLACE, Tier, Worth};
use crate::index::asking::ways::{Lowered, Way};
use crate::index::asking::word::Word;

/// Words that are each other's stems, beginnings, parts, misspellings and other scripts.
const WORDS: &[&str] = &[
    "garden",
    "gardens",
    "gardener",
    "gardening",
    "haus",
    "häuser",
    "baum",
    "baumhaus",
    "hausbaum",
    "gartenhaus",
    "garten",
    "gärten",
    "invite",
    "invited",
    "invites",
    "putin",
    "путин",
    "putins",
    "pear",
    "pears",
    "peer",
    "twitter",
    "profil",
    "twitterprofil",
    "twitter-profil",
    "müller",
    "mueller",
    "muller",
    "einladung",
    "einladungen",
    "buah",
    "电话",
    "话",
    "covid19",
    "covid",
    "g",
    "ga",
];

/// More articles than a window has, in several segments, some of them gone again.
static MANY: LazyLock<Index> = LazyLock::new(|| {
    let index = Index::open(&Location::Memory).unwrap();
    let mut state = 1u64;
    let mut below = move |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    for (count, first) in [(9_000, 0), (700, 9_000), (40, 9_700)] {
        let articles = (first..first + count).map(|number: usize| {
            let mut words = |most: usize| {
                // The first words are in many articles, the last in few, and none is everywhere.
                let count = below(most);
                let words = (0..count).map(|_| {
                    let end = 1 + below(WORDS.len());
                    WORDS[below(end)]
                });
                words.collect::<Vec<_>>().join(" ")
            };
            let (title, text) = (words(4), words(9));
            let language = ["en", "de", "id", "zh", ""][below(5)];
            let day = format!("{}-{:02}-{:02}", 2018 + below(4), 1 + below(12), 1 + below(28));
            let date = [&day[..], &day[..7], &day[..4], "--02-16", ""][below(5)].to_owned();
            let mut article = article(&(&format!("{number}"), language, &date, &title, &text));
            article.source = (below(3) > 0).then(|| Stated {
                text: Clean::new(&format!("Paper {}", below(300))),
                line: None,
                why: "",
            });
            article.words = below(10) as u32;
            article
        });
        fill(&index, articles);
    }
    let mut writer = index.writer(15_000_000).unwrap().expect("nobody else writes");
    for number in (0..9_740).step_by(7) {
        writer.remove_file(key(Path::new(&format!("fruit/{number}.txt"))));
    }
    writer.commit("").unwrap();
    drop(writer);
    index
});

/// The same as a [`Word`], put together of the engine's own queries.
fn straightforward(ways: &[Way]) -> Lowered {
    let mut places: BTreeMap<MatchPlace, Vec<Lowered>> = BTreeMap::new();
    for Way { kind, place, sought } in ways {
        let tier = Tier { worth: Worth::of(*kind, *place), query: sought.query() };
        places.entry(*place).or_default().push(Box::new(tier));
    }
    let best = |mut ways: Vec<Lowered>, tie_breaker| -> Lowered {
        match ways.len() {
            0 => Box::new(EmptyQuery),
            1 => ways.remove(0),
            _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(ways, tie_breaker)),
        }
    };
    best(places.into_values().map(|ways| best(ways, 0.0)).collect(), OTHER_PLACE)
}

/// What a query matches in a segment from leap to leap, with the scores where they count.
fn matches(
    query: &dyn EngineQuery,
    scoring: EnableScoring<'_>,
    segment: &SegmentReader,
    leaps: &[DocId],
) -> Vec<(DocId, Score)> {
    let mut scorer = query.weight(scoring).unwrap().scorer(segment, 1.0).unwrap();
    let mut found = Vec::new();
    let mut leaps = leaps.iter().cycle();
    while scorer.doc() != TERMINATED {
        found.push((scorer.doc(), if scoring.is_scoring_enabled() { scorer.score() } else { 0.0 }));
        match leaps.next() {
            None | Some(0) => scorer.advance(),
            Some(leap) => scorer.seek(scorer.doc() + leap),
        };
    }
    found
}

/// A word of the pile, or the beginning of one, and how it is asked for.
fn asked_words() -> impl Strategy<Value = (String, Form)> {
    let forms = prop_oneof![Just(Form::Word), Just(Form::Typing), Just(Form::Prefix), Just(Form::Fuzzy)];
    (prop::sample::select(WORDS), 0usize..12, forms).prop_map(|(word, length, form)| {
        let cut = if length < 3 { length + 1 } else { usize::MAX };
        (word.chars().take(cut).collect(), form)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_word_is_found_and_ranked_as_the_engine_would(
        (text, form) in asked_words(),
        part in prop_oneof![Just(Part::Anywhere), Just(Part::Title), Just(Part::Body)],
        leaps in prop::collection::vec(prop_oneof![4 => Just(0u32), 2 => 1u32..70, 1 => 70u32..5000], 0..6),
    ) {
        let archive = MANY.now().unwrap();
        let lowering = archive.lowering(&context());
        let ways = lowering.ways(part, &text, form).unwrap_or_default();
        let (expected, word) = (straightforward(&ways), Word { ways });
        for scoring in [
            EnableScoring::enabled_from_searcher(lowering.searcher),
            EnableScoring::disabled_from_searcher(lowering.searcher),
        ] {
            for segment in lowering.searcher.segment_readers() {
                let expected = matches(&*expected, scoring, segment, &leaps);
                let found = matches(&word, scoring, segment, &leaps);
                let first = found.iter().zip(&expected).find(|(found, expected)| found != expected);
                prop_assert_eq!(first, None, "{} {:?}", text, form);
                prop_assert_eq!(found.len(), expected.len(), "{} {:?}", text, form);
            }
        }
    }

    #[test]
    fn matches_are_counted_and_ordered_alike_with_all_kinds_known(
        words in prop::collection::vec(asked_words(), 0..3),
        sort in prop_oneof![Just(None), Just(Some(Sort::Newest)), Just(Some(Sort::Oldest)), Just(Some(Sort::Title))],
    ) {
        let index = MANY.forgetful();
        let archive = index.archive().unwrap();
        let nodes: Vec<Node> = words.iter().map(|(text, form)| formed(Part::Anywhere, text, *form)).collect();
        let root = (!nodes.is_empty()).then_some(Node::And(nodes));
        let query = Query { root: root.or_else(|| Some(not(word("zzz")))), sort, ..Query::default() };
        let before = archive.search(&query, &context()).unwrap().expect("nobody cancels");
        let everything = archive.search(&Query::default(), &context()).unwrap().expect("nobody cancels");
        let after = archive.search(&query, &context()).unwrap().expect("nobody cancels");
        prop_assert_eq!(&before.facets, &after.facets);
        prop_assert_eq!(before.matched, after.matched);
        for at in [0, 1, 5, 99, 990, 999, 1000, 1001, 3000].into_iter().filter(|at| *at < after.matched) {
            let [before, after] = [&before, &after].map(|found| ((found.order.as_ref()) as &dyn Any).downcast_ref::<IndexOrder>());
            let (before, after) = before.zip(after).expect("orders of this index");
            prop_assert_eq!(before.address(at), after.address(at), "{}", at);
            prop_assert_eq!(before.score(at), after.score(at));
        }
        prop_assert_eq!(everything.matched, archive.len());
        let counted: usize = everything.facets.languages.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(counted, archive.len());
    }
}
