//! What a date is, as far as its line tells: published then, beside a name, of something else, in the text.

use super::announced::Announced;
use super::announcement::{announced_after, announced_before, dates_something_else, is_row_of_something_else};
use super::page::Page;
use super::reading::{LATEST_YEAR, Reading};
use super::token::Tokens;
use super::words::{PREPOSITIONS, TODAY};
use crate::article::{Evidence, LanguageTag};
use crate::extract::language::is_common;
use crate::text::Clean;
use crate::text::fold::fold;

/// What a date is in its line, before its place on the page is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// What the date rests on.
    pub evidence: Evidence,
    /// How strong it would be in the best place; below 0 in no place.
    pub strength: i32,
    /// Why.
    pub reason: &'static str,
}

/// The reasons of dates that are announced.
pub(super) const PUBLISHED: &str = "published";
pub(super) const UPDATED: &str = "updated";

/// What stands in the line of a date.
pub(super) struct Beside<'a> {
    /// The line.
    pub line: &'a str,
    /// From the previous date of the line, or its beginning, to this one.
    pub before: &'a str,
    /// From this date to the next one of the line, or its end.
    pub after: &'a str,
    /// True for the first date of the line.
    pub first: bool,
    /// True when the date before it in the line may be the article's.
    pub follows: bool,
    /// True for the last date of the line.
    pub last: bool,
    /// True when a dash joins it to another date of the line: days from the first to the second.
    pub spans: bool,
    /// How many words of the line tell something else.
    pub others: usize,
    /// How many of these stand before the date.
    pub others_before: usize,
    /// How many of these stand after the date.
    pub others_after: usize,
    /// Where the date begins and ends in the line, in bytes.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// The language of the article.
    pub language: Option<LanguageTag>,
}

/// The year of a notice of copyright.
pub(super) const COPYRIGHT: Verdict = Verdict { evidence: Evidence::Body, strength: -400, reason: "copyright year" };

const IN_THE_TEXT: Verdict = Verdict { evidence: Evidence::Body, strength: -300, reason: "in the text" };

/// What the date `reading` is in its line, which is the one at `index` of the page.
pub(super) fn verdict(page: &Page, index: usize, reading: &Reading, beside: &Beside) -> Verdict {
    let reject = |reason| Verdict { evidence: Evidence::Body, strength: -400, reason };
    let line = beside.line;
    let is_head = page.is_head(index);
    // Beside the headline an account in brackets is the author's, if nothing but a name stands before it.
    let name = line.split_once("(@").map(|(name, _)| name);
    let signed = is_head
        && beside.others <= LONGEST_SIGNATURE
        && name.is_some_and(|name| {
            !name.contains(['!', '?', '.', '—', '–', ',', '"', '”']) && words_of(name).count() <= 6
        });
    if is_post(line) && !signed || page.is_below_handle(index) {
        return reject("of a quoted post");
    }
    if is_copyright(line) {
        return COPYRIGHT;
    }
    if reading.span || beside.spans {
        return reject("a span of days");
    }
    if reading.far || reading.year.is_some_and(|year| year > LATEST_YEAR) {
        return reject("in a year that is far away");
    }
    let is_death =
        beside.before.trim_end().ends_with('†') || line.contains('†') && beside.before.trim_end().ends_with('*');
    if page.is_below_label(index)
        || is_row_of_something_else(line)
        || dates_something_else(beside.after)
        || is_death
        || is_of_picture(beside)
    {
        return reject("of something else");
    }
    let announced = announced_before(beside.before).or_else(|| {
        // Before another date, the words announce that one.
        beside.last.then(|| announced_after(beside.after)).flatten()
    });
    if beside.others == 0 {
        return match announced {
            Some(Announced::Updated) => Verdict { evidence: Evidence::Byline, strength: 630, reason: UPDATED },
            Some(Announced::Published) => Verdict { evidence: Evidence::Byline, strength: 630, reason: PUBLISHED },
            _ => Verdict { evidence: Evidence::Header, strength: 600, reason: "a line of its own" },
        };
    }
    if announced == Some(Announced::Other) || is_weather(line) {
        return reject("of something else");
    }
    let is_sentence = line.ends_with(['.', '!', '?', '。']) && (beside.others > 6 || !mostly_names(beside));
    if beside.others <= 14 && !is_sentence {
        let verdict = |strength, reason| Verdict { evidence: Evidence::Byline, strength, reason };
        match announced {
            Some(Announced::Published) => return verdict(630, PUBLISHED),
            Some(Announced::Updated) => return verdict(630, UPDATED),
            Some(Announced::By) if mostly_names(beside) && (reading.year.is_some() || is_set_apart(beside)) => {
                return verdict(560, "beside the author's name");
            }
            _ => {}
        }
        if beside.follows {
            return verdict(400, "beside another date");
        }
        if beside.others <= 8 && is_set_apart(beside) && mostly_names(beside) && !is_within_words(beside) {
            return verdict(540, "beside a name");
        }
    }
    if (is_head || page.is_tail(index)) && states_facts(reading, beside, announced) {
        return Verdict { evidence: Evidence::Byline, strength: 520, reason: "in a line beside the headline" };
    }
    if let Some(length) = super::line::leading_date(line)
        && beside.end <= length
        && page.is_near_opening(index)
    {
        return Verdict { evidence: Evidence::Header, strength: 590, reason: "before the first words" };
    }
    if page.is_opening(index)
        && let Some(verdict) = opening(reading, beside)
    {
        return verdict;
    }
    IN_THE_TEXT
}

