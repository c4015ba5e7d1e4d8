//! How strong a date is: where it stands, and what announces it.

use chrono::Datelike;

use super::DateContext;
use super::announced::Announced;
use super::broken::{self, Broken};
use super::finding::readings;
use super::glance::may_hold_date;
use super::line::other_words;
use super::order::{self, Custom};
use super::page::Page;
use super::reading::Reading;
use super::token::{Tokens, digit};
use super::verdict::{Beside, COPYRIGHT, PUBLISHED, UPDATED, Verdict, copyright_year, is_copyright, verdict};
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
    let custom =
        Custom { language: context.language, url: context.url, lines: context.lines, beside: &beside, file: None };
    order::settle(&mut all, custom);
    // One stamp below the text is its signature; several are of comments or other articles.
    let is_stamp = |found: &&Found| found.verdict.strength > 0 && page.is_below_text(found.line);
    let mut stamps = found.iter().filter(is_stamp).map(|found| found.line);
    let signature = stamps.next().filter(|line| page.is_tail(*line) && stamps.all(|other| other == *line));
    let mut ranked: Vec<DateCandidate> = Vec::with_capacity(found.len() + 3);
    ranked.extend(super::beside::candidates(context));
    for (found, reading) in found.into_iter().zip(all) {
        let Some(when) = reading.when() else { continue };
        let mut rank = found.verdict.strength;
        if rank >= 0 {
            rank += precision_bonus(when.precision()) + weekday_bonus(&reading);
            if matches!(found.verdict.evidence, Evidence::Header | Evidence::Byline) {
                rank += page.place(found.line, matches!(found.verdict.reason, PUBLISHED | UPDATED));
                if Some(found.line) == signature {
                    rank = rank.max(SIGNATURE);
                }
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
    prefer_first_stamp(&mut ranked);
    ranked.sort_by_key(|candidate| -candidate.rank);
    ranked.truncate(LISTED);
    ranked
}

/// How strong the only date below a text is: weaker than any above it.
const SIGNATURE: i32 = 100;

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

/// Of two dates without words, in one line or in two that follow each other, the earlier is when the article
/// was published, and the other when it was changed.
fn prefer_first_stamp(ranked: &mut [DateCandidate]) {
    let is_stamp = |candidate: &DateCandidate| {
        let stated = matches!(candidate.date.evidence, Evidence::Header | Evidence::Byline);
        stated && candidate.rank >= 0 && !matches!(candidate.reason.as_str(), PUBLISHED | UPDATED)
    };
    let Some(best) = ranked.first().filter(|best| is_stamp(best)) else { return };
    let (rank, line, time) = (best.rank, best.date.line.unwrap_or(0), best.date.when.sort_key());
    let near = |candidate: &DateCandidate| {
        is_stamp(candidate) && candidate.date.line.is_some_and(|other| other.abs_diff(line) <= 2)
    };
    // Three are a list.
    if ranked.iter().filter(|candidate| near(candidate)).count() != 2 {
        return;
    }
    if let Some(first) = ranked[1..].iter_mut().find(|candidate| near(candidate))
        && first.date.when.sort_key() < time
        && first.date.when.precision() >= Precision::Day
    {
        first.rank = rank + 1;
    }
}

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
    let is_span = |first: Option<usize>, second: usize| {
        let (first, second) = first.and_then(|first| readings.get(first)).zip(readings.get(second))?;
        let between = line.text.get(tokens.get(first.end - 1)?.end..tokens.get(second.first)?.start)?;
        Some(are_span(first, second, between))
    };
    let is_span = |first, second| is_span(first, second).unwrap_or(false);
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
            spans: is_span(at.checked_sub(1), at) || is_span(Some(at), at + 1),
            start,
            end,
            language: context.language,
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

/// True for two dates that are the first and the last of several days: `27 February – 3 May`, born and died.
/// With their times they are when something was published and changed.
fn are_span(first: &Reading, second: &Reading, between: &str) -> bool {
    const JOINTS: &[&str] = &[
        "-", "–", "—", "‐", "‑", "−", "to", "until", "till", "bis", "au", "al", "a", "do", "až", "до", "по", "tot",
        "till", "til", "s/d", "~", "～", "から", "至", "†", "; †", "– †",
    ];
    let between = between.trim().trim_end_matches(['*', '†']).trim();
    let is_joint = JOINTS.contains(&between)
        || between.to_lowercase().strip_prefix("bis").is_some_and(|rest| rest.trim() == "zum");
    let in_order = match (first.date(), second.date()) {
        (Some(first), Some(second)) => first < second,
        _ => first.year.is_none(),
    };
    is_joint && in_order && first.day.is_some() && first.time.is_none() && second.time.is_none()
}
