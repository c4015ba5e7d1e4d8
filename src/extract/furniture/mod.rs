//! Furniture: what belongs to a page and not to its article.

mod boxes;
pub mod repeated;
mod words;

use std::sync::LazyLock;

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::text::class::Class;
use crate::text::fold::fold;

/// A line longer than this many characters is never a button or a label.
const LONGEST_LABEL: usize = 60;
/// A notice that asks for consent has so many bytes at least, and at most.
const LEAST_CONSENT: usize = 100;
const LONGEST_CONSENT: usize = 2_500;
/// A line longer than this many characters leads nowhere else: it is text.
const LONGEST_NOTICE: usize = 250;

/// The words of all languages, folded.
struct Words {
    lines: RapidHashSet<String>,
    /// By their first four characters, so that a line is compared with few of them.
    openings: RapidHashMap<String, Vec<String>>,
    /// By their first three characters as well.
    anywhere: RapidHashMap<String, Vec<String>>,
    /// What notices of consent say; several of it make one.
    consent: Vec<String>,
    /// Whether anything there begins with bytes of this [`print`].
    begins: Box<[bool; PRINTS]>,
}

/// How many prints there are.
pub(in crate::extract) const PRINTS: usize = 1 << 12;

/// A small number for the first three bytes of `bytes`, to pass over most words without looking them up.
pub(in crate::extract) fn print(bytes: &[u8]) -> usize {
    let [first, second, third] = [0, 1, 2].map(|at| usize::from(bytes.get(at).copied().unwrap_or(0)));
    (first ^ second << 3 ^ third << 6) % PRINTS
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words {
        lines: RapidHashSet::default(),
        openings: RapidHashMap::default(),
        anywhere: RapidHashMap::default(),
        consent: words::CONSENT.iter().flat_map(|(_, phrases)| phrases.iter().map(|phrase| fold(phrase))).collect(),
        begins: Box::new([false; PRINTS]),
    };
    for row in words::FURNITURE {
        words.lines.extend(row.lines.iter().map(|line| fold(line)));
        for opening in row.openings.iter().map(|opening| fold(opening)) {
            words.openings.entry(key(&opening).to_owned()).or_default().push(opening);
        }
        for part in row.anywhere.iter().map(|part| fold(part)) {
            words.begins[print(part.as_bytes())] = true;
            words.anywhere.entry(key(&part).to_owned()).or_default().push(part);
        }
    }
    words
});

/// True for a paragraph that asks its reader for consent to be watched.
///
/// Such notices stand before an article, and are long enough to be taken for its text.
pub fn is_consent_notice(text: &str) -> bool {
    /// So many phrases of such a notice are no coincidence.
    const ENOUGH: usize = 3;
    /// Parts of words of which such a notice has one: it speaks of cookies or of partners. They spare folding
    /// all other texts.
    const STEMS: &[&str] = &["ookie", "artner", "artenaire", "socios", "arceiros", "ortaklar", "erez", "партн"];
    let fits = (LEAST_CONSENT..=LONGEST_CONSENT).contains(&text.len());
    if !fits || !STEMS.iter().any(|stem| text.contains(stem)) {
        return false;
    }
    let folded = fold(text);
    WORDS.consent.iter().filter(|phrase| folded.contains(phrase.as_str())).take(ENOUGH).count() == ENOUGH
}

/// True where a word of the folded line begins what gives notices away.
fn holds_notice(folded: &str) -> bool {
    let words = &*WORDS;
    let begins = |rest: &str| {
        words.begins[print(rest.as_bytes())]
            && words
                .anywhere
                .get(key(rest))
                .is_some_and(|parts| parts.iter().any(|part| rest.starts_with(part.as_str())))
    };
    let mut before = false;
    if folded.is_ascii() {
        return folded.bytes().enumerate().any(|(at, byte)| {
            let is_first = byte.is_ascii_alphanumeric() && !before;
            before = byte.is_ascii_alphanumeric();
            is_first && begins(&folded[at..])
        });
    }
    folded.char_indices().any(|(at, c)| {
        // Where no spaces are written, a notice may begin anywhere.
        let is_letter = Class::of(c).is_alphanumeric();
        let is_first = is_letter && (!before || c >= '\u{0e00}');
        before = is_letter;
        is_first && begins(&folded[at..])
    })
}

/// The first three characters of `text`.
fn key(text: &str) -> &str {
    text.char_indices().nth(3).map_or(text, |(end, _)| &text[..end])
}

