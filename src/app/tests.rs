//! Keys pressed, effects and screens compared. No threads, no files, no sleeping.

use std::sync::Arc;

use proptest::prelude::*;
use ratatui::buffer::Buffer;

use super::*;
use crate::action::ACTIONS;
use crate::archive::{Asking, Collection, Correction, Found, Row};
use crate::article::{
    Article, ArticleDate, ArticleId, Evidence, Laid, Language, LanguageTag, Origin, Paragraph, Record, Role, Title,
    TitleKind, When,
};
use crate::config::keys::parse_typed;
use crate::effect::{Generation, Question};
use crate::event::{Answer, ListRow, Marked, MarksNews, Mouse, MouseKind, Opened};
use crate::index::{Index, Location};
use crate::marks::Snapshot;
use crate::query::Query;
use crate::screen;
use crate::text::width::cells;

mod random;

fn app() -> App {
    App::new(Settings::default(), 60, 16).0
}

/// Presses keys and returns what is asked of the world.
fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    parse_typed(keys).unwrap().into_iter().flat_map(|key| app.update(Event::Key(key)).effects).collect()
}

fn article(title: &str) -> Article {
    let date = ArticleDate::new(When::day(2021, 2, 16).unwrap(), Evidence::Header);
    Article {
        id: ArticleId::of(title.as_bytes()),
        origin: Origin { path: format!("{title}.txt").into(), part: None, bytes: 0..10 },
        title: Title { text: Clean::new(title), kind: TitleKind::Headline, line: Some(1) },
        byline: None,
        source: None,
        url: None,
        date: Some(date),
        dates: Vec::new(),
        language: Language { tag: LanguageTag::find("en"), confidence: 1.0, sure: true },
        passages: Vec::new(),
        body: Vec::new(),
        links: Vec::new(),
        words: 2,
        tags: Vec::new(),
        findings: Vec::new(),
        added: None,
    }
}

/// An answer as a search of an index would give it, with these titles.
fn answer(titles: &[&str]) -> Box<Answer> {
    let index = Index::open(&Location::Memory).unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2021, 3, 1).unwrap();
    let found = index.archive().unwrap().search(&Query::default(), &Asking::new(today)).unwrap().unwrap();
    let found = Found { total: titles.len(), matched: titles.len(), ..found };
    let row = |title: &&str| {
        let article = article(title);
        let row = Row {
            record: Record::from(&article),
            origin: article.origin,
            opening: Clean::default(),
            added: None,
            score: None,
        };
        ListRow { row, title_marks: Vec::new(), passage: None }
    };
    Box::new(Answer {
        choices: found.facets.clone(),
        compounds: Arc::default(),
        found,
        kept: None,
        first: 0,
        rows: titles.iter().map(row).collect(),
    })
}

fn opened(title: &str) -> Box<Opened> {
    Box::new(Opened {
        article: article(title),
        title_marks: vec![],
        marks: vec![],
        file_size: 10,
        shown_path: "a".into(),
    })
}

fn searches(effects: &[Effect]) -> Vec<&Question> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Search(question) => Some(question),
            _ => None,
        })
        .collect()
}

fn drawn(app: &mut App) -> String {
    let area = Rect::new(0, 0, 60, 16);
    let mut buffer = Buffer::empty(area);
    app.draw(area, &mut buffer);
    screen::text(&buffer)
}

#[test]
fn every_action_does_something() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
    for row in ACTIONS {
        // One that is in the table alone fails here.
        app.act(row.action, &mut Vec::new());
    }
}

#[test]
fn every_letter_searches() {
    let mut app = app();
    let effects = press(&mut app, "/mu");
    let lines: Vec<usize> = searches(&effects).iter().map(|question| question.query.words().len()).collect();
    assert_eq!(lines, [0, 1, 1]);
}

