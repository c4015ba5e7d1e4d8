//! Lines of facts: who wrote an article, who published it, who took its pictures.

mod words;

use std::sync::LazyLock;

use rapidhash::{RapidHashMap, RapidHashSet};

use crate::text::fold::fold;

/// What a line of facts states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The authors.
    Author(String),
    /// The paper, agency or site.
    Publisher(String),
    /// Who took a picture, or what it shows: a caption.
    Credit,
}

/// The words of all languages, folded.
struct Words {
    author: RapidHashSet<String>,
    /// By their first characters, the longest first.
    by: RapidHashMap<char, Vec<String>>,
    source: RapidHashSet<String>,
    credit: RapidHashSet<String>,
    published: RapidHashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let all = |column: fn(&words::Row) -> &'static [&'static str]| {
        words::BYLINES.iter().flat_map(move |row| column(row).iter().map(|word| fold(word)))
    };
    let mut by: RapidHashMap<char, Vec<String>> = RapidHashMap::default();
    for words in all(|row| row.by) {
        let Some(first) = words.chars().next() else { continue };
        by.entry(first).or_default().push(words);
    }
    by.values_mut().for_each(|words| words.sort_by_key(|words| std::cmp::Reverse(words.len())));
    Words {
        author: all(|row| row.author).collect(),
        by,
        source: all(|row| row.source).collect(),
        credit: all(|row| row.credit).collect(),
        published: all(|row| row.published).collect(),
    }
});

/// Agencies and stock libraries that stand in brackets after captions.
const AGENCIES: &[&str] = &[
    "afp",
    "ap",
    "ap photo",
    "reuters",
    "getty",
    "getty images",
    "dpa",
    "epa",
    "efe",
    "ansa",
    "tass",
    "tns",
    "pti",
    "ani",
    "upi",
    "xinhua",
    "anadolu",
    "imago",
    "apa",
    "keystone",
    "belga",
    "anp",
    "lusa",
    "ntb",
    "tt",
    "ritzau",
    "ctk",
    "čtk",
    "pap",
    "mti",
    "shutterstock",
    "unsplash",
    "pixabay",
    "istock",
    "flickr",
    "wikimedia",
    "nasa",
    "antara",
    "bloomberg",
    "europa press",
    "picture alliance",
    "zuma",
    "sipa",
];

/// What only captions hold within, and the byte of it by which it is looked for: a rare one.
const INNER_CREDITS: &[(&str, u8)] = &[
    (" © ", b'\xc2'),
    ("Photo by ", b'P'),
    ("/Getty", b'/'),
    ("Getty Images", b'G'),
    ("Quelle: ", b':'),
    ("Foto: ", b':'),
    ("Photo: ", b':'),
    ("Fotó: ", b':'),
    ("Фото: ", b':'),
    ("Kuva: ", b':'),
    ("Image: ", b':'),
    ("Bild: ", b':'),
    ("Bilde: ", b':'),
    ("/AP ", b'/'),
    ("/AFP ", b'/'),
    ("AP Photo", b'A'),
    ("AFP pic", b'A'),
    ("afp.com/", b'/'),
    ("写真：", b'\xef'),
    ("(c) ", b'('),
];

/// Small words that stand within names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "di", "del", "della", "la", "le", "van", "von", "der", "den", "ten", "ter", "zu",
    "bin", "binti", "ibn", "al", "el", "af", "av", "y", "e",
];

/// Words that join the names of several authors.
const AND: &[&str] = &["and", "und", "et", "y", "e", "en", "og", "och", "dan", "và", "ve", "i", "a", "и", "та", "&"];

/// The longest line, in characters, that is read as a line of facts.
const LONGEST: usize = 160;

/// Reads the line as one of facts, or `None` if it is another.
///
/// ```
/// use newsstand::extract::byline::{Fact, read};
///
/// assert_eq!(read("Reporter: Dewi Anggraini"), Some(Fact::Author("Dewi Anggraini".into())));
/// assert_eq!(read("(c) 2021 the Harbour Post"), Some(Fact::Publisher("Harbour Post".into())));
/// assert_eq!(read("By the harbour stands a crane"), None);
/// ```
pub fn read(line: &str) -> Option<Fact> {
    if line.len() > 4 * LONGEST || line.chars().count() > LONGEST {
        return None;
    }
    let whole = |line| copyright(line).or_else(|| announced(line)).or_else(|| by(line)).or_else(|| signed(line));
    whole(line)
        .or_else(|| {
            // Several facts share a line: `3 May | Source: …`.
            let mut parts = line.split(['|', '•', '｜']).map(str::trim).skip(1);
            parts.find_map(|part| whole(part).filter(|fact| *fact != Fact::Credit))
        })
        .or_else(|| within(line))
}

