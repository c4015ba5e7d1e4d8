//! The language of a text, and how certain that is.
//!
//! Four witnesses are heard. The *script* decides alone where only one language has it. The *words*
//! that a language cannot do without tell the rest, even in a headline. The *threes*, letters that
//! stand together in its words, speak where no such word is found, and know many more languages than
//! newsstand has names for: a text in one of those is left uncertain instead of being called by the
//! name of its neighbour. Where these leave doubt, the detector of the `whatlang` crate is asked.

mod article;
mod known;
mod letters;
mod pairs;
mod reason;
mod scores;
pub mod script;
mod threes;
mod words;

pub(super) use article::language_of;
pub use reason::reason;
use whatlang::{Detector, Lang};

use crate::article::{Language, LanguageTag};
use crate::text::class::Class;
use crate::text::lower::lower;
use crate::text::script::first_characters;
use known::Tables;
use scores::{NUMBERS, Scores};
use script::{Script, census};
use threes::Threes;

/// So many characters of a text are read; more would cost time and tell nothing new.
const ENOUGH: usize = 2_000;
/// A text of fewer bytes is short: the shapes of its words are heard as well.
const SHORT: usize = 600;
/// From this confidence on a reader may rely on the language.
const SURE: f32 = 0.9;

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
    let text = first_characters(text, ENOUGH);
    let census = census(text);
    let letters: usize = census.iter().map(|(_, count)| count).sum();
    let count = |script| census.iter().find(|(other, _)| *other == script).map_or(0, |(_, count)| *count);
    let Some((main, most)) = census.first().copied() else {
        return Language::default();
    };
    let certain = |code, letters: usize| Language {
        tag: LanguageTag::all().find(|tag| tag.code() == code),
        confidence: if letters >= 2 { 1.0 } else { 0.5 },
        sure: letters >= 2,
    };
    // Chinese characters and kana are one script in two parts, and a character is half a word.
    let (han, kana) = (count(Script::Han), count(Script::Kana));
    if (han + kana) * 3 > letters {
        return if kana * 12 > han { certain("ja", kana) } else { certain("zh", han) };
    }
    let (main, most) = match main {
        Script::Latin => beside_names(text, &census, letters).unwrap_or((main, most)),
        _ => (main, most),
    };
    if matches!(main, Script::Han | Script::Kana) {
        return if kana * 12 > han { certain("ja", kana) } else { certain("zh", han) };
    }
    if let Script::Own(code) = main {
        // What a neighbour writes with letters of its own is not in the language that has the script.
        let foreign = script::FOREIGN.iter().any(|(other, letters)| *other == code && text.contains(*letters));
        return if foreign { Language::default() } else { certain(code, most) };
    }
    by_words(text, main, letters)
}

/// The script beside which most letters of a text are Latin, but in names alone: `Samsung Galaxy S21 Ultra 사용기`. `None`
/// where the Latin letters make sentences.
fn beside_names(text: &str, census: &[(Script, usize)], letters: usize) -> Option<(Script, usize)> {
    // A syllable of Korean or a character of Chinese stands for several letters.
    let weight = |script: Script| match script {
        Script::Han | Script::Kana | Script::Own("ko") => 3,
        _ => 1,
    };
    let (script, count) = *census.iter().find(|(script, _)| *script != Script::Latin)?;
    if count * weight(script) * 5 < letters || letters > FEW_LETTERS {
        return None;
    }
    let latin: String =
        lower(text).chars().map(|c| if Script::of(c) == Some(Script::Latin) { c } else { ' ' }).collect();
    // Single letters are of models and sizes.
    let words: Vec<&str> = latin.split_whitespace().filter(|word| word.len() > 1).collect();
    let heard = words_of(&words.join(" "), &mut [0.0; NUMBERS]);
    (heard * 4 <= words.len()).then_some((script, count))
}

/// Names are most of a headline at times, and never of a text.
const FEW_LETTERS: usize = 200;

