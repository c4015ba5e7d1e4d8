//! The languages that are told apart, and what speaks for and against each of them, ready for use.

use std::ops::Range;
use std::sync::LazyLock;

use rapidhash::RapidHashMap;
use whatlang::Lang;

use super::scores::{NUMBERS, Scores};
use super::script::{Script, census};
use super::threes::Threes;
use super::{FOREIGN, letters, pairs, words};
use crate::article::LanguageTag;

/// Languages, by their script.
type ByScript = Vec<(Script, Vec<u8>)>;

/// A language that words or letters can speak for.
pub struct Known {
    /// Its ISO 639-1 code, or 639-3 where it has none.
    pub code: &'static str,
    /// Its name here, if it has one.
    pub tag: Option<LanguageTag>,
    /// What it is written in.
    pub script: Script,
    /// Its name in `whatlang`, if it has one.
    pub lang: Option<Lang>,
    /// Those that `whatlang` takes it for.
    pub kin: Vec<Lang>,
    /// The rows of [`pairs::RELATIVES`] that it stands in, one bit each.
    pub families: u32,
}

impl Known {
    fn new(code: &'static str, script: Script) -> Known {
        let family = |(at, row): (usize, &&str)| u32::from(row.split(' ').any(|other| other == code)) << at;
        Known {
            code,
            tag: LanguageTag::all().find(|tag| tag.code() == code),
            script,
            lang: None,
            kin: Vec::new(),
            families: pairs::RELATIVES.iter().enumerate().map(family).sum(),
        }
    }
}

/// All tables, ready for use. A language is its number, the place in `known`.
pub struct Tables {
    /// The languages.
    pub known: Vec<Known>,
    /// How much more likely than others each is before anything is read.
    pub usual: Box<Scores>,
    /// For each language of the table of threes, its number.
    pub of_threes: Vec<usize>,
    /// The languages that are told apart by their words alone, their threes being the same.
    pub alike: Vec<Vec<usize>>,
    /// The languages of each script.
    by_script: ByScript,
    /// The languages of each name.
    by_tag: RapidHashMap<LanguageTag, Vec<u8>>,
    /// The hash of each word, at the place that it leads to or behind it; 0 where there is none. There are
    /// several times as many places as words.
    words: Vec<u64>,
    /// What the word at each place says: a part of `meanings`.
    said: Vec<Range<u32>>,
    /// The languages that words speak for, and how strongly.
    meanings: Vec<(u8, f32)>,
    /// Lets all words through that have a meaning, and few others.
    may_know: Sieve,
    /// The languages that have been told which letters they write, by script.
    spelled: ByScript,
    /// Those of the same script that do not write a letter, for all letters that any of them writes.
    lacking: RapidHashMap<char, Vec<u8>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

impl Tables {
    /// The tables of the program.
    pub fn get() -> &'static Tables {
        &TABLES
    }

    fn new() -> Tables {
        let mut known: Vec<Known> = Vec::new();
        let mut meanings: Vec<(&'static str, Vec<(u8, f32)>)> = Vec::new();
        let mut places: RapidHashMap<&'static str, usize> = RapidHashMap::default();
        let mut mean = |word: &'static str, at: u8, strength: f32, once: bool| {
            let place = *places.entry(word).or_insert(meanings.len());
            if place == meanings.len() {
                meanings.push((word, Vec::new()));
            }
            let said = &mut meanings[place].1;
            if !once || said.iter().all(|(other, _)| *other != at) {
                said.push((at, strength));
            }
        };
        let langs: Vec<(Lang, Option<LanguageTag>)> =
            Lang::all().iter().map(|lang| (*lang, LanguageTag::find(lang.code()))).collect();
        for (code, row) in words::WORDS {
            let script = script_of(row);
            let at = known.len() as u8;
            let tag = LanguageTag::find(code);
            let known_as = |tag: Option<LanguageTag>| {
                langs.iter().find(|(_, other)| tag.is_some() && *other == tag).map(|(lang, _)| *lang)
            };
            let lang = known_as(tag);
            let kin = KIN.iter().filter(|(other, _)| other == code);
            let kin = kin.filter_map(|(_, kin)| known_as(LanguageTag::find(kin))).collect();
            known.push(Known { tag, lang, kin, ..Known::new(code, script) });
            for (rank, word) in row.split(' ').enumerate() {
                mean(word, at, strength(word, rank), true);
            }
        }
        for (code, row) in pairs::NEVER {
            for word in row.split(' ') {
                let script = script_of(word);
                let is_meant = |known: &Known| known.code == *code && known.script == script;
                if let Some(at) = known.iter().position(is_meant) {
                    mean(word, at as u8, -FOREIGN, false);
                }
            }
        }
        let mut of_threes = Vec::new();
        for (code, script) in &Threes::get().languages {
            let is_meant = |known: &Known| known.code == *code && known.script == *script;
            of_threes.push(known.iter().position(is_meant).unwrap_or_else(|| {
                known.push(Known::new(code, *script));
                known.len() - 1
            }));
        }
        let in_row =
            |known: &Known, row: &str| known.script == Script::Latin && row.split(' ').any(|code| code == known.code);
        let alike = |row: &&str| (0..known.len()).filter(|at| in_row(&known[*at], row)).collect();
        let mut usually = Box::new([0.0; NUMBERS]);
        usually.iter_mut().zip(&known).for_each(|(usually, known)| *usually = usual(known.code, known.script));
        let mut by_script: ByScript = Vec::new();
        for (known, at) in known.iter().zip(0..) {
            add_to(&mut by_script, known.script, at);
        }
        let mut by_tag: RapidHashMap<LanguageTag, Vec<u8>> = RapidHashMap::default();
        for (known, at) in known.iter().zip(0..) {
            if let Some(tag) = known.tag {
                by_tag.entry(tag).or_default().push(at);
            }
        }
        let (spelled, lacking) = spelling(&known);
        let mut tables = Tables {
            usual: usually,
            of_threes,
            alike: pairs::ALIKE.iter().map(alike).collect(),
            by_script,
            by_tag,
            words: vec![0; PLACES],
            said: vec![0..0; PLACES],
            meanings: Vec::new(),
            may_know: Sieve::of(meanings.iter().map(|(word, _)| *word)),
            spelled,
            lacking,
            known,
        };
        for (word, said) in meanings {
            let begin = tables.meanings.len() as u32;
            tables.meanings.extend(said);
            let hash = hash(word);
            let place = tables.place(hash);
            tables.words[place] = hash;
            tables.said[place] = begin..tables.meanings.len() as u32;
        }
        tables
    }

