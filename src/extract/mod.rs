//! Raw text to title, byline, date, language and furniture. Cannot fail: odd text gives findings.
//!
//! The text becomes [`lines`], the lines [`blocks`]; each block is looked at by itself ([`kinds`]),
//! the headline is chosen among them ([`title`]), and then each has its role ([`roles`]).
//! [`byline`], [`date`], [`language`] and [`passages`] read what is stated there.

pub mod blocks;
pub mod byline;
pub mod date;
mod ends;
pub mod furniture;
pub mod kinds;
pub mod language;
pub mod lines;
mod opening;
pub mod passages;
pub mod roles;
pub mod title;

use std::ops::Range;

use crate::article::{
    Article, ArticleId, Evidence, Finding, FindingKind, Language, LanguageTag, Origin, Paragraph, Precision, Role,
    Stated, Title, TitleKind,
};
use crate::text::Clean;
use crate::text::fold::fold;
use blocks::Block;
use byline::Fact;
use kinds::Kind;
use roles::Layout;

/// The text of an article as its file holds it, and what is stated beside the text.
///
/// Made by the formats; nothing in it is clean yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawArticle {
    /// The text, decoded, with its line breaks.
    pub text: String,
    /// What markup, a feed or fields beside the text state.
    pub stated: StatedFields,
    /// The name of the file, which may hold a date. A hint of the weakest kind.
    pub file_name: Option<String>,
}

/// What is stated about an article beside its text, as it was written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedFields {
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it can be read on the web.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Its language: a code or a name.
    pub language: Option<String>,
}

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
    let blocks = blocks::blocks(&lines, date::leading_date);
    let kinds = kinds::kinds(&blocks, date::is_date_line);
    let body = kinds::body_start(&blocks, &kinds);
    let stated_title = stated(&raw.stated.title);
    let place = match &stated_title {
        Some(stated) => {
            let letters = letters_of(stated);
            blocks.iter().take(200).position(|block| says(&block.text, stated, &letters))
        }
        None => title::find(&blocks, &kinds, body.unwrap_or(blocks.len())),
    };
    let mut layout = roles::layout(&blocks, &kinds, place, body);
    let language = language_of(&blocks, &layout, raw.stated.language.as_deref());
    let (passages, block_languages) = passages::passages(&blocks, &layout.roles, language.tag);
    let title = title_of(&blocks, &layout, stated_title);
    let url = stated(&raw.stated.url).or_else(|| address(&blocks));
    let dates = date::candidates(&date::DateContext {
        lines: &lines,
        title_line: title.line.filter(|_| title.kind == TitleKind::Headline),
        language: language.tag,
        stated: raw.stated.date.as_deref(),
        url: url.as_deref(),
        file_name: raw.file_name.as_deref(),
    });
    let (byline, source) = facts(&blocks, &kinds, &layout);
    let dated = dates.first().filter(|candidate| candidate.rank >= 0 && candidate.date.evidence <= Evidence::Byline);
    let stated = [byline.as_ref().and_then(|byline| byline.line), dated.and_then(|dated| dated.date.line)];
    for (block, role) in blocks.iter().zip(&mut layout.roles) {
        // What was found in a line shows what the line is for.
        if matches!(role, Role::Caption | Role::Deck)
            && block.text.len() <= LONGEST_FACTS
            && stated.contains(&Some(block.line))
        {
            *role = Role::Facts;
        }
    }
    let source = stated_or(&raw.stated.source, source);
    let own = blocks.iter().zip(&layout.roles).filter(|(_, role)| !matches!(role, Role::Furniture | Role::Facts));
    let words = own.map(|(block, _)| block.shape.words).sum();
    let mut article = Article {
        id: ArticleId(0),
        origin: Origin { bytes: Range::default(), ..Origin::default() },
        title,
        byline: stated_byline(&raw.stated.byline).or(byline),
        source: source.or_else(|| Some(Stated { text: site(url.as_deref()?)?, line: None })),
        url,
        date: dates.first().filter(|candidate| candidate.rank >= 0).map(|candidate| candidate.date.clone()),
        dates,
        language,
        passages,
        body: Vec::new(),
        words,
        findings: Vec::new(),
    };
    article.findings = findings(&article, &blocks, &layout, &block_languages);
    let parts = blocks.into_iter().zip(layout.roles).zip(block_languages);
    let paragraphs = parts.map(|((block, role), language)| Paragraph {
        role,
        text: block.text,
        line: block.line,
        language: language.tag,
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
    let blocks = blocks::blocks(&lines, date::leading_date);
    let paragraph = |block: Block| {
        let role = if *block.text == *title { Role::Title } else { Role::Text };
        Paragraph { role, text: block.text, line: block.line, language: None }
    };
    blocks.into_iter().map(paragraph).collect()
}

/// What a field beside the text states, where it states anything.
fn stated(field: &Option<String>) -> Option<Clean> {
    field.as_deref().map(|field| Clean::new(field).trimmed()).filter(|field| !field.is_empty())
}

/// What a field beside the text states, else what the text does.
fn stated_or(field: &Option<String>, found: Option<Stated>) -> Option<Stated> {
    stated(field).map(|text| Stated { text, line: None }).or(found)
}

/// The names in a field that states the byline, without the words before them: `By …`.
fn stated_byline(field: &Option<String>) -> Option<Stated> {
    let text = stated(field)?;
    let text = match byline::read(&text) {
        Some(byline::Fact::Author(name)) => Clean::new(&name),
        _ => text,
    };
    Some(Stated { text, line: None })
}

/// The site that an address leads to: its host, without what all hosts have in common.
fn site(url: &str) -> Option<Clean> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    host.contains('.').then(|| Clean::new(host))
}

