//! The places of a page where its outlet may be named.

use std::sync::LazyLock;

use rapidhash::RapidHashMap;

use super::super::blocks::Block;
use super::super::byline::{self, Fact, agency, domain};
use super::super::kinds::Kind;
use super::Context;
use super::name::{key, label, outlet, without_company};
use super::words::{BEFORE, BEHIND, FREE_MAIL, NO_OUTLETS, RIGHTS, SPACELESS_BEFORE, SPACELESS_BEHIND};
use super::{dateline, name};
use crate::text::fold::fold;

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The address of the article.
    Address,
    /// Behind the year or the mark of a copyright.
    Copyright,
    /// The name of the company in a copyright line.
    Owner,
    /// Behind the headline, after a bar.
    Tail,
    /// Behind the headline, after a dash.
    DashedTail,
    /// Behind the headline of another article.
    OtherTail,
    /// Before the text.
    Dateline,
    /// Before the day in a line that dates the article.
    Dated,
    /// An address for mail right below the headline.
    AuthorsMail,
    /// The name of an outlet in a credit: it may speak for another place, and never alone.
    Credited,
    /// `Source: …`
    Label,
    /// The byline, or right beside it.
    Byline,
    /// A line of the outlet's own: `About …`.
    Own,
    /// A line that begins with a name which many lines begin with.
    Often,
    /// An address for mail.
    Mail,
    /// An account.
    Account,
    /// An address of the web among the lines.
    Link,
    /// The first lines of the page.
    First,
    /// Alone on its line.
    Alone,
    /// In brackets or after a dash at the end of the text.
    End,
}

impl Place {
    /// What a name in such a place weighs; ten are enough.
    ///
    /// The weights were chosen so that one strong place or two weak ones that agree suffice.
    pub(super) fn weight(self) -> i32 {
        match self {
            Place::Address => 20,
            Place::Copyright => 12,
            Place::Tail => 11,
            Place::Dateline | Place::Label | Place::AuthorsMail => 10,
            Place::Byline | Place::End => 8,
            Place::DashedTail => 7,
            Place::Mail | Place::Link | Place::Own | Place::Dated => 6,
            Place::Owner | Place::Often | Place::OtherTail | Place::Account | Place::First => 5,
            Place::Alone => 4,
            Place::Credited => 2,
        }
    }

    /// How well it shows how a name is written.
    pub(super) fn spelling(self) -> i32 {
        match self {
            Place::Copyright | Place::Tail | Place::Label => 3,
            Place::Dateline
            | Place::Byline
            | Place::Own
            | Place::First
            | Place::Alone
            | Place::DashedTail
            | Place::Often => 2,
            _ => 0,
        }
    }

    /// How often it counts: what is there twice may be there for another reason.
    pub(super) fn counts_once(self) -> bool {
        matches!(self, Place::First | Place::Account | Place::Alone | Place::Credited | Place::Dated)
    }

    /// True where only the outlet itself stands, so that an agency there is the outlet.
    pub(super) fn is_outlets_own(self) -> bool {
        matches!(self, Place::Copyright | Place::Tail | Place::Own | Place::Address)
    }

    /// Why it says whose the article is, in words for a reader.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Place::Address => "the address of the article",
            Place::Copyright => "the copyright line",
            Place::Owner => "the owner in the copyright line",
            Place::Tail | Place::DashedTail => "behind the headline",
            Place::OtherTail => "behind other headlines",
            Place::Dated => "beside the date",
            Place::Credited => "a credit",
            Place::Dateline => "before the text",
            Place::Label => "a line that tells the source",
            Place::Byline => "beside the byline",
            Place::Own | Place::Often => "lines of the outlet's own",
            Place::Mail | Place::AuthorsMail => "an address for mail",
            Place::Account => "an account",
            Place::Link => "an address on the page",
            Place::First => "the first lines of the page",
            Place::Alone => "a line with the name alone",
            Place::End => "behind the text",
        }
    }
}

/// A name in a place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) line: Option<u32>,
    /// Whether it is the name of a company, which may own several outlets.
    pub(super) company: bool,
    /// The agency that it is.
    pub(super) agency: Option<&'static str>,
}

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

/// The mentions so far.
struct Gathered(Vec<Mention>);

impl Gathered {
    fn add(&mut self, name: &str, place: Place, line: Option<u32>) {
        if self.0.len() >= 400 {
            return;
        }
        if let Some(agency) = agency(name) {
            let mention =
                Mention { key: key(name), name: agency.to_owned(), place, line, company: false, agency: Some(agency) };
            self.0.push(mention);
            return;
        }
        let Some(name) = outlet(name) else { return };
        let (brand, company) = without_company(&name);
        let Some(brand) = outlet(&brand) else { return };
        let key = key(&brand);
        // Only where rights are claimed the owner stands in place of the outlet.
        let company = company && place == Place::Copyright;
        let place = if company { Place::Owner } else { place };
        if key.chars().count() < 2 || (key.len() < 3 && place.weight() < 10) {
            return;
        }
        let named = byline::person::likeness(&brand) == byline::person::Likeness::Known;
        if named && !matches!(place, Place::Tail | Place::Label | Place::Copyright | Place::Dateline) {
            return;
        }
        self.0.push(Mention { key, name: brand, place, line, company, agency: None });
    }