    /// The languages that are written in a script; none for one that a language has for itself.
    pub fn of_script(&self, script: Script) -> &[u8] {
        found(&self.by_script, script)
    }

    /// The languages that have a name: one, or one in each of its scripts.
    pub fn called(&self, tag: LanguageTag) -> &[u8] {
        self.by_tag.get(&tag).map_or(&[], Vec::as_slice)
    }

    /// The languages that a word in lower case speaks for, and how strongly; `None` for one that says nothing.
    pub fn meanings(&self, word: &str) -> Option<&[(u8, f32)]> {
        if !self.may_know.holds(word) {
            return None;
        }
        let place = self.place(hash(word));
        let said = &self.said[place];
        (self.words[place] != 0).then(|| &self.meanings[said.start as usize..said.end as usize])
    }

    /// Where a word of this hash stands, or may be put.
    fn place(&self, hash: u64) -> usize {
        let mut place = hash as usize % PLACES;
        while self.words[place] != hash && self.words[place] != 0 {
            place = (place + 1) % PLACES;
        }
        place
    }

    /// The languages of a script that certainly do not write a letter of it.
    pub fn lacking(&self, script: Script, letter: char) -> &[u8] {
        self.lacking.get(&letter).map_or_else(|| found(&self.spelled, script), Vec::as_slice)
    }
}

/// How many places for words there are.
const PLACES: usize = 1 << 15;

/// What stands for a word: of so few words, no two have the same.
fn hash(word: &str) -> u64 {
    rapidhash::v3::rapidhash_v3(word.as_bytes()).max(1)
}

/// The script that most of `row` is written in.
fn script_of(row: &str) -> Script {
    census(row).first().map_or(Script::Latin, |(script, _)| *script)
}

fn add_to(lists: &mut ByScript, script: Script, at: u8) {
    match lists.iter_mut().find(|(other, _)| *other == script) {
        Some((_, list)) => list.push(at),
        None => lists.push((script, vec![at])),
    }
}

fn found(lists: &[(Script, Vec<u8>)], script: Script) -> &[u8] {
    lists.iter().find(|(other, _)| *other == script).map_or(&[], |(_, list)| list)
}

/// What [`Tables::spelled`] and [`Tables::lacking`] hold.
fn spelling(known: &[Known]) -> (ByScript, RapidHashMap<char, Vec<u8>>) {
    let mut spelled = Vec::new();
    let mut writing: RapidHashMap<char, Vec<u8>> = RapidHashMap::default();
    let mut scripts: RapidHashMap<char, Script> = RapidHashMap::default();
    for (known, at) in known[..words::WORDS.len().min(known.len())].iter().zip(0..) {
        let letters = match known.script {
            Script::Latin => letters::LATIN,
            Script::Cyrillic => letters::CYRILLIC,
            Script::Arabic => letters::ARABIC,
            Script::Ethiopic => letters::ETHIOPIC,
            _ => &[],
        };
        let mut own =
            letters.iter().filter(|(other, _)| *other == known.code).flat_map(|(_, row)| row.chars()).peekable();
        if own.peek().is_some() {
            add_to(&mut spelled, known.script, at);
        }
        for letter in own {
            writing.entry(letter).or_default().push(at);
            scripts.insert(letter, known.script);
        }
    }
    let lacking = writing.into_iter().map(|(letter, writing)| {
        let of_script = found(&spelled, scripts[&letter]).iter().copied();
        (letter, of_script.filter(|at| !writing.contains(at)).collect())
    });
    let lacking = lacking.collect();
    (spelled, lacking)
}

