//! What stands around an article, by the names that pages give to their elements.
//!
//! Names come from the templates of publishers and content systems; the same few words are used
//! everywhere, in English whatever the language of the page.

use super::tree::Tree;
use crate::extract::Hint;

/// Elements that hold no text of an article.
const ELEMENTS: &[&str] = &[
    "nav", "footer", "form", "button", "input", "select", "textarea", "script", "style", "menu", "dialog", "label",
    "fieldset",
];

/// Words of class names and ids that name what stands around an article.
const WORDS: &[&str] = &[
    "ad",
    "ads",
    "adsbygoogle",
    "adslot",
    "advert",
    "advertisement",
    "advertising",
    "advertorial",
    "adunit",
    "adbox",
    "addthis",
    "akismet",
    "anzeige",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "button",
    "buttons",
    "carousel",
    "comment",
    "comments",
    "commentlist",
    "consent",
    "cookie",
    "cookies",
    "copyright",
    "cta",
    "dialog",
    "disclaimer",
    "disqus",
    "dropdown",
    "hovercard",
    "popover",
    "rollover",
    "fb",
    "flyout",
    "follow",
    "footer",
    "gdpr",
    "jp",
    "login",
    "masthead",
    "menu",
    "metabar",
    "mobilenav",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paging",
    "paywall",
    "permalink",
    "popular",
    "popup",
    "preroll",
    "print",
    "promo",
    "promobox",
    "promoted",
    "promotion",
    "publicidad",
    "publicidade",
    "rating",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "relatedposts",
    "reklama",
    "replies",
    "reply",
    "respond",
    "screenreader",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "shop",
    "shopping",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "slick",
    "sociable",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subnav",
    "subscribe",
    "subscription",
    "suggested",
    "suggestions",
    "swiper",
    "taboola",
    "tagcloud",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "tooltip",
    "topbar",
    "topnav",
    "trending",
    "upsell",
    "vote",
    "whatsapp",
    "widget",
    "widgets",
    "wpdiscuz",
    "werbung",
];

/// Words of which two stand in the name.
const PAIRS: &[(&str, &str)] = &[
    ("most", "read"),
    ("most", "viewed"),
    ("more", "from"),
    ("more", "stories"),
    ("more", "news"),
    ("more", "on"),
    ("read", "more"),
    ("read", "next"),
    ("read", "also"),
    ("also", "read"),
    ("also", "like"),
    ("up", "next"),
    ("next", "article"),
    ("next", "post"),
    ("next", "story"),
    ("post", "nav"),
    ("post", "tags"),
    ("entry", "footer"),
    ("entry", "meta"),
    ("article", "footer"),
    ("top", "stories"),
    ("latest", "news"),
    ("latest", "posts"),
    ("recent", "posts"),
    ("see", "also"),
    ("author", "bio"),
    ("author", "box"),
    ("author", "info"),
    ("about", "author"),
    ("bio", "box"),
    ("sign", "up"),
    ("sign", "in"),
    ("hide", "print"),
    ("no", "print"),
    ("sr", "only"),
    ("visually", "hidden"),
    ("screen", "reader"),
    ("click", "to"),
    ("call", "to"),
    ("site", "header"),
    ("page", "header"),
    ("site", "footer"),
    ("page", "footer"),
    ("editors", "picks"),
    ("link", "list"),
    ("news", "list"),
    ("story", "list"),
    ("tag", "list"),
    ("topic", "list"),
    ("keep", "reading"),
    ("inline", "promo"),
    ("you", "may"),
    ("extra", "content"),
    ("app", "download"),
];

/// Words of names that hold a byline.
const BYLINES: &[&str] = &[
    "author",
    "authors",
    "autor",
    "autore",
    "auteur",
    "byline",
    "bylines",
    "contributor",
    "contributors",
    "creator",
    "journalist",
    "reporter",
    "writer",
    "writers",
    "redactor",
    "firma",
    "verfasser",
    "zuozhe",
];

