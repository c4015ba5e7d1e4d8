//! The places of a page where its outlet may be named.

use rapidhash::RapidHashMap;

use super::super::byline::{self, Fact, agency, domain};
use super::super::kinds::Kind;
use super::Context;
use super::copyright::copyright;
use super::mention::{Gathered, Mention, Place};
use super::name::{key, label};
use super::own::own;
use super::words::{FREE_MAIL, NO_OUTLETS};
use super::{dateline, name};
use crate::text::fold::fold;

/// So many lines at either end of a page are looked at.
const REACH: usize = 220;
/// A line of more bytes is none of the outlet's own.
const LONGEST_LINE: usize = 160;

/// All mentions of outlets and agencies on a page.
pub(super) fn mentions(context: &Context) -> Vec<Mention> {
    let mut gathered = Gathered(Vec::new());
    if let Some(url) = context.url
        && let Some(site) = name::site(url)
        && let Some(label) = label(&site)
        && !NO_OUTLETS.contains(&label)
    {
        gathered.add_keyed(fold(label).chars().filter(|c| c.is_alphanumeric()).collect(), &site, Place::Address, None);
    }
    let blocks = context.blocks;
    let title = context.layout.title;
    let text = (title.map_or(0, |title| title + 1)..blocks.len()).find(|at| context.kinds[*at] == Kind::Prose);
    let last = blocks.len()
        - blocks.iter().rev().zip(context.kinds.iter().rev()).take_while(|(_, kind)| **kind != Kind::Prose).count();
    let mut often: RapidHashMap<String, (u32, u32, String)> = RapidHashMap::default();
    let mut opened = 0;
    for (at, block) in blocks.iter().enumerate() {
        if at >= REACH && at + REACH < blocks.len() {
            continue;
        }
        let line = &*block.text;
        if context.kinds[at] == Kind::Prose || line.len() > LONGEST_LINE {
            if text.is_some_and(|text| at == text) || opened < 3 && text.is_some_and(|text| at > text) {
                opened += 1;
                for name in dateline::names(line) {
                    gathered.add(&name, Place::Dateline, Some(block.line));
                }
            }
            copyright(line, blocks.get(at + 1), block.line, &mut gathered);
            if at + 1 == last {
                at_end(line, block.line, &mut gathered);
            }
            continue;
        }
        copyright(line, blocks.get(at + 1), block.line, &mut gathered);
        let credit = matches!(context.kinds[at], Kind::Caption | Kind::Fact(Fact::Credit));
        if credit {
            credited(line, block.line, &mut gathered);
            tail(
                line,
                context.title,
                Some(at) == title,
                at.abs_diff(title.unwrap_or(at)) <= 3,
                block.line,
                &mut gathered,
            );
            continue;
        }
        if let Some(Fact::Publisher(name)) = source(line, &context.kinds[at]) {
            gathered.add(&name, Place::Label, Some(block.line));
        }
        let near = title.is_some_and(|title| at.abs_diff(title) <= 4);
        tail(line, context.title, Some(at) == title, near, block.line, &mut gathered);
        addresses(
            line,
            block.line,
            near && text.is_none_or(|text| at < text.max(title.unwrap_or(0) + 5)),
            &mut gathered,
        );
        if context.kinds[at] == Kind::Date && near {
            dated(line, block.line, &mut gathered);
        }
        if Some(at) == title {
            continue;
        }
        own(line, block.line, &mut gathered);
        if at < 4 && block.shape.words <= 5 && title.is_none_or(|title| at < title) {
            first(line, block.line, &mut gathered);
        }
        if block.shape.words <= 4 {
            count_often(line, block.line, &mut often);
        }
        if at >= last && at <= last + 4 {
            at_end(line, block.line, &mut gathered);
        }
    }
    for house in context.houses {
        gathered.add(&house.name, Place::Byline, Some(house.line));
    }
    for (front, (count, line, name)) in often {
        // Sections and topics begin many lines as well; what nobody else speaks for is none.
        if count >= 4
            && gathered
                .0
                .iter()
                .any(|mention| mention.key == front || mention.key.contains(&front) || front.contains(&mention.key))
        {
            gathered.add(&name, Place::Often, Some(line));
        }
    }
    alone(context, &mut gathered);
    // Hashes have no order, and weights are compared.
    gathered.0.sort_by(|one, other| (one.line, &one.key).cmp(&(other.line, &other.key)));
    gathered.0
}

