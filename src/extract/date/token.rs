//! A line cut into numbers, words and signs, which is what dates are made of.

use crate::text::class::Class;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits of any script; the value is kept beside.
    Number,
    /// Letters with their marks; Han, kana and Hangul are a word each.
    Word,
    /// Any other character.
    Sign(char),
}

/// One token of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// The value of a number; 0 for all else, and for numbers too long for any date.
    pub value: u32,
    /// How many digits a number has.
    pub digits: u8,
    /// True when white space stands before it.
    pub spaced: bool,
}

/// A line and its tokens.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    /// The line.
    pub text: &'a str,
    /// Whether one of them is a character of East Asia.
    pub has_ideographs: bool,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts `text` into tokens. Web addresses and mail addresses are left out: their numbers are no
    /// dates of the text.
    pub(super) fn new(text: &'a str) -> Tokens<'a> {
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / 5);
        let mut spaced = false;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            // Most of a text are spaces and plain words.
            if c == ' ' {
                spaced = true;
                at += 1;
                continue;
            }
            if c.is_ascii_alphabetic()
                && !matches!(c, 'h' | 'w' | 'f')
                && let Some(end) = plain_word_end(text, at)
            {
                list.push(Token { kind: Kind::Word, start: at, end, value: 0, digits: 0, spaced });
                (at, spaced) = (end, false);
                continue;
            }
            if c.is_whitespace() || is_invisible(c) {
                spaced |= c.is_whitespace();
                at += c.len_utf8();
                continue;
            }
            if let Some(length) = address(&text[at..], list.last().is_none_or(|_| spaced)) {
                at += length;
                list.push(Token {
                    kind: Kind::Sign('\u{fffc}'),
                    start: at - length,
                    end: at,
                    value: 0,
                    digits: 0,
                    spaced,
                });
                spaced = false;
                continue;
            }
            let token = if digit(c).is_some() {
                number(text, at)
            } else if is_letter(c) {
                Token { kind: Kind::Word, start: at, end: word_end(text, at), value: 0, digits: 0, spaced }
            } else {
                Token { kind: Kind::Sign(plain(c)), start: at, end: at + c.len_utf8(), value: 0, digits: 0, spaced }
            };
            at = token.end;
            list.push(Token { spaced, ..token });
            spaced = false;
        }
        let is_ideograph = |token: &Token| token.kind == Kind::Word && text[token.start..].starts_with(is_ideograph);
        let has_ideographs = !text.is_ascii() && list.iter().any(is_ideograph);
        Tokens { text, has_ideographs, list }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `at`, if the line is that long.
    pub(super) fn get(&self, at: usize) -> Option<Token> {
        self.list.get(at).copied()
    }

    /// The number at `at`.
    pub(super) fn number(&self, at: usize) -> Option<Token> {
        self.get(at).filter(|token| token.kind == Kind::Number && token.digits <= 8)
    }

    /// The word at `at`, as it is written.
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        let token = self.get(at)?;
        (token.kind == Kind::Word).then(|| &self.text[token.start..token.end])
    }

    /// True when the sign `sign` stands at `at`.
    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Sign(sign))
    }

    /// True when one of `signs` stands at `at`.
    pub(super) fn is_any_sign(&self, at: usize, signs: &[char]) -> bool {
        self.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign(sign) if signs.contains(&sign)))
    }

    /// True when the word at `at` is `word`, which is in lower case.
    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.word(at).is_some_and(|written| same_word(written, word))
    }

    /// True when the word at `at` is one of `words`, which are in lower case.
    pub(super) fn is_any_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|written| words.iter().any(|word| same_word(written, word)))
    }

    /// True when the token at `at` touches the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && self.get(at).is_some_and(|token| !token.spaced)
    }

    /// `at`, or the place after it when one of `signs` stands there.
    pub(super) fn skip_sign(&self, at: usize, signs: &[char]) -> usize {
        if self.is_any_sign(at, signs) { at + 1 } else { at }
    }

    /// `at`, or the place after it when one of `words` stands there.
    pub(super) fn skip_word(&self, at: usize, words: &[&str]) -> usize {
        if self.is_any_word(at, words) { at + 1 } else { at }
    }
}

/// The zeros of the scripts; the other nine follow each.
pub(super) const ZEROS: &[char] =
    &['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '０'];

/// The value of a digit of any script that newspapers use.
pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    if !Class::of(c).is_numeric() {
        return None;
    }
    ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))
}

/// True for a character that stands alone as a word: Han, kana, Hangul.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

fn same_word(written: &str, lower: &str) -> bool {
    if lower.is_ascii() {
        return written.eq_ignore_ascii_case(lower);
    }
    // Small and capital letters are about as long; this spares nearly all comparisons.
    if written.len().abs_diff(lower.len()) > 2 || written.is_ascii() {
        return false;
    }
    written.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

/// True for characters that are not seen and part no words.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}')
}

/// True for letters and the marks on them.
pub(super) fn is_letter(c: char) -> bool {
    Class::of(c).is_alphabetic() || is_mark(c)
}

/// Marks that belong to the letter before them; without these a Hindi or Thai word falls apart.
pub(super) fn is_mark(c: char) -> bool {
    c > '\u{2ff}' && Class::of(c).is_mark()
}

