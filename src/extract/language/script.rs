//! Which script a text is written in, and the languages that have a script of their own.

use std::sync::OnceLock;

/// Scripts, as far as languages are told by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Most of Europe, Africa, the Americas; Indonesian, Turkish, Vietnamese.
    Latin,
    /// Russian, Ukrainian, Bulgarian, Kazakh and others.
    Cyrillic,
    /// Arabic, Persian, Urdu.
    Arabic,
    /// Hindi, Marathi, Nepali.
    Devanagari,
    /// Hebrew, Yiddish.
    Hebrew,
    /// Amharic, Tigrinya.
    Ethiopic,
    /// Chinese, and the Chinese characters of Japanese.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// A script that only one language of the news uses, by its ISO 639-1 code.
    Own(&'static str),
}

/// Scripts of one language: first and last letter, and the language.
#[rustfmt::skip]
const OWN: &[(char, char, &str)] = &[
    ('\u{0370}', '\u{03ff}', "el"), ('\u{0530}', '\u{058f}', "hy"), ('\u{0980}', '\u{09ff}', "bn"), ('\u{0a00}', '\u{0a7f}', "pa"), ('\u{0a80}', '\u{0aff}', "gu"),
    ('\u{0b00}', '\u{0b7f}', "or"), ('\u{0b80}', '\u{0bff}', "ta"), ('\u{0c00}', '\u{0c7f}', "te"), ('\u{0c80}', '\u{0cff}', "kn"), ('\u{0d00}', '\u{0d7f}', "ml"),
    ('\u{0d80}', '\u{0dff}', "si"), ('\u{0e01}', '\u{0e5b}', "th"), ('\u{0e80}', '\u{0eff}', "lo"), ('\u{1000}', '\u{109f}', "my"), ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1100}', '\u{11ff}', "ko"), ('\u{1780}', '\u{17ff}', "km"), ('\u{1c90}', '\u{1cbf}', "ka"), ('\u{1f00}', '\u{1fff}', "el"), ('\u{3130}', '\u{318f}', "ko"), ('\u{ac00}', '\u{d7a3}', "ko"),
];

/// Letters that a language with a script of its own never writes, though a neighbour that has no
/// name here does: Assamese beside Bengali, Shan and Mon beside Burmese, Mingrelian beside Georgian.
pub const FOREIGN: &[(&str, &[char])] = &[("bn", &['ৰ', 'ৱ']), ("my", &['ၵ', 'ၸ', 'ၺ', 'ꩦ', 'ၚ']), ("ka", &['ჸ', 'ჷ'])];

impl Script {
    /// The script of a letter; `None` for what is no letter or belongs to many scripts.
    pub fn of(c: char) -> Option<Script> {
        Some(match c {
            'a'..='z' | 'A'..='Z' => Script::Latin,
            '\0'..='\u{bf}' | '×' | '÷' => return None,
            'À'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{0400}'..='\u{052f}' => Script::Cyrillic,
            '\u{0590}'..='\u{05ff}' => Script::Hebrew,
            '\u{0620}'..='\u{064a}' | '\u{066e}'..='\u{06d3}' | '\u{06fa}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' => {
                Script::Arabic
            }
            '\u{0900}'..='\u{0963}' | '\u{0970}'..='\u{097f}' => Script::Devanagari,
            '\u{1200}'..='\u{137f}' => Script::Ethiopic,
            '\u{3041}'..='\u{309f}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fd}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{ff66}'..='\u{ff9d}' => Script::Kana,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => Script::Han,
            _ => {
                let after = OWN.partition_point(|(first, _, _)| *first <= c);
                let (_, last, code) = OWN.get(after.checked_sub(1)?)?;
                return (c <= *last).then_some(Script::Own(code));
            }
        })
    }
}

/// Scripts by number: those that languages share, and behind them the rows of [`OWN`].
const SHARED: [Script; 8] = [
    Script::Latin,
    Script::Cyrillic,
    Script::Arabic,
    Script::Devanagari,
    Script::Hebrew,
    Script::Ethiopic,
    Script::Han,
    Script::Kana,
];

/// What has no script has this number.
const NO_SCRIPT: u8 = (SHARED.len() + OWN.len()) as u8;

/// The number of the script of a letter, from tables that are filled as they are needed.
fn number(c: char) -> u8 {
    /// The numbers of 256 characters that follow each other; nobody reads all scripts.
    static PAGES: [OnceLock<Box<[u8; 256]>>; 256] = [const { OnceLock::new() }; 256];
    let computed = |c: char| match Script::of(c) {
        None => NO_SCRIPT,
        // Several rows may have the same language; the first stands for all of them.
        Some(Script::Own(code)) => {
            OWN.iter().position(|row| row.2 == code).map_or(NO_SCRIPT, |row| (SHARED.len() + row) as u8)
        }
        Some(script) => SHARED.iter().position(|shared| *shared == script).map_or(NO_SCRIPT, |at| at as u8),
    };
    let code = u32::from(c);
    let Some(page) = PAGES.get((code >> 8) as usize) else {
        return computed(c);
    };
    let page = page.get_or_init(|| {
        let first = code & !0xff;
        Box::new(std::array::from_fn(|at| char::from_u32(first + at as u32).map_or(NO_SCRIPT, computed)))
    });
    page[(code & 0xff) as usize]
}

/// How many letters of each script a text has, the most frequent script first.
pub fn census(text: &str) -> Vec<(Script, usize)> {
    census_of_all([text])
}

/// The same of several texts together.
pub fn census_of_all<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<(Script, usize)> {
    let mut counts = [0; NO_SCRIPT as usize + 1];
    for text in texts {
        counts[0] += text.bytes().filter(u8::is_ascii_alphabetic).count();
        if !text.is_ascii() {
            text.chars().filter(|c| !c.is_ascii()).for_each(|c| counts[usize::from(number(c))] += 1);
        }
    }
    let scripts = SHARED.into_iter().chain(OWN.iter().map(|row| Script::Own(row.2)));
    let mut counts: Vec<(Script, usize)> = scripts.zip(counts).filter(|(_, count)| *count > 0).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_belong_to_scripts() {
        for (letters, script) in [
            ("aZé", Some(Script::Latin)),
            ("жЁї", Some(Script::Cyrillic)),
            ("漢字", Some(Script::Han)),
            ("かなカナ", Some(Script::Kana)),
            ("한국", Some(Script::Own("ko"))),
            ("ไทย", Some(Script::Own("th"))),
            ("გ", Some(Script::Own("ka"))),
            ("12 –…", None),
        ] {
            for letter in letters.chars() {
                assert_eq!(Script::of(letter), script, "{letter}");
            }
        }
    }

    #[test]
    fn letters_are_counted_by_script() {
        let check = |text: &str, expected: &[(Script, usize)]| assert_eq!(census(text), expected, "{text}");
        check("", &[]);
        check("– 12", &[]);
        check("Ёж, naïve!", &[(Script::Latin, 5), (Script::Cyrillic, 2)]);
        // Old and new letters of Georgia stand in blocks of their own.
        check("ab გ\u{1c90}", &[(Script::Latin, 2), (Script::Own("ka"), 2)]);
        check("字\u{20000}", &[(Script::Han, 2)]);
        assert_eq!(census_of_all(["a", "ж", "b"]), [(Script::Latin, 2), (Script::Cyrillic, 1)]);
    }

    #[test]
    fn scripts_of_one_language_are_in_order() {
        assert!(OWN.is_sorted_by_key(|row| row.0));
    }
}
