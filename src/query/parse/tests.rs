use proptest::prelude::*;

use super::super::{Condition, DateCondition, DateSpan, Form, Names, Node, Part};
use super::*;
use crate::query::{FIELDS, date, steps};

mod any_line;

/// A node in brackets: words plainly, everything else with its field.
fn show(node: &Node) -> String {
    let list = |nodes: &[Node], sign: &str| nodes.iter().map(show).collect::<Vec<_>>().join(sign);
    match node {
        Node::And(nodes) => format!("({})", list(nodes, " & ")),
        Node::Or(nodes) => format!("({})", list(nodes, " | ")),
        Node::Not(node) => format!("!{}", show(node)),
        Node::Leaf(Condition::Word { part, text, form }) => format!("{}{text}{}", shown_part(*part), shown_form(*form)),
        Node::Leaf(Condition::Phrase { part, text }) => format!("{}\"{text}\"", shown_part(*part)),
        Node::Leaf(Condition::Near { part, text, within }) => format!("{}\"{text}\"~{within}", shown_part(*part)),
        Node::Leaf(Condition::Fact { field, fact }) => match fact {
            Fact::Named(Names::Language, codes) => format!("lang[{}]", codes.join(", ")),
            Fact::Named(Names::Whole(part), names) => format!("{part:?}={names:?}"),
            Fact::Count(_, least, most) => format!("words[{least:?}..{most:?}]"),
            Fact::Id(id) => format!("id<{id}>"),
            Fact::Days(DateCondition::Undated) => "undated".to_owned(),
            Fact::Days(DateCondition::Span(DateSpan::Days(first, last))) => {
                let day = |day: &Option<chrono::NaiveDate>| day.map_or(String::new(), |day| day.to_string());
                format!("[{}..{}]", day(first), day(last))
            }
            Fact::Days(DateCondition::Span(span)) => format!("[{}]", date::clause(*span).1),
            Fact::Has(asked) => format!("has{asked:?}"),
            Fact::Among(set) => format!("is{set:?}"),
            Fact::Unknown(value) => format!("nothing<{field}:{value}>"),
        },
    }
}

fn shown_part(part: Part) -> String {
    if part == Part::Anywhere { String::new() } else { format!("{part:?}:") }
}

fn shown_form(form: Form) -> &'static str {
    match form {
        Form::Word => "",
        Form::Typing => "…",
        Form::Prefix => "*",
        Form::Fuzzy => "~",
        Form::Exact => "=",
        Form::Wildcard => "**",
        Form::Expression => "//",
    }
}

fn check(line: &str, expected: &str) {
    let query = parse(line);
    assert_eq!(query.root.as_ref().map_or("all".to_owned(), show), expected, "{line}");
    assert_eq!(query.notes, [], "{line}");
}

/// Also compares the notes, as `place text`.
fn check_noted(line: &str, expected: &str, notes: &[&str]) {
    let query = parse(line);
    assert_eq!(query.root.as_ref().map_or("all".to_owned(), show), expected, "{line}");
    let noted: Vec<String> =
        query.notes.iter().map(|note| format!("{}-{} {}", note.span.start, note.span.end, note.text)).collect();
    assert_eq!(noted, notes, "{line}");
}

#[test]
fn words_are_joined_by_and() {
    check("", "all");
    check("   ", "all");
    check("putin", "putin…");
    check("putin ", "putin");
    check("putin musk", "(putin & musk…)");
    check("putin AND musk ", "(putin & musk)");
    check("\u{3000}普京\u{3000}馬斯克 ", "(普京 & 馬斯克)");
}

#[test]
fn or_binds_weaker() {
    check("a b OR c ", "((a & b) | c)");
    check("a | b|c ", "(a | b | c)");
    check("a (b OR c) d ", "(a & (b | c) & d)");
    check("(a b) c ", "(a & b & c)");
    check("a||b ", "(a | b)");
    check("a or b ", "(a & or & b)");
}

#[test]
fn a_dash_or_not_excludes() {
    check("a -b ", "(a & !b)");
    check("a NOT b ", "(a & !b)");
    check("-(a OR b) ", "!(a | b)");
    check("-(-a) ", "a");
    check("--a ", "!a");
    check("-\"x y\"", "!\"x y\"");
    check("-lang:en ", "!lang[en]");
    check("-OR ", "!\"OR\"");
    check("Clubhouse-Gespräch ", "Clubhouse-Gespräch");
    // What is excluded is not taken for the beginning of more.
    check("a -pu", "(a & !pu)");
    check_noted("a -(b pu", "(a & !(b & pu))", &["3-4 missing ) added at the end"]);
}

