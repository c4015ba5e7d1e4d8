//! Screens: keys pressed on the sample edition, and what the screen then holds.
//!
//! `cargo insta review` shows what a change does to them; the difference of a snapshot is the picture
//! in a pull request.

use newsstand::app::Settings;
use newsstand::config::keys::parse_typed;
use newsstand::config::theme::Theme;
use newsstand::event::{Event, Mouse, MouseKind};
use newsstand::index::{Index, Location};
use newsstand::library::Pile;
use newsstand::runtime::frame::Stage;
use newsstand::screen;

fn stage(columns: u16, rows: u16) -> Stage {
    stage_with(Settings { sample: true, place: "the sample edition".into(), ..Settings::default() }, columns, rows)
}

fn stage_with(settings: Settings, columns: u16, rows: u16) -> Stage {
    let index = Index::open(&Location::Memory).expect("an index in memory");
    Stage::new(settings, index.shelf(), Pile::sample(), columns, rows).expect("the sample edition can be read")
}

fn press(stage: &mut Stage, keys: &str) {
    for key in parse_typed(keys).expect("keys") {
        stage.press(key).expect("nothing fails");
    }
}

/// The screen of this size after these keys.
fn after(columns: u16, rows: u16, keys: &str) -> String {
    let mut stage = stage(columns, rows);
    press(&mut stage, keys);
    screen::text(&stage.draw())
}

macro_rules! screens {
    ($($name:ident: $columns:literal x $rows:literal, $keys:literal;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(after($columns, $rows, $keys));
        }
    )*};
}

