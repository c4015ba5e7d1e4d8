//! Names in another script: `putin` is `путин` and `πουτιν`.
//!
//! Letters are replaced by small tables, each with what it is mostly written as and what else it may
//! be; the likeliest spellings of a word are looked for. All words here are folded.

use crate::text::fold::fold;

/// Shorter words have a counterpart in any script by chance.
const SHORTEST: usize = 4;
/// How many spellings are tried in each script.
const SPELLINGS: usize = 48;

/// The letters of the scripts that names are known to be written in, the first and the last of each.
pub(crate) const SCRIPTS: &[(char, char)] = &[('a', 'z'), ('\u{370}', '\u{3ff}'), ('\u{400}', '\u{4ff}')];

/// A script that names are known to be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

/// Letters, and what they become, the likeliest first. Longer rows come before their beginnings.
type Table = &'static [(&'static str, &'static [&'static str])];

const LATIN_TO_CYRILLIC: Table = &[
    ("shch", &["щ"]),
    ("sch", &["ш", "щ"]),
    ("iy", &["ии"]),
    ("zh", &["ж"]),
    ("kh", &["х"]),
    ("ts", &["ц"]),
    ("ch", &["ч"]),
    ("sh", &["ш"]),
    ("yu", &["ю"]),
    ("ju", &["ю"]),
    ("iu", &["ю", "иу"]),
    ("ya", &["я"]),
    ("ja", &["я"]),
    ("ia", &["иа", "ия", "я"]),
    ("ye", &["е"]),
    ("yo", &["е"]),
    ("ck", &["к"]),
    ("a", &["а"]),
    ("b", &["б"]),
    ("c", &["к", "ц"]),
    ("d", &["д"]),
    ("e", &["е", "э"]),
    ("f", &["ф"]),
    ("g", &["г"]),
    ("h", &["х", "г"]),
    ("i", &["и", "і"]),
    ("j", &["и", "дж"]),
    ("k", &["к"]),
    ("l", &["л", "ль"]),
    ("m", &["м"]),
    ("n", &["н", "нь"]),
    ("o", &["о"]),
    ("p", &["п"]),
    ("q", &["к"]),
    ("r", &["р", "рь"]),
    ("s", &["с"]),
    ("t", &["т", "ть"]),
    ("u", &["у"]),
    ("v", &["в"]),
    ("w", &["в"]),
    ("x", &["кс"]),
    ("y", &["и", "ы", "ыи", "ии"]),
    ("z", &["з"]),
];

const CYRILLIC_TO_LATIN: Table = &[
    ("ии", &["y", "iy", "ii"]),
    ("ыи", &["y", "yi"]),
    ("кс", &["x", "ks"]),
    ("а", &["a"]),
    ("б", &["b"]),
    ("в", &["v", "w"]),
    ("г", &["g", "h"]),
    ("ґ", &["g"]),
    ("д", &["d"]),
    ("ђ", &["dj"]),
    ("е", &["e", "ye"]),
    ("є", &["ye", "ie"]),
    ("ж", &["zh", "j"]),
    ("з", &["z", "s"]),
    ("ѕ", &["dz"]),
    ("и", &["i", "y", "j"]),
    ("і", &["i"]),
    ("ј", &["j"]),
    ("к", &["k", "c"]),
    ("л", &["l"]),
    ("љ", &["lj"]),
    ("м", &["m"]),
    ("н", &["n"]),
    ("њ", &["nj"]),
    ("о", &["o"]),
    ("п", &["p"]),
    ("р", &["r"]),
    ("с", &["s"]),
    ("т", &["t"]),
    ("ћ", &["c"]),
    ("у", &["u", "w"]),
    ("ф", &["f"]),
    ("х", &["kh", "h", "ch"]),
    ("ц", &["ts", "c", "z"]),
    ("ч", &["ch"]),
    ("џ", &["dz"]),
    ("ш", &["sh", "sch"]),
    ("щ", &["shch", "sht"]),
    ("ъ", &["", "a"]),
    ("ы", &["y"]),
    ("ь", &[""]),
    ("э", &["e"]),
    ("ю", &["yu", "ju", "iu"]),
    ("я", &["ya", "ia", "ja"]),
];

