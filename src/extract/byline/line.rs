//! One line of facts by itself: who wrote an article, who published it.

use super::credit::ends_as_caption;
use super::lender::is_credit;
use super::names::{Named, names};
use super::{Fact, WORDS, domain, is_announcement, person};
use crate::text::fold::fold;

/// The longest line, in characters, that is read as a line of facts.
const LONGEST: usize = 160;
/// The same for one that tells a whole staff: `Reporting by …; editing by …`.
const LONGEST_STAFF: usize = 400;

/// Authors that a line announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Announced {
    /// Who is named.
    pub named: Named,
    /// Whether they have edited and not written it.
    pub editors: bool,
}

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
    if line.len() > 4 * LONGEST || line.chars().count() > LONGEST { None } else { fact(line, head(line).as_ref()) }
}

/// As [`read`], and captions, which tell whose a picture is at their end, are credits where they `may` be any.
pub(in crate::extract) fn look(line: &str, may_be_caption: bool) -> Option<Fact> {
    let head = head(line);
    let short = line.len() <= 4 * LONGEST && line.chars().count() <= LONGEST;
    let read = if short { fact(line, head.as_ref()) } else { None };
    read.or_else(|| {
        let is_caption = may_be_caption && (!short && credited(head.as_ref()) || ends_as_caption(line));
        is_caption.then_some(Fact::Credit)
    })
}

/// What a line states whose words before a colon are `head`.
fn fact(line: &str, head: Option<&Head>) -> Option<Fact> {
    copyright(line)
        .or_else(|| credited(head).then_some(Fact::Credit))
        .or_else(|| source(line, head))
        .or_else(|| announced(line, head).and_then(sorted_out))
        .or_else(|| {
            // Several facts share a line: `3 May | Source: …`.
            parts(line).find_map(|part| copyright(part).or_else(|| source(part, self::head(part).as_ref())))
        })
}

/// The parts of a line behind its first bar.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    // The other marks begin with one of two bytes that are rare in most lines.
    let is_parted = line.bytes().any(|byte| matches!(byte, b'|' | 0xe2 | 0xef));
    let parts = is_parted.then(|| line.split(['|', '•', '｜']).map(str::trim).skip(1));
    parts.into_iter().flatten()
}

/// The authors that `line` announces by a word, or signs for as East Asia does.
pub(super) fn announced_authors(line: &str) -> Option<Announced> {
    if line.len() > 4 * LONGEST_STAFF || line.chars().count() > LONGEST_STAFF {
        return None;
    }
    announced(line, head(line).as_ref())
}

fn announced(line: &str, head: Option<&Head>) -> Option<Announced> {
    let whole = |line: &str, head: Option<&Head>| labelled(line, head).or_else(|| by(line)).or_else(|| signed(line));
    whole(line, head)
        .or_else(|| parts(line).find_map(|part| whole(part, self::head(part).as_ref())))
        .or_else(|| within(line))
}

/// An author, or a publisher where only a site is named.
fn sorted_out(announced: Announced) -> Option<Fact> {
    let named = announced.named;
    if !named.people.is_empty() {
        return Some(Fact::Author(named.people()));
    }
    let house = named.houses.into_iter().next()?;
    Some(if domain(&house).is_some() { Fact::Publisher(house) } else { Fact::Author(house) })
}

/// `(c) 2021 the Hindustan Times`.
fn copyright(line: &str) -> Option<Fact> {
    if !matches!(line.bytes().next()?, b'(' | b'c' | b'C' | 0xc2 | 0xe2) {
        return None;
    }
    let rest = ["(c)", "(C)", "©", "ⓒ", "Copyright", "copyright", "COPYRIGHT"]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
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

/// The words before a colon or a slash, folded, and what follows.
struct Head<'a> {
    words: String,
    rest: &'a str,
    /// Whether it is a slash.
    slash: bool,
}

/// The beginning of a line; `None` where neither colon nor slash is near.
fn head(line: &str) -> Option<Head<'_>> {
    // The marks of East Asia begin with the same byte.
    let near = line.bytes().take(84).position(|byte| matches!(byte, b':' | b'/' | b'\xef'))?;
    let colon = near + line[near..].find([':', '：', '/', '／'])?;
    if colon > 80 {
        return None;
    }
    let words = fold(line[..colon].trim().trim_start_matches(['(', '[', '【', '（', '［']));
    let slash = line[colon..].starts_with(['/', '／']);
    Some(Head { words, rest: line[colon..].trim_start_matches([':', '：', '/', '／']).trim(), slash })
}

