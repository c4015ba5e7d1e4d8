//! Tokens to conditions. Whatever is unfinished or unknown is guessed, and noted.

use std::collections::HashSet;
use std::ops::Range;

use super::field::Field;
use super::lex::{self, Item, Kind, Piece, Quotes, Token};
use super::meaning::{Meaning, Reading, Style, Value};
use super::{Clause, Condition, Fact, Form, Node, Note, Part, Query, steps, word};
use crate::text::cut;

/// Brackets within brackets beyond this depth are not read: nobody types them, and they may not
/// exhaust the stack.
const MAX_DEPTH: usize = 64;

/// So many regular expressions of a line are read; each is looked for in all words of the archive.
const MOST_EXPRESSIONS: usize = 8;

/// So many bytes of a line are read. What is longer was never typed, and whoever pastes a text does not
/// want to wait for it.
pub const LONGEST_LINE: usize = 64 * 1024;

/// Reads a line that is being typed: its last word, if the line ends right after it, may go on.
///
/// ```
/// use newsstand::query::parse;
///
/// let query = parse("clubhouse -lang:en \"kanye w");
/// assert_eq!(query.clauses.len(), 3);
/// assert_eq!(query.notes.len(), 1); // the quote is not closed
/// // Until it is, what follows `kanye` may be any word that begins with `w`.
/// assert_eq!(query.to_string(), "clubhouse -lang:en \"kanye\" w");
/// ```
pub fn parse(line: &str) -> Query {
    Parser::new(line, true).run().0
}

/// Reads a line that is finished, as on the command line: all words mean themselves.
pub fn parse_finished(line: &str) -> Query {
    Parser::new(line, false).run().0
}

/// What a line leaves open at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unfinished {
    /// Brackets that are not closed.
    pub brackets: usize,
    /// Whether alternatives stand outside all brackets.
    pub alternatives: bool,
}

/// Reads a line, and what is left open.
pub(super) fn parse_unfinished(line: &str) -> (Query, Unfinished) {
    Parser::new(line, true).run()
}

/// Where an item stands.
#[derive(Clone, Copy)]
struct Scope {
    depth: usize,
    /// The field that brackets belong to, as in `title:(elon musk)`.
    field: Option<(&'static Field, &'static str)>,
    /// Whether what is found here is excluded.
    excluded: bool,
    /// Whether anything around is excluded, even if twice.
    within_not: bool,
}

/// True for a clause that asks for something, or will when it is finished.
fn counts(clause: &Clause) -> bool {
    !clause.conditions.is_empty() || clause.field.is_some_and(|field| field != "sort")
}

struct Parser<'a> {
    /// What is read of the line.
    line: &'a str,
    /// How long the whole line is.
    length: usize,
    tokens: Vec<Token>,
    at: usize,
    /// Whether the reader may still be typing the last word.
    typing: bool,
    /// Brackets that were opened beyond the depth that is read.
    skipped: usize,
    /// How many clauses ask for something.
    counted: usize,
    /// How many regular expressions there were.
    expressions: usize,
    unfinished: Unfinished,
    query: Query,
}

