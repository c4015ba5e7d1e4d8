//! The lines that repeat in a pile: learnt by an import, kept beside the index, known to those who read.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::disk;
use crate::extract::furniture::repeated::{Repeats, Sketch};

/// The file that keeps them, beside the index.
const NAME: &str = "repeats";

/// What an import learns. Articles are understood by several threads, and learnt in the order in which
/// they were read all the same: so the same pile always teaches the same.
#[derive(Default)]
pub struct Learning(Mutex<Lesson>);

#[derive(Default)]
struct Lesson {
    repeats: Repeats,
    /// The turn of the next article.
    next: u64,
    /// Articles that were understood before their turn.
    early: BTreeMap<u64, Sketch>,
}

impl Learning {
    /// Goes on from what is known to the index in `folder`.
    pub fn load(folder: Option<&Path>) -> Learning {
        let known = folder.and_then(|folder| fs::read(folder.join(NAME)).ok());
        let repeats = known.and_then(|bytes| Repeats::from_bytes(&bytes)).unwrap_or_default();
        Learning(Mutex::new(Lesson { repeats, ..Lesson::default() }))
    }

    /// Learns from the article that was read as the `turn`th, from 0.
    pub fn learn(&self, turn: u64, sketch: Sketch) {
        let mut lesson = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lesson.early.insert(turn, sketch);
        let Lesson { repeats, next, early } = &mut *lesson;
        while let Some(sketch) = early.remove(next) {
            // Whatever becomes of this one, the next has its turn.
            *next += 1;
            repeats.learn(&sketch);
        }
    }

    /// Keeps beside the index in `folder` what is known now.
    ///
    /// # Errors
    ///
    /// What the system says; nothing is lost but what can be learnt again.
    pub fn save(self, folder: Option<&Path>) -> io::Result<()> {
        let lesson = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let Some(folder) = folder.filter(|_| lesson.next > 0) else {
            return Ok(());
        };
        disk::write(&folder.join(NAME), &lesson.repeats.to_bytes())
    }
}

/// What is known when an article is opened.
#[derive(Default)]
pub struct Known {
    repeats: Repeats,
    /// The file it was read from, and when that was written.
    from: Option<(PathBuf, SystemTime)>,
}

impl Known {
    /// What is known to the index in `folder`. The file is read when it is another than the last time.
    pub fn now(&mut self, folder: Option<&Path>) -> &Repeats {
        let path = folder.map(|folder| folder.join(NAME));
        let written = path.and_then(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path)));
        let from = written.map(|(written, path)| (path, written));
        if from != self.from {
            let bytes = from.as_ref().and_then(|(path, _)| fs::read(path).ok());
            self.repeats = bytes.and_then(|bytes| Repeats::from_bytes(&bytes)).unwrap_or_default();
            self.from = from;
        }
        &self.repeats
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extract::{RawArticle, extract};

    /// Articles of one folder that share a line.
    fn articles() -> Vec<Article> {
        let made = |number: usize| {
            let name = ["north", "south", "west"][number];
            let text = format!(
                "The {name} harbour is closed\n\nThe harbour in the {name} of the town is closed, and nobody knows for how long that will be.\n\n\
                Gulls bring our letter on Fridays\n\nThe ferry from the {name} stays where it is, and so do all of its passengers and their {name} wind hats."
            );
            let mut article = extract(&RawArticle { text, ..RawArticle::default() });
            article.origin.path = format!("/pile/{number}.txt").into();
            article
        };
        (0..3).map(made).collect()
    }

    #[test]
    fn what_is_learnt_is_known_when_it_is_saved_and_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut known = Known::default();
        assert_eq!(known.now(Some(folder.path())), &Repeats::default());
        assert_eq!(known.now(None), &Repeats::default());
        let mut kept = Vec::new();
        for order in [[0, 1, 2], [2, 0, 1], [2, 1, 0]] {
            let learning = Learning::default();
            for turn in order {
                learning.learn(turn as u64, Sketch::of(&articles()[turn]));
            }
            learning.save(Some(folder.path())).unwrap();
            kept.push(fs::read(folder.path().join(NAME)).unwrap());
        }
        assert!(kept.windows(2).all(|pair| pair[0] == pair[1]));
        let mut article = articles().remove(0);
        let before = article.words;
        known.now(Some(folder.path())).mark(&mut article);
        assert_eq!(article.words + 6, before);
    }

    #[test]
    fn learning_goes_on_where_it_stopped() {
        let folder = tempfile::tempdir().unwrap();
        for article in &articles() {
            let learning = Learning::load(Some(folder.path()));
            learning.learn(0, Sketch::of(article));
            learning.save(Some(folder.path())).unwrap();
        }
        let mut article = articles().remove(0);
        let before = article.words;
        Known::default().now(Some(folder.path())).mark(&mut article);
        assert_eq!(article.words + 6, before);
    }

    #[test]
    fn a_damaged_file_is_no_problem() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "repeats1 and nonsense").unwrap();
        assert_eq!(Known::default().now(Some(folder.path())), &Repeats::default());
        Learning::load(Some(folder.path())).save(Some(folder.path())).unwrap();
    }
}