/// True for what is written under a picture: it begins or ends with a credit.
pub fn is_caption(text: &str) -> bool {
    is_credit_line(text) || ends_as_caption(text)
}

/// True where the line begins by saying whose a picture is: `Photo: …`.
pub(super) fn is_credit_line(line: &str) -> bool {
    credited(head(line).as_ref())
}

fn credited(head: Option<&Head>) -> bool {
    let Some(Head { words: head, rest, .. }) = head else { return false };
    let words: Vec<&str> = head.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default();
    if WORDS.credit.contains(head) || (WORDS.credit.contains(first) && words.len() <= 2) {
        return true;
    }
    // `Źródło zdjęcia`: the source of a picture.
    if WORDS.source.contains(first)
        && (2..=4).contains(&words.len())
        && words.iter().any(|word| WORDS.credit.contains(*word))
    {
        return true;
    }
    // The source of a picture names a photographer and an agency, or a stock.
    WORDS.source.contains(head)
        && (rest.split([',', ' ']).next().is_some_and(|name| name.contains('/')) || is_credit_of_picture(rest))
}

/// True for the source of a picture and not of the article.
fn is_credit_of_picture(rest: &str) -> bool {
    let parts = rest.split(['/', ',', ';', '|']).count();
    parts > 1
        && is_credit(rest)
        && super::agency(rest.split([',', '/', ';', '|']).next().unwrap_or_default()).is_none()
        && domain(rest).is_none()
        || super::agencies::PICTURES.contains(&fold(rest).as_str())
}

/// Who published it, after a word and a colon: `Source: …`.
fn source(line: &str, head: Option<&Head>) -> Option<Fact> {
    // The source of a press release.
    if let Some(name) = line.strip_prefix("SOURCE ") {
        let fits = (2..=80).contains(&name.len()) && name.starts_with(char::is_uppercase);
        return fits.then(|| Fact::Publisher(name.trim_end().to_owned()));
    }
    let Head { words: head, rest, slash } = head?;
    if rest.is_empty() || *slash || !WORDS.source.contains(head) {
        return None;
    }
    let name = rest.split([',', '，', '|', ';', '(', '（']).next().unwrap_or_default();
    let name = name.split(" - ").next().unwrap_or_default().trim().trim_end_matches('.');
    let is_name = (2..=60).contains(&name.chars().count()) && name.split_whitespace().count() <= 7;
    is_name.then(|| Fact::Publisher(name.to_owned()))
}

/// True for a word that announces an author and stands alone on its line: `By`, `Author of the article:`.
pub(super) fn is_author_label(line: &str) -> bool {
    let label = line.trim().trim_end_matches([':', '：']).trim_end();
    if label.is_empty() || label.chars().count() > 32 {
        return false;
    }
    let folded = fold(label);
    WORDS.author.contains(&folded)
        || folded.chars().next().and_then(|first| WORDS.by.get(&first)).is_some_and(|words| words.contains(&folded))
}

/// What stands after a word and a colon: `Reporter: …`, `文／…`.
fn labelled(line: &str, head: Option<&Head>) -> Option<Announced> {
    let Head { words: head, rest, slash } = head?;
    if rest.is_empty() {
        return None;
    }
    let editors = WORDS.editor.contains(head);
    if !editors && !WORDS.author.contains(head) {
        return None;
    }
    // Latin letters have a slash within other things: `and/or`.
    if *slash && rest.is_ascii() && head.is_ascii() {
        return None;
    }
    let rest = rest.trim_end_matches([')', ']', '】', '）', '］']);
    let mut named = names(rest, true);
    if named.is_empty() {
        // An account that names itself in small letters.
        let account = rest.split(['|', '•', ',', '(']).next().unwrap_or_default().trim();
        let fits = (3..=24).contains(&account.chars().count())
            && account.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
            && account.chars().any(char::is_alphabetic);
        if !fits
            || rest.split_whitespace().count() > account.split_whitespace().count()
                && !rest[account.len()..].trim_start().starts_with(['|', '•', ',', '('])
        {
            return None;
        }
        named.people.push(account.to_owned());
        named.end = account.len();
    }
    ends(&rest[named.end..], line).then_some(Announced { named, editors })
}

