//! Which line of a page is the headline, if any is.

pub mod anchored;

use rapidhash::RapidHashMap;

use super::blocks::{Block, End};
use super::date;
use super::kinds::Kind;
use crate::text::class::Class;
use crate::text::class::is_spaceless;
use crate::text::lower::lower;

/// How many blocks before the text may hold the headline.
const REACH: usize = 40;
/// The same for one with a date or byline below it.
const FAR: usize = 160;
/// How many blocks after the first running text may still hold it: decks and notices come first.
const BEYOND: usize = 6;
/// A candidate below this score is no headline.
const LEAST: f32 = 1.0;

/// The index of the block that holds the headline, or `None` where the text has none.
///
/// `body` is the block where the running text begins. Headlines are told by where they stand
/// (before the text, near a date or byline, apart), what they look like (a few words, no full
/// stop) and what they say (words that the text takes up).
pub fn find(blocks: &[Block], kinds: &[Kind], body: usize) -> Option<usize> {
    let topic = Topic::of(&blocks[body.min(blocks.len())..], kinds.get(body..).unwrap_or_default());
    let from = body.saturating_sub(REACH);
    let to = (body + BEYOND).min(blocks.len());
    // A headline with a date or byline of its own may stand further up, above boxes and buttons.
    let far = (body.saturating_sub(FAR)..from).filter(|at| {
        kinds[*at] == Kind::Short && blocks[*at].shape.words >= 4 && anchored::anchor(kinds, *at).is_some()
    });
    let far: Vec<usize> = far.filter(|at| topic.share(&blocks[*at].text, false) >= SHARED).collect();
    let mut scores = Vec::with_capacity(to.saturating_sub(from));
    let mut candidates: Vec<(f32, usize)> = Vec::new();
    for at in far.into_iter().chain(from..to) {
        let score = score(blocks, kinds, at, body, &topic).filter(|score| *score >= LEAST);
        candidates.extend(score.map(|score| (score, at)));
        if at >= from {
            scores.push(score);
        }
    }
    below_dates(blocks, kinds, &topic, &mut candidates);
    let mut best: Option<(f32, usize)> = None;
    for (score, at) in candidates {
        if score >= LEAST && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, at));
        }
    }
    let (_, at) = best?;
    let is_candidate = |at: usize| at.checked_sub(from).and_then(|at| *scores.get(at)?).is_some();
    Some(above_deck(blocks, kinds, at, is_candidate).unwrap_or(at))
}

/// Lowers the scores of lines below a headline that has its date or byline right below it: boxes, videos and headings
/// stand there. Where many lines are dated, they are those of other articles.
fn below_dates(blocks: &[Block], kinds: &[Kind], topic: &Topic, candidates: &mut [(f32, usize)]) {
    /// More are a list of other articles.
    const MOST: usize = 3;
    let dated: Vec<(usize, usize)> = candidates
        .iter()
        .filter_map(|(_, at)| Some((*at, anchored::anchor(kinds, *at)?)))
        .filter(|(at, _)| topic.share(&blocks[*at].text, false) >= SHARED)
        .collect();
    if dated.is_empty() || dated.len() > MOST {
        return;
    }
    for (score, at) in candidates {
        let above = dated.iter().rev().find(|(dated, anchor)| dated < at && anchor < at);
        let Some((_, anchor)) = above.filter(|_| anchored::anchor(kinds, *at).is_none()) else { continue };
        // A date right above a line is its own, unless it is that of the line above.
        let own = (at.saturating_sub(2)..*at).rev().find(|near| kinds[*near] == Kind::Date);
        if own.is_none_or(|own| own <= anchor + 3) {
            *score -= BELOW_DATE;
        }
    }
}

/// What speaks against a line below a headline with its date.
const BELOW_DATE: f32 = 2.0;
/// The text takes up so much of its headline.
const SHARED: f32 = 0.3;

