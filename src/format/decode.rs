//! Bytes to text: whatever encoding an article was saved in.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::article::{Finding, FindingKind};

/// How many bytes are looked at to guess an encoding.
const ENOUGH: usize = 1 << 18;
/// How many bytes are looked at to tell text in units of two bytes.
const HEAD: usize = 1 << 12;

/// Bytes as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, with its line breaks and without a byte-order mark.
    pub text: Cow<'a, str>,
    /// The name of the encoding, after the WHATWG.
    pub encoding: &'static str,
    /// What to tell a reader: that the encoding was guessed, or that some bytes did not fit it.
    pub finding: Option<Finding>,
}

/// Decodes the bytes of an article. Whatever they are, there is a result.
///
/// A byte-order mark decides. Without one, bytes that are valid UTF-8 are just that, as they are
/// nearly never anything else; they are borrowed. Bytes that are UTF-8 but for some faults are
/// UTF-8 with faults. Everything else is guessed as browsers guess it.
///
/// Where the bytes are but a part of a file, `around` is what the file is written in, if it is known:
/// see [`guess_from`]. It is tried before guessing anew.
///
/// When the bytes are not `whole`, they may end within a character, which is left out.
///
/// ```
/// use newsstand::format::decode::decode;
///
/// let text = decode(b"Gespr\xe4ch \xfcber Clubhouse f\xfcr alle", true, None);
/// assert_eq!((&*text.text, text.encoding), ("Gespräch über Clubhouse für alle", "windows-1252"));
/// ```
pub fn decode<'a>(bytes: &'a [u8], whole: bool, around: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], whole, false);
    }
    if let Some(encoding) = utf16(bytes) {
        return with(encoding, bytes, whole, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\x1b') || !is_iso_2022_jp(bytes) => {
            Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), finding: None }
        }
        Ok(_) => with(ISO_2022_JP, bytes, whole, true),
        Err(_) if is_mixed(bytes) => by_lines(bytes, whole, around),
        Err(_) if is_nearly_utf8(bytes, whole) => with(UTF_8, bytes, whole, false),
        Err(_) => around
            .map(|encoding| with(encoding, bytes, whole, true))
            .filter(|decoded| !decoded.text.contains(char::REPLACEMENT_CHARACTER))
            .unwrap_or_else(|| with(guess(bytes), bytes, whole, true)),
    }
}

/// True where the text that `bytes` hold may open with one of `marks`. Nearly all files are no JSON and no XML, and
/// need not be decoded to see it.
pub fn may_open_with(bytes: &[u8], marks: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // What is no ASCII may be a space or a mark in another encoding.
    bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && **byte != 0x0b)
        .is_none_or(|first| marks.contains(first) || *first >= 0x80 || *first < b' ')
}

/// Like [`decode`], for bytes that come with a declaration of what they are written in.
///
/// Declarations are often wrong. A byte-order mark and valid UTF-8 count for more; where bytes do not
/// fit what is declared, and fit what is guessed, the guess counts.
pub fn decode_as<'a>(bytes: &'a [u8], whole: bool, declared: Option<&'static Encoding>) -> Decoded<'a> {
    let Some(declared) = declared.filter(|encoding| encoding.is_single_byte() || encoding.is_ascii_compatible()) else {
        return decode(bytes, whole, declared.filter(|encoding| *encoding == ISO_2022_JP));
    };
    let guessed = decode(bytes, whole, None);
    if guessed.encoding == UTF_8.name() && guessed.finding.is_none() || declared == UTF_8 || wide_or_marked(bytes) {
        return guessed;
    }
    let decoded = with(declared, bytes, whole, false);
    let fits = decoded.finding.is_none() || guessed.text.contains(char::REPLACEMENT_CHARACTER);
    if fits { decoded } else { guessed }
}

/// True for bytes that say themselves what they are written in.
fn wide_or_marked(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some() || utf16(bytes).is_some()
}

/// The encoding of a file that begins with `head`, where that has to be guessed; `None` for UTF-8,
/// for text in units of two bytes and for plain ASCII, none of which needs a guess.
///
/// A line of a file is too little to guess from; many lines together are enough.
pub fn guess_from(head: &[u8]) -> Option<&'static Encoding> {
    let guessed = Encoding::for_bom(head).is_none() && utf16(head).is_none() && !is_nearly_utf8(head, false);
    guessed.then(|| guess(head))
}

