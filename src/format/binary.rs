//! Telling text from everything else, by the first bytes of a file.

use super::decode;

/// How a file begins that is no text: at which byte, with which bytes, and what it is.
const BEGINNINGS: &[(usize, &[u8], &str)] = &[
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\0", "a TIFF image"),
    (0, b"MM\0*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV sound"),
    (8, b"AVI ", "an AVI film"),
    (4, b"ftyp", "an MP4 film or a HEIC image"),
    (0, b"ID3", "an MP3 sound"),
    (0, b"OggS", "an Ogg sound"),
    (0, b"fLaC", "a FLAC sound"),
    (0, b"\x1aE\xdf\xa3", "a Matroska film"),
    (0, b"%PDF-", "a PDF document"),
    (0, b"%!PS", "a PostScript document"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (0, b"PK\x03\x04", "a ZIP archive, an e-book or an office document"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"(\xb5/\xfd", "a Zstandard archive"),
    (0, b"7z\xbc\xaf", "a 7z archive"),
    (0, b"Rar!\x1a", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"SQLite format 3\0", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\0", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\0asm", "a program"),
    (0, b"PAR1", "a Parquet table"),
    (0, b"wOF2", "a font"),
    (0, b"\0\x01\0\0", "a font"),
];

/// What a file is that begins with `head`, in words for a reader; `None` when it is text.
///
/// A few control characters make no binary file: articles come with escape sequences and stray
/// zero bytes, and [`Clean`](crate::text::Clean) takes them away.
pub fn kind(head: &[u8]) -> Option<String> {
    let begins = |(at, bytes, _): &&(usize, &[u8], &str)| head.get(*at..).is_some_and(|rest| rest.starts_with(bytes));
    // Some beginnings are also words (`ID3 shooter sells well`), so they count only before bytes that no text has.
    let odd = controls(head);
    if let Some((_, bytes, name)) = BEGINNINGS.iter().find(begins) {
        let unmistakable = bytes.len() >= 4 || bytes.iter().any(|byte| !byte.is_ascii_graphic());
        if unmistakable || odd > 0 {
            return Some(format!("is not text (it begins like {name})"));
        }
    }
    if odd == 0 || decode::utf16(head).is_some() {
        return None;
    }
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    if zeros * 100 > head.len() {
        return Some("is not text (it holds zero bytes)".to_owned());
    }
    (odd * 20 > head.len()).then(|| "is not text (it is full of control characters)".to_owned())
}

/// How many bytes are control characters that articles do not hold, not even messy ones: escape
/// sequences with their bells, tabs and line breaks are not among them.
fn controls(head: &[u8]) -> usize {
    head.iter().filter(|byte| matches!(byte, 0..=6 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], expected: &str) {
        assert_eq!(kind(head).as_deref().unwrap_or("text"), expected, "{:?}", String::from_utf8_lossy(head));
    }

    #[test]
    fn knows_files_by_their_beginning() {
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text (it begins like a PNG image)");
        check(b"%PDF-1.7\n", "is not text (it begins like a PDF document)");
        check(b"PK\x03\x04\x14\0", "is not text (it begins like a ZIP archive, an e-book or an office document)");
        check(b"RIFF\x24\0\0\0WEBPVP8 ", "is not text (it begins like a WebP image)");
        check(b"ID3\x04\0\0\0\0\0\x7f", "is not text (it begins like an MP3 sound)");
    }

    #[test]
    fn knows_other_bytes_that_are_no_text() {
        check(&[0; 500], "is not text (it holds zero bytes)");
        check(b"ab\0\0cd\0ef", "is not text (it holds zero bytes)");
        let noise: Vec<u8> = (1..4000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
        check(&noise, "is not text (it is full of control characters)");
    }

    #[test]
    fn takes_messy_text_for_text() {
        check(b"", "text");
        check(b"Musk invites Putin\r\n\tClubhouse\x0c", "text");
        check(b"\x1b]8;;http://example.org\x07link\x1b]8;;\x07 \x1b[31mred\x1b[0m", "text");
        check(b"ID3 shooter sells well", "text");
        check("电话直呼".as_bytes(), "text");
        check(b"Gespr\xe4che \xfcber Ger\xfcchte", "text");
        check(&[&b"a".repeat(400)[..], b"\0"].concat(), "text");
    }

    #[test]
    fn takes_text_in_units_of_two_bytes_for_text() {
        for text in ["Musk invites Putin", "Маск зовёт Путина на разговор", "马斯克邀请普京。\n在 Clubhouse 对话"]
        {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(&little, "text");
            check(&big, "text");
        }
    }
}
