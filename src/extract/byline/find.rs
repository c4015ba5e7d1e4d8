//! Who wrote an article: all lines that may name its authors, weighed by where they stand.
//!
//! A word that announces an author (`By`, `Автор:`, `記者`) is the best witness. Where there is none, a name alone
//! is believed when several things speak for it: a date, a post, an address or an account in its line or beside
//! it, its place between headline and text or right below the text, a given name that many people bear. The text
//! speaks against it: pictures and tags have names beside them as well, of those the article is about.

use std::ops::Range;

use super::dated::{is_dated, is_relative};
use super::names::{Named, names};
use super::person::{self, Likeness, likeness};
use super::{Fact, announced_authors, is_announcement, is_author_label};
use crate::article::{Role, Stated};
use crate::extract::blocks::Block;
use crate::extract::kinds::Kind;
use crate::extract::roles::Layout;
use crate::text::Clean;
use crate::text::fold::fold;

/// What the lines of an article say of who wrote it.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Found {
    /// The authors.
    pub byline: Option<Stated>,
    /// Agencies and papers that are named beside them or in their place.
    pub houses: Vec<House>,
}

/// An agency or a paper that a byline names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct House {
    /// Its name.
    pub name: String,
    /// The line that names it.
    pub line: u32,
}

/// A line that may name the authors.
struct Candidate {
    at: usize,
    named: Named,
    score: i32,
    why: &'static str,
}

/// So many blocks before the headline may name the authors, and so many after it.
const ABOVE: usize = 5;
const BELOW: usize = 14;
/// So many are looked at whatever they are.
const NEAR: usize = 8;
/// So many blocks below the last paragraph may.
const AFTER: usize = 6;
/// What a name that nothing announces must have for itself.
const LEAST: i32 = 4;
/// A line of more characters is no byline.
const LONGEST: usize = 140;

/// The authors of an article, and the houses named beside them.
pub(in crate::extract) fn find(blocks: &[Block], kinds: &[Kind], layout: &Layout) -> Found {
    let page = Page::new(blocks, kinds, layout);
    let mut found = Found::default();
    let mut candidates = page.announced();
    if candidates.iter().all(|candidate| candidate.score < SURE) {
        candidates.extend(page.alone());
    }
    for candidate in &candidates {
        let line = blocks[candidate.at].line;
        found.houses.extend(candidate.named.houses.iter().map(|name| House { name: name.clone(), line }));
    }
    let people = |candidate: &&Candidate| !candidate.named.people.is_empty() && candidate.score >= LEAST;
    let mut best: Option<&Candidate> = None;
    for candidate in candidates.iter().filter(people) {
        if best.is_none_or(|best| candidate.score > best.score) {
            best = Some(candidate);
        }
    }
    found.houses.extend(page.houses(best.map(|best| best.at)));
    if let Some(best) = best {
        let line = Some(blocks[best.at].line);
        found.byline = Some(Stated { text: Clean::new(&page.together(best, &candidates)), line, why: best.why });
        return found;
    }
    // Nobody but an agency or a desk signs.
    let house = candidates.iter().find(|candidate| candidate.score >= SURE && !candidate.named.houses.is_empty());
    found.byline = house.map(|candidate| Stated {
        text: Clean::new(&candidate.named.houses[0]),
        line: Some(blocks[candidate.at].line),
        why: candidate.why,
    });
    found
}

/// A candidate with such a score needs no other.
const SURE: i32 = 9;

/// A page, as far as its authors are concerned.
struct Page<'a> {
    blocks: &'a [Block],
    kinds: &'a [Kind],
    roles: &'a [Role],
    title: Option<usize>,
    /// The first and the last paragraph.
    text: Range<usize>,
    /// Where a second article begins.
    end: usize,
}

