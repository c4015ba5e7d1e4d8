//! Furniture that no table of words knows: lines that stand in several articles of one source.
//!
//! Every paper has lines of its own that it puts around and between the paragraphs of all its articles:
//! what to subscribe to, whom to write to, what the agency is. A single article does not show that they
//! are furniture; a pile does.
//!
//! # Learning
//!
//! While a pile is imported, a [`Sketch`] of each article goes to the [`Repeats`]: hashes of its lines, and
//! of what tells it from others. A line is known once it was met in [`LEAST`] articles of one *source*: the
//! site or paper that is stated, and also the folder of the file (the file itself, where it holds many
//! articles), as plain files often state nothing else. In a large pile that is not enough; there it must
//! also stand in one of [`RATE`] articles since it was first met.
//!
//! An article that is there twice must not make furniture of itself. So a line remembers in which articles
//! it was met, and one that has two of these in common with another counts as the same: headline, first
//! paragraph, paragraph in the middle. What is read again, since its file has changed, is not counted again
//! either.
//!
//! # Use
//!
//! Nothing is known when the first articles are read, so what is known is applied when an article is
//! opened: its lines become [`Role::Furniture`] and are dimmed. Nothing is ever deleted. Some lines are left
//! alone whatever is known of them:
//!
//! - the headline, and where it is said again;
//! - facts, such as the name of an author;
//! - paragraphs between others of the article's own: papers repeat themselves in the text, too. Only before
//!   the first and after the last paragraph of its own they are furniture;
//! - sentences within the text (`The ministry did not answer.`), and headings of a few words (`Background`);
//! - everything, where more than half of the text is known: that is a copy or a new version of an article.
//!
//! # Cost
//!
//! The memory is bounded: at most [`MOST`] lines, of which half are dropped when it is full, those first that
//! were met least and longest ago; so a million articles cost no more than a thousand. Learning is some
//! twenty look-ups an article. As articles are learnt in the order of the pile, the outcome is always the same.

use rapidhash::RapidHashMap;
use rapidhash::v3::rapidhash_v3 as hash;

use crate::article::{Article, Finding, FindingKind, Origin, Paragraph, Role};
use crate::text::class::Class;
use crate::text::script::measure;

/// In so many different articles a line must be met to be furniture.
pub const LEAST: usize = 3;
/// Of so many articles of its source, one must hold the line.
pub const RATE: u32 = 100;
/// So many lines are remembered.
pub const MOST: usize = 1 << 16;
/// So many of them are kept beside the index.
const KEPT: usize = 1 << 13;
/// So many sources are told apart.
const MOST_SOURCES: usize = 1 << 14;
/// So many lines at the beginning of an article, and as many at its end, are looked at.
const REACH: usize = 60;
/// A line of prose of so many bytes is a paragraph.
const PARAGRAPH: usize = 80;
/// A line of so many bytes that is no paragraph is not looked at.
const LONGEST: usize = 300;
/// A heading of fewer words may stand in any article.
const FEW_WORDS: u32 = 4;

/// What of an article may be met again in others of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Its sources, the closest first.
    sources: Vec<u64>,
    print: Print,
    /// Its paragraphs, which are looked for in the closest source alone: most are met once, and never again.
    paragraphs: Vec<u64>,
    lines: Vec<u64>,
}

/// What tells an article from others: hashes of its headline, its first paragraph and one in the middle; 0
/// where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Print([u32; 3]);

impl Print {
    fn of(title: &str, body: &[Paragraph]) -> Print {
        let paragraphs: Vec<&Paragraph> = body.iter().filter(|paragraph| is_paragraph(paragraph)).collect();
        let middle = paragraphs.get(paragraphs.len() / 2).filter(|_| paragraphs.len() > 1);
        let texts = [paragraphs.first(), middle].map(|paragraph| paragraph.and_then(|paragraph| line_hash(paragraph)));
        Print([letters_hash(title), texts[0], texts[1]].map(|hash| hash.map_or(0, |hash| hash as u32)))
    }

