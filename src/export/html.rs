//! HTML: one page with all articles.

use std::io::{self, Write};

use super::{ExportFormat, Exporter, Item};
use crate::article::Role;

/// HTML.
pub(super) const FORMAT: ExportFormat =
    ExportFormat { name: "html", description: "one HTML page", extension: "html", exporter: |_| Ok(Box::new(Html)) };

struct Html;

const HEAD: &str = "<!DOCTYPE html>
<html>
<head>
<meta charset=\"utf-8\">
<title>newsstand</title>
<style>
body { max-width: 40em; margin: 2em auto; padding: 0 1em; font-family: serif; line-height: 1.5 }
article { margin-bottom: 4em }
.facts, figcaption { color: #555; font-family: sans-serif; font-size: 85% }
</style>
</head>
<body>
";

/// Text in which nothing is taken for markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Exporter for Html {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(HEAD.as_bytes())
    }

    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        let record = item.record;
        let language = record.language.code.map_or(String::new(), |tag| format!(" lang=\"{}\"", tag.code()));
        writeln!(out, "<article id=\"{}\"{language} dir=\"auto\">", record.id)?;
        let title = escaped(&record.title);
        // An address comes from the article, so it may be anything: only the web is linked to.
        match record.url.as_ref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
            Some(url) => writeln!(out, "<h1><a href=\"{}\">{title}</a></h1>", escaped(url))?,
            None => writeln!(out, "<h1>{title}</h1>")?,
        }
        writeln!(out, "<p class=\"facts\">{}</p>", escaped(&super::text::facts(item)))?;
        let mut in_list = false;
        for part in item.article.into_iter().flat_map(super::text::paragraphs) {
            let is_item = part.role == Role::Item;
            if is_item != in_list {
                writeln!(out, "{}", if is_item { "<ul>" } else { "</ul>" })?;
                in_list = is_item;
            }
            let tag = match part.role {
                Role::Heading => "h2",
                Role::Item => "li",
                Role::Caption => "figcaption",
                _ => "p",
            };
            writeln!(out, "<{tag}>{}</{tag}>", escaped(&part.text))?;
        }
        if in_list {
            writeln!(out, "</ul>")?;
        }
        writeln!(out, "</article>")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"</body>\n</html>\n")
    }
}