impl<'a> Page<'a> {
    fn new(blocks: &'a [Block], kinds: &'a [Kind], layout: &'a Layout) -> Page<'a> {
        let roles = &layout.roles[..];
        let is_text = |role: &Role| matches!(role, Role::Text | Role::Item);
        let from = layout.title.map_or(0, |title| title + 1);
        let prose = |at: usize| is_text(&roles[at]) && (kinds[at] == Kind::Prose || blocks[at].shape.size >= 60);
        let first = (from..blocks.len()).find(|at| prose(*at)).unwrap_or(blocks.len());
        let end = layout.embedded.unwrap_or(blocks.len());
        let last = (first..end).rev().find(|at| prose(*at)).unwrap_or(first);
        Page { blocks, kinds, roles, title: layout.title, text: first..last, end }
    }

    /// The blocks around headline and first paragraph.
    fn top(&self) -> Range<usize> {
        let title = self.title.unwrap_or(0);
        // A summary is taken for text, and the lines of facts stand below it.
        let to = (self.text.start + 2).max(title + NEAR).min(title + BELOW).min(self.end);
        title.saturating_sub(ABOVE)..to.max(title.saturating_sub(ABOVE))
    }

    /// The blocks below the last paragraph.
    fn bottom(&self) -> Range<usize> {
        let from = (self.text.end + 1).min(self.end);
        from..(from + AFTER).min(self.end)
    }

    /// Lines that announce authors.
    fn announced(&self) -> Vec<Candidate> {
        let (top, bottom) = (self.top(), self.bottom());
        let mut candidates = Vec::new();
        for at in top.start..self.end {
            let text = &*self.blocks[at].text;
            let near = top.contains(&at) || bottom.contains(&at);
            let asked = match self.kinds[at] {
                Kind::Fact(Fact::Author(_)) | Kind::Date => true,
                Kind::Fact(Fact::Publisher(_)) => near,
                Kind::Short | Kind::Furniture | Kind::Caption => near || at >= self.text.end,
                Kind::Prose => near && text.len() <= 400,
                Kind::Fact(Fact::Credit) => false,
            };
            if !asked {
                continue;
            }
            let place = if top.contains(&at) {
                3
            } else if at >= self.text.end {
                // Further down stand other articles.
                if at < bottom.end { 1 } else { -4 }
            } else {
                -4
            };
            if let Some(told) = announced_authors(text) {
                let score = SURE + place
                    - if told.editors { 4 } else { 0 }
                    - i32::from(self.kinds[at] == Kind::Furniture && !near) * 4;
                candidates.push(Candidate { at, named: told.named, score, why: "a word announces it" });
            } else if at > 0
                && (top.contains(&at) || bottom.contains(&at))
                && is_author_label(&self.blocks[at - 1].text)
            {
                let named = names(text, true);
                if named.end > 0 && text[named.end..].split_whitespace().count() <= 8 {
                    candidates.push(Candidate { at, named, score: SURE + place, why: "the line above announces it" });
                }
            }
        }
        candidates.extend(self.inline());
        candidates
    }

    /// Authors that the first paragraph names before it begins, or the last behind its end: `(서울=연합뉴스) 김하늘
    /// 기자 = …`, `（記者王小明／台北報導）`, `… (Jens Holm)`.
    fn inline(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        if self.text.start >= self.blocks.len() {
            return candidates;
        }
        for at in [self.text.start, self.text.end] {
            let text = &*self.blocks[at].text;
            let named = if at == self.text.start { opening(text) } else { None };
            if let Some(named) = named.or_else(|| closing(text)) {
                candidates.push(Candidate { at, named, score: SURE, why: "the text is signed" });
            }
        }
        candidates
    }

    /// Names that nothing announces.
    fn alone(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for at in self.top().chain(self.bottom()) {
            if Some(at) == self.title {
                continue;
            }
            let block = &self.blocks[at];
            let fits =
                matches!(self.kinds[at], Kind::Short | Kind::Date | Kind::Furniture | Kind::Fact(Fact::Publisher(_)));
            if !fits || block.bullet || block.text.chars().count() > LONGEST {
                continue;
            }
            if let Some(candidate) = self.weighed(at) {
                candidates.push(candidate);
            }
        }
        candidates
    }

    /// A line with a name that nothing announces, and what speaks for it.
    fn weighed(&self, at: usize) -> Option<Candidate> {
        let text = &*self.blocks[at].text;
        let (named, rest) = alone(text)?;
        let name = named.people.first()?;
        let is_below = at >= self.text.end && self.text.end > self.text.start;
        let mut score = if named.known { 3 } else { 1 };
        let mut why = "a name stands alone at its place";
        score += i32::from(named.people.len() > 1);
        score += if named.houses.iter().any(|house| super::agency(house).is_some()) { 2 } else { 0 };
        // What stands in the same line or the next belongs to it.
        let mut own = false;
        if is_dated(rest) || (self.kinds[at] == Kind::Date && rest.bytes().any(|byte| byte.is_ascii_digit())) {
            score += 3;
            own = true;
            why = "a name stands beside the date";
            // `Published 3 May 2021 | Mira Stone`: nothing but the author is told together with that.
            score += i32::from(is_announcement(text) && self.top().contains(&at)) * 2;
        }
        if named.post || self.neighbours(at, 1).any(|near| near > at && is_post_line(&self.blocks[near].text)) {
            score += 3;
            own = true;
            why = "a name stands beside a post";
        }
        if let Some(matches) =
            self.neighbours(at, 2).chain([at]).filter_map(|near| account(&self.blocks[near].text, name)).max()
        {
            score += if matches { 4 } else { 1 };
            own |= matches;
            why = if matches { "an address or account has the same name" } else { why };
        }
        if !is_below {
            let distance =
                self.neighbours(at, 3).filter(|near| self.is_date(*near)).map(|near| near.abs_diff(at)).min();
            score += match distance {
                Some(1) => 2,
                Some(2 | 3) => 1,
                _ => 0,
            };
            let after = at + 1 == self.text.start || self.title.is_some_and(|title| at == title + 1);
            score += i32::from(after);
            score -= i32::from(self.title.is_some_and(|title| at < title)) * 2;
            score -= i32::from(self.title.is_none());
        } else {
            let first = at == self.text.end + 1;
            score += if first { 1 } else { -1 };
            let bracketed = text.starts_with(['(', '（', '[', '《', '【', '—', '–']);
            score += i32::from(bracketed) * 3;
            score -= i32::from(self.kinds[at] == Kind::Furniture);
        }
        // A portrait has the name below it once more.
        let again = |near: usize| {
            self.blocks[near].text.trim() == text.trim()
                || alone(&self.blocks[near].text).is_some_and(|(other, _)| other.people.first() == Some(name))
        };
        score += i32::from(self.neighbours(at, 2).any(again)) * 2;
        if self.is_spoken_of(at, name) {
            score -= if own { 1 } else { 4 };
        }
        // The names in a menu or under `Topics` have others around them.
        let lines = self
            .neighbours(at, 3)
            .filter(|near| self.kinds[*near] == Kind::Short && self.blocks[*near].shape.words <= 3)
            .count();
        score -= if lines >= 4 && !own { 2 } else { 0 };
        Some(Candidate { at, named, score, why })
    }

    /// The blocks around one, as far as so many.
    fn neighbours(&self, at: usize, reach: usize) -> impl Iterator<Item = usize> {
        (at.saturating_sub(reach)..(at + reach + 1).min(self.blocks.len())).filter(move |near| *near != at)
    }

    /// True for a line that tells when the article was published.
    fn is_date(&self, at: usize) -> bool {
        let text = &*self.blocks[at].text;
        self.kinds[at] == Kind::Date || text.chars().count() <= 60 && is_dated(text)
    }

    /// True where headline, captions or text speak of the bearer of a name.
    fn is_spoken_of(&self, at: usize, name: &str) -> bool {
        let east_asian = name.chars().all(person::is_east_asian);
        let key = if east_asian { name } else { name.rsplit(' ').next().unwrap_or(name) };
        let to = (self.text.start + 40).min(self.blocks.len());
        let from = self.title.unwrap_or(0).saturating_sub(2);
        (from..to).any(|other| {
            other != at
                && (self.roles[other] != Role::Furniture || self.blocks[other].shape.words >= 6)
                && !matches!(self.kinds[other], Kind::Date | Kind::Fact(_))
                && holds(&self.blocks[other].text, key)
                && alone(&self.blocks[other].text).is_none()
                // Photographs of one's own are signed as well.
                && !(self.kinds[other] == Kind::Caption && holds(&self.blocks[other].text, name))
        })
    }

    /// The agencies and papers that stand alone beside headline or end.
    fn houses(&self, author: Option<usize>) -> Vec<House> {
        let mut houses = Vec::new();
        for at in self.top().chain(self.bottom()) {
            let text = &*self.blocks[at].text;
            if Some(at) == self.title
                || !matches!(self.kinds[at], Kind::Short | Kind::Date)
                || text.chars().count() > 60
            {
                continue;
            }
            let first = text.split([',', '|', '/', '•', '(', '@', '–']).next().unwrap_or_default().trim();
            if let Some(name) = super::agency(first) {
                houses.push(House { name: name.to_owned(), line: self.blocks[at].line });
                continue;
            }
            // A word in capitals below the author is who employs them.
            let loud = text.split_whitespace().count() <= 2
                && (3..=24).contains(&text.len())
                && text.chars().all(|c| c.is_uppercase() || c == ' ');
            let beside = author.is_some_and(|author| at == author + 1);
            if loud && beside {
                houses.push(House { name: text.to_owned(), line: self.blocks[at].line });
            }
        }
        houses
    }

    /// The names of the best candidate, and of those that stand beside it and are its like.
    fn together(&self, best: &Candidate, candidates: &[Candidate]) -> String {
        let mut people: Vec<&str> = Vec::new();
        let mut last = best.at;
        let mut near: Vec<&Candidate> = candidates
            .iter()
            .filter(|other| {
                other.at.abs_diff(best.at) <= 6 && (other.score - best.score).abs() <= 1 && other.why == best.why
            })
            .collect();
        near.sort_by_key(|candidate| candidate.at);
        let start = near.iter().position(|candidate| candidate.at == best.at).unwrap_or(0);
        people.extend(best.named.people.iter().map(String::as_str));
        for candidate in near.iter().skip(start + 1) {
            let parted = (last + 1..candidate.at).any(|at| self.kinds[at] == Kind::Prose);
            if candidate.at - last > 3 || parted {
                break;
            }
            last = candidate.at;
            for name in &candidate.named.people {
                if !people.contains(&name.as_str()) {
                    people.push(name);
                }
            }
        }
        people.join(", ")
    }
}

/// The names in a line that announces nothing, and what follows them; `None` where the line is of another kind.
fn alone(text: &str) -> Option<(Named, &str)> {
    // `— Nora Webb (@norawebb) 3 May 2021` signs a post that the article quotes.
    if text.trim_start().starts_with(['—', '–', '―']) && text.contains(['@', '＠']) {
        return None;
    }
    let trimmed = text.trim_start_matches(['(', '（', '[', '【', '《', '—', '–', '-', '•', '·', '✍', '■', '▲', ' ']);
    let fits = |named: &Named, rest: &str| {
        let rest = rest.trim_start_matches([
            ')', '）', ']', '】', '》', '|', '•', '·', '-', '–', '—', ',', ':', '/', ' ', '｜', '\'', '(',
        ]);
        let first = rest.split_whitespace().next().unwrap_or_default();
        !named.people.is_empty()
            && (rest.is_empty()
                || rest.starts_with(|c: char| c.is_numeric())
                || rest.starts_with('@')
                || is_announcement(rest)
                || is_relative(rest)
                || person::is_post(first)
                || first.contains('@')
                || named.post && rest.split_whitespace().count() <= 8
                || person::is_not_a_name(first) && rest.split_whitespace().count() <= 4)
    };
    let named = names(trimmed, false);
    let rest = &trimmed[named.end..];
    // What stands before a colon announces what stands behind it: `Read also: …`. It is no list of names.
    if trimmed[..named.end].contains([':', '：']) {
        return None;
    }
    if fits(&named, rest) {
        return Some((named, rest));
    }
    // A section or a column may stand before it.
    let mut at = 0;
    for mark in [" | ", " - ", " – ", " — ", " • ", " / "] {
        if let Some(place) = trimmed.find(mark) {
            at = place + mark.len();
            break;
        }
    }
    let (head, part) = trimmed.split_at(at);
    // The date may stand before it as well.
    let dated = is_dated(head);
    if at == 0 || head.split_whitespace().count() > if dated { 10 } else { 5 } {
        return None;
    }
    let named = names(part, false);
    let rest = &part[named.end..];
    if dated && rest.is_empty() && !named.people.is_empty() {
        return Some((named, head));
    }
    (fits(&named, rest) && is_dated(rest)).then_some((named, rest))
}

/// The names in a line that holds nothing else, or nothing but a date or a post beside them. Only its place can tell
/// whether they are the authors'.
pub(in crate::extract) fn bare_name(line: &str) -> Option<String> {
    alone(line).map(|(named, _)| named.people())
}

/// True for a line that says nothing but what somebody does: `Periodista judicial`.
fn is_post_line(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(9).collect();
    (1..=8).contains(&words.len())
        && !text.ends_with(['.', '?', '!'])
        && words.iter().take(4).any(|word| person::is_post(word))
        && likeness(text) == Likeness::No
}

/// Whether an address or account in a line has the letters of `name`; `None` where there is none.
fn account(text: &str, name: &str) -> Option<bool> {
    if text.len() > 200 || text.split_whitespace().count() > 6 {
        return None;
    }
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let words: Vec<String> =
        fold(name).split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3).map(str::to_owned).collect();
    let same = |account: &str| {
        let account = letters(account);
        account.len() >= 4
            && words.iter().filter(|word| account.contains(word.as_str())).count() >= words.len().clamp(1, 2)
    };
    let mut seen = None;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | '|')) {
        if let Some(at) = word.find('@') {
            let (front, behind) = (&word[..at], &word[at + 1..]);
            let matches = if front.is_empty() { same(behind) } else { same(front) };
            seen = Some(seen.unwrap_or(false) || matches);
        }
    }
    // An account without its sign stands alone: `norawebb`.
    let alone = !text.contains([' ', '@', '.'])
        && text.is_ascii()
        && text.len() >= 6
        && letters(text) == letters(name)
        && !text.chars().any(char::is_uppercase);
    if alone { Some(true) } else { seen }
}

