//! What is found beyond the words themselves, which of it is first, and what is told of it.

use proptest::prelude::*;

use super::*;
use crate::archive::{Correction, MatchKind, MatchPlace};
use crate::index::marking::matcher::Matcher;
use crate::text::fold::fold;

/// File, language, date, title, text.
const MORE: &[(&str, &str, &str, &str, &str)] = &[
    ("profil", "de", "2021-01-01", "Ein Birnenprofil", "Wer ein Birnenprofil hat, hat auch Freunde."),
    ("strich", "de", "2021-01-02", "Aus dem Garten", "Ihr Birnen-Profil zeigt Birnen, sein Apfel Profil Äpfel."),
    ("gipfel", "de", "2021-01-03", "Vom Obst", "Der Apfelgipfel tagte, ein Gipfel mit einem Profil und wenig Garten."),
    ("russisch", "ru", "2021-01-04", "Слово садовника", "Садовник Петров говорил с Петровым о саде."),
    ("greek", "el", "2021-01-05", "Ο κήπος", "Ο Πετρόφ μίλησε για τον κήπο."),
    ("latin", "en", "2021-01-06", "A gardener speaks", "Petrov, the gardener, spoke of harvest."),
    ("near", "en", "2020-01-07", "Notes", "Of quinces and medlars nobody spoke, and of plums nobody either but him."),
    ("far", "en", "2021-01-07", "Notes", "Of quinces nobody spoke, and of plums nobody either but him with medlars."),
];

fn more() -> Index {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, PILE.iter().chain(MORE).map(article));
    index
}

fn found(index: &Index, line: &str, forgiving: bool) -> Found {
    let context = Asking { forgiving, ..context() };
    index.archive().unwrap().search(&parse_finished(line), &context).unwrap().expect("not cancelled")
}

/// What a line finds, in the order of the alphabet.
fn check_set(line: &str, expected: &str) {
    let index = more();
    let mut names = names(&found(&index, line, false));
    names.sort();
    assert_eq!(names.join(" "), expected, "{line}");
}

#[test]
fn compounds_are_found_by_their_parts() {
    check_set("profil", "gipfel profil strich");
    check_set("Profile", "gipfel profil strich");
    check_set("gipfel", "gipfel");
    check_set("birnen", "birnen profil strich");
    check_set("title:profil", "profil");
    check_set("\"profil\"", "gipfel strich");
    // Half a word is none.
    check_set("nenprofil", "");
    check_set("obstgarten", "");
}

#[test]
fn only_compounds_of_words_are_marked() {
    let index = more();
    let query = parse_finished("profil birnen");
    let compounds = told(index.archive().unwrap().compounds(&query, &context()).unwrap()).value;
    let matcher = Matcher::new(&query).knowing(compounds.into());
    let german = LanguageTag::find("de");
    let text = "Ein Birnenprofil, ein Xyzzyprofil und Birnenxyzzy.";
    assert_eq!(matcher.find(text, german), [4..16]);
    assert_eq!(Matcher::new(&query).find(text, german).len(), 3, "without the index it can only be guessed");
}

#[test]
fn compounds_are_found_however_they_are_written() {
    check_set("birnenprofil", "profil strich");
    check_set("birnen-profil", "profil strich");
    check_set("apfelprofil", "strich");
    check_set("profilbirnen", "");
}

#[test]
fn exact_comes_before_part() {
    let index = more();
    let names = names(&found(&index, "profil", false));
    assert_eq!(names.last().map(String::as_str), Some("profil"), "{names:?}");
}

#[test]
fn names_are_found_in_other_scripts() {
    check_set("petrov", "greek latin russisch");
    check_set("Петров", "greek latin russisch");
    check_set("Πετρόφ", "greek latin russisch");
    check_set("\"petrov\"", "latin");
    let index = more();
    let first = |line: &str| names(&found(&index, line, false)).remove(0);
    assert_eq!((first("petrov"), first("петров")), ("latin".to_owned(), "russisch".to_owned()));
}

#[test]
fn what_can_be_read_comes_first() {
    let index = Index::open(&Location::Memory).unwrap();
    let named = |name: &str, title: &str, text: &str, words| {
        let article = article(&("", "en", "2021-02-03", title, text));
        let origin = Origin { path: PathBuf::from(format!("{name}.txt")), ..article.origin };
        Article { id: ArticleId::of(name.as_bytes()), origin, words, ..article }
    };
    let articles = [
        named("title", "Quinces and medlars", "", 0),
        named("text", "Notes", "Of quinces and medlars, and much else beside.", 9),
    ];
    fill(&index, articles);
    let found = found(&index, "quinces medlars", false);
    assert_eq!(names(&found).join(" "), "text title");
    let query = parse_finished("quinces medlars");
    let explained = explained(&index, &query, &found, 0..9);
    let textless: Vec<bool> = explained.iter().map(|explained| explained.textless.is_some()).collect();
    assert_eq!(textless, [false, true]);
}

