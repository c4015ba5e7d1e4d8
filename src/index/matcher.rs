//! What a query has found in a text: for marking it, and for showing the passage around it.

use std::ops::Range;

use super::analysis::asked::{AskedUnit, allowed_errors, asked};
use super::analysis::forms::{Forms, Umlauts};
use super::analysis::stems::LanguageStemmer;
use super::analysis::units::{UnitKind, Units};
use crate::article::{LanguageTag, Paragraph, Role};
use crate::query::{Condition, Form, Node, Part, Query};
use crate::text::Clean;

/// Finds in a text every form under which a query finds it.
///
/// It follows the rules of the index: what is marked is what the search has matched.
///
/// ```
/// use newsstand::article::LanguageTag;
/// use newsstand::index::Matcher;
/// use newsstand::query::{Condition, Form, Node, Part, Query};
///
/// let word = Condition::Word { part: Part::Anywhere, text: "invite".into(), form: Form::Word };
/// let matcher = Matcher::new(&Query { root: Some(Node::Leaf(word)), ..Query::default() });
/// assert_eq!(matcher.find("Musk invited Putin", LanguageTag::find("en")), vec![5..12]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    wanted: Vec<Wanted>,
}

/// Words and characters that stand one directly after the other; mostly a single word.
#[derive(Clone, Debug)]
struct Wanted {
    elements: Vec<Element>,
}

#[derive(Clone, Debug)]
enum Element {
    Word { forms: Forms, likeness: Likeness },
    Char(char),
}

/// How like a word another must be.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Its accents count.
    exactly: bool,
    /// It may go on.
    prefix: bool,
    /// It may be another with the same stem.
    stem: bool,
    /// So many letters may be wrong.
    errors: u8,
}

/// A unit of the text that is searched.
struct Seen {
    range: Range<usize>,
    position: usize,
    unit: SeenUnit,
}

enum SeenUnit {
    Word {
        forms: Forms,
        stem: Option<String>,
    },
    Char(char),
    /// A word that is not looked for.
    Other,
}

impl Matcher {
    /// What `query` asks for in titles and texts; what it excludes is not looked for.
    pub fn new(query: &Query) -> Matcher {
        Matcher::of(query, false)
    }

    /// The same for a search that forgave typing errors, see
    /// [`Found::forgiven`](super::Found::forgiven).
    pub fn forgiving(query: &Query) -> Matcher {
        Matcher::of(query, true)
    }

    fn of(query: &Query, forgiving: bool) -> Matcher {
        let mut matcher = Matcher::default();
        if let Some(root) = &query.root {
            matcher.add(root, true, forgiving);
        }
        matcher
    }

    fn add(&mut self, node: &Node, wanted: bool, forgiving: bool) {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.add(node, wanted, forgiving)),
            Node::Not(inner) => self.add(inner, !wanted, forgiving),
            Node::Leaf(Condition::Word { part: Part::Anywhere | Part::Title | Part::Body, text, form }) if wanted => {
                let form = if forgiving && matches!(form, Form::Word | Form::Typing) { Form::Fuzzy } else { *form };
                self.add_words(text, Some(form));
            }
            Node::Leaf(Condition::Phrase { part: Part::Anywhere | Part::Title | Part::Body, text }) if wanted => {
                self.add_words(text, None);
            }
            Node::Leaf(_) => {}
        }
    }

    /// Adds a word of a form, or a phrase.
    fn add_words(&mut self, text: &str, form: Option<Form>) {
        let asked = asked(text);
        let (count, single) = (asked.len(), asked.len() == 1);
        let element = |(at, unit)| match unit {
            AskedUnit::Char(c, _) => Element::Char(c),
            AskedUnit::Word(forms) => {
                let errors = if form == Some(Form::Fuzzy) && single { allowed_errors(&forms.folded) } else { 0 };
                let likeness = Likeness {
                    exactly: form.is_none(),
                    prefix: matches!(form, Some(Form::Typing | Form::Prefix)) && at + 1 == count,
                    stem: matches!(form, Some(Form::Word | Form::Typing)) && single,
                    errors,
                };
                Element::Word { forms, likeness }
            }
        };
        let elements: Vec<Element> = asked.into_iter().map(|asked| asked.unit).enumerate().map(element).collect();
        if !elements.is_empty() {
            self.wanted.push(Wanted { elements });
        }
    }

    /// True when there is nothing to mark.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Where `text`, which is in `language`, holds what is looked for: byte ranges in order, none
    /// touching another.
    pub fn find(&self, text: &str, language: Option<LanguageTag>) -> Vec<Range<usize>> {
        merged(self.hits(text, language).into_iter().map(|(range, _)| range))
    }

    /// The same unmerged, each with the number of what it is a form of.
    fn hits(&self, text: &str, language: Option<LanguageTag>) -> Vec<(Range<usize>, usize)> {
        if self.is_empty() {
            return Vec::new();
        }
        let stemmer = language.and_then(LanguageStemmer::of).filter(|_| self.wants_stems());
        let stems: Vec<Option<String>> = self.wanted.iter().map(|wanted| wanted.stem(stemmer)).collect();
        let seen = see(text, language, stemmer, self.initials(&stems, stemmer).as_deref());
        let mut hits = Vec::new();
        for at in 0..seen.len() {
            for (number, (wanted, stem)) in self.wanted.iter().zip(&stems).enumerate() {
                if let Some(end) = wanted.matches(&seen[at..], stem.as_deref()) {
                    hits.push((seen[at].range.start..end, number));
                }
            }
        }
        hits
    }

    /// The letters with which words begin that may be wanted, folded; `None` when any word may be.
    ///
    /// A text has many words and few that are wanted, so most are passed over by their first letter.
    fn initials(&self, stems: &[Option<String>], stemmer: Option<LanguageStemmer>) -> Option<Vec<char>> {
        let mut initials = Vec::new();
        for element in self.wanted.iter().flat_map(|wanted| &wanted.elements) {
            let Element::Word { forms, likeness } = element else { continue };
            if likeness.errors > 0 {
                return None;
            }
            initials.extend(
                [&*forms.folded, forms.written(), &*forms.spelled].iter().filter_map(|form| form.chars().next()),
            );
        }
        if stems.iter().any(Option::is_some) && !stemmer.is_some_and(|stemmer| stemmer.keeps_initials()) {
            return None;
        }
        initials.extend(stems.iter().flatten().filter_map(|stem| stem.chars().next()));
        Some(initials)
    }

    fn wants_stems(&self) -> bool {
        let stemmed = |element: &Element| matches!(element, Element::Word { likeness, .. } if likeness.stem);
        self.wanted.iter().flat_map(|wanted| &wanted.elements).any(stemmed)
    }
}