#[test]
fn a_late_answer_to_an_old_search_is_dropped() {
    let mut app = app();
    let effects = press(&mut app, "/mu");
    let [_, old, new] = searches(&effects)[..] else {
        panic!("one search a letter, got {effects:?}");
    };
    let _ = app.update(Event::Found(new.generation, answer(&["Musk invites Putin"])));
    let step = app.update(Event::Found(old.generation, answer(&["Something else"])));
    assert_eq!(step, Step::default());
    assert!(drawn(&mut app).contains("Musk invites Putin"));
}

#[test]
fn the_article_is_opened_once() {
    let mut app = App::new(Settings::default(), 120, 30).0;
    let step = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    let opens = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::Open { .. })).count();
    assert_eq!(opens(&step.effects), 1);
    assert_eq!(opens(&app.update(Event::Resumed).effects), 0);
    assert_eq!(opens(&press(&mut app, "j")), 1);
    assert_eq!(opens(&press(&mut app, "j")), 0, "there is no third article");
}

#[test]
fn the_words_of_an_article_are_counted_where_it_has_some() {
    for (words, expected) in [(0, None), (1, Some("1 word, 1 min")), (2, Some("2 words, 1 min"))] {
        let mut app = App::new(Settings::default(), 120, 30).0;
        let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
        let mut opened = opened("One");
        opened.article.words = words;
        let _ = app.update(Event::Opened(Generation(1), opened));
        let area = Rect::new(0, 0, 120, 30);
        let mut buffer = Buffer::empty(area);
        app.draw(area, &mut buffer);
        let drawn = screen::text(&buffer);
        let counted = drawn.lines().find(|line| line.contains(" word") && line.contains("min"));
        assert_eq!(counted.is_some(), expected.is_some(), "{drawn}");
        assert!(drawn.contains(expected.unwrap_or_default()), "{drawn}");
    }
}

#[test]
fn an_article_that_opens_late_is_dropped() {
    let mut app = App::new(Settings::default(), 120, 30).0;
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    press(&mut app, "j");
    let late = app.update(Event::Opened(Generation(1), opened("One")));
    assert_eq!(late, Step::default());
    assert!(app.update(Event::Opened(Generation(2), opened("Two"))).redraw);
}

#[test]
fn a_count_repeats_a_key() {
    let mut app = app();
    let titles: Vec<String> = (1..=30).map(|number| format!("Article {number}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let _ = app.update(Event::Found(Generation(1), answer(&titles)));
    let mut check = |keys: &str, place: usize| {
        press(&mut app, keys);
        assert_eq!(app.list.selected() + 1, place, "after {keys}");
    };
    check("5j", 6);
    check("2k", 4);
    check("12gg", 12);
    check("G", 30);
    check("gg", 1);
    check("10G", 10);
    check("3<esc>j", 11);
}

#[test]
fn rows_are_asked_for_once() {
    let mut app = app();
    let mut many = answer(&["One", "Two"]);
    many.found.matched = 1000;
    let _ = app.update(Event::Found(Generation(1), many));
    let effects = press(&mut app, "G");
    let rows = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::Rows { .. })).count();
    assert_eq!(rows(&effects), 1);
    assert_eq!(rows(&app.update(Event::Resumed).effects), 0);
}

#[test]
fn passages_are_looked_for_again_when_their_rows_come_back() {
    let mut app = App::new(Settings { line: "musk".to_owned(), ..Settings::default() }, 120, 30).0;
    let mut many = answer(&["One", "Two"]);
    many.found.matched = 1000;
    let asked = |step: Step| {
        let effects = step.effects.into_iter();
        effects.filter(|effect| matches!(effect, Effect::Passages { .. })).count()
    };
    assert_eq!(asked(app.update(Event::Found(Generation(1), many))), 1);
    let passage = || Marked { text: "Musk".into(), marks: vec![] };
    let _ = app.update(Event::Passages(Generation(1), vec![(0, passage()), (1, passage())]));
    let rows = |titles: &[&str]| answer(titles).rows;
    press(&mut app, "G");
    assert_eq!(asked(app.update(Event::Rows(Generation(1), 998, rows(&["Other", "Last"])))), 1);
    press(&mut app, "gg");
    assert_eq!(asked(app.update(Event::Rows(Generation(1), 0, rows(&["One", "Two"])))), 1);
}

