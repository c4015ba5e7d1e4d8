use proptest::prelude::*;

use super::*;

fn facets(field: &str) -> Vec<(String, u64)> {
    let values: &[(&str, u64)] = match field {
        "lang" => &[("en", 3), ("de", 2), ("id", 1)],
        "date" | "after" | "before" => &[("2021", 4), ("2020", 1), ("2021-02", 3), ("2021-01", 1), ("2020-12", 1)],
        "source" => &[("Hindustan Times", 2), ("Liputan6.com", 1)],
        _ => &[],
    };
    values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

/// `|` is the cursor; each completion is the line it makes.
fn check(line: &str, expected: &[&str]) {
    let cursor = line.find('|').expect("a cursor");
    let line = line.replacen('|', "", 1);
    let made: Vec<String> = complete(&line, cursor, &facets)
        .into_iter()
        .map(|Completion { replaces, text, .. }| format!("{}{text}{}", &line[..replaces.start], &line[replaces.end..]))
        .collect();
    assert_eq!(made, expected, "{line}");
}

#[test]
fn fields_where_a_word_begins() {
    check("la|", &["lang:"]);
    check("putin s|", &["putin source:", "putin story:", "putin sort:"]);
    check("putin subj|", &["putin title:"]);
    check("-la|", &["-lang:"]);
    check("(la|)", &["(lang:)"]);
    check("la|ng:de", &["lang:de"]);
    check("pu|", &[]);
    check("l|amp", &[]);
    check("\"la|", &[]);
    assert_eq!(complete("", 0, &facets).len(), FIELDS.len());
    assert_eq!(complete("putin ", 6, &facets).len(), FIELDS.len());
    assert_eq!(complete("putin -", 7, &facets).len(), FIELDS.len());
}

#[test]
fn languages_by_code_and_name() {
    check("lang:|", &["lang:en", "lang:de", "lang:id", "lang:?"]);
    check("lang:g|", &["lang:de"]);
    check("lang:deu|", &["lang:de"]);
    check("lang:bah|", &["lang:id"]);
    check("lang:de,|", &["lang:de,en", "lang:de,id", "lang:de,?"]);
    check("lang:i|t putin", &["lang:id putin"]);
    check("lang:un|", &["lang:?"]);
}

#[test]
fn dates_by_year_then_month() {
    check("date:2|", &["date:2021", "date:2020"]);
    check("date:2021|", &["date:2021", "date:2021-02", "date:2021-01"]);
    check("date:2020..2021-|", &["date:2020..2021-02", "date:2020..2021-01"]);
    check("date:l|", &["date:last-month"]);
    check("date:no|", &["date:none"]);
    check("after:no|", &[]);
}

#[test]
fn many_months_are_offered_by_year() {
    let few = |_: &str| vec![("2021-02".to_owned(), 3), ("2021-01".to_owned(), 1), ("none".to_owned(), 2)];
    let shown = |found: Vec<Completion>| {
        let counted = found.into_iter().filter_map(|found| Some(format!("{} {}", found.text, found.count?)));
        counted.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(shown(complete("date:", 5, &few)), "2021-02 3, 2021-01 1, none 2");
    assert_eq!(complete("date:n", 6, &few)[0].label, "undated");
    let many = |_: &str| (0..24).map(|month| (format!("{}-{:02}", 2021 - month / 12, 12 - month % 12), 2)).collect();
    assert_eq!(shown(complete("date:", 5, &many)), "2021 24, 2020 24");
    assert_eq!(shown(complete("date:2020-1", 11, &many)), "2020-12 2, 2020-11 2, 2020-10 2");
}

#[test]
fn other_values() {
    check("is:|", &["is:unread", "is:read", "is:starred", "is:new", "is:first", "is:copy"]);
    check("is:r|", &["is:read"]);
    check("has:b|", &["has:byline"]);
    check("sort:o|", &["sort:oldest"]);
    check("source:tim|", &["source:\"Hindustan Times\""]);
    check("source:=tim|", &["source:=\"Hindustan Times\""]);
    check("source:\"hind|\" x", &["source:\"Hindustan Times\" x"]);
    check("title:pu|", &[]);
}

#[test]
fn completions_say_what_they_mean() {
    let found = complete("lang:", 5, &facets);
    assert_eq!((found[0].label.as_str(), found[0].count), ("English", Some(3)));
    assert_eq!((found[3].label.as_str(), found[3].count), ("unsure", None));
    assert_eq!(complete("date:2021-", 10, &facets)[0].label, "February 2021");
}

proptest! {
    #[test]
    fn any_cursor_in_any_line(line in "(\\PC|lang:|date:|source:|[\"(,-]){0,10}", cursor in 0_usize..40) {
        for Completion { replaces, .. } in complete(&line, cursor, &facets) {
            prop_assert!(line.get(replaces).is_some());
        }
    }
}