/// Words of names that hold a date.
const DATES: &[&str] = &[
    "date",
    "datetime",
    "dateline",
    "datum",
    "datepublished",
    "fecha",
    "posted",
    "pubdate",
    "pubtime",
    "published",
    "publishdate",
    "publishtime",
    "timestamp",
    "updated",
    "tarih",
    "riqi",
];

/// The words of a name: `siteFooter__main-nav` has four.
fn words(names: &str, mut on: impl FnMut(&str)) {
    let mut word = String::new();
    let mut was_lower = false;
    for c in names.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && was_lower {
            if !word.is_empty() {
                on(&word);
            }
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase() || c.is_numeric();
    }
    if !word.is_empty() {
        on(&word);
    }
}

/// Words of names of what is written under pictures.
const CAPTIONS: &[&str] = &[
    "caption",
    "captions",
    "figcaption",
    "legend",
    "bildunterschrift",
    "legende",
    "didascalia",
    "credit",
    "credits",
    "fotocredit",
];

/// What the names of an element say of what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// It stands around the article, as a word of its names says: the number of the word.
    pub around: Option<u16>,
    /// It stands around the article whatever it is called.
    pub surely_around: bool,
    /// It is never seen.
    pub hidden: bool,
    /// It may hold the text of the article.
    pub body: u8,
    /// It is written under a picture.
    pub caption: bool,
    /// What it says about the article.
    pub hint: Option<Hint>,
}

/// Names of elements that hold the text of an article and little else, the surest first: words of
/// which all stand in the name, in this order and next to each other.
const BODIES: &[(&[&str], u8)] = &[
    (&["articlebody"], 3),
    (&["article", "body"], 3),
    (&["story", "body"], 3),
    (&["storybody"], 3),
    (&["entry", "content"], 3),
    (&["post", "content"], 3),
    (&["postcontent"], 3),
    (&["article", "content"], 3),
    (&["articlecontent"], 3),
    (&["article", "text"], 3),
    (&["articletext"], 3),
    (&["post", "body"], 3),
    (&["postbody"], 3),
    (&["body", "text"], 3),
    (&["bodytext"], 3),
    (&["body", "copy"], 3),
    (&["story", "content"], 3),
    (&["story", "text"], 3),
    (&["news", "text"], 3),
    (&["news", "content"], 3),
    (&["news", "body"], 3),
    (&["content", "body"], 3),
    (&["article", "copy"], 3),
    (&["rich", "text"], 2),
    (&["richtext"], 2),
    (&["entry"], 2),
    (&["blog", "content"], 3),
    (&["single", "content"], 3),
    (&["content", "text"], 3),
    (&["text", "content"], 2),
    (&["artikel", "text"], 3),
    (&["artikel", "inhalt"], 3),
    (&["cuerpo"], 2),
    (&["corpo"], 2),
    (&["main", "content"], 1),
    (&["maincontent"], 1),
    (&["page", "content"], 1),
    (&["content"], 1),
    (&["article"], 1),
    (&["story"], 1),
    (&["post"], 1),
    (&["main"], 1),
];