/// What follows a word like `by` at the beginning of the line.
fn by(line: &str) -> Option<Announced> {
    let line = line.trim_start_matches(['(', '[', '–', '—', '-', '•', '|', '*', '_', ' ', '✎', '✍', '►']);
    let first = line.chars().next()?;
    if first.is_ascii() && !WORDS.by.contains_key(&first.to_ascii_lowercase()) {
        return None;
    }
    let end = line.char_indices().nth(28).map_or(line.len(), |(end, _)| end);
    let folded = fold(&line[..end]);
    let words = WORDS.by.get(&folded.chars().next()?)?.iter().find(|words| {
        folded
            .strip_prefix(words.as_str())
            .is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}']) || !rest.is_ascii() && !words.is_ascii())
    })?;
    let count = words.split(' ').count();
    let rest = line.splitn(count + 1, ' ').nth(count).unwrap_or_default().trim_start_matches([':', ' ']);
    let named = names(rest, true);
    if named.is_empty() {
        return None;
    }
    let editors = WORDS.editor.contains(words.as_str());
    ends(&rest[named.end..], line).then_some(Announced { named, editors })
}

/// True where what follows names may follow the names of authors: a date, a post, a place, another fact. Prose
/// begins with the same words.
fn ends(follows: &str, line: &str) -> bool {
    /// So many more words make a sentence.
    const MOST: usize = 14;
    let trimmed = follows.trim_start();
    let staff = || {
        let folded = fold(trimmed.trim_start_matches([';', ',', ' ']));
        ["additional reporting", "writing by", "editing by", "reporting by", "edited by", "compiled by"]
            .iter()
            .any(|words| folded.contains(words))
    };
    let after = trimmed.split_whitespace().next().unwrap_or_default();
    let then = trimmed.split_whitespace().nth(1).unwrap_or_default();
    let marks = [
        '|', '•', '·', '(', '[', '–', '—', '-', '@', '/', ',', ';', '（', '／', '】', '）', ')', ']', '=', '»', '►',
        '：', ':', '・', '、', '，',
    ];
    // `at 11:08 a.m.` ends no sentence.
    let stops = line.ends_with('.') && !["a.m.", "p.m.", "A.M.", "P.M."].iter().any(|half| line.ends_with(half));
    let fits = trimmed.is_empty()
        || follows.starts_with(char::is_uppercase)
        || trimmed.starts_with(marks)
        || trimmed.starts_with(|c: char| c.is_numeric())
        || is_announcement(trimmed)
        || (person::goes_on(after) && !then.starts_with(char::is_lowercase) && !stops)
        || person::is_post(after)
        || person::is_rank(after)
        || person::is_not_a_name(after)
        || (trimmed.starts_with('.') && trimmed.len() == 1);
    let short = trimmed.split_whitespace().count() <= MOST;
    staff()
        || fits
            && short
            && (!stops || trimmed.len() <= 1 || line.ends_with("ago.") || trimmed.split_whitespace().count() <= 3)
}

