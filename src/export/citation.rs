//! A citation in a line, for a footnote.

use super::bibliography::{Author, authors};
use crate::article::Record;

/// A citation of an article: author, title, source, date, address, as far as they are known.
///
/// ```text
/// Maria Weber: “Harbour to be dredged again”. Coast Courier, 3 May 2019. https://coast.example/harbour
/// ```
pub fn citation(record: &Record) -> String {
    let names: Vec<String> = record
        .byline
        .iter()
        .flat_map(|byline| authors(byline))
        .map(|author| match author {
            Author::Person { family, given } => format!("{given} {family}"),
            Author::Name(name) => name,
        })
        .collect();
    let mut citation = match &names[..] {
        [] => String::new(),
        [.., last] if names.len() > 1 => format!("{} and {last}: ", names[..names.len() - 1].join(", ")),
        names => format!("{}: ", names[0]),
    };
    citation.push_str(&format!("“{}”.", record.title));
    let date = record.when().map_or("Undated".to_owned(), |when| when.long());
    match &record.source {
        Some(source) => citation.push_str(&format!(" {source}, {}.", date.replace("Undated", "undated"))),
        None => citation.push_str(&format!(" {date}.")),
    }
    if let Some(url) = &record.url {
        citation.push_str(&format!(" {url}"));
    }
    citation
}
