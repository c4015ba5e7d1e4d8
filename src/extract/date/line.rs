//! What a line says beside its dates, and whether it is a line of a date and nothing else.

use std::sync::OnceLock;

use rapidhash::RapidHashSet;

use super::announced::{ANNOUNCING, Announced};
use super::finding::readings;
use super::reading::{Form, Reading};
use super::token::{Kind, Tokens, is_ideograph};
use super::words::{AGES, BESIDE};
use super::{calendars, glance, names, time};
use crate::article::LanguageTag;
use crate::text::fold::fold;

/// A line that states a date has no more bytes than this, whatever stands beside the date.
const LONGEST_DATE_LINE: usize = 240;

/// True when `text` has a number of any script: every date has one.
pub(super) fn has_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || glance::signs_of_date(text).any(|c| c != '월')
}

/// How many words of a line tell something else than a date: what is left without its dates, their
/// announcement, and the likes of `3 minutes to read`.
///
/// Only the tokens in `range` are looked at.
pub(super) fn other_words(
    tokens: &Tokens,
    range: std::ops::Range<usize>,
    readings: &[Reading],
    language: Option<LanguageTag>,
) -> usize {
    let covered = |at: usize| readings.iter().any(|reading| (reading.first..reading.end).contains(&at));
    let (mut words, mut numbers, mut run) = (0, 0, String::new());
    let mut clock_end = 0;
    // One step more than there are tokens, to count a run of ideographs that ends the range.
    for at in range.start..=range.end {
        let inside = at < range.end;
        if at < clock_end {
            continue;
        }
        // A second time, without a day of its own: `updated at 21:00`.
        if let Some(time) =
            tokens.number(at).filter(|_| inside && !covered(at)).and_then(|_| time::read(tokens, at, language))
        {
            clock_end = time.end;
            continue;
        }
        // The same day in a calendar that is not read.
        if let Some(end) = calendars::islamic_end(tokens, at).filter(|_| inside && !covered(at)) {
            clock_end = end;
            continue;
        }
        let word = tokens.word(at).filter(|_| inside && !covered(at));
        if let Some(ideograph) = word.filter(|word| word.starts_with(is_ideograph)) {
            run.push_str(ideograph);
            continue;
        }
        if !run.is_empty() {
            words += other_ideographs(&run).div_ceil(2);
            run.clear();
        }
        if let Some(word) = word {
            let folded = fold(word);
            if is_beside(&folded) {
                numbers = 0;
            } else if names::weekday_of(&folded, language).is_none() {
                words += 1 + numbers;
                numbers = 0;
            }
        } else if inside && tokens.number(at).is_some() && !covered(at) {
            // A number counts with the word after it: `3 minutes` tells nothing, `3 people` does.
            numbers += 1;
        }
    }
    words + numbers
}

fn is_beside(folded: &str) -> bool {
    static BESIDE_WORDS: OnceLock<RapidHashSet<&'static str>> = OnceLock::new();
    let beside = BESIDE_WORDS.get_or_init(|| {
        let announcing =
            ANNOUNCING.iter().filter(|(_, what)| matches!(what, Announced::Published | Announced::Updated));
        BESIDE.iter().chain(AGES).copied().chain(announcing.flat_map(|(phrase, _)| phrase.split(' '))).collect()
    });
    beside.contains(folded)
}

/// How many characters of a run of ideographs are no announcement.
fn other_ideographs(run: &str) -> usize {
    let mut rest = run.to_owned();
    for (phrase, _) in ANNOUNCING.iter().filter(|(phrase, _)| phrase.starts_with(is_ideograph)) {
        if rest.contains(phrase) {
            rest = rest.replace(phrase, "");
        }
    }
    for word in ["日", "年", "月", "於", "于", "時", "时", "間", "间", "시", "최", "종", "기", "사"] {
        rest = rest.replace(word, "");
    }
    rest.chars().count()
}

/// See [`super::is_date_line`].
pub(super) fn is_date_line(line: &str) -> bool {
    line.len() <= LONGEST_DATE_LINE && has_number(line) && !glance::tells_something_else(line) && only_states_date(line)
}

/// The same, for a line whose words may all belong to a date.
pub(super) fn only_states_date(line: &str) -> bool {
    let tokens = Tokens::new(line);
    let readings = if glance::may_hold_date(line) { readings(&tokens, None) } else { Vec::new() };
    if readings.is_empty() && !is_clock_or_age(&tokens) {
        return false;
    }
    other_words(&tokens, 0..tokens.len(), &readings, None) == 0
}

/// True for lines without a date that tell a time all the same: `18:00 Uhr`, `Updated 3 hours ago`.
fn is_clock_or_age(tokens: &Tokens) -> bool {
    let number = (0..tokens.len()).find(|at| tokens.number(*at).is_some());
    let Some(number) = number else { return false };
    let clock = time::read(tokens, number, None).is_some_and(|time| !time.bare);
    clock || (0..tokens.len()).any(|at| tokens.word(at).is_some_and(|word| AGES.contains(&fold(word).as_str())))
}

