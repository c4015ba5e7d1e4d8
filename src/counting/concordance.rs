//! Every place where something was found, with the words around it: keywords in context.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::{Place, Readers, Sought};
use crate::archive::{MatchKind, Order, Row};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::text::Clean;
use crate::text::fold::fold;
use crate::text::lower::lower;
use crate::text::width::cells;

/// So many different forms are counted; a query of patterns may find no end of them.
const MOST_FORMS: usize = 10_000;
/// So many words beside a place decide about its order.
const WORDS_OF_KEY: usize = 6;

/// A place with the words around it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The article.
    pub row: Arc<Row>,
    /// Where in it.
    pub place: Place,
    /// What stands before, with `…` where it was cut.
    pub left: Clean,
    /// What was found, as it stands there.
    pub found: Clean,
    /// What stands behind, with `…` where it was cut.
    pub right: Clean,
    /// Whether the text goes on right behind the match, without a space, as in `COVID-19`.
    pub runs_on: bool,
}

/// What was found in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many places there are.
    pub places: usize,
    /// In how many articles they are.
    pub articles: usize,
    /// How many articles matched but have none: what they have stands in what belongs to the page, in a line
    /// of facts, or in a field beside the text.
    pub elsewhere: usize,
    /// How many articles could not be read.
    pub unread: usize,
    /// How often each form stands there, in lower case; some are left out where there are too many.
    pub forms: BTreeMap<(String, MatchKind), usize>,
}

impl Total {
    /// The forms, the most frequent first.
    pub fn by_frequency(&self) -> Vec<(&str, MatchKind, usize)> {
        let mut forms: Vec<_> = self.forms.iter().map(|((form, kind), count)| (form.as_str(), *kind, *count)).collect();
        forms.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
        forms
    }

    /// Counts the places of an article.
    fn count(&mut self, forms: &[(String, MatchKind)]) {
        match forms.len() {
            0 => self.elsewhere += 1,
            places => (self.articles, self.places) = (self.articles + 1, self.places + places),
        }
        for form in forms {
            if let Some(count) = self.forms.get_mut(form) {
                *count += 1;
            } else if self.forms.len() < MOST_FORMS {
                self.forms.insert(form.clone(), 1);
            }
        }
    }
}

/// The forms of an article, and its lines.
type OfArticle = (Vec<(String, MatchKind)>, Vec<Line>);

/// What is read, and how much of it is shown.
pub struct Reading<'a> {
    /// The articles.
    pub order: &'a dyn Order,
    /// What is looked for in them.
    pub sought: &'a Sought,
    /// How many cells of context each side of a line has.
    pub width: usize,
    /// Asked now and then; once it says true, all is given up.
    pub cancelled: &'a dyn Fn() -> bool,
}

impl Reading<'_> {
    /// Hands on the lines of each article in its order, as soon as it is read, and whatever could not be
    /// read, until `take` breaks off; the answer is how much there is in all, or `None` where it was given up.
    ///
    /// # Errors
    ///
    /// As for [`Order::rows`].
    pub fn lines(
        &self,
        readers: &mut Readers,
        take: &mut dyn FnMut(std::result::Result<Vec<Line>, Error>) -> ControlFlow<()>,
    ) -> Result<Option<Total>> {
        let mut total = Total::default();
        let (sought, width) = (self.sought, self.width);
        let work = |row: &Row, article: &Article| {
            let places = sought.places(article);
            let row = Arc::new(row.clone());
            let line = |place| line(row.clone(), article, place, width);
            let lines: Vec<Line> = places.into_iter().map(line).collect();
            let form = |line: &Line| (lower(&line.found), line.place.kind);
            (lines.iter().map(form).collect::<Vec<_>>(), lines)
        };
        let mut hand_on = |_: Row, made: Result<OfArticle>| match made {
            Ok((forms, lines)) => {
                total.count(&forms);
                take(Ok(lines))
            }
            Err(error) => {
                total.unread += 1;
                take(Err(error))
            }
        };
        let read = readers.read(self.order, 0..usize::MAX, self.cancelled, &work, &mut hand_on)?;
        Ok(read.map(|()| total))
    }
}

/// A place of an article with so many cells of context on each side.
fn line(row: Arc<Row>, article: &Article, place: Place, width: usize) -> Line {
    let text = place.text(article);
    let (left, right) = context(text, &place.range, width);
    let found = text.slice(place.range.clone());
    let runs_on = text[place.range.end..].chars().next().is_some_and(|behind| !behind.is_whitespace());
    Line { row, left, found, right, runs_on, place }
}

