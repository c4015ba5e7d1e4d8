//! Pages of many kinds, in several languages, and what is taken from them.

use super::*;
use crate::article::Form;
use crate::extract::{Hint, Place, extract};

/// Running text in a language: two paragraphs' worth of sentences.
fn prose(language: &str) -> [&'static str; 2] {
    match language {
        "de" => [
            "Der Hafen bleibt nach dem Sturm geschlossen, und die Fähre, die niemand repariert hat, liegt an ihrem Pier fest.",
            "Die Bürgermeisterin versprach Brot für alle, die auf den Inseln warten müssen, und ein Schiff für den nächsten Tag.",
        ],
        "fr" => [
            "Le port reste fermé après la tempête, et le ferry, que personne n'a réparé, est toujours amarré à son quai.",
            "La maire a promis du pain à tous ceux qui attendent sur les îles, et un autre bateau dès le lendemain matin.",
        ],
        "ru" => [
            "Порт остаётся закрытым после шторма, и паром, который никто не починил, по-прежнему стоит у своего причала.",
            "Мэр обещала хлеб всем, кто ждёт на островах, и другое судно, которое придёт уже на следующее утро.",
        ],
        "zh" => [
            "风暴过后港口仍然关闭，没有人修理的渡轮依旧停靠在码头旁边，居民们在岛上等待了三天，物资也越来越少。",
            "市长承诺向所有在岛上等待的人提供面包，并表示第二天早上将会有另一艘船把他们接回城里，请大家放心。",
        ],
        "es" => [
            "El puerto sigue cerrado después de la tormenta, y el transbordador, que nadie ha reparado, continúa en su muelle.",
            "La alcaldesa prometió pan para todos los que esperan en las islas, y otro barco para la mañana del día siguiente.",
        ],
        _ => [
            "The harbour stays closed after the storm, and the ferry, which nobody has repaired, still lies at its pier.",
            "The mayor promised bread for everybody who has to wait on the islands, and another ship for the next morning.",
        ],
    }
}

fn paragraphs(language: &str) -> String {
    prose(language).map(|text| format!("<p>{text}</p>")).concat()
}

fn article(html: &str) -> Result<RawArticle, String> {
    super::article(html).map(|(raw, _)| raw)
}