/// True for a word that the sentences of a language cannot do without; of English, where the language is not
/// known. Names, labels and counts are none.
///
/// ```
/// use newsstand::article::LanguageTag;
/// use newsstand::extract::language::is_common;
///
/// assert!(is_common("Nicht", LanguageTag::find("de")));
/// assert!(!is_common("Hafen", LanguageTag::find("de")));
/// ```
pub fn is_common(word: &str, tag: Option<LanguageTag>) -> bool {
    let tables = Tables::get();
    let Some(meanings) = tables.meanings(&lower(word)) else { return false };
    let Some(tag) = tag.or_else(|| LanguageTag::find("en")) else { return false };
    let called = tables.called(tag);
    meanings.iter().any(|(at, strength)| *strength > 0.0 && called.contains(at))
}

/// True where the words of `text` speak for another language than `tag`, and plainly so.
///
/// Cheap, so that the paragraphs of an article can be asked one by one.
pub fn is_other(text: &str, tag: LanguageTag) -> bool {
    let text = first_characters(text, 240);
    // Most paragraphs leave no doubt after a few words that they are in the language of their article.
    const DOUBTLESS: f32 = 9.0;
    let half = first_characters(text, 100).len();
    let half = half + text[half..].find(' ').unwrap_or(0);
    let mut scores = [0.0; NUMBERS];
    words_of(&lower(&text[..half]), &mut scores);
    if ahead(&scores, tag) < -DOUBTLESS {
        return false;
    }
    words_of(&lower(&text[half..]), &mut scores);
    ahead(&scores, tag) >= 4.0
}

/// By how much the best of the other languages leads before `tag`.
fn ahead(scores: &Scores, tag: LanguageTag) -> f32 {
    let mut others = *scores;
    let mut own = 0.0_f32;
    for at in Tables::get().called(tag) {
        own = own.max(others[*at as usize]);
        others[*at as usize] = 0.0;
    }
    // Numbers above 0 are in the order of their bits, and whole numbers are compared several at a time.
    let best = others.iter().map(|score| score.to_bits().cast_signed()).fold(0, i32::max);
    f32::from_bits(best.cast_unsigned()) - own
}

