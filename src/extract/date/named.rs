//! `16 February 2021`, `February 16, 2021`, `Feb 2021`, `16 de febrero de 2021`, `ngày 16 tháng 2 năm 2021`.

use super::reading::{Form, Reading, century, stated_year};
use super::token::{Token, Tokens};
use super::{names, time};
use crate::article::LanguageTag;

/// What may stand after the number of a day: ordinals, and the points of German and Finnish.
const ORDINALS: &[&str] = &[
    "st", "nd", "rd", "th", "er", "re", "º", "ª", "o", "-го", "го", "ος", "η", "ής", "ed", "eme", "e", "an", "ain", "a",
];

/// What may stand between day, month and year.
const LINKS: &[&str] =
    &["de", "del", "do", "di", "of", "d", "da", "des", "du", "ta", "ng", "den", "της", "του", "тд", "a", "le", "der"];

/// What may stand between the first and the last day of a span.
const SPAN_WORDS: &[&str] = &["to", "bis", "und", "and", "al", "au", "y", "et", "e", "til", "till", "tot", "по", "до"];

/// What may stand between a year and the day or month that follows it.
const YEAR_LINKS: &[&str] = &["gada", "gads", "urteko", "eko", "ko"];

/// What may follow the year, and belongs to the date.
const YEAR_WORDS: &[&str] =
    &["г", "года", "году", "р", "року", "г", "год", "թ", "թվական", "m", "წ", "წელს", "год", "ж"];

/// Words of more than four letters that may stand between a number and the name of its month.
pub(super) const LONG_LINKS: &[&str] = &["urteko", "թվական"];

/// All words that a date with the name of its month may hold, apart from that name.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    [ORDINALS, LINKS, SPAN_WORDS, YEAR_WORDS, YEAR_LINKS].into_iter().flatten().copied()
}

