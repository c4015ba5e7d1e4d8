//! The language of an article, told from those of its parts that are its own.

use super::detect;
use crate::article::{Language, LanguageTag, Role};
use crate::extract::blocks::Block;
use crate::extract::roles::Layout;

/// The language of the text proper; of all there is, where the text is short.
pub(in crate::extract) fn language_of(blocks: &[Block], layout: &Layout, stated: Option<&str>) -> Language {
    const WANTED: usize = 1_500;
    /// So many bytes of its own words tell the language of an article.
    const OWN: usize = 250;
    /// So many characters leave no doubt of the language of a text.
    const PLENTY: usize = 120;
    let parts = || blocks.iter().zip(&layout.roles);
    // What people are quoted with may be in any language, so it is heard only where little else is.
    let mut text = String::with_capacity(4 * WANTED);
    let mut read = 0;
    for (block, _) in parts().filter(|(_, role)| role.is_prose()).take(60) {
        read += block.shape.size;
        if read >= 2 * WANTED {
            break;
        }
        push_unquoted(&mut text, &block.text);
    }
    let is_own = text.len() >= OWN;
    read = 0;
    for wanted in [|role: Role| role.is_prose(), |role| role == Role::Title, |role| role != Role::Furniture, |_| true] {
        if read >= PLENTY {
            break;
        }
        if !is_own {
            text.clear();
        }
        read = 0;
        for (block, _) in parts().filter(|(_, role)| wanted(**role) || role.is_prose()) {
            if read >= WANTED {
                break;
            }
            if !is_own {
                text.push_str(&block.text);
                text.push('\n');
            }
            read += block.shape.size;
        }
    }
    let found = detect(&text);
    let Some(stated) = stated.and_then(LanguageTag::find) else {
        return found;
    };
    // What is from metadata may be wrong, but only plain text can prove that.
    if found.sure && found.tag != Some(stated) && read >= PLENTY {
        return found;
    }
    Language { tag: Some(stated), confidence: found.confidence.max(0.95), sure: true }
}

/// Adds `text` to `kept`, without what stands between quotation marks as English and German write them.
fn push_unquoted(kept: &mut String, text: &str) {
    let first = if text.is_ascii() { None } else { text.find('“').into_iter().chain(text.find('„')).min() };
    let (front, text) = text.split_at(first.unwrap_or(text.len()));
    kept.push_str(front);
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (None, '“') => closing = Some('”'),
            (None, '„') => closing = Some('“'),
            (None, _) => kept.push(c),
            // Some close with the other mark, and some close never but with the paragraph.
            (Some(mark), _) if c == mark || c == '”' => closing = None,
            (Some(_), _) => {}
        }
    }
    kept.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{RawArticle, StatedFields, extract};

    #[test]
    fn quotations_are_left_out() {
        let mut kept = String::new();
        push_unquoted(&mut kept, "Er sagt „nein“ und geht.");
        push_unquoted(&mut kept, "She says “no” and leaves. “Never");
        assert_eq!(kept, "Er sagt  und geht.\nShe says  and leaves. \n");
    }

    #[test]
    fn a_wrong_language_beside_plain_text_is_not_believed() {
        let text = "Der Hafen ist seit gestern geschlossen, und niemand weiß, wann er wieder öffnen wird. Die Fähre fährt nicht, und auch die Fischer bleiben an Land.";
        let language = |stated: &str, text: &str| {
            let stated = StatedFields { language: Some(stated.into()), ..StatedFields::default() };
            extract(&RawArticle { text: text.into(), stated, ..RawArticle::default() }).language
        };
        assert_eq!(language("en", text).shown(), "de");
        assert_eq!(language("de-AT", "Hafen zu").shown(), "de");
    }
}