#[test]
fn words_that_stand_together_come_first() {
    let index = more();
    let found = found(&index, "quinces medlars", false);
    assert_eq!(names(&found).join(" "), "near far");
    let query = parse_finished("quinces medlars");
    let explained = explained(&index, &query, &found, 0..2);
    assert!(explained[0].nearness > explained[1].nearness, "{explained:?}");
    assert_eq!(explained[0].words[1].typed, "medlars");
    assert_eq!(
        (explained[0].words[1].ways[0].0, explained[0].words[1].ways[0].1),
        (MatchKind::Exact, MatchPlace::Text)
    );
}

#[test]
fn a_word_with_a_typing_error_tells_what_was_meant() {
    let index = more();
    let found = found(&index, "qiunces", true);
    assert!(found.forgiven);
    let correction = Correction { typed: Clean::new("qiunces"), meant: Clean::new("quinces"), count: 2 };
    assert_eq!(found.corrections, [correction]);
    assert_eq!((found.matched, found.relaxed), (2, None));
}

#[test]
fn only_what_is_unknown_is_forgiven_first() {
    let index = more();
    // `plum` would be `plums` with an error; but `harvest` is known, and stands elsewhere.
    let found = found(&index, "medlrs quinces", true);
    assert_eq!((found.matched, found.forgiven, found.corrections.len()), (2, true, 1));
}

/// Of how many words the most telling were enough.
fn asked_for(found: &Found) -> Option<usize> {
    found.relaxed.as_ref().map(|relaxed| relaxed.asked)
}

#[test]
fn the_most_telling_words_are_enough_when_no_article_has_all() {
    let index = more();
    let found_some = found(&index, "quinces medlars harvest", true);
    assert_eq!((found_some.matched, asked_for(&found_some)), (3, Some(3)));
    assert!(!found_some.forgiven);
    assert_eq!(found(&index, "quinces medlars harvest", false).matched, 0);
    // What is no word still holds.
    assert_eq!(found(&index, "quinces medlars harvest lang:de", true).matched, 0);
    let found_one = found(&index, "plums wharf harbourmaster", true);
    assert_eq!((names(&found_one).join(" "), asked_for(&found_one)), ("far near".to_owned(), Some(3)));
    // Of two, the one that is in the way is named instead.
    assert_eq!(found(&index, "quinces harvest", true).matched, 0);
}

#[test]
fn some_of_the_characters_are_enough_when_no_article_has_all_of_a_word() {
    let index = Index::open(&Location::Memory).unwrap();
    let row = ("luecken", "zh", "2021-01-01", "安全漏洞", "该漏洞存在于设备的信息管理之中。");
    fill(&index, PILE.iter().chain([&row]).map(article));
    let found = found(&index, "安全漏洞信息库", true);
    assert_eq!((names(&found).join(" "), asked_for(&found)), ("luecken".to_owned(), Some(6)));
    let query = &found.relaxed.as_ref().expect("it is relaxed").query;
    let marks = Matcher::new(query).find("该漏洞存在", LanguageTag::find("zh"));
    assert_eq!(marks, [3..9]);
    // It is explained by the pieces, too.
    let asked = parse_finished("安全漏洞信息库");
    let explained = explained(&index, &asked, &found, 0..1);
    let ways: Vec<bool> = explained[0].words.iter().map(|word| !word.ways.is_empty()).collect();
    assert_eq!(ways, [true, true, true, false, true, false]);
}

/// Every word of the pile, as it is written; the `s` of a possessive is none.
fn vocabulary() -> Vec<&'static str> {
    let texts = PILE.iter().chain(MORE).flat_map(|row| [row.3, row.4]);
    texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !matches!(*word, "" | "s"))
        .collect()
}

#[test]
fn nothing_is_found_with_and_without_a_word() {
    let index = more();
    for word in vocabulary() {
        let (with, without) = (found(&index, word, false).matched, found(&index, &format!("-{word}"), false).matched);
        assert!(with > 0, "{word}");
        assert_eq!(with + without, PILE.len() + MORE.len(), "{word}");
        assert_eq!(found(&index, &format!("{word} -{word}"), false).matched, 0, "{word}");
    }
}

#[test]
fn a_language_and_the_others_part_the_pile() {
    let index = more();
    for code in ["de", "en", "id", "zh", "ru", "el", "fr", "?", "de,en", "klingon"] {
        let (with, without) = (format!("lang:{code}"), format!("-lang:{code}"));
        let (with, without) = (found(&index, &with, false), found(&index, &without, false));
        assert_eq!(with.matched + without.matched, PILE.len() + MORE.len(), "{code}");
        let (with, without) = (names(&with), names(&without));
        assert!(with.iter().all(|name| !without.contains(name)), "{code}");
    }
}

