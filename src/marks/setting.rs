//! What can be marked, and with what.

use std::fmt;

use crate::text::{self, Clean};

/// A word or a few that a reader puts on articles, to find them again.
///
/// Compared without regard to case: `Tax` and `tax` are one tag, spelled as it was first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

/// A tag longer than this is cut: it would fill the row of a list.
const LONGEST_TAG: usize = 100;

impl Tag {
    /// The tag of this name, or `None` when nothing is left of it without spaces, commas and signs
    /// that cannot be shown.
    ///
    /// ```
    /// use newsstand::marks::Tag;
    ///
    /// let tag = Tag::new("  to  read\n").expect("a name");
    /// assert_eq!(tag.as_str(), "to read");
    /// assert_eq!(Tag::new(" , "), None);
    /// ```
    pub fn new(name: &str) -> Option<Tag> {
        let clean = Clean::new(name);
        let words: Vec<&str> = clean.split([',', ' ', '\n', '\t']).filter(|word| !word.is_empty()).collect();
        let name: String = words.join(" ").chars().take(LONGEST_TAG).collect();
        (!name.is_empty()).then(|| Tag(name.trim_end().to_owned()))
    }

    /// The name, as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it is compared: in small letters, without accents.
    pub fn folded(&self) -> String {
        text::fold::fold(&self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing that is set on articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Read, or unread.
    Read(bool),
    /// Starred, or not.
    Starred(bool),
    /// The tag is put on, or taken off.
    Tag(Tag, bool),
    /// The note beside the article; `None` takes it away.
    Note(Option<String>),
}

impl Setting {
    /// What is said after it was done to `articles` articles: "12 articles marked as read".
    pub fn done(&self, articles: usize) -> String {
        let what = match self {
            Setting::Read(true) => "marked as read".to_owned(),
            Setting::Read(false) => "marked as unread".to_owned(),
            Setting::Starred(true) => "starred".to_owned(),
            Setting::Starred(false) => "no longer starred".to_owned(),
            Setting::Tag(tag, true) => format!("tagged {tag}"),
            Setting::Tag(tag, false) => format!("no longer tagged {tag}"),
            Setting::Note(Some(_)) => "given a note".to_owned(),
            Setting::Note(None) => "without a note now".to_owned(),
        };
        match articles {
            1 => format!("1 article {what}"),
            _ => format!("{articles} articles {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_short_line() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(Tag::new(name).as_ref().map(Tag::as_str), expected);
        check("tax", Some("tax"));
        check("  to read ", Some("to read"));
        check("税", Some("税"));
        check("a\u{1b}[31mb", Some("ab"));
        check("", None);
        check(" ,\n", None);
        check(&"x".repeat(500), Some(&"x".repeat(LONGEST_TAG)));
    }

    #[test]
    fn says_what_was_done() {
        assert_eq!(Setting::Read(true).done(1), "1 article marked as read");
        assert_eq!(Setting::Starred(false).done(12), "12 articles no longer starred");
    }
}
