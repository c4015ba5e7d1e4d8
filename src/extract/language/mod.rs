//! The language of a text, and how certain that is.
//!
//! Four witnesses are heard. The *script* decides alone where only one language has it. The *words*
//! that a language cannot do without tell the rest, even in a headline. The *threes*, letters that
//! stand together in its words, speak where no such word is found, and know many more languages than
//! newsstand has names for: a text in one of those is left uncertain instead of being called by the
//! name of its neighbour. Where these leave doubt, the detector of the `whatlang` crate is asked.

mod letters;
mod pairs;
pub mod script;
mod threes;
mod words;

use std::sync::LazyLock;

use rapidhash::RapidHashMap;
use whatlang::{Detector, Lang};

use crate::article::{Language, LanguageTag};
use crate::text::class::Class;
use script::{Script, census};
use threes::Threes;

/// So many characters of a text are read; more would cost time and tell nothing new.
const ENOUGH: usize = 2_000;
/// A text of fewer bytes is short: the shapes of its words are heard as well.
const SHORT: usize = 600;
/// From this confidence on a reader may rely on the language.
const SURE: f32 = 0.9;

/// A language that words or letters can speak for.
struct Known {
    code: &'static str,
    tag: Option<LanguageTag>,
    script: Script,
    lang: Option<Lang>,
    /// Those that `whatlang` takes it for.
    kin: Vec<Lang>,
    /// The letters it writes, sorted; empty where they tell nothing.
    letters: Vec<char>,
    /// How much more likely than others it is before anything is read.
    usual: f32,
    /// The rows of [`pairs::RELATIVES`] that it stands in, one bit each.
    families: u32,
}

impl Known {
    fn new(code: &'static str, script: Script) -> Known {
        let family = |(at, row): (usize, &&str)| u32::from(row.split(' ').any(|other| other == code)) << at;
        Known {
            code,
            tag: LanguageTag::all().find(|tag| tag.code() == code),
            script,
            lang: None,
            kin: Vec::new(),
            letters: Vec::new(),
            usual: usual(code, script),
            families: pairs::RELATIVES.iter().enumerate().map(family).sum(),
        }
    }
}

/// All tables, ready for use.
struct Tables {
    known: Vec<Known>,
    /// The tag of each of the known, close together.
    tags: Vec<Option<LanguageTag>>,
    /// What a word says: the languages that have it, and how strongly it speaks for each.
    words: Meanings,
    /// Lets all words through that have a meaning, and few others.
    may_know: Sieve,
    /// For each language of the table of threes, its place among the known.
    of_threes: Vec<usize>,
    /// The languages that are told apart by their words alone, their threes being the same.
    alike: Vec<Vec<usize>>,
}

/// For a piece of text, the languages it speaks for, and how strongly.
type Meanings = RapidHashMap<&'static str, Vec<(u8, f32)>>;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::new);