impl Wanted {
    /// The stem that other words may share with this one.
    fn stem(&self, stemmer: Option<LanguageStemmer>) -> Option<String> {
        match &self.elements[..] {
            [Element::Word { forms, likeness }] if likeness.stem => Some(stemmer?.stem(forms.written())),
            _ => None,
        }
    }

    /// Where the match ends that begins with the first of `seen`.
    fn matches(&self, seen: &[Seen], stem: Option<&str>) -> Option<usize> {
        let start = seen.first()?.position;
        let mut end = 0;
        for (at, element) in self.elements.iter().enumerate() {
            let seen = seen.get(at).filter(|seen| seen.position == start + at)?;
            let alike = match (element, &seen.unit) {
                (Element::Char(wanted), SeenUnit::Char(c)) => wanted == c,
                (Element::Word { forms, likeness }, SeenUnit::Word { forms: word, stem: word_stem }) => {
                    likeness.covers(forms, word) || stem.is_some_and(|stem| shares_stem(stem, word, word_stem))
                }
                _ => false,
            };
            if !alike {
                return None;
            }
            end = seen.range.end;
        }
        Some(end)
    }
}

impl Likeness {
    fn covers(self, wanted: &Forms, word: &Forms) -> bool {
        if self.exactly {
            let exact = if wanted.exact.is_empty() { &word.folded } else { &word.exact };
            return exact == wanted.written() || word.spelled == wanted.folded;
        }
        let spellings = [&word.folded, &word.spelled];
        let same = |text: &String| !text.is_empty() && spellings.contains(&text);
        same(&wanted.folded)
            || same(&wanted.spelled)
            || self.prefix && spellings.iter().any(|text| text.starts_with(&wanted.folded))
            || self.errors > 0 && differ_by(&wanted.folded, &word.folded, self.errors)
    }
}

fn shares_stem(stem: &str, word: &Forms, word_stem: &Option<String>) -> bool {
    !stem.is_empty() && (word.folded == stem || word_stem.as_deref() == Some(stem))
}

/// The units of a text with their forms.
fn see(
    text: &str,
    language: Option<LanguageTag>,
    stemmer: Option<LanguageStemmer>,
    initials: Option<&[char]>,
) -> Vec<Seen> {
    let umlauts = Umlauts::of(language);
    let unit = |range: &Range<usize>, kind| match kind {
        UnitKind::Char(c, _) => SeenUnit::Char(c),
        UnitKind::Word if initials.is_some_and(|initials| begins_otherwise(&text[range.clone()], initials)) => {
            SeenUnit::Other
        }
        UnitKind::Word => {
            let forms = Forms::of(&text[range.clone()], umlauts);
            let stem = stemmer.map(|stemmer| stemmer.stem(forms.written()));
            SeenUnit::Word { forms, stem }
        }
    };
    Units::new(text)
        .map(|seen| Seen { unit: unit(&seen.range, seen.kind), range: seen.range, position: seen.position })
        .collect()
}

