//! Which letters stand together in the words of a language, three at a time.
//!
//! A headline of four nouns may hold no word of the [words](super::words) table, yet `mpf`, `szc`
//! or `_uk` are at home in few languages. The table `threes.txt` says how it was counted.

use std::sync::LazyLock;

use rapidhash::RapidHashMap;

use super::scores::{NUMBERS, Scores};
use super::script::{Script, census};
use super::{is_joiner, is_mark};
use crate::text::class::Class;
use crate::text::lower;

/// What is known of the threes of all languages.
pub struct Threes {
    /// Code and script of each language of the table.
    pub languages: Vec<(&'static str, Script)>,
    /// The number of each letter of the table; 0 for all others.
    letters: Box<[u16; LETTERS]>,
    /// The threes, each at the place that its number leads to or behind it, with the part of `who` and
    /// `how` that is about it. There are about three times as many places as threes.
    places: Vec<(u32, Part)>,
    /// The languages that have a three.
    who: Vec<u8>,
    /// How strongly it speaks for each of them, above all that lack it.
    how: Vec<f32>,
}

/// Where something begins, and how long it is.
#[derive(Clone, Copy, Default)]
struct Part {
    begin: u32,
    length: u32,
}

/// What a text says by its threes.
#[derive(Debug)]
pub struct Heard {
    /// For each language of the table, how strongly the text speaks for it.
    pub scores: Scores,
    /// How many threes were counted.
    pub count: f32,
}

/// No letter of the table stands behind this one in Unicode.
const LETTERS: usize = 0x2000;
/// A letter has a number of so many bits, so that three of them have one of 32.
const BITS: u32 = 10;
/// The number of places is a power of two.
const PLACES: u32 = 16;
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
        let mut letters = Box::new([0; LETTERS]);
        letters[EDGE as usize] = 1;
        let mut known = 1;
        let mut numbers: RapidHashMap<u32, usize> = RapidHashMap::default();
        // For each three its letters, how many languages have it, and how often all of them together.
        let mut threes: Vec<(u32, u32, f32)> = Vec::new();
        let mut entries: Vec<(usize, u8, f32)> = Vec::with_capacity(table.len() / 3);
        let mut numbered: Vec<u32> = Vec::new();
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
            numbered.clear();
            numbered.extend(row.chars().map(|letter| {
                let Some(number) = letters.get_mut(letter as usize) else { return 0 };
                if *number == 0 && known + 1 < 1 << BITS {
                    known += 1;
                    *number = known;
                }
                u32::from(*number)
            }));
            for three in numbered.chunks_exact(3).filter(|three| !three.contains(&0)) {
                let three = pack(three[0], three[1], three[2]);
                let number = *numbers.entry(three).or_insert(threes.len());
                if number == threes.len() {
                    threes.push((three, 0, 0.0));
                }
                let (_, count, total) = &mut threes[number];
                *count += 1;
                *total += often;
                entries.push((number, at, often));
            }
        }
        // How many languages there are of the script of each language.
        let of_script = |script: Script| languages.iter().filter(|(_, other)| *other == script).count() as f32;
        let many: Vec<f32> = languages.iter().map(|(_, script)| of_script(*script)).collect();
        let mut read = Threes {
            languages,
            letters,
            places: vec![(0, Part::default()); 1 << PLACES],
            who: vec![0; entries.len()],
            how: vec![0.0; entries.len()],
        };
        // Where the next language of each three is put.
        let mut free: Vec<u32> = Vec::with_capacity(threes.len());
        let mut end = 0;
        for (three, count, _) in &threes {
            let place = read.place(*three);
            read.places[place] = (*three, Part { begin: end, length: *count });
            free.push(end);
            end += count;
        }
        for (number, at, often) in entries {
            let usual = threes[number].2 / many[usize::from(at)];
            let place = free[number] as usize;
            read.who[place] = at;
            read.how[place] = (1.0 + often / (RARE + FOREIGN * usual)).ln();
            free[number] += 1;
        }
        read
    }

    /// Where a three stands among the places, or may be put.
    fn place(&self, three: u32) -> usize {
        let mut at = (three.wrapping_mul(0x9e37_79b1) >> (32 - PLACES)) as usize;
        while self.places[at].0 != three && self.places[at].0 != 0 {
            at = (at + 1) % self.places.len();
        }
        at
    }

    /// Counts the threes of a text.
    pub fn hear(&self, text: &str) -> Heard {
        let mut heard = Heard { scores: [0.0; NUMBERS], count: 0.0 };
        // First all threes, then what they say: so nobody waits for the memory of each of them.
        let mut parts: Vec<(Part, f32)> = Vec::with_capacity(text.len() + 1);
        let mut add = |first: u32, second: u32, third: u32, weight: f32| {
            heard.count += weight;
            if first != 0 && second != 0 && third != 0 {
                parts.push((self.places[self.place(pack(first, second, third))].1, weight));
            }
        };
        let edge = self.number(EDGE);
        // The two letters before the next; an edge of a word stands before and after it.
        let (mut first, mut second) = (edge, edge);
        // The first word begins with a capital whatever it is; others that do are mostly names, which
        // belong to no language.
        let (mut weight, mut begun) = (1.0, false);
        for c in text.chars() {
            let letter = match c {
                'a'..='z' => c,
                'A'..='Z' => c.to_ascii_lowercase(),
                _ if is_joiner(c) && second != edge => '\'',
                '\0'..='\x7f' => EDGE,
                '\u{300}'..='\u{36f}' => continue,
                '·' if second != edge => c,
                _ if Class::of(c).is_alphabetic() || is_mark(c) => {
                    lower::single(c).or_else(|| c.to_lowercase().next()).unwrap_or(c)
                }
                _ => EDGE,
            };
            if second == edge {
                if letter == EDGE {
                    continue;
                }
                weight = if begun && letter != c { NAME } else { 1.0 };
                begun = true;
            } else {
                add(first, second, self.number(letter), weight);
            }
            (first, second) = if letter == EDGE { (edge, edge) } else { (second, self.number(letter)) };
        }
        if second != edge {
            add(first, second, edge, weight);
        }
        for (Part { begin, length }, weight) in parts {
            let part = begin as usize..(begin + length) as usize;
            for (at, how) in self.who[part.clone()].iter().zip(&self.how[part]) {
                heard.scores[usize::from(*at)] += weight * how;
            }
        }
        heard
    }

    /// The number of a letter; 0 for one that is in no three.
    fn number(&self, letter: char) -> u32 {
        self.letters.get(letter as usize).map_or(0, |number| u32::from(*number))
    }
}

/// Stands for the edge of a word.
const EDGE: char = '_';

/// The numbers of three letters as one.
fn pack(a: u32, b: u32, c: u32) -> u32 {
    a << (2 * BITS) | b << BITS | c
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
        let letters = table.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.chars().skip(5));
        assert!(letters.filter(|c| !c.is_ascii()).all(|letter| Threes::get().number(letter) != 0));
    }
}
