use super::super::{blocks, byline, date, kinds, lines, roles, title};
use super::*;

const TEXT: &str = "The ferry to the outer islands stays in the harbour until the storm is over, and nobody knows when that will \
    be.\n\nThe islands have bread for a week, the mayor said, and more fish than anybody there wants to eat.";

fn source_of(text: &str, url: Option<&str>) -> String {
    let (lines, _) = lines::lines(text);
    let blocks = blocks::blocks(&lines, date::leading_date);
    let kinds = kinds::kinds(&blocks, date::is_date_line);
    let body = kinds::body_start(&blocks, &kinds);
    let title = title::find(&blocks, &kinds, body.unwrap_or(blocks.len()));
    let layout = roles::layout(&blocks, &kinds, title, body);
    let found = byline::find(&blocks, &kinds, &layout);
    let headline = layout.title.map_or(String::new(), |title| blocks[title].text.to_string());
    let context = Context {
        blocks: &blocks,
        kinds: &kinds,
        layout: &layout,
        title: &headline,
        houses: &found.houses,
        url,
        file_name: None,
    };
    find(&context).map_or(String::new(), |source| source.text.to_string())
}

/// Puts lines above a headline and a text, between them, and below.
fn check(above: &str, between: &str, below: &str, expected: &str) {
    let text = format!("{above}\n\nFerry stays in the harbour for a third day\n\n{between}\n\n{TEXT}\n\n{below}\n");
    assert_eq!(source_of(&text, None), expected, "{above} / {between} / {below}");
}

#[test]
fn one_strong_place_is_enough() {
    check("", "", "© 2021 Harbour Post. All rights reserved.", "Harbour Post");
    check("", "", "Copyright © 1999-2020 Asia Bay Star", "Asia Bay Star");
    check("Ferry stays in the harbour for a third day | LÍBERO BAY", "", "", "LÍBERO BAY");
    check("", "Quelle: hafen.de, ino/dpa", "", "hafen.de");
    check("", "", "Fonte: Agência do Porto", "Agência do Porto");
    check("", "来源：港口日报", "", "港口日报");
    check("", "", "© 2021 Le Port. Tous droits réservés", "Le Port");
    check("", "", "Copyright (C) Minato Shimbun. All Rights Reserved.", "Minato Shimbun");
    check("", "", "© 2020 حقوق النشر محفوظة لـ\n\nميناء اليوم", "ميناء اليوم");
    check("", "", "Источник: Портовая газета", "Портовая газета");
}

#[test]
fn two_weak_places_are_enough() {
    check("", "", "About The Bay Star\n\nMore from The Bay Star & Partners", "The Bay Star");
    check("Hafenblatt Shop", "", "Jetzt Hafenblatt testen", "Hafenblatt");
    check("", "By Nora Webb | KUTB", "More from KUTB", "KUTB");
    check("KUTB", "By Nora Webb | KUTB", "", "KUTB");
    check("", "nora.webb@harbourpost.example", "Follow Harbour Post", "Harbour Post");
    check("", "", "Abonnez-vous à Le Quai\n\nBoutique Le Quai", "Le Quai");
    check("", "", "Prenumerera på Kustbladet\n\nKustbladet app", "Kustbladet");
    check("", "", "Читайте Портовые вести в Telegram\n\nПодписывайтесь на Портовые вести", "Портовые вести");
}

#[test]
fn one_weak_place_is_not() {
    check("", "", "About Nora Webb", "");
    check("", "", "Follow Ann Bell", "");
    check("Harbour Islands", "", "", "");
    check("", "@norawebb", "", "");
}

#[test]
fn topics_sections_and_buttons_are_none() {
    // What headline or text are about.
    check("• Ferry\n\nFerry", "", "", "");
    check("• Harbour\n\nHarbour", "Harbour", "", "");
    // What leads to a search, a menu or a subscription.
    check("Ara\n\nAra", "", "Ara", "");
    check("Suche\n\nSuche", "", "Suche", "");
    check("", "Par Elba", "Elba", "");
}

#[test]
fn what_a_headline_goes_on_with_is_none() {
    // Behind a dash.
    check(
        "Ferry stays in the harbour for a third day - The mayor is angry",
        "",
        "The mayor is angry, everybody says.",
        "",
    );
    check("Ferry stays in the harbour – „Grave Danger“", "", "It was “Grave Danger”, the captain said.", "");
    // Sections and their newsletters, and what stands in brackets before another headline.
    check("Technology", "", "Technology newsletter\n\nTechnology", "");
    check("Teknoloji\n\nSinema", "", "Sinema Haberleri\n\nSinema", "");
    check("0 comments\n\nMy account", "", "", "");
    check("", "", "【港の船 レビュー】The ferry and its new engine, seen by us", "");
    check(
        "",
        "",
        "https://amzn.to/abc\n\nhttps://amzn.to/def\n\nhttps://de.wikipedia.org/wiki/x\n\nhttps://de.wikipedia.org/wiki/y",
        "",
    );
}

#[test]
fn an_agency_is_told_where_no_outlet_is() {
    let text =
        |front: &str, below: &str| format!("Ferry stays in the harbour for a third day\n\n{front}{TEXT}\n\n{below}\n");
    assert_eq!(source_of(&text("PRAGUE (Reuters) - ", ""), None), "Reuters");
    assert_eq!(source_of(&text("Berlin (dpa) - ", ""), None), "dpa");
    assert_eq!(source_of(&text("PRAGUE (Reuters) - ", "© 2021 Harbour Post"), None), "Harbour Post");
    check("", "By Associated Press", "", "AP");
    check("", "Von DPA", "", "dpa");
    check("", "", "Źródło: PAP", "PAP");
}

#[test]
fn pictures_and_services_say_nothing() {
    check("", "Foto: Jens Holm/dpa", "", "");
    check("", "The harbour at dawn (Nora Webb / AFP)", "", "");
    check("", "", "Follow us on Facebook\n\nDownload the app\n\nAbout us\n\nContact us", "");
    check("", "", "© Getty Images", "");
    check("", "Quelle: xyz/Getty Images; Montage: Grafik", "", "");
    check("", "", "All rights reserved.\n\nTodos los derechos reservados", "");
}

#[test]
fn the_brand_goes_before_its_company() {
    check("About The Courier", "", "More from The Courier\n\n© Courier Media Group Limited 2023", "The Courier");
    check("Become a TechBay Insider", "", "Search TechBay\n\n© Future Ships, Inc.", "TechBay");
    check("NHZ abonnieren", "", "Copyright © Neue Hafen Zeitung AG. Alle Rechte vorbehalten.", "NHZ");
}

#[test]
fn the_name_is_written_as_readers_do() {
    assert_eq!(
        source_of(
            &format!("Ferry stays in the harbour\n\n{TEXT}\n\nEl Puerto ha sabido más.\n"),
            Some("https://www.elpuerto.pe/x")
        ),
        "El Puerto"
    );
    assert_eq!(
        source_of(&format!("Ferry stays in the harbour\n\n{TEXT}\n"), Some("https://www.elpuerto.pe/x")),
        "elpuerto.pe"
    );
}
