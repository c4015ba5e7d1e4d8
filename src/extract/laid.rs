//! A text whose format tells how it is laid out: it is believed, and nothing is guessed from looks.

use super::blocks::{Block, Shape};
use super::byline::{self, Fact};
use super::furniture::is_furniture;
use super::kinds::Kind;
use super::lines::Line;
use super::marks::{Hint, LineMarks, Marks, Place};
use super::raw::RawArticle;
use super::roles::Layout;
use crate::article::{Form, Laid, Role, Span, SpanKind};
use crate::text::Clean;

/// A line that an element calls a byline or a date has at most so much text.
const LONGEST_FACT: usize = 200;

/// A summary has so many words or more; what is shorter beside a headline is a label.
const SHORTEST_SUMMARY: u32 = 5;

/// The blocks of a text: each of its lines is one.
pub(super) fn blocks(text: &str, lines: &[Line], marks: &Marks) -> Vec<Block> {
    let mut raw = text.split('\n').zip(1u32..).peekable();
    let mut told = marks.lines.iter().peekable();
    let mut blocks: Vec<Block> = Vec::with_capacity(marks.lines.len());
    let mut blank = true;
    for line in lines {
        if line.text.is_empty() {
            blank = true;
            if let Some(last) = blocks.last_mut() {
                last.apart.1 = true;
            }
            continue;
        }
        while told.next_if(|told| told.line < line.number).is_some() {}
        let default = LineMarks::default();
        let told = told.peek().filter(|told| told.line == line.number).map_or(&default, |told| *told);
        while raw.next_if(|(_, number)| *number < line.number).is_some() {}
        // Of a line that was split, the first piece stands out as told.
        let is_split = blocks.last().is_some_and(|last| last.line == line.number);
        let raw = raw.peek().filter(|(_, number)| *number == line.number && !is_split).map_or("", |(raw, _)| raw);
        // A program is indented.
        let text =
            if told.form == Form::Code && !raw.is_empty() { Clean::new(raw.trim_end()) } else { line.text.clone() };
        let spans = spans(raw, &text, &told.spans);
        let shape = Shape::of(&text);
        let bullet = matches!(told.form, Form::Item { .. });
        blocks.push(Block {
            line: line.number,
            shape,
            apart: (blank, false),
            bullet,
            dated: false,
            laid: Laid { form: told.form, tight: !blank, spans },
            told: Some((told.place, told.hint)),
            text,
        });
        blank = false;
    }
    if let Some(last) = blocks.last_mut() {
        last.apart.1 = true;
    }
    blocks
}

/// The parts that stand out, by their bytes in the cleaned text of a line.
fn spans(raw: &str, text: &Clean, spans: &[Span]) -> Vec<Span> {
    if spans.is_empty() || raw.is_empty() {
        return Vec::new();
    }
    let mapped = |at: usize| {
        if raw == text.as_str() {
            return at;
        }
        let front = raw.get(..at).unwrap_or(raw);
        let blank = if text.starts_with(' ') { 0 } else { front.len() - front.trim_start().len() };
        Clean::new(&front[blank..]).len().min(text.len())
    };
    let spans =
        spans.iter().map(|span| Span { range: mapped(span.range.start)..mapped(span.range.end), kind: span.kind });
    spans.filter(|span| span.range.start < span.range.end && text.get(span.range.clone()).is_some()).collect()
}

/// Corrects what blocks look like by what is told of them.
pub(super) fn kinds(blocks: &[Block], kinds: &mut [Kind]) {
    for (block, kind) in blocks.iter().zip(kinds) {
        let Some((place, hint)) = block.told else { continue };
        let is_short = block.shape.size <= LONGEST_FACT;
        *kind = match (block.laid.form, hint, &kind) {
            (_, Some(Hint::Headline), _) => Kind::Short,
            (_, Some(Hint::Byline), Kind::Short | Kind::Prose | Kind::Caption) if is_short => {
                match byline::bare_name(&block.text) {
                    Some(name) => Kind::Fact(Fact::Author(name)),
                    None => kind.clone(),
                }
            }
            (_, _, Kind::Date | Kind::Fact(_)) if place == Place::Above || hint.is_some() => kind.clone(),
            (Form::Caption, ..) => Kind::Caption,
            (Form::Heading(_), ..) => Kind::Short,
            (Form::Quotation | Form::Code | Form::Row { .. } | Form::Item { .. } | Form::Rule, ..) => {
                if block.shape.is_prose() { Kind::Prose } else { Kind::Short }
            }
            (Form::Plain, ..) => kind.clone(),
        };
    }
}