const LATIN_TO_GREEK: Table = &[
    ("th", &["θ"]),
    ("ph", &["φ"]),
    ("ch", &["χ", "τσ"]),
    ("kh", &["χ"]),
    ("ps", &["ψ"]),
    ("sh", &["σ"]),
    ("ts", &["τσ"]),
    ("ou", &["ου"]),
    ("av", &["αυ", "αβ"]),
    ("ev", &["ευ", "εβ"]),
    ("a", &["α"]),
    ("b", &["μπ", "β"]),
    ("c", &["κ"]),
    ("d", &["δ", "ντ"]),
    ("e", &["ε", "αι"]),
    ("f", &["φ"]),
    ("g", &["γκ", "γ"]),
    ("h", &["χ", ""]),
    ("i", &["ι", "η", "ει"]),
    ("j", &["τζ", "γι"]),
    ("k", &["κ"]),
    ("l", &["λ"]),
    ("m", &["μ"]),
    ("n", &["ν"]),
    ("o", &["ο", "ω"]),
    ("p", &["π"]),
    ("q", &["κ"]),
    ("r", &["ρ"]),
    ("s", &["σ"]),
    ("t", &["τ"]),
    ("u", &["ου"]),
    ("v", &["β", "φ"]),
    ("w", &["ου", "β"]),
    ("x", &["ξ"]),
    ("y", &["ι", "υ"]),
    ("z", &["ζ"]),
];

const GREEK_TO_LATIN: Table = &[
    ("ου", &["u", "ou"]),
    ("μπ", &["b", "mp"]),
    ("ντ", &["d", "nt"]),
    ("γκ", &["g", "gk"]),
    ("γγ", &["ng"]),
    ("τζ", &["j", "tz"]),
    ("αι", &["e", "ai"]),
    ("ει", &["i", "ei"]),
    ("οι", &["i", "oi"]),
    ("αυ", &["av", "af", "au"]),
    ("ευ", &["ev", "ef", "eu"]),
    ("α", &["a"]),
    ("β", &["v", "b"]),
    ("γ", &["g", "y"]),
    ("δ", &["d"]),
    ("ε", &["e"]),
    ("ζ", &["z"]),
    ("η", &["i", "e"]),
    ("θ", &["th"]),
    ("ι", &["i", "y"]),
    ("κ", &["k", "c"]),
    ("λ", &["l"]),
    ("μ", &["m"]),
    ("ν", &["n"]),
    ("ξ", &["x"]),
    ("ο", &["o"]),
    ("π", &["p"]),
    ("ρ", &["r"]),
    ("σ", &["s"]),
    ("ς", &["s"]),
    ("τ", &["t"]),
    ("υ", &["y", "i"]),
    ("φ", &["f", "v", "ph"]),
    ("χ", &["ch", "h", "kh"]),
    ("ψ", &["ps"]),
    ("ω", &["o"]),
];

/// How a folded word may be spelled in the other scripts, the likeliest spellings first; nothing for
/// short words, and for words of a script that is not known here.
pub(crate) fn other_scripts(folded: &str) -> Vec<String> {
    let Some(script) = script_of(folded).filter(|_| folded.chars().count() >= SHORTEST) else {
        return Vec::new();
    };
    let latin = match script {
        Script::Latin => vec![folded.to_owned()],
        Script::Cyrillic => spellings(folded, CYRILLIC_TO_LATIN),
        Script::Greek => spellings(folded, GREEK_TO_LATIN),
    };
    // From one of the others to the third, the likeliest Latin spellings are read again.
    let by_way_of_latin = |table| {
        let mut found: Vec<String> = latin.iter().take(3).flat_map(|latin| spellings(latin, table)).collect();
        found.truncate(SPELLINGS);
        found
    };
    let mut found = match script {
        Script::Latin => Vec::new(),
        Script::Cyrillic | Script::Greek => latin.clone(),
    };
    if script != Script::Cyrillic {
        found.extend(by_way_of_latin(LATIN_TO_CYRILLIC));
    }
    if script != Script::Greek {
        found.extend(by_way_of_latin(LATIN_TO_GREEK).iter().map(|greek| fold(greek)));
    }
    found
}

