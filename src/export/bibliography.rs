//! What bibliographies need to know: authors one by one, and a date by its parts.

use chrono::Datelike;

use crate::article::{Precision, Record, When};

/// An author: a person by family and given name, or a name that is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Author {
    /// A person whose names are written in Latin, Cyrillic or Greek letters, the family name last.
    Person {
        /// The family name.
        family: String,
        /// All other names.
        given: String,
    },
    /// An agency, or a name whose parts cannot be told.
    Name(String),
}

/// Parts of family names that stand before the rest of it.
const PARTICLES: [&str; 14] =
    ["von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "bin"];

/// The authors that a byline names.
pub(super) fn authors(byline: &str) -> Vec<Author> {
    let names = byline.split([',', ';', '、', '，']).flat_map(|part| {
        let mut names = vec![part];
        for word in [" and ", " & ", " und ", " et ", " y ", " e ", " dan ", " и ", " en "] {
            names = names.into_iter().flat_map(|name| name.split(word)).collect();
        }
        names
    });
    names.map(str::trim).filter(|name| !name.is_empty()).map(author).collect()
}

fn author(name: &str) -> Author {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_person = (2..=5).contains(&words.len())
        && name.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '.' | '-' | '\'' | '’'))
        && name.chars().all(|letter| (letter as u32) < 0x0530)
        && words.iter().all(|word| PARTICLES.contains(word) || word.chars().next().is_some_and(char::is_uppercase));
    if !is_person {
        return Author::Name(name.to_owned());
    }
    let begins = words.iter().skip(1).position(|word| PARTICLES.contains(&word.to_lowercase().as_str()));
    let family = begins.map_or(words.len() - 1, |at| at + 1);
    Author::Person { given: words[..family].join(" "), family: words[family..].join(" ") }
}

/// Year, and month and day as far as they are known; `None` without a year.
pub(super) fn date_parts(record: &Record) -> Option<(i32, Option<u32>, Option<u32>)> {
    let when: When = record.when()?;
    let first = when.first()?;
    Some(match when.precision() {
        Precision::Year => (first.year(), None, None),
        Precision::Month => (first.year(), Some(first.month()), None),
        Precision::Day | Precision::Minute => (first.year(), Some(first.month()), Some(first.day())),
        Precision::Yearless => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_become_authors() {
        let check = |byline: &str, expected: &[&str]| {
            let authors: Vec<String> = authors(byline)
                .into_iter()
                .map(|author| match author {
                    Author::Person { family, given } => format!("{family}, {given}"),
                    Author::Name(name) => name,
                })
                .collect();
            assert_eq!(authors, expected, "{byline}");
        };
        check("Maria Weber", &["Weber, Maria"]);
        check("Maria Weber and John Q. Smith", &["Weber, Maria", "Smith, John Q."]);
        check("Ursula von der Leyen, Reuters", &["von der Leyen, Ursula", "Reuters"]);
        check("山田太郎", &["山田太郎"]);
        check("Анна Петрова и Иван Сидоров", &["Петрова, Анна", "Сидоров, Иван"]);
        check("AFP", &["AFP"]);
        check("newsroom@example.com", &["newsroom@example.com"]);
        check("", &[]);
    }
}
