//! What an article is filed under.

use std::collections::HashSet;

use crate::text::Clean;
use crate::text::fold::fold;

/// An article has no more tags: what lists hundreds of words has stuffed them there for a search engine.
const MOST_TAGS: usize = 64;

/// A longer tag is a sentence that was put in the wrong place.
const LONGEST_TAG: usize = 120;

/// What an article is filed under, each once, whatever its case.
pub fn tags(stated: &[String]) -> Vec<Clean> {
    let mut tags: Vec<Clean> = Vec::new();
    let mut seen = HashSet::new();
    for tag in stated {
        let tag = Clean::new(tag).trimmed();
        if !tag.is_empty() && tag.len() <= LONGEST_TAG && seen.insert(fold(&tag)) {
            tags.push(tag);
        }
        if tags.len() >= MOST_TAGS {
            break;
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_is_told_once() {
        let stated = ["Sea", " sea ", "", "Häfen", "x\u{1b}[31m", &"long ".repeat(40)].map(str::to_owned);
        let tags: Vec<String> = tags(&stated).into_iter().map(Clean::into_string).collect();
        assert_eq!(tags, ["Sea", "Häfen", "x"]);
    }
}
