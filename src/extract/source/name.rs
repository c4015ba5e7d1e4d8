//! Names of outlets: their letters, how readers write them, what of a line is one.

use super::super::blocks::Block;
use super::words::{COLUMNS, HOLDINGS, HOST_PARTS, LEGAL, NO_OUTLETS, RIGHTS};
use crate::text::Clean;
use crate::text::class::Class;
use crate::text::fold::fold;

/// A name has no more characters and words.
const LONGEST: usize = 48;
const MOST_WORDS: usize = 6;

/// Words that stand for nothing on a page but a paper, although they are common.
const PAPERS: &[&str] = &[
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "express",
    "telegraph",
    "guardian",
    "observer",
    "chronicle",
    "courier",
    "sentinel",
    "star",
    "sun",
    "globe",
    "mirror",
    "standard",
    "independent",
    "today",
    "zeitung",
    "gazeta",
    "koran",
    "diario",
    "jornal",
    "periodico",
    "газета",
    "вести",
    "вісті",
    "haber",
    "zpravy",
    "novine",
    "avisen",
    "lehti",
    "krant",
];

/// True for a word that stands in names of papers: `газета`, `herald`.
pub(super) fn is_paper(word: &str) -> bool {
    PAPERS.contains(&fold(word).as_str())
}

/// The letters of a name, by which it is compared: `The Harbour Post` and `harbourpost.com` have the same.
pub(in crate::extract) fn key(name: &str) -> String {
    let name = name.trim();
    let lower = fold(name);
    let lower = lower.strip_prefix("www.").unwrap_or(&lower);
    let lower = match lower.rsplit_once('.') {
        // `n-tv.de`, `tribunnews.com`
        Some((front, end))
            if (2..=6).contains(&end.len())
                && end.bytes().all(|byte| byte.is_ascii_lowercase())
                && !front.contains(' ')
                && front.len() >= 2 =>
        {
            front.rsplit_once('.').filter(|(_, last)| last.len() <= 3).map_or(front, |(front, _)| front)
        }
        _ => lower,
    };
    let lower = lower.strip_prefix("the ").unwrap_or(lower);
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The site that an address leads to: its host, without what all hosts have in common.
pub(in crate::extract) fn site(url: &str) -> Option<Clean> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    host.contains('.').then(|| Clean::new(host))
}

/// The part of a host that names its owner: `elcomercio` of `www.elcomercio.pe`.
pub(super) fn label(host: &str) -> Option<&str> {
    let host = host.trim_end_matches('.');
    let parts: Vec<&str> = host.split('.').collect();
    let (_, front) = parts.split_last()?;
    front
        .iter()
        .copied()
        .filter(|part| !HOST_PARTS.contains(part))
        .max_by_key(|part| part.len())
        .filter(|part| part.len() >= 2)
}

/// Articles that make a name of a word that is none alone: `The Star`, `Le Quai`.
const ARTICLES: &[&str] =
    &["the ", "le ", "la ", "les ", "il ", "el ", "los ", "die ", "der ", "das ", "de ", "het ", "o "];

/// True for a folded name that begins with an article, as those of papers do and those of people do not.
pub(super) fn has_article(folded: &str) -> bool {
    ARTICLES.iter().any(|article| folded.starts_with(article))
}