/// The line above the best one, where that is the summary below it: a sentence, or about as long as one.
fn above_deck(blocks: &[Block], kinds: &[Kind], best: usize, is_candidate: impl Fn(usize) -> bool) -> Option<usize> {
    /// A summary has so many words, and so many times those of its headline.
    const WORDS: u32 = 13;
    let above = best.checked_sub(1).filter(|above| kinds[*above] == Kind::Short && is_candidate(*above))?;
    let (headline, deck) = (blocks[above].shape, blocks[best].shape);
    let is_deck = deck.words >= WORDS && 2 * deck.words >= 3 * headline.words || deck.end == End::Stop;
    (headline.words >= 5 && is_deck && matches!(headline.end, End::Open | End::Call)).then_some(above)
}

/// How much the block at `at` is like a headline; `None` where it cannot be one.
pub fn score(blocks: &[Block], kinds: &[Kind], at: usize, body: usize, topic: &Topic) -> Option<f32> {
    let block = &blocks[at];
    if !matches!(kinds[at], Kind::Short | Kind::Prose) || block.dated || block.shape.size > 320 {
        return None;
    }
    if at > body && (blocks[body].shape.size >= 200 || blocks[body].dated || block.bullet) {
        // What opens with a long paragraph opens with its text.
        return None;
    }
    let looks = looks(block)?;
    let place = place(blocks, kinds, at, body);
    let own = at >= body && kinds[at] == Kind::Prose;
    let weight = (block.shape.words as f32 / 5.0).min(1.0);
    let share = topic.share(&block.text, own);
    // A line that holds a date is of the byline; only few headlines do.
    let dated = if date::holds_day(&block.text) { DATED } else { 0.0 };
    // The text takes up what its headline says; widgets, sections and votes speak of something else.
    let strange = if share == 0.0 && topic.is_rich() { STRANGE } else { 0.0 };
    Some(looks + place + 3.0 * share * weight + repeated(blocks, kinds, at) - dated - strange)
}

/// What speaks against a line that holds a day of a year.
const DATED: f32 = 2.0;
/// What speaks against a line of which the text takes up nothing.
const STRANGE: f32 = 1.0;

/// What the block itself says: headlines are a few words without a full stop.
fn looks(block: &Block) -> Option<f32> {
    let mut score = match block.shape.words {
        0 => return None,
        1 => -2.5,
        2 => -1.2,
        3 => -0.3,
        4 => 0.5,
        5..=17 => 1.2,
        // Long headlines quote, or are two: a long line without signs is a summary.
        18..=24 if block.text.contains(['"', '“', '«', '„', ':', '「', '–', '—', '|', '!', '?', '\'', '’']) => {
            1.2
        }
        18..=24 => -0.6,
        25..=34 => 0.0,
        _ => -2.0,
    };
    score += match block.shape.end {
        End::Open => 0.6,
        End::Call => 0.3,
        End::Dots => -0.2,
        End::Stop => -2.0,
        End::Colon => -2.0,
    };
    if block.bullet {
        score -= 1.5;
    }
    if is_numbered(&block.text) {
        score -= 1.5;
    }
    // Between blank lines; lines in the midst of others are a menu.
    score += match block.apart {
        (true, true) => 1.1,
        (true, false) => 0.2,
        (false, true) => 0.1,
        (false, false) => -1.1,
    };
    if block.text.bytes().any(|byte| matches!(byte, b'|' | b'>' | b'/' | 0xc2 | 0xe2))
        && [" | ", " › ", " > ", " / ", " © ", " · ", " • "].iter().any(|mark| block.text.contains(mark))
    {
        score -= 1.0;
    }
    // Two sentences, or many numbers, are no headline.
    let digits = block.text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 8 || digits * 4 > block.shape.size {
        score -= 0.8;
    }
    if has_two_sentences(&block.text) {
        score -= 1.2;
    }
    // The signature of a tweet.
    if block.text.contains("(@") {
        score -= 3.0;
    }
    Some(score)
}

/// True for an entry of a numbered list: `3. Storm takes the roof`, `3 Storm takes the roof`.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    (1..=2).contains(&digits) && (rest.starts_with(['.', ')', '、']) && rest.contains(' '))
}

