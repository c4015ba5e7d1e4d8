//! `16.2.2021`, `2/16/21`, `16-02-2021`, `02/2021`.

use super::iso::is_part_of_something;
use super::reading::{Form, Reading, century, stated_year};
use super::time::is_clock;
use super::token::Tokens;
use crate::article::LanguageTag;

const SEPARATORS: &[char] = &['/', '.', '-'];

/// Reads a date of numbers that ends with its year. Its order stays open where both numbers could be
/// a month; it is read with the day first until then.
pub(super) fn find(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Reading> {
    let first = tokens.number(at).filter(|first| first.digits <= 2)?;
    if is_part_of_something(tokens, at) {
        return None;
    }
    let separator = SEPARATORS.iter().copied().find(|sign| tokens.is_sign(at + 1, *sign))?;
    let glued = |at: usize| tokens.touches(at);
    // `16. 2. 2021` is usual in German and Czech, and `16 / 02 / 2021` happens.
    if separator != '.' && separator != '/' && !(glued(at + 1) && glued(at + 2)) || !glued(at + 1) && separator == '.' {
        return None;
    }
    let second = tokens.number(at + 2)?;
    if second.digits == 4 && glued(at + 1) && glued(at + 2) && separator != '-' {
        return month_of_year(tokens, at);
    }
    if second.digits > 2 || !tokens.is_sign(at + 3, separator) {
        return None;
    }
    let year = tokens.number(at + 4)?;
    // `16-02-2021-18:05`: what goes on is a time.
    let goes_on = tokens.is_any_sign(at + 5, &['/', '-', '.'])
        && glued(at + 5)
        && glued(at + 6)
        && tokens.number(at + 6).is_some()
        && !is_clock(tokens, at + 6);
    if goes_on {
        return None;
    }
    let short_year = year.digits == 2;
    let tight = glued(at + 1) && glued(at + 2) && glued(at + 3) && glued(at + 4);
    let year = match year.digits {
        2 if tight => century(year.value),
        4 => stated_year(year.value, 4)?,
        _ => return None,
    };
    let span = (at, at + 5);
    // East Asia puts the year first, also when it has two digits.
    if short_year && language.is_some_and(|language| ["ja", "zh", "ko"].contains(&language.code())) {
        let last = tokens.number(at + 4)?.value;
        let year_first = Reading::day(Form::Iso, span, century(first.value), second.value, last);
        return year_first.map(|reading| Reading { short_year, ..reading });
    }
    let day_first = Reading::day(Form::Numeric, span, year, second.value, first.value);
    let month_first = Reading::day(Form::Numeric, span, year, first.value, second.value);
    let (reading, open_order, month_was_first) = match (day_first, month_first) {
        (Some(reading), Some(_)) => (reading, first.value != second.value, None),
        (Some(reading), None) => (reading, false, Some(false)),
        (None, Some(reading)) => (reading, false, Some(true)),
        (None, None) => return None,
    };
    Some(Reading { open_order, month_was_first, short_year, sign: Some(separator), ..reading })
}

/// `02/2021`, `02.2021`.
fn month_of_year(tokens: &Tokens, at: usize) -> Option<Reading> {
    let (month, year) = (tokens.number(at)?, tokens.number(at + 2)?);
    if tokens.is_any_sign(at + 3, SEPARATORS) && tokens.touches(at + 3) && tokens.number(at + 4).is_some() {
        return None;
    }
    Reading::month(Form::Numeric, (at, at + 3), stated_year(year.value, 4)?, month.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let found = (0..tokens.len()).find_map(|at| find(&tokens, at, None)).map_or("-".into(), |reading| {
            let value = reading.when().map_or("-".into(), |when| when.value());
            if reading.open_order { format!("{value}?") } else { value }
        });
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn dates_of_numbers() {
        check("16.02.2021", "2021-02-16");
        check("02/16/2021", "2021-02-16");
        check("16. 2. 2021", "2021-02-16");
        check("15.04.25 09:56", "2025-04-15");
        check("16-02-2021", "2021-02-16");
        check("(15/2/2021)", "2021-02-15");
        check("3/5/2022 22:41", "2022-05-03?");
        check("5/5/2022", "2022-05-05");
        check("02/2021", "2021-02");
        check("16/02/2564", "2021-02-16");
        check("16/02/1999", "1999-02-16");
    }

    #[test]
    fn other_numbers_are_no_dates() {
        check("31/02/2021", "-");
        check("192.168.10.12", "-");
        check("version 1.2.3", "-");
        check("1.2.34.5", "-");
        check("16/17/2021", "-");
        check("3 - 2 - 20", "-");
        check("$12.10.21", "-");
    }
}
