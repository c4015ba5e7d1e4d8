//! What each block is for, now that the headline and the running text are found.

mod between;
mod list;

use std::ops::Range;

use rapidhash::RapidHashMap;

use super::blocks::{Block, End};
use super::byline::Fact;
use super::ends;
use super::kinds::Kind;
use crate::article::Role;

/// The parts of a page.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The role of each block.
    pub roles: Vec<Role>,
    /// The block of the headline.
    pub title: Option<usize>,
    /// The headline of a second article below the first.
    pub embedded: Option<usize>,
    /// Blocks that repeat an earlier one, with that one.
    pub repeated: Vec<(usize, usize)>,
}

/// A block shorter than this many characters may stand twice without being told of.
const WORTH_TELLING: usize = 60;
/// A summary under a headline is no longer than this many characters.
const LONGEST_DECK: usize = 420;

/// A line of no more words above a picture is the heading of what follows, as in lists of things to see or to buy.
const MOST_WORDS_ABOVE_PICTURE: u32 = 9;
/// A heading has no more words.
const MOST_WORDS_OF_HEADING: u32 = 16;

/// Gives each block its role. `body` is where the running text begins.
pub fn layout(blocks: &[Block], kinds: &[Kind], title: Option<usize>, body: Option<usize>) -> Layout {
    let repeated = repeated(blocks, title);
    let first = title.map_or_else(|| body.unwrap_or(0), |title| title + 1);
    let text = (first..blocks.len()).find(|at| kinds[*at] == Kind::Prose);
    let deck = title.and_then(|_| deck(blocks, kinds, first, &repeated));
    let embedded = text.and_then(|text| embedded(blocks, kinds, text));
    let start = text.unwrap_or(blocks.len());
    let end = text.and_then(|text| ends::end(blocks, kinds, text)).unwrap_or(blocks.len());
    let mut aside = ends::links(blocks, kinds, start..end);
    aside.extend(between::aside(blocks, kinds, start..end, title));
    let before = title.map_or(0, |title| opened_with_text(blocks, kinds, title));
    let last = kinds[..end].iter().rposition(|kind| *kind == Kind::Prose).unwrap_or(blocks.len());
    let listed = list::end(blocks, kinds, last, end, title);
    let mut roles: Vec<Role> = (0..blocks.len())
        .map(|at| {
            if Some(at) == title {
                return Role::Title;
            }
            if Some(at) == deck {
                return Role::Deck;
            }
            match &kinds[at] {
                Kind::Date | Kind::Fact(_) => Role::Facts,
                Kind::Furniture => Role::Furniture,
                Kind::Prose if at < before => Role::Text,
                _ if at < first || at >= end => Role::Furniture,
                _ if at > last && at < listed => {
                    if blocks[at].bullet {
                        Role::Item
                    } else {
                        Role::Text
                    }
                }
                Kind::Caption => Role::Caption,
                Kind::Prose if blocks[at].bullet => Role::Item,
                Kind::Prose => Role::Text,
                Kind::Short if at < start => above(blocks, kinds, at, first),
                Kind::Short if aside.contains(&at) => Role::Furniture,
                Kind::Short => short(blocks, kinds, at, last),
            }
        })
        .collect();
    posts(blocks, kinds, &mut roles, start..end);
    Layout { roles, title, embedded, repeated }
}

/// A line that opens a page and is followed by others like it is the text of an article whose headline stands elsewhere:
/// how many blocks before the headline that was found belong to it.
fn opened_with_text(blocks: &[Block], kinds: &[Kind], title: usize) -> usize {
    /// What stands further down is not the opening.
    const REACH: usize = 40;
    let opens = title <= REACH && kinds.first() == Some(&Kind::Prose) && blocks[0].shape.size >= 80;
    let dated = kinds[..title].contains(&Kind::Date);
    if opens && !dated { title } else { 0 }
}

