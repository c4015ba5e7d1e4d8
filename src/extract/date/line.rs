//! The dates of one line, and what else the line says.

use std::sync::OnceLock;

use rapidhash::{RapidHashMap, RapidHashSet};
use unicode_normalization::char::is_combining_mark;

use super::reading::{Form, Reading};
use super::time;
use super::token::{Kind, Tokens, is_ideograph};
use super::words::{AGES, ANNOUNCING, Announced, BESIDE};
use super::{calendars, glance, ideographic, iso, named, names, numeric};
use crate::article::LanguageTag;
use crate::text::fold::fold;

/// Reads a date whose first token is at a place, or `None` when there is none.
type Finder = fn(&Tokens, usize, Option<LanguageTag>) -> Option<Reading>;

/// One finder for each way of writing a date. Where several read one, the longest is right.
const FINDERS: &[Finder] = &[iso::find, numeric::find, named::find, ideographic::find, calendars::find];

/// A line that states a date has no more bytes than this, whatever stands beside the date.
const LONGEST_DATE_LINE: usize = 240;

/// The dates of a line, in its order, none within another.
pub(super) fn readings(tokens: &Tokens, language: Option<LanguageTag>) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // Between the numbers of a long line lie many words, of which none begins a date.
        if !tokens.has_ideographs {
            let is_number = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == Kind::Number);
            let Some(number) = (at..tokens.len()).find(is_number) else { break };
            at = at.max(number.saturating_sub(LONGEST_REACH));
        }
        let read = if may_begin(tokens, at) {
            FINDERS.iter().filter_map(|find| find(tokens, at, language)).max_by_key(|reading| reading.end)
        } else {
            None
        };
        let Some(reading) = read else {
            at += 1;
            continue;
        };
        let from = found.last().map_or(0, |last| last.end);
        let reading = with_time(tokens, with_weekday(tokens, reading, from, language), from, language);
        at = reading.end.max(at + 1);
        found.push(reading);
    }
    found
}

/// So many tokens before its first number a date may begin.
const LONGEST_REACH: usize = 4;

/// True when a date may begin at `at`: with a number, or with a word that a number follows soon.
fn may_begin(tokens: &Tokens, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    match token.kind {
        Kind::Number => true,
        Kind::Word => {
            // `tháng mười hai năm 2021`
            let number = (1..=LONGEST_REACH).find(|next| tokens.number(at + next).is_some());
            number.is_some_and(|number| number < LONGEST_REACH || tokens.is_word(at, "tháng"))
                || tokens.has_ideographs && tokens.text[token.start..].starts_with(is_numeral)
        }
        Kind::Sign(_) => false,
    }
}

fn is_numeral(c: char) -> bool {
    c >= '\u{3007}' && "〇零元一二三四五六七八九十".contains(c)
}

/// True when `text` has a number of any script: every date has one.
pub(super) fn has_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || glance::signs_of_date(text).any(|c| c != '월')
}

/// What may stand between a weekday and its date.
pub(super) const WEEKDAY_LINKS: &[&str] =
    &["the", "den", "der", "le", "dia", "el", "ngày", "feira", "dne", "d", "da", "ng", "de", "ika", "on"];

