//! Searching articles written for the purpose, from the query to the rows.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::*;
use crate::archive::{
    Answer, Asking, Cell, CellKind, Collection, Explained, FileKey, Found, Intake, MarkedIds, Marker, Marks, Row,
    Tallied, told,
};
use crate::article::{
    Article, ArticleDate, ArticleId, Evidence, Finding, FindingKind, Laid, Language, LanguageTag, Origin, Paragraph,
    Passage, Role, Stated, Title, TitleKind, When,
};
use crate::query::{
    Condition, DateCondition, DateSpan, Fact, Form, Names, Node, Part, Query, Set, Sort, parse, parse_finished,
};
use crate::text::Clean;

mod bounded;
mod marked;
mod meant;
mod on_disk;
mod ordered;
mod question;
mod walked;

/// File, language, date, title, text.
const PILE: &[(&str, &str, &str, &str, &str)] = &[
    (
        "pears",
        "en",
        "2021-02-16",
        "Pears and other fruit",
        "She invited us to eat pears.\nThe Kremlin's garden has none.",
    ),
    ("birnen", "de", "2021-02", "Gespräch über Birnen", "Die Einladungen für das Gespräch kamen spät. Der Müller aß."),
    ("buah", "id", "2021-02-15T18:00+07:00", "Percakapan tentang buah", "Mereka mengobrol soal buah pir dan apel."),
    ("li", "zh", "", "关于梨", "他们通过电话直呼其名。"),
    ("apples", "en", "--02-16", "Apples", "An apple is no pear. Garden apples are red, and red gardens rare."),
    ("unsure", "", "1650", "Xyz", "pears pears pears"),
];

pub(super) fn article(&(name, language, date, title, text): &(&str, &str, &str, &str, &str)) -> Article {
    let tag = LanguageTag::find(language);
    let paragraph = |(at, text): (usize, &str)| Paragraph {
        role: Role::Text,
        text: Clean::new(text),
        line: at as u32 + 1,
        language: None,
        laid: Laid::default(),
    };
    Article {
        id: ArticleId::of(name.as_bytes()),
        origin: Origin { path: PathBuf::from(format!("fruit/{name}.txt")), part: None, bytes: 0..text.len() as u64 },
        title: Title { text: Clean::new(title), kind: TitleKind::Headline, line: Some(1) },
        byline: Some(Stated { text: Clean::new("Ada Müller-Lüdenscheidt"), line: None, why: "" }),
        source: (language == "en").then(|| Stated { text: Clean::new("Fruit Weekly"), line: None, why: "" }),
        url: None,
        date: When::from_value(date).map(|when| ArticleDate::new(when, Evidence::Header)),
        dates: Vec::new(),
        language: Language { tag, confidence: 1.0, sure: tag.is_some() },
        passages: Vec::new(),
        body: text.lines().enumerate().map(paragraph).collect(),
        links: Vec::new(),
        words: 10,
        tags: Vec::new(),
        findings: Vec::new(),
        added: None,
    }
}

fn fill(index: &Index, articles: impl IntoIterator<Item = Article>) {
    let mut writer = index.writer(15_000_000).unwrap().expect("nobody else writes");
    for article in articles {
        writer.add(key(&article.origin.path), 1, article).unwrap();
    }
    writer.commit("").unwrap();
}

fn key(path: &Path) -> FileKey {
    FileKey(store::schema::path_hash(path))
}

fn pile() -> Index {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, PILE.iter().map(article));
    index
}

fn context() -> Asking<'static> {
    Asking::new(NaiveDate::from_ymd_opt(2021, 2, 17).unwrap())
}

fn rows(found: &Found, places: std::ops::Range<usize>) -> Vec<Row> {
    told(found.order.rows(places, &|| false).unwrap()).value
}

fn place_of(found: &Found, id: ArticleId) -> Option<usize> {
    told(found.order.place_of(id, &|| false).unwrap()).value
}

fn explained(index: &Index, query: &Query, found: &Found, places: std::ops::Range<usize>) -> Vec<Explained> {
    told(index.archive().unwrap().explain(query, found, places, &context()).unwrap()).value
}

