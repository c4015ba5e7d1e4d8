//! Whether a piece of a line tells when, in numbers or by how long ago.

use crate::text::fold::fold;

/// True for a text that tells a day or a time.
pub(super) fn is_dated(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    (3..=24).contains(&digits) && text.split_whitespace().count() <= 14 || is_relative(text)
}

/// True for `3 hours ago` and its like.
pub(super) fn is_relative(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "ago",
        "hace",
        "vor",
        "il y a",
        "fa",
        "atras",
        "ha",
        "geleden",
        "siden",
        "sedan",
        "sitten",
        "temu",
        "pred",
        "назад",
        "тому",
        "once",
        "lalu",
        "yang lalu",
        "πριν",
        "पहले",
        "আগে",
        "前",
        "전",
        "trước",
        "منذ",
        "قبل",
        "پیش",
        "לפני",
        "преди",
        "пре",
        "prije",
        "ora",
        "perce",
        "oraja",
        "acum",
        "ที่แล้ว",
        "minutes",
        "dnes",
        "vcera",
        "today",
        "heute",
        "gestern",
        "hoy",
        "ayer",
        "hari ini",
        "bugun",
        "сегодня",
        "вчера",
        "сьогодні",
        "вчора",
    ];
    if text.chars().count() > 40 || !text.chars().any(char::is_numeric) {
        return false;
    }
    let folded = fold(text);
    WORDS.iter().any(|word| {
        if word.is_ascii() || word.chars().any(char::is_lowercase) {
            folded.split(|c: char| !c.is_alphanumeric()).any(|own| own == *word)
                || word.contains(' ') && folded.contains(word)
        } else {
            folded.contains(word)
        }
    })
}