/// Reads a date with the name of its month, which begins at `at`.
pub(super) fn find(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Reading> {
    match tokens.number(at) {
        Some(number) if number.digits <= 2 => day_first(tokens, at, language),
        Some(number) if number.digits == 4 => year_first(tokens, at, language),
        Some(_) => None,
        None => month_first(tokens, at, language),
    }
}

/// `16 February 2021`, `16. Feb.`, `1er février`, `15-18 Feb 2021`.
fn day_first(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Reading> {
    if tokens.touches(at)
        && tokens.is_any_sign(at - 1, &['.', ',', ':', '$', '€', '£', '/', '#'])
        && at >= 2
        && tokens.number(at - 2).is_some()
    {
        return None;
    }
    let (mut day, mut next) = day_number(tokens, at)?;
    let mut span = false;
    // `15-18 February`, `15 to 18 February`: a span of days is about events.
    if let Some((last, after)) = day_number(tokens, next + 1)
        && (tokens.is_any_sign(next, &['-', '/', '&']) || tokens.is_any_word(next, SPAN_WORDS))
    {
        (day, next, span) = (last, after, true);
    }
    next = skip_links(tokens, next);
    if let Some(reading) = with_roman_month(tokens, at, day.value, next, language) {
        return Some(Reading { span, ..reading });
    }
    let (month, after) = month_at(tokens, next, language)?;
    // `5 mar` may be anything; a name of another language needs a year to be one.
    let (year, end) = year_after(tokens, after, language);
    if year.is_none() && !is_sure_without_year(tokens, next, language) {
        return None;
    }
    let reading = match year {
        Some(year) => Reading::day(Form::Named, (at, end), year, month, day.value),
        None => Reading::yearless(Form::Named, (at, end), month, day.value),
    }?;
    Some(Reading { span, month_was_first: Some(false), ..reading })
}

/// Where months are written in Roman numerals with spaces around them; elsewhere `4 X 2000` is no date.
const ROMAN: &[&str] = &["pl", "hu", "hr", "sr", "bs", "sl", "ro", "it", "lv", "lt"];

/// `14.II.2021`, `14 II 2021`: the numeral of the month stands at `at`.
fn with_roman_month(
    tokens: &Tokens,
    first: usize,
    day: u32,
    at: usize,
    language: Option<LanguageTag>,
) -> Option<Reading> {
    let at = tokens.skip_sign(at, &['-', '/']);
    let month = roman(tokens.word(at)?)?;
    let sign = tokens.skip_sign(at + 1, &['.', '-', '/']);
    let tight = sign > at + 1 && tokens.is_any_sign(at - 1, &['.', '-', '/']);
    if !tight && !language.is_some_and(|language| ROMAN.contains(&language.code())) {
        return None;
    }
    let year = tokens.number(sign).filter(|year| year.digits == 4)?;
    Reading::day(Form::Named, (first, skip_year_word(tokens, sign + 1)), stated_year(year.value, 4)?, month, day)
        .map(|reading| Reading { month_was_first: Some(false), ..reading })
}

/// The month that a Roman numeral in capitals counts.
pub(super) fn roman(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    MONTHS.iter().position(|month| *month == word).map(|at| at as u32 + 1)
}

/// `February 16, 2021`, `Feb. 16`, `February 2021`, `tháng 2 năm 2021`.
fn month_first(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Reading> {
    if !leads_to_number(tokens, at) && numbered_month(tokens, at).is_none() {
        return None;
    }
    let (month, next) = month_at(tokens, at, language)?;
    let next = tokens.skip_sign(next, &[',']);
    let next = tokens.skip_word(skip_links(tokens, next), &["năm"]);
    let number = tokens.number(next)?;
    if number.digits == 4 {
        if let Some(year) = stated_year(number.value, 4) {
            let end = skip_year_word(tokens, next + 1);
            return Reading::month(Form::Named, (at, end), year, month);
        }
        return None;
    }
    let (day, mut next) = day_number(tokens, next)?;
    // `mar 16 feb 2021`: what looks like March is a Tuesday.
    if tokens.word(next).is_some_and(|word| names::month(word, language).is_some()) {
        return None;
    }
    let mut span = false;
    if (tokens.is_any_sign(next, &['-']) || tokens.is_any_word(next, &["to", "and"]))
        && let Some((_, after)) = day_number(tokens, next + 1).filter(|(last, _)| last.value > day.value)
    {
        (next, span) = (after, true);
    }
    // `Feb 16.5 %`, `March 3:2`: the number goes on.
    if tokens.is_any_sign(next, &['.', ':', '%', '/'])
        && tokens.touches(next)
        && tokens.touches(next + 1)
        && tokens.number(next + 1).is_some()
    {
        return None;
    }
    let (year, end) = year_after(tokens, next, language);
    if year.is_none() && !is_sure_without_year(tokens, at, language) {
        return None;
    }
    let reading = match year {
        Some(year) => Reading::day(Form::Named, (at, end), year, month, day.value),
        None => Reading::yearless(Form::Named, (at, end), month, day.value),
    }?;
    Some(Reading { span, month_was_first: Some(true), ..reading })
}

/// True when a number stands soon after the word at `at`, with nothing between that could not stand
/// between a month and its day. It spares looking up most words of a text.
fn leads_to_number(tokens: &Tokens, at: usize) -> bool {
    let mut words = 0;
    for next in at + 1..at + 6 {
        if tokens.number(next).is_some() {
            return true;
        }
        if tokens.word(next).is_some() {
            // A second word of the name, or a link.
            words += 1;
            if words > 1 && !tokens.is_any_word(next, LINKS) {
                return false;
            }
        } else if !tokens.is_any_sign(next, &['.', ',', '/', '\'', '’', '-']) {
            return false;
        }
    }
    false
}

/// `2021 February 16`, `2021. február 16.`, `2021 m. vasario 16 d.`
fn year_first(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<Reading> {
    let year = stated_year(tokens.number(at)?.value, 4)?;
    let next = tokens.skip_sign(at + 1, &['.', ',', '-', '/']);
    let next = tokens.skip_sign(skip_year_word(tokens, next), &['.']);
    let next = tokens.skip_word(next, YEAR_LINKS);
    // `2021. gada 16. februāris`
    if let Some((day, after)) = day_number(tokens, next) {
        let (month, end) = month_at(tokens, after, language)?;
        return Reading::day(Form::Named, (at, end), year, month, day.value);
    }
    let (month, next) = month_at(tokens, next, language)?;
    let next = tokens.skip_sign(next, &[',', '-', '/']);
    match day_number(tokens, next) {
        // `in 2021 March 3 people`: only a date that ends there or has no year behind it.
        Some((day, end)) if year_after(tokens, end, language).0.is_none() => {
            Reading::day(Form::Named, (at, end), year, month, day.value)
        }
        _ => None,
    }
}

/// The number of a day at `at`, and the token after it and its ordinal.
fn day_number(tokens: &Tokens, at: usize) -> Option<(Token, usize)> {
    let day = tokens.number(at).filter(|day| day.digits <= 2 && (1..=31).contains(&day.value))?;
    let mut next = at + 1;
    if tokens.is_any_word(next, ORDINALS) && tokens.touches(next) {
        next += 1;
    }
    if tokens.is_any_sign(next, &['.', 'º', '°']) && !(tokens.touches(next + 1) && tokens.number(next + 1).is_some())
    {
        next += 1;
    }
    // `16-го февраля`, `16-a de`
    if tokens.is_sign(next, '-') && tokens.touches(next) && tokens.is_any_word(next + 1, ORDINALS) {
        next += 2;
    }
    Some((day, next))
}

/// The month named at `at`, and the token after it and its point.
fn month_at(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> Option<(u32, usize)> {
    // `16-Feb-2021`, `16/Feb/2021`, `16, Feb`
    let at = tokens.skip_sign(at, &['-', '/', ',']);
    let word = tokens.word(at)?;
    // Hebrew says "in February" in one word.
    if let Some(number) = numbered_month(tokens, at) {
        return Some(number);
    }
    let two_words = tokens.get(at + 1).filter(|_| tokens.word(at + 1).is_some()).and_then(|second| {
        let both = &tokens.text[tokens.get(at)?.start..second.end];
        (both.len() < 40 && !word.is_ascii()).then(|| names::month(both, language)).flatten()
    });
    if let Some((month, _)) = two_words {
        return Some((month, at + 2));
    }
    let month =
        names::month(word, language).or_else(|| word.strip_prefix('ב').and_then(|rest| names::month(rest, language)));
    let (month, _) = month?;
    let next = tokens.skip_sign(at + 1, &['.']);
    // `Kabul/December`, `آب/أغسطس`: the second name says it again.
    if tokens.is_sign(next, '/') && tokens.word(next + 1).is_some_and(|second| names::month(second, language).is_some())
    {
        return Some((month, next + 2));
    }
    Some((month, next))
}

/// The numbers of Vietnamese months as words, the longer ones first.
const VIETNAMESE: &[(&[&str], u32)] = &[
    (&["mười", "một"], 11),
    (&["mười", "hai"], 12),
    (&["giêng"], 1),
    (&["một"], 1),
    (&["hai"], 2),
    (&["ba"], 3),
    (&["tư"], 4),
    (&["bốn"], 4),
    (&["năm"], 5),
    (&["sáu"], 6),
    (&["bảy"], 7),
    (&["bẩy"], 7),
    (&["tám"], 8),
    (&["chín"], 9),
    (&["mười"], 10),
    (&["chạp"], 12),
];

/// `tháng 2`, `tháng hai` in Vietnamese, whose months are numbered.
fn numbered_month(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    if !tokens.is_any_word(at, &["tháng", "thg"]) {
        return None;
    }
    let word = |words: &[&str]| (0..words.len()).all(|place| tokens.is_word(at + 1 + place, words[place]));
    if let Some((words, month)) = VIETNAMESE.iter().find(|(words, _)| word(words)) {
        return Some((*month, at + 1 + words.len()));
    }
    let month = tokens.number(tokens.skip_sign(at + 1, &['.'])).filter(|month| (1..=12).contains(&month.value))?;
    let at = tokens.skip_sign(at + 1, &['.']);
    Some((month.value, at + 1))
}

/// The year after a month or day at `at`, if one stands there, and the token after it.
fn year_after(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> (Option<i32>, usize) {
    let mut next = tokens.skip_sign(at, &[',', '-', '/', '.']);
    next = skip_links(tokens, next);
    next = tokens.skip_word(next, &["năm", "พ", "ศ", "พ.ศ", "ค.ศ", "в", "l", "سنة", "عام", "ปี"]);
    next = tokens.skip_sign(next, &['.']);
    if let Some(number) = tokens.number(next) {
        if let Some(year) = stated_year(number.value, number.digits) {
            // `16 February 2021:` is a year, `February 16, 2021 people` too; `16 Feb 2100 metres` is not.
            return (Some(year), skip_year_word(tokens, next + 1));
        }
        // `16 Feb 21`, `16-Feb-21`, but not `16 Feb 21:30` or `16 Feb 18 Uhr`.
        let goes_on = tokens.is_any_sign(next + 1, &[':', '.', ',', '%'])
            && tokens.touches(next + 1)
            && tokens.number(next + 2).is_some();
        let clock = tokens.is_any_word(next + 1, &["uhr", "h", "am", "pm", "a", "p", "hs"]);
        // `27 Mar 20 à 9:21`, `27 Mar 20 09:21`
        let timed = || time::after(tokens, next + 1, language).is_some_and(|time| !time.bare);
        let linked = tokens.is_any_sign(at, &['-', '/'])
            || tokens.get(next + 1).is_none()
            || tokens.is_any_sign(next + 1, &['|', '·', ',', ')'])
            || timed();
        let thai = language.is_some_and(|language| language.code() == "th");
        if number.digits == 2 && !goes_on && !clock && linked {
            let year = if thai && number.value > 50 { 1957 + number.value as i32 } else { century(number.value) };
            return (Some(year), next + 1);
        }
    }
    // `'21`
    if tokens.is_any_sign(next, &['\'', '’', '‘'])
        && let Some(number) = tokens.number(next + 1).filter(|number| number.digits == 2 && tokens.touches(next + 1))
    {
        return (Some(century(number.value)), next + 2);
    }
    (None, at)
}

fn skip_links(tokens: &Tokens, at: usize) -> usize {
    let mut next = at;
    for _ in 0..2 {
        if !tokens.is_any_word(next, LINKS) {
            break;
        }
        next += 1;
    }
    tokens.skip_sign(next, &['\'', '’'])
}

fn skip_year_word(tokens: &Tokens, at: usize) -> usize {
    if tokens.is_any_word(at, YEAR_WORDS) { tokens.skip_sign(at + 1, &['.']) } else { at }
}

/// Months that are also words, so that a small letter makes them something else, and names of other
/// languages, are believed only with a year.
fn is_sure_without_year(tokens: &Tokens, at: usize, language: Option<LanguageTag>) -> bool {
    const WORDS: &[&str] =
        &["may", "march", "mar", "sept", "mac", "set", "ago", "out", "dis", "jan", "mai", "sen", "abr"];
    let at = tokens.skip_sign(at, &['-', '/', ',']);
    let Some(word) = tokens.word(at) else { return false };
    let small = word.chars().next().is_some_and(char::is_lowercase);
    if small && WORDS.contains(&word) && language.is_none_or(|language| language.code() == "en") {
        return false;
    }
    numbered_month(tokens, at).is_some()
        || names::month(word, language).is_none_or(|(_, own)| own || word.chars().count() > 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let found = (0..tokens.len())
            .find_map(|at| find(&tokens, at, LanguageTag::find(code)))
            .and_then(|reading| reading.when());
        assert_eq!(found.map_or("-".into(), |when| when.value()), expected, "{line}");
    }

    #[test]
    fn day_month_year() {
        check("en", "16 February 2021", "2021-02-16");
        check("en", "Tuesday, 16th of February, 2021", "2021-02-16");
        check("en", "16-Feb-2021", "2021-02-16");
        check("en", "16 Feb '21", "2021-02-16");
        check("id", "15 Agt 2021", "2021-08-15");
        check("de", "16. Februar 2021", "2021-02-16");
        check("fr", "1er février 2021", "2021-02-01");
        check("es", "16 de febrero de 2021", "2021-02-16");
        check("es", "sabado 07 de mayo del 2022Actualizado", "2022-05-07");
        check("pt", "1º de fevereiro de 2021", "2021-02-01");
        check("fi", "16. helmikuuta 2021", "2021-02-16");
        check("pl", "16 lutego 2021 r.", "2021-02-16");
        check("ru", "16 февраля 2021 г.", "2021-02-16");
        check("ar", "الثلاثاء، 16 فبراير 2021", "2021-02-16");
        check("ar", "١٦ شباط/فبراير ٢٠٢١", "2021-02-16");
        check("ar", "16 كانون الثاني 2021", "2021-01-16");
        check("hi", "१६ फ़रवरी २०२१", "2021-02-16");
        check("th", "16 ก.พ. 2564", "2021-02-16");
        check("th", "16 กุมภาพันธ์ พ.ศ. 2564", "2021-02-16");
        check("vi", "ngày 16 tháng 2 năm 2021", "2021-02-16");
        check("he", "16 בפברואר 2021", "2021-02-16");
        check("en", "15-18 February 2021", "2021-02-18");
        check("lv", "16. februāris, 2021", "2021-02-16");
        check("vi", "16 tháng hai năm 2021", "2021-02-16");
        check("vi", "ngày 16 tháng mười hai năm 2021", "2021-12-16");
        check("pl", "16 II 2021 r.", "2021-02-16");
        check("hu", "16.XII.2021", "2021-12-16");
        check("en", "16. II. 2021", "2021-02-16");
    }

    #[test]
    fn month_day_year() {
        check("en", "February 16, 2021", "2021-02-16");
        check("en", "Feb. 16th 2021", "2021-02-16");
        check("en", "readApril 25, 20232:26 PM", "2023-04-25");
        check("en", "December 10, 2021April 9, 2019", "2021-12-10");
        check("en", "On February 16, Tesla", "--02-16");
        check("en", "February 2021", "2021-02");
        check("tl", "Pebrero 16, 2021", "2021-02-16");
        check("hy", "Նոյեմբեր 24", "--11-24");
        check("vi", "tháng năm năm 2021", "2021-05");
    }

    #[test]
    fn year_month_day() {
        check("hu", "2021. február 16.", "2021-02-16");
        check("lt", "2021 m. vasario 16 d.", "2021-02-16");
        check("lv", "2021. gada 16. februāris", "2021-02-16");
        check("en", "2021 February 16", "2021-02-16");
    }

    #[test]
    fn other_words_and_numbers_are_no_dates() {
        check("en", "4 X 2000", "-");
        check("en", "Elizabeth 2 II 1952", "-");
        check("pl", "4 XX 2000", "-");
        check("en", "you may 16 times", "-");
        check("en", "they march 3 miles", "-");
        check("en", "3 ago 2021", "-");
        check("en", "31 February 2021", "2021-02");
        check("en", "February", "-");
        check("en", "Feb 16.5 %", "-");
        check("en", "16 people", "-");
        check("en", "lis 16", "-");
    }
}
