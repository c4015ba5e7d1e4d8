//! The passage of an article in which what is looked for stands together.

use std::ops::Range;

use crate::archive::{Hit, Marker, Quotation};
use crate::article::{LanguageTag, Paragraph, Role};
use crate::text::Clean;

/// The passage of an article where most of what is looked for stands together, in at most `limit`
/// characters and the `…` of cut ends, and what to mark in it. `None` when the text holds none of it.
///
/// Furniture is only quoted when nothing stands in the article itself, and lines that are no prose only where
/// they have more of what is looked for; titles never, as they are shown beside it.
pub(crate) fn passage(
    paragraphs: &[Paragraph],
    language: Option<LanguageTag>,
    marker: &dyn Marker,
    limit: usize,
) -> Option<Quotation> {
    let of_role = |wanted: fn(Role) -> bool| {
        let paragraphs = paragraphs.iter().filter(|paragraph| wanted(paragraph.role));
        best_quote(paragraphs, language, marker, limit)
    };
    of_role(|role| !matches!(role, Role::Title | Role::Facts | Role::Furniture))
        .or_else(|| of_role(|role| matches!(role, Role::Facts | Role::Furniture)))
}

/// The passage of the opening of an article, where everything stands together that is looked for: then
/// the article itself needs not be read. `None` when something of it is missing there.
pub(crate) fn passage_of_opening(
    opening: &str,
    language: Option<LanguageTag>,
    marker: &dyn Marker,
    limit: usize,
) -> Option<Quotation> {
    let hits = marker.hits(opening, language);
    let (different, span) = densest(opening, &hits, limit, marker.len())?;
    let marks = merged(&hits);
    (different == marker.len()).then(|| quote(opening, span, &marks, limit))
}

/// The best passage of those paragraphs: with the most of what is looked for, of prose before other lines,
/// and the first one among equals.
fn best_quote<'a>(
    paragraphs: impl Iterator<Item = &'a Paragraph>,
    language: Option<LanguageTag>,
    marker: &dyn Marker,
    limit: usize,
) -> Option<Quotation> {
    let mut most = (0, false);
    let mut best = None;
    for paragraph in paragraphs {
        let hits = marker.hits(&paragraph.text, paragraph.language.or(language));
        let Some((different, span)) = densest(&paragraph.text, &hits, limit, marker.len()) else {
            continue;
        };
        let worth = (different, paragraph.role.is_prose());
        if worth > most {
            most = worth;
            best = Some((paragraph, span, hits));
        }
        if most == (marker.len(), true) {
            break;
        }
    }
    let (paragraph, span, hits) = best?;
    Some(quote(&paragraph.text, span, &merged(&hits), limit))
}

/// The span of at most `limit` characters (or one hit, when that is longer) with the most different
/// hits, and how many those are.
fn densest(text: &str, hits: &[Hit], limit: usize, kinds: usize) -> Option<(usize, Range<usize>)> {
    let mut counts = vec![0usize; kinds];
    let (mut different, mut first) = (0, 0);
    let mut characters = 0;
    let mut best: Option<(usize, Range<usize>)> = None;
    for (at, Hit { range, word, .. }) in hits.iter().enumerate() {
        let from = if at == 0 { range.start } else { hits[at - 1].range.end.min(range.end) };
        characters += text[from..range.end].chars().count();
        different += usize::from(counts[*word] == 0);
        counts[*word] += 1;
        while characters > limit && first < at {
            let Hit { range: gone, word, .. } = &hits[first];
            counts[*word] -= 1;
            different -= usize::from(counts[*word] == 0);
            first += 1;
            characters -= text[gone.start..hits[first].range.start].chars().count().min(characters);
        }
        if best.as_ref().is_none_or(|(most, _)| different > *most) {
            best = Some((different, hits[first].range.start..range.end));
        }
    }
    best
}

/// The ranges of hits in order, put together where they touch.
pub(crate) fn merged(hits: &[Hit]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = hits.iter().map(|hit| hit.range.clone()).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// `span` of a paragraph with as much around it as there is room for, and the marks that lie in it.
fn quote(text: &str, span: Range<usize>, marks: &[Range<usize>], limit: usize) -> Quotation {
    let room = limit.saturating_sub(text[span.clone()].chars().count());
    let before = text[..span.start].char_indices().rev().take(room / 3).last().map_or(span.start, |(at, _)| at);
    let start = if before == 0 { 0 } else { word_start(text, before, span.start) };
    let used = text[start..span.start].chars().count();
    let mut after = text[span.end..].char_indices().skip(room - used.min(room));
    let end = match after.next() {
        None => text.len(),
        Some((at, _)) => word_end(text, span.end, span.end + at),
    };
    let (open, close) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    let quoted = [open, &text[start..end], close].concat();
    // A mark may be put together of several that touch, and reach beyond the quotation.
    let within = marks.iter().map(|mark| mark.start.max(start)..mark.end.min(end)).filter(|mark| !mark.is_empty());
    let moved = within.map(|mark| mark.start - start + open.len()..mark.end - start + open.len());
    Quotation { text: Clean::new(&quoted), marks: moved.collect() }
}

/// The first beginning of a word from `from` on, or `from` where the script has none before `to`.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    let space = text[from..to].find(char::is_whitespace).map(|at| from + at);
    space.map_or(from, |space| to - text[space..to].trim_start().len())
}

