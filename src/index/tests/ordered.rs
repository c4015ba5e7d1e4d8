//! In which order articles are found, how they are counted, and what is said where there are none.

use super::*;

#[test]
fn the_best_match_comes_first() {
    // In the title, then often in the text, then by its stem alone.
    check(word("pears"), "pears unsure apples");
    check(formed(Part::Anywhere, "pear", Form::Typing), "pears apples unsure");
}

#[test]
fn near_equals_are_put_newest_first() {
    let index = Index::open(&Location::Memory).unwrap();
    let dated = ["2021-01-01", "", "2021-03-01", "2021-02-01"];
    let rows: Vec<_> = dated.iter().zip(["a", "b", "c", "d"]).collect();
    fill(&index, rows.iter().map(|(date, name)| article(&(name, "en", date, "Same title", "Same text."))));
    let found = search(&index, &query(word("same")));
    assert_eq!(names(&found).join(" "), "c d a b");
}

#[test]
fn orders_are_total() {
    let index = pile();
    let sorted = |sort| {
        let found = search(&index, &Query { sort: Some(sort), ..Query::default() });
        assert_eq!(found.sort, if sort == Sort::Relevance { Sort::Newest } else { sort });
        names(&found).join(" ")
    };
    assert_eq!(sorted(Sort::Newest), "birnen pears buah unsure apples li");
    assert_eq!(sorted(Sort::Oldest), "unsure buah pears birnen apples li");
    assert_eq!(sorted(Sort::Title), "apples birnen pears buah unsure li");
    assert_eq!(sorted(Sort::Relevance), sorted(Sort::Newest));
}

#[test]
fn long_titles_are_sorted_beyond_their_beginning() {
    let index = Index::open(&Location::Memory).unwrap();
    let titles = [("a", "The same beginning, z"), ("b", "The same beginning, a"), ("c", "“The same beginning, m”")];
    fill(&index, titles.iter().map(|(name, title)| article(&(name, "en", "", title, "text"))));
    let found = search(&index, &Query { sort: Some(Sort::Title), ..Query::default() });
    assert_eq!(names(&found).join(" "), "b c a");
}

#[test]
fn what_matches_is_counted_by_kind() {
    let index = pile();
    let found = search(&index, &Query::default());
    assert_eq!((found.total, found.matched), (6, 6));
    let facets = &found.facets;
    let languages: Vec<String> =
        facets.languages.iter().map(|(tag, count)| format!("{}{count}", tag.map_or("?", LanguageTag::code))).collect();
    assert_eq!(languages.join(" "), "en2 ?1 de1 id1 zh1");
    assert_eq!(facets.sources, [(Clean::new("Fruit Weekly"), 2)]);
    assert_eq!(facets.dates.undated, 2);
    let spans: Vec<String> =
        facets.dates.spans.iter().map(|(first, last, count)| format!("{first}..{last} {count}")).collect();
    let expected = [
        "1650-01-01..1650-12-31 1",
        "2021-02-01..2021-02-28 1",
        "2021-02-15..2021-02-15 1",
        "2021-02-16..2021-02-16 1",
    ];
    assert_eq!(spans, expected);
    assert_eq!(facets.dates.months(2021)[1], 3);

    let found = search(&index, &query(word("pears")));
    assert_eq!(found.facets.languages.iter().map(|(_, count)| count).sum::<usize>(), 3);
}

#[test]
fn nothing_found_says_why() {
    let index = pile();
    let check = |line: &str, unknown: &str, without: Option<(&str, usize)>| {
        let found = search(&index, &parse_finished(line));
        assert_eq!(found.matched, 0, "{line}");
        let help = found.empty.unwrap();
        assert_eq!(help.unknown.iter().map(Clean::as_str).collect::<Vec<_>>().join(" "), unknown, "{line}");
        assert_eq!(help.without.map(|(span, count)| (&line[span], count)), without, "{line}");
    };
    check("pears lang:de", "", Some(("lang:de", 3)));
    check("pears garden date:2021-03,2021-04", "", Some(("date:2021-03,2021-04", 2)));
    check("zzzz", "zzzz", Some(("zzzz", 6)));
    check("pears zzzz", "zzzz", Some(("zzzz", 3)));
    check("zzzz yyyy", "zzzz yyyy", None);
    check("pears -pears", "", Some(("pears", 3)));
    check("lang:klingon", "", Some(("lang:klingon", 6)));
    check("(zzzz OR yyyy) lang:en", "zzzz yyyy", None);
    assert!(search(&index, &parse_finished("pears")).empty.is_none());
}
