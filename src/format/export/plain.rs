//! Documents whose fields have no labels, and are told by where they stand.

use super::super::columns;
use super::labels::{is_day, is_notice};
use crate::extract::{RawArticle, StatedFields};

/// Words for the length of a text: `77 words`.
const WORDS: &[&str] = &[
    "words",
    "word",
    "wörter",
    "mots",
    "palabras",
    "parole",
    "palavras",
    "woorden",
    "ord",
    "sanaa",
    "słów",
    "слов",
    "слова",
    "字",
    "語",
];

/// The facts of a document may take so many lines.
const HEAD: usize = 30;

/// The document that these lines are, if its fields are told by their places.
pub(super) fn read(text: &str) -> Option<RawArticle> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    counted(&lines).or_else(|| numbered(&lines))
}

/// True for a line that says how long the text is.
fn is_length(line: &str) -> bool {
    let line = line.trim();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).len();
    digits > 0 && line.len() < 30 && WORDS.contains(&&*line[digits..].trim().to_lowercase())
}

/// The line of a document that says how long it is, with its day below.
pub(super) fn length_at(lines: &[&str]) -> Option<usize> {
    let mut at = 0;
    while at + 1 < lines.len().min(HEAD) {
        let next = lines[at + 1..].iter().find(|line| !line.trim().is_empty());
        if is_length(lines[at]) && next.is_some_and(|next| is_day(next)) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Factiva: section, headline and author, how long the text is, day, time, paper, its code, page, language, a notice
/// on the rights, and the text.
fn counted(lines: &[&str]) -> Option<RawArticle> {
    let length = length_at(lines)?;
    let above: Vec<&str> = lines[..length].iter().filter(|line| !line.is_empty()).copied().collect();
    let mut below = lines.iter().enumerate().skip(length + 1).filter(|(_, line)| !line.is_empty());
    let (day_at, day) = below.next()?;
    let (mut source, mut end) = (None, day_at + 1);
    for (at, line) in below.take(10) {
        let is_time = line.len() <= 8 && line.contains(':') && line.starts_with(|c: char| c.is_ascii_digit());
        if line.chars().count() > 100 {
            break;
        }
        end = at + 1;
        if is_notice(line) {
            break;
        }
        if source.is_none() && !is_time {
            source = Some((*line).to_owned());
        }
        // What follows a blank line without a notice is the text.
        if lines.get(at + 1).is_some_and(|next| next.is_empty()) && source.is_some() {
            break;
        }
    }
    let (title, byline, section) = headed(&above);
    let text = body(lines.get(end..)?);
    let stated = StatedFields {
        title,
        byline,
        source,
        date: Some((*day).to_owned()),
        tags: section.into_iter().collect(),
        ..StatedFields::default()
    };
    Some(RawArticle { text, stated, ..RawArticle::default() })
}

/// Headline, author and section of the lines above the length.
fn headed(above: &[&str]) -> (Option<String>, Option<String>, Option<String>) {
    let mut titles = above;
    let mut byline = None;
    if let [before @ .., last] = titles
        && !before.is_empty()
        && is_author(last)
    {
        byline = Some((*last).to_owned());
        titles = before;
    }
    let mut section = None;
    if let [first, rest @ ..] = titles
        && !rest.is_empty()
        && first.split_whitespace().count() <= 3
        && rest[0].split_whitespace().count() >= 3
    {
        section = Some((*first).to_owned());
        titles = rest;
    }
    (Some(titles.join(" ")).filter(|title| !title.is_empty()), byline, section)
}

/// True for a line that names a person: announced, or a few words that all have a capital.
fn is_author(line: &str) -> bool {
    const OPENERS: &[&str] = &["by ", "von ", "par ", "por ", "di ", "door ", "av ", "af "];
    let lower = line.to_lowercase();
    let is_announced = OPENERS.iter().any(|opener| lower.starts_with(opener));
    let words = line.split_whitespace().count();
    let is_named = |word: &str| {
        word.starts_with(char::is_uppercase) || ["de", "van", "von", "der", "di", "da", "et", "y"].contains(&word)
    };
    let all_named =
        (2..=6).contains(&words) && line.split_whitespace().all(is_named) && !line.contains([':', '?', '!']);
    words <= 14 && (is_announced || all_named) && !line.ends_with(['.', '?', '!'])
}

/// Labels below the text of a Europresse document.
const BELOW: &[&str] = &[
    "catégorie",
    "sujet",
    "lieu",
    "type(s)",
    "taille",
    "doc.",
    "numéro de document",
    "note",
    "illustration",
    "certificat émis",
    "cet article est paru",
    "category",
    "uniform subject",
    "certificate issued",
    "length :",
    "this article appeared",
];

/// A number by which an archive files a document, alone or behind a label: `news·20100111·LM·0001234`.
pub(super) fn is_number(line: &str) -> bool {
    let line = line.trim();
    let number = line.rsplit_once(' ').map_or(line, |(_, number)| number);
    let mut parts = number.split(['·', '•', '⸱']);
    let kind = parts.next().unwrap_or_default();
    let day = parts.next().unwrap_or_default();
    line.len() < 100
        && (2..=6).contains(&kind.len())
        && kind.bytes().all(|byte| byte.is_ascii_lowercase())
        && day.len() == 8
        && day.bytes().all(|byte| byte.is_ascii_digit())
        && parts.next().is_some()
}

/// Europresse: paper, section with the day, headline, author, text, and the number of the document.
fn numbered(lines: &[&str]) -> Option<RawArticle> {
    lines.iter().rev().take(12).find(|line| is_number(line))?;
    let filled = || lines.iter().enumerate().filter(|(_, line)| !line.is_empty());
    let (day_at, day) = filled().take(6).find(|(_, line)| is_day(line) && line.len() < 120)?;
    let source = filled().take_while(|(at, _)| *at < day_at).last().map(|(_, line)| {
        // The number of the issue is no part of the name.
        line.split(", no").next().unwrap_or(line).trim().to_owned()
    });
    let mut rest = &lines[day_at + 1..];
    let (title, after) = paragraph(rest);
    rest = after;
    let mut byline = None;
    if let ([author], after) = paragraph(rest)
        && is_author(author)
    {
        byline = Some((*author).to_owned());
        rest = after;
    }
    let stated = StatedFields {
        title: Some(title.join(" ")).filter(|title| !title.is_empty()),
        byline,
        source,
        date: Some((*day).to_owned()),
        ..StatedFields::default()
    };
    Some(RawArticle { text: body(rest), stated, ..RawArticle::default() })
}

/// The lines up to the next blank one, and what follows.
fn paragraph<'a, 'b>(lines: &'b [&'a str]) -> (&'b [&'a str], &'b [&'a str]) {
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    let length = lines[blank..].iter().take_while(|line| !line.is_empty()).count();
    lines[blank..].split_at(length)
}

/// The text, without what stands below it.
fn body(lines: &[&str]) -> String {
    let is_below = |line: &str| {
        let lower = line.to_lowercase();
        is_notice(line)
            || is_number(line)
            || BELOW.iter().any(|label| lower.starts_with(label) && lower.contains([':', 'é']))
    };
    // From the end: what is below it stands in a row.
    let mut end = lines.len();
    while let Some(at) = lines[..end].iter().rposition(|line| !line.is_empty()) {
        let is_end = is_below(lines[at]) || super::border(lines[at].as_bytes()).is_some();
        if !is_end {
            break;
        }
        end = at;
    }
    let text = lines[..end].join("\n");
    columns::whole(text.trim()).0.trim_end().to_owned()
}