/// The role of a short line between headline and text: a summary right below the headline, a long line without a full
/// stop, or what stands under a picture.
fn above(blocks: &[Block], kinds: &[Kind], at: usize, first: usize) -> Role {
    /// A summary has so many words.
    const SUMMARY: u32 = 5;
    /// What has this much text is a paragraph, whatever it ends with.
    const LONG: usize = 110;
    let shape = blocks[at].shape;
    if at == first && shape.words >= SUMMARY && !blocks[at].bullet {
        return Role::Deck;
    }
    // A short sentence begins the text, where nobody says whose picture it describes.
    let is_sentence = shape.end == End::Stop
        && shape.words >= SUMMARY
        && kinds.get(at + 1) == Some(&Kind::Prose)
        && !blocks[at].bullet;
    if is_sentence || shape.size >= LONG && shape.words >= 14 { Role::Text } else { Role::Caption }
}

/// The role of a short block within or below the running text.
fn short(blocks: &[Block], kinds: &[Kind], at: usize, last: usize) -> Role {
    let block = &blocks[at];
    if at > last {
        // What ends like a sentence ends the text; menus and labels do not.
        let is_sentence = matches!(block.shape.end, End::Stop | End::Call) && block.shape.words >= 3;
        return if is_sentence && !block.bullet && at <= last + 4 { Role::Text } else { Role::Furniture };
    }
    if block.bullet {
        return Role::Item;
    }
    if block.shape.end == End::Stop {
        return Role::Text;
    }
    match kinds[at + 1..].iter().take(4).find(|kind| **kind != Kind::Furniture) {
        Some(Kind::Caption) if block.shape.words > MOST_WORDS_ABOVE_PICTURE || !block.apart.1 => Role::Caption,
        Some(Kind::Prose | Kind::Short | Kind::Caption)
            if block.apart.0 && block.shape.words <= MOST_WORDS_OF_HEADING && !is_quoted(&block.text) =>
        {
            Role::Heading
        }
        _ => Role::Text,
    }
}

/// Makes text of the posts of networks that the article quotes: what somebody wrote, and the line that signs it.
fn posts(blocks: &[Block], kinds: &[Kind], roles: &mut [Role], text: Range<usize>) {
    for at in text.start.max(1)..text.end.min(blocks.len()) {
        let own = blocks[at].text.as_str();
        let signs = own.starts_with(['—', '–', '―', '-']) && own.contains("(@") && own.contains(')');
        if !signs || !matches!(kinds[at], Kind::Short | Kind::Prose | Kind::Furniture) {
            continue;
        }
        for role in at - 1..=at {
            if roles[role] == Role::Furniture && (role == at || matches!(kinds[role], Kind::Short | Kind::Prose)) {
                roles[role] = Role::Text;
            }
        }
    }
}

/// Whether a short line was said by somebody and quoted: a post of a network with its account, a quotation in its
/// marks, with who said it or without, or a line in capitals.
fn is_quoted(text: &str) -> bool {
    let account = |at: usize| {
        let before = text[..at].chars().next_back();
        let behind = text[at + 1..].chars().next();
        before.is_none_or(|before| !before.is_alphanumeric()) && behind.is_some_and(char::is_alphanumeric)
    };
    let names_account = || text.match_indices('@').any(|(at, _)| account(at));
    let has_address = || ["://", "pic.twitter.com/", "t.co/", "pic.x.com/"].iter().any(|sign| text.contains(sign));
    let in_marks = || {
        let mut opened = text.trim_start().chars();
        let Some(closing) = opened.next().and_then(closing_mark) else { return false };
        let words: Vec<&str> = opened.as_str().rsplitn(2, closing).collect();
        // Behind the closing mark there is nothing, or who said it.
        words.len() == 2 && {
            let behind = words[0].trim().trim_end_matches(['.', '!', '?']);
            behind.is_empty() || behind.starts_with(['—', '–', '-', ',', '―', '('])
        }
    };
    let in_capitals = || {
        let mut capitals = 0;
        let has_small = text.chars().any(|letter| {
            capitals += usize::from(letter.is_uppercase());
            letter.is_lowercase()
        });
        !has_small && capitals >= 2
    };
    names_account() || has_address() || in_marks() || in_capitals()
}

/// The mark that closes a quotation which begins with this one.
fn closing_mark(opening: char) -> Option<[char; 3]> {
    Some(match opening {
        '"' => ['"'; 3],
        '“' | '„' | '‟' => ['”', '“', '"'],
        '«' => ['»'; 3],
        '»' => ['«'; 3],
        '‘' | '‚' => ['’', '‘', '’'],
        '「' => ['」'; 3],
        '『' => ['』'; 3],
        _ => return None,
    })
}

