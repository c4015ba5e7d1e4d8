//! Articles that are alike in their words, and unlike in what they say.

use std::fmt::Write as _;

/// The sample edition, by language: its words are common words as they are in real articles.
const TEXTS: &[&str] = &[
    include_str!("../../data/000_musk_west_clubhouse.txt"),
    include_str!("../../data/001_musk_invites_putin.txt"),
    include_str!("../../data/002_everyone_guesses.txt"),
    include_str!("../../data/004_ajakan_ke_putin.txt"),
];

/// What names and rare words are made of.
const SYLLABLES: &[&str] =
    &["bar", "den", "fol", "gri", "hau", "kel", "lom", "mar", "nes", "oru", "pin", "ros", "sal", "tev", "ulm", "wes"];

const MONTHS: &[&str] = &["January", "February", "March", "April", "May", "June", "July", "August", "September"];

/// Makes articles of about 400 words without end, always the same ones.
pub struct Generator {
    words: Vec<Vec<&'static str>>,
    state: u64,
}

impl Generator {
    pub fn new() -> Generator {
        let is_word = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() < 20;
        Generator {
            words: TEXTS.iter().map(|text| text.split_whitespace().filter(is_word).collect()).collect(),
            state: 2021,
        }
    }

    /// A number below `end`: SplitMix64, which needs no library and is good enough to pick words.
    fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    /// A word of the language, or a name. The first names are in many articles, most are in few.
    fn word(&mut self, text: usize, out: &mut String) {
        if self.below(12) > 0 {
            let at = self.below(self.words[text].len());
            out.push_str(self.words[text][at]);
            return;
        }
        let bound = 1 + self.below(60_000);
        let mut name = self.below(bound);
        for place in 0..4 {
            let syllable = SYLLABLES[name % SYLLABLES.len()];
            match place {
                0 => {
                    out.push_str(&syllable[..1].to_uppercase());
                    out.push_str(&syllable[1..]);
                }
                _ => out.push_str(syllable),
            }
            name /= SYLLABLES.len();
            if name == 0 {
                break;
            }
        }
    }

    fn sentence(&mut self, text: usize, words: usize, out: &mut String) {
        for number in 0..words {
            if number > 0 {
                out.push(' ');
            }
            self.word(text, out);
        }
    }

    /// The line of the date, in one of several ways; one article in eight has none.
    fn date(&mut self, out: &mut String) {
        let (year, month, day) = (2015 + self.below(10), 1 + self.below(MONTHS.len()), 1 + self.below(28));
        let name = MONTHS[month - 1];
        let _ = match self.below(8) {
            0 => return,
            1 => write!(out, "date {year}-{month:02}\n\n"),
            2 => write!(out, "{day}.{month}.{year}\n\n"),
            3 => write!(out, "Published {day} {name} {year}, 18:30 CET\n\n"),
            4 => write!(out, "{name} {day}\n\n"),
            _ => write!(out, "{name} {day}, {year}\n\n"),
        };
    }
}

impl Iterator for Generator {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let text = self.below(TEXTS.len());
        let mut article = String::with_capacity(3000);
        let words = 6 + self.below(6);
        self.sentence(text, words, &mut article);
        article.push_str("\n\n");
        self.date(&mut article);
        for _ in 0..4 + self.below(5) {
            for _ in 0..3 + self.below(3) {
                let words = 8 + self.below(14);
                self.sentence(text, words, &mut article);
                article.push_str(". ");
            }
            article.push_str("\n\n");
        }
        Some(article)
    }
}
