//! Whether a few words are the name of a person.

use std::sync::LazyLock;

use rapidhash::RapidHashSet;

use super::{given, posts};
use crate::text::fold::fold;

/// How much a run of words is like the name of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// It is none.
    No,
    /// It looks like one; a section, a place or a paper may look the same.
    Shape,
    /// It begins with a name that many people bear.
    Known,
}

/// The words of all tables, folded.
struct Words {
    given: RapidHashSet<String>,
    posts: RapidHashSet<String>,
    ranks: RapidHashSet<String>,
    not_people: RapidHashSet<String>,
    after: RapidHashSet<String>,
    japanese: RapidHashSet<&'static str>,
    han: RapidHashSet<char>,
    particles: RapidHashSet<&'static str>,
    and: RapidHashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let set = |text: &'static str| text.split_whitespace().map(fold).collect::<RapidHashSet<String>>();
    let scripts = [
        given::LATIN,
        given::CYRILLIC,
        given::GREEK,
        given::ARABIC,
        given::HEBREW,
        given::DEVANAGARI,
        given::INDIC,
        given::CAUCASIAN,
    ];
    Words {
        given: scripts.iter().flat_map(|names| names.split_whitespace()).map(fold).collect(),
        posts: posts::POSTS.iter().flat_map(|(_, words)| words.split_whitespace()).map(fold).collect(),
        ranks: set(posts::RANKS),
        not_people: set(posts::NOT_PEOPLE),
        after: set(posts::AFTER_NAMES),
        japanese: given::JAPANESE_FAMILIES.split_whitespace().collect(),
        han: given::HAN_FAMILIES.chars().collect(),
        particles: posts::PARTICLES.iter().copied().collect(),
        and: posts::AND.iter().copied().collect(),
    }
});

