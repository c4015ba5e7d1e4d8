//! Lines of facts: who wrote an article, who published it, who took its pictures.
//!
//! [`line`] reads one line by itself, [`credit`] what stands under pictures. [`find`](find()) knows the page:
//! it gathers all lines that may name the authors, and weighs them by where they stand and what is beside them.
//! [`names`](mod@names) reads names and leaves out titles, posts, places and verbs, and [`person`] tells a person
//! from a section or a paper.

pub(in crate::extract) mod agencies;
mod credit;
mod dated;
mod find;
mod given;
mod lender;
mod line;
mod names;
pub(in crate::extract) mod person;
mod posts;
mod stated;
mod words;

use std::sync::LazyLock;

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::text::fold::fold;
pub(in crate::extract) use find::{House, bare_name, find};
pub(in crate::extract) use line::look;
use line::{announced_authors, is_author_label};
pub use line::{is_caption, read};
pub(in crate::extract) use names::agency;
pub(in crate::extract) use stated::stated;

/// What a line of facts states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The authors.
    Author(String),
    /// The paper, agency or site.
    Publisher(String),
    /// Who took a picture, or what it shows: a caption.
    Credit,
}

/// The words of all languages, folded.
struct Words {
    author: RapidHashSet<String>,
    /// By their first characters, the longest first.
    by: RapidHashMap<char, Vec<String>>,
    editor: RapidHashSet<String>,
    source: RapidHashSet<String>,
    credit: RapidHashSet<String>,
    published: RapidHashSet<String>,
    /// The same by their first byte.
    published_by: RapidHashMap<u8, Vec<String>>,
    calendar: RapidHashSet<&'static str>,
    /// Who lends pictures: agencies and stock libraries.
    lenders: RapidHashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let all = |column: fn(&words::Row) -> &'static [&'static str]| {
        words::BYLINES.iter().flat_map(move |row| column(row).iter().map(|word| fold(word)))
    };
    let mut by: RapidHashMap<char, Vec<String>> = RapidHashMap::default();
    for words in all(|row| row.by) {
        let Some(first) = words.chars().next() else { continue };
        by.entry(first).or_default().push(words);
    }
    by.values_mut().for_each(|words| words.sort_by_key(|words| std::cmp::Reverse(words.len())));
    let mut published_by: RapidHashMap<u8, Vec<String>> = RapidHashMap::default();
    for word in all(|row| row.published) {
        let Some(first) = word.bytes().next() else { continue };
        published_by.entry(first).or_default().push(word);
    }
    let agencies = agencies::AGENCIES.iter().flat_map(|(_, written)| written.iter());
    Words {
        author: all(|row| row.author).collect(),
        by,
        editor: words::EDITORS.iter().map(|word| fold(word)).collect(),
        source: all(|row| row.source).collect(),
        credit: all(|row| row.credit).collect(),
        published: all(|row| row.published).collect(),
        published_by,
        calendar: posts::CALENDAR.iter().copied().collect(),
        lenders: agencies.chain(agencies::PICTURES).map(|name| fold(name)).collect(),
    }
});

/// True for a folded word that says when something was published.
fn is_published(folded: &str) -> bool {
    WORDS.published.contains(folded) || is_calendar(folded)
}

/// True for a folded month or day of the week.
fn is_calendar(folded: &str) -> bool {
    WORDS.calendar.contains(folded)
}

/// True for a month, a day of the week, or a word that says when something was published.
pub(in crate::extract) fn is_day_word(word: &str) -> bool {
    is_published(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// True where `rest` begins with a word that says when something was published.
fn is_announcement(rest: &str) -> bool {
    let rest = rest.trim_start();
    let end = rest.char_indices().nth(32).map_or(rest.len(), |(end, _)| end);
    let rest = fold(&rest[..end]);
    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let begins =
        |word: &String| rest.strip_prefix(word.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    let words = rest.bytes().next().and_then(|first| WORDS.published_by.get(&first));
    is_calendar(first) || words.is_some_and(|words| words.iter().any(begins))
}

/// Where a small letter meets the capital of the next word; not in `McDonald` or `O'Neill`.
fn joint(word: &str) -> Option<usize> {
    let mut before: (char, usize) = (' ', 0);
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.0.is_lowercase() && before.1 >= 3 {
            return Some(at);
        }
        before = (c, before.1 + 1);
    }
    None
}

/// The name of a site at the beginning of `text`: `Liputan6.com`.
pub(in crate::extract) fn domain(text: &str) -> Option<&str> {
    let word = text.split([' ', ',', '|', '(', '/']).next()?.trim_end_matches('.');
    let (name, end) = word.rsplit_once('.')?;
    let is_domain = name.len() >= 2
        && (2..=6).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_domain.then_some(word)
}
/// True for a word that announces who published something (`Quelle`, `来源`), without the colon behind it.
pub(in crate::extract) fn is_source_label(words: &str) -> bool {
    WORDS.source.contains(fold(words.trim()).as_str())
}