    /// True where it is the print of the same article, perhaps of another version of it.
    fn is_same(self, other: Print) -> bool {
        self.0.iter().zip(other.0).filter(|(one, other)| **one != 0 && **one == *other).count() >= 2
    }
}

impl Sketch {
    /// The sketch of an article.
    pub fn of(article: &Article) -> Sketch {
        let near = article.body.iter().zip(0..).filter(|(_, at)| is_near_end(*at, article.body.len()));
        let (paragraphs, lines): (Vec<&Paragraph>, Vec<&Paragraph>) =
            near.map(|(line, _)| line).partition(|line| is_paragraph(line));
        let hashes = |lines: Vec<&Paragraph>| {
            let mut hashes: Vec<u64> = lines.into_iter().filter_map(line_hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        };
        Sketch {
            sources: sources(article),
            print: Print::of(&article.title.text, &article.body),
            paragraphs: hashes(paragraphs),
            lines: hashes(lines),
        }
    }
}

/// The lines that were met so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// By line and source.
    lines: RapidHashMap<u64, Seen>,
    /// How many articles each source has had.
    sources: RapidHashMap<u64, u32>,
    /// How many articles there were in all.
    articles: u32,
}

/// Where a line was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    /// The first different articles it stood in, and how many of these are told.
    prints: [Print; LEAST],
    told: u8,
    /// In how many articles it stood.
    count: u32,
    /// How many articles its source had when it was first met.
    since: u32,
    /// How many articles there were in all when it was last met.
    last: u32,
}

impl Repeats {
    /// Takes note of an article.
    pub fn learn(&mut self, sketch: &Sketch) {
        self.articles = self.articles.saturating_add(1);
        for (source, place) in sketch.sources.iter().zip(0..) {
            if self.sources.len() >= MOST_SOURCES && !self.sources.contains_key(source) {
                continue;
            }
            let since = self.sources.entry(*source).or_default();
            *since = since.saturating_add(1);
            let paragraphs = if place == 0 { &sketch.paragraphs[..] } else { &[] };
            for line in paragraphs.iter().chain(&sketch.lines) {
                let new = Seen { prints: Default::default(), told: 0, count: 0, since: *since, last: 0 };
                self.lines.entry(line ^ source).or_insert(new).meet(sketch.print, self.articles);
            }
        }
        if self.lines.len() > MOST {
            self.forget(MOST / 2);
        }
    }

    /// Keeps the `most` lines that were met most and last.
    fn forget(&mut self, most: usize) {
        if self.lines.len() <= most {
            return;
        }
        let mut worth: Vec<(u8, u32, u64)> =
            self.lines.iter().map(|(line, seen)| (seen.told, seen.last, *line)).collect();
        let (_, least, _) = {
            let place = worth.len() - most;
            worth.select_nth_unstable(place)
        };
        let least = *least;
        self.lines.retain(|line, seen| (seen.told, seen.last, *line) >= least);
    }

    /// True when some line may be furniture.
    pub fn knows_any(&self) -> bool {
        self.lines.values().any(|seen| usize::from(seen.told) >= LEAST)
    }

    /// True for a line that is furniture in one of `sources`.
    fn is_known(&self, line: u64, sources: &[u64]) -> bool {
        sources.iter().any(|source| {
            let Some(seen) = self.lines.get(&(line ^ source)).filter(|seen| usize::from(seen.told) >= LEAST) else {
                return false;
            };
            let articles = self.sources.get(source).copied().unwrap_or(0).saturating_sub(seen.since);
            seen.count.saturating_mul(RATE) >= articles
        })
    }

    /// Gives the lines of `article` that are furniture in its source that role.
    pub fn mark(&self, article: &mut Article) {
        let sources = sources(article);
        let title = letters_hash(&article.title.text);
        let known = |paragraph: &Paragraph| {
            let hash = line_hash(paragraph);
            hash != title && hash.is_some_and(|hash| self.is_known(hash, &sources))
        };
        let known: Vec<bool> = article.body.iter().map(known).collect();
        let marked = to_mark(&article.body, &known);
        if marked.is_empty() {
            return;
        }
        for at in marked {
            let line = &mut article.body[at];
            line.role = Role::Furniture;
            article.words = article.words.saturating_sub(measure(&line.text).1);
        }
        article.findings.retain(|finding| finding.kind != FindingKind::Furniture);
        article.findings.extend(furniture_finding(&article.body));
    }

