use proptest::prelude::*;

use super::*;

fn check(line: &str, field: &str, value: Option<&str>, expected: &str) {
    assert_eq!(with_field(line, field, value), expected, "{line}");
}

#[test]
fn a_condition_is_put_in_its_place_or_at_the_end() {
    check("", "lang", Some("de"), "lang:de");
    check("putin", "lang", Some("de"), "putin lang:de");
    check("putin ", "lang", Some("de,en"), "putin lang:de,en");
    check("lang:en putin", "lang", Some("de"), "lang:de putin");
    check("Putin  language:english  x", "language", Some("de"), "Putin  lang:de  x");
    check("a lang:en b lang:fr c", "lang", Some("de"), "a lang:de b c");
    check("date:\"16 Feb 2021\"x", "date", Some("2021"), "date:2021 x");
    check("lang:e", "lang", Some("de"), "lang:de");
    check("-lang:en", "lang", Some("de"), "-lang:en lang:de");
    check("x", "title", Some("elon musk"), "x title:\"elon musk\"");
    check("x", "source", Some("Reuters, Inc"), "x source:\"Reuters, Inc\"");
    check("x", "source", Some("a,\"b c\""), "x source:a,\"b c\"");
    check("x", "nonsense", Some("y"), "x");
    check("x sort:date", "sort", Some("title"), "x sort:title");
}

#[test]
fn what_is_open_at_the_end_is_closed_first() {
    check("a OR b", "lang", Some("de"), "(a OR b) lang:de");
    check("a OR lang:en", "lang", Some("de"), "(a OR lang:en) lang:de");
    check("\"elon mus", "lang", Some("de"), "\"elon mus\" lang:de");
    check("„elon mus", "lang", Some("de"), "„elon mus“ lang:de");
    check("a (b OR (c", "lang", Some("de"), "a (b OR (c)) lang:de");
    check("a OR", "lang", Some("de"), "lang:de a OR");
    check("a NOT", "lang", Some("de"), "lang:de a NOT");
    check("a -", "lang", Some("de"), "a - lang:de");
    check("a) OR b", "lang", Some("de"), "(a OR b) lang:de");
}

#[test]
fn a_condition_is_taken_away() {
    check("lang:en putin", "lang", None, "putin");
    check("putin lang:en", "lang", None, "putin");
    check("putin lang:en ", "lang", None, "putin ");
    check("a lang:en  b lang:fr c", "lang", None, "a b c");
    check("a AND lang:en AND b", "lang", None, "a AND b");
    check("lang:en AND b", "lang", None, "b");
    check("\"a\"lang:en\"b\"", "lang", None, "\"a\" \"b\"");
    check("a OR lang:en", "lang", None, "a OR lang:en");
}

#[test]
fn any_clause_can_be_taken_away() {
    for (line, clause, expected) in [
        ("a OR lang:en", "lang:en", "a"),
        ("a | lang:en | b", "lang:en", "a | b"),
        ("lang:en OR b", "lang:en", "b"),
        ("x (a OR lang:en)", "lang:en", "x (a)"),
        ("x -(lang:en) y", "lang:en", "x y"),
        ("x NOT (lang:en) y", "lang:en", "x y"),
        ("x -lang:en y", "-lang:en", "x y"),
        ("ORACLE lang:en ANDROID", "lang:en", "ORACLE ANDROID"),
    ] {
        let start = line.find(clause).expect("the clause stands in the line");
        assert_eq!(without(line, start..start + clause.len()), expected, "{line}");
    }
    assert_eq!(without("é", 1..9), "é");
}

#[test]
fn values_are_switched_on_and_off() {
    for (line, field, value, expected) in [
        ("", "lang", "de", "lang:de"),
        ("x lang:de", "lang", "en", "x lang:de,en"),
        ("x lang:German,en", "lang", "de", "x lang:en"),
        ("x lang:de lang:fr y", "lang", "en", "x lang:de,fr,en y"),
        ("lang:de", "lang", "?", "lang:de,?"),
        ("lang:e", "lang", "de", "lang:de"),
        ("", "source", "Hindustan Times", "source:\"Hindustan Times\""),
        ("source:\"Hindustan Times\"", "source", "Liputan6.com", "source:\"Hindustan Times\",Liputan6.com"),
        ("source:\"hindustan times\",x", "source", "Hindustan Times", "source:x"),
        ("is:unread", "is", "starred", "is:unread,starred"),
        ("", "source", "=Hindustan Times", "source:=\"Hindustan Times\""),
        ("source:=\"Hindustan Times\"", "source", "=Liputan6.com", "source:=\"Hindustan Times\",=Liputan6.com"),
        ("source:=\"Hindustan Times\",=x", "source", "=x", "source:=\"Hindustan Times\""),
        ("sort:newest", "sort", "title", "sort:title"),
        ("sort:date x", "sort", "newest", "x"),
        ("date:2021-02", "date", "2021-03", "date:2021-02,2021-03"),
    ] {
        assert_eq!(toggle_value(line, field, value), expected, "{line} {value}");
    }
}