/// The summary under the headline: a sentence or two that facts or pictures part from the text, or
/// that the text says again.
fn deck(blocks: &[Block], kinds: &[Kind], first: usize, repeated: &[(usize, usize)]) -> Option<usize> {
    let at = (first..blocks.len().min(first + 4)).find(|at| {
        let long = blocks[*at].shape.words >= 7 && blocks[*at].shape.size <= LONGEST_DECK;
        matches!(kinds[*at], Kind::Prose | Kind::Short) && long && !blocks[*at].bullet
    })?;
    if (first..at).any(|before| kinds[before] == Kind::Prose) {
        return None;
    }
    let parted = kinds[at + 1..]
        .iter()
        .take_while(|kind| **kind != Kind::Prose)
        .take(6)
        .any(|kind| matches!(kind, Kind::Date | Kind::Fact(_) | Kind::Caption));
    let facts_before = (first..at).any(|before| matches!(kinds[before], Kind::Date | Kind::Fact(_)));
    let again = repeated.iter().any(|(_, earlier)| *earlier == at);
    (again || (parted && !facts_before)).then_some(at)
}

/// The headline of a second article: one that follows the signature of the first or has a date of its own,
/// and has text.
fn embedded(blocks: &[Block], kinds: &[Kind], text: usize) -> Option<usize> {
    let mut dated = Vec::new();
    let mut prose = 0;
    for at in text..blocks.len() {
        if kinds[at] == Kind::Prose {
            prose += 1;
        }
        let headline = kinds[at] == Kind::Short
            && blocks[at].shape.words >= 5
            && matches!(blocks[at].shape.end, End::Open | End::Call)
            && blocks[at].apart == (true, true);
        if !headline || prose < 2 {
            continue;
        }
        let signed = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|before| kinds[*before] != Kind::Prose)
            .any(|before| matches!(kinds[before], Kind::Fact(Fact::Author(_) | Fact::Publisher(_))));
        let follows = kinds[at + 1..].iter().take(6).filter(|kind| **kind == Kind::Prose).count();
        if signed && follows >= 2 {
            return Some(at);
        }
        if kinds.get(at + 1) == Some(&Kind::Date) && follows >= 2 {
            dated.push(at);
        }
    }
    // The entries of a diary have dates, too.
    if let [only] = dated[..] { Some(only) } else { None }
}

