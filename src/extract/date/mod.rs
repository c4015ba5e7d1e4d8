//! When an article was published: every date in it is found, and ranked by where it stands and what
//! announces it.
//!
//! There is one finder for each way of writing a date. A finder reads one date from the tokens of a
//! line and knows nothing of the article; `rank` knows the article and nothing of how dates are
//! written.

mod announced;
mod announcement;
mod attached;
mod beside;
mod broken;
mod calendars;
mod finding;
mod glance;
mod ideographic;
mod iso;
mod line;
mod named;
mod names;
mod numeric;
mod order;
mod page;
mod rank;
mod reading;
mod stamp;
#[cfg(test)]
mod tests;
mod time;
mod token;
mod verdict;
mod words;
mod zones;

use crate::article::{DateCandidate, LanguageTag};
use crate::extract::lines::Line;

/// All that is known of an article when its dates are looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateContext<'a> {
    /// Its lines.
    pub lines: &'a [Line],
    /// The number of the line that holds its headline.
    pub title_line: Option<u32>,
    /// Its language, which decides what month a name is and which number of a date is the day.
    pub language: Option<LanguageTag>,
    /// The date that metadata states, as it is written there.
    pub stated: Option<&'a str>,
    /// Whether such dates have the month before the day, where other articles of the file show that.
    pub month_first: Option<bool>,
    /// Its address on the web.
    pub url: Option<&'a str>,
    /// The name of its file.
    pub file_name: Option<&'a str>,
}

/// The dates of an article, the best first; at most 200.
///
/// One with a rank below 0 is not the date of the article. So the article's date is the first of
/// them if its rank is not below 0, and none otherwise.
///
/// ```
/// use newsstand::extract::date::{DateContext, candidates};
/// use newsstand::extract::lines::lines;
///
/// let (lines, _) = lines("A tram for the harbour\n16 February 2021, 18:00 WIB\n\nThe city builds one.");
/// let dates = candidates(&DateContext { lines: &lines, title_line: Some(1), ..DateContext::default() });
/// assert_eq!(dates[0].date.when.value(), "2021-02-16T18:00+07:00");
/// ```
pub fn candidates(context: &DateContext) -> Vec<DateCandidate> {
    rank::candidates(context)
}

/// True when `line` does nothing but state a date, with or without words that announce one.
///
/// ```
/// use newsstand::extract::date::is_date_line;
///
/// assert!(is_date_line("Published: February 16, 2021 at 6:00 p.m."));
/// assert!(!is_date_line("On February 16 the harbour was closed"));
/// ```
pub fn is_date_line(line: &str) -> bool {
    line::is_date_line(line)
}

/// True when a day of a stated year stands in `line`, whatever else does.
///
/// ```
/// use newsstand::extract::date::holds_day;
///
/// assert!(holds_day("mira stone, 16 february 2021 in local news"));
/// assert!(!holds_day("The harbour of 2021"));
/// ```
pub fn holds_day(line: &str) -> bool {
    glance::may_hold_date(line) && {
        let found = finding::readings(&token::Tokens::new(line), None);
        found.iter().any(|reading| reading.day.is_some() && reading.year.is_some())
    }
}

/// How many bytes of `line` are a date that a page put before the first words of a paragraph, as in
/// `date 2021-02 The harbour is closed`; `None` where there is none.
pub fn leading_date(line: &str) -> Option<usize> {
    line::leading_date(line)
}