screens! {
    browse_wide: 120 x 36, "";
    browse_very_wide: 200 x 30, "j";
    browse_narrow: 80 x 24, "";
    browse_small: 60 x 20, "G";
    titles_alone: 30 x 9, "j";
    concordance_wide: 130 x 24, "/putin<enter>C";
    concordance_sorted_and_narrowed: 80 x 20, "/putin<enter>C<tab><tab>club";
    a_place_of_the_concordance_is_opened: 120 x 24, "/putin<enter>Ckremlin<down><enter>";
    more_with_most_of_the_words: 100 x 36, "/putin tesla<enter>jj";
    more_in_columns: 100 x 12, "/putin tesla<enter>LLG";
    concordance_narrow: 30 x 10, "/putin<enter>C";
    words_of_the_result: 100 x 24, "/lang:en<enter>T";
    words_of_all_articles: 100 x 16, "/musk<enter>T";
    write_to_a_file: 80 x 16, "w";
    similar_articles: 100 x 24, "~";
    hardly_any_room: 20 x 4, "";
    read_narrow: 80 x 24, "j<enter>";
    read_tiny: 30 x 9, "j<enter>";
    search_while_typing: 120 x 36, "/putin lang:en";
    search_kept: 120 x 36, "/putin lang:en<enter>";
    search_with_a_note: 100 x 16, "/lang:klingon putin";
    spellings_of_other_tools: 120 x 12, "/subject:putin lang:German,id newer:2021-02<enter>";
    search_finds_nothing: 120 x 20, "/lang:de putin<enter>";
    what_empties_the_result_is_taken_away: 120 x 12, "/lang:de putin<enter>c";
    what_empties_the_result_is_taken_away_while_typing: 120 x 12, "/putin lang:de<tab>";
    search_for_an_unknown_word: 100 x 20, "/clubhouse qwxyzzy<enter>";
    a_typing_error: 100 x 20, "/clubhuose<enter>";
    a_typing_error_taken_back: 100 x 20, "/clubhuose<enter>c";
    a_typing_error_taken_back_while_typing: 100 x 20, "/clubhuose<tab>";
    most_of_the_words: 100 x 20, "/kremlin interesting qwxyzzy<enter>";
    a_typing_error_narrow: 60 x 16, "/clubhuose<enter>";
    help_narrow: 40 x 14, "?";
    why_at_forty_columns: 40 x 24, "jji";
    completing_a_language: 100 x 20, "/lang:<tab>";
    language_picker: 120 x 36, "fl";
    language_picker_narrowed: 80 x 24, "fldeu<space>";
    date_picker: 120 x 36, "fdkkk";
    date_picker_at_twenty_columns: 20 x 10, "fd";
    date_picker_days: 120 x 36, "fd+kkk";
    timeline: 120 x 12, "t";
    timeline_marks_a_span: 120 x 12, "t<space><left>";
    timeline_narrows: 120 x 12, "t+<right><enter>";
    marks_in_the_list: 120 x 24, "sjatax<enter><esc>jm";
    marks_are_undone_one_by_one: 120 x 24, "sjatax<enter><esc>jmUU";
    several_are_marked: 120 x 24, "vjjs";
    all_that_are_listed_are_read: 120 x 24, "A";
    a_read_article_stays_until_the_next_search: 120 x 24, "/is:unread<enter>m";
    the_next_unread_article: 120 x 24, "mjm[]]";
    only_unread_articles: 120 x 24, "mfu";
    only_starred_articles: 120 x 24, "jsf*";
    tags: 80 x 24, "atax<enter>econ";
    a_note: 80 x 24, "Eask for the minutes<enter>of the meeting";
    a_note_is_kept: 80 x 24, "Eask<ctrl-s>E";
    read_to_the_end_is_read: 120 x 24, "<enter>Gh";
    save_a_search: 100 x 24, "/putin lang:en<enter>fwkremlin news";
    saved_searches: 100 x 24, "/putin lang:en<enter>fwkremlin news<enter>/lang:de<enter>fwgerman<enter>ff";
    a_saved_search_removed: 100 x 24, "/putin<enter>fwone<enter>/musk<enter>fwtwo<enter>ff<del>";
    a_removed_search_brought_back: 100 x 24, "/putin<enter>fwone<enter>ff<del><esc>Uff";
    a_saved_search_by_its_number: 100 x 20, "/lang:en<enter>fwenglish<enter>fx1<enter>";
    a_number_says_what_it_may_mean: 100 x 20, "/lang:en<enter>fwenglish<enter>1";
    source_picker: 100 x 24, "fs";
    a_source_chosen_by_its_name: 100 x 24, "fs<down><enter>";
    several_sources_chosen: 100 x 24, "fs<space><down><space>";
    why: 120 x 36, "jji";
    why_narrow: 80 x 24, "jji";
    zen: 120 x 36, "jjjjz";
    help: 100 x 30, "?";
    palette: 100 x 24, ":lang";
    find_in_article: 120 x 24, "j<enter>/facebook";
    sorted_by_title: 120 x 36, "SS";
    keys_that_can_follow: 100 x 16, "f";
}

#[test]
fn what_is_asked_of_the_world_is_asked_once() {
    let mut stage = stage_with(Settings::default(), 120, 36);
    press(&mut stage, "yyeoMM");
    let asked: Vec<&str> = stage.asked_outside().iter().filter_map(|asked| asked.split(' ').next()).collect();
    assert_eq!(asked, ["copy", "edit", "launch", "mouse", "mouse"], "{:?}", stage.asked_outside());
}

#[test]
fn found_words_are_marked() {
    let mut stage = stage(120, 20);
    press(&mut stage, "/invite lang:en<enter>");
    insta::assert_snapshot!(screen::styles(&stage.draw()));
}

#[test]
fn without_colours_meaning_stays() {
    let mut stage = stage_with(Settings { theme: Theme::plain(), ..Settings::default() }, 120, 20);
    press(&mut stage, "/invite lang:en<enter>");
    let styles = screen::styles(&stage.draw());
    for colour in ["cyan", "green", "yellow", "magenta", "red", "blue", "gray", "white", "black"] {
        assert!(!styles.contains(colour), "{colour} in\n{styles}");
    }
    insta::assert_snapshot!(styles);
}

