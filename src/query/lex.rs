//! The query line cut into brackets, operators and items. Meaning is given to them by the parser.

use std::ops::Range;

use super::field::{self, Field};
use super::steps;

/// A piece of the line with a role of its own.
#[derive(Debug)]
pub(super) struct Token {
    /// Its bytes in the line.
    pub span: Range<usize>,
    /// Its role.
    pub kind: Kind,
}

/// What a token is.
#[derive(Debug)]
pub(super) enum Kind {
    Open,
    Close,
    Or,
    And,
    /// `NOT`, or `-` right before something.
    Not,
    /// `-` before nothing.
    Dash,
    Item(Item),
}

/// A word, a phrase, or a field with its values.
#[derive(Debug)]
pub(super) struct Item {
    /// The field and the name it was called by, as the table spells it.
    pub field: Option<(&'static Field, &'static str)>,
    /// A name before a colon that is no field's.
    pub unknown_field: Option<Range<usize>>,
    /// The values, at most one unless the field takes several.
    pub pieces: Vec<Piece>,
    /// Where the value begins.
    pub value: usize,
}

/// One value.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its bytes with quotes.
    pub span: Range<usize>,
    /// Its bytes without quotes.
    pub text: Range<usize>,
    /// Whether it is quoted, and if so, whether the quotes are closed.
    pub quotes: Quotes,
}

/// The quotes around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Closed,
    /// The line ends before them.
    Open,
}

/// Quotes that open a phrase, and those that close it. Pasted text brings its own.
const QUOTES: &[(char, &[char])] = &[
    ('"', &['"']),
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('「', &['」']),
    ('『', &['』']),
];

/// True for characters that end a word.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '（' | '）' | '|') || QUOTES.iter().any(|(open, _)| *open == c)
}

/// True for what follows an exclamation mark that excludes nothing.
fn ends_or_marks(c: char) -> bool {
    c.is_whitespace() || matches!(c, ')' | '）' | '|' | '!' | '-' | '=')
}

/// True for characters between the values of a list.
pub(super) fn separates_values(c: char) -> bool {
    matches!(c, ',' | '，')
}

/// The quote that would close the last phrase of `line`, if it is open.
pub(super) fn missing_quote(line: &str) -> Option<char> {
    let Some(Token { kind: Kind::Item(Item { pieces, .. }), .. }) = tokens(line).pop() else { return None };
    let piece = pieces.into_iter().next_back().filter(|piece| piece.quotes == Quotes::Open)?;
    let opening = line[piece.span].chars().next()?;
    QUOTES.iter().find(|(open, _)| *open == opening).and_then(|(_, closing)| closing.first().copied())
}

/// Cuts `line` into tokens.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        steps::count(1);
        let start = at;
        let next = start + c.len_utf8();
        let kind = match c {
            _ if c.is_whitespace() => {
                at = next;
                continue;
            }
            '(' | '（' => Kind::Open,
            ')' | '）' => Kind::Close,
            '|' => Kind::Or,
            '-' => {
                at = start + line[start..].len() - line[start..].trim_start_matches('-').len();
                let alone =
                    line[at..].chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '）' | '|'));
                tokens.push(Token { span: start..at, kind: if alone { Kind::Dash } else { Kind::Not } });
                continue;
            }
            // Other tools exclude with an exclamation mark.
            '!' if line[next..].chars().next().is_some_and(|c| !ends_or_marks(c)) => Kind::Not,
            _ => {
                // What follows a dash directly is excluded, whatever it is called.
                let excluded = matches!(tokens.last(), Some(Token { span, kind: Kind::Not }) if span.end == start);
                let (kind, end) = word(line, start, excluded);
                steps::count(end - start);
                at = end;
                tokens.push(Token { span: start..end, kind });
                continue;
            }
        };
        at = next;
        // `||` is the same as `|`.
        let repeated =
            matches!((&kind, tokens.last()), (Kind::Or, Some(Token { span, kind: Kind::Or })) if span.end == start);
        if !repeated {
            tokens.push(Token { span: start..at, kind });
        }
    }
    tokens
}

