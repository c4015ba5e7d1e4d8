//! Where an article can be read on the web, and the site that this is.

use super::blocks::Block;
use crate::text::Clean;

/// The address of the article, where one of its first or last lines is nothing else.
pub(super) fn address(blocks: &[Block]) -> Option<Clean> {
    let ends = blocks.iter().take(12).chain(blocks.iter().rev().take(4));
    ends.map(|block| &block.text)
        .find(|text| {
            (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ') && text.len() < 500
        })
        .cloned()
}
