//! Folding: letters without case and accents, so that `fur` finds `für`.

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
    let mut folded = String::with_capacity(text.len());
    let mut base = '\0';
    for c in text.nfkd() {
        if is_combining_mark(c) {
            if !drops_marks(base) {
                folded.push(c);
            }
            continue;
        }
        base = c;
        match replacement(c) {
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
    // Letter by letter, so that each byte of the folded text knows the letter it came from.
    let mut folded = String::with_capacity(text.len());
    let mut letters: Vec<(usize, usize)> = Vec::new();
    for (at, grapheme) in text.grapheme_indices(true) {
        letters.push((folded.len(), at));
        folded.push_str(&fold(grapheme));
    }
    letters.push((folded.len(), text.len()));
    let source = |at: usize, end: bool| {
        let index = letters.partition_point(|(folded, _)| if end { *folded < at } else { *folded <= at });
        letters[if end { index } else { index - 1 }].1
    };
    folded.match_indices(&wanted).map(|(at, found)| source(at, false)..source(at + found.len(), true)).collect()
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
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
