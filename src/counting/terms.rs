//! The words of a result: what is more frequent there than elsewhere, and what stands near its words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use super::places::texts;
use super::words::{Word, is_stop_word, pair, words};
use super::{Place, Readers, Sought};
use crate::archive::{Order, Row};
use crate::article::{Article, IdSet, LanguageTag};
use crate::error::{Error, Result};

/// What is less likely by chance than one in a hundred is told: the value of a chi-square distribution with one
/// degree of freedom.
const LEAST_LIKELIHOOD: f64 = 6.63;
/// A term is told only when it stands there so often, in two articles at least.
const LEAST_OCCURRENCES: u32 = 3;
/// So many terms are counted; of more, the rare ones are given up.
const MOST_TERMS: usize = 2_000_000;
/// So many neighbours are read where only a part of the articles is.
const RUN: usize = 32;

/// Whether a term is one word or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermKind {
    /// One word.
    Word,
    /// Two words, one directly after the other, or two characters of a script without spaces.
    Pair,
}

/// A term that is more frequent in a result than elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// It, in lower case.
    pub text: String,
    /// Whether it is one word or two.
    pub kind: TermKind,
    /// The language of the texts that are compared.
    pub language: Option<LanguageTag>,
    /// How often it stands in the result.
    pub occurrences: u32,
    /// In how many of its articles.
    pub articles: u32,
    /// How often in a million words of the result.
    pub per_million: f64,
    /// How often in a million words elsewhere.
    pub elsewhere_per_million: f64,
    /// How little chance explains it: Dunning's log-likelihood.
    pub log_likelihood: f64,
    /// How many times as frequent it is, as a power of two: Hardie's log ratio, with a half added to both counts.
    pub log_ratio: f64,
}

/// What is counted of the terms of some articles.
#[derive(Debug, Default)]
pub struct Vocabulary {
    terms: HashMap<(Option<LanguageTag>, TermKind, String), (u32, u32)>,
    /// How many words there are of each language.
    words: BTreeMap<Option<LanguageTag>, u64>,
    /// How many articles were read.
    pub articles: usize,
    /// How many could not be.
    pub unread: usize,
    /// Whether rare terms were given up, as there were too many.
    pub cut: bool,
}

/// The terms of one article, and its words by language.
type OfArticle = (HashMap<(Option<LanguageTag>, TermKind, String), u32>, BTreeMap<Option<LanguageTag>, u64>);

/// Which articles are read, and what of them is left out.
pub struct Reading<'a> {
    /// The articles.
    pub order: &'a dyn Order,
    /// Their places are no terms.
    pub sought: Option<&'a Sought>,
    /// These articles are not read.
    pub but: Option<&'a IdSet>,
    /// So many are read at most, evenly spread; `None` for all.
    pub most: Option<usize>,
    /// Whether stop words are terms.
    pub stop_words: bool,
}

impl Vocabulary {
    /// The terms of these articles; `complain` is told of each that was read, and of what could not be.
    ///
    /// # Errors
    ///
    /// As for [`Order::rows`].
    pub fn of(
        reading: &Reading<'_>,
        readers: &mut Readers,
        cancelled: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(Option<Error>),
    ) -> Result<Option<Vocabulary>> {
        let mut vocabulary = Vocabulary::default();
        let work = |row: &Row, article: &Article| {
            let is_left_out = reading.but.is_some_and(|ids| ids.contains(row.record.id));
            (!is_left_out).then(|| of_article(article, reading.sought, reading.stop_words))
        };
        let mut take = |_: Row, made: Result<Option<OfArticle>>| {
            match made {
                Ok(Some(made)) => vocabulary.add(made),
                Ok(None) => {}
                Err(error) => {
                    vocabulary.unread += 1;
                    progress(Some(error));
                }
            }
            progress(None);
            ControlFlow::Continue(())
        };
        let all = reading.order.len();
        let (run, step) = match reading.most.filter(|most| *most < all) {
            None => (all.max(1), all.max(1)),
            // Runs of neighbours, one in each part of the order.
            Some(most) => (RUN, (RUN * all).div_ceil(most.max(1)).max(RUN)),
        };
        for first in (0..all).step_by(step) {
            if readers.read(reading.order, first..first + run, cancelled, &work, &mut take)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(vocabulary))
    }

