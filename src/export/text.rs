//! Plain text: title, facts and paragraphs, a rule between articles.

use std::io::{self, Write};

use super::{ExportFormat, Exporter, Item};
use crate::article::{Article, Paragraph, Role};

/// Plain text.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "text",
    description: "plain text, for reading and for other tools",
    extension: "txt",
    exporter: |_| Ok(Box::new(Text { any: false })),
};

struct Text {
    any: bool,
}

/// The paragraphs that a reader came to read, in order: without title, facts and page furniture.
pub(super) fn paragraphs(article: &Article) -> impl Iterator<Item = &Paragraph> {
    article.body.iter().filter(|part| !matches!(part.role, Role::Title | Role::Facts | Role::Furniture))
}

/// The text of an article: its paragraphs, an empty line between them.
pub(super) fn body(article: &Article) -> String {
    let parts: Vec<&str> = paragraphs(article).map(|part| part.text.as_str()).collect();
    parts.join("\n\n")
}

/// Source, date, language and author, as far as they are known.
pub(super) fn facts(item: &Item<'_>) -> String {
    let record = item.record;
    let date = record.when().map_or("undated".to_owned(), |when| when.long());
    let language = record.language.name.as_ref().map_or("language unsure".to_owned(), ToString::to_string);
    let mut facts = vec![language, date];
    facts.extend([&record.source, &record.byline].into_iter().flatten().map(ToString::to_string));
    facts.join(" · ")
}

impl Exporter for Text {
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        if std::mem::replace(&mut self.any, true) {
            writeln!(out, "\n{}\n", "─".repeat(72))?;
        }
        writeln!(out, "{}\n{}", item.record.title, facts(item))?;
        if let Some(url) = &item.record.url {
            writeln!(out, "{url}")?;
        }
        if let Some(article) = item.article {
            writeln!(out, "\n{}", body(article))?;
        }
        Ok(())
    }
}