#[test]
fn every_size_draws() {
    let mut stage = stage(120, 36);
    for keys in
        ["", "/clubhouse", "<enter>", "fl", "<esc>fd", "<esc>i", "<esc>?", "<esc>:", "<esc><enter>", "z", "z/musk"]
    {
        press(&mut stage, keys);
        for columns in (0..=12).chain([19, 20, 39, 40, 41, 60, 89, 90, 91, 120, 250]) {
            for rows in (0..=12).chain([24, 60]) {
                stage.resize(columns, rows).expect("nothing fails");
                let drawn = screen::text(&stage.draw());
                assert_eq!(drawn.lines().count(), usize::from(rows), "{columns}x{rows} after {keys}");
            }
        }
        stage.resize(120, 36).expect("nothing fails");
    }
}

#[test]
fn growing_back_restores_what_was_there() {
    let mut stage = stage(120, 36);
    press(&mut stage, "jj");
    let before = screen::text(&stage.draw());
    for (columns, rows) in [(80, 24), (30, 5), (0, 0), (120, 36)] {
        stage.resize(columns, rows).expect("nothing fails");
        stage.draw();
    }
    assert_eq!(screen::text(&stage.draw()), before);
}

#[test]
fn the_selected_article_stays_selected_through_a_filter() {
    let mut stage = stage(120, 36);
    press(&mut stage, "jj");
    let selected = |stage: &mut Stage| {
        let text = screen::text(&stage.draw());
        text.lines().find_map(|line| line.strip_prefix(" ▌ ").map(|line| line.chars().take(30).collect::<String>()))
    };
    let before = selected(&mut stage);
    assert!(before.is_some());
    press(&mut stage, "/lang:id<enter>");
    assert_eq!(selected(&mut stage), before);
    press(&mut stage, "<esc>");
    assert_eq!(selected(&mut stage), before);
}

#[test]
fn escape_never_quits_and_q_does_at_last() {
    let mut stage = stage(80, 24);
    press(&mut stage, "<enter>z<esc><esc><esc><esc><esc>");
    assert!(!stage.has_ended());
    press(&mut stage, "<enter>q");
    assert!(!stage.has_ended());
    press(&mut stage, "q");
    assert!(stage.has_ended());
}

#[test]
fn the_mouse_selects_reads_and_filters() {
    let mut stage = stage(120, 36);
    let click = |stage: &mut Stage, column, row| {
        stage.draw();
        stage.happen(Event::Mouse(Mouse { kind: MouseKind::Click, column, row })).expect("nothing fails");
        screen::text(&stage.draw())
    };
    let screen = click(&mut stage, 10, 10);
    assert!(screen.contains("2 of 5 ·"), "{screen}");
    // The second row of the bar holds the languages; English comes first.
    let screen = click(&mut stage, 12, 1);
    assert!(screen.contains("/ lang:en"), "{screen}");
    let screen = click(&mut stage, 5, 0);
    assert!(!screen.contains("lang:en"), "a click on the chip takes it away:\n{screen}");
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut stage = stage(120, 20);
    stage.draw();
    stage.happen(Event::Mouse(Mouse { kind: MouseKind::WheelDown, column: 10, row: 8 })).expect("nothing fails");
    assert!(screen::text(&stage.draw()).contains("2 of 5 ·"));
    let before = screen::text(&stage.draw());
    stage.happen(Event::Mouse(Mouse { kind: MouseKind::WheelDown, column: 80, row: 8 })).expect("nothing fails");
    assert_ne!(screen::text(&stage.draw()), before);
}

