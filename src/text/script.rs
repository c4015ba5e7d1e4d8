//! Which writing system a character belongs to, as far as searching and reading need to know.

use super::class::Class;

/// True for characters of scripts that are written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// True when `text` is to be read from right to left: when most of its first letters are.
///
/// ```
/// use newsstand::text::script::reads_right_to_left;
///
/// assert!(reads_right_to_left("Clubhouse: محادثة مع بوتين"));
/// assert!(!reads_right_to_left("«شكرا» is what he said to them"));
/// ```
pub fn reads_right_to_left(text: &str) -> bool {
    // The first bytes of all characters before Hebrew are smaller. That is no use where it takes long to tell.
    if text.len() < 4096 && text.bytes().all(|byte| byte < 0xd6) {
        return false;
    }
    // Enough to tell, however long the paragraph.
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(200);
    letters.map(|c| if is_right_to_left(c) { 1 } else { -1 }).sum::<i32>() > 0
}

/// The beginning of `text`: no more characters than so many.
pub fn first_characters(text: &str, most: usize) -> &str {
    // No text has more characters than bytes.
    if text.len() <= most {
        return text;
    }
    let mut rest = text.chars();
    if let Some(last) = most.checked_sub(1) {
        rest.nth(last);
    }
    &text[..text.len() - rest.as_str().len()]
}

/// How many words a reader would count in `text`.
///
/// A word is a run of letters, digits and marks (also around an apostrophe or hyphen); where no
/// spaces are written, two characters count as one word, which is about what dictionaries find.
///
/// ```
/// use newsstand::text::script::count_words;
///
/// assert_eq!(count_words("Putin's answer, 3.6 million"), 4);
/// assert_eq!(count_words("电话直呼"), 2);
/// ```
pub fn count_words(text: &str) -> u32 {
    measure(text).1
}

/// Of each ASCII character, whether it is a letter or digit, and whether it is white space.
const PLAIN: [(bool, bool); 256] = {
    let mut plain = [(false, false); 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = ((byte as u8).is_ascii_alphanumeric(), matches!(byte as u8, b' ' | b'\t'..=b'\r'));
        byte += 1;
    }
    plain
};

/// How much text there is: its characters, where one of a script without spaces counts as two, and
/// its words, as [`count_words`] counts them.
pub fn measure(text: &str) -> (usize, u32) {
    let mut counted = false;
    if text.is_ascii() {
        let mut words = 0;
        for byte in text.bytes() {
            let (is_letter, is_space) = PLAIN[usize::from(byte)];
            words += u32::from(is_letter & !counted);
            counted = (counted | is_letter) & !is_space;
        }
        return (text.len(), words);
    }
    let (mut size, mut words, mut spaceless) = (0, 0, 0);
    for c in text.chars() {
        size += 1;
        if c.is_ascii() {
            // Most text is made of these, so they are looked at without branches.
            let (is_letter, is_space) = PLAIN[c as usize & 0x7f];
            words += u32::from(is_letter & !counted);
            counted = (counted | is_letter) & !is_space;
            continue;
        }
        let class = Class::of(c);
        if class.is_spaceless() {
            spaceless += 1;
            counted = true;
        } else if class.is_alphanumeric() {
            words += u32::from(!counted);
            counted = true;
        } else if class.is_space() {
            counted = false;
        }
    }
    (size + spaceless as usize, words + u32::div_ceil(spaceless, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_end_between_characters() {
        for (text, most, beginning) in
            [("", 2, ""), ("é字a", 0, ""), ("é字a", 2, "é字"), ("é字a", 3, "é字a"), ("é字", 9, "é字")]
        {
            assert_eq!(first_characters(text, most), beginning, "{most} of {text}");
        }
    }

    #[test]
    fn words_are_counted_as_a_reader_would() {
        for (text, words) in [("", 0), ("— …", 0), ("one two", 2), ("US-Rapper", 1), ("东京", 1), ("Musk 马斯克", 3)]
        {
            assert_eq!(count_words(text), words, "{text}");
        }
    }
}