/// The reading with the weekday that stands beside it.
fn with_weekday(tokens: &Tokens, mut reading: Reading, from: usize, language: Option<LanguageTag>) -> Reading {
    let mut at = reading.first;
    for _ in 0..4 {
        if at <= from {
            break;
        }
        let before = at - 1;
        let name = tokens.word(before);
        // Vietnamese and Portuguese weekdays are two words: `Thứ ba`.
        let two = name.and_then(|_| {
            let first = tokens.get(before.checked_sub(1).filter(|first| *first >= from)?)?;
            let both = tokens.text.get(first.start..tokens.get(before)?.end)?;
            (!both.is_ascii()).then(|| names::weekday(both, language)).flatten()
        });
        if let Some(weekday) = two.or_else(|| name.and_then(|name| names::weekday(name, language))) {
            reading.weekday = Some(weekday);
            reading.first = before - usize::from(two.is_some());
            let open = tokens.is_sign(before + 1, '(');
            reading.end = if open { tokens.skip_sign(reading.end, &[')']) } else { reading.end };
            break;
        }
        if !tokens.is_any_sign(before, &[',', '.', '(', '-', '|', '\'', '’'])
            && !tokens.is_any_word(before, WEEKDAY_LINKS)
        {
            break;
        }
        at = before;
    }
    if let Some((weekday, end)) = weekday_after(tokens, reading.end, language).filter(|_| reading.day.is_some()) {
        let told = Reading { weekday: Some(weekday), end, ..reading };
        // `2021-02-15 Die Stadt` tells no weekday: without a sign between them it must be the right one.
        if tokens.is_any_sign(reading.end, &['(', ',']) || told.weekday_fits() != Some(false) {
            return told;
        }
    }
    reading
}