/// True where the word stands in the text, whole where the script has spaces.
fn holds(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + word.len()..].chars().next();
        // What is declined has an ending, which no table knows.
        if person::is_east_asian(word.chars().next().unwrap_or(' '))
            || !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_uppercase)
        {
            return true;
        }
        rest = &rest[at + word.len()..];
    }
    false
}

/// The author in front of the first paragraph.
fn opening(text: &str) -> Option<Named> {
    let end = text.char_indices().nth(70).map_or(text.len(), |(end, _)| end);
    let head = &text[..end];
    // `(서울=연합뉴스) 김하늘 기자 = …`
    for mark in ["기자 =", "기자=", "특파원 =", "특파원=", "기자]", "기자)", "기자 】", "기자】"] {
        if let Some(at) = head.find(mark) {
            let front = head[..at].trim_end();
            let from = front
                .rfind([')', ']', '】', '=', '(', '[', '【', '〉'])
                .map_or(0, |open| open + front[open..].chars().next().map_or(1, char::len_utf8));
            let named = names(front[from..].trim(), false);
            if !named.people.is_empty() {
                return Some(named);
            }
        }
    }
    // `（記者王小明／台北報導）`, `【北京＝佐藤太郎】`, `新华社北京4月24日电（记者张三、李四）`
    for open in ['（', '(', '【', '［', '[', '〔'] {
        let Some(at) = head.find(open) else { continue };
        let inner = &text[at + open.len_utf8()..];
        let Some(close) = inner.find(['）', ')', '】', '］', ']', '〕']).filter(|close| *close <= 90) else {
            continue;
        };
        let inner = &inner[..close];
        if !inner.chars().any(person::is_east_asian) {
            continue;
        }
        if let Some(told) = announced_authors(inner).filter(|told| !told.named.people.is_empty()) {
            return Some(told.named);
        }
        if let Some((_, name)) = inner.split_once(['＝', '='])
            && likeness(name.trim()) == Likeness::Known
        {
            return Some(Named { people: vec![name.trim().to_owned()], known: true, ..Named::default() });
        }
        if let Some(at) = inner.find("记者").or_else(|| inner.find("記者"))
            && let Some(told) = announced_authors(&inner[at..])
        {
            return Some(told.named);
        }
    }
    None
}