/// True for a line that belongs to the page: a button, a menu, a notice, a pointer elsewhere.
///
/// Words decide, of whatever language: pages mix them. Long paragraphs never are furniture.
///
/// ```
/// use newsstand::extract::furniture::is_furniture;
///
/// assert!(is_furniture("Share on Facebook"));
/// assert!(is_furniture("BACA JUGA: Harga Beras Turun"));
/// assert!(!is_furniture("Share prices fall in Tokyo"));
/// ```
pub fn is_furniture(line: &str) -> bool {
    look(line).is_furniture(false)
}

/// What the words of a line say of its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Look {
    /// It is a label, or begins as what leads elsewhere does.
    opens: bool,
    /// It holds what gives notices away.
    notice: bool,
    /// It is nothing but a label that is known.
    label: bool,
    /// How many different words of boxes it holds.
    pub(in crate::extract) boxed: u8,
}

impl Look {
    /// True for a line of the page. Whole sentences begin with the same words as pointers elsewhere and speak of the
    /// same things as notices: of a sentence (`is_prose`) it takes two signs.
    pub(in crate::extract) fn is_furniture(self, is_prose: bool) -> bool {
        if is_prose {
            return self.label || (self.opens && (self.notice || self.boxed >= 1)) || (self.notice && self.boxed >= 2);
        }
        self.label || self.opens || self.notice
    }
}

/// Looks at the words of a line.
pub(in crate::extract) fn look(line: &str) -> Look {
    if line.len() > LONGEST_NOTICE * 4 {
        return Look::default();
    }
    let length = line.chars().count();
    if length > LONGEST_NOTICE || length == 0 {
        return Look::default();
    }
    let folded = fold(line);
    let label = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if label.is_empty() || length <= LONGEST_LABEL && WORDS.lines.contains(label) {
        return Look { label: true, ..Look::default() };
    }
    // A word must end where the opening ends: "share on" does not open "share online".
    let opens = |opening: &String| {
        label.strip_prefix(opening.as_str()).is_some_and(|rest| {
            let last = opening.chars().next_back();
            !rest.starts_with(char::is_alphanumeric) || last.is_some_and(|c| c >= '\u{0e00}' || !c.is_alphanumeric())
        })
    };
    let opens = length <= 2 * LONGEST_LABEL + 40
        && WORDS.openings.get(key(label)).is_some_and(|openings| openings.iter().any(opens));
    let notice = holds_notice(&folded);
    Look { opens, notice, label: false, boxed: boxes::count(&folded) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::LanguageTag;

    #[test]
    fn buttons_menus_and_notices_are_furniture() {
        for line in [
            "Facebook",
            "Lanjutkan Membaca ↓",
            "Lesen Sie auch: Der Hafen bleibt zu",
            "À lire aussi : le port reste fermé",
            "Читайте также: порт закрыт",
            "相关阅读：港口关闭",
            "This site uses cookies to make your visit better.",
            "•",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn notices_ask_for_consent() {
        for notice in [
            "With your permission we and our partners keep things on your device, such as cookies. You may change your choices later.",
            "Wir und unsere Partner legen mit Ihrer Einwilligung Dinge auf Ihrem Gerät ab. Mehr steht in der Datenschutzerklärung.",
            "Avec votre accord, nos partenaires lisent des cookies sur votre appareil ; vous pouvez changer vos choix à tout moment.",
        ] {
            assert!(is_consent_notice(notice), "{notice}");
        }
        for text in [
            "The browser will no longer keep such cookies of other sites, and the parliament speaks of a victory for your privacy.",
            "Die Bäcker der Stadt fahren gemeinsam in den Urlaub, und ihre Daten hat der Bürgermeister auf einem Zettel notiert.",
        ] {
            assert!(!is_consent_notice(text), "{text}");
        }
    }

    #[test]
    fn every_language_has_one_row() {
        let mut codes: Vec<&str> = words::FURNITURE.iter().map(|row| row.code).collect();
        assert!(codes.iter().all(|code| LanguageTag::find(code).is_some_and(|tag| tag.code() == *code)));
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn what_articles_say_is_not() {
        for line in [
            "Facebook buys a bakery",
            "Share prices fall in Tokyo",
            "Der Hafen bleibt zu",
            "Loading cranes stand still in Rotterdam",
            "新闻自由受到威胁",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
