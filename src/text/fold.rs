//! Folding: letters without case and accents, so that `fur` finds `für`.

use std::sync::atomic::{AtomicU32, Ordering};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// `text` in lower case and without accents.
///
/// Marks are taken from Latin, Greek, Cyrillic, Arabic and Hebrew letters, where readers leave them
/// out; in Hindi, Thai or Japanese a mark makes another letter, so it stays there. Letters that
/// Unicode does not decompose are replaced as their languages do: `ß` by `ss`, `ø` by `o`, `ł` by
/// `l`. Half- and full-width forms become the usual ones.
///
/// ```
/// use newsstand::text::fold::fold;
///
/// assert_eq!(fold("Gespräch in Łódź"), "gesprach in lodz");
/// assert_eq!(fold("ＴＥＳＬＡ"), "tesla");
/// ```
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    folded_singly(text).unwrap_or_else(|| folded_together(text))
}

/// `text` folded character by character; `None` where a character depends on those beside it.
fn folded_singly(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        match single(c) {
            Single::Letter(letter) => folded.push(letter),
            Single::Replaced => folded.push_str(replacement(c).unwrap_or_default()),
            Single::Depends => return None,
        }
    }
    Some(folded)
}

/// What becomes of a character that stands alone.
#[derive(Clone, Copy)]
enum Single {
    /// One other, or itself.
    Letter(char),
    /// What [`replacement`] says.
    Replaced,
    /// It depends on the characters beside it, or becomes several.
    Depends,
}

/// What becomes of `c`, remembered from the first time on: nobody reads all scripts.
fn single(c: char) -> Single {
    /// Of each character of the first 65,536: [`UNKNOWN`], [`REPLACED`], [`DEPENDS`], or the letter it becomes.
    static KNOWN: [AtomicU32; 1 << 16] = [const { AtomicU32::new(UNKNOWN) }; 1 << 16];
    /// What no letter becomes, as all three are controls.
    const UNKNOWN: u32 = 0;
    const REPLACED: u32 = 1;
    const DEPENDS: u32 = 2;
    let Some(known) = KNOWN.get(u32::from(c) as usize) else {
        return Single::Depends;
    };
    match known.load(Ordering::Relaxed) {
        UNKNOWN => {
            let single = computed(c);
            let number = match single {
                Single::Letter(letter) => u32::from(letter),
                Single::Replaced => REPLACED,
                Single::Depends => DEPENDS,
            };
            // Whoever else comes to it at the same time says the same.
            known.store(number, Ordering::Relaxed);
            single
        }
        REPLACED => Single::Replaced,
        letter => char::from_u32(letter).filter(|_| letter != DEPENDS).map_or(Single::Depends, Single::Letter),
    }
}

fn computed(c: char) -> Single {
    // Marks join the letter before them, and letters of Korean syllables each other.
    let joins = |c: char| is_combining_mark(c) || matches!(c, '\u{1100}'..='\u{11ff}');
    if joins(c) {
        return Single::Depends;
    }
    if replacement(c).is_some() {
        return Single::Replaced;
    }
    let folded = folded_together(c.encode_utf8(&mut [0; 4]));
    let mut letters = folded.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if !joins(letter) => Single::Letter(letter),
        _ => Single::Depends,
    }
}

/// `text` folded in the way that is always right.
fn folded_together(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut base = '\0';
    for c in text.nfkd() {
        if is_combining_mark(c) {
            if !drops_marks(base) {
                folded.push(c);
            }
            continue;
        }
        let replaced = replacement(c);
        // What a mark belongs to is what comes out: it may stand in a block of another script.
        base = replaced.map_or_else(|| c.to_lowercase().next(), |letters| letters.chars().last()).unwrap_or(c);
        match replaced {
            Some(letters) => folded.push_str(letters),
            None => folded.extend(c.to_lowercase().filter(|c| !(is_combining_mark(*c) && drops_marks(base)))),
        }
    }
    // What was decomposed and kept (Hangul, kana with marks) is put together again.
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// Spells umlauts as German does without them: `ä` as `ae`, `ö` as `oe`, `ü` as `ue`; the rest is
/// folded. `None` when that is no other spelling than [`fold`]'s.
pub fn fold_umlauts(text: &str) -> Option<String> {
    if !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']) {
        return None;
    }
    let spelled: String = text
        .chars()
        .flat_map(|c| {
            let letters: &[char] = match c {
                'ä' | 'Ä' => &['a', 'e'],
                'ö' | 'Ö' => &['o', 'e'],
                'ü' | 'Ü' => &['u', 'e'],
                _ => &[],
            };
            letters.iter().copied().chain(letters.is_empty().then_some(c))
        })
        .collect();
    Some(fold(&spelled))
}

