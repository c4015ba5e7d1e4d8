//! Whether a file puts the month before the day in the dates that it states.

/// A value is looked for a date in so many bytes.
const LONGEST: usize = 10;

/// Whether the month stands before the day (`12/25/2016`) in the dates that a file states; `None` where no date can be
/// read in one way alone, or some in this and some in the other.
///
/// One article's `03/04/2016` tells nothing, the `12/25/2016` of another in the same file does: both were written by
/// the same program. Only dates at the beginning of a value are asked, behind a quotation mark, a tag or a comma: what
/// stands in running text was written by somebody else.
pub(super) fn month_first(head: &[u8]) -> Option<bool> {
    let (mut month, mut day) = (0_u32, 0_u32);
    for (at, byte) in head.iter().enumerate() {
        // Nearly all of these stand within words.
        if *byte != b'/' && *byte != b'-' || at == 0 || !head[at - 1].is_ascii_digit() {
            continue;
        }
        let start = if at >= 2 && head[at - 2].is_ascii_digit() { at - 2 } else { at - 1 };
        if !begins_value(&head[..start]) {
            continue;
        }
        let value = &head[start..];
        let Some((first, second)) = numbers(&value[..value.len().min(LONGEST)]) else { continue };
        match (first, second) {
            (1..=12, 13..=31) => month += 1,
            (13..=31, 1..=12) => day += 1,
            _ => {}
        }
    }
    match (month, day) {
        (1.., 0) => Some(true),
        (0, 1..) => Some(false),
        _ => None,
    }
}

/// True where a value begins behind `before`: after a quotation mark, a tag or a comma, and white space.
fn begins_value(before: &[u8]) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | b'>' | b',' | b';' | b'\t' | b':' | b'[');
    let mut back = before.iter().rev();
    back.find(|byte| is_mark(byte) || !byte.is_ascii_whitespace()).is_some_and(is_mark)
}

/// The first two numbers of a date that ends with its year in four digits: `8/21/2018`, `21-08-2018`.
fn numbers(value: &[u8]) -> Option<(u32, u32)> {
    let (first, rest) = number(value, 2)?;
    let (sign, rest) = rest.split_first().filter(|(sign, _)| matches!(sign, b'/' | b'-'))?;
    let (second, rest) = number(rest, 2)?;
    let rest = rest.strip_prefix(std::slice::from_ref(sign))?;
    number(rest, 4).filter(|(year, _)| (1600..2200).contains(year))?;
    Some((first, second))
}

/// The number of at most so many digits at the beginning, and what follows.
fn number(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let digits = bytes.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    let number = bytes[..digits].iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    (digits > 0).then(|| (number, &bytes[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, expected: Option<bool>) {
        assert_eq!(month_first(file.as_bytes()), expected, "{file}");
    }

    #[test]
    fn other_dates_of_a_file_tell_the_order() {
        check("{\"date\": \"03-04-2016\"}\n{\"date\": \"12-25-2016\"}", Some(true));
        check("{\"date\": \"03-04-2016\"}\n{\"date\":\"25-12-2016\"}", Some(false));
        check("<pubDate>8/21/2018 9:00:00 AM</pubDate><pubDate>8/7/2018</pubDate>", Some(true));
        check("title,date\nFerry,21/08/2018\n", Some(false));
        check("Ferry\t08/21/2018\n", Some(true));
        check("<date>\n  31/12/1999\n</date>", Some(false));
    }

    #[test]
    fn what_is_not_sure_tells_nothing() {
        check("", None);
        check("\"03-04-2016\"", None);
        check("\"12-25-2016\" \"25-12-2016\"", None);
        check("on 12/25/2016 in text", None);
        check("\"12-25/2016\"", None);
        check("\"12-25-16\"", None);
        check("\"2016-12-25\"", None);
        check("\"12.25.2016\"", None);
    }
}
