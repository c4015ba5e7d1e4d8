//! Dates that stand near the headline, or open the text, and are of something else; and where the date
//! stands when it is not there.

use super::texts;
use crate::extract::{RawArticle, extract};

#[track_caller]
fn check_page(page: &str, expected: &str) {
    let article = extract(&RawArticle { text: page.into(), ..RawArticle::default() });
    let shown = article.date.as_ref().map_or("-".into(), |date| date.when.value());
    let considered: Vec<String> =
        article.dates.iter().map(|date| format!("{} {} {}", date.date.when.value(), date.rank, date.reason)).collect();
    assert_eq!(shown, expected, "\n{page}\ntitle {:?}, {considered:#?}", &*article.title.text);
}

/// Checks an article with a line below its headline, and with the same line between its paragraphs.
#[track_caller]
fn check(code: &str, line: &str, expected: &str) {
    let (title, first, second) = texts::of(code);
    check_page(&format!("{title}\n\n{line}\n\n{first}\n\n{second}\n"), expected);
    check_page(&format!("{title}\n\n{first}\n\n{line}\n\n{second}\n"), expected);
}

#[test]
fn births_and_deaths_are_no_publications() {
    check("en", "Born May 24, 1941", "-");
    check("en", "Ada Maria Pier (May 24, 1941 – March 5, 2024) was a singer.", "-");
    check("en", "Ada Pier, born 24 May 1941 in Newport, died 5 March 2024", "-");
    check("en", "(24 May 1941 – 5 March 2024)", "-");
    check("en", "May 24, 1941 — March 5, 2024", "-");
    check("de", "Geboren am 24. Mai 1941 in Neustadt", "-");
    check("de", "* 24. Mai 1941; † 5. März 2024", "-");
    check("fr", "Née le 24 mai 1941 à Port-Neuf, morte le 5 mars 2024", "-");
    check("es", "Nacida el 24 de mayo de 1941 en Puerto Nuevo", "-");
    check("pt", "Nascida em 24 de maio de 1941", "-");
    check("it", "Nata il 24 maggio 1941 a Porto Nuovo", "-");
    check("nl", "Geboren op 24 mei 1941", "-");
    check("pl", "Urodzona 24 maja 1941 w Nowym Porcie", "-");
    check("cs", "Narozena 24. května 1941, zemřela 5. března 2024", "-");
    check("ru", "Родилась 24 мая 1941 года", "-");
    check("ru", "24 мая 1941 — 5 марта 2024", "-");
    check("tr", "Doğum: 24 Mayıs 1941", "-");
    check("id", "Lahir: 24 Mei 1941", "-");
    check("sv", "Född 24 maj 1941", "-");
    check("fi", "Syntynyt 24. toukokuuta 1941", "-");
    check("hu", "Született: 1941. május 24.", "-");
    check("ja", "1941年5月24日生まれ", "-");
    check("zh", "1941年5月24日出生", "-");
    check("ar", "ولدت في 24 مايو 1941", "-");
}

#[test]
fn events_and_opening_hours_are_no_publications() {
    check("en", "When: Saturday, 27 February 2021, 6 pm to 9 pm", "-");
    check("en", "Event date: February 27, 2021", "-");
    check("en", "Opening on 27 February 2021 at 6 pm, free entry", "-");
    check("en", "Exhibition, 27 February - 3 May 2021", "-");
    check("en", "Registration closes February 27, 2021", "-");
    check("en", "Deadline: 27 February 2021", "-");
    check("en", "Offer valid until 27 February 2021", "-");
    check("de", "Wann: Samstag, 27. Februar 2021, 18 Uhr", "-");
    check("de", "Termin: 27.02.2021", "-");
    check("de", "Anmeldeschluss: 27.02.2021", "-");
    check("de", "Ausstellung bis 27. Februar 2021", "-");
    check("fr", "Quand : samedi 27 février 2021 à 18h", "-");
    check("fr", "Du 27 février au 3 mai 2021", "-");
    check("es", "Cuándo: sábado 27 de febrero de 2021", "-");
    check("es", "Del 27 de febrero al 3 de mayo de 2021", "-");
    check("it", "Quando: sabato 27 febbraio 2021, ore 18", "-");
    check("it", "Dal 27 febbraio al 3 maggio 2021", "-");
    check("pt", "Quando: 27 de fevereiro de 2021, às 18h", "-");
    check("nl", "Wanneer: zaterdag 27 februari 2021", "-");
    check("pl", "Kiedy: 27 lutego 2021, godz. 18", "-");
    check("cs", "Kdy: 27. února 2021 v 18 hodin", "-");
    check("ru", "Когда: 27 февраля 2021, 18:00", "-");
    check("sv", "När: 27 februari 2021", "-");
}