/// Where `wanted` stands in `text`, whatever case and accents either has, as byte ranges of `text`.
///
/// ```
/// use newsstand::text::fold::find_folded;
///
/// assert_eq!(find_folded("Für und für", "fur"), [0..4, 9..13]);
/// ```
pub fn find_folded(text: &str, wanted: &str) -> Vec<std::ops::Range<usize>> {
    let wanted = fold(wanted.trim());
    if wanted.is_empty() {
        return Vec::new();
    }
    // Piece by piece, so that each byte of the folded text knows the letter it came from. Most pieces are
    // long runs of plain letters; the others are single graphemes, of which no part is found.
    let mut folded = String::with_capacity(text.len());
    let mut pieces: Vec<FoldedPiece> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let plain = plain_run(&text[at..]);
        let length = match plain {
            0 => text[at..].graphemes(true).next().map_or(1, str::len),
            plain => plain,
        };
        pieces.push(FoldedPiece { folded: folded.len(), source: at, is_plain: plain > 0 });
        match plain {
            0 => folded.push_str(&fold(&text[at..at + length])),
            _ => folded.extend(text[at..at + length].chars().map(|c| c.to_ascii_lowercase())),
        }
        at += length;
    }
    pieces.push(FoldedPiece { folded: folded.len(), source: text.len(), is_plain: false });
    let start = |at: usize| {
        let piece = &pieces[pieces.partition_point(|piece| piece.folded <= at) - 1];
        if piece.is_plain { piece.source + at - piece.folded } else { piece.source }
    };
    let end = |at: usize| {
        let next = pieces.partition_point(|piece| piece.folded < at);
        match next.checked_sub(1).map(|last| &pieces[last]) {
            Some(piece) if piece.is_plain => piece.source + at - piece.folded,
            _ => pieces[next].source,
        }
    };
    folded.match_indices(&wanted).map(|(at, found)| start(at)..end(at + found.len())).collect()
}

/// A part of a folded text, and the part of the text that it came from.
struct FoldedPiece {
    folded: usize,
    source: usize,
    /// Whether they are equally long, letter by letter.
    is_plain: bool,
}

/// How many bytes of the beginning of `text` are letters and signs by themselves, which nothing behind
/// them belongs to.
fn plain_run(text: &str) -> usize {
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    let run = text.bytes().take_while(|byte| plain(byte)).count();
    // A mark behind the last one would belong to it.
    if run == text.len() { run } else { run.saturating_sub(1) }
}

/// True where a mark on `base` is left out by people who type in a hurry.
fn drops_marks(base: char) -> bool {
    matches!(base, '\0'..='\u{024f}' | '\u{0370}'..='\u{052f}' | '\u{0590}'..='\u{06ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Letters that have no decomposition but a customary spelling.
fn replacement(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ı' => "i",
        'þ' | 'Þ' => "th",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ς' => "σ",
        '’' | 'ʼ' | '‘' => "'",
        'ـ' => "",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ٱ' => "ا",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_as_readers_type() {
        for (text, folded) in [
            ("Für", "fur"),
            ("STRASSE Straße", "strasse strasse"),
            ("İstanbul ılık", "istanbul ilik"),
            ("Ярёмный", "яремныи"),
            ("Πούτιν", "πουτιν"),
            ("الرِّئيس", "الرييس"),
            ("हिन्दी", "हिन्दी"),
            ("ガンダム", "ガンダム"),
            ("ﾃｽﾗ", "テスラ"),
            ("한국", "한국"),
        ] {
            assert_eq!(fold(text), fold(folded), "{text}");
        }
        assert_eq!(fold("ガ"), "ガ");
        assert_eq!(fold("Für"), "fur");
        assert_eq!(fold("İ"), "i");
        // A capital whose small letter stands in another block, with a mark.
        assert_eq!(fold("\u{a7dc}\u{11ca9}"), "\u{19b}");
    }

    #[test]
    fn umlauts_have_a_second_spelling() {
        assert_eq!(fold_umlauts("Gespräch").as_deref(), Some("gespraech"));
        assert_eq!(fold_umlauts("fur"), None);
    }

    #[test]
    fn text_is_found_whatever_its_accents() {
        for (text, wanted, found) in [
            ("Straße", "strasse", vec![0..7]),
            ("Straße", "ss", vec![4..6]),
            ("e\u{301}te\u{301}", "ete", vec![0..7]),
            ("Putin", "", vec![]),
            ("Putin", "x", vec![]),
            ("電話直呼", "话", vec![]),
            ("电话直呼", "话直", vec![3..9]),
        ] {
            assert_eq!(find_folded(text, wanted), found, "{wanted} in {text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_can_be_cut_out(text in "\\PC{0,40}", wanted in "[a-zé ]{1,2}") {
            for found in find_folded(&text, &wanted) {
                prop_assert!(text.get(found).is_some());
            }
        }

        #[test]
        fn what_is_found_is_what_was_folded(text in "[a-cA-CßéÉ1 \n\u{301}馬]{0,30}", wanted in "[a-cß1 ]{1,2}") {
            // Grapheme by grapheme: where each begins in the folded text, and in the text.
            let (mut folded, mut letters) = (String::new(), Vec::new());
            for (at, grapheme) in text.grapheme_indices(true) {
                letters.push((folded.len(), at));
                folded.push_str(&fold(grapheme));
            }
            letters.push((folded.len(), text.len()));
            let wanted = fold(wanted.trim());
            let source = |place: usize| letters.iter().rfind(|(folded, _)| *folded <= place).map_or(0, |letter| letter.1);
            let ends = |place: usize| letters.iter().find(|(folded, _)| *folded >= place).map_or(0, |letter| letter.1);
            let expected: Vec<_> = match wanted.is_empty() {
                true => Vec::new(),
                false => folded.match_indices(&wanted).map(|(at, found)| source(at)..ends(at + found.len())).collect(),
            };
            prop_assert_eq!(find_folded(&text, &wanted), expected);
        }

        #[test]
        fn folding_singly_or_together_is_the_same(text in "\\PC*|[a-zäßÉŁя’がｶﾞ한\u{ffa1}字יִ\u{3c2}]*") {
            prop_assert_eq!(fold(&text), folded_together(&text));
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