    /// The same for the lines of an article of which nothing else was read.
    pub fn mark_lines(&self, origin: &Origin, lines: &mut [Paragraph]) {
        let sources = [source_of_file(origin)];
        for line in lines.iter_mut().filter(|line| line.role == Role::Text && !is_paragraph(line)) {
            let is_sentence = line.text.ends_with(['.', '。']);
            if !is_sentence && line_hash(line).is_some_and(|hash| self.is_known(hash, &sources)) {
                line.role = Role::Furniture;
            }
        }
    }

    /// What is kept of it beside the index.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut kept = self.clone();
        kept.forget(KEPT);
        let mut lines: Vec<(&u64, &Seen)> = kept.lines.iter().collect();
        lines.sort_unstable_by_key(|(line, _)| **line);
        let mut sources: Vec<(&u64, &u32)> = kept.sources.iter().collect();
        sources.sort_unstable();
        let mut bytes = Vec::with_capacity(16 + 12 * sources.len() + 57 * lines.len());
        bytes.extend(VERSION);
        bytes.extend(kept.articles.to_le_bytes());
        bytes.extend((sources.len() as u32).to_le_bytes());
        for (source, articles) in sources {
            bytes.extend(source.to_le_bytes());
            bytes.extend(articles.to_le_bytes());
        }
        for (line, seen) in lines {
            bytes.extend(line.to_le_bytes());
            bytes.push(seen.told);
            let prints = seen.prints.iter().take(seen.told.into()).flat_map(|print| print.0);
            let numbers = prints.chain([seen.count, seen.since, seen.last]);
            bytes.extend(numbers.flat_map(u32::to_le_bytes));
        }
        bytes
    }

    /// What was kept; `None` where it is damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Repeats> {
        let mut rest = bytes.strip_prefix(&VERSION)?;
        let mut repeats = Repeats { articles: number(&mut rest)?, ..Repeats::default() };
        for _ in 0..number(&mut rest)? {
            let source = long_number(&mut rest)?;
            repeats.sources.insert(source, number(&mut rest)?);
        }
        while !rest.is_empty() {
            let line = long_number(&mut rest)?;
            let [told] = take(&mut rest)?;
            let mut prints = [Print::default(); LEAST];
            for print in prints.get_mut(..usize::from(told))? {
                for part in &mut print.0 {
                    *part = number(&mut rest)?;
                }
            }
            let (count, since, last) = (number(&mut rest)?, number(&mut rest)?, number(&mut rest)?);
            repeats.lines.insert(line, Seen { prints, told, count, since, last });
        }
        Some(repeats)
    }
}

/// Begins what is kept, and changes when its form or the way of hashing does.
const VERSION: [u8; 8] = *b"repeats1";

/// The next bytes of `rest`.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*bytes)
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    take(rest).map(u32::from_le_bytes)
}

fn long_number(rest: &mut &[u8]) -> Option<u64> {
    take(rest).map(u64::from_le_bytes)
}

impl Seen {
    fn meet(&mut self, print: Print, now: u32) {
        let told = usize::from(self.told);
        self.last = now;
        if self.prints[..told].iter().any(|known| known.is_same(print)) {
            return;
        }
        self.count = self.count.saturating_add(1);
        if let Some(place) = self.prints.get_mut(told) {
            *place = print;
            self.told += 1;
        }
    }
}

