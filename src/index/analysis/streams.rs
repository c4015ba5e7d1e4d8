//! The streams of tokens that the engine reads, one word at a time, nothing collected.

use std::collections::HashMap;

use rapidhash::fast::RandomState;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::forms::{Forms, Umlauts};
use super::stems::LanguageStemmer;
use super::units::{UnitKind, Units};
use crate::article::LanguageTag;

/// The name of the [`WordTokenizer`] in the schema.
pub(crate) const WORDS: &str = "words";
/// The name of the [`StemTokenizer`] in the schema.
pub(crate) const STEMS: &str = "stems";

/// How many words a tokenizer remembers, which is more than a language uses often.
const REMEMBERED: usize = 60_000;

/// `text` with its language written before it, as the tokenizers expect.
///
/// The engine knows one tokenizer a field and tells it nothing but the text, so the language
/// travels in the text's first line.
pub(crate) fn headed(language: Option<LanguageTag>, text: &str) -> String {
    let code = language.map_or("", LanguageTag::code);
    [code, "\n", text].concat()
}

/// The language and the text of what [`headed`] made.
fn behead(text: &str) -> (Option<LanguageTag>, &str) {
    let (code, text) = text.split_once('\n').unwrap_or(("", text));
    let language = if code.is_empty() { None } else { LanguageTag::find(code) };
    (language, text)
}

/// Whether a word is of a usual length, and there is room for it.
fn is_worth_remembering(word: &str, remembered: usize) -> bool {
    word.len() <= 64 && remembered < REMEMBERED
}

/// Gives every word under each of its forms, and scripts without spaces as overlapping pairs.
#[derive(Default)]
pub(crate) struct WordTokenizer {
    forms: Forms,
    token: Token,
    /// The forms of the words seen last that are not plain letters; one map each for umlauts that
    /// are spelled out and that are kept.
    remembered: [HashMap<Box<str>, Forms, RandomState>; 2],
}

impl Clone for WordTokenizer {
    fn clone(&self) -> WordTokenizer {
        WordTokenizer::default()
    }
}

/// The tokens of a [`WordTokenizer`].
pub(crate) struct WordStream<'a> {
    units: Units<'a>,
    text: &'a str,
    umlauts: Umlauts,
    forms: &'a mut Forms,
    token: &'a mut Token,
    remembered: &'a mut HashMap<Box<str>, Forms, RandomState>,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let (language, text) = behead(text);
        self.token.reset();
        self.forms = Forms::default();
        let umlauts = Umlauts::of(language);
        let remembered = &mut self.remembered[usize::from(umlauts == Umlauts::Kept)];
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        let (forms, token) = (&mut self.forms, &mut self.token);
        WordStream { units: Units::new(text), text, umlauts, forms, token, remembered }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        for form in [&mut self.forms.exact, &mut self.forms.spelled] {
            if !form.is_empty() {
                std::mem::swap(&mut self.token.text, form);
                form.clear();
                return true;
            }
        }
        let Some(unit) = self.units.next() else {
            return false;
        };
        self.token.position = unit.position;
        self.token.offset_from = unit.range.start;
        self.token.offset_to = unit.range.end;
        match unit.kind {
            UnitKind::Word => {
                let word = &self.text[unit.range];
                if word.is_ascii() {
                    self.forms.set(word, self.umlauts);
                } else if let Some(forms) = self.remembered.get(word) {
                    self.forms.clone_from(forms);
                } else {
                    self.forms.set(word, self.umlauts);
                    if is_worth_remembering(word, self.remembered.len()) {
                        self.remembered.insert(word.into(), self.forms.clone());
                    }
                }
                std::mem::swap(&mut self.token.text, &mut self.forms.folded);
            }
            UnitKind::Char(c, next) => {
                self.token.text.clear();
                self.token.text.push(c);
                self.token.text.extend(next);
            }
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Gives the stems of the words whose stem is another than their folded form, once for each word,
/// and long words backwards where they may be compounds.
///
/// The first token marks the language, so that a plain word can be asked for in articles of one
/// language alone.
#[derive(Default)]
pub(crate) struct StemTokenizer {
    forms: Forms,
    token: Token,
    /// What comes after the current token.
    next: String,
    remembered: HashMap<Option<LanguageTag>, Remembered>,
    /// How many texts were read.
    texts: u32,
}

/// The stems of the words seen last, in one language, by the hash of the word: to keep the words would
/// take several times the memory, and their hashes never meet in practice.
type Remembered = HashMap<u64, Stemmed, RandomState>;

/// The stem of a word.
struct Stemmed {
    /// Empty when the word is its own stem.
    term: Box<str>,
    /// The term of the compound; empty when it cannot be one.
    compound: Box<str>,
    /// The text in which the word was met last.
    text: u32,
}

// What one tokenizer remembers is of no use to another, which reads other texts.
impl Clone for StemTokenizer {
    fn clone(&self) -> StemTokenizer {
        StemTokenizer::default()
    }
}

/// The tokens of a [`StemTokenizer`].
pub(crate) struct StemStream<'a> {
    units: Units<'a>,
    text: &'a str,
    stemmer: Option<LanguageStemmer>,
    forms: &'a mut Forms,
    token: &'a mut Token,
    next: &'a mut String,
    remembered: &'a mut Remembered,
    number: u32,
}