/// True for what is written under a picture: it begins or ends with a credit.
pub fn is_caption(text: &str) -> bool {
    if matches!(announced(text), Some(Fact::Credit)) {
        return true;
    }
    if holds_credit(text) {
        return true;
    }
    let text = text.trim_end_matches(['.', ' ']);
    let Some((_, credit)) = text.strip_suffix([')', ']']).and_then(|text| text.rsplit_once(['(', '['])) else {
        return ends_in_credit(text);
    };
    credit.chars().count() <= 80 && is_credit(credit)
}

/// True where one of [`INNER_CREDITS`] stands in `text`.
fn holds_credit(text: &str) -> bool {
    static RARE: LazyLock<[bool; 256]> = LazyLock::new(|| {
        let mut rare = [false; 256];
        INNER_CREDITS.iter().for_each(|(_, byte)| rare[usize::from(*byte)] = true);
        rare
    });
    let (rare, bytes) = (&*RARE, text.as_bytes());
    bytes.iter().enumerate().filter(|(_, byte)| rare[usize::from(**byte)]).any(|(at, byte)| {
        INNER_CREDITS.iter().filter(|(_, known)| known == byte).any(|(mark, _)| {
            let before = mark.bytes().position(|other| other == *byte).unwrap_or(0);
            at.checked_sub(before).is_some_and(|start| bytes[start..].starts_with(mark.as_bytes()))
        })
    })
}

/// True where the last words, outside brackets, say whose the picture is.
fn ends_in_credit(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The second byte of `©` ends other letters as well.
    let is_mark = |at: &usize| match bytes[*at] {
        b'|' | b'/' => true,
        0xa9 => *at > 0 && bytes[at - 1] == 0xc2,
        _ => false,
    };
    let Some(mark) = (0..bytes.len()).rev().find(is_mark) else {
        return false;
    };
    let is_first = mark == 0 || mark == 1 && text.starts_with('©');
    text.chars().count() <= 400 && !is_first && AGENCIES.contains(&fold(text[mark + 1..].trim()).as_str())
}

/// True for the contents of brackets that name a photographer, an agency or a file.
fn is_credit(credit: &str) -> bool {
    let folded = fold(credit);
    let head = folded.split([':', '：']).next().unwrap_or_default().trim();
    let announced = credit.contains([':', '：']) && WORDS.credit.contains(head);
    let first = folded.split_whitespace().next().unwrap_or_default();
    announced
        || AGENCIES.contains(&folded.trim())
        || (WORDS.credit.contains(first) && folded.split_whitespace().count() > 1)
        || folded.split(['/', ',', ';', '-', '|']).any(|part| AGENCIES.contains(&part.trim()))
}

/// `(c) 2021 the Hindustan Times`.
fn copyright(line: &str) -> Option<Fact> {
    let rest =
        ["(c)", "(C)", "©", "Copyright", "copyright", "COPYRIGHT"].iter().find_map(|mark| line.strip_prefix(mark))?;
    let joined = rest.trim_start();
    // `Copyright & Licensing` leads to a page about it.
    if joined.starts_with('&') || joined.starts_with("and ") {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = ["by ", "the ", "The "].iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let name = rest.split(['.', ',', ';', '|', '(', '–', '—']).next().unwrap_or_default();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '-');
    let is_name = name.starts_with(|c: char| !c.is_lowercase()) && (2..=60).contains(&name.chars().count());
    // `example.com` keeps its dot.
    domain(rest).or(is_name.then_some(name)).map(|name| Fact::Publisher(name.to_owned()))
}