/// The encoding of text in units of two bytes, which begins with a byte-order mark or is seen by
/// its zero bytes; `None` for everything else.
///
/// Every text has spaces, line breaks or digits, whose upper byte is zero: so there are zero bytes,
/// and all at the same side of the units.
pub fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return [UTF_16LE, UTF_16BE].into_iter().find(|wide| *wide == encoding);
    }
    let head = &head[..head.len().min(HEAD) & !1];
    // Nearly all files are settled here, and this is asked again for every article that is quoted.
    if !head.contains(&0) {
        return None;
    }
    let (mut first, mut second, mut controls) = (0, 0, 0);
    for unit in head.chunks_exact(2) {
        first += usize::from(unit[0] == 0);
        second += usize::from(unit[1] == 0);
        controls += unit.iter().filter(|byte| matches!(byte, 0..=8 | 0x0e..=0x1a)).count();
    }
    let (zeros, others) = (first.max(second), first.min(second));
    if zeros * 300 < head.len() || zeros < 2 || others * 20 > zeros {
        return None;
    }
    // A stray zero byte in a text of single bytes makes no wide text.
    if controls * 5 < head.len() && std::str::from_utf8(head).is_ok_and(|_| zeros * 5 < head.len()) {
        return None;
    }
    let encoding = if second > first { UTF_16LE } else { UTF_16BE };
    let mut odd = 0;
    let mut units = 0;
    let wide = head.chunks_exact(2).map(|unit| match second > first {
        true => u16::from_le_bytes([unit[0], unit[1]]),
        false => u16::from_be_bytes([unit[0], unit[1]]),
    });
    for c in char::decode_utf16(wide) {
        units += 1;
        odd += usize::from(!c.is_ok_and(is_plausible));
    }
    (odd * 20 <= units).then_some(encoding)
}

/// True for characters that a text may hold.
fn is_plausible(c: char) -> bool {
    !(c.is_control() && !c.is_whitespace() && c != '\x1b'
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{fffc}'))
}

/// Decodes `bytes` and says what has to be said about it.
fn with(encoding: &'static Encoding, bytes: &[u8], whole: bool, guessed: bool) -> Decoded<'static> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
    let (_, read, faults) = decoder.decode_to_string(bytes, &mut text, whole);
    debug_assert_eq!(read, bytes.len(), "the capacity is enough for all of it");
    text.shrink_to_fit();
    let encoding = encoding.name();
    let note = match (guessed, faults) {
        (false, false) => None,
        (true, false) => Some(format!("read as {encoding}, which was guessed")),
        (false, true) => Some(format!("some bytes are not {encoding}; � stands in for them")),
        (true, true) => Some(format!("read as {encoding}, which was guessed; � stands in for bytes that do not fit")),
    };
    let finding = note.map(|note| Finding::new(FindingKind::Encoding, note));
    Decoded { text: Cow::Owned(text), encoding, finding }
}

/// True for lines of UTF-8 among lines of something else: a text to which others were added, or that
/// quotes them.
fn is_mixed(bytes: &[u8]) -> bool {
    // Characters beyond ASCII in the lines that are UTF-8; in lines with faults, those that fit and the others.
    let (mut sound, mut fit, mut odd) = (0usize, 0usize, 0usize);
    for line in bytes[..bytes.len().min(ENOUGH)].split(|byte| *byte == b'\n') {
        if line.is_ascii() {
            continue;
        }
        let mut chunks = line.utf8_chunks().peekable();
        let whole = chunks.peek().is_some_and(|chunk| chunk.invalid().is_empty());
        for chunk in chunks {
            let characters = chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
            *(if whole { &mut sound } else { &mut fit }) += characters;
            odd += chunk.invalid().len();
        }
    }
    // Lines with a few faults among much that fits are UTF-8 that was damaged; and in other encodings a
    // line may be valid by chance, though seldom.
    sound >= 3 && sound * 20 >= odd && odd > fit
}

/// Decodes each line by itself: as UTF-8 where it is that, all others as one encoding.
fn by_lines(bytes: &[u8], whole: bool, around: Option<&'static Encoding>) -> Decoded<'static> {
    let is_odd = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let encoding = around.unwrap_or_else(|| {
        let mut others = Vec::new();
        for line in bytes.split_inclusive(|byte| *byte == b'\n').filter(is_odd) {
            others.extend_from_slice(line);
            if others.len() >= ENOUGH {
                break;
            }
        }
        guess(&others)
    });
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            // A line that is cut within a character.
            Err(error) if !whole && lines.peek().is_none() && error.error_len().is_none() => {
                text.push_str(&String::from_utf8_lossy(&line[..error.valid_up_to()]));
            }
            Err(_) => text.push_str(&encoding.decode_without_bom_handling(line).0),
        }
    }
    let name = encoding.name();
    let note = format!("its lines are written in UTF-8 and, as was guessed, in {name}");
    Decoded { text: Cow::Owned(text), encoding: UTF_8.name(), finding: Some(Finding::new(FindingKind::Encoding, note)) }
}