/// True where `text` differs from a title in nothing but case, accents and punctuation; `letters` are
/// those of the title.
fn says(text: &str, title: &str, letters: &str) -> bool {
    // What is of very different length is compared no further.
    if text.len() > 2 * title.len() + 8 || title.len() > 2 * text.len() + 8 {
        return false;
    }
    if text.is_ascii() {
        let lower = text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
        return lower.eq(letters.bytes());
    }
    // The first word tells of most texts that they are another.
    let first = text.split_once(' ').map_or("", |(first, _)| first);
    letters.starts_with(&letters_of(first)) && letters_of(text) == letters
}

/// The letters and digits of `text`, folded.
fn letters_of(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The headline, or the opening of the text in place of one.
fn title_of(blocks: &[Block], layout: &Layout, stated: Option<Clean>) -> Title {
    let place = layout.title.map(|at| &blocks[at]);
    if let Some(text) = stated {
        return Title { text, kind: TitleKind::Headline, line: place.map(|block| block.line) };
    }
    if let Some(block) = place {
        return Title { text: block.text.clone(), kind: TitleKind::Headline, line: Some(block.line) };
    }
    let first = |wanted: fn(Role) -> bool| blocks.iter().zip(&layout.roles).find(|(_, role)| wanted(**role));
    let found = first(Role::is_prose).or_else(|| first(|role| role != Role::Furniture)).or_else(|| first(|_| true));
    found.map_or_else(Title::default, |(block, _)| Title {
        text: opening::opening(&block.text),
        kind: TitleKind::Opening,
        line: Some(block.line),
    })
}

/// The language of the text proper; of all there is, where the text is short.
fn language_of(blocks: &[Block], layout: &Layout, stated: Option<&str>) -> Language {
    const WANTED: usize = 1_500;
    /// So many bytes of its own words tell the language of an article.
    const OWN: usize = 250;
    /// So many characters leave no doubt of the language of a text.
    const PLENTY: usize = 120;
    let parts = || blocks.iter().zip(&layout.roles);
    // What people are quoted with may be in any language, so it is heard only where little else is.
    let mut text = String::with_capacity(4 * WANTED);
    let mut read = 0;
    for (block, _) in parts().filter(|(_, role)| role.is_prose()).take(60) {
        read += block.shape.size;
        if read >= 2 * WANTED {
            break;
        }
        push_unquoted(&mut text, &block.text);
    }
    let is_own = text.len() >= OWN;
    read = 0;
    for wanted in [|role: Role| role.is_prose(), |role| role == Role::Title, |role| role != Role::Furniture, |_| true] {
        if read >= PLENTY {
            break;
        }
        if !is_own {
            text.clear();
        }
        read = 0;
        for (block, _) in parts().filter(|(_, role)| wanted(**role) || role.is_prose()) {
            if read >= WANTED {
                break;
            }
            if !is_own {
                text.push_str(&block.text);
                text.push('\n');
            }
            read += block.shape.size;
        }
    }
    let found = language::detect(&text);
    let Some(stated) = stated.and_then(LanguageTag::find) else {
        return found;
    };
    // What is stated beside the text may be wrong, but only plain text can prove that.
    if found.sure && found.tag != Some(stated) && read >= PLENTY {
        return found;
    }
    Language { tag: Some(stated), confidence: found.confidence.max(0.95), sure: true }
}

/// Adds `text` to `kept`, without what stands between quotation marks as English and German write them.
fn push_unquoted(kept: &mut String, text: &str) {
    let first = if text.is_ascii() { None } else { text.find('“').into_iter().chain(text.find('„')).min() };
    let (front, text) = text.split_at(first.unwrap_or(text.len()));
    kept.push_str(front);
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (None, '“') => closing = Some('”'),
            (None, '„') => closing = Some('“'),
            (None, _) => kept.push(c),
            // Some close with the other mark, and some close never but with the paragraph.
            (Some(mark), _) if c == mark || c == '”' => closing = None,
            (Some(_), _) => {}
        }
    }
    kept.push('\n');
}