/// A name has no more characters.
const LONGEST: usize = 48;
/// A name has no more words, small ones aside.
const MOST_WORDS: usize = 5;
/// The families of Korea that most people belong to.
const KOREAN_FAMILIES: &str = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국";
/// The families of China that are written with two characters.
const DOUBLE_FAMILIES: &[&str] = &["欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "慕容"];

/// How much `text` is like the name of one person.
pub fn likeness(text: &str) -> Likeness {
    let text = text.trim();
    if text.is_empty() || text.len() > 4 * LONGEST || text.chars().count() > LONGEST {
        return Likeness::No;
    }
    match text.chars().find(|c| c.is_alphabetic()) {
        None => Likeness::No,
        Some(c) if is_east_asian(c) => east_asian(text),
        Some(c) if has_case(c) => cased(text),
        Some(_) => uncased(text),
    }
}

/// True for a word that says what an author does.
pub fn is_post(word: &str) -> bool {
    is_folded_post(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn is_folded_post(folded: &str) -> bool {
    !folded.is_empty() && (WORDS.posts.contains(folded) || is_compound_post(folded))
}

/// True for a small word within a name: `de`, `van`.
pub fn is_particle(word: &str) -> bool {
    WORDS.particles.contains(word)
}

/// True for a word that stands between two names: `and`, `und`.
pub fn is_and(word: &str) -> bool {
    WORDS.and.contains(word)
}

/// True for a word that tells what somebody does, or that names a paper, an office, a section or a place.
fn is_no_part_of_a_name(word: &str) -> bool {
    let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    WORDS.not_people.contains(&folded) || is_folded_post(&folded)
}

/// German, Dutch and the languages of the north write a post and its field as one word: `Wirtschaftsredakteurin`.
fn is_compound_post(folded: &str) -> bool {
    const ENDS: &[&str] = &[
        "redakteur",
        "redakteurin",
        "redaktor",
        "korrespondent",
        "korrespondentin",
        "reporter",
        "reporterin",
        "journalist",
        "journalisten",
        "korrespondenten",
        "verslaggever",
        "redacteur",
        "medarbeider",
        "medarbetare",
        "toimittaja",
        "kirjeenvaihtaja",
    ];
    folded.len() > 12 && ENDS.iter().any(|end| folded.ends_with(end))
}

/// True for a word that may stand before a post: `Senior`, `politische`.
pub fn is_rank(word: &str) -> bool {
    WORDS.ranks.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// True for a word that names a paper, an office, a section or a place.
pub fn is_not_a_name(word: &str) -> bool {
    WORDS.not_people.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// True for a small word that goes on after a name: `in`, `für`.
pub fn goes_on(word: &str) -> bool {
    WORDS.after.contains(&fold(word))
}

/// True for a given name that many people bear.
pub fn is_given(word: &str) -> bool {
    let folded = fold(word.trim_matches(|c: char| !c.is_alphabetic()));
    WORDS.given.contains(&folded) || folded.split_once('-').is_some_and(|(first, _)| WORDS.given.contains(first))
}

/// True for characters of scripts that write names without spaces.
pub fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

/// True for letters of scripts that know capitals.
pub fn has_case(c: char) -> bool {
    c.is_uppercase() || is_small(c)
}

/// True for small letters. Georgian has capitals, but writes no names with them.
pub fn is_small(c: char) -> bool {
    c.is_lowercase() && !('\u{10d0}'..='\u{10ff}').contains(&c)
}

/// Marks within names, accents of their own included.
pub fn is_name_mark(c: char) -> bool {
    matches!(c, '.' | '-' | '\'' | '’' | '‘' | '`' | '·' | '・' | '‐' | '\u{200c}' | '\u{200d}' | 'ʼ' | 'ʻ')
        || ('\u{300}'..='\u{36f}').contains(&c)
        || ('\u{5b0}'..='\u{5c7}').contains(&c)
        || ('\u{64b}'..='\u{65f}').contains(&c)
        || ('\u{900}'..='\u{dff}').contains(&c)
}

/// Latin, Cyrillic, Greek, Armenian: two to five words with capitals, small ones between them.
fn cased(text: &str) -> Likeness {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (mut capitals, mut loud, mut known, mut full) = (0, 0, false, 0);
    for (at, word) in words.iter().enumerate() {
        if at + 1 < words.len() && is_particle(word) {
            continue;
        }
        let fits = word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || is_name_mark(c))
            && word.chars().count() <= 22
            && !word.contains("..");
        if !fits || is_no_part_of_a_name(word) {
            return Likeness::No;
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        capitals += 1;
        full += usize::from(letters >= 2);
        loud += usize::from(letters >= 3 && !word.chars().any(char::is_lowercase));
        known |= at == 0 && is_given(word) || at == 1 && letters >= 3 && is_given(word);
        // The dot of an abbreviation ends no name, but that of an initial may.
        if word.ends_with('.') && letters > 3 {
            return Likeness::No;
        }
    }
    let fits = (2..=MOST_WORDS).contains(&capitals) && full >= 1;
    match (fits, known) {
        (false, _) => Likeness::No,
        (true, true) => Likeness::Known,
        // A line in capitals is a heading, unless somebody is called so.
        (true, false) if loud == capitals => Likeness::No,
        (true, false) => Likeness::Shape,
    }
}

/// Scripts that know neither capitals nor names without spaces.
fn uncased(text: &str) -> Likeness {
    let words: Vec<&str> = text.split_whitespace().collect();
    let script = |c: char| u32::from(c) >> 8;
    let first = text.chars().find(|c| c.is_alphabetic()).map_or(0, script);
    let near = |c: char| script(c).abs_diff(first) <= 1 || is_name_mark(c);
    let fits = (2..=4).contains(&words.len())
        && text.chars().count() <= 30
        && text
            .chars()
            .all(|c| c == ' ' || c == '.' || (c.is_alphabetic() && near(c)) || is_name_mark(c) || near_mark(c))
        && !words.iter().any(|word| is_no_part_of_a_name(word));
    match fits {
        false => Likeness::No,
        true if words.iter().take(2).any(|word| is_given(word)) => Likeness::Known,
        true => Likeness::Shape,
    }
}

/// Vowels that scripts of the south write as marks.
fn near_mark(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}')
}

/// Chinese, Japanese and Korean.
fn east_asian(text: &str) -> Likeness {
    let count = text.chars().count();
    let all = |fits: fn(char) -> bool| text.chars().all(fits);
    let is_han = |c: char| matches!(c, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    let is_katakana = |c: char| ('\u{30a1}'..='\u{30ff}').contains(&c);
    if all(is_hangul) {
        let known = text.chars().next().is_some_and(|c| KOREAN_FAMILIES.contains(c));
        return match (known, count) {
            (true, 3) => Likeness::Known,
            (true, 2 | 4) => Likeness::Shape,
            _ => Likeness::No,
        };
    }
    if text.contains(['・', '·']) && text.chars().all(|c| is_katakana(c) || is_han(c) || c == '·') && count >= 5 {
        return Likeness::Known;
    }
    if let Some((family, name)) = text.split_once([' ', '\u{3000}']) {
        let name = name.trim();
        let fits = (1..=3).contains(&family.chars().count())
            && (1..=4).contains(&name.chars().count())
            && family.chars().all(is_han)
            && name.chars().all(|c| is_han(c) || ('\u{3041}'..='\u{30ff}').contains(&c));
        return match fits {
            true if WORDS.japanese.contains(family) => Likeness::Known,
            true => Likeness::Shape,
            false => Likeness::No,
        };
    }
    if WORDS.not_people.contains(text) {
        return Likeness::No;
    }
    // The name of a family, and one to three characters more, of which the last may be kana.
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let japanese = [2, 3, 1].iter().any(|length| {
        starts.get(*length).is_some_and(|end| WORDS.japanese.contains(&text[..*end]))
            && (1..=3).contains(&(count - length))
    });
    let native = text.chars().all(|c| is_han(c) || ('\u{3041}'..='\u{30ff}').contains(&c));
    if japanese && native && count >= 3 {
        return Likeness::Known;
    }
    if !all(is_han) {
        return Likeness::No;
    }
    let single = text.chars().next().is_some_and(|c| WORDS.han.contains(&c));
    let double = DOUBLE_FAMILIES.iter().any(|family| text.starts_with(family));
    match count {
        2 | 3 if single => Likeness::Known,
        3 | 4 if double => Likeness::Known,
        3..=5 => Likeness::Shape,
        _ => Likeness::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Likeness) {
        assert_eq!(likeness(text), expected, "{text}");
    }

    #[test]
    fn people_are_known_in_many_languages() {
        for name in [
            "Nora Webb",
            "Jens van der Holm",
            "María José Duarte",
            "Olena Kravets",
            "Андрій Шевчук",
            "Мария Иванова",
            "Γιώργος Παππάς",
            "أحمد منصور",
            "سارا کریمی",
            "יעל לוי",
            "राहुल वर्मा",
            "佐藤太郎",
            "王小明",
            "김하늘",
            "ジョン・スミス",
            "Nguyễn Văn An",
            "Siti Rahma",
            "Zanele Mokoena",
            "CHIARA ROSSI",
            "Łukasz Zając",
            "Żaneta Nowak-Zając",
            "Արամ Հակոբյան",
            "გიორგი ბერიძე",
            "J. P. Muller",
        ] {
            assert!(likeness(name) >= Likeness::Shape, "{name}");
        }
        check("Tamsin Okoro", Likeness::Shape);
        check("Nora Webb", Likeness::Known);
    }

    #[test]
    fn sections_papers_and_posts_are_none() {
        for text in [
            "Top Stories",
            "World News",
            "Real Estate",
            "New York",
            "Harbour Post Staff",
            "Political Correspondent",
            "Breaking News",
            "nora webb",
            "HARBOUR CLOSED",
            "Nora",
            "",
            "12 May",
            "Redaktion Politik",
            "Последние Новости",
            "أخبار العالم",
            "政治",
            "사회",
            "Noticias Locales",
            "Actualité Politique",
        ] {
            check(text, Likeness::No);
        }
    }

    #[test]
    fn posts_are_words_of_many_languages() {
        for word in [
            "Korrespondentin",
            "Wirtschaftsredakteurin",
            "journaliste",
            "Periodista",
            "muhabir",
            "корреспондент",
            "toimittaja",
            "Reporter,",
        ] {
            assert!(is_post(word), "{word}");
        }
        assert!(!is_post("Webb"));
    }
}