impl Tables {
    fn new() -> Tables {
        let mut tables = Tables {
            known: Vec::new(),
            tags: Vec::new(),
            words: RapidHashMap::default(),
            may_know: Sieve::of(std::iter::empty()),
            of_threes: Vec::new(),
            alike: Vec::new(),
        };
        let langs: Vec<(Lang, Option<LanguageTag>)> =
            Lang::all().iter().map(|lang| (*lang, LanguageTag::find(lang.code()))).collect();
        for (code, row) in words::WORDS {
            let script = census(row).first().map_or(Script::Latin, |(script, _)| *script);
            let letters = match script {
                Script::Latin => letters::LATIN,
                Script::Cyrillic => letters::CYRILLIC,
                Script::Arabic => letters::ARABIC,
                Script::Ethiopic => letters::ETHIOPIC,
                _ => &[],
            };
            let mut letters: Vec<char> =
                letters.iter().filter(|(other, _)| other == code).flat_map(|(_, letters)| letters.chars()).collect();
            letters.sort_unstable();
            let at = tables.known.len() as u8;
            let tag = LanguageTag::find(code);
            let known_as = |tag: Option<LanguageTag>| {
                langs.iter().find(|(_, other)| tag.is_some() && *other == tag).map(|(lang, _)| *lang)
            };
            let lang = known_as(tag);
            let kin = KIN.iter().filter(|(other, _)| other == code);
            let kin = kin.filter_map(|(_, kin)| known_as(LanguageTag::find(kin))).collect();
            tables.known.push(Known { tag, lang, kin, letters, ..Known::new(code, script) });
            for (rank, word) in row.split(' ').enumerate() {
                let meanings = tables.words.entry(word).or_default();
                if meanings.iter().all(|(known, _)| *known != at) {
                    meanings.push((at, strength(word, rank)));
                }
            }
        }
        for (code, row) in pairs::NEVER {
            for word in row.split(' ') {
                let script = census(word).first().map_or(Script::Latin, |(script, _)| *script);
                let known = |known: &Known| known.code == *code && known.script == script;
                if let Some(at) = tables.known.iter().position(known) {
                    tables.words.entry(word).or_default().push((at as u8, -FOREIGN));
                }
            }
        }
        tables.may_know = Sieve::of(tables.words.keys().copied());
        for (code, script) in &Threes::get().languages {
            let known = |known: &Known| known.code == *code && known.script == *script;
            let at = tables.known.iter().position(known).unwrap_or_else(|| {
                tables.known.push(Known::new(code, *script));
                tables.known.len() - 1
            });
            tables.of_threes.push(at);
        }
        for row in pairs::ALIKE {
            let in_row = |known: &Known| known.script == Script::Latin && row.split(' ').any(|code| code == known.code);
            tables.alike.push((0..tables.known.len()).filter(|at| in_row(&tables.known[*at])).collect());
        }
        tables.tags = tables.known.iter().map(|known| known.tag).collect();
        tables
    }
}

/// How strongly a word speaks for a language where it is the `rank`th most frequent: the logarithm
/// of how much more often it is met there (after Zipf's law) than by chance in other languages.
fn strength(word: &str, rank: usize) -> f32 {
    let frequency = 0.06 / (rank as f32 + 3.0);
    let most = match word.chars().filter(|c| c.is_alphabetic()).count() {
        1 => 1.2,
        2 => 2.6,
        _ => 4.0,
    };
    (frequency / 0.0004).ln().clamp(0.4, most)
}

/// The language of `text`.
///
/// ```
/// use newsstand::extract::language::detect;
///
/// let language = detect("Der Hafen bleibt noch bis zum Abend geschlossen");
/// assert_eq!((language.shown(), language.sure), ("de", true));
/// assert_eq!(detect("12.5 %").tag, None);
/// ```
pub fn detect(text: &str) -> Language {
    let end = text.char_indices().nth(ENOUGH).map_or(text.len(), |(end, _)| end);
    let text = &text[..end];
    let census = census(text);
    let letters: usize = census.iter().map(|(_, count)| count).sum();
    let count = |script| census.iter().find(|(other, _)| *other == script).map_or(0, |(_, count)| *count);
    let Some((main, most)) = census.first().copied() else {
        return Language::default();
    };
    let certain = |code, letters: usize| Language {
        tag: LanguageTag::find(code),
        confidence: if letters >= 2 { 1.0 } else { 0.5 },
        sure: letters >= 2,
    };
    // Chinese characters and kana are one script in two parts, and a character is half a word.
    let (han, kana) = (count(Script::Han), count(Script::Kana));
    if (han + kana) * 3 > letters {
        return if kana * 12 > han { certain("ja", kana) } else { certain("zh", han) };
    }
    if let Script::Own(code) = main {
        // What a neighbour writes with letters of its own is not in the language that has the script.
        let foreign = script::FOREIGN.iter().any(|(other, letters)| *other == code && text.contains(*letters));
        return if foreign { Language::default() } else { certain(code, most) };
    }
    by_words(text, main, letters)
}

