//! The passage of an article in which what is looked for stands together.

use std::ops::Range;

use crate::archive::{Hit, Marker, MatchKind, Quotation};
use crate::article::{LanguageTag, Paragraph, Role};
use crate::text::Clean;

/// A quotation is put together of so many parts at most.
const MOST_PARTS: usize = 3;
/// A part of a quotation has at least so many characters.
const SHORTEST_PART: usize = 30;
/// What stands between two parts of a quotation that do not touch.
const GAP: &str = " … ";

/// The passage of an article where most of what is looked for stands together, in at most `limit`
/// characters and the `…` of cut ends, and what to mark in it. `None` when the text holds none of it.
///
/// Where no piece of that length holds everything that the article does, the quotation is put together of two or
/// three shorter ones. Lines that are no prose are only quoted where prose lacks something of what they hold, and
/// furniture when nothing stands in the article itself; titles never, as they are shown beside it.
pub(crate) fn passage(
    paragraphs: &[Paragraph],
    language: Option<LanguageTag>,
    marker: &dyn Marker,
    limit: usize,
) -> Option<Quotation> {
    let kinds = marker.len();
    let mut prose = Group::new(kinds);
    let mut others = Group::new(kinds);
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if matches!(paragraph.role, Role::Title | Role::Facts | Role::Furniture) {
            continue;
        }
        let is_prose = paragraph.role.is_prose();
        let group = if is_prose { &mut prose } else { &mut others };
        let hits = group.add(at, paragraph, marker, language);
        if is_prose
            && let Some((seen, span)) = densest(&paragraph.text, hits, limit, &Seen::new(kinds))
            && seen.is_all()
        {
            // No later paragraph can have more.
            return Some(quote(&paragraph.text, span, &merged(hits), limit));
        }
    }
    let mut article = if prose.seen.holds(&others.seen) { prose } else { prose.and(others) };
    if article.found.is_empty() {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            if matches!(paragraph.role, Role::Facts | Role::Furniture) {
                article.add(at, paragraph, marker, language);
            }
        }
    }
    article.quoted(paragraphs, limit)
}

/// The passage of the opening of an article, where everything stands together that is looked for, as it was
/// written: then the article itself needs not be read. `None` when something of it is missing there.
pub(crate) fn passage_of_opening(
    opening: &str,
    language: Option<LanguageTag>,
    marker: &dyn Marker,
    limit: usize,
) -> Option<Quotation> {
    let hits = marker.hits(opening, language);
    let (seen, span) = densest(opening, &hits, limit, &Seen::new(marker.len()))?;
    let marks = merged(&hits);
    seen.is_all().then(|| quote(opening, span, &marks, limit))
}

/// Which of the words and phrases that are looked for were seen, and how well.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen(Vec<u8>);

/// How well a word is seen: in another form, or as it was written.
const IN_A_FORM: u8 = 1;
const AS_WRITTEN: u8 = 2;

impl Seen {
    fn new(kinds: usize) -> Seen {
        Seen(vec![0; kinds])
    }

    /// How well a hit shows its word.
    fn worth(kind: MatchKind) -> u8 {
        if kind <= MatchKind::Folded { AS_WRITTEN } else { IN_A_FORM }
    }

    fn add(&mut self, other: &Seen) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = (*own).max(*other);
        }
    }

    /// True where everything was seen as it was written.
    fn is_all(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|worth| *worth == AS_WRITTEN)
    }

    /// True where nothing of the other is missing here, in whatever form.
    fn holds(&self, other: &Seen) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| *own > 0 || *other == 0)
    }

    /// How much of this was not `seen` yet: different words first, then those that are as they were written.
    fn gain_on(&self, seen: &Seen) -> usize {
        let kinds = self.0.len() + 1;
        let gains = self.0.iter().zip(&seen.0).map(|(worth, before)| match (*before, *worth) {
            (before, worth) if worth <= before => 0,
            (0, AS_WRITTEN) => kinds + 1,
            (0, _) => kinds,
            _ => 1,
        });
        gains.sum()
    }
}

/// Paragraphs in which something was found.
struct Group {
    /// The number of each among all, and what was found in it.
    found: Vec<(usize, Vec<Hit>)>,
    /// What all of them hold together.
    seen: Seen,
}

impl Group {
    fn new(kinds: usize) -> Group {
        Group { found: Vec::new(), seen: Seen::new(kinds) }
    }

