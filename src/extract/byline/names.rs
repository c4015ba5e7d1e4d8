//! The names at the beginning of a text: people, and the agencies and papers beside them.

use std::sync::LazyLock;

use rapidhash::RapidHashMap;

use super::agencies::AGENCIES;
use super::person::{self, Likeness, likeness};
use super::posts;
use crate::text::fold::fold;
use crate::text::lower::lower;

/// Who is named, and what follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// People, in their order, without titles, posts and places.
    pub people: Vec<String>,
    /// Agencies, papers and sites.
    pub houses: Vec<String>,
    /// Whether the first of the people bears a name that many do.
    pub known: bool,
    /// Whether somebody's post stands there.
    pub post: bool,
    /// Where in the text the names end, in bytes.
    pub end: usize,
}

impl Named {
    /// The people as one text.
    pub fn people(&self) -> String {
        self.people.join(", ")
    }

    /// True where nobody and nothing is named.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.houses.is_empty()
    }
}

/// More names than these are a list of something else.
const MOST_NAMES: usize = 12;
/// What is longer, in characters, is no part of a byline.
const LONGEST_PIECE: usize = 90;

/// Reads the names at the beginning of `text`. Where a word announces them (`announced`), one word is a name, too.
pub fn names(text: &str, announced: bool) -> Named {
    let mut named = Named::default();
    for piece in (Pieces { text, at: 0 }) {
        if named.people.len() + named.houses.len() >= MOST_NAMES || piece.text.chars().count() > LONGEST_PIECE {
            break;
        }
        let before = (named.people.len(), named.houses.len());
        let (read, whole) = take(piece.text, &mut named, announced);
        if read > 0 {
            named.end = piece.start + read;
        }
        let added = (named.people.len(), named.houses.len()) != before;
        if !whole || (!added && named.is_empty()) {
            break;
        }
    }
    named
}

/// A part of a line between commas, bars and dashes.
struct Piece<'a> {
    text: &'a str,
    start: usize,
}

/// The parts of a line.
struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let mut end = rest.len();
        let mut next = rest.len();
        let mut before = ' ';
        for (at, c) in rest.char_indices() {
            let after = rest[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let parts = match c {
                ',' | ';' | '/' | '|' | '•' | '｜' | '、' | '，' | '；' | '／' | '(' | '（' | ')' | '）' | '['
                | ']' | '،' | '؛' | '»' | '►' | '●' | '▪' => true,
                '–' | '—' | '-' | '―' | '·' | '=' | ':' => {
                    before == ' ' || after == ' ' || (c == '·' && person::is_east_asian(before) && is_hangul(after))
                }
                '&' => false,
                _ => false,
            };
            if parts {
                end = at;
                next = at + c.len_utf8();
                break;
            }
            before = c;
        }
        let piece = &rest[..end];
        let lead = piece.len() - piece.trim_start().len();
        let start = self.at + lead;
        self.at += next;
        Some(Piece { text: piece.trim(), start })
    }
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Takes the names of one part; how many bytes of it were read, and whether that is all of it.
fn take(piece: &str, named: &mut Named, announced: bool) -> (usize, bool) {
    if piece.is_empty() {
        return (0, true);
    }
    if let Some(agency) = agency(piece) {
        named.houses.push(agency.to_owned());
        return (piece.len(), true);
    }
    // `A and B`, each of them whole.
    let mut start = 0;
    let mut at = 0;
    for token in piece.split_inclusive(char::is_whitespace) {
        let word = token.trim();
        let from = at;
        at += token.len();
        if from > start && person::is_and(word) && parts_names(&piece[start..from], &piece[at..], word) {
            let part = piece[start..from].trim();
            if let Some(agency) = agency(part) {
                named.houses.push(agency.to_owned());
                start = at;
                continue;
            }
            let (read, whole) = single(part, named, announced);
            if !whole {
                return (start + read, false);
            }
            start = at;
        }
    }
    let rest = piece[start..].trim_start();
    let skipped = piece.len() - start - rest.len();
    if start > 0
        && let Some(agency) = agency(rest)
    {
        named.houses.push(agency.to_owned());
        return (piece.len(), true);
    }
    let (read, whole) = single(rest, named, announced);
    (start + skipped + read, whole)
}

/// True where the word between parts two names, and is not part of one as in `Ortega y Gasset`.
fn parts_names(front: &str, back: &str, word: &str) -> bool {
    let capitals =
        |text: &str| text.split_whitespace().take(3).filter(|word| !word.starts_with(char::is_lowercase)).count();
    !person::is_particle(word) || (capitals(front) >= 2 && capitals(back) >= 2)
}