#[test]
fn the_timeline_is_narrowed_with_the_mouse() {
    let mut stage = stage(120, 20);
    let bars = |stage: &mut Stage| {
        let screen = screen::text(&stage.draw());
        let row = screen.lines().nth(1).expect("the second row");
        row.chars().position(|c| c == '▁').expect("bars") as u16
    };
    let mouse = |stage: &mut Stage, kind, column| {
        stage.happen(Event::Mouse(Mouse { kind, column, row: 1 })).expect("nothing fails");
        screen::text(&stage.draw())
    };
    let january = bars(&mut stage);
    mouse(&mut stage, MouseKind::Click, january + 1);
    let screen = mouse(&mut stage, MouseKind::Release, january + 1);
    assert!(screen.starts_with("  / date:2021-02 "), "{screen}");
    let february = bars(&mut stage) + 1;
    mouse(&mut stage, MouseKind::Click, february);
    let screen = mouse(&mut stage, MouseKind::Release, february);
    assert!(screen.starts_with("  / search"), "a second click takes it away:\n{screen}");
    let january = bars(&mut stage);
    mouse(&mut stage, MouseKind::Click, january);
    let screen = mouse(&mut stage, MouseKind::Drag, january + 2);
    assert!(screen.contains("Jan 2021 – Mar 2021"), "{screen}");
    let screen = mouse(&mut stage, MouseKind::Release, january + 2);
    assert!(screen.starts_with("  / date:2021-01..2021-03 "), "{screen}");
    let february = bars(&mut stage) + 1;
    let screen = mouse(&mut stage, MouseKind::WheelUp, february);
    assert!(screen.starts_with("  / date:2021-02 "), "{screen}");
    let february = bars(&mut stage) + 1;
    let screen = mouse(&mut stage, MouseKind::WheelDown, february);
    assert!(screen.starts_with("  / date:2021 "), "{screen}");
    let february = bars(&mut stage) + 1;
    let screen = mouse(&mut stage, MouseKind::WheelDown, february);
    assert!(screen.contains("5 articles"), "{screen}");
}

#[test]
fn completions_are_taken_with_the_mouse() {
    let mut stage = stage(100, 20);
    press(&mut stage, "/musk lang:<tab>");
    let screen = screen::text(&stage.draw());
    let find = |word: &str| {
        let rows = screen.lines().enumerate();
        let mut places =
            rows.filter_map(|(row, line)| Some((line[..line.find(word)?].chars().count() as u16, row as u16)));
        places.next().expect("it is on the screen")
    };
    let (column, row) = find("German");
    stage.happen(Event::Mouse(Mouse { kind: MouseKind::Click, column, row })).expect("nothing fails");
    let screen = screen::text(&stage.draw());
    assert!(screen.starts_with("  / musk lang:de "), "{screen}");
    assert!(!screen.contains("Indonesian"), "the list is closed:\n{screen}");
    press(&mut stage, " <esc>");
    assert!(!screen::text(&stage.draw()).contains("musk lang:"), "escape puts the line of before back");
}

#[test]
fn matches_are_gone_to_one_by_one() {
    let mut stage = stage(120, 36);
    press(&mut stage, "/musk lang:en<enter><enter>");
    let last_line = |stage: &mut Stage| {
        let screen = screen::text(&stage.draw());
        screen.lines().last().map(|line| line.rsplit("   ").next().unwrap_or_default().to_owned()).unwrap_or_default()
    };
    let told = last_line(&mut stage);
    let (count, _) = told.trim().split_once(" matches · 1 of ").expect("how many matches there are");
    let count: usize = count.parse().expect("a number");
    assert!(count > 3, "{told}");
    for at in 1..=count {
        press(&mut stage, "n");
        let told = last_line(&mut stage);
        assert!(told.contains(&format!("match {at} of {count} ·")), "{told}");
        let marked = screen::styles(&stage.draw()).matches("black on yellow reversed").count();
        assert!((1..=2).contains(&marked), "one match stands out, in one line or two: {marked} at {at}");
    }
    press(&mut stage, "n");
    assert!(last_line(&mut stage).contains("match 1 of"), "after the last comes the first");
    press(&mut stage, "NN");
    let told = last_line(&mut stage);
    assert!(told.contains(&format!("match {} of {count}", count - 1)), "{told}");
}