/// True when most of the characters beyond ASCII are valid UTF-8: a file that was cut or patched
/// carelessly. In other encodings valid sequences come about by chance only.
fn is_nearly_utf8(bytes: &[u8], whole: bool) -> bool {
    let (mut fit, mut faults) = (0usize, 0usize);
    let mut chunks = bytes[..bytes.len().min(ENOUGH)].utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        fit += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        let cut = (!whole || bytes.len() > ENOUGH) && chunks.peek().is_none();
        faults += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    fit > 0 && fit >= 2 * faults || faults == 0
}

/// The beginning of a file without half a unit at its end, where units have two bytes.
pub fn even(head: &[u8]) -> &[u8] {
    if utf16(head).is_some() { &head[..head.len() & !1] } else { head }
}

/// Text in units of two bytes as UTF-8, turned while it is read.
pub fn narrowed<'a>(wide: impl BufRead + 'a, encoding: &'static Encoding) -> Box<dyn BufRead + 'a> {
    let decoder = encoding.new_decoder_with_bom_removal();
    Box::new(BufReader::with_capacity(64 << 10, Narrowed { wide, decoder, text: Vec::new(), given: 0, is_done: false }))
}

/// How much is turned at once.
const TURNED: usize = 16 << 10;

struct Narrowed<R> {
    wide: R,
    decoder: Decoder,
    /// What was turned, and how much of it was given: whoever reads may have room for less than a character.
    text: Vec<u8>,
    given: usize,
    is_done: bool,
}

impl<R: BufRead> Read for Narrowed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_done {
            let wide = self.wide.fill_buf()?;
            let is_last = wide.is_empty();
            self.text.resize(TURNED, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(wide, &mut self.text, is_last);
            self.wide.consume(read);
            self.text.truncate(written);
            self.given = 0;
            self.is_done = is_last && result == CoderResult::InputEmpty;
        }
        let rest = &self.text[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

/// True for text that switches between character sets by escape sequences, as old Japanese mail does.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let shifts = bytes.windows(3).any(|three| matches!(three, b"\x1b$B" | b"\x1b$@"));
    shifts && ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// The encoding that `bytes`, which are not UTF-8, were most probably written in.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(64);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[first..bytes.len().min(first + ENOUGH)], true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::*;
    use proptest::prelude::*;

    const GERMAN: &str = "Das Gespräch über Clubhouse führten zwei Künstler, die sich schätzen.";
    const RUSSIAN: &str = "Глава компании пригласил президента на разговор, сообщает агентство.";
    const JAPANESE: &str = "社長は大統領を対談に招待した。「光栄です」とロシア語で書いた。";
    const CHINESE: &str = "公司负责人邀请总统参加对话，并表示这将是莫大的荣幸。";

    fn check(bytes: &[u8], text: &str, encoding: &str, note: &str) {
        let decoded = decode(bytes, true, None);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.encoding, encoding, "{text}");
        assert_eq!(decoded.finding.as_ref().map_or("", |finding| finding.note.as_str()), note, "{text}");
    }

