//! Texts cut to a number of bytes.

/// The beginning of `text` that has at most `limit` bytes and ends at a character.
///
/// ```
/// use newsstand::text::cut::beginning;
///
/// assert_eq!(beginning("äöü", 3), "ä");
/// assert_eq!(beginning("ab", 3), "ab");
/// ```
pub fn beginning(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