#[test]
fn words_are_passed_on_as_typed() {
    check("l'homme U.S. 3.6 AT&T C++ ", "(l'homme & U.S. & 3.6 & AT&T & C++)");
    check("https://example.com/a?b=c 18:30 ", "(https://example.com/a?b=c & 18:30)");
    check("invit* clubhose~ clubhose~2 ", "(invit* & clubhose~ & clubhose~)");
    check("invit*", "invit*");
}

#[test]
fn quotes_make_phrases() {
    check("\"kanye west\"", "\"kanye west\"");
    check("\"kanye west\" x ", "(\"kanye west\" & x)");
    check("„Kanye West“ «Elon Musk» ", "(\"Kanye West\" & \"Elon Musk\")");
    check("“AND” 'a' ", "(\"AND\" & 'a')");
    check("\"\" a ", "a");
}

#[test]
fn fields_take_values() {
    check("lang:de ", "lang[de]");
    check("Lang:German,fra,?,de", "lang[de, fr, ?]");
    check("lang:\"bahasa indonesia\"", "lang[id]");
    check("lang：de ", "lang[de]");
    check("title:putin", "Title:putin…");
    check("title:\"elon musk\"", "Title:\"elon musk\"");
    check("subject:invit* headline:x ", "(Title:invit* & Title:x)");
    check("by:melati from:wahyu ", "(Byline:melati & Byline:wahyu)");
    check("source:liputan6,\"hindustan times\" ", "(Source:liputan6 | Source:\"hindustan times\")");
    check("path:2021/02 ", "Path:2021/02");
    check("is:unread,starred", "(isUnread | isStarred)");
    check("tag:none note:\"ask her\" has:note ", "(isUntagged & isNoted(\"ask her\") & isWithNote)");
    check("has:url,passage -has:byline", "((hasUrl | hasPassage) & !hasByline)");
    check("sort:-date", "all");
    check("title:(elon musk) x ", "(Title:elon & Title:musk & x)");
    check("lang:(de OR fr) ", "(lang[de] | lang[fr])");
    check("source:(a,b c) ", "((Source:a | Source:b) & Source:c)");
    check("title:(lang:de x) ", "(lang[de] & Title:x)");
}

#[test]
fn dates_are_spans() {
    check("date:2021", "[2021-01-01..2021-12-31]");
    check("date:none", "undated");
    check("after:2021-02-15", "[2021-02-16..]");
    check("after:2021", "[2022-01-01..]");
    check("before:2021-02", "[..2021-01-31]");
    check("since:2021-02", "[2021-02-01..]");
    check("newer:2021-02-03", "[2021-02-03..]");
    check("older:2021", "[..2020-12-31]");
    check("date:\"16 Feb 2021\"", "[2021-02-16..2021-02-16]");
    check("date:2019,2021-02", "([2019-01-01..2019-12-31] | [2021-02-01..2021-02-28])");
    check("after:@2-weeks-ago", "[13-days-ago..]");
}

#[test]
fn the_spellings_of_other_tools_are_understood() {
    let shown =
        |line: &str, expected: &str| assert_eq!(parse_finished(line).to_string().trim_end(), expected, "{line}");
    shown("@2-weeks-ago", "date:14-days-ago..");
    shown("@6-months-ago--2-months-ago musk", "date:6-months-ago..2-months-ago musk");
    shown("-@2021", "-date:2021..");
    shown("@someone @march", "@someone @march");
    shown("newer:2-weeks-ago", "date:14-days-ago..");
    shown("newer_than:7d older_than:1y", "date:6-days-ago.. date:..1-year-ago");
    shown("until:2021-02", "date:..2021-02");
    shown("published:2021", "date:2021");
    shown("intitle:putin content:tweet feed:liputan6", "title:putin body:tweet source:liputan6");
    shown("musk !putin !(a b) !\"x y\"", "musk -putin -(a b) -\"x y\"");
    shown("Yahoo! musk !", "Yahoo! musk");
    check_noted("musk @2-wee", "musk", &["5-11 `@2-wee` is the beginning of a date; left out"]);
}

