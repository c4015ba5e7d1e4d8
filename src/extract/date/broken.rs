//! A date whose parts stand in lines of their own: `14`, `Feb`, `2021`, as pages draw a leaf of a
//! calendar, or `Published on February`, `14, 2021`.

use super::announced::Announced;
use super::announcement::announced_before;
use super::finding::readings;
use super::glance::may_hold_date;
use super::line::other_words;
use super::reading::Reading;
use super::token::Tokens;
use crate::article::LanguageTag;
use crate::extract::lines::Line;
use crate::text::Clean;

/// A part has no more bytes than this.
const LONGEST_PART: usize = 32;
/// A date has no more parts than this.
const MOST_PARTS: usize = 3;

/// A date in several lines.
pub(super) struct Broken {
    /// What it states.
    pub reading: Reading,
    /// Its words, in one line.
    pub text: Clean,
    /// What the words before it announce it as.
    pub announced: Option<Announced>,
}

/// Reads the date that begins in the first of `lines` and ends in a later one, if its lines say nothing
/// else and none of them states a day or month of a year by itself.
pub(super) fn find(lines: &[Line], language: Option<LanguageTag>) -> Option<Broken> {
    let is_part = |line: &&Line| !line.text.is_empty() && line.text.len() <= LONGEST_PART;
    let first = lines.first().filter(is_part)?;
    let mut joined = first.text.to_string();
    // Between the parts may stand a blank line each.
    let parts = lines.get(1..)?.iter().take(2 * MOST_PARTS).filter(|line| !line.text.is_empty()).take(MOST_PARTS - 1);
    for part in parts.take_while(is_part) {
        let before = joined.len();
        joined.push(' ');
        joined.push_str(&part.text);
        // The year stands at the end.
        let ends_with_year = part.text.len() >= 4 && part.text.bytes().rev().take(4).all(|byte| byte.is_ascii_digit());
        if !ends_with_year || !may_hold_date(&joined) {
            continue;
        }
        let whole = |text: &str| readings(&Tokens::new(text), language).iter().any(|reading| reading.year.is_some());
        if whole(&joined[..before]) || whole(&part.text) {
            return None;
        }
        let tokens = Tokens::new(&joined);
        let found = readings(&tokens, language);
        let [reading] = found[..] else { return None };
        let start = tokens.get(reading.first)?.start;
        let whole =
            start < first.text.len() && reading.end == tokens.len() && reading.day.is_some() && reading.year.is_some();
        if !whole || other_words(&tokens, 0..tokens.len(), &found, language) > 0 {
            return None;
        }
        let announced = announced_before(&joined[..start]);
        return Some(Broken { reading, text: Clean::new(&joined[start..]), announced });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lines::lines;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let (lines, _) = lines(text);
        let found = find(&lines, LanguageTag::find("en"));
        let shown = found.and_then(|broken| Some(format!("{} {}", broken.reading.when()?.value(), &*broken.text)));
        assert_eq!(shown.unwrap_or("-".into()), expected, "{text:?}");
    }

    #[test]
    fn the_parts_of_a_date_are_put_together() {
        check("14\nFeb\n2021\nThe harbour is closed", "2021-02-14 14 Feb 2021");
        check("14\n\nFEB\n\n2021", "2021-02-14 14 FEB 2021");
        check("Feb 14\n2021", "2021-02-14 Feb 14 2021");
        check("Published on February\n14, 2021", "2021-02-14 February 14, 2021");
        check("Sunday\nFebruary 14,\n2021", "2021-02-14 Sunday February 14, 2021");
    }

    #[test]
    fn lines_that_only_stand_together_are_not() {
        check("14\nFebruary 2021", "-");
        check("14 ships\nFeb\n2021", "-");
        check("February 14, 2021\n2022", "-");
        check("14\nFeb\nships of 2021", "-");
        check("14\n2021", "-");
        check("31\nFeb\n2021", "-");
        check("", "-");
    }

    proptest! {
        #[test]
        fn any_lines_will_do(text in "(Feb|[0-9]{1,4}|[\n ,]|x){0,12}") {
            let (lines, _) = lines(&text);
            let _ = find(&lines, None);
        }
    }
}
