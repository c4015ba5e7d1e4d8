//! What is written under pictures, and whose they are.

use std::sync::LazyLock;

use super::WORDS;
use super::lender::{is_credit, is_lender};
use crate::text::fold::fold;

/// What only captions hold within, and the byte of it by which it is looked for: a rare one.
const INNER_CREDITS: &[(&str, u8)] = &[
    (" © ", b'\xc2'),
    ("Photo by ", b'P'),
    ("/Getty", b'/'),
    ("Getty Images", b'G'),
    ("Quelle: ", b':'),
    ("Foto: ", b':'),
    ("Photo: ", b':'),
    ("Fotó: ", b':'),
    ("Фото: ", b':'),
    ("Kuva: ", b':'),
    ("Image: ", b':'),
    ("Bild: ", b':'),
    ("Bilde: ", b':'),
    ("/AP ", b'/'),
    ("/AFP ", b'/'),
    ("AP Photo", b'A'),
    ("AFP pic", b'A'),
    ("afp.com/", b'/'),
    ("写真：", b'\xef'),
    ("(c) ", b'('),
];

/// True for a text at whose end stands whose a picture is.
pub(super) fn ends_as_caption(text: &str) -> bool {
    if holds_credit(text) {
        return true;
    }
    let text = text.trim_end_matches(['.', ' ']);
    let Some((front, credit)) = text.strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '['])) else {
        return ends_in_credit(text);
    };
    credit.chars().count() <= 80 && is_credit(credit) && !is_signed_paragraph(front, credit)
}

/// True for a paragraph behind which its agency signs: `… bleibt der Hafen geschlossen. (dpa)`. A caption has no
/// full stop before the brackets, or is short, or says that a picture is meant.
fn is_signed_paragraph(front: &str, credit: &str) -> bool {
    const LEAST: usize = 14;
    let front = front.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '⇥' | '–' | '—' | '|'));
    let is_sentence = front.ends_with(['.', '。', '।', '۔', '!', '?', '”', '»', '“', '"']);
    let bare = credit.chars().count() <= 24 && !credit.contains([':', '：']) && !credit.to_lowercase().contains(['©']);
    let pictured = WORDS.credit.contains(fold(credit).split_whitespace().next().unwrap_or_default())
        || super::agencies::PICTURES.contains(&fold(credit).as_str());
    let words = front.split_whitespace().count();
    // Three sentences are no caption.
    let several =
        words >= 2 * LEAST && front.match_indices(". ").filter(|(at, _)| ends_sentence(front, *at)).count() >= 2;
    is_sentence && (several || bare && !pictured && words >= LEAST)
}

/// True where the full stop at `at` stands behind a word that is no abbreviation, and a capital follows.
fn ends_sentence(text: &str, at: usize) -> bool {
    let letters = text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count();
    letters >= 4 && text[at + 1..].trim_start().starts_with(char::is_uppercase)
}

/// Behind the mark of a credit stand no more bytes than these: names, and no sentence.
const LONGEST_CREDIT: usize = 140;

/// True where one of [`INNER_CREDITS`] stands near the end of `text`.
fn holds_credit(text: &str) -> bool {
    static RARE: LazyLock<[bool; 256]> = LazyLock::new(|| {
        let mut rare = [false; 256];
        INNER_CREDITS.iter().for_each(|(_, byte)| rare[usize::from(*byte)] = true);
        rare
    });
    /// No mark has more bytes.
    const LONGEST_MARK: usize = 16;
    let (rare, bytes) = (&*RARE, text.as_bytes());
    let from = bytes.len().saturating_sub(LONGEST_CREDIT + LONGEST_MARK);
    bytes.iter().enumerate().skip(from).filter(|(_, byte)| rare[usize::from(**byte)]).any(|(at, byte)| {
        INNER_CREDITS.iter().filter(|(_, known)| known == byte).any(|(mark, _)| {
            let before = mark.bytes().position(|other| other == *byte).unwrap_or(0);
            at.checked_sub(before).is_some_and(|start| {
                let behind = bytes.len().saturating_sub(start + mark.len());
                bytes[start..].starts_with(mark.as_bytes()) && behind <= LONGEST_CREDIT
            })
        })
    })
}

/// True where the last words, outside brackets, say whose the picture is.
fn ends_in_credit(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The second byte of `©` ends other letters as well.
    let is_mark = |at: &usize| match bytes[*at] {
        b'|' | b'/' => true,
        0xa9 => *at > 0 && bytes[at - 1] == 0xc2,
        _ => false,
    };
    let Some(mark) = (0..bytes.len()).rev().find(is_mark) else {
        return false;
    };
    let is_first = mark == 0 || mark == 1 && text.starts_with('©');
    if text.chars().count() > 400 || is_first {
        return false;
    }
    // `Bay Pictures/Nora Webb`: a line of names alone, one of which lends pictures.
    let names = || {
        text.len() <= 80
            && !text.contains(". ")
            && text.split(['/', '|', '©']).any(|part| is_lender(&fold(part.trim())))
    };
    is_lender(&fold(text[mark + 1..].trim())) || names()
}

#[cfg(test)]
mod tests {
    use crate::extract::byline::is_caption;

    #[test]
    fn captions_are_told_from_text() {
        for caption in [
            "The harbour at dawn (Nora Webb / AFP)",
            "Kapal di pelabuhan. (Doc: Pelabuhan7.com)",
            "Hafen am Morgen. Foto: Jens Holm",
            "Le port à l'aube © Claire Dubois",
            "Der Hafen am frühen Morgen. (Foto: dpa)",
            "Satama aamulla. Kuva: Aino Niemi",
        ] {
            assert!(is_caption(caption), "{caption}");
        }
        for text in [
            "Dmitry (Dmitry) came to the harbour",
            "Harbour concert tonight [LIVE]",
            "Der Hafen bleibt geschlossen, sagte die Bürgermeisterin am Montag, und niemand weiß, wie lange das noch dauern wird. (dpa)",
            "The ferry to the outer islands stays in the harbour until the storm is over, the mayor said on Monday. (AP)",
            "El puerto sigue cerrado hasta que pase el temporal, dijo la alcaldesa el lunes ante los pescadores del lugar. (EFE)",
            "Uostas lieka uždarytas, kol baigsis audra, pirmadienį žvejams pranešė mero atstovas, niekas nežino, kiek tai truks. (BNS)",
        ] {
            assert!(!is_caption(text), "{text}");
        }
    }
}