impl<'a> Parser<'a> {
    fn new(line: &'a str, typing: bool) -> Parser<'a> {
        let (query, unfinished) = (Query::default(), Unfinished::default());
        let length = line.len();
        let line = cut::beginning(line, LONGEST_LINE);
        let typing = typing && line.len() == length;
        Parser {
            line,
            length,
            tokens: lex::tokens(line),
            at: 0,
            typing,
            skipped: 0,
            counted: 0,
            expressions: 0,
            unfinished,
            query,
        }
    }

    fn run(mut self) -> (Query, Unfinished) {
        let scope = Scope { depth: 0, field: None, excluded: false, within_not: false };
        self.query.root = self.alternatives(scope);
        self.unfinished.brackets += self.skipped;
        if self.unfinished.alternatives {
            self.query.clauses.iter_mut().for_each(|clause| clause.top_level = false);
        }
        if self.line.len() < self.length {
            self.note(self.line.len()..self.length, "the line is too long; its first 64 kB are used");
            // It is what the reader has to know first.
            self.query.notes.rotate_right(1);
        } else {
            self.query.notes.sort_by_key(|note| note.span.start);
        }
        (self.query, self.unfinished)
    }

    fn note(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.query.notes.push(Note { span, text: text.into() });
    }

    fn peek(&self) -> Option<&Token> {
        steps::count(1);
        self.tokens.get(self.at)
    }

    /// `and ("OR" and)*`
    fn alternatives(&mut self, scope: Scope) -> Option<Node> {
        let mut nodes = Vec::new();
        let mut filled = 0;
        let mut unneeded = None;
        let mut operator = None;
        loop {
            let (start, counted) = (self.at, self.counted);
            nodes.extend(self.conjunction(scope));
            let next = self.peek().filter(|token| matches!(token.kind, Kind::Or)).map(|token| token.span.clone());
            filled += usize::from(self.counted > counted);
            if self.at == start {
                unneeded = unneeded.or(operator).or(next.clone());
            }
            if next.is_none() {
                break;
            }
            self.at += 1;
            operator = next;
        }
        if let Some(span) = unneeded {
            let text = format!("`{}` needs something on both sides; ignored", &self.line[span.clone()]);
            self.note(span, text);
        }
        if scope.depth == 0 && filled > 1 {
            self.unfinished.alternatives = true;
        }
        Node::any(nodes)
    }

    /// `item+`, joined by nothing or by `AND`
    fn conjunction(&mut self, scope: Scope) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(Token { span, kind }) = self.peek() {
            let span = span.clone();
            match kind {
                Kind::Or => break,
                Kind::Close if self.skipped > 0 => {
                    self.skipped -= 1;
                    self.at += 1;
                }
                Kind::Close if scope.depth > 0 => break,
                Kind::Close => {
                    self.at += 1;
                    self.note(span, "unmatched ); ignored");
                }
                Kind::And => {
                    self.at += 1;
                    let followed =
                        self.peek().is_some_and(|token| !matches!(token.kind, Kind::Or | Kind::Close | Kind::And));
                    if !followed {
                        self.note(span, "`AND` needs something on both sides; ignored");
                    }
                }
                Kind::Dash => {
                    self.at += 1;
                    self.note(span, "`-` right before a word excludes it; alone it is ignored");
                }
                Kind::Not => nodes.extend(self.exclusion(scope)),
                Kind::Open => nodes.extend(self.brackets(scope)),
                Kind::Item(_) => nodes.extend(self.item(scope, None)),
            }
        }
        Node::all(nodes)
    }

    /// What follows `-` or `NOT`; several of them mean no more than one.
    fn exclusion(&mut self, scope: Scope) -> Option<Node> {
        let first = self.tokens[self.at].span.clone();
        while matches!(self.peek(), Some(Token { kind: Kind::Not, .. })) {
            self.at += 1;
        }
        let inner = Scope { excluded: !scope.excluded, within_not: true, ..scope };
        let node = match self.peek().map(|token| &token.kind) {
            Some(Kind::Open) => self.brackets(inner),
            Some(Kind::Item(_)) => self.item(inner, Some(first.start)),
            _ => {
                let text = format!("`{}` excludes nothing here; ignored", &self.line[first.clone()]);
                self.note(first, text);
                None
            }
        };
        node.map(Node::not)
    }

    /// `"(" query ")"`, from the opening bracket.
    fn brackets(&mut self, scope: Scope) -> Option<Node> {
        let open = self.tokens[self.at].span.clone();
        self.at += 1;
        if scope.depth == MAX_DEPTH {
            if self.skipped == 0 {
                self.note(open, "parentheses are nested too deeply here; ignored");
            }
            self.skipped += 1;
            return None;
        }
        let node = self.alternatives(Scope { depth: scope.depth + 1, ..scope });
        match self.peek() {
            Some(_) => self.at += 1,
            None => {
                self.unfinished.brackets += 1;
                self.note(open, "missing ) added at the end");
            }
        }
        node
    }

