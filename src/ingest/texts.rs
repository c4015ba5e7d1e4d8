//! The texts of the articles of a pile, read again from its files.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::archive::{Shelf, TextReader, Texts};
use crate::article::{Article, ArticleId, Origin};
use crate::error::Result;
use crate::library::{Pile, Rereader, is_far};

use super::repeats::Known;

/// How many articles stay at hand: with every letter that is typed, most of those that are listed are quoted
/// again.
const AT_HAND: usize = 48;
/// Articles of more bytes do not.
const LONG: u64 = 32 << 10;

/// The files of a pile, and what is known of lines that repeat in it.
#[derive(Clone)]
pub struct FileTexts {
    pile: Pile,
    shelf: Shelf,
}

impl FileTexts {
    /// Those of this pile, beside the collection on the shelf.
    pub fn new(pile: Pile, shelf: Shelf) -> FileTexts {
        FileTexts { pile, shelf }
    }
}

/// The texts of the articles on a shelf: where their collection keeps them, or in the files of the pile.
pub fn texts_of(pile: &Pile, shelf: &Shelf) -> Box<dyn Texts> {
    let kept = shelf.collection().texts();
    kept.unwrap_or_else(|| Box::new(FileTexts::new(pile.clone(), shelf.clone())))
}

impl Texts for FileTexts {
    fn reader(&self) -> Box<dyn TextReader> {
        let rereader = Rereader::new(self.pile.clone());
        Box::new(FileReader { rereader, shelf: self.shelf.clone(), known: Known::default(), at_hand: VecDeque::new() })
    }
}

struct FileReader {
    rereader: Rereader,
    shelf: Shelf,
    /// The lines that belong to the pages of this pile.
    known: Known,
    /// The articles that were read last, the newest at the end, each with where it was found.
    at_hand: VecDeque<(Origin, Arc<Article>)>,
}

impl TextReader for FileReader {
    fn article(&mut self, id: ArticleId, origin: &Origin) -> Result<Arc<Article>> {
        if let Some(at) = self.at_hand.iter().position(|(place, article)| article.id == id && place == origin)
            && let Some(known) = self.at_hand.remove(at)
        {
            self.at_hand.push_back(known.clone());
            return Ok(known.1);
        }
        let mut article = self.rereader.article(origin, id)?;
        self.known.now(self.shelf.collection().folder()).mark(&mut article);
        let article = Arc::new(article);
        if origin.bytes.end.saturating_sub(origin.bytes.start) <= LONG {
            if self.at_hand.len() >= AT_HAND {
                self.at_hand.pop_front();
            }
            self.at_hand.push_back((origin.clone(), article.clone()));
        }
        Ok(article)
    }

    fn is_far(&self, origin: &Origin) -> bool {
        is_far(origin)
    }

    fn trusts_openings(&mut self) -> bool {
        !self.known.now(self.shelf.collection().folder()).knows_any()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicBool;

    use chrono::NaiveDate;

    use super::*;
    use crate::archive::{Asking, Collection, passage, told};
    use crate::index::{Index, Location};
    use crate::ingest::import;
    use crate::query::parse_finished;

    #[test]
    fn a_line_that_only_the_pile_shows_to_be_furniture_is_not_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let pile = folder.path().join("pile");
        fs::create_dir(&pile).unwrap();
        for name in ["north", "south", "west"] {
            let text = format!(
                "The {name} harbour is closed\n\nThe harbour in the {name} of the town is closed, and nobody knows for how long that will be.\n\n\
                The ferry from the {name} stays where it is, and so do all of its passengers and their {name} wind hats.\n\n\
                Gulls bring our harbour letter on Fridays\n"
            );
            fs::write(pile.join(format!("{name}.txt")), text).unwrap();
        }
        let index = Index::open(&Location::Disk(folder.path().join("index"))).unwrap();
        let pile = Pile::open(&[pile], folder.path()).unwrap();
        import(&pile, &index, &AtomicBool::new(false), &mut |_| {}).unwrap();
        let (archive, asking) = (index.archive().unwrap(), Asking::new(NaiveDate::default()));
        let mut reader = FileTexts::new(pile, index.shelf()).reader();
        let mut check = |line: &str, expected: &str| {
            let query = parse_finished(line);
            let found = told(archive.search(&query, &asking).unwrap());
            let marker = archive.marker(&query, false, Arc::default());
            let rows = told(found.order.rows(0..9, &|| false).unwrap()).value;
            assert_eq!(rows.len(), 3, "{line}");
            for row in &rows {
                let quoted = passage(&mut *reader, row.into(), &*marker, 40).unwrap();
                assert!(quoted.text.contains(expected), "{line}: {}", quoted.text);
            }
        };
        check("harbour", "harbour in the");
        // Where it has more of what is looked for, and where nothing else has it.
        check("harbour fridays", "harbour in the");
        check("gulls", "Gulls bring");
    }
}
