//! Which script a text is written in, and the languages that have a script of their own.

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

/// How many letters of each script a text has, the most frequent script first.
pub fn census(text: &str) -> Vec<(Script, usize)> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let latin = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if latin > 0 {
        counts.push((Script::Latin, latin));
    }
    for script in text.chars().filter(|c| !c.is_ascii()).filter_map(Script::of) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
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
    fn scripts_of_one_language_are_in_order() {
        assert!(OWN.is_sorted_by_key(|row| row.0));
    }
}
