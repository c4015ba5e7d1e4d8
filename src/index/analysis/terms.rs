//! From texts to terms: what an article is found by, in one walk over its words.
//!
//! The engine knows one tokenizer a field, tells it nothing but the text, and asks each field by
//! itself. Terms are therefore made here, by whoever hands in the article, and travel to the engine
//! as texts of terms that are only taken apart there.

use std::collections::{BTreeSet, HashMap};

use rapidhash::fast::RandomState;
use rapidhash::v3::{RapidSecrets, rapidhash_v3_seeded};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::forms::{Forms, Umlauts};
use super::stems::LanguageStemmer;
use super::units::{UnitKind, Units};
use crate::article::LanguageTag;

/// The name of the [`TermTokenizer`] in the schema.
pub(crate) const TERMS: &str = "terms";

/// How many words an analyser remembers at least, which is more than a language uses often. It
/// remembers twice as many at most, in about 70 bytes each.
const REMEMBERED: usize = 57_000;

// What stands before a term. No text that was cleaned holds such characters, and no word a new line.
/// A term in the next place.
const NEXT: char = '\u{1}';
/// A term in the same place as the one before.
const BESIDE: char = '\u{2}';
/// No term: a place is left free.
const GAP: char = '\n';

/// What the engine is given of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Every word under each of its forms, and scripts without spaces as overlapping pairs.
    pub words: String,
    /// The languages by whose rules its words have stems.
    pub stemmed: BTreeSet<LanguageTag>,
}

/// Makes terms of texts, and remembers those of the words it met last.
pub(crate) struct Analyser {
    /// Nobody can write words whose hashes meet when nobody knows what they are seeded with.
    seed: u64,
    young: Memory,
    /// The words before those; one that is met again becomes young.
    old: Memory,
    /// How often the families were taken.
    taken: u32,
    /// The families of the words that were met since then.
    families: String,
    forms: Forms,
}

/// Words and their terms. Words are kept as hashes: to keep the words would take twice the memory,
/// and among so few their hashes never meet in practice.
#[derive(Default)]
struct Memory {
    places: HashMap<u64, Remembered, RandomState>,
    terms: String,
}

/// The terms of a word.
#[derive(Clone, Copy)]
struct Remembered {
    /// Where they begin: first the word's forms, of which the folded one comes first, then its keys among
    /// the families.
    start: u32,
    folded: u16,
    forms: u16,
    keys: u16,
    /// How often the families had been taken when the word was met last.
    met: u32,
}

/// How words of a language become terms.
struct Rules {
    stemmer: Option<LanguageStemmer>,
    umlauts: Umlauts,
    secrets: RapidSecrets,
}

impl Default for Analyser {
    fn default() -> Analyser {
        let seed = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), 0);
        let (young, old, forms) = Default::default();
        Analyser { seed, young, old, taken: 0, families: String::new(), forms }
    }
}