/// What stands before and behind a range of a text, in at most so many cells each, without the spaces between.
///
/// It is cut between words where there are spaces, and nowhere within a letter with its marks; `…` stands
/// where it was cut.
pub fn context(text: &str, range: &Range<usize>, width: usize) -> (Clean, Clean) {
    let (before, behind) = match width {
        0 => ("", ""),
        _ => (text[..range.start].trim_end(), text[range.end..].trim_start()),
    };
    let fits = |graphemes: &mut dyn Iterator<Item = &str>| {
        let (mut bytes, mut used) = (0, 0);
        for grapheme in graphemes {
            used += cells(grapheme);
            if used > width {
                return Some(bytes);
            }
            // One cell is for the sign that something was cut.
            if used < width {
                bytes += grapheme.len();
            }
        }
        None
    };
    let left = match fits(&mut before.graphemes(true).rev()) {
        None => Clean::new(before),
        Some(bytes) => {
            let kept = &before[before.len() - bytes..];
            let within = before[..before.len() - bytes].chars().next_back().is_some_and(char::is_alphanumeric);
            let start = kept.find(char::is_whitespace).filter(|_| within).unwrap_or(0);
            Clean::new(&format!("…{}", kept[start..].trim_start()))
        }
    };
    let right = match fits(&mut behind.graphemes(true)) {
        None => Clean::new(behind),
        Some(bytes) => {
            let kept = &behind[..bytes];
            let within = behind[bytes..].chars().next().is_some_and(char::is_alphanumeric);
            let end = kept.rfind(char::is_whitespace).filter(|_| within).unwrap_or(kept.len());
            Clean::new(&format!("{}…", kept[..end].trim_end()))
        }
    };
    (left, right)
}

/// By what lines are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSort {
    /// By the words before, the nearest first.
    Left,
    /// By what was found and the words behind.
    Right,
    /// The newest first, the undated last; as the articles come in that order.
    Date,
    /// By the name of the source; those without one last.
    Source,
}

/// What a line is put in order by; lines of the same key stay as they were.
pub fn key(line: &Line, sort: LineSort) -> String {
    let words = |text: &str| -> Vec<String> {
        let folded = fold(text.trim_matches('…'));
        folded.unicode_words().map(str::to_owned).collect()
    };
    match sort {
        LineSort::Left => {
            let mut words = words(&line.left);
            words.reverse();
            words.truncate(WORDS_OF_KEY);
            words.join(" ")
        }
        LineSort::Right => {
            let mut all = words(&line.found);
            all.extend(words(&line.right).into_iter().take(WORDS_OF_KEY));
            all.join(" ")
        }
        LineSort::Date => String::new(),
        LineSort::Source => match &line.row.record.source {
            Some(source) => format!("0{}", fold(source)),
            None => "1".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &str) {
        let start = text.find('[').expect("a bracket");
        let end = text.find(']').expect("a bracket") - 1;
        let plain = text.replace(['[', ']'], "");
        let (left, right) = context(&plain, &(start..end), width);
        assert_eq!(format!("{left}|{}|{right}", &plain[start..end]), expected);
        assert!(cells(&left) <= width && cells(&right) <= width, "{left} {right}");
    }

    #[test]
    fn context_is_cut_between_words_and_says_so() {
        check("The [harbour] is open.", 20, "The|harbour|is open.");
        check("The boats of the old [harbour] are in the bay again", 12, "…of the old|harbour|are in the…");
        check("The boats of the old [harbour] are in the bay again", 8, "…the old|harbour|are in…");
        check("[harbour]", 8, "|harbour|");
        check("The boats [harbour] again", 0, "|harbour|");
    }

    #[test]
    fn context_is_measured_in_cells() {
        // Each is two cells wide, and no space says where a word ends.
        check("馬斯克邀請普京通過[電話]直呼今天下午", 7, "…京通過|電話|直呼今…");
        check("馬斯克[電話]直呼", 6, "馬斯克|電話|直呼");
        // A mark stays with its letter, and a joined emoji is whole or not there.
        check("e\u{301}e\u{301}e\u{301}[x]e\u{301}e\u{301}", 2, "…e\u{301}|x|e\u{301}e\u{301}");
        check("👩‍👩‍👧👩‍👩‍👧[x]", 3, "…👩‍👩‍👧|x|");
        check("شكرا جزيلا لكم [بوتين] في موسكو اليوم", 10, "…جزيلا لكم|بوتين|في موسكو…");
    }
}
