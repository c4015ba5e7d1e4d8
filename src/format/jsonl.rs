//! JSON Lines: one JSON object a line, one article an object.

use std::io;

use super::{
    Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, amount, decode, fields, front::is_blank,
    lines::Lines, repair::repair,
};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    description: "JSON Lines, one object with a title or text a line",
    extensions: &["jsonl", "ndjson"],
    reads: "title, text, author, source, date, address, language and tags, from fields under the names that are in use",
    begins,
    split,
    preface,
    read,
    grows: true,
    holds: Holds::Text,
};

/// Sure when the first line is an object by itself; it may be one that is longer than what is seen of it.
fn begins(head: &[u8]) -> Likeness {
    if !decode::may_open_with(head, b"{") {
        return Likeness::No;
    }
    let decoded = decode::decode(decode::even(head), false, None);
    let text = decoded.text.trim_start();
    let (first, is_whole) = text.split_once('\n').map_or((text, false), |(first, _)| (first.trim_end(), true));
    let is_object = first.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    // Facts in front of a text are set apart from it; articles have no text between them.
    let after = text.split_once('\n').map_or("", |(_, after)| after);
    if is_object && is_blank(after) && after.trim_start().starts_with(|c: char| !matches!(c, '{' | '[' | '#' | '/')) {
        return Likeness::Maybe;
    }
    match is_object {
        true if is_whole && first.ends_with('}') && first.len() > 2 => Likeness::Sure,
        _ => Likeness::maybe_if(is_object && (first.ends_with('}') || !is_whole)),
    }
}

/// Each line that is not empty is an article, numbered as the line is.
fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let mut lines = match source.from.byte {
        0 => Lines::new(source.reader, source.limits)?,
        _ => Lines::go_on(source.reader, source.limits, source.from),
    };
    while let Some(line) = lines.next()? {
        if line.bytes.is_empty() {
            continue;
        }
        let part = Some(u32::try_from(line.number).unwrap_or(u32::MAX));
        if on(Piece { bytes: line.bytes, range: line.range, part, line: line.number }).is_break() {
            break;
        }
    }
    Ok(())
}

/// Many lines together tell what each of them is written in.
pub(super) fn preface(head: &[u8]) -> Preface {
    Preface { encoding: decode::guess_from(head), bytes: Vec::new(), ..Preface::default() }
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    if !piece.is_whole() {
        return Err(format!("the article is too long ({})", amount(piece.range.end - piece.range.start)));
    }
    let decoded = decode::decode(piece.bytes, true, around.preface.encoding);
    let text = decoded.text.trim();
    let article = fields::article(text, around.fields()).or_else(|error| match repair(text) {
        Some(mended) => fields::article(&mended, around.fields()).map_err(|_| complaint(text, &error)),
        None => Err(complaint(text, &error)),
    })?;
    let article = article?;
    Ok(Sheet { raw: article.raw, findings: decoded.finding.into_iter().chain(article.findings).collect() })
}

