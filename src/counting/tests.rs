//! Counts and concordances beside an independent, slow count over the same cleaned text.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::concordance::{Line, LineSort, Reading, Total, key};
use super::{Readers, Sought};
use crate::archive::{Archive, Asking, Collection, FileKey, Found, TextReader, Texts, told};
use crate::article::{
    Article, ArticleDate, ArticleId, Evidence, Laid, Language, LanguageTag, Origin, Paragraph, Role, Stated, Title,
    TitleKind, When,
};
use crate::error::{Error, Result};
use crate::index::{Index, Location};
use crate::query::{Query, parse_finished};
use crate::text::Clean;

/// An article of a pile in a test.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub title: String,
    pub paragraphs: Vec<(Role, String)>,
    pub date: &'static str,
    pub language: &'static str,
    pub source: &'static str,
}

pub(super) fn written(title: &str, text: &str) -> Written {
    let paragraphs = text.lines().map(|line| (Role::Text, line.to_owned())).collect();
    Written { title: title.to_owned(), paragraphs, date: "", language: "", source: "" }
}

/// Articles, an index of them, and their texts.
pub(super) struct Pile {
    index: Index,
    articles: HashMap<ArticleId, Arc<Article>>,
}

impl Pile {
    pub fn of(all: &[Written]) -> Pile {
        let index = Index::open(&Location::Memory).unwrap();
        let mut writer = index.intake().unwrap().writer(15_000_000).unwrap().unwrap();
        let mut articles = HashMap::new();
        for (number, written) in all.iter().enumerate() {
            let article = article(number, written);
            writer.add(FileKey(number as u64), 1, article.clone()).unwrap();
            articles.insert(article.id, Arc::new(article));
        }
        writer.commit("").unwrap();
        Pile { index, articles }
    }

    pub fn archive(&self) -> Arc<dyn Archive> {
        self.index.archive().unwrap()
    }

    pub fn readers(&self) -> Readers {
        Readers::new(self, 2)
    }

    pub fn found(&self, query: &Query) -> Found {
        told(self.archive().search(query, &asking()).unwrap())
    }

    /// The lines of a query, and how much there is in all.
    pub fn lines(&self, line: &str, width: usize) -> (Vec<Line>, Total) {
        let query = parse_finished(line);
        let found = self.found(&query);
        let sought = told(Sought::of(&*self.archive(), &query, &found, &asking()).unwrap());
        let reading = Reading { order: &*found.order, sought: &sought, width, cancelled: &|| false };
        let mut lines = Vec::new();
        let mut take = |more: Result<Vec<Line>, Error>| {
            lines.extend(more.unwrap());
            ControlFlow::Continue(())
        };
        let total = told(reading.lines(&mut self.readers(), &mut take).unwrap());
        (lines, total)
    }
}

pub(super) fn asking() -> Asking<'static> {
    Asking::new(NaiveDate::from_ymd_opt(2021, 2, 16).unwrap())
}

struct Reader(HashMap<ArticleId, Arc<Article>>);

impl Texts for Pile {
    fn reader(&self) -> Box<dyn TextReader> {
        Box::new(Reader(self.articles.clone()))
    }
}

impl TextReader for Reader {
    fn article(&mut self, id: ArticleId, origin: &Origin) -> Result<Arc<Article>> {
        self.0.get(&id).cloned().ok_or_else(|| Error::Missing { path: origin.path.clone() })
    }

    fn trusts_openings(&mut self) -> bool {
        true
    }
}

fn article(number: usize, written: &Written) -> Article {
    let tag = LanguageTag::find(written.language);
    let paragraph = |(role, text): &(Role, String)| Paragraph {
        role: *role,
        text: Clean::new(text),
        line: 1,
        language: None,
        laid: Laid::default(),
    };
    let own = written.paragraphs.iter().filter(|(role, _)| *role != Role::Furniture).map(|(_, text)| text.as_str());
    let words = own.chain([written.title.as_str()]).map(crate::text::script::count_words).sum();
    Article {
        id: ArticleId::of(&number.to_le_bytes()),
        origin: Origin { path: PathBuf::from(format!("{number}.txt")), part: None, bytes: 0..1 },
        title: Title { text: Clean::new(&written.title), kind: TitleKind::Headline, line: None },
        byline: None,
        source: (!written.source.is_empty()).then(|| Stated { text: Clean::new(written.source), line: None, why: "" }),
        url: None,
        date: When::from_value(written.date).map(|when| ArticleDate::new(when, Evidence::Header)),
        dates: Vec::new(),
        language: Language { tag, confidence: 1.0, sure: tag.is_some() },
        passages: Vec::new(),
        tags: Vec::new(),
        body: written.paragraphs.iter().map(paragraph).collect(),
        links: Vec::new(),
        words,
        findings: Vec::new(),
        added: None,
    }
}

