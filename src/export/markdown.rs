//! Markdown: each article under its title, its text as it is laid out.

use std::io::{self, Write};

use super::{ExportFormat, Exporter, Item};
use crate::article::Role;

/// Markdown.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "markdown",
    description: "Markdown, a heading for each article",
    extension: "md",
    exporter: |_| Ok(Box::new(Markdown)),
};

struct Markdown;

/// Text in which nothing is taken for a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let at_start = text[..at].trim().is_empty();
        let is_sign = matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>')
            || at_start && matches!(letter, '#' | '-' | '+' | '=' | '~')
            || matches!(letter, '.' | ')') && at > 0 && text[..at].trim().bytes().all(|byte| byte.is_ascii_digit());
        if is_sign {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

impl Exporter for Markdown {
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        let title = escaped(&item.record.title);
        match item.record.url.as_ref().filter(|url| !url.contains([' ', '(', ')', '<', '>'])) {
            Some(url) => writeln!(out, "# [{title}]({url})\n")?,
            None => writeln!(out, "# {title}\n")?,
        }
        writeln!(out, "{}\n", escaped(&super::text::facts(item)))?;
        if let Some(note) = &item.marks.note {
            for line in note.lines() {
                writeln!(out, "> {}", escaped(line))?;
            }
            writeln!(out)?;
        }
        for part in item.article.into_iter().flat_map(super::text::paragraphs) {
            let text = escaped(&part.text);
            match part.role {
                Role::Heading => writeln!(out, "## {text}\n")?,
                Role::Item => writeln!(out, "- {text}\n")?,
                Role::Caption => writeln!(out, "*{text}*\n")?,
                _ => writeln!(out, "{text}\n")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_text() {
        for (text, expected) in [
            ("plain", "plain"),
            ("# 1 *best* [x](y)", "\\# 1 \\*best\\* \\[x\\](y)"),
            ("1. May", "1\\. May"),
            ("a - b", "a - b"),
            ("- b", "\\- b"),
            ("<script>", "\\<script\\>"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