    fn add_keyed(&mut self, key: String, name: &str, place: Place, line: Option<u32>) {
        if self.0.len() < 400 && key.len() >= 2 {
            self.0.push(Mention { key, name: name.to_owned(), place, line, company: false, agency: None });
        }
    }
}

/// What a line says of its source.
fn source(line: &str, kind: &Kind) -> Option<Fact> {
    match kind {
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

/// The name in a copyright line.
fn copyright(line: &str, next: Option<&Block>, number: u32, gathered: &mut Gathered) {
    let bytes = line.as_bytes();
    // The byte that the marks have in common with few other letters, and the words.
    let marked = bytes.contains(&0xa9)
        || bytes.contains(&0x92)
        || line.contains("(c)")
        || line.contains("(C)")
        || line.contains("opyright")
        || line.contains("OPYRIGHT")
        || line.contains("حقوق")
        || line.contains("版权所有")
        || line.contains("版權所有")
        || line.contains("저작권자");
    if !marked {
        return;
    }
    for mark in ["©", "ⓒ", "(c)", "(C)", "Copyright", "COPYRIGHT", "copyright"] {
        let Some(at) = line.find(mark) else { continue };
        // Behind a caption stands whose the picture is; a line about rights begins with them, or says so.
        let opens = line[..at].split_whitespace().count() <= 4 && !line[..at].contains([':', '|', '/']);
        let folded = fold(line);
        if !opens && !RIGHTS.iter().any(|right| *right != "copyright" && folded.contains(right)) {
            continue;
        }
        if mark.starts_with('(') && at > 0 && !line[..at].ends_with(' ') {
            continue;
        }
        let rest = &line[at + mark.len()..];
        if behind_mark(rest, number, gathered) {
            return;
        }
        // `Harbour Post © 2021`: the name stands before it.
        let front = line[..at].trim();
        let years =
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && rest.split_whitespace().count() <= 12;
        if years && !front.is_empty() && front.split_whitespace().count() <= 5 {
            gathered.add(front, Place::Copyright, Some(number));
            return;
        }
        // The name may have been put on a line of its own.
        let dangling = rest.chars().filter(|c| c.is_alphabetic()).count() == 0
            || RIGHTS.iter().any(|right| fold(rest).contains(right)) && rest.split_whitespace().count() <= 8;
        if dangling && let Some(next) = next.filter(|next| next.shape.words <= 5) {
            gathered.add(&next.text, Place::Copyright, Some(next.line));
        }
        return;
    }
    for mark in ["版权所有", "版權所有"] {
        if let Some((front, behind)) = line.split_once(mark) {
            let squeezed: String = front.chars().filter(|c| !c.is_whitespace()).collect();
            let front = squeezed.rsplit(['。', '，', ':', '：', '|', '-']).next().unwrap_or_default();
            gathered.add(if front.is_empty() { behind.trim() } else { front }, Place::Copyright, Some(number));
            return;
        }
    }
}

/// The name behind the mark of a copyright; true where there is one.
fn behind_mark(rest: &str, number: u32, gathered: &mut Gathered) -> bool {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut rest = rest.trim_start();
    // Years, and small words between them and the name.
    for _ in 0..8 {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let folded = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let year = !folded.is_empty() && folded.chars().all(|c| c.is_ascii_digit()) && folded.len() <= 8;
        let small = matches!(
            folded.as_str(),
            "by" | "the"
                | "copyright"
                | "c"
                | "von"
                | "par"
                | "por"
                | "de"
                | "to"
                | "present"
                | "heute"
                | "in"
                | "for"
                | "und"
                | "and"
                | "since"
                | "al"
                | "av"
                | "af"
                | "da"
                | "di"
                | "oleh"
                | "door"
                | "bei"
                | ""
                | "version"
                | "year"
        );
        if word.is_empty() || !(year || small) {
            break;
        }
        rest = rest[word.len()..].trim_start();
    }
    let folded = fold(rest);
    let mut end = rest.len();
    if let Some(at) = RIGHTS.iter().filter_map(|right| folded.find(right)).min() {
        // Folding may change lengths, but hardly before the first words.
        end = if folded.len() == rest.len() {
            at
        } else {
            rest.char_indices().nth(folded[..at].chars().count()).map_or(rest.len(), |(at, _)| at)
        };
    }
    let mut name = &rest[..end];
    for mark in [
        " – ",
        " — ",
        " - ",
        " | ",
        ", ",
        "; ",
        ". ",
        " · ",
        " • ",
        " und ",
        " is a ",
        " is part",
        " (",
        " / ",
        "。",
        "，",
        " a division",
        " 無断",
        " 무단",
    ] {
        name = name.split(mark).next().unwrap_or(name);
    }
    let name = name.trim().trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '.' | '|' | '©')
    });
    if name.is_empty() {
        return false;
    }
    if let Some(site) = domain(name).filter(|site| site.len() == name.len()) {
        if let Some(label) = label(&site.to_lowercase()) {
            gathered.add_keyed(
                fold(label).chars().filter(|c| c.is_alphanumeric()).collect(),
                site,
                Place::Copyright,
                Some(number),
            );
            return true;
        }
        return false;
    }
    let before = gathered.0.len();
    gathered.add(name, Place::Copyright, Some(number));
    gathered.0.len() > before
}