impl Analyser {
    /// The terms of a text: its paragraphs, each with its language.
    pub(crate) fn terms<'t>(&mut self, paragraphs: impl Iterator<Item = (Option<LanguageTag>, &'t str)>) -> Terms {
        let mut terms = Terms::default();
        let mut current: Option<(Option<LanguageTag>, Rules)> = None;
        for (language, text) in paragraphs {
            let rules = match current.take_if(|(last, _)| *last == language) {
                Some((_, rules)) => rules,
                None => {
                    let rules = self.rules(language);
                    terms.stemmed.extend(rules.stemmer.map(|stemmer| stemmer.tag));
                    rules
                }
            };
            self.read(text, &rules, &mut terms);
            terms.words.push(GAP);
            current = Some((language, rules));
        }
        terms
    }

    /// The words alone of a text of one language.
    pub(crate) fn words(&mut self, language: Option<LanguageTag>, text: &str) -> String {
        self.terms(std::iter::once((language, text))).words
    }

    /// The families of all words of the texts since the last time: each word whose stem is another than
    /// its folded form, and each that may be a compound. [`kindred`] reads them.
    pub(crate) fn take_families(&mut self) -> String {
        self.taken = self.taken.wrapping_add(1);
        std::mem::take(&mut self.families)
    }

    /// How many words it remembers.
    pub(crate) fn remembered(&self) -> usize {
        self.young.places.len() + self.old.places.len()
    }

    fn rules(&self, language: Option<LanguageTag>) -> Rules {
        let code = language.map_or("", LanguageTag::code);
        let of_language = rapidhash_v3_seeded(code.as_bytes(), &RapidSecrets::seed(self.seed));
        Rules {
            stemmer: language.and_then(LanguageStemmer::of),
            umlauts: Umlauts::of(language),
            secrets: RapidSecrets::seed(of_language),
        }
    }

    fn read(&mut self, text: &str, rules: &Rules, terms: &mut Terms) {
        terms.words.reserve(text.len() + text.len() / 4);
        let mut place = 0;
        for unit in Units::new(text) {
            while place < unit.position {
                terms.words.push(GAP);
                place += 1;
            }
            place += 1;
            terms.words.push(NEXT);
            match unit.kind {
                UnitKind::Word => self.read_word(&text[unit.range], rules, terms),
                UnitKind::Char(c, next) => {
                    terms.words.push(c);
                    if let Some(next) = next {
                        terms.words.push(next);
                    }
                }
            }
        }
    }

    fn read_word(&mut self, word: &str, rules: &Rules, terms: &mut Terms) {
        let hash = rapidhash_v3_seeded(word.as_bytes(), &rules.secrets);
        let taken = self.taken;
        let known = self.young.places.get_mut(&hash).map(|known| {
            let before = *known;
            known.met = taken;
            before
        });
        let remembered = match known {
            Some(remembered) => remembered,
            None => self.learn(hash, word, rules),
        };
        let start = remembered.start as usize;
        let middle = start + usize::from(remembered.forms);
        terms.words.push_str(&self.young.terms[start..middle]);
        if remembered.met != taken && remembered.keys > 0 {
            self.families.push_str(&self.young.terms[start..start + usize::from(remembered.folded)]);
            self.families.push_str(&self.young.terms[middle..middle + usize::from(remembered.keys)]);
            self.families.push(GAP);
        }
    }

    /// Puts a word among the young, and tells when it was met before.
    fn learn(&mut self, hash: u64, word: &str, rules: &Rules) -> Remembered {
        if self.young.places.len() >= REMEMBERED {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.places.clear();
            self.young.terms.clear();
        }
        let Memory { places, terms } = &mut self.young;
        let start = terms.len();
        let remembered = match self.old.places.get(&hash) {
            Some(old) => {
                let begin = old.start as usize;
                terms.push_str(&self.old.terms[begin..begin + usize::from(old.forms) + usize::from(old.keys)]);
                Remembered { start: start as u32, ..*old }
            }
            None => {
                self.forms.set(word, rules.umlauts);
                terms.push_str(&self.forms.folded);
                for form in [&self.forms.exact, &self.forms.spelled] {
                    add(terms, BESIDE, form);
                }
                let forms = terms.len() - start;
                if let Some(stemmer) = rules.stemmer {
                    let stem = stemmer.stem(self.forms.written());
                    if stem != self.forms.folded {
                        terms.push(NEXT);
                        stemmer.put_key(&stem, terms);
                    }
                    add(terms, NEXT, &stemmer.compound(&stem).unwrap_or_default());
                }
                let keys = terms.len() - start - forms;
                // Words are cut, so that their forms and stems are far shorter than this.
                let short = |length: usize| u16::try_from(length).unwrap_or(0);
                Remembered {
                    start: start as u32,
                    folded: short(self.forms.folded.len()),
                    forms: short(forms),
                    keys: short(keys),
                    met: self.taken.wrapping_sub(1),
                }
            }
        };
        places.insert(hash, Remembered { met: self.taken, ..remembered });
        remembered
    }
}

/// The families that [`Analyser::take_families`] tells of: keys, each with a word that stands under it.
pub(crate) fn kindred(families: &str) -> impl Iterator<Item = (&str, &str)> {
    families.split(GAP).flat_map(|line| {
        let mut parts = line.split(NEXT);
        let word = parts.next().unwrap_or_default();
        parts.map(move |key| (key, word))
    })
}

/// A place of a text, and the terms that stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// Nothing stands there.
    Free,
    /// A term; it begins a place of its own.
    Term(&'a str),
    /// Another form of the term before it, in the same place.
    Beside(&'a str),
}

/// What an [`Analyser`] has made, place by place: what [`TermTokenizer`] tells the engine.
pub(crate) fn places(words: &str) -> impl Iterator<Item = Place<'_>> {
    let marks = words.char_indices().filter(|(_, c)| *c <= GAP);
    let ends = words.char_indices().filter(|(_, c)| *c <= GAP).map(|(at, _)| at).skip(1).chain([words.len()]);
    marks.zip(ends).map(|((at, mark), end)| match (mark, &words[at + mark.len_utf8()..end]) {
        (BESIDE, term) => Place::Beside(term),
        (_, "") => Place::Free,
        (_, term) => Place::Term(term),
    })
}

fn add(terms: &mut String, mark: char, term: &str) {
    if !term.is_empty() {
        terms.push(mark);
        terms.push_str(term);
    }
}

/// Takes apart what an [`Analyser`] has made.
#[derive(Clone, Default)]
pub(crate) struct TermTokenizer {
    token: Token,
}