/// What is wrong with a line, in words for a reader.
fn complaint(text: &str, error: &serde_json::Error) -> String {
    let problem = error.to_string();
    // There is but one line, so its number says nothing.
    let problem = problem.split(" at line 1 column").next().unwrap_or_default();
    match (text.chars().next(), error.classify()) {
        (Some('['), _) => "not an object (it begins like a JSON array)".to_owned(),
        (_, serde_json::error::Category::Data) => format!("not an object ({problem})"),
        (_, serde_json::error::Category::Eof) => format!("not JSON (it ends at column {})", error.column()),
        _ => format!("not JSON ({problem} at column {})", error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// What is in a file: part, place, and title with text or the complaint.
    fn articles(mut bytes: &[u8]) -> Vec<(u32, std::ops::Range<u64>, String)> {
        let mut found = Vec::new();
        let size = Some(bytes.len() as u64);
        let source = Source::new(&mut bytes, size, Limits { whole: 1000, cut: 10 });
        let on = &mut |piece: Piece<'_>| {
            let shown = match read(&piece, &Around::default()) {
                Ok(sheet) => {
                    format!("{}: {}", sheet.raw.stated.title.unwrap_or("-".into()), sheet.raw.text)
                }
                Err(reason) => format!("! {reason}"),
            };
            found.push((piece.part.expect("lines have numbers"), piece.range, shown));
            ControlFlow::Continue(())
        };
        split(source, on).expect("memory can be read");
        found
    }

    fn check(file: &str, expected: &[(u32, std::ops::Range<u64>, &str)]) {
        let articles = articles(file.as_bytes());
        let got: Vec<_> = articles.iter().map(|(part, place, shown)| (*part, place.clone(), shown.as_str())).collect();
        assert_eq!(got, expected, "{file}");
    }

    #[test]
    fn each_line_is_an_article() {
        check("{\"title\":\"T\",\"text\":\"a\"}\n\n{\"text\":\"b\"}", &[(1, 0..24, "T: a"), (3, 26..38, "-: b")]);
        check("", &[]);
        check("\u{feff}{\"text\":\"ä\"}\r\n", &[(1, 3..16, "-: ä")]);
    }

    #[test]
    fn a_broken_line_does_not_stop_the_others() {
        check(
            "{\"text\":\"a\"\n{\"text\":\"b\"}\nnonsense\n[1]\n7\n{\"text\" \"c\"}\n{}",
            &[
                (1, 0..11, "! not JSON (it ends at column 11)"),
                (2, 12..24, "-: b"),
                (3, 25..33, "! not JSON (expected ident at column 2)"),
                (4, 34..37, "! not an object (it begins like a JSON array)"),
                (5, 38..39, "! not an object (invalid type: integer `7`, expected an object)"),
                (6, 40..52, "! not JSON (expected `:` at column 9)"),
                (7, 53..55, "! no field with a title or text"),
            ],
        );
    }

    #[test]
    fn a_line_that_is_too_long_is_reported() {
        let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"b\"}}", "a".repeat(2000));
        check(&long, &[(1, 0..2012, "! the article is too long (1 kB)"), (2, 2012..2024, "-: b")]);
    }

    #[test]
    fn careless_json_is_read_all_the_same() {
        check("{\"text\":\"a\tb\",\"author\":NaN}", &[(1, 0..27, "-: a b")]);
        check("{\"text\":\"cut \\ud83c\"}", &[(1, 0..21, "-: cut \u{fffd}")]);
    }

    #[test]
    fn escape_sequences_arrive_as_they_are() {
        check("{\"text\":\"a\\u001b[31mred\"}", &[(1, 0..25, "-: a\u{1b}[31mred")]);
    }

    #[test]
    fn wide_files_are_read_too() {
        let file = "\u{feff}{\"text\":\"Gespräch\"}\r\n{\"text\":\"马斯克\"}\r\n";
        let bytes: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let shown: Vec<String> = articles(&bytes).into_iter().map(|(_, _, shown)| shown).collect();
        assert_eq!(shown, ["-: Gespräch", "-: 马斯克"]);
    }

    #[test]
    fn what_was_read_is_read_back_from_its_place() {
        let file = "{\"text\":\"a\"}\n  {\"text\":\"Übung\"} \nx\n{\"text\":\"c\"}".as_bytes();
        for (part, place, shown) in articles(file) {
            let bytes = &file[place.start as usize..place.end as usize];
            let again = read(&Piece { bytes, range: place, part: Some(part), line: 1 }, &Around::default());
            let again = again.map_or_else(|reason| format!("! {reason}"), |sheet| format!("-: {}", sheet.raw.text));
            assert_eq!(again, shown);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = begins(&bytes);
            let _ = articles(&bytes);
        }

        #[test]
        fn anything_like_json_is_read_or_refused(file in "([{}\\[\\]:,\"\\\\u]|text|date|title|[0-9.eE+-]|NaN|\n)*") {
            let _ = articles(file.as_bytes());
        }
    }
}
