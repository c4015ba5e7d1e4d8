//! Which of two numbers is the day and which the month.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::reading::{Form, Reading};
use crate::article::{LanguageTag, When};
use crate::extract::lines::Line;
use crate::text::class::Class;

/// What tells the order of day and month, apart from the dates themselves.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Custom<'a> {
    /// The language of the article.
    pub language: Option<LanguageTag>,
    /// Its address.
    pub url: Option<&'a str>,
    /// Its lines: English is spelled in two ways.
    pub lines: &'a [Line],
    /// What its address and the name of its file state.
    pub beside: &'a [When],
    /// Whether the month comes first in dates of the same file that can be read in one order alone.
    pub file: Option<bool>,
}

/// Puts day and month of every open date in the order that the article uses.
///
/// The same day stated in another way decides first, in the text or beside it; then its weekday, then dates
/// of this article that are written with the same sign and can be read in one order alone, then those of other
/// articles of the file, then how near the other dates of the text are, then custom.
pub(super) fn settle(readings: &mut [Reading], custom: Custom) {
    if !readings.iter().any(|reading| reading.open_order) {
        return;
    }
    let sure: Vec<NaiveDate> =
        readings.iter().filter(|reading| !reading.open_order).filter_map(Reading::date).take(200).collect();
    let votes_of = |sign: Option<char>| {
        let same = readings.iter().filter(|reading| reading.form == Form::Numeric && reading.sign == sign);
        let (month, day): (Vec<bool>, Vec<bool>) =
            same.filter_map(|reading| reading.month_was_first).partition(|first| *first);
        month.len() as i64 - day.len() as i64
    };
    let votes = ['/', '.', '-'].map(|sign| (Some(sign), votes_of(Some(sign))));
    let usual = english_order(readings, custom);
    for reading in readings.iter_mut().filter(|reading| reading.open_order) {
        let swapped = reading.swapped();
        let stated = |reading: &Reading| reading.date().is_some_and(|date| sure.contains(&date));
        let beside = |reading: &Reading| {
            let date = reading.date();
            let holds = |when: &When| Some((when.first()?, when.last()?));
            let spans = custom.beside.iter().filter_map(holds);
            date.is_some_and(|date| spans.into_iter().any(|(first, last)| (first..=last).contains(&date)))
        };
        let fits = |reading: &Reading| reading.weekday_fits() == Some(true);
        let gap = |reading: &Reading| {
            let date = reading.date()?;
            sure.iter().map(|sure| (*sure - date).num_days().abs()).min()
        };
        // An article speaks of days near its own; that is a hint, and custom leaves no doubt in other languages.
        let code = custom.language.map_or("", LanguageTag::code);
        let is_doubtful = reading.sign != Some('.') && matches!(code, "" | "en" | "tl");
        let near = |reading: &Reading, other: &Reading| {
            is_doubtful && gap(reading).zip(gap(other)).is_some_and(|(gap, other)| gap <= NEAR && other >= FAR)
        };
        let vote = votes.iter().find(|(sign, _)| *sign == reading.sign).map_or(0, |(_, vote)| *vote);
        let month_first = match code {
            // Points stand between day and month in that order alone.
            _ if reading.sign == Some('.') => false,
            "tl" => true,
            "en" => zone_order(reading).unwrap_or(usual),
            _ => false,
        };
        let votes = [
            (stated(reading), stated(&swapped)),
            (beside(reading), beside(&swapped)),
            (fits(reading), fits(&swapped)),
            (vote < 0, vote > 0),
            (custom.file == Some(false), custom.file == Some(true)),
            (near(reading, &swapped), near(&swapped, reading)),
            (!month_first, month_first),
        ];
        let swap =
            votes.into_iter().find(|(day_first, month_first)| day_first != month_first).is_some_and(|vote| vote.1);
        *reading = Reading { open_order: false, ..if swap { swapped } else { *reading } };
    }
}

/// So many days from another date of the text, a date is near it.
const NEAR: i64 = 4;
/// So many days from all of them, it is not.
const FAR: i64 = 20;

/// The order of the place whose clock is stated with the date: America puts the month first, and no
/// place east of it does in English.
fn zone_order(reading: &Reading) -> Option<bool> {
    reading.offset.map(|offset| offset.local_minus_utc() < 0)
}