/// True for a plain word that begins with none of these letters.
fn begins_otherwise(word: &str, initials: &[char]) -> bool {
    let first = word.bytes().next().unwrap_or(0);
    word.is_ascii() && !initials.contains(&char::from(first.to_ascii_lowercase()))
}

/// True when one word becomes the other by at most `errors` letters added, left out, replaced or
/// swapped with their neighbour.
fn differ_by(one: &str, other: &str, errors: u8) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let errors = usize::from(errors);
    if one.len().abs_diff(other.len()) > errors {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, c) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, d) in other.iter().enumerate() {
            let mut least = (last[column] + usize::from(c != d)).min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *c == other[column - 1] && one[row - 1] == *d {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()] <= errors
}

/// Ranges in order, put together where they touch.
fn merged(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = ranges.collect();
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

/// The passage of an article where most of what is looked for stands together, in at most `limit`
/// characters and the `…` of cut ends, and what to mark in it. `None` when the text holds none of it.
///
/// Menus and notices are only quoted when nothing stands in the text itself; titles never, as they
/// are shown beside it.
pub fn passage(
    paragraphs: &[Paragraph],
    language: Option<LanguageTag>,
    matcher: &Matcher,
    limit: usize,
) -> Option<(Clean, Vec<Range<usize>>)> {
    let quoted = |furniture: bool| {
        let paragraphs = paragraphs.iter();
        let paragraphs = paragraphs
            .filter(|paragraph| paragraph.role != Role::Title && (paragraph.role == Role::Furniture) == furniture);
        best_quote(paragraphs, language, matcher, limit)
    };
    quoted(false).or_else(|| quoted(true))
}

/// The best passage of some paragraphs, the first one among equals.
fn best_quote<'a>(
    paragraphs: impl Iterator<Item = &'a Paragraph>,
    language: Option<LanguageTag>,
    matcher: &Matcher,
    limit: usize,
) -> Option<(Clean, Vec<Range<usize>>)> {
    let mut most = 0;
    let mut best = None;
    for paragraph in paragraphs {
        let hits = matcher.hits(&paragraph.text, paragraph.language.or(language));
        let Some((different, span)) = densest(&paragraph.text, &hits, limit, matcher.wanted.len()) else {
            continue;
        };
        if different > most {
            most = different;
            best = Some((paragraph, span, hits));
        }
        if most == matcher.wanted.len() {
            break;
        }
    }
    let (paragraph, span, hits) = best?;
    Some(quote(&paragraph.text, span, &merged(hits.into_iter().map(|(range, _)| range)), limit))
}

/// The span of at most `limit` characters (or one hit, when that is longer) with the most different
/// hits, and how many those are.
fn densest(text: &str, hits: &[(Range<usize>, usize)], limit: usize, kinds: usize) -> Option<(usize, Range<usize>)> {
    let mut counts = vec![0usize; kinds];
    let (mut different, mut first) = (0, 0);
    let mut characters = 0;
    let mut best: Option<(usize, Range<usize>)> = None;
    for (at, (range, kind)) in hits.iter().enumerate() {
        let from = if at == 0 { range.start } else { hits[at - 1].0.end.min(range.end) };
        characters += text[from..range.end].chars().count();
        different += usize::from(counts[*kind] == 0);
        counts[*kind] += 1;
        while characters > limit && first < at {
            let (gone, kind) = &hits[first];
            counts[*kind] -= 1;
            different -= usize::from(counts[*kind] == 0);
            first += 1;
            characters -= text[gone.start..hits[first].0.start].chars().count().min(characters);
        }
        if best.as_ref().is_none_or(|(most, _)| different > *most) {
            best = Some((different, hits[first].0.start..range.end));
        }
    }
    best
}