/// What stands after a word and a colon: `Reporter: …`, `Source: …`, `Photo: …`.
fn announced(line: &str) -> Option<Fact> {
    // The marks of East Asia begin with the same byte.
    let near = line.bytes().take(84).position(|byte| matches!(byte, b':' | b'/' | b'\xef'))?;
    let colon = near + line[near..].find([':', '：', '/', '／'])?;
    if colon > 80 {
        return None;
    }
    let head = fold(line[..colon].trim().trim_start_matches(['(', '[', '【']));
    let rest = line[colon..].trim_start_matches([':', '：', '/', '／']).trim();
    let first = head.split_whitespace().next().unwrap_or_default();
    if WORDS.credit.contains(&head) || (WORDS.credit.contains(first) && head.split_whitespace().count() <= 2) {
        return Some(Fact::Credit);
    }
    if rest.is_empty() || line[colon..].starts_with(['/', '／']) {
        return None;
    }
    if WORDS.source.contains(&head) {
        let name = rest.split([',', '，', '|', ';', '(', '（']).next().unwrap_or_default();
        let name = name.split(" - ").next().unwrap_or_default().trim().trim_end_matches('.');
        if name.contains('/') || is_credit(rest) {
            return Some(Fact::Credit);
        }
        let is_name = (2..=60).contains(&name.chars().count()) && name.split_whitespace().count() <= 7;
        return is_name.then(|| Fact::Publisher(name.to_owned()));
    }
    if WORDS.author.contains(&head) {
        return names(rest, 1).map(sorted_out);
    }
    None
}

/// A name with what its owner does behind it, as Korea signs articles (`김하늘 기자`); and the source of a press
/// release (`SOURCE Harbour Instruments`).
fn signed(line: &str) -> Option<Fact> {
    const POSTS: &[&str] = &["기자", "특파원", "논설위원", "선임기자"];
    if let Some(name) = line.strip_prefix("SOURCE ") {
        let fits = (2..=80).contains(&name.len()) && name.starts_with(char::is_uppercase);
        return fits.then(|| Fact::Publisher(name.trim_end_matches(' ').to_owned()));
    }
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    if !line.starts_with(is_hangul) {
        return None;
    }
    let (name, post) = line.split_once(' ')?;
    let post = post.split([' ', '(']).next().unwrap_or_default();
    // `=` and an address or place may follow, but no sentence.
    let rest = line[name.len() + 1 + post.len()..].trim();
    let fits = (2..=4).contains(&name.chars().count()) && name.chars().all(is_hangul) && POSTS.contains(&post);
    let ends = rest.is_empty() || rest.contains('@') && !rest.contains(' ');
    (fits && ends).then(|| Fact::Author(name.to_owned()))
}

/// What follows a word like `by` at the beginning of the line.
fn by(line: &str) -> Option<Fact> {
    let first = line.chars().next()?;
    if first.is_ascii() && !WORDS.by.contains_key(&first.to_ascii_lowercase()) {
        return None;
    }
    let end = line.char_indices().nth(28).map_or(line.len(), |(end, _)| end);
    let folded = fold(&line[..end]);
    let words = WORDS.by.get(&folded.chars().next()?)?.iter().find(|words| {
        folded.strip_prefix(words.as_str()).is_some_and(|rest| rest.starts_with(' ') || !rest.is_ascii())
    })?;
    let count = words.split(' ').count();
    let rest = line.splitn(count + 1, ' ').nth(count).unwrap_or_default();
    let name = names(rest, 1)?;
    // Prose begins with these words as well; a name fills the line, or a separator follows.
    let follows = rest.strip_prefix(name.as_str()).unwrap_or_default();
    let ends = follows.is_empty()
        || follows.starts_with(char::is_uppercase)
        || follows.starts_with([',', '|', '•', '·', '(', '–', '-', ';', '@', '/'])
        || follows.trim_start().starts_with(['|', '•', '·', '(', '–', '-', '@'])
        || follows.trim_start().starts_with(|c: char| c.is_ascii_digit())
        || is_announcement(follows);
    let short = follows.split_whitespace().count() <= 14 && !line.ends_with('.');
    (ends && short).then(|| sorted_out(name))
}

