//! Text to words, and to single characters where words are not separated.

use std::ops::Range;

use crate::text::class::{Class, is_spaceless};
use crate::text::fold::fold;

/// The smallest thing that is looked for: a word, or a character of a script without spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its place: a phrase is a run of units whose places follow each other. A new line leaves a
    /// place free, so that no phrase reaches from one paragraph into the next.
    pub position: usize,
    /// What it is.
    pub kind: UnitKind,
}

/// What a [`Unit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A run of letters, digits and marks.
    Word,
    /// A folded character of a run without spaces, and the one that follows it in the run.
    Char(char, Option<char>),
}

/// Walks over the units of a text.
///
/// Hyphens, dots and slashes part words, and so do apostrophes (`l'homme` is `l` and `homme`); an
/// English possessive `'s` is no word at all.
pub(crate) struct Units<'a> {
    text: &'a str,
    at: usize,
    position: usize,
    /// The characters of the current run, the last one first.
    run: Vec<(char, Range<usize>)>,
}

impl<'a> Units<'a> {
    pub(crate) fn new(text: &'a str) -> Units<'a> {
        Units { text, at: 0, position: 0, run: Vec::new() }
    }

    /// The character at byte `at`, which must be a boundary.
    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Where the word that begins at `start` ends.
    fn word_end(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            if byte < 0x80 {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                at += 1;
                continue;
            }
            match self.char_at(at) {
                Some(c) if continues_word(c) && !is_spaceless(c) => at += c.len_utf8(),
                _ => break,
            }
        }
        at
    }

    /// `end`, or where the possessive `'s` ends that follows there.
    fn after_possessive(&self, end: usize) -> usize {
        let mut rest = self.text[end..].chars();
        let (Some(apostrophe), Some('s' | 'S')) = (rest.next(), rest.next()) else {
            return end;
        };
        if !is_apostrophe(apostrophe) || rest.next().is_some_and(|c| continues_word(c) || is_apostrophe(c)) {
            return end;
        }
        end + apostrophe.len_utf8() + 1
    }

    /// Takes the run of characters without spaces that begins at the current place.
    ///
    /// Characters that make one together are folded together (`ｶﾞ` is `ガ`). What folds to several
    /// characters gives several that stand for the same bytes.
    fn take_run(&mut self) {
        let text = self.text;
        let mut rest = text[self.at..].char_indices().peekable();
        let start = self.at;
        let mut folded = Vec::new();
        while let Some(&(offset, c)) = rest.peek() {
            if !is_spaceless(c) {
                break;
            }
            rest.next();
            let mut end = start + offset + c.len_utf8();
            while let Some(&(_, mark)) = rest.peek() {
                if !joins_before(mark) {
                    break;
                }
                end += mark.len_utf8();
                rest.next();
            }
            let range = start + offset..end;
            self.at = end;
            if range.len() == c.len_utf8() && !folds_to_another(c) {
                folded.push((c, range));
            } else {
                folded.extend(fold(&text[range.clone()]).chars().map(|c| (c, range.clone())));
            }
        }
        if folded.is_empty() {
            // Folding may take a character away; then there is nothing to find here.
            self.at = self.at.max(start + self.char_at(start).map_or(1, char::len_utf8));
        }
        folded.reverse();
        self.run = folded;
    }
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        loop {
            if let Some((c, range)) = self.run.pop() {
                let next = self.run.last().map(|(next, _)| *next);
                self.position += 1;
                return Some(Unit { range, position: self.position - 1, kind: UnitKind::Char(c, next) });
            }
            let byte = *self.text.as_bytes().get(self.at)?;
            if byte < 0x80 {
                if !byte.is_ascii_alphanumeric() {
                    self.position += usize::from(byte == b'\n');
                    self.at += 1;
                    continue;
                }
            } else {
                let c = self.char_at(self.at)?;
                if is_spaceless(c) {
                    self.take_run();
                    continue;
                }
                if !Class::of(c).is_alphanumeric() || is_apostrophe(c) {
                    self.at += c.len_utf8();
                    continue;
                }
            }
            let range = self.at..self.word_end(self.at);
            self.at = self.after_possessive(range.end);
            self.position += 1;
            return Some(Unit { range, position: self.position - 1, kind: UnitKind::Word });
        }
    }
}

/// True for characters that a word goes on with: letters, digits, marks, soft hyphens and joiners.
fn continues_word(c: char) -> bool {
    let class = Class::of(c);
    class.is_alphanumeric() && !is_apostrophe(c) || is_joiner(c) || c >= '\u{300}' && class.is_mark()
}

/// True for characters within a word that nobody types: soft hyphen, joiners, the Uzbek turned comma.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{2bb}')
}

/// True for apostrophes, typed or typeset. The modifier letter counts as a letter in Unicode.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}')
}

/// True for what makes one character of it and the one before: voicing marks of kana, and the vowels
/// and final consonants of Korean syllables written letter by letter.
fn joins_before(c: char) -> bool {
    matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{3099}' | '\u{309a}' | '\u{1160}'..='\u{11ff}')
}

/// True for characters of scripts without spaces that folding changes.
fn folds_to_another(c: char) -> bool {
    matches!(c, '\u{e33}' | '\u{eb3}' | '\u{edc}' | '\u{edd}' | '\u{1100}'..='\u{11ff}' | '\u{309f}' | '\u{30ff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{2f800}'..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let units: Vec<String> = Units::new(text)
            .map(|unit| match unit.kind {
                UnitKind::Word => format!("{}{}", &text[unit.range], unit.position),
                UnitKind::Char(c, next) => format!("{c}{}{}", next.map_or("", |_| "+"), unit.position),
            })
            .collect();
        assert_eq!(units.join(" "), expected, "{text}");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        check("", "");
        check("— … !", "");
        check("Musk invites", "Musk0 invites1");
        check("Clubhouse-Gespräch, 3.6", "Clubhouse0 Gespräch1 32 63");
        check("one\ntwo", "one0 two2");
        check("हिन्दी में", "हिन्दी0 में1");
        check("می\u{200c}خواهم", "می\u{200c}خواهم0");
    }

    #[test]
    fn apostrophes_part_words_and_possessives_go() {
        check("l'homme d\u{2019}État", "l0 homme1 d2 État3");
        check("Putin's answer", "Putin0 answer1");
        check("Putin\u{2019}s.", "Putin0");
        check("it'self 's", "it0 self1 s2");
        check("об\u{2bc}єкт", "об0 єкт1");
    }

    #[test]
    fn characters_stand_alone_where_no_spaces_are_written() {
        check("电话直呼", "电+0 话+1 直+2 呼3");
        check("iPhone手机", "iPhone0 手+1 机2");
        check("ﾃｽﾗ", "テ+0 ス+1 ラ2");
        check("ｶﾞｽ", "ガ+0 ス1");
        check("\u{1102}\u{1172}\u{1109}\u{1173}", "뉴+0 스1");
        check("น้ำ", "น+0 \u{e49}+1 า2");
    }

    proptest! {
        #[test]
        fn units_lie_in_order_on_boundaries(text in "\\PC*|[a-z' \n’s手機ำﾞ\u{301}]*") {
            let (mut end, mut position) = (0, 0);
            for unit in Units::new(&text) {
                prop_assert!(text.get(unit.range.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(unit.range.end >= end && unit.position >= position);
                (end, position) = (unit.range.end, unit.position + 1);
            }
        }
    }
}
