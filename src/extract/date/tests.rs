//! Whole articles, and what must be found in them.

mod bylines;
mod others;
mod texts;

use proptest::prelude::*;

use super::*;
use crate::extract::lines::lines;

/// Checks the date of an article: `value evidence line`, or `-`. A line that begins with `# ` is the
/// headline; its mark is taken away.
#[track_caller]
fn check(code: &str, text: &str, expected: &str) {
    let title = text.lines().position(|line| line.starts_with("# ")).map(|index| index as u32 + 1);
    let text = text.replace("\n# ", "\n");
    let (lines, _) = lines(text.strip_prefix("# ").unwrap_or(&text));
    for title_line in [title, None] {
        let context =
            DateContext { lines: &lines, title_line, language: LanguageTag::find(code), ..DateContext::default() };
        let candidates = candidates(&context);
        let shown = candidates.first().filter(|first| first.rank >= 0).map_or("-".into(), |first| {
            let date = &first.date;
            format!("{} {} {}", date.when.value(), date.evidence.name(), date.line.unwrap_or(0))
        });
        assert_eq!(shown, expected, "title in line {title_line:?}\n{text}\n{candidates:#?}");
    }
}

/// A paragraph of text, which tells no date.
const TEXT: &str = "The city council wants to build a new tram line between the harbour and the old station, and it has asked \
    three companies for plans. The first of them would cost more than the council has, said the mayor, who likes it best all the same.";

#[test]
fn a_line_of_its_own_near_the_headline_is_the_date() {
    check("en", &format!("# A tram for the harbour\nFebruary 16, 2021\n\n{TEXT}"), "2021-02-16 header 2");
    check("en", &format!("February 16, 2021\n# A tram for the harbour\n\n{TEXT}"), "2021-02-16 header 1");
    check("de", &format!("# Eine Bahn für den Hafen\n\n16.02.2021, 18:00 Uhr\n\n{TEXT}"), "2021-02-16T18:00 header 3");
    check("ja", &format!("# 港の電車\n2021年2月16日（火） 18時05分\n\n{TEXT}"), "2021-02-16T18:05 header 2");
    check("ko", &format!("# 항구 전차\n입력 2021.02.16. 오후 6:05\n\n{TEXT}"), "2021-02-16T18:05 byline 2");
    check("ar", &format!("# ترام الميناء\nالثلاثاء، 16 فبراير 2021 - 06:05 م\n\n{TEXT}"), "2021-02-16T18:05 header 2");
    check("fa", &format!("# تراموای بندر\n۲۸ بهمن ۱۳۹۹ - ۱۸:۰۵\n\n{TEXT}"), "2021-02-16T18:05 header 2");
    check("th", &format!("# รถราง\n16 ก.พ. 2564 18:05 น.\n\n{TEXT}"), "2021-02-16T18:05 header 2");
    check("vi", &format!("# Xe điện\nThứ ba, 16/2/2021, 18:05 (GMT+7)\n\n{TEXT}"), "2021-02-16T18:05+07:00 header 2");
}

#[test]
fn a_line_that_announces_it_is_the_date() {
    check(
        "id",
        &format!(
            "# Trem ke pelabuhan\noleh Harian Kota diperbarui 15 Feb 2021, 18:00 WIB\nDiterbitkan 15 Feb 2021, 18:00 WIB\n\n{TEXT}"
        ),
        "2021-02-15T18:00+07:00 byline 2",
    );
    check(
        "fr",
        &format!("# Un tram pour le port\nPublié le 16/02/2021 à 18h05, mis à jour le 17/02/2021 à 7h30\n\n{TEXT}"),
        "2021-02-16T18:05 byline 2",
    );
    check(
        "en",
        &format!("# A tram\nUpdated: February 17, 2021\nPublished: February 16, 2021\n\n{TEXT}"),
        "2021-02-16 byline 3",
    );
    check("en", &format!("# A tram\nBy Ann Harper | Feb 16, 2021 | News\n\n{TEXT}"), "2021-02-16 byline 2");
    check(
        "tr",
        &format!("# Liman tramvayı\nGiriş: 16.02.2021 - 18:05 Güncelleme: 17.02.2021 - 07:30\n\n{TEXT}"),
        "2021-02-16T18:05 byline 2",
    );
    check(
        "zh",
        &format!("# 港口电车\n发布时间：2021-02-16 18:05 来源：城市日报\n\n{TEXT}"),
        "2021-02-16T18:05 byline 2",
    );
}

#[test]
fn a_date_below_the_text_counts_when_it_is_announced() {
    check(
        "fr",
        &format!("# Un tram pour le port\n\n{TEXT}\n\n{TEXT}\n\nPublié le 16 février 2021"),
        "2021-02-16 byline 7",
    );
}

#[test]
fn a_month_before_the_first_words_is_the_date() {
    check(
        "de",
        " date 2021-02 Der Rat der Stadt will eine neue Bahn zwischen dem Hafen und dem alten Bahnhof bauen, und er hat drei Firmen um Pläne gebeten, sagt die Bürgermeisterin.\n\nA tram! — Ann (@ann) February 10, 2021",
        "2021-02 header 1",
    );
}

