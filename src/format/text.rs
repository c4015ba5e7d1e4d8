//! Plain text: one file, one article.

use std::borrow::Cow;
use std::io::{self, Read};

use super::{Around, Format, Holds, Likeness, Piece, Preface, Sheet, Source, Take, columns, decode};
use crate::article::{Finding, FindingKind};
use crate::extract::RawArticle;

pub(super) const FORMAT: Format = Format {
    name: "text",
    description: "plain text, one article a file",
    extensions: &["txt", "text"],
    reads: "text; all else is found in it",
    begins: |_| Likeness::No,
    split,
    preface: |_| Preface::default(),
    read,
    grows: false,
    holds: Holds::Text,
};

/// The whole file is one article.
pub(super) fn split(source: Source<'_>, on: Take<'_>) -> io::Result<()> {
    let Source { reader, size, limits, .. } = source;
    let size = size.unwrap_or(0);
    let expected = if size > limits.whole { limits.cut } else { size };
    let mut bytes = Vec::with_capacity(usize::try_from(expected + 1).unwrap_or(0));
    let most = if size > limits.whole { limits.cut } else { limits.whole };
    // One byte more tells whether the file is longer than it was when it was found.
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    let mut length = bytes.len() as u64;
    if read.is_err() {
        // What stands before the damage is shown, as a beginning.
        length = length.max(size) + 1;
        if !bytes.is_empty() {
            let _ = on(Piece { bytes: &bytes[..word_end(&bytes)], range: 0..length, part: None, line: 1 });
        }
        return read.map(drop);
    }
    if length > most {
        length = length.max(size);
        let cut = usize::try_from(limits.cut).unwrap_or(usize::MAX).min(bytes.len());
        bytes.truncate(word_end(&bytes[..cut]));
    }
    let _ = on(Piece { bytes: &bytes, range: 0..length, part: None, line: 1 });
    Ok(())
}

/// Where the last whole word of `bytes` ends, if that is near.
fn word_end(bytes: &[u8]) -> usize {
    if decode::utf16(bytes).is_some() {
        return bytes.len() & !1;
    }
    let near = bytes.len().saturating_sub(4096);
    bytes[near..].iter().rposition(u8::is_ascii_whitespace).map_or(bytes.len(), |at| near + at)
}

fn read(piece: &Piece<'_>, around: &Around<'_>) -> Result<Sheet, String> {
    let decoded = decode::decode(piece.bytes, piece.is_whole(), None);
    if decoded.text.trim().is_empty() {
        return Err(if piece.bytes.is_empty() { "is empty" } else { "holds nothing but white space" }.to_owned());
    }
    let mut findings: Vec<Finding> = decoded.finding.into_iter().chain(piece.cut_short()).collect();
    let file_name = around.file_name.map(str::to_owned);
    let (whole, heads) = columns::whole(&decoded.text);
    if heads > 0 {
        let note = format!("{heads} heads of pages stood within sentences, and were taken out");
        findings.push(Finding::new(FindingKind::Furniture, note));
    }
    let text = match whole {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => decoded.text.into_owned(),
    };
    Ok(Sheet { raw: RawArticle { text, file_name, ..RawArticle::default() }, findings })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Limits;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// The only article of a file with these bytes, cut at 16 bytes when longer than 32.
    fn article(mut bytes: &[u8]) -> Result<Sheet, String> {
        let size = Some(bytes.len() as u64);
        let mut found = None;
        let source = Source::new(&mut bytes, size, Limits { whole: 32, cut: 16 });
        let on = &mut |piece: Piece<'_>| {
            found = Some(read(&piece, &Around { file_name: Some("a.txt"), ..Around::default() }));
            ControlFlow::Continue(())
        };
        split(source, on).expect("memory can be read");
        found.expect("one article")
    }

    #[test]
    fn a_file_is_an_article() {
        let sheet = article(b"Title\r\n\r\nText.\n").expect("an article");
        assert_eq!(sheet.raw.text, "Title\r\n\r\nText.\n");
        assert_eq!(sheet.raw.file_name.as_deref(), Some("a.txt"));
        assert_eq!(sheet.findings, []);
    }

    #[test]
    fn nothing_is_no_article() {
        assert_eq!(article(b""), Err("is empty".into()));
        assert_eq!(article(b" \n\t \xc2\xa0\n"), Err("holds nothing but white space".into()));
    }

    #[test]
    fn a_huge_file_is_cut_at_a_word_and_says_so() {
        let sheet = article(b"one two three four five six seven eight").expect("an article");
        assert_eq!(sheet.raw.text, "one two three");
        assert_eq!(sheet.findings.len(), 1);
        assert_eq!(sheet.findings[0].kind, FindingKind::CutShort);
        assert_eq!(sheet.findings[0].note, "the first 13 bytes of 39 bytes were read");
    }

    #[test]
    fn a_cut_never_breaks_a_character() {
        let text = "é".repeat(40);
        let sheet = article(text[..].as_bytes()).expect("an article");
        assert_eq!(sheet.raw.text, "é".repeat(8));
        assert_eq!(sheet.findings.len(), 1);
        let text = "あ".repeat(40);
        let sheet = article(text[..].as_bytes()).expect("an article");
        assert_eq!(sheet.raw.text, "あ".repeat(5));
        assert_eq!(sheet.findings.len(), 1, "{:?}", sheet.findings);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(sheet) = article(&bytes) {
                prop_assert!(!sheet.raw.text.trim().is_empty());
            }
        }
    }
}