/// True where the words of `text` speak for another language than `tag`, and plainly so.
///
/// Cheap, so that the paragraphs of an article can be asked one by one.
pub fn is_other(text: &str, tag: LanguageTag) -> bool {
    let end = text.char_indices().nth(240).map_or(text.len(), |(end, _)| end);
    // Most paragraphs leave no doubt after a few words that they are in the language of their article.
    const DOUBTLESS: f32 = 9.0;
    let half = text.char_indices().nth(100).map_or(end, |(half, _)| half);
    let half = half + text[half..end].find(' ').unwrap_or(0);
    let mut scores = vec![0.0; TABLES.tags.len()];
    let ahead = |scores: &[f32]| {
        let (mut own, mut best) = (0.0_f32, 0.0_f32);
        for (known, score) in TABLES.tags.iter().zip(scores) {
            let side = if *known == Some(tag) { &mut own } else { &mut best };
            *side = side.max(*score);
        }
        best - own
    };
    words_of(&text[..half], &mut scores);
    if ahead(&scores) < -DOUBTLESS {
        return false;
    }
    words_of(&text[half..end], &mut scores);
    ahead(&scores) >= 4.0
}

/// The language of a text in a script that several languages share.
fn by_words(text: &str, script: Script, letters: usize) -> Language {
    let tables = &*TABLES;
    let mut scores: Vec<f32> = tables.known.iter().map(|known| known.usual).collect();
    let mut order: Vec<usize> = (0..scores.len()).filter(|at| tables.known[*at].script == script).collect();
    if order.is_empty() {
        return Language::default();
    }
    // Half of a long text mostly leaves no doubt, and then the rest would cost as much and change nothing.
    let half = if text.len() < 2 * SHORT { text.len() } else { middle(text) };
    let (front, back) = text.split_at(half);
    threes_of(front, &mut scores);
    let front = front.to_lowercase();
    let mut heard = words_of(&front, &mut scores);
    letters_of(&front, script, &mut scores);
    sort(&mut order, &scores);
    let text = if back.is_empty() || lead(&order, &scores) >= HALF_IS_ENOUGH {
        front
    } else {
        let back = back.to_lowercase();
        heard += words_of(&back, &mut scores);
        letters_of(&back, script, &mut scores);
        sort(&mut order, &scores);
        front + &back
    };
    let text = text.as_str();
    relatives_of(text, &mut order, &mut scores);
    let mut outside = None;
    // Where words and threes leave no doubt, nobody else need be asked.
    if lead(&order, &scores) < PLAIN {
        outside = vote(text, script, &mut scores);
        sort(&mut order, &scores);
        if lead(&order, &scores) < CLOSE && order.iter().take(2).all(|at| tables.known[*at].lang.is_some()) {
            // Among the few that are left, `whatlang` decides better than among all.
            let few: Vec<Lang> = order.iter().take(4).filter_map(|at| tables.known[*at].lang).collect();
            if few.len() > 1
                && let Some(vote) = Detector::with_allowlist(few).detect(text)
                && let Some(at) = order.iter().find(|at| tables.known[**at].lang == Some(vote.lang()))
            {
                scores[*at] += 0.3 + 3.7 * vote.confidence() as f32;
                sort(&mut order, &scores);
            }
        }
    }
    let first = order[0];
    if let Some((tag, weight)) = outside
        && weight > scores[first]
    {
        return Language { tag: Some(tag), confidence: 0.5, sure: weight > 5.5 && letters > 40 };
    }
    let known = &tables.known[first];
    let behind = |at: &usize| {
        let near = tables.known[*at].families & known.families != 0;
        // Of languages without a name here less is known, so they are ruled out less easily.
        let unnamed = if tables.known[*at].tag.is_none() { UNNAMED } else { 1.0 };
        ((scores[*at] - scores[first]) / if near { unnamed * NEAR } else { FAR }).exp()
    };
    let rest: f32 = order[1..].iter().filter(|at| tables.known[**at].tag != known.tag).map(behind).sum();
    // Little text is never certain, however well it fits.
    let amount = (letters as f32 / 12.0).min(1.0);
    let confidence = amount / (1.0 + rest);
    let evidence = heard > 1 || scores[first] > 4.5;
    Language { tag: known.tag, confidence, sure: known.tag.is_some() && confidence >= SURE && evidence }
}