/// The first main heading, of a text in which no headline is stated or seen.
pub(super) fn headline(blocks: &[Block]) -> Option<usize> {
    let is_main = |block: &Block| block.told.is_some() && block.laid.form == Form::Heading(1);
    blocks.iter().take(20).position(is_main)
}

/// Gives each block the role that its format tells.
pub(super) fn roles(blocks: &[Block], kinds: &[Kind], layout: &mut Layout) {
    if blocks.iter().all(|block| block.told.is_none()) {
        return;
    }
    layout.embedded = None;
    let title = layout.title.map(|title| blocks[title].text.clone());
    let is_text = |at: usize| {
        let is_here = blocks[at].told.is_none_or(|(place, hint)| place == Place::Text && hint.is_none());
        is_here && kinds[at] == Kind::Prose
    };
    let first = (0..blocks.len()).find(|at| is_text(*at)).unwrap_or(blocks.len());
    let last = (0..blocks.len()).rfind(|at| is_text(*at)).unwrap_or(0);
    for (at, block) in blocks.iter().enumerate() {
        let Some((place, hint)) = block.told else { continue };
        if layout.title == Some(at) {
            layout.roles[at] = Role::Title;
            continue;
        }
        let is_fact = matches!(kinds[at], Kind::Date | Kind::Fact(Fact::Author(_) | Fact::Publisher(_)));
        let is_hinted = matches!(hint, Some(Hint::Byline | Hint::Date)) && block.shape.size <= LONGEST_FACT;
        let is_beside = place == Place::Above || at < first || at > last;
        layout.roles[at] = match block.laid.form {
            _ if place == Place::Aside => Role::Furniture,
            _ if title.as_ref() == Some(&block.text) || hint == Some(Hint::Headline) => Role::Furniture,
            _ if is_hinted || is_fact && is_beside => Role::Facts,
            Form::Caption if place == Place::Above => Role::Furniture,
            Form::Caption => Role::Caption,
            _ if place == Place::Above => {
                let is_summary =
                    block.shape.words >= SHORTEST_SUMMARY && kinds[at] != Kind::Furniture && kinds[at] != Kind::Caption;
                if is_summary { Role::Deck } else { Role::Furniture }
            }
            Form::Heading(_) => Role::Heading,
            Form::Item { .. } => Role::Item,
            Form::Quotation | Form::Code | Form::Row { .. } | Form::Rule => Role::Text,
            Form::Plain if kinds[at] == Kind::Caption => Role::Caption,
            Form::Plain if layout.roles[at] == Role::Deck => Role::Deck,
            Form::Plain if is_furniture(&block.text) => Role::Furniture,
            Form::Plain => Role::Text,
        };
    }
}

/// Where the links of the text lead, numbered in the order in which readers meet them. Those of what is
/// set aside are none, nor those that no reader should follow.
pub(super) fn links(raw: &RawArticle, blocks: &mut [Block], roles: &[Role]) -> Vec<Clean> {
    let Some(marks) = &raw.marks else { return Vec::new() };
    let mut kept: Vec<Clean> = Vec::new();
    let mut numbers: Vec<Option<Option<u32>>> = vec![None; marks.links.len()];
    for (block, role) in blocks.iter_mut().zip(roles) {
        let is_shown = !matches!(role, Role::Title | Role::Facts | Role::Furniture);
        block.laid.spans.retain_mut(|span| {
            let SpanKind::Link(number) = &mut span.kind else { return true };
            let Some(known) = numbers.get_mut(*number as usize).filter(|_| is_shown) else { return false };
            let address = &marks.links[*number as usize];
            let given = *known.get_or_insert_with(|| {
                let address = followed(address)?;
                kept.push(address);
                Some(kept.len() as u32 - 1)
            });
            given.inspect(|given| *number = *given).is_some()
        });
    }
    kept
}

/// An address that a reader may follow: of a page or a mailbox, with nothing in it that addresses have
/// not.
fn followed(address: &str) -> Option<Clean> {
    let address = address.trim();
    let clean = Clean::new(address);
    let is_known = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| clean.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    (is_known && clean.as_str() == address && !clean.contains(char::is_whitespace)).then_some(clean)
}