    /// A word, a phrase, or a field with values or brackets.
    fn item(&mut self, scope: Scope, negation: Option<usize>) -> Option<Node> {
        let at = self.at;
        self.at += 1;
        let Some(Token { span, kind: Kind::Item(Item { field, unknown_field, pieces, value }) }) = self.tokens.get(at)
        else {
            return None;
        };
        let (span, field, unknown_field, mut pieces, value) =
            (span.clone(), *field, unknown_field.clone(), pieces.clone(), *value..span.end);
        let opens = matches!(self.peek(), Some(Token { span: open, kind: Kind::Open }) if open.start == span.end);
        if field.is_some() && pieces.is_empty() && opens {
            return self.brackets(Scope { field, ..scope });
        }
        if let Some(name) = unknown_field {
            let text = format!("there is no field `{}`; searched as text", &self.line[name.clone()]);
            self.note(name, text);
        }
        if pieces.iter().any(|piece| piece.quotes == Quotes::Open) {
            self.note(span.clone(), "missing quote added at the end");
        }
        let mut span = span;
        if field.is_none()
            && let Some((words, within, end)) = self.near(&pieces)
        {
            span.end = end;
            return self.near_words(span, negation, words, within, scope);
        }
        if let (None, None, [piece]) = (field, negation, &pieces[..])
            && piece.quotes == Quotes::None
            && word::near_operator(&self.line[piece.text.clone()]).is_some()
        {
            let text = format!("`{}` needs a word on both sides; ignored", &self.line[piece.text.clone()]);
            self.note(span, text);
            return None;
        }
        if let (None, Some((Field { list: true, .. }, _))) = (field, scope.field) {
            pieces = pieces.iter().flat_map(|piece| self.split(piece)).collect();
        }
        let field = field.or(scope.field);
        let conditions = match field {
            Some(field) => self.values(field, &span, &pieces, scope),
            None => self.words(&pieces, scope),
        };
        let span = negation.unwrap_or(span.start)..span.end;
        self.push(span, value, field.map(|(field, _)| field.name), conditions.clone(), scope);
        let unfinished = match (&conditions[..], pieces.last()) {
            ([Condition::Phrase { part, text }], Some(piece))
                if self.is_typed(piece) && !scope.within_not && !self.line.ends_with(char::is_whitespace) =>
            {
                unfinished_phrase(*part, text)
            }
            _ => None,
        };
        unfinished.or_else(|| Node::any(conditions.into_iter().map(Node::Leaf).collect()))
    }

    fn push(
        &mut self,
        span: Range<usize>,
        value: Range<usize>,
        field: Option<&'static str>,
        conditions: Vec<Condition>,
        scope: Scope,
    ) {
        let (negated, top_level) = (scope.excluded, scope.depth == 0);
        let clause = Clause { span, value, field, conditions, negated, top_level };
        self.counted += usize::from(counts(&clause));
        self.query.clauses.push(clause);
    }

    /// The words that stand on both sides of `NEAR/5` or `w/5`, when these pieces are followed by one, the
    /// distance, and where it all ends; goes on behind them.
    fn near(&mut self, pieces: &[Piece]) -> Option<(String, u32, usize)> {
        let mut words = self.near_side(pieces)?.to_owned();
        let mut furthest = None;
        let mut end = 0;
        while let (Some(operator), Some(next)) = (self.tokens.get(self.at), self.tokens.get(self.at + 1)) {
            steps::count(1);
            let within = bare(&operator.kind).and_then(|piece| word::near_operator(&self.line[piece.text.clone()]));
            let Kind::Item(Item { field: None, pieces, .. }) = &next.kind else { break };
            let (Some(within), Some(side)) = (within, self.near_side(pieces)) else { break };
            words.push(' ');
            words.push_str(side);
            furthest = furthest.max(Some(within));
            end = next.span.end;
            self.at += 2;
        }
        Some((words, furthest?, end))
    }