#[test]
fn who_types_faster_than_the_search_still_gets_the_best_match() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two", "Three"])));
    let effects = press(&mut app, "j/musk<enter>");
    let kept: Vec<Option<ArticleId>> = searches(&effects).iter().map(|question| question.keep).collect();
    assert_eq!(kept, [Some(ArticleId::of(b"Two")), None, None, None, None, None]);
}

#[test]
fn the_list_shows_its_beginning_until_the_reader_does_something() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    let kept = |app: &mut App| {
        let step = app.update(Event::Progress(Progress { total: 9, changed: true, ..Progress::default() }));
        let [question] = searches(&step.effects)[..] else {
            panic!("one search, got {:?}", step.effects);
        };
        let kept = question.keep;
        let _ = app.update(Event::Found(question.generation, answer(&["New", "One", "Two"])));
        (kept, app.list.selected())
    };
    assert_eq!(kept(&mut app), (None, 0));
    press(&mut app, "j");
    assert_eq!(kept(&mut app).0, Some(ArticleId::of(b"One")));
}

#[test]
fn a_search_that_takes_long_says_so() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    assert!(!app.update(Event::Searching(Generation(1))).redraw, "it is answered");
    let effects = press(&mut app, "/musk<enter>");
    let newest = searches(&effects).last().expect("a search").generation;
    assert!(app.update(Event::Searching(newest)).redraw);
    assert!(drawn(&mut app).contains("searching …"), "{}", drawn(&mut app));
    let _ = app.update(Event::Found(newest, answer(&["One"])));
    assert!(!drawn(&mut app).contains("searching …"), "{}", drawn(&mut app));
}

#[test]
fn articles_are_looked_for_until_an_answer_says_that_there_are_none() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&[])));
    assert!(drawn(&mut app).contains("Looking for articles"));
    let step = app.update(Event::Progress(Progress { finished: true, changed: true, ..Progress::default() }));
    assert!(drawn(&mut app).contains("Looking for articles"), "{}", drawn(&mut app));
    let newest = searches(&step.effects)[0].generation;
    let _ = app.update(Event::Found(newest, answer(&[])));
    assert!(drawn(&mut app).contains("No articles here"), "{}", drawn(&mut app));
}

#[test]
fn what_is_typed_blindly_on_a_tiny_screen_is_shown() {
    let mut app = App::new(Settings::default(), 30, 8).0;
    let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
    press(&mut app, "<enter>/musk");
    let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 8));
    app.draw(buffer.area, &mut buffer);
    assert!(screen::text(&buffer).contains("find musk"), "{}", screen::text(&buffer));
}

#[test]
fn a_click_beside_a_picker_closes_it() {
    let mut app = App::new(Settings::default(), 100, 30).0;
    let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
    press(&mut app, "fd");
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 30));
    app.draw(buffer.area, &mut buffer);
    let _ = app.update(Event::Mouse(Mouse { kind: MouseKind::Click, column: 0, row: 15 }));
    assert!(app.popup.is_none());
}

#[test]
fn progress_brings_new_articles_and_keeps_the_place() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    press(&mut app, "j");
    let step = app.update(Event::Progress(Progress { total: 9, done: 3, changed: true, ..Progress::default() }));
    let [question] = searches(&step.effects)[..] else {
        panic!("one search, got {:?}", step.effects);
    };
    assert_eq!(question.keep, Some(ArticleId::of(b"Two")));
    assert!(drawn(&mut app).contains("reading 3 of 9"));
}

#[test]
fn a_problem_is_told_and_can_be_read() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
    let problems = vec![Clean::new("a.txt: is empty; skipped"), Clean::new("b.txt: is not text; skipped")];
    let _ = app.update(Event::Progress(Progress { finished: true, problems, ..Progress::default() }));
    assert!(drawn(&mut app).contains("2 files could not be read"), "{}", drawn(&mut app));
    press(&mut app, "!");
    assert!(drawn(&mut app).contains("b.txt: is not text; skipped"), "{}", drawn(&mut app));
}

