//! Where in an article a query finds something.

use std::ops::Range;
use std::sync::Arc;

use crate::archive::{Archive, Asking, Found, Hit, Marker, MatchKind};
use crate::article::{Article, LanguageTag, Paragraph, Role, TitleKind};
use crate::error::Result;
use crate::query::{Node, Part, Query};
use crate::text::Clean;

/// A place in an article where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the paragraph in the body, from 0; `None` for the title.
    pub paragraph: Option<usize>,
    /// The bytes of what was found, in the title or in the text of the paragraph.
    pub range: Range<usize>,
    /// In which way it is what was looked for; the best way where it is so in several.
    pub kind: MatchKind,
}

/// What a query looks for in titles and in texts. Copying it is cheap.
#[derive(Clone, Debug)]
pub struct Sought {
    titles: Arc<dyn Marker>,
    texts: Arc<dyn Marker>,
}

impl Sought {
    /// What `query` looks for, after it has `found` something; `None` where the question was given up.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    pub fn of(archive: &dyn Archive, query: &Query, found: &Found, asking: &Asking) -> Result<Option<Sought>> {
        let (query, forgiven) = found.asked(query);
        Sought::new(archive, query, forgiven, asking)
    }

    /// What `query` looks for; `forgiven` where its typing errors were. `None` where the question was given
    /// up.
    ///
    /// # Errors
    ///
    /// As for [`Archive::search`].
    pub fn new(archive: &dyn Archive, query: &Query, forgiven: bool, asking: &Asking) -> Result<Option<Sought>> {
        let Some(compounds) = archive.compounds(query, asking)? else { return Ok(None) };
        let compounds = Arc::new(compounds.value);
        let marker = |elsewhere: Part| {
            let root = query.root.as_ref().and_then(|root| without(root, elsewhere));
            archive.marker(&Query { root, ..query.clone() }, forgiven, compounds.clone())
        };
        // What is asked for in titles alone is not found in texts.
        Ok(Some(Sought { titles: marker(Part::Body), texts: marker(Part::Title) }))
    }

    /// True where the query asks for no words, so that there are no places to find.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty() && self.texts.is_empty()
    }

    /// Every place of an article, in the order of reading.
    pub fn places(&self, article: &Article) -> Vec<Place> {
        let mut places = Vec::new();
        for (paragraph, text, language) in texts(article) {
            let marker = if paragraph.is_none() { &self.titles } else { &self.texts };
            let spots = spots(marker.hits(text, language)).into_iter();
            places.extend(spots.map(|(range, kind)| Place { paragraph, range, kind }));
        }
        places
    }
}

impl Place {
    /// The text that it lies in.
    ///
    /// # Panics
    ///
    /// Where it is not of this article.
    pub fn text<'a>(&self, article: &'a Article) -> &'a Clean {
        self.paragraph.map_or(&article.title.text, |number| &article.body[number].text)
    }
}

/// The texts of an article in the order of reading: its title, where it has one, and its paragraphs by their
/// numbers, without lines of facts and what belongs to the page; each with its language.
pub(super) fn texts(article: &Article) -> impl Iterator<Item = (Option<usize>, &Clean, Option<LanguageTag>)> {
    let language = article.language.tag;
    // What stands in for a title stands in the text as well.
    let title = (article.title.kind == TitleKind::Headline).then_some((None, &article.title.text, language));
    let paragraphs = article.body.iter().enumerate().filter(|(_, paragraph)| is_read(paragraph));
    let paragraphs =
        paragraphs.map(move |(number, paragraph)| (Some(number), &paragraph.text, paragraph.language.or(language)));
    title.into_iter().chain(paragraphs)
}

fn is_read(paragraph: &Paragraph) -> bool {
    !matches!(paragraph.role, Role::Title | Role::Facts | Role::Furniture)
}

/// Hits that overlap are one place: `"kanye west" OR west` is there once.
fn spots(mut hits: Vec<Hit>) -> Vec<(Range<usize>, MatchKind)> {
    hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
    let mut spots: Vec<(Range<usize>, MatchKind)> = Vec::new();
    for Hit { range, kind, .. } in hits {
        match spots.last_mut() {
            Some((last, best)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                *best = kind.min(*best);
            }
            _ => spots.push((range, kind)),
        }
    }
    spots
}

/// A node without what looks for words in this part alone; `None` where nothing is left.
fn without(node: &Node, part: Part) -> Option<Node> {
    let left = |nodes: &[Node]| -> Vec<Node> { nodes.iter().filter_map(|node| without(node, part)).collect() };
    match node {
        Node::And(nodes) => Some(left(nodes)).filter(|nodes| !nodes.is_empty()).map(Node::And),
        Node::Or(nodes) => Some(left(nodes)).filter(|nodes| !nodes.is_empty()).map(Node::Or),
        Node::Not(_) => Some(node.clone()),
        Node::Leaf(condition) => (condition.part() != Some(part)).then(|| node.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_one_place_and_what_touches_is_two() {
        let hit = |range: Range<usize>, kind| Hit { range, word: 0, kind };
        let found = spots(vec![
            hit(6..10, MatchKind::Exact),
            hit(0..10, MatchKind::Stem),
            hit(10..12, MatchKind::Part),
            hit(12..14, MatchKind::Exact),
        ]);
        assert_eq!(found, [(0..10, MatchKind::Exact), (10..12, MatchKind::Part), (12..14, MatchKind::Exact)]);
    }
}