/// Signs that are written in several ways and mean the same.
pub(super) fn plain(c: char) -> char {
    match c {
        '：' | '∶' => ':',
        '／' | '⁄' => '/',
        '．' => '.',
        '，' | '、' | '،' => ',',
        '（' => '(',
        '）' => ')',
        '–' | '—' | '‐' | '‑' | '―' | '−' | '－' => '-',
        '｜' => '|',
        '•' | '∙' | '・' | '‧' | '●' | '⋅' => '·',
        other => other,
    }
}

/// The end of the word that begins at `at`. A capital after a small letter begins another word:
/// where a page's pieces run together (`2 minute readApril 25`), that is all that is left of the gap.
fn word_end(text: &str, at: usize) -> usize {
    if let Some(end) = plain_word_end(text, at) {
        return end;
    }
    let (mut small, mut capitals) = (false, 0);
    let mut end = at;
    let mut last = at;
    for c in text[at..].chars() {
        let goes_on = match c {
            _ if is_ideograph(c) => end == at,
            _ if is_letter(c) => !(small && c.is_uppercase()),
            // Thai abbreviates with points inside the word: ก.พ.
            '.' => {
                let next = text[end + 1..].chars().next().is_some_and(|next| ('\u{e01}'..='\u{e4e}').contains(&next));
                let thai =
                    text[at..end].chars().next_back().is_some_and(|last| ('\u{e01}'..='\u{e4e}').contains(&last));
                end > at && next && thai
            }
            _ => is_invisible(c) && end > at,
        };
        if !goes_on {
            break;
        }
        // `AGENCYFeb 16`: the last capital belongs to what follows.
        if capitals >= 4 && c.is_lowercase() {
            return last;
        }
        small = c.is_lowercase();
        capitals = if c.is_uppercase() { capitals + 1 } else { 0 };
        last = end;
        end += c.len_utf8();
        if is_ideograph(c) {
            break;
        }
    }
    end
}

/// The end of a word of plain letters of which none but the first is a capital; `None` for others.
fn plain_word_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic())?;
    let end = at + 1 + bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let small = end > at + 1 || first.is_ascii_lowercase();
    match bytes.get(end) {
        Some(byte) if byte.is_ascii_uppercase() && !small => None,
        Some(byte) if !byte.is_ascii() => None,
        _ => Some(end),
    }
}

fn number(text: &str, at: usize) -> Token {
    let (mut value, mut digits, mut end) = (0u32, 0u8, at);
    let mut year_end = at;
    for c in text[at..].chars() {
        let Some(next) = digit(c) else { break };
        value = value.saturating_mul(10).saturating_add(next);
        digits = digits.saturating_add(1);
        end += c.len_utf8();
        if digits == 4 {
            year_end = end;
        }
    }
    // `April 25, 20232:26 PM`: a year and a time that lost the gap between them.
    if matches!(digits, 5 | 6) && text[end..].starts_with(':') {
        let year = value / 10u32.pow(u32::from(digits - 4));
        if (1990..2100).contains(&year) {
            return Token { kind: Kind::Number, start: at, end: year_end, value: year, digits: 4, spaced: false };
        }
    }
    Token { kind: Kind::Number, start: at, end, value, digits, spaced: false }
}

/// How long the web or mail address is that `text` begins with.
fn address(text: &str, at_gap: bool) -> Option<usize> {
    const BEGINNINGS: &[&str] = &["http://", "https://", "www.", "ftp://"];
    if !matches!(text.as_bytes().first(), Some(b'h' | b'w' | b'f')) {
        return None;
    }
    let begins = BEGINNINGS.iter().any(|beginning| text.starts_with(beginning));
    (begins && (at_gap || text.contains("://"))).then(|| {
        text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '）' | '、' | '。'))
            .unwrap_or(text.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let tokens = Tokens::new(line);
        let shown: Vec<&str> =
            (0..tokens.len()).filter_map(|at| tokens.get(at)).map(|t| &line[t.start..t.end]).collect();
        assert_eq!(shown.join("|"), expected);
    }

    #[test]
    fn lines_are_cut_where_a_reader_sees_a_gap() {
        check("16 Feb 2021, 18:00 WIB", "16|Feb|2021|,|18|:|00|WIB");
        check("By AGENCYFeb 16, 2021", "By|AGENCY|Feb|16|,|2021");
        check("2021年2月16日(火)", "2021|年|2|月|16|日|(|火|)");
        check("2 minute readApril 25, 20232:26 PM", "2|minute|read|April|25|,|2023|2|:|26|PM");
        check("วันที่ 16 ก.พ. 2564", "วันที่|16|ก.พ|.|2564");
        check("१६ फ़रवरी २०२१", "१६|फ़रवरी|२०२१");
        check("see https://example.org/2021/02/16 now", "see|https://example.org/2021/02/16|now");
    }

    #[test]
    fn digits_of_other_scripts_count() {
        let values = |line| {
            let tokens = Tokens::new(line);
            (0..tokens.len()).filter_map(|at| tokens.number(at)).map(|token| token.value).collect::<Vec<u32>>()
        };
        assert_eq!(values("۱۳۹۹/۱۱/۲۸"), [1399, 11, 28]);
        assert_eq!(values("২০২১ ２０２１ ٢٠٢١ २०२१"), [2021; 4]);
    }
}