#[test]
fn captions_and_errata_are_of_something_else() {
    check("en", "The old station on February 16, 2021. (Mira Stone / Reuters)", "-");
    check("en", "FILE PHOTO: The old station, February 16, 2021", "-");
    check("en", "Photo taken on February 16, 2021 shows the old station", "-");
    check("en", "Correction (Feb. 17, 2021): An earlier version misstated the name of the mayor.", "-");
    check("en", "Clarification, February 17, 2021: The mayor spoke on Monday.", "-");
    check("de", "Der alte Bahnhof am 16. Februar 2021. Foto: Mira Stein/dpa", "-");
    check("de", "Korrektur vom 17.02.2021: In einer früheren Fassung stand der falsche Name.", "-");
    check("fr", "La vieille gare, le 16 février 2021. MIRA PIERRE / AFP", "-");
    check("fr", "Erratum du 17 février 2021 : le nom de la maire a été corrigé.", "-");
    check("es", "La vieja estación, el 16 de febrero de 2021. / Foto: Mira Piedra", "-");
    check("it", "La vecchia stazione il 16 febbraio 2021 (foto Ansa)", "-");
    check("pt", "A antiga estação, em foto de 16 de fevereiro de 2021", "-");
    check("zh", "2021年2月16日拍摄的老火车站。新华社记者 李明 摄", "-");
    check("ja", "旧駅＝2021年2月16日、石川美良撮影", "-");
}

#[test]
fn sentences_tell_of_other_days() {
    check("en", "The council voted on 2 February 2021 and nobody knew it", "-");
    check("en", "Since 16 February 2021 the tram has been closed", "-");
    check("de", "Am 2. Februar 2021 hat der Rat darüber abgestimmt", "-");
    check("fr", "Le conseil a voté le 2 février 2021", "-");
    check("es", "El ayuntamiento votó el 2 de febrero de 2021", "-");
    check("it", "Il consiglio ha votato il 2 febbraio 2021", "-");
    check("pl", "Rada głosowała nad tym 2 lutego 2021", "-");
    check("ru", "Совет голосовал за это 2 февраля 2021", "-");
    check("sv", "Kommunen röstade om det den 2 februari 2021", "-");
}

#[test]
fn weather_and_timetables_are_of_something_else() {
    for line in [
        "Forecast for 17 February 2021: sunny, 12 degrees",
        "Tides on 17 February 2021: 6:12, 18:40",
        "Newport 12° | Wednesday 17 February 2021 | sunny",
    ] {
        let (title, first, second) = texts::of("en");
        check_page(&format!("{title}\n\n{first}\n\n{second}\n\n{line}\n"), "-");
    }
}

#[test]
fn the_day_of_the_visit_stands_above_the_menus() {
    let (title, first, second) = texts::of("en");
    let menu = "Home\nNews\nSport\nCulture\nHarbour\nWeather\nShop\nSubscribe\nSign in\nContact\nAbout us\n\n";
    check_page(&format!("Wednesday, November 25, 2026\n{menu}{title}\n\n{first}\n\n{second}\n"), "-");
    check_page(
        &format!(
            "Harbour Gazette\nWednesday, November 25, 2026 | 12°\n{menu}{title}\nFebruary 16, 2021\n\n{first}\n\n{second}\n"
        ),
        "2021-02-16",
    );
}

#[test]
fn todays_date_in_the_first_sentence_dates_the_article() {
    let with = |code: &str, lead: &str, expected: &str| {
        let (title, first, second) = texts::of(code);
        check_page(&format!("{title}\n\n{lead} {first}\n\n{second}\n"), expected);
    };
    with("en", "Today (19.08.2020) a decision was made in the town hall.", "2020-08-19");
    with("en", "The council said on Wednesday (19 August 2020) that it would go on.", "2020-08-19");
    with("de", "Heute (19.08.2020) ist im Rathaus eine Entscheidung gefallen.", "2020-08-19");
    with("de", "Am heutigen Mittwoch (19. August 2020) ist im Rathaus eine Entscheidung gefallen.", "2020-08-19");
    with("fr", "Aujourd'hui (19/08/2020), une décision a été prise à la mairie.", "2020-08-19");
    with("es", "Hoy (19/08/2020) se ha tomado una decisión en el ayuntamiento.", "2020-08-19");
    with("it", "Oggi (19/08/2020) è stata presa una decisione in municipio.", "2020-08-19");
    with("pt", "Hoje (19/08/2020) foi tomada uma decisão na câmara.", "2020-08-19");
    with("nl", "Vandaag (19-08-2020) is er op het stadhuis een besluit genomen.", "2020-08-19");
    with("pl", "Dziś (19.08.2020) w ratuszu zapadła decyzja.", "2020-08-19");
    with("ru", "Сегодня, 19 августа 2020 года, в мэрии приняли решение.", "2020-08-19");
    with("id", "Hari ini (19/8/2020) sebuah keputusan diambil di balai kota.", "2020-08-19");
    with("sv", "I dag (19 augusti 2020) fattades ett beslut i stadshuset.", "2020-08-19");
}