/// Which of the `known` lines of a text are furniture there.
fn to_mark(body: &[Paragraph], known: &[bool]) -> Vec<usize> {
    let is_own = |at: &usize| is_paragraph(&body[*at]) && !known[*at];
    let text = |is_known: bool| -> usize {
        let paragraphs = body.iter().zip(known).filter(|(line, known)| is_paragraph(line) && **known == is_known);
        paragraphs.map(|(line, _)| line.text.len()).sum()
    };
    // What is known by more than half is a copy, and so is what has no paragraph of its own.
    if text(true) >= text(false) {
        return Vec::new();
    }
    let first = (0..body.len()).find(is_own).unwrap_or(0);
    let last = (0..body.len()).rfind(is_own).unwrap_or(0);
    let is_within = |at: usize| (first..=last).contains(&at);
    let is_marked = |at: &usize| {
        let line = &body[*at];
        known[*at]
            && match line.role {
                Role::Title | Role::Facts | Role::Furniture => false,
                _ if !is_within(*at) => true,
                _ if is_paragraph(line) => false,
                Role::Heading => measure(&line.text).1 >= FEW_WORDS || measure(&line.text).0 >= 24,
                Role::Text | Role::Deck => !line.text.ends_with(['.', '。', ':', '：', '”', '"', '»']),
                Role::Item | Role::Caption => true,
            }
    };
    (0..body.len()).filter(is_marked).collect()
}

/// What to tell a reader of the lines of furniture, if there are any.
pub(in crate::extract) fn furniture_finding(body: &[Paragraph]) -> Option<Finding> {
    let mut lines = body.iter().filter(|line| line.role == Role::Furniture);
    let first = lines.next()?.line;
    let note = match 1 + lines.count() {
        1 => "a line belongs to the page, not to the article".to_owned(),
        lines => format!("{lines} lines belong to the page, not to the article"),
    };
    Some(Finding::at(FindingKind::Furniture, first, note))
}

/// True for a paragraph of text, as opposed to a line.
fn is_paragraph(line: &Paragraph) -> bool {
    line.role.is_prose() && line.text.len() >= PARAGRAPH
}

/// True for the places near the beginning or the end of a text of so many lines.
fn is_near_end(at: usize, lines: usize) -> bool {
    at < REACH || at + REACH >= lines
}

/// What a line is known by; `None` where it says too little, or is of a kind that is never furniture.
fn line_hash(line: &Paragraph) -> Option<u64> {
    match line.role {
        Role::Title | Role::Facts => None,
        // A paragraph is repeated letter by letter, and hashing its bytes is quick.
        _ if is_paragraph(line) => Some(hash(line.text.as_bytes())),
        _ if line.text.len() > LONGEST => None,
        _ => letters_hash(&line.text),
    }
}

/// A hash of the letters of `text`, in lower case: numbers and signs change from page to page. `None`
/// where there are hardly any.
fn letters_hash(text: &str) -> Option<u64> {
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphabetic() {
                letters.push(c.to_ascii_lowercase());
            }
        } else if Class::of(c).is_alphabetic() {
            letters.extend(c.to_lowercase());
        }
    }
    (letters.len() >= 4).then(|| hash(letters.as_bytes()))
}

/// The sources of an article: the site or paper, and the folder or file it lies in.
fn sources(article: &Article) -> Vec<u64> {
    let host = article.url.as_deref().and_then(|url| url.split("://").nth(1)?.split(['/', '?', '#']).next());
    let stated = host.or(article.source.as_ref().map(|source| &*source.text)).and_then(letters_hash);
    stated.into_iter().chain([source_of_file(&article.origin)]).collect()
}

