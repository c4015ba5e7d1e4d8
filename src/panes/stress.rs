//! Parts of a paragraph that stand out: stressed words, links, pictures.

use std::ops::Range;

use ratatui::style::Modifier;

use crate::article::typeset::Shown;
use crate::article::{Paragraph, SpanKind};

use super::paint::Piece;

/// A line in which stressed words, code and links stand out.
pub fn standing_out<'a>(
    line: Vec<Piece<'a>>,
    start: usize,
    paragraph: &Paragraph,
    shown: &Shown<'_>,
) -> Vec<Piece<'a>> {
    let stands_out = |kind: SpanKind| match kind {
        SpanKind::Emphasis => Some(Modifier::ITALIC),
        SpanKind::Strong => Some(Modifier::BOLD),
        SpanKind::Link(_) => Some(Modifier::UNDERLINED),
        SpanKind::Picture => Some(Modifier::DIM),
        SpanKind::Code | SpanKind::Cell => None,
    };
    let spans: Vec<(Range<usize>, Modifier)> = paragraph
        .laid
        .spans
        .iter()
        .filter_map(|span| Some((shown.range(&span.range), stands_out(span.kind)?)))
        .collect();
    if spans.is_empty() {
        return line;
    }
    let mut parted = Vec::with_capacity(line.len());
    let mut at = start;
    for (mut text, style) in line {
        while !text.is_empty() {
            // Up to where something begins or ends to stand out.
            let edges = spans.iter().flat_map(|(range, _)| [range.start, range.end]);
            let next = edges.filter(|edge| *edge > at && *edge < at + text.len()).min().unwrap_or(at + text.len());
            let (front, rest) = text.split_at(next - at);
            let here = spans.iter().filter(|(range, _)| range.contains(&at));
            parted.push((front, here.fold(style, |style, (_, modifier)| style.add_modifier(*modifier))));
            at = next;
            text = rest;
        }
    }
    parted
}