/// What its place says: headlines stand before the text, near date and byline.
fn place(blocks: &[Block], kinds: &[Kind], at: usize, body: usize) -> f32 {
    let mut score = if at == 0 { 1.3 } else { 0.0 };
    if at < body {
        let between = kinds[at + 1..body].iter().filter(|kind| matches!(kind, Kind::Short | Kind::Prose)).count();
        score -= (0.12 * between as f32).min(MOST_BETWEEN);
    } else if at > body {
        score -= 0.8 + 0.3 * (at - body) as f32;
    }
    // Running text before it belongs to another part of the page, or this is a heading within it.
    let prose_before = kinds[..at].iter().rev().take(12).filter(|kind| **kind == Kind::Prose).count();
    score -= 1.2 * prose_before as f32;
    // Facts follow a headline closely.
    let facts = (at + 1..blocks.len()).take(3).position(|near| is_facts(&blocks[near], &kinds[near]));
    score += match facts {
        Some(0) => 1.2,
        Some(_) => 0.8,
        None => 0.0,
    };
    if kinds.get(at + 1) == Some(&Kind::Prose) {
        score += 0.5;
    }
    // Of two lines that could be it, the second is the summary.
    let before = (at.saturating_sub(4)..at).rev().find(|before| matches!(kinds[*before], Kind::Short | Kind::Prose));
    let before = before.filter(|before| kinds[*before] == Kind::Short).and_then(|before| looks(&blocks[before]));
    if before.is_some_and(|looks| looks > 2.2) {
        score -= 1.0;
    }
    if kinds[at] == Kind::Prose && blocks[at].shape.end == End::Stop {
        score -= 3.0;
    }
    score
}

/// Many lines between a headline and its text speak no more against it than so.
const MOST_BETWEEN: f32 = 2.4;

/// True for a line of facts, and for a short line that holds a year among other things.
fn is_facts(block: &Block, kind: &Kind) -> bool {
    let year = || block.text.contains("20") || block.text.contains("19");
    matches!(kind, Kind::Date | Kind::Fact(_))
        || (*kind == Kind::Short
            && block.shape.words <= 16
            && block.shape.end == End::Open
            && block.text.bytes().filter(u8::is_ascii_digit).count() >= 6
            && year())
}

/// True where a full stop stands within `text` after a longer word.
fn has_two_sentences(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].chars().rev().take_while(|c| c.is_lowercase()).count();
        word >= 4 && text[at + 2..].starts_with(|c: char| c.is_uppercase())
    })
}

/// What repetition says: pages state their headline in breadcrumbs, menus and window titles too.
fn repeated(blocks: &[Block], kinds: &[Kind], at: usize) -> f32 {
    let text = &*blocks[at].text;
    if blocks[at].shape.words < 4 || kinds[at] == Kind::Prose {
        return 0.0;
    }
    let around = blocks.iter().enumerate().skip(at.saturating_sub(60)).take(120).filter(|(other, _)| *other != at);
    let (mut equal, mut within) = (false, false);
    for (_, other) in around {
        if other.text.len() < text.len() || other.text.len() > text.len() * 2 + 40 {
            continue;
        }
        equal |= *other.text == *text;
        within |= other.text.len() > text.len() && holds(other.text.as_bytes(), text.as_bytes());
    }
    if within {
        1.5
    } else if equal {
        1.2
    } else {
        0.0
    }
}

/// True where `part` stands within `text`, which is little longer: setting up a search would cost more.
fn holds(text: &[u8], part: &[u8]) -> bool {
    let Some(first) = part.first() else { return true };
    text.windows(part.len()).any(|window| window[0] == *first && window == part)
}

/// The words of the running text, to tell headlines about it from other lines of the page.
pub struct Topic {
    /// In how many paragraphs each word stands.
    words: RapidHashMap<u64, u32>,
}

impl Topic {
    /// True where there are words enough that a headline shares some of them.
    fn is_rich(&self) -> bool {
        const ENOUGH: usize = 40;
        self.words.len() >= ENOUGH
    }

    /// The words of the running text in `blocks`, as far as its first few thousand characters.
    pub fn of(blocks: &[Block], kinds: &[Kind]) -> Topic {
        let mut topic = Topic { words: RapidHashMap::default() };
        let mut read = 0;
        let mut words = Vec::new();
        for (block, _) in blocks.iter().zip(kinds).filter(|(_, kind)| **kind == Kind::Prose) {
            if read > 2_500 {
                break;
            }
            read += block.shape.size;
            topic_words(&block.text, &mut words);
            for word in &words {
                *topic.words.entry(*word).or_default() += 1;
            }
        }
        topic
    }

