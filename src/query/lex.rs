//! The query line cut into brackets, operators and items. Meaning is given to them by the parser.

use std::ops::Range;

use super::field::{self, Field};
use super::meaning::Style;
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
    /// Whether a `=` before it asks for a field that is exactly this.
    pub exactly: bool,
    /// The distance behind it, in which words stand near each other.
    pub within: Option<u32>,
}

impl Piece {
    /// What stands around it.
    pub(super) fn style(&self) -> Style {
        match (self.quotes, self.within) {
            (Quotes::None, _) => Style::Bare,
            (Quotes::Slashes, _) => Style::Expression,
            (_, Some(within)) => Style::Near(within),
            (_, None) => Style::Quoted,
        }
    }

    /// A value without anything around it.
    pub(super) fn bare(span: Range<usize>) -> Piece {
        Piece { span: span.clone(), text: span, quotes: Quotes::None, exactly: false, within: None }
    }
}

/// The quotes around a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    None,
    Closed,
    /// The line ends before them.
    Open,
    /// The slashes of a regular expression instead, which are always closed.
    Slashes,
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
    let piece = piece(line, start, true, |_| false).unwrap_or(Piece::bare(start..start));
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
    let letters = text.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    // `date~:` is a name as well.
    let name = letters + usize::from(letters > 0 && text[letters..].starts_with('~'));
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
        let sign = usize::from(field.whole && line[at..].starts_with('='));
        if let Some(mut piece) = piece(line, at + sign, field.expressions, |c| field.list && separates_values(c)) {
            if let (Quotes::None, Some(length)) =
                (piece.quotes, field.spaced.and_then(|spaced| spaced(&line[piece.span.start..])))
                && length > piece.text.len()
            {
                piece = Piece::bare(piece.span.start..piece.span.start + length);
                steps::count(length);
            }
            (piece.span.start, piece.exactly) = (at, sign > 0);
            at = piece.span.end;
            pieces.push(piece);
        } else {
            at += sign;
        }
        match line[at..].chars().next() {
            Some(c) if field.list && separates_values(c) => at += c.len_utf8(),
            _ => return (pieces, at),
        }
    }
}

/// Reads a quoted or bare value that begins at `start`, or a regular expression where it may be one;
/// `None` when there is none.
fn piece(line: &str, start: usize, expressions: bool, ends: impl Fn(char) -> bool) -> Option<Piece> {
    let first = line[start..].chars().next()?;
    if let Some((_, closing)) = QUOTES.iter().find(|(open, _)| *open == first) {
        let text = start + first.len_utf8();
        let Some((length, close)) = line[text..].char_indices().find(|(_, c)| closing.contains(c)) else {
            let (span, text) = (start..line.len(), text..line.len());
            return Some(Piece { span, text, quotes: Quotes::Open, exactly: false, within: None });
        };
        let text = text..text + length;
        let (within, end) = distance(line, text.end + close.len_utf8());
        return Some(Piece { span: start..end, text, quotes: Quotes::Closed, exactly: false, within });
    }
    if expressions
        && first == '/'
        && let Some(length) = expression(&line[start + 1..], &ends)
    {
        let text = start + 1..start + 1 + length;
        let span = start..text.end + 1;
        return Some(Piece { span, text, quotes: Quotes::Slashes, exactly: false, within: None });
    }
    let length = line[start..].find(|c| ends_word(c) || ends(c)).unwrap_or(line.len() - start);
    (length > 0).then(|| Piece::bare(start..start + length))
}

/// Reads the distance behind a phrase (`~5`), and where it ends. A `~` with no number yet is passed over.
fn distance(line: &str, at: usize) -> (Option<u32>, usize) {
    let Some(rest) = line[at..].strip_prefix('~') else { return (None, at) };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (rest[..digits].parse().ok(), at + 1 + digits)
}

/// How long the regular expression is that `text` begins with, up to the slash that closes it; `None` when
/// none does: right before the end of a word, and before the first space.
fn expression(text: &str, ends: impl Fn(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        steps::count(1);
        match c {
            _ if c.is_whitespace() => return None,
            '/' if !escaped => {
                let next = text[at + 1..].chars().next();
                return (at > 0 && next.is_none_or(|c| ends_word(c) || ends(c))).then_some(at);
            }
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}
