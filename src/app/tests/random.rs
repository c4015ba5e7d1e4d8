//! Whatever a reader does, on whatever size: the screen stays whole.

use super::*;

/// Keys that the random reader presses.
const KEYS: &str = "j k G g 5 0 h l <enter> <tab> <space> J K n N / f d s x S i z > < : ? ! q <esc> <backspace> <down> \
                    <up> <left> <pgdn> <home> + - a m 馬 ا <ctrl-d> <ctrl-u> M r y o";

/// What happens to the random reader.
#[derive(Clone, Debug)]
enum Happening {
    Key(usize),
    /// The newest question is answered with this many articles, or one this much older.
    Found(usize, u64),
    Rows(usize, usize),
    Opened(u64),
    Resize(u16, u16),
    Mouse(MouseKind, u16, u16),
    Progress(usize, bool),
}

fn happening() -> impl Strategy<Value = Happening> {
    let kind = prop_oneof![
        Just(MouseKind::Click),
        Just(MouseKind::Drag),
        Just(MouseKind::Release),
        Just(MouseKind::WheelDown),
        Just(MouseKind::WheelUp)
    ];
    prop_oneof![
        12 => any::<usize>().prop_map(Happening::Key),
        4 => (0usize..40, 0u64..2).prop_map(|(count, older)| Happening::Found(count, older)),
        1 => (0usize..40, 0usize..40).prop_map(|(first, count)| Happening::Rows(first, count)),
        2 => (0u64..2).prop_map(Happening::Opened),
        1 => (0u16..130, 0u16..40).prop_map(|(columns, rows)| Happening::Resize(columns, rows)),
        2 => (kind, 0u16..130, 0u16..40).prop_map(|(kind, column, row)| Happening::Mouse(kind, column, row)),
        1 => (0usize..9, any::<bool>()).prop_map(|(done, finished)| Happening::Progress(done, finished)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_happens_the_screen_is_whole(happenings in prop::collection::vec(happening(), 1..60)) {
        let keys = parse_typed(&KEYS.replace(' ', "")).unwrap();
        let titles: Vec<String> =
            (0..40).map(|at| ["Musk invites Putin", "馬斯克邀請普京", "ماسك يدعو بوتين", ""][at % 4].repeat(at % 7)).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let mut app = App::new(Settings::default(), 120, 30).0;
        for happening in happenings {
            let event = match happening {
                Happening::Key(at) => Event::Key(keys[at % keys.len()]),
                Happening::Found(count, older) => {
                    Event::Found(Generation(app.asked.generation.0.saturating_sub(older)), answer(&titles[..count]))
                }
                Happening::Rows(first, count) => {
                    let count = count.min(app.list.matched().saturating_sub(first));
                    Event::Rows(app.asked.generation, first, answer(&titles[..count]).rows)
                }
                Happening::Opened(older) => {
                    Event::Opened(Generation(app.asked.opening.0.saturating_sub(older)), opened("Elon Musk ماسك 馬斯克"))
                }
                Happening::Resize(columns, rows) => Event::Resize(columns, rows),
                Happening::Mouse(kind, column, row) => Event::Mouse(Mouse { kind, column, row }),
                Happening::Progress(done, finished) => {
                    let problems = vec![Clean::new("a.txt: is empty; skipped"); done];
                    Event::Progress(Progress { done, total: 9, finished, changed: finished, problems, ..Progress::default() })
                }
            };
            let _ = app.update(event);
            let (selected, matched) = (app.list.selected(), app.list.matched());
            prop_assert!(selected < matched || (selected, matched) == (0, 0), "{selected} of {matched}");
            let mut buffer = Buffer::empty(app.space.size);
            let cursor = app.draw(app.space.size, &mut buffer);
            prop_assert!(cursor.is_none_or(|cursor| app.space.size.contains(cursor)), "{cursor:?} in {:?}", app.space.size);
            for y in 0..app.space.size.height {
                let mut x = 0;
                while x < app.space.size.width {
                    x += cells(buffer[(x, y)].symbol()).max(1) as u16;
                }
                prop_assert_eq!(x, app.space.size.width, "row {} of\n{}", y, screen::text(&buffer));
            }
        }
    }
}

/// Draws the app on this size, and tells what is wrong with the screen.
fn fault(app: &mut App, columns: u16, rows: u16) -> Option<String> {
    let _ = app.update(Event::Resize(columns, rows));
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    let cursor = app.draw(area, &mut buffer);
    if cursor.is_some_and(|cursor| !area.contains(cursor)) {
        return Some(format!("the cursor is at {cursor:?} of {area:?}"));
    }
    let torn = (0..rows).find(|y| {
        let mut x = 0;
        while x < columns {
            x += cells(buffer[(x, *y)].symbol()).max(1) as u16;
        }
        x != columns
    });
    torn.map(|y| format!("row {y} of {columns}x{rows}:\n{}", screen::text(&buffer)))
}

#[test]
fn every_popup_and_the_timeline_draw_at_every_size() {
    let small = (0..=24).flat_map(|columns| (0..=12).map(move |rows| (columns, rows)));
    let large = [(25, 40), (40, 14), (60, 9), (80, 24), (91, 25), (120, 36), (200, 50)];
    let sizes: Vec<(u16, u16)> = small.chain(large).collect();
    let searches =
        vec![SavedSearch { name: "週刊 week".to_owned(), query: "date:7d 馬斯克 OR putin".to_owned() }; 12];
    let opened = crate::panes::POPUPS.iter().map(|(action, _)| *action).chain([Action::Timeline]);
    for action in opened {
        for typed in ["", "馬j <space>", "2021-02"] {
            let settings = Settings { searches: searches.clone(), line: "musk".to_owned(), ..Settings::default() };
            let mut app = App::new(settings, 120, 36).0;
            let mut found = answer(&["馬斯克邀請普京", "Musk invites Putin"]);
            found.choices.languages = ["en", "zh", "ar"].map(|code| (LanguageTag::find(code), 1)).to_vec();
            found.choices.sources = vec![("馬斯克日報".into(), 9), ("The Daily 🧑‍🚀".into(), 1)];
            let day = |day| chrono::NaiveDate::from_ymd_opt(2021, 2, day).unwrap();
            found.choices.dates.spans = vec![(day(1), day(28), 3), (day(16), day(16), 1)];
            found.found.facets = found.choices.clone();
            let _ = app.update(Event::Found(app.asked.generation, found));
            let problems = vec![Clean::new("a/馬.txt: is not text, and no archive that is known; skipped"); 30];
            let _ = app.update(Event::Progress(Progress { finished: true, problems, ..Progress::default() }));
            assert_eq!(fault(&mut app, 120, 36), None);
            app.act(action, &mut Vec::new());
            press(&mut app, typed);
            for (columns, rows) in &sizes {
                assert_eq!(fault(&mut app, *columns, *rows), None, "{action:?} {typed}");
            }
        }
    }
}