/// The name of an outlet in a few words, cleaned: without `the`, without quotation marks, years and what follows it;
/// `None` where the words name none.
pub(super) fn outlet(text: &str) -> Option<String> {
    let text = text.trim().trim_matches([
        '"', '“', '”', '«', '»', '„', '\'', '‘', '’', ':', '-', '–', '—', '|', ',', '*', '_', '《', '》', '「', '」',
        '【', '】', '!', '…', '>', '<', '•', '·', ' ', '\u{a0}', '(', '®', '™',
    ]);
    let text = text.trim_end_matches(['.', ')']).trim();
    let text = match text.split_once([':', '：']) {
        Some((label, name)) if super::super::byline::is_source_label(label) => name.trim(),
        _ => text,
    };
    let text = text.strip_prefix("the ").unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty()
        || words.len() > MOST_WORDS
        || text.chars().count() > LONGEST
        || text.contains(['@', '?', ':', '：', ';', '{', '}', '=', '%', '©', '/', ',', '(', ')', '[', '€', '$'])
    {
        return None;
    }
    let first = text.chars().next()?;
    let is_site = super::super::byline::domain(text).is_some_and(|domain| domain.len() == text.len());
    let odd = words.len() == 1 && text.chars().any(|c| c.is_ascii_digit()) && text.chars().any(char::is_alphabetic);
    let starts = first.is_uppercase()
        || first.is_numeric() && text.chars().any(char::is_alphabetic)
        || (first.is_alphabetic() && !first.is_lowercase());
    if !(starts || is_site || odd) || text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let folded = fold(text);
    let bare = folded.strip_prefix("the ").unwrap_or(&folded);
    let is_common = |word: &str| {
        NO_OUTLETS.contains(&word) || !PAPERS.contains(&word) && super::super::byline::person::is_not_a_name(word)
    };
    let is_column = || !text.is_ascii() && COLUMNS.iter().any(|column| text.contains(column));
    if is_common(bare)
        || bare.split_whitespace().all(is_common) && !has_article(&folded)
        || claims_rights(&folded)
        || is_column()
    {
        return None;
    }
    // More small words than names within: a sentence.
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    if words.len() > 1 && small * 2 > words.len() {
        return None;
    }
    Some(text.to_owned())
}

/// True for a folded text that claims rights: `all rights reserved`.
pub(super) fn claims_rights(folded: &str) -> bool {
    // Most words begin with a letter that a short text has not.
    let mut held = [false; 256];
    folded.bytes().for_each(|byte| held[usize::from(byte)] = true);
    RIGHTS.iter().any(|right| {
        right.len() <= folded.len() && right.bytes().all(|byte| held[usize::from(byte)]) && folded.contains(right)
    })
}

/// A name without what makes it that of a company (`Inc.`, `GmbH`, `Media Group`), and whether there was any.
pub(super) fn without_company(name: &str) -> (String, bool) {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let mut company = false;
    while words.len() > 1 {
        let last = fold(words[words.len() - 1].trim_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '&'));
        let last = last.trim_end_matches('.');
        if LEGAL.contains(&last) || last == "&" || last.is_empty() {
            words.pop();
            company = true;
        } else {
            break;
        }
    }
    while words.len() > 1 {
        let last = fold(words[words.len() - 1].trim_matches(|c: char| !c.is_alphanumeric()));
        if HOLDINGS.contains(&last.as_str()) {
            words.pop();
            company = true;
        } else {
            break;
        }
    }
    let mut name = words.join(" ").trim_end_matches([',', '&', ' ']).to_owned();
    for legal in ["股份有限公司", "有限公司", "株式会社", "주식회사", "(주)", "㈜"] {
        if name.contains(legal) {
            name = name.replace(legal, "").trim().to_owned();
            company = true;
        }
    }
    let holding = name
        .split_whitespace()
        .any(|word| HOLDINGS.contains(&fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str()));
    (name, company || holding)
}

/// True for a name as people write it, as opposed to an address or an account.
pub(super) fn is_written(name: &str) -> bool {
    let site = super::super::byline::domain(name).is_some_and(|domain| domain.len() == name.len());
    // `NEWS.am` is written so.
    (!site || name.contains(char::is_uppercase)) && !name.starts_with(char::is_lowercase)
}

/// The first letters of the words of a name of three words or more: `nzz`.
pub(super) fn initials(written: &[(String, i32)]) -> String {
    let Some((name, _)) = written.iter().max_by_key(|(name, _)| name.len()) else { return String::new() };
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return String::new();
    }
    fold(
        &words
            .iter()
            .filter(|word| word.starts_with(char::is_uppercase))
            .filter_map(|word| word.chars().next())
            .collect::<String>(),
    )
}