/// A name with what its owner does behind it, as Korea, China and Japan sign articles (`김하늘 기자`, `記者王小明／台北報導`).
fn signed(line: &str) -> Option<Announced> {
    const BEFORE: &[&str] =
        &["本报记者", "本報記者", "记者", "記者", "特派員", "特派记者", "文", "기자", "글", "撰文", "作者"];
    const BEHIND: &[&str] =
        &["기자", "특파원", "논설위원", "선임기자", "인턴기자", "記者", "记者", "特派員", "編集委員", "論説委員"];
    let line = line.trim_start_matches(['(', '[', '【', '（', '［', '〔', '■', '◎', '▲', '●', ' ']);
    if !line.chars().next().is_some_and(person::is_east_asian) || line.chars().count() > 60 {
        return None;
    }
    let closed = |rest: &str| {
        let rest =
            rest.trim().trim_start_matches([')', ']', '】', '）', '］', '〕', '=', '／', '/', '｜', '|', ' ']).trim();
        rest.is_empty() || rest.contains('@') && !rest.contains(' ') || ends_in_report(rest)
    };
    // `=` and an address or place may follow, but no sentence.
    if let Some(rest) = BEFORE.iter().find_map(|word| line.strip_prefix(word)) {
        let rest = rest.trim_start_matches(['/', '／', '｜', '|', ' ', '\u{3000}']);
        if let Some(name) = before_place(rest) {
            let named = Named { people: vec![name.to_owned()], known: true, end: name.len(), ..Named::default() };
            return Some(Announced { named, editors: false });
        }
        let named = names(rest, false);
        let fits = named.known && closed(&rest[named.end..]);
        return fits.then_some(Announced { named, editors: false });
    }
    let known = BEHIND.iter().find(|word| {
        line.find(**word).is_some_and(|at| {
            at > 0 && line[..at].chars().count() <= 24 && !line[at + word.len()..].starts_with(person::is_east_asian)
        })
    })?;
    let at = line.find(known)?;
    let named = names(&line[..at], false);
    let whole = named.end + 1 >= line[..at].trim_end().len();
    let fits = !named.people.is_empty() && whole && closed(&line[at + known.len()..]);
    fits.then_some(Announced { named, editors: false })
}

/// The name in `张伟北京报道`, where a place of two characters and the word for a report follow it.
fn before_place(rest: &str) -> Option<&str> {
    let rest = rest.trim_end_matches([')', ']', '】', '）', '］', '〕', ' ']);
    let front = ["报道", "報道", "報導"].iter().find_map(|word| rest.strip_suffix(word))?;
    let count = front.chars().count();
    let length = match count {
        4 => 2,
        5 => 3,
        _ => return None,
    };
    let end = front.char_indices().nth(length)?.0;
    (person::likeness(&front[..end]) == person::Likeness::Known).then_some(&front[..end])
}

/// True for the rest of a line like `台北報導`, `北京报道`.
fn ends_in_report(rest: &str) -> bool {
    rest.chars().count() <= 12
        && ["報導", "报道", "報道", "电", "電", "摄影", "攝影", "整理", "综合", "綜合"]
            .iter()
            .any(|end| rest.trim_end_matches([')', ']', '】', '）', '］', '〕']).ends_with(end))
}

/// What follows `by` after a date: `December 10, 2021 by Luke`.
fn within(line: &str) -> Option<Announced> {
    const WORDS: &[&str] = &[
        " by ",
        " By ",
        " BY ",
        " par ",
        " Par ",
        " por ",
        " Por ",
        " von ",
        " Von ",
        ", par ",
        " oleh ",
        " Oleh ",
        " door ",
        " av ",
        " af ",
        " di ",
        " per ",
        " de către ",
        " от ",
        " від ",
        " bởi ",
        " door: ",
        " By: ",
        " by: ",
    ];
    // A year at least stands before the name.
    if line.bytes().filter(u8::is_ascii_digit).count() < 4 || line.chars().count() > 120 {
        return None;
    }
    // What follows the spaces of the line, by its first byte: most of the words need not be looked for.
    let mut begins = [false; 256];
    line.as_bytes().windows(2).filter(|pair| pair[0] == b' ').for_each(|pair| begins[usize::from(pair[1])] = true);
    let may_hold = |words: &&&str| match words.strip_prefix(' ') {
        Some(word) => word.bytes().next().is_some_and(|first| begins[usize::from(first)]),
        None => true,
    };
    WORDS.iter().filter(may_hold).find_map(|words| {
        let (front, rest) = line.split_once(words)?;
        let dated = front.bytes().filter(u8::is_ascii_digit).count() >= 4 && front.split_whitespace().count() <= 8;
        if !dated {
            return None;
        }
        let named = names(rest, true);
        let follows = rest[named.end..].trim_start();
        let ends = follows.is_empty() || follows.starts_with(|c: char| !c.is_alphanumeric());
        (!named.is_empty() && ends).then_some(Announced { named, editors: false })
    })
}

