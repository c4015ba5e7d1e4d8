//! Raw text to title, byline, date, language and furniture. Cannot fail: odd text gives findings.
//!
//! The text becomes [`lines`], the lines [`blocks`]; each block is looked at by itself ([`kinds`]),
//! the headline is chosen among them ([`title`]), and then each has its role ([`roles`]).
//! [`byline`], [`date`], [`language`] and [`passages`] read what is stated there.

mod address;
pub mod blocks;
pub mod byline;
pub mod date;
mod ends;
mod findings;
pub mod furniture;
mod headline;
pub mod kinds;
mod laid;
pub mod language;
pub mod lines;
mod marks;
mod opening;
pub mod passages;
mod raw;
pub mod roles;
mod source;
mod tags;
pub mod title;

use std::ops::Range;

pub use marks::{Hint, LineMarks, Marks, Place};
pub use raw::{RawArticle, StatedFields};

use crate::article::{Article, ArticleId, Evidence, Finding, FindingKind, Origin, Paragraph, Role, Stated, TitleKind};
use crate::text::Clean;
use blocks::Block;

/// A line of facts has no more bytes.
const LONGEST_FACTS: usize = 160;

/// Understands an article.
///
/// The result has neither id nor origin, which only the reader of the file knows.
///
/// ```
/// use newsstand::extract::{RawArticle, extract};
///
/// let text = "Harbour closed\n\nBy Nora Webb\n\nThe harbour is closed, and nobody knows for how long it will be.";
/// let article = extract(&RawArticle { text: text.into(), ..RawArticle::default() });
/// assert_eq!(article.title.text, "Harbour closed");
/// assert_eq!(article.byline.expect("it is stated").text, "Nora Webb");
/// assert_eq!(article.language.shown(), "en");
/// ```
pub fn extract(raw: &RawArticle) -> Article {
    let (lines, removed) = lines::lines(&raw.text);
    let mut blocks = blocks_of(raw, &lines);
    let mut kinds = kinds::kinds(&blocks, date::is_date_line);
    laid::kinds(&blocks, &mut kinds);
    let body = kinds::body_start(&blocks, &kinds).map(|body| title::anchored::body(&blocks, &kinds, body));
    let stated_title = stated(&raw.stated.title);
    let place = match &stated_title {
        Some(stated) => headline::place_of(stated, &blocks),
        None => title::find(&blocks, &kinds, body.unwrap_or(blocks.len())),
    };
    let place = place.or_else(|| laid::headline(&blocks));
    let mut layout = roles::layout(&blocks, &kinds, place, body);
    laid::roles(&blocks, &kinds, &mut layout);
    let language = language::language_of(&blocks, &layout, raw.stated.language.as_deref());
    let (passages, block_languages) = passages::passages(&blocks, &layout.roles, language.tag);
    let title = headline::title_of(&blocks, &layout, stated_title);
    let url = stated(&raw.stated.url).or_else(|| address::address(&blocks));
    let dates = date::candidates(&date::DateContext {
        lines: &lines,
        title_line: title.line.filter(|_| title.kind == TitleKind::Headline),
        language: language.tag,
        stated: raw.stated.date.as_deref(),
        month_first: raw.month_first,
        url: url.as_deref(),
        file_name: raw.file_name.as_deref(),
    });
    let source = stated_or(&raw.stated.source, None);
    let authors = byline::find(&blocks, &kinds, &layout);
    let source = source.or_else(|| {
        source::find(&source::Context {
            blocks: &blocks,
            kinds: &kinds,
            layout: &layout,
            title: &title.text,
            houses: &authors.houses,
            url: url.as_deref(),
            file_name: raw.file_name.as_deref(),
        })
    });
    let outlet = source.as_ref().map(|source| source.text.as_str());
    let byline = authors.byline;
    let dated = dates.first().filter(|candidate| candidate.rank >= 0 && candidate.date.evidence <= Evidence::Byline);
    let signed = byline.as_ref().and_then(|byline| byline.line);
    let used = [signed, dated.and_then(|dated| dated.date.line)];
    for ((block, kind), role) in blocks.iter().zip(&kinds).zip(&mut layout.roles) {
        // What was found in a line shows what the line is for.
        let is_used = match role {
            Role::Caption | Role::Deck => used.contains(&Some(block.line)),
            Role::Heading | Role::Text | Role::Furniture => signed == Some(block.line) && *kind != kinds::Kind::Prose,
            _ => false,
        };
        if is_used && block.text.len() <= LONGEST_FACTS {
            *role = Role::Facts;
        }
    }
    let own = blocks.iter().zip(&layout.roles).filter(|(_, role)| !matches!(role, Role::Furniture | Role::Facts));
    let words = own.map(|(block, _)| block.shape.words).sum();
    let mut article = Article {
        id: ArticleId(0),
        origin: Origin { bytes: Range::default(), ..Origin::default() },
        title,
        byline: stated(&raw.stated.byline).and_then(|byline| byline::stated(&byline, outlet)).or(byline),
        source: source.or_else(|| {
            Some(Stated { text: source::site(url.as_deref()?)?, line: None, why: "the address of the article" })
        }),
        url,
        date: dates.first().filter(|candidate| candidate.rank >= 0).map(|candidate| candidate.date.clone()),
        dates,
        language,
        passages,
        tags: tags::tags(&raw.stated.tags),
        body: Vec::new(),
        links: laid::links(raw, &mut blocks, &layout.roles),
        words,
        findings: Vec::new(),
        added: None,
    };
    article.findings = findings::findings(&article, &blocks, &layout, &block_languages);
    let parts = blocks.into_iter().zip(layout.roles).zip(block_languages);
    let paragraphs = parts.map(|((block, role), language)| Paragraph {
        role,
        text: block.text,
        line: block.line,
        language: language.tag,
        laid: block.laid,
    });
    article.body = paragraphs.collect();
    article.findings.extend(furniture::repeated::furniture_finding(&article.body));
    if removed > 0 {
        article.findings.push(Finding::new(FindingKind::Removed, format!("{removed} control characters were removed")));
    }
    article
}

