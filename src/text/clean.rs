//! Text that is safe to show: no control characters, no escape sequences, no bidi overrides.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// One line of text that cannot harm a terminal or lie to a reader.
///
/// Articles come from the web and may hold anything. A terminal obeys escape sequences, and a
/// bidi override shows a text in another order than it is written in. So raw text is turned into
/// `Clean` once, where it enters, and everything that is drawn or printed is `Clean` already.
///
/// A `Clean` holds no control character (tabs and line breaks become spaces), no escape sequence
/// (its payload goes as well), no bidi control, no byte-order mark and no variation selector 16,
/// which terminals measure differently.
///
/// ```
/// use newsstand::text::Clean;
///
/// assert_eq!(&*Clean::new("a\x1b[31mred\x1b[0m\tcar"), "ared car");
/// assert_eq!(&*Clean::new("\u{202e}kcab"), "kcab");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Clean(String);

impl Clean {
    /// Cleans `raw`, which may hold several lines: they are joined with spaces.
    pub fn new(raw: &str) -> Clean {
        Clean::counted(raw).0
    }

    /// Cleans `raw` and tells how many characters were taken away.
    ///
    /// Spaces that stand in for tabs and line breaks are not counted: nothing is lost there.
    pub fn counted(raw: &str) -> (Clean, usize) {
        match cleaned(raw) {
            (Cow::Borrowed(text), removed) => (Clean(text.to_owned()), removed),
            (Cow::Owned(text), removed) => (Clean(text), removed),
        }
    }

    /// The text, as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, as an owned string.
    pub fn into_string(self) -> String {
        self.0
    }

    /// The part of the text at `range`, which must lie on character boundaries.
    pub fn slice(&self, range: std::ops::Range<usize>) -> Clean {
        Clean(self.0[range].to_owned())
    }

    /// The text without white space at its ends.
    pub fn trimmed(&self) -> Clean {
        Clean(self.0.trim().to_owned())
    }

    /// Several pieces with `separator`, cleaned too, between them.
    pub fn joined<'a>(pieces: impl IntoIterator<Item = &'a Clean>, separator: &str) -> Clean {
        let pieces: Vec<&str> = pieces.into_iter().map(Clean::as_str).collect();
        Clean::new(&pieces.join(separator))
    }
}

impl Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Clean {
    fn from(raw: &str) -> Clean {
        Clean::new(raw)
    }
}

impl PartialEq<str> for Clean {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Clean {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

// A stored text may have been tampered with, so reading one cleans it again.
impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Clean, D::Error> {
        String::deserialize(deserializer).map(|raw| Clean::new(&raw))
    }
}

/// True for characters that must never reach a terminal, apart from escape sequences.
///
/// Bidi controls after Unicode Standard Annex 9; joiners (U+200C, U+200D) stay, as Persian and
/// emoji need them.
fn is_harmful(c: char) -> bool {
    // Nearly all text is settled by these two comparisons.
    if matches!(c, ' '..='~' | '\u{a0}'..='\u{61b}') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{feff}' | '\u{fe0f}' | '\u{fff9}'..='\u{fffb}' | '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}')
}

/// True for the first bytes of harmful characters.
fn may_harm(byte: u8) -> bool {
    const MAY_HARM: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            table[byte] = matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xef | 0xf3);
            byte += 1;
        }
        table
    };
    MAY_HARM[usize::from(byte)]
}

/// `raw` without what is harmful, and the number of characters taken away.
fn cleaned(raw: &str) -> (Cow<'_, str>, usize) {
    // Without a way out in its midst this loop takes many bytes at a time.
    if raw.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')) {
        return (Cow::Borrowed(raw), 0);
    }
    let harmful = |(at, byte): &(usize, u8)| may_harm(*byte) && raw[*at..].chars().next().is_some_and(is_harmful);
    let Some((first, _)) = raw.bytes().enumerate().find(harmful) else {
        return (Cow::Borrowed(raw), 0);
    };
    let mut filter = Filter { kept: String::with_capacity(raw.len()), visible: 0, spaced: 0 };
    filter.kept.push_str(&raw[..first]);
    let rest = &raw[first..];
    vte::Parser::new().advance(&mut filter, rest.as_bytes());
    let removed = rest.chars().count().saturating_sub(filter.visible);
    (Cow::Owned(filter.kept), removed - filter.spaced.min(removed))
}

/// Keeps what a terminal would print; the parser swallows the sequences it would obey.
struct Filter {
    kept: String,
    visible: usize,
    /// Line breaks that became no space of their own, because one was there already.
    spaced: usize,
}

impl vte::Perform for Filter {
    fn print(&mut self, c: char) {
        if matches!(c, '\u{2028}' | '\u{2029}') {
            return self.execute(b'\n');
        }
        if !is_harmful(c) {
            self.kept.push(c);
            self.visible += 1;
        }
    }

    fn execute(&mut self, byte: u8) {
        if matches!(byte, b'\n' | b'\r' | b'\t' | 0x0b | 0x0c) {
            if self.kept.ends_with(' ') {
                self.spaced += 1;
            } else {
                self.kept.push(' ');
                self.visible += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(raw: &str, clean: &str, removed: usize) {
        let (got, count) = Clean::counted(raw);
        assert_eq!((got.as_str(), count), (clean, removed), "{raw:?}");
    }

    #[test]
    fn leaves_honest_text_alone() {
        check("", "", 0);
        check("Elon Musk", "Elon Musk", 0);
        check("馬斯克 🍊 naïve", "馬斯克 🍊 naïve", 0);
        check("می‌خواهم", "می‌خواهم", 0);
    }

    #[test]
    fn spaces_stand_in_for_breaks() {
        check("a\tb\nc", "a b c", 0);
        check("a\r\nb", "a b", 0);
    }

    #[test]
    fn takes_sequences_with_their_payload() {
        check("a\x1b[31mred", "ared", 5);
        check("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link", 20);
        check("\x1b]0;title\x1b\\x", "x", 11);
        check("a\u{9b}31mred", "a31mred", 1);
    }

    #[test]
    fn takes_overrides_and_marks() {
        check("abc\u{202e}def\u{202c}", "abcdef", 2);
        check("\u{feff}Title", "Title", 1);
        check("a\0b\x07\x7f", "ab", 3);
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(raw in "\\PC*|[\\x00-\\x1f\\x7f-\\x9fa-z\\[\\]0-9;\u{202e}\u{2066}]*") {
            let clean = Clean::new(&raw);
            prop_assert!(!clean.chars().any(is_harmful), "{:?}", clean);
            prop_assert!(raw.chars().filter(|c| is_harmful(*c)).all(|c| may_harm(c.to_string().as_bytes()[0])));
            prop_assert_eq!(Clean::new(&clean), clean);
        }
    }
}