/// Hears what a lower-case text has that the first of two relatives never has.
fn relatives_of(text: &str, order: &mut [usize], scores: &mut [f32]) {
    // Names have all sorts of letters, so a few such finds are as good as many.
    const MANY: usize = 4;
    let firsts: Vec<usize> = order.iter().take(2).copied().collect();
    for at in firsts {
        for (_, pieces) in pairs::NEVER_WITHIN.iter().filter(|(code, _)| *code == TABLES.known[at].code) {
            let found = pieces.iter().map(|piece| text.matches(piece).take(MANY).count()).sum::<usize>();
            scores[at] -= FOREIGN * found.min(MANY) as f32;
            sort(order, scores);
        }
    }
}

/// Lets the threes of the beginning of a text speak.
fn threes_of(text: &str, scores: &mut [f32]) {
    let tables = &*TABLES;
    let end = text.char_indices().nth(ENOUGH_THREES).map_or(text.len(), |(end, _)| end);
    let heard = Threes::get().hear(&text[..end]);
    // They overlap, so each tells less than it seems to, and more and more of them nothing new.
    let each = EACH * (MOST / heard.count).min(1.0);
    let mut said = vec![0.0; scores.len()];
    for (at, score) in tables.of_threes.iter().zip(&heard.scores) {
        said[*at] = each * score;
    }
    for row in &tables.alike {
        let most = row.iter().map(|at| said[*at]).fold(0.0, f32::max);
        row.iter().for_each(|at| said[*at] = most - ALIKE * (most - said[*at]));
    }
    scores.iter_mut().zip(said).for_each(|(score, said)| *score += said);
}

/// The first space in the second half of `text`; its end where there is none.
fn middle(text: &str) -> usize {
    let from = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text[from..].find(' ').map_or(text.len(), |space| from + space)
}

/// The languages with the highest scores first.
fn sort(order: &mut [usize], scores: &[f32]) {
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
}

/// By how much the first language leads.
fn lead(order: &[usize], scores: &[f32]) -> f32 {
    match order {
        [first, second, ..] => scores[*first] - scores[*second],
        _ => f32::INFINITY,
    }
}

/// Hears every word of a text; how many spoke for any language.
fn words_of(text: &str, scores: &mut [f32]) -> usize {
    let tables = &*TABLES;
    let mut heard = 0;
    let mut hear = |word: &str| {
        if let Some(meanings) = tables.may_know.holds(word).then(|| tables.words.get(word)).flatten() {
            heard += 1;
            for (at, strength) in meanings {
                scores[usize::from(*at)] += strength;
            }
        }
    };
    let mut lower = String::new();
    let is_part = |c: char| is_joiner(c) || Class::of(c).is_alphanumeric() || is_mark(c);
    for word in text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()) {
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        if lower.contains(is_joiner) {
            let word: String = lower.chars().map(|c| if is_joiner(c) { '\'' } else { c }).collect();
            hear(&word);
            if let Some((front, back)) = word.split_once('\'') {
                hear(&word[..front.len() + 1]);
                hear(back);
            }
        } else {
            hear(&lower);
        }
    }
    heard
}

/// Tells of most words that they are in no table, without looking them up.
struct Sieve(Box<[u64; 1024]>);

impl Sieve {
    fn of<'a>(words: impl Iterator<Item = &'a str>) -> Sieve {
        let mut bits = Box::new([0; 1024]);
        for hole in words.map(Sieve::hole) {
            bits[hole / 64] |= 1 << (hole % 64);
        }
        Sieve(bits)
    }

    /// False when `word` is certainly none of the words.
    fn holds(&self, word: &str) -> bool {
        let hole = Sieve::hole(word);
        self.0[hole / 64] >> (hole % 64) & 1 == 1
    }

    /// A number below 65,536 that the beginning, the end and the length of a word make.
    fn hole(word: &str) -> usize {
        let byte = |at: usize| word.as_bytes().get(at).map_or(0, |byte| u32::from(*byte));
        let last = byte(word.len().saturating_sub(1));
        let mixed = byte(0) | byte(1) << 8 | last << 16 | (word.len() as u32) << 24;
        (mixed.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }
}

