//! Who speaks at the very beginning of a text: `PRAGUE (Reuters) -`, `Liputan6.com, Jakarta -`, `新华社北京4月24日电`.

use super::super::byline::{agency, domain};
use super::name::outlet;

/// What stands before a text is no longer than this many characters.
const REACH: usize = 90;

/// The names at the front of a paragraph, the most likely first.
pub(super) fn names(text: &str) -> Vec<String> {
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(end, _)| end);
    let head = &text[..end];
    let mut found = Vec::new();
    for bracketed in bracketed(head) {
        for name in bracketed.split(['/', ',', '=', '＝', '·']).map(str::trim) {
            if agency(name).is_some() || (bracketed.len() == name.len() && outlet(name).is_some()) {
                found.push(name.to_owned());
            }
        }
    }
    if !found.is_empty() {
        return found;
    }
    found.extend(before_dash(head));
    if found.is_empty() {
        found.extend(east_asian(head));
    }
    found
}

/// The contents of brackets before a dash, or at the very front: `PRAGUE (Reuters) -`, `(ANSA) - ROMA`, `[서울=뉴시스]`.
fn bracketed(head: &str) -> Vec<&str> {
    let Some(open) = head.find(['(', '[', '（', '【', '［']) else { return Vec::new() };
    let mark = head[open..].chars().next().map_or(1, char::len_utf8);
    let Some(close) = head[open..].find([')', ']', '）', '】', '］']) else { return Vec::new() };
    let inner = head[open + mark..open + close].trim();
    let after = head[open + close..]
        .trim_start_matches([')', ']', '）', '】', '］'])
        .trim_start_matches([' ', '.', ':', '\u{a0}', ',']);
    let dashed = after.starts_with(['-', '–', '—', '―', '−', '=']);
    let front = head[..open].trim();
    let is_front = front.is_empty() && open <= 2;
    let is_east = inner.chars().any(super::super::byline::person::is_east_asian);
    // Places and days stand before it, and no sentence.
    let short =
        front.split_whitespace().count() <= 8 && !front.ends_with(['.', '!', '?']) && !front.contains(['"', '“', '«']);
    if inner.chars().count() <= 40 && (dashed && short || is_front && is_east || is_front && agency(inner).is_some()) {
        vec![inner]
    } else {
        Vec::new()
    }
}

/// The name of a site before a dash: `TRIBUNNEWS.COM -`, `JAKARTA, KOMPAS.com –`; an agency after a day: `МОСКВА, 5 мая —
/// РИА Новости.`
fn before_dash(head: &str) -> Option<String> {
    let dash = ["–", "—", " - ", "--", "- "].iter().filter_map(|mark| head.find(mark)).min()?;
    let front = head[..dash].trim();
    let after = head[dash..].trim_start_matches(['-', '–', '—', ' ']);
    if front.is_empty() || front.split_whitespace().count() > 8 {
        return None;
    }
    for part in front.split([',', '/', '|']).map(str::trim) {
        let lower = part.to_lowercase();
        if domain(&lower).is_some_and(|site| site.len() == lower.len()) || agency(part).is_some() {
            return Some(part.to_owned());
        }
    }
    // A name in capitals with a figure in it, or the figure alone, is no place: `247 –`.
    if front.split_whitespace().count() <= 2
        && front.chars().any(|c| c.is_ascii_digit())
        && !front.contains([',', '.', ':', '/', '('])
        && front.len() <= 20
        && front.chars().any(char::is_alphabetic)
    {
        return outlet(front);
    }
    let first = after.split(['.', ',', '(']).next().unwrap_or_default().trim();
    agency(first).map(|_| first.to_owned())
}

/// What stands before a place and a day in Chinese: `新华社北京4月24日电`, `中新网上海5月3日电`.
fn east_asian(head: &str) -> Option<String> {
    for name in [
        "新华社",
        "新華社",
        "中新社",
        "中新网",
        "中央社",
        "人民网",
        "央视网",
        "中国新闻网",
        "环球网",
        "澎湃新闻",
        "财联社",
        "共同社",
        "路透社",
        "法新社",
        "美联社",
        "新京报",
        "华商报",
        "北京晚报",
    ] {
        if let Some(rest) = head.strip_prefix(name)
            && rest.chars().take(20).any(|c| matches!(c, '电' | '電' | '讯' | '訊' | '日'))
        {
            return Some(name.to_owned());
        }
    }
    // `港口网讯`, `本报讯` does not say whose.
    let at = head.find(['讯', '訊']).filter(|at| head[..*at].chars().count() <= 8)?;
    let name = head[..at].trim_start_matches(['【', '（', '(', ' ']);
    (name.ends_with(['网', '網', '报', '報', '社']) && !name.starts_with('本')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_of_a_text_names_who_speaks() {
        for (text, expected) in [
            ("PRAGUE (Reuters) - The ferry stays in the harbour.", "Reuters"),
            ("KATHMANDU, April 25 (Reuters) - The ferry stays.", "Reuters"),
            ("CHICAGO (Harbour Now) — The ferry stays.", "Harbour Now"),
            ("(ANSA) - ROMA, 3 MAG - Il traghetto resta in porto.", "ANSA"),
            ("TRIBUNBAY.COM - Kapal itu tetap di pelabuhan.", "TRIBUNBAY.COM"),
            ("Pelabuhan7.com, Jakarta - Kapal itu tetap.", "Pelabuhan7.com"),
            ("JAKARTA, PELABUHAN.com – Kapal itu tetap.", "PELABUHAN.com"),
            ("МОСКВА, 5 мая — РИА Новости. Паром стоит.", "РИА Новости"),
            ("Bogotá, 5 may (EFE).- El ferri sigue en el puerto.", "EFE"),
            ("新华社北京4月24日电 港口关闭。", "新华社"),
            ("(서울=연합뉴스) 김하늘 기자 = 항구가 닫혔다.", "연합뉴스"),
            ("Zürich (sda) - Die Fähre bleibt im Hafen.", ""),
            ("Berlin (dpa) - Die Fähre bleibt im Hafen.", "dpa"),
            ("PARIS, April 8 — The ferry stays in the harbour.", ""),
            ("The ferry (a very old one) - so they say - stays.", ""),
            ("Le bateau reste au port (AFP)", ""),
        ] {
            assert_eq!(names(text).first().map_or("", String::as_str), expected, "{text}");
        }
    }
}