#[test]
fn leaving_a_picker_puts_the_line_back() {
    let mut app = app();
    let mut found = answer(&["One"]);
    found.choices.languages = vec![(LanguageTag::find("en"), 1)];
    let _ = app.update(Event::Found(Generation(1), found));
    press(&mut app, "fl<space>");
    assert_eq!(app.query_line.value(), "lang:en");
    press(&mut app, "<esc>");
    assert_eq!(app.query_line.value(), "");
}

#[test]
fn a_saved_search_stands_on_its_digit() {
    let search = |name: &str, query: &str| SavedSearch { name: name.to_owned(), query: query.to_owned() };
    let searches = vec![search("week", "date:7d"), search("boats", "boats lang:de")];
    let mut app = App::new(Settings { searches, ..Settings::default() }, 60, 16).0;
    press(&mut app, "f2");
    assert_eq!(app.query_line.value(), "boats lang:de");
    press(&mut app, "f3");
    assert_eq!(app.query_line.value(), "boats lang:de", "there is no third one");
}

#[test]
fn a_word_that_was_meant_takes_the_place_of_the_typed_one() {
    let mut app = app();
    let effects = press(&mut app, "/lang:en clubhuose -putn<enter>");
    let mut found = answer(&["One"]);
    found.found.forgiven = true;
    found.found.corrections = vec![Correction { typed: "clubhuose".into(), meant: "clubhouse".into(), count: 5 }];
    let newest = searches(&effects).last().expect("a search").generation;
    let _ = app.update(Event::Found(newest, found));
    assert!(drawn(&mut app).contains("5 for clubhouse   c: use it"));
    press(&mut app, "c");
    assert_eq!(app.query_line.value(), "lang:en clubhouse -putn");
}

#[test]
fn pasted_text_goes_into_the_query_line() {
    let mut app = app();
    let step = app.update(Event::Paste("größe\x1b[31m\n".to_owned()));
    assert_eq!(searches(&step.effects).len(), 1);
    assert_eq!(app.query_line.value(), "größe");
}

#[test]
fn pasted_text_goes_into_what_lies_on_top() {
    let mut app = app();
    let mut found = answer(&["One"]);
    found.choices.languages = ["en", "de", "fr"].map(|code| (LanguageTag::find(code), 1)).to_vec();
    let _ = app.update(Event::Found(Generation(1), found));
    let mut check = |keys: &str, text: &str, line: &str| {
        press(&mut app, keys);
        let _ = app.update(Event::Paste(text.to_owned()));
        press(&mut app, "<enter>");
        assert_eq!(app.query_line.value(), line);
    };
    check("fl", "germ", "lang:de");
    check("fd", "feb 2021\n", "lang:de date:2021-02");
    check(":", "clear-fil", "");
    check("/", "größe", "größe");
    check("?", "a text", "größe");
}

#[test]
fn changes_of_the_line_are_taken_back_one_by_one() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One"])));
    press(&mut app, "/musk lang:de is:read<enter>");
    let mut check = |keys: &str, line: &str| {
        press(&mut app, keys);
        assert_eq!(app.query_line.value(), line, "after {keys}");
    };
    check("<backspace>", "musk lang:de");
    check("fx", "musk");
    check("<esc>", "");
    check("U", "musk");
    check("U", "musk lang:de");
    check("fd20<backspace><backspace>2021<enter>", "musk lang:de date:2021");
    check("U", "musk lang:de");
    check("U", "musk lang:de is:read");
    check("U", "");
    check("U", "");
}

