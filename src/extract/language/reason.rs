//! Why a text is in the language that it was found to be in, in words for a reader.

use super::known::Tables;
use super::script::{Script, census};
use super::word_end;
use crate::article::LanguageTag;
use crate::text::lower::lower;
use crate::text::script::first_characters;

/// So many characters are read.
const ENOUGH: usize = 2_000;
/// So many words are named.
const MOST: usize = 4;

/// What speaks for `tag` in `text`: its script, or the words that the language cannot do without and its neighbours have
/// not; the shape of its words where there are none.
///
/// ```
/// use newsstand::article::LanguageTag;
/// use newsstand::extract::language::reason;
///
/// let tag = LanguageTag::find("de").expect("it is known");
/// assert!(reason("Der Hafen bleibt geschlossen, und niemand weiß warum", tag).starts_with("words: "));
/// ```
pub fn reason(text: &str, tag: LanguageTag) -> String {
    let text = first_characters(text, ENOUGH);
    let census = census(text);
    let is_main = |script: &Script| match script {
        Script::Own(code) => *code == tag.code(),
        Script::Kana => tag.code() == "ja",
        Script::Han => tag.code() == "zh",
        _ => false,
    };
    if census.iter().any(|(script, _)| is_main(script)) {
        return match tag.code() {
            "ja" => "kana".to_owned(),
            "zh" => "Chinese characters without kana".to_owned(),
            _ => "a script of its own".to_owned(),
        };
    }
    let tables = Tables::get();
    let called = tables.called(tag);
    let mut words: Vec<(String, f32, u32)> = Vec::new();
    let lowered = lower(text);
    let mut at = 0;
    while at < lowered.len() {
        let (end, _) = word_end(&lowered, at);
        let word = &lowered[at..end];
        at = end + lowered[end..].chars().next().map_or(1, char::len_utf8);
        let Some(meanings) = (!word.is_empty()).then(|| tables.meanings(word)).flatten() else { continue };
        let (mut own, mut other) = (0.0_f32, 0.0_f32);
        for (known, strength) in meanings {
            let best = if called.contains(known) { &mut own } else { &mut other };
            *best = best.max(*strength);
        }
        if own <= 0.0 {
            continue;
        }
        match words.iter_mut().find(|(known, ..)| known == word) {
            Some((_, _, count)) => *count += 1,
            // What others say as well tells less.
            None => words.push((word.to_owned(), own - other / 2.0, 1)),
        }
    }
    words.sort_by(|one, other| (other.1 * other.2 as f32).total_cmp(&(one.1 * one.2 as f32)));
    let named: Vec<&str> = words.iter().take(MOST).map(|(word, ..)| word.as_str()).collect();
    if named.is_empty() { "the letters of its words".to_owned() } else { format!("words: {}", named.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_told() {
        let check = |text: &str, code: &str, expected: &str| {
            assert_eq!(reason(text, LanguageTag::find(code).expect("it is known")), expected, "{text}");
        };
        check("항구가 닫혔다", "ko", "a script of its own");
        check("港は今日から閉まる", "ja", "kana");
        check("港口今天关闭", "zh", "Chinese characters without kana");
        check("Xyz 12", "de", "the letters of its words");
        assert!(
            reason("El puerto sigue cerrado y no se sabe por qué", LanguageTag::find("es").expect("it is known"))
                .starts_with("words: ")
        );
    }
}