/// The language of a text in a script that several languages share.
fn by_words(text: &str, script: Script, letters: usize) -> Language {
    let tables = Tables::get();
    let all = tables.of_script(script);
    if all.is_empty() {
        return Language::default();
    }
    let mut scores: Scores = *tables.usual;
    let mut order = Vec::new();
    // Half of a long text mostly leaves no doubt, and then the rest would cost as much and change nothing.
    let half = if text.len() < 2 * SHORT { text.len() } else { middle(text) };
    let (front, back) = text.split_at(half);
    threes_of(front, &mut scores);
    let mut text = lower(front);
    let mut heard = words_of(&text, &mut scores);
    letters_of(&text, script, &mut scores);
    sort(&mut order, all, &scores);
    if !back.is_empty() && lead(&order, &scores) < HALF_IS_ENOUGH {
        let back = lower(back);
        heard += words_of(&back, &mut scores);
        letters_of(&back, script, &mut scores);
        sort(&mut order, all, &scores);
        text.push_str(&back);
    }
    let text = text.as_str();
    relatives_of(text, all, &mut order, &mut scores);
    let mut outside = None;
    // Where words and threes leave no doubt, nobody else need be asked.
    if lead(&order, &scores) < PLAIN {
        outside = vote(text, all, &mut scores);
        sort(&mut order, all, &scores);
        if lead(&order, &scores) < CLOSE && order.iter().take(2).all(|at| tables.known[*at].lang.is_some()) {
            // Among the few that are left, `whatlang` decides better than among all.
            let few: Vec<Lang> = order.iter().take(FEW).filter_map(|at| tables.known[*at].lang).collect();
            if few.len() > 1
                && let Some(vote) = Detector::with_allowlist(few).detect(text)
                && let Some(at) = order.iter().find(|at| tables.known[**at].lang == Some(vote.lang()))
            {
                scores[*at] += 0.3 + 3.7 * vote.confidence() as f32;
                sort(&mut order, all, &scores);
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
fn relatives_of(text: &str, all: &[u8], order: &mut Vec<usize>, scores: &mut Scores) {
    // Names have all sorts of letters, so a few such finds are as good as many.
    const MANY: usize = 4;
    let firsts: Vec<usize> = order.iter().take(2).copied().collect();
    for at in firsts {
        for (_, pieces) in pairs::NEVER_WITHIN.iter().filter(|(code, _)| *code == Tables::get().known[at].code) {
            let found = pieces.iter().map(|piece| text.matches(piece).take(MANY).count()).sum::<usize>();
            scores[at] -= FOREIGN * found.min(MANY) as f32;
            sort(order, all, scores);
        }
    }
}

/// Lets the threes of the beginning of a text speak.
fn threes_of(text: &str, scores: &mut Scores) {
    let tables = Tables::get();
    let heard = Threes::get().hear(first_characters(text, ENOUGH_THREES));
    // They overlap, so each tells less than it seems to, and more and more of them nothing new.
    let each = EACH * (MOST / heard.count).min(1.0);
    let mut said: Scores = [0.0; NUMBERS];
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

/// Those of `all` languages with the highest scores, the highest first. Left out are those that no witness
/// could help any more, beside the first few.
fn sort(order: &mut Vec<usize>, all: &[u8], scores: &Scores) {
    let score = |at: &u8| scores[usize::from(*at)];
    let best = all.iter().map(score).fold(f32::NEG_INFINITY, f32::max);
    let mut keys = [0; NUMBERS];
    let mut keep = |hopeless: f32| {
        let kept = all.iter().filter(|at| score(at) > best - hopeless);
        keys.iter_mut().zip(kept).map(|(key, at)| *key = descending(score(at)) << 8 | u64::from(*at)).count()
    };
    let mut kept = keep(HOPELESS);
    if kept < FEW {
        kept = keep(f32::INFINITY);
    }
    let keys = &mut keys[..kept];
    keys.sort_unstable();
    order.clear();
    order.extend(keys.iter().map(|key| (key & 0xff) as usize));
}

/// A whole number that is the greater the smaller `score` is, for numbers are sorted quickly.
fn descending(score: f32) -> u64 {
    let bits = score.to_bits();
    let ascending = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
    u64::from(!ascending)
}

/// By how much the first language leads.
fn lead(order: &[usize], scores: &[f32]) -> f32 {
    match order {
        [first, second, ..] => scores[*first] - scores[*second],
        _ => f32::INFINITY,
    }
}

/// Hears every word of a text in lower case; how many spoke for any language.
fn words_of(text: &str, scores: &mut Scores) -> usize {
    let tables = Tables::get();
    let mut heard = 0;
    let mut hear = |word: &str| {
        if let Some(meanings) = tables.meanings(word) {
            heard += 1;
            for (at, strength) in meanings {
                scores[usize::from(*at)] += strength;
            }
        }
    };
    let mut at = 0;
    while at < text.len() {
        let (end, is_joined) = word_end(text, at);
        let word = &text[at..end];
        if is_joined {
            let word: String = word.chars().map(|c| if is_joiner(c) { '\'' } else { c }).collect();
            hear(&word);
            if let Some((front, back)) = word.split_once('\'') {
                hear(&word[..front.len() + 1]);
                hear(back);
            }
        } else if end > at {
            hear(word);
        }
        at = end + text[end..].chars().next().map_or(1, char::len_utf8);
    }
    heard
}

/// Where the word ends that begins at `at`, and whether there is an apostrophe in it.
fn word_end(text: &str, at: usize) -> (usize, bool) {
    /// Whether a byte is a letter or digit by itself.
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < plain.len() {
            plain[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        plain
    };
    let bytes = text.as_bytes();
    let (mut end, mut is_joined) = (at, false);
    loop {
        end += bytes[end..].iter().take_while(|byte| PLAIN[usize::from(**byte)]).count();
        let Some(c) = text[end..].chars().next().filter(|c| !c.is_ascii() || is_joiner(*c)) else { break };
        if is_joiner(c) {
            is_joined = true;
        } else if !(Class::of(c).is_alphanumeric() || is_mark(c)) {
            break;
        }
        end += c.len_utf8();
    }
    (end, is_joined)
}

/// Lets every letter of a text in lower case speak against the languages that do not have it.
fn letters_of(text: &str, script: Script, scores: &mut Scores) {
    /// Nearly all letters of the scripts that several languages share stand before this character; rare ones
    /// behind it, such as those of full width, speak for nobody and against nobody.
    const END: usize = 0x2000;
    if text.is_ascii() {
        return;
    }
    let mut counts = [0_u16; END];
    let mut letters = Vec::new();
    for letter in text.chars().filter(|c| !c.is_ascii()) {
        let Some(count) = counts.get_mut(letter as usize) else { continue };
        if *count == 0 {
            letters.push(letter);
        }
        *count = count.saturating_add(1);
    }
    for letter in letters.into_iter().filter(|letter| Script::of(*letter) == Some(script)) {
        let against = 1.2 * f32::from(counts[letter as usize]);
        for at in Tables::get().lacking(script, letter) {
            scores[usize::from(*at)] -= against;
        }
    }
}

/// Lets `whatlang` speak for one of `all` languages; the language and weight of its vote where that is in
/// no table.
fn vote(text: &str, all: &[u8], scores: &mut Scores) -> Option<(LanguageTag, f32)> {
    let vote = whatlang::detect(text)?;
    let weight = 0.3 + 5.7 * vote.confidence() as f32;
    let mut inside = false;
    for at in all.iter().map(|at| usize::from(*at)) {
        let known = &Tables::get().known[at];
        if known.lang == Some(vote.lang()) {
            inside = true;
            scores[at] += weight;
        } else if known.kin.contains(&vote.lang()) {
            scores[at] += 0.85 * weight;
        } else if known.lang.is_none() {
            // Whatever it is taken for, `whatlang` cannot name it.
            scores[at] += UNHEARD * weight;
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
/// A language that is so far behind the best is out of the question, whatever else is heard.
const HOPELESS: f32 = 120.0;
/// So many languages are looked at in any case.
const FEW: usize = 4;
/// So many characters are searched for threes.
const ENOUGH_THREES: usize = 240;
/// How much a three tells.
const EACH: f32 = 0.5;
/// More threes than these tell no more.
const MOST: f32 = 150.0;
/// So much of what threes say of languages that are [alike](pairs::ALIKE) is believed.
const ALIKE: f32 = 0.2;

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

    #[test]
    fn a_script_decides_before_latin_names_beside_it() {
        for (text, code) in [
            ("Samsung Galaxy S21 Ultra 5G 사용기", "ko"),
            ("Amazon Prime Video を見る", "ja"),
            ("Apple iPhone 13 Pro Max รีวิว", "th"),
            ("Microsoft Surface 评测", "zh"),
            ("Samsung Galaxy Note კვირაში", "ka"),
            ("The harbour of Seoul (서울) is closed and nobody knows for how long", "en"),
            ("Der Hafen von Athen (Αθήνα) bleibt bis zum Abend geschlossen", "de"),
        ] {
            check(text, code);
        }
    }

    #[test]
    fn zulu_and_xhosa_are_told_apart() {
        check("Abafundi bathe bayayithanda incwadi entsha, kwaye ndiyavuya kakhulu", "xh");
        check("Abafundi bathi bayayithanda incwadi entsha, futhi ngijabule kakhulu manje", "zu");
    }

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