/// The folder of a file, or the file itself where it holds many articles.
fn source_of_file(origin: &Origin) -> u64 {
    let place = if origin.part.is_some() { Some(&*origin.path) } else { origin.path.parent() };
    hash(place.unwrap_or(&origin.path).as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{RawArticle, extract};
    use proptest::prelude::*;

    const HARBOUR: &str = "Ferry stays in the harbour\n\nThe ferry to the outer islands stays in the harbour until the storm is over, the mayor said.\n\n{}The islands have bread for a week, and more fish than anybody there would like to eat in a year.\n\nNobody knows when the storm will be over, but the old captain says that it never lasts for long.\n";
    const MARKET: &str = "Market moves to the square\n\nThe market will be held on the old square from now on, as the hall has to be mended first.\n\n{}Traders are not happy, since there is no roof over the square and the rain falls often in May.\n\nThe council has promised umbrellas for every stall, and hot tea for everybody who sells flowers.\n";
    const SCHOOL: &str = "School opens a garden\n\nThe pupils of the school by the river have made a garden out of what was a parking place before.\n\n{}Beans and carrots grow there now, and a hen house will be built by the parents in the summer.\n\nThe headmaster hopes that nobody will need to buy vegetables for the kitchen any more next year.\n";
    const BRIDGE: &str = "Bridge closed for a month\n\nThe bridge over the river is closed for a month, as its railing has turned out to be made of sugar.\n\n{}Those who have to cross the river should take the ferry, which is free for as long as that lasts.\n\nWho made the railing is not known, but all the bakers of the town say that they were on holiday.\n";

    /// An article of a folder, with `line` between its first two paragraphs and `end` below them.
    fn article(text: &str, line: &str, end: &str, file: &str) -> Article {
        let line = if line.is_empty() { String::new() } else { format!("{line}\n\n") };
        let text = format!("{}\n{end}\n", text.replacen("{}", &line, 1));
        let mut article = extract(&RawArticle { text, ..RawArticle::default() });
        article.origin.path = format!("/pile/{file}.txt").into();
        article
    }

    fn learnt(articles: &[&Article]) -> Repeats {
        let mut repeats = Repeats::default();
        articles.iter().for_each(|article| repeats.learn(&Sketch::of(article)));
        repeats
    }

    /// The lines that become furniture in the last article of a pile.
    fn marked(articles: &[&Article]) -> Vec<String> {
        let mut last = (*articles.last().expect("there is one")).clone();
        let before: Vec<Role> = last.body.iter().map(|line| line.role).collect();
        learnt(articles).mark(&mut last);
        let changed = last.body.iter().zip(before).filter(|(line, before)| line.role != *before);
        changed.map(|(line, _)| line.text.to_string()).collect()
    }

    fn check(line: &str, end: &str, expected: &[&str]) {
        let pile = [HARBOUR, MARKET, SCHOOL].map(|text| article(text, line, end, &text[..6]));
        assert_eq!(marked(&[&pile[0], &pile[1], &pile[2]]), expected, "{line} / {end}");
        assert_eq!(marked(&[&pile[0], &pile[2]]), Vec::<&str>::new(), "{line} / {end}, twice");
    }

    #[test]
    fn lines_that_three_articles_share_are_furniture() {
        check(
            "Every Friday the gulls bring our letter to you",
            "",
            &["Every Friday the gulls bring our letter to you"],
        );
        let about =
            "The Harbour Post has been printed on sailcloth since 1820 and belongs to all those who read it on a boat.";
        check("", about, &[about]);
        check("", "", &[]);
    }

    #[test]
    fn what_a_text_says_within_is_not() {
        check("Background", "", &[]);
        check("The mayor did not answer when he was asked.", "", &[]);
        check(
            "The town by the river has eight thousand inhabitants, two bakers, one bridge and a ferry since 1820.",
            "",
            &[],
        );
    }

    #[test]
    fn an_article_that_is_there_many_times_is_no_furniture() {
        let line = "Every Friday the gulls bring our letter to you";
        let copies = ["a", "b", "c", "d"].map(|file| article(HARBOUR, line, "", file));
        assert_eq!(marked(&copies.each_ref()), Vec::<&str>::new());
        // Under other headlines, and with another beginning.
        let versions =
            ["Storm holds the ferry back", "Islands wait for bread", "No ferry before Monday", "Storm goes on"];
        let versions = versions.map(|title| {
            let text = HARBOUR.replace("Ferry stays in the harbour", title).replacen(
                "The ferry to",
                &format!("{title}: the ferry to"),
                1,
            );
            article(&text, line, "", title)
        });
        assert_eq!(marked(&versions.each_ref()), Vec::<&str>::new());
    }

    #[test]
    fn other_folders_are_other_sources() {
        let line = "Every Friday the gulls bring our letter to you";
        let pile = [HARBOUR, MARKET, SCHOOL, BRIDGE].map(|text| article(text, line, "", &format!("{}/a", &text[..6])));
        assert_eq!(marked(&pile.each_ref()), Vec::<&str>::new());
        // But the same site is one source wherever its files lie.
        let of_site = pile.map(|article| Article { url: Some("https://harbour.example/a".into()), ..article });
        assert_eq!(marked(&of_site.each_ref()), [line]);
    }

    #[test]
    fn the_headline_is_never_marked() {
        let pile = [HARBOUR, MARKET, SCHOOL].map(|text| {
            let text = text.replacen('\n', "\n\nLetters of the week\n", 1);
            Article {
                title: crate::article::Title { text: "Letters of the week".into(), ..Default::default() },
                ..article(&text, "", "", &text[..6])
            }
        });
        assert_eq!(marked(&pile.each_ref()), Vec::<&str>::new());
    }

    #[test]
    fn words_and_findings_follow() {
        let about =
            "The Harbour Post has been printed on sailcloth since 1820 and belongs to all those who read it on a boat.";
        let pile = [HARBOUR, MARKET, SCHOOL].map(|text| article(text, "", about, &text[..6]));
        let mut last = pile[2].clone();
        learnt(&pile.each_ref()).mark(&mut last);
        assert_eq!(last.words + 21, pile[2].words);
        let told = last.findings.iter().filter(|finding| finding.kind == FindingKind::Furniture);
        assert_eq!(
            told.map(|finding| &*finding.note).collect::<Vec<_>>(),
            ["a line belongs to the page, not to the article"]
        );
    }

    #[test]
    fn reading_an_article_again_teaches_nothing() {
        let pile =
            [HARBOUR, MARKET].map(|text| article(text, "Every Friday the gulls bring our letter", "", &text[..6]));
        assert_eq!(marked(&[&pile[0], &pile[1], &pile[0], &pile[1], &pile[0]]), Vec::<&str>::new());
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_met_often() {
        let mut repeats = Repeats::default();
        for number in 0..20_000_u32 {
            let unique = (0..8).map(|at| hash(&(number * 8 + at).to_le_bytes()));
            let lines = unique.chain((number % 10 == 0).then_some(7)).collect();
            let print = Print([number + 1, number + 1, number + 1]);
            repeats.learn(&Sketch { sources: vec![1], print, lines, ..Sketch::default() });
        }
        assert!(repeats.lines.len() <= MOST);
        assert!(repeats.is_known(7, &[1]) && !repeats.is_known(7, &[2]));
        let kept = repeats.to_bytes();
        assert!(kept.len() <= 64 * KEPT, "{}", kept.len());
        assert!(Repeats::from_bytes(&kept).expect("it is whole").is_known(7, &[1]));
    }

    #[test]
    fn what_is_rare_in_a_large_source_is_not_known() {
        let mut repeats = Repeats::default();
        for number in 0..2_000_u32 {
            let lines = if number % 500 == 0 { vec![7] } else { vec![u64::from(number) << 8] };
            repeats.learn(&Sketch { sources: vec![1], print: Print([number + 1; 3]), lines, ..Sketch::default() });
        }
        assert!(!repeats.is_known(7, &[1]));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_again(lines in prop::collection::vec((0..5_u64, 0..5_u32), 0..40)) {
            let mut repeats = Repeats::default();
            for (line, print) in lines {
                let lines = vec![line];
                repeats.learn(&Sketch { sources: vec![9], print: Print([print; 3]), lines, ..Sketch::default() });
            }
            prop_assert_eq!(Repeats::from_bytes(&repeats.to_bytes()), Some(repeats));
        }

        #[test]
        fn damaged_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..100), cut in 0..60_usize) {
            let _ = Repeats::from_bytes(&bytes);
            let mut repeats = Repeats::default();
            let lines = vec![5];
            repeats.learn(&Sketch { sources: vec![9], print: Print([1; 3]), lines, ..Sketch::default() });
            let whole = repeats.to_bytes();
            let _ = Repeats::from_bytes(&whole[..cut.min(whole.len())]);
        }
    }
}