/// What follows `by` after a date: `December 10, 2021 by Luke`.
fn within(line: &str) -> Option<Fact> {
    // A year at least stands before the name.
    if line.bytes().filter(u8::is_ascii_digit).count() < 4 || line.chars().count() > 120 {
        return None;
    }
    [" by ", " By ", " par ", " por ", " von ", ", par ", " oleh "].iter().find_map(|words| {
        let (front, rest) = line.split_once(words)?;
        let dated = front.bytes().filter(u8::is_ascii_digit).count() >= 4 && front.split_whitespace().count() <= 8;
        let name = names(rest, 1)?;
        let follows = rest.strip_prefix(name.as_str()).unwrap_or_default().trim_start();
        let ends = follows.is_empty() || follows.starts_with(|c: char| !c.is_alphanumeric());
        (dated && ends).then(|| sorted_out(name))
    })
}

/// True where `rest` begins with a word that says when something was published.
fn is_announcement(rest: &str) -> bool {
    let rest = fold(rest.trim_start());
    WORDS
        .published
        .iter()
        .any(|word| rest.strip_prefix(word.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric)))
}

/// The names at the beginning of `text`, with the commas and words between them.
fn names(text: &str, least: usize) -> Option<String> {
    if let Some(domain) = domain(text) {
        return Some(domain.to_owned());
    }
    let mut end = 0;
    let mut words = 0;
    let mut at = 0;
    let mut comma = false;
    for token in text.split_inclusive(' ') {
        let start = at;
        at += token.len();
        let word = token.trim_end_matches([' ', ',']);
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(bare);
        let joins = AND.contains(&word) && words > 0;
        let particle = PARTICLES.contains(&word) && !comma;
        if joins || particle {
            continue;
        }
        let initial = bare.chars().next();
        let is_name = initial.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            && word.chars().all(|c| c.is_alphabetic() || is_name_mark(c))
            && !WORDS.published.contains(&folded);
        if !is_name || words >= 16 {
            break;
        }
        words += 1;
        comma = token.trim_end().ends_with(',');
        // Names run together with what follows them: `ItalieThe`.
        if let Some(cut) = joint(word) {
            end = start + cut;
            break;
        }
        end = start + word.len();
    }
    let name = without_post(text[..end].trim_end_matches([',', ' ', '.']));
    // Without capitals a name is told by its shortness alone.
    let uncased = name.chars().next().is_some_and(|c| !c.is_uppercase());
    let fits = words >= least && (!uncased || name.chars().count() <= 24);
    (fits && !name.is_empty()).then(|| name.to_owned())
}

/// Names without what stands after a comma and is no further name: a post, a place, an agency.
fn without_post(names: &str) -> &str {
    let is_loud = |text: &str| !text.chars().any(char::is_lowercase);
    let mut end = names.len();
    let mut start = 0;
    for (at, piece) in names.split(',').enumerate() {
        let is_person = piece.split_whitespace().count() >= 2 && (!is_loud(piece) || is_loud(names));
        if at > 0 && !is_person {
            end = start - 1;
            break;
        }
        start += piece.len() + 1;
    }
    names[..end].trim_end()
}

/// The name in a line that holds nothing else, or nothing but when it was published: two to four
/// words with capitals. Only its place can tell whether it is the author's.
pub fn bare_name(line: &str) -> Option<String> {
    let (name, rest) = line.split_once(['|', '•']).unwrap_or((line, ""));
    let name = name.trim();
    let words = name.split(' ').count();
    let is_name = |word: &str| {
        let initial = word.chars().next().is_some_and(char::is_uppercase);
        (initial || PARTICLES.contains(&word)) && word.chars().all(|c| c.is_alphabetic() || is_name_mark(c))
    };
    let fits = (2..=4).contains(&words) && name.split(' ').all(is_name) && name.chars().any(char::is_lowercase);
    (fits && (rest.is_empty() || is_announcement(rest))).then(|| name.to_owned())
}

/// Marks within names, accents of their own included.
fn is_name_mark(c: char) -> bool {
    matches!(c, '.' | '-' | '\'' | '’' | '·' | '・')
        || ('\u{300}'..='\u{36f}').contains(&c)
        || ('\u{900}'..='\u{dff}').contains(&c)
}

/// Where a small letter meets the capital of the next word; not in `McDonald` or `O'Neill`.
fn joint(word: &str) -> Option<usize> {
    let mut before: (char, usize) = (' ', 0);
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && before.0.is_lowercase() && before.1 >= 3 {
            return Some(at);
        }
        before = (c, before.1 + 1);
    }
    None
}

