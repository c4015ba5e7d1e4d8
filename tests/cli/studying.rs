//! `newsstand concordance`: the places of a result with the words around them.

use super::*;

#[test]
fn a_concordance_shows_every_place_and_tells_how_many_there_are() {
    let home = Home::new();
    let (out, told) = home.run("concordance 'market OR mayor' news --width 12 --sort right").ended(0);
    insta::assert_snapshot!(out.lines().map(|line| &line[10..]).collect::<Vec<_>>().join("\n"), @"
    en  undated                                The  market  moves to…
    en  undated                          …when the  market  will move,…
    en  2022-03-03                       …said the  mayor, who had…
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

#[test]
fn counts_are_told_beside_all_words_of_a_cell() {
    let home = Home::new();
    let out = home.run("count 'market OR mayor' news --by year").found();
    insta::assert_snapshot!(out, @"
    cell     articles  occurrences  per million words  share of articles
    2021            0            0                0.0              0.0 %
    2022            1            1            23255.8            100.0 %
    undated         1            2            45454.5            100.0 %
    ");
    let out = home.run("count 'boat lang:en' news --by language,month --format csv").found();
    assert!(out.starts_with("cell,articles,occurrences,per_million_words,share_of_articles\n"), "{out}");
    assert!(out.contains("\nen / 2022-03,1,2,") && !out.contains("de / "), "{out}");
    home.write("names.txt", "# animals\n\nboat\n=market\n");
    let out = home.run("count --queries names.txt news --format csv").found();
    assert!(
        out.starts_with(
            "cell,boat: articles,boat: occurrences,boat: per_million_words,boat: share_of_articles,'=market: articles,"
        ),
        "{out}"
    );
    let out = home.run("count boat news --by tag --format json").found();
    let json: Value = serde_json::from_str(&out).expect("a list");
    assert_eq!((&json[0]["cell"], &json[0]["occurrences"]), (&"no tag".into(), &2.into()));
}

#[test]
fn a_chart_is_written_beside_the_table_and_replaces_nothing() {
    let home = Home::new();
    home.run("count boat news --svg boat.svg").found();
    let picture = fs::read_to_string(home.path("boat.svg")).expect("a picture");
    assert!(picture.starts_with("<svg") && picture.contains("2022"), "{picture}");
    let (_, told) = home.run("count boat news --svg boat.svg").ended(2);
    assert!(told.contains("boat.svg: exists already (--force replaces it)"), "{told}");
    home.run("count boat news --svg boat.svg --force").found();
}

#[test]
fn words_of_a_result_and_words_beside_a_word_are_tables() {
    let home = Home::empty();
    for number in 0..4 {
        home.write(&format!("news/sea{number}.txt"), format!("The boats of the harbour {number}\n\nSailors mended the red boats in the harbour all day long, and the sailors sang of harbour and home.\n"));
        home.write(&format!("news/road{number}.txt"), format!("The lorries of the town {number}\n\nDrivers loaded the red lorries in the town all day long, and the drivers spoke of engine and road.\n"));
    }
    let out = home.run("terms harbour news --kind words --format csv").found();
    let words: Vec<&str> = out.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default()).collect();
    assert!(
        words.contains(&"sailors") && !words.contains(&"harbour") && !words.contains(&"the") && !words.contains(&"red"),
        "{out}"
    );
    let out = home.run("terms harbour news --collocates --format csv").found();
    assert!(
        out.starts_with("word,language,left,right,occurrences,log_dice\n") && out.contains("\nsailors,en,"),
        "{out}"
    );
}

#[test]
fn a_list_of_queries_is_searched_at_once_and_goes_on_where_it_stopped() {
    let home = Home::new();
    home.write("names.txt", "boat\nmarket\nzzzz\nbriddge\n");
    let out = home.run("search --queries names.txt news --fields date,title").found();
    insta::assert_snapshot!(out, @"
    query,articles,forgiven,date,title
    boat,1,false,2022-03-03,Harbour opens to sailing boats again
    market,1,false,,The market moves to another square
    zzzz,0,false,,
    briddge,0,false,,
    ");
    let out = home.run("search --queries names.txt news --fields title --forgiving --format jsonl").found();
    assert!(out.contains(r#"{"query":"market","articles":1,"forgiven":false,"found":[{"title":"The market moves to another square"}]}"#), "{out}");
    home.run("search --queries names.txt news -o all.csv --manifest all.json").found();
    let whole = fs::read(home.path("all.csv")).expect("written");
    let again = home.run("repeat all.json -o again.csv").ended(0);
    assert_eq!(
        (fs::read(home.path("again.csv")).expect("written"), again.1.as_str()),
        (whole, "newsstand: the output is the same, byte by byte\n")
    );
    let (_, told) = home.run("search --queries none.txt news").ended(2);
    assert!(told.contains("none.txt: cannot be read"), "{told}");
}

#[test]
fn an_output_is_made_again_or_what_differs_is_told() {
    let home = Home::new();
    for command in [
        "count boat news --by month --format csv",
        "concordance boat news",
        "list news --format csv",
        "terms boat news",
        "search boat news --format ris",
    ] {
        let _ = fs::remove_file(home.path("manifest.json"));
        let first = home.run(&format!("{command} --manifest manifest.json"));
        let (again, told) = home.run("repeat manifest.json").ended(first.status.expect("an end"));
        assert_eq!(again, first.out, "{command}");
        assert!(told.ends_with("the output is the same, byte by byte\n"), "{command}: {told}");
    }
    home.run("count boat news --manifest count.json").found();
    home.write("news/more.txt", "Boats\n\nMore boats have come, and the boats of the town are full of fish.\n");
    let (_, told) = home.run("repeat count.json").ended(2);
    assert!(
        told.contains("the pile differs: 4 articles, not 3 articles") && told.contains("the output differs"),
        "{told}"
    );
    let (_, told) = home.run("repeat names.txt").ended(2);
    assert!(told.contains("names.txt: cannot be read"), "{told}");
}

#[test]
fn what_is_about_the_same_as_an_article_comes_first() {
    let home = Home::empty();
    for number in 0..3 {
        home.write(&format!("news/sea{number}.txt"), format!("The boats of the harbour {number}\n\nSailors mended the red boats in the harbour all day long, and the sailors sang of home.\n"));
        home.write(&format!("news/road{number}.txt"), format!("The lorries of the town {number}\n\nDrivers loaded the red lorries in the town all day long, and the drivers spoke of the road.\n"));
    }
    home.write("draft.txt", "A morning at sea\n\nThe sailors went to the boats in the harbour.\n");
    let titles = |command: &str| {
        let (out, _) = home.run(command).ended(0);
        let title = |line: &str| serde_json::from_str::<Value>(line).expect("a record")["title"].to_string();
        out.lines().map(title).collect::<Vec<_>>()
    };
    // The first of a folder, by its id, in both ways to ask.
    let (listed, _) = home.run("list news/sea0.txt --json").ended(0);
    let record: Value = serde_json::from_str(listed.trim()).expect("a record");
    let id = record["id"].as_str().expect("an id");
    let found = titles(&format!("similar {id} news --json --limit 2"));
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|title| title.contains("boats") && !title.ends_with("0\"")), "{found:?}");
    assert_eq!(titles(&format!("search like:{id} news --json --limit 2")), found);
    // A file that is not in the pile.
    let found = titles("similar draft.txt news --json --limit 3");
    assert!(found.len() == 3 && found.iter().all(|title| title.contains("boats")), "{found:?}");
    let (_, told) = home.run("similar ffffffffffffffff news").ended(2);
    assert!(told.contains("no article has the id ffffffffffffffff"), "{told}");
}