#[test]
fn a_name_that_is_taken_must_be_confirmed() {
    let searches = vec![SavedSearch { name: "week".to_owned(), query: "date:7d".to_owned() }];
    let mut app = App::new(Settings { searches, line: "musk".to_owned(), ..Settings::default() }, 60, 16).0;
    let saved = |effects: Vec<Effect>| {
        let mut tasks = effects.into_iter().filter_map(|effect| match effect {
            Effect::Searches(crate::effect::SearchTask::Save(search)) => {
                Some(format!("{}={}", search.name, search.query))
            }
            _ => None,
        });
        tasks.next()
    };
    assert_eq!(saved(press(&mut app, "fwweek<enter>")), None);
    assert!(drawn(&mut app).contains("↵ again to replace date:7d"), "{}", drawn(&mut app));
    assert_eq!(saved(press(&mut app, "<backspace>k<enter>")), None, "it is asked again");
    assert_eq!(saved(press(&mut app, "<enter>")).as_deref(), Some("week=musk"));
    assert_eq!(saved(press(&mut app, "fw<enter>")), None, "without a name nothing is saved");
}

#[test]
fn a_saved_search_is_called_by_its_name() {
    let search = |name: &str, query: &str| SavedSearch { name: name.to_owned(), query: query.to_owned() };
    let searches = vec![search("this week", "date:7d"), search("boats", "boats lang:de")];
    let mut app = App::new(Settings { searches, ..Settings::default() }, 60, 16).0;
    let mut check = |keys: &str, line: &str| {
        press(&mut app, keys);
        assert_eq!(app.query_line.value(), line, "after {keys}");
        press(&mut app, "<esc>");
    };
    check("/@boats red<enter>", "(boats lang:de) red");
    check("/@bo<tab>", "boats lang:de");
    check("/@this<tab> sails<enter>", "date:7d sails");
    check("/@nobody<enter>", "@nobody");
}

#[test]
fn a_click_in_the_list_keeps_the_line() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    press(&mut app, "/musk");
    let newest = app.asked.generation;
    let _ = app.update(Event::Found(newest, answer(&["One", "Two"])));
    drawn(&mut app);
    let _ = app.update(Event::Mouse(Mouse { kind: MouseKind::Click, column: 5, row: 8 }));
    assert_eq!(app.list.selected(), 1);
    press(&mut app, "k");
    assert_eq!((app.query_line.value(), app.list.selected()), ("musk", 0));
    press(&mut app, "U");
    assert_eq!(app.query_line.value(), "");
}

#[test]
fn keys_of_other_keyboards_do_what_they_do_on_a_latin_one() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two", "Three"])));
    for (keys, selected) in [("о", 1), ("л", 0), ("ξ", 1), ("κ", 0), ("П", 2), ("пп", 0), ("2ο", 0), ("ß", 0)]
    {
        press(&mut app, keys);
        assert_eq!(app.list.selected(), selected, "after {keys}");
    }
    assert!(drawn(&mut app).contains("ß has no meaning here; ? shows all keys"), "{}", drawn(&mut app));
    press(&mut app, "/о<enter>");
    assert_eq!(app.query_line.value(), "о", "what is typed is typed");
}

#[test]
fn after_a_correction_the_best_match_is_selected() {
    let mut app = app();
    let effects = press(&mut app, "/clubhuose<enter>");
    let mut found = answer(&["One", "Two"]);
    found.found.forgiven = true;
    found.found.corrections = vec![Correction { typed: "clubhuose".into(), meant: "clubhouse".into(), count: 5 }];
    let _ = app.update(Event::Found(searches(&effects).last().expect("a search").generation, found));
    let asked = press(&mut app, "jc");
    assert_eq!(searches(&asked).last().expect("a search").keep, None);
}

#[test]
fn a_word_that_may_go_on_says_so() {
    let mut app = App::new(Settings::default(), 100, 16).0;
    let effects = press(&mut app, "/clubhuo");
    let mut found = answer(&["One"]);
    found.found.forgiven = true;
    found.found.corrections = vec![Correction { typed: "clubhuo".into(), meant: "clubhouse".into(), count: 5 }];
    let _ = app.update(Event::Found(searches(&effects).last().expect("a search").generation, found));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 16));
    app.draw(buffer.area, &mut buffer);
    assert!(screen::text(&buffer).contains("nothing for clubhuo…; 5 for clubhouse"), "{}", screen::text(&buffer));
}