/// The name of a site at the beginning of `text`: `Liputan6.com`.
fn domain(text: &str) -> Option<&str> {
    let word = text.split([' ', ',', '|', '(']).next()?.trim_end_matches('.');
    let (name, end) = word.rsplit_once('.')?;
    let is_domain = name.len() >= 2
        && (2..=6).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_lowercase())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    is_domain.then_some(word)
}

/// An author, or a publisher where the name is that of a site.
fn sorted_out(name: String) -> Fact {
    if domain(&name).is_some() { Fact::Publisher(name) } else { Fact::Author(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::LanguageTag;
    use proptest::prelude::*;

    fn check(line: &str, expected: &str) {
        let got = match read(line) {
            None => "-".to_owned(),
            Some(Fact::Author(name)) => format!("by {name}"),
            Some(Fact::Publisher(name)) => format!("from {name}"),
            Some(Fact::Credit) => "credit".to_owned(),
        };
        assert_eq!(got, expected, "{line}");
    }

    #[test]
    fn authors_are_read_in_many_languages() {
        check("Reporter: Dewi Anggraini", "by Dewi Anggraini");
        check("By Nora Webb", "by Nora Webb");
        check("김하늘 기자", "by 김하늘");
        check("김하늘 특파원 sky@harbour.example", "by 김하늘");
        check("김하늘 기자는 항구에 갔다", "-");
        check("SOURCE Harbour Instruments, Inc.", "from Harbour Instruments, Inc.");
        check("By NORA WEBB | Harbour Post", "by NORA WEBB");
        check("By Nora WebbThe Harbour Press", "by Nora Webb");
        check("Von Jens Holm und Ute Brandt, dpa", "by Jens Holm und Ute Brandt");
        check("Par Claire Dubois", "by Claire Dubois");
        check("Von Jens Holm, Redakteur", "by Jens Holm");
        check("Von Jens Holm, Ute Brandt, Lille", "by Jens Holm, Ute Brandt");
        check("por Inés Duarte 4 mayo, 2022", "by Inés Duarte");
        check("Автор: Иван Петров", "by Иван Петров");
        check("作者：李明", "by 李明");
        check("May 4, 2022 by Nora Webb", "by Nora Webb");
    }

    #[test]
    fn publishers_are_read() {
        check("(c) 2021 the Harbour Post", "from Harbour Post");
        check("Copyright & Licensing", "-");
        check("Copyright and Terms", "-");
        check("© 2020 example.com. All rights reserved.", "from example.com");
        check("Source: Harbour Report, translated by a machine", "from Harbour Report");
        check("oleh Pelabuhan7.com diperbarui 15 Feb 2021, 18:00 WIB", "from Pelabuhan7.com");
        check("来源：港口日报", "from 港口日报");
        check("2021年06月14日10:15 | 来源：港口日报", "from 港口日报");
    }

    #[test]
    fn credits_are_told_from_authors() {
        check("Foto: Jens Holm/dpa", "credit");
        assert!(is_caption("The harbour at dawn (Nora Webb / AFP)"));
        assert!(is_caption("Kapal di pelabuhan. (Doc: Pelabuhan7.com)"));
        assert!(!is_caption("Dmitry (Dmitry) came to the harbour"));
        assert!(!is_caption("Harbour concert tonight [LIVE]"));
    }

    #[test]
    fn every_language_has_one_row() {
        let mut codes: Vec<&str> = words::BYLINES.iter().map(|row| row.code).collect();
        assert!(codes.iter().all(|code| LanguageTag::find(code).is_some_and(|tag| tag.code() == *code)));
        codes.sort_unstable();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn prose_states_no_facts() {
        check("By the harbour stands a crane.", "-");
        check("Von der Brücke sieht man das Meer", "-");
        check("Por la mañana llegaron tres barcos", "-");
        check("(Little)", "-");
        check("Source:", "-");
        check("Copyright dispute over an old song ends", "-");
        check("Quelle: xyz/Getty Images; Montage: Grafik", "credit");
    }

    proptest! {
        #[test]
        fn never_panics(line in "\\PC*|(By|von|©|Source:|作者：) [ A-Za-z.,é李|@]*") {
            let _ = read(&line);
            let _ = is_caption(&line);
        }
    }
}