/// See [`super::leading_date`].
pub(super) fn leading_date(line: &str) -> Option<usize> {
    // The date stands in the first words; the rest of a long paragraph need not be read.
    let mut end = line.len().min(120);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = &line[..end];
    // Where there is no number, the tables of the words of dates need not be set up.
    if !glance::may_hold_date(head) || glance::begins_with_something_else(head) {
        return None;
    }
    let tokens = Tokens::new(head);
    let reading =
        readings(&tokens, None).into_iter().next().filter(|reading| reading.first <= 4 && reading.year.is_some())?;
    let announced =
        (0..reading.first).all(|at| tokens.word(at).is_none_or(|word| is_beside(&fold(word)) && !is_preposition(word)));
    let rest = (reading.end..tokens.len()).find(|at| !tokens.is_any_sign(*at, &['-', '|', '·', ':', '/', ')', '.']))?;
    let next = tokens.get(rest)?;
    let words_follow = line[next.start..].split_whitespace().nth(5).is_some() || line.len() - next.start > 40;
    let opens = match next.kind {
        Kind::Word => head[next.start..].starts_with(|c: char| !c.is_lowercase()),
        Kind::Sign(sign) => "\"“„«‘'「『【(".contains(sign),
        Kind::Number => false,
    };
    // `date 2021-02 ...` is written by machines and holds whatever follows; a date that a person wrote
    // may be the beginning of a sentence.
    let by_machine = reading.form == Form::Iso && reading.first > 0;
    (announced && (by_machine || opens && words_follow)).then_some(next.start)
}

fn is_preposition(word: &str) -> bool {
    ["on", "in", "am", "im", "le", "el", "em", "at", "den", "w", "в", "um"].contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let language = None;
        let readings = readings(&tokens, language);
        let shown: Vec<String> =
            readings.iter().filter_map(|reading| reading.when()).map(|when| when.value()).collect();
        assert_eq!(
            format!("{} +{}", shown.join(" "), other_words(&tokens, 0..tokens.len(), &readings, language)),
            expected,
            "{line}"
        );
    }

    #[test]
    fn lines_that_only_state_dates_have_no_other_words() {
        check("Published: February 16, 2021 at 6:00 p.m.", "2021-02-16T18:00 +0");
        check("Stand: 08.07.2026 05:00 Uhr", "2026-07-08T05:00 +0");
        check("06.11.2025, 21:18 Uhr • Lesezeit: 5 Minuten", "2025-11-06T21:18 +0");
        check("jeudi 13 juin 2019", "2019-06-13 +0");
        check("2019年3月5日（火） 08時15分", "2019-03-05T08:15 +0");
        check("公開日 2019年2月13日", "2019-02-13 +0");
        check("입력2023.11.02. 오후 8:06", "2023-11-02T20:06 +0");
        check("publié le 26/12/2020 à 21:00 , mis à jour à 21:00", "2020-12-26T21:00 +0");
        check("الأربعاء، 07 أكتوبر 2020 - 12:09 م", "2020-10-07T12:09 +0");
        check("الإثنين، 24 أغسطس 2020 09:56 ص", "2020-08-24T09:56 +0");
        check("Giriş: 03.07.2024 - 18:24 Güncelleme: 03.07.2024 - 18:57", "2024-07-03T18:24 2024-07-03T18:57 +0");
        check("Thứ ba, 16/2/2021, 18:00 (GMT+7)", "2021-02-16T18:00+07:00 +0");
        check("08:22, 24.11.2020", "2020-11-24T08:22 +0");
        check("Tuesday 16 February 2021 18.00 GMT", "2021-02-16T18:00+00:00 +0");
    }

    #[test]
    fn other_words_are_counted() {
        check("oleh Harian Kota diperbarui 15 Feb 2021, 18:00 WIB", "2021-02-15T18:00+07:00 +3");
        check("Frankfurt, November 05, 2025, 5:09: Uhr", "2025-11-05T05:09 +1");
        check("On February 16 the harbour was closed", "--02-16 +3");
    }

    #[test]
    fn clocks_and_ages_state_a_time_too() {
        for line in [
            "18:00 Uhr",
            "Updated 3 hours ago",
            "vor 3 Stunden",
            "hace 2 horas",
            "3 jam yang lalu",
            "Published: 16 Feb 2021",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["3 comments", "18", "3 hours of talks", "February was cold", "", "Brighton 4-0 United", "2021"] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn leading_dates_end_where_the_text_begins() {
        let check = |line: &str, expected: &str| {
            assert_eq!(leading_date(line).map_or("-", |length| &line[length..]), expected);
        };
        check(
            "date 2021-02 Der Hafen bleibt heute den ganzen Tag geschlossen.",
            "Der Hafen bleibt heute den ganzen Tag geschlossen.",
        );
        check("date 2021-02 Die Stadt schweigt heute.", "Die Stadt schweigt heute.");
        check("date 2021-02-15 Die Stadt schweigt heute.", "Die Stadt schweigt heute.");
        check("date 2021-02-16 harbour.example", "harbour.example");
        check("date 2021-02-16 HARBOUR", "HARBOUR");
        check("16.02.2021 – Der Hafen bleibt heute den ganzen Tag zu.", "Der Hafen bleibt heute den ganzen Tag zu.");
        check("On February 16, 2021 The Harbour Company closed its last pier.", "-");
        check("February 16, 2021", "-");
        check("February 16, 2021 was a day like any other in the harbour.", "-");
        check("Der Hafen bleibt zu.", "-");
    }
}