#[cfg(test)]
mod tests {
    use super::super::words;
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
        check("Von Jens Holm und Ute Brandt, dpa", "by Jens Holm, Ute Brandt");
        check("Par Claire Dubois", "by Claire Dubois");
        check("Von Jens Holm, Redakteur", "by Jens Holm");
        check("Von Jens Holm, Ute Brandt, Lille", "by Jens Holm, Ute Brandt");
        check("por Inés Duarte 4 mayo, 2022", "by Inés Duarte");
        check("By Nora Webb, Tom Reed on Monday, November 18th, 2019 at 11:08 a.m.", "by Nora Webb, Tom Reed");
        check("Автор: Иван Петров", "by Иван Петров");
        check("作者：李明", "by 李明");
        check("May 4, 2022 by Nora Webb", "by Nora Webb");
    }

    #[test]
    fn authors_are_read_in_other_layouts() {
        check("Verfasst von: seagull77 | 31. Dezember 2008", "by seagull77");
        check("by Nora Webb@norawebb Dec 15, 2016, 1:55pm EST", "by Nora Webb");
        check("2019年3月2日09:18 by 深海 | カテゴリー 社会", "by 深海");
        check("Written by: Nora Webb", "by Nora Webb");
        check("Texte : Claire Dubois", "by Claire Dubois");
        check("Текст: Анна Белова", "by Анна Белова");
        check("Автор: Олена Кравець", "by Олена Кравець");
        check("Skrevet af Mette Holm", "by Mette Holm");
        check("Kirjoittaja: Aino Niemi", "by Aino Niemi");
        check("Autor: Jan Kowalski, PAP", "by Jan Kowalski");
        check("Írta: Kovács Gábor", "by Kovács Gábor");
        check("Yazan: Elif Kaya", "by Elif Kaya");
        check("Penulis: Dewi Anggraini, Editor: Budi", "by Dewi Anggraini");
        check("Oleh Dewi Anggraini pada 15 Feb 2021", "by Dewi Anggraini");
        check("كتب أحمد منصور", "by أحمد منصور");
        check("كتبت: سارة كمال", "by سارة كمال");
        check("בלומנטל: מאת יעל לוי", "-");
        check("מאת יעל לוי", "by יעל לוי");
        check("लेखक: राहुल वर्मा", "by राहुल वर्मा");
        check("著者：後藤大地", "by 後藤大地");
        check("文／王小明", "by 王小明");
        check("記者王小明／台北報導", "by 王小明");
        check("【记者张伟北京报道】", "by 张伟");
        check("Door Pieter de Vries", "by Pieter de Vries");
        check("Di Teresa Costa 20 Novembre 2024", "by Teresa Costa");
        check("Par Claire Dubois avec AFP", "by Claire Dubois");
        check("By Nora Webb, Political Correspondent", "by Nora Webb");
        check("Reporting by Jens Holm; Editing by Ann Bell", "by Jens Holm");
        check("Af Ritzau", "by Ritzau");
        check("Συντάκτης: Γιώργος Παππάς", "by Γιώργος Παππάς");
        check("Автор: Петър Иванов", "by Петър Иванов");
        check("Nga Arben Hoxha", "by Arben Hoxha");
        check("Na Juma Hassan, Dodoma", "by Juma Hassan");
        check("Tác giả: Nguyễn Văn An", "by Nguyễn Văn An");
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
        check("Quelle: ntv.de, ino/dpa", "from ntv.de");
        check("Źródło: PAP", "from PAP");
        check("Fonte: Lusa", "from Lusa");
    }

    #[test]
    fn credits_are_told_from_authors() {
        check("Foto: Jens Holm/dpa", "credit");
        check("Quelle: xyz/Getty Images; Montage: Grafik", "credit");
        check("Źródło zdjęcia głównego: Jan Kowalski/PAP", "credit");
        assert!(is_caption("The harbour at dawn (Nora Webb / AFP)"));
        assert!(!is_caption("Dmitry (Dmitry) came to the harbour"));
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
        check("By Nora Webb the crane was sold and nobody knew why.", "-");
        check("Par Paris passent trois bateaux", "-");
        check("Di Milano si parla poco", "-");
    }

    proptest! {
        #[test]
        fn never_panics(line in "\\PC*|(By|von|©|Source:|作者：|記者|Par) [ A-Za-z.,é李|@記者/()-]*") {
            let _ = read(&line);
            let _ = is_caption(&line);
            let _ = names(&line, true);
            let _ = names(&line, false);
        }
    }
}
