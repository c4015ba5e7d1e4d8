//! `newsstand concordance`: the places of a result with the words around them.

use super::*;

#[test]
fn a_concordance_shows_every_place_and_tells_how_many_there_are() {
    let home = Home::new();
    let (out, told) = home.run("concordance 'market OR mayor' news --width 12 --sort right").ended(0);
    insta::assert_snapshot!(out.lines().map(|line| &line[10..]).collect::<Vec<_>>().join("\n"), @"
    en  undated                                The  market  moves to…
    en  undated                          …when the  market  will move,…
    en  2022-03-03                       …said the  mayor  , who had…
    ");
    assert_eq!(told, "newsstand: 3 places in 2 articles: market 2 (as typed), mayor 1 (as typed)\n");
    // The whole number is told, however few are printed.
    let (out, told) = home.run("concordance 'market OR mayor' news --limit 1").ended(0);
    assert_eq!((out.lines().count(), told.contains("3 places in 2 articles")), (1, true), "{out}{told}");
}

#[test]
fn a_concordance_is_a_table_for_other_programs() {
    let home = Home::new();
    let (csv, _) = home.run("concordance boat news --format csv --width 20").ended(0);
    insta::assert_snapshot!(csv, @"
    left,match,right,form,where,date,language,source,title,id,path,part
    …opens to sailing,boats,again,stem,title,2022-03-03,en,,Harbour opens to sailing boats again,55fbeeb7a2e934d7,news/harbour.txt,
    …and the first,boats,have come back…,stem,text,2022-03-03,en,,Harbour opens to sailing boats again,55fbeeb7a2e934d7,news/harbour.txt,
    ");
    let (tsv, _) = home.run("concordance boat news --format tsv").ended(0);
    assert_eq!(tsv.lines().map(|line| line.split('\t').count()).collect::<Vec<_>>(), [12, 12, 12]);
    let (json, _) = home.run("concordance boat news --format json").ended(0);
    let json: Value = serde_json::from_str(&json).expect("one object");
    assert_eq!((&json["total"], &json["articles"]), (&2.into(), &1.into()));
    assert_eq!(json["places"][1]["match"], "boats");
    assert_eq!(json["forms"][0], serde_json::json!({"text": "boats", "form": "stem", "places": 2}));
    home.run("concordance boat news --format csv -o boats.csv").ended(0);
    let (_, told) = home.run("concordance boat news --format csv -o boats.csv").ended(2);
    assert!(told.contains("boats.csv: exists already (--force replaces it)"), "{told}");
}

#[test]
fn a_concordance_of_nothing_says_why() {
    let home = Home::new();
    let (out, told) = home.run("concordance zzzz news").ended(1);
    assert_eq!(out, "");
    assert!(told.contains("zzzz occurs nowhere in these 3 articles\nnewsstand: 3 articles match without zzzz\nnewsstand: 0 places in 0 articles"), "{told}");
    let (_, told) = home.run("concordance lang:en news").ended(2);
    assert!(told.contains("lang:en: asks for no words"), "{told}");
}