#[test]
fn a_stamp_below_the_text_counts_when_none_stands_above() {
    let below = |code: &str, line: &str, expected: &str| {
        let (title, first, second) = texts::of(code);
        check_page(&format!("{title}\n\n{first}\n\n{second}\n\n{line}\n"), expected);
    };
    below("en", "February 16, 2021", "2021-02-16");
    below("en", "Mira Stone, February 16, 2021", "2021-02-16");
    below("en", "16 Feb 2021 18:05", "2021-02-16T18:05");
    below("de", "16.02.2021 / mst", "2021-02-16");
    below("de", "(dpa, 16.02.2021)", "2021-02-16");
    below("fr", "Port-Neuf, le 16 février 2021", "2021-02-16");
    below("es", "16/02/2021 18:05", "2021-02-16T18:05");
    below("ru", "16.02.2021 18:05", "2021-02-16T18:05");
    below("cs", "Zveřejněno 16. 2. 2021", "2021-02-16");
    below("zh", "2021-02-16 18:05", "2021-02-16T18:05");
    below("ja", "2021年2月16日", "2021-02-16");
    below("el", "16 Φεβρουαρίου 2021", "2021-02-16");
}

#[test]
fn of_two_stamps_without_words_the_first_in_time_is_the_publication() {
    check("en", "16 Feb 2021 18:05 | 17 Feb 2021 07:30", "2021-02-16T18:05");
    let (title, first, second) = texts::of("de");
    check_page(&format!("{title}\n\n16.02.2021 18:05\n17.02.2021 07:30\n\n{first}\n\n{second}\n"), "2021-02-16T18:05");
    check_page(&format!("{title}\n\n17.02.2021 07:30 / 16.02.2021 18:05\n\n{first}\n\n{second}\n"), "2021-02-16T18:05");
}

#[test]
fn buttons_above_the_text_begin_no_comments() {
    for (code, line, button) in [
        ("en", "February 16, 2021", "Comment"),
        ("en", "February 16, 2021", "Comments (12)"),
        ("de", "16.02.2021", "Kommentare"),
        ("fr", "16 février 2021", "Commenter"),
        ("es", "16/02/2021", "Comentar"),
    ] {
        let (title, first, second) = texts::of(code);
        let (whole, rest) = (format!("{first} {second}"), format!("{second} {first}"));
        check_page(
            &format!("{title}\n\n{first}\n\n{button}\nShare\n{line}\n\n{whole}\n\n{rest}\n\n{whole}x"),
            "2021-02-16",
        );
        check_page(&format!("{title}\n\n{button}\nShare\n{line}\n\n{first}\n\n{second}"), "2021-02-16");
    }
}

#[test]
fn letters_count_and_not_bytes() {
    for (code, deck, line, expected) in [
        ("gu", "ત્રણ કંપનીઓ પાસેથી યોજનાઓ માગવામાં આવી છે, મેયરને પહેલી ગમે છે", "16 ફેબ્રુઆરી 2021", "2021-02-16"),
        ("hi", "तीन कंपनियों से योजनाएँ माँगी गई हैं, महापौर को पहली पसंद है", "16 फरवरी 2021", "2021-02-16"),
        ("ta", "மூன்று நிறுவனங்களிடம் திட்டங்கள் கேட்கப்பட்டுள்ளன", "16 பிப்ரவரி 2021", "2021-02-16"),
        ("th", "ขอแผนงานจากบริษัทสามแห่ง นายกเทศมนตรีชอบแผนแรกมากที่สุด", "16 กุมภาพันธ์ 2564", "2021-02-16"),
        ("ka", "სამ კომპანიას გეგმების წარდგენა სთხოვეს, მერს პირველი მოსწონს", "16 თებერვალი 2021", "2021-02-16"),
        ("ja", "三社に計画の提出を求め、市長は最初の案を気に入っているが費用が課題に", "2021年2月16日", "2021-02-16"),
    ] {
        let (title, first, second) = texts::of(code);
        check_page(&format!("{title}\n\n{deck}\n\n{deck} {deck}\n\n{line}\n\n{first}\n\n{second}\n"), expected);
    }
}
