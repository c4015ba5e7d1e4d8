//! The headline of the record: the one that is stated, the one that was found, or the opening of the
//! text in place of one.

use super::blocks::Block;
use super::opening::opening;
use super::roles::Layout;
use crate::article::{Role, Title, TitleKind};
use crate::text::Clean;
use crate::text::fold::fold;

/// The block that says what the stated headline does, among the first of an article.
pub(super) fn place_of(stated: &str, blocks: &[Block]) -> Option<usize> {
    let letters = letters_of(stated);
    blocks.iter().take(200).position(|block| says(&block.text, stated, &letters))
}

/// True where `text` differs from a title in nothing but case, accents and punctuation; `letters` are
/// those of the title.
fn says(text: &str, title: &str, letters: &str) -> bool {
    // What is of very different length is compared no further.
    if text.len() > 2 * title.len() + 8 || title.len() > 2 * text.len() + 8 {
        return false;
    }
    if text.is_ascii() {
        let lower = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        return lower.eq(letters.bytes());
    }
    // The first word tells of most texts that they are another.
    let first = text.split_once(' ').map_or("", |(first, _)| first);
    letters.starts_with(&letters_of(first)) && letters_of(text) == letters
}

/// The letters and digits of `text`, folded.
fn letters_of(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The headline, or the opening of the text in place of one.
pub(super) fn title_of(blocks: &[Block], layout: &Layout, stated: Option<Clean>) -> Title {
    let place = layout.title.map(|at| &blocks[at]);
    if let Some(text) = stated {
        return Title { text, kind: TitleKind::Headline, line: place.map(|block| block.line) };
    }
    if let Some(block) = place {
        return Title { text: block.text.clone(), kind: TitleKind::Headline, line: Some(block.line) };
    }
    let first = |wanted: fn(Role) -> bool| blocks.iter().zip(&layout.roles).find(|(_, role)| wanted(**role));
    let found = first(Role::is_prose).or_else(|| first(|role| role != Role::Furniture)).or_else(|| first(|_| true));
    found.map_or_else(Title::default, |(block, _)| Title {
        text: opening(&block.text),
        kind: TitleKind::Opening,
        line: Some(block.line),
    })
}