/// The terms of a text.
pub(crate) struct TermStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        self.token.position = 0;
        TermStream { text, at: 0, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        while let Some(mark) = bytes.get(self.at) {
            self.token.position += usize::from(*mark != BESIDE as u8);
            self.at += 1;
            let rest = &bytes[self.at..];
            let length = rest.iter().position(|byte| *byte <= GAP as u8).unwrap_or(rest.len());
            if length > 0 {
                self.token.text.clear();
                self.token.text.push_str(self.text.get(self.at..self.at + length).unwrap_or_default());
                self.at += length;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The terms of a text as the engine sees them, each with its place.
    fn seen(text: &str) -> Vec<(usize, String)> {
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push((token.position, token.text.clone()));
        }
        tokens
    }

    fn check_words(language: &str, text: &str, expected: &str) {
        let words = Analyser::default().words(LanguageTag::find(language), text);
        let words: Vec<String> = seen(&words).into_iter().map(|(place, word)| format!("{word}{place}")).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    fn check_families(paragraphs: &[(&str, &str)], expected: &str) {
        let paragraphs = paragraphs.iter().map(|(language, text)| (LanguageTag::find(language), *text));
        let mut analyser = Analyser::default();
        let stemmed = analyser.terms(paragraphs).stemmed;
        let stemmed = stemmed.iter().map(|tag| tag.code().to_owned());
        let families = analyser.take_families();
        let families = kindred(&families).map(|(key, word)| format!("{key}={word}"));
        assert_eq!(stemmed.chain(families).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn words_come_in_all_their_forms() {
        check_words("de", "Das Gespräch.", "das1 gesprach2 gespräch2 gespraech2");
        check_words("fi", "Häkkinen", "hakkinen1 häkkinen1");
        check_words("zh", "电话直呼", "电话1 话直2 直呼3 呼4");
        check_words("", "Putin's\nanswer", "putin1 answer3");
        check_words("", "", "");
    }

    #[test]
    fn words_join_families_where_their_stem_differs() {
        check_families(
            &[("de", "Die Einladungen und Einladung, Einladung")],
            "de de:einlad=einladungen de:einlad=einladung",
        );
        check_families(
            &[("de", "Klimagipfel, die Klimagipfels")],
            "de <lefpigamilk=klimagipfel de:klimagipfel=klimagipfels <lefpigamilk=klimagipfels",
        );
        check_families(
            &[("en", "Musk invites"), ("en", "He invites"), ("id", "percakapan")],
            "en id en:invit=invites id:cakap=percakapan",
        );
        check_families(&[("ja", "東京 Tower")], "");
        check_families(&[("", "invites")], "");
        check_families(&[("de", "Gespräche, Gespräche")], "de de:gesprach=gesprache <hcarpseg=gesprache");
    }

    #[test]
    fn families_are_told_again_after_they_were_taken() {
        let mut analyser = Analyser::default();
        let mut families = || {
            let told = analyser.words(LanguageTag::find("en"), "He invites, and invites");
            assert_eq!(analyser.words(LanguageTag::find("en"), "He invites, and invites"), told);
            analyser.take_families()
        };
        let first = families();
        assert_eq!(first.matches("invites").count(), 1);
        assert_eq!(families(), first);
    }

    #[test]
    fn what_was_forgotten_is_learnt_again() {
        let mut analyser = Analyser::default();
        let german = LanguageTag::find("de");
        let before = analyser.terms(std::iter::once((german, "Gespräche über Klimagipfel")));
        for number in 0..3 * REMEMBERED {
            analyser.words(None, &number.to_string());
            if number % 1000 == 0 {
                analyser.words(german, "Gespräche");
            }
        }
        assert!(analyser.young.places.len() <= REMEMBERED && analyser.old.places.len() <= REMEMBERED);
        assert_eq!(analyser.terms(std::iter::once((german, "Gespräche über Klimagipfel"))), before);
    }

    proptest! {
        #[test]
        fn the_engine_sees_what_was_read(texts in proptest::collection::vec("[a-zäß ’'電話ﷺ\n]{0,40}|\\PC{0,20}", 0..4)) {
            let mut analyser = Analyser::default();
            let paragraphs = || texts.iter().map(|text| (LanguageTag::find("de"), text.as_str()));
            let terms = analyser.terms(paragraphs());
            let mut expected = Vec::new();
            let mut begin = 1;
            for (_, text) in paragraphs() {
                let mut next = begin;
                for unit in Units::new(text) {
                    let word = match unit.kind {
                        UnitKind::Word => Forms::of(&text[unit.range], Umlauts::Spelled).folded,
                        UnitKind::Char(c, next) => std::iter::once(c).chain(next).collect(),
                    };
                    expected.push((begin + unit.position, word));
                    next = begin + unit.position + 1;
                }
                begin = next + 1;
            }
            let seen = seen(&terms.words);
            for word in expected.iter().filter(|(_, word)| !word.is_empty()) {
                prop_assert!(seen.contains(word), "{word:?} is not in {seen:?}");
            }
            prop_assert_eq!(analyser.terms(paragraphs()), terms);
        }
    }
}
