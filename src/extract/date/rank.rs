//! How strong a date is: where it stands, and what announces it.

use chrono::Datelike;

use super::DateContext;
use super::announcement::{announced_after, announced_before};
use super::broken::{self, Broken};
use super::finding::readings;
use super::glance::may_hold_date;
use super::line::other_words;
use super::order::{self, Custom};
use super::page::Page;
use super::reading::Reading;
use super::token::{Tokens, digit};
use super::words::Announced;
use crate::article::{ArticleDate, DateCandidate, Evidence, Precision};
use crate::text::Clean;

/// So many dates are listed.
const LISTED: usize = 200;

/// So many dates are compared. An archive of ten thousand dates has no date of its own.
const COMPARED: usize = 2000;

/// A date where it was found.
struct Found {
    reading: Reading,
    /// The index of its line.
    line: usize,
    text: Clean,
    verdict: Verdict,
}

/// What a date is in its line, before its place on the page is weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    evidence: Evidence,
    /// How strong it would be in the best place; below 0 in no place.
    strength: i32,
    reason: &'static str,
}

/// See [`super::candidates`].
pub(super) fn candidates(context: &DateContext) -> Vec<DateCandidate> {
    let page = Page::new(context);
    let mut found: Vec<Found> = Vec::new();
    for (index, line) in context.lines.iter().enumerate() {
        if found.len() >= COMPARED {
            break;
        }
        // What may hold no date has no numbers of other scripts either.
        let has_number = || line.text.bytes().any(|byte| byte.is_ascii_digit());
        if may_hold_date(&line.text) || has_number() && is_copyright(&line.text) {
            find_in_line(context, &page, index, &mut found);
        }
        if let Some(broken) = broken::find(&context.lines[index..], context.language) {
            found.push(in_several_lines(broken, index));
        }
    }
    let mut all: Vec<Reading> = found.iter().map(|found| found.reading).collect();
    let beside = super::beside::told(context);
    let custom = Custom { language: context.language, url: context.url, lines: context.lines, beside: &beside };
    order::settle(&mut all, custom);
    let mut ranked: Vec<DateCandidate> = Vec::with_capacity(found.len() + 3);
    ranked.extend(super::beside::candidates(context));
    for (found, reading) in found.into_iter().zip(all) {
        let Some(when) = reading.when() else { continue };
        let mut rank = found.verdict.strength;
        if rank >= 0 {
            rank += precision_bonus(when.precision()) + weekday_bonus(&reading);
            if matches!(found.verdict.evidence, Evidence::Header | Evidence::Byline) {
                rank += page.place(found.line, matches!(found.verdict.reason, PUBLISHED | UPDATED));
            }
        }
        let line = context.lines.get(found.line).map(|line| line.number);
        ranked.push(DateCandidate {
            date: ArticleDate { when, evidence: found.verdict.evidence, line, text: found.text },
            rank,
            reason: found.verdict.reason.to_owned(),
        });
    }
    // The sort is stable: of equals, the first to stand in the article stays first.
    ranked.sort_by_key(|candidate| -candidate.rank);
    prefer_stated_years(&mut ranked);
    ranked.sort_by_key(|candidate| -candidate.rank);
    prefer_published(&mut ranked);
    ranked.sort_by_key(|candidate| -candidate.rank);
    ranked.truncate(LISTED);
    ranked
}

/// A date that begins in the line at `index` and ends in a later one.
fn in_several_lines(broken: Broken, index: usize) -> Found {
    let verdict = match broken.announced {
        Some(Announced::Updated) => Verdict { evidence: Evidence::Byline, strength: 600, reason: UPDATED },
        Some(Announced::Published) => Verdict { evidence: Evidence::Byline, strength: 600, reason: PUBLISHED },
        _ => Verdict { evidence: Evidence::Header, strength: 570, reason: "in several lines" },
    };
    Found { reading: broken.reading, line: index, text: broken.text, verdict }
}

/// A day without a year gives way to the same day with one, wherever that is stated for itself.
fn prefer_stated_years(ranked: &mut [DateCandidate]) {
    use crate::article::When;
    let yearless = ranked.iter().filter(|candidate| candidate.rank >= 0);
    let yearless = yearless.filter_map(|candidate| match candidate.date.when {
        When::Yearless(day) => Some((day.month(), day.day(), candidate.rank)),
        _ => None,
    });
    let Some((month, day, rank)) = yearless.max_by_key(|found| found.2) else { return };
    let same_day = |candidate: &&mut DateCandidate| {
        let stated = matches!(candidate.date.evidence, Evidence::Header | Evidence::Byline) && candidate.rank > -1500;
        stated
            && candidate.date.when.first().is_some_and(|first| {
                (first.month(), first.day()) == (month, day) && candidate.date.when.precision() >= Precision::Day
            })
    };
    if let Some(full) = ranked.iter_mut().filter(same_day).max_by_key(|candidate| candidate.rank) {
        full.rank = full.rank.max(rank + 1);
    }
}

/// Where an article tells on one or two lines when it was updated and when it was published, the
/// second is its date.
fn prefer_published(ranked: &mut [DateCandidate]) {
    let Some(best) = ranked.first().filter(|best| best.reason == UPDATED) else { return };
    let (rank, line, day) = (best.rank, best.date.line.unwrap_or(0), best.date.when.first());
    let beside = |candidate: &&mut DateCandidate| {
        let away = candidate.date.line.unwrap_or(0).abs_diff(line);
        let stated = matches!(candidate.date.evidence, Evidence::Header | Evidence::Byline);
        (candidate.reason == PUBLISHED && away <= 3 || stated && candidate.reason != UPDATED && away == 0)
            && candidate.date.when.first() < day
            && (candidate.rank >= 0 || away == 0)
    };
    if let Some(published) = ranked.iter_mut().find(beside) {
        published.rank = rank + 1;
    }
}