/// Takes one name, with what is glued to it, of a text that is no agency.
fn single(text: &str, named: &mut Named, announced: bool) -> (usize, bool) {
    if text.is_empty() {
        return (0, true);
    }
    if let Some(domain) = super::domain(text).filter(|domain| text.starts_with(domain)) {
        named.houses.push(domain.to_owned());
        return (domain.len(), domain.len() == text.len());
    }
    if text.contains('@') {
        return mailed(text, named, announced);
    }
    let stripped = without_titles(text);
    let skipped = text.len() - stripped.len();
    if text.chars().next().is_some_and(person::is_east_asian) {
        return east_asian(text, named, announced);
    }
    // The words that may be a name: until a small word, a figure or a joint.
    let mut end = 0;
    let mut post = false;
    let mut ranks = 0;
    let mut words = 0;
    let mut at = 0;
    let mut uncased = false;
    for token in stripped.split_inclusive(char::is_whitespace) {
        let word = token.trim_end();
        let from = at;
        at += token.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if words > 0 && from > 0 && person::is_particle(word) {
            continue;
        }
        let first = bare.chars().next().unwrap_or(' ');
        let legal = !bare.is_empty() && word.chars().all(|c| c.is_alphabetic() || person::is_name_mark(c));
        let joined = super::joint(word).is_some();
        if person::is_post(word) && legal && !joined {
            post = words > 0 || named.people.len() + named.houses.len() > 0 || post;
            // What the post is of, belongs to it.
            break;
        }
        let next = stripped.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        if !legal || person::is_small(first) || words >= 7 || ends_before(bare, words, next) {
            break;
        }
        uncased |= !person::has_case(first);
        if let Some(cut) = super::joint(word) {
            words += 1;
            end = from + cut;
            at = usize::MAX;
            break;
        }
        if words >= 2 && person::is_rank(word) {
            ranks += 1;
        } else {
            words += 1 + ranks;
            ranks = 0;
            end = from + word.len();
        }
    }
    if post && ranks == 0 && words >= 4 {
        // `Juan Carlos Pérez` has three words, but what stands before a post is mostly one of its field.
        end = stripped.char_indices().filter(|(_, c)| c.is_whitespace()).nth(1).map_or(end, |(second, _)| second);
    }
    let name = stripped[..end].trim_end_matches([' ', '-', '–']);
    let name = if name
        .split_whitespace()
        .next_back()
        .is_some_and(|last| last.chars().filter(|c| c.is_alphabetic()).count() > 2 && !is_suffix(last))
    {
        name.trim_end_matches('.')
    } else {
        name
    };
    let kind = likeness(name);
    if kind != Likeness::No {
        if named.people.is_empty() {
            named.known = kind == Likeness::Known;
        }
        named.post |= post;
        if !named.people.iter().any(|other| other == name) {
            named.people.push(name.to_owned());
        }
        let whole = at == stripped.len() && end + 1 >= stripped.trim_end().len();
        // A post, and what it is of, may follow a comma or another name.
        return (skipped + end, whole || post && at != usize::MAX);
    }
    let count = name.split_whitespace().count();
    if post && kind == Likeness::No && !named.people.is_empty() {
        // `, Senior Editor`
        named.post = true;
        return (text.len(), true);
    }
    if post && words == 0 || (count == 0 && person::is_post(stripped.split_whitespace().next().unwrap_or_default())) {
        // A post without a name, behind one.
        named.post |= !named.people.is_empty();
        return (text.len(), !named.people.is_empty());
    }
    let is_first = named.people.is_empty() && named.houses.is_empty();
    let all = name.len() + 1 >= stripped.trim_end().len();
    let lonely = uncased && (2..=24).contains(&name.chars().count());
    if announced && is_first && count >= 1 && !name.is_empty() {
        let speaks = name.split_whitespace().any(person::is_not_a_name);
        let loud = !name.chars().any(char::is_lowercase) && !uncased;
        if speaks || (loud && count > 1 && name.len() > 24) {
            if all || at == usize::MAX {
                named.houses.push(name.to_owned());
                return (skipped + end, all);
            }
            return (0, false);
        }
        if loud && count >= 2 {
            // A name in capitals that nobody is known to bear.
            named.people.push(name.to_owned());
            return (skipped + end, all);
        }
        if count == 1 || lonely {
            named.people.push(name.to_owned());
            return (skipped + end, all);
        }
    }
    if !is_first && all {
        // A place behind a name, or the paper somebody writes for.
        let speaks = count >= 2 && name.split_whitespace().any(person::is_not_a_name);
        let loud = count >= 1
            && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && !name.chars().any(char::is_lowercase);
        if speaks || loud {
            named.houses.push(name.to_owned());
        }
        return (text.len(), true);
    }
    (0, false)
}

