//! `words:` finds articles by how long they are.

use super::Field;
use crate::query::condition::{Fact, Number};
use crate::query::meaning::{Reading, Value};

const NAME: &str = "words";

pub(super) const FIELD: Field = Field {
    synonyms: &["length"],
    description: "articles by how many words they have",
    examples: &["words:>500", "words:<100", "words:200..500"],
    values: &[("<100", "short"), (">500", "long"), (">2000", "very long")],
    print: |fact| match fact {
        Fact::Count(_, least, most) => (NAME, vec![written(*least, *most)]),
        _ => (NAME, Vec::new()),
    },
    ..Field::plain(NAME, read)
};

fn read(value: &Value<'_>) -> Reading {
    let text = value.text.trim();
    match range(text) {
        Some((least, most)) => Reading::fact(NAME, Fact::Count(Number::Words, least, most)),
        None => Reading::Unknown(format!("`{text}` is not a number of words (try >500 or 200..500)")),
    }
}

/// The least and the most that are asked for; not both are open, and the least is not above the most.
fn range(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let number = |text: &str| -> Option<u64> {
        let digits = text.trim().replace([',', '_'], "");
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    for (sign, least, most) in
        [(">=", Some(0), None), ("<=", None, Some(0)), (">", Some(1), None), ("<", None, Some(1))]
    {
        if let Some(rest) = text.strip_prefix(sign) {
            let number = number(rest)?;
            return match (least, most) {
                (Some(more), _) => Some((Some(number.checked_add(more)?), None)),
                (_, less) => Some((None, Some(number.checked_sub(less.unwrap_or(0))?))),
            };
        }
    }
    let Some((from, to)) = text.split_once("..") else {
        let number = number(text)?;
        return Some((Some(number), Some(number)));
    };
    let side = |text: &str| if text.trim().is_empty() { Some(None) } else { number(text).map(Some) };
    match (side(from)?, side(to)?) {
        (None, None) => None,
        (Some(from), Some(to)) => Some((Some(from.min(to)), Some(from.max(to)))),
        open => Some(open),
    }
}

fn written(least: Option<u64>, most: Option<u64>) -> String {
    match (least, most) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least}..{most}"),
        (Some(0), None) => ">=0".to_owned(),
        (Some(least), None) => format!(">{}", least - 1),
        (None, Some(u64::MAX)) => format!("<={}", u64::MAX),
        (None, Some(most)) => format!("<{}", most + 1),
        (None, None) => "..".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = range(text).map_or("-".to_owned(), |(least, most)| written(least, most));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn numbers_and_ranges() {
        check(">500", ">500");
        check(">=500", ">499");
        check("<100", "<100");
        check("<= 100", "<101");
        check("200..500", "200..500");
        check("500..200", "200..500");
        check("200..", ">199");
        check("..0", "<1");
        check("1,000", "1000");
        check("0", "0");
        check(">=0", ">=0");
        for wrong in ["", "..", "many", "<0", "-5", ">99999999999999999999", "5..x", ">18446744073709551615", "٥٠"] {
            check(wrong, "-");
        }
    }
}
