//! What stands within the text of a page and is no part of it: teasers of other articles, and what a
//! page says twice.
//!
//! Told by shape and not by words, so that it holds in every language: a paragraph that is one link to
//! the same site, with or without a label before it, and lists of such at the end.

use std::collections::{HashSet, VecDeque};

use crate::article::{Form, SpanKind};
use crate::extract::{LineMarks, Marks, Place};

/// What stands in a page no shorter than this many letters says the same when it stands there again.
const LONG: usize = 40;

/// What stands twice within so many lines stands there for two sizes of the screen.
const NEAR: usize = 5;

/// A link of so many words or more names an article; shorter ones name people and places.
const TITLE_WORDS: usize = 5;

/// A label before a link has at most so many words: `Read more:`.
const LABEL_WORDS: usize = 5;

/// Sets teasers and repetitions aside. `site` is the host of the page, where it is known.
pub(super) fn set_aside(text: &str, marks: &mut Marks, site: Option<&str>) {
    let lines: Vec<&str> = text.split('\n').collect();
    let line = |marks: &LineMarks| lines.get(marks.line as usize - 1).copied().unwrap_or_default();
    let links = std::mem::take(&mut marks.links);
    let is_here = |number: u32| links.get(number as usize).is_some_and(|address| is_same_site(address, site));
    let mut said: VecDeque<&str> = VecDeque::new();
    let mut captions = HashSet::new();
    let mut shapes: Vec<Shape> = Vec::with_capacity(marks.lines.len());
    for marks in &mut marks.lines {
        let text = line(marks);
        shapes.push(Shape::of(text, marks, &is_here));
        if marks.place != Place::Text || marks.form == Form::Rule {
            continue;
        }
        let is_repeated = match marks.form {
            Form::Caption => !captions.insert(text),
            Form::Plain => text.len() >= LONG && said.contains(&text),
            _ => false,
        };
        let is_teaser = shapes.last().is_some_and(|shape| shape.is_teaser)
            && matches!(marks.form, Form::Plain | Form::Caption | Form::Quotation);
        if is_repeated || is_teaser {
            marks.place = Place::Aside;
        }
        said.push_back(text);
        if said.len() > NEAR {
            said.pop_front();
        }
    }
    // At the end of the text, lists of links and the headings over them.
    let mut end = marks.lines.len();
    let mut links_seen = 0;
    while end > 0 {
        let (marks, shape) = (&marks.lines[end - 1], &shapes[end - 1]);
        let is_heading = matches!(marks.form, Form::Heading(_)) || shape.is_label;
        if shape.is_mostly_link || marks.place == Place::Aside {
            links_seen += 1;
        } else if !(is_heading || marks.form == Form::Rule) {
            break;
        }
        end -= 1;
    }
    // A heading that stands right below the text and above links is theirs.
    if links_seen >= 2 {
        for marks in &mut marks.lines[end..] {
            if marks.place == Place::Text {
                marks.place = Place::Aside;
            }
        }
    }
    marks.links = links;
}

/// What a line looks like.
#[derive(Debug, Default)]
struct Shape {
    /// A link to another article of the site, with or without a label before it.
    is_teaser: bool,
    /// Most of it leads elsewhere.
    is_mostly_link: bool,
    /// A few words, and no sentence.
    is_label: bool,
}

impl Shape {
    fn of(text: &str, marks: &LineMarks, is_here: &dyn Fn(u32) -> bool) -> Shape {
        let links = || {
            marks.spans.iter().filter_map(|span| match span.kind {
                SpanKind::Link(number) => Some((&span.range, number)),
                _ => None,
            })
        };
        let linked: usize = links().map(|(range, _)| letters(text.get(range.clone()).unwrap_or_default())).sum();
        let all = letters(text).max(1);
        let is_teaser = match links().collect::<Vec<_>>()[..] {
            [(range, number)] if is_here(number) => {
                let (before, link, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
                let before = before.trim();
                let words = link.split_whitespace().count();
                let is_title = words >= TITLE_WORDS || words <= 2 && letters(link) >= 14 && !link.is_ascii();
                let is_labelled = before.ends_with([':', '：', '»', '>', '|', '►', '▶', '→'])
                    && before.split_whitespace().count() <= LABEL_WORDS;
                is_title && letters(after) == 0 && (letters(before) == 0 || is_labelled)
            }
            _ => false,
        };
        Shape {
            is_teaser,
            is_mostly_link: linked * 10 >= all * 5 && links().any(|(_, number)| is_here(number)),
            is_label: text.split_whitespace().count() <= 8 && !text.ends_with(['.', '!', '?', '。', '।']),
        }
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// True for the address of another page of the same site.
fn is_same_site(address: &str, site: Option<&str>) -> bool {
    if address.starts_with('#') || address.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
        return false;
    }
    let Some(rest) = address
        .split_once("//")
        .filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':') && !scheme.contains('/'))
    else {
        return !address.contains(':');
    };
    let host = rest.1.split(['/', '?', '#']).next().unwrap_or_default();
    site.is_some_and(|site| domain(host) == domain(site))
}

/// The last two parts of the name of a host, or three where the second last is short: `co.uk`.
fn domain(host: &str) -> &str {
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (dots.next(), dots.next()) else { return host };
    if last - second <= 4 && host[second + 1..last].len() <= 3 {
        return dots.next().map_or(host, |third| &host[third + 1..]);
    }
    &host[second + 1..]
}