/// Lets every letter speak against the languages that do not have it.
fn letters_of(text: &str, script: Script, scores: &mut [f32]) {
    let mut counts: RapidHashMap<char, f32> = RapidHashMap::default();
    for letter in text.chars().filter(|c| !c.is_ascii() && Script::of(*c) == Some(script)) {
        *counts.entry(letter).or_default() += 1.0;
    }
    let asked = |known: &Known| known.script == script && !known.letters.is_empty();
    for (known, score) in TABLES.known.iter().zip(scores).filter(|(known, _)| asked(known)) {
        for (letter, count) in &counts {
            if known.letters.binary_search(letter).is_err() {
                *score -= 1.2 * count;
            }
        }
    }
}

/// Lets `whatlang` speak; the language and weight of its vote where that is in no table.
fn vote(text: &str, script: Script, scores: &mut [f32]) -> Option<(LanguageTag, f32)> {
    let vote = whatlang::detect(text)?;
    let weight = 0.3 + 5.7 * vote.confidence() as f32;
    let mut inside = false;
    for (known, score) in TABLES.known.iter().zip(scores).filter(|(known, _)| known.script == script) {
        if known.lang == Some(vote.lang()) {
            inside = true;
            *score += weight;
        } else if known.kin.contains(&vote.lang()) {
            *score += 0.85 * weight;
        } else if known.lang.is_none() {
            // Whatever it is taken for, `whatlang` cannot name it.
            *score += UNHEARD * weight;
        }
    }
    if inside { None } else { LanguageTag::find(vote.lang().code()).map(|tag| (tag, weight)) }
}

/// How strongly a word speaks against a language that never has it; it may be a quotation.
const FOREIGN: f32 = 2.5;
/// With this lead words alone decide.
const PLAIN: f32 = 8.0;
/// With this lead the second half of a text need not be heard.
const HALF_IS_ENOUGH: f32 = 28.0;
/// With a smaller lead than this the first few are compared once more.
const CLOSE: f32 = 5.0;
/// By how much one score must exceed another to be e times as likely: scores add up witnesses that
/// are not independent, so this is more than 1.
const FAR: f32 = 1.5;
/// The same for [relatives](pairs::RELATIVES), which are taken for one another with many a good reason.
const NEAR: f32 = 3.0;
/// By how much more a relative without a name here must be exceeded.
const UNNAMED: f32 = 1.7;
/// So much of a vote of `whatlang` goes to languages that it does not have.
const UNHEARD: f32 = 0.6;
/// So many characters are searched for threes.
const ENOUGH_THREES: usize = 240;
/// How much a three tells.
const EACH: f32 = 0.5;
/// More threes than these tell no more.
const MOST: f32 = 150.0;
/// So much of what threes say of languages that are [alike](pairs::ALIKE) is believed.
const ALIKE: f32 = 0.2;

/// How much more likely a language is before anything is read: the languages that most news is
/// written in.
fn usual(code: &str, script: Script) -> f32 {
    let rank = |codes: &[&str]| codes.contains(&code);
    if code == "en" {
        1.5
    } else if code == "sr" && script == Script::Latin {
        -1.5
    } else if rank(&["de", "fr", "es", "it", "pt", "ru", "ar", "tr", "id", "nl", "pl", "hi"]) {
        0.8
    } else if rank(&[
        "la", "eo", "jv", "tk", "ak", "lb", "uz", "nn", "yi", "tg", "ps", "ky", "ln", "lg", "pcm", "mk", "bs",
    ]) {
        -0.8
    } else if rank(&["ca", "gl", "eu", "cy", "ga", "af", "is", "sq", "sl", "et", "sk", "ms"]) {
        -0.4
    } else if code == "pcm" {
        -1.0
    } else if words::WORDS.iter().any(|(other, _)| *other == code) {
        0.0
    } else {
        -1.0
    }
}