/// The address of the article, where one of its first or last lines is nothing else.
fn address(blocks: &[Block]) -> Option<Clean> {
    let ends = blocks.iter().take(12).chain(blocks.iter().rev().take(4));
    ends.map(|block| &block.text)
        .find(|text| {
            (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ') && text.len() < 500
        })
        .cloned()
}

/// Who wrote and who published the article, as its lines of facts say.
fn facts(blocks: &[Block], kinds: &[Kind], layout: &Layout) -> (Option<Stated>, Option<Stated>) {
    let from = layout.title.unwrap_or(0).saturating_sub(5);
    let to = layout.embedded.unwrap_or(blocks.len());
    let (mut author, mut publisher) = (None, None);
    for at in from..to {
        let stated = |name: &str| Some(Stated { text: Clean::new(name), line: Some(blocks[at].line) });
        // A line that states a date may name the publisher as well.
        let fact = match &kinds[at] {
            Kind::Fact(fact) => Some(fact.clone()),
            Kind::Date => byline::read(&blocks[at].text),
            _ => None,
        };
        match &fact {
            Some(Fact::Author(name)) if author.is_none() => author = stated(name),
            Some(Fact::Publisher(name)) if publisher.is_none() => publisher = stated(name),
            _ => {}
        }
    }
    (author.or_else(|| unannounced(blocks, kinds, layout)), publisher)
}

/// An author whose name stands alone between headline and text, next to the date or with it.
///
/// Pictures have names beside them as well, of those they show; but of those the text speaks.
fn unannounced(blocks: &[Block], kinds: &[Kind], layout: &Layout) -> Option<Stated> {
    let title = layout.title?;
    let is_date = |at: usize| kinds.get(at) == Some(&Kind::Date);
    let at = (title + 1..blocks.len().min(title + 5)).find(|at| {
        let dated = is_date(at + 1) || is_date(at - 1) || blocks[*at].text.contains('|');
        kinds[*at] == Kind::Short && dated && byline::bare_name(&blocks[*at].text).is_some()
    })?;
    let name = byline::bare_name(&blocks[at].text)?;
    let surname = name.rsplit(' ').next()?;
    let spoken_of = |(block, role): (&Block, &Role)| *role != Role::Furniture && block.text.contains(surname);
    let others = blocks.iter().zip(&layout.roles).enumerate().filter(|(other, _)| *other != at);
    let known = others.take(title + 30).any(|(_, block)| spoken_of(block));
    (!known).then(|| Stated { text: Clean::new(&name), line: Some(blocks[at].line) })
}

/// Whatever was odd about an article, apart from what belongs to its page.
fn findings(
    article: &Article,
    blocks: &[Block],
    layout: &Layout,
    languages: &[passages::BlockLanguage],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if article.title.kind == TitleKind::Opening && !article.title.text.is_empty() {
        findings.push(Finding::new(FindingKind::NoHeadline, "no headline; the opening of the text stands in"));
    }
    for block in blocks.iter().filter(|block| block.dated) {
        findings.push(Finding::at(FindingKind::DateInText, block.line, "the date stands in the same line as the text"));
    }
    if let Some(date) = article.date.as_ref().filter(|date| date.when.precision() == Precision::Yearless) {
        let note = format!("“{}” tells no year", date.text);
        findings.push(Finding { line: date.line, ..Finding::new(FindingKind::DateWithoutYear, note) });
    }
    if let [first, second, ..] = &article.dates[..]
        && first.rank >= 0
        && first.rank == second.rank
        && first.date.when.first() != second.date.when.first()
    {
        let note = format!("“{}” and “{}” disagree", first.date.text, second.date.text);
        findings.push(Finding { line: second.date.line, ..Finding::new(FindingKind::DatesDisagree, note) });
    }
    if !article.language.sure {
        findings.push(Finding::new(FindingKind::LanguageUnsure, "too little text to be sure of the language"));
    }
    for passage in &article.passages {
        let note = format!("{} words in {}", passage.words, passage.tag.name());
        let line = passage.lines.first().copied();
        findings.push(Finding { line, ..Finding::new(FindingKind::OtherLanguage, note) });
    }
    for (block, _) in blocks.iter().zip(languages).filter(|(_, language)| language.run_together) {
        findings.push(Finding::at(FindingKind::RunTogether, block.line, "words are written together"));
    }
    if let Some(at) = layout.embedded {
        let note = format!("a second article begins: “{}”", blocks[at].text);
        findings.push(Finding::at(FindingKind::EmbeddedArticle, blocks[at].line, note));
    }
    for (at, earlier) in layout.repeated.iter().filter(|(at, _)| layout.roles[*at] != Role::Furniture).take(20) {
        let note = format!("says again what line {} says", blocks[*earlier].line);
        findings.push(Finding::at(FindingKind::Repeated, blocks[*at].line, note));
    }
    findings
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
    fn quotations_are_left_out() {
        let mut kept = String::new();
        push_unquoted(&mut kept, "Er sagt „nein“ und geht.");
        push_unquoted(&mut kept, "She says “no” and leaves. “Never");
        assert_eq!(kept, "Er sagt  und geht.\nShe says  and leaves. \n");
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
        let article = extract(&RawArticle { text: text.into(), stated, file_name: None });
        assert_eq!(article.title.text, "Harbour open again");
        assert_eq!(article.title.line, Some(1));
        assert_eq!(article.byline, Some(Stated { text: "Nora Webb".into(), line: None }));
        assert_eq!(article.url.as_deref(), Some("https://example.com/harbour"));
        assert_eq!(article.body[0].role, Role::Title);
    }

    #[test]
    fn an_address_tells_the_site_where_nothing_else_does() {
        for (url, expected) in [
            ("https://www.Bay-Courier.example/2021/ferry?x=1", Some("bay-courier.example")),
            ("http://user@m.bay.example:8080", Some("bay.example")),
            ("https://localhost/a", None),
            ("mailto:ann@bay.example", None),
        ] {
            assert_eq!(site(url).as_deref(), expected, "{url}");
        }
        let byline = stated_byline(&Some("By Ann Bell".to_owned())).expect("stated");
        assert_eq!(byline.text, "Ann Bell");
    }

    #[test]
    fn a_wrong_language_beside_plain_text_is_not_believed() {
        let text = "Der Hafen ist seit gestern geschlossen, und niemand weiß, wann er wieder öffnen wird. Die Fähre fährt nicht, und auch die Fischer bleiben an Land.";
        let language = |stated: &str, text: &str| {
            let stated = StatedFields { language: Some(stated.into()), ..StatedFields::default() };
            extract(&RawArticle { text: text.into(), stated, file_name: None }).language
        };
        assert_eq!(language("en", text).shown(), "de");
        assert_eq!(language("de-AT", "Hafen zu").shown(), "de");
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