    fn add(&mut self, (terms, words): OfArticle) {
        self.articles += 1;
        for (language, count) in words {
            *self.words.entry(language).or_default() += count;
        }
        for (term, count) in terms {
            let sums = self.terms.entry(term).or_default();
            *sums = (sums.0.saturating_add(count), sums.1 + 1);
        }
        if self.terms.len() > MOST_TERMS {
            self.terms.retain(|_, (occurrences, _)| *occurrences >= LEAST_OCCURRENCES);
            self.cut = true;
        }
    }

    /// The terms that are more frequent here than in `other`, within each language, the least likely by chance
    /// first; those of languages that the other has not are left out.
    pub fn beside(&self, other: &Vocabulary) -> Vec<Term> {
        let mut terms = Vec::new();
        for (key, (occurrences, articles)) in &self.terms {
            let (language, kind, text) = key;
            let (Some(here), Some(there)) = (self.words.get(language), other.words.get(language)) else { continue };
            if *occurrences < LEAST_OCCURRENCES || *articles < 2.min(self.articles as u32) {
                continue;
            }
            let (a, b) = (f64::from(*occurrences), f64::from(other.terms.get(key).map_or(0, |sums| sums.0)));
            let (here, there) = (*here as f64, *there as f64);
            if here <= 0.0 || there <= 0.0 || a / here <= b / there {
                continue;
            }
            let log_likelihood = log_likelihood(a, b, here, there);
            if log_likelihood >= LEAST_LIKELIHOOD {
                terms.push(Term {
                    text: text.clone(),
                    kind: *kind,
                    language: *language,
                    occurrences: *occurrences,
                    articles: *articles,
                    per_million: a / here * 1e6,
                    elsewhere_per_million: b / there * 1e6,
                    log_likelihood,
                    log_ratio: (((a + 0.5) / here) / ((b + 0.5) / there)).log2(),
                });
            }
        }
        terms.sort_by(|a, b| {
            let by_likelihood = b.log_likelihood.total_cmp(&a.log_likelihood);
            by_likelihood.then_with(|| (&a.text, a.kind, a.language).cmp(&(&b.text, b.kind, b.language)))
        });
        terms
    }
}

/// How little chance explains that something stands `a` times among `here` words and `b` times among `there`: Dunning,
/// "Accurate Methods for the Statistics of Surprise and Coincidence" (1993), in the form of two cells of Rayson and Garside (2000).
fn log_likelihood(a: f64, b: f64, here: f64, there: f64) -> f64 {
    let expected = |words: f64| words * (a + b) / (here + there);
    let part = |count: f64, words: f64| if count > 0.0 { count * (count / expected(words)).ln() } else { 0.0 };
    2.0 * (part(a, here) + part(b, there))
}

/// The terms of an article.
fn of_article(article: &Article, sought: Option<&Sought>, stop_words: bool) -> OfArticle {
    let places = sought.map_or_else(Vec::new, |sought| sought.places(article));
    let (mut terms, mut counts) = (HashMap::new(), BTreeMap::new());
    for (paragraph, text, language) in texts(article) {
        let words = words(text);
        *counts.entry(language).or_default() += words.len() as u64;
        let is_term = |word: &Word| stop_words || !is_stop_word(&word.text, language);
        let is_found = |word: &Word| is_place(&places, paragraph, word);
        let mut add = |kind, text| *terms.entry((language, kind, text)).or_default() += 1;
        for word in words.iter().filter(|word| !word.is_character && is_term(word) && !is_found(word)) {
            if word.text.chars().nth(1).is_some() {
                add(TermKind::Word, word.text.clone());
            }
        }
        for two in words.windows(2) {
            let new = is_term(&two[0]) && is_term(&two[1]) && !(is_found(&two[0]) && is_found(&two[1]));
            if let Some(text) = pair(&two[0], &two[1]).filter(|_| new) {
                add(TermKind::Pair, text);
            }
        }
    }
    (terms, counts)
}

