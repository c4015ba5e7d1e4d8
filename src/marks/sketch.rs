//! How much of a text changed since it was read, without keeping the text.

use std::collections::HashMap;

use crate::article::Article;

/// A sample of the words of a text: enough to tell how much of it another one shares.
///
/// The words are numbered by how often they stood before ("the" the first time, the second time …)
/// and hashed; the 128 smallest hashes are kept, 512 bytes. As a hash says nothing about its word,
/// they are a fair sample: a change of 5 % of the words is told from one of 10 %, not from one of 6 %
/// (standard error at 5 %: 1.9 points). The order of words does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Rising, each once.
    hashes: Vec<u32>,
}

/// How many hashes are kept.
const SAMPLE: usize = 128;

impl Sketch {
    /// The sketch of a text, given in pieces of any size that end between words.
    ///
    /// ```
    /// use newsstand::marks::Sketch;
    ///
    /// let read = Sketch::of(["The strike ends on Monday.", "Trains run again."]);
    /// let again = Sketch::of(["The strike ends on Monday. Trains run again."]);
    /// assert_eq!(read.changed_to(&again), 0.0);
    /// ```
    pub fn of<'a>(text: impl IntoIterator<Item = &'a str>) -> Sketch {
        let mut times: HashMap<&str, u32> = HashMap::new();
        let mut hashes = Vec::new();
        for piece in text {
            for word in words(piece) {
                let time = times.entry(word).or_default();
                *time += 1;
                let mut bytes = word.as_bytes().to_vec();
                bytes.extend(time.to_le_bytes());
                hashes.push((rapidhash::v3::rapidhash_v3(&bytes) >> 32) as u32);
                if hashes.len() >= 64 * SAMPLE {
                    keep_smallest(&mut hashes);
                }
            }
        }
        keep_smallest(&mut hashes);
        Sketch { hashes }
    }

    /// The sketch of the text of an article, without what belongs to its page.
    pub fn of_article(article: &Article) -> Sketch {
        Sketch::of(article.body.iter().filter(|paragraph| paragraph.role.is_prose()).map(|paragraph| &*paragraph.text))
    }

    /// The share of the words of both texts that stand in one of them alone, from 0 to 1, about.
    pub fn changed_to(&self, other: &Sketch) -> f64 {
        // The smallest hashes of both together are a sample of the words of both.
        let mut all: Vec<u32> = self.hashes.iter().chain(&other.hashes).copied().collect();
        keep_smallest(&mut all);
        if all.is_empty() {
            return 0.0;
        }
        let in_both = |hash: &&u32| self.hashes.binary_search(hash).is_ok() && other.hashes.binary_search(hash).is_ok();
        let shared = all.iter().filter(in_both).count();
        // Of a word that was exchanged for another, both count among all: half of them is what changed.
        let alone = (all.len() - shared) as f64;
        alone / (alone + 2.0 * shared as f64)
    }

    /// The sketch as it is kept: four bytes a hash, little-endian.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Sketch {
        let hashes = bytes.chunks_exact(4).map(|four| u32::from_le_bytes(four.try_into().expect("four bytes")));
        let mut hashes: Vec<u32> = hashes.collect();
        keep_smallest(&mut hashes);
        Sketch { hashes }
    }
}

/// Sorts `hashes`, and keeps each of the smallest once.
fn keep_smallest(hashes: &mut Vec<u32>) {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SAMPLE);
}

/// The words of a text; of one without spaces, its letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).flat_map(|word| {
        let one_by_one = word.chars().next().is_some_and(|letter| letter as u32 >= 0x2E80);
        let mut rest = word;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let (piece, after) = if one_by_one { rest.split_at(first.len_utf8()) } else { (rest, "") };
            rest = after;
            Some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of a thousand different words, `changed` of them replaced.
    fn text(changed: usize) -> String {
        let word = |at: usize| if at % 1_000 < changed { format!("other{at} ") } else { format!("word{at} ") };
        (0..1_000).map(|at| word(at * 7 % 1_000)).collect()
    }

    #[test]
    fn tells_a_correction_from_another_text() {
        let read = Sketch::of([text(0).as_str()]);
        let changed = |changed: usize| read.changed_to(&Sketch::of([text(changed).as_str()]));
        assert_eq!(changed(0), 0.0);
        assert!(changed(10) < 0.05, "{}", changed(10));
        assert!((0.12..0.30).contains(&changed(200)), "{}", changed(200));
        assert_eq!(changed(1_000), 1.0);
    }

    #[test]
    fn counts_letters_where_words_have_no_spaces() {
        let read = Sketch::of(["北京今日大雪,交通受阻,学校停课一天"]);
        let again = read.changed_to(&Sketch::of(["北京今日大雪,交通受阻,学校停课两天"]));
        assert!(again > 0.0 && again < 0.2, "{again}");
    }

    #[test]
    fn is_kept_as_bytes() {
        let sketch = Sketch::of([text(3).as_str()]);
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), sketch);
        assert_eq!(sketch.to_bytes().len(), 4 * SAMPLE);
        assert_eq!(Sketch::of([""]).changed_to(&Sketch::of([""])), 0.0);
    }
}