#[test]
fn what_is_unfinished_is_completed() {
    let closed = "missing quote added at the end";
    check_noted("\"kanye w", "(\"kanye\" & w…)", &[&format!("0-8 {closed}")]);
    check_noted("\"kan", "kan…", &[&format!("0-4 {closed}")]);
    check_noted("\"kanye west ", "\"kanye west\"", &[&format!("0-12 {closed}")]);
    check_noted("-\"kanye w", "!\"kanye w\"", &[&format!("1-9 {closed}")]);
    check_noted("title:\"elon mu", "(Title:\"elon\" & Title:mu…)", &[&format!("0-14 {closed}")]);
    check_noted("\"a (b", "\"a (b\"", &[&format!("0-5 {closed}")]);
    check_noted("\"", "all", &["0-1 missing quote added at the end"]);
    check_noted("a (b", "(a & b…)", &["2-3 missing ) added at the end"]);
    check_noted("a) b ", "(a & b)", &["1-2 unmatched ); ignored"]);
    check_noted("a OR", "a", &["2-4 `OR` needs something on both sides; ignored"]);
    check_noted("OR a ", "a", &["0-2 `OR` needs something on both sides; ignored"]);
    check_noted("a | | b ", "(a | b)", &["2-3 `|` needs something on both sides; ignored"]);
    check_noted("AND a ", "a", &[]);
    check_noted("a AND", "a", &["2-5 `AND` needs something on both sides; ignored"]);
    check_noted("a NOT", "a", &["2-5 `NOT` excludes nothing here; ignored"]);
    check_noted("Putin - Musk ", "(Putin & Musk)", &["6-7 `-` right before a word excludes it; alone it is ignored"]);
    check_noted("a -", "a", &["2-3 `-` right before a word excludes it; alone it is ignored"]);
    check_noted("a & b ", "(a & b)", &["2-3 `&` is not a word; ignored"]);
    check_noted("* ~ ", "all", &["0-1 `*` is not a word; ignored", "2-3 `~` is not a word; ignored"]);
}

#[test]
fn unknown_fields_are_text() {
    check_noted("foo:bar ", "foo:bar", &["0-3 there is no field `foo`; searched as text"]);
    check_noted("foo:\"a b\"", "(foo: & \"a b\")", &["0-3 there is no field `foo`; searched as text"]);
    check("Re: putin ", "(Re: & putin)");
}

#[test]
fn words_stand_near_each_other() {
    check("\"musk putin\"~5 ", "\"musk putin\"~5");
    check("\"musk putin\"~", "\"musk putin\"");
    check("\"musk\"~5 \"a b\"~0 \"a b\"~99999", "(\"musk\" & \"a b\"~1 & \"a b\"~1000)");
    check("musk NEAR/5 putin", "\"musk putin\"~5");
    check("musk w/5 putin x ", "(\"musk putin\"~5 & x)");
    check("-musk NEAR/3 \"elon putin\" ", "!\"musk elon putin\"~3");
    check("a NEAR/2 b w/7 c ", "\"a b c\"~7");
    check("title:\"musk putin\"~5 title:(a NEAR b) ", "(Title:\"musk putin\"~5 & Title:\"a b\"~10)");
    // In other letters it is text; without plain words on both sides it is nothing.
    check("musk near/5 putin w/o x ", "(musk & near/5 & putin & w/o & x)");
    check("-NEAR/5 a ", "(!NEAR/5 & a)");
    for (line, expected) in
        [("musk NEAR/5", "musk"), ("NEAR/5 a ", "a"), ("a w/5 title:b ", "(a & Title:b)"), ("a* NEAR/5 b ", "(a* & b)")]
    {
        let query = parse(line);
        assert_eq!(query.root.as_ref().map_or("all".to_owned(), show), expected, "{line}");
        assert!(query.notes.iter().any(|note| note.text.contains("on both sides; ignored")), "{line}");
    }
}