/// `span` of a paragraph with as much around it as there is room for, and the marks that lie in it.
fn quote(text: &str, span: Range<usize>, marks: &[Range<usize>], limit: usize) -> (Clean, Vec<Range<usize>>) {
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
    (Clean::new(&quoted), moved.collect())
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
    use super::*;
    use crate::text::Clean;
    use proptest::prelude::*;

    /// Marks what `words` find in `text` with brackets. A word in quotes is a phrase, `*` and `~` are
    /// as in a query, and a word that ends in `_` is still being typed.
    fn check(words: &str, language: &str, text: &str, marked: &str) {
        let ranges = matcher(words).find(text, LanguageTag::find(language));
        assert_eq!(bracketed(text, &ranges), marked, "{words}");
    }

    fn matcher(words: &str) -> Matcher {
        let part = Part::Anywhere;
        let leaf = |word: &str| {
            let form = match word.chars().last() {
                Some('*') => Form::Prefix,
                Some('~') => Form::Fuzzy,
                Some('_') => Form::Typing,
                _ => Form::Word,
            };
            Node::Leaf(match word.strip_prefix('"') {
                Some(phrase) => Condition::Phrase { part, text: phrase.trim_end_matches('"').replace('_', " ") },
                None => Condition::Word { part, text: word.trim_end_matches(['*', '~', '_']).to_owned(), form },
            })
        };
        let root = Some(Node::And(words.split(' ').map(leaf).collect()));
        Matcher::new(&Query { root, ..Query::default() })
    }

    fn bracketed(text: &str, ranges: &[Range<usize>]) -> String {
        let mut marked = text.to_owned();
        for range in ranges.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    #[test]
    fn every_form_is_marked() {
        check("invite", "en", "She invited him; invisible.", "She [invited] him; invisible.");
        check("invite", "", "She invited him.", "She invited him.");
        check("fur", "de", "Für ihn, furchtbar", "[Für] ihn, furchtbar");
        check("gespraech", "de", "Ein Gespräch", "Ein [Gespräch]");
        check("gespräch", "de", "Ein Gespraech, die Gespräche", "Ein [Gespraech], die [Gespräche]");
        check("putin", "en", "Putin's word", "[Putin]'s word");
    }

    #[test]
    fn beginnings_and_errors_are_marked() {
        check("clu*", "en", "Clubhouse, the club", "[Clubhouse], the [club]");
        check("clu_", "en", "Clubhouse, the club", "[Clubhouse], the [club]");
        check("clubhuose~", "en", "Clubhouse, the club", "[Clubhouse], the club");
        check("put~", "en", "put pat", "[put] pat");
    }

    #[test]
    fn phrases_are_marked_as_a_whole() {
        check("\"kanye_west\"", "en", "Kanye West, west of Kanye", "[Kanye West], west of Kanye");
        check("\"für_ihn\"", "de", "für ihn, fur ihn", "[für ihn], fur ihn");
        check("l'homme", "fr", "L’homme et l'autre homme", "[L’homme] et l'autre homme");
    }

    #[test]
    fn any_part_of_chinese_is_marked() {
        check("电话", "zh", "通过电话直呼", "通过[电话]直呼");
        check("话", "zh", "电话。话", "电[话]。[话]");
        check("手机", "zh", "iPhone手机", "iPhone[手机]");
    }

    #[test]
    fn what_is_excluded_is_not_marked() {
        let word =
            |text: &str| Node::Leaf(Condition::Word { part: Part::Anywhere, text: text.to_owned(), form: Form::Word });
        let root = Node::And(vec![word("musk"), Node::Not(Box::new(word("west")))]);
        let matcher = Matcher::new(&Query { root: Some(root), ..Query::default() });
        assert_eq!(bracketed("musk west", &matcher.find("musk west", None)), "[musk] west");
        assert!(Matcher::new(&Query::default()).is_empty());
    }

    fn check_quote(words: &str, text: &str, limit: usize, expected: &str) {
        let paragraph =
            Paragraph { role: Role::Text, text: Clean::new(text), line: 1, language: LanguageTag::find("en") };
        let quoted = best_quote([&paragraph].into_iter(), None, &matcher(words), limit);
        let quoted = quoted.map(|(text, marks)| bracketed(&text, &marks));
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

    proptest! {
        #[test]
        fn marks_lie_in_order_on_boundaries(
            words in "[a-e电话é\"*~_' ]{1,12}",
            text in "[a-e电话éÉ '\n.]{0,60}|\\PC*",
            limit in 0usize..30,
        ) {
            let matcher = matcher(&words);
            let ranges = matcher.find(&text, LanguageTag::find("en"));
            let mut end = 0;
            for range in &ranges {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some_and(|part| !part.is_empty()));
                end = range.end + 1;
            }
            let paragraph = Paragraph { role: Role::Text, text: Clean::new(&text), line: 1, language: None };
            let quoted = best_quote([&paragraph].into_iter(), LanguageTag::find("en"), &matcher, limit);
            if let Some((quoted, marks)) = &quoted {
                prop_assert!(!marks.is_empty());
                for mark in marks {
                    prop_assert!(quoted.get(mark.clone()).is_some(), "{quoted:?} {mark:?}");
                }
            }
            prop_assert_eq!(quoted.is_some(), !matcher.find(&paragraph.text, LanguageTag::find("en")).is_empty());
        }
    }
}
