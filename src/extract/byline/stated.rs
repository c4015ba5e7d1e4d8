//! A byline that is from metadata: by the head of a page, a feed or a record.

use super::names::names;
use super::{Fact, announced_authors, domain, line, person};
use crate::article::Stated;
use crate::extract::furniture::is_furniture;
use crate::text::Clean;
use crate::text::fold::fold;

/// The names in a field that states the byline, without what else stands there; `None` where that names no author at
/// all, but an address or the outlet itself.
pub(in crate::extract) fn stated(field: &Clean, source: Option<&str>) -> Option<Stated> {
    let text = field.trim();
    let told = |text: &str| Some(Stated { text: Clean::new(text), line: None, why: "from metadata" });
    if text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.") {
        return None;
    }
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let is_outlet = |text: &str| {
        source.is_some_and(|source| letters(source) == letters(text))
            || domain(text).is_some_and(|domain| domain.len() == text.len())
    };
    if let Some(announced) = announced_authors(text).filter(|announced| !announced.named.people.is_empty()) {
        let houses = announced.named.houses.iter().filter(|house| !is_outlet(house));
        return told(&announced.named.people.iter().chain(houses).map(String::as_str).collect::<Vec<_>>().join(", "));
    }
    // A button that the markup calls an author: `Abone ol`.
    if is_outlet(text) || text.contains('@') && !text.contains(' ') || is_furniture(text) {
        return None;
    }
    if names(text, false).known {
        let pieces: Vec<String> = text.split([',', ';']).filter_map(|piece| signed(piece.trim(), is_outlet)).collect();
        return told(&pieces.join(", ")).filter(|told| !told.text.is_empty());
    }
    match line::read(text) {
        Some(Fact::Author(name)) => told(&name),
        _ => told(text),
    }
}

/// Words, folded, for several people who sign as one.
const COLLECTIVES: &[&str] = &[
    "team",
    "staff",
    "desk",
    "newsroom",
    "redaktion",
    "redaction",
    "redaccion",
    "redacao",
    "redazione",
    "redactie",
    "redakcja",
    "redakce",
    "redaksi",
    "toimitus",
    "редакция",
    "редакція",
    "equipe",
    "equipo",
];

/// Who signs in one piece of a list of authors: people, and what stands among them as if it were one (`dpa`, `Gear
/// Team`); `None` for the outlet itself, posts and addresses.
fn signed(piece: &str, is_outlet: impl Fn(&str) -> bool) -> Option<String> {
    let named = names(piece, true);
    if named.known && !named.people.is_empty() {
        return Some(named.people());
    }
    if super::agency(piece).is_some() {
        return Some(piece.to_owned());
    }
    let is_named = piece.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let is_collective = piece.split([' ', '-']).any(|word| COLLECTIVES.contains(&fold(word).as_str()));
    let has_post =
        !is_collective && piece.split_whitespace().any(|word| person::is_post(word) || person::is_rank(word));
    (is_named && !has_post && !is_outlet(piece) && !piece.contains('@') && piece.split_whitespace().count() <= 5)
        .then(|| piece.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_byline_is_its_names() {
        let told = |text: &str| {
            stated(&text.into(), Some("Harbour Post")).map_or(String::new(), |byline| byline.text.to_string())
        };
        assert_eq!(told("By Ann Bell"), "Ann Bell");
        assert_eq!(told("Ann Bell, Senior Editor"), "Ann Bell");
        assert_eq!(told("https://bay.example/ann"), "");
        assert_eq!(told("Harbour Post"), "");
        assert_eq!(told("ann@bay.example"), "");
        assert_eq!(told("seagull77"), "seagull77");
        assert_eq!(told("Mira Stone, Tom Pier"), "Mira Stone, Tom Pier");
        assert_eq!(told("Jens Holm und Ute Brandt, dpa"), "Jens Holm, Ute Brandt, dpa");
        assert_eq!(told("Anna Bell, Garden Team"), "Anna Bell, Garden Team");
        assert_eq!(told("Anna Bell, BB-Redaktion"), "Anna Bell, BB-Redaktion");
        assert_eq!(told("ABONE OL"), "");
        assert_eq!(told("Anna Bell, Harbour Post"), "Anna Bell");
        assert_eq!(told("Anna Bell, anna@bay.example"), "Anna Bell");
        assert_eq!(told("Juan Moreno, EFE"), "Juan Moreno, EFE");
    }
}
