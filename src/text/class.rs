//! What a character is, from tables that are filled as they are needed.
//!
//! The tables of the standard library are small, and searched anew for every character; a text of
//! a million letters asks for the same hundred again and again.

use std::sync::atomic::{AtomicU8, Ordering};

use unicode_normalization::char::is_combining_mark;

const ALPHABETIC: u8 = 1;
const NUMERIC: u8 = 2;
const MARK: u8 = 4;
const SPACELESS: u8 = 8;
const SPACE: u8 = 16;
/// Of every class that was asked for, so that it differs from one that was not.
const ASKED: u8 = 32;

/// True for characters of scripts that are written without spaces between words: Chinese,
/// Japanese, Thai, Lao, Khmer and Burmese; and Korean, whose particles stick to the words.
///
/// Text of such characters is searched by any part of it. Ranges are the Unicode blocks.
pub fn is_spaceless(c: char) -> bool {
    // Everything before Thai is settled by one comparison.
    c >= '\u{0e00}'
        && matches!(c,
            '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e4e}' | '\u{0e80}'..='\u{0eff}'   // Thai, Lao
            | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'                          // Burmese, Khmer
            | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}'                          // Hangul
            | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' // Hiragana
            | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' // Katakana
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
            | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// What a character is, as far as words are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(u8);

impl Class {
    /// The class of `c`.
    ///
    /// ```
    /// use newsstand::text::class::Class;
    ///
    /// assert!(Class::of('é').is_alphanumeric() && Class::of('字').is_spaceless());
    /// assert!(!Class::of('–').is_alphanumeric());
    /// ```
    pub fn of(c: char) -> Class {
        /// Of each character of the first 65,536 its class, from the first time on that it is asked for;
        /// nobody reads all scripts.
        static KNOWN: [AtomicU8; 1 << 16] = [const { AtomicU8::new(0) }; 1 << 16];
        let Some(known) = KNOWN.get(u32::from(c) as usize) else {
            return Class(computed(c) | ASKED);
        };
        match known.load(Ordering::Relaxed) {
            0 => {
                // Whoever else comes to it at the same time says the same.
                let class = computed(c) | ASKED;
                known.store(class, Ordering::Relaxed);
                Class(class)
            }
            class => Class(class),
        }
    }

    /// As [`char::is_alphabetic`].
    pub fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    /// As [`char::is_numeric`].
    pub fn is_numeric(self) -> bool {
        self.0 & NUMERIC != 0
    }

    /// As [`char::is_alphanumeric`].
    pub fn is_alphanumeric(self) -> bool {
        self.0 & (ALPHABETIC | NUMERIC) != 0
    }

    /// True for accents, vowel signs and other marks that belong to the character before them.
    pub fn is_mark(self) -> bool {
        self.0 & MARK != 0
    }

    /// As [`is_spaceless`].
    pub fn is_spaceless(self) -> bool {
        self.0 & SPACELESS != 0
    }

    /// As [`char::is_whitespace`].
    pub fn is_space(self) -> bool {
        self.0 & SPACE != 0
    }
}

fn computed(c: char) -> u8 {
    let flag = |is: bool, flag: u8| if is { flag } else { 0 };
    flag(c.is_alphabetic(), ALPHABETIC)
        | flag(c.is_numeric(), NUMERIC)
        | flag(is_combining_mark(c), MARK)
        | flag(is_spaceless(c), SPACELESS)
        | flag(c.is_whitespace(), SPACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_say_what_unicode_says() {
        for c in ('\0'..='\u{30000}').step_by(7).chain(' '..='\u{7f}') {
            let class = Class::of(c);
            assert_eq!(class.is_alphabetic(), c.is_alphabetic(), "{c:?}");
            assert_eq!(class.is_alphanumeric(), c.is_alphanumeric(), "{c:?}");
            assert_eq!(class.is_numeric(), c.is_numeric(), "{c:?}");
            assert_eq!(class.is_mark(), is_combining_mark(c), "{c:?}");
            assert_eq!(class.is_spaceless(), is_spaceless(c), "{c:?}");
            assert_eq!(class.is_space(), c.is_whitespace(), "{c:?}");
        }
    }
}