/// How the text writes the name with these letters: `El Comercio` for `elcomercio`.
pub(super) fn spelled(key: &str, blocks: &[Block]) -> Option<String> {
    let mut forms: Vec<(String, u32)> = Vec::new();
    let first = key.chars().next()?;
    let may_begin = |c: char| !c.is_ascii() || c.to_ascii_lowercase() == first;
    for block in blocks.iter().take(600) {
        let text = &*block.text;
        if text.len() > 4_000 {
            continue;
        }
        let bytes = text.as_bytes();
        for start in (0..bytes.len()).filter(|at| *at == 0 || bytes[at - 1] == b' ') {
            // Folding is dear, and of most words the first letter shows that they are others.
            let byte = bytes[start];
            if byte.is_ascii_alphanumeric() && byte.to_ascii_lowercase() as char != first {
                continue;
            }
            let begins = text[start..].trim_start_matches(|c: char| c != ' ' && !Class::of(c).is_alphanumeric());
            let is_capital =
                |c: char| c.is_uppercase() || c.is_numeric() || (Class::of(c).is_alphabetic() && !c.is_lowercase());
            if !begins.starts_with(|c: char| may_begin(c) && is_capital(c)) {
                continue;
            }
            let mut end = start;
            let mut letters = String::new();
            for word in text[start..].split(' ').take(5) {
                end += word.len() + usize::from(end > start);
                letters.extend(fold(word).chars().filter(|c| c.is_alphanumeric()));
                if letters.len() > key.len() || !key.starts_with(&letters) {
                    break;
                }
                if letters.len() == key.len() {
                    let form = text[start..end].trim_matches(|c: char| !c.is_alphanumeric());
                    let form = form.strip_suffix("’s").or_else(|| form.strip_suffix("'s")).unwrap_or(form);
                    if !form.contains(['@', '/', '.']) {
                        match forms.iter_mut().find(|(known, _)| known == form) {
                            Some((_, count)) => *count += 1,
                            None => forms.push((form.to_owned(), 1)),
                        }
                    }
                    break;
                }
            }
        }
    }
    forms.into_iter().max_by_key(|(form, count)| (*count, form.len())).map(|(form, _)| form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_letters_of_their_addresses() {
        for (one, other) in [
            ("The Harbour Post", "harbourpost.com"),
            ("El Comercio", "elcomercio.pe"),
            ("Börsen-Nachricht", "borsennachricht.de"),
            ("n-tv", "n-tv.de"),
            ("LÍBERO", "libero.pe"),
            ("Bay Courier", "www.baycourier.co.uk"),
        ] {
            assert_eq!(key(one), key(other));
        }
    }

    #[test]
    fn an_address_tells_the_site_where_nothing_else_does() {
        for (url, expected) in [
            ("https://www.Bay-Courier.example/2021/ferry?x=1", Some("bay-courier.example")),
            ("http://user@m.bay.example:8080", Some("bay.example")),
            ("https://localhost/a", None),
            ("mailto:ann@bay.example", None),
        ] {
            assert_eq!(site(url).as_deref(), expected, "{url}");
        }
        assert_eq!(label("www.elcomercio.pe"), Some("elcomercio"));
        assert_eq!(label("news.bbc.co.uk"), Some("bbc"));
    }

    #[test]
    fn companies_are_known_by_their_brand() {
        for (name, brand, company) in [
            ("Harbour Media Group Limited", "Harbour", true),
            ("Bay Times GmbH & Co. KG", "Bay Times", true),
            ("Neue Hafen Zeitung AG", "Neue Hafen Zeitung", true),
            ("Asia Bay Star", "Asia Bay Star", false),
            ("港口网股份有限公司", "港口网", true),
        ] {
            assert_eq!(without_company(name), (brand.to_owned(), company), "{name}");
        }
    }

    #[test]
    fn services_and_rights_are_no_outlets() {
        for text in [
            "Facebook",
            "All rights reserved",
            "us",
            "Google News",
            "our newsletter",
            "Todos los derechos reservados",
            "Alle Rechte vorbehalten",
            "",
            "حقوق النشر محفوظة",
            "?",
            "Latest News",
        ] {
            assert_eq!(outlet(text), None, "{text}");
        }
        for text in ["Harbour Post", "t3n", "LÍBERO", "ORF.at", "The Star", "港口日报", "اليوم التالي"]
        {
            assert_eq!(outlet(text).as_deref(), Some(text), "{text}");
        }
    }
}
