//! The name in a line about rights.

use super::super::blocks::Block;
use super::super::byline::domain;
use super::mention::{Gathered, Place};
use super::name::{claims_rights, label};
use super::words::RIGHTS;
use crate::text::fold::fold;

/// True where one of the marks and words that claim rights may stand in a line: one look at its bytes.
fn is_marked(line: &[u8]) -> bool {
    line.iter().enumerate().any(|(at, byte)| match byte {
        0xa9 => at > 0 && line[at - 1] == 0xc2,
        0x92 => at > 0 && line[at - 1] == 0x93,
        b')' => at >= 2 && line[at - 2] == b'(' && matches!(line[at - 1], b'c' | b'C'),
        b'y' => at >= 2 && line[..at].ends_with(b"op") && line[at..].starts_with(b"yright"),
        b'Y' => at >= 2 && line[..at].ends_with(b"OP") && line[at..].starts_with(b"YRIGHT"),
        0xe7 => line[at..].starts_with("版".as_bytes()),
        _ => false,
    })
}

/// The name in a copyright line.
pub(super) fn copyright(line: &str, next: Option<&Block>, number: u32, gathered: &mut Gathered) {
    let marked = is_marked(line.as_bytes());
    if !marked {
        return;
    }
    for mark in ["©", "ⓒ", "(c)", "(C)", "Copyright", "COPYRIGHT", "copyright"] {
        let Some(at) = line.find(mark) else { continue };
        // Behind a caption stands whose the picture is; a line about rights begins with them, or says so.
        let opens = line[..at].split_whitespace().count() <= 4 && !line[..at].contains([':', '|', '/']);
        let folded = fold(line);
        if !opens && !RIGHTS.iter().any(|right| *right != "copyright" && folded.contains(right)) {
            continue;
        }
        if mark.starts_with('(') && at > 0 && !line[..at].ends_with(' ') {
            continue;
        }
        let rest = &line[at + mark.len()..];
        if behind_mark(rest, number, gathered) {
            return;
        }
        // `Harbour Post © 2021`: the name stands before it.
        let front = line[..at].trim();
        let years =
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && rest.split_whitespace().count() <= 12;
        if years && !front.is_empty() && front.split_whitespace().count() <= 5 {
            gathered.add(front, Place::Copyright, Some(number));
            return;
        }
        // The name may have been put on a line of its own.
        let dangling = rest.chars().filter(|c| c.is_alphabetic()).count() == 0
            || rest.split_whitespace().count() <= 8 && claims_rights(&fold(rest));
        if dangling && let Some(next) = next.filter(|next| next.shape.words <= 5) {
            gathered.add(&next.text, Place::Copyright, Some(next.line));
        }
        return;
    }
    for mark in ["版权所有", "版權所有"] {
        if let Some((front, behind)) = line.split_once(mark) {
            let squeezed: String = front.chars().filter(|c| !c.is_whitespace()).collect();
            let front = squeezed.rsplit(['。', '，', ':', '：', '|', '-']).next().unwrap_or_default();
            gathered.add(if front.is_empty() { behind.trim() } else { front }, Place::Copyright, Some(number));
            return;
        }
    }
}

/// The name behind the mark of a copyright; true where there is one.
fn behind_mark(rest: &str, number: u32, gathered: &mut Gathered) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut rest = rest.trim_start();
    // Years, and small words between them and the name.
    for _ in 0..8 {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let year = !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit()) && folded.len() <= 8;
        let small = matches!(
            folded.as_str(),
            "by" | "the"
                | "copyright"
                | "c"
                | "von"
                | "par"
                | "por"
                | "de"
                | "to"
                | "present"
                | "heute"
                | "in"
                | "for"
                | "und"
                | "and"
                | "since"
                | "al"
                | "av"
                | "af"
                | "da"
                | "di"
                | "oleh"
                | "door"
                | "bei"
                | ""
                | "version"
                | "year"
        );
        if word.is_empty() || !(year || small) {
            break;
        }
        rest = rest[word.len()..].trim_start();
    }
    let folded = fold(rest);
    let mut end = rest.len();
    if let Some(at) = RIGHTS.iter().filter_map(|right| folded.find(right)).min() {
        // Folding may change lengths, but hardly before the first words.
        end = if folded.len() == rest.len() {
            at
        } else {
            rest.char_indices().nth(folded[..at].chars().count()).map_or(rest.len(), |(at, _)| at)
        };
    }
    let mut name = &rest[..end];
    for mark in [
        " – ",
        " — ",
        " - ",
        " | ",
        ", ",
        "; ",
        ". ",
        " · ",
        " • ",
        " und ",
        " is a ",
        " is part",
        " (",
        " / ",
        "。",
        "，",
        " a division",
        " 無断",
        " 무단",
    ] {
        name = name.split(mark).next().unwrap_or(name);
    }
    let name = name.trim().trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | '|' | '©')
    });
    if name.is_empty() {
        return false;
    }
    if let Some(site) = domain(name).filter(|site| site.len() == name.len()) {
        if let Some(label) = label(&site.to_lowercase()) {
            gathered.add_keyed(
                fold(label).chars().filter(|c| c.is_alphanumeric()).collect(),
                site,
                Place::Copyright,
                Some(number),
            );
            return true;
        }
        return false;
    }
    let before = gathered.0.len();
    gathered.add(name, Place::Copyright, Some(number));
    gathered.0.len() > before
}