#[test]
fn values_are_listed_in_their_usual_spelling() {
    for (line, field, expected) in [
        ("lang:German,fra,de -lang:en (lang:it)", "lang", vec!["de", "fr"]),
        ("lang:? is:seen", "is", vec!["read"]),
        ("date:\"Feb 2021\",last-week", "date", vec!["2021-02", "last-week"]),
        ("since:2021", "date", vec!["2021.."]),
        ("source:\"a b\",c", "source", vec!["a b", "c"]),
        ("sort:date", "sort", vec!["newest"]),
        ("lang:klingon lang:e", "lang", vec![]),
    ] {
        assert_eq!(values(line, field), expected, "{line}");
    }
}

#[test]
fn filters_are_cleared_and_words_stay() {
    for (line, expected) in [
        ("lang:de putin -is:read date:2021 sort:date", "putin sort:date"),
        ("lang:de", ""),
        ("putin OR (musk lang:de)", "putin OR musk "),
        ("a OR lang:de", "a "),
        ("title:x \"a b\"", "\"a b\""),
    ] {
        assert_eq!(without_filters(line), expected, "{line}");
    }
}

fn lines() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "putin",
        "-",
        "NOT",
        "AND",
        "OR",
        "|",
        "(",
        ")",
        "\"",
        "„",
        "lang:en",
        "lang:e",
        "-lang:en",
        "lang:fr,\"x",
        "date:2021",
        "title:a",
        "sort:date",
        ",",
        "foo:bar",
        " ",
        " ",
        " ",
        "普京",
    ]);
    prop_oneof![3 => prop::collection::vec(parts, 0..10).prop_map(|parts| parts.concat()), 1 => "\\PC{0,20}"]
}

/// The root without words that are still being typed, which any edit may finish.
fn finished_root(query: Query) -> Option<Node> {
    parse_finished(&query.to_string()).root
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn edits_do_what_they_say(line in lines()) {
        let with = with_field(&line, "lang", Some("de"));
        prop_assert_eq!(values(&with, "lang"), vec!["de"], "{}", with);
        let added = parse(&with);
        prop_assert!(matches!(added.root, Some(Node::And(_) | Node::Leaf(_))), "{}", with);
        let removed = with_field(&line, "lang", None);
        prop_assert_eq!(values(&removed, "lang"), Vec::<String>::new(), "{}", removed);
        let twice = toggle_value(&toggle_value(&line, "lang", "it"), "lang", "it");
        prop_assert_eq!(values(&twice, "lang"), values(&line, "lang"), "{}", twice);
        let plain = without_filters(&line);
        prop_assert!(parse(&plain).clauses.iter().all(|clause| matches!(clause.field, None | Some("sort"))), "{}", plain);
    }

    #[test]
    fn the_rest_of_the_line_keeps_its_meaning(line in lines()) {
        let line = line.replace("lang:", "body:");
        let mut nodes: Vec<Node> = finished_root(parse_finished(&line)).into_iter().collect();
        let with = parse_finished(&with_field(&line, "lang", Some("de")));
        nodes.extend(parse("lang:de").root);
        let (last_there, first_there) = (Node::all(nodes.clone()), { nodes.rotate_right(1); Node::all(nodes) });
        let root = finished_root(with);
        prop_assert!(root == last_there || root == first_there, "{:?}\n{:?}", root, last_there);
    }

    #[test]
    fn a_clause_that_is_taken_away_is_gone(line in lines()) {
        let clauses = parse(&line).clauses;
        for clause in &clauses {
            let rest = parse(&without(&line, clause.span.clone())).clauses;
            prop_assert!(rest.len() < clauses.len(), "{:?}", rest);
        }
    }
}