#[test]
fn patterns_are_words_that_fit() {
    check("einlad*ng ", "einlad*ng**");
    check("*ladung* 5*3 ", "(*ladung*** & 5*3**)");
    check("invit** ", "invit*");
    check("/colou?r/ x ", "(colou?r// & x)");
    check("/(a|b\"c)+/ -/d/", "((a|b\"c)+// & !d//)");
    check("title:/put[io]n/ by:/a,b/ ", "(Title:put[io]n// & Byline:a,b//)");
    check("(/a/) ", "a//");
    check("/usr/bin /home/user/ and/or 1/2/ ", "(/usr/bin & /home/user/ & and/or & 1/2/)");
    check("path:/2021/ ", "Path:/2021/");
    check("/a\\/b/ ", "a\\/b//");
    check_noted(
        "/a(/ b ",
        "(\"/a(/\" & b)",
        &["0-4 `/a(/` is not a regular expression (unclosed group); searched as text"],
    );
    let many = "/a/ ".repeat(MOST_EXPRESSIONS + 2);
    let query = parse(&many);
    assert_eq!(query.notes.len(), 1);
    assert_eq!(query.notes[0].text, "no more than 8 regular expressions are read; searched as text");
}

#[test]
fn exactly_this_is_asked_for_by_an_equals_sign() {
    check("=putin ", "putin=");
    check("=Gespräch x=y ", "(Gespräch= & x=y)");
    check_noted("= x ", "x", &["0-1 `=` is not a word; ignored"]);
    check("source:=\"Hindustan Times\",=Liputan6.com", "Source=[\"Hindustan Times\", \"Liputan6.com\"]");
    check("title:=Apples by:=\"A B\" tag:=x ", "(Title=[\"Apples\"] & Byline=[\"A B\"] & Tag=[\"x\"])");
    check("body:=x ", "Body:\"x\"");
    check("source:a,=b ", "(Source:a | Source=[\"b\"])");
    check_noted("source:= x ", "x", &["0-8 `source:` needs a value, as in `source:liputan6`; left out"]);
}

#[test]
fn planned_fields_are_read_and_say_what_cannot_be_answered() {
    check("words:>500 words:10..20 ", "(words[Some(501)..None] & words[Some(10)..Some(20)])");
    check("id:4B09,9c ", "(id<4b09> | id<9c>)");
    check("url:liputan6.com tag:politics ", "(Url:liputan6.com & Tag:politics)");
    check("like:AB ", "isLike(\"ab\")");
    for (line, expected, what) in [
        ("story:AB", "isStory(\"ab\")", "stories"),
        ("is:copy", "isCopy", "copies"),
        ("date~:2021", "[2021-01-01..2021-12-31]", "estimated dates"),
    ] {
        let query = parse(line);
        assert_eq!(query.root.as_ref().map_or("all".to_owned(), show), expected, "{line}");
        let notes: Vec<&str> = query.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(notes, [format!("{what} cannot be asked for yet")], "{line}");
    }
    assert_eq!(parse("added:7d,2021").to_string(), "added:7d OR added:2021");
    assert_eq!(parse("added:>2020").to_string(), "added:2021..");
    assert_eq!(parse("is:new tag:none is:new has:url").sets().len(), 2);
}

#[test]
fn values_on_their_way_are_left_out() {
    let needs = "needs a value, as in `lang:de`; left out";
    check_noted(
        "putin lang:",
        "putin",
        &["6-11 `lang:` articles in a language, by code or name; ? = unsure, as in `lang:de`"],
    );
    check_noted("putin lang: ", "putin", &[&format!("6-11 `lang:` {needs}")]);
    check_noted("putin lang:e", "putin", &["11-12 `e` is the beginning of a language; left out"]);
    check_noted("putin lang:de,e", "(putin & lang[de])", &["14-15 `e` is the beginning of a language; left out"]);
    check_noted("putin -lang:e", "putin", &["12-13 `e` is the beginning of a language; left out"]);
    check_noted("lang:klingon", "all", &["5-12 unknown language `klingon`; left out"]);
    check_noted("date:202", "all", &["5-8 `202` is the beginning of a date; left out"]);
    check_noted("date:2021-0", "all", &["5-11 `2021-0` is the beginning of a date; left out"]);
    check_noted("date:last-w", "all", &["5-11 `last-w` is the beginning of a date; left out"]);
    check_noted("date:16-fe", "all", &["5-10 `16-fe` is the beginning of a date; left out"]);
    check_noted("is:unr", "all", &["3-6 `unr` is the beginning of a mark; left out"]);
    check_noted("has:u", "all", &["4-5 `u` is the beginning of something that articles have; left out"]);
    check_noted("sort:d", "all", &["5-6 `d` is the beginning of an order; left out"]);
}