    /// The word or phrase of an item that may stand beside `NEAR/5`.
    fn near_side(&self, pieces: &[Piece]) -> Option<&'a str> {
        let [piece] = pieces else { return None };
        let text = &self.line[piece.text.clone()];
        let plain = piece.within.is_none() && !text.contains(['*', '~', '=', '"']) && word::has_letters(text);
        (plain && piece.quotes != Quotes::Slashes).then_some(text)
    }

    /// The clause of words that stand near each other.
    fn near_words(
        &mut self,
        span: Range<usize>,
        negation: Option<usize>,
        words: String,
        within: u32,
        scope: Scope,
    ) -> Option<Node> {
        let part = scope.field.map_or(Some(Part::Anywhere), |(field, _)| field.part).unwrap_or_default();
        let condition = word::condition(part, &words, Style::Near(within), Form::Word)?;
        let field = scope.field.map(|(field, _)| field.name).filter(|_| part != Part::Anywhere);
        let whole = negation.unwrap_or(span.start)..span.end;
        self.push(whole, span, field, vec![condition.clone()], scope);
        Some(Node::Leaf(condition))
    }

    /// What stands around a piece. Of many regular expressions the first are read.
    fn style(&mut self, piece: &Piece) -> (Style, Range<usize>) {
        let style = piece.style();
        self.expressions += usize::from(style == Style::Expression);
        if style == Style::Expression && self.expressions > MOST_EXPRESSIONS {
            if self.expressions == MOST_EXPRESSIONS + 1 {
                let text = format!("no more than {MOST_EXPRESSIONS} regular expressions are read; searched as text");
                self.note(piece.span.clone(), text);
            }
            return (Style::Quoted, piece.span.clone());
        }
        (style, piece.text.clone())
    }

    /// Cuts a bare word at its commas.
    fn split(&self, piece: &Piece) -> Vec<Piece> {
        if piece.quotes != Quotes::None {
            return vec![piece.clone()];
        }
        let mut start = piece.span.start;
        let values = self.line[piece.span.clone()].split_inclusive(lex::separates_values);
        let pieces = values.map(|value| {
            let text = start..start + value.trim_end_matches(lex::separates_values).len();
            start += value.len();
            Piece::bare(text)
        });
        pieces.filter(|piece| !piece.text.is_empty()).collect()
    }

    /// True when the reader may still be typing `piece`.
    fn is_typed(&self, piece: &Piece) -> bool {
        self.typing && piece.quotes != Quotes::Closed && piece.span.end == self.line.len()
    }

    /// The form of a plain word. What is excluded is not guessed at: `-p` must not empty the list
    /// on the way to `-putin`.
    fn form(&self, piece: &Piece, scope: Scope) -> Form {
        if self.is_typed(piece) && !scope.within_not { Form::Typing } else { Form::Word }
    }

    /// Words without a field.
    fn words(&mut self, pieces: &[Piece], scope: Scope) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for piece in pieces {
            let (style, text) = self.style(piece);
            let text = &self.line[text];
            // An operator that is excluded can only be meant literally.
            let style = if matches!(text, "OR" | "AND" | "NOT") { Style::Quoted } else { style };
            let meaning = match word::read(Part::Anywhere, text, style, self.form(piece, scope)) {
                Reading::Understood(meaning) => meaning,
                Reading::Guessed(meaning, guess) => {
                    self.note(piece.span.clone(), guess);
                    meaning
                }
                Reading::Empty(_) | Reading::Unknown(_) if style != Style::Bare && text.trim().is_empty() => continue,
                Reading::Empty(reason) | Reading::Unknown(reason) => {
                    self.note(piece.span.clone(), format!("{reason}; ignored"));
                    continue;
                }
            };
            if let Meaning::Condition(condition) = meaning {
                conditions.push(condition);
            }
        }
        conditions
    }

    /// The values of a field.
    fn values(
        &mut self,
        (field, name): (&'static Field, &'static str),
        span: &Range<usize>,
        pieces: &[Piece],
        scope: Scope,
    ) -> Vec<Condition> {
        let mut conditions: Vec<Condition> = Vec::new();
        let mut seen: HashSet<Condition> = HashSet::new();
        let mut unknown = None;
        let mut empty = true;
        let mut left_out = false;
        for piece in pieces {
            steps::count(piece.span.len());
            // A query is printed with straight quotes, so a value in other ones may hold none.
            let (style, text) = self.style(piece);
            // Those that stand in a regular expression belong to it.
            let quotes = if style == Style::Expression { "\"" } else { " " };
            let text = self.line[text].replace('"', quotes);
            if text.trim().is_empty() {
                continue;
            }
            empty = false;
            let value = Value { name, text: &text, style, exactly: piece.exactly, form: self.form(piece, scope) };
            let meaning = match (field.read)(&value) {
                Reading::Understood(meaning) => meaning,
                Reading::Guessed(meaning, guess) => {
                    self.note(piece.span.clone(), guess);
                    meaning
                }
                Reading::Empty(reason) => {
                    self.note(piece.span.clone(), format!("{reason}; ignored"));
                    left_out = true;
                    continue;
                }
                Reading::Unknown(reason) if self.is_typed(piece) => {
                    self.note(piece.span.clone(), format!("{reason}; left out"));
                    left_out = true;
                    continue;
                }
                Reading::Unknown(reason) => {
                    self.note(piece.span.clone(), reason);
                    unknown.get_or_insert(text);
                    continue;
                }
            };
            let condition = match meaning {
                Meaning::Condition(condition) => condition,
                Meaning::Sort(sort) => {
                    if scope.within_not {
                        self.note(span.clone(), "an order cannot be excluded; it is used");
                    }
                    self.query.sort = Some(sort);
                    continue;
                }
            };
            // The same value twice asks for no more than once.
            if seen.insert(condition.clone()) && !joins(&condition, conditions.first_mut()) {
                conditions.push(condition);
            }
        }
        if empty {
            let example = field.examples.first().copied().unwrap_or_default();
            let note = if self.typing && span.end == self.line.len() {
                format!("`{name}:` {}, as in `{example}`", field.description)
            } else {
                format!("`{name}:` needs a value, as in `{example}`; left out")
            };
            self.note(span.clone(), note);
        }
        if let (true, false, Some(value)) = (conditions.is_empty(), left_out || field.name == "sort", unknown) {
            // Were the condition left out, a typing error would show everything instead of nothing.
            conditions.push(Condition::Fact { field: name, fact: Fact::Unknown(value) });
        }
        conditions
    }
}