/// The script that all letters of a word are of.
fn script_of(folded: &str) -> Option<Script> {
    let script = |c: char| match c {
        'a'..='z' => Some(Script::Latin),
        '\u{370}'..='\u{3ff}' => Some(Script::Greek),
        '\u{400}'..='\u{4ff}' => Some(Script::Cyrillic),
        _ => None,
    };
    let mut letters = folded.chars().map(script);
    let first = letters.next()??;
    letters.all(|letter| letter == Some(first)).then_some(first)
}

/// The likeliest spellings by a table; none when a letter is not in it.
fn spellings(word: &str, table: Table) -> Vec<String> {
    // Each with the byte it has come to and how unlikely it is.
    let mut unfinished: Vec<(usize, usize, String)> = vec![(0, 0, String::new())];
    let mut finished: Vec<(usize, String)> = Vec::new();
    while let Some(least) = unfinished.iter().map(|(at, ..)| *at).min() {
        let (now, later): (Vec<_>, Vec<_>) = unfinished.into_iter().partition(|(at, ..)| *at == least);
        unfinished = later;
        for (at, unlikely, spelled) in now {
            if at == word.len() {
                finished.push((unlikely, spelled));
                continue;
            }
            let rows = table.iter().filter(|(letters, _)| word[at..].starts_with(letters));
            for (row, (letters, others)) in rows.enumerate() {
                for (rank, other) in others.iter().enumerate() {
                    let spelled = [&spelled, *other].concat();
                    // Letters that make one sound together are rarely meant one by one.
                    unfinished.push((at + letters.len(), unlikely + 2 * row + rank, spelled));
                }
            }
        }
        unfinished.sort_by_key(|(_, unlikely, _)| *unlikely);
        unfinished.truncate(2 * SPELLINGS);
    }
    finished.sort_by_key(|(unlikely, _)| *unlikely);
    finished.truncate(SPELLINGS);
    finished.into_iter().map(|(_, spelled)| spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_in_other_scripts() {
        for (word, other) in [
            ("putin", "путин"),
            ("путин", "putin"),
            ("putin", "πουτιν"),
            ("πουτιν", "putin"),
            ("путин", "πουτιν"),
            ("πουτιν", "путин"),
            ("zelensky", "зеленскии"),
            ("зеленскии", "zelensky"),
            ("navalny", "навальныи"),
            ("khrushchev", "хрущев"),
            ("merkel", "меркель"),
            ("меркель", "merkel"),
            ("igor", "игорь"),
            ("αθηνα", "athina"),
        ] {
            assert!(other_scripts(word).iter().any(|spelled| *spelled == fold(other)), "{word} {other}");
        }
        for word in ["abc", "", "2021", "電話電話", "co19"] {
            assert_eq!(other_scripts(word), Vec::<String>::new(), "{word}");
        }
    }

    #[test]
    fn rows_say_something_new() {
        for table in [LATIN_TO_CYRILLIC, CYRILLIC_TO_LATIN, LATIN_TO_GREEK, GREEK_TO_LATIN] {
            for (at, (letters, others)) in table.iter().enumerate() {
                assert!(!others.is_empty() && fold(letters) == *letters || *letters == "ς", "{letters}");
                let hidden = table[..at].iter().any(|(before, _)| letters.starts_with(before));
                assert!(!hidden, "{letters} stands behind its beginning");
            }
        }
    }

    proptest! {
        #[test]
        fn no_word_has_too_many_spellings(word in "[a-zа-яα-ω]{0,60}|[a-z]{0,200}|\\PC{0,20}") {
            prop_assert!(other_scripts(&fold(&word)).len() <= 2 * SPELLINGS);
        }
    }
}