/// Languages that `whatlang` takes for another, and for which: what it says of that one goes for
/// them as well.
const KIN: &[(&str, &str)] = &[
    ("ms", "id"),
    ("bs", "hr"),
    ("gl", "pt"),
    ("gl", "es"),
    ("xh", "zu"),
    ("ti", "am"),
    ("nn", "nb"),
    ("nn", "da"),
    ("is", "da"),
    ("lb", "de"),
    ("kk", "ru"),
    ("mn", "ru"),
    ("sw", "sn"),
    ("lg", "sn"),
    ("rn", "sn"),
    ("ln", "sn"),
];

/// True for the apostrophes that stand within words.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`')
}

/// True for marks that belong to a letter but are not letters: vowel signs and tone marks.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{64b}'..='\u{65f}' | '\u{5b0}'..='\u{5c7}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let language = detect(text);
        let got = language.tag.map_or("-", LanguageTag::code);
        assert_eq!(got, expected, "{text}: {language:?}");
    }

    #[test]
    fn sentences_are_known_in_many_languages() {
        check("The harbour is closed until the end of the week.", "en");
        check("Der Hafen bleibt bis zum Ende der Woche geschlossen.", "de");
        check("De haven blijft tot het einde van de week gesloten.", "nl");
        check("Le port restera fermé jusqu'à la fin de la semaine.", "fr");
        check("El puerto estará cerrado hasta el final de la semana.", "es");
        check("O porto ficará fechado até ao fim da semana, mas não amanhã.", "pt");
        check("Il porto resterà chiuso fino alla fine della settimana.", "it");
        check("Hamnen är stängd till slutet av veckan och båten går inte.", "sv");
        check("Port pozostanie zamknięty do końca tygodnia.", "pl");
        check("Přístav zůstane uzavřen až do konce týdne.", "cs");
        check("Satama on suljettu viikon loppuun asti.", "fi");
        check("A kikötő a hét végéig zárva marad.", "hu");
        check("Liman hafta sonuna kadar kapalı kalacak.", "tr");
        check("Pelabuhan akan ditutup sampai akhir pekan karena cuaca buruk.", "id");
        check("Порт будет закрыт до конца недели.", "ru");
        check("Порт буде зачинено до кінця тижня, але не завтра.", "uk");
        check("Пристанището ще бъде затворено до края на седмицата.", "bg");
        check("الميناء مغلق حتى نهاية الأسبوع بسبب العاصفة", "ar");
        check("بندر تا پایان هفته بسته است و کشتی نمی‌رود", "fa");
        check("بندرگاہ ہفتے کے آخر تک بند رہے گی", "ur");
        check("बंदरगाह सप्ताह के अंत तक बंद रहेगा और नाव नहीं चलेगी", "hi");
        check("港口将关闭到本周末", "zh");
        check("港は週末まで閉鎖される", "ja");
        check("항구는 주말까지 폐쇄된다", "ko");
        check("ท่าเรือจะปิดจนถึงสิ้นสัปดาห์", "th");
        check("Το λιμάνι θα παραμείνει κλειστό", "el");
        check("הנמל יהיה סגור עד סוף השבוע, אבל לא מחר", "he");
    }

    #[test]
    fn languages_that_the_detector_lacks_are_known_by_their_words() {
        check("Bandari hiyo itafungwa kwa sababu ya upepo mkali katika pwani ya nchi.", "sw");
        check("Dekedda waxaa la xiray ilaa dhamaadka usbuuca, sida uu sheegay madaxweynaha.", "so");
        check("Beidh an cuan dúnta go dtí deireadh na seachtaine mar gheall ar an stoirm.", "ga");
        check("Portua itxita egongo da aste honen amaiera arte, eta itsasontzia ez da aterako.", "eu");
        check("Porti do të jetë i mbyllur deri në fund të javës për shkak të stuhisë.", "sq");
        check("Höfnin verður lokuð út vikuna og ferjan siglir ekki vegna veðurs.", "is");
        check("O porto estará pechado ata o final da semana por mor dunha tormenta que xa chegou.", "gl");
        check("Боомт долоо хоногийн эцэс хүртэл хаалттай байна гэж хотын дарга мэдээлсэн байна.", "mn");
        check("Порт аптаның соңына дейін жабық болады деп хабарлады қала әкімі.", "kk");
    }

    #[test]
    fn close_relatives_are_told_apart() {
        check("Havnen er lukket, og der går ingen færge før efter weekenden, siger de.", "da");
        check("Havnen er stengt, og det går ingen ferge før etter helgen, sier de.", "nb");
        check("Prístav zostane zatvorený, pretože loď nemôže vyplávať, ale zajtra už áno.", "sk");
        check("Pristanišče bo zaprto, ker ladja ne more izpluti, vendar bo jutri že bolje.", "sl");
        check("Die hawe bly gesluit, maar daar is nie 'n boot nie, het hulle gesê.", "af");
    }

    #[test]
    fn headlines_without_common_words_are_known() {
        check("Bundesregierung beschließt Hilfspaket", "de");
        check("Regeringen lovar skattesänkningar", "sv");
        check("Hallitus lupaa veronkevennyksiä", "fi");
        check("Waziri ajiuzulu kufuatia kashfa", "sw");
        check("Poliisi ekutte ababbi", "lg");
        check("Bapolisi bakangi moyibi", "ln");
        check("Waraanni naannoo sanatti hammaate", "om");
        check("Abasoda barishwe mu gitero", "rn");
        check("Goment don increase fuel price", "pcm");
        check("O concello pecha as rúas vellas", "gl");
    }

    #[test]
    fn languages_without_a_name_here_are_left_uncertain() {
        for text in [
            "Iż-żewġ bastimenti ma setgħux jidħlu fil-port minħabba r-riħ qawwi.",
            "Bátarnir kundu ikki koma til havnar, tí at vindurin var ov sterkur.",
            "Ne c'hallas ket ar bagoù dont d'ar porzh abalamour d'an avel.",
            "De boaten koene de haven net yn, om't de wyn te hurd wie.",
            "Bato yo pa t ka antre nan pò a paske van an te twò fò.",
            "Tsy afaka niditra ny seranana ny sambo noho ny rivotra mahery.",
            "Kāore ngā waka i āhei te uru ki te whanga nā te kaha o te hau.",
            "ʻAʻole i hiki i nā moku ke komo i ke awa no ka ikaika o ka makani.",
            "Gaal yi mënuñu woon dugg ci waax bi ndax ngelaw li.",
            "Manam wampukuna yaykuyta atirqankuchu wayra sinchi kasqanrayku.",
            "Ro sira la bele tama portu tanba anin boot liu.",
            "Naav bandargah mein nahi aa saki kyunki hawa bahut tez thi.",
            "Lodki ne smogli voyti v port, potomu chto veter byl slishkom silnym.",
            "নৌকাবোৰ বন্দৰত সোমাব নোৱাৰিলে",
        ] {
            assert!(!detect(text).sure, "{text}: {:?}", detect(text));
        }
    }

    #[test]
    fn little_text_is_not_certain() {
        for text in ["Elon Musk", "Rom", "Hotel Continental"] {
            assert!(!detect(text).sure, "{text}: {:?}", detect(text));
        }
        assert_eq!(detect("12.5 % – 2021").tag, None);
    }

    #[test]
    fn every_row_has_a_script_and_letters_of_its_own() {
        for (code, row) in words::WORDS {
            assert!(row.split(' ').all(|word| !word.is_empty()), "{code}: two spaces");
            assert!(row.chars().all(|c| !c.is_uppercase()), "{code}: capitals");
        }
        for (code, row) in pairs::NEVER {
            let own = |word: &str| {
                words::WORDS.iter().any(|(other, row)| other == code && row.split(' ').any(|own| own == word))
            };
            assert_eq!(row.split(' ').find(|word| own(word)), None, "{code} has it");
        }
        for (code, _) in letters::LATIN.iter().chain(letters::CYRILLIC).chain(letters::ARABIC) {
            assert!(words::WORDS.iter().any(|(other, _)| other == code), "{code}: letters without words");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            let language = detect(&text);
            prop_assert!((0.0..=1.0).contains(&language.confidence));
        }
    }
}