/// The lines of a page, each after what it is.
fn laid(html: &str) -> String {
    let RawArticle { text, marks, .. } = article(html).expect("a page with text");
    let lines: Vec<&str> = text.split('\n').collect();
    let marks = marks.expect("a page is marked");
    let shown = marks.lines.iter().map(|marks| {
        let what = match (marks.place, marks.form) {
            (Place::Aside, _) => "aside".to_owned(),
            (Place::Above, _) => match marks.hint {
                Some(Hint::Headline) => "headline".to_owned(),
                Some(Hint::Byline) => "above, byline".to_owned(),
                Some(Hint::Date) => "above, date".to_owned(),
                None => "above".to_owned(),
            },
            (_, Form::Plain) => "p".to_owned(),
            (_, Form::Heading(level)) => format!("h{level}"),
            (_, Form::Item { depth, number }) => {
                format!("{}{}", "  ".repeat(depth.into()), number.map_or("-".to_owned(), |number| format!("{number}.")))
            }
            (_, Form::Quotation) => ">".to_owned(),
            (_, Form::Code) => "=".to_owned(),
            (_, Form::Row { head }) => if head { "head" } else { "row" }.to_owned(),
            (_, Form::Caption) => "caption".to_owned(),
            (_, Form::Rule) => "rule".to_owned(),
        };
        format!("{what}: {}", lines[marks.line as usize - 1])
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// Title, byline, source and day of a page.
fn check(html: &str, expected: &str) {
    let article = extract(&article(html).expect("a page with text"));
    let date = article.date.map(|date| date.when.value().chars().take(10).collect::<String>());
    let shown = [
        Some(article.title.text.to_string()),
        article.byline.map(|byline| byline.text.to_string()),
        article.source.map(|source| source.text.to_string()),
        date,
    ];
    assert_eq!(shown.map(|field| field.unwrap_or("-".into())).join("|"), expected, "{html}");
}

#[test]
fn a_tag_with_very_many_attributes_is_read_without_most_of_them() {
    let attributes: String = (0..5000).map(|number| format!(" a{number}=\"é>{number}\"")).collect();
    let [first, second] = prose("en");
    for tag in ["p", "div", "html", "section"] {
        let raw = article(&format!("<{tag}{attributes}>{first}</{tag}><p lang=en>{second}</p>")).expect("it has text");
        assert!(raw.text.contains(first) && raw.text.contains(second), "{tag}: {}", raw.text);
    }
    // A tag that never ends has nothing behind it.
    let raw = article(&format!("<p>{first}</p><p>{second}</p><p{attributes}")).expect("it has text");
    assert!(raw.text.contains(second) && !raw.text.contains("a4999"), "{}", raw.text);
}

#[test]
fn the_layout_of_an_article_is_kept() {
    let html = format!(
        "<title>Harbour closed</title><article><h1>Harbour closed</h1>{}<h2>What comes next</h2>\
         <ul><li>The pier<ul><li>its lamps</li></ul></li><li>The ferry</li></ul><ol start=3><li>Bread</li><li>Ships</li></ol>\
         <blockquote><p>Nobody has repaired it.</p></blockquote><pre>if a < b:\n    close()</pre><hr>\
         <table><tr><th>Boat</th><th>Engines</th></tr><tr><td>Pier <b>One</b></td><td>2</td></tr><tr><td></td><td>4</td></tr></table>\
         <figure><img src=x.jpg alt='The ferry at its pier'><figcaption>The ferry, on Monday</figcaption></figure>\
         <p><img src=y.jpg alt='A map of the outer islands'></p><p>One<br>two<br><br>three</p></article>",
        paragraphs("en")
    );
    let [one, two] = prose("en");
    assert_eq!(
        laid(&html),
        format!(
            "h1: Harbour closed\np: {one}\np: {two}\nh2: What comes next\n-: The pier\n  -: its lamps\n-: The ferry\n3.: Bread\n4.: Ships\n\
             >: Nobody has repaired it.\n=: if a < b:\n=:     close()\nrule: * * *\nhead: Boat | Engines\nrow: Pier One | 2\nrow: – | 4\n\
             caption: The ferry, on Monday\np: [picture: A map of the outer islands]\np: One\np: two\np: three"
        )
    );
}

#[test]
fn lines_between_headline_and_text_are_kept() {
    for (language, facts) in [
        (
            "de",
            "<div class='meta'><span class='autor'>Nora Weber</span><span class='datum'>16. Februar 2021</span></div>",
        ),
        ("fr", "<p class='signature'>Par Nora Webb</p><p class='publie'>Publié le 16 février 2021</p>"),
        ("ru", "<div class='info'>16 февраля 2021<span>Автор: Нора Вебб</span></div>"),
        ("zh", "<div class='info'>2021-02-16 10:37<span>来源：港口网</span><span>作者：李明</span></div>"),
        ("es", "<ul class='datos'><li>Por Nora Webb</li><li>16 de febrero de 2021</li></ul>"),
        ("en", "<div class='sub'>Published 16 February 2021 | Nora Webb</div>"),
    ] {
        for (open, close) in [
            ("<div class='article-content'>", "</div>"),
            ("<section itemprop=articleBody>", "</section>"),
            ("<td class=storybody>", "</td>"),
        ] {
            let text = paragraphs(language);
            let (outer, inner) =
                if open.starts_with("<td") { ("<table><tr>", "</tr></table>") } else { ("<div>", "</div>") };
            let html = format!(
                "<title>Harbour closed</title><nav><a href=/>Home</a></nav><div class=main><h1>Harbour closed</h1>{facts}{outer}{open}{text}{close}{inner}</div>"
            );
            let lines = laid(&html);
            assert!(lines.starts_with("headline: Harbour closed\nabove"), "{lines}");
            let day = extract(&article(&html).expect("text"))
                .date
                .map(|date| date.when.value().chars().take(10).collect::<String>());
            assert_eq!(day.as_deref(), Some("2021-02-16"), "{html}\n{lines}");
        }
    }
}

#[test]
fn the_name_of_the_site_is_no_headline() {
    let text = paragraphs("en");
    for (head, body) in [
        (
            "<title>Pier Notes: A quieter ferry</title><meta property=og:title content='A quieter ferry'>",
            "<h1><a href=/>Pier Notes</a></h1><h3 class='post-title entry-title'>A quieter ferry</h3>",
        ),
        ("<title>Town Crier - A quieter ferry</title>", "<header><h1>Town Crier</h1></header><h1>A quieter ferry</h1>"),
        (
            "<title>A quieter ferry | Town Crier</title>",
            "<h1 class=logo>Town Crier</h1><h2 class=entry-title>A quieter ferry</h2>",
        ),
        (
            "<title>Town Crier</title><meta name=twitter:title content='A quieter ferry'>",
            "<h1>Town Crier</h1><h2>A quieter ferry</h2>",
        ),
        ("<title>A quieter ferry – Town Crier</title>", "<h1>Town Crier</h1><p class=title>A quieter ferry</p>"),
    ] {
        let html = format!("{head}<body>{body}<div class=entry-content>{text}</div>");
        assert_eq!(extract(&article(&html).expect("text")).title.text, "A quieter ferry", "{html}");
    }
}

#[test]
fn linked_data_may_be_a_little_off() {
    let page = |json: &str| {
        format!(
            "<title>Harbour closed</title><script type='application/ld+json'>{json}</script><article><h1>Harbour closed</h1>{}</article>",
            paragraphs("en")
        )
    };
    for json in [
        r#"{"@type":"NewsArticle","datePublished":"2024-10-13","author":[{"@type":"Person","name":"Mira Stone"},],}"#,
        r##"{"@graph":[{"@type":"Organization","@id":"#o","name":"Gazette"},{"@type":"ReportageNewsArticle","datePublished":"2024-10-13","author":{"@id":"#p"},"publisher":{"@id":"#o"}},{"@type":"Person","@id":"#p","name":"Mira Stone"}]}"##,
        r#"[{"@type":"WebSite","name":"x"},{"@type":["Review"],"headline":"Harbour closed","datePublished":"2024-10-13","author":"Mira Stone"}]"#,
        r#"<!-- {"@type":"http://schema.org/BlogPosting","datePublished":"2024-10-13","creator":["Mira Stone","Mira Stone"]} -->"#,
        r##"{"@type":"WebPage","mainEntity":{"@type":"AnalysisNewsArticle","datePublished":"2024-10-13","author":{"@type":"Person","@id":"#p","name":"Mira Stone"}}};"##,
        "{\"@type\":\"LiveBlogPosting\",\"datePublished\":\"2024-10-13\",\"description\":\"one\ntwo\",\"author\":[{\"@type\":\"Organization\",\"name\":\"Gazette\"},{\"@type\":\"Person\",\"name\":\"Mira Stone\"}]}",
    ] {
        let article = extract(&article(&page(json)).expect("text"));
        assert_eq!(article.byline.expect("an author").text, "Mira Stone", "{json}");
        assert_eq!(article.date.expect("a date").when.value(), "2024-10-13", "{json}");
    }
}

#[test]
fn outlets_and_mailboxes_are_no_authors() {
    let page = |head: &str, beside: &str| {
        format!(
            "<title>Hafen zu</title>{head}<article><h1>Hafen zu</h1>{beside}<div class=article-body>{}</div></article>",
            paragraphs("de")
        )
    };
    for (head, beside, byline) in [
        ("<meta name=author content='n.weber@blatt.de'>", "<span class=author>Von Nora Weber</span>", "Nora Weber"),
        ("<meta name=author content='blatt.de'>", "<a rel=author href=/nw>Nora Weber</a>", "Nora Weber"),
        (
            "<meta property=og:site_name content='Das Blatt'><meta name=author content='Das Blatt'>",
            "<div class=byline>Nora Weber</div>",
            "Nora Weber",
        ),
        ("<meta name=author content='Weber'>", "<p class=autor>Nora Weber</p>", "Nora Weber"),
        ("<meta name=author content='Nora Weber'><meta name=author content='Ole Lund'>", "", "Nora Weber, Ole Lund"),
        (
            "<meta name=author content='https://blatt.de/nora'>",
            "<span itemprop=author><span itemprop=name>Nora Weber</span></span>",
            "Nora Weber",
        ),
    ] {
        let article = extract(&article(&page(head, beside)).expect("text"));
        assert_eq!(article.byline.map(|byline| byline.text.to_string()).as_deref(), Some(byline), "{head} {beside}");
    }
}

#[test]
fn what_stands_around_an_article_is_left_away() {
    let text = paragraphs("en");
    let teaser = "<a href=/x>Ten recipes for the long evenings of this winter</a>";
    for around in [
        format!("<div class='related-articles'><p>{teaser}</p><p>{teaser}</p></div>"),
        format!("<aside><h3>Most read</h3><ul><li>{teaser}</li></ul></aside>"),
        format!("<ul class='links'><li>{teaser}</li><li>{teaser}</li></ul>"),
        "<div class='newsletter-box'><p>Get the best of the Gazette in your inbox, every morning, for nothing at all.</p></div>".to_owned(),
        "<div id=comments><p>Posted by Ole: I have never seen such a thing, and I have seen many of them.</p></div>".to_owned(),
        "<div style='display: none'><p>This text is for nobody to see, though it is a sentence like any other.</p></div>".to_owned(),
        "<form><p>Please tell us what you think of our pages, and of the ferry, if you like.</p></form>".to_owned(),
    ] {
        let html = format!("<title>Harbour closed</title><article><h1>Harbour closed</h1>{text}{around}{text}{text}</article><footer>© Gazette</footer>");
        let [one, two] = prose("en");
        let shown = laid(&html);
        let kept: Vec<&str> = shown.lines().filter(|line| !line.starts_with("aside") && !line.starts_with("h1") && !line.starts_with("headline")).collect();
        assert!(kept.iter().all(|line| [format!("p: {one}"), format!("p: {two}")].contains(&(*line).to_owned())), "{around}\n{kept:#?}");
    }
}

#[test]
fn a_word_that_would_set_the_text_aside_means_something_else() {
    for class in ["paywall", "comment", "related", "print", "promo-text", "sidebar"] {
        let html = format!(
            "<title>Harbour closed</title><h1>Harbour closed</h1><div><div class='{class}'>{}</div><div class='{class}'>{}</div></div>",
            paragraphs("en"),
            paragraphs("fr")
        );
        let shown = laid(&html);
        for text in prose("en").iter().chain(&prose("fr")) {
            assert!(shown.contains(text), "{class}\n{shown}");
        }
    }
}

#[test]
fn teasers_within_the_text_are_set_aside() {
    for (language, label) in [
        ("en", "Read more:"),
        ("de", "Lesen Sie auch:"),
        ("fr", "À lire aussi :"),
        ("es", "Le puede interesar:"),
        ("ru", "Читайте также:"),
    ] {
        let link = "<a href='https://example.org/b'>Ten recipes for the long evenings of winter</a>";
        let html = format!(
            "<title>Harbour closed</title><link rel=canonical href=https://www.example.org/a><article><h1>Harbour closed</h1>{}<p>{label} {link}</p><p><strong>{link}</strong></p>{}</article>",
            paragraphs(language),
            paragraphs(language).replace('.', "!")
        );
        assert_eq!(laid(&html).matches("aside: ").count(), 2, "{language}\n{}", laid(&html));
    }
    // What leads elsewhere, and names of people and places within the text, are text.
    let html = format!(
        "<title>Harbour closed</title><link rel=canonical href=https://www.example.org/a><article><h1>Harbour closed</h1>{}<p><a href=https://shop.org/x>Get one of these boats at the shop</a></p>\
         <p>The <a href=/mayor>mayor of the islands</a> said no.</p>{}</article>",
        paragraphs("en"),
        paragraphs("fr")
    );
    assert!(!laid(&html).contains("aside"), "{}", laid(&html));
}

#[test]
fn text_that_is_there_as_data_alone_is_found() {
    let body = prose("en").join("\\n\\n").repeat(4);
    for html in [
        format!(
            "<title>Harbour closed</title><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Harbour closed\",\"articleBody\":\"{body}\"}}</script><div id=root></div><p>Please switch on scripts.</p>"
        ),
        format!(
            "<title>Harbour closed</title><div id=root>Loading</div><script id=__NEXT_DATA__ type=application/json>{{\"props\":{{\"post\":{{\"content\":\"{body}\"}}}}}}</script>"
        ),
        format!(
            "<title>Harbour closed</title><script type=application/json>{{\"article\":{{\"blocks\":[{{\"type\":\"p\",\"text\":\"{}\"}},{{\"text\":\"{body}\"}}]}}}}</script><p>Loading</p>",
            prose("en")[0]
        ),
    ] {
        assert!(laid(&html).contains(prose("en")[1]), "{}", laid(&html));
    }
}

#[test]
fn articles_are_chosen_by_their_headline() {
    let other = paragraphs("fr").repeat(3);
    for html in [
        format!(
            "<title>Harbour closed</title><main><article><h1>Harbour closed</h1>{}</article><article><h2>Le port</h2>{other}</article></main>",
            paragraphs("en").repeat(2)
        ),
        format!(
            "<title>Harbour closed</title><div class=post><h2>Harbour closed</h2>{}</div><div class=post><h2>Le port</h2>{}</div>",
            paragraphs("en").repeat(2),
            paragraphs("fr")
        ),
    ] {
        let shown = laid(&html);
        assert!(shown.contains(prose("en")[0]) && !shown.contains(prose("fr")[0]), "{shown}");
    }
}

#[test]
fn tables_for_layout_are_no_tables() {
    let html = format!(
        "<title>Harbour closed</title><table><tr><td><a href=/>Home</a></td><td><h1>Harbour closed</h1>{}</td></tr></table>",
        paragraphs("en")
    );
    assert!(!laid(&html).contains("row:"), "{}", laid(&html));
}

#[test]
fn links_are_made_whole_and_numbered() {
    let html = format!(
        "<title>Harbour closed</title><link rel=canonical href=https://example.org/news/a><article><h1>Harbour closed</h1>{}\
         <p>The <a href=/mayor>mayor</a> wrote to <a href='mailto:nora@example.org'>Nora</a>, <a href=javascript:x()>never</a> and <a href=/mayor>again</a>, <a href=#top>above</a>.</p></article>",
        paragraphs("en")
    );
    let article = extract(&article(&html).expect("text"));
    let links: Vec<&str> = article.links.iter().map(|link| link.as_str()).collect();
    assert_eq!(links, ["https://example.org/mayor", "mailto:nora@example.org"]);
}

#[test]
fn facts_are_read_from_the_page() {
    let text = paragraphs("en");
    check(
        &format!(
            "<title>Pier Notes: A quieter ferry</title><meta property=og:title content='A quieter ferry'><h1>Pier Notes</h1><div class='post hentry'>\
             <h3 class='post-title entry-title'>A quieter ferry</h3><div class='post-body entry-content'>{text}</div><div class=post-footer>Posted by \
             <span class=fn itemprop=author>Mira Stone</span> at <abbr class=published title='2024-02-03T20:38:00Z'>8:38 pm</abbr></div></div>"
        ),
        "A quieter ferry|Mira Stone|-|2024-02-03",
    );
}