    /// Adds a paragraph if anything is found in it, and tells what.
    fn add(&mut self, at: usize, paragraph: &Paragraph, marker: &dyn Marker, language: Option<LanguageTag>) -> &[Hit] {
        let hits = marker.hits(&paragraph.text, paragraph.language.or(language));
        if hits.is_empty() {
            return &[];
        }
        for hit in &hits {
            let worth = &mut self.seen.0[hit.word];
            *worth = (*worth).max(Seen::worth(hit.kind));
        }
        self.found.push((at, hits));
        self.found.last().map_or(&[], |(_, hits)| hits)
    }

    /// Both, in the order of the page.
    fn and(mut self, other: Group) -> Group {
        self.found.extend(other.found);
        self.found.sort_by_key(|(at, _)| *at);
        self.seen.add(&other.seen);
        self
    }

    /// The best quotation: of one piece where that holds as much as several do.
    fn quoted(&self, paragraphs: &[Paragraph], limit: usize) -> Option<Quotation> {
        let nothing = Seen::new(self.seen.0.len());
        let mut best = self.parts(paragraphs, limit, 1);
        for count in 2..=MOST_PARTS {
            let room = limit.saturating_sub(GAP.chars().count() * (count - 1)) / count;
            if room < SHORTEST_PART || best.1 == self.seen {
                break;
            }
            let parts = self.parts(paragraphs, room, count);
            if parts.1.gain_on(&nothing) > best.1.gain_on(&nothing) {
                best = parts;
            }
        }
        let parts = best.0;
        let room = limit.saturating_sub(GAP.chars().count() * parts.len().saturating_sub(1)) / parts.len().max(1);
        let mut quoted: Option<(Quotation, usize, usize)> = None;
        for (found, span) in parts {
            let (at, hits) = &self.found[found];
            let text = &*paragraphs[*at].text;
            let around = around(text, span, room);
            let Some((quotation, last, end)) = &mut quoted else {
                quoted = Some((quote_of(text, around.clone(), &merged(hits)), *at, around.end));
                continue;
            };
            // What the part before it shows already.
            let start = if last == at { around.start.max(*end) } else { around.start };
            if start >= around.end {
                continue;
            }
            let gap = if last == at && start == *end { "" } else { GAP };
            let more = quote_of(text, start..around.end, &merged(hits));
            append(quotation, gap, &more);
            (*last, *end) = (*at, around.end);
        }
        quoted.map(|(quotation, ..)| quotation)
    }

    /// The spans of at most `limit` characters, at most so many, that show most together, in the order of the page;
    /// and what they show.
    fn parts(&self, paragraphs: &[Paragraph], limit: usize, count: usize) -> (Vec<(usize, Range<usize>)>, Seen) {
        let mut seen = Seen::new(self.seen.0.len());
        let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
        while parts.len() < count {
            let mut best: Option<(usize, usize, Range<usize>, Seen)> = None;
            for (found, (at, hits)) in self.found.iter().enumerate() {
                let Some((here, span)) = densest(&paragraphs[*at].text, hits, limit, &seen) else { continue };
                let worth = here.gain_on(&seen) * 2 + usize::from(paragraphs[*at].role.is_prose());
                if worth > 1 && best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, found, span, here));
                }
            }
            let Some((_, found, span, here)) = best else { break };
            seen.add(&here);
            parts.push((found, span));
        }
        parts.sort_by_key(|(found, span)| (*found, span.start));
        (parts, seen)
    }
}

/// The span of at most `limit` characters (or one hit, when that is longer) that adds most to what was `seen`
/// elsewhere, and what is seen in it.
fn densest(text: &str, hits: &[Hit], limit: usize, seen: &Seen) -> Option<(Seen, Range<usize>)> {
    let mut counts = vec![[0_u32; 2]; seen.0.len()];
    let mut first = 0;
    let mut characters = 0;
    let mut best: Option<(usize, Seen, Range<usize>)> = None;
    for (at, Hit { range, word, kind }) in hits.iter().enumerate() {
        let from = if at == 0 { range.start } else { hits[at - 1].range.end.min(range.end) };
        characters += text[from..range.end].chars().count();
        counts[*word][usize::from(Seen::worth(*kind) == AS_WRITTEN)] += 1;
        while characters > limit && first < at {
            let Hit { range: gone, word, kind } = &hits[first];
            counts[*word][usize::from(Seen::worth(*kind) == AS_WRITTEN)] -= 1;
            first += 1;
            characters -= text[gone.start..hits[first].range.start].chars().count().min(characters);
        }
        let worth = |[in_a_form, as_written]: &[u32; 2]| {
            if *as_written > 0 { AS_WRITTEN } else { u8::from(*in_a_form > 0) }
        };
        let here = Seen(counts.iter().map(worth).collect());
        let gain = here.gain_on(seen);
        if best.as_ref().is_none_or(|(most, ..)| gain > *most) {
            best = Some((gain, here, hits[first].range.start..range.end));
        }
    }
    best.map(|(_, seen, span)| (seen, span))
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
    quote_of(text, around(text, span, limit), marks)
}

