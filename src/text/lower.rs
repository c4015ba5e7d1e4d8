//! Small letters, from tables that are filled as they are needed.
//!
//! The tables of the standard library are searched anew for every letter, and most letters of a text are small
//! already.

use std::sync::atomic::{AtomicU32, Ordering};

/// `text` in lower case, each character by itself: a Greek sigma at the end of a word becomes one as it stands
/// within words.
///
/// ```
/// use newsstand::text::lower::lower;
///
/// assert_eq!(lower("Der Hafen VON ÅRHUS"), "der hafen von århus");
/// ```
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut small = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        let letter = match single(c) {
            Some(letter) if letter == c => continue,
            letter => letter,
        };
        small.push_str(&text[copied..at]);
        copied = at + c.len_utf8();
        match letter {
            Some(letter) => small.push(letter),
            None => small.extend(c.to_lowercase()),
        }
    }
    small.push_str(&text[copied..]);
    small
}

/// The small letter of `c`, which is `c` itself for all that has none; `None` where it becomes several.
pub fn single(c: char) -> Option<char> {
    /// The characters before this one are nearly all that have two cases.
    const LOW: usize = 0x2000;
    /// Stands for what becomes several.
    const SEVERAL: u32 = u32::MAX;
    /// The small letter of each character, from the first time on that it is asked for; nobody reads all scripts.
    static KNOWN: [AtomicU32; LOW] = [const { AtomicU32::new(0) }; LOW];
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let Some(known) = KNOWN.get(c as usize) else {
        // From kana to Chinese characters, nothing has two cases.
        return if matches!(c, '\u{3000}'..='\u{9fff}') { Some(c) } else { computed(c) };
    };
    match known.load(Ordering::Relaxed) {
        0 => {
            // Whoever else comes to it at the same time says the same.
            let letter = computed(c);
            known.store(letter.map_or(SEVERAL, u32::from), Ordering::Relaxed);
            letter
        }
        code => char::from_u32(code),
    }
}

fn computed(c: char) -> Option<char> {
    let mut letters = c.to_lowercase();
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_become_small() {
        for (text, small) in
            [("", ""), ("ÄÖÜ ß", "äöü ß"), ("ЁЖ Ж", "ёж ж"), ("İ", "i̇"), ("ΟΔΟΣ", "οδοσ"), ("字", "字")]
        {
            assert_eq!(lower(text), small, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_character_is_as_the_standard_library_says(text in "\\PC*|[A-Za-zÄßİЁΣ字 ]*") {
            prop_assert_eq!(lower(&text), text.chars().flat_map(char::to_lowercase).collect::<String>());
        }

        #[test]
        fn single_letters_are_as_the_standard_library_says(c in any::<char>()) {
            let letters: Vec<char> = c.to_lowercase().collect();
            prop_assert_eq!(single(c), if let [letter] = letters[..] { Some(letter) } else { None });
        }
    }
}