impl Tokenizer for StemTokenizer {
    type TokenStream<'a> = StemStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> StemStream<'a> {
        let (language, text) = behead(text);
        let stemmer = language.and_then(LanguageStemmer::of);
        self.token.reset();
        let remembered = self.remembered.entry(stemmer.map(|stemmer| stemmer.tag)).or_default();
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        self.texts = self.texts.wrapping_add(1);
        self.next.clear();
        StemStream {
            number: self.texts,
            units: Units::new(text),
            text,
            stemmer,
            forms: &mut self.forms,
            token: &mut self.token,
            next: &mut self.next,
            remembered,
        }
    }
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(stemmer) = self.stemmer else {
            return false;
        };
        if self.token.position == usize::MAX {
            self.token.position = 0;
            self.token.text = stemmer.marker();
            return true;
        }
        if !self.next.is_empty() {
            std::mem::swap(&mut self.token.text, self.next);
            self.next.clear();
            return true;
        }
        for unit in self.units.by_ref() {
            let UnitKind::Word = unit.kind else {
                continue;
            };
            let word = &self.text[unit.range];
            let hash = rapidhash::v3::rapidhash_v3(word.as_bytes());
            self.token.text.clear();
            if let Some(stemmed) = self.remembered.get_mut(&hash) {
                if stemmed.text != self.number {
                    stemmed.text = self.number;
                    self.token.text.push_str(&stemmed.term);
                    self.next.push_str(&stemmed.compound);
                }
            } else {
                self.forms.set(word, Umlauts::Kept);
                let stem = stemmer.stem(self.forms.written());
                let term = if stem == self.forms.folded { String::new() } else { stemmer.term(&stem) };
                let compound = stemmer.compound(&stem).unwrap_or_default();
                if is_worth_remembering(word, self.remembered.len()) {
                    let (term, compound) = (term.as_str().into(), compound.as_str().into());
                    self.remembered.insert(hash, Stemmed { term, compound, text: self.number });
                }
                self.token.text.push_str(&term);
                self.next.push_str(&compound);
            }
            if self.token.text.is_empty() {
                std::mem::swap(&mut self.token.text, self.next);
            }
            if !self.token.text.is_empty() {
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

    fn check<T: Tokenizer>(mut tokenizer: T, language: &str, text: &str, expected: &str) {
        let text = headed(LanguageTag::find(language), text);
        let mut stream = tokenizer.token_stream(&text);
        let mut tokens = Vec::new();
        while let Some(token) = stream.next() {
            tokens.push(token.text.clone());
        }
        assert_eq!(tokens.join(" "), expected);
    }

    #[test]
    fn words_come_in_all_their_forms() {
        check(WordTokenizer::default(), "de", "Das Gespräch.", "das gesprach gespräch gespraech");
        check(WordTokenizer::default(), "zh", "电话直呼", "电话 话直 直呼 呼");
        check(WordTokenizer::default(), "", "Putin's", "putin");
    }

    #[test]
    fn stems_come_where_they_differ() {
        check(StemTokenizer::default(), "de", "Die Einladungen und Einladung, Einladung", "de: de:einlad de:einlad");
        check(
            StemTokenizer::default(),
            "de",
            "Klimagipfel, die Klimagipfels",
            "de: <lefpigamilk de:klimagipfel <lefpigamilk",
        );
        check(StemTokenizer::default(), "en", "Musk invites", "en: en:invit");
        check(StemTokenizer::default(), "ja", "東京 Tower", "");
        check(StemTokenizer::default(), "", "invites", "");
    }
}