/// So many words beside its date a line with an author's account has at most.
const LONGEST_SIGNATURE: usize = 10;

/// So many words beside its date a line of facts beside a headline has at most: authors have long titles.
const LONGEST_FACTS: usize = 24;

/// True for a line that states facts and tells nothing: names, sections, counts, a date that signs or the
/// line's ends set apart. Whether its words are written with capitals is one sign of several.
fn states_facts(reading: &Reading, beside: &Beside, announced: Option<Announced>) -> bool {
    if reading.day.is_none() || beside.others > LONGEST_FACTS || is_within_words(beside) {
        return false;
    }
    let before = without_links(beside.before);
    let after = beside.after.trim_start();
    // A word that touches the number is the name of a symbol: `access_time16 Feb`.
    let symbol = beside.before.ends_with(char::is_alphabetic)
        || before.rsplit(' ').next().is_some_and(|word| SYMBOLS.contains(&word));
    let symbol_after = after.split(' ').next().is_some_and(|word| SYMBOLS.contains(&word));
    let is_open = |c: char| c.is_alphanumeric() || "\"'“”„’".contains(c);
    let (left, right) = (symbol || !before.ends_with(is_open), symbol_after || !after.starts_with(is_open));
    let words = || [beside.before, beside.after].into_iter().flat_map(words_of);
    let common = words().filter(|word| !is_link(word) && is_common(word, beside.language)).take(6).count();
    // A name may hold a common word: `puerto nuevo`.
    let common = common.saturating_sub(usize::from(left && right)) as i32;
    // A date that opens its line is the date of the line.
    let mut score = if before.is_empty() && beside.first { 2 } else { i32::from(left) };
    score += i32::from(right);
    score += 2 * i32::from(reading.time.is_some() || announced.is_some());
    score += i32::from(reading.weekday.is_some());
    score += 2 * i32::from(mostly_names(beside));
    score += i32::from(beside.others <= 4 && common == 0);
    score -= common + i32::from(beside.others > 12) + i32::from(beside.others > 18);
    if beside.line.ends_with(['.', '!', '?', '。', '।']) && !ends_with_abbreviation(beside) {
        score -= 2;
    }
    score >= if reading.year.is_some() { 2 } else { 4 }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

/// What stands before a date, without the prepositions that join it.
fn without_links(before: &str) -> &str {
    let mut rest = before.trim_end();
    loop {
        let word = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
        if word.is_empty() || !PREPOSITIONS.contains(&fold(word).as_str()) {
            return rest;
        }
        rest = rest[..rest.len() - word.len()].trim_end();
    }
}

/// Names of symbols, which fonts draw in place of them.
const SYMBOLS: &[&str] = &[
    "schedule",
    "access_time",
    "calendar_today",
    "calendar_month",
    "date_range",
    "event",
    "today",
    "update",
    "history",
    "query_builder",
    "watch_later",
    "clock",
    "calendar",
    "person",
    "comment",
    "chat",
    "chat_bubble",
    "chat_bubble_outline",
    "visibility",
    "remove_red_eye",
    "share",
    "favorite",
    "favorite_border",
    "bookmark",
    "bookmark_border",
    "thumb_up",
    "folder",
    "label",
    "local_offer",
    "print",
    "mode_comment",
    "forum",
];

/// True for words that stand in lines of facts as well as in sentences.
fn is_link(word: &str) -> bool {
    const LINKS: &[&str] = &[
        "by", "in", "of", "at", "and", "for", "the", "a", "from", "von", "und", "aus", "der", "die", "für", "par",
        "et", "dans", "la", "le", "les", "des", "du", "au", "aux", "el", "los", "las", "y", "en", "del", "para", "por",
        "em", "da", "do", "e", "di", "della", "del", "dei", "per", "door", "van", "het", "een", "av", "af", "och",
        "og", "i", "til", "för", "ja", "w", "z", "v", "u", "ve", "dan", "di", "oleh", "и", "в", "на", "от", "та", "у",
        "με", "και", "των", "της", "του", "si", "și", "na", "no", "keine", "kein", "sin", "sem", "senza", "nessun",
        "aucun", "geen", "brak", "без", "ingen", "inga", "ei", "žádné", "yok", "tidak", "de", "w", "ya", "wa", "year",
        "day",
    ];
    LINKS.contains(&word.to_lowercase().as_str())
}

/// True when words run on to a date without a sign, and a preposition joins them to it: `voted on 2 February`.
/// Names may stand there all the same: `Nora Webb on 2 February`.
fn is_within_words(beside: &Beside) -> bool {
    let before = without_links(beside.before);
    if before.len() == beside.before.trim_end().len() {
        return false;
    }
    if before.is_empty() {
        // `On 2 February the council voted`; Romance languages put the article before any date.
        let article = ["le", "el", "il", "em"].contains(&beside.before.trim().to_lowercase().as_str());
        let mut common = words_of(beside.after).filter(|word| !is_link(word) && is_common(word, beside.language));
        return beside.others_after > if article { 4 } else { 2 } || common.next().is_some();
    }
    let written_by = announced_before(beside.before) == Some(Announced::By);
    let is_told = |word: &str| word.starts_with(char::is_lowercase) && !is_link(word);
    before.ends_with(char::is_alphanumeric) && !written_by && words_of(before).any(is_told)
}

/// True for a line under a picture: one that begins with a word for it, or ends with its credit behind the
/// date: `The pier on 2 February 2021. NORA WEBB / AFP`.
fn is_of_picture(beside: &Beside) -> bool {
    const PICTURES: &[&str] = &[
        "photo",
        "foto",
        "image",
        "imagen",
        "imagem",
        "immagine",
        "bild",
        "archivbild",
        "archivfoto",
        "file photo",
        "picture",
        "video",
        "снимок",
        "фото",
        "zdjecie",
        "foto",
        "kuva",
        "kep",
        "φωτο",
        "görsel",
        "gambar",
    ];
    let label = beside
        .line
        .split_once(':')
        .filter(|(label, _)| label.len() <= 24 && !beside.first || label.len() < beside.start);
    let credit = beside.after.trim_start().strip_prefix('.').map(str::trim);
    label.is_some_and(|(label, _)| PICTURES.contains(&fold(label.trim()).as_str()))
        || credit.is_some_and(|credit| {
            credit.contains('/') && credit.split_whitespace().count() <= 6 && mostly_capitals(credit.split_whitespace())
        })
}

/// True where the point at the end of a line belongs to its last word: `p.m.`, `red.`, `16. 2.`
fn ends_with_abbreviation(beside: &Beside) -> bool {
    let after = beside.after.trim();
    let last = after.trim_end_matches('.').rsplit([' ', '/', ',']).next().unwrap_or_default();
    beside.last && (after.len() <= 1 || last.chars().count() <= 8 && after.split_whitespace().count() <= 6)
}

/// True for a line that tells the weather.
fn is_weather(line: &str) -> bool {
    line.match_indices('°').any(|(at, _)| {
        let number = line[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
        // `16º de`, `1° febbraio`: some write the point of an ordinal like this.
        number && !line[at + '°'.len_utf8()..].trim_start().starts_with(char::is_lowercase)
    })
}

/// What a date in the opening of the text tells.
fn opening(reading: &Reading, beside: &Beside) -> Option<Verdict> {
    let body = |strength, reason| Some(Verdict { evidence: Evidence::Body, strength, reason });
    let before = beside.before.trim();
    let words = before.split_whitespace().count();
    let after = beside.after.trim_start();
    // `HARBOURTOWN, Feb 16 (Agency) -`, `Kota, 16 Feb 2021 –`
    // `/Agency/`
    let agency = after.strip_prefix('/').and_then(|rest| rest.find('/')).is_some_and(|end| (2..=30).contains(&end));
    let dash = agency || after.starts_with(['-', '–', '—', '(', '―', '電', '电', ':']);
    if beside.start <= 90 && words <= 7 && dash && mostly_capitals(before.split_whitespace()) {
        return Some(Verdict { evidence: Evidence::Dateline, strength: 450, reason: "dateline" });
    }
    // `Today (16.02.2021)`, `Сегодня, 16 февраля`: what happened, and when.
    let is_today = || {
        let mut words = before.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        let last = words.next().unwrap_or_default();
        let both = |first: &str| fold(&format!("{first} {last}"));
        TODAY.contains(&fold(last).as_str()) || words.next().is_some_and(|first| TODAY.contains(&both(first).as_str()))
    };
    if beside.start < 200 && reading.day.is_some() && is_today() {
        return body(230, "in the text, as the day of today");
    }
    // `Senin (16/2/2021)`: what was said, and when.
    if reading.weekday.is_some() && beside.line[beside.start..beside.end].contains('(') && beside.start < 400 {
        return body(220, "in the text, with its weekday");
    }
    // `On February 16, ...`, as the first words of the text.
    if reading.year.is_none() && words <= 1 && beside.first && beside.start <= 12 {
        return body(200, "opens the text");
    }
    None
}

/// True when a date is the first or the last thing in its line, or signs set it apart.
fn is_set_apart(beside: &Beside) -> bool {
    let before = beside.before.trim_end();
    let after = beside.after.trim_start();
    const SIGNS: &[char] =
        &['|', '·', '•', '-', '–', '—', '/', '»', '>', ',', '(', ')', ';', '‧', '∙', '｜', '（', '）'];
    beside.others_before == 0 || beside.others_after == 0 || (before.ends_with(SIGNS) && after.starts_with(SIGNS))
}

/// True when the words beside a date look like names rather than a sentence.
fn mostly_names(beside: &Beside) -> bool {
    let sentence =
        beside.after.trim_end().ends_with(['.', '!', '?', '。']) && beside.after.split_whitespace().count() > 2;
    // One word and a comma before a date are a name however it is written: `dpa, 16.2.2021`.
    let signed = beside.others_before == 1 && beside.others == 1 && beside.before.trim_end().ends_with([',', '|', ':']);
    signed
        || !sentence && mostly_capitals(beside.before.split_whitespace().chain(beside.after.split_whitespace().take(6)))
}

/// True when at least half of `words` begin with a capital, or with a letter that has none.
fn mostly_capitals<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut small, mut all) = (0, 0);
    for word in words.filter(|word| word.starts_with(char::is_alphabetic)) {
        small += usize::from(word.starts_with(char::is_lowercase));
        all += 1;
    }
    small * 2 <= all
}

/// Signs of a post on a social network that an article quotes.
const POST_SIGNS: &[&str] = &["Twitter for ", "Twitter Web ", "·Twitter", "pic.twitter.com"];

fn is_post(line: &str) -> bool {
    // One search instead of one for each sign.
    line.contains("(@") || line.contains("witter") && POST_SIGNS.iter().any(|sign| line.contains(sign))
}

/// The year of a copyright notice.
pub(super) fn copyright_year(tokens: &Tokens) -> Option<(Reading, Clean)> {
    if !is_copyright(tokens.text) {
        return None;
    }
    (0..tokens.len()).find_map(|at| {
        let token = tokens.number(at).filter(|number| number.digits == 4)?;
        let reading = Reading::year((at, at + 1), i32::try_from(token.value).ok()?)?;
        Some((reading, Clean::new(&tokens.text[token.start..token.end])))
    })
}

/// True for a notice of copyright.
pub(super) fn is_copyright(line: &str) -> bool {
    line.contains('©')
        || line.starts_with("(c)")
        || line.starts_with("(C)")
        || line.contains('C') && ["Copyright", "COPYRIGHT"].iter().any(|word| line.contains(word))
}