/// True when an English article puts the month first.
fn english_order(readings: &[Reading], custom: Custom) -> bool {
    if let Some(domain) = custom.url.and_then(domain) {
        if DAY_FIRST_DOMAINS.iter().any(|ending| domain.ends_with(ending)) {
            return false;
        }
        if MONTH_FIRST_DOMAINS.iter().any(|ending| domain.ends_with(ending)) {
            return true;
        }
    }
    // Dates with names show the order as well: `16 February` or `February 16`.
    let named = |first: bool| {
        readings.iter().filter(|reading| reading.form == Form::Named && reading.month_was_first == Some(first)).count()
            as i64
    };
    let zones: i64 = readings.iter().filter_map(zone_order).map(|first| if first { 1 } else { -1 }).sum();
    // No clock of America shows more than twelve hours.
    let late = readings.iter().filter(|reading| reading.open_order && reading.late).count().min(1) as i64;
    2 * named(true) - 2 * named(false) + 3 * zones - 3 * late - 2 * british(custom.lines) >= 0
}

/// Words by their first byte, so that a word is compared with few of them.
fn by_first(words: &[&'static str]) -> Vec<Vec<&'static str>> {
    let mut by_first = vec![Vec::new(); 256];
    words.iter().for_each(|word| by_first[usize::from(word.as_bytes()[0])].push(*word));
    by_first
}

/// How many words are spelled as in Britain rather than in America; below 0 for the other way round.
fn british(lines: &[Line]) -> i64 {
    /// So much text shows how it is spelled.
    const READ: usize = 20_000;
    static BY_FIRST: LazyLock<[Vec<Vec<&'static str>>; 2]> = LazyLock::new(|| [BRITISH, AMERICAN].map(by_first));
    let [british, american] = &*BY_FIRST;
    let mut read = 0;
    let mut count = 0;
    for line in lines {
        for word in line
            .text
            .split(|c: char| !Class::of(c).is_alphanumeric() && !"£₹$".contains(c))
            .filter(|word| word.len() > 1)
        {
            let first = usize::from(word.as_bytes()[0].to_ascii_lowercase());
            let is = |words: &[&str]| {
                words.iter().any(|known| word.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known)))
            };
            count += i64::from(is(&british[first])) - i64::from(is(&american[first]));
        }
        let is_site = |word: &str| word.contains('.') && SITES.iter().any(|ending| word.ends_with(ending));
        let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        if line.text.contains('.') && line.text.split([' ', '/']).any(|part| is_site(&word(part))) {
            count += 2;
        }
        read += line.text.len();
        if read > READ {
            break;
        }
    }
    count.clamp(-5, 5)
}

/// Beginnings of words as Britain and the Commonwealth spell them.
const BRITISH: &[&str] = &[
    "colour",
    "favour",
    "honour",
    "labour",
    "neighbour",
    "behaviour",
    "harbour",
    "centre",
    "theatre",
    "metres",
    "kilometre",
    "litre",
    "programme",
    "organis",
    "realis",
    "recognis",
    "analys",
    "travell",
    "cancell",
    "defence",
    "offence",
    "licence",
    "grey",
    "tyre",
    "whilst",
    "mum",
    "£",
    "₹",
    "crore",
    "lakh",
    "rupee",
    "constable",
    "councillor",
    "chancellor",
    "rugby",
    "cricket",
    "petrol",
    "motorway",
    "nhs",
];

/// Beginnings of words as America spells them.
const AMERICAN: &[&str] = &[
    "color",
    "favor",
    "honor",
    "labor",
    "neighbor",
    "behavior",
    "harbor",
    "center",
    "theater",
    "meters",
    "kilometer",
    "liter",
    "organiz",
    "realiz",
    "recogniz",
    "analyz",
    "traveled",
    "canceled",
    "defense",
    "offense",
    "gray",
    "mom",
    "senator",
    "congress",
    "sheriff",
    "gop",
    "republican",
    "freshman",
    "sophomore",
    "downtown",
    "gasoline",
    "nfl",
    "nba",
    "mlb",
];

/// Where English is written and the day stands first.
const DAY_FIRST_DOMAINS: &[&str] = &[
    ".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".gh", ".my", ".sg", ".pk", ".bd", ".lk", ".eu", ".de",
    ".fr", ".hk", ".ae", ".mt", ".ug", ".tz", ".zw", ".zm", ".jm", ".il", ".np", ".tt", ".fj",
];

/// Ends of addresses that stand in the text of those who put the day first, and of nobody else.
const SITES: &[&str] = &[
    ".co.uk", ".org.uk", ".gov.uk", ".ac.uk", ".com.au", ".gov.au", ".co.nz", ".co.za", ".co.in", ".co.ke", ".com.ng",
    ".com.gh", ".com.sg", ".com.my", ".com.pk", ".com.hk",
];

/// Where the month stands first.
const MONTH_FIRST_DOMAINS: &[&str] = &[".us", ".gov", ".edu", ".mil", ".ph"];

fn domain(url: &str) -> Option<&str> {
    url.split("://").nth(1)?.split(['/', ':', '?']).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::date::DateContext;
    use crate::extract::date::finding::readings;
    use crate::extract::date::token::Tokens;

    fn check(code: &str, url: &str, line: &str, expected: &str) {
        let language = LanguageTag::find(code);
        let mut found = readings(&Tokens::new(line), language);
        let (lines, _) = crate::extract::lines::lines(line);
        let context = DateContext { url: Some(url), ..DateContext::default() };
        let beside = super::super::beside::told(&context);
        settle(&mut found, Custom { language, url: Some(url), lines: &lines, beside: &beside, file: None });
        let first = found.first().and_then(Reading::when).map_or("-".into(), |when| when.value());
        assert_eq!(first.get(..10).unwrap_or(&first), expected, "{line}");
    }

    #[test]
    fn custom_decides_where_nothing_else_does() {
        check("en", "", "2/3/2021", "2021-02-03");
        check("de", "", "2/3/2021", "2021-03-02");
        check("en", "", "2.3.2021", "2021-03-02");
        check("tl", "", "2/3/2021", "2021-02-03");
        check("en", "https://news.example.co.uk/a", "2/3/2021", "2021-03-02");
        check("en", "", "2/3/2021, a new centre for the harbour", "2021-03-02");
        check("en", "", "2/3/2021, a new center for the harbor", "2021-02-03");
    }

    #[test]
    fn clocks_tell_the_place() {
        check("en", "", "2/3/2021 2:05 PM EDT", "2021-02-03");
        check("en", "", "2/3/2021 14:05 IST", "2021-03-02");
        check("en", "", "2/3/2021 14:05", "2021-03-02");
        check("en", "", "2/3/2021 2:05 PM", "2021-02-03");
        check("en", "", "2/3/2021, write to letters@harbour.co.uk", "2021-03-02");
        check("en", "", "2/3/2021 14:05 EST, in the centre, on 4 May 2021", "2021-02-03");
    }

    #[test]
    fn other_dates_tell_the_order() {
        check("en", "", "2/3/2021 and 16/2/2021", "2021-03-02");
        check("de", "", "2/3/2021 and 2/16/2021", "2021-02-03");
        check("de", "", "2.3.2021 and 2/16/2021", "2021-03-02");
        check("en", "", "2/3/2021 or March 2, 2021", "2021-03-02");
        check("en", "", "Tuesday 2/3/2021", "2021-03-02");
        check("en", "", "2/3/2021. It was closed on 1 March 2021, and on 2 May 2019", "2021-03-02");
        check("de", "", "2/3/2021. Seit dem 1. Februar 2021 ist er zu", "2021-03-02");
        check("en", "", "2.3.2021. It was closed on 1 February 2021", "2021-03-02");
        check("en", "", "2/3/2021. It will be open on May 2, 2021", "2021-02-03");
    }

    #[test]
    fn the_address_tells_the_order() {
        check("en", "https://harbour.example/2021/03/02/closed", "2/3/2021", "2021-03-02");
        check("en", "https://harbour.example/2021/03/closed", "2/3/2021", "2021-03-02");
        check("de", "https://harbour.example/2021-02-03-closed", "2/3/2021", "2021-02-03");
        check("en", "https://harbour.example/2020/03/02/closed", "2/3/2021", "2021-02-03");
    }
}
