use super::super::parse_finished;
use super::*;

/// Tuesday, 16 February 2021.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2021, 2, 16).expect("a valid day")
}

/// The days a clause asks for, as `first..last`.
fn days(clause: &str, today: NaiveDate) -> String {
    match parse_finished(clause).clauses[0].conditions[0].fact() {
        Some(Fact::Days(date)) => match date.days(today) {
            Some((first, last)) => {
                let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
                format!("{}..{}", day(first), day(last))
            }
            None => "undated".to_owned(),
        },
        Some(Fact::Unknown(_)) => "-".to_owned(),
        other => format!("{other:?}"),
    }
}

fn check(clause: &str, expected: &str) {
    let expected = match expected {
        day if day.len() == 10 => format!("{day}..{day}"),
        span => span.to_owned(),
    };
    assert_eq!(days(clause, today()), expected, "{clause}");
}

#[test]
fn dates_in_numbers() {
    check("date:2021", "2021-01-01..2021-12-31");
    check("date:2021-02", "2021-02-01..2021-02-28");
    check("date:2020/02", "2020-02-01..2020-02-29");
    check("date:02/2021", "2021-02-01..2021-02-28");
    check("date:2021-02-16", "2021-02-16");
    check("date:2021-2-6", "2021-02-06");
    check("date:20210216", "2021-02-16");
    check("date:16.02.2021", "2021-02-16");
    check("date:16/2/2021", "2021-02-16");
    check("date:3/2/2021", "2021-02-03");
    check("date:2/16/2021", "2021-02-16");
    check("date:16.2.21", "2021-02-16");
    check("date:16-02-2021", "2021-02-16");
}

#[test]
fn dates_in_words() {
    for date in [
        "16-feb-2021",
        "\"16 Feb 2021\"",
        "\"February 16, 2021\"",
        "\"16. Februar 2021\"",
        "\"16th of February 2021\"",
        "\"16 février 2021\"",
        "\"16 de febrero de 2021\"",
        "\"16 Februari 2021\"",
        "16feb2021",
    ] {
        check(&format!("date:{date}"), "2021-02-16");
    }
    check("date:feb-2021", "2021-02-01..2021-02-28");
    check("date:feb2021", "2021-02-01..2021-02-28");
    check("date:2021-feb", "2021-02-01..2021-02-28");
    check("date:märz-2021", "2021-03-01..2021-03-31");
    check("date:dez-2020", "2020-12-01..2020-12-31");
    check("date:juil-2020", "2020-07-01..2020-07-31");
    check("date:agustus-2020", "2020-08-01..2020-08-31");
}

#[test]
fn spans() {
    check("date:2021-02-10..2021-02-16", "2021-02-10..2021-02-16");
    check("date:..2020", "..2020-12-31");
    check("date:2020..", "2020-01-01..");
    check("date:2020..2021-02", "2020-01-01..2021-02-28");
    check("date:2020…2021", "2020-01-01..2021-12-31");
    check("date:2021..2019", "2019-01-01..2021-12-31");
    check("date:last-week..today", "2021-02-08..2021-02-16");
    check("date:>=2021-02", "2021-02-01..");
    check("date:>2021-02", "2021-03-01..");
    check("date:<2021-02", "..2021-01-31");
    check("date:<=2021-02", "..2021-02-28");
}

#[test]
fn days_counted_from_today() {
    check("date:today", "2021-02-16");
    check("date:yesterday", "2021-02-15");
    check("date:1d", "2021-02-16");
    check("date:7d", "2021-02-10..2021-02-16");
    check("date:2w", "2021-02-03..2021-02-16");
    check("date:3m", "2020-11-17..2021-02-16");
    check("date:1y", "2020-02-17..2021-02-16");
    check("date:24h", "2021-02-15..2021-02-16");
    check("date:48-hours", "2021-02-14..2021-02-16");
    check("date:week", "2021-02-10..2021-02-16");
    check("date:past-month", "2021-01-17..2021-02-16");
    check("date:last week", "2021-02-08..2021-02-14");
    check("date:Past Week", "2021-02-10..2021-02-16");
    check("after:last month", "2021-02-01..");
    check("date:last week..today", "2021-02-08..2021-02-16");
    check("date:this-week", "2021-02-15..2021-02-21");
    check("date:last-week", "2021-02-08..2021-02-14");
    check("date:last-month", "2021-01-01..2021-01-31");
    check("date:\"this year\"", "2021-01-01..2021-12-31");
    check("date:@2-weeks-ago", "2021-02-02");
    check("date:3-months-ago", "2020-11-16");
    assert_eq!(days("date:1m", NaiveDate::from_ymd_opt(2021, 3, 31).expect("a day")), "2021-03-01..2021-03-31");
    assert_eq!(days("date:last-month", NaiveDate::from_ymd_opt(2021, 3, 31).expect("a day")), "2021-02-01..2021-02-28");
}