/// The last end of a word from `from` to `to`, or `to` where the script has none there.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    match text[from..to].rfind(char::is_whitespace) {
        Some(space) => from + text[from..from + space].trim_end().len(),
        None => to,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::article::Laid;

    use super::super::matcher::tests::{bracketed, matcher};
    use super::*;

    fn check_quote(words: &str, text: &str, limit: usize, expected: &str) {
        let paragraph = Paragraph {
            role: Role::Text,
            text: Clean::new(text),
            line: 1,
            language: LanguageTag::find("en"),
            laid: Laid::default(),
        };
        let quoted = best_quote([&paragraph].into_iter(), None, &matcher(words), limit);
        let quoted = quoted.map(|Quotation { text, marks }| bracketed(&text, &marks));
        assert_eq!(quoted.as_deref().unwrap_or("-"), expected, "{words}");
    }

    #[test]
    fn a_passage_is_where_the_words_stand_together() {
        let text = "The room was full. Nobody spoke of apples before the pears arrived, and then apples were all.";
        check_quote(
            "pears",
            text,
            200,
            "The room was full. Nobody spoke of apples before the [pears] arrived, and then apples were all.",
        );
        check_quote("pears apples", text, 40, "…of [apples] before the [pears] arrived, and…");
        check_quote("apples", text, 20, "…of [apples] before…");
        check_quote("plums", text, 40, "-");
        check_quote("电话", "他们说,通过电话直呼其名的时候", 6, "…过[电话]直呼其…");
        check_quote("d电", "d 电d电", 0, "[d 电]…");
        check_quote("incomprehensible", "an incomprehensible word", 4, "…[incomprehensible]…");
    }

    #[test]
    fn menus_are_quoted_where_nothing_stands_in_the_text() {
        let paragraph = |role, text: &str| Paragraph {
            role,
            text: Clean::new(text),
            line: 1,
            language: None,
            laid: Laid::default(),
        };
        let check = |words: &str, expected: &str| {
            let paragraphs = [
                paragraph(Role::Title, "A house of plums"),
                paragraph(Role::Furniture, "Share on Facebook"),
                paragraph(Role::Caption, "They share pears, and a house of stone."),
                paragraph(Role::Text, "They share a house with pears."),
            ];
            let quoted = passage(&paragraphs, None, &matcher(words), 60);
            let quoted = quoted.map(|Quotation { text, marks }| bracketed(&text, &marks));
            assert_eq!(quoted.as_deref().unwrap_or("-"), expected, "{words}");
        };
        check("share", "They [share] a house with pears.");
        check("stone", "…and a house of [stone].");
        check("pears stone", "They share [pears], and a house of [stone].");
        check("facebook", "Share on [Facebook]");
        check("plums", "-");
    }

    #[test]
    fn an_opening_that_has_everything_needs_no_article() {
        let quoted = |words: &str| {
            let quoted = passage_of_opening("Nobody spoke of apples or pears, and", None, &matcher(words), 60);
            quoted.map(|Quotation { text, marks }| bracketed(&text, &marks))
        };
        assert_eq!(quoted("pears apples").as_deref(), Some("…spoke of [apples] or [pears], and"));
        assert_eq!(quoted("pears plums"), None);
        assert_eq!(quoted(""), None);
    }

    proptest! {
        #[test]
        fn passages_are_quoted_where_something_is_found(
            words in "[a-e电话é\"*~_' ]{1,12}",
            text in "[a-e电话éÉ '\n.]{0,60}|\\PC*",
            limit in 0usize..30,
        ) {
            let matcher = matcher(&words);
            let paragraph = Paragraph { role: Role::Text, text: Clean::new(&text), line: 1, language: None, laid: Laid::default() };
            let quoted = best_quote([&paragraph].into_iter(), LanguageTag::find("en"), &matcher, limit);
            if let Some(Quotation { text: quoted, marks }) = &quoted {
                prop_assert!(!marks.is_empty());
                for mark in marks {
                    prop_assert!(quoted.get(mark.clone()).is_some(), "{quoted:?} {mark:?}");
                }
            }
            prop_assert_eq!(quoted.is_some(), !matcher.find(&paragraph.text, LanguageTag::find("en")).is_empty());
        }
    }
}