/// What a line says of its source.
fn source(line: &str, kind: &Kind) -> Option<Fact> {
    match kind {
        Kind::Date | Kind::Furniture | Kind::Fact(Fact::Author(_)) if !line.contains([':', '：']) => None,
        Kind::Fact(fact @ Fact::Publisher(_))
            if !line.contains(['©', 'ⓒ'])
                && !line.to_lowercase().starts_with("copyright")
                && !line.starts_with("(c)") =>
        {
            Some(fact.clone())
        }
        Kind::Date | Kind::Furniture | Kind::Fact(Fact::Author(_)) => line
            .split(['|', '•', '｜'])
            .flat_map(|part| part.split(" - "))
            .map(str::trim)
            .filter(|part| part.contains([':', '：']))
            .find_map(|part| match byline::read(part) {
                fact @ Some(Fact::Publisher(_)) => fact,
                _ => None,
            }),
        _ => None,
    }
}

/// The name behind the headline: `… | LÍBERO`.
fn tail(line: &str, title: &str, is_title: bool, near: bool, number: u32, gathered: &mut Gathered) {
    // Every mark has one of these bytes.
    let is_marked = |byte: u8| matches!(byte, b'|' | b'-' | b':' | 0xe2 | 0xc2 | 0xef);
    if line.len() < 16 || !line.bytes().any(is_marked) {
        return;
    }
    let split = line
        .rsplit_once(" | ")
        .or_else(|| line.rsplit_once('｜'))
        .or_else(|| line.rsplit_once('|'))
        .map(|(front, tail)| (front, tail, true));
    let split = split.or_else(|| {
        [" - ", " – ", " — ", " » ", " :: ", " · "]
            .iter()
            .find_map(|mark| line.rsplit_once(mark))
            .map(|(front, tail)| (front, tail, false))
    });
    let Some((front, tail, bar)) = split else { return };
    let words = tail.split_whitespace().count();
    if words == 0
        || words > 4
        || front.split_whitespace().count() < 3 && !front.chars().any(byline::person::is_east_asian)
    {
        return;
    }
    // The line says the headline again, or is it, or is the headline of another article of the outlet.
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).take(24).collect::<String>();
    let (mine, headline) = (letters(front), letters(title));
    let same = is_title
        || mine.len() >= 8 && headline.len() >= 8 && (mine.starts_with(&headline) || headline.starts_with(&mine));
    let name = tail.split(['（', '(']).next().unwrap_or(tail);
    let site = domain(tail.trim()).is_some();
    let capital = name.trim().starts_with(|c: char| !c.is_lowercase());
    if !capital && !site || name.trim().ends_with(['?', '!', '.']) && !name.contains('！') {
        return;
    }
    let place = match (bar, same) {
        (true, true) => Place::Tail,
        (false, true) if site => Place::Tail,
        // One word in capitals right below the headline is who publishes, not who photographs.
        (true, false)
            if near
                && words == 1
                && !name.chars().any(char::is_lowercase)
                && name.chars().filter(|c| c.is_alphabetic()).count() >= 4 =>
        {
            Place::Tail
        }
        (true, false) => Place::OtherTail,
        (false, true) => Place::DashedTail,
        (false, false) => return,
    };
    // Behind a bar stands a section, too: only a name that is none counts.
    if front.contains(" | ") && !is_title && !same {
        return;
    }
    gathered.add(name.trim_end_matches(['！', '!']), place, Some(number));
}

/// Addresses and accounts in a line.
fn addresses(line: &str, number: u32, near: bool, gathered: &mut Gathered) {
    if !line.contains(['@', '.']) {
        return;
    }
    for word in
        line.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '|' | '<' | '>' | '：'))
    {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        if let Some((front, host)) = word.rsplit_once('@') {
            if !front.is_empty() && host.contains('.') {
                let Some(label) = label(host).filter(|label| !FREE_MAIL.contains(label)) else { continue };
                gathered.add_keyed(
                    letters(label),
                    host,
                    if near { Place::AuthorsMail } else { Place::Mail },
                    Some(number),
                );
            } else if front.is_empty() && host.len() >= 4 && !host.contains('.') && !line.contains("(@") {
                gathered.add_keyed(letters(host), host, Place::Account, Some(number));
            }
            continue;
        }
        if !word.contains('.') {
            continue;
        }
        let lower = word.to_lowercase();
        let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")).unwrap_or(&lower);
        let (host, path) = host.split_once('/').unwrap_or((host, ""));
        if let Some(site) = domain(host).filter(|site| site.len() == host.len()) {
            let Some(label) = label(site).filter(|label| label.len() >= 3) else { continue };
            if matches!(label, "facebook" | "twitter" | "instagram" | "youtube" | "telegram") {
                let account = path.split(['/', '?']).next().unwrap_or_default().trim_start_matches('@');
                if account.len() >= 4 {
                    gathered.add_keyed(letters(account), account, Place::Account, Some(number));
                }
            } else if !NO_OUTLETS.contains(&label) && line.split_whitespace().count() <= 6 {
                let written = if word.contains("://") { site } else { word };
                gathered.add_keyed(letters(label), written, Place::Link, Some(number));
            }
        }
    }
}