/// Blocks that say again what an earlier one said.
fn repeated(blocks: &[Block], title: Option<usize>) -> Vec<(usize, usize)> {
    let mut seen: RapidHashMap<&str, usize> = RapidHashMap::default();
    let mut repeated = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if block.shape.size < WORTH_TELLING {
            continue;
        }
        let earlier = *seen.entry(&*block.text).or_insert(at);
        if earlier != at && Some(at) != title && Some(earlier) != title {
            repeated.push((at, earlier));
        }
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, date, kinds, lines, title};
    use super::*;

    fn check(text: &str, expected: &[Role]) {
        let (lines, _) = lines::lines(text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let body = kinds::body_start(&blocks, &kinds);
        let title = title::find(&blocks, &kinds, body.unwrap_or(blocks.len()));
        assert_eq!(layout(&blocks, &kinds, title, body).roles, expected, "{text}");
    }

    const PROSE: &str = "The ferry to the outer islands stays in the harbour until the storm is over.";

    #[test]
    fn headings_stand_between_paragraphs() {
        check(
            &format!("Ferry stays in harbour\n\n{PROSE}\n\nBread for a week\n\n{PROSE} Again."),
            &[Role::Title, Role::Text, Role::Heading, Role::Text],
        );
    }

    #[test]
    fn what_somebody_said_is_no_heading() {
        for (line, expected) in [
            ("Bread for a week", Role::Heading),
            ("No bread for the islands: what comes next", Role::Heading),
            ("“Old Harry” and the storm", Role::Heading),
            ("Just bring bread to @islands — Nora Webb (@norawebb) February 10, 2021", Role::Text),
            ("Bringt Brot mit pic.twitter.com/abc — Hafen Süd (@hafensued) 3. März 2020", Role::Text),
            ("“We have bread for a week”", Role::Text),
            ("„Wir haben Brot für eine Woche“, Nora Webb", Role::Text),
            ("« Du pain pour une semaine » — Nora Webb", Role::Text),
            ("「パンは一週間分ある」", Role::Text),
            ("«Хлеба хватит на неделю»", Role::Text),
            ("NO BREAD FOR THE ISLANDS", Role::Text),
            ("Write to nora@example.com", Role::Heading),
        ] {
            check(
                &format!("Ferry stays in harbour\n\n{PROSE}\n\n{line}\n\n{PROSE} Again."),
                &[Role::Title, Role::Text, expected, Role::Text],
            );
        }
    }

    #[test]
    fn lines_above_pictures_head_the_parts_of_a_list() {
        for line in
            ["Best for bread and fish", "Das beste Boot für Brot", "Лучшая лодка для хлеба", "Le meilleur bateau"]
        {
            check(
                &format!(
                    "Ferry stays in harbour\n\n{PROSE}\n\n{PROSE} Too.\n\n{line}\n\nPhoto: Nora Webb\n\n{PROSE} Again."
                ),
                &[Role::Title, Role::Text, Role::Text, Role::Heading, Role::Caption, Role::Text],
            );
        }
    }

    #[test]
    fn a_short_sentence_begins_the_text() {
        for line in
            ["Bread takes time and a mill.", "Brot braucht Zeit und eine Mühle.", "Хлебу нужны время и мельница."]
        {
            check(
                &format!("Ferry stays in harbour\n\nBy Nora Webb\n\n{line}\n\n{PROSE}\n\n{PROSE} Again."),
                &[Role::Title, Role::Facts, Role::Text, Role::Text, Role::Text],
            );
        }
    }

    #[test]
    fn posts_that_end_a_text_belong_to_it() {
        for (post, signature) in [
            ("Bring bread to the islands pic.twitter.com/abc", "— Nora Webb (@norawebb) February 10, 2021"),
            ("Bringt Brot auf die Inseln", "— Hafen Süd (@hafensued) 3. März 2020"),
            ("Везите хлеб на острова", "— Порт (@port) 3 марта 2020 г."),
        ] {
            check(
                &format!("Ferry stays in harbour\n\n{PROSE}\n\n{post}\n\n{signature}\n\nOther ports"),
                &[Role::Title, Role::Text, Role::Text, Role::Text, Role::Furniture],
            );
        }
    }

    #[test]
    fn points_of_a_list_are_items() {
        check(
            &format!("Ferry stays in harbour\n\n{PROSE}\n\n• bread\n• fish\n\n{PROSE} Again."),
            &[Role::Title, Role::Text, Role::Item, Role::Item, Role::Text],
        );
    }

    #[test]
    fn what_follows_the_text_is_furniture() {
        check(
            &format!("Ferry stays in harbour\n\n{PROSE}\n\nNora Webb Gardens\n\nOther ports"),
            &[Role::Title, Role::Text, Role::Furniture, Role::Furniture],
        );
    }

    #[test]
    fn what_has_a_date_of_its_own_is_another_article() {
        let check = |text: &str, expected: Option<&str>| {
            let (lines, _) = lines::lines(text);
            let blocks = blocks::blocks(&lines, date::leading_date);
            let kinds = kinds::kinds(&blocks, date::is_date_line);
            let found = layout(&blocks, &kinds, Some(0), Some(1)).embedded.map(|at| &*blocks[at].text);
            assert_eq!(found, expected, "{text}");
        };
        let first = format!("Ferry stays in harbour\n\n{PROSE}\n\n{PROSE} Again.\n\n");
        let second = format!("New bridge will be made of glass\n\n10 February 2021\n\n{PROSE}\n\n{PROSE}\n\n");
        check(&format!("{first}{second}"), Some("New bridge will be made of glass"));
        check(&format!("{first}{second}{second}"), None);
        check(&first, None);
    }

    #[test]
    fn a_summary_stands_between_headline_and_byline() {
        check(
            &format!(
                "Ferry stays in harbour\n\nThe mayor of the islands promises bread for everybody\n\nBy Nora Webb\n\n{PROSE}"
            ),
            &[Role::Title, Role::Deck, Role::Facts, Role::Text],
        );
    }
}