/// The piece of an item that is a single bare word.
fn bare(kind: &Kind) -> Option<&Piece> {
    match kind {
        Kind::Item(Item { field: None, pieces, .. }) => match &pieces[..] {
            [piece] if piece.quotes == Quotes::None => Some(piece),
            _ => None,
        },
        _ => None,
    }
}

/// Adds the names that a condition asks for to another that asks for names of the same column; false
/// where there is no such one.
fn joins(condition: &Condition, other: Option<&mut Condition>) -> bool {
    let (
        Condition::Fact { field, fact: Fact::Named(column, more) },
        Some(Condition::Fact { field: other_field, fact: Fact::Named(other_column, names) }),
    ) = (condition, other)
    else {
        return false;
    };
    let same = field == other_field && column == other_column;
    if same {
        names.extend(more.iter().cloned());
    }
    same
}

/// What a phrase asks for while its last word is being typed: the words before it, and any word that
/// begins so. As a phrase it would find nothing on the way from `"kanye w` to `"kanye west"`.
fn unfinished_phrase(part: Part, text: &str) -> Option<Node> {
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let plain = matches!(&lex::tokens(last)[..], [Token { span, kind: Kind::Item(Item { field: None, pieces, .. }) }]
        if *span == (0..last.len()) && pieces.iter().all(|piece| piece.quotes == Quotes::None));
    if !plain || last.contains(lex::separates_values) || last.ends_with(['*', '~']) {
        return None;
    }
    let last = word::condition(part, last, Style::Bare, Form::Typing)?;
    let before = word::condition(part, before, Style::Quoted, Form::Word);
    Node::all(before.into_iter().chain([last]).map(Node::Leaf).collect())
}

#[cfg(test)]
mod tests;
