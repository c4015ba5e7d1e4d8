//! Pieces of markup: the text of an entry of a feed, of a field, of a mail.

use std::borrow::Cow;

use super::body::Survey;
use super::flow::{BLOCKS, Flow, LINES};
use super::page::{SILENT, page};
use super::tree::{EMPTY, FORMATTING};
use crate::extract::Marks;

/// Other elements that texts hold.
const OTHERS: &[&str] = &["iframe", "picture", "script", "style"];

/// The text of a piece of markup.
pub(in crate::format) fn text(html: &str) -> String {
    written(html, Flow::default()).finish()
}

/// The text of a piece of markup, and how it is laid out.
pub(in crate::format) fn laid_out(html: &str) -> (String, Marks) {
    written(html, Flow::default()).finish_marked()
}

/// Writes a piece of markup into a text.
pub(in crate::format) fn written_into(html: &str, flow: &mut Flow) {
    let page = page(html, false);
    Survey::of_fragment(&page.tree).write(&[0], flow);
}

fn written(html: &str, mut flow: Flow) -> Flow {
    let page = page(html, false);
    Survey::of_fragment(&page.tree).write(&[0], &mut flow);
    flow
}

/// The text of a field that may hold markup, or characters written as markup has them (`&amp;`), and
/// how it is laid out where markup tells.
///
/// Line breaks are kept where no markup parts the paragraphs. Text with `<` in it is left alone unless
/// the name of an element follows.
pub(in crate::format) fn field(field: &str) -> (Cow<'_, str>, Option<Marks>) {
    match looks(field) {
        Looks::Plain => (Cow::Borrowed(field), None),
        Looks::Marked => {
            let (text, marks) = laid_out(field);
            (Cow::Owned(text), Some(marks))
        }
        Looks::InLines => {
            let (text, marks) = written(field, Flow::keeping_lines()).finish_marked();
            // What only stresses words leaves the layout to be guessed.
            (Cow::Owned(text), Some(marks).filter(|marks| !marks.links.is_empty()))
        }
        Looks::Escaped => (Cow::Owned(unescaped(field)), None),
    }
}

/// The text of a field that may hold markup, without its layout.
pub(in crate::format) fn text_of_field(field: &str) -> Cow<'_, str> {
    match looks(field) {
        Looks::Plain => Cow::Borrowed(field),
        Looks::Marked => Cow::Owned(text(field)),
        Looks::InLines => Cow::Owned(written(field, Flow::keeping_lines()).finish()),
        Looks::Escaped => Cow::Owned(unescaped(field)),
    }
}

/// What a field holds.
enum Looks {
    /// Text.
    Plain,
    /// Markup, of which paragraphs are part.
    Marked,
    /// Lines of text with markup in them.
    InLines,
    /// Text with characters written as in markup.
    Escaped,
}

fn looks(field: &str) -> Looks {
    let elements = || field.match_indices('<').filter_map(|(at, _)| element(&field[at + 1..]));
    if elements().any(|name| BLOCKS.contains(&&*name) || LINES.contains(&&*name)) {
        return Looks::Marked;
    }
    match (elements().next().is_some() || field.contains("<!--"), has_entity(field)) {
        (true, _) => Looks::InLines,
        (_, true) => Looks::Escaped,
        _ => Looks::Plain,
    }
}

fn unescaped(field: &str) -> String {
    written(&field.replace('<', "&lt;"), Flow::keeping_lines()).finish()
}

/// The name of the element whose tag `text` goes on with, if there is such an element.
fn element(text: &str) -> Option<String> {
    let text = text.strip_prefix('/').unwrap_or(text);
    let length = text.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
    let ends = text[length..].starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace());
    let name = text[..length].to_ascii_lowercase();
    let known = [BLOCKS, LINES, SILENT, EMPTY, FORMATTING, OTHERS].iter().any(|names| names.contains(&&*name));
    (ends && known).then_some(name)
}

/// True where a character is written as an entity: `&amp;`, `&#8217;`.
fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = &text[at + 1..];
        let length = name.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        length >= 2 && name[length..].starts_with(';')
    })
}

/// The text of a piece of markup, in one line.
pub(in crate::format) fn line(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(text(html), expected, "{html}");
    }

    #[test]
    fn blocks_stand_apart_and_lines_flow() {
        check("<p>One <b>bold</b>\n  word.</p><p>Two.</p>", "One bold word.\n\nTwo.");
        check("<div><div><h2>Heading</h2></div></div>Text<hr>more", "Heading\n\nText\n\nmore");
        check("One<br>two<br/>three<br><br>four", "One\ntwo\nthree\n\nfour");
        check("<ul><li>One</li><li><p>Two</p>\n<li>Three</ul>Text", "• One\n• Two\n• Three\n\nText");
        check("<table><tr><td>Name<td>Age</tr></table>", "Name\nAge");
        check("<pre>one\n  two\n\nthree</pre>", "one\n  two\n\nthree");
        check("plain text", "plain text");
    }

    #[test]
    fn entities_are_characters() {
        check(
            "R&eacute;sum&#233; &amp; caf&#xe9;&nbsp;&lt;b&gt; &hellip; &bogus; AT&T",
            "Résumé & café <b> … &bogus; AT&T",
        );
    }

    #[test]
    fn scripts_and_styles_are_no_text() {
        check(
            "<style>p { color: red }</style>a<script>if (a < b) document.write('<p>no</p>')</script> b<!-- no -->\
             <noscript><p>Switch it on</p></noscript><svg><title>no</title><text>no</text></svg><iframe>no</iframe> c\
             <textarea>no</textarea><select><option>no</select>",
            "a b c",
        );
    }

    #[test]
    fn fields_hold_markup_or_text() {
        for (field, expected) in [
            ("One.\n\nTwo < three & four.", "One.\n\nTwo < three & four."),
            ("<p>One.\nMore.</p><p>Two.</p>", "One. More.\n\nTwo."),
            ("One <a href='x'>link</a>.\n\nTwo.\nThree.", "One link.\n\nTwo.\nThree."),
            ("Salt &amp; pepper,\nif a < b, &#8222;so&#8220;", "Salt & pepper,\nif a < b, „so“"),
            ("AT&T; a <Moscow> b <em", "AT&T; a <Moscow> b <em"),
            ("Cut<br/>here", "Cut\nhere"),
        ] {
            assert_eq!(text_of_field(field), expected, "{field}");
        }
    }

    proptest! {
        #[test]
        fn any_markup_is_read(html in "(<|>|/|&|\"|=| |[a-z]|p|li|ul|ol|table|td|tr|a href=x|br|script|title|svg|meta|!--|h1|time|class=|date|;|#|\\PC)*") {
            let text = text(&html);
            prop_assert!(!text.contains("\n\n\n") && !text.starts_with(['\n', ' ']), "{text:?}");
            let (text, marks) = laid_out(&html);
            let lines: Vec<&str> = text.split('\n').collect();
            for line in &marks.lines {
                let words = lines[line.line as usize - 1];
                prop_assert!(!words.is_empty());
                for span in &line.spans {
                    prop_assert!(words.get(span.range.clone()).is_some(), "{words:?} {span:?}");
                }
            }
            prop_assert_eq!(marks.lines.len(), lines.iter().filter(|line| !line.is_empty()).count());
        }
    }
}