#[test]
fn unknown_values_find_nothing_once_they_are_finished() {
    check_noted("lang:klingon x ", "(nothing<lang:klingon> & x)", &["5-12 unknown language `klingon`"]);
    check_noted("lang:klingon,de x ", "(lang[de] & x)", &["5-12 unknown language `klingon`"]);
    check_noted(
        "date:soon ",
        "nothing<date:soon>",
        &["5-9 `soon` is not a date (try 2021-02-16, 2021-02, 7d or none)"],
    );
    check_noted(
        "sort:size ",
        "all",
        &["5-9 unknown order `size` (there are newest, oldest, relevance, title and added)"],
    );
}

#[test]
fn a_finished_line_takes_words_as_they_are() {
    let shown = |line| show(&parse_finished(line).root.expect("a condition"));
    assert_eq!(shown("putin"), "putin");
    assert_eq!(shown("title:putin"), "Title:putin");
    assert_eq!(shown("\"kanye w"), "\"kanye w\"");
    assert_eq!(shown("lang:e"), "nothing<lang:e>");
}

#[test]
fn clauses_know_their_place() {
    let line = "putin NOT lang:en (title:\"a b\" OR -c) sort:date";
    let query = parse(line);
    let shown: Vec<_> = query
        .clauses
        .iter()
        .map(|clause| {
            (&line[clause.span.clone()], &line[clause.value.clone()], clause.field, clause.negated, clause.top_level)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("putin", "putin", None, false, true),
            ("NOT lang:en", "en", Some("lang"), true, true),
            ("title:\"a b\"", "\"a b\"", Some("title"), false, false),
            ("-c", "c", None, true, false),
            ("sort:date", "date", Some("sort"), false, true),
        ]
    );
    assert!(parse("a OR lang:de").clauses.iter().all(|clause| !clause.top_level));
}

#[test]
fn excluded_words_are_not_marked() {
    let query = parse("putin -musk -(a -b) title:\"elon musk\" lang:de");
    let words: Vec<_> = query.words().into_iter().map(|word| show(&Node::Leaf(word.clone()))).collect();
    assert_eq!(words, ["putin", "b", "Title:\"elon musk\""]);
}

#[test]
fn a_query_is_printed_in_its_usual_spelling() {
    for (line, printed) in [
        ("", ""),
        ("putin", "putin"),
        ("putin ", "putin "),
        ("putin AND NOT musk", "putin -musk "),
        ("a|b c", "a OR b c"),
        ("x (a OR b", "x (a OR b"),
        ("x (a OR b)", "x (a OR b)"),
        ("language:German,fra putin", "lang:de,fr putin"),
        ("putin sort:date", "putin  sort:newest"),
        ("sort:date putin", "sort:newest putin"),
        ("older:2021-02 ", "date:..2021-01"),
        ("date:\"feb 2021\"", "date:2021-02"),
        ("lang:klingon ", "lang:klingon "),
    ] {
        assert_eq!(parse(line).to_string(), printed.replace("  ", " "), "{line}");
    }
}

#[test]
fn deep_brackets_and_long_lines_are_no_danger() {
    for line in ["(".repeat(100_000), "-(".repeat(100_000), "a OR (".repeat(50_000), "((a) ".repeat(50_000)] {
        let query = parse(&line);
        assert_eq!(parse(&query.to_string()).root, query.root);
    }
    assert!(parse(&"\"a b\" ".repeat(10_000)).clauses.len() == 10_000);
}

#[test]
fn of_a_line_that_is_too_long_the_beginning_is_read() {
    let line = "é ".repeat(LONGEST_LINE);
    let query = parse(&line);
    assert_eq!(query.notes[0].text, "the line is too long; its first 64 kB are used");
    assert_eq!(query.notes[0].span, 65_535..line.len());
    assert_eq!(query.clauses.len(), 21_845);
    // What is cut off may be the rest of the last word, but that is not being typed.
    let word = format!("x {}", "y".repeat(2 * LONGEST_LINE));
    assert!(matches!(&parse(&word).clauses[1].conditions[0], Condition::Word { form: Form::Word, .. }));
    let just = "z".repeat(LONGEST_LINE);
    assert_eq!(parse(&just).notes, []);
    assert_eq!(parse(&just).clauses[0].span, 0..LONGEST_LINE);
}