/// True for a word that tells when something was published, before which a name ends; some are names as well.
fn ends_before(bare: &str, words: usize, next: char) -> bool {
    let folded = fold(bare);
    if !super::is_published(&folded) {
        return false;
    }
    let is_name = person::is_given(bare) && !next.is_ascii_digit();
    !is_name && (words > 0 || !super::is_calendar(&folded) || next.is_ascii_digit() || !person::is_given(bare))
}

/// `Jr.` and its like end a name with their own full stop.
fn is_suffix(word: &str) -> bool {
    matches!(fold(word).trim_end_matches('.'), "jr" | "sr" | "ii" | "iii" | "iv")
}

/// A name before an address or an account.
fn mailed(text: &str, named: &mut Named, announced: bool) -> (usize, bool) {
    let Some(at) = text.find('@') else { return (0, false) };
    let front = text[..at].trim_end();
    // The name of an account stands behind the sign, that of an address before it.
    let is_mail = text[at + 1..].split_whitespace().next().is_some_and(|host| host.contains('.'));
    let front = if front.len() == at && is_mail {
        front.rsplit_once(char::is_whitespace).map_or("", |(front, _)| front)
    } else {
        front
    };
    if front.is_empty() {
        return (0, false);
    }
    let front = front.trim_end_matches(['|', '-', '–', ' ']);
    if let Some(agency) = agency(front) {
        named.houses.push(agency.to_owned());
        return (front.len(), true);
    }
    let (read, _) = single(front, named, announced);
    (read, read > 0)
}

/// Names of Chinese, Japanese and Korean authors, with what they do behind them.
fn east_asian(text: &str, named: &mut Named, announced: bool) -> (usize, bool) {
    const POSTS: &[&str] = &[
        "기자",
        "특파원",
        "논설위원",
        "선임기자",
        "인턴기자",
        "記者",
        "记者",
        "特派員",
        "編集委員",
        "論説委員",
        "氏",
        "編集部",
        "報導",
        "报道",
        "編輯",
        "编辑",
        "ほか",
        "さん",
        "撮影",
        "特约",
        "综合",
        "綜合",
        "摄",
        "攝",
        "专栏",
        "译",
        "通讯员",
    ];
    let end = text.find(|c: char| !person::is_east_asian(c) && c != '・').unwrap_or(text.len());
    let mut word = &text[..end];
    let mut post = false;
    for known in POSTS {
        if let Some(at) = word.find(known).filter(|at| *at > 0) {
            word = &word[..at];
            post = true;
        }
    }
    let rest = text[end..].trim_start();
    // A family and a given name with a space between them, as Japan prints them.
    if !post
        && let Some(second) = rest.split(|c: char| !person::is_east_asian(c)).next().filter(|second| !second.is_empty())
    {
        let space = text[end..].len() - rest.len();
        let whole = &text[..end + space + second.len()];
        let followed = POSTS.contains(&second);
        if followed {
            post = true;
        } else if space > 0
            && likeness(whole) == Likeness::Known
            && word.chars().count() <= 3
            && likeness(second) != Likeness::Known
        {
            named.people.push(whole.to_owned());
            named.known = true;
            return (whole.len(), text[whole.len()..].trim().is_empty());
        }
    }
    let kind = likeness(word);
    let short = (2..=12).contains(&word.chars().count());
    if kind == Likeness::No && !(announced && short && named.people.is_empty()) {
        return (0, false);
    }
    if named.people.is_empty() {
        named.known = kind == Likeness::Known;
    }
    named.post |= post;
    named.people.push(word.to_owned());
    let after = &text[word.len()..];
    // Several may stand there with spaces between them: `记者 张三 李四`.
    let next = after.trim_start();
    if next.len() < after.len()
        && next.chars().next().is_some_and(person::is_east_asian)
        && named.people.len() < MOST_NAMES
    {
        let skipped = text.len() - next.len();
        let first = next.split(|c: char| !person::is_east_asian(c)).next().unwrap_or_default();
        if likeness(first) == Likeness::Known {
            let (read, whole) = east_asian(next, named, false);
            return (skipped + read, whole);
        }
    }
    let whole = after.trim().is_empty() || post;
    (word.len(), whole)
}

