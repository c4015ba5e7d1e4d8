//! The outlet's own lines: its newsletter, its shop, how to reach it.

use std::sync::LazyLock;

use rapidhash::RapidHashMap;

use super::super::byline;
use super::super::furniture::{PRINTS, print};
use super::mention::{Gathered, Place};
use super::name::is_paper;
use super::words::{BEFORE, BEHIND, BEHIND_SECTIONS, SPACELESS_BEFORE, SPACELESS_BEHIND};
use crate::text::fold::fold;

/// Phrases by their first word or their last, in folded words, with the longest first.
struct Phrases {
    by_word: RapidHashMap<String, Vec<Vec<String>>>,
    /// Whether any of these words begins with bytes of this [`print`].
    begins: Box<[bool; PRINTS]>,
}

impl Phrases {
    /// The phrases that `word` begins or ends. Most words are none, which their first letters show.
    fn get(&self, word: &str) -> Option<&Vec<Vec<String>>> {
        let head = word.as_bytes();
        let head = &head[..head.len().min(3)];
        if head.is_ascii() && !self.begins[print(&head.to_ascii_lowercase())] {
            return None;
        }
        self.by_word.get(&fold(word))
    }
}

/// The phrases of all languages, by the word at the place that `at` tells for a number of words.
fn phrases(table: &[(&str, &[&str])], at: impl Fn(usize) -> usize) -> Phrases {
    let mut phrases: RapidHashMap<String, Vec<Vec<String>>> = RapidHashMap::default();
    for phrase in table.iter().flat_map(|(_, phrases)| phrases.iter()) {
        let words: Vec<String> = phrase.split(' ').map(fold).collect();
        phrases.entry(words[at(words.len())].clone()).or_default().push(words);
    }
    phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|words| std::cmp::Reverse(words.len())));
    let mut begins = Box::new([false; PRINTS]);
    phrases.keys().for_each(|word| begins[print(word.as_bytes())] = true);
    Phrases { by_word: phrases, begins }
}

static BEFORE_NAMES: LazyLock<Phrases> = LazyLock::new(|| phrases(BEFORE, |_| 0));

static BEHIND_NAMES: LazyLock<Phrases> = LazyLock::new(|| phrases(BEHIND, |words| words - 1));

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| matches!(c, ':' | ',' | '>' | '»' | '›' | '|' | '"' | '“' | '”'))
}

/// The name in a line of the outlet's own.
pub(super) fn own(line: &str, number: u32, gathered: &mut Gathered) {
    if line.chars().any(byline::person::is_east_asian) {
        let line = line.trim_matches(['《', '》', '「', '」', '【', '】', ' ', '・', '•']);
        let name = SPACELESS_BEFORE
            .iter()
            .find_map(|word| line.strip_prefix(word))
            .or_else(|| SPACELESS_BEHIND.iter().find_map(|word| line.strip_suffix(word)));
        if let Some(name) = name.map(str::trim).filter(|name| (2..=20).contains(&name.chars().count())) {
            gathered.add(name, Place::Own, Some(number));
        }
        return;
    }
    // Compounds of German: `Hafenblatt-Shop`.
    let spaced;
    let line = if line.contains('-') && !line.contains(' ') {
        spaced = line.replacen('-', " ", 1);
        &spaced
    } else {
        line
    };
    let words: Vec<&str> = line.split_whitespace().take(12).collect();
    if !(2..=10).contains(&words.len()) {
        return;
    }
    let (before, behind) = (BEFORE_NAMES.get(bare(words[0])), BEHIND_NAMES.get(bare(words[words.len() - 1])));
    if before.is_none() && behind.is_none() {
        return;
    }
    let folded: Vec<String> = words.iter().map(|word| fold(bare(word))).collect();
    if let Some(phrases) = before {
        for phrase in phrases {
            let fits = words.len() > phrase.len()
                && phrase
                    .iter()
                    .zip(words.iter().zip(&folded))
                    .all(|(own, (word, folded))| folded == own.trim_end_matches(':') || own == ":" && *word == ":");
            if !fits {
                continue;
            }
            // A capital belongs to the name: `About The Star`.
            let article = usize::from(words[phrase.len() - 1] == "The");
            let mut rest = &words[phrase.len() - article..];
            // `Jobs at the Harbour Post and its partners`, `Follow TechBay on Google News`
            let stop = rest.iter().skip(1).position(|word| {
                // `Портовые вести`: only the first word of a name has a capital there.
                word.starts_with(char::is_lowercase)
                    && !is_paper(word)
                    && !matches!(*word, "of" | "de" | "la" | "del" | "do" | "da" | "der" | "des" | "di" | "du" | "van")
                    || matches!(*word, "&" | "–" | "-" | "|" | "»")
            });
            if let Some(stop) = stop {
                rest = &rest[..stop + 1];
            }
            let mut rest = rest.join(" ");
            if let Some((front, last)) = rest.rsplit_once(' ')
                && BEHIND_NAMES.get(last).is_some()
            {
                rest = front.to_owned();
            }
            // Only a capital shows a name where the phrase is one word of everyday.
            if rest.split_whitespace().count() <= 4 {
                gathered.add(&rest, Place::Own, Some(number));
            }
            return;
        }
    }
    if let Some(phrases) = behind {
        for phrase in phrases {
            let from = words.len().saturating_sub(phrase.len());
            let fits = (1..=4).contains(&from) && phrase.iter().eq(&folded[from..]);
            if fits {
                let rest = words[..from].join(" ");
                if rest
                    .split_whitespace()
                    .all(|word| !word.starts_with(char::is_lowercase) || word.chars().any(|c| c.is_ascii_digit()))
                {
                    let last = phrase.join(" ");
                    let place = if BEHIND_SECTIONS.contains(&last.as_str()) { Place::Section } else { Place::Own };
                    gathered.add(&rest, place, Some(number));
                }
                return;
            }
        }
    }
}