/// The name before the day in a line that dates the article: `Harbour24 13 Jan 2020`.
fn dated(line: &str, number: u32, gathered: &mut Gathered) {
    let end = line.find(|c: char| c.is_ascii_digit()).unwrap_or(line.len());
    let front = line[..end].trim().trim_end_matches(['|', '-', '–', '•', ',', ':', ' ']);
    let words = front.split_whitespace().count();
    let legal = (1..=3).contains(&words) && !front.split_whitespace().any(byline::is_day_word);
    if legal && byline::person::likeness(front) == byline::person::Likeness::No {
        let front = front.strip_suffix("-Redaktion").unwrap_or(front);
        gathered.add(front, Place::Dated, Some(number));
    }
}

/// The names in a credit that are neither a photographer's nor a lender's.
fn credited(line: &str, number: u32, gathered: &mut Gathered) {
    if line.len() > 80 {
        return;
    }
    for part in line.split(['/', '|', ',', ':', '©', '(', ')', ';']).map(str::trim) {
        let words = part.split_whitespace().count();
        if (1..=3).contains(&words)
            && agency(part).is_none()
            && byline::person::likeness(part) == byline::person::Likeness::No
        {
            gathered.add(part, Place::Credited, Some(number));
        }
    }
}

/// The letters and digits of a text, folded.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A short name in the first lines of a page.
fn first(line: &str, number: u32, gathered: &mut Gathered) {
    let name = line
        .split([" – ", " - ", " | "].iter().find(|mark| line.contains(**mark)).copied().unwrap_or("\n"))
        .next()
        .unwrap_or(line);
    gathered.add(name, Place::First, Some(number));
}

/// Counts how often lines of a few words begin with a name.
fn count_often(line: &str, number: u32, often: &mut RapidHashMap<String, (u32, u32, String)>) {
    let first = line.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    if first.chars().count() < 3
        || !first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || often.len() > 400
    {
        return;
    }
    let key = letters(first);
    let entry = often.entry(key).or_insert_with(|| (0, number, first.to_owned()));
    entry.0 += 1;
}

/// What stands behind the text: `(dpa)`, `red, ORF.at/Agenturen`, `Quelle …`.
fn at_end(line: &str, number: u32, gathered: &mut Gathered) {
    let trimmed = line.trim_end_matches(['.', ' ']);
    let inner = match trimmed.strip_suffix([')', ']', '）', '】']) {
        Some(front) => {
            let Some(open) = front.rfind(['(', '[', '（', '【']) else { return };
            &front[open + front[open..].chars().next().map_or(1, char::len_utf8)..]
        }
        None if line.len() <= 60 => trimmed,
        None => return,
    };
    if inner.chars().count() > 50 {
        return;
    }
    for part in inner.split(['/', ',', '|', ';', '-', '–']).map(str::trim) {
        if agency(part).is_some()
            || domain(part).is_some_and(|site| site.len() == part.len() && site.contains(char::is_uppercase))
        {
            gathered.add(part, Place::End, Some(number));
        }
    }
}

/// Lines that hold nothing but a name which other places speak for.
fn alone(context: &Context, gathered: &mut Gathered) {
    let mut keys: Vec<String> = gathered.0.iter().map(|mention| mention.key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut seen: Vec<(String, String, u32)> = Vec::new();
    let mut counts: RapidHashMap<String, u32> = RapidHashMap::default();
    for (at, block) in context.blocks.iter().enumerate() {
        if at >= REACH && at + REACH < context.blocks.len()
            || block.shape.words > 4
            || block.text.len() > 60
            || Some(at) == context.layout.title
        {
            continue;
        }
        if !matches!(context.kinds[at], Kind::Short | Kind::Furniture) {
            continue;
        }
        let key = key(&block.text);
        if key.len() < 3 {
            continue;
        }
        *counts.entry(key.clone()).or_default() += 1;
        if keys.iter().any(|known| {
            *known == key
                || key.len() >= 5 && (known.ends_with(&key) || key.ends_with(known.as_str()) && known.len() >= 5)
        }) && !seen.iter().any(|(other, ..)| *other == key)
        {
            seen.push((key, block.text.to_string(), block.line));
        }
    }
    for (_, name, line) in seen.into_iter().take(8) {
        gathered.add(&name, Place::Alone, Some(line));
    }
}
