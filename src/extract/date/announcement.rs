//! What the words beside a date announce it as.

use std::sync::OnceLock;

use rapidhash::RapidHashMap;
use unicode_normalization::char::is_combining_mark;

use super::announced::{ANNOUNCING, Announced};
use super::token::is_ideograph;
use super::words::{LABELS, OTHER_AFTER, TAKEN};
use crate::text::fold::fold;

/// What the words right before a date announce it as. They stand between the previous date of the
/// line and this one, and the last of them decide.
pub(super) fn announced_before(text: &str) -> Option<Announced> {
    // Seven words are more than any announcement has.
    let mut start = text.len().saturating_sub(60);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let folded = fold(&text[start..]);
    if folded.contains(is_ideograph) {
        let spaceless = ANNOUNCING.iter().filter(|(phrase, _)| phrase.starts_with(is_ideograph));
        return spaceless
            .filter_map(|(phrase, what)| Some((folded.rfind(phrase)? + phrase.len(), *what)))
            // What something else is told by stands right before its date.
            .filter(|(end, what)| *what != Announced::Other || folded[*end..].chars().count() <= 2)
            .max_by_key(|(end, _)| *end)
            .map(|(_, what)| what);
    }
    let mut words: Vec<(usize, usize)> = Vec::with_capacity(12);
    for (at, c) in folded.char_indices().filter(|(_, c)| is_of_phrase(*c)) {
        match words.last_mut() {
            Some((_, end)) if *end == at => *end = at + c.len_utf8(),
            _ => words.push((at, at + c.len_utf8())),
        }
    }
    let mut by = None;
    for (back, (_, end)) in words.iter().rev().enumerate() {
        // The longest phrase that ends with this word is the one that is meant.
        let first = words.len() - back - 1;
        let found = (first.saturating_sub(2)..=first)
            .find_map(|first| announcing().get(&folded[words[first].0..*end]).copied());
        match found {
            // A preposition counts where the date follows at once; `from the harbour on 16 February` does not.
            Some(Announced::Other) if folded[*end..].chars().filter(|c| c.is_alphanumeric()).count() > 4 => {}
            // `Weather | 16 February`: the name of a section.
            Some(Announced::Other) if folded[*end..].contains(['|', '·', '•', '»', '>', '/']) => {}
            // `Published by Ann Harper on`: the author comes second.
            Some(Announced::By) => by = Some(Announced::By),
            Some(Announced::Other) if by.is_some() => {}
            Some(what) => return Some(what),
            None => {}
        }
    }
    by
}

fn is_of_phrase(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '-' | '©') || is_combining_mark(c)
}

fn announcing() -> &'static RapidHashMap<&'static str, Announced> {
    static PHRASES: OnceLock<RapidHashMap<&'static str, Announced>> = OnceLock::new();
    PHRASES.get_or_init(|| ANNOUNCING.iter().rev().copied().collect())
}

/// True where the words right after a date say that it is of something else: `1941年5月24日生まれ`.
pub(super) fn dates_something_else(after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || "、，,)）".contains(c));
    let sentence = || after.split(['。', '、', ' ']).next().unwrap_or_default();
    after.starts_with(is_ideograph)
        && (OTHER_AFTER.iter().any(|word| after.starts_with(word))
            || TAKEN.iter().any(|word| sentence().chars().count() <= 16 && sentence().ends_with(word)))
}

/// True for the row of a table, or a line like one, whose label says that its dates are of something else: `Born | Ada
/// Pier May 24, 1941`, `Geboren: 24. Mai 1941 in Neuhafen`.
pub(super) fn is_row_of_something_else(line: &str) -> bool {
    let label = line.split(['|', ':', '：', '\t', '｜']).next().unwrap_or_default();
    label.len() < line.len() && label.len() <= 48 && is_label_of_something_else(label.trim())
}

/// True for a line that is nothing but the label of a birth, a death or an event.
pub(super) fn is_label_of_something_else(line: &str) -> bool {
    let label = line.trim_end_matches([':', '：', ' ']);
    LABELS.contains(&fold(label).as_str())
}

/// What the words right after a date announce it as: `16.2.2021 veröffentlicht`, `2月16日 更新`.
pub(super) fn announced_after(text: &str) -> Option<Announced> {
    let mut end = text.len().min(24);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let folded = fold(text[..end].trim_start_matches(|c: char| !c.is_alphanumeric()));
    let first = folded.as_bytes().first();
    let found = ANNOUNCING.iter().filter(|(phrase, _)| phrase.as_bytes().first() == first).find(|(phrase, what)| {
        matches!(what, Announced::Published | Announced::Updated | Announced::By)
            && folded
                .strip_prefix(phrase)
                .is_some_and(|rest| phrase.starts_with(is_ideograph) || !rest.starts_with(char::is_alphanumeric))
    });
    found.map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announcements_are_heard() {
        assert_eq!(announced_before("Harian Kota diperbarui "), Some(Announced::Updated));
        assert_eq!(announced_before("Publié le "), Some(Announced::Published));
        assert_eq!(announced_before("3.6 million users as of "), Some(Announced::Other));
        assert_eq!(announced_before("Verfasst von: harper | "), Some(Announced::Published));
        assert_eq!(announced_before("By Ann Harper "), Some(Announced::By));
        assert_eq!(announced_before("the harbour of the city "), None);
        assert_eq!(announced_after(" veröffentlicht"), Some(Announced::Published));
        assert_eq!(announced_after(" 更新"), Some(Announced::Updated));
        // Folding takes the marks from some letters, and makes others of those of Persian and Urdu.
        assert_eq!(announced_before("به روزرسانی: "), Some(Announced::Updated));
        assert_eq!(announced_before("Абноўлена "), Some(Announced::Updated));
    }

    #[test]
    fn rows_of_tables_say_what_their_dates_are_of() {
        for line in [
            "Born | Ada Maria Pier May 24, 1941 Newport",
            "Geboren: 24. Mai 1941 in Neuhafen",
            "Naissance | 24 mai 1941",
            "Nacimiento: 24 de mayo de 1941, Puerto Nuevo",
            "Дата рождения | 24 мая 1941",
            "生年月日：1941年5月24日",
            "Release date: 3 May 2021",
            "Founded | 12 March 1888",
        ] {
            assert!(is_row_of_something_else(line), "{line}");
        }
        for line in ["Published: 3 May 2021", "Born to be mild", "Date | 3 May 2021", "Born", "News | 3 May 2021"] {
            assert!(!is_row_of_something_else(line), "{line}");
        }
    }
}
