//! A headline in a field or a feed: whether `<main>` in it is a word or markup.

use super::{html, xml};

/// What a headline is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As it is meant: `<main>` is a word.
    Plain,
    /// As HTML.
    Markup,
    /// Nobody says: as HTML where that is plain to see.
    Unsaid,
}

/// A headline in one line; `None` without one.
pub(super) fn line(text: &str, written: Written) -> Option<String> {
    let is_markup = match written {
        Written::Plain => false,
        Written::Markup => true,
        Written::Unsaid => is_marked_up(text),
    };
    let read = if is_markup { html::line(text) } else { String::new() };
    // Markup that leaves nothing was none.
    let read = if read.trim().is_empty() { without_entities(text) } else { read };
    // Escape sequences are left for whoever cleans the line: without their first character they would be words.
    let kept: String = read.chars().filter(|c| !c.is_control() || c.is_whitespace() || *c >= '\u{1b}').collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Nobody means to write `&amp;` in a headline, whatever the feed says.
fn without_entities(text: &str) -> String {
    let text = text.replace('<', "&lt;");
    html::line(&text)
}

/// True where a tag is opened and closed, as markup is; `<title>` alone is something that is spoken of.
fn is_marked_up(text: &str) -> bool {
    if text.contains("<br") || text.contains("<img") || text.contains("<!--") {
        return true;
    }
    xml::parts(text).iter().any(|part| part.is_ended && !part.inner.is_empty() && part.tag.starts_with('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_angles_are_kept_where_they_are_words() {
        for (text, written, expected) in [
            ("<main> explained", Written::Plain, "<main> explained"),
            ("<main> explained", Written::Unsaid, "<main> explained"),
            ("Why <b>bold</b> is back", Written::Unsaid, "Why bold is back"),
            ("Why <b>bold</b> is back", Written::Plain, "Why <b>bold</b> is back"),
            ("Why <b>bold</b> is back", Written::Markup, "Why bold is back"),
            ("&lt;title&gt; in practice", Written::Markup, "<title> in practice"),
            ("&lt;title&gt; in practice", Written::Unsaid, "<title> in practice"),
            ("5 < 7 > 3", Written::Unsaid, "5 < 7 > 3"),
            ("Salt &amp; pepper", Written::Plain, "Salt & pepper"),
            ("Harbour<br/>closed", Written::Unsaid, "Harbour closed"),
            ("\n  Storm takes\n   the roof\n", Written::Unsaid, "Storm takes the roof"),
            ("Vec<T> and Box<T>", Written::Unsaid, "Vec<T> and Box<T>"),
            ("<title>", Written::Markup, "<title>"),
        ] {
            assert_eq!(line(text, written).as_deref(), Some(expected), "{text} {written:?}");
        }
        assert_eq!(line(" \n ", Written::Unsaid), None);
    }
}