#[track_caller]
fn check(line: &str, all: &[(&str, &str, &str)], expected: &[&str]) {
    let language = |(language, title, text): &(&'static str, &str, &str)| Written { language, ..written(title, text) };
    // Only the static parts of a row are kept as they are.
    let rows: Vec<Written> = all
        .iter()
        .map(|(code, title, text)| {
            let code = LanguageTag::find(code).map_or("", |tag| tag.code());
            language(&(code, title, text))
        })
        .collect();
    let (lines, total) = Pile::of(&rows).lines(line, 14);
    let mut shown: Vec<String> = lines
        .iter()
        .map(|line| format!("{}[{}:{}]{}", line.left, line.found, line.place.kind.name(), line.right))
        .collect();
    assert_eq!(total.places, shown.len());
    shown.sort();
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(shown, expected, "{line}");
}

#[test]
fn every_form_is_a_line_and_is_named() {
    let invited = ("en", "Who invites whom", "She invited us. The invitation, an Invite, came late.");
    check(
        "invite",
        &[invited],
        &[
            "Who[invites:stem]whom",
            "She[invited:stem]us. The…",
            "…us. The[invitation:stem], an Invite,…",
            "…an[Invite:exact], came late.",
        ],
    );
    check("invit*", &[("en", "", "An invitation to visit")], &["An[invitation:beginning]to visit"]);
    check("\"elon musk\" OR musk", &[("en", "Musk", "Elon Musk said")], &["[Musk:exact]", "[Elon Musk:exact]said"]);
    check(
        "putin",
        &[("ru", "Путин сказал", "Путину, putin")],
        &["[Путин:script]сказал", "[Путину:script], putin", "Путину,[putin:exact]"],
    );
    check(
        "电话",
        &[("zh", "关于", "通过电话直呼电话电话")],
        &["通过[电话:exact]直呼电话电话", "通过电话直呼[电话:exact]电话", "…电话直呼电话[电话:exact]"],
    );
}

#[test]
fn titles_and_texts_are_told_apart() {
    let pile: &[_] = &[("en", "Pears again", "No pears here")];
    check("title:pears", pile, &["[Pears:exact]again"]);
    check("body:pears", pile, &["No[pears:exact]here"]);
    check("pears -apples", pile, &["[Pears:exact]again", "No[pears:exact]here"]);
}

#[test]
fn furniture_is_left_out_and_told() {
    let mut page = written("Harbour", "Boats\nShare");
    page.paragraphs[1].0 = Role::Furniture;
    let (lines, total) = Pile::of(&[page]).lines("share", 20);
    assert_eq!((lines.len(), total.places, total.elsewhere), (0, 0, 1));
}

#[test]
fn lines_are_sorted_by_the_words_beside_them() {
    let row = |source: &'static str, text: &str| Written { source, ..written("", text) };
    let pile = Pile::of(&[
        row("Zeit", "an old boat sails"),
        row("", "the red boat Anchors"),
        row("Äther", "my old boat, moored"),
    ]);
    let (lines, _) = pile.lines("boat", 20);
    let sorted = |sort| {
        let mut lines: Vec<(String, String)> =
            lines.iter().map(|line| (key(line, sort), line.left.to_string())).collect();
        lines.sort();
        lines.into_iter().map(|(_, left)| left).collect::<Vec<_>>().join(" · ")
    };
    assert_eq!(sorted(LineSort::Left), "an old · my old · the red");
    assert_eq!(sorted(LineSort::Right), "the red · my old · an old");
    assert_eq!(sorted(LineSort::Source), "my old · an old · the red");
}

/// Words that no language inflects, one of them the beginning of another.
const WORDS: [&str; 5] = ["xab", "xabo", "qed", "zum", "wok"];

pub(super) fn piles() -> impl Strategy<Value = Vec<Written>> {
    let text = || prop::collection::vec(prop::sample::select(&WORDS[..]), 0..8).prop_map(|words| words.join(" "));
    let role = prop::sample::select(vec![Role::Text, Role::Text, Role::Heading, Role::Furniture, Role::Facts]);
    let date = prop::sample::select(vec!["", "2020", "2021-02", "2021-02-16", "2021-03-01", "--02-16"]);
    let language = prop::sample::select(vec!["", "de", "zh"]);
    let source = prop::sample::select(vec!["", "Zeit", "Welt"]);
    let article = (text(), prop::collection::vec((role, text()), 0..4), date, language, source);
    let article = article.prop_map(|(title, paragraphs, date, language, source)| Written {
        title,
        paragraphs,
        date,
        language,
        source,
    });
    prop::collection::vec(article, 0..6)
}

/// The words of title and text, a list for each.
pub(super) fn slow_texts(article: &Written) -> Vec<Vec<&str>> {
    let read = article.paragraphs.iter().filter(|(role, _)| !matches!(role, Role::Furniture | Role::Facts));
    let texts = [article.title.as_str()].into_iter().chain(read.map(|(_, text)| text.as_str()));
    texts.map(|text| text.split_whitespace().collect()).collect()
}

/// Questions, and whether a run of words that begins here is a place: how many words it takes.
type Slow = fn(&[&str]) -> bool;
pub(super) const QUESTIONS: [(&str, Slow); 4] = [
    ("=xab", |words| words[0] == "xab"),
    ("xab*", |words| words[0].starts_with("xab")),
    ("\"qed zum\"", |words| words.starts_with(&["qed", "zum"])),
    ("=wok OR =qed", |words| matches!(words[0], "wok" | "qed")),
];

pub(super) fn slow_count(article: &Written, is_place: Slow) -> usize {
    let texts = slow_texts(article);
    texts.iter().map(|words| (0..words.len()).filter(|at| is_place(&words[*at..])).count()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn places_are_those_of_a_slow_count(all in piles()) {
        let pile = Pile::of(&all);
        for (line, is_place) in QUESTIONS {
            let (lines, total) = pile.lines(line, 10);
            let slow: Vec<usize> = all.iter().map(|article| slow_count(article, is_place)).collect();
            prop_assert_eq!(total.places, slow.iter().sum::<usize>(), "{}", line);
            prop_assert_eq!(lines.len(), total.places);
            prop_assert_eq!(total.articles, slow.iter().filter(|count| **count > 0).count());
            prop_assert_eq!(total.forms.values().sum::<usize>(), total.places);
        }
    }
}