/// The weekday after a date: `(火)`, `화요일`, `星期二`, `(Tue)`.
fn weekday_after(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<(u32, usize)> {
    const PARTS: &[(&str, &str)] = &[
        ("月", "一월"),
        ("火", "二화"),
        ("水", "三수"),
        ("木", "四목"),
        ("金", "五금"),
        ("土", "六토"),
        ("日", "天일"),
    ];
    let open = tokens.skip_sign(at, &['(', ',']);
    let close = |end: usize| if open > at { tokens.skip_sign(end, &[')']) } else { end };
    let name = tokens.word(open)?;
    if name.starts_with(is_ideograph) {
        let prefix = match name {
            "星" if tokens.is_any_word(open + 1, &["期"]) => 2,
            "周" | "週" => 1,
            _ => 0,
        };
        let name = tokens.word(open + prefix)?;
        let weekday = PARTS.iter().position(|(first, others)| *first == name || others.contains(name))? as u32;
        let mut end = open + prefix + 1;
        let named = prefix > 0 || tokens.is_any_word(end, &["曜", "요"]);
        if tokens.is_any_word(end, &["曜", "요"]) {
            end = tokens.skip_word(end + 1, &["日", "일"]);
        }
        return (named || tokens.is_sign(end, ')')).then(|| (weekday, close(end)));
    }
    let weekday = names::weekday(name, language)?;
    Some((weekday, close(tokens.skip_sign(open + 1, &['.']))))
}

fn with_time(tokens: &Tokens, reading: Reading, from: usize, language: Option<LanguageTag>) -> Reading {
    if reading.day.is_none() {
        return reading;
    }
    let told = |time: time::Time| {
        let late = time.hour > 12 && !time.halved;
        Reading { time: Some((time.hour, time.minute)), late, offset: time.offset, ..reading }
    };
    if let Some(time) = time::after(tokens, reading.end, language) {
        return Reading { end: time.end, ..told(time) };
    }
    match time::before(tokens, reading.first, language).filter(|time| time.first >= from) {
        Some(time) => Reading { first: time.first, ..told(time) },
        None => reading,
    }
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

/// What the words right before a date announce it as. They stand between the previous date of the
/// line and this one, and the last of them decide.
pub(super) fn announced_before(text: &str) -> Option<Announced> {
    // Seven words are more than any announcement has.
    let mut start = text.len().saturating_sub(60);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let folded = fold(&text[start..]);
    if folded.contains(is_ideograph) {
        let spaceless = ANNOUNCING.iter().filter(|(phrase, _)| phrase.starts_with(is_ideograph));
        return spaceless
            .filter_map(|(phrase, what)| Some((folded.rfind(phrase)? + phrase.len(), *what)))
            .max_by_key(|(end, _)| *end)
            .map(|(_, what)| what);
    }
    let mut words: Vec<(usize, usize)> = Vec::with_capacity(12);
    for (at, c) in folded.char_indices().filter(|(_, c)| is_of_phrase(*c)) {
        match words.last_mut() {
            Some((_, end)) if *end == at => *end = at + c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    let mut by = None;
    for (back, (_, end)) in words.iter().rev().enumerate() {
        // The longest phrase that ends with this word is the one that is meant.
        let first = words.len() - back - 1;
        let found = (first.saturating_sub(2)..=first)
            .find_map(|first| announcing().get(&folded[words[first].0..*end]).copied());
        match found {
            // A preposition counts where the date follows at once; `from the harbour on 16 February` does not.
            Some(Announced::Other) if folded[*end..].chars().filter(|c| c.is_alphanumeric()).count() > 4 => {}
            // `Published by Ann Harper on`: the author comes second.
            Some(Announced::By) => by = Some(Announced::By),
            Some(Announced::Other) if by.is_some() => {}
            Some(what) => return Some(what),
            None => {}
        }
    }
    by
}

fn is_of_phrase(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '-' | '©') || is_combining_mark(c)
}

fn announcing() -> &'static RapidHashMap<&'static str, Announced> {
    static PHRASES: OnceLock<RapidHashMap<&'static str, Announced>> = OnceLock::new();
    PHRASES.get_or_init(|| ANNOUNCING.iter().rev().copied().collect())
}

/// What the words right after a date announce it as: `16.2.2021 veröffentlicht`, `2月16日 更新`.
pub(super) fn announced_after(text: &str) -> Option<Announced> {
    let mut end = text.len().min(24);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let folded = fold(text[..end].trim_start_matches(|c: char| !c.is_alphanumeric()));
    let first = folded.as_bytes().first();
    let found = ANNOUNCING.iter().filter(|(phrase, _)| phrase.as_bytes().first() == first).find(|(phrase, what)| {
        matches!(what, Announced::Published | Announced::Updated | Announced::By)
            && folded
                .strip_prefix(phrase)
                .is_some_and(|rest| phrase.starts_with(is_ideograph) || !rest.starts_with(char::is_alphanumeric))
    });
    found.map(|(_, what)| *what)
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
    fn every_language_has_its_ways() {
        let check = |code: &str, line: &str, expected: &str| {
            let readings = readings(&Tokens::new(line), LanguageTag::find(code));
            let shown: Vec<String> = readings.iter().filter_map(Reading::when).map(|when| when.value()).collect();
            assert_eq!(shown.join(" "), expected, "{line}");
        };
        check("en", "6:05 PM ET, Tue February 16, 2021", "2021-02-16T18:05-05:00");
        check("en", "Tue 16 Feb 2021 02.00 EST", "2021-02-16T02:00-05:00");
        check("en", "16th Feb '21", "2021-02-16");
        check("en", "2021-02-16 18:05:33 +0000", "2021-02-16T18:05+00:00");
        check("en", "16/02/202118:05", "2021-02-16T18:05");
        check("en", "February 16, 2021at 6:05pm", "2021-02-16T18:05");
        check("en", "Feb 16, 18:05", "--02-16");
        check("en", "Thu 16 Feb 23", "2023-02-16");
        check("en", "(16 February 2021)", "2021-02-16");
        check("tr", "16 Şubat 2021 Salı, 18:05", "2021-02-16T18:05");
        check("pt", "Terça-feira, 16 de fev. de 2021 às 18h05min", "2021-02-16T18:05");
        check("es", "mar 16 feb 2021, 18:05 hs", "2021-02-16T18:05");
        check("it", "mar 16 feb 2021 ore 18:05", "2021-02-16T18:05");
        check("fr", "mar. 16 févr. 2021 à 18 h 05", "2021-02-16T18:05");
        check("fi", "16.2.2021 klo 18.05", "2021-02-16T18:05");
        check("hu", "2021. február 16., kedd 18:05", "2021-02-16T18:05");
        check("lt", "2021 m. vasario 16 d. 18:05", "2021-02-16T18:05");
        check("el", "Τρίτη, 16 Φεβρουαρίου 2021 18:05", "2021-02-16T18:05");
        check("vi", "16 tháng 2, 2021", "2021-02-16");
        check("th", "16 กุมภาพันธ์ 2564 เวลา 18:05 น.", "2021-02-16T18:05");
        check("hi", "16 फ़रवरी 2021, 06:05 PM IST", "2021-02-16T18:05+05:30");
        check("bn", "প্রকাশ: ১৬ ফেব্রুয়ারি ২০২১, ১৮:০৫", "2021-02-16T18:05");
        check("ur", "16 فروری 2021", "2021-02-16");
        check("ko", "2021/02/16 18:05 송고", "2021-02-16T18:05");
        check("zh", "2021年2月16日 週二 下午6:05", "2021-02-16T18:05");
        check("sv", "16 feb 2021 kl 18:05", "2021-02-16T18:05");
        check("ru", "16.02.2021, Вт, 18:05", "2021-02-16T18:05");
        check("ru", "18:05, 16 февраля 2021", "2021-02-16T18:05");
        check("ar", "16 فبراير/ شباط 2021", "2021-02-16");
        check("ar", "٢٠٢١/٠٢/١٦", "2021-02-16");
        check("ca", "16 de febrer de 2021", "2021-02-16");
        check("ro", "16 februarie 2021, 18:05", "2021-02-16T18:05");
        check("sk", "16. februára 2021 o 18:05", "2021-02-16T18:05");
        check("sl", "16. februar 2021 ob 18.05", "2021-02-16T18:05");
        check("hr", "16. veljače 2021. u 18:05", "2021-02-16T18:05");
        check("sr", "16. фебруар 2021. 18:05", "2021-02-16T18:05");
        check("bg", "16 февруари 2021 г., 18:05", "2021-02-16T18:05");
        check("et", "16. veebruar 2021, 18:05", "2021-02-16T18:05");
        check("lv", "2021. gada 16. februāris, 18:05", "2021-02-16T18:05");
        check("is", "16. febrúar 2021 18:05", "2021-02-16T18:05");
        check("sq", "16 shkurt 2021", "2021-02-16");
        check("eu", "2021eko otsailaren 16a", "2021-02-16");
        check("ka", "16 თებერვალი, 2021", "2021-02-16");
        check("az", "16 fevral 2021, 18:05", "2021-02-16T18:05");
        check("uz", "16 fevral 2021", "2021-02-16");
        check("kk", "16 ақпан 2021", "2021-02-16");
        check("ta", "16 பிப்ரவரி 2021", "2021-02-16");
        check("te", "16 ఫిబ్రవరి 2021", "2021-02-16");
        check("ml", "16 ഫെബ്രുവരി 2021", "2021-02-16");
        check("mr", "१६ फेब्रुवारी २०२१", "2021-02-16");
        check("sw", "16 Februari 2021", "2021-02-16");
        check("af", "16 Februarie 2021", "2021-02-16");
        check("cy", "16 Chwefror 2021", "2021-02-16");
        check("ga", "16 Feabhra 2021", "2021-02-16");
        check("gl", "16 de febreiro de 2021", "2021-02-16");
        check("eo", "16-a de februaro 2021", "2021-02-16");
        check("tl", "Pebrero 16, 2021", "2021-02-16");
        check("my", "16 ဖေဖော်ဝါရီ 2021", "2021-02-16");
        check("km", "16 កុម្ភៈ 2021", "2021-02-16");
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

    #[test]
    fn announcements_are_heard() {
        assert_eq!(announced_before("Harian Kota diperbarui "), Some(Announced::Updated));
        assert_eq!(announced_before("Publié le "), Some(Announced::Published));
        assert_eq!(announced_before("3.6 million users as of "), Some(Announced::Other));
        assert_eq!(announced_before("Verfasst von: harper | "), Some(Announced::Published));
        assert_eq!(announced_before("By Ann Harper "), Some(Announced::By));
        assert_eq!(announced_before("the harbour of the city "), None);
        assert_eq!(announced_after(" veröffentlicht"), Some(Announced::Published));
        assert_eq!(announced_after(" 更新"), Some(Announced::Updated));
    }
}
