//! The linked data of a page (JSON-LD), as careless programs write it.

use std::collections::HashMap;

use serde_json::Value;

use super::address::{is_address, is_name};
use super::fragment::line;
use super::page::Page;

use crate::format::repair::repair;

/// What linked data says of an article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    /// Its headline.
    pub headline: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub date: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its text.
    pub body: Option<String>,
}

/// Values lie no deeper in each other than this where an article is looked for.
const DEEPEST: usize = 12;

/// What the linked data of a page says of its article.
pub(super) fn of(page: &Page) -> Linked {
    let all: Vec<Value> = page.json.iter().filter_map(|json| parsed(json)).collect();
    let mut found: Option<(u8, &Value)> = None;
    let mut known = HashMap::new();
    for value in &all {
        find(value, &mut found, &mut known, 0);
    }
    let Some((_, data)) = found else { return Linked::default() };
    let who = |value: &Value| name(value, &known, true).or_else(|| name(value, &known, false));
    Linked {
        headline: data.get("headline").or_else(|| data.get("name")).and_then(word),
        author: data.get("author").and_then(who).or_else(|| data.get("creator").and_then(who)),
        publisher: data.get("publisher").and_then(|value| name(value, &known, false)),
        date: ["datePublished", "dateCreated", "uploadDate"].into_iter().find_map(|name| word(data.get(name)?)),
        language: data.get("inLanguage").and_then(word),
        url: address(data),
        body: data.get("articleBody").or_else(|| data.get("reviewBody")).and_then(Value::as_str).map(str::to_owned),
    }
}

/// JSON, without what pages put around it.
fn parsed(json: &str) -> Option<Value> {
    let json = json.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let json =
        json.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(json).ok().or_else(|| serde_json::from_str(&repair(json)?).ok())
}

/// Looks for the surest article, and for everything that has a name and can be referred to.
fn find<'a>(
    value: &'a Value,
    found: &mut Option<(u8, &'a Value)>,
    known: &mut HashMap<&'a str, &'a Value>,
    depth: usize,
) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| find(value, found, known, depth + 1)),
        Value::Object(members) => {
            let rank = members.get("@type").map_or(0, |kind| rank(kind, value));
            if rank > found.map_or(0, |(best, _)| best) {
                *found = Some((rank, value));
            }
            if let Some(id) = members.get("@id").and_then(Value::as_str).filter(|_| members.contains_key("name")) {
                known.entry(id).or_insert(value);
            }
            for (name, value) in members {
                let is_within = matches!(
                    name.as_str(),
                    "@graph"
                        | "mainEntity"
                        | "mainEntityOfPage"
                        | "author"
                        | "publisher"
                        | "creator"
                        | "review"
                        | "itemListElement"
                );
                if is_within && (value.is_array() || value.is_object()) {
                    find(value, found, known, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// How surely something of this kind is the article of the page.
fn rank(kind: &Value, value: &Value) -> u8 {
    let has = |name: &str| value.get(name).is_some();
    match kind {
        Value::String(kind) => {
            let kind = kind.rsplit(['/', ':', '#']).next().unwrap_or_default();
            match kind {
                kind if kind.ends_with("Article") => 6,
                kind if kind.ends_with("BlogPosting") => 5,
                "Report" | "SocialMediaPosting" | "DiscussionForumPosting" | "NewsStory" | "Recipe" => 4,
                "Review" | "CriticReview" | "ClaimReview" | "MediaReview" | "EmployerReview"
                    if has("datePublished") || has("headline") =>
                {
                    3
                }
                "CreativeWork" | "VideoObject" | "PodcastEpisode" if has("headline") => 2,
                "WebPage" | "ItemPage" if has("headline") && (has("datePublished") || has("author")) => 1,
                _ => 0,
            }
        }
        Value::Array(kinds) => kinds.iter().map(|kind| rank(kind, value)).max().unwrap_or(0),
        _ => 0,
    }
}

/// A word or a number of linked data.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(word),
        Value::Object(members) => word(members.get("@value").or_else(|| members.get("name"))?),
        _ => None,
    }
}

/// The name of somebody, or the names of several; of people alone, where that is asked.
fn name(value: &Value, known: &HashMap<&str, &Value>, people: bool) -> Option<String> {
    match value {
        Value::Array(values) => {
            let mut names: Vec<String> = Vec::new();
            for name in values.iter().take(20).filter_map(|value| name(value, known, people)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(members) => {
            let is_organization = members.get("@type").is_some_and(|kind| kind.to_string().contains("Organization"));
            if people && is_organization {
                return None;
            }
            if let Some(found) = members.get("name").and_then(word).filter(|name| is_name(name)) {
                return Some(found);
            }
            // Named elsewhere on the page.
            let referred = known.get(members.get("@id")?.as_str()?)?;
            let is_organization = referred.get("@type").is_some_and(|kind| kind.to_string().contains("Organization"));
            if people && is_organization { None } else { word(referred.get("name")?).filter(|name| is_name(name)) }
        }
        Value::String(text) => match known.get(text.as_str()) {
            Some(referred) => word(referred.get("name")?).filter(|name| is_name(name)),
            None => word(value).filter(|name| is_name(name)),
        },
        _ => None,
    }
}

/// The address that linked data gives to the article.
fn address(data: &Value) -> Option<String> {
    let of = |value: &Value| match value {
        Value::Object(members) => members.get("@id").or_else(|| members.get("url")).and_then(word),
        value => word(value),
    };
    ["url", "mainEntityOfPage", "@id"].into_iter().filter_map(|name| of(data.get(name)?)).find(|url| is_address(url))
}