/// Whether a word of a paragraph belongs to a place where something was found.
fn is_place(places: &[Place], paragraph: Option<usize>, word: &Word) -> bool {
    let touches = |place: &Place| place.range.start < word.range.end && word.range.start < place.range.end;
    places.iter().any(|place| place.paragraph == paragraph && touches(place))
}

/// A word that stands near what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// It, in lower case.
    pub text: String,
    /// The language of the texts.
    pub language: Option<LanguageTag>,
    /// How often it stands before, within the window.
    pub left: u32,
    /// How often behind.
    pub right: u32,
    /// How often it stands in the texts of the result at all.
    pub occurrences: u32,
    /// How closely they belong together, 14 at most: log Dice.
    pub log_dice: f64,
}

/// What stands near the places of an article: by word, how often before and behind; how often each word stands there at
/// all; how many places there are.
#[derive(Default)]
struct Near {
    words: HashMap<(Option<LanguageTag>, String), (u32, u32, u32)>,
    places: u64,
}

/// The words within so many words of the places of a result, those that belong to them most closely first: Rychlý, "A
/// Lexicographer-Friendly Association Score" (2008). Both frequencies are those in the texts of the result.
///
/// # Errors
///
/// As for [`Order::rows`].
pub fn collocates(
    reading: &Reading<'_>,
    sought: &Sought,
    window: usize,
    readers: &mut Readers,
    cancelled: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(Option<Error>),
) -> Result<Option<Vec<Collocate>>> {
    let mut all = Near::default();
    let work = |_: &Row, article: &Article| near(article, sought, window, reading.stop_words);
    let mut take = |_: Row, made: Result<Near>| {
        match made {
            Ok(near) => {
                all.places += near.places;
                for (word, (left, right, occurrences)) in near.words {
                    let sums = all.words.entry(word).or_default();
                    *sums = (sums.0 + left, sums.1 + right, sums.2 + occurrences);
                }
                if all.words.len() > MOST_TERMS {
                    all.words.retain(|_, (left, right, _)| *left + *right >= LEAST_OCCURRENCES);
                }
            }
            Err(error) => progress(Some(error)),
        }
        progress(None);
        ControlFlow::Continue(())
    };
    let most = reading.most.unwrap_or(usize::MAX);
    if readers.read(reading.order, 0..most, cancelled, &work, &mut take)?.is_none() {
        return Ok(None);
    }
    let places = all.places as f64;
    let collocate = |((language, text), (left, right, occurrences)): (_, (u32, u32, u32))| {
        let together = f64::from(left + right);
        let log_dice = 14.0 + (2.0 * together / (places + f64::from(occurrences))).log2();
        Collocate { text, language, left, right, occurrences, log_dice }
    };
    let often = all.words.into_iter().filter(|(_, (left, right, _))| left + right >= LEAST_OCCURRENCES);
    let mut found: Vec<Collocate> = often.map(collocate).collect();
    found.sort_by(|a, b| {
        let by_dice = b.log_dice.total_cmp(&a.log_dice);
        by_dice.then_with(|| {
            (Reverse(a.left + a.right), &a.text, a.language).cmp(&(Reverse(b.left + b.right), &b.text, b.language))
        })
    });
    Ok(Some(found))
}