/// The reasons of dates that are announced.
const PUBLISHED: &str = "published";
const UPDATED: &str = "updated";

fn precision_bonus(precision: Precision) -> i32 {
    match precision {
        Precision::Minute => 15,
        Precision::Day => 0,
        // Archives list their months.
        Precision::Month => -200,
        Precision::Year => -200,
        Precision::Yearless => -150,
    }
}

fn weekday_bonus(reading: &Reading) -> i32 {
    match reading.weekday_fits() {
        Some(true) => 10,
        Some(false) => -120,
        None => 0,
    }
}

fn find_in_line(context: &DateContext, page: &Page, index: usize, found: &mut Vec<Found>) {
    let Some(line) = context.lines.get(index) else { return };
    let tokens = Tokens::new(&line.text);
    let readings = readings(&tokens, context.language);
    if readings.is_empty() {
        found.extend(copyright_year(&tokens).map(|(reading, text)| Found {
            reading,
            line: index,
            text,
            verdict: COPYRIGHT,
        }));
        return;
    }
    // A longer line is text, and its words need not be counted.
    let short = line.text.len() <= 300;
    let others = |range| if short { other_words(&tokens, range, &readings, context.language) } else { usize::MAX };
    let all_others = others(0..tokens.len());
    let mut from = 0;
    let from_of: Vec<usize> = readings
        .iter()
        .map(|reading| {
            let before = from;
            from = tokens.get(reading.end - 1).map_or(before, |token| token.end);
            before
        })
        .collect();
    for (at, reading) in readings.iter().enumerate() {
        let start = tokens.get(reading.first).map_or(0, |token| token.start);
        let end = tokens.get(reading.end - 1).map_or(start, |token| token.end);
        let beside = Beside {
            line: &line.text,
            before: &line.text[from_of[at].min(start)..start],
            after: &line.text[end..readings
                .get(at + 1)
                .and_then(|next| tokens.get(next.first))
                .map_or(line.text.len(), |next| next.start.max(end))],
            first: at == 0,
            follows: at > 0 && found.last().is_some_and(|last| last.verdict.strength >= 0),
            last: at + 1 == readings.len(),
            others: all_others,
            others_before: if short { others(0..reading.first) } else { all_others },
            others_after: if short { others(reading.end..tokens.len()) } else { all_others },
            start,
            end,
        };
        let mut verdict = verdict(page, index, reading, &beside);
        // `10 December 20219 April 2019`: a page's "updated" and "published" that lost their words.
        let is_glued = |one: &Reading, other: &Reading| one.end == other.first && tokens.touches(other.first);
        let last = at.checked_sub(1).and_then(|at| readings.get(at)).filter(|last| is_glued(last, reading));
        if last.is_some_and(|last| reading.date() < last.date()) {
            let strength = found.last().map_or(0, |last| last.verdict.strength);
            verdict.strength = verdict.strength.max(strength + 1);
        }
        // The point that ends a sentence belongs to no date.
        let trimmed = line.text[start..end].trim_end_matches('.');
        let end = if trimmed.ends_with(|c: char| digit(c).is_some()) { start + trimmed.len() } else { end };
        found.push(Found { reading: *reading, line: index, text: line.text.slice(start..end), verdict });
    }
}

/// What stands in the line of a date.
struct Beside<'a> {
    line: &'a str,
    /// From the previous date of the line, or its beginning, to this one.
    before: &'a str,
    /// From this date to the next one of the line, or its end.
    after: &'a str,
    /// True for the first date of the line.
    first: bool,
    /// True when the date before it in the line may be the article's.
    follows: bool,
    /// True for the last date of the line.
    last: bool,
    /// How many words of the line tell something else.
    others: usize,
    /// How many of these stand before the date.
    others_before: usize,
    /// How many of these stand after the date.
    others_after: usize,
    start: usize,
    end: usize,
}

const COPYRIGHT: Verdict = Verdict { evidence: Evidence::Body, strength: -400, reason: "copyright year" };

const IN_THE_TEXT: Verdict = Verdict { evidence: Evidence::Body, strength: -300, reason: "in the text" };

fn verdict(page: &Page, index: usize, reading: &Reading, beside: &Beside) -> Verdict {
    let reject = |reason| Verdict { evidence: Evidence::Body, strength: -400, reason };
    let line = beside.line;
    if is_post(line) || page.is_below_handle(index) {
        return reject("of a quoted post");
    }
    if is_copyright(line) {
        return COPYRIGHT;
    }
    if reading.span {
        return reject("a span of days");
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
    if announced == Some(Announced::Other) {
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
        if beside.others <= 8 && is_set_apart(beside) && mostly_names(beside) {
            return verdict(540, "beside a name");
        }
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
fn copyright_year(tokens: &Tokens) -> Option<(Reading, Clean)> {
    if !is_copyright(tokens.text) {
        return None;
    }
    (0..tokens.len()).find_map(|at| {
        let token = tokens.number(at).filter(|number| number.digits == 4)?;
        let reading = Reading::year((at, at + 1), i32::try_from(token.value).ok()?)?;
        Some((reading, Clean::new(&tokens.text[token.start..token.end])))
    })
}

fn is_copyright(line: &str) -> bool {
    line.contains('©')
        || line.starts_with("(c)")
        || line.starts_with("(C)")
        || line.contains('C') && ["Copyright", "COPYRIGHT"].iter().any(|word| line.contains(word))
}
