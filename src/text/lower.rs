//! Small letters, from tables that are filled as they are needed.
//!
//! The tables of the standard library are searched anew for every letter, and most letters of a text are small
//! already.

use std::sync::OnceLock;

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
    /// The small letters of 256 characters that follow each other; nobody reads all scripts.
    static PAGES: [OnceLock<Box<[Option<char>; 256]>>; 256] = [const { OnceLock::new() }; 256];
    let code = u32::from(c);
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    let Some(page) = PAGES.get((code >> 8) as usize) else {
        return computed(c);
    };
    let page = page.get_or_init(|| {
        let first = code & !0xff;
        Box::new(std::array::from_fn(|at| char::from_u32(first + at as u32).and_then(computed)))
    });
    page[(code & 0xff) as usize]
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
    }
}