/// The author behind the last paragraph: in brackets, after its end.
fn closing(text: &str) -> Option<Named> {
    let trimmed = text.trim_end_matches(['.', ' ']);
    let front = trimmed.strip_suffix([')', '）', ']', '】', '］'])?;
    let open = front.rfind(['(', '（', '[', '【', '［'])?;
    let inner = &front[open + front[open..].chars().next().map_or(1, char::len_utf8)..];
    if inner.chars().count() > 60
        || !front[..open]
            .trim_end()
            .ends_with(['.', '。', '!', '?', '”', '»', '"', '。', '」', '।', '۔', '다', '…', '！', '？'])
    {
        return None;
    }
    if let Some(told) = announced_authors(inner) {
        return Some(told.named).filter(|named| !named.people.is_empty());
    }
    let named = names(inner, false);
    (named.known && named.end + 1 >= inner.trim_end().len()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{blocks, date, kinds, lines, roles, title};

    const TEXT: &str = "The ferry to the outer islands stays in the harbour until the storm is over, and nobody knows when that \
        will be.\n\nThe islands have bread for a week, the mayor said, and more fish than anybody there wants to eat.";

    fn found(text: &str) -> Found {
        let (lines, _) = lines::lines(text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let body = kinds::body_start(&blocks, &kinds);
        let title = title::find(&blocks, &kinds, body.unwrap_or(blocks.len()));
        find(&blocks, &kinds, &roles::layout(&blocks, &kinds, title, body))
    }

    /// Puts `lines` between a headline and a text.
    fn check(lines: &str, expected: &str) {
        let text = format!("Ferry stays in the harbour for a third day\n\n{lines}\n\n{TEXT}\n");
        assert_eq!(found(&text).byline.map_or(String::new(), |byline| byline.text.to_string()), expected, "{lines}");
    }

    /// Puts `lines` below a text.
    fn check_below(lines: &str, expected: &str) {
        let text = format!("Ferry stays in the harbour for a third day\n\n{TEXT}\n\n{lines}\n");
        assert_eq!(found(&text).byline.map_or(String::new(), |byline| byline.text.to_string()), expected, "{lines}");
    }

    #[test]
    fn a_name_beside_the_date_is_the_author() {
        check("Nora Webb\n3 May 2021", "Nora Webb");
        check("3 May 2021\nNora Webb", "Nora Webb");
        check("Inés Duarte 3/5/2022 22:41", "Inés Duarte");
        check("Claire Dubois | lundi 9 décembre 2019 à 09h08", "Claire Dubois");
        check("Jens Holm 15.06.2020, 12.11 Uhr", "Jens Holm");
        check("Zanele Mokoena|Published 15 hours ago", "Zanele Mokoena");
        check("Published 25 November 2019 | Mira Stone", "Mira Stone");
        check("Veröffentlicht am 3. Mai 2021 | Runa Kiel", "Runa Kiel");
        check("Publié le 3 mai 2021 | Ysée Quai", "Ysée Quai");
        check("Mira Stone | Published 25 November 2019", "Mira Stone");
        check("Publicado el 3 de mayo de 2021 - Iria Muelle", "Iria Muelle");
        check("Опубликовано 3 мая 2021 | Мира Причал", "Мира Причал");
        check("Published 25 November 2019 | Local News", "");
        check("Published 25 November 2019 | Top Stories", "");
        check("Анна Белова\n3 мая 2021", "Анна Белова");
        check("أحمد منصور\n3 مايو 2021", "أحمد منصور");
        check("佐藤太郎\n2019年3月26日", "佐藤太郎");
        check("राहुल वर्मा\n16 अप्रैल 2020", "राहुल वर्मा");
        check("Γιώργος Παππάς\n3 Μαΐου 2021", "Γιώργος Παππάς");
        check("Ana Horvat\n3. svibnja 2021.", "Ana Horvat");
        check("Juan Moreno C.\nhace 4 minutos", "Juan Moreno C.");
        check("SHOW - Salve Reyes (Harbour Star) - November 27, 2020 - 12:00am", "Salve Reyes");
    }

    #[test]
    fn a_post_an_address_or_an_account_shows_the_author() {
        check("Nora Webb Political Correspondent", "Nora Webb");
        check("Felipe Morales\nPeriodista Judicial", "Felipe Morales");
        check("Edilson Rojas\nedilsonrojas", "Edilson Rojas");
        check("Héctor Cruz\nhector.cruz@bay.example", "Héctor Cruz");
        check("Nora Webb\n@norawebb", "Nora Webb");
        check("Kari Lie – Journalist\n\nOla Moe – Journalist i Paris", "Kari Lie, Ola Moe");
        check("Ute Brandt\nRedakteurin", "Ute Brandt");
        check("Elif Kaya\nMuhabir", "Elif Kaya");
        check("Олена Кравець\nжурналістка", "Олена Кравець");
        check("Aino Niemi\ntoimittaja", "Aino Niemi");
    }

    #[test]
    fn a_word_on_its_own_line_announces_an_author() {
        check("Author of the article:\nNora Webb", "Nora Webb");
        check("By\nJim Reed", "Jim Reed");
        check("Par\nClaire Dubois", "Claire Dubois");
        check("Autor:\nJan Kowalski", "Jan Kowalski");
        check("投稿者 Masafumi Negami", "Masafumi Negami");
    }

    #[test]
    fn those_whom_a_text_is_about_have_not_written_it() {
        let text = format!(
            "Ferry stays in the harbour\n\nAnn Bell\n\n3 May 2021\n\nCaptain Ann Bell does not mind, Bell said.\n\n{TEXT}"
        );
        assert_eq!(found(&text).byline, None);
        check("Top Stories\n3 May 2021", "");
        check("— Nora Webb (@norawebb) May 3, 2021", "");
        check("– Héctor Cruz (@hcruz) 3 de mayo de 2021", "");
        check("Harbour Islands\n3 May 2021", "");
        check("New York\n3 May 2021", "");
        check("Related Topics\n3 May 2021", "");
    }

    #[test]
    fn an_author_signs_below_the_text() {
        check_below("Андрей Колесов", "Андрей Колесов");
        check_below("Reporting by Jason Hove; Editing by Ann Bell", "Jason Hove");
        check_below("Text: Nora Webb", "Nora Webb");
        check_below("（羅森）", "羅森");
        check_below("Por Felipe Morales", "Felipe Morales");
        check_below("Автор: Олена Кравець", "Олена Кравець");
        check_below("Claire Dubois", "Claire Dubois");
        check_below("By Ann Bell in Lisbon and Tom Reed in Porto", "Ann Bell, Tom Reed");
    }

    #[test]
    fn the_text_itself_may_name_its_author() {
        let told = |text: &str| {
            found(&format!("항구 폐쇄\n\n{text}\n\n{text}"))
                .byline
                .map_or(String::new(), |byline| byline.text.to_string())
        };
        assert_eq!(
            told(
                "(서울=연합뉴스) 김하늘 기자 = 항구가 폭풍으로 사흘째 문을 닫았고 언제 다시 열릴지 아무도 모른다고 시장이 말했다."
            ),
            "김하늘"
        );
        assert_eq!(
            told(
                "（記者王小明／台北報導）港口因暴風雨已經關閉三天，市長表示沒有人知道什麼時候會重新開放，島上的麵包還夠吃一個星期。"
            ),
            "王小明"
        );
        assert_eq!(
            told(
                "新华社北京4月24日电（记者张伟、李强）港口因暴风雨已经关闭三天，市长表示没有人知道什么时候会重新开放，岛上的面包还够吃一个星期。"
            ),
            "张伟, 李强"
        );
        assert_eq!(
            opening("【北京＝佐藤太郎】港は嵐のため三日間閉鎖されている。").map(|named| named.people()),
            Some("佐藤太郎".into())
        );
        assert_eq!(
            closing("Niemand weiß, wie lange das noch dauern wird. (Jens Holm)").map(|named| named.people()),
            Some("Jens Holm".into())
        );
        assert_eq!(closing("The harbour is closed (see page three)"), None);
    }
}