/// `text` without what stands before a name: `Dr.`, `Mr`.
fn without_titles(text: &str) -> &str {
    let mut rest = text.trim_start();
    for _ in 0..4 {
        let Some((word, after)) = rest.split_once(' ') else { break };
        let bare = fold(word.trim_end_matches('.'));
        // One letter may be an initial: `M. Smith` is nobody's husband everywhere.
        let titled = bare.len() > 1
            && posts::TITLES.contains(&bare.as_str())
            && (word.ends_with('.') || !person::is_given(word));
        if !titled || after.split_whitespace().count() < 2 {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Each way to write the name of an agency, in lower case, and the name as readers know it.
static WRITTEN: LazyLock<RapidHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut names = RapidHashMap::default();
    for (name, written) in AGENCIES {
        for written in *written {
            names.entry(*written).or_insert(*name);
        }
    }
    names
});

/// The agency that `text` is the name of, as readers know it.
pub fn agency(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    let name = WRITTEN.get(lower(text).as_str())?;
    // Short names are words as well, unless they are written in capitals or as the agency does.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_loud = !text.chars().any(char::is_lowercase) || text == *name;
    (letters > 5 || is_loud || !text.is_ascii()).then_some(*name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, people: &str, houses: &str) {
        let named = names(text, true);
        assert_eq!((named.people().as_str(), named.houses.join(", ").as_str()), (people, houses), "{text}");
    }

    #[test]
    fn several_people_are_told_apart() {
        check("Jens Holm und Ute Brandt, dpa", "Jens Holm, Ute Brandt", "dpa");
        check("Nora Webb, Ann Bell and Tom Reed", "Nora Webb, Ann Bell, Tom Reed", "");
        check("Inés Duarte y Juan Ortega y Gasset", "Inés Duarte, Juan Ortega y Gasset", "");
        check("Claire Dubois et Marc Petit", "Claire Dubois, Marc Petit", "");
        check("Анна Белова и Пётр Орлов", "Анна Белова, Пётр Орлов", "");
        check("Dewi Anggraini dan Budi Santoso", "Dewi Anggraini, Budi Santoso", "");
        check("Kari Nordmann og Ola Lie", "Kari Nordmann, Ola Lie", "");
        check("김하늘·이바다", "김하늘, 이바다", "");
        check("张伟、李强", "张伟, 李强", "");
        check("Elif Kaya ve Can Demir", "Elif Kaya, Can Demir", "");
    }

    #[test]
    fn posts_titles_and_places_are_left_out() {
        check("Jens Holm, Redakteur", "Jens Holm", "");
        check("Ute Brandt, Volontärin (Sport)", "Ute Brandt", "");
        check("Nora Webb Senior Political Correspondent", "Nora Webb", "");
        check("Sina Frey Landespolitische Korrespondentin", "Sina Frey", "");
        check("Dr. Jens Holm", "Jens Holm", "");
        check("Seb Moran, Lille", "Seb Moran", "");
        check("David Kern, MDR THÜRINGEN", "David Kern", "MDR THÜRINGEN");
        check("Nora WebbThe Associated Press", "Nora Webb", "");
        check("Nora Webb in Beirut", "Nora Webb", "");
        check("Nora Webb | Harbour Post", "Nora Webb", "Harbour Post");
        check("Prof. Dr. Ute Brandt", "Ute Brandt", "");
        check("Nora Webb, AFP", "Nora Webb", "AFP");
        check("Martin Luther King Jr.", "Martin Luther King Jr.", "");
        check("Juan C.", "Juan C.", "");
    }

    #[test]
    fn agencies_are_known_by_their_names() {
        for (text, expected) in [
            ("Reuters", Some("Reuters")),
            ("dpa", Some("dpa")),
            ("The Associated Press", Some("AP")),
            ("AP", Some("AP")),
            ("ap", None),
            ("新华社", Some("Xinhua")),
            ("연합뉴스", Some("Yonhap")),
            ("pap", None),
            ("Europa Press", Some("Europa Press")),
            ("ТАСС", Some("TASS")),
            ("Nora Webb", None),
        ] {
            assert_eq!(agency(text), expected, "{text}");
        }
    }
}
