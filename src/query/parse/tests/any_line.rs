//! What holds for every line: it is read in few steps, and printed as what it means.

use super::*;

/// No more steps for each byte than this, however long the line: it is read some times over, and within
/// brackets that stand in brackets once for each.
const MOST_STEPS: usize = MAX_DEPTH + 8;

fn check_steps(line: &str) {
    let steps = steps::of(|| parse(line));
    assert!(steps <= MOST_STEPS * line.len() + 100, "{steps} steps for {} bytes of {:.40}", line.len(), line);
}

#[test]
fn long_lines_are_read_in_as_many_steps_as_they_have_letters() {
    for part in [
        "a ",
        "(",
        ")",
        "-",
        "-(",
        "((a) ",
        "a OR (",
        "a OR ",
        "OR ",
        "\"",
        "\" ",
        "\"a\" ",
        "„a ",
        "„“",
        "lang:",
        "lang:(",
        "lang:de ",
        "x:y ",
        "xyzzy",
        ":",
        "a:",
        "!",
        "!a",
        "@2021 ",
        "@",
        "| ",
        "NOT ",
        "AND ",
        "a* ",
        "~",
        "sort:date ",
        "(sort:title ",
        "date:2021 ",
        "date:x ",
        "=",
        "/",
        "/a",
        "/a|",
        "/a/ ",
        "\\/",
        "a NEAR/5 ",
        "w/5 ",
        "\"a b\"~5 ",
        "source:=",
    ] {
        for times in [100, 10_000] {
            check_steps(&part.repeat(times));
        }
    }
    for field in FIELDS {
        check_steps(&format!("{}:{}", field.name, "a,".repeat(20_000)));
        check_steps(&format!("{}:{}", field.name, "2021,".repeat(10_000)));
        check_steps(&format!("{}:=\"a b\"", field.name).repeat(4_000));
    }
    let many: String = (0..12_000).map(|number| format!("{number},")).collect();
    check_steps(&format!("source:{many}"));
}

/// Lines made of what lines are made of.
fn lines() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "putin",
        "musk*",
        "west~",
        "-",
        "--",
        "NOT",
        "AND",
        "OR",
        "|",
        "(",
        ")",
        "\"",
        "„",
        "“",
        "lang:",
        "lang:x",
        "lang:de",
        "lang:e",
        "lang:klingon,de",
        "-lang:en",
        "date:",
        "date:2021",
        "date:soon",
        "date:7d..",
        "after:",
        "after:today",
        "before:last-month",
        "before:3m",
        "since:none",
        "since:last-week",
        "until:2021",
        "@2-weeks-ago",
        "@2-wee",
        "@20",
        "@2021-02-01--",
        "@someone",
        "!",
        "!=",
        "date:1/2/21",
        "title:",
        "title:a,b",
        "by:a,b",
        "source:\"x y\",z",
        "is:read,unread",
        "has:url,byline",
        "has:u",
        "words:>5",
        "words:<",
        "id:4b",
        "id:x",
        "added:>7d",
        "added:..2020",
        "tag:a,none",
        "tag:=b",
        "note:\"a b\"",
        "source:=\"x y\",=z",
        "by:=\"",
        "date~:2021",
        "sort:added",
        "/a|b/",
        "/a(/",
        "/",
        "=",
        "=x",
        "a*b",
        "\"a * b\"",
        "\"a b\"~5",
        "NEAR/5",
        " w/3 ",
        "is:",
        "sort:date",
        "sort:",
        "-sort:title",
        ",",
        "*",
        "~",
        "~1",
        ":",
        "foo:bar",
        "https://a.b",
        " ",
        " ",
        " ",
        "\u{3000}",
        "é",
        "普京",
        "&",
    ]);
    prop::collection::vec(parts, 0..14).prop_map(|parts| parts.concat())
}

fn holds(line: &str) -> Result<(), TestCaseError> {
    for query in [parse(line), parse_finished(line)] {
        let spans = query.notes.iter().map(|note| &note.span);
        for span in spans.chain(query.clauses.iter().flat_map(|clause| [&clause.span, &clause.value])) {
            prop_assert!(line.get(span.clone()).is_some(), "{span:?}");
        }
        let printed = query.to_string();
        let again = parse(&printed);
        prop_assert_eq!(&again.root, &query.root, "{}", printed);
        prop_assert_eq!(again.sort, query.sort);
        prop_assert_eq!(again.to_string(), printed);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_line_takes_more_steps_the_longer_it_is(line in lines(), times in 1_usize..40) {
        let line = line.repeat(times);
        prop_assert!(steps::of(|| parse(&line)) <= MOST_STEPS * line.len() + 100, "{}", line);
    }

    #[test]
    fn any_text_is_a_query_that_can_be_printed(line in "\\PC*") {
        holds(&line)?;
    }

    #[test]
    fn any_line_is_printed_as_what_it_means(line in lines()) {
        holds(&line)?;
    }

    #[test]
    fn any_value_is_printed_as_what_it_means(
        field in prop::sample::select(vec!["date", "after", "before", "since", "older", "lang", "title", "by", "is", "sort"]),
        value in "[0-9a-z@.,\"'~<>=?/ -]{0,14}",
        after in prop::sample::select(vec!["", " ", " x", "\"", ") y"]),
    ) {
        holds(&format!("{field}:{value}{after}"))?;
    }
}
