//! Which letters stand together in the words of a language, three at a time.
//!
//! A headline of four nouns may hold no word of the [words](super::words) table, yet `mpf`, `szc`
//! or `_uk` are at home in few languages. The table `threes.txt` says how it was counted.

use std::sync::LazyLock;

use rapidhash::RapidHashMap;

use super::script::{Script, census};
use super::{is_joiner, is_mark};

/// What is known of the threes of all languages.
pub struct Threes {
    /// Code and script of each language of the table.
    pub languages: Vec<(&'static str, Script)>,
    /// The number of each three.
    numbers: RapidHashMap<u64, u32>,
    /// Where in `speaks` the languages of a three begin, by its number; they end where the next begin.
    begins: Vec<u32>,
    /// The languages that have a three, and how strongly it speaks for each, above all that lack it.
    speaks: Vec<(u8, f32)>,
}

/// What a text says by its threes.
#[derive(Debug, Default)]
pub struct Heard {
    /// For each language of the table, how strongly the text speaks for it.
    pub scores: Vec<f32>,
    /// How many threes were counted.
    pub count: f32,
}

/// The share of a text that any language may owe to names and words of others.
const FOREIGN: f32 = 0.05;
/// So often a language may still have a three that it is not listed with.
const RARE: f32 = 4e-5;
/// What the threes of a word count that is probably a name.
const NAME: f32 = 0.5;

static THREES: LazyLock<Threes> = LazyLock::new(|| Threes::read(include_str!("threes.txt")));

impl Threes {
    /// The table that comes with the program.
    pub fn get() -> &'static Threes {
        &THREES
    }

    /// Reads a table; lines that are none of a table are passed over.
    fn read(table: &'static str) -> Threes {
        let mut languages: Vec<(&'static str, Script)> = Vec::new();
        let mut numbers: RapidHashMap<u64, u32> = RapidHashMap::default();
        // For each three how many languages have it, and how often all of them together.
        let mut totals: Vec<(u32, f32)> = Vec::new();
        let mut entries: Vec<(u32, u8, f32)> = Vec::with_capacity(table.len() / 3);
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.splitn(3, ' ');
            let (Some(code), Some(Ok(level)), Some(row)) =
                (fields.next(), fields.next().map(str::parse::<u8>), fields.next())
            else {
                continue;
            };
            // The lines of a language stand together.
            let Some(script) = script(row) else { continue };
            if languages.last() != Some(&(code, script)) {
                languages.push((code, script));
            }
            let at = (languages.len() - 1) as u8;
            let often = (f32::from(level) / -2.0).exp();
            let mut letters = row.chars();
            while let (Some(a), Some(b), Some(c)) = (letters.next(), letters.next(), letters.next()) {
                let number = *numbers.entry(pack(a, b, c)).or_insert(totals.len() as u32);
                if number as usize == totals.len() {
                    totals.push((0, 0.0));
                }
                let (count, total) = &mut totals[number as usize];
                *count += 1;
                *total += often;
                entries.push((number, at, often));
            }
        }
        let mut begins: Vec<u32> = vec![0];
        begins.extend(totals.iter().scan(0, |end, (count, _)| {
            *end += count;
            Some(*end)
        }));
        // How many languages there are of the script of each language.
        let of_script = |script: Script| languages.iter().filter(|(_, other)| *other == script).count() as f32;
        let many: Vec<f32> = languages.iter().map(|(_, script)| of_script(*script)).collect();
        let mut speaks = vec![(0, 0.0); entries.len()];
        let mut free = begins.clone();
        for (number, at, often) in entries {
            let number = number as usize;
            let usual = totals[number].1 / many[usize::from(at)];
            speaks[free[number] as usize] = (at, (1.0 + often / (RARE + FOREIGN * usual)).ln());
            free[number] += 1;
        }
        Threes { languages, numbers, begins, speaks }
    }

