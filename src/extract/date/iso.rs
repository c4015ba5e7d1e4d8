//! `2021-02-16`, `2021/2/16`, `2021.02.16`, `2021-02`, `20210216`.

use super::reading::{Form, PLAUSIBLE_YEARS, Reading};
use super::time::is_clock;
use super::token::Tokens;
use crate::article::LanguageTag;

const SEPARATORS: &[char] = &['-', '/', '.'];

/// Reads a date that begins with its year.
pub(super) fn find(tokens: &Tokens, at: usize, _: Option<LanguageTag>) -> Option<Reading> {
    let year = tokens.number(at)?;
    if is_part_of_something(tokens, at) {
        return None;
    }
    if year.digits == 8 {
        return compact(tokens, at);
    }
    let value = i32::try_from(year.value).ok().filter(|value| year.digits == 4 && PLAUSIBLE_YEARS.contains(value))?;
    let separator = SEPARATORS.iter().copied().find(|sign| tokens.is_sign(at + 1, *sign))?;
    let month = tokens.number(at + 2).filter(|month| month.digits <= 2)?;
    let glued = tokens.touches(at + 1) && tokens.touches(at + 2);
    // `2021. 2. 16.` is how Hungarian and Korean write it; other signs stand without gaps.
    if !glued && separator != '.' {
        return None;
    }
    let day = tokens.number(at + 4).filter(|day| {
        day.digits <= 2 && tokens.is_sign(at + 3, separator) && (tokens.touches(at + 4) || separator == '.')
    });
    match day {
        Some(day) => {
            let goes_on = tokens.is_any_sign(at + 5, &['-', '/'])
                && tokens.touches(at + 5)
                && tokens.touches(at + 6)
                && tokens.number(at + 6).is_some_and(|next| next.digits != 2)
                && !is_clock(tokens, at + 6);
            (!goes_on).then(|| Reading::day(Form::Iso, (at, at + 5), value, month.value, day.value)).flatten()
        }
        // Without a day it takes two digits: `2021-2` may be a score and `2019-20` a season.
        None => {
            let alone = glued && month.digits == 2 && separator != '.';
            let goes_on =
                tokens.is_any_sign(at + 3, SEPARATORS) && tokens.touches(at + 4) && tokens.number(at + 4).is_some();
            (alone && !goes_on).then(|| Reading::month(Form::Iso, (at, at + 3), value, month.value)).flatten()
        }
    }
}

/// `20210216`, which is as likely to be some other number: only a line of its own counts.
fn compact(tokens: &Tokens, at: usize) -> Option<Reading> {
    let value = tokens.number(at)?.value;
    let alone = tokens.len() <= at + 2 && at <= 1;
    let year = i32::try_from(value / 10_000).ok().filter(|year| (1990..2100).contains(year))?;
    alone.then(|| Reading::day(Form::Iso, (at, at + 1), year, value / 100 % 100, value % 100)).flatten()
}

/// True when the number at `at` goes on to the left: `12/2021-02`, `1.2021`.
pub(super) fn is_part_of_something(tokens: &Tokens, at: usize) -> bool {
    let glued_sign = tokens.touches(at)
        && at > 0
        && tokens.is_any_sign(at - 1, &['-', '/', '.', ':', ',', '#', '$', '€', '£', '+', '=', '_', '&']);
    let number_before = at >= 2 && tokens.touches(at - 1) && tokens.number(at - 2).is_some();
    glued_sign && (number_before || tokens.is_any_sign(at - 1, &['#', '$', '€', '£', '+', '=', '_', '&']))
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
    fn dates_that_begin_with_the_year() {
        check("2021-02-16", "2021-02-16");
        check("(2021/2/6 18:00)", "2021-02-06");
        check("2021. 2. 16.", "2021-02-16");
        check("입력2023.11.02. 오후 8:06", "2023-11-02");
        check("date 2021-02 The day", "2021-02");
        check("20210216", "2021-02-16");
        check("2021-02-16T18:00:00Z", "2021-02-16");
        check("2021–02–16", "2021-02-16");
    }

    #[test]
    fn other_numbers_are_no_dates() {
        check("2021-13-01", "-");
        check("2021-02-30", "-");
        check("the 2019-20 season", "-");
        check("12-2021-02", "-");
        check("phone 0156-2021-02-16-88", "-");
        check("#2021-02", "-");
        check("call 20210216 now please", "-");
    }
}
