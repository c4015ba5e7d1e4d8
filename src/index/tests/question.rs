//! Questions of several words, of which no article has all.

use super::*;
use crate::archive::{TextReader, Texts};

/// Articles at hand.
struct AtHand(Vec<Article>);

impl Texts for AtHand {
    fn reader(&self) -> Box<dyn TextReader> {
        Box::new(AtHand(self.0.clone()))
    }
}

impl TextReader for AtHand {
    fn article(&mut self, id: ArticleId, _: &Origin) -> crate::Result<Arc<Article>> {
        let article = self.0.iter().find(|article| article.id == id).cloned();
        article.map(Arc::new).ok_or_else(|| crate::Error::NotFound("no such article".to_owned()))
    }

    fn trusts_openings(&mut self) -> bool {
        true
    }
}

/// Three articles on a storm, of which the two that have most of the words of a question also have another
/// word in common, and others beside them.
fn articles() -> Vec<Article> {
    let mut pile = vec![
        ("first", "en", "", "Storm", "The ferry met the storm near the breakwater."),
        ("second", "en", "", "Storm", "The ferry lost in the storm has passed the breakwater."),
        ("plain", "en", "", "Morning", "The storm of the year has come over the old town."),
        ("kindred", "en", "", "Evening", "The storm of the year has come over the breakwater."),
    ];
    let others: Vec<String> = (0..30).map(|at| format!("other{at}")).collect();
    pile.extend(others.iter().map(|name| (name.as_str(), "en", "", "Bread", "Bakers bake bread in the morning.")));
    pile.iter().map(article).collect()
}

#[test]
fn what_the_best_answers_share_puts_others_in_order() {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, articles());
    let texts = AtHand(articles());
    let query = parse_finished("ferry storm harbour lighthouse");
    let ask = |texts| {
        let asking = Asking { forgiving: true, texts, ..context() };
        names(&told(index.archive().unwrap().search(&query, &asking).unwrap())).join(" ")
    };
    // Both have the storm alone, and are equally long.
    assert_eq!(ask(None), "first second kindred plain");
    let with_texts = ask(Some(&texts as &dyn Texts));
    assert!(with_texts.ends_with("kindred plain"), "{with_texts}");
    // Nothing is found by such words alone.
    assert_eq!(with_texts.split(' ').count(), 4);
}

#[test]
fn what_has_some_of_the_words_stands_below_what_has_all_in_every_order() {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, articles());
    for sort in [Sort::Relevance, Sort::Newest, Sort::Title] {
        let query = Query { sort: Some(sort), ..parse_finished("ferry storm near") };
        let asking = Asking { more: true, ..context() };
        let found = told(index.archive().unwrap().search(&query, &asking).unwrap());
        assert_eq!((found.matched, found.more.as_ref().map(|more| more.len())), (1, Some(3)));
        let listed = found.listed();
        let rows = told(listed.rows(0..9, &|| false).unwrap()).value;
        assert_eq!((listed.len(), rows.len(), &*rows[0].record.title), (4, 4, "Storm"));
        let last = told(listed.place_of(rows[3].record.id, &|| false).unwrap()).value;
        assert_eq!(last, Some(3));
    }
}

#[test]
fn words_that_all_occur_are_not_taken_for_misspelt() {
    let index = Index::open(&Location::Memory).unwrap();
    fill(&index, articles());
    let asking = Asking { forgiving: true, ..context() };
    let search = |line: &str| told(index.archive().unwrap().search(&parse_finished(line), &asking).unwrap());
    let found = search("breakwater bread baker town");
    assert!(!found.forgiven && found.relaxed.is_some() && found.matched == 4, "{found:?}");
    // One that occurs nowhere is.
    let found = search("ferry storm braekwater");
    assert!(found.forgiven && found.relaxed.is_none(), "{found:?}");
}
