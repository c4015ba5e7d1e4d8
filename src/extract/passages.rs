//! Passages in another language than the article's: quotations, tweets, widgets.

use std::collections::BTreeMap;

use super::blocks::Block;
use super::language::script::{Script, census_of_all};
use super::language::{detect, is_other};
use crate::article::{LanguageTag, Passage, Role};
use crate::text::script::count_words;

/// A paragraph with fewer letters is not asked for its language: names would decide.
const LEAST_LETTERS: usize = 36;
/// So many paragraphs are examined closely; the rest only as far as their script tells.
const MOST_EXAMINED: usize = 60;
/// A run of letters this long without a space is several words, where a language writes spaces.
const RUN_TOGETHER: usize = 26;

/// What was found in one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockLanguage {
    /// Its language, where that is another than the article's.
    pub tag: Option<LanguageTag>,
    /// Whether words are written together in it.
    pub run_together: bool,
}

/// The passages in other languages than `own`, the longest first, and the language of each block.
pub fn passages(blocks: &[Block], roles: &[Role], own: Option<LanguageTag>) -> (Vec<Passage>, Vec<BlockLanguage>) {
    let main = main_script(blocks, roles);
    let mut found: BTreeMap<LanguageTag, Passage> = BTreeMap::new();
    let mut add = |tag: LanguageTag, words: u32, line: u32| {
        let passage = found.entry(tag).or_insert_with(|| Passage { tag, words: 0, lines: Vec::new() });
        passage.words += words;
        if passage.lines.last() != Some(&line) {
            passage.lines.push(line);
        }
    };
    let mut scripts = Scripts::default();
    let mut examined = 0;
    let mut languages = Vec::with_capacity(blocks.len());
    for (block, role) in blocks.iter().zip(roles) {
        let mut language = BlockLanguage::default();
        // Names are written in the script of their owners; a passage is longer than a name.
        for run in runs(&block.text, main) {
            let spaceless = run.chars().any(|c| matches!(Script::of(c), Some(Script::Han | Script::Kana)));
            let letters = run.chars().filter(|c| Script::of(*c).is_some()).count();
            if letters < if spaceless { 4 } else { 12 } {
                continue;
            }
            language.run_together |= !spaceless && longest_run(run) >= RUN_TOGETHER;
            if let Some(tag) = scripts.language(run).filter(|tag| Some(*tag) != own) {
                add(tag, count_words(run), block.line);
                if run.len() * 2 > block.text.len() {
                    language.tag = Some(tag);
                }
            }
        }
        let letters = || block.text.chars().filter(|c| Script::of(*c).map(family) == main).count();
        let asked = language.tag.is_none()
            && block.text.len() >= LEAST_LETTERS
            && !matches!(role, Role::Facts)
            && examined < MOST_EXAMINED
            && own.is_some_and(|own| is_other(&block.text, own))
            && letters() >= LEAST_LETTERS;
        if asked {
            examined += 1;
            let other = detect(&block.text);
            if let Some(tag) = other.tag.filter(|tag| other.sure && Some(*tag) != own) {
                add(tag, count_words(&block.text), block.line);
                language.tag = Some(tag);
            }
        }
        languages.push(language);
    }
    let mut passages: Vec<Passage> = found.into_values().collect();
    passages.sort_by_key(|passage| std::cmp::Reverse(passage.words));
    (passages, languages)
}

/// What other scripts were found to say, so that an article that mixes two line by line need not be
/// asked at every line.
#[derive(Default)]
struct Scripts {
    seen: BTreeMap<Script, (usize, Option<LanguageTag>)>,
}

impl Scripts {
    /// The language of a run in one script.
    fn language(&mut self, run: &str) -> Option<LanguageTag> {
        let script = run.chars().find_map(Script::of)?;
        let (seen, last) = self.seen.entry(script).or_default();
        *seen += 1;
        // Names and brands are written in Latin letters everywhere; only sentences are a passage.
        if script == Script::Latin {
            if *seen > MOST_EXAMINED || count_words(run) < 5 {
                return None;
            }
            return Some(detect(run)).filter(|language| language.sure).and_then(|language| language.tag);
        }
        if *seen <= MOST_EXAMINED {
            *last = detect(run).tag.or(*last);
        }
        *last
    }
}

/// The script of the article's own text.
fn main_script(blocks: &[Block], roles: &[Role]) -> Option<Script> {
    let mut counts: BTreeMap<Script, usize> = BTreeMap::new();
    let own = blocks.iter().zip(roles).filter(|(_, role)| **role != Role::Furniture).map(|(block, _)| block).take(12);
    for (script, count) in census_of_all(own.map(|block| &*block.text)) {
        *counts.entry(family(script)).or_default() += count;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(script, _)| script)
}

/// Kana and Chinese characters stand together in Japanese.
fn family(script: Script) -> Script {
    if script == Script::Kana { Script::Han } else { script }
}

/// True for a text of nothing but the letters of Europe, punctuation and symbols.
fn is_european(text: &str) -> bool {
    // The first bytes of all characters before Greek are smaller.
    let is_small = |byte: u8| byte < 0xcd;
    text.bytes().fold(true, |small, byte| small & is_small(byte))
        || !text.chars().any(|c| c >= '\u{370}' && !matches!(c, '\u{1e00}'..='\u{20ff}'))
}

/// The runs of `text` in other scripts than `main`, with the spaces and marks within them.
fn runs(text: &str, main: Option<Script>) -> Vec<&str> {
    let Some(main) = main else { return Vec::new() };
    // Between the letters of Europe and the other scripts lie only punctuation and symbols.
    if main == Script::Latin && is_european(text) {
        return Vec::new();
    }
    let mut runs = Vec::new();
    let mut open: Option<(Script, usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let Some(script) = Script::of(c).map(family) else { continue };
        let end = at + c.len_utf8();
        match &mut open {
            Some((current, _, last)) if *current == script => *last = end,
            _ => {
                if let Some((_, start, last)) = open.take() {
                    runs.push(&text[start..last]);
                }
                if script != main {
                    open = Some((script, at, end));
                }
            }
        }
    }
    runs.extend(open.map(|(_, start, last)| &text[start..last]));
    runs
}

/// The length of the longest row of letters.
fn longest_run(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic()).map(|word| word.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_another_script_are_cut_out() {
        let text = "He wrote: “доброе утро, друзья” and left.";
        assert_eq!(runs(text, Some(Script::Latin)), ["доброе утро, друзья"]);
        assert_eq!(runs("天気がいい", Some(Script::Han)), Vec::<&str>::new());
        assert_eq!(runs("plain", None), Vec::<&str>::new());
    }

    #[test]
    fn words_without_spaces_are_long() {
        assert!(longest_run("какхорошочтовсесобралисьсегодня у нас") >= RUN_TOGETHER);
        assert!(longest_run("высокопревосходительство") < RUN_TOGETHER);
    }
}