    /// How much of what `text` speaks of is met in the running text, from 0 to 1; elsewhere in it,
    /// where `text` is part of it itself.
    pub fn share(&self, text: &str, own: bool) -> f32 {
        let mut words = Vec::new();
        topic_words(text, &mut words);
        if words.is_empty() {
            return 0.0;
        }
        let least = if own { 2 } else { 1 };
        let met = words.iter().filter(|word| self.words.get(*word).is_some_and(|count| *count >= least)).count();
        met as f32 / words.len() as f32
    }
}

/// The beginnings of the longer words of `text`, in lower case, each once; pairs of characters where no spaces are
/// written. Beginnings, since endings change with the sentence.
fn topic_words(text: &str, found: &mut Vec<u64>) {
    found.clear();
    let text = if text.contains('Σ') { text.to_lowercase() } else { lower(text) };
    for word in text.split(|c: char| !Class::of(c).is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.is_ascii() {
            if word.len() > 3 || word.bytes().any(|byte| byte.is_ascii_digit()) {
                found.push(key(&word[..word.len().min(6)]));
            }
        } else if word.chars().any(is_spaceless) {
            let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
            found.extend(starts.windows(3).map(|pair| key(&word[pair[0]..pair[2]])));
        } else if word.chars().nth(3).is_some() || word.bytes().any(|byte| byte.is_ascii_digit()) {
            let end = word.char_indices().nth(6).map_or(word.len(), |(end, _)| end);
            found.push(key(&word[..end]));
        }
    }
    found.sort_unstable();
    found.dedup();
}

/// A number in place of a word: comparing is all that is done with it.
fn key(word: &str) -> u64 {
    rapidhash::v3::rapidhash_v3(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::{blocks, date, kinds, lines};
    use super::*;

    fn check(text: &str, expected: &str) {
        let (lines, _) = lines::lines(text);
        let blocks = blocks::blocks(&lines, date::leading_date);
        let kinds = kinds::kinds(&blocks, date::is_date_line);
        let body = kinds::body_start(&blocks, &kinds).unwrap_or(blocks.len());
        let found = find(&blocks, &kinds, body).map_or("-", |at| &*blocks[at].text);
        assert_eq!(found, expected, "{text}");
    }

    const TEXT: &str = "\n\nThe ferry to the outer islands stays in the harbour until the storm is over. Nobody knows when \
        that will be.\n\nThe islands have bread for a week, the mayor said, and more fish than anybody wants to eat.\n";

    #[test]
    fn the_line_above_the_text_is_the_headline() {
        check(&format!("Ferry stays in harbour{TEXT}"), "Ferry stays in harbour");
        check(&format!("Ferry stays in harbour\n\nBy Nora Webb\n3 May 2021{TEXT}"), "Ferry stays in harbour");
        check(
            &format!("Will the ferry ever leave the harbour again?{TEXT}"),
            "Will the ferry ever leave the harbour again?",
        );
    }

    #[test]
    fn menus_sections_and_dates_are_not() {
        check(
            &format!("Home\nSports\nWeather\nShip register\n\nIslands\n\n3 May 2021\n\nFerry stays in harbour{TEXT}"),
            "Ferry stays in harbour",
        );
        check(&format!("• Home\n• Our ships\n\nFerry stays in harbour{TEXT}"), "Ferry stays in harbour");
    }

    #[test]
    fn captions_and_summaries_below_it_are_not() {
        check(
            &format!(
                "Ferry stays in harbour\n\nBy Nora Webb\n\nThe ferry in the harbour of the outer islands (Nora Webb / AFP){TEXT}"
            ),
            "Ferry stays in harbour",
        );
        check(
            &format!(
                "Ferry stays in harbour\n\nThe islands have bread for a week and more fish than they want, says the mayor{TEXT}"
            ),
            "Ferry stays in harbour",
        );
    }

    #[test]
    fn text_without_a_headline_has_none() {
        check(TEXT.trim(), "-");
        check(&format!("date 2021-02 {}", TEXT.trim()), "-");
        check("", "-");
    }

    #[test]
    fn a_headline_may_stand_alone() {
        check("Ferry stays in harbour", "Ferry stays in harbour");
    }
}