#[test]
fn strictly_after_and_before() {
    check("after:2021-02-15", "2021-02-16..");
    check("after:2021-02", "2021-03-01..");
    check("after:2021", "2022-01-01..");
    check("before:2021-02", "..2021-01-31");
    check("before:2021-02-16", "..2021-02-15");
    check("after:yesterday", "2021-02-16..");
    check("after:today", "2021-02-17..");
    check("after:last-week", "2021-02-15..");
    check("after:this-month", "2021-03-01..");
    check("before:last-month", "..2020-12-31");
    check("after:7d", "2021-02-10..");
    check("before:7d", "..2021-02-09");
    check("since:2021-02", "2021-02-01..");
    check("newer:7d", "2021-02-10..");
    check("older:3m", "..2020-11-16");
    check("before:3-months-ago", "..2020-11-15");
    check("after:2019..2020", "2021-01-01..");
}

#[test]
fn undated() {
    check("date:none", "undated");
    check("date:Undated", "undated");
}

#[test]
fn what_is_no_date() {
    for value in [
        "soon",
        "feb",
        "16-feb",
        "202",
        "2021-13",
        "2021-02-30",
        "31.2.2021",
        "13/13/2021",
        "..",
        "0d",
        "0h",
        "h",
        "24hx",
        "99999d",
        "7x",
        "jui-2021",
        "2021-feb-mar",
        "2021..soon",
        "1-2",
        "١٦-٠٢-٢٠٢١",
    ] {
        check(&format!("date:{value}"), "-");
    }
    check("after:2020..", "-");
    check("after:none", "-");
    check("after:9999", "-");
    check("before:0000", "-");
}

#[test]
fn it_is_said_when_the_order_of_day_and_month_is_guessed() {
    let note = |line: &str| parse_finished(line).notes.first().map(|note| note.text.clone()).unwrap_or_default();
    assert_eq!(note("date:3/2/2021"), "read as 2021-02-03, day first");
    assert_eq!(note("date:2/16/2021"), "read as 2021-02-16, month first, as there is no other way");
    assert_eq!(note("date:16/02/2021"), "");
    assert_eq!(note("date:16.02.21"), "read as 2021-02-16, day first");
}

#[test]
fn dates_that_do_not_exist_are_told_from_what_is_no_date() {
    let note = |line: &str| parse_finished(line).notes.first().map(|note| note.text.clone()).unwrap_or_default();
    for value in
        ["2021-13-45", "2021-02-30", "31.2.2021", "20211301", "2021-13", "2021-00", "13/13/2021", "2020..2021-02-30"]
    {
        assert_eq!(note(&format!("date:{value}")), format!("there is no such date as `{value}`"));
    }
    assert_eq!(note("date:soon"), "`soon` is not a date (try 2021-02-16, 2021-02, 7d or none)");
    assert_eq!(note("date:25h13"), "`25h13` is not a date (try 2021-02-16, 2021-02, 7d or none)");
    assert_eq!(note("date:2021-0"), "`2021-0` is the beginning of a date");
    // What stands behind a date in the line is no part of it.
    assert_eq!(parse_finished("date:last weekend x").clauses.len(), 3);
    assert_eq!(parse_finished("date:last week x").clauses.len(), 2);
}

#[test]
fn any_day_can_be_today() {
    for today in [NaiveDate::MIN, NaiveDate::MAX] {
        for value in ["9999y", "9999-weeks-ago", "this-week", "last-month", "this-year", "yesterday"] {
            for field in ["date", "after", "before"] {
                days(&format!("{field}:{value}"), today);
            }
        }
    }
}