#[test]
fn the_opening_may_date_an_article() {
    check(
        "en",
        &format!("# A tram for the harbour\n\nOn February 16, the council decided. {TEXT}\n\n{TEXT}"),
        "--02-16 body 3",
    );
    check(
        "en",
        &format!("# A tram for the harbour\n\nHARBOURTOWN, Feb 16, 2021 (Agency) - {TEXT}"),
        "2021-02-16 dateline 3",
    );
    check(
        "id",
        &format!("# Trem ke pelabuhan\n\nKata wali kota, Senin (15/02/2021), trem itu mahal. {TEXT}"),
        "2021-02-15 body 3",
    );
    check("zh", &format!("# 港口电车\n\n城市社港口2月16日电 {TEXT}"), "--02-16 dateline 3");
}

#[test]
fn other_days_are_not_the_date() {
    for line in [
        "The council decided on February 2, 2021, and nobody knew it.",
        "It had 3.6 million users as of February 2, 2021, and nobody knew it.",
        "(c) 2021 the Harbour Times",
        "Copyright © February 2021 the Harbour Times",
        "A tram! — Ann Harper (@annharper) February 10, 2021",
        "Ann Harper\n@annharper\nA tram!\n5:20 PM · Feb 10, 2021·Twitter Web App",
        "Ann Harper\n@annharper\nA tram!\nFebruary 10, 2021",
        "The fair is open on 15-18 February 2021 in the old station.",
        "Ann Harper was born on 16 February 1981 in the harbour.",
        "Version 1.2.21 costs 12.10.20 marks.",
        "Two hours ago",
        "Call 0156-2021-02-16-88 or 16 02 20 21",
    ] {
        check("en", &format!("# A tram for the harbour\n\n{TEXT}\n\n{line}\n\n{TEXT}"), "-");
    }
}

#[test]
fn comments_and_lists_below_the_text_are_not_the_date() {
    let comments: String = (1..9).map(|day| format!("Ann\n{day}. Februar 2021 um 18:0{day}\nSchön.\n\n")).collect();
    check("de", &format!("# Eine Bahn\n\n{TEXT}\n\n{TEXT}\n\n{TEXT}\n\n{comments}"), "-");
    check("de", &format!("# Eine Bahn\n\n{TEXT}\n\nKommentare\n\n{comments}"), "-");
    check("en", &format!("# A tram\n\n{TEXT}\n\nRelated articles\n\nA ferry\nFebruary 3, 2021"), "-");
}

#[test]
fn the_order_of_day_and_month_follows_the_article() {
    let page = |date: &str, text: &str| format!("# A tram for the harbour\n{date}\n\n{text} {TEXT}");
    check("en", &page("02/03/2021", "The center is gray, and its color is honored."), "2021-02-03 header 2");
    check("de", &page("02/03/2021", ""), "2021-03-02 header 2");
    check("en", &page("02/03/2021", "It was said on 16/02/2021."), "2021-03-02 header 2");
    check("en", &page("Tuesday 02/03/2021", ""), "2021-03-02 header 2");
    check("en", &page("02/03/2021", "It was said on 2 March 2021."), "2021-03-02 header 2");
}

#[test]
fn what_is_stated_beside_the_text_comes_first() {
    let (lines, _) = lines("A tram\nFebruary 16, 2021");
    let context = DateContext {
        lines: &lines,
        stated: Some("2021-02-15T18:00:00Z"),
        url: Some("https://example.org/2021/02/14/tram"),
        file_name: Some("2021-02-13.txt"),
        ..DateContext::default()
    };
    let candidates = candidates(&context);
    let shown: Vec<String> = candidates
        .iter()
        .map(|candidate| format!("{} {}", candidate.date.when.value(), candidate.date.evidence.name()))
        .collect();
    assert_eq!(
        shown,
        ["2021-02-15T18:00+00:00 metadata", "2021-02-16 header", "2021-02-14 url", "2021-02-13 filename"]
    );
}

#[test]
fn an_archive_of_many_dates_is_read_in_time_and_listed_in_part() {
    let text = "16 February 2021\n".repeat(100_000);
    let (lines, _) = lines(&text);
    let candidates = candidates(&DateContext { lines: &lines, ..DateContext::default() });
    assert_eq!(candidates.len(), 200);
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "(\\PC|[0-9./:年月日, -]|Feb |febrero |\n){0,80}") {
        let (lines, _) = lines(&text);
        let context = DateContext { lines: &lines, title_line: Some(1), stated: Some(&text), url: Some(&text), file_name: Some(&text), ..DateContext::default() };
        for candidate in candidates(&context) {
            prop_assert!(!candidate.date.when.value().is_empty());
        }
        for line in &lines {
            is_date_line(&line.text);
            if let Some(length) = leading_date(&line.text) {
                prop_assert!(line.text.is_char_boundary(length));
            }
        }
    }
}
