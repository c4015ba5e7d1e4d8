//! `2021年2月16日`, `令和3年2月16日`, `2021년 2월 16일`, `2月16日`.

use super::reading::{Form, PLAUSIBLE_YEARS, Reading, century};
use super::token::Tokens;
use crate::article::LanguageTag;

/// Eras of Japan and the Republic of China, and the year before the first of each.
const ERAS: &[(&str, i32)] =
    &[("令和", 2018), ("平成", 1988), ("昭和", 1925), ("大正", 1911), ("明治", 1867), ("民國", 1911), ("民国", 1911)];

/// Reads a date whose parts are marked by words for year, month and day.
pub(super) fn find(tokens: &Tokens, at: usize, _: Option<LanguageTag>) -> Option<Reading> {
    if !tokens.has_ideographs {
        return None;
    }
    if let Some((year, next)) = year(tokens, at) {
        return match month(tokens, next) {
            Some((month, next)) => match day(tokens, next) {
                Some((day, end)) => Reading::day(Form::Ideographic, (at, end), year, month, day),
                None => Reading::month(Form::Ideographic, (at, next), year, month),
            },
            None => None,
        };
    }
    if let Some(reading) = with_weekday(tokens, at) {
        return Some(reading);
    }
    let (month, next) = month(tokens, at)?;
    let (day, end) = day(tokens, next)?;
    Reading::yearless(Form::Ideographic, (at, end), month, day)
}

/// `2/16(火)`, as Japanese pages date their articles of this year.
fn with_weekday(tokens: &Tokens, at: usize) -> Option<Reading> {
    let short = |at: usize| tokens.number(at).filter(|number| number.digits <= 2);
    let (month, day) = (short(at)?, short(at + 2).filter(|_| tokens.is_sign(at + 1, '/'))?);
    let weekday = tokens.is_any_word(at + 4, &["月", "火", "水", "木", "金", "土", "日"]);
    let closed = tokens.is_sign(at + 3, '(') && weekday && tokens.is_sign(at + 5, ')');
    closed.then(|| Reading::yearless(Form::Ideographic, (at, at + 3), month.value, day.value)).flatten()
}

fn year(tokens: &Tokens, at: usize) -> Option<(i32, usize)> {
    let (number, next, before) = match era(tokens, at) {
        Some((before, next)) => (spelled(tokens, next)?, next, Some(before)),
        None => (spelled(tokens, at)?, at, None),
    };
    let (value, digits, after) = number;
    let _ = next;
    if !tokens.is_any_word(after, &["年", "년"]) {
        return None;
    }
    let year = match (before, digits) {
        (Some(before), _) => before + value as i32,
        (None, 4) => value as i32,
        (None, 2) => century(value),
        _ => return None,
    };
    PLAUSIBLE_YEARS.contains(&year).then_some((year, after + 1))
}

/// The era named at `at`: the year before its first, and the token after its name.
fn era(tokens: &Tokens, at: usize) -> Option<(i32, usize)> {
    let second = tokens.get(at + 1)?;
    let name = tokens.text.get(tokens.get(at)?.start..second.end)?;
    let (_, before) = ERAS.iter().find(|(era, _)| *era == name)?;
    Some((*before, at + 2))
}

fn month(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let (value, _, after) = spelled(tokens, at)?;
    (tokens.is_any_word(after, &["月", "월"]) && (1..=12).contains(&value)).then_some((value, after + 1))
}

fn day(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let (value, _, after) = spelled(tokens, at)?;
    (tokens.is_any_word(after, &["日", "일", "号", "號"]) && (1..=31).contains(&value)).then_some((value, after + 1))
}

/// A number in digits or in Han numerals: its value, how many digits it has, the token after it.
fn spelled(tokens: &Tokens, at: usize) -> Option<(u32, u8, usize)> {
    if let Some(number) = tokens.number(at) {
        return Some((number.value, number.digits, at + 1));
    }
    // The first year of an era is its "origin", not its number one.
    if tokens.is_word(at, "元") {
        return Some((1, 1, at + 1));
    }
    const NUMERALS: &str = "〇一二三四五六七八九";
    let numeral = |at: usize| {
        let word = tokens.word(at)?;
        if word == "零" || word == "○" {
            return Some(0);
        }
        let first = word.chars().next()?;
        NUMERALS.chars().position(|numeral| numeral == first).map(|value| value as u32)
    };
    let (mut value, mut digits, mut next) = (0u32, 0u8, at);
    while digits < 4 {
        if tokens.is_word(next, "十") {
            // `十六` is 16, `二十` is 20, `二十六` is 26.
            let tens = if digits == 0 { 1 } else { value };
            let ones = numeral(next + 1);
            return Some((tens * 10 + ones.unwrap_or(0), 2, next + 1 + usize::from(ones.is_some())));
        }
        let Some(digit) = numeral(next) else { break };
        value = value * 10 + digit;
        digits += 1;
        next += 1;
    }
    (digits > 0).then_some((value, digits, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let found = (0..tokens.len()).find_map(|at| find(&tokens, at, None)).and_then(|reading| reading.when());
        assert_eq!(found.map_or("-".into(), |when| when.value()), expected, "{line}");
    }

    #[test]
    fn dates_with_their_parts_marked() {
        check("2021年2月16日(火) 18時", "2021-02-16");
        check("令和3年2月16日", "2021-02-16");
        check("令和元年5月1日", "2019-05-01");
        check("民國110年2月16日", "2021-02-16");
        check("2021년 2월 16일 화요일", "2021-02-16");
        check("二〇二一年二月十六日", "2021-02-16");
        check("二〇二一年十二月二十六日", "2021-12-26");
        check("公開日 2019年2月13日", "2019-02-13");
        check("新华社北京2月16日电", "--02-16");
        check("2021年2月", "2021-02");
        check("2/16(火) 18:05配信", "--02-16");
    }

    #[test]
    fn other_numbers_are_no_dates() {
        check("2021年", "-");
        check("3年2組", "-");
        check("13月1日", "-");
        check("2月31日", "-");
    }
}