/// Reads an operator or an item that begins at `start`; returns it and where it ends.
fn word(line: &str, start: usize, excluded: bool) -> (Kind, usize) {
    if let Some((field, name, value)) = known_field(line, start) {
        let (pieces, end) = values(line, value, field);
        return (Kind::Item(Item { field: Some((field, name)), unknown_field: None, pieces, value }), end);
    }
    let piece =
        piece(line, start, |_| false).unwrap_or(Piece { span: start..start, text: start..start, quotes: Quotes::None });
    let end = piece.span.end;
    if piece.quotes == Quotes::None
        && let Some(since) = line[start..end].strip_prefix('@').filter(|date| super::date::may_be(date))
        && let Some(newer) = field::find("newer")
    {
        let value = end - since.len();
        return (Kind::Item(Item { field: Some(newer), unknown_field: None, pieces: vec![piece], value }), end);
    }
    if piece.quotes == Quotes::None && !excluded {
        match &line[start..end] {
            "OR" => return (Kind::Or, end),
            "AND" => return (Kind::And, end),
            "NOT" => return (Kind::Not, end),
            _ => {}
        }
    }
    let unknown_field = if piece.quotes == Quotes::None { unknown_field(line, start, end) } else { None };
    (Kind::Item(Item { field: None, unknown_field, pieces: vec![piece], value: start }), end)
}

/// The length of a field name at the beginning of `text`, and of name and colon together.
fn name_and_colon(text: &str) -> Option<(usize, usize)> {
    let name = text.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    steps::count(name);
    // On Chinese and Japanese keyboards the colon is a wide one.
    let colon = text[name..].chars().next().filter(|c| matches!(c, ':' | '：'))?;
    (name > 0).then_some((name, name + colon.len_utf8()))
}

/// The field that is named at `start`, its name in the table, and where its value begins.
fn known_field(line: &str, start: usize) -> Option<(&'static Field, &'static str, usize)> {
    let (name, colon) = name_and_colon(&line[start..])?;
    let (field, name) = field::find(&line[start..start + name])?;
    Some((field, name, start + colon))
}

/// A name before a colon that looks like a field's. Addresses and times of day are none.
fn unknown_field(line: &str, start: usize, end: usize) -> Option<Range<usize>> {
    let (name, colon) = name_and_colon(&line[start..end])?;
    let value = &line[start + colon..];
    let address = value.starts_with("//");
    let followed = value.chars().next().is_some_and(|c| !c.is_whitespace());
    (name > 1 && followed && !address).then_some(start..start + name)
}

/// Reads the values of `field` that begin at `start`.
fn values(line: &str, start: usize, field: &Field) -> (Vec<Piece>, usize) {
    let mut pieces = Vec::new();
    let mut at = start;
    loop {
        if let Some(piece) = piece(line, at, |c| field.list && separates_values(c)) {
            at = piece.span.end;
            pieces.push(piece);
        }
        match line[at..].chars().next() {
            Some(c) if field.list && separates_values(c) => at += c.len_utf8(),
            _ => return (pieces, at),
        }
    }
}

/// Reads a quoted or bare value that begins at `start`; `None` when there is none.
fn piece(line: &str, start: usize, ends: impl Fn(char) -> bool) -> Option<Piece> {
    let first = line[start..].chars().next()?;
    if let Some((_, closing)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let text = start + first.len_utf8();
        return Some(match line[text..].char_indices().find(|(_, c)| closing.contains(c)) {
            Some((length, close)) => {
                let end = text + length;
                Piece { span: start..end + close.len_utf8(), text: text..end, quotes: Quotes::Closed }
            }
            None => Piece { span: start..line.len(), text: text..line.len(), quotes: Quotes::Open },
        });
    }
    let length = line[start..].find(|c| ends_word(c) || ends(c)).unwrap_or(line.len() - start);
    let span = start..start + length;
    (length > 0).then_some(Piece { span: span.clone(), text: span, quotes: Quotes::None })
}