/// `span` and what stands around it, in at most `limit` characters, from the beginning of a word to the end of one.
fn around(text: &str, span: Range<usize>, limit: usize) -> Range<usize> {
    let room = limit.saturating_sub(text[span.clone()].chars().count());
    // What follows tells more than what goes before, as far as there is anything.
    let follows = text[span.end..].chars().take(room).count();
    let room_before = (room / 3).max(room - follows);
    let before = text[..span.start].char_indices().rev().take(room_before).last().map_or(span.start, |(at, _)| at);
    let start = if before == 0 { 0 } else { word_start(text, before, span.start) };
    let used = text[start..span.start].chars().count();
    let mut after = text[span.end..].char_indices().skip(room - used.min(room));
    let end = match after.next() {
        None => text.len(),
        Some((at, _)) => word_end(text, span.end, span.end + at),
    };
    start..end
}

/// What stands in `range` of a paragraph, and the marks that lie in it.
fn quote_of(text: &str, Range { start, end }: Range<usize>, marks: &[Range<usize>]) -> Quotation {
    let (open, close) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    let quoted = [open, &text[start..end], close].concat();
    // A mark may be put together of several that touch, and reach beyond the quotation.
    let within = marks.iter().map(|mark| mark.start.max(start)..mark.end.min(end)).filter(|mark| !mark.is_empty());
    let moved = within.map(|mark| mark.start - start + open.len()..mark.end - start + open.len());
    Quotation { text: Clean::new(&quoted), marks: moved.collect() }
}

/// Puts another part behind a quotation, with `gap` in place of the signs of their cut ends.
fn append(quotation: &mut Quotation, gap: &str, more: &Quotation) {
    let front = quotation.text.trim_end_matches('…');
    let (cut, rest) = match more.text.strip_prefix('…') {
        Some(rest) => ('…'.len_utf8(), rest),
        None => (0, &*more.text),
    };
    let at = front.len() + gap.len();
    let text = Clean::new(&[front, gap, rest].concat());
    quotation.marks.extend(more.marks.iter().map(|mark| mark.start - cut + at..mark.end - cut + at));
    quotation.text = text;
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
        let quoted = passage(&[paragraph], None, &matcher(words), limit);
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
        check("stone", "They share pears, and a house of [stone].");
        check("pears stone", "They share [pears], and a house of [stone].");
        // What prose says in two places is better than what a caption says in one.
        check("pears house", "They share a [house] with [pears].");
        check("facebook", "Share on [Facebook]");
        check("plums", "-");
    }

    #[test]
    fn words_that_stand_far_apart_are_quoted_in_parts() {
        let text = format!(
            "Apples were all that the harbour had in winter. {}Only the pears of the islands came by ship, in barrels. \
             {}Nobody had ever seen a plum there before the bridge was built.",
            "The rest of the year was dull. ".repeat(6),
            "Then came the spring. ".repeat(9),
        );
        check_quote(
            "apples pears",
            &text,
            100,
            "[Apples] were all that the harbour had in winter. … Only the [pears] of the islands came by ship, in…",
        );
        check_quote(
            "apples pears plum",
            &text,
            140,
            "[Apples] were all that the harbour had in … Only the [pears] of the islands came by ship, … ever seen a [plum] there before the bridge…",
        );
        // Too little room for two.
        check_quote("apples pears", &text, 40, "[Apples] were all that the harbour had in…");
        // As it was written before another form of it, which stands first.
        let text = format!("An apple a day. {}Two apples a day.", "The harbour was closed. ".repeat(6));
        check_quote("apples", &text, 40, "…harbour was closed. Two [apples] a day.");
    }

    #[test]
    fn an_opening_that_has_everything_needs_no_article() {
        let quoted = |words: &str| {
            let quoted = passage_of_opening("Nobody spoke of apples or pears, and", None, &matcher(words), 60);
            quoted.map(|Quotation { text, marks }| bracketed(&text, &marks))
        };
        assert_eq!(quoted("pears apples").as_deref(), Some("Nobody spoke of [apples] or [pears], and"));
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
            let quoted = passage(std::slice::from_ref(&paragraph), LanguageTag::find("en"), &matcher, limit);
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