/// The paragraphs of an article, of which only the headline is told apart.
///
/// Takes a tenth of the time of [`extract`]; enough to quote from an article that a list shows.
pub fn paragraphs(raw: &RawArticle, title: &str) -> Vec<Paragraph> {
    let (lines, _) = lines::lines(&raw.text);
    let blocks = blocks_of(raw, &lines);
    let paragraph = |block: Block| {
        let role = if *block.text == *title { Role::Title } else { Role::Text };
        Paragraph { role, text: block.text, line: block.line, language: None, laid: block.laid }
    };
    blocks.into_iter().map(paragraph).collect()
}

/// The blocks of a text: as its format tells, else as it looks.
fn blocks_of(raw: &RawArticle, lines: &[lines::Line]) -> Vec<Block> {
    match &raw.marks {
        Some(marks) => laid::blocks(&raw.text, lines, marks),
        None => blocks::blocks(lines, date::leading_date),
    }
}

/// What a field beside the text states, where it states anything.
fn stated(field: &Option<String>) -> Option<Clean> {
    field.as_deref().map(|field| Clean::new(field).trimmed()).filter(|field| !field.is_empty())
}

/// What a field beside the text states, else what the text does.
fn stated_or(field: &Option<String>, found: Option<Stated>) -> Option<Stated> {
    stated(field).map(|text| Stated { text, line: None, why: "from metadata" }).or(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn understood(text: &str) -> Article {
        extract(&RawArticle { text: text.into(), ..RawArticle::default() })
    }

    #[test]
    fn the_title_is_in_the_text_or_there_is_no_text() {
        for text in ["", "\n\n", "x", ":::", "• • •", "2021-02-03", "https://example.com/a", "字"] {
            let article = understood(text);
            assert!(text.contains(&*article.title.text), "{text:?}: {:?}", article.title);
        }
    }

    #[test]
    fn stated_fields_win() {
        let stated = StatedFields {
            title: Some("Harbour open again ".into()),
            byline: Some("Nora Webb".into()),
            url: Some("https://example.com/harbour".into()),
            ..StatedFields::default()
        };
        let text = "HARBOUR OPEN AGAIN\n\nBy Somebody Else\n\nThe harbour is open again, and everybody is glad of it.";
        let article = extract(&RawArticle { text: text.into(), stated, ..RawArticle::default() });
        assert_eq!(article.title.text, "Harbour open again");
        assert_eq!(article.title.line, Some(1));
        assert_eq!(article.byline.map(|byline| (byline.text, byline.line)), Some(("Nora Webb".into(), None)));
        assert_eq!(article.url.as_deref(), Some("https://example.com/harbour"));
        assert_eq!(article.body[0].role, Role::Title);
    }

    #[test]
    fn what_was_removed_is_told() {
        let article = understood("Harbour\u{202e} closed\n\nThe harbour is closed, and nobody knows for how long.");
        assert!(article.findings.iter().any(|finding| finding.kind == FindingKind::Removed));
        assert_eq!(article.title.text, "Harbour closed");
    }

    proptest! {
        #[test]
        fn extraction_never_fails(text in "(\\PC|[\n\r\t \u{1b}\u{202e}])*") {
            let article = understood(&text);
            prop_assert!(article.body.is_sorted_by_key(|paragraph| paragraph.line));
        }

        #[test]
        fn pages_of_all_sorts_never_fail(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "", "", "Home", "• Shop", "By Nora Webb", "© 2020 example.com", "date 2021-02 Das Meer", "3 May 2021",
                    "Harbour closed after storm", "Reporter: Dewi Anggraini", "Saksikan Video Ini", "доброе утро, друзья",
                    "The harbour is closed, and nobody knows for how long it will be.", "电话直呼", "Foto: X/AFP", "a: b", ":",
                ]),
                0..40,
            )
        ) {
            let text = lines.join("\n");
            let article = understood(&text);
            prop_assert_eq!(article.title.text.is_empty(), text.trim().is_empty());
            let titles = article.body.iter().filter(|paragraph| paragraph.role == Role::Title).count();
            prop_assert!(titles <= 1);
        }
    }
}