/// How strongly a word speaks for a language where it is the `rank`th most frequent: the logarithm
/// of how much more often it is met there (after Zipf's law) than by chance in other languages.
fn strength(word: &str, rank: usize) -> f32 {
    let frequency = 0.06 / (rank as f32 + 3.0);
    let most = match word.chars().filter(|c| c.is_alphabetic()).count() {
        1 => 1.2,
        2 => 2.6,
        _ => 4.0,
    };
    (frequency / 0.0004).ln().clamp(0.4, most)
}

/// Tells of most words that they are in no table, without looking them up.
struct Sieve(Box<[u64; 1024]>);

impl Sieve {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Sieve {
        let mut bits = Box::new([0; 1024]);
        for hole in words.map(Sieve::hole) {
            bits[hole / 64] |= 1 << (hole % 64);
        }
        Sieve(bits)
    }

    /// False when `word` is certainly none of the words.
    fn holds(&self, word: &str) -> bool {
        let hole = Sieve::hole(word);
        self.0[hole / 64] >> (hole % 64) & 1 == 1
    }

    /// A number below 65,536 that the beginning, the end and the length of a word make.
    fn hole(word: &str) -> usize {
        let byte = |at: usize| word.as_bytes().get(at).map_or(0, |byte| u32::from(*byte));
        let last = byte(word.len().saturating_sub(1));
        let mixed = byte(0) | byte(1) << 8 | last << 16 | (word.len() as u32) << 24;
        (mixed.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }
}

/// How much more likely a language is before anything is read: the languages that most news is
/// written in.
fn usual(code: &str, script: Script) -> f32 {
    let rank = |codes: &[&str]| codes.contains(&code);
    if code == "en" {
        1.5
    } else if code == "sr" && script == Script::Latin {
        -1.5
    } else if rank(&["de", "fr", "es", "it", "pt", "ru", "ar", "tr", "id", "nl", "pl", "hi"]) {
        0.8
    } else if rank(&[
        "la", "eo", "jv", "tk", "ak", "lb", "uz", "nn", "yi", "tg", "ps", "ky", "ln", "lg", "pcm", "mk", "bs",
    ]) {
        -0.8
    } else if rank(&["ca", "gl", "eu", "cy", "ga", "af", "is", "sq", "sl", "et", "sk", "ms"]) {
        -0.4
    } else if code == "pcm" {
        -1.0
    } else if words::WORDS.iter().any(|(other, _)| *other == code) {
        0.0
    } else {
        -1.0
    }
}

/// Languages that `whatlang` takes for another, and for which: what it says of that one goes for
/// them as well.
const KIN: &[(&str, &str)] = &[
    ("ms", "id"),
    ("bs", "hr"),
    ("gl", "pt"),
    ("gl", "es"),
    ("xh", "zu"),
    ("ti", "am"),
    ("nn", "nb"),
    ("nn", "da"),
    ("is", "da"),
    ("lb", "de"),
    ("kk", "ru"),
    ("mn", "ru"),
    ("sw", "sn"),
    ("lg", "sn"),
    ("rn", "sn"),
    ("ln", "sn"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_has_a_hash_and_a_place_of_its_own() {
        let words: BTreeSet<&str> =
            words::WORDS.iter().chain(pairs::NEVER).flat_map(|(_, row)| row.split(' ')).collect();
        let hashes: BTreeSet<u64> = words.iter().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), words.len());
        assert!(words.len() * 2 < PLACES && Tables::get().known.len() <= NUMBERS);
        assert_eq!(Tables::get().meanings("qqqqq"), None);
        assert!(Tables::get().meanings("the").is_some_and(|said| said.iter().any(|(_, strength)| *strength > 0.0)));
    }

    #[test]
    fn letters_speak_against_the_languages_that_lack_them() {
        let codes = |letter| -> Vec<&str> {
            let lacking = Tables::get().lacking(Script::Latin, letter).iter();
            lacking.map(|at| Tables::get().known[usize::from(*at)].code).collect()
        };
        assert!(codes('ß').contains(&"fr") && !codes('ß').contains(&"de"));
        // A letter of no language speaks against all of them.
        assert!(codes('ɮ').contains(&"fr") && codes('ɮ').contains(&"de"));
    }
}