#[test]
fn hints_the_divider_and_the_bar_are_for_the_mouse_as_well() {
    let mut app = App::new(Settings::default(), 120, 30).0;
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    let mut long = opened("One");
    long.article.body = vec![Paragraph {
        role: Role::Text,
        text: "Word. ".repeat(2000).as_str().into(),
        line: 2,
        language: None,
        laid: Laid::default(),
    }];
    let _ = app.update(Event::Opened(Generation(1), long));
    let draw = |app: &mut App| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 30));
        app.draw(buffer.area, &mut buffer);
        screen::text(&buffer)
    };
    draw(&mut app);
    let mut mouse = |kind, column, row| {
        let _ = app.update(Event::Mouse(Mouse { kind, column, row }));
        draw(&mut app)
    };
    let before = mouse(MouseKind::WheelUp, 119, 10);
    assert!(before.contains("─┬─"), "{before}");
    mouse(MouseKind::Click, 48, 10);
    let wide = mouse(MouseKind::Drag, 70, 10);
    assert_eq!(wide.lines().nth(2).and_then(|line| line.chars().position(|c| c == '┬')), Some(70), "{wide}");
    mouse(MouseKind::Release, 70, 10);
    let scrolled = mouse(MouseKind::Click, 119, 26);
    assert_ne!(scrolled, wide);
    mouse(MouseKind::Release, 119, 26);
    let place = |text: &str, what: &str| {
        let line = text.lines().last().unwrap_or_default();
        line.find(what).map(|at| cells(&line[..at]) as u16)
    };
    let column = place(&scrolled, "? keys").expect("the hint is there");
    let help = mouse(MouseKind::Click, column, 29);
    assert!(help.contains("Everywhere"), "{help}");
    assert!(!mouse(MouseKind::Click, place(&help, "esc close").expect("it says how"), 29).contains("Everywhere"));
}

#[test]
fn the_list_is_as_dense_as_the_reader_wants_it() {
    let titles: Vec<String> = (1..=40).map(|at| format!("Title {at}")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut app = App::new(Settings::default(), 120, 36).0;
    let _ = app.update(Event::Found(Generation(1), answer(&titles)));
    let mut shown = |keys: &str| {
        press(&mut app, keys);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 36));
        app.draw(buffer.area, &mut buffer);
        screen::text(&buffer).matches("Title").count()
    };
    assert_eq!([shown(""), shown("L"), shown("L"), shown("L")], [10, 16, 31, 10]);
}

#[test]
fn what_is_new_since_the_last_visit_is_said_once() {
    let mut app = app();
    let _ = app.update(Event::Found(Generation(1), answer(&["One", "Two"])));
    let mut marks = Snapshot::default();
    marks.visited = Some(7);
    let marks = Arc::new(marks);
    let news = || Event::Marks(MarksNews { marks: marks.clone(), ..MarksNews::default() });
    assert_eq!(app.update(news()).effects, [], "the files were not looked at yet");
    let count = Effect::Count(vec!["is:new".to_owned()]);
    let finished = || Event::Progress(Progress { finished: true, ..Progress::default() });
    assert!(app.update(finished()).effects.contains(&count));
    let _ = app.update(Event::Counted(vec![("is:new".to_owned(), 5)]));
    assert!(drawn(&mut app).contains("5 new since your last visit"), "{}", drawn(&mut app));
    assert!(!app.update(finished()).effects.contains(&count));
    let effects = press(&mut app, "fn");
    assert_eq!(app.query_line.value(), "is:new");
    assert_eq!(searches(&effects).len(), 1);
    // Who comes for the first time is not told that everything is new.
    let mut first = self::app();
    let _ = first.update(Event::Marks(MarksNews::default()));
    assert!(!first.update(finished()).effects.contains(&count));
}
