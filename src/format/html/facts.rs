//! What a page says of its article beside the text: headings, times, bylines, and where they stand.

use super::around::Names;
use super::page::Page;
use super::tree::NONE;
use crate::extract::Hint;

/// How many letters may stand between the headline and the facts about it: a summary, no more.
const NEAR: usize = 500;

/// How much is kept of each kind.
const KEPT: usize = 200;

/// A byline has no more characters.
const LONGEST_BYLINE: usize = 100;

/// Words of a page and their place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The words.
    pub words: String,
    /// How many bytes of text stand before them.
    pub at: usize,
}

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Its main headings.
    pub headings: Vec<Placed>,
    /// Other headings that are named as that of the article.
    pub titles: Vec<Placed>,
    /// Times that are marked as such.
    pub times: Vec<Placed>,
    /// Times that are marked as that of publication.
    pub published: Vec<Placed>,
    /// Short texts in elements that are named after authors; whether the markup itself says so.
    pub bylines: Vec<(Placed, bool)>,
}

impl Facts {
    pub fn of(page: &Page) -> Facts {
        let tree = &page.tree;
        let mut facts = Facts::default();
        let mut names = Names::default();
        let mut at = 0;
        // Facts within facts are the same facts.
        let mut byline_ends = 0;
        for node in 0..tree.nodes.len() as u32 {
            let name = tree.name(node);
            if name.is_empty() {
                at += tree.text(node).len();
                continue;
            }
            let value = |name: &str| tree.attribute(node, name).map(str::trim).filter(|value| !value.is_empty());
            let words = || tree.all_text(node).split_whitespace().collect::<Vec<_>>().join(" ");
            let class = value("class").unwrap_or_default();
            let has_class = |wanted: &[&str]| class.split_whitespace().any(|class| wanted.contains(&class));
            if matches!(name, "h1" | "h2" | "h3" | "div" | "p" | "span" | "a")
                && facts.headings.len() + facts.titles.len() < KEPT
            {
                let is_titled = matches!(name, "h1" | "h2" | "h3")
                    && (has_class(TITLES)
                        || value("itemprop").is_some_and(|property| property.eq_ignore_ascii_case("headline")));
                if name == "h1" || is_titled {
                    let words = words();
                    if !words.is_empty() && words.chars().count() <= 400 {
                        let kept = if name == "h1" && !is_titled { &mut facts.headings } else { &mut facts.titles };
                        kept.push(Placed { words, at });
                    }
                }
            }
            let property = value("itemprop").unwrap_or_default();
            if facts.times.len() + facts.published.len() < KEPT {
                let marked = property.split_whitespace().any(|property| property.eq_ignore_ascii_case("datepublished"))
                    || tree.attribute(node, "pubdate").is_some()
                    || matches!(name, "abbr" | "time" | "span")
                        && has_class(&["published", "dt-published", "entry-date"])
                        && !has_class(&["updated"]);
                let time = value("datetime")
                    .or_else(|| value("content").filter(|_| marked))
                    .or_else(|| value("title").filter(|_| marked && name == "abbr"));
                if let Some(time) = time.filter(|_| marked || name == "time") {
                    let placed = Placed { words: time.to_owned(), at };
                    if marked { facts.published.push(placed) } else { facts.times.push(placed) }
                }
            }
            if node >= byline_ends && facts.bylines.len() < KEPT && tree.nodes[node as usize].first != NONE {
                let is_marked = property.eq_ignore_ascii_case("author")
                    || value("rel") == Some("author")
                    || has_class(&["fn", "p-author"]);
                if is_marked || names.of(tree, node).hint == Some(Hint::Byline) {
                    let inner = (node..tree.after(node))
                        .find(|at| *at != node && tree.attribute(*at, "itemprop") == Some("name"));
                    let words = inner.map_or_else(words, |inner| {
                        tree.all_text(inner).split_whitespace().collect::<Vec<_>>().join(" ")
                    });
                    let is_short = words.chars().count() <= LONGEST_BYLINE;
                    if is_short && !words.is_empty() {
                        byline_ends = tree.after(node);
                        facts.bylines.push((Placed { words, at }, is_marked));
                    }
                }
            }
        }
        facts
    }

    /// The time that is marked as that of publication, or the first one below the headline; of a page
    /// without one, a time at its beginning.
    pub fn time_at(&self, title: Option<&str>) -> Option<&str> {
        if let Some(published) = self.published.first() {
            return Some(&published.words);
        }
        let headline = self.headline(title).unwrap_or(0);
        let near = headline..headline + NEAR;
        self.times.iter().find(|time| near.contains(&time.at)).map(|time| time.words.as_str())
    }

    /// The bylines that stand near the headline, then those that the markup itself calls so.
    pub fn bylines_at(&self, title: Option<&str>) -> impl Iterator<Item = &str> {
        let headline = self.headline(title).unwrap_or(0);
        let near = headline.saturating_sub(200)..headline + NEAR;
        let beside = self.bylines.iter().filter(move |(byline, _)| near.contains(&byline.at));
        let marked = self.bylines.iter().filter(|(_, is_marked)| *is_marked);
        beside.chain(marked).map(|(byline, _)| byline.words.as_str())
    }

    fn headline(&self, title: Option<&str>) -> Option<usize> {
        let mut all = self.headings.iter().chain(&self.titles);
        let heading = all.find(|heading| Some(heading.words.as_str()) == title);
        heading.or(self.titles.first()).or(self.headings.first()).map(|heading| heading.at)
    }
}

/// Names that templates of blogs and papers give to the headline.
const TITLES: &[&str] = &[
    "entry-title",
    "post-title",
    "article-title",
    "post__title",
    "article__title",
    "p-name",
    "headline",
    "article-headline",
    "article__headline",
    "story-title",
    "news-title",
    "single-title",
    "title-article",
    "posttitle",
    "entry__title",
];
