//! The opening of a text that has no headline.

use crate::text::Clean;

/// An opening longer than this many characters is cut.
const LONGEST: usize = 200;
/// A shorter one is no sentence yet, but an abbreviation.
const SHORTEST: usize = 20;

/// The first sentence of `text`; when that is very long, its beginning with `…`.
pub fn opening(text: &Clean) -> Clean {
    let end = sentence_end(text);
    let sentence = &text[..end];
    let Some((limit, _)) = sentence.char_indices().nth(LONGEST + 20) else {
        return text.slice(0..end).trimmed();
    };
    let room = sentence.char_indices().nth(LONGEST).map_or(limit, |(at, _)| at);
    // Words are not cut, unless there is no space to cut at.
    let cut = sentence[..room].rfind(' ').filter(|cut| *cut * 2 > room).unwrap_or(room);
    let kept = sentence[..cut].trim_end_matches([' ', ',', ';', ':', '–', '-']);
    Clean::new(&format!("{}…", if kept.is_empty() { &sentence[..cut] } else { kept }))
}

/// Where the first sentence ends, in bytes.
fn sentence_end(text: &str) -> usize {
    let mut count = 0;
    let mut before = "";
    for (at, c) in text.char_indices() {
        count += 1;
        if count > LONGEST * 3 {
            break;
        }
        let end = at + c.len_utf8();
        let rest = &text[end..];
        match c {
            '。' | '！' | '？' | '।' | '።' if count >= SHORTEST / 2 => return closed(rest, end),
            '.' | '!' | '?' | '؟' | '۔' | '։' if count >= SHORTEST => {
                let after = closed(rest, end);
                let next = text[after..].trim_start();
                let starts = next.is_empty()
                    || (text[after..].starts_with(' ') && !next.starts_with(|c: char| c.is_lowercase()));
                if starts && !(c == '.' && is_abbreviation(before)) {
                    return after;
                }
            }
            _ => {}
        }
        let word = text[..at].rfind([' ', '(', '„', '“', '"']).map_or(0, |space| space + 1);
        before = text.get(word..end).unwrap_or("");
    }
    text.len()
}

/// The end of a sentence, after the quotation marks and brackets that close with it.
fn closed(rest: &str, end: usize) -> usize {
    end + rest.len() - rest.trim_start_matches(['"', '”', '“', '’', '»', '」', ')']).len()
}

/// True for words whose full stop ends no sentence: `Dr`, `U.S`, `16`, initials.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() && word.len() <= 2;
    let title = [
        "Mr", "Mrs", "Dr", "Prof", "St", "Sgt", "Gen", "Sen", "Gov", "Rep", "Jr", "Nr", "Sr", "Sra", "bzw", "ca", "No",
        "Hj", "Mme",
    ]
    .contains(&word);
    digits || title || letters <= 1 || word.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(&*opening(&Clean::new(text)), expected);
    }

    #[test]
    fn the_first_sentence_stands_in() {
        check("The harbour in the north is closed. Nobody knows why.", "The harbour in the north is closed.");
        check("The minister, Dr. Nora Webb, has left. The rest stayed.", "The minister, Dr. Nora Webb, has left.");
        check("Seit dem 16. Februar ist der Hafen zu. Keiner weiß es.", "Seit dem 16. Februar ist der Hafen zu.");
        check("北方的港口今天关闭了。没有人知道为什么。", "北方的港口今天关闭了。");
        check("She said: “The harbour is closed.” Then she left.", "She said: “The harbour is closed.”");
        check("Closed", "Closed");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "closing ".repeat(60);
        let opening = opening(&Clean::new(&text));
        assert!(opening.ends_with("closing…") && opening.chars().count() <= LONGEST + 1, "{opening}");
    }
}