    fn wide(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn valid_utf8_is_borrowed() {
        for text in ["", "plain", GERMAN, RUSSIAN, JAPANESE, "a\0b", "a\x1b[31mred"] {
            check(text.as_bytes(), text, "UTF-8", "");
            assert!(matches!(decode(text.as_bytes(), true, None).text, Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn byte_order_marks_decide() {
        check("\u{feff}Title".as_bytes(), "Title", "UTF-8", "");
        for text in [GERMAN, CHINESE, "x"] {
            let marked = format!("\u{feff}{text}");
            check(&wide(&marked, false), text, "UTF-16LE", "");
            check(&wide(&marked, true), text, "UTF-16BE", "");
        }
    }

    #[test]
    fn wide_text_is_turned_while_it_is_read() {
        for big in [false, true] {
            let bytes = wide(&format!("\u{feff}{CHINESE}🍊{GERMAN}"), big);
            let encoding = utf16(&bytes).expect("it has a mark");
            let mut text = String::new();
            narrowed(BufReader::with_capacity(7, &bytes[..]), encoding).read_to_string(&mut text).expect("memory");
            assert_eq!(text, format!("{CHINESE}🍊{GERMAN}"));
        }
    }

    #[test]
    fn lines_in_two_encodings_are_read_each_in_its_own() {
        let french = "Le conseil a voté après un débat : « rien ne change », a dit le maire à côté.";
        let note = |name: &str| format!("its lines are written in UTF-8 and, as was guessed, in {name}");
        for (one, other, encoding) in [
            (GERMAN, GERMAN, WINDOWS_1252),
            (french, french, WINDOWS_1252),
            (RUSSIAN, RUSSIAN, WINDOWS_1251),
            (JAPANESE, JAPANESE, SHIFT_JIS),
            (GERMAN, RUSSIAN, WINDOWS_1251),
        ] {
            let (bytes, _, _) = encoding.encode(other);
            let mixed = [format!("{one}\n\nplain\n").as_bytes(), &bytes, b"\n"].concat();
            check(&mixed, &format!("{one}\n\nplain\n{other}\n"), "UTF-8", &note(encoding.name()));
            let turned = [&bytes[..], format!("\n{one}\n").as_bytes()].concat();
            check(&turned, &format!("{other}\n{one}\n"), "UTF-8", &note(encoding.name()));
        }
        // A text with faults is not one in two encodings.
        let damaged =
            [GERMAN.as_bytes(), b"\n", &GERMAN.as_bytes()[..GERMAN.len() / 2], b"\xff", GERMAN.as_bytes()].concat();
        assert!(decode(&damaged, true, None).text.contains('\u{fffd}'));
    }

    #[test]
    fn wide_text_is_seen_without_a_mark() {
        for text in [GERMAN, RUSSIAN, "Elon Musk 马斯克", "公司负责人邀请总统\r\n参加 Clubhouse 对话。\r\n"]
        {
            check(&wide(text, false), text, "UTF-16LE", "read as UTF-16LE, which was guessed");
            check(&wide(text, true), text, "UTF-16BE", "read as UTF-16BE, which was guessed");
        }
    }

    #[test]
    fn old_encodings_are_guessed() {
        for (encoding, text) in [
            (WINDOWS_1252, GERMAN),
            (WINDOWS_1251, RUSSIAN),
            (KOI8_U, RUSSIAN),
            (SHIFT_JIS, JAPANESE),
            (EUC_JP, JAPANESE),
            (GBK, CHINESE),
            (WINDOWS_1250, "Prezident Spojených států příští týden navštíví žáky základní školy."),
        ] {
            let (bytes, _, unfit) = encoding.encode(text);
            assert!(!unfit, "{text} can be written in {}", encoding.name());
            let note = format!("read as {}, which was guessed", encoding.name());
            check(&bytes, text, encoding.name(), &note);
        }
        let (bytes, _, _) = ISO_2022_JP.encode(JAPANESE);
        check(&bytes, JAPANESE, "ISO-2022-JP", "read as ISO-2022-JP, which was guessed");
    }

    #[test]
    fn a_file_tells_more_than_its_lines() {
        let (bytes, _, _) = WINDOWS_1251.encode(RUSSIAN);
        let around = guess_from(&bytes);
        assert_eq!(around, Some(WINDOWS_1251));
        let (word, _, _) = WINDOWS_1251.encode("Дума");
        assert_eq!(decode(&word, true, around).text, "Дума");
        assert_eq!(decode("Gespräch".as_bytes(), true, around).text, "Gespräch", "UTF-8 is never guessed away");
        for text in [GERMAN, "plain", ""] {
            assert_eq!(guess_from(text.as_bytes()), None, "{text}");
        }
        assert_eq!(guess_from(&wide(RUSSIAN, false)), None);
        let cut = &RUSSIAN.as_bytes()[..1];
        assert_eq!(guess_from(cut), None);
    }

    #[test]
    fn faults_in_utf8_do_not_make_another_encoding() {
        let note = "some bytes are not UTF-8; � stands in for them";
        let mut bytes = GERMAN.as_bytes().to_vec();
        bytes.extend(b" \xff.");
        check(&bytes, &format!("{GERMAN} �."), "UTF-8", note);
        let bytes = RUSSIAN.as_bytes();
        let cut = &bytes[..22];
        assert!(std::str::from_utf8(cut).is_err());
        let decoded = decode(cut, true, None);
        assert!(decoded.text.starts_with("Глава") && decoded.text.ends_with('�'), "{}", decoded.text);
    }

    #[test]
    fn a_character_that_was_cut_is_left_out() {
        for text in [GERMAN, RUSSIAN, JAPANESE] {
            for cut in 0..text.len() {
                let decoded = decode(&text.as_bytes()[..cut], false, None);
                assert!(text.starts_with(&*decoded.text), "{}", decoded.text);
                assert_eq!(decoded.finding, None, "{}", decoded.text);
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_become_text(bytes in prop::collection::vec(any::<u8>(), 0..200), whole: bool) {
            let _ = decode(&bytes, whole, None);
        }

        #[test]
        fn any_text_is_read_as_written(text in "\\PC*") {
            prop_assume!(!text.starts_with('\u{feff}'));
            let decoded = decode(text.as_bytes(), true, None);
            prop_assert_eq!(&*decoded.text, text.as_str());
        }
    }
}
