//! Whatever was odd about an article.

use super::blocks::Block;
use super::passages::BlockLanguage;
use super::roles::Layout;
use crate::article::{Article, Finding, FindingKind, Precision, Role, TitleKind};

/// Whatever was odd about an article, apart from what belongs to its page.
pub(super) fn findings(
    article: &Article,
    blocks: &[Block],
    layout: &Layout,
    languages: &[BlockLanguage],
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