fn near(article: &Article, sought: &Sought, window: usize, stop_words: bool) -> Near {
    let places = sought.places(article);
    let mut near = Near { places: places.len() as u64, ..Near::default() };
    for (paragraph, text, language) in texts(article) {
        let words = words(text);
        let is_word = |word: &&Word| {
            !word.is_character
                && !is_place(&places, paragraph, word)
                && (stop_words || !is_stop_word(&word.text, language))
        };
        for word in words.iter().filter(is_word) {
            near.words.entry((language, word.text.clone())).or_default().2 += 1;
        }
        // A word that stands near two places is one of each; near one, it stands on one side of it.
        let mut counted: HashSet<(usize, usize)> = HashSet::new();
        for (number, place) in places.iter().enumerate().filter(|(_, place)| place.paragraph == paragraph) {
            let before = words.partition_point(|word| word.range.end <= place.range.start);
            let behind = words.partition_point(|word| word.range.start < place.range.end);
            let left = before.saturating_sub(window)..before;
            let right = behind..(behind + window).min(words.len());
            for (side, at) in left.map(|at| (0, at)).chain(right.map(|at| (1, at))) {
                if is_word(&&words[at]) && counted.insert((number, at)) {
                    let sums = near.words.entry((language, words[at].text.clone())).or_default();
                    if side == 0 { sums.0 += 1 } else { sums.1 += 1 }
                }
            }
        }
    }
    near
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Pile, Written, asking, written};
    use super::*;
    use crate::archive::told;
    use crate::query::parse_finished;

    fn pile() -> Pile {
        let texts = [
            ("boat", "the red boat sails home, and the red boat is old"),
            ("boat", "a red boat, and another red sail"),
            ("car", "the car drives home and the road is long"),
            ("car", "another car, another road"),
        ];
        let all: Vec<Written> =
            texts.iter().map(|(title, text)| Written { language: "en", ..written(title, text) }).collect();
        Pile::of(&all)
    }

    #[test]
    fn log_likelihood_is_that_of_the_tables() {
        // Worked by hand: 2 * (20 ln(20 / 12.5) + 5 ln(5 / 12.5)).
        assert!((log_likelihood(20.0, 5.0, 1000.0, 1000.0) - 9.637).abs() < 0.001);
        assert_eq!(log_likelihood(5.0, 5.0, 100.0, 100.0), 0.0);
    }

    #[test]
    fn words_of_a_result_are_those_that_are_rarer_elsewhere() {
        let pile = pile();
        let (query, mut readers) = (parse_finished("boat"), pile.readers());
        let found = pile.found(&query);
        let sought = told(Sought::of(&*pile.archive(), &query, &found, &asking()).expect("answered"));
        let ids = told(pile.archive().ids(&query, &asking()).expect("answered")).value;
        let everything = pile.found(&parse_finished(""));
        let reading = Reading { order: &*found.order, sought: Some(&sought), but: None, most: None, stop_words: false };
        let mut vocabulary =
            |reading: &Reading<'_>| told(Vocabulary::of(reading, &mut readers, &|| false, &mut |_| {}).expect("read"));
        let here = vocabulary(&reading);
        let there = vocabulary(&Reading { order: &*everything.order, but: Some(&ids), ..reading });
        assert_eq!((here.articles, there.articles), (2, 2));
        let terms: Vec<String> =
            here.beside(&there).into_iter().map(|term| format!("{} {}", term.text, term.occurrences)).collect();
        assert_eq!(terms, ["red 4", "red boat 3"].map(str::to_owned)[..terms.len()]);
        assert_eq!(there.beside(&there), []);
    }

    #[test]
    fn collocates_stand_left_and_right_of_what_was_found() {
        let pile = pile();
        let query = parse_finished("boat");
        let found = pile.found(&query);
        let sought = told(Sought::of(&*pile.archive(), &query, &found, &asking()).expect("answered"));
        let reading = Reading { order: &*found.order, sought: None, but: None, most: None, stop_words: false };
        let near = told(collocates(&reading, &sought, 2, &mut pile.readers(), &|| false, &mut |_| {}).expect("read"));
        let [red] = &near[..] else { panic!("{near:?}") };
        // Three before a boat; one of them stands behind another place, out of its window.
        assert_eq!((red.text.as_str(), red.left, red.right, red.occurrences), ("red", 3, 0, 4));
        let expected = 14.0 + (2.0_f64 * 3.0 / (5.0 + 4.0)).log2();
        assert!((red.log_dice - expected).abs() < 1e-9, "{}", red.log_dice);
    }
}
