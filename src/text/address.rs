//! Addresses and paths as they leave the program: for a browser, or the clipboard.

use std::path::Path;

/// An address of the web in which what no address holds is encoded: white space, quotes, brackets of other
/// kinds than `[]`, controls. Letters of all languages stay, as every browser encodes them itself.
///
/// ```
/// use newsstand::text::address::encoded;
///
/// assert_eq!(encoded("https://example.org/a b?q=\"c\""), "https://example.org/a%20b?q=%22c%22");
/// assert_eq!(encoded("https://example.org/%20/ü"), "https://example.org/%20/ü");
/// ```
pub fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}') {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded += &format!("%{byte:02X}");
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

/// A path for the clipboard, and whether it had to be escaped.
///
/// One that is no text, or would do something to the terminal it is pasted into, is written in the quotes
/// of bash and zsh that can hold it: `$'caf\xE9.txt'`.
///
/// ```
/// use newsstand::text::address::pasted;
///
/// assert_eq!(pasted("my news/a.txt".as_ref()), ("my news/a.txt".to_owned(), false));
/// assert_eq!(pasted("a\nb".as_ref()), (r"$'a\x0Ab'".to_owned(), true));
/// ```
pub fn pasted(path: &Path) -> (String, bool) {
    match path.to_str() {
        Some(text) if !text.chars().any(char::is_control) => (text.to_owned(), false),
        _ => (escaped(path.as_os_str().as_encoded_bytes()), true),
    }
}

fn escaped(bytes: &[u8]) -> String {
    let mut escaped = "$'".to_owned();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\'' | '\\' => escaped.extend(['\\', c]),
                c if c.is_control() => {
                    let mut bytes = [0; 4];
                    c.encode_utf8(&mut bytes).bytes().for_each(|byte| escaped += &format!("\\x{byte:02X}"));
                }
                c => escaped.push(c),
            }
        }
        chunk.invalid().iter().for_each(|byte| escaped += &format!("\\x{byte:02X}"));
    }
    escaped + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_address_holds_is_encoded() {
        for (address, expected) in [
            ("https://example.org/", "https://example.org/"),
            ("https://example.org/a\u{a0}b\u{2009}c", "https://example.org/a%C2%A0b%E2%80%89c"),
            ("https://[::1]/x?a=[1]#é", "https://[::1]/x?a=[1]#é"),
            ("http://e.org/<b>\\{c|d}`^", "http://e.org/%3Cb%3E%5C%7Bc%7Cd%7D%60%5E"),
        ] {
            assert_eq!(encoded(address), expected);
            assert_eq!(encoded(expected), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_escaped() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        for (bytes, expected) in [
            (&b"caf\xe9.txt"[..], r"$'caf\xE9.txt'"),
            (b"it's \\ \xff\xfe", r"$'it\'s \\ \xFF\xFE'"),
            ("é\u{9b}31m".as_bytes(), r"$'é\xC2\x9B31m'"),
        ] {
            assert_eq!(pasted(Path::new(OsStr::from_bytes(bytes))), (expected.to_owned(), true));
        }
    }
}