/// What a class or an id says.
fn of_name(names: &str, all: &mut Vec<String>) -> Named {
    let mut named = Named::default();
    let mut before = String::new();
    let first = all.len();
    for class in names.split_whitespace() {
        // `print:hidden` says how it looks, and on what.
        if class.contains([':', '[', '(']) {
            continue;
        }
        before.clear();
        let mut around = None;
        let mut is_layout = false;
        words(class, |word| {
            let single = WORDS.iter().position(|known| *known == word);
            let pair = || PAIRS.iter().position(|(first, second)| *first == before && *second == word);
            around = around.or(single).or_else(|| Some(WORDS.len() + pair()?));
            is_layout |= LAYOUT.contains(&word);
            if names.len() < 100 {
                named.caption |= CAPTIONS.contains(&word);
                if BYLINES.contains(&word) {
                    named.hint = named.hint.or(Some(Hint::Byline));
                } else if DATES.contains(&word) {
                    named.hint = named.hint.or(Some(Hint::Date));
                }
            }
            before.clear();
            before.push_str(word);
            all.push(word.to_owned());
        });
        all.push(String::new());
        if !is_layout {
            named.around = named.around.or(around.map(|around| around as u16));
        }
    }
    for (wanted, rank) in BODIES {
        if *rank > named.body
            && all[first..]
                .windows(wanted.len())
                .any(|found| found.iter().zip(*wanted).all(|(found, wanted)| found == wanted))
        {
            named.body = *rank;
        }
    }
    named
}

/// Words of names that say how things are laid out: `has-sidebar` is no sidebar.
const LAYOUT: &[&str] =
    &["grid", "layout", "with", "has", "without", "container", "wrapper", "wrap", "row", "columns", "embed"];

/// How many reasons there are to hold that an element stands around the article.
pub(super) const REASONS: usize = WORDS.len() + PAIRS.len();

/// What names of elements say, each looked at once.
#[derive(Default)]
pub(super) struct Names(std::collections::HashMap<String, Named>);

impl Names {
    /// What the name and the attributes of an element say.
    pub fn of(&mut self, tree: &Tree, node: u32) -> Named {
        let name = tree.name(node);
        let mut named = Named::default();
        let value = |name: &str| tree.attribute(node, name);
        let hides = |style: &str| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        named.hidden = value("hidden").is_some()
            || value("aria-hidden").is_some_and(|hidden| hidden == "true")
                && !matches!(name, "p" | "ul" | "ol" | "blockquote")
            || value("style").is_some_and(hides);
        named.surely_around = ELEMENTS.contains(&name)
            || value("role").is_some_and(|role| {
                matches!(
                    role,
                    "navigation"
                        | "banner"
                        | "contentinfo"
                        | "complementary"
                        | "search"
                        | "dialog"
                        | "menu"
                        | "menubar"
                        | "toolbar"
                        | "alert"
                        | "button"
                )
            });
        // Templates put dozens of names on the element that holds everything.
        for names in ["class", "id", "data-component", "data-testid"]
            .into_iter()
            .filter_map(value)
            .filter(|names| names.len() < 300)
        {
            let said = match self.0.get(names) {
                Some(said) => *said,
                None => {
                    let said = of_name(names, &mut Vec::new());
                    self.0.insert(names.to_owned(), said);
                    said
                }
            };
            // A paragraph that only subscribers see is text.
            let is_text = matches!(name, "p" | "ul" | "ol" | "li" | "h2" | "h3" | "blockquote" | "span");
            let said_around =
                said.around.filter(|reason| !is_text || WORDS.get(usize::from(*reason)) != Some(&"paywall"));
            named.around = named.around.or(said_around);
            named.caption |= said.caption;
            named.hint = named.hint.or(said.hint);
            named.body = named.body.max(said.body);
        }
        if !matches!(name, "article" | "div" | "section" | "main" | "td" | "span" | "body") {
            named.body = 0;
        }
        let property = value("itemprop").unwrap_or_default();
        if property.split_whitespace().any(|property| property.eq_ignore_ascii_case("articleBody")) {
            named.body = 4;
        } else if matches!(name, "article" | "main") {
            named.body = named.body.max(1);
        }
        match property {
            _ if property.eq_ignore_ascii_case("author") => named.hint = Some(Hint::Byline),
            _ if property.eq_ignore_ascii_case("datePublished") => named.hint = Some(Hint::Date),
            _ => {}
        }
        if value("rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "author")) {
            named.hint = Some(Hint::Byline);
        }
        if name == "time" {
            named.hint = Some(Hint::Date);
        }
        named
    }
}