/// Whether marked text holds a form of a word, by simple rules of its own: it begins or ends as the
/// word does, or as one of its spellings in another script, or the word as it.
fn holds_a_form(marked: &str, word: &str) -> bool {
    let (marked, word) = (fold(marked).replace(['-', ' '], ""), fold(word));
    let start: String = word.chars().take(3).collect();
    let scripts = crate::index::analysis::scripts::other_scripts(&word);
    // The German `ä` may stand for `ae`.
    let alike = |start: &str| marked.contains(start) || marked.replace('a', "ae").contains(start);
    alike(&start) || scripts.iter().any(|spelled| alike(&spelled.chars().take(3).collect::<String>()))
        // Indonesian words change their beginning.
        || word.chars().count() > 5 && alike(&word.chars().skip(3).take(4).collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_found_is_marked_with_a_form_of_the_word(at in 0..10_000usize, cut in 0..2usize) {
        let words = vocabulary();
        let word = words[at % words.len()];
        let kept = word.chars().count().saturating_sub(cut).max(1);
        let word: String = word.chars().take(kept).collect();
        let index = more();
        let query = parse_finished(&word);
        let archive = index.archive().unwrap();
        let matcher = Matcher::new(&query).knowing(told(archive.compounds(&query, &context()).unwrap()).value.into());
        let found = found(&index, &word, false);
        for name in names(&found) {
            let row = PILE.iter().chain(MORE).find(|row| row.0 == name).expect("a row of the pile");
            let language = LanguageTag::find(row.1);
            let mut marks = 0;
            for text in [row.3, row.4] {
                for range in matcher.find(text, language) {
                    prop_assert!(holds_a_form(&text[range.clone()], &word), "{} for {word}", &text[range]);
                    marks += 1;
                }
            }
            prop_assert!(marks > 0, "{word} marks nothing in {name}");
        }
        let found = names(&found);
        for row in PILE.iter().chain(MORE).filter(|row| !found.iter().any(|name| name == row.0)) {
            for text in [row.3, row.4] {
                let marks = matcher.find(text, LanguageTag::find(row.1));
                prop_assert!(marks.is_empty(), "{word} marks {:?} in {}", &text[marks[0].clone()], row.0);
            }
        }
    }

    #[test]
    fn what_is_found_and_what_is_marked_agree(
        asked in prop::collection::vec((0..10_000usize, 0..4usize, 0..9usize), 1..4),
    ) {
        let words = vocabulary();
        let piece = |&(at, form, change): &(usize, usize, usize)| {
            let (word, next) = (words[at % words.len()], words[(at + 1) % words.len()]);
            // Signs of other scripts are found by pairs of them, whatever form is asked for.
            let letters: Vec<char> = word.chars().collect();
            let is_long = letters.len() > 4 && letters.iter().all(|c| c.is_alphabetic() && *c < '\u{2000}');
            match form {
                1 => format!("\"{word} {next}\""),
                2 if is_long => format!("{}*", letters[..letters.len() - change % 3].iter().collect::<String>()),
                3 if is_long => {
                    let mut letters = letters;
                    letters.swap(1 + change % 2, 2 + change % 2);
                    format!("{}~", letters.into_iter().collect::<String>())
                }
                _ => word.to_owned(),
            }
        };
        let line: String = asked.iter().map(piece).collect::<Vec<_>>().join(" ");
        let index = more();
        let query = parse_finished(&line);
        let archive = index.archive().unwrap();
        let compounds = told(archive.compounds(&query, &context()).unwrap()).value;
        let marker = archive.marker(&query, false, compounds.into());
        let found = names(&found(&index, &line, false));
        for row in PILE.iter().chain(MORE) {
            let texts = std::iter::once(row.3).chain(row.4.lines());
            let hits: Vec<_> = texts.flat_map(|text| marker.hits(text, LanguageTag::find(row.1))).collect();
            let has_all = (0..marker.len()).all(|word| hits.iter().any(|hit| hit.word == word));
            let is_found = found.iter().any(|name| name == row.0);
            prop_assert_eq!(is_found, has_all, "{} in {}: {:?}", line, row.0, hits);
        }
    }

    #[test]
    fn any_line_can_be_searched(line in "([a-zа-яα-ω电话]{1,9}|pears|birnenprofil|[-(\")|*~:@]| ){0,8}") {
        let index = more();
        let found = found(&index, &line, true);
        prop_assert_eq!(found.matched, found.order.len());
        let query = parse_finished(&line);
        explained(&index, &query, &found, 0..3);
    }
}
