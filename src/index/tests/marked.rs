//! What a reader has marked, what came in when, and the tags of articles themselves.

use super::*;

/// Marks as a test wants them.
struct Starred(&'static str);

impl Marks for Starred {
    fn ids(&self, set: &Set) -> Option<MarkedIds> {
        let ids = self.0.split(' ').map(|name| ArticleId::of(name.as_bytes())).collect();
        Some(MarkedIds { ids: Arc::new(ids), all_but: *set == Set::Unread })
    }

    fn visited(&self) -> Option<i64> {
        None
    }
}

/// A reader who was here before, at this moment.
struct Visitor(Option<i64>);

impl Marks for Visitor {
    fn ids(&self, _: &Set) -> Option<MarkedIds> {
        None
    }

    fn visited(&self) -> Option<i64> {
        self.0
    }
}

#[test]
fn what_came_in_is_found_by_when_it_came() {
    const DAY: i64 = 86_400_000;
    let index = Index::open(&Location::Memory).unwrap();
    // Noon of the 10th, 12th and 14th of February 2021, whatever the time zone.
    let noon = |day: i64| (18_658 + day) * DAY + DAY / 2;
    let came = |at: usize, day: i64| Article { added: Some(noon(day)), ..article(&PILE[at]) };
    fill(&index, [came(0, 10), came(1, 12), came(2, 12), came(3, 14), article(&PILE[4])]);
    let archive = index.archive().unwrap();
    let name = |at: usize| article(&PILE[at]).origin.path.file_stem().unwrap().to_string_lossy().into_owned();
    let check = |line: &str, visited: Option<i64>, expected: &[usize]| {
        let marks = Visitor(visited);
        let asking = Asking { marks: Some(&marks), ..context() };
        let found = told(archive.search(&parse_finished(line), &asking).unwrap());
        let mut names: Vec<String> = names(&found).iter().map(ToString::to_string).collect();
        let mut expected: Vec<String> = expected.iter().map(|at| name(*at)).collect();
        if !line.contains("sort:") {
            names.sort();
            expected.sort();
        }
        assert_eq!(names, expected, "{line}");
    };
    check("added:2021-02-12", None, &[1, 2]);
    check("added:2021-02-11..2021-02-14", None, &[1, 2, 3]);
    check("added:..2021-02-11", None, &[0]);
    check("added:none", None, &[4]);
    check("-added:2021-02-12 added:2021", None, &[0, 3]);
    check("is:new", None, &[0, 1, 2, 3, 4]);
    check("is:new", Some(noon(12)), &[3]);
    check("is:new", Some(noon(11)), &[1, 2, 3]);
    check("is:new", Some(noon(20)), &[]);
    let found = told(archive.search(&parse_finished("sort:added"), &context()).unwrap());
    let listed: Vec<String> = names(&found).iter().map(ToString::to_string).collect();
    assert_eq!((&listed[0], &listed[3], &listed[4]), (&name(3), &name(0), &name(4)));
    let rows = told(found.order.rows(0..5, &|| false).unwrap()).value;
    assert_eq!((rows[0].added, rows[4].added), (Some(noon(14)), None));
}

#[test]
fn an_articles_own_tags_are_found() {
    let index = Index::open(&Location::Memory).unwrap();
    let tagged = |at: usize, tags: &[&str]| Article {
        tags: tags.iter().map(|tag| Clean::new(tag)).collect(),
        ..article(&PILE[at])
    };
    fill(&index, [tagged(0, &["Politics", "South Asia"]), tagged(1, &["Asia", "Trade politics"]), article(&PILE[2])]);
    let archive = index.archive().unwrap();
    let marks = Starred("li");
    let check = |line: &str, expected: usize| {
        let asking = Asking { marks: Some(&marks), ..context() };
        let found = told(archive.search(&parse_finished(line), &asking).unwrap());
        assert_eq!(found.matched, expected, "{line}");
    };
    check("tag:politics", 2);
    check("tag:=politics", 1);
    check("tag:\"south asia\"", 1);
    check("tag:=\"South  asia\"", 1);
    check("tag:asia", 2);
    check("tag:=asia", 1);
    check("tag:\"politics south\"", 0);
    check("tag:harbour", 0);
}

#[test]
fn marks_are_sets_of_ids() {
    let index = pile();
    let archive = index.archive().unwrap();
    let marks = Starred("birnen li none");
    let check = |line: &str, marks: Option<&dyn Marks>, expected: &str| {
        let found = told(archive.search(&parse_finished(line), &Asking { marks, ..context() }).unwrap());
        let mut names = names(&found);
        names.sort();
        assert_eq!(names.join(" "), expected, "{line}");
    };
    check("is:starred", Some(&marks), "birnen li");
    check("is:unread", Some(&marks), "apples buah pears unsure");
    check("-is:starred lang:de,en", Some(&marks), "apples pears");
    check("is:starred", None, "");
    check("is:unread lang:de,en", None, "apples birnen pears");
}