fn search(index: &Index, query: &Query) -> Found {
    index.archive().unwrap().search(query, &context()).unwrap().expect("not cancelled")
}

fn names(found: &Found) -> Vec<String> {
    rows(found, 0..100).iter().map(|row| row.origin.path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn leaf(condition: Condition) -> Node {
    Node::Leaf(condition)
}

fn word(text: &str) -> Node {
    formed(Part::Anywhere, text, Form::Word)
}

fn formed(part: Part, text: &str, form: Form) -> Node {
    leaf(Condition::Word { part, text: text.to_owned(), form })
}

fn phrase(text: &str) -> Node {
    leaf(Condition::Phrase { part: Part::Anywhere, text: text.to_owned() })
}

fn language(codes: &str) -> Node {
    fact(Fact::Named(Names::Language, codes.split(',').map(str::to_owned).collect()))
}

fn fact(fact: Fact) -> Node {
    leaf(Condition::Fact { field: "", fact })
}

fn days(first: &str, last: &str) -> Node {
    let day = |text: &str| text.parse().ok();
    fact(Fact::Days(DateCondition::Span(DateSpan::Days(day(first), day(last)))))
}

fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

fn all(nodes: impl IntoIterator<Item = Node>) -> Node {
    Node::And(nodes.into_iter().collect())
}

fn query(root: Node) -> Query {
    Query { root: Some(root), ..Query::default() }
}

/// What `root` finds, best first.
fn check(root: Node, expected: &str) {
    let index = pile();
    let found = search(&index, &query(root.clone()));
    assert_eq!(names(&found).join(" "), expected, "{root:?}");
    assert_eq!(found.matched, found.order.len());
}

/// What `root` finds, in the order of the alphabet.
fn check_set(root: Node, expected: &str) {
    let index = pile();
    let mut names = names(&search(&index, &query(root.clone())));
    names.sort();
    assert_eq!(names.join(" "), expected, "{root:?}");
}

#[test]
fn words_are_found_by_their_stems_in_the_language_of_the_article() {
    check_set(word("invite"), "pears");
    check_set(word("einladung"), "birnen");
    check_set(word("Einladungen"), "birnen");
    check_set(word("obrolan"), "buah");
    check_set(word("cakap"), "buah");
    check_set(word("pear"), "apples pears");
    check_set(word("zzzz"), "");
}

#[test]
fn words_are_found_without_their_accents() {
    check_set(word("gesprach"), "birnen");
    check_set(word("gespraech"), "birnen");
    check_set(word("GESPRÄCH"), "birnen");
    check_set(word("fur"), "birnen");
    check_set(word("ass"), "birnen");
    check_set(word("mueller"), "birnen");
    check_set(word("kremlin"), "pears");
    check_set(word("kremlin’s"), "pears");
}

#[test]
fn any_part_of_chinese_is_found() {
    check_set(word("电话"), "li");
    check_set(word("话"), "li");
    check_set(word("电话直呼其名"), "li");
    check_set(word("名"), "li");
    check_set(word("话电"), "");
    check_set(phrase("通过电话"), "li");
    check_set(formed(Part::Title, "电话", Form::Word), "");
}

#[test]
fn phrases_keep_their_order_and_stay_in_a_paragraph() {
    check_set(phrase("eat pears"), "pears");
    check_set(phrase("pears eat"), "");
    check_set(phrase("pears The"), "");
    check_set(phrase("invite us"), "");
    check_set(phrase("für das"), "birnen");
    check_set(phrase("fur das"), "birnen");
    check_set(phrase("fúr das"), "");
    check_set(phrase("pears"), "pears unsure");
}

#[test]
fn beginnings_of_words_are_found() {
    check_set(formed(Part::Anywhere, "pe", Form::Typing), "apples buah pears unsure");
    check_set(formed(Part::Anywhere, "pe", Form::Prefix), "apples buah pears unsure");
    check_set(formed(Part::Anywhere, "pe", Form::Word), "");
    check_set(formed(Part::Anywhere, "ges", Form::Typing), "birnen");
    check_set(formed(Part::Anywhere, "kremlin's gard", Form::Typing), "pears");
    check_set(formed(Part::Anywhere, "电", Form::Typing), "li");
}

#[test]
fn typing_errors_are_forgiven() {
    check_set(formed(Part::Anywhere, "gespärch", Form::Fuzzy), "birnen");
    check_set(formed(Part::Anywhere, "kremln", Form::Fuzzy), "pears");
    let index = pile();
    let forgiving = Asking { forgiving: true, ..context() };
    let typed = query(word("kremln"));
    let found = index.archive().unwrap().search(&typed, &forgiving).unwrap().unwrap();
    assert!(found.forgiven && found.matched == 1 && found.empty.is_some());
    let found = index.archive().unwrap().search(&query(word("kremlin")), &forgiving).unwrap().unwrap();
    assert!(!found.forgiven && found.matched == 1);
}

#[test]
fn conditions_are_combined() {
    check_set(all([word("pears"), word("garden")]), "apples pears");
    check_set(all([word("pears"), not(word("garden"))]), "unsure");
    check_set(all([word("pears"), not(word("pears"))]), "");
    check_set(not(word("pears")), "birnen buah li");
    check_set(Node::Or(vec![word("einladung"), word("电话")]), "birnen li");
    check_set(Node::Or(vec![word("einladung"), not(word("pears"))]), "birnen buah li");
    check_set(all([word("…"), word("einladung")]), "birnen");
}

#[test]
fn words_are_found_in_a_part() {
    check_set(formed(Part::Title, "pears", Form::Word), "pears");
    check_set(formed(Part::Body, "fruit", Form::Word), "");
    check_set(formed(Part::Title, "pear", Form::Word), "pears");
    check_set(formed(Part::Source, "weekly", Form::Word), "apples pears");
    check_set(formed(Part::Byline, "ludenscheidt", Form::Word), "apples birnen buah li pears unsure");
    check_set(formed(Part::Path, "birnen.txt", Form::Word), "birnen");
}

#[test]
fn a_language_and_its_absence_part_the_pile() {
    check_set(language("de"), "birnen");
    check_set(not(language("de")), "apples buah li pears unsure");
    check_set(language("de,id"), "birnen buah");
    check_set(language("?"), "unsure");
    check_set(not(language("?")), "apples birnen buah li pears");
    check_set(language("fr"), "");
    check_set(all([word("pears"), language("en")]), "apples pears");
}

#[test]
fn dates_are_spans_that_overlap() {
    check_set(days("2021-02-16", "2021-02-16"), "birnen pears");
    check_set(days("2021-02-15", "2021-02-15"), "birnen buah");
    check_set(days("2021-02-16", ""), "birnen pears");
    check_set(days("", "2021-01-31"), "unsure");
    check_set(days("1650-05-01", "1650-05-02"), "unsure");
    check_set(days("", ""), "birnen buah pears unsure");
    check_set(fact(Fact::Days(DateCondition::Undated)), "apples li");
    check_set(not(days("2021-02-16", "2021-02-16")), "apples buah li unsure");
}

#[test]
fn articles_are_found_by_what_they_have() {
    let index = Index::open(&Location::Memory).unwrap();
    fill(
        &index,
        PILE.iter().map(article).map(|mut article| {
            match article.language.tag.map(LanguageTag::code) {
                Some("en") => article.url = Some(Clean::new("https://fruit.example/pears")),
                Some("de") => article.byline = None,
                Some("zh") => article.findings.push(Finding::new(FindingKind::NoHeadline, "none")),
                own => {
                    let passage = |code| Passage { tag: LanguageTag::find(code).unwrap(), words: 7, lines: Vec::new() };
                    article.passages = own.into_iter().chain(own.map(|_| "en")).map(passage).collect();
                }
            }
            article
        }),
    );
    let check = |line: &str, expected: &str| {
        let mut names = names(&search(&index, &parse_finished(line)));
        names.sort();
        assert_eq!(names.join(" "), expected, "{line}");
    };
    check("has:url", "apples pears");
    check("-has:byline", "birnen");
    check("has:finding", "li");
    check("has:passage", "buah");
    check("has:url,passage", "apples buah pears");
}

fn check_line(line: &str, expected: &str) {
    let index = pile();
    let mut names = names(&search(&index, &parse_finished(line)));
    names.sort();
    assert_eq!(names.join(" "), expected, "{line}");
}

#[test]
fn words_are_found_near_each_other() {
    check_line("\"pears eat\"~2", "pears");
    check_line("\"invited pears\"~4", "pears");
    check_line("\"invited pears\"~3", "");
    check_line("pears NEAR/4 invited", "pears");
    check_line("title:\"fruit pears\"~3", "pears");
    check_line("\"gespräch einladungen\"~3", "birnen");
    check_line("\"电话 直呼\"~5", "li");
    check_line("-\"pears eat\"~2 lang:en", "apples");
    check_line("\"zzzz pears\"~5", "");
}

#[test]
fn words_are_found_by_patterns() {
    check_line("einlad*en", "birnen");
    check_line("m*ller", "birnen");
    check_line("*obrol", "buah");
    check_line("/pears?/", "apples pears unsure");
    check_line("/PEAR[SX]/ lang:en", "pears");
    check_line("/pear/", "apples");
    check_line("title:/app.*|xy./", "apples unsure");
    check_line("/m[uü]ller/", "birnen");
    check_line("/.*/", "apples birnen buah li pears unsure");
    check_line("by:/müller.*/", "apples birnen buah li pears unsure");
}

#[test]
fn phrases_may_have_gaps() {
    check_line("\"she * us\"", "pears");
    check_line("\"she * eat\"", "");
    check_line("\"she * * to * pears\"", "pears");
    check_line("\"* she invited *\"", "pears");
    check_line("\"她 * x\"", "");
}

#[test]
fn exact_forms_and_whole_fields() {
    check_line("=invited", "pears");
    check_line("=invite", "");
    check_line("invite", "pears");
    check_line("title:=apples", "apples");
    check_line("title:=pears", "");
    check_line("title:=\"pears AND other fruit\"", "pears");
    check_line("title:=\"gesprach uber birnen\"", "birnen");
    check_line("source:=\"fruit weekly\"", "apples pears");
    check_line("source:=fruit", "");
    check_line("by:=\"ada müller-lüdenscheidt\",=nobody lang:de", "birnen");
}

#[test]
fn articles_are_found_by_number_and_id() {
    check_line("words:10", "apples birnen buah li pears unsure");
    check_line("words:>10", "");
    check_line("words:<11 lang:en", "apples pears");
    check_line("-words:10..20", "");
    let id = ArticleId::of(b"pears").to_string();
    check_line(&format!("id:{id}"), "pears");
    check_line(&format!("id:{},{}", &id[..12], ArticleId::of(b"li")), "li pears");
}

#[test]
fn everything_is_unread_for_now() {
    check_set(fact(Fact::Among(Set::Unread)), "apples birnen buah li pears unsure");
    check_set(fact(Fact::Among(Set::Read)), "");
    check_set(fact(Fact::Among(Set::Starred)), "");
}

#[test]
fn lines_find_what_they_say() {
    let index = pile();
    let check = |line: &str, expected: &str| {
        let mut names = names(&search(&index, &parse_finished(line)));
        names.sort();
        assert_eq!(names.join(" "), expected, "{line}");
    };
    check("", "apples birnen buah li pears unsure");
    check("pears -lang:en", "unsure");
    check("date:2021-02-16", "birnen pears");
    check("date:none", "apples li");
    check("after:2021-02-16", "birnen");
    check("before:2021-02-02", "birnen unsure");
    check("lang:id,de", "birnen buah");
    check("title:pears lang:en", "pears");
    check("einladung OR 电话", "birnen li");
    check("gar*", "apples pears");
    check("gardne~", "apples pears");
    check("source:\"fruit weekly\"", "apples pears");
    check("eat -pears", "");
    let typed = search(&index, &parse("gard"));
    assert_eq!(typed.matched, 2);
}

#[test]
fn rows_say_what_lists_show() {
    let index = pile();
    let found = search(&index, &query(word("invite")));
    let listed = rows(&found, 0..10);
    let [row] = &listed[..] else { panic!("one row, got {listed:?}") };
    let expected = article(&PILE[0]);
    assert_eq!(row.record, crate::article::Record::from(&expected));
    assert_eq!(row.origin, expected.origin);
    assert!(row.opening.starts_with("She invited us"), "{}", row.opening);
    assert!(row.score.is_some_and(|score| score > 0.0));
    assert!(rows(&found, 5..9).is_empty());
}

#[test]
fn articles_are_found_by_id_and_path() {
    let index = pile();
    let archive = index.archive().unwrap();
    let id = ArticleId::of(b"birnen").to_string();
    for prefix in [&id[..], &id[..8]] {
        let rows = told(archive.by_id(prefix, &context()).unwrap()).value;
        assert_eq!(rows.len(), 1, "{prefix}");
        assert_eq!(rows[0].record.id.to_string(), id);
    }
    assert!(told(archive.by_id("0000000000000000", &context()).unwrap()).value.is_empty());
    assert!(told(archive.by_id("birnen", &context()).unwrap()).value.is_empty());
    let rows = told(archive.by_path(Path::new("fruit/li.txt"), &context()).unwrap()).value;
    assert_eq!(rows.len(), 1);
    assert!(told(archive.by_path(Path::new("fruit"), &context()).unwrap()).value.is_empty());
    let found = search(&index, &Query::default());
    assert_eq!(place_of(&found, ArticleId::of(b"birnen")), Some(0));
    assert_eq!(place_of(&found, ArticleId::of(b"no such")), None);
}

#[test]
fn files_are_removed_and_old_searches_stay_valid() {
    let index = pile();
    let before = index.archive().unwrap();
    let found = search(&index, &Query::default());
    assert_eq!(index.files().unwrap().get(&key(Path::new("fruit/birnen.txt"))), Some(&1));
    let mut writer = index.writer(0).unwrap().unwrap();
    writer.remove_file(key(Path::new("fruit/birnen.txt")));
    assert_eq!(index.archive().unwrap().len(), 6, "nothing changes before a commit");
    writer.commit("").unwrap();
    let after = index.archive().unwrap();
    assert_eq!((before.len(), after.len()), (6, 5));
    assert_eq!(search(&index, &Query::default()).matched, 5);
    assert_eq!(search(&index, &Query::default()).facets.languages.len(), 4);
    assert_eq!(rows(&found, 0..10).len(), 6);
    assert_eq!(index.files().unwrap().len(), 5);
    writer.finish("").unwrap();
}

#[test]
fn what_was_added_and_removed_is_not_there() {
    let index = Index::open(&Location::Memory).unwrap();
    let mut writer = index.writer(0).unwrap().unwrap();
    writer.add(FileKey(1), 1, article(&PILE[0])).unwrap();
    writer.add(FileKey(2), 1, article(&PILE[1])).unwrap();
    writer.remove_file(FileKey(1));
    writer.add(FileKey(1), 2, article(&PILE[2])).unwrap();
    writer.commit("").unwrap();
    let files = index.files().unwrap();
    assert_eq!((files.len(), files.get(&FileKey(1)), files.get(&FileKey(2))), (2, Some(&2), Some(&1)));
    assert_eq!(index.archive().unwrap().len(), 2);
}

#[test]
fn a_file_is_as_complete_as_its_last_article() {
    let index = Index::open(&Location::Memory).unwrap();
    let mut writer = index.writer(0).unwrap().unwrap();
    for (row, stamp) in PILE.iter().zip([0, 7, 0]) {
        writer.add(FileKey(1), stamp, article(row)).unwrap();
    }
    writer.add(FileKey(2), 0, article(&PILE[4])).unwrap();
    writer.commit("").unwrap();
    let files = index.files().unwrap();
    assert_eq!((files.get(&FileKey(1)), files.get(&FileKey(2))), (Some(&7), Some(&0)));
}

#[test]
fn equals_come_in_the_order_of_their_titles() {
    let index = Index::open(&Location::Memory).unwrap();
    let titles = ["d", "b", "a", "c"];
    for title in titles {
        // A segment each.
        fill(&index, [article(&(title, "en", "2021-02-16", title, "Same text."))]);
    }
    for query in [Query::default(), parse_finished("same")] {
        let found = search(&index, &query);
        assert_eq!(names(&found).join(" "), "a b c d");
        assert_eq!(place_of(&found, ArticleId::of(b"c")), Some(2));
    }
}

#[test]
fn cells_are_counted_whatever_they_are() {
    let index = pile();
    let archive = index.archive().unwrap();
    let check = |line: &str, by: &[CellKind], expected: &str| {
        let tally = told(archive.tally(&parse_finished(line), by, &context()).unwrap()).value;
        let shown = |cell: &Cell| match cell {
            Cell::Days(days) => days.map_or("undated".to_owned(), |(first, last)| format!("{first}..{last}")),
            Cell::Language(tag) => tag.map_or("?".to_owned(), |tag| tag.code().to_owned()),
            Cell::Source(source) => source.as_ref().map_or("-".to_owned(), |source| source.to_string()),
        };
        let row = |tallied: &Tallied| {
            let cells: Vec<String> = tallied.cells.iter().map(shown).collect();
            format!("{} {}/{}", cells.join(","), tallied.articles, tallied.words)
        };
        assert_eq!(tally.iter().map(row).collect::<Vec<_>>().join("; "), expected, "{line}");
    };
    check("", &[], " 6/60");
    check(
        "",
        &[CellKind::Source, CellKind::Language],
        "-,? 1/10; -,zh 1/10; -,de 1/10; -,id 1/10; Fruit Weekly,en 2/20",
    );
    check("lang:de,en", &[CellKind::Days], "undated 1/10; 2021-02-01..2021-02-28 1/10; 2021-02-16..2021-02-16 1/10");
    check("nowhere", &[CellKind::Days], "");
}

#[test]
fn everything_can_be_walked_and_named() {
    let index = pile();
    let archive = index.archive().unwrap();
    let query = parse_finished("-lang:zh sort:title");
    let mut titles = Vec::new();
    let walked = archive.walk(&query, &context(), &mut |rows| {
        titles.extend(rows.into_iter().map(|row| row.record.title.to_string()));
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(told(walked.unwrap()), Answer::whole(5));
    assert_eq!(titles.join(", "), "Apples, Gespräch über Birnen, Pears and other fruit, Percakapan tentang buah, Xyz");
    let ids = told(archive.ids(&query, &context()).unwrap()).value;
    assert!(ids.len() == 5 && ids.contains(ArticleId::of(b"pears")) && !ids.contains(ArticleId::of(b"li")));
    let cancelled = Asking { cancelled: &|| true, ..context() };
    assert!(archive.ids(&query, &cancelled).unwrap().is_none());
    assert!(archive.tally(&query, &[], &cancelled).unwrap().is_none());
}

#[test]
fn a_search_nobody_waits_for_ends() {
    let index = pile();
    let cancelled = Asking { cancelled: &|| true, ..context() };
    assert!(index.archive().unwrap().search(&query(word("pears")), &cancelled).unwrap().is_none());
}

#[test]
fn an_empty_index_can_be_searched() {
    let index = Index::open(&Location::Memory).unwrap();
    for root in [word("a"), days("2021-01-01", ""), language("de"), formed(Part::Anywhere, "a", Form::Prefix)] {
        let found = search(&index, &query(root));
        assert_eq!((found.total, found.matched), (0, 0));
        assert!(found.facets.languages.is_empty());
    }
    assert!(index.archive().unwrap().is_empty());
}