    /// Counts the threes of a text.
    pub fn hear(&self, text: &str) -> Heard {
        let mut heard = Heard { scores: vec![0.0; self.languages.len()], count: 0.0 };
        // The two letters before the next; an edge of a word stands before and after it.
        let (mut first, mut second) = (EDGE, EDGE);
        // The first word begins with a capital whatever it is; others that do are mostly names, which
        // belong to no language.
        let (mut weight, mut begun) = (1.0, false);
        for c in text.chars() {
            let letter = match c {
                'a'..='z' => c,
                _ if is_joiner(c) && second != EDGE => '\'',
                '\u{300}'..='\u{36f}' => continue,
                '·' if second != EDGE => c,
                _ if c.is_alphabetic() || is_mark(c) => c.to_lowercase().next().unwrap_or(c),
                _ => EDGE,
            };
            if second == EDGE {
                if letter == EDGE {
                    continue;
                }
                weight = if begun && letter != c { NAME } else { 1.0 };
                begun = true;
            } else {
                self.add(pack(first, second, letter), weight, &mut heard);
            }
            (first, second) = if letter == EDGE { (EDGE, EDGE) } else { (second, letter) };
        }
        if second != EDGE {
            self.add(pack(first, second, EDGE), weight, &mut heard);
        }
        heard
    }

    fn add(&self, three: u64, weight: f32, heard: &mut Heard) {
        heard.count += weight;
        if let Some(number) = self.numbers.get(&three).map(|number| *number as usize) {
            for (at, speaks) in &self.speaks[self.begins[number] as usize..self.begins[number + 1] as usize] {
                heard.scores[usize::from(*at)] += weight * speaks;
            }
        }
    }
}

/// Stands for the edge of a word.
const EDGE: char = '_';

/// Three letters as one number.
fn pack(a: char, b: char, c: char) -> u64 {
    u64::from(u32::from(a)) << 42 | u64::from(u32::from(b)) << 21 | u64::from(u32::from(c))
}

/// The script most of `row` is written in.
fn script(row: &str) -> Option<Script> {
    census(row).first().map(|(script, _)| *script)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a table\naa 6 _dedeser_\nbb 6 _dedetet_\nbb 8 zzz\ncc 6 _да";

    fn check(text: &str, expected: &[(&str, bool)], count: f32) {
        let threes = Threes::read(TABLE);
        let heard = threes.hear(text);
        let heard_of = |code: &str| {
            let at = threes.languages.iter().position(|(other, _)| *other == code).expect("the table has it");
            heard.scores[at] > 0.0
        };
        for (code, spoken) in expected {
            assert_eq!(heard_of(code), *spoken, "{code}: {text}");
        }
        assert_eq!(heard.count, count, "{text}");
    }

    #[test]
    fn words_are_counted_with_their_edges() {
        check("der", &[("aa", true), ("bb", true), ("cc", false)], 3.0);
        check("Der!", &[("aa", true), ("bb", true)], 3.0);
        check("set", &[("aa", false), ("bb", true)], 3.0);
        check("ДА", &[("aa", false), ("cc", true)], 2.0);
        check("", &[("aa", false)], 0.0);
        check("– 12 –", &[("aa", false)], 0.0);
    }

    #[test]
    fn names_count_less() {
        check("un Der", &[("aa", true)], 2.0 + 1.5);
    }

    #[test]
    fn apostrophes_stand_within_words_and_accents_of_their_own_are_passed_over() {
        check("’d’e", &[("aa", false)], 3.0);
        check("de\u{301}r", &[("aa", true)], 3.0);
    }

    #[test]
    fn the_table_has_rows_of_threes_and_each_language_once() {
        let table = include_str!("threes.txt");
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let row = line.splitn(3, ' ').nth(2).unwrap_or_default();
            assert!(!row.is_empty() && row.chars().count() % 3 == 0, "{line}");
        }
        let mut languages = Threes::get().languages.clone();
        let all = languages.len();
        languages.sort_unstable();
        languages.dedup();
        assert_eq!(languages.len(), all);
        assert!(all < usize::from(u8::MAX), "{all} languages are too many for a byte");
    }
}