/// The name behind the headline: `… | LÍBERO`.
fn tail(line: &str, title: &str, is_title: bool, near: bool, number: u32, gathered: &mut Gathered) {
    if !line.contains([' ', '|', '｜']) || line.len() < 16 {
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

/// Phrases by their first word, in words, with the longest first.
type Phrases = RapidHashMap<&'static str, Vec<Vec<&'static str>>>;

static BEFORE_NAMES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for phrase in BEFORE.iter().flat_map(|(_, phrases)| phrases.iter()) {
        let words: Vec<&str> = phrase.split(' ').collect();
        phrases.entry(words[0]).or_default().push(words);
    }
    phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|words| std::cmp::Reverse(words.len())));
    phrases
});

static BEHIND_NAMES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for phrase in BEHIND.iter().flat_map(|(_, phrases)| phrases.iter()) {
        let words: Vec<&str> = phrase.split(' ').collect();
        phrases.entry(words[words.len() - 1]).or_default().push(words);
    }
    phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|words| std::cmp::Reverse(words.len())));
    phrases
});

/// The name in a line of the outlet's own.
fn own(line: &str, number: u32, gathered: &mut Gathered) {
    if line.chars().any(byline::person::is_east_asian) {
        let line = line.trim_matches(['《', '》', '「', '」', '【', '】', ' ', '・', '•']);
        let name = SPACELESS_BEFORE
            .iter()
            .find_map(|word| line.strip_prefix(word))
            .or_else(|| SPACELESS_BEHIND.iter().find_map(|word| line.strip_suffix(word)));
        if let Some(name) = name.map(str::trim).filter(|name| (2..=20).contains(&name.chars().count())) {
            gathered.add(name, Place::Own, Some(number));
        }
        return;
    }
    // Compounds of German: `Hafenblatt-Shop`.
    let spaced;
    let line = if line.contains('-') && !line.contains(' ') {
        spaced = line.replacen('-', " ", 1);
        &spaced
    } else {
        line
    };
    let words: Vec<&str> = line.split_whitespace().take(12).collect();
    if !(2..=10).contains(&words.len()) {
        return;
    }
    let folded = |word: &str| {
        fold(word.trim_matches(|c: char| matches!(c, ':' | ',' | '>' | '»' | '›' | '|' | '"' | '“' | '”')))
    };
    let front = folded(words[0]);
    if let Some(phrases) = BEFORE_NAMES.get(front.as_str()) {
        for phrase in phrases {
            let fits = words.len() > phrase.len()
                && phrase
                    .iter()
                    .zip(&words)
                    .all(|(own, word)| folded(word) == own.trim_end_matches(':') || *own == ":" && *word == ":");
            if !fits {
                continue;
            }
            // A capital belongs to the name: `About The Star`.
            let article = usize::from(words[phrase.len() - 1] == "The");
            let mut rest = &words[phrase.len() - article..];
            // `Jobs at the Harbour Post and its partners`, `Follow TechBay on Google News`
            let stop = rest.iter().skip(1).position(|word| {
                word.starts_with(char::is_lowercase)
                    && !matches!(*word, "of" | "de" | "la" | "del" | "do" | "da" | "der" | "des" | "di" | "du" | "van")
                    || matches!(*word, "&" | "–" | "-" | "|" | "»")
            });
            if let Some(stop) = stop {
                rest = &rest[..stop + 1];
            }
            let mut rest = rest.join(" ");
            if let Some((front, last)) = rest.rsplit_once(' ')
                && BEHIND_NAMES.contains_key(folded(last).as_str())
            {
                rest = front.to_owned();
            }
            // Only a capital shows a name where the phrase is one word of everyday.
            if rest.split_whitespace().count() <= 4 {
                gathered.add(&rest, Place::Own, Some(number));
            }
            return;
        }
    }
    let last = folded(words[words.len() - 1]);
    if let Some(phrases) = BEHIND_NAMES.get(last.as_str()) {
        for phrase in phrases {
            let from = words.len().saturating_sub(phrase.len());
            let fits =
                (1..=4).contains(&from) && phrase.iter().zip(&words[from..]).all(|(own, word)| folded(word) == *own);
            if fits {
                let rest = words[..from].join(" ");
                if rest
                    .split_whitespace()
                    .all(|word| !word.starts_with(char::is_lowercase) || word.chars().any(|c| c.is_ascii_digit()))
                {
                    gathered.add(&rest, Place::Own, Some(number));
                }
                return;
            }
        }
    }
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
    let keys: Vec<String> = gathered.0.iter().map(|mention| mention.key.clone()).collect();
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
