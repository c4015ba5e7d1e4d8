//! JSON as careless programs write it, made into JSON.

/// Words that stand where a value should, as Python and JavaScript write them.
const NO_VALUES: &[&str] = &["NaN", "-Infinity", "Infinity", "None", "undefined"];

/// `text` with common faults of JSON mended, or `None` when there are none of these.
///
/// Mended are halves of surrogate pairs (texts cut within an emoji), control characters and unknown
/// escapes in strings, words such as `NaN` that
/// stand for a missing value, and commas after the last value.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len() + 16);
    let mut faults = 0usize;
    let mut rest = text;
    let mut quoted = false;
    while let Some(c) = rest.chars().next() {
        if quoted && c == '\\' {
            let (escape, length, fault) = escape(rest);
            mended.push_str(escape);
            faults += usize::from(fault);
            rest = &rest[length..];
            continue;
        }
        if !quoted && let Some(word) = NO_VALUES.iter().find(|word| rest.starts_with(**word)) {
            mended.push_str("null");
            faults += 1;
            rest = &rest[word.len()..];
            continue;
        }
        if !quoted && c == ',' && rest[1..].trim_start().starts_with([']', '}']) {
            faults += 1;
            rest = &rest[1..];
            continue;
        }
        quoted ^= c == '"';
        if quoted && c.is_ascii_control() {
            mended.push(' ');
            faults += 1;
        } else {
            mended.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    (faults > 0).then_some(mended)
}

/// The escape that `text` begins with as it should be, its length, and whether it is at fault.
fn escape(text: &str) -> (&str, usize, bool) {
    let Some(c) = text[1..].chars().next() else { return ("", 1, true) };
    let known = match c {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => return (&text[..2], 2, false),
        'u' => hex(text),
        _ => return ("", 1, true),
    };
    match known {
        None => ("", 1, true),
        Some(0xd800..=0xdbff) if matches!(hex(&text[6..]), Some(0xdc00..=0xdfff)) => (&text[..12], 12, false),
        Some(0xd800..=0xdfff) => ("\u{fffd}", 6, true),
        Some(_) => (&text[..6], 6, false),
    }
}

/// The number of an escape such as `\u00e4`.
fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(repair(text).as_deref().unwrap_or("-"), expected, "{text}");
    }

    #[test]
    fn sound_json_is_left_alone() {
        check(r#"{"a": "b\n\u00e4 \ud83c\udf4a NaN", "c": null}"#, "-");
        check("", "-");
    }

    #[test]
    fn common_faults_are_mended() {
        check(r#"{"author": NaN, "date": None}"#, r#"{"author": null, "date": null}"#);
        check(r#"{"text": "cut \ud83c"}"#, "{\"text\": \"cut \u{fffd}\"}");
        check(r#"{"text": "\udf4a cut"}"#, "{\"text\": \"\u{fffd} cut\"}");
        check("{\"text\": \"a\tb\"}", r#"{"text": "a b"}"#);
        check(r#"{"text": "it\'s"}"#, r#"{"text": "it's"}"#);
        check(r#"{"text": "\u12"}"#, r#"{"text": "u12"}"#);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*|[\\x00-\\x1f\"\\\\u0-9a-fdD8NaN]*") {
            if let Some(mended) = repair(&text) {
                prop_assert_eq!(repair(&mended), None);
            }
        }
    }
}
